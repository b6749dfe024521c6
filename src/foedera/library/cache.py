"""Typed values as JSON and back: what files say, kept under the hash of their content.

Never answers, never pickle. The key also holds the code that reads files and the registry that names are
resolved by, so a changed reader or registry reads afresh. Where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from foedera import dates
from foedera.language import types
from foedera.language.node import Entry, Node
from foedera.problems import Span
from foedera.states import registry, values
from foedera.version import VERSION

T = TypeVar("T")
PACKAGE = Path(__file__).parents[1]

# the number of a class in the JSON is its place here; lists begin with it
CLASSES: tuple[type, ...] = (
    dates.When, dates.Interval, dates.Period, values.Option, values.Spell, registry.DatedName, registry.Code,
    registry.Continuity, registry.State, registry.Organisation, registry.Organ, registry.Region, registry.Place,
    types.Source, types.Who, types.Limb, types.Area, types.Pattern, types.Condition, types.Expect, types.Example,
    types.Rule, types.NotModelled, types.Article, types.Change, types.ReadingOption, types.Reading, types.Suspended,
    types.Party, types.Organ, types.Treaty, types.Actor, types.Event, types.Bundle, types.Branch, types.Crisis, Node, Entry,
)  # fmt: skip
NUMBERS = {kind: number for number, kind in enumerate(CLASSES, 1)}
TUPLE, SET, DAY, SPAN = 0, -1, -2, -3
PLAIN = frozenset((str, type(None), bool, int, float))
EMPTY: Mapping[type, Any] = {list: (), dict: {}}


def encode(value: Any) -> Any:
    """A typed value as JSON: lists begin with a number that says what they are."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, tuple):
        return [TUPLE, *map(encode, value)] if value else []
    if isinstance(value, Span):
        return [SPAN, value.file, value.line, value.column, value.end_line, value.end_column]
    if isinstance(value, date):
        return [DAY, value.toordinal()]
    if isinstance(value, frozenset):
        return [SET, *sorted(map(encode, value))]
    if isinstance(value, Mapping):
        return {key: encode(part) for key, part in value.items()}
    if type(value) in NUMBERS:
        return [NUMBERS[type(value)], *(encode(getattr(value, name)) for name in value.__struct_fields__)]
    raise TypeError(f"the cache cannot keep a {type(value).__name__}")


def decode(data: Any) -> Any:
    """The typed value that `encode` made this JSON of."""
    kind = type(data)
    if kind is list:
        if not data:
            return ()
        number = data[0]
        if number == SPAN:
            return Span(*data[1:])
        if number == DAY:
            return date.fromordinal(data[1])
        # plain values and what is empty, the most of all, need no call
        parts = [part if type(part) in PLAIN else decode(part) if part else EMPTY[type(part)] for part in data[1:]]
        if number > 0:
            return CLASSES[number - 1](*parts)
        return tuple(parts) if number == TUPLE else frozenset(parts)
    if kind is dict:
        return {key: decode(part) for key, part in data.items()}
    return data


class Lazy(Mapping[str, T], Generic[T]):
    """A table of encoded values, each decoded at its first use."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            self._made[name] = decode(self._raw[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __contains__(self, name: object) -> bool:
        return name in self._raw


@cache
def reader_mark() -> bytes:
    """A mark of the code that reads files: when it changes, everything is read afresh."""
    mark = hashlib.sha256(VERSION.encode())
    for room in ("language", "states", "library"):
        for path in sorted((PACKAGE / room).glob("*.py")):
            mark.update(path.read_bytes())
    for name in ("dates.py", "problems.py"):
        mark.update((PACKAGE / name).read_bytes())
    return mark.digest()


def key_of(*parts: bytes) -> str:
    """The name under which something is kept."""
    mark = hashlib.sha256(reader_mark())
    for part in parts:
        mark.update(hashlib.sha256(part).digest())
    return mark.hexdigest()[:40]


def kept(name: str, make: Callable[[], Any]) -> Any:
    """The JSON kept under a name; made and kept at the first asking."""
    path = _folder() / f"{name}.json"
    found = _found(path)
    if found is None:
        found = make()
        _keep(path, found)
    return found


def _found(path: Path) -> Any:
    try:
        return msgspec.json.decode(path.read_bytes())
    except (OSError, ValueError):
        return None


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "foedera"


def _keep(path: Path, made: Any) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(msgspec.json.encode(made))
        fresh.replace(path)
    except OSError:
        return
