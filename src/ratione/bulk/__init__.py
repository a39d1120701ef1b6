"""Complaints by the million: the kernel, its files, and made-up complaints (docs/bulk.md). Needs the extra `bulk`."""

from __future__ import annotations

from typing import Any


def assess_file(*args: Any, **options: Any) -> int:
    """Assess a Parquet file of complaints into another; see `run.assess_file`. Raises ImportError without the extra."""
    from ratione.bulk.run import assess_file as run

    return run(*args, **options)
