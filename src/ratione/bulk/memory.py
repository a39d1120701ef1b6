"""Memory that stays with a process which works on arrays batch after batch."""

from __future__ import annotations

import ctypes
from functools import cache

import pyarrow as pa

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of mallopt(3)


@cache
def keep_memory() -> None:
    """Keep what is freed for the arrays of the next batch, where the C library can (glibc).

    Else each large array would be given back at once, and every page of the next one be asked for and cleared again:
    a third of the time for reading. Arrow takes from the same memory then, and keeps none of its own beside it.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(_MMAP_THRESHOLD, 1 << 25)
    mallopt(_TRIM_THRESHOLD, 1 << 28)
    pa.set_memory_pool(pa.system_memory_pool())
