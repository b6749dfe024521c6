"""A rule as one English sentence, and the phrases for acts and events that answers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from foedera.dates import When
from foedera.language.types import Area, Condition, Limb, Pattern, Rule, Treaty, Who

Name = Callable[[str], str]

# {whom}: the one owed or struck; {against}: the enemy, with its own preposition or nothing
ACT_PHRASES = {
    "assist": "assist {whom}{against}",
    "fight": "fight for {whom}{against}",
    "aid": "aid {whom}{against}",
    "consult": "consult with {whom}",
    "mobilise": "mobilise for {whom}",
    "stay-neutral": "stay neutral toward {whom}",
    "use-force": "use force on {whom}",
    "intervene": "intervene in {whom}",
    "threaten-force": "threaten {whom} with force",
    "help-enemy": "help the enemies of {whom}",
    "make-separate-peace": "make a separate peace without {whom}",
    "carry-out": "carry out, toward {whom}, what was decided",
    "join-hostile-pact": "join a pact directed against {whom}",
    "settle-peacefully": "work with {whom} for a peaceful settlement",
    "seek-council-action": "seek action by the Security Council for {whom}",
    "impose-sanctions": "impose sanctions on {whom}",
    "give-passage": "give passage to {whom}",
    "give-bases": "give bases to {whom}",
    "give-notice": "give notice of withdrawal to {whom}",
    "contribute": "contribute to {whom}",
    "combat-terrorism": "combat terrorism together with {whom}",
    "host-bands": "host armed bands that act against {whom}",
}
# the same with nobody in particular
ALONE_PHRASES = {
    "assist": "give assistance", "fight": "fight", "aid": "give aid", "consult": "consult", "mobilise": "mobilise",
    "stay-neutral": "stay neutral", "use-force": "use force", "intervene": "intervene", "threaten-force": "threaten force",
    "help-enemy": "help the enemy", "make-separate-peace": "make a separate peace",
    "carry-out": "carry out what was decided", "join-hostile-pact": "join a hostile pact",
    "settle-peacefully": "work for a peaceful settlement", "seek-council-action": "seek action by the Security Council",
    "impose-sanctions": "impose sanctions", "give-passage": "give passage", "give-bases": "give bases",
    "give-notice": "give notice of withdrawal", "contribute": "contribute", "combat-terrorism": "combat terrorism",
    "host-bands": "host armed bands",
}  # fmt: skip
BAN_PHRASES = {"give-bases": "lend territory for use against {whom}"}
KIND_PHRASES = {
    "hostile-act": "a hostile act", "use-of-force": "a use of force", "armed-attack": "an armed attack",
    "invasion": "an invasion", "bombardment": "a bombardment", "blockade": "a blockade", "occupation": "an occupation",
    "lending-territory": "the lending of territory for an attack", "sending-bands": "the sending of armed bands",
    "attack-on-forces": "an attack on armed forces", "attack-on-craft": "an attack on ships or aircraft",
    "resort-to-war": "a resort to war", "declaration-of-war": "a declaration of war", "state-of-war": "a state of war",
    "threat": "a threat", "ultimatum": "an ultimatum", "mobilisation": "a mobilisation",
    "threat-of-force": "a threat of force", "aggression": "an aggression", "annexation": "an annexation",
    "neutrality-violation": "a breach of neutrality", "indirect-threat": "an indirect threat",
    "treaty-breach": "a breach of the treaty", "economic-sanctions": "economic sanctions",
    "border-closure": "a closing of borders", "border-violation": "a violation of the border",
    "airspace-violation": "a violation of airspace", "cyber-attack": "a cyber attack", "terror-attack": "a terror attack",
    "armed-rebellion": "an armed rebellion", "coup": "a coup", "unrest": "unrest", "subversion": "subversion",
    "request": "a request", "invitation": "an invitation", "consent": "consent", "decision": "a decision",
    "finding": "a finding", "authorisation": "an authorisation by the Security Council", "waiver": "a waiver",
    "statement": "a statement", "mediation": "mediation", "consultation": "a consultation", "assistance": "assistance",
    "armed-assistance": "armed assistance", "economic-assistance": "economic assistance",
    "intervention": "an intervention", "deployment": "a deployment", "withdrawal-of-forces": "a withdrawal of forces",
    "ceasefire": "a ceasefire", "peace": "peace", "security-restored": "the restoration of security",
    "signature": "a signature", "ratification": "a ratification", "accession": "an accession",
    "notice-of-withdrawal": "a notice of withdrawal", "suspension": "a suspension",
    "change-of-government": "a change of government", "recognition": "a recognition",
}  # fmt: skip
# what joins a kind to the one it is done to; `on` for all others
PREPOSITIONS = {
    "invasion": "of", "bombardment": "of", "blockade": "of", "occupation": "of", "annexation": "of", "suspension": "of",
    "sending-bands": "against", "mobilisation": "against", "threat": "against", "threat-of-force": "against",
    "indirect-threat": "against", "hostile-act": "against", "use-of-force": "against", "resort-to-war": "against",
    "aggression": "against", "subversion": "against", "authorisation": "against", "treaty-breach": "toward",
    "state-of-war": "with", "border-closure": "toward", "border-violation": "of", "airspace-violation": "of",
    "neutrality-violation": "of", "armed-rebellion": "in", "coup": "in", "unrest": "in", "intervention": "in",
    "deployment": "in", "change-of-government": "in", "recognition": "of", "security-restored": "for", "ultimatum": "to",
}  # fmt: skip
STATUS_PHRASES = {
    "metropolitan": "in metropolitan territory", "overseas": "in an overseas territory", "base": "at a base",
    "leased": "in leased territory", "high-seas": "on or over the high seas", "airspace": "in airspace",
    "mission": "at a mission",
}  # fmt: skip
UNTIL_PHRASES = {"security-restored": "security is restored"}
ROLE_PHRASES = {
    "party": "a party", "other-parties": "each other party", "non-party": "a State that is no party", "any-state": "any State",
    "anyone": "anyone", "great-power": "a great Power", "european-power": "a European Power", "actor": "the author",
    "target": "the one struck", "bearer": "it", "toward": "the other", "sponsor": "the State behind it",
    "organisation": "the organisation",
}  # fmt: skip
MEANS_PHRASES = {
    "armed-force": "armed force", "economic": "economic means", "facilities": "the use of facilities", "arms": "arms",
    "open": "any other means",
}  # fmt: skip
ALSO_PHRASES = {
    "non-party": " that is no party", "any-state": " that is a State", "party": " that is a party",
    "other-parties": " other than the one struck and the author",
}  # fmt: skip
VERBS = {"must": "must", "may": "may", "must_not": "must not", "no_duty": "need not"}


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`.

    >>> listed(["Mali", "Niger", "Chad"])
    'Mali, Niger and Chad'
    """
    parts = list(words)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else "nobody"


