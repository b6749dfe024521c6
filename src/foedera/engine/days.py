"""Which day counts: the day on which membership is read, and whether the days of two events, perhaps known in part, fit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date

from foedera.engine.bind import first_bound, moments
from foedera.engine.occurrences import Occurrence, last_day_by
from foedera.engine.proof import Proof, fact, open_leaf
from foedera.engine.world import World, date_answers, days_of, is_lasting, remember
from foedera.language.types import Event, Treaty


def day_for(world: World, treaty: Treaty, occurrence: Occurrence, code: str | None, start: date | None = None) -> date:
    """The day on which membership is read: the event's, or while it lasts the first on which `code` is bound.

    Of one that the instrument never binds, the first on which it is in force.
    """
    day = start or occurrence.day
    return (
        day_between(world, treaty, code, day, last_day_by(world, occurrence)) if is_lasting(occurrence.origin) else day
    )


def day_between(world: World, treaty: Treaty, code: str | None, day: date, last: date) -> date:
    """The first day from `day` to `last` on which `code` is bound, else on which the instrument is in force, else `day`."""
    key = ("first-bound", treaty.id, code, day, last)
    found: date | None = remember(world, key, lambda: first_bound(world, treaty, code, day, last))
    return found or (day if code is None else day_between(world, treaty, None, day, last))


def binds_later(world: World, treaty: Treaty, occurrence: Occurrence, day: date) -> bool:
    """Whether somebody may come to be bound after that day, while it goes on."""
    if not is_lasting(occurrence.origin):
        return False
    days = moments(world, treaty)
    return bisect_right(days, day) < bisect_right(days, last_day_by(world, occurrence))


def fits(world: World, event: Event, mark: Event | date, test: Callable[[date, date], bool]) -> list[Proof]:
    """That the day of an event and that of a mark (another event, or a day) pass a test: no proof where they surely do.

    Open where a day that is known only in part decides.
    """
    own = days_of(world, event)
    other = days_of(world, mark) if isinstance(mark, Event) else [mark]
    outcomes = {*(test(day, at) for day in own for at in other)}
    if outcomes == {True}:
        return []
    vague = event if len(own) > 1 else mark
    if outcomes == {False} or not isinstance(vague, Event):
        return [fact("timely", False, event, at=event.at, missing="happened")]
    fit = [test(day, other[0]) for day in own] if vague is event else [test(own[0], day) for day in other]
    answers = date_answers(world, vague)
    accepts = [answer for answer, is_fit in zip(answers, (*fit, fit[-1]), strict=True) if is_fit]
    return [open_leaf("event", f"{vague.id}.date", answers, accepts, vague, at=vague.at, missing="happened")]
