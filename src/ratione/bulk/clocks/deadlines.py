"""Clocks: the tests that look at days themselves, for all spans of a batch.

What a clock comes to hangs on a few small facts (which start events count, which of its cases holds) and on days. The
facts choose a `Plan`, of which a forum has a handful; its days are worked out once for all rows that have it, and where
they are all days of the complaint once for each complaint and for all fora.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER, Four
from ratione.bulk.arrays.outcome import FOR_GOOD, FOR_NOW, MET, UNKNOWN, Ends, Held, Out, in_turn
from ratione.bulk.arrays.planes import FIRM, LEVELS, TIMED
from ratione.bulk.clocks.asked import Asked
from ratione.bulk.clocks.plans import Looked, Plan, leaves
from ratione.bulk.clocks.timing import OF_COMPLAINT, Clocks, Plans
from ratione.bulk.rows.frames import Raw, Span
from ratione.bulk.rows.grains import Grain
from ratione.bulk.rows.layout import Layout
from ratione.bulk.rules.frame import Frame
from ratione.bulk.rules.placed import Placed
from ratione.rules import Clock, Start

Array = Any
_FEW = 6  # plans that are looked for one by one, not by sorting
_DENSE = 6  # of how many complaints one must be asked for before all are worked out


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows in a row that have one plan. `whole`: these are looked up, not worked out."""

    plan: Plan
    begin: int
    end: int
    whole: bool


class Stretches:
    """The rows of one test by plan. The last days of a start event are worked out once for all plans that have it."""

    def __init__(self, plans: Plans, asked: Asked, stretches: list[Stretch], every: Raw) -> None:
        self.asked, self.every, self._plans = asked, every, plans
        self._open = [stretch for stretch in stretches if not stretch.whole]
        self._known: dict[int, tuple[Array, ...]] = {}
        self._spans: dict[str, Span] = {}
        self._n = max((stretch.end for stretch in self._open), default=0)

    def frame(self, stretch: Stretch) -> Frame:
        """The rows of one plan."""
        if any(isinstance(leaf, Looked) for leaf in leaves(stretch.plan)):
            rows = np.arange(stretch.begin, stretch.end)
            return Raw(self.asked.take(rows), self.asked.forum, self.every.received)
        return Part(self, stretch)

    def last_days(self, clock: Clock, start: Start) -> tuple[Array, ...]:
        """The last days that a start event gives, in the rows whose plan has it."""
        key = self.asked.tables.traits.start_number(clock, start)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._last_days(key, clock, start)
        return found

    def _last_days(self, key: int, clock: Clock, start: Start) -> tuple[Array, ...]:
        parts = [(one.begin, one.end) for one in self._open if key in self._plans.starts(one.plan)]
        rows = np.concatenate([np.arange(begin, end) for begin, end in parts])
        if {start.day, *start.by} <= OF_COMPLAINT and _DENSE * len(rows) >= self.every.n:
            complaint = self.asked.look.span.complaint.take(self.asked.at.take(rows, mode="wrap"), mode="wrap")
            four = [days.take(complaint, mode="wrap") for days in self.every.last_days(clock, start)]
        else:
            some = Raw(self.asked.take(rows), self.asked.forum, self.every.received)
            four = list(some.last_days(clock, start))
        if len(rows) == self._n:
            return tuple(four)
        found, place = tuple(np.empty(self._n, np.int32) for _ in four), 0
        for begin, end in parts:
            for whole, own in zip(found, four, strict=True):
                whole[begin:end] = own[place : place + end - begin]
            place += end - begin
        return found

    def span(self, name: str) -> Span:
        """A day, in all rows that are worked out."""
        if name not in self._spans:
            rows = self.asked if self._n == self.asked.n else self.asked.take(np.arange(self._n))
            self._spans[name] = rows.span(name, self.asked.forum, self.every.received)
        return self._spans[name]


class Part(Frame):
    """The rows of one plan."""

    def __init__(self, shared: Stretches, stretch: Stretch) -> None:
        super().__init__()
        self.shared, self.stretch, self.n = shared, stretch, stretch.end - stretch.begin

    def last_days(self, clock: Clock, start: Start) -> Four:
        """The last days that a start event gives."""
        begin, end = self.stretch.begin, self.stretch.end
        one, two, three, four = self.shared.last_days(clock, start)
        return one[begin:end], two[begin:end], three[begin:end], four[begin:end]

    def span(self, name: str) -> Span:
        """A day, as its first and last possible day."""
        first, last = self.shared.span(name)
        return first[self.stretch.begin : self.stretch.end], last[self.stretch.begin : self.stretch.end]


