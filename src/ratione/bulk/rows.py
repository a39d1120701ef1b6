"""From complaints to rows: cases (one complaint against one State), readings, acts, terms, spans.

A *case* is a complaint against one respondent; a *view* one reading of it; an *act* row one act of a view; a *term*
row an act up to the end of a treaty inside it, or to its own end; a *span* a stretch of an act between such ends, or
a part that the act only may cover. As `assess.cells` of the reference evaluator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.bulk.calendar import FIRST, LAST, NEVER
from ratione.bulk.docket import NONE, UNTOLD, Docket
from ratione.bulk.words import NO, YES

if TYPE_CHECKING:
    from ratione.bulk.tables import Tables

Array = Any
Span = tuple[Array, Array]
INSTANT, CONTINUING = 1, 2  # codes of ACT_KINDS
PRESUMED = (
    "place", "applicant.victim", "applicant.identity", "act.kind", "act.attributable", "procedures", "lodged",
    "final_decision.taken",
)  # fmt: skip


@dataclass(slots=True)
class Rows:
    """The rows of a docket. `*_start` are offsets of the rows one level down."""

    docket: Docket
    presume: bool
    on: int
    case_complaint: Array
    view_case: Array
    view_start: Array  # by case
    act_view: Array
    act_source: Array  # the act in the docket, their number where the complaint tells none
    act_start: Array  # by view
    act_first: Span
    act_last: Span
    act_codes: dict[str, Array]
    complaint_facts: dict[str, Array]
    filed: dict[bool, Span]
    decision: dict[bool, dict[str, Span]]
    other: Span
    taken: dict[bool, dict[str, Array]]
    cutter: Array  # by act
    case_cutter: Array
    # terms: an act up to its own end, or up to that of a treaty inside it
    term_act: Array
    term_start: Array  # by act; the first is that of the act's own end
    term_first: Array  # the first day not covered, 0 for the act's own end
    term_last: Array  # the same, at the latest
    term_sure: Array  # whether the act surely goes on in the spans that have this term
    # spans that have another term than the act's own end, the term, and the fora (bits) for which
    other_span: Array
    other_term: Array
    other_fora: Array
    span_act: Array
    span_first: Array
    span_last: Array
    span_sure: Array
    span_whole: Array  # an interval looked at as one piece, not cut


def repeat(counts: Array) -> Array:
    """For each member of lists of these lengths the list to which it belongs."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def starts(counts: Array) -> Array:
    """The offsets of lists of these lengths."""
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def inside(start: Array, owner: Array) -> Array:
    """The place of each member in its list."""
    return np.arange(len(owner), dtype=np.int64) - start[owner]


def members(start: Array, lists: Array) -> tuple[Array, Array]:
    """The members of some lists, and which of `lists` each belongs to."""
    counts = (start[1:] - start[:-1])[lists]
    owner = repeat(counts)
    return start[lists][owner] + inside(starts(counts), owner), owner


def any_in(start: Array, flags: Array) -> Array:
    """Whether any member of each list has the flag."""
    total = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
    return total[start[1:]] > total[start[:-1]]


def minimum_in(start: Array, values: Array, empty: int) -> Array:
    """The least member of each list."""
    found = np.full(len(start) - 1, empty, values.dtype)
    full = np.flatnonzero(start[1:] > start[:-1])
    if len(full):
        found[full] = np.minimum.reduceat(values, start[:-1][full])
    return found


def within(span: Span, first: Any, last: Any) -> Span:
    """As `Interval.within`: narrowed, but a contradiction keeps what was stated."""
    low, high = np.maximum(span[0], first), np.minimum(span[1], last)
    fits = low <= high
    return np.where(fits, low, span[0]).astype(np.int32), np.where(fits, high, span[1]).astype(np.int32)


def build(docket: Docket, tables: Tables, presume: bool) -> Rows:
    """The rows of a docket, with what law.md A.6 lists taken for granted, or with nothing."""
    on = tables.on
    case_complaint = repeat(docket.respondent_start[1:] - docket.respondent_start[:-1])
    filed = {flag: _filing_day(docket, flag, presume, on) for flag in (False, True)}
    decision = {flag: _decision_days(docket, span) for flag, span in filed.items()}
    facts, other = _facts(docket, tables, presume)
    acts, first, last, kind, ongoing = _acts(docket, presume, case_complaint, filed[False], on)
    act_complaint = case_complaint[acts.view_case[acts.act_view]]
    state = docket.respondent[acts.view_case[acts.act_view]]
    codes = _act_facts(docket, tables, acts.source, state, presume)
    codes["act.kind"], codes["act.ongoing"] = kind, ongoing
    case_cutter, cutter = _cutters(docket, tables, case_complaint, acts, state, codes["act.country"])
    terms = _terms(docket, tables, act_complaint, state, first, last, kind)
    return Rows(
        docket, presume, on, case_complaint, acts.view_case, acts.view_start, acts.act_view, acts.source,
        acts.act_start, first, last, codes, facts, filed, decision, other, _taken(docket, acts, presume),
        cutter, case_cutter, *terms,
    )  # fmt: skip


