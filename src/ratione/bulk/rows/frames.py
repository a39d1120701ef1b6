"""The rows of a grain as rules are evaluated on them: the few distinct rows that they come down to, or they themselves.

Most rules read only small facts and days that matter as stretches between cuts. Rows that agree in all of that are
evaluated once (`Keyed`); only clocks look at days themselves (`Raw`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from ratione.bulk.arrays.outcome import Out
from ratione.bulk.facts.names import BY_TARGET, DAYS, OF_TERM
from ratione.bulk.rows.grains import Grain
from ratione.bulk.rules.frame import Frame
from ratione.rules import (
    Fact,
    Fixed,
    Rule,
)

Array = Any
Span = tuple[Array, Array]


class Keyed(Frame):
    """The distinct rows of a grain, as far as some variables go.

    `rows`: for each row of the grain its place here. Pieces of acts: a row stands for all of them that have the same
    key; `pieces` says to which row each piece belongs.
    """

    def __init__(self, grain: Grain, names: Iterable[str], forum: int, received: bool, by_act: bool) -> None:
        super().__init__()
        self.traits, self.grain, self.forum, self.received = grain.tables.traits, grain, forum, received
        self._cols: dict[str, Array] = {}
        self._days: dict[str, Span] = {}
        columns: list[tuple[str, Array]] = []
        days = []
        for name in sorted(set(names)):
            if name in DAYS:
                if name == "act":
                    whole = grain.rows.span_whole[grain.span_row]
                    columns.append(("whole", whole))
                if self.grain.tables.segments.cut(name):
                    low, high = grain.cuts(name, forum, received, by_act or name in OF_TERM or name == "act")
                    columns += [(f"{name}<", low), (f"{name}>", high)]
                    days.append(name)
            elif name in BY_TARGET:
                column = grain.unit if grain.unit is not None else None if grain.slot is None else grain.slot
                if column is not None and all(key != "target" for key, _ in columns):
                    like = column if grain.unit is not None else grain.columns.like[column]
                    columns.append(("target", like))
            else:
                columns.append((name, grain.code(name, forum)))
        self.rows, found, self.n = distinct([c for _, c in columns], grain.n)
        self._cols = {name: values for (name, _), values in zip(columns, found, strict=True)}
        self.pieces: Array | None = None
        self._split(days)

    def _split(self, days: list[str]) -> None:
        """Acts that are cut become their pieces; days become the first day of their stretch."""
        segments = self.grain.tables.segments
        if "act" in days:
            low, high = self._cols["act<"], self._cols["act>"]
            count = np.where(self._cols["whole"] > 0, 1, high - low + 1)
            if (count > 1).any():
                self.pieces = np.repeat(np.arange(self.n), count)
                start = np.concatenate([[0], np.cumsum(count)[:-1]])
                at = (np.arange(len(self.pieces)) - start[self.pieces]).astype(np.int32)
                self._cols = {name: values[self.pieces] for name, values in self._cols.items()}
                one = self._cols["act<"] + at
                whole = self._cols["whole"] > 0
                self._cols["act<"] = one
                self._cols["act>"] = np.where(whole, self._cols["act>"], one)
                self.starts = start
                self.n = len(self.pieces)
        for name in days:
            low, high = self._cols[f"{name}<"], self._cols[f"{name}>"]
            self._days[name] = segments.first(name, low), segments.first(name, high)

    def code(self, name: str) -> Array:
        """A fact, as a code."""
        if name not in BY_TARGET:
            return self._cols[name]
        columns, target = self.grain.columns, self._cols.get("target")
        if target is None:
            return np.zeros(self.n, np.int32)
        if self.grain.unit is not None:
            table = columns.unit_right if name == "right" else columns.unit_article
        else:
            table = columns.like_right if name == "right" else columns.like_article
        code = table[target, self.forum]
        if name == "article.base":
            return columns.base[code]
        return columns.instrument[code] if name == "article.instrument" else code

    def span(self, name: str) -> Span:
        """A day, as the first day of the stretches in which it can lie."""
        return self._days[name]


def keyed(grain: Grain, rule: Rule, forum: int, received: bool) -> Out:
    """A rule without a clock, evaluated on the distinct rows of a grain."""
    traits = grain.tables.traits
    frame = Keyed(grain, traits.names(rule), forum, received, traits.of_others(rule) and grain.act is not None)
    return grain.tables.evaluator.rule(rule, frame).take(frame.rows)


def distinct(columns: list[Array], n: int) -> tuple[Array, list[Array], int]:
    """The distinct rows of some columns of small numbers: for each row its place, the columns, and their length."""
    if not columns:
        return np.zeros(n, np.int32), [], min(n, 1)
    joint, sizes, total = np.zeros(n, np.int64), [], 1
    for done, column in enumerate(columns):
        size = int(column.max(initial=0)) + 1
        if total * size > 1 << 62:  # one number would not hold them all
            place, found, _ = distinct(columns[:done], n)
            place, rest, length = distinct([place, *columns[done:]], n)
            return place, [*(values[rest[0]] for values in found), *rest[1:]], length
        joint = joint * size + column
        total *= size
        sizes.append(size)
    place, keys = _encode(joint)
    found = []
    for size in reversed(sizes):
        found.append((keys % size).astype(np.int32))
        keys = keys // size
    return place, found[::-1], len(found[0])


def _encode(joint: Array) -> tuple[Array, Array]:
    coded = pa.array(joint).dictionary_encode()
    return coded.indices.to_numpy(), coded.dictionary.to_numpy()


class Raw(Frame):
    """The rows of a grain themselves, for rules that look at days. Parts of rules without a clock are keyed."""

    def __init__(self, grain: Grain, forum: int, received: bool) -> None:
        super().__init__()
        self.traits, self.grain, self.forum, self.received = grain.tables.traits, grain, forum, received
        self.n = grain.n

    def known(self, rule: Rule) -> Out | None:
        """As for every frame; a part without a clock is evaluated on its distinct rows."""
        found = super().known(rule)
        if found is None and not isinstance(rule, Fact | Fixed) and not self.traits.has_clock(rule):
            found = keyed(self.grain, rule, self.forum, self.received)
            self.keep(rule, found)
        return found

    def code(self, name: str) -> Array:
        """A fact, as a code."""
        return self.grain.code(name, self.forum)

    def span(self, name: str) -> Span:
        """A day, as its first and last possible day."""
        return self.grain.span(name, self.forum, self.received)
