"""What rules on days answer, each kind of answer as one number."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.known import Known
from ratione.bulk.arrays.outcome import FOR_GOOD, Ends, Out, no_ends

Array = Any
SHIFT = 22  # more than the number of days in the calendar


class Told:
    """What rules on days answer: level, cures, and the safe and the arguable end of an acceptance; each kind once."""

    def __init__(self) -> None:
        self._known = Known()
        self._columns = self._unpacked()

    @staticmethod
    def packed(level: Any, cures: Any, safe: Any, later: Any) -> Any:
        """An answer as one number."""
        return level | cures << 3 | safe << 11 | later << 11 + SHIFT

    def _unpacked(self) -> tuple[Array, Array, Array, Array]:
        values, mask = self._known.values, (1 << SHIFT) - 1
        days = (values >> 11 & mask).astype(np.int32), (values >> 11 + SHIFT).astype(np.int32)
        return (values & 7).astype(np.int8), (values >> 3 & 0xFF).astype(np.uint8), *days

    @cached_property
    def nothing(self) -> int:
        """The number of a failure for good, without more."""
        return int(self.codes(np.array([self.packed(FOR_GOOD, 0, NEVER, NEVER)]))[0])

    def codes(self, packed: Array) -> Array:
        """The number of each answer."""
        return self._known.number(packed).astype(np.int32)

    def of(self, out: Out) -> Array:
        """The number of the answer in each row."""
        never = np.int64(NEVER)
        safe, later = (never, never) if out.ends is None else (out.ends.last, out.ends.later)
        cures: Any = np.int64(0) if out.cures is None else out.cures.astype(np.int64)
        whole = out.level.astype(np.int64)
        return self.codes(self.packed(whole, cures, np.asarray(safe, np.int64), np.asarray(later, np.int64)))

    @property
    def columns(self) -> tuple[Array, Array, Array, Array]:
        """Level, cures, safe and arguable day of each answer."""
        if len(self._columns[0]) < len(self._known.values):
            self._columns = self._unpacked()
        return self._columns

    def out(self, codes: Array) -> Out:
        """The answers in some rows."""
        level, cures, safe, later = self.columns
        found = Out(level[codes])
        bits = cures[codes]
        if bits.any():
            found.cures = bits
        last = safe[codes]
        if (last != NEVER).any():
            found.ends = capped(last, later[codes])
        return found


def capped(last: Array, later: Array) -> Ends:
    """The ends of an acceptance as deadlines."""
    never = no_ends(len(last))
    return Ends(last, later, never.untold, never.advice, last, last)
