"""Numbers for whole numbers as they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

Array = Any
_DENSE = 18  # bits up to which rows are looked up in a table
_FEW = 1_024  # values up to which each is looked up by itself
_REST = 24  # bits for the number of what did not fit beside the rest


def _encoded(kind: pa.DataType, values: Array) -> tuple[Array, Array]:
    """The distinct values of a column as they lie in memory, and the place of each among them."""
    coded = pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)]).dictionary_encode()
    held = np.frombuffer(coded.dictionary.buffers()[1], values.dtype)[: len(coded.dictionary) * values[:1].size]
    return held, np.frombuffer(coded.indices.buffers()[1], np.int32)[: len(values)]


def distinct(values: Array) -> Array:
    """The distinct whole numbers of a column, in order."""
    return np.sort(number_once(values)[0])


def number_once(values: Array) -> tuple[Array, Array]:
    """The distinct whole numbers of a column, and the place of each among them."""
    return _encoded(pa.int64(), np.ascontiguousarray(values, np.int64))


def encode(rows: Array) -> tuple[Array, Array]:
    """The distinct rows of a table of 32-bit numbers, and the place of each row among them."""
    width = rows.shape[1]
    held, place = _encoded(pa.binary(4 * width), np.ascontiguousarray(rows))
    return held.reshape(-1, width), place


class Known:
    """Numbers for whole numbers in the order in which they first came."""

    def __init__(self) -> None:
        self.values = np.zeros(0, np.int64)
        self._sorted, self._numbers = self.values, self.values

    def number(self, values: Array) -> Array:
        """The number of each value; new ones are added."""
        if len(values) < _FEW:
            values = values.astype(np.int64, copy=False)
            found, new = self._look_up(values)
            return found if not len(new) else self._add(np.unique(values[new]), values)
        unsorted, place = number_once(values)
        order = np.argsort(unsorted)  # looking up values in order is much faster
        ordered = unsorted[order]
        found, new = self._look_up(ordered)
        if len(new):
            found = self._add(ordered[new], ordered)
        numbers = np.empty(len(order), np.int64)
        numbers[order] = found
        return numbers[place]

    def _look_up(self, values: Array) -> tuple[Array, Array]:
        """The number of each value that is known, and which are not."""
        if not len(self._sorted):
            return values, np.arange(len(values))
        at = np.minimum(self._sorted.searchsorted(values), len(self._sorted) - 1)
        return self._numbers[at], np.flatnonzero(self._sorted[at] != values)

    def _add(self, new: Array, values: Array) -> Array:
        """Add values, each once and in order; the number of every value asked for."""
        at = self._sorted.searchsorted(new)
        numbers = np.arange(len(self.values), len(self.values) + len(new))
        self.values = np.concatenate([self.values, new])
        self._sorted, self._numbers = np.insert(self._sorted, at, new), np.insert(self._numbers, at, numbers)
        return self._numbers[self._sorted.searchsorted(values)]


class Table:
    """Values for small whole numbers, found when first asked for."""

    def __init__(self, dtype: Any = np.int32) -> None:
        self._values = np.full(0, -1, dtype)

    def take(self, keys: Array, find: Callable[[Array], Array]) -> Array:
        """The value of each key; `find` gives those of keys that were never asked for."""
        most = int(keys.max(initial=-1)) + 1
        if most > len(self._values):
            self._values = np.append(
                self._values, np.full(max(most, 2 * len(self._values)), -1, self._values.dtype)
            )
        found = self._values.take(keys, mode="wrap")
        if found.min(initial=0) < 0:
            self._values[keys[found < 0]] = -2
            new = np.flatnonzero(self._values == -2)
            self._values[new] = find(new)
            found = self._values.take(keys, mode="wrap")
        return found


class Keys:
    """Numbers for rows of small numbers as they come; `columns` gives the rows back.

    A row is one whole number as long as its columns fit; where a column outgrows its bits all begins anew (`fresh`).
    """

    def __init__(self) -> None:
        self._sizes: tuple[int, ...] = ()
        self._begin()

    def _begin(self) -> None:
        self._parts: list[Known] = []
        self._dense = Table() if sum(self._sizes) <= _DENSE else None
        self._values = np.zeros(0, np.int64)

    def __len__(self) -> int:
        return len(self._values) if self._dense is not None else len(self._parts[-1].values) if self._parts else 0

    def fresh(self, columns: list[Array]) -> bool:
        """Whether numbers given before do not hold any more, for these columns."""
        sizes = [int(c.max(initial=0)).bit_length() for c in columns]
        if len(sizes) == len(self._sizes) and all(a <= b for a, b in zip(sizes, self._sizes, strict=True)):
            return False
        old = self._sizes if len(self._sizes) == len(sizes) else (0,) * len(sizes)
        self._sizes = tuple(b if a <= b else a + (a > 3) for a, b in zip(sizes, old, strict=True))
        self._begin()
        return True

    def number(self, columns: list[Array], n: int) -> Array:
        """One number for each row."""
        joint, shift, part = np.zeros(n, np.int64), 0, 0
        for column, size in zip(columns, self._sizes, strict=True):
            if size == 0:
                continue
            if shift + size > 62:
                joint, shift, part = self._part(part).number(joint), _REST, part + 1
            joint |= column.astype(np.int64) << shift
            shift += size
        if self._dense is not None:
            return self._dense.take(joint, self._add)
        return self._part(part).number(joint)

    def _add(self, values: Array) -> Array:
        """Put rows at the end: their numbers."""
        begin = len(self._values)
        self._values = np.append(self._values, values)
        return np.arange(begin, len(self._values))

    def _part(self, part: int) -> Known:
        if len(self._parts) == part:
            self._parts.append(Known())
        return self._parts[part]

    def columns(self, first: int) -> list[Array]:
        """The columns of all rows from a number on."""
        values = self._values if self._dense is not None else self._parts[-1].values
        joint = values[first:]
        parts: list[list[int]] = [[]]
        shift = 0
        for size in self._sizes:
            if size and shift + size > 62:
                parts.append([])
                shift = _REST
            parts[-1].append(size)
            shift += size
        found: list[Array] = []
        for n in reversed(range(len(parts))):
            rest = joint >> (_REST if n else 0)
            columns = []
            for size in parts[n]:
                columns.append((rest & ((1 << size) - 1)).astype(np.int32))
                rest = rest >> size
            found = columns + found
            if n:
                joint = self._parts[n - 1].values[joint & ((1 << _REST) - 1)]
        return found
