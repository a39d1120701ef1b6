"""The reference evaluator: one readable branch per kind of rule, with the trace (law.md A.1).

`Evaluator` holds what is shared by all complaints of a run: the registry and the step functions already worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from ratione import law
from ratione.assess import clock, steps
from ratione.assess.cells import Cell
from ratione.assess.result import (
    NO_VALUES,
    PASSED,
    Counted,
    Deadline,
    Result,
    best,
    blur,
    missing,
    say,
    together,
    worst,
)
from ratione.complaint.model import Procedure
from ratione.days import FIRST, LAST, Interval, next_day
from ratione.registry import Answer
from ratione.rules import (
    FAILED,
    JUDGMENT,
    MET,
    UNKNOWN,
    All,
    AtLeast,
    Begun,
    Between,
    Bound,
    Case,
    Clock,
    Covers,
    Elsewhere,
    Extended,
    Fact,
    Fixed,
    Forum,
    InTime,
    Not,
    Reserved,
    Rule,
    Start,
    failed,
    judgment,
    not_yet,
    walk,
    weighable,
)
from ratione.rules import Any as AnyOf

if TYPE_CHECKING:
    from ratione.registry import Period, Registry

CACHE_LIMIT = 100_000  # last days kept; days repeat within a docket, but not without end
ASPECTS = ("same_person", "same_facts", "same_rights")
THIRD_PARTY = judgment("same_matter_by_third_party", MET)
WEIGHED = judgment("same_matter_weighed")


class Evaluator:
    """Evaluates rules in cells against one registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._steps: dict[tuple[Any, ...], tuple[steps.Steps, ...]] = {}
        self._periods: dict[tuple[str, str], tuple[Period, ...]] = {}
        self._weighed: dict[int, bool] = {}
        self._ended: dict[tuple[Any, ...], clock.Ends] = {}
        self._counts: dict[tuple[str, date], int] = {}
        self._said: dict[tuple[int, str], Result] = {}
        self._cuts: dict[tuple[Any, ...], tuple[tuple[date, ...], frozenset[date]]] = {}
        self._day_rules: dict[int, list[steps.DayRule]] = {}
        self._branches: dict[type, Callable[[Any, Cell], Result]] = {
            Bound: self._day_rule,
            Begun: self._day_rule,
            Extended: self._day_rule,
            Reserved: self._day_rule,
            Between: self._day_rule,
            AtLeast: self._at_least,
            InTime: self._in_time,
            Fact: self._fact,
            Covers: self._covers,
            Elsewhere: self._elsewhere,
            Fixed: self._fixed,
            All: lambda rule, cell: worst([self.rule(r, cell) for r in rule.rules]),
            AnyOf: lambda rule, cell: best([self.rule(r, cell) for r in rule.rules]),
            Case: self._case,
            Not: self._not,
        }

    def rule(self, rule: Rule, cell: Cell) -> Result:
        """The outcome of a rule in a cell, with what it rests on."""
        return self._branches[type(rule)](rule, cell)

    # ---- days and the registry -----------------------------------------------------------------------------------
    def lookups(self, rule: steps.DayRule, state: str, article: str | None, territory: str) -> tuple[steps.Steps, ...]:
        """The step functions of a rule for a State, worked out once."""
        key = (id(rule), state, article if isinstance(rule, Reserved) else _own(rule, article), territory)
        found = self._steps.get(key)
        if found is None:
            found = self._steps[key] = steps.of(rule, self.registry, state, article, territory)
        return found

    def _day_rule(self, rule: steps.DayRule, cell: Cell) -> Result:
        if isinstance(rule, Bound | Begun) and rule.of != "respondent":
            return self._elsewhere_bound(rule, cell)
        lines = self.lookups(rule, cell.state, cell.article, cell.territory)
        if len(lines) == 1:
            return self._over(lines[0], rule, cell)
        return best([self._over(line, rule, cell) for line in lines])

    def _elsewhere_bound(self, rule: Bound | Begun, cell: Cell) -> Result:
        """A rule on another State than the respondent: one of several is enough."""
        states = cell.states(rule.of)
        if states is None:
            return missing(cell.ask(rule.of))
        lines = [line for state in states for line in self.lookups(rule, state, cell.article, "")]
        return best([self._over(line, rule, cell) for line in lines]) if lines else say(rule.otherwise)

    def _over(self, line: steps.Steps, rule: steps.DayRule, cell: Cell) -> Result:
        span = cell.day(line.day)
        found = line.over(span)
        level = found[0].level
        if any(r.level != level for r in found):
            return missing(cell.ask(line.day), "day_needed", tuple(f for r in found for f in r.facts))
        result = found[0] if len(found) == 1 else worst(list(found))
        caps = line.day == "filed" and isinstance(rule, Bound) and rule.of == "respondent"
        if caps and (ends := steps.cap(line, span)):
            facts = together([result.facts, ends.facts])
            return replace(result, deadlines=(Deadline(ends.safe, ends.arguable),), facts=facts)
        return result

    def _at_least(self, rule: AtLeast, cell: Cell) -> Result:
        span = cell.day("filed")
        counts = [self._acceptances(rule.instrument, day) for day in (span.first, span.last)]
        if min(counts) >= rule.count:
            return PASSED
        if max(counts) >= rule.count:
            return missing(cell.ask("filed"), "day_needed")
        return say(rule.otherwise, {"instrument": rule.instrument, "needed": rule.count, "found": counts[1]})

    def _acceptances(self, instrument: str, day: date) -> int:
        found = self._counts.get((instrument, day))
        if found is None:
            found = self._counts[instrument, day] = self.registry.acceptances(instrument, day)
        return found

    # ---- stated facts --------------------------------------------------------------------------------------------
    def _fact(self, rule: Fact, cell: Cell) -> Result:
        value = cell.facts.get(rule.name)
        if value is not None:
            found = self._said.get((id(rule), value))
            if found is None:
                outcome = rule.says.get(value) or rule.says.get("*")
                if outcome is None:
                    return missing(cell.ask(rule.name), "value_not_told_apart")
                found = self._said[id(rule), value] = say(outcome, {"fact": rule.name, "value": value})
            return found
        if rule.missing is not None:
            return say(rule.missing)
        levels = {outcome.level for outcome in rule.says.values()}
        if len(levels) == 1 and "*" in rule.says:
            return say(rule.says["*"])
        return missing(cell.ask(rule.name))

    def _fixed(self, rule: Fixed, cell: Cell) -> Result:
        found = self._said.get((id(rule), ""))
        if found is None:
            found = self._said[id(rule), ""] = say(rule.say)
        return found

    def _covers(self, rule: Covers, cell: Cell) -> Result:
        if cell.article is None:
            return missing(cell.ask("rights"))
        instrument, _, number = cell.article.partition(":")
        if instrument not in rule.instruments:
            return say(rule.otherwise, {"right": cell.right, "article": cell.article})
        outcome = rule.exceptions.get(cell.article)
        base = cell.article
        while outcome is None and base.endswith(")"):
            base = base[: base.rindex("(")]
            outcome = rule.exceptions.get(base)
        outcome = outcome or rule.exceptions.get(instrument)
        if outcome:
            return say(outcome, {"article": cell.article})
        return PASSED if number else missing(("rights",), "article_needed")

    def _elsewhere(self, rule: Elsewhere, cell: Cell) -> Result:
        if cell.procedures is None:
            return missing(("other_procedures",)) if law.matrix().can_bar(rule.row) else PASSED
        if not cell.procedures:
            return PASSED
        return worst([PASSED, *(self._procedure(rule, i, p, cell) for i, p in enumerate(cell.procedures))])

    def _procedure(self, rule: Elsewhere, index: int, other: Procedure, cell: Cell) -> Result:
        letters = law.matrix().letter(rule.row, other.forum, other.status)
        if letters == {"o"}:
            return PASSED
        same = {name: getattr(other, name) for name in ASPECTS}
        if other.rights is not None:
            same["same_rights"] = _shares(other.rights, cell)
        if "no" in same.values():
            return self._other_matter(rule, other, same, letters)
        gaps = [f"other_procedures[{index}].{name}" for name, value in same.items() if value is None]
        if other.rights is not None and cell.article is None:
            gaps = ["rights", *(name for name in gaps if not name.endswith("same_rights"))]
        if other.status is None and len(letters) > 1:
            gaps.append(f"other_procedures[{index}].status")
        if gaps:
            return missing(gaps)
        values = {"forum": other.forum, "status": other.status or ""}
        if other.by_third_party == "yes":
            return say(THIRD_PARTY, values)
        if letters == {"J"}:
            return say(WEIGHED, values)
        if other.status == "pending":
            return say(not_yet(f"{rule.barred}_pending", rule.cure), values)
        return say(failed(rule.barred), values)

    def _other_matter(
        self, rule: Elsewhere, other: Procedure, same: dict[str, str | None], letters: frozenset[str]
    ) -> Result:
        """Not the same person, facts and rights: free, save where the law leaves even that to be weighed."""
        values = {"forum": other.forum, "status": other.status or ""}
        differs = {name for name, value in same.items() if value == "no"}
        if differs == {"same_person"} and law.matrix().other_person(rule.row, other.forum):
            return say(WEIGHED, values)
        if differs == {"same_rights"} and "B" in letters and rule.other_rights is not None:
            return say(rule.other_rights, values)
        return PASSED

    # ---- clocks --------------------------------------------------------------------------------------------------
    def _in_time(self, rule: InTime, cell: Cell) -> Result:
        counted, parts, gaps = [], [], set[str]()
        for start in rule.clock.starts:
            condition = PASSED if start.when is None else self.rule(start.when, cell)
            if condition.level == FAILED:
                continue
            day = cell.day(start.day)
            by = tuple(cell.day(name) for name in start.by)
            ends_of = self._ends_of(rule.clock, start, day, by)
            if condition.level == UNKNOWN and self._weighable(start):
                ends_of = replace(ends_of, arguable_last=LAST)  # it may turn out to be a matter of judgment
            parts.append((start, condition.level, ends_of))
            counted.append(Counted(start, day, _months(rule, start, day, by), condition.level))
            gaps |= condition.missing if condition.level == UNKNOWN else frozenset()
            for name in (start.day, *start.by):
                if not cell.day(name).exact:
                    gaps.update(cell.ask(name))
        ends = clock.together(parts)
        if ends is None:
            return missing(gaps or {"remedies"}, "no_start")
        deadlines = _deadline(rule, ends, tuple(counted), _file_by(rule, counted, cell))
        return _against(rule, ends, cell, gaps, deadlines)

    def _weighable(self, start: Start) -> bool:
        found = self._weighed.get(id(start))
        if found is None:
            found = self._weighed[id(start)] = start.when is not None and weighable(start.when)
        return found

    def _ends_of(self, of: Clock, start: Start, day: Interval, by: tuple[Interval, ...]) -> clock.Ends:
        key = (id(of), id(start), day, by)
        found = self._ended.get(key)
        if found is None:
            if len(self._ended) > CACHE_LIMIT:
                self._ended.clear()
            found = self._ended[key] = clock.of_start(of, start, day, by)
        return found

    # ---- combinations --------------------------------------------------------------------------------------------
    def _case(self, rule: Case, cell: Cell) -> Result:
        for i, (condition, then) in enumerate(rule.when):
            held = self.rule(condition, cell)
            if held.level == MET:
                return self.rule(then, cell)
            if held.level != FAILED:
                rest = Case(rule.when[i + 1 :], rule.default) if i + 1 < len(rule.when) else rule.default
                return blur(self.rule(then, cell), self.rule(rest, cell), held)
        return self.rule(rule.default, cell)

    def _not(self, rule: Not, cell: Cell) -> Result:
        inner = self.rule(rule.rule, cell)
        if inner.level == MET:
            return say(rule.otherwise, inner.why[0].values if inner.why else NO_VALUES, inner.facts)
        return Result(MET, facts=inner.facts) if inner.level == FAILED else inner

    def periods(self, state: str, instrument: str) -> tuple[Period, ...]:
        """The binding periods of a State, worked out once."""
        found = self._periods.get((state, instrument))
        if found is None:
            found = self._periods[state, instrument] = self.registry.periods(state, instrument)
        return found

    # ---- where an act is cut -------------------------------------------------------------------------------------
    def cuts(
        self, forum: Forum, state: str, articles: frozenset[str | None], territory: str, others: frozenset[str]
    ) -> tuple[tuple[date, ...], frozenset[date]]:
        """The days on which an answer about an act can change, and those on which a treaty ceases to bind."""
        key = (id(forum), state, articles, territory, others)
        found = self._cuts.get(key)
        if found is None:
            found = self._cuts[key] = self._find_cuts(forum, state, articles, territory, others)
        return found

    def turns(
        self, forum: Forum, state: str, articles: frozenset[str | None], territory: str, days: Container[str]
    ) -> set[date]:
        """The days at which a rule on one of these days can change its answer for a State."""
        return {
            day
            for node, article in product(self._rules_on_days(forum), articles)
            for line in self.lookups(node, state, article, territory)
            if line.day in days
            for day in line.firsts[1:]
        }

    def _rules_on_days(self, forum: Forum) -> list[steps.DayRule]:
        found = self._day_rules.get(id(forum))
        if found is None:
            found = self._day_rules[id(forum)] = day_rules(forum)
        return found

    def _find_cuts(
        self, forum: Forum, state: str, articles: frozenset[str | None], territory: str, others: frozenset[str]
    ) -> tuple[tuple[date, ...], frozenset[date]]:
        marks, ends = set[date](), set[date]()
        for node, article in product(self._rules_on_days(forum), articles):
            elsewhere = isinstance(node, Bound | Begun) and node.of != "respondent"
            for whose in others | {state} if elsewhere else {state}:
                lines = [x for x in self.lookups(node, whose, article, territory) if x.day == "act"]
                marks.update(day for line in lines for day in line.firsts[1:])
                if lines and isinstance(node, Bound) and not elsewhere:
                    ends |= _ends(self.registry, node, state, article)
        return tuple(sorted(marks)), frozenset(ends & marks)  # a day that changes no answer here ends nothing


