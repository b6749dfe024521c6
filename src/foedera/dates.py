"""Days that may be known only in part, half-open intervals of them, and calendar arithmetic."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from msgspec import Struct


class When(Struct, frozen=True, order=True):
    """A day, or the stretch in which it lies: `2021-12` is some day of December 2021."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def reached(self, day: date) -> bool | None:
        """Has it come by `day` (the day itself counts)? None, unknown, inside the stretch."""
        return True if self.last <= day else False if day < self.first else None

    def __str__(self) -> str:
        if self == SOMETIME:
            return "unknown"
        if self.exact:
            return self.first.isoformat()
        whole_year = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        return f"{self.first.year:04d}" if whole_year else f"{self.first.year:04d}-{self.first.month:02d}"


SOMETIME = When(date.min, date.max)
_PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def on_day(day: date) -> When:
    """A day known exactly."""
    return When(day, day)


def parse_when(text: str) -> When | str:
    """A date as written (`2023-09-16`, `2021-12`, `2021`, `unknown`), or what is wrong with it.

    >>> str(parse_when("2021-12")), parse_when("2023-02-30")
    ('2021-12', 'February 2023 has 28 days')
    """
    if text == "unknown":
        return SOMETIME
    match = _PATTERN.fullmatch(text)
    if match is None:
        return "a date is written 2023-09-16, 2023-09, 2023 or `unknown`"
    year = int(match[1])
    month = int(match[2]) if match[2] else None
    day = int(match[3]) if match[3] else None
    if year == 0:
        return "there is no year 0"
    if month is None:
        return When(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        return f"there is no month {month:02d}"
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return When(date(year, month, 1), date(year, month, length))
    if not 1 <= day <= length:
        return f"{calendar.month_name[month]} {year} has {length} days"
    return on_day(date(year, month, day))


class Interval(Struct, frozen=True):
    """Half-open: `since` is the first day in, `until` the first day out; None is no bound."""

    since: When | None = None
    until: When | None = None

    def covers(self, day: date) -> bool | None:
        """Is `day` inside? None, unknown, where a bound is known only in part."""
        begun = True if self.since is None else self.since.reached(day)
        ended = False if self.until is None else self.until.reached(day)
        if begun is False or ended is True:
            return False
        return None if begun is None or ended is None else True


ALWAYS = Interval()


class Period(Struct, frozen=True):
    """A length of time: calendar months (years are twelve) and days."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day that lies this period after `day`; a shorter month gives its last day.

        >>> Period(months=6).after(date(2025, 8, 31)).isoformat()
        '2026-02-28'
        """
        years, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        year = min(max(years, 1), 9999)
        last = calendar.monthrange(year, month + 1)[1]
        start = date(year, month + 1, min(day.day, last))
        try:
            return start + timedelta(days=self.days)
        except OverflowError:
            return date.max

    def __str__(self) -> str:
        parts = [(self.months, "month"), (self.days, "day")]
        return " ".join(f"{n} {unit}{'s' if n != 1 else ''}" for n, unit in parts if n) or "no time"


_PERIOD = re.compile(r"([0-9]{1,4}) (day|week|month|year)s?")


def parse_period(text: str) -> Period | str:
    """A period as written (`6 months`, `90 days`, `1 year`, `at once`), or what is wrong with it."""
    if text == "at once":
        return Period()
    match = _PERIOD.fullmatch(text)
    if match is None:
        return "a period is written `90 days`, `2 weeks`, `6 months`, `1 year` or `at once`"
    count = int(match[1])
    per = {"day": Period(days=count), "week": Period(days=7 * count)}
    return per.get(match[2]) or Period(months=count * (12 if match[2] == "year" else 1))
