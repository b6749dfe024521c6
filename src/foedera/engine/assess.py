"""The question put to the engine, and how its answer is put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from foedera.engine.bind import member
from foedera.engine.answer_types import Assessment, Finding, Question, ReadingEffect
from foedera.engine.dilemmas import dilemmas
from foedera.engine.fire import Firing, fire, has_open_bearers
from foedera.engine.lifecycle import stage
from foedera.engine.priority import HELPING, prevail
from foedera.engine.proof import FALSE, Diagrams, Proof, Verdict, both, either
from foedera.engine.standing import standing, touched
from foedera.engine.world import World, events_of, occurrences
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
    public: bool = False
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


def assess(case: Case) -> Assessment:
    """Who must, may and must not do what, why, and what it hinges on."""
    world, fired = _fired(make_world(case))
    plain = _duties(world, case, fired)
    tried: list[tuple[_Variant, dict[Key, list[Firing]]]] = []
    if case.reading is None:
        for variant in _variants(case, world):
            tried.append((variant, _grouped(_tried(world, case, variant, fired))))
    diagrams = Diagrams()
    findings = tuple(_findings(world, _grouped(plain), tried, diagrams))
    clashes = dilemmas(world, findings, diagrams)
    answers = dict(diagrams.answers)
    for variant, _ in tried:
        known = answers.get(variant.hinge, ("plain",))
        answers[variant.hinge] = known if variant.option in known else (*known, variant.option)
    return Assessment(world, case.reading, findings, clashes, tuple(_questions(findings, answers)), answers)


def _fired(world: World) -> tuple[World, dict[str, list[Firing]]]:
    """What fires; rules for any state come last and also look at those whom the others bind to help."""
    closed = {name: treaty for name, treaty in world.treaties.items() if not has_open_bearers(treaty)}
    fired = {name: fire(world, treaty) for name, treaty in closed.items()}
    helpers = {f.bearer for found in fired.values() for f in found if f.rule.modality == "must" and f.act in HELPING}
    memo = {key: value for key, value in world.memo.items() if key != "interest"}
    wider = replace(world, asked=world.asked | helpers, memo=memo)
    fired |= {name: fire(wider, treaty) for name, treaty in world.treaties.items() if name not in closed}
    return wider, fired


def make_world(case: Case) -> World:
    """The world that the case describes, with its reading applied."""
    crisis = case.crisis
    branch = crisis.branches[case.branch] if case.branch is not None else None
    facts = {**crisis.facts, **(branch.facts if branch else {})}
    chosen, settled = _chosen(case)
    treaties = {name: chosen.get(name, treaty) for name, treaty in case.treaties.items()}
    return World(
        registry=case.registry, treaties=treaties, actors=crisis.actors, places=crisis.places, day=case.day,
        public=case.public, events=events_of(crisis, branch, case.day, case.public), facts=facts, settled=settled,
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
    facts = {**case.crisis.facts}
    for branch in case.crisis.branches.values():
        facts.update(branch.facts)
    if name in facts:
        labels = {o.label for spell in facts[name] for o in spell.options}
        return value in labels
    event, _, attribute = name.partition(".")
    known = any(e.id == event for e in events)
    return bool(value) and (known or (event in case.treaties and attribute.split("@")[0] in case.treaties[event].questions))


def _duties(world: World, case: Case, fired: Mapping[str, list[Firing]]) -> list[Firing]:
    """Everything that holds or may hold: triggered rules, then standing ones where they may bite."""
    triggered = prevail(firing for name in sorted(fired) for firing in fired[name])
    near = touched(world, triggered)
    fixed = [f for name in sorted(world.treaties) for f in standing(world, world.treaties[name], near, case.pairs)]
    fixed = prevail(fixed, [*triggered, *fixed])
    return [f for f in (*triggered, *fixed) if f.proof.truth is not NO and f.rule.modality != "no_duty"]


def _tried(world: World, case: Case, variant: _Variant, fired: Mapping[str, list[Firing]]) -> list[Firing]:
    """The duties under a reading; instruments that it cannot touch keep what they had."""
    treaties = {**world.treaties, **variant.treaties}
    if _reaches_others(world, variant):
        other = replace(world, treaties=treaties, memo={})
        wider, again = _fired(other)
        return _duties(wider, case, again)
    kept = {
        key: value for key, value in world.memo.items()
        if not (isinstance(key, tuple) and len(key) > 1 and isinstance(key[1], str) and key[1] in variant.treaties)
    }  # fmt: skip
    other = replace(world, treaties=treaties, memo=kept)
    again = {name: fire(other, treaty) for name, treaty in variant.treaties.items()}
    return _duties(other, case, {**fired, **again})


def _reaches_others(world: World, variant: _Variant) -> bool:
    """Whether other instruments read what the reading changes: common labels, or who is a member."""
    for name, treaty in variant.treaties.items():
        if any(rule.for_all for rule in treaty.rules):
            return True
        if treaty.parties == world.treaties[name].parties and treaty.in_force == world.treaties[name].in_force:
            continue
        watched = {name} & {other.parties_of for other in world.treaties.values()}
        conditions = {c.treaty for other in world.treaties.values() for rule in other.rules for c in _flat(rule)}
        if watched or name in conditions or (treaty.organisation is not None and _addressed(world, treaty.organisation)):
            return True
    return False


def _flat(rule: Rule) -> Iterator[Condition]:
    todo = [*rule.conditions, *rule.exceptions]
    while todo:
        condition = todo.pop()
        yield condition
        todo += condition.parts


def _addressed(world: World, organisation: str) -> bool:
    """Whether an event is `to` or `on` the organisation, so that it matters who its members are."""
    return any(organisation in (*event.to, *event.on) for event in world.events)


def _variants(case: Case, world: World) -> Iterator[_Variant]:
    """The readings that may touch a proof, one at a time."""
    kinds = {kind for occurrence in occurrences(world) for kind in occurrence.kinds}
    for name in sorted(world.treaties):
        treaty = world.treaties[name]
        for question in sorted(treaty.readings):
            for option in treaty.readings[question].options.values():
                if _may_touch(world, treaty, option, kinds):
                    changed = {name: apply_change(treaty, option.change)}
                    yield _Variant(f"{name}.{question}", option.name, option.standing, changed, f"{name}.{question}")
    for bundle_id in sorted(case.changes):
        bundle = case.crisis.readings[bundle_id]
        changed = {t: apply_change(world.treaties[t], c) for t, c in case.changes[bundle_id].items() if t in world.treaties}
        if changed:
            yield _Variant(bundle_id, bundle_id, bundle.standing, changed, bundle_id)


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
    return any(member(world, treaty, code, before, day).truth is not member(world, treaty, code, after, day).truth for day in days)


def _sees(treaty: Treaty, rule: Rule, kinds: set[str]) -> bool:
    """Whether an event of the crisis, or a label that may be derived from one, is of the rule's kinds."""
    assert rule.when is not None
    labels = {kind for other in treaty.rules if other.modality == "counts_as" for kind in other.acts}
    return is_kind(kinds | labels, rule.when.kinds)


