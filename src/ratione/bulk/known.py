"""Numbers for whole numbers as they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

Array = Any


class Known:
    """Numbers for whole numbers in the order in which they first came."""

    def __init__(self) -> None:
        self.values = np.zeros(0, np.int64)
        self._sorted, self._numbers = self.values, self.values

    def number(self, values: Array) -> Array:
        """The number of each value; new ones are added."""
        coded = pa.array(values).dictionary_encode()
        unsorted = coded.dictionary.to_numpy()
        order = np.argsort(unsorted)  # looking up values in order is much faster
        distinct = unsorted[order]
        place = self._sorted.searchsorted(distinct)
        known = self._sorted.take(np.minimum(place, max(len(self._sorted) - 1, 0))) if len(self._sorted) else ~distinct
        fresh = np.flatnonzero(known != distinct)
        if len(fresh):
            numbers = np.arange(len(self.values), len(self.values) + len(fresh))
            self.values = np.concatenate([self.values, distinct[fresh]])
            self._sorted = np.insert(self._sorted, place[fresh], distinct[fresh])
            self._numbers = np.insert(self._numbers, place[fresh], numbers)
            place = place + np.cumsum(known != distinct) - (known != distinct)
        found = np.empty(len(order), np.int64)
        found[order] = self._numbers[place]
        return found[coded.indices.to_numpy()]


class Table:
    """Values for small whole numbers, found when first asked for."""

    def __init__(self) -> None:
        self._values = np.full(0, -1, np.int32)

    def take(self, keys: Array, find: Callable[[Array], Array]) -> Array:
        """The value of each key; `find` gives those of keys that were never asked for."""
        most = int(keys.max(initial=-1)) + 1
        if most > len(self._values):
            self._values = np.append(self._values, np.full(max(most, 2 * len(self._values)), -1, np.int32))
        found = self._values.take(keys, mode="wrap")
        if found.min(initial=0) < 0:
            self._values[keys[found < 0]] = -2
            new = np.flatnonzero(self._values == -2)
            self._values[new] = find(new)
            found = self._values.take(keys, mode="wrap")
        return found
