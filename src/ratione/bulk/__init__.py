"""Complaints by the million: the kernel, its files, and made-up complaints (docs/bulk.md). Needs the extra `bulk`."""

from __future__ import annotations

from typing import Any


class WorkerLost(RuntimeError):
    """A process ended before its work was done: it was killed, perhaps because memory ran out."""

    def __init__(self) -> None:
        super().__init__("a worker process was killed (out of memory?)")


class Unreadable(ValueError):
    """A Parquet file that is damaged or has another form than is read here; the message names the file or column."""


def assess_file(*args: Any, **options: Any) -> int:
    """Assess a Parquet file of complaints into another; see `run.assess_file`. Raises ImportError without the extra."""
    from ratione.bulk.run import assess_file as run

    return run(*args, **options)
