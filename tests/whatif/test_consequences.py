"""What an act does to instruments, bodies, rights and complaints: law as data, and laws of every answer."""

import csv
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratione import law
from ratione.assess.verdict import Assessor
from ratione.complaint.model import Complaint
from ratione.complaint.read import from_mapping
from ratione.fora import BY_KEY
from ratione.registry import Answer, Registry
from ratione.whatif import ACT_OF_EVENT, ACTS, Act, Body, consequence, hook, read_scenario, scenario
from ratione.whatif.acts import authority
from ratione.whatif.bodies import STATUS_LEVEL, probe

HERE = Path(__file__).parent
REGISTRY = Registry.load()
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "bodies.toml").read_text("utf-8"))["case"]
FORBIDDEN = list(csv.DictReader((HERE / "forbidden.csv").read_text("utf-8").splitlines()))
#: Stated days of the answer, by the names of the file.
FIELDS = {
    "facts": "facts_until", "facts_arguable": "facts_arguable", "submit": "submit_until",
    "submit_arguable": "submit_arguable", "submit_after": "submit_after", "facts_from": "facts_from",
    "condition": "condition", "advice": "advice", "contested": "contested",
}  # fmt: skip
EMPTY = {"submit_after": "", "condition": "", "advice": "", "contested": False}


def body(state: str, instrument: str, act: str, on: date, key: str) -> Body:
    return next(b for b in consequence(REGISTRY, state, instrument, act, on).bodies if b.forum.key == key)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["about"])
def test_an_act_before_a_body(case: dict[str, Any]) -> None:
    found = body(*case["act"], case["body"])
    assert found.touched is not case.get("untouched", False)
    for name, field in FIELDS.items():
        assert getattr(found, field) == case.get(name, EMPTY.get(name)), name


@pytest.mark.parametrize("row", FORBIDDEN, ids=lambda r: " ".join((r["state"], r["instrument"], r["act"], r["on"])))
def test_what_the_law_forbids_is_answered_by_the_rule_and_no_date(row: dict[str, str]) -> None:
    found = consequence(REGISTRY, row["state"], row["instrument"], row["act"], date.fromisoformat(row["on"]))
    assert (found.status, found.rulings[0].rule) == (row["status"], row["rule"])
    assert row["authority"] in found.rulings[0].authority
    assert found.effects == ()
    assert not [b for b in found.bodies if b.touched]


#: law.md D.5(6): the clauses that protect only submitted complaints, and those that protect facts.
HURRY = (
    "ICCPR-OP1", "CEDAW-OP", "CRC-OPIC", "ICESCR-OP", "CRPD-OP", "CAT-22", "CERD-14", "ACTHPR-34-6", "ECOWAS", "EAC",
)  # fmt: skip


