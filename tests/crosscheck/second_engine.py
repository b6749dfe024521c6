"""A second engine: treaties, facts and events as a clingo program, written from DESIGN.md and not from the engine.

`translate` writes the program of a case; `solve` gives its findings: true in every world is yes, in some is depends.
Standing rules are left out. `Out` says which rules are not translated, and why.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import clingo

from foedera.dates import Interval, When
from foedera.language.types import Condition, Crisis, Event, Limb, Pattern, Rule, Treaty, Who
from foedera.language.vocabulary import KINDS, LASTING, MEANS, SCALES, ancestors, meets
from foedera.states.registry import Registry
from foedera.states.values import Datum
from foedera.truth import NO

RULES = (Path(__file__).parent / "rules.lp").read_text(encoding="utf-8")
Key = tuple[str, str, str, str, str, str, str]  # bearer, modality, act, toward, enemy, treaty, rule

# acts whose finding names no enemy (DESIGN 3 gives one to "all others"; the answers of the engine keep it to these)
NO_ENEMY = frozenset(
    ("use-force", "intervene", "threaten-force", "settle-peacefully", "contribute", "carry-out", "give-notice")
)
OPEN_ROLES = frozenset(("any-state", "anyone", "non-party", "great-power", "european-power", "organisation"))
CONTEXT = "E,D,A,V,S,B,W,X"
YES_NO = ("yes", "no")


class CannotTranslate(Exception):
    """A rule says something that this engine does not know."""


@dataclass
class Program:
    """A clingo program with what is needed to read its answer."""

    lines: list[str] = field(default_factory=list)
    rules: dict[str, tuple[Treaty, Rule]] = field(default_factory=dict)
    skipped: dict[tuple[str, str], str] = field(default_factory=dict)
    questions: int = 0
    open_rules: set[tuple[str, str]] = field(default_factory=set)  # for any state: bearers are shown among `named`
    named: set[str] = field(default_factory=set)


def q(text: str) -> str:
    """A clingo string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def branch_events(crisis: Crisis, branch: str | None) -> tuple[Event, ...]:
    """The events of a branch: history stops the day before `from`; then dropped and added."""
    if branch is None:
        return crisis.events
    way = crisis.branches[branch]
    kept = [e for e in crisis.events if e.id not in way.drop]
    if way.start is not None:
        kept = [e for e in kept if e.date is not None and e.date.first < way.start.first]
    return (*kept, *way.add)


def out_of_scope(crisis: Crisis, branch: str | None, treaties: Mapping[str, Treaty]) -> str | None:
    """Why a whole crisis cannot be translated; None if it can."""
    events = branch_events(crisis, branch)
    facts = {**crisis.facts, **(crisis.branches[branch].facts if branch else {})}
    for name in facts:
        known = (
            name.startswith("government-of-") or name.rpartition(".")[0] in treaties or name.split(".")[0] in treaties
        )
        if not known and not any(name.startswith(f"{e.id}.") for e in events):
            return f"fact `{name}`"
    for event in events:
        if event.date is None:
            return "an event without date"
        if event.until is not None and not event.until.exact:
            return "an event whose end is known only in part"
    return None


