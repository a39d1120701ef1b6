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

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.planes import ALL, FIRM, LEVELS
from ratione.bulk.facts.docket import Docket, of_complaints
from ratione.bulk.looks.fine import BareFine, Fine
from ratione.bulk.looks.look import Bare, Blank, Look
from ratione.bulk.looks.tables import Tables
from ratione.bulk.looks.untold import before_facts
from ratione.bulk.states.marks import Marks
from ratione.complaint.model import Complaint
from ratione.days import ALL_TIME
from ratione.fora import FORA
from ratione.rules import Forum

if TYPE_CHECKING:
    from ratione.registry import Registry

Array = Any
OPEN, ARGUABLE, UNCLEAR, NOT_YET, CLOSED = range(5)
#: Outcomes of a test by code.
OUTCOMES = ("failed", "unknown", "judgment", "met", "part")


@dataclass(slots=True)
class Verdicts:
    """Columns by case (complaint and respondent), one for each forum. Days are numbers, `NEVER` where there is none.

    `opens_on`: bits of `Tables.cures`. `tests`: outcomes by (forum, test), where they were asked for. `marks`: the fora
    whose verdicts can rest on unverified or contested facts, as `Marks` tells them.
    """

    complaint: Array
    respondent: Array
    status: Array
    opens_on: Array
    last_day: list[Array | None]
    arguable: list[Array | None]
    advise_by: list[Array | None]
    tests: dict[tuple[int, int], Array]
    marks: Array


