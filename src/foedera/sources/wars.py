"""Wars between states: Correlates of War, and Interstate War Data.

Sarkees and Wayman, "Resort to War", CQ Press, 2010. Reiter, Stam and Horowitz, "A Revised Look at Interstate Wars,
1816–2007", Journal of Conflict Resolution 60(5), 2016.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from foedera.dates import When
from foedera.sources.table import Line, read_table, wants


class WarYear(Struct, frozen=True):
    """Two belligerents on opposite sides of a COW interstate war in a year, seen from `state_a`.

    Sides are COW's 1 and 2; outcomes and battle deaths are those of the whole war; None where unknown.
    """

    war: int
    state_a: int
    state_b: int
    year: int
    ongoing: bool
    onset: bool
    side_a: int | None
    side_b: int | None
    initiator_a: bool | None
    initiator_b: bool | None
    outcome_a: int | None
    outcome_b: int | None
    deaths_a: int | None
    deaths_b: int | None


class Belligerent(Struct, frozen=True):
    """A state in a COW interstate war, by day: one row for each side on which it fought.

    `side` is COW's 1 or 2. A state that left and came back has `again` and `again_until`. Days are None where not given:
    unknown, or (outcome 5) still at war when the data stop; a day that the source leaves open is its month or year.
    `outcome`: 1 won, 2 lost, 3 compromise, 4 became another kind of war, 5 goes on, 6 stalemate, 7 went on below the
    threshold of a war, 8 changed sides. `came_from`, `went_to`: the number of the other war where this began or went on as
    one. `where` is COW's code of regions; `deaths` are those in battle.
    """

    war: int
    name: str
    state: int
    side: int | None
    since: When | None
    until: When | None
    again: When | None
    again_until: When | None
    initiator: bool | None
    outcome: int | None
    came_from: int | None
    went_to: int | None
    where: int | None
    deaths: int | None
    version: str


class IwdRow(Struct, frozen=True):
    """One initiator against one target in a year of an interstate war, with those named beside them.

    `adversaries` and `allies` are the initiator's, in the order printed; days are None where not given. A war fought in
    two stretches has `again` and `again_until`.
    """

    war: str
    name: str
    initiator_war: str
    year: int
    initiator: int
    target: int
    since: When | None
    until: When | None
    again: When | None
    again_until: When | None
    joiner: bool | None
    adversaries: tuple[int, ...]
    allies: tuple[int, ...]
    version: str


COW_WARS = wants(
    "COW interstate wars by directed dyad-year", "warnum", "ccode1", "ccode2", "year", "cowinterongoing", "cowinteronset",
    "sidea1", "sidea2", "initiator1", "initiator2", "outcome1", "outcome2", "batdeath1", "batdeath2",
)  # fmt: skip
BELLIGERENTS = wants(
    "COW interstate wars by participant", "WarNum", "WarName", "ccode", "Side", "StartMonth1", "StartDay1", "StartYear1",
    "EndMonth1", "EndDay1", "EndYear1", "StartMonth2", "StartDay2", "StartYear2", "EndMonth2", "EndDay2", "EndYear2",
    "TransFrom", "WhereFought", "Initiator", "Outcome", "TransTo", "BatDeath", "Version",
)  # fmt: skip
IWD = wants(
    "Interstate War Data", "version", "larger_war_name", "larger_war_id", "init_war_id", "year", "init_ccode", "target_ccode",
    "month_entry", "day_entry", "month_exit", "day_exit", "joiner", "adv2ccode", "ally1ccode",
)  # fmt: skip


def read_cow_wars(path: Path) -> tuple[WarYear, ...]:
    """COW interstate wars (4.0), one row per directed pair of enemies and year, as the R package peacesciencer has them."""
    return read_table(path, COW_WARS, _war_year)


def read_belligerents(path: Path) -> tuple[Belligerent, ...]:
    """COW interstate wars (4.0, the project's own file), one row per war, state and side."""
    return read_table(path, BELLIGERENTS, _belligerent)


def read_iwd(path: Path) -> tuple[IwdRow, ...]:
    """Interstate War Data (1.1), one row per initiator, target and year."""
    return read_table(path, IWD, _iwd)


def _war_year(line: Line) -> WarYear:
    return WarYear(
        line.whole("warnum"), line.whole("ccode1", 1), line.whole("ccode2", 1), line.whole("year", 1700, 2200),
        line.flag("cowinterongoing"), line.flag("cowinteronset"), line.coded("sidea1"), line.coded("sidea2"),
        line.maybe_flag("initiator1"), line.maybe_flag("initiator2"), line.coded("outcome1"), line.coded("outcome2"),
        line.coded("batdeath1"), line.coded("batdeath2"),
    )  # fmt: skip


def _belligerent(line: Line) -> Belligerent:
    began = line.coded("Initiator")
    return Belligerent(
        line.whole("WarNum"), line.words("WarName"), line.whole("ccode", 1), line.coded("Side"), _day(line, "Start", 1),
        _day(line, "End", 1), _day(line, "Start", 2), _day(line, "End", 2), None if began is None else began == 1,
        line.coded("Outcome"), line.coded("TransFrom"), line.coded("TransTo"), line.coded("WhereFought"), line.coded("BatDeath"),
        line.words("Version"),
    )  # fmt: skip


def _day(line: Line, end: str, stretch: int) -> When | None:
    return line.when(*(f"{end}{part}{stretch}" for part in ("Year", "Month", "Day")))


def _iwd(line: Line) -> IwdRow:
    return IwdRow(
        line.words("larger_war_id"), line.words("larger_war_name"), line.words("init_war_id"), line.whole("year", 1700, 2200),
        line.whole("init_ccode", 1), line.whole("target_ccode", 1), line.when("year", "month_entry", "day_entry"),
        line.when("year", "month_exit", "day_exit"), _second(line, "month_entry02", "day_entry02"),
        _second(line, "month_exit02", "day_exit02"), line.maybe_flag("joiner"), _codes(line, "adv"), _codes(line, "ally"),
        line.words("version"),
    )  # fmt: skip


def _second(line: Line, month: str, day: str) -> When | None:
    return line.when("year", month, day) if line.text(month) else None


def _codes(line: Line, stem: str) -> tuple[int, ...]:
    columns = [column for column in line.cells if column.startswith(stem) and column.endswith("ccode")]
    return tuple(code for code in (line.maybe_whole(column) for column in columns) if code)
