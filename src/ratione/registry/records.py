"""Answers about States and instruments as plain records: one shape for command line, library and API.

Shapes: `docs/schema/state.json`, `parties.json`, `instrument.json`. A result carries ids and values, no sentences.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from ratione import days
from ratione.registry.facts import ENDS, STARTS, Fact
from ratione.registry.periods import NOTICE, Answer, End, Period, Segment, at, weakest
from ratione.registry.snapshot import Registry

Record = dict[str, Any]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _ids(facts: tuple[Fact, ...]) -> list[str]:
    return [f.id for f in facts]


def _range(ends: tuple[End, ...]) -> list[Record]:
    return [{"to": _day(e.to), "effect": _day(e.effect), "reading": e.reading, "authority": e.authority} for e in ends]


def _known_first(period: Period) -> date | None:
    """The first day of a period; None where it began on a day that is not known, before that of its source."""
    begun = (f for f in period.facts if f.undated and f.event in STARTS)
    return None if any(f.known_from == period.first for f in begun) else period.first


def _effect(last: date | None) -> date | None:
    return days.next_day(last) if last else None


def _joined(periods: tuple[Period, ...]) -> list[tuple[Period, Period]]:
    """Periods that touch, as pairs of the first and the last: bound, then contested, is one time."""
    found: list[tuple[Period, Period]] = []
    for period in periods:
        before = found[-1][1] if found else None
        if before and (before.last is None or days.next_day(before.last) == period.first):
            found[-1] = (found[-1][0], period)
        else:
            found.append((period, period))
    return found


def _that_counts(periods: tuple[Period, ...], on: date) -> tuple[Period, Period] | None:
    """The time in which a day lies; else the last one before it; else the first one after it."""
    joined = _joined(periods)
    begun = [pair for pair in joined if pair[0].first <= on]
    return begun[-1] if begun else joined[0] if joined else None


def period_record(period: Period) -> Record:
    """One binding period: `to` is its last day, `effect` the first day not bound; `from` null: since an unknown day."""
    return {
        "from": _day(_known_first(period)),
        "to": _day(period.last),
        "effect": _day(_effect(period.last)),
        "contested": period.contested,
        "projected": period.projected,
        "range": _range(period.range),
        "confidence": period.confidence,
        "facts": _ids(period.facts),
    }


def segment_record(segment: Segment) -> Record:
    """One piece of a timeline; `from` is null for the beginning of time."""
    return {
        "from": None if segment.first == days.FIRST else _day(segment.first),
        "bound": segment.answer.name.lower(),
        "projected": segment.projected,
        "why": segment.why,
        "facts": _ids(segment.facts),
    }


def _notice(after: Segment | None, on: date) -> Fact | None:
    """The notice or the act of leaving that is known and whose effect still lies ahead of the day."""
    if after is None or not after.projected or after.first <= on:
        return None
    return next((f for f in after.facts if f.event == NOTICE or f.event in ENDS), None)


def instrument_entry(
    registry: Registry, state: str, code: str, on: date, timeline: bool = False, territory: str = ""
) -> Record:
    """How one State stands under one instrument on a day, for its own land or for a territory."""
    bound = registry.bound(state, code, on, territory)
    chain = registry.timeline(state, code, territory)
    periods = registry.periods(state, code, territory)
    counted = _that_counts(periods, on)
    ends = counted[1].range if counted else ()
    last = counted[1].last if counted and not ends else None
    after = next((s for s in chain if s.first > on and s.answer not in (Answer.YES, bound.answer)), None)
    notice = _notice(after, on) if bound.answer >= Answer.CONTESTED else None
    suspended = registry.suspensions(state, code, on)
    basis = tuple(dict.fromkeys(bound.facts + (counted[0].facts + counted[1].facts if counted else ())))
    entry: Record = {
        "instrument": code,
        "bound": bound.answer.name.lower(),
        "from": _day(_known_first(counted[0])) if counted else None,
        "to": _day(last),
        "effect": _day(_effect(last)),
        "range": _range(ends),
        "projected": bound.segment.projected or bool(counted and counted[1].projected),
        "running_notice": notice is not None,
        "notice": {"fact": notice.id, "act_date": _day(notice.act_date)} if notice else None,
        "suspended": bool(suspended),
        "suspensions": _ids(suspended),
        "why": bound.segment.why,
        "list_as_of": _day(bound.list_as_of),
        "confidence": weakest(basis) or None,
        "facts": _ids(basis),
        "periods": [period_record(p) for p in periods],
    }
    if timeline:
        entry["timeline"] = [segment_record(s) for s in chain]
    return entry


def state_record(registry: Registry, state: str, on: date, timeline: bool = False) -> Record:
    """How a State, or a territory by the acts of its State, stands under every instrument on a day."""
    named = registry.states[state]
    whose, territory = (named.part_of, state) if named.part_of else (state, "")
    return {
        "state": state,
        "name": named.name,
        "part_of": named.part_of or None,
        "predecessors": list(named.predecessors),
        "successors": list(named.successors),
        "instruments": [
            instrument_entry(registry, whose, code, on, timeline, territory) for code in registry.instruments
        ],
        "derogations": _ids(registry.derogations(whose, on)),
    }


def fact_record(registry: Registry, fact: Fact) -> Record:
    """A fact with its source."""
    source = registry.sources[fact.source]
    return {
        "id": fact.id,
        "event": fact.event,
        "act_date": _day(fact.act_date),
        "effect_date": _day(fact.effect_date),
        "known_from": None if fact.known_from == days.FIRST else _day(fact.known_from),
        "status": fact.status,
        "basis": fact.basis,
        "confidence": fact.confidence,
        "source": asdict(source),
        "note": fact.note,
    }


def parties_record(registry: Registry, code: str, on: date) -> Record:
    """Who is bound by an instrument on a day. `count` leaves out whoever is contested, undated or unknown."""
    found = registry.parties(code, on)
    listed = registry.instruments[code].list
    return {
        "instrument": code,
        "parties": [
            {
                "state": p.state,
                "name": p.name,
                "from": _day(p.first),
                "status": p.status,
                "confidence": p.confidence,
                "facts": _ids(p.facts),
            }
            for p in found.parties
        ],
        "count": found.count,
        "contested": found.contested,
        "undated": found.undated,
        "not_in_force": found.not_in_force,
        "list": {"complete": listed.complete, "as_of": _day(listed.as_of), "basis": listed.basis},
    }


def instrument_record(registry: Registry, code: str, on: date) -> Record:
    """The terms of an instrument, who is bound on a day, who left and who is leaving."""
    terms = registry.instruments[code]
    bound = parties_record(registry, code, on)
    left: list[Record] = []
    leaving: list[Record] = []
    for state in sorted({s for s in registry.states if registry.facts_of(s, code)}):
        chain = registry.timeline(state, code)
        now = at(chain, on)
        gone = [s for s in chain if s.first <= on and s.why == "ended" and s.answer == Answer.NO]
        ahead = next((s for s in chain if s.first > on and s.projected), None)
        for segment, into in ((gone[-1] if gone else None, left), (ahead, leaving)):
            if segment and (into is leaving or now.answer == Answer.NO):
                into.append(
                    {
                        "state": state,
                        "name": registry.states[state].name,
                        "to": _day(days.day_before(segment.first)),
                        "effect": _day(segment.first),
                        "confidence": weakest(segment.facts),
                        "facts": _ids(segment.facts),
                    }
                )
    return {
        "instrument": code,
        "terms": _terms(asdict(terms)),
        **{name: bound[name] for name in ("parties", "count", "contested", "undated", "not_in_force")},
        "left": left,
        "leaving": leaving,
    }


def _terms(table: Record) -> Record:
    """The terms with days as text."""
    found: Record = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found[name] = _terms(value)
        elif isinstance(value, list | tuple):
            found[name] = [_terms(v) if isinstance(v, dict) else v for v in value]
        else:
            found[name] = _day(value) if isinstance(value, date) else value
    return found
