"""What only the whole file and the library can show: names that mean nothing, dates that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date

from foedera.dates import When
from foedera.language.node import Node
from foedera.language.types import Condition, Crisis, Event, Party, Rule, Treaty
from foedera.problems import Label, Problem, Span, suggest
from foedera.states.registry import Registry
from foedera.truth import NO

Lookup = Callable[[str], Treaty | None]


def check_treaty(treaty: Treaty, registry: Registry) -> Iterator[Problem]:
    """Parties that did not exist, that left before they came, members of groups that are no parties."""
    start = _start(treaty)
    for party in treaty.parties.values():
        yield from _party(treaty, party, registry, start)
    if treaty.ends is not None and start is not None and treaty.ends.last < start:
        yield Problem(
            "D002", treaty.spots.get("ends", treaty.at), f"`{treaty.id}` ends before it begins", "mend one of the dates"
        )


def _start(treaty: Treaty) -> date | None:
    """The first day it may bind, where that is known; None otherwise."""
    entries = [o.value for spell in treaty.in_force for o in spell.options if o.value is not None]
    return min((entry.first for entry in entries), default=None) if all(entry.exact for entry in entries) else None


def _party(treaty: Treaty, party: Party, registry: Registry, start: date | None) -> Iterator[Problem]:
    if party.since is not None and party.until is not None and party.until.last < party.since.first:
        yield Problem(
            "D002",
            party.at,
            f"`{party.code}` leaves ({party.until}) before it enters ({party.since})",
            "mend one of the dates",
        )
    state = registry.states.get(party.code)
    # a date of its own is meant: the United Nations had members before they were states
    if state is not None and party.since is None and start is not None and state.existed(start) is NO:
        fix = f"it existed {_spans(registry, party.code)}; give the party its own `since`"
        yield Problem("D003", party.at, f"`{party.code}` did not exist on {start}", fix)


def _spans(registry: Registry, code: str) -> str:
    spans = registry.states[code].exists
    return "; ".join(f"{span.since or '…'} to {span.until or 'today'}" for span in spans)


def check_references(treaty: Treaty, treaties: Container[str], names: Iterable[str]) -> Iterator[Problem]:
    """Instruments that a treaty names and that the library does not have."""
    known = sorted(names)
    for name in treaty.subject_to:
        if name not in treaties:
            yield _no_treaty(name, treaty.spots.get("subject_to", treaty.at), known)
    if treaty.parties_of is not None and treaty.parties_of not in treaties:
        yield _no_treaty(treaty.parties_of, treaty.spots.get("parties", treaty.at), known)
    for rule in treaty.rules:
        for path in (*rule.overrides, *rule.yields_to, *rule.without_prejudice_to):
            name, _, rest = path.partition("/")
            if name in ("this", treaty.id):
                if rest and not _has(treaty, rest):
                    yield _no_path(treaty, rest, rule.at)
            elif name not in treaties:
                yield _no_treaty(name, rule.at, known)
        for condition in _conditions(rule):
            if condition.treaty is not None and condition.treaty not in treaties:
                yield _no_treaty(condition.treaty, condition.at, known)


def _no_treaty(name: str, at: Span, known: Iterable[str]) -> Problem:
    return Problem("N003", at, f"there is no instrument `{name}`", suggest(name, known), names=(name,))


def _no_path(treaty: Treaty, path: str, at: Span) -> Problem:
    fix = suggest(path, _paths(treaty))
    return Problem("N003", at, f"`{treaty.id}` has no article or rule `{path}`", fix, names=(treaty.id, path))


def _no_event(name: str, ids: Iterable[str], at: Span) -> Problem:
    return Problem("N007", at, f"no event is called `{name}`", suggest(name, ids), names=(name,))


def _paths(treaty: Treaty) -> list[str]:
    return [*treaty.articles, *(rule.path for rule in treaty.rules)]


def _has(treaty: Treaty, path: str) -> bool:
    return path in treaty.articles or any(rule.path == path for rule in treaty.rules)


def _conditions(rule: Rule) -> Iterator[Condition]:
    todo = [*rule.conditions, *rule.exceptions]
    while todo:
        condition = todo.pop()
        yield condition
        todo += condition.parts


def check_crisis(
    crisis: Crisis,
    registry: Registry,
    treaties: Container[str],
    names: Iterable[str],
    lookup: Lookup,
    node: Node | None = None,
) -> Iterator[Problem]:
    """Events of states that did not exist, names that mean nothing, answers that run in a ring.

    `node` is what the crisis was read from, if from a file: it tells where a name stands.
    """
    known = sorted({*names, *crisis.treaties})
    for treaty in crisis.treaties.values():
        yield from check_treaty(treaty, registry)
    for name in crisis.instruments or ():
        if name not in treaties and name not in crisis.treaties:
            yield _no_treaty(name, _spot(node, name, crisis.at, "instruments"), known)
    every = [*crisis.events, *(event for branch in crisis.branches.values() for event in branch.add)]
    ids = {event.id for event in every if event.id}
    for event in every:
        yield from _event(event, crisis, registry, known, ids, lookup)
    yield from _rings(every)
    for branch in crisis.branches.values():
        for name in branch.drop:
            if name not in {event.id for event in crisis.events}:
                at = _spot(node, name, branch.at, "branches", branch.id, "drop")
                yield _no_event(name, {e.id for e in crisis.events if e.id}, at)
    facts = [(crisis.facts, crisis.at), *((branch.facts, branch.at) for branch in crisis.branches.values())]
    for table, at in facts:
        for name in table:
            place = table[name][0].at if table[name] else at
            yield from _fact(name, place, crisis, registry, ids, lookup)
    for bundle in crisis.readings.values():
        for name in bundle.set:
            at = _spot(node, name, bundle.at, "readings", bundle.id, "set")
            if crisis.leaves_open(name, registry):
                continue
            yield from _fact(name, at, crisis, registry, ids, lookup)


def _spot(node: Node | None, word: str, otherwise: Span, *keys: str) -> Span:
    """Where a word stands under these keys: as the value, in the list, or as a key."""
    for key in keys:
        entry = node.value.get(key) if node is not None and isinstance(node.value, dict) else None
        if entry is None:
            return otherwise
        node = entry.node
    if node is None:
        return otherwise
    if isinstance(node.value, dict):
        return node.value[word].key if word in node.value else otherwise
    items = node.value if isinstance(node.value, tuple) else (node,)
    return next((item.span for item in items if item.value == word), otherwise)


def _event(
    event: Event, crisis: Crisis, registry: Registry, known: list[str], ids: set[str], lookup: Lookup
) -> Iterator[Problem]:
    for attribute in ("by", "on", "to", "in_defence_of"):
        for code in getattr(event, attribute):
            if event.date is not None and code not in crisis.actors:
                yield from _existed(code, event.date, event.spots.get(attribute, event.at), registry)
    for name in event.in_response_to:
        if name not in ids:
            yield _no_event(name, ids, event.spots["in_response_to"])
    if event.under is not None:
        name, _, path = event.under.partition("/")
        treaty = crisis.treaties.get(name) or lookup(name)
        if treaty is None:
            yield _no_treaty(name, event.spots["under"], known)
        elif path and not _has(treaty, path):
            yield _no_path(treaty, path, event.spots["under"])


def _existed(code: str, when: When, at: Span, registry: Registry) -> Iterator[Problem]:
    state = registry.states.get(code)
    if state is not None and state.existed(when.first) is NO and state.existed(when.last) is NO:
        fix = f"it existed {_spans(registry, code)}"
        # an actor of the crisis may bear the code of a state
        yield Problem("D003", at, f"`{code}` did not exist on {when}", fix, names=(code,))


def _rings(events: Iterable[Event]) -> Iterator[Problem]:
    """Events that answer each other in a ring: one of them must have come first."""
    table = {event.id: event for event in events}
    for event in table.values():
        seen, todo = {event.id}, list(event.in_response_to)
        while todo:
            name = todo.pop()
            if name == event.id:
                other = next(table[first] for first in event.in_response_to if first in table)
                label = (Label(other.at, "this one too"),)
                yield Problem(
                    "L002",
                    event.spots["in_response_to"],
                    f"`{event.id}` answers itself in a ring",
                    "take one answer away",
                    label,
                    names=(event.id,),
                )
                break
            if name in table and name not in seen:
                seen.add(name)
                todo += table[name].in_response_to


def _fact(name: str, at: Span, crisis: Crisis, registry: Registry, ids: set[str], lookup: Lookup) -> Iterator[Problem]:
    """A fact is about a government, an event's attribute, or an instrument's question or entry into force."""
    if name.startswith("government-of-"):
        code = name.removeprefix("government-of-")
        if registry.find(code) is None and code not in crisis.actors:
            yield Problem("N001", at, f"nobody is called `{code}`", suggest(code, registry.states), names=(code,))
        return
    head, dot, rest = name.rpartition(".")
    base, _, subject = rest.partition("@")
    if not dot:
        if name not in ids:
            fix = "write `government-of-CODE`, `TREATY.QUESTION`, `EVENT.provoked` …"
            yield Problem("N008", at, f"`{name}` is no fact", fix, names=(name,))
        return
    if head in ids:
        if base not in EVENT_FACTS:
            yield Problem("N008", at, f"an event has no `{base}` to settle", suggest(base, EVENT_FACTS))
        return
    if head in crisis.places or head in registry.places:
        if base not in PLACE_FACTS:
            yield Problem("N008", at, f"a place has no `{base}` to settle", suggest(base, PLACE_FACTS))
        return
    treaty = crisis.treaties.get(head) or lookup(head)
    if treaty is None:
        fix = suggest(head, {*ids, *crisis.treaties})
        yield Problem("N008", at, f"`{head}` is neither an event nor an instrument", fix, names=(head,))
        return
    allowed = {*treaty.questions, *treaty.readings, "in-force", "ends", "applies"}
    if base not in allowed and not any(base.startswith(f"{code}.") for code in treaty.parties):
        yield Problem("N003", at, f"`{head}` has no question `{base}`", suggest(base, allowed), names=(head, base))
    if subject and subject not in ids and registry.find(subject) is None and subject not in crisis.actors:
        fix = suggest(subject, ids)
        yield Problem("N007", at, f"`{subject}` is neither an event nor a state", fix, names=(subject,))


PLACE_FACTS = frozenset(("in", "sovereign", "administered_by", "status", "latitude"))
EVENT_FACTS = frozenset(("provoked", "place", "supported_by", "scale", "means", "in_response_to", "by", "date"))
