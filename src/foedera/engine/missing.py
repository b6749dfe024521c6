"""Why a duty is not there: the rule that comes nearest, and everything that it lacks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from msgspec.structs import replace

from foedera.engine.answer_types import Assessment, Finding, Missing, NearMiss
from foedera.engine.bearers import HELPING, is_open, may_turn_on_its_side
from foedera.engine.bind import suspended_toward
from foedera.engine.binding import Binding
from foedera.engine.days import day_for
from foedera.engine.fire import Firing, all_fired, bearer_tests, try_rule
from foedera.engine.labels import common_labels, seen_by
from foedera.engine.lifecycle import running
from foedera.engine.match import FORCE, attackers, belongs, candidates, is_response, matches, parties_of
from foedera.engine.occurrences import Occurrence, by_kind, occurrences, of_kinds
from foedera.engine.priority import prevail
from foedera.engine.proof import FALSE, Proof, fact
from foedera.engine.rules import every_condition, rules_of
from foedera.engine.standing import between, stand, standing, standing_rules, touched
from foedera.engine.world import World, remember
from foedera.language.types import Rule, Treaty
from foedera.language.vocabulary import is_kind, meets
from foedera.truth import NO, YES

HOSTILE = (
    "hostile-act",
    "resort-to-war",
    "terror-attack",
    "cyber-attack",
    "armed-rebellion",
    "coup",
    "unrest",
    "subversion",
)

# what nobody would take for a blow: it is near no rule but one that asks for it
FRIENDLY = (
    "mediation", "statement", "consultation", "assistance", "consent", "waiver", "recognition", "ceasefire", "peace",
    "withdrawal-of-forces", "security-restored",
)  # fmt: skip
GRAVE = (
    "use-of-force",
    "resort-to-war",
    "aggression",
    "annexation",
    "threat",
    "terror-attack",
    "armed-rebellion",
    "coup",
    "cyber-attack",
)


def near_misses(
    world: World, bearer: str, modality: str, act: str, toward: str | None, treaties: Iterable[Treaty] | None = None,
    origins: frozenset[str] | None = None,
) -> tuple[NearMiss, ...]:  # fmt: skip
    """For each instrument the rule that comes nearest to the duty asked about, with all that lacks.

    `origins` keeps it to events of these ids.
    """
    found = []
    for treaty in treaties if treaties is not None else [world.treaties[name] for name in sorted(world.treaties)]:
        tries = [miss for miss in _in_treaty(world, treaty, bearer, modality, act, toward, origins) if miss.missing]
        if tries:
            found.append(min(tries, key=_distance))
    if all("party" in _words(miss) for miss in found):
        none = fact("no-rule", False, bearer, modality, act, toward, missing="rule")
        found.append(NearMiss(None, None, bearer, act, toward, (Missing("rule", none),)))
    return tuple(sorted(found, key=_distance))


def misses_by_enemy(world: World, findings: Iterable[Finding], act: str) -> tuple[NearMiss, ...]:
    """Whoever is owed help against one need not be against another: for each that struck it too, the rule that comes nearest."""
    helped: dict[tuple[str, str], set[str]] = {}
    for finding in findings:
        if finding.modality == "must" and finding.act in HELPING and finding.toward is not None:
            helped.setdefault((finding.bearer, finding.toward), set()).update(finding.against)
    found = []
    for (bearer, toward), enemies in sorted(helped.items()):
        blows = _blows_of_others(world, toward, {bearer, *enemies})
        for enemy in sorted(blows):
            misses = near_misses(world, bearer, "must", act, toward, origins=frozenset(blows[enemy]))
            real = [miss for miss in misses if "party" not in _words(miss) and not _is_of_no_event(miss)]
            found += [replace(miss, against=enemy) for miss in real[:1]]
    return tuple(found)


def _blows_of_others(world: World, victim: str, known: Container[str]) -> dict[str, set[str]]:
    """The force used on somebody, no answer to its own, by others than those known: the events by their author."""
    blows: dict[str, set[str]] = {}
    for blow in of_kinds(by_kind(world), FORCE):
        another = blow.target == victim and blow.actor is not None and blow.actor not in known
        if another and is_response(world, blow.origin, victim).truth is NO:
            blows.setdefault(blow.actor or "", set()).add(blow.origin.id)
    return blows


def _is_of_no_event(miss: NearMiss) -> bool:
    return miss.rule is None or any(part.proof.kind == "no-event" for part in miss.missing)


def all_misses(
    world: World, bearer: str, modality: str, act: str, toward: str | None, treaties: Iterable[Treaty] | None = None
) -> list[NearMiss]:
    """Every rule tried on every event that bears on it, for one who expects a certain condition to lack."""
    chosen = treaties if treaties is not None else [world.treaties[name] for name in sorted(world.treaties)]
    found = [
        miss for treaty in chosen for miss in _in_treaty(world, treaty, bearer, modality, act, toward) if miss.missing
    ]
    return found + [miss for miss in near_misses(world, bearer, modality, act, toward, treaties) if miss.rule is None]


def _words(miss: NearMiss) -> set[str]:
    return {part.condition for part in miss.missing}


def _distance(miss: NearMiss) -> tuple[int, int, str, str]:
    weight = sum(map(_weight, miss.missing))
    phantom = sum(1 for part in miss.missing if part.proof.kind == "no-event")
    treaty = miss.treaty.id if miss.treaty else "~"
    return (weight, phantom, treaty, miss.rule.path if miss.rule else "")


def _weight(lacking: Missing) -> int:
    """How far a rule is for want of something: of bond and rule farthest, of the kind of event or the text's time farther."""
    if lacking.condition in ("party", "rule"):
        return 3
    return 2 if lacking.proof.kind in ("kind", "rule-dates") else 1


