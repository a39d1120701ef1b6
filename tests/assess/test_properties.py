"""What must hold for every complaint and every forum (law.md A.1)."""

from datetime import date

from complaints import REGISTRY, blanked, full
from expressions import fora
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratione.assess.verdict import Assessor, Verdict
from ratione.fora import FORA
from ratione.rules import Any as AnyOf
from ratione.rules import Forum, InTime, walk

ON = date(2026, 11, 24)
BARE = Assessor(REGISTRY, ON, presume=False)
PRESUMING = Assessor(REGISTRY, ON, presume=True)
SURE = ("met", "failed")
SLOW = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def outcomes(verdict: Verdict) -> dict[str, str]:
    return {t.test.id: t.outcome for t in verdict.tests}


@SLOW
@given(st.data())
def test_completion(data: st.DataObject) -> None:
    """What is sure with facts missing stays so when they become known, and no last day gets earlier."""
    complaint = data.draw(full())
    partial = data.draw(blanked(complaint))
    for known, less in zip(BARE.assess(complaint), BARE.assess(partial), strict=True):
        if less.status in ("open", "closed", "not_yet"):
            level = {"open": ("open",)}.get(less.status, ("closed", "not_yet"))
            assert known.status in level, (known.forum.key, less.status, known.status)
            if less.last_day and less.status == "open":
                assert known.last_day is None or less.last_day <= known.last_day, known.forum.key


@SLOW
@given(st.data())
def test_completion_of_each_test(data: st.DataObject) -> None:
    """The same for every single test."""
    complaint = data.draw(full())
    partial = data.draw(blanked(complaint))
    for known, less in zip(BARE.assess(complaint), BARE.assess(partial), strict=True):
        sure = {k: v for k, v in outcomes(less).items() if v in SURE}
        full_ = outcomes(known)
        wrong = {k: (v, full_[k]) for k, v in sure.items() if full_[k] != v and not (v == "met" and full_[k] == "part")}
        assert not wrong


@SLOW
@given(st.data())
def test_a_presumption_never_fails_a_test(data: st.DataObject) -> None:
    """What is failed although something was taken for granted stays failed when it becomes known."""
    complaint = data.draw(full())
    partial = data.draw(blanked(complaint))
    for known, less in zip(PRESUMING.assess(complaint), PRESUMING.assess(partial), strict=True):
        failed = {k for k, v in outcomes(less).items() if v == "failed"}
        assert failed <= {k for k, v in outcomes(known).items() if v == "failed"}
        if less.status in ("closed", "not_yet"):
            assert known.status in ("closed", "not_yet"), known.forum.key


@SLOW
@given(full())
def test_taking_a_right_or_an_act_away_never_improves(complaint: object) -> None:
    """A verdict is the best of its cells."""
    from dataclasses import replace

    order = {"closed": 0, "not_yet": 0, "unclear": 1, "arguable": 2, "open": 3}
    whole = BARE.assess(complaint)  # type: ignore[arg-type]
    parts = [replace(complaint, rights=(right,)) for right in complaint.rights]  # type: ignore[attr-defined,type-var]
    parts += [replace(complaint, acts=(act,)) for act in complaint.acts]  # type: ignore[attr-defined,type-var]
    for part in parts:
        for best, less in zip(whole, BARE.assess(part), strict=True):
            assert order[best.status] >= order[less.status], best.forum.key


def alternatives(forum: Forum) -> bool:
    """Whether one of several clocks is enough: no forum has such a rule, and no one day can be shown for it."""
    return any(
        isinstance(node, AnyOf) and any(isinstance(x, InTime) for x in walk(node))
        for t in forum.tests
        for node in walk(t.rule)
    )


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_completion_for_any_law(data: st.DataObject) -> None:
    """What is sure with facts missing stays so, whatever the rules say."""
    forum = data.draw(fora())
    complaint = data.draw(full())
    partial = data.draw(blanked(complaint))
    assessor = Assessor(REGISTRY, ON, presume=False, fora=(forum,))
    (known,), (less,) = assessor.assess(complaint), assessor.assess(partial)
    after = outcomes(known)
    for test, outcome in outcomes(less).items():
        if outcome == "failed":
            assert after[test] == "failed"
        if outcome == "met":
            assert after[test] in ("met", "part")
    if less.status == "open":
        assert known.status == "open"
        if not alternatives(forum):
            assert less.last_day is None or known.last_day is None or less.last_day <= known.last_day
    if less.status in ("closed", "not_yet"):
        assert known.status in ("closed", "not_yet")


def test_no_forum_offers_a_choice_of_clocks() -> None:
    assert not [forum.key for forum in FORA if alternatives(forum)]
