"""Rules that fire: labels first, to a fixpoint inside each instrument, then duties, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from foedera.engine.bind import bound, first_bound, in_force, is_hidden, suspended_toward
from foedera.engine.conditions import answered, helped_by, holds, is_answered_for_all, is_for_all_bearers
from foedera.engine.match import (
    Binding,
    attackers,
    belongs,
    bindings,
    bound_then,
    candidates,
    interest,
    is_sponsored,
    is_state,
    matches,
    parties_of,
)
from foedera.engine.proof import FALSE, Proof, both, denied, either, fact
from foedera.engine.world import (
    Occurrence,
    World,
    ends_on,
    indexed,
    is_lasting,
    occurrences,
    of_kinds,
    remember,
    start_of,
)
from foedera.language.types import Condition, Event, Pattern, Rule, Treaty, Who
from foedera.language.vocabulary import is_kind
from foedera.truth import NO, YES

ROUNDS = 6
EMPTY: Mapping[int, Proof] = {}
# acts that are done for one against another; the others have no enemy unless the rule names one
WITH_ENEMY = frozenset(
    ("assist", "fight", "aid", "consult", "mobilise", "stay-neutral", "help-enemy", "make-separate-peace", "give-passage",
     "give-bases", "impose-sanctions", "seek-council-action", "join-hostile-pact")
)  # fmt: skip
HELPING = ("assist", "fight", "aid")


class Firing(Struct, frozen=True):
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


def visible(world: World, treaty: Treaty, rule: Rule) -> bool:
    """Whether the rule could be known, where only public knowledge counts."""
    article = treaty.articles.get(rule.article)
    secrets = (treaty.secret_until, rule.secret_until, article.secret_until if article else None)
    return not any(is_hidden(world, treaty, secret) for secret in secrets)


def rules_of(world: World, treaty: Treaty, *, counting: bool) -> list[Rule]:
    """The triggered rules of an instrument that may be seen: those that label, or those that bind."""
    key = ("rules", treaty.id, counting)
    return remember(world, key, lambda: [
        rule for rule in treaty.rules
        if rule.when is not None and (rule.modality == "counts_as") is counting and visible(world, treaty, rule)
    ])  # fmt: skip


def common_labels(world: World) -> tuple[Occurrence, ...]:
    """Occurrences that definitions meant for all instruments derive."""
    return remember(world, "common", lambda: _common(world))


def _common(world: World) -> tuple[Occurrence, ...]:
    """To a fixpoint: a definition sees its own instrument's labels, and what others define for all."""
    defining = [
        t for _, t in sorted(world.treaties.items()) if any(r.for_all for r in rules_of(world, t, counting=True))
    ]
    found: tuple[Occurrence, ...] = ()
    for _ in range(ROUNDS):
        base = (*occurrences(world), *found)
        again = tuple(o for treaty in defining for o in _defined(world, treaty, base))
        if len(defining) < 2 or len(again) == len(found):
            return again
        found = again
    return found


def _defined(world: World, treaty: Treaty, base: tuple[Occurrence, ...]) -> list[Occurrence]:
    rules = rules_of(world, treaty, counting=True)
    own = [rule for rule in rules if not rule.for_all]
    seen = (*base, *_fixpoint(world, treaty, own, base)) if own else base
    return _fixpoint(world, treaty, [rule for rule in rules if rule.for_all], seen)


def seen_by(world: World, treaty: Treaty) -> dict[str, list[Occurrence]]:
    """What an instrument's rules see, by kind: what happened, common labels, its own labels."""
    return remember(world, ("seen", treaty.id), lambda: _seen(world, treaty))


def _seen(world: World, treaty: Treaty) -> dict[str, list[Occurrence]]:
    base = remember(world, "base-index", lambda: indexed((*occurrences(world), *common_labels(world))))
    rules = [rule for rule in rules_of(world, treaty, counting=True) if not rule.for_all]
    if not rules:
        return base
    everything = (*occurrences(world), *common_labels(world))
    derived = _fixpoint(world, treaty, rules, everything)
    if not derived:
        return base
    return indexed((*everything, *derived))


