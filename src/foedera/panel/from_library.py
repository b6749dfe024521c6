"""Bonds from our own library: each rule's promise, to each party that it reaches, on each stretch of days.

Membership, groups and roles are judged by the engine's own `bound` and `belongs`, on every day on which something about
an instrument may change. Left out: what is not legally binding, resolutions, statutes and drafts, and instruments that
at their height bind more than half of the states then in being (Covenant, Kellogg–Briand, Charter): they would be in
every row, and data sets of alliances leave them out too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

import polars as pl
from msgspec import Struct

from foedera.answers.catalogue import empty_world
from foedera.dates import Interval, When
from foedera.engine.bind import bound, suspended_toward
from foedera.engine.binding import Binding
from foedera.engine.match import belongs
from foedera.engine.world import World
from foedera.language.types import Change, Rule, Treaty, Who, apply_change
from foedera.language.vocabulary import STRENGTHS, is_kind, meets
from foedera.library import Library
from foedera.panel.bonds import KINDS, SCHEMA, WORDINGS, bits
from foedera.truth import NO, YES

FORCE = ("use-of-force", "resort-to-war", "aggression")
CONDITION_OF = {
    "requested_by": "request", "decided_by": "decision", "adversaries": "number-of-adversaries",
}  # fmt: skip


class Promise(Struct, frozen=True):
    """One rule as a promise of one kind, with what it depends on."""

    kind: str
    rule: Rule
    conditions: frozenset[str]


def bonds(library: Library, keys: dict[str, int], until: date, only: Collection[str] = ()) -> pl.DataFrame:
    """The bonds of the library's instruments up to a day, between the states `only` (all without it), numbered by `keys`."""
    rows: list[tuple[object, ...]] = []
    chosen = frozenset(only or keys)
    for name in library.treaties:
        treaty = library.treaties[name]
        if len(chosen.intersection(treaty.parties)) > 1 and counts(library, treaty):
            rows += _rows_of(library, treaty, chosen, keys, until)
    return pl.DataFrame(rows, orient="row", schema=SCHEMA)


def last_day(library: Library) -> date:
    """The day of the latest check of any instrument: what came later the library does not know."""
    days = (library.treaties[name].checked_on for name in library.treaties)
    return max(day.last for day in days if day is not None)


def bibtex_of(treaty: Treaty) -> str:
    """An instrument as an entry of BibTeX, with the first place where its text can be read."""
    lines = [f"@misc{{{treaty.id},", f"  title = {{{_plain(treaty.title)}}},"]
    lines += [f"  year  = {{{treaty.signed.first.year}}},"] if treaty.signed else []
    source = next((source for source in treaty.sources if source.url), treaty.sources[0] if treaty.sources else None)
    lines += [f"  note  = {{{_plain(source.title)}}},"] if source else []
    lines += [f"  url   = {{{source.url}}}"] if source and source.url else []
    return "\n".join(lines) + "\n}"


def _plain(text: str) -> str:
    """Text for BibTeX: its own signs kept from it."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def counts(library: Library, treaty: Treaty) -> bool:
    """Whether an instrument is one among some states that binds in law."""
    if treaty.binding != "legal" or treaty.kind not in ("treaty", "declaration"):
        return False
    return not treaty.all_states and treaty.parties_of is None and not _is_universal(library, treaty)


def _is_universal(library: Library, treaty: Treaty) -> bool:
    """Whether it ever had more than half of the states as parties."""
    entries = [party.since.first for party in treaty.parties.values() if party.since]
    for day in {*entries, *(when.first for when in _dates_of_force(treaty))}:
        inside = sum(
            (party.since is None or party.since.first <= day) and not (party.until and party.until.last <= day)
            for party in treaty.parties.values()
        )
        if inside > 3 and inside * 2 > len(library.registry.existing(day)):
            return True
    return False


def _rows_of(
    library: Library, treaty: Treaty, chosen: frozenset[str], keys: dict[str, int], until: date
) -> Iterator[tuple[object, ...]]:
    """One treaty's rows: the plain text, and whether any rival reading would have it otherwise."""
    rivals = [
        apply_change(treaty, option.change)
        for reading in treaty.readings.values() for option in reading.options.values()
        if option.standing == "rival" and _touches_promises(treaty, option.change)
    ]  # fmt: skip
    # Without a legal end, but dead in practice: it binds nobody any more (decision 22).
    if treaty.ends is None and treaty.effective_end is not None:
        until = min(until, treaty.effective_end.last - timedelta(days=1))
    points = sorted(
        day for day in {*_points(treaty), *(day for rival in rivals for day in _points(rival))} if day <= until
    )
    running: dict[tuple[str, str], tuple[date, tuple[object, ...]]] = {}
    found: list[tuple[tuple[str, str], date, date, tuple[object, ...]]] = []
    for first in points:
        told = _told(library, treaty, rivals, chosen, first)
        for pair in sorted({*running, *told}):
            since, values = running.get(pair, (first, ()))
            if told.get(pair) != values:
                if pair in running:
                    found.append((pair, since, first - timedelta(days=1), values))
                    del running[pair]
                if pair in told:
                    running[pair] = (first, told[pair])
    found += [(pair, since, until, values) for pair, (since, values) in sorted(running.items())]
    for order, (pair, since, end, values) in enumerate(sorted(found, key=lambda stretch: stretch[:2])):
        yield (treaty.id, keys[pair[0]], keys[pair[1]], since, end, order, *values)