def cut(rows: Rows, tables: Tables) -> None:
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


def _decision_days(docket: Docket, filed: Span) -> dict[str, Span]:
    days = docket.days
    taken_told, served_told = days["final_decision.taken"].told, days["final_decision.served"].told
    served: Span = (days["final_decision.served"].first, days["final_decision.served"].last)
    available: Span = (days["final_decision.available"].first, days["final_decision.available"].last)
    latest = np.minimum(served[1], available[1])
    latest = np.where(docket.exhausted, np.minimum(latest, filed[1]), latest)
    acts_first = minimum_in(docket.act_start, docket.acts.first.first, FIRST)
    taken = within((days["final_decision.taken"].first, days["final_decision.taken"].last), acts_first, latest)
    served = within(served, taken[0], LAST)
    available = within(available, taken[0], served[1])
    unneeded = docket.facts["final_decision.service_required"] == NO
    counted = (
        np.where(unneeded, available[0], np.where(served_told, served[0], taken[0])),
        np.where(unneeded, available[1], np.where(served_told, served[1], LAST)).astype(np.int32),
    )
    stand_in = ~taken_told & served_told
    exhausted = np.where(stand_in, served[0], taken[0]), np.where(stand_in, served[1], taken[1])
    told = served_told & (taken_told | days["final_decision.available"].told)
    told &= docket.facts["final_decision.service_required"] == 0
    earliest = np.minimum(taken[0], available[0]), np.minimum(taken[1], available[1])
    return {
        "decision.earliest": (np.where(told, earliest[0], NEVER), np.where(told, earliest[1], NEVER)),
        "decision.taken": taken,
        "decision.served": served,
        "decision.available": available,
        "decision": counted,
        "decision.exhausted": exhausted,
    }


def _facts(docket: Docket, tables: Tables, presume: bool) -> tuple[dict[str, Array], Span]:
    facts = dict(docket.facts)
    if presume:
        for name, code in tables.presumed_facts.items():
            facts[name] = np.where(facts[name] == 0, code, facts[name])
    for name, sets in docket.codes.items():
        facts[name] = sets
    told = np.zeros(docket.n, bool)
    for name, day in docket.days.items():
        told |= day.told if name.startswith("final_decision.") else False
    facts["decision.told"] = np.where(told, YES, NO).astype(np.int16)
    ended = docket.days["detention_regime_ended"].told
    facts["detention_regime_ended.told"] = np.where(ended, YES, NO).astype(np.int16)
    procedures, used = docket.procedures, docket.used
    if presume:
        untold = procedures == UNTOLD
        procedures, used = np.where(untold, NONE, procedures), np.where(untold, NO, used)
    facts["procedures"], facts["other.used"] = procedures, used
    other = docket.used_ended.first, docket.used_ended.last
    return facts, other


# ---- acts ------------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _ActRows:
    view_case: Array
    view_start: Array
    act_view: Array
    act_start: Array
    source: Array
    lasting: Array  # the reading of the view as a continuing act


def _acts(
    docket: Docket, presume: bool, case_complaint: Array, filed: Span, on: int
) -> tuple[_ActRows, Span, Span, Array, Array]:
    acts = docket.acts
    same = (acts.first.first == acts.last.first) & (acts.first.last == acts.last.last)
    settled = (acts.ongoing == YES) | ~acts.last.told | same if presume else np.zeros(len(same), bool)
    unsure = (acts.kind == 0) & ~settled
    two = any_in(docket.act_start, unsure)[case_complaint]
    view_count = 1 + two.astype(np.int64)
    view_case = repeat(view_count)
    view_start = starts(view_count)
    lasting = inside(view_start, view_case) == 1
    number = np.maximum(docket.act_start[1:] - docket.act_start[:-1], 1)[case_complaint][view_case]
    act_view, act_start = repeat(number), starts(number)
    complaint = case_complaint[view_case[act_view]]
    none = (docket.act_start[1:] == docket.act_start[:-1])[complaint]
    source = np.where(none, len(acts.kind), docket.act_start[complaint] + inside(act_start, act_view))
    rows = _ActRows(view_case, view_start, act_view, act_start, source, lasting)
    limit = np.maximum(filed[1], on)[complaint]
    return rows, *_settle(docket, rows, np.append(unsure, False), presume, limit)


