"""The form of the registry's files: states, organisations, organs, regions, places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from foedera.dates import Interval
from foedera.language.event_form import Contestable
from foedera.language.node import Node
from foedera.language.shapes import (
    BAD,
    Code,
    Day,
    Ident,
    Key,
    Many,
    Null,
    Number,
    Reader,
    Record,
    Shape,
    Table,
    Text,
    Word,
    YesNo,
)  # fmt: skip
from foedera.language.vocabulary import PLACE_STATUS
from foedera.problems import Span
from foedera.states import registry as values
from foedera.states.values import settled


class _AnyCode:
    """A state's code, when the states are only being read."""

    def read(self, node: Node, reader: Reader) -> Any:
        return Text().read(node, reader)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


def _interval(since: Any, until: Any, **_: Any) -> Interval:
    return Interval(since, until)


_DATES: Mapping[str, Key] = {"since": Key(Day()), "until": Key(Day()), "note": Key(Text())}
INTERVAL = Record("an interval", _interval, _DATES, at=False)


def _dated_name(name: str, since: Any, until: Any, **_: Any) -> values.DatedName:
    return values.DatedName(name, Interval(since, until))


def _code(code: str, abb: str | None, since: Any, until: Any, **_: Any) -> values.Code:
    return values.Code(code, abb or "", Interval(since, until))


def _continuity(state: str, how: str, since: Any, until: Any, **_: Any) -> values.Continuity:
    return values.Continuity(state, how, Interval(since, until))


CODE = Record("a code", _code, {"code": Key(Text(), required=True), "abb": Key(Text()), **_DATES}, at=False)
HOW = Word("a kind of continuity", ("successor", "continues", "union", "absorbed", "separated"))


def _state(at: Span, **fields: Any) -> values.State:
    return values.State(id="", at=at, **fields)


STATE = Record(
    "a state", _state,
    keys={
        "name": Key(Text(), required=True),
        "adjective": Key(Text(), default=""),
        "the": Key(YesNo(), default=False),
        "names": Key(Many(Record("a name", _dated_name, {"name": Key(Text(), required=True), **_DATES}, at=False)), default=()),
        "exists": Key(Many(INTERVAL), required=True),
        "iso2": Key(Null(Text())),
        "iso_n3": Key(Null(Text())),
        "cow": Key(Many(CODE), default=()),
        "gw": Key(Many(CODE), default=()),
        "aliases": Key(Many(Text()), default=()),
        "in": Key(Many(Ident()), "regions", default=()),
        "great_power": Key(Many(INTERVAL), default=()),
        "continues": Key(Null(Many(Record(
            "a continuity", _continuity,
            {"state": Key(_AnyCode(), required=True), "how": Key(HOW, required=True), **_DATES}, at=False))), default=()),
    },
)  # fmt: skip


def _region(name: str, within: tuple[str, ...]) -> values.Region:
    return values.Region("", name, within)


REGION = Record(
    "a region", _region, {"name": Key(Text(), required=True), "within": Key(Many(Ident()), default=())}, at=False
)


def _organisation(name: str, long: str | None) -> values.Organisation:
    return values.Organisation("", name, long or name)


def _organ(of: str, name: str) -> values.Organ:
    return values.Organ("", of, name)


REGISTRY = Record(
    "the registry", dict, at=False,
    keys={
        "regions": Key(Table(Ident(), REGION), required=True),
        "states": Key(Table(Text(), STATE), required=True),
        "organisations": Key(Table(Ident(), Record(
            "an organisation", _organisation, {"name": Key(Text(), required=True), "long": Key(Text())}, at=False)), default={}),
        "organs": Key(Table(Ident(), Record(
            "an organ", _organ, {"of": Key(Ident(), required=True), "name": Key(Text(), required=True)}, at=False)), default={}),
    },
)  # fmt: skip


class _Inside:
    """A state or a region that holds a place."""

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, str) and node.value in reader.scope.get("regions", ()):
            return node.value
        return Code("a region or a state").read(node, reader)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


def _place(at: Span, name: str | None, note: str | None, source: str | None, **fields: Any) -> values.Place:
    sovereign = fields.pop("sovereign")
    held = fields.pop("administered_by") or sovereign or ()
    return values.Place(id="", name=name or "", at=at, sovereign=sovereign or (), administered_by=held, **fields)


PLACE = Record(
    "a place", _place,
    keys={
        "name": Key(Text()),
        "in": Key(Contestable(Many(_Inside())), "inside", required=True),
        "sovereign": Key(Contestable(Null(Code("a state")))),
        "administered_by": Key(Contestable(Null(Code("a state")))),
        "status": Key(Contestable(Word("a legal status", PLACE_STATUS)), default=settled("metropolitan", Span("", 0, 0, 0, 0))),
        "island": Key(YesNo(), default=False),
        "lat": Key(Number(-90, 90)),
        "lon": Key(Number(-180, 180)),
        "note": Key(Text()),
        "source": Key(Text()),
    },
)  # fmt: skip


PLACES: Shape = Table(Ident(), PLACE)


def read_places(node: Node, reader: Reader) -> dict[str, values.Place]:
    """Places by id, those that could be read."""
    read = PLACES.read(node, reader)
    if read is BAD:
        return {}
    return {
        name: replace(place, id=name, name=place.name or name.replace("-", " ").title()) for name, place in read.items()
    }


def read_registry(states: Node, places: Node, reader: Reader) -> values.Registry | None:
    """The registry from its two files, or None with the problems in the reader."""
    parts = REGISTRY.read(states, reader)
    if parts is BAD:
        return None
    named: dict[str, dict[str, Any]] = {
        kind: {name: replace(value, id=name) for name, value in table.items()} for kind, table in parts.items()
    }
    aliases = {alias: code for code, state in named["states"].items() for alias in state.aliases}
    registry = values.Registry(**named, places={}, aliases=aliases)
    inner = scoped_to(registry)
    if not (isinstance(places.value, dict) and "places" in places.value):
        reader.report("F002", places.span, "the gazetteer needs the key `places`", "add `places:`")
        return None
    found = read_places(places.value["places"].node, inner)
    reader.problems += inner.problems
    return None if reader.problems else replace(registry, places=found)


def scoped_to(registry: values.Registry) -> Reader:
    """A reader that knows the registry's names."""
    scope = {
        "codes": frozenset(registry.states) | frozenset(registry.aliases) | frozenset(registry.organisations),
        "regions": frozenset(registry.regions),
        "places": frozenset(registry.places),
        "actors": frozenset[str](),
    }
    return Reader(scope, registry.find)
