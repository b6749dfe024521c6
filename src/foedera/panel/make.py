"""A panel: the frame, and what it was made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
from msgspec import Struct

from foedera.library import Library
from foedera.panel import from_atop, from_library
from foedera.panel.roster import keys_of, roster
from foedera.panel.similarity import similarity, with_capabilities
from foedera.panel.tables import (
    CODES,
    by_state,
    day_column,
    directed,
    pairs_by_time,
    time_of,
    undirected,
    with_pairs,
    with_states,
)
from foedera.problems import Problem, Refused, suggest, whole_file
from foedera.sources.atop import read_members
from foedera.sources.capabilities import read_capabilities
from foedera.sources.catalogue import SOURCES, version_of
from foedera.sources.citations import bibtex
from foedera.sources.settings import wanted
from foedera.states.registry import Registry

UNITS = ("directed-dyad-year", "directed-dyad-day", "dyad-year", "state-year")
ORIGINS = ("library", "atop")
MOST_ROWS = 25_000_000


class Panel(Struct, frozen=True):
    """A panel with the unit of its rows, where its promises come from, and the last day that this speaks of.

    `since` is the first year or day, `until` the first one out.
    `citations` are keys of `sources.citations`, `instruments` entries of BibTeX.
    """

    frame: pl.DataFrame
    unit: str
    origin: str
    since: date
    until: date
    reaches: tuple[date, date]
    made_of: str
    citations: tuple[str, ...]
    instruments: tuple[str, ...]

    def cite(self) -> str:
        """The BibTeX of everything that the panel was made of, each instrument of the library that is in it included."""
        return "\n\n".join([bibtex(self.citations).rstrip(), *self.instruments]) + "\n"


def make(
    unit: str,
    since: date,
    until: date,
    library: Library,
    known: Mapping[str, Path],
    *,
    origin: str = "library",
    states: Sequence[str] = (),
    with_similarity: bool = False,
    weighted: bool = False,
) -> Panel:
    """A panel of promises between `since` and `until` (the first day out; for a unit of years, its year).

    `weighted` adds to the similarity (and asks for it) S with states weighted by capabilities. Raises `Refused` for words that
    are not known (F004), an empty or too long stretch (D002, F004), or where data are wanted and not known (T006).
    """  # fmt: skip
    with_similarity = with_similarity or weighted
    _check(unit, origin, since, until, with_similarity)
    daily, by_cow = unit.endswith("day"), origin == "atop"
    start, stop = time_of(since, daily=daily), time_of(until, daily=daily)
    registry = library.registry
    codes = _codes(registry, states)
    _check_size(registry, unit, since, until, len(codes))
    # A portfolio has a place for every state, and a state's partners may be any; else only what is asked for is built.
    narrow = codes if "dyad" in unit and not with_similarity else ()
    made = _from_atop(known) if by_cow else _from_library(library, narrow)
    there = roster(registry, start, stop, daily=daily, by_cow=by_cow, only=narrow)
    chosen = _keys(registry, codes, by_cow)
    bonds = made.bonds
    if narrow and chosen is not None:
        numbers = chosen["key"].to_list()
        bonds = bonds.filter(pl.col("bearer").is_in(numbers) & pl.col("toward").is_in(numbers))
    reach = (time_of(made.reaches[0], daily=daily), time_of(made.reaches[1], daily=daily))
    pairs = pairs_by_time(bonds, start, stop, daily=daily)
    figures = read_capabilities(wanted("cow-capabilities", dict(known))) if weighted else ()
    whole = with_capabilities(there, figures, daily=daily) if weighted else there
    alike = similarity(pairs, whole, reach) if with_similarity else None
    frame = named(_frame(unit, pairs, there, chosen, reach, alike), unit, registry, by_cow=by_cow, daily=daily)
    citations = (
        "foedera",
        "cowstates2017",
        "gw1999",
        *made.citations,
        *(("s1999", "haege2011") if with_similarity else ()),
        *(("nmc1972",) if weighted else ()),
    )
    used = (
        () if by_cow else tuple(from_library.bibtex_of(library.treaties[name]) for name in sorted(set(pairs["pact"])))
    )
    return Panel(frame, unit, origin, since, until, made.reaches, made.says, citations, used)


class _Made(Struct, frozen=True):
    """Bonds, how far they reach, what they were made of in words, and what to cite for them."""

    bonds: pl.DataFrame
    reaches: tuple[date, date]
    says: str
    citations: tuple[str, ...]


def _from_atop(known: Mapping[str, Path]) -> _Made:
    source, path = SOURCES["atop-members"], wanted("atop-members", dict(known))
    members = read_members(path)
    first = min(row.since.first for row in members).replace(month=1, day=1)
    reaches = (first, from_atop.last_day(members))
    return _Made(from_atop.bonds(members), reaches, f"{source.title} {version_of(source, path)}", (source.citation,))


def _from_library(library: Library, only: Sequence[str]) -> _Made:
    last = from_library.last_day(library)
    bonds = from_library.bonds(library, keys_of(library.registry), last, only)
    return _Made(bonds, (date(1816, 1, 1), last), f"Foedera's library, {len(library.treaties)} instruments", ())


def _frame(
    unit: str,
    pairs: pl.DataFrame,
    there: pl.DataFrame,
    chosen: pl.DataFrame | None,
    reach: tuple[int, int],
    alike: pl.DataFrame | None,
) -> pl.DataFrame:
    if unit == "state-year":
        return with_states(there, by_state(pairs), chosen, reach)
    ordered = unit.startswith("directed")
    frame = with_pairs(there, directed(pairs) if ordered else undirected(pairs), chosen, reach, ordered=ordered)
    if alike is not None:
        frame = frame.join(alike, on=["at", "bearer", "toward"], how="left", maintain_order="left")
    return frame


def named(frame: pl.DataFrame, unit: str, registry: Registry, *, by_cow: bool, daily: bool) -> pl.DataFrame:
    """Time first, then who; those outside the roster keep the code they came with."""
    sides = [("bearer", "")] if unit == "state-year" else [("bearer", "1"), ("toward", "2")]
    ids = sorted(registry.states)
    for key, number in sides:
        if by_cow:
            own = pl.coalesce(f"cow{number}", key).alias(f"cow{number}")
        else:
            named = pl.col(key).replace_strict(list(range(len(ids))), ids, return_dtype=pl.Enum(ids))
            own = pl.coalesce(f"state{number}", named).alias(f"state{number}")
        frame = frame.with_columns(own)
    frame = day_column(frame, daily=daily)
    front = ["day" if daily else "year", *(f"{code}{number}" for _, number in sides for code in CODES)]
    return frame.select(*front, pl.exclude(*front, *(key for key, _ in sides)))


def _codes(registry: Registry, states: Sequence[str]) -> tuple[str, ...]:
    """The ids of the states asked for."""
    found = set()
    for said in states:
        code = registry.find(said.upper())
        if code is None or code not in registry.states:
            fix = suggest(said.upper(), registry.states)
            raise Refused((Problem("N001", whole_file("--states"), f"there is no state `{said}`", fix),))
        found.add(code)
    return tuple(sorted(found))


def _keys(registry: Registry, codes: Sequence[str], by_cow: bool) -> pl.DataFrame | None:
    """What the bonds call these states; None for all."""
    if not codes:
        return None
    places = keys_of(registry)
    numbers = {places[code] for code in codes}
    if by_cow:
        numbers = {int(entry.code) for code in codes for entry in registry.states[code].cow}
    return pl.DataFrame({"key": sorted(numbers)}, schema={"key": pl.Int16})


def _check(unit: str, origin: str, since: date, until: date, with_similarity: bool) -> None:
    for said, words in ((unit, UNITS), (origin, ORIGINS)):
        if said not in words:
            raise Refused((Problem("F004", whole_file("the panel"), f"there is no `{said}`", suggest(said, words)),))
    if with_similarity and "dyad" not in unit:
        problem = Problem("T008", whole_file("the panel"), "similarity is between two states", "take a unit of dyads")
        raise Refused((problem,))
    if until <= since:
        fix = f"`until` is the first {'day' if unit.endswith('day') else 'year'} out"
        raise Refused((Problem("D002", whole_file("the panel"), f"{until} does not come after {since}", fix),))
    if since < date(1816, 1, 1):
        fix = "states are known from 1816 on"
        raise Refused((Problem("D002", whole_file("the panel"), f"{since} is before there is a list of states", fix),))


def _check_size(registry: Registry, unit: str, since: date, until: date, chosen: int) -> None:
    """Refuses what would not fit into memory, before anything is read."""
    count = chosen or max(len(registry.existing(day)) for day in (since, until))
    daily = unit.endswith("day")
    rows = (time_of(until, daily=daily) - time_of(since, daily=daily)) * count * (count - 1)
    if "dyad" in unit and rows > MOST_ROWS:
        fix = "name a shorter stretch, or --states"
        raise Refused((Problem("T007", whole_file("the panel"), f"that would be up to {rows:,} rows", fix),))
