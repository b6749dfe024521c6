"""`who` as literals about a variable: a disjunction of conjunctions, each of which binds the variable."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from foedera.language.types import Treaty, Who

from .program import Literals, Program, Ways, q

# the variables of a rule that is being tried: event, day, actor, target, sponsor, bearer, beneficiary, enemy
CONTEXT = "E,D,A,V,S,B,W,X"
PARTS = {"actor": "A", "target": "V", "bearer": "B", "toward": "W", "sponsor": "S"}
OPEN_ROLES = frozenset(("any-state", "anyone", "non-party", "great-power", "european-power", "organisation"))


def ways(p: Program, who: Who | None, var: str, t: Treaty, place: str = "who") -> Ways:
    """How `var` may be one of these.

    `place` tells what `other-parties` are other than: for bearers (`who`) than the target and its attackers, as `whom`
    than the bearer; for `joint` guarantors the parties on paper count, and those that acceded.
    """
    return [[f"dom({var})"]] if who is None else _ways(who, var, t, place, True)


def _ways(who: Who, var: str, t: Treaty, place: str, wanted: bool) -> Ways:
    if who.op == "not":
        return _ways(who.parts[0], var, t, place, not wanted)
    if who.op in ("any", "all"):
        parts = [_ways(part, var, t, place, wanted) for part in who.parts]
        if (who.op == "any") == wanted:
            return [literals for part in parts for literals in part]
        return [sum(combination, []) for combination in product(*parts)]
    literals = _literals(who, var, t, place)
    return [literals] if wanted else [[f"dom({var})", negated(literal)] for literal in literals]


def _literals(who: Who, var: str, t: Treaty, place: str) -> Literals:
    me = q(t.id)
    if who.op == "code":
        return [f"{var} = {q(who.name)}"]
    if who.op == "group":
        return [f"group({me},{q(who.name)},{var})"]
    if who.name in PARTS:
        return [f"{var} = {PARTS[who.name]}"]
    member = f"guarantor({me},{var})" if place == "joint" else f"party({me},{var},D)"
    match who.name:
        case "party":
            return [member]
        case "other-parties" if place == "whom":
            return [member, f"{var} != B"]
        case "other-parties" if place == "joint":
            return [member, f"{var} != V"]
        case "other-parties":
            return [member, f"{var} != V", f"{var} != A", f"not fellow(E,A,V,{var})", f"not assails({var},V,D)"]
        case "non-party":  # a State that is none; a band is no party either, but no Power
            return [f"state({var},D)", f"not party({me},{var},D)"]
        case "any-state":
            return [f"state({var},D)"]
        case "anyone":
            return [f"dom({var})"]
        case "great-power":
            return [f"greatpower({var},D)"]
        case "european-power":
            return [f"europeanpower({var},D)"]
        case "organisation":
            return [f"body({me},{var})"]
    raise AssertionError(who.name)


def negated(literal: str) -> str:
    """The opposite literal."""
    if literal.startswith("not "):
        return literal[4:]
    if " != " in literal:
        return literal.replace(" != ", " = ")
    return literal.replace(" = ", " != ") if " = " in literal else f"not {literal}"


def codes_of(who: Who | None, t: Treaty) -> Iterator[str]:
    """The codes that a `who` names, also by a group."""
    if who is not None:
        if who.op == "code":
            yield who.name
        if who.op == "group":
            yield from t.groups[who.name]
        for part in who.parts:
            yield from codes_of(part, t)


def roles_of(who: Who) -> Iterator[str]:
    """The roles that a `who` includes, not those that it leaves out."""
    if who.op == "role":
        yield who.name
    if who.op in ("any", "all"):
        for part in who.parts:
            yield from roles_of(part)
