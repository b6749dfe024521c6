"""A value of a file with its place, as the reader hands it to the forms."""

from __future__ import annotations

from msgspec import Struct

from foedera.problems import Span


class Node(Struct, frozen=True):
    """One value of a file: text, None (written `null`), a list or a mapping, with its span."""

    span: Span
    value: str | tuple[Node, ...] | dict[str, Entry] | None


class Entry(Struct, frozen=True):
    """A key of a mapping, where it stands, and its value."""

    key: Span
    node: Node
