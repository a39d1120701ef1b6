"""One value at a time: what it becomes, or what it refuses (values.csv is the list)."""

import csv
from pathlib import Path

import pytest

from ratione.complaint.model import Complaint
from ratione.complaint.names import fold, state_names
from ratione.complaint.read import from_mapping

VALUES = list(csv.DictReader((Path(__file__).parent / "values.csv").read_text("utf-8").splitlines()))


def told(complaint: Complaint, column: str) -> str:
    """What a complaint says under a column, as words with spaces between them."""
    found: object
    match column.split("."):
        case ["id"]:
            found = complaint.id
        case ["respondent"]:
            found = complaint.respondent
        case ["rights"]:
            found = complaint.rights
        case ["remedies"]:
            found = complaint.remedies.get("*")
        case ["facts_from"]:
            found = complaint.acts[0].first if complaint.acts else None
        case ["kind"] | ["control"] | ["continuing"]:
            found = getattr(complaint.acts[0], column, None) if complaint.acts else None
        case ["other_procedures", _, member]:
            found = getattr(complaint.procedures[0], member) if complaint.procedures else None
        case _:
            names = {"applicant": "applicant.kind", "final_decision": "final_decision.taken"}
            name = names.get(column, column)
            found = complaint.facts.get(name) or complaint.days.get(name) or complaint.codes.get(name)
    return " ".join(found) if isinstance(found, tuple) else "nothing" if found is None else str(found)


@pytest.mark.parametrize("row", VALUES, ids=lambda row: f"{row['column']}={row['value']}")
def test_value(row, states, rights):
    column, value, becomes = row["column"], row["value"], row["becomes"]
    mapping = {"id": "a", "respondent": "UKR"} | {column: value}
    complaint, refusals = from_mapping(mapping, states=states, rights=rights, file="f", row=3)
    if becomes in ("row", "field"):
        told_of = [(r.file, r.row, r.column, r.value, r.whole) for r in refusals]
        assert told_of == [("f", 3, column, value, becomes == "row")]
        assert (complaint is None) is (becomes == "row")
        if complaint:
            assert len(complaint.warnings) == 1
            assert value in complaint.warnings[0]
            assert told(complaint, column) == "nothing"
    else:
        assert refusals == []
        assert complaint is not None
        assert told(complaint, column) == becomes


@pytest.mark.parametrize(
    ("column", "value", "hint"),
    [
        ("respondent", "Rusia", "RUS (Russia)"),
        ("respondent", "CH", "CHE (Switzerland)"),
        ("respondent", "Congo", "COG (Republic of the Congo)"),
        ("respondent", "Jersey", "respondent GBR with place JEY"),
        ("rights", "libertad", "liberty"),
        ("facts_from", "10.09.2022", "2022-09-16"),
        ("remedies", "exausted", "exhausted, pending, not_tried"),
        ("pattern", "oui", "yes, no, true, false, 1, 0"),
        ("notifed", "2022-01-01", "notified"),
    ],
)
def test_a_reason_says_what_is_accepted(column, value, hint, states, rights):
    mapping = {"id": "a", "respondent": "UKR"} | {column: value}
    _, (refusal,) = from_mapping(mapping, states=states, rights=rights)
    assert hint in refusal.reason


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("UA-43", "UA-43"),
        ("UA-43 Simferopol", "UA-43"),
        ("UKR", "UKR"),
        ("UA", "UKR"),
        ("JE", "JEY"),
        ("Jersey", "JEY"),
        ("ukraine", "UKR"),
        ("RUS Moscow", "RUS"),
        ("RU, Moscow", "RUS"),
        ("Cyprus (north of the line)", "CYP"),
        ("Ukraine: Kharkiv", "UKR"),
        ("Niger Delta", None),
        ("CAN THO", None),
        ("TR 14 police station", None),
        ("ZZ-43", None),
        ("Moscow", None),
        ("a prison", None),
    ],
)
def test_place(text, place, states, rights):
    complaint, refusals = from_mapping({"id": "a", "respondent": "RUS", "place": text}, states=states, rights=rights)
    assert refusals == []
    assert complaint is not None
    assert (complaint.acts[0].place, complaint.acts[0].place_text) == (place, text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ukraine, Crimea", "UA-43"),
        ("Moldova (Transnistria)", "MD-SN"),
        ("Georgia - Abkhazia - Gali", "GE-AB"),
        ("Ukraine, Poland", "UKR"),
        ("Georgia, Crimea", "GEO"),
    ],
)
def test_part_of_a_state(text: str, place: str) -> None:
    assert state_names().place(text) == place


def test_no_name_of_the_package_stands_for_two_states():
    owners: dict[str, set[str]] = {}
    for state in state_names().states.values():
        for name in (state.code, state.name, *state.aliases):
            owners.setdefault(fold(name), set()).add(state.code)
    assert len(owners) > 250
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}
