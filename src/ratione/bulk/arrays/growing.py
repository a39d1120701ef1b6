"""Arrays that grow at their end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

Array = Any


class Growing:
    """A column that grows at its end."""

    def __init__(self, dtype: Any) -> None:
        self._array = np.zeros(0, dtype)
        self._new: list[Any] = []

    def __len__(self) -> int:
        return len(self._array) + len(self._new)

    def extend(self, values: Iterable[Any]) -> None:
        """Add values at the end."""
        self._new.extend(values)

    @property
    def array(self) -> Array:
        """All values so far."""
        if self._new:
            self._array = np.concatenate([self._array, np.array(self._new, self._array.dtype)])
            self._new = []
        return self._array


class Rows:
    """A table of 32-bit numbers that grows at its end."""

    def __init__(self, columns: int) -> None:
        self._rows, self.count = np.zeros((16, columns), np.int32), 0

    def add(self, rows: Array) -> None:
        """Add rows."""
        end = self.count + len(rows)
        if end > len(self._rows):
            grown = np.zeros((max(end, len(self._rows) * 3 // 2), self._rows.shape[1]), np.int32)
            grown[: self.count] = self.rows
            self._rows = grown
        self._rows[self.count : end] = rows
        self.count = end

    @property
    def rows(self) -> Array:
        """All rows so far."""
        return self._rows[: self.count]
