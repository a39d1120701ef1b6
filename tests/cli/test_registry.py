"""The commands state, parties, instrument and registry, through the command line as a user meets it."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

from ratione.cli import main
from ratione.registry import Registry
from ratione.registry.comparing import COLUMNS

ROOT = Path(__file__).parents[2]
SMALL = str(ROOT / "tests/registry/small")
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("RATIONE_REGISTRY", raising=False)
    return lambda *args: CliRunner().invoke(main, [str(a) for a in args])


def answer(result: Result, code: int = 0) -> dict[str, object]:
    assert result.exit_code == code, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("schema", "args"),
    [
        ("state", ["state", "RUS"]),
        ("state", ["state", "VEN", "--timeline", "--sources"]),
        ("state", ["state", "RUS", "--as-known-on", "2022-03-15", "--timeline", "--sources"]),
        ("state", ["state", "SRB", "--on", "2000-01-01", "--timeline"]),
        ("parties", ["parties", "ECHR", "--on", "2022-09-15"]),
        ("parties", ["parties", "ECHR-P16"]),
        ("parties", ["parties", "CRC-OPSC"]),
        ("instrument", ["instrument", "ECHR"]),
        ("instrument", ["instrument", "ROME"]),
        ("instrument", ["instrument", "CMW-77", "--as-known-on", "2015-01-01"]),
        ("audit", ["registry", "audit"]),
        ("check", ["registry", "check"]),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else v,
)
def test_json_keeps_to_its_schema(run: Run, schema: str, args: list[str]) -> None:
    found = answer(run(*args, "--json"))
    jsonschema.validate(found, json.loads((ROOT / f"docs/schema/{schema}.json").read_text("utf-8")))
    assert found["registry"] == Registry.load().hash


def test_every_state_keeps_to_the_schema(registry_states: list[str], run: Run) -> None:
    from datetime import date

    from ratione.cli.common import stamp
    from ratione.registry.records import state_record

    check = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/schema/state.json").read_text("utf-8")))
    registry, day = Registry.load(), date(2026, 11, 24)
    for code in registry_states:
        check.validate({**stamp(registry, day), **state_record(registry, code, day)})


@pytest.fixture
def registry_states() -> list[str]:
    return list(Registry.load().states)[::8]


def test_the_day_asked_about_is_the_day_of_knowledge_unless_told(run: Run) -> None:
    found = answer(run("state", "RUS", "--as-known-on", "2022-03-15", "--json"))
    assert (found["on"], found["as_known_on"]) == ("2022-03-15", "2022-03-15")
    found = answer(run("state", "RUS", "--as-known-on", "2022-03-15", "--on", "2023-01-01", "--json"))
    assert (found["on"], found["as_known_on"]) == ("2023-01-01", "2022-03-15")


@pytest.mark.parametrize("name", ["BBB", "bbb", "Bravia", "bravia"])
def test_a_state_answers_to_code_and_name(run: Run, name: str) -> None:
    assert answer(run("state", name, "--registry", SMALL, "--json"))["state"] == "BBB"


@pytest.mark.parametrize(("name", "code"), [("Republic of Alfaland", "AAA"), ("echoland", "EEE"), ("EC", "EEE")])
def test_aliases_and_accents(run: Run, name: str, code: str) -> None:
    assert answer(run("state", name, "--registry", SMALL, "--json"))["state"] == code


@pytest.mark.parametrize(("name", "code"), [("St. Kitts & Nevis", "KNA"), ("antigua & barbuda", "ATG")])
def test_short_ways_of_writing_a_name(run: Run, name: str, code: str) -> None:
    assert answer(run("state", name, "--json"))["state"] == code


def test_a_territory_is_told_by_the_acts_of_its_state(run: Run) -> None:
    found = answer(run("state", "Alfa Islands", "--registry", SMALL, "--on", "2020-01-01", "--json"))
    entries = {e["instrument"]: e for e in found["instruments"]}  # type: ignore[attr-defined]
    assert found["part_of"] == "AAA"
    assert (entries["PACT"]["bound"], entries["PACT"]["from"]) == ("yes", "1960-11-23")
    assert (entries["PACT-P1"]["bound"], entries["PACT-P1"]["why"]) == ("unknown", "no_territory")


def test_a_near_miss_suggests_and_stops(run: Run) -> None:
    result = run("state", "Rusia", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Russia (RUS)" in result.stderr


@pytest.mark.parametrize(
    ("typed", "near", "far"),
    [("Korea", ("PRK", "KOR"), ()), ("Congo", ("COD", "COG"), ("TGO",)), ("Rusia", ("RUS",), ("USA", "AUT"))],
)
def test_what_is_suggested_is_near(run: Run, typed: str, near: tuple[str, ...], far: tuple[str, ...]) -> None:
    said = run("state", typed).stderr
    assert all(f"({code})" in said for code in near)
    assert not any(f"({code})" in said for code in far)


def test_nothing_near_is_no_suggestion(run: Run) -> None:
    result = run("parties", "xyzzyqwv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean" not in result.stderr


def test_an_instrument_near_miss(run: Run) -> None:
    result = run("parties", "ICCPR-OP3")
    assert result.exit_code == 2
    assert "ICCPR-OP1" in result.stderr


@pytest.mark.parametrize("day", ["15/03/2022", "2022-03", "2022-02-30"])
def test_a_day_in_another_form_is_refused(run: Run, day: str) -> None:
    result = run("state", "RUS", "--on", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert day in result.stderr
    assert "a month such as" not in result.stderr


def test_a_broken_registry_is_wrong_use_for_a_question_and_a_find_for_a_check(run: Run, tmp_path: Path) -> None:
    result = run("state", "RUS", "--registry", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "instruments.toml" in result.stderr
    assert str(tmp_path) in result.stderr
    result = run("registry", "check", "--registry", tmp_path)
    assert result.exit_code == 1
    assert "instruments.toml" in result.stdout
    found = answer(run("registry", "check", "--registry", tmp_path, "--json"), 1)
    jsonschema.validate(found, json.loads((ROOT / "docs/schema/check.json").read_text("utf-8")))
    assert (found["registry"], found["count"]) == (None, 1)
    rows = run("registry", "check", "--registry", tmp_path, "--format", "csv").stdout.splitlines()
    assert rows[0] == "file,line,reason"
    assert rows[1].startswith("instruments.toml,0,")


def test_the_environment_names_a_registry(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATIONE_REGISTRY", SMALL)
    assert answer(run("state", "AAA", "--json"))["name"] == "Alfaland"


def test_the_table_marks_what_is_unverified_and_what_is_suspended(run: Run) -> None:
    table = run("state", "BBB", "--registry", SMALL, "--as-known-on", "2022-03-15").stdout
    rows = [line.split() for line in table.splitlines()]
    remarks = {cells[0]: " ".join(cells) for cells in reversed(rows) if cells[1:2] == ["yes"]}
    assert "suspended, which ends nothing" in remarks["CLUB"]
    assert "low: unverified" in remarks["PACT-P1"]
    assert "unverified" not in remarks["PACT"]
    assert "2022-09-15 .. 2023-06-30" in table
    for reading in ("notice_counts", "at_once", "six_months_after"):
        assert reading in table


@pytest.mark.parametrize(
    ("terminal", "no_color", "wide", "ruled"),
    [
        (True, None, 80, True),
        (True, "", 80, True),
        (True, "1", 80, False),
        (False, None, 80, False),
        (True, None, 20, False),
    ],
)
def test_tables_are_ruled_only_on_a_terminal_that_cuts_no_word(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, no_color: str | None, wide: int, ruled: bool
) -> None:
    from ratione.cli.common import put_table

    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", str(wide))
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    put_table(["state", "from"], [["Bravia Bravissima", "1998-05-05"]])
    assert "Bravissima" in out.getvalue()
    assert "1998-05-05" in out.getvalue()
    assert ("━" in out.getvalue()) == ruled


def test_csv_is_one_row_an_instrument(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("state", "AAA", "--registry", SMALL, "--format", "csv").stdout)))
    assert [r["instrument"] for r in rows] == list(Registry.load(SMALL).instruments)
    parties = list(csv.DictReader(io.StringIO(run("parties", "CLUB", "--registry", SMALL, "--format", "csv").stdout)))
    assert [p["state"] for p in parties] == ["AAA", "EEE"]


def test_sources_and_timeline_in_the_table(run: Run) -> None:
    out = run("state", "BBB", "--registry", SMALL, "--sources", "--timeline").stdout
    assert "List of 2020 https://example.org/list 2020-06" in out
    assert "PACT         2022-09-16 no        ended BBB/PACT/ceased/2022-03-16" in out


def test_the_timeline_is_drawn(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.svg"
    result = run("state", "BBB", "--registry", SMALL, "--as-known-on", "2022-03-16", "--svg", file)
    assert result.exit_code == 0
    picture = ElementTree.parse(file).getroot()
    titles = [t.text or "" for t in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert "PACT: contested from 2022-03-16 to 2022-09-15" in titles
    assert "Bravia" in titles[0]


@pytest.mark.parametrize("place", ["letter.txt/t.svg", "export"])
def test_a_picture_that_cannot_be_written_is_said(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "letter.txt").write_text("keep")
    assert run("registry", "export", tmp_path / "export", "--registry", SMALL).exit_code == 0
    result = run("state", "BBB", "--registry", SMALL, "--svg", tmp_path / place)
    assert (result.exit_code, result.stdout) == (2, "")
    assert place in result.stderr
    assert Registry.load(tmp_path / "export").hash == Registry.load(SMALL).hash


def test_an_export_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep")
    result = run("registry", "export", tmp_path / "letter.txt/out", "--registry", SMALL)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "letter.txt" in result.stderr


def test_a_party_since_an_unknown_day_has_no_first_day(run: Run) -> None:
    found = answer(run("state", "BBB", "--registry", SMALL, "--json"))
    entry = next(e for e in found["instruments"] if e["instrument"] == "TREATY")  # type: ignore[attr-defined]
    assert (entry["bound"], entry["from"], entry["periods"][0]["from"]) == ("yes", None, None)
    listed = answer(run("parties", "TREATY", "--registry", SMALL, "--json"))["parties"]
    assert {p["state"]: p["from"] for p in listed}["BBB"] is None  # type: ignore[attr-defined]
    assert "since a day that is not known" in run("state", "BBB", "--registry", SMALL).stdout


def test_nobody_is_suspended_who_is_no_longer_bound(run: Run) -> None:
    for known, suspended in (("2022-03-15", True), ("2022-03-16", False)):
        found = answer(run("state", "RUS", "--as-known-on", known, "--json"))
        entry = next(e for e in found["instruments"] if e["instrument"] == "PACE")  # type: ignore[attr-defined]
        assert entry["suspended"] == suspended


def test_each_contested_end_names_the_facts_it_rests_on(run: Run) -> None:
    found = answer(run("state", "VEN", "--json"))
    ends = [end for e in found["instruments"] for end in e["range"]]  # type: ignore[attr-defined]
    assert len(ends) >= 6
    assert all(end["authority"] for end in ends)


def test_instrument_tells_terms_and_who_left(run: Run) -> None:
    found = answer(run("instrument", "PACT", "--registry", SMALL, "--json"))
    assert [(s["state"], s["to"]) for s in found["left"]] == [("BBB", "2022-09-15")]  # type: ignore[attr-defined]
    assert [p["state"] for p in found["parties"]] == ["AAA", "EEE"]  # type: ignore[attr-defined]
    out = run("instrument", "PACT", "--registry", SMALL).stdout
    assert "parties: AAA EEE\n" in out
    out = run("instrument", "TREATY", "--registry", SMALL, "--as-known-on", "2026-07-01").stdout
    assert "exit: months_after_receipt 12 (Treaty 50)" in out
    assert "leaving  AAA" in out


def test_a_state_that_never_was_bound_did_not_leave(run: Run) -> None:
    found = answer(run("instrument", "ROME", "--json"))
    assert "MYS" not in {s["state"] for s in found["left"]}  # type: ignore[attr-defined]


def test_audit(run: Run) -> None:
    found = answer(run("registry", "audit", "--registry", SMALL, "--json"))
    assert {a["instrument"]: a["low"] for a in found["instruments"]}["TREATY"] == 3  # type: ignore[attr-defined]
    assert "TREATY-22" in run("registry", "audit", "--registry", SMALL).stdout


def test_compare(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "newer.csv"
    same = "AAA,WINDOW,declared,2014-04-17,2013-11-21,,,,,high\nAAA,WINDOW,declared,2015-09-08,2014-03-20,,,,,high\n"
    file.write_text(",".join(COLUMNS) + "\n" + same)
    assert run("registry", "compare", file, "--registry", SMALL).exit_code == 0
    file.write_text(",".join(COLUMNS) + "\n" + same + "BBB,WINDOW,declared,2026-01-01,2026-01-01,,,,,high\n")
    result = run("registry", "compare", file, "--registry", SMALL)
    assert result.exit_code == 1
    assert "moves: BBB WINDOW: never -> 2026-01-01.." in result.stdout
    found = answer(run("registry", "compare", file, "--registry", SMALL, "--json"), 1)
    jsonschema.validate(found, json.loads((ROOT / "docs/schema/compare.json").read_text("utf-8")))
    assert found["new"]
    assert "1 new, 0 changed, 0 missing" in run("registry", "compare", file, "--registry", SMALL).stderr
    file.write_text("\ufeff" + ",".join(COLUMNS) + "\n" + same, "utf-8")
    assert run("registry", "compare", file, "--registry", SMALL).exit_code == 0
    file.write_bytes((",".join(COLUMNS) + "\n").encode() + b"AAA,WINDOW,declared,,,\xe9,,,,high\n")
    result = run("registry", "compare", file, "--registry", SMALL)
    assert (result.exit_code, result.stderr) == (2, "newer.csv:2: is not UTF-8; accepted is UTF-8\n")
    file.write_text("a,b\n")
    assert run("registry", "compare", file, "--registry", SMALL).exit_code == 2


def test_export_and_use(run: Run, tmp_path: Path) -> None:
    assert run("registry", "export", tmp_path / "out", "--registry", SMALL).exit_code == 0
    first = answer(run("state", "AAA", "--registry", SMALL, "--json"))
    assert answer(run("state", "AAA", "--registry", tmp_path / "out", "--json")) == first


def test_export_without_pyarrow_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    result = run("registry", "export", tmp_path / "out", "--format", "parquet", "--registry", SMALL)
    assert result.exit_code == 2
    assert "ratione[bulk]" in result.stderr
    assert list(tmp_path.iterdir()) == []


def walk(group: click.Group, ctx: click.Context, path: str = "") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += walk(command, ctx, f"{path}{name} ")
        else:
            found.append((path + name, command))
    return found


OURS = ("state", "parties", "instrument", "registry")


def test_every_command_has_help_with_an_example_and_stands_in_the_docs() -> None:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    for name, command in walk(main, click.Context(main)):
        if name.split()[0] in OURS:
            assert f"ratione {name}" in (command.help or ""), name
            assert f"ratione {name}" in text, name
            for option in command.params:
                assert max(option.opts, key=len) in text or option.param_type_name == "argument", (name, option.opts)


def test_the_examples_in_the_docs_run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    lines = [line[2:] for line in text.splitlines() if line.startswith("$ ratione ")]
    ours = [line for line in lines if line.split()[1] in OURS]
    assert len(ours) >= 8
    (tmp_path / "newer.csv").write_text(",".join(COLUMNS) + "\n")
    (tmp_path / "readings.jsonl").write_text("")
    for line in ours:
        assert run(*line.split("  #")[0].split()[1:]).exit_code == 0, line


def test_completion_offers_states_and_instruments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ratione.cli.registry import parties, state

    offered = state.params[0].shell_complete(click.Context(state), "RU")
    assert "RUS" in [item.value for item in offered]
    assert [item.value for item in state.params[0].shell_complete(click.Context(state), "Russi")] == ["RUS"]
    offered = parties.params[0].shell_complete(click.Context(parties), "iccpr-")
    assert "ICCPR-OP1" in [item.value for item in offered]
    monkeypatch.setenv("RATIONE_REGISTRY", str(tmp_path))
    assert state.params[0].shell_complete(click.Context(state), "RU") == []
    assert parties.params[0].shell_complete(click.Context(parties), "ic") == []


def test_sqlite_on_a_full_disk_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", full)
    result = run("registry", "export", tmp_path / "registry.sqlite", "--format", "sqlite")
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / 'registry.sqlite'} cannot be written: database or disk is full\n"
    assert not list(tmp_path.iterdir())


def test_an_end_that_rests_on_an_unverified_notice_is_marked(run: Run, tmp_path: Path) -> None:
    assert run("registry", "export", tmp_path / "own").exit_code == 0
    facts = tmp_path / "own/facts/ICCPR-OP1.csv"
    head = next(csv.reader([facts.read_text("utf-8").splitlines()[0]]))
    notice = {
        "id": "NIC/ICCPR-OP1/notice_of_withdrawal/2026-11-20", "state": "NIC", "instrument": "ICCPR-OP1",
        "event": "notice_of_withdrawal", "act_date": "2026-11-20", "effect_date": "2027-02-20", "status": "undisputed",
        "basis": "computed", "confidence": "low", "source": "committee-press-release-nov-2022",
    }  # fmt: skip
    with facts.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, head, restval="", lineterminator="\n").writerow(notice)
    found = run("state", "NIC", "--on", "2026-11-24", "--registry", tmp_path / "own")
    assert found.exit_code == 0, found.output
    row = next(line for line in found.stdout.splitlines() if line.startswith("ICCPR-OP1"))
    assert row.split() == [
        "ICCPR-OP1", "yes", "1980-06-12", "2027-02-19", "low:", "unverified",
        "leaving:", "notice_of_withdrawal", "of", "2026-11-20,", "projected",
    ]  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("args", [["state", "RUS"], ["parties", "ECHR", "--json"], ["forum"]])
def test_output_that_takes_nothing_more_is_told(args: list[str]) -> None:
    program = "from ratione.cli import main; main()"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-c", program, *args], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "a file: No space left on device\n"
