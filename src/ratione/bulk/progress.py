"""Rate and time left on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(total: int | None, before: int = 0) -> Iterator[Callable[[int], None]]:
    """What is told how many complaints were done; `total` is None where nobody knows it yet."""
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
