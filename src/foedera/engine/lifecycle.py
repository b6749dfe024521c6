"""What became of a duty: owed, invoked, performed, breached, waived, lapsed; and when it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from foedera.engine.bearers import HELPING
from foedera.engine.conditions import helped_by
from foedera.engine.fire import Firing
from foedera.engine.match import is_response
from foedera.engine.occurrences import ends_on, heard_by, struck_by
from foedera.engine.priority import struck
from foedera.engine.standing import DEEDS
from foedera.engine.world import World, acts_for, events_like, happened, remember, start_of
from foedera.language.types import Event, Pattern
from foedera.language.vocabulary import is_kind
from foedera.truth import NO, UNKNOWN, YES


class Stage(Struct, frozen=True):
    """A status, the day it ended on (None: it goes on), and the event that made it so."""

    status: str
    until: date | None = None
    by: Event | None = None


FORCE = ("use-of-force", "resort-to-war")
PERFORMS = {
    "consult": ("consultation",),
    "settle-peacefully": ("mediation",),
    "mobilise": ("mobilisation",),
    "impose-sanctions": ("economic-sanctions", "border-closure"),
    "aid": ("economic-assistance", "assistance"),
    "use-force": FORCE,
    "give-notice": ("notice-of-withdrawal",),
}


def stage(world: World, firings: list[Firing]) -> Stage:
    """The stage of a duty, permission or prohibition that these firings of one finding make up."""
    first = firings[0]
    if first.rule.modality == "may":
        return _permission(world, firings)
    if first.rule.modality != "must" or first.act in ("stay-neutral",):
        return _abstention(world, firings)
    if first.occurrence is None:
        return Stage("owed")
    return _duty(world, current(world, firings))


def current(world: World, firings: list[Firing]) -> list[Firing]:
    """The firings by which a duty now stands: a blow after what ended it for an earlier one raises it anew."""
    return _episodes(world, firings)[-1]


def _episodes(world: World, firings: list[Firing]) -> list[list[Firing]]:
    """The firings of a duty, apart where something ended it before the next arose as surely."""
    if firings[0].occurrence is None or len(firings) == 1:
        return [firings]
    enemies = {firing.against for firing in firings if firing.against is not None}
    end = _end(world, firings[0], enemies, min(firing.since for firing in firings))
    surest = min((firing.proof.truth for firing in firings), key=(YES, UNKNOWN, NO).index)

    def anew(firing: Firing) -> bool:
        return end is not None and firing.since > start_of(end) and firing.proof.truth is surest

    later = [firing for firing in firings if anew(firing)]
    if not later:
        return [firings]
    return [[firing for firing in firings if not anew(firing)], *_episodes(world, later)]


def _permission(world: World, firings: list[Firing]) -> Stage:
    """Used, open, or lapsed unused; it runs out only when that of every blow it answers has."""
    ends = [ended(world, firing, firing.since) for firing in firings]
    end = max((e for e in ends if e is not None), key=start_of) if None not in ends else None
    over = start_of(end) if end is not None else None
    used = _first(
        event for firing in firings for event in _forceful(world, firing.bearer, struck(firing), firing.since)
        if over is None or start_of(event) < over
    )  # fmt: skip
    if used is not None:
        return Stage("used", over, used)
    return Stage("lapsed", over, end) if end is not None else Stage("open")


def running(world: World, firings: Iterable[Firing]) -> Iterator[Firing]:
    """Those of the firings that no `until` of their rule has ended: a permission that is over lifts no ban."""
    return (f for f in firings if f.rule.modality != "may" or ended(world, f, f.since) is None)


def _first(events: Iterable[Event]) -> Event | None:
    return min(events, key=lambda event: (start_of(event), event.id), default=None)


def _abstention(world: World, firings: list[Firing]) -> Stage:
    broken = _first(event for firing in firings for event in _against(world, firing))
    return Stage("breached", None, broken) if broken else Stage("respected")


def _against(world: World, firing: Firing) -> Iterable[Event]:
    """What the bearer did that a prohibition forbids, or a duty to abstain."""
    if firing.act == "make-separate-peace":
        return _parted(world, firing)
    if firing.act == "help-enemy":
        return _helped_enemy(world, firing)
    if firing.act in HELPING:
        decided = firing.against in world.registry.organs  # an organ decides and is nobody's enemy
        enemies = {firing.against} if firing.against and not decided else set()
        return _performing(world, firing, enemies, firing.since)
    if firing.act == "stay-neutral":
        taken = (
            e for e in _helped_enemy(world, firing) if firing.toward in e.on or is_kind(e.kinds, ("armed-assistance",))
        )
        return (*_struck_it(world, firing), *taken)
    return _struck_it(world, firing)


def _struck_it(world: World, firing: Firing) -> Iterable[Event]:
    """The forbidden act done to the one it is owed to; force where the act has no deed of its own."""
    found = _done(world, firing.bearer, firing.toward, DEEDS.get(firing.act, FORCE), firing.since)
    return (event for event in found if is_response(world, event, firing.toward).truth is NO)


def _parted(world: World, firing: Firing) -> Iterable[Event]:
    """A ceasefire or peace of the bearer with the enemy, in which the partner has no part."""
    for event in events_like(world, ("ceasefire", "peace")):
        sides = {*_by(world, event), *event.on, *event.to}
        apart = firing.toward not in sides and (firing.against is None or firing.against in sides)
        if start_of(event) >= firing.since and firing.bearer in sides and apart and happened(world, event).truth is YES:
            yield event


def _helped_enemy(world: World, firing: Firing) -> Iterable[Event]:
    for event in _deeds(world, ("assistance",), firing.bearer):
        enemy = firing.against in event.to if firing.against is not None else firing.toward in event.on
        if enemy and start_of(event) >= firing.since and happened(world, event).truth is YES:
            yield event


class _Course(Struct, frozen=True):
    """What happened to a duty: the event that turned it round, performed, waived, invoked or ended it."""

    turned: Event | None
    done: Event | None
    waiver: Event | None
    asked: Event | None
    end: Event | None


def _course(world: World, firings: list[Firing]) -> _Course:
    first = firings[0]
    since = min(firing.since for firing in firings)
    enemies = {firing.against for firing in firings if firing.against is not None}
    return _Course(
        turned=_first(_turned(world, first, since)),
        done=_first(_performing(world, first, enemies, since)),
        waiver=_first(e for e in _said(world, "waiver", first) if _about(e, first)),
        asked=_first(e for e in _said(world, "request", first) if _about(e, first) and start_of(e) >= since),
        end=_end(world, first, enemies, since),
    )


def _turned(world: World, firing: Firing, since: date) -> Iterable[Event]:
    """Force of the bearer on the one it owes help to."""
    if firing.act not in HELPING or firing.toward is None:
        return ()
    force = _forceful(world, firing.bearer, firing.toward, since)
    return (event for event in force if is_response(world, event, firing.toward).truth is NO)


def _duty(world: World, firings: list[Firing]) -> Stage:
    if firings[0].rule.before_trigger:
        return _beforehand(world, firings[0])
    course = _course(world, firings)
    over = start_of(course.end) if course.end is not None else None
    if course.turned is not None:
        return Stage("breached", None, course.turned)
    if course.done is not None:
        return Stage("performed", over, course.done)
    if course.waiver is not None:
        return Stage("waived", start_of(course.waiver), course.waiver)
    if course.end is not None:
        needs_asking = any(condition.op == "requested_by" for condition in firings[0].rule.conditions)
        unmet = course.asked is not None or not needs_asking
        return Stage("breached" if unmet else "lapsed", over, course.end)
    return Stage("invoked", None, course.asked) if course.asked else Stage("owed")


def _beforehand(world: World, firing: Firing) -> Stage:
    """A duty to consult first: met if it was done before the trigger, else broken by it."""
    assert firing.occurrence is not None
    for kind in PERFORMS.get(firing.act, ()):
        for event in events_like(world, (kind,)):
            sides = {*_by(world, event), *event.on, *event.to}
            if start_of(event) <= firing.occurrence.day and {firing.bearer, firing.toward} <= sides:
                return Stage("performed", None, event)
    return Stage("breached", None, firing.occurrence.origin)


def history(world: World, firings: list[Firing]) -> list[tuple[date, str, Event | None]]:
    """The course of a duty, permission or prohibition, day by day: when it began, was invoked, met, ended."""
    first = firings[0]
    if first.rule.modality == "must" and first.act != "stay-neutral":
        earlier, *others = _episodes(world, firings)
        if others:
            again = history(world, [firing for episode in others for firing in episode])
            return [step for step in history(world, earlier) if step[0] < again[0][0]] + again
    found: list[tuple[date, str, Event | None]] = [(min(f.since for f in firings), "begins", None)]
    if first.rule.modality != "must" or first.act == "stay-neutral" or first.occurrence is None:
        now = stage(world, firings)
        return found + ([(start_of(now.by), now.status, now.by)] if now.by is not None else [])
    course = _course(world, firings)
    steps = (
        ("broken", course.turned), ("performed", course.done), ("waived", course.waiver), ("invoked", course.asked),
        ("ends", course.end),
    )  # fmt: skip
    found += [(start_of(event), word, event) for word, event in steps if event is not None]
    return sorted(found, key=lambda step: (step[0], step[1] != "begins", step[1]))


def _performing(world: World, firing: Firing, enemies: set[str], since: date) -> Iterable[Event]:
    """What the bearer did that meets the duty; it may have begun before the duty if it still went on."""
    if firing.act in HELPING and firing.toward is not None:
        for proof in helped_by(world, firing.bearer, firing.toward, enemies or None):
            event = proof.about[0]
            armed = is_kind(event.kinds, ("armed-assistance", *FORCE))
            if (
                proof.truth is YES
                and isinstance(event, Event)
                and (firing.act != "fight" or armed)
                and _lasts(world, event, since)
            ):
                yield event
    for kind in PERFORMS.get(firing.act, ()) if firing.act not in ("assist", "fight") else ():
        for event in _deeds(world, (kind,), firing.bearer):
            if _strikes(world, event, firing) and _lasts(world, event, since) and _meant(world, event, firing):
                yield event


def _lasts(world: World, event: Event, since: date) -> bool:
    """That it begins with the duty or later, or still goes on when the duty arises; its last day is the eve of `until`."""
    return start_of(event) >= since or ends_on(world, event, None, None) > since


def _strikes(world: World, event: Event, firing: Firing) -> bool:
    """A blow meets a duty to strike only when it falls on the one named."""
    if firing.act != "use-force" or firing.toward is None:
        return True
    return firing.toward in struck_by(world, event)


def _meant(world: World, event: Event, firing: Firing) -> bool:
    """That what is addressed to somebody reaches the one owed it, or that one takes part: talks with another are none with it."""
    if firing.toward is None or not event.to:
        return True
    return firing.toward in _by(world, event) or _heard(world, event, firing.toward)


def _by(world: World, event: Event) -> set[str]:
    return {acts_for(world, code, start_of(event))[0] for code in event.by}


def _deeds(world: World, kinds: tuple[str, ...], code: str) -> Iterable[Event]:
    """The events of these kinds that one did, by its government or itself."""
    found: dict[str, list[Event]] = remember(world, ("deeds", kinds), lambda: _by_author(world, kinds))
    return found.get(code, ())


def _by_author(world: World, kinds: tuple[str, ...]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events_like(world, kinds):
        for code in _by(world, event):
            found.setdefault(code, []).append(event)
    return found


def _done(world: World, bearer: str, other: str | None, kinds: tuple[str, ...], since: date) -> Iterable[Event]:
    for event in _deeds(world, kinds, bearer):
        hit = other is None or other in struck_by(world, event)
        if hit and start_of(event) >= since and happened(world, event).truth is YES:
            yield event


def _forceful(world: World, bearer: str, other: str | None, since: date) -> Iterable[Event]:
    return _done(world, bearer, other, FORCE, since) if other is not None else ()


def _end(world: World, firing: Firing, enemies: set[str], since: date) -> Event | None:
    """The event that ended the hostilities or, by the rule's `until`, the duty; what an organ decided outlives a ceasefire."""
    found = []
    decided = firing.occurrence is not None and is_kind(firing.occurrence.origin.kinds, ("decision",))
    for event in () if decided else events_like(world, ("ceasefire", "peace", "annexation")):
        sides = {*event.by, *event.on, *event.to}
        if start_of(event) >= since and (not sides or (firing.toward in sides and (not enemies or sides & enemies))):
            found.append(event)
    own = ended(world, firing, since)
    return _first([*found, own] if own is not None else found)


