"""A file's nodes as plain values, and plain values as YAML that the reader takes back."""

from __future__ import annotations

from typing import Any

import yaml

from foedera.language.node import Node


def plain(node: Node) -> Any:
    """The node as text, None, lists and mappings."""
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(entry.node) for key, entry in node.value.items()}
    return node.value


def as_yaml(value: Any) -> str:
    """Plain values as YAML 1.2 text: no anchors, keys in their order."""
    return yaml.dump(value, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120)


class _Plain(yaml.SafeDumper):
    """Writes the same list twice rather than an anchor."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
