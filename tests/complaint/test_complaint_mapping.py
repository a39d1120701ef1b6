"""Whole complaints from mappings: the forms, what they imply, what contradicts, and the way back."""

import json
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ratione import days
from ratione.complaint import decided, model
from ratione.complaint.columns import ALIASES, LISTS, WHOLE
from ratione.complaint.decided import ACT_END, FILED, KNOWN, ONGOING, SAME, SERVED, VICTIM
from ratione.complaint.model import Act, Procedure
from ratione.complaint.read import from_mapping
from ratione.complaint.write import to_mapping
from ratione.days import ALL_TIME, FIRST, Interval, exactly, parse

BASE = {"id": "a", "respondent": "RUS"}


@pytest.fixture
def good(states, rights):
    """Read a mapping in which nothing is refused."""

    def read(mapping):
        complaint, refusals = from_mapping(BASE | mapping, states=states, rights=rights)
        assert refusals == []
        assert complaint is not None
        return complaint

    return read


@pytest.fixture
def refused(states, rights):
    """Read a mapping; the complaint, and the columns of what was refused."""

    def read(mapping):
        complaint, refusals = from_mapping(BASE | mapping, states=states, rights=rights)
        return complaint, [r.column for r in refusals]

    return read


# ---- forms -------------------------------------------------------------------------------------------------------
def test_short_and_nested_form_say_the_same(good):
    short = {
        "applicant": "individual", "facts_from": "2022-09-10", "facts_to": "2022-09-12", "continuing": True,
        "place": "UA-43", "rights": "liberty;assembly", "final_decision": "2022-10-12", "notified": "2022-10-20",
        "lodged": "2023-01-05", "remedies": "exhausted",
    }  # fmt: skip
    nested = {
        "applicant": {"kind": "individual"},
        "acts": [{"from": "2022-09-10", "to": "2022-09-12", "kind": "continuing", "place": "UA-43"}],
        "rights": ["liberty", "assembly"],
        "final_decision": {"taken": "2022-10-12", "served": "2022-10-20"},
        "lodged": {"sent": "2023-01-05"},
        "remedies": {"*": "exhausted"},
    }
    dotted = {
        "applicant.kind": "individual", "acts.1.from": "2022-09-10", "acts.1.to": "2022-09-12",
        "acts.1.kind": "continuing", "acts.1.place": "UA-43", "rights": ["liberty", "assembly"],
        "final_decision.taken": "2022-10-12", "final_decision.served": "2022-10-20", "lodged.sent": "2023-01-05",
        "remedies.*": "exhausted",
    }  # fmt: skip
    assert good(short) == good(nested) == good(dotted)


def test_a_lone_final_decision_is_not_served_outside_the_form_of_decided_cases(good):
    complaint = good({"final_decision": "2022-10-12"})
    assert complaint.days == {"final_decision.taken": exactly(date(2022, 10, 12))}
    assert complaint.read_as == ()


@pytest.mark.parametrize("value", [None, "", "unknown", "?", "null", " UNKNOWN "])
@pytest.mark.parametrize("column", sorted({*WHOLE, *ALIASES} - {"id", "respondent"}))
def test_unknown_is_as_if_absent(good, column, value):
    assert good({column: value}) == good({})


@pytest.mark.parametrize(
    ("mapping", "first", "last", "stated", "kind"),
    [
        ({"facts_from": "2022-09-10", "continuing": False}, "2022-09-10", "2022-09-10", False, "instantaneous"),
        ({"facts_to": "2022-09-10", "continuing": False}, "2022-09-10", "2022-09-10", True, "instantaneous"),
        ({"facts_from": "2022-09-10", "facts_to": "2022-09-10", "continuing": False}, "2022-09-10", "2022-09-10", True,
         "instantaneous"),
        ({"facts_from": "2022-09-10", "facts_to": "2022-09-20", "continuing": False}, "2022-09-10", "2022-09-20", True,
         None),
        ({"facts_from": "2022-09-10", "continuing": True}, "2022-09-10", "/", False, "continuing"),
        ({"facts_from": "2022-09-10"}, "2022-09-10", "/", False, None),
        ({"acts": [{"from": "2022-09-10", "kind": "instantaneous"}]}, "2022-09-10", "2022-09-10", False,
         "instantaneous"),
        ({"acts": [{"from": "2022-09-10", "kind": "omission"}]}, "2022-09-10", "/", False, "omission"),
        ({"continuing": False}, "/", "/", False, "instantaneous"),
    ],
)  # fmt: skip
def test_days_and_kind_of_an_act(good, mapping, first, last, stated, kind):
    (act,) = good(mapping).acts
    assert act == Act(parse(first), parse(last), stated, kind)