def _grouped(firings: Iterable[Firing]) -> dict[Key, list[Firing]]:
    groups: dict[Key, list[Firing]] = {}
    for firing in firings:
        groups.setdefault(firing.key, []).append(firing)
    return groups


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


def _findings(
    world: World, plain: dict[Key, list[Firing]], tried: list[tuple[_Variant, dict[Key, list[Firing]]]], diagrams: Diagrams
) -> Iterator[Finding]:
    """Findings in a fixed order: pairs of one duty with the same verdict become one."""
    keys = set(plain).union(*(groups for _, groups in tried)) if tried else set(plain)
    merged: dict[tuple[object, ...], list[_Judged]] = {}
    for key in sorted(keys):
        judged = _judge(key, plain, tried, diagrams)
        if judged is None:
            continue
        first = judged.firings[0]
        status = stage(world, judged.firings).status
        group = (first.bearer, first.rule.modality, first.act, first.toward or "", first.treaty.id, first.rule.path,
                 judged.holds.value, judged.hinges, judged.effects, status, judged.plain.value)  # fmt: skip
        merged.setdefault(group, []).append(judged)
    ordered = sorted(merged.items(), key=lambda item: (*map(str, item[0][:6]), item[0][6:7], _enemies(item[1])))
    for number, (_, group_of) in enumerate(ordered, 1):
        yield _finding(world, f"f{number}", group_of)


def _enemies(judged: list[_Judged]) -> tuple[str, ...]:
    return tuple(sorted({f.against for j in judged for f in j.firings if f.against is not None}))


def _finding(world: World, name: str, judged: list[_Judged]) -> Finding:
    first = judged[0].firings[0]
    firings = [firing for part in judged for firing in part.firings]
    proof = judged[0].proof if len(judged) == 1 else both([part.proof for part in judged], "pairs")
    sure = [f.since for f in firings if f.proof.truth is YES] or [f.since for f in firings]
    return Finding(
        id=name, treaty=first.treaty, rule=first.rule, bearer=first.bearer, act=first.act, toward=first.toward,
        against=_enemies(judged), holds=judged[0].holds, hinges=judged[0].hinges, readings=judged[0].effects,
        since=min(sure), stage=stage(world, firings), standing=first.occurrence is None, proof=proof,
        diagram=judged[0].verdict.diagram, firings=tuple(firings), reading_only=judged[0].plain is NO,
    )  # fmt: skip


def _judge(
    key: Key, plain: dict[Key, list[Firing]], tried: list[tuple[_Variant, dict[Key, list[Firing]]]], diagrams: Diagrams
) -> _Judged | None:
    mine = plain.get(key, [])
    proof = either([firing.proof for firing in mine], "firings") if mine else FALSE
    base = diagrams.verdict(proof)
    hinges, holds, effects = set(base.hinges), base.truth, []
    shown, shown_proof, verdict = mine, proof, base
    for variant, groups in tried:
        theirs = groups.get(key, [])
        if len(mine) == len(theirs) and all(a.proof is b.proof for a, b in zip(mine, theirs, strict=True)):
            continue
        their_proof = either([firing.proof for firing in theirs], "firings") if theirs else FALSE
        other = diagrams.verdict(their_proof)
        if other.diagram == base.diagram:
            continue
        effects.append(ReadingEffect(variant.question, variant.option, variant.standing, other.truth))
        if variant.standing == "rival":
            hinges |= {variant.hinge, *other.hinges}
            holds = UNKNOWN
            if not shown:
                shown, shown_proof, verdict = theirs, their_proof, other
    if not shown or holds is NO:
        return None
    return _Judged(shown, shown_proof, verdict, tuple(effects), tuple(sorted(hinges)), holds, base.truth)


def _questions(findings: Iterable[Finding], answers: Mapping[str, tuple[str, ...]]) -> list[Question]:
    """The open questions, those that decide most findings first."""
    count: dict[str, int] = {}
    for finding in findings:
        for hinge in finding.hinges:
            count[hinge] = count.get(hinge, 0) + 1
    ranked = sorted(count, key=lambda name: (-count[name], name))
    return [Question(name, answers.get(name, ("yes", "no")), count[name]) for name in ranked]