@pytest.mark.parametrize("code", [*HURRY, "CAT", "CERD", "ECHR", "ACHR"])
def test_hurry_where_the_clause_protects_submitted_complaints_only(code: str) -> None:
    parties = [p.state for p in REGISTRY.parties(code, date(2026, 11, 24)).parties if p.status == "undisputed"]
    for state in parties[:: max(1, len(parties) // 3)]:
        found = consequence(REGISTRY, state, code, "notice", date(2027, 1, 10))
        advice = {b.advice for b in found.bodies if b.touched and b.before == "open"} - {""}
        assert advice <= {"no hurry" if code in ("ECHR", "ACHR") else "hurry"}
        lost = [b for b in found.bodies if b.touched and b.advice]
        assert lost or found.status != "answered"


@pytest.mark.parametrize("case", [c for c in CASES if c.get("submit")], ids=lambda c: c["about"])
def test_the_last_day_to_submit_is_that_of_the_verdicts(case: dict[str, Any]) -> None:
    """The days before a body are those that the whole assessment gives a complaint."""
    state, instrument, act, on = case["act"]
    found = consequence(REGISTRY, state, instrument, act, on)
    forum = BY_KEY[case["body"]]
    articles = tuple(a for a in law.rights().plain if a.split(":")[0] in forum.instruments)
    day = max(found.eve, case["submit"] - timedelta(60))  # so near that no ordinary term ends earlier

    def verdict(filed: date) -> Any:
        complaint = probe(state, day, filed, articles, {"ground": "race"})
        return Assessor(found.after, filed, True, [forum]).assess(complaint)[0]

    before, last, after = (verdict(d) for d in (day, case["submit"], case["submit"] + timedelta(1)))
    assert before.last_day == case["submit"]
    assert STATUS_LEVEL[last.status] >= 2
    assert STATUS_LEVEL[after.status] < STATUS_LEVEL[last.status]


# ---- instruments -----------------------------------------------------------------------------------------------------
def test_the_letter_of_march_2022_leaves_a_range_with_readings_and_authorities() -> None:
    found = consequence(REGISTRY, "RUS", "COE", "notice", date(2022, 3, 15))
    by_code = {e.instrument: e for e in found.effects}
    assert by_code["COE"].start == date(2023, 1, 1)
    assert by_code["COE"].range == ()
    ends = {(e.reading, e.effect, e.to) for e in by_code["ECHR"].range}
    assert ends == {
        ("notice_is_denunciation", date(2022, 9, 16), date(2022, 9, 15)),
        ("at_once", date(2023, 1, 1), date(2022, 12, 31)),
        ("six_months_after", date(2023, 7, 1), date(2023, 6, 30)),
    }
    assert all("Art 58" in e.authority for e in by_code["ECHR"].range)
    assert by_code["ECHR-P1"].hangs_on == "ECHR"
    assert by_code["ECHR"].hangs_on == "COE"
    assert by_code["ECHR"].saved
    assert (by_code["ECHR"].saved.earlier_facts, by_code["ECHR"].saved.pending) == ("open", "continues")


def test_a_suspension_ends_nothing_and_says_what_goes_on() -> None:
    found = consequence(REGISTRY, "RUS", "COE", "suspend", date(2022, 2, 25))
    assert found.effects == ()
    kept = {g.instrument for g in found.goes_on}
    assert {"COE", "ECHR", "ECHR-P1", "ECHR-P4", "ECHR-P7"} <= kept
    assert not kept & {"ECHR-P12", "ECHR-P13", "PACE"}
    assert all("Art 8" in g.authority for g in found.goes_on)
    assert [s.id for s in found.after.suspensions("RUS", "COE", date(2022, 3, 1))]


def test_a_treaty_without_a_clause_has_two_readings() -> None:
    found = consequence(REGISTRY, "GHA", "ACTHPR", "denounce", date(2027, 1, 10))
    own = next(e for e in found.effects if e.instrument == "ACTHPR")
    assert own.change == "contested"
    assert [(e.reading, e.effect) for e in own.range] == [
        ("twelve_months_notice", date(2028, 1, 10)),
        ("no_right_to_leave", None),
    ]
    assert "ACTHPR-34-6" in {e.instrument for e in found.effects}


def test_an_accession_that_has_not_taken_effect_can_be_taken_back() -> None:
    found = consequence(REGISTRY, "MYS", "ROME", "denounce", date(2019, 4, 29))
    assert [(e.instrument, e.change, e.start) for e in found.effects] == [("ROME", "never_begins", date(2019, 6, 1))]
    assert next(b for b in found.bodies if b.forum.key == "ICCOTP").facts_from is None


def test_expulsion_takes_effect_on_the_day_that_the_organ_fixes() -> None:
    found = consequence(REGISTRY, "HUN", "COE", "expel", date(2027, 1, 10), effect=date(2027, 3, 1))
    starts = {e.instrument: e.start for e in found.effects}
    assert starts["COE"] == starts["ECHR"] == date(2027, 3, 1)


# ---- several acts ----------------------------------------------------------------------------------------------------
def test_a_notice_taken_back_leaves_nothing() -> None:
    acts = [Act("notice", "RUS", "COE", date(2022, 3, 15)), Act("revoke", "RUS", "COE", date(2022, 6, 1))]
    found = scenario(REGISTRY, acts)
    assert [r.status for r in found.rulings] == ["answered", "answered"]
    assert found.effects == ()


def test_a_real_notice_recorded_as_an_end_can_still_be_taken_back() -> None:
    found = consequence(REGISTRY, "BDI", "ROME", "revoke", date(2017, 5, 1))
    assert [(e.change, e.start) for e in found.effects] == [("goes_on", date(2017, 10, 27))]
    assert found.after.bound("BDI", "ROME", date(2018, 1, 1)).answer == Answer.YES
    late = consequence(REGISTRY, "BDI", "ROME", "revoke", date(2017, 10, 27))
    assert (late.status, late.rulings[0].rule) == ("forbidden", "no_running_notice")


def test_acts_are_ruled_on_in_the_order_of_their_days() -> None:
    again = [Act("accede", "TTO", "ACHR", date(1999, 6, 1)), Act("denounce", "TTO", "ACHR", date(1998, 5, 26))]
    found = scenario(REGISTRY, again)
    assert [(r.act.act, r.status) for r in found.rulings] == [("denounce", "answered"), ("accede", "answered")]
    assert found.after.bound("TTO", "ACHR", date(1999, 5, 30)).answer == Answer.NO
    assert found.after.bound("TTO", "ACHR", date(1999, 6, 1)).answer == Answer.YES
    assert scenario(REGISTRY, [Act("accede", "TTO", "ACHR", date(1996, 6, 1))]).status == "forbidden"


def test_expelled_the_day_after_the_notice() -> None:
    acts = [Act("notice", "RUS", "COE", date(2022, 3, 15)), Act("expel", "RUS", "COE", date(2022, 3, 16))]
    starts = {e.instrument: e for e in scenario(REGISTRY, acts).effects}
    assert starts["COE"].start == date(2022, 3, 16)
    assert {e.effect for e in starts["ECHR"].range} == {date(2022, 3, 16), date(2022, 9, 16)}


def test_several_states_in_one_scenario() -> None:
    acts = [Act("notice", state, "ECOWAS", date(2024, 1, 29)) for state in ("BFA", "MLI", "NER")]
    found = scenario(REGISTRY, acts)
    assert {(e.state, e.start) for e in found.effects} == {(s, date(2025, 1, 29)) for s in ("BFA", "MLI", "NER")}
    assert {b.state for b in found.bodies if b.touched} == {"BFA", "MLI", "NER"}


def test_one_forbidden_act_is_told_and_the_others_are_worked_out() -> None:
    acts = [Act("denounce", "BLR", "ICCPR", date(2022, 11, 8)), Act("denounce", "BLR", "ICCPR-OP1", date(2022, 11, 8))]
    found = scenario(REGISTRY, acts)
    assert (found.status, [r.status for r in found.rulings]) == ("forbidden", ["forbidden", "answered"])
    assert [e.instrument for e in found.effects] == ["ICCPR-OP1"]


# ---- what was known --------------------------------------------------------------------------------------------------
def test_the_registry_is_that_of_the_eve_of_a_past_act_and_of_today_otherwise() -> None:
    assert consequence(REGISTRY, "BLR", "ICCPR-OP1", "denounce", date(2022, 11, 8)).known_on == date(2022, 11, 7)
    assert consequence(REGISTRY, "FRA", "ROME", "denounce", date(2127, 1, 1)).before is REGISTRY
    told = consequence(REGISTRY, "RUS", "COE", "notice", date(2022, 3, 15), known_on=date(2021, 1, 1))
    assert told.known_on == date(2021, 1, 1)


def test_later_knowledge_stays_known_and_the_notice_is_still_projected() -> None:
    found = consequence(REGISTRY, "GBR", "ROME", "denounce", date(2020, 1, 10), known_on=date(2026, 11, 24))
    assert [(e.instrument, e.change, e.start) for e in found.effects] == [("ROME", "ends", date(2021, 1, 10))]
    assert found.before.bound("BLR", "ICCPR-OP1", date(2023, 3, 1)).answer == Answer.NO
    assert "BLR/ICCPR-OP1/denounced/2022-11-08" in found.before.facts


def test_supposed_facts_are_marked_and_leave_the_registry_alone() -> None:
    before = len(REGISTRY.facts)
    found = consequence(REGISTRY, "RUS", "COE", "notice", date(2022, 3, 15))
    supposed = [f for f in found.after.facts.values() if f.basis == "hypothetical"]
    assert supposed
    assert all(f.id.startswith("hypothetical/") and f.source in found.after.sources for f in supposed)
    assert len(REGISTRY.facts) == before
    assert found.after.hash == REGISTRY.hash


# ---- rights ----------------------------------------------------------------------------------------------------------
RIGHTS_CASES = (
    ("RUS", "COE", "expel", date(2022, 3, 16)),
    ("TZA", "ACTHPR-34-6", "withdraw-declaration", date(2019, 11, 21)),
    ("VEN", "ROME", "denounce", date(2025, 7, 24)),
)


@pytest.mark.parametrize("case", RIGHTS_CASES, ids=lambda c: " ".join(map(str, c)))
def test_rights_are_those_of_whole_assessments(case: tuple[str, str, str, date]) -> None:
    from ratione.whatif.bodies import turning_day

    found = consequence(REGISTRY, *case)
    assert [r.right for r in found.rights] == list(law.rights().labels)
    day = turning_day(case[0], found.after, found.changed(case[0]), found.eve)
    for right in found.rights[::9]:
        ground = "race" if right.right == "race_discrimination" else "none"
        complaint = probe(case[0], day, day, [right.right], {"ground": ground})
        for registry, told in ((found.before, right.before), (found.after, right.after)):
            verdicts = Assessor(registry, day).assess(complaint)
            live = {v.forum.key: v.forum.binding for v in verdicts if v.status in ("open", "arguable")}
            assert set(told.binding) == {k for k, binding in live.items() if binding}
            assert set(told.other) == {k for k, binding in live.items() if not binding}


def test_leaving_the_council_of_europe_takes_the_only_binding_body() -> None:
    found = {r.right: r for r in consequence(REGISTRY, "RUS", "COE", "expel", date(2022, 3, 16)).rights}
    for right in ("torture", "fair_trial", "property", "liberty"):
        assert "ECTHR" in found[right].before.binding or right == "property"
        assert found[right].after.binding == ()
    assert found["torture"].outcome == "loses_binding"
    assert "HRC" in found["torture"].after.other


# ---- complaints ------------------------------------------------------------------------------------------------------
def complaint(**more: Any) -> Complaint:
    given: Mapping[str, Any] = {
        "id": "c", "respondent": "BLR", "applicant": "individual", "rights": ["liberty"], "from": "2022-05-02",
        "remedies": "exhausted", "final_decision": {"taken": "2022-06-02", "served": "2022-06-02"},
    }  # fmt: skip
    found, refusals = from_mapping({**given, **more})
    assert found is not None
    assert not refusals
    return found


def test_a_complaint_gets_the_last_day_of_the_acceptance() -> None:
    found = consequence(REGISTRY, "BLR", "ICCPR-OP1", "denounce", date(2022, 11, 8))
    docket = found.docket([complaint(), complaint(id="other", respondent="FRA")])
    assert (docket.assessed, docket.hit, docket.on) == (2, 1, date(2022, 11, 8))
    (hit,) = docket.hits
    assert (hit.complaint, hit.forum.key, hit.last_day_before, hit.last_day) == (
        "c", "HRC", date(2027, 6, 2), date(2023, 2, 7),
    )  # fmt: skip
    assert hit.loses == ("days",)
    assert hit.by_submission
    assert hit.savable


def test_a_complaint_lodged_before_the_end_loses_nothing() -> None:
    found = consequence(REGISTRY, "BLR", "ICCPR-OP1", "denounce", date(2022, 11, 8))
    docket = found.docket([complaint(lodged="2022-10-01")], date(2023, 3, 1))
    assert all(hit.loses == ("days",) for hit in docket.hits)


def test_on_the_day_after_the_end_it_is_lost_and_comes_last() -> None:
    found = consequence(REGISTRY, "BLR", "ICCPR-OP1", "denounce", date(2022, 11, 8))
    docket = found.docket([complaint(), complaint(id="a", lodged="2022-10-01")], date(2023, 2, 8))
    lost = docket.hits[-1]
    assert (lost.complaint, lost.loses[0], lost.status_after, lost.savable) == ("c", "body", "closed", False)


def test_the_most_urgent_comes_first() -> None:
    acts = [
        Act("withdraw-declaration", "DEU", "CAT-22", date(2127, 1, 10)),
        Act("denounce", "DEU", "ICCPR-OP1", date(2127, 1, 5)),
    ]
    torture = complaint(id="t", respondent="DEU", rights=["torture"])
    hits = scenario(REGISTRY, acts).docket([torture]).hits
    assert [h.forum.key for h in hits] == ["CAT"]  # before the HRC the five years end long before
    assert hits[0].last_day == date(2127, 1, 9)


def test_a_situation_that_goes_on_past_the_end_loses_a_part_of_its_facts() -> None:
    found = consequence(REGISTRY, "RUS", "ECHR", "denounce", date(2022, 3, 16))
    going_on = complaint(id="d", respondent="RUS", to="2022-12-01", kind="continuing", remedies="no_remedy_exists")
    hits = found.docket([going_on], date(2023, 1, 2)).hits
    assert [h.forum.key for h in hits] == ["ECTHR"]
    assert "facts" in hits[0].loses


# ---- scenario files and reports --------------------------------------------------------------------------------------
ONE = '[[act]]\nact = "notice"\nstate = "RUS"\ninstrument = "COE"\non = 2022-03-15\n'


def test_a_scenario_file() -> None:
    rows, known = read_scenario(f"as_known_on = 2022-03-01\n{ONE}", "s.toml")
    assert known == date(2022, 3, 1)
    assert rows[0]["on"] == date(2022, 3, 15)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no act"),
        ("act = 3", "no act"),
        ("x = 1\n" + ONE, "accepted are as_known_on"),
        ("as_known_on = '2022'\n" + ONE, "as_known_on '2022'"),
        (ONE.replace("notice", "leave"), "act 'leave'; accepted are notice, denounce"),
        (ONE.replace("2022-03-15", '"2022-03-15"'), "without quotes"),
        (ONE + "effect = 2022-03-20\n", "expel only"),
        (ONE.replace("notice", "expel") + "effect = 2022-03-01\n", "before the act"),
        (ONE.replace("on =", "when ="), "on is missing"),
        (ONE + "by = 3\n", "act 1: by; accepted are"),
        ("[[act]", "s.toml"),
        (ONE.replace('"RUS"', "3"), "state 3"),
    ],
)
def test_a_broken_scenario_says_where_and_what_is_accepted(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=r"s\.toml") as caught:
        read_scenario(text, "s.toml")
    assert told in str(caught.value)


