"""What changes under each instrument: from when, in which reading, what is saved (law.md D.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ratione.registry import Answer, End, Fact, Instrument, Registry, Segment
from ratione.registry.periods import joined, weakest
from ratione.whatif.acts import SUPPOSED, Ruling, authority


@dataclass(frozen=True, slots=True)
class Saved:
    """What of complaints outlives an end: open, closed, judgment, continues, bound or not_applicable, each.

    `earlier_facts`: a complaint made after the end about facts before it; `pending`: one made before the end;
    `later_facts`: a complaint about facts after it. `verified`: the clause was read in a source.
    """

    earlier_facts: str
    pending: str
    later_facts: str
    authority: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to one State under one instrument.

    `change`: ends; contested (whether it ends is); unknown; begins; goes_on (an end that was coming does not come);
    never_begins (a beginning that was coming does not come).
    `start`: the first day that is different: not bound, or no longer surely bound; bound, of a beginning. `range`: each
    end with its reading where there is more than one. `hangs_on`: the instrument whose end takes this one along.
    `confidence`: the weakest of the facts, supposed ones aside.
    """

    state: str
    instrument: str
    change: str
    start: date
    range: tuple[End, ...]
    hangs_on: str
    authority: str
    saved: Saved | None
    confidence: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class GoesOn:
    """An instrument that a suspension leaves binding, with the authority."""

    state: str
    instrument: str
    authority: str


def effects(before: Registry, after: Registry, state: str, rulings: Sequence[Ruling]) -> list[Effect]:
    """The effects on one State, the instruments of the acts first, then what hangs on them."""
    acted = {r.act.instrument: r for r in rulings if r.act.state == state and r.facts}
    differs = {
        code: found
        for code in before.instruments
        if (found := _first_difference(before.timeline(state, code), after.timeline(state, code)))
    }
    changes = [_effect(after, state, code, differs, acted) for code in differs]
    return sorted(changes, key=lambda e: (e.instrument not in acted, e.start, e.hangs_on != ""))


def _first_difference(
    before: Sequence[Segment], after: Sequence[Segment]
) -> tuple[date, tuple[Segment, ...], tuple[Segment, ...]] | None:
    """The first day on which the answers differ, with the segments (before, after) of its eve and of that day."""
    last: tuple[Segment, ...] | None = None
    for day, pair in joined((before, after)):
        # Of a State that is in no list nobody knows that it is bound: then nothing is seen to end.
        unseen = pair[0].why == "no_list" and pair[1].answer == Answer.NO
        if pair[0].answer != pair[1].answer and not unseen:
            return day, last or pair, pair
        last = pair
    return None


def _effect(
    after: Registry, state: str, code: str, differs: dict[str, tuple[date, tuple[Segment, ...], tuple[Segment, ...]]],
    acted: dict[str, Ruling],
) -> Effect:  # fmt: skip
    terms = after.instruments[code]
    day, eve, (was, now) = differs[code]
    change = _change(eve[0].answer, was.answer, now.answer)
    ends = _range(after, state, code, day) if now.answer < was.answer else ()
    if ends and code in acted and acted[code].rule == "no_clause_contested":
        ends = tuple(_by_treaty_law(end) for end in ends)
    above = [f.instrument for f in terms.follows] + [terms.parent]
    hangs_on = "" if code in acted else next((a for a in above if a in differs), "")
    facts = tuple(dict.fromkeys((*eve[0].facts, *was.facts, *now.facts)))
    leave = terms.exit
    saved = Saved(leave.earlier_facts, leave.pending, leave.later_facts, leave.saved_authority, leave.verified)
    return Effect(
        state, code, change, day, ends, hangs_on,
        _authority(terms, acted.get(code), ends, change, hangs_on),
        saved if change in ("ends", "contested", "unknown") else None,
        weakest(f for f in facts if f.basis != SUPPOSED), facts,
    )  # fmt: skip


def _change(eve: Answer, was: Answer, now: Answer) -> str:
    if now > was:
        return "goes_on" if eve >= Answer.CONTESTED else "begins"
    if now == Answer.NO:
        return "never_begins" if eve == Answer.NO else "ends"
    return "contested" if now == Answer.CONTESTED else "unknown"


def _range(after: Registry, state: str, code: str, day: date) -> tuple[End, ...]:
    """The ends that the readings give; none where there is only one."""
    held = [p for p in after.periods(state, code) if p.first < day]
    return held[-1].range if held else ()


def _by_treaty_law(end: End) -> End:
    """The two readings of a treaty without a clause, by the names that the law of treaties gives them."""
    reading, rule = ("no_right_to_leave", "vclt_56") if end.effect is None else ("twelve_months_notice", "vclt_56_2")
    return replace(end, reading=reading, authority=authority("general", rule))


def _authority(terms: Instrument, ruling: Ruling | None, ends: Iterable[End], change: str, hangs_on: str) -> str:
    if ruling is not None:
        return ruling.authority
    if change == "begins":
        return terms.entry.authority
    if hangs_on in {f.instrument for f in terms.follows}:
        readings = [r for f in terms.follows for r in f.readings if f.instrument == hangs_on]
        return "; ".join(dict.fromkeys([e.authority for e in ends] or [r.authority for r in readings]))
    return terms.exit.authority


def goes_on(registry: Registry, rulings: Iterable[Ruling]) -> list[GoesOn]:
    """What a suspension does not end: the membership itself and all that hangs on it and binds the State."""
    found: list[GoesOn] = []
    for ruling in rulings:
        if ruling.rule != "suspension_ends_nothing":
            continue
        act = ruling.act
        own = registry.instruments[act.instrument]
        hanging = {own.parent if own.kind == "participation" else own.code}
        for code, terms in registry.instruments.items():
            if terms.parent in hanging or any(f.instrument in hanging for f in terms.follows):
                hanging.add(code)
        for code, terms in registry.instruments.items():
            bound = code in hanging and registry.bound(act.state, code, act.on).answer >= Answer.CONTESTED
            if bound and terms.kind != "participation":
                found.append(GoesOn(act.state, code, ruling.authority))
    return found

