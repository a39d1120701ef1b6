"""Complaints by the million: the kernel, its files, and made-up complaints (docs/bulk.md). Needs the extra `bulk`."""


class WorkerLost(RuntimeError):
    """A process ended before its work was done: it was killed, perhaps because memory ran out."""

    def __init__(self) -> None:
        super().__init__("a worker process was killed (out of memory?)")
