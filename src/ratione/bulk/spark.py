"""The kernel on a Spark cluster: Spark hands out files, or batches of a table, and the kernel does the rest.

Needs the extra `spark` (PySpark 4, Java 17) on the driver and `bulk` on every worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ratione.bulk.reading.nest import is_flat
from ratione.bulk.report import join, notes, record
from ratione.bulk.run import Job, Part, Worker, fingerprint, finished, parts, write_part
from ratione.files import sweep
from ratione.fora import FORA
from ratione.registry import Registry

#: The columns of `refused_in_table`.
REFUSED = ("id", "column", "value", "reason", "refused")
_workers: dict[tuple[Any, ...], Worker] = {}


def _worker(source: str, options: dict[str, Any]) -> Worker:
    """The worker of this process, made once for all inputs with the same options."""
    key = tuple((name, str(options[name])) for name in sorted(options) if name != "fingerprint")
    registry = _registry(options["registry"], options["known_on"])
    more = (("source", Path(source).name), ("fingerprint", options["fingerprint"]))
    job = Job(
        source,
        registry,
        options["on"],
        FORA,
        options["presume"],
        options["level"],
        more,
        options["refused"] is not None,
    )
    if key not in _workers:
        _workers[key] = Worker(job)
    _workers[key].turn_to(job)
    return _workers[key]


@lru_cache(maxsize=4)
def _registry(path: str | None, known: date | None) -> Registry:
    registry = Registry.load(path)
    return registry.as_known_on(known) if known else registry


def assess_files(
    session: Any,
    sources: Sequence[str | Path],
    output: Path,
    *,
    on: date,
    registry: str | None = None,
    known_on: date | None = None,
    presume: bool = True,
    level: str = "verdicts",
    refused: Path | None = None,
) -> int:
    """Assess Parquet files that every worker can read into parts below `output`; how many complaints there were.

    Each part is written under another name and renamed: a task that is lost and run again leaves one part, not two,
    and the same call goes on where an earlier one stopped. `registry`: a folder that every worker can read (None: that
    of the package). `refused`: a CSV file for what could not be read, in a folder that every worker can write. Raises
    ValueError for a file with one row for each act (`nest.nested` makes one with a row for each complaint of it), or
    where two files have the same name.
    """
    tasks: list[tuple[str, dict[str, Any], Part]] = []
    for path in map(Path, sources):
        if is_flat(pq.read_schema(path)):
            raise ValueError(f"{path}: one row for each act; accepted is one for each complaint")
        options = {
            "on": on, "registry": registry, "known_on": known_on, "presume": presume, "level": level,
            "fingerprint": fingerprint(path), "refused": refused,
        }  # fmt: skip
        for n, part in enumerate(parts(path, output / path.stem)):
            made = replace(part, path=output / path.stem / f"part-{n:05}.parquet")
            tasks.append((str(path), options, made))
    made_of = {part.path: source for source, _, part in tasks}
    for source, _, part in tasks:
        if made_of[part.path] != source:
            raise ValueError(f"{source} and {made_of[part.path]} have the same name; accepted is one file of each name")
    if not tasks:
        return 0
    counts = session.sparkContext.parallelize(tasks, len(tasks)).map(_task).collect()
    for _, _, part in tasks:
        sweep(part.path)
    if refused:
        join(refused, [part.path for _, _, part in tasks], sum(told for _, told in counts))
    return int(sum(complaints for complaints, _ in counts))


def _task(task: tuple[str, dict[str, Any], Part]) -> tuple[int, int]:
    """How many complaints a part has, and how many refusals."""
    source, options, part = task
    pa.set_cpu_count(1)
    worker, refused = _worker(source, options), options["refused"]
    schema = worker.schema()
    done = finished(part.path, schema, refused)
    if done is None:
        done = write_part(worker, part, schema, notes(refused, part.path) if refused else None)
    return done.complaints, done.told


def assess_table(
    frame: Any, *, on: date, registry: str | None = None, presume: bool = True, level: str = "verdicts"
) -> Any:
    """The verdicts of a Spark table of complaints (one row each) as a Spark table, for data that is in no file.

    A row that cannot be read is left out; which these are, `refused_in_table` tells.
    """
    options = _of_table(on, registry, presume, level)
    schema = _plain(_worker("", options).schema())

    def verdicts(worker: Worker, batch: pa.Table) -> pa.Table:
        return worker.batch(batch)[0].cast(schema)

    return _mapped(frame, options, verdicts, schema)


def refused_in_table(frame: Any, *, on: date, registry: str | None = None) -> Any:
    """What `assess_table` cannot read of a Spark table, as a Spark table with the columns of `REFUSED`.

    `refused` is `row` where the complaint is left out, `field` where a value counts as unknown; `id` is null where it
    is a whole column.
    """
    options = _of_table(on, registry, True, "verdicts") | {"refused": "all"}
    schema = pa.schema([(name, pa.string()) for name in REFUSED])

    def unread(worker: Worker, batch: pa.Table) -> pa.Table:
        ids = batch.column("id").cast(pa.string()).to_pylist()
        rows = [(None if r.row is None else ids[r.row], *record(r)[2:]) for r in worker.unread(batch)]
        return pa.table({name: [row[n] for row in rows] for n, name in enumerate(REFUSED)}, schema=schema)

    return _mapped(frame, options, unread, schema)


def _of_table(on: date, registry: str | None, presume: bool, level: str) -> dict[str, Any]:
    return {
        "on": on, "registry": registry, "known_on": None, "presume": presume, "level": level, "fingerprint": "",
        "refused": None,
    }  # fmt: skip


def _mapped(
    frame: Any, options: dict[str, Any], made: Callable[[Worker, pa.Table], pa.Table], schema: pa.Schema
) -> Any:
    """What is made of each batch of a Spark table, as a Spark table."""
    names = list(frame.columns)
    numbered = frame.toDF(*(f"c{n}" for n in range(len(names))))  # Spark takes a dot in a name for a member of a struct

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        worker = _worker("", options)
        for batch in batches:
            yield from made(worker, pa.Table.from_batches([batch]).rename_columns(names)).to_batches()

    return numbered.mapInArrow(run, _ddl(schema))


def _plain(schema: pa.Schema) -> pa.Schema:
    """A schema without dictionaries, which Spark does not know."""
    fields = [pa.field(f.name, pa.string()) if pa.types.is_dictionary(f.type) else f for f in schema]
    return pa.schema([pa.field(f.name, pa.int64()) if f.type == pa.uint64() else f for f in fields])


def _ddl(schema: pa.Schema) -> str:
    """A schema in Spark's words."""
    names = {pa.string(): "string", pa.date32(): "date", pa.int64(): "bigint", pa.bool_(): "boolean"}
    return ", ".join(f"`{f.name}` {names[f.type]}" for f in schema)
