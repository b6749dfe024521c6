"""An answer as pieces of HTML: one page that opens from disk, a panel for the workbench, a proof for a notebook.

Every text is escaped; nothing is fetched and nothing runs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from importlib.resources import files

from msgspec import Struct

from foedera.answers.page import Entry, Section, conditions, left_out, sections
from foedera.answers.text import plain_misses
from foedera.answers.words import (
    HOLDS,
    cited,
    day_words,
    finding_sentence,
    near_miss_sentence,
    proof_lines,
    question_words,
)
from foedera.engine.answer_types import Assessment, Finding, Question
from foedera.engine.proof import Proof
from foedera.engine.world import World
from foedera.language.sentences import listed
from foedera.language.types import Treaty
from foedera.truth import UNKNOWN

FIRST = ("dilemma", "open", "must", "pledged", "may", "must not", "settled", "not bound")
"""The order of a panel: what one cannot do without deciding, then what is owed, last what does not bind."""
QUESTIONS = 3
"""How many questions stand before the duties; the others can be opened."""
NOTE = "Foedera informs; it gives no legal advice and takes no side."


class Dress(Struct, frozen=True):
    """What a place adds to the bare answer: the address of an article, how a question is settled there.

    With an address in `missing` who is not bound, and why, is told there and not in the panel.
    """

    article: Callable[[Treaty, str], str] = lambda treaty, key: ""
    settle: Callable[[Question], str] = lambda question: ""
    missing: str = ""


BARE = Dress()


@cache
def look(name: str) -> str:
    """A file of the workbench's look, which pages on disk carry with them: `bench.css`, `bench.js`."""
    return files("foedera.answers").joinpath("look", name).read_text("utf-8")


def page(assessment: Assessment, title: str, picture: str = "") -> str:
    """A whole page; `picture` is the SVG of the map."""
    return document(title, f'<main class="memo">\n{body(assessment, title, picture)}\n</main>')


