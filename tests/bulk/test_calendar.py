"""Months on columns are months on days."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ratione import days
from ratione.assess import clock
from ratione.bulk.arrays import calendar
from ratione.days import Interval
from ratione.rules import Clock, Start, Suspension, Version

DAYS = st.one_of(
    st.dates(), st.dates(date(2019, 6, 1), date(2021, 1, 1)), st.sampled_from([date.min, date.max, date(2024, 2, 29)])
)
WINDOW = (Suspension(date(2020, 3, 16), date(2020, 6, 15), months=3, only_months=6),)
VERSIONS = (Version(None, 6), Version(date(2022, 2, 1), 4))


@given(DAYS, st.integers(-30, 130))
def test_add_months(day: date, months: int) -> None:
    found = calendar.add_months(np.array([day.toordinal()], np.int32), months)
    assert date.fromordinal(int(found[0])) == days.add_months(day, months)


@given(st.lists(DAYS, min_size=2, max_size=2), st.lists(DAYS, min_size=2, max_size=2), st.booleans(), st.booleans())
def test_last_days_of_a_start(own: list[date], by: list[date], rest_day: bool, suspended: bool) -> None:
    rule = Clock((), VERSIONS, "send", WINDOW if suspended else (), rest_day=rest_day)
    start = Start("decision", "", by=("decision.taken",))
    day, other = Interval(min(own), max(own)), Interval(min(by), max(by))
    ends = clock.of_start(rule, start, day, (other,))
    columns = [tuple(np.array([d.toordinal()], np.int32) for d in (i.first, i.last)) for i in (day, other)]
    found = calendar.of_start(rule, start, columns[0], (columns[1],))  # type: ignore[arg-type]
    expected = (ends.safe_first, ends.safe_last, ends.arguable_first, ends.arguable_last)
    assert tuple(date.fromordinal(int(column[0])) for column in found) == expected
