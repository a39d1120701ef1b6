"""Verdicts as Arrow tables, and back again.

Three levels. `verdicts`: a row for each complaint and respondent; for each forum its status and its safe last day.
`tests`: beside them the arguable day, the benchmark, what opens the forum, and the outcome of every test, packed three
bits a test. `long`: a row for each complaint, respondent and forum, under the names of the other outputs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ratione import LAW, __version__, days
from ratione.assess.verdict import STATUSES
from ratione.bulk.arrays.calendar import EPOCH, NEVER
from ratione.bulk.kernel import OUTCOMES, Kernel, Verdicts
from ratione.bulk.states.marks import SECOND
from ratione.registry import Registry

Array = Any
LEVELS = ("verdicts", "tests", "long")
BITS = 3  # for the outcome of one test
#: Columns of each forum after its key: `ECTHR.last_day`.
LAST_DAY, ARGUABLE, ADVISE_BY, OPENS_ON, TESTS = "last_day", "last_day_arguable", "advise_by", "opens_on", "tests"
#: Marks of a row: at the level `long` yes or no, at the others the fora with `;`.
UNVERIFIED, CONTESTED = "unverified", "contested"
_STATUSES = pa.array(STATUSES)
_PAGE = 1 << 17  # rows of a page at most: one for each column of a batch


def told_by(level: str) -> tuple[bool, bool]:
    """What a level needs of the kernel: the outcome of every test, all days beside the safe last one."""
    return level == "tests", level != "verdicts"


def stamps(kernel: Kernel, level: str, more: Mapping[str, Any]) -> dict[bytes, bytes]:
    """What every file says of itself: tool, law, registry, days, fora, tests."""
    registry: Registry = kernel.tables.registry
    told = {
        "tool": __version__,
        "law": LAW,
        "registry": registry.hash,
        "on": date.fromordinal(kernel.tables.on).isoformat(),
        "as_known_on": (registry.known_on or days.today()).isoformat(),
        "presume": kernel.presume,
        "level": level,
        "fora": [forum.key for forum in kernel.fora],
        "tests": {forum.key: [test.id for test in forum.tests] for forum in kernel.fora},
        **more,
    }
    return {b"ratione": json.dumps(told, sort_keys=True).encode()}


def stamps_of(schema: pa.Schema) -> dict[str, Any]:
    """The stamps of a file. Raises ValueError where there are none."""
    told = (schema.metadata or {}).get(b"ratione")
    if told is None:
        raise ValueError("not an output of ratione: its metadata holds no stamps")
    found: dict[str, Any] = json.loads(told)
    return found


def table(kernel: Kernel, verdicts: Verdicts, ids: pa.Array, level: str) -> pa.Table:
    """The verdicts of a batch at one level."""
    if not np.array_equal(verdicts.complaint, np.arange(len(ids))):  # several respondents
        ids = ids.take(pa.array(verdicts.complaint))
    head = {"id": ids, "respondent": _states(kernel, verdicts.respondent)}
    if level == "long":
        return _long(kernel, verdicts, head)
    columns: dict[str, Any] = head | {name: _marked(kernel, bits) for name, bits in _marks(verdicts)}
    never = pa.nulls(len(ids), pa.date32())
    for f, forum in enumerate(kernel.fora):
        columns[forum.key] = _status(verdicts.status[:, f])
        columns[f"{forum.key}.{LAST_DAY}"] = _days(verdicts.last_day[f], never)
        if level == "tests":
            columns[f"{forum.key}.{ARGUABLE}"] = _days(verdicts.arguable[f], never)
            columns[f"{forum.key}.{ADVISE_BY}"] = _days(verdicts.advise_by[f], never)
            columns[f"{forum.key}.{OPENS_ON}"] = _events(kernel, verdicts.opens_on[:, f])
            columns[f"{forum.key}.{TESTS}"] = pa.array(_packed(kernel, verdicts, f))
    return pa.table(columns)


def _states(kernel: Kernel, codes: Array) -> pa.Array:
    names = pa.array([name or "" for name in kernel.tables.words.states.values])
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), names).cast(pa.string())


def _marks(verdicts: Verdicts) -> tuple[tuple[str, Array], ...]:
    """The fora as bits, by the name of their mark."""
    bits = verdicts.marks
    return (UNVERIFIED, bits.astype(np.uint32)), (CONTESTED, (bits >> np.uint64(SECOND)).astype(np.uint32))


def _marked(kernel: Kernel, bits: Array) -> pa.Array:
    """The fora of each row as text."""
    coded = pa.array(bits).dictionary_encode()
    keys = [forum.key for forum in kernel.fora]
    texts = [";".join(k for f, k in enumerate(keys) if held >> f & 1) for held in coded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(coded.indices)


def _status(codes: Array) -> pa.Array:
    own = np.ascontiguousarray(codes, np.uint8)
    if own.max(initial=0) >= len(STATUSES):  # checked here, for Arrow takes twenty times as long
        raise ValueError(f"{own.max()} is the code of no status")
    return pa.DictionaryArray.from_arrays(pa.array(own.view(np.int8)), _STATUSES, safe=False)


def _days(column: Array | None, never: pa.Array) -> pa.Array:
    """A column of days as Arrow counts them; `never` where it holds none."""
    if column is None:
        return never
    told = column != NEVER
    count = int(np.count_nonzero(told))
    if not count:
        return never
    mask = pa.py_buffer(np.packbits(told, bitorder="little")) if count < len(told) else None
    days_ = np.subtract(column, EPOCH, dtype=np.int32)
    return pa.Array.from_buffers(pa.date32(), len(told), [mask, pa.py_buffer(days_)], len(told) - count)


def _events(kernel: Kernel, bits: Array) -> pa.Array:
    """What would open the forum, as text with `;`."""
    names = kernel.tables.cures.names
    texts = [
        ";".join(sorted(n for i, n in enumerate(names) if held >> i & 1)) or None for held in range(1 << len(names))
    ]
    return pa.array(texts, pa.string()).take(pa.array(np.ascontiguousarray(bits)))


def _packed(kernel: Kernel, verdicts: Verdicts, f: int) -> Array:
    found = np.zeros(len(verdicts.status), np.uint64)
    for i in range(len(kernel.fora[f].tests)):
        found |= verdicts.tests[f, i].astype(np.uint64) << np.uint64(BITS * i)
    return found


def _long(kernel: Kernel, verdicts: Verdicts, head: dict[str, pa.Array]) -> pa.Table:
    """A row for each complaint, respondent and forum."""
    n, fora = verdicts.status.shape
    rows = pa.array(np.repeat(np.arange(n), fora))

    def each(values: Sequence[str | None]) -> pa.Array:
        codes = pa.array(np.tile(np.arange(fora, dtype=np.int8), n))
        return pa.DictionaryArray.from_arrays(codes, pa.array(values, pa.string())).cast(pa.string())

    def all_days(columns: list[Array | None]) -> pa.Array:
        empty = np.full(n, NEVER, np.int32)
        found = np.stack([empty if c is None else c for c in columns], axis=1).reshape(-1)
        return _days(found, pa.nulls(n * fora, pa.date32()))

    def each_bit(bits: Array) -> pa.Array:
        found = bits[:, None] >> np.arange(fora, dtype=np.uint32) & np.uint32(1)
        return pa.array(found.astype(bool).reshape(-1))

    return pa.table(
        {
            **{name: values.take(rows) for name, values in head.items()},
            "forum": each([forum.code for forum in kernel.fora]),
            "route": each([forum.route for forum in kernel.fora]),
            "status": _status(verdicts.status.reshape(-1)).cast(pa.string()),
            OPENS_ON: _events(kernel, verdicts.opens_on.reshape(-1)),
            LAST_DAY: all_days(verdicts.last_day),
            ARGUABLE: all_days(verdicts.arguable),
            ADVISE_BY: all_days(verdicts.advise_by),
            **{name: each_bit(bits) for name, bits in _marks(verdicts)},
        }
    )


# ---- files -----------------------------------------------------------------------------------------------------------
def in_file(schema: pa.Schema) -> pa.Schema:
    """The schema as a file holds it: it says which columns are told in every row, and keeps no mask of those."""
    always = {"id", "respondent", "forum", "status", UNVERIFIED, CONTESTED}
    told = [f.with_nullable(False) if f.name in always or pa.types.is_dictionary(f.type) else f for f in schema]
    return pa.schema(told, schema.metadata)


def writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Writes tables with the schema of `in_file`, each as a row group.

    Days are mostly distinct: as differences they are smaller and faster than in a dictionary. The least and greatest
    value of a row group help nobody but who looks for an id.
    """
    days_ = [f.name for f in schema if pa.types.is_date(f.type)]
    distinct = set(days_) if "forum" in schema.names else {*days_, "id"}
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=[name for name in schema.names if name not in distinct],
        column_encoding=dict.fromkeys(days_, "DELTA_BINARY_PACKED"),
        write_statistics=["id"],
        write_batch_size=_PAGE,
        max_rows_per_page=_PAGE,
    )


