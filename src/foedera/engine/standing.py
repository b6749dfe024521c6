"""Rules without a trigger: they hold while the bond holds, between those they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from foedera.dates import When
from foedera.engine.bind import bound, in_force, suspended_toward
from foedera.engine.fire import Firing, bearer_tests, towards, visible
from foedera.engine.match import Binding, belongs, candidates, interest
from foedera.engine.priority import HELPING, struck
from foedera.engine.proof import Proof, both, fact
from foedera.engine.world import World, occurrences, remember
from foedera.language.types import Rule, Treaty
from foedera.language.vocabulary import is_kind
from foedera.truth import NO

# what an act looks like as an event done by its bearer to the other
DEEDS = {
    "use-force": ("use-of-force", "resort-to-war"),
    "intervene": ("use-of-force", "intervention"),
    "threaten-force": ("threat",),
    "host-bands": ("sending-bands",),
    "give-bases": ("lending-territory",),
    "impose-sanctions": ("economic-sanctions", "border-closure"),
    "assist": ("assistance",),
    "help-enemy": ("assistance",),
    "mobilise": ("mobilisation",),
}


def standing_rules(world: World, treaty: Treaty) -> tuple[Rule, ...]:
    """The rules of an instrument that have no trigger and may be seen."""
    key = ("standing", treaty.id)
    return remember(world, key, lambda: tuple(r for r in treaty.rules if r.when is None and visible(world, treaty, r)))


def touched_pairs(world: World, triggered: Iterable[Firing]) -> frozenset[tuple[str, str]]:
    """Pairs between which something happened, or would by a triggered duty: a standing rule may bite there."""
    pairs = {(o.actor, o.target) for o in occurrences(world) if o.actor and o.target and is_kind(o.kinds, _HOSTILE)}
    for firing in triggered:
        other = struck(firing)
        if firing.rule.modality == "must" and firing.act in HELPING and other is not None:
            pairs.add((firing.bearer, other))
    return frozenset(pairs)


_HOSTILE = ("hostile-act", "resort-to-war")


def standing(world: World, treaty: Treaty, pairs: Iterable[tuple[str, str]]) -> Iterator[Firing]:
    """The standing rules of an instrument between these pairs (bearer, toward), one firing each that holds."""
    wanted = sorted(pairs)
    bearers = sorted({bearer for bearer, _ in wanted})
    for rule in standing_rules(world, treaty):
        if rule.whom is None:
            for bearer in bearers:
                yield from between(world, treaty, rule, bearer, None)
            continue
        for bearer, toward in wanted:
            yield from between(world, treaty, rule, bearer, toward)


def between(world: World, treaty: Treaty, rule: Rule, bearer: str, toward: str | None) -> Iterator[Firing]:
    """A standing rule for one bearer toward one other, on the day asked about."""
    proof = stand(world, treaty, rule, bearer, toward)
    if proof.truth is not NO:
        since = begun(world, treaty, bearer, toward)
        for act in rule.acts:
            yield Firing(treaty, rule, act, bearer, toward, None, since, proof, None)


def stand(world: World, treaty: Treaty, rule: Rule, bearer: str, toward: str | None) -> Proof:
    """That a standing rule holds for one bearer toward one other; every part, also those that fail."""
    binding = Binding(treaty, world.day, None, None, None, bearer, toward, rule)
    borne = belongs(world, rule.who, bearer, binding, as_bearer=True)
    parts = [borne]
    if borne.kind != "bound" and bearer != treaty.organisation and borne.truth is not NO:
        parts.append(bound(world, treaty, bearer, world.day))
    elif bearer == treaty.organisation:
        parts.append(in_force(world, treaty, world.day))
    if rule.whom is not None:
        if toward is None or toward == bearer:
            parts.append(fact("whom", False, toward, rule, at=rule.at, missing="party"))
        else:
            parts.append(belongs(world, rule.whom, toward, binding, as_whom=True))
            off = suspended_toward(world, treaty, bearer, toward, world.day)
            parts += [fact("suspended", False, treaty, bearer, missing="party")] if off else []
    elif toward is not None and toward != treaty.organisation:
        parts.append(fact("whom", False, toward, rule, at=rule.at, missing="party"))
    if rule.force.covers(world.day) is NO:
        parts.append(fact("rule-dates", False, rule, at=rule.at, missing="in-force"))
    parts += bearer_tests(world, rule, binding)
    return both(parts, "rule", treaty, rule, bearer, toward, at=rule.at)


def begun(world: World, treaty: Treaty, bearer: str, toward: str | None) -> date:
    """The day since which the bond holds between the two."""
    days = [_entry(treaty, code) for code in (bearer, toward) if code is not None and code in treaty.parties]
    days.append(_force(world, treaty))
    return max(days)


def _entry(treaty: Treaty, code: str) -> date:
    since = treaty.parties[code].since
    return since.first if since is not None else date.min


def _force(world: World, treaty: Treaty) -> date:
    datum = world.facts.get(f"{treaty.id}.in-force", treaty.in_force)
    days = [o.value.first for spell in datum for o in spell.options if isinstance(o.value, When)]
    return min(days, default=date.min)


def everybody(world: World, treaty: Treaty, rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bearers of a standing rule among the states of interest, and those it is owed to."""
    binding = Binding(treaty, world.day, None, None, None, None, None, rule)
    near = interest(world) | ({treaty.organisation} if treaty.organisation else set())
    bearers = [c for c in candidates(world, rule.who, binding) if c in near]
    held = [c for c in bearers if belongs(world, rule.who, c, replace(binding, bearer=c), as_bearer=True).truth is not NO]
    held = [c for c in held if c == treaty.organisation or bound(world, treaty, c, world.day).truth is not NO]
    others: set[str] = set()
    if rule.whom is not None:
        for code in held:
            here = replace(binding, bearer=code)
            others |= {c for c in towards(world, rule, here) if c is not None and (c in near or rule.whom.op == "code")}
    reached = [c for c in sorted(others) if rule.whom and belongs(world, rule.whom, c, replace(binding, bearer=None), as_whom=True).truth is not NO]
    return tuple(held), tuple(reached)
