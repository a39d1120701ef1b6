"""What changes before each body: the last day on which facts still count, the last day to submit, hurry or no hurry.

No list of bodies stands here. A standard complaint is put to each body's own rules, with the registry as it is and as
it would be, for an act and a filing on every day at which an answer can change (law.md D.1, D.3, D.5(6)).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ratione import law
from ratione.assess.verdict import Assessor, Verdict
from ratione.complaint.model import Act as Facts
from ratione.complaint.model import Complaint
from ratione.days import FIRST, LAST, day_before, exactly
from ratione.fora import FORA
from ratione.registry import Registry
from ratione.registry.periods import weakest
from ratione.rules import LEVELS, AtLeast, Begun, Bound, Forum, walk
from ratione.whatif.acts import SUPPOSED
from ratione.whatif.effects import Effect

#: What only single bodies ask for, answered in favour of the complaint, so that only the State's acts decide.
FAVOURABLE = {
    "applicant.kind": "individual",
    "applicant.victim": "direct",
    "applicant.identity": "disclosed",
    "redress": "no",
    "ground": "none",
    "pattern": "no",
    "examination_begun": "yes",
    "armed_conflict": "yes",
    "widespread_or_systematic": "yes",
}
#: Conditions that can save a complaint of earlier facts: tried the other way too.
SAVING = {"examination_begun": "no"}
STATUS_LEVEL = {"closed": 0, "not_yet": 0, "unclear": 1, "arguable": 2, "open": 3}
RIGHTS = "ratione_materiae"
HURRY, NO_HURRY = "hurry", "no hurry"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something stops counting: a test, the message of its outcome with values, its authorities (ids)."""

    about: str
    test: str
    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    authority: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """One forum, or one of its routes, and one State. Statuses are those of the rules that ask for the State alone.

    `before`, `after`: for facts after all has happened, without and with the acts. `facts_until`: the last day whose
    facts count as before; `facts_arguable`: the last one for which that can be argued; `facts_after`: what then holds.
    `submit_until`, `submit_arguable`, `submit_after`: the same of the day of submission, for facts before the acts;
    None where only the ordinary term runs. `facts_from`, `submit_from`: the first day of facts, and of submission, that
    comes within reach where something is gained (None: earlier facts too).
    `condition`: an input that must hold for earlier facts to stay. `advice`: hurry, no hurry, or empty where nothing is
    lost. `confidence`, `contested`: how sure the facts of the registry are on which this rests.
    """

    state: str
    forum: Forum
    touched: bool
    before: str
    after: str
    facts_until: date | None = None
    facts_arguable: date | None = None
    facts_after: str = ""
    submit_until: date | None = None
    submit_arguable: date | None = None
    submit_after: str = ""
    facts_from: date | None = None
    submit_from: date | None = None
    condition: str = ""
    advice: str = ""
    confidence: str = ""
    contested: bool = False
    why: tuple[Reason, ...] = ()


def probe(state: str, act: date, filed: date, rights: Sequence[str], more: Mapping[str, str]) -> Complaint:
    """A standard complaint of an individual: one act on its State's soil, decided the same day, nothing unknown."""
    day, lodged = exactly(act), exactly(filed)
    deed = Facts(day, day, True, "instantaneous", "no", state, state, "own_territory", "yes")
    own = (state,)
    return Complaint(
        "", own, (deed,), tuple(rights), {"*": "exhausted"}, {**FAVOURABLE, **more},
        {"applicant.nationality": own, "accused.nationality": own, "residence": own},
        {
            "final_decision.taken": day, "final_decision.served": day, "final_decision.available": day,
            "lodged.sent": lodged, "lodged.received": lodged,
        },
        (),
    )  # fmt: skip


def asks_for_the_state(forum: Forum, of_rights: bool = True) -> Forum:
    """The forum with those of its tests only that ask by what the State is bound; whole where no test does.

    `of_rights`: with the tests that ask it for the treaty of a right.
    """
    tests = tuple(
        t
        for t in forum.tests
        if (of_rights or t.head != RIGHTS) and any(isinstance(n, Bound | Begun | AtLeast) for n in walk(t.rule))
    )
    return replace(forum, tests=tests) if tests else forum