def _touches_promises(treaty: Treaty, change: Change) -> bool:
    """Whether a reading may change who promises what to whom, and not only when it falls due."""

    def core(rule: Rule | None) -> object:
        when = rule.when if rule else None
        return rule and (kinds_of(rule), rule.who, rule.whom, rule.force, when and (when.on, when.involves, when.by))

    rules = {rule.path: rule for rule in treaty.rules}
    return bool(change.own) or any(core(rules.get(path)) != core(rule) for path, rule in change.rules.items())


def _told(
    library: Library, treaty: Treaty, rivals: list[Treaty], chosen: frozenset[str], day: date
) -> dict[tuple[str, str], tuple[object, ...]]:
    """What the plain text says of every pair on a day, and whether it is contested: unsure, or a rival has it otherwise."""
    plain = _state_of(library, treaty, chosen, day)
    others = [_state_of(library, rival, chosen, day) for rival in rivals]

    def is_contested(pair: tuple[str, str]) -> bool:
        own = plain.get(pair)
        return own is None or not own[-1] or any(_core(other.get(pair)) != _core(own) for other in others)

    pairs = {*plain, *(pair for other in others for pair in other)}
    return {pair: (*plain.get(pair, _NOTHING), is_contested(pair)) for pair in pairs}


def _core(values: tuple[object, ...] | None) -> object:
    """The promises and their certainty, without what they depend on."""
    return values and (values[: len(KINDS)], values[-1])


_NOTHING: tuple[object, ...] = (*(False for _ in KINDS), *(None for _ in KINDS), 0, None, None, False)


def _state_of(
    library: Library, treaty: Treaty, chosen: frozenset[str], day: date
) -> dict[tuple[str, str], tuple[object, ...]]:
    """What each ordered pair of parties has between it on a day: promises, conditions, wording, secrecy, certainty."""
    world = empty_world(library, {treaty.id: treaty}, day)
    truths = {code: bound(world, treaty, code, day).truth for code in sorted(treaty.parties)}
    parties = [code for code, truth in truths.items() if truth is not NO and code in library.registry.states]
    promises = [promise for promise in promises_of(treaty) if promise.rule.force.covers(day) is not False]
    found = {}
    for bearer in chosen.intersection(parties):
        for toward in chosen.intersection(parties):
            if bearer != toward and not suspended_toward(world, treaty, bearer, toward, day):
                certain = truths[bearer] is YES and truths[toward] is YES
                owed = [p for p in promises if _owes(world, treaty, p, bearer, toward, parties)]
                found[bearer, toward] = _values(treaty, owed, day, certain)
    return found


def _values(treaty: Treaty, owed: list[Promise], day: date, certain: bool) -> tuple[object, ...]:
    by_kind = {kind: [promise for promise in owed if promise.kind == kind] for kind in KINDS}
    wordings = [STRENGTHS.index(p.rule.strength) for p in owed if p.rule.strength is not None]
    hidden = treaty.secret_until is not None and day < treaty.secret_until.first
    partly = any(p.rule.secret_until is not None and day < p.rule.secret_until.first for p in owed)
    return (
        *(bool(by_kind[kind]) if certain or not by_kind[kind] else None for kind in KINDS),
        *(all(promise.conditions for promise in by_kind[kind]) if by_kind[kind] else None for kind in KINDS),
        bits({word for promise in owed for word in promise.conditions}),
        len(WORDINGS) - min(wordings) if wordings else None,
        3 if hidden else 2 if partly else 1,
        certain,
    )  # fmt: skip


def promises_of(treaty: Treaty) -> tuple[Promise, ...]:
    """The promises that an instrument's rules make, each by its kind; one rule may make two."""
    return tuple(
        Promise(kind, rule, _conditions(treaty, rule)) for rule in treaty.rules for kind in sorted(kinds_of(rule))
    )


