"""Levels that are kept for all batches, each kind once, and their numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ratione.bulk.arrays.known import Known, Table
from ratione.bulk.arrays.planes import PLANES, Levels

Array = Any
_DENSE = 20  # bits up to which a key is a place in a table
CURES = 8


class Store:
    """Levels of all fora by number: the planes and, below them, for each cure the fora that it would help."""

    def __init__(self) -> None:
        self._rows = np.zeros((PLANES + CURES, 16), np.uint32)
        self._numbers: dict[bytes, int] = {}
        self.cures: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, rows: Array) -> Array:
        """The numbers of some levels, one a column; equal levels have the same number."""
        raw, size = np.ascontiguousarray(rows.T).tobytes(), 4 * len(rows)
        numbers, known = self._numbers, len(self)
        found = [numbers.setdefault(raw[at : at + size], len(numbers)) for at in range(0, len(raw), size)]
        result = np.array(found, np.intp)
        if len(self) > known:
            if len(self) > self._rows.shape[1]:
                more = np.zeros((len(rows), max(len(self), 2 * self._rows.shape[1])), np.uint32)
                more[:, :known] = self._rows[:, :known]
                self._rows = more
            self._rows[:, result] = rows
            self.cures = tuple(n for n in range(CURES) if self._rows[PLANES + n].any())
        return result

    def rows(self, numbers: Array) -> Array:
        """Planes and cures of some numbers, one a column."""
        return self._rows[:, numbers]

    def levels(self, numbers: Array, only: tuple[int, ...] | None = None) -> Levels:
        """The levels of some rows; only some planes where no more is asked for, the others then say nothing."""
        planes = np.zeros((PLANES, len(numbers)), np.uint32)
        for k in range(PLANES) if only is None else only:
            self._rows[k].take(numbers, out=planes[k], mode="wrap")
        cures = self.cures if only is None else ()
        return Levels(planes, {n: self._rows[PLANES + n].take(numbers, mode="wrap") for n in cures})


class Numbers:
    """The number of each key, found when it is first asked for: from a table where keys are small."""

    def __init__(self, bits: int) -> None:
        self._known = None if bits <= _DENSE else Known()
        self._table = Table(np.intp)

    def __len__(self) -> int:
        """How many keys are known, beside those that are places in a table."""
        return 0 if self._known is None else len(self._known.values)

    def take(self, keys: Array, find: Callable[[Array], Array]) -> Array:
        """The number of each key; `find` gives those of new keys."""
        known = self._known
        if known is None:
            return self._table.take(keys, find)
        return self._table.take(known.number(keys), lambda places: find(known.values[places]))


class Join:
    """The worst of levels from two stores."""

    def __init__(self, left: Store, right: Store) -> None:
        self.left, self.right, self.store = left, right, Store()
        self._sizes, self._numbers = (0, 0), Numbers(0)

    def __len__(self) -> int:
        """How many levels and pairs are known."""
        return len(self.store) + len(self._numbers)

    def take(self, left: Array, right: Array) -> Array:
        """The number, in `store`, of each pair."""
        sizes = (len(self.left) - 1).bit_length(), (len(self.right) - 1).bit_length()
        if sizes[0] > self._sizes[0] or sizes[1] > self._sizes[1]:
            self._sizes, self._numbers = sizes, Numbers(sum(sizes))
        return self._numbers.take(left << self._sizes[1] | right, self._find)

    def _find(self, pairs: Array) -> Array:
        shift = self._sizes[1]
        one, two = self.left.rows(pairs >> shift), self.right.rows(pairs & ((1 << shift) - 1))
        return self.store.add(np.concatenate([one[:PLANES] & two[:PLANES], one[PLANES:] | two[PLANES:]]))