def articles_of(forum: Forum) -> tuple[str, ...]:
    """Every article of the table of rights that the forum can hear."""
    return tuple(a for a in law.rights().plain if a.split(":")[0] in forum.instruments)


def needs(forum: Forum, instruments: Iterable[str]) -> bool:
    """Whether a rule of the forum asks whether the State is bound by one of the instruments."""
    wanted = set(instruments)
    nodes = [n for t in forum.tests for n in walk(t.rule) if isinstance(n, Bound | Begun | AtLeast)]
    named = {n.instrument for n in nodes}
    return bool(named & wanted) or ("$right" in named and bool(set(forum.instruments) & wanted))


class Inquiry:
    """Puts the standard complaint to the bodies, with both registries."""

    def __init__(self, state: str, before: Registry, after: Registry, eve: date, disputed: Iterable[str]) -> None:
        self.state, self.before, self.after, self.eve = state, before, after, eve
        self.disputed = set(disputed)

    def body(self, forum: Forum, touched: bool) -> Body:
        """What one forum's rules make of it.

        Where it cannot be said which rights the forum hears, the rules on rights are left aside to see the days.
        """
        look = _Look(self, asks_for_the_state(forum), forum)
        if not touched:
            return look.as_it_is()
        found = look.compared()
        if found.before != "unclear":
            return found
        aside = _Look(self, asks_for_the_state(forum, of_rights=False), forum).compared()
        return replace(aside, before=found.before, after=found.after)


class _Look:
    """One forum in an inquiry; answers are kept."""

    def __init__(self, inquiry: Inquiry, narrow: Forum, forum: Forum) -> None:
        self.inquiry, self.forum, self.narrow = inquiry, forum, narrow
        self.assessors = [Assessor(r, inquiry.eve, True, [narrow]) for r in (inquiry.before, inquiry.after)]
        self.articles = articles_of(forum)
        self.days = self._days()
        self._kept: dict[tuple[Any, ...], Verdict] = {}

    def _days(self) -> list[date]:
        """The eve of the acts, and every later day from which on an answer can differ."""
        found = {self.inquiry.eve}
        one_each = {a.split(":")[0]: a for a in self.articles}
        rules = [n for t in self.narrow.tests for n in walk(t.rule) if isinstance(n, Bound | Begun)]
        for assessor in self.assessors:
            for rule in rules:
                for article in one_each.values() if rule.instrument == "$right" else (None,):
                    for line in assessor.evaluator.lookups(rule, self.inquiry.state, article, ""):
                        found.update(day for day in line.firsts if self.inquiry.eve < day < LAST)
        return sorted(found)

    def verdict(self, which: int, act: date, filed: date, more: tuple[tuple[str, str], ...] = ()) -> Verdict:
        """The verdict of the State's tests for an act and a filing; `which`: 0 without the acts, 1 with them."""
        key = (which, act, filed, more)
        if (found := self._kept.get(key)) is None:
            complaint = probe(self.inquiry.state, act, filed, self.articles, dict(more))
            found = self._kept[key] = self.assessors[which].assess(complaint)[0]
        return found

    def best(self, which: int, act: date) -> Verdict:
        """The best verdict for an act over all days of filing from it on."""
        found = [self.verdict(which, act, filed) for filed in self.days if filed >= act]
        return max(found, key=lambda v: STATUS_LEVEL[v.status])

    def as_it_is(self) -> Body:
        """A body to which the acts make no difference."""
        found = self.best(0, self.days[-1])
        return Body(self.inquiry.state, self.forum, False, found.status, found.status, **self._sureness([found]))

    def compared(self) -> Body:
        """The body without and with the acts, day by day."""
        end = self.days[-1]
        without = self.best(0, end)
        facts = _Line([(d, self.best(0, d), self.best(1, d)) for d in self.days])
        eve = self.inquiry.eve
        submissions = _Line([(d, self.verdict(0, eve, d), self.verdict(1, eve, d)) for d in self.days])
        condition = self._condition()
        lost = facts.lost or submissions.lost or bool(condition)
        hurry = submissions.until is not None or bool(condition)
        return Body(
            self.inquiry.state, self.forum, lost or facts.gained or submissions.gained,
            without.status, self.best(1, end).status,
            facts.until, facts.arguable, facts.then, submissions.until, submissions.arguable, submissions.then,
            facts.since, submissions.since, condition, (HURRY if hurry else NO_HURRY) if lost else "",
            why=(*facts.reasons("facts"), *submissions.reasons("submission")),
            **self._sureness([self.verdict(0, eve, eve), *facts.turn, *submissions.turn]),
        )  # fmt: skip

    def _condition(self) -> str:
        """The input without which facts before the acts are less safe with them than without."""
        for name, value in SAVING.items():
            tried = [self.verdict(which, self.inquiry.eve, self.inquiry.eve, ((name, value),)) for which in (0, 1)]
            if STATUS_LEVEL[tried[1].status] < STATUS_LEVEL[tried[0].status]:
                return name
        return ""

    def _sureness(self, verdicts: Iterable[Verdict]) -> dict[str, Any]:
        """How sure the registry's facts are on which verdicts rest; tests of rights speak of other treaties too."""
        results = [t for v in verdicts for t in v.tests if t.test.head != RIGHTS]
        facts = {f for t in results for f in t.result.facts if f.basis != SUPPOSED}
        disputed = needs(self.forum, self.inquiry.disputed) or any(f.status == "contested" for f in facts)
        return {"confidence": weakest(facts), "contested": disputed}


