"""A treaty and a crisis as frozen, typed values; each knows the place it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from foedera.dates import Interval, Period, When
from foedera.language.node import Node
from foedera.problems import Span
from foedera.states.registry import Place, Registry
from foedera.states.values import Datum


class Source(Struct, frozen=True):
    """Where a statement can be looked up."""

    title: str
    url: str | None
    note: str | None
    unts: str | None
    lnts: str | None


class Who(Struct, frozen=True):
    """A set of states or bodies: a code, a role, a group, or a combination.

    `op` is `code`, `role`, `group`, `any`, `all` or `not`; `name` serves the first three, `parts` the others.
    """

    op: str
    name: str = ""
    parts: tuple[Who, ...] = ()

    def __str__(self) -> str:
        if self.op in ("code", "role", "group"):
            return self.name
        return f"{self.op}({', '.join(map(str, self.parts))})"

    def flat(self) -> Iterator[Who]:
        """Itself and all that it is combined of."""
        yield self
        for part in self.parts:
            yield from part.flat()

    def roles(self) -> set[str]:
        """The roles that it names, in whatever combination."""
        return {part.name for part in self.flat() if part.op == "role"}


class Limb(Struct, frozen=True):
    """One way to be inside an area or at a place; all tests given must hold.

    `inside` names areas of the instrument, regions or states; latitudes are in degrees north.
    """

    at: Span
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    territory_of: Who | None = None
    islands_of: Who | None = None
    administered_by: Who | None = None
    sovereign: Who | None = None
    status: tuple[str, ...] = ()
    north_of: float | None = None
    south_of: float | None = None
    clause: str | None = None


class Area(Struct, frozen=True):
    """A named set of places: any limb, but none of the exceptions; `covers` says what is protected there."""

    id: str
    at: Span
    covers: tuple[str, ...]
    any: tuple[Limb, ...]
    excepted: tuple[Limb, ...]
    says: str | None


class Pattern(Struct, frozen=True):
    """What an event must be like: kinds (sub-kinds included), author, victim, place, attributes."""

    at: Span
    kinds: tuple[str, ...]
    by: Who | None = None
    on: Who | None = None
    involves: Who | None = None
    response: bool = False
    provoked: str | None = None
    supported_by: Who | None = None
    scale: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    finding: tuple[str, ...] = ()
    organ: tuple[str, ...] = ()
    to: Who | None = None
    under: tuple[str, ...] = ()
    place: Limb | None = None


class Condition(Struct, frozen=True):
    """One entry of `if` or `unless`; `op` is the key that was written."""

    op: str
    at: Span
    who: Who | None = None
    organ: str | None = None
    finding: str | None = None
    pattern: Pattern | None = None
    before: Pattern | str | None = None
    after: Pattern | str | None = None
    within: Period | None = None
    whom: Who | None = None
    against: Who | None = None
    at_least: int = 1
    treaty: str | None = None
    question: str | None = None
    parts: tuple[Condition, ...] = ()


class Expect(Struct, frozen=True):
    """What an answer should be; a word left out matches any."""

    at: Span
    spots: Mapping[str, Span]
    branch: str | None
    on: When | None
    reading: str | None
    known_to: str | None
    cascade: bool
    who: tuple[str, ...]
    whom: tuple[str, ...]
    against: tuple[str, ...]
    must: tuple[str, ...]
    may: tuple[str, ...]
    must_not: tuple[str, ...]
    counts_as: tuple[str, ...]
    under: str | None
    holds: str | None
    binding: str | None
    since: When | None
    status: str | None
    missing: tuple[str, ...]
    hinges_on: tuple[str, ...]
    dilemma: tuple[str, ...]
    between: tuple[str, ...]
    severity: str | None
    resolved_by: str | None
    nothing: tuple[str, ...]


class Example(Struct, frozen=True):
    """A crisis in small beside a rule: what is given and what then must come out."""

    at: Span
    given: tuple[Event, ...]
    facts: Mapping[str, Datum]
    on: When | None
    then: Expect


class Rule(Struct, frozen=True, dict=True):
    """Under an article: when this happens, it counts as that, or somebody must, may, must not do an act."""

    id: str
    article: str
    at: Span
    when: Pattern | None
    conditions: tuple[Condition, ...]
    exceptions: tuple[Condition, ...]
    modality: str
    acts: tuple[str, ...]
    who: Who
    whom: Who | None
    against: Who | None
    counts_on: Who | None
    counts_by: Who | None
    for_all: bool
    means: tuple[str, ...]
    ends: Pattern | None
    deadline: Period | None
    before_trigger: bool
    jointly: bool
    decides_whether: str | None
    decides_how: str | None
    strength: str | None
    overrides: tuple[str, ...]
    yields_to: tuple[str, ...]
    without_prejudice_to: tuple[str, ...]
    force: Interval
    secret_until: When | None
    says: str | None
    sources: tuple[Source, ...]
    examples: Mapping[str, Example]

    @cached_property
    def path(self) -> str:
        """`article/rule`."""
        return f"{self.article}/{self.id}"

    @cached_property
    def bearer_roles(self) -> frozenset[str]:
        """The roles by which it names its bearers."""
        return frozenset(self.who.roles())


class NotModelled(Struct, frozen=True):
    """A clause that the language cannot say yet."""

    clause: str
    why: str


class Article(Struct, frozen=True):
    """An article: what it says in our own words, its rules, and what is left out."""

    key: str
    at: Span
    title: str | None
    says: str
    sources: tuple[Source, ...]
    not_modelled: tuple[NotModelled, ...]
    open: tuple[str, ...]
    rules: tuple[Rule, ...]
    secret_until: When | None


class Change(Struct, frozen=True):
    """What a reading changes: rules by path, and the instrument's own keys."""

    rules: Mapping[str, Rule | None]
    own: Mapping[str, Any]


