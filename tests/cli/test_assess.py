"""The commands assess, explain and forum, through the command line as a user meets it."""

import csv
import errno
import io
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from ratione import days
from ratione.assess.verdict import Assessor
from ratione.cli import main
from ratione.fora import FORA
from ratione.registry import Registry

ROOT = Path(__file__).parents[2]
MOSCOW = ROOT / "examples/moscow.json"
DOCKET = ROOT / "examples/docket.csv"
ON = ("--on", "2022-11-22")
MARKER = "Zwiebelfisch"
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("RATIONE_REGISTRY", "RATIONE_LANG"):
        monkeypatch.delenv(name, raising=False)
    return lambda *args, input=None: CliRunner().invoke(main, [str(a) for a in args], input=input)


def schema(name: str) -> object:
    return json.loads((ROOT / f"docs/schema/{name}.json").read_text("utf-8"))


def good(result: Result, code: int = 0) -> str:
    assert result.exit_code == code, result.output
    return result.stdout


# ---- assess ----------------------------------------------------------------------------------------------------------
def test_a_page_says_what_is_open_first(run: Run) -> None:
    page = good(run("assess", MOSCOW, *ON))
    assert "20 February 2023 (Monday): 90 days left" in page
    heads = ["No bar found under the rules listed", "Cannot say yet", "\nClosed\n", "Before you choose", "Taken for"]
    where = [page.index(head) for head in heads]
    assert where == sorted(where)
    assert re.search(r"\d+ bodies are closed: ", page)
    assert "admissib" not in page.lower()
    assert all(len(line) <= 100 for line in page.splitlines())


def test_all_unfolds_what_is_closed(run: Run) -> None:
    page = good(run("assess", MOSCOW, *ON, "--all"))
    assert "bodies are closed" not in page
    for forum in FORA:
        assert forum.key in page


def test_one_forum_only(run: Run) -> None:
    lines = good(run("assess", MOSCOW, *ON, "--forum", "ced", "--forum", "ECTHR", "--format", "jsonl")).splitlines()
    assert [(v["forum"], v["route"]) for v in map(json.loads, lines)] == [
        ("ECTHR", None), ("CED", "CED-31"), ("CED", "CED-30"),
    ]  # fmt: skip
    wrong = run("assess", MOSCOW, "--forum", "ECHR")
    assert wrong.exit_code == 2
    assert "accepted is ECTHR" in wrong.stderr


def test_lines_keep_to_the_schema_and_the_stamps(run: Run) -> None:
    lines = [json.loads(line) for line in good(run("assess", DOCKET, "--format", "jsonl")).splitlines()]
    assert len(lines) == 12 * len(FORA)
    validator = jsonschema.Draft202012Validator(schema("assess"))
    snapshot = Registry.load().hash
    for line in lines:
        validator.validate(line)
        assert line["registry"] == snapshot
        assert all(t["text"] for t in line["tests"])
        assert line["question"] or line["status"] != "unclear" or line["presumed"]
    keys = list(lines[0])
    assert keys[:4] == ["id", "respondent", "forum", "route"]
    assert keys[-5:] == ["tool", "law", "registry", "on", "as_known_on"]


def test_every_form_names_the_unverified_facts_behind_a_verdict(run: Run, tmp_path: Path) -> None:
    """Trinidad's second denunciation is unverified: the last day that it sets rests on it, though it lies ahead."""
    told = {"id": "x", "respondent": "TTO", "rights": ["liberty"], "acts": [{"from": "1999-01-05"}],
            "remedies": "exhausted", "final_decision": {"taken": "2000-04-01"}}  # fmt: skip
    asked = ("--on", "2000-05-01", "--as-known-on", "2026-11-24")
    source = tmp_path / "told.json"
    source.write_text(json.dumps(told), "utf-8")
    lines = [json.loads(line) for line in good(run("assess", source, *asked, "--format", "jsonl")).splitlines()]
    committee = next(line for line in lines if line["forum"] == "HRC")
    assert committee["last_day"] == "2000-06-26"
    assert committee["unverified"] == ["TTO/ICCPR-OP1/denounced/2000-03-27"]
    explained = json.loads(good(run("explain", source, *asked, "--json")))["verdicts"]
    for line, verdict in zip(lines, explained, strict=True):
        facts = verdict["facts"]
        assert line["unverified"] == verdict["unverified"] == [f["id"] for f in facts if f["confidence"] == "low"]
        assert line["contested"] == [f["id"] for f in facts if f["status"] == "contested"]
    table = csv.DictReader(io.StringIO(good(run("assess", source, *asked, "--format", "csv"))))
    assert [row["unverified"] for row in table] == [";".join(line["unverified"]) for line in lines]
    assert "Unverified" in good(run("assess", source, *asked))


