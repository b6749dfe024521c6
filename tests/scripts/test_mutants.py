"""The mutants: what is dropped or flipped, and which are noticed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from foedera.library import library

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "mutants"))

from mutate import SORTS, mutants  # noqa: E402
from notice import Bench  # noqa: E402


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(library(), ROOT / "conformance" / "niger")


def by_words(treaty):
    return {(mutant.where, mutant.says): mutant for mutant in mutants(treaty)}


def test_a_treaty_has_mutants_of_every_sort_and_none_is_the_treaty_itself(bench):
    treaty = bench.treaties["nato-1949"]
    found = list(mutants(treaty))
    assert {mutant.sort for mutant in found} == set(SORTS)
    assert all(mutant.treaty != treaty for mutant in found)
    assert len({str(mutant) for mutant in found}) == len(found)


def test_a_dropped_rule_a_flipped_modality_and_a_turned_bearer_are_noticed(bench):
    found = by_words(bench.treaties["aes-2023"])
    trials = bench.trials("aes-2023")
    for says in ("dropped", "may for must", "non-party for other-parties"):
        assert bench.noticed_by(found["6/one-is-all", says], trials), says


def test_without_its_examples_and_the_crises_nothing_is_noticed(bench):
    """What notices is the expectations: without any, the same mutant passes."""
    mutant = by_words(bench.treaties["aes-2023"])["6/one-is-all", "may for must"]
    assert bench.noticed_by(mutant, []) is None


def test_an_expectation_is_only_run_for_the_rule_that_it_asks_about(bench):
    dropped = by_words(bench.treaties["aes-2023"])["6/one-is-all", "dropped"]
    trials = [trial for trial in bench.trials("aes-2023") if trial.rules is not None]
    others = [trial for trial in trials if trial.rules.isdisjoint({"6", "6/one-is-all"})]
    assert dropped.alone and others
    assert bench.noticed_by(dropped, others) is None
    assert bench.noticed_by(dropped, trials)


def test_a_mutant_that_only_another_instrument_shows_is_tried_beside_it(bench):
    """Without `yields_to` the mutant is told apart from the treaty only where the Charter's rule fires too."""
    treaty = bench.treaties["us-kor-1953"]
    wide = [mutant for mutant in mutants(treaty) if mutant.wide]
    assert wide and all("yields_to" in mutant.says or "overrides" in mutant.says for mutant in wide)
