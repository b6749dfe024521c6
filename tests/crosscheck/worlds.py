"""Small random worlds as the text of a crisis, each from a seed."""

from __future__ import annotations

from random import Random

STATES = ("BEL", "CHL", "DNK", "PER", "SWE")
DAYS = ("2001-05-01", "2001-05-02", "2001-05-03", "2001-05-10", "2001-05-20")
LAST = "2001-05-20"
ALWAYS, EARLY_OR_NEVER = "2000-01-01", "{contested: {early: 2000-01-01, never: null}}"
BLOWS = (
    "bombardment", "bombardment", "invasion", "declaration-of-war", "attack-on-forces", "threat-of-force", "mobilisation",
    "economic-sanctions", "armed-rebellion", "border-violation",
)  # fmt: skip
LASTING = ("invasion", "declaration-of-war", "mobilisation", "economic-sanctions")
WORDS = (
    "request", "request", "consent", "invitation", "armed-assistance", "economic-assistance", "peace", "ceasefire", "statement",
    "waiver",
)  # fmt: skip
BONDS = ("notice-of-withdrawal", "accession", "suspension")
HEAD = """groups: {trio: [BEL, DNK, PER]}, withdrawal: {notice: at once}, questions: {ready: 'Was it ready?'},
 areas: {zone: {covers: [territory, forces], any: [{territory_of: party}, {in: [europe]}], except: [{status: overseas}]}},
 checked: {on: 2020-01-01, confidence: textbook}"""
PLACES = """places:
  front: {in: [DNK, europe], sovereign: {contested: {ours: DNK, theirs: SWE}}, status: metropolitan}
  islet: {in: [north-atlantic], sovereign: CHL, status: overseas}
"""
KINDS = (
    "armed-attack", "armed-attack", "armed-attack", "use-of-force", "resort-to-war", "[armed-attack, threat]",
    "economic-sanctions", "aggression", "hostile-act",
)  # fmt: skip
WHO = (
    "other-parties", "other-parties", "other-parties", "party", "DNK", "[CHL, SWE]", "trio", "{all: [party, {not: target}]}",
    "{all: [other-parties, {not: DNK}]}", "target",
)  # fmt: skip
EFFECTS = (
    "must: assist", "must: assist", "must: fight", "must: [aid, consult]", "may: fight", "must: stay-neutral",
    "must_not: help-enemy", "must: mobilise", "must_not: [make-separate-peace, help-enemy]",
)  # fmt: skip
FREE = (  # rules that are not about helping the target
    "who: target, may: use-force, whom: actor",
    "who: {all: [any-state, {not: target}]}, may: use-force, whom: actor",
    "who: other-parties, must_not: use-force, whom: actor",
    "who: party, must: consult, whom: other-parties",
    "who: party, must_not: help-enemy, whom: {all: [party, {not: bearer}]}",
)
CONDITIONS = (
    "{requested_by: target}", "{requested_by: target}", "{question: ready}", "{question: ready}",
    "{happened: {event: threat-of-force, by: actor, before: event}}",
    "{happened: {event: [use-of-force, resort-to-war], by: bearer, on: actor}}",
    "{happened: {event: request, by: target, to: bearer}}",
    "{happened: {event: hostile-act, on: target, before: event, within: 5 days}}",
    "{happened: {event: statement, stance: supports, after: event}}",
    "{happened: {event: hostile-act, by: {all: [actor, any-state]}, on: target}}",
    "{helps: {who: CHL, whom: target, against: actor}}", "{helps: {who: bearer, whom: target, against: actor}}",
    "{adversaries: {of: any-state, at_least: 2}}", "{bound: {who: bearer, by: other}}", "{bound: {who: DNK, by: pact}}",
    "{decided_by: {organ: %s-council, finding: armed-attack}}",
)  # fmt: skip
EXCEPTIONS = (
    "{consent_of: target}",
    "{question: ready}",
    "{happened: {event: threat, by: target, on: actor, before: event}}",
)