def _fixpoint(world: World, treaty: Treaty, rules: list[Rule], base: tuple[Occurrence, ...]) -> list[Occurrence]:
    """Applies labelling rules until nothing new comes; one label per origin, kinds and pair."""
    derived: dict[tuple[str, tuple[str, ...], str | None, str | None], Occurrence] = {}
    fresh: Iterable[Occurrence] = base
    for _ in range(ROUNDS):
        found: list[Occurrence] = []
        for rule in rules:
            assert rule.when is not None
            for occurrence in fresh:
                if is_kind(occurrence.kinds, rule.when.kinds):
                    found += _labels(world, treaty, rule, occurrence)
        fresh = _new(found, derived)
        if not fresh:
            break
    return list(derived.values())


def _new(
    found: list[Occurrence], derived: dict[tuple[str, tuple[str, ...], str | None, str | None], Occurrence]
) -> list[Occurrence]:
    fresh = []
    for occurrence in found:
        key = (occurrence.origin.id, occurrence.kinds, occurrence.actor, occurrence.target)
        known = derived.get(key)
        if known is None:
            derived[key] = occurrence
            fresh.append(occurrence)
        elif occurrence.rules[0] not in known.rules:
            merged = known.proof if known.proof.truth is YES else either([known.proof, occurrence.proof])
            derived[key] = replace(known, proof=merged, rules=(*known.rules, *occurrence.rules))
            if merged is not known.proof:
                fresh.append(derived[key])
    return fresh


def _labels(world: World, treaty: Treaty, rule: Rule, occurrence: Occurrence) -> Iterator[Occurrence]:
    assert rule.when is not None
    for cast in bindings(rule.when, occurrence, treaty, rule):
        binding = cast.on_day(day_for(world, treaty, occurrence, cast.target))
        tests = list(_tests(world, rule, binding))
        if any(test.truth is NO for test in tests):
            continue
        tests.append(in_force(world, treaty, binding.day))
        victims = candidates(world, rule.counts_on, binding) if rule.counts_on else (binding.target,)
        for target in victims:
            for actor in _authors(world, rule, binding):
                if target is not None and target == actor:
                    continue
                if is_kind(occurrence.kinds, rule.acts) and (actor, target) == (occurrence.actor, occurrence.target):
                    continue
                extra = [belongs(world, rule.counts_on, target, binding)] if rule.counts_on and target else []
                proof = both([*tests, *extra], "counts", treaty, rule, occurrence.origin, actor, target, at=rule.at)
                if proof.truth is not NO:
                    yield Occurrence(occurrence.origin, rule.acts, actor, target, proof, (rule.path,))


def _authors(world: World, rule: Rule, binding: Binding) -> tuple[str | None, ...]:
    """Whose act it then is; an author that nobody knows, and a sponsor known only to be some State, have no name."""
    if rule.counts_by is None or rule.counts_by == Who("role", "actor"):
        return (binding.actor,)
    found = candidates(world, rule.counts_by, binding)
    return found or ((None,) if is_sponsored(binding.event) else ())


def _tests(world: World, rule: Rule, binding: Binding) -> Iterator[Proof]:
    """The tests that do not look at the bearer; stops after the first that fails."""
    assert rule.when is not None
    for proof in matches(world, rule.when, binding):
        yield proof
        if proof.truth is NO:
            return
    if rule.force.covers(binding.day) is False:
        yield fact("rule-dates", False, rule, at=rule.at, missing="in-force")
        return
    if rule.modality == "counts_as":
        yield from _conditions(world, rule, binding)


def _conditions(world: World, rule: Rule, binding: Binding, known: Mapping[int, Proof] = EMPTY) -> Iterator[Proof]:
    for condition in (*rule.conditions, *rule.exceptions):
        proof = known.get(id(condition))
        yield proof if proof is not None else _one_condition(world, rule, condition, binding)


