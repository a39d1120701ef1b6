"""One verdict in sentences: why, what is missing, what was taken for granted, how the last day was counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ratione import law
from ratione.assess import clock
from ratione.assess.result import Counted, Deadline
from ratione.assess.verdict import TestOutcome, Verdict
from ratione.days import FIRST, next_day
from ratione.rules import FAILED, JUDGMENT, MET, UNKNOWN, Clock
from ratione.words import format as fmt
from ratione.words import labels
from ratione.words.format import Words
from ratione.words.language import _

DECIDING = {"closed": "failed", "not_yet": "failed", "arguable": "judgment", "unclear": "unknown"}


def title(outcome: TestOutcome) -> str:
    """The short name of a test."""
    word = outcome.test.id.split(".")[1]
    return _(labels.TESTS.get(word) or labels.HEADS[outcome.test.head])


def sentences(words: Words, verdict: Verdict, outcome: TestOutcome) -> list[str]:
    """What a test found, as sentences; none where it was passed without a remark."""
    found = []
    for why in outcome.result.why:
        text = words.sentence(why, verdict.forum.code, verdict.respondent)
        if why.leaning in (FAILED, MET) and outcome.result.level == JUDGMENT:
            text = _("{sentence} {leaning}").format(sentence=text, leaning=_(labels.LEANING_SENTENCES[why.leaning]))
        found.append(text)
    return list(dict.fromkeys(found))


def text(words: Words, verdict: Verdict, outcome: TestOutcome) -> str:
    """What a test found, as one text."""
    found = sentences(words, verdict, outcome)
    if found:
        return _(" ").join(found)
    return _("{test}: {outcome}.").format(test=title(outcome), outcome=_(labels.LEVELS[outcome.outcome]))


def reasons(words: Words, verdict: Verdict) -> list[str]:
    """The sentences on which the status of a verdict rests; none where it is open."""
    level = DECIDING.get(verdict.status)
    found = [
        text(words, verdict, t) for t in verdict.tests if t.outcome == level and (t.test.blocking or level != "failed")
    ]
    if not found and level:
        found = [_("No single piece of the facts with one right passes every rule.")]
    return list(dict.fromkeys(found))


def questions(words: Words, names: Iterable[str]) -> list[str]:
    """The questions whose answers would settle it."""
    return list(dict.fromkeys(words.asked(name) for name in names))


def events(verdict: Verdict) -> list[str]:
    """What would open a body that is closed for now."""
    return [_(labels.CURES[cure]) for cure in verdict.opens_on]


def presumed(names: Iterable[str]) -> list[str]:
    """What was taken for granted, in words."""
    return [_(labels.PRESUMED[name]) for name in names]


def to_do(verdict: Verdict) -> str:
    """The act that must be done by the last day; empty where no period runs."""
    deadline = verdict.deadline
    stops = deadline.clock.stops if deadline and deadline.clock else _stops(verdict)
    return _(labels.STOPS[stops]) if stops else ""


def _stops(verdict: Verdict) -> str:
    found = [d.clock.stops for t in verdict.tests for d in t.result.deadlines if d.clock]
    return found[0] if found else ""


def last_day(verdict: Verdict, on: date | None) -> str:
    """The last day in words, with the days left from `on` (None: already lodged)."""
    if verdict.last_day is None:
        if verdict.status == "closed":
            return ""
        if any(not d.advice for t in verdict.tests for d in t.result.deadlines):
            return _("cannot be told yet")
        return _("no fixed time")
    if on is None:
        return fmt.day(verdict.last_day)
    left = fmt.days_apart(on, verdict.last_day)
    if verdict.last_day < on and verdict.status in ("unclear", "not_yet") and _earliest(verdict.deadline):
        left = _("{left}, if time ran from the earliest day that is possible").format(left=left)
    return _("{day}: {left}").format(day=fmt.day(verdict.last_day), left=left)


def _earliest(deadline: Deadline | None) -> bool:
    """Whether a last day was counted from the first of several days on which time may have begun to run."""
    if deadline is None or not deadline.counted:
        return False
    return not min(deadline.counted, key=lambda counted: counted.day.first).day.exact


def deadlines(verdict: Verdict) -> list[Deadline]:
    """Every deadline that plays a part, the one that decides first."""
    found = [verdict.deadline] if verdict.deadline else []
    for deadline in (d for t in verdict.tests for d in t.result.deadlines):
        if deadline not in found:
            found.append(deadline)
    return found


def counting(deadline: Deadline) -> list[str]:
    """How a last day was counted, step by step."""
    if deadline.clock is None:
        if deadline.last_day is None:
            return []
        text_ = _("The State's acceptance of complaints ends on {day}; the last day is the day before, {last}.")
        return [text_.format(day=fmt.day(next_day(deadline.last_day)), last=fmt.day(deadline.last_day))]
    steps = [line for counted in deadline.counted for line in _from(deadline.clock, counted)]
    if len(deadline.counted) > 1:
        steps.append(_("Where several starts are possible the earliest is the safe one; the others can be argued."))
    name = _("Benchmark, not a term of law") if deadline.advice else _("Last day")
    steps.append(_("{name}: {day}.").format(name=name, day=fmt.day(deadline.last_day)))
    if deadline.arguable:
        steps.append(_("A later last day can be argued: {day}.").format(day=fmt.day(deadline.arguable)))
    steps.append(_("By then: {act}.").format(act=_(labels.STOPS[deadline.clock.stops])))
    return steps


def _from(period: Clock, counted: Counted) -> list[str]:
    """The steps from one start event."""
    start = _("Time runs from: {event}, {day} ({authority}).").format(
        event=_(labels.STARTS[counted.start.day]),
        day=fmt.span(counted.day),
        authority=fmt.authority(law.authorities()[counted.start.authority]),
    )
    if counted.level == UNKNOWN:
        start += _(" Whether this start counts is not known.")
    elif counted.level == JUDGMENT or counted.start.later:
        start += _(" This start can only be argued.")
    steps = [start]
    if counted.day.first == FIRST:
        return steps
    if not counted.day.exact:
        steps.append(_("Which of these days it was is not known; the earliest is the safe one."))
    if not counted.day.exact and len(counted.months) > 1:  # which length goes with which day is not told here
        return steps
    for months in counted.months:
        steps += _sum(period, counted.day.first, months)
    return steps


def _sum(period: Clock, day: date, months: int) -> list[str]:
    plain, _same = clock.run(day, months)
    steps = [
        _("{day} and {months} months, that day itself not counted: {last}.").format(
            day=fmt.day(day), months=months, last=fmt.day(plain)
        )
    ]
    safe, arguable = clock.run(day, months, period.suspensions, period.rest_day)
    if safe != plain:
        steps.append(_("A suspension of time prolongs it: {last}.").format(last=fmt.day(safe)))
    if arguable != safe:
        steps.append(
            _("The end of the month, a suspension or a day of rest can be argued to move it: {last}.").format(
                last=fmt.day(arguable)
            )
        )
    return steps


def unverified(verdict: Verdict) -> list[str]:
    """The ids of the unverified registry facts on which a verdict rests."""
    return [fact.id for fact in verdict.facts if fact.confidence == "low"]


def contested(verdict: Verdict) -> list[str]:
    """The ids of the contested registry facts on which a verdict rests."""
    return [fact.id for fact in verdict.facts if fact.status == "contested"]
