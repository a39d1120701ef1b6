"""What would settle a verdict: the unknown inputs that can change its status, each tried on its own.

The evaluator names every input that an unknown test misses; of those, only some can change this verdict. Each is tried
with the values at which an answer can turn: every word of its list, every day at which a rule or a clock turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ratione import law
from ratione.assess.verdict import Assessor, Case, Verdict
from ratione.complaint.model import (
    ACT_KINDS,
    CODES,
    CONTROLS,
    DAYS,
    FACTS,
    REMEDIES,
    STATUSES,
    YES_NO,
    Act,
    Complaint,
    Procedure,
)
from ratione.days import FIRST, LAST, Interval, add_months, day_before, exactly, next_day
from ratione.registry import Answer, Segment
from ratione.rules import FAILED, MET, UNKNOWN, Clock, Fact, Forum, walk

if TYPE_CHECKING:
    from ratione.assess.cells import Cell
    from ratione.registry import Registry

#: Days that feed no cell's shape, only the outcome of tests.
_DAY_NAMES = frozenset(name for name in DAYS if name not in ("lodged.sent", "lodged.received"))
_ACT = re.compile(r"acts\[(\d+)\]\.(\w+)\Z")
_OTHER = re.compile(r"other_procedures\[(\d+)\]\.(\w+)\Z")


def settling(assessor: Assessor, complaint: Complaint, verdict: Verdict) -> tuple[str, ...]:
    """The inputs of which some value changes the status; where only several together can, all of these."""
    if not verdict.missing:
        return ()
    found = tuple(name for name in verdict.missing if _changes(assessor, complaint, verdict, name))
    return found or (jointly(verdict) if verdict.status == "arguable" else verdict.missing)


def jointly(verdict: Verdict) -> tuple[str, ...]:
    """What is missing where several answers together could open a cell: nothing in it is to be weighed."""
    blocking = [i for i, outcome in enumerate(verdict.tests) if outcome.test.blocking]
    wanted: set[str] = set()
    for cell in verdict.tests[0].cells if verdict.tests else ():
        results = [cell.results[i] for i in blocking]
        if all(result.level in (UNKNOWN, MET) for result in results):
            wanted.update(name for result in results for name in result.missing)
    return tuple(sorted(wanted))


def _changes(assessor: Assessor, complaint: Complaint, verdict: Verdict, name: str) -> bool:
    if name.startswith("registry:"):
        return any(_status(a, complaint, verdict) != verdict.status for a in _told(assessor, name))
    tried = variants(assessor, complaint, verdict, name)
    if name in _DAY_NAMES and verdict.status == "unclear" and (touched := _touched(assessor, verdict, name)):
        unknown = _unknown_cells(assessor, verdict, touched)
        tried = (c for c in tried if not _stays_unknown(assessor, c, verdict, touched, unknown))
    return any(_status(assessor, c, verdict) != verdict.status for c in tried)


def _touched(assessor: Assessor, verdict: Verdict, name: str) -> frozenset[int]:
    """The blocking tests that read a day; none where one of them is on the right, for on it neighbours hang."""
    plan, feeds = assessor.plan(verdict.forum), FEEDS.get(name, {name})
    touched = frozenset(i for i in plan.blocking if plan.reads[i] & feeds)
    return frozenset() if touched & set(plan.materiae) else touched


def _unknown_cells(assessor: Assessor, verdict: Verdict, touched: frozenset[int]) -> frozenset[object]:
    """The cells that are unknown for another reason than these tests; none where any cell may become better.

    While one of them fails no test, the verdict stays unclear.
    """
    others = [i for i in assessor.plan(verdict.forum).blocking if i not in touched]
    cells = verdict.tests[0].cells if others and verdict.tests else ()
    levels = [min(outcome.results[i].level for i in others) for outcome in cells]
    if max(levels, default=MET) != UNKNOWN:
        return frozenset()
    held = zip(cells, levels, strict=True)
    return frozenset(_key(c.cell) for c, level in held if level == UNKNOWN and not c.cell.neighbour)


def _stays_unknown(
    assessor: Assessor, complaint: Complaint, verdict: Verdict, touched: frozenset[int], unknown: frozenset[object]
) -> bool:
    """Whether one of these cells fails none of the tests, so that nothing else need be looked at."""
    if not unknown:
        return False
    case, rules = Case(assessor, complaint, verdict.respondent), [verdict.forum.tests[i].rule for i in touched]
    return any(
        _key(cell) in unknown and all(assessor.evaluator.rule(rule, cell).level != FAILED for rule in rules)
        for view in case.views
        for cell in case.cells(verdict.forum, view)
    )


def _key(cell: Cell) -> tuple[object, ...]:
    """What tells the cells of a forum apart, whatever days are told beside the acts."""
    return cell.act, cell.facts.get("act.kind"), cell.piece, cell.right, cell.article, cell.neighbour


def _status(assessor: Assessor, complaint: Complaint, verdict: Verdict) -> str:
    return Case(assessor, complaint, verdict.respondent).verdict(verdict.forum, trace=False).status


# ---- values to try -----------------------------------------------------------------------------------------------
def variants(assessor: Assessor, complaint: Complaint, verdict: Verdict, name: str) -> Iterator[Complaint]:
    """The complaint with one input filled in, for every value at which the answer of this forum can turn."""
    if found := _ACT.match(name):
        yield from _act_variants(assessor, complaint, verdict, int(found[1]), found[2])
    elif found := _OTHER.match(name):
        yield from _procedure_variants(complaint, int(found[1]), found[2])
    elif name == "other_procedures":
        others = sorted({other for want, other in law.matrix().cells if want.startswith(verdict.forum.code)} - {"*"})
        same = [
            (Procedure(f, s, same_person="yes", same_facts="yes", same_rights="yes"),)
            for f in others
            for s in ("pending", "decided_merits")
        ]
        yield from (replace(complaint, procedures=p) for p in [(), *same])
    elif name == "other_procedures.ended":
        for day in turning_days(assessor, complaint, verdict, name):
            ended = tuple(replace(p, ended=exactly(day)) for p in complaint.procedures or ())
            yield replace(complaint, procedures=ended)
    elif name == "rights":
        yield from (replace(complaint, rights=(right,)) for right in law.rights().articles)
    elif name == "remedies":
        yield from (replace(complaint, remedies={"*": word}) for word in REMEDIES)
    elif name in CODES:
        for codes in ((), *((code,) for code in _codes(verdict.forum, name, verdict.respondent))):
            yield replace(complaint, codes={**complaint.codes, name: codes})
    elif name in FACTS:
        yield from (replace(complaint, facts={**complaint.facts, name: word}) for word in FACTS[name])
    elif name in DAYS or name == "lodged":
        name = "lodged.sent" if name == "lodged" else name
        span = complaint.days.get(name, Interval())
        for day in turning_days(assessor, complaint, verdict, name):
            if day in span:
                yield replace(complaint, days={**complaint.days, name: exactly(day)})


def _act_variants(
    assessor: Assessor, complaint: Complaint, verdict: Verdict, index: int, field: str
) -> Iterator[Complaint]:
    act = complaint.acts[index] if index < len(complaint.acts) else Act()
    changes: Iterable[dict[str, Any]]
    if field in ("from", "to"):
        name = "first" if field == "from" else "last"
        span = getattr(act, name).within(act.first.first, act.last.last)  # an act does not end before it begins
        days = [d for d in turning_days(assessor, complaint, verdict, field) if d in span]
        changes = [{name: exactly(d), **({"last_stated": True} if field == "to" else {})} for d in days]
    elif field == "place":
        changes = [{"place": code, "place_text": code} for code in _places(verdict.forum, verdict.respondent, assessor)]
    else:
        words = {"kind": ACT_KINDS, "control": CONTROLS}.get(field, YES_NO)
        changes = [{field: word} for word in words]
    for change in changes:
        acts = (*complaint.acts[:index], replace(act, **change), *complaint.acts[index + 1 :])
        yield replace(complaint, acts=acts)


def _procedure_variants(complaint: Complaint, index: int, field: str) -> Iterator[Complaint]:
    procedures = complaint.procedures or ()
    for word in STATUSES if field == "status" else YES_NO:
        change: dict[str, Any] = {field: word}
        changed = replace(procedures[index], **change)
        yield replace(complaint, procedures=(*procedures[:index], changed, *procedures[index + 1 :]))


def _named(forum: Forum, fact: str) -> list[str]:
    """The values that the rules of a forum tell apart for a fact."""
    found = [
        value
        for test in forum.tests
        for node in walk(test.rule)
        if isinstance(node, Fact) and node.name == fact
        for value in node.says
        if value != "*"
    ]
    return list(dict.fromkeys(found))


def _codes(forum: Forum, name: str, state: str) -> list[str]:
    asked = [
        node.name.rpartition(":")[2]
        for test in forum.tests
        for node in walk(test.rule)
        if isinstance(node, Fact) and node.name.startswith(f"{name}:")
    ]
    return list(dict.fromkeys([state, "FRA", "USA", *asked]))


def _places(forum: Forum, state: str, assessor: Assessor) -> list[str]:
    dependent = [s.code for s in assessor.asked.registry.states.values() if s.part_of == state]
    elsewhere = [code for code in ("FRA", "USA") if code != state]
    return [state, *dependent, *elsewhere, *_named(forum, "act.place"), *_named(forum, "act.country")]


#: The variables of rules that an input feeds.
FEEDS = {
    "final_decision.taken": {"decision.taken", "decision", "decision.exhausted", "decision.served"},
    "final_decision.served": {"decision.served", "decision", "decision.exhausted", "decision.taken"},
    "final_decision.available": {"decision.available", "decision", "decision.taken"},
    "remedy_ineffective_known": {"ineffective_known"},
    "lodged.sent": {"filed"},
    "lodged.received": {"filed"},
    "other_procedures.ended": {"other.ended"},
}
ACT_FEEDS = {
    "act", "act.first", "act.last", "act.to", "act.covered_to", "knowledge", "ineffective_known",
    "detention_regime_ended", "decision", "decision.taken", "decision.served", "decision.exhausted",
}  # fmt: skip


def turning_days(assessor: Assessor, complaint: Complaint, verdict: Verdict, name: str) -> list[date]:
    """The days at which a rule on days or a clock of this forum that an input feeds can turn, with their neighbours."""
    feeds = FEEDS.get(name, {name} if name in DAYS else ACT_FEEDS)
    marks: set[date] = {assessor.asked.on}
    for view in Case(assessor, complaint, verdict.respondent).views:
        articles = view.articles_of(verdict.forum)
        for territory in {territory for _, _, territory in view.acts} or {""}:
            marks |= assessor.evaluator.turns(verdict.forum, verdict.respondent, articles, territory, feeds)
    spans = [*complaint.days.values(), *(d for act in complaint.acts for d in (act.first, act.last))]
    marks |= {day for span in spans for day in (span.first, span.last)}
    for test in verdict.forum.tests:
        for clock in (node for node in walk(test.rule) if isinstance(node, Clock)):
            if "filed" in feeds or any(feeds & {start.day, *start.by} for start in clock.starts):
                marks |= _clock_turns(clock, complaint, assessor.asked.on)
    around = {f(day) for day in marks for f in (day_before, next_day)} | marks
    return sorted(day for day in around if FIRST < day < LAST)


def _clock_turns(clock: Clock, complaint: Complaint, on: date) -> set[date]:
    """The start days at which a complaint filed on its day turns from in time to late, or a length changes."""
    months = {v.months for v in clock.versions} | {s.months for s in clock.starts if s.months is not None}
    spans = [s for x in ("lodged.sent", "lodged.received") if (s := complaint.days.get(x))]
    filed = {day for span in spans for day in (span.first, span.last)} or {on}
    marks = {add_months(day, -n - extra) for day in filed for n in months for extra in (0, 3)}
    for window in clock.suspensions:
        edges = (window.first, window.last)
        marks |= {add_months(day, -n) for day in edges for n in (0, window.only_months)}
    return marks | {v.since for v in clock.versions if v.since}


# ---- what the registry could tell --------------------------------------------------------------------------------
class _Told:
    """A registry in which one State's place under one instrument is known."""

    def __init__(self, registry: Registry, state: str, instrument: str, answer: Answer) -> None:
        self._registry, self._key = registry, (state, instrument)
        self._line = (Segment(FIRST, answer),)

    def timeline(self, state: str, instrument: str, territory: str = "") -> tuple[Segment, ...]:
        if (state, instrument) == self._key:
            return self._line
        return self._registry.timeline(state, instrument, territory)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._registry, name)


@lru_cache(maxsize=256)  # each keeps what it works out of the other instruments
def _told(assessor: Assessor, name: str) -> tuple[Assessor, ...]:
    state, _, instrument = name.removeprefix("registry:").partition("/")
    asked, registry = assessor.asked, assessor.asked.registry
    told: list[Any] = [_Told(registry, state, instrument, answer) for answer in (Answer.NO, Answer.YES)]
    return tuple(Assessor(one, asked.on, asked.presume, assessor.fora) for one in told)
