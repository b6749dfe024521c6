"""Rules that fire: duties, permissions and prohibitions, pair by pair, for every bearer that is not refuted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct

from foedera.engine.bearers import HELPING, bearers, has_open_bearers
from foedera.engine.bind import did_not_join, suspended_pairs
from foedera.engine.binding import Binding
from foedera.engine.conditions import answered, helped_by
from foedera.engine.days import binds_later
from foedera.engine.labels import seen_by
from foedera.engine.match import belongs, candidates, interest, is_state, parties_of
from foedera.engine.occurrences import Occurrence, of_kinds
from foedera.engine.proof import FALSE, Proof, both, either
from foedera.engine.reads import is_answered_for_all, is_for_all_bearers, looks_at_pair_and_bearer
from foedera.engine.rules import casts, condition_proof, condition_proofs, rules_of, trigger_tests
from foedera.engine.world import World, remember, start_of
from foedera.language.types import Condition, Event, Rule, Treaty, Who
from foedera.truth import NO, YES

# acts that are done for one against another; the others have no enemy unless the rule names one
WITH_ENEMY = frozenset(
    ("assist", "fight", "aid", "consult", "mobilise", "stay-neutral", "help-enemy", "make-separate-peace", "give-passage",
     "give-bases", "impose-sanctions", "seek-council-action", "join-hostile-pact")
)  # fmt: skip


class Firing(Struct, frozen=True, gc=False):
    """A rule tried for one bearer, one state it is owed to and one enemy, not refuted."""

    treaty: Treaty
    rule: Rule
    act: str
    bearer: str
    toward: str | None
    against: str | None
    since: date
    proof: Proof
    occurrence: Occurrence | None

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What makes two firings the same duty toward the same enemy."""
        return (self.treaty.id, self.rule.path, self.act, self.bearer, self.toward or "", self.against or "")


def fire(world: World, treaty: Treaty, paths: frozenset[str] | None = None) -> list[Firing]:
    """Every triggered duty, permission and prohibition of an instrument, or of these rules, that is not refuted."""
    found: list[Firing] = []
    for rule in rules_of(world, treaty, counting=False):
        if paths is None or rule.path in paths:
            for occurrence in _to_try(world, treaty, rule):
                found += try_rule(world, treaty, rule, occurrence)
    return found


def _to_try(world: World, treaty: Treaty, rule: Rule) -> Iterator[Occurrence]:
    """What an instrument sees of a rule's kinds, but for authors and victims whom it cannot mean; that spares most trials."""
    assert rule.when is not None
    when = rule.when
    seen = of_kinds(seen_by(world, treaty), when.kinds)
    if not seen:
        return
    authors, victims = _who_may_be(world, treaty, when.by), _who_may_be(world, treaty, when.on or when.involves)
    for occurrence in seen:
        actor, target = occurrence.actor, occurrence.target
        as_it_stands = _may_be(actor, authors) and _may_be(target, victims)
        turned = when.involves is not None and _may_be(target, authors) and _may_be(actor, victims)
        if as_it_stands or turned:
            yield occurrence


def _may_be(code: str | None, among: frozenset[str] | None) -> bool:
    return code is None or among is None or code in among


def _who_may_be(world: World, treaty: Treaty, who: Who | None) -> frozenset[str] | None:
    """All that may ever be among those named by code, group or party; None where that hangs on more."""
    if who is None or who.op == "not":
        return None
    if who.op in ("any", "all"):
        parts = [part for one in who.parts if (part := _who_may_be(world, treaty, one)) is not None]
        if not parts or (who.op == "any" and len(parts) < len(who.parts)):
            return None
        return frozenset.union(*parts) if who.op == "any" else frozenset.intersection(*parts)
    if who.op == "role":
        return parties_of(world, treaty) if who.name in ("party", "other-parties") else None
    return frozenset((who.name,) if who.op == "code" else treaty.groups.get(who.name, ()))


def fire_again(world: World, treaty: Treaty, was: Rule, rule: Rule, before: list[Firing]) -> list[Firing]:
    """What a rule fires once nothing but its trigger and conditions has changed; as `before` where both texts surely hold."""
    found: list[Firing] = []
    texts = (was,) if was.when == rule.when else (was, rule)
    own = [*_lacked(was, rule), *_lacked(rule, was)]
    for_all = all(is_for_all_bearers(world, condition, treaty) for _, condition in own)
    for occurrence in _to_try(world, treaty, rule):
        if for_all and _surely(world, treaty, texts, own, occurrence):
            found += [firing for firing in before if firing.occurrence is occurrence]
        else:
            found += try_rule(world, treaty, rule, occurrence)
    return found


def _lacked(rule: Rule, other: Rule) -> list[tuple[Rule, Condition]]:
    """The conditions of a rule that another text of it lacks."""
    others = (*other.conditions, *other.exceptions)
    return [(rule, condition) for condition in (*rule.conditions, *rule.exceptions) if condition not in others]


