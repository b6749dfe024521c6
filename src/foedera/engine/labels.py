"""Labels: what an event counts as, to a fixpoint inside each instrument; definitions meant for all are seen by all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from foedera.engine.bind import in_force
from foedera.engine.binding import Binding
from foedera.engine.match import belongs, candidates, is_sponsored
from foedera.engine.occurrences import Occurrence, indexed, occurrences
from foedera.engine.proof import both, either
from foedera.engine.rules import casts, rules_of, trigger_tests
from foedera.engine.world import World, remember
from foedera.language.types import Rule, Treaty, Who
from foedera.language.vocabulary import is_kind
from foedera.truth import NO, YES

ROUNDS = 6
LabelKey = tuple[str, tuple[str, ...], str | None, str | None, date]


def common_labels(world: World) -> tuple[Occurrence, ...]:
    """Occurrences that definitions meant for all instruments derive."""
    return remember(world, ("common", ""), lambda: _common(world))


def _common(world: World) -> tuple[Occurrence, ...]:
    """To a fixpoint: a definition sees its own instrument's labels, and what others define for all."""
    defining = [
        t for _, t in sorted(world.treaties.items()) if any(r.for_all for r in rules_of(world, t, counting=True))
    ]
    once = len(defining) < 2 and all(r.for_all for t in defining for r in rules_of(world, t, counting=True))
    found: tuple[Occurrence, ...] = ()
    for _ in range(ROUNDS):
        base = (*occurrences(world), *found)
        again = tuple(o for treaty in defining for o in _defined(world, treaty, base))
        if once or len(again) == len(found):
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
    base = remember(world, ("base-index", ""), lambda: indexed((*occurrences(world), *common_labels(world))))
    rules = [rule for rule in rules_of(world, treaty, counting=True) if not rule.for_all]
    if not rules:
        return base
    everything = (*occurrences(world), *common_labels(world))
    derived = _fixpoint(world, treaty, rules, everything)
    if not derived:
        return base
    return indexed((*everything, *derived))


def _fixpoint(world: World, treaty: Treaty, rules: list[Rule], base: tuple[Occurrence, ...]) -> list[Occurrence]:
    """Applies labelling rules until nothing new comes; one label per origin, kinds, pair and first day."""
    derived: dict[LabelKey, Occurrence] = {}
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


def _new(found: list[Occurrence], derived: dict[LabelKey, Occurrence]) -> list[Occurrence]:
    fresh = []
    for occurrence in found:
        key = (occurrence.origin.id, occurrence.kinds, occurrence.actor, occurrence.target, occurrence.day)
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
    for binding in casts(world, treaty, rule, occurrence):
        tests = list(trigger_tests(world, rule, binding))
        if NO in [test.truth for test in tests]:
            continue
        tests.append(in_force(world, treaty, binding.day))
        victims = candidates(world, rule.counts_on, binding) if rule.counts_on else (binding.target,)
        for target in victims:
            for actor in _authors(world, rule, binding):
                if target is not None and target == actor:
                    continue
                same = is_kind(occurrence.kinds, rule.acts) and (actor, target) == (occurrence.actor, occurrence.target)
                if same and not (rule.for_all and occurrence.rules):  # an own label may become a common one
                    continue
                extra = [belongs(world, rule.counts_on, target, binding)] if rule.counts_on and target else []
                proof = both([*tests, *extra], "counts", treaty, rule, occurrence.origin, actor, target, at=rule.at)
                if proof.truth is not NO:
                    yield Occurrence(occurrence.origin, rule.acts, actor, target, proof, binding.day, (rule.path,))


def _authors(world: World, rule: Rule, binding: Binding) -> tuple[str | None, ...]:
    """Whose act it then is; an author that nobody knows, and a sponsor known only to be some State, have no name."""
    if rule.counts_by is None or rule.counts_by == Who("role", "actor"):
        return (binding.actor,)
    found = candidates(world, rule.counts_by, binding)
    return found or ((None,) if is_sponsored(binding.event) else ())
