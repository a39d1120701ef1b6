"""The timing set: six fora with six tests each, simple enough to be written down for every engine.

The fora and limits look like real ones. They are there to be timed and are no statement of law. Shared by all engines,
so nothing but the standard library stands here. Where a fact is not told, a test is unknown; a verdict is the worst of
its tests; the last day is the safe one.

    bound   bound by the instrument on the day of the facts, or on the day they ended if they went on
    time    the instrument had begun to bind by that day
    limit   lodged, or asked about, within so many months of notification; where that day is not told it is not before
            the final decision, which may be enough
    right   one of the rights is heard
    same    no procedure of this kind is before, or was decided by, a body that bars
    remedies  exhausted, or ineffective
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

ON = date(2026, 6, 1)  # the day on which a complaint that is not lodged is asked about
#: From decisions of this day on, the first forum leaves four months in place of six.
SWITCH = date(2022, 2, 1)
#: Three months more where six months begin, with the day after the event, or end in this time ...
PAUSE = (date(2020, 3, 16), date(2020, 6, 15))
#: ... so that nobody who was notified later has less than these days: of an end, and of a beginning, in that time.
AFTER_PAUSE = (date(2020, 6, 16), date(2020, 12, 15))
FAR, PAST = date(9999, 12, 31), date(1, 1, 1)

STATES = [chr(65 + n // 26) + chr(65 + n % 26) + "X" for n in range(200)]
RIGHTS = [f"CRC:{n}" for n in range(1, 41)]
REMEDIES = ("exhausted", "ineffective", "pending", "not_tried")
STATUSES = ("none", "pending", "decided", "withdrawn")
BARRING = (
    "ECTHR", "IACHR", "IACTHR", "ACHPR", "ACERWC", "AFCTHPR", "ECOWASCCJ", "EACJ", "HRC", "CERD", "CAT", "CEDAW",
    "CRC", "CESCR", "CMW",
)  # fmt: skip
ELSEWHERE = (*BARRING, "SP", "WGEID", "HRCP", "UNESCO", "ECSR", "ICCOTP", "RD4U", "EU", "CPT", "OECD")


class Forum(NamedTuple):
    """A forum: its instrument, its months (and those since SWITCH), whether PAUSE counts, statuses that bar, rights."""

    code: str
    instrument: str
    months: int | None
    since: int | None
    paused: bool
    barring: tuple[str, ...]
    rights: tuple[str, ...]

    @property
    def column(self) -> str:
        """The name of the instrument in the columns of the registry."""
        return self.instrument.replace("-", "_").lower()

    @property
    def clock(self) -> str:
        """A name for the time limit: fora with the same one share its days."""
        return f"{self.months}{f'_{self.since}' if self.since else ''}{'_paused' if self.paused else ''}"


_BOTH, _PENDING = ("pending", "decided"), ("pending",)
FORA = (
    Forum("ECTHR", "ECHR", 6, 4, True, _BOTH, tuple(RIGHTS[0:18])),
    Forum("HRC", "ICCPR-OP1", 60, None, False, _PENDING, tuple(RIGHTS[0:26])),
    Forum("CAT", "CAT-22", None, None, False, _BOTH, tuple(RIGHTS[2:5])),
    Forum("CEDAW", "CEDAW-OP", None, None, False, _BOTH, tuple(RIGHTS[20:34])),
    Forum("IACHR", "ACHR", 6, None, False, _BOTH, tuple(RIGHTS[0:28])),
    Forum("ACTHPR", "ACTHPR-34-6", None, None, False, _BOTH, tuple(RIGHTS[0:36])),
)
#: Its distinct time limits, each by one forum that has it.
CLOCKS = {forum.clock: forum for forum in FORA if forum.months}
DAYS = ("facts_from", "facts_to", "final_decision", "notified", "lodged")


class Files(NamedTuple):
    """The files of the set in a folder."""

    folder: Path
    rows: int

    @property
    def complaints(self) -> Path:
        """One row for each complaint, plain columns."""
        return self.folder / f"timing-{self.rows}.parquet"

    @property
    def ours(self) -> Path:
        """The same complaints in the vocabulary of docs/bulk.md."""
        return self.folder / f"timing-{self.rows}-ratione.parquet"

    @property
    def registry(self) -> Path:
        """One row for each State; two periods of each instrument, FAR to PAST where there is none."""
        return self.folder / "timing-registry.parquet"

    def verdicts(self, engine: str) -> Path:
        """What an engine found."""
        return self.folder / f"timing-{self.rows}-{engine}.parquet"


@contextmanager
def measured(rows: int) -> Iterator[None]:
    """Print what a run took as one line of JSON: processor seconds, seconds, and the most memory held, in MB."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    told = {"rows": rows, "cpu": time.process_time() - cpu, "seconds": time.perf_counter() - wall, "peak": _peak()}
    print(json.dumps({**told, "pid": os.getpid()}))


def _peak() -> float:
    """The most memory that this process held; unlike getrusage without what it was forked from."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
