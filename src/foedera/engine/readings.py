"""Readings tried one at a time against the plain text; what a reading leaves alone is not worked out again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter, is_

from msgspec import Struct
from msgspec.structs import replace

from foedera.engine.bind import bound, member, moments
from foedera.engine.case import Case
from foedera.engine.fire import Firing, fire, fire_again, fire_for
from foedera.engine.hold import Held, Key, hold, prevailing
from foedera.engine.labels import seen_by
from foedera.engine.occurrences import occurrences, of_kinds
from foedera.engine.reads import MEMBERS, looks_at_pair_and_bearer
from foedera.engine.rules import rules_of
from foedera.engine.standing import Pairs, standing, touched
from foedera.engine.world import BONDS, Memo, World, remember, start_of
from foedera.language.types import Change, Condition, Party, ReadingOption, Rule, Treaty, apply_change
from foedera.language.vocabulary import ACTS, is_kind, meets
from foedera.truth import YES


class Variant(Struct, frozen=True):
    """A reading tried against the plain text: the treaties as it has them."""

    question: str
    option: str
    standing: str
    treaties: Mapping[str, Treaty]
    hinge: str
    paths: frozenset[str] | None = None


def variants(case: Case, world: World) -> Iterator[Variant]:
    """The readings that may touch a proof, one at a time."""
    kinds = {kind for occurrence in occurrences(world) for kind in occurrence.kinds}
    for name in sorted(world.treaties):
        treaty = world.treaties[name]
        for question in sorted(treaty.readings):
            for option in treaty.readings[question].options.values():
                if _may_touch(world, treaty, question, option, kinds):
                    changed = {name: treaty.read_as(question, option.name)}
                    hinge = f"{name}.{question}"
                    yield Variant(
                        hinge, option.name, option.standing, changed, hinge, _only_duties(treaty, option.change)
                    )
    for bundle_id in sorted(case.changes):
        bundle = case.crisis.readings[bundle_id]
        changed = {
            t: apply_change(world.treaties[t], c) for t, c in case.changes[bundle_id].items() if t in world.treaties
        }
        if changed:
            yield Variant(bundle_id, bundle_id, bundle.standing, changed, bundle_id)


def _only_duties(treaty: Treaty, change: Change) -> frozenset[str] | None:
    """The rules that a reading changes, when none of them labels events and the instrument's own keys stay."""
    before = treaty.by_path
    touched = [rule for path, after in change.rules.items() for rule in (before.get(path), after) if rule is not None]
    labels = any(rule.modality == "counts_as" for rule in touched)
    return None if change.own or labels else frozenset(change.rules)


def _may_touch(world: World, treaty: Treaty, question: str, option: ReadingOption, kinds: set[str]) -> bool:
    own = option.change.own
    if set(own) == {"parties"} and isinstance(own["parties"], dict):
        before, after = treaty.parties, treaty.read_as(question, option.name).parties
        changed = {code: party for code, party in after.items() if party is not before.get(code)}
        return len(before) != len(after) or any(_moved(world, treaty, code, changed[code]) for code in changed)
    if own:
        return True
    for path, text in option.change.rules.items():
        for rule in (treaty.by_path.get(path), text):
            if rule is not None and (rule.when is None or _sees(treaty, rule, kinds)):
                return True
    return False


def _moved(world: World, treaty: Treaty, code: str, after: Party) -> bool:
    """Whether a party's changed dates make a difference on a day that matters here."""
    before = treaty.parties.get(code)
    if before is None:
        return True
    days = _days_that_matter(world)
    # one day of each stretch in which the answer is the same
    firsts = {0, *(bisect_left(days, turn) for turn in (*moments(world, treaty), *after.days))} - {len(days)}
    return any(
        member(world, treaty, code, before, days[at]).truth is not member(world, treaty, code, after, days[at]).truth
        for at in firsts
    )


