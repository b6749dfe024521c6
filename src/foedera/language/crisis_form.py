"""The form of a crisis file: actors, events, facts, readings, branches, expectations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.language.event_form import CRISIS_EXPECT, EVENT, KIND, Facts
from foedera.language.node import Entry, Node, declared, names_in
from foedera.language.party_form import STANDING
from foedera.language.registry_form import PLACES, read_places
from foedera.language.shapes import (
    BAD,
    Code,
    Day,
    Ident,
    Key,
    Many,
    Null,
    Reader,
    Record,
    Schema,
    Table,
    Text,
    Word,
    kind_of,
)  # fmt: skip
from foedera.language.treaty_form import read_treaty
from foedera.language.types import Actor, Branch, Bundle, Crisis, Event, Treaty
from foedera.language.vocabulary import ACTOR_KINDS
from foedera.problems import Label, Span


def _actor(at: Span, says: str | None, **fields: Any) -> Actor:
    return Actor(id="", at=at, **fields)


ACTOR = Record(
    "an actor", _actor,
    keys={
        "kind": Key(Word("a kind of actor", ACTOR_KINDS), required=True),
        "of": Key(Code("a state")),
        "name": Key(Text()),
        "says": Key(Text()),
    },
)  # fmt: skip


def _bundle(at: Span, **fields: Any) -> Bundle:
    return Bundle(id="", at=at, **fields)


class _RawChange(Struct, frozen=True):
    """`change` of a bundle, kept as nodes until the treaties are known."""

    def read(self, node: Node, reader: Reader) -> Any:
        if not isinstance(node.value, dict):
            return reader.report("F003", node.span, f"`change` is a mapping, not {kind_of(node)}", "`aes-2023/6: {…}`")
        return {path: replace(entry.node, span=entry.key) for path, entry in node.value.items()}

    def schema(self) -> Schema:
        return {"type": "object"}


BUNDLE = Record(
    "a reading", _bundle,
    keys={
        "says": Key(Text(), required=True),
        "set": Key(Table(Text(), Null(Text())), default={}),
        "standing": Key(Word("a standing", STANDING), default="minority"),
        "held_by": Key(Many(Text()), default=()),
        "source": Key(Text()),
        "change": Key(_RawChange(), default={}),
    },
)  # fmt: skip


def _branch(at: Span, **fields: Any) -> Branch:
    return Branch(id="", at=at, start=fields.pop("from"), **fields)


BRANCH = Record(
    "a branch", _branch,
    keys={
        "says": Key(Text(), default=""),
        "from": Key(Day()),
        "add": Key(Many(EVENT, only_list=True), default=()),
        "drop": Key(Many(Ident()), default=()),
        "facts": Key(Facts(), default={}),
    },
)  # fmt: skip
PERIOD = Record("a period", dict, {"from": Key(Day()), "to": Key(Day())})
CRISIS_KEYS: Mapping[str, Key] = {
    "id": Key(Ident(), required=True),
    "title": Key(Text(), required=True),
    "says": Key(Text()),
    "period": Key(PERIOD, default={}),
    "instruments": Key(Many(Ident())),
    "actors": Key(Table(Text(), ACTOR), default={}),
    "places": Key(PLACES, default={}),
    "open": Key(Many(KIND), default=()),
    "events": Key(Many(EVENT, only_list=True), default=()),
    "facts": Key(Facts(), default={}),
    "readings": Key(Table(Ident(), BUNDLE), default={}),
    "branches": Key(Table(Ident(), BRANCH), default={}),
    "expect": Key(Many(CRISIS_EXPECT, only_list=True), default=()),
}
_HEADER = Record("a crisis", dict, CRISIS_KEYS)


def read_crisis(node: Node, reader: Reader) -> Crisis | None:
    """A crisis from its node; with problems in the reader, what could be read or None.

    A crisis with problems is only there to be checked further.
    """
    if not isinstance(node.value, dict):
        reader.report("F003", node.span, f"a crisis file is a mapping, not {kind_of(node)}", "begin with `id: …`")
        return None
    before = len(reader.problems)
    inner = _scoped(node.value, reader)
    treaties = _treaties(node.value.get("treaties"), inner)
    header = Node(node.span, {key: entry for key, entry in node.value.items() if key != "treaties"})
    fields = _HEADER.parts(header, node.span, inner)
    _missing_names(node.value, inner)
    reader.problems[before:] = inner.problems[before:]
    crisis = _assemble(fields, treaties, node, inner)
    _check_ids(crisis, reader)
    start, end = crisis.period_from, crisis.period_to
    if start is not None and end is not None and end.last < start.first:
        reader.report("D002", fields["period"]["at"], "the period ends before it begins", "mend one of the dates")
    return crisis


def _missing_names(entries: Mapping[str, Entry], reader: Reader) -> None:
    """Events without an id or a date, told also when something else is wrong."""
    lists = [entries["events"].node] if "events" in entries else []
    branches = entries["branches"].node.value if "branches" in entries else None
    for branch in branches.values() if isinstance(branches, dict) else ():
        if isinstance(branch.node.value, dict) and "add" in branch.node.value:
            lists.append(branch.node.value["add"].node)
    for events in lists:
        for event in events.value if isinstance(events.value, tuple) else ():
            if isinstance(event.value, dict):
                for key, sample in (("id", "id: …"), ("date", "date: 2023-09-17")):
                    if key not in event.value:
                        reader.report("F002", event.span, f"an event needs the key `{key}`", f"add `{sample}`")


def _scoped(entries: Mapping[str, Entry], reader: Reader) -> Reader:
    scope = dict(reader.scope)
    for key in ("actors", "places"):
        scope[key] = scope.get(key, frozenset()) | declared(entries, key, {*CRISIS_KEYS, "treaties"})
    return Reader(scope, reader.resolve, list(reader.problems), reader.unread)


def _treaties(entry: Entry | None, reader: Reader) -> dict[str, Treaty]:
    """Instruments defined in place; the key is the id unless the treaty says one."""
    found: dict[str, Treaty] = {}
    if entry is None:
        return found
    if not isinstance(entry.node.value, dict):
        reader.report("F003", entry.node.span, f"`treaties` is a mapping, not {kind_of(entry.node)}", "`my-pact: {…}`")
        reader.unread |= names_in(entry.node)
        return found
    for name, part in entry.node.value.items():
        value = part.node.value
        if isinstance(value, dict) and "id" not in value:
            value = {"id": Entry(part.key, Node(part.key, name)), **value}
        treaty = read_treaty(Node(part.node.span, value), reader, part.key)
        if treaty is None:
            reader.unread.add(name)
        else:
            found[treaty.id] = treaty
    return found


def _assemble(fields: dict[str, Any], treaties: dict[str, Treaty], node: Node, reader: Reader) -> Crisis:
    values = dict(fields)
    period = values.pop("period")
    at = values.pop("at")
    values["actors"] = {name: replace(actor, id=name) for name, actor in values["actors"].items()}
    values["readings"] = {name: replace(bundle, id=name) for name, bundle in values["readings"].items()}
    values["branches"] = {name: replace(branch, id=name) for name, branch in values["branches"].items()}
    if isinstance(node.value, dict) and "places" in node.value:
        values["places"] = read_places(node.value["places"].node, reader)
    instruments = values.pop("instruments")
    return Crisis(
        **values, at=at, treaties=treaties, period_from=period.get("from"), period_to=period.get("to"),
        instruments=None if instruments in (None, ("all",)) else instruments,
    )  # fmt: skip


def _check_ids(crisis: Crisis, reader: Reader) -> None:
    """Every event has a date and an id of its own; a branch may replace an event that it drops."""
    by_id: dict[str, Span] = {}
    for event in crisis.events:
        _check_event(event, by_id, reader)
    for branch in crisis.branches.values():
        mine = {name: at for name, at in by_id.items() if name not in branch.drop}
        for event in branch.add:
            _check_event(event, mine, reader)


def _check_event(event: Any, seen: dict[str, Span], reader: Reader) -> None:
    if not event.id or event.date is None:  # told by `_missing_names`
        return
    if event.until is not None and event.until.last < event.date.first:
        reader.report(
            "D002", event.spots["until"], f"event `{event.id}` ends before it begins", "mend one of the dates"
        )
    if event.id in seen:
        label = (Label(seen[event.id], "first here"),)
        reader.report("F009", event.spots["id"], f"two events are called `{event.id}`", "rename one", label)
        reader.unread.add(event.id)
    seen[event.id] = event.at


def read_move(node: Node, crisis: Crisis, reader: Reader) -> Event | None:
    """One more event for a crisis, with the actors and places that it declares."""
    scope = dict(reader.scope)
    scope["actors"] = scope.get("actors", frozenset()) | frozenset(crisis.actors)
    scope["places"] = scope.get("places", frozenset()) | frozenset(crisis.places)
    inner = Reader(scope, reader.resolve)
    _missing_names({"events": Entry(node.span, Node(node.span, (node,)))}, inner)
    event = EVENT.read(node, inner)
    if event is not BAD:
        _check_event(event, {}, inner)
    reader.problems += inner.problems
    return None if inner.problems else event
