"""Days known in part, half-open intervals, calendar arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.dates import ALWAYS, SOMETIME, Interval, Period, When, on_day, parse_period, parse_when

YES, NO, UNKNOWN = True, False, None

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-09-16", date(2023, 9, 16), date(2023, 9, 16)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("unknown", date.min, date.max),
    ],
)
def test_a_date_is_a_day_a_month_a_year_or_unknown(text, first, last):
    when = parse_when(text)
    assert (when.first, when.last) == (first, last)
    assert str(when) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2023-02-30", "February 2023 has 28 days"),
        ("2024-02-30", "February 2024 has 29 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("2023-04-31", "April 2023 has 30 days"),
        ("2023-01-00", "January 2023 has 31 days"),
        ("2023-13", "there is no month 13"),
        ("2023-00-10", "there is no month 00"),
        ("0000", "there is no year 0"),
    ],
)
def test_a_day_that_never_was_is_refused_with_the_reason(text, says):
    assert parse_when(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-9-16",
        "16.9.2023",
        "2023/09/16",
        "23-09-16",
        "2023-09-16T00:00",
        " 2023",
        "+2023",
        "-044",
        "２０２３",
        "today",
    ],
)
def test_another_way_of_writing_a_date_is_refused(text):
    assert "2023-09-16" in parse_when(text)


@given(DAYS)
def test_a_whole_date_is_read_back_as_it_was_written(day):
    assert parse_when(day.isoformat()) == on_day(day)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_reason(text):
    assert isinstance(parse_when(text), (When, str))


def test_a_partial_date_is_reached_at_its_end_not_before_its_start_and_unknown_between():
    december = parse_when("2021-12")
    assert december.reached(date(2021, 11, 30)) is NO
    assert december.reached(date(2021, 12, 1)) is UNKNOWN
    assert december.reached(date(2021, 12, 30)) is UNKNOWN
    assert december.reached(date(2021, 12, 31)) is YES
    assert SOMETIME.reached(date(2021, 12, 31)) is UNKNOWN


def test_since_is_the_first_day_in_and_until_the_first_day_out():
    interval = Interval(parse_when("2023-09-16"), parse_when("2025-01-29"))
    assert [interval.covers(date(*d)) for d in ((2023, 9, 15), (2023, 9, 16), (2025, 1, 28), (2025, 1, 29))] == [
        NO,
        YES,
        YES,
        NO,
    ]


def test_an_interval_with_partial_bounds_is_unknown_inside_them():
    interval = Interval(parse_when("2020"), parse_when("2022-06"))
    assert interval.covers(date(2020, 6, 1)) is UNKNOWN
    assert interval.covers(date(2021, 6, 1)) is YES
    assert interval.covers(date(2022, 6, 15)) is UNKNOWN
    assert interval.covers(date(2022, 6, 30)) is NO


def test_an_interval_without_bounds_covers_every_day():
    assert ALWAYS.covers(date.min) is YES
    assert ALWAYS.covers(date.max) is YES


@given(DAYS, DAYS, DAYS)
def test_a_day_is_inside_an_interval_exactly_when_it_is_not_before_and_not_out(since, until, day):
    covered = Interval(on_day(since), on_day(until)).covers(day)
    assert covered is (YES if since <= day < until else NO)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("6 months", Period(months=6)), ("1 month", Period(months=1)), ("90 days", Period(days=90)), ("2 weeks", Period(days=14)),
        ("1 year", Period(months=12)), ("10 years", Period(months=120)), ("at once", Period()), ("0 days", Period()),
    ],
)  # fmt: skip
def test_a_period_is_days_weeks_months_years_or_at_once(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text",
    ["", "soon", "half a year", "6  months", "6months", "-1 days", "1.5 years", "99999 days", "6 Months", "a month"],
)
def test_a_period_that_cannot_be_counted_is_refused(text):
    assert "`6 months`" in parse_period(text)


@pytest.mark.parametrize(
    ("period", "day", "after"),
    [
        (Period(months=6), date(2025, 8, 31), date(2026, 2, 28)),
        (Period(months=6), date(2023, 8, 31), date(2024, 2, 29)),
        (Period(months=1), date(2023, 1, 31), date(2023, 2, 28)),
        (Period(months=12), date(2024, 2, 29), date(2025, 2, 28)),
        (Period(months=12), date(2024, 1, 29), date(2025, 1, 29)),
        (Period(months=11), date(2023, 2, 1), date(2024, 1, 1)),
        (Period(days=90), date(2023, 12, 31), date(2024, 3, 30)),
        (Period(months=1, days=1), date(2023, 1, 31), date(2023, 3, 1)),
        (Period(), date(2023, 1, 31), date(2023, 1, 31)),
    ],
)
def test_a_month_ends_on_its_last_day_when_it_is_shorter(period, day, after):
    assert period.after(day) == after


@given(DAYS, st.integers(0, 200_000), st.integers(0, 10_000_000))
def test_a_period_after_any_day_is_a_day_and_never_before_it(day, months, days):
    try:
        later = Period(months, days).after(day)
    except OverflowError:
        pytest.fail("a period ran off the calendar")
    assert later >= day or later.year == 9999


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period(6), "6 months"),
        (Period(1), "1 month"),
        (Period(0, 1), "1 day"),
        (Period(12, 3), "12 months 3 days"),
        (Period(), "no time"),
    ],
)
def test_a_period_is_shown_in_months_and_days(period, text):
    assert str(period) == text
