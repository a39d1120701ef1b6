"""Days of which only an interval is known, as stretches of time in which no answer about a State changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Array = Any


@dataclass(slots=True)
class Intervals:
    """Days between the stretches of a State in which they begin and end; `whole`: not to be cut.

    `wide`: where the interval lies in more than one stretch, or in a territory.
    """

    low: Array
    high: Array
    whole: Array
    territory: Array
    wide: Array

    def take(self, at: Array) -> Intervals:
        """Some of them."""
        return Intervals(self.low[at], self.high[at], self.whole[at], self.territory[at], self.wide[at])
