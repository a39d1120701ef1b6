"""What rules read, for many rows at once: the columns of a grain, and the few distinct rows that they come down to.

Most rules read only small facts and days that matter as stretches between cuts. Rows that agree in all of that are
evaluated once (`Keyed`); only clocks look at days themselves (`Raw`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from ratione.bulk.arrays.calendar import Four, of_start
from ratione.bulk.arrays.intervals import Intervals
from ratione.bulk.arrays.outcome import Out
from ratione.bulk.facts.targets import BY_TARGET
from ratione.bulk.facts.words import NO, YES
from ratione.bulk.rows.build import Rows
from ratione.bulk.rows.moments import DECISION, OF_TERM
from ratione.rules import (
    AtLeast,
    Begun,
    Between,
    Bound,
    Clock,
    Extended,
    Fact,
    Fixed,
    Reserved,
    Rule,
    Start,
)

if TYPE_CHECKING:
    from ratione.bulk.looks.tables import Tables

Array = Any
Span = tuple[Array, Array]
OF_ACT = frozenset(
    {
        *("act.first", "act.from", "act.last", "released_or_convicted_on", "act.kind", "act.ongoing"),
        *("act.attributable", "act.country", "act.place", "place", "territory"),
    }
)
OF_SLOT = frozenset({"remedies", "procedures"})
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