def every_condition(world: World, rule: Rule, binding: Binding) -> list[Proof]:
    """All conditions and exceptions of a rule, also those after one that fails."""
    return [_one_condition(world, rule, c, binding) for c in (*rule.conditions, *rule.exceptions)]


def _one_condition(world: World, rule: Rule, condition: Condition, binding: Binding) -> Proof:
    """That a condition holds, or that an exception does not."""
    proof = holds(world, condition, binding)
    if any(condition is exception for exception in rule.exceptions):
        return denied(proof, "unless", condition, at=condition.at, missing=condition.op)
    return proof


def day_for(world: World, treaty: Treaty, occurrence: Occurrence, code: str | None, start: date | None = None) -> date:
    """The day on which membership is read: the event's, or while it lasts the first on which `code` is bound."""
    day = start or occurrence.day
    if code is None or not is_lasting(occurrence.origin):
        return day
    last = last_day_by(world, occurrence)
    key = ("first-bound", treaty.id, code, day, last)
    return remember(world, key, lambda: first_bound(world, treaty, code, day, last)) or day


def last_day_by(world: World, occurrence: Occurrence) -> date:
    """The last day, up to the one asked about, on which a lasting event goes on between two."""
    return remember(
        world, ("last-day", occurrence.origin.id, occurrence.actor, occurrence.target),
        lambda: min(world.day, last_day(world, occurrence.origin, occurrence.actor, occurrence.target)),
    )  # fmt: skip


def last_day(world: World, event: Event, actor: str | None, target: str | None) -> date:
    """The last day on which a lasting event goes on."""
    end = ends_on(world, event, actor, target)
    return end if end in (start_of(event), date.max) else end - timedelta(days=1)


def fire(world: World, treaty: Treaty, paths: frozenset[str] | None = None) -> list[Firing]:
    """Every triggered duty, permission and prohibition of an instrument, or of these rules, that is not refuted."""
    seen, ever = seen_by(world, treaty), parties_of(world, treaty)
    found: list[Firing] = []
    for rule in rules_of(world, treaty, counting=False):
        if paths is not None and rule.path not in paths:
            continue
        assert rule.when is not None
        for occurrence in of_kinds(seen, rule.when.kinds):
            if not _between_strangers(rule.when, occurrence, ever):
                found += try_rule(world, treaty, rule, occurrence)
    return found


def _between_strangers(when: Pattern, occurrence: Occurrence, ever: frozenset[str]) -> bool:
    """Whether an author or victim that must be a party never was one; a cheap test that spares most trials."""
    for who, code in ((when.on, occurrence.target), (when.by, occurrence.actor)):
        if who is not None and who.op == "role" and who.name == "party" and code is not None and code not in ever:
            return True
    return False


def fire_again(world: World, treaty: Treaty, was: Rule, rule: Rule, before: list[Firing]) -> list[Firing]:
    """What a rule fires once nothing but its trigger and conditions has changed; as `before` where both texts surely hold."""
    assert was.when is not None and rule.when is not None
    found: list[Firing] = []
    for occurrence in of_kinds(seen_by(world, treaty), rule.when.kinds):
        if _surely(world, treaty, was, rule, occurrence) and _surely(world, treaty, rule, was, occurrence):
            found += [firing for firing in before if firing.occurrence is occurrence]
        else:
            found += try_rule(world, treaty, rule, occurrence)
    return found


def fire_for(world: World, treaty: Treaty, moved: frozenset[str], before: list[Firing]) -> list[Firing]:
    """What an instrument fires once the dates of some of its parties changed; the others' duties toward others as before."""
    found: list[Firing] = []
    for rule in rules_of(world, treaty, counting=False):
        assert rule.when is not None
        apart = _looks_at_pair_and_bearer(rule)
        mine = [firing for firing in before if firing.rule.path == rule.path] if apart else []
        for occurrence in of_kinds(seen_by(world, treaty), rule.when.kinds):
            if apart and moved.isdisjoint((occurrence.actor, occurrence.target)):
                found += [f for f in mine if f.occurrence is occurrence and f.bearer not in moved]
                found += try_rule(world, treaty, rule, occurrence, moved)
            else:
                found += try_rule(world, treaty, rule, occurrence)
    return found


