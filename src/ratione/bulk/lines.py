"""Step functions of the rules on days, side by side: which answer holds for which State on which day.

The functions themselves come from `assess.steps`, so both evaluators read the same ones; here they are tabulated.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.assess import steps
from ratione.bulk.calendar import FIRST, NEVER, number
from ratione.bulk.outcome import FOR_GOOD, UNKNOWN, Ends, Out, best, no_ends
from ratione.days import Interval, next_day, plus_days
from ratione.rules import FAILED, AtLeast, Begun, Between, Bound, Extended, Forum, Reserved, walk

if TYPE_CHECKING:
    from ratione.bulk.words import Words
    from ratione.registry import Registry

Array = Any
Lookup = tuple[tuple[str, int], ...]
_SHIFT = 22  # more than the number of days in the calendar


class Cures:
    """One bit for each event that can cure a failure."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def bit(self, name: str) -> int:
        """The bit of an event."""
        if name not in self.names:
            self.names.append(name)
        return 1 << self.names.index(name)

    def of(self, names: Iterable[str]) -> int:
        """The bits of several events."""
        return sum({self.bit(name) for name in names if name})


class Lines:
    """All step functions that were asked for, in one sorted column."""

    def __init__(self, registry: Registry, words: Words, cures: Cures) -> None:
        self.registry, self.words, self.cures = registry, words, cures
        self._known: dict[tuple[Any, ...], Lookup] = {}
        self._keys: list[int] = []
        self._levels: list[int] = []
        self._cures: list[int] = []
        self._turns: list[int] = []  # the entry at which the level is another
        self._goods: list[int] = []  # how many entries before this one fail for good
        self._caps: list[tuple[int, int]] = []
        self._count = 0
        self._arrays: tuple[Array, ...] | None = None

    def lookup(self, rule: steps.DayRule, state: int, article: int, territory: int) -> Lookup:
        """The day and the number of each step function of a rule. `article`: as far as the rule reads it."""
        key = (rule, state, article, territory)
        found = self._known.get(key)
        if found is None:
            words = self.words
            made = steps.of(
                rule, self.registry, words.states.values[state], words.articles.values[article],
                words.states.values[territory] or "",
            )  # fmt: skip
            found = self._known[key] = tuple((line.day, self._add(rule, line)) for line in made)
        return found

    def at_least(self, rule: AtLeast) -> int:
        """The step function of the number of acceptances."""
        key = (rule,)
        if key not in self._known:
            firsts = _acceptance_days(self.registry, rule.instrument)
            counts = [self.registry.acceptances(rule.instrument, day) >= rule.count for day in firsts]
            outcomes = [steps.PASSED if enough else steps.say(rule.otherwise) for enough in counts]
            self._known[key] = (("filed", self._add(rule, steps.Steps("filed", tuple(firsts), tuple(outcomes)))),)
        return self._known[key][0][1]

    def _add(self, rule: object, line: steps.Steps) -> int:
        start, line_id = len(self._keys), self._count
        self._count += 1
        self._arrays = None
        levels = [int(r.for_now) if r.level == FAILED else r.level + 1 for r in line.results]
        plain = [max(level, 1) for level in levels]
        turn, turns = start + len(levels), [0] * len(levels)
        for i in reversed(range(len(levels))):
            if i + 1 < len(levels) and plain[i] != plain[i + 1]:
                turn = start + i + 1
            turns[i] = turn
        goods = self._goods[-1] + (self._levels[-1] == FOR_GOOD) if self._goods else 0
        for level in levels:
            self._goods.append(goods)
            goods += level == FOR_GOOD
        self._turns += turns
        self._levels += levels
        self._keys += [line_id << _SHIFT | number(day) for day in line.firsts]
        self._cures += [self.cures.of(r.cures) if r.level == FAILED else 0 for r in line.results]
        capped = line.day == "filed" and isinstance(rule, Bound)
        found = (steps.cap(line, Interval(day, day)) if capped else None for day in line.firsts)
        self._caps += [(number(ends[0]), number(ends[1])) if ends else (NEVER, NEVER) for ends in found]
        return line_id

    def _columns(self) -> tuple[Array, ...]:
        if self._arrays is None:
            caps = np.array(self._caps, np.int32).reshape(-1, 2)
            self._arrays = (
                np.array(self._keys, np.int64),
                np.array(self._levels, np.int8),
                np.array(self._turns, np.int32),
                np.array([*self._goods, 0], np.int32),
                np.array(self._cures, np.uint8),
                caps[:, 0].copy(),
                caps[:, 1].copy(),
            )
        return self._arrays

    def over(self, line: Array, first: Array, last: Array, only_ends: bool = False) -> Out:
        """The answers of step functions over intervals: the one that holds throughout, else unknown.

        `only_ends`: the days within do not count (a number of acceptances is looked up at both ends).
        """
        keys, levels, turns, goods, cures, safe, later = self._columns()
        base = line.astype(np.int64) << _SHIFT
        left = keys.searchsorted(base + first, "right") - 1
        right = keys.searchsorted(base + last, "right") - 1
        level = levels[left]
        if only_ends:
            one = np.maximum(level, 1) == np.maximum(levels[right], 1)
        else:
            one = turns[left] > right
            good = goods[right] + (levels[right] == FOR_GOOD) - goods[left]
            level = np.where((level <= 1) & (good > 0), FOR_GOOD, level)
        found = Out(np.where(one, level, UNKNOWN).astype(np.int8))
        bits = cures[left] | cures[right]
        if bits.any():
            found.cures = np.where(one, bits, 0).astype(np.uint8)
        last_day = np.where(one, safe[left], NEVER)
        if (last_day != NEVER).any():
            arguable = np.where(one, later[left], NEVER)
            ends = no_ends(len(line))
            found.ends = Ends(last_day, arguable, ends.untold, ends.advice, last_day, last_day)
        return found


