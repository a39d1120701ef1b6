"""Tables with one row for each act, turned into one row for each complaint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ratione.bulk import Unreadable
from ratione.complaint.columns import name_of
from ratione.files import replacing

Array = Any
BATCH = 131_072
SHARES = 64  # files into which an unsorted table is dealt out
ROW = "x_ratione_row"  # the row of the file with which a complaint begins


def _place(column: str) -> tuple[str, str]:
    """The list to which a column belongs (empty: none), and its name there."""
    found = name_of(column)
    if found is not None and not found.number:
        for group in ("acts", "other_procedures"):
            if found.name.startswith(f"{group}."):
                return group, found.name.removeprefix(f"{group}.")
    return "", column


def is_flat(schema: pa.Schema) -> bool:
    """Whether a table tells acts or procedures in columns of their own. Raises Unreadable where also in a list."""
    flat = {_place(name)[0] for name in schema.names} - {""}
    for name in schema.names:
        found = name_of(name)
        if found is not None and found.name in flat and not pa.types.is_string(schema.field(name).type):
            raise Unreadable(f"column {name} stands beside columns of its members; accepted is the one or the others")
    return bool(flat)


def nested(source: Path, target: Path, say: Callable[[str], None]) -> None:
    """Write a table with one row for each act as one with a row for each complaint, always in the same order.

    Rows of one complaint must stand together; where they do not, the rows are dealt out by id into temporary files
    first, and that is said.
    """
    if not pq.read_metadata(source).num_rows:
        _write(target, iter([_numbered(pq.read_table(source), 1)]))
    elif _together(source):
        _write(target, _runs(_tables(source)))
    else:
        _sort(source, target, say)


def nest_all(source: Path) -> Iterator[pa.Table]:
    """The same without a file: all in memory where rows of one complaint do not stand together."""
    if pq.read_metadata(source).num_rows and _together(source):
        yield from map(nest, _runs(_tables(source)))
    else:
        numbered = _numbered(pq.read_table(source, use_threads=False), 1)
        yield nest(numbered.sort_by([("id", "ascending"), (ROW, "ascending")]))


def _sort(source: Path, target: Path, say: Callable[[str], None]) -> None:
    say(f"{source.name}: rows of one complaint do not stand together; sorting them on disk first")
    with TemporaryDirectory(dir=target.parent, prefix=".ratione-") as folder:
        _write(target, (table for path in _dealt_out(source, Path(folder)) for table in _sorted(path)))


def _id(schema: pa.Schema) -> str:
    """The column of ids, as it is written."""
    for name in schema.names:
        found = name_of(name)
        if found is not None and found.name == "id":
            return str(name)
    raise Unreadable(f"no column is called id; columns are {', '.join(sorted(schema.names))}")


def _tables(source: Path) -> Iterator[pa.Table]:
    """The batches of a file, with the number of each row and the ids as text under the name `id`."""
    row = 1
    for batch in pq.ParquetFile(source).iter_batches(BATCH):
        yield _numbered(pa.Table.from_batches([batch]), row)
        row += batch.num_rows


def _numbered(table: pa.Table, row: int) -> pa.Table:
    name = _id(table.schema)
    ids = table.column(name)
    ids = (ids.cast(pa.int64()) if pa.types.is_floating(ids.type) else ids).cast(pa.string())
    table = table.set_column(table.column_names.index(name), "id", ids)
    return table.append_column(ROW, pa.array(np.arange(row, row + len(table))))


def _together(source: Path) -> bool:
    seen: list[Array] = []
    last = None
    for batch in pq.ParquetFile(source).iter_batches(BATCH, columns=[_id(pq.read_schema(source))]):
        ids = batch.column(0).cast(pa.string())
        hashes = np.array([hash(i) for i in ids.to_pylist()], np.int64)
        begins = np.diff(hashes, prepend=last if last is not None else ~hashes[:1]) != 0
        seen.append(hashes[begins])
        last = hashes[-1:] if len(hashes) else last
    every = np.concatenate(seen) if seen else np.zeros(0, np.int64)
    return len(np.unique(every)) == len(every)


def _runs(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Tables that end where a complaint ends."""
    held: pa.Table | None = None
    for table in tables:
        joined = table if held is None else pa.concat_tables([held, table])
        last = joined.column("id")[-1]
        whole = len(joined)
        while whole and joined.column("id")[whole - 1].equals(last):
            whole -= 1
        if whole:
            yield joined.slice(0, whole)
        held = joined.slice(whole)
    if held is not None and len(held):
        yield held


