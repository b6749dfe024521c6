"""A value of a file with its place, as the reader hands it to the forms."""

from __future__ import annotations

from dataclasses import dataclass

from foedera.problems import Span


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file: text, None (written `null`), a list or a mapping, with its span."""

    span: Span
    value: str | tuple[Node, ...] | dict[str, Entry] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping, where it stands, and its value."""

    key: Span
    node: Node