def ended(world: World, firing: Firing, since: date) -> Event | None:
    """The first event that, by the rule's own `until`, ends the duty or the permission."""
    pattern = firing.rule.ends
    if pattern is None:
        return None
    return _first(e for e in events_like(world, pattern.kinds) if start_of(e) >= since and _ends(pattern, e, firing))


def _ends(pattern: Pattern, event: Event, firing: Firing) -> bool:
    if pattern.finding and event.finding not in pattern.finding:
        return False
    if pattern.organ and not {event.organ, *event.by} & set(pattern.organ):
        return False
    cast = firing.occurrence
    target, actor = (cast.target, cast.actor) if cast is not None else (firing.toward, firing.against)
    roles = {"target": target, "actor": actor, "bearer": firing.bearer, "toward": firing.toward}
    if pattern.on is not None and pattern.on.op == "role" and pattern.on.name in roles:
        return not event.on or roles[pattern.on.name] in event.on
    return True


def _said(world: World, kind: str, firing: Firing) -> Iterable[Event]:
    """What the one owed a duty told its bearer."""
    told = _deeds(world, (kind,), firing.toward) if firing.toward is not None else ()
    return (event for event in told if _heard(world, event, firing.bearer))


def _heard(world: World, event: Event, code: str) -> bool:
    return not event.to or code in heard_by(world, event)


def _about(event: Event, firing: Firing) -> bool:
    return event.under is None or event.under.split("/")[0] == firing.treaty.id
