"""An answer as Markdown: for a memo or a repository."""

from __future__ import annotations

from foedera.answers.page import conditions, left_out, sections
from foedera.answers.words import day_words
from foedera.engine.answer_types import Assessment


def page(assessment: Assessment, title: str) -> str:
    """The whole answer as Markdown."""
    extra = conditions(assessment)
    lines = [f"# {_escape(title)}", "", f"As of {day_words(assessment.world.day)}{', ' + extra if extra else ''}.", ""]
    for section in sections(assessment):
        lines += [f"## {section.mark} {section.name.capitalize()}", ""]
        for entry in section.entries:
            lines.append(f"- {_escape(entry.head)}")
            lines += [f"  - {_escape(detail)}" for detail in entry.details]
        lines.append("")
    parts = left_out(assessment)
    if parts:
        lines += [f"Not modelled in part: {', '.join(f'`{part}`' for part in parts)}.", ""]
    lines.append("Foedera informs; it gives no legal advice and takes no side.")
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return text
