"""Who plays which part while a rule is tried."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from foedera.engine.occurrences import Occurrence
from foedera.language.types import Event, Rule, Treaty

PARTS = ("actor", "target", "bearer", "toward")


class Binding(Struct, frozen=True, gc=False):
    """Who plays which part when a rule is tried; `day` is the day on which membership is read."""

    treaty: Treaty
    day: date
    occurrence: Occurrence | None
    target: str | None
    actor: str | None
    bearer: str | None = None
    toward: str | None = None
    rule: Rule | None = None

    @property
    def event(self) -> Event | None:
        """The event behind it."""
        return self.occurrence.origin if self.occurrence else None

    def on_day(self, day: date) -> Binding:
        """The same parts, with membership read on another day."""
        if day == self.day:
            return self
        return Binding(
            self.treaty, day, self.occurrence, self.target, self.actor, self.bearer, self.toward, self.rule
        )  # fmt: skip

    def with_bearer(self, bearer: str | None, day: date | None = None) -> Binding:
        """The same parts, for this bearer, with membership read on this day."""
        return Binding(
            self.treaty, day or self.day, self.occurrence, self.target, self.actor, bearer, self.toward, self.rule
        )  # fmt: skip

    def with_toward(self, toward: str | None) -> Binding:
        """The same parts, owed or done to this one."""
        return Binding(
            self.treaty, self.day, self.occurrence, self.target, self.actor, self.bearer, toward, self.rule
        )  # fmt: skip

    def part(self, role: str) -> str | None:
        """Who plays `actor`, `target`, `bearer` or `toward`."""
        return getattr(self, role)  # type: ignore[no-any-return]
