"""What settles a verdict: every input named can change it, no other single input can (law.md A.1, design section 6)."""

from dataclasses import replace
from datetime import date

from complaints import REGISTRY, blanked, full
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratione.assess.question import jointly, settling, variants
from ratione.assess.verdict import Assessor, Case
from ratione.complaint.model import FACTS, REMEDIES
from ratione.complaint.read import from_mapping
from ratione.days import exactly, plus_days

ON = date(2026, 11, 24)
BARE = Assessor(REGISTRY, ON, presume=False)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(st.data())
def test_every_named_input_can_change_the_status(data: st.DataObject) -> None:
    complaint = data.draw(blanked(data.draw(full())))
    for verdict in BARE.assess(complaint):
        named = settling(BARE, complaint, verdict)
        if named in (verdict.missing, jointly(verdict)):  # none alone can, all together
            continue
        for name in named:
            if name.startswith("registry:"):
                continue
            changed = (
                Case(BARE, c, verdict.respondent).verdict(verdict.forum).status
                for c in variants(BARE, complaint, verdict, name)
            )
            assert any(status != verdict.status for status in changed), (verdict.forum.key, name, verdict.status)


@SLOW
@given(st.data())
def test_no_other_input_can(data: st.DataObject) -> None:
    """A random value for an input that is not named leaves the status as it is."""
    complaint = data.draw(blanked(data.draw(full())))
    filled = {}
    for name, words in FACTS.items():
        if name not in complaint.facts:
            filled[name] = replace(complaint, facts={**complaint.facts, name: data.draw(st.sampled_from(words))})
    if not complaint.remedies:
        filled["remedies"] = replace(complaint, remedies={"*": data.draw(st.sampled_from(REMEDIES))})
    for name in ("knowledge", "remedy_ineffective_known"):
        if name not in complaint.days:
            first = complaint.acts[0].first.first
            day = plus_days(first if first.year > 1900 else date(1990, 1, 1), data.draw(st.integers(0, 5000)))
            filled[name] = replace(complaint, days={**complaint.days, name: exactly(day)})
    claims = ("redress", "exceptional_circumstances", "impossibility", "final_decision.service_required")
    for verdict in BARE.assess(complaint):
        named = settling(BARE, complaint, verdict)
        if verdict.status == "not_yet" or (named and named in (verdict.missing, jointly(verdict))):
            continue  # too early for questions: what its open tests miss stands in the tests
        for name, told in filled.items():
            if name not in named and name not in claims:
                status = Case(BARE, told, verdict.respondent).verdict(verdict.forum).status
                assert status == verdict.status, (verdict.forum.key, name, verdict.status)


def test_nothing_is_asked_where_the_rest_must_be_weighed() -> None:
    """Mexico at the Court: its unverified limit is weighed in every cell, so no list of Parties can settle it."""
    act = {"from": "1990-01-01", "kind": "continuing", "ongoing": "yes", "place": "MEX"}
    told = {"respondent": "MEX", "applicant": "individual", "rights": ["fair_trial"], "remedies": "exhausted"}
    complaint, _ = from_mapping({"id": "x", **told, "acts": [act], "notified": "2024-02-01", "lodged": "2024-03-01"})
    assert complaint
    (verdict,) = [v for v in BARE.assess(complaint) if v.forum.key == "IACTHR"]
    assert verdict.status == "unclear"  # nothing taken for granted
    presuming = Assessor(REGISTRY, ON)
    (verdict,) = [v for v in presuming.assess(complaint) if v.forum.key == "IACTHR"]
    assert verdict.status == "arguable"
    assert verdict.missing
    assert settling(presuming, complaint, verdict) == ()