# ---- unpacking -------------------------------------------------------------------------------------------------------
def outcomes(packed: int, tests: Sequence[str]) -> dict[str, str]:
    """The outcome of every test of one forum, from the packed number of the level `tests`."""
    return {test: OUTCOMES[packed >> BITS * i & 7] for i, test in enumerate(tests)}


def outcome_sql(forum: str, test: str, told: Mapping[str, Any]) -> str:
    """The outcome of one test as an expression of DuckDB's SQL."""
    shift = BITS * told["tests"][forum].index(test)
    names = ", ".join(f"'{name}'" for name in OUTCOMES)
    return f'[{names}][(("{forum}.{TESTS}" >> {shift}) & 7)::BIGINT + 1]'


def outcome_polars(forum: str, test: str, told: Mapping[str, Any]) -> Any:
    """The outcome of one test as a Polars expression. Raises ImportError where Polars is not installed."""
    import polars as pl

    packed = pl.col(f"{forum}.{TESTS}") // 2 ** (BITS * told["tests"][forum].index(test)) % 8
    return packed.replace_strict(dict(enumerate(OUTCOMES)), return_dtype=pl.String)


def to_long(found: pa.Table) -> Iterable[dict[str, Any]]:
    """The rows of the level `verdicts` or `tests` as one record for each forum."""
    told = stamps_of(found.schema)
    for row in found.to_pylist():
        for key in told["fora"]:
            own = {name.removeprefix(f"{key}."): value for name, value in row.items() if name.startswith(f"{key}.")}
            packed = own.pop(TESTS, None)
            code, _, route = key.partition("/")
            head = {"id": row["id"], "respondent": row["respondent"], "forum": code, "route": route or None}
            marks = {name: key in row[name].split(";") for name in (UNVERIFIED, CONTESTED)}
            tests = {} if packed is None else {"tests": outcomes(packed, told["tests"][key])}
            yield {**head, "status": row[key], **own, **marks, **tests}
