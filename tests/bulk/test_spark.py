"""The kernel on a small Spark cluster of processes, one of which is killed: every complaint once."""

import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("pyspark")
pytest.importorskip("pandas")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

from ratione.bulk import run
from ratione.bulk.generate import write
from ratione.registry import Registry

ON = date(2026, 11, 24)
SOURCE = Path(run.__file__).parents[2]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = f"{SOURCE}:{os.environ.get('PYTHONPATH', '')}"
    found = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.executorEnv.PYTHONPATH", os.environ["PYTHONPATH"])
        .getOrCreate()
    )
    yield found
    found.stop()


def executors() -> list[int]:
    """The processes of executors that this process started, by way of its Java machine."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            (parent,) = re.findall(r"^PPid:\s(\d+)", status.read_text("utf-8"), re.M)
            parents[int(status.parent.name)] = int(parent)
    found = []
    for pid in parents:
        line = [pid]
        while line[-1] in parents:
            line.append(parents[line[-1]])
        with suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_text("utf-8")
            if os.getpid() in line and "CoarseGrainedExecutorBackend" in command and "-cp" in command:
                found.append(pid)
    return found


def test_every_complaint_once_though_an_executor_is_killed(session: Any, tmp_path: Path) -> None:
    from ratione.spark import assess_files

    sources = []
    for n in range(6):
        path = tmp_path / f"docket-{n}.parquet"
        write(path, 3_000, n, Registry.load())
        sources.append(path)

    def kill() -> None:
        for _ in range(3000):
            if list((tmp_path / "out").rglob("part-*.parquet")):
                break
            time.sleep(0.1)
        killed.append(executors()[0])
        os.kill(killed[0], signal.SIGKILL)

    killed: list[int] = []
    killer = threading.Thread(target=kill)
    killer.start()
    assert assess_files(session, sources, tmp_path / "out", on=ON) == 18_000
    killer.join()
    assert killed
    for n, source in enumerate(sources):
        (part,) = (tmp_path / "out" / f"docket-{n}").glob("*.parquet")
        alone = tmp_path / f"alone-{n}.parquet"
        run.assess_file(source, alone, registry=Registry.load(), on=ON)
        assert pq.read_table(part).equals(pq.read_table(alone))


def test_refusals_of_all_files_and_parts_made_once(session: Any, tmp_path: Path) -> None:
    from ratione.spark import assess_files

    sources, refused = [], tmp_path / "refused.csv"
    for n in range(2):
        sources.append(tmp_path / f"docket-{n}.parquet")
        states = ["RUS", "Atlantis", "FRA"]
        pq.write_table(pa.table({"id": list("abc"), "respondent": states[n:] + states[:n]}), sources[n])
    assert assess_files(session, sources, tmp_path / "out", on=ON, refused=refused) == 4
    rows = [line.split(",")[:4] for line in refused.read_text("utf-8").splitlines()[1:]]
    assert rows == [[f"docket-{n}.parquet", str(2 - n), "respondent", "Atlantis"] for n in range(2)]
    parts = sorted((tmp_path / "out").rglob("*.parquet"))
    before = [part.stat().st_mtime_ns for part in parts]
    assert assess_files(session, sources, tmp_path / "out", on=ON) == 4
    assert [part.stat().st_mtime_ns for part in parts] == before
    assert {path.name for path in tmp_path.iterdir()} == {"docket-0.parquet", "docket-1.parquet", "out", "refused.csv"}


def test_files_that_spark_does_not_take(session: Any, tmp_path: Path) -> None:
    from ratione.spark import assess_files

    flat, one, two = tmp_path / "flat.parquet", tmp_path / "a/x.parquet", tmp_path / "b/x.parquet"
    pq.write_table(pa.table({"id": ["a"], "respondent": ["RUS"], "facts_from": ["2001"]}), flat)
    for path in (one, two):
        path.parent.mkdir()
        pq.write_table(pa.table({"id": ["a"], "respondent": ["RUS"]}), path)
    with pytest.raises(ValueError, match="one row for each act"):
        assess_files(session, [flat], tmp_path / "out", on=ON)
    with pytest.raises(ValueError, match="the same name"):
        assess_files(session, [one, two], tmp_path / "out", on=ON)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("level", run.LEVELS)
def test_a_table_that_is_in_no_file(session: Any, tmp_path: Path, level: str) -> None:
    from ratione.spark import assess_table

    path = tmp_path / "docket.parquet"
    write(path, 200, 1, Registry.load())
    frame = session.read.parquet(str(path))
    found = [row.asDict() for row in assess_table(frame, on=ON, level=level).collect()]
    run.assess_file(path, tmp_path / "out.parquet", registry=Registry.load(), on=ON, level=level)
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()

    def key(row: dict[str, Any]) -> tuple[str, ...]:
        return row["id"], row["respondent"], row.get("forum") or "", row.get("route") or ""

    assert sorted(found, key=key) == sorted(rows, key=key)


def test_what_is_refused_of_a_table(session: Any) -> None:
    from ratione.spark import assess_table, refused_in_table

    rows = [("a", "RUS", "liberty"), ("b", "Atlantis", "liberty"), ("c", "FRA", "freedum"), ("d", "FRA", None)]
    frame = session.createDataFrame(rows, ["id", "respondent", "rights"])
    assert {row["id"] for row in assess_table(frame, on=ON).collect()} == {"a", "c", "d"}
    found = sorted(refused_in_table(frame, on=ON).collect())
    assert [(r["id"], r["column"], r["value"], r["refused"]) for r in found] == [
        ("b", "respondent", "Atlantis", "row"),
        ("c", "rights", "freedum", "field"),
    ]
    assert all(r["reason"] for r in found)
