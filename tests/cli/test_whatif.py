"""The command whatif, through the command line as a user meets it."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

from ratione.cli import main
from ratione.cli.whatif import whatif
from ratione.registry import Registry

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/schema/whatif.json").read_text("utf-8"))
Run = Callable[..., Result]
SECRET = "Ivanova"
DOCKET = (
    "id,respondent,rights,applicant,facts_from,remedies,final_decision,notified,x_name\n"
    f"one,BLR,liberty,individual,2022-05-02,exhausted,2022-06-02,2022-06-02,{SECRET}\n"
    f"two,FRA,liberty,individual,2022-05-02,exhausted,2022-06-02,2022-06-02,{SECRET}\n"
)
BLR = ("whatif", "BLR", "ICCPR-OP1", "denounce", "--on", "2022-11-08")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("RATIONE_REGISTRY", raising=False)
    return lambda *args, **more: CliRunner().invoke(main, [str(a) for a in args], **more)


@pytest.fixture
def docket(tmp_path: Path) -> Path:
    file = tmp_path / "docket.csv"
    file.write_text(DOCKET, "utf-8")
    return file


def answer(result: Result, code: int = 0) -> dict[str, Any]:
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    "args",
    [
        "RUS COE notice --on 2022-03-15",
        "RUS COE expel --on 2022-03-16 --effect 2022-03-20",
        "RUS COE suspend --on 2022-02-25",
        "Belarus ICCPR-OP1 denounce --on 2022-11-08",
        "TZA ACTHPR-34-6 withdraw-declaration --on 2019-11-21",
        "HUN ROME revoke --on 2026-05-29",
        "MYS ROME denounce --on 2019-04-29",
        "PHL ROME denounce --on 2018-03-17",
        "GHA ACTHPR denounce --on 2027-01-10",
        "BLR ICCPR-OP1 accede --on 2127-01-10",
        "PRK ICCPR notice --on 1997-08-25",
        "MNE ECHR denounce --on 2010-01-10",
        "BFA ROME notice --on 2026-11-24",
        "USA UNESCO notice",
        "GBR ROME denounce --on 2020-01-10 --as-known-on 2026-11-24",
    ],
)
def test_json_keeps_to_its_schema(run: Run, args: str) -> None:
    found = answer(run("whatif", *args.split(), "--json"))
    jsonschema.validate(found, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert found["registry"] == Registry.load().hash
    assert len(found["rights"]) == 67


def test_with_a_docket_too(run: Run, docket: Path) -> None:
    found = answer(run(*BLR, "--complaints", docket, "--json"))
    jsonschema.validate(found, SCHEMA)
    assert found["docket"] == {"on": "2022-11-08", "assessed": 2, "hit": 1}
    assert [(c["id"], c["forum"], c["last_day"]) for c in found["complaints"]] == [("one", "HRC", "2023-02-07")]


def test_what_the_law_forbids_is_an_answer(run: Run) -> None:
    found = answer(run("whatif", "PRK", "ICCPR", "notice", "--on", "1997-08-25", "--json"))
    assert (found["status"], found["effects"]) == ("forbidden", [])
    assert found["acts"][0]["rule"] == "no_clause"
    assert "56" in found["acts"][0]["authority"]
    shown = run("whatif", "PRK", "ICCPR", "notice", "--on", "1997-08-25")
    assert shown.exit_code == 0
    assert "Forbidden. ICCPR cannot be left" in shown.stdout
    assert "What changes" not in shown.stdout


def test_the_table_says_days_and_advice(run: Run) -> None:
    shown = run(*BLR).stdout
    assert "hurry: submit by 7 February 2023" in shown
    assert "as known on 2022-11-07" in shown
    shown = run("whatif", "RUS", "COE", "notice", "--on", "2022-03-15").stdout
    assert "2022-09-15 (arguable to 2023-07-01)" in shown
    assert "no hurry" in shown
    assert "readings differ" in shown
    assert "six_months_after" in shown


def test_advice_is_not_surer_than_its_facts(run: Run) -> None:
    found = answer(run("whatif", "DEU", "CAT-22", "withdraw-declaration", "--on", "2127-01-10", "--json"))
    (cat,) = (f for f in found["fora"] if f["touched"])
    assert cat["advice"] == "hurry"
    assert (cat["confidence"] == "low") == ("unverified" in cat["advice_text"])
    unknown = answer(run("whatif", "ALB", "CERD", "denounce", "--on", "2127-01-10", "--json"))
    (cerd,) = (f for f in unknown["fora"] if f["touched"])
    assert cerd["before"] == "unclear"
    assert "not known whether" in cerd["advice_text"]


def test_csv_is_one_table_of_bodies_or_of_complaints(run: Run, docket: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*BLR, "--format", "csv").stdout)))
    assert rows[0]["forum"] == "HRC"
    assert rows[0]["submit_until"] == "2023-02-07"
    assert len(rows) == len({(r["forum"], r["route"]) for r in rows})
    rows = list(csv.DictReader(io.StringIO(run(*BLR, "--complaints", docket, "--format", "csv").stdout)))
    assert [(r["id"], r["loses"], r["on"]) for r in rows] == [("one", "days", "2022-11-08")]


@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx", ".ics"])
def test_files_are_written_whole_and_tell_no_more_than_they_must(
    run: Run, docket: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / "out" / f"hit{suffix}"
    result = run(*BLR, "--complaints", docket, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert [p.name for p in out.parent.iterdir()] == [out.name]
    assert SECRET.encode() not in out.read_bytes()


def test_the_workbook_has_days_as_days(run: Run, docket: Path, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    out = tmp_path / "hit.xlsx"
    run(*BLR, "--complaints", docket, "-o", out)
    book = CalamineWorkbook.from_path(str(out))
    assert book.sheet_names == ["complaints", "effects", "fora", "rights", "about"]
    head, *rows = book.get_sheet_by_name("complaints").to_python(skip_empty_area=False)
    (row,) = (dict(zip(head, r, strict=True)) for r in rows)
    assert (row["id"], row["last_day"]) == ("one", date(2023, 2, 7))
    assert len(book.get_sheet_by_name("rights").to_python(skip_empty_area=False)) == 68


def test_what_begins_like_a_formula_stays_text(run: Run, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    file, out = tmp_path / "d.csv", tmp_path / "hit.xlsx"
    file.write_text(DOCKET.replace("one,", '"=1+1",'), "utf-8")
    run(*BLR, "--complaints", file, "-o", out)
    rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_name("complaints").to_python(skip_empty_area=False)
    assert rows[1][0] == "=1+1"


def test_the_calendar_has_an_all_day_event_with_alarms_and_a_lasting_uid(
    run: Run, docket: Path, tmp_path: Path
) -> None:
    from icalendar import Calendar

    uids = []
    for on, last in (("2022-11-08", date(2023, 2, 7)), ("2022-11-07", date(2023, 2, 6))):
        out = tmp_path / "hit.ics"
        run("whatif", "BLR", "ICCPR-OP1", "denounce", "--on", on, "--complaints", docket, "-o", out)
        (event,) = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
        assert (event["dtstart"].dt, event["dtend"].dt) == (last, last + timedelta(1))
        assert str(event["summary"]) == "one: HRC"
        assert len(event.walk("VALARM")) == 3
        assert "description" not in event
        uids.append(str(event["uid"]))
    assert uids[0] == uids[1]
    assert "one" not in uids[0].split("@")[0]


def test_a_calendar_needs_complaints(run: Run, tmp_path: Path) -> None:
    result = run(*BLR, "-o", tmp_path / "x.ics")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "--complaints" in result.stderr


@pytest.mark.parametrize(
    "args",
    ["RUS COE notice --on 2022-03-15", "BLR ICCPR-OP1 denounce --on 2022-11-08", "PRK ICCPR notice --on 1997-08-25"],
)
def test_the_picture_says_in_words_what_it_shows(run: Run, tmp_path: Path, args: str) -> None:
    file = tmp_path / "w.svg"
    found = answer(run("whatif", *args.split(), "--svg", file, "--json"))
    root = ElementTree.parse(file).getroot()
    space = "{http://www.w3.org/2000/svg}"
    told = root.findtext(f"{space}desc") or ""
    width, height = (float(root.attrib[a]) for a in ("width", "height"))
    for node in root.iter():
        if "x" in node.attrib and node.tag == f"{space}text":
            assert 0 <= float(node.attrib["x"]) <= width
            assert 0 <= float(node.attrib["y"]) <= height
    for effect in found["effects"]:
        assert effect["instrument"] in told
    for body in found["fora"]:
        for field in ("facts_until", "submit_until"):
            assert not body[field] or body[field] in told
    assert found["on"] in told


def test_a_scenario_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "march-2022.toml"
    acts = [("notice", "RUS", "2022-03-15"), ("expel", "Russia", "2022-03-16")]
    file.write_text("".join(
        f'[[act]]\nact = "{act}"\nstate = "{state}"\ninstrument = "COE"\non = {on}\n\n' for act, state, on in acts
    ))  # fmt: skip
    found = answer(run("whatif", "--scenario", file, "--json"))
    assert [a["status"] for a in found["acts"]] == ["answered", "answered"]
    assert found["as_known_on"] == "2022-03-14"
    effects = {e["instrument"]: e for e in found["effects"]}
    assert effects["COE"]["from"] == "2022-03-16"
    assert [e["effect"] for e in effects["ECHR"]["range"]] == ["2022-03-16", "2022-09-16"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ("", "STATE, INSTRUMENT and ACT"),
        ("RUS COE", "STATE, INSTRUMENT and ACT"),
        ("Rusia COE notice", "Russia (RUS)"),
        ("RUS ICCPR-OP9 notice", "Did you mean"),
        ("RUS COE leave", "notice"),
        ("RUS COE notice --on 15.3.2022", "2022-09-16"),
        ("RUS COE notice --effect 2030-01-01", "expel only"),
        ("RUS COE notice -o x.pdf", "accepted is .json"),
        ("RUS COE notice --lang xx", "no catalogue"),
    ],
)
def test_wrong_use_says_what_is_accepted(run: Run, args: str, told: str) -> None:
    result = run("whatif", *args.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_refused_rows_are_told_and_the_rest_is_answered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_text(DOCKET.replace("two,FRA", "two,Nowhere"), "utf-8")
    result = run(*BLR, "--complaints", file, "--json")
    found = answer(result, 3)
    assert (found["docket"]["assessed"], found["docket"]["hit"]) == (1, 1)
    assert "refused: 1 rows" in result.stderr
    assert SECRET not in result.stderr


def test_the_command_stands_in_the_docs_with_every_option() -> None:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    section = text[text.index("### `ratione whatif") :]
    for option in whatif.params:
        assert max(option.opts, key=len) in section or isinstance(option, click.Argument), option.opts


def test_the_examples_in_the_docs_run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        line[2:].split("  #")[0].split()[1:]
        for page in ("docs/commands.md", "docs/whatif.md")
        for line in (ROOT / page).read_text("utf-8").splitlines()
        if line.startswith("$ ratione whatif")
    ]
    assert len(lines) >= 6
    guide = (ROOT / "docs/whatif.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "march-2022.toml").write_text(guide.split("```toml\n")[1].split("```")[0])
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for line in lines:
        assert run(*line).exit_code == 0, line
