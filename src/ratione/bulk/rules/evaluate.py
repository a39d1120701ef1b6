"""The kinds of rule on columns: one branch per kind, as in `assess.scalar`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ratione.bulk.arrays import calendar
from ratione.bulk.arrays.calendar import FIRST, LAST, NEVER
from ratione.bulk.arrays.outcome import (
    FOR_GOOD,
    FOR_NOW,
    JUDGMENT,
    MET,
    UNKNOWN,
    Out,
    best,
    choose,
    deadline,
    level_of,
    turn,
    where,
    worst,
)
from ratione.bulk.facts.docket import Procedures
from ratione.bulk.facts.targets import Targets, covered_by
from ratione.bulk.facts.words import Words
from ratione.bulk.rules.elsewhere import Matters
from ratione.bulk.rules.frame import Frame
from ratione.bulk.states.lines import Cures, Lines, day_rule
from ratione.rules import (
    FAILED,
    All,
    AtLeast,
    Begun,
    Between,
    Bound,
    Case,
    Covers,
    Elsewhere,
    Extended,
    Fact,
    Fixed,
    InTime,
    Not,
    Reserved,
    Rule,
    Say,
    Start,
    weighable,
)
from ratione.rules import MET as MET_LEVEL
from ratione.rules import Any as AnyOf

Array = Any


class Evaluator:
    """Evaluates rules on frames against one registry."""

    def __init__(self, lines: Lines, words: Words, cures: Cures, procedures: Procedures, targets: Targets) -> None:
        self.lines, self.words, self.cures, self.targets = lines, words, cures, targets
        self.matters = Matters(words, cures, procedures)
        self._tables: dict[tuple[int, int], tuple[Array, Array | None]] = {}
        self._weighed: dict[int, bool] = {}
        self.branches: dict[type, Callable[[Any, Frame], Out]] = {
            Bound: self._day_rule,
            Begun: self._day_rule,
            Extended: self._day_rule,
            Reserved: self._day_rule,
            Between: self._day_rule,
            AtLeast: self._at_least,
            InTime: self._in_time,
            Fact: self._fact,
            Covers: self._covers,
            Elsewhere: lambda rule, frame: self.matters.of(rule, frame.code("procedures")),
            Fixed: self._fixed,
            All: lambda rule, frame: worst([self.rule(r, frame) for r in rule.rules]),
            AnyOf: lambda rule, frame: best([self.rule(r, frame) for r in rule.rules]),
            Case: self._case,
            Not: self._not,
        }

    def rule(self, rule: Rule, frame: Frame) -> Out:
        """The outcomes of a rule in the rows of a frame."""
        found = frame.known(rule)
        if found is None:
            found = self.branches[type(rule)](rule, frame)
            frame.keep(rule, found)
        return found

    def _said(self, say: Say, n: int) -> Out:
        level = np.full(n, level_of(say), np.int8)
        bits = self.cures.of([say.cure]) if say.level == FAILED and say.cure else 0
        return Out(level, np.full(n, bits, np.uint8) if bits else None)

    def _from(self, says: list[Say | None], codes: Array) -> Out:
        """Outcomes by code; None is unknown."""
        levels = np.array([UNKNOWN if s is None else level_of(s) for s in says], np.int8)
        bits = [self.cures.of([s.cure]) if s and s.level == FAILED and s.cure else 0 for s in says]
        return Out(levels[codes], np.array(bits, np.uint8)[codes] if any(bits) else None)

    # ---- days and the registry -----------------------------------------------------------------------------------
    def _day_rule(self, rule: Any, frame: Frame) -> Out:
        if isinstance(rule, Bound | Begun) and rule.of != "respondent":
            return self._of_others(rule, frame)
        found = frame.answered(rule)
        if found is not None:
            return found
        nothing = np.zeros(frame.n, np.int32)
        state = nothing if isinstance(rule, Between) else frame.code("respondent")
        kind, article = self._article(rule, frame, nothing)
        territory = frame.code("territory") if isinstance(rule, Extended) else nothing
        return day_rule(rule, self.lines, kind, state, article, territory, frame.span)

    def _article(self, rule: Any, frame: Frame, nothing: Array) -> tuple[Array, Array]:
        """As much of the article as the rule reads: for each article the first that is the same to it, and the rows."""
        kind = self.targets.kind(rule)
        return kind, nothing if len(kind) == 1 else frame.code("article")

    def _of_others(self, rule: Bound | Begun, frame: Frame) -> Out:
        """The binding of another State: that of the place, or of any State in a set."""
        nothing = np.zeros(frame.n, np.int32)
        kind, article = self._article(rule, frame, nothing)
        if rule.of == "act.country" and frame.placed is not None:
            known = frame.answered(rule)
            assert known is not None
            return self._told(known, frame.placed)
        codes = frame.code(rule.of)

        def of(state: Array) -> Out:
            return day_rule(rule, self.lines, kind, np.maximum(state, 1), article, nothing, frame.span)

        if rule.of == "act.country":
            return self._told(of(codes), codes)
        outs: list[Out] = []
        sets = self.words.sets.values
        for n in range(max((len(sets[int(c)] or ()) for c in np.unique(codes)), default=0)):
            member = np.array([s[n] if s and len(s) > n else 0 for s in sets], np.int32)[codes]
            out = of(member)
            absent = self._said(rule.otherwise if n == 0 else Say(FAILED), frame.n)
            outs.append(where(member > 0, out, absent))
        return self._told(best(outs) if outs else self._said(rule.otherwise, frame.n), codes)

    @staticmethod
    def _told(out: Out, codes: Array) -> Out:
        unknown = Out(np.full(len(codes), UNKNOWN, np.int8))
        return choose(Out(np.where(codes > 0, MET, FOR_GOOD).astype(np.int8)), out, unknown)

    def _at_least(self, rule: AtLeast, frame: Frame) -> Out:
        found = frame.answered(rule)
        if found is not None:
            return found
        line = np.full(frame.n, self.lines.at_least(rule), np.int64)
        return self.lines.over(line, *frame.span("filed"), only_ends=True)

    # ---- stated facts --------------------------------------------------------------------------------------------
    def _fact(self, rule: Fact, frame: Frame) -> Out:
        words = self.words.vocabulary(rule.name)
        key = (id(rule), len(words))
        found = self._tables.get(key)
        if found is None:
            says = [_untold(rule), *(rule.says.get(word) or rule.says.get("*") for word in words.values[1:])]
            out = self._from(says, np.arange(len(says)))
            found = self._tables[key] = (out.level, out.cures)
        codes = frame.code(rule.name)
        return Out(found[0][codes], None if found[1] is None else found[1][codes])

    def _fixed(self, rule: Fixed, frame: Frame) -> Out:
        return self._said(rule.say, frame.n)

    def _covers(self, rule: Covers, frame: Frame) -> Out:
        distinct, rows = np.unique(frame.code("article"), return_inverse=True)
        return self._from([self._covered(rule, int(code)) for code in distinct], rows)

    def _covered(self, rule: Covers, code: int) -> Say | None:
        if code == 0:
            return None
        article = self.words.articles.values[code]
        instrument, _, number = article.partition(":")
        if instrument not in rule.instruments:
            return rule.otherwise
        exception = covered_by(rule, article)
        if exception is not None:
            return rule.exceptions[exception]
        return Say(MET_LEVEL) if number else None

    # ---- clocks --------------------------------------------------------------------------------------------------
    def _in_time(self, rule: InTime, frame: Frame) -> Out:
        n = frame.n
        first = [np.full(n, NEVER, np.int32), np.zeros(n, np.int32), np.full(n, NEVER, np.int32)]
        last_of_sure = np.full(n, NEVER, np.int32)
        arguable_of_sure, latest = np.zeros(n, np.int32), np.zeros(n, np.int32)
        counts = doubtful = np.zeros(n, bool)
        file_by = np.full(n, NEVER, np.int32)
        for start in rule.clock.starts:
            level = np.full(n, MET, np.int8) if start.when is None else self.rule(start.when, frame).level
            live = level > FOR_NOW
            if not live.any():
                continue
            by = tuple(frame.span(name) for name in start.by)
            ends = frame.last_days(rule.clock, start)
            sure = level >= JUDGMENT
            if not start.later:
                counts = counts | live
                first[0] = np.where(live, np.minimum(first[0], ends[0]), first[0])
                first[1] = np.where(live, np.maximum(first[1], ends[1]), first[1])
                last_of_sure = np.where(sure, np.minimum(last_of_sure, ends[1]), last_of_sure)
            first[2] = np.where(live, np.minimum(first[2], ends[2]), first[2])
            arguable_of_sure = np.where(sure, np.maximum(arguable_of_sure, ends[2]), arguable_of_sure)
            latest = np.where(live, np.maximum(latest, ends[3]), latest)
            doubtful = doubtful | (level == JUDGMENT)
            if self._weighable(start):  # it may turn out to be a matter of judgment
                doubtful = doubtful | (level == UNKNOWN)
            if start.day == "decision":
                file_by = np.minimum(file_by, self._file_by(rule, start, live, by, frame))
        safe_last = np.where(last_of_sure == NEVER, first[1], last_of_sure)
        arguable_first = np.where(arguable_of_sure == 0, first[2], arguable_of_sure)
        latest = np.where(doubtful, LAST, latest)
        four = first[0], safe_last, arguable_first, latest
        found = self._against(rule, frame, four, counts)
        assert found.ends is not None
        told = np.flatnonzero((found.ends.shown < NEVER) & (four[0] != FIRST) & (file_by < four[0]))
        if len(told):
            found.ends.advise(told, file_by[told])
        return found

    def _weighable(self, start: Start) -> bool:
        key = id(start)
        if key not in self._weighed:
            self._weighed[key] = start.when is not None and weighable(start.when)
        return self._weighed[key]

    @staticmethod
    def _file_by(rule: InTime, start: Start, live: Array, by: tuple[Any, ...], frame: Frame) -> Array:
        """The day that follows from the earliest possible start where service may not be required (law.md A.6)."""
        first, last = frame.span("decision.earliest")
        found = np.full(frame.n, NEVER, np.int32)
        at = np.flatnonzero(live & (first != NEVER))
        if len(at):
            spans = tuple((low[at], high[at]) for low, high in by)
            days = calendar.of_start(rule.clock, start, (first[at], last[at]), spans)[0]
            found[at] = np.where(days == FIRST, NEVER, days)
        return found

    def _against(self, rule: InTime, frame: Frame, ends: tuple[Array, Array, Array, Array], counts: Array) -> Out:
        """Day against deadline (law.md A.1 rules 4 and 5)."""
        filed_first, filed_last = frame.span("filed")
        in_time = counts & (filed_last <= ends[0])
        late = filed_first > ends[3]
        between = filed_first > ends[1]
        if rule.late.level != _JUDGMENT_LEVEL:
            between = between & (filed_last <= ends[2])
        if rule.late.level == rule.between.level == MET_LEVEL:
            late = counts
        pick = np.where(in_time, 1, np.where(counts & late, 2, np.where(counts & between, 3, 0)))
        found = self._from([None, Say(MET_LEVEL), rule.late, rule.between], pick)
        safe = np.where(counts, ends[0], LAST).astype(np.int32)  # no start event: time does not run
        found.ends = deadline((safe, *ends[1:]), rule.clock.advice)
        return found

    # ---- combinations --------------------------------------------------------------------------------------------
    def _case(self, rule: Case, frame: Frame) -> Out:
        held = []
        for condition, then in rule.when:
            out = self.rule(condition, frame)
            if (out.level <= FOR_NOW).all():
                continue
            held.append((out, then))
            if (out.level == MET).all():
                break
        found: Out | None = None
        if not held or not (held[-1][0].level == MET).all():
            found = self.rule(rule.default, frame)
        for out, then in reversed(held):
            met = self.rule(then, frame)
            found = met if found is None else choose(out, met, found)
        assert found is not None
        return found

    def _not(self, rule: Not, frame: Frame) -> Out:
        return turn(self.rule(rule.rule, frame), self._said(rule.otherwise, frame.n))


_JUDGMENT_LEVEL = 2


def _untold(rule: Fact) -> Say | None:
    """The outcome of a fact that is not told; None for unknown."""
    if rule.missing is not None:
        return rule.missing
    if len({say.level for say in rule.says.values()}) == 1:
        return rule.says.get("*")
    return None
