"""Does an event match a rule's `when`: kinds, author, victim, response, attributes, place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from foedera.engine.bind import bound
from foedera.engine.binding import PARTS, Binding
from foedera.engine.days import fits
from foedera.engine.occurrences import Occurrence, ends_on, goes_on, occurrences, reached
from foedera.engine.proof import FALSE, Proof, both, denied, either, fact, open_leaf
from foedera.engine.where import located
from foedera.engine.world import World, acting, acts_for, date_answers, days_of, decide, happened, remember, start_of
from foedera.language.types import Event, Pattern, Rule, Treaty, Who
from foedera.language.vocabulary import is_kind
from foedera.truth import NO, YES

FORCE = ("use-of-force", "resort-to-war")


def is_state(world: World, code: str, day: date) -> bool:
    """Whether it is a state that day: of the registry, or declared by the crisis."""
    declared = world.actors.get(code)
    if declared is not None:
        return declared.kind == "state"
    state = world.registry.states.get(code)
    return state is not None and state.existed(day) is not NO


def belongs(
    world: World, who: Who, code: str, binding: Binding, *, as_bearer: bool = False, as_whom: bool = False
) -> Proof:
    """That a state or body is among `who`; a bearer named by code or group must also be bound."""
    if who.op == "any":
        return either(
            [belongs(world, p, code, binding, as_bearer=as_bearer, as_whom=as_whom) for p in who.parts] or [FALSE]
        )
    if who.op == "all":
        return both([belongs(world, p, code, binding, as_bearer=as_bearer, as_whom=as_whom) for p in who.parts])
    if who.op == "not":
        return denied(belongs(world, who.parts[0], code, binding, as_whom=as_whom))
    if who.op == "role":
        return _in_role(world, who.name, code, binding, as_whom)
    members = (who.name,) if who.op == "code" else binding.treaty.groups.get(who.name, ())
    if code not in members:
        return fact("not-among", False, code, who, missing="party")
    named = fact("named", True, code, who)
    if as_bearer and code != binding.treaty.organisation and not _is_body(world, code):
        return bound_then(world, binding, code)
    return named


def bound_then(world: World, binding: Binding, code: str) -> Proof:
    """That the instrument binds a state on the day of the event; open where its date, known in part, decides."""
    first = bound(world, binding.treaty, code, binding.day)
    event = binding.event
    if event is None or event.date is None or event.date.exact or binding.day != event.date.first:
        return first
    last = bound(world, binding.treaty, code, min(event.date.last, world.day))
    if last.truth is first.truth:
        return first
    answers = date_answers(world, event)
    bonds = [*(bound(world, binding.treaty, code, day) for day in days_of(world, event)), last]
    accepts = [answer for answer, proof in zip(answers, bonds, strict=True) if proof.truth is YES]
    question = f"{event.id}.date"
    return open_leaf(
        "bound", question, answers, accepts, binding.treaty, code, at=event.at, missing=_first_missing(first) or "party"
    )


def _is_body(world: World, code: str) -> bool:
    return code in world.registry.organisations or code in world.registry.organs


def _in_role(world: World, role: str, code: str, binding: Binding, as_whom: bool) -> Proof:
    day = binding.day
    if role == "party":
        return bound_then(world, binding, code)
    if role == "other-parties":
        side = {} if as_whom else attackers(world, binding)
        against = side.get(code)
        if code == (binding.bearer if as_whom else binding.target) or (against is not None and against.truth is YES):
            return fact("other", False, code, binding.target, missing="direction")
        bond = bound_then(world, binding, code)
        return bond if against is None else both([bond, denied(against, missing="direction")])
    if role == "non-party":
        return both([
            fact("state", is_state(world, code, day), code, missing="by"),
            denied(bound(world, binding.treaty, code, day), missing="by"),
        ])  # fmt: skip
    if role == "any-state":
        return fact("state", is_state(world, code, day), code, missing="by")
    if role == "great-power":
        power = world.registry.is_great_power(code, day)
        return fact("great-power", power is YES, code, missing="by")
    if role == "european-power":
        european = is_state(world, code, day) and "europe" in world.registry.regions_of(code)
        return fact("european-power", european, code, missing="by")
    if role == "organisation":
        return fact("organisation", code == binding.treaty.organisation, code, missing="party")
    if role == "sponsor":
        return fact("sponsor", code in sponsors(binding.event), code, missing="supported_by")
    if role == "anyone":
        return fact("anyone", True, code)
    return fact(role, code == binding.part(role), code, missing="direction")


def candidates(world: World, who: Who, binding: Binding) -> tuple[str, ...]:
    """The states and bodies that may be among `who`, sorted; open roles give those of interest."""
    return tuple(sorted(_candidates(world, who, binding)))


def _candidates(world: World, who: Who, binding: Binding) -> set[str]:
    if who.op == "any":
        return set().union(*(_candidates(world, part, binding) for part in who.parts))
    if who.op == "all":
        narrow = [_candidates(world, part, binding) for part in who.parts if part.op != "not"]
        return set.intersection(*narrow) if narrow else set(interest(world))
    if who.op == "not":
        return set(interest(world))
    if who.op == "code":
        return {who.name}
    if who.op == "group":
        return set(binding.treaty.groups.get(who.name, ()))
    if who.name in ("party", "other-parties"):
        return set(parties_of(world, binding.treaty))
    if who.name == "organisation":
        return {binding.treaty.organisation} if binding.treaty.organisation else set()
    if who.name == "sponsor":
        return set(sponsors(binding.event))
    if who.name in PARTS:
        code = binding.part(who.name)
        return {code} if code is not None else set()
    return set(interest(world))


def parties_of(world: World, treaty: Treaty) -> frozenset[str]:
    """Every code that may be a party of an instrument; of one for all states, those of interest."""
    if treaty.all_states:
        return interest(world)
    if treaty.parties_of is not None:
        parent = world.treaties.get(treaty.parties_of)
        return parties_of(world, parent) if parent is not None else frozenset()
    return remember(world, ("parties", treaty.id), lambda: frozenset((*treaty.parties, *_joined(world, treaty))))


def _joined(world: World, treaty: Treaty) -> set[str]:
    events = [e for e in world.events if e.under == treaty.id and is_kind(e.kinds, ("accession", "ratification"))]
    return {acts_for(world, code, start_of(event))[0] for event in events for code in event.by}


def interest(world: World) -> frozenset[str]:
    """The states that events name, and those asked about."""
    return remember(world, ("interest", ""), lambda: _interest(world))


def _interest(world: World) -> frozenset[str]:
    found = set(world.asked)
    for event in world.events:
        for code in (*event.by, *event.on, *event.to, *event.in_defence_of):
            found.add(acts_for(world, code, start_of(event))[0])
        for spell in event.supported_by or ():
            for option in spell.options:
                found.update(option.value or ())
    return frozenset(code for code in found if is_state(world, code, world.day))


def sponsors(event: Event | None) -> tuple[str, ...]:
    """The states that an event's `supported_by` may name."""
    spells = event.supported_by if event and event.supported_by else ()
    codes = {code for spell in spells for option in spell.options for code in option.value or ()}
    return tuple(sorted(codes - {"state"}))


