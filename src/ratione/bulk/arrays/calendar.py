"""Days as whole numbers (those of `date.toordinal`) and the arithmetic of months on whole columns of them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from ratione import days
from ratione.assess import clock
from ratione.days import Interval
from ratione.rules import Clock, Start, Suspension, Version

FIRST, LAST = days.FIRST.toordinal(), days.LAST.toordinal()
#: No day at all: later than every day.
NEVER = LAST + 1
#: From a day's number to that of Arrow's date32.
EPOCH = date(1970, 1, 1).toordinal()
_FROM, _TO = date(1940, 1, 1).toordinal(), date(2045, 1, 1).toordinal()
Array = Any
Span = tuple[Array, Array]
Four = tuple[Array, Array, Array, Array]


def number(day: date | None, missing: int = NEVER) -> int:
    """The number of a day."""
    return missing if day is None else day.toordinal()


def add_months(day: Array, months: int) -> Array:
    """As `days.add_months`, for a column."""
    when = (day.astype(np.int64) - EPOCH).astype("M8[D]")
    month = when.astype("M8[M]")
    offset = when - month.astype("M8[D]")
    target = month + np.timedelta64(months, "M")
    length = (target + np.timedelta64(1, "M")).astype("M8[D]") - target.astype("M8[D]")
    found = (target.astype("M8[D]") + np.minimum(offset, length - np.timedelta64(1, "D"))).astype(np.int64) + EPOCH
    return np.where((day == FIRST) | (day == LAST), day, np.clip(found, FIRST, LAST)).astype(np.int32)


def month_end(day: Array) -> Array:
    """The last day of the month of each day."""
    month = (day.astype(np.int64) - EPOCH).astype("M8[D]").astype("M8[M]")
    return ((month + np.timedelta64(1, "M")).astype("M8[D]").astype(np.int64) + EPOCH - 1).astype(np.int32)


def run(start: Array, months: int, suspensions: tuple[Suspension, ...], rest_day: bool) -> tuple[Array, Array]:
    """As `clock.run`, for a column: the safe and the arguable last day."""
    base: Array = add_months(start, months)
    arguable: Array = np.where(month_end(start) == start, month_end(base), base)
    following = np.minimum(start + 1, LAST)
    for window in suspensions:
        if months != window.only_months:
            continue
        first, last = number(window.first), number(window.last)
        begins = (first <= start) & (start <= last)
        begins_next = (first <= following) & (following <= last)
        longer = add_months(base, window.months)
        surely = ((first <= base) & (base <= last)) | (begins & begins_next)
        perhaps = ~surely & (begins | begins_next | ((start < first) & (base > last)))
        arguable = np.where(surely, longer, np.where(perhaps, np.maximum(arguable, longer), arguable))
        base = np.where(surely, longer, base)
    if rest_day:
        weekday = (base - 1) % 7
        moved = np.minimum(base + 7 - weekday, LAST)
        arguable = np.where(weekday >= 5, np.maximum(arguable, moved), arguable)
    fixed: Array = (start == FIRST) | (start == LAST)
    safe: Array = np.where(fixed, start, base)
    later: Array = np.where(fixed, start, arguable)
    return safe.astype(np.int32), later.astype(np.int32)


class Period:
    """A length in months with its suspensions: last days by start day, from a table where the years are usual."""

    def __init__(self, months: int, suspensions: tuple[Suspension, ...], rest_day: bool) -> None:
        self.rule = (months, suspensions, rest_day)
        tables = run(np.arange(_FROM, _TO, dtype=np.int32), *self.rule)
        self._table = tuple(np.concatenate([[FIRST], table, [LAST]]).astype(np.int32) for table in tables)
        turns = clock.turns(Interval(), months, suspensions)
        self._turns = np.array(sorted(number(d) for d in turns if days.FIRST < d < days.LAST), np.int32)
        if len(self._turns):
            self._extremes = [_extremes(values) for values in run(self._turns, *self.rule)]

    def at(self, start: Array) -> tuple[Array, Array]:
        """The safe and the arguable last day for each start day."""
        place = start - (_FROM - 1)
        safe, arguable = (table.take(place, mode="clip") for table in self._table)
        if len(place) and (place.min() < 1 or place.max() > _TO - _FROM):
            at = np.flatnonzero(((place < 1) & (start != FIRST)) | ((place > _TO - _FROM) & (start != LAST)))
            if len(at):
                safe[at], arguable[at] = run(start[at], *self.rule)
        return safe, arguable

    def over(self, first: Array, last: Array) -> Four:
        """The earliest and the latest safe day over the start days of each interval, then of the arguable days."""
        safe, arguable = self.at(first)
        wide = np.flatnonzero(first != last)
        if not len(wide):
            return safe, safe, arguable, arguable
        found = [safe, safe.copy(), arguable, arguable.copy()]
        for which, other in enumerate(self.at(last[wide])):
            low, high = 2 * which, 2 * which + 1
            one = found[low][wide]
            least, most = np.minimum(one, other), np.maximum(one, other)
            if len(self._turns):
                left = self._turns.searchsorted(first[wide])
                right = self._turns.searchsorted(last[wide], "right")
                least = np.minimum(least, self._extremes[which][0][left, right])
                most = np.maximum(most, self._extremes[which][1][left, right])
            found[low][wide], found[high][wide] = least, most
        return found[0], found[1], found[2], found[3]


def _extremes(values: Array) -> tuple[Array, Array]:
    """The minimum and maximum of values[i:j], for every i and j."""
    n = len(values)
    low, high = np.full((n + 1, n + 1), NEVER, np.int32), np.full((n + 1, n + 1), 0, np.int32)
    for i in range(n):
        low[i, i + 1 :] = np.minimum.accumulate(values[i:])
        high[i, i + 1 :] = np.maximum.accumulate(values[i:])
    return low, high


@lru_cache(maxsize=256)
def period(months: int, suspensions: tuple[Suspension, ...], rest_day: bool) -> Period:
    """The period of a length, made once."""
    return Period(months, suspensions, rest_day)


def lengths(versions: tuple[Version, ...], first: Array, last: Array) -> tuple[Array, Array]:
    """The shortest and the longest period that may hold for a day of which only the interval is known."""
    n = len(versions) + 1
    low, high = _extremes(np.array([v.months for v in versions], np.int32))
    held = np.maximum(np.arange(n) - 1, 0)
    code = np.zeros(len(first), np.uint8)
    for version in versions:  # how many begin by the first day, and by the last
        since = number(version.since, FIRST)
        code += (first >= since).view(np.uint8) * np.uint8(n)
        code += (last >= since).view(np.uint8)
    shortest, longest = (table[held].reshape(-1).take(code, mode="wrap") for table in (low, high))
    return shortest, longest


def of_start(rule: Clock, start: Start, day: Span, by: tuple[Span, ...]) -> Four:
    """As `clock.of_start`: earliest and latest safe day, earliest and latest arguable day."""
    if start.months is not None:
        return _period(rule, start.months).over(*day)
    if len(rule.versions) == 1:
        return _period(rule, rule.versions[0].months).over(*day)
    sets = [lengths(rule.versions, *x) for x in by or (day,)]
    shortest, longest = _fold(np.minimum, [s[0] for s in sets]), _fold(np.maximum, [s[1] for s in sets])
    found = np.empty((4, len(day[0])), np.int32)
    alike = shortest == longest
    for months in dict.fromkeys(v.months for v in rule.versions):
        rows = np.flatnonzero(alike & (shortest == months))
        if len(rows) == len(alike):
            return _period(rule, months).over(*day)
        four = _period(rule, months).over(day[0].take(rows, mode="wrap"), day[1].take(rows, mode="wrap"))
        for which in range(4):
            found[which][rows] = four[which]
    rows = np.flatnonzero(~alike)
    if len(rows):
        short, long = _fold(np.minimum, [s[1][rows] for s in sets]), _fold(np.maximum, [s[0][rows] for s in sets])
        each = shortest[rows], short, long, longest[rows]
        found[:, rows] = _of_lengths(rule, each, day[0][rows], day[1][rows])
    return found[0], found[1], found[2], found[3]


def _of_lengths(rule: Clock, each: Four, first: Array, last: Array) -> Array:
    """The four days of a start event, each with a length of its own."""
    found = np.empty((4, len(first)), np.int32)
    for months in dict.fromkeys(v.months for v in rule.versions):
        four = _period(rule, months).over(first, last)
        for which in range(4):
            held = each[which] == months
            found[which, held] = four[which][held]
    return found


def _period(rule: Clock, months: int) -> Period:
    return period(months, rule.suspensions, rule.rest_day)


def _fold(pick: Any, values: list[Any]) -> Any:
    found = values[0]
    for value in values[1:]:
        found = pick(found, value)
    return found
