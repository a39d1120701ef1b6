"""Runs that go wrong: refusals, interruptions, killed processes; and runs that are shared out over machines."""

import csv
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from ratione.bulk import run
from ratione.bulk.generate import write
from ratione.bulk.reading.nest import nested
from ratione.bulk.sharing import WorkerLost, in_order, processors
from ratione.cli import main
from ratione.files import replacing, sweep
from ratione.registry import Registry

ON = date(2026, 11, 24)
REGISTRY = Registry.load()


@pytest.fixture(scope="module")
def docket(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 made-up complaints in twelve row groups."""
    folder = tmp_path_factory.mktemp("docket")
    write(folder / "whole.parquet", 600, 11, REGISTRY)
    pq.write_table(pq.read_table(folder / "whole.parquet"), folder / "in.parquet", row_group_size=50)
    return folder / "in.parquet"


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PART", 50)


def assessed(source: Path, output: Path, **options: Any) -> int:
    return run.assess_file(source, output, registry=REGISTRY, on=ON, **options)


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# ---- shares ----------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("count", [2, 5, 13])
def test_all_shards_make_the_parts_of_the_plain_run(docket: Path, tmp_path: Path, count: int) -> None:
    command = ["assess", str(docket), "--on", ON.isoformat()]
    assert CliRunner().invoke(main, [*command, "-o", str(tmp_path / "plain")]).exit_code == 0
    for index in range(1, count + 1):
        result = CliRunner().invoke(main, [*command, "-o", str(tmp_path / "shared"), "--shard", f"{index}/{count}"])
        assert result.exit_code == 0, result.output
    assert len(everything(tmp_path / "plain")) == 12
    assert everything(tmp_path / "shared") == everything(tmp_path / "plain")


@pytest.mark.parametrize("level", ["verdicts", "long"])
def test_a_new_kernel_for_every_batch(
    docket: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    """Where a kernel has learned too much a new one goes on, and no answer is another for it."""
    monkeypatch.setattr(run, "BATCH", {level: 100})
    assessed(docket, tmp_path / "kept", level=level, processes=1)
    made: list[object] = []
    kernel = run.Kernel
    monkeypatch.setattr(run, "Kernel", lambda *options: made.append(options) or kernel(*options))
    monkeypatch.setattr(run, "LEARNED", 0)
    assessed(docket, tmp_path / "anew", level=level, processes=1)
    assert len(made) == 7  # one for the columns
    assert pq.read_table(tmp_path / "anew").equals(pq.read_table(tmp_path / "kept"))


@pytest.mark.parametrize("told", ["0/3", "4/3", "1", "a/b", "1/0", "-1/3", "1/3/5"])
def test_what_is_no_shard_is_refused(docket: Path, tmp_path: Path, told: str) -> None:
    result = CliRunner().invoke(main, ["assess", str(docket), "-o", str(tmp_path / "out"), "--shard", told])
    assert result.exit_code == 2
    assert "i/n" in result.stderr
    assert not list(tmp_path.iterdir())


def test_shards_need_parquet(tmp_path: Path) -> None:
    source = tmp_path / "one.json"
    source.write_text('{"id": "a", "respondent": "FRA"}', "utf-8")
    for output in ("out.parquet", "out.csv"):
        result = CliRunner().invoke(main, ["assess", str(source), "-o", str(tmp_path / output), "--shard", "1/2"])
        assert result.exit_code == 2
        assert "--shard" in result.stderr


# ---- one row for each act --------------------------------------------------------------------------------------------
def flat(path: Path, complaints: int, mixed: bool) -> None:
    """Two acts for each complaint; `mixed`: first all first acts, then all second ones."""
    ids = [f"c{n}" for n in range(complaints)]
    ids = ids + ids if mixed else [name for name in ids for _ in range(2)]
    seen: set[str] = set()
    begun = [f"{2001 + int(name[1:]) % 9}-0{2 if name in seen else 1}-01" for name in ids if [seen.add(name)]]  # type: ignore[func-returns-value]
    states = ["Atlantis" if name == "c7" else "RUS" for name in ids]
    pq.write_table(pa.table({"ID": ids, "respondent": states, "facts_from": begun}), path)


NESTED = """
import sys
from pathlib import Path
from ratione.bulk.reading.nest import nested
nested(Path(sys.argv[1]), Path(sys.argv[2]), lambda text: None)
"""


def test_rows_are_sorted_alike_in_every_process(tmp_path: Path) -> None:
    flat(tmp_path / "flat.parquet", 300, mixed=True)
    for seed in ("1", "2"):
        command = [sys.executable, "-c", NESTED, str(tmp_path / "flat.parquet"), str(tmp_path / f"{seed}.parquet")]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    one, two = (pq.read_table(tmp_path / f"{seed}.parquet") for seed in "12")
    assert len(one) == 300
    assert one.equals(two)


@pytest.mark.parametrize("mixed", [False, True])
def test_a_refusal_names_the_row_of_the_file(tmp_path: Path, mixed: bool) -> None:
    flat(tmp_path / "flat.parquet", 20, mixed)
    assert assessed(tmp_path / "flat.parquet", tmp_path / "out.parquet", refused=tmp_path / "refused.csv") == 3
    (row,) = csv.DictReader((tmp_path / "refused.csv").open(encoding="utf-8"))
    assert (row["file"], row["row"], row["value"]) == ("flat.parquet", "8" if mixed else "15", "Atlantis")
    assert pq.read_metadata(tmp_path / "out.parquet").num_rows == 19


def test_an_empty_table_of_acts(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([], pa.string()),
            "respondent": pa.array([], pa.string()),
            "facts_from": pa.array([], pa.string()),
        }
    )
    pq.write_table(table, tmp_path / "flat.parquet")
    assert assessed(tmp_path / "flat.parquet", tmp_path / "out.parquet") == 0
    assert pq.read_metadata(tmp_path / "out.parquet").num_rows == 0


def test_acts_as_a_list_and_as_columns_are_refused(tmp_path: Path) -> None:
    table = pa.table({"id": ["a"], "respondent": ["RUS"], "facts_from": ["2001"], "acts": [[{"from": "2002"}]]})
    pq.write_table(table, tmp_path / "both.parquet")
    with pytest.raises(ValueError, match="acts"):
        assessed(tmp_path / "both.parquet", tmp_path / "out.parquet")


def test_structs_beside_columns_of_acts(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": ["a", "a"],
            "respondent": ["RUS", None],
            "facts_from": ["2001", "2002"],
            "applicant": [{"kind": "ngo"}] * 2,
        }
    )
    pq.write_table(table, tmp_path / "flat.parquet")
    nested(tmp_path / "flat.parquet", tmp_path / "nested.parquet", print)
    (row,) = pq.read_table(tmp_path / "nested.parquet").to_pylist()
    assert row["applicant"] == {"kind": "ngo"}
    assert [act["from"] for act in row["acts"]] == ["2001", "2002"]


# ---- refusals --------------------------------------------------------------------------------------------------------
@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """900 rows, of which two in three are refused, and a field of each of the others; in nine row groups."""
    states = ["Atlantis", "Mu", "FRA"] * 300
    kinds = [None, None, "persn"] * 300
    table = pa.table(
        {"id": [f"c{n}" for n in range(900)], "respondent": states, "applicant.kind": kinds, "nonsense": ["x"] * 900}
    )
    pq.write_table(table, tmp_path / "bad.parquet", row_group_size=100)
    return tmp_path / "bad.parquet"


def told(path: Path) -> list[tuple[str, str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["row"], row["column"], row["value"], row["refused"]) for row in csv.DictReader(file)]


def expected() -> list[tuple[str, str, str, str]]:
    found = [("", "nonsense", "", "field")]
    for n in range(900):
        state = ("Atlantis", "Mu", "")[n % 3]
        row = str(n + 1)
        found.append((row, "respondent", state, "row") if state else (row, "applicant.kind", "persn", "field"))
    return found


@pytest.mark.parametrize("processes", [1, 3])
def test_every_refusal_is_written(
    bad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], processes: int
) -> None:
    monkeypatch.setattr(run, "PART", 200)
    assert assessed(bad, tmp_path / "out", refused=tmp_path / "refused.csv", processes=processes) == 3
    assert told(tmp_path / "refused.csv") == expected()
    assert "refused: 600 rows, 300 fields; see" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"bad.parquet", "out", "refused.csv"}


def test_refusals_of_parts_made_earlier_are_there_too(
    bad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "PART", 200)
    make, refused = run.write_part, tmp_path / "refused.csv"

    def stopped(worker: Any, part: Any, *more: Any) -> Any:
        if part.first_row > 300:
            raise KeyboardInterrupt
        return make(worker, part, *more)

    monkeypatch.setattr(run, "write_part", stopped)
    assert assessed(bad, tmp_path / "out", refused=refused, processes=1) == 130
    assert not refused.exists()
    monkeypatch.setattr(run, "write_part", make)
    before = (tmp_path / "out/part-00000.parquet").stat().st_mtime_ns
    assert assessed(bad, tmp_path / "out", refused=refused, processes=1) == 3
    assert (tmp_path / "out/part-00000.parquet").stat().st_mtime_ns == before
    assert told(refused) == expected()
    # All parts are there: the counts still tell, and the refusals are found again where they are asked for.
    capsys.readouterr()
    assert assessed(bad, tmp_path / "out", processes=1) == 3
    assert "refused: 600 rows, 300 fields" in capsys.readouterr().err
    refused.unlink()
    assert assessed(bad, tmp_path / "out", refused=refused, processes=1) == 3
    assert told(refused) == expected()


def test_rows_with_days_of_knowledge_are_numbered_as_in_the_file(bad: Path, tmp_path: Path) -> None:
    table = pq.read_table(bad)
    known = pa.array([None, "2015-06-01", "2022-03-15", "2015-06-01"] * 225)
    pq.write_table(table.append_column("as_known_on", known), bad)
    assert assessed(bad, tmp_path / "out.parquet", refused=tmp_path / "refused.csv") == 3
    assert told(tmp_path / "refused.csv") == expected()


# ---- processes that end ----------------------------------------------------------------------------------------------
def test_work_shared_out_comes_back_in_order() -> None:
    assert list(in_order(abs, range(-50, 0), 3)) == list(range(50, 0, -1))


def _asked(_: int) -> int:
    return processors()


def test_a_process_that_may_not_fork_works_alone() -> None:
    with multiprocessing.get_context("fork").Pool(1) as pool:  # of daemons, as the workers of Dask are
        assert pool.map(_asked, [0]) == [1]


def test_an_error_in_a_process_is_raised() -> None:
    with pytest.raises(ValueError, match="no number"):
        list(in_order(_fail, range(5), 2))


def _fail(number: int) -> int:
    raise ValueError("no number")


DRIVER = """
import os, signal, sys, time
from ratione.bulk import run
from ratione.cli import main
run.PART = 50
make = run.write_part
def slow(worker, part, *more):
    found = make(worker, part, *more)
    {then}
    return found
run.write_part = slow
main()
"""


def driver(then: str, source: Path, output: Path) -> subprocess.Popen[str]:
    """The command in a process group of its own, as a shell starts it."""
    command = [sys.executable, "-c", DRIVER.format(then=then), "assess", str(source), "-o", str(output)]
    return subprocess.Popen(
        [*command, "--on", ON.isoformat()], stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_for(there: Callable[[], bool]) -> None:
    for _ in range(3000):
        if there():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


@pytest.mark.usefixtures("small_parts")
def test_an_interruption_from_the_keyboard(docket: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    process = driver("time.sleep(0.5)", docket, output)
    wait_for(lambda: bool(list(output.glob("part-*"))))
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert told.strip() == "stopped; the same command goes on with the parts that are missing"
    made = everything(output)
    assert 0 < len(made) < 12
    assert all(name.startswith("part-") for name in made)
    assert assessed(docket, tmp_path / "plain") == 0
    plain = everything(tmp_path / "plain")
    assert all(plain[name] == content for name, content in made.items())
    assert assessed(docket, output) == 0
    assert everything(output) == plain


def test_a_killed_process_is_told(docket: Path, tmp_path: Path) -> None:
    then = "part.first_row > 300 and os.kill(os.getpid(), signal.SIGKILL)"
    process = driver(then, docket, tmp_path / "out")
    _, told = process.communicate(timeout=120)
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one processor: nothing is shared out")
    assert process.returncode == 70
    assert "killed" in told
    assert "goes on with the parts that are missing" in told
    assert not [path for path in (tmp_path / "out").iterdir() if not path.name.startswith("part-")]


def test_processes_end_with_the_one_that_started_them(docket: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    process = driver(f"open({str(tmp_path)!r} + f'/{{os.getpid()}}', 'w').close(); time.sleep(0.5)", docket, output)
    pids = lambda: [int(path.name) for path in tmp_path.iterdir() if path.name.isdecimal()]  # noqa: E731
    wait_for(lambda: bool(pids()))
    process.kill()
    process.communicate()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids()))


def test_a_lost_process_is_an_error_of_its_own() -> None:
    with pytest.raises(WorkerLost):
        list(in_order(_die, range(5), 2))


def _die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_sweep_leaves_what_another_run_is_writing(tmp_path: Path) -> None:
    output = tmp_path / "out.parquet"
    lost = tmp_path / ".out.parquet.0123abcd.part"
    lost.write_bytes(b"left by a process that was killed")
    with replacing(output) as temporary:
        temporary.write_bytes(b"whole")
        sweep(output)
        assert temporary.exists()
        assert not lost.exists()
    assert output.read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]
