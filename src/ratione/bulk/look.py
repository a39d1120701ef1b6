"""One look at a batch: all of its cells, level by level and deadline by deadline."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from ratione.bulk import rows as explode
from ratione.bulk.calendar import LAST, NEVER
from ratione.bulk.docket import Docket
from ratione.bulk.frames import Grain, Keyed, Raw
from ratione.bulk.outcome import FOR_NOW, JUDGMENT, MET, UNKNOWN, Ends, Out, no_ends, worst
from ratione.bulk.planes import ALL, Levels, all_met, put
from ratione.bulk.rows import inside, repeat, starts
from ratione.bulk.tables import Group, Placed, Tables

Array = Any


class Look:
    """The cells of a docket, with or without what is taken for granted.

    `fine`: every piece of an act and every article by itself. Otherwise pieces are joined where the rules are
    evaluated, which needs far fewer rows; complaints for which that will not do are named by `finer`.
    """

    def __init__(self, tables: Tables, docket: Docket, presume: bool, fine: bool) -> None:
        self.tables, self.fine, self.docket = tables, fine, docket
        self.rows = rows = explode.build(docket, tables, presume)
        if fine:
            explode.cut(rows, tables)
        columns = self.columns = tables.targets.columns
        self.slots = columns.slot_count[docket.profile]
        act_complaint = rows.case_complaint[rows.view_case[rows.act_view]]
        act_case = rows.view_case[rows.act_view]
        self.case = Grain(tables, rows, columns, rows.case_complaint, np.arange(len(rows.case_complaint)))
        self.term = self._with_slots(rows.term_act, act_complaint, act_case, term=True)
        self.span = self._with_slots(rows.span_act, act_complaint, act_case, term=False)
        self.unit = self._units()
        self.outs: dict[tuple[int, int], Out] = {}
        self.near = self.dropped = self.own_unknown = np.zeros(self.unit.n, np.uint32)
        self._odd = np.zeros(docket.n, bool)
        self._fails: Array | None = None
        self._evaluate()

    # ---- rows ----------------------------------------------------------------------------------------------------
    def _with_slots(self, act: Array, act_complaint: Array, act_case: Array, term: bool) -> Grain:
        """Terms or spans, once for each slot of the complaint."""
        complaint = act_complaint[act]
        counts = self.slots[complaint]
        owner = repeat(counts)
        at = inside(starts(counts), owner)
        slot = self.columns.slot[self.columns.slot_start[self.docket.profile[complaint[owner]]] + at]
        rows = self.rows
        own = owner if term else None
        span = None if term else owner
        if not term:
            self.span_slot = at
            own = rows.term_start[act[owner]].astype(np.int64)
        else:
            self.term_offset = starts(counts)
        grain = Grain(
            self.tables, rows, self.columns, complaint[owner], act_case[act[owner]], act[owner], own, slot, span
        )
        grain.procedures = self._procedures(grain)
        return grain

    def _procedures(self, grain: Grain) -> Array:
        """The procedures elsewhere, with what each slot shares with the rights put there."""
        codes = self.rows.complaint_facts["procedures"][grain.complaint]
        told = np.array([any(s) for s in self.columns.shared], bool)[grain.slot]
        for n in np.flatnonzero(told & (codes > 1)):
            codes[n] = self.tables.procedures.with_rights(int(codes[n]), self.columns.shared[grain.slot[n]])
        return codes

    def _units(self) -> Grain:
        span, columns = self.span, self.columns
        counts = columns.unit_count[span.slot]
        owner = repeat(counts)
        at = columns.unit_start[span.slot[owner]] + inside(starts(counts), owner)
        self.unit_owner, self.atom = owner, columns.atom[at]
        assert span.act is not None
        assert span.term is not None
        assert span.procedures is not None
        return Grain(
            self.tables, self.rows, columns, span.complaint[owner], span.case[owner], span.act[owner],
            span.term[owner], span.slot[owner], span.span_row[owner], columns.unit[at], span.procedures[owner],
        )  # fmt: skip

    # ---- the term of a span ---------------------------------------------------------------------------------------
    @cached_property
    def _inner(self) -> list[tuple[Array, Array, Array]]:
        """Spans before the end of a treaty inside the act: their rows, the term that ends there, the fora it ends for.

        The last end first, so that whoever goes through them in order is left with the first.
        """
        rows, span = self.rows, self.span
        count = rows.term_start[1:] - rows.term_start[:-1]
        sure = rows.span_sure & ~rows.span_whole
        found = []
        for n in range(int(count.max(initial=1)) - 1, 0, -1):
            here = (count[span.act] > n) & sure[span.span_row] & (rows.span_after[span.span_row] < n)
            at = np.flatnonzero(here)
            if len(at):
                term = rows.term_start[span.act[at]] + n
                found.append((at, term, rows.end_fora[term]))
        return found

    def _term_rows(self, forum: int) -> Array:
        """For each span the term that counts for a forum."""
        assert self.span.term is not None
        term = self.span.term.copy()
        for at, ended, fora in self._inner:
            held = (fora >> np.uint32(forum) & np.uint32(1)) > 0
            term[at[held]] = ended[held]
        return term

    def _at_spans(self, levels: Levels) -> Levels:
        """Levels by term, at the spans."""
        row = self.term_offset[self.span.term] + self.span_slot
        found = levels.take(row)
        for at, term, fora in self._inner:
            ended = levels.take(self.term_offset[term] + self.span_slot[at])
            found.planes[:, at] = (ended.planes & fora) | (found.planes[:, at] & ~fora)
            for bit, plane in found.cures.items():
                plane[at] = (ended.cures[bit] & fora) | (plane[at] & ~fora)
            if found.rights is not None and ended.rights is not None:
                found.rights[:, at] = (ended.rights & fora) | (found.rights[:, at] & ~fora)
            if found.met is not None and ended.met is not None:
                found.met[at] = (ended.met & fora) | (found.met[at] & ~fora)
        return found

    # ---- evaluating ----------------------------------------------------------------------------------------------
    def _evaluate(self) -> None:
        grains = {"case": self.case, "term": self.term, "span": self.span, "unit": self.unit}
        self.levels = {name: all_met(grain.n, ALL) for name, grain in grains.items()}
        self.ends: dict[tuple[int, str], Ends] = {}
        if self._inner:
            for forum in self.tables.terms_in_spans:
                self.span.term_of[forum] = self._term_rows(forum)
                self.unit.term_of[forum] = self.span.term_of[forum][self.unit_owner]
        for group in self.tables.groups:
            self._keyed(group, grains[group.grain])
        frames = {flag: Raw(self.term, 0, flag) for flag in (False, True)}
        for placed in self.tables.clocks:
            frame = frames[self.tables.fora[placed.forum].received]
            frame.forum = placed.forum
            out = self.tables.evaluator.rule(placed.test.rule, frame)
            self._enter(self.levels["term"], placed.forum, [(placed, out)], None)
            self._keep(placed, out)

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
                self._keep_keyed(placed, out, frame, grain)
        for frame, levels in frames.values():
            self.levels[group.grain] = self.levels[group.grain].join(levels.take(frame.rows))

    def _enter(self, levels: Levels, forum: int, outs: list[tuple[Placed, Out]], pieces: Array | None) -> None:
        """Enter the joint level of some tests of a forum; of several pieces of an act the best."""
        blocking = [out for placed, out in outs if placed.test.blocking]
        joint = worst(blocking) if blocking else None
        level = np.full(len(outs[0][1].level), MET, np.int8) if joint is None else joint.level
        cures = worst([out for _, out in outs]).cures
        if pieces is not None:
            if cures is not None:
                cures = np.bitwise_or.reduceat(np.where(level >= FOR_NOW, cures, 0), pieces)
            level = np.maximum.reduceat(level, pieces)
        put(levels, forum, level, cures)
        if self.fine:
            for placed, out in outs:
                if placed.of_right:
                    levels.add_right(forum, out.level, placed.test.blocking)

    def _keep(self, placed: Placed, out: Out) -> None:
        if out.ends is not None:
            key = placed.forum, placed.grain
            self.ends[key] = self.ends[key].join(out.ends) if key in self.ends else out.ends
        if self.fine:
            self.outs[placed.forum, placed.index] = out

    def _keep_keyed(self, placed: Placed, out: Out, frame: Keyed, grain: Grain) -> None:
        """Keep what is needed later at the rows of the grain; name complaints for which joined pieces will not do."""
        bounded = out.ends is not None and bool((out.ends.shown != NEVER).any())
        if not bounded:
            out.ends = None
        if self.fine or (bounded and placed.grain in ("case", "term")):
            self._keep(placed, out.take(frame.rows))
        elif bounded and out.ends is not None:
            held = out.ends.shown != NEVER
            if frame.pieces is not None:
                held = np.logical_or.reduceat(held, frame.starts)
            self._odd[grain.complaint[held[frame.rows]]] = True

    def finer(self) -> Array:
        """The complaints that must be looked at piece by piece and article by article."""
        return np.flatnonzero(self._odd | self.columns.near[self.docket.profile])

    # ---- cells ---------------------------------------------------------------------------------------------------
    @cached_property
    def _cells(self) -> tuple[Levels, Array]:
        """The levels of every span and slot (of every cell where `fine`), and the fora that have a cell there."""
        rest = self.levels["span"].join(self._at_spans(self.levels["term"]))
        rest = rest.join(self.levels["case"].take(self.span.case))
        units = self.levels["unit"]
        fora = self.columns.unit_fora[self.unit.unit]
        if self.fine:
            return self._with_neighbours(units.join(rest.take(self.unit_owner)), fora)
        start = np.flatnonzero(np.diff(self.unit_owner, prepend=-1))
        planes = np.bitwise_or.reduceat(units.planes & fora, start, axis=1)
        cures = {
            bit: np.bitwise_or.reduceat(plane & units.planes[0] & fora, start) for bit, plane in units.cures.items()
        }
        levels = rest.join(Levels(planes, cures))
        self._blur(levels.planes, self.span.span_row, self.tables.piece_fora)
        return levels, self.columns.fora[self.span.slot]

    def _blur(self, planes: Array, span_row: Array, fora: Array) -> None:
        """In a part that the act only may cover, nothing is better than unknown."""
        unsure = np.flatnonzero(~self.rows.span_sure[span_row])
        if len(unsure):
            planes[2:, unsure] &= ~fora

    def _with_neighbours(self, levels: Levels, fora: Array) -> tuple[Levels, Array]:
        """Neighbouring articles count, as a matter of judgment, only where the right itself finds none (law.md C.2)."""
        unit = self.unit
        planes = levels.planes
        self._blur(planes, unit.span_row, self.tables.piece_fora)
        near = self.columns.unit_near[unit.unit]
        self.near, self.dropped, self.own_unknown = near, np.zeros_like(near), np.zeros_like(near)
        if near.any():
            rights = np.full_like(planes, ALL) if levels.rights is None else levels.rights.copy()
            self._blur(rights, unit.span_row, self.tables.piece_right_fora)
            order, start, group = self.groups
            own = np.bitwise_or.reduceat((rights & (fora & ~near))[:, order], start, axis=1)[:, group]
            self.dropped, self.own_unknown = near & own[2], near & own[1]
            fora = fora & ~self.dropped
            planes[3] &= ~near
            met = np.zeros_like(near) if levels.met is None else levels.met
            planes[2] &= ~(self.own_unknown & met)
        levels.planes = planes & fora
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

    def _by_case(self, values: Array, grain: Grain, join: Any) -> Array:
        """The join of the values of each case."""
        return join.reduceat(values, self._case_start(grain))

    @staticmethod
    def _case_start(grain: Grain) -> Array:
        return np.flatnonzero(np.diff(grain.case, prepend=-1))

    def by_case(self) -> tuple[Array, Array]:
        """The level of each case in each forum, and the events that would cure its failure."""
        levels, fora = self._cells
        grain = self.unit if self.fine else self.span
        planes = levels.planes & fora
        view = self.rows.act_view[grain.act]
        start = np.flatnonzero(np.diff(view, prepend=-1))
        held = self._readings(np.bitwise_or.reduceat(planes, start, axis=1))
        shift = np.arange(len(self.tables.fora), dtype=np.uint32)
        level = sum((plane[:, None] >> shift & np.uint32(1)).astype(np.uint8) for plane in held)
        cures = np.zeros((held.shape[1], len(shift)), np.uint8)
        curable = planes[0] & ~planes[1]
        for bit, plane in levels.cures.items():
            some = self._by_case(plane & curable, grain, np.bitwise_or) & held[0] & ~held[1]
            cures |= ((some[:, None] >> shift & np.uint32(1)) << bit).astype(np.uint8)
        return np.asarray(level), cures

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

    def fails(self) -> Array:
        """Whether every cell of a case fails, by forum; neighbouring articles left out."""
        if self._fails is None:
            levels, fora = self._cells
            grain = self.unit if self.fine else self.span
            held = levels.planes[1] & fora & ~(self.near if self.fine else np.uint32(0))
            some = self._by_case(held, grain, np.bitwise_or)
            shift = np.arange(len(self.tables.fora), dtype=np.uint32)
            self._fails = (some[:, None] >> shift & np.uint32(1)) == 0
        return self._fails

    # ---- last days -----------------------------------------------------------------------------------------------
    def last_days(self) -> tuple[list[Array | None], list[Array | None], list[Array | None]]:
        """For each forum the safe last day, the arguable one and the benchmark of each case; None where there is none."""
        found: tuple[list[Array | None], list[Array | None], list[Array | None]] = ([], [], [])
        for forum in range(len(self.tables.fora)):
            three = self._last_days_of(forum)
            for column, days in zip(found, three, strict=True):
                column.append(days)
        return found

    def _last_days_of(self, forum: int) -> tuple[Array | None, Array | None, Array | None]:
        parts = {grain: ends for (f, grain), ends in self.ends.items() if f == forum}
        if not parts:
            return None, None, None
        by_cell = self.fine and not parts.keys() <= {"case", "term"}
        grain = self.unit if by_cell else self.term
        live, there = self._live(forum, by_cell)
        ends = no_ends(grain.n)
        for name, held in parts.items():
            ends = ends.join(held if name == "term" and not by_cell else held.map(self._finder(name, forum, by_cell)))
        start = self._case_start(grain)
        some = np.logical_or.reduceat(live, start)
        count = np.diff(start, append=grain.n)
        chosen = np.where(np.repeat(some, count), live, there)
        return _earliest(ends, chosen, start)

    def _finder(self, name: str, forum: int, by_cell: bool) -> Any:
        """How values of one grain come to the rows at which last days are joined."""
        if name == "case":
            return lambda values: values[(self.unit if by_cell else self.term).case]
        if name == "term":
            row = (self.term_offset[self._term_rows(forum)] + self.span_slot)[self.unit_owner]
            return lambda values: values[row]
        if name == "span":
            return lambda values: values[self.unit_owner]
        return lambda values: values

    def _live(self, forum: int, by_cell: bool) -> tuple[Array, Array]:
        """Which rows have a cell that is not closed for good, and which have a cell at all."""
        levels, fora = self._cells
        bit = np.uint32(forum)
        alive = (levels.planes[0] & fora) >> bit & np.uint32(1)
        there = fora >> bit & np.uint32(1)
        if by_cell:
            return alive > 0, there > 0
        row = self.term_offset[self._term_rows(forum)] + self.span_slot
        if self.fine:
            row = row[self.unit_owner]
        live, held = np.zeros(self.term.n, bool), np.zeros(self.term.n, bool)
        live[row[alive > 0]] = True
        held[row[there > 0]] = True
        return live, held

    # ---- tests ---------------------------------------------------------------------------------------------------
    def _of_cells(self, placed: Placed) -> tuple[Array, Array]:
        """The level of a test in every cell, and whether the forum has that cell."""
        out = self.outs[placed.forum, placed.index].level
        if placed.grain == "case":
            out = out[self.unit.case]
        elif placed.grain == "term":
            out = out[(self.term_offset[self._term_rows(placed.forum)] + self.span_slot)[self.unit_owner]]
        elif placed.grain == "span":
            out = out[self.unit_owner]
        return out, (self._cells[1] >> np.uint32(placed.forum) & np.uint32(1)) > 0

    def outcome(self, placed: Placed) -> Array:
        """The outcome of a test in each case: failed, unknown, judgment, met, part, as 0 to 4."""
        level, there = self._of_cells(placed)
        bit = np.uint32(placed.forum)
        if (placed.forum, placed.index) in self.tables.by_piece:
            unsure = ~self.rows.span_sure[self.unit.span_row]
            level = np.where(unsure, np.minimum(level, UNKNOWN), level)
        if placed.of_right:
            near = (self.near >> bit & np.uint32(1)) > 0
            doubt = np.where((self.own_unknown >> bit & np.uint32(1)) > 0, UNKNOWN, JUDGMENT)
            level = np.where(near & (level == MET), doubt, level)
        order, start, _ = self.groups
        level = np.maximum(level, FOR_NOW).astype(np.int8)
        highest = np.maximum.reduceat(np.where(there, level, -1)[order], start)
        view = self.rows.act_view[self.unit.act[order[start]]]
        begins = np.flatnonzero(np.diff(view, prepend=-1))
        best = np.maximum.reduceat(highest, begins)
        least = np.minimum.reduceat(np.where(highest < 0, 99, highest), begins)
        outcome = np.where((best == MET) & (least < MET), 4, best - 1).astype(np.uint8)
        return self._both(outcome)

    def _both(self, outcome: Array) -> Array:
        """The outcome of both readings of an act."""
        start = self.rows.view_start
        one = outcome[start[:-1]].copy()
        two = np.flatnonzero(start[1:] - start[:-1] > 1)
        if len(two):
            a, b = one[two], outcome[start[:-1][two] + 1]
            one[two] = np.where(a == b, a, np.where((a == 1) | (b == 1), 1, 2))
        return one

    def test_fails(self, placed: Placed) -> Array:
        """Whether a test fails in every cell of a case; neighbouring articles left out."""
        level, there = self._of_cells(placed)
        near = (self.near >> np.uint32(placed.forum) & np.uint32(1)) > 0
        some = self._by_case(there & ~near & (level > FOR_NOW), self.unit, np.logical_or)
        return ~some


def _earliest(ends: Ends, chosen: Array, start: Array) -> tuple[Array | None, Array | None, Array | None]:
    """The deadlines of the chosen rows of each case, joined (`verdict._last_day` of the reference evaluator)."""
    advice = np.where(ends.untold, np.minimum(ends.advice, ends.caps), ends.advice)
    advice = np.minimum.reduceat(np.where(chosen, advice, NEVER), start)
    untold = np.logical_or.reduceat(chosen & ends.untold, start)
    told = chosen & ~ends.untold
    last = np.minimum.reduceat(np.where(told, ends.last, NEVER), start)
    last = np.where(untold, NEVER, last)
    beyond = told & (ends.last < ends.later) & (ends.later < LAST)
    later = np.maximum.reduceat(np.where(beyond, ends.later, 0), start)
    later = np.where((last < NEVER) & (later > last), later, NEVER)
    columns = (last, later, advice)
    return tuple(c.astype(np.int32) if (c != NEVER).any() else None for c in columns)  # type: ignore[return-value]
