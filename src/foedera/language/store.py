"""Nodes as JSON and back: what the cache of parsed files holds (never answers, never pickle)."""

from __future__ import annotations

from typing import Any

from foedera.language.nodes import Entry, Node
from foedera.problems import Span


def dump(node: Node) -> list[Any]:
    """The node as nested lists: `[line, column, end_line, end_column, value]`."""
    span = node.span
    place = [span.line, span.column, span.end_line, span.end_column]
    if isinstance(node.value, tuple):
        return [*place, [dump(item) for item in node.value]]
    if isinstance(node.value, dict):
        return [*place, {key: [*_place(entry.key), dump(entry.node)] for key, entry in node.value.items()}]
    return [*place, node.value]


def _place(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]


def load(data: Any, file: str) -> Node:
    """The node that `dump` made these lists of, as standing in `file`."""
    value = data[4]
    if isinstance(value, list):
        value = tuple([load(item, file) for item in value])
    elif isinstance(value, dict):
        value = {key: Entry(Span(file, *entry[:4]), load(entry[4], file)) for key, entry in value.items()}
    return Node(Span(file, data[0], data[1], data[2], data[3]), value)
