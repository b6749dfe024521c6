"""Which rule gives way: overrides, yields and express disclaimers. Nothing else wins silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from foedera.engine.fire import Firing
from foedera.engine.proof import both, denied
from foedera.language.types import Treaty
from foedera.language.vocabulary import meets

HELPING = ("assist", "fight", "aid")


def struck(firing: Firing) -> str | None:
    """On whom the act falls: the enemy of the one helped, or the one force is done to."""
    return firing.against if firing.act in HELPING else firing.toward


def names(path: str, home: Treaty, firing: Firing) -> bool:
    """Whether a path (`this/8/x`, `treaty/article`, `treaty`) names the rule of a firing."""
    treaty, _, rest = path.partition("/")
    if (home.id if treaty == "this" else treaty) != firing.treaty.id:
        return False
    return not rest or rest == firing.rule.article or rest == firing.rule.path


def prevail(firings: Iterable[Firing], winners: Iterable[Firing] | None = None) -> list[Firing]:
    """The firings with their proofs as they stand after overrides, yields and disclaimers.

    `winners` are the firings that may defeat them (by default they themselves).
    """
    firings = list(firings)
    against = firings if winners is None else list(winners)
    strong = [f for f in against if f.rule.overrides or f.rule.modality == "no_duty"]
    yielding = any(f.rule.yields_to for f in firings)
    if not strong and not yielding:
        return firings
    return [_weighed(firing, strong, against) for firing in firings]


def _weighed(firing: Firing, strong: list[Firing], against: list[Firing]) -> Firing:
    winners = [other for other in strong if other is not firing and _defeats(other, firing)]
    for path in firing.rule.yields_to:
        winners += [other for other in against if other is not firing and names(path, firing.treaty, other) and _same_case(other, firing)]
    if not winners:
        return firing
    beaten = [denied(winner.proof, "denied", "overridden", winner.treaty, winner.rule, at=winner.rule.at, missing="overridden") for winner in winners]
    weighed = both([firing.proof, *beaten], "weighed", firing.treaty, firing.rule, at=firing.rule.at)
    return replace(firing, proof=weighed)


def _defeats(winner: Firing, loser: Firing) -> bool:
    if winner.rule.modality == "no_duty":
        disclaims = winner.treaty.id == loser.treaty.id or any(names(p, winner.treaty, loser) for p in winner.rule.overrides)
        about = winner.toward is None or winner.toward == loser.toward
        enemy = winner.against is None or loser.against is None or winner.against == loser.against
        same = winner.bearer == loser.bearer and about and enemy
        return disclaims and same and loser.rule.modality == "must" and meets(loser.act, winner.act)
    return any(names(path, winner.treaty, loser) for path in winner.rule.overrides) and _same_case(winner, loser)


def _same_case(one: Firing, other: Firing) -> bool:
    """The same bearer and the same pair: owed to the same state, or falling on the same."""
    if one.bearer != other.bearer:
        return False
    return one.toward == other.toward or (struck(one) is not None and struck(one) == struck(other))