class Translator:
    """Writes the program of one case."""

    def __init__(
        self,
        crisis: Crisis,
        treaties: Mapping[str, Treaty],
        registry: Registry,
        day: date,
        branch: str | None,
        asked: Iterable[str],
    ):
        self.crisis, self.treaties, self.registry, self.day = crisis, treaties, registry, day
        self.events = [e for e in branch_events(crisis, branch) if e.date is not None and e.date.first <= day]
        self.facts: dict[str, Datum] = {**crisis.facts, **(crisis.branches[branch].facts if branch else {})}
        self.asked = set(asked)
        self.program = Program()
        self.questions: set[str] = set()
        self.aux = 0
        self.days = self._days()
        patterns = [p for t in treaties.values() for r in t.rules if r.when is not None for p in _patterns(r)]
        self.asked_for = {
            word for p in patterns for word in ("provoked", "scale", "means", "supported_by") if getattr(p, word)
        }

    # small things ---------------------------------------------------------------------------------------------------

    def say(self, line: str) -> None:
        self.program.lines.append(line)

    def choice(self, name: str, options: Iterable[str]) -> str:
        """An open question; the literal head `pick(name,…)` is completed by the caller."""
        if name not in self.questions:
            self.questions.add(name)
            for option in options:
                self.say(f"opt({name},{option}).")
        return name

    def fresh(self, stem: str) -> str:
        self.aux += 1
        return f"{stem}{self.aux}"

    def _days(self) -> list[date]:
        """The days on which something may change, from the first event to the day asked about."""
        found = {self.day}
        starts = [e.date for e in self.events]
        first = min((w.first for w in starts), default=self.day)
        for event in self.events:
            found |= {event.date.first, *([event.date.last] if not event.date.exact else [])}
            if event.until is not None:
                found.add(event.until.first)
            if "notice-of-withdrawal" in event.kinds and (event.under or "").split("/")[0] in self.treaties:
                notice = self.treaties[(event.under or "").split("/")[0]].withdrawal
                if notice is not None:
                    found.add(notice.after(event.date.first))
        whens: list[When | None] = []
        for treaty in self.treaties.values():
            whens += [treaty.ends, treaty.effective_end]
            for datum in (treaty.in_force, self.facts.get(f"{treaty.id}.in-force")):
                whens += [o.value for s in datum or () for o in s.options]
            for party in treaty.parties.values():
                whens += [party.since, party.until]
                whens += [w for s in party.suspended for w in (s.interval.since, s.interval.until)]
            for rule in treaty.rules:
                whens += [rule.force.since, rule.force.until]
        for datum in self.facts.values():
            whens += [w for s in datum for w in (s.interval.since, s.interval.until)]
        for when in whens:
            if when is not None:
                found |= {when.first, when.last}
        return sorted(d for d in found if first <= d <= self.day)

    @staticmethod
    def n(day: date) -> int:
        return day.toordinal()

    def within(self, interval: Interval, day: date) -> bool | None:
        return interval.covers(day)

    # the whole ---------------------------------------------------------------------------------------------------------

    def run(self) -> Program:
        self.say(f"now({self.n(self.day)}).")
        for day in self.days:
            self.say(f"cday({self.n(day)}).")
        self._states()
        self._events()
        self.placed: set[str] = set()
        self._places()
        for treaty in self.treaties.values():
            self._treaty(treaty)
        self._skip_untranslatable()
        for treaty in self.treaties.values():
            for rule in treaty.rules:
                if rule.when is not None and (treaty.id, rule.path) not in self.program.skipped:
                    before = len(self.program.lines)
                    try:
                        self._rule(treaty, rule)
                    except CannotTranslate as why:
                        raise AssertionError(f"{treaty.id}/{rule.path}: {why} was not foreseen") from why
                    assert len(self.program.lines) >= before
        self._priority()
        self.program.named = self.named()
        self.program.questions = len(self.questions)
        return self.program

    def _skip_untranslatable(self) -> None:
        """Rules that say what cannot be translated, and those that such a rule may feed."""
        skipped = self.program.skipped
        everything = [(t, r) for t in self.treaties.values() for r in t.rules if r.when is not None]
        for treaty, rule in everything:
            lines, questions = list(self.program.lines), set(self.questions)
            try:
                self._rule(treaty, rule)
            except CannotTranslate as why:
                skipped[treaty.id, rule.path] = str(why)
            self.program.lines, self.questions = lines, questions
            self.program.rules.clear()
        changed = True
        while changed:
            changed = False
            for treaty, rule in everything:
                if (treaty.id, rule.path) in skipped:
                    continue
                for other, fed in everything:
                    if (other.id, fed.path) not in skipped:
                        continue
                    sees = fed.modality == "counts_as" and (fed.for_all or other.id == treaty.id)
                    label = sees and any(set(ancestors(k)) & set(rule.when.kinds) for k in fed.acts)
                    loses = any(self._points(p, treaty, other, fed) for p in rule.yields_to) or any(
                        self._points(p, other, treaty, rule) for p in fed.overrides
                    )
                    waived = fed.modality == "no_duty" and other.id == treaty.id and rule.modality == "must"
                    if label or loses or waived:
                        skipped[treaty.id, rule.path] = f"leans on {other.id}/{fed.path}"
                        changed = True
                        break

    def _points(self, path: str, home: Treaty, treaty: Treaty, rule: Rule) -> bool:
        name, _, rest = path.partition("/")
        name = home.id if name == "this" else name
        return name == treaty.id and rest in ("", rule.article, rule.path)

    def _priority(self) -> None:
        done = list(self.program.rules.items())
        for rid, (treaty, rule) in done:
            for other_id, (other, loser) in done:
                if any(self._points(p, treaty, other, loser) for p in rule.overrides) or any(
                    self._points(p, other, treaty, rule) for p in loser.yields_to
                ):
                    self.say(f"beats({rid},{other_id}).")
                if rule.modality == "no_duty" and loser.modality == "must" and treaty.id == other.id:
                    for act in loser.acts:
                        if any(meets(act, waived) for waived in rule.acts):
                            self.say(f"waives({rid},{other_id},{q(act)}).")

    # states, actors, governments ---------------------------------------------------------------------------------------

    def universe(self) -> set[str]:
        found = set(self.asked)
        for e in self.events:
            found |= {*e.by, *e.on, *e.to, *e.in_defence_of, *e.votes}
            for spell in e.supported_by or ():
                for option in spell.options:
                    found |= set(option.value or ())
        for actor in self.crisis.actors.values():
            found |= {actor.id, *([actor.of] if actor.of else [])}
        for treaty in self.treaties.values():
            found |= set(treaty.parties)
            for group in treaty.groups.values():
                found |= set(group)
            if treaty.organisation:
                found.add(treaty.organisation)
            for rule in treaty.rules:
                for who in (
                    rule.who,
                    rule.whom,
                    rule.against,
                    *((rule.when.by, rule.when.on, rule.when.involves) if rule.when else ()),
                ):
                    found |= set(_codes(who))
        return found - {"state"}

    def named(self) -> set[str]:
        """Those whom events name or somebody asks about: bearers of a rule for any state are shown among these."""
        return self.asked | {code for e in self.events for code in (*e.by, *e.on, *e.to, *e.in_defence_of)}

    def _states(self) -> None:
        known = self.registry
        europe = {code for code in known.states if "europe" in known.regions_of(code)}
        self.dom = sorted(self.universe())
        for code in self.dom:
            self.say(f"dom({q(code)}).")
            self.say(f"actor({q(code)}).")
            actor = self.crisis.actors.get(code)
            if actor is not None and actor.kind == "government" and actor.of:
                self.say(f"government({q(code)},{q(actor.of)}).")
            if (
                code in known.organisations
                or code in known.organs
                or (actor is not None and actor.kind == "organisation")
            ):
                self.say(f"org({q(code)}).")
            for day in self.days:
                if (actor is not None and actor.kind == "state") or (
                    actor is None and code in known.states and known.states[code].existed(day) is not NO
                ):
                    self.say(f"state({q(code)},{self.n(day)}).")
                if actor is None and code in known.states and known.is_great_power(code, day) is not NO:
                    self.say(f"greatpower({q(code)},{self.n(day)}).")
                if actor is None and code in europe and known.states[code].existed(day) is not NO:
                    self.say(f"europeanpower({q(code)},{self.n(day)}).")
        for code in {a.of for a in self.crisis.actors.values() if a.kind == "government" and a.of}:
            self._government(code)
        for act in ("assist", "fight", "aid"):
            self.say(f"helpact({q(act)}).")
        for kind in KINDS:
            for parent in ancestors(kind):
                self.say(f"sub({q(kind)},{q(parent)}).")
        for kind in self.crisis.open:
            for code in self.dom:
                self.say(f"open({q(code)},{q(kind)}).")
        if self.crisis.open:
            self.say("1 { pick(open(S,K),yes) ; pick(open(S,K),no) } 1 :- open(S,K).")
            self.questions.add("open")

    def _government(self, state: str) -> None:
        datum = self.facts.get(f"government-of-{state}")
        for day in self.days:
            options, name = self._on_day(datum, day, f"gov({q(state)}")
            for label, value in options:
                if value is None:
                    continue
                if name is None:
                    self.say(f"says({q(state)},{self.n(day)},{q(value)}).")
                else:
                    self.say(f"saysq({q(state)},{self.n(day)},{name},{q(label)},{q(value)}).")

    def _on_day(self, datum: Datum | None, day: date, stem: str) -> tuple[list[tuple[str, object]], str | None]:
        """The options on a day, and the question they answer (None: settled)."""
        for number, spell in enumerate(datum or ()):
            if spell.interval.covers(day) is not False:
                options = [(o.label, o.value) for o in spell.options]
                if len(options) == 1:
                    return options, None
                return options, self.choice(f"{stem})", [q(label) for label, _ in options])
        return [], None

    # events --------------------------------------------------------------------------------------------------------------

    def _events(self) -> None:
        for e in self.events:
            self._event(e)

    def _event(self, e: Event) -> None:
        me = q(e.id)
        self.say(f"ev({me}).")
        if e.contested:
            self.say(f"contested({me}).")
            self.choice(f"happened({me})", YES_NO)
        for kind in e.kinds:
            self.say(f"kind({me},{q(kind)}).")
        for word, codes in (
            ("by0", e.by),
            ("on0", e.on),
            ("to0", e.to),
            ("defence", e.in_defence_of),
            ("irt", e.in_response_to),
        ):
            for code in codes:
                self.say(f"{word}({me},{q(code)}).")
        assert e.date is not None
        if e.date.exact:
            self.say(f"starts({me},{self.n(e.date.first)}).")
        else:
            options = [d for d in self.days if e.date.first <= d <= e.date.last]
            options += [e.date.last] if e.date.last > self.day else []
            self.choice(f"date({me})", [str(self.n(d)) for d in sorted(set(options))])
            for day in options:
                if e.date.first < day <= self.day:
                    self.say(f":- deviates(partial_date), pick(date({me}),{self.n(day)}).")
        if e.until is not None:
            self.say(f"until({me},{self.n(e.until.first)}).")
        if LASTING.intersection(e.kinds):
            self.say(f"goeson({me}).")
        if e.response_contested:
            self.say(f"irtq({me}).")
            self.choice(f"response({me})", YES_NO)
        if "provoked" in self.asked_for:
            self._attribute(e, "provoked", e.provoked, YES_NO)
        if e.scale is not None:
            self.say(f"scale({me},{e.scale}).")
        elif "scale" in self.asked_for:
            self.choice(f"scale({me})", SCALES)
        for means in e.means:
            self.say(f"means({me},{q(means)}).")
        if not e.means and "means" in self.asked_for:
            self.choice(f"means({me})", map(q, MEANS))
        self._sponsors(e)
        for word, value in (("stance", e.stance), ("found", e.finding), ("under", e.under)):
            if value is not None:
                self.say(f"{word}({me},{q(value)}).")
                if word == "under":
                    self.say(f"underof({me},{q(value.split('/')[0])}).")
        for organ in {*([e.organ] if e.organ else []), *e.by}:
            self.say(f"of({me},{q(organ)}).")
        for code, vote in e.votes.items():
            self.say(f"vote({me},{q(code)},{vote}).")
        if e.votes:
            self.say(f"voted({me}).")
        treaty = self.treaties.get((e.under or "").split("/")[0])
        if treaty is not None:
            if {"accession", "ratification"}.intersection(e.kinds):
                self.say(f"joins({me},{q(treaty.id)}).")
            if "notice-of-withdrawal" in e.kinds and treaty.withdrawal is not None:
                self.say(f"leaves({me},{q(treaty.id)},{me}).")
                self.say(f"exits({me},{me},{self.n(treaty.withdrawal.after(e.date.first))}).")
            if "suspension" in e.kinds:
                self.say(f"pausing({me},{q(treaty.id)}).")

    def _attribute(self, e: Event, word: str, datum: Datum | None, options: Sequence[str]) -> None:
        found, name = self._on_day(datum, e.date.first, f"{word}({q(e.id)}")
        if len(found) == 1:
            self.say(f"{word}({q(e.id)},{found[0][1]}).")
        elif name is None or name not in self.questions:
            self.choice(f"{word}({q(e.id)})", options)
        else:
            for option in options:
                self.say(f"opt({name},{option}).")

    def _sponsors(self, e: Event) -> None:
        me = q(e.id)
        if "supported_by" not in self.asked_for:
            return
        if e.supported_by is None:
            self.choice(f"supported({me})", ("yes", "no"))
            self.say(f'sponsorq({me},yes,"somebody").')
            return
        options, name = self._on_day(e.supported_by, e.date.first, f"supported({me}")
        for label, value in options:
            for code in value or ():
                code = "somebody" if code == "state" else code
                self.say(f"sponsored({me},{q(code)})." if name is None else f"sponsorq({me},{q(label)},{q(code)}).")

    # instruments ----------------------------------------------------------------------------------------------------------

    def _treaty(self, t: Treaty) -> None:
        me = q(t.id)
        self.say(f"instrument({me}).")
        if t.prevails_over_all:
            self.say(f"supreme({me}).")
        if t.organisation:
            self.say(f"body({me},{q(t.organisation)}).")
            self.say(f"memberof({q(t.organisation)},{me}).")
            for organ in self.registry.organs.values():
                if organ.of == t.organisation:
                    self.say(f"memberof({q(organ.id)},{me}).")
        for organ in t.organs.values():
            votes = (
                f"sole({q(organ.sole)})"
                if organ.sole
                else f"share({organ.share[0]},{organ.share[1]})"
                if organ.share
                else organ.votes
            )
            self.say(f"organ({q(organ.id)},{me},{votes}).")
            for event in self.events:
                if (
                    organ.competent
                    and event.finding is not None
                    and not set(ancestors(event.finding)) & set(organ.competent)
                ):
                    self.say(f"incompetent({q(organ.id)},{q(event.id)}).")
            for tests in self.tests(organ.members, "X", t, "seat"):
                self.say(f"seated({q(organ.id)},{me},X,D) :- dom(X), cday(D), {', '.join(tests)}.")
        for name, codes in t.groups.items():
            for code in codes:
                self.say(f"group({me},{q(name)},{q(code)}).")
        datum = self.facts.get(f"{t.id}.in-force", t.in_force)
        for day in self.days:
            self._in_force(t, datum, day)
            self._parties(t, day)

    def _in_force(self, t: Treaty, datum: Datum, day: date) -> None:
        me, n = q(t.id), self.n(day)
        over = Interval(None, t.ends).covers(day)
        if over is False:
            return
        options, name = self._on_day(datum, day, f"force({me}")
        for label, value in options:
            begun = False if value is None else value.reached(day)
            if begun is False:
                continue
            if begun is None or over is None:
                later = self.reached(f"force({me},{q(label)})", value if begun is None else t.ends, day)
                lits = [later if begun is None else "not " + later]
                lits += [f"pick({name},{q(label)})"] if name else []
                self.say(f"inforce({me},{n}) :- {', '.join(lits)}.")
            elif name is None:
                self.say(f"force0({me},{n}).")
            else:
                self.say(f"forceq({me},{n},{name},{q(label)}).")

    def reached(self, name: str, when: When, day: date) -> str:
        """A literal: the date known in part has come by the day. One day is picked for each such date."""
        name = f"day{name}" if not name.startswith("day") else name
        options = sorted({d for d in self.days if when.first <= d <= when.last} | {when.first, when.last})
        self.choice(name, [str(self.n(d)) for d in options])
        literal = self.fresh("reached")
        self.say(f"{literal} :- pick({name},Z), Z <= {self.n(day)}.")
        return literal

    def _members(self, t: Treaty) -> Iterator[tuple[str, object]]:
        if t.parties_of is not None and t.parties_of in self.treaties:
            yield from self._members(self.treaties[t.parties_of])
        elif t.all_states:
            yield from ((code, None) for code in self.dom if code in self.registry.states)
        else:
            yield from t.parties.items()

    def _parties(self, t: Treaty, day: date) -> None:
        me, n = q(t.id), self.n(day)
        for code, party in self._members(t):
            if party is None:
                if self.registry.states[code].existed(day) is not NO:
                    self.say(f"party0({me},{q(code)},{n}).")
                continue
            self.say(f"counted({me},{q(code)}).")
            if party.until is not None:
                self.say(f"left({me},{q(code)}).")
            spans = [(Interval(party.since, party.until), True)]
            spans += [(s.interval, False) for s in party.suspended if s.from_ is None and not s.toward]
            lits: list[str] | None = []
            for interval, wanted in spans:
                state = interval.covers(day)
                if state is None:
                    bound = []
                    for label, when, positive in (("since", interval.since, True), ("until", interval.until, False)):
                        if when is not None and not when.exact:
                            literal = self.reached(f"day({me},{q(code)},{q(str(when))},{label})", when, day)
                            bound.append(literal if positive else f"not {literal}")
                    if not wanted:
                        paused = self.fresh("paused")
                        self.say(f"{paused} :- {', '.join(bound)}.")
                        bound = [f"not {paused}"]
                    lits = None if lits is None else [*lits, *bound]
                elif state is not wanted:
                    lits = None
            if any(s.from_ is None and not s.toward and s.interval.covers(day) for s in party.suspended):
                self.say(f"paused({me},{q(code)},{n}).")
            if lits is not None:
                self.say(f"party0({me},{q(code)},{n})" + (f" :- {', '.join(lits)}." if lits else "."))
            for s in party.suspended:
                if s.from_ is None and s.toward and s.interval.covers(day):
                    for other in s.toward:
                        self.say(f"suspended({me},{q(code)},{q(other)},{n}).")

    # who -----------------------------------------------------------------------------------------------------------------------

    def tests(self, who: Who | None, var: str, t: Treaty, place: str) -> list[list[str]]:
        """A disjunction of conjunctions of literals that say that `var` is one of these."""
        return [[]] if who is None else self._dnf(who, var, t, place, True)

    def _dnf(self, who: Who, var: str, t: Treaty, place: str, positive: bool) -> list[list[str]]:
        if who.op == "not":
            return self._dnf(who.parts[0], var, t, place, not positive)
        if who.op in ("any", "all"):
            parts = [self._dnf(part, var, t, place, positive) for part in who.parts]
            if (who.op == "any") == positive:
                return [conjunction for part in parts for conjunction in part]
            return [sum(combination, []) for combination in itertools.product(*parts)]
        literals = self._literals(who, var, t, place)
        if positive:
            return [literals]
        return [[_negated(literal)] for literal in literals]

    def _literals(self, who: Who, var: str, t: Treaty, place: str) -> list[str]:
        me = q(t.id)
        if who.op == "code":
            return [f"{var} = {q(who.name)}"]
        if who.op == "group":
            return [f"group({me},{q(who.name)},{var})"]
        match who.name:
            case "party":
                return [f"party({me},{var},D)"]
            case "other-parties":
                if place == "whom":
                    return [f"party({me},{var},D)", f"{var} != B"]
                if place == "joint":
                    return [f"party({me},{var},D)", f"{var} != V"]
                return [f"party({me},{var},D)", f"{var} != V", f"not side(E,D,A,V,{var})"]
            case "non-party":
                return [
                    f"not party({me},{var},D)",
                    f"state({var},D)",
                ]  # a State that is none; a band is no party either, but no Power
            case "any-state":
                return [f"state({var},D)"]
            case "anyone":
                return [f"{var} = {var}"]
            case "great-power":
                return [f"greatpower({var},D)"]
            case "european-power":
                return [f"europeanpower({var},D)"]
            case "organisation":
                return [f"body({me},{var})"]
        variable = {"actor": "A", "target": "V", "bearer": "B", "toward": "W", "sponsor": "S"}[who.name]
        return [f"{var} = {variable}"]

    # rules ------------------------------------------------------------------------------------------------------------------------

    def _rule(self, t: Treaty, r: Rule) -> None:
        assert r.when is not None
        rid = q(f"{t.id}#{r.path}")
        self.program.rules[rid] = (t, r)
        self._match(rid, t, r, r.when)
        force = [day for day in self.days if r.force.covers(day) is True]
        unsure = [day for day in self.days if r.force.covers(day) is None]
        if unsure:
            raise CannotTranslate("force of a rule known only in part")
        for day in force:
            self.say(f"applies({rid},{self.n(day)}).")
        assert r.when is not None
        p = r.when
        struck = p.involves if p.involves is not None else p.on
        source = "pair(E,D,{})" if r.modality == "counts_as" else f"seen({q(t.id)},E,D,{{}},_)"
        for order in ("A,V", "V,A") if p.involves is not None else ("A,V",):
            for tests in self.tests(struck, "V", t, "who"):
                self.say(
                    f"first({rid},E,D,A,V) :- {', '.join([source.format(order), *tests, f'inforce({q(t.id)},D)'])}."
                )
        head = f"i({rid},{CONTEXT})"
        basis = f"m({rid},E,D,A,V,S), inforce({q(t.id)},D), applies({rid},D)"
        if r.modality == "counts_as":
            self.say(f"earlier({rid},E,D,A,V) :- m({rid},E,D,A,V,_), first({rid},E,D2,A,V), D2 < D.")
            self.say(f'i({rid},E,D,A,V,S,"none",V,A) :- {basis}, not earlier({rid},E,D,A,V).')
        else:
            self._instances(head, basis, t, r)
        conditions = [self.condition(c, rid, t, r) for c in r.conditions]
        exceptions = [self.condition(c, rid, t, r) for c in r.exceptions]
        if r.decides_whether is not None:
            conditions.append(self._question("applies", rid, t))
        if r.jointly:
            conditions.append(self._jointly(rid, t, r))
        body = ", ".join([head, *(f"{c}({CONTEXT})" for c in conditions), *(f"not {c}({CONTEXT})" for c in exceptions)])
        if r.modality != "counts_as":
            self.say(f"fire({rid},B,W,X,E,D,A,V) :- {body}.")
            if "other-parties" not in _positive(r.who) and not {"actor", "sponsor"} & set(_positive(r.who)):
                self.say(f"anybody({rid}).")
            if {"assist", "fight", "aid"}.intersection(r.acts):
                self.say(f"helprule({rid}).")
            for act in r.acts if r.modality != "no_duty" else ():
                self.say(f"act({rid},{q(act)}).")
            return
        for victims in self.tests(r.counts_on or Who("role", "target"), "V2", t, "who"):
            for authors in self.tests(r.counts_by or Who("role", "actor"), "A2", t, "who"):
                binders = [f"dom({v})" for v in ("V2", "A2")]
                where = ", ".join([*victims, *authors])
                for kind in r.acts:
                    head2 = f"labelall(E,D,A2,V2,{q(kind)})" if r.for_all else f"label({q(t.id)},E,D,A2,V2,{q(kind)})"
                    loose = [b for b, w in zip(binders, (victims, authors), strict=True) if not _binds(w)]
                    self.say(f"{head2} :- {body}, {', '.join([*loose, where])}, A2 != V2, dom2(A2).")

    def _instances(self, head: str, basis: str, t: Treaty, r: Rule) -> None:
        who, whom, against = r.who, r.whom or Who("role", "target"), r.against
        free = bool(set(_roles(who)) & OPEN_ROLES)
        if free:
            self.program.open_rules.add((t.id, r.path))
        bound = [] if free else [f"party({q(t.id)},B,D)"]
        # a lasting event is judged on the first day on which the instrument binds
        rid = basis[2 : basis.index(",")]
        member = "dom(B)" if free else f"party({q(t.id)},B,D)"
        self.say(
            f"earlier({rid},E,D,A,V,B) :- m({rid},E,D,A,V,_), first({rid},E,D2,A,V), D2 < D, {member.replace(',D)', ',D2)')}."
        )
        for bearers in self.tests(who, "B", t, "who"):
            for beneficiaries in self.tests(whom, "W", t, "whom"):
                loose = [] if _binds(beneficiaries) else ["dom(W)"]
                for enemies in self.tests(against or Who("role", "actor"), "X", t, "whom"):
                    loose2 = [] if _binds(enemies) else ["dom(X)"]
                    parts = [
                        basis,
                        "dom(B)",
                        f"not earlier({rid},E,D,A,V,B)",
                        *bearers,
                        *bound,
                        *loose,
                        *beneficiaries,
                        *loose2,
                        *enemies,
                        "B != W",
                        f"not bondtoward({q(t.id)},B,W,D)",
                    ]
                    self.say(f"{head} :- {', '.join(parts)}.")

    def _match(self, rid: str, t: Treaty, r: Rule, p: Pattern) -> None:
        wanted = self.fresh("wanted")
        for kind in KINDS:
            if set(ancestors(kind)) & set(p.kinds):
                self.say(f"{wanted}({q(kind)}).")
        heads = [(f"m({rid},E,D,A,V,S)", f"seen({q(t.id)},E,D,A,V,K), {wanted}(K)", "V")]
        if p.involves is not None:
            heads = [
                (f"m({rid},E,D,A,V,S)", f"seen({q(t.id)},E,D,{pair},K), {wanted}(K)", hit)
                for pair, hit in (("A,V", "V"), ("V,A", "A"))
            ]
        if p.by is not None and "party" in _all_roles(p.by):
            heads = [(head, f"{basis}, not late({q(t.id)},E,D,A,V)", hit) for head, basis, hit in heads]
        for head, basis, hit in heads:
            for extra in self._pattern_tests(p, t, "E", "A", "V", hit):
                self.say(f"{head} :- {', '.join([basis, *extra])}.")

    def _pattern_tests(
        self, p: Pattern, t: Treaty, e: str, a: str, v: str, hit: str | None = None, bind_s: bool = True
    ) -> Iterator[list[str]]:
        """Ways in which an event, its author and its victim are like a pattern."""
        common: list[str] = []
        if not p.response:
            common.append(f"not answers({e},{v})")
        if p.provoked is not None:
            common.append(("" if p.provoked == "yes" else "not ") + f"prov({e},{v})")
        if p.place is not None:
            common += [f"place({e},D,{hit or v},P)", f"{self._limb(p.place, t)}({e},D,{v},P)"]
        if bind_s and p.supported_by is None:
            common.append('S = "none"')
        choices: list[list[list[str]]] = [
            self.tests(p.by, a, t, "who"),
            self.tests(p.involves if p.involves is not None else p.on, v, t, "who"),
        ]
        if p.involves is not None and p.on is not None:
            choices.append(self.tests(p.on, v, t, "who"))
        if p.supported_by is not None:
            tests = self.tests(p.supported_by, "S", t, "who")
            choices.append([[f"spon({e},S)", *test] for test in tests] + ([[f"spon({e},S)", 'S = "somebody"']]))
        if p.to is not None:
            choices.append([[f"addressed({e},_,Z0)", *test] for test in self.tests(p.to, "Z0", t, "who")])
        for word, values, quote in (("sc", p.scale, False), ("mn", p.means, True), ("stance", p.stance, True), ("found", p.finding, True),
                                    ("of", p.organ, True), ("under", p.under, True)):  # fmt: skip
            if word == "under" and values:
                values = tuple(values)
            if values:
                choices.append([[f"{word}({e},{q(x) if quote else x})"] for x in values])
        for combination in itertools.product(*choices):
            yield [*common, *sum(combination, [])]

    # places ------------------------------------------------------------------------------------------------------------------------

    def _places(self) -> None:
        """Where events happened, and what these places were."""
        found: set[str] = set()
        for e in self.events:
            if e.place is None:
                self.say(f"placeless({q(e.id)}).")
                continue
            options, name = self._on_day(e.place, e.date.first if e.date else self.day, f"place({q(e.id)}")
            for label, value in options:
                if value is None:
                    continue
                found.add(str(value))
                self.say(f"site({q(e.id)},{q(str(value))})" + (f" :- pick({name},{q(label)})." if name else "."))
        placeless = any(e.place is None for e in self.events)
        homes = (
            [code for code in self.dom if code in self.registry.states or code in self.crisis.actors]
            if placeless
            else []
        )
        self.placed = found | set(homes)
        for name in sorted(self.placed):
            self._place(name)

    def _place(self, name: str) -> None:
        place = self.crisis.places.get(name) or self.registry.places.get(name)
        me = q(name)
        self.say(f"within({me},{me},D) :- cday(D).")
        if place is None:
            for region in self.registry.regions_of(name):
                self.say(f"within({me},{q(region)},D) :- cday(D).")
            self.say(
                f'sovereign({me},{me},D) :- cday(D). administers({me},{me},D) :- cday(D). standing({me},"metropolitan",D) :- cday(D).'
            )
            return
        for day in self.days:
            n = self.n(day)
            for word, datum in (
                ("sovereign", place.sovereign),
                ("administers", place.administered_by or place.sovereign),
                ("standing", place.status),
            ):
                stem = (
                    "administers"
                    if word == "administers" and place.administered_by
                    else "sovereign"
                    if word != "standing"
                    else word
                )
                options, question = self._on_day(datum, day, f"{stem}({me}")
                for label, value in options:
                    if value is None:
                        continue
                    value = str(value) if word == "standing" else q(str(value))
                    value = q(value) if word == "standing" else value
                    self.say(f"{word}({me},{value},{n})" + (f" :- pick({question},{q(label)})." if question else "."))
            options, question = self._on_day(place.inside, day, f"inside({me}")
            for label, value in options:
                names = [value] if isinstance(value, str) else list(value or ())
                regions = set(names) | set(self.registry.region_closure(x for x in names if x in self.registry.regions))
                for state in names:
                    regions |= set(self.registry.regions_of(state)) if state in self.registry.states else set()
                for region in regions:
                    self.say(
                        f"within({me},{q(region)},{n})" + (f" :- pick({question},{q(label)})." if question else ".")
                    )
        if place.island:
            self.say(f"island({me}).")

    def _limb(self, limb: Limb, t: Treaty) -> str:
        """A predicate: the place of the event passes all tests of a limb."""
        name = self.fresh("limb")
        ways: list[list[str]] = [[]]

        def also(options: list[list[str]]) -> None:
            nonlocal ways
            ways = [[*way, *option] for way in ways for option in options]

        if limb.inside:
            also([self._inside(x, t) for x in limb.inside])
        for x in limb.outside:
            also([[f"not {literal}" for literal in self._inside(x, t)]])
        for number, (word, who) in enumerate(
            (
                ("sovereign", limb.territory_of),
                ("sovereign", limb.islands_of),
                ("administers", limb.administered_by),
                ("sovereign", limb.sovereign),
            )
        ):
            if who is not None:
                if set(_all_roles(who)) - {
                    "party",
                    "target",
                    "any-state",
                    "european-power",
                    "great-power",
                    "non-party",
                }:
                    raise CannotTranslate("place by role")
                var = f"Y{number}"
                also([[f"{word}(P,{var},D)", *tests] for tests in self.tests(who, var, t, "who")])
        if limb.islands_of is not None:
            also([["island(P)"]])
        if limb.status:
            also([[f"standing(P,{q(x)},D)"] for x in limb.status])
        for bound, north in ((limb.north_of, True), (limb.south_of, False)):
            if bound is not None:
                also([[self._latitude(bound, north)]])
        for way in ways:
            self.say(f"{name}(E,D,V,P) :- {', '.join(['place(E,D,_,P)', 'dom(V)', *way])}.")
        if not ways:
            raise AssertionError("a limb without a way")
        return name

    def _latitude(self, bound: float, north: bool) -> str:
        name = self.fresh("lat")
        for place_id in self.placed:
            place = self.crisis.places.get(place_id) or self.registry.places.get(place_id)
            lat = place.lat if place is not None else None
            if lat is None:
                question = self.choice(f"latitude({q(place_id)})", ("north", "south"))
                self.say(f"{name}({q(place_id)}) :- pick({question},{'north' if north else 'south'}).")
            elif (lat > bound) if north else (lat < bound):
                self.say(f"{name}({q(place_id)}).")
        self.say(f'{name}("nowhere").')
        return f"{name}(P)"

    def _inside(self, word: str, t: Treaty) -> list[str]:
        if word not in t.areas:
            return [f"within(P,{q(word)},D)"]
        area = t.areas[word]
        name = self.fresh("area")
        limbs = [self._limb(x, t) for x in area.any]
        excepted = [self._limb(x, t) for x in area.excepted]
        for limb in limbs:
            self.say(f"{name}(E,D,V,P) :- {', '.join([f'{limb}(E,D,V,P)', *(f'not {x}(E,D,V,P)' for x in excepted)])}.")
        return [f"{name}(E,D,V,P)"]

    # conditions --------------------------------------------------------------------------------------------------------------------

    def condition(self, c: Condition, rid: str, t: Treaty, r: Rule) -> str:
        name = self.fresh("c")
        head, basis = f"{name}({CONTEXT})", f"i({rid},{CONTEXT})"

        def clause(*parts: str) -> None:
            self.say(f"{head} :- {', '.join([basis, *parts])}.")

        me = q(t.id)
        match c.op:
            case "requested_by":
                for tests in self.tests(c.who, "Z", t, "who"):
                    for hearer in ("B", "none"):
                        clause("dom(Z)", *tests, f"requested(Z,{hearer},{me},C)", "start(E,S0)", "C >= S0")
                        clause(
                            "dom(Z)", *tests, f"requestedbefore(Z,{hearer},{me},C,U)", "start(E,S0)", "C < S0", "U > S0"
                        )
                    if "request" in self.crisis.open:
                        clause("dom(Z)", *tests, 'pick(open(Z,"request"),yes)')
            case "consent_of":
                for tests in self.tests(c.who, "Z", t, "who"):
                    clause("dom(Z)", *tests, "consents(Z,A,E)")
                    for kind in ("consent", "invitation"):
                        if kind in self.crisis.open:
                            clause("dom(Z)", *tests, f"pick(open(Z,{q(kind)}),yes)")
                    if "request" in self.crisis.open:
                        clause("dom(Z)", *tests, 'pick(open(Z,"request"),yes)', "openinvitation")
            case "decided_by":
                self._decided(c, clause, t)
            case "happened":
                self._happened(c, clause, t)
            case "helps":
                for who in self.tests(c.who, "Z", t, "who"):
                    for whom in self.tests(c.whom, "Y", t, "who"):
                        if c.against is None:
                            clause("dom(Z)", *who, "dom(Y)", *whom, "helpingany(Z,Y)")
                        else:
                            for enemy in self.tests(c.against, "Q", t, "who"):
                                clause("dom(Z)", *who, "dom(Y)", *whom, "dom(Q)", *enemy, "helping(Z,Y,Q)")
            case "adversaries":
                for tests in self.tests(c.who, "Z", t, "who")[:1]:
                    if len(self.tests(c.who, "Z", t, "who")) > 1:
                        raise CannotTranslate("adversaries of a disjunction")
                    clause(f"#count {{ Z : {', '.join([f'm({rid},_,_,Z,V,_)', 'dom(Z)', *tests])} }} >= {c.at_least}")
            case "bound":
                if c.treaty not in self.treaties:
                    self.say(f"{head} :- {basis}, #false.")
                for tests in self.tests(c.who, "Z", t, "who"):
                    clause("dom(Z)", *tests, f"party({q(c.treaty or '')},Z,D)")
            case "question":
                return self._question(c.question or "", rid, t)
            case "any":
                for part in c.parts:
                    clause(f"{self.condition(part, rid, t, r)}({CONTEXT})")
            case "all":
                clause(*(f"{self.condition(part, rid, t, r)}({CONTEXT})" for part in c.parts))
            case "not":
                clause(f"not {self.condition(c.parts[0], rid, t, r)}({CONTEXT})")
        return name

    def _question(self, name: str, rid: str, t: Treaty) -> str:
        """A question: the answer for the event, for the bearer, for all; open otherwise."""
        predicate = self.fresh("c")
        stem = f"{t.id}.{name}"
        special = {key.split("@", 1)[1]: datum for key, datum in self.facts.items() if key.startswith(stem + "@")}
        events = {e.id for e in self.events}
        for suffix in ("", *special):
            datum = special.get(suffix) if suffix else self.facts.get(stem)
            others = [x for x in special if suffix == "" or (suffix not in events and x in events)]
            where = [f"{'E' if x in events else 'B'} != {q(x)}" for x in others]
            if suffix:
                where.append(f"{'E' if suffix in events else 'B'} = {q(suffix)}")
            for day in self.days:
                options, question = self._on_day(datum, day, f"question({q(stem)},{q(suffix)}")
                if not options:
                    question = self.choice(f"question({q(stem)},{q(suffix)})", map(q, YES_NO))
                    truth = f'pick({question},"yes")'
                elif question is not None:
                    truth = f'pick({question},"yes")'
                else:
                    truth = "#true" if options[0][1] == "yes" else "#false"
                self.say(
                    f"{predicate}({CONTEXT}) :- i({rid},{CONTEXT}), D = {self.n(day)}, {', '.join([*where, truth])}."
                )
        return predicate

    def _decided(self, c: Condition, clause: object, t: Treaty) -> None:
        organ = q(c.organ or "")
        homes = [o for x in self.treaties.values() for o in x.organs.values() if o.id == c.organ]
        binds = homes[0].binds if homes else "party"
        finding = []
        if c.finding is not None:
            name = self.fresh("finds")
            for e in self.events:
                if e.finding is not None and c.finding in ancestors(e.finding):
                    self.say(f"{name}({q(e.id)}).")
            self.say(f"{name}(none).")
            finding = [f"{name}(Q)"]
        consenting = ["1 { voted(Q) : not voted(Q) ; vote(Q,B,yes) }"] if False else []
        for about in (["not on(Q,_)"], ["struck(Q,_,V)"], ["struck(Q,_,A)"], ["struck(Q,_,W)"]):
            if binds == "consenting":
                clause(f"decided({organ},Q)", *finding, *about, "vote(Q,B,yes)")
                clause(f"decided({organ},Q)", *finding, *about, "not voted(Q)")
            else:
                clause(f"decided({organ},Q)", *finding, *about, *consenting)
        if "decision" in self.crisis.open:
            clause(f'pick(open({organ},"decision"),yes)')
            self.choice(f'open({organ},"decision")', YES_NO)

    def _happened(self, c: Condition, clause: object, t: Treaty) -> None:
        p = c.pattern
        assert p is not None
        if p.involves is not None:
            raise CannotTranslate("involves in happened")
        kinds = self._like("G", p)
        basis = ["past(G,GD)", *self._another(c), kinds, "pairs(G,GD,Y,Z)"]
        marks: list[list[str]] = [[]]
        for word, mark in (("<=", c.before), (">=", c.after)):
            if mark is None:
                continue
            if mark == "event":
                marks = [[*m, "start(E,S0)", f"GD {word} S0"] for m in marks]
            else:
                assert isinstance(mark, Pattern)
                var = "H" if word == "<=" else "J"
                more = [[f"past({var},{var}D)", f"{var} != G", f"GD {word} {var}D", self._like(var, mark), f"pairs({var},{var}D,{var}A,{var}V)", *x]
                        for x in self._pattern_tests(mark, t, var, f"{var}A", f"{var}V", bind_s=False)]  # fmt: skip
                marks = [[*m, *x] for m in marks for x in more]
        if c.within is not None:
            near = self.fresh("near")
            starts = {e.date.first for e in self.events}
            for one, two in itertools.product(starts, starts):
                if one <= two <= c.within.after(one) or two <= one <= c.within.after(two):
                    self.say(f"{near}({self.n(one)},{self.n(two)}).")
            self.say(f"{near}(0,0).")
            other = "HD" if isinstance(c.before, Pattern) else "JD" if isinstance(c.after, Pattern) else "S1"
            marks = [[*m, *(["start(E,S1)"] if other == "S1" else []), f"{near}(GD,{other})"] for m in marks]
        for tests in self._pattern_tests(p, t, "G", "Y", "Z", bind_s=False):
            for mark in marks:
                clause(*basis, *tests, *mark)
        for kind in p.kinds:
            if kind in self.crisis.open:
                for who in self.tests(p.by, "Y", t, "who"):
                    clause("dom(Y)", *who, f"pick(open(Y,{q(kind)}),yes)")

    @staticmethod
    def _another(c: Condition) -> list[str]:
        """`before` and `after` tell of another event; a bare `happened` may speak of the trigger (un-charter/42, cst-1992/4)."""
        return ["another(G,E)"] if "event" in (c.before, c.after) else []

    def _like(self, var: str, p: Pattern) -> str:
        name = self.fresh("like")
        for e in self.events:
            if any(set(ancestors(k)) & set(p.kinds) for k in e.kinds):
                self.say(f"{name}({q(e.id)}).")
        self.say(f"{name}(none).")
        return f"{name}({var})"

    def _jointly(self, rid: str, t: Treaty, r: Rule) -> str:
        """Owed only together: there are others, the attacker among them if it is one, and all of them take part."""
        name, idle = self.fresh("c"), self.fresh("idle")
        basis = f"i({rid},{CONTEXT})"
        for tests in self.tests(r.who, "B2", t, "joint"):
            others = ", ".join(["dom(B2)", *tests, f"party({q(t.id)},B2,D)", "B2 != B", "B2 != V"])
            self.say(f"{idle}({CONTEXT}) :- {basis}, {others}, not helping(B2,V,A).")
            self.say(f"{name}({CONTEXT}) :- {basis}, {others}, not {idle}({CONTEXT}).")
        return name