def world(seed: int) -> str:
    """The world of a seed.

    Some worlds are vague about when events happened, some about when bonds held; the others know each day.
    """
    dice = Random(seed)
    names = ("pact", "other", "third")[: dice.choice((1, 1, 2, 2, 3))]
    vague = dice.choice(("", "", "", "still", "still", "still", "events", "bonds"))  # still: no bond begins or ends
    events = [_event(dice, number, vague, names) for number in range(1, dice.randint(1, 6) + 1)]
    pacts = "".join(f"  {name}: {_pact(dice, name, names, vague)}\n" for name in names)
    facts = "".join(f"  {fact}\n" for fact in _facts(dice, names, len(events), vague))
    return (
        f"id: world\ntitle: World\nperiod: {{to: {LAST}}}\ninstruments: []\nopen: [{dice.choice(('', '', 'request', 'request, consent'))}]\n"
        f"actors:\n  junta: {{kind: government, of: BEL}}\n  band: {{kind: armed-group}}\n"
        f"{''.join(f'  {name}-council: {{kind: organisation}}{chr(10)}' for name in names)}{PLACES}"
        f"treaties:\n{pacts}events:\n{''.join(f'  - {{{event}}}{chr(10)}' for event in events)}facts:\n{facts}"
    )


def _maybe(dice: Random, *words: str, empty: int = 1) -> str:
    return dice.choice((*([""] * empty), *words))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _facts(dice: Random, names: tuple[str, ...], events: int, vague: str) -> list[str]:
    who_governs = (
        "government-of-BEL: junta",
        "government-of-BEL: {contested: {junta: a, BEL: b}}",
        "government-of-BEL: [{until: 2001-05-03, value: BEL}, {since: 2001-05-03, value: junta}]",
    )
    found = [
        dice.choice(who_governs[: 2 if vague == "events" else 3])
    ]  # governments do not change where days are vague
    for name in names:
        entry = () if vague in ("events", "still") else (f"{name}.in-force: 2001-05-02",)
        found += [
            _maybe(dice, *(f"{name}.ready: {x}" for x in ("yes", "no", "contested")), empty=4),
            _maybe(dice, f"{name}.ready@{dice.choice(STATES)}: {dice.choice(('yes', 'no'))}", empty=5),
            _maybe(dice, f"{name}.ready@e{dice.randint(1, events)}: {dice.choice(('yes', 'no'))}", empty=5),
            _maybe(dice, f"{name}.applies: yes", f"{name}.applies: no", empty=3),
            _maybe(dice, f"{name}.in-force: null", *entry, empty=12),
        ]
    return [fact for fact in found if fact]


def _event(dice: Random, number: int, vague: str, names: tuple[str, ...]) -> str:
    fate = dice.random()
    day = dice.choice((*DAYS, "2001-05") if vague == "events" and fate < 0.66 else DAYS)  # of messages the day is known
    head = f"id: e{number}, date: {day}"
    if day < "2001-05-10" and len(day) > len("2001-05"):
        head = _joined(head, _maybe(dice, "until: 2001-05-10", "until: 2001-05-20", empty=6))
    one, two, three, four, five = dice.sample(STATES, 5)
    if fate < 0.66:
        return _joined(head, _blow(dice, number, vague, one, two, three, four))
    contested = _maybe(dice, "certainty: contested", empty=6)
    if fate < 0.7 and vague != "events":
        council = (
            f"kind: decision, organ: {dice.choice(names)}-council, finding: {dice.choice(('armed-attack', 'threat'))}"
        )
        votes = _maybe(
            dice, f"votes: {{{one}: yes, {two}: yes, {three}: yes, {four}: {dice.choice(('no', 'abstain'))}}}"
        )
        return _joined(head, council, _maybe(dice, f"on: {five}"), votes, contested)
    if fate < 0.74 and vague == "":
        return _joined(head, f"kind: {dice.choice(BONDS)}, by: {one}, under: {dice.choice(names)}", contested)
    kind = dice.choice(WORDS)
    to = f"to: {two}" if kind in ("peace", "ceasefire", "waiver") or dice.random() < 0.8 else ""
    return _joined(
        head, f"kind: {kind}, by: {dice.choice((one, one, one, 'junta'))}", to,
        f"on: {three}" if "assistance" in kind and dice.random() < 0.6 else "", "stance: supports" if kind == "statement" else "",
        _maybe(dice, *(f"under: {name}" for name in names), empty=4) if kind == "request" else "", contested,
    )  # fmt: skip


