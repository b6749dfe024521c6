"""Which rule gives way: overrides, yields and express disclaimers. Nothing else wins silently."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec.structs import replace

from foedera.engine.bearers import HELPING
from foedera.engine.fire import Firing
from foedera.engine.occurrences import Occurrence
from foedera.engine.proof import both, denied
from foedera.engine.world import World, remember
from foedera.language.types import Rule, Treaty
from foedera.language.vocabulary import meets

Named = dict[tuple[str, str], list[Firing]]
"""Firings by their bearer and a path that names a rule."""


def struck(firing: Firing) -> str | None:
    """On whom the act falls: the enemy of the one helped, or the one force is done to."""
    return firing.against if firing.act in HELPING else firing.toward


def names(path: str, home: Treaty, treaty: Treaty, rule: Rule) -> bool:
    """Whether a path (`this/8/x`, `treaty/article`, `treaty`), written in `home`, names a rule of a treaty."""
    name, _, rest = path.partition("/")
    if (home.id if name == "this" else name) != treaty.id:
        return False
    return not rest or rest in (rule.article, rule.path)


def prevail(world: World, firings: Iterable[Firing], winners: Iterable[Firing] = ()) -> list[Firing]:
    """The firings with their proofs as they stand after overrides, yields and disclaimers.

    They may be defeated by each other, and by the `winners`.
    """
    firings = list(firings)
    against = [*firings, *winners]
    strong = _named([f for f in against if f.rule.overrides or f.rule.modality == "no_duty"], _reached)
    yielded = {path for rule, home in _texts(firings) for path in _from(rule.yields_to, home)}
    watched = _named(against, lambda rule, home: yielded.intersection(_paths(rule, home))) if yielded else {}
    if not strong and not watched:
        return firings
    beating = {path for _, path in strong}
    paths = {id(rule): beating.intersection(_paths(rule, home)) for rule, home in _texts(firings)}
    return [
        _weighed(world, firing, _found(strong, firing, paths[id(firing.rule)]), watched)
        if paths[id(firing.rule)] or firing.rule.yields_to else firing
        for firing in firings
    ]  # fmt: skip


def _texts(firings: Iterable[Firing]) -> Iterable[tuple[Rule, Treaty]]:
    """Each rule of these once, with its instrument."""
    return {id(firing.rule): (firing.rule, firing.treaty) for firing in firings}.values()


def _named(firings: Iterable[Firing], paths_of: Callable[[Rule, Treaty], Collection[str]]) -> Named:
    """Firings by their bearer and each path that goes with their rule."""
    firings = list(firings)
    paths = {id(rule): paths_of(rule, home) for rule, home in _texts(firings)}
    found: Named = {}
    for firing in firings:
        for path in paths[id(firing.rule)]:
            found.setdefault((firing.bearer, path), []).append(firing)
    return found


def _reached(rule: Rule, home: Treaty) -> set[str]:
    """The paths of the rules that a rule may defeat."""
    named = set(_from(rule.overrides, home))
    return named | {home.id} if rule.modality == "no_duty" else named


def _from(paths: Iterable[str], home: Treaty) -> Iterator[str]:
    """Paths written in an instrument, as another would write them."""
    for path in paths:
        name, slash, rest = path.partition("/")
        yield f"{home.id}{slash}{rest}" if name == "this" else path


def _paths(rule: Rule, home: Treaty) -> tuple[str, str, str]:
    """The paths by which a rule is named: its instrument's, its article's and its own."""
    return home.id, f"{home.id}/{rule.article}", f"{home.id}/{rule.path}"


def _weighed(world: World, firing: Firing, strong: Collection[Firing], watched: Named) -> Firing:
    """A firing after the strong ones that name its rule, and after those that its rule yields to."""
    winners = [other for other in strong if _defeats(other, firing)]
    if firing.rule.yields_to:
        yielded = _found(watched, firing, list(_from(firing.rule.yields_to, firing.treaty)))
        winners += [other for other in yielded if _same_case(other, firing)]
    if not winners:
        return firing
    # the same firings weigh the same under every reading, and their proofs are then seen at once to be the same
    key = ("weighed", tuple(id(part) for part in (firing, *winners)))
    weighed, _ = remember(world, key, lambda: (_beaten(firing, winners), (firing, winners)))
    return weighed


def _found(among: Named, firing: Firing, paths: Collection[str]) -> Collection[Firing]:
    """The others of its bearer that are named by one of these paths, each once."""
    if not paths:
        return ()
    found = {id(other): other for path in paths for other in among.get((firing.bearer, path), ())}
    found.pop(id(firing), None)
    return found.values()


def _beaten(firing: Firing, winners: list[Firing]) -> Firing:
    beaten = [
        denied(won.proof, "denied", "overridden", won.treaty, won.rule, at=won.rule.at, missing="overridden")
        for won in winners
    ]
    weighed = both([firing.proof, *beaten], "weighed", firing.treaty, firing.rule, at=firing.rule.at)
    return replace(firing, proof=weighed)


def _defeats(winner: Firing, loser: Firing) -> bool:
    """Whether a rule of the same bearer, which may defeat this one, does so here."""
    return _disclaims(winner, loser) if winner.rule.modality == "no_duty" else _same_case(winner, loser)


def _disclaims(winner: Firing, loser: Firing) -> bool:
    if loser.rule.modality != "must" or not meets(loser.act, winner.act):
        return False
    about = winner.toward is None or winner.toward == loser.toward
    return about and (winner.against is None or loser.against is None or winner.against == loser.against)


def _same_case(one: Firing, other: Firing) -> bool:
    """The same pair of actor and target, whichever of the two is helped.

    A standing rule has no such pair: there it is owed to the same state against the same enemy, or falls on the same.
    """
    if one.occurrence is not None and other.occurrence is not None:
        return _pair(one.occurrence) == _pair(other.occurrence)
    one_fight = None in (one.against, other.against) or one.against == other.against
    return (one.toward == other.toward and one_fight) or (struck(one) is not None and struck(one) == struck(other))


def _pair(occurrence: Occurrence) -> set[str | None]:
    return {occurrence.actor, occurrence.target}
