"""Terms and spans: an act up to its own end or that of a treaty inside it, and the stretches between such ends.

Ends inside acts are rare: what concerns them is worked out for the few acts that have any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.offsets import members, repeat, starts
from ratione.rules import Bound, walk

if TYPE_CHECKING:
    from ratione.bulk.looks.tables import Tables

Array = Any
Span = tuple[Array, Array]


@dataclass(slots=True)
class Terms:
    """The terms and spans of acts."""

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


@dataclass(slots=True)
class _Inner:
    """Ends of treaties inside acts, in order of act and day, each with the fora (bits) that look at it."""

    act: Array
    day: Array
    fora: Array


class InnerEnds:
    """For each State the days on which a treaty ceases to bind it, one State after another."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._begin, self._count = np.zeros(0, np.int64), np.full(0, -1, np.int64)
        self._low, self._high = np.zeros(0, np.int32), np.zeros(0, np.int32)
        self._day, self._fixed, self._right = np.zeros(0, np.int32), np.zeros(0, np.uint32), np.zeros(0, np.int64)
        self._by_right: list[dict[str, int]] = [{}]
        self._profiles: dict[int, dict[str, int]] = {}
        self._masks: dict[int, int] = {}
        self._sets: dict[tuple[int, int], frozenset[str]] = {}
        #: The instruments whose end inside an act a forum looks at, as bits of fora; "$right": that of the article.
        self._bound: dict[str, int] = {}
        for one in tables.tests:
            for node in walk(one.test.rule):
                if isinstance(node, Bound) and node.on == "act" and node.of == "respondent":
                    self._bound[node.instrument] = self._bound.get(node.instrument, 0) | 1 << one.forum
        self._right_bound = self._bound.pop("$right", 0)

    def _look_up(self, state: Array) -> None:
        """Make sure that the ends of some States are there."""
        more = len(self._tables.words.states) - len(self._count)
        if more > 0:
            self._begin = np.append(self._begin, np.zeros(more, np.int64))
            self._count = np.append(self._count, np.full(more, -1))
            self._low = np.append(self._low, np.full(more, NEVER, np.int32))
            self._high = np.append(self._high, np.zeros(more, np.int32))
        new = state[self._count[state] < 0]
        for one in np.unique(new).tolist() if len(new) else ():
            ends = sorted(self._ends(one).items())
            self._begin[one], self._count[one] = len(self._day), len(ends)
            if ends:
                self._low[one], self._high[one] = ends[0][0], ends[-1][0]
            self._day = np.append(self._day, np.array([day for day, _ in ends], np.int32))
            self._fixed = np.append(self._fixed, np.array([fixed for _, (fixed, _) in ends], np.uint32))
            self._right = np.append(self._right, np.array([self._number(held) for _, (_, held) in ends], np.int64))

    def _number(self, by_right: dict[str, int]) -> int:
        if not by_right:
            return 0
        self._by_right.append(by_right)
        return len(self._by_right) - 1

    def _ends(self, state: int) -> dict[int, tuple[int, dict[str, int]]]:
        """The days on which a treaty ceases to bind a State: the fora that look at it, and those by instrument."""
        found: dict[int, tuple[int, dict[str, int]]] = {}
        cutter, mask = self._tables.cutter, self._right_bound
        cuts = cutter.cuts(state).get("act", {})
        for instrument, fora in self._bound.items():
            for day in cutter.ends(state, instrument):
                fixed, by_right = found.get(day, (0, {}))
                found[day] = fixed | (fora & cuts.get(day, 0)), by_right
        for instrument in cutter.instruments if mask else ():
            for day in cutter.ends(state, instrument):
                fixed, by_right = found.get(day, (0, {}))
                found[day] = fixed, {**by_right, instrument: mask & cuts.get(day, 0)}
        return found

    def _fora_with(self, key: int) -> int:
        """Of the fora by instrument those that look at an article of that instrument for a profile."""
        known = self._masks.get(key)
        if known is None:
            known = self._masks[key] = self._find_fora(key)
        return known

    def _find_fora(self, key: int) -> int:
        profile = key >> 32
        held = self._profiles.get(profile)
        if held is None:
            held = self._profiles[profile] = self._instruments(profile)
        mask = 0
        for instrument, fora in self._by_right[key & (1 << 32) - 1].items():
            mask |= fora & held.get(instrument, 0)
        return mask

    def _instruments(self, profile: int) -> dict[str, int]:
        """The instruments of the articles of a profile, with the fora that look at them."""
        columns, found = self._tables.profiles.columns, dict[str, int]()
        start = int(columns.slot_start[profile])
        for slot in columns.slot[start : start + int(columns.slot_count[profile])]:
            for f, held in enumerate(columns.sets[slot].tolist()):
                if held and self._right_bound >> f & 1:
                    for instrument in self._sets.get((f, held)) or self._of_set(f, held):
                        found[instrument] = found.get(instrument, 0) | 1 << f
        return found

    def _of_set(self, f: int, held: int) -> frozenset[str]:
        articles = self._tables.words.articles.values
        found = self._sets[f, held] = frozenset(
            (articles[article] or "").split(":")[0]
            for group in self._tables.profiles.sets[f].values[held] or () for _, article, _ in group
        )  # fmt: skip
        return found

    def inside(
        self, profile: Array, complaint: Array, state: Array, begun: Array, ended: Array, lasts: Array
    ) -> _Inner:
        """The ends inside acts, as far as they may go. `lasts`: those that are not done in an instant."""
        self._look_up(state)
        act = np.flatnonzero(lasts & (self._low.take(state) <= ended))
        act = act[begun[act] < self._high[state[act]]]
        count = self._count[state[act]]
        owner = repeat(count)
        end = (self._begin[state[act]] - starts(count)[:-1])[owner] + np.arange(len(owner))
        act, day = act[owner], self._day[end]
        fits = np.flatnonzero((begun[act] < day) & (day <= ended[act]))
        act, day, end = act[fits], day[fits], end[fits]
        fora = self._fixed[end]
        at = np.flatnonzero(self._right[end])
        if len(at):
            key, place = np.unique(profile[complaint[act[at]]].astype(np.int64) << 32 | self._right[end[at]],
                                   return_inverse=True)  # fmt: skip
            fora[at] |= np.array([self._fora_with(k) for k in key.tolist()], np.uint32)[place]
        held = np.flatnonzero(fora)
        return _Inner(act[held], day[held], fora[held])