class _Line:
    """What happens along days: until when things are as without the acts, until when that can be argued."""

    def __init__(self, points: list[tuple[date, Verdict, Verdict]]) -> None:
        worse = [i for i, (_, a, b) in enumerate(points) if STATUS_LEVEL[b.status] < STATUS_LEVEL[a.status]]
        better = [i for i, (_, a, b) in enumerate(points) if STATUS_LEVEL[b.status] > STATUS_LEVEL[a.status]]
        self.lost, self.gained = bool(worse), bool(better)
        self.since = points[better[0]][0] if better and better[0] > 0 else None
        self.until: date | None = None
        self.arguable: date | None = None
        self.then = ""
        self.turn: list[Verdict] = []
        if not worse:
            return
        first = worse[0]
        shut = next((i for i in worse if points[i][2].status in ("closed", "not_yet")), None)
        if any(STATUS_LEVEL[with_acts.status] for _, _, with_acts in points[:first]):
            self.until = day_before(points[first][0])
        self.then = points[worse[-1]][2].status if shut is None else points[shut][2].status
        if self.until and shut is not None and shut > first:
            self.arguable = day_before(points[shut][0])
        self.turn = [points[i][2] for i in dict.fromkeys([first, first if shut is None else shut])]

    def reasons(self, about: str) -> list[Reason]:
        """The tests that are no longer passed, each once."""
        found: dict[tuple[str, str], Reason] = {}
        for verdict in self.turn:
            level = min((LEVELS.index(t.outcome) for t in verdict.tests if t.outcome in LEVELS), default=3)
            for t in verdict.tests:
                if t.outcome == LEVELS[level] and t.outcome != "met" and t.result.why:
                    why = t.result.why[0]
                    found[t.test.id, why.id] = Reason(about, t.test.id, why.id, why.values, t.test.authority)
        return list(found.values())


def bodies(
    before: Registry, after: Registry, state: str, eve: date, effects: Iterable[Effect], fora: Sequence[Forum] = FORA
) -> list[Body]:
    """Every forum and route, those first that lose something, the most pressing ahead.

    `eve`: the day before the first act; `effects`: what changes for the State.
    """
    codes = {e.instrument for e in effects}
    inquiry = Inquiry(state, before, after, eve, [e.instrument for e in effects if e.range])
    found = [inquiry.body(forum, bool(codes) and needs(forum, codes)) for forum in fora]
    return sorted(found, key=lambda b: (not b.touched, b.submit_until or LAST, b.facts_until or LAST))


def turning_day(state: str, after: Registry, changed: Iterable[str], eve: date) -> date:
    """A day by which everything has happened: after the last change under the instruments that change."""
    days = [s.first for code in changed for s in after.timeline(state, code) if s.first > FIRST]
    return date.fromordinal(max([eve, *days]).toordinal() + 2)
