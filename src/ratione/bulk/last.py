"""Last days by case: which cells of a case count, and what their deadlines come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.bulk.calendar import LAST, NEVER
from ratione.bulk.deadlines import Held
from ratione.bulk.outcome import Ends, after, no_ends
from ratione.bulk.planes import TIMED

if TYPE_CHECKING:
    from ratione.bulk.look import Look

Array = Any
Three = tuple[Array | None, Array | None, Array | None]


class LastDays:
    """The deadlines of the cells that count (`verdict._last_day` of the reference evaluator).

    Those that do not fail for good; where all of a case do, those that only a deadline closed; all where the case is
    unclear. `unclear`: the fora (bits by case) where every cell fails, but not without what was taken for granted.
    """

    def __init__(self, look: Look, unclear: Array) -> None:
        self.look, self.case = look, look.grain.case
        if not look.held and not look.caps:
            return
        levels, fora = look.cells
        live = levels.planes[0] & fora
        some = np.zeros(look.case.n, np.uint32)
        some[self.case.take(look.cases.start)] = look.cases.any_bits(live)
        self._some = some.take(self.case, mode="wrap")
        self._doubt = unclear.take(self.case, mode="wrap") & fora
        rest = (levels.planes[TIMED] & fora) | self._doubt
        self._counted = (self._some & live) | (~self._some & rest)

    def of(self, forum: int) -> Three:
        """For each case the safe last day, the arguable one and the benchmark; None: none at all."""
        look, bit = self.look, np.uint32(1 << forum)
        parts = [part for held in look.held.get(forum, {}).values() if (part := self._counting(held, bit)) is not None]
        if forum in look.caps:
            cells = np.flatnonzero((self._counted & bit) != 0)
            parts = [self._capped(forum, cells, _joined(parts, cells))]
        if not parts:
            return None, None, None
        if len(parts) > 1:
            every = np.concatenate([cells for cells, _ in parts])
            if look.all_days:  # what is not told in one test of a cell changes what another comes to
                told = np.zeros(look.grain.n, bool)
                told[every] = True
                every = np.flatnonzero(told)
                parts = [(every, _joined(parts, every))]
            else:
                parts = [(every, after([ends for _, ends in parts]))]
        (cells, ends), = parts
        return earliest(ends, self.case.take(cells, mode="wrap"), look.case.n, look.all_days)

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
        doubt = (self._doubt.take(cells) & bit) != 0
        mode = np.where((self._some.take(cells) & bit) != 0, 0, np.where(doubt, 2, 1))
        caps = self.look.caps[forum][cells, mode]
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
