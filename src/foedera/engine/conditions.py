"""The conditions of `if` and `unless`, each as a proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from foedera.engine.bind import bound, in_force
from foedera.engine.binding import PARTS, Binding
from foedera.engine.days import day_for, fits
from foedera.engine.match import belongs, bindings, is_response, matches, parties_of
from foedera.engine.occurrences import (
    Occurrence,
    by_kind,
    goes_on,
    heard_by,
    last_day_by,
    of_kinds,
    reached,
    seen_so_far,
    struck_by,
)
from foedera.engine.proof import FALSE, TRUE, Proof, both, denied, either, fact, open_leaf
from foedera.engine.reads import DECISIONS
from foedera.engine.world import World, acts_for, decide, events_like, happened, remember, start_of
from foedera.language.types import Condition, Event, Organ, Pattern, Treaty, Who
from foedera.language.vocabulary import KINDS, is_kind
from foedera.problems import Span
from foedera.truth import NO, YES


def holds(world: World, condition: Condition, binding: Binding) -> Proof:
    """The proof of a condition for these parts."""
    if condition.op in ("any", "all", "not"):
        parts = [holds(world, part, binding) for part in condition.parts]
        if condition.op == "not":
            return denied(parts[0], missing=parts[0].missing)
        make = either if condition.op == "any" else both
        return make(parts, "any-condition" if condition.op == "any" else "both", at=condition.at)
    proof = CONDITIONS[condition.op](world, condition, binding)
    return Proof("condition", proof.truth, (condition,), condition.at, condition.op, (proof,))


def _subjects(world: World, who: Who | None, binding: Binding) -> list[str]:
    """The states that a role in a condition stands for."""
    if who is None:
        return []
    if who.op == "role" and who.name in PARTS:
        code = binding.part(who.name)
        return [code] if code is not None else []
    if who.op == "code":
        return [who.name]
    if who.op == "group":
        return list(binding.treaty.groups.get(who.name, ()))
    return sorted(
        code for code in parties_of(world, binding.treaty) if belongs(world, who, code, binding).truth is not NO
    )


def _spoken(world: World, event: Event, code: str) -> Proof:
    """That the event is that state's act: by itself, or by its government."""
    parts = [proof for actor, proof in (acts_for(world, by, start_of(event)) for by in event.by) if actor == code]
    return both([happened(world, event), either(parts or [FALSE])])


def _unsaid(world: World, kind: str, code: str, found: list[Proof]) -> Proof:
    """Any of the events found; with none that settles it, open when the crisis leaves that kind open."""
    proof = either(found or [fact("no-event", False, kind, code, missing=kind)])
    if proof.truth is YES or kind not in world.open:
        return proof
    question = f"{code}.{kind}"
    settled = world.settled.get(question)
    if settled is not None:
        return either([proof, fact("open-kind", settled == "yes", kind, code)])
    return either([proof, open_leaf("open-kind", question, ("yes", "no"), ("yes",), kind, code)])


def _requested(world: World, condition: Condition, binding: Binding) -> Proof:
    """A request that reaches the bearer or the organisation, after the trigger or still standing then."""
    subjects = _subjects(world, condition.who, binding)
    asked = []
    for code in subjects:
        found = [
            both([
                _spoken(world, event, code),
                fact("reaches", _reaches(world, event, binding), event, at=event.at),
                *fits(world, event, binding.event or world.day, partial(_in_time, event)),
            ])
            for event in events_like(world, ("request",)) if _for_this(event, binding)
        ]  # fmt: skip
        asked.append(_unsaid(world, "request", code, [proof for proof in found if proof.truth is not NO]))
    return either(asked or [FALSE])


def _for_this(event: Event, binding: Binding) -> bool:
    """A request under another instrument is none under this one; the one above all hears every request."""
    named = event.under.split("/")[0] if event.under is not None else None
    return named in (None, binding.treaty.id) or binding.treaty.prevails_over_all


def _in_time(event: Event, said: date, trigger: date) -> bool:
    """After the trigger, or before it with an end still to come."""
    return said >= trigger or (event.until is not None and event.until.last > trigger)


def _reaches(world: World, event: Event, binding: Binding) -> bool:
    if not event.to:
        return True
    if binding.treaty.organisation is not None and binding.treaty.organisation in event.to:
        return True
    if any(
        code in world.registry.organs and world.registry.organs[code].of == binding.treaty.organisation
        for code in event.to
    ):
        return True
    heard = {
        code for name in event.to for code, proof in reached(world, name, start_of(event)) if proof.truth is not NO
    }
    return binding.bearer in heard


