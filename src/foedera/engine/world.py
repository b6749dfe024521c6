"""What holds while one question is asked: a branch of a crisis up to a day, under one reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct, field

from foedera.dates import When
from foedera.engine.proof import FALSE, Proof, both, denied, either, fact, open_leaf
from foedera.language.types import Actor, Branch, Crisis, Event, Treaty
from foedera.language.vocabulary import LASTING, ancestors, covered, is_kind
from foedera.states.registry import Place, Registry
from foedera.states.values import Datum, spell_on
from foedera.truth import NO, UNKNOWN, YES

LAST_DAY = date.max
# keys about an instrument that follow from its members, dates and labels alone
BONDS = frozenset(("bound", "moments", "in-force", "parties", "first-bound", "seen", "roster"))
DATES = ("early", "late", "later")  # when an event of partly known date was: in its stretch, or not yet
T = TypeVar("T")


class Memo(Struct):
    """What follows from a world and was worked out already.

    A world under a reading looks into the plain one's memo too, but not for what is about the instruments
    in `apart`: keys about an instrument are tuples with its id in the second place. Where the reading leaves
    members and labels as they are (`same`), only what follows from the changed rules is apart.
    """

    found: dict[Any, Any] = field(default_factory=dict)
    plain: dict[Any, Any] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()


class World(Struct, frozen=True):
    """Everything that an evaluation reads. `memo` caches what follows from the rest; it is never compared.

    `viewer` is whose knowledge counts: None is everybody's, `public`, or a state.
    `settled` gives the answers that the reading fixes, by question. `asked` holds states that somebody
    wants an answer about although no event names them.
    """

    registry: Registry
    treaties: Mapping[str, Treaty]
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    day: date
    viewer: str | None
    events: tuple[Event, ...]
    facts: Mapping[str, Datum]
    settled: Mapping[str, str]
    open: tuple[str, ...]
    asked: frozenset[str]
    memo: Memo = field(default_factory=Memo)


def remember(world: World, key: Any, make: Callable[[], T]) -> T:
    """The value for a key, made at the first asking."""
    memo = world.memo
    if key in memo.found:
        return memo.found[key]  # type: ignore[no-any-return]
    if key in memo.plain and (
        type(key) is not tuple or len(key) == 1 or key[1] not in memo.apart or key[0] in memo.same
    ):
        return memo.plain[key]  # type: ignore[no-any-return]
    made = memo.found[key] = make()
    return made


def events_of(crisis: Crisis, branch: Branch | None, day: date, viewer: str | None) -> tuple[Event, ...]:
    """The events that may have happened by `day`, in an order that does not depend on the file's.

    With a `viewer`, only those that it knew of that day. An event whose date is known in part is
    kept when part of its stretch has come.
    """
    events = [*crisis.events]
    if branch is not None:
        start = branch.start
        events = [e for e in events if e.id not in branch.drop and not (start and _dated(e).first >= start.first)]
        events += branch.add
    chosen = [event for event in events if _dated(event).first <= day]
    if viewer is not None:
        chosen = [event for event in chosen if _knew(event, day, viewer)]
    return tuple(sorted(chosen, key=lambda event: (_dated(event), event.id)))


def _knew(event: Event, day: date, viewer: str) -> bool:
    """Whether an event was public by then, or the viewer had a part in it or was told."""
    if event.known_since is None and not event.known_to:
        return True
    public = event.known_since is not None and event.known_since.first <= day
    return public or viewer in (*event.known_to, *event.by, *event.on, *event.to)


def _dated(event: Event) -> When:
    return event.date or When(date.min, date.min)


def start_of(event: Event) -> date:
    """The day it happened; the first possible where the date is partial."""
    return _dated(event).first


def happened(world: World, event: Event) -> Proof:
    """That the event took place by the day asked about."""
    if event.contested:
        settled = world.settled.get(event.id)
        if settled is None:
            return open_leaf("event", event.id, ("happened", "did-not-happen"), ("happened",), event, at=event.at)
        if settled != "happened":
            return fact("event", False, event, at=event.at)
    if _dated(event).reached(world.day) is None:
        return open_leaf("event", f"{event.id}.date", DATES, DATES[:2], event, at=event.at)
    return fact("event", True, event, at=event.at)


def decide(
    world: World, question: str, datum: Datum, day: date, judge: Callable[[Any], Proof], kind: str, *about: Any,
    missing: str = "",
) -> Proof:  # fmt: skip
    """Judges a value that may change with the day or be contested; contested, the question stays open.

    A fact of the crisis by that name goes before what the event, place or treaty says.
    """
    spell = spell_on(world.facts.get(question, datum), day)
    if spell is None:
        return fact(kind, False, *about, "not stated", missing=missing)
    options = spell.options
    if question in world.settled:
        said = world.settled[question]
        return judge(next((o.value for o in options if said in (o.label, str(o.value))), said))
    if len(options) == 1:
        return judge(options[0].value)
    answers = tuple(option.label for option in options)
    judged = [judge(option.value) for option in options]
    if all(not part.parts and part.truth is not UNKNOWN for part in judged):
        accepts = [answer for answer, part in zip(answers, judged, strict=True) if part.truth is YES]
        return open_leaf(kind, question, answers, accepts, *about, at=spell.at, missing=missing)
    return either(
        [
            both([open_leaf(kind, question, answers, (answer,), *about, at=spell.at), part])
            for answer, part in zip(answers, judged, strict=True)
        ],
        missing=missing,
    )


def acts_for(world: World, actor: str, day: date) -> tuple[str, Proof]:
    """The state an actor acts for, with the proof; an actor that is no government acts for itself."""
    declared = world.actors.get(actor)
    if declared is None or declared.kind != "government" or declared.of is None:
        return actor, Proof("nothing", YES)
    return declared.of, remember(world, ("acts", actor, day), lambda: _governs(world, declared, day))


def acting(world: World, actor: str, day: date) -> list[tuple[str, Proof]]:
    """Whose act it is: the state's where its government acts; what one that does not govern does is its own."""
    state, proof = acts_for(world, actor, day)
    return [(state, proof)] if proof.truth is YES else [(state, proof), (actor, denied(proof))]