def _negated(literal: str) -> str:
    if literal.startswith("not "):
        return literal[4:]
    if " != " in literal:
        return literal.replace(" != ", " = ")
    return literal.replace(" = ", " != ") if " = " in literal else f"not {literal}"


def _binds(literals: Sequence[str]) -> bool:
    """Whether the first literal gives the variable its value."""
    return any(" = " in literal and not literal.startswith("not ") for literal in literals)


def _patterns(rule: Rule) -> Iterator[Pattern]:
    todo: list[object] = [rule.when, *rule.conditions, *rule.exceptions]
    while todo:
        part = todo.pop()
        if isinstance(part, Pattern):
            yield part
        if isinstance(part, Condition):
            todo += [part.pattern, part.before, part.after, *part.parts]


def _all_roles(who: Who) -> Iterator[str]:
    if who.op == "role":
        yield who.name
    for part in who.parts:
        yield from _all_roles(part)


def _codes(who: Who | None) -> Iterator[str]:
    if who is not None:
        if who.op == "code":
            yield who.name
        for part in who.parts:
            yield from _codes(part)


def _roles(who: Who) -> Iterator[str]:
    """The roles that stand positively."""
    if who.op == "role":
        yield who.name
    if who.op in ("any", "all"):
        for part in who.parts:
            yield from _roles(part)


