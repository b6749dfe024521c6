"""The examples beside each rule, as crises in small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from foedera.answers.expect import Outcome, run_expectations
from foedera.dates import on_day
from foedera.language.types import Crisis, Example, Expect, Rule, Treaty
from foedera.library import Library

NAMES = ("fires", "silent", "boundary")  # those that every rule has; it may have more


def run_examples(treaty: Treaty, library: Library) -> Iterator[Outcome]:
    """Every example of a treaty's rules; a missing one counts as failed."""
    for rule in treaty.rules:
        for name in dict.fromkeys((*NAMES, *rule.examples)):
            example = rule.examples.get(name)
            title = f"{treaty.id}/{rule.path}:{name}"
            if example is None:
                yield Outcome(_nothing(rule), title, 1, False, f"an example `{name}`", ("there is none",))
                continue
            crisis = example_crisis(treaty, rule, example, title)
            yield replace(run_expectations(crisis, library)[0], crisis=title)


def example_crisis(treaty: Treaty, rule: Rule, example: Example, title: str) -> Crisis:
    """The example as a crisis: its events, in their order, on the day it is set."""
    day = example.on.first if example.on else all_bound(treaty)
    events = tuple(
        replace(event, id=event.id or f"given-{number}", date=event.date or on_day(day))
        for number, event in enumerate(example.given, 1)
    )
    last = max([day, *(event.date.last for event in events if event.date)])
    then = _filled(example.then, treaty, rule, last)
    return Crisis(
        id=title, title=title, says=None, at=example.at, period_from=None, period_to=on_day(last), instruments=None,
        treaties={treaty.id: treaty}, actors={}, places={}, open=(), events=events,
        facts=example.facts, readings={}, branches={}, expect=(then,),
    )  # fmt: skip


def _filled(then: Expect, treaty: Treaty, rule: Rule, day: date) -> Expect:
    """The expectation with modality, act and instrument taken from the rule where it names none."""
    named = then.must or then.may or then.must_not or then.counts_as or then.nothing or then.dilemma
    if not named and rule.modality in ("must", "may", "must_not", "counts_as"):
        then = _asking(then, rule.modality, rule.acts)
    elif not named:
        then = replace(then, must=rule.acts)
    same = not named or bool(getattr(then, rule.modality, ()))
    return replace(
        then,
        under=then.under or (f"{treaty.id}/{rule.path}" if same else None),
        on=then.on or on_day(day),
        binding=then.binding or treaty.binding,
    )


def _asking(then: Expect, modality: str, acts: tuple[str, ...]) -> Expect:
    if modality == "may":
        return replace(then, may=acts)
    if modality == "must_not":
        return replace(then, must_not=acts)
    return replace(then, must=acts) if modality == "must" else replace(then, counts_as=acts)


def all_bound(treaty: Treaty) -> date:
    """The first day on which all are bound; where that never was, the first of the last to enter."""
    force = [o.value.first for spell in treaty.in_force for o in spell.options if o.value is not None]
    start = min(force, default=treaty.signed.first if treaty.signed else date(2000, 1, 1))
    since = [party.since.first for party in treaty.parties.values() if party.since is not None]
    days = sorted({start, *(day for day in since if day >= start)})
    for day in days:
        if all(_inside(treaty, code, day) for code in treaty.parties):
            return day
    return days[-1]


def _inside(treaty: Treaty, code: str, day: date) -> bool:
    party = treaty.parties[code]
    entered = party.since is None or party.since.reached(day) is True
    return entered and (party.until is None or day < party.until.first)


def _nothing(rule: Rule) -> Expect:
    blank = dict.fromkeys(
        (
            "branch",
            "on",
            "reading",
            "known_to",
            "under",
            "holds",
            "binding",
            "since",
            "status",
            "severity",
            "resolved_by",
        )
    )
    lists: dict[str, tuple[str, ...]] = dict.fromkeys(
        (
            "who",
            "whom",
            "against",
            "must",
            "may",
            "must_not",
            "counts_as",
            "missing",
            "hinges_on",
            "dilemma",
            "between",
            "nothing",
        ),
        (),
    )
    return Expect(at=rule.at, spots={}, cascade=False, **blank, **lists)  # type: ignore[arg-type]
