"""Files: every format, every kind of damage; the good complaints come through and the bad ones are named by line."""

import io
import json
import logging
import re
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import jsonschema
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratione.complaint import model
from ratione.complaint.columns import ALIASES, LISTS, WHOLE
from ratione.complaint.decided import READINGS
from ratione.complaint.read import from_mapping, read, read_all
from ratione.complaint.write import to_mapping
from ratione.days import exactly

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SCHEMA = json.loads((ROOT / "docs/schema/complaint.json").read_text("utf-8"))
HEADER = "id,respondent,facts_from,rights,remedies,place,x_file\n"


@pytest.fixture
def load(tmp_path, states, rights):
    """Write a file and read it with the small vocabulary."""

    def run(content, name="docket.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_all(path, states=states, rights=rights)

    return run


def where(refusals):
    return [(r.row, r.column, r.whole) for r in refusals]


# ---- the examples ------------------------------------------------------------------------------------------------
def test_the_docket_says_the_same_in_every_format(tmp_path):
    complaints, refusals = read_all(EXAMPLES / "docket.csv")
    assert refusals == []
    assert len(complaints) == 12
    assert read_all(EXAMPLES / "docket.jsonl") == (complaints, [])
    rows = [line.split(",") for line in (EXAMPLES / "docket.csv").read_text("utf-8").splitlines()]
    workbook(tmp_path / "docket.xlsx", rows)
    assert read_all(tmp_path / "docket.xlsx") == (complaints, [])
    (tmp_path / "docket.ods").write_bytes(ods(rows))
    assert read_all(tmp_path / "docket.ods") == (complaints, [])
    (tmp_path / "docket.json").write_text(json.dumps([to_mapping(c) for c in complaints], indent=1))
    assert read_all(tmp_path / "docket.json") == (complaints, [])


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda f: f.name)
def test_single_examples(file):
    (complaint,), refusals = read_all(file)
    assert refusals == []
    assert complaint.id == file.stem
    assert all(act.place for act in complaint.acts)


def test_two_acts_of_one_example():
    found = {c.id: c for c in read_all(EXAMPLES / "docket.csv")[0]}
    assert [act.kind for act in found["nicaragua"].acts] == ["instantaneous", "continuing"]


def test_every_decided_case_is_read(shared):
    for file in (shared / "cases").glob("*.jsonl"):
        if file.stem != "press":
            complaints, refusals = read_all(file)
            lines = file.read_text("utf-8").splitlines()
            assert len(complaints) == len(lines)
            assert not any(r.whole for r in refusals)
            told = [json.loads(line).get("decided") for line in lines]
            assert [c.decided and str(c.decided) for c in complaints] == told


# ---- the schema --------------------------------------------------------------------------------------------------
def test_the_schema_knows_the_same_names_as_the_reader():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    complaint = SCHEMA["$defs"]["complaint"]["properties"]
    inside = {
        f"{name}.{member}"
        for name, shape in complaint.items()
        for variant in (shape, *shape.get("anyOf", ()))
        for member in variant.get("properties", ())
    }
    groups = {name.partition(".")[0] for name in inside}
    short = {"facts_from", "facts_to", "continuing", "place", "notified"}
    assert inside | complaint.keys() - groups == {*WHOLE, *LISTS, *short}
    assert short < {*ALIASES}
    for group, members in (("act", LISTS["acts"]), ("procedure", LISTS["other_procedures"])):
        assert members.keys() <= SCHEMA["$defs"][group]["properties"].keys()
    assert SCHEMA["$defs"]["decided"]["properties"]["read_as"]["items"]["enum"] == list(READINGS)
    for words in (model.REMEDIES, model.ACT_KINDS, model.CONTROLS, model.STATUSES, *model.FACTS.values()):
        assert words == model.YES_NO or json.dumps(list(words))[1:-1] in json.dumps(SCHEMA)


def test_the_examples_hold_to_the_schema():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for file in EXAMPLES.glob("*.json"):
        validator.validate(json.loads(file.read_text("utf-8")))
    for line in (EXAMPLES / "docket.jsonl").read_text("utf-8").splitlines():
        validator.validate(json.loads(line))
    assert not validator.is_valid({"id": "a", "respondent": "RUS", "remedies": "exausted"})
    assert not validator.is_valid({"respondent": "RUS"})


