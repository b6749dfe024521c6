"""Panels: the same answers in bulk, as tables that join to other data."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from foedera.panel.make import Panel


def panel(
    unit: str = "directed-dyad-year",
    *,
    since: int | date,
    until: int | date,
    states: Sequence[str] = (),
    origin: str = "library",
    similarity: bool = False,
    weighted: bool = False,
) -> pl.DataFrame:
    """Promises by kind between every two states, as a polars frame; needs `foedera[panel]`.

    `unit` is directed-dyad-year, directed-dyad-day, dyad-year or state-year; `since` the first year or day, `until` the
    first one out; `origin` is library or atop, whose members must be known (`foedera data add`). `similarity` adds S, π and κ,
    `weighted` S weighted by capabilities, which must be known too. Columns are described
    by `foedera.panel.codebook`. Raises `Refused` for what is not known.

    >>> frame = panel(since=1914, until=1915, states=["AUH", "DEU"])
    >>> frame.select("state1", "state2", "defence", "defence_conditional", "direction").row(0)
    ('AUH', 'DEU', True, True, 'mutual')
    """  # fmt: skip
    return panel_of(
        unit, since=since, until=until, states=states, origin=origin, similarity=similarity, weighted=weighted
    ).frame


def panel_of(
    unit: str = "directed-dyad-year",
    *,
    since: int | date,
    until: int | date,
    states: Sequence[str] = (),
    origin: str = "library",
    similarity: bool = False,
    weighted: bool = False,
) -> Panel:
    """The same with what it was made of: `.frame`, `.cite()`; for `panel.write.codebook` and `to_bytes`."""  # fmt: skip
    from foedera.library import library
    from foedera.panel.make import make
    from foedera.sources.settings import user_sources

    known = user_sources() if origin == "atop" or weighted else {}
    return make(
        unit,
        _day(since),
        _day(until),
        library(),
        known,
        origin=origin,
        states=states,
        with_similarity=similarity,
        weighted=weighted,
    )


def _day(said: int | date) -> date:
    return said if isinstance(said, date) else date(said, 1, 1)


class _Room(ModuleType):
    """The room itself can be called: `fo.panel(…)` means the same before and after the room was imported."""

    __call__ = staticmethod(panel)


sys.modules[__name__].__class__ = _Room
