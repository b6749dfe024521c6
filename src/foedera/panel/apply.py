"""Alliances judged in wars, in bulk: did a war put an alliance's promise to the test?

A row names an alliance and a war. The war becomes a crisis, each phase of the alliance an instrument (ours where the
library has the treaty, else one made from ATOP's codes), and the engine assesses it. The case arises when help or
neutrality falls due, or when members make war on one another against a promise not to; consultation alone does not count.
These are the coding rules of Leeds, Long and Mitchell, "Reevaluating Alliance Reliability", JCR 44(5), 2000, 686-699.
Where the answer hangs on what nobody stated, `applies` is `depends`, and `best` is what follows from presumptions that are
the same for every row (`presumed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from foedera.answers.words import cited, day_words, finding_sentence, near_miss_sentence, treaty_name
from foedera.engine.answer_types import Assessment, Finding
from foedera.engine.assess import assess
from foedera.engine.case import Case
from foedera.engine.missing import near_misses
from foedera.language.sentences import listed
from foedera.language.types import Crisis, Event, Treaty
from foedera.library import Library
from foedera.panel.presumptions import presumed
from foedera.panel.wars import Row, War, crisis_of
from foedera.sources.atop import Member
from foedera.sources.atop_rules import phase_instrument, phases
from foedera.states.values import Datum, settled
from foedera.truth import UNKNOWN, YES, Truth, any_of

HELP = frozenset(("fight", "assist", "aid"))
NEUTRAL = frozenset(("stay-neutral", "help-enemy"))
FORCE = frozenset(("use-force",))
TESTED = HELP | NEUTRAL | FORCE


class Applied(Struct, frozen=True):
    """The answer for a row: whether the alliance's case arose, the likelier answer, why, and under what."""

    row_id: str
    applies: str
    best: str
    because: str
    under: str


class Instrument(Struct, frozen=True):
    """An instrument of an alliance, those that it cannot be judged without, and when and why it was made.

    `coded` says that it comes from ATOP's codes; `of_a_war` that ATOP says it was made in a war; `begun` is the first
    day of the alliance's first phase.
    """

    treaty: Treaty
    beside: Mapping[str, Treaty]
    coded: bool
    of_a_war: bool
    begun: date


class Alliances:
    """Every alliance of ATOP's member level as instruments, each made at its first use; the library's own go first."""

    def __init__(self, members: Iterable[Member], library: Library) -> None:
        self._library = library
        self._phases: dict[int, list[tuple[Member, ...]]] = {}
        for rows in phases(members).values():
            self._phases.setdefault(rows[0].atopid, []).append(rows)
        self._own: dict[int, list[Treaty]] = {}
        for treaty in library.treaties.values():
            if "atop" in treaty.numbers and (treaty.numbers["atop"] or "").isdigit():
                self._own.setdefault(int(treaty.numbers["atop"]), []).append(treaty)
        self._made: dict[int, tuple[Instrument, ...]] = {}

    def alive(self, atopid: int, war: War) -> list[Instrument]:
        """The instruments of an alliance that a war may concern: the library's own, or else the coded ones."""
        if atopid not in self._made:
            self._made[atopid] = (*self._from_library(atopid), *self._from_codes(atopid))
        living = [one for one in self._made[atopid] if _alive(one.treaty, war)]
        return [one for one in living if not one.coded] or living

    def _from_library(self, atopid: int) -> Iterator[Instrument]:
        for treaty in self._own.get(atopid, []):
            parent = {treaty.parties_of: self._library.treaties[treaty.parties_of]} if treaty.parties_of else {}
            yield Instrument(treaty, parent, False, False, date.min)

    def _from_codes(self, atopid: int) -> Iterator[Instrument]:
        found = self._phases.get(atopid, [])
        begun = min((row.since.first for rows in found for row in rows), default=date.min)
        for rows in found:
            of_a_war = any(row.clauses.wartime == 1 for row in rows)
            yield Instrument(phase_instrument(rows, self._library.registry), {}, True, of_a_war, begun)


def apply_rows(rows: Iterable[Row], alliances: Alliances, library: Library) -> Iterator[Applied]:
    """The answer for each row."""
    for row in rows:
        yield apply(row, alliances.alive(row.atopid, row.war), library)


def apply(row: Row, instruments: Iterable[Instrument], library: Library) -> Applied:
    """Whether a war put an alliance to the test; `instruments` are those in force in it."""
    crisis = crisis_of(row.war)
    tried = [_try(crisis, row.war, one, library) for one in instruments]
    if not tried:
        return Applied(row.id, "no", "no", "no instrument of the alliance was in force in the war", "")
    return replace(max(tried, key=_weight), row_id=row.id)


def _weight(answer: Applied) -> tuple[bool, bool, bool]:
    return (answer.applies == "yes", answer.best == "yes", answer.applies == "depends")


def _alive(treaty: Treaty, war: War) -> bool:
    starts = [o.value.first for spell in treaty.in_force for o in spell.options if o.value is not None]
    return min(starts, default=date.max) <= war.end and (treaty.ends is None or treaty.ends.last > war.start)


