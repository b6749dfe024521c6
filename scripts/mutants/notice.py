"""Which expectation notices a mutant: only those that it may turn are run, in the smallest world that decides them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace
from mutate import Mutant

from foedera.answers.ask import make_case
from foedera.answers.examples import example_crisis
from foedera.answers.expect import Outcome, run_expectations
from foedera.language.types import Crisis, Expect, Treaty
from foedera.library import Library, open_crisis
from foedera.library.outline import Outline
from foedera.problems import Refused


@dataclass(frozen=True, slots=True)
class Trial:
    """Expectations that pass, and turn on one treaty: in a crisis that is judged by few instruments besides it.

    `rules` are the articles and rules that they ask about, None where they ask about the instrument or about none.
    """

    crisis: Crisis
    numbers: frozenset[int]
    rules: frozenset[str] | None
    beside: str | None = None


@dataclass(frozen=True)
class Bench:
    """The library and all expectations that may notice a mutant of it."""

    library: Library
    cases: Path

    @cached_property
    def treaties(self) -> dict[str, Treaty]:
        """All treaties with their examples."""
        return {name: self.library.whole(name) for name in self.library.treaties}

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """What each may concern and leans on."""
        return self.library.outlines()

    @cached_property
    def crises(self) -> list[tuple[Crisis, frozenset[int], frozenset[str]]]:
        """Crises and conformance cases, by groups of expectations that one assessment answers, with what it reads."""
        paths = sorted(str(path) for path in self.cases.rglob("*.yaml"))
        found = [*self.library.crises.values(), *(open_crisis(path, self.library) for path in paths)]
        return [group for crisis in found for group in _groups(crisis, self.library)]

    def trials(self, name: str) -> list[Trial]:
        """Everything that may notice a mutant of a treaty: its examples, then crises and cases that name it, then the rest."""
        found = [trial for crisis, beside in self._examples(name) for trial in self._decided(crisis, {1}, name, beside)]
        rest = []
        for crisis, numbers, reads in self.crises:
            if name in reads:
                rest += self._decided(crisis, numbers, name, None)
        return found + sorted(rest, key=lambda trial: trial.rules is None)

    def _examples(self, name: str) -> Iterator[tuple[Crisis, str]]:
        treaty = self.treaties[name]
        for rule in treaty.rules:
            for example in rule.examples:
                title = f"{name}/{rule.path}:{example}"
                yield example_crisis(treaty, rule, rule.examples[example], title), rule.path

    def _decided(
        self, crisis: Crisis, numbers: set[int] | frozenset[int], name: str, beside: str | None
    ) -> Iterator[Trial]:
        """The expectations that pass by the treaty alone, then by it and what it leans on, then by all."""
        treaty, left = self.treaties[name], {n for n in numbers if _may_turn_on(crisis.expect[n - 1], name)}
        named = {other for n in left for other in _named(crisis.expect[n - 1])} - {name}
        leans = set(self.outlines[name].leans_on) | {
            n for n, o in self.treaties.items() if any(r.for_all for r in o.rules)
        }
        for others in (named, named | leans, None):
            if not left:
                return
            world = judged_by(crisis, treaty, others, self.library)
            passed = {o.number for o in _run(world, self.library, frozenset(left)) if o.passed}
            for rules, some in _by_rule(crisis, passed, name).items():
                yield Trial(world, some, rules, beside)
            left = {n for n in left - passed if name in _named(crisis.expect[n - 1])}

    def noticed_by(self, mutant: Mutant, trials: list[Trial]) -> str | None:
        """The first expectation that fails with the mutant in the treaty's place, or None."""
        near = sorted(trials, key=lambda trial: trial.beside != mutant.where)
        for trial in near:
            if not _touches(mutant, trial):
                continue
            others = set(trial.crisis.instruments or ()) | set(
                self.outlines[mutant.treaty.id].leans_on if mutant.wide else ()
            )
            known = others if trial.crisis.instruments is not None else None
            crisis = judged_by(trial.crisis, mutant.treaty, known, self.library)
            failed = [o for o in _run(crisis, self.library, trial.numbers) if not o.passed]
            if failed and self._is_sure(mutant, failed[0]):
                return f"{failed[0].crisis} {failed[0].expect.at}"
        return None

    def _is_sure(self, mutant: Mutant, failed: Outcome) -> bool:
        """Whether nothing else could have met an expectation that names no instrument: tried with all of them."""
        if _named(failed.expect) or failed.expect.nothing or failed.expect.holds == "no":
            return True
        crisis = next(crisis for crisis, _, _ in self.crises if crisis.id == failed.crisis)
        world = judged_by(crisis, mutant.treaty, None, self.library)
        return not all(o.passed for o in _run(world, self.library, frozenset((failed.number,))))