def is_sponsored(event: Event | None) -> bool:
    """Whether some State, not named, stands behind the event."""
    spells = event.supported_by if event and event.supported_by else ()
    return any("state" in (option.value or ()) for spell in spells for option in spell.options)


def attackers(world: World, binding: Binding) -> Mapping[str, Proof]:
    """The attacker's side, each with the proof that it stands there: those who did it, and those already attacking."""
    if binding.occurrence is None:
        return {}
    key = ("side", binding.occurrence.origin.id, binding.target, binding.actor, binding.day)
    return remember(world, key, lambda: _side(world, binding))


def _side(world: World, binding: Binding) -> dict[str, Proof]:
    assert binding.occurrence is not None
    origin = binding.occurrence.origin
    # the day on which a bearer is bound; the event's own, perhaps known only in part, where that is the first
    mark: Event | date = origin if binding.day == start_of(origin) else binding.day
    found: dict[str, list[Proof]] = {}
    for state, proof in _fellows(world, binding.occurrence, binding.actor):
        found.setdefault(state, []).append(proof)
    if binding.actor is not None and binding.actor not in found:
        found[binding.actor] = [fact("actor", True, binding.actor)]
    for other in _blows(world).get(binding.target, ()):
        if other.actor is None or other.origin.id == origin.id:
            continue
        end = ends_on(world, other.origin, other.actor, other.target)
        answer = is_response(world, other.origin, other.target)
        running = fits(world, other.origin, mark, partial(_runs, end))
        still = goes_on(world, other.origin, other.actor, other.target, binding.day)
        proof = both([other.proof, denied(answer), *running, *still])
        if proof.truth is not NO:
            found.setdefault(other.actor, []).append(proof)
    return {code: either(proofs) for code, proofs in found.items()}


def _blows(world: World) -> Mapping[str | None, list[Occurrence]]:
    """What force was used, by whom it struck."""
    return remember(world, ("blows", ""), lambda: _by_victim(o for o in occurrences(world) if is_kind(o.kinds, FORCE)))


def _by_victim(blows: Iterable[Occurrence]) -> dict[str | None, list[Occurrence]]:
    found: dict[str | None, list[Occurrence]] = {}
    for blow in blows:
        found.setdefault(blow.target, []).append(blow)
    return found


def _runs(end: date, start: date, day: date) -> bool:
    """Whether what begins on one day and is over by another goes on on a third."""
    return start == day or start < day < end


