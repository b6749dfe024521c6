"""A crisis as somebody has it on the table: events struck out or added, contested facts settled, a day chosen.

All of it fits into a link, so nothing has to be kept anywhere. In memory a scenario is one more branch of the
crisis, `what-if`; saved it is the crisis's own file with that branch in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.answers.answer import Answer, assess
from foedera.answers.ask import instruments, last_day
from foedera.dates import When, on_day, parse_when
from foedera.engine.answer_types import Finding
from foedera.language.types import Branch, Crisis, Event, Treaty
from foedera.language.vocabulary import LASTING, is_kind
from foedera.library import Library, problems_of, read_event, source_plain, written
from foedera.problems import Problem, Refused, suggest, whole_file
from foedera.states.values import Datum, Spell, settled
from foedera.truth import YES

MINE = "what-if"
HERE = whole_file("the scenario")
MOST_EVENTS = 60
EXPECTED = 12
"""How many of the answers a saved file says as expectations."""


class Scenario(Struct, frozen=True):
    """What is on the table: `off` are ids of events struck out, `added` events as a crisis file holds them,
    `facts` answers to open questions, by question."""

    branch: str | None = None
    on: date | None = None
    off: tuple[str, ...] = ()
    added: tuple[Mapping[str, Any], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    reading: str | None = None
    known_to: str | None = None

    @property
    def edited(self) -> bool:
        """Whether it differs from the file's own branch."""
        return bool(self.off or self.added or self.facts)


class Table(Struct, frozen=True):
    """A scenario applied to its crisis: the crisis with one more branch, that branch, the reading to ask under."""

    crisis: Crisis
    branch: str | None
    reading: str | None
    events: tuple[Event, ...]
    added: frozenset[str]


def lay(crisis: Crisis, scenario: Scenario, library: Library) -> Table:
    """The crisis as the scenario has it; `Refused` for what a crisis file could not hold."""
    if scenario.branch is not None and scenario.branch not in crisis.branches:
        fix = suggest(scenario.branch, crisis.branches)
        raise Refused((Problem("X003", crisis.at, f"`{crisis.id}` has no branch `{scenario.branch}`", fix),))
    shown = events_in(crisis, scenario.branch)
    if not scenario.edited:
        return Table(crisis, scenario.branch, scenario.reading, shown, frozenset())
    _known(scenario.off, shown, crisis)
    made = _added(crisis, scenario, library)
    base = crisis.branches[scenario.branch] if scenario.branch else Branch(MINE, crisis.at, "", None, (), (), {})
    facts, contested, rest = _answers(crisis, scenario, base, library)
    off = {*scenario.off, *(name for name, event in contested.items() if event.contested)}
    kept = tuple(contested.get(e.id, e) for e in base.add if e.id not in off)
    history = {event.id for event in crisis.events}
    changed = tuple(event for name, event in contested.items() if name in history)
    dropped = tuple(dict.fromkeys((*base.drop, *(n for n in sorted(off) if n in history), *(e.id for e in changed))))
    mine = replace(
        base, id=MINE, add=(*kept, *(e for e in changed if e.id not in off), *made), drop=dropped,
        facts={**base.facts, **facts},
    )  # fmt: skip
    table = replace(crisis, branches={**crisis.branches, MINE: mine})
    if made:
        problems = problems_of(table, library)
        if problems:
            raise Refused(problems)
    reading = ",".join(part for part in (scenario.reading, *rest) if part) or None
    every = tuple(sorted((*shown, *made), key=_order))
    return Table(table, MINE, reading, every, frozenset(event.id for event in made))


def asked(crisis: Crisis, scenario: Scenario, library: Library, **more: Any) -> Answer:
    """The answer for a scenario on its day."""
    table = lay(crisis, scenario, library)
    day = scenario.on or last_day(table.crisis, table.branch)
    return assess(
        table.crisis, branch=table.branch, on=day, reading=table.reading, known_to=scenario.known_to, within=library, **more
    )  # fmt: skip


def events_in(crisis: Crisis, branch: str | None) -> tuple[Event, ...]:
    """What happens in a branch, in order; partial dates stand at their first day."""
    if branch is None:
        return tuple(sorted(crisis.events, key=_order))
    chosen = crisis.branches[branch]
    start = chosen.start.first if chosen.start is not None else date.max
    told = [e for e in crisis.events if e.id not in chosen.drop and _order(e)[0] < start]
    return tuple(sorted((*told, *chosen.add), key=_order))


def _order(event: Event) -> tuple[date, str]:
    return (event.date.first if event.date is not None else date.min, event.id)