def of_act(values: Array, source: Array, untold: Any) -> Array:
    """A column of acts at act rows; `untold` where the complaint tells no act."""
    return np.append(values, np.array(untold, values.dtype))[source]


def _settle(docket: Docket, rows: _ActRows, unsure: Array, presume: bool, limit: Array) -> tuple[Any, ...]:
    """The days and the kind of each act in its reading: as done in an instant on its first day, or as continuing.

    First and last day are narrowed by what is certain (`CaseView._act`).
    """
    acts, at = docket.acts, rows.source
    lasting = rows.lasting[rows.act_view]
    open_ = unsure[at]
    at_once = open_ & ~lasting
    first: Span = of_act(acts.first.first, at, FIRST), of_act(acts.first.last, at, LAST)
    last: Span = (
        np.where(at_once, first[0], of_act(acts.last.first, at, FIRST)),
        np.where(at_once, first[1], of_act(acts.last.last, at, LAST)),
    )
    told = of_act(acts.last.told, at, False) | at_once
    ongoing = np.where(at_once, NO, of_act(acts.ongoing, at, 0)).astype(np.int16)
    kind = np.where(at_once, INSTANT, np.where(open_, CONTINUING, of_act(acts.kind, at, 0)))
    if presume:
        kind = np.where(kind == 0, np.where(ongoing == YES, CONTINUING, INSTANT), kind)
    untold = (first[0] == FIRST) & (first[1] == LAST)
    first = within(first, FIRST, limit)
    last = within(last, first[0], LAST)
    once, endless = kind == INSTANT, (kind != INSTANT) & ~told & (ongoing == YES)
    by_last = within(first, FIRST, last[1])
    first = np.where(once & untold, by_last[0], first[0]), np.where(once & untold, by_last[1], first[1])
    last = (
        np.where(once, first[0], np.where(endless, LAST, last[0])).astype(np.int32),
        np.where(once, first[1], np.where(endless, LAST, last[1])).astype(np.int32),
    )
    ongoing = np.where(once | (told & (ongoing == 0)), NO, ongoing).astype(np.int16)
    return within(first, FIRST, last[1]), last, kind.astype(np.int16), ongoing


def _act_facts(docket: Docket, tables: Tables, source: Array, state: Array, presume: bool) -> dict[str, Array]:
    words, acts = tables.words, docket.acts
    place = of_act(acts.place, source, 0)
    distinct, rows = np.unique(place, return_inverse=True)
    countries = [words.country(int(p)) for p in distinct]
    country = np.array([c for c, _ in countries], np.int32)[rows]
    dependent = np.array([d for _, d in countries], bool)[rows]
    territory = np.array([words.territory(int(p)) if c else 0 for p, (c, _) in zip(distinct, countries, strict=True)])
    control = of_act(acts.control, source, 0)
    codes, places = words.controls.codes, words.closed["place"].codes
    same = np.array([codes["occupied"], codes["agent_authority"], codes["active_hostilities"]])
    told_away = np.isin(control, same)
    at_home = ~told_away & (country != 0) & (country == state)
    rest = ~told_away & ~at_home
    as_own = rest & (control == codes["own_territory"])
    if not presume:
        has = np.array([v in words.dependencies for v in words.states.values])
        as_own &= (country != 0) | ~has[state]
    abroad = rest & (control == codes["other"]) & (country != 0)
    untold = rest & (place == 0) & ~of_act(acts.written, source, False) & (control == 0) & presume
    found = np.zeros(len(source), np.int16)
    for word in ("occupied", "agent_authority", "active_hostilities"):
        found[told_away & (control == codes[word])] = places[word]
    found[at_home] = np.where(dependent[at_home], places["dependent_territory"], places["own_territory"])
    found[as_own] = places["own_territory"]
    found[untold] = places[tables.presumed_place]
    found[abroad] = places["abroad"]
    attributable = of_act(acts.attributable, source, 0)
    if presume:
        attributable = np.where(attributable == 0, tables.presumed_attributable, attributable)
    return {
        "act.place": place,
        "act.country": np.where(untold, state, country).astype(np.int32),
        "place": found,
        "territory": np.where(at_home & dependent, territory[rows], 0).astype(np.int32),
        "act.attributable": attributable.astype(np.int16),
    }


