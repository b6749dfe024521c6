"""A war as data have it (initiators, sides, entry and exit dates), and the crisis that it is.

The columns are those of the Casus Foederis Benchmark: `war_initiators` as `ccode:abbreviation;…`, `war_side_a` and
`war_side_b` as `ccode:abbreviation:entry:exit:role;…` with the roles originator, joiner (entered later by its own act)
and drawn_in (first appears later as somebody's target); `war_side_notes`, if there is one, tells who turned on its own side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from foedera.dates import When, on_day, parse_when
from foedera.language.types import Actor, Crisis, Event
from foedera.problems import Problem, Span, whole_file
from foedera.sources.atop_rules import CHARTER, code_of
from foedera.sources.table import Line, read_table, wants
from foedera.states.registry import Registry
from foedera.states.values import settled

TURN = re.compile(r"(\d+):\w+ fought (\d+) of its own side from (\d{4}-\d{2}-\d{2})")
ROLES = ("originator", "joiner", "drawn_in")
ROWS = wants(
    "a table of alliances and wars", "row_id", "war_id", "war_start", "war_end", "war_initiators", "war_side_a", "war_side_b",
    "atopid",
)  # fmt: skip


class Belligerent(Struct, frozen=True):
    """A state in a war: its side (a: the first initiator's), first and last day, how it came in."""

    code: str
    side: str
    entry: date
    exit: date
    role: str


class Turn(Struct, frozen=True):
    """A state that made war on one of its own side, and since when."""

    code: str
    on: str
    day: date


class War(Struct, frozen=True):
    """A war: who fought on which side from when to when, who began, and who turned on its own side."""

    id: str
    name: str
    start: date
    end: date
    initiators: frozenset[str]
    belligerents: tuple[Belligerent, ...]
    turns: tuple[Turn, ...] = ()


class _Blow(Struct, frozen=True):
    """One state's war on others from a day on; `answers` says that it helps those who are under attack."""

    actor: Belligerent
    targets: tuple[Belligerent, ...]
    day: date
    answers: bool


class Row(Struct, frozen=True):
    """An alliance, by its ATOP number, in a war."""

    id: str
    atopid: int
    war: War


def read_rows(path: Path, registry: Registry) -> tuple[Row, ...]:
    """The rows of a file; other columns, those of labels among them, are not looked at.

    Raises `Refused` with every cell that cannot be read.
    """
    return read_table(path, ROWS, lambda line: _row(line, registry))


def _row(line: Line, registry: Registry) -> Row:
    start, end = _day(line, "war_start"), _day(line, "war_end")
    sides = [
        fought for side in "ab" for text in _items(line.words(f"war_side_{side}"))
        if (fought := _belligerent(line, text, side, registry)) is not None
    ]  # fmt: skip
    began = (_code(line, text.split(":")[0], start.first, registry) for text in _items(line.words("war_initiators")))
    number = line.words("war_id")
    war = War(
        number, line.text("war_name") or number, start.first, end.last, frozenset(began),
        tuple(sorted(sides, key=lambda b: (b.entry, b.side, b.code))), tuple(_turns(line, registry)),
    )  # fmt: skip
    return Row(line.words("row_id"), line.whole("atopid", 1), war)


def crisis_of(war: War) -> Crisis:
    """The war as a crisis: every state's war on those it found before it, as lasting events."""
    at = whole_file(f"war {war.id}")
    events: list[Event] = []
    for blow in _blows(war):
        answered = tuple(e.id for e in events if not e.in_response_to and blow.actor.side != _side(war, e.by[0]))
        for (until, place), targets in _apart(war, blow).items():
            number = sum(blow.actor.code in event.by for event in events)
            event = _event(blow, targets, until, answered if blow.answers else (), number, at)
            events.append(event if place is None else _abroad(event, place, at))
    codes = {b.code for b in war.belligerents}
    return Crisis(
        id=f"war-{war.id}", title=war.name, says=None, at=at, period_from=on_day(war.start), period_to=on_day(war.end),
        instruments=None, treaties={}, actors={c: Actor(c, at, "state", None, None) for c in codes if c.startswith("cow-")},
        places={}, open=("request", "decision"), events=tuple(events), facts={}, readings={}, branches={}, expect=(),
    )  # fmt: skip


def _items(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _belligerent(line: Line, text: str, side: str, registry: Registry) -> Belligerent | None:
    parts = text.split(":")
    first, last = (parse_when(part) for part in parts[2:4]) if len(parts) == 5 else ("", "")
    if isinstance(first, str) or isinstance(last, str) or parts[4] not in ROLES:
        _fault(
            line,
            f"`{text}` is no belligerent",
            f"write 255:GMY:1914-08-01:1918-11-11:joiner; roles: {', '.join(ROLES)}",
        )
        return None
    return Belligerent(_code(line, parts[0], first.first, registry), side, first.first, last.last, parts[4])


def _turns(line: Line, registry: Registry) -> Iterator[Turn]:
    """Changes of side, from a column that a table may have."""
    for text in (line.text("war_side_notes") or "").split("|"):
        if text and (note := TURN.fullmatch(text)) is None:
            _fault(line, f"`{text}` is no change of side", "write `325:ITA fought 255 of its own side from 1943-10-13`")
        elif text and note is not None:
            when = parse_when(note[3])
            if isinstance(when, str):
                _fault(line, f"`{text}` has no date", when)
            else:
                turning, on = (_code(line, cow, when.first, registry) for cow in (note[1], note[2]))
                yield Turn(turning, on, when.first)


def _day(line: Line, column: str) -> When:
    when = parse_when(line.words(column))
    if isinstance(when, str):
        _fault(line, f"`{column}` is `{line.text(column)}`", when)
        return on_day(date.min)
    return when


def _code(line: Line, cow: str, day: date, registry: Registry) -> str:
    """The state of a COW code; one that the registry lacks goes by the code."""
    if not cow.isdigit():
        _fault(line, f"`{cow}` is no COW code", "codes are whole numbers, such as 255")
        return cow
    return code_of(int(cow), day, registry) or f"cow-{cow}"


def _fault(line: Line, what: str, fix: str) -> None:
    line.problems.append(Problem("T002", Span(line.file, line.number, 1, line.number, 1), what, fix))


def _side(war: War, code: str) -> str:
    return next((b.side for b in war.belligerents if b.code == code), "")


def _blows(war: War) -> Iterator[_Blow]:
    """Who made war on whom, in the order of entry.

    Data of this kind give sides, not pairs: each is taken to fight all of the other side that it finds there.
    The side that began attacks the other's originators; a joiner attacks the enemies it finds, one drawn in is attacked
    by them. In the age of the Charter help to a state under attack is lawful defence (Article 51) and no attack on the
    attacker; before it, a state that entered a war which nobody had carried to it made war, and the pacts of the time
    say so.
    """
    began = {b.side for b in war.belligerents if b.code in war.initiators} or {"a"}
    for entering in war.belligerents:
        foes = tuple(b for b in war.belligerents if _meets(war, entering, b))
        if entering.role == "originator":
            first = tuple(foe for foe in foes if foe.role == "originator")
            if entering.side in began and first:
                yield _Blow(entering, first, entering.entry, answers=False)
        elif entering.role == "joiner" and foes:
            helps = entering.side not in began and entering.entry >= CHARTER
            yield _Blow(entering, foes, entering.entry, answers=helps)
        else:
            yield from (_Blow(foe, (entering,), entering.entry, answers=False) for foe in foes)

    own = {b.code: b for b in reversed(war.belligerents)}
    for turn in war.turns:
        if turn.code in own and turn.on in own:
            yield _Blow(own[turn.code], (own[turn.on],), turn.day, answers=False)


def _meets(war: War, entering: Belligerent, other: Belligerent) -> bool:
    """Whether one who enters finds the other as an enemy: of the other side, there, and not turned on its leader by then."""
    leader = next((b.code for b in war.belligerents if b.side == other.side and b.role == "originator"), None)
    turned = any(
        {turn.code, turn.on} == {other.code, leader} and turn.day <= entering.entry
        for turn in war.turns
        if leader != other.code
    )
    there = other.entry <= entering.entry <= other.exit and other.code != entering.code
    return there and other.side != entering.side and not turned


def _apart(war: War, blow: _Blow) -> dict[tuple[date, str | None], list[str]]:
    """The targets of a blow by the last day on which both were in the war, and by where it falls on them.

    Who joined another's war is met there: on the soil of the first of its side. None is a target's own soil.
    """
    found: dict[tuple[date, str | None], list[str]] = {}
    for target in blow.targets:
        first = next((b for b in war.belligerents if b.side == target.side and b.role == "originator"), None)
        place = first.code if first is not None and target.role == "joiner" else None
        found.setdefault((min(blow.actor.exit, target.exit), place), []).append(target.code)
    return found


def _abroad(event: Event, place: str, at: Span) -> Event:
    """The event as one on forces abroad: in the age of the Charter that is no attack on the state itself, nor war on it."""
    assert event.date is not None
    kinds = ("attack-on-forces",) if event.date.first >= CHARTER else event.kinds
    return replace(event, place=settled(place, at), kinds=kinds)


def _event(blow: _Blow, targets: list[str], until: date, answered: tuple[str, ...], number: int, at: Span) -> Event:
    name = f"attack-by-{blow.actor.code}" + (f"-{number + 1}" if number else "")
    return Event(
        id=name, at=at, spots={}, date=on_day(blow.day), until=on_day(until + timedelta(days=1)),
        kinds=("armed-attack", "state-of-war"), by=(blow.actor.code,), on=tuple(targets), place=None, provoked=None,
        in_response_to=answered, response_contested=False, in_defence_of=(), supported_by=None, means=(), scale=None, to=(),
        stance=None, quote=None, says=None, under=None, organ=None, finding=None, votes={}, known_since=None, known_to=(),
        source=None, contested=False,
    )  # fmt: skip
