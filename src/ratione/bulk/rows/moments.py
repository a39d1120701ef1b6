"""All rows of a docket, with the days of complaints, acts, terms and spans and the stretches in which these lie.

A day stands at the rows to which it belongs; grains have many rows for each of these, and take what they need.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from weakref import proxy

import numpy as np

from ratione.bulk.arrays.calendar import FIRST, LAST
from ratione.bulk.arrays.intervals import Intervals
from ratione.bulk.facts.docket import Docket
from ratione.bulk.facts.names import DECISION, OF_TERM
from ratione.bulk.rows.terms import Terms
from ratione.bulk.rules.compiled import Compiled

Array = Any
Span = tuple[Array, Array]


@dataclass(slots=True, weakref_slot=True)
class Rows(Terms):
    """The rows of a docket. `*_start` are offsets of the rows one level down."""

    docket: Docket
    presume: bool
    case_complaint: Array
    view_case: Array
    view_start: Array  # by case
    act_view: Array
    act_first: Span
    act_last: Span
    act_codes: dict[str, Array]
    complaint_facts: dict[str, Array]
    filed: dict[bool, Span]
    decision: dict[bool, dict[str, Span]]
    other: Span
    taken: dict[bool, dict[str, Array]]
    cutter: Array  # by act
    case_cutter: Array
    moments: Moments = field(init=False)


class Moments:
    """The days of the rows of one look. A *level* names the rows: complaint, case, act, term or span."""

    def __init__(self, tables: Compiled, rows: Rows) -> None:
        self._tables = tables
        self._rows: Rows = proxy(rows)  # these hold it: so all goes as soon as a batch is done
        self.act_case = rows.view_case.take(rows.act_view)
        one_each = len(rows.case_complaint) == rows.docket.n
        self.act_complaint = self.act_case if one_each else rows.case_complaint.take(self.act_case)
        self._one_each = one_each
        self._spans: dict[tuple[str, bool], tuple[str, Span]] = {}
        self._cuts: dict[tuple[str, bool, bool], tuple[str, Span]] = {}
        self._intervals: dict[tuple[str, bool, bool, bool], tuple[str, Intervals]] = {}

    def forget_stretches(self) -> None:
        """Give back what only rules on stretches of days look at."""
        self._cuts, self._intervals = {}, {}

    # ---- days ----------------------------------------------------------------------------------------------------
    def span(self, name: str, received: bool) -> tuple[str, Span]:
        """A day as its first and last possible day, and the level of these columns."""
        key = name, received
        found = self._spans.get(key)
        if found is None:
            found = self._spans[key] = self._span(name, received)
        return found

    def _span(self, name: str, received: bool) -> tuple[str, Span]:
        rows = self._rows
        if name in OF_TERM:
            return "term", self._of_term(name)
        if name in ("act.first", "act.from", "act.last"):
            return "act", rows.act_last if name == "act.last" else rows.act_first
        if name == "released_or_convicted_on":
            ever = np.full(len(rows.act_view), LAST, np.int32)
            return "act", self._or(name, self.act_complaint, rows.act_first[0], ever)
        if name == "act":
            return "span", (rows.span_first, rows.span_last)
        if name == "filed":
            return "complaint", rows.filed[received]
        if name == "other.ended":
            return "complaint", rows.other
        if name in DECISION:
            return "complaint", rows.decision[received][name]
        if name in rows.docket.days:
            return "complaint", (rows.docket.days[name].first, rows.docket.days[name].last)
        last = np.full(rows.docket.n, LAST, np.int32)
        return "complaint", (last if name == "hereafter" else np.full(rows.docket.n, FIRST, np.int32), last)

    def _of_term(self, name: str) -> Span:
        """The end of an act, or of its covered part, and what follows from it (`CaseView._known`)."""
        if name not in ("act.to", "act.covered_to"):
            return self._from_end(name, *self.span("act.to", False)[1])
        rows = self._rows
        low, high = rows.act_last[0].take(rows.term_act), rows.act_last[1].take(rows.term_act)
        at = np.flatnonzero(rows.term_first)
        end, final, sure = rows.term_first[at], rows.term_last[at], rows.term_sure[at]
        if name == "act.covered_to":
            low[at], high[at] = end - 1, final - 1
        else:
            low[at] = np.minimum(low[at], end - 1)  # it may have ended before
            high[at[sure]] = end[sure] - 1
        return low, high

    def _from_end(self, name: str, low: Array, high: Array) -> Span:
        rows = self._rows
        complaint = self.act_complaint.take(rows.term_act)
        if name == "detention_regime_ended":
            return self._or(name, complaint, low, high)
        ever: Array = np.full(len(low), LAST, np.int32)
        if name == "knowledge":
            direct = (rows.complaint_facts["applicant.victim"] == self._tables.direct).take(complaint)
            known = self._or(name, complaint, low, np.where(direct, high, ever))
            return np.maximum(known[0], low), np.maximum(known[1], high)
        vain = self._or("remedy_ineffective_known", complaint, low, ever)
        return np.maximum(vain[0], low), np.maximum(vain[1], high)

    def _or(self, name: str, complaint: Array, low: Array, high: Array) -> Span:
        """The stated day, else the one given."""
        day = self._rows.docket.days[name]
        if not day.told.any():
            return low, high
        told = day.told.take(complaint)
        return np.where(told, day.first.take(complaint), low), np.where(told, day.last.take(complaint), high)

    # ---- between cuts --------------------------------------------------------------------------------------------
    def cuts(self, name: str, received: bool, by_act: bool) -> tuple[str, Span]:
        """A day as the stretches between cuts in which its first and last possible day lie, and their level."""
        key = name, received, by_act
        found = self._cuts.get(key)
        if found is None:
            level, (first, last) = self.span(name, received)
            if level == "complaint":
                level, rows = ("act", self.act_complaint) if by_act else ("case", self._rows.case_complaint)
                if by_act or not self._one_each:
                    first, last = first.take(rows), last.take(rows)
            found = self._cuts[key] = level, self._between(name, self._cutter(level, by_act), first, last)
        return found

    def _between(self, name: str, cutter: Array, first: Array, last: Array) -> Span:
        segments = self._tables.segments
        low = segments.index(name, cutter, first)
        wide = np.flatnonzero(first != last)
        if not len(wide):
            return low, low
        high = low.copy()
        high[wide] = segments.index(name, cutter[wide], last[wide])
        return low, high

    def _cutter(self, level: str, by_act: bool) -> Array:
        """The cut list of each row of a level."""
        rows = self._rows
        if level == "case":
            return rows.case_cutter
        own = rows.cutter if by_act else rows.case_cutter.take(self.act_case)
        return own if level == "act" else own.take(self._act(level))

    def _act(self, level: str) -> Array:
        return self._rows.term_act if level == "term" else self._rows.span_act

    def intervals(self, name: str, received: bool, by_territory: bool, by_act: bool) -> tuple[str, Intervals]:
        """A day as the stretches in which it begins and ends, and the level."""
        key = name, received, by_territory, by_act
        found = self._intervals.get(key)
        if found is None:
            level, (low, high) = self.cuts(name, received, by_act)
            whole = self._rows.span_whole if name == "act" else None
            wide = low != high
            territory: Array | None = None
            if by_territory:
                own = self._rows.act_codes["territory"]
                territory = own if level == "act" else own.take(self._act(level))
                wide |= territory > 0
            found = self._intervals[key] = level, Intervals(low, high, whole, territory, wide)
        return found