def days_of(table: Table, scenario: Scenario) -> tuple[date, ...]:
    """The days on which something happened or ended, and the last one: where answers may change."""
    last = last_day(table.crisis, table.branch)
    days = {last, *([scenario.on] if scenario.on else [])}
    for event in table.events:
        if event.id in scenario.off or event.date is None:
            continue
        days.add(event.date.first)
        if event.until is not None and event.until.exact and is_kind(event.kinds, tuple(LASTING)):
            days.add(event.until.first)
    return tuple(sorted(day for day in days if date.min < day <= max(last, scenario.on or last)))


def first_shown(table: Table, scenario: Scenario) -> date:
    """The day a page opens on when none is asked for: that of the last event that matters."""
    days = [event.date.first for event in table.events if event.date is not None and event.id not in scenario.off]
    last = last_day(table.crisis, table.branch)
    return max((day for day in days if day <= last), default=last)


def _known(off: Iterable[str], shown: Iterable[Event], crisis: Crisis) -> None:
    ids = {event.id for event in shown}
    lost = [name for name in off if name not in ids]
    if lost:
        raise Refused((Problem("N007", crisis.at, f"no event is called `{lost[0]}`", suggest(lost[0], ids)),))


def _added(crisis: Crisis, scenario: Scenario, library: Library) -> tuple[Event, ...]:
    if len(scenario.added) > MOST_EVENTS:
        raise Refused((Problem("X003", HERE, f"a scenario adds at most {MOST_EVENTS} events", "save it as a file"),))
    ids = {event.id for event in events_in(crisis, scenario.branch)} | {event.id for event in crisis.events}
    made: list[Event] = []
    for told in named(scenario.added, ids):
        event = read_event(told, crisis, library)
        if event.id in ids:
            raise Refused((Problem("F009", HERE, f"two events are called `{event.id}`", "rename one"),))
        ids.add(event.id)
        made.append(event)
    return tuple(made)


def named(added: Iterable[Mapping[str, Any]], taken: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Added events, each with an id: `my-1`, `my-2` where none was given."""
    used = set(taken)
    for number, told in enumerate(added, 1):
        name = told.get("id") or next(f"my-{n}" for n in range(number, number + 1000) if f"my-{n}" not in used)
        used.add(name)
        yield {"id": name, **{key: value for key, value in told.items() if key != "id" and value not in ("", [], None)}}


def _answers(
    crisis: Crisis, scenario: Scenario, base: Branch, library: Library
) -> tuple[dict[str, Datum], dict[str, Event], list[str]]:
    """Answers to open questions by how a crisis holds them: as facts, as events, as readings.

    An event among them that is still contested did not happen.
    """
    facts: dict[str, Datum] = {}
    events: dict[str, Event] = {}
    rest: list[str] = []
    by_id = {event.id: event for event in (*crisis.events, *base.add)}
    dated = crisis.period_to.last if crisis.period_to else date.max
    treaties = instruments(crisis, library, dated) if scenario.facts else {}
    for about, answer in scenario.facts:
        if about in by_id and by_id[about].contested and answer in ("happened", "did-not-happen"):
            events[about] = replace(by_id[about], contested=answer == "did-not-happen")
        elif (fact := _fact(about, answer, {**crisis.facts, **base.facts}, by_id, treaties)) is not None:
            facts[about] = fact
        else:
            rest.append(f"{about}={answer}")
    return facts, events, rest


def _fact(
    about: str, answer: str, told: Mapping[str, Datum], events: Mapping[str, Event], treaties: Mapping[str, Treaty]
) -> Datum | None:
    """The settled value, of the sort that the contested one had; None where only a reading can say it."""
    name, _, attribute = about.rpartition(".")
    datum = told.get(about)
    if datum is None and name in events and attribute in ("provoked", "supported_by", "place"):
        datum = getattr(events[name], attribute)
        if datum is None and attribute != "provoked":
            return None
    if datum is None and name in treaties and attribute == "in-force":
        datum = treaties[name].in_force
    if datum is not None and answer in ("by then", "later") and isinstance(datum[0].options[0].value, When):
        when = datum[0].options[0].value
        return settled(on_day(when.first if answer == "by then" else when.last), datum[0].at)
    if datum is not None:
        chosen = [(spell, o) for spell in datum for o in spell.options if answer in (o.label, str(o.value))]
        return (Spell(chosen[0][0].interval, (chosen[0][1],), chosen[0][0].at),) if len(chosen) == 1 else None
    if about.split("@", maxsplit=1)[0] in _asked(treaties) or attribute == "provoked":
        return settled(answer, HERE)
    return None


def _asked(treaties: Mapping[str, Treaty]) -> set[str]:
    return {f"{name}.{question}" for name, treaty in treaties.items() for question in treaty.questions}


def saved(crisis: Crisis, scenario: Scenario, library: Library) -> str:
    """The scenario as a crisis file: the crisis's own, with the branch `what-if` and what its answers were."""
    table = lay(crisis, scenario, library)
    told = told_of(crisis)
    if not scenario.edited:
        return written(told)
    mine = table.crisis.branches[MINE]
    before = told.get("branches", {}).get(scenario.branch, {}) if scenario.branch else {}
    ids = {event.id for event in events_in(crisis, scenario.branch)} | {event.id for event in crisis.events}
    source = {event["id"]: event for event in (*told.get("events", []), *before.get("add", []))}
    settled_events = [
        {key: value for key, value in source[event.id].items() if key != "certainty"}
        for event in mine.add if event.id in source
    ]  # fmt: skip
    told.setdefault("branches", {})[MINE] = {
        "says": f"What if, made from {scenario.branch or 'what happened'}: {_words(scenario)}.",
        **({"from": before["from"]} if "from" in before else {}),
        "add": [*settled_events, *named(scenario.added, ids)],
        "drop": list(mine.drop),
        "facts": {
            **before.get("facts", {}),
            **{name: _plain(mine.facts[name]) for name, _ in scenario.facts if name in mine.facts},
        },
    }
    told["expect"] = [*told.get("expect", []), *_expected(asked(crisis, scenario, library), scenario, table.reading)]
    return written(told)


def told_of(crisis: Crisis) -> dict[str, Any]:
    """What the crisis's file says; for a question without a file, what its file would say."""
    if crisis.at != whole_file("the question"):
        return source_plain(crisis)
    return {
        "id": crisis.id, "title": crisis.title,
        "period": {"to": str(crisis.period_to)} if crisis.period_to else {},
        "open": list(crisis.open), "events": [_event_told(event) for event in crisis.events],
    }  # fmt: skip


def _event_told(event: Event) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": event.id, "date": str(event.date), "kind": list(event.kinds), "by": list(event.by), "on": list(event.on),
    }  # fmt: skip
    if event.place is not None:
        told["place"] = event.place[0].options[0].value
    if event.provoked is not None:
        told["provoked"] = event.provoked[0].options[0].value
    return told


