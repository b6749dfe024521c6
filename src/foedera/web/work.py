"""Jobs and replies, which are plain so that they may cross a process, and the shop in which a worker works."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from msgspec import Struct
from msgspec.structs import replace

from foedera.answers.ask import attack, make_case, state_code
from foedera.answers.atlas import Atlas, atlas_of, modern
from foedera.answers.deck import Deck, deck_of
from foedera.answers.scenario import Scenario, first_shown, lay, parse_day
from foedera.draw import Borders, Column
from foedera.engine.cascade import Cascade, cascade
from foedera.language.types import Crisis
from foedera.library import Library, library, open_crisis
from foedera.problems import Problem, Refused, whole_file
from foedera.web.query import read_scenario, write_scenario

HTML, JSON, SVG, YAML = "text/html; charset=utf-8", "application/json", "image/svg+xml", "application/yaml"


class Job(Struct, frozen=True):
    """What is asked: the page, the crisis or thing it is about, the query of the link."""

    page: str
    about: str = ""
    query: str = ""


class Reply(Struct, frozen=True):
    """What is answered, plain and packed; `to` is where a form's link leads, `column` a day of the timeline."""

    body: bytes = b""
    kind: str = HTML
    status: int = 200
    to: str | None = None
    file: str | None = None
    column: Column | None = None
    packed: bytes = b""


def packed(reply: Reply) -> Reply:
    """The reply with its body packed too, so that it is packed once and not at every request."""
    return replace(reply, packed=gzip.compress(reply.body, 5, mtime=0)) if len(reply.body) > 2000 else reply


class Shop:
    """What a worker keeps: the library, and the crisis files named on the command line."""

    def __init__(self, folders: Iterable[str] = (), crises: Iterable[str] = (), shapes: str | None = None) -> None:
        self.library: Library = library(*(Path(folder) for folder in folders))
        self.atlas: Atlas = atlas_of(Path(shapes), self.library.registry) if shapes else modern
        self.paths = {open_crisis(path, self.library).id: path for path in crises if path not in self.library.crises}
        self.deck = lru_cache(maxsize=24)(self._deck)
        self.cascade = lru_cache(maxsize=8)(self._cascade)

    def crisis(self, name: str) -> Crisis:
        """A crisis of the library, one named on the command line, or `RUS-attacks-EST~2026-11-23`."""
        if name in self.paths:
            return open_crisis(self.paths[name], self.library)
        if name in self.library.crises:
            return self.library.crises[name]
        pair, _, day = name.partition("~")
        who, attacks, whom = pair.partition("-attacks-")
        if attacks and day:
            return attack(who.upper(), whom.upper(), self.library, on=parse_day(day))
        raise Refused((Problem("Y001", whole_file(name), f"there is no crisis `{name[:60]}`", "see the front page"),))

    def names(self) -> list[str]:
        """The crises that can be opened."""
        return sorted({*self.library.crises, *self.paths})

    def _deck(self, name: str, query: str) -> Deck:
        scenario = read_scenario(query)
        plain = self.deck(name, write_scenario(Scenario(branch=scenario.branch))) if scenario.edited else None
        return deck_of(self.crisis(name), scenario, self.library, self.atlas, plain)

    def _cascade(self, name: str, query: str) -> Cascade:
        scenario = read_scenario(query)
        table = lay(self.crisis(name), scenario, self.library)
        return cascade(
            make_case(
                table.crisis, self.library, branch=table.branch, on=scenario.on, reading=table.reading, viewer=scenario.known_to
            )
        )  # fmt: skip

    def borders(self, deck: Deck) -> Borders | None:
        """The borders that a deck is drawn on."""
        return self.atlas(deck.days[0])

    def opened(self, job: Job) -> tuple[Deck, date]:
        """The deck of a job's scenario, and the day that it shows."""
        scenario = read_scenario(job.query)
        deck: Deck = self.deck(job.about, write_scenario(replace(scenario, on=None)))
        day = scenario.on or first_shown(deck.table, deck.scenario)
        if day not in deck.days:
            deck = replace(deck, days=tuple(sorted({*deck.days, day})))
        return replace(deck, scenario=replace(scenario, on=day)), day


def params(job: Job) -> dict[str, str]:
    """The query as a table, the last of each key."""
    return {key: values[-1].strip() for key, values in parse_qs(job.query, keep_blank_values=True).items()}


def state_named(shop: Shop, name: str) -> str:
    """The state of a link or form."""
    return state_code(name, shop.library)


Page = Callable[[Shop, Job], Reply]


def as_json(value: Any) -> Reply:
    """A reply of plain values."""
    return Reply((json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode(), JSON)


def as_svg(picture: str) -> Reply:
    """A reply of a picture."""
    return Reply(picture.encode(), SVG)


def scenario_of(job: Job) -> Scenario:
    """The scenario of a job."""
    return read_scenario(job.query)