class ReadingOption(Struct, frozen=True):
    """One answer to an open question of interpretation, with who holds it."""

    name: str
    at: Span
    says: str
    standing: str
    held_by: tuple[str, ...]
    source: str | None
    change: Change


class Reading(Struct, frozen=True):
    """An open question of interpretation; `plain` is the text as typed."""

    id: str
    at: Span
    asks: str
    plain: ReadingOption
    options: Mapping[str, ReadingOption]


class Suspended(Struct, frozen=True):
    """A suspension: from organs only (still bound), or of the bond itself, perhaps only toward some."""

    interval: Interval
    toward: tuple[str, ...]
    from_: str | None
    why: str | None


class Party(Struct, frozen=True):
    """A party with its dated membership; `since` None means from the instrument's entry into force."""

    code: str
    at: Span
    since: When | None
    until: When | None
    why: str | None
    signed: When | None
    suspended: tuple[Suspended, ...]

    @property
    def days(self) -> set[date]:
        """The days on which its bond may begin, pause or end."""
        pauses = [day for spell in self.suspended for day in (spell.interval.since, spell.interval.until)]
        return {
            day for when in (self.since, self.until, *pauses) if when is not None for day in (when.first, when.last)
        }


class Organ(Struct, frozen=True):
    """A body of the instrument: who sits in it, how it decides, on what, and whom it binds."""

    id: str
    at: Span
    members: Who
    votes: str
    share: tuple[int, int] | None
    sole: str | None
    competent: tuple[str, ...]
    binds: str