class Kernel:
    """Compiled once for a registry, its fora and a day of asking."""

    def __init__(self, registry: Registry, on: date, fora: Iterable[Forum] = FORA, presume: bool = True) -> None:
        self.fora, self.presume = tuple(fora), presume
        if len(self.fora) > 32:
            raise ValueError(f"{len(self.fora)} fora; the kernel takes up to 32 at once")
        self.tables = Tables(registry, self.fora, on)
        self._marks = Marks(registry, self.fora, self.tables.words, self.tables.profiles)
        self._law: Tables | None = None
        self._looked = np.zeros(0, bool)

    def assess(self, docket: Docket, tests: bool = False, all_days: bool = True) -> Verdicts:
        """The verdicts of all complaints of a docket, with the outcome of every test where asked for.

        `all_days`: with arguable days and benchmarks, beside the safe last day.
        """
        if not len(docket.respondent):
            return self._nothing()
        if not tests:
            self._find_possible(docket.respondent)
        self.tables.keep_few()
        if self.tables.clocks_by_cell:
            return self._verdicts(docket, (Fine, BareFine), tests, all_days)[0]
        found, rest = self._verdicts(docket, (Look, Bare), tests, all_days)
        if len(rest):
            _overwrite(found, self._verdicts(docket.take(rest), (Fine, BareFine), tests, all_days)[0], rest)
        return found

    def _find_possible(self, states: Array) -> None:
        """Find for some States the fora that are not closed to a complaint of which nothing else is known.

        Where nothing that may still be learned opens a forum, and no deadline closed it, nothing is looked at there.
        """
        tables = self.tables
        if tables.clocks_by_cell:
            return
        if tables.possible is None or len(tables.possible) < len(tables.words.states):
            every = np.full(len(tables.words.states), ALL)
            every[: len(self._looked)] = ALL if tables.possible is None else tables.possible
            tables.possible = every
            self._looked = np.append(self._looked, np.zeros(len(every) - len(self._looked), bool))
        new = np.unique(states[~self._looked[states]])
        if not len(new):
            return
        self._law = law = self._law or Tables(
            tables.registry, tuple(before_facts(forum) for forum in self.fora), date.fromordinal(tables.on), tables
        )
        lodged = {"lodged.sent": ALL_TIME, "lodged.received": ALL_TIME}  # not told would mean today
        names = [tables.words.states.values[state] for state in new]
        made = [Complaint(name, (name,), days=lodged) for name in names]
        look = Blank(law, of_complaints(made, law.words, law.profiles, law.procedures), False)
        possible = tables.possible.copy()
        possible[new] = look.passes(0) | tables.endings(new)
        tables.possible, self._looked[new] = possible, True

    def _nothing(self) -> Verdicts:
        """The columns without a case."""
        n, codes = len(self.fora), np.zeros(0, np.uint8)
        days: list[Array | None] = [None] * n
        empty = np.zeros((0, n), np.uint8)
        tests = {(p.forum, p.index): codes for p in self.tables.tests}
        none, marks = np.zeros(0, np.int32), np.zeros(0, np.uint64)
        return Verdicts(np.zeros(0, np.int64), none, empty, empty, days, days, days, tests, marks)

    def _verdicts(
        self, docket: Docket, looks: tuple[type[Look], type[Look]], tests: bool, all_days: bool
    ) -> tuple[Verdicts, Array]:
        """The verdicts, and the complaints for which they must be found cell by cell.

        `looks`: with what is taken for granted, and with nothing.
        """
        first, bare = looks
        look = first(self.tables, docket, self.presume, tests, None, all_days)
        planes, cures = look.by_case()
        rests = ~planes[1] & look.resting & look.passes(FIRM) & self.tables.all_fora
        days, case_complaint = look.last_days(), look.rows.case_complaint
        level = planes.copy()
        closed = ~planes[1]
        unsure = np.zeros_like(rests)
        told: dict[tuple[int, int], Array] = {}
        if tests:
            again = None
            if self.presume:
                again = bare(self.tables, docket, False, tests, np.full_like(rests, ALL), base=look.base)
                unsure = rests & again.passes()
            told = self._tests(look, again)
        odd, filed = look.finer(), look.rows.filed
        del look  # before the next one takes as much memory
        if not tests and rests.any():
            unsure = self._unsure(docket, case_complaint, bare, rests)
        level[:2] |= unsure
        closed &= ~unsure
        status = sum(map(self._by_forum, level[2:LEVELS]), self._by_forum(level[1]))
        np.subtract(CLOSED, status, out=status)
        opens_on = np.zeros_like(status)
        for bit, plane in cures.items():
            opens_on |= self._by_forum(plane & closed) << np.uint8(bit)
        status -= (status < CLOSED) | (opens_on > 0)
        marks = self._marks.of(docket, filed[False], filed[True])
        found = Verdicts(case_complaint, docket.respondent, status, opens_on, *days.find(unsure), told, marks)
        return found, odd

    def _by_forum(self, plane: Array) -> Array:
        """A plane as a column of 0 and 1 for each forum."""
        found = np.unpackbits(plane.astype("<u4").view(np.uint8).reshape(-1, 4), axis=1, bitorder="little")
        return found[:, : len(self.fora)]

    def _unsure(self, docket: Docket, case_complaint: Array, bare: type[Look], rests: Array) -> Array:
        """The fora where a case that fails would not, with nothing presumed."""
        asked = np.zeros(docket.n, bool)
        asked[case_complaint[rests > 0]] = True
        case = np.flatnonzero(asked[case_complaint])
        again = bare(self.tables, docket.take(np.flatnonzero(asked)), False, False, rests[case])
        found = np.zeros_like(rests)
        found[case] = rests[case] & again.passes()
        return found

    def _tests(self, look: Look, bare: Look | None) -> dict[tuple[int, int], Array]:
        found = {}
        for placed in self.tables.tests:
            key = (placed.forum, placed.index)
            outcome = look.outcome(placed)
            if bare is not None:
                received = self.fora[placed.forum].received
                rests = (outcome == 0) & look.taken(placed.presumed, received, look.case.complaint)
                if rests.any():
                    outcome[rests & bare.test_passes(placed)] = 1
            found[key] = outcome
        return found


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
    for key, outcome in fine.tests.items():
        found.tests[key][at] = outcome
