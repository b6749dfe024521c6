"""ATOP, Alliance Treaty Obligations and Provisions: members, alliances, and directed dyad-years.

Leeds, Ritter, Mitchell and Long, "Alliance Treaty Obligations and Provisions, 1815–1944", International Interactions
28(3), 2002, 237–260, and the codebook of the version used. Field names are the codebook's, so that a scholar finds
them there; a code that is empty in the file is None, never zero.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from foedera.dates import SOMETIME, When
from foedera.problems import Problem, Refused, whole_file
from foedera.sources.table import Line, header_of, lacking, read_table, wants

PROMISES = ("defense", "offense", "neutral", "nonagg", "consul")


class Clauses(Struct, frozen=True):
    """What ATOP codes of a treaty's text; None is missing, and what a level of the data does not have.

    The five promises; whether each is conditional (`…con`) and on what: a named adversary (`…coadv`), a place
    (`…coloc`), a kind of conflict (`…cocon`), the number of adversaries (`…conum`), demands not met (`…codem`), no
    provocation (`…conpr`), an attack by one side (`neucoatt`), a request (`concoreq`).
    """

    defense: int | None = None
    offense: int | None = None
    neutral: int | None = None
    nonagg: int | None = None
    consul: int | None = None
    active: int | None = None
    conditio: int | None = None
    defcon: int | None = None
    offcon: int | None = None
    neucon: int | None = None
    concon: int | None = None
    defcoadv: int | None = None
    defcoloc: int | None = None
    defcocon: int | None = None
    defconum: int | None = None
    defcodem: int | None = None
    defconpr: int | None = None
    offcoadv: int | None = None
    offcoloc: int | None = None
    offcocon: int | None = None
    offconum: int | None = None
    offcodem: int | None = None
    offconpr: int | None = None
    neucoadv: int | None = None
    neucoloc: int | None = None
    neucocon: int | None = None
    neuconum: int | None = None
    neucodem: int | None = None
    neuconpr: int | None = None
    neucoatt: int | None = None
    concoadv: int | None = None
    concoloc: int | None = None
    concocon: int | None = None
    concoreq: int | None = None
    olimob: int | None = None
    asymm: int | None = None
    obvary: int | None = None
    wartime: int | None = None
    cowwar: int | None = None
    estmode: int | None = None
    pubsecr: int | None = None
    secrart: int | None = None
    proadd: int | None = None
    futmem: int | None = None
    speclgth: int | None = None
    length: int | None = None
    renounce: int | None = None
    proren: int | None = None
    renewlgt: int | None = None
    term: int | None = None
    termmode: int | None = None
    termcaus: int | None = None
    notaiden: int | None = None
    dipaid: int | None = None
    terrres: int | None = None
    seppeace: int | None = None
    thirdcom: int | None = None
    noothall: int | None = None
    specthrt: int | None = None
    statthr1: int | None = None
    statthr2: int | None = None
    conwtin: int | None = None
    medarb: int | None = None
    milcon: int | None = None
    milaid: int | None = None
    intcom: int | None = None
    subord: int | None = None
    organ1: int | None = None
    orgpurp1: int | None = None
    organ2: int | None = None
    orgpurp2: int | None = None
    base: int | None = None
    contrib: int | None = None
    armred: int | None = None
    acqterr: int | None = None
    divgains: int | None = None
    demwith: int | None = None
    reflnun: int | None = None
    refothio: int | None = None
    natrefal: int | None = None
    compag: int | None = None
    nomicoop: int | None = None
    conres: int | None = None
    agprois: int | None = None
    conmen: int | None = None
    ecaid: int | None = None
    interv: int | None = None

    @property
    def promises(self) -> tuple[bool, bool, bool, bool, bool]:
        """Defence, offence, neutrality, non-aggression, consultation: which are promised."""
        return self.defense == 1, self.offense == 1, self.neutral == 1, self.nonagg == 1, self.consul == 1


CODES = Clauses.__struct_fields__


class Member(Struct, frozen=True):
    """One member in one phase of an alliance: what it promised, from `since` on.

    `until` is the last day as ATOP counts it, not the first day out; None where still in force when the data stop.
    A day that the source leaves open is the month it lies in. `phase` is 0 for a treaty of one phase.
    """

    atopid: int
    member: int
    cowsys: bool | None
    since: When
    until: When | None
    bilateral: bool | None
    phase: int
    maxphase: int
    clauses: Clauses
    version: str


class Alliance(Struct, frozen=True):
    """One alliance with all its members ever; dates and missing values as in `Member`."""

    atopid: int
    since: When
    until: When | None
    bilateral: bool | None
    maxphase: int
    members: tuple[int, ...]
    clauses: Clauses
    version: str


class DirectedYear(Struct, frozen=True):
    """What `state_a` owed `state_b` in a year under all alliances between them: any of the five promises, or none.

    A row says that an alliance exists; all five may be false where only the other side owes.
    """

    state_a: int
    state_b: int
    year: int
    defense: bool
    offense: bool
    neutral: bool
    nonagg: bool
    consul: bool


MEMBER_LEVEL = wants(
    "ATOP's member level", "atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "ineffect",
    "phase", *PROMISES,
)  # fmt: skip
ALLIANCE_LEVEL = wants(
    "ATOP's alliance level", "atopid", "begyr", "begmo", "begday", "endyr", "endmo", "endday", "mem1", "mem2", *PROMISES
)
DIRECTED_YEARS = wants(
    "ATOP's directed dyad-years", "stateA|statea|ccode1", "stateB|stateb|ccode2", "year", "defense|atop_defense",
    "offense|atop_offense", "neutral|atop_neutral", "nonagg|atop_nonagg", "consul|atop_consul",
)  # fmt: skip


def member_file(folder: Path) -> Path:
    """The file of a folder that is ATOP's member level, by its columns; `Refused` if there is none."""
    for path in sorted(folder.glob("*.csv*")) if os.path.isdir(folder) else []:
        if not lacking(header_of(path), MEMBER_LEVEL):
            return path
    fix = "name a folder that holds ATOP's member level as CSV"
    raise Refused((Problem("T001", whole_file(str(folder)), f"`{folder}` has no member level of ATOP", fix),))


