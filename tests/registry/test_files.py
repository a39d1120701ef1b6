"""Reading the files, refusing broken ones with file, line and reason; lints, hash, export and comparison."""

import csv
import json
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ratione.files import replaced
from ratione.registry import DataError, Fact, Registry
from ratione.registry.comparing import COLUMNS, compare
from ratione.registry.exporting import export
from ratione.registry.lints import audit, check
from ratione.registry.snapshot import FORMATS

SMALL = Path(__file__).parent / "small"

DAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small registry that may be broken."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


BROKEN = [
    ("facts/PACT.csv", "ratified,1998-05-05", "ratified,1998-05-32", 8, "act_date"),
    ("facts/PACT.csv", "ratified,1998-05-05", "ratified,5 May 1998", 8, "5 May 1998"),
    ("facts/PACT.csv", "ratified,1998-05-05", "ratified,1998-05", 8, "not an exact day"),
    ("facts/PACT.csv", "05,BBB,PACT", "05,XXX,PACT", 8, "'XXX' is not in states.csv"),
    ("facts/PACT.csv", "BBB,PACT,ratified", "BBB,PACT,joined", 8, "event 'joined'"),
    ("facts/PACT.csv", "BBB,PACT,ratified", "BBB,PAKT,ratified", 8, "instrument 'PAKT'"),
    ("facts/PACT-P1.csv", "computed,,high", "computed,,sure", 2, "'sure'"),
    ("facts/PACT.csv", "1998-05-05,,,,,,,undisputed", "1998-05-05,,,,,,,doubtful", 8, "status 'doubtful'"),
    ("facts/PACT.csv", "petition_territorial", "petitions", 5, "kind 'petitions'"),
    ("facts/PACT.csv", "1960-11-23,AIS", "1960-11-23,ISL", 4, "territory 'ISL'"),
    ("facts/PACT.csv", "BBB/PACT/ratified/1998-05-05,", "BBB/PACT/ratified/1998,", 8, "id 'BBB/PACT/ratified/1998'"),
    ("facts/PACT.csv", "AAA,PACT,signed,1950-11-04,", "AAA,PACT,signed,1950-11-04,,", 2, "cells"),
    ("facts/PACT.csv", "PACT,ratified,1951-03-08", "PACT,ratified,1950-03-08", 3, "id"),
    ("facts/TREATY.csv", "low,unverified,", "low,hearsay,", 3, "source 'hearsay'"),
    ("facts/WINDOW.csv", "2014-02-23", "2013-02-23", 2, "until"),
    ("facts/TREATY.csv", "id,state", "id,State", 1, "header"),
    ("sources.csv", "2020-06", "June 2020", 2, "as_of"),
    ("states.csv", ",CCC,,", ",ZZZ,,", 5, "'ZZZ'"),
    ("states.csv", "Charlia,Old Charlia,,,2000-01-01,,", "Charlia,Old Charlia,,,2000-01-01,DDD,", 4, "own predecessor"),
    ("instruments.toml", 'kind = "membership"', 'kind = "club"', 2, "kind is 'club'"),
    ("instruments.toml", 'rule = "none"', 'rule = "never"', 52, "exit.rule is 'never'"),
    ("instruments.toml", 'parent = "PACT"', 'parent = "PAKT"', 26, "'PAKT'"),
    ("instruments.toml", 'name = "Treaty against Wrongs"', 'name = "T"\nparent = "TREATY-22"', 35, "on itself"),
    ("instruments.toml", 'name = "Club of States"', 'title = "Club of States"', 2, "title"),
    ("instruments.toml", "in_force = 1953-09-03", 'in_force = "1953"', 10, "in_force of the table is '1953'"),
    ("instruments.toml", 'of_year", n = 9', 'of_year", n = "nine"', 2, "is 'nine'; accepted is a whole"),
    ("instruments.toml", 'rule = "end_of_year", n = 9', 'rule = "end_of_year", m = 9', 2, "exit has m"),
    ("instruments.toml", "complete = false", 'complete = "no"', 43, "accepted is true or false"),
    ("instruments.toml", '"at_once", months = 0', '"at_once", months = 0.5', 10, "months of a reading is 0.5"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "reason"), BROKEN, ids=[b[4] for b in BROKEN]
)
def test_a_broken_file_is_refused_with_file_line_and_reason(
    folder: Path, file: str, old: str, new: str, line: int, reason: str
) -> None:
    edit(folder / file, old, new)
    with pytest.raises(DataError) as caught:
        Registry.load(folder)
    problem = caught.value.problems[0]
    assert (problem.file, problem.line) == (file, line)
    assert reason in problem.reason
    assert [str(p) for p in check(folder)] == str(caught.value).splitlines()