def _looks_at_pair_and_bearer(rule: Rule) -> bool:
    """Whether a duty hangs on no membership but that of author, victim and bearer."""
    when, whom = rule.when, rule.whom
    assert when is not None
    if rule.jointly or when.to is not None or when.supported_by is not None or when.place is not None:
        return False
    if whom is not None and not (whom.op == "role" and whom.name in ("target", "actor")):
        return False
    plain_ops = ("requested_by", "consent_of", "question")
    return rule.against is None and all(c.op in plain_ops for c in (*rule.conditions, *rule.exceptions))


def _surely(world: World, treaty: Treaty, rule: Rule, other: Rule, occurrence: Occurrence) -> bool:
    """Whether a rule surely matches, and every condition that the other text lacks holds for every bearer."""
    assert rule.when is not None
    both_have = {id(c) for c in (*rule.conditions, *rule.exceptions) if c in (*other.conditions, *other.exceptions)}
    own = [c for c in (*rule.conditions, *rule.exceptions) if id(c) not in both_have]
    if not all(is_for_all_bearers(world, condition, treaty) for condition in own):
        return False
    for cast in bindings(rule.when, occurrence, treaty, rule):
        binding = cast.on_day(day_for(world, treaty, occurrence, cast.target))
        if any(test.truth is not YES for test in _tests(world, rule, binding)):
            return False
        if any(_one_condition(world, rule, condition, binding).truth is not YES for condition in own):
            return False
    return True


def all_fired(world: World) -> dict[str, list[Firing]]:
    """What fires, by instrument.

    Rules for any state come last and also look at those whom the others bind to help.
    """
    found: dict[str, list[Firing]] = remember(world, "fired", lambda: _all_fired(world))
    return found


def _all_fired(world: World) -> dict[str, list[Firing]]:
    closed = {name: treaty for name, treaty in world.treaties.items() if not has_open_bearers(treaty)}
    fired = {name: fire(world, treaty) for name, treaty in closed.items()}
    helpers = {f.bearer for found in fired.values() for f in found if f.rule.modality == "must" and f.act in HELPING}
    world.memo.found["interest"] = interest(world) | {code for code in helpers if is_state(world, code, world.day)}
    return fired | {name: fire(world, treaty) for name, treaty in world.treaties.items() if name not in closed}


def try_rule(
    world: World, treaty: Treaty, rule: Rule, occurrence: Occurrence, among: frozenset[str] | None = None
) -> Iterator[Firing]:
    """The firings of a rule on one occurrence, for every bearer (or these) that is not refuted."""
    assert rule.when is not None
    for cast in bindings(rule.when, occurrence, treaty, rule):
        binding = cast.on_day(day_for(world, treaty, occurrence, cast.target))
        tests = list(_tests(world, rule, binding))
        if any(test.truth is NO for test in tests):
            continue
        common = _common_proofs(world, rule, binding)
        if any(proof.truth is NO for proof in common.values()) or _decided_against(world, rule, binding):
            continue
        shared = _Shared(binding, tests, common, max(map(arisen, tests), default=date.min))
        for here, borne in _bearers(world, rule, binding, among):
            yield from _for_bearer(world, rule, here, borne, shared)


class _Shared(Struct, frozen=True):
    """What a rule's trial on one occurrence has in common for all bearers: parts, tests, conditions, and the day they give."""

    binding: Binding
    tests: list[Proof]
    common: dict[int, Proof]
    since: date


def _common_proofs(world: World, rule: Rule, binding: Binding) -> dict[int, Proof]:
    """The proofs of those conditions and exceptions that are the same for every bearer, by their identity."""
    found: dict[int, Proof] = {}
    for condition in (*rule.conditions, *rule.exceptions):
        if is_for_all_bearers(world, condition, binding.treaty):
            found[id(condition)] = _one_condition(world, rule, condition, binding)
    return found


