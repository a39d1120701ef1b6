"""The ends of a State's acceptance that hang on single cells."""

from __future__ import annotations

from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.outcome import Out

Array = Any


def caps_of(
    outs: list[Out], row: Array, rows: Array, live: Array, timed: Array, there: Array, n: int
) -> tuple[Array, Array]:
    """The ends of the State's acceptance that hang on the cells of each row, and where these are more than two.

    By row: for the cells that do not fail, for those that only deadlines close, for all of them; the earliest and the
    latest; safe and arguable day.
    """
    caps, odd = np.full((n, 3, 2, 2), NEVER, np.int32), np.zeros(n, bool)
    ends = [out.ends for out in outs if out.ends is not None]
    if not ends or not len(rows):
        return caps, odd
    joint = ends[0]
    for more in ends[1:]:
        joint = joint.join(more)
    at, length = row[rows], np.diff(rows, append=len(row))
    for which, held in enumerate((live, timed, there)):
        first = np.minimum.reduceat(np.where(held, joint.last, NEVER), rows)
        final = np.maximum.reduceat(np.where(held, joint.last, 0), rows)
        final = np.where(final == 0, NEVER, final)
        neither = held & (joint.last != np.repeat(first, length)) & (joint.last != np.repeat(final, length))
        odd[at] |= np.logical_or.reduceat(neither, rows)
        for alternative, last in enumerate((first, final)):
            here = held & (joint.last == np.repeat(last, length))
            low = np.minimum.reduceat(np.where(here, joint.later, NEVER), rows)
            high = np.maximum.reduceat(np.where(here, joint.later, 0), rows)
            odd[at] |= (low != high) & (high > 0)
            caps[at, which, alternative, 0], caps[at, which, alternative, 1] = last, low
    return caps, odd


def joined_caps(caps: Array, more: Array, start: Array) -> tuple[Array, Array]:
    """The ends of some rows with those of more cells, and where there are now more than two."""
    count = np.diff(start, append=len(more))
    owner = np.repeat(np.arange(len(caps)), count)
    every = np.concatenate([caps, more], axis=0)
    which = np.concatenate([np.arange(len(caps)), owner])
    order = np.argsort(which, kind="stable")
    every, which = every[order], which[order]
    begin = np.flatnonzero(np.diff(which, prepend=-1))
    length = np.diff(begin, append=len(which))
    last, later = every[..., 0], every[..., 1]
    first = np.minimum.reduceat(last.min(axis=2), begin)
    final = np.maximum.reduceat(np.where(last == NEVER, 0, last).max(axis=2), begin)
    final = np.where(final == 0, NEVER, final)
    found, odd = np.full_like(caps, NEVER), np.zeros(len(caps), bool)
    told = last != NEVER
    neither = told & (last != np.repeat(first, length, axis=0)[..., None])
    neither &= last != np.repeat(final, length, axis=0)[..., None]
    odd |= np.logical_or.reduceat(neither.any(axis=(1, 2)), begin)
    for alternative, day in enumerate((first, final)):
        here = told & (last == np.repeat(day, length, axis=0)[..., None])
        low = np.minimum.reduceat(np.where(here, later, NEVER).min(axis=2), begin)
        high = np.maximum.reduceat(np.where(here, later, 0).max(axis=2), begin)
        odd |= ((low != high) & (high > 0)).any(axis=1)
        found[:, :, alternative, 0], found[:, :, alternative, 1] = day, low
    return found, odd