def _fellows(world: World, occurrence: Occurrence, actor: str | None) -> list[tuple[str, Proof]]:
    """Those who did it together; for one that was struck, those struck with it (`involves` casts it as the enemy)."""
    event = occurrence.origin
    authors = [acts_for(world, code, start_of(event)) for code in event.by]
    if actor != occurrence.target or actor in dict(authors):
        return authors
    return [pair for code in event.on for pair in reached(world, code, start_of(event))]


def is_response(world: World, event: Event, target: str | None) -> Proof:
    """That the event answers its target's own attack; a blow against lawful defence does not."""
    return remember(world, ("response", event.id, target), lambda: _is_response(world, event, target, frozenset()))


def _is_response(world: World, event: Event, target: str | None, seen: frozenset[str]) -> Proof:
    if event.response_contested:
        question = f"{event.id}.in_response_to"
        at = event.spots.get("in_response_to", event.at)
        if question in world.settled:
            return fact("response", world.settled[question] == "yes", event, at=at, missing="not-a-response")
        return open_leaf("response", question, ("yes", "no"), ("yes",), event, at=at, missing="not-a-response")
    if not event.in_response_to or target is None or event.id in seen:
        return fact("response", False, event, at=event.at, missing="not-a-response")
    answered = [
        _answers(world, event, first, target, seen | {event.id}) for first in _by_id(world, event.in_response_to)
    ]
    return either(answered or [FALSE], "either", missing="not-a-response")


def _by_id(world: World, ids: Iterable[str]) -> list[Event]:
    table = remember(world, ("by-id", ""), lambda: {event.id: event for event in world.events})
    return [table[name] for name in ids if name in table]


def _answers(world: World, event: Event, first: Event, target: str, seen: frozenset[str]) -> Proof:
    """That `first` was the target's own attack and no lawful defence."""
    by = dict(pair for code in first.by for pair in acting(world, code, start_of(first)))
    hostile = FORCE if is_kind(event.kinds, FORCE) else (*FORCE, "hostile-act")
    if target not in by or not is_kind(first.kinds, hostile):
        return fact("response", False, event, first, at=event.at, missing="not-a-response")
    struck = [code for code in first.on if code in event.by or code in event.in_defence_of] or list(first.on)
    # of those whom it struck, one that it did not answer is enough to make it an attack
    lawful = both([_is_response(world, first, code, seen) for code in struck]) if struck else FALSE
    return both(
        [happened(world, first), by[target], denied(lawful)],
        "response-to",
        event,
        first,
        at=event.spots.get("in_response_to"),
    )


def bindings(pattern: Pattern, occurrence: Occurrence, treaty: Treaty, rule: Rule | None = None) -> Iterator[Binding]:
    """How the two sides of an occurrence may be cast: as they stand, or for `involves` both ways."""
    actor, target = occurrence.actor, occurrence.target
    yield Binding(treaty, occurrence.day, occurrence, target, actor, rule=rule)
    if pattern.involves is not None and actor is not None:
        yield Binding(treaty, occurrence.day, occurrence, actor, target, rule=rule)


def matches(world: World, pattern: Pattern, binding: Binding) -> Iterator[Proof]:
    """The tests of a pattern, one proof each, the cheap ones first; all must hold."""
    occurrence = binding.occurrence
    assert occurrence is not None
    event = occurrence.origin
    if not is_kind(occurrence.kinds, pattern.kinds):
        yield fact(
            "kind", False, event, occurrence.kinds, pattern.kinds, at=pattern.at, missing=" ".join(pattern.kinds)
        )
    yield occurrence.proof
    if pattern.on is not None:
        yield _cast(world, pattern.on, binding.target, binding, "on")
    if pattern.involves is not None:
        yield _cast(world, pattern.involves, binding.target, binding, "on")
    if pattern.by is not None:
        yield _cast(world, pattern.by, binding.actor, binding, "by")
    if not pattern.response:
        yield denied(is_response(world, event, binding.target), missing="not-a-response")
    yield from _attributes(world, pattern, binding, event)


def _cast(world: World, who: Who, code: str | None, binding: Binding, part: str) -> Proof:
    event = binding.event
    if code is None:
        if part == "by" and event is not None:
            return open_leaf(
                "author",
                f"{event.id}.by",
                ("one of them", "another"),
                ("one of them",),
                event,
                who,
                at=event.at,
                missing="by",
            )
        return fact("victim", False, event, who, at=event.at if event else None, missing="party")
    proof = belongs(world, who, code, binding)
    if proof.truth is YES:
        return proof
    missing = "by" if part == "by" else _first_missing(proof) or "party"
    return Proof("cast", proof.truth, (part, code, who), proof.at, missing, (proof,))