def act_phrase(act: str, modality: str, whom: str | None, against: str = "") -> str:
    """The verb phrase of an act: `assist Niger against Benin`."""
    ban = BAN_PHRASES.get(act) if modality == "must_not" else None
    if whom is None:
        return ban.partition(" against")[0] if ban else ALONE_PHRASES[act]
    if act == "impose-sanctions" and against:
        return f"impose sanctions on {against} for {whom}"
    return (ban or ACT_PHRASES[act]).format(whom=whom, against=f" against {against}" if against else "")


def kinds_phrase(kinds: Iterable[str]) -> str:
    """Kinds of event as alternatives: `an armed attack or a blockade`."""
    return listed([KIND_PHRASES[kind] for kind in kinds], "or")


def done_to(kinds: Iterable[str], whom: str, last: str = "or") -> str:
    """Kinds of event with the one they are done to: `an armed attack on Niger`, `an invasion of Niger`.

    >>> done_to(["armed-attack", "coup", "unrest"], "a party")
    'an armed attack on a party or a coup or unrest in a party'
    """
    groups: dict[str, list[str]] = {}
    for kind in kinds:
        groups.setdefault(PREPOSITIONS.get(kind, "on"), []).append(kind)
    phrases = {word: listed([KIND_PHRASES[kind] for kind in group], last) for word, group in groups.items()}
    return f" {last} ".join(f"{phrase} {word} {whom}" for word, phrase in phrases.items())