def test_json_is_one_object(run: Run) -> None:
    found = json.loads(good(run("assess", MOSCOW, *ON, "--json")))
    jsonschema.validate(found, schema("assess"))
    assert found["on"] == "2022-11-22"
    assert {v["id"] for v in found["verdicts"]} == {"moscow"}


def test_the_same_docket_in_every_form(run: Run, tmp_path: Path) -> None:
    table = list(csv.DictReader(io.StringIO(good(run("assess", DOCKET, "--format", "csv")))))
    lines = [json.loads(line) for line in good(run("assess", DOCKET, "--format", "jsonl")).splitlines()]
    assert [(r["id"], r["forum"], r["status"], r["last_day"]) for r in table] == [
        (v["id"], v["forum"], v["status"], v["last_day"] or "") for v in lines
    ]
    for suffix in ("csv", "jsonl", "json"):
        target = tmp_path / f"verdicts.{suffix}"
        shown = run("assess", DOCKET, "-o", target)
        assert "12 complaints" in good(shown)
        assert f"wrote {target}" in shown.stderr
        assert target.read_text("utf-8") == good(run("assess", DOCKET, "--format", suffix))
    book = tmp_path / "verdicts.xlsx"
    good(run("assess", DOCKET, "-o", book))
    rows = CalamineWorkbook.from_path(book).get_sheet_by_name("verdicts").to_python()
    assert len(rows) == 1 + len(table)
    moscow = dict(zip(rows[0], rows[1], strict=True))
    assert (moscow["id"], str(moscow["last_day"])) == ("moscow", "2023-02-20")
    assert {p.name for p in tmp_path.iterdir()} == {f"verdicts.{s}" for s in ("csv", "jsonl", "json", "xlsx")}


def test_an_unknown_suffix_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("assess", MOSCOW, "-o", tmp_path / "verdicts.docx")
    assert result.exit_code == 2
    assert "accepted is .csv" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_summary_for_many(run: Run) -> None:
    page = good(run("assess", DOCKET, "--on", "2022-11-22"))
    assert page.startswith("12 complaints")
    urgent = page[page.index("The most urgent last days") :]
    days = re.findall(r"^(\d+ \w+ \d{4}) \(\w+\)", urgent, re.M)
    assert len(days) > 3
    assert "moscow" in urgent


def test_several_files_and_standard_input(run: Run) -> None:
    both = good(run("assess", MOSCOW, ROOT / "examples/kazan.json", "--format", "csv"))
    assert {row["id"] for row in csv.DictReader(io.StringIO(both))} == {"moscow", "kazan"}
    piped = good(run("assess", "-", *ON, "--format", "csv", input=MOSCOW.read_text("utf-8")))
    assert piped == good(run("assess", MOSCOW, *ON, "--format", "csv"))


def test_nothing_presumed_closes_nothing_more(run: Run) -> None:
    bare = '{"id": "x", "respondent": "FRA", "rights": ["liberty"], "acts": [{"from": "2026-08-01"}]}'
    presumed = good(run("assess", "-", "--format", "csv", input=bare))
    plain = good(run("assess", "-", "--format", "csv", "--no-presume", input=bare))
    closed = [{r["forum"] + r["route"] for r in csv.DictReader(io.StringIO(t)) if r["status"] == "closed"}
              for t in (presumed, plain)]  # fmt: skip
    assert closed[1] <= closed[0]
    assert all(not r["presumed"] for r in csv.DictReader(io.StringIO(plain)))


