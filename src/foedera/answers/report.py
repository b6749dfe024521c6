"""The workbench as one file: every day of a scenario in it, to scrub from disk with nothing served or fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from foedera.answers.atlas import Atlas, modern
from foedera.answers.deck import Deck, Step, deck_of, legend_of, shared, step_of
from foedera.answers.html import NOTE, document, look
from foedera.answers.scenario import Scenario, first_shown
from foedera.answers.words import day_words
from foedera.draw import draw_sheet, draw_timeline
from foedera.language.types import Crisis
from foedera.library import Library

Tick = Callable[[int, int], None]


def report(
    crisis: Crisis, scenario: Scenario, library: Library, atlas: Atlas = modern, tick: Tick = lambda done, all_: None
) -> str:  # fmt: skip
    """The whole page; `tick` is told how many days of how many are done."""
    deck = deck_of(crisis, scenario, library, atlas)
    steps: list[Step] = []
    for day in deck.days:
        steps.append(step_of(deck, day, library, borders=atlas(deck.days[0])))
        tick(len(steps), len(deck.days))
    chosen = scenario.on or first_shown(deck.table, scenario)
    return _page(deck, steps, chosen if chosen in deck.days else deck.days[-1])


def _page(deck: Deck, steps: Sequence[Step], chosen: date) -> str:
    at = next(step for step in steps if step.day == chosen)
    title = title_of(deck)
    packed = base64.b64encode(zlib.compress(json.dumps(shared([s.plain() for s in steps])).encode(), 9)).decode()
    days = json.dumps([day.isoformat() for day in deck.days])
    inner = (
        f'<main id="bench" class="bench two" data-days="{escape(days)}" data-at="{at.day}" data-step="">\n'
        f"{see(deck, at, [step.column for step in steps], f'<h1>{escape(title)}</h1>')}\n"
        f'<section id="answers" class="answers" aria-label="Who owes what">{at.panel}</section>\n'
        f'</main><footer class="plain"><small>{escape(NOTE)}</small></footer>\n'
        f'<script type="text/plain" id="deck">{packed}</script>\n<script type="module">{look("bench.js")}</script>'
    )
    return document(title, inner, _policy())


def title_of(deck: Deck) -> str:
    """The crisis, and the branch with what was changed."""
    branch = deck.scenario.branch
    title = deck.crisis.title + (f": {branch}" if branch else "")
    return f"{title}, changed" if deck.scenario.edited else title


def see(deck: Deck, step: Step, columns: Sequence[object], head: str = "") -> str:
    """The middle of the workbench: the map over the timeline, on one day."""
    drawn = draw_timeline(columns, step.day)  # type: ignore[arg-type]
    index = deck.days.index(step.day)
    return (
        f'<section class="see" aria-label="Map and timeline">{head}\n<div class="map"><div class="tools" data-script hidden>'
        '<button type="button" id="closer" aria-label="Zoom in">+</button>'
        '<button type="button" id="farther" aria-label="Zoom out">−</button>'
        '<button type="button" id="whole" aria-label="Whole map">⤢</button></div>\n'
        f'{draw_sheet(deck.base, step.layer)}</div>\n<ul id="key" class="key">{legend_of(step.layer)}</ul>\n'
        f'<p id="map-said" class="sr">{escape(step.layer.described)}</p>\n'
        '<div class="now"><button type="button" id="play" aria-pressed="false" data-script hidden>▶ Play</button>'
        f'<h2><time id="on" datetime="{step.day}">{day_words(step.day)}</time></h2>'
        f'<ul id="what">{"".join(f"<li>{escape(text)}</li>" for text in step.says)}</ul></div>\n'
        f'<div class="time">{drawn}</div>\n'
        f'<input type="range" id="scrub" min="0" max="{len(deck.days) - 1}" value="{index}" step="1" aria-label="Day" '
        "data-script hidden>\n"
        f'<ul id="notes" class="notes">{"".join(f"<li>{escape(text)}</li>" for text in step.layer.notes)}</ul></section>'
    )


def _policy() -> str:
    """What the page may do: run its own script, wear its own style, and nothing else."""
    script, style = (_mark(look(name)) for name in ("bench.js", "bench.css"))
    rules = f"default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _mark(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
