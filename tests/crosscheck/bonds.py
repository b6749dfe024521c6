"""Instruments as facts: entry into force, parties with their days, groups, organs."""

from __future__ import annotations

from collections.abc import Iterator

from foedera.dates import Interval
from foedera.language.types import Party, Treaty
from foedera.language.vocabulary import KINDS

from .program import Case, Program, q
from .who import codes_of, ways


def universe(case: Case) -> list[str]:
    """Every code that may play a part."""
    found = case.named() | {code for e in case.events for code in e.votes}
    found |= {c for e in case.events for s in e.supported_by or () for o in s.options for c in o.value or ()} - {
        "state"
    }
    found |= {code for a in case.crisis.actors.values() for code in (a.id, a.of) if code}
    for treaty in case.treaties.values():
        found |= {*treaty.parties}
        found |= {treaty.organisation} if treaty.organisation else set()
    for treaty, rule, when in case.rules():
        whos = (rule.who, rule.whom, rule.against, rule.counts_on, rule.counts_by, when.by, when.on, when.involves)
        found |= {code for who in whos for code in codes_of(who, treaty)}
    return sorted(found)


def write_treaty(p: Program, t: Treaty) -> None:
    """One instrument without its rules."""
    me = q(t.id)
    p.say(f"instrument({me})")
    if t.prevails_over_all:
        p.say(f"supreme({me})")
    for body in [t.organisation] if t.organisation else []:
        p.say(f"body({me},{q(body)})")
        for code in (body, *(o.id for o in p.case.registry.organs.values() if o.of == body)):
            p.say(f"memberof({q(code)},{me})")
    for name, codes in t.groups.items():
        for code in codes:
            p.say(f"group({me},{q(name)},{q(code)})")
    _in_force(p, t)
    for code, party in _members(p, t):
        if party is None:
            p.say(f"bond({me},{q(code)},D)", f"state({q(code)},D)")
        else:
            _party(p, t, code, party)
    _organs(p, t)


def _in_force(p: Program, t: Treaty) -> None:
    datum = p.case.facts.get(f"{t.id}.in-force", t.in_force)
    life = p.during(f"life({q(t.id)})", Interval(None, t.ends))
    for number, (when, since) in enumerate(p.dated(datum, f"force({q(t.id)})")):
        if since is not None:
            begun = p.during(f"force({q(t.id)},{number})", Interval(since, None))
            p.say(f"inforce({q(t.id)},D)", *when, life, begun)


def _members(p: Program, t: Treaty) -> Iterator[tuple[str, Party | None]]:
    """The parties on paper; None for the states of an instrument that binds them all."""
    if t.parties_of is not None and t.parties_of in p.case.treaties:
        yield from _members(p, p.case.treaties[t.parties_of])
    elif t.all_states:
        yield from ((code, None) for code in p.dom if code in p.case.registry.states)
    else:
        yield from t.parties.items()


def _party(p: Program, t: Treaty, code: str, party: Party) -> None:
    pair = f"{q(t.id)},{q(code)}"
    p.say(f"counted({pair})")
    if party.until is not None:
        p.say(f"left({pair})")
    p.say(f"bond({pair},D)", p.during(f"bond({pair})", Interval(party.since, party.until)), f"not paused({pair},D)")
    for number, s in enumerate(party.suspended):
        if s.from_ is not None:
            continue  # from organs only: still bound
        literal = p.during(f"pause({pair},{number})", s.interval)
        if not s.toward:
            p.say(f"paused({pair},D)", literal)
        for other in s.toward:
            p.say(f"apart({pair},{q(other)},D)", literal)


def _organs(p: Program, t: Treaty) -> None:
    for organ in t.organs.values():
        votes = organ.votes
        if organ.sole:
            votes = f"sole({q(organ.sole)})"
        elif organ.share:
            votes = f"share({organ.share[0]},{organ.share[1]})"
        p.say(f"organ({q(organ.id)},{votes})")
        for finding in organ.competent:
            p.say(f"competent({q(organ.id)},{q(finding)})")
        for event in p.case.events:
            if organ.competent and event.finding and event.finding not in (*KINDS, *organ.competent):
                p.say(f"incompetent({q(organ.id)},{q(event.id)})")
        for literals in ways(p, organ.members, "X", t, "seat"):
            p.say(f"seat({q(organ.id)},X,D)", f"deciding({q(organ.id)},D)", *literals)
