"""Shapes: what a node must look like, told once, for reading it and for the JSON Schema.

`read` gives the typed value or BAD and puts every problem it finds into the `Reader`; `schema`
gives the JSON Schema of the same shape. Lists and tables keep the items that could be read, so that
these are checked further beside the problems of the others; a record is whole or BAD. A record's
struct may have a field `at` (the span of its key or value) and a field `spots` (key → span of its value).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from msgspec import Struct, field

from foedera.dates import parse_period, parse_when
from foedera.language.node import Node, names_in
from foedera.problems import Label, Problem, Span, near_word, suggest

Schema = dict[str, Any]


class _Bad:
    """The value of a node that had a problem."""

    def __repr__(self) -> str:
        return "BAD"


BAD: Any = _Bad()


class Reader(Struct):
    """Collects the problems of one file; knows which names the file may use.

    `unread` are the names (keys and ids) of what stands in the file but could not be read, or that two
    things bear; it is empty while there is no problem.
    """

    scope: Mapping[str, frozenset[str]] = field(default_factory=dict)
    resolve: Callable[[str], str | None] = lambda text: None
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def report(self, code: str, span: Span, message: str, fix: str = "", labels: tuple[Label, ...] = ()) -> Any:
        """Notes a problem; returns BAD."""
        self.problems.append(Problem(code, span, message, fix, labels))
        return BAD

    def lost(self, path: str) -> bool:
        """Whether a name, or a part of a path such as `5/one-is-all` or `event.provoked`, could not be read."""
        return not self.unread.isdisjoint((path, *re.split("[/.]", path)))

    def check(self, problems: Iterable[Problem]) -> None:
        """Notes what is wrong with the parts that could be read, but no name as unknown that could only not be read."""
        for problem in problems:
            if not any(map(self.lost, problem.names)):
                self.problems.append(problem)


class Shape(Protocol):
    """What can read a node and describe itself as JSON Schema."""

    def read(self, node: Node, reader: Reader) -> Any:
        """The typed value, or BAD."""

    def schema(self) -> Schema:
        """The JSON Schema of what `read` accepts."""


def kind_of(node: Node) -> str:
    """What a node is, in a person's words."""
    if isinstance(node.value, dict):
        return "a mapping" if node.value else "an empty mapping"
    if isinstance(node.value, tuple):
        return "a list" if node.value else "an empty list"
    return "nothing" if node.value is None else "text"


class Text(Struct, frozen=True):
    """Any text that is not empty."""

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, str) and node.value.strip():
            return " ".join(node.value.split())
        return reader.report("F003", node.span, f"text is wanted here, not {kind_of(node)}", "write a sentence")

    def schema(self) -> Schema:
        return {"type": ["string", "number"]}


class Word(Struct, frozen=True):
    """One word of a closed vocabulary; `scope` names one that the file itself declares."""

    what: str
    words: tuple[str, ...] = ()
    scope: str = ""
    code: str = "F004"

    def read(self, node: Node, reader: Reader) -> Any:
        if not isinstance(node.value, str):
            return reader.report(
                "F003", node.span, f"{self.what} is wanted here, not {kind_of(node)}", "write one word"
            )
        known = reader.scope.get(self.scope, frozenset()).union(self.words)
        if node.value in known:
            return node.value
        return reader.report(self.code, node.span, f"`{node.value}` is not {self.what}", suggest(node.value, known))

    def schema(self) -> Schema:
        return {"enum": list(self.words)} if self.words and not self.scope else {"type": "string"}


IDENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Ident(Struct, frozen=True):
    """A kebab-case name."""

    def read(self, node: Node, reader: Reader) -> Any:
        if isinstance(node.value, str) and IDENT.fullmatch(node.value):
            return node.value
        shown = f"`{node.value}`" if isinstance(node.value, str) else kind_of(node)
        return reader.report(
            "F005", node.span, f"{shown} is not an id", "small letters, digits and hyphens: `aes-2023`"
        )

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{IDENT.pattern}$"}


class Day(Struct, frozen=True):
    """A date, whole or partial."""

    def read(self, node: Node, reader: Reader) -> Any:
        if not isinstance(node.value, str):
            return reader.report("D001", node.span, f"a date is wanted here, not {kind_of(node)}", "write 2023-09-16")
        when = parse_when(node.value)
        if isinstance(when, str):
            return reader.report("D001", node.span, f"`{node.value}` is no date", when)
        return when

    def schema(self) -> Schema:
        year = {"type": "integer", "minimum": 1, "maximum": 9999}  # a bare year is a number to an editor
        return {"anyOf": [{"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$"}, year]}