def _bearers(
    world: World, rule: Rule, binding: Binding, among: frozenset[str] | None
) -> Iterator[tuple[Binding, Proof]]:
    """Those who may bear the duty, each with the proof that it is among them and bound on the day that counts."""
    treaty = binding.treaty
    for bearer, day, bond in _named(world, rule, binding):
        if among is not None and bearer not in among:
            continue
        here = binding.with_bearer(bearer, day)
        beside = on_attackers_side(world, rule, here)
        if beside.truth is YES:
            continue
        borne = belongs(world, rule.who, bearer, here, as_bearer=True) if bond is None else bond
        if borne.truth is not NO and borne.kind != "bound" and not _binds_itself(treaty, bearer):
            borne = both([borne, _bound_or_universal(world, treaty, rule, bearer, day)])
        if beside.truth is not NO:
            borne = both([borne, denied(beside, missing="direction")])
        if day > binding.day:  # the one that binds later: the rest must hold then too
            borne = both([borne, *(test for test in _tests(world, rule, here) if test.truth is not YES)])
        if borne.truth is not NO:
            yield here, borne


def _named(world: World, rule: Rule, binding: Binding) -> Iterator[tuple[str, date, Proof | None]]:
    """Those whom a rule may name as bearers, with the day that counts for each and, where it is known, the proof of the bond."""
    treaty, occurrence = binding.treaty, binding.occurrence
    assert occurrence is not None
    if rule.who.op != "role" or rule.who.name not in ("party", "other-parties"):
        for bearer in candidates(world, rule.who, binding):
            day = day_for(world, treaty, occurrence, bearer, binding.day)
            if day <= world.day:
                yield bearer, day, None
        return
    others = rule.who.name == "other-parties"
    side = attackers(world, binding) if others else {}
    for bearer, day, bond in _roster(world, binding):
        if others and bearer == binding.target:
            continue
        yield bearer, day, None if bearer in side else bond


def _roster(world: World, binding: Binding) -> list[tuple[str, date, Proof]]:
    """The parties bound on the day of an event, or since then while it lasts, each with its day and the proof."""
    treaty, occurrence = binding.treaty, binding.occurrence
    assert occurrence is not None
    event = occurrence.origin
    dated = event.date is None or event.date.exact
    last = last_day_by(world, occurrence) if is_lasting(event) else None
    key = ("roster", treaty.id, binding.day, last, "" if dated else event.id)
    found: list[tuple[str, date, Proof]] = remember(world, key, lambda: list(_bound_parties(world, binding)))
    return found


def _bound_parties(world: World, binding: Binding) -> Iterator[tuple[str, date, Proof]]:
    assert binding.occurrence is not None
    for code in sorted(parties_of(world, binding.treaty)):
        day = day_for(world, binding.treaty, binding.occurrence, code, binding.day)
        bond = bound_then(world, binding.on_day(day), code) if day <= world.day else None
        if bond is not None and bond.truth is not NO:
            yield code, day, bond


def _for_bearer(world: World, rule: Rule, binding: Binding, borne: Proof, shared: _Shared) -> Iterator[Firing]:
    treaty, bearer = binding.treaty, binding.bearer
    assert bearer is not None
    for toward in towards(world, rule, binding):
        here = binding.with_toward(toward)
        if _owes_itself(rule, here):
            continue
        if toward is not None and toward != bearer and suspended_toward(world, treaty, bearer, toward, binding.day):
            continue
        same = shared.common if here.day == shared.binding.day else EMPTY
        own = [borne, *_whom(world, rule, here), *bearer_tests(world, rule, here, same)]
        if not any(part.truth is NO for part in own):
            yield from _firings(world, rule, here, shared, own)