def who_phrase(who: Who, name: Name, treaty: Treaty | None = None) -> str:
    """A set of states in words."""
    if who.op == "code":
        return name(who.name)
    if who.op == "role":
        if who.name == "organisation" and treaty is not None and treaty.organisation:
            return name(treaty.organisation)
        return ROLE_PHRASES[who.name]
    if who.op == "group":
        members = treaty.groups.get(who.name, ()) if treaty is not None else ()
        return (
            listed([name(code) for code in members], "or")
            if 0 < len(members) <= 8
            else f"one of the group “{who.name}”"
        )
    if who.op == "not":
        return f"anyone but {who_phrase(who.parts[0], name, treaty)}"
    if who.op == "any":
        return listed([who_phrase(part, name, treaty) for part in who.parts], "or")
    plain = [part for part in who.parts if part.op != "not"]
    but = [who_phrase(part.parts[0], name, treaty) for part in who.parts if part.op == "not"]
    text = who_phrase(plain[0], name, treaty) if plain else "anyone"
    for part in plain[1:]:
        also = ALSO_PHRASES.get(part.name) if part.op == "role" else None
        text += also or f" that is also {who_phrase(part, name, treaty)}"
    return text + (f" other than {listed(but, 'or')}" if but else "")


def bearer_phrase(rule: Rule, name: Name, treaty: Treaty) -> str:
    """Those whom a rule names as bearers, one by one: `each other party`, `each of Germany and Italy`."""
    text = who_phrase(rule.who, name, treaty)
    first = next((part for part in rule.who.parts if part.op != "not"), rule.who) if rule.who.op == "all" else rule.who
    if first.op == "role" and first.name == "party":
        ban = rule.modality in ("must_not", "no_duty")
        return text if ban else "each" + text.removeprefix("a")
    named = who_phrase(first, name, treaty)
    if first.op in ("any", "group") and " or " in named and text.startswith(named):
        return "each of " + " and ".join(named.rsplit(" or ", 1)) + text.removeprefix(named)
    return text.replace("one of the group", "each of the group", 1)


def pattern_phrase(pattern: Pattern, name: Name, treaty: Treaty | None = None) -> str:
    """An event pattern as a noun phrase: `an armed attack on a party by a State, not provoked`."""
    struck = who_phrase(pattern.on, name, treaty) if pattern.on is not None else ""
    qualified = pattern.organ or pattern.scale or pattern.involves is not None
    text = done_to(pattern.kinds, struck) if struck and not qualified else kinds_phrase(pattern.kinds)
    if pattern.organ:
        text += f" of {listed([name(organ) for organ in pattern.organ], 'or')}"
    if pattern.scale:
        text += f" of {listed(pattern.scale, 'or')} scale"
    if pattern.involves is not None:
        text += f" that involves {who_phrase(pattern.involves, name, treaty)}"
    if struck and qualified:
        text += f" {PREPOSITIONS.get(pattern.kinds[0], 'on')} {struck}"
    if pattern.by is not None:
        text += f" by {who_phrase(pattern.by, name, treaty)}"
    if pattern.to is not None:
        text += f" addressed to {who_phrase(pattern.to, name, treaty)}"
    if pattern.supported_by is not None:
        text += f", with the support of {who_phrase(pattern.supported_by, name, treaty)}"
    if pattern.finding:
        text += f" for {listed([word.replace('-', ' ') for word in pattern.finding], 'or')}"
    if pattern.under:
        text += f" under {listed(pattern.under, 'or')}"
    if pattern.means:
        text += f" by {listed([word.replace('-', ' ') for word in pattern.means], 'or')}"
    if pattern.stance:
        text += f" that {listed(pattern.stance, 'or')}"
    if pattern.provoked is not None:
        text += ", not provoked" if pattern.provoked == "no" else ", provoked"
    if pattern.involves is not None:
        text += ", whoever began"
    if pattern.place is not None:
        text += f", {limb_phrase(pattern.place, name, treaty)}"
    if pattern.response and pattern.involves is None:
        text += ", even in answer to an attack"
    return text


def limb_phrase(limb: Limb, name: Name, treaty: Treaty | None = None) -> str:
    """A place in words."""
    parts = []
    if limb.territory_of is not None:
        parts.append(f"on the territory of {who_phrase(limb.territory_of, name, treaty)}")
    if limb.sovereign is not None:
        parts.append(f"where {who_phrase(limb.sovereign, name, treaty)} is sovereign")
    if limb.islands_of is not None:
        parts.append(f"on islands of {who_phrase(limb.islands_of, name, treaty)}")
    if limb.administered_by is not None:
        parts.append(f"in places administered by {who_phrase(limb.administered_by, name, treaty)}")
    if limb.inside:
        parts.append("in " + listed([_place_name(word, name, treaty) for word in limb.inside], "or"))
    if limb.outside:
        parts.append("outside " + listed([_place_name(word, name, treaty) for word in limb.outside], "and"))
    if limb.status:
        parts.append(listed([STATUS_PHRASES[word] for word in limb.status], "or"))
    if limb.north_of is not None:
        parts.append(f"north of {limb.north_of:g}° north")
    if limb.south_of is not None:
        parts.append(f"south of {limb.south_of:g}° north")
    return (", ".join(parts) or "anywhere") + (f" ({limb.clause})" if limb.clause else "")


