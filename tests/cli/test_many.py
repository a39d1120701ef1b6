"""Many complaints: through the kernel, or shared out over processes, with the answers of one by one."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("pyarrow")

import pyarrow as pa
import pyarrow.parquet as pq

from ratione.bulk.generate import write
from ratione.bulk.moved import plain
from ratione.cli import main, many
from ratione.registry import Registry

ROOT = Path(__file__).parents[2]
ON = ("--on", "2026-11-24")
NEVER = 1_000_000
Run = Callable[..., Result]


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def good(result: Result, code: int = 0) -> str:
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same 120 made-up complaints as Parquet and as JSON Lines; and 40 of them."""
    found = tmp_path_factory.mktemp("many")
    write(found / "docket.parquet", 120, 21, Registry.load())
    rows = [plain(row) for row in pq.read_table(found / "docket.parquet").to_pylist()]
    for name, n in (("docket", 120), ("few", 40)):
        (found / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[:n]), "utf-8")
    return found


# ---- through the kernel ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("options", [(), ("--no-presume",), ("--forum", "ECTHR", "--forum", "CED"),
                                     ("--as-known-on", "2022-03-15")])  # fmt: skip
def test_a_summary_is_the_same_either_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    pages = []
    for limit in (1, NEVER):
        monkeypatch.setattr(many, "MANY", limit)
        for name in ("docket.jsonl", "docket.parquet")[: 2 if limit == 1 else 1]:
            pages.append(good(run("assess", folder / name, *ON, *options)))
    assert pages[0].startswith("120 complaints")
    assert "most urgent last days" in pages[0]
    assert len(set(pages)) == 1


