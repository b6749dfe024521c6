"""Two answers side by side: what only one of them has, and what came out otherwise."""

from __future__ import annotations

from msgspec import Struct

from foedera.answers.answer import Answer
from foedera.answers.words import HOLDS, capital, cited, clause, name_of
from foedera.engine.answer_types import Finding


class Difference(Struct, frozen=True):
    """One duty, permission or prohibition that two answers have differently; None where it is not there."""

    words: str
    first: Finding | None
    second: Finding | None


def differences(one: Answer, other: Answer) -> list[Difference]:
    """What differs between two answers about the same crisis, in a fixed order."""
    mine, theirs = _table(one), _table(other)
    found = []
    for key in sorted({*mine, *theirs}):
        first, second = mine.get(key), theirs.get(key)
        if first is None or second is None or _state(first) != _state(second):
            answer, finding = (one, first) if first is not None else (other, second)
            assert finding is not None
            found.append(Difference(_words(answer, finding), first, second))
    return found


def _table(answer: Answer) -> dict[tuple[str, ...], Finding]:
    """Findings by bearer, modality, act, toward, enemies, instrument and rule."""
    return {
        (f.bearer, f.modality, f.act, f.toward or "", ",".join(f.against), f.treaty.id, f.rule.path): f
        for f in answer.findings
    }  # fmt: skip


def _state(finding: Finding) -> tuple[object, ...]:
    return (finding.holds, finding.hinges, finding.stage.status)


def _words(answer: Answer, finding: Finding) -> str:
    world = answer.assessment.world
    return f"{capital(name_of(world, finding.bearer))} {clause(world, finding)} ({cited(finding.treaty, finding.rule.article)})"


def state_words(finding: Finding | None) -> str:
    """`yes, owed`; `depends on x`; `–` where there is nothing."""
    if finding is None:
        return "–"
    text = f"{HOLDS[finding.holds]}, {finding.stage.status}"
    return text + (f", hinges on {', '.join(finding.hinges)}" if finding.hinges else "")
