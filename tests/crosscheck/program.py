"""The case that is asked about, and the clingo program that describes it while it is being written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from foedera.dates import Interval, When
from foedera.language.types import Crisis, Event, Pattern, Rule, Treaty
from foedera.states.registry import Registry
from foedera.states.values import Datum

Literals = list[str]  # all must hold
Ways = list[Literals]  # one must hold
YES_NO = ("yes", "no")
MEMBERSHIP = ("accession", "ratification")


class OutOfReach(Exception):
    """The case says something that the second engine does not know."""


@dataclass(frozen=True)
class Case:
    """A branch of a crisis up to a day: what happened, what is stated, which instruments there are."""

    crisis: Crisis
    treaties: Mapping[str, Treaty]
    registry: Registry
    day: date
    events: tuple[Event, ...]
    facts: Mapping[str, Datum]
    asked: frozenset[str]
    days: tuple[date, ...]  # those on which something may change, from the first event to the day asked about

    def rules(self) -> Iterator[tuple[Treaty, Rule, Pattern]]:
        """Every rule that waits for an event, with its pattern."""
        for treaty in self.treaties.values():
            for rule in treaty.rules:
                if rule.when is not None:
                    yield treaty, rule, rule.when

    def named(self) -> set[str]:
        """Those whom events name or somebody asks about."""
        return {*self.asked, *(code for e in self.events for code in (*e.by, *e.on, *e.to, *e.in_defence_of))}


def case_of(
    crisis: Crisis,
    treaties: Mapping[str, Treaty],
    registry: Registry,
    day: date,
    branch: str | None,
    asked: Iterable[str],
) -> Case:
    """The case; raises OutOfReach for facts about what it does not translate."""
    facts = {**crisis.facts, **(crisis.branches[branch].facts if branch else {})}
    events = tuple(_settled(e, facts) for e in branch_events(crisis, branch) if _dated(e).first <= day)
    attributes = {f"{e.id}.{word}" for e in branch_events(crisis, branch) for word in ("provoked", "place", "scale")}
    for name in facts:
        if not (name.startswith("government-of-") or name.split(".")[0] in treaties or name in attributes):
            raise OutOfReach(f"fact `{name}`")
    days = _days(treaties, facts, events, day)
    return Case(crisis, treaties, registry, day, events, facts, frozenset(asked), days)


def branch_events(crisis: Crisis, branch: str | None) -> tuple[Event, ...]:
    """The events of a branch: history stops the day before `from`; then dropped and added."""
    if branch is None:
        return crisis.events
    way = crisis.branches[branch]
    kept = [e for e in crisis.events if e.id not in way.drop]
    if way.start is not None:
        kept = [e for e in kept if _dated(e).first < way.start.first]
    return (*kept, *way.add)


def _dated(event: Event) -> When:
    if event.date is None or (event.until is not None and not event.until.exact):
        raise OutOfReach("an event without a date, or whose end is known only in part")
    return event.date


def _settled(e: Event, facts: Mapping[str, Datum]) -> Event:
    """The event with the attributes that facts settle (`raid.provoked: no`)."""
    found = {word: facts[f"{e.id}.{word}"] for word in ("provoked", "place") if f"{e.id}.{word}" in facts}
    scale = facts.get(f"{e.id}.scale")
    if scale is not None and len(scale[0].options) > 1:
        raise OutOfReach("a contested scale")
    return replace(e, **found, **({"scale": scale[0].options[0].value} if scale else {}))


def _days(
    treaties: Mapping[str, Treaty], facts: Mapping[str, Datum], events: Iterable[Event], day: date
) -> tuple[date, ...]:
    whens: list[When | None] = [w for e in events for w in (e.date, e.until)]
    first = min((w.first for w in whens if w is not None), default=day)
    data = list(facts.values())
    for treaty in treaties.values():
        data.append(treaty.in_force)
        whens.append(treaty.ends)
        whens += [o.value for s in facts.get(f"{treaty.id}.in-force", treaty.in_force) for o in s.options]
        for party in treaty.parties.values():
            whens += [party.since, party.until]
            whens += [w for s in party.suspended for w in (s.interval.since, s.interval.until)]
        whens += [w for rule in treaty.rules for w in (rule.force.since, rule.force.until)]
    whens += [w for datum in data for s in datum for w in (s.interval.since, s.interval.until)]
    found = {day, *(d for when in whens if when is not None for d in (when.first, when.last))}
    found |= {exit_of(e, treaties) or day for e in events}
    return tuple(sorted(d for d in found if first <= d <= day))


def exit_of(event: Event, treaties: Mapping[str, Treaty]) -> date | None:
    """The day on which a notice of withdrawal takes effect."""
    treaty = treaties.get(event.under or "")
    if treaty is None or treaty.withdrawal is None or "notice-of-withdrawal" not in event.kinds:
        return None
    return treaty.withdrawal.after(_dated(event).first)


def q(text: object) -> str:
    """A clingo string."""
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def n(day: date) -> str:
    """A day as clingo counts it."""
    return str(day.toordinal())


@dataclass
class Program:
    """The lines written so far, the questions they leave open, and what is needed to read the answer."""

    case: Case
    lines: list[str] = field(default_factory=list)
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules: dict[str, tuple[Treaty, Rule]] = field(default_factory=dict)
    open_rules: set[tuple[str, str]] = field(default_factory=set)  # those whose bearers may be any state
    dom: list[str] = field(default_factory=list)  # every code that may play a part
    places: list[str] = field(default_factory=list)
    names: int = 0

    def say(self, head: str, *body: str) -> None:
        """One clause."""
        self.lines.append(f"{head} :- {', '.join(body)}." if body else f"{head}.")

    def fresh(self, stem: str) -> str:
        """A name of its own for a predicate."""
        self.names += 1
        return f"{stem}{self.names}"

    def ask(self, name: str, options: Iterable[str]) -> str:
        """An open question; each world picks one of its options."""
        options = tuple(options)
        if name not in self.questions:
            self.questions[name] = options
            self.lines += [f"opt({name},{option})." for option in options]
        elif self.questions[name] != options:
            raise OutOfReach(f"different answers to `{name}` at different times")
        return name

    def during(self, name: str, interval: Interval) -> str:
        """The literal that a day D lies in an interval; a bound known in part is some day of its stretch."""
        body = ["cday(D)"]
        for word, when, test in (("since", interval.since, "D >= "), ("until", interval.until, "D < ")):
            if when is None:
                continue
            if when.exact:
                body.append(test + n(when.first))
            else:
                options = {d for d in self.case.days if when.first <= d <= when.last} | {when.first, when.last}
                question = self.ask(f"day({name},{word})", [n(d) for d in sorted(options)])
                body += [f"pick({question},{word.title()})", test + word.title()]
        self.say(f"during({name},D)", *body)
        return f"during({name},D)"

    def stretches(self, what: Callable[[date], object]) -> Iterator[tuple[object, Literals]]:
        """What holds in turn, with the literals that a day D lies in that stretch."""
        for value, days in groupby(self.case.days, what):
            stretch = list(days)
            yield value, ["cday(D)", f"D >= {n(stretch[0])}", f"D <= {n(stretch[-1])}"]

    def dated(self, datum: Datum, question: str) -> Iterator[tuple[Literals, object]]:
        """The values of a datum, each with the literals under which a day D has it."""
        for number, literals in self.stretches(lambda day: _spell(datum, day)):
            if isinstance(number, int):
                yield from ([([*literals, *more], value) for more, value in self._options(datum, number, question)])

    def on(self, datum: Datum, day: date, question: str) -> list[tuple[Literals, object]]:
        """The values of a datum on one day, each with what makes it so."""
        number = _spell(datum, day)
        return [] if number is None else self._options(datum, number, question)

    def _options(self, datum: Datum, number: int, question: str) -> list[tuple[Literals, object]]:
        options = datum[number].options
        if len(options) == 1:
            return [([], options[0].value)]
        name = self.ask(question, [q(o.label) for o in options])
        return [([f"pick({name},{q(o.label)})"], o.value) for o in options]


def _spell(datum: Datum, day: date) -> int | None:
    """The number of the spell that covers a day; the first written wins a border known in part."""
    return next((i for i, spell in enumerate(datum) if spell.interval.covers(day) is not False), None)
