"""Advice to a drafter: what a treaty's rules leave open, cannot do, or set against each other.

Each check is one function with one code; `foedera explain CODE` has its lesson. A file that means it says so under
`accepted`, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from foedera.answers.ask import attack, make_case
from foedera.answers.examples import all_bound, example_crisis
from foedera.dates import When
from foedera.engine.answer_types import Assessment, Finding
from foedera.engine.assess import assess as judge
from foedera.engine.bearers import HELPING
from foedera.engine.missing import not_bound
from foedera.engine.priority import names
from foedera.language.types import Condition, Crisis, Rule, Treaty, Who, apply_change
from foedera.language.vocabulary import KINDS, meets
from foedera.library import Library
from foedera.problems import Label, Problem
from foedera.truth import YES

Check = Callable[[Treaty, Library], Iterator[Problem]]
LABELS = (
    "aggression",
    "hostile-act",
    "indirect-threat",
    "subversion",
    "treaty-breach",
)  # words that no act has by itself
ELASTIC = ("as-deemed-necessary", "constitutional-processes", "within-possibilities")


def advice(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """What to think over in a treaty that reads without an error, and accepted advice that nobody gives."""
    given = [problem for check in CHECKS for problem in check(treaty, library)]
    yield from (problem for problem in given if problem.code not in treaty.accepted)
    for code in sorted(treaty.accepted.keys() - {problem.code for problem in given}):
        at = treaty.spots.get("accepted", treaty.at)
        yield _warn("L010", at, f"`{code}` is accepted, but nothing here draws it", "take it out of `accepted`")


def _warn(code: str, at: Any, message: str, fix: str, labels: tuple[Label, ...] = ()) -> Problem:
    return Problem(code, at, message, fix, labels, "warning")


def idle_reading(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """L001: an option that sets what stands there already."""
    for question, reading in treaty.readings.items():
        for option in reading.options.values():
            if meaning(apply_change(treaty, option.change)) == meaning(treaty):
                yield Problem(
                    "L001",
                    option.at,
                    f"reading `{question}={option.name}` changes nothing",
                    "let `change:` say what differs",
                )


UNSAID = frozenset(("at", "spots", "examples", "sources", "says", "rule_nodes", "clause", "ends_why", "why"))


def meaning(value: Any) -> Any:
    """A value without where it stands and what it is called in prose: what the engine can tell apart."""
    if isinstance(value, Struct):
        return tuple(meaning(getattr(value, name)) for name in value.__struct_fields__ if name not in UNSAID)
    if isinstance(value, Mapping):
        return tuple((key, meaning(part)) for key, part in value.items())
    return tuple(meaning(part) for part in value) if isinstance(value, tuple) else value


def undefined_trigger(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """L003: a duty that waits for a label which no text defines and nobody finds."""
    for rule in _duties(treaty):
        kinds = rule.when.kinds if rule.when is not None else ()
        if set(rule.acts) <= {"consult"} or rule.decides_whether or _ops(rule) & {"question", "decided_by"}:
            continue  # to consult is how they find out; the others have somebody or something that answers
        for kind in kinds:
            if kind in LABELS and kind not in _defined([treaty]) and kind not in _defined_for_all(library):
                yield _warn(
                    "L003", rule.at, f"`{rule.path}` waits for `{kind}`, which nothing here defines",
                    f"add a rule that `counts_as: {{event: {kind}}}`, a `question`, or who decides",
                )  # fmt: skip


def _defined(treaties: Iterable[Treaty], everywhere: bool = False) -> set[str]:
    rules = (rule for treaty in treaties for rule in treaty.rules if rule.for_all or not everywhere)
    return {kind for rule in rules if rule.modality == "counts_as" for kind in rule.acts}


def _defined_for_all(library: Library) -> set[str]:
    return _defined(library.treaties.values(), everywhere=True)


def _duties(treaty: Treaty) -> Iterator[Rule]:
    yield from (rule for rule in treaty.rules if rule.modality in ("must", "may"))


def _conditions(rule: Rule) -> Iterator[Condition]:
    todo = [*rule.conditions, *rule.exceptions]
    while todo:
        condition = todo.pop(0)
        yield condition
        todo += condition.parts


def _ops(rule: Rule) -> set[str]:
    return {condition.op for condition in _conditions(rule)}


def no_decider(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """L004: a measure that is left to judgement, and nobody whose judgement it is; an organ that may not decide it."""
    for rule in _duties(treaty):
        if (
            rule.strength in ELASTIC
            and not rule.decides_whether
            and not rule.decides_how
            and "decided_by" not in _ops(rule)
        ):
            words = f"`{rule.path}` leaves the measure open (`{rule.strength}`) and nobody judges it"
            yield _warn("L004", rule.at, words, "add `decides_how: bearer`, `jointly`, or an organ")
        for condition in _conditions(rule):
            organ = treaty.organs.get(condition.organ or "")
            told = condition.finding
            if organ is not None and organ.competent and told and told not in KINDS and told not in organ.competent:
                label = (Label(organ.at, "competent here"),)
                words = f"`{organ.id}` is not competent to find `{told}`"
                yield _warn(
                    "L004", condition.at, words, f"list `{told}` under its `competent`, or name another organ", label
                )


def circular_duty(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """L005: duties to help that each wait for the other's help, and rules that each give way to the other."""
    helping = [rule for rule in treaty.rules if rule.modality == "must" and set(rule.acts) & set(HELPING)]
    waiting = {rule.path: waited for rule in helping if (waited := _waited_for(rule, treaty))}
    while True:
        free = {
            r.path for r in helping if r.path in waiting and not _only_waits(waiting[r.path], helping, waiting, treaty)
        }
        if not free:
            break
        waiting = {path: codes for path, codes in waiting.items() if path not in free}
    for rule in helping:
        if rule.path in waiting:
            names = ", ".join(sorted(waiting[rule.path]))
            words = f"`{rule.path}` waits for help by {names}, whose own duty waits in turn"
            yield _warn("L005", rule.at, words, "let one of them begin: drop `helps` from one rule")
    for one, other in _priority_rings(treaty):
        label = (Label(other.at, "which gives way to it"),)
        words = f"`{one.path}` and `{other.path}` each give way to the other"
        yield _warn("L005", one.at, words, "keep one of the two", label)


