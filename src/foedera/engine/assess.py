"""How an answer is put together: every duty judged under all readings, findings, dilemmas, open questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from foedera.engine.answer_types import Assessment, Finding, Question, ReadingEffect
from foedera.engine.case import Case, make_world
from foedera.engine.dilemmas import dilemmas
from foedera.engine.fire import Firing
from foedera.engine.hold import Key, hold
from foedera.engine.lifecycle import Stage, current, stage
from foedera.engine.proof import FALSE, Diagrams, Proof, Verdict, both, either
from foedera.engine.readings import Variant, tried, variants
from foedera.engine.world import World
from foedera.truth import NO, UNKNOWN, YES, Truth


def assess(case: Case) -> Assessment:
    """Who must, may and must not do what, why, and what it hinges on."""
    plain = hold(make_world(case), case)
    world = plain.world
    readings = variants(case, world) if case.reading is None else ()
    outcomes = [(variant, tried(plain, case, variant)) for variant in readings]
    diagrams = Diagrams()
    findings = tuple(_findings(world, plain.groups, outcomes, diagrams))
    clashes = dilemmas(world, findings, diagrams)
    answers = dict(diagrams.answers)
    for variant, _ in outcomes:
        known = answers.get(variant.hinge, ("plain",))
        answers[variant.hinge] = known if variant.option in known else (*known, variant.option)
    return Assessment(world, case.reading, findings, clashes, tuple(_questions(findings, answers)), answers)


class _Judged(Struct, frozen=True, gc=False):
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
    outcomes: list[tuple[Variant, dict[Key, list[Firing]]]],
    diagrams: Diagrams,
) -> Iterator[Finding]:
    """Findings in a fixed order: pairs of one duty with the same verdict become one."""
    other: dict[Key, list[tuple[Variant, list[Firing]]]] = {key: [] for key in plain}
    for variant, groups in outcomes:
        for key, firings in groups.items():
            other.setdefault(key, []).append((variant, firings))
    merged: dict[tuple[object, ...], list[_Judged]] = {}
    for key in sorted(other):
        judged = _judge(world, plain.get(key, []), other[key], diagrams)
        if judged is None:
            continue
        first = judged.firings[0]
        since = _since(world, judged.firings)
        group = (first.bearer, first.rule.modality, first.act, first.toward or "", first.treaty.id, first.rule.path,
                 judged.holds.value, judged.hinges, judged.effects, judged.stage.status, judged.plain.value, since)  # fmt: skip
        merged.setdefault(group, []).append(judged)
    ordered = sorted(merged.items(), key=lambda item: (*map(str, item[0][:6]), item[0][6:7], _enemies(item[1])))
    for number, (_, group_of) in enumerate(ordered, 1):
        yield _finding(world, f"f{number}", group_of)


def _enemies(judged: list[_Judged]) -> tuple[str, ...]:
    return tuple(sorted({f.against for j in judged for f in j.firings if f.against is not None}))


def _since(world: World, firings: list[Firing]) -> date:
    """The day a duty arose as it now stands: that of the first firing that is sure, else of the first that may be."""
    firings = current(world, firings) if firings[0].rule.modality == "must" else firings
    return min([f.since for f in firings if f.proof.truth is YES] or [f.since for f in firings])


def _finding(world: World, name: str, judged: list[_Judged]) -> Finding:
    first = judged[0].firings[0]
    firings = [firing for part in judged for firing in part.firings]
    proof = judged[0].proof if len(judged) == 1 else both([part.proof for part in judged], "pairs")
    return Finding(
        id=name, treaty=first.treaty, rule=first.rule, bearer=first.bearer, act=first.act, toward=first.toward,
        against=_enemies(judged), holds=judged[0].holds, hinges=judged[0].hinges, readings=judged[0].effects,
        since=_since(world, judged[0].firings), stage=judged[0].stage if len(judged) == 1 else stage(world, firings),
        standing=first.occurrence is None, proof=proof,
        diagram=judged[0].verdict.diagram, firings=tuple(firings), reading_only=judged[0].plain is NO,
    )  # fmt: skip


def _judge(
    world: World, mine: list[Firing], outcomes: list[tuple[Variant, list[Firing]]], diagrams: Diagrams
) -> _Judged | None:
    """One duty, as it fires by the plain text and under each reading that makes it different."""
    proof = either([firing.proof for firing in mine], "firings") if mine else FALSE
    base = diagrams.verdict(proof)
    hinges, holds, effects = set(base.hinges), base.truth, []
    shown, shown_proof, verdict = mine, proof, base
    for variant, theirs in outcomes:
        their_proof = either([firing.proof for firing in theirs], "firings") if theirs else FALSE
        other = diagrams.verdict(their_proof)
        bond = theirs[0].treaty.binding if theirs else None
        rebound = bool(mine) and bond is not None and bond != mine[0].treaty.binding
        if other.diagram is base.diagram and not rebound:
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