def _consented(world: World, condition: Condition, binding: Binding) -> Proof:
    """Consent to the trigger's actor (without `when`: to the bearer), before or during, not withdrawn."""
    addressee = binding.actor if binding.occurrence is not None else binding.bearer
    last = world.day if binding.occurrence is None else last_day_by(world, binding.occurrence)
    parts = []
    for code in _subjects(world, condition.who, binding):
        found = [
            _spoken(world, event, code)
            for event in events_like(world, ("consent", "invitation"))
            if start_of(event) <= max(last, binding.day)
            and (event.until is None or event.until.last > binding.day)
            and _addressed(world, event, addressee)
        ]
        parts.append(_unsaid(world, "consent", code, [proof for proof in found if proof.truth is not NO]))
    return either(parts or [FALSE])


def _addressed(world: World, event: Event, code: str | None) -> bool:
    return not event.to or code in event.to or code in heard_by(world, event)


def _decided(world: World, condition: Condition, binding: Binding) -> Proof:
    """A decision of the organ: competence first, then votes if given; it binds as the organ says."""
    name = condition.organ or ""
    organ = binding.treaty.organs.get(name)
    finding = condition.finding
    if organ is not None and organ.competent and finding and finding not in organ.competent and finding not in KINDS:
        return fact("competence", False, name, finding, at=organ.at, missing="competence")
    found = []
    for event in events_like(world, DECISIONS):
        if name not in (event.organ, *event.by) or not _concerns(world, event, binding):
            continue
        parts = [happened(world, event)]
        if finding is not None:
            said = finding == event.finding or finding in event.kinds
            parts.append(fact("finding", said, event, finding, at=event.at, missing="finding"))
        if organ is not None:
            parts += _carried(world, organ, event, binding)
        found.append(both(parts, "decision", event))
    return _unsaid(world, "decision", name, [proof for proof in found if proof.truth is not NO])


def _concerns(world: World, event: Event, binding: Binding) -> bool:
    """A decision about somebody else is not about this case."""
    if not event.on or binding.occurrence is None:
        return True
    concerned = {binding.target, binding.actor, binding.toward}
    return not (concerned.isdisjoint(event.on) and concerned.isdisjoint(struck_by(world, event)))


def _carried(world: World, organ: Organ, event: Event, binding: Binding) -> Iterable[Proof]:
    day = start_of(event)
    if event.votes:
        members = _members_of(world, organ, binding.on_day(day))
        cast = {code: vote for code, vote in event.votes.items() if code in members} if members else event.votes
        yes = sum(1 for vote in cast.values() if vote == "yes")
        no = sum(1 for vote in cast.values() if vote == "no")
        yield fact(
            "votes", _enough(world, organ, event, yes, no, day, binding), event, organ.id, at=event.at, missing="votes"
        )
    if organ.binds == "consenting" and binding.bearer is not None and event.votes:
        yield fact(
            "consenting",
            event.votes.get(binding.bearer) == "yes",
            event,
            binding.bearer,
            at=event.at,
            missing="decided_by",
        )


def _members_of(world: World, organ: Organ, binding: Binding) -> list[str]:
    """Who sits in an organ on the day of the binding, or may sit there."""
    return [c for c in parties_of(world, binding.treaty) if belongs(world, organ.members, c, binding).truth is not NO]


def _enough(world: World, organ: Organ, event: Event, yes: int, no: int, day: date, binding: Binding) -> bool:
    members = _members_of(world, organ, binding.on_day(day))
    if organ.votes == "sole":
        return event.votes.get(organ.sole or "") == "yes"
    if organ.votes == "consensus":
        return no == 0 and yes > 0
    if organ.votes == "unanimity":
        return all(event.votes.get(code) == "yes" for code in members if code not in event.on)
    share = Fraction(*organ.share) if organ.share else Fraction(1, 2)
    cast = len(members) or yes + no
    return Fraction(yes, cast) > share if organ.votes == "majority" else Fraction(yes, cast) >= share


def _happened(world: World, condition: Condition, binding: Binding) -> Proof:
    """Another event like this, with the bearer's, target's and actor's parts as in the trigger."""
    assert condition.pattern is not None
    found = _seen(world, condition, binding)
    kinds = [kind for kind in condition.pattern.kinds if kind in world.open]
    subject = _subjects(world, condition.pattern.by, binding) or ["somebody"]
    if kinds:
        return _unsaid(world, kinds[0], subject[0], found)
    return either(
        found or [fact("no-event", False, condition.pattern.kinds[0], None, missing=condition.pattern.kinds[0])]
    )


