"""The engine against a second one, on every crisis, every conformance case and on random small worlds.

Any difference fails, and shows the smallest world in which it is left. FOEDERA_LONG=1: 100,000 worlds, and more days.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("clingo", reason="the second engine needs clingo")

from crosscheck.compare import Comparison, compare, shelf  # noqa: E402
from crosscheck.program import OutOfReach, branch_events  # noqa: E402
from crosscheck.shrink import shrunk  # noqa: E402
from crosscheck.worlds import LAST, STATES, world  # noqa: E402
from foedera.language.crisis_form import read_crisis  # noqa: E402
from foedera.language.nodes import parse  # noqa: E402
from foedera.language.registry_form import scoped_to  # noqa: E402
from foedera.language.types import Crisis  # noqa: E402
from foedera.library import open_crisis, registry  # noqa: E402

LONG = bool(os.environ.get("FOEDERA_LONG"))
WORLDS = int(os.environ.get("FOEDERA_WORLDS", 100_000 if LONG else 2_000))
CHUNK = max(WORLDS // 8, 1)
CASES = sorted((Path(__file__).parents[2] / "conformance").rglob("*.yaml"))
CRISES = sorted((Path(__file__).parents[2] / "src/foedera/library/crises").glob("*.yaml"))


class Tally:
    """What was compared and what was left out; at the end it is printed, and fails where the engines disagree."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.failures: list[str] = []

    def add(self, name: str, found: Comparison) -> None:
        self.counts.update(compared=1, findings=len(found.first))
        self.left_out.update(found.left_out)
        if found.difference():
            self.failures.append(f"{name}\n{found.difference()}")

    def close(self) -> None:
        print(f"\n{dict(self.counts)}, left out: {dict(+self.left_out)}")
        assert not self.failures, "\n\n".join(self.failures[:5])
        assert not self.counts["out of reach"] * 50 > self.counts["compared"], "too much is out of reach"


def days(crisis: Crisis, branch: str | None) -> list[date]:
    """The last day; in the long run also the first, the middle and the last on which something happens."""
    found = sorted({e.date.last for e in branch_events(crisis, branch) if e.date is not None})
    last = crisis.period_to.last if crisis.period_to else found[-1] if found else date(2023, 1, 1)
    return sorted({last, *((found[0], found[len(found) // 2], found[-1]) if found and LONG else ())})


def compare_branches(tally: Tally, crisis: Crisis) -> None:
    for branch in (None, *crisis.branches):
        for day in days(crisis, branch):
            try:
                tally.add(f"{crisis.id} {branch or '-'} {day}", compare(crisis, branch, day))
            except OutOfReach as why:
                tally.counts["out of reach"] += 1
                print(f"{crisis.id} {branch or '-'}: {why}")


@pytest.mark.parametrize("path", CRISES, ids=lambda path: path.stem)
def test_a_crisis_of_the_library(path):
    tally = Tally()
    compare_branches(tally, shelf().crises[path.stem])
    tally.close()


@pytest.mark.parametrize("part", range(4))
def test_conformance_cases(part):
    tally = Tally()
    for path in CASES[part::4]:
        compare_branches(tally, open_crisis(str(path), shelf()))
    tally.close()


def read(text: str) -> Crisis | None:
    """The world of a text; None where the text is none."""
    node, problems = parse(text.encode(), "world.yaml")
    reader = scoped_to(registry())
    crisis = read_crisis(node, reader) if node is not None else None
    return None if problems or reader.problems else crisis


def found_in(text: str) -> Comparison:
    crisis = read(text)
    assert crisis is not None, text
    return compare(crisis, None, date.fromisoformat(LAST), STATES)


def smallest(text: str) -> str:
    """The smallest world in which the engines still differ on one of the same findings."""
    wanted = set(found_in(text).difference().splitlines())

    def still(tried: str) -> bool:
        try:
            return (
                "instruments: []" in tried
                and read(tried) is not None
                and bool(wanted & set(found_in(tried).difference().splitlines()))
            )
        except Exception:  # what was dropped was needed
            return False

    return shrunk(text, still)


@pytest.mark.parametrize("start", range(0, WORLDS, CHUNK))
def test_random_worlds(start):
    tally = Tally()
    for seed in range(start, min(start + CHUNK, WORLDS)):
        found = found_in(world(seed))
        name = f"seed {seed}"
        if found.difference() and len(tally.failures) < 2:
            name = f"seed {seed}\n{smallest(world(seed))}"
        tally.add(name, found)
    tally.close()


def test_a_difference_is_shown():
    found = next(found for seed in range(100) if (found := found_in(world(seed))).first)
    blind = Comparison(found.first, {}, found.left_out)
    assert len(blind.difference().splitlines()) == len(found.first) and "second no" in blind.difference()


def test_a_world_is_shrunk_to_what_matters():
    text = next(text for seed in range(100) if (text := world(seed)).count("kind: invasion") and "open" in text)
    small = shrunk(text, lambda tried: "kind: invasion" in tried)
    assert small == "events:\n  - {kind: invasion}\n"
