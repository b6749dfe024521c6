"""Findings put together as a reader wants them: by what is owed, with all who owe it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedera.answers.words import capital, clause, day_words, listed, name_of, treaty_name
from foedera.engine.answer_types import Assessment, Dilemma, Finding, NearMiss, StandingRule
from foedera.engine.standing import everybody, standing_rules
from foedera.engine.world import World
from foedera.truth import UNKNOWN


@dataclass(frozen=True, slots=True)
class Row:
    """One thing owed, permitted or forbidden: the same words for several bearers and articles."""

    bearers: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that gives the row its words."""
        return self.findings[0]


def rows(findings: Iterable[Finding]) -> tuple[Row, ...]:
    """Findings that say the same of several bearers as one row, in the order they came."""
    by_words: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        rule = (finding.treaty.id, finding.rule.path) if finding.modality != "must_not" else ()
        key = (finding.modality, finding.act, finding.toward, finding.against, finding.holds, finding.hinges,
               finding.stage.status, finding.treaty.binding, *rule)  # fmt: skip
        by_words.setdefault(key, []).append(finding)
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for key, group in by_words.items():
        bearers = tuple(sorted({f.bearer for f in group}))
        alike.setdefault((*key, bearers), []).extend(group)
    return tuple(Row(tuple(sorted({f.bearer for f in group})), tuple(group)) for group in alike.values())


def row_clause(world: World, row: Row) -> str:
    """`assist Niger against Benin`, for the row."""
    return clause(world, row.first).partition(" ")[2] if row.first.modality == "must" else clause(world, row.first)


def row_bearers(world: World, row: Row) -> str:
    """Who bears it, by name."""
    return listed([capital(name_of(world, code)) for code in row.bearers])


def row_articles(row: Row) -> str:
    """The instruments and articles, each once."""
    return "; ".join(dict.fromkeys(f"{treaty_name(f.treaty)} {f.rule.article}" for f in row.findings))


def row_status(row: Row) -> str:
    """Since when, and what became of it."""
    first = row.first
    since = min(f.since for f in row.findings)
    text = f"{first.stage.status} since {day_words(since)}" if first.stage.status == "owed" else first.stage.status
    if first.stage.status in ("invoked", "performed", "breached", "waived", "used") and first.stage.by is not None:
        text += f" ({first.stage.by.id})"
    if first.stage.until is not None:
        text += f", ended {day_words(first.stage.until)}"
    return text


@dataclass(frozen=True, slots=True)
class DilemmaRow:
    """The same dilemma of several bearers."""

    bearers: tuple[str, ...]
    dilemmas: tuple[Dilemma, ...]


def dilemma_rows(dilemmas: Iterable[Dilemma]) -> tuple[DilemmaRow, ...]:
    """Dilemmas of one duty with several prohibitions, for several bearers, as one row; unresolved ones first."""
    groups: dict[tuple[object, ...], list[Dilemma]] = {}
    for row in dilemmas:
        first, second = row.first, row.second
        key = (first.treaty.id, first.rule.path, first.toward, second.act, second.modality, row.severity, row.resolved_by)
        groups.setdefault(key, []).append(row)
    made = [DilemmaRow(tuple(sorted({d.bearer for d in group})), tuple(group)) for group in groups.values()]
    return tuple(sorted(made, key=lambda g: g.dilemmas[0].resolved_by is not None))


def miss_groups(misses: Iterable[NearMiss]) -> list[tuple[tuple[str, ...], NearMiss]]:
    """Near misses that lack the same toward the same, with all whom they concern; the nearest first."""
    groups: dict[tuple[object, ...], list[NearMiss]] = {}
    for miss in misses:
        treaty = miss.treaty.id if miss.treaty else ""
        rule = miss.rule.path if miss.rule else ""
        lacks = tuple(sorted(part.condition for part in miss.missing))
        groups.setdefault((treaty, rule, miss.toward, lacks), []).append(miss)
    ordered = sorted(groups.values(), key=lambda group: (len(group[0].missing), -len(group)))
    return [(tuple(sorted({miss.bearer for miss in group})), group[0]) for group in ordered]


def standing_rows(assessment: Assessment) -> tuple[StandingRule, ...]:
    """The rules that hold without a trigger, among the states of the case."""
    world = assessment.world
    found = []
    for name in sorted(world.treaties):
        treaty = world.treaties[name]
        for rule in standing_rules(world, treaty):
            bearers, others = everybody(world, treaty, rule)
            if bearers:
                found.append(StandingRule(treaty, rule, bearers, others))
    return tuple(found)


def triggered(findings: Iterable[Finding], modality: str, binding: str = "legal") -> list[Finding]:
    """The findings of a modality that events set off."""
    return [f for f in findings if f.modality == modality and not f.standing and f.treaty.binding == binding]


def broken(findings: Iterable[Finding]) -> list[Finding]:
    """Prohibitions that were broken, standing ones included."""
    return [f for f in findings if f.modality == "must_not" and f.stage.status == "breached"]


def is_open(finding: Finding) -> bool:
    """Whether it depends on something."""
    return finding.holds is UNKNOWN
