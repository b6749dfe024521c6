"""Who is a state, and when: the state systems of Correlates of War and of Gleditsch and Ward, and COW's major powers.

Both lists close with a day that means "still a member", not an end; it stays in `until`, and `LAST_DAY` of the table
(the latest day in it) tells the two apart.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from foedera.sources.table import Line, read_table, wants


class Spell(Struct, frozen=True):
    """One spell of a state in a system; `until` is the last day in. A state may have several."""

    code: int
    abbreviation: str
    name: str
    since: date
    until: date


class MajorSpell(Struct, frozen=True):
    """One spell of a state as a major power (Correlates of War); `until` is the last day in."""

    code: int
    since: date
    until: date


COW_STATES = wants(
    "the COW state system",
    "stateabb",
    "ccode",
    "statenme",
    "styear",
    "stmonth",
    "stday",
    "endyear",
    "endmonth",
    "endday",
)
COW_MAJORS = wants(
    "COW's major powers", "ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday", "version"
)
GW_STATES = wants("Gleditsch and Ward's states", "gwcode", "stateabb", "statename", "startdate", "enddate")


def read_cow_states(path: Path) -> tuple[Spell, ...]:
    """The COW state system, one row a spell."""
    return read_table(
        path, COW_STATES,
        lambda line: Spell(line.whole("ccode", 1), line.words("stateabb"), line.words("statenme"), *_spell(line)),
    )  # fmt: skip


def read_cow_majors(path: Path) -> tuple[MajorSpell, ...]:
    """COW's major powers, one row a spell."""
    return read_table(path, COW_MAJORS, lambda line: MajorSpell(line.whole("ccode", 1), *_spell(line)))


def read_gw_states(path: Path) -> tuple[Spell, ...]:
    """Gleditsch and Ward's independent states, one row a spell."""
    return read_table(
        path, GW_STATES,
        lambda line: Spell(
            line.whole("gwcode", 1), line.words("stateabb"), line.words("statename"), line.day("startdate"), line.day("enddate")
        ),
    )  # fmt: skip


def _spell(line: Line) -> tuple[date, date]:
    """The first and last day; the source has no open ones."""
    since = line.when("styear", "stmonth", "stday")
    until = line.when("endyear", "endmonth", "endday")
    if since is None or until is None:
        line.refuse("styear", "has no spell", "first and last day are never missing in this source")
        return date.min, date.min
    return since.first, until.last