def _acceptance_days(registry: Registry, instrument: str) -> list[Any]:
    """The first of days and every day on which the number of acceptances can change."""
    days = {fact.day for state in registry.states for fact in registry.facts_of(state, instrument) if fact.day}
    return [Interval().first, *sorted(days)]


class Cutter:
    """The days at which an answer about a State can change, for each variable that is a day.

    Cutting more often than a forum needs never changes its answers, so one list serves all fora.
    """

    def __init__(self, registry: Registry, words: Words, fora: tuple[Forum, ...], instruments: Iterable[str]) -> None:
        self.registry, self.words = registry, words
        self.instruments = tuple(i for i in sorted(instruments) if i in registry.instruments)
        nodes = dict.fromkeys(
            node
            for forum in fora
            for test in forum.tests
            for node in walk(test.rule)
            if isinstance(node, Bound | Begun | Extended | Reserved | Between | AtLeast)
        )
        self.rules = tuple(nodes)
        self._fixed = self._of_fixed_days()
        self._own: dict[tuple[int, bool], dict[str, set[int]]] = {}
        self._territories: dict[str, list[str]] = {}
        for state in registry.states.values():
            if state.part_of:
                self._territories.setdefault(state.part_of, []).append(state.code)
        self.by_others = any(isinstance(r, Bound | Begun) and r.of != "respondent" for r in self.rules)

    def _of_fixed_days(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for rule in self.rules:
            if isinstance(rule, Between):
                cuts = found.setdefault(rule.day, set())
                cuts.update([number(rule.since)] if rule.since else [])
                cuts.update([number(next_day(rule.until))] if rule.until else [])
            elif isinstance(rule, AtLeast):
                found.setdefault("filed", set()).update(
                    number(day) for day in _acceptance_days(self.registry, rule.instrument)
                )
        return found

    def cuts(self, state: int, others: tuple[int, ...] = ()) -> dict[str, list[int]]:
        """The cuts of each day variable, the first of days among them."""
        found: dict[str, set[int]] = {name: set(cuts) for name, cuts in self._fixed.items()}
        for part in (self._of(state, False), self._of(state, True), *(self._of(other, True) for other in others)):
            for name, cuts in part.items():
                found.setdefault(name, set()).update(cuts)
        return {name: sorted({FIRST, *cuts}) for name, cuts in found.items()}

    def _of(self, state: int, as_other: bool) -> dict[str, set[int]]:
        """The cuts by the rules on the respondent, or by those that can look at another State."""
        found = self._own.get((state, as_other))
        if found is None:
            found = self._own[state, as_other] = {}
            code = self.words.states.values[state]
            if code in self.registry.states:
                for rule in self.rules:
                    if not isinstance(rule, Between | AtLeast):
                        other = isinstance(rule, Bound | Begun) and rule.of != "respondent"
                        if other == as_other:
                            self._add(found, rule, code)
        return found

    def _add(self, found: dict[str, set[int]], rule: Any, state: str) -> None:
        if rule.instrument == "$right":
            instruments: tuple[str, ...] = self.instruments
        else:
            instruments = (rule.instrument,) if rule.instrument in self.registry.instruments else ()
        cuts = found.setdefault(rule.on, set())
        for instrument in instruments:
            if isinstance(rule, Reserved):
                for fact in self.registry.limits(state, instrument, rule.kind):
                    own = rule.kind == "temporal" and fact.counts == "begun"
                    days = (fact.since, fact.effect_date or fact.act_date, fact.until)
                    held = found.setdefault("act.first", set()) if own else cuts
                    held.update(number(day) for day in days if day)
            elif isinstance(rule, Extended):
                for territory in ("", *self._territories.get(state, ())):
                    for line in steps.of(rule, self.registry, state, f"{instrument}:", territory):
                        cuts.update(number(day) for day in line.firsts)
            elif isinstance(rule, Begun) and (rule.months or rule.days):
                for line in steps.of(rule, self.registry, state, f"{instrument}:", ""):
                    cuts.update(number(day) for day in line.firsts)
            else:
                firsts = [segment.first for segment in self.registry.timeline(state, instrument)]
                cuts.update(number(day) for day in firsts)
                edges = rule.edge if isinstance(rule, Bound) else ()
                for shift, _ in edges:
                    moved = [plus_days(day, shift) for day in firsts[1:]]
                    cuts.update(number(day) for m in moved for day in (m, next_day(m)))

    def ends(self, state: int, instrument: str) -> list[int]:
        """The days on which an instrument ceases to bind a State."""
        code = self.words.states.values[state]
        if instrument not in self.registry.instruments or code not in self.registry.states:
            return []
        line = self.registry.timeline(code, instrument)
        return [number(after.first) for before, after in pairwise(line) if before.answer > after.answer]


class Segments:
    """Days as the first day of the stretch in which no answer about the State changes."""

    def __init__(self, cutter: Cutter) -> None:
        self.cutter = cutter
        self._codes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._starts: dict[str, list[int]] = {}  # for each variable the entry at which a cut list begins
        self._cuts: dict[str, list[int]] = {}  # list number and first day in one
        self._arrays: dict[str, tuple[Array, Array]] = {}
        self._all: set[str] = set(_variables(cutter.rules))

    def code(self, state: int, others: tuple[int, ...] = ()) -> int:
        """The number of the cut lists of a State, together with the other States that matter."""
        key = (state, others)
        found = self._codes.get(key)
        if found is None:
            found = self._codes[key] = len(self._codes)
            cuts = self.cutter.cuts(state, others)
            for name in self._all:
                held = self._cuts.setdefault(name, [])
                self._starts.setdefault(name, []).append(len(held))
                held += [found << _SHIFT | day for day in cuts.get(name, [FIRST])]
            self._arrays.clear()
        return found

    def _columns(self, name: str) -> tuple[Array, Array]:
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = (
                np.array(self._cuts[name], np.int64),
                np.array(self._starts[name], np.int32),
            )
        return found

    def cut(self, name: str) -> bool:
        """Whether any rule looks this day up."""
        return name in self._all

    def index(self, name: str, code: Array, day: Array) -> Array:
        """Which cut (by its number over all lists) begins the stretch of each day."""
        cuts, _ = self._columns(name)
        return (cuts.searchsorted((code.astype(np.int64) << _SHIFT) + day, "right") - 1).astype(np.int32)

    def first(self, name: str, index: Array) -> Array:
        """The first day of a stretch."""
        return (self._columns(name)[0][index] & ((1 << _SHIFT) - 1)).astype(np.int32)

    def between(self, name: str, code: int, first: int, last: int) -> list[int]:
        """The cuts after `first`, up to `last`."""
        cuts, starts = self._columns(name)
        low = int(starts[code])
        high = int(starts[code + 1]) if code + 1 < len(starts) else len(cuts)
        days = [int(c) & ((1 << _SHIFT) - 1) for c in cuts[low:high]]
        return days[bisect_right(days, first) : bisect_right(days, last)]


def _variables(rules: Iterable[Any]) -> Iterable[str]:
    yield from ("act", "filed", "act.first")
    for rule in rules:
        if isinstance(rule, Between):
            yield rule.day
        elif not isinstance(rule, AtLeast):
            yield rule.on


def day_rule(rule: steps.DayRule, lines: Lines, state: Array, article: Array, territory: Array, day: Any) -> Out:
    """The answers of a rule on days. `day`: the column of a day variable by its name."""
    pairs = np.stack([state, article, territory]).astype(np.int64)
    joint = (pairs[0] << 40) | (pairs[1] << 20) | pairs[2]
    distinct, rows = np.unique(joint, return_inverse=True)
    found = [lines.lookup(rule, int(k >> 40), int(k >> 20 & 0xFFFFF), int(k & 0xFFFFF)) for k in distinct]
    outs = []
    for n in range(max(map(len, found), default=0)):
        for name in dict.fromkeys(f[n][0] for f in found if len(f) > n):
            ids = np.array([f[n][1] if len(f) > n and f[n][0] == name else -1 for f in found], np.int64)[rows]
            span = day(name)
            out = lines.over(np.maximum(ids, 0), *span)
            out.level = np.where(ids < 0, FOR_GOOD, out.level).astype(np.int8)
            outs.append(out)
    return outs[0] if len(outs) == 1 else best(outs)
