"""An answer as one HTML page that opens from disk: no script, nothing fetched, every text escaped."""

from __future__ import annotations

from html import escape

from foedera.answers.page import Entry, Section, conditions, left_out, sections
from foedera.answers.words import day_words, finding_sentence, proof_lines
from foedera.engine.answer_types import Assessment, Finding

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1B1F27;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}ul{padding-left:1.2rem}li{margin:.35rem 0}
small,.as-of{color:#4a505c}small{display:block}details{margin:.2rem 0}summary{cursor:pointer}
.proof{list-style:none;padding-left:1rem;border-left:2px solid #d5d9e2}svg{max-width:100%;height:auto}
.must h2{color:#0446C9}.may h2{color:#006B48}.must-not h2{color:#B23205}.dilemma h2{color:#5D1574}
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
    extra = conditions(assessment)
    as_of = f"As of {day_words(assessment.world.day)}{', ' + extra if extra else ''}"
    parts = [f"<h1>{escape(title)}</h1>", f'<p class="as-of">{escape(as_of)}</p>', picture]
    parts += [_section(assessment, section) for section in sections(assessment)]
    articles = left_out(assessment)
    if articles:
        parts.append(f"<p><small>Not modelled in part: {escape(', '.join(articles))}.</small></p>")
    parts.append("<p><small>Foedera informs; it gives no legal advice and takes no side.</small></p>")
    return "\n".join(part for part in parts if part)


def _section(assessment: Assessment, section: Section) -> str:
    items = "\n".join(f"<li>{_entry(assessment, entry)}</li>" for entry in section.entries)
    name = section.name.replace(" ", "-")
    return f'<section class="{name}"><h2>{section.mark} {section.name.capitalize()}</h2>\n<ul>{items}</ul></section>'


def _entry(assessment: Assessment, entry: Entry) -> str:
    text = escape(entry.head) + "".join(f"<small>{escape(detail)}</small>" for detail in entry.details)
    if entry.finding is not None:
        text += f"<details><summary>why</summary>{_proof(assessment, entry.finding)}</details>"
    return text


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
        place = (
            f"<small>{escape(node.at.file)}:{node.at.line}</small>" if node.at is not None and node.at.line > 0 else ""
        )
        lines.append(f"<li>{escape(text)}{place}</li>")
    return "".join(lines) + "</ul>" * (depth + 1)