def _first_missing(proof: Proof) -> str:
    if proof.missing:
        return proof.missing
    return next((word for part in proof.parts if part.truth is not YES for word in [_first_missing(part)] if word), "")


def _attributes(world: World, pattern: Pattern, binding: Binding, event: Event) -> Iterator[Proof]:
    if pattern.provoked is not None:
        yield _provoked(world, event, pattern.provoked, binding)
    if pattern.supported_by is not None:
        yield _supported(world, event, pattern.supported_by, binding)
    if pattern.scale:
        yield _open_texture(
            world, event, "scale", (event.scale,) if event.scale else (), pattern.scale, ("minor", "grave")
        )
    if pattern.means:
        yield _open_texture(world, event, "means", event.means, pattern.means, (*pattern.means, "another"))
    for name, wanted in (("stance", pattern.stance), ("finding", pattern.finding), ("under", pattern.under)):
        if wanted:
            given = getattr(event, name)
            yield fact(name, given in wanted, event, wanted, given, at=event.spots.get(name, event.at), missing=name)
    if pattern.organ:
        held = {event.organ, *event.by} & set(pattern.organ)
        yield fact("organ", bool(held), event, pattern.organ, at=event.at, missing="organ")
    if pattern.to is not None:
        named = {pattern.to.name} if pattern.to.op == "code" else None
        if pattern.to.op == "role" and pattern.to.name in PARTS:
            named = {binding.part(pattern.to.name) or ""}
        heard = [code for name in event.to for code, _ in reached(world, name, start_of(event))]
        heard = heard if named is None else [code for code in heard if code in named]
        parts = [belongs(world, pattern.to, code, binding) for code in heard]
        yield either(parts or [fact("addressed", not event.to, event, at=event.at, missing="to")])
    if pattern.place is not None:
        yield located(world, pattern.place, binding, lambda who, code: belongs(world, who, code, binding))


def _provoked(world: World, event: Event, wanted: str, binding: Binding) -> Proof:
    question, at = f"{event.id}.provoked", event.spots.get("provoked", event.at)
    stated = world.facts.get(question, event.provoked)
    if stated is not None:
        return decide(
            world, question, stated, start_of(event),
            lambda value: fact("provoked", value == wanted, event, wanted, value, at=at, missing="provoked"),
            "provoked", event, wanted, missing="provoked",
        )  # fmt: skip
    answer = is_response(world, event, binding.target)
    if answer.truth is YES:
        return fact("provoked", wanted == "yes", event, wanted, "yes", at=at, missing="provoked")
    unstated = _unstated(world, "provoked", question, ("yes", "no"), (wanted,), event, (wanted,), at)
    if answer.truth is NO:
        return unstated
    # what may be an answer was provoked in the worlds in which it is one
    if wanted == "yes":
        return either([answer, unstated], missing="provoked")
    return both([denied(answer, missing="provoked"), unstated])


def _unstated(
    world: World, kind: str, question: str, answers: tuple[str, ...], accepts: tuple[str, ...], event: Event,
    wanted: Any, at: Any,
) -> Proof:  # fmt: skip
    """An attribute that nobody stated, unless the reading settles it."""
    settled = world.settled.get(question)
    if settled is not None:
        return fact(kind, settled in accepts, event, wanted, settled, at=at, missing=kind)
    return open_leaf(kind, question, answers, accepts, event, wanted, at=at, missing=kind)


def _open_texture(
    world: World, event: Event, name: str, given: tuple[str, ...], wanted: tuple[str, ...], answers: tuple[str, ...]
) -> Proof:
    at = event.spots.get(name, event.at)
    if given:
        return fact(name, not set(given).isdisjoint(wanted), event, wanted, given, at=at, missing=name)
    return _unstated(world, name, f"{event.id}.{name}", answers, wanted, event, wanted, at)


def _supported(world: World, event: Event, who: Who, binding: Binding) -> Proof:
    question, at = f"{event.id}.supported_by", event.spots.get("supported_by", event.at)
    if event.supported_by is None:
        return _unstated(world, "supported_by", question, ("yes", "no"), ("yes",), event, who, at)

    def judge(value: Any) -> Proof:
        codes = value or ()
        if "state" in codes:
            some = who.op == "role" and who.name in ("any-state", "anyone")
            if some:
                return fact("supported_by", True, event, who, codes, at=at, missing="supported_by")
            return open_leaf(
                "supported_by", question, ("yes", "no"), ("yes",), event, who, at=at, missing="supported_by"
            )
        parts = [belongs(world, who, code, binding) for code in codes]
        found = either(parts or [FALSE])
        return fact("supported_by", found.truth is YES, event, who, codes, at=at, missing="supported_by")

    return decide(
        world, question, event.supported_by, start_of(event), judge, "supported_by", event, who, missing="supported_by"
    )