def _waited_for(rule: Rule, treaty: Treaty) -> frozenset[str]:
    """Whose help a duty needs before it arises; nobody where it is open."""
    named: set[str] = set()
    for condition in rule.conditions:
        if condition.op == "helps" and condition.who is not None:
            named |= codes_of(rule.who if condition.who.name == "bearer" else condition.who, treaty) or set()
    return frozenset(named)


def _only_waits(codes: Iterable[str], helping: list[Rule], waiting: Mapping[str, object], treaty: Treaty) -> bool:
    """Whether every one of them is bound to help, and only by duties that wait."""
    for code in codes:
        own = [rule for rule in helping if code in (codes_of(rule.who, treaty) or ())]
        if not own or any(rule.path not in waiting for rule in own):
            return False
    return True


def _priority_rings(treaty: Treaty) -> Iterator[tuple[Rule, Rule]]:
    beats = {(rule.path, t.path) for rule in treaty.rules for t in _targets(treaty, rule.overrides)}
    beats |= {(t.path, rule.path) for rule in treaty.rules for t in _targets(treaty, rule.yields_to)}
    rules = {rule.path: rule for rule in treaty.rules}
    yield from ((rules[a], rules[b]) for a, b in sorted(beats) if a < b and (b, a) in beats)


def _targets(treaty: Treaty, paths: Iterable[str]) -> Iterator[Rule]:
    """The instrument's own rules that paths such as `this/8/x` name."""
    yield from (rule for path in paths for rule in treaty.rules if names(path, treaty, treaty, rule))


def codes_of(who: Who, treaty: Treaty) -> set[str] | None:
    """The states that a set may hold, as far as the file alone tells; None where it may be any."""
    if who.op == "code":
        return {who.name}
    if who.op == "group":
        return set(treaty.groups.get(who.name, ()))
    if who.op == "role":
        return set(treaty.parties) if who.name in ("party", "other-parties") and treaty.parties else None
    parts = [codes_of(part, treaty) for part in who.parts] if who.op != "not" else [None]
    known = [part for part in parts if part is not None]
    if who.op == "all":
        return set.intersection(*known) if known else None
    return set().union(*known) if len(known) == len(parts) else None


