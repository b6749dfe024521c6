"""What lies between two states: contiguity, the least distance, a rivalry.

Stinnett, Tir, Schafer, Diehl and Gochman, Conflict Management and Peace Science 19(2), 2002 (contiguity). Schvitz et
al., Journal of Conflict Resolution 66(1), 2022 (distance, from CShapes 2.0). Thompson and Dreyer, "Handbook of
International Rivalries", CQ Press, 2012.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from foedera.sources.table import Line, header_of, read_table, stream_table, wants


class Contiguity(Struct, frozen=True):
    """One spell of one directed pair. A pair that never touched has no row.

    `kind`: 1 by land, 2 up to 12 miles of water, 3 to 24, 4 to 150, 5 to 400, 0 none in that spell; it is no scale.
    Days are the first of a month: the source knows months only.
    """

    state_a: int
    state_b: int
    kind: int
    since: date
    until: date


class Distance(Struct, frozen=True):
    """The least distance between two territories on 1 January, in kilometres; 0 where they touch."""

    state_a: int
    state_b: int
    year: int
    kilometres: float | None


class Rivalry(Struct, frozen=True):
    """A strategic rivalry; `until` is its last year, the last of the data where it goes on."""

    number: int
    name: str
    state_a: int
    state_b: int
    since: int
    until: int
    region: str | None
    kinds: tuple[str, ...]


CONTIGUITY = wants(
    "COW direct contiguity", "ccode1|statelno", "ccode2|statehno", "conttype", "stdate|begin", "enddate|end"
)
DISTANCE = wants("minimum distances", "ccode1", "ccode2", "year", "mindist")
MONTHS = frozenset(f"{month:02d}" for month in range(1, 13))
RIVALRIES = wants("strategic rivalries", "rivalryno", "rivalryname", "ccode1", "ccode2", "styear", "endyear", "type1")


def read_contiguity(path: Path) -> tuple[Contiguity, ...]:
    """COW direct contiguity (3.2), directed spells: from the project's own file, which has each pair once, or peacesciencer's."""
    spells = read_table(path, CONTIGUITY, _contiguity)
    if "statelno" not in header_of(path):
        return spells
    return tuple(
        way for spell in spells for way in (spell, replace(spell, state_a=spell.state_b, state_b=spell.state_a))
    )


def stream_distances(path: Path) -> Iterator[Distance]:
    """Minimum distances, one after the other: there are about a million."""
    return stream_table(path, DISTANCE, _distance)


def read_rivalries(path: Path) -> tuple[Rivalry, ...]:
    """Strategic rivalries, one row a pair and spell."""
    return read_table(path, RIVALRIES, _rivalry)


def _contiguity(line: Line) -> Contiguity:
    return Contiguity(
        line.whole("ccode1", 1), line.whole("ccode2", 1), line.whole("conttype", 0, 5), _month(line, "stdate"),
        _month(line, "enddate"),
    )  # fmt: skip


def _month(line: Line, column: str) -> date:
    """The first of a month written 192001, as the project does, or a day."""
    said = line.text(column) or ""
    if len(said) == 6 and said.isdigit() and said[4:] in MONTHS:
        return date(int(said[:4]), int(said[4:]), 1)
    return line.day(column)


def _distance(line: Line) -> Distance:
    return Distance(
        line.whole("ccode1", 1),
        line.whole("ccode2", 1),
        line.whole("year", 1700, 2200),
        line.maybe_number("mindist", 0),
    )


def _rivalry(line: Line) -> Rivalry:
    kinds = (line.text(column) for column in ("type1", "type2", "type3"))
    return Rivalry(
        line.whole("rivalryno"), line.words("rivalryname"), line.whole("ccode1", 1), line.whole("ccode2", 1),
        line.whole("styear", 1000, 2200), line.whole("endyear", 1000, 2200), line.text("region"),
        tuple(kind for kind in kinds if kind),
    )  # fmt: skip
