"""A crisis day by day: for each day on which something happened the marks of its map, its panel and its counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.answers.answer import Answer, default_library
from foedera.answers.atlas import Atlas, modern
from foedera.answers.html import BARE, Dress, panel
from foedera.answers.picture import column, layer, sheet
from foedera.answers.scenario import Scenario, Table, asked, days_of, lay
from foedera.answers.shown import Shown
from foedera.answers.words import day_words, event_words
from foedera.draw import Base, Borders, Column, Layer, draw_timeline
from foedera.engine.world import World
from foedera.language.types import Crisis, Event
from foedera.library import Library


class Step(Struct, frozen=True):
    """One day as a page shows it."""

    day: date
    says: tuple[str, ...]
    layer: Layer
    panel: str
    column: Column

    def plain(self) -> dict[str, Any]:
        """The day as plain values, for the page's script."""
        return {
            "day": self.day.isoformat(), "words": day_words(self.day), "says": list(self.says), "marks": self.layer.marks,
            "legend": legend_of(self.layer), "said": self.layer.described, "notes": list(self.layer.notes), "panel": self.panel,
        }  # fmt: skip


def legend_of(shown: Layer) -> str:
    """The legend as list items."""
    return "".join(f"<li>{mark} {escape(words)}</li>" for mark, words in shown.legend)


class Deck(Struct, frozen=True):
    """All days of a scenario on one sheet of land; `world` is that of the last."""

    crisis: Crisis
    scenario: Scenario
    table: Table
    base: Base
    days: tuple[date, ...]
    world: World


def deck_of(
    crisis: Crisis, scenario: Scenario, library: Library, atlas: Atlas = modern, plain: Deck | None = None
) -> Deck:  # fmt: skip
    """The days of a scenario and the land they are drawn on, which the last day's answer frames.

    A changed scenario keeps the frame of the `plain` one, unless what was added names somebody beyond it: so the map
    stays where it is while events are struck out, and nothing has to be worked out for it.
    """
    table = lay(crisis, scenario, library)
    days = days_of(table, scenario)
    if plain is not None and _within(table, plain):
        return Deck(crisis, scenario, table, plain.base, days, plain.world)
    last = assess_day(crisis, scenario, days[-1], library)
    return Deck(crisis, scenario, table, sheet(last.assessment, atlas(days[0])), days, last.assessment.world)


def _within(table: Table, plain: Deck) -> bool:
    """Whether the frame of a deck shows everybody whom the added events name."""
    named = {code for e in table.events if e.id in table.added for code in (*e.by, *e.on)}
    return all(code in plain.base.ground.lands for code in named if code in plain.world.registry.states)


def assess_day(crisis: Crisis, scenario: Scenario, day: date, library: Library) -> Answer:
    """The scenario's answer on one of its days."""
    return asked(crisis, replace(scenario, on=day), library)


def step_of(deck: Deck, day: date, library: Library, dress: Dress = BARE, borders: Borders | None = None) -> Step:
    """One day of the deck."""
    answer = assess_day(deck.crisis, deck.scenario, day, library)
    now = happening(deck.table, deck.scenario, day)
    world = answer.assessment.world
    return Step(
        day, tuple(event.says or event_words(world, event) for event in now),
        layer(answer.assessment, deck.base, borders), panel(answer.assessment, dress),
        column(answer.assessment, day, now),
    )  # fmt: skip


def happening(table: Table, scenario: Scenario, day: date) -> tuple[Event, ...]:
    """The events that begin on a day, those struck out left away."""
    return tuple(
        e for e in table.events if e.date is not None and e.date.first == day and e.id not in scenario.off
    )  # fmt: skip


def shared(steps: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The days with long texts that several have kept once: `texts`, and for each day where its own stand."""
    texts: dict[str, int] = {}
    rows = []
    for step in steps:
        row = dict(step)
        for key in ("marks", "legend", "panel"):
            row[key] = texts.setdefault(step[key], len(texts))
        rows.append(row)
    return {"texts": list(texts), "days": rows}


def timeline(answer: Answer, *, within: Library | None = None) -> Shown:
    """The days of the answer's branch as columns, which show themselves in a notebook; every day is assessed for it."""
    library = within or default_library()
    world = answer.assessment.world
    scenario = Scenario(branch=answer.branch, reading=answer.assessment.reading, known_to=world.viewer)
    table = lay(answer.crisis, scenario, library)
    columns = []
    for day in days_of(table, scenario):
        then = assess_day(answer.crisis, scenario, day, library).assessment
        columns.append(column(then, day, happening(table, scenario, day)))
    told = [f"{c.day}  {'; '.join(c.says) or '–'}" for c in columns]
    return Shown(draw_timeline(columns, world.day), "\n".join(told))