class Length(Struct, frozen=True):
    """A period of time: `6 months`."""

    def read(self, node: Node, reader: Reader) -> Any:
        period = parse_period(node.value) if isinstance(node.value, str) else "write `6 months`"
        if isinstance(period, str):
            return reader.report("D004", node.span, f"{_shown(node)} is no period", period)
        return period

    def schema(self) -> Schema:
        return {"type": "string"}


def _shown(node: Node) -> str:
    return f"`{node.value}`" if isinstance(node.value, str) else kind_of(node)


class Number(Struct, frozen=True):
    """A number, or a fraction such as 2/3 where allowed."""

    low: float = -1e9
    high: float = 1e9
    fraction: bool = False

    def read(self, node: Node, reader: Reader) -> Any:
        text = node.value if isinstance(node.value, str) else ""
        match = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text) if self.fraction else None
        if match and int(match[2]):
            return (int(match[1]), int(match[2]))
        if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", text) and self.low <= float(text) <= self.high:
            number = float(text)
            return int(number) if number.is_integer() and "." not in text else number
        return reader.report("F006", node.span, f"{_shown(node)} is not a number that fits here", self._wanted())

    def _wanted(self) -> str:
        return "write a fraction such as 2/3, or a whole number" if self.fraction else f"{self.low:g} to {self.high:g}"

    def schema(self) -> Schema:
        return {"type": ["number", "string"]}


class YesNo(Struct, frozen=True):
    """`yes` or `no` (as text: nothing else is true)."""

    def read(self, node: Node, reader: Reader) -> Any:
        if node.value in ("yes", "no"):
            return node.value == "yes"
        return reader.report("F004", node.span, f"{_shown(node)} is neither `yes` nor `no`", "write `yes` or `no`")

    def schema(self) -> Schema:
        return {"enum": ["yes", "no", True, False]}


class Null(Struct, frozen=True):
    """A shape that may also be `null`, which is read as None."""

    shape: Shape

    def read(self, node: Node, reader: Reader) -> Any:
        return None if node.value is None else self.shape.read(node, reader)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "null"}, self.shape.schema()]}


class Many(Struct, frozen=True):
    """A list, or one item written without a list; read as a tuple."""

    item: Shape
    only_list: bool = False

    def read(self, node: Node, reader: Reader) -> Any:
        if not isinstance(node.value, tuple):
            if self.only_list:
                return reader.report(
                    "F003", node.span, f"a list is wanted here, not {kind_of(node)}", "begin with `- `"
                )
            value = self.item.read(node, reader)
            return BAD if value is BAD else (value,)
        values = tuple([self.item.read(item, reader) for item in node.value])
        if any(value is BAD for value in values):
            bad = (item for item, value in zip(node.value, values, strict=True) if value is BAD)
            reader.unread.update(*map(names_in, bad))
            return tuple(value for value in values if value is not BAD)
        return values

    def schema(self) -> Schema:
        item = self.item.schema()
        many = {"type": "array", "items": item}
        return many if self.only_list else {"anyOf": [item, many]}


class Table(Struct, frozen=True):
    """A mapping whose keys the writer chooses; read as a dict in the order written."""

    key: Shape
    item: Shape

    def read(self, node: Node, reader: Reader) -> Any:
        if not isinstance(node.value, dict):
            return reader.report(
                "F003", node.span, f"a mapping is wanted here, not {kind_of(node)}", "write `key: value`"
            )
        result: dict[Any, Any] = {}
        bad = False
        for key, entry in node.value.items():
            name = self.key.read(Node(entry.key, key), reader)
            value = read_keyed(self.item, entry.node, entry.key, reader)
            if name is BAD or value is BAD:
                bad = True
                reader.unread |= {key, *names_in(entry.node)}
            if name is not BAD and name in result:
                first = next(
                    k
                    for k in node.value
                    if k != key and self.key.read(Node(entry.key, k), Reader(reader.scope, reader.resolve)) == name
                )
                label = (Label(node.value[first].key, "first here"),)
                reader.report("Y011", entry.key, f"`{key}` is `{name}` again, like `{first}`", "keep one", label)
            elif name is not BAD:
                result[name] = value
        return {name: value for name, value in result.items() if value is not BAD} if bad else result

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.item.schema()}


class Key(Struct, frozen=True):
    """One key of a record: its shape, the field it fills, and what it is when left out (or could not be read)."""

    shape: Shape
    into: str = ""
    required: bool = False
    default: Any = None


