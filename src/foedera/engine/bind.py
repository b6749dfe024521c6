"""Who is bound by what on which day: entry, exit, suspension, and the events that change them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from foedera.dates import When, on_day
from foedera.engine.proof import FALSE, Proof, both, denied, either, fact, open_leaf
from foedera.engine.world import World, acts_for, decide, events_like, happened, remember, start_of
from foedera.language.types import Event, Party, Treaty
from foedera.problems import Span
from foedera.truth import NO, UNKNOWN, YES, truth_of

MEMBERSHIP = ("accession", "ratification", "notice-of-withdrawal", "suspension")


class _Bonds(Struct, frozen=True):
    """What is known of who is bound: the days on which that may change, and the proofs, by State and stretch between them."""

    moments: list[date]
    proofs: dict[tuple[str, int | date], Proof]


def bound(world: World, treaty: Treaty, code: str, day: date) -> Proof:
    """That the instrument binds the state on that day; worked out once between two days on which that may change."""
    bonds = _bonds(world, treaty)
    key = (code, day if treaty.all_states else bisect_right(bonds.moments, day))
    known = bonds.proofs.get(key)
    if known is None:
        known = bonds.proofs[key] = _bound(world, treaty, code, day)
    return known


def moments(world: World, treaty: Treaty) -> list[date]:
    """The days on which the answer to who is bound may change, by the file's dates and what the crisis adds, sorted."""
    return _bonds(world, treaty).moments


def _bonds(world: World, treaty: Treaty) -> _Bonds:
    return remember(world, ("bonds", treaty.id), lambda: _Bonds(sorted(set(_moments(world, treaty))), {}))


def _moments(world: World, treaty: Treaty) -> Iterator[date]:
    if treaty.parties_of is not None and treaty.parties_of in world.treaties:
        yield from moments(world, world.treaties[treaty.parties_of])
    dates = [treaty.ends]
    for spell in world.facts.get(f"{treaty.id}.in-force", treaty.in_force):
        dates += [spell.interval.since, spell.interval.until, *(option.value for option in spell.options)]
    for event in events_like(world, MEMBERSHIP):
        if event.under == treaty.id:
            dates += [event.date, event.until]
            if treaty.withdrawal is not None:
                yield treaty.withdrawal.after(start_of(event))
    yield from _ends_of(dates)
    yield from treaty.party_days


def _ends_of(dates: Iterable[When | None]) -> Iterator[date]:
    for when in dates:
        if isinstance(when, When):
            yield from (when.first, when.last)


def _bound(world: World, treaty: Treaty, code: str, day: date) -> Proof:
    if is_hidden(world, treaty, treaty.secret_until):
        return fact("hidden", False, treaty, at=treaty.at, missing="rule")
    if treaty.all_states:
        state = world.registry.states.get(code)
        exists = state is not None and state.existed(day) is not NO
        declared = world.actors.get(code)
        exists = exists or (declared is not None and declared.kind == "state")
        exists_then = fact("party", exists, treaty, code, None, at=treaty.spots.get("parties"), missing="party")
        return both([exists_then, in_force(world, treaty, day)], "bound", treaty, code)
    if treaty.parties_of is not None:
        parent = world.treaties.get(treaty.parties_of)
        if parent is None:
            return fact("party", False, treaty, code, None, at=treaty.at, missing="party")
        return both([bound(world, parent, code, day), in_force(world, treaty, day)], "bound", treaty, code)
    party = treaty.parties.get(code)
    entered = _entered(world, treaty, code)
    if party is None and entered is None:
        return fact("party", False, treaty, code, None, at=treaty.spots.get("parties"), missing="party")
    parts = [member(world, treaty, code, party, day), in_force(world, treaty, day)]
    return both(parts, "bound", treaty, code)


