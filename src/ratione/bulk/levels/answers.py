"""What the rules of a forum on one day variable answer: intervals with the same answers share a code.

The States differ in when they joined, not in what follows from having joined. So a forum's rules on the pieces of acts
look at codes of answers, and there are few of these for all States together.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ratione.bulk.arrays.growing import Growing
from ratione.bulk.arrays.intervals import Intervals
from ratione.bulk.arrays.known import Known, Table, distinct
from ratione.bulk.levels.vectors import STRETCH, Vectors
from ratione.bulk.rules.compiled import Compiled

Array = Any
#: Bits from which an interval as one number tells its territory, and the group of articles.
_TERRITORY, _GROUP = 2 * STRETCH, 49


def _pack(low: Array, high: Array, whole: Array, territory: Array) -> Array:
    """An interval as one number."""
    packed = low.astype(np.int64) | high.astype(np.int64) << STRETCH | territory.astype(np.int64) << _TERRITORY
    return packed << 1 | (whole & (low != high))


def _unpack(packed: Array) -> tuple[Array, Array, Array, Array]:
    whole = packed & 1 > 0
    packed = packed >> 1
    mask = (1 << STRETCH) - 1
    return packed & mask, packed >> STRETCH & mask, whole, packed >> _TERRITORY


class Answers:
    """Of one forum (or several) and one day variable: for each interval the code of its answers.

    A code stands for the set of vectors of the pieces of an interval.
    """

    def __init__(self, tables: Compiled, forum: int | tuple[int, ...], name: str, rules: list[Any]) -> None:
        """`rules`: those on this day (`rules_on`)."""
        self.tables, self.forum, self.name = tables, forum, name
        self.vectors = Vectors(tables, forum, name, rules)
        self._sets: dict[tuple[int, ...], int] = {}
        self.pieces: list[tuple[int, ...]] = []
        self._firsts = Growing(np.int64)  # of each of these the first vector
        #: By group and stretch of the forum: the code of the answers, and how many stretches before it these begin.
        self._code, self._back = np.full((0, 0), -1, np.int16), np.zeros((0, 0), np.uint16)
        self._runs, self._wide = Known(), Table()
        self._in_turn: dict[tuple[int, ...], int] = {}
        self._single = np.zeros(0, np.int32)  # of each vector the code of an interval in which it holds throughout

    def __len__(self) -> int:
        """How many intervals over several stretches are known."""
        return len(self._runs.values)

    def codes(self, days: Intervals, groups: Array | None = None, unit: Array | None = None) -> Array:
        """The code of each interval for the articles of the group of its unit; None: of the first group."""
        local, first, _ = self.tables.segments.local(self.name, self.forum)
        self._grow(len(first))
        low = local.take(days.column("low"), mode="wrap")
        width = self._code.shape[1]
        if groups is None or unit is None or len(self.vectors.groups) == 1:
            begin, place = np.zeros(1, np.int64), low
        else:
            begin = (groups * np.int64(width)).take(unit, mode="wrap")
            place = begin + low
        found = self._code.reshape(-1).take(place, mode="wrap").astype(np.int32)
        if found.min(initial=0) < 0:
            missing = np.flatnonzero(found < 0)
            self._fill(low[missing], _at(begin, missing) // width)
            found = self._code.reshape(-1).take(place, mode="wrap").astype(np.int32)
        wide = np.flatnonzero(days.column("wide"))
        if len(wide):
            back, row = self._back.reshape(-1), _at(begin, wide)
            first_run, last_run = low.take(wide, mode="wrap"), local.take(days.column("high", wide), mode="wrap")
            first_run = first_run - back.take(row + first_run, mode="wrap")
            last_run = last_run - back.take(row + last_run, mode="wrap")
            apart = days.column("territory", wide)
            odd = np.flatnonzero((first_run != last_run) | (apart > 0))
            if len(odd):
                at, ends = wide.take(odd), (first_run.take(odd), last_run.take(odd))
                packed = _pack(*ends, days.column("whole", at), apart.take(odd))
                packed |= _at(begin, at) // width << _GROUP
                found[at] = self._wide.take(self._runs.number(packed), self._find_wide)
        return found

    def _grow(self, stretches: int) -> None:
        """Make room for new groups and stretches."""
        rows, columns = self._code.shape
        if len(self.vectors.groups) > rows or stretches > columns:
            for name in ("_code", "_back"):
                held = getattr(self, name)
                grown = np.full((len(self.vectors.groups), stretches), -1 if name == "_code" else 0, held.dtype)
                grown[:rows, :columns] = held
                setattr(self, name, grown)

    def _find_wide(self, number: Array) -> Array:
        """The codes of intervals over more than one run of answers, or in a territory."""
        packed = self._runs.values[number]
        group = packed >> _GROUP
        low, high, whole, territory = _unpack(packed & ((1 << _GROUP) - 1))
        found = np.full(len(number), -1, np.int32)
        cut = (self.name == "act") & ~whole
        plain = np.flatnonzero(territory == 0)
        if len(plain):
            found[plain] = self._of_stretches(low[plain], high[plain], group[plain], cut[plain])
        rest = np.flatnonzero(found < 0)
        if len(rest):
            count = np.where(cut[rest], high[rest] - low[rest] + 1, 1)
            owner = np.repeat(rest, count)
            first = low[owner] + np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
            last = np.where(cut[owner], first, high[owner])
            vectors, end = self.vectors.work_out(first, last, territory[owner], group[owner]).tolist(), 0
            for n, pieces in zip(rest.tolist(), count.tolist(), strict=True):
                begin, end = end, end + pieces
                found[n] = self._set(tuple(sorted(set(vectors[begin:end]))))
        return found

    def _of_stretches(self, low: Array, high: Array, group: Array, cut: Array) -> Array:
        """The codes of intervals from what holds in their stretches; -1 where it does not follow from that."""
        count = high - low + 1
        owner = np.repeat(np.arange(len(low)), count)
        stretch = low[owner] + np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        vectors = self.first_of(self._code[group[owner], stretch])
        order = np.lexsort((np.where(cut[owner], vectors, 0), owner))  # of what is cut in order, else one after another
        vectors = vectors[order]
        kept = (np.diff(vectors, prepend=-1) != 0) | (np.diff(owner, prepend=-1) != 0)
        ends, every = np.cumsum(np.bincount(owner[kept])).tolist(), vectors[kept].tolist()
        found, new, at, begin = np.full(len(low), -1, np.int32), dict[tuple[int, ...], int](), list[int](), 0
        for n, (end, pieces) in enumerate(zip(ends, cut.tolist(), strict=True)):
            sign, begin = tuple(every[begin:end]), end
            found[n] = self._set(sign) if pieces else self._in_turn.get(sign, -1)
            if found[n] < 0:
                found[n] = -2 - new.setdefault(sign, len(new))
                at += [n] if len(new) > len(at) else []
        if not new or self.vectors.of_others:
            return np.maximum(found, -1)
        codes = self._of_single(self.vectors.throughout(list(new), low[at], high[at], group[at]))
        self._in_turn.update(zip(new, codes.tolist(), strict=True))
        rest = np.flatnonzero(found < 0)
        found[rest] = codes[-2 - found[rest]]
        return found

    def _fill(self, stretches: Array, group: Array) -> None:
        """Work out the answers for groups of articles in all stretches of the lists to which some belong."""
        _, _, lists_of = self.tables.segments.local(self.name, self.forum)
        most = int(lists_of[-1]) + 1
        groups, lists = np.divmod(distinct(group.astype(np.int64) * most + lists_of[stretches]), most)
        begin = lists_of.searchsorted(lists)
        count = lists_of.searchsorted(lists, "right") - begin
        start = np.cumsum(count) - count
        every = np.repeat(begin - start, count) + np.arange(count.sum())
        own = np.repeat(groups, count)
        vector = self.vectors.work_out(every, every, np.zeros(len(every), np.int64), own)
        turn = np.diff(vector, prepend=-1) != 0
        turn[start] = True
        codes, place = self._of_single(vector), np.arange(len(every))
        if len(self.pieces) > np.iinfo(self._code.dtype).max:
            self._code = self._code.astype(np.int32)
        self._code[own, every] = codes
        self._back[own, every] = place - np.maximum.accumulate(np.where(turn, place, 0))

    def _of_single(self, vector: Array) -> Array:
        """The codes of intervals throughout which one vector holds."""
        known = len(self._single)
        if known < len(self.vectors):
            self._single = np.append(self._single, np.full(len(self.vectors) - known, -1, np.int32))
        found = self._single[vector]
        if found.min(initial=0) < 0:
            new = np.unique(vector[found < 0])
            self._single[new] = [self._set((one,)) for one in new.tolist()]
            found = self._single[vector]
        return found

    def _set(self, vectors: tuple[int, ...]) -> int:
        found = self._sets.get(vectors)
        if found is None:
            found = self._sets[vectors] = len(self.pieces)
            self.pieces.append(vectors)
            self._firsts.extend(vectors[:1])
        return found

    def first_of(self, codes: Array) -> Array:
        """The first vector of each code."""
        return self._firsts.array[codes]


def _at(column: Array, rows: Array) -> Array:
    """A column at some rows; one of a single value is the same everywhere."""
    return column if len(column) == 1 else column.take(rows, mode="wrap")
