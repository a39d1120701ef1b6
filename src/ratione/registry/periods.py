"""Who is bound when: binding periods derived from facts and terms, by law.md A.4.

`derive` turns the facts of one State under one instrument into a chain of segments that covers all time. No State and
no treaty is named here: what differs between them is data. What hangs on other instruments, on predecessors and on
territories is laid over that chain by `overlays.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from itertools import combinations

from ratione import days
from ratione.registry.facts import CONFIDENCES, ENDS, STARTS, Fact
from ratione.registry.terms import Instrument

NOTICE = "notice_of_withdrawal"
REVOKED = "withdrawal_revoked"


class Answer(IntEnum):
    """Whether a State is bound on a day."""

    NO = 0
    UNKNOWN = 1
    CONTESTED = 2
    YES = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """From `first` to the day before the next segment: one answer, and the facts it rests on.

    `projected`: the end was worked out from the terms and had not happened on the day of knowledge. `why` is a
    message id: not_yet, ended, never_bound, not_listed, no_list, not_party, undated, undated_end, running_notice,
    contested, range, with_parent, predecessor, no_territory, not_in_force; empty where the State is simply bound.
    """

    first: date
    answer: Answer
    facts: tuple[Fact, ...] = ()
    projected: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """One end that a reading gives: `to` is the last day bound, `effect` the first day not bound; None = no end."""

    to: date | None
    effect: date | None
    reading: str
    authority: str


@dataclass(frozen=True, slots=True)
class Period:
    """A time during which a State is bound, or during which that is contested.

    `last` is the last day bound; None where no end is in sight, or where `range` gives more than one.
    """

    first: date
    last: date | None
    contested: bool
    projected: bool
    facts: tuple[Fact, ...]
    confidence: str
    range: tuple[End, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """The answer for one day. `list_as_of`: the day of the list where "no" only means that the State is not in it."""

    answer: Answer
    facts: tuple[Fact, ...]
    segment: Segment
    list_as_of: date | None
    confidence: str


def weakest(facts: Iterable[Fact]) -> str:
    """The lowest confidence among the facts; empty where there is none."""
    return min((f.confidence for f in facts), key=CONFIDENCES.index, default="")


def is_start(fact: Fact, instrument: Instrument) -> bool:
    """Whether the fact makes a State bound; a declaration does only where the instrument is an acceptance."""
    if fact.event not in STARTS or fact.territory:
        return False
    return fact.event != "declared" or (instrument.kind == "acceptance" and fact.kind in ("", "unknown"))


def acts(fact: Fact, instrument: Instrument) -> bool:
    """Whether the fact can change who is bound."""
    if fact.status == "ineffective" or fact.territory:
        return False
    return is_start(fact, instrument) or fact.event in ENDS or fact.event in (NOTICE, REVOKED)


def start_day(fact: Fact, instrument: Instrument, floor: date | None = None) -> date | None:
    """The first day of the effect of a start: as stated, else worked out (law.md D.2); None where it cannot be.

    A day worked out is never before the general entry into force, nor before `floor` (the parent treaty binds).
    """
    if fact.effect_date or fact.act_date is None:
        return fact.effect_date
    if instrument.kind in ("membership", "participation"):
        return fact.act_date
    day = instrument.entry.day(fact.act_date)
    if day is None or instrument.in_force is None:
        return None
    return max(day, instrument.in_force, floor or day)


def end_day(fact: Fact, instrument: Instrument, party_since: date | None) -> date | None:
    """The first day not bound after an end: as stated, else worked out from the terms."""
    if fact.effect_date or fact.act_date is None:
        return fact.effect_date
    if instrument.kind in ("membership", "participation"):
        return fact.act_date
    return instrument.exit.day(fact.act_date, party_since, instrument.in_force)


def notice_day(fact: Fact, instrument: Instrument, party_since: date | None) -> date | None:
    """The first day not bound that a notice leads to: by the terms, else as stated; None where neither tells it."""
    if fact.act_date and instrument.exit.by_notice:
        day = instrument.exit.day(fact.act_date, party_since, instrument.in_force)
        return day or fact.effect_date or fact.act_date
    return fact.effect_date if instrument.exit.rule == "unknown" else None


_END, _LOST, _NOTICE, _START = range(4)


@dataclass(frozen=True, slots=True)
class _Step:
    day: date
    act: date
    order: int
    fact: Fact
    answer: Answer

    @property
    def key(self) -> tuple[date, date, int]:
        return self.day, self.act, self.order


def _revoked(notice: Fact, effect: date, facts: Iterable[Fact]) -> bool:
    """Whether a revocation came after the notice and before its effect."""
    since = notice.act_date or days.FIRST
    return any(f.event == REVOKED and f.day is not None and since <= f.day < effect for f in facts)


def _settled(notice: Fact, effect: date, ends: Iterable[_Step]) -> bool:
    """Whether an end recorded between the notice and its effect tells what became of it."""
    since = notice.act_date or days.FIRST
    return any(since <= step.day <= effect or since <= step.act <= effect for step in ends)


def _steps(facts: Sequence[Fact], instrument: Instrument, known: date, floor: date | None) -> list[_Step]:
    """What changes the answer, in order: by day of effect, then day of the act, then ends before starts."""
    steps: list[_Step] = []
    for fact in facts:
        if is_start(fact, instrument) and fact.until is None:
            day = start_day(fact, instrument, floor)
            if day is None and fact.undated and fact.known_from <= known:
                day = fact.known_from
            if day:
                steps.append(_Step(day, fact.act_date or day, _START, fact, Answer.YES))
    since = min((s.day for s in steps), default=None)
    for fact in facts:
        if fact.event in ENDS:
            if day := end_day(fact, instrument, since):
                steps.append(_Step(day, fact.act_date or day, _END, fact, Answer.NO))
            else:
                day = fact.since or fact.act_date or since or days.FIRST
                steps.append(_Step(day, fact.act_date or day, _LOST, fact, Answer.UNKNOWN))
    ends = [s for s in steps if s.order == _END]
    for fact in facts:
        effect = notice_day(fact, instrument, since) if fact.event == NOTICE else None
        if effect and not _revoked(fact, effect, facts) and not _settled(fact, effect, ends):
            answer = Answer.NO if effect > known or fact.status == "contested" else Answer.UNKNOWN
            steps.append(_Step(effect, fact.act_date or effect, _NOTICE, fact, answer))
    return sorted(steps, key=lambda s: s.key)


def _without_start(facts: Sequence[Fact], instrument: Instrument) -> Segment:
    """The answer where no fact makes the State bound: no only where the list is complete, or a row says so."""
    if named := tuple(f for f in facts if f.event == "not_party"):
        return Segment(days.FIRST, Answer.NO, named, why="not_party")
    if instrument.rows and instrument.list.complete:
        return Segment(days.FIRST, Answer.NO, why="not_listed")
    return Segment(days.FIRST, Answer.UNKNOWN, why="no_list")


def _next(now: Segment, step: _Step, known: date) -> Segment:
    """The segment that a step begins; the present one where it changes nothing."""
    if step.order == _START:
        return now if now.answer == Answer.YES else Segment(step.day, Answer.YES, (step.fact,))
    if now.answer == Answer.NO or (step.order != _END and now.answer != Answer.YES):
        return now
    why = {_END: "ended", _LOST: "undated_end", _NOTICE: "running_notice"}[step.order]
    return Segment(step.day, step.answer, (step.fact,), step.answer == Answer.NO and step.day > known, why)


def tidy(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """One segment a day, and no two neighbours that say the same."""
    found: list[Segment] = []
    for segment in segments:
        if found and found[-1].first == segment.first:
            found.pop()
        last = found[-1] if found else None
        if last is None or replace(segment, first=last.first) != last:
            found.append(segment)
    return tuple(found)


def at(segments: Sequence[Segment], day: date) -> Segment:
    """The segment in which a day lies."""
    low, high = 0, len(segments)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if segments[middle].first <= day else (low, middle)
    return segments[low]


def _never(chain: Sequence[Segment]) -> list[Segment]:
    """The chain, saying where an end came before the beginning could take effect: never bound."""
    pairs = zip([None, *chain], chain, strict=False)
    return [
        replace(s, why="never_bound") if before and before.answer == s.answer == Answer.NO else s for before, s in pairs
    ]


def joined(chains: Sequence[Sequence[Segment]]) -> list[tuple[date, tuple[Segment, ...]]]:
    """Several chains cut at the days of all: for each piece its first day and the segment of each chain."""
    cuts = sorted({s.first for chain in chains for s in chain})
    return [(day, tuple(at(chain, day) for chain in chains)) for day in cuts]


def _windows(chain: Sequence[Segment], facts: Iterable[Fact], instrument: Instrument) -> tuple[Segment, ...]:
    """The chain with the starts that hold for a window only, each from its effect to the day before `until`."""
    for fact in facts:
        first = start_day(fact, instrument)
        if not is_start(fact, instrument) or fact.until is None or first is None or first >= fact.until:
            continue
        after = Segment(fact.until, Answer.NO, (fact,), why="ended")
        window = (Segment(days.FIRST, Answer.NO, (fact,), why="not_yet"), Segment(first, Answer.YES, (fact,)), after)
        chain = tidy(
            replace(max(pair, key=lambda s: (s.answer, s.first)), first=day) for day, pair in joined((chain, window))
        )
    return tuple(chain)


def _one_reading(facts: Sequence[Fact], instrument: Instrument, known: date, floor: date | None) -> tuple[Segment, ...]:
    """The chain where every fact given counts."""
    starts = [f for f in facts if is_start(f, instrument)]
    if not starts:
        return (_without_start(facts, instrument),)
    steps = _steps(facts, instrument, known, floor)
    first = next((s.fact for s in steps if s.order == _START), starts[0])
    now = Segment(days.FIRST, Answer.NO, (first,), why="not_yet")
    if not any(s.order == _START for s in steps) and all(f.until is None and not f.undated for f in starts):
        in_force = instrument.in_force is None and instrument.entry.rule != "unknown"
        return (replace(now, why="not_in_force") if in_force else replace(now, answer=Answer.UNKNOWN, why="undated"),)
    chain = [now]
    for step in steps:
        now = _next(now, step, known)
        if now is not chain[-1]:
            chain.append(now)
    chain = list(_windows(_never(tidy(chain)), facts, instrument))
    if undated := tuple(f for f in starts if f.undated and f.until is None):
        since = max((f.known_from for f in undated if f.known_from <= known), default=days.LAST)
        chain = [
            replace(s, answer=Answer.UNKNOWN, facts=undated, why="undated")
            if s.answer == Answer.NO and s.first < since
            else s
            for s in chain
        ]
    return tidy(chain)


def derive(
    facts: Sequence[Fact], instrument: Instrument, known: date, floor: date | None = None
) -> tuple[tuple[Segment, ...], tuple[End, ...]]:
    """The chain of one State under one instrument from its own facts, as known on a day, and the ends in dispute.

    Contested facts are taken in every combination; where these differ the answer is CONTESTED. `floor` is the first
    day on which the parent treaty binds, for starts whose day is worked out.
    """
    sure = [f for f in facts if f.event == "not_party" or (acts(f, instrument) and f.status == "undisputed")]
    disputed = [f for f in facts if acts(f, instrument) and f.status == "contested"]
    if not disputed:
        return _one_reading(sure, instrument, known, floor), ()
    chosen = [c for n in range(len(disputed) + 1) for c in combinations(disputed, n)]
    chains = [_one_reading([*sure, *c], instrument, known, floor) for c in chosen]
    merged = []
    for day, pieces in joined(chains):
        basis = tuple(dict.fromkeys(f for piece in pieces for f in piece.facts))
        if len({p.answer for p in pieces}) == 1:
            merged.append(replace(pieces[0], first=day))
        else:
            later = any(p.projected for p in pieces)
            merged.append(
                Segment(day, Answer.CONTESTED, (*basis, *(f for f in disputed if f not in basis)), later, "contested")
            )
    ends: dict[date | None, End] = {}
    for choice, chain in zip(chosen, chains, strict=True):
        last = chain[-1]
        effect = last.first if last.answer == Answer.NO and len(chain) > 1 else None
        reading = "contested_facts_count" if choice else "contested_facts_left_out"
        to = days.day_before(effect) if effect else None
        ends.setdefault(effect, End(to, effect, reading, "; ".join(f.id for f in choice or last.facts)))
    return tidy(merged), tuple(sorted(ends.values(), key=lambda e: e.effect or days.LAST)) if len(ends) > 1 else ()