def area_phrase(area: Area, name: Name, treaty: Treaty) -> str:
    """An area in words: what is covered, and where.

    Each limb is one way to be inside; the exceptions come last.
    """
    limbs = "; ".join(limb_phrase(limb, name, treaty) for limb in area.any)
    excepted = "; ".join(limb_phrase(limb, name, treaty) for limb in area.excepted)
    return f"covers {listed(area.covers)} {limbs}" + (f"; but not {excepted}" if excepted else "")


def _place_name(word: str, name: Name, treaty: Treaty | None) -> str:
    if treaty is not None and word in treaty.areas:
        return f"the area “{word}”"
    return name(word).replace("-", " ")


def condition_phrase(condition: Condition, name: Name, treaty: Treaty | None = None) -> str:
    """A condition as a clause: `the one struck asked for it`."""
    if condition.op in ("any", "all"):
        joint = "or" if condition.op == "any" else "and"
        parts = [condition_phrase(part, name, treaty) for part in condition.parts]
        nested = [
            f"({text})" if part.op in ("any", "all") else text
            for part, text in zip(condition.parts, parts, strict=True)
        ]
        return listed(nested, joint)
    if condition.op == "not":
        return f"it is not so that {condition_phrase(condition.parts[0], name, treaty)}"
    who = who_phrase(condition.who, name, treaty) if condition.who is not None else ""
    if condition.op == "requested_by":
        return f"{who} asked for it"
    if condition.op == "consent_of":
        return f"{who} consented"
    if condition.op == "decided_by":
        found = f" ({condition.finding.replace('-', ' ')})" if condition.finding else ""
        return f"{name(condition.organ or '')} so decided{found}"
    if condition.op == "helps":
        enemy = f" against {who_phrase(condition.against, name, treaty)}" if condition.against else ""
        whom = who_phrase(condition.whom, name, treaty) if condition.whom else "it"
        return f"{who} in fact helps {whom}{enemy}"
    if condition.op == "adversaries":
        of = f" ({who})" if who and who != ROLE_PHRASES["any-state"] else ""
        return f"at least {condition.at_least} of them attacked{of}"
    if condition.op == "bound":
        return f"{who} is bound by {condition.treaty}"
    if condition.op == "question":
        text = (
            (treaty.questions.get(condition.question or "", "") if treaty is not None else "")
            or condition.question
            or ""
        )
        return f"the question “{text}” is answered yes"
    assert condition.pattern is not None
    return f"there was {pattern_phrase(condition.pattern, name, treaty)}" + _timing(condition, name, treaty)


def lack_phrase(condition: Condition, name: Name, treaty: Treaty | None = None) -> str:
    """What lacks when a condition is not met: `no request by the one struck`."""
    who = who_phrase(condition.who, name, treaty) if condition.who is not None else ""
    if condition.op == "requested_by":
        return f"no request by {who}"
    if condition.op == "consent_of":
        return f"no consent by {who}"
    if condition.op == "decided_by":
        found = f" ({condition.finding.replace('-', ' ')})" if condition.finding else ""
        return f"no decision of {name(condition.organ or '')}{found}"
    if condition.op == "helps":
        return f"{who} does not in fact help {who_phrase(condition.whom, name, treaty) if condition.whom else 'it'}"
    if condition.op == "adversaries":
        of = f" ({who})" if who and who != ROLE_PHRASES["any-state"] else ""
        return f"fewer than {condition.at_least} adversaries{of}"
    if condition.op == "happened" and condition.pattern is not None:
        return "there was no " + pattern_phrase(condition.pattern, name, treaty).removeprefix("an ").removeprefix("a ")
    return "not so: " + condition_phrase(condition, name, treaty)


def _timing(condition: Condition, name: Name, treaty: Treaty | None) -> str:
    def mark(other: Pattern | str) -> str:
        return "the event" if isinstance(other, str) else pattern_phrase(other, name, treaty)

    text = f" before {mark(condition.before)}" if condition.before is not None else ""
    text += f" after {mark(condition.after)}" if condition.after is not None else ""
    return text + (f" within {condition.within}" if condition.within is not None else "")


