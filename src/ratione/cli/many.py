"""Many complaints at once, with the answers of few: one by one on all processors, or through the bulk kernel.

A form that tells reasons needs every test of every complaint: these are worked out one by one, shared out over
processes. A summary, and Parquet, need no more than the kernel gives.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ratione.cli.intake import Intake, is_parquet
from ratione.complaint.model import Complaint
from ratione.out.summary import Entry, Summary, entry

if TYPE_CHECKING:
    from ratione.assess.verdict import Assessor
    from ratione.bulk.kernel import Kernel
    from ratione.bulk.many import Batch
    from ratione.out.verdicts import Sink

#: From so many complaints on, processes are worth their start.
SHARED = 50
#: From so many complaints on, the kernel is worth its start.
MANY = 200
#: So many are read before the first is assessed, to know how many there are.
HELD = 20_000
TASK = 16  # complaints for one task of a process
LINES = (".jsonl", ".ndjson")


def held(intake: Intake, n: int) -> tuple[list[Complaint], Iterator[Complaint]]:
    """The first n complaints, and then all of them."""
    more = iter(intake)
    first = list(islice(more, n))
    return first, chain(first, more)


def expected(intake: Intake, first: Sequence[Complaint], n: int = HELD) -> int | None:
    """How many complaints there are, as far as can be told: where all are among the first n, or each has its line."""
    if len(first) < n:
        return len(first)
    if not all(path.endswith(LINES) and Path(path).is_file() for path in intake.paths):
        return None
    return sum(_lines(Path(path)) for path in intake.paths)


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))


# ---- one by one ----------------------------------------------------------------------------------------------------
def run(assessor: Assessor, intake: Intake, sink: Sink, summary: Summary | None = None) -> None:
    """Assess complaints into a sink (and a summary), in order; many of them in several processes."""
    first, complaints = held(intake, HELD)
    if len(first) < SHARED:
        from ratione.out import verdicts as out

        out.run(assessor, complaints, sink, summary)
        return
    from ratione.bulk.progress import progress
    from ratione.bulk.sharing import in_order, processors

    _Task.assessor, _Task.sink = assessor, sink
    tasks = iter(lambda: list(islice(complaints, TASK)), [])
    with progress(expected(intake, first), quiet=summary is None and sys.stdout.isatty()) as told:
        for made in in_order(_Task.run, tasks, processors()):
            for rows, one in made:
                sink.put(rows)
                if summary:
                    summary.take(one)
            told(len(made))
    sink.close()


class _Task:
    """What a process works on: set before it begins."""

    assessor: Any = None
    sink: Any = None

    @classmethod
    def run(cls, complaints: Sequence[Complaint]) -> list[tuple[list[Any], Entry]]:
        """The rows of some complaints, and what counts of them."""
        found = []
        for complaint in complaints:
            verdicts = cls.assessor.assess(complaint)
            found.append((cls.sink.rows(complaint, verdicts), entry(complaint, verdicts)))
        return found


# ---- through the kernel --------------------------------------------------------------------------------------------
def summarized(assessor: Assessor, intake: Intake) -> tuple[Summary, Complaint | None]:
    """The summary of all complaints, and the complaint itself where there is only one."""
    summary = Summary(assessor)
    if _rows(intake.paths) >= MANY and (kernel := kernel_of(assessor)):
        _parquet(summary, kernel, intake)
        return summary, None
    first, complaints = held(intake, MANY)
    if len(first) == MANY and (kernel := kernel_of(assessor)):
        from ratione.bulk.many import batches
        from ratione.bulk.progress import progress

        with progress(expected(intake, first, MANY)) as told:
            for batch in batches(kernel, complaints):
                count(summary, kernel, batch)
                told(len(batch.ids))
        return summary, None
    for complaint in complaints:
        summary.take(entry(complaint, assessor.assess(complaint, trace=False)))
    return summary, first[0] if len(first) == 1 and intake.count == 1 else None


def kernel_of(assessor: Assessor) -> Kernel | None:
    """The kernel with the registry, fora and day of an assessor; None without the extra."""
    try:
        from ratione.bulk.kernel import Kernel
    except ImportError:
        return None
    asked = assessor.asked
    return Kernel(asked.registry, asked.on, assessor.fora, asked.presume)


def _rows(paths: Sequence[str]) -> int:
    """How many rows some Parquet files have; 0 where others are among them."""
    if not all(map(is_parquet, paths)):
        return 0
    try:
        import pyarrow.parquet as pq
    except ImportError:
        return 0
    from ratione.bulk.reading.source import reading

    rows = 0
    for path in paths:
        with reading(path):
            rows += pq.read_metadata(path).num_rows
    return rows


def _parquet(summary: Summary, kernel: Kernel, intake: Intake) -> None:
    from ratione.bulk.many import of_parquet
    from ratione.bulk.progress import progress

    with intake.noting(), progress(_rows(intake.paths)) as told:
        for path in intake.paths:
            with intake.timing(path):
                for batch, refusals in of_parquet(kernel, Path(path)):
                    count(summary, kernel, batch)
                    intake.count += len(batch.ids)
                    for refusal in refusals:
                        intake.note(refusal)
                    told(len(batch.ids))


def count(summary: Summary, kernel: Kernel, batch: Batch) -> None:
    """Count a batch."""
    from datetime import date

    from ratione.assess.verdict import STATUSES
    from ratione.out.summary import URGENT

    verdicts, keys = batch.verdicts, [forum.key for forum in kernel.fora]
    summary.complaints += len(batch.ids)
    for f, key in enumerate(keys):
        for code, status in enumerate(STATUSES):
            summary.counts[key, status] += int((verdicts.status[:, f] == code).sum())
    on = summary.assessor.asked.on.toordinal()
    for case, f in batch.nearest(on, STATUSES.index("closed"), URGENT):
        day, id = date.fromordinal(int(verdicts.last_day[f][case])), batch.ids[int(verdicts.complaint[case])]  # type: ignore[index]
        summary.urge(id, keys[f], STATUSES[int(verdicts.status[case, f])], day)


def to_parquet(output: Path, assessor: Assessor, intake: Intake, level: str) -> bool:
    """Write the verdicts of complaints that are in no Parquet file to one; False without the extra."""
    kernel = kernel_of(assessor)
    if kernel is None:
        return False
    from ratione.bulk.many import write
    from ratione.bulk.progress import progress

    first, complaints = held(intake, HELD)
    names = ", ".join("-" if path == "-" else Path(path).name for path in intake.paths)
    with progress(expected(intake, first)) as told:
        for n in write(output, kernel, complaints, level, names):
            told(n)
    return True