@pytest.mark.parametrize(
    "written", [("-o", "docket.csv"), ("--refused", "./docket.csv"), ("-o", "new.csv", "--refused", "new.csv")]
)
def test_no_file_is_written_over_one_that_is_read_or_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "id,respondent\n1,RUS\n2,Atlantis\n"
    Path("docket.csv").write_text(text, "utf-8")
    result = run("assess", "docket.csv", *written)
    assert result.exit_code == 2
    assert result.stderr == f"{written[-1].removeprefix('./')}: is read or written already; accepted is another name\n"
    assert [path.name for path in tmp_path.iterdir()] == ["docket.csv"]
    assert Path("docket.csv").read_text("utf-8") == text


@pytest.mark.parametrize("command", ["explain", "whatif"])
def test_a_docket_is_not_written_over(run: Run, tmp_path: Path, command: str) -> None:
    source = tmp_path / "docket.csv"
    source.write_text("id,respondent\n1,RUS\n", "utf-8")
    command_line = {
        "explain": ("explain", source, "-o", source),
        "whatif": ("whatif", "RUS", "COE", "notice", "--on", "2022-03-15", "--complaints", source, "-o", source),
    }
    result = run(*command_line[command])
    assert result.exit_code == 2
    assert "is read or written already" in result.stderr
    assert source.read_text("utf-8") == "id,respondent\n1,RUS\n"


@pytest.mark.parametrize("option", ["-o", "--refused"])
def test_a_folder_is_no_name_of_a_file(run: Run, tmp_path: Path, option: str) -> None:
    source, folder = tmp_path / "docket.csv", tmp_path / "folder.csv"
    source.write_text("id,respondent\n1,Atlantis\n", "utf-8")
    folder.mkdir()
    result = run("assess", source, option, folder)
    assert result.exit_code == 2
    assert result.stderr == f"{folder}: a folder; accepted is the name of a file\n"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["docket.csv", "folder.csv"]


def test_a_full_disk_is_told_with_the_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *text: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_text", full)
    result = run("explain", MOSCOW, "-o", tmp_path / "page.html")
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / 'page.html'}: No space left on device\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words", [("assess", "-o", "x.csv"), ("explain", "-o", "x.html"), ("assess", "--refused", "x")]
)
def test_a_folder_that_takes_no_file_is_told_with_the_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    def refused(path: Path, make: Callable[..., object], *how: object, **options: object) -> object:
        if path.parent == tmp_path:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return make(path, *how, **options)

    opened, made = Path.open, os.mkdir
    monkeypatch.setattr(Path, "open", lambda path, *how, **more: refused(path, opened, *how, **more))
    monkeypatch.setattr(os, "mkdir", lambda path, *how: refused(Path(path), made, *how))
    command, option, name = words
    result = run(command, "-", option, tmp_path / name, input=MOSCOW.read_text("utf-8"))
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / name}: Read-only file system\n"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("identifiant;État", "there is no column id and no respondent"),
        ("ID,Respondant", "there is no column respondent (is 'Respondant' meant?)"),
        ("ids,respondent", "there is no column id (is 'ids' meant?)"),
        ("Our docket (secret)", "there is no column id and no respondent"),
    ],
)
def test_a_header_tells_what_is_missing(run: Run, tmp_path: Path, header: str, told: str) -> None:
    (tmp_path / "docket.csv").write_text(f"{header}\n1,RUS\n", "utf-8")
    result = run("assess", tmp_path / "docket.csv")
    assert result.exit_code == 3
    assert result.stderr.splitlines()[0] == (
        f"docket.csv, row 1: the first row must name the columns; {told} (row refused)"
    )


@pytest.mark.parametrize(
    ("name", "form", "start"),
    [
        ("page.html", (), "<!doctype html>"),
        ("page.MD", (), "# Complaint moscow"),
        ("page.txt", (), "Complaint moscow"),
        ("page.json", (), "{"),
        ("page.html", ("--format", "text"), "Complaint moscow"),
        ("page", ("--format", "markdown"), "# Complaint moscow"),
        ("page.json", ("--json",), "{"),
    ],
)
def test_an_explanation_has_the_form_of_its_suffix(
    run: Run, tmp_path: Path, name: str, form: tuple[str, ...], start: str
) -> None:
    good(run("explain", MOSCOW, *ON, "--forum", "HRC", *form, "-o", tmp_path / name))
    assert (tmp_path / name).read_text("utf-8").lower().startswith(start.lower())