def area_gap(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """L006: a party whose own soil lies outside everywhere the help reaches."""
    helping = [r for r in treaty.rules if r.modality == "must" and set(r.acts) & set(HELPING) and r.when is not None]
    limited = [rule for rule in helping if rule.when is not None and rule.when.place is not None]
    if not limited:
        return
    day = all_bound(treaty)
    for code in treaty.parties:
        if code in library.registry.states and library.registry.states[code].existed(day) is YES:
            reached = [_reaches(assessment, code) for assessment in _struck(treaty, code, helping, day, library)]
            if "place" in reached and "yes" not in reached:
                words = f"an attack on the soil of `{code}` is in none of the areas that help reaches"
                yield _warn(
                    "L006", limited[0].at, words, f"widen the area, or accept it: `{code}` helps and is not helped"
                )


def _struck(treaty: Treaty, victim: str, helping: list[Rule], day: date, library: Library) -> Iterator[Assessment]:
    """The answers for an attack on a party, by an outsider and by each enemy that a rule names."""
    named = {
        c for r in helping if r.when and r.when.by for c in codes_of(r.when.by, treaty) or () if c not in treaty.parties
    }
    others = [code for code in library.registry.existing(day) if code not in treaty.parties and code not in named]
    for enemy in [*sorted(named), *others[:1]]:
        if enemy in library.registry.states and library.registry.states[enemy].existed(day) is YES:
            yield _judged(attack(enemy, victim, library, on=day), treaty, library, day)


def _judged(crisis: Crisis, treaty: Treaty, library: Library, day: date) -> Assessment:
    """The answer by one instrument alone."""
    return judge(make_case(replace(crisis, instruments=(), treaties={treaty.id: treaty}), library, on=day))


def _reaches(assessment: Assessment, victim: str) -> str:
    """Whether somebody helps (`yes`), or only the place is missing (`place`)."""
    if any(f.act in HELPING and f.modality == "must" and f.toward == victim for f in assessment.findings):
        return "yes"
    missed = [{part.condition for part in miss.missing} for miss in not_bound(assessment) if miss.toward == victim]
    return "place" if any("place" in words for words in missed) else "no"


def no_exit(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """L007: a bond for ever, from which the text lets nobody go."""
    ended = treaty.ends or treaty.effective_end or treaty.ends_why or treaty.withdrawal
    if treaty.kind in ("treaty", "statute", "draft") and treaty.binding == "legal" and not ended:
        at = treaty.spots.get("ends", treaty.at)
        yield _warn(
            "L007", at, f"`{treaty.id}` has neither a term nor a way out", "add `withdrawal: {notice: …}`, or a date"
        )


def idle_priority(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """L008: an override that can never meet what it overrides, and a disclaimer of what nobody owes."""
    for rule in treaty.rules:
        for path in (*rule.overrides, *rule.yields_to):
            why = _no_bite(rule, path, treaty, library)
            if why:
                yield _warn(
                    "L008", rule.at, f"`{rule.path}` names `{path}`, and cannot meet it: {why}", "name another rule"
                )
        if rule.modality == "no_duty" and not rule.overrides and not _disclaimed(rule, treaty):
            words = f"`{rule.path}` disclaims {', '.join(rule.acts)}, which nobody owes here"
            yield _warn("L008", rule.at, words, "name the act of a duty of this instrument, or take the rule away")


def _no_bite(rule: Rule, path: str, treaty: Treaty, library: Library) -> str | None:
    name = path.partition("/")[0]
    home = treaty if name in ("this", treaty.id) else library.treaties.get(name)
    if home is None:
        return None  # N003 says so
    named = [other for other in home.rules if names(path, treaty, home, other)]
    if not named:
        return "there is no rule at that place"
    firing = [other for other in named if other.modality != "counts_as" and other is not rule]
    if rule.modality == "counts_as" or not firing:
        return "only duties, permissions and prohibitions give way to each other"
    if not any(_share(codes_of(rule.who, treaty), codes_of(other.who, home)) for other in firing):
        return "they never bind the same state"
    if all(_apart(_span(rule, treaty), _span(other, home)) for other in firing):
        return "they are never in force on the same day"
    return None


def _share(one: set[str] | None, other: set[str] | None) -> bool:
    return one is None or other is None or bool(one & other)


Stretch = tuple[When | None, When | None]


def _span(rule: Rule, treaty: Treaty) -> Stretch:
    """From when and until when a rule can bind: its own dates, and those of its instrument."""
    since = [when for when in (rule.force.since, min(treaty.starts, default=None)) if when is not None]
    until = [when for when in (rule.force.until, treaty.ends) if when is not None]
    return max(since, default=None), min(until, default=None)


def _apart(one: Stretch, other: Stretch) -> bool:
    def ends_before(first: Stretch, second: Stretch) -> bool:
        until, since = first[1], second[0]
        return until is not None and since is not None and until.last <= since.first

    return ends_before(one, other) or ends_before(other, one)


def _disclaimed(rule: Rule, treaty: Treaty) -> bool:
    owed = [act for other in treaty.rules if other.modality == "must" for act in other.acts]
    return any(meets(act, disclaimed) for act in owed for disclaimed in rule.acts)


def collision(treaty: Treaty, library: Library) -> Iterator[Problem]:
    """L009: a duty that the instrument itself forbids in the very case its own example gives."""
    told = set()
    for rule in treaty.rules:
        example = rule.examples.get("fires")
        if rule.modality != "must" or example is None:
            continue
        crisis = example_crisis(treaty, rule, example, f"{treaty.id}/{rule.path}")
        found = _judged(crisis, treaty, library, crisis.period_to.last if crisis.period_to else all_bound(treaty))
        for row in found.dilemmas:
            pair = frozenset((row.first.rule.path, row.second.rule.path))
            if (
                row.severity == "collision"
                and _settled(row.first, row.second, rule)
                and not row.resolved_by
                and pair not in told
            ):
                told.add(pair)
                label = (Label(row.second.rule.at, "no act meets both"),)
                words = f"`{row.first.rule.path}` and `{row.second.rule.path}` collide whenever the first arises"
                yield _warn(
                    "L009", row.first.rule.at, words, "let one override the other, or `without_prejudice_to` it", label
                )


def _settled(first: Finding, second: Finding, rule: Rule) -> bool:
    return first.holds is YES and second.holds is YES and rule.path in (first.rule.path, second.rule.path)


CHECKS: tuple[Check, ...] = (
    idle_reading, undefined_trigger, no_decider, circular_duty, area_gap, no_exit, idle_priority, collision,
)  # fmt: skip
