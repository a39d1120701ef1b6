"""Terms and spans: an act up to its own end or that of a treaty inside it, and the stretches between such ends.

Ends inside acts are rare: what concerns them is worked out for the few acts that have any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ratione.bulk.arrays.offsets import members, repeat, starts
from ratione.bulk.states.ends import Inner

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


def terms_of(inner: Inner, first: Span, last: Span) -> Terms:
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


def _of_spans(n: int, start: Array, first: Array, sure: Array, inner: Inner) -> tuple[Array, ...]:
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


def _by_forum(start: Array, first: Array, sure: Array, inner: Inner) -> tuple[Array, ...]:
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