class Treaty(Struct, frozen=True, dict=True):
    """An instrument: treaty, declaration, statute, resolution or draft.

    `accepted` says, by code, why a piece of advice about its drafting is not followed.
    """

    id: str
    title: str
    short: str | None
    kind: str
    binding: str
    organisation: str | None
    signed: When | None
    in_force: Datum
    ends: When | None
    effective_end: When | None
    ends_why: str | None
    parties: Mapping[str, Party]
    parties_of: str | None
    all_states: bool
    groups: Mapping[str, tuple[str, ...]]
    organs: Mapping[str, Organ]
    areas: Mapping[str, Area]
    withdrawal: Period | None
    subject_to: tuple[str, ...]
    prevails_over_all: bool
    secret_until: When | None
    text: str | None
    numbers: Mapping[str, str]
    sources: tuple[Source, ...]
    checked_on: When | None
    confidence: str
    questions: Mapping[str, str]
    accepted: Mapping[str, str]
    articles: Mapping[str, Article]
    readings: Mapping[str, Reading]
    at: Span
    spots: Mapping[str, Span]
    rule_nodes: Mapping[str, Node] = field(default_factory=dict)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of the articles."""
        return tuple(rule for article in self.articles.values() for rule in article.rules)

    @cached_property
    def party_days(self) -> frozenset[date]:
        """The days on which a party's bond may begin, pause or end, by the file."""
        return frozenset(day for party in self.parties.values() for day in party.days)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The kinds that its rules count events as."""
        return frozenset(kind for rule in self.rules if rule.modality == "counts_as" for kind in rule.acts)

    @cached_property
    def by_path(self) -> Mapping[str, Rule]:
        """Each rule by `article/rule`."""
        return {rule.path: rule for rule in self.rules}

    def read_as(self, question: str, option: str) -> Treaty:
        """The treaty as an answer to one of its open questions has it, put together at the first asking."""
        key = (question, option)
        if key not in self._read:
            self._read[key] = apply_change(self, self.readings[question].options[option].change)
        return self._read[key]

    @cached_property
    def _read(self) -> dict[tuple[str, str], Treaty]:
        return {}

    @property
    def starts(self) -> tuple[When, ...]:
        """The days on which it enters into force, as the file has them; more than one where that is contested."""
        values = (option.value for spell in self.in_force for option in spell.options)
        return tuple(value for value in values if value is not None)

    def __repr__(self) -> str:
        return f"<Treaty {self.id}>"


def apply_change(treaty: Treaty, change: Change) -> Treaty:
    """The treaty as a reading has it; what it leaves alone stays the very same."""
    own = dict(change.own)
    if change.rules:
        own["articles"] = {
            key: replace(article, rules=tuple(_changed(article.rules, change)))
            for key, article in treaty.articles.items()
        }
    if isinstance(own.get("parties"), Mapping):
        was = treaty.parties
        own["parties"] = {
            code: was[code] if was.get(code) == party else party for code, party in own["parties"].items()
        }
    return replace(treaty, **own)


def _changed(rules: Iterable[Rule], change: Change) -> Iterable[Rule]:
    for rule in rules:
        changed = change.rules.get(rule.path, rule)
        if changed is not None:
            yield changed


class Actor(Struct, frozen=True):
    """Somebody who acts in a crisis: a government of a state, an armed group, an invented state …"""

    id: str
    at: Span
    kind: str
    of: str | None
    name: str | None


class Event(Struct, frozen=True):
    """Something somebody did on a day."""

    id: str
    at: Span
    spots: Mapping[str, Span]
    date: When | None
    until: When | None
    kinds: tuple[str, ...]
    by: tuple[str, ...]
    on: tuple[str, ...]
    place: Datum | None
    provoked: Datum | None
    in_response_to: tuple[str, ...]
    response_contested: bool
    in_defence_of: tuple[str, ...]
    supported_by: Datum | None
    means: tuple[str, ...]
    scale: str | None
    to: tuple[str, ...]
    stance: str | None
    quote: str | None
    says: str | None
    under: str | None
    organ: str | None
    finding: str | None
    votes: Mapping[str, str]
    known_since: When | None
    known_to: tuple[str, ...]
    source: Source | None
    contested: bool


class Bundle(Struct, frozen=True):
    """A reading of a crisis: facts, treaty readings and contested events that it settles."""

    id: str
    at: Span
    says: str
    set: Mapping[str, str]
    standing: str
    held_by: tuple[str, ...]
    source: str | None
    change: Mapping[str, Node]


class Branch(Struct, frozen=True):
    """What if: a day on which history stops, events added and dropped, facts settled."""

    id: str
    at: Span
    says: str
    start: When | None
    add: tuple[Event, ...]
    drop: tuple[str, ...]
    facts: Mapping[str, Datum]


class Crisis(Struct, frozen=True):
    """Actors, events, contested facts, branches, and what the answers should be."""

    id: str
    title: str
    says: str | None
    at: Span
    period_from: When | None
    period_to: When | None
    instruments: tuple[str, ...] | None
    treaties: Mapping[str, Treaty]
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    open: tuple[str, ...]
    events: tuple[Event, ...]
    facts: Mapping[str, Datum]
    readings: Mapping[str, Bundle]
    branches: Mapping[str, Branch]
    expect: tuple[Expect, ...]

    def leaves_open(self, name: str, registry: Registry) -> bool:
        """Whether a name such as `NOR.request` is about somebody, and a kind of event that the crisis leaves open."""
        who, _, kind = name.rpartition(".")
        organs = (organ for treaty in self.treaties.values() for organ in treaty.organs)
        known = who == "somebody" or who in self.actors or registry.find(who) is not None or who in organs
        return kind in self.open and known

    def __repr__(self) -> str:
        return f"<Crisis {self.id}>"
