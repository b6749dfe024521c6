"""Kleene's three truths and days known in part."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from foedera.dates import Interval, parse_period, parse_when
from foedera.engine.proof import both, denied, either, fact, open_leaf
from foedera.truth import NO, UNKNOWN, YES, all_of, any_of, negated, truth_of

ORDER = {NO: 0, UNKNOWN: 1, YES: 2}


@pytest.mark.parametrize(("one", "other"), list(product(ORDER, repeat=2)))
def test_and_is_the_least_and_or_the_greatest_of_no_unknown_yes(one, other):
    assert all_of((one, other)) is min(one, other, key=ORDER.get)
    assert any_of((one, other)) is max(one, other, key=ORDER.get)


@pytest.mark.parametrize(("before", "after"), [(YES, NO), (NO, YES), (UNKNOWN, UNKNOWN)])
def test_negation_turns_yes_and_no_and_leaves_unknown(before, after):
    assert negated(before) is after


def test_all_of_nothing_is_yes_and_any_of_nothing_is_no():
    assert all_of(()) is YES
    assert any_of(()) is NO
    assert (truth_of(True), truth_of(False), truth_of(None)) == (YES, NO, UNKNOWN)


def leaf(truth, name="q"):
    return open_leaf("x", name, ("yes", "no"), ("yes",)) if truth is UNKNOWN else fact("x", truth is YES)


@pytest.mark.parametrize(("one", "other"), list(product(ORDER, repeat=2)))
def test_proofs_follow_the_same_tables(one, other):
    assert both([leaf(one), leaf(other)]).truth is all_of((one, other))
    assert either([leaf(one), leaf(other)]).truth is any_of((one, other))
    assert denied(leaf(one)).truth is negated(one)


def test_unknown_equals_nothing_not_even_unknown():
    """Kleene cannot see that q and not q exclude each other: only the decision diagram can."""
    assert either([leaf(UNKNOWN), denied(leaf(UNKNOWN))]).truth is UNKNOWN


@pytest.mark.parametrize(
    ("text", "day", "truth"),
    [
        ("2021-12", date(2021, 11, 30), NO), ("2021-12", date(2021, 12, 1), UNKNOWN), ("2021-12", date(2021, 12, 30), UNKNOWN),
        ("2021-12", date(2021, 12, 31), YES), ("2021", date(2021, 1, 1), UNKNOWN), ("2021", date(2021, 12, 31), YES),
        ("2021-12-05", date(2021, 12, 4), NO), ("2021-12-05", date(2021, 12, 5), YES), ("unknown", date(1900, 1, 1), UNKNOWN),
    ],
)  # fmt: skip
def test_a_partial_date_is_unknown_inside_its_stretch(text, day, truth):
    assert truth_of(parse_when(text).reached(day)) is truth


def test_an_interval_is_half_open():
    spell = Interval(parse_when("2000-01-01"), parse_when("2000-02-01"))
    days = [date(1999, 12, 31), date(2000, 1, 1), date(2000, 1, 31), date(2000, 2, 1)]
    assert [spell.covers(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("6 months", date(2025, 8, 31), date(2026, 2, 28)), ("1 year", date(2024, 2, 29), date(2025, 2, 28)),
        ("90 days", date(2025, 1, 1), date(2025, 4, 1)), ("2 weeks", date(2025, 1, 1), date(2025, 1, 15)),
        ("at once", date(2025, 1, 1), date(2025, 1, 1)), ("1 month", date(2024, 1, 31), date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_months_are_calendar_months(period, start, end):
    assert parse_period(period).after(start) == end