def _surely(
    world: World, treaty: Treaty, texts: tuple[Rule, ...], own: list[tuple[Rule, Condition]], occurrence: Occurrence
) -> bool:
    """Whether the triggers of both texts of a rule surely match, and every condition that only one has holds."""
    if (own or len(texts) > 1) and binds_later(world, treaty, occurrence, occurrence.day):
        return False  # on the day of a later bearer they may come out otherwise
    for rule in texts:
        for binding in casts(world, treaty, rule, occurrence):
            if any(test.truth is not YES for test in trigger_tests(world, rule, binding)):
                return False
    return all(
        condition_proof(world, rule, condition, binding).truth is YES
        for rule, condition in own for binding in casts(world, treaty, rule, occurrence)
    )  # fmt: skip


def fire_for(world: World, treaty: Treaty, moved: frozenset[str], before: list[Firing]) -> list[Firing]:
    """What an instrument fires once the dates of some of its parties changed; the others' duties toward others as before."""
    found: list[Firing] = []
    for rule in rules_of(world, treaty, counting=False):
        apart = looks_at_pair_and_bearer(world, treaty, rule)
        mine = [firing for firing in before if firing.rule.path == rule.path] if apart else []
        for occurrence in _to_try(world, treaty, rule):
            if apart and moved.isdisjoint((occurrence.actor, occurrence.target)):
                found += [f for f in mine if f.occurrence is occurrence and f.bearer not in moved]
                found += try_rule(world, treaty, rule, occurrence, moved)
            else:
                found += try_rule(world, treaty, rule, occurrence)
    return found


def all_fired(world: World) -> dict[str, list[Firing]]:
    """What fires, by instrument.

    Rules for any state come last and also look at those whom the others bind to help.
    """
    found: dict[str, list[Firing]] = remember(world, ("fired", ""), lambda: _all_fired(world))
    return found


def _all_fired(world: World) -> dict[str, list[Firing]]:
    closed = {name: treaty for name, treaty in world.treaties.items() if not has_open_bearers(treaty)}
    fired = {name: fire(world, treaty) for name, treaty in closed.items()}
    helpers = {f.bearer for found in fired.values() for f in found if f.rule.modality == "must" and f.act in HELPING}
    world.memo.found["interest", ""] = interest(world) | {code for code in helpers if is_state(world, code, world.day)}
    return fired | {name: fire(world, treaty) for name, treaty in world.treaties.items() if name not in closed}


def try_rule(
    world: World, treaty: Treaty, rule: Rule, occurrence: Occurrence, among: frozenset[str] | None = None
) -> Iterator[Firing]:
    """The firings of a rule on one occurrence, for every bearer (or these) that is not refuted."""
    for binding in casts(world, treaty, rule, occurrence):
        days = {binding.day: _shared(world, rule, binding)}
        if days[binding.day] is None and not binds_later(world, treaty, occurrence, binding.day):
            continue
        for here, borne in bearers(world, rule, binding, among):
            if here.day not in days:  # who is bound later owes what the rule says of the day on which that is so
                days[here.day] = _shared(world, rule, binding.on_day(here.day))
            shared = days[here.day]
            if shared is not None:
                yield from _for_bearer(world, rule, here, borne, shared)


class _Shared(Struct, frozen=True):
    """What a trial on one day of an occurrence has in common for all bearers.

    Its tests; what those conditions come to of which that is the same for all, by the condition's identity; the day by
    which all these were met; and the pairs between which the bond is suspended.
    """

    tests: list[Proof]
    settled: dict[int, Proof]
    counted: frozenset[int]  # by identity, what `since` has taken in of those proofs
    since: date
    suspended: frozenset[tuple[str, str]]


def _shared(world: World, rule: Rule, binding: Binding) -> _Shared | None:
    """What is the same for every bearer on the day of a binding; None where that refutes the rule."""
    tests = list(trigger_tests(world, rule, binding))
    if NO in [test.truth for test in tests] or _decided_against(world, rule, binding):
        return None
    settled: dict[int, Proof] = {}
    for condition in (*rule.conditions, *rule.exceptions):
        if is_for_all_bearers(world, condition, binding.treaty):
            proof = condition_proof(world, rule, condition, binding)
            if proof.truth is NO:
                return None
            settled[id(condition)] = proof
    since = max(map(arisen, (*tests, *settled.values())), default=date.min)
    counted = frozenset(map(id, settled.values()))
    return _Shared(tests, settled, counted, since, suspended_pairs(world, binding.treaty, binding.day))


def _for_bearer(world: World, rule: Rule, binding: Binding, borne: Proof, shared: _Shared) -> Iterator[Firing]:
    bearer = binding.bearer
    assert bearer is not None
    for toward in towards(world, rule, binding):
        here = binding.with_toward(toward)
        if _owes_itself(rule, here):
            continue
        if toward != bearer and (bearer, toward) in shared.suspended:
            continue
        own = [borne, *_whom(world, rule, here), *bearer_tests(world, rule, here, shared.settled)]
        if NO not in [part.truth for part in own]:
            yield from _firings(world, rule, here, shared, own)


