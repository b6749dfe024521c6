"""What holds while one question is asked: a branch of a crisis up to a day, under one reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct, field

from foedera.dates import When
from foedera.engine.proof import Proof, both, denied, either, fact, open_leaf
from foedera.language.types import Actor, Branch, Crisis, Event, Treaty
from foedera.language.vocabulary import LASTING, ancestors, is_kind
from foedera.states.registry import Place, Registry
from foedera.states.values import Datum, spell_on
from foedera.truth import UNKNOWN, YES

LAST_DAY = date.max
# keys about an instrument that follow from its members, dates and labels alone
BONDS = frozenset(("bonds", "in-force", "parties", "first-bound", "seen", "roster"))
NEW = object()
T = TypeVar("T")


class Memo(Struct):
    """What follows from a world and was worked out already.

    A key says what it is, then what it is about: an instrument, something else, or nothing in particular (""). A world
    under a reading looks into the plain one's memo too, but not for what is about the instruments in `apart`. Where the
    reading leaves members and labels as they are (`same`), only what follows from the changed rules is apart.
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


def remember(world: World, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """The value for a key, made at the first asking."""
    memo = world.memo
    known = memo.found.get(key, NEW)
    if known is NEW and memo.plain and (key[1] not in memo.apart or key[0] in memo.same):
        known = memo.plain.get(key, NEW)
    if known is NEW:
        known = memo.found[key] = make()
    return known  # type: ignore[no-any-return]


def recall(world: World, key: tuple[Any, ...]) -> Any:
    """The value for a key if it was made already, else None."""
    memo = world.memo
    shared = key[1] not in memo.apart or key[0] in memo.same
    return memo.found.get(key, memo.plain.get(key) if shared else None)


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
    return event.date.first if event.date is not None else date.min


def days_of(world: World, event: Event) -> list[date]:
    """The days, by the one asked about, on which it may have been: the ends of its stretch, those of other events inside it."""
    first, last = start_of(event), min(_dated(event).last, world.day)
    if last <= first:
        return [first]
    between: set[date] = remember(world, ("event-days", ""), lambda: _event_days(world))
    return sorted({first, last, *(day for day in between if first < day < last)})


def _event_days(world: World) -> set[date]:
    whens = [when for event in world.events for when in (event.date, event.until) if when is not None]
    return {day for when in whens for day in (when.first, when.last)}


def date_answers(world: World, event: Event) -> tuple[str, ...]:
    """When an event of a date known in part was: on one of these days, or not yet."""
    return (*(day.isoformat() for day in days_of(world, event)), "later")


def happened(world: World, event: Event) -> Proof:
    """That the event took place by the day asked about."""
    if event.contested:
        settled = world.settled.get(event.id)
        if settled is None:
            return open_leaf("event", event.id, ("happened", "did-not-happen"), ("happened",), event, at=event.at)
        if settled != "happened":
            return fact("event", False, event, at=event.at)
    if _dated(event).reached(world.day) is None:
        answers = date_answers(world, event)
        return open_leaf("event", f"{event.id}.date", answers, answers[:-1], event, at=event.at)
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


def is_lasting(event: Event) -> bool:
    """Whether the event is a state that goes on until something ends it."""
    return _lasts(event.kinds)


@cache
def _lasts(kinds: tuple[str, ...]) -> bool:
    return any(not ancestors(kind).isdisjoint(LASTING) for kind in kinds)


def events_like(world: World, kinds: tuple[str, ...]) -> tuple[Event, ...]:
    """The events of these kinds, sub-kinds included."""
    return remember(world, ("like", kinds), lambda: tuple(e for e in world.events if is_kind(e.kinds, kinds)))
