"""Numbers for whole numbers as they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

Array = Any
_DENSE = 18  # bits up to which rows are looked up in a table
_SPARSE = 4  # places for each value, at least
#: Odd numbers without a pattern: their multiples of neighbours come apart.
_SCATTER = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))
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
        #: The number of a value at the place to which it scatters, else -1; what comes together there goes one further.
        self._places: list[Array] = []
        self._unplaced: dict[int, int] = {}

    def number(self, values: Array) -> Array:
        """The number of each value; new ones are added."""
        if not self._places:
            return self._search(values)
        found: Array = None
        rest: Array = None
        for places, factor in zip(self._places, _SCATTER, strict=True):
            some = values if rest is None else values.take(rest, mode="wrap")
            numbers = places.take(_scatter(some, factor, len(places)), mode="wrap")
            missed = np.flatnonzero(self.values.take(numbers, mode="wrap") != some)
            if rest is None:
                found, rest = numbers, missed
            else:
                found[rest], rest = numbers, rest.take(missed, mode="wrap")
            if not len(rest):
                return found
        found[rest] = self._search(values.take(rest, mode="wrap"))
        return found

    def _search(self, values: Array) -> Array:
        """The number of each value that is not in its place; new ones are added."""
        once, place = number_once(values)
        found = np.array([self._unplaced.get(value, -1) for value in once.tolist()], np.int32)
        fresh = np.flatnonzero(found < 0)
        if len(fresh):
            begin = len(self.values)
            self.values = np.concatenate([self.values, once[fresh]])
            found[fresh] = np.arange(begin, len(self.values))
            self._place(begin)
        return found.take(place)

    def _place(self, begin: int) -> None:
        """Put the values from a number on in their places."""
        if not self._places or _SPARSE * len(self.values) > len(self._places[0]):
            size, begin = 1 << (_SPARSE * len(self.values)).bit_length(), 0
            self._places = [np.full(max(size >> 2 * turn, 2), -1, np.int32) for turn in range(len(_SCATTER))]
            self._unplaced = {}
        numbers = np.arange(begin, len(self.values), dtype=np.int32)
        for places, factor in zip(self._places, _SCATTER, strict=True):
            at = _scatter(self.values.take(numbers), factor, len(places))
            free = places.take(at) < 0
            places[at.compress(free)] = numbers.compress(free)
            numbers = numbers.compress(places.take(at) != numbers)
        self._unplaced |= zip(self.values.take(numbers).tolist(), numbers.tolist(), strict=True)


def _scatter(values: Array, factor: Any, places: int) -> Array:
    """A place for each value: the upper bits of a product."""
    return (values.view(np.uint64) * factor >> np.uint64(65 - places.bit_length())).view(np.int64)


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
        joint: Array = None
        shift = part = 0
        for column, size in zip(columns, self._sizes, strict=True):
            if size == 0:
                continue
            if shift + size > 62:
                joint, shift, part = self._part(part).number(joint).astype(np.int64), _REST, part + 1
            if joint is None:
                joint = column.astype(np.int64)
            else:
                shifted = column.astype(np.int64)
                shifted <<= shift
                joint |= shifted
            shift += size
        joint = np.zeros(n, np.int64) if joint is None else joint
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
