"""Single cells: what rules are evaluated on where only the answers of the rules on days are known."""

from __future__ import annotations

from typing import Any

from ratione.bulk.arrays.outcome import Out
from ratione.bulk.levels.vectors import Vectors, answer
from ratione.bulk.rules.frame import DayRule, Frame, Span
from ratione.rules import Rule

Array = Any


class Cells(Frame):
    """Single cells: pieces of acts with one article each. `vectors`: of each day, what the rules on it answer."""

    def __init__(
        self,
        answers: dict[str, Vectors],
        n: int,
        codes: dict[str, Array],
        vectors: dict[str, Array],
        placed: Array | None,
    ) -> None:
        super().__init__()
        self._answers, self.n, self._codes, self._vectors, self.placed = answers, n, codes, vectors, placed

    def some(self, rows: Array) -> Cells:
        """Some of them."""
        codes = {name: column[rows] for name, column in self._codes.items()}
        vectors = {name: column[rows] for name, column in self._vectors.items()}
        return Cells(self._answers, len(rows), codes, vectors, None if self.placed is None else self.placed[rows])

    def code(self, name: str) -> Array:
        """A fact, as a code; of a fact of which only a class is known, one of the class."""
        return self._codes[name]

    def _key(self, rule: Rule) -> tuple[int, int]:
        """Nothing here hangs on the forum."""
        return id(rule), -1

    def vector(self, name: str) -> Array:
        """Of a day what the rules on it answer, as a number."""
        return self._vectors[name]

    def told(self, name: str, rule: DayRule) -> Array:
        """What a rule answers on a day, as a number."""
        return self._answers[name].told(rule, self._vectors[name], self._codes["article"])

    def span(self, name: str) -> Span:
        """A day, as the first days of stretches with these answers."""
        return self._answers[name].span(self._vectors[name])

    def answered(self, rule: DayRule) -> Out | None:
        """The answers of a rule on days, where they follow from what the respondent is bound by."""
        of = getattr(rule, "of", "respondent")
        if of not in ("respondent", "act.country"):
            return None
        return answer(rule, self._answers, self._vectors, self._codes["article"])
