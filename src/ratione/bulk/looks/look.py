"""One look at a batch: the level of every forum in every span of every act, and all deadlines."""

from __future__ import annotations

from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.offsets import Runs
from ratione.bulk.arrays.outcome import FOR_NOW, MET, UNKNOWN
from ratione.bulk.arrays.planes import FIRM, LEVELS, TIMED, Levels, lower
from ratione.bulk.clocks.deadlines import Deadlines
from ratione.bulk.clocks.last import LastDays
from ratione.bulk.facts.docket import Docket
from ratione.bulk.levels.joint import LEFT_OUT, OWN_FAILS, OWN_LOST, UNTIMED
from ratione.bulk.looks.tables import Tables
from ratione.bulk.rows.build import Base
from ratione.bulk.rows.layout import Layout
from ratione.bulk.rules.placed import Placed

Array = Any


class Look(Layout):
    """The spans of a docket, with their levels.

    Complaints for which levels by span will not do are named by `finer`; `fine.Fine` looks at them cell by cell.
    """

    tables: Tables

    def __init__(
        self,
        tables: Tables,
        docket: Docket,
        presume: bool,
        tests: bool = False,
        wanted: Array | None = None,
        all_days: bool = True,
        base: Base | None = None,
    ) -> None:
        super().__init__(tables, docket, presume, tests, wanted, all_days, base)
        self._odd = np.zeros(docket.n, bool)
        self._rights_apart: dict[int, tuple[Array, Array] | None] = {}
        self._prepare()
        self._evaluate()

    def _prepare(self) -> None:
        """Whatever a closer look needs before rules are evaluated."""

    # ---- evaluating ----------------------------------------------------------------------------------------------
    def _evaluate(self) -> None:
        if self.others:
            for forum in self.tables.terms_in_spans:
                self.span.term_of[forum] = self.term_rows(forum)
        levels = self.tables.outside.levels(self)
        del self.term  # its rows are not looked at any more
        self._join(levels)
        for grain in (self.case, self.span):
            grain.forget()
        self.rows.moments.forget_stretches()
        self._clocks()

    def _clocks(self) -> None:
        Deadlines(self, self.tables.plans).run()

    def _join(self, rest: Levels) -> None:
        """Add the tests on pieces and articles, in the fora where anything still hangs on them."""
        columns = self.columns
        there = (columns.own_fora if self.bare else columns.fora)[self.span.slot]
        planes, cures = rest.planes, rest.cures
        self.span.kind = self.tables.bundle.of(self).take(self.span.act, mode="wrap")
        self.inside: dict[int, tuple[Array, Array, Array, Array]] = {}
        asked = there if self.with_tests else self.asked(planes, there)
        used = range(LEVELS) if self.planes_used is None else self.planes_used
        for forum, joint in self.tables.joints.items():
            bit = np.uint32(1 << forum)
            at = np.flatnonzero((asked & bit) != 0)
            if self.with_tests:
                joint.also_tests()
            if not len(at) and not self.with_tests:
                continue
            found = joint.find(self.span, at, self.bare)
            if self.with_tests:
                self.inside[forum] = at, found.best, found.least, found.bare
            for k in used:
                lower(planes[k], at, found.has((OWN_LOST, OWN_FAILS)[k] if self.bare else 1 << k), bit)
            if self.planes_used is None:
                lower(planes[TIMED], at, found.has(UNTIMED), bit)
                fails = np.flatnonzero(found.has(OWN_FAILS))
                taken = self.excuses[joint.received].take(self.span.complaint.take(at.take(fails)), mode="wrap")
                firm = found.excuse.take(fails, mode="wrap") & taken == 0
                lower(planes[FIRM], at.take(fails, mode="wrap"), firm, bit)
                if joint.curable:
                    self.add_cures(cures, found.cures, at, bit)
                lower(there, at, found.has(LEFT_OUT), bit)
            if joint.bounded and not self.bare:
                self._bound(forum, at, found.caps, found.odd)
        unsure = np.flatnonzero(~self.rows.span_sure[self.span.span_row])
        planes[2:LEVELS, unsure] &= ~self.tables.piece_fora
        self.cells = Levels(planes, cures), there

    def _bound(self, forum: int, at: Array, caps: Array, odd: Array) -> None:
        """Keep the ends of acceptances that hang on the article."""
        self._odd[self.span.complaint[at[odd]]] = True
        some = np.flatnonzero((caps[..., 0] != NEVER).any(axis=(1, 2)))
        if len(some):
            self.caps[forum] = at.take(some), caps[some]

    def finer(self) -> Array:
        """The complaints that must be looked at cell by cell; of tests, once their outcomes were asked for."""
        return np.flatnonzero(self._odd)

    # ---- cases ---------------------------------------------------------------------------------------------------

    def by_case(self) -> tuple[Array, dict[int, Array]]:
        """The planes of each case, and the fora in which an event would cure its failure, by event."""
        levels, fora = self.cells
        planes = levels.planes[:LEVELS] & fora
        view = self.rows.act_view[self.grain.act]
        views = Runs(np.flatnonzero(np.diff(view, prepend=-1)), len(view))
        held = self._readings(np.stack([views.any_bits(plane) for plane in planes]))
        curable = planes[0] & ~planes[1]
        cures = {}
        for bit, plane in levels.cures.items():
            some = self.cases.any_bits(plane & curable)
            cures[bit] = some & held[0] & ~held[1]
        return held, cures

    def _readings(self, planes: Array) -> Array:
        """Two readings of an act: what they agree on, else a matter of judgment, or unknown if either is."""
        start = self.rows.view_start
        one = planes[:, start[:-1]]
        two = np.flatnonzero(start[1:] - start[:-1] > 1)
        if len(two):
            a, b = one[:, two], planes[:, start[:-1][two] + 1]
            same = ~((a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]))
            unknown = (a[1] & ~a[2]) | (b[1] & ~b[2])
            one[0, two] = ~same | a[0] | b[0]
            one[1, two] = ~same | a[1]
            one[2, two] = (same & a[2]) | (~same & ~unknown)
            one[3, two] = same & a[3]
        return one

    def passes(self, plane: int = 1) -> Array:
        """The fora in which some cell of a case is in a plane; nothing presumed, those in which it does not fail."""
        levels, fora = self.cells
        return self.cases.any_bits(levels.planes[plane] & fora)

    # ---- last days -----------------------------------------------------------------------------------------------
    def last_days(self) -> LastDays:
        """All that last days hang on; the look is not needed any more."""
        return LastDays(self)

    # ---- tests ---------------------------------------------------------------------------------------------------
    def outcome(self, placed: Placed) -> Array:
        """The outcome of a test in each case: failed, unknown, judgment, met, part, as 0 to 4."""
        best, least = self._by_view(placed)
        outcome = np.where((best == MET) & (least < MET), 4, np.maximum(best, FOR_NOW) - 1).astype(np.uint8)
        start = self.rows.view_start
        one = outcome[start[:-1]].copy()
        two = np.flatnonzero(start[1:] - start[:-1] > 1)
        if len(two):
            a, b = one[two], outcome[start[:-1][two] + 1]
            same = np.minimum(a, 3) == np.minimum(b, 3)  # met in part is met
            one[two] = np.where(same, np.maximum(a, b), np.where((a == 1) | (b == 1), 1, 2))
        return one

    def _by_view(self, placed: Placed) -> tuple[Array, Array]:
        """The best and the least level of a test over the pieces and rights of each view."""
        best, least = self._by_span(placed)
        most = least
        if (apart := self._apart(placed.forum)) is not None:
            least, most = _by_right(best, least, *apart)
        start = np.flatnonzero(np.diff(self.rows.act_view[self.span.act], prepend=-1))
        best, least, most = (
            np.maximum.reduceat(best, start), np.minimum.reduceat(least, start), np.minimum.reduceat(most, start)
        )  # fmt: skip
        doubtful = np.flatnonzero((best == MET) & (least < MET) & (most == MET))
        self._odd[self.rows.case_complaint[self.rows.view_case[doubtful]]] = True
        return best, least

    def _apart(self, forum: int) -> tuple[Array, Array] | None:
        """Spans with articles of a right that has several slots, right by right, and where each right begins.

        None where no right has.
        """
        if forum not in self._rights_apart:
            atoms = self.columns.atoms[self.span.slot, forum]
            rows = np.flatnonzero(atoms)
            assert self.span.span_row is not None
            key = self.span.span_row[rows].astype(np.int64) << 32 | atoms[rows]
            order = np.argsort(key, kind="stable")
            found = rows[order], np.flatnonzero(np.diff(key[order], prepend=-1))
            self._rights_apart[forum] = found if len(rows) else None
        return self._rights_apart[forum]

    def _by_span(self, placed: Placed) -> tuple[Array, Array]:
        key = placed.forum, placed.index
        joint = self.tables.joints.get(placed.forum)
        if joint is not None and placed in joint.tests:
            at, highest, lowest, _ = self.inside[placed.forum]
            k = joint.tests.index(placed)
            best, least = np.full(self.span.n, -1, np.int8), np.full(self.span.n, 99, np.int8)
            best[at], least[at] = highest[:, k], lowest[:, k]
            return best, least
        there = (self.cells[1] & np.uint32(1 << placed.forum)) > 0
        level = np.maximum(self._spread(placed), FOR_NOW)
        if key in self.tables.by_piece:
            level = np.where(self.rows.span_sure[self.span.span_row], level, np.minimum(level, UNKNOWN))
        return np.where(there, level, -1), np.where(there, level, 99)

    def _spread(self, placed: Placed) -> Array:
        """The level of a test by case or term, at the spans."""
        level = self.outs[placed.forum, placed.index].level
        if placed.grain == "case":
            return level[self.span.case]
        if placed.clock:
            return level
        return level[self.term_offset[self.term_rows(placed.forum)] + self.span_slot]

    def test_passes(self, placed: Placed) -> Array:
        """Whether a test does not fail in some cell of a case; neighbouring articles left out."""
        joint = self.tables.joints.get(placed.forum)
        if joint is not None and placed in joint.tests:
            at, _, _, own = self.inside[placed.forum]
            held = np.zeros(self.span.n, bool)
            held[at] = own[:, joint.tests.index(placed)] > FOR_NOW
        else:
            there = (self.cells[1] & np.uint32(1 << placed.forum)) > 0
            held = there & (self._spread(placed) > FOR_NOW)
        return np.logical_or.reduceat(held, self.cases.start)


def _by_right(best: Array, least: Array, rows: Array, start: Array) -> tuple[Array, Array]:
    """The least level of the rights of each span, and what it is at most, with all slots of a right taken together.

    A right finds the best of its slots in every piece; the pieces of a span are not told apart here.
    """
    low, high = least.copy(), least.copy()
    low[rows] = high[rows] = 99
    told = np.maximum.reduceat(best[rows], start)
    surely = np.maximum.reduceat(np.where(least[rows] == 99, -1, least[rows]), start)
    at = rows[start]
    high[at] = np.where(told < 0, 99, told)
    low[at] = np.where(told < 0, 99, surely)
    return low, high


class Bare(Look):
    """The look with nothing taken for granted."""

    bare = True
    planes_used: tuple[int, ...] | None = (1,)


class Blank(Bare):
    """The look at complaints of which only the State is known; a clock could run or not."""

    planes_used = (0, 1)

    def _clocks(self) -> None:
        """No clock is looked at."""
