"""Which rule gives way: overrides, yields and express disclaimers. Nothing else wins silently."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from foedera.engine.bearers import HELPING
from foedera.engine.fire import Firing
from foedera.engine.occurrences import Occurrence
from foedera.engine.proof import both, denied
from foedera.engine.world import World, remember
from foedera.language.types import Rule, Treaty
from foedera.language.vocabulary import meets


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
    strong: dict[tuple[str, str], list[Firing]] = {}
    for firing in against:
        if firing.rule.overrides or firing.rule.modality == "no_duty":
            for name in _reached(firing):
                strong.setdefault((firing.bearer, name), []).append(firing)
    # by bearer and instrument: those to which a rule may yield
    watched: dict[tuple[str, str], list[Firing]] = {}
    if any(firing.rule.yields_to for firing in firings):
        for firing in against:
            watched.setdefault((firing.bearer, firing.treaty.id), []).append(firing)
    if not strong and not watched:
        return firings
    return [_weighed(world, f, strong.get((f.bearer, f.treaty.id), ()), watched) for f in firings]


def _reached(winner: Firing) -> set[str]:
    """The instruments whose rules a rule may defeat."""
    named = {path.split("/")[0] for path in winner.rule.overrides}
    home = {winner.treaty.id} if "this" in named or winner.rule.modality == "no_duty" else set()
    return named | home


def _weighed(
    world: World, firing: Firing, strong: Collection[Firing], watched: Mapping[tuple[str, str], list[Firing]]
) -> Firing:
    if not strong and not firing.rule.yields_to:
        return firing
    winners = [other for other in strong if other is not firing and _defeats(other, firing)]
    for path in firing.rule.yields_to:
        name = path.split("/")[0]
        home = firing.treaty.id if name == "this" else name
        winners += [
            o for o in watched.get((firing.bearer, home), ())
            if o is not firing and _same_case(o, firing) and names(path, firing.treaty, o.treaty, o.rule)
        ]  # fmt: skip
    if not winners:
        return firing
    # the same firings weigh the same under every reading, and their proofs are then seen at once to be the same
    key = ("weighed", tuple(id(part) for part in (firing, *winners)))
    weighed, _ = remember(world, key, lambda: (_beaten(firing, winners), (firing, winners)))
    return weighed


def _beaten(firing: Firing, winners: list[Firing]) -> Firing:
    beaten = [
        denied(won.proof, "denied", "overridden", won.treaty, won.rule, at=won.rule.at, missing="overridden")
        for won in winners
    ]
    weighed = both([firing.proof, *beaten], "weighed", firing.treaty, firing.rule, at=firing.rule.at)
    return replace(firing, proof=weighed)


def _defeats(winner: Firing, loser: Firing) -> bool:
    """Whether a rule of the same bearer beats this one here."""
    if winner.rule.modality == "no_duty":
        return _disclaims(winner, loser)
    return _same_case(winner, loser) and any(
        names(path, winner.treaty, loser.treaty, loser.rule) for path in winner.rule.overrides
    )


def _disclaims(winner: Firing, loser: Firing) -> bool:
    if loser.rule.modality != "must" or not meets(loser.act, winner.act):
        return False
    about = winner.toward is None or winner.toward == loser.toward
    enemy = winner.against is None or loser.against is None or winner.against == loser.against
    home = winner.treaty.id == loser.treaty.id
    return (
        about
        and enemy
        and (home or any(names(path, winner.treaty, loser.treaty, loser.rule) for path in winner.rule.overrides))
    )


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