def test_a_continuing_act_without_an_end_is_not_said_to_be_ongoing(good):
    assert good({"facts_from": "2022-09-10", "continuing": True}).acts[0].ongoing is None


def test_no_procedure_an_empty_list_and_silence(good):
    assert good({}).procedures is None
    assert good({"other_procedures": None}).procedures is None
    assert good({"other_procedures": []}).procedures == ()
    assert good({"other_procedures": "none"}).procedures == ()
    assert good({"other_procedures.1.forum": "none"}).procedures == ()
    assert good({"other_procedures": [{}]}).procedures == (Procedure("unknown"),)


def test_remedies_by_right(good, refused):
    assert good({"remedies": {"liberty": "exhausted", "ECHR:6": "pending", "*": "unknown"}}).remedies == {
        "liberty": "exhausted",
        "ECHR:6": "pending",
    }
    complaint, columns = refused({"remedies": {"happiness": "exhausted", "liberty": "exhausted"}})
    assert (complaint.remedies, columns) == ({"liberty": "exhausted"}, ["remedies.happiness"])


# ---- refusing ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "mapping",
    [
        {"id": None}, {"id": ""}, {"id": ["a"]}, {"id": "a\nb"}, {"id": True}, {"id": "x" * 500}, {"respondent": None},
        {"respondent": []}, {"respondent": 7}, {"respondent": ["RUS", "Ruritania"]}, {"facts_from": ["2022"]},
        {"schema": 2}, {"schema": "one"}, {"knowledge": "soon"}, {"other_procedures": [{"filed": "12.3.2020"}]},
        {"acts": [{"from": "2020"}, {"to": "yesterday"}]}, {"lodged": {"sent": "2022-13-01"}},
    ],
)  # fmt: skip
def test_what_refuses_the_row(states, rights, mapping):
    complaint, refusals = from_mapping(BASE | mapping, states=states, rights=rights)
    assert complaint is None
    assert [r.whole for r in refusals] == [True]


@pytest.mark.parametrize(
    ("mapping", "column"),
    [
        ({"rights": ["liberty", "happiness"]}, "rights"),
        ({"acts": [{"kind": "odd"}]}, "acts.1.kind"),
        ({"acts": ["beaten"]}, "acts.1"),
        ({"acts": {"from": "2022"}}, "acts"),
        ({"acts": [{"colour": "red"}]}, "acts.1.colour"),
        ({"acts": [{"rights": "liberty"}]}, "acts.1.rights"),
        ({"other_procedures": "several"}, "other_procedures"),
        ({"other_procedures": [{"status": "lost"}]}, "other_procedures.1.status"),
        ({"final_decision": {"colour": "red"}}, "final_decision.colour"),
        ({"applicant": ["ngo"]}, "applicant"),
        ({"pattern": 2}, "pattern"),
        ({"remedies": ["exhausted"]}, "remedies"),
        ({"decided": "2020-01-01"}, "decided"),
    ],
)
def test_what_refuses_the_field(refused, mapping, column):
    complaint, columns = refused(mapping)
    assert columns == [column]
    assert complaint.warnings[0].startswith(f"{column}: ")


def test_the_rest_of_a_refused_list_stays(refused):
    complaint, _ = refused({"rights": ["liberty", "happiness", "assembly"]})
    assert complaint.rights == ("liberty", "assembly")
    complaint, _ = refused({"rights": ["happiness"]})
    assert complaint.rights is None


def test_a_procedure_that_cannot_be_read_is_not_no_procedure(refused):
    complaint, columns = refused({"other_procedures": ["Strasbourg"]})
    assert (complaint.procedures, columns) == ((Procedure("unknown"),), ["other_procedures.1"])


@pytest.mark.parametrize(
    ("mapping", "column", "gone"),
    [
        ({"facts_from": "2022-09-10", "facts_to": "2022-09-09"}, "facts_to", lambda c: c.acts[0].last == ALL_TIME),
        ({"final_decision": "2022-10-12", "notified": "2022-10-11"}, "notified", lambda c: len(c.days) == 1),
        ({"facts_from": "2022-09-10", "lodged": "2022-09-09"}, "lodged", lambda c: not c.days),
        ({"lodged.sent": "2022-09-10", "lodged.received": "2022-09-09"}, "lodged.received", lambda c: len(c.days) == 1),
        ({"other_procedures": [{"forum": "HRC", "filed": "2022", "ended": "2021"}]}, "other_procedures.1.ended",
         lambda c: c.procedures[0].ended == ALL_TIME),
        ({"notified": "2022-10-11", "final_decision": {"served": "2022-10-12"}}, "final_decision.served",
         lambda c: not c.days),
        ({"kind": "instantaneous", "continuing": True}, "continuing", lambda c: c.acts[0].kind is None),
        ({"acts": [{"from": "2022"}], "place": "UA"}, "place", lambda c: c.acts == (Act(parse("2022")),)),
        ({"other_procedures": [], "other_procedures.1.forum": "HRC"}, "other_procedures",
         lambda c: c.procedures == (Procedure("HRC"),)),
    ],
)  # fmt: skip
def test_what_contradicts_counts_as_unknown(refused, mapping, column, gone):
    complaint, columns = refused(mapping)
    assert columns == [column]
    assert gone(complaint)


