"""What happened, pair by pair: each event as who did it to whom, and how long it goes on between the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from foedera.engine.bind import bound
from foedera.engine.proof import FALSE, Proof, both, denied, either
from foedera.engine.world import (
    LAST_DAY,
    World,
    acting,
    events_like,
    happened,
    is_lasting,
    recall,
    remember,
    start_of,
)
from foedera.language.types import Event, Treaty
from foedera.language.vocabulary import covered
from foedera.truth import NO, YES


class Occurrence(Struct, frozen=True, gc=False):
    """One pair in an event: who did it to whom, as what kinds, and the proof that it counts.

    `origin` is the event; a derived occurrence keeps it, has the kinds it counts as, and the paths of the
    rules that say so in `rules`. `day` is that of the event; what a lasting one counts as may begin later, when the
    instrument that says so binds.
    """

    origin: Event
    kinds: tuple[str, ...]
    actor: str | None
    target: str | None
    proof: Proof
    day: date
    rules: tuple[str, ...] = ()


def occurrences(world: World) -> tuple[Occurrence, ...]:
    """Every pair of every event."""
    return remember(
        world, ("occurrences", ""), lambda: tuple(o for event in world.events for o in _pairs(world, event))
    )


def by_kind(world: World) -> dict[str, list[Occurrence]]:
    """Every pair of every event, by each of its kinds."""
    found: dict[str, list[Occurrence]] = remember(world, ("by-kind", ""), lambda: indexed(occurrences(world)))
    return found


def indexed(found: Iterable[Occurrence]) -> dict[str, list[Occurrence]]:
    """Occurrences by each of their kinds."""
    index: dict[str, list[Occurrence]] = {}
    for occurrence in found:
        for kind in occurrence.kinds:
            index.setdefault(kind, []).append(occurrence)
    return index


def of_kinds(index: Mapping[str, list[Occurrence]], kinds: tuple[str, ...]) -> list[Occurrence]:
    """The occurrences of these kinds or their sub-kinds, each once."""
    found = {id(o): o for kind in covered(kinds) if kind in index for o in index[kind]}
    return list(found.values())


def seen_so_far(world: World, treaty: Treaty) -> Mapping[str, list[Occurrence]]:
    """What an instrument sees, by kind: with its labels, once they are derived; until then what happened."""
    found: Mapping[str, list[Occurrence]] | None = recall(world, ("seen", treaty.id))
    return by_kind(world) if found is None else found


def _pairs(world: World, event: Event) -> Iterable[Occurrence]:
    took_place = happened(world, event)
    if took_place.truth is NO:
        return
    nobody: list[tuple[str | None, Proof]] = [(None, took_place)]
    actors: list[tuple[str | None, Proof]] = [
        pair for code in event.by for pair in acting(world, code, start_of(event))
    ] or nobody
    targets: list[tuple[str | None, Proof]] = [*(p for code in event.on for p in reached(world, code, start_of(event)))]
    targets = targets or nobody
    for actor, as_actor in actors:
        for target, as_target in targets:
            if as_actor.truth is NO or as_target.truth is NO or (actor is not None and actor == target):
                continue
            extra = [p for p in (as_actor, as_target) if p.kind != "nothing" and p is not took_place]
            proof = took_place if not extra else both([took_place, *extra])
            yield Occurrence(event, event.kinds, actor, target, proof, start_of(event))


def reached(world: World, code: str, day: date) -> list[tuple[str, Proof]]:
    """Whom an act or message to `code` reaches: an organisation's members, a government's state, itself."""
    if code in world.registry.organisations or code in world.registry.organs:
        body = world.registry.organs[code].of if code in world.registry.organs else code
        return members_of(world, body, day)
    return acting(world, code, day)


def heard_by(world: World, event: Event) -> frozenset[str]:
    """All whom an event reaches by those it is addressed to."""
    return remember(world, ("heard", event.id), lambda: _all_reached(world, event, event.to))


def struck_by(world: World, event: Event) -> frozenset[str]:
    """All whom an event reaches by those it is done to."""
    return remember(world, ("struck", event.id), lambda: _all_reached(world, event, event.on))


def _all_reached(world: World, event: Event, codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(code for name in codes for code, _ in reached(world, name, start_of(event)))


def members_of(world: World, organisation: str, day: date) -> list[tuple[str, Proof]]:
    """The states that an instrument naming the organisation binds on a day."""
    found: list[tuple[str, Proof]] = remember(
        world, ("members-of", organisation, day), lambda: _members(world, organisation, day)
    )
    return found


def _members(world: World, organisation: str, day: date) -> list[tuple[str, Proof]]:

    found: dict[str, Proof] = {}
    for treaty in world.treaties.values():
        if treaty.organisation == organisation:
            for code in treaty.parties:
                proof = bound(world, treaty, code, day)
                if proof.truth is not NO and found.get(code, FALSE).truth is not YES:
                    found[code] = proof
    return sorted(found.items())


def ends_on(world: World, event: Event, actor: str | None, target: str | None) -> date:
    """The day from which a lasting event is surely over: its `until`, or a ceasefire or peace between the two."""
    if not is_lasting(event):
        return start_of(event)
    last = event.until.last if event.until is not None else LAST_DAY
    over = [day for day, made in _truces(world, event, actor, target) if made.truth is YES]
    if _between_others(world, event, actor, target):
        over.append(max(ends_on(world, event, *pair) for pair in _sides_of(world, event)))
    return min((last, *over))


def goes_on(world: World, event: Event, actor: str | None, target: str | None, day: date) -> list[Proof]:
    """That no ceasefire or peace of which it is open whether the two made it had ended a lasting event by a day."""
    if day <= start_of(event) or not is_lasting(event):
        return []
    truces = _truces(world, event, actor, target)
    parts = [denied(made, missing="happened") for then, made in truces if then <= day and made.truth is not YES]
    if _between_others(world, event, actor, target):
        running = [pair for pair in _sides_of(world, event) if day < ends_on(world, event, *pair)]
        parts.append(either([both(goes_on(world, event, *pair, day)) for pair in running] or [FALSE]))
    return parts


def _between_others(world: World, event: Event, actor: str | None, target: str | None) -> bool:
    """Whether two are the sides only of what a lasting event counts as, which goes on while the event does between its own."""
    own = _sides_of(world, event)
    return bool(own) and (actor, target) not in own and (target, actor) not in own


def _sides_of(world: World, event: Event) -> list[tuple[str | None, str | None]]:
    """Author and victim of each pair of an event."""
    key = ("sides", event.id)
    return remember(world, key, lambda: [(o.actor, o.target) for o in occurrences(world) if o.origin.id == event.id])


def _truces(world: World, event: Event, actor: str | None, target: str | None) -> list[tuple[date, Proof]]:
    """Each ceasefire or peace, since the event began, that the two may have made, with the proof that they did."""
    found = []
    for other in events_like(world, ("ceasefire", "peace")):
        if start_of(other) >= start_of(event):
            made = _between(world, other, actor, target)
            if made.truth is not NO:
                found.append((start_of(other), made))
    return found


def _between(world: World, event: Event, actor: str | None, target: str | None) -> Proof:
    """That the two, by their governments or in a body, are the sides of an event; one that names nobody is everybody's."""
    day = start_of(event)
    sides = [pair for code in event.by for pair in acting(world, code, day)]
    sides += [pair for code in (*event.on, *event.to) for pair in reached(world, code, day)]
    there = [either([proof for code, proof in sides if code == who] or [FALSE]) for who in (actor, target)]
    return both([happened(world, event), *(there if sides else ())])


def last_day_by(world: World, occurrence: Occurrence) -> date:
    """The last day, up to the one asked about, on which a lasting event goes on between two."""
    return remember(
        world, ("last-day", occurrence.origin.id, occurrence.actor, occurrence.target),
        lambda: min(world.day, last_day(world, occurrence.origin, occurrence.actor, occurrence.target)),
    )  # fmt: skip


def last_day(world: World, event: Event, actor: str | None, target: str | None) -> date:
    """The last day on which a lasting event goes on."""
    end = ends_on(world, event, actor, target)
    return end if end in (start_of(event), date.max) else end - timedelta(days=1)