def is_hidden(world: World, treaty: Treaty, secret_until: When | None) -> bool:
    """Whether the one whose knowledge counts could not know of it on the day asked about; parties always know."""
    if world.viewer is None or secret_until is None or world.day >= secret_until.first:
        return False
    return world.viewer not in treaty.parties


def in_force(world: World, treaty: Treaty, day: date) -> Proof:
    """That the instrument as such is in force on that day."""
    return remember(world, ("in-force", treaty.id, day), lambda: _in_force(world, treaty, day))


def _in_force(world: World, treaty: Treaty, day: date) -> Proof:
    question = f"{treaty.id}.in-force"
    datum = world.facts.get(question, treaty.in_force)
    at = datum[0].at if datum else treaty.at

    def judge(since: When | str | None) -> Proof:
        if isinstance(since, str):  # a reading's answer to a date known in part
            return fact("in-force", since == "by then", treaty, since, at=at, missing="in-force")
        return _by(since, day, question, treaty, at)

    entry = decide(world, question, datum, day, judge, "in-force", treaty, None, missing="in-force")
    if treaty.ends is None:
        return entry
    over = truth_of(treaty.ends.reached(day))
    ended_at = treaty.spots.get("ends", treaty.at)
    if over is UNKNOWN:
        running = open_leaf(
            "ended", f"{treaty.id}.ends", ("by then", "later"), ("later",), treaty, at=ended_at, missing="in-force"
        )
    else:
        running = fact("ended", over is NO, treaty, treaty.ends, at=ended_at, missing="in-force")
    return both([entry, running])


def _by(since: When | None, day: date, question: str, treaty: Treaty, at: Span) -> Proof:
    """That a date of entry has come by a day; open inside a date known in part."""
    reached = NO if since is None else truth_of(since.reached(day))
    if reached is UNKNOWN:
        answers = ("by then", "later")
        return open_leaf("in-force", question, answers, answers[:1], treaty, since, at=at, missing="in-force")
    return fact("in-force", reached is YES, treaty, since, at=at, missing="in-force")


def member(world: World, treaty: Treaty, code: str, party: Party | None, day: date) -> Proof:
    """That a state has entered and not left, by the file's dates and what the crisis adds to them."""
    at = party.at if party else None
    accession = _accession(world, treaty, code) if party is None else None
    since = party.since if party is not None else accession.date if accession is not None else None
    until = party.until if party is not None else None
    begun = YES if since is None else truth_of(since.reached(day))
    ended = NO if until is None else truth_of(until.reached(day))
    about = (treaty, code, since if begun is not YES or ended is NO else until)
    if UNKNOWN in (begun, ended) and NO is not begun and ended is not YES:
        name = f"{treaty.id}.{code}.{'since' if begun is UNKNOWN else 'until'}"
        accepts = "by then" if begun is UNKNOWN else "later"
        inside = open_leaf("party", name, ("by then", "later"), (accepts,), *about, at=at, missing="party")
    else:
        inside = fact("party", begun is YES and ended is NO, *about, at=at, missing="party")
    active = [s for s in (party.suspended if party else ()) if s.from_ != "organs" and not s.toward]
    parts = [fact("suspended", s.interval.covers(day) is False, treaty, code, at=at, missing="party") for s in active]
    parts += _notices(world, treaty, code, day) if until is None else []
    parts += _suspensions(world, treaty, code, day)
    parts += [happened(world, accession)] if accession is not None and accession.contested else []
    return both([inside, *parts]) if parts else inside


def _notices(world: World, treaty: Treaty, code: str, day: date) -> list[Proof]:
    """That no notice of withdrawal in the crisis, by whoever speaks for the state, has taken effect."""
    if treaty.withdrawal is None:
        return []
    found = []
    for event in events_like(world, ("notice-of-withdrawal",)):
        if event.under != treaty.id:
            continue
        effect = treaty.withdrawal.after(start_of(event))
        given = _spoken_for(world, event, code) if effect <= day else None
        if given is not None and given.truth is not NO:
            proof = both([fact("notice", True, treaty, code, on_day(effect), at=event.at), given])
            found.append(denied(proof, "left", treaty, code, on_day(effect), at=event.at, missing="party"))
    return found


