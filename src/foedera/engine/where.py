"""Where an event took place, and whether that is inside what a clause covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from foedera.engine.binding import Binding
from foedera.engine.proof import TRUE, Proof, both, denied, either, fact, open_leaf
from foedera.engine.world import World, decide, start_of
from foedera.language.types import Area, Limb, Who
from foedera.language.vocabulary import is_kind
from foedera.states.registry import Place
from foedera.states.values import Datum, settled, spell_on

Belongs = Callable[[Who, str], Proof]


def located(world: World, limb: Limb, binding: Binding, belongs: Belongs) -> Proof:
    """That the event happened in such a place; without a place it is the target's own metropolitan territory."""
    event = binding.event
    assert event is not None and binding.occurrence is not None
    day = start_of(event)
    at = event.spots.get("place", event.at)

    def judge(name: Any) -> Proof:
        place = _place(world, name)
        if place is None:
            return fact("place", False, event, limb, at=at, missing="place")
        proof = _inside_limb(world, limb, place, binding, belongs)
        return Proof("place", proof.truth, (event, limb, place), at, "place", (proof,))

    if event.place is None:
        return judge(binding.occurrence.target)
    return decide(world, f"{event.id}.place", event.place, day, judge, "place", event, limb, missing="place")


def _place(world: World, name: str | None) -> Place | None:
    """A place by id, or a state's metropolitan territory as a place."""
    if name is None:
        return None
    known = world.places.get(name) or world.registry.places.get(name)
    if known is not None:
        return known
    state = world.registry.states.get(name)
    declared = world.actors.get(name)
    if state is None and (declared is None or declared.kind != "state"):
        return None
    at = state.at if state is not None else world.actors[name].at
    own = settled(name, at)
    return Place(name, name, settled((name,), at), own, own, settled("metropolitan", at), False, None, None, at)


def _inside_limb(world: World, limb: Limb, place: Place, binding: Binding, belongs: Belongs) -> Proof:
    return both(list(_tests(world, limb, place, binding, belongs)) or [TRUE])


def _tests(world: World, limb: Limb, place: Place, binding: Binding, belongs: Belongs) -> Iterator[Proof]:
    assert binding.occurrence is not None
    day = binding.occurrence.day

    def held(name: str, datum: Datum, who: Who) -> Proof:
        def judge(code: str | None) -> Proof:
            return (
                belongs(who, code) if code is not None else fact(name, False, place, who, at=place.at, missing="place")
            )

        return decide(world, f"{place.id}.{name}", datum, day, judge, name, place, who, missing="place")

    if limb.inside:
        yield either([_inside(world, name, place, binding, belongs) for name in limb.inside])
    if limb.outside:
        yield denied(either([_inside(world, name, place, binding, belongs) for name in limb.outside]))
    if limb.territory_of is not None:
        yield held("sovereign", place.sovereign, limb.territory_of)
    if limb.sovereign is not None:
        yield held("sovereign", place.sovereign, limb.sovereign)
    if limb.islands_of is not None:
        yield fact("island", place.island, place, at=place.at, missing="place")
        yield held("sovereign", place.sovereign, limb.islands_of)
    if limb.administered_by is not None:
        yield held("administered_by", place.administered_by, limb.administered_by)
    if limb.status:
        yield _status(world, limb.status, place, day)
    if limb.north_of is not None:
        yield _latitude(place, limb.north_of, north=True)
    if limb.south_of is not None:
        yield _latitude(place, limb.south_of, north=False)


def _status(world: World, wanted: tuple[str, ...], place: Place, day: date) -> Proof:
    def judge(value: Any) -> Proof:
        return fact("status", value in wanted, place, wanted, value, at=place.at, missing="place")

    return decide(world, f"{place.id}.status", place.status, day, judge, "status", place, wanted, missing="place")


def _latitude(place: Place, line: float, *, north: bool) -> Proof:
    if place.lat is None:
        question = f"{place.id}.latitude"
        return open_leaf(
            "latitude",
            question,
            ("north", "south"),
            ("north" if north else "south",),
            place,
            line,
            at=place.at,
            missing="place",
        )
    holds = place.lat > line if north else place.lat < line
    return fact("latitude", holds, place, line, at=place.at, missing="place")


def _inside(world: World, name: str, place: Place, binding: Binding, belongs: Belongs) -> Proof:
    assert binding.occurrence is not None
    day = binding.occurrence.day
    area = binding.treaty.areas.get(name)
    if area is not None:
        return _in_area(world, area, place, binding, belongs)

    def judge(holders: Any) -> Proof:
        regions = _regions(world, place, holders or (), day)
        return fact("inside", name in regions or name == place.id, place, name, at=place.at, missing="place")

    return decide(world, f"{place.id}.in", place.inside, day, judge, "inside", place, name, missing="place")


def _regions(world: World, place: Place, holders: tuple[str, ...], day: date) -> frozenset[str]:
    """The states and regions that hold a place; a metropolitan one lies in its state's regions."""
    spell = spell_on(place.status, day)
    status = spell.options[0].value if spell is not None else "metropolitan"
    named = [name for name in holders if name not in world.registry.states]
    states = frozenset(name for name in holders if name in world.registry.states or name in world.actors)
    found = world.registry.region_closure(named) | states
    if status in ("metropolitan", "base", "leased", "mission", "airspace"):
        for state in states:
            found |= world.registry.regions_of(state)
    return found


def _in_area(world: World, area: Area, place: Place, binding: Binding, belongs: Belongs) -> Proof:
    """Inside a limb, outside the exceptions, and of what the area covers (as the event counts here)."""
    assert binding.occurrence is not None
    kinds = binding.occurrence.kinds
    hit = {"vessels", "aircraft"} if is_kind(kinds, ("attack-on-craft",)) else set()
    hit |= {"forces"} if is_kind(kinds, ("attack-on-forces",)) else set()
    if (hit or {"territory"}).isdisjoint(area.covers):
        return fact("covers", False, area, binding.event, at=area.at, missing="place")
    inside = either([_inside_limb(world, limb, place, binding, belongs) for limb in area.any])
    outside = [denied(_inside_limb(world, limb, place, binding, belongs)) for limb in area.excepted]
    proof = both([inside, *outside])
    return Proof("area", proof.truth, (area, place), area.at, "place", (proof,))
