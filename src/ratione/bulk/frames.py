"""What rules read, for many rows at once: the columns of a grain, and the few distinct rows that they come down to.

Most rules read only small facts and days that matter as stretches between cuts. Rows that agree in all of that are
evaluated once (`Keyed`); only clocks look at days themselves (`Raw`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from ratione.bulk.calendar import FIRST, LAST, Four, of_start
from ratione.bulk.intervals import Intervals
from ratione.bulk.outcome import Out
from ratione.bulk.rows import Rows
from ratione.bulk.targets import BY_TARGET
from ratione.bulk.words import NO, YES
from ratione.rules import (
    AtLeast,
    Begun,
    Between,
    Bound,
    Clock,
    Extended,
    Fact,
    Fixed,
    InTime,
    Reserved,
    Rule,
    Start,
    walk,
)

if TYPE_CHECKING:
    from ratione.bulk.tables import Tables

Array = Any
Span = tuple[Array, Array]
OF_ACT = frozenset(
    {
        *("act.first", "act.from", "act.last", "released_or_convicted_on", "act.kind", "act.ongoing"),
        *("act.attributable", "act.country", "act.place", "place", "territory"),
    }
)
OF_TERM = frozenset({"act.to", "act.covered_to", "act.cut", "knowledge", "ineffective_known", "detention_regime_ended"})
OF_SLOT = frozenset({"remedies", "procedures"})
DECISION = (
    "decision.taken", "decision.served", "decision.available", "decision", "decision.exhausted", "decision.earliest"
)  # fmt: skip
DayRule = Bound | Begun | Extended | Reserved | Between | AtLeast
#: Days by name; everything else that a rule reads is a fact.
DAYS = frozenset(
    {
        *DECISION,
        *("act", "act.first", "act.from", "act.last", "act.to", "act.covered_to", "filed", "hereafter"),
        *("knowledge", "ineffective_known", "detention_regime_ended", "released_or_convicted_on", "other.ended"),
    }
)


class Grain:
    """Rows of one kind: for each the complaint, case, act, term, slot, span or unit to which it belongs.

    `term` may differ by forum (an act that outlasts one treaty and not another): `term_of` gives those rows.
    """

    def __init__(
        self,
        tables: Tables,
        rows: Rows,
        columns: Any,
        complaint: Array,
        case: Array,
        act: Array = None,
        term: Array = None,
        slot: Array = None,
        span: Array = None,
        unit: Array = None,
        procedures: Array = None,
    ) -> None:
        self.tables, self.rows, self.columns = tables, rows, columns
        self.complaint, self.case, self.act, self.term = complaint, case, act, term
        self.slot, self.span_row, self.unit, self.procedures = slot, span, unit, procedures
        self.n = len(complaint)
        self.term_of: dict[int, Array] = {}
        self._codes: dict[str, Array] = {}
        self._spans: dict[tuple[str, bool], Span] = {}
        self._cuts: dict[tuple[str, bool, bool], Span] = {}
        self._intervals: dict[tuple[str, bool, bool], Intervals] = {}

    def take(self, at: Array) -> Grain:
        """Some of the rows."""
        columns = (self.complaint, self.case, self.act, self.term, self.slot, self.span_row, self.unit, self.procedures)
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
            return rows.docket.respondent[self.case]
        if name in OF_ACT:
            return rows.act_codes[name][self.act]
        if name == "remedies":
            everywhere = rows.docket.remedies[self.complaint]
            if self.slot is None:
                return everywhere
            own = self.columns.remedies[self.slot]
            return np.where(own > 0, own, everywhere)
        if name == "procedures":
            return rows.complaint_facts[name][self.complaint] if self.procedures is None else self.procedures
        if name in rows.complaint_facts:
            return rows.complaint_facts[name][self.complaint]
        return self._in_set(name)

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
    def span(self, name: str, forum: int, received: bool) -> Span:
        """A day, as its first and last possible day."""
        if name in OF_TERM and forum in self.term_of:
            return self._of_term(name, self.term_of[forum])
        key = (name, received)
        found = self._spans.get(key)
        if found is None:
            found = self._spans[key] = self._span(name, received)
        return found

    def _span(self, name: str, received: bool) -> Span:
        rows = self.rows
        if name in OF_TERM:
            return self._of_term(name, self.term)
        if name in ("act.first", "act.from", "act.last"):
            first, last = rows.act_last if name == "act.last" else rows.act_first
            return first[self.act], last[self.act]
        if name == "released_or_convicted_on":
            return self._or(name, rows.act_first[0][self.act], np.full(self.n, LAST, np.int32))
        if name == "act":
            return rows.span_first[self.span_row], rows.span_last[self.span_row]
        if name == "hereafter":
            return np.full(self.n, LAST, np.int32), np.full(self.n, LAST, np.int32)
        if name == "filed":
            first, last = rows.filed[received]
        elif name == "other.ended":
            first, last = rows.other
        elif name in DECISION:
            first, last = rows.decision[received][name]
        elif name in rows.docket.days:
            first, last = rows.docket.days[name].first, rows.docket.days[name].last
        else:
            return np.full(self.n, FIRST, np.int32), np.full(self.n, LAST, np.int32)
        return first[self.complaint], last[self.complaint]

    def _of_term(self, name: str, term: Array | None) -> Span:
        """The end of an act, or of its covered part, and what follows from it (`CaseView._known`)."""
        rows = self.rows
        end, final, sure = rows.term_first[term], rows.term_last[term], rows.term_sure[term]
        low, high = rows.act_last[0][self.act], rows.act_last[1][self.act]
        covered = end > 0
        if name == "act.covered_to":
            return np.where(covered, end - 1, low), np.where(covered, final - 1, high)
        low = np.where(covered, np.minimum(low, end - 1), low)  # it may have ended before
        high = np.where(covered & sure, end - 1, high)
        if name == "act.to":
            return low, high
        if name == "detention_regime_ended":
            return self._or(name, low, high)
        ever = np.full(self.n, LAST, np.int32)
        if name == "knowledge":
            direct = rows.complaint_facts["applicant.victim"][self.complaint] == self.tables.direct
            known = self._or(name, low, np.where(direct, high, ever))
            return np.maximum(known[0], low), np.maximum(known[1], high)
        vain = self._or("remedy_ineffective_known", low, ever)
        return np.maximum(vain[0], low), np.maximum(vain[1], high)

    def _or(self, name: str, low: Array, high: Array) -> Span:
        """The stated day, else the one given."""
        day = self.rows.docket.days[name]
        told = day.told[self.complaint]
        return np.where(told, day.first[self.complaint], low), np.where(told, day.last[self.complaint], high)

    def intervals(self, name: str, forum: int, received: bool, by_territory: bool) -> Intervals:
        """A day as the stretches in which it begins and ends."""
        own = name in OF_TERM and forum in self.term_of
        key = (name, received, by_territory)
        found = None if own else self._intervals.get(key)
        if found is None:
            low, high = self.cuts(name, forum, received, self.act is not None)
            whole = self.rows.span_whole[self.span_row] if name == "act" else np.ones(self.n, bool)
            territory = self.code("territory", forum) if by_territory else np.zeros(self.n, np.int32)
            found = Intervals(low, high, whole, territory, (low != high) | (territory > 0))
            if not own:
                self._intervals[key] = found
        return found

    def cuts(self, name: str, forum: int, received: bool, by_act: bool) -> Span:
        """A day as the stretches between cuts in which its first and last possible day lie."""
        segments, rows = self.tables.segments, self.rows
        own = name in OF_TERM and forum in self.term_of
        key = (name, received, by_act)
        found = None if own else self._cuts.get(key)
        if found is None:
            cutter = rows.cutter[self.act] if by_act else rows.case_cutter[self.case]
            first, last = self.span(name, forum, received)
            low = segments.index(name, cutter, first)
            wide = first != last
            high = low
            if wide.any():
                high = low.copy()
                high[wide] = segments.index(name, cutter[wide], last[wide])
            found = low, high
            if not own:
                self._cuts[key] = found
        return found


class Frame:
    """What rules are evaluated on."""

    n: int
    forum: int
    tables: Tables

    def __init__(self) -> None:
        self._memo: dict[tuple[int, int], Out] = {}
        self._last_days: dict[int, Four] = {}
        #: What clocks with the same start events come to, whatever follows from it.
        self.clocks: dict[tuple[Any, ...], Any] = {}

    def _key(self, rule: Rule) -> tuple[int, int]:
        return id(rule), self.forum if self.tables.by_forum(rule) else -1

    def known(self, rule: Rule) -> Out | None:
        """The outcomes of a rule, if it was evaluated before."""
        return self._memo.get(self._key(rule))

    def keep(self, rule: Rule, out: Out) -> None:
        """Remember the outcomes of a rule."""
        self._memo[self._key(rule)] = out

    def last_days(self, clock: Clock, start: Start) -> Four:
        """The last days that a start event gives, the same for all clocks with the same length (`clock.of_start`)."""
        key = self.tables.start_number(clock, start)
        found = self._last_days.get(key)
        if found is None:
            found = self._last_days[key] = self._of_start(clock, start)
        return found

    def _of_start(self, clock: Clock, start: Start) -> Four:
        spans = tuple(self.span(name) for name in start.by)
        return of_start(clock, start, self.span(start.day), spans)

    def code(self, name: str) -> Array:
        """A fact, as a code."""
        raise NotImplementedError

    def span(self, name: str) -> Span:
        """A day, as its first and last possible day."""
        raise NotImplementedError

    def answered(self, rule: DayRule) -> Out | None:
        """The answers of a rule on days, where they are known already."""
        return None

    #: Where the answers that are known already are also those about the State of the place: whether this is told.
    placed: Array | None = None


class Keyed(Frame):
    """The distinct rows of a grain, as far as some variables go.

    `rows`: for each row of the grain its place here. Pieces of acts: a row stands for all of them that have the same
    key; `pieces` says to which row each piece belongs.
    """

    def __init__(self, grain: Grain, names: Iterable[str], forum: int, received: bool, by_act: bool) -> None:
        super().__init__()
        self.tables, self.grain, self.forum, self.received = grain.tables, grain, forum, received
        self._cols: dict[str, Array] = {}
        self._days: dict[str, Span] = {}
        columns: list[tuple[str, Array]] = []
        days = []
        for name in sorted(set(names)):
            if name in DAYS:
                if name == "act":
                    whole = grain.rows.span_whole[grain.span_row]
                    columns.append(("whole", whole))
                if self.tables.segments.cut(name):
                    low, high = grain.cuts(name, forum, received, by_act or name in OF_TERM or name == "act")
                    columns += [(f"{name}<", low), (f"{name}>", high)]
                    days.append(name)
            elif name in BY_TARGET:
                column = grain.unit if grain.unit is not None else None if grain.slot is None else grain.slot
                if column is not None and all(key != "target" for key, _ in columns):
                    like = column if grain.unit is not None else grain.columns.like[column]
                    columns.append(("target", like))
            else:
                columns.append((name, grain.code(name, forum)))
        self.rows, found, self.n = distinct([c for _, c in columns], grain.n)
        self._cols = {name: values for (name, _), values in zip(columns, found, strict=True)}
        self.pieces: Array | None = None
        self._split(days)

    def _split(self, days: list[str]) -> None:
        """Acts that are cut become their pieces; days become the first day of their stretch."""
        segments = self.tables.segments
        if "act" in days:
            low, high = self._cols["act<"], self._cols["act>"]
            count = np.where(self._cols["whole"] > 0, 1, high - low + 1)
            if (count > 1).any():
                self.pieces = np.repeat(np.arange(self.n), count)
                start = np.concatenate([[0], np.cumsum(count)[:-1]])
                at = (np.arange(len(self.pieces)) - start[self.pieces]).astype(np.int32)
                self._cols = {name: values[self.pieces] for name, values in self._cols.items()}
                one = self._cols["act<"] + at
                whole = self._cols["whole"] > 0
                self._cols["act<"] = one
                self._cols["act>"] = np.where(whole, self._cols["act>"], one)
                self.starts = start
                self.n = len(self.pieces)
        for name in days:
            low, high = self._cols[f"{name}<"], self._cols[f"{name}>"]
            self._days[name] = segments.first(name, low), segments.first(name, high)

    def code(self, name: str) -> Array:
        """A fact, as a code."""
        if name not in BY_TARGET:
            return self._cols[name]
        columns, target = self.grain.columns, self._cols.get("target")
        if target is None:
            return np.zeros(self.n, np.int32)
        if self.grain.unit is not None:
            table = columns.unit_right if name == "right" else columns.unit_article
        else:
            table = columns.like_right if name == "right" else columns.like_article
        code = table[target, self.forum]
        if name == "article.base":
            return columns.base[code]
        return columns.instrument[code] if name == "article.instrument" else code

    def span(self, name: str) -> Span:
        """A day, as the first day of the stretches in which it can lie."""
        return self._days[name]


def distinct(columns: list[Array], n: int) -> tuple[Array, list[Array], int]:
    """The distinct rows of some columns of small numbers: for each row its place, the columns, and their length."""
    if not columns:
        return np.zeros(n, np.int32), [], min(n, 1)
    joint, sizes, total = np.zeros(n, np.int64), [], 1
    for done, column in enumerate(columns):
        size = int(column.max(initial=0)) + 1
        if total * size > 1 << 62:  # one number would not hold them all
            place, found, _ = distinct(columns[:done], n)
            place, rest, length = distinct([place, *columns[done:]], n)
            return place, [*(values[rest[0]] for values in found), *rest[1:]], length
        joint = joint * size + column
        total *= size
        sizes.append(size)
    place, keys = _encode(joint)
    found = []
    for size in reversed(sizes):
        found.append((keys % size).astype(np.int32))
        keys = keys // size
    return place, found[::-1], len(found[0])


def _encode(joint: Array) -> tuple[Array, Array]:
    coded = pa.array(joint).dictionary_encode()
    return coded.indices.to_numpy(), coded.dictionary.to_numpy()


class Raw(Frame):
    """The rows of a grain themselves, for rules that look at days. Parts of rules without a clock are keyed."""

    def __init__(self, grain: Grain, forum: int, received: bool) -> None:
        super().__init__()
        self.tables, self.grain, self.forum, self.received = grain.tables, grain, forum, received
        self.n = grain.n

    def known(self, rule: Rule) -> Out | None:
        """As for every frame; a part without a clock is evaluated on its distinct rows."""
        found = super().known(rule)
        if found is None and not isinstance(rule, Fact | Fixed) and not self.tables.has_clock(rule):
            found = self.tables.keyed(self.grain, rule, self.forum, self.received)
            self.keep(rule, found)
        return found

    def code(self, name: str) -> Array:
        """A fact, as a code."""
        return self.grain.code(name, self.forum)

    def span(self, name: str) -> Span:
        """A day, as its first and last possible day."""
        return self.grain.span(name, self.forum, self.received)


def has_clock(rule: Rule) -> bool:
    """Whether a rule holds a clock."""
    return any(isinstance(node, InTime) for node in walk(rule))
