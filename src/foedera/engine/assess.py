"""The question put to the engine, and how its answer is put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from foedera.engine.answer_types import Assessment, Finding, Question, ReadingEffect
from foedera.engine.bind import bound, member
from foedera.engine.dilemmas import dilemmas
from foedera.engine.fire import Firing, all_fired, fire, fire_again
from foedera.engine.lifecycle import Stage, stage
from foedera.engine.priority import prevail
from foedera.engine.proof import FALSE, Diagrams, Proof, Verdict, both, either
from foedera.engine.standing import Pairs, standing, touched
from foedera.engine.world import BONDS, Memo, World, events_of, occurrences, start_of
from foedera.language.types import Change, Condition, Crisis, Party, ReadingOption, Rule, Treaty, apply_change
from foedera.language.vocabulary import is_kind
from foedera.states.registry import Registry
from foedera.truth import NO, UNKNOWN, YES, Truth

Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A question: a crisis and its instruments, a branch, a day, a reading, whose knowledge.

    `changes` are what the crisis's own readings change, by reading and treaty. `asked` names states
    that must be answered about although no event names them; `pairs` the pairs (bearer, toward) between
    which standing rules must be shown.
    """

    crisis: Crisis
    treaties: Mapping[str, Treaty]
    registry: Registry
    day: date
    branch: str | None = None
    reading: str | None = None
    viewer: str | None = None
    changes: Mapping[str, Mapping[str, Change]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Variant:
    """A reading tried against the plain text: the treaties as it has them."""

    question: str
    option: str
    standing: str
    treaties: Mapping[str, Treaty]
    hinge: str
    paths: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """What holds or may hold in a world: what fires and what stands, by instrument, and all as it prevails."""

    world: World
    fired: Mapping[str, list[Firing]]
    stood: Mapping[str, list[Firing]]
    near: Pairs
    groups: Mapping[Key, list[Firing]]
    strong: tuple[Firing, ...]

    def everything(self) -> Iterator[Firing]:
        """All that fires and stands."""
        for name in self.fired:
            yield from (*self.fired[name], *self.stood[name])


def assess(case: Case) -> Assessment:
    """Who must, may and must not do what, why, and what it hinges on."""
    plain = _held(make_world(case), case)
    world = plain.world
    tried = (
        [(variant, _tried(plain, case, variant)) for variant in _variants(case, world)] if case.reading is None else []
    )
    diagrams = Diagrams()
    findings = tuple(_findings(world, plain.groups, tried, diagrams))
    clashes = dilemmas(world, findings, diagrams)
    answers = dict(diagrams.answers)
    for variant, _ in tried:
        known = answers.get(variant.hinge, ("plain",))
        answers[variant.hinge] = known if variant.option in known else (*known, variant.option)
    return Assessment(world, case.reading, findings, clashes, tuple(_questions(findings, answers)), answers)


def _held(world: World, case: Case) -> _Held:
    """Everything that holds or may hold: triggered rules, then standing ones where they may bite."""
    fired = all_fired(world)
    near = touched(world, (firing for found in fired.values() for firing in found))
    stood = {name: list(standing(world, treaty, near, case.pairs)) for name, treaty in world.treaties.items()}
    both_kinds = (f for name in fired for f in (*fired[name], *stood[name]))
    strong = tuple(f for f in both_kinds if f.rule.overrides or f.rule.modality == "no_duty")
    return _Held(world, fired, stood, near, _prevailing(fired, stood), strong)


def _prevailing(
    fired: Mapping[str, list[Firing]], stood: Mapping[str, list[Firing]], winners: Iterable[Firing] = ()
) -> dict[Key, list[Firing]]:
    """What is left after overrides, by duty and pair; `winners` may defeat but are not themselves asked about."""
    strong = list(winners)
    bans = [firing for name in sorted(stood) for firing in stood[name]]
    triggered = prevail((firing for name in sorted(fired) for firing in fired[name]), [*bans, *strong])
    fixed = prevail(bans, [*triggered, *strong])
    groups: dict[Key, list[Firing]] = {}
    for firing in (*triggered, *fixed):
        if firing.proof.truth is not NO and firing.rule.modality != "no_duty":
            groups.setdefault(firing.key, []).append(firing)
    return groups


def _tried(plain: _Held, case: Case, variant: _Variant) -> dict[Key, list[Firing]]:
    """The duties that a reading makes different, by key; an empty list where it takes one away."""
    world, changed = plain.world, variant.treaties
    treaties = {**world.treaties, **changed}
    if _reaches_others(world, variant):
        groups = _held(replace(world, treaties=treaties, memo=Memo()), case).groups
        return _different(plain.groups, groups, None)
    same = BONDS if variant.paths is not None else frozenset[str]()
    other = replace(world, treaties=treaties, memo=Memo({}, world.memo.found, frozenset(changed), same))
    fired = {
        name: _fired_again(other, plain.fired[name], world.treaties[name], treaty, variant.paths)
        for name, treaty in changed.items()
    }
    if variant.paths is not None and _idle(plain, fired, variant.paths):
        return {}
    near = _joined(plain.near, touched(other, (f for found in fired.values() for f in found)))
    same_bans = near == plain.near and variant.paths is not None and not _has_standing(changed, variant.paths)
    redone = {} if same_bans else changed if near == plain.near else treaties
    stood = {
        **plain.stood,
        **{name: list(standing(other, treaty, near, case.pairs)) for name, treaty in redone.items()},
    }
    if near != plain.near or _may_defeat(world, changed):
        return _different(plain.groups, _prevailing({**plain.fired, **fired}, stood), None, frozenset(changed))
    yielding = any(rule.yields_to for treaty in changed.values() for rule in treaty.rules)
    rest = [f for f in (plain.everything() if yielding else plain.strong) if f.treaty.id not in changed]
    return _different(
        plain.groups, _prevailing(fired, {name: stood[name] for name in changed}, rest), frozenset(changed)
    )


def _idle(plain: _Held, fired: Mapping[str, list[Firing]], paths: frozenset[str]) -> bool:
    """Whether the rules that a reading changes neither fired before nor fire now, and none of them stands untriggered."""
    for name, found in fired.items():
        if any(firing.rule.path in paths for firing in (*plain.fired[name], *found)):
            return False
        if any(rule.when is None and rule.path in paths for rule in plain.world.treaties[name].rules):
            return False
    return True


def _joined(one: Pairs, other: Pairs) -> Pairs:
    return {act: one.get(act, frozenset()) | other.get(act, frozenset()) for act in (*one, *other)}


def _has_standing(treaties: Mapping[str, Treaty], paths: frozenset[str]) -> bool:
    return any(rule.when is None for treaty in treaties.values() for rule in treaty.rules if rule.path in paths)


def _may_defeat(world: World, treaties: Mapping[str, Treaty]) -> bool:
    """Whether a rule of these instruments, before or after, may defeat one of another, or is watched by one that yields."""
    both_texts = [treaty for name in treaties for treaty in (world.treaties[name], treaties[name])]
    defeats = any(rule.overrides or rule.modality == "no_duty" for treaty in both_texts for rule in treaty.rules)
    watched = {
        path.split("/")[0] for treaty in world.treaties.values() for rule in treaty.rules for path in rule.yields_to
    }
    return defeats or not watched.isdisjoint(treaties)


def _fired_again(
    world: World, before: list[Firing], plain: Treaty, treaty: Treaty, paths: frozenset[str] | None
) -> list[Firing]:
    """What fires under a reading; where it only changes duties (`paths`), the other rules keep their firings."""
    if paths is None:
        return fire(world, treaty)
    found = [firing for firing in before if firing.rule.path not in paths]
    was = {rule.path: rule for rule in plain.rules if rule.path in paths}
    anew = set(paths)
    for rule in treaty.rules:
        if rule.path in paths and rule.path in was and _same_effect(was[rule.path], rule):
            mine = [firing for firing in before if firing.rule.path == rule.path]
            found += fire_again(world, treaty, was[rule.path], rule, mine)
            anew.discard(rule.path)
    return found + (fire(world, treaty, frozenset(anew)) if anew else [])


def _same_effect(was: Rule, rule: Rule) -> bool:
    """Whether two texts of a duty differ in nothing but their trigger, their conditions and what is only shown."""
    if was.when is None or rule.when is None or was.when.involves != rule.when.involves:
        return False
    return all(getattr(was, f.name) == getattr(rule, f.name) for f in fields(Rule) if f.name not in TRIGGER_OR_SHOWN)


TRIGGER_OR_SHOWN = ("when", "conditions", "exceptions", "at", "strength", "decides_how", "says", "sources", "examples")


def _different(
    plain: Mapping[Key, list[Firing]], other: Mapping[Key, list[Firing]], about: frozenset[str] | None,
    changed: frozenset[str] | None = None,
) -> dict[Key, list[Firing]]:  # fmt: skip
    """The duties, of these instruments or of all, that came out otherwise.

    A ban of an instrument that was not changed, and that only comes into view, is no difference.
    """
    found = {
        key: firings for key, firings in other.items()
        if not _same(firings, plain.get(key, []))
        and (changed is None or key in plain or key[0] in changed or firings[0].occurrence is not None)
    }  # fmt: skip
    return found | {key: [] for key in plain if key not in other and (about is None or key[0] in about)}


def _same(one: list[Firing], other: list[Firing]) -> bool:
    """The same proofs, or sure ones, under instruments that bind alike."""
    if not one or not other or one[0].treaty.binding != other[0].treaty.binding:
        return False
    if any(f.proof.truth is YES for f in one) and any(f.proof.truth is YES for f in other):
        return True
    return len(one) == len(other) and all(a.proof is b.proof for a, b in zip(one, other, strict=True))


def make_world(case: Case) -> World:
    """The world that the case describes, with its reading applied."""
    crisis = case.crisis
    branch = crisis.branches[case.branch] if case.branch is not None else None
    facts = {**crisis.facts, **(branch.facts if branch else {})}
    chosen, settled = _chosen(case)
    treaties = {name: chosen.get(name, treaty) for name, treaty in case.treaties.items()}
    return World(
        registry=case.registry, treaties=treaties, actors=crisis.actors, places=crisis.places, day=case.day,
        viewer=case.viewer, events=events_of(crisis, branch, case.day, case.viewer), facts=facts, settled=settled,
        open=crisis.open, asked=case.asked,
    )  # fmt: skip


def _chosen(case: Case) -> tuple[dict[str, Treaty], dict[str, str]]:
    """The treaties and facts as the reading that was asked for has them."""
    treaties: dict[str, Treaty] = {}
    settled: dict[str, str] = {}
    if case.reading in (None, "plain"):
        return treaties, settled
    bundle = case.crisis.readings.get(case.reading or "")
    choices = dict(bundle.set) if bundle is not None else _choices(case.reading or "")
    for name, value in choices.items():
        found = _question(case, name)
        if found is None:
            settled[name] = value
            continue
        treaty_id, question = found
        if value != "plain":
            option = case.treaties[treaty_id].readings[question].options[value]
            treaties[treaty_id] = apply_change(treaties.get(treaty_id, case.treaties[treaty_id]), option.change)
    for treaty_id, change in case.changes.get(case.reading or "", {}).items():
        treaties[treaty_id] = apply_change(treaties.get(treaty_id, case.treaties[treaty_id]), change)
    return treaties, settled


def _choices(reading: str) -> dict[str, str]:
    """`question=option`, several with commas."""
    pairs = (part.partition("=") for part in reading.split(","))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _question(case: Case, name: str) -> tuple[str, str] | None:
    """The treaty and the reading question that a name means, if it means one."""
    treaty_id, _, question = name.rpartition(".")
    if treaty_id:
        treaty = case.treaties.get(treaty_id)
        return (treaty_id, question) if treaty is not None and question in treaty.readings else None
    return next(((t, name) for t in sorted(case.treaties) if name in case.treaties[t].readings), None)


def knows_reading(case: Case, reading: str) -> bool:
    """Whether the crisis or its instruments have such a reading, so that nothing is silently plain."""
    if reading == "plain" or reading in case.crisis.readings:
        return True
    return all(_knows_choice(case, name, value) for name, value in _choices(reading).items())


def _knows_choice(case: Case, name: str, value: str) -> bool:
    found = _question(case, name)
    if found is not None:
        return value == "plain" or value in case.treaties[found[0]].readings[found[1]].options
    events = [*case.crisis.events, *(e for b in case.crisis.branches.values() for e in b.add)]
    branch = case.crisis.branches.get(case.branch or "")
    facts = {**case.crisis.facts, **(branch.facts if branch is not None else {})}
    event, _, attribute = name.partition(".")
    if event in case.treaties and attribute == "in-force":
        facts.setdefault(name, case.treaties[event].in_force)
    if name in facts:
        return value in {o.label for spell in facts[name] for o in spell.options}
    known = any(e.id == event for e in events) or event in case.crisis.places or event in case.registry.places
    return bool(value) and (
        known or (event in case.treaties and attribute.split("@")[0] in case.treaties[event].questions)
    )


def _reaches_others(world: World, variant: _Variant) -> bool:
    """Whether other instruments read what the reading changes: common labels, or who is a member."""
    for name, treaty in variant.treaties.items():
        if any(rule.for_all for rule in treaty.rules):
            return True
        if treaty.parties == world.treaties[name].parties and treaty.in_force == world.treaties[name].in_force:
            continue
        watched = {name} & {other.parties_of for other in world.treaties.values()}
        conditions = {c.treaty for other in world.treaties.values() for rule in other.rules for c in _flat(rule)}
        if watched or name in conditions or _other_members(world, world.treaties[name], treaty):
            return True
    return False


def _flat(rule: Rule) -> Iterator[Condition]:
    todo = [*rule.conditions, *rule.exceptions]
    while todo:
        condition = todo.pop()
        yield condition
        todo += condition.parts


def _other_members(world: World, before: Treaty, after: Treaty) -> bool:
    """Whether an organisation has other members on a day on which an event is `to` or `on` it."""
    body = before.organisation
    days = {start_of(event) for event in world.events if body is not None and body in (*event.to, *event.on)}
    fellows = [t for t in world.treaties.values() if t.organisation == body and t.id != before.id]
    moved = [code for code in {*before.parties, *after.parties} if before.parties.get(code) != after.parties.get(code)]
    if before.in_force != after.in_force:
        moved = list(before.parties)
    return any(all(bound(world, t, code, day).truth is not YES for t in fellows) for code in moved for day in days)


def _variants(case: Case, world: World) -> Iterator[_Variant]:
    """The readings that may touch a proof, one at a time."""
    kinds = {kind for occurrence in occurrences(world) for kind in occurrence.kinds}
    for name in sorted(world.treaties):
        treaty = world.treaties[name]
        for question in sorted(treaty.readings):
            for option in treaty.readings[question].options.values():
                if _may_touch(world, treaty, option, kinds):
                    changed = {name: apply_change(treaty, option.change)}
                    hinge = f"{name}.{question}"
                    yield _Variant(
                        hinge, option.name, option.standing, changed, hinge, _only_duties(treaty, option.change)
                    )
    for bundle_id in sorted(case.changes):
        bundle = case.crisis.readings[bundle_id]
        changed = {
            t: apply_change(world.treaties[t], c) for t, c in case.changes[bundle_id].items() if t in world.treaties
        }
        if changed:
            yield _Variant(bundle_id, bundle_id, bundle.standing, changed, bundle_id)


def _only_duties(treaty: Treaty, change: Change) -> frozenset[str] | None:
    """The rules that a reading changes, when none of them labels events and the instrument's own keys stay."""
    before = {rule.path: rule for rule in treaty.rules}
    touched = [rule for path, after in change.rules.items() for rule in (before.get(path), after) if rule is not None]
    labels = any(rule.modality == "counts_as" for rule in touched)
    return None if change.own or labels else frozenset(change.rules)


def _may_touch(world: World, treaty: Treaty, option: ReadingOption, kinds: set[str]) -> bool:
    own = option.change.own
    if set(own) == {"parties"} and isinstance(own["parties"], dict):
        gone = set(treaty.parties) - set(own["parties"])
        return bool(gone) or any(_moved(world, treaty, code, party) for code, party in own["parties"].items())
    if own:
        return True
    rules = {rule.path: rule for rule in treaty.rules}
    for path, changed in option.change.rules.items():
        for rule in (rules.get(path), changed):
            if rule is not None and (rule.when is None or _sees(treaty, rule, kinds)):
                return True
    return False


def _moved(world: World, treaty: Treaty, code: str, after: Party) -> bool:
    """Whether a party's changed dates make a difference on a day that matters here."""
    before = treaty.parties.get(code)
    if before is None or before == after:
        return before is None
    days = {world.day, *(o.day for o in occurrences(world))}
    return any(
        member(world, treaty, code, before, day).truth is not member(world, treaty, code, after, day).truth
        for day in days
    )


def _sees(treaty: Treaty, rule: Rule, kinds: set[str]) -> bool:
    """Whether an event of the crisis, or a label that may be derived from one, is of the rule's kinds."""
    assert rule.when is not None
    labels = {kind for other in treaty.rules if other.modality == "counts_as" for kind in other.acts}
    return is_kind(kinds | labels, rule.when.kinds)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One duty toward one enemy, with its verdict over all readings tried."""

    firings: list[Firing]
    proof: Proof
    verdict: Verdict
    effects: tuple[ReadingEffect, ...]
    hinges: tuple[str, ...]
    holds: Truth
    plain: Truth
    stage: Stage


def _findings(
    world: World,
    plain: Mapping[Key, list[Firing]],
    tried: list[tuple[_Variant, dict[Key, list[Firing]]]],
    diagrams: Diagrams,
) -> Iterator[Finding]:
    """Findings in a fixed order: pairs of one duty with the same verdict become one."""
    keys = set(plain).union(*(groups for _, groups in tried)) if tried else set(plain)
    merged: dict[tuple[object, ...], list[_Judged]] = {}
    for key in sorted(keys):
        judged = _judge(world, key, plain, tried, diagrams)
        if judged is None:
            continue
        first = judged.firings[0]
        since = _since(judged.firings)
        group = (first.bearer, first.rule.modality, first.act, first.toward or "", first.treaty.id, first.rule.path,
                 judged.holds.value, judged.hinges, judged.effects, judged.stage.status, judged.plain.value, since)  # fmt: skip
        merged.setdefault(group, []).append(judged)
    ordered = sorted(merged.items(), key=lambda item: (*map(str, item[0][:6]), item[0][6:7], _enemies(item[1])))
    for number, (_, group_of) in enumerate(ordered, 1):
        yield _finding(world, f"f{number}", group_of)


def _enemies(judged: list[_Judged]) -> tuple[str, ...]:
    return tuple(sorted({f.against for j in judged for f in j.firings if f.against is not None}))


def _since(firings: list[Firing]) -> date:
    """The day a duty arose: that of the first firing that is sure, else of the first that may be."""
    return min([f.since for f in firings if f.proof.truth is YES] or [f.since for f in firings])


def _finding(world: World, name: str, judged: list[_Judged]) -> Finding:
    first = judged[0].firings[0]
    firings = [firing for part in judged for firing in part.firings]
    proof = judged[0].proof if len(judged) == 1 else both([part.proof for part in judged], "pairs")
    return Finding(
        id=name, treaty=first.treaty, rule=first.rule, bearer=first.bearer, act=first.act, toward=first.toward,
        against=_enemies(judged), holds=judged[0].holds, hinges=judged[0].hinges, readings=judged[0].effects,
        since=_since(firings), stage=judged[0].stage if len(judged) == 1 else stage(world, firings),
        standing=first.occurrence is None, proof=proof,
        diagram=judged[0].verdict.diagram, firings=tuple(firings), reading_only=judged[0].plain is NO,
    )  # fmt: skip


def _judge(
    world: World,
    key: Key,
    plain: Mapping[Key, list[Firing]],
    tried: list[tuple[_Variant, dict[Key, list[Firing]]]],
    diagrams: Diagrams,
) -> _Judged | None:
    mine = plain.get(key, [])
    proof = either([firing.proof for firing in mine], "firings") if mine else FALSE
    base = diagrams.verdict(proof)
    hinges, holds, effects = set(base.hinges), base.truth, []
    shown, shown_proof, verdict = mine, proof, base
    for variant, groups in tried:
        if key not in groups:
            continue
        theirs = groups[key]
        their_proof = either([firing.proof for firing in theirs], "firings") if theirs else FALSE
        other = diagrams.verdict(their_proof)
        bond = theirs[0].treaty.binding if theirs else None
        rebound = bool(mine) and bond is not None and bond != mine[0].treaty.binding
        if other.diagram == base.diagram and not rebound:
            continue
        effects.append(
            ReadingEffect(variant.question, variant.option, variant.standing, other.truth, bond if rebound else None)
        )
        if variant.standing == "rival":
            hinges |= {variant.hinge, *other.hinges}
            holds = UNKNOWN
            if not shown:
                shown, shown_proof, verdict = theirs, their_proof, other
    if not shown or holds is NO:
        return None
    return _Judged(
        shown, shown_proof, verdict, tuple(effects), tuple(sorted(hinges)), holds, base.truth, stage(world, shown)
    )


def _questions(findings: Iterable[Finding], answers: Mapping[str, tuple[str, ...]]) -> list[Question]:
    """The open questions, those that decide most findings first."""
    count: dict[str, int] = {}
    for finding in findings:
        for hinge in finding.hinges:
            count[hinge] = count.get(hinge, 0) + 1
    ranked = sorted(count, key=lambda name: (-count[name], name))
    return [Question(name, answers.get(name, ("yes", "no")), count[name]) for name in ranked]
