"""The arithmetic of clocks: last days from start events, on exact days and on intervals (law.md A.1, A.3, B.1.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ratione.days import FIRST, LAST, Interval, add_months, month_end, month_length, next_day, plus_days
from ratione.rules import FAILED, JUDGMENT, UNKNOWN, Clock, Start, Suspension, Version


def run(
    start: date, months: int, suspensions: tuple[Suspension, ...] = (), rest_day: bool = False
) -> tuple[date, date]:
    """The safe and the arguable last day of a period that `start` sets in motion (equal where there is no doubt).

    Corresponding day, clamped to the month's end; a start on the last day of a month may be argued to end on the last
    day (law.md A.3). A suspension adds its months where the period begins or ends inside its window (law.md B.1.8).
    """
    if start in (FIRST, LAST):
        return start, start
    base = arguable = add_months(start, months)
    if start.day == month_length(start):
        arguable = month_end(base)
    for window in suspensions:
        if months != window.only_months:
            continue
        begins, begins_next = window.first <= start <= window.last, window.first <= next_day(start) <= window.last
        if window.first <= base <= window.last or (begins and begins_next):
            base = arguable = add_months(base, window.months)
        elif begins or begins_next or (start < window.first and base > window.last):
            arguable = max(arguable, add_months(base, window.months))
    if rest_day and base.weekday() >= 5:
        arguable = max(arguable, plus_days(base, 7 - base.weekday()))
    return base, arguable


def turns(span: Interval, months: int, suspensions: tuple[Suspension, ...]) -> tuple[date, ...]:
    """The days of an interval at which the last day can turn back: its ends and what surrounds each window."""
    days = {span.first, span.last}
    for window in suspensions:
        if months != window.only_months:
            continue
        for edge in (window.first, window.last):
            for centre in (edge, add_months(edge, -months)):
                days.update(plus_days(centre, n) for n in range(-4, 5))
    return tuple(day for day in days if span.first <= day <= span.last)


def lengths(versions: tuple[Version, ...], day: Interval) -> tuple[int, ...]:
    """The lengths, in months, that may hold for a day of which only the interval is known."""
    held = None
    found: list[int] = []
    for version in versions:  # in order of `since`
        since = version.since or FIRST
        if since <= day.first:
            held = version.months
        elif since <= day.last:
            found.append(version.months)
    return (held, *found) if held is not None else tuple(found)


@dataclass(frozen=True, slots=True)
class Ends:
    """What is certain of a last day: earliest and latest safe day, earliest and latest arguable day."""

    safe_first: date
    safe_last: date
    arguable_first: date
    arguable_last: date


def of_start(clock: Clock, start: Start, day: Interval, by: tuple[Interval, ...]) -> Ends:
    """The last days that one start event gives. `by`: the days that choose the length (law.md B.1.8, "Length")."""
    sets = [(start.months,)] if start.months is not None else [lengths(clock.versions, x) for x in by or (day,)]
    shortest, short = min(min(s) for s in sets), min(max(s) for s in sets)
    long, longest = max(min(s) for s in sets), max(max(s) for s in sets)
    if day.first == day.last and shortest == longest:
        safe, arguable = run(day.first, shortest, clock.suspensions, clock.rest_day)
        return Ends(safe, safe, arguable, arguable)

    def at(months: int, which: int) -> list[date]:
        looks = turns(day, months, clock.suspensions)
        return [run(d, months, clock.suspensions, clock.rest_day)[which] for d in looks]

    return Ends(min(at(shortest, 0)), max(at(short, 0)), min(at(long, 1)), max(at(longest, 1)))


def together(parts: list[tuple[Start, int, Ends]]) -> Ends | None:
    """The last days of a clock from its start events, each with the level of its condition; None where none can count.

    A start that may count widens what is possible; one that surely counts bounds the safe day from above. A start event
    that is itself a matter of judgment never lets the clock run out (law.md A.1 rule 4).
    """
    live = [(start, level, ends) for start, level, ends in parts if level != FAILED]
    first = [x for x in live if not x[0].later]
    if not first:
        return None
    sure_first = [ends for _, level, ends in first if level != UNKNOWN]
    sure = [ends for _, level, ends in live if level != UNKNOWN]
    return Ends(
        safe_first=min(ends.safe_first for _, _, ends in first),
        safe_last=min((e.safe_last for e in sure_first), default=max(ends.safe_last for _, _, ends in first)),
        arguable_first=max((e.arguable_first for e in sure), default=min(ends.arguable_first for _, _, ends in live)),
        arguable_last=LAST
        if any(level == JUDGMENT for _, level, _ in live)
        else max(ends.arguable_last for _, _, ends in live),
    )
