"""Makes a world as small as it can be while something still holds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

Tree = Any  # mappings, lists and text
Path = tuple[Any, ...]


def shrunk(text: str, still: Callable[[str], bool]) -> str:
    """A text of which it still holds, but of nothing smaller: whatever can be dropped is dropped, one thing at a time."""
    tree = yaml.load(text, yaml.BaseLoader)  # every scalar is text
    while True:
        before = tree
        for path in sorted(_paths(tree), key=len):  # the large things first
            tried = _without(tree, path)
            if tried is not None and still(written(tried)):
                tree = tried
        if tree is before:
            return written(tree)


def _paths(tree: Tree) -> Iterator[Path]:
    """The place of everything in a tree; of a list the last first, so that what is dropped moves none of the rest."""
    keys: list[str | int] = list(tree) if isinstance(tree, dict) else []
    keys += reversed(range(len(tree))) if isinstance(tree, list) else []
    for key in keys:
        yield (key,)
        yield from ((key, *rest) for rest in _paths(tree[key]))


def _without(tree: Tree, path: Path) -> Tree | None:
    """The tree without what stands there; None if nothing does."""
    key, *rest = path
    if not (key in tree if isinstance(tree, dict) else isinstance(tree, list) and key < len(tree)):
        return None
    small = tree.copy()
    if not rest:
        del small[key]
        return small
    small[key] = _without(tree[key], tuple(rest))
    return None if small[key] is None else small


def written(tree: dict[str, Tree]) -> str:
    """A crisis file, one actor, place, treaty, event or fact a line."""
    lines: list[str] = []
    for key, value in tree.items():
        if isinstance(value, dict) and key != "period":
            lines += [f"{key}:", *(f"  {name}: {_flow(each)}" for name, each in value.items())]
        elif isinstance(value, list) and key == "events":
            lines += [f"{key}:", *(f"  - {_flow(each)}" for each in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(tree: Tree) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_flow, tree)) + "]"
    return f"'{tree}'" if set(tree) & set(":?,{}[]#") else str(tree)
