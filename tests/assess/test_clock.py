"""Last days: monotony, the window of 2020, versions (law.md A.3, B.1.8)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ratione.assess import clock
from ratione.days import Interval, exactly
from ratione.fora import ecthr
from ratione.rules import Clock, Start, Version

DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))
MONTHS = st.sampled_from((2, 3, 4, 6, 12, 36, 60))
#: Starts that no suspension can touch.
OUTSIDE = st.one_of(st.dates(date(1950, 1, 1), date(2019, 1, 1)), st.dates(date(2020, 7, 1), date(2060, 1, 1)))


@given(OUTSIDE, st.integers(0, 800), MONTHS)
def test_a_later_start_never_gives_an_earlier_last_day(start: date, gap: int, months: int) -> None:
    later = start + timedelta(days=gap)
    if start.year < 2020 < later.year:
        return
    assert clock.run(start, months, ecthr.COVID)[0] <= clock.run(later, months, ecthr.COVID)[0]
    assert clock.run(start, months, ecthr.COVID)[1] <= clock.run(later, months, ecthr.COVID)[1]


@given(DAYS, MONTHS)
def test_the_arguable_day_is_never_earlier(start: date, months: int) -> None:
    safe, arguable = clock.run(start, months, ecthr.COVID, rest_day=True)
    assert safe <= arguable


@given(DAYS, st.integers(0, 500), st.integers(0, 500), st.booleans())
def test_an_interval_holds_the_ends_of_every_day_in_it(first: date, width: int, inside: int, by_other: bool) -> None:
    """What is certain on an interval is so on each of its days, versions and the suspension included."""
    start = Start("decision", "x", by=("decision.taken",) if by_other else ())
    of = Clock((start,), ecthr.VERSIONS, "dispatch", ecthr.COVID)
    span = Interval(first, first + timedelta(days=width))
    day = exactly(min(span.last, first + timedelta(days=inside)))
    whole = clock.of_start(of, start, span, (span,) if by_other else ())
    one = clock.of_start(of, start, day, (day,) if by_other else ())
    assert whole.safe_first <= one.safe_first <= whole.safe_last
    assert whole.arguable_first <= one.arguable_first <= whole.arguable_last


@given(st.lists(st.tuples(st.sampled_from((1, 2, 3)), DAYS, st.booleans()), min_size=1, max_size=4), st.data())
def test_a_start_that_may_count_widens_and_never_decides(
    drawn: list[tuple[int, date, bool]], data: st.DataObject
) -> None:
    """Settling the conditions of start events keeps the last days within what was possible before."""
    of = Clock((), (Version(None, 6),), "x")
    parts = []
    for level, day, later in drawn:
        start = Start("x", "x", later=later)
        parts.append((start, level, clock.of_start(of, start, exactly(day), ())))
    settled = [(s, data.draw(st.sampled_from((0, 3))) if level == 1 else level, ends) for s, level, ends in parts]
    before, after = clock.together(parts), clock.together(settled)
    if before is None or after is None:
        return
    assert before.safe_first <= after.safe_first
    assert after.arguable_last <= before.arguable_last
    assert before.safe_first <= after.safe_last
