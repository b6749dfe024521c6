"""What is presumed, the same for every row, where an answer hangs on what neither the codes nor the row tell.

Each presumption has its reason; none is about a particular alliance or war.
"""

from __future__ import annotations

from collections.abc import Iterable

from foedera.language.types import Event, Treaty, Who

# by the last word of what is open
ANSWERS = {
    "provoked": "no",          # the coders' initiator is the one who used force first
    "supported_by": "no",      # nobody is named
    "scale": "grave",          # a war is
    "decision": "yes",         # the organs decide as those who were struck ask
    "in-force": "by then",     # a date known in part: the coders count the alliance
    "since": "by then",
    "until": "later",
    "ends": "later",
}  # fmt: skip
# A promise limited to an enemy was made with the war in mind that then came; a demand that ended in war was refused.
LIMITS_MET = ("adversary", "demand")
# The place of a promise of defence is presumed to hold the members' own soil; a member that is struck asks for help.
# Any other place, or a conflict, that goes with a named enemy is where and why that enemy would be
# fought. Without one it is the subject of the promise, and a war of a member somewhere is not about it.
LIMITS_OF_SUBJECT = ("place", "conflict")


def presumed(hinges: Iterable[str], treaty: Treaty, events: Iterable[Event]) -> str:
    """The presumed answers as a reading (`name=answer,…`); `plain` where none is wanted."""
    events = tuple(events)
    answers: dict[str, str] = {}
    for hinge in hinges:
        if hinge == f"{treaty.id}.defence-place":
            answers |= {f"{hinge}@{event.id}": "no" if event.place else "yes" for event in events}
        elif hinge.endswith(".request"):
            struck = any(hinge.removesuffix(".request") in event.on for event in events)
            answers[hinge] = "yes" if struck else "no"
        elif (answer := _answer(hinge, treaty)) is not None:
            answers[hinge] = answer
    return ",".join(f"{hinge}={answer}" for hinge, answer in sorted(answers.items())) or "plain"


def _answer(hinge: str, treaty: Treaty) -> str | None:
    name, _, last = hinge.rpartition(".")
    if last in ANSWERS:
        return ANSWERS[last]
    if name != treaty.id:
        return None
    promise, _, limit = last.rpartition("-")
    if treaty.confidence == "coded" and limit in LIMITS_OF_SUBJECT:
        return "yes" if names_enemy(treaty, promise) else "no"
    if treaty.confidence == "coded" and limit not in LIMITS_MET:
        return None
    return "yes" if treaty.confidence == "coded" or last in (*treaty.questions, "applies") else None


def names_enemy(treaty: Treaty, promise: str) -> bool:
    """Whether a promise of a coded instrument is limited to states that it names."""
    article = treaty.articles.get(promise)
    rules = article.rules if article is not None else ()
    return any(rule.when is not None and rule.when.by is not None and _states(rule.when.by) for rule in rules)


def _states(who: Who) -> bool:
    return who.op == "code" or any(_states(part) for part in who.parts)
