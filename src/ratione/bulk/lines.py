"""Step functions of the rules on days, side by side: which answer holds for which State on which day.

The functions themselves come from `assess.steps`, so both evaluators read the same ones; here they are tabulated.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.assess import steps
from ratione.assess.result import PASSED, say
from ratione.bulk.calendar import NEVER, number
from ratione.bulk.outcome import FOR_GOOD, UNKNOWN, Ends, Out, best, no_ends
from ratione.days import Interval, next_day, plus_days
from ratione.registry import Answer
from ratione.rules import FAILED, AtLeast, Begun, Between, Bound, Extended, Forum, Reserved, walk

if TYPE_CHECKING:
    from ratione.bulk.words import Words
    from ratione.registry import Registry

Array = Any
Lookup = tuple[tuple[str, int], ...]
SHIFT = 22  # more than the number of days in the calendar


def step_names(rule: steps.DayRule | AtLeast) -> tuple[str, ...]:
    """The day variables on which a rule has step functions."""
    if isinstance(rule, AtLeast):
        return ("filed",)
    name = rule.day if isinstance(rule, Between) else rule.on
    begun = isinstance(rule, Reserved) and rule.kind == "temporal" and name != "act.first"
    return (name, "act.first") if begun else (name,)


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


class Growing:
    """An array that grows at its end."""

    def __init__(self, dtype: Any) -> None:
        self._array = np.zeros(0, dtype)
        self._new: list[Any] = []

    def __len__(self) -> int:
        return len(self._array) + len(self._new)

    def extend(self, values: Iterable[Any]) -> None:
        """Add values at the end."""
        self._new.extend(values)

    @property
    def array(self) -> Array:
        """All values so far."""
        if self._new:
            self._array = np.concatenate([self._array, np.array(self._new, self._array.dtype)])
            self._new = []
        return self._array


class Lines:
    """All step functions that were asked for, in one sorted column."""

    def __init__(self, registry: Registry, words: Words, cures: Cures) -> None:
        self.registry, self.words, self.cures = registry, words, cures
        self._known: dict[tuple[Any, ...], Lookup] = {}
        self._rules: dict[Any, int] = {}
        self._numbers: dict[int, int] = {}
        self._keys, self._levels = Growing(np.int64), Growing(np.int8)
        self._turns = Growing(np.int32)  # the entry at which the level is another
        self._goods = Growing(np.int32)  # how many entries before this one fail for good
        self._cures = Growing(np.uint8)
        self._safe, self._later = Growing(np.int32), Growing(np.int32)
        self._count = self._good = 0
        self._ids: dict[int, tuple[tuple[str, ...], Array, Array]] = {}

    def lookup(self, rule: steps.DayRule, state: int, article: int, territory: int) -> Lookup:
        """The day and the number of each step function of a rule. `article`: as far as the rule reads it.

        Remembered for a rule on territories; what others come to stands in the tables of `ids`.
        """
        number = self._number(rule)
        key: tuple[Any, ...] = (number, state, article, territory)
        found = self._known.get(key)
        if found is None:
            code, text = self.words.states.values[state], self.words.articles.values[article]
            alike = self._alike(rule, code, text)
            found = None if alike is None else self._known.get((number, alike))
            if found is None:
                made = steps.of(rule, self.registry, code, text, self.words.states.values[territory] or "")
                found = tuple((line.day, self._add(rule, line)) for line in made)
                if alike is not None:
                    self._known[number, alike] = found
            if isinstance(rule, Extended):
                self._known[key] = found
        return found

    def _number(self, rule: Any) -> int:
        """A number for equal rules; hashing one is dear."""
        found = self._numbers.get(id(rule))
        if found is None:
            found = self._numbers[id(rule)] = self._rules.setdefault(rule, len(self._rules))
        return found

    def _alike(self, rule: steps.DayRule, state: str, article: str | None) -> Hashable | None:
        """What the step functions of a rule follow from, for States that share it; None where that is not known."""
        if isinstance(rule, Between | Extended):
            return None
        instrument = steps.instrument_of(rule, article)
        if instrument is None or instrument not in self.registry.instruments:
            return None
        if isinstance(rule, Bound | Begun):
            return tuple((segment.first, segment.answer) for segment in self.registry.timeline(state, instrument))
        kinds = (rule.kind, "petition") if rule.kind == "temporal" else (rule.kind,)
        return None if any(self.registry.limits(state, instrument, kind) for kind in kinds) else "none"

    def at_least(self, rule: AtLeast) -> int:
        """The step function of the number of acceptances."""
        key = (rule,)
        if key not in self._known:
            firsts = _acceptance_days(self.registry, rule.instrument)
            counts = [self.registry.acceptances(rule.instrument, day) >= rule.count for day in firsts]
            outcomes = [PASSED if enough else say(rule.otherwise) for enough in counts]
            self._known[key] = (("filed", self._add(rule, steps.Steps("filed", tuple(firsts), tuple(outcomes)))),)
        return self._known[key][0][1]

    def ids(self, rule: steps.DayRule, kind: Array, state: Array, article: Array, territory: Array) -> Any:
        """For each day variable of a rule the step function of each row; -2 where there is none.

        `kind`: for each article the first one that is the same to the rule.
        """
        own, size = self._number(rule), (len(self.words.states), len(kind))
        if own not in self._ids or (self._ids[own][2].shape[1], len(self._ids[own][1])) != size:
            names = step_names(rule)
            firsts, places = np.unique(kind, return_inverse=True)
            table = np.full((len(names), size[0], len(firsts)), -1, np.int32)
            if own in self._ids:  # new States and articles come after those before
                before = self._ids[own][2]
                table[:, : before.shape[1], : before.shape[2]] = before
            self._ids[own] = names, places.astype(np.int32), table
        names, places, table = self._ids[own]
        if territory.any():
            distinct, rows = np.unique(np.stack([state, kind[article], territory]), axis=1, return_inverse=True)
            found = np.array([self._by_name(rule, names, *map(int, key)) for key in distinct.T], np.int32)
            return names, found.reshape(-1, len(names)).T[:, rows.reshape(-1)]
        place = places[article]
        found = table[:, state, place]
        missing = np.flatnonzero(found[0] == -1)
        if len(missing):
            same = kind[article[missing]].astype(np.int64)
            for key in np.unique(state[missing].astype(np.int64) << 32 | same).tolist():
                s, a = key >> 32, key & 0xFFFFFFFF
                table[:, s, places[a]] = self._by_name(rule, names, s, a, 0)
            found = table[:, state, place]
        return names, found

    def _by_name(self, rule: steps.DayRule, names: tuple[str, ...], state: int, article: int, territory: int) -> Any:
        held = dict(self.lookup(rule, state, article, territory))
        return [held.get(name, -2) for name in names]

    def _add(self, rule: object, line: steps.Steps) -> int:
        start, line_id = len(self._keys), self._count
        self._count += 1
        levels = [int(r.for_now) if r.level == FAILED else r.level + 1 for r in line.results]
        plain = [max(level, 1) for level in levels]
        turn, turns = start + len(levels), [0] * len(levels)
        for i in reversed(range(len(levels))):
            if i + 1 < len(levels) and plain[i] != plain[i + 1]:
                turn = start + i + 1
            turns[i] = turn
        goods = []
        for level in levels:
            goods.append(self._good)
            self._good += level == FOR_GOOD
        self._goods.extend(goods)
        self._turns.extend(turns)
        self._levels.extend(levels)
        self._keys.extend(line_id << SHIFT | number(day) for day in line.firsts)
        self._cures.extend(self.cures.of(r.cures) if r.level == FAILED and r.cures else 0 for r in line.results)
        capped = line.day == "filed" and isinstance(rule, Bound) and rule.of == "respondent"
        caps = [steps.cap(line, Interval(day, day)) if capped else None for day in line.firsts]
        self._safe.extend(number(ends[0]) if ends else NEVER for ends in caps)
        self._later.extend(number(ends[1]) if ends else NEVER for ends in caps)
        return line_id

    def over(self, line: Array, first: Array, last: Array, only_ends: bool = False) -> Out:
        """The answers of step functions over intervals: the one that holds throughout, else unknown.

        `only_ends`: the days within do not count (a number of acceptances is looked up at both ends).
        """
        keys, levels, turns, goods = (c.array for c in (self._keys, self._levels, self._turns, self._goods))
        cures, safe, later = self._cures.array, self._safe.array, self._later.array
        base = line.astype(np.int64) << SHIFT
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
    """The days at which an answer about a State can change, for each variable that is a day, with the fora for which.

    Cutting more often than a forum needs never changes its answers.
    """

    def __init__(self, registry: Registry, words: Words, fora: tuple[Forum, ...], instruments: Iterable[str]) -> None:
        self.registry, self.words = registry, words
        self.instruments = tuple(i for i in sorted(instruments) if i in registry.instruments)
        self.rules: dict[Any, int] = {}
        for f, forum in enumerate(fora):
            for test in forum.tests:
                for node in walk(test.rule):
                    if isinstance(node, Bound | Begun | Extended | Reserved | Between | AtLeast):
                        self.rules[node] = self.rules.get(node, 0) | 1 << f
        self._fixed = self._of_fixed_days()
        self._own: dict[tuple[int, bool], Cuts] = {}
        self._territories: dict[str, list[str]] = {}
        for state in registry.states.values():
            if state.part_of:
                self._territories.setdefault(state.part_of, []).append(state.code)
        self._looked_at = {as_other: self._lookups(as_other) for as_other in (False, True)}
        #: The fora that look at another State, as bits.
        self.by_others = 0
        for rule, mask in self.rules.items():
            if isinstance(rule, Bound | Begun) and rule.of != "respondent":
                self.by_others |= mask

    def _of_fixed_days(self) -> Cuts:
        found: Cuts = {}
        for rule, fora in self.rules.items():
            if isinstance(rule, Between):
                if rule.since:
                    _mark(found, rule.day, [number(rule.since)], fora)
                if rule.until:
                    _mark(found, rule.day, [number(next_day(rule.until))], fora)
            elif isinstance(rule, AtLeast):
                _mark(found, "filed", map(number, _acceptance_days(self.registry, rule.instrument)), fora)
        return found

    def cuts(self, state: int, others: tuple[int, ...] = ()) -> Cuts:
        """The cuts of each day variable."""
        found: Cuts = {name: dict(cuts) for name, cuts in self._fixed.items()}
        for part in (self._of(state, False), self._of(state, True), *(self._of(other, True) for other in others)):
            for name, cuts in part.items():
                held = found.setdefault(name, {})
                for day, fora in cuts.items():
                    held[day] = held.get(day, 0) | fora
        return found

    def _of(self, state: int, as_other: bool) -> Cuts:
        """The cuts by the rules on the respondent, or by those that can look at another State."""
        found = self._own.get((state, as_other))
        if found is None:
            found = self._own[state, as_other] = {}
            code = self.words.states.values[state]
            if code in self.registry.states:
                days: dict[tuple[str, Any], list[int]] = {}
                for (name, instrument, of), fora in self._looked_at[as_other].items():
                    held = days.get((instrument, of))
                    if held is None:
                        held = days[instrument, of] = self._changes(code, instrument, of)
                    if held:
                        _mark(found, name, held, fora)
                for rule, fora in self.rules.items():
                    if isinstance(rule, Reserved) and not as_other:
                        self._reserved(found, rule, code, fora)
        return found

    def _lookups(self, as_other: bool) -> dict[tuple[str, str, Any], int]:
        """What rules look up of a State: the day variable, the instrument, and what of it; with the fora that do."""
        found: dict[tuple[str, str, Any], int] = {}
        for rule, fora in self.rules.items():
            if isinstance(rule, Between | AtLeast | Reserved):
                continue
            if (isinstance(rule, Bound | Begun) and rule.of != "respondent") != as_other:
                continue
            what: tuple[Any, ...] = ("",)
            if isinstance(rule, Extended):
                what = (("kind", rule.kind),)
            elif isinstance(rule, Begun) and (rule.months or rule.days):
                what = (rule,)
            elif isinstance(rule, Bound):
                what = ("", *(("edge", shift) for shift, _ in rule.edge))
            for instrument in self._instruments(rule):
                for of in what:
                    key = rule.on, instrument, of
                    found[key] = found.get(key, 0) | fora
        return found

    def _instruments(self, rule: Any) -> tuple[str, ...]:
        if rule.instrument == "$right":
            return self.instruments
        return (rule.instrument,) if rule.instrument in self.registry.instruments else ()

    def _changes(self, state: str, instrument: str, of: Any) -> list[int]:
        """The days on which what rules look up of a State can change; the first of all days is none of them."""
        registry = self.registry
        if isinstance(of, Begun):
            (begun,) = steps.of(of, registry, state, f"{instrument}:", "")
            return [number(day) for day in begun.firsts[1:]]
        line = registry.timeline(state, instrument)
        match of:
            case "edge", shift:
                moved = [plus_days(segment.first, shift) for segment in line[1:]]
                return [number(day) for m in moved for day in (m, next_day(m))]
            case "kind", str(kind) if kind:
                facts = registry.limits(state, instrument, kind)
                return [number(day) for fact in facts if (day := fact.effect_date or fact.act_date)]
            case "kind", _:
                own = self._territories.get(state, ()) if registry.facts_of(state, instrument) or len(line) > 1 else ()
                lines = (line, *(registry.timeline(state, instrument, territory) for territory in own))
                return [number(segment.first) for line in lines for segment in line[1:]]
        return [number(segment.first) for segment in line[1:]]

    def _reserved(self, found: Cuts, rule: Reserved, state: str, fora: int) -> None:
        for instrument in self._instruments(rule):
            facts = self.registry.limits(state, instrument, rule.kind)
            facts += self.registry.limits(state, instrument, "petition") if rule.kind == "temporal" else ()
            for fact in facts:
                own = rule.kind == "temporal" and fact.counts == "begun"
                days = (fact.since, fact.effect_date or fact.act_date, fact.until)
                _mark(found, "act.first" if own else rule.on, (number(day) for day in days if day), fora)

    def ends(self, state: int, instrument: str) -> list[int]:
        """The days on which an instrument ceases to bind a State, and those after: the day itself may be covered."""
        code = self.words.states.values[state]
        if instrument not in self.registry.instruments or code not in self.registry.states:
            return []
        line = self.registry.timeline(code, instrument)
        fallen = [after for before, after in pairwise(line) if before.answer > after.answer]
        following = [next_day(after.first) for after in fallen if after.answer == Answer.NO]
        return [number(day) for day in (*(after.first for after in fallen), *following)]


#: By day variable: the days at which it is cut, each with the fora (bits) for which it is.
Cuts = dict[str, dict[int, int]]


def _mark(found: Cuts, name: str, days: Iterable[int], fora: int) -> None:
    held = found.setdefault(name, {})
    for day in days:
        held[day] = held.get(day, 0) | fora


def day_rule(
    rule: steps.DayRule, lines: Lines, kind: Array, state: Array, article: Array, territory: Array, day: Any
) -> Out:
    """The answers of a rule on days. `kind`: see `Lines.ids`; `day`: the column of a day variable by its name."""
    outs = []
    for name, ids in zip(*lines.ids(rule, kind, state, article, territory), strict=True):
        there = ids >= 0
        if there.any():
            out = lines.over(np.maximum(ids, 0), *day(name))
            if not there.all():
                out.level = np.where(there, out.level, FOR_GOOD).astype(np.int8)
            outs.append(out)
    return outs[0] if len(outs) == 1 else best(outs)