class Record(Struct, frozen=True):
    """A mapping with known keys, read into a struct."""

    name: str
    make: Callable[..., Any]
    keys: Mapping[str, Key]
    spots: bool = False
    at: bool = True
    one_of: tuple[str, ...] = ()

    def read(self, node: Node, reader: Reader) -> Any:
        return self.read_at(node, node.span, reader)

    def read_at(self, node: Node, at: Span, reader: Reader) -> Any:
        """As `read`, for a value whose place is that of its key."""
        before = len(reader.problems)
        fields = self.parts(node, at, reader)
        return BAD if len(reader.problems) > before else self.make(**fields)

    def parts(self, node: Node, at: Span, reader: Reader) -> dict[str, Any]:
        """The fields as far as they could be read; the others have their defaults."""
        given = node.value
        if not isinstance(given, dict):
            reader.report("F003", node.span, f"{self.name} is a mapping, not {kind_of(node)}", self._example())
            reader.unread |= names_in(node)
            given = {}
        else:
            self._check_keys(given, at, reader)
        fields: dict[str, Any] = {"at": at} if self.at else {}
        if self.spots:
            fields["spots"] = {key: entry.node.span for key, entry in given.items()}
        for key, entry in given.items():
            known = self.keys.get(key)
            if known is None:
                value = reader.report("F001", entry.key, f"unknown key `{key}` in {self.name}", suggest(key, self.keys))
            else:
                value = read_keyed(known.shape, entry.node, entry.key, reader)
            if value is BAD:
                reader.unread |= names_in(Node(node.span, {key: entry}))
            elif known is not None:
                fields[known.into or key] = value
        for key, known in self.keys.items():
            fields.setdefault(known.into or key, known.default)
        return fields

    def _check_keys(self, given: Mapping[str, Any], at: Span, reader: Reader) -> None:
        for key, known in self.keys.items():
            if known.required and key not in given:
                reader.report("F002", at, f"{self.name} needs the key `{key}`", f"add `{key}: …`")
        if self.one_of:
            chosen = [key for key in self.one_of if key in given]
            if not chosen:
                reader.report("F002", at, f"{self.name} needs one of {_listed(self.one_of)}", "add one of them")
            elif len(chosen) > 1:
                labels = tuple(Label(given[key].key, "and this") for key in chosen[1:])
                reader.report("F007", given[chosen[0]].key, f"{_listed(chosen)} exclude each other", "keep one", labels)

    def _example(self) -> str:
        return "write " + ", ".join(f"`{key}: …`" for key in list(self.keys)[:3])

    def schema(self) -> Schema:
        result: Schema = {
            "type": "object",
            "properties": {key: known.shape.schema() for key, known in self.keys.items()},
            "required": [key for key, known in self.keys.items() if known.required],
            "additionalProperties": False,
        }
        if self.one_of:
            result["oneOf"] = [{"required": [key]} for key in self.one_of]
        return result


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def read_keyed(shape: Shape, node: Node, key: Span, reader: Reader) -> Any:
    """Reads a value that stands behind a key; a record then takes its place from the key."""
    if isinstance(shape, Record):
        return shape.read_at(node, key, reader)
    return shape.read(node, reader)


class Either(Struct, frozen=True):
    """One shape for text, one for a list, one for a mapping (None: not allowed)."""

    what: str
    text: Shape | None = None
    many: Shape | None = None
    mapping: Shape | None = None

    def read(self, node: Node, reader: Reader) -> Any:
        by_kind = {"text": self.text, "list": self.many, "mapping": self.mapping}
        shape = by_kind.get(kind_of(node).split()[-1])
        if shape is None:
            return reader.report("F003", node.span, f"{self.what} is wanted here, not {kind_of(node)}", self._wanted())
        return shape.read(node, reader)

    def _wanted(self) -> str:
        forms = [("text", self.text), ("a list", self.many), ("a mapping", self.mapping)]
        return "write " + " or ".join(name for name, shape in forms if shape is not None)

    def schema(self) -> Schema:
        return {"anyOf": [shape.schema() for shape in (self.text, self.many, self.mapping) if shape is not None]}


class Later(Struct, frozen=True):
    """A shape that refers to itself, by name."""

    name: str
    shape: Callable[[], Shape]

    def read(self, node: Node, reader: Reader) -> Any:
        return self.shape().read(node, reader)

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{self.name}"}


class Code(Struct, frozen=True):
    """A state, an organisation, or an actor that the file declares; read as its id."""

    what: str = "a state or actor"

    def read(self, node: Node, reader: Reader) -> Any:
        if not isinstance(node.value, str):
            return reader.report(
                "F003", node.span, f"{self.what} is wanted here, not {kind_of(node)}", "write its code"
            )
        if node.value in reader.scope.get("actors", ()):
            return node.value
        found = reader.resolve(node.value)
        if found is None:
            known = reader.scope.get("actors", frozenset()) | reader.scope.get("codes", frozenset())
            near = near_word(node.value, known)
            fix = f"did you mean `{near}`?" if near else ""
            return reader.report(
                "N001", node.span, f"nobody is called `{node.value}`",
                fix or "states go by ISO3 code (`foedera states TEXT`); others are declared under `actors:`",
            )  # fmt: skip
        return found

    def schema(self) -> Schema:
        return {"type": "string"}
