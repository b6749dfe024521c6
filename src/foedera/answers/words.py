"""Findings, proofs, near misses and questions in sentences that can be quoted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date
from typing import Any

from foedera.dates import When
from foedera.engine.answer_types import Assessment, Finding, Missing, NearMiss
from foedera.engine.proof import Proof
from foedera.engine.world import World
from foedera.language.sentences import (
    KIND_PHRASES,
    VERBS,
    act_phrase,
    condition_phrase,
    done_to,
    kinds_phrase,
    lack_phrase,
    limb_phrase,
    listed,
    rule_sentence,
    who_phrase,
)  # fmt: skip
from foedera.language.types import Event, Treaty
from foedera.truth import NO, UNKNOWN, YES


def wrap(text: str, width: int, initial_indent: str = "", subsequent_indent: str = "") -> list[str]:
    """The text in lines of a width; ids, places and compound words stay whole, so that they can be searched for."""
    return textwrap.wrap(
        text, width, initial_indent=initial_indent, subsequent_indent=subsequent_indent, break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip


HOLDS = {YES: "yes", NO: "no", UNKNOWN: "depends"}


def name_of(world: World, code: str) -> str:
    """A state, body, actor or place by its name, on the day asked about."""
    declared = world.actors.get(code)
    if declared is not None:
        return declared.name or code
    if code in world.registry.places:
        return world.registry.places[code].name
    if code in world.registry.regions:
        return world.registry.regions[code].name
    return world.registry.called(code, world.day)


def day_words(day: date) -> str:
    """A day as a reader writes it: 17 September 2023."""
    return f"{day.day} {day:%B} {day.year}"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def finding_sentence(world: World, finding: Finding) -> str:
    """`Mali must assist Niger against Benin, Côte d’Ivoire, Nigeria and Senegal.`"""
    return capital(f"{name_of(world, finding.bearer)} {clause(world, finding)}.")


def clause(world: World, finding: Finding) -> str:
    """The finding without its bearer: `must assist Niger against Nigeria`."""
    against = listed([name_of(world, code) for code in finding.against]) if finding.against else ""
    whom = name_of(world, finding.toward) if finding.toward is not None else None
    return f"{VERBS[finding.modality]} {act_phrase(finding.act, finding.modality, whom, against)}"


def treaty_name(treaty: Treaty) -> str:
    """The short name of an instrument, or its title."""
    return treaty.short or treaty.title


def the_treaty(treaty: Treaty) -> str:
    """The name of an instrument inside a sentence, with its article."""
    name = treaty_name(treaty)
    return name if name.lower().startswith("the ") or "'s " in name else f"the {name}"


def cited(treaty: Treaty, article: str) -> str:
    """The instrument and the article: `Charter of Liptako-Gourma, 6`."""
    return f"{treaty_name(treaty)}, {article}"


def proof_lines(world: World, proof: Proof, depth: int = 0) -> Iterable[tuple[int, str, Proof]]:
    """The proof as indented sentences: (depth, sentence, node), repeated leaves left out."""
    seen: set[str] = set()
    yield from _lines(world, proof, depth, seen)


def _quiet(proof: Proof, text: str) -> bool:
    """Whether a node says all by itself: an exception or a denial that was tried and did not apply."""
    return proof.truth is YES and (proof.kind == "denied" or (proof.kind == "unless" and bool(text)))


def _lines(world: World, proof: Proof, depth: int, seen: set[str]) -> Iterable[tuple[int, str, Proof]]:
    if proof.kind in SILENT:
        return
    text = sentence(world, proof)
    deeper = depth
    if text:
        mark = f"{text}|{proof.at}"
        if mark in seen and not proof.parts:
            return
        if mark not in seen:
            yield depth, text, proof
        seen.add(mark)
        deeper = depth + 1
    parts = [] if _quiet(proof, text) else list(proof.parts)
    if proof.kind in ("either", "firings", "any-condition") and proof.truth is YES:
        parts = [part for part in parts if part.truth is YES] or parts
    for part in parts:
        yield from _lines(world, part, deeper, seen)


SILENT = frozenset(
    (
        "nothing",
        "named",
        "target",
        "actor",
        "bearer",
        "toward",
        "anyone",
        "state",
        "whom",
        "addressed",
        "not-among",
    )
)


def sentence(world: World, proof: Proof) -> str:
    """One node of a proof in words; empty for a mere junction."""
    writer = WRITERS.get(proof.kind)
    if writer is None:
        return ""
    text = writer(world, proof)
    if not text:
        return ""
    return (
        text
        if proof.truth is YES or proof.kind in JUDGING
        else f"{'open' if proof.truth is UNKNOWN else 'not so'}: {text}"
    )


JUDGING = frozenset(
    ("rule", "counts", "weighed", "denied", "unless", "condition", "party", "in-force", "ended", "kind", "no-event", "reserved",
     "jointly", "left", "suspends", "direction", "no-rule", "other", "whom", "response", "place", "cast", "suspended",
     "overridden", "open-kind", "question")
)  # fmt: skip


def event_words(world: World, event: Event) -> str:
    """An event in a line: who did what to whom, when."""
    return f"{event.id}: {deed_words(world, event)}" + (f", {_when(event.date)}" if event.date else "")


def deed_words(world: World, event: Event) -> str:
    """What was done, by whom, to whom."""
    struck = listed([name_of(world, code) for code in event.on]) if event.on else ""
    text = done_to(event.kinds, struck, "and") if struck else listed([KIND_PHRASES[kind] for kind in event.kinds])
    text += f" by {listed([name_of(world, code) for code in event.by])}" if event.by else ""
    if event.to:
        text += f" to {listed([name_of(world, code) for code in event.to])}"
    return text


def _when(when: When | None) -> str:
    if when is None:
        return "an unknown day"
    return day_words(when.first) if when.exact else str(when)


def _event(world: World, proof: Proof) -> str:
    event = proof.about[0]
    return event_words(world, event) if isinstance(event, Event) else ""


def _rule(world: World, proof: Proof) -> str:
    treaty, rule, _bearer, _toward = proof.about[:4]
    words = rule.says or rule_sentence(rule, treaty, lambda code: name_of(world, code))
    return f"{cited(treaty, rule.article)}, {rule.id}: {words}"


def _counts(world: World, proof: Proof) -> str:
    treaty, rule, event, actor, target = proof.about
    by = f" by {name_of(world, actor)}" if actor else ""
    what = done_to(rule.acts, name_of(world, target)) if target else kinds_phrase(rule.acts)
    return f"{event.id} counts as {what}{by} ({cited(treaty, rule.article)}, {rule.id})"


def _party(world: World, proof: Proof) -> str:
    treaty, code, when = (*proof.about, None, None, None)[:3]
    name = capital(name_of(world, code)) if code else "it"
    title = the_treaty(treaty) if isinstance(treaty, Treaty) else str(treaty)
    if proof.truth is YES:
        since = f" since {_when(when)}" if isinstance(when, When) else ""
        return f"{name} is a party to {title}{since}"
    if proof.truth is UNKNOWN:
        return f"open: whether {name} was a party to {title} then ({when})"
    if isinstance(when, When):
        before = when.first > world.day
        return (
            f"{name} is a party to {title} only from {_when(when)}"
            if before
            else f"{name} is no longer a party to {title}: {_when(when)}"
        )
    return f"{name} is no party to {title}"


def _left(world: World, proof: Proof) -> str:
    treaty, code, when = proof.about
    if proof.truth is YES:
        return ""
    verdict = "left" if proof.truth is NO else "may have left"
    return f"{capital(name_of(world, code))} {verdict} {the_treaty(treaty)} with effect from {_when(when)}"


def _suspends(world: World, proof: Proof) -> str:
    treaty, code = proof.about
    if proof.truth is YES:
        return ""
    return (
        f"{capital(name_of(world, code))} {'has' if proof.truth is NO else 'may have'} suspended {the_treaty(treaty)}"
    )


def _in_force(world: World, proof: Proof) -> str:
    treaty, when = proof.about[0], proof.about[1] if len(proof.about) > 1 else None
    title = the_treaty(treaty)
    if proof.truth is YES:
        return f"{capital(title)} is in force since {_when(when)}" if isinstance(when, When) else f"{title} is in force"
    if proof.truth is UNKNOWN:
        return f"open: whether {title} was in force"
    return f"{title} is not in force: {'that begins ' + _when(when) if isinstance(when, When) else 'it never entered into force'}"


def _ended(world: World, proof: Proof) -> str:
    if proof.truth is YES:
        return ""
    return f"{treaty_name(proof.about[0])} has ended"


def _government(world: World, proof: Proof) -> str:
    actor, state = proof.about[0], proof.about[1]
    return f"{name_of(world, actor)} acts for {name_of(world, state)}"


def _denied(world: World, proof: Proof) -> str:
    if proof.about and proof.about[0] == "overridden":
        treaty, rule = proof.about[1], proof.about[2]
        verdict = {YES: "does not fire", NO: "fires and prevails", UNKNOWN: "may prevail"}[proof.truth]
        return f"{cited(treaty, rule.article)}, {rule.id} {verdict}"
    if proof.missing == "not-a-response" and proof.truth is NO:
        return "it answers its target's own attack, and so is no attack itself"
    return ""


def _unless(world: World, proof: Proof) -> str:
    condition = proof.about[0]
    if proof.truth is YES:
        return lack_phrase(condition, lambda code: name_of(world, code))
    text = condition_phrase(condition, lambda code: name_of(world, code))
    return f"{'but' if proof.truth is NO else 'open'}: {text}"


def _condition(world: World, proof: Proof) -> str:
    condition = proof.about[0]
    if proof.truth is NO:
        return lack_phrase(condition, lambda code: name_of(world, code))
    text = condition_phrase(condition, lambda code: name_of(world, code))
    return text if proof.truth is YES else f"open: {text}"


def _attribute(world: World, proof: Proof) -> str:
    event, wanted = proof.about[0], proof.about[1]
    what = proof.kind.replace("_", " ")
    shown = who_phrase(wanted, lambda code: name_of(world, code)) if not isinstance(wanted, (str, tuple)) else wanted
    shown = shown if isinstance(shown, str) else listed(shown, "or")
    return f"{event.id}: {what} {shown}"


def _kind(world: World, proof: Proof) -> str:
    event, seen_as, wanted = proof.about
    verb = "is" if seen_as == event.kinds else "counts as"
    return f"{event.id} {verb} {kinds_phrase(seen_as)}, not {kinds_phrase(wanted)}"


def _no_event(world: World, proof: Proof) -> str:
    kinds, code = proof.about[0], proof.about[1] if len(proof.about) > 1 else None
    words = kinds_phrase(kinds) if isinstance(kinds, tuple) else KIND_PHRASES.get(kinds, str(kinds))
    return f"there was no {words.removeprefix('an ').removeprefix('a ')}" + (
        f" ({name_of(world, code)})" if code else ""
    )


def _open_kind(world: World, proof: Proof) -> str:
    kind, code = proof.about[:2]
    return f"open: whether there was {KIND_PHRASES[kind]} ({name_of(world, code)})"


def _question(world: World, proof: Proof) -> str:
    base, text = proof.about[0], proof.about[1]
    verdict = {YES: "yes", NO: "no", UNKNOWN: "open"}[proof.truth]
    return f"{text or base}: {verdict}"


def _place(world: World, proof: Proof) -> str:
    event, limb = proof.about[0], proof.about[1]
    where = limb_phrase(limb, lambda code: name_of(world, code))
    verdict = {YES: "happened", NO: "did not happen", UNKNOWN: "may have happened"}[proof.truth]
    return f"{event.id} {verdict} {where}"


def _cast(world: World, proof: Proof) -> str:
    _part, code, who = proof.about
    if proof.truth is YES or any(p.kind in ("bound", "party") for p in proof.parts):
        return ""
    words = who_phrase(who, lambda c: name_of(world, c))
    word = {NO: "is not", UNKNOWN: "may be"}.get(proof.truth, "is")
    return f"{capital(name_of(world, code))} {word} {words}"


def _reserved(world: World, proof: Proof) -> str:
    rule, bearer = proof.about
    verdict = {YES: "and it was decided yes", NO: "and it was decided no", UNKNOWN: "and that is open"}[proof.truth]
    judge = name_of(world, bearer) if rule.decides_whether == "bearer" else rule.decides_whether
    return f"whether it applies is for {judge} to decide, {verdict}"


def _jointly(world: World, proof: Proof) -> str:
    _, others = proof.about
    return f"owed only together with {listed([name_of(world, code) for code in others])}" + (
        "" if proof.truth is YES else ", who do not act"
    )


def _fixed(text: str) -> Any:
    return lambda world, proof: text


def _direction(world: World, proof: Proof) -> str:
    code = proof.about[0]
    return f"{capital(name_of(world, code))} was not the one struck: it struck, or stands beside the one that did"


def _other(world: World, proof: Proof) -> str:
    code, target = proof.about[:2]
    name = capital(name_of(world, code))
    return f"{name} is the one struck" if code == target else f"{name} stands on the attacker's side"


WRITERS: dict[str, Any] = {
    "event": _event, "rule": _rule, "counts": _counts, "party": _party, "in-force": _in_force, "ended": _ended,
    "government": _government, "denied": _denied, "unless": _unless, "condition": _condition, "provoked": _attribute,
    "supported_by": _attribute, "scale": _attribute, "means": _attribute, "stance": _attribute, "finding": _attribute,
    "under": _attribute, "organ": _attribute, "author": _attribute, "kind": _kind, "no-event": _no_event, "question": _question,
    "place": _place, "cast": _cast, "reserved": _reserved, "jointly": _jointly, "open-kind": _open_kind,
    "left": _left,
    "suspends": _suspends,
    "other": _other, "direction": _direction, "suspended": _fixed("the bond between the two is suspended"),
    "response": _fixed("it answers an attack"), "hidden": _fixed("the public did not know of it"),
    "rule-dates": _fixed("the rule was not in force then"), "no-rule": _fixed("no instrument says so"),
    "covers": _fixed("what was hit there is not covered"), "votes": _fixed("the votes were not enough"),
    "competence": _fixed("the organ is not competent for that"), "consenting": _fixed("it did not consent to the decision"),
    "reaches": _fixed("the request reached it"), "too-few": _fixed("too few adversaries"),
}  # fmt: skip


def missing_words(world: World, missing: Missing) -> str:
    """What lacks, in words."""
    text = _first_words(world, missing.proof) or missing.condition.replace("_", " ").replace("-", " ")
    return text.removeprefix("not so: ")


def _first_words(world: World, proof: Proof) -> str:
    """The sentence of the first node from the top, among those not met, that has one."""
    text = sentence(world, proof)
    if text:
        return text
    inner = (_first_words(world, part) for part in proof.parts if part.truth is not YES)
    return next((words for words in inner if words), "")


def near_miss_sentence(world: World, miss: NearMiss) -> str:
    """Why somebody is not bound: the instrument, the article, what lacks."""
    lacks = list(dict.fromkeys(missing_words(world, part) for part in miss.missing))
    where = f" ({cited(miss.treaty, miss.rule.article)})" if miss.treaty is not None and miss.rule is not None else ""
    return "; ".join(lacks) + where


def question_words(assessment: Assessment, about: str) -> str:
    """An open question as a question, where its instrument or the crisis words it."""
    name, _, rest = about.partition(".")
    treaty = assessment.world.treaties.get(name)
    if treaty is not None and rest in treaty.readings:
        return treaty.readings[rest].asks
    base = rest.split("@")[0]
    if treaty is not None and base in treaty.questions:
        return treaty.questions[base]
    if treaty is not None and rest == "in-force":
        return f"Is {treaty_name(treaty)} in force?"
    if about.startswith("government-of-"):
        return f"Who speaks for {name_of(assessment.world, about.removeprefix('government-of-'))}?"
    endings = {
        "provoked": "Was it provoked?", "place": "Where did it happen?", "supported_by": "Who stood behind it?",
        "request": "Did it ask for help?", "scale": "How grave was it?", "in_response_to": "Was it an answer to an attack?",
        "by": "Who did it?",
    }  # fmt: skip
    ending = endings.get(rest)
    subject = name_of(assessment.world, name) if rest == "request" else name
    return f"{subject}: {ending}" if ending else f"{about}?"
