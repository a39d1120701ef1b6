"""Clocks: the tests that look at days themselves, for all spans of a batch.

What a clock comes to hangs on a few small facts (which start events count, which of its cases holds) and on days. The
facts choose a `Plan`, of which a forum has a handful; its days are worked out once for all rows that have it, and where
they are all days of the complaint once for each complaint and for all fora.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.bulk.calendar import NEVER
from ratione.bulk.frames import OF_ACT, OF_SLOT, OF_TERM, Grain, Raw
from ratione.bulk.outcome import FOR_GOOD, FOR_NOW, MET, Ends, Out
from ratione.bulk.planes import FIRM, LEVELS, TIMED
from ratione.bulk.plans import Plan
from ratione.bulk.targets import BY_TARGET
from ratione.bulk.timing import Plans
from ratione.rules import Rule

if TYPE_CHECKING:
    from ratione.bulk.look import Look
    from ratione.bulk.tables import Placed

Array = Any
_FEW = 6  # plans that are looked for one by one, not by sorting
_OF_ROWS = OF_ACT | OF_TERM | OF_SLOT | BY_TARGET | {"act"}
_DENSE = 6  # of how many complaints one must be asked for before all are worked out


@dataclass(frozen=True, slots=True)
class Held:
    """The deadlines of some cells (None: of all): those of `ends` in order, or at `index`."""

    cells: Array | None
    ends: Ends
    index: Array | None = None

    def at(self, some: Array) -> Ends:
        """The deadlines of some of the cells."""
        rows = some if self.index is None else self.index.take(some, mode="wrap")
        return self.ends.map(lambda values: values.take(rows, mode="wrap"))


class Asked(Grain):
    """Some spans, each with the term that counts for a forum; their columns are fetched when first read."""

    def __init__(self, look: Look, forum: int, at: Array, known: dict[tuple[int, bool], Out]) -> None:
        self.look, self.forum, self.at, self._of_cases = look, forum, at, known
        super().__init__(look.tables, look.rows, look.columns, at, None)
        del self.complaint, self.case, self.act, self.term, self.slot, self.span_row, self.procedures

    def __getattr__(self, name: str) -> Any:
        if name not in ("complaint", "case", "act", "term", "slot", "span_row", "procedures"):
            raise AttributeError(name)
        source = self.look.term_rows(self.forum) if name == "term" else getattr(self.look.span, name)
        found = source.take(self.at, mode="wrap")
        setattr(self, name, found)
        return found

    def take(self, at: Array) -> Asked:
        """Some of the rows."""
        return Asked(self.look, self.forum, self.at.take(at, mode="wrap"), self._of_cases)

    def _code(self, name: str) -> Array:
        if 8 * self.n > self.look.span.n:  # so many that they are worth a column for all fora
            return self.look.span.code(name, self.forum).take(self.at, mode="wrap")
        return super()._code(name)

    def answer(self, rule: Rule, received: bool) -> Out:
        """What a rule without a clock says; one on the complaint or the State alone is asked once for all fora."""
        look, key, tables = self.look, (id(rule), received), self.tables
        small = 8 * self.n < look.case.n and key not in self._of_cases
        if small or tables.names(rule) & _OF_ROWS or tables.by_forum(rule):
            return tables.keyed(self, rule, self.forum, received)
        if key not in self._of_cases:
            self._of_cases[key] = tables.keyed(look.case, rule, self.forum, received)
        return self._of_cases[key].take(self.case)


class Deadlines:
    """The clocks of one look."""

    def __init__(self, look: Look) -> None:
        self.look, self.tables = look, look.tables
        self._whole: dict[bool, Raw] = {}
        self._known: dict[tuple[Plan, bool], Out] = {}
        self._of_cases: dict[tuple[int, bool], Out] = {}

    def run(self) -> None:
        """Evaluate every clock where it can still change an answer; a forum's second one after its first."""
        waiting = list(self.tables.clocks)
        while waiting:
            first: dict[int, Placed] = {}
            for placed in waiting:
                first.setdefault(placed.forum, placed)
            self._round(list(first.values()))
            waiting = [placed for placed in waiting if placed not in first.values()]

    def _round(self, clocks: list[Placed]) -> None:
        look = self.look
        levels, there = look.cells
        asked = there if look.with_tests else look.asked(levels.planes, there)
        marks = _Marks(look.span.n)
        eighths: dict[int, Array] = {}
        for placed in clocks:
            part, bit = divmod(placed.forum, 8)
            if part not in eighths:
                eighths[part] = (asked >> np.uint32(8 * part)).astype(np.uint8)
            self._clock(placed, np.flatnonzero((eighths[part] & np.uint8(1 << bit)) != 0), marks)
        self._enter(clocks, marks)

    def _clock(self, placed: Placed, at: Array, marks: _Marks) -> None:
        look, tests = self.look, self.look.with_tests
        plans = self.tables.plans_of(placed)
        if look.bare and not tests and not plans.can_fail:
            return
        whole = np.full(look.span.n, MET, np.int8) if tests else None
        if len(at):
            asked = Asked(look, placed.forum, at, self._of_cases)
            for plan, rows in _by_plan(plans, plans.of(asked), len(at)):
                self._planned(placed, plan, asked if rows is None else asked.take(rows), marks, whole)
        if whole is not None:
            look.outs[placed.forum, placed.index] = Out(whole)

    def _planned(self, placed: Placed, plan: Plan, some: Asked, marks: _Marks, whole: Array | None) -> None:
        """Rows with one plan."""
        look, bit, cells = self.look, np.uint32(1 << placed.forum), some.at
        out, index = self._out(plan, some, self.tables.fora[placed.forum].received)
        level = out.level if index is None else out.level.take(index, mode="wrap")
        if whole is not None:
            whole[cells] = level
        if out.ends is not None and not look.bare and (look.all_days or out.ends.counts):
            look.keep_ends(placed, Held(cells, out.ends, index))
        if not placed.test.blocking:
            return
        for n in np.flatnonzero(np.bincount(level, minlength=MET)[:MET]):
            here = np.flatnonzero(level == n)
            marks.add(int(n), cells.take(here, mode="wrap"), bit)
            if n == FOR_GOOD:
                rows = here if index is None else index.take(here, mode="wrap")
                self._untimed(marks, cells, rows, here, out.ends, bit)
        if out.cures is not None and not look.bare:
            bits = np.where(level <= FOR_NOW, out.cures if index is None else out.cures.take(index, mode="wrap"), 0)
            look.add_cures(look.cells[0].cures, bits, cells, bit)

    @staticmethod
    def _untimed(marks: _Marks, cells: Array, rows: Array, here: Array, ends: Ends | None, bit: Any) -> None:
        """Note where a clock fails for good without a deadline."""
        if ends is not None:
            here = here.compress(ends.shown.take(rows, mode="wrap") == NEVER)
        if len(here):
            marks.add(TIMED, cells.take(here, mode="wrap"), bit)

    def _out(self, plan: Plan, some: Asked, received: bool) -> tuple[Out, Array | None]:
        """The outcomes of a plan in some rows, or those of all complaints, and which of these the rows have."""
        look, key = self.look, (plan, received)
        full = look.all_days and not look.bare
        if not plan.of_complaint or (key not in self._known and _DENSE * some.n < look.docket.n):
            return plan.out(Raw(some, some.forum, received), full), None
        if key not in self._known:
            if received not in self._whole:
                every = np.arange(look.docket.n)
                grain = Grain(look.tables, look.rows, look.columns, every, every)
                self._whole[received] = Raw(grain, some.forum, received)
            self._known[key] = plan.out(self._whole[received], full)
        return self._known[key], some.complaint

    def _enter(self, clocks: list[Placed], marks: _Marks) -> None:
        """Lower the planes to the levels that the clocks came to."""
        planes, rows, span = self.look.cells[0].planes, self.look.rows, self.look.span
        lower: Array = None
        for n in range(LEVELS):
            if (here := marks.planes.get(n)) is not None:
                lower = here if lower is None else np.bitwise_or(lower, here, out=lower)
            if lower is not None:
                planes[n] &= ~lower
            if n == FOR_NOW and lower is not None and not self.look.bare:
                held = np.zeros(self.look.docket.n, np.uint32)
                for placed in clocks:
                    for name in placed.presumed:
                        taken = rows.taken[self.tables.fora[placed.forum].received][name]
                        held |= taken * np.uint32(1 << placed.forum)
                planes[FIRM] &= ~lower | held.take(span.complaint, mode="wrap")
        if TIMED in marks.planes:
            planes[TIMED] &= ~marks.planes[TIMED]


class _Marks:
    """By level the fora in which clocks came to it in each row, and under `TIMED` where no deadline was the cause."""

    def __init__(self, n: int) -> None:
        self.n, self.planes = n, dict[int, Array]()

    def add(self, level: int, rows: Array, bit: Any) -> None:
        """Note a forum in some rows, each named once."""
        if level not in self.planes:
            self.planes[level] = np.zeros(self.n, np.uint32)
        plane = self.planes[level]
        held = plane.take(rows, mode="wrap")
        held |= bit
        plane[rows] = held


def _by_plan(plans: Plans, numbers: Array | None, n: int) -> Any:
    """Each plan with its rows; None for all rows."""
    if numbers is None:
        yield plans.plans[0], None
        return
    counts = np.bincount(numbers, minlength=1)
    found = np.flatnonzero(counts)
    if len(found) == 1:
        yield plans.plans[found[0]], None
    elif len(found) <= _FEW:
        for number in found:
            yield plans.plans[number], np.flatnonzero(numbers == number)
    else:
        order = np.argsort(numbers, kind="stable")
        ends = np.cumsum(counts)
        for number in found:
            yield plans.plans[number], order[ends[number] - counts[number] : ends[number]]
