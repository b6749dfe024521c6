"""The borders for a day: historical ones where the user has added CShapes, else today's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from foedera.answers.words import capital
from foedera.draw import Borders, historical_borders
from foedera.problems import Problem, Refused, whole_file
from foedera.states.registry import Registry
from foedera.truth import NO

Atlas = Callable[[date], Borders | None]
"""The borders of a day; None means those of today."""


def modern(day: date) -> Borders | None:
    """The atlas that only has today's borders."""
    return None


def atlas_of(path: Path, registry: Registry) -> Atlas:
    """The atlas of a CShapes file; `Refused` where a day is asked of a file that is none."""
    kept: dict[date, Borders | None] = {}

    def borders(day: date) -> Borders | None:
        if day not in kept:
            kept[day] = _read(path, day, registry)
        return kept[day]

    return borders


def _read(path: Path, day: date, registry: Registry) -> Borders | None:
    table = {
        (coding, code.code): (state.id, capital(state.name_on(day)))
        for state in registry.states.values() if state.existed(day) is not NO
        for coding, codes in (("cow", state.cow), ("gw", state.gw))
        for code in codes if code.interval.covers(day) is not False
    }  # fmt: skip
    try:
        return historical_borders(path, day, lambda coding, code: table.get((coding, code)))
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        told = f"`{path}` cannot be read as CShapes ({error.__class__.__name__})"
        raise Refused(
            (Problem("Y012", whole_file(str(path)), told, "add it again: foedera data add cshapes PATH"),)
        ) from None
