"""Acts: where they lie and which other States matter there, and their days and kinds in each reading.

An *own act* is an act of a case (one complaint against one State), or what stands for it where the complaint tells
none; a reading takes an act of which neither kind nor end is told as done in an instant, or as continuing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import FIRST, LAST
from ratione.bulk.arrays.offsets import Lists, repeat, starts
from ratione.bulk.facts.docket import Docket
from ratione.bulk.facts.words import NO, YES
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.states.places import AWAY, CONTROL, COUNTRY, DEPENDENT, HOME, NOTHING
from ratione.complaint.model import ACT_KINDS

Array = Any
Span = tuple[Array, Array]
INSTANT, CONTINUING = 1, 2  # codes of ACT_KINDS
_KIND = (len(ACT_KINDS)).bit_length()  # bits of a kind; above them two for `ongoing`, one for a told end, one for open


def within(span: Span, first: Any, last: Any) -> Span:
    """As `Interval.within`: narrowed, but a contradiction keeps what was stated."""
    at = np.flatnonzero((span[0] < first) | (span[1] > last))
    if not len(at):
        return span
    low = np.maximum(span[0][at], first[at] if np.ndim(first) else first)
    high = np.minimum(span[1][at], last[at] if np.ndim(last) else last)
    fits = low <= high
    at = at[fits]
    found = span[0].copy(), span[1].copy()
    found[0][at], found[1][at] = low[fits], high[fits]
    return found


@dataclass(slots=True)
class Acts:
    """Acts in each reading: the columns of `moments.Rows` with these names."""

    view_case: Array
    view_start: Array
    act_view: Array
    act_first: Span
    act_last: Span
    act_codes: dict[str, Array]
    cutter: Array


class OwnActs:
    """The acts of each case, with all that hangs neither on a reading nor on what is taken for granted."""

    def __init__(self, docket: Docket, tables: Compiled, case_complaint: Array) -> None:
        self.docket, self.tables, acts = docket, tables, docket.acts
        self._case_complaint = case_complaint
        self.lists = Lists(docket.act_start)
        one_each = len(docket.respondent) == docket.n and (case_complaint == np.arange(docket.n)).all()
        number = np.maximum(self.lists.counts, 1)
        self._count = number if one_each else number[case_complaint]
        self.case = repeat(self._count)
        self.complaint = self.case if one_each else case_complaint[self.case]
        self.start = starts(self._count)
        self.source: Array | None = None
        if not one_each or len(self.case) != len(acts.kind):
            within_case = np.arange(len(self.case)) - self.start[self.case]
            source = docket.act_start[self.complaint] + within_case
            self.source = np.where(self.lists.counts[self.complaint] > 0, source, len(acts.kind))
        self.state = docket.respondent[self.case]
        self.same = (acts.first.first == acts.last.first) & (acts.first.last == acts.last.last)
        self._place()

    def of(self, values: Array, untold: Any) -> Array:
        """A column of acts, at own acts; `untold` where the complaint tells no act."""
        return values if self.source is None else np.append(values, np.array(untold, values.dtype))[self.source]

    def _place(self) -> None:
        acts, places = self.docket.acts, self.tables.places
        self.place, written = self.of(acts.place, 0), self.of(acts.written, False)
        self.country, bits = places.of(self.place)
        home = (self.country == self.state) & (self.country > 0)
        bits &= ~(written * np.int16(NOTHING))
        bits |= home.view(np.int8)
        bits |= places.dependencies(self.state)
        bits |= self.of(acts.control, 0).astype(np.int16) << CONTROL
        self.key = bits
        self.territory = np.zeros(len(bits), np.int32)
        abroad = np.array([word in AWAY for word in self.tables.words.controls.values])
        at = np.flatnonzero(bits & (HOME | DEPENDENT) == HOME | DEPENDENT)
        at = at[~abroad[bits[at] >> CONTROL]]
        self.territory[at] = places.territory(self.place[at])
        self._cut_lists(bits)

    def _cut_lists(self, bits: Array) -> None:
        """The cut lists of each case and of each act: those of the respondent, and of other States of a rule."""
        docket, places, cutter = self.docket, self.tables.places, self.tables.cutter
        nowhere, case_state = np.zeros(0, np.int64), docket.respondent
        if not cutter.by_others:
            self.case_cutter = places.lists(case_state, self.country, nowhere, ())
            self.cutter = self.case_cutter[self.case]
            return
        names = ("accused.nationality", "residence")
        told = any(docket.codes[name].any() for name in names)
        sets = tuple(docket.codes[name][self._case_complaint] for name in names) if told else ()
        self.case_cutter = places.lists(case_state, self.country, nowhere, sets)
        away = np.flatnonzero(bits & (HOME | COUNTRY) == COUNTRY)
        self.cutter = places.lists(self.state, self.country, away, tuple(held[self.case] for held in sets))

    # ---- readings ------------------------------------------------------------------------------------------------
    def unsure(self, presume: bool) -> Array:
        """Of which acts, by their place in the docket, the kind hangs on the reading."""
        acts = self.docket.acts
        found = acts.kind == 0
        return found & ~((acts.ongoing == YES) | ~acts.last.told | self.same) if presume else found

    def read(self, presume: bool, limit: Array) -> Acts:
        """The acts of each view. `limit`: the last day on which an act can have begun, by complaint."""
        unsure = self.unsure(presume)
        two = self.lists.any(unsure)[self._case_complaint]
        view_count = 1 + two.astype(np.int64)
        view_case = repeat(view_count)
        view_start = starts(view_count)
        count = self._count[view_case]
        act_view = repeat(count)
        at = np.arange(len(act_view)) + (self.start[view_case] - starts(count)[:-1])[act_view]
        second = np.zeros(len(view_case), bool)
        second[view_start[:-1][two] + 1] = True
        lasting = np.flatnonzero(second[act_view])
        open_, limit = self.of(unsure, False), limit[self.complaint]
        columns = self._settle(None, open_, presume, False, limit)
        if len(lasting):
            again = self._settle(at[lasting], open_, presume, True, limit)
            columns = [column.take(at) for column in columns]
            for column, other in zip(columns, again, strict=True):
                column[lasting] = other
        first, last, after, end, kind, ongoing = columns
        codes = {"act.kind": kind, "act.ongoing": ongoing}
        for name, values in self._facts(presume).items():
            codes[name] = values.take(at) if len(lasting) else values
        cutter = self.cutter.take(at) if len(lasting) else self.cutter
        return Acts(view_case, view_start, act_view, (first, last), (after, end), codes, cutter)

    def _facts(self, presume: bool) -> dict[str, Array]:
        words, presumed = self.tables.places.answers(presume)
        country, attributable = self.country, self.of(self.docket.acts.attributable, 0)
        if presume:
            at = np.flatnonzero(presumed.take(self.key))
            country = country.copy()
            country[at] = self.state[at]
            attributable = np.where(attributable == 0, self.tables.presumed_attributable, attributable)
        return {
            "act.place": self.place,
            "act.country": country,
            "place": words.take(self.key),
            "territory": self.territory,
            "act.attributable": attributable.astype(np.int16),
        }

    def _settle(self, rows: Array | None, open_: Array, presume: bool, lasting: bool, limit: Array) -> list[Array]:
        """The days and the kind of own acts in a reading: first and last day, kind, whether ongoing.

        First and last day are narrowed by what is certain (`CaseView._act`).
        """
        acts = self.docket.acts

        def column(values: Array, untold: Any) -> Array:
            held = self.of(values, untold)
            return held if rows is None else held[rows]

        open_, limit = (open_, limit) if rows is None else (open_[rows], limit[rows])
        first: Span = column(acts.first.first, FIRST), column(acts.first.last, LAST)
        last: Span = column(acts.last.first, FIRST), column(acts.last.last, LAST)
        key = column(acts.kind, 0).astype(np.int16)
        key |= column(acts.ongoing, 0).astype(np.int16) << _KIND
        key |= column(acts.last.told, False) * np.int16(1 << _KIND + 2)
        key |= open_ * np.int16(1 << _KIND + 3)
        kinds, ongoing, once, endless = (table.take(key) for table in _readings(presume, lasting))
        stated = first
        untold = np.flatnonzero((first[0] == FIRST) & (first[1] == LAST) & once)
        first = within(first, FIRST, limit)
        last = within(last if lasting else _where(open_, stated, last), first[0], LAST)
        if len(untold):
            some = within((first[0][untold], first[1][untold]), FIRST, last[1][untold])
            first = first[0].copy(), first[1].copy()
            first[0][untold], first[1][untold] = some
        last = _where(once, first, last)
        at = np.flatnonzero(endless)
        last[0][at] = last[1][at] = LAST
        return [*within(first, FIRST, last[1]), *last, kinds, ongoing]


def _where(flags: Array, span: Span, other: Span) -> Span:
    return np.where(flags, span[0], other[0]), np.where(flags, span[1], other[1])


@cache
def _readings(presume: bool, lasting: bool) -> tuple[Array, ...]:
    """By kind, `ongoing`, whether an end is told, and whether the kind is open: kind, `ongoing`, once, endless."""
    found: list[tuple[int, int, bool, bool]] = []
    for key in range(1 << _KIND + 4):
        kind, ongoing = key & (1 << _KIND) - 1, key >> _KIND & 3
        told, open_ = bool(key >> _KIND + 2 & 1), bool(key >> _KIND + 3)
        if open_:
            kind = CONTINUING if lasting else INSTANT
            told, ongoing = told or not lasting, ongoing if lasting else NO
        if presume and kind == 0:
            kind = CONTINUING if ongoing == YES else INSTANT
        once = kind == INSTANT
        endless = not once and not told and ongoing == YES
        found.append((kind, NO if once or (told and ongoing == 0) else ongoing, once, endless))
    columns = np.array(found, np.int16).T.copy()
    return columns[0], columns[1], columns[2] > 0, columns[3] > 0
