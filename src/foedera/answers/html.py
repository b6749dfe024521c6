"""An answer as one HTML page that opens from disk: no script, nothing fetched, every text escaped."""

from __future__ import annotations

from html import escape

from foedera.answers.groups import Row, broken, dilemma_rows, miss_groups, row_articles, row_bearers, row_clause, row_status, rows, triggered
from foedera.answers.text import dilemma_group_sentence
from foedera.answers.words import capital, day_words, finding_sentence, listed, name_of, near_miss_sentence, proof_lines, question_words
from foedera.engine.answer_types import Assessment, Finding
from foedera.engine.missing import not_bound
from foedera.truth import UNKNOWN

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1B1F27;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}ul{padding-left:1.2rem}li{margin:.35rem 0}
small,.as-of{color:#4a505c}details{margin:.2rem 0}summary{cursor:pointer}.proof{list-style:none;padding-left:1rem;border-left:2px solid #d5d9e2}
.must h2{color:#0446C9}.may h2{color:#006B48}.must-not h2{color:#B23205}.dilemma h2{color:#5D1574}svg{max-width:100%;height:auto}
"""


def page(assessment: Assessment, title: str, picture: str = "") -> str:
    """A whole page; `picture` is the SVG of the map."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} · Foedera</title><style>{STYLE}</style></head><body><main>\n"
        f"{body(assessment, title, picture)}\n</main></body></html>\n"
    )


def body(assessment: Assessment, title: str, picture: str = "") -> str:
    """The answer as a piece of HTML, for a page or a notebook."""
    extra = f", reading {escape(assessment.reading)}" if assessment.reading else ""
    parts = [f"<h1>{escape(title)}</h1>", f'<p class="as-of">As of {day_words(assessment.world.day)}{extra}</p>', picture]
    parts.append(_section("dilemma", "◆ Dilemmas", [escape(dilemma_group_sentence(assessment.world, g)) for g in dilemma_rows(assessment.dilemmas)]))
    for modality, heading in (("must", "■ Must"), ("may", "▷ May")):
        found = [row for binding in ("legal", "political", "moral") for row in rows(triggered(assessment.findings, modality, binding))]
        parts.append(_section(modality, heading, [_row(assessment, row) for row in found]))
    bans = broken(assessment.findings)
    bans += [f for f in triggered(assessment.findings, "must_not") if f not in bans]
    parts.append(_section("must-not", "⊘ Must not", [_row(assessment, row) for row in rows(bans)]))
    asked = [f"{escape(question_words(assessment, q.about))} <small>{escape(q.about)}: {escape(', '.join(q.answers))}; decides {q.decides}</small>" for q in assessment.questions]
    parts.append(_section("open", "? Open questions", asked))
    parts.append(_section("not-bound", "Not bound", _misses(assessment)))
    parts.append("<p><small>Foedera informs; it gives no legal advice and takes no side.</small></p>")
    return "\n".join(part for part in parts if part)


def _section(name: str, heading: str, entries: list[str]) -> str:
    if not entries:
        return ""
    items = "\n".join(f"<li>{entry}</li>" for entry in entries)
    return f'<section class="{name}"><h2>{heading}</h2>\n<ul>{items}</ul></section>'


def _row(assessment: Assessment, row: Row) -> str:
    verb = "must " if row.first.modality == "must" else ""
    text = f"<strong>{escape(row_bearers(assessment.world, row))}</strong> {verb}{escape(row_clause(assessment.world, row))}"
    text += f" <small>{escape(row_articles(row))} · {escape(row_status(row))}</small>"
    if row.first.treaty.binding != "legal":
        text += f" <small>({row.first.treaty.binding}, no legal duty)</small>"
    if row.first.holds is UNKNOWN:
        text += " <small>depends on " + escape(listed(list(row.first.hinges))) + "</small>"
    return text + f"<details><summary>why</summary>{_proof(assessment, row.first)}</details>"


def _proof(assessment: Assessment, finding: Finding) -> str:
    lines = [f"<p>{escape(finding_sentence(assessment.world, finding))}</p>"]
    depth = -1
    for level, text, node in proof_lines(assessment.world, finding.proof):
        while depth < level:
            lines.append('<ul class="proof">')
            depth += 1
        while depth > level:
            lines.append("</ul>")
            depth -= 1
        place = f" <small>{escape(node.at.file)}:{node.at.line}</small>" if node.at is not None and node.at.line > 0 else ""
        lines.append(f"<li>{escape(text)}{place}</li>")
    return "".join(lines) + "</ul>" * (depth + 1)


def _misses(assessment: Assessment) -> list[str]:
    world = assessment.world
    found = []
    for bearers, miss in miss_groups(not_bound(assessment)):
        names = listed([capital(name_of(world, code)) for code in bearers])
        toward = f" {name_of(world, miss.toward)}" if miss.toward else ""
        found.append(escape(f"{names} need not {miss.act.replace('-', ' ')}{toward}: {near_miss_sentence(world, miss)}"))
    return found