# ---- JSON --------------------------------------------------------------------------------------------------------
A = {"id": "a", "respondent": "RUS"}
B = {"id": "b", "respondent": "UKR"}


@pytest.mark.parametrize("name", ["d.json", "d.jsonl", "d.txt", "d"])
@pytest.mark.parametrize(
    "text",
    [
        f"{json.dumps(A)}\n{json.dumps(B)}\n",
        f"\n\n{json.dumps(A)}\r\n\r\n{json.dumps(B)}",
        json.dumps([A, B]),
        json.dumps([A, B], indent=2),
        f"{json.dumps(A, indent=2)}\n{json.dumps(B, indent=2)}",
        "\ufeff" + json.dumps([A, B]),
    ],
)
def test_json_is_told_by_what_it_is(load, text, name):
    complaints, refusals = load(text, name)
    assert refusals == []
    assert [c.id for c in complaints] == ["a", "b"]


def test_lines_of_an_array_are_counted_as_an_editor_does(load):
    members = (A, B | {"lodged": "soon"}, {"id": "c"})
    _, refusals = load("[\n" + ",\n".join(map(json.dumps, members)) + "\n]", "d.json")
    assert where(refusals) == [(3, "lodged", True), (4, "respondent", True)]


@pytest.mark.parametrize(
    "broken",
    ['{"id": "x", "respondent"', "garbage", "[1, 2]", '"text"', "7", '{"id": "x", "id": "y"}', '{"a": "\\ud800"}',
     '{"id": "x", "respondent": "RUS", "lodged": "soon"}', '{"a":' * 5000, "1" * 5000],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_broken_line_refuses_itself_only(load, broken, at):
    lines = [json.dumps(A), json.dumps(B)]
    lines.insert(at, broken)
    complaints, refusals = load("\n".join(lines), "d.jsonl")
    assert [c.id for c in complaints] == ["a", "b"]
    assert [(r.row, r.whole) for r in refusals] == [(at + 1, True)]


@pytest.mark.parametrize("broken", ['{"id": "x" "respondent": 1}', '{"id": "x", "respondent": RUS}', "{,}"])
def test_a_broken_member_of_an_array_refuses_itself_only(load, broken):
    complaints, refusals = load(f"[\n  {json.dumps(A)},\n  {broken},\n  {json.dumps(B)}\n]", "d.json")
    assert [c.id for c in complaints] == ["a", "b"]
    assert [(r.row, r.whole) for r in refusals] == [(3, True)]


def test_an_array_that_does_not_end(load):
    complaints, refusals = load(f"[\n  {json.dumps(A)}", "d.json")
    assert [c.id for c in complaints] == ["a"]
    assert [r.whole for r in refusals] == [True]


def test_an_id_that_stands_twice(load):
    complaints, refusals = load(f"{json.dumps(A)}\n{json.dumps(A)}\n", "d.jsonl")
    assert [len(c.warnings) for c in complaints] == [0, 1]
    assert where(refusals) == [(2, "id", False)]


def test_json_lines_stream(tmp_path, states, rights):
    path = tmp_path / "d.jsonl"
    path.write_text(f"{json.dumps(A)}\n" * 3 + "x" * 10_000_000)
    items = read(path, states=states, rights=rights)
    first = next(items)
    assert isinstance(first, model.Complaint)
    items.close()


def test_not_utf_8_refuses_its_line(load):
    lines = [json.dumps(A).encode(), '{"id": "Zürich", "respondent": "CHE"}'.encode("latin-1"), json.dumps(B).encode()]
    complaints, refusals = load(b"\n".join(lines), "d.jsonl")
    assert [c.id for c in complaints] == ["a", "b"]
    assert where(refusals) == [(2, "", True)]


# ---- tables ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(load, mark, start, end):
    lines = [("id", "respondent", "rights", "x_note"), ("a", "RUS", '"liberty;assembly"', '"one, two; three"')]
    text = start + end.join(mark.join(line) for line in lines) + end
    (complaint,), refusals = load(text)
    assert refusals == []
    assert complaint.rights == ("liberty", "assembly")
    assert complaint.extra == {"x_note": "one, two; three"}


def test_the_delimiter_line_of_spreadsheets(load):
    (complaint,), refusals = load("sep=;\r\nid;respondent;facts_from\r\na;RUS;2022-13\r\nb;RUS;2022\r\n")
    assert complaint.id == "b"
    assert where(refusals) == [(3, "facts_from", True)]


def test_rows_of_one_complaint(load):
    complaints, refusals = load(
        "id,respondent,acts.from,kind,rights,other_procedures.1.forum,other_procedures.2.forum\n"
        "a,RUS,2022-01-01,instantaneous,liberty,HRC,\n"
        "b,UKR,2022-02-01,,,,\n"
        "a,,2022-03-01,omission,liberty,,WGAD\n"
    )
    assert refusals == []
    a, b = complaints
    assert [(act.first, act.kind) for act in a.acts] == [
        (exactly(date(2022, 1, 1)), "instantaneous"),
        (exactly(date(2022, 3, 1)), "omission"),
    ]
    assert [p.forum for p in a.procedures] == ["HRC", "WGAD"]
    assert (b.id, b.procedures) == ("b", None)


def test_several_acts_in_one_row(load):
    (complaint,), refusals = load("id,respondent,acts.1.from,acts.2.from\na,RUS,2022-01-01,2022-02-01\n")
    assert refusals == []
    assert len(complaint.acts) == 2


def test_a_row_without_an_act_adds_none(load):
    (complaint,), _ = load("id,respondent,facts_from,other_procedures.1.forum\na,RUS,2022,\na,,,HRC\n")
    assert len(complaint.acts) == 1


def test_rows_that_contradict_each_other(load):
    (complaint,), refusals = load(
        "id,respondent,rights,remedies,final_decision\n"
        "a,RUS,liberty;assembly,exhausted,2022-01-01\n"
        "a,RUS,assembly;liberty,pending,\n"
        "a,RUS,,exhausted,2022-01-02\n"
    )
    assert where(refusals) == [(3, "remedies", False), (4, "final_decision", False)]
    assert (complaint.rights, complaint.remedies, complaint.days) == (("liberty", "assembly"), {}, {})


def test_rows_that_disagree_on_the_state_are_refused_together(load):
    complaints, refusals = load("id,respondent\na,RUS\na,UKR\nb,RUS\n")
    assert [c.id for c in complaints] == ["b"]
    assert sorted(r.row for r in refusals if r.whole) == [2, 3]


def test_a_refused_row_leaves_the_other_acts_and_a_warning(load):
    (complaint,), refusals = load("id,respondent,facts_from\na,RUS,2022-01-01\na,,1.2.2022\n")
    assert where(refusals) == [(3, "facts_from", True)]
    assert len(complaint.acts) == 1
    assert complaint.warnings[0].startswith("row 3 refused")


def test_an_unknown_column_is_told_once_and_warned_of_in_each_complaint(load):
    complaints, refusals = load("id,respondent,remedie\na,RUS,exhausted\nb,RUS,exhausted\nc,RUS,\n")
    assert where(refusals) == [(1, "remedie", False)]
    assert "did you mean remedies" in refusals[0].reason
    assert [len(c.warnings) for c in complaints] == [1, 1, 0]


def test_own_columns_stay(load):
    (complaint,), _ = load("id,respondent,x_file,X_Who\na,RUS,17/3,M.\na,RUS,17/4,M.\n")
    assert complaint.extra == {"x_file": ["17/3", "17/4"], "X_Who": "M."}


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "[]", HEADER])
def test_a_file_without_a_complaint_says_so(load, text):
    complaints, refusals = load(text)
    assert complaints == []
    assert [r.reason for r in refusals] == ["holds no complaint"]


