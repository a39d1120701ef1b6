"""From a Parquet file of complaints to a Parquet file, or folder of parts, of verdicts, on all cores.

The input is read in pieces of whole row groups; each gives one part, written under another name and renamed when it is
whole. A part that is there already, with the same stamps, is not made again: an interrupted run goes on where it was.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ratione import days
from ratione.bulk.columns import Reading
from ratione.bulk.files import replacing
from ratione.bulk.kernel import Kernel
from ratione.bulk.nest import is_flat, nested
from ratione.bulk.output import LEVELS, stamps, table
from ratione.complaint.draft import Refusal
from ratione.fora import FORA
from ratione.registry import Registry
from ratione.rules import Forum

BATCH = 32_768
PART = 16 * BATCH
WARM = 8_192  # complaints that are assessed before a run is shared out, so that every process begins with their tables
KNOWN_ON = "as_known_on"
SHOWN = 20
REFUSED_ROWS, INTERRUPTED = 3, 130


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every part of a run."""

    source: str
    registry: Registry
    on: date
    fora: tuple[Forum, ...]
    presume: bool
    level: str
    more: tuple[tuple[str, Any], ...] = ()


@dataclass(slots=True)
class Done:
    """What became of one part."""

    complaints: int = 0
    refused: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)

    def add(self, other: Done) -> None:
        """Take in another part."""
        self.complaints += other.complaints
        self.refused += other.refused
        self.fields += other.fields
        self.refusals += other.refusals


