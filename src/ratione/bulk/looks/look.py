"""One look at a batch: the level of every forum in every span of every act, and all deadlines."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.offsets import Runs, members, repeat, starts
from ratione.bulk.arrays.outcome import FOR_NOW, MET, UNKNOWN, Ends, Out
from ratione.bulk.arrays.planes import ALL, FIRM, LEVELS, TIMED, Levels, lower
from ratione.bulk.clocks.deadlines import Deadlines, Held
from ratione.bulk.clocks.last import LastDays
from ratione.bulk.facts.docket import Docket
from ratione.bulk.levels.joint import LEFT_OUT, OWN_FAILS, OWN_LOST, UNTIMED
from ratione.bulk.looks.tables import Placed, Tables
from ratione.bulk.rows import build as explode
from ratione.bulk.rows.build import PRESUMED
from ratione.bulk.rows.frames import Grain

Array = Any
Columns = Any
Lists = tuple[Array, Array, Array]


class Look:
    """The spans of a docket, with or without what is taken for granted.

    `wanted`: the fora in which a case is looked at (bits by case); the others count as failed. `base`: that of another
    look at the docket. Complaints for which levels by span will not do are named by `finer`; `fine.Fine` looks at them
    cell by cell.
    """

    def __init__(
        self,
        tables: Tables,
        docket: Docket,
        presume: bool,
        tests: bool = False,
        wanted: Array | None = None,
        all_days: bool = True,
        base: explode.Base | None = None,
    ) -> None:
        self.tables, self.docket, self.with_tests, self.all_days = tables, docket, tests, all_days
        base = base or explode.Base(docket, tables)
        self.rows = explode.build(base, presume)
        #: Only the outcomes of tests need another look at all complaints.
        self.base = base if tests else None
        del base
        self.columns, self.profile = self._profiles()
        rows = self.rows
        self.case = Grain(tables, rows, self.columns, rows.case_complaint, np.arange(len(rows.case_complaint)))
        self.wanted = np.full(self.case.n, ALL, np.uint32) if wanted is None else wanted
        slots = self._slots()
        self.term = self._with_slots(slots, rows.term_act, term=True)
        self.span = self._with_slots(slots, rows.span_act, term=False)
        self.resting = self._resting()
        self.outs: dict[tuple[int, int], Out] = {}
        #: Deadlines by forum: for each test that has any those of some cells.
        self.held: dict[int, dict[int, list[Held]]] = {}
        #: Ends of acceptances that hang on the article: the cells that have any, in order, and these.
        self.caps: dict[int, tuple[Array, Array]] = {}
        self._odd = np.zeros(docket.n, bool)
        self.levels: dict[str, Levels] = {}
        self._prepare()
        self._evaluate()

    def _profiles(self) -> tuple[Columns, Array]:
        return self.tables.profiles.columns, self.docket.profile

    def _prepare(self) -> None:
        """Whatever a closer look needs before rules are evaluated."""

    def _resting(self) -> Array:
        """The fora in which a test of each case rests on something that was taken for granted, as bits."""
        found = np.zeros(self.docket.n, np.uint32)
        for received, fora_of in self.tables.resting.items() if self.rows.presume else ():
            masks = np.zeros(1 << len(PRESUMED), np.uint32)
            for n, name in enumerate(PRESUMED):
                masks[np.arange(len(masks)) >> n & 1 > 0] |= fora_of.get(name, np.uint32(0))
            found |= masks.take(self.excuses[received], mode="wrap")
        return found.take(self.case.complaint, mode="wrap")

    @cached_property
    def excuses(self) -> dict[bool, Array]:
        """What was taken for granted of each complaint, as bits, by the day of filing that counts."""
        found = {}
        for received, taken in self.rows.taken.items():
            bits = found[received] = np.zeros(self.docket.n, np.uint8)
            for n, name in enumerate(PRESUMED):
                bits |= taken[name].view(np.uint8) << np.uint8(n)
        return found

    def taken(self, names: frozenset[str], received: bool, complaint: Array) -> Array:
        """Whether any of these presumptions was made, for the complaint of each row."""
        found = np.zeros(self.docket.n, bool)
        for name in names:
            found |= self.rows.taken[received][name]
        return found[complaint]

    # ---- rows ----------------------------------------------------------------------------------------------------
    def _slots(self) -> Lists:
        """The slots of each case: how many, where they begin, and all of them one after another.

        Without those that only fora hear that are closed to the State anyway; one is kept.
        """
        columns, possible = self.columns, self.tables.possible
        complaint = self.rows.case_complaint
        profile = self.profile if len(complaint) == self.docket.n else self.profile.take(complaint)
        count, start = columns.slot_count.take(profile), columns.slot_start.take(profile)
        if possible is None or self.with_tests:
            return count, start, columns.slot
        begins = starts(count)
        owner = repeat(count)
        slot = columns.slot.take((start - begins[:-1]).take(owner) + np.arange(len(owner)))
        open_to = possible.take(self.docket.respondent) & self.wanted
        kept = ((columns.own_fora if self.bare else columns.fora).take(slot) & open_to.take(owner)) != 0
        kept[begins[:-1]] = True
        before = starts(kept).take(begins)
        return before[1:] - before[:-1], before[:-1], slot.compress(kept)

    def _with_slots(self, slots: Lists, act: Array, term: bool) -> Grain:
        """Terms or spans, once for each slot of the case."""
        columns, rows = self.columns, self.rows
        moments = rows.moments
        complaint = case = moments.act_complaint.take(act)
        if moments.act_case is not moments.act_complaint:
            case = moments.act_case.take(act)
        count, start, slot = slots
        counts = count.take(case)
        begins = starts(counts)
        owner = repeat(counts)
        place = np.arange(len(owner), dtype=np.int32)
        begin = begins[:-1].astype(np.int32)
        slot = slot.take((start.astype(np.int32).take(case) - begin).take(owner) + place)
        if term:
            self.term_offset = begins.astype(np.int32)
            terms, span = owner, None
        else:
            self.span_slot = place - begin.take(owner)
            terms, span = rows.term_start.astype(np.int32).take(act).take(owner), owner
        own = complaint.take(owner)
        return Grain(
            self.tables, rows, columns, own, own if complaint is case else case.take(owner), act.take(owner), terms,
            slot, span,
        )  # fmt: skip

    # ---- the term of a span ---------------------------------------------------------------------------------------
    @cached_property
    def others(self) -> list[tuple[Array, Array, Array]]:
        """Spans with another term than the act's own end: rows, terms, fora; each row once in every member."""
        rows = self.rows
        if not len(rows.other_span):
            return []
        counts = np.bincount(self.span.span_row, minlength=len(rows.span_act))
        at, which = members(starts(counts), rows.other_span)
        order = np.argsort(at, kind="stable")
        at, which = at[order], which[order]
        turn = np.arange(len(at)) - np.flatnonzero(np.diff(at, prepend=-1))[np.cumsum(np.diff(at, prepend=-1) != 0) - 1]
        return [
            (at[turn == n], rows.other_term[which[turn == n]], rows.other_fora[which[turn == n]])
            for n in range(int(turn.max()) + 1)
        ]

    @property
    def slot_rows(self) -> Array:
        """For each span the row of its term and slot, whatever the forum."""
        return self.slot_rows_of(self.span.term, slice(None))

    def slot_rows_of(self, term: Array, span: Any) -> Array:
        """For some spans the rows of these terms and their slot."""
        return self.term_offset[term] + self.span_slot[span]

    def term_rows(self, forum: int) -> Array:
        """For each span the term that counts for a forum."""
        if not self.others:
            return self.span.term
        term = self.span.term.copy()
        for at, other, fora in self.others:
            held = (fora >> np.uint32(forum) & np.uint32(1)) > 0
            term[at[held]] = other[held]
        return term

    def spread(self, values: Array, place: str, to: str) -> Array:
        """Values by case, act or term at the rows of another place."""
        if place == to:
            return values
        grain = self.span if to == "span" else self.term
        index = self.rows.moments.act_case if to == "act" else grain.case if place == "case" else grain.act
        return values.take(index, mode="wrap")

    def grain_of(self, place: str) -> Grain:
        """The rows of a place."""
        return {"case": self.case, "act": self.acts, "term": self.term}[place]

    @cached_property
    def acts(self) -> Grain:
        """Acts, without terms and slots."""
        moments = self.rows.moments
        at = np.arange(len(moments.act_case))
        return Grain(self.tables, self.rows, self.columns, moments.act_complaint, moments.act_case, at)

    def fact(self, name: str, place: str) -> Array:
        """A fact, as a code."""
        return self.rows.act_codes[name] if place == "act" else self.grain_of(place).code(name, 0)

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
        Deadlines(self).run()

    def asked(self, planes: Array, there: Array) -> Array:
        """The fora in which more tests can change the status of a span, or the last day of its case.

        Where a case may be unclear for what was taken for granted, the days of all its spans count.
        """
        if self.bare:
            return planes[1] & there & self.wanted[self.span.case]
        doubtful = np.zeros_like(self.resting)
        doubtful[self.span.case.take(self.cases.start)] = self.cases.any_bits(planes[FIRM] & there)
        return (planes[TIMED] | (doubtful & self.resting).take(self.span.case)) & there

    def add_cures(self, cures: dict[int, Array], held: Array, at: Array, bit: Any) -> None:
        """Note which events would cure the failures of a forum in some spans."""
        if not held.any():
            return
        for n in range(8):
            some = at[(held >> n & 1) > 0]
            if len(some):
                plane = cures.setdefault(n, np.zeros(self.span.n, np.uint32))
                plane[some] |= bit

    def keep_ends(self, placed: Placed, held: Held) -> None:
        """Keep the deadlines of a test in some cells; no cell is told twice."""
        self.held.setdefault(placed.forum, {}).setdefault(placed.index, []).append(held)

    def keep_rows(self, placed: Placed, ends: Ends) -> None:
        """Keep the deadlines of a test in all rows of its grain."""
        self.keep_ends(placed, Held(None, ends, self.to_cells(placed.grain, placed.forum)))

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

    #: Whether nothing is taken for granted; neighbouring articles are left out then.
    bare = False
    #: The planes of a level that are asked for; all where None.
    planes_used: tuple[int, ...] | None = None

    def finer(self) -> Array:
        """The complaints that must be looked at cell by cell."""
        return np.flatnonzero(self._odd | self.columns.split[self.profile] if self.with_tests else self._odd)

    # ---- cases ---------------------------------------------------------------------------------------------------
    @property
    def grain(self) -> Grain:
        """The rows that have cells."""
        return self.span

    @cached_property
    def cases(self) -> Runs:
        """The cells of each case."""
        return Runs(np.flatnonzero(np.diff(self.grain.case, prepend=-1)), self.grain.n)

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

    def to_cells(self, grain: str, forum: int) -> Array:
        """For each cell the row of a grain."""
        if grain == "case":
            return self.span.case
        return self.term_offset[self.term_rows(forum)] + self.span_slot

    grain_owner: Array = None

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
        start = np.flatnonzero(np.diff(self.rows.act_view[self.span.act], prepend=-1))
        return np.maximum.reduceat(best, start), np.minimum.reduceat(least, start)

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


class Bare(Look):
    """The look with nothing taken for granted."""

    bare = True
    planes_used: tuple[int, ...] | None = (1,)


class Blank(Bare):
    """The look at complaints of which only the State is known; a clock could run or not."""

    planes_used = (0, 1)

    def _clocks(self) -> None:
        """No clock is looked at."""
