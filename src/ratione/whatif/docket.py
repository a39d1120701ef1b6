"""A docket before and after: which complaints are hit, what each loses, its new last day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ratione.assess.verdict import Assessor, Verdict
from ratione.complaint.model import Complaint
from ratione.days import LAST
from ratione.fora import FORA
from ratione.registry import Registry
from ratione.registry.periods import weakest
from ratione.rules import JUDGMENT, MET, Forum
from ratione.whatif.acts import SUPPOSED
from ratione.whatif.bodies import STATUS_LEVEL, needs
from ratione.whatif.effects import Effect


@dataclass(frozen=True, slots=True)
class Hit:
    """A complaint that loses something before one forum.

    `loses`: body (closed, though it was not), certainty (it is less sure), days (the last day is earlier), facts (a
    part of the facts no longer counts). `last_day`: the new one; `by_submission`: it is the last day on which the
    State's acceptance still holds. `savable`: that day has not passed on the day of asking.
    """

    complaint: str
    respondent: str
    forum: Forum
    loses: tuple[str, ...]
    status_before: str
    status_after: str
    last_day_before: date | None
    last_day: date | None
    last_day_arguable: date | None
    by_submission: bool
    savable: bool
    confidence: str
    contested: bool


@dataclass(frozen=True, slots=True)
class Docket:
    """The complaints of a docket that are hit, most urgent first; `assessed`: how many were looked at."""

    on: date
    assessed: int
    hits: tuple[Hit, ...]

    @property
    def hit(self) -> int:
        """How many complaints lose something."""
        return len({(h.complaint, h.respondent) for h in self.hits})


def docket(
    complaints: Iterable[Complaint],
    before: Registry,
    after: Registry,
    effects: Iterable[Effect],
    on: date,
    fora: Sequence[Forum] = FORA,
) -> Docket:
    """Assess every complaint with both registries, as if asked on `on`, before the bodies that can change.

    `effects`: what changes under each instrument; respondents of whom there is none lose nothing.
    """
    changed: dict[str, dict[str, bool]] = {}
    for e in effects:
        changed.setdefault(e.state, {})[e.instrument] = bool(e.range)
    pairs = {
        state: tuple(Assessor(r, on, True, [f for f in fora if needs(f, codes)]) for r in (before, after))
        for state, codes in changed.items()
    }
    hits: list[Hit] = []
    assessed = 0
    for complaint in complaints:
        assessed += 1
        for state in complaint.respondent:
            if state not in pairs:
                continue
            was, now = ([v for v in a.assess(complaint) if v.respondent == state] for a in pairs[state])
            disputed = [code for code, has_range in changed[state].items() if has_range]
            hits += [hit for b, a in zip(was, now, strict=True) if (hit := _hit(b, a, on, disputed))]
    return Docket(on, assessed, tuple(sorted(hits, key=_urgency)))


def _urgency(hit: Hit) -> tuple[bool, date, str, str]:
    return not hit.savable, hit.last_day or LAST, hit.complaint, hit.forum.key


def _hit(was: Verdict, now: Verdict, on: date, disputed: Sequence[str]) -> Hit | None:
    loses = tuple(_losses(was, now))
    if not loses:
        return None
    before, after = ({f for t in v.tests for f in t.result.facts if f.basis != SUPPOSED} for v in (was, now))
    facts = after | before
    cap = now.deadline is not None and now.deadline.clock is None
    savable = STATUS_LEVEL[now.status] > 0 or (now.last_day is not None and now.last_day >= on)
    return Hit(
        was.complaint, was.respondent, was.forum, loses, was.status, now.status, was.last_day, now.last_day,
        now.last_day_arguable, cap, savable, weakest(facts),
        needs(was.forum, disputed) or any(f.status == "contested" for f in facts),
    )  # fmt: skip


def _losses(was: Verdict, now: Verdict) -> Iterable[str]:
    if STATUS_LEVEL[now.status] < STATUS_LEVEL[was.status]:
        yield "body" if STATUS_LEVEL[now.status] == 0 else "certainty"
    if STATUS_LEVEL[was.status] == 0 or STATUS_LEVEL[now.status] == 0:
        return
    if now.last_day and now.last_day < (was.last_day or LAST):
        yield "days"
    if any(_covered(now, level) < _covered(was, level) for level in (JUDGMENT, MET)):
        yield "facts"


def _covered(verdict: Verdict, level: int) -> int:
    """How many days of the acts, counted act by act, reach a level with their best right."""
    pieces = {(c.cell.act, c.cell.piece) for c in verdict.tests[0].cells if c.level >= level}
    return sum((piece.last - piece.first).days + 1 for _, piece in pieces)
