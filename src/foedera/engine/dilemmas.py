"""Where duties collide: no act meets both, or only some of the means are left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from foedera.engine.answer_types import Dilemma, Finding
from foedera.engine.bearers import HELPING
from foedera.engine.priority import names
from foedera.engine.proof import Diagrams
from foedera.engine.world import World
from foedera.language.types import Treaty
from foedera.language.vocabulary import meets
from foedera.truth import YES

SEVERITY = ("collision", "crossed", "narrowed")
ARMED = ("fight", "use-force")


def dilemmas(world: World, findings: Iterable[Finding], diagrams: Diagrams) -> tuple[Dilemma, ...]:
    """One row per bearer and pair of instruments: the gravest clash that some world makes true."""
    by_bearer: dict[str, list[Finding]] = {}
    for finding in findings:
        by_bearer.setdefault(finding.bearer, []).append(finding)
    rows: dict[tuple[str, str, str], Dilemma] = {}
    for bearer in sorted(by_bearer):
        for first, second in _pairs(by_bearer[bearer]):
            clash = _clash(first, second)
            if clash is None or _spares(first, second) or _spares(second, first):
                continue
            if diagrams.together(first.diagram, second.diagram) == ("no",):
                continue
            duty, other, severity = clash
            row = Dilemma(bearer, duty, other, (other,), severity, _resolved(world, duty, other, by_bearer[bearer]))
            one, two = sorted((first.treaty.id, second.treaty.id))
            known = rows.get((bearer, one, two))
            rows[bearer, one, two] = row if known is None else _graver(known, row)
    return tuple(rows[key] for key in sorted(rows))


def _pairs(findings: Iterable[Finding]) -> Iterator[tuple[Finding, Finding]]:
    """Any two of one bearer's legal duties and prohibitions, of which one is a duty and one is triggered."""
    duties = [f for f in findings if f.treaty.binding == "legal" and f.modality in ("must", "must_not")]
    owed = [f for f in duties if f.modality == "must"]  # of those, what comes after the first
    for place, first in enumerate(duties, 1):
        owed = owed[1:] if first.modality == "must" else owed
        for second in duties[place:] if first.modality == "must" else owed:
            if not (first.standing and second.standing):
                yield first, second


def _graver(known: Dilemma, row: Dilemma) -> Dilemma:
    """The graver of two rows; when they are alike but for the second finding, the first one with both."""
    if row.first is known.first and _weight(row) == _weight(known) and row.second.rule is known.second.rule:
        return replace(known, seconds=(*known.seconds, row.second))
    return row if _weight(row) < _weight(known) else known


def _weight(row: Dilemma) -> tuple[bool, int, bool]:
    unsure = row.first.holds is not YES or row.second.holds is not YES
    return (row.resolved_by is not None, SEVERITY.index(row.severity), unsure)


def _clash(one: Finding, other: Finding) -> tuple[Finding, Finding, str] | None:
    """The duty, what stands against it, and how gravely; None when both can be met."""
    for duty, bar in ((one, other), (other, one)):
        if duty.modality != "must":
            continue
        if bar.modality == "must_not" and duty.toward == bar.toward and meets(duty.act, bar.act):
            return duty, bar, "collision"
        if duty.act not in HELPING:
            continue
        severity = _against_prohibition(duty, bar) if bar.modality == "must_not" else _against_duty(duty, bar)
        if severity is not None:
            return duty, bar, severity
    return None


def _spares(one: Finding, other: Finding) -> bool:
    """Whether the one says that it leaves the other untouched."""
    return any(names(path, one.treaty, other.treaty, other.rule) for path in one.rule.without_prejudice_to)


def _against_prohibition(duty: Finding, bar: Finding) -> str | None:
    enemies = set(duty.against)
    if bar.act in ("use-force", "intervene") and bar.toward in enemies:
        if duty.act == "aid":
            return None
        return "collision" if duty.act == "fight" or duty.rule.means == ("armed-force",) else "narrowed"
    if bar.act == "help-enemy" and bar.toward in enemies:
        return "collision"
    if bar.act in HELPING and bar.toward == duty.toward:  # a ban on fighting for it leaves other help
        return "narrowed"
    return None


def _against_duty(duty: Finding, other: Finding) -> str | None:
    if other.act == "stay-neutral" and other.toward in duty.against:
        return "collision"
    crossed = other.act in HELPING and other.modality == "must" and other.toward in duty.against
    if crossed and (duty.toward in other.against or not other.against):
        return "crossed"
    return None


def _resolved(world: World, duty: Finding, bar: Finding, findings: Iterable[Finding]) -> str | None:
    """What settles the clash: a subjection, or an instrument above both that permits or forbids the act."""
    if bar.treaty.id in duty.treaty.subject_to:
        return f"{duty.treaty.id} is subject to {bar.treaty.id}"
    if duty.treaty.id in bar.treaty.subject_to:
        return f"{bar.treaty.id} is subject to {duty.treaty.id}"
    barred: set[str | None] = {bar.toward} if bar.toward in duty.against else set(duty.against) or {duty.toward}
    for above in _above(world, duty.treaty, bar.treaty):
        for finding in findings:
            if finding.treaty.id == above.id and _permits(finding, barred):
                return f"{above.id}/{finding.rule.article} permits it and prevails"
    return None


def _permits(finding: Finding, barred: set[str | None]) -> bool:
    """Whether the finding is a sure permission of force on all that the clash is about."""
    over = finding.stage.until is not None
    if over or finding.holds is not YES or finding.modality != "may" or finding.act not in ("use-force", *HELPING):
        return False
    falls_on: set[str | None] = {finding.toward} if finding.act in ARMED else set(finding.against)
    return barred <= falls_on


def _above(world: World, duty: Treaty, bar: Treaty) -> list[Treaty]:
    """The instruments that prevail over the prohibition: those it is subject to, and those above all."""
    return [
        treaty for name, treaty in sorted(world.treaties.items())
        if (treaty.prevails_over_all or name in bar.subject_to) and name not in (duty.id, bar.id)
    ]  # fmt: skip
