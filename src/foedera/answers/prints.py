"""An answer on paper and as a picture: PDF through Typst, PNG through resvg, both of the extra `report`."""

from __future__ import annotations

import json
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from foedera.answers.answer import Answer
from foedera.answers.html import FIRST, NOTE
from foedera.answers.page import conditions, left_out, sections
from foedera.answers.words import cited, day_words, finding_sentence, proof_lines
from foedera.problems import Problem, Refused, whole_file

ZOOM = 2
"""Pixels of the PNG for each of the drawing."""
INKS = {"dilemma": "5D1574", "must": "0446C9", "may": "006B48", "must not": "B23205"}

# the words come as data, so nothing that a crisis file says can be read as Typst
PAGE = """\
#let told = json("told.json")
#set document(title: told.title)
#set page(paper: "a4", margin: 2cm, numbering: "1 / 1")
#set text(size: 10pt, hyphenate: true, lang: "en")
#set par(justify: false)
#text(size: 18pt, weight: "bold", told.title)
#v(-4pt)
#text(fill: rgb("4A505C"), told.as_of)
#image("map.svg", width: 100%, alt: told.alt)
#for section in told.sections [
  #v(6pt)
  #block(sticky: true, text(size: 12pt, weight: "bold", fill: rgb(section.ink), section.mark + " " + section.name))
  #for entry in section.entries [
    #block(breakable: true, inset: (left: 8pt), stroke: (left: 1.5pt + rgb(section.ink)))[
      #text(entry.head)
      #for detail in entry.details [ \\ #text(size: 8.5pt, fill: rgb("4A505C"), detail)]
      #for line in entry.proof [
        #block(above: 4pt, below: 0pt, inset: (left: 8pt + line.depth * 8pt), text(size: 8pt, line.text)
        + h(4pt) + text(size: 7pt, fill: rgb("6B717C"), line.at))
      ]
    ]
  ]
]
#v(8pt)
#text(size: 8.5pt, fill: rgb("4A505C"), told.note)
"""


def png(svg: str) -> bytes:
    """A picture in pixels, twice as many as the drawing has."""
    drawn = _needed("resvg_py").svg_to_bytes(svg_string=svg, zoom=ZOOM)
    return bytes(drawn)


def pdf(answer: Answer, picture: str) -> bytes:
    """The answer on A4: the map (`picture`, SVG), then who owes what, each with its proof."""
    typst = _needed("typst")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.joinpath("map.svg").write_text(picture, "utf-8")
        place.joinpath("told.json").write_text(json.dumps(_told(answer)), "utf-8")
        place.joinpath("page.typ").write_text(PAGE, "utf-8")
        made: bytes = typst.compile(str(place / "page.typ"), root=folder, format="pdf", timestamp=0)
    return made


def _needed(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        told = f"a report needs `{module.replace('_', '-')}`, which is not installed"
        raise Refused((Problem("Y013", whole_file("foedera report"), told, "pip install 'foedera[report]'"),)) from None


def _told(answer: Answer) -> dict[str, Any]:
    """What the page says, as data."""
    assessment = answer.assessment
    extra, left = conditions(assessment), left_out(assessment)
    shown = sorted(sections(assessment), key=lambda section: FIRST.index(section.name))
    as_of = f"As of {day_words(assessment.world.day)}{', ' + extra if extra else ''}"
    note = (f"Not modelled in part: {', '.join(left)}. " if left else "") + NOTE
    return {
        "title": answer.title, "as_of": as_of, "alt": f"Map: {answer.title}", "note": note,
        "sections": [
            {
                "name": section.name.capitalize(), "mark": section.mark, "ink": INKS.get(section.name, "1B1F27"),
                "entries": [
                    {"head": entry.head, "details": list(entry.details), "proof": _proof(answer, entry.finding)}
                    for entry in section.entries
                ],
            }
            for section in shown
        ],
    }  # fmt: skip


def _proof(answer: Answer, finding: Any) -> list[dict[str, Any]]:
    if finding is None:
        return []
    world, treaty, key = answer.assessment.world, finding.treaty, finding.rule.article
    lines = [{"depth": 0, "text": finding_sentence(world, finding), "at": ""}]
    if key in treaty.articles:
        lines.append({"depth": 0, "text": f"{cited(treaty, key)}: {treaty.articles[key].says}", "at": ""})
    for depth, text, node in proof_lines(world, finding.proof):
        at = f"{node.at.file}:{node.at.line}" if node.at is not None and node.at.line > 0 else ""
        lines.append({"depth": depth + 1, "text": text, "at": at})
    return lines
