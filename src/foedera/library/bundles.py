"""What a crisis's own readings change in the library's treaties."""

from __future__ import annotations

from collections.abc import Callable, Container

from foedera.language.node import Entry, Node
from foedera.language.shapes import Reader
from foedera.language.treaty_form import read_change
from foedera.language.types import Change, Crisis, Treaty
from foedera.problems import Refused, in_order


def changes(crisis: Crisis, whole: Callable[[str], Treaty], known: Container[str]) -> dict[str, dict[str, Change]]:
    """The changes by reading and treaty; `Refused` when a path names no treaty or rule."""
    reader = Reader(resolve=lambda text: text if text.isupper() else None)
    found: dict[str, dict[str, Change]] = {}
    for name, bundle in crisis.readings.items():
        for path, node in bundle.change.items():
            treaty_id, _, rest = path.partition("/")
            if treaty_id not in known and treaty_id not in crisis.treaties:
                reader.report("N003", node.span, f"there is no instrument `{treaty_id}`", "name one of the library")
                continue
            treaty = crisis.treaties[treaty_id] if treaty_id in crisis.treaties else whole(treaty_id)
            change = read_change(Node(node.span, {rest or "this": Entry(node.span, node)}), treaty, reader)
            if change is not None:
                before = found.setdefault(name, {}).get(treaty_id, Change({}, {}))
                found[name][treaty_id] = Change({**before.rules, **change.rules}, {**before.own, **change.own})
    if reader.problems:
        raise Refused(in_order(reader.problems))
    return found