class Worker:
    """Turns batches into verdicts, with one kernel for each day of knowledge."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._kernel = lru_cache(maxsize=64)(self._make)

    def _make(self, known: date | None) -> tuple[Kernel, Reading]:
        job = self.job
        registry = job.registry.as_known_on(known) if known else job.registry
        kernel = Kernel(registry, job.on, job.fora, job.presume)
        return kernel, Reading(kernel.tables, Path(job.source).name)

    @property
    def kernel(self) -> Kernel:
        """The kernel for the registry as it was given."""
        return self._kernel(None)[0]

    def forget(self) -> None:
        """Forget what was refused so far."""
        self._kernel(None)[1].refused.clear()

    def schema(self) -> pa.Schema:
        """The columns of the output, with its stamps."""
        empty = pa.table({"id": pa.array([], pa.string()), "respondent": pa.array([], pa.string())})
        found = self.batch(empty)[0].schema
        return found.with_metadata(stamps(self.kernel, self.job.level, dict(self.job.more)))

    def batch(self, batch: pa.Table, row: int = 1) -> tuple[pa.Table, Done]:
        """The verdicts of a batch; rows that name a day of knowledge are answered from what was known then."""
        if KNOWN_ON not in batch.column_names:
            return self._assess(batch, None, row)
        known = batch.column(KNOWN_ON).cast(pa.string()).to_pylist()
        groups: dict[str | None, list[int]] = {}
        for n, day in enumerate(known):
            groups.setdefault(day or None, []).append(n)
        plain = batch.drop_columns([KNOWN_ON])
        tables, done = [], Done()
        for day, rows in groups.items():
            found, more = self._assess(plain.take(pa.array(rows)), days.parse_day(day) if day else None, row)
            tables.append(found)
            done.add(more)
        return pa.concat_tables(tables), done

    def _assess(self, batch: pa.Table, known: date | None, row: int) -> tuple[pa.Table, Done]:
        kernel, reading = self._kernel(known)
        refused = reading.refused
        rows, fields, told = refused.rows, Counter(refused.fields), len(refused.refusals)
        docket, ids = reading.batch(batch, row)
        verdicts = kernel.assess(docket, self.job.level == "tests")
        done = Done(docket.n, refused.rows - rows, refused.fields - fields, refused.refusals[told:])
        return table(kernel, verdicts, ids, self.job.level), done


def write_part(worker: Worker, groups: Sequence[int], first_row: int, path: Path, schema: pa.Schema) -> Done:
    """Assess some row groups of the input into one file."""
    done, row = Done(), first_row
    source = pq.ParquetFile(worker.job.source, read_dictionary=_text_columns(worker.job.source))
    with replacing(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        for batch in source.iter_batches(BATCH, row_groups=list(groups), use_threads=False):
            found, more = worker.batch(pa.Table.from_batches([batch]), row)
            row += batch.num_rows
            done.add(more)
            writer.write_table(found.cast(schema), row_group_size=BATCH)
    return done


def _text_columns(source: str) -> list[str]:
    """The columns that are read as dictionaries: plain text, save ids."""
    schema = pq.read_schema(source)
    return [f.name for f in schema if pa.types.is_string(f.type) and f.name != "id"]


# ---- a whole file ----------------------------------------------------------------------------------------------------
def assess_file(
    source: str | Path,
    output: Path,
    *,
    registry: Registry,
    on: date | None = None,
    fora: Sequence[Forum] = FORA,
    presume: bool = True,
    level: str | None = None,
    refused: Path | None = None,
    shard: tuple[int, int] = (1, 1),
    processes: int | None = None,
) -> int:
    """Assess a Parquet file of complaints into `output`: one file, or a folder of parts where there are several.

    `shard` (i, n): only the i-th of n equal shares of the parts, for several machines. Returns an exit code: 0, 3 where
    rows were refused, 130 where the run was interrupted (finished parts stay). Raises ValueError for a file that cannot
    be read, OSError where it is not there.
    """
    level = level or "verdicts"
    if level not in LEVELS:
        raise ValueError(f"level {level!r}; accepted is {', '.join(LEVELS)}")
    with _nested(Path(source), output) as ready:
        more = (("source", Path(source).name), ("fingerprint", fingerprint(Path(source))))
        job = Job(str(ready), registry, on or days.today(), tuple(fora), presume, level, more)
        plan = parts(ready, output, shard)
        return _run(job, plan, refused, processes)


@contextmanager
def _nested(source: Path, output: Path) -> Iterator[Path]:
    """The input with one row for each complaint; where it has one for each act, a temporary file that has."""
    if not is_flat(pq.read_schema(source)):
        yield source
        return
    ready = output.with_name(f".{output.name}.nested")
    try:
        nested(source, ready, lambda text: print(text, file=sys.stderr))
        yield ready
    finally:
        ready.unlink(missing_ok=True)


def fingerprint(source: Path) -> str:
    """What tells one input file from another: its size and the end of the file, where Parquet keeps what it holds."""
    size = source.stat().st_size
    with source.open("rb") as file:
        file.seek(max(0, size - 65_536))
        return sha256(str(size).encode() + file.read()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Part:
    """Some row groups of the input, the row with which they begin, and the file for their verdicts."""

    groups: tuple[int, ...]
    first_row: int
    rows: int
    path: Path


def parts(source: Path, output: Path, shard: tuple[int, int] = (1, 1)) -> list[Part]:
    """How an input is cut into parts of about a million rows; of a shard only its own."""
    metadata = pq.read_metadata(source)
    cut: list[tuple[list[int], int, int]] = []
    row = 1
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if not cut or cut[-1][2] + rows > PART:
            cut.append(([], row, 0))
        groups, first, held = cut[-1]
        cut[-1] = ([*groups, group], first, held + rows)
        row += rows
    cut = cut or [([], 1, 0)]
    index, count = shard
    alone = len(cut) == 1 and count == 1
    found = [
        Part(tuple(groups), first, rows, output if alone else output / f"part-{n:05}.parquet")
        for n, (groups, first, rows) in enumerate(cut)
    ]
    return found[index - 1 :: count]


def _run(job: Job, plan: list[Part], refused: Path | None, processes: int | None) -> int:
    pa.set_cpu_count(1)
    worker = Worker(job)
    schema = worker.schema()
    for part in plan:
        part.path.parent.mkdir(parents=True, exist_ok=True)
    waiting = [part for part in plan if not _finished(part.path, schema)]
    done = Done()
    with _progress(sum(p.rows for p in plan), sum(p.rows for p in plan if p not in waiting)) as told:
        try:
            for part, more in _each(worker, waiting, schema, processes or len(os.sched_getaffinity(0))):
                done.add(more)
                told(part.rows)
        except KeyboardInterrupt:
            print("stopped; the same command goes on with the parts that are missing", file=sys.stderr)
            return INTERRUPTED
    _report(done, refused)
    return REFUSED_ROWS if done.refused else 0


def _finished(path: Path, schema: pa.Schema) -> bool:
    """Whether a part is there and was made from the same input with the same tool, law, registry and options."""
    if not path.is_file():
        return False
    try:
        return bool((pq.read_schema(path).metadata or {}).get(b"ratione") == schema.metadata[b"ratione"])
    except (OSError, pa.ArrowInvalid):
        return False


_worker: Worker | None = None


def _make_part(task: tuple[Part, pa.Schema]) -> tuple[Part, Done]:
    assert _worker is not None
    part, schema = task
    return part, write_part(_worker, part.groups, part.first_row, part.path, schema)


def _each(worker: Worker, plan: list[Part], schema: pa.Schema, processes: int) -> Iterator[tuple[Part, Done]]:
    """Every part as it is finished, in several processes where that is worth it."""
    global _worker
    _worker = worker
    tasks = [(part, schema) for part in plan]
    processes = min(processes, len(plan))
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(_make_part, tasks)
        return
    _warm(worker)
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap_unordered(_make_part, tasks)


def _warm(worker: Worker) -> None:
    source = pq.ParquetFile(worker.job.source, read_dictionary=_text_columns(worker.job.source))
    for batch in source.iter_batches(WARM, use_threads=False):
        worker.batch(pa.Table.from_batches([batch]))
        break
    worker.forget()


@contextmanager
def _progress(total: int, before: int) -> Iterator[Callable[[int], None]]:
    """Rate and time left on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]} a second"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, started, made = bar.add_task("", total=total, completed=before, rate="?"), time.monotonic(), 0

        def told(rows: int) -> None:
            nonlocal made
            made += rows
            bar.update(task, advance=rows, rate=f"{made / max(time.monotonic() - started, 0.01):,.0f}")

        yield told


def _report(done: Done, path: Path | None) -> None:
    """What was refused: into a file, or the first of it on standard error."""
    if path and done.refusals:
        import csv

        with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["file", "row", "column", "value", "reason", "refused"])
            for r in done.refusals:
                writer.writerow([r.file, r.row or "", r.column, r.value, r.reason, "row" if r.whole else "field"])
    for refusal in done.refusals[: 0 if path else SHOWN]:
        shown = f"{refusal.file}, row {refusal.row}, {refusal.column}: {refusal.reason}"
        print(f"{shown} ({'row refused' if refusal.whole else 'counts as unknown'})", file=sys.stderr)
    if done.refused or done.fields:
        where = f"; see {path}" if path else ""
        print(f"refused: {done.refused:,} rows, {sum(done.fields.values()):,} fields{where}", file=sys.stderr)


def rows_of(paths: Sequence[Path]) -> int:
    """The number of rows of several files."""
    return int(np.sum([pq.read_metadata(path).num_rows for path in paths]))
