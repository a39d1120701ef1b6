"""The spans for which a clock is asked."""

from __future__ import annotations

from typing import Any

from ratione.bulk.arrays.outcome import Out
from ratione.bulk.facts.names import BY_TARGET, OF_ACT, OF_SLOT, OF_TERM
from ratione.bulk.rows.frames import keyed
from ratione.bulk.rows.grains import Grain
from ratione.bulk.rows.layout import Layout
from ratione.rules import Rule

Array = Any
_OF_ROWS = OF_ACT | OF_TERM | OF_SLOT | BY_TARGET | {"act"}


class Asked(Grain):
    """Some spans, each with the term that counts for a forum; their columns are fetched when first read."""

    def __init__(self, look: Layout, forum: int, at: Array, known: dict[tuple[int, bool], Out]) -> None:
        self.look, self.forum, self.at, self._of_cases = look, forum, at, known
        super().__init__(look.tables, look.rows, look.columns, at, None)
        del self.complaint, self.case, self.act, self.term, self.slot, self.span_row

    def __getattr__(self, name: str) -> Any:
        if name not in ("complaint", "case", "act", "term", "slot", "span_row"):
            raise AttributeError(name)
        source = self.look.term_rows(self.forum) if name == "term" else getattr(self.look.span, name)
        found = source.take(self.at, mode="wrap")
        setattr(self, name, found)
        return found

    def take(self, at: Array) -> Asked:
        """Some of the rows."""
        return Asked(self.look, self.forum, self.at.take(at, mode="wrap"), self._of_cases)

    def _code(self, name: str) -> Array:
        if 8 * self.n > self.look.span.n:  # so many that they are worth a column for all fora
            return self.look.span.code(name, self.forum).take(self.at, mode="wrap")
        return super()._code(name)

    def answer(self, rule: Rule, received: bool) -> Out:
        """What a rule without a clock says; one on the complaint or the State alone is asked once for all fora."""
        look, key, traits = self.look, (id(rule), received), self.tables.traits
        small = 8 * self.n < look.case.n and key not in self._of_cases
        if small or traits.names(rule) & _OF_ROWS or traits.by_forum(rule):
            return keyed(self, rule, self.forum, received)
        if key not in self._of_cases:
            self._of_cases[key] = keyed(look.case, rule, self.forum, received)
        return self._of_cases[key].take(self.case)
