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
    found = []
    for name in sorted(world.treaties) if whom is not None else ():
        treaty = world.treaties[name]
        if len(treaty.parties) > MOST or not {who, whom} <= treaty.parties.keys() or who == whom:
            continue
        acts = {own for rule in treaty.rules if rule.modality == "must" for own in rule.acts}
        if any(meets(own, act) or meets(act, own) for own in acts):
            continue
        if all(bound(world, treaty, code, world.day).truth is YES for code in (who, whom) if code):
            found.append(Bond(treaty, _sentence(treaty, act, acts)))
    return found


def bonds_of_the_struck(world: World) -> list[Bond]:
    """The instruments that bind one to whom something was done, and hold no duty to help it: what they hold instead."""
    struck = {code for event in world.events for code in event.on if code in world.registry.states}
    found = []
    for name in sorted(world.treaties):
        treaty = world.treaties[name]
        acts = {own for rule in treaty.rules if rule.modality == "must" for own in rule.acts}
        if len(treaty.parties) > MOST or any(meets(own, "assist") or own == "aid" for own in acts):
            continue
        bound_then = [code for code in treaty.parties if bound(world, treaty, code, world.day).truth is YES]
        if len(bound_then) > 1 and struck.intersection(bound_then):
            between = listed([name_of(world, code) for code in sorted(bound_then)])
            found.append(Bond(treaty, _sentence(treaty, "assist", acts, between)))
    return found


def _sentence(treaty: Treaty, act: str, acts: set[str], between: str = "the two") -> str:
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
        for verb, found in (("asks for", acts), ("forbids", bans))
        if found
    )
    return f"{capital(the_treaty(treaty))}{kind}, between {between}: no duty to {duty}{instead}"
