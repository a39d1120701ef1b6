"""What rules are evaluated on."""

from __future__ import annotations

from typing import Any

from ratione.bulk.arrays.calendar import Four, of_start
from ratione.bulk.arrays.outcome import Out
from ratione.bulk.rules.traits import Traits
from ratione.rules import AtLeast, Begun, Between, Bound, Clock, Extended, Reserved, Rule, Start

Array = Any
Span = tuple[Array, Array]
DayRule = Bound | Begun | Extended | Reserved | Between | AtLeast


class Frame:
    """What rules are evaluated on."""

    n: int
    forum: int
    traits: Traits

    def __init__(self) -> None:
        self._memo: dict[tuple[int, int], Out] = {}
        self._last_days: dict[int, Four] = {}
        #: What clocks with the same start events come to, whatever follows from it.
        self.clocks: dict[tuple[Any, ...], Any] = {}

    def _key(self, rule: Rule) -> tuple[int, int]:
        return id(rule), self.forum if self.traits.by_forum(rule) else -1

    def known(self, rule: Rule) -> Out | None:
        """The outcomes of a rule, if it was evaluated before."""
        return self._memo.get(self._key(rule))

    def keep(self, rule: Rule, out: Out) -> None:
        """Remember the outcomes of a rule."""
        self._memo[self._key(rule)] = out

    def last_days(self, clock: Clock, start: Start) -> Four:
        """The last days that a start event gives, the same for all clocks with the same length (`clock.of_start`)."""
        key = self.traits.start_number(clock, start)
        found = self._last_days.get(key)
        if found is None:
            found = self._last_days[key] = self._of_start(clock, start)
        return found

    def _of_start(self, clock: Clock, start: Start) -> Four:
        spans = tuple(self.span(name) for name in start.by)
        return of_start(clock, start, self.span(start.day), spans)

    def code(self, name: str) -> Array:
        """A fact, as a code."""
        raise NotImplementedError

    def span(self, name: str) -> Span:
        """A day, as its first and last possible day."""
        raise NotImplementedError

    def answered(self, rule: DayRule) -> Out | None:
        """The answers of a rule on days, where they are known already."""
        return None

    #: Where the answers that are known already are also those about the State of the place: whether this is told.
    placed: Array | None = None
