"""Why there is no duty although an instrument stands between the two: what it holds instead."""

from __future__ import annotations

from msgspec import Struct

from foedera.answers.words import capital, cited, name_of, the_treaty
from foedera.engine.bind import bound
from foedera.engine.world import World
from foedera.language.sentences import listed
from foedera.language.types import Treaty
from foedera.language.vocabulary import meets
from foedera.truth import YES

MOST = 40
"""Parties of an instrument that is more than general law between the two."""


class Bond(Struct, frozen=True):
    """An instrument between two that holds no such duty, and a sentence on what it holds."""

    treaty: Treaty
    sentence: str


def bonds_without(world: World, who: str, act: str, whom: str | None) -> list[Bond]:
    """The instruments that stand between two states on the day and hold no duty of that kind at all.

    One that has such a duty, whose conditions are not met, is a near miss and told as one.
    """
    if whom is None or who == whom:
        return []
    return [
        Bond(treaty, _sentence(treaty, act))
        for treaty in _small(world)
        if {who, whom} <= _bound(world, treaty)
        and not any(meets(own, act) or meets(act, own) for own in _asked(treaty))
    ]


def bonds_of_the_struck(world: World) -> list[Bond]:
    """The instruments that bind one to whom something was done, and hold no duty to help it: what they hold instead."""
    struck = {code for event in world.events for code in event.on if code in world.registry.states}
    found = []
    for treaty in _small(world):
        if any(meets(own, "assist") or own == "aid" for own in _asked(treaty)):
            continue
        parties = _bound(world, treaty)
        if len(parties) > 1 and struck & parties:
            between = listed([name_of(world, code) for code in sorted(parties)])
            found.append(Bond(treaty, _sentence(treaty, "assist", between)))
    return found


def _small(world: World) -> list[Treaty]:
    """The instruments that are more than general law, in a fixed order."""
    return [treaty for _, treaty in sorted(world.treaties.items()) if len(treaty.parties) <= MOST]


def _bound(world: World, treaty: Treaty) -> set[str]:
    return {code for code in treaty.parties if bound(world, treaty, code, world.day).truth is YES}


def _asked(treaty: Treaty) -> set[str]:
    """The acts that an instrument obliges anybody to."""
    return {own for rule in treaty.rules if rule.modality == "must" for own in rule.acts}


def _sentence(treaty: Treaty, act: str, between: str = "the two") -> str:
    for rule in treaty.rules:
        if rule.modality == "no_duty" and any(meets(own, act) or meets(act, own) for own in rule.acts):
            return (
                f"{capital(cited(treaty, rule.article))}: {(rule.says or treaty.articles[rule.article].says).strip()}"
            )
    kind = "" if treaty.binding == "legal" else f" ({treaty.binding})"
    duty = act.replace("-", " ")
    bans = {own for rule in treaty.rules if rule.modality == "must_not" for own in rule.acts}
    instead = "".join(
        f"; what it {verb}: {listed([own.replace('-', ' ') for own in sorted(found)])}"
        for verb, found in (("asks for", _asked(treaty)), ("forbids", bans))
        if found
    )
    return f"{capital(the_treaty(treaty))}{kind}, between {between}: no duty to {duty}{instead}"
