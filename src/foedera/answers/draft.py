"""What a draft, or an edited instrument, would have changed in the crises of the library.

A `kind: draft` is supposed to be in force in every crisis, between those of its parties that existed then; an
instrument of the library under the same id takes its own dates, and is compared with what the library has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.answers.ask import concerns, last_day, make_case
from foedera.answers.compare import state_words
from foedera.answers.groups import DilemmaRow, Row, dilemma_rows, names, row_articles, row_bearers, row_deed, rows
from foedera.answers.words import capital, clause, finding_sentence
from foedera.dates import ALWAYS, on_day
from foedera.engine.answer_types import Assessment, Dilemma, Finding
from foedera.engine.assess import assess
from foedera.language.sentences import VERBS
from foedera.language.types import Crisis, Treaty
from foedera.library import Library
from foedera.states.registry import Registry
from foedera.states.values import settled
from foedera.truth import UNKNOWN, YES

ALWAYS_SINCE = on_day(date(1816, 1, 1))  # the first day of the registry: a draft is tried in every crisis
SIGNS = {
    "newly": "+", "newly_open": "?", "now_depends": "?", "no_longer": "−", "no_longer_open": "−", "otherwise": "~",
}  # fmt: skip
SAYS = {
    "newly": "newly", "newly_open": "might newly, depending on a question", "now_depends": "now only depending on a question",
    "no_longer": "no longer", "no_longer_open": "no longer in question", "otherwise": "still, but otherwise",
}  # fmt: skip


class Changed(Struct, frozen=True):
    """A finding that comes, goes or changes (`sort`, one of SAYS), and what it was before."""

    sort: str
    finding: Finding
    before: Finding | None


class Effect(Struct, frozen=True):
    """What changes in one branch of a crisis on its last day: findings, and dilemmas that come and go.

    `after` is the answer with the draft.
    """

    crisis: Crisis
    branch: str | None
    after: Assessment
    findings: tuple[Changed, ...]
    new_dilemmas: tuple[Dilemma, ...]
    gone_dilemmas: tuple[Dilemma, ...]

    @property
    def nothing(self) -> bool:
        """Whether it leaves this branch as it was."""
        return not (self.findings or self.new_dilemmas or self.gone_dilemmas)


def supposed(treaty: Treaty, registry: Registry, day: date) -> Treaty:
    """A draft as in force among those of its parties that exist on a day; any other instrument as it is."""
    if treaty.kind != "draft":
        return treaty
    parties = {}
    for code, party in treaty.parties.items():
        state = registry.states.get(code)
        spell = next((i for i in state.exists if i.covers(day) is not False), None) if state else ALWAYS
        if spell is not None:
            parties[code] = replace(party, since=spell.since, until=None, signed=None)
    force = settled(ALWAYS_SINCE, treaty.at)
    return replace(treaty, parties=parties, signed=None, in_force=force, ends=None, effective_end=None)


def effects(
    treaty: Treaty, library: Library, tell: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[Effect]:
    """The effect on each branch of each crisis that the instrument may concern; `tell` hears how far it is."""
    known = library.whole(treaty.id) if treaty.id in library.treaties else None
    cases = [(crisis, branch) for crisis in library.crises.values() for branch in (None, *crisis.branches)]
    for number, (crisis, branch) in enumerate(cases):
        tell(number, len(cases))
        day = last_day(crisis, branch)
        draft = supposed(treaty, library.registry, day)
        if any(concerns(version, crisis, day) for version in (draft, known) if version is not None):
            yield _effect(_with(crisis, known), _with(crisis, draft), branch, library)


def _with(crisis: Crisis, treaty: Treaty | None) -> Crisis:
    return crisis if treaty is None else replace(crisis, treaties={**crisis.treaties, treaty.id: treaty})


def _effect(without: Crisis, drafted: Crisis, branch: str | None, library: Library) -> Effect:
    before, after = (assess(make_case(crisis, library, branch=branch)) for crisis in (without, drafted))
    old, new = {_key(d) for d in before.dilemmas}, {_key(d) for d in after.dilemmas}
    return Effect(
        drafted, branch, after, tuple(_changes(before, after)),
        tuple(row for row in after.dilemmas if _key(row) not in old),
        tuple(row for row in before.dilemmas if _key(row) not in new),
    )  # fmt: skip


def _key(row: Dilemma) -> tuple[str, ...]:
    articles = (f"{f.treaty.id}/{f.rule.article}" for f in (row.first, row.second))
    return (row.bearer, *articles, row.severity, row.resolved_by or "")


def _changes(before: Assessment, after: Assessment) -> Iterator[Changed]:
    """Pairs of bearer and enemy whose answer changes, put together again by enemy."""
    old, new = _pairs(before), _pairs(after)
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for key in sorted({*old, *new}):
        sort = _sort(old.get(key), new.get(key))
        if sort is not None:
            found.setdefault((sort, *key[:-1]), []).append(key)
    for (name, *_), keys in found.items():
        first = new.get(keys[0]) or old[keys[0]]
        enemies = tuple(key[-1] for key in keys if key[-1])
        yield Changed(name, replace(first, against=enemies), old.get(keys[0]))


def _pairs(assessment: Assessment) -> dict[tuple[str, ...], Finding]:
    """Findings by who, what, toward whom, under which article, against whom; the surer one where two say the same."""
    table: dict[tuple[str, ...], Finding] = {}
    for finding in assessment.findings:
        for enemy in finding.against or ("",):
            key = (
                finding.bearer,
                finding.modality,
                finding.act,
                finding.toward or "",
                finding.treaty.id,
                finding.rule.article,
            )
            known = table.get((*key, enemy))
            if known is None or (known.holds is UNKNOWN and finding.holds is YES):
                table[*key, enemy] = replace(finding, against=(enemy,) if enemy else ())
    return table


def _sort(old: Finding | None, new: Finding | None) -> str | None:
    """What became of an answer; None where it is the same."""
    if new is None:
        return "no_longer" if old is not None and old.holds is YES else "no_longer_open"
    if old is None or (old.holds is UNKNOWN and new.holds is YES):
        return "newly" if new.holds is YES else "newly_open"
    if old.holds is YES and new.holds is UNKNOWN:
        return "now_depends"
    alike = (old.hinges, old.stage.status, old.treaty.binding) == (new.hinges, new.stage.status, new.treaty.binding)
    return None if alike and old.rule.means == new.rule.means else "otherwise"


def effect_lines(effect: Effect) -> Iterator[str]:
    """An effect as lines: a head, then what comes, goes and changes, those of the same words together."""
    branch = f", branch {effect.branch}" if effect.branch else ""
    yield f"{effect.crisis.id}{branch}, {effect.after.world.day}"
    before = {id(change.finding): change.before for change in effect.findings}
    for sort, sign in SIGNS.items():
        for row in rows(change.finding for change in effect.findings if change.sort == sort):
            was = before[id(row.first)]
            says = f"{state_words(was)} → {state_words(row.first)}" if sort == "otherwise" else SAYS[sort]
            yield f"  {sign} {_row_words(effect.after, row)}   [{says}]"
    for sign, found, says in (("◆", effect.new_dilemmas, "new dilemma"), ("◇", effect.gone_dilemmas, "dilemma gone")):
        for group in dilemma_rows(found):
            yield f"  {sign} {_dilemma_words(effect.after, group)}   [{says}]"


def _row_words(assessment: Assessment, row: Row) -> str:
    world = assessment.world
    return f"{row_bearers(world, row)} {VERBS[row.first.modality]} {row_deed(world, row)} ({row_articles(row)})"


def _dilemma_words(assessment: Assessment, group: DilemmaRow) -> str:
    """The bearers, both duties and how gravely they clash."""
    world, row = assessment.world, group.dilemmas[0]
    others = {f"{d.second.treaty.id}/{d.second.rule.article}" for d in group.dilemmas}
    settled_by = f"; settled: {row.resolved_by}" if row.resolved_by else ""
    return (
        f"{capital(names(world, group.bearers))} {clause(world, row.first)} ({row.first.treaty.id}/{row.first.rule.article}), "
        f"but {clause(world, row.second)} ({', '.join(sorted(others))}): {row.severity}{settled_by}"
    )


def effect_json(effect: Effect) -> dict[str, Any]:
    """An effect as plain values."""
    return {
        "crisis": effect.crisis.id, "branch": effect.branch, "on": effect.after.world.day.isoformat(),
        **{sort: [_finding_json(effect.after, c.finding) for c in effect.findings if c.sort == sort] for sort in SIGNS},
        "new_dilemmas": list(_dilemmas(effect.new_dilemmas)), "gone_dilemmas": list(_dilemmas(effect.gone_dilemmas)),
    }  # fmt: skip


def _finding_json(assessment: Assessment, finding: Finding) -> dict[str, Any]:
    return {
        "bearer": finding.bearer, "modality": finding.modality, "act": finding.act, "toward": finding.toward,
        "against": list(finding.against), "treaty": finding.treaty.id, "article": finding.rule.article,
        "hinges_on": list(finding.hinges), "status": finding.stage.status,
        "sentence": finding_sentence(assessment.world, finding),
    }  # fmt: skip


def _dilemmas(found: Iterable[Dilemma]) -> Iterator[dict[str, Any]]:
    for row in found:
        between = [f"{f.treaty.id}/{f.rule.article}" for f in (row.first, row.second)]
        yield {"bearer": row.bearer, "between": between, "severity": row.severity, "resolved_by": row.resolved_by}