@pytest.mark.parametrize("text", ["name,State\nx,RUS\n", "id,facts\na,2022\n", "just a letter to somebody\n"])
def test_a_table_without_names_is_refused_once(load, text):
    complaints, refusals = load(text + "more,of it\n" * 50)
    assert complaints == []
    assert where(refusals) == [(1, "", True)]


BROKEN = [
    ("a,RUS,10.9.2022,,,,", "facts_from"),
    (",RUS,,,,,", "id"),
    ("x,Ruritania,,,,,", "respondent"),
    ("x,,,,,,", "respondent"),
    ('x,RUS,2022,"liberty,,,', ""),
    ('"x,RUS,2022,,,,', ""),
    ('x,RUS,2022,"liberty"y,,,', ""),
    ("x,RUS,2022,liberty,exhausted,Kyiv, Ukraine,7", ""),
    ("x,RUS,2022,,,,,,,,,,,z", ""),
]


@pytest.mark.parametrize(("line", "column"), BROKEN)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_broken_row_refuses_itself_only(load, line, column, at):
    good = ['g1,RUS,2022,"liberty","exhausted","Kyiv, old town",1', 'g2,UKR,2022,liberty,"exhausted",,"2"']
    lines = [*good[:at], line, *good[at:]]
    complaints, refusals = load(HEADER + "\n".join(lines) + "\n")
    assert [c.id for c in complaints] == ["g1", "g2"]
    assert where(refusals) == [(at + 2, column, True)]