def _in_treaty(
    world: World, treaty: Treaty, bearer: str, modality: str, act: str, toward: str | None,
    origins: frozenset[str] | None = None,
) -> Iterator[NearMiss]:  # fmt: skip
    for rule in (*rules_of(world, treaty, counting=False), *standing_rules(world, treaty)):
        if rule.modality != modality or not any(meets(own, act) or meets(act, own) for own in rule.acts):
            continue
        if rule.when is None:
            parts = list(stand(world, treaty, rule, bearer, toward).parts)
            if all(part.truth is not NO for part in parts):
                stands = [f for own in rule.acts for f in between(world, treaty, rule, own, bearer, toward)]
                parts += _beaten(world, stands)
            yield _miss(treaty, rule, bearer, act, toward, parts)
            continue
        for occurrence in _relevant(world, treaty, rule, toward):
            if origins is None or occurrence.origin.id in origins:
                yield _try(world, treaty, rule, bearer, act, toward, occurrence)
        yield _phantom(world, treaty, rule, bearer, act, toward)


def _relevant(world: World, treaty: Treaty, rule: Rule, toward: str | None) -> list[Occurrence]:
    """What was done to the one asked about; mirrored, what it did to others; all, where another is owed."""
    assert rule.when is not None
    if not _owed_to_target(rule):
        return of_kinds(seen_by(world, treaty), rule.when.kinds)
    key = ("relevant", treaty.id, toward)
    found: list[Occurrence] = remember(world, key, lambda: _done_to_or_by(world, treaty, toward))
    return [o for o in found if not is_kind(o.kinds, FRIENDLY) or is_kind(o.kinds, rule.when.kinds)]


def _owed_to_target(rule: Rule) -> bool:
    if rule.whom is None or (rule.whom.op == "role" and rule.whom.name == "target"):
        return True
    return rule.when is not None and rule.whom.op == "code" and rule.whom == rule.when.on


def _done_to_or_by(world: World, treaty: Treaty, toward: str | None) -> list[Occurrence]:
    index = seen_by(world, treaty)
    seen = {id(o): o for group in index.values() for o in group}
    mine = [o for o in seen.values() if o.target == toward]
    mirrored = [o for o in seen.values() if o.actor == toward and o.target is not None and is_kind(o.kinds, HOSTILE)]
    # what happened before what it counts as: of two misses equally near, the plainer is told
    return sorted(
        (*mine, *mirrored), key=lambda o: (o.origin.id, bool(o.rules), o.kinds, o.actor or "", o.target or "")
    )