@pytest.mark.parametrize(
    "mapping",
    [
        {"facts_from": "2022-09", "facts_to": "2022-09-09"},
        {"final_decision": "2022-10-12", "notified": "2022-10"},
        {"facts_from": "2022", "lodged": "2022-01-01"},
        {"lodged": "2009-03-09", "final_decision": "2009-04-21"},
        {"notified": "2022-10-12", "final_decision": {"served": "2022-10-12"}},
        {"acts": [{"from": "2023"}, {"to": "2020"}], "lodged": "2021-01-01"},
    ],
)
def test_what_only_looks_like_a_contradiction(good, mapping):
    good(mapping)


def test_both_values_of_a_contradiction_are_named(states, rights):
    _, (refusal,) = from_mapping(
        BASE | {"final_decision": "2022-10-12", "notified": "2022-10-11"}, states=states, rights=rights
    )
    assert (refusal.value, "2022-10-12" in refusal.reason) == ("2022-10-11", True)


# ---- decided cases -----------------------------------------------------------------------------------------------
def case(decided_on="2013-11-07", **complaint):
    return {"id": "c", "decided": decided_on, "outcome": "met", "complaint": {"respondent": "RUS"} | complaint}


def read_case(states, rights, mapping):
    complaint, refusals = from_mapping(mapping, states=states, rights=rights)
    assert refusals == []
    return complaint


DAY = exactly(date(2005, 9, 23))


@pytest.mark.parametrize(
    ("complaint", "expected", "read_as"),
    [
        ({"final_decision": "2005-09-23", "lodged": "2006-01-01"},
         {"final_decision.taken": DAY, "final_decision.served": DAY}, {SERVED, VICTIM}),
        ({"notified": "2005-09-23", "lodged": "2006-01-01"}, {"final_decision.served": DAY}, {VICTIM}),
        ({"final_decision": "2005-09-20", "notified": "2005-09-23", "remedies": "ineffective", "lodged": "2006-01-01"},
         {"knowledge": DAY, "remedy_ineffective_known": DAY}, {KNOWN, VICTIM}),
        ({"facts_to": "2005-09-23", "remedies": "not_tried", "lodged": "2006-01-01"},
         {"remedy_ineffective_known": DAY}, {ACT_END, VICTIM}),
        ({"facts_to": "2005-09-23", "remedies": "exhausted", "lodged": "2006-01-01"}, {}, {VICTIM}),
        ({"lodged": None}, {"lodged.sent": Interval(FIRST, date(2013, 11, 7))}, {FILED, VICTIM}),
        ({"facts_from": "2005-09-23", "continuing": True, "lodged": "2006-01-01"}, {}, {ONGOING, VICTIM}),
        ({"facts_from": "2005-09-23", "facts_to": "2005-10-01", "continuing": True, "lodged": "2006"}, {}, {VICTIM}),
        ({"lodged": "2006-01-01", "applicant.victim": "indirect"}, {"lodged.sent": exactly(date(2006, 1, 1))}, set()),
    ],
)  # fmt: skip
def test_what_the_form_of_decided_cases_is_read_as(states, rights, complaint, expected, read_as):
    found = read_case(states, rights, case(**complaint))
    assert {name: found.days.get(name) for name in expected} == expected
    assert set(found.read_as) == read_as
    assert found.decided == exactly(date(2013, 11, 7))


def test_no_knowledge_is_read_from_an_act_alone(states, rights):
    found = read_case(states, rights, case(facts_to="2005-09-23", remedies="ineffective"))
    assert "knowledge" not in found.days


def test_a_listed_procedure_is_about_the_same_matter_unless_told_otherwise(states, rights):
    found = read_case(
        states, rights, case(lodged="2006", other_procedures=[{"forum": "ECOMHR", "same_facts": False}])
    )
    assert found.procedures == (Procedure("ECTHR", same_person="yes", same_facts="no", same_rights="yes"),)
    assert SAME in found.read_as


