"""From a Parquet file of complaints to a Parquet file, or folder of parts, of verdicts, on all cores.

The input is read in pieces of whole row groups; each gives one part, written under another name and renamed when it is
whole. A part that is there already, with the same stamps, is not made again: an interrupted run goes on where it was.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ratione import days
from ratione.bulk.kernel import Kernel
from ratione.bulk.memory import keep_memory
from ratione.bulk.output import LEVELS, in_file, stamps, table, told_by, writer
from ratione.bulk.progress import progress
from ratione.bulk.reading.columns import Reading
from ratione.bulk.reading.nest import ROW, is_flat, nested
from ratione.bulk.reading.source import reading, tables_of
from ratione.bulk.report import join, notes, noting
from ratione.bulk.sharing import in_order, processors
from ratione.complaint.draft import Refusal
from ratione.files import replacing, sweep
from ratione.fora import FORA
from ratione.registry import Registry
from ratione.rules import Forum

#: Complaints of a batch: large enough that nothing hangs on their number, small enough for the memory of a laptop.
BATCH = {"verdicts": 131_072, "tests": 16_384, "long": 16_384}
PART = 524_288
WARM = 32_768  # complaints that are assessed before a run is shared out, so that every process begins with their tables
LEARNED = 100_000  # what a kernel keeps of complaints (`Tables.learned`) before a new one takes its place
KNOWN_ON = "as_known_on"
COUNTS = "ratione.counts"  # beside the stamps of a part: what became of its complaints
SHOWN = 20
REFUSED_ROWS, INTERRUPTED = 3, 130


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every part of a run. `every`: every refusal is wanted, not only some of each batch."""

    source: str
    registry: Registry
    on: date
    fora: tuple[Forum, ...]
    presume: bool
    level: str
    more: tuple[tuple[str, Any], ...] = ()
    every: bool = False


@dataclass(slots=True)
class Done:
    """What became of some complaints: how many, how many rows and fields were refused, and those refusals kept."""

    complaints: int = 0
    refused: int = 0
    fields: int = 0
    told: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def add(self, other: Done) -> None:
        """Take in the next ones; only the first refusals stay."""
        self.complaints += other.complaints
        self.refused += other.refused
        self.fields += other.fields
        self.told += other.told
        self.refusals = [*self.refusals, *other.refusals][:SHOWN]

    def counts(self) -> str:
        """The counts, as a part keeps them."""
        return json.dumps([self.complaints, self.refused, self.fields, self.told])


@dataclass(frozen=True, slots=True)
class Part:
    """Some row groups of the input, the row with which they begin, and the file for their verdicts."""

    groups: tuple[int, ...]
    first_row: int
    rows: int
    path: Path