def _words(scenario: Scenario) -> str:
    parts = [f"without {', '.join(scenario.off)}"] if scenario.off else []
    parts += [f"{len(scenario.added)} events added"] if scenario.added else []
    parts += [f"{about} is {answer}" for about, answer in scenario.facts]
    return "; ".join(parts)


def _plain(datum: Datum) -> Any:
    value = datum[0].options[0].value
    if isinstance(value, tuple):  # a fact of one sponsor is written as a value, as people write it
        return value[0] if len(value) == 1 else list(value)
    return None if value is None else str(value) if not isinstance(value, bool) else ("yes" if value else "no")


def _expected(answer: Answer, scenario: Scenario, reading: str | None) -> Iterator[dict[str, Any]]:
    """What surely held, as expectations: the file then says itself what its answer was."""
    day = answer.assessment.world.day
    held = [
        f for f in answer.findings
        if f.holds is YES and not f.standing and f.modality == "must" and f.toward is not None
    ]  # fmt: skip
    for finding in held[:EXPECTED]:
        yield _expect(finding, day, scenario, reading)


def _expect(finding: Finding, day: date, scenario: Scenario, reading: str | None) -> dict[str, Any]:
    told: dict[str, Any] = {"branch": MINE, "on": day.isoformat()}
    if reading:
        told["reading"] = reading
    if scenario.known_to:
        told["known_to"] = scenario.known_to
    return {
        **told, "who": finding.bearer, "must": finding.act, "whom": finding.toward,
        "under": f"{finding.treaty.id}/{finding.rule.path}", "binding": finding.treaty.binding,
    }  # fmt: skip


def parse_day(text: str) -> date:
    """A day from a link or form; `Refused` for what is none."""
    when = parse_when(text)
    if isinstance(when, str) or when.first == date.min:
        reason = when if isinstance(when, str) else "a day is wanted"
        raise Refused((Problem("D001", HERE, f"`{text[:40]}` is no date: {reason}", "write 2023-09-17"),))
    return on_day(when.last).first