def _try(crisis: Crisis, war: War, instrument: Instrument, library: Library) -> Applied:
    """The answer of one instrument: on the last day for what fell due, on the days of fights between members for bans."""
    told = replace(crisis, facts=_facts(crisis, instrument))
    days = sorted({war.end, *_fights(crisis, instrument.treaty)})
    plain = [assess(_case(told, instrument, day, None, library)) for day in days]
    counted = [(a, f) for a in plain for f in a.findings if _counts(f, instrument.treaty, crisis.events)]
    holds = any_of(finding.holds for _, finding in counted)
    if holds is YES:
        return _because(counted, YES, "yes", "yes")
    if holds is not UNKNOWN:
        return Applied("", "no", "no", _lacking(plain[-1], instrument.treaty, crisis.events), "")
    hinges = sorted({hinge for _, finding in counted for hinge in finding.hinges})
    reading = presumed(hinges, instrument.treaty, crisis.events)
    likely = [assess(_case(told, instrument, day, reading, library)) for day in days]
    best = any(f.holds is YES and _counts(f, instrument.treaty, crisis.events) for a in likely for f in a.findings)
    answer = _because(counted, UNKNOWN, "depends", "yes" if best else "no")
    words = sorted({hinge.rpartition(".")[2] for hinge in hinges}) or ["a reading"]
    return replace(answer, because=f"{answer.because} It hangs on: {listed(words)}.")


def _case(crisis: Crisis, instrument: Instrument, day: date, reading: str | None, library: Library) -> Case:
    treaties = {instrument.treaty.id: instrument.treaty, **instrument.beside}
    pairs = {(by, on) for event in crisis.events for by in event.by for on in event.on}
    return Case(crisis, treaties, library.registry, day, reading=reading, pairs=frozenset(pairs))


def _fights(crisis: Crisis, treaty: Treaty) -> Iterator[date]:
    """The days on which a member made war: those on which a standing rule may bear on it."""
    for event in crisis.events:
        if event.date is not None and set(event.by) & set(treaty.parties):
            yield event.date.first


def _counts(finding: Finding, treaty: Treaty, events: Iterable[Event]) -> bool:
    """Whether a finding puts the promise to the test: what fell due, or a ban between members who fought."""
    if finding.treaty.id != treaty.id:
        return False
    if finding.modality == "must" and finding.act in HELP | NEUTRAL | FORCE:
        return True
    if finding.standing:
        banned = finding.modality == "must_not" and finding.act == "use-force" and finding.toward in treaty.parties
        return banned and any(finding.bearer in e.by and finding.toward in e.on for e in events)
    return finding.modality == "must_not" and finding.act == "help-enemy"


def _because(counted: Iterable[tuple[Assessment, Finding]], holds: Truth, applies: str, best: str) -> Applied:
    """The answer with the first finding of that truth as its reason."""
    held = [(a, f) for a, f in counted if f.holds is holds]
    assessment, finding = min(
        held, key=lambda pair: (pair[1].since, pair[1].rule.path, pair[1].bearer, pair[1].toward or "")
    )
    sentence = finding_sentence(assessment.world, finding)
    if finding.modality == "must_not" and finding.standing:
        sentence = f"{sentence[:-1]}, and they fought on opposite sides."
    words = f"{sentence[:-1]} ({cited(finding.treaty, finding.rule.article)}), since {day_words(finding.since)}."
    return Applied("", applies, best, words, f"{finding.treaty.id}/{finding.rule.path}")


def _lacking(assessment: Assessment, treaty: Treaty, events: Iterable[Event]) -> str:
    """Why nothing was put to the test: what the nearest duty lacked, or that the instrument has none."""
    world = assessment.world
    tested = [rule for rule in treaty.rules if rule.modality in ("must", "must_not") and TESTED.intersection(rule.acts)]
    owed = sorted({act for rule in tested if rule.modality == "must" for act in rule.acts if act in TESTED})
    if not tested:
        return f"{treaty_name(treaty)} promises no help, neutrality or non-aggression"
    if not owed:
        return f"no member made war on another ({treaty_name(treaty)})"
    fighting = {code for event in events for code in (*event.by, *event.on)} & set(treaty.parties)
    misses = [
        miss for toward in sorted(fighting) for act in owed for bearer in sorted(set(treaty.parties) - {toward})[:6]
        for miss in near_misses(world, bearer, "must", act, toward, [treaty]) if miss.rule is not None
    ]  # fmt: skip
    if not misses:
        return f"no war of a member that the promise speaks of ({treaty_name(treaty)})"
    nearest = min(misses, key=lambda miss: ("party" in {m.condition for m in miss.missing}, len(miss.missing)))
    known = tuple(part for part in nearest.missing if part.condition != "party") or nearest.missing
    return near_miss_sentence(world, replace(nearest, missing=known))


def _facts(crisis: Crisis, instrument: Instrument) -> dict[str, Datum]:
    """What dates tell about a coded instrument's questions: a pact made in a war is about that war and no other."""
    if not instrument.coded or not instrument.of_a_war:
        return {}
    assert crisis.period_from is not None and crisis.period_to is not None
    same = crisis.period_from.first <= instrument.begun <= crisis.period_to.last
    asked = (question for question in instrument.treaty.questions if question.endswith("-conflict"))
    return {f"{instrument.treaty.id}.{question}": settled("yes" if same else "no", crisis.at) for question in asked}
