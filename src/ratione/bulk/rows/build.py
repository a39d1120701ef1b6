"""From complaints to rows: cases (one complaint against one State), readings, acts, terms, spans.

A *case* is a complaint against one respondent; a *view* one reading of it; an *act* row one act of a view; a *term*
row an act up to the end of a treaty inside it, or to its own end; a *span* a stretch of an act between such ends, or
a part that the act only may cover. As `assess.cells` of the reference evaluator.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import FIRST, LAST, NEVER
from ratione.bulk.arrays.offsets import inside, members, repeat, starts
from ratione.bulk.facts.docket import NONE, UNTOLD, Docket
from ratione.bulk.facts.names import PRESUMED
from ratione.bulk.facts.words import NO, YES
from ratione.bulk.rows.acts import INSTANT, OwnActs, within
from ratione.bulk.rows.moments import Moments, Rows
from ratione.bulk.rows.terms import Terms, terms_of
from ratione.bulk.rules.compiled import Compiled

Array = Any
Span = tuple[Array, Array]


class Base:
    """What does not hang on what is taken for granted: the same for both looks at a docket."""

    def __init__(self, docket: Docket, tables: Compiled) -> None:
        self.docket, self.tables = docket, tables
        self.case_complaint = repeat(docket.respondent_start[1:] - docket.respondent_start[:-1])
        self.acts = OwnActs(docket, tables, self.case_complaint)
        self.acts_first = self.acts.lists.least(docket.acts.first.first, FIRST)
        told = np.zeros(docket.n, bool)
        for name, day in docket.days.items():
            if name.startswith("final_decision."):
                told |= day.told
        ended = docket.days["detention_regime_ended"].told
        self.facts = {
            **docket.facts,
            **docket.codes,
            "decision.told": np.where(told, YES, NO).astype(np.int16),
            "detention_regime_ended.told": np.where(ended, YES, NO).astype(np.int16),
            "procedures": docket.procedures,
            "other.used": docket.used,
        }
        self._decision: tuple[Array, dict[str, Span]] | None = None

    def decision(self, filed: Span) -> dict[str, Span]:
        """The days of the last decision; few hang on the day of filing."""
        docket, latest = self.docket, filed[1]
        if self._decision is None:
            self._decision = latest, self._decision_days(latest, slice(None))
            return self._decision[1]
        before, found = self._decision
        at = np.flatnonzero((before != latest) & docket.exhausted)
        return _Changed(found, at, self._decision_days(latest, at)) if len(at) else found

    def _decision_days(self, filed: Array, at: Any) -> dict[str, Span]:
        days = {
            name: (day.first[at], day.last[at])
            for name, day in self.docket.days.items() if name.startswith("final_decision.")
        }  # fmt: skip
        told = {name: self.docket.days[name].told[at] for name in days}
        taken_told, served_told = told["final_decision.taken"], told["final_decision.served"]
        served, available = days["final_decision.served"], days["final_decision.available"]
        latest = np.minimum(served[1], available[1])
        latest = np.where(self.docket.exhausted[at], np.minimum(latest, filed[at]), latest)
        taken = within(days["final_decision.taken"], self.acts_first[at], latest)
        served = within(served, taken[0], LAST)
        available = within(available, taken[0], served[1])
        required = self.docket.facts["final_decision.service_required"][at]
        counted = np.where(served_told, served[0], taken[0]), np.where(served_told, served[1], LAST).astype(np.int32)
        unneeded = np.flatnonzero(required == NO)
        counted[0][unneeded], counted[1][unneeded] = available[0][unneeded], available[1][unneeded]
        stand_in = np.flatnonzero(~taken_told & served_told)
        exhausted = taken[0].copy(), taken[1].copy()
        exhausted[0][stand_in], exhausted[1][stand_in] = served[0][stand_in], served[1][stand_in]
        both = np.flatnonzero(served_told & (taken_told | told["final_decision.available"]) & (required == 0))
        earliest = np.full(len(latest), NEVER, np.int32), np.full(len(latest), NEVER, np.int32)
        for held, some, other in zip(earliest, taken, available, strict=True):
            held[both] = np.minimum(some[both], other[both])
        return {
            "decision.earliest": earliest,
            "decision.taken": taken,
            "decision.served": served,
            "decision.available": available,
            "decision": counted,
            "decision.exhausted": exhausted,
        }


class _Changed(dict[str, Span]):
    """Days of which some differ from others: put together when they are first asked for, for few are."""

    def __init__(self, days: dict[str, Span], at: Array, others: dict[str, Span]) -> None:
        super().__init__()
        self._days, self._at, self._others = days, at, others

    def __missing__(self, name: str) -> Span:
        first, last = (days.copy() for days in self._days[name])
        first[self._at], last[self._at] = self._others[name]
        self[name] = first, last
        return first, last


def build(base: Base, presume: bool) -> Rows:
    """The rows of a docket, with what law.md A.6 lists taken for granted, or with nothing."""
    docket, tables = base.docket, base.tables
    filed = {flag: _filing_day(docket, flag, presume, tables.on) for flag in (False, True)}
    decision = {flag: base.decision(span) for flag, span in filed.items()}
    acts = base.acts.read(presume, np.maximum(filed[False][1], tables.on))
    case = acts.view_case[acts.act_view]
    inner = tables.inner_ends.inside(
        docket.profile, base.case_complaint[case], docket.respondent[case], acts.act_first[0], acts.act_last[1],
        acts.act_codes["act.kind"] != INSTANT,
    )  # fmt: skip
    terms = terms_of(inner, acts.act_first, acts.act_last)
    rows = Rows(
        **{column.name: getattr(terms, column.name) for column in fields(Terms)},
        docket=docket, presume=presume, case_complaint=base.case_complaint, view_case=acts.view_case,
        view_start=acts.view_start, act_view=acts.act_view, act_first=acts.act_first, act_last=acts.act_last,
        act_codes=acts.act_codes, complaint_facts=_facts(base, presume), filed=filed, decision=decision,
        other=(docket.used_ended.first, docket.used_ended.last), taken=_taken(base, presume), cutter=acts.cutter,
        case_cutter=base.acts.case_cutter,
    )  # fmt: skip
    rows.moments = Moments(tables, rows)
    return rows


def cut(rows: Rows, tables: Compiled) -> None:
    """Cut every span at the days at which an answer can change: one row for each piece."""
    segments = tables.segments
    cutter = rows.cutter[rows.span_act]
    low, high = (segments.index("act", cutter, day) for day in (rows.span_first, rows.span_last))
    count = np.where(rows.span_whole, 1, high - low + 1)
    owner = repeat(count)
    at = inside(starts(count), owner).astype(np.int32)
    whole = rows.span_whole[owner]
    index = low[owner] + at
    first = np.where(at > 0, segments.first("act", index), rows.span_first[owner])
    last_one = at == count[owner] - 1
    following = segments.first("act", np.where(last_one, low[owner], index + 1)) - 1
    rows.span_last = np.where(whole | last_one, rows.span_last[owner], following).astype(np.int32)
    rows.span_first = first.astype(np.int32)
    rows.span_act, rows.span_sure, rows.span_whole = rows.span_act[owner], rows.span_sure[owner], whole
    pieces, which = members(starts(count), rows.other_span)
    rows.other_span, rows.other_term = pieces, rows.other_term[which]
    rows.other_fora = rows.other_fora[which]


# ---- the complaint as a whole ----------------------------------------------------------------------------------------
def _filing_day(docket: Docket, received: bool, presume: bool, on: int) -> Span:
    sent, got = docket.days["lodged.sent"], docket.days["lodged.received"]
    want, other = (got, sent) if received else (sent, got)
    if presume:
        other_first, other_last = other.first, other.last
    elif received:
        other_first, other_last = other.first, np.maximum(on, other.last)
    else:
        other_first, other_last = np.full_like(other.first, FIRST), other.last
    first = np.where(want.told, want.first, np.where(other.told, other_first, on))
    last = np.where(want.told, want.last, np.where(other.told, other_last, on))
    return first.astype(np.int32), last.astype(np.int32)


def _facts(base: Base, presume: bool) -> dict[str, Array]:
    if not presume:
        return base.facts
    facts = dict(base.facts)
    for name, code in base.tables.presumed_facts.items():
        facts[name] = np.where(facts[name] == 0, np.int16(code), facts[name])
    untold = facts["procedures"] == UNTOLD
    facts["procedures"] = np.where(untold, np.int32(NONE), facts["procedures"])
    facts["other.used"] = np.where(untold, np.int16(NO), facts["other.used"])
    return facts


def _taken(base: Base, presume: bool) -> dict[bool, dict[str, Array]]:
    """What was taken for granted, by complaint (`CaseView.presumed`)."""
    docket = base.docket
    if not presume:
        nothing = np.zeros(docket.n, bool)
        return {flag: dict.fromkeys(PRESUMED, nothing) for flag in (False, True)}
    acts, lists = docket.acts, base.acts.lists
    none = lists.counts == 0
    sent, got = docket.days["lodged.sent"].told, docket.days["lodged.received"].told
    served, taken = docket.days["final_decision.served"].told, docket.days["final_decision.taken"].told
    found = {
        "place": none | lists.any(~acts.written & (acts.place == 0) & (acts.control == 0)),
        "applicant.victim": docket.facts["applicant.victim"] == 0,
        "applicant.identity": docket.facts["applicant.identity"] == 0,
        "act.kind": none | lists.any((acts.kind == 0) & ~base.acts.unsure(presume)),
        "act.attributable": none | lists.any(acts.attributable == 0),
        "procedures": docket.procedures == UNTOLD,
        "final_decision.taken": served & ~taken,
    }
    return {False: {**found, "lodged": ~sent & got}, True: {**found, "lodged": ~got & sent}}
