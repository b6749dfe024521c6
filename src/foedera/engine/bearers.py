"""Who may bear the duty of a rule: those it names that are bound on the day that counts, and never the attacker's side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from foedera.engine.bind import bound, in_force
from foedera.engine.binding import Binding
from foedera.engine.days import day_between, day_for
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
    treaty, turned, need_not_be_bound = binding.treaty, may_turn_on_its_side(rule), is_open(rule)
    for bearer, day, bond in _named(world, rule, binding):
        if among is not None and bearer not in among:
            continue
        here = binding.with_bearer(bearer, day)
        beside = attackers(world, here).get(bearer, FALSE) if turned else FALSE
        if beside.truth is YES:
            continue
        borne = belongs(world, rule.who, bearer, here, as_bearer=True) if bond is None else bond
        if borne.truth is not NO and borne.kind != "bound" and not _binds_itself(treaty, bearer):
            # those whom an open role names need not be parties (the Charter speaks of any state); the others must
            borne = both(
                [borne, in_force(world, treaty, day) if need_not_be_bound else bound(world, treaty, bearer, day)]
            )
        if beside.truth is not NO:
            borne = both([borne, denied(beside, missing="direction")])
        if borne.truth is not NO:
            yield here, borne


def _named(world: World, rule: Rule, binding: Binding) -> Iterator[tuple[str, date, Proof | None]]:
    """Those whom a rule may name as bearers, with the day that counts for each and, where it is known, the proof of the bond."""
    treaty, occurrence = binding.treaty, binding.occurrence
    assert occurrence is not None
    if rule.who.op != "role" or rule.who.name not in ("party", "other-parties"):
        lasts, last = is_lasting(occurrence.origin), last_day_by(world, occurrence)
        need_not_be_bound = is_open(rule)
        for bearer in candidates(world, rule.who, binding):
            # one that need not be bound owes from the day on which the instrument is in force
            code = None if need_not_be_bound else bearer
            day = day_between(world, treaty, code, binding.day, last) if lasts else binding.day
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


def may_turn_on_its_side(rule: Rule) -> bool:
    """Whether a bearer on the attacker's side would act against it; a rule may name the author itself, or help it."""
    on_author = rule.whom == Who("role", "actor")
    turned = any(act in (FORCE if on_author else HELPING) for act in rule.acts)
    return turned and rule.modality != "must_not" and "actor" not in rule.bearer_roles


def _binds_itself(treaty: Treaty, bearer: str) -> bool:
    return bearer == treaty.organisation


OPEN_ROLES = frozenset(("any-state", "anyone", "non-party", "great-power", "european-power"))


def has_open_bearers(treaty: Treaty) -> bool:
    """Whether a rule speaks of any state, or the instrument of all: its bearers are those of interest."""
    universal = treaty.all_states or treaty.parties_of is not None
    return universal or any(
        OPEN_ROLES.intersection(rule.bearer_roles) for rule in treaty.rules if rule.modality != "counts_as"
    )


def is_open(rule: Rule) -> bool:
    """Whether a rule names its bearers by a role that needs no bond."""
    return bool((OPEN_ROLES | {"organisation"}).intersection(rule.bearer_roles))
