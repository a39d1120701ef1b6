"""Civil days, intervals of days, months, and the days on which treaties begin and end to bind.

No law of any forum stands here. A day is a `datetime.date` without time zone. An interval is a pair of days, both
included; an exact day has equal ends, an unknown day is all of time. Authority for the sums: law.md A.3.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST = date.min
LAST = date.max
ONE = timedelta(days=1)


def today() -> date:
    """The day of the machine's clock. The only place that reads it."""
    return date.today()


def next_day(day: date) -> date:
    """The day after; the last of all days stays."""
    return day if day == LAST else day + ONE


def day_before(day: date) -> date:
    """The day before; the first of all days stays."""
    return day if day == FIRST else day - ONE


def plus_days(day: date, n: int) -> date:
    """`n` days later (earlier if negative), held within the calendar."""
    try:
        return day + timedelta(days=n)
    except OverflowError:
        return LAST if n > 0 else FIRST


def month_length(day: date) -> int:
    """How many days the month of `day` has."""
    return calendar.monthrange(day.year, day.month)[1]


def add_months(day: date, n: int) -> date:
    """The corresponding day `n` calendar months later; where that month has none, its last day (law.md A.3)."""
    if day in (FIRST, LAST):
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not date.min.year <= year <= date.max.year:
        return LAST if n > 0 else FIRST
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=month_length(day))


def first_of_next_month(day: date) -> date:
    """The first day of the month after the month of `day`."""
    return next_day(month_end(day))


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included: what is known of one day."""

    first: date = FIRST
    last: date = LAST

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of the day."""
        return self.first == FIRST and self.last == LAST

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def within(self, first: date = FIRST, last: date = LAST) -> Interval:
        """Narrowed by what is certain; a contradiction keeps the stated days."""
        lo, hi = max(self.first, first), min(self.last, last)
        return Interval(lo, hi) if lo <= hi else self

    def __str__(self) -> str:
        if self.exact:
            return self.first.isoformat()
        if self.unknown:
            return "unknown"
        if self == month(self.first):
            return self.first.isoformat()[:7]
        if self == Interval(date(self.first.year, 1, 1), date(self.first.year, 12, 31)):
            return self.first.isoformat()[:4]
        return f"{'' if self.first == FIRST else self.first}/{'' if self.last == LAST else self.last}"


ALL_TIME = Interval()


def exactly(day: date) -> Interval:
    """The interval of one known day."""
    return Interval(day, day)


def month(day: date) -> Interval:
    """The whole month of `day`."""
    return Interval(day.replace(day=1), month_end(day))


_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_RANGE = re.compile(r"(\d{4}(?:-\d{2}){0,2})?/(\d{4}(?:-\d{2}){0,2})?\Z")
ACCEPTED = "a day such as 2022-09-16, a month such as 2022-09, a year such as 2022, or 2022-09-01/2022-09-15"
EXACT = "a day such as 2022-09-16"


def parse(text: str, accepted: str = ACCEPTED) -> Interval:
    """Read an ISO day, month, year, or `from/to` as an interval.

    Raises ValueError, with what is `accepted`, for anything else: other formats are never guessed.
    """
    text = text.strip()
    if between := _RANGE.match(text):
        first, last = between.groups()
        found = Interval(
            parse(first, accepted).first if first else FIRST, parse(last, accepted).last if last else LAST
        )
        if found.first > found.last:
            raise ValueError(f"{text!r} ends before it begins; accepted is {accepted}")
        return found
    found_day = _DAY.match(text)
    if not found_day:
        raise ValueError(f"{text!r} is not a date; accepted is {accepted}")
    year, month_, day = (int(x) if x else None for x in found_day.groups())
    assert year is not None
    try:
        if day and month_:
            return exactly(date(year, month_, day))
        if month_:
            return month(date(year, month_, 1))
        return Interval(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        raise ValueError(f"{text!r} is not in the calendar; accepted is {accepted}") from None


def parse_day(text: str) -> date:
    """Read one exact ISO day. Raises ValueError for anything else."""
    found = parse(text, EXACT)
    if not found.exact:
        raise ValueError(f"{text!r} is not an exact day; accepted is {EXACT}")
    return found.first
