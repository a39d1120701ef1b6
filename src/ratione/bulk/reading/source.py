"""A Parquet file of complaints as tables: texts as dictionaries, and nothing read that is not used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ratione.bulk import Unreadable
from ratione.complaint.columns import own

#: Encodings of texts that Arrow can read as dictionaries.
_READY = frozenset({"PLAIN", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "RLE", "BIT_PACKED"})


@contextmanager
def reading(path: str | Path) -> Iterator[None]:
    """Name a file that Arrow cannot read: Arrow does not, and what it says may hold a piece of the content."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise Unreadable(f"{path}: not Parquet that can be read; it may be damaged, or cut short") from None


def tables_of(path: str | Path, groups: Sequence[int], rows: int, kept: Sequence[str] = ()) -> Iterator[pa.Table]:
    """Some row groups of a file as tables of at most `rows` rows, in order.

    `kept`: columns of the user's own that are read all the same.
    """
    with reading(path):
        plain = pq.ParquetFile(path)
        metadata = plain.metadata
        coded = pq.ParquetFile(path, read_dictionary=_texts(metadata, groups), metadata=metadata)
        columns = [name for name in plain.schema_arrow.names if name in kept or not own(name)]
        for run in _runs(metadata, groups, rows):
            # Arrow reads dictionaries inside lists from one row group only
            file = coded if len(run) == 1 else plain
            if sum(metadata.row_group(group).num_rows for group in run) <= rows:
                # what Arrow needs for reading is free again while the table is worked on
                yield file.read_row_groups(run, columns=columns, use_threads=False)
                continue
            for batch in file.iter_batches(rows, row_groups=run, columns=columns, use_threads=False):
                yield pa.Table.from_batches([batch])


def _runs(metadata: pq.FileMetaData, groups: Sequence[int], rows: int) -> Iterator[list[int]]:
    """Large row groups by themselves, small ones together, as far as they fit one table."""
    run: list[int] = []
    held = 0
    for group in groups:
        more = metadata.row_group(group).num_rows
        if run and held + more > rows:
            yield run
            run, held = [], 0
        run.append(group)
        held += more
    if run:
        yield run


def _texts(metadata: pq.FileMetaData, groups: Sequence[int]) -> list[str]:
    """The columns of text save the ids, in lists and structs too, that can be read as dictionaries."""
    columns = [metadata.schema.column(n) for n in range(metadata.num_columns)]
    return [
        column.path
        for n, column in enumerate(columns)
        if column.logical_type.type == "STRING"
        and column.path.strip().casefold() != "id"
        and all(_READY.issuperset(metadata.row_group(group).column(n).encodings) for group in groups)
    ]
