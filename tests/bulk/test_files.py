"""Reading Parquet, writing verdicts, going on after an interruption, and what moved."""

import json
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from ratione.assess.verdict import Assessor
from ratione.bulk import run
from ratione.bulk.facts.docket import of_complaints
from ratione.bulk.generate import write
from ratione.bulk.kernel import Kernel
from ratione.bulk.moved import Side, moves, plain
from ratione.bulk.output import outcome_polars, outcome_sql, outcomes, stamps_of, to_long
from ratione.bulk.reading.columns import Reading
from ratione.cli import main
from ratione.complaint.read import from_mapping
from ratione.registry import Registry
from ratione.words.verdict import contested, unverified

from .made import mapping

ON = date(2026, 11, 24)
REGISTRY = Registry.load()


def same(one: Any, two: Any, where: str = "") -> None:
    """Two dockets hold the same; whether a first day was told matters to nobody."""
    if isinstance(one, dict):
        for key in one:
            same(one[key], two[key], f"{where}.{key}")
    elif isinstance(one, np.ndarray):
        if where != ".acts.first.told":
            assert np.array_equal(one, two), where
    elif hasattr(one, "__dataclass_fields__"):
        for name in one.__dataclass_fields__:
            same(getattr(one, name), getattr(two, name), f"{where}.{name}")


