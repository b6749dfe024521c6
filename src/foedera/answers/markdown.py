"""An answer as Markdown: for a memo or a repository."""

from __future__ import annotations

from collections.abc import Iterator

from foedera.answers.groups import Row, broken, dilemma_rows, miss_groups, row_articles, row_bearers, row_clause, row_status, rows, triggered
from foedera.answers.text import dilemma_group_sentence
from foedera.answers.words import capital, day_words, listed, name_of, near_miss_sentence, question_words
from foedera.engine.answer_types import Assessment
from foedera.engine.missing import not_bound
from foedera.truth import UNKNOWN


def page(assessment: Assessment, title: str) -> str:
    """The whole answer as Markdown."""
    lines = [f"# {title}", "", f"As of {day_words(assessment.world.day)}{_reading(assessment)}.", ""]
    for heading, section in (
        ("Dilemmas", _dilemmas(assessment)), ("Must", _rows(assessment, "must")), ("May", _rows(assessment, "may")),
        ("Must not", _bans(assessment)), ("Open questions", _questions(assessment)), ("Not bound", _misses(assessment)),
    ):  # fmt: skip
        entries = list(section)
        if entries:
            lines += [f"## {heading}", "", *(f"- {entry}" for entry in entries), ""]
    lines.append("Foedera informs; it gives no legal advice and takes no side.")
    return "\n".join(lines) + "\n"


def _reading(assessment: Assessment) -> str:
    text = f", reading `{assessment.reading}`" if assessment.reading else ""
    return text + (", as the public knew it" if assessment.world.public else "")


def _dilemmas(assessment: Assessment) -> Iterator[str]:
    for group in dilemma_rows(assessment.dilemmas):
        yield dilemma_group_sentence(assessment.world, group)


def _row(assessment: Assessment, row: Row) -> str:
    text = f"**{row_bearers(assessment.world, row)}** {_verb(row)}{row_clause(assessment.world, row)}"
    text += f" ({row_articles(row)}; {row_status(row)})"
    if row.first.treaty.binding != "legal":
        text += f" ({row.first.treaty.binding}, no legal duty)"
    if row.first.holds is UNKNOWN:
        text += " — depends on " + listed([f"`{hinge}`" for hinge in row.first.hinges])
    return text


def _verb(row: Row) -> str:
    return "must " if row.first.modality == "must" else ""


def _rows(assessment: Assessment, modality: str) -> Iterator[str]:
    for binding in ("legal", "political", "moral"):
        for row in rows(triggered(assessment.findings, modality, binding)):
            yield _row(assessment, row)


def _bans(assessment: Assessment) -> Iterator[str]:
    found = broken(assessment.findings)
    for row in rows([*found, *(f for f in triggered(assessment.findings, "must_not") if f not in found)]):
        yield _row(assessment, row)


def _questions(assessment: Assessment) -> Iterator[str]:
    for question in assessment.questions:
        yield f"{question_words(assessment, question.about)} (`{question.about}`: {', '.join(question.answers)}; decides {question.decides})"


def _misses(assessment: Assessment) -> Iterator[str]:
    world = assessment.world
    for bearers, miss in miss_groups(not_bound(assessment)):
        names = listed([capital(name_of(world, code)) for code in bearers])
        toward = f" {name_of(world, miss.toward)}" if miss.toward else ""
        yield f"{names} need not {miss.act.replace('-', ' ')}{toward}: {near_miss_sentence(world, miss)}"
