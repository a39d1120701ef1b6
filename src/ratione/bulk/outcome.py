"""Columns of outcomes: levels with not-yet, cures and deadlines, and the ways in which rules join them.

Level here is 0 failed for good, 1 failed for now, 2 unknown, 3 judgment, 4 met: the chain of `rules.LEVELS` with the
curable failure just above the final one. Minimum and maximum keep their meaning on it (law.md A.1 rule 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ratione.bulk.calendar import LAST, NEVER
from ratione.rules import FAILED, Say

Array = Any
FOR_GOOD, FOR_NOW, UNKNOWN, JUDGMENT, MET = range(5)


def level_of(say: Say) -> int:
    """The level of a stated outcome."""
    return int(say.for_now) if say.level == FAILED else say.level + 1


@dataclass(slots=True)
class Ends:
    """The deadlines of each row, as far as they count: `NEVER` where there is none.

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
        return Ends(*(function(getattr(self, name)) for name in COLUMNS))

    def join(self, other: Ends) -> Ends:
        """All deadlines of both."""
        return Ends(
            *(
                (np.logical_or if name == "untold" else np.minimum)(getattr(self, name), getattr(other, name))
                for name in COLUMNS
            )
        )


COLUMNS = ("last", "later", "untold", "advice", "caps", "shown")


def no_ends(n: int) -> Ends:
    """No deadline in any row."""
    never = np.full(n, NEVER, np.int32)
    return Ends(never, never, np.zeros(n, bool), never, never, never)


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
        n = len(rows)
        one, two = yes.ends or no_ends(n), no.ends or no_ends(n)
        ends = Ends(*(np.where(rows, getattr(one, name), getattr(two, name)) for name in COLUMNS))
    cures = None
    if yes.cures is not None or no.cures is not None:
        held: Array = np.where(rows, _bits(yes), _bits(no))
        cures = held.astype(np.uint8)
    level: Array = np.where(rows, yes.level, no.level)
    return Out(level, cures, ends)


def choose(condition: Out, then: Out, rest: Out) -> Out:
    """An exception before the rest: where it is unsure whether it applies, what both ways agree on."""
    held = condition.level
    sure = (held == MET) | (held <= FOR_NOW)
    found = where(held == MET, then, rest)
    if sure.all():
        return found
    return where(sure, found, _blur(condition, then, rest))


def _blur(condition: Out, then: Out, rest: Out) -> Out:
    both = worst([then, rest])
    one, two = np.maximum(then.level, FOR_NOW), np.maximum(rest.level, FOR_NOW)
    unknown = (then.level == UNKNOWN) | (rest.level == UNKNOWN) | (condition.level == UNKNOWN)
    both.level = np.where(one == two, both.level, np.where(unknown, UNKNOWN, JUDGMENT)).astype(np.int8)
    return both


def deadline(ends: tuple[Array, Array, Array, Array], runs: Array, advice: bool) -> Ends:
    """The deadlines of a clock: none where time surely does not run yet, untold where it may run since ever."""
    safe, latest = ends[0], ends[3]
    runs = runs & (safe != LAST)
    known = runs & (safe != 1)
    last: Array = np.where(known, safe, NEVER).astype(np.int32)
    later = np.where(known, np.where(latest < LAST, np.maximum(latest, safe), safe), NEVER).astype(np.int32)
    shown = np.where(runs, np.where(known, safe, LAST), NEVER).astype(np.int32)
    never = np.full(len(safe), NEVER, np.int32)
    if advice:
        return Ends(never, never, np.zeros(len(safe), bool), last, never, shown)
    return Ends(last, later, runs & ~known, never, never, shown)


def timed_only(outs: list[Out], n: int) -> Array:
    """Where no test fails for good, or only such as have a deadline of their own."""
    found = np.ones(n, bool)
    for out in outs:
        closed = out.level == FOR_GOOD
        if out.ends is not None:
            closed = closed & (out.ends.shown == NEVER)
        found &= ~closed
    return found
