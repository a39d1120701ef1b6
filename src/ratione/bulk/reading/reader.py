"""What the words of a column come to: every distinct word is read once, by the readers of `complaint.fields`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from ratione.complaint.fields import Problem, Reader, Vocabulary

Array = Any
Code = int | tuple[int, ...]
MOST = 200_000  # words of one column that are remembered


class Said(NamedTuple):
    """What some words come to. `codes`: a row for each number of a code, the last value for what is not told."""

    codes: Array
    problems: list[tuple[Problem, ...]]
    wrong: Array | None  # which words are refused; None where none is


class ColumnWords:
    """The words of one column, kept from batch to batch.

    `code` makes one number, or several, of what a reader gives; `untold` is that of nothing.
    """

    def __init__(
        self, reader: Reader, vocabulary: Vocabulary, code: Callable[[Any], Code], untold: Code, dtype: Any
    ) -> None:
        self.reader, self.vocabulary, self.code, self.untold, self.dtype = reader, vocabulary, code, untold, dtype
        self._read: dict[Any, tuple[Code, tuple[Problem, ...]]] = {}
        self._last: tuple[pa.Array, Said] | None = None

    def of(self, words: pa.Array | list[Any]) -> Said:
        """What these words come to; the same ones as last time are not looked at again."""
        if isinstance(words, list):
            return self._said(words)
        if self._last is None or not self._last[0].equals(words):
            self._last = words, self._said(words.to_pylist())
        return self._last[1]

    def _said(self, words: list[Any]) -> Said:
        if len(self._read) > MOST:
            self._read.clear()
        found = [self._read.get(word) or self._new(word) for word in words]
        codes = np.ascontiguousarray(np.array([*(code for code, _ in found), self.untold], self.dtype).T)
        problems = [problems for _, problems in found]
        wrong = np.array([*map(bool, problems), False]) if any(problems) else None
        return Said(np.atleast_2d(codes), problems, wrong)

    def _new(self, word: Any) -> tuple[Code, tuple[Problem, ...]]:
        problems: list[Problem] = []
        said = self.reader(word, self.vocabulary, problems)
        found = self._read[word] = self.untold if said is None else self.code(said), tuple(problems)
        return found
