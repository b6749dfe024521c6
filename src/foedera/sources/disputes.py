"""Militarized interstate disputes: Correlates of War's own (MIDA, MIDB), and as revised by Gibler, Miller and Little.

Palmer et al., "The MID5 Dataset, 2011–2014", Conflict Management and Peace Science 39(4), 2022, 470–482. Gibler, Miller and
Little, "An Analysis of the Militarized Interstate Dispute (MID) Dataset, 1816–2001", International Studies Quarterly
60(4), 2016, 719–730. Columns are the same, so the version that a file names itself tells the two apart. -9 is unknown in
both and None here. Level of hostility: 1 no action, 2 threat, 3 display, 4 use of force, 5 war.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from foedera.dates import When
from foedera.sources.table import Line, read_table, wants


class Dispute(Struct, frozen=True):
    """One dispute; it began some day of `began`."""

    dispute: int
    began: When | None
    outcome: int | None
    settlement: int | None
    fatality: int | None
    least_days: int | None
    most_days: int | None
    action: int | None
    hostility: int | None
    reciprocated: bool | None


class Participant(Struct, frozen=True):
    """One spell of a state in a dispute; it may leave, come back, or change sides."""

    dispute: int
    state: int
    since: When | None
    until: When | None
    side_a: bool | None
    action: int | None
    originator: bool | None


class DisputeYear(Struct, frozen=True):
    """Two states on opposite sides of a dispute in a year, seen from `state_a`; they may never have met in the field."""

    dispute: int
    state_a: int
    state_b: int
    year: int
    ongoing: bool
    onset: bool
    side_a: bool | None
    side_b: bool | None
    hostility_a: int | None
    hostility_b: int | None
    originator_a: bool | None
    originator_b: bool | None
    hostility: int | None
    version: str


_DISPUTE = (
    "dispnum|dispnum3",
    "styear",
    "stmon",
    "outcome",
    "settle",
    "fatality",
    "mindur",
    "maxdur",
    "hiact",
    "hostlev",
    "recip",
)
_SPELL = (
    "dispnum|dispnum3",
    "ccode",
    "styear",
    "stmon",
    "stday",
    "endyear",
    "endmon",
    "endday",
    "sidea",
    "hiact",
    "orig",
)
DISPUTES = wants("GML disputes", *_DISPUTE)
PARTICIPANTS = wants("GML participants", *_SPELL)
MID_DISPUTES = wants("COW militarized disputes (MIDA)", *_DISPUTE, "version")
MID_PARTICIPANTS = wants("COW militarized disputes, participants (MIDB)", *_SPELL, "version")
DISPUTE_YEARS = wants(
    "GML directed dispute-years", "dispnum", "ccode1", "ccode2", "year", "midongoing", "midonset", "sidea1", "sidea2",
    "hostlev1", "hostlev2", "orig1", "orig2", "hostlev", "version",
)  # fmt: skip


def read_disputes(path: Path) -> tuple[Dispute, ...]:
    """GML disputes, one row each."""
    return read_table(path, DISPUTES, _dispute)


def read_participants(path: Path) -> tuple[Participant, ...]:
    """GML participants, one row per spell."""
    return read_table(path, PARTICIPANTS, _participant)


def read_mid_disputes(path: Path) -> tuple[Dispute, ...]:
    """COW disputes (MIDA 4.x, 5.0), one row each."""
    return read_table(path, MID_DISPUTES, _dispute)


def read_mid_participants(path: Path) -> tuple[Participant, ...]:
    """COW participants in disputes (MIDB 4.x, 5.0), one row per spell."""
    return read_table(path, MID_PARTICIPANTS, _participant)


def read_dispute_years(path: Path) -> tuple[DisputeYear, ...]:
    """GML directed dispute-years."""
    return read_table(path, DISPUTE_YEARS, _dispute_year)


def _dispute(line: Line) -> Dispute:
    month = line.maybe_whole("stmon")
    # GML 2.2.1 has a month 13 (dispute 1272): some month of that year
    began = line.when("styear", "stmon" if month in range(1, 13) else "", "")
    outcome, settlement, fatality = (line.coded(column) for column in ("outcome", "settle", "fatality"))
    least, most, action, hostility = (line.coded(column) for column in ("mindur", "maxdur", "hiact", "hostlev"))
    return Dispute(
        line.whole("dispnum"), began, outcome, settlement, fatality, least, most, action, hostility, _flag(line, "recip")
    )  # fmt: skip


def _participant(line: Line) -> Participant:
    return Participant(
        line.whole("dispnum"), line.whole("ccode", 1), line.when("styear", "stmon", "stday"),
        line.when("endyear", "endmon", "endday"), _flag(line, "sidea"), line.coded("hiact"),
        _flag(line, "orig"),
    )  # fmt: skip


def _dispute_year(line: Line) -> DisputeYear:
    return DisputeYear(
        line.whole("dispnum"), line.whole("ccode1", 1), line.whole("ccode2", 1), line.whole("year", 1700, 2200),
        line.flag("midongoing"), line.flag("midonset"), _flag(line, "sidea1"), _flag(line, "sidea2"),
        line.coded("hostlev1"), line.coded("hostlev2"), _flag(line, "orig1"), _flag(line, "orig2"),
        line.coded("hostlev"), line.words("version"),
    )  # fmt: skip


def _flag(line: Line, column: str) -> bool | None:
    number = line.coded(column)
    return None if number is None else number == 1