def _seen(world: World, condition: Condition, binding: Binding) -> list[Proof]:
    """The occurrences like this and timely, with the roles of the trigger taken from the binding."""
    assert condition.pattern is not None
    like = _bound_pattern(condition.pattern, binding)
    seen = seen_so_far(world, binding.treaty)
    key = ("seen-like", binding.treaty.id, condition.pattern.at, like.by, like.on, like.to, seen is by_kind(world))
    found: list[tuple[Event, Proof]] = remember(world, key, lambda: _matching(seen, world, like, binding.treaty))
    timed = condition.before is not None or condition.after is not None or condition.within is not None
    if not timed:
        return [proof for _, proof in found]
    tried = [
        both(
            [proof, *fits(world, event, binding.event or world.day, partial(_timely, world, condition, binding, event))]
        )
        for event, proof in found
    ]
    return [proof for proof in tried if proof.truth is not NO]


def _matching(
    seen: Mapping[str, list[Occurrence]], world: World, pattern: Pattern, treaty: Treaty
) -> list[tuple[Event, Proof]]:
    found = []
    for occurrence in of_kinds(seen, pattern.kinds):
        for cast in bindings(pattern, occurrence, treaty):
            proof = _tested(world, pattern, cast)
            if proof is not None:
                found.append((occurrence.origin, proof))
    return found


def _tested(world: World, pattern: Pattern, cast: Binding) -> Proof | None:
    parts = []
    for part in matches(world, pattern, cast):
        if part.truth is NO:
            return None
        parts.append(part)
    return both(parts)


def _bound_pattern(pattern: Pattern, binding: Binding) -> Pattern:
    """The pattern with the roles of the trigger replaced by the states that play them."""

    def named(who: Who | None) -> Who | None:
        if who is None:
            return None
        if who.op == "role":
            return Who("code", binding.part(who.name) or "-") if who.name in PARTS else who
        return replace(who, parts=tuple(w for part in who.parts if (w := named(part)) is not None))

    return replace(pattern, by=named(pattern.by), on=named(pattern.on), to=named(pattern.to))


def _timely(
    world: World, condition: Condition, binding: Binding, event: Event, day: date, trigger: date
) -> bool:  # fmt: skip
    """Whether an event on a day fits `before`, `after` and `within`; days do not tell an order within a day."""
    before = _days(world, condition.before, binding, event, trigger)
    after = _days(world, condition.after, binding, event, trigger)
    if before is not None and not any(day <= other for other in before):
        return False
    if after is not None and not any(day >= other for other in after):
        return False
    if condition.within is None:
        return True
    marks = after or before or _days(world, "event", binding, event, trigger) or []
    return any(abs(day - mark) <= condition.within.after(mark) - mark for mark in marks)


def _days(
    world: World, mark: Pattern | str | None, binding: Binding, event: Event, trigger: date
) -> list[date] | None:  # fmt: skip
    """The days of what a mark names: the trigger, or events like this; never the event itself."""
    if mark is None:
        return None
    if isinstance(mark, Pattern):
        like = _bound_pattern(mark, binding)
        others = _matching(seen_so_far(world, binding.treaty), world, like, binding.treaty)
        return [start_of(other) for other, _ in others if other.id != event.id]
    return [trigger] if binding.event is None or binding.event.id != event.id else []


def _helps(world: World, condition: Condition, binding: Binding) -> Proof:
    """That somebody in fact fights beside or assists the other, against that enemy."""
    found: list[Proof] = []
    for helper in _subjects(world, condition.who, binding):
        for helped in _subjects(world, condition.whom, binding):
            enemies = set(_subjects(world, condition.against, binding)) if condition.against else None
            found += helped_by(world, helper, helped, enemies)
    return either(found or [fact("no-event", False, "assistance", None, missing="helps")])


class _Help(Struct, frozen=True):
    """An event that may be help: who gave it, to whom, against whom, in whose defence."""

    event: Event
    by: Mapping[str, Proof]
    to: frozenset[str]
    on: frozenset[str]
    fights: bool


def _helping(world: World) -> list[_Help]:
    found = []
    for event in events_like(world, ("assistance", "use-of-force", "resort-to-war")):
        by = dict(acts_for(world, code, start_of(event)) for code in event.by)
        gives = is_kind(event.kinds, ("assistance",))
        found.append(
            _Help(event, by, heard_by(world, event).union(event.to), struck_by(world, event).union(event.on), not gives)
        )
    return found