def document(title: str, inner: str, head: str = "") -> str:
    """An HTML document round its inner parts, with the look inside it."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">{head}'
        f"<title>{escape(title)} · Foedera</title><style>{look('bench.css')}</style></head><body>\n{inner}\n</body></html>\n"
    )


def body(assessment: Assessment, title: str, picture: str = "") -> str:
    """The answer as a piece of HTML, for a page or a notebook."""
    extra = conditions(assessment)
    as_of = f"As of {day_words(assessment.world.day)}{', ' + extra if extra else ''}"
    parts = [f"<h1>{escape(title)}</h1>", f'<p class="as-of">{escape(as_of)}</p>', picture, panel(assessment)]
    return "\n".join(part for part in (*parts, f"<p><small>{NOTE}</small></p>") if part)


def panel(assessment: Assessment, dress: Dress = BARE) -> str:
    """Who owes what: dilemmas and questions first, each duty opening into its proof."""
    shown = sorted(sections(assessment, missing=not dress.missing), key=lambda section: FIRST.index(section.name))
    parts = [_section(assessment, section, dress) for section in shown]
    if not shown:
        parts.append("<p>Nothing is owed, permitted or broken because of these events.</p>")
    if dress.missing:
        parts.append(f'<p><a data-late href="{escape(dress.missing)}">Who is not bound, and what is missing</a></p>')
    articles = left_out(assessment)
    if articles:
        parts.append(f"<p><small>Not modelled in part: {escape(', '.join(articles))}.</small></p>")
    return "\n".join(parts)


def not_bound_panel(assessment: Assessment) -> str:
    """Who is not bound, and what is missing."""
    found = [section for section in sections(assessment) if section.name == "not bound"]
    return "".join(_section(assessment, section, BARE) for section in found) or "<p>Nobody is near being bound.</p>"


def _section(assessment: Assessment, section: Section, dress: Dress) -> str:
    questions = assessment.questions if section.name == "open" else ()
    items = [
        f"<li>{_entry(assessment, entry, questions[i] if questions else None, dress)}</li>"
        for i, entry in enumerate(section.entries)
    ]
    head = f'<span aria-hidden="true">{section.mark}</span> {section.name.capitalize()} <small>{len(section.entries)}</small>'
    name = section.name.replace(" ", "-")
    if section.name == "not bound":
        inner = f"<details><summary><h2>{head}</h2></summary>\n{_folded(items, len(items))}</details>"
    else:
        inner = f"<h2>{head}</h2>\n{_folded(items, QUESTIONS if questions else len(items))}"
    return f'<section class="{name}">{inner}</section>'


def _folded(items: list[str], shown: int) -> str:
    """A list of which what comes after the first ones has to be opened; one alone is not worth it."""
    if len(items) <= shown + 1:
        return f"<ul>{''.join(items)}</ul>"
    more = f"<details><summary>{len(items) - shown} more</summary><ul>{''.join(items[shown:])}</ul></details>"
    return f"<ul>{''.join(items[:shown])}</ul>{more}"


def _entry(assessment: Assessment, entry: Entry, question: Question | None, dress: Dress) -> str:
    text = escape(entry.head) + "".join(f"<small>{escape(detail)}</small>" for detail in entry.details)
    if question is not None:
        return text + dress.settle(question)
    if entry.finding is None:
        return text
    return f"<details><summary>{text}</summary>{proof_of(assessment, entry.finding, dress)}</details>"


def proof_of(assessment: Assessment, finding: Finding, dress: Dress = BARE) -> str:
    """The conclusion, the article in our words, and then the facts, each with the line it rests on."""
    world, treaty, key = assessment.world, finding.treaty, finding.rule.article
    where = dress.article(treaty, key)
    name = escape(cited(treaty, key))
    verdict = f"Depends on {listed(finding.hinges)}." if finding.holds is UNKNOWN and finding.hinges else ""
    parts = [f'<p class="so">{escape(finding_sentence(world, finding))} <small>{escape(verdict)}</small></p>']
    if key in treaty.articles:
        named = f'<a href="{escape(where)}">{name}</a>' if where else name
        parts.append(f'<p class="article"><strong>{named}</strong> {escape(treaty.articles[key].says)}</p>')
    parts.append(proof_tree(world, finding.proof))
    if finding.reading_only:
        lacks = "; ".join(near_miss_sentence(world, miss) for miss in plain_misses(assessment, finding))
        parts.append(f"<p>On the plain text: no. {escape(f'Missing: {lacks}.' if lacks else '')}</p>")
    for effect in finding.readings:
        holds = HOLDS[effect.holds] + (f", {effect.binding}" if effect.binding else "")
        asks = question_words(assessment, effect.question)
        parts.append(f"<p><small>{escape(f'{asks} {effect.option} ({effect.standing}): {holds}.')}</small></p>")
    return f'<div class="proof">{"".join(parts)}</div>'


def proof_tree(world: World, proof: Proof) -> str:
    """A proof as nested lists."""
    return _listed(list(proof_lines(world, proof)), 0)


def _listed(lines: list[tuple[int, str, Proof]], depth: int) -> str:
    """The lines of a depth, each with the deeper ones that follow it inside its item."""
    if not lines:
        return ""
    heads = [i for i, (level, _, _) in enumerate(lines) if level <= depth] or [0]
    items = [
        f"<li>{_line(lines[i])}{_listed(lines[i + 1 : end], depth + 1)}</li>"
        for i, end in zip(heads, [*heads[1:], len(lines)], strict=True)
    ]
    return f"<ul>{''.join(items)}</ul>"


def _line(line: tuple[int, str, Proof]) -> str:
    _, text, node = line
    at = f" <small>{escape(node.at.file)}:{node.at.line}</small>" if node.at is not None and node.at.line > 0 else ""
    return f'<span class="{node.truth.value}">{escape(text)}</span>{at}'


NOTEBOOK = """
.foedera{max-width:62rem;line-height:1.5}
.foedera small{display:block;opacity:.8}
.foedera h2{font-size:1.05rem;margin:1rem 0 .3rem}
.foedera ul{padding-left:1.1rem}
.foedera summary{cursor:pointer}
.foedera .proof{border-left:2px solid #d5d9e2;padding-left:.7rem}
.foedera svg{max-width:100%;height:auto;background:#fff}
"""


def in_notebook(inner: str) -> str:
    """A piece of HTML with the little style that it needs, which touches nothing else in the notebook."""
    return f'<div class="foedera"><style>{NOTEBOOK}</style>\n{inner}\n</div>'
