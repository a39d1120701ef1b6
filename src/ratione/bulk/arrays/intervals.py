"""Days of which only an interval is known, as stretches of time in which no answer about a State changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any


@dataclass(slots=True)
class Intervals:
    """Days between the stretches of a State in which they begin and end; `whole`: not to be cut.

    `wide`: where the interval lies in more than one stretch, or in a territory. `rows`: which of these are meant, in
    order; all where None. Columns are fetched when they are read, for most rows need but two of them. Where `whole` is
    None all are, and where `territory` is None none lies in one.
    """

    low: Array
    high: Array
    whole: Array | None
    territory: Array | None
    wide: Array
    rows: Array | None = None

    def take(self, at: Array) -> Intervals:
        """Some of them."""
        rows = at if self.rows is None else self.rows.take(at, mode="wrap")
        return Intervals(self.low, self.high, self.whole, self.territory, self.wide, rows)

    def column(self, name: str, at: Array | None = None) -> Array:
        """One of the columns, of all or of some."""
        values = getattr(self, name)
        if values is None:
            n = len(at) if at is not None else len(self.low if self.rows is None else self.rows)
            return np.ones(n, bool) if name == "whole" else np.zeros(n, np.int32)
        rows = at if self.rows is None else self.rows if at is None else self.rows.take(at, mode="wrap")
        return values if rows is None else values.take(rows, mode="wrap")
