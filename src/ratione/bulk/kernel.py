"""The bulk kernel: a batch of complaints in, every verdict out, in whole columns.

The reference is `assess`: the same tables of law, the same answers. A batch is looked at twice: with what law.md A.6
takes for granted, and with nothing, for nothing presumed may be the cause of a failure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.assess.verdict import PRESUMED_FOR
from ratione.bulk.calendar import LAST, NEVER
from ratione.bulk.docket import Docket
from ratione.bulk.look import Look
from ratione.bulk.outcome import FOR_NOW, JUDGMENT, MET, UNKNOWN
from ratione.bulk.rows import PRESUMED
from ratione.bulk.tables import Tables
from ratione.fora import FORA
from ratione.rules import Forum, reads

if TYPE_CHECKING:
    from ratione.registry import Registry

Array = Any
OPEN, ARGUABLE, UNCLEAR, NOT_YET, CLOSED = range(5)
#: Outcomes of a test by code.
OUTCOMES = ("failed", "unknown", "judgment", "met", "part")
PART = 4
_BY_LEVEL = np.array([0, 0, 1, 2, 3], np.uint8)


@dataclass(slots=True)
class Verdicts:
    """Columns by case (complaint and respondent), one for each forum. Days are numbers, `NEVER` where there is none.

    `opens_on`: bits of `Tables.cures`. `tests`: outcomes by (forum, test), where they were asked for.
    """

    complaint: Array
    respondent: Array
    status: Array
    opens_on: Array
    last_day: list[Array | None]
    arguable: list[Array | None]
    advise_by: list[Array | None]
    tests: dict[tuple[int, int], Array]


class Kernel:
    """Compiled once for a registry, its fora and a day of asking."""

    def __init__(
        self, registry: Registry, on: date, fora: Iterable[Forum] = FORA, presume: bool = True
    ) -> None:
        self.fora, self.presume = tuple(fora), presume
        if len(self.fora) > 32:
            raise ValueError(f"{len(self.fora)} fora; the kernel takes up to 32 at once")
        self.tables = Tables(registry, self.fora, on)
        self._presumed = [_presumed_by(frozenset().union(*(reads(t.rule) for t in f.tests))) for f in self.fora]
        self._presumed_by_test = {
            (p.forum, p.index): _presumed_by(reads(p.test.rule)) for p in self.tables.tests
        }

    def assess(self, docket: Docket, tests: bool = False) -> Verdicts:
        """The verdicts of all complaints of a docket, with the outcome of every test where asked for."""
        look = Look(self.tables, docket, self.presume, fine=tests)
        rest = look.finer()
        if not len(rest) or tests:
            return self._verdicts(look, tests)
        found = self._verdicts(look, False)
        fine = self._verdicts(Look(self.tables, docket.take(rest), self.presume, fine=True), False)
        _overwrite(found, fine, rest)
        return found

    def _verdicts(self, look: Look, tests: bool) -> Verdicts:
        rows = look.rows
        case_complaint = rows.case_complaint
        level, cures = look.by_case()
        bare = Look(self.tables, rows.docket, False, look.fine) if self.presume else None
        status = self._status(look, level, cures, bare)
        last, arguable, advice = look.last_days()
        found = Verdicts(
            case_complaint, rows.docket.respondent, status, np.where(status == NOT_YET, cures, 0).astype(np.uint8),
            last, arguable, advice, {},
        )  # fmt: skip
        if tests:
            found.tests = self._tests(look, bare)
        return found

    def _taken(self, look: Look, names: tuple[frozenset[str], ...] | frozenset[str], received: bool) -> Array:
        """Whether any of these presumptions was made, by case."""
        taken = look.rows.taken[received]
        found = np.zeros(look.rows.docket.n, bool)
        for name in names:
            found |= taken[str(name)]
        return found[look.rows.case_complaint]

    def _status(self, look: Look, level: Array, cures: Array, bare: Look | None) -> Array:
        status = np.array([CLOSED, CLOSED, UNCLEAR, ARGUABLE, OPEN], np.uint8)[level]
        failed = level <= FOR_NOW
        status[failed & (cures > 0)] = NOT_YET
        if bare is not None:
            for f, forum in enumerate(self.fora):
                rests = failed[:, f] & self._taken(look, self._presumed[f], forum.received)
                if rests.any():
                    status[rests & ~bare.fails()[:, f], f] = UNCLEAR
        return status

    def _tests(self, look: Look, bare: Look | None) -> dict[tuple[int, int], Array]:
        found = {}
        for placed in self.tables.tests:
            key = (placed.forum, placed.index)
            outcome = look.outcome(placed)
            if bare is not None:
                received = self.fora[placed.forum].received
                rests = (outcome == 0) & self._taken(look, self._presumed_by_test[key], received)
                if rests.any():
                    outcome[rests & ~bare.test_fails(placed)] = 1
            found[key] = outcome
        return found


def _presumed_by(read: frozenset[str]) -> frozenset[str]:
    """The presumptions on which a rule with these variables can rest."""
    return frozenset(name for name in PRESUMED if read & PRESUMED_FOR[name])


def _overwrite(found: Verdicts, fine: Verdicts, complaints: Array) -> None:
    """Put the verdicts of some complaints in the place of those found before."""
    at = np.flatnonzero(np.isin(found.complaint, complaints))
    found.status[at], found.opens_on[at] = fine.status, fine.opens_on
    for name in ("last_day", "arguable", "advise_by"):
        columns, others = getattr(found, name), getattr(fine, name)
        for f, other in enumerate(others):
            if other is None and columns[f] is None:
                continue
            if columns[f] is None:
                columns[f] = np.full(len(found.complaint), NEVER, np.int32)
            columns[f][at] = NEVER if other is None else other


__all__ = ["JUDGMENT", "LAST", "MET", "UNKNOWN", "Kernel", "Verdicts"]