def _days_that_matter(world: World) -> list[date]:
    """The day asked about and those of what happened, sorted."""
    return remember(world, ("days", ""), lambda: sorted({world.day, *(o.day for o in occurrences(world))}))


def _sees(treaty: Treaty, rule: Rule, kinds: set[str]) -> bool:
    """Whether an event of the crisis, or a label that may be derived from one, is of the rule's kinds."""
    assert rule.when is not None
    return is_kind(kinds | treaty.labels, rule.when.kinds)


def tried(plain: Held, case: Case, variant: Variant) -> dict[Key, list[Firing]]:
    """The duties that a reading makes different, by key; an empty list where it takes one away."""
    world = plain.world
    readers = _readers(world, variant)
    if readers is None:
        treaties = {**world.treaties, **variant.treaties}
        return _different(plain, hold(replace(world, treaties=treaties, memo=Memo()), case).groups, frozenset(treaties))
    changed = {**{name: world.treaties[name] for name in sorted(readers)}, **variant.treaties}
    if variant.paths is not None:
        moved: dict[str, frozenset[str] | None] = dict.fromkeys(changed)
        same = BONDS
    else:
        moved = {name: _moved_parties(world, treaty) for name, treaty in changed.items()}
        same = frozenset(("seen",) if None not in moved.values() else ())
    memo = Memo({}, world.memo.found, frozenset(changed), same)
    other = replace(world, treaties={**world.treaties, **changed}, memo=memo)
    fired = {name: _fired_again(other, plain, treaty, variant.paths, moved[name]) for name, treaty in changed.items()}
    if variant.paths is not None and _as_before(plain, fired, changed, variant.paths):
        return {}
    fresh = _without(touched(other, (f for found in fired.values() for f in found)), plain.near)
    near = _joined(plain.near, fresh)
    same_bans = not any(fresh.values()) and variant.paths is not None and not _has_standing(changed, variant.paths)
    stood = {
        name: plain.stood[name] if same_bans else list(standing(other, treaty, near, case.pairs))
        for name, treaty in changed.items()
    }
    if not any(part[name] for part in (fired, stood, plain.fired, plain.stood) for name in changed):
        return {}
    losers = _losers(world, changed) - set(changed)
    fired |= {name: plain.fired[name] for name in losers}
    stood |= {name: plain.stood[name] for name in losers}
    return _different(plain, prevailing(other, fired, stood, _winners(plain, other, fired, fresh)), frozenset(fired))


def _winners(plain: Held, other: World, fired: Mapping[str, list[Firing]], fresh: Pairs) -> Iterator[Firing]:
    """What may defeat a duty weighed again from an instrument that is not; standing bans that come into view included."""
    yielding = any(rule.yields_to for name in fired for rule in other.treaties[name].rules)
    for firing in plain.everything() if yielding else plain.strong:
        if firing.treaty.id not in fired:
            yield firing
    if not any(fresh.values()):
        return
    for name in other.treaties if yielding else _overriding(plain.world):
        if name not in fired:
            yield from standing(other, other.treaties[name], fresh, frozenset())


def _as_before(
    plain: Held, fired: Mapping[str, list[Firing]], changed: Mapping[str, Treaty], paths: frozenset[str]
) -> bool:
    """Whether the very same duties fire under other texts of some rules, and none of these stands untriggered."""
    if _has_standing({name: plain.world.treaties[name] for name in changed}, paths) or _has_standing(changed, paths):
        return False
    return all(_the_same(found, plain.fired[name]) for name, found in fired.items())


def _the_same(one: list[Firing], other: list[Firing]) -> bool:
    return len(one) == len(other) and {id(firing) for firing in one} == {id(firing) for firing in other}


def _joined(one: Pairs, other: Pairs) -> Pairs:
    return {act: one.get(act, frozenset()) | other.get(act, frozenset()) for act in (*one, *other)}


def _without(one: Pairs, other: Pairs) -> Pairs:
    return {act: pairs - other.get(act, frozenset()) for act, pairs in one.items()}