def test_lines_are_counted_over_cells_with_line_breaks(load):
    complaints, refusals = load(HEADER + 'a,RUS,2022,,,"two\nlines",\n\nb,RUS,soon,,,,\n')
    assert [c.acts[0].place_text for c in complaints] == ["two\nlines"]
    assert where(refusals) == [(5, "facts_from", True)]


def test_a_table_in_another_encoding(load):
    rows = "a,Türkiye,,,,,\nb,RUS,,,,Zürich,\nc,RUS,,,,,Müller\n"
    complaints, refusals = load(HEADER.encode() + rows.encode("latin-1"))
    assert [c.id for c in complaints] == ["b", "c"]
    assert where(refusals) == [(2, "respondent", True), (3, "place", False), (4, "x_file", False)]
    assert all("UTF-8" in r.reason for r in refusals)


def test_other_encodings_and_formats_are_named(load):
    for data, word in ((HEADER.encode("utf-16"), "UTF-16"), (b"PAR1....", "Parquet"), (b"PK\x03\x04 no", "workbook")):
        complaints, (refusal,) = load(data)
        assert complaints == []
        assert word in refusal.reason


# ---- workbooks ---------------------------------------------------------------------------------------------------
def workbook(path, *sheets, at=(0, 0)):
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for r, row in enumerate(rows, start=at[0]):
                for c, value in enumerate(row, start=at[1]):
                    if value not in ("", None):
                        sheet.write(r, c, value)


def ods(rows):
    def cell(value):
        text = str(value).replace("&", "&amp;").replace("<", "&lt;")
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Docket">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return data.getvalue()


def test_cells_of_a_workbook(tmp_path, states, rights):
    path = tmp_path / "d.xlsx"
    workbook(
        path,
        [
            ["id", "respondent", "facts_from", "facts_to", "continuing", "x_n"],
            [17, "RUS", date(2022, 9, 10), datetime(2022, 9, 10), False, 2.5],
            ["b", "RUS", 2022, "2022-09", 1, ""],
            ["c", "RUS", 44814, "", "", ""],
            ["d", "RUS", datetime(2022, 9, 10, 14, 30), "", "", ""],
            ["e", "RUS", "10.09.2022", "", "", ""],
        ],
    )
    (first, second), refusals = read_all(path, states=states, rights=rights)
    assert (first.id, first.extra) == ("17", {"x_n": 2.5})
    assert (first.acts[0].first, first.acts[0].kind) == (exactly(date(2022, 9, 10)), "instantaneous")
    assert (str(second.acts[0].first), second.acts[0].kind) == ("2022", "continuing")
    assert where(refusals) == [(4, "facts_from", True), (5, "facts_from", True), (6, "facts_from", True)]


def test_rows_are_counted_as_the_spreadsheet_shows_them(tmp_path, states, rights):
    path = tmp_path / "d.xlsx"
    workbook(path, [["id", "respondent"], ["a", "Ruritania"], ["b", "RUS"]], at=(4, 2))
    (complaint,), refusals = read_all(path, states=states, rights=rights)
    assert complaint.id == "b"
    assert where(refusals) == [(6, "respondent", True)]


