"""Who may bear the duty of a rule: those it names that are bound on the day that counts, and never the attacker's side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from foedera.engine.bind import bound, in_force
from foedera.engine.binding import Binding
from foedera.engine.days import day_for
from foedera.engine.match import attackers, belongs, bound_then, candidates, parties_of
from foedera.engine.occurrences import last_day_by
from foedera.engine.proof import FALSE, Proof, both, denied
from foedera.engine.world import World, is_lasting, remember
from foedera.language.types import Rule, Treaty, Who
from foedera.truth import NO, YES

HELPING = ("assist", "fight", "aid")
FORCE = ("use-force", "intervene")


def bearers(
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
        if borne.truth is not NO:
            yield here, borne


def _named(world: World, rule: Rule, binding: Binding) -> Iterator[tuple[str, date, Proof | None]]:
    """Those whom a rule may name as bearers, with the day that counts for each and, where it is known, the proof of the bond."""
    treaty, occurrence = binding.treaty, binding.occurrence
    assert occurrence is not None
    if rule.who.op != "role" or rule.who.name not in ("party", "other-parties"):
        for bearer in candidates(world, rule.who, binding):
            # one that need not be bound owes from the day on which the instrument is in force
            day = day_for(world, treaty, occurrence, None if is_open(rule) else bearer, binding.day)
            if day <= world.day:
                yield bearer, day, None
        return
    others = rule.who.name == "other-parties"
    side = attackers(world, binding) if others else {}
    for bearer, day, bond in _roster(world, binding):
        if others and bearer == binding.target:
            continue
        # the attacker's side is that of the day on which the bearer is bound
        yield bearer, day, None if others and (bearer in side or day != binding.day) else bond


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


def on_attackers_side(world: World, rule: Rule, binding: Binding) -> Proof:
    """That the bearer would act against a side that it stands on; a rule may name the author itself, or help it."""
    on_author = rule.whom == Who("role", "actor")
    turned = any(act in (FORCE if on_author else HELPING) for act in rule.acts)
    if not turned or rule.modality == "must_not" or binding.bearer is None or "actor" in role_names(rule):
        return FALSE
    return attackers(world, binding).get(binding.bearer, FALSE)


def _binds_itself(treaty: Treaty, bearer: str) -> bool:
    return bearer == treaty.organisation


def _bound_or_universal(world: World, treaty: Treaty, rule: Rule, bearer: str, day: date) -> Proof:
    """Bearers by an open role need not be parties (the Charter speaks of any state); the others must."""
    if is_open(rule):
        return in_force(world, treaty, day)
    return bound(world, treaty, bearer, day)


OPEN_ROLES = frozenset(("any-state", "anyone", "non-party", "great-power", "european-power"))


def has_open_bearers(treaty: Treaty) -> bool:
    """Whether a rule speaks of any state, or the instrument of all: its bearers are those of interest."""
    universal = treaty.all_states or treaty.parties_of is not None
    return universal or any(
        OPEN_ROLES.intersection(role_names(rule)) for rule in treaty.rules if rule.modality != "counts_as"
    )


def is_open(rule: Rule) -> bool:
    """Whether a rule names its bearers by a role that needs no bond."""
    return bool((OPEN_ROLES | {"organisation"}).intersection(role_names(rule)))


def role_names(rule: Rule) -> Iterator[str]:
    """The roles by which a rule names its bearers."""
    todo = [rule.who]
    while todo:
        who = todo.pop()
        if who.op == "role":
            yield who.name
        todo += who.parts
