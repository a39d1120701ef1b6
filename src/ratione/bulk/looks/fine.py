"""A look at a few complaints cell by cell: every piece of an act, every article.

Slower than `look.Look` by far, and needed only where a deadline hangs on a single cell, or a right falls apart into
slots. It is also the check on the other.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.offsets import inside, repeat, starts
from ratione.bulk.arrays.outcome import FOR_NOW, JUDGMENT, MET, UNKNOWN, Out, timed_only, worst
from ratione.bulk.arrays.planes import ALL, FIRM, LEVELS, Levels, all_met, put
from ratione.bulk.looks.look import Look
from ratione.bulk.rows.build import cut
from ratione.bulk.rows.frames import Keyed, Raw
from ratione.bulk.rows.grains import Grain
from ratione.bulk.rows.layout import Lists
from ratione.bulk.rules.placed import Group, Placed

Array = Any


class Fine(Look):
    """The cells of a docket."""

    def _profiles(self) -> tuple[Any, Array]:
        targets, keys = self.tables.targets, self.tables.profiles.keys
        distinct, rows = np.unique(self.docket.profile, return_inverse=True)
        cut(self.rows, self.tables)
        found = np.array([targets.profile(*keys[int(p)]) for p in distinct], np.int32)[rows]
        return targets.columns, found

    def _slots(self) -> Lists:
        """All slots of each case."""
        profile = self.profile.take(self.rows.case_complaint)
        return self.columns.slot_count.take(profile), self.columns.slot_start.take(profile), self.columns.slot

    def _prepare(self) -> None:
        span, columns = self.span, self.columns
        counts = columns.unit_count[span.slot]
        owner = repeat(counts)
        at = columns.unit_start[span.slot[owner]] + inside(starts(counts), owner)
        self.grain_owner, self.atom = owner, columns.atom[at]
        assert span.act is not None
        assert span.term is not None
        assert span.slot is not None
        assert span.span_row is not None
        self.unit = Grain(
            self.tables, self.rows, columns, span.complaint[owner], span.case[owner], span.act[owner],
            span.term[owner], span.slot[owner], span.span_row[owner], columns.unit[at],
        )  # fmt: skip
        self.near = columns.unit_near[self.unit.unit]
        self.own_unknown = np.zeros_like(self.near)

    @property
    def grain(self) -> Grain:
        """The rows that have cells."""
        return self.unit

    def finer(self) -> Array:
        """Nothing is finer than this."""
        return np.zeros(0, np.int64)

    # ---- evaluating ----------------------------------------------------------------------------------------------
    def _evaluate(self) -> None:
        grains = {"case": self.case, "term": self.term, "span": self.span, "unit": self.unit}
        self.levels = {name: all_met(grain.n, ALL) for name, grain in grains.items()}
        if self.others:
            for forum in self.tables.terms_in_spans:
                self.span.term_of[forum] = self.term_rows(forum)
                self.unit.term_of[forum] = self.span.term_of[forum][self.grain_owner]
        for group in self.tables.groups:
            self._keyed(group, grains[group.grain])
        for placed in (*self.tables.clocks, *self.tables.clocks_by_cell):
            frame = Raw(grains[placed.grain], placed.forum, self.tables.fora[placed.forum].received)
            out = self.tables.evaluator.rule(placed.test.rule, frame)
            self._enter(self.levels[placed.grain], placed.forum, [(placed, out)], None)
            if out.ends is not None:
                self.keep_rows(placed, out.ends)
            if self.with_tests:
                self.outs[placed.forum, placed.index] = out
        rest = self.levels["span"].join(self._at_spans(self.levels["term"]))
        rest = rest.join(self.levels["case"].take(self.span.case))
        levels = self.levels["unit"].join(rest.take(self.grain_owner))
        self.cells = self._with_neighbours(levels, self.columns.unit_fora[self.unit.unit])

    def _keyed(self, group: Group, grain: Grain) -> None:
        """Tests without clocks, on the distinct rows of what they read."""
        frames: dict[int, tuple[Keyed, Levels]] = {}
        for forum, tests in group.members:
            own = forum if group.of_term and forum in grain.term_of else -1
            if own not in frames:
                made = Keyed(grain, group.names, forum, group.received, group.by_act)
                frames[own] = made, all_met(made.n if made.pieces is None else len(made.starts), ALL)
            frame, levels = frames[own]
            frame.forum = forum
            outs = [(p, self.tables.evaluator.rule(p.test.rule, frame)) for p in tests]
            self._enter(levels, forum, outs, None if frame.pieces is None else frame.starts)
            for placed, out in outs:
                if out.ends is not None and not (out.ends.shown != NEVER).any():
                    out.ends = None
                if out.ends is not None:
                    self.keep_rows(placed, out.ends.map(lambda values, frame=frame: values[frame.rows]))
                if self.with_tests:
                    self.outs[placed.forum, placed.index] = out.take(frame.rows)
        taken = self.taken(group.presumed, group.received, grain.complaint)
        for frame, levels in frames.values():
            found = levels.take(frame.rows)
            found.planes[FIRM, taken] = ALL
            self.levels[group.grain] = self.levels[group.grain].join(found)

    def _enter(self, levels: Levels, forum: int, outs: list[tuple[Placed, Out]], pieces: Array | None) -> None:
        """Enter the joint level of some tests of a forum; of several pieces of an act the best."""
        blocking = [out for placed, out in outs if placed.test.blocking]
        joint = worst(blocking) if blocking else None
        level = np.full(len(outs[0][1].level), MET, np.int8) if joint is None else joint.level
        timed = timed_only(blocking, len(level))
        cures = None if joint is None else joint.cures
        if pieces is not None:
            if cures is not None:
                cures = np.bitwise_or.reduceat(np.where(level >= FOR_NOW, cures, 0), pieces)
            level = np.maximum.reduceat(level, pieces)
            timed = np.logical_or.reduceat(timed, pieces)
        put(levels, forum, level, timed, cures)
        for placed, out in outs:
            if placed.of_right:
                levels.add_right(forum, out.level, placed.test.blocking)

    def _at_spans(self, levels: Levels) -> Levels:
        """Levels by term, at the spans."""
        row = self.term_offset[self.span.term] + self.span_slot
        found = levels.take(row)
        for at, term, fora in self.others:
            other = levels.take(self.term_offset[term] + self.span_slot[at])
            found.planes[:, at] = (other.planes & fora) | (found.planes[:, at] & ~fora)
            for bit, plane in found.cures.items():
                plane[at] = (other.cures[bit] & fora) | (plane[at] & ~fora)
            if found.rights is not None and other.rights is not None:
                found.rights[:, at] = (other.rights & fora) | (found.rights[:, at] & ~fora)
            if found.met is not None and other.met is not None:
                found.met[at] = (other.met & fora) | (found.met[at] & ~fora)
        return found

    def _blur(self, planes: Array, fora: Array) -> None:
        """In a part that the act only may cover, nothing is better than unknown."""
        unsure = np.flatnonzero(~self.rows.span_sure[self.unit.span_row])
        planes[2:LEVELS, unsure] &= ~fora

    def _with_neighbours(self, levels: Levels, fora: Array) -> tuple[Levels, Array]:
        """Neighbouring articles count, as a matter of judgment, only where the right itself finds none (law.md C.2)."""
        planes, near = levels.planes, self.near
        self._blur(planes, self.tables.piece_fora)
        if self.bare:
            fora = fora & ~near
        elif near.any():
            rights = np.full_like(planes[:LEVELS], ALL) if levels.rights is None else levels.rights.copy()
            self._blur(rights, self.tables.piece_right_fora)
            order, start, group = self.groups
            own = np.bitwise_or.reduceat((rights & (fora & ~near))[:, order], start, axis=1)[:, group]
            self.own_unknown = near & own[1]
            fora = fora & ~(near & own[2])
            met = np.zeros_like(near) if levels.met is None else levels.met
            planes[3] &= ~(near & met)
            planes[2] &= ~(self.own_unknown & met)
        levels.planes = planes & fora
        levels.planes[FIRM] = fora  # here all is looked at again with nothing taken for granted
        return levels, fora

    @cached_property
    def groups(self) -> tuple[Array, Array, Array]:
        """Cells of the same piece and the same right: their order, where each group begins, the group of each cell."""
        assert self.unit.span_row is not None
        key = self.unit.span_row.astype(np.int64) << 20 | self.atom
        order = np.argsort(key, kind="stable")
        first = np.diff(key[order], prepend=-1) != 0
        group = np.empty(len(order), np.int64)
        group[order] = np.cumsum(first) - 1
        return order, np.flatnonzero(first), group

    # ---- last days and tests -------------------------------------------------------------------------------------
    def to_cells(self, grain: str, forum: int) -> Array:
        """For each cell the row of a grain."""
        if grain == "case":
            return self.unit.case
        if grain == "term":
            return (self.term_offset[self.term_rows(forum)] + self.span_slot)[self.grain_owner]
        return self.grain_owner if grain == "span" else np.arange(self.unit.n)

    def _of_cells(self, placed: Placed) -> tuple[Array, Array]:
        """The level of a test in every cell, and whether the forum has that cell."""
        level = self.outs[placed.forum, placed.index].level[self.to_cells(placed.grain, placed.forum)]
        return level, (self.cells[1] & np.uint32(1 << placed.forum)) > 0

    def _by_view(self, placed: Placed) -> tuple[Array, Array]:
        level, there = self._of_cells(placed)
        bit = np.uint32(1 << placed.forum)
        if (placed.forum, placed.index) in self.tables.by_piece:
            sure = self.rows.span_sure[self.unit.span_row]
            level = np.where(sure, level, np.minimum(level, UNKNOWN))
        if placed.of_right:
            doubt = np.where((self.own_unknown & bit) > 0, UNKNOWN, JUDGMENT)
            level = np.where(((self.near & bit) > 0) & (level == MET), doubt, level)
        order, start, _ = self.groups
        level = np.maximum(level, FOR_NOW).astype(np.int8)
        highest = np.maximum.reduceat(np.where(there, level, -1)[order], start)
        view = self.rows.act_view[self.unit.act[order[start]]]
        begins = np.flatnonzero(np.diff(view, prepend=-1))
        least = np.minimum.reduceat(np.where(highest < 0, 99, highest), begins)
        return np.maximum.reduceat(highest, begins), least

    def test_passes(self, placed: Placed) -> Array:
        """Whether a test does not fail in some cell of a case; neighbouring articles left out."""
        level, there = self._of_cells(placed)
        return np.logical_or.reduceat(there & (level > FOR_NOW), self.cases.start)


class BareFine(Fine):
    """The same with nothing taken for granted."""

    bare = True
