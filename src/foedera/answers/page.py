"""The parts of an answer in the order a reader wants them; text, Markdown and HTML only dress them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from foedera.answers.groups import (
    DilemmaRow,
    Row,
    broken,
    dilemma_rows,
    miss_groups,
    names,
    row_articles,
    row_bearers,
    row_deed,
    row_status,
    rows,
    triggered,
)  # fmt: skip
from foedera.answers.words import HOLDS, capital, clause, name_of, near_miss_sentence, question_words, treaty_name
from foedera.engine.answer_types import Assessment, Finding, ReadingEffect
from foedera.engine.missing import not_bound
from foedera.engine.world import World
from foedera.language.sentences import listed
from foedera.truth import UNKNOWN


class Entry(Struct, frozen=True):
    """One line of a section: what can be quoted, the small print, and the finding whose proof stands behind it."""

    head: str
    details: tuple[str, ...] = ()
    finding: Finding | None = None


class Section(Struct, frozen=True):
    """A section: its mark (a shape, so that colour is never the only sign), its name, its entries."""

    mark: str
    name: str
    entries: tuple[Entry, ...]


def sections(assessment: Assessment, *, missing: bool = True) -> tuple[Section, ...]:
    """All sections that have entries: dilemmas first, then duties, what is open, and last what does not bind.

    Without `missing` the last one, which takes as long as all others, is left away.
    """
    clashes = dilemma_rows(assessment.dilemmas)
    made = (
        Section("◆", "dilemma", tuple(_dilemma(assessment.world, g) for g in clashes if _resolution(g) is None)),
        Section("■", "must", tuple(_duties(assessment))),
        Section("□", "pledged", tuple(_pledges(assessment))),
        Section("▷", "may", tuple(_permissions(assessment))),
        Section("⊘", "must not", tuple(_bans(assessment))),
        Section("◇", "settled", tuple(_dilemma(assessment.world, g) for g in clashes if _resolution(g) is not None)),
        Section("?", "open", tuple(_questions(assessment))),
        Section("·", "not bound", tuple(_not_bound(assessment)) if missing else ()),
    )
    return tuple(section for section in made if section.entries)


def _resolution(group: DilemmaRow) -> str | None:
    return group.dilemmas[0].resolved_by


def _dilemma(world: World, group: DilemmaRow) -> Entry:
    return Entry(dilemma_words(world, group))


def dilemma_words(world: World, group: DilemmaRow) -> str:
    """One dilemma of several bearers, with every instrument that stands against the duty."""
    first = group.dilemmas[0]
    struck = sorted({f.toward for d in group.dilemmas for f in d.seconds if f.toward is not None})
    bars = "; ".join(dict.fromkeys(f"{treaty_name(d.second.treaty)} {d.second.rule.article}" for d in group.dilemmas))
    ban = clause(world, first.second)
    if first.second.toward is not None and len(struck) > 1:
        ban = ban.replace(name_of(world, first.second.toward), names(world, struck))
    text = f"{capital(names(world, group.bearers))}: {clause(world, first.first)} "
    text += (
        f"({treaty_name(first.first.treaty)} {first.first.rule.article}), but {ban} ({bars}). {ENDS[first.severity]}"
    )
    if first.resolved_by is not None:
        text += f" Settled: {first.resolved_by}."
    elif UNKNOWN in (first.first.holds, first.second.holds):
        text += " Whether both hold is open."
    return text


ENDS = {
    "collision": "No act meets both.",
    "crossed": "It would help one side and the other.",
    "narrowed": "Help without arms meets both.",
}


def _row(assessment: Assessment, row: Row) -> Entry:
    depends = row.first.holds is UNKNOWN
    head = f"{row_bearers(assessment.world, row)} → {row_deed(assessment.world, row)}" + (
        " (depends)" if depends else ""
    )
    details = [f"{row_articles(row)} · {row_status(row)}"]
    if depends:
        details.append("depends on " + listed(row.first.hinges))
    minority = sorted({_effect(e) for f in row.findings for e in f.readings if e.standing == "minority"})
    if minority:
        details.append("minority readings: " + "; ".join(minority))
    unsure = sorted({treaty_name(f.treaty) for f in row.findings if f.treaty.confidence == "unsure"})
    if unsure:
        details.append("encoding unsure: " + ", ".join(unsure))
    return Entry(head, tuple(details), row.first)


def _effect(effect: ReadingEffect) -> str:
    bond = f", {effect.binding}" if effect.binding else ""
    return f"{effect.question.rpartition('.')[2]}={effect.option} gives {HOLDS[effect.holds]}{bond}"


def _duties(assessment: Assessment) -> Iterator[Entry]:
    for row in sorted(rows(triggered(assessment.findings, "must")), key=_importance):
        yield _row(assessment, row)


def _importance(row: Row) -> tuple[bool, bool, str]:
    return (row.first.holds is UNKNOWN, row.first.act not in ("assist", "fight", "aid"), row.first.act)


def _pledges(assessment: Assessment) -> Iterator[Entry]:
    for binding in ("political", "moral"):
        for row in rows(triggered(assessment.findings, "must", binding)):
            entry = _row(assessment, row)
            yield Entry(f"{entry.head} ({binding}, no legal duty)", entry.details, entry.finding)


def _permissions(assessment: Assessment) -> Iterator[Entry]:
    def order(row: Row) -> tuple[bool, bool]:
        return (row.first.holds is UNKNOWN, row.first.act not in ("use-force", "fight"))

    for row in sorted(rows(triggered(assessment.findings, "may")), key=order):
        yield _row(assessment, row)


def _bans(assessment: Assessment) -> Iterator[Entry]:
    bans = broken(assessment.findings)
    for row in rows([*bans, *(f for f in triggered(assessment.findings, "must_not") if f not in bans)]):
        yield _row(assessment, row)


def _questions(assessment: Assessment) -> Iterator[Entry]:
    for question in assessment.questions:
        count = f"decides {question.decides} answer{'s' if question.decides != 1 else ''}"
        yield Entry(
            question_words(assessment, question.about), (f"{question.about}: {', '.join(question.answers)} · {count}",)
        )


def _not_bound(assessment: Assessment) -> Iterator[Entry]:
    world = assessment.world
    for bearers, miss in miss_groups(not_bound(assessment)):
        toward = f" {name_of(world, miss.toward)}" if miss.toward else ""
        yield Entry(
            f"{capital(names(world, bearers))} → {miss.act.replace('-', ' ')}{toward}: {near_miss_sentence(world, miss)}"
        )


def left_out(assessment: Assessment) -> tuple[str, ...]:
    """The articles behind the answers of which a part is not modelled."""
    touched = {
        f"{f.treaty.id}/{f.rule.article}" for f in assessment.findings
        if f.rule.article in f.treaty.articles and f.treaty.articles[f.rule.article].not_modelled
    }  # fmt: skip
    return tuple(sorted(touched))


def conditions(assessment: Assessment) -> str:
    """What the answer assumes besides the day: the reading, whose knowledge."""
    parts = [f"reading {assessment.reading}"] if assessment.reading else []
    viewer = assessment.world.viewer
    parts += (
        [f"as {'the public' if viewer == 'public' else name_of(assessment.world, viewer)} knew it"] if viewer else []
    )
    return ", ".join(parts)
