"""What a rule says about a State on each day: a step function, from the registry's timelines and fixed days.

Both evaluators read rules on days through these: the scalar one looks a day up, the bulk kernel tabulates them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ratione.assess.result import PASSED, Result, missing, say, together
from ratione.days import FIRST, LAST, Interval, add_months, day_before, next_day, plus_days
from ratione.registry import Answer
from ratione.rules import FAILED, MET, Begun, Between, Bound, Extended, Reserved, Say, judgment

if TYPE_CHECKING:
    from ratione.registry import Fact, Registry, Segment

CONTESTED = judgment("contested_fact")
UNVERIFIED = judgment("limit_unverified")
DayRule = Bound | Begun | Extended | Reserved | Between


@dataclass(frozen=True, slots=True)
class Steps:
    """Answers by day: `results[i]` holds from `firsts[i]` to the day before the next; `firsts[0]` is the first of days.

    `day`: the name of the day that is looked up.
    """

    day: str
    firsts: tuple[date, ...]
    results: tuple[Result, ...]

    def over(self, span: Interval) -> tuple[Result, ...]:
        """The answers at every day of an interval, in order."""
        start = bisect_right(self.firsts, span.first) - 1
        if span.first == span.last:
            return self.results[start : start + 1]
        return self.results[start : bisect_right(self.firsts, span.last)]


def _steps(day: str, changes: Iterable[tuple[date, Result]]) -> Steps:
    firsts: list[date] = []
    results: list[Result] = []
    for first, result in changes:
        if firsts and firsts[-1] == first:
            results[-1] = result
        elif not results or results[-1] != result:
            firsts.append(first)
            results.append(result)
    return Steps(day, tuple(firsts), tuple(results))


def instrument_of(rule: Bound | Begun | Extended | Reserved, article: str | None) -> str | None:
    """The instrument that a rule looks at: "$right" stands for that of the article; None where this is not told."""
    return (article.split(":")[0] if article else None) if rule.instrument == "$right" else rule.instrument


def of(rule: DayRule, registry: Registry, state: str, article: str | None, territory: str) -> tuple[Steps, ...]:
    """The step functions of a rule; several only for a reservation whose facts count from different days.

    The rule is met where any of them is: they are combined as `Any`, or as `Not(Any)` by the rules above.
    """
    if isinstance(rule, Between):
        return (_between(rule),)
    instrument = instrument_of(rule, article)
    if instrument is None:
        return (Steps(rule.on, (FIRST,), (missing(("rights",)),)),)
    if instrument not in registry.instruments:  # no treaty: a list or a declaration that binds nobody by ratification
        values = {"state": state, "instrument": instrument, "reading": "no_treaty", "since": FIRST}
        return (Steps(rule.on, (FIRST,), (say(rule.otherwise, values),)),)
    if isinstance(rule, Bound):
        return (_bound(rule, registry.timeline(state, instrument), state, instrument),)
    if isinstance(rule, Begun):
        return (_begun(rule, registry.timeline(state, instrument), state, instrument),)
    if isinstance(rule, Extended):
        return (_extended(rule, registry, state, instrument, territory),)
    return _reserved(rule, _limits(rule, registry, state, instrument), state, instrument, article)


def apart(rule: DayRule, registry: Registry, state: str, article: str | None, territory: str) -> tuple[Steps, ...]:
    """As `of`, with a step function for each fact of a reservation: in a common one the strongest hides the others."""
    if not isinstance(rule, Reserved):
        return of(rule, registry, state, article, territory)
    instrument = instrument_of(rule, article)
    facts = _limits(rule, registry, state, instrument) if instrument in registry.instruments and instrument else ()
    return tuple(line for fact in facts for line in _reserved(rule, (fact,), state, instrument or "", article))


def _limits(rule: Reserved, registry: Registry, state: str, instrument: str) -> tuple[Fact, ...]:
    facts = registry.limits(state, instrument, rule.kind)
    if rule.kind == "temporal":  # an old acceptance of petitions that excluded the past is such a limit
        facts += tuple(f for f in registry.limits(state, instrument, "petition") if f.since)
    return facts


def _between(rule: Between) -> Steps:
    outside = say(rule.otherwise, {"since": rule.since, "until": rule.until})
    changes = [(FIRST, outside if rule.since else PASSED)]
    if rule.since:
        changes.append((rule.since, PASSED))
    if rule.until:
        changes.append((next_day(rule.until), outside))
    return _steps(rule.day, changes)


def _result(segment: Segment, otherwise: Say, state: str, instrument: str, contested: Say | None = None) -> Result:
    if segment.answer == Answer.YES:
        return Result(MET, facts=segment.facts)
    values = {"state": state, "instrument": instrument, "reading": segment.why, "since": segment.first}
    if segment.answer == Answer.CONTESTED:
        if contested is not None:
            return say(contested, values, segment.facts)
        return say(CONTESTED, values, segment.facts)
    if segment.answer == Answer.UNKNOWN:
        return missing((f"registry:{state}/{instrument}",), f"registry_{segment.why or 'unknown'}", segment.facts)
    return say(otherwise, values, segment.facts)


def _bound(rule: Bound, line: tuple[Segment, ...], state: str, instrument: str) -> Steps:
    changes = [(segment.first, _result(segment, rule.otherwise, state, instrument, rule.contested)) for segment in line]
    for before, after in pairwise(line):
        if before.answer >= Answer.CONTESTED and after.answer == Answer.NO:
            for shift, outcome in rule.edge:
                day = plus_days(after.first, shift)
                result = say(outcome, {"state": state, "instrument": instrument, "day": day}, after.facts)
                changes = _put(changes, day, result)
    return _steps(rule.on, changes)


def _put(changes: list[tuple[date, Result]], day: date, result: Result) -> list[tuple[date, Result]]:
    """One day gets an answer of its own."""
    firsts = [first for first, _ in changes]
    after = changes[bisect_right(firsts, next_day(day)) - 1][1]
    kept = [c for c in changes if c[0] not in (day, next_day(day))]
    return sorted([*kept, (day, result), (next_day(day), after)], key=lambda c: c[0])


def _begun(rule: Begun, line: tuple[Segment, ...], state: str, instrument: str) -> Steps:
    changes: list[tuple[date, Result]] = []
    highest = None
    for segment in line:
        if highest is None or segment.answer > highest.answer:
            highest = segment
            day = segment.first if segment.first == FIRST else _earlier(segment.first, rule.months, rule.days)
            changes.append((day, _result(highest, rule.otherwise, state, instrument)))
    return _steps(rule.on, changes)


def _earlier(day: date, months: int, extra: int) -> date:
    """The first day that, so many months and days later, has reached `day`."""
    guess = plus_days(add_months(day, -months), -extra - 4)
    while plus_days(add_months(guess, months), extra) < day:
        guess = next_day(guess)
    return guess


def _extended(rule: Extended, registry: Registry, state: str, instrument: str, territory: str) -> Steps:
    if not rule.kind:
        line = registry.timeline(state, instrument, territory)
        return _steps(rule.on, ((s.first, _result(s, rule.otherwise, state, instrument)) for s in line))
    facts = [f for f in registry.limits(state, instrument, rule.kind) if territory in f.territory]
    if not facts:
        return Steps(rule.on, (FIRST,), (missing((f"registry:{state}/{instrument}/{rule.kind}",)),))
    first = min(f.effect_date or f.act_date or LAST for f in facts)
    before = missing((f"registry:{state}/{instrument}/{rule.kind}",))
    return _steps(rule.on, ((FIRST, before), (first, Result(MET, facts=tuple(facts)))))


def _reserved(
    rule: Reserved, facts: tuple[Fact, ...], state: str, instrument: str, article: str | None
) -> tuple[Steps, ...]:
    values = {"state": state, "instrument": instrument}
    free = say(rule.otherwise, values)
    number = article.split(":")[1] if article and ":" in article else None
    touching = [f for f in facts if not f.articles or number is None or _touches(number, f.articles)]
    by_day: dict[str, list[tuple[date, date, Result]]] = {}
    for fact in touching:
        if fact.articles and number is None:
            held = missing(("rights",), facts=(fact,))
        else:
            held = say(UNVERIFIED if _soft(fact) else Say(MET), values, (fact,))
        if rule.kind == "temporal":
            name = "act.first" if fact.counts == "begun" else rule.on
            span = (FIRST, fact.since or LAST)
        else:
            name, span = rule.on, (fact.effect_date or fact.act_date or FIRST, fact.until or LAST)
        by_day.setdefault(name, []).append((*span, held))
    if not by_day:
        return (Steps(rule.on, (FIRST,), (free,)),)
    return tuple(_cover(name, spans, free) for name, spans in by_day.items())


def _touches(number: str, articles: tuple[str, ...]) -> bool:
    return any(number == a or number.startswith(f"{a}(") or a.startswith(f"{number}(") for a in articles)


def _soft(fact: Fact) -> bool:
    """A limit whose wording nobody verified, or that is contested: a matter of judgment, never a plain bar."""
    if fact.event == "declared" and fact.kind.startswith("petition"):
        return False  # an acceptance, no limit: what is unverified is marked as such in the answer
    return fact.confidence == "low" or fact.status == "contested" or fact.kind == "unknown"


def _cover(day: str, spans: list[tuple[date, date, Result]], free: Result) -> Steps:
    """The best answer of overlapping spans; `free` outside them all."""
    marks = sorted({FIRST, *(s for s, _, _ in spans), *(e for _, e, _ in spans if e != LAST)})
    changes = []
    for mark in marks:
        held = [r for s, e, r in spans if s <= mark and (mark < e or e == LAST)]
        changes.append((mark, max(held, key=lambda r: r.level) if held else free))
    return _steps(day, changes)


class Cap(NamedTuple):
    """The last days on which an acceptance lets a complaint be filed, and the facts on which they rest."""

    safe: date
    arguable: date
    facts: tuple[Fact, ...]


def cap(steps: Steps, span: Interval) -> Cap | None:
    """The last days on which the State's acceptance lets a complaint be filed (law.md D.1).

    From the filing day on: the day before the answer is no longer a plain yes, and the day before the first plain no
    (the last of days if none). None where no end is in sight. Where the acceptance has already ended: its last days.
    The facts are those of the answers short of a plain yes that end it.
    """
    levels = [result.level for result in steps.results]
    here = bisect_right(steps.firsts, span.first) - 1
    if levels[here] == FAILED:
        doubtful = closed = next((i for i in range(here, 0, -1) if levels[i - 1] != FAILED), None)
    else:
        closed = next((i for i in range(here, len(levels)) if levels[i] == FAILED), None)
        doubtful = next((i for i in range(here, len(levels)) if levels[i] != MET), None)
    if not doubtful:  # none, or doubtful from the first of days on
        return None
    ends = steps.results[doubtful : (doubtful if closed is None else closed) + 1]
    arguable = LAST if closed is None else day_before(steps.firsts[closed])
    return Cap(_safe(steps, levels, doubtful), arguable, together(result.facts for result in ends))


def _safe(steps: Steps, levels: list[int], index: int) -> date:
    """The day before the run of answers short of a plain yes that leads up to `index`."""
    while index > 1 and levels[index - 1] not in (FAILED, MET):
        index -= 1
    return day_before(steps.firsts[index])