_positive = _roles


def translate(
    crisis: Crisis,
    treaties: Mapping[str, Treaty],
    registry: Registry,
    day: date,
    branch: str | None = None,
    asked: Iterable[str] = (),
) -> Program:
    """The program of a case."""
    return Translator(crisis, treaties, registry, day, branch, asked).run()


# where the engine is known to differ from the design page; each is a fact of rules.lp
DEVIATIONS = {
    "before_itself": "`happened … before: event` is met by the trigger itself (DESIGN 3: another event)",
    "enemy_side": "`involves`: a co-victim of the enemy counts as no part of its side (DESIGN 5.2)",
    "derived_side": "the co-authors of an event do not stand on the attacker's side of a label derived from it (DESIGN 5.2, 5.3)",
    "partial_date": "membership is read only on the first day of the span in which an event lies (DESIGN 1)",
    "side_day": "who stands on the attacker's side is read on the event's day, not on that on which the duty starts (DESIGN 5.1)",
    "pair_toward": "one rule overrides another for the same bearer and beneficiary, though the enemies differ (DESIGN 3, 5.2)",
    "by_party_late": "`by: party` is read on the event's day although the instrument starts while the event lasts (DESIGN 5.1)",
}


def solve(program: Program, deviations: Iterable[str] = ()) -> dict[Key, str]:
    """What holds: yes in all worlds, depends in some."""
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "\n".join((RULES, *program.lines, *(f"deviates({name})." for name in deviations))))
    control.ground([("base", [])])
    brave = _consequences(control, "brave")
    cautious = brave if not program.questions else _consequences(control, "cautious")
    answer: dict[Key, str] = {}
    yes = {_key(program, atom) for atom in cautious}
    for atom in brave:
        key = _key(program, atom)
        answer[key] = "yes" if key in yes else "depends"
    return answer


def _consequences(control: clingo.Control, mode: str) -> list[tuple[str, ...]]:
    control.configuration.solve.enum_mode = mode
    control.configuration.solve.models = 0
    last: list[tuple[str, ...]] | None = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            last = [tuple(a.string for a in symbol.arguments) for symbol in model.symbols(shown=True)]
    assert last is not None, "there is no world"
    return last


def _key(program: Program, atom: tuple[str, ...]) -> Key:
    rid, act, bearer, toward, enemy = atom
    treaty, rule = program.rules[q(rid)]
    enemy = "none" if act in NO_ENEMY or enemy in (toward, "somebody") else enemy
    return (bearer, rule.modality, act, toward, enemy, treaty.id, rule.path)