def _try(
    world: World, treaty: Treaty, rule: Rule, bearer: str, act: str, toward: str | None, occurrence: Occurrence
) -> NearMiss:
    assert rule.when is not None
    mirrored = _owed_to_target(rule) and occurrence.target != toward
    target, actor = (toward, occurrence.target) if mirrored else (occurrence.target, occurrence.actor)
    day = day_for(world, treaty, occurrence, target)
    binding = Binding(treaty, day, occurrence, target, actor, bearer, toward, rule)
    parts = list(matches(world, rule.when, binding))
    binding = binding.on_day(day_for(world, treaty, occurrence, None if is_open(rule) else bearer, day))
    if mirrored and rule.when.involves is None:
        parts.append(fact("direction", False, toward, occurrence.origin, at=occurrence.origin.at, missing="direction"))
    parts += _bearing(world, rule, binding)
    if all(part.truth is not NO for part in parts):
        fired = try_rule(world, treaty, rule, occurrence)
        parts += _beaten(world, [f for f in fired if (f.bearer, f.toward) == (bearer, toward)])
    return _miss(treaty, rule, bearer, act, toward, parts)


def _beaten(world: World, mine: list[Firing]) -> Iterator[Proof]:
    """What defeats a rule that fires or stands here."""
    near = touched(world, mine)
    winners = [firing for found in all_fired(world).values() for firing in found]
    winners += [
        ban for name in sorted(world.treaties) for ban in standing(world, world.treaties[name], near, frozenset())
    ]
    stands = all(firing.occurrence is None for firing in mine)
    for firing in prevail(world, mine, running(world, winners) if stands else winners):
        if firing.proof.truth is NO and firing.proof.kind == "weighed":
            yield from (part for part in firing.proof.parts if part.truth is NO)


def _phantom(world: World, treaty: Treaty, rule: Rule, bearer: str, act: str, toward: str | None) -> NearMiss:
    """The rule with no event at all: what would have to happen, and who is bound."""
    assert rule.when is not None
    binding = Binding(treaty, world.day, None, toward, None, bearer, toward, rule)
    kinds = " ".join(_awaited(world, treaty, rule))
    parts = [fact("no-event", False, rule.when.kinds, toward, at=rule.at, missing=kinds)]
    victim = rule.when.on or rule.when.involves
    if victim is not None and toward is not None:
        parts.append(belongs(world, victim, toward, binding))
    return _miss(treaty, rule, bearer, act, toward, [*parts, *_bearing(world, rule, binding)])


def label_misses(world: World, treaty: Treaty, path: str, actor: str, target: str) -> Iterator[NearMiss]:
    """Each rule under the path that labels, tried on what the actor did to the target (either may be empty: anyone)."""
    for rule in rules_of(world, treaty, counting=True):
        if path not in ("", rule.path, rule.article):
            continue
        for occurrence in {id(o): o for group in seen_by(world, treaty).values() for o in group}.values():
            by_another = rule.counts_by is not None or actor in ("", occurrence.actor)
            if by_another and target in ("", occurrence.target):
                day = day_for(world, treaty, occurrence, occurrence.target)
                binding = Binding(treaty, day, occurrence, occurrence.target, occurrence.actor, rule=rule)
                parts = [*matches(world, rule.when, binding)] if rule.when is not None else []
                parts += every_condition(world, rule, binding)
                yield _miss(treaty, rule, actor, rule.acts[0], target, parts)


def _awaited(world: World, treaty: Treaty, rule: Rule) -> list[str]:
    """The kinds a rule waits for, and for a label the kinds that would derive it."""
    assert rule.when is not None
    words = list(rule.when.kinds)
    for other in rules_of(world, treaty, counting=True):
        if other.when is not None and is_kind(other.acts, rule.when.kinds):
            words += other.when.kinds
    return list(dict.fromkeys(words))


def _bearing(world: World, rule: Rule, binding: Binding) -> Iterator[Proof]:
    treaty, bearer = binding.treaty, binding.bearer
    assert bearer is not None
    borne = belongs(world, rule.who, bearer, binding, as_bearer=True)
    yield borne
    if may_turn_on_its_side(rule) and attackers(world, binding).get(bearer, FALSE).truth is YES:
        yield fact("direction", False, bearer, missing="direction")
    if rule.whom is not None and binding.toward is not None:
        yield belongs(world, rule.whom, binding.toward, binding, as_whom=True)
    if binding.toward is not None and suspended_toward(world, treaty, bearer, binding.toward, binding.day):
        yield fact("suspended", False, treaty, bearer, binding.toward, missing="party")
    if rule.force.covers(binding.day) is False:
        yield fact("rule-dates", False, rule, at=rule.at, missing="in-force")
    for condition in rule.conditions:
        yield from bearer_tests(
            world, replace(rule, conditions=(condition,), exceptions=(), jointly=False, decides_whether=None), binding
        )
    yield from bearer_tests(world, replace(rule, conditions=()), binding)


