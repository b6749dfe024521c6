"""Rules: what triggers them, whom they bind toward whom against whom, which labels they give, which give way."""

from __future__ import annotations

from foedera.dates import ALWAYS
from foedera.language.types import Pattern, Rule, Treaty, Who
from foedera.language.vocabulary import ancestors, covered

from .conditions import condition, jointly, likeness, question
from .program import Program, q
from .who import CONTEXT, OPEN_ROLES, codes_of, roles_of, ways

HELP = frozenset(("assist", "fight", "aid"))
FORCE = {"use-force", "intervene"}


def write_rule(p: Program, t: Treaty, r: Rule, when: Pattern) -> None:
    """One rule that waits for an event."""
    rid = q(f"{t.id}#{r.path}")
    p.rules[f"{t.id}#{r.path}"] = (t, r)
    _match(p, rid, t, r, when)
    tried = [f"m({rid},E,D,A,V,S)", f"inforce({q(t.id)},D)"]
    if r.force != ALWAYS:
        tried.append(p.during(f"force({rid})", r.force))
    if r.modality == "counts_as":
        p.say(f'i({rid},E,D,A,V,S,"none",V,A)', *tried, f"not earlier({rid},E,D,A,V)")
    else:
        _instances(p, rid, t, r, tried)
    conditions = [condition(p, c, rid, t) for c in r.conditions]
    conditions += [f"not {condition(p, c, rid, t)}" for c in r.exceptions]
    if r.decides_whether is not None:
        literal = f"{p.fresh('c')}({CONTEXT})"
        question(p, "applies", t, lambda *literals: p.say(literal, f"i({rid},{CONTEXT})", *literals))
        conditions.append(literal)
    if r.jointly:
        conditions.append(jointly(p, rid, t, r))
    if r.modality == "counts_as":
        _labels(p, rid, t, r, conditions)
    else:
        p.say(f"fires({rid},B,W,X,E,D,A,V)", f"i({rid},{CONTEXT})", *conditions)


def _match(p: Program, rid: str, t: Treaty, r: Rule, when: Pattern) -> None:
    """Pair by pair; `involves` casts the two sides both ways. A lasting event is judged on the first day that binds."""
    present = {kind for e in p.case.events for kind in e.kinds} | {k for _, x, _ in p.case.rules() for k in x.acts}
    for kind in sorted(present & set(covered(when.kinds))):
        p.say(f"wanted({rid},{q(kind)})")
    sponsor = [] if when.supported_by is not None else ['S = "none"']
    victim = when.involves if when.involves is not None else when.on
    for pair in ("A,V", "V,A") if when.involves is not None else ("A,V",):
        seen = [f"seen({q(t.id)},E,D,{pair},K)", f"wanted({rid},K)"]
        for literals in likeness(p, when, t, pair=pair):
            p.say(f"m({rid},E,D,A,V,S)", *seen, *literals, *sponsor)
        for literals in ways(p, victim, "V", t) if victim is not None else [[]]:
            p.say(f"might({rid},E,D,A,V)", *seen, "goeson(E)", *literals, f"inforce({q(t.id)},D)")


def _instances(p: Program, rid: str, t: Treaty, r: Rule, tried: list[str]) -> None:
    """The bearers, those they owe it to and the enemies; the bearers of a rule for any state need not be bound."""
    roles = set(roles_of(r.who))
    member = f"party({q(t.id)},B,D)"
    if roles & OPEN_ROLES or t.all_states or t.parties_of is not None:
        p.open_rules.add((t.id, r.path))
    if roles & OPEN_ROLES:
        member = "dom(B)"
    # in a pact of attack who strikes with the author helps it; force on the author is no right of those on its side
    on_author = r.whom == Who("role", "actor")
    if (
        (FORCE if on_author else HELP) & set(r.acts)
        and r.modality != "must_not"
        and not roles & {"other-parties", "actor", "sponsor"}
    ):
        p.say(f"selfless({rid})")
    p.say(
        f"earlier({rid},E,D,A,V,B)",
        f"m({rid},E,D,A,V,_)",
        f"might({rid},E,F,A,V)",
        "F < D",
        member.replace(",D)", ",F)"),
    )
    # nobody owes to itself, unless the rule names its bearer as the victim
    named = [
        *(["B != W"] if not roles & {"target", "bearer"} else []),
        'W != "somebody"',
        *(['W != "none"'] if r.whom is not None else []),
    ]
    for bearers in ways(p, r.who, "B", t):
        for beneficiaries in ways(p, r.whom or Who("role", "target"), "W", t, "whom"):
            for enemies in ways(p, r.against or Who("role", "actor"), "X", t, "whom"):
                apart = f"not apart({q(t.id)},B,W,D)"
                p.say(f"i({rid},{CONTEXT})", *tried, *bearers, member, f"not earlier({rid},E,D,A,V,B)", *beneficiaries, *enemies, *named, apart)  # fmt: skip
    for act in r.acts if r.modality != "no_duty" else ():
        p.say(f"act({rid},{q(act)})")


def _labels(p: Program, rid: str, t: Treaty, r: Rule, conditions: list[str]) -> None:
    """What then counts as what: for the instrument's own rules, or for all."""
    label = "common(" if r.for_all else f"label({q(t.id)},"
    for victims in ways(p, r.counts_on or Who("role", "target"), "Z", t):
        for authors in ways(p, r.counts_by or Who("role", "actor"), "Y", t):
            for kind in r.acts:
                p.say(
                    f"{label}E,D,Y,Z,{q(kind)})",
                    f"i({rid},{CONTEXT})",
                    *conditions,
                    *victims,
                    *authors,
                    "Y != Z",
                    'Y != "unsaid"',
                )
    for code in codes_of(r.counts_on, t):
        p.say(f"labelled({q(code)})")


def write_priority(p: Program) -> None:
    """Which rule beats which: overrides, yields, express disclaimers. Nothing else wins silently."""
    for winner, (treaty, rule) in p.rules.items():
        for loser, (other, weaker) in p.rules.items():
            if any(_names(path, treaty, other, weaker) for path in rule.overrides) or any(
                _names(path, other, treaty, rule) for path in weaker.yields_to
            ):
                p.say(f"beats({q(winner)},{q(loser)})")
            if rule.modality == "no_duty" and weaker.modality == "must" and treaty.id == other.id:
                for act in weaker.acts:
                    if any(waived in ancestors(act) for waived in rule.acts):
                        p.say(f"waives({q(winner)},{q(loser)},{q(act)})")


def may_yield_to_standing(p: Program, t: Treaty, r: Rule) -> bool:
    """Whether a rule without `when`, which this engine does not know, may defeat this one."""
    standing = [(home, rule) for home in p.case.treaties.values() for rule in home.rules if rule.when is None]
    return any(
        any(_names(path, t, home, rule) for path in r.yields_to)
        or any(_names(path, home, t, r) for path in rule.overrides)
        or (rule.modality == "no_duty" and home.id == t.id and r.modality == "must")
        for home, rule in standing
    )


def _names(path: str, home: Treaty, treaty: Treaty, rule: Rule) -> bool:
    name, _, rest = path.partition("/")
    return (home.id if name == "this" else name) == treaty.id and rest in ("", rule.article, rule.path)