def _owes_itself(rule: Rule, binding: Binding) -> bool:
    """Whether a rule that names its bearers by another word than the victim would have the victim owe it to itself."""
    return binding.toward == binding.bearer and not rule.bearer_roles & {"target", "bearer"}


def towards(world: World, rule: Rule, binding: Binding) -> tuple[str | None, ...]:
    """Whom the act is owed or done to: `whom`, else the target, else nobody in particular."""
    if rule.whom is None:
        return (binding.target,)
    if rule.whom.name == "target":
        return (binding.target,) if binding.target is not None else ()
    found = candidates(world, rule.whom, binding)
    return tuple(code for code in found if code != binding.bearer or rule.whom.name == "bearer")


def _whom(world: World, rule: Rule, binding: Binding) -> list[Proof]:
    """That the act is owed to one of those named; no proof where being a candidate is enough."""
    whom = rule.whom
    if whom is None or binding.toward is None or whom.op in ("code", "group"):
        return []
    if whom.op == "role" and whom.name in ("target", "actor", "bearer", "anyone"):
        return []
    return [belongs(world, whom, binding.toward, binding, as_whom=True)]


def bearer_tests(
    world: World, rule: Rule, binding: Binding, settled: Mapping[int, Proof] = MappingProxyType({})
) -> Iterator[Proof]:
    """The conditions, exceptions and reserved decisions of a rule, for one bearer; `settled` are those known for all."""
    for proof in condition_proofs(world, rule, binding, settled):
        yield proof
        if proof.truth is NO:
            return
    if rule.jointly:
        yield _jointly(world, rule, binding)
    if rule.decides_whether is not None:
        yield _reserved(world, rule, binding)


def _reserved(world: World, rule: Rule, binding: Binding) -> Proof:
    """Whether the duty applies is left to somebody: open until the crisis says what was decided."""
    proof = answered(world, "applies", binding, rule.at)
    return Proof("reserved", proof.truth, (rule, binding.bearer), rule.at, "decides_whether", (proof,))


def _decided_against(world: World, rule: Rule, binding: Binding) -> bool:
    """Whether it is settled for every bearer that the duty does not apply."""
    if rule.decides_whether is None or not is_answered_for_all(world, binding.treaty, "applies"):
        return False
    return answered(world, "applies", binding, rule.at).truth is NO


def _jointly(world: World, rule: Rule, binding: Binding) -> Proof:
    """Owed only together: every other bearer in fact helps."""
    helped = binding.toward or binding.target or ""
    others = [code for code in candidates(world, rule.who, binding) if code not in (binding.bearer, helped)]
    acting = [
        either([*helped_by(world, code, helped, None), *did_not_join(world, binding.treaty, code)] or [FALSE])
        for code in others
    ]
    proof = both(acting)
    return Proof("jointly", proof.truth, (rule, tuple(others)), rule.at, "jointly", (proof,))


def _firings(world: World, rule: Rule, binding: Binding, shared: _Shared, own: list[Proof]) -> Iterator[Firing]:
    treaty = binding.treaty
    assert binding.bearer is not None
    against = _against(world, rule, binding)
    proof = both([*shared.tests, *own], "rule", treaty, rule, binding.bearer, binding.toward, at=rule.at)
    since = max(binding.day, shared.since, *(arisen(part) for part in own if id(part) not in shared.counted))
    for act in rule.acts:
        for enemy in against:
            yield Firing(treaty, rule, act, binding.bearer, binding.toward, enemy, since, proof, binding.occurrence)


def _against(world: World, rule: Rule, binding: Binding) -> tuple[str | None, ...]:
    """The enemies: those that the rule names, else the author; nobody is its own enemy, or that of the one it helps."""
    named: tuple[str | None, ...] = ()
    if rule.against is not None:
        named = candidates(world, rule.against, binding)
    elif any(act in WITH_ENEMY for act in rule.acts):
        named = (binding.actor,)
    enemies = dict.fromkeys(None if code in (binding.toward, binding.bearer) else code for code in named)
    return tuple(enemies) or (None,)


def arisen(proof: Proof) -> date:
    """The day by which the events that a proof rests on had happened; a bond rests on no event."""
    if proof.kind == "bound":
        return date.min
    if not proof.parts:
        subject = proof.about[0] if proof.kind == "event" and proof.about else None
        return start_of(subject) if isinstance(subject, Event) else date.min
    if proof.kind in ("denied", "unless"):
        return date.min
    days = [arisen(part) for part in proof.parts if part.truth is not NO]
    if proof.kind in ("either", "firings", "any-condition"):
        settled = [arisen(part) for part in proof.parts if part.truth is YES]
        return min(settled or days, default=date.min)
    return max(days, default=date.min)