@pytest.mark.parametrize("name", ["page.pdf", "page"])
def test_an_explanation_in_no_known_form_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    result = run("explain", MOSCOW, "-o", tmp_path / name)
    assert result.exit_code == 2
    assert "the suffix gives the format; accepted is .txt, .md, .html" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_summary_tells_where_its_days_are_explained(run: Run) -> None:
    page = " ".join(good(run("assess", DOCKET, *ON)).split())
    assert page.endswith("ratione explain FILE --id COMPLAINT.")
    assert "unverified or contested" in page


def test_a_day_of_knowledge_to_come_is_refused(run: Run) -> None:
    result = run("assess", MOSCOW, "--as-known-on", days.today() + timedelta(days=1))
    assert result.exit_code == 2
    assert "what will be known then is not known" in result.stderr
    good(run("assess", MOSCOW, "--as-known-on", days.today()))


@pytest.mark.parametrize(("after", "told"), [(31, False), (32, True)])
def test_an_answer_long_after_the_last_source_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch, after: int, told: bool
) -> None:
    last = Registry.load().seen_to
    monkeypatch.setattr(days, "today", lambda: last + timedelta(days=after))
    for args in (("assess", MOSCOW), ("explain", MOSCOW, "--forum", "HRC"), ("state", "RUS")):
        result = run(*args)
        page = " ".join(good(result).split())
        assert (f"sources end on {last}" in result.stderr) is told
        assert ("The registry's sources end on 24 November 2026 (Tuesday)" in page) is (told and args[0] != "state")
    then = run("assess", MOSCOW, "--as-known-on", "2022-11-22")
    assert "sources end" not in then.output


def test_a_passed_day_that_rests_on_the_earliest_start_says_so(run: Run) -> None:
    pending = {"id": 1, "respondent": "HUN", "facts_from": "2026-05-20", "continuing": False, "place": "HUN",
               "rights": ["torture"], "remedies": "pending", "other_procedures": []}  # fmt: skip
    ask = ("--forum", "ECTHR", "--on", "2026-11-24")
    page = " ".join(good(run("assess", "-", *ask, input=json.dumps(pending))).split())
    said = "20 September 2026 (Sunday): passed 65 days ago, if time ran from the earliest day that is possible"
    assert f"Last day {said} Opens with the final decision at home" in page
    explained = " ".join(good(run("explain", "-", *ask, input=json.dumps(pending))).split())
    assert said in explained
    assert "the earliest is the safe one. - 20 May 2026 (Wednesday) and 4 months, that day itself" in explained
    over = {**pending, "remedies": "exhausted", "final_decision": {"taken": "2026-05-20", "served": "2026-05-20"}}
    assert "earliest" not in good(run("explain", "-", *ask, input=json.dumps(over)))


def test_refused_rows_are_counted_and_reported(run: Run, tmp_path: Path) -> None:
    rows = ["id,respondent,rights,facts_from", "a,FRA,liberty,2025", "b,Atlantis,liberty,2025", "c,FRA,freedum,2025"]
    table = "\n".join(rows)
    source = tmp_path / "docket.csv"
    source.write_text(table, "utf-8")
    report = tmp_path / "refused.csv"
    result = run("assess", source, "--format", "csv", "--refused", report)
    assert result.exit_code == 3
    assert "refused: 1 rows, 1 fields" in result.stderr
    assert {r["id"] for r in csv.DictReader(io.StringIO(result.stdout))} == {"a", "c"}
    told = list(csv.DictReader(io.StringIO(report.read_text("utf-8"))))
    assert [(r["row"], r["column"], r["value"], r["refused"]) for r in told] == [
        ("3", "respondent", "Atlantis", "row"), ("4", "rights", "freedum", "field"),
    ]  # fmt: skip
    assert all(r["reason"] and r["file"] == "docket.csv" for r in told)
    shown = run("assess", source, "--format", "csv")
    assert "docket.csv, row 3, respondent: 'Atlantis'" in shown.stderr
    assert "freedum" not in shown.stderr


