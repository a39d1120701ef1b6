"""The rows of one kind, and the columns that rules read of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ratione.bulk.arrays.intervals import Intervals
from ratione.bulk.facts.names import BY_TARGET, OF_ACT, OF_TERM
from ratione.bulk.facts.words import NO, YES
from ratione.bulk.rows.moments import Rows
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.frame import Span

Array = Any


class Grain:
    """Rows of one kind: for each the complaint, case, act, term, slot, span or unit to which it belongs.

    `term` may differ by forum (an act that outlasts one treaty and not another): `term_of` gives those rows.
    """

    def __init__(
        self,
        tables: Compiled,
        rows: Rows,
        columns: Any,
        complaint: Array,
        case: Array,
        act: Array = None,
        term: Array = None,
        slot: Array = None,
        span: Array = None,
        unit: Array = None,
    ) -> None:
        self.tables, self.rows, self.columns = tables, rows, columns
        self.complaint, self.case, self.act, self.term = complaint, case, act, term
        self.slot, self.span_row, self.unit = slot, span, unit
        self.n = len(complaint)
        #: The kind of the act of each row (`bundles.Bundle`), where it was asked for.
        self.kind: Array = None
        self.term_of: dict[int, Array] = {}
        self._codes: dict[str, Array] = {}
        self._spans: dict[tuple[str, bool], Span] = {}
        self._cuts: dict[tuple[str, bool, bool], Span] = {}

    def forget(self) -> None:
        """Give back the columns that were put together; they come again where they are asked for."""
        self._codes, self._spans, self._cuts = {}, {}, {}

    def take(self, at: Array) -> Grain:
        """Some of the rows."""
        columns = (self.complaint, self.case, self.act, self.term, self.slot, self.span_row, self.unit)
        return Grain(self.tables, self.rows, self.columns, *(None if c is None else c[at] for c in columns))

    # ---- facts ---------------------------------------------------------------------------------------------------
    def code(self, name: str, forum: int) -> Array:
        """A fact, as a code."""
        if name in BY_TARGET:
            return self._target(name, forum)
        if name == "act.cut":
            term = self.term_of.get(forum, self.term)
            rows = self.rows
            end, sure = rows.term_first[term], rows.term_sure[term]
            return np.where(end == 0, NO, np.where(sure & (end <= rows.act_last[0][self.act]), YES, 0))
        found = self._codes.get(name)
        if found is None:
            found = self._codes[name] = self._code(name)
        return found

    def _code(self, name: str) -> Array:
        rows = self.rows
        if name == "respondent":
            return rows.docket.respondent.take(self.case)
        if name in OF_ACT:
            return rows.act_codes[name].take(self.act)
        if name == "remedies":
            everywhere = rows.docket.remedies.take(self.complaint)
            if self.slot is None or not self.columns.remedies.any():
                return everywhere
            own = self.columns.remedies.take(self.slot)
            return np.where(own > 0, own, everywhere)
        if name == "procedures":
            return self._procedures(rows.complaint_facts[name].take(self.complaint))
        if name in rows.complaint_facts:
            return rows.complaint_facts[name].take(self.complaint)
        return self._in_set(name)

    def _procedures(self, codes: Array) -> Array:
        """The procedures elsewhere, with what each slot shares with the rights put there."""
        if self.slot is None or not self.columns.told_elsewhere.any():
            return codes
        at = np.flatnonzero(self.columns.told_elsewhere[self.slot] & (codes > 1))
        slots = len(self.columns.told_elsewhere)
        distinct, place = np.unique(codes[at].astype(np.int64) * slots + self.slot[at], return_inverse=True)
        procedures, shared = self.tables.procedures, self.columns.shared
        told = [procedures.with_rights(key // slots, shared[key % slots]) for key in distinct.tolist()]
        codes[at] = np.array(told, codes.dtype)[place]
        return codes

    def _in_set(self, name: str) -> Array:
        """`residence:KEN` (yes where Kenya is among the States told) or `residence.any`."""
        group, _, code = name.partition(":")
        plain = group.removesuffix(".any")
        if plain not in self.rows.docket.codes:
            return np.zeros(self.n, np.int16)
        sets = self.tables.words.sets.values
        state = self.tables.words.states.codes.get(code, -1)
        if code:
            held = [YES if s and state in s else 0 for s in sets]
        else:
            held = [0 if s is None else YES if s else NO for s in sets]
        return np.array(held, np.int16)[self.rows.docket.codes[plain][self.complaint]]

    def _target(self, name: str, forum: int) -> Array:
        columns = self.columns
        right = name == "right"
        if self.unit is not None:
            code = (columns.unit_right if right else columns.unit_article)[self.unit, forum]
        elif self.slot is not None:
            code = (columns.like_right if right else columns.like_article)[columns.like[self.slot], forum]
        else:
            return np.zeros(self.n, np.int32)
        return columns.base[code] if name == "article.base" else columns.instrument[code] if name[7:] == ".instrument" \
            else code  # fmt: skip

    # ---- days ----------------------------------------------------------------------------------------------------
    def _rows_of(self, level: str, forum: int) -> Array:
        """For each row that of a level, None where they are the same."""
        match level:
            case "complaint":
                return self.complaint
            case "case":
                return None if self.act is None else self.case
            case "act":
                return self.act
            case "term":
                return self.term_of.get(forum, self.term)
        return self.span_row

    def _own(self, name: str, forum: int) -> bool:
        """Whether a day differs by forum."""
        return name in OF_TERM and forum in self.term_of

    def span(self, name: str, forum: int, received: bool) -> Span:
        """A day, as its first and last possible day."""
        key = (name, received)
        found = None if self._own(name, forum) else self._spans.get(key)
        if found is None:
            level, (first, last) = self.rows.moments.span(name, received)
            rows = self._rows_of(level, forum)
            found = first.take(rows), last.take(rows)
            if not self._own(name, forum):
                self._spans[key] = found
        return found

    def intervals(
        self, name: str, forum: int, received: bool, by_territory: bool, at: Array | None = None
    ) -> Intervals:
        """A day of some rows, or of all, as the stretches in which it begins and ends."""
        level, found = self.rows.moments.intervals(name, received, by_territory, self.act is not None)
        rows = self._rows_of(level, forum)
        if rows is None:
            return found if at is None else found.take(at)
        return found.take(rows if at is None else rows.take(at))

    def cuts(self, name: str, forum: int, received: bool, by_act: bool) -> Span:
        """A day as the stretches between cuts in which its first and last possible day lie."""
        key = (name, received, by_act)
        found = None if self._own(name, forum) else self._cuts.get(key)
        if found is None:
            level, (low, high) = self.rows.moments.cuts(name, received, by_act)
            rows = self._rows_of(level, forum)
            if rows is None:
                found = low, high
            else:
                taken = low.take(rows)
                found = taken, taken if high is low else high.take(rows)
            if not self._own(name, forum):
                self._cuts[key] = found
        return found