def day_rules(forum: Forum) -> list[steps.DayRule]:
    """The rules on days in the tests of a forum."""
    kinds = (Bound, Begun, Extended, Reserved, Between)
    return [node for test in forum.tests for node in walk(test.rule) if isinstance(node, kinds)]


def _own(rule: steps.DayRule, article: str | None) -> str | None:
    """What of the article matters to a step function: its instrument, and only where the rule asks for it."""
    if isinstance(rule, Between) or rule.instrument != "$right" or article is None:
        return None
    return article.split(":")[0]


def _ends(registry: Registry, rule: Bound, state: str, article: str | None) -> set[date]:
    instrument = (article or "").split(":")[0] if rule.instrument == "$right" else rule.instrument
    if instrument not in registry.instruments:
        return set()
    line = registry.timeline(state, instrument)
    fallen = [after for before, after in pairwise(line) if before.answer > after.answer]
    # the day of the end itself can be argued to be covered, and is then the end of what is
    return {after.first for after in fallen} | {next_day(s.first) for s in fallen if s.answer == Answer.NO}


def _shares(rights: tuple[str, ...], cell: Cell) -> str | None:
    """Whether a right of the cell was put to the other body: the same plain right, or an article that carries it."""
    if cell.article is None:
        return None
    table = law.rights()
    mine = {cell.right} if cell.right else set(table.rights_of(cell.article))
    theirs = {plain for text in rights for plain in ((text,) if text in table.articles else table.rights_of(text))}
    return "yes" if cell.article in rights or mine & theirs else "no"


