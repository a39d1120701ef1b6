"""Last days by case: which cells of a case count, and what their deadlines come to."""

from __future__ import annotations

from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import LAST, NEVER
from ratione.bulk.arrays.outcome import Ends, Held, after, no_ends
from ratione.bulk.arrays.planes import TIMED
from ratione.bulk.rows.layout import Layout

Array = Any
Three = tuple[Array | None, Array | None, Array | None]


class LastDays:
    """The deadlines of the cells that count (`verdict._last_day` of the reference evaluator).

    Those that do not fail for good; where all of a case do, those that only a deadline closed; all where the case is
    unclear. It holds what it needs of a look, so that the look can go.
    """

    def __init__(self, look: Layout) -> None:
        self.fora, self.cases, self.all_days = len(look.tables.fora), look.case.n, look.all_days
        self.held, self.caps = look.held, look.caps
        if not self.held and not self.caps:
            return
        levels, self._there = look.cells
        self.case = look.grain.case
        live = levels.planes[0] & self._there
        #: By case the fora where any cell does not fail for good.
        self._some = np.zeros(self.cases, np.uint32)
        self._some[self.case.take(look.cases.start)] = look.cases.any_bits(live)
        self._counted = live | (levels.planes[TIMED] & self._there & ~self._some.take(self.case, mode="wrap"))

    def find(self, unclear: Array) -> tuple[list[Array | None], list[Array | None], list[Array | None]]:
        """For each forum the safe last day, the arguable one and the benchmark of each case; None: none at all.

        `unclear`: the fora (bits by case) where every cell fails, but not without what was taken for granted.
        """
        if self.held or self.caps:
            self._doubt = unclear & ~self._some
            if self._doubt.any():
                self._counted |= self._doubt.take(self.case, mode="wrap") & self._there
        safe, arguable, advice = zip(*(self._of(forum) for forum in range(self.fora)), strict=True)
        return list(safe), list(arguable), list(advice)

    def _of(self, forum: int) -> Three:
        bit = np.uint32(1 << forum)
        parts = [part for held in self.held.get(forum, {}).values() if (part := self._counting(held, bit)) is not None]
        if forum in self.caps:
            cells = np.flatnonzero((self._counted & bit) != 0)
            parts = [self._capped(forum, cells, _joined(parts, cells))]
        if not parts:
            return None, None, None
        if len(parts) > 1:
            every = np.concatenate([cells for cells, _ in parts])
            if self.all_days:  # what is not told in one test of a cell changes what another comes to
                told = np.zeros(len(self.case), bool)
                told[every] = True
                every = np.flatnonzero(told)
                parts = [(every, _joined(parts, every))]
            else:
                parts = [(every, after([ends for _, ends in parts]))]
        (cells, ends), = parts
        return earliest(ends, self.case.take(cells, mode="wrap"), self.cases, self.all_days)

    def _counting(self, held: list[Held], bit: Any) -> tuple[Array, Ends] | None:
        """The deadlines of one test in the cells that count."""
        found = []
        for one in held:
            counted = self._counted if one.cells is None else self._counted.take(one.cells, mode="wrap")
            some = np.flatnonzero((counted & bit) != 0)
            if len(some):
                found.append((some if one.cells is None else one.cells.take(some, mode="wrap"), one.at(some)))
        if len(found) < 2:
            return found[0] if found else None
        return np.concatenate([cells for cells, _ in found]), after([ends for _, ends in found])

    def _capped(self, forum: int, cells: Array, ends: Ends) -> tuple[Array, Ends]:
        """Beside other deadlines the ends of acceptances that hang on the article, of which a cell can have two."""
        bit = np.uint32(1 << forum)
        case = self.case.take(cells)
        doubt, some = ((fora.take(case) & bit) != 0 for fora in (self._doubt, self._some))
        mode = np.where(some, 0, np.where(doubt, 2, 1))
        told, values = self.caps[forum]
        place = np.minimum(told.searchsorted(cells), len(told) - 1)
        caps = np.where((told.take(place) == cells)[:, None, None], values[place, mode], np.int32(NEVER))
        last, later = caps[:, :, 0].reshape(-1), caps[:, :, 1].reshape(-1)
        twice = Ends(last, later, None, None, last, last)
        return np.repeat(cells, 2), twice.join(ends.map(lambda values: np.repeat(values, 2)))


def _joined(parts: list[tuple[Array, Ends]], cells: Array) -> Ends:
    """The deadlines of several tests, cell by cell."""
    found = no_ends(len(cells))
    for own, ends in parts:
        place = cells.searchsorted(own)
        found = found.join(ends.map(lambda values, place=place: _spread(values, place, len(cells))))
    return found


def _spread(values: Array, place: Array, n: int) -> Array:
    found = np.full(n, values.dtype != bool and NEVER, values.dtype)
    found[place] = values
    return found


def earliest(ends: Ends, case: Array, n: int, full: bool) -> Three:
    """The deadlines of cells that count, joined case by case."""
    last, untold = ends.last, ends.untold
    if untold is not None and not untold.any():
        untold = None
    found = np.full(n, NEVER, np.int32)
    if last is not None:
        told = None if untold is None else np.flatnonzero(~untold)
        np.minimum.at(found, *((case, last) if told is None else (case.take(told), last.take(told))))
    if untold is not None:
        found[case.compress(untold)] = NEVER
    later = advice = None
    if full:
        later, advice = _arguable(ends, untold, case, found), _benchmark(ends, untold, case, n)
    return _told(found), later, advice


def _arguable(ends: Ends, untold: Array | None, case: Array, last: Array) -> Array | None:
    """The latest of the arguable days after the safe one."""
    if ends.last is None or ends.later is None:
        return None
    beyond = (ends.last < ends.later) & (ends.later < LAST)
    some = np.flatnonzero(beyond if untold is None else beyond & ~untold)
    found = np.zeros(len(last), np.int32)
    np.maximum.at(found, case.take(some), ends.later.take(some))
    return _told(np.where((last < NEVER) & (found > last), found, np.int32(NEVER)))


def _benchmark(ends: Ends, untold: Array | None, case: Array, n: int) -> Array | None:
    """The earliest benchmark; where a term could not be worked out, also the end of an acceptance."""
    found = np.full(n, NEVER, np.int32)
    if ends.advice is not None:
        np.minimum.at(found, case, ends.advice)
    if untold is not None and ends.caps is not None:
        some = np.flatnonzero(untold)
        np.minimum.at(found, case.take(some), ends.caps.take(some))
    return _told(found)


def _told(column: Array) -> Array | None:
    """A column of days; None where it tells none."""
    return column if int(column.min(initial=NEVER)) != NEVER else None
