"""The commands read and propose."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from ratione import days
from ratione.cli.propose import propose
from ratione.cli.read import read
from ratione.registry.exporting import export
from ratione.registry.lints import check
from ratione.registry.snapshot import Registry

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/read.json").read_text("utf-8"))
NEW = "Norway deposited its notice of withdrawal from the International Criminal Court on 20 November 2026."
OLD = "Russia was expelled from the Council of Europe on 16 March 2022. At least 300 people were told so."
FACT = "NOR/ROME/notice_of_withdrawal/2026-11-20"


def run(*args: str, stdin: str | bytes | None = None, code: int = 0) -> Result:
    result = CliRunner().invoke(read, list(args), input=stdin)
    assert result.exit_code == code, result.output
    return result


def test_json_keeps_to_its_schema(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(f"{OLD} {NEW}", "utf-8")
    found = json.loads(run(str(file), "--published", "2026-11-21", "--json").stdout)
    jsonschema.validate(found, SCHEMA)
    assert [e["against_registry"] for e in found["events"]] == ["confirmed", "new"]
    ends = found["events"][1]["consequence"]["effects"]
    assert [(e["instrument"], e["change"], e["from"]) for e in ends] == [("ROME", "ends", "2027-11-20")]


def test_lines_in_and_out(tmp_path: Path, shared: Path) -> None:
    lines = run(str(shared / "cases/press.jsonl"), "--format", "jsonl").stdout.splitlines()
    assert len(lines) == 38
    for line in lines:
        jsonschema.validate(json.loads(line), SCHEMA)


def test_standard_input() -> None:
    assert "expelled" in run("-", stdin=OLD).stdout
    item = json.dumps({"id": "x", "snippet": OLD, "published": "2022-03-17"})
    found = json.loads(run("-", "--format", "jsonl", stdin=item + "\n").stdout)
    assert found["id"] == "x"


def test_a_broken_line_is_told_and_the_others_read() -> None:
    text = json.dumps({"id": "x", "snippet": OLD}) + "\n{no\n" + json.dumps({"id": "y", "text": NEW}) + "\n"
    result = run("-", "--format", "jsonl", stdin=text, code=3)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["x", "y"]
    assert "line 2" in result.stderr


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 9000])
def test_what_is_no_text_gives_exit_code_3(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.bin"
    file.write_bytes(data)
    assert run(str(file), code=3).stderr
    assert json.loads(run(str(file), "--json", code=3).stdout)["text_quality"]["verdict"] == "unreadable"


@pytest.mark.parametrize(
    "args", [["no-such-file.txt"], ["-", "--published", "15 March"], ["-", "--endpoint", "http://x"]]
)
def test_wrong_use(args: list[str]) -> None:
    run(*args, stdin=OLD, code=2)


def test_an_endpoint_that_does_not_answer_leaves_the_reading_as_it_is() -> None:
    result = run("-", "--json", "--endpoint", "http://127.0.0.1:9/v1", "--model", "m", stdin=OLD)
    assert json.loads(result.stdout)["events"]
    assert "only the built-in reader was used" in result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mine"
    export(Registry.load(), path, "csv", days.today())
    return path


@pytest.fixture
def readings(tmp_path: Path) -> Path:
    path = tmp_path / "readings.jsonl"
    item = json.dumps(
        {"id": "n", "title": "Norway leaves", "url": "https://news.example/n", "published": "2026-11-21", "text": NEW}
    )
    path.write_text(run("-", "--format", "jsonl", stdin=item).stdout, "utf-8")
    return path


def _propose(*args: Any, stdin: str = "", code: int = 0) -> Result:
    result = CliRunner().invoke(propose, [str(a) for a in args], input=stdin)
    assert result.exit_code == code, result.output
    return result


def test_nothing_is_written_without_a_yes(folder: Path, readings: Path) -> None:
    before = Registry.load(folder).hash
    for stdin in ("n\n", "\n"):
        _propose(readings, "--registry", folder, stdin=stdin)
    assert FACT in _propose(readings, "--registry", folder, "--list").stdout
    assert Registry.load(folder).hash == before


@pytest.mark.parametrize(("args", "stdin"), [([], "y\n"), (["--accept", FACT], "")])
def test_an_accepted_fact_is_appended_and_the_registry_stays_sound(
    folder: Path, readings: Path, args: list[str], stdin: str
) -> None:
    known = len(check(folder))
    _propose(readings, "--registry", folder, *args, stdin=stdin)
    registry = Registry.load(folder)
    fact = registry.facts[FACT]
    assert (str(fact.effect_date), fact.confidence, fact.basis) == ("2027-11-20", "low", "computed")
    assert registry.sources[fact.source].url == "https://news.example/n"
    assert len(check(folder)) == known
    assert "0 of 0" in _propose(readings, "--registry", folder).stderr


def test_the_package_is_never_changed(readings: Path) -> None:
    import ratione

    data = Path(ratione.__file__).parent / "data"
    assert "export it first" in _propose(readings, "--registry", data, "--accept", FACT, code=2).stderr


def test_a_fact_that_would_break_the_registry_is_not_written(folder: Path, readings: Path) -> None:
    before = Registry.load(folder).hash
    readings.write_text(readings.read_text("utf-8").replace("2027-11-20", "2027-13-20"), "utf-8")
    assert "nothing was written" in _propose(readings, "--registry", folder, "--accept", FACT, code=2).stderr
    assert Registry.load(folder).hash == before


def test_an_unknown_id_is_refused(folder: Path, readings: Path) -> None:
    assert FACT in _propose(readings, "--registry", folder, "--accept", "NOR/ROME/x", code=2).stderr


def test_the_commands_stand_in_the_docs_with_every_option() -> None:
    text = (Path(__file__).parents[2] / "docs/commands.md").read_text("utf-8")
    for command, name in ((read, "read"), (propose, "registry propose")):
        assert f"ratione {name}" in (command.help or "")
        section = text[text.index(f"### `ratione {name}") :]
        for option in command.params:
            assert max(option.opts, key=len) in section or option.param_type_name == "argument", option.opts