class Deadlines:
    """The clocks of one look."""

    def __init__(self, look: Layout, clocks: Clocks) -> None:
        self.look, self.tables, self._clocks = look, look.tables, clocks
        self._whole: dict[bool, Raw] = {}
        self._known: dict[tuple[int, bool], Out] = {}
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
        plans = self._clocks.of(placed)
        if look.bare and not tests and not plans.can_fail:
            return
        whole = np.full(look.span.n, MET, np.int8) if tests else None
        if len(at):
            asked = Asked(look, placed.forum, at, self._of_cases)
            order, stretches = self._in_order(placed, plans, plans.of(asked), len(at))
            asked = asked if order is None else asked.take(order)
            shared = Stretches(plans, asked, stretches, self._whole_of(placed.forum))
            for cells, out, index in self._outs(placed, shared, stretches):
                self._take_in(placed, cells, out, index, marks, whole)
        if whole is not None:
            look.outs[placed.forum, placed.index] = Out(whole)

    def _in_order(
        self, placed: Placed, plans: Plans, numbers: Array | None, n: int
    ) -> tuple[Array | None, list[Stretch]]:
        """Rows by plan, those for which days must be looked at first; None: they stand so already."""
        if numbers is None:
            return None, [self._stretch(placed, plans.plans[0], 0, n)]
        counts = np.bincount(numbers, minlength=1).tolist()
        found = [(number, self._stretch(placed, plans.plans[number], 0, k)) for number, k in enumerate(counts) if k]
        found.sort(key=lambda part: part[1].whole)
        stretches, begin = [], 0
        for _, one in found:
            stretches.append(replace(one, begin=begin, end=begin + one.end))
            begin += one.end
        if len(found) == 1:
            return None, stretches
        if len(found) <= _FEW:
            return np.concatenate([np.flatnonzero(numbers == number) for number, _ in found]), stretches
        rank = np.zeros(len(counts), np.uint16)
        rank[[number for number, _ in found]] = np.arange(len(found))
        return np.argsort(rank.take(numbers, mode="wrap"), kind="stable"), stretches

    def _stretch(self, placed: Placed, plan: Plan, begin: int, end: int) -> Stretch:
        """A plan with its rows; `whole` where it is better worked out for every complaint."""
        known = (id(plan), self.tables.fora[placed.forum].received) in self._known
        many = known or _DENSE * (end - begin) >= self.look.docket.n
        return Stretch(plan, begin, end, plan.of_complaint and many)

    def _take_in(
        self, placed: Placed, cells: Array, out: Out, index: Array | None, marks: _Marks, whole: Array | None
    ) -> None:
        """Keep what a clock comes to in some cells. `index`: see `Held`."""
        look, bit = self.look, np.uint32(1 << placed.forum)
        level = out.level if index is None else out.level.take(index, mode="wrap")
        if whole is not None:
            whole[cells] = level
        if out.ends is not None and not look.bare and (look.all_days or out.ends.counts):
            look.keep_ends(placed, Held(cells, out.ends, index))
        if not placed.test.blocking:
            return
        for n in np.flatnonzero(np.bincount(level, minlength=MET)[: UNKNOWN if look.bare else MET]):
            here = np.flatnonzero(level == n)
            marks.add(int(n), cells.take(here, mode="wrap"), bit)
            if n == FOR_GOOD and not look.bare:
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

    def _outs(
        self, placed: Placed, shared: Stretches, stretches: list[Stretch]
    ) -> Iterator[tuple[Array, Out, Array | None]]:
        """Cells with their outcomes; or with those of all complaints, and which of these the cells have."""
        look, received, cells = self.look, self.tables.fora[placed.forum].received, shared.asked.at
        full = None if look.bare else look.all_days
        opened = [stretch for stretch in stretches if not stretch.whole]
        if opened:
            out = in_turn([stretch.plan.out(shared.frame(stretch), full) for stretch in opened])
            yield cells[: opened[-1].end], out, None
        for stretch in stretches[len(opened) :]:
            key, own = (id(stretch.plan), received), cells[stretch.begin : stretch.end]
            if key not in self._known:
                self._known[key] = stretch.plan.out(self._whole_of(placed.forum), full)
            yield own, self._known[key], look.span.complaint.take(own, mode="wrap")

    def _whole_of(self, forum: int) -> Raw:
        """Every complaint, for days of the complaint as a whole."""
        look, received = self.look, self.tables.fora[forum].received
        if received not in self._whole:
            every = np.arange(look.docket.n)
            self._whole[received] = Raw(Grain(look.tables, look.rows, look.columns, every, every), forum, received)
        return self._whole[received]

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
