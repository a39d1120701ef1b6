"""The kernel on complaints that were read one by one, and Parquet files read one by one where that is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ratione.bulk import Unreadable
from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.facts.docket import Docket, of_complaints
from ratione.bulk.kernel import Kernel, Verdicts
from ratione.bulk.moved import plain
from ratione.bulk.output import in_file, stamps, table, told_by, writer
from ratione.bulk.reading.columns import Reading
from ratione.bulk.reading.nest import ROW, is_flat, nest_all
from ratione.bulk.reading.source import reading
from ratione.bulk.run import KNOWN_ON
from ratione.complaint.columns import name_of, own, suggest
from ratione.complaint.draft import Refusal
from ratione.complaint.model import Complaint
from ratione.complaint.read import from_mapping
from ratione.files import replacing

BATCH = 8_192


class Batch(NamedTuple):
    """Some complaints with their verdicts."""

    ids: Sequence[str]
    docket: Docket
    verdicts: Verdicts

    def lodged(self) -> Any:
        """For each complaint whether it is told that it was lodged."""
        return self.docket.days["lodged.sent"].told | self.docket.days["lodged.received"].told

    def nearest(self, on: int, closed: int, n: int) -> list[tuple[int, int]]:
        """Where (case, forum) the n nearest last days of complaints not lodged stand, in the order of the batch."""
        v = self.verdicts
        never = np.full(len(v.complaint), NEVER, np.int32)
        day = np.stack([never if column is None else column for column in v.last_day], axis=1)
        kept = (v.status != closed) & (day != NEVER) & (day >= on) & ~self.lodged()[v.complaint][:, None]
        at = np.flatnonzero(kept)
        first = np.sort(at[np.argsort(day.reshape(-1)[at], kind="stable")[:n]])
        return [divmod(int(place), day.shape[1]) for place in first]


def batches(kernel: Kernel, complaints: Iterable[Complaint], level: str = "verdicts") -> Iterator[Batch]:
    """Complaints with their verdicts, batch by batch, as far as a level of output tells them."""
    tables, more = kernel.tables, iter(complaints)
    while held := list(islice(more, BATCH)):
        docket = of_complaints(held, tables.words, tables.profiles, tables.procedures)
        yield Batch(docket.ids, docket, kernel.assess(docket, *told_by(level)))


def write(path: Path, kernel: Kernel, complaints: Iterable[Complaint], level: str, source: str) -> Iterator[int]:
    """Write the verdicts of complaints to one Parquet file; yields how many there were in each batch."""
    tables = kernel.tables
    none = of_complaints([], tables.words, tables.profiles, tables.procedures)
    schema = _rows(kernel, Batch([], none, kernel.assess(none)), level).schema
    schema = in_file(schema.with_metadata(stamps(kernel, level, {"source": source})))
    with replacing(path) as temporary, writer(temporary, schema) as file:
        for batch in batches(kernel, complaints, level):
            file.write_table(pa.Table.from_arrays(_rows(kernel, batch, level).columns, schema=schema))
            yield len(batch.ids)


def _rows(kernel: Kernel, batch: Batch, level: str) -> pa.Table:
    return table(kernel, batch.verdicts, pa.array(batch.ids, pa.string()), level)


# ---- Parquet -----------------------------------------------------------------------------------------------------
def _tables(source: Path) -> Iterator[pa.Table]:
    """A Parquet file with one row for each complaint, the row of the file in a column of its own."""
    with reading(source):
        file = pq.ParquetFile(source)
        if KNOWN_ON in file.schema_arrow.names:
            raise Unreadable(
                f"{source}: the column {KNOWN_ON} is answered in Parquet only; accepted is -o FILE.parquet"
            )
        if is_flat(file.schema_arrow):
            yield from nest_all(source)
            return
        row = 1
        for batch in file.iter_batches(BATCH, use_threads=False):
            found = pa.Table.from_batches([batch])
            yield found.append_column(ROW, pa.array(np.arange(row, row + len(found))))
            row += len(found)


def complaints(source: Path) -> Iterator[Complaint | Refusal]:
    """The complaints of a Parquet file one by one, and what was refused. Raises ValueError as `assess_file` does."""
    told = False
    for found in _tables(source):
        strange = [name for name in found.column_names if name_of(name) is None and not own(name)]
        if not told:
            yield from (Refusal(source.name, None, name, "", suggest(name), False) for name in strange)
            told = True
        rows = found.column(ROW).to_pylist()
        for row, mapping in zip(rows, found.drop_columns([*strange, ROW]).to_pylist(), strict=True):
            complaint, refusals = from_mapping(plain(mapping), file=source.name, row=row)
            yield from refusals
            if complaint is not None:
                yield complaint


def of_parquet(kernel: Kernel, source: Path) -> Iterator[tuple[Batch, list[Refusal]]]:
    """The complaints of a Parquet file with their verdicts, batch by batch, and what was refused."""
    reading = Reading(kernel.tables, source.name)
    reading.refused.kept = None
    for found in _tables(source):
        reading.refused.clear()
        docket, ids = reading.batch(found, 0)
        rows = found.column(ROW).to_numpy()
        refusals = [r if r.row is None else replace(r, row=int(rows[r.row])) for r in reading.refused.refusals]
        yield Batch(ids.to_pylist(), docket, kernel.assess(docket, *told_by("verdicts"))), refusals
