"""Which states there are in each year (or on each day), with their codes: the rows that a panel has.

From the registry that ships: a state is there in every year in which it existed on any day. `key` is what the bonds go
by: the COW code for ATOP, the state's number among all sorted ids for the library.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from foedera.dates import Interval
from foedera.states.registry import Code, Registry, State

SCHEMA = {"at": pl.Int32, "key": pl.Int16, "state": pl.String, "iso": pl.String, "cow": pl.Int16, "gw": pl.Int16}
EPOCH = date(1970, 1, 1)


def keys_of(registry: Registry) -> dict[str, int]:
    """A number for every state, in the order of the ids."""
    return {code: place for place, code in enumerate(sorted(registry.states))}


def roster(registry: Registry, since: int, until: int, *, daily: bool, by_cow: bool) -> pl.DataFrame:
    """The states of each `at`, a year or a day counted from 1970-01-01, from `since` up to `until` (the first out).

    By COW code, a state with two codes in a year has two rows, and one that COW has no code for has none.
    """
    # One code may pass from one state to another within a year: the later one has it then.
    rows = {row[:2]: row[:6] for row in sorted(_rows(registry, since, until, daily, by_cow), key=lambda row: row[6])}
    frame = pl.DataFrame(sorted(rows.values()), orient="row", schema=SCHEMA)
    ids = pl.Enum(sorted(registry.states))
    return frame.with_columns(pl.col("state", "iso").cast(ids))


def _rows(
    registry: Registry, since: int, until: int, daily: bool, by_cow: bool
) -> Iterator[tuple[int, int, str, str | None, int | None, int | None, date]]:
    for key, (code, state) in enumerate(sorted(registry.states.items())):
        iso = code if state.iso_n3 is not None else None
        for at in range(since, until):
            first, last = span_of(at, daily)
            if not _exists(state, first, last):
                continue
            cow, gw = _codes(state.cow, first, last), _codes(state.gw, first, last)
            last_gw = gw[-1][0] if gw else None
            if not by_cow:
                yield at, key, code, iso, cow[-1][0] if cow else None, last_gw, date.min
            for number, begun in cow if by_cow else ():
                yield at, number, code, iso, number, number if number in dict(gw) else last_gw, begun


def span_of(at: int, daily: bool) -> tuple[date, date]:
    """The first and last day of a year, or a day twice."""
    if daily:
        day = EPOCH + timedelta(days=at)
        return day, day
    return date(at, 1, 1), date(at, 12, 31)


def _exists(state: State, first: date, last: date) -> bool:
    return any(_meets(interval, first, last) for interval in state.exists)


def _codes(codes: tuple[Code, ...], first: date, last: date) -> list[tuple[int, date]]:
    """The codes of a stretch of days with the day each began, the latest last."""
    held = (code for code in codes if _meets(code.interval, first, last))
    begun = {int(code.code): code.interval.since.first if code.interval.since else date.min for code in held}
    return sorted(begun.items(), key=lambda entry: entry[1])


def _meets(interval: Interval, first: date, last: date) -> bool:
    """Whether an interval has a day between two days; a border known in part counts as inside."""
    begun = interval.since is None or interval.since.first <= last
    return begun and (interval.until is None or first < interval.until.last)