def terms_of(inner: _Inner, first: Span, last: Span) -> Terms:
    """The terms and spans of acts with these first and last days."""
    begun, ended = first[1], last[0]
    cut: Array = begun <= ended
    n = len(begun)
    after_begin, before_end = cut & (first[0] < begun), cut & (ended < last[1])
    count = 1 + after_begin.view(np.int8) + before_end
    further = np.flatnonzero(cut[inner.act] & (begun[inner.act] < inner.day) & (inner.day <= ended[inner.act]))
    beyond, day = inner.act[further], inner.day[further]
    count = count.astype(np.int64) + (np.bincount(beyond, minlength=n) if len(beyond) else 0)
    start = starts(count)
    act = repeat(count)
    main = start[:-1] + after_begin
    columns = np.empty((2, len(act)), np.int32)
    sure, whole = np.ones(len(act), bool), np.zeros(len(act), bool)
    columns[0, main] = np.where(cut, begun, first[0])
    columns[1, main] = np.where(cut, ended, last[1])
    whole[main] = ~cut
    rows = np.flatnonzero(after_begin)
    columns[:, start[rows]] = first[0][rows], begun[rows] - 1
    sure[start[rows]], whole[start[rows]] = False, True
    rows = np.flatnonzero(before_end)
    final = start[1:][rows] - 1
    columns[:, final] = ended[rows] + 1, last[1][rows]
    sure[final], whole[final] = False, True
    if len(beyond):
        turn = np.arange(len(beyond)) - np.searchsorted(beyond, beyond)
        at = main[beyond] + 1 + turn
        columns[:, at] = day, ended[beyond]
        columns[1, at - 1] = day - 1  # the sure part before it ends there
    found = *_of_spans(n, start, columns[0], sure, inner), act, columns[0], columns[1], sure, whole
    return Terms(*found)


def _of_spans(n: int, start: Array, first: Array, sure: Array, inner: _Inner) -> tuple[Array, ...]:
    """The terms of acts, and which spans have another term than the act's own end, for which fora."""
    span, begins, ends, fora = _by_forum(start, first, sure, inner)
    owner: Array = np.searchsorted(start, span, "right") - 1
    count = np.ones(n, np.int64)
    order = np.lexsort((ends, begins, sure[span], owner))
    columns: list[Array] = [c[order] for c in (owner, sure[span], begins, ends)]
    fresh = np.zeros(len(order), bool)
    for column in columns:
        fresh |= np.diff(column.astype(np.int64), prepend=-1) != 0
    distinct = np.flatnonzero(fresh)
    own = columns[0][distinct]
    count += np.bincount(own, minlength=n)
    term_start: Array = starts(count)
    place = term_start[own] + 1 + np.arange(len(own)) - np.searchsorted(own, own)
    kept = np.zeros((2, int(term_start[-1])), np.int32)
    term_sure = np.ones(kept.shape[1], bool)
    kept[:, place] = columns[2][distinct], columns[3][distinct]
    term_sure[place] = columns[1][distinct]
    term = np.empty(len(order), np.int64)
    term[order] = place[np.cumsum(fresh) - 1]
    return repeat(count), term_start, kept[0], kept[1], term_sure, span, term, fora


def _by_forum(start: Array, first: Array, sure: Array, inner: _Inner) -> tuple[Array, ...]:
    """For each span, forum by forum: the first end after it begins, and where it is unsure the last one."""
    begin = np.flatnonzero(np.diff(inner.act, prepend=-1))
    acts, offsets = inner.act[begin], np.append(begin, len(inner.act))
    span, which = members(start, acts)
    end, own = members(offsets, which)
    later = inner.day[end] > first[span[own]]
    end, own = end[later], own[later]
    turn = np.arange(len(own)) - np.searchsorted(own, own)
    most = int(turn.max(initial=-1)) + 1
    fora = np.zeros((most, len(span)), np.uint32)  # by place among the ends of a span
    day = np.zeros((most, len(span)), np.int32)
    fora[turn, own], day[turn, own] = inner.fora[end], inner.day[end]
    firsts, lasts = _news(fora), _news(fora[::-1])[::-1]
    found: list[tuple[Array, ...]] = []
    for k in range(most):
        for m in range(k, most):
            unsure = ~sure[span]
            held = np.where(unsure, firsts[k] & lasts[m], firsts[k] if k == m else 0)
            at = np.flatnonzero(held)
            found.append((span[at], day[k, at], day[m, at], held[at].astype(np.uint32)))
    if not found:
        none = np.zeros(0, np.int32)
        return none.astype(np.int64), none, none, none.astype(np.uint32)
    columns = [np.concatenate([part[i] for part in found]) for i in range(4)]
    order = np.argsort(columns[0], kind="stable")
    return tuple(column[order] for column in columns)


def _news(fora: Array) -> Array:
    """Of the fora at each place those at none before it."""
    seen = np.bitwise_or.accumulate(fora, axis=0) if len(fora) else fora
    found = fora.copy()
    found[1:] &= ~seen[:-1]
    return found