def judged_by(crisis: Crisis, treaty: Treaty, others: set[str] | None, library: Library) -> Crisis:
    """The crisis with the treaty in the form given, judged by it and these others; None is all that may matter."""
    instruments = crisis.instruments if others is None else tuple(sorted(n for n in others if n in library.treaties))
    return replace(crisis, treaties={**crisis.treaties, treaty.id: treaty}, instruments=instruments)


def _run(crisis: Crisis, library: Library, numbers: frozenset[int]) -> list[Outcome]:
    try:
        return run_expectations(crisis, library, numbers)
    except Refused:
        return []


def _touches(mutant: Mutant, trial: Trial) -> bool:
    """Whether the trial asks about the rule, or about the party, that the mutant has wrong."""
    if mutant.member is not None:
        return mutant.member in codes(trial)
    return not mutant.alone or trial.rules is None or not trial.rules.isdisjoint(_paths(mutant.where))


def codes(trial: Trial) -> set[str]:
    """Everybody whom the expectations and the events of a trial name."""
    crisis, asked = trial.crisis, [trial.crisis.expect[n - 1] for n in trial.numbers]
    events = (*crisis.events, *(e for branch in crisis.branches.values() for e in branch.add))
    found = {code for e in events for code in (*e.by, *e.on, *e.to)} | {a.of for a in crisis.actors.values() if a.of}
    return found | {code for e in asked for code in (*e.who, *e.whom, *e.against, *e.nothing, *e.dilemma)}


def _may_turn_on(expect: Expect, name: str) -> bool:
    return not _named(expect) or name in _named(expect)


def _named(expect: Expect) -> set[str]:
    return {path.split("/")[0] for path in (expect.under, *expect.between) if path}


def _by_rule(crisis: Crisis, numbers: set[int], name: str) -> dict[frozenset[str] | None, frozenset[int]]:
    """The expectations by the article or rule of the treaty that they name."""
    found: dict[frozenset[str] | None, set[int]] = {}
    for n in numbers:
        expect = crisis.expect[n - 1]
        paths = [p.partition("/")[2] for p in (expect.under, *expect.between) if p and p.split("/")[0] == name]
        found.setdefault(frozenset(paths) if paths and all(paths) else None, set()).add(n)
    return {rules: frozenset(some) for rules, some in found.items()}


def _paths(path: str) -> set[str]:
    """A rule's path and its article's."""
    return {path, path.rpartition("/")[0]}


def _groups(crisis: Crisis, library: Library) -> Iterator[tuple[Crisis, frozenset[int], frozenset[str]]]:
    keys: dict[tuple[object, ...], set[int]] = {}
    for n, e in enumerate(crisis.expect, 1):
        keys.setdefault((e.branch, e.on, e.reading, e.known_to, e.cascade), set()).add(n)
    asked = {code for e in crisis.expect for code in (*e.who, *e.whom, *e.against, *e.nothing, *e.dilemma)}
    named = {name for e in crisis.expect for name in _named(e)}
    case = make_case(crisis, library, asked=asked, named=named)
    reads = frozenset(case.treaties) - frozenset(crisis.treaties)
    for numbers in keys.values():
        yield crisis, frozenset(numbers), reads
