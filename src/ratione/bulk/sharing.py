"""Work shared out over processes, in order: an interruption stops them all, and a lost one is told, not waited for."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from ratione.bulk import WorkerLost

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 3  # tasks for each process that are handed out before the oldest is done


def processors() -> int:
    """How many processors this process may use; 1 where it cannot fork (nor may a worker of Dask)."""
    if "fork" not in multiprocessing.get_all_start_methods() or multiprocessing.current_process().daemon:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(function: Callable[[T], R], tasks: Iterable[T], processes: int) -> Iterator[R]:
    """`function` of each task, in order, in forked processes; each task and each result is pickled.

    What `function` needs beside its task it finds as it was when the first result is asked for. With one process
    nothing is forked. Raises WorkerLost, or whatever `function` raises.
    """
    if processes < 2:
        yield from map(function, tasks)
        return
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin)
    waiting, more, over = deque[Future[R]](), iter(tasks), False
    try:
        waiting.extend(pool.submit(function, task) for task in islice(more, processes * AHEAD))
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(pool.submit(function, task) for task in islice(more, 1))
            yield found
        over = True
    except BrokenProcessPool:
        raise WorkerLost from None
    finally:
        if not over:
            for child in set(multiprocessing.active_children()) - before:
                child.terminate()
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """A worker leaves an interruption to its parent, and ends with it or when the parent ends it."""
    for number in (signal.SIGINT, signal.SIGHUP):  # where there is fork there is a hang-up
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