def _blow(dice: Random, number: int, vague: str, one: str, two: str, three: str, four: str) -> str:
    kind = dice.choice([k for k in BLOWS if vague != "bonds" or k not in LASTING])
    others = ("band",) if "BEL" in (two, four) else ("band", "junta")  # no government strikes its own State
    by = f"by: {dice.choice((one, one, one, one, *others))}" if dice.random() < 0.8 else f"by: [{one}, {three}]"
    if kind == "armed-rebellion":
        by = _maybe(dice, "by: band")
    earlier = [f"in_response_to: e{dice.randint(1, number - 1)}", "in_response_to: contested"] if number > 1 else []
    response = _maybe(dice, *earlier, empty=2)
    return _joined(
        f"kind: {kind}", by, f"on: {two}" if dice.random() < 0.8 else f"on: [{two}, {four}]", response,
        "" if response else _maybe(dice, "provoked: yes", "provoked: no", "provoked: contested", empty=3),
        _maybe(dice, "scale: grave", "scale: minor", empty=4), _maybe(dice, "certainty: contested", empty=6),
        _maybe(dice, "means: [armed-force]", "means: [economic, arms]", empty=5),
        _maybe(dice, f"supported_by: {three}", f"supported_by: {{contested: {{{three}: it says so}}}}", empty=5),
        _maybe(dice, "place: front", "place: islet", "place: {contested: {front: a, islet: b}}", empty=6),
        _maybe(dice, f"in_defence_of: {three}", empty=7),
    )  # fmt: skip


def _pact(dice: Random, name: str, names: tuple[str, ...], vague: str) -> str:
    settled = vague in ("events", "still")
    parties = []
    for code in dice.sample(STATES, dice.randint(2, 5)):
        other = dice.choice([x for x in STATES if x != code])
        dated = [
            "since: 2001-05-02", "until: 2001-05-10", "until: 2001-05-02", "since: 2001-05-03, until: 2001-05-20",
            "suspended: {since: 2001-05-02, from: organs}", f"suspended: {{since: 2001-05-02, toward: [{other}]}}",
            *(("since: 2001-05", "until: 2001-05") if vague == "bonds" else ()),
        ]  # fmt: skip
        parties.append(f"{code}: {{{'' if settled else _maybe(dice, *dated, empty=9)}}}")
    starts = (ALWAYS, EARLY_OR_NEVER) if settled else (ALWAYS, ALWAYS, ALWAYS, "2001-05-03", EARLY_OR_NEVER)
    start = "2001-05" if vague == "bonds" and dice.random() < 0.2 else dice.choice(starts)
    ends = "2001-05-10" if not settled and dice.random() < 0.2 else "open"
    votes = dice.choice(("unanimity", "consensus", "majority", "{at_least: 2/3}"))
    rules = [
        f"{n}: {{says: x, rules: {{r: {{{_rule(dice, name, n, names, vague)}}}}}}}"
        for n in range(1, dice.randint(1, 4) + 1)
    ]
    return (
        f"{{title: {name}, kind: {dice.choice(('treaty', 'treaty', 'declaration'))}, in_force: {start}, ends: {ends}, {HEAD},\n"
        f" organs: {{{name}-council: {{members: party, votes: {votes}, binds: {dice.choice(('party', 'consenting'))}}}}},\n"
        f" parties: {{{', '.join(parties)}}},\n articles: {{{', '.join(rules)}}}}}"
    )


