"""Mutants of a treaty: the same values with one rule, condition, bearer, modality or date dropped or flipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from foedera.dates import When
from foedera.language.types import Condition, Pattern, Rule, Treaty, Who
from foedera.language.vocabulary import is_kind

SORTS = ("rule", "condition", "bearer", "modality", "date")
OTHER_MODALITY = {"must": "may", "may": "must", "must_not": "may", "no_duty": "must"}
HELPING = ("assist", "fight", "aid")
NON_PARTY = Who("role", "non-party")
PARTY, OTHERS = Who("role", "party"), Who("role", "other-parties")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A treaty with one thing wrong: what sort of thing, where (`article/rule`, or the instrument itself), and what.

    `alone`: no other rule of the treaty can be moved by it. `wide`: it shows only beside other instruments.
    `member`: the party whose dates it is about.
    """

    sort: str
    where: str
    says: str
    treaty: Treaty
    alone: bool = False
    wide: bool = False
    member: str | None = None

    def __str__(self) -> str:
        return f"{self.treaty.id}{'/' if self.where else ''}{self.where}: {self.sort}: {self.says}"


def mutants(treaty: Treaty) -> Iterator[Mutant]:
    """All mutants of a treaty, in the order of its file; without a rule nothing follows from its dates."""
    if treaty.rules:
        yield from _life(treaty)
        yield from _membership(treaty)
    for rule in treaty.rules:
        alone = not (rule.modality in ("counts_as", "no_duty") or rule.overrides)
        yield Mutant("rule", rule.path, "dropped", _with(treaty, rule, None), alone)
        for sort, says, other in (
            *_triggers(rule, treaty),
            *_conditions(rule),
            *_bearers(rule, treaty),
            *_duties(rule),
        ):
            wide = (rule.yields_to, rule.overrides) != (other.yields_to, other.overrides)
            yield Mutant(sort, rule.path, says, _with(treaty, rule, other), alone, wide)


def _with(treaty: Treaty, old: Rule, new: Rule | None) -> Treaty:
    article = treaty.articles[old.article]
    rules = tuple(new if rule is old else rule for rule in article.rules)
    kept = replace(article, rules=tuple(rule for rule in rules if rule is not None))
    return replace(treaty, articles={**treaty.articles, article.key: kept})


Change = tuple[str, str, Rule]


def _triggers(rule: Rule, treaty: Treaty) -> Iterator[Change]:
    """What the event must be like, one word at a time."""
    only_two = len(treaty.parties) == 2 and rule.modality != "counts_as" and (_the_same(rule) or rule.who == OTHERS)
    only_two = only_two and rule.when is not None and rule.when.by == NON_PARTY and rule.when.on == PARTY
    for says, when in _patterns(rule.when, only_two) if rule.when is not None else ():
        yield "condition", f"when: {says}", replace(rule, when=when)


def _patterns(pattern: Pattern, only_two: bool) -> Iterator[tuple[str, Pattern]]:
    """`only_two`: the one who could be shut out by `by` would be the bearer itself, who helps nobody it attacks."""
    for kind in pattern.kinds:
        rest = tuple(other for other in pattern.kinds if other != kind)
        if rest and not is_kind((kind,), rest):
            yield f"without {kind}", replace(pattern, kinds=rest)
    for name in ("by", "provoked", "supported_by", "to", "place"):
        if getattr(pattern, name) is not None and not (name == "by" and only_two):
            yield f"without `{name}`", replace(pattern, **{name: None})
    for name in ("scale", "means", "stance", "finding", "organ", "under"):
        if getattr(pattern, name):
            yield f"without `{name}`", replace(pattern, **{name: ()})
    if pattern.response and pattern.involves is None:
        yield "without `response: any`", replace(pattern, response=False)


def _conditions(rule: Rule) -> Iterator[Change]:
    for name, word in (("conditions", "if"), ("exceptions", "unless")):
        found = getattr(rule, name)
        for n, condition in enumerate(found):
            for says, other in _altered(condition):
                kept = (*found[:n], *([other] if other is not None else []), *found[n + 1 :])
                yield "condition", f"{word}: {says}", replace(rule, **{name: kept})
    for name in ("jointly", "before_trigger"):
        if getattr(rule, name):
            yield "condition", f"without `{name}`", replace(rule, **{name: False})
    if rule.decides_whether is not None:
        yield "condition", "without `decides_whether`", replace(rule, decides_whether=None)
    for name in ("overrides", "yields_to"):
        for path in getattr(rule, name):
            rest = tuple(other for other in getattr(rule, name) if other != path)
            yield "condition", f"without `{name}: {path}`", replace(rule, **{name: rest})


def _altered(condition: Condition) -> Iterator[tuple[str, Condition | None]]:
    """The condition dropped, then turned round, then the same for each part of it."""
    yield f"without `{condition.op}`", None
    if condition.op == "not":
        yield "without the `not`", condition.parts[0]
    else:
        yield f"`{condition.op}` turned round", Condition("not", condition.at, parts=(condition,))
    for n, part in enumerate(condition.parts if condition.op != "not" else ()):
        for says, other in _altered(part):
            parts = (*condition.parts[:n], *([other] if other is not None else []), *condition.parts[n + 1 :])
            if parts:
                yield f"{condition.op}: {says}", replace(condition, parts=parts)