def test_lodged_complaints_and_days_that_are_the_same_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = json.loads((ROOT / "examples/moscow.json").read_text("utf-8"))
    rows = [complaint | {"id": f"<{n}>"} | ({"lodged": "2022-11-21"} if n % 2 else {}) for n in range(40)]
    source = tmp_path / "docket.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    pages = []
    for limit in (1, NEVER):
        monkeypatch.setattr(many, "MANY", limit)
        pages.append(good(run("assess", source, "--on", "2022-11-22", "--forum", "ECTHR")))
    assert re.findall(r"<(\d+)>", pages[0]) == [str(n) for n in range(0, 30, 2)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("level", ["verdicts", "tests", "long"])
def test_lines_into_parquet_are_as_parquet_into_parquet(folder: Path, tmp_path: Path, level: str) -> None:
    for name in ("docket.jsonl", "docket.parquet"):
        good(run("assess", folder / name, *ON, "--level", level, "-o", tmp_path / f"{name}.out.parquet"))
    one, two = (pq.read_table(tmp_path / f"{name}.out.parquet") for name in ("docket.jsonl", "docket.parquet"))
    assert len(one) >= 120
    assert one.equals(two)
    told = [json.loads(table.schema.metadata[b"ratione"]) for table in (one, two)]
    assert {key for key in told[1] if told[0].get(key) != told[1][key]} == {"source", "fingerprint"}


def test_no_complaint_into_parquet(tmp_path: Path) -> None:
    source, output = tmp_path / "none.jsonl", tmp_path / "out.parquet"
    source.write_text('{"id": "a", "respondent": "Atlantis"}\n', "utf-8")
    good(run("assess", source, "-o", output), 3)
    assert pq.read_metadata(output).num_rows == 0


# ---- on all processors -----------------------------------------------------------------------------------------------
def content(path: Path) -> object:
    """A file, without the moment of making that a workbook keeps."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("csv", ()),
        ("jsonl", ("--forum", "ECTHR", "--forum", "HRC")),
        ("json", ("--forum", "CED")),
        ("xlsx", ("--forum", "ECTHR")),
    ],
)
def test_a_file_is_the_same_either_way(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, options: tuple[str, ...]
) -> None:
    pages = []
    for limit in (1, NEVER):
        monkeypatch.setattr(many, "SHARED", limit)
        monkeypatch.setattr(many, "TASK", 7)
        shown = run("assess", folder / "few.jsonl", *ON, *options, "-o", tmp_path / f"{limit}.{suffix}")
        pages.append(good(shown))
    assert pages[0].startswith("40 complaints")
    assert pages[0] == pages[1]
    assert content(tmp_path / f"1.{suffix}") == content(tmp_path / f"{NEVER}.{suffix}")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_standard_output_is_the_same_either_way(folder: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    found = []
    for limit in (1, NEVER):
        monkeypatch.setattr(many, "SHARED", limit)
        found.append(good(run("assess", folder / "few.jsonl", *ON, "--forum", "ECTHR", "--format", form)))
    assert found[0].count("ECTHR") >= 40
    assert found[0] == found[1]


def test_parquet_into_a_table_with_reasons(folder: Path, tmp_path: Path) -> None:
    pq.write_table(pq.read_table(folder / "docket.parquet").slice(0, 40), tmp_path / "few.parquet")
    options = (*ON, "--forum", "ECTHR", "--format", "csv")
    table = good(run("assess", tmp_path / "few.parquet", *options))
    assert table == good(run("assess", folder / "few.jsonl", *options))


def test_a_crash_in_a_process_shows_nothing_of_the_complaint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ratione.assess.verdict import Assessor

    def crash(self: Assessor, complaint: object, trace: bool = True) -> object:
        raise ValueError(f"cannot do {complaint!r}")

    monkeypatch.setattr(Assessor, "assess", crash)
    monkeypatch.setattr(many, "SHARED", 1)
    result = run("assess", folder / "few.jsonl", "--format", "csv")
    assert result.exit_code == 70
    assert "ratione has failed: ValueError at" in result.stderr
    assert "cannot do" not in result.output


# ---- what goes wrong -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("options", [(), ("--format", "csv"), ("-o", "out.csv"), ("-o", "out.parquet")])
@pytest.mark.parametrize("damage", ["cut short", "in the middle", "at the end"])
def test_damaged_parquet_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str, options: tuple[str, ...]
) -> None:
    write(tmp_path / "docket.parquet", 300, 5, Registry.load())
    whole = bytearray((tmp_path / "docket.parquet").read_bytes())
    half = len(whole) // 2
    if damage == "cut short":
        del whole[half:]
    elif damage == "in the middle":
        whole[4:half] = bytes(half - 4)
    else:
        whole[-8:-4] = b"\xff\xff\xff\x7f"  # how long what the file tells of itself is
    (tmp_path / "docket.parquet").write_bytes(whole)
    monkeypatch.chdir(tmp_path)
    result = run("assess", "docket.parquet", *options, *ON)
    assert result.exit_code == 2, result.output
    assert result.stderr == "docket.parquet: not Parquet that can be read; it may be damaged, or cut short\n"
    assert [path.name for path in tmp_path.iterdir()] == ["docket.parquet"]


def test_a_row_that_two_columns_refuse_is_counted_once(tmp_path: Path) -> None:
    rows = [{"id": str(n), "respondent": "Atlantis", "final_decision.taken": "1.2.2022"} for n in range(3)]
    rows.append({"id": "good", "respondent": "RUS", "final_decision.taken": ""})
    (tmp_path / "bad.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "bad.parquet")
    for options in (("bad.jsonl",), ("bad.parquet",), ("bad.parquet", "-o", str(tmp_path / "out.parquet"))):
        result = run("assess", tmp_path / options[0], *options[1:], "--forum", "HRC")
        good(result, 3)
        assert "refused: 3 rows, 0 fields" in result.stderr
        assert result.stderr.count("'1.2.2022': not a date") == 3


def test_every_refusal_of_lines_is_written(tmp_path: Path) -> None:
    source, refused = tmp_path / "bad.jsonl", tmp_path / "refused.csv"
    source.write_text("".join(f'{{"id": "c{n}", "respondent": "Atlantis"}}\n' for n in range(300)), "utf-8")
    result = run("assess", source, "--refused", refused)
    assert "refused: 300 rows, 0 fields; see" in result.stderr
    good(result, 3)
    with refused.open(encoding="utf-8", newline="") as file:
        assert [row["row"] for row in csv.DictReader(file)] == [str(n + 1) for n in range(300)]
    shown = run("assess", source)
    assert shown.stderr.count("Atlantis") == 20
    assert "and 280 more" in shown.stderr


@pytest.mark.parametrize("output", [(), ("-o", "out.csv"), ("-o", "out.parquet")])
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_no_refusal_of_an_earlier_run_stays(folder: Path, tmp_path: Path, form: str, output: tuple[str, ...]) -> None:
    refused = tmp_path / "refused.csv"
    refused.write_text("file,row,column,value,reason,refused\nold.csv,3,id,x,y,row\n", "utf-8")
    options = [tmp_path / word if word.startswith("out") else word for word in output]
    good(run("assess", folder / f"docket.{form}", *ON, *options, "--forum", "HRC", "--refused", refused))
    assert refused.read_text("utf-8") == "file,row,column,value,reason,refused\n"


def test_refusals_of_parquet_on_screen(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pq.read_table(folder / "docket.parquet")
    states = table.column("respondent").to_pylist()
    states[6] = "Atlantis"
    at = table.column_names.index("respondent")
    pq.write_table(table.set_column(at, "respondent", pa.array(states, pa.string())), tmp_path / "bad.parquet")
    told = []
    for limit in (1, NEVER):
        monkeypatch.setattr(many, "MANY", limit)
        result = run("assess", tmp_path / "bad.parquet", *ON, "--refused", tmp_path / "refused.csv")
        assert good(result, 3).startswith("119 complaints")
        told.append((tmp_path / "refused.csv").read_text("utf-8"))
    assert "bad.parquet,7,respondent,Atlantis," in told[0]
    assert told[0] == told[1]


def test_days_of_knowledge_by_row_are_for_parquet(folder: Path, tmp_path: Path) -> None:
    table = pq.read_table(folder / "docket.parquet").slice(0, 3)
    pq.write_table(table.append_column("as_known_on", pa.array(["2022-03-15"] * 3)), tmp_path / "known.parquet")
    for options in ((), ("--format", "csv")):
        result = run("assess", tmp_path / "known.parquet", *options)
        assert result.exit_code == 2
        assert "as_known_on" in result.stderr
        assert "-o FILE.parquet" in result.stderr


@pytest.mark.parametrize("options", [("--level", "tests"), ("--level", "tests", "-o", "out.csv"), ("--shard", "1/2")])
def test_options_of_parquet_are_refused_elsewhere(folder: Path, options: tuple[str, ...]) -> None:
    result = run("assess", folder / "docket.parquet", *options)
    assert result.exit_code == 2
    assert options[0] in result.stderr


def test_a_table_that_is_no_docket_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"name": ["a"]}), tmp_path / "strange.parquet")
    result = run("assess", tmp_path / "strange.parquet", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 2
    assert "id" in result.stderr
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_leaves_nothing_half_written(folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    program = (
        "import signal, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # whoever runs the tests may ignore these
        "for name in ('SIGTERM', 'SIGHUP'):\n"
        "    signal.signal(getattr(signal, name), signal.SIG_DFL)\n"
        "from ratione.assess.verdict import Assessor\n"
        "from ratione.cli import main\n"
        "assess = Assessor.assess\n"
        "def slow(self, complaint, trace=True):\n"
        f"    open({str(tmp_path / 'begun')!r}, 'w').close()\n"
        "    time.sleep(0.2)\n"
        "    return assess(self, complaint, trace)\n"
        "Assessor.assess = slow\n"
        "main()\n"
    )
    command = [sys.executable, "-c", program, "assess", str(folder / "docket.jsonl"), "-o", str(tmp_path / "out.csv")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    for _ in range(3000):
        if (tmp_path / "begun").exists():
            break
        time.sleep(0.02)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:  # from outside: to the command alone
        process.send_signal(number)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert told.strip() == "stopped; nothing was written"
    assert [path.name for path in tmp_path.iterdir()] == ["begun"]


def test_few_complaints_load_nothing_of_bulk() -> None:
    program = (
        "import sys\n"
        "from ratione.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    print({'numpy', 'pyarrow', 'multiprocessing'} & set(sys.modules), file=sys.stderr)\n"
    )
    for options in ((), ("--format", "jsonl")):
        command = [sys.executable, "-c", program, "assess", str(ROOT / "examples/docket.csv"), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stderr.strip() == "set()"