def _condition(dice: Random, name: str, deep: int = 0) -> str:
    if deep < 2 and dice.random() < 0.25:
        one, two = _condition(dice, name, deep + 1), _condition(dice, name, deep + 1)
        return dice.choice((f"{{any: [{one}, {two}]}}", f"{{all: [{one}, {two}]}}", f"{{not: {one}}}"))
    return dice.choice(CONDITIONS).replace("%s", name)


def _when(dice: Random, vague: str) -> str:
    # where bonds begin and end, only parties are victims and no party is asked for as author: on which day the membership of
    # one counts that joins while its own attack goes on is not settled
    sides = ("on: party", "on: party", "on: party", "involves: party", "on: trio", "on: BEL", "on: any-state")
    settled = vague in ("events", "still")
    side = dice.choice(sides if settled else ("on: party", "on: party", "involves: party"))
    authors = ("by: non-party", "by: any-state", "by: {not: SWE}", "by: party")[: 4 if settled else 3]
    places = ("{territory_of: target}", "{status: overseas}", "{in: [europe]}", "{outside: [europe]}", "{in: zone}", "{territory_of: actor}")  # fmt: skip
    return _joined(
        f"event: {dice.choice(KINDS)}", side, _maybe(dice, *authors, empty=5),
        _maybe(dice, "provoked: no", "provoked: yes", empty=4), _maybe(dice, "scale: grave", empty=7),
        _maybe(dice, "means: [armed-force]", empty=12), _maybe(dice, "supported_by: any-state", "supported_by: CHL", empty=14),
        _maybe(dice, "response: any", empty=5), _maybe(dice, *(f"place: {place}" for place in places), empty=18),
    )  # fmt: skip


def _rule(dice: Random, name: str, number: int, names: tuple[str, ...], vague: str) -> str:
    when = _when(dice, vague)
    conditions = [_condition(dice, name) for _ in range(dice.choice((0, 0, 0, 1, 1, 2)))]
    conditions = [c for c in conditions if "involves" not in when or "adversaries" not in c]
    exceptions = [dice.choice(EXCEPTIONS) for _ in range(dice.choice((0, 0, 0, 1)))]
    tests = _joined(
        f"when: {{{when}}}", f"if: [{', '.join(conditions)}]" if conditions else "",
        f"unless: [{', '.join(exceptions)}]" if exceptions else "",
    )  # fmt: skip
    fate = dice.random()
    if fate < 0.18 and "involves" not in when and "bearer" not in tests and "council" not in tests:
        toward = dice.choice(
            ("on: target, by: actor", "on: target, by: actor", "on: trio, by: actor", "on: target, by: sponsor")
        )
        if "sponsor" in toward and "supported_by" not in when:
            toward = "on: trio, by: actor"
        label = f"counts_as: {{event: {dice.choice(('armed-attack', 'aggression'))}, {toward}}}"
        return _joined(tests, label, _maybe(dice, "for: all", empty=3))
    if fate < 0.25:
        return _joined(
            tests, f"who: {dice.choice(('party', 'DNK', 'other-parties'))}, no_duty: {dice.choice(('assist', 'fight'))}"
        )
    if fate < 0.35:
        return _joined(tests, dice.choice(FREE))
    home, rank, who = (
        dice.choice(("this", "this", *names)),
        dice.choice([n for n in (1, 2, 3) if n != number]),
        dice.choice(WHO),
    )
    return _joined(
        tests, f"who: {who}", dice.choice(EFFECTS),
        _maybe(dice, "jointly: yes", empty=6) if who in ("other-parties", "party") else "",
        _maybe(dice, "decides_whether: bearer", empty=14),
        _maybe(dice, f"overrides: [{home}/{rank}]", f"yields_to: [{home}/{rank}/r]", empty=6),
        _maybe(dice, "from: 2001-05-02", "until: 2001-05-10", empty=6) if vague == "bonds" else "",
        _maybe(dice, "whom: target", empty=2),
    )  # fmt: skip
