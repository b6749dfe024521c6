"""Which states there are in each year (or on each day), with their codes: the rows that a panel has.

From the registry that ships: a state is there in every year in which it existed on any day. `key` is what the bonds go
by: the COW code for ATOP, the state's number among all sorted ids for the library.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import pairwise

import polars as pl

from foedera.dates import Interval
from foedera.states.registry import Code, Registry, State

SCHEMA = {"at": pl.Int32, "key": pl.Int16, "state": pl.String, "iso": pl.String, "cow": pl.Int16, "gw": pl.Int16}
EPOCH = date(1970, 1, 1)
FIRST, LAST = date(1500, 1, 1), date(2500, 1, 1)


def keys_of(registry: Registry) -> dict[str, int]:
    """A number for every state, in the order of the ids."""
    return {code: place for place, code in enumerate(sorted(registry.states))}


def roster(
    registry: Registry, since: int, until: int, *, daily: bool, by_cow: bool, only: Collection[str] = ()
) -> pl.DataFrame:
    """The states of each `at`, a year or a day counted from 1970-01-01, from `since` up to `until` (the first out).

    By COW code, a state with two codes in a year has two rows, and one that COW has no code for has none. What changes
    within a year is as it was last. `only` names states; all without it.
    """
    chosen = sorted(only or registry.states)
    places = keys_of(registry)
    rows = [row for code in chosen for row in _segments(registry.states[code], places[code], by_cow)]
    frame = pl.DataFrame(rows, orient="row", schema={"first": pl.Date, "last": pl.Date, **SCHEMA})
    first, last = (pl.col(name) if daily else pl.col(name).dt.year() for name in ("first", "last"))
    ids = pl.Enum(sorted(registry.states))
    return (
        frame.sort("first", "key")
        .with_columns(_from=first.cast(pl.Int32).clip(since, None), _to=last.cast(pl.Int32).clip(None, until - 1))
        .filter(pl.col("_from") <= pl.col("_to"))
        .with_columns(pl.int_ranges("_from", pl.col("_to") + 1, dtype=pl.Int32).alias("at"))
        .explode("at")
        .unique(["at", "key"], keep="last", maintain_order=True)
        .select("at", "key", pl.col("state", "iso").cast(ids), "cow", "gw")
        .sort("at", "key")
    )


def _segments(state: State, key: int, by_cow: bool) -> Iterator[tuple[object, ...]]:
    """The stretches of days in which a state exists and none of its codes changes; both days in."""
    iso = state.id if state.iso_n3 is not None else None
    intervals = (*state.exists, *(code.interval for code in (*state.cow, *state.gw)))
    bounds = sorted({FIRST, LAST, *(day for interval in intervals for day in _bounds(interval))})
    for first, following in pairwise(bounds):
        if not any(_covers(interval, first) for interval in state.exists):
            continue
        cow, gw = _code_on(state.cow, first), _code_on(state.gw, first)
        if not by_cow:
            yield first, following - timedelta(days=1), None, key, state.id, iso, cow, gw
        elif cow is not None:
            yield first, following - timedelta(days=1), None, cow, state.id, iso, cow, gw


def _bounds(interval: Interval) -> tuple[date, date]:
    """The first day in and the first day out; a border known in part counts as inside, and no bound is far away."""
    since = interval.since.first if interval.since else FIRST
    until = interval.until.last if interval.until else LAST
    return max(since, FIRST), min(until, LAST)


def _covers(interval: Interval, day: date) -> bool:
    since, until = _bounds(interval)
    return since <= day < until


def _code_on(codes: tuple[Code, ...], day: date) -> int | None:
    held = [code for code in codes if _covers(code.interval, day)]
    return int(held[-1].code) if held else None