def _bearers(rule: Rule, treaty: Treaty) -> Iterator[Change]:
    if rule.modality == "counts_as":
        return
    for says, who in _others(rule.who, rule, treaty):
        yield "bearer", says, replace(rule, who=who)


def _others(who: Who, rule: Rule, treaty: Treaty) -> Iterator[tuple[str, Who]]:
    if who.op in ("any", "all"):
        for part in who.parts:
            if who.op == "all" and len(who.parts) > 1 and _goes_without_saying(part, rule):
                continue
            rest = tuple(other for other in who.parts if other is not part)
            yield f"without {part}", replace(who, parts=rest)
    elif who.op == "code" and who.name in treaty.parties:
        other = next((code for code in treaty.parties if code != who.name), None)
        if other is not None:
            yield f"{other} for {who}", Who("code", other)
    elif who.op == "role" and who.name in ("party", "other-parties"):
        yield f"non-party for {who}", NON_PARTY
        if not _the_same(rule):
            swapped = "party" if who.name == "other-parties" else "other-parties"
            yield f"{swapped} for {who}", Who("role", swapped)
    else:
        yield f"non-party for {who}", NON_PARTY


def _goes_without_saying(part: Who, rule: Rule) -> bool:
    """Whether the part shuts out nobody: a bearer is a party in any case, and owes nothing to itself."""
    owed_to = rule.whom.name if rule.whom is not None else "target"
    to_others = rule.whom is not None or all(act in (*HELPING, "consult", "mobilise") for act in rule.acts)
    return part == PARTY or (part.op == "not" and to_others and part.parts[0].name == owed_to)


def _the_same(rule: Rule) -> bool:
    """Whether `party` and `other-parties` name the same bearers: nobody helps itself, nor against its own side."""
    helps = rule.modality in ("must", "may") and all(act in HELPING for act in rule.acts)
    to_victim = rule.whom is None or rule.whom.name == "target"
    return rule.when is None or (helps and to_victim)


def _duties(rule: Rule) -> Iterator[Change]:
    other = OTHER_MODALITY.get(rule.modality)
    if other is not None:
        yield "modality", f"{other} for {rule.modality}", replace(rule, modality=other)
    for name in ("since", "until"):
        if getattr(rule.force, name) is not None:
            force = replace(rule.force, **{name: None})
            yield "date", f"without `{'from' if name == 'since' else name}`", replace(rule, force=force)
    if rule.secret_until is not None:
        yield "date", "without `secret_until`", replace(rule, secret_until=None)


# the instrument's own dates ------------------------------------------------------------------------------------------


def _life(treaty: Treaty) -> Iterator[Mutant]:
    starts = [option.value for spell in treaty.in_force for option in spell.options if option.value is not None]
    if starts:
        yield Mutant("date", "", "in force from the beginning of time", _entered(treaty, lambda _: _day(date.min)))
        yield Mutant("date", "", "in force a day later", _entered(treaty, lambda when: _later(when, 1)))
    if treaty.ends is not None:
        yield Mutant("date", "", "without `ends`", replace(treaty, ends=None))
        yield Mutant("date", "", "ends a day earlier", replace(treaty, ends=_later(treaty.ends, -1)))
    if treaty.secret_until is not None:
        yield Mutant("date", "", "without `secret_until`", replace(treaty, secret_until=None))


def _entered(treaty: Treaty, change) -> Treaty:
    spells = tuple(
        replace(
            spell, options=tuple(o if o.value is None else replace(o, value=change(o.value)) for o in spell.options)
        )
        for spell in treaty.in_force
    )
    return replace(treaty, in_force=spells)


def _day(day: date) -> When:
    return When(day, day)


def _later(when: When, days: int) -> When:
    """The date so many days later; what is known only in part stays as wide as it was."""
    first = when.first if when.first == date.min else when.first + timedelta(days)
    return When(first, when.last if when.last == date.max else when.last + timedelta(days))


def _membership(treaty: Treaty) -> Iterator[Mutant]:
    starts = [option.value.first for spell in treaty.in_force for option in spell.options if option.value is not None]
    for code, party in treaty.parties.items():
        if party.since is not None and party.since.last > min(starts, default=date.min):
            yield _member(treaty, code, "since", replace(party, since=None))
        if party.until is not None and (treaty.ends is None or party.until.first < treaty.ends.last):
            yield _member(treaty, code, "until", replace(party, until=None))
        for n, spell in enumerate(party.suspended):
            if spell.from_ == "organs":  # it stays bound: nothing reasons with it
                continue
            rest = (*party.suspended[:n], *party.suspended[n + 1 :])
            yield _member(treaty, code, "suspended", replace(party, suspended=rest))


def _member(treaty: Treaty, code: str, what: str, party) -> Mutant:
    changed = replace(treaty, parties={**treaty.parties, code: party})
    return Mutant("date", "", f"{code} without `{what}`", changed, member=code)