def _has_standing(treaties: Mapping[str, Treaty], paths: frozenset[str]) -> bool:
    return any(rule.when is None for treaty in treaties.values() for rule in treaty.rules if rule.path in paths)


def _losers(world: World, treaties: Mapping[str, Treaty]) -> set[str]:
    """The instruments of which a rule of these, before or after, may defeat one, or that have a rule which yields to one."""
    both_texts = [treaty for name in treaties for treaty in (world.treaties[name], treaties[name])]
    named = {path.split("/")[0] for treaty in both_texts for rule in treaty.rules for path in rule.overrides}
    yielding = _yielding(world)
    return (named & set(world.treaties)).union(*(yielding.get(name, ()) for name in treaties))


def _overriding(world: World) -> list[str]:
    """The instruments that have a rule which may defeat another."""
    return remember(world, ("overriding", ""), lambda: [
        name for name, treaty in world.treaties.items() if any(rule.overrides for rule in treaty.rules)
    ])  # fmt: skip


def _yielding(world: World) -> Mapping[str | None, set[str]]:
    """By instrument, those with a rule that yields to one of its."""
    return remember(world, ("yielding", ""), lambda: _grouped(
        (path.split("/")[0], treaty.id) for treaty in world.treaties.values()
        for rule in treaty.rules for path in rule.yields_to
    ))  # fmt: skip


def _fired_again(
    world: World, plain: Held, treaty: Treaty, paths: frozenset[str] | None, moved: frozenset[str] | None
) -> list[Firing]:
    """What an instrument fires under a reading; what it leaves alone keeps its firings.

    `paths` are the rules it changes, None where labels or the instrument's own keys change; `moved` are the parties
    whose dates it changes, None where it changes more.
    """
    was, before = plain.world.treaties[treaty.id], plain.fired[treaty.id]
    if paths is None:
        return fire(world, treaty) if moved is None else fire_for(world, treaty, moved, before)
    found = [firing for firing in before if firing.rule.path not in paths]
    texts = {path: was.by_path[path] for path in paths if path in was.by_path}
    for rule in treaty.rules:
        if rule.path in texts and _same_effect(texts[rule.path], rule):
            mine = [firing for firing in before if firing.rule.path == rule.path]
            found += fire_again(world, treaty, texts[rule.path], rule, mine)
        elif rule.path in paths:
            found += fire(world, treaty, frozenset((rule.path,)))
    return found


def _moved_parties(world: World, treaty: Treaty) -> frozenset[str] | None:
    """The parties whose dates a reading changes, where it changes nothing else and no label hangs on them; else None."""
    was = world.treaties[treaty.id]
    rules = zip(was.rules, treaty.rules, strict=False)
    others = (name for name in Treaty.__struct_fields__ if name not in ("parties", "articles"))
    kept = all(one is other for one, other in rules) and len(was.rules) == len(treaty.rules)
    if treaty is was or not kept or any(getattr(was, name) is not getattr(treaty, name) for name in others):
        return None
    codes = {*was.parties, *treaty.parties}
    moved = frozenset(code for code in codes if was.parties.get(code) is not treaty.parties.get(code))
    return moved if _sees_the_same(world, was, moved) else None


def _sees_the_same(world: World, treaty: Treaty, moved: frozenset[str]) -> bool:
    """Whether none of an instrument's labels looks at the membership of these."""
    for rule in rules_of(world, treaty, counting=True):
        assert rule.when is not None
        by_members = not MEMBERS.isdisjoint(
            role for who in (rule.counts_by, rule.counts_on) if who is not None for role in who.roles()
        )
        if by_members or not looks_at_pair_and_bearer(world, treaty, rule):
            return False
        if not all(moved.isdisjoint((o.actor, o.target)) for o in of_kinds(seen_by(world, treaty), rule.when.kinds)):
            return False
    return True


def _same_effect(was: Rule, rule: Rule) -> bool:
    """Whether two texts of a duty differ in nothing but their trigger, their conditions and what is only shown."""
    if was.when is None or rule.when is None or was.when.involves != rule.when.involves:
        return False
    return _effect(was) == _effect(rule)


