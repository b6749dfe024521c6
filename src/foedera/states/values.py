"""Values that change with the date or that are contested: a government, a sovereign, a date of effect."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from foedera.dates import ALWAYS, Interval
from foedera.problems import Span


class Option(Struct, frozen=True):
    """One of the answers to a contested question: its label, the value it gives, who says so or why."""

    label: str
    value: Any
    says: str = ""


class Spell(Struct, frozen=True):
    """What holds in an interval: one option, or several where it is contested."""

    interval: Interval
    options: tuple[Option, ...]
    at: Span

    @property
    def contested(self) -> bool:
        """Whether more than one answer is held."""
        return len(self.options) > 1


Datum = tuple[Spell, ...]


def settled(value: Any, at: Span) -> Datum:
    """A value that is not contested and never changes."""
    return (Spell(ALWAYS, (Option(str(value), value),), at),)


def spell_on(datum: Datum, day: date) -> Spell | None:
    """The spell that covers a day (the first written wins a partly known border), or None."""
    return next((spell for spell in datum if spell.interval.covers(day) is not False), None)