@pytest.fixture(scope="module")
def docket(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulk") / "made-up.parquet"
    write(path, 400, 5, REGISTRY)
    return path


def texts(mappings: list[dict[str, Any]]) -> pa.Table:
    """Complaints as a table of text columns and lists, as a spreadsheet export would have them."""
    rows = []
    for found in mappings:
        row = {"id": found["id"], "respondent": ";".join(found["respondent"])}
        row["rights"] = ";".join(found["rights"]) if "rights" in found else None
        row["remedies"] = found["remedies"] if isinstance(found.get("remedies"), str) else None
        for group in ("applicant", "final_decision", "lodged"):
            for key, value in found.get(group, {}).items():
                row[f"{group}.{key}"] = ";".join(value) if isinstance(value, list) else str(value)
        row["acts"] = [{k: str(v) for k, v in act.items()} for act in found["acts"]]
        for key in ("knowledge", "redress", "pattern"):
            row[key] = found.get(key)
        rows.append(row)
    names = list(dict.fromkeys(key for row in rows for key in row))
    keys = list(dict.fromkeys(key for row in rows for act in row["acts"] for key in act))
    acts = pa.list_(pa.struct([(key, pa.string()) for key in keys]))
    return pa.table({n: pa.array([row.get(n) for row in rows], acts if n == "acts" else pa.string()) for n in names})


def test_a_table_is_read_as_its_rows_are_one_by_one() -> None:
    rng = Random(8)
    table = texts([mapping(rng, n) for n in range(300)])
    kernel = Kernel(REGISTRY, ON)
    reading = Reading(kernel.tables, "docket")
    docket, ids = reading.batch(table)
    complaints = [c for c in (from_mapping(plain(row))[0] for row in table.to_pylist()) if c is not None]
    assert ids.to_pylist() == [c.id for c in complaints]
    tables = kernel.tables
    same(docket, of_complaints(complaints, tables.words, tables.profiles, tables.procedures))


def test_made_up_complaints_are_read_as_they_are_one_by_one(docket: Path) -> None:
    table, kernel = pq.read_table(docket), Kernel(REGISTRY, ON)
    found, _ = Reading(kernel.tables, "docket").batch(table)
    complaints = [from_mapping(plain(row))[0] for row in table.to_pylist()]
    tables = kernel.tables
    assert all(complaints)
    same(found, of_complaints(complaints, tables.words, tables.profiles, tables.procedures))  # type: ignore[arg-type]


def test_what_cannot_be_read_is_told_and_the_rest_assessed(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": ["a", "b", "c", ""],
            "respondent": ["RUS", "Atlantis", "UKR", "RUS"],
            "final_decision.taken": ["2021-05-05", None, "05/06/2021", None],
            "remedies": ["exhausted", None, None, "pending"],
            "applicant.kind": ["persn", None, None, None],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    refused = tmp_path / "refused.csv"
    code = run.assess_file(
        tmp_path / "in.parquet", tmp_path / "out.parquet", registry=REGISTRY, on=ON, refused=refused
    )
    assert code == 3
    assert pq.read_table(tmp_path / "out.parquet").column("id").to_pylist() == ["a"]
    told = refused.read_text("utf-8")
    assert "2,respondent,Atlantis" in told
    assert "3,final_decision.taken,05/06/2021" in told
    assert "1,applicant.kind,persn" in told


def assessed(source: Path, output: Path, level: str = "verdicts", **options: Any) -> int:
    return run.assess_file(source, output, registry=REGISTRY, on=ON, level=level, **options)


@pytest.mark.parametrize("level", ["verdicts", "tests", "long"])
def test_levels_say_what_the_reference_says(docket: Path, tmp_path: Path, level: str) -> None:
    assert assessed(docket, tmp_path / "out.parquet", level) == 0
    table = pq.read_table(tmp_path / "out.parquet")
    told = stamps_of(table.schema)
    assert (told["registry"], told["on"], told["level"]) == (REGISTRY.hash, "2026-11-24", level)
    rows = table.to_pylist() if level == "long" else list(to_long(table))
    found = {(row["id"], row["forum"], row["route"]): row for row in rows}
    assessor, marked, named = Assessor(REGISTRY, ON), 0, 0
    for source in pq.read_table(docket).slice(0, 60).to_pylist():
        complaint, _ = from_mapping(plain(source))
        assert complaint is not None
        for verdict in assessor.assess(complaint):
            row = found[complaint.id, verdict.forum.code, verdict.forum.route]
            assert (row["status"], row["last_day"]) == (verdict.status, verdict.last_day)
            if level != "verdicts":
                assert row["last_day_arguable"] == verdict.last_day_arguable
                assert (row["opens_on"] or "") == ";".join(verdict.opens_on)
            assert row["unverified"] or not unverified(verdict)
            assert row["contested"] or not contested(verdict)
            marked, named = marked + row["unverified"], named + bool(unverified(verdict))
            if level == "tests":
                assert row["tests"] == {t.test.id: t.outcome for t in verdict.tests}
    assert 0 < named <= marked < 2 * named


def test_unpacking() -> None:
    told = {"tests": {"X": ["X.one", "X.two"]}}
    assert outcomes(0b100_001, told["tests"]["X"]) == {"X.one": "unknown", "X.two": "part"}
    sql = outcome_sql("X", "X.two", told)
    assert sql == "['failed', 'unknown', 'judgment', 'met', 'part'][((\"X.tests\" >> 3) & 7)::BIGINT + 1]"


def test_unpacking_in_duckdb() -> None:
    if find_spec("duckdb") is None:
        pytest.skip("DuckDB is not installed")
    sql = outcome_sql("X", "X.two", {"tests": {"X": ["X.one", "X.two"]}})
    query = f'SELECT {sql} FROM (SELECT 33::UBIGINT AS "X.tests")'
    # In a process of its own: at the end of a longer one DuckDB prints what it calls leaks.
    command = [sys.executable, "-c", f"import duckdb; print(duckdb.sql({query!r}).fetchall())"]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[('part',)]\n"


def test_unpacking_in_polars() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"X.tests": [33]}, schema={"X.tests": polars.UInt64})
    found = frame.select(outcome_polars("X", "X.two", {"tests": {"X": ["X.one", "X.two"]}}).alias("it"))
    assert found["it"].to_list() == ["part"]


