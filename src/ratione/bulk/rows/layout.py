"""A docket laid out for one look: its rows with their slots, what rules read of them, and what is kept of each test."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from ratione.bulk.arrays.offsets import Runs, members, repeat, starts
from ratione.bulk.arrays.outcome import Ends, Held, Out
from ratione.bulk.arrays.planes import ALL, FIRM, TIMED, Levels
from ratione.bulk.facts.docket import Docket
from ratione.bulk.facts.names import PRESUMED
from ratione.bulk.rows.build import Base, build
from ratione.bulk.rows.grains import Grain
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.placed import Placed

Array = Any
Columns = Any
Lists = tuple[Array, Array, Array]


class Layout:
    """The rows of a docket, with or without what is taken for granted.

    `wanted`: the fora in which a case is looked at (bits by case); the others count as failed. `base`: that of another
    look at the docket.
    """

    #: Whether nothing is taken for granted; neighbouring articles are left out then.
    bare = False
    #: The planes of a level that are asked for; all where None.
    planes_used: tuple[int, ...] | None = None
    #: The levels of all cells, and the fora that hear them.
    cells: tuple[Levels, Array]

    def __init__(
        self,
        tables: Compiled,
        docket: Docket,
        presume: bool,
        tests: bool,
        wanted: Array | None,
        all_days: bool,
        base: Base | None,
    ) -> None:
        self.tables, self.docket, self.with_tests, self.all_days = tables, docket, tests, all_days
        base = base or Base(docket, tables)
        self.rows = build(base, presume)
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

    # ---- what is taken for granted -------------------------------------------------------------------------------
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
    def _profiles(self) -> tuple[Columns, Array]:
        profiles, profile = self.tables.profiles, self.docket.profile
        if self.with_tests:
            profile = profiles.apart(profile)
        return profiles.columns, profile

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

    @property
    def grain(self) -> Grain:
        """The rows that have cells."""
        return self.span

    @cached_property
    def cases(self) -> Runs:
        """The cells of each case."""
        return Runs(np.flatnonzero(np.diff(self.grain.case, prepend=-1)), self.grain.n)

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

    # ---- from rows to rows -----------------------------------------------------------------------------------------
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

    def spread(self, values: Array, place: str, to: str) -> Array:
        """Values by case, act or term at the rows of another place."""
        if place == to:
            return values
        grain = self.span if to == "span" else self.term
        index = self.rows.moments.act_case if to == "act" else grain.case if place == "case" else grain.act
        return values.take(index, mode="wrap")

    def to_cells(self, grain: str, forum: int) -> Array:
        """For each cell the row of a grain."""
        if grain == "case":
            return self.span.case
        return self.term_offset[self.term_rows(forum)] + self.span_slot

    # ---- what is asked and kept ------------------------------------------------------------------------------------
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
