"""Facts that many fora look at, told together: one number for all that their rules tell apart in an act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ratione.bulk.arrays.known import Table
from ratione.bulk.facts.names import OF_ACT
from ratione.bulk.facts.words import Classes, Words
from ratione.bulk.rows.layout import Layout
from ratione.complaint.model import FACTS
from ratione.rules import Fact

Array = Any
#: Kinds of acts up to which facts are told together.
_MOST = 1 << 16
_OF_CASE = frozenset({*FACTS, "respondent", "decision.told"})
_OF_ACTS = OF_ACT & {"act.kind", "act.ongoing", "act.attributable", "act.country", "act.place", "place"}


class Bundle:
    """Facts of acts and of the complaints to which they belong. `words`: by fact the word for each number."""

    def __init__(self, words: Words, rules: Iterable[tuple[int, Fact]]) -> None:
        fora: dict[str, set[int]] = {}
        said: dict[str, list[Fact]] = {}
        for forum, rule in rules:
            if rule.name in _OF_CASE | _OF_ACTS:
                fora.setdefault(rule.name, set()).add(forum)
                said.setdefault(rule.name, []).append(rule)
        self._classes: dict[str, Classes] = {}
        kinds = 1
        for name in sorted(said, key=lambda name: (-len(fora[name]), name)):
            classes = Classes(words, said[name])
            size = 1 << (len(set(classes.by_code().tolist())) - 1).bit_length()
            if len(fora[name]) > 1 and kinds * size <= _MOST:
                self._classes[name], kinds = classes, kinds * size
        self._sizes: tuple[int, ...] = ()
        #: How often the numbers began anew.
        self.turn = 0
        self._fresh()

    def _fresh(self) -> None:
        self._numbers = Table()
        self.words = {name: np.zeros(0, np.int32) for name in self._classes}
        self.turn += 1

    def __contains__(self, name: str) -> bool:
        return name in self._classes

    def of(self, look: Layout) -> Array:
        """The number of each act of a look."""
        codes = {name: classes.by_code() for name, classes in self._classes.items()}
        sizes = tuple((len(classes.words) - 1).bit_length() for classes in self._classes.values())
        if sizes != self._sizes:
            self._sizes = sizes
            self._fresh()
        moments = look.rows.moments
        key, shift = np.zeros(len(moments.act_case), np.int32), 0
        for size, (name, code) in zip(sizes, codes.items(), strict=True):
            if name in OF_ACT:
                column = code.take(look.rows.act_codes[name], mode="wrap")
            else:
                column = code.take(look.case.code(name, 0), mode="wrap").take(moments.act_case, mode="wrap")
            key |= column << np.int32(shift)
            shift += size
        return self._numbers.take(key, self._add)

    def _add(self, keys: Array) -> Array:
        """The numbers of new kinds of acts."""
        known, shift = 0, 0
        for size, (name, classes) in zip(self._sizes, self._classes.items(), strict=True):
            known = len(self.words[name])
            word = classes.words[keys >> shift & ((1 << size) - 1)]
            self.words[name] = np.append(self.words[name], word)
            shift += size
        return np.arange(known, known + len(keys))


class Bundled:
    """What one forum tells apart of a bundle, as a number; `words`: by fact the word for each of these numbers."""

    def __init__(self, bundle: Bundle, classes: dict[str, Classes]) -> None:
        self._bundle, self._classes = bundle, classes
        self._codes: dict[tuple[int, ...], int] = {}
        self._table, self._turn = np.zeros(0, np.int32), 0

    def of(self, numbers: Array) -> Array:
        """The forum's number for each number of the bundle."""
        words = self._bundle.words
        known = len(self._table) if self._turn == self._bundle.turn else 0
        fresh = [classes.of(words[name][known:]).tolist() for name, classes in self._classes.items()]
        if fresh[0]:
            more = [self._codes.setdefault(kind, len(self._codes)) for kind in zip(*fresh, strict=True)]
            self._table, self._turn = np.append(self._table[:known], more).astype(np.int32), self._bundle.turn
        return self._table.take(numbers, mode="wrap")

    @property
    def words(self) -> dict[str, Array]:
        """By fact the word for each number."""
        columns = zip(*self._codes, strict=True)
        return {name: known.words[list(own)] for (name, known), own in zip(self._classes.items(), columns, strict=True)}