def helped_by(world: World, helper: str, helped: str, enemies: set[str] | None) -> list[Proof]:
    """The events by which one state helped another: assistance to it, or force on its enemy in its defence."""
    found = []
    helps: list[_Help] = remember(world, ("helping", ""), lambda: _helping(world))
    for help in helps:
        if helper not in help.by or (enemies is not None and help.on and help.on.isdisjoint(enemies)):
            continue
        given = _given(world, help, helped, enemies)
        if given.truth is not NO:
            parts = [part for part in (help.by[helper], given) if part.kind != "nothing"]
            found.append(both([happened(world, help.event), *parts], "both", help.event))
    return found


def _given(world: World, help: _Help, helped: str, enemies: set[str] | None) -> Proof:
    """That the one helped was given help, is defended by the blow, or was struck by an enemy whom the blow answers."""
    event = help.event
    if not help.fights:
        return TRUE if helped in help.to else FALSE
    struck = [proof for name in event.on for code, proof in reached(world, name, start_of(event)) if code == helped]
    if struck:  # a blow at oneself is no help
        return both([denied(either(struck)), _defends(world, help, helped, enemies)])
    return _defends(world, help, helped, enemies)


def _defends(world: World, help: _Help, helped: str, enemies: set[str] | None) -> Proof:
    """That a blow is struck in defence of the one helped, or answers an enemy that struck it."""
    event = help.event
    if helped in event.in_defence_of:
        return TRUE
    if not any(helped in first.on for first in world.events if first.id in event.in_response_to):
        return FALSE
    return either([is_response(world, event, code) for code in event.on if enemies is None or code in enemies])


def _adversaries(world: World, condition: Condition, binding: Binding) -> Proof:
    """That enough distinct states' events match this rule's `when` against this target."""
    rule = binding.rule
    if rule is None or rule.when is None:
        return FALSE
    by_state: dict[str, list[Proof]] = {}
    for occurrence in of_kinds(seen_so_far(world, binding.treaty), rule.when.kinds):
        if occurrence.target != binding.target or occurrence.actor is None:
            continue
        day = day_for(world, binding.treaty, occurrence, occurrence.target)
        cast = Binding(binding.treaty, day, occurrence, occurrence.target, occurrence.actor, rule=rule)
        still = goes_on(world, occurrence.origin, occurrence.actor, occurrence.target, day)
        tests = [*matches(world, rule.when, cast), *still]
        if condition.who is not None:
            tests.append(belongs(world, condition.who, occurrence.actor, cast))
        proof = both(tests)
        if proof.truth is not NO:
            by_state.setdefault(occurrence.actor, []).append(proof)
    counted = [either(proofs) for _, proofs in sorted(by_state.items())]
    groups = [both(group) for group in combinations(counted, condition.at_least)]
    return either(groups or [fact("too-few", False, len(counted), condition.at_least, missing="adversaries")])


def _bound(world: World, condition: Condition, binding: Binding) -> Proof:
    treaty = world.treaties.get(condition.treaty or "")
    if treaty is None:
        return fact("party", False, None, condition.treaty, None, missing="bound")
    subjects = _subjects(world, condition.who, binding)
    return either(
        [bound(world, treaty, code, binding.day) for code in subjects] or [in_force(world, treaty, binding.day)]
    )


def _question(world: World, condition: Condition, binding: Binding) -> Proof:
    return answered(world, condition.question or "", binding, condition.at)


def answered(world: World, name: str, binding: Binding, at: Span) -> Proof:
    """That a question of the instrument is answered yes: for the event, for the bearer, or for all; else open."""
    base = f"{binding.treaty.id}.{name}"
    names = [f"{base}@{binding.event.id}"] if binding.event is not None else []
    names += [f"{base}@{binding.bearer}"] if binding.bearer is not None else []
    text = binding.treaty.questions.get(name, "")
    for question in (*names, base):
        if question in world.facts:
            stated = world.facts[question]
            return decide(
                world,
                question,
                stated,
                binding.day,
                _yes(base, text, stated[0].at),
                "question",
                base,
                text,
                missing="question",
            )
        if question in world.settled:
            return fact(
                "question", world.settled[question] == "yes", base, text, world.settled[question], missing="question"
            )
    return open_leaf("question", base, ("yes", "no"), ("yes",), base, text, at=at, missing="question")


def _yes(base: str, text: str, at: Span) -> Callable[[object], Proof]:
    return lambda value: fact("question", value == "yes", base, text, value, at=at, missing="question")


CONDITIONS: dict[str, Callable[[World, Condition, Binding], Proof]] = {
    "requested_by": _requested,
    "consent_of": _consented,
    "decided_by": _decided,
    "happened": _happened,
    "helps": _helps,
    "adversaries": _adversaries,
    "bound": _bound,
    "question": _question,
}
