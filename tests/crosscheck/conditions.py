"""`if` and `unless`: each condition becomes a predicate over the parts that a rule casts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from foedera.language.types import Condition, Pattern, Rule, Treaty, Who
from foedera.language.vocabulary import ancestors, covered, is_kind
from foedera.states.values import Datum

from .places import limb
from .program import YES_NO, Literals, OutOfReach, Program, Ways, n, q
from .who import CONTEXT, ways

Clause = Callable[..., None]


def condition(p: Program, c: Condition, rid: str, t: Treaty) -> str:
    """The literal that a condition of a rule holds."""
    literal = f"{p.fresh('c')}({CONTEXT})"
    tried = f"i({rid},{CONTEXT})"

    def clause(*literals: str) -> None:
        p.say(literal, tried, *literals)

    match c.op:
        case "any":
            for part in c.parts:
                clause(condition(p, part, rid, t))
        case "all":
            clause(*(condition(p, part, rid, t) for part in c.parts))
        case "not":
            clause(f"not {condition(p, c.parts[0], rid, t)}")
        case "question":
            question(p, c.question or "", t, clause)
        case "adversaries":
            _adversaries(p, c, rid, t, clause)
        case "bound":
            for literals in ways(p, c.who, "Z", t):
                clause(*literals, f"party({q(c.treaty)},Z,D)")
        case "helps":
            _helps(p, c, t, clause)
        case "requested_by":
            for literals in ways(p, c.who, "Z", t):
                for hearer in ("B", "organisation"):
                    clause(*literals, f"requests(Q,Z,{hearer},{q(t.id)})", "timely(Q,E,D)")
                clause(*literals, *_left_open(p, "Z", "request"))
        case "consent_of":
            for literals in ways(p, c.who, "Z", t):
                clause(*literals, "consents(Z,A,E,D)")
                clause(*literals, *_left_open(p, "Z", "consent"))
        case "decided_by":
            _decided(p, c, t, clause)
        case "happened":
            # labels are given by rules: one that gives them sees what happened, the others also what it counts as
            labels = p.rules[rid.strip('"')][1].modality != "counts_as"
            _happened(p, c, t, clause, labels)
        case _:
            raise AssertionError(c.op)
    return literal


def _left_open(p: Program, who: str, kind: str) -> Literals:
    """What is not listed did not happen, unless the crisis leaves that kind open."""
    return [f"pick(open({who},{q(kind)}),yes)"] if kind in p.case.crisis.open else ["#false"]


def question(p: Program, name: str, t: Treaty, clause: Clause) -> None:
    """A question as answered for the event, else for the bearer, else for all; open otherwise."""
    stem = f"{t.id}.{name}"
    special = {key.split("@", 1)[1]: datum for key, datum in p.case.facts.items() if key.startswith(stem + "@")}
    of_event = {suffix for suffix in special if any(e.id == suffix for e in p.case.events)}
    for suffix, datum in special.items():
        others = [f"E != {q(x)}" for x in sorted(of_event)] if suffix not in of_event else []
        _answered(p, datum, f"{stem}@{suffix}", clause, f"{'E' if suffix in of_event else 'B'} = {q(suffix)}", *others)
    others = [f"{'E' if x in of_event else 'B'} != {q(x)}" for x in special]
    _answered(p, p.case.facts.get(stem, ()), stem, clause, *others)


def _answered(p: Program, datum: Datum, stem: str, clause: Clause, *where: str) -> None:
    name = f"question({q(stem)})"
    for when, value in p.dated(datum, name):
        if value == "yes":
            clause(*where, *when)
    for stated, when in p.stretches(lambda day: any(s.interval.covers(day) is not False for s in datum)):
        if not stated:
            clause(*where, *when, f"pick({p.ask(name, map(q, YES_NO))},{q('yes')})")


def _adversaries(p: Program, c: Condition, rid: str, t: Treaty, clause: Clause) -> None:
    """Distinct States whose events match this rule's `when` against this target; a definition sees only what happened."""
    name = p.fresh("adversary")
    defines = p.rules[rid.strip('"')][1].modality == "counts_as"
    happened = [f"wanted({rid},K)", "kind(E,K)", "pair(E,D,A,V)"] if defines else []
    for literals in ways(p, c.who, "A", t):
        p.say(f"{name}(V,A)", f"m({rid},E,D,A,V,S)", *happened, *literals, 'A != "none"')
    clause(f"#count {{ Z : {name}(V,Z) }} >= {c.at_least}")


def _helps(p: Program, c: Condition, t: Treaty, clause: Clause) -> None:
    for who, whom in product(ways(p, c.who, "Z", t), ways(p, c.whom, "Y", t)):
        if c.against is None:
            clause(*who, *whom, "helps(Z,Y,_)")
        else:
            for enemy in ways(p, c.against, "N", t):
                clause(*who, *whom, *enemy, "helps(Z,Y,N)")
            clause(*who, *whom, "helps(Z,Y,anybody)")


def _decided(p: Program, c: Condition, t: Treaty, clause: Clause) -> None:
    """A decision about this case, or about nobody in particular; it binds all, or those who consented."""
    organ = t.organs.get(c.organ or "")
    finds = p.fresh("finds")
    for e in p.case.events:
        said = {*e.kinds, *(ancestors(e.finding) if e.finding else ())}
        if c.finding is None or c.finding in said:
            p.say(f"{finds}({q(e.id)})")
    for about in ("not on(Q,_)", "struck(Q,V)", "struck(Q,A)", "struck(Q,W)"):
        decided = (f"decided({q(c.organ)},Q)", f"{finds}(Q)", about)
        if organ is not None and organ.binds == "consenting":
            clause(*decided, "vote(Q,B,yes)")
            clause(*decided, "not vote(Q,_,_)")
        else:
            clause(*decided)
    clause(*_left_open(p, q(c.organ), "decision"))