def _governs(world: World, actor: Actor, day: date) -> Proof:
    question = f"government-of-{actor.of}"
    datum = world.facts.get(question)
    if datum is None:
        return fact("government", False, actor.id, actor.of, at=actor.at, missing="government")

    def judge(value: Any) -> Proof:
        return fact("government", value == actor.id, actor.id, actor.of, value, at=datum[0].at, missing="government")

    return decide(world, question, datum, day, judge, "government", actor.id, actor.of, missing="government")


class Occurrence(Struct, frozen=True):
    """One pair in an event: who did it to whom, as what kinds, and the proof that it counts.

    `origin` is the event; a derived occurrence keeps it, has the kinds it counts as, and the paths of the
    rules that say so in `rules`.
    """

    origin: Event
    kinds: tuple[str, ...]
    actor: str | None
    target: str | None
    proof: Proof
    rules: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day of the event."""
        return start_of(self.origin)


def occurrences(world: World) -> tuple[Occurrence, ...]:
    """Every pair of every event."""
    return remember(world, "occurrences", lambda: tuple(o for event in world.events for o in _pairs(world, event)))


def by_kind(world: World) -> dict[str, list[Occurrence]]:
    """Every pair of every event, by each of its kinds."""
    found: dict[str, list[Occurrence]] = remember(world, "by-kind", lambda: indexed(occurrences(world)))
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
            yield Occurrence(event, event.kinds, actor, target, proof)


def reached(world: World, code: str, day: date) -> list[tuple[str, Proof]]:
    """Whom an act or message to `code` reaches: an organisation's members, a government's state, itself."""
    if code in world.registry.organisations or code in world.registry.organs:
        body = world.registry.organs[code].of if code in world.registry.organs else code
        return members_of(world, body, day)
    return acting(world, code, day)


def members_of(world: World, organisation: str, day: date) -> list[tuple[str, Proof]]:
    """The states that an instrument naming the organisation binds on a day."""
    found: list[tuple[str, Proof]] = remember(
        world, ("members-of", organisation, day), lambda: _members(world, organisation, day)
    )
    return found


def _members(world: World, organisation: str, day: date) -> list[tuple[str, Proof]]:
    from foedera.engine.bind import bound

    found: dict[str, Proof] = {}
    for treaty in world.treaties.values():
        if treaty.organisation == organisation:
            for code in treaty.parties:
                proof = bound(world, treaty, code, day)
                if proof.truth is not NO and found.get(code, FALSE).truth is not YES:
                    found[code] = proof
    return sorted(found.items())


def is_lasting(event: Event) -> bool:
    """Whether the event is a state that goes on until something ends it."""
    return _lasts(event.kinds)


@cache
def _lasts(kinds: tuple[str, ...]) -> bool:
    return any(not ancestors(kind).isdisjoint(LASTING) for kind in kinds)


def ends_on(world: World, event: Event, actor: str | None, target: str | None) -> date:
    """The day from which a lasting event is over: its `until`, or a ceasefire or peace between the two."""
    if not is_lasting(event):
        return start_of(event)
    last = event.until.last if event.until is not None else LAST_DAY
    for other in events_like(world, ("ceasefire", "peace")):
        if start_of(other) >= start_of(event) and _between(other, actor, target):
            last = min(last, start_of(other))
    return last


def _between(event: Event, actor: str | None, target: str | None) -> bool:
    sides = {*event.by, *event.on, *event.to}
    return not sides or (actor in sides and target in sides)


def events_like(world: World, kinds: tuple[str, ...]) -> tuple[Event, ...]:
    """The events of these kinds, sub-kinds included."""
    return remember(world, ("like", kinds), lambda: tuple(e for e in world.events if is_kind(e.kinds, kinds)))
