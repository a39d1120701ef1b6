"""Days as the stretches in which no answer about a State changes, for all fora and for each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import FIRST
from ratione.bulk.arrays.growing import Growing
from ratione.bulk.states.cutter import Cutter
from ratione.bulk.states.told import SHIFT
from ratione.rules import AtLeast, Between

Array = Any
_MASK = (1 << SHIFT) - 1
#: Parts of the calendar of 32 days, the first from before this day on, the last to the end of all days.
_FROM, _PART, _PARTS = 700_000, 5, 1_320


class CutLists:
    """The lists of cuts of one day variable: one for each State, or several States that matter together."""

    def __init__(self) -> None:
        self.cuts = Growing(np.int64)  # number of the list and first day in one
        self.fora = Growing(np.uint32)
        self.starts = Growing(np.int32)  # where each list begins
        self._days: dict[tuple[int, ...], int] = {}  # lists with the same cuts share a calendar
        self._calendar = Growing(np.int32)
        self._parts = np.zeros((0, _PARTS), np.uint16)

    def add(self, number: int, cuts: dict[int, int]) -> None:
        """Add a list: its days, each with the fora (bits) for which it is a cut."""
        days = tuple(sorted(cuts))
        self.starts.extend([len(self.cuts)])
        self.cuts.extend(number << SHIFT | day for day in days)
        self.fora.extend(cuts[day] for day in days)
        self._calendar.extend([self._days.setdefault(days, len(self._days))])

    def index(self, code: Array, day: Array) -> Array:
        """Which cut (by its number over all lists) begins the stretch of each day."""
        parts = self._by_part()
        at = np.clip((day - _FROM) >> _PART, 0, _PARTS - 1)
        found = parts.reshape(-1).take(self._calendar.array.take(code).astype(np.int64) * _PARTS + at)
        cut = np.flatnonzero(found & 1)
        found = self.starts.array.take(code) + (found >> 1)
        if len(cut):
            wanted = (code[cut].astype(np.int64) << SHIFT) + day[cut]
            found[cut] = self.cuts.array.searchsorted(wanted, "right") - 1
        return found

    def _by_part(self) -> Array:
        """For each calendar and part of it, twice the stretch in which it begins, and one more where a cut is in it."""
        done = len(self._parts)
        if done < len(self._days):
            edges = _FROM + (np.arange(1, _PARTS) << _PART)
            more = np.empty((len(self._days) - done, _PARTS), np.uint16)
            for row, days in zip(more, list(self._days)[done:], strict=True):
                place = np.searchsorted(np.array(days), edges, "right") - 1
                final = np.searchsorted(np.array(days), edges - 1, "right") - 1
                row[0], row[1:] = 0, place << 1
                row[:-1] |= row[:-1] >> 1 != final
                row[-1] |= int(row[-1]) >> 1 != len(days) - 1
            self._parts = np.concatenate([self._parts, more])
        return self._parts


class Segments:
    """Days as the stretches in which no answer about the State changes, for all fora and for each."""

    def __init__(self, cutter: Cutter) -> None:
        self.cutter = cutter
        self._codes: dict[tuple[int, tuple[int, ...], int], int] = {}
        self.names = frozenset(_variables(cutter.rules))
        self._of = {name: CutLists() for name in self.names}
        self._locals: dict[tuple[str, int], tuple[int, Array, Array, Array]] = {}
        self.plain = Growing(np.int32)  # of each list that of the State alone
        self.states, self.places = Growing(np.int32), Growing(np.int32)  # of each list the State, and that of the place

    def __len__(self) -> int:
        """How many lists of cuts there are."""
        return len(self._codes)

    def code(self, state: int, others: tuple[int, ...] = (), place: int = 0) -> int:
        """The number of the cut lists of a State, together with the other States that matter, and that of the place."""
        key = (state, others, place or state)
        found = self._codes.get(key)
        if found is None:
            plain = self.code(state) if key != (state, (), state) else len(self._codes)
            found = self._codes[key] = len(self._codes)
            self.plain.extend([plain])
            cuts = self.cutter.cuts(state, tuple(sorted({*others, place} - {0, state})))
            self.states.extend([state])
            self.places.extend([place or state])
            for name, held in self._of.items():
                held.add(found, {**cuts.get(name, {}), FIRST: 0xFFFFFFFF})
        return found

    def others_of(self, lists: Array) -> list[tuple[int, ...]]:
        """The other States whose cuts each list holds, beside that of the place."""
        others = [others for _, others, _ in self._codes]
        return [others[n] for n in lists.tolist()]

    def cut(self, name: str) -> bool:
        """Whether any rule looks this day up."""
        return name in self.names

    def index(self, name: str, code: Array, day: Array) -> Array:
        """Which cut (by its number over all lists) begins the stretch of each day."""
        return self._of[name].index(code, day)

    def first(self, name: str, index: Array) -> Array:
        """The first day of a stretch."""
        return (self._of[name].cuts.array[index] & _MASK).astype(np.int32)

    def local(self, name: str, forum: int | tuple[int, ...]) -> tuple[Array, Array, Array]:
        """The stretches of one forum, or of several: that of each cut, and the first day and the list of each."""
        held = self._of[name]
        fora = held.fora.array
        mask = sum(1 << f for f in ((forum,) if isinstance(forum, int) else forum))
        found = self._locals.get((name, mask))
        if found is None or found[0] != len(fora):
            own = (fora & np.uint32(mask)) > 0
            cuts, starts = held.cuts.array, held.starts.array
            lists = (cuts >> SHIFT).astype(np.int32)
            numbers = np.cumsum(own, dtype=np.int32) - 1
            inside = numbers - numbers[starts][lists]
            if not self.cutter.by_others & mask:  # a forum that looks at no other State needs but the plain lists
                of, lists = lists, self.plain.array[lists]
                own &= lists == of
            kept = np.cumsum(own, dtype=np.int32) - 1
            first = (cuts[own] & _MASK).astype(np.int32)
            found = len(fora), kept[starts][lists] + inside, first, lists[own]
            self._locals[name, mask] = found
        return found[1:]


def _variables(rules: Iterable[Any]) -> Iterable[str]:
    yield from ("act", "filed", "act.first")
    for rule in rules:
        if isinstance(rule, Between):
            yield rule.day
        elif not isinstance(rule, AtLeast):
            yield rule.on
