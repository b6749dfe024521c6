"""The question put to the engine, and the world that it describes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from foedera.engine.world import World, events_of
from foedera.language.types import Change, Crisis, Treaty, apply_change
from foedera.states.registry import Registry


class Case(Struct, frozen=True):
    """A question: a crisis and its instruments, a branch, a day, a reading, whose knowledge.

    `changes` are what the crisis's own readings change, by reading and treaty. `asked` names states
    that must be answered about although no event names them; `pairs` the pairs (bearer, toward) between
    which standing rules must be shown.
    """

    crisis: Crisis
    treaties: Mapping[str, Treaty]
    registry: Registry
    day: date
    branch: str | None = None
    reading: str | None = None
    viewer: str | None = None
    changes: Mapping[str, Mapping[str, Change]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()


def make_world(case: Case) -> World:
    """The world that the case describes, with its reading applied."""
    crisis = case.crisis
    branch = crisis.branches[case.branch] if case.branch is not None else None
    facts = {**crisis.facts, **(branch.facts if branch else {})}
    chosen, settled = _chosen(case)
    treaties = {name: chosen.get(name, treaty) for name, treaty in case.treaties.items()}
    return World(
        registry=case.registry, treaties=treaties, actors=crisis.actors, places=crisis.places, day=case.day,
        viewer=case.viewer, events=events_of(crisis, branch, case.day, case.viewer), facts=facts, settled=settled,
        open=crisis.open, asked=case.asked,
    )  # fmt: skip


def _chosen(case: Case) -> tuple[dict[str, Treaty], dict[str, str]]:
    """The treaties and facts as the reading that was asked for has them."""
    treaties: dict[str, Treaty] = {}
    settled: dict[str, str] = {}
    if case.reading in (None, "plain"):
        return treaties, settled
    bundle = case.crisis.readings.get(case.reading or "")
    choices = dict(bundle.set) if bundle is not None else _choices(case.reading or "")
    for name, value in choices.items():
        found = _question(case, name)
        if found is None:
            settled[name] = value
            continue
        treaty_id, question = found
        if value != "plain":
            option = case.treaties[treaty_id].readings[question].options[value]
            treaties[treaty_id] = apply_change(treaties.get(treaty_id, case.treaties[treaty_id]), option.change)
    for treaty_id, change in case.changes.get(case.reading or "", {}).items():
        treaties[treaty_id] = apply_change(treaties.get(treaty_id, case.treaties[treaty_id]), change)
    return treaties, settled


def _choices(reading: str) -> dict[str, str]:
    """`question=option`, several with commas."""
    pairs = (part.partition("=") for part in reading.split(","))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _question(case: Case, name: str) -> tuple[str, str] | None:
    """The treaty and the reading question that a name means, if it means one."""
    treaty_id, _, question = name.rpartition(".")
    if treaty_id:
        treaty = case.treaties.get(treaty_id)
        return (treaty_id, question) if treaty is not None and question in treaty.readings else None
    return next(((t, name) for t in sorted(case.treaties) if name in case.treaties[t].readings), None)


def knows_reading(case: Case, reading: str) -> bool:
    """Whether the crisis or its instruments have such a reading, so that nothing is silently plain."""
    if reading == "plain" or reading in case.crisis.readings:
        return True
    return all(_knows_choice(case, name, value) for name, value in _choices(reading).items())


def _knows_choice(case: Case, name: str, value: str) -> bool:
    found = _question(case, name)
    if found is not None:
        return value == "plain" or value in case.treaties[found[0]].readings[found[1]].options
    events = [*case.crisis.events, *(e for b in case.crisis.branches.values() for e in b.add)]
    branch = case.crisis.branches.get(case.branch or "")
    facts = {**case.crisis.facts, **(branch.facts if branch is not None else {})}
    event, _, attribute = name.partition(".")
    if case.crisis.leaves_open(name, case.registry):
        return value in ("yes", "no")
    if event in case.treaties and attribute == "in-force":
        facts.setdefault(name, case.treaties[event].in_force)
    if name in facts:
        return value in {o.label for spell in facts[name] for o in spell.options}
    known = any(e.id == event for e in events) or event in case.crisis.places or event in case.registry.places
    return bool(value) and (
        known or (event in case.treaties and attribute.split("@")[0] in case.treaties[event].questions)
    )