def test_the_same_act_twice_is_refused(folder: Path) -> None:
    line = (folder / "facts/PACT-P1.csv").read_text("utf-8").splitlines()[1]
    with (folder / "facts/PACT-P1.csv").open("a", encoding="utf-8") as file:
        file.write(line.replace("1998-05-02,AAA", "1998-05-02/again,AAA") + "\n")
    with pytest.raises(DataError, match=r"facts/PACT-P1\.csv:4: the same act as line 2"):
        Registry.load(folder)


def test_ratified_before_signed_is_refused(folder: Path) -> None:
    for _ in range(2):
        edit(folder / "facts/PACT.csv", "1950-11-04", "1952-11-04")
    with pytest.raises(DataError, match=r"facts/PACT\.csv:3: AAA ratified on 1951-03-08, signed only on 1952-11-04"):
        Registry.load(folder)


def test_a_missing_file_is_said(folder: Path) -> None:
    (folder / "facts/WINDOW.csv").unlink()
    with pytest.raises(DataError, match=r"facts/WINDOW\.csv"):
        Registry.load(folder)


def test_a_mark_before_the_text_and_other_line_ends_do_not_matter(folder: Path) -> None:
    named = Registry.load(folder).hash
    for file in (folder / "facts/PACT.csv", folder / "instruments.toml"):
        file.write_text("\ufeff" + file.read_text("utf-8").replace("\n", "\r\n"), "utf-8", newline="")
    assert Registry.load(folder).hash == named


@pytest.mark.parametrize("file", ["instruments.toml", "sources.csv", "states.csv", "facts/PACT.csv"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\x00", b'"'])
def test_a_file_that_is_empty_or_no_text_is_said(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)
    assert file in {p.file for p in check(folder)}


def test_a_huge_cell_is_said_with_its_line(folder: Path) -> None:
    edit(folder / "facts/PACT.csv", "list-2020,\nAAA/PACT/ratified", f"list-2020,{'x' * 200_000}\nAAA/PACT/ratified")
    found = check(folder)
    assert [(p.file, p.line) for p in found] == [("facts/PACT.csv", 2)]
    assert "quotation mark" in found[0].reason


@pytest.mark.parametrize("content", ["{broken", "[]", "{}", '{"files": 3}'])
def test_a_broken_manifest_is_found(folder: Path, content: str) -> None:
    (folder / "manifest.json").write_text(content)
    assert [(p.file, p.line) for p in check(folder)] == [("manifest.json", 0)]


LINTS = [
    ("facts/PACT-P1.csv", "1998-05-02,1998-08-01", "1998-05-02,1998-07-01", 2, "1998-08-01"),
    ("facts/PACT.csv", "ratified,1998-05-05,1998-05-05", "signed,1998-05-05,", 10, "without a beginning"),
    ("facts/PACT.csv", "ceased,2022-03-16,2022-09-16", "ceased,1990-03-16,1990-09-16", 10, "before the beginning"),
    ("facts/TREATY-22.csv", "AAA,TREATY-22", "EEE,TREATY-22", 3, "stands beside a beginning"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "reason"), LINTS, ids=[lint[4] for lint in LINTS])
def test_lints(folder: Path, file: str, old: str, new: str, line: int, reason: str) -> None:
    edit(folder / file, old, new)
    text = (folder / file).read_text("utf-8").splitlines(keepends=True)
    changed = next(n for n, row in enumerate(text) if new in row)
    cells = text[changed].split(",")
    cells[0] = f"{cells[1]}/{cells[2]}/{cells[3]}/{cells[4] or 'undated'}"
    text[changed] = ",".join(cells)
    (folder / file).write_text("".join(text), "utf-8")
    problem = next(iter(check(folder)))
    assert (problem.file, problem.line) == (file, line)
    assert reason in problem.reason


def test_a_line_out_of_order_is_found(folder: Path) -> None:
    file = folder / "facts/PACT-P1.csv"
    head, first, second = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([head, second, first, ""]), "utf-8")
    assert [(p.line, "out of order" in p.reason) for p in check(folder)] == [(3, True)]


def test_a_file_that_no_instrument_claims_is_found(folder: Path) -> None:
    shutil.copy(folder / "facts/WINDOW.csv", folder / "facts/STRAY.csv")
    assert [p.file for p in check(folder)] == ["facts/STRAY.csv"]


def test_the_package_data_has_no_problem() -> None:
    assert check() == []


def test_the_hash_names_the_rows_not_their_order(folder: Path) -> None:
    named = Registry.load(folder).hash
    file = folder / "facts/CLUB.csv"
    head, *body = file.read_text("utf-8").splitlines()
    file.write_text("\r\n".join([head, *reversed(body)]) + "\r\n", "utf-8", newline="")
    assert Registry.load(folder).hash == named
    edit(file, "1950-01-01,1950-01-01", "1950-01-01,1950-01-02")
    assert Registry.load(folder).hash != named


def test_export_can_be_loaded_again(registry: Registry, tmp_path: Path) -> None:
    for _ in range(2):
        export(registry, tmp_path / "out", "csv", DAY)
    again = Registry.load(tmp_path / "out")
    assert again.facts == registry.facts
    assert again.hash == registry.hash
    assert check(tmp_path / "out") == []
    assert json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))["registry"] == registry.hash
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_changed_file_beside_a_manifest_is_found(small: Registry, tmp_path: Path) -> None:
    export(small, tmp_path / "out", "csv", DAY)
    edit(tmp_path / "out/facts/CLUB.csv", "high", "low")
    assert [p.file for p in check(tmp_path / "out")] == ["facts/CLUB.csv"]