def test_a_file_that_is_not_there(run: Run) -> None:
    result = run("assess", "nowhere.json")
    assert result.exit_code == 2
    assert "nowhere.json" in result.stderr
    assert "Traceback" not in result.output


def test_what_was_known_then(run: Run) -> None:
    lines = good(run("assess", ROOT / "examples/docket.csv", "--as-known-on", "2022-12-01", "--format", "jsonl"))
    belarus = [v for v in map(json.loads, lines.splitlines()) if v["id"] == "belarus" and v["forum"] == "HRC"]
    assert [(v["last_day"], v["as_known_on"]) for v in belarus] == [("2023-02-07", "2022-12-01")]


# ---- explain ---------------------------------------------------------------------------------------------------------
def test_an_explanation_names_everything(run: Run) -> None:
    text = good(run("explain", MOSCOW, *ON, "--forum", "ECTHR"))
    flat = " ".join(text.split())
    for words in (
        "20 October 2022 (Thursday) and 4 months, that day itself not counted: 20 February 2023 (Monday)",
        "(not re-checked)",
        "Taken for granted",
        "Registry facts used",
        "RUS/ECHR/ratified/1998-05-05",
        "confidence high",
        "B.1.8",
        "Filing",
    ):
        assert words in flat, words
    for test in next(f for f in FORA if f.key == "ECTHR").tests:
        assert ", ".join(test.claims) in flat


def test_which_complaint_must_be_told(run: Run) -> None:
    assert run("explain", DOCKET).exit_code == 2
    missing = run("explain", DOCKET, "--id", "atlantis")
    assert missing.exit_code == 2
    assert "no complaint 'atlantis'" in missing.stderr
    assert "monaco" in good(run("explain", DOCKET, "--id", "monaco"))


def test_contested_facts_give_both_readings(run: Run) -> None:
    text = " ".join(good(run("explain", DOCKET, "--id", "venezuela", "--forum", "IACHR/A")).split())
    assert "Readings of what is contested" in text
    assert "contested" in text


