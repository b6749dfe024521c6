"""A crisis file as a page: what happened by whose account, what is contested, which branches and readings there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foedera.answers.words import wrap
from foedera.language.sentences import KIND_PHRASES, done_to, listed
from foedera.language.types import Crisis, Event
from foedera.states.registry import Registry
from foedera.states.values import Datum


def crisis_json(crisis: Crisis) -> dict[str, Any]:
    """A crisis as plain values; each event with its day, its source and where it stands in the file."""
    return {
        "id": crisis.id, "title": crisis.title, "says": crisis.says,
        "from": str(crisis.period_from) if crisis.period_from else None,
        "to": str(crisis.period_to) if crisis.period_to else None,
        "actors": [{"id": a.id, "kind": a.kind, "of": a.of, "name": a.name} for a in crisis.actors.values()],
        "events": [_event_json(event) for event in crisis.events],
        "contested": {name: _labels(datum) for name, datum in crisis.facts.items()},
        "branches": [
            {"branch": b.id, "says": b.says, "from": str(b.start) if b.start else None, "drop": list(b.drop),
             "add": [_event_json(event) for event in b.add]}
            for b in crisis.branches.values()
        ],
        "readings": [
            {"reading": b.id, "says": b.says, "standing": b.standing, "held_by": list(b.held_by), "source": b.source,
             "set": dict(b.set)}
            for b in crisis.readings.values()
        ],
    }  # fmt: skip


def _event_json(event: Event) -> dict[str, Any]:
    return {
        "id": event.id, "date": str(event.date) if event.date else None, "until": str(event.until) if event.until else None,
        "kinds": list(event.kinds), "by": list(event.by), "on": list(event.on), "to": list(event.to),
        "means": list(event.means), "stance": event.stance,
        "says": event.says, "quote": event.quote, "contested": event.contested,
        "known_since": str(event.known_since) if event.known_since else None,
        "source": event.source.title if event.source else None, "url": event.source.url if event.source else None,
        "at": str(event.at),
    }  # fmt: skip


def _labels(datum: Datum) -> list[str]:
    return [option.label for spell in datum for option in spell.options]


def crisis_page(crisis: Crisis, registry: Registry, width: int) -> str:
    """A crisis as a page for the terminal."""
    lines = [crisis.title, f"{crisis.period_from or '…'} to {crisis.period_to or '…'}   {crisis.at.file}"]
    lines += wrap(crisis.says, width) if crisis.says else []
    for actor in crisis.actors.values():
        of = f" of {registry.called(actor.of)}" if actor.of else ""
        lines.append(f"actor {actor.id}: {actor.name or actor.kind}{of if not actor.name else ''}")
    lines += ["", *(line for event in crisis.events for line in _event_lines(event, crisis, registry, width))]
    for name, datum in crisis.facts.items():
        lines += wrap(f"{name}: {' / '.join(_labels(datum))}", width, "? ", "    ")
    for branch in crisis.branches.values():
        start = f" (from {branch.start})" if branch.start else ""
        lines += ["", *wrap(f"branch {branch.id}{start}: {branch.says}", width, "", "  ")]
        lines += [f"  without {name}" for name in branch.drop]
        lines += [f"  {line}" for event in branch.add for line in _event_lines(event, crisis, registry, width - 2)]
    for bundle in crisis.readings.values():
        held = f" Held by {listed(bundle.held_by)}." if bundle.held_by else ""
        source = f" ({bundle.source})" if bundle.source else ""
        lines += ["", *wrap(f"reading {bundle.id} [{bundle.standing}]: {bundle.says}{held}{source}", width, "", "  ")]
        lines += wrap(", ".join(f"{name} = {value}" for name, value in bundle.set.items()), width, "  ", "    ")
    return "\n".join(lines)


def _event_lines(event: Event, crisis: Crisis, registry: Registry, width: int) -> Iterator[str]:
    def named(codes: tuple[str, ...]) -> str:
        day = event.date.first if event.date else None
        return listed([_name(code, crisis) or registry.called(code, day) for code in codes])

    kinds = listed([KIND_PHRASES[kind] for kind in event.kinds])
    text = done_to(event.kinds, named(event.on), "and") if event.on else kinds
    text += f" by {named(event.by)}" if event.by else ""
    text += f" to {named(event.to)}" if event.to else ""
    text += " (contested)" if event.contested else ""
    text += f". {event.says}" if event.says else ""
    text += f" “{event.quote}”" if event.quote else ""
    yield from wrap(f"{event.date or 'unknown'!s:<10}  {event.id}: {text}", width, "", " " * 12)
    if event.known_since:
        yield f"{'':12}known since {event.known_since}"
    if event.source:
        url = f", {event.source.url}" if event.source.url else ""
        yield from wrap(f"source: {event.source.title}{url}", width, " " * 12, " " * 14)


def _name(code: str, crisis: Crisis) -> str | None:
    return (crisis.actors[code].name or code) if code in crisis.actors else None
