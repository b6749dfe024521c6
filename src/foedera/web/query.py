"""A scenario as the query of a link, and the form that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from foedera.answers.scenario import HERE, Scenario, parse_day
from foedera.problems import Problem, Refused

EVENT_KEYS = ("id", "date", "kind", "by", "on", "to", "place", "provoked", "in_response_to", "says")
ACTORS = ("by", "on", "to")
LISTS = (*ACTORS, "in_response_to")
LONGEST = 600
"""Characters of a field; a crisis file holds more."""
SETTLE = "settle."

Pairs = Iterable[tuple[str, str]]


def read_scenario(query: str, events: Iterable[str] = (), codes: Callable[[str], list[str]] | None = None) -> Scenario:
    """The scenario of a query, which for a form needs two things more.

    `events` are the ids that it shows, so that those not ticked are struck out; `codes` finds whom a line typed in it names.

    >>> read_scenario("branch=invasion&off=coup,ultimatum").off
    ('coup', 'ultimatum')
    """
    pairs = parse_qsl(query)
    for _, value in pairs:
        if len(value) > LONGEST * 3:
            raise Refused((Problem("X003", HERE, "a field of the scenario is too long", f"at most {LONGEST} letters"),))
    table: dict[str, list[str]] = {}
    for key, value in pairs:
        table.setdefault(key, []).append(value)
    off = [name for value in table.get("off", ()) for name in value.split(",") if name]
    if "toggles" in table:
        off = [name for name in events if name not in table.get("keep", ())]
    facts = dict(_fact(value) for value in table.get("fact", ()))
    facts |= {key.removeprefix(SETTLE): value for key, value in pairs if key.startswith(SETTLE)}
    added = [read_event_words(value) for value in table.get("add", ())]
    new = {
        key: codes(value[:LONGEST]) if codes and key in ACTORS else _field(key, value)
        for key in EVENT_KEYS for value in table.get(f"new-{key}", ())[-1:] if value.strip()
    }  # fmt: skip
    if "kind" in new and set(new) & {"by", "on", "to", "says"}:
        added.append(new)
    at = _one(table, "at")
    return Scenario(
        branch=_one(table, "branch"), on=parse_day(at) if at else None, off=tuple(sorted(set(off))), added=tuple(added),
        facts=tuple(sorted(facts.items())), reading=_one(table, "reading"), known_to=_one(table, "known_to"),
    )  # fmt: skip


def _one(table: Mapping[str, list[str]], key: str) -> str | None:
    return (table.get(key) or [""])[-1].strip() or None


def _fact(text: str) -> tuple[str, str]:
    about, _, answer = text.rpartition("=")
    return about, answer


def _field(key: str, text: str) -> Any:
    """What was typed in a field; several names stand between commas or spaces."""
    text = text.strip()[:LONGEST]
    return [part for part in text.replace(",", " ").split() if part] if key in LISTS else text


def read_event_words(text: str) -> dict[str, Any]:
    """An added event as a link holds it: `date:2023-09-17;kind:invasion;by:NGA,BEN;on:NER;says:Troops cross; at noon`.

    >>> read_event_words("kind:invasion;by:NGA,BEN;on:NER;says:a;b")["says"]
    'a;b'
    """
    head, mark, says = text.partition("says:") if text.startswith("says:") else text.partition(";says:")
    event: dict[str, Any] = {}
    for part in head.split(";"):
        key, _, value = part.partition(":")
        if key in EVENT_KEYS and value:
            event[key] = _field(key, value)
    return {**event, "says": says[:LONGEST]} if mark else event


def event_words_of(event: Mapping[str, Any]) -> str:
    """The same the other way."""
    parts = []
    for key in EVENT_KEYS:
        value = event.get(key)
        if value:
            parts.append(f"{key}:{','.join(value) if isinstance(value, (list, tuple)) else value}")
    return ";".join(parts)


def write_scenario(scenario: Scenario, **changed: str | None) -> str:
    """The query of a scenario, always the same for the same one; `changed` sets or, with None, drops a key."""
    pairs: list[tuple[str, str]] = []
    for key, value in (
        ("branch", scenario.branch), ("at", scenario.on.isoformat() if scenario.on else None),
        ("off", ",".join(scenario.off)), ("reading", scenario.reading), ("known_to", scenario.known_to),
    ):  # fmt: skip
        if value:
            pairs.append((key, value))
    pairs += [("add", event_words_of(event)) for event in scenario.added]
    pairs += [("fact", f"{about}={answer}") for about, answer in scenario.facts]
    pairs = [pair for pair in pairs if pair[0] not in changed]
    pairs += [(key, value) for key, value in changed.items() if value]
    return urlencode(pairs, quote_via=quote, safe=":;,=/@")