def _taken(docket: Docket, acts: _ActRows, presume: bool) -> dict[bool, dict[str, Array]]:
    """What was taken for granted, by complaint (`CaseView.presumed`)."""
    nothing = np.zeros(docket.n, bool)
    if not presume:
        return {flag: dict.fromkeys(PRESUMED, nothing) for flag in (False, True)}
    rows, starts_ = docket.acts, docket.act_start
    same = (rows.first.first == rows.last.first) & (rows.first.last == rows.last.last)
    unsure = (rows.kind == 0) & ~((rows.ongoing == YES) | ~rows.last.told | same)
    none = starts_[1:] == starts_[:-1]
    sent, got = docket.days["lodged.sent"].told, docket.days["lodged.received"].told
    served, taken = docket.days["final_decision.served"].told, docket.days["final_decision.taken"].told
    found = {
        "place": none | any_in(starts_, ~rows.written & (rows.place == 0) & (rows.control == 0)),
        "applicant.victim": docket.facts["applicant.victim"] == 0,
        "applicant.identity": docket.facts["applicant.identity"] == 0,
        "act.kind": none | any_in(starts_, (rows.kind == 0) & ~unsure),
        "act.attributable": none | any_in(starts_, rows.attributable == 0),
        "procedures": docket.procedures == UNTOLD,
        "final_decision.taken": served & ~taken,
    }
    return {False: {**found, "lodged": ~sent & got}, True: {**found, "lodged": ~got & sent}}


def _cutters(
    docket: Docket, tables: Tables, case_complaint: Array, acts: _ActRows, state: Array, country: Array
) -> tuple[Array, Array]:
    """The cut lists of each case and of each act: those of the respondent, and of other States that a rule looks at."""
    segments, words = tables.segments, tables.words
    case_state = docket.respondent
    codes = np.zeros(len(words.states), np.int32)
    for s in np.unique(case_state):
        codes[s] = segments.code(int(s))
    case, act = codes[case_state], codes[state]
    if not tables.cutter.by_others:
        return case, act
    sets = {name: docket.codes[name][case_complaint] for name in ("accused.nationality", "residence")}
    for n in np.flatnonzero((sets["accused.nationality"] > 0) | (sets["residence"] > 0)):
        others = {c for held in sets.values() for c in words.sets.values[held[n]] or ()}
        case[n] = segments.code(int(case_state[n]), tuple(sorted(others)))
    owner = acts.view_case[acts.act_view]
    away = (country != 0) & (country != state)
    told = (sets["accused.nationality"] > 0) | (sets["residence"] > 0)
    for n in np.flatnonzero(away | told[owner]):
        others = {c for held in sets.values() for c in words.sets.values[held[owner[n]]] or ()}
        act[n] = segments.code(int(state[n]), tuple(sorted(others)), int(country[n]))
    return case, act


# ---- terms and spans -------------------------------------------------------------------------------------------------
#: Days inside an act on which a treaty ceases to bind, each with the fora (bits) for which it does.
Ends = list[tuple[int, int]]


def _terms(
    docket: Docket, tables: Tables, complaint: Array, state: Array, first: Span, last: Span, kind: Array
) -> tuple[Array, ...]:
    begun, ended = first[1], last[0]
    cut = begun <= ended
    inner = _inner_ends(docket, tables, complaint, state, first[0], last[1], kind)
    parts = [_whole(first, last, cut), _sure(begun, ended, cut), _before(first, begun, cut), _after(ended, last, cut)]
    parts += [_beyond(row, begun, ended, ends) for row, ends in inner.items() if cut[row]]
    columns = [np.concatenate([p[i] for p in parts]) for i in range(5)]
    order = np.lexsort((columns[1], columns[0]))
    act, span_first, span_last, sure, whole = (c[order] for c in columns)
    _shorten(act, span_first, span_last, sure & ~whole, inner)
    return (*_of_spans(len(begun), act, span_first, sure, inner), act, span_first, span_last, sure, whole)


def _part(act: Any, first: Array, last: Array, sure: bool, whole: bool) -> tuple[Array, ...]:
    n = len(act)
    return np.asarray(act, np.int32), first, last, np.full(n, sure), np.full(n, whole)


def _whole(first: Span, last: Span, cut: Array) -> tuple[Array, ...]:
    rows = np.flatnonzero(~cut)
    return _part(rows, first[0][rows], last[1][rows], True, True)


