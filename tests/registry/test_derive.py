"""Derivation from facts made up here: rules that real facts do not exercise, and laws of every chain."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratione import days
from ratione.registry import Answer, Fact, Instrument, Registry, Segment, State
from ratione.registry.terms import Entry, Exit, Follow, Listing, Reading

KNOWN = date(2026, 11, 24)


def terms(code: str, kind: str = "treaty", **more: object) -> Instrument:
    given: dict[str, object] = {
        "parent": "", "in_force": date(1976, 1, 1), "rows": True, "entry": Entry("months_after_deposit", 3),
        "exit": Exit("months_after_receipt", 12), "list": Listing(True, KNOWN), "follows": (),
    }  # fmt: skip
    return Instrument(
        code, code, code, "", kind, suspension_ends_nothing=True, suspension_authority="", **{**given, **more}
    )  # type: ignore[arg-type]


def fact(event: str, act: str | date = "", effect: str | date = "", instrument: str = "T", **more: object) -> Fact:
    def day(value: str | date) -> date | None:
        return value if isinstance(value, date) else date.fromisoformat(value) if value else None

    given: dict[str, object] = {
        "territory": (), "articles": (), "kind": "", "since": None, "counts": "", "until": None,
        "status": "undisputed", "basis": "stated", "confidence": "high", "source": "s", "note": "",
        "known_from": day(act) or day(effect) or date(2020, 6, 30),
    }  # fmt: skip
    name = more.pop("id", f"AAA/{instrument}/{event}/{act or 'undated'}/{effect}")
    return Fact(name, "AAA", instrument, event, day(act), day(effect), **{**given, **more})  # type: ignore[arg-type]


def registry(*facts: Fact, instruments: tuple[Instrument, ...] = (terms("T"),)) -> Registry:
    states = {"AAA": State("AAA", "Alfaland", (), "", None, None, (), (), "")}
    return Registry(facts, {i.code: i for i in instruments}, states, {}).as_known_on(KNOWN)


def answers(*facts: Fact, known: date = KNOWN, **terms_of: object) -> list[tuple[str, str]]:
    chain = registry(*facts, instruments=(terms("T", **terms_of),)).as_known_on(known).timeline("AAA", "T")
    return [(str(s.first), s.answer.name) for s in chain[1:]]


RATIFIED = fact("ratified", "2000-01-01", "2000-04-01")


def test_a_day_is_worked_out_but_never_before_the_treaty_is_in_force() -> None:
    assert answers(fact("ratified", "2000-01-31")) == [("2000-04-30", "YES")]
    assert answers(fact("ratified", "1970-01-31")) == [("1976-01-01", "YES")]


def test_nobody_is_bound_by_a_treaty_that_is_not_in_force() -> None:
    chain = registry(fact("ratified", "2000-01-31"), instruments=(terms("T", in_force=None),)).timeline("AAA", "T")
    assert [(s.answer, s.why) for s in chain] == [(Answer.NO, "not_in_force")]


def test_an_unknown_rule_of_entry_gives_no_day() -> None:
    found = registry(fact("ratified", "2000-01-31"), instruments=(terms("T", entry=Entry()),))
    assert found.bound("AAA", "T", date(2020, 1, 1)).answer == Answer.UNKNOWN


def test_a_membership_begins_with_the_act() -> None:
    assert answers(fact("acceded", "2000-01-01"), kind="membership") == [("2000-01-01", "YES")]


@pytest.mark.parametrize("kind", ["treaty", "membership"])
def test_a_declaration_under_a_treaty_begins_nothing(kind: str) -> None:
    assert answers(fact("declared", "2000-01-01", "2000-01-01"), kind=kind) == []


def test_a_declaration_under_an_acceptance_begins_it_unless_it_is_a_mere_clause() -> None:
    assert answers(fact("declared", "2000-01-01", "2000-01-01"), kind="acceptance") == [("2000-01-01", "YES")]
    assert answers(fact("declared", "2000-01-01", "2000-01-01", kind="ngo_clause"), kind="acceptance") == []


def test_on_one_day_of_effect_the_day_of_the_act_decides() -> None:
    start = fact("acceded", "2019-03-04", "2019-06-01")
    assert answers(start, fact("ceased", "2019-04-29", "2019-06-01")) == [("2019-06-01", "NO")]
    again = fact("acceded", "2019-04-29", "2019-06-01")
    assert answers(RATIFIED, fact("denounced", "2019-04-29", "2019-06-01"), again)[-1] == ("2019-06-01", "YES")


def test_a_notice_running_is_projected_and_after_its_day_unknown() -> None:
    notice = fact("notice_of_withdrawal", "2020-03-01")
    on = [("2000-04-01", "YES"), ("2021-03-01", "NO")]
    assert answers(RATIFIED, notice, known=date(2021, 2, 28)) == on
    assert answers(RATIFIED, notice, known=date(2021, 3, 1))[-1] == ("2021-03-01", "UNKNOWN")


def test_a_notice_with_an_end_recorded_is_settled() -> None:
    found = answers(RATIFIED, fact("notice_of_withdrawal", "2020-03-01"), fact("denounced", "2020-03-01", "2021-03-01"))
    assert found[-1] == ("2021-03-01", "NO")


@pytest.mark.parametrize(("revoked", "answer"), [("2021-02-28", "YES"), ("2021-03-01", "UNKNOWN")])
def test_a_revocation_counts_only_before_the_effect(revoked: str, answer: str) -> None:
    registry_ = registry(RATIFIED, fact("notice_of_withdrawal", "2020-03-01"), fact("withdrawal_revoked", revoked))
    assert registry_.bound("AAA", "T", date(2022, 1, 1)).answer.name == answer


@pytest.mark.parametrize("rule", ["none", "with_parent"])
def test_where_nobody_can_leave_a_notice_does_nothing(rule: str) -> None:
    notice = fact("notice_of_withdrawal", "2020-03-01", "2021-03-01")
    assert answers(RATIFIED, notice, exit=Exit(rule)) == [("2000-04-01", "YES")]


def test_an_ineffective_notice_does_nothing() -> None:
    notice = fact("notice_of_withdrawal", "2020-03-01", status="ineffective")
    assert answers(RATIFIED, notice) == [("2000-04-01", "YES")]


def test_a_new_party_after_a_notice_ran_out_is_bound_again() -> None:
    found = answers(RATIFIED, fact("notice_of_withdrawal", "2020-03-01"), fact("acceded", "2022-01-01"))
    assert found[-2:] == [("2021-03-01", "UNKNOWN"), ("2022-04-01", "YES")]


def test_every_combination_of_contested_facts_is_tried() -> None:
    notice = fact("notice_of_withdrawal", "2017-04-27", "2018-04-27", status="contested")
    revoked = fact("withdrawal_revoked", "2018-03-07", status="contested")
    assert answers(RATIFIED, notice, revoked) == [("2000-04-01", "YES"), ("2018-04-27", "CONTESTED")]
    assert answers(RATIFIED, notice)[-1] == ("2018-04-27", "CONTESTED")
    assert answers(fact("ratified", "2000-01-01", status="contested")) == [("2000-04-01", "CONTESTED")]


def test_a_party_since_an_unknown_day_is_unknown_before_its_source() -> None:
    chain = registry(fact("acceded")).timeline("AAA", "T")
    assert [(s.first, s.answer) for s in chain] == [(days.FIRST, Answer.UNKNOWN), (date(2020, 6, 30), Answer.YES)]


def test_an_end_without_a_day() -> None:
    bounded = fact("ceased", since=date(2022, 3, 16))
    assert answers(RATIFIED, bounded) == [("2000-04-01", "YES"), ("2022-03-16", "UNKNOWN")]
    assert answers(RATIFIED, fact("ceased")) == [("2000-04-01", "UNKNOWN")]


def test_windows_open_and_close_and_do_not_cut_one_another() -> None:
    first = fact("declared", "2014-04-17", "2013-11-21", until=date(2014, 2, 23))
    second = fact("declared", "2015-09-08", "2014-02-20")
    assert answers(first, kind="acceptance") == [("2013-11-21", "YES"), ("2014-02-23", "NO")]
    assert [a for a in answers(first, second, kind="acceptance") if a[1] == "NO"] == []
    assert answers(first, second, kind="acceptance", known=date(2014, 12, 1))[-1] == ("2014-02-23", "NO")


def test_without_a_row_no_only_where_the_list_is_complete() -> None:
    open_list = terms("T", list=Listing(False))
    assert registry().bound("AAA", "T", KNOWN).list_as_of == KNOWN
    assert registry().bound("AAA", "T", KNOWN).answer == Answer.NO
    assert registry(instruments=(open_list,)).bound("AAA", "T", KNOWN).answer == Answer.UNKNOWN
    assert registry(fact("not_party"), instruments=(open_list,)).bound("AAA", "T", KNOWN).answer == Answer.NO


def test_an_acceptance_begins_not_before_the_treaty_and_ends_with_it() -> None:
    both = (terms("T"), terms("A", "acceptance", parent="T", entry=Entry("deposit"), exit=Exit("on_receipt")))
    found = registry(
        RATIFIED,
        fact("denounced", "2010-01-01", "2011-01-01"),
        fact("declared", "2000-01-01", instrument="A"),
        instruments=both,
    )
    assert [(s.first, s.answer) for s in found.timeline("AAA", "A")[1:]] == [
        (date(2000, 4, 1), Answer.YES),
        (date(2011, 1, 1), Answer.NO),
    ]


def test_an_acceptance_that_ended_with_its_treaty_needs_a_new_act() -> None:
    both = (terms("T"), terms("A", "acceptance", parent="T", entry=Entry("deposit"), exit=Exit("on_receipt")))
    gone, back = fact("denounced", "2010-01-01", "2011-01-01"), fact("acceded", "2012-01-01", "2012-04-01")
    accepted = fact("declared", "2001-01-01", instrument="A")
    anew = fact("declared", "2013-01-01", instrument="A")
    found = registry(RATIFIED, gone, back, accepted, instruments=both)
    assert found.bound("AAA", "A", date(2020, 1, 1)).answer == Answer.NO
    found = registry(RATIFIED, gone, back, accepted, anew, instruments=both)
    assert found.bound("AAA", "A", date(2012, 6, 1)).answer == Answer.NO
    assert found.bound("AAA", "A", date(2020, 1, 1)).facts == (anew,)


FOLLOW = Follow("C", (Reading("at_once", "end", 0, 0, "x"), Reading("later", "end", 6, 0, "y")))
CLUB = (terms("C", "membership", exit=Exit("end_of_year", 9)), terms("T", follows=(FOLLOW,)))
MEMBER = fact("acceded", "2000-01-01", instrument="C")


def test_an_instrument_that_follows_another_ends_in_every_reading() -> None:
    found = registry(RATIFIED, MEMBER, fact("expelled", "2022-03-16", instrument="C"), instruments=CLUB)
    assert [(str(s.first), s.answer.name) for s in found.timeline("AAA", "T")[2:]] == [
        ("2022-03-16", "CONTESTED"),
        ("2022-09-16", "NO"),
    ]
    assert [str(end.to) for end in found.periods("AAA", "T")[0].range] == ["2022-03-15", "2022-09-15"]


def test_a_notice_there_counts_as_one_here_only_where_leaving_here_was_announced() -> None:
    counts = Reading("notice_counts", "notice", 6, 1, "z")
    club = (CLUB[0], terms("T", follows=(Follow("C", (*FOLLOW.readings, counts)),)))
    notice = fact("notice_of_withdrawal", "2026-03-15", instrument="C")
    facts = (RATIFIED, MEMBER, notice)
    silent = registry(*facts, instruments=club).periods("AAA", "T")[0].range
    assert [str(end.to) for end in silent] == ["2026-12-31", "2027-06-30"]
    said = registry(*facts, fact("announced_withdrawal", "2026-03-15"), instruments=club).periods("AAA", "T")[0].range
    assert [str(end.to) for end in said] == ["2026-09-15", "2026-12-31", "2027-06-30"]


def test_a_recorded_end_settles_the_readings() -> None:
    settled = fact("ceased", "2022-03-16", "2022-09-16", known_from=date(2022, 3, 22))
    facts = (RATIFIED, MEMBER, fact("expelled", "2022-03-16", instrument="C"), settled)
    found = registry(*facts, instruments=CLUB)
    assert [str(s.first) for s in found.timeline("AAA", "T")[2:]] == ["2022-09-16"]
    before = found.as_known_on(date(2022, 3, 21)).timeline("AAA", "T")
    assert [s.answer.name for s in before[2:]] == ["CONTESTED", "NO"]


def test_a_new_ratification_after_the_readings_binds_again() -> None:
    back = fact("ratified", "2024-01-01", "2024-04-01")
    gone = fact("expelled", "2022-03-16", instrument="C")
    found = registry(RATIFIED, back, MEMBER, gone, instruments=CLUB)
    assert found.bound("AAA", "T", date(2023, 1, 1)).answer == Answer.NO
    assert found.bound("AAA", "T", date(2024, 4, 1)).answer == Answer.YES


@pytest.mark.parametrize(
    ("rule", "n", "receipt", "effect"),
    [
        ("on_receipt", 0, "2022-11-08", "2022-11-08"),
        ("months_after_receipt", 3, "2022-11-08", "2023-02-08"),
        ("months_after_receipt", 3, "2022-11-30", "2023-02-28"),
        ("end_of_year", 9, "2022-03-15", "2023-01-01"),
        ("end_of_year", 9, "2022-09-30", "2023-01-01"),
        ("end_of_year", 9, "1969-12-12", "1971-01-01"),
        ("end_of_next_year", 0, "2017-10-12", "2019-01-01"),
        ("first_of_month_after_months", 12, "2020-05-15", "2021-06-01"),
    ],
)
def test_ways_out(rule: str, n: int, receipt: str, effect: str) -> None:
    assert Exit(rule, n).day(date.fromisoformat(receipt)) == date.fromisoformat(effect)


def test_no_way_out_before_the_years_that_a_treaty_asks_for() -> None:
    leave = Exit("months_after_receipt", 6, min_years=5, min_from="party")
    assert leave.day(date(2002, 1, 1), date(2000, 4, 1)) == date(2005, 4, 1)


@pytest.mark.parametrize(
    ("rule", "n", "deposit", "effect"),
    [
        ("deposit", 0, "1998-05-05", "1998-05-05"),
        ("days_after_deposit", 30, "1998-05-05", "1998-06-04"),
        ("months_after_deposit", 3, "1987-12-10", "1988-03-10"),
        ("first_of_month_after_months", 0, "1998-05-05", "1998-06-01"),
        ("first_of_month_after_months", 2, "2016-05-02", "2016-08-01"),
        ("first_of_month_after_months", 3, "2020-05-01", "2020-09-01"),
        ("first_of_month_after_days", 60, "2019-03-04", "2019-06-01"),
    ],
)
def test_ways_in(rule: str, n: int, deposit: str, effect: str) -> None:
    assert Entry(rule, n).day(date.fromisoformat(deposit)) == date.fromisoformat(effect)


DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
EVENTS = st.sampled_from(
    ["ratified", "acceded", "denounced", "ceased", "notice_of_withdrawal", "withdrawal_revoked", "declared", "signed"]
)


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    found = []
    for n in range(draw(st.integers(0, 6))):
        event, act = draw(EVENTS), draw(DAYS)
        effect = act + timedelta(days=draw(st.integers(0, 700)))
        status = draw(st.sampled_from(["undisputed", "undisputed", "contested", "ineffective"]))
        found.append(fact(event, act, effect, draw(st.sampled_from(["T", "C", "A"])), status=status, id=f"f{n}"))
    return found


ALL = (
    terms("C", "membership", exit=Exit("end_of_year", 9)),
    terms("T", follows=(FOLLOW,)),
    terms("A", "acceptance", parent="T", entry=Entry("deposit"), exit=Exit("on_receipt")),
)


def chains(found: Registry) -> dict[str, tuple[Segment, ...]]:
    return {code: found.timeline("AAA", code) for code in found.instruments}


@given(facts(), DAYS, DAYS)
def test_a_chain_covers_all_time_and_neighbours_differ(given_facts: list[Fact], known: date, on: date) -> None:
    found = registry(*given_facts, instruments=ALL).as_known_on(known)
    for code, chain in chains(found).items():
        assert chain[0].first == days.FIRST
        firsts = [s.first for s in chain]
        assert firsts == sorted(set(firsts))
        for before, after in pairwise(chain):
            assert (before.answer, before.why, before.projected, before.facts) != (
                after.answer, after.why, after.projected, after.facts,
            )  # fmt: skip
        assert found.bound("AAA", code, on).segment == [s for s in chain if s.first <= on][-1]


@given(facts(), DAYS, st.data())
def test_what_became_known_later_changes_nothing(given_facts: list[Fact], known: date, data: st.DataObject) -> None:
    later = known + timedelta(days=data.draw(st.integers(1, 500)))
    added = fact(data.draw(EVENTS), later, later, data.draw(st.sampled_from(["T", "C", "A"])), id="later")
    with_it = registry(*given_facts, added, instruments=ALL).as_known_on(known)
    assert chains(with_it) == chains(registry(*given_facts, instruments=ALL).as_known_on(known))


@given(facts(), DAYS)
def test_a_period_is_bound_throughout_and_not_beyond(given_facts: list[Fact], known: date) -> None:
    found = registry(*given_facts, instruments=ALL).as_known_on(known)
    for code in found.instruments:
        for period in found.periods("AAA", code):
            wanted = Answer.CONTESTED if period.contested else Answer.YES
            assert found.bound("AAA", code, period.first).answer == wanted
            if period.last:
                assert found.bound("AAA", code, period.last).answer == wanted
                assert found.bound("AAA", code, days.next_day(period.last)).answer != wanted


@given(facts(), DAYS)
def test_order_of_rows_does_not_matter(given_facts: list[Fact], known: date) -> None:
    forward = registry(*given_facts, instruments=ALL).as_known_on(known)
    backward = registry(*reversed(given_facts), instruments=ALL).as_known_on(known)
    for code in forward.instruments:
        for day in {s.first for found in (forward, backward) for s in found.timeline("AAA", code)}:
            assert forward.bound("AAA", code, day).answer == backward.bound("AAA", code, day).answer


@given(facts(), DAYS)
def test_nothing_under_a_treaty_outlives_its_end(given_facts: list[Fact], known: date) -> None:
    found = registry(*given_facts, instruments=ALL).as_known_on(known)
    treaty, acceptance = found.timeline("AAA", "T"), found.timeline("AAA", "A")
    ended = [s.first for before, s in pairwise(treaty) if before.answer == Answer.YES != s.answer]
    for segment in (*treaty, *acceptance):
        if ended and segment.first >= ended[0]:
            day = segment.first
            assert found.bound("AAA", "A", day).answer <= found.bound("AAA", "T", day).answer
