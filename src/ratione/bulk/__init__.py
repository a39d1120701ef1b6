"""Complaints by the million: the kernel, its files, and made-up complaints (docs/bulk.md). Needs the extra `bulk`."""


class WorkerLost(RuntimeError):
    """A process ended before its work was done: it was killed, perhaps because memory ran out."""

    def __init__(self) -> None:
        super().__init__("a worker process was killed (out of memory?)")


class Unreadable(ValueError):
    """A Parquet file that is damaged or has another form than is read here; the message names the file or column."""