class Event:
    def __init__(self, state: str, body: str, event: str, date: str | None) -> None:
        self.state, self.body, self.event, self.date = state, body, event, date


def test_an_event_of_a_report_has_a_consequence() -> None:
    follows = hook(REGISTRY)
    found = follows(Event("RUS", "COE", "notice_of_withdrawal", "2022-03-15"))
    assert found is not None
    assert "ECHR" in {e.instrument for e in found.effects}
    for event in (
        Event("RUS", "COE", "threatened", "2022-03-15"),
        Event("RUS", "UNHRC", "left", "2022-03-15"),
        Event("RUS", "COE", "left", "2022-03"),
        Event("RUS", "COE", "left", None),
        Event("XXX", "COE", "left", "2022-03-15"),
    ):
        assert follows(event) is None
    assert set(ACT_OF_EVENT.values()) <= set(ACTS)


# ---- laws of every answer --------------------------------------------------------------------------------------------
STATES = st.sampled_from(
    ("RUS", "BLR", "GBR", "VEN", "NIC", "TTO", "TZA", "NER", "HUN", "DEU", "GRC", "KEN", "PRK", "SRB")
)
ANY_ACT = st.builds(
    Act, st.sampled_from(ACTS), STATES, st.sampled_from(tuple(REGISTRY.instruments)),
    st.dates(date(1970, 1, 1), date(2030, 1, 1)),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(ANY_ACT)
def test_no_act_of_leaving_makes_a_state_more_bound(act: Act) -> None:
    found = scenario(REGISTRY, [act])
    if found.status != "answered":
        assert found.effects == ()
        assert found.after is found.before
        return
    assert found.rulings[0].authority
    for effect in found.effects:
        if act.act in ("accede", "revoke"):
            assert effect.change in ("begins", "goes_on")
        else:
            assert effect.change in ("ends", "contested", "unknown", "never_begins")
            assert effect.start >= act.on
        ends = [end.effect for end in effect.range]
        assert not ends or ends[0] == effect.start
    if act.act == "suspend":
        assert found.effects == ()
        assert found.goes_on


@settings(max_examples=60, deadline=None)
@given(ANY_ACT.filter(lambda a: a.act in ("notice", "denounce", "withdraw-declaration")), st.integers(1, 60))
def test_a_notice_taken_back_in_time_leaves_everything_as_it_was(act: Act, later: int) -> None:
    alone = scenario(REGISTRY, [act])
    own = next((e for e in alone.effects if e.instrument == act.instrument), None)
    if own is None or own.change == "never_begins":
        return
    back = Act("revoke", act.state, act.instrument, act.on + timedelta(later))
    both = scenario(REGISTRY, [act, back])
    if back.on < own.start:
        assert both.effects == ()
    else:
        assert both.rulings[1].status == "forbidden"


@settings(max_examples=25, deadline=None)
@given(ANY_ACT)
def test_days_before_a_body_are_in_order(act: Act) -> None:
    for found in scenario(REGISTRY, [act]).bodies:
        for until, arguable in (
            (found.facts_until, found.facts_arguable), (found.submit_until, found.submit_arguable),
        ):  # fmt: skip
            assert arguable is None or (until is not None and until < arguable)
        assert bool(found.advice) <= found.touched
        if found.submit_until:
            assert found.advice == "hurry"


def test_each_rule_of_the_data_names_its_place_and_a_kind_answers_for_instruments_without_words() -> None:
    table = tomllib.loads((law.DATA / "whatif.toml").read_text("utf-8"))
    for kind, rows in table.items():
        for name, row in rows.items():
            assert row.keys() == {"authority", "verified"}, (kind, name)
            assert name in REGISTRY.instruments or name in ("treaty", "membership") or kind == "general"
    assert authority("suspend", "AU", "membership") == table["suspend"]["membership"]["authority"]
    assert authority("suspend", "ECOWAS", "membership") == table["suspend"]["ECOWAS"]["authority"]
    assert authority("expel", "OAS") == ""
