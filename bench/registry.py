"""How long the registry takes to load, to ask, and to answer cold. Prints a table; sets no limit.

Run: python bench/registry.py
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ratione.registry import Registry

RATIONE = Path(sys.executable).parent / "ratione"


def best(job: Callable[[], object], times: int = 20) -> float:
    """The shortest of several runs, in seconds of this process's own work: other work on the machine does not count."""
    found = []
    for _ in range(times):
        start = time.process_time()
        job()
        found.append(time.process_time() - start)
    return min(found)


def cold(*args: str) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of one cold process."""
    child = subprocess.Popen([str(RATIONE), *args], stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    registry = Registry.load()
    rows = [
        ("load, warm", f"{1000 * best(Registry.load):.1f} ms"),
        ("all timelines of one State, fresh", f"{1000 * best(lambda: every(Registry.load())):.1f} ms with loading"),
        ("bound(), cached", f"{1e6 * best(lambda: registry.bound('RUS', 'ECHR', date(2022, 9, 15))):.1f} us"),
        ("parties(ICCPR), cached", f"{1000 * best(lambda: registry.parties('ICCPR', date(2022, 9, 15))):.1f} ms"),
        ("hash, with loading", f"{1000 * best(lambda: Registry.load().hash):.1f} ms"),
    ]
    for args in (("state", "RUS"), ("state", "RUS", "--json"), ("parties", "ECHR"), ("--version",)):
        runs = [cold(*args) for _ in range(5)]
        cpu, memory = min(r[0] for r in runs), max(r[1] for r in runs)
        rows.append((f"cold: ratione {' '.join(args)}", f"{cpu:.2f} s CPU, {memory:.0f} MB"))
    for label, value in rows:
        print(f"{label:40} {value}")


def every(registry: Registry) -> None:
    for code in registry.instruments:
        registry.timeline("RUS", code)


if __name__ == "__main__":
    main()
