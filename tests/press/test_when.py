"""Days in words, counted from the day of publication."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratione.press.when import WEEKDAY, find

TUESDAY = date(2022, 3, 15)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("on Tuesday", "2022-03-15"),
        ("said Monday that", "2022-03-14"),
        ("last Tuesday", "2022-03-08"),
        ("next Tuesday", "2022-03-22"),
        ("yesterday", "2022-03-14"),
        ("last weekend", "2022-03-12/2022-03-13"),
        ("last week", "2022-03-07/2022-03-13"),
        ("last month", "2022-02"),
        ("this year", "2022"),
        ("two days ago", "2022-03-13"),
        ("three months ago", "2021-12"),
        ("in February", "2022-02"),
        ("in December", "2021-12"),
        ("in 2014", "2014"),
        ("on 16 March 2022", "2022-03-16"),
        ("March 16, 2022", "2022-03-16"),
        ("2022-03-16", "2022-03-16"),
        ("16.03.2022", "2022-03-16"),
        ("on Monday, March 14, that", "2022-03-14"),
        ("on Tuesday (8 March)", "2022-03-08"),
        ("until the end of the year", "2022-12-31"),
        ("le 1er mars 2022", "2022-03-01"),
        ("mardi dernier", "2022-03-08"),
        ("el 10 de septiembre de 2012", "2012-09-10"),
        ("16 марта 2022 года", "2022-03-16"),
        ("em 5 de abril de 2019", "2019-04-05"),
    ],
)
def test_said(words: str, told: str) -> None:
    (said,) = find(words)
    assert str(said.resolve(TUESDAY)) == told


@pytest.mark.parametrize(
    "words", ["Russia may march on", "Sun shines", "the May government", "1,500 people", "in case"]
)
def test_no_day(words: str) -> None:
    assert find(words) == []


def test_future_looks_ahead() -> None:
    (said,) = find("on 31 January")
    assert str(said.resolve(date(2019, 12, 17), future=True)) == "2020-01-31"
    assert str(said.resolve(date(2019, 12, 17))) == "2019-01-31"


def test_later_is_counted_from_the_day_told_before() -> None:
    _, said = find("in 2014; a year later")
    assert str(said.resolve(TUESDAY, told=date(2014, 5, 1))) == "2015"
    assert said.resolve(TUESDAY) is None


def test_without_publication_only_what_is_said() -> None:
    (said,) = find("on 7 March")
    assert said.resolve(None) is None
    assert said.partial == "--03-07"


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["monday", "tuesday", "friday", "sunday"]))
def test_a_weekday_is_the_last_one_up_to_publication(published: date, name: str) -> None:
    (said,) = find(f"on {name.capitalize()}")
    day = said.resolve(published)
    assert day is not None
    assert day.exact
    assert timedelta(0) <= published - day.first < timedelta(7)
    assert day.first.weekday() == WEEKDAY[name]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for said in find(text):
        assert text[said.start : said.end].strip()
        said.resolve(TUESDAY)
        said.resolve(None)