def _miss(treaty: Treaty, rule: Rule, bearer: str, act: str, toward: str | None, parts: list[Proof]) -> NearMiss:
    lacking: dict[str, Missing] = {}
    for part in parts:
        if part.truth is NO:
            for word, proof in _lacks(part):
                lacking.setdefault(word, Missing(word, proof))
    return NearMiss(treaty, rule, bearer, act, toward, tuple(lacking.values()))


def _lacks(proof: Proof) -> Iterator[tuple[str, Proof]]:
    """The words for what fails in a refuted part."""
    if proof.missing:
        for word in proof.missing.split():
            yield word, proof
        return
    failing = [part for part in proof.parts if part.truth is not YES] if proof.kind not in ("denied", "unless") else []
    if not failing:
        yield proof.kind, proof
    for part in failing:
        if part.truth is NO:
            yield from _lacks(part)


def not_bound(assessment: Assessment) -> tuple[NearMiss, ...]:
    """For those with a bond to the ones things were done to, or to those who did them: the nearest rule that did not bind."""
    world = assessment.world
    owed: dict[tuple[str, str, str | None], set[str]] = {}
    for finding in assessment.findings:
        if finding.modality == "must" and not finding.standing:
            owed.setdefault((finding.treaty.id, finding.bearer, finding.toward), set()).add(finding.act)
    found: list[NearMiss] = []
    for name in sorted(world.treaties):
        treaty = world.treaties[name]
        unsigned = treaty.signed is not None and treaty.signed.first > world.day
        if (
            unsigned
            or treaty.binding != "legal"
            or treaty.all_states
            or treaty.parties_of is not None
            or treaty.prevails_over_all
        ):
            continue
        for toward in sorted(_concerned(world)):
            found += _for_beneficiary(world, treaty, toward, owed)
    return tuple(miss for miss in found if assessment.only in (None, miss.bearer))


def _concerned(world: World) -> set[str]:
    """Those to whom force was done or who were threatened or shaken, and those who did it unanswered."""
    grave = [o for o in (*occurrences(world), *common_labels(world)) if is_kind(o.kinds, GRAVE)]
    struck = {o.target for o in grave if o.target is not None}
    began = {o.actor for o in grave if o.actor is not None and is_response(world, o.origin, o.target).truth is NO}
    return struck | began


def _for_beneficiary(
    world: World, treaty: Treaty, toward: str, owed: Mapping[tuple[str, str, str | None], set[str]]
) -> Iterator[NearMiss]:
    ever = {*parties_of(world, treaty), *(code for group in treaty.groups.values() for code in group)}
    if toward not in ever:
        return
    rules = [rule for rule in rules_of(world, treaty, counting=False) if rule.modality == "must" and _helpful(rule)]
    bearers = {code for rule in rules for code in candidates(world, rule.who, _seeking(world, treaty, toward, rule))}
    for bearer in sorted(bearers - {toward}):
        already = owed.get((treaty.id, bearer, toward), set())
        if any(act in HELPING for act in already):
            continue
        tries = [
            miss for act in sorted({act for rule in rules for act in rule.acts})
            for miss in _in_treaty(world, treaty, bearer, "must", act, toward)
            if miss.missing and miss.rule is not None and miss.rule.when is not None
        ]  # fmt: skip
        # whether it must fight is what is asked of an ally, also of one that owes talks
        helping = [miss for miss in tries if meets(miss.act, "assist")] or ([] if already else tries)
        if helping and "party" not in _words(nearest := min(helping, key=_distance)):
            yield nearest


def _helpful(rule: Rule) -> bool:
    """Whether the rule owes help, in some form, to the one struck."""
    helps = any(meets(act, "assist") or act in ("consult", "mobilise") for act in rule.acts)
    return helps and (
        rule.whom is None or (rule.whom.op == "role" and rule.whom.name in ("target", "party", "other-parties"))
    )


def _seeking(world: World, treaty: Treaty, toward: str, rule: Rule) -> Binding:
    return Binding(treaty, world.day, None, toward, None, None, toward, rule)
