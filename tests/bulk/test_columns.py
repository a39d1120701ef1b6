"""Columns of Arrow in every shape, read as the same complaints are one by one; files of every make."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ratione.bulk.facts.docket import Docket, of_complaints
from ratione.bulk.kernel import Kernel
from ratione.bulk.output import in_file, table, writer
from ratione.bulk.reading.arrow import Joined, only
from ratione.bulk.reading.columns import Reading
from ratione.bulk.reading.source import tables_of
from ratione.complaint.model import DAYS
from ratione.complaint.read import from_mapping
from ratione.registry import Registry

from .made import mapping
from .test_files import same

KERNEL = Kernel(Registry.load(), date(2026, 11, 24))
TEXTS = pa.list_(pa.string())


def read(found: pa.Table) -> tuple[Docket, pa.Array, Reading]:
    reading = Reading(KERNEL.tables, "docket")
    return *reading.batch(found), reading


def one_by_one(mappings: list[dict[str, Any]]) -> Docket:
    complaints = [complaint for complaint, _ in map(from_mapping, mappings) if complaint is not None]
    known = KERNEL.tables
    return of_complaints(complaints, known.words, known.profiles, known.procedures)


def told(value: Any) -> Any:
    """A value of a mapping as Arrow may hold it: texts, and lists of texts."""
    return [str(v) for v in value] if isinstance(value, list) else str(value)


def structs(members: list[dict[str, Any]] | None) -> Any:
    return None if members is None else [{key: told(value) for key, value in m.items()} for m in members]


def nested(mappings: list[dict[str, Any]]) -> pa.Table:
    """Complaints as a table with lists wherever there can be one."""
    rows = []
    for found in mappings:
        row: dict[str, Any] = {}
        for key, value in found.items():
            if key in ("acts", "other_procedures"):
                row[key] = structs(value)
            elif isinstance(value, dict):
                row |= {f"{key}.{name}": told(inner) for name, inner in value.items()}
            else:
                row[key] = told(value)
        rows.append(row)
    columns = {}
    for name in dict.fromkeys(key for row in rows for key in row):
        values = [row.get(name) for row in rows]
        listed = next((v for v in values if v is not None), None)
        plain = pa.string() if isinstance(listed, str) else TEXTS
        columns[name] = pa.array(values, None if name in ("acts", "other_procedures") else plain)
    return pa.table(columns)


def dictionaries(values: pa.Array) -> pa.Array:
    """The same values, every text coded."""
    kind = values.type
    if pa.types.is_string(kind):
        return values.dictionary_encode()
    if pa.types.is_list(kind):
        mask = pa.array(np.append(~np.asarray(values.is_valid()), False))
        offsets = pa.array(values.offsets.to_numpy(), mask=mask.to_numpy(zero_copy_only=False))
        return pa.ListArray.from_arrays(offsets, dictionaries(values.values))
    if pa.types.is_struct(kind):
        inner = [dictionaries(values.field(n)) for n in range(kind.num_fields)]
        return pa.StructArray.from_arrays(inner, kind.names)
    return values


SHAPES = {
    "lists": lambda t: t,
    "dictionaries": lambda t: pa.table({n: dictionaries(t.column(n).combine_chunks()) for n in t.column_names}),
    "a slice": lambda t: pa.concat_tables([t, t, t]).combine_chunks().slice(len(t), len(t)),
    "chunks": lambda t: pa.concat_tables([t.slice(0, 7), t.slice(7)]),
    "large lists": lambda t: t.set_column(
        t.column_names.index("rights"), "rights", t.column("rights").cast(pa.large_list(pa.string()))
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_column_is_read_as_its_rows_are_one_by_one(shape: str) -> None:
    rng = Random(12)
    mappings = [mapping(rng, n) for n in range(250)]
    docket, ids, _ = read(SHAPES[shape](nested(mappings)))
    expected = one_by_one(mappings)
    assert ids.to_pylist() == expected.ids
    same(docket, expected)


def test_what_lies_under_a_null_is_not_read() -> None:
    mask = pa.py_buffer(np.packbits([True, False, True], bitorder="little"))
    days = pa.Array.from_buffers(pa.date32(), 3, [mask, pa.py_buffer(np.array([18000, -(2**31), 18001], np.int32))])
    places = pa.Array.from_buffers(pa.int32(), 3, [mask, pa.py_buffer(np.array([1, 99, 0], np.int32))])
    kinds = pa.DictionaryArray.from_arrays(places, pa.array(["ngo", "company"]), safe=False)
    found = pa.table(
        {"id": ["a", "b", "c"], "respondent": ["RUS"] * 3, "final_decision.taken": days, "applicant.kind": kinds}
    )
    docket, _, _ = read(found)
    dates = [date(2019, 4, 14), None, date(2019, 4, 15)]
    plain = [
        {"id": i, "respondent": "RUS"} | ({"final_decision": str(d), "applicant": k} if d else {})
        for i, d, k in zip("abc", dates, ["company", None, "ngo"], strict=True)
    ]
    same(docket, one_by_one(plain))


def test_days_of_every_type() -> None:
    days = [date(2021, 2, 3), None, date(1, 1, 1), date(9999, 12, 31)]
    plain = [{"id": str(n), "respondent": "RUS", **({"knowledge": str(d)} if d else {})} for n, d in enumerate(days)]
    expected = one_by_one(plain)
    for kind in (pa.date32(), pa.date64(), pa.timestamp("s"), pa.string()):
        values = pa.array(days, pa.date32()).cast(kind)
        docket, _, _ = read(pa.table({"id": ["0", "1", "2", "3"], "respondent": ["RUS"] * 4, "knowledge": values}))
        same(docket, expected)


def test_a_day_outside_the_calendar_is_not_told() -> None:
    values = pa.array([10_000_000, 18_000, -10_000_000], pa.int32()).cast(pa.date32())
    docket, _, _ = read(pa.table({"id": ["a", "b", "c"], "respondent": ["RUS"] * 3, "knowledge": values}))
    assert docket.days["knowledge"].told.tolist() == [False, True, False]
    same(
        docket.days["knowledge"].take(np.array([0, 2])),
        one_by_one([{"id": "a", "respondent": "RUS"}] * 2).days[DAYS[0]],
    )


def test_long_lists_lists_with_a_null_and_more_texts_than_there_are_places_for() -> None:
    rng = np.random.default_rng(3)
    joined = Joined()
    pool = [f"word {n}" for n in range(6_000)]
    for _ in range(4):
        rows = [list(rng.choice(pool, n)) if n < 9 else None for n in rng.integers(0, 10, 2_000)]
        rows[5], rows[6] = ["a", None], [None]
        places, mask, texts = joined(pa.array(rows, TEXTS))
        found = [
            texts[p] if m else None for p, m in zip(places, np.ones(2_000, bool) if mask is None else mask, strict=True)
        ]
        expected = [None if row is None or None in row else ";".join(row) for row in rows]
        assert found == expected


def test_a_filing_before_an_act_of_which_only_the_end_is_told_counts_as_unknown() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "respondent": "RUS", "acts": [{"to": "2000-01-01", "kind": kind}], "lodged.sent": "1999-01-01"}
        for kind in ("instantaneous", "continuing")
    ]
    docket, _, reading = read(nested(rows))
    same(docket, one_by_one(rows))
    assert [(r.row, r.column) for r in reading.refused.refusals] == [(1, "lodged.sent")]
    assert docket.days["lodged.sent"].told.tolist() == [False, True]


def test_a_word_in_a_list_is_told_with_its_row() -> None:
    acts = [[{"kind": "continuing"}], [], [{"kind": None}, {"kind": "contnuing"}], [{"kind": "omission"}]]
    found = pa.table({"id": ["a", "b", "c", "d"], "respondent": ["RUS"] * 4, "acts": acts})
    docket, _, reading = read(found)
    assert [(r.row, r.column, r.value) for r in reading.refused.refusals] == [(3, "acts.kind", "contnuing")]
    assert docket.acts.kind.tolist() == [2, 0, 0, 3]
    bad = pa.table({"id": ["a", "b"], "respondent": ["RUS"] * 2, "acts": [[{"from": "2020"}], [{"from": "soon"}]]})
    docket, ids, reading = read(bad)
    assert (ids.to_pylist(), docket.n, reading.refused.rows) == (["a"], 1, 1)


def test_a_column_of_wrong_words_is_counted_and_some_are_told() -> None:
    n = 500
    words = [f"kind {i}" for i in range(n)]
    _, ids, reading = read(pa.table({"id": words, "respondent": ["RUS"] * n, "applicant.kind": words}))
    assert (len(ids), reading.refused.fields["applicant.kind"]) == (n, n)
    assert [r.row for r in reading.refused.refusals] == list(range(1, 101))


def test_ids_lose_the_blanks_around_them() -> None:
    ids = ["a", " b", "c\u00a0", "été"]
    _, found, reading = read(pa.table({"id": [*ids, "  ", None], "respondent": ["RUS"] * 6}))
    assert found.to_pylist() == ["a", "b", "c", "été"]
    assert [r.row for r in reading.refused.refusals] == [5, 6]


def test_only_is_where() -> None:
    rng = np.random.default_rng(1)
    for dtype in (np.int16, np.int32, np.int64):
        values, mask = rng.integers(-900, 900, 300).astype(dtype), rng.random(300) < 0.5
        for other in (0, 7, -5):
            assert np.array_equal(only(values, mask, other), np.where(mask, values, other))
            assert only(values, mask, other).dtype == dtype
        assert only(values, None, 3) is values


# ---- files -----------------------------------------------------------------------------------------------------------
MAKES: dict[str, dict[str, Any]] = {
    "small row groups": {"row_group_size": 50},
    "no dictionaries": {"use_dictionary": False},
    "a dictionary given up": {"dictionary_pagesize_limit": 100, "data_page_size": 100, "write_batch_size": 10},
    "differences": {
        "use_dictionary": False,
        "column_encoding": {"place": "DELTA_BYTE_ARRAY", "acts.list.element.place": "DELTA_LENGTH_BYTE_ARRAY"},
    },
}


@pytest.mark.parametrize("make", MAKES)
def test_files_of_every_make_are_read_whole_and_in_order(tmp_path: Path, make: str) -> None:
    n = 1_000
    texts = [f"place {i}" for i in range(n)]
    acts = [[{"place": text, "kind": "omission"}] * (i % 3) for i, text in enumerate(texts)]
    found = pa.table({"id": texts, "place": texts, "x_note": texts, "x_row": list(range(n)), "acts": acts})
    pq.write_table(found, tmp_path / "f.parquet", **{"row_group_size": 400, **MAKES[make]})
    groups = range(pq.read_metadata(tmp_path / "f.parquet").num_row_groups)
    for rows in (64, 150, 10_000):
        read_ = list(tables_of(tmp_path / "f.parquet", groups, rows, ["x_row"]))
        assert max(map(len, read_)) <= rows
        assert [row for t in read_ for row in t.to_pylist()] == found.drop_columns(["x_note"]).to_pylist()


@pytest.mark.parametrize("level", ["verdicts", "tests", "long"])
def test_verdicts_in_a_file_are_those_in_the_table(tmp_path: Path, level: str) -> None:
    rng = Random(4)
    docket, ids, _ = read(nested([mapping(rng, n) for n in range(120)]))
    verdicts = KERNEL.assess(docket, level == "tests")
    assert len(verdicts.complaint) > docket.n  # some have several respondents
    found = table(KERNEL, verdicts, ids, level)
    assert found.column("id").to_pylist()[:: 31 if level == "long" else 1] == [
        ids[int(n)].as_py() for n in verdicts.complaint
    ]
    verdicts.status, verdicts.opens_on = np.asfortranarray(verdicts.status), np.asfortranarray(verdicts.opens_on)
    assert table(KERNEL, verdicts, ids, level).equals(found)
    verdicts.status[3, 2] = 5
    with pytest.raises(ValueError, match="5 is the code of no status"):
        table(KERNEL, verdicts, ids, level)
    schema = in_file(found.schema)
    with writer(tmp_path / "v.parquet", schema) as file:
        file.write_table(pa.Table.from_arrays(found.columns, schema=schema))
    back = pq.read_table(tmp_path / "v.parquet")
    assert back.to_pylist() == found.to_pylist()
    assert [(f.name, f.type) for f in back.schema] == [(f.name, f.type) for f in found.schema]
