"""A crisis played turn by turn: for games and classes. Same moves, same answers; saved as a crisis file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from foedera.answers.answer import Answer, assess, default_library
from foedera.answers.ask import last_day
from foedera.language.types import Crisis, Event
from foedera.library import Library, open_crisis, problems_of, read_event, source_plain, written
from foedera.problems import Problem, Refused, whole_file


class World:
    """A crisis that goes on: `step` adds an event, `answer` says what then holds, also to one player.

    The game begins on `day`: what the file has after it has not happened yet.

    >>> world = World("niger-2023", on="2023-09-16")
    >>> world.step({"kind": "invasion", "by": ["NGA", "BEN"], "on": "NER"}).findings[0].bearer
    'BEN'
    """

    def __init__(self, crisis: Crisis | str, on: date | str | None = None, within: Library | None = None) -> None:
        self.within = within or default_library()
        found = open_crisis(crisis, self.within) if isinstance(crisis, str) else crisis
        day = date.fromisoformat(on) if isinstance(on, str) else on
        self._day = day or last_day(found)
        past = tuple(event for event in found.events if event.date is not None and event.date.first <= self._day)
        self._start = replace(found, events=past)
        self._moves: list[dict[str, Any]] = []
        self._events: list[Event] = []

    @property
    def day(self) -> date:
        """The day of the game."""
        return self._day

    def step(self, event: Mapping[str, Any], *, known_to: Iterable[str] = ()) -> Answer:
        """Adds an event and gives the answer for its day; without a date it happens on the next day.

        `event` has the keys of an event in a crisis file. With `known_to` only those, and whoever takes
        part, know of it. Raises `Refused` for an event that a crisis file could not hold.
        """
        move = {key: value for key, value in event.items() if value is not None}
        move.setdefault("id", f"move-{len(self._moves) + 1}")
        move.setdefault("date", (self._day + timedelta(days=1)).isoformat())
        if known_to:
            move["known_to"] = list(known_to)
        made = read_event(move, self.now(), self.within)
        if made.id in {known.id for known in self.now().events}:
            raise Refused((Problem("F009", whole_file("the move"), f"two events are called `{made.id}`", "rename it"),))
        with_it = replace(self.now(), events=(*self.now().events, made))
        # what the file says of events that have not happened yet is no fault of the move
        problems = tuple(problem for problem in problems_of(with_it, self.within) if problem.span.file == made.at.file)
        if problems:
            raise Refused(problems)
        self._moves.append(move)
        self._events.append(made)
        if made.date is not None:
            self._day = max(self._day, made.date.first)
        return self.answer()

    def now(self) -> Crisis:
        """The crisis as far as it has come."""
        return replace(self._start, events=(*self._start.events, *self._events))

    def answer(self, *, known_to: str | None = None, reading: str | None = None) -> Answer:
        """What holds on the day of the game; with `known_to`, as far as that player knows."""
        return assess(self.now(), on=self._day, reading=reading, known_to=known_to, within=self.within)

    def save(self) -> str:
        """The game as a crisis file: what had happened, and the moves."""
        told = source_plain(self._start)
        kept = {event.id for event in self._start.events}
        branches = told.pop("branches", {}).values()
        every = [*told.get("events", []), *(event for branch in branches for event in branch.get("add", []))]
        gone = {event.get("id") for event in every} - kept
        told["events"] = [event for event in told.get("events", []) if event.get("id") in kept] + self._moves
        told["facts"] = _without(told.get("facts", {}), gone)
        for reading in told.get("readings", {}).values():
            reading["set"] = _without(reading.get("set", {}), gone)
        told["period"] = {"to": self._day.isoformat()}
        told.pop("expect", None)
        return written(told)


def _without(facts: Mapping[str, Any], events: set[Any]) -> dict[str, Any]:
    """The facts that are about none of these events."""
    return {
        name: fact for name, fact in facts.items()
        if name.partition("@")[2] not in events and name.partition(".")[0] not in events
    }  # fmt: skip
