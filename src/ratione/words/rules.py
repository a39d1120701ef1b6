"""A rule in words, from the same objects that the evaluators read: what `ratione forum ECTHR` prints.

One branch per kind of `ratione.rules`; a test lists the kinds and fails if one has none. A rule becomes nested lines,
each with its depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ratione import law
from ratione.rules import (
    JUDGMENT,
    LEVELS,
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
    InTime,
    Not,
    Reserved,
    Rule,
    Say,
)
from ratione.rules import Any as AnyOf
from ratione.words import format as fmt
from ratione.words import labels
from ratione.words.language import N_, _
from ratione.words.messages import MESSAGES

Line = tuple[int, str]
Lines = Iterator[Line]
#: The variables of rules in words (see the head of `rules.py`).
VARIABLES: Mapping[str, str] = {
    "act": N_("the act"),
    "act.first": N_("the first day of the act"),
    "act.to": N_("the end of the act"),
    "act.last": N_("the end of the whole act"),
    "act.covered_to": N_("the end of the part of the act that the treaty covers"),
    "filed": N_("filing"),
    "hereafter": N_("the last of all days"),
    "decision": N_("the day that counts for the final decision"),
    "decision.taken": N_("the day on which the final decision was taken"),
    "decision.served": N_("the day on which the final decision was served"),
    "decision.available": N_("the day on which the final decision could be obtained"),
    "knowledge": N_("the day of knowledge"),
    "ineffective_known": N_("the day on which the remedy was seen to be useless"),
    "other.ended": N_("the end of the other procedure"),
    "other.used": N_("another international procedure was used and has ended"),
    "released_or_convicted_on": N_("release or conviction at first instance"),
    "detention_regime_ended": N_("the end of the detention in these conditions"),
    "respondent": N_("the respondent State"),
    "right": N_("the right"),
    "article": N_("the article"),
    "article.base": N_("the article"),
    "article.instrument": N_("the treaty of the article"),
    "act.kind": N_("the kind of act"),
    "act.ongoing": N_("the act goes on"),
    "act.cut": N_("the treaty ends inside the act"),
    "act.attributable": N_("the act is the State's own"),
    "act.country": N_("the country of the act"),
    "act.place": N_("the place of the act"),
    "place": N_("where it happened, seen from the State"),
    "remedies": N_("remedies at home"),
    "applicant.kind": N_("the applicant"),
    "applicant.victim": N_("the applicant as victim"),
    "applicant.identity": N_("the applicant's name"),
}

#: Whose binding counts (`Bound.of`).
WHOSE: Mapping[str, str] = {
    "respondent": N_("the State"),
    "act.country": N_("the State where it happened"),
    "accused.nationality": N_("a State of which an accused is a national"),
    "residence": N_("a State in which the applicant lives"),
}


def variable(name: str) -> str:
    """A variable of rules in words."""
    known = VARIABLES.get(name)
    if known:
        return _(known)
    plain, _colon, code = name.partition(":")
    text = plain.removesuffix(".any").replace(".", " ").replace("_", " ")
    return _("{name} includes {code}").format(name=_(text), code=code) if code else _(text)


def outcome(say: Say) -> str:
    """An outcome: its level, the sentence without its values, and what it leans to."""
    level = _(labels.LEVELS[LEVELS[say.level]])
    if say.for_now:
        level = _("{level} for now").format(level=level)
    if say.leaning is not None and say.level == JUDGMENT:
        level = _("{level}, {leaning}").format(level=level, leaning=_(labels.LEANING[say.leaning]))
    sentence = template(say.why)
    return _("{level}: {sentence}").format(level=level, sentence=sentence) if sentence else level


class _Gaps(dict[str, str]):
    """A gap in a sentence where the case would fill in its own value."""

    def __missing__(self, key: str) -> str:
        return f"[{_(key.replace('_', ' '))}]"


def template(why: str) -> str:
    """The sentence of an outcome with gaps for the values of a case."""
    return _(MESSAGES[why]).format_map(_Gaps()) if why else ""


def lines(rule: Rule, depth: int = 0, condition: bool = False) -> Lines:
    """A rule as lines with their depth; as a `condition` it only holds or not, and says nothing of its own."""
    return BRANCHES[type(rule)](rule, depth, condition)


def _else(say: Say, depth: int, condition: bool) -> Lines:
    if say.why and not condition:
        yield depth, _("otherwise {outcome}").format(outcome=outcome(say))


def _part(intro: str, found: Lines, depth: int) -> Lines:
    """An introduction with what follows: on one line where that is one line."""
    told = list(found)
    if len(told) == 1:
        yield depth, _("{intro} {rest}").format(intro=intro, rest=told[0][1])
        return
    yield depth, intro
    yield from told


def _bound(rule: Bound, depth: int, condition: bool) -> Lines:
    yield depth, _("{state} is bound by {instrument} at {day}").format(
        state=_(WHOSE[rule.of]), instrument=_instrument(rule.instrument), day=variable(rule.on)
    )
    if rule.contested is not None and not condition:
        yield depth + 1, _("where that is contested: {outcome}").format(outcome=outcome(rule.contested))
    for days, say in () if condition else rule.edge:
        if days == 0:
            text = _("on the very day on which it ceases to be bound: {outcome}")
        else:
            text = _("{n} days after the day on which it ceases to be bound: {outcome}")
        yield depth + 1, text.format(n=days, outcome=outcome(say))
    yield from _else(rule.otherwise, depth + 1, condition)


def _begun(rule: Begun, depth: int, condition: bool) -> Lines:
    text = _("{instrument} had begun to bind {state} by {day}")
    if rule.months or rule.days:
        text = _("{instrument} had begun to bind {state} {months} months and {days} days after {day}, at the latest")
    yield depth, text.format(
        instrument=_instrument(rule.instrument),
        state=_(WHOSE[rule.of]),
        day=variable(rule.on),
        months=rule.months,
        days=rule.days,
    )
    yield from _else(rule.otherwise, depth + 1, condition)


def _extended(rule: Extended, depth: int, condition: bool) -> Lines:
    text = _("{instrument} was extended to the dependent territory at {day}")
    if rule.kind:
        text = _("Individual complaints under {instrument} were accepted for the dependent territory at {day}")
    yield depth, text.format(instrument=_instrument(rule.instrument), day=variable(rule.on))
    yield from _else(rule.otherwise, depth + 1, condition)


def _reserved(rule: Reserved, depth: int, condition: bool) -> Lines:
    text = _("The State has limited {instrument} ({kind}), looked at on the day of {day}")
    yield (
        depth,
        text.format(instrument=_instrument(rule.instrument), kind=fmt.word(rule.kind), day=variable(rule.on)),
    )


def _at_least(rule: AtLeast, depth: int, condition: bool) -> Lines:
    text = _("At least {n} States have accepted {instrument} by the day of filing")
    yield depth, text.format(n=rule.count, instrument=_instrument(rule.instrument))
    yield from _else(rule.otherwise, depth + 1, condition)


def _between(rule: Between, depth: int, condition: bool) -> Lines:
    text = _("{day}: {since} to {until}")
    if rule.until is None:
        text = _("{day}: {since} or later")
    elif rule.since is None:
        text = _("{day}: {until} or earlier")
    yield depth, text.format(day=variable(rule.day), since=fmt.day(rule.since), until=fmt.day(rule.until))
    yield from _else(rule.otherwise, depth + 1, condition)


def _in_time(rule: InTime, depth: int, condition: bool) -> Lines:
    yield depth, _("Filed by the last day:")
    yield from clock_lines(rule.clock, depth + 1)
    yield depth + 1, _("after the safe last day and up to a later arguable one: {outcome}").format(
        outcome=outcome(rule.between)
    )
    yield depth + 1, _("later: {outcome}").format(outcome=outcome(rule.late))


def clock_lines(clock: Clock, depth: int) -> Lines:
    """A clock: lengths, starts with their authority, suspensions, and what must be done by then."""
    for version in clock.versions:
        text = _("{n} months") if version.since is None else _("{n} months where that day is {since} or later")
        yield depth, text.format(n=version.months, since=fmt.day(version.since))
    for start in clock.starts:
        text = _("from: {event} ({authority})").format(
            event=_(labels.STARTS[start.day]), authority=fmt.authority(law.authorities()[start.authority])
        )
        if start.months is not None:
            text = _("{start}, {n} months").format(start=text, n=start.months)
        if start.by:
            days = ", ".join(variable(name) for name in start.by)
            text = _("{start}; the length is chosen by {days}").format(start=text, days=days)
        if start.later:
            text = _("{start}; can only be argued").format(start=text)
        yield depth, text
        if start.when is not None:
            yield from _part(_("if:"), lines(start.when, depth + 2, True), depth + 1)
    for s in clock.suspensions:
        text = _("{n} months more for a term of {only} months that begins or ends from {first} to {last}")
        yield depth, text.format(n=s.months, only=s.only_months, first=fmt.day(s.first), last=fmt.day(s.last))
    if clock.rest_day:
        yield depth, _("a last day on a day of rest may be argued to move to the next working day")
    if clock.advice:
        yield depth, _("a benchmark only: it is no term of law")
    yield depth, _("by then: {act}").format(act=_(labels.STOPS[clock.stops]))


def _fact(rule: Fact, depth: int, condition: bool) -> Lines:
    if set(rule.says) - {"*"} and _is_condition(rule):
        words = _(" or ").join(_value(rule.name, v) for v, say in rule.says.items() if v != "*" and say.level == 3)
        yield depth, _("{fact} is {value}").format(fact=variable(rule.name), value=words)
        return
    yield depth, _("{fact}:").format(fact=variable(rule.name))
    for value, say in rule.says.items():
        word = _("anything else") if value == "*" else _value(rule.name, value)
        yield depth + 1, _("{value}: {outcome}").format(value=word, outcome=outcome(say))
    if rule.missing is not None:
        yield depth + 1, _("not stated: {outcome}").format(outcome=outcome(rule.missing))


def _is_condition(rule: Fact) -> bool:
    """Whether it only picks out values, without anything to say."""
    return all(not say.why and say.level in (0, 3) for say in rule.says.values()) and rule.missing is None


def _value(name: str, value: str) -> str:
    if name in ("article", "article.base"):
        return fmt.article(value)
    if name == "right":
        return fmt.right(value)
    if name in ("respondent", "act.country", "act.place", "article.instrument"):
        return value
    return fmt.word(value)


def _covers(rule: Covers, depth: int, condition: bool) -> Lines:
    yield depth, _("The article stands in {instruments}").format(instruments=", ".join(rule.instruments))
    together: dict[Say, list[str]] = {}
    for article, say in rule.exceptions.items():
        together.setdefault(say, []).append(article)
    for say, articles in together.items():
        yield depth + 1, _("{article}: {outcome}").format(article=", ".join(_runs(articles)), outcome=outcome(say))
    yield from _else(rule.otherwise, depth + 1, condition)


def _runs(articles: list[str]) -> list[str]:
    """Articles in words, whole ones that follow each other as one run: `ACHR Art 27 to 82`."""
    found: list[str] = []
    runs: list[list[str]] = []
    for article in articles:
        instrument, _colon, number = article.partition(":")
        if runs and number.isdigit() and runs[-1][-1] == f"{instrument}:{int(number) - 1}":
            runs[-1].append(article)
        else:
            runs.append([article])
    for run in runs:
        if len(run) > 2:
            text = _("{first} to {last}")
            found.append(text.format(first=fmt.article(run[0]), last=run[-1].partition(":")[2]))
        else:
            found += [fmt.article(article) for article in run]
    return found


def _elsewhere(rule: Elsewhere, depth: int, condition: bool) -> Lines:
    yield depth, _("The same matter elsewhere (row {row} of the matrix):").format(row=rule.row)
    for text in same_matter(rule.row):
        yield depth + 1, text


def same_matter(row: str) -> list[str]:
    """What each procedure elsewhere does, by what became of it."""
    effect = {"B": _("bars"), "o": _("does not matter"), "J": _("open to argument")}
    found: dict[str, list[str]] = {}
    for (want, other), letters in law.matrix().cells.items():
        if want != row:
            continue
        told = ", ".join(
            _("{status}: {effect}").format(status=fmt.word(status), effect=effect[letters[letter]])
            for letter, status in _STATUSES.items()
        )
        if len(set(letters.values())) == 1:
            told = effect[next(iter(letters.values()))]
        found.setdefault(told, []).append(_("any other body") if other == "*" else other)
    return [_("{bodies}: {effects}").format(bodies=", ".join(others), effects=told) for told, others in found.items()]


_STATUSES = {
    "P": "pending",
    "D": "decided_merits",
    "F": "rejected_formal",
    "W": "withdrawn_before_decision",
    "R": "rejected_without_reasons",
    "X": "discontinued",
}


def _fixed(rule: Fixed, depth: int, condition: bool) -> Lines:
    yield depth, outcome(rule.say)


def _all(rule: All, depth: int, condition: bool) -> Lines:
    yield depth, _("All of these:")
    for inner in rule.rules:
        yield from lines(inner, depth + 1, condition)


def _any(rule: AnyOf, depth: int, condition: bool) -> Lines:
    yield depth, _("One of these is enough:")
    for inner in rule.rules:
        yield from lines(inner, depth + 1, condition)


def _case(rule: Case, depth: int, condition: bool) -> Lines:
    for test, then in rule.when:
        yield from _part(_("If:"), lines(test, depth + 1, True), depth)
        yield from _part(_("then:"), lines(then, depth + 1, condition), depth + 1)
    yield from _part(_("In all other cases:"), lines(rule.default, depth + 1, condition), depth)


def _not(rule: Not, depth: int, condition: bool) -> Lines:
    yield from _part(_("Not:"), lines(rule.rule, depth + 1, True), depth)
    yield from _else(rule.otherwise, depth + 1, condition)


def _instrument(name: str) -> str:
    return _("the treaty or protocol of the article") if name == "$right" else name


BRANCHES: Mapping[type, Callable[[Any, int, bool], Lines]] = {
    Bound: _bound,
    Begun: _begun,
    Extended: _extended,
    Reserved: _reserved,
    AtLeast: _at_least,
    Between: _between,
    InTime: _in_time,
    Fact: _fact,
    Covers: _covers,
    Elsewhere: _elsewhere,
    Fixed: _fixed,
    All: _all,
    AnyOf: _any,
    Case: _case,
    Not: _not,
}