def test_export_leaves_a_foreign_folder_alone(small: Registry, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("keep")
    with pytest.raises(FileExistsError):
        export(small, tmp_path / "mine", "csv", DAY)
    assert (tmp_path / "mine/letter.txt").read_text() == "keep"


def test_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "registry.json"
    target.write_text("before")

    def half(made: Path) -> None:
        made.write_text("half")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        replaced(target, half)
    assert target.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["registry.json"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
@pytest.mark.parametrize("renames", [1, 2])
def test_whatever_stops_an_export_leaves_the_earlier_one(
    small: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException], renames: int
) -> None:
    export(small, tmp_path / "out", "csv", DAY)
    done = []

    def rename(old: Path, new: Path) -> None:
        done.append(new)
        if len(done) == renames:
            raise stop
        Path(old).rename(new)

    monkeypatch.setattr("os.replace", rename)
    with pytest.raises(stop):
        export(small, tmp_path / "out", "csv", DAY)
    assert Registry.load(tmp_path / "out").hash == small.hash
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(("before", "after"), [("csv", "json"), ("json", "csv")])
def test_a_file_never_takes_the_place_of_a_folder(small: Registry, tmp_path: Path, before: str, after: str) -> None:
    export(small, tmp_path / "out", before, DAY)
    with pytest.raises(FileExistsError, match="stays as it is"):
        export(small, tmp_path / "out", after, DAY)
    assert (tmp_path / "out").is_dir() == (before == "csv")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_export_into_the_folder_where_one_stands(
    small: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    export(small, Path("out/../here"), "csv", DAY)
    assert Registry.load(tmp_path / "here").hash == small.hash


def text_of(value: object) -> str:
    return ";".join(value) if isinstance(value, list | tuple) else "" if value is None else str(value)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_every_fact(registry: Registry, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out"
    export(registry, target, form, DAY)
    if form == "csv":
        rows = [r for f in (target / "facts").iterdir() for r in csv.DictReader(f.open(encoding="utf-8", newline=""))]
    elif form == "json":
        rows = json.loads(target.read_text("utf-8"))["facts"]
    elif form == "sqlite":
        base = sqlite3.connect(target)
        base.row_factory = sqlite3.Row
        rows = [dict(r) for r in base.execute("select * from facts")]
        base.close()
    else:
        rows = pytest.importorskip("pyarrow.parquet").read_table(target).to_pylist()
    names = [n for n in Fact._fields if form != "csv" or n != "known_from"]  # in the files only where it is told
    found = {r["id"]: [text_of(r[n]) for n in names] for r in rows}
    assert found == {f.id: [text_of(getattr(f, n)) for n in names] for f in registry.facts.values()}


def test_audit_counts_what_is_unverified(small: Registry) -> None:
    rows = {a.instrument: a for a in audit(small, DAY)}
    assert (rows["TREATY"].low, rows["TREATY"].low_deciding, rows["TREATY"].undated) == (3, 2, 1)
    assert not rows["TREATY-22"].complete
    assert (rows["CLUB"].rows, rows["CLUB"].count) == (6, 2)


HEAD = ",".join(COLUMNS) + "\n"
P1 = HEAD + "AAA,PACT-P1,ratified,1998-05-02,1998-08-01,,x,,,high\n"
P1 += "BBB,PACT-P1,ratified,1998-05-05,1998-08-01,,x,,,low\n"


def test_compare_finds_nothing_where_nothing_differs(small: Registry) -> None:
    assert compare(small, P1, "x.csv") == {"new": [], "changed": [], "missing": [], "periods": []}


def test_compare_tells_new_changed_missing_and_what_moves(small: Registry) -> None:
    text = P1.replace("1998-08-01,,x,,,high", "1998-09-01,,x,,,high").replace("BBB", "EEE")
    found = compare(small, text, "x.csv")
    assert [r["fact"] for r in found["changed"]] == ["AAA/PACT-P1/ratified/1998-05-02"]
    assert [r["line"] for r in found["new"]] == [3]
    assert [r["fact"] for r in found["missing"]] == ["BBB/PACT-P1/ratified/1998-05-05"]
    moves = {(m["state"], m["before"], m["after"]) for m in found["periods"]}
    assert moves == {
        ("AAA", "1998-08-01..", "1998-09-01.."),
        ("BBB", "1998-08-01..2022-09-15", "never"),
        ("EEE", "never", "1998-08-01.."),
    }


def test_compare_shows_what_moves_with_the_instrument(small: Registry) -> None:
    text = HEAD + "EEE,CLUB,acceded,2000-01-01,,,x,,,high\nEEE,CLUB,expelled,2025-01-01,2025-01-01,,x,,,high\n"
    moved = {(m["state"], m["instrument"]) for m in compare(small, text, "x.csv")["periods"]}
    assert {("EEE", "CLUB"), ("EEE", "PACT")} <= moved
    text = text.replace("EEE,CLUB,acceded,2000-01-01,", "AAA,CLUB,acceded,1950-01-01,1950-01-01").replace("EEE", "AAA")
    moved = {(m["state"], m["instrument"]) for m in compare(small, text, "x.csv")["periods"]}
    assert ("AAA", "PACT-P1") in moved


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("AAA", "Alfaland", "x.csv:2: state 'Alfaland'"),
        ("1998-05-02", "2.5.1998", "x.csv:2: act_date"),
        ("high", "sure", "x.csv:2: confidence 'sure'"),
        ("effect_date", "effect", "x.csv:1: no column effect_date"),
        (",x,,,high", ",x,,2020-13,high", "x.csv:2: source_as_of"),
        ("1998-05-02,1998-08-01", "1998-05-02", "x.csv:2: 9 cells; accepted is 10"),
        (",,x,,,high", ",,x,,,high,more", "x.csv:2: 11 cells; accepted is 10"),
        (P1.splitlines()[1] + "\n", 2 * (P1.splitlines()[1] + "\n"), "x.csv:3: the same as line 2"),
        (",,x,", "," + "n" * 200_000 + ",x,", "x.csv:2: field larger"),
    ],
)
def test_compare_refuses_what_it_cannot_read(small: Registry, old: str, new: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        compare(small, P1.replace(old, new, 1), "x.csv")


def test_compare_tells_all_that_is_wrong_at_once(small: Registry) -> None:
    with pytest.raises(DataError) as caught:
        compare(small, P1.replace("AAA", "Alfaland").replace("1998-05-05", "1998-05-55"), "x.csv")
    assert [p.line for p in caught.value.problems] == [2, 3]


def test_the_specification_tables_agree(registry: Registry, shared: Path) -> None:
    """Nothing that the tables of the specification tell about who is bound is lost in the files."""
    for name in ("africa", "americas", "council_of_europe", "other", "united_nations"):
        found = compare(registry, (shared / f"registry/{name}.csv").read_text("utf-8"), name)
        assert (found["new"], found["missing"]) == ([], [])