def read_members(path: Path) -> tuple[Member, ...]:
    """ATOP's member level (4.01, 5.1): one row per alliance, phase and member."""
    return read_table(path, MEMBER_LEVEL, _member)


def read_alliances(path: Path) -> tuple[Alliance, ...]:
    """ATOP's alliance level (4.01, 5.1): one row per alliance."""
    return read_table(path, ALLIANCE_LEVEL, _alliance)


def read_directed_years(path: Path) -> tuple[DirectedYear, ...]:
    """ATOP's directed dyad-years (5.1, its own columns or those of the R package peacesciencer)."""
    return read_table(path, DIRECTED_YEARS, _directed_year)


def _member(line: Line) -> Member:
    return Member(
        line.whole("atopid"), line.whole("member", 1), line.maybe_flag("cowsys"), _begun(line, "yrent", "moent", "dayent"),
        line.when("yrexit", "moexit", "dayexit"), line.maybe_flag("bilat"), line.whole("phase"),
        line.maybe_whole("maxphase") or 0, _clauses(line), _version(line),
    )  # fmt: skip


def _alliance(line: Line) -> Alliance:
    members = (line.maybe_whole(column, 0) for column in line.cells if column[:3] == "mem" and column[3:].isdigit())
    return Alliance(
        line.whole("atopid"), _begun(line, "begyr", "begmo", "begday"), line.when("endyr", "endmo", "endday"),
        line.maybe_flag("bilat"), line.maybe_whole("maxphase") or 0, tuple(code for code in members if code),
        _clauses(line), _version(line),
    )  # fmt: skip


def _directed_year(line: Line) -> DirectedYear:
    return DirectedYear(
        line.whole("stateA", 1), line.whole("stateB", 1), line.whole("year", 1800, 2200),
        *(line.flag(promise) for promise in PROMISES),
    )  # fmt: skip


def _begun(line: Line, year: str, month: str, day: str) -> When:
    line.whole(year, 1700, 2200)
    return line.when(year, month, day) or SOMETIME


def _clauses(line: Line) -> Clauses:
    return Clauses(*(line.maybe_whole(code) for code in CODES))


def _version(line: Line) -> str:
    """`4.01`, also where a program wrote it as 4.0100002."""
    number = line.maybe_number("version")
    return "" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")
