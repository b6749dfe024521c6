"""A worker's beginning and its work: one job in, one reply out."""

from __future__ import annotations

import gc
from collections.abc import Iterable

from foedera.problems import Refused
from foedera.web.pages import PAGES
from foedera.web.sheets import refused
from foedera.web.work import Job, Reply, Shop, packed

_shop: list[Shop] = []


def begin(folders: Iterable[str] = (), crises: Iterable[str] = (), shapes: str | None = None) -> None:
    """Opens the shop of this process; `shapes` is the user's CShapes file."""
    _shop[:] = [Shop(folders, crises, shapes)]
    gc.freeze()  # the library stays: the collector need not look at it again


def do(job: Job) -> Reply:
    """The reply to a job; what the person asked wrongly is said on a page, never raised."""
    try:
        return packed(PAGES[job.page](_shop[0], job))
    except Refused as problem:
        first = problem.problems[0]
        lost = first.code == "Y001" or job.page.startswith(("state", "treaty"))
        return refused(job, problem.problems, 404 if lost else 400)