def test_parts_are_made_once_and_again_only_when_something_changed(
    docket: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = tmp_path / "in.parquet", tmp_path / "out"
    pq.write_table(pq.read_table(docket), source, row_group_size=100)
    monkeypatch.setattr(run, "PART", 100)
    assert assessed(source, output, processes=2) == 0
    parts = sorted(output.iterdir())
    assert [p.name for p in parts] == [f"part-{n:05}.parquet" for n in range(4)]
    parts[1].unlink()
    before = {p.name: p.stat().st_mtime_ns for p in parts if p != parts[1]}
    assert assessed(source, output, processes=1) == 0
    assert {p.name: p.stat().st_mtime_ns for p in parts if p != parts[1]} == before
    whole = pa.concat_tables(pq.read_table(p) for p in parts)
    assert assessed(docket, tmp_path / "one.parquet") == 0
    assert whole.equals(pq.read_table(tmp_path / "one.parquet"))
    assert run.assess_file(source, output, registry=REGISTRY, on=date(2025, 1, 1), processes=1) == 0
    assert all(stamps_of(pq.read_schema(p))["on"] == "2025-01-01" for p in parts)


def test_an_interruption_leaves_finished_parts(docket: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = tmp_path / "in.parquet", tmp_path / "out"
    pq.write_table(pq.read_table(docket), source, row_group_size=100)
    monkeypatch.setattr(run, "PART", 100)
    make, made = run.write_part, []

    def stopped(*args: Any) -> Any:
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(args)
        return make(*args)

    monkeypatch.setattr(run, "write_part", stopped)
    assert assessed(source, output, processes=1) == 130
    assert sorted(p.name for p in output.iterdir()) == ["part-00000.parquet", "part-00001.parquet"]


def test_shards_share_out_the_parts(docket: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = tmp_path / "in.parquet", tmp_path / "out"
    pq.write_table(pq.read_table(docket), source, row_group_size=100)
    monkeypatch.setattr(run, "PART", 100)
    assert assessed(source, output, shard=(1, 2), processes=1) == 0
    assert [p.name for p in sorted(output.iterdir())] == ["part-00000.parquet", "part-00002.parquet"]
    assert assessed(source, output, shard=(2, 2), processes=1) == 0
    assert len(list(output.iterdir())) == 4


@pytest.mark.parametrize("mixed", [False, True])
def test_one_row_for_each_act(tmp_path: Path, capsys: pytest.CaptureFixture[str], mixed: bool) -> None:
    table = pa.table(
        {
            "id": ["a", "a", "b", "c", "c"],
            "respondent": ["RUS", None, "UKR", "TUR", "TUR"],
            "facts_from": ["2015-01-01", "2019-02-03", "2001-05", "2020", "2021"],
            "facts_to": [None, "2019-02-04", "2001-05", None, None],
            "rights": ["liberty", "liberty", None, "life", "fair_trial"],
            "remedies": ["exhausted"] * 5,
        }
    )
    nested = pa.table(
        {
            "id": ["a", "b", "c"],
            "respondent": ["RUS", "UKR", "TUR"],
            "acts": [
                [{"from": "2015-01-01", "to": None}, {"from": "2019-02-03", "to": "2019-02-04"}],
                [{"from": "2001-05", "to": "2001-05"}],
                [{"from": "2020", "to": None}, {"from": "2021", "to": None}],
            ],
            "rights": ["liberty", None, None],  # two rows that say different things: unknown
            "remedies": ["exhausted"] * 3,
        }
    )
    pq.write_table(table.take([0, 2, 3, 1, 4]) if mixed else table, tmp_path / "flat.parquet")
    pq.write_table(nested, tmp_path / "nested.parquet")
    assert assessed(tmp_path / "flat.parquet", tmp_path / "one.parquet") == 0
    assert assessed(tmp_path / "nested.parquet", tmp_path / "two.parquet") == 0
    one, two = (pq.read_table(tmp_path / f"{name}.parquet").sort_by("id") for name in ("one", "two"))
    assert one.equals(two)
    assert ("sorting them on disk" in capsys.readouterr().err) == mixed
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{n}.parquet" for n in ("flat", "nested", "one", "two")]


def test_as_known_on_for_each_row(docket: Path, tmp_path: Path) -> None:
    table = pq.read_table(docket).slice(0, 60)
    known = [None, "2015-06-01", "2022-03-15"] * 20
    pq.write_table(table.append_column("as_known_on", pa.array(known)), tmp_path / "in.parquet")
    assert assessed(tmp_path / "in.parquet", tmp_path / "out.parquet") == 0
    found = {row["id"]: row for row in pq.read_table(tmp_path / "out.parquet").to_pylist()}
    for source, day in zip(table.to_pylist(), known, strict=True):
        registry = REGISTRY.as_known_on(date.fromisoformat(day)) if day else REGISTRY
        complaint, _ = from_mapping(plain(source))
        assert complaint is not None
        for verdict in Assessor(registry, ON).assess(complaint):
            assert found[complaint.id][verdict.forum.key] == verdict.status


def test_made_up_complaints_depend_on_the_seed_alone(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write(tmp_path / name, 50, seed, REGISTRY)
    a, b, c = (pq.read_table(tmp_path / name) for name in "abc")
    assert a.equals(b)
    assert not a.equals(c)


def test_what_moved_and_why(docket: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before.parquet", tmp_path / "after.parquet"
    known = REGISTRY.as_known_on(date(2022, 1, 1))
    run.assess_file(docket, before, registry=known, on=ON)
    run.assess_file(docket, after, registry=REGISTRY, on=ON)
    found = list(moves(Side.open(before), Side.open(after)))
    russia = [move for move in found if (move.respondent, move.forum) == ("RUS", "ECTHR")]
    assert russia
    one, two = (pq.read_table(path) for path in (before, after))
    changed = sum(
        a[key] != b[key] or a[f"{key}.last_day"] != b[f"{key}.last_day"]
        for a, b in zip(one.to_pylist(), two.to_pylist(), strict=True)
        for key in stamps_of(one.schema)["fora"]
    )
    assert len(found) == changed
    shuffled = two.take(pa.array(np.random.default_rng(1).permutation(len(two))))
    pq.write_table(shuffled, after)
    assert set(moves(Side.open(before), Side.open(after))) == set(found)
    result = CliRunner().invoke(main, ["moved", str(before), str(after), "--complaints", str(docket)])
    assert result.exit_code == 0, result.output
    rows = [line.split(",") for line in result.stdout.splitlines()]
    causes = [row[-1] for row in rows if row[1:3] == ["RUS", "ECTHR"]]
    assert len(causes) == len(russia)
    assert all(causes)
    assert any("RUS/ECHR/ceased" in cause for cause in causes), causes


def test_moved_refuses_what_is_no_output(docket: Path) -> None:
    result = CliRunner().invoke(main, ["moved", str(docket), str(docket)])
    assert result.exit_code == 2
    assert "no stamps" in result.output


def test_the_word_none_beside_columns_of_procedures(tmp_path: Path) -> None:
    """A table with one row for each act: `none` in a column of its own says that there is no procedure elsewhere."""
    told = {"id": list("abc"), "respondent": ["FRA"] * 3, "acts.from": ["2025-01-01"] * 3, "rights": ["liberty"] * 3,
            "other_procedures": ["none", None, None],
            "other_procedures.forum": [None, "HRC", None],
            "other_procedures.status": [None, "pending", None]}  # fmt: skip
    pq.write_table(pa.table(told), tmp_path / "flat.parquet")
    assert assessed(tmp_path / "flat.parquet", tmp_path / "out.parquet") == 0
    nested = [[], [{"forum": "HRC", "status": "pending"}], None]
    for row, procedures in zip("abc", nested, strict=True):
        one = {"id": [row], "respondent": ["FRA"], "acts": [[{"from": "2025-01-01"}]], "rights": [["liberty"]],
               "other_procedures": [procedures]}  # fmt: skip
        pq.write_table(pa.table(one), tmp_path / f"{row}.parquet")
        assert assessed(tmp_path / f"{row}.parquet", tmp_path / f"{row}-out.parquet") == 0
        wanted = pq.read_table(tmp_path / f"{row}-out.parquet").to_pylist()
        assert [r for r in pq.read_table(tmp_path / "out.parquet").to_pylist() if r["id"] == row] == wanted


def test_generate(tmp_path: Path) -> None:
    path = tmp_path / "new" / "made-up.parquet"
    result = CliRunner().invoke(main, ["generate", "20", "-o", str(path), "--seed", "9"])
    assert result.exit_code == 0, result.output
    assert pq.read_metadata(path).num_rows == 20


def test_stamps_are_json(docket: Path, tmp_path: Path) -> None:
    assessed(docket, tmp_path / "out.parquet")
    told = json.loads(pq.read_schema(tmp_path / "out.parquet").metadata[b"ratione"])
    assert set(told) >= {"tool", "law", "registry", "on", "as_known_on", "fora", "tests", "fingerprint"}