TRIGGER_OR_SHOWN = ("when", "conditions", "exceptions", "at", "strength", "decides_how", "says", "sources", "examples")
_effect = attrgetter(*(name for name in Rule.__struct_fields__ if name not in TRIGGER_OR_SHOWN))


def _different(plain: Held, other: Mapping[Key, list[Firing]], about: frozenset[str]) -> dict[Key, list[Firing]]:
    """The duties of these instruments that came out otherwise."""
    found = {key: firings for key, firings in other.items() if not _same(firings, plain.groups.get(key, []))}
    return found | {key: _asking_more(key, other) for key in plain.groups if key not in other and key[0] in about}


def _asking_more(key: Key, other: Mapping[Key, list[Firing]]) -> list[Firing]:
    """What the same rule asks under a reading instead, where doing that does this too: who must fight must assist."""
    treaty, path, act, bearer, toward, against = key
    more = sorted(name for name in ACTS if name != act and meets(name, act))
    return [firing for name in more for firing in other.get((treaty, path, name, bearer, toward, against), [])]


def _same(one: list[Firing], other: list[Firing]) -> bool:
    """The same proofs, or sure ones, under instruments that bind alike."""
    if one and len(one) == len(other) and all(map(is_, one, other)):
        return True
    if not one or not other or one[0].treaty.binding != other[0].treaty.binding:
        return False
    if any(f.proof.truth is YES for f in one) and any(f.proof.truth is YES for f in other):
        return True
    return len(one) == len(other) and all(a.proof is b.proof for a, b in zip(one, other, strict=True))


def _readers(world: World, variant: Variant) -> frozenset[str] | None:
    """The other instruments that read who is a member of those a reading changes; None where all may: by common labels."""
    readers: set[str] = set()
    for name, treaty in variant.treaties.items():
        was = world.treaties[name]
        if any(rule.for_all for rule in treaty.rules):
            return None
        if treaty.parties == was.parties and treaty.in_force == was.in_force:
            continue
        mine = _reading_members(world).get(name, set())
        labels = any(rule.for_all for other in mine for rule in world.treaties[other].rules)
        if labels or _other_members(world, was, treaty):
            return None
        readers |= mine
    return frozenset(readers)


def _reading_members(world: World) -> Mapping[str | None, set[str]]:
    """By instrument, those whose parties are its own, or that have a condition on who is bound by it."""
    return remember(world, ("readers", ""), lambda: _grouped(
        (name, other.id) for other in world.treaties.values()
        for name in (other.parties_of, *(c.treaty for rule in other.rules for c in _flat(rule)))
    ))  # fmt: skip


def _grouped(pairs: Iterable[tuple[str | None, str]]) -> dict[str | None, set[str]]:
    found: dict[str | None, set[str]] = {}
    for name, other in pairs:
        found.setdefault(name, set()).add(other)
    return found


def _flat(rule: Rule) -> Iterator[Condition]:
    todo = [*rule.conditions, *rule.exceptions]
    while todo:
        condition = todo.pop()
        yield condition
        todo += condition.parts


def _other_members(world: World, before: Treaty, after: Treaty) -> bool:
    """Whether an organisation has other members on a day on which an event is `to` or `on` it, or an organ of it."""
    body = before.organisation
    names = {body, *(organ.id for organ in world.registry.organs.values() if organ.of == body)}
    days = {start_of(event) for event in world.events if body and not names.isdisjoint((*event.to, *event.on))}
    fellows = [t for t in world.treaties.values() if t.organisation == body and t.id != before.id]
    moved = [code for code in {*before.parties, *after.parties} if before.parties.get(code) != after.parties.get(code)]
    if before.in_force != after.in_force:
        moved = list(before.parties)
    return any(all(bound(world, t, code, day).truth is not YES for t in fellows) for code in moved for day in days)
