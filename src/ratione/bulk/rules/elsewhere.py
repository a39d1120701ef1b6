"""The same matter before another body: what each list of procedures comes to, worked out once for a rule."""

from __future__ import annotations

from typing import Any

import numpy as np

from ratione import law
from ratione.bulk.arrays.outcome import FOR_GOOD, FOR_NOW, JUDGMENT, MET, UNKNOWN, Out, level_of
from ratione.bulk.facts.docket import UNTOLD, Procedures
from ratione.bulk.facts.words import Words
from ratione.bulk.states.lines import Cures
from ratione.rules import FAILED, Elsewhere

Array = Any
_LETTERS = {"B": 1, "o": 2, "J": 4}
_B, _O, _J = _LETTERS["B"], _LETTERS["o"], _LETTERS["J"]


class Matters:
    """The outcome of each rule on procedures elsewhere for each list of them, by the code of the list."""

    def __init__(self, words: Words, cures: Cures, procedures: Procedures) -> None:
        self.words, self.cures, self.procedures = words, cures, procedures
        self._letters: dict[str, Array] = {}
        self._counts, self._packed = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._held: dict[int, tuple[Array, Array]] = {}

    def of(self, rule: Elsewhere, codes: Array) -> Out:
        """The outcome of each list."""
        level, cures = self.table(rule)
        bits = cures.take(codes) if cures.any() else None
        return Out(level.take(codes), bits if bits is not None and bits.any() else None)

    def table(self, rule: Elsewhere) -> tuple[Array, Array]:
        """Level and cures by the code of the list, for all lists so far."""
        self._unpack()
        level, cures = self._held.get(id(rule), (np.zeros(0, np.int8), np.zeros(0, np.uint8)))
        known = len(level)
        if known < len(self._counts):
            more = self._lists(rule, known)
            level, cures = np.append(level, more[0]), np.append(cures, more[1])
            self._held[id(rule)] = level, cures
        return level, cures

    def _unpack(self) -> None:
        new = self.procedures.lists[len(self._counts) :]
        if new:
            self._counts = np.append(self._counts, np.array([len(some) for some in new], np.int64))
            self._packed = np.append(self._packed, np.array([p for some in new for p in some], np.int64))

    def _lists(self, rule: Elsewhere, known: int) -> tuple[Array, Array]:
        """Level and cures of the lists that were not known yet: the worst of their procedures."""
        counts = self._counts[known:]
        level, cures = np.full(len(counts), MET, np.int8), np.zeros(len(counts), np.uint8)
        full = np.flatnonzero(counts)
        if len(full):
            one, bits = self._procedures(rule, self._packed[int(self._counts[:known].sum()) :])
            start = (np.cumsum(counts) - counts)[full]
            level[full] = np.minimum.reduceat(one, start)
            cures[full] = np.bitwise_or.reduceat(bits, start)
        if known <= UNTOLD < known + len(counts) and law.matrix().can_bar(rule.row):
            level[UNTOLD - known] = UNKNOWN
        return level, cures

    def _procedures(self, rule: Elsewhere, packed: Array) -> tuple[Array, Array]:
        """The outcome of each packed procedure by itself, and the events that would cure its failure."""
        third, same = packed % 3, [packed // 27 % 3, packed // 9 % 3, packed // 3 % 3]
        status, forum = packed // 81 % 8, packed // 648
        letters = self._matrix(rule.row)[forum, status]
        differs = (same[0] == 2) | (same[1] == 2) | (same[2] == 2)
        gap = (same[0] == 0) | (same[1] == 0) | (same[2] == 0) | ((status == 0) & ((letters & (letters - 1)) > 0))
        pending = status == self.words.statuses.codes["pending"]
        outcome = np.where(pending, FOR_NOW, FOR_GOOD)
        outcome = np.where((third == 1) | (letters == _J), JUDGMENT, outcome)
        outcome = np.where(gap, UNKNOWN, outcome)
        only_person = (same[0] == 2) & (same[1] != 2) & (same[2] != 2)
        only_rights = (same[0] != 2) & (same[1] != 2) & (same[2] == 2)
        outcome = np.where(differs, MET, outcome)
        outcome = np.where(only_person & self._other_person(rule.row)[forum], JUDGMENT, outcome)
        bits = np.where(outcome == FOR_NOW, self.cures.of([rule.cure]), 0)
        if rule.other_rights is not None:
            say, barring = rule.other_rights, only_rights & ((letters & _B) > 0)
            outcome = np.where(barring, level_of(say), outcome)
            bits = np.where(barring, self.cures.of([say.cure]) if say.level == FAILED else 0, bits)
        free = letters == _O
        return np.where(free, MET, outcome).astype(np.int8), np.where(free, 0, bits).astype(np.uint8)

    def _other_person(self, row: str) -> Array:
        """By forum: whether even the procedure of another complainant is to be weighed."""
        return np.array([bool(f) and law.matrix().other_person(row, f) for f in self.words.fora.values])

    def _matrix(self, row: str) -> Array:
        found = self._letters.get(row)
        if found is None:
            matrix, fora, statuses = law.matrix(), self.words.fora.values, self.words.statuses.values
            found = np.zeros((len(fora), 8), np.int16)
            for f, forum in enumerate(fora[1:], 1):
                for s, status in enumerate(statuses):
                    found[f, s] = sum(_LETTERS[x] for x in matrix.letter(row, forum, status))
            self._letters[row] = found
        return found