def kinds_of(rule: Rule) -> set[str]:
    """What a rule promises: help against attack, help in war whoever began it, staying out, no force, talks.

    Help in a war that a party itself may have begun (`involves`, or help to the author) is offence; `involves` is
    defence as well.
    """
    acts, when, found = rule.acts, rule.when, set()
    if rule.modality == "must_not":
        if any(meets(act, "use-force") or act == "threaten-force" for act in acts):
            found.add("non_aggression")
        if "help-enemy" in acts:
            found.add("neutrality")
    if rule.modality != "must":
        return found
    if "consult" in acts:
        found.add("consultation")
    if "stay-neutral" in acts:
        found.add("neutrality")
    if any(meets(act, "assist") for act in acts):
        warlike = when is not None and (is_kind(when.kinds, FORCE) or "hostile-act" in when.kinds)
        if when is None or when.involves is not None or _helps_author(rule):
            found.add("offence")
        if warlike and when is not None and not _helps_author(rule):
            found.add("defence")
    if any(meets(act, "use-force") for act in acts):
        found.add("offence")
    return found


def _helps_author(rule: Rule) -> bool:
    return rule.whom is not None and rule.whom.op == "role" and rule.whom.name == "actor"


def _conditions(treaty: Treaty, rule: Rule) -> frozenset[str]:
    """What a promise depends on beyond its trigger, in the words of the panel."""
    when = rule.when
    found = {CONDITION_OF.get(condition.op, "other") for condition in rule.conditions}
    if when is not None:
        if when.by is not None or when.supported_by is not None:
            found.add("adversary")
        if when.place is not None:
            found.add("place")
        if when.provoked == "no":
            found.add("no-provocation")
        if when.scale or when.means:
            found.add("kind-of-conflict")
    if rule.jointly:
        found.add("joint")
    if rule.decides_whether is not None:
        found.add("own-judgement" if rule.decides_whether == "bearer" else "decision")
    return frozenset(found)


def _owes(world: World, treaty: Treaty, promise: Promise, bearer: str, toward: str, parties: list[str]) -> bool:
    """Whether the promise runs from one party to the other, whatever may set it off."""
    rule, when = promise.rule, promise.rule.when
    if when is None or _helps_author(rule):
        return _runs(world, treaty, rule, bearer, toward, None)
    victims = when.involves or when.on
    own_target = rule.whom is None or (rule.whom.op == "role" and rule.whom.name == "target")
    for target in (toward,) if own_target else parties:
        hit = victims is None or _among(world, victims, target, Binding(treaty, world.day, None, target, None))
        if hit and _runs(world, treaty, rule, bearer, toward, target):
            return True
    return False


def _runs(world: World, treaty: Treaty, rule: Rule, bearer: str, toward: str, target: str | None) -> bool:
    actor = toward if _helps_author(rule) else None
    binding = Binding(treaty, world.day, None, target, actor, bearer, toward, rule)
    if not _among(world, rule.who, bearer, binding, as_bearer=True):
        return False
    if _is_done_to_an_enemy(rule) or rule.whom is None:
        return True
    return _among(world, rule.whom, toward, binding, as_whom=True)


def _is_done_to_an_enemy(rule: Rule) -> bool:
    """Whether `whom` is an enemy, so that the promise itself is owed to the other parties."""
    return rule.modality == "must" and any(meets(act, "use-force") for act in rule.acts)


def _among(
    world: World, who: Who, code: str, binding: Binding, *, as_bearer: bool = False, as_whom: bool = False
) -> bool:
    return belongs(world, who, code, binding, as_bearer=as_bearer, as_whom=as_whom).truth is not NO


def _points(treaty: Treaty) -> Iterator[date]:
    """Every day on which something about the instrument may change."""
    whens: list[When] = list(_dates_of_force(treaty))
    whens += [when for when in (treaty.ends, treaty.secret_until) if when is not None]
    for party in treaty.parties.values():
        whens += [when for when in (party.since, party.until) if when is not None]
        for suspended in party.suspended:
            whens += _ends(suspended.interval)
    for rule in treaty.rules:
        whens += _ends(rule.force)
        whens += [rule.secret_until] if rule.secret_until is not None else []
    for when in whens:
        if date.min < when.first:
            yield when.first
        if when.last < date.max:
            yield when.last


def _dates_of_force(treaty: Treaty) -> Iterator[When]:
    for spell in treaty.in_force:
        yield from (option.value for option in spell.options if isinstance(option.value, When))


def _ends(interval: Interval) -> Iterable[When]:
    return [when for when in (interval.since, interval.until) if when is not None]