class Worker:
    """Turns batches into verdicts, with one kernel for each day of knowledge."""

    def __init__(self, job: Job) -> None:
        keep_memory()
        self._kernel = lru_cache(maxsize=64)(self._make)
        self._learned = 0
        self.turn_to(job)

    def turn_to(self, job: Job) -> None:
        """Read another input, with the kernels that are there: all but the input and its stamps must be the same."""
        self.job = job
        self._file = next((str(told) for key, told in job.more if key == "source"), Path(job.source).name)

    def _make(self, known: date | None) -> tuple[Kernel, Reading]:
        job = self.job
        registry = job.registry.as_known_on(known) if known else job.registry
        kernel = Kernel(registry, job.on, job.fora, job.presume)
        reading = Reading(kernel.tables)
        if job.every:
            reading.refused.kept = None
        return kernel, reading

    @property
    def kernel(self) -> Kernel:
        """The kernel for the registry as it was given."""
        return self._kernel(None)[0]

    def schema(self) -> pa.Schema:
        """The columns of the output, with its stamps."""
        empty = pa.table({"id": pa.array([], pa.string()), "respondent": pa.array([], pa.string())})
        found = self.batch(empty)[0].schema
        return found.with_metadata(stamps(self.kernel, self.job.level, dict(self.job.more)))

    def batch(self, batch: pa.Table, row: int = 1) -> tuple[pa.Table, Done]:
        """The verdicts of a batch; rows that name a day of knowledge are answered from what was known then."""
        rows = np.arange(row, row + batch.num_rows)
        if ROW in batch.column_names:
            rows = batch.column(ROW).to_numpy()
        if KNOWN_ON not in batch.column_names:
            return self._assess(batch, None, rows, row == 1)
        known = batch.column(KNOWN_ON).cast(pa.string()).to_pylist()
        groups: dict[str | None, list[int]] = {}
        for n, day in enumerate(known):
            groups.setdefault(day or None, []).append(n)
        plain = batch.drop_columns([KNOWN_ON])
        tables: list[pa.Table] = []
        done = Done()
        for day, at in groups.items():
            known_on = days.parse_day(day) if day else None
            found, more = self._assess(plain.take(pa.array(at)), known_on, rows[at], row == 1 and not tables)
            tables.append(found)
            refusals = [*done.refusals, *more.refusals]
            done.add(more)
            done.refusals = sorted(refusals, key=lambda r: r.row or 0)
        return pa.concat_tables(tables), done

    def unread(self, batch: pa.Table) -> list[Refusal]:
        """What cannot be read of a batch; its rows are counted from 0."""
        reading = self._kernel(None)[1]
        reading.refused.clear()
        reading.batch(batch.drop_columns([KNOWN_ON]) if KNOWN_ON in batch.column_names else batch, 0)
        return list(reading.refused.refusals)

    def _assess(self, batch: pa.Table, known: date | None, rows: Any, first: bool) -> tuple[pa.Table, Done]:
        """`rows`: the numbers of the rows in the file. Unknown columns are told with the `first` batch of a file."""
        if self._learned > LEARNED:
            self._begin_anew()
        kernel, reading = self._kernel(known)
        refused = reading.refused
        refused.clear()
        refused.file = self._file
        if first:
            reading.told_columns.clear()
        docket, ids = reading.batch(batch, 0)
        verdicts = kernel.assess(docket, *told_by(self.job.level))
        told = [r if r.row is None else replace(r, row=int(rows[r.row])) for r in refused.refusals]
        told = sorted((r for r in told if first or r.row is not None), key=lambda r: r.row or 0)
        done = Done(docket.n, refused.rows, refused.fields.total(), len(told), told)
        self._learned = kernel.tables.learned + reading.learned
        return table(kernel, verdicts, ids, self.job.level), done

    def _begin_anew(self) -> None:
        """Let all kernels go. They are full of circles, and one was there before the processes began (`_each`)."""
        self._kernel.cache_clear()
        self._learned = 0
        gc.unfreeze()
        gc.collect()


def write_part(worker: Worker, part: Part, schema: pa.Schema, kept: Path | None = None) -> Done:
    """Assess some row groups of the input into one file, and the refusals into another where `kept` names it."""
    done, row, schema = Done(), part.first_row, in_file(schema)
    with replacing(part.path) as temporary, noting(kept) as note, writer(temporary, schema) as file:
        for batch in tables_of(worker.job.source, part.groups, BATCH[worker.job.level], [ROW]):
            found, more = worker.batch(batch, row)
            row += len(batch)
            note(more.refusals)
            done.add(more)
            file.write_table(pa.Table.from_arrays(found.columns, schema=schema))
            del found  # not beside the verdicts of the next batch
        file.add_key_value_metadata({COUNTS: done.counts()})
    return done


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
    shard: tuple[int, int] | None = None,
    processes: int | None = None,
) -> int:
    """Assess a Parquet file of complaints into `output`: one file, or a folder of parts where there are several.

    `refused`: a CSV file for everything that could not be read. `shard` (i, n): only the i-th of n equal shares of the
    parts, for several machines; then `output` is a folder even where there is only one part. Returns an exit code: 0,
    3 where rows were refused, 130 where the run was interrupted (finished parts stay). Raises ValueError for a file
    that cannot be read, OSError where it is not there, WorkerLost where a process of its own was killed.
    """
    level = level or "verdicts"
    if level not in LEVELS:
        raise ValueError(f"level {level!r}; accepted is {', '.join(LEVELS)}")
    index, count = shard or (1, 1)
    if not 1 <= index <= count:
        raise ValueError(f"shard {index}/{count}; accepted is i/n with i from 1 to n")
    try:
        with _nested(Path(source), output) as ready:
            more = (("source", Path(source).name), ("fingerprint", fingerprint(Path(source))))
            job = Job(str(ready), registry, on or days.today(), tuple(fora), presume, level, more, refused is not None)
            return _run(job, parts(ready, output, shard), refused, processes or processors())
    except KeyboardInterrupt:
        print("stopped; the same command goes on with the parts that are missing", file=sys.stderr)
        return INTERRUPTED


