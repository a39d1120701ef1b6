"""Step functions of the rules on days, side by side: which answer holds for which State on which day.

The functions themselves come from `assess.steps`, so both evaluators read the same ones; here they are tabulated.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.assess import steps
from ratione.assess.result import PASSED, say
from ratione.bulk.calendar import NEVER, number
from ratione.bulk.known import Known
from ratione.bulk.outcome import FOR_GOOD, UNKNOWN, Ends, Out, best, level_of, no_ends
from ratione.days import Interval, next_day, plus_days
from ratione.registry import Answer
from ratione.rules import FAILED, AtLeast, Begun, Between, Bound, Extended, Forum, Reserved, Say, walk

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


class Told:
    """What rules on days answer: level, cures, and the safe and the arguable end of an acceptance; each kind once."""

    def __init__(self) -> None:
        self._known = Known()
        self._columns = self._unpacked()

    @staticmethod
    def packed(level: Any, cures: Any, safe: Any, later: Any) -> Any:
        """An answer as one number."""
        return level | cures << 3 | safe << 11 | later << 11 + SHIFT

    def _unpacked(self) -> tuple[Array, Array, Array, Array]:
        values, mask = self._known.values, (1 << SHIFT) - 1
        days = (values >> 11 & mask).astype(np.int32), (values >> 11 + SHIFT).astype(np.int32)
        return (values & 7).astype(np.int8), (values >> 3 & 0xFF).astype(np.uint8), *days

    @cached_property
    def nothing(self) -> int:
        """The number of a failure for good, without more."""
        return int(self.codes(np.array([self.packed(FOR_GOOD, 0, NEVER, NEVER)]))[0])

    def codes(self, packed: Array) -> Array:
        """The number of each answer."""
        return self._known.number(packed).astype(np.int32)

    def of(self, out: Out) -> Array:
        """The number of the answer in each row."""
        never = np.int64(NEVER)
        safe, later = (never, never) if out.ends is None else (out.ends.last, out.ends.later)
        cures: Any = np.int64(0) if out.cures is None else out.cures.astype(np.int64)
        whole = out.level.astype(np.int64)
        return self.codes(self.packed(whole, cures, np.asarray(safe, np.int64), np.asarray(later, np.int64)))

    @property
    def columns(self) -> tuple[Array, Array, Array, Array]:
        """Level, cures, safe and arguable day of each answer."""
        if len(self._columns[0]) < len(self._known.values):
            self._columns = self._unpacked()
        return self._columns

    def out(self, codes: Array) -> Out:
        """The answers in some rows."""
        level, cures, safe, later = self.columns
        found = Out(level[codes])
        bits = cures[codes]
        if bits.any():
            found.cures = bits
        last = safe[codes]
        if (last != NEVER).any():
            found.ends = _capped(last, later[codes])
        return found


def _capped(last: Array, later: Array) -> Ends:
    """The ends of an acceptance as deadlines."""
    never = no_ends(len(last))
    return Ends(last, later, never.untold, never.advice, last, last)


@dataclass(slots=True)
class Ids:
    """The step functions of a rule: by day variable, State and kind of article; -1 where not looked up yet.

    `place`: for each article the place of its kind among `kinds`.
    """

    names: tuple[str, ...]
    kinds: Array
    place: Array
    table: Array


class Lines:
    """All step functions that were asked for, in one sorted column."""

    def __init__(self, registry: Registry, words: Words, cures: Cures) -> None:
        self.registry, self.words, self.cures, self.told = registry, words, cures, Told()
        self._known: dict[tuple[Any, ...], Lookup] = {}
        self._rules: dict[Any, int] = {}
        self._numbers: dict[int, int] = {}
        self._keys, self._levels = Growing(np.int64), Growing(np.int8)
        self._turns = Growing(np.int32)  # the entry at which the level is another
        self._goods = Growing(np.int32)  # how many entries before this one fail for good
        self._packed, self._codes = Growing(np.int64), np.zeros(0, np.int32)  # the answer of each entry
        self._count = self._good = 0
        self._ids: dict[int, Ids] = {}
        #: By instrument, or by instrument and kind of limit: for each State what its step functions follow from.
        self._signs: dict[Hashable, Array] = {}
        self._sign_numbers: dict[Hashable, int] = {}
        #: By what a rule makes of these: the step functions.
        self._effects: dict[Hashable, Array] = {}

    def _lookup(self, rule: steps.DayRule, state: int, article: int, territory: int) -> Lookup:
        """The day and the number of each step function of a rule. `article`: as far as the rule reads it."""
        key: tuple[Any, ...] = (self._number(rule), state, article, territory)
        found = self._known.get(key)
        if found is None:
            states = self.words.states.values
            text = self.words.articles.values[article]
            made = steps.of(rule, self.registry, states[state], text, states[territory] or "")
            found = self._known[key] = tuple((line.day, self._add(rule, line)) for line in made)
        return found

    def _number(self, rule: Any) -> int:
        """A number for equal rules; hashing one is dear."""
        found = self._numbers.get(id(rule))
        if found is None:
            found = self._numbers[id(rule)] = self._rules.setdefault(rule, len(self._rules))
        return found

    # ---- States that share step functions ------------------------------------------------------------------------
    def _shared(self, rule: Bound | Begun | Reserved, state: Array, article: int) -> Array:
        """The step function of a rule for each State, where other States can have the same; -1 where they cannot."""
        text = self.words.articles.values[article]
        instrument = steps.instrument_of(rule, text)
        signs = self._signs_of(rule, instrument, state)
        effect = self._effect(rule)
        held = self._effects.get(effect, _NO_LINES)
        if len(held) < len(self._sign_numbers):
            held = self._effects[effect] = np.append(held, np.full(len(self._sign_numbers) - len(held), -1, np.int32))
        missing = np.flatnonzero((held[signs] < 0) & (signs >= 0))
        for row in missing[np.unique(signs[missing], return_index=True)[1]].tolist():
            made = steps.of(rule, self.registry, self.words.states.values[state[row]], text, "")
            held[signs[row]] = self._add(rule, made[0])
        return np.where(signs >= 0, held[signs], -1)

    def _signs_of(self, rule: Bound | Begun | Reserved, instrument: str | None, state: Array) -> Array:
        """For each State a number for what the step functions follow from; -1: it is the only one."""
        kind = rule.kind if isinstance(rule, Reserved) else None
        key = instrument, kind
        held = self._signs.get(key, _NO_LINES)
        if len(held) < len(self.words.states):
            held = self._signs[key] = np.append(held, np.full(len(self.words.states) - len(held), -2, np.int32))
        found = held[state]
        if (found == -2).any():
            for one in np.unique(state[found == -2]).tolist():
                held[one] = self._sign(self.words.states.values[one], instrument, kind)
            found = held[state]
        return found

    def _sign(self, state: str, instrument: str | None, kind: str | None) -> int:
        sign: Hashable = instrument is None
        if instrument in self.registry.instruments:
            assert instrument is not None
            if kind is None:
                line = self.registry.timeline(state, instrument)
                sign = tuple((segment.first, segment.answer) for segment in line)
            else:
                kinds = (kind, "petition") if kind == "temporal" else (kind,)
                if any(self.registry.limits(state, instrument, one) for one in kinds):
                    return -1
                sign = "none"
        return self._sign_numbers.setdefault(sign, len(self._sign_numbers))

    def _effect(self, rule: Bound | Begun | Reserved) -> Hashable:
        """What a rule makes of the answers about a State, whatever the day or the instrument; equal for many rules."""
        otherwise = _effect_of(rule.otherwise)
        if isinstance(rule, Begun):
            return "begun", otherwise, rule.months, rule.days
        if isinstance(rule, Reserved):
            return "reserved", otherwise
        edge = tuple((shift, _effect_of(say)) for shift, say in rule.edge)
        contested = rule.contested and _effect_of(rule.contested)
        return "bound", otherwise, edge, contested, _is_capped(rule, rule.on)

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
        held = self._ids_of(rule, kind)
        names = held.names
        if territory.any():
            distinct, rows = np.unique(np.stack([state, kind[article], territory]), axis=1, return_inverse=True)
            found = np.array([self._by_name(rule, names, *map(int, key)) for key in distinct.T], np.int32)
            return names, found.reshape(-1, len(names)).T[:, rows.reshape(-1)]
        place = held.place[article]
        found = held.table[:, state, place]
        missing = np.flatnonzero(found[0] == -1)
        if len(missing):
            asked, size = np.zeros(held.table.shape[1:], bool), len(held.kinds)
            asked[state[missing], place[missing]] = True
            state_of, place_of = np.divmod(np.flatnonzero(asked), size)
            held.table[:, state_of, place_of] = self._find(rule, names, state_of, held.kinds[place_of])
            found = held.table[:, state, place]
        return names, found

    def _ids_of(self, rule: steps.DayRule, kind: Array) -> Ids:
        own, states = self._number(rule), len(self.words.states)
        held = self._ids.get(own)
        if held is None or len(held.place) != len(kind) or held.table.shape[1] != states:
            names, kinds = step_names(rule), np.unique(kind)
            table = np.full((len(names), states, len(kinds)), -1, np.int32)
            held = self._ids[own] = Ids(names, kinds, kinds.searchsorted(kind), table)
        return held

    def _find(self, rule: steps.DayRule, names: tuple[str, ...], state: Array, article: Array) -> Array:
        """The step functions of a rule for some States and articles, by day variable."""
        found = np.full((len(names), len(state)), -2, np.int32)
        rest = np.arange(len(state))
        if isinstance(rule, Bound | Begun | Reserved):
            for one in np.unique(article).tolist():
                rows = np.flatnonzero(article == one)
                found[0, rows] = self._shared(rule, state[rows], one)
            rest = np.flatnonzero(found[0] == -1)
        for row in rest.tolist():
            found[:, row] = self._by_name(rule, names, int(state[row]), int(article[row]), 0)
        return found

    def _by_name(self, rule: steps.DayRule, names: tuple[str, ...], state: int, article: int, territory: int) -> Any:
        held = dict(self._lookup(rule, state, article, territory))
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
        capped = _is_capped(rule, line.day)
        for level, result, day in zip(levels, line.results, line.firsts, strict=True):
            bits = self.cures.of(result.cures) if result.level == FAILED and result.cures else 0
            ends = steps.cap(line, Interval(day, day)) if capped else None
            safe, later = (number(ends[0]), number(ends[1])) if ends else (NEVER, NEVER)
            self._packed.extend([Told.packed(level, bits, safe, later)])
        return line_id

    @property
    def _answers(self) -> Array:
        """The number of the answer of each entry."""
        done = len(self._codes)
        if done < len(self._packed):
            self._codes = np.append(self._codes, self.told.codes(self._packed.array[done:]))
        return self._codes

    def on(self, line: Array, day: Array) -> Array:
        """The numbers of the answers of step functions on single days."""
        keys = self._keys.array
        return self._answers[keys.searchsorted((line.astype(np.int64) << SHIFT) + day, "right") - 1]

    def over(self, line: Array, first: Array, last: Array, only_ends: bool = False) -> Out:
        """The answers of step functions over intervals: the one that holds throughout, else unknown.

        `only_ends`: the days within do not count (a number of acceptances is looked up at both ends).
        """
        keys, levels, turns, goods = (c.array for c in (self._keys, self._levels, self._turns, self._goods))
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
        answers = self._answers
        _, cures, safe, later = self.told.columns
        bits = cures[answers[left]] | cures[answers[right]]
        if bits.any():
            found.cures = np.where(one, bits, 0).astype(np.uint8)
        last_day = np.where(one, safe[answers[left]], NEVER)
        if (last_day != NEVER).any():
            found.ends = _capped(last_day, np.where(one, later[answers[left]], NEVER))
        return found


_NO_LINES = np.zeros(0, np.int32)


def _effect_of(say: Say) -> tuple[int, str]:
    """The level of a stated outcome, and what would cure a failure."""
    return level_of(say), say.cure if say.level == FAILED else ""


def _is_capped(rule: object, day: str) -> bool:
    """Whether the end of the State's acceptance gives a last day."""
    return day == "filed" and isinstance(rule, Bound) and rule.of == "respondent"


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
        self._told: dict[str, frozenset[str]] = {}
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
                told = self.told_of(code)
                for (name, instrument, of), fora in self._looked_at[as_other].items():
                    if instrument not in told:
                        continue
                    held = days.get((instrument, of))
                    if held is None:
                        held = days[instrument, of] = self._changes(code, instrument, of)
                    if held:
                        _mark(found, name, held, fora)
                for rule, fora in self.rules.items():
                    if isinstance(rule, Reserved) and not as_other:
                        self._reserved(found, rule, code, fora)
        return found

    def told_of(self, state: str) -> frozenset[str]:
        """The instruments about which the registry says more of a State than that it was never bound."""
        found = self._told.get(state)
        if found is None:
            registry, looked_at = self.registry, set(self.instruments)
            for held in self._looked_at.values():
                looked_at |= {instrument for _, instrument, _ in held}
            found = self._told[state] = frozenset(
                instrument for instrument in looked_at
                if state in registry.states
                and (registry.facts_of(state, instrument) or len(registry.timeline(state, instrument)) > 1)
            )  # fmt: skip
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
                own = self._territories.get(state, ())
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