def _sure(begun: Array, ended: Array, cut: Array) -> tuple[Array, ...]:
    rows = np.flatnonzero(cut)
    return _part(rows, begun[rows], ended[rows], True, False)


def _beyond(row: int, begun: Array, ended: Array, ends: Ends) -> tuple[Array, ...]:
    """The parts of an act that begin on an end inside its sure part."""
    found = np.array([day for day, _ in ends if begun[row] < day <= ended[row]], np.int32)
    return _part([row] * len(found), found, np.full(len(found), ended[row], np.int32), True, False)


def _shorten(act: Array, first: Array, last: Array, sure: Array, inner: dict[int, Ends]) -> None:
    """Let each sure part that is followed by another of the same act end before it."""
    if inner:
        rows = np.flatnonzero(sure)
        followed = (act[rows[:-1]] == act[rows[1:]]) if len(rows) else np.zeros(0, bool)
        last[rows[:-1][followed]] = first[rows[1:][followed]] - 1


def _before(first: Span, begun: Array, cut: Array) -> tuple[Array, ...]:
    rows = np.flatnonzero(cut & (first[0] < begun))
    return _part(rows, first[0][rows], begun[rows] - 1, False, True)


def _after(ended: Array, last: Span, cut: Array) -> tuple[Array, ...]:
    rows = np.flatnonzero(cut & (ended < last[1]))
    return _part(rows, ended[rows] + 1, last[1][rows], False, True)


def _of_spans(n: int, act: Array, first: Array, sure: Array, inner: dict[int, Ends]) -> tuple[Array, ...]:
    """The terms of acts, and which spans have another term than the act's own end, for which fora."""
    terms: dict[tuple[int, bool, int, int], int] = {}
    others: list[tuple[int, tuple[int, bool, int, int], int]] = []
    bounds = np.searchsorted(act, np.array(sorted(inner), np.int64)), np.searchsorted(
        act, np.array(sorted(inner), np.int64), "right"
    )
    for row, low, high in zip(sorted(inner), *bounds, strict=True):
        for span in range(int(low), int(high)):
            for (begins, ends), fora in _by_forum(inner[row], int(first[span]), bool(sure[span])).items():
                key = row, bool(sure[span]), begins, ends
                terms.setdefault(key, 0)
                others.append((span, key, fora))
    count = np.ones(n, np.int64)
    for row, *_ in terms:
        count[row] += 1
    term_act, term_start = repeat(count), starts(count)
    columns = np.zeros((3, len(term_act)), np.int32)
    columns[2] = 1
    used: dict[int, int] = {}
    for key in terms:
        used[key[0]] = used.get(key[0], 0) + 1
        terms[key] = int(term_start[key[0]]) + used[key[0]]
        columns[:, terms[key]] = key[2], key[3], key[1]
    other = (
        np.array([span for span, _, _ in others], np.int64),
        np.array([terms[key] for _, key, _ in others], np.int64),
        np.array([fora for _, _, fora in others], np.uint32),
    )
    return (term_act, term_start, columns[0], columns[1], columns[2] > 0, *other)


def _by_forum(ends: Ends, begun: int, sure: bool) -> dict[tuple[int, int], int]:
    """The first and, where the part is unsure, the last end after a day, with the fora for which they are."""
    held = [(day, fora) for day, fora in ends if day > begun]
    found: dict[tuple[int, int], int] = {}
    every = 0
    for _, fora in held:
        every |= fora
    while every:
        bit = every & -every
        every ^= bit
        days = [day for day, fora in held if fora & bit]
        key = (days[0], days[0] if sure else days[-1])
        found[key] = found.get(key, 0) | bit
    return found


def _inner_ends(
    docket: Docket, tables: Tables, complaint: Array, state: Array, begun: Array, ended: Array, kind: Array
) -> dict[int, Ends]:
    """By act: the days inside it, as far as it may go, on which a treaty ceases to bind."""
    found: dict[int, Ends] = {}
    for s in np.unique(state):
        ends = tables.ends(int(s))
        if not ends:
            continue
        own = np.flatnonzero((state == s) & (kind != INSTANT))
        low, high = min(ends), max(ends)
        for row in own[(begun[own] < high) & (ended[own] >= low)]:
            held = []
            for day, (fixed, by_right) in sorted(ends.items()):
                if begun[row] < day <= ended[row]:
                    mask = fixed
                    if by_right:
                        mask |= tables.fora_with(int(docket.profile[complaint[row]]), by_right)
                    if mask:
                        held.append((day, mask))
            if held:
                found[int(row)] = held
    return found