@contextmanager
def _nested(source: Path, output: Path) -> Iterator[Path]:
    """The input with one row for each complaint; where it has one for each act, a temporary file that has."""
    with reading(source):
        flat = is_flat(pq.read_schema(source))
    if not flat:
        yield source
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{output.name}.", dir=output.parent) as folder:
        ready = Path(folder) / "nested.parquet"
        with reading(source):
            nested(source, ready, lambda text: print(text, file=sys.stderr))
        yield ready


def fingerprint(source: Path) -> str:
    """What tells one input file from another: its size and the end of the file, where Parquet keeps what it holds."""
    size = source.stat().st_size
    with source.open("rb") as file:
        file.seek(max(0, size - 65_536))
        return sha256(str(size).encode() + file.read()).hexdigest()[:16]


def parts(source: Path, output: Path, shard: tuple[int, int] | None = None) -> list[Part]:
    """How an input is cut into parts of about half a million rows; of a shard only its own."""
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
    index, count = shard or (1, 1)
    alone = len(cut) == 1 and shard is None
    found = [
        Part(tuple(groups), first, rows, output if alone else output / f"part-{n:05}.parquet")
        for n, (groups, first, rows) in enumerate(cut)
    ]
    return found[index - 1 :: count]


def _run(job: Job, plan: list[Part], refused: Path | None, processes: int) -> int:
    pa.set_cpu_count(1)
    worker = Worker(job)
    schema = worker.schema()
    before, waiting = Done(), []
    for part in plan:
        sweep(part.path)
        if (found := finished(part.path, schema, refused)) is None:
            waiting.append(part)
        else:
            before.add(found)
    done = Done()
    try:
        with progress(sum(p.rows for p in plan), sum(p.rows for p in plan if p not in waiting)) as told:
            for part, more in zip(waiting, _each(worker, waiting, schema, refused, processes), strict=True):
                done.add(more)
                told(part.rows)
    except BaseException:
        for part in waiting:
            sweep(part.path)
        raise
    done.add(before)
    if refused:
        join(refused, [part.path for part in plan], done.told)
    _report(done, refused)
    return REFUSED_ROWS if done.refused else 0


def finished(path: Path, schema: pa.Schema, refused: Path | None = None) -> Done | None:
    """What became of a part that is there and was made from the same input with the same tool, law, registry, options.

    Where `refused` asks for what could not be read, a part from which something was refused counts only while that is
    still kept.
    """
    if not path.is_file():
        return None
    try:
        told = pq.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return None
    if told.get(b"ratione") != schema.metadata[b"ratione"] or COUNTS.encode() not in told:
        return None
    found = Done(*json.loads(told[COUNTS.encode()]))
    if refused and found.told and not notes(refused, path).exists():
        return None
    return found


_shared: tuple[Worker, pa.Schema, Path | None] | None = None


def _make_part(part: Part) -> Done:
    assert _shared is not None
    worker, schema, refused = _shared
    return write_part(worker, part, schema, notes(refused, part.path) if refused else None)


def _each(worker: Worker, plan: list[Part], schema: pa.Schema, refused: Path | None, processes: int) -> Iterator[Done]:
    """Every part in order, in several processes where that is worth it."""
    global _shared
    _shared = worker, schema, refused
    processes = min(processes, len(plan))
    if processes > 1:
        _warm(worker, plan[0].groups)
        gc.freeze()
    return in_order(_make_part, plan, processes)


def _warm(worker: Worker, groups: Sequence[int]) -> None:
    for batch in tables_of(worker.job.source, groups[:1], WARM, [ROW]):
        worker.batch(batch)
        break


def _report(done: Done, path: Path | None) -> None:
    """How much was refused, and the first of it where it is in no file."""
    for refusal in done.refusals if path is None else ():
        print(refusal.public, file=sys.stderr)
    if done.refused or done.fields:
        where = f"; see {path}" if path else ""
        print(f"refused: {done.refused:,} rows, {done.fields:,} fields{where}", file=sys.stderr)
