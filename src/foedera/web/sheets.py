"""Sheets filled in: a page from its template, what was asked wrongly, and the addresses of pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from foedera.answers.html import NOTE
from foedera.language.vocabulary import ACTS, KINDS
from foedera.problems import Problem
from foedera.web.work import HTML, JSON, Job, Reply


@cache
def shapes() -> Environment:
    """The templates; every value is escaped unless Python made it as markup."""
    made = Environment(
        loader=PackageLoader("foedera.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    made.globals.update(note=NOTE, acts=tuple(ACTS), kinds=tuple(KINDS))
    return made


def page(template: str, status: int = 200, **values: Any) -> Reply:
    """A page from its template."""
    return Reply(shapes().get_template(template).render(values).encode(), HTML, status)


def refused(job: Job, problems: Iterable[Problem], status: int) -> Reply:
    """What was asked wrongly, and what to ask instead; as JSON for those who asked for it."""
    told = [{"code": p.code, "message": p.message, "fix": p.fix} for p in problems]
    if job.page.endswith("-json") or job.page in ("day", "days"):
        return Reply(json.dumps({"problems": told}, ensure_ascii=False).encode(), JSON, status)
    return page("refused.html", status, title="Not like this", problems=told)


def address(about: str, more: str = "", query: str = "") -> str:
    """The address of a page of a crisis."""
    path = f"/crisis/{quote(about, safe='~')}{more}"
    return f"{path}?{query}" if query else path
