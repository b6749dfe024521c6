"""What no expectation decides: a rule, condition, bearer or date that could be wrong without a test noticing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct, field

from foedera.answers.expect import Outcome, modality_of
from foedera.language.types import Condition, Expect, Rule, Treaty, Who


class _Asked(Struct):
    """The passed expectations about one rule or article, or about one instrument."""

    expects: list[Expect] = field(default_factory=list)

    @property
    def words(self) -> set[str]:
        """Every answer given, and everything that was said to be missing."""
        return {e.holds or "yes" for e in self.expects}.union(*(e.missing for e in self.expects))

    def days(self, *answers: str, code: str | None = None) -> list[date]:
        """The days on which these answers were given, about anyone or about one state."""
        return [
            e.on.last for e in self.expects
            if e.on is not None and (_answer(e) in answers) and (code is None or code in (*e.who, *e.whom, *e.nothing))
        ]  # fmt: skip


def _answer(expect: Expect) -> str:
    return "no" if expect.nothing else expect.holds or "yes"


def undecided(treaties: Iterable[Treaty], outcomes: Iterable[Outcome]) -> list[str]:
    """Rules that no passed expectation says yes and no to, conditions that none says is missing, bearers and dates."""
    asked: dict[str, _Asked] = {}
    for outcome in outcomes:
        if outcome.passed:
            paths = _paths(outcome)
            for path in {*paths, *(path.partition("/")[0] for path in paths)}:
                asked.setdefault(path, _Asked()).expects.append(outcome.expect)
    found = []
    for treaty in treaties:
        found += [f"{treaty.id}: {gap}" for gap in _dates(treaty, asked.get(treaty.id, _Asked()))]
        for rule in treaty.rules:
            both = [
                asked[path] for path in (f"{treaty.id}/{rule.path}", f"{treaty.id}/{rule.article}") if path in asked
            ]
            mine = _Asked([expect for part in both for expect in part.expects])
            found += [f"{treaty.id}/{rule.path}: {gap}" for gap in _gaps(treaty, rule, mine)]
    return found


def _paths(outcome: Outcome) -> list[str]:
    """The rules that an expectation decides: the one it is an example of, and the one it names."""
    example = outcome.crisis.rpartition(":")[0]
    named = outcome.expect.under if modality_of(outcome.expect)[1] else None
    return [path for path in (example, named) if path]


def _gaps(treaty: Treaty, rule: Rule, asked: _Asked) -> list[str]:
    words, gaps = asked.words, []
    firing = [e for e in asked.expects if _answer(e) != "no" and modality_of(e)[0] == rule.modality]
    if not firing and not (rule.modality == "no_duty" and words & {"yes", "depends"}):
        gaps.append("that it fires")
    if "no" not in words:
        gaps.append("that it does not fire")
    gaps += [
        f"the condition `{part.op}`" for part in rule.conditions if not _ops(part) & words and "depends" not in words
    ]
    gaps += [f"the exception `{part.op}`" for part in rule.exceptions if not _ops(part) & words]
    named = _codes(rule.who) & set(treaty.parties)
    left_out = set(treaty.parties) - named
    refused = {code for e in asked.expects if _answer(e) == "no" for code in (*e.who, *e.nothing)}
    if named and left_out and rule.who.op in ("code", "any") and not refused & left_out:
        gaps.append("that others than its bearers are not bound")
    return gaps


def _dates(treaty: Treaty, asked: _Asked) -> Iterator[str]:
    """The dates on one side of which nothing is asked."""
    starts = [o.value for spell in treaty.in_force for o in spell.options if o.value is not None]
    if starts and not any(day < max(starts).last for day in asked.days("no", "depends")):
        yield "the day it enters into force"
    if treaty.ends is not None and not any(day >= treaty.ends.first for day in asked.days("no", "depends")):
        yield "the day it ends"
    late = [
        code for code, party in treaty.parties.items()
        if party.since is not None and (not starts or party.since.last > min(starts).first)
        and not any(day < party.since.last for day in asked.days("no", "depends", code=code))
    ]  # fmt: skip
    if late:
        yield f"the day on which {', '.join(late)} entered"
    gone = [
        code for code, party in treaty.parties.items()
        if party.until is not None and (treaty.ends is None or party.until.first < treaty.ends.last)
        and not any(day >= party.until.first for day in asked.days("no", "depends", code=code))
    ]  # fmt: skip
    if gone:
        yield f"the day on which {', '.join(gone)} left"


def _codes(who: Who) -> set[str]:
    return {who.name} if who.op == "code" else set().union(*(_codes(part) for part in who.parts))


def _ops(condition: Condition) -> set[str]:
    """The words by which an expectation may say that the condition lacks."""
    words = {condition.op}
    if condition.pattern is not None:
        words.update(condition.pattern.kinds)
    return words.union(*(_ops(part) for part in condition.parts))
