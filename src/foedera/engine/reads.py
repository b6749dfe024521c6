"""What a rule looks at, so that what it comes to for one need not be worked out again for another."""

from __future__ import annotations

from collections.abc import Iterator

from foedera.engine.binding import PARTS
from foedera.engine.world import World, events_like, remember
from foedera.language.types import Condition, Limb, Pattern, Rule, Treaty, Who

DECISIONS = ("decision", "finding", "authorisation")
MEMBERS = frozenset(("party", "other-parties", "non-party"))


def parts_read(world: World, condition: Condition, treaty: Treaty) -> tuple[str, ...]:
    """Who, of those that play a part when a rule is tried, may make a difference to a condition."""
    key = ("reads", treaty.id, id(condition))
    return remember(world, key, lambda: tuple(sorted(_parts_read(world, condition, treaty))))


def is_for_all_bearers(world: World, condition: Condition, treaty: Treaty) -> bool:
    """Whether a condition comes out the same for every bearer and whomever it is owed to."""
    return {"bearer", "toward"}.isdisjoint(parts_read(world, condition, treaty))


def _parts_read(world: World, condition: Condition, treaty: Treaty) -> set[str]:
    read = {part for inner in condition.parts for part in _parts_read(world, inner, treaty)}
    organ = treaty.organs.get(condition.organ or "")
    whos = [*_named(condition), *([organ.members] if organ is not None and organ.members is not None else [])]
    roles = {role for who in whos for role in who.roles()}
    read |= set(PARTS) if "other-parties" in roles else roles.intersection(PARTS)
    if condition.op == "requested_by" and events_like(world, ("request",)):
        read.add("bearer")
    if condition.op == "consent_of":
        read |= {"actor", "target"}
    if condition.op == "decided_by":
        read |= {"bearer"} if organ is not None and organ.binds == "consenting" else set()
        about_somebody = any(event.on for event in events_like(world, DECISIONS))
        read |= {"actor", "target", "toward"} if about_somebody else set()
    if condition.op == "adversaries":
        read.add("target")
    if condition.op == "question" and not is_answered_for_all(world, treaty, condition.question or ""):
        read.add("bearer")
    return read


def _named(condition: Condition) -> Iterator[Who]:
    """Whom a condition itself names."""
    whos = [condition.who, condition.whom, condition.against]
    for pattern in _patterns(condition):
        whos += [pattern.by, pattern.on, pattern.involves, pattern.to, pattern.supported_by]
    return (who for who in whos if who is not None)


def _patterns(condition: Condition) -> list[Pattern]:
    found = (condition.pattern, condition.before, condition.after)
    return [pattern for pattern in found if isinstance(pattern, Pattern)]


def is_answered_for_all(world: World, treaty: Treaty, question: str) -> bool:
    """Whether nobody has an answer of its own to a question."""
    start = f"{treaty.id}.{question}@"
    return not any(name.startswith(start) for name in (*world.facts, *world.settled))


def looks_at_pair_and_bearer(world: World, treaty: Treaty, rule: Rule) -> bool:
    """Whether a duty hangs on no membership but that of author, victim and bearer."""
    when, whom = rule.when, rule.whom
    assert when is not None
    if rule.jointly or when.to is not None or when.supported_by is not None or rule.against is not None:
        return False
    if whom is not None and not (whom.op == "role" and whom.name in ("target", "actor")):
        return False
    if when.place is not None and _at_members(when.place, treaty):
        return False
    return not any(_at_others(world, condition, treaty) for condition in (*rule.conditions, *rule.exceptions))


def _at_others(world: World, condition: Condition, treaty: Treaty) -> bool:
    """Whether a condition may look at who is a member besides."""
    if condition.op in ("any", "all", "not"):
        return any(_at_others(world, part, treaty) for part in condition.parts)
    if condition.op in ("bound", "adversaries") or _is_voted_on(world, condition):
        return True
    patterns = _patterns(condition)
    sought = (condition.who, condition.whom, condition.against, *(pattern.by for pattern in patterns))
    if any(who is not None and who.op not in ("code", "group") and who.name not in PARTS for who in sought):
        return True  # these are looked for among all members
    if any(who.parts or who.name in MEMBERS for who in _named(condition)):
        return True
    return any(p.place is not None and _at_members(p.place, treaty) for p in patterns)


def _is_voted_on(world: World, condition: Condition) -> bool:
    """Whether votes are known of a decision that a condition may ask for: then it matters who sits in the organ."""
    decisions = (e for e in events_like(world, DECISIONS) if condition.organ in (e.organ, *e.by))
    return condition.op == "decided_by" and any(event.votes for event in decisions)


def _at_members(limb: Limb, treaty: Treaty) -> bool:
    """Whether a place is one by whose it is, and that is a member's."""
    whose = (limb.territory_of, limb.islands_of, limb.administered_by, limb.sovereign)
    areas = [treaty.areas[name] for name in (*limb.inside, *limb.outside) if name in treaty.areas]
    return any(who is not None and not MEMBERS.isdisjoint(who.roles()) for who in whose) or any(
        _at_members(inner, treaty) for area in areas for inner in (*area.any, *area.excepted)
    )
