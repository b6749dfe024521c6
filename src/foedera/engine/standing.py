"""Rules without a trigger: they hold while the bond holds, between those they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from foedera.dates import When
from foedera.engine.bearers import HELPING
from foedera.engine.bind import bound, in_force, suspended_toward
from foedera.engine.binding import Binding
from foedera.engine.fire import Firing, bearer_tests, towards
from foedera.engine.match import belongs, candidates, interest, parties_of
from foedera.engine.occurrences import occurrences
from foedera.engine.priority import struck
from foedera.engine.proof import Proof, both, fact
from foedera.engine.rules import visible
from foedera.engine.world import World, remember
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


Pairs = Mapping[str, frozenset[tuple[str, str]]]


def done(world: World) -> Pairs:
    """By act, the pairs (bearer, toward) between which it was done."""
    found: Pairs = remember(world, ("done", ""), lambda: _done(world))
    return found


def _done(world: World) -> Pairs:
    pairs: dict[str, set[tuple[str, str]]] = {act: set() for act in DEEDS}
    for occurrence in occurrences(world):
        if occurrence.actor is not None and occurrence.target is not None:
            for act, kinds in DEEDS.items():
                if is_kind(occurrence.kinds, kinds):
                    pairs[act].add((occurrence.actor, occurrence.target))
    return {act: frozenset(found) for act, found in pairs.items()}


def touched(world: World, triggered: Iterable[Firing]) -> Pairs:
    """By act, the pairs where a ban may bite: it was done, or a triggered duty would have it done."""
    pairs = {act: set(found) for act, found in done(world).items()}
    duties = {(f.act, f.bearer, f.toward, struck(f)) for f in triggered if f.rule.modality == "must"}
    for act, bearer, toward, enemy in duties:
        helping = act in HELPING
        if toward is not None:
            for name in HELPING if helping else (act,):
                pairs.setdefault(name, set()).add((bearer, toward))
        if helping and enemy is not None:
            for name in ("use-force", "intervene", "help-enemy"):
                pairs[name].add((bearer, enemy))
    return {act: frozenset(found) for act, found in pairs.items()}


def standing(world: World, treaty: Treaty, near: Pairs, asked: frozenset[tuple[str, str]]) -> Iterator[Firing]:
    """The standing rules of an instrument: bans where they may bite, and all of them between pairs asked about."""
    rules = standing_rules(world, treaty)
    if not rules:
        return
    able = None if treaty.all_states or treaty.parties_of else {*parties_of(world, treaty), treaty.organisation}
    asked = asked if able is None else frozenset(pair for pair in asked if pair[0] in able)
    bearers = sorted({bearer for bearer, _ in asked})
    for rule in rules:
        for act in rule.acts:
            if rule.whom is None:
                for bearer in bearers:
                    yield from between(world, treaty, rule, act, bearer, None)
                continue
            biting = near.get(act, frozenset()) if rule.modality == "must_not" else frozenset()
            mine = biting if able is None else {pair for pair in biting if pair[0] in able}
            for bearer, toward in sorted(mine | asked):
                yield from between(world, treaty, rule, act, bearer, toward)


def between(world: World, treaty: Treaty, rule: Rule, act: str, bearer: str, toward: str | None) -> Iterator[Firing]:
    """A standing rule for one bearer toward one other, on the day asked about."""
    key = ("stand", treaty.id, rule.path, act, bearer, toward)
    found: Firing | None = remember(world, key, lambda: _stands(world, treaty, rule, act, bearer, toward))
    if found is not None:
        yield found


def _stands(world: World, treaty: Treaty, rule: Rule, act: str, bearer: str, toward: str | None) -> Firing | None:
    parts = []
    for part in _tests(world, treaty, rule, bearer, toward):
        if part.truth is NO:
            return None
        parts.append(part)
    proof = both(parts, "rule", treaty, rule, bearer, toward, at=rule.at)
    return Firing(treaty, rule, act, bearer, toward, None, begun(world, treaty, bearer, toward), proof, None)


def stand(world: World, treaty: Treaty, rule: Rule, bearer: str, toward: str | None) -> Proof:
    """That a standing rule holds for one bearer toward one other; every part, also those that fail."""
    parts = list(_tests(world, treaty, rule, bearer, toward))
    return both(parts, "rule", treaty, rule, bearer, toward, at=rule.at)


def _tests(world: World, treaty: Treaty, rule: Rule, bearer: str, toward: str | None) -> Iterator[Proof]:
    binding = Binding(treaty, world.day, None, None, None, bearer, toward, rule)
    borne = belongs(world, rule.who, bearer, binding, as_bearer=True)
    yield borne
    if bearer == treaty.organisation:
        yield in_force(world, treaty, world.day)
    elif borne.kind != "bound":
        yield bound(world, treaty, bearer, world.day)
    if rule.whom is not None and toward is not None and toward != bearer:
        yield belongs(world, rule.whom, toward, binding, as_whom=True)
        if suspended_toward(world, treaty, bearer, toward, world.day):
            yield fact("suspended", False, treaty, bearer, missing="party")
    elif rule.whom is not None or (toward is not None and toward != treaty.organisation):
        yield fact("whom", False, toward, rule, at=rule.at, missing="party")
    if rule.force.covers(world.day) is False:
        yield fact("rule-dates", False, rule, at=rule.at, missing="in-force")
    yield from bearer_tests(world, rule, binding)


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
    held = [c for c in bearers if belongs(world, rule.who, c, binding.with_bearer(c), as_bearer=True).truth is not NO]
    held = [c for c in held if c == treaty.organisation or bound(world, treaty, c, world.day).truth is not NO]
    others: set[str] = set()
    if rule.whom is not None:
        for code in held:
            here = binding.with_bearer(code)
            others |= {c for c in towards(world, rule, here) if c is not None and (c in near or rule.whom.op == "code")}
    reached = [
        c
        for c in sorted(others)
        if rule.whom and belongs(world, rule.whom, c, binding.with_bearer(None), as_whom=True).truth is not NO
    ]
    return tuple(held), tuple(reached)
