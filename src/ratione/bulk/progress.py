"""Rate and time left on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta


@contextmanager
def progress(total: int | None, before: int = 0, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """What is told how many complaints were done; `total` is None where nobody knows it yet.

    `quiet`: nothing is shown, for what is written goes to the terminal itself.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, started, made = bar.add_task("", total=total, completed=before, rate=""), time.monotonic(), 0

        def told(rows: int) -> None:
            nonlocal made
            made += rows
            spent = max(time.monotonic() - started, 0.01)
            left = "" if total is None else f", {_left((total - before - made) * spent / max(made, 1))} left"
            bar.update(task, advance=rows, rate=f"{made / spent:,.0f} a second{left}")

        yield told


def _left(seconds: float) -> str:
    """A stretch of time as `1:02:03`."""
    return str(timedelta(seconds=max(0, round(seconds))))