class Page(HTMLParser):
    """Collects what a checker of the page needs."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", ["moscow", "venezuela", "monaco"])
def test_html_is_one_clean_file(run: Run, tmp_path: Path, name: str) -> None:
    target = tmp_path / "page.html"
    good(run("explain", DOCKET, "--id", name, "--format", "html", "-o", target))
    page = Page()
    text = target.read_text("utf-8")
    page.feed(text)
    assert not page.open
    assert "script" not in page.tags
    assert not {"src", "href", "onclick", "style"} & {a for a, _ in page.attributes}
    assert ("lang", "en") in page.attributes
    levels = [int(t[1]) for t in page.tags if re.fullmatch(r"h\d", t)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.tags.count("table") == page.tags.count("caption")
    assert "@media print" in text


def test_markdown_and_json(run: Run) -> None:
    assert good(run("explain", MOSCOW, "--format", "markdown")).startswith("# Complaint moscow against Russia")
    found = json.loads(good(run("explain", MOSCOW, "--json")))
    jsonschema.validate(found, schema("explain"))
    assert len(found["verdicts"]) == len(FORA)


def test_what_a_complaint_says_is_escaped(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "one.json"
    complaint = json.loads(MOSCOW.read_text("utf-8")) | {"id": "<script>alert(1)</script>"}
    source.write_text(json.dumps(complaint), "utf-8")
    page = good(run("explain", source, "--format", "html"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


# ---- forum -----------------------------------------------------------------------------------------------------------
def test_all_bodies(run: Run) -> None:
    page = good(run("forum"))
    for forum in FORA:
        assert forum.key in page
        assert forum.name in page
    found = json.loads(good(run("forum", "--json")))
    jsonschema.validate(found, schema("forum"))
    assert len(found["fora"]) == len(FORA)


@pytest.mark.parametrize("forum", FORA, ids=lambda f: f.key)
def test_one_body(run: Run, forum: object) -> None:
    key = forum.key  # type: ignore[attr-defined]
    page = " ".join(good(run("forum", key)).split())
    for test in forum.tests:  # type: ignore[attr-defined]
        assert f"({test.id})" in page
        assert ", ".join(test.claims) in page
    jsonschema.validate(json.loads(good(run("forum", key, "--json"))), schema("forum"))


def test_a_body_shows_its_clock_and_its_matrix(run: Run) -> None:
    page = " ".join(good(run("forum", "ECTHR")).split())
    assert "4 months where that day is 1 February 2022 (Tuesday) or later" in page
    assert "Last checked" in page
    assert re.search(r"WGAD[^:]*: pending: bars, decided on the merits: bars", page)


# ---- nothing leaks ---------------------------------------------------------------------------------------------------
def marked(folder: Path) -> Path:
    """A complaint with the marker word wherever free text or a name may stand."""
    complaint = json.loads(MOSCOW.read_text("utf-8"))
    complaint |= {"id": MARKER, "x_note": MARKER, "x_deep": {"note": [MARKER]}}
    complaint["acts"][0] |= {"place": f"RU-MOW {MARKER}", "x_where": MARKER}
    complaint["other_procedures"] = [{"forum": MARKER, "status": "pending"}]
    source = folder / "marked.json"
    source.write_text(json.dumps(complaint), "utf-8")
    return source


def test_no_word_of_a_complaint_in_logs_or_errors(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    with caplog.at_level(logging.DEBUG):
        result = run("assess", marked(tmp_path), "-v", "--format", "jsonl")
    assert MARKER in good(result)
    assert MARKER not in result.stderr
    assert "1 complaints in" in result.stderr
    assert MARKER not in caplog.text
    assert not list((tmp_path / "temp").rglob("*"))


@pytest.mark.parametrize("command", ["assess", "explain"])
def test_a_crash_shows_nothing_of_the_complaint(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def crash(self: Assessor, complaint: object, trace: bool = True) -> object:
        raise ValueError(f"cannot do {complaint!r}")

    monkeypatch.setattr(Assessor, "assess", crash)
    with caplog.at_level(logging.DEBUG):
        result = run(command, marked(tmp_path))
    assert result.exit_code == 70
    assert MARKER not in result.output
    assert MARKER not in caplog.text
    assert "ratione has failed: ValueError at" in result.stderr
    assert "cannot do" not in result.output


def test_a_crash_of_the_whole_process(tmp_path: Path) -> None:
    source = marked(tmp_path)
    (tmp_path / "temp").mkdir()
    program = (
        "from ratione.assess.verdict import Assessor\n"
        "from ratione.cli import main\n"
        "def crash(self, complaint): raise KeyError(complaint.id)\n"
        "Assessor.assess = crash\n"
        f"main(['assess', {str(source)!r}, '-v', '-o', {str(tmp_path / 'out.jsonl')!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env={"TMPDIR": str(tmp_path / "temp")},
        check=False,
    )  # fmt: skip
    assert done.returncode == 70
    assert MARKER not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert {p.name for p in tmp_path.rglob("*")} == {"marked.json", "temp"}


# ---- languages -------------------------------------------------------------------------------------------------------
def test_a_language_without_catalogue_is_refused(run: Run) -> None:
    result = run("assess", MOSCOW, "--lang", "xx")
    assert result.exit_code == 2
    assert "accepted is en" in result.stderr


# ---- documents -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["assess", "explain", "forum"])
def test_commands_stand_in_the_docs(name: str) -> None:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    command = main.get_command(click.Context(main), name)
    assert command
    assert f"ratione {name}" in (command.help or "")
    section = text[text.index(f"### `ratione {name}") :].split("\n### ")[0]
    for option in command.params:
        assert max(option.opts, key=len) in section or option.param_type_name == "argument", option.opts


def test_the_examples_in_the_docs_run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    lines = [line[2:].split() for line in text.splitlines() if re.match(r"\$ ratione (assess|explain|forum)", line)]
    assert len(lines) >= 10
    for line in lines:
        good(run(*line[1:]))


def test_readme_shows_the_real_answer(run: Run) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```\n\$ ratione (assess [^\n]+)\n(.+?)```", readme, re.S)
    command, shown = block
    real = good(run(*command.replace("examples/", f"{ROOT}/examples/").split()))
    stamp = re.compile(r"Asked on .+?\n\n", re.S)  # the registry's hash and the day of knowledge change
    assert stamp.sub("\n", shown) == stamp.sub("\n", real)
