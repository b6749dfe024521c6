"""An answer as JSON: sorted lists, the same input gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

from foedera.answers.bonds import bonds_without
from foedera.answers.groups import DilemmaRow, standing_rows
from foedera.answers.page import dilemma_words
from foedera.answers.words import (
    HOLDS,
    finding_sentence,
    missing_words,
    name_of,
    near_miss_sentence,
    question_words,
    sentence,
)  # fmt: skip
from foedera.engine.answer_types import Assessment, Finding, NearMiss
from foedera.engine.missing import misses_by_enemy, near_misses, not_bound
from foedera.engine.proof import Proof
from foedera.engine.world import World
from foedera.language.sentences import rule_sentence
from foedera.language.types import Crisis
from foedera.library import receipt
from foedera.version import VERSION


def assessment_json(assessment: Assessment, crisis: Crisis, branch: str | None) -> dict[str, Any]:
    """The answer as plain values, in the shape of the design page's section 7."""
    world = assessment.world
    files = [crisis.at.file, *(treaty.at.file for treaty in world.treaties.values())]
    return {
        "crisis": crisis.id,
        "branch": branch,
        "on": world.day.isoformat(),
        "known_to": world.viewer,
        "reading": assessment.reading,
        "findings": [finding_json(world, finding) for finding in assessment.findings],
        "not_bound": [miss_json(world, miss) for miss in not_bound(assessment)],
        "dilemmas": [
            {
                "bearer": row.bearer, "duties": [row.first.id, *(second.id for second in row.seconds)], "severity": row.severity,
                "says": dilemma_words(world, DilemmaRow((row.bearer,), (row,))), "resolved_by": row.resolved_by,
            }
            for row in assessment.dilemmas
        ],
        "questions": [
            {"about": q.about, "asks": question_words(assessment, q.about), "answers": list(q.answers), "decides": q.decides}
            for q in assessment.questions
        ],
        "standing": [
            {
                "treaty": row.treaty.id, "article": row.rule.article, "rule": row.rule.id, "modality": row.rule.modality,
                "acts": list(row.rule.acts), "bearers": list(row.bearers), "toward": list(row.toward),
                "sentence": row.rule.says or rule_sentence(row.rule, row.treaty, lambda code: name_of(world, code)),
            }
            for row in standing_rows(assessment)
        ],
        "receipt": {"foedera": VERSION, "files": receipt(files)},
    }  # fmt: skip


def finding_json(world: World, finding: Finding) -> dict[str, Any]:
    """One finding with its proof."""
    until = finding.stage.until
    return {
        "id": finding.id,
        "bearer": finding.bearer,
        "modality": finding.modality,
        "act": finding.act,
        "toward": finding.toward,
        "against": list(finding.against),
        "treaty": finding.treaty.id,
        "article": finding.rule.article,
        "rule": finding.rule.id,
        "binding": finding.treaty.binding,
        "strength": finding.rule.strength,
        "means": list(finding.rule.means),
        "holds": HOLDS[finding.holds],
        "hinges_on": list(finding.hinges),
        "readings": [
            {
                "question": e.question,
                "option": e.option,
                "standing": e.standing,
                "holds": HOLDS[e.holds],
                "binding": e.binding,
            }
            for e in finding.readings
        ],
        "since": finding.since.isoformat(),
        "until": until.isoformat() if until else None,
        "status": finding.stage.status,
        "triggered": not finding.standing,
        "sentence": finding_sentence(world, finding),
        "proof": proof_json(world, finding.proof),
    }


def proof_json(world: World, proof: Proof) -> dict[str, Any]:
    """A proof tree: kind, truth, sentence, place, parts; junctions without words keep their parts."""
    node: dict[str, Any] = {"kind": proof.kind, "truth": proof.truth.value}
    text = sentence(world, proof)
    if text:
        node["says"] = text
    if proof.at is not None and proof.at.line > 0:
        node["at"] = f"{proof.at.file}:{proof.at.line}"
    if proof.question:
        node["question"] = proof.question
        node["answers"] = list(proof.answers)
    if proof.parts:
        node["parts"] = [proof_json(world, part) for part in proof.parts if part.kind != "nothing"]
    return node


def miss_json(world: World, miss: NearMiss) -> dict[str, Any]:
    """One near miss with every condition that lacks."""
    return {
        "bearer": miss.bearer,
        "modality": miss.rule.modality if miss.rule else "must",
        "act": miss.act,
        "toward": miss.toward,
        **({"against": [miss.against]} if miss.against else {}),
        "treaty": miss.treaty.id if miss.treaty else None,
        "article": miss.rule.article if miss.rule else None,
        "rule": miss.rule.id if miss.rule else None,
        "missing": [{"condition": part.condition, "says": missing_words(world, part)} for part in miss.missing],
        "sentence": near_miss_sentence(world, miss),
    }


def why_json(assessment: Assessment, who: str, act: str, whom: str | None, findings: list[Finding]) -> dict[str, Any]:
    """The findings that match a question with their proofs; without a duty, what is missing, and what binds otherwise."""
    world = assessment.world
    none = all(finding.modality == "may" for finding in findings)
    misses = near_misses(world, who, "must", act, whom) if none else misses_by_enemy(world, findings, act)
    bonds = bonds_without(world, who, act, whom) if none else ()
    return {
        "who": who, "act": act, "whom": whom, "on": world.day.isoformat(),
        "findings": [finding_json(world, finding) for finding in findings],
        "not_bound": [miss_json(world, miss) for miss in misses],
        "bonds_without": [{"treaty": bond.treaty.id, "sentence": bond.sentence} for bond in bonds],
    }  # fmt: skip


def dumped(value: Any) -> str:
    """JSON text, for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=1)
