"""The form of an event, of a value that may be contested, and of an expectation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.dates import ALWAYS, Interval
from foedera.language.node import Node
from foedera.language.shapes import (
    BAD,
    Code,
    Day,
    Either,
    Ident,
    Key,
    Many,
    Null,
    Reader,
    Record,
    Schema,
    Shape,
    Table,
    Text,
    Word,
    YesNo,
    kind_of,
)  # fmt: skip
from foedera.language.types import Event, Expect, Source
from foedera.language.vocabulary import ACTS, BINDING, KINDS, MEANS, SCALES, STANCES, VOTES
from foedera.problems import suggest
from foedera.states.values import Datum, Option, Spell, settled

SOURCE_RECORD = Record(
    "a source", Source, at=False,
    keys={
        "title": Key(Text(), required=True), "url": Key(Text()), "note": Key(Text()), "unts": Key(Text()),
        "lnts": Key(Text()),
    },
)  # fmt: skip


class SourceShape(Struct, frozen=True):
    """A source: `{title: …, url: …}`, or its title alone."""

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, str):
            title = Text().read(node, reader)
            return BAD if title is BAD else Source(title, None, None, None, None)
        return SOURCE_RECORD.read(node, reader)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string"}, SOURCE_RECORD.schema()]}


SOURCE = SourceShape()
KIND = Word("a kind of event", tuple(KINDS))
ACT = Word("an act", tuple(ACTS))


class Contestable(Struct, frozen=True):
    """A value, `{contested: {…}}`, or a dated list of either; read as a Datum.

    With `keyed` the keys under `contested` are the values and the texts are reasons; without it the
    keys are labels and the texts are values. `bare` gives the values that the word `contested`
    alone stands for.
    """

    item: Shape
    keyed: bool = False
    bare: tuple[Any, ...] = ()

    def read(self, node: Node, reader: Reader) -> Any:
        before = len(reader.problems)
        value = self._value_of(node, reader)
        if self.bare and value is BAD and isinstance(node.value, str):
            told = reader.problems[before:]
            reader.problems[before:] = [replace(p, fix=p.fix.replace("one of ", "one of contested, ")) for p in told]
        return value

    def _value_of(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, tuple) and node.value and all(isinstance(x.value, dict) for x in node.value):
            spells = [self._spell(item, reader) for item in node.value]
            return BAD if any(spell is BAD for spell in spells) else tuple(spells)
        if isinstance(node.value, dict) and ("contested" in node.value or "value" in node.value):
            spell = self._spell(node, reader)
            return BAD if spell is BAD else (spell,)
        if node.value == "contested" and self.bare:
            return (Spell(ALWAYS, tuple(Option(_label(v), v) for v in self.bare), node.span),)
        value = self.item.read(node, reader)
        return BAD if value is BAD else settled(value, node.span)

    def _spell(self, node: Node, reader: Reader) -> Any:
        entries = node.value if isinstance(node.value, dict) else {}
        for key in sorted(entries.keys() - {"since", "until", "contested", "value"}):
            fix = suggest(key, ("since", "until", "contested", "value"))
            reader.report("F001", entries[key].key, f"unknown key `{key}` in a dated value", fix)
        since = Day().read(entries["since"].node, reader) if "since" in entries else None
        until = Day().read(entries["until"].node, reader) if "until" in entries else None
        if "contested" in entries:
            options = self._options(entries["contested"].node, reader)
        elif "value" in entries:
            value = self.item.read(entries["value"].node, reader)
            options = BAD if value is BAD else (Option(_label(value), value),)
        else:
            return reader.report("F002", node.span, "a dated value needs `value` or `contested`", "add `value: …`")
        if BAD in (since, until, options):
            return BAD
        return Spell(Interval(since, until), options, node.span)

    def _options(self, node: Node, reader: Reader) -> Any:
        if node.value == "yes" and self.bare:
            return tuple(Option(_label(v), v) for v in self.bare)
        if not isinstance(node.value, dict) or not node.value:
            return reader.report(
                "F003", node.span, f"`contested` holds a mapping, not {kind_of(node)}", "`{a: why, b: why}`"
            )
        options = []
        for label, entry in node.value.items():
            value = self._value(label, entry.node, Node(entry.key, label), reader)
            says = entry.node.value if isinstance(entry.node.value, str) else ""
            options.append(BAD if value is BAD else Option(label, value, says if self.keyed else ""))
        if len(options) == 1 and BAD not in options:
            options.append(Option("not", None, ""))
        return BAD if BAD in options else tuple(options)

    def _value(self, label: str, text: Node, key: Node, reader: Reader) -> Any:
        if not self.keyed:
            return self.item.read(text, reader)
        return None if label in ("null", "nobody", "none") else self.item.read(key, reader)

    def schema(self) -> Schema:
        return {"anyOf": [self.item.schema(), {"type": "object"}, {"type": "array"}, {"enum": ["contested"]}]}


def _label(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "null" if value is None else str(value)


class PlaceName(Struct, frozen=True):
    """Where an event happened: an id, or contested; a label that is itself a place may stand for it."""

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, dict) and "contested" in node.value:
            options = node.value["contested"].node
            if isinstance(options.value, dict) and any(self._known(o.node, reader) for o in options.value.values()):
                return Contestable(PLACE_ID).read(node, reader)
            return Contestable(PLACE_ID, keyed=True).read(node, reader)
        return Contestable(PLACE_ID).read(node, reader)

    def _known(self, node: Node, reader: Reader) -> bool:
        return isinstance(node.value, str) and node.value in reader.scope.get("places", ())

    def schema(self) -> Schema:
        return Contestable(PLACE_ID).schema()


class PlaceId(Struct, frozen=True):
    """The id of a place, or a state (then its metropolitan territory)."""

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, str):
            if node.value in reader.scope.get("places", ()):
                return node.value
            state = reader.resolve(node.value)
            if state is not None:
                return state
        known = reader.scope.get("places", frozenset())
        shown = f"`{node.value}`" if isinstance(node.value, str) else kind_of(node)
        fix = suggest(str(node.value), known) if len(known) < 30 or isinstance(node.value, str) else ""
        return reader.report("N004", node.span, f"{shown} is no place", fix if "did you" in fix else PLACES_FIX)

    def schema(self) -> Schema:
        return {"type": "string"}


PLACES_FIX = "declare it under `places:`, or name a state"
PLACE_ID = PlaceId()


class Sponsors(Struct, frozen=True):
    """Who supports the author: a state, a list, or the word `state`."""

    def read(self, node: Node, reader: Reader) -> Any:
        if node.value == "state":
            return ("state",)
        return Many(Code()).read(node, reader)

    def schema(self) -> Schema:
        return Many(Code()).schema()


class Answers(Struct, frozen=True):
    """`in_response_to`: ids of events, or the word `contested` (read as None)."""

    def read(self, node: Node, reader: Reader) -> Any:
        return None if node.value == "contested" else Many(Ident()).read(node, reader)

    def schema(self) -> Schema:
        return Many(Ident()).schema()


def _event(**fields: Any) -> Event:
    response = fields.pop("in_response_to")
    certainty = fields.pop("certainty")
    return Event(
        **fields, in_response_to=response or (), response_contested=response is None, contested=certainty == "contested"
    )


class Viewer(Struct, frozen=True):
    """Whose knowledge counts: `public`, or a state."""

    def read(self, node: Node, reader: Reader) -> Any:
        return "public" if node.value == "public" else Code().read(node, reader)

    def schema(self) -> Schema:
        return {"type": "string"}


SOMEBODY = Many(Code())
YES_NO = Word("`yes`, `no` or `contested`", ("yes", "no"))
EVENT_KEYS: Mapping[str, Key] = {
    "id": Key(Ident()),
    "date": Key(Day()),
    "until": Key(Day()),
    "kind": Key(Many(KIND), "kinds", required=True),
    "by": Key(SOMEBODY, default=()),
    "on": Key(SOMEBODY, default=()),
    "place": Key(PlaceName()),
    "provoked": Key(Contestable(YES_NO, keyed=True, bare=("yes", "no"))),
    "in_response_to": Key(Answers(), default=()),
    "in_defence_of": Key(SOMEBODY, default=()),
    "supported_by": Key(Contestable(Sponsors(), keyed=True)),
    "means": Key(Many(Word("a means", MEANS)), default=()),
    "scale": Key(Word("a scale", SCALES)),
    "to": Key(SOMEBODY, default=()),
    "stance": Key(Word("a stance", STANCES)),
    "quote": Key(Text()),
    "says": Key(Text()),
    "under": Key(Text()),
    "organ": Key(Code("an organ")),
    "finding": Key(Ident()),
    "votes": Key(Table(Code(), Word("a vote", VOTES)), default={}),
    "known_since": Key(Day()),
    "known_to": Key(SOMEBODY, default=()),
    "source": Key(SOURCE),
    "certainty": Key(Word("a certainty", ("settled", "contested"))),
}  # fmt: skip
EVENT = Record("an event", _event, EVENT_KEYS, spots=True)

ACTORS = Many(Code())
EXPECT_KEYS: Mapping[str, Key] = {
    "branch": Key(Ident()),
    "on": Key(Day()),
    "reading": Key(Text()),
    "known_to": Key(Viewer()),
    "cascade": Key(YesNo(), default=False),
    "who": Key(ACTORS, default=()),
    "whom": Key(ACTORS, default=()),
    "against": Key(ACTORS, default=()),
    "must": Key(Many(ACT), default=()),
    "may": Key(Many(ACT), default=()),
    "must_not": Key(Many(ACT), default=()),
    "counts_as": Key(Many(KIND), default=()),
    "under": Key(Text()),
    "holds": Key(Word("`yes`, `no` or `depends`", ("yes", "no", "depends"))),
    "binding": Key(Word("a kind of bond", BINDING)),
    "since": Key(Day()),
    "status": Key(Word("a status", ("owed", "invoked", "performed", "breached", "waived", "lapsed", "respected",
                                    "open", "used"))),
    "missing": Key(Many(Text()), default=()),
    "hinges_on": Key(Many(Text()), default=()),
    "dilemma": Key(ACTORS, default=()),
    "between": Key(Many(Text(), only_list=True), default=()),
    "severity": Key(Word("a severity", ("collision", "crossed", "narrowed"))),
    "resolved_by": Key(Text()),
    "nothing": Key(ACTORS, default=()),
}  # fmt: skip
EXPECT = Record("an expectation", Expect, EXPECT_KEYS, spots=True)


class AsWritten(Struct, frozen=True):
    """A word that an expectation may get wrong: it is kept as it stands, and the expectation fails with its own message."""

    item: Shape

    def read(self, node: Node, reader: Reader) -> Any:
        before = len(reader.problems)
        value = self.item.read(node, reader)
        if value is BAD and isinstance(node.value, str):
            del reader.problems[before:]
            return node.value
        return value

    def schema(self) -> Schema:
        return self.item.schema()


_TOLD = {
    **dict.fromkeys(("who", "whom", "against", "dilemma", "nothing"), Key(Many(AsWritten(Code())), default=())),
    **dict.fromkeys(("must", "may", "must_not"), Key(Many(AsWritten(ACT)), default=())),
    "counts_as": Key(Many(AsWritten(KIND)), default=()),
}
CRISIS_EXPECT = Record("an expectation", Expect, {**EXPECT_KEYS, **_TOLD}, spots=True)
FACT = Contestable(Null(Either("a value", text=Text())), keyed=True, bare=("yes", "no"))
DATED_FACT = Contestable(Null(Day()), keyed=False)


class Facts(Struct, frozen=True):
    """Facts by name; the entry into force of an instrument is a date or null."""

    def read(self, node: Node, reader: Reader) -> Any:
        if not isinstance(node.value, dict):
            return reader.report(
                "F003", node.span, f"facts are a mapping, not {kind_of(node)}", "`government-of-NER: cnsp`"
            )
        result: dict[str, Datum] = {}
        for key, entry in node.value.items():
            value = (DATED_FACT if key.endswith(".in-force") else FACT).read(entry.node, reader)
            if value is not BAD:
                result[key] = value
        return result

    def schema(self) -> Schema:
        return {"type": "object"}
