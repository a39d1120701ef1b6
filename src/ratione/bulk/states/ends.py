"""The days on which a treaty ceases to bind a State, as far as they lie inside acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.offsets import repeat, starts
from ratione.bulk.facts.profiles import Profiles
from ratione.bulk.facts.words import Words
from ratione.bulk.states.cutter import Cutter
from ratione.rules import Bound, Rule, walk

Array = Any


@dataclass(slots=True)
class Inner:
    """Ends of treaties inside acts, in order of act and day, each with the fora (bits) that look at it."""

    act: Array
    day: Array
    fora: Array


class InnerEnds:
    """For each State the days on which a treaty ceases to bind it, one State after another."""

    def __init__(self, rules: Iterable[tuple[int, Rule]], words: Words, cutter: Cutter, profiles: Profiles) -> None:
        self._words, self._cutter, self._profiles = words, cutter, profiles
        self._begin, self._count = np.zeros(0, np.int64), np.full(0, -1, np.int64)
        self._low, self._high = np.zeros(0, np.int32), np.zeros(0, np.int32)
        self._day, self._fixed, self._right = np.zeros(0, np.int32), np.zeros(0, np.uint32), np.zeros(0, np.int64)
        self._by_right: list[dict[str, int]] = [{}]
        self._held: dict[int, dict[str, int]] = {}
        self._masks: dict[int, int] = {}
        self._sets: dict[tuple[int, int], frozenset[str]] = {}
        #: The instruments whose end inside an act a forum looks at, as bits of fora; "$right": that of the article.
        self._bound: dict[str, int] = {}
        for forum, rule in rules:
            for node in walk(rule):
                if isinstance(node, Bound) and node.on == "act" and node.of == "respondent":
                    self._bound[node.instrument] = self._bound.get(node.instrument, 0) | 1 << forum
        self._right_bound = self._bound.pop("$right", 0)

    def _look_up(self, state: Array) -> None:
        """Make sure that the ends of some States are there."""
        more = len(self._words.states) - len(self._count)
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
        cutter, mask = self._cutter, self._right_bound
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
        held = self._held.get(profile)
        if held is None:
            held = self._held[profile] = self._instruments(profile)
        mask = 0
        for instrument, fora in self._by_right[key & (1 << 32) - 1].items():
            mask |= fora & held.get(instrument, 0)
        return mask

    def _instruments(self, profile: int) -> dict[str, int]:
        """The instruments of the articles of a profile, with the fora that look at them."""
        columns, found = self._profiles.columns, dict[str, int]()
        start = int(columns.slot_start[profile])
        for slot in columns.slot[start : start + int(columns.slot_count[profile])]:
            for f, held in enumerate(columns.sets[slot].tolist()):
                if held and self._right_bound >> f & 1:
                    for instrument in self._sets.get((f, held)) or self._of_set(f, held):
                        found[instrument] = found.get(instrument, 0) | 1 << f
        return found

    def _of_set(self, f: int, held: int) -> frozenset[str]:
        articles = self._words.articles.values
        found = self._sets[f, held] = frozenset(
            (articles[article] or "").split(":")[0]
            for group in self._profiles.sets[f].values[held] or () for _, article, _ in group
        )  # fmt: skip
        return found

    def inside(
        self, profile: Array, complaint: Array, state: Array, begun: Array, ended: Array, lasts: Array
    ) -> Inner:
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
        return Inner(act[held], day[held], fora[held])