def _dealt_out(source: Path, folder: Path) -> Iterator[Path]:
    """Files that hold all rows of a complaint each; which one is the same on every machine and in every run."""
    writers: dict[int, pq.ParquetWriter] = {}
    for table in _tables(source):
        ids = table.column("id").to_pylist()
        shares = np.array([crc32(i.encode()) % SHARES if i is not None else 0 for i in ids])
        for share in np.unique(shares):
            if share not in writers:
                writers[share] = pq.ParquetWriter(folder / f"{share}.parquet", table.schema)
            writers[share].write_table(table.take(pa.array(np.flatnonzero(shares == share))))
    for writer in writers.values():
        writer.close()
    for share in sorted(writers):
        yield folder / f"{share}.parquet"


def _sorted(path: Path) -> Iterator[pa.Table]:
    yield pq.read_table(path, use_threads=False).sort_by([("id", "ascending"), (ROW, "ascending")])


def _write(target: Path, tables: Iterator[pa.Table]) -> None:
    with replacing(target) as temporary:
        writer: pq.ParquetWriter | None = None
        for table in tables:
            found = nest(table)
            writer = writer or pq.ParquetWriter(temporary, found.schema)
            writer.write_table(found, row_group_size=BATCH)
        if writer is not None:
            writer.close()


def nest(table: pa.Table) -> pa.Table:
    """One row for each run of rows with the same id: acts and procedures as lists, of the rest what is told once.

    Where the rows of a complaint say different things, that counts as unknown, for nobody can say which is right.
    """
    ids = table.column("id").combine_chunks().dictionary_encode()
    codes = ids.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    begins = (np.diff(codes, prepend=-2) != 0) | (codes < 0)
    start = np.flatnonzero(begins)
    run = np.cumsum(begins) - 1
    columns: dict[str, Any] = {}
    members: dict[str, dict[str, pa.Array]] = {"acts": {}, "other_procedures": {}}
    members_told = any(_place(name)[0] == "other_procedures" for name in table.column_names)
    word = None
    for name in table.column_names:
        values = table.column(name).combine_chunks()
        group, member = _place(name)
        if name == ROW:
            columns[name] = values.take(pa.array(start))
        elif group == "acts":
            members[group][member] = values
        else:
            once = values.take(pa.array(_once(values, run, len(start))))
            if group:
                members[group][member] = once
            elif members_told and (found := name_of(name)) is not None and found.name == "other_procedures":
                word = once
            else:
                columns[name] = once
    if members["acts"]:
        columns["acts"] = _lists(members["acts"], start, len(table))
    if members["other_procedures"]:
        if word is not None:
            members["other_procedures"]["forum"] = _or_word(members["other_procedures"], word)
        columns["other_procedures"] = _lists(members["other_procedures"], np.arange(len(start)), len(start), True)
    return pa.table(columns)


def _or_word(members: dict[str, pa.Array], word: pa.Array) -> pa.Array:
    """The forum of each procedure; the word of the whole column (`none`) where nothing is told of one."""
    told = np.zeros(len(word), bool)
    for values in members.values():
        told |= np.asarray(values.is_valid())
    forum = members.get("forum", pa.nulls(len(word), pa.string()))
    return pc.if_else(pa.array(told), forum.cast(pa.string()), word.cast(pa.string()))


def _once(values: pa.Array, run: Array, n: int) -> Any:
    """For each run a row that tells the value, masked where none does or where two differ."""
    indices = _text(values).dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    told = np.flatnonzero(indices >= 0)
    low, high, row = np.full(n, 1 << 30), np.full(n, -1), np.zeros(n, np.int64)
    np.minimum.at(low, run[told], indices[told])
    np.maximum.at(high, run[told], indices[told])
    row[run[told][::-1]] = told[::-1]
    return pa.array(row, mask=(high < 0) | (low != high))


def _text(values: pa.Array) -> pa.Array:
    """Values as texts that are the same where the values are."""
    if pa.types.is_nested(values.type):
        return pa.array([None if value is None else repr(value) for value in values.to_pylist()], pa.string())
    return values.cast(pa.string())


def _lists(members: dict[str, pa.Array], start: Array, n: int, drop_empty: bool = False) -> pa.Array:
    offsets = np.append(start, n).astype(np.int32)
    structs = pa.StructArray.from_arrays(list(members.values()), list(members))
    if not drop_empty:
        return pa.ListArray.from_arrays(pa.array(offsets), structs)
    told = np.zeros(n, bool)
    for values in members.values():
        told |= np.asarray(values.is_valid())
    return pa.ListArray.from_arrays(pa.array(offsets, mask=np.append(~told, False)), structs)
