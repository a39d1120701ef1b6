"""Verdicts: the best cell of a complaint in a forum, with every test, the deadline and what would settle it.

law.md A.1 rules 1 to 3, A.6 (presumptions), D.1 (last day, cut by a withdrawal).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ratione.assess.cells import Asked, CaseView, Cell, readings
from ratione.assess.result import Deadline, Result, Why, missing, together, worst
from ratione.assess.scalar import Evaluator
from ratione.complaint.model import Complaint
from ratione.days import LAST, today
from ratione.fora import FORA
from ratione.rules import FAILED, JUDGMENT, LEVELS, MET, UNKNOWN, Forum, Test, reads

if TYPE_CHECKING:
    from ratione.registry import Fact, Registry

STATUSES = ("open", "arguable", "unclear", "not_yet", "closed")
BY_LEVEL = {MET: "open", JUDGMENT: "arguable", UNKNOWN: "unclear"}
UNCERTAIN = "piece_uncertain"
#: The variables that each presumption settles.
ACT = frozenset(
    {
        "act", "act.first", "act.last", "act.to", "act.covered_to", "act.kind", "act.ongoing", "act.cut", "knowledge",
        "ineffective_known", "detention_regime_ended",
    }
)  # fmt: skip
#: The variables that differ from piece to piece of one act, and from article to article.
BY_PIECE = ACT - {"act.kind", "act.ongoing", "act.first"}
BY_ARTICLE = frozenset({"article", "article.base", "article.instrument", "right", "remedies", "procedures"})
PRESUMED_FOR = {
    "place": frozenset({"place", "act.country"}),
    "applicant.victim": frozenset({"applicant.victim", "knowledge", "ineffective_known"}),
    "applicant.identity": frozenset({"applicant.identity"}),
    "act.kind": ACT,
    "act.attributable": frozenset({"act.attributable"}),
    "procedures": frozenset({"procedures", "other.used", "other.ended"}),
    "lodged": frozenset({"filed"}),
    "final_decision.taken": frozenset({"decision.exhausted"}),
}


@dataclass(frozen=True, slots=True)
class CellOutcome:
    """A cell with the result of every test, and its own level.

    `stopped`: the test that failed for good, where no more were tried and there are no results.
    """

    cell: Cell
    results: tuple[Result, ...]
    level: int
    for_now: bool
    stopped: int | None = None


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """One test over all cells: `outcome` is a level's name, or `part` where cells differ."""

    test: Test
    outcome: str
    result: Result
    cells: tuple[CellOutcome, ...]
    index: int

    __test__ = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a forum can do with a complaint. Days are civil days; None where there is none or it cannot be told.

    `advise_by`: a benchmark, never a term of law. `presumed`: what was taken for granted. `missing`: inputs that could
    change the status. `facts`: the registry facts that it rests on.
    """

    complaint: str
    respondent: str
    forum: Forum
    status: str
    last_day: date | None
    last_day_arguable: date | None
    advise_by: date | None
    opens_on: tuple[str, ...]
    deadline: Deadline | None
    competent_from: date | None
    competent_to: date | None
    presumed: tuple[str, ...]
    missing: tuple[str, ...]
    tests: tuple[TestOutcome, ...]
    facts: tuple[Fact, ...]


class Plan:
    """What is the same for every complaint in a forum: which tests block, and what each of them reads."""

    def __init__(self, forum: Forum) -> None:
        self.forum = forum
        self.reads = tuple(reads(test.rule) for test in forum.tests)
        self.all_reads = frozenset().union(*self.reads)
        self.blocking = tuple(i for i, test in enumerate(forum.tests) if test.blocking)
        self.materiae = tuple(i for i, test in enumerate(forum.tests) if test.head == "ratione_materiae")
        self.by_piece = tuple(bool(read & BY_PIECE) for read in self.reads)
        self.by_article = tuple(bool(read & BY_ARTICLE) for read in self.reads)


class Assessor:
    """Assesses complaints against every forum with one registry, on one day of asking.

    `presume`: whether what law.md A.6 lists is taken for granted where nothing is stated.
    """

    def __init__(
        self, registry: Registry, on: date | None = None, presume: bool = True, fora: Iterable[Forum] = FORA
    ) -> None:
        self.asked = Asked(registry, on or today(), presume)
        self.fora = tuple(fora)
        self.evaluator = Evaluator(registry)
        self._plans: dict[int, Plan] = {}

    def plan(self, forum: Forum) -> Plan:
        """The plan of a forum, made once."""
        found = self._plans.get(id(forum))
        if found is None:
            found = self._plans[id(forum)] = Plan(forum)
        return found

    def assess(self, complaint: Complaint, trace: bool = True) -> list[Verdict]:
        """One verdict per respondent State and forum (two where a forum has two routes).

        Without `trace` the verdicts carry no tests, and a closed one no days: the same status in about half the time.
        """
        return [v for state in complaint.respondent for v in Case(self, complaint, state).verdicts(trace)]


class Case:
    """One complaint against one State in all fora."""

    def __init__(self, assessor: Assessor, complaint: Complaint, state: str) -> None:
        self.assessor, self.complaint, self.state = assessor, complaint, state
        self.views = self._views(assessor.asked)
        self._taken = {flag: self._presumptions(flag) for flag in (False, True)}
        self._bare_cells: dict[int, list[Cell]] = {}

    def _views(self, asked: Asked) -> tuple[CaseView, ...]:
        return tuple(CaseView(c, self.state, asked) for c in readings(self.complaint, asked.presume))

    def _presumptions(self, received: bool) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for view in self.views for name in view.presumed(received)))

    @cached_property
    def bare(self) -> tuple[CaseView, ...]:
        """The same case with nothing taken for granted."""
        return self._views(replace(self.assessor.asked, presume=False))

    def bare_cells(self, forum: Forum) -> list[Cell]:
        """Its cells in a forum."""
        found = self._bare_cells.get(id(forum))
        if found is None:
            found = [c for view in self.bare for c in self.cells(forum, view) if not c.neighbour]
            self._bare_cells[id(forum)] = found
        return found

    def verdicts(self, trace: bool = True) -> list[Verdict]:
        """The verdicts of all fora, in their order."""
        return [self.verdict(forum, trace) for forum in self.assessor.fora]

    def grid(self, plan: Plan, view: CaseView, trace: bool = True) -> list[CellOutcome]:
        """The outcomes of every cell of one reading; without `trace` a cell that fails for good has no results."""
        cells = self.cells(plan.forum, view)
        near = any(cell.neighbour for cell in cells)
        memo: dict[tuple[object, ...], Result] = {}
        outcomes: list[CellOutcome] = []
        last: CellOutcome | None = None
        for cell in cells:
            last = self._outcome(plan, cell, last, memo, trace or near)
            outcomes.append(last)
        return _neighbours(plan, outcomes) if near else outcomes

    def cells(self, forum: Forum, view: CaseView) -> list[Cell]:
        """The cells of one reading in a forum."""
        articles = view.articles_of(forum)
        marks, ends = set[date](), set[date]()
        for territory in {territory for _, _, territory in view.acts} or {""}:
            found = self.assessor.evaluator.cuts(forum, self.state, articles, territory, view.others)
            marks.update(found[0])
            ends.update(found[1])
        return view.cells(forum, tuple(sorted(marks)), frozenset(ends))

    def _outcome(
        self, plan: Plan, cell: Cell, last: CellOutcome | None, memo: dict[tuple[object, ...], Result], whole: bool
    ) -> CellOutcome:
        """The results of a cell; a test that reads nothing in which it differs from an earlier one is not run again."""
        results: list[Result] = []
        before = last.results if last is not None and last.cell.act == cell.act else ()
        same_piece = last is not None and last.cell.piece == cell.piece
        for i, test in enumerate(plan.forum.tests):
            result = None
            key = None if plan.by_piece[i] else (i, cell.act, plan.by_article[i] and (cell.right, cell.article))
            if i < len(before) and not plan.by_article[i] and (same_piece or key is not None):
                result = before[i]
            elif key is not None:
                result = memo.get(key)
            if result is None:
                result = self.assessor.evaluator.rule(test.rule, cell)
                if not cell.certain and result.level > UNKNOWN:
                    result = _unsure(result, cell)
                if key is not None:
                    memo[key] = result
            if not whole and result.level == FAILED and test.blocking and not result.for_now:
                return CellOutcome(cell, (), FAILED, False, i)
            results.append(result)
        return _cell(plan, cell, tuple(results))

    def verdict(self, forum: Forum, trace: bool = True) -> Verdict:
        """The verdict of one forum."""
        plan = self.assessor.plan(forum)
        grids = [self.grid(plan, view, trace) for view in self.views]
        tests = tuple(self._test(plan, i, grids) for i in range(len(forum.tests))) if trace else ()
        status, opens_on = self._status(plan, grids)
        last, arguable, advice, deadline = _last_day(plan, grids, status)
        begins, ends = self._competence(forum)
        wanted = {m for grid in grids for c in grid for r in c.results for m in r.missing}
        wanted |= {m for t in tests if t.outcome == LEVELS[UNKNOWN] for m in t.result.missing}
        return Verdict(
            self.complaint.id,
            self.state,
            forum,
            status,
            last,
            arguable,
            advice,
            opens_on,
            deadline,
            begins,
            ends,
            self.presumed(plan),
            tuple(sorted(wanted)) if status in ("unclear", "arguable") else (),
            tests,
            together(t.result.facts for t in tests),
        )

    def _status(self, plan: Plan, grids: list[list[CellOutcome]]) -> tuple[str, tuple[str, ...]]:
        found = [_best(plan, grid) for grid in grids]
        levels = {level for level, _, _ in found}
        level = levels.pop() if len(levels) == 1 else UNKNOWN if UNKNOWN in levels else JUDGMENT
        if level != FAILED:
            return BY_LEVEL[level], ()
        if not self._fails_anyway(plan, grids):
            return BY_LEVEL[UNKNOWN], ()
        cures = tuple(sorted({cure for _, for_now, cured in found if for_now for cure in cured}))
        return ("not_yet", cures) if cures else ("closed", ())

    def _fails_anyway(self, plan: Plan, grids: list[list[CellOutcome]]) -> bool:
        """Whether every cell fails a test even with nothing taken for granted (law.md A.6)."""
        if not self.presumed(plan):
            return True
        untouched = [i for i in plan.blocking if not self.presumed(plan, i)]
        if any(all(_failed_at(c, i) for grid in grids for c in grid) for i in untouched):
            return True
        rule = self.assessor.evaluator.rule
        blocking = [plan.forum.tests[i].rule for i in plan.blocking]
        return all(any(rule(r, cell).level == FAILED for r in blocking) for cell in self.bare_cells(plan.forum))

    def _test(self, plan: Plan, index: int, grids: list[list[CellOutcome]]) -> TestOutcome:
        test = plan.forum.tests[index]
        outcome, result = _over(grids[0], index)
        if len(grids) > 1:
            outcome, result = _both((outcome, result), _over(grids[1], index))
        if outcome == "failed" and (unsure := self._only_presumed(plan, index, result)):
            outcome, result = LEVELS[UNKNOWN], unsure
        return TestOutcome(test, outcome, result, tuple(c for grid in grids for c in grid), index)

    def _only_presumed(self, plan: Plan, index: int, result: Result) -> Result | None:
        """The unknown result of a test that fails only because something was taken for granted (law.md A.6)."""
        names = self.presumed(plan, index)
        if not names:
            return None
        rule, test = self.assessor.evaluator.rule, plan.forum.tests[index].rule
        bare = [rule(test, cell) for cell in self.bare_cells(plan.forum)]
        if all(r.level == FAILED for r in bare):
            return None
        wanted = frozenset(m for r in bare for m in r.missing) or frozenset(names)
        return replace(missing(wanted, "presumption_decides", result.facts), deadlines=result.deadlines)

    def presumed(self, plan: Plan, index: int | None = None) -> tuple[str, ...]:
        """What was taken for granted and is read by a test of this forum (or by this test)."""
        read = plan.all_reads if index is None else plan.reads[index]
        return tuple(name for name in self._taken[plan.forum.received] if read & PRESUMED_FOR[name])

    def _competence(self, forum: Forum) -> tuple[date | None, date | None]:
        """The first and last day of the facts that the forum can hear: the binding period of the act, else the last."""
        if forum.facts_by is None:
            return None, None
        periods = self.assessor.evaluator.periods(self.state, forum.facts_by)
        if not periods:
            return None, None
        acts = [act.first for act in self.complaint.acts]
        holding = [p for p in periods for act in acts if p.first <= act.last and act.first <= (p.last or LAST)]
        chosen = (holding or list(periods))[-1]
        return chosen.first, chosen.last


def _unsure(result: Result, cell: Cell) -> Result:
    """In a piece that the act only may cover, nothing is better than unknown."""
    asked = missing(cell.ask("act.to") if cell.day("act.first").exact else cell.ask("act.first"), UNCERTAIN)
    return replace(asked, deadlines=result.deadlines, facts=result.facts)


def _cell(plan: Plan, cell: Cell, results: tuple[Result, ...]) -> CellOutcome:
    level = min([results[i].level for i in plan.blocking])
    for_now = level == FAILED and all(results[i].for_now for i in plan.blocking if results[i].level == FAILED)
    return CellOutcome(cell, results, level, for_now)


def _both(one: tuple[str, Result], two: tuple[str, Result]) -> tuple[str, Result]:
    """An act whose kind is not told, in both readings: what they agree on, else a matter of judgment (A.1 rule 3)."""
    results = (one[1], two[1])
    if results[0].level == results[1].level:
        return one if one[0] != LEVELS[MET] else two
    level = UNKNOWN if UNKNOWN in {r.level for r in results} else JUDGMENT
    return LEVELS[level], Result(level, (Why("act_kind_decides"),), frozenset(m for r in results for m in r.missing))


def _neighbours(plan: Plan, grid: list[CellOutcome]) -> list[CellOutcome]:
    """Neighbouring articles count, as a matter of judgment, only where the right itself finds none (law.md C.2)."""
    rights = plan.materiae
    kept: list[CellOutcome] = []
    for outcome in grid:
        if not outcome.cell.neighbour:
            kept.append(outcome)
            continue
        own = [
            min((c.results[i].level for i in rights), default=MET)
            for c in grid
            if not c.cell.neighbour
            and (c.cell.act, c.cell.piece, c.cell.right) == (outcome.cell.act, outcome.cell.piece, outcome.cell.right)
        ]
        best = max(own, default=FAILED)
        if best >= JUDGMENT:
            continue
        results = list(outcome.results)
        for i in rights:
            if results[i].level == MET:
                why = Why("neighbour", {"right": outcome.cell.right, "article": outcome.cell.article})
                level = JUDGMENT if best == FAILED else UNKNOWN
                results[i] = Result(level, (why,), results[i].missing, deadlines=results[i].deadlines)
        kept.append(_cell(plan, outcome.cell, tuple(results)))
    return kept


def _failed_at(outcome: CellOutcome, index: int) -> bool:
    if outcome.stopped is not None:
        return outcome.stopped == index
    return outcome.results[index].level == FAILED


def _best(plan: Plan, grid: list[CellOutcome]) -> tuple[int, bool, tuple[str, ...]]:
    level = max(c.level for c in grid)
    for_now = [c for c in grid if c.level == level and c.for_now]
    failures = (c.results[i] for c in for_now for i in plan.blocking if c.results[i].level == FAILED)
    cures = tuple(dict.fromkeys(cure for r in failures for cure in r.cures))
    return level, bool(for_now), cures


def _over(grid: list[CellOutcome], index: int) -> tuple[str, Result]:
    """One test over the cells: any article of a right is enough; pieces and rights may differ (`part`)."""
    first = grid[0].results[index]
    if all(c.results[index] is first for c in grid):
        return LEVELS[first.level], first
    groups: dict[tuple[object, ...], int] = {}
    for c in grid:
        key = (c.cell.act, c.cell.piece, c.cell.right or c.cell.article)
        groups[key] = max(groups.get(key, FAILED), c.results[index].level)
    level = max(groups.values())
    kept = list({id(r): r for c in grid if (r := c.results[index]).level == level}.values())
    result = kept[0] if len(kept) == 1 else replace(worst(kept), deadlines=kept[0].deadlines)
    outcome = "part" if level == MET and min(groups.values()) < MET else LEVELS[level]
    return outcome, result


def _cell_deadline(outcome: CellOutcome) -> tuple[date | None, date | None, date | None, Deadline | None, bool]:
    """Last day, arguable last day, advice, the deadline that decides, and whether a term could not be worked out."""
    terms = [d for r in outcome.results for d in r.deadlines if not d.advice]
    advice = [d.last_day for r in outcome.results for d in r.deadlines if d.advice and d.last_day]
    advice += [d.file_by for r in outcome.results for d in r.deadlines if d.file_by]
    if any(d.last_day is None for d in terms):
        caps = [d.last_day for d in terms if d.last_day and d.clock is None]
        return None, None, min([*advice, *caps], default=None), None, True
    known = [d for d in terms if d.last_day is not None]
    if not known:
        return None, None, min(advice, default=None), None, False
    deciding = min(known, key=lambda d: d.last_day or LAST)
    arguable = min(d.arguable or d.last_day or LAST for d in known)
    later = arguable if deciding.last_day and deciding.last_day < arguable < LAST else None
    return deciding.last_day, later, min(advice, default=None), deciding, False


def _by_time_alone(plan: Plan, outcome: CellOutcome) -> bool:
    """Whether nothing closes a cell for good but a deadline that passed."""
    if outcome.stopped is not None:
        return False
    blocking = (outcome.results[i] for i in plan.blocking)
    return all(r.deadlines for r in blocking if r.level == FAILED and not r.for_now)


def _last_day(
    plan: Plan, grids: list[list[CellOutcome]], status: str
) -> tuple[date | None, date | None, date | None, Deadline | None]:
    """The safe last day: the earliest among the cells that are not closed.

    Where all are: among those that time alone closed, for where another bar stands no day was the last; among all
    where what bars them was only taken for granted.
    """
    cells = [c for grid in grids for c in grid]
    live = [c for c in cells if c.level != FAILED or c.for_now]
    if not live:
        live = [c for c in cells if _by_time_alone(plan, c)] if status == "closed" else cells
    found = [_cell_deadline(c) for c in live]
    advice = min((a for _, _, a, _, _ in found if a), default=None)
    if any(untold for *_, untold in found):
        return None, None, advice, None
    dated = [x for x in found if x[0] is not None]
    if not dated:
        return None, None, advice, None
    last, _, _, deadline, _ = min(dated, key=lambda x: x[0] or LAST)
    arguable = max((x[1] for x in found if x[1]), default=None)
    return last, arguable if arguable and last and arguable > last else None, advice, deadline