def rule_sentence(rule: Rule, treaty: Treaty, name: Name) -> str:
    """The rule as one sentence that a lawyer would accept."""
    text = f"When there is {pattern_phrase(rule.when, name, treaty)}" if rule.when is not None else ""
    several = len(rule.conditions) + (rule.when is not None) > 1
    conditions = [
        f"either {condition_phrase(part, name, treaty)}"
        if several and part.op == "any"
        else condition_phrase(part, name, treaty)
        for part in rule.conditions
    ]
    if conditions:
        text += ((", and " if "," in text else " and ") if text else "If ") + listed(conditions)
    text += ", " if text else ""
    text += _effect(rule, treaty, name) + _means(rule)
    if rule.exceptions:
        text += ", unless " + listed([condition_phrase(part, name, treaty) for part in rule.exceptions], "or")
    text += _tail(rule, treaty, name)
    if rule.when is not None and set(rule.when.kinds) <= {"decision", "finding"}:
        text = text.replace(ROLE_PHRASES["target"], "the one concerned")
    return text[0].upper() + text[1:] + "."


def _effect(rule: Rule, treaty: Treaty, name: Name) -> str:
    if rule.modality == "counts_as":
        struck = who_phrase(rule.counts_on, name, treaty) if rule.counts_on else ""
        what = done_to(rule.acts, struck) if struck else kinds_phrase(rule.acts)
        by = f" by {who_phrase(rule.counts_by, name, treaty)}" if rule.counts_by else ""
        return f"it counts{' for every instrument' if rule.for_all else ''} as {what}{by}"
    bearer = bearer_phrase(rule, name, treaty)
    whom = who_phrase(rule.whom, name, treaty) if rule.whom is not None else "the one struck" if rule.when else None
    whom = _others(whom, rule) if whom is not None else None
    against = who_phrase(rule.against, name, treaty) if rule.against is not None else ""
    acts = listed(
        [act_phrase(act, rule.modality, whom, against) for act in rule.acts], "or" if rule.modality != "must" else "and"
    )
    together = ", only together," if rule.jointly else ""
    return f"{bearer}{together} {VERBS[rule.modality]} {acts}"


def _others(whom: str, rule: Rule) -> str:
    """Whom a duty or a ban reaches where it reaches more than one."""
    if whom == ROLE_PHRASES["any-state"] and rule.modality == "must":
        return "every other State"
    if whom == ROLE_PHRASES["other-parties"] and rule.acts == ("make-separate-peace",):
        return "the other parties"
    return "any other party" if whom == ROLE_PHRASES["other-parties"] and rule.modality == "must_not" else whom


def _means(rule: Rule) -> str:
    """How it may be done, where the act does not say so already."""
    if not rule.means or (rule.means == ("armed-force",) and set(rule.acts) <= {"use-force", "fight", "intervene"}):
        return ""
    return (
        ", by any means" if rule.means == ("open",) else f", by {listed([MEANS_PHRASES[m] for m in rule.means], 'or')}"
    )


def _tail(rule: Rule, treaty: Treaty, name: Name) -> str:
    text = ", before acting" if rule.before_trigger else ""
    if rule.ends is not None and rule.ends.kinds[0] in UNTIL_PHRASES:
        text += f", until {UNTIL_PHRASES[rule.ends.kinds[0]]}"
    elif rule.ends is not None:
        text += f", until there is {pattern_phrase(rule.ends, name, treaty)}"
    if rule.deadline is not None:
        text += f", within {rule.deadline}"
    if rule.decides_whether is not None:
        text += f"; {_decider(rule.decides_whether, name)} whether"
    if rule.decides_how is not None:
        text += f"; {_decider(rule.decides_how, name)} how"
    if rule.force.since is not None or rule.force.until is not None:
        text += f" ({_span(rule.force.since, rule.force.until)})"
    return text


def _decider(word: str, name: Name) -> str:
    return {"bearer": "each bearer itself decides", "jointly": "all together decide"}.get(
        word
    ) or f"{name(word)} decides"


def _span(since: When | None, until: When | None) -> str:
    start = f"from {since}" if since is not None else ""
    return " ".join(part for part in (start, f"until {until}" if until is not None else "") if part)
