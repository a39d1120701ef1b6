"""What other instruments, predecessors and territories do to a chain of segments.

An instrument ends with its parent (a protocol with its treaty, an acceptance of complaints too); the Convention ends
with a membership, in more than one reading; a State does not inherit the days of its predecessor; a territory has days
of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ratione import days
from ratione.registry.facts import ENDS, Fact
from ratione.registry.periods import NOTICE, Answer, End, Segment, at, joined, tidy
from ratione.registry.terms import Follow

Chain = tuple[Segment, ...]


def losses(chain: Chain) -> Iterable[Segment]:
    """The segments that begin where a State stops being bound beyond doubt."""
    return (s for before, s in pairwise(chain) if before.answer == Answer.YES != s.answer)


def _facts(*groups: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(f for group in groups for f in group))


def capped(chain: Chain, other: Chain, starts: Mapping[date, Fact], why: str = "with_parent") -> Chain:
    """The chain, nowhere better than `other` once that has been lost, until it has begun anew itself.

    `starts`: the days of its own beginnings. Before the loss, when each began is its own affair. Where no list tells of
    beginnings, it is unknown again as soon as `other` binds again.
    """
    lost = min((s.first for s in losses(other)), default=None)
    if lost is None:
        return chain
    found: list[Segment] = []
    ceiling: Segment | None = None
    again = tuple(Segment(day, Answer.YES, (fact,)) for day, fact in sorted(starts.items()) if day >= lost)
    for day, (own, above, *_) in joined((chain, other, (Segment(days.FIRST, Answer.NO), *again))):
        if day in starts and own.answer == Answer.YES:
            ceiling, own = None, replace(own, facts=(starts[day],))
        if day >= lost and (ceiling is None or above.answer < ceiling.answer):
            ceiling = above
        limit = above if ceiling and own.why == "no_list" else ceiling
        if limit is None or own.answer <= limit.answer:
            found.append(replace(own, first=day))
        else:
            found.append(Segment(day, limit.answer, _facts(limit.facts, own.facts), limit.projected, why))
    return tidy(found)


def _ends(loss: Segment, follow: Follow, facts: Iterable[Fact]) -> list[End]:
    """The end that each reading gives when the followed instrument is lost.

    A notice there can count as one here only where leaving here was announced too, with it or later.
    """
    notice = next((f.act_date for f in loss.facts if f.event == NOTICE), None)
    said = [f.day for f in facts if f.event == "announced_withdrawal" and f.status != "ineffective"]
    if notice and not any(day and day >= notice for day in said):
        notice = None
    found: dict[date, End] = {}
    for reading in follow.readings:
        if day := reading.day(loss.first, notice):
            found.setdefault(day, End(days.day_before(day), day, reading.id, reading.authority))
    return [found[day] for day in sorted(found)]


def following(
    chain: Chain, followed: Chain, follow: Follow, facts: Sequence[Fact], starts: Mapping[date, Fact]
) -> tuple[Chain, tuple[End, ...]]:
    """The chain where the State is lost to the followed instrument and no end of its own is recorded.

    Bound up to the earliest end that a reading gives, contested from there to the latest, not bound after it, until a
    beginning of its own after the loss (`starts`). Returns the ends of the last loss too.
    """
    own_ends = [f.effect_date for f in facts if f.event in ENDS and f.effect_date]
    found: tuple[End, ...] = ()
    for loss in losses(followed):
        ends = _ends(loss, follow, facts)
        bound = at(chain, loss.first)
        if ends and bound.answer == Answer.YES and not any(day >= loss.first for day in own_ends):
            back = min((day for day in starts if day > loss.first), default=days.LAST)
            doubt = _after_loss(loss, ends, _facts(loss.facts, bound.facts))
            again = [Segment(back, Answer.YES, (starts[back],))] if back in starts else []
            kept = [s for s in chain if s.first < doubt[0].first]
            chain = tidy([*kept, *(s for s in doubt if s.first < back), *again, *(s for s in chain if s.first > back)])
            found = tuple(ends)
    return chain, found


def _after_loss(loss: Segment, ends: Sequence[End], basis: tuple[Fact, ...]) -> list[Segment]:
    """What holds from the earliest end on: contested, then not bound; or as unsure as the loss itself."""
    first, last = ends[0].effect or days.LAST, ends[-1].effect or days.LAST
    if loss.answer != Answer.NO:
        return [Segment(first, loss.answer, basis, True, loss.why)]
    doubt = [Segment(first, Answer.CONTESTED, basis, True, "range")] if first < last else []
    return [*doubt, Segment(last, Answer.NO, basis, True, "with_parent")]


def after_predecessors(chain: Chain, predecessors: Sequence[Chain]) -> Chain:
    """The chain, saying where a State was not bound itself but its predecessor was."""
    for other in predecessors:
        found = []
        for day, (own, before) in joined((chain, other)):
            if own.answer == Answer.NO and own.why in ("not_yet", "not_listed") and before.answer == Answer.YES:
                found.append(Segment(day, Answer.NO, _facts(before.facts, own.facts), why="predecessor"))
            else:
                found.append(replace(own, first=day))
        chain = tidy(found)
    return chain


def territorial(facts: Sequence[Fact], metropolitan: Chain) -> Chain:
    """The chain of a territory from its own facts; without one it is unknown wherever the State is bound."""
    starts = {f.effect_date or f.act_date: f for f in facts if f.event == "territorial"}
    dated = sorted((day, fact) for day, fact in starts.items() if day)
    if not dated:
        return tidy(
            s if s.answer == Answer.NO else replace(s, answer=Answer.UNKNOWN, why="no_territory") for s in metropolitan
        )
    chain = [Segment(days.FIRST, Answer.NO, (dated[0][1],), why="not_yet")]
    for first, fact in dated:
        chain = [s for s in chain if s.first < first]
        if chain[-1].answer != Answer.YES:
            chain.append(Segment(first, Answer.YES, (fact,)))
        if fact.until:
            chain.append(Segment(fact.until, Answer.NO, (fact,), why="ended"))
    return capped(tidy(chain), metropolitan, dict(dated), "ended")
