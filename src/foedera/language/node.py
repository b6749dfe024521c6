"""A value of a file with its place, as the reader hands it to the forms."""

from __future__ import annotations

from collections.abc import Container, Mapping

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


def names_in(node: Node) -> set[str]:
    """Every key in a node, and every text under a key `id`."""
    if isinstance(node.value, tuple):
        return {name for item in node.value for name in names_in(item)}
    if not isinstance(node.value, dict):
        return set()
    ids = {entry.node.value for key, entry in node.value.items() if key == "id" and isinstance(entry.node.value, str)}
    return ids.union(node.value, *(names_in(entry.node) for entry in node.value.values()))


def declared(entries: Mapping[str, Entry], key: str, known: Container[str]) -> frozenset[str]:
    """The names under a key, be they in the right form or not, and under keys not `known`, which may be meant for it."""
    nodes = [entry.node for name, entry in entries.items() if name == key or name not in known]
    return frozenset().union(*(node.value if isinstance(node.value, dict) else names_in(node) for node in nodes))