def _suspensions(world: World, treaty: Treaty, code: str, day: date) -> list[Proof]:
    """That it has not suspended the treaty for itself; a suspension `on` it is from organs, and leaves it bound."""
    found = []
    for event in _suspending(world, treaty):
        if event.on or start_of(event) > day:
            continue
        over = event.until is not None and event.until.reached(day) is True
        done = _spoken_for(world, event, code)
        if not over and done.truth is not NO:
            found.append(denied(done, "suspends", treaty, code, at=event.at, missing="party"))
    return found


def _spoken_for(world: World, event: Event, code: str) -> Proof:
    """That the event happened and is the state's act, by itself or by its government."""
    acts = [proof for state, proof in (acts_for(world, by, start_of(event)) for by in event.by) if state == code]
    done = either(acts or [FALSE])
    return both([happened(world, event), done]) if event.contested else done


def suspended_toward(world: World, treaty: Treaty, code: str, other: str, day: date) -> bool:
    """Whether the bond between two parties is suspended, on either's record or by an event of the crisis."""
    return (code, other) in suspended_pairs(world, treaty, day)


def suspended_pairs(world: World, treaty: Treaty, day: date) -> frozenset[tuple[str, str]]:
    """The pairs, either way round, between which the bond is suspended on a day."""
    key = ("suspended", treaty.id, day)
    return remember(world, key, lambda: frozenset(_suspended_pairs(world, treaty, day)))


def _suspended_pairs(world: World, treaty: Treaty, day: date) -> Iterator[tuple[str, str]]:
    filed = [(a, s) for a, party in treaty.parties.items() for s in party.suspended]
    pairs = [(a, b) for a, s in filed for b in s.toward if s.interval.covers(day) is not False]
    for event in _suspending(world, treaty):
        if start_of(event) <= day and not (event.until and event.until.reached(day)):
            pairs += [(a, b) for a in event.by for b in event.on]
    for a, b in pairs:
        yield a, b
        yield b, a


def _suspending(world: World, treaty: Treaty) -> list[Event]:
    """The suspensions of the crisis that are about the instrument."""
    key = ("suspending", treaty.id)
    return remember(world, key, lambda: [e for e in events_like(world, ("suspension",)) if e.under == treaty.id])


def _entered(world: World, treaty: Treaty, code: str) -> When | None:
    """The day an accession or ratification in the crisis made it a party; the file's own dates go first."""
    event = _accession(world, treaty, code)
    return event.date if event is not None else None


def _accession(world: World, treaty: Treaty, code: str) -> Event | None:
    for event in events_like(world, ("accession", "ratification")):
        if event.under == treaty.id and code in _states(world, event.by, start_of(event)):
            return event
    return None


def did_not_join(world: World, treaty: Treaty, code: str) -> list[Proof]:
    """That one which may have acceded in the crisis did not; nothing of those that surely did."""
    accession = None if code in treaty.parties else _accession(world, treaty, code)
    joined = [] if accession is None else [happened(world, accession)]
    return [denied(proof) for proof in joined if proof.truth is not YES]


def _states(world: World, codes: tuple[str, ...], day: date) -> set[str]:
    found = (acts_for(world, code, day) for code in codes)
    return {state for state, proof in found if proof.truth is YES}


def first_bound(world: World, treaty: Treaty, code: str | None, start: date, end: date) -> date | None:
    """The first day from `start` to `end` (both in) on which the instrument may bind the state (or be in force), or None."""
    later = (day for day in moments(world, treaty) if start < day <= end)
    for day in (start, *later):
        if (in_force(world, treaty, day) if code is None else bound(world, treaty, code, day)).truth is not NO:
            return day
    return None