def _happened(p: Program, c: Condition, t: Treaty, clause: Clause, labels: bool) -> None:
    """Another event like this; a bare `happened` may speak of the trigger itself (un-charter/42, cst-1992/4)."""
    assert c.pattern is not None
    marked = any(isinstance(mark, Pattern) for mark in (c.before, c.after))
    another = "event" in (c.before, c.after) or (c.within is not None and not marked)
    timed: Ways = [["E != G"] if another else []]
    other = "S0"  # what `within` is counted from: the mark, or the trigger
    for mark, var, order in ((c.before, "H", "<="), (c.after, "J", ">=")):
        if mark == "event":
            timed = [[*way, "start(E,S0)", f"GD {order} S0"] for way in timed]
        elif isinstance(mark, Pattern):
            other = f"{var}D"
            timed = [
                [*way, *like, f"{var} != G", f"GD {order} {var}D"]
                for way in timed
                for like in _like(p, mark, t, var, labels)
            ]
    if c.within is not None:
        near = p.fresh("near")
        for one, two in product({e.date.first for e in p.case.events if e.date}, repeat=2):
            if one <= two <= c.within.after(one) or two <= one <= c.within.after(two):
                p.say(f"{near}({n(one)},{n(two)})")
        timed = [[*way, "start(E,S0)", f"{near}(GD,{other})"] for way in timed]
    for like, way in product(_like(p, c.pattern, t, "G", labels), timed):
        clause(*like, *way)
    for kind in c.pattern.kinds:
        if kind in p.case.crisis.open:
            for who in ways(p, c.pattern.by, "Y", t):
                clause(*who, f"pick(open(Y,{q(kind)}),yes)")


def _like(p: Program, pattern: Pattern, t: Treaty, var: str, labels: bool) -> Ways:
    """That `var` is an event of the pattern, or counts as one, which happened on the day `varD`."""
    if pattern.involves is not None:
        raise OutOfReach("involves in happened")
    kinds = p.fresh("like")
    for e in p.case.events:
        if is_kind(e.kinds, pattern.kinds):
            p.say(f"{kinds}({q(e.id)},A,V)", f"pairs({q(e.id)},A,V)")
    for kind in covered(pattern.kinds) if labels else ():
        p.say(f"{kinds}(E,A,V)", f"label({q(t.id)},E,_,A,V,{q(kind)})")
        p.say(f"{kinds}(E,A,V)", f"common(E,_,A,V,{q(kind)})")
    basis = [f"{kinds}({var},{var}A,{var}V)", f"past({var},{var}D)"]
    return [[*basis, *literals] for literals in likeness(p, pattern, t, var)]


def likeness(p: Program, x: Pattern, t: Treaty, e: str = "", pair: str = "") -> Ways:
    """How an event of the right kind may be like a pattern: the trigger, or the one that `e` names, on its own day.

    `pair` are author and victim where `involves` casts them the other way round.
    """
    event, day, a, v, s = e or "E", f"{e}D", f"{e}A", f"{e}V", f"{e}S"

    def among(who: Who | None, var: str) -> Ways:
        return [[x.replace(",D)", f",{day})") for x in way] for way in ways(p, who, var, t)]

    common: Literals = [] if x.response else [f"not answers({event},{v})"]
    if x.provoked is not None:
        common.append(f"{'' if x.provoked == 'yes' else 'not '}provokes({event},{v})")
    if x.place is not None:
        common.append(f"{limb(p, x.place, t)}({event},{day},{a},{v},{pair or f'{a},{v}'},{e}P)")
    choices = [among(who, v) for who in (x.on, x.involves) if who is not None]
    if x.by is not None:  # an event without an author is somebody's
        choices.append([*among(x.by, a), [f'{a} = "none"', f"pick(author({event}),yes)"]])
    if x.supported_by is not None:
        choices.append([[f"sponsor({event},{s})", *way] for way in (*among(x.supported_by, s), [f"nameless({s})"])])
    if x.to is not None:
        choices.append([[f"addressed({event},{e}Z)", *way] for way in among(x.to, f"{e}Z")])
    for word, values in (
        ("scale", x.scale), ("means", x.means), ("stance", x.stance), ("found", x.finding), ("of", x.organ), ("under", x.under),
    ):  # fmt: skip
        if values:
            choices.append([[f"{word}({event},{q(value)})"] for value in values])
    return [[*common, *sum(combination, [])] for combination in product(*choices)]


def jointly(p: Program, rid: str, t: Treaty, r: Rule) -> str:
    """Owed only together: every other guarantor helps in fact; the attacker among them, or one that has left, cannot."""
    name, idle = p.fresh("c"), p.fresh("idle")
    for literals in ways(p, r.who, "B2", t, "joint"):
        p.say(
            f"{idle}({CONTEXT})",
            f"i({rid},{CONTEXT})",
            *literals,
            f"guarantor({q(t.id)},B2)",
            "B2 != B",
            "B2 != V",
            "not helps(B2,V,_)",
        )
    p.say(f"{name}({CONTEXT})", f"i({rid},{CONTEXT})", f"not {idle}({CONTEXT})")
    return f"{name}({CONTEXT})"
