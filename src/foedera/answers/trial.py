"""Which rules and conditions no expectation decides: a rule that could go without a test noticing."""

from __future__ import annotations

from collections.abc import Iterable

from foedera.answers.expect import Outcome, modality_of
from foedera.language.types import Condition, Rule, Treaty


def undecided(treaties: Iterable[Treaty], outcomes: Iterable[Outcome]) -> list[str]:
    """Rules that no passed expectation says yes and no to, and conditions that none says is missing."""
    asked: dict[str, set[str]] = {}
    for outcome in outcomes:
        if outcome.passed:
            for path in _paths(outcome):
                asked.setdefault(path, set()).add(outcome.expect.holds or "yes")
                asked[path].update(outcome.expect.missing)
    found = []
    for treaty in treaties:
        for rule in treaty.rules:
            answers = asked.get(f"{treaty.id}/{rule.path}", set()) | asked.get(f"{treaty.id}/{rule.article}", set())
            found += [f"{treaty.id}/{rule.path}: {gap}" for gap in _gaps(rule, answers)]
    return found


def _paths(outcome: Outcome) -> list[str]:
    """The rules that an expectation decides: the one it is an example of, and the one it names."""
    example = outcome.crisis.rpartition(":")[0]
    named = outcome.expect.under if modality_of(outcome.expect)[1] else None
    return [path for path in (example, named) if path]


def _gaps(rule: Rule, answers: set[str]) -> list[str]:
    gaps = []
    if not answers & {"yes", "depends"}:
        gaps.append("that it fires")
    if "no" not in answers:
        gaps.append("that it does not fire")
    gaps += [
        f"the condition `{part.op}`"
        for part in rule.conditions
        if not _ops(part) & answers and "depends" not in answers
    ]
    return gaps + [f"the exception `{part.op}`" for part in rule.exceptions if not _ops(part) & answers]


def _ops(condition: Condition) -> set[str]:
    """The words by which an expectation may say that the condition lacks."""
    words = {condition.op}
    if condition.pattern is not None:
        words.update(condition.pattern.kinds)
    return words.union(*(_ops(part) for part in condition.parts))