def _months(rule: InTime, start: Start, day: Any, by: tuple[Any, ...]) -> tuple[int, ...]:
    if start.months is not None:
        return (start.months,)
    return tuple(sorted({n for x in by or (day,) for n in clock.lengths(rule.clock.versions, x)}))


def _file_by(rule: InTime, counted: list[Counted], cell: Cell) -> date | None:
    """The day that follows from the earliest possible start where service may not be required (law.md A.6)."""
    earliest = cell.days.get("decision.earliest")
    if earliest is None:
        return None
    found = [
        clock.of_start(rule.clock, c.start, earliest, tuple(cell.day(name) for name in c.start.by)).safe_first
        for c in counted
        if c.start.day == "decision"
    ]
    return min((day for day in found if day != FIRST), default=None)


def _deadline(
    rule: InTime, ends: clock.Ends, counted: tuple[Counted, ...], file_by: date | None
) -> tuple[Deadline, ...]:
    """The deadline; none where time surely does not run yet."""
    if ends.safe_first == LAST:
        return ()
    last = None if ends.safe_first == FIRST else ends.safe_first
    later = None if ends.arguable_last in (FIRST, LAST) else ends.arguable_last
    arguable = later if later is not None and last is not None and later > last else None
    if file_by is not None and (last is None or file_by >= last):
        file_by = None
    return (Deadline(last, arguable, rule.clock, counted, file_by),)