def on_attackers_side(world: World, rule: Rule, binding: Binding) -> Proof:
    """That the bearer would help against a side that it stands on; a rule may name the author itself."""
    helps = any(act in HELPING for act in rule.acts) and rule.modality in ("must", "may", "no_duty")
    if not helps or binding.bearer is None or "actor" in _role_names(rule):
        return FALSE
    return attackers(world, binding).get(binding.bearer, FALSE)


def _owes_itself(rule: Rule, binding: Binding) -> bool:
    """Whether a rule that names its bearers by another word than the victim would have the victim owe it to itself."""
    return binding.toward == binding.bearer and not {"target", "bearer"} & set(_role_names(rule))


def _binds_itself(treaty: Treaty, bearer: str) -> bool:
    return bearer == treaty.organisation


def _bound_or_universal(world: World, treaty: Treaty, rule: Rule, bearer: str, day: date) -> Proof:
    """Bearers by an open role need not be parties (the Charter speaks of any state); the others must."""
    if _is_open(rule):
        return in_force(world, treaty, day)
    return bound(world, treaty, bearer, day)


OPEN_ROLES = frozenset(("any-state", "anyone", "non-party", "great-power", "european-power"))


def has_open_bearers(treaty: Treaty) -> bool:
    """Whether a rule speaks of any state, or the instrument of all: its bearers are those of interest."""
    universal = treaty.all_states or treaty.parties_of is not None
    return universal or any(
        OPEN_ROLES.intersection(_role_names(rule)) for rule in treaty.rules if rule.modality != "counts_as"
    )


def _is_open(rule: Rule) -> bool:
    return bool((OPEN_ROLES | {"organisation"}).intersection(_role_names(rule)))


def _role_names(rule: Rule) -> Iterator[str]:
    todo = [rule.who]
    while todo:
        who = todo.pop()
        if who.op == "role":
            yield who.name
        todo += who.parts


def towards(world: World, rule: Rule, binding: Binding) -> tuple[str | None, ...]:
    """Whom the act is owed or done to: `whom`, else the target, else nobody in particular."""
    if rule.whom is None:
        return (binding.target,)
    found = candidates(world, rule.whom, binding)
    return tuple(code for code in found if code != binding.bearer or rule.whom.name in ("target", "bearer"))


def _whom(world: World, rule: Rule, binding: Binding) -> list[Proof]:
    if rule.whom is None or binding.toward is None:
        return []
    proof = belongs(world, rule.whom, binding.toward, binding, as_whom=True)
    return [] if proof.kind in ("target", "actor", "bearer", "anyone", "named") and proof.truth is YES else [proof]


def bearer_tests(world: World, rule: Rule, binding: Binding, known: Mapping[int, Proof] = EMPTY) -> Iterator[Proof]:
    """The conditions, exceptions and reserved decisions of a rule, for one bearer; `known` are proofs made already."""
    for proof in _conditions(world, rule, binding, known):
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
    acting = [either(helped_by(world, code, helped, None) or [FALSE]) for code in others]
    proof = both(acting)
    return Proof("jointly", proof.truth, (rule, tuple(others)), rule.at, "jointly", (proof,))


def _firings(world: World, rule: Rule, binding: Binding, shared: _Shared, own: list[Proof]) -> Iterator[Firing]:
    treaty = binding.treaty
    assert binding.bearer is not None
    against = _against(world, rule, binding)
    proof = both([*shared.tests, *own], "rule", treaty, rule, binding.bearer, binding.toward, at=rule.at)
    since = max(binding.day, shared.since, *map(arisen, own))
    for act in rule.acts:
        for enemy in against:
            yield Firing(treaty, rule, act, binding.bearer, binding.toward, enemy, since, proof, binding.occurrence)


def _against(world: World, rule: Rule, binding: Binding) -> tuple[str | None, ...]:
    if rule.against is not None:
        return candidates(world, rule.against, binding) or (None,)
    if not any(act in WITH_ENEMY for act in rule.acts):
        return (None,)
    return (None if binding.actor in (binding.toward, binding.bearer) else binding.actor,)


def arisen(proof: Proof) -> date:
    """The day by which the events that a proof rests on had happened."""
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
