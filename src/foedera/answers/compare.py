"""Two answers side by side: what only one of them has, and what came out otherwise."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from foedera.answers.answer import Answer
from foedera.answers.groups import STRIKING, Row, row_bearers, row_deed
from foedera.answers.words import HOLDS, capital, cited, clause, name_of
from foedera.engine.answer_types import Finding
from foedera.language.sentences import VERBS


class Difference(Struct, frozen=True):
    """One duty, permission or prohibition, toward one enemy, that two answers have differently; None where it is not there."""

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


def alike(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same of everybody: duties with their days and readings, dilemmas, open questions.

    Their proofs may differ.
    """
    return _told(one) == _told(other)


def _told(answer: Answer) -> tuple[object, ...]:
    whole = answer.assessment
    findings = {key: (_state(f), f.since, f.stage.until, f.readings) for key, f in _table(answer).items()}
    clashes = [(_key(d.first), [_key(f) for f in d.seconds], d.severity, d.resolved_by) for d in whole.dilemmas]
    return findings, clashes, whole.questions


class Contrast(Struct, frozen=True):
    """Differences that a reader sees as one: the same deed of several bearers, under several articles."""

    words: str
    articles: str
    first: str
    second: str


class _Told(Struct, frozen=True):
    """A finding toward one enemy that one answer has, or both, and what each says of it."""

    answer: Answer
    finding: Finding
    first: str
    second: str


def contrasts(one: Answer, other: Answer) -> list[Contrast]:
    """What differs, told once for all whom it concerns, for all enemies, and for all on whom the same may or must not fall."""
    deeds: dict[tuple[object, ...], list[_Told]] = {}
    for row in differences(one, other):
        answer, finding = (one, row.first) if row.first is not None else (other, row.second)
        assert finding is not None
        told = _Told(answer, finding, state_words(row.first), state_words(row.second))
        deeds.setdefault((*_deed(told), finding.toward, finding.against), []).append(told)
    alike: dict[tuple[object, ...], list[_Told]] = {}
    for group in deeds.values():
        whom = None if group[0].finding.act in STRIKING else group[0].finding.toward
        alike.setdefault((*_deed(group[0]), _bearers(group), _articles(group), whom), []).extend(group)
    return [_contrast(group) for group in alike.values()]


def _deed(told: _Told) -> tuple[object, ...]:
    return (told.finding.modality, told.finding.act, told.first, told.second)


def _contrast(group: list[_Told]) -> Contrast:
    told, world = group[0], group[0].answer.assessment.world
    whom = tuple(sorted({one.finding.toward for one in group if one.finding.toward is not None}))
    enemies = tuple(sorted({enemy for one in group for enemy in one.finding.against}))
    row = Row(_bearers(group), whom, (replace(told.finding, against=enemies),))
    words = f"{row_bearers(world, row)} {VERBS[told.finding.modality]} {row_deed(world, row)}"
    return Contrast(words, "; ".join(_articles(group)), told.first, told.second)


def _bearers(group: list[_Told]) -> tuple[str, ...]:
    return tuple(sorted({told.finding.bearer for told in group}))


def _articles(group: list[_Told]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cited(told.finding.treaty, told.finding.rule.article) for told in group))


def _table(answer: Answer) -> dict[tuple[str, ...], Finding]:
    """Findings, apart for each enemy, by bearer, modality, act, toward, enemy, instrument and rule."""
    return {_key(apart): apart for finding in answer.findings for apart in _by_enemy(finding)}


def _by_enemy(finding: Finding) -> list[Finding]:
    return [replace(finding, against=(enemy,)) for enemy in finding.against] or [finding]


def _key(f: Finding) -> tuple[str, ...]:
    return (f.bearer, f.modality, f.act, f.toward or "", ",".join(f.against), f.treaty.id, f.rule.path)


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