def _against(rule: InTime, ends: clock.Ends, cell: Cell, gaps: set[str], deadlines: tuple[Deadline, ...]) -> Result:
    """Day against deadline (law.md A.1 rule 4), on intervals (rule 5)."""
    filed = cell.day("filed")
    if filed.last <= ends.safe_first:
        return Result(MET, deadlines=deadlines)
    if rule.late.level == rule.between.level == MET:  # the day is shown, passing it changes nothing
        return replace(say(rule.late, {"filed": filed, **_days_of(deadlines)}), deadlines=deadlines)
    if filed.first > ends.arguable_last:
        outcome = rule.late
    elif filed.first > ends.safe_last and (filed.last <= ends.arguable_first or rule.late.level == JUDGMENT):
        outcome = rule.between
    else:
        if not filed.exact:
            gaps = gaps | set(cell.ask("filed"))
        unsure = missing(gaps or cell.ask("filed"), "day_needed")
        return Result(UNKNOWN, unsure.why, unsure.missing, deadlines=deadlines)
    result = say(outcome, {"filed": filed, **_days_of(deadlines)})
    return replace(result, deadlines=deadlines)


def _days_of(deadlines: tuple[Deadline, ...]) -> dict[str, date | None]:
    first = deadlines[0] if deadlines else Deadline(None, None)
    return {"last_day": first.last_day, "arguable": first.arguable}
