"""What a rule with clocks comes to once the small facts are known: a few days to compare, mostly one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ratione.bulk.arrays import calendar
from ratione.bulk.arrays.calendar import FIRST, LAST, NEVER
from ratione.bulk.arrays.outcome import COLUMNS, Ends, Out, best, blur, choose, deadline, turn, worst
from ratione.bulk.rules.evaluate import Evaluator
from ratione.bulk.rules.frame import Frame
from ratione.rules import JUDGMENT, InTime

Array = Any
Four = tuple[Array, Array, Array, Array]


class Plan:
    """The rest of a rule once the small facts are known."""

    #: Whether only days of the complaint as a whole are looked at.
    of_complaint: bool

    def out(self, frame: Frame, full: bool | None) -> Out:
        """The outcomes in the rows of a frame. `full`: with arguable days and benchmarks; None: without deadlines."""
        raise NotImplementedError

    def members(self) -> tuple[Plan, ...]:
        """The plans of which it is made."""
        return ()


@dataclass(frozen=True, slots=True)
class Settled(Plan):
    """The same in every row. `ends`: the columns of `Ends`."""

    level: int
    cures: int = 0
    ends: tuple[int, ...] | None = None
    of_complaint = True

    def out(self, frame: Frame, full: bool | None) -> Out:
        """The outcomes in the rows of a frame."""
        n = frame.n
        cures = np.full(n, self.cures, np.uint8) if self.cures else None
        ends = None
        if self.ends is not None and full is not None:
            kinds = (bool if name == "untold" else np.int32 for name in COLUMNS)
            ends = Ends(*(np.full(n, value, kind) for value, kind in zip(self.ends, kinds, strict=True)))
        return Out(np.full(n, self.level, np.int8), cures, ends)


@dataclass(frozen=True, slots=True)
class Running(Plan):
    """A clock with the start events that can count, and whether each surely does.

    `doubtful`: one of them may be a matter of judgment, so that the clock never surely runs out.
    """

    number: int  # of the rule
    starts: tuple[tuple[int, bool], ...]
    doubtful: bool
    rule: InTime = field(compare=False)
    levels: tuple[Array, Array | None] = field(compare=False)  # outcomes by what `_against` finds
    of_complaint: bool = field(compare=False)

    def out(self, frame: Frame, full: bool | None) -> Out:
        """The outcomes in the rows of a frame."""
        judged = self.rule.late.level == JUDGMENT
        key = id(self.rule.clock), self.starts, self.doubtful, judged, full
        known = frame.clocks.get(key)
        if known is None:
            four = self._together(frame)
            ends = None if full is None else deadline(four, self.rule.clock.advice, full)
            if full and ends is not None:
                self._add_file_by(frame, four[0], ends)
            known = frame.clocks[key] = _against(frame, four, judged), ends
        code, ends = known
        levels, cures = self.levels
        return Out(levels.take(code, mode="wrap"), None if cures is None else cures.take(code, mode="wrap"), ends)

    def _together(self, frame: Frame) -> Four:
        """As `clock.together` of the reference evaluator."""
        clock = self.rule.clock
        held = [(clock.starts[n], sure, frame.last_days(clock, clock.starts[n])) for n, sure in self.starts]
        first = [(sure, ends) for start, sure, ends in held if not start.later]
        safe = _all(np.minimum, [ends[0] for _, ends in first])
        sure_first = [ends[1] for sure, ends in first if sure]
        safe_last = _all(np.minimum, sure_first) if sure_first else _all(np.maximum, [ends[1] for _, ends in first])
        sure_ends = [ends[2] for _, sure, ends in held if sure]
        arguable = _all(np.maximum, sure_ends) if sure_ends else _all(np.minimum, [ends[2] for _, _, ends in held])
        if self.doubtful:
            latest: Array = np.full(frame.n, LAST, np.int32)
        else:
            latest = _all(np.maximum, [ends[3] for _, _, ends in held])
        return safe, safe_last, arguable, latest

    def _add_file_by(self, frame: Frame, safe: Array, ends: Ends) -> None:
        """The day that follows from the earliest possible start where service may not be required (law.md A.6)."""
        clock = self.rule.clock
        first, last = frame.span("decision.earliest")
        known = first != NEVER
        if not known.any():
            return
        for n, _ in self.starts:
            start = clock.starts[n]
            if start.day != "decision":
                continue
            at = np.flatnonzero(known & (ends.shown < NEVER) & (safe != FIRST))
            spans = tuple((low[at], high[at]) for low, high in (frame.span(name) for name in start.by))
            days = calendar.of_start(clock, start, (first[at], last[at]), spans)[0]
            told = np.flatnonzero((days != FIRST) & (days < safe[at]))
            if len(told):
                ends.advise(at[told], days[told])


@dataclass(frozen=True, slots=True)
class Joined(Plan):
    """The worst, or the best, of several plans."""

    parts: tuple[Plan, ...]
    highest: bool
    of_complaint: bool = field(compare=False)

    def members(self) -> tuple[Plan, ...]:
        """The plans of which it is made."""
        return self.parts

    def out(self, frame: Frame, full: bool | None) -> Out:
        """The outcomes in the rows of a frame."""
        return (best if self.highest else worst)([part.out(frame, full) for part in self.parts])


@dataclass(frozen=True, slots=True)
class Either(Plan):
    """Two plans of which it is unsure which holds. `unknown`: because facts are missing."""

    unknown: bool
    then: Plan
    rest: Plan
    of_complaint: bool = field(compare=False)

    def members(self) -> tuple[Plan, ...]:
        """The plans of which it is made."""
        return self.then, self.rest

    def out(self, frame: Frame, full: bool | None) -> Out:
        """The outcomes in the rows of a frame."""
        return blur(self.unknown, self.then.out(frame, full), self.rest.out(frame, full))


@dataclass(frozen=True, slots=True)
class Turned(Plan):
    """`Not` of a plan."""

    inner: Plan
    otherwise: Settled
    of_complaint: bool = field(compare=False)

    def members(self) -> tuple[Plan, ...]:
        """The plans of which it is made."""
        return (self.inner,)

    def out(self, frame: Frame, full: bool | None) -> Out:
        """The outcomes in the rows of a frame."""
        return turn(self.inner.out(frame, full), self.otherwise.out(frame, full))


@dataclass(frozen=True, slots=True)
class Chosen(Plan):
    """An exception, on a condition that is itself a matter of days, before the rest."""

    condition: Plan
    then: Plan
    rest: Plan
    of_complaint: bool = field(compare=False)

    def members(self) -> tuple[Plan, ...]:
        """The plans of which it is made."""
        return self.condition, self.then, self.rest

    def out(self, frame: Frame, full: bool | None) -> Out:
        """The outcomes in the rows of a frame."""
        return choose(*(plan.out(frame, full) for plan in (self.condition, self.then, self.rest)))


@dataclass(frozen=True, slots=True)
class Looked(Plan):
    """A clock of which whether a start event counts is itself a matter of days."""

    number: int
    rule: InTime = field(compare=False)
    evaluator: Evaluator = field(compare=False)
    of_complaint = False

    def out(self, frame: Frame, full: bool | None) -> Out:
        """The outcomes in the rows of a frame."""
        return self.evaluator.rule(self.rule, frame)


def leaves(plan: Plan) -> tuple[Plan, ...]:
    """The plans inside a plan that are made of no others."""
    members = plan.members()
    return tuple(leaf for member in members for leaf in leaves(member)) if members else (plan,)


def _against(frame: Frame, four: Four, judged: bool) -> Array:
    """Day against deadline (law.md A.1 rules 4 and 5): 1 surely in time, 2 surely late, 4 perhaps late; sums of these.

    `judged`: being late is a matter of judgment anyway.
    """
    filed_first, filed_last = frame.span("filed")
    code = (filed_last <= four[0]).view(np.uint8)
    code |= (filed_first > four[3]).view(np.uint8) << 1
    between = filed_first > four[1]
    if not judged:
        between &= filed_last <= four[2]
    code |= between.view(np.uint8) << 2
    return code


def _all(pick: Any, values: list[Array]) -> Array:
    found = values[0]
    for value in values[1:]:
        found = pick(found, value)
    return found