def test_an_unreadable_day_of_decision_refuses_the_case(states, rights):
    complaint, refusals = from_mapping(case(decided_on="7 Nov 2013"), states=states, rights=rights)
    assert complaint is None
    assert [(r.column, r.whole) for r in refusals] == [("decided", True)]


def test_every_reading_can_happen():
    assert set(decided.READINGS) == {SERVED, KNOWN, ACT_END, SAME, VICTIM, FILED, ONGOING}


# ---- round trip --------------------------------------------------------------------------------------------------
day_texts = st.one_of(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda d: str(d)[:7]),
    st.integers(1900, 2100).map(str),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda d: f"/{d}"),
)
yes_no = st.sampled_from([True, False, "yes", "no", "?", None])
some_rights = st.lists(st.sampled_from(["liberty", "assembly", "ECHR:6(1)", "ACHPR"]), max_size=3)
own = st.dictionaries(
    st.sampled_from(["x_note", "X_b", "x_c.d"]),
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4),
    max_size=2,
)


def shape(**fields):
    """Mappings with any of the fields, and own keys."""
    return st.builds(lambda told, kept: told | kept, st.fixed_dictionaries({}, optional=fields), own)


acts = shape(
    **{"from": day_texts, "to": day_texts}, ongoing=yes_no, continuing=yes_no, place=st.sampled_from(["UA-43", "cell"]),
    kind=st.sampled_from(model.ACT_KINDS), control=st.sampled_from(model.CONTROLS), attributable=yes_no,
)  # fmt: skip
procedures = shape(
    forum=st.sampled_from(["HRC", "ECOMHR", "none", "?", "a ministry"]), status=st.sampled_from(model.STATUSES),
    filed=day_texts, ended=day_texts, same_person=yes_no, same_facts=yes_no, rights=some_rights, by_third_party=yes_no,
)  # fmt: skip
flat = {name: st.sampled_from(words) for name, words in model.FACTS.items()}
flat |= dict.fromkeys(model.DAYS, day_texts) | dict.fromkeys(model.CODES, st.sampled_from(["UKR", "Turkey; stateless"]))
complaints = shape(
    **flat, acts=st.lists(acts, max_size=3), other_procedures=st.lists(procedures, max_size=3), rights=some_rights,
    remedies=st.sampled_from(model.REMEDIES)
    | st.dictionaries(st.sampled_from(["liberty", "ECHR:6", "*"]), st.sampled_from(model.REMEDIES)),
).map(lambda told: BASE | told)  # fmt: skip
cases = st.builds(
    lambda inner, day: {"id": "c", "decided": day, "complaint": {k: v for k, v in inner.items() if k != "id"}},
    complaints, day_texts | st.none(),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=complaints | cases)
@example(data=BASE | {"acts": [{"to": "2000-01-01", "continuing": False}], "lodged.sent": "1999-01-01"})
def test_what_was_read_is_written_and_read_again_unchanged(states, rights, data):
    complaint, _ = from_mapping(data, states=states, rights=rights)
    assert complaint is not None
    written = json.loads(json.dumps(to_mapping(complaint)))
    again, refusals = from_mapping(written, states=states, rights=rights)
    assert refusals == []
    assert again is not None
    assert written["schema"] == model.SCHEMA
    for name in ("acts", "rights", "remedies", "facts", "codes", "days", "procedures", "decided", "extra", "read_as"):
        assert getattr(again, name) == getattr(complaint, name), name


# ---- anything at all ---------------------------------------------------------------------------------------------
names = st.sampled_from(
    [*WHOLE, *ALIASES, *LISTS, *(f"{g}.{n}.{m}" for g in LISTS for m in LISTS[g] for n in (1, 2)), "remedies.liberty",
     "complaint", "decided", "read_as", "x_own", "acts.1.x_own", "applicant", "final_decision"]
)  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | day_texts
    | st.sampled_from(["RUS", "liberty", "yes", "exhausted", "HRC", "none", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names | st.text(max_size=6), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(data=anything | st.dictionaries(names | st.text(max_size=6), anything, max_size=8).map(lambda d: BASE | d))
def test_no_value_anywhere_is_more_than_refused(states, rights, data):
    complaint, refusals = from_mapping(data, states=states, rights=rights, file="f", row=1)
    assert complaint is not None or any(r.whole for r in refusals)
    for refusal in refusals:
        assert len(refusal.value) <= 80
        assert len(refusal.column) <= 80
        assert str(refusal).encode()
        assert refusal.reason
    if complaint:
        assert complaint.id.encode()
        assert len(complaint.warnings) == len(refusals)
        assert all(isinstance(day, days.Interval) for day in complaint.days.values())
        to_mapping(complaint)
