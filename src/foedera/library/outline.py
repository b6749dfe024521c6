"""Whom an instrument may concern: enough to leave it unread when it cannot matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from foedera.language.types import Condition, Pattern, Treaty, Who

OPEN_ROLES = frozenset(("non-party", "any-state", "anyone", "great-power", "european-power", "sponsor"))


class Outline(Struct, frozen=True):
    """The states it names, whether it may concern any state, the body it serves, the instruments it leans on.

    `first` and `last` are the days (ISO) before and after which it can bind nobody, on any reading; an instrument
    that has no legal end ends here with its effective one.
    """

    codes: frozenset[str]
    universal: bool
    organisation: str | None
    leans_on: tuple[str, ...]
    first: str
    last: str

    def row(self) -> list[Any]:
        """As JSON."""
        return [sorted(self.codes), self.universal, self.organisation, list(self.leans_on), self.first, self.last]

    @staticmethod
    def of(row: list[Any]) -> Outline:
        """From JSON."""
        return Outline(frozenset(row[0]), row[1], row[2], tuple(row[3]), row[4], row[5])


def outline(treaty: Treaty) -> Outline:
    """The outline of a treaty, readings included."""
    rules = [
        *treaty.rules,
        *(r for x in treaty.readings.values() for o in x.options.values() for r in o.change.rules.values() if r),
    ]
    codes = {*treaty.parties, *(code for group in treaty.groups.values() for code in group)}
    universal = treaty.all_states or treaty.parties_of is not None or treaty.prevails_over_all
    leans_on = {*treaty.subject_to, *([treaty.parties_of] if treaty.parties_of else [])}
    for reading in treaty.readings.values():
        for option in reading.options.values():
            codes |= (
                set(option.change.own.get("parties") or ())
                if isinstance(option.change.own.get("parties"), dict)
                else set()
            )
    for rule in rules:
        universal = universal or rule.for_all or (rule.when is not None and _any_victim(rule.when))
        whos = [
            rule.who,
            rule.whom,
            rule.against,
            *([rule.when.on, rule.when.by, rule.when.involves] if rule.when else []),
        ]
        codes |= {code for who in whos if who is not None for code in _codes(who)}
        leans_on |= {c.treaty for c in _conditions((*rule.conditions, *rule.exceptions)) if c.treaty}
        leans_on |= {path.split("/")[0] for path in (*rule.yields_to, *rule.overrides)} - {"this", treaty.id}
    return Outline(frozenset(codes), universal, treaty.organisation, tuple(sorted(leans_on)), *_life(treaty))


def _life(treaty: Treaty) -> tuple[str, str]:
    changed = {
        key for reading in treaty.readings.values() for option in reading.options.values() for key in option.change.own
    }
    entries = [option.value for spell in treaty.in_force for option in spell.options]
    starts = [entry.first for entry in (*entries, treaty.signed) if entry is not None]
    first = min(starts, default=date.min) if "in_force" not in changed else date.min
    over = treaty.ends or treaty.effective_end  # one dead in practice is not dug up for a later crisis
    last = over.last if over is not None and "ends" not in changed else date.max
    return first.isoformat(), last.isoformat()


def _any_victim(pattern: Pattern) -> bool:
    """Whether the event may strike one that the instrument does not name."""
    who = pattern.on or pattern.involves
    return who is None or bool(OPEN_ROLES.intersection(who.roles())) or any(part.op == "not" for part in who.flat())


def _codes(who: Who) -> set[str]:
    return {part.name for part in who.flat() if part.op == "code"}


def _conditions(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in conditions:
        yield condition
        yield from _conditions(condition.parts)
