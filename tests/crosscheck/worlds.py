"""Small random worlds as the text of a crisis, from a seed; each part can be dropped, so that a world can be shrunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

STATES = ("BEL", "CHL", "DNK", "PER", "SWE")
DAYS = ("2001-05-01", "2001-05-02", "2001-05-03", "2001-05-10", "2001-05-20")
LAST = "2001-05-20"
BLOWS = (
    "bombardment", "bombardment", "invasion", "declaration-of-war", "attack-on-forces", "threat-of-force", "mobilisation", "economic-sanctions",
    "armed-rebellion", "border-violation",
)  # fmt: skip
WORDS = (
    "request",
    "request",
    "consent",
    "invitation",
    "armed-assistance",
    "economic-assistance",
    "peace",
    "ceasefire",
    "statement",
    "waiver",
)
PLACES = ("front", "islet")


@dataclass(frozen=True)
class Pact:
    """An instrument in parts."""

    head: tuple[str, ...]
    parties: Mapping[str, str]
    rules: Mapping[str, tuple[str, ...]]

    def text(self) -> str:
        parties = ", ".join(f"{code}: {{{more}}}" for code, more in self.parties.items())
        articles = ", ".join(
            f"'{n}': {{says: x, rules: {{r: {{{', '.join(rule)}}}}}}}" for n, rule in self.rules.items()
        )
        return f"{{{', '.join((*self.head, f'parties: {{{parties}}}', f'articles: {{{articles}}}'))}}}"


@dataclass(frozen=True)
class World:
    """A world in parts: instruments, events, facts."""

    pacts: Mapping[str, Pact]
    events: Mapping[str, tuple[str, ...]]
    facts: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = field(default=())

    def text(self) -> str:
        """The crisis file."""
        lines = ["id: world", "title: World", f"period: {{to: {LAST}}}", "instruments: []"]
        lines += [f"open: [{', '.join(self.open)}]"] if self.open else []
        lines += ["actors:", *(f"  {a}" for a in self.actors)] if self.actors else []
        lines += ["places:", *(f"  {p}" for p in self.places)] if self.places else []
        lines += ["treaties:", *(f"  {name}: {pact.text()}" for name, pact in self.pacts.items())]
        lines += (
            ["events:", *(f"  - {{id: {name}, {', '.join(parts)}}}" for name, parts in self.events.items())]
            if self.events
            else []
        )
        lines += ["facts:", *(f"  {fact}" for fact in self.facts)] if self.facts else []
        return "\n".join(lines) + "\n"

    def smaller(self) -> Iterator[World]:
        """The worlds with one part less."""
        for name in self.events:
            yield replace(self, events=_without(self.events, name))
        for name, pact in self.pacts.items():
            if len(self.pacts) > 1:
                yield replace(self, pacts=_without(self.pacts, name))
            for key, rule in pact.rules.items():
                if len(pact.rules) > 1:
                    yield replace(self, pacts={**self.pacts, name: replace(pact, rules=_without(pact.rules, key))})
                for number, part in enumerate(rule):
                    if part.split(":")[0] in (
                        "if",
                        "unless",
                        "jointly",
                        "decides_whether",
                        "overrides",
                        "yields_to",
                        "for",
                        "from",
                        "until",
                    ):
                        shorter = (*rule[:number], *rule[number + 1 :])
                        yield replace(
                            self, pacts={**self.pacts, name: replace(pact, rules={**pact.rules, key: shorter})}
                        )
                    for simpler in _simpler(part):
                        changed = (*rule[:number], simpler, *rule[number + 1 :])
                        yield replace(
                            self, pacts={**self.pacts, name: replace(pact, rules={**pact.rules, key: changed})}
                        )
            for code, more in pact.parties.items():
                if more:
                    yield replace(self, pacts={**self.pacts, name: replace(pact, parties={**pact.parties, code: ""})})
                if len(pact.parties) > 2:
                    yield replace(self, pacts={**self.pacts, name: replace(pact, parties=_without(pact.parties, code))})
        for index in range(len(self.facts)):
            yield replace(self, facts=(*self.facts[:index], *self.facts[index + 1 :]))
        for index in range(len(self.open)):
            yield replace(self, open=(*self.open[:index], *self.open[index + 1 :]))
        for name, parts in self.events.items():
            for index, part in enumerate(parts):
                if part.split(":")[0] not in ("date", "kind", "by", "on", "to"):
                    yield replace(self, events={**self.events, name: (*parts[:index], *parts[index + 1 :])})
                elif "[" in part:
                    word, codes = part.split(": [")
                    for code in codes.rstrip("]").split(", "):
                        yield replace(
                            self, events={**self.events, name: (*parts[:index], f"{word}: {code}", *parts[index + 1 :])}
                        )


def _simpler(part: str) -> Iterator[str]:
    """A `when` without one of its attributes."""
    if part.startswith("when: {") and part.count("{") == 1:
        words = part[len("when: {") : -1].split(", ")
        for index, word in enumerate(words):
            if word.split(":")[0] in ("by", "provoked", "scale", "response", "supported_by", "means"):
                yield "when: {" + ", ".join((*words[:index], *words[index + 1 :])) + "}"


def _without(table: Mapping[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in table.items() if key != name}


def world(seed: int) -> World:
    """The world of a seed."""
    dice = Random(seed)
    names = ["pact", "other", "third"][: dice.choice((1, 1, 2, 2, 3))]
    events = {f"e{n}": _event(dice, n) for n in range(1, dice.randint(1, 6) + 1)}
    pacts = {name: _pact(dice, name, names) for name in names}
    return World(
        pacts, events, _facts(dice, names, list(events)), dice.choice(((), (), ("request",), ("request", "consent"))), ("junta: {kind: government, of: BEL}", "band: {kind: armed-group}"),
        ("front: {in: [DNK, europe], sovereign: {contested: {ours: DNK, theirs: SWE}}, status: metropolitan}",
         "islet: {in: [north-atlantic], sovereign: CHL, status: overseas}"),
    )  # fmt: skip


def _maybe(dice: Random, *words: str, empty: int = 1) -> str:
    return dice.choice((*([""] * empty), *words))


def _clean(*parts: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


def _facts(dice: Random, names: list[str], events: list[str]) -> tuple[str, ...]:
    found = []
    for name in names:
        found.append(_maybe(dice, *(f"{name}.ready: {x}" for x in ("yes", "no", "contested")), empty=4))
        found.append(_maybe(dice, f"{name}.ready@{dice.choice(STATES)}: {dice.choice(('yes', 'no'))}", empty=5))
        found.append(_maybe(dice, f"{name}.ready@{dice.choice(events)}: {dice.choice(('yes', 'no'))}", empty=5))
        found.append(_maybe(dice, f"{name}.applies: yes", f"{name}.applies: no", empty=3))
        found.append(_maybe(dice, f"{name}.in-force: null", f"{name}.in-force: 2001-05-02", empty=12))
    found.append(_maybe(dice, "government-of-BEL: junta", "government-of-BEL: {contested: {junta: a, BEL: b}}",
                        "government-of-BEL: [{until: 2001-05-03, value: BEL}, {since: 2001-05-03, value: junta}]", empty=1))  # fmt: skip
    return _clean(*found)


def _event(dice: Random, number: int) -> tuple[str, ...]:
    day = dice.choice((*DAYS, *DAYS, "2001-05"))
    date = f"date: {day}"
    until = (
        _maybe(dice, "until: 2001-05-10", "until: 2001-05-20", empty=6) if day < "2001-05-10" and len(day) > 7 else ""
    )
    one, two, three = dice.sample(STATES, 3)
    if dice.random() < 0.68:
        by = f"by: {dice.choice((one, one, one, one, 'band'))}" if dice.random() < 0.8 else f"by: [{one}, {three}]"
        on = (
            f"on: {two}"
            if dice.random() < 0.8
            else f"on: [{two}, {dice.choice([s for s in STATES if s not in (one, two, three)])}]"
        )
        kind = dice.choice(BLOWS)
        return _clean(
            date, until, f"kind: {kind}", by if kind != "armed-rebellion" else _maybe(dice, "by: band"), on,
            _maybe(dice, "provoked: yes", "provoked: no", "provoked: contested", empty=3),
            _maybe(dice, "scale: grave", "scale: minor", empty=4), _maybe(dice, "certainty: contested", empty=6),
            _maybe(dice, "means: [armed-force]", "means: [economic, arms]", empty=5),
            _maybe(dice, f"supported_by: {three}", "supported_by: {contested: {%s: it says so}}" % three, empty=5),
            _maybe(dice, "place: front", "place: islet", "place: {contested: {front: a, islet: b}}", empty=6),
            _maybe(dice, f"in_response_to: e{dice.randint(1, number - 1)}", "in_response_to: contested", empty=2) if number > 1 else "",
            _maybe(dice, f"in_defence_of: {three}", empty=7),
        )  # fmt: skip
    kind = dice.choice(WORDS)
    enemy = f"on: {three}" if "assistance" in kind and dice.random() < 0.6 else ""
    return _clean(
        date, until, f"kind: {kind}", f"by: {dice.choice((one, one, one, 'junta'))}", f"to: {two}" if dice.random() < 0.8 or kind in ("peace", "ceasefire", "waiver") else "", enemy,
        "stance: supports" if kind == "statement" else "", _maybe(dice, "under: pact", "under: other", empty=5) if kind == "request" else "",
        _maybe(dice, "certainty: contested", empty=6),
    )  # fmt: skip


def _pact(dice: Random, name: str, names: list[str]) -> Pact:
    parties = {}
    for code in dice.sample(STATES, dice.randint(2, 5)):
        parties[code] = _maybe(dice, "since: 2001-05-02", "until: 2001-05-10", "until: 2001-05-02", "since: 2001-05-03, until: 2001-05-20", "since: 2001-05",
                               "suspended: {since: 2001-05-02, from: organs}", "suspended: {since: 2001-05-02, toward: [%s]}" % dice.choice([x for x in STATES if x != code]), empty=9)  # fmt: skip
    start = dice.choice(
        (
            "2000-01-01",
            "2000-01-01",
            "2000-01-01",
            "2001-05-03",
            "{contested: {early: 2000-01-01, never: null}}",
            "2001-05",
        )
    )
    ends = dice.choice(("open", "open", "open", "open", "2001-05-10"))
    head = (f"title: {name}", f"kind: {dice.choice(('treaty', 'treaty', 'declaration'))}", f"in_force: {start}", f"ends: {ends}",
            "groups: {trio: [BEL, DNK, PER]}", "withdrawal: {notice: at once}", "questions: {ready: 'Was it ready?'}",
            "checked: {on: 2020-01-01, confidence: textbook}")  # fmt: skip
    return Pact(head, parties, {str(n): _rule(dice, name, n, names) for n in range(1, dice.randint(1, 4) + 1)})


WHO = (
    "other-parties", "other-parties", "other-parties", "party", "DNK", "[CHL, SWE]", "trio", "{all: [party, {not: target}]}", "{all: [other-parties, {not: DNK}]}", "target",
)  # fmt: skip
EFFECTS = (
    "must: assist", "must: assist", "must: fight", "must: [aid, consult]", "may: fight", "must: stay-neutral", "must_not: help-enemy",
    "must: mobilise", "must_not: [make-separate-peace, help-enemy]",
)  # fmt: skip


def _condition(dice: Random, deep: int = 0) -> str:
    simple = (
        "{requested_by: target}", "{requested_by: target}", "{question: ready}", "{question: ready}", "{happened: {event: threat-of-force, by: actor, before: event}}",
        "{happened: {event: [use-of-force, resort-to-war], by: bearer, on: actor}}", "{happened: {event: request, by: target, to: bearer}}",
        "{happened: {event: hostile-act, on: target, before: event, within: 5 days}}", "{happened: {event: statement, stance: supports, after: event}}",
        "{happened: {event: hostile-act, by: {all: [actor, any-state]}, on: target}}",
        "{helps: {who: CHL, whom: target, against: actor}}", "{helps: {who: bearer, whom: target, against: actor}}", "{adversaries: {of: any-state, at_least: 2}}",
        "{bound: {who: bearer, by: other}}", "{bound: {who: DNK, by: pact}}",
    )  # fmt: skip
    if deep < 2 and dice.random() < 0.25:
        one, two = _condition(dice, deep + 1), _condition(dice, deep + 1)
        return dice.choice((f"{{any: [{one}, {two}]}}", f"{{all: [{one}, {two}]}}", f"{{not: {one}}}"))
    return dice.choice(simple)


def _when(dice: Random) -> str:
    kinds = dice.choice(
        (
            "armed-attack",
            "armed-attack",
            "armed-attack",
            "use-of-force",
            "resort-to-war",
            "[armed-attack, threat]",
            "economic-sanctions",
            "aggression",
            "hostile-act",
        )
    )
    side = dice.choice(
        ("on: party", "on: party", "on: party", "involves: party", "on: trio", "on: BEL", "on: any-state")
    )
    place = _maybe(
        dice,
        "place: {territory_of: target}",
        "place: {status: overseas}",
        "place: {in: [europe]}",
        "place: {outside: [europe]}",
        empty=14,
    )
    return "when: {" + ", ".join(_clean(
        f"event: {kinds}", side, _maybe(dice, "by: non-party", "by: any-state", "by: {not: SWE}", "by: party", empty=5), _maybe(dice, "provoked: no", "provoked: yes", empty=4),
        _maybe(dice, "scale: grave", empty=7), _maybe(dice, "means: [armed-force]", empty=12), _maybe(dice, "supported_by: any-state", "supported_by: CHL", empty=14),
        _maybe(dice, "response: any", empty=5), place,
    )) + "}"  # fmt: skip


def _rule(dice: Random, name: str, number: int, names: list[str]) -> tuple[str, ...]:
    when = _when(dice)
    conditions = [_condition(dice) for _ in range(dice.choice((0, 0, 0, 1, 1, 2)))]
    exceptions = [
        dice.choice(
            (
                "{consent_of: target}",
                "{question: ready}",
                "{happened: {event: threat, by: target, on: actor, before: event}}",
            )
        )
        for _ in range(dice.choice((0, 0, 0, 1)))
    ]
    tests = _clean(
        f"if: [{', '.join(conditions)}]" if conditions else "",
        f"unless: [{', '.join(exceptions)}]" if exceptions else "",
    )
    fate = dice.random()
    if fate < 0.18 and "involves" not in when and "bearer" not in " ".join(tests):
        label = dice.choice(("armed-attack", "aggression"))
        return (when, *tests, dice.choice((f"counts_as: {{event: {label}, on: target, by: actor}}", f"counts_as: {{event: {label}, on: target, by: actor}}",
                f"counts_as: {{event: {label}, on: trio, by: actor}}", f"counts_as: {{event: {label}, on: target, by: sponsor}}" if "supported_by" in when else f"counts_as: {{event: {label}, on: trio, by: actor}}")),
                *_clean(_maybe(dice, "for: all", empty=3)))  # fmt: skip
    if fate < 0.25:
        return (
            when,
            *tests,
            f"who: {dice.choice(('party', 'DNK', 'other-parties'))}",
            f"no_duty: {dice.choice(('assist', 'fight'))}",
        )
    if fate < 0.35:
        who, effect, whom = dice.choice((("target", "may: use-force", "actor"), ("{all: [any-state, {not: target}]}", "may: use-force", "actor"), ("other-parties", "must_not: use-force", "actor"),
                                         ("party", "must: consult", "other-parties"), ("party", "must_not: help-enemy", "{all: [party, {not: bearer}]}")))  # fmt: skip
        return (when, *tests, f"who: {who}", effect, f"whom: {whom}")
    home, rank = dice.choice(("this", "this", *names)), dice.choice([n for n in (1, 2, 3) if n != number])
    priority = _maybe(dice, f"overrides: [{home}/{rank}]", f"yields_to: [{home}/{rank}/r]", empty=6)
    return (when, *tests, f"who: {dice.choice(WHO)}", dice.choice(EFFECTS), *_clean(
        _maybe(dice, "jointly: yes", empty=14), _maybe(dice, "decides_whether: bearer", empty=14), priority, _maybe(dice, "from: 2001-05-02", "until: 2001-05-10", empty=16),
        _maybe(dice, "whom: target", empty=2)))  # fmt: skip
