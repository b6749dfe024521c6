"""Findings put together as a reader wants them: by what is owed, with all who owe it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from foedera.answers.words import capital, day_words, name_of, treaty_name
from foedera.engine.answer_types import Assessment, Dilemma, Finding, NearMiss, StandingRule
from foedera.engine.bearers import HELPING
from foedera.engine.standing import everybody, standing_rules
from foedera.engine.world import World
from foedera.language.sentences import act_phrase, listed
from foedera.language.vocabulary import meets


class Row(Struct, frozen=True):
    """One thing owed, permitted or forbidden: the same words for several bearers, others and articles."""

    bearers: tuple[str, ...]
    toward: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that gives the row its words."""
        return self.findings[0]


STRIKING = ("use-force", "intervene", "threaten-force", "impose-sanctions")


def rows(findings: Iterable[Finding]) -> tuple[Row, ...]:
    """Findings that say the same as one row, in the order they came.

    First all that one bearer may or must not do to several, then all bearers of the same, then all articles.
    """
    struck = _merge(findings, lambda f: (f.bearer, f.treaty.id, f.rule.path, "" if f.act in STRIKING else f.toward))
    alike = _merge_rows(struck, lambda row: (row.toward, row.first.treaty.id, row.first.rule.path))
    bans = _merge_rows(alike, lambda row: (row.bearers, row.toward) if row.first.modality == "must_not" else id(row))
    return tuple(bans)


def _words(finding: Finding) -> tuple[object, ...]:
    return (
        finding.modality,
        finding.act,
        finding.against,
        finding.holds,
        finding.hinges,
        finding.stage.status,
        finding.treaty.binding,
    )


def _merge(findings: Iterable[Finding], key: Callable[[Finding], object]) -> list[Row]:
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault((_words(finding), key(finding)), []).append(finding)
    return [_row(group) for group in groups.values()]


def _merge_rows(found: Iterable[Row], key: Callable[[Row], object]) -> list[Row]:
    groups: dict[object, list[Finding]] = {}
    for row in found:
        groups.setdefault((_words(row.first), key(row)), []).extend(row.findings)
    return [_row(group) for group in groups.values()]


def _row(group: list[Finding]) -> Row:
    toward = tuple(sorted({f.toward for f in group if f.toward is not None}))
    return Row(tuple(sorted({f.bearer for f in group})), toward, tuple(group))


NAMES_SHOWN = 8


def names(world: World, codes: Iterable[str], everybody: bool = False) -> str:
    """Several by name; past eight the first ones and how many more."""
    called = [name_of(world, code) for code in codes]
    if len(called) > NAMES_SHOWN and not everybody:
        return f"{', '.join(called[: NAMES_SHOWN - 2])} and {len(called) - NAMES_SHOWN + 2} others"
    return listed(called)


def row_deed(world: World, row: Row) -> str:
    """`assist Niger against Benin`, for the row."""
    first = row.first
    whom = names(world, row.toward) if row.toward else None
    against = names(world, first.against) if first.against else ""
    return act_phrase(first.act, first.modality, whom, against)


def row_bearers(world: World, row: Row) -> str:
    """Who bears it, by name."""
    return capital(names(world, row.bearers))


def row_articles(row: Row) -> str:
    """The instruments and articles, each once."""
    return "; ".join(dict.fromkeys(f"{treaty_name(f.treaty)} {f.rule.article}" for f in row.findings))


def row_status(row: Row) -> str:
    """Since when, and what became of it."""
    first = row.first
    since = min(f.since for f in row.findings)
    text = f"{first.stage.status} since {day_words(since)}" if first.stage.status == "owed" else first.stage.status
    deeds = dict.fromkeys(f.stage.by.id for f in row.findings if f.stage.by is not None)
    if first.stage.status in ("invoked", "performed", "breached", "waived", "used") and deeds:
        more = f" and {len(deeds) - 3} more" if len(deeds) > 3 else ""
        text += f" ({', '.join([*deeds][:3])}{more})"
    if first.stage.until is not None:
        text += f", ended {day_words(first.stage.until)}"
    return text


class DilemmaRow(Struct, frozen=True):
    """The same dilemma of several bearers."""

    bearers: tuple[str, ...]
    dilemmas: tuple[Dilemma, ...]


def dilemma_rows(dilemmas: Iterable[Dilemma]) -> tuple[DilemmaRow, ...]:
    """Dilemmas of one duty with several prohibitions, for several bearers, as one row; unresolved ones first."""
    groups: dict[tuple[object, ...], list[Dilemma]] = {}
    for row in dilemmas:
        first, second = row.first, row.second
        key = (
            first.treaty.id,
            first.rule.path,
            first.toward,
            second.act,
            second.modality,
            row.severity,
            row.resolved_by,
        )
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
    # help before talks: whether an ally must fight is what people ask
    ordered = sorted(
        groups.values(),
        key=lambda group: (
            not meets(group[0].act, "assist"), len(group[0].missing), group[0].toward or "", -len(group),
        ),
    )  # fmt: skip
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


def fits(finding: Finding, who: str, modality: str, act: str, whom: str, against: Iterable[str]) -> bool:
    """Whether a finding answers for this bearer, modality, act and one owed it.

    A permission to fight for a victim and one to use force on the attacker are the same permission.
    """
    if who not in ("", finding.bearer) or finding.modality != modality:
        return False
    enemies = set(against)
    if modality == "may" and act in ("use-force", *HELPING) and finding.act in ("use-force", *HELPING):
        return _one_permission(finding, act, whom, enemies)
    if whom not in ("", finding.toward):
        return False
    if act and not (meets(finding.act, act) if modality == "must" else meets(act, finding.act)):
        return False
    return enemies <= set(finding.against)


def _one_permission(finding: Finding, act: str, whom: str, enemies: set[str]) -> bool:
    struck = {finding.toward} if finding.act == "use-force" else set(finding.against)
    helped = (
        {f.occurrence.target for f in finding.firings if f.occurrence}
        if finding.act == "use-force"
        else {finding.toward}
    )
    if act == "use-force":
        return whom == "" or whom in struck
    return (whom == "" or whom in helped) and enemies <= struck
