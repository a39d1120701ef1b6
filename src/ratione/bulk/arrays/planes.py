"""Levels of all fora at once.

The level of a test is kept as four planes of bits, one bit a forum: not failed for good, not failed, at least
judgment, met. The minimum of two levels is `&` on the planes, the maximum `|`. Two more are joined in the same way:
`TIMED`, no test fails for good but one whose deadline has passed; `FIRM`, no test fails that rests on nothing presumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ratione.bulk.arrays.outcome import FOR_NOW

Array = Any
LEVELS = 4
TIMED, FIRM = LEVELS, LEVELS + 1
PLANES = LEVELS + 2
ALL = np.uint32(0xFFFFFFFF)


@dataclass(slots=True)
class Levels:
    """The worst of some tests, for each row and every forum: planes of bits, and for each cure the fora it would help.

    `rights`: the planes of tests on the right alone, `met`: fora where one of these is met (law.md C.2).
    """

    planes: Array
    cures: dict[int, Array]
    rights: Array | None = None
    met: Array | None = None

    def take(self, rows: Array) -> Levels:
        """The levels at other rows."""
        return Levels(
            self.planes[:, rows],
            {bit: plane[rows] for bit, plane in self.cures.items()},
            None if self.rights is None else self.rights[:, rows],
            None if self.met is None else self.met[rows],
        )

    def add_right(self, forum: int, level: Array, blocking: bool) -> None:
        """Note the level of a test on the right by itself."""
        bit = np.uint32(1 << forum)
        n = len(level)
        if self.rights is None or self.met is None:
            self.rights, self.met = np.full((LEVELS, n), ALL, np.uint32), np.zeros(n, np.uint32)
        for k in range(LEVELS):
            self.rights[k] &= np.where(level > k, ALL, ALL ^ bit)
        if blocking:
            self.met |= np.where(level > LEVELS - 1, bit, np.uint32(0))

    def join(self, other: Levels) -> Levels:
        """The worst of both."""
        cures = dict(self.cures)
        for bit, plane in other.cures.items():
            cures[bit] = cures[bit] | plane if bit in cures else plane
        return Levels(
            self.planes & other.planes,
            cures,
            _both(np.bitwise_and, self.rights, other.rights),
            _both(np.bitwise_or, self.met, other.met),
        )

    def lower(self, other: Levels, only: tuple[int, ...] | None = None) -> None:
        """Become the worst of both; some planes only where no more is asked for."""
        for k in range(PLANES) if only is None else only:
            self.planes[k] &= other.planes[k]
        for bit, plane in other.cures.items():
            self.cures[bit] = self.cures[bit] | plane if bit in self.cures else plane


def _both(join: Any, one: Array | None, two: Array | None) -> Array | None:
    if one is None or two is None:
        return two if one is None else one
    return join(one, two)


def all_met(n: int, full: Any) -> Levels:
    """No test at all."""
    return Levels(np.full((PLANES, n), full, np.uint32), {})


def put(levels: Levels, forum: int, level: Array, timed: Array, cures: Array | None) -> None:
    """Lower one forum to the levels of a test. `timed`: where it does not fail for good, or only by a deadline."""
    bit = np.uint32(1 << forum)
    for k in range(LEVELS):
        levels.planes[k] &= np.where(level > k, ALL, ALL ^ bit)
    levels.planes[TIMED] &= np.where(timed, ALL, ALL ^ bit)
    levels.planes[FIRM] &= np.where(level > FOR_NOW, ALL, ALL ^ bit)
    add_cures(levels, forum, level, cures)


def add_cures(levels: Levels, forum: int, level: Array, cures: Array | None) -> None:
    """Note which events would cure the failures of a test."""
    if cures is None:
        return
    held = np.where(level <= FOR_NOW, cures, 0)
    for n in range(8):
        if (held >> n & 1).any():
            plane = (held >> n & 1).astype(np.uint32) << np.uint32(forum)
            levels.cures[n] = levels.cures[n] | plane if n in levels.cures else plane


def lower(plane: Array, at: Array, where: Array, bit: Any) -> None:
    """Take the bit of a forum out of a plane in some of the rows `at`."""
    rows = at.compress(where)
    held = plane.take(rows, mode="wrap")
    held &= ~bit
    plane[rows] = held
