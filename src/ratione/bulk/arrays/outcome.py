"""Columns of outcomes: levels with not-yet, cures and deadlines, and the ways in which rules join them.

Level here is 0 failed for good, 1 failed for now, 2 unknown, 3 judgment, 4 met: the chain of `rules.LEVELS` with the
curable failure just above the final one. Minimum and maximum keep their meaning on it (law.md A.1 rule 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import FIRST, LAST, NEVER
from ratione.rules import FAILED, Say

Array = Any
FOR_GOOD, FOR_NOW, UNKNOWN, JUDGMENT, MET = range(5)


def level_of(say: Say) -> int:
    """The level of a stated outcome."""
    return int(say.for_now) if say.level == FAILED else say.level + 1


@dataclass(slots=True)
class Ends:
    """The deadlines of each row, as far as they count: `NEVER` where there is none, and no column where no row has one.

    `last`: the earliest safe day; `later`: the earliest of the arguable days; `untold`: a term could not be worked out;
    `advice`: the earliest benchmark; `caps`: the earliest end of an acceptance; `shown`: the earliest day of all, an
    untold one counting as the last of days.
    """

    last: Array
    later: Array
    untold: Array
    advice: Array
    caps: Array
    shown: Array

    def map(self, function: Any) -> Ends:
        """The same function on every column."""
        return Ends(*(None if column is None else function(column) for column in self.columns()))

    def columns(self) -> tuple[Array | None, ...]:
        """The columns, in the order of `COLUMNS`."""
        return self.last, self.later, self.untold, self.advice, self.caps, self.shown

    def join(self, other: Ends) -> Ends:
        """All deadlines of both."""
        found = []
        for name, one, two in zip(COLUMNS, self.columns(), other.columns(), strict=True):
            pick = np.logical_or if name == "untold" else np.minimum
            found.append(two if one is None else one if two is None or one is two else pick(one, two))
        return Ends(*found)

    @property
    def counts(self) -> bool:
        """Whether there can be a safe last day, or one that could not be worked out."""
        return self.last is not None or self.untold is not None

    def advise(self, rows: Array, day: Array) -> None:
        """Add benchmarks in some rows."""
        advice = np.full(len(self.shown), NEVER, np.int32) if self.advice is None else self.advice.copy()
        advice[rows] = np.minimum(advice[rows], day)
        self.advice = advice


COLUMNS = ("last", "later", "untold", "advice", "caps", "shown")


def no_ends(n: int) -> Ends:
    """No deadline in any row."""
    never = np.full(n, NEVER, np.int32)
    return Ends(never, never, np.zeros(n, bool), never, never, never)


@dataclass(frozen=True, slots=True)
class Held:
    """The deadlines of some cells (None: of all): those of `ends` in order, or at `index`."""

    cells: Array | None
    ends: Ends
    index: Array | None = None

    def at(self, some: Array) -> Ends:
        """The deadlines of some of the cells."""
        rows = some if self.index is None else self.index.take(some, mode="wrap")
        return self.ends.map(lambda values: values.take(rows, mode="wrap"))


@dataclass(slots=True)
class Out:
    """The outcomes of a rule, row by row. `cures`: one bit for each event that would cure a failure."""

    level: Array
    cures: Array = None
    ends: Ends | None = None

    def take(self, rows: Array) -> Out:
        """The outcomes at other rows."""
        cures = None if self.cures is None else self.cures[rows]
        return Out(self.level[rows], cures, self.ends and self.ends.map(lambda x: x[rows]))


def _bits(out: Out) -> Array:
    return 0 if out.cures is None else out.cures


def worst(outs: list[Out]) -> Out:
    """The minimum; every deadline stays."""
    level, ends = outs[0].level, outs[0].ends
    for out in outs[1:]:
        level = np.minimum(level, out.level)
        ends = out.ends if ends is None else ends if out.ends is None else ends.join(out.ends)
    cures: Array | None = None
    for out in outs:
        if out.cures is not None:
            held = np.where(out.level <= FOR_NOW, out.cures, 0).astype(np.uint8)
            cures = held if cures is None else cures | held
    return Out(level, cures, ends)


def best(outs: list[Out]) -> Out:
    """The maximum: of several best ways the first without deadline, else the one whose deadline is the latest.

    Where nothing better than unknown is found, every deadline stays.
    """
    found = outs[0]
    for out in outs[1:]:
        here, there = np.maximum(found.level, FOR_NOW), np.maximum(out.level, FOR_NOW)
        better = there > here
        if found.ends is not None:
            bounded = found.ends.shown != NEVER
            if out.ends is None:
                better = better | ((there == here) & bounded)
            else:
                better = better | ((there == here) & bounded & (out.ends.shown > found.ends.shown))
        both = (here == UNKNOWN) & (there == UNKNOWN)
        ends = found.ends if out.ends is None else out.ends if found.ends is None else found.ends.join(out.ends)
        found = where(better, out, found)
        if ends is not None and found.ends is not None and both.any():
            found.ends = where(both, Out(found.level, None, ends), found).ends
    return found


def where(rows: Array, yes: Out, no: Out) -> Out:
    """One outcome where `rows` holds, the other elsewhere."""
    ends = None
    if yes.ends is not None or no.ends is not None:
        one, two = (_no_columns if out.ends is None else out.ends.columns() for out in (yes, no))
        ends = Ends(*(_either(rows, *three) for three in zip(COLUMNS, one, two, strict=True)))
    cures = None
    if yes.cures is not None or no.cures is not None:
        held: Array = np.where(rows, _bits(yes), _bits(no))
        cures = held.astype(np.uint8)
    level: Array = np.where(rows, yes.level, no.level)
    return Out(level, cures, ends)


_no_columns: tuple[None, ...] = (None,) * len(COLUMNS)


def _either(rows: Array, name: str, one: Array | None, two: Array | None) -> Array | None:
    """A column of `where`."""
    if one is None and two is None:
        return None
    none: Any = np.False_ if name == "untold" else np.int32(NEVER)
    return np.where(rows, none if one is None else one, none if two is None else two)


def in_turn(outs: list[Out]) -> Out:
    """The outcomes of some rows after those of others."""
    if len(outs) == 1:
        return outs[0]
    ends = None
    if any(out.ends is not None for out in outs):
        ends = after([out.ends or Ends(None, None, None, None, None, np.full(len(out.level), NEVER)) for out in outs])
    cures = None
    if any(out.cures is not None for out in outs):
        cures = _after([(out.cures, len(out.level)) for out in outs], np.uint8, 0)
    return Out(np.concatenate([out.level for out in outs]), cures, ends)


def after(parts: list[Ends]) -> Ends:
    """The deadlines of some rows after those of others."""
    sizes, columns = [len(ends.shown) for ends in parts], []
    for name, own in zip(COLUMNS, zip(*(ends.columns() for ends in parts), strict=True), strict=True):
        kind, none = (bool, False) if name == "untold" else (np.int32, NEVER)
        told = any(column is not None for column in own)
        columns.append(_after(list(zip(own, sizes, strict=True)), kind, none) if told else None)
    return Ends(*columns)


def _after(parts: list[tuple[Array, int]], kind: Any, none: Any) -> Array:
    """Columns one after another; `none` where there is no column."""
    found, begin = np.empty(sum(n for _, n in parts), kind), 0
    for column, n in parts:
        found[begin : begin + n] = none if column is None else column
        begin += n
    return found


def choose(condition: Out, then: Out, rest: Out) -> Out:
    """An exception before the rest: where it is unsure whether it applies, what both ways agree on."""
    held = condition.level
    sure = (held == MET) | (held <= FOR_NOW)
    found = where(held == MET, then, rest)
    if sure.all():
        return found
    return where(sure, found, blur(held == UNKNOWN, then, rest))


def blur(unknown: Any, then: Out, rest: Out) -> Out:
    """What two ways agree on; where they do not, unknown if one is or the choice between them is, else judgment."""
    both = worst([then, rest])
    one, two = np.maximum(then.level, FOR_NOW), np.maximum(rest.level, FOR_NOW)
    unknown = (then.level == UNKNOWN) | (rest.level == UNKNOWN) | unknown
    both.level = np.where(one == two, both.level, np.where(unknown, UNKNOWN, JUDGMENT)).astype(np.int8)
    return both


def turn(inner: Out, otherwise: Out) -> Out:
    """`otherwise` where a rule is met, met where it fails, else what the rule says."""
    free = Out(np.full(len(inner.level), MET, np.int8))
    turned = choose(Out(np.where(inner.level == MET, MET, FOR_GOOD).astype(np.int8)), otherwise, free)
    settled = (inner.level == MET) | (inner.level <= FOR_NOW)
    return choose(Out(np.where(settled, MET, FOR_GOOD).astype(np.int8)), turned, inner)


def deadline(ends: tuple[Array, Array, Array, Array], advice: bool, full: bool = True) -> Ends:
    """The deadlines of a clock: none where time surely does not run yet, untold where it may run since ever.

    `full`: with the arguable days.
    """
    last: Array = ends[0]
    latest: Array = ends[3]
    later: Array = np.where(latest < LAST, np.maximum(latest, last), last) if full and not advice else None
    shown: Array = last
    untold: Array = last == FIRST
    odd: Array = untold | (last == LAST)
    if not odd.any():
        untold = None
    else:
        last, shown = last.copy(), last.copy()
        shown[untold] = LAST
        shown[ends[0] == LAST] = NEVER
        for column in (last, later):
            if column is not None:
                column[odd] = NEVER
    return Ends(None, None, None, last, None, shown) if advice else Ends(last, later, untold, None, None, shown)


def timed_only(outs: list[Out], n: int) -> Array:
    """Where no test fails for good, or only such as have a deadline of their own."""
    found = np.ones(n, bool)
    for out in outs:
        closed = out.level == FOR_GOOD
        if out.ends is not None:
            closed = closed & (out.ends.shown == NEVER)
        found &= ~closed
    return found
