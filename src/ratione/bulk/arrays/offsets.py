"""Lists one after another: where each begins, and to which list every member belongs."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any


def repeat(counts: Array) -> Array:
    """For each member of lists of these lengths the list to which it belongs."""
    found = np.arange(len(counts), dtype=np.int32)
    return found if (counts == 1).all() else np.repeat(found, counts)


def starts(counts: Array) -> Array:
    """The offsets of lists of these lengths."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def inside(start: Array, owner: Array) -> Array:
    """The place of each member in its list."""
    return np.arange(len(owner), dtype=np.int64) - start[owner]


def members(start: Array, lists: Array) -> tuple[Array, Array]:
    """The members of some lists, and which of `lists` each belongs to."""
    begins = start[lists]
    counts = start[1:][lists] - begins
    owner = repeat(counts)
    return (begins - starts(counts)[:-1])[owner] + np.arange(len(owner)), owner


class Lists:
    """Lists of members one after another, most of them of one member."""

    def __init__(self, start: Array) -> None:
        self.start, self.counts = start, start[1:] - start[:-1]
        self._full = None if (self.counts > 0).all() else np.flatnonzero(self.counts)
        self._several = np.flatnonzero(self.counts > 1)
        self._further = members(start, self._several)

    def any(self, flags: Array) -> Array:
        """Whether any member of each list has the flag."""
        found = self._first(flags, False)
        at, owner = self._further
        found[self._several[owner[flags[at]]]] = True
        return found

    def least(self, values: Array, empty: int) -> Array:
        """The least member of each list."""
        found = self._first(values, empty)
        at, owner = self._further
        if len(at):
            found[self._several] = np.minimum.reduceat(values[at], np.flatnonzero(np.diff(owner, prepend=-1)))
        return found

    def _first(self, values: Array, empty: Any) -> Array:
        if self._full is None:
            return values[self.start[:-1]]
        found = np.full(len(self.counts), empty, values.dtype)
        found[self._full] = values[self.start[self._full]]
        return found


class Runs:
    """Rows that stand in lists one after another, mostly short ones, none of them empty. `start`: where each begins."""

    def __init__(self, start: Array, n: int) -> None:
        self.start = start
        #: The second, third ... row of each list that has one, and to which lists they belong.
        self._further: list[tuple[Array, Array]] = []
        length = np.diff(start, append=n)
        lists = np.flatnonzero(length > 1)
        while len(lists):
            turn = len(self._further) + 1
            self._further.append((lists, start.take(lists, mode="wrap") + turn))
            lists = lists.compress(length.take(lists, mode="wrap") > turn + 1)

    def any_bits(self, values: Array) -> Array:
        """The bits that any row of each list has."""
        found = values.take(self.start, mode="wrap")
        for lists, rows in self._further:
            held = found.take(lists, mode="wrap")
            held |= values.take(rows, mode="wrap")
            found[lists] = held
        return found
