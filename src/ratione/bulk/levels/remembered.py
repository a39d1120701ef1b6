"""What a test came to before, by what it can tell apart in a cell: far fewer kinds than all tests together tell."""

from __future__ import annotations

from typing import Any

import numpy as np

from ratione.bulk.arrays.known import Keys
from ratione.bulk.arrays.outcome import Out, in_turn
from ratione.bulk.facts.names import BY_TARGET
from ratione.bulk.levels.cells import Cells
from ratione.bulk.levels.units import Members
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.frame import DayRule
from ratione.bulk.rules.placed import Placed
from ratione.bulk.states.lines import step_names
from ratione.rules import Begun, Bound, Covers, Elsewhere, Fact, walk

Array = Any
_KEEP = 250_000  # kinds of cell that are kept for a test before it begins anew


class Signs:
    """The members of sets of articles, as far as the rules of a test that read the article itself tell them apart."""

    def __init__(self, tables: Compiled, rules: list[Any]) -> None:
        self._tables, self._rules = tables, rules
        self._of = np.zeros(0, np.int32)
        self._known: dict[object, int] = {}
        self._pairs: dict[tuple[int, int], int] = {}

    def of(self, members: Members) -> Array:
        """The number of each member."""
        done = len(self._of)
        if done < len(members.right):
            pairs = zip(members.right[done:].tolist(), members.article[done:].tolist(), strict=True)
            self._of = np.append(self._of, np.array([self._number(*pair) for pair in pairs], np.int32))
        return self._of

    def _number(self, right: int, article: int) -> int:
        found = self._pairs.get((right, article))
        if found is None:
            words, seen = self._tables.words, self._tables.targets.seen
            text = words.articles.values[article]
            sign = text is None, tuple(seen(rule, words.rights.values[right] or "", text) for rule in self._rules)
            found = self._pairs[right, article] = self._known.setdefault(sign, len(self._known))
        return found


class Remembered:
    """The outcomes of a test in all kinds of cell so far."""

    def __init__(self, tables: Compiled, placed: Placed) -> None:
        self._evaluator, self._rule = tables.evaluator, placed.test.rule
        nodes = list(walk(self._rule))
        days = list(dict.fromkeys(node for node in nodes if isinstance(node, DayRule)))
        of = {getattr(rule, "of", "respondent") for rule in days}
        #: Rules that the vectors of a cell answer, by day; those on other States look at the vectors themselves.
        self._answered = [
            (name, rule) for rule in days if getattr(rule, "of", "respondent") in ("respondent", "act.country")
            for name in step_names(rule)
        ]  # fmt: skip
        others = of - {"respondent", "act.country"}
        abroad = [rule for rule in days if isinstance(rule, Bound | Begun) and rule.of in others]
        self._vectors = sorted({rule.on for rule in abroad})
        self._placed = "act.country" in of
        facts = [node for node in nodes if isinstance(node, Fact)]
        plain = {"procedures"} if any(isinstance(node, Elsewhere) for node in nodes) else set[str]()
        self._kinds = sorted({node.name for node in facts} - BY_TARGET | others | plain)
        readers: list[Any] = [node for node in nodes if isinstance(node, Covers)]
        readers += [node for node in facts if node.name in BY_TARGET]
        readers += [rule for rule in abroad if rule.instrument == "$right"]
        self._signs = Signs(tables, readers) if readers else None
        self.forget()

    def forget(self) -> None:
        """Begin anew: numbers of vectors given before do not hold any more."""
        self._keys = Keys()
        self._out: Out | None = None

    def of(self, cells: Cells, kinds: dict[str, Array], member: Array, members: Members) -> Out:
        """The outcome in each cell. `kinds`: of facts what tells them apart; `member`: the article, as a member."""
        if not cells.n:
            return self._evaluator.rule(self._rule, cells)
        columns = self._columns(cells, kinds, member, members)
        if len(self._keys) > _KEEP:
            self.forget()
        if self._keys.fresh(columns):
            self._out = None
        number = self._keys.number(columns, cells.n)
        known = 0 if self._out is None else len(self._out.level)
        if len(self._keys) > known:
            new = np.flatnonzero(number >= known)
            rows = new[np.unique(number[new], return_index=True)[1]]
            out = self._evaluator.rule(self._rule, cells.some(rows))
            self._out = out if self._out is None else in_turn([self._out, out])
        assert self._out is not None
        return self._out.take(number)

    def _columns(self, cells: Cells, kinds: dict[str, Array], member: Array, members: Members) -> list[Array]:
        """What tells cells apart for this test."""
        found = [cells.told(name, rule) for name, rule in self._answered]
        found += [cells.vector(name) for name in self._vectors]
        found += [kinds[name] for name in self._kinds]
        if self._placed and cells.placed is not None:
            found.append(cells.placed)
        if self._signs is not None:
            found.append(self._signs.of(members)[member])
        return found or [np.zeros(cells.n, np.int32)]