def test_every_sheet_that_is_a_docket_is_read(tmp_path, states, rights):
    path = tmp_path / "d.xlsx"
    docket = [["id", "respondent"], ["a", "RUS"]]
    workbook(path, [["notes"], ["call back"]], docket, [*docket, ["b", "Ruritania"]])
    complaints, refusals = read_all(path, states=states, rights=rights)
    assert [c.id for c in complaints] == ["a", "a"]
    assert [(r.file, r.row, r.column) for r in refusals] == [
        ("d.xlsx#Sheet3", None, "id"),
        ("d.xlsx#Sheet3", 3, "respondent"),
    ]


def test_standard_input(monkeypatch, tmp_path, states, rights):
    workbook(tmp_path / "d.xlsx", [["id", "respondent"], ["a", "RUS"]])
    for content in (json.dumps(A).encode(), b"id,respondent\na,RUS\n", (tmp_path / "d.xlsx").read_bytes()):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        complaints, refusals = read_all("-", states=states, rights=rights)
        assert [c.id for c in complaints] == ["a"]
        assert refusals == []
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id,respondent\na,nowhere\n")))
    assert read_all("-", states=states, rights=rights)[1][0].file == "-"


# ---- anything at all ---------------------------------------------------------------------------------------------
pieces = st.sampled_from(
    [*HEADER.strip().split(","), "a", "RUS", "2022", "liberty", '"', "'", ",", ";", "\t", "\n", "\r\n", "\x00", "{",
     "}", "[", "]", ":", '"id"', "null", "\ufeff", "é", "\\ud800", "acts.1.from", "x_", "-1", "1e999"]
)  # fmt: skip
content = st.one_of(
    st.binary(max_size=200),
    st.lists(pieces, max_size=60).map("".join).map(str.encode),
    st.lists(pieces, max_size=40).map(lambda p: (HEADER + "".join(p)).encode()),
    st.binary(max_size=60).map(lambda b: b"PK\x03\x04" + b),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=content, name=st.sampled_from(["f.csv", "f.json", "f.jsonl", "f.xlsx", "f"]))
def test_no_file_is_more_than_refused(load, data, name):
    complaints, refusals = load(data, name)
    assert complaints or refusals
    for refusal in refusals:
        assert str(refusal).encode()
        assert len(refusal.value) <= 80


good_rows = st.lists(st.sampled_from(["RUS", "UKR", "CHE"]), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(good=good_rows, bad=st.lists(st.tuples(st.integers(0, 6), st.sampled_from([b for b, _ in BROKEN])), max_size=6))
def test_the_good_rows_come_through_any_mixture(load, good, bad):
    lines = [f'g{n},{state},2022,"liberty",exhausted,,"7"' for n, state in enumerate(good)]
    for at, line in bad:
        lines.insert(min(at, len(lines)), line)
    complaints, refusals = load(HEADER + "\n".join(lines))
    found = [c for c in complaints if c.id.startswith("g")]
    assert [c.respondent for c in found] == [(state,) for state in good]
    assert {r.row for r in refusals if r.whole} == {n for n, line in enumerate(lines, 2) if not line.startswith("g")}


# ---- discretion --------------------------------------------------------------------------------------------------
MARKER = "Xanthippe-7731"


def test_a_refusal_tells_no_more_than_its_value(load, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    told = {"id": "x", "respondent": "RUS", "x_name": MARKER, "place": MARKER, "remedies": "odd", "lodged": "soon"}
    texts = [
        (json.dumps(told), "d.jsonl"),
        (json.dumps(told)[:-1], "d.jsonl"),
        (json.dumps([told], indent=1)[:-4], "d.json"),
        (json.dumps(told)[:-1] + ', "id": "y"}', "d.json"),
        (",".join(told) + "\n" + ",".join(told.values()) + "\n" + f'"y,{MARKER}\n', "d.csv"),
        (f"x,y\n{MARKER},1\n", "d.csv"),
    ]
    for text, name in texts:
        complaints, refusals = load(text, name)
        assert refusals
        assert complaints == []
        assert MARKER not in "".join(map(str, refusals))
    out, err = capfd.readouterr()
    assert MARKER not in out + err + caplog.text


def test_errors_are_one_clear_line(states, rights):
    told = A | {"lodged": "to\nmorrow\x1b[2J" * 40}
    _, (refusal,) = from_mapping(told, states=states, rights=rights, file="f", row=2)
    assert re.fullmatch(r"[^\n\x1b]+", str(refusal))
    assert str(refusal).startswith("f, row 2, lodged: 'to")
