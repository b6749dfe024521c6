"""The rules of an instrument as they are tried: which may be seen, their trigger and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from foedera.engine.bind import is_hidden
from foedera.engine.binding import Binding
from foedera.engine.conditions import holds
from foedera.engine.days import day_for
from foedera.engine.match import bindings, matches
from foedera.engine.occurrences import Occurrence, goes_on
from foedera.engine.proof import Proof, denied, fact
from foedera.engine.reads import parts_read
from foedera.engine.world import World, remember
from foedera.language.types import Condition, Rule, Treaty
from foedera.truth import NO


def visible(world: World, treaty: Treaty, rule: Rule) -> bool:
    """Whether the rule could be known, where only public knowledge counts."""
    if world.viewer is None:
        return True
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


def casts(world: World, treaty: Treaty, rule: Rule, occurrence: Occurrence) -> Iterator[Binding]:
    """How a rule casts the two sides of an occurrence, on the day on which the one it happened to is bound."""
    assert rule.when is not None
    for cast in bindings(rule.when, occurrence, treaty, rule):
        yield cast.on_day(day_for(world, treaty, occurrence, cast.target))


def trigger_tests(world: World, rule: Rule, binding: Binding) -> Iterator[Proof]:
    """The tests that do not look at the bearer; stops after the first that fails."""
    assert rule.when is not None
    for proof in matches(world, rule.when, binding):
        yield proof
        if proof.truth is NO:
            return
    occurrence = binding.occurrence
    assert occurrence is not None
    yield from goes_on(world, occurrence.origin, binding.actor, binding.target, binding.day)
    if rule.force.covers(binding.day) is False:
        yield fact("rule-dates", False, rule, at=rule.at, missing="in-force")
        return
    if rule.modality == "counts_as":
        yield from condition_proofs(world, rule, binding)


def condition_proofs(
    world: World, rule: Rule, binding: Binding, settled: Mapping[int, Proof] = MappingProxyType({})
) -> Iterator[Proof]:
    """The proofs of a rule's conditions and exceptions, one by one; `settled` has those worked out already, by identity."""
    for condition in (*rule.conditions, *rule.exceptions):
        yield settled.get(id(condition)) or condition_proof(world, rule, condition, binding)


def every_condition(world: World, rule: Rule, binding: Binding) -> list[Proof]:
    """All conditions and exceptions of a rule, also those after one that fails."""
    return [condition_proof(world, rule, c, binding) for c in (*rule.conditions, *rule.exceptions)]


def condition_proof(world: World, rule: Rule, condition: Condition, binding: Binding) -> Proof:
    """That a condition holds, or that an exception does not; worked out once for those who make no difference to it."""
    event = binding.event
    if event is None or rule.modality == "counts_as":  # what a label hangs on changes while labels are derived
        return _condition_proof(world, rule, condition, binding)
    read = parts_read(world, condition, binding.treaty)
    played = [binding.part(part) for part in read]
    key = ("holds", binding.treaty.id, id(condition), event.id, binding.day, *played)
    return remember(world, key, lambda: _condition_proof(world, rule, condition, binding))


def _condition_proof(world: World, rule: Rule, condition: Condition, binding: Binding) -> Proof:
    proof = holds(world, condition, binding)
    if any(condition is exception for exception in rule.exceptions):
        return denied(proof, "unless", condition, at=condition.at, missing=condition.op)
    return proof
