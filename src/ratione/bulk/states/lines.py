"""Step functions of the rules on days, side by side: which answer holds for which State on which day.

The functions themselves come from `assess.steps`, so both evaluators read the same ones; here they are tabulated.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.assess import steps
from ratione.assess.result import PASSED, say
from ratione.bulk.arrays.calendar import NEVER, number
from ratione.bulk.arrays.growing import Growing
from ratione.bulk.arrays.outcome import FOR_GOOD, UNKNOWN, Out, best, level_of
from ratione.bulk.facts.words import Words
from ratione.bulk.states.cutter import acceptance_days
from ratione.bulk.states.told import SHIFT, Told, capped
from ratione.days import Interval
from ratione.rules import FAILED, AtLeast, Begun, Between, Bound, Reserved, Say

if TYPE_CHECKING:
    from ratione.registry import Registry

Array = Any
Lookup = tuple[tuple[str, int], ...]


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
            firsts = acceptance_days(self.registry, rule.instrument)
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
            safe, later = (number(ends.safe), number(ends.arguable)) if ends else (NEVER, NEVER)
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
            found.ends = capped(last_day, np.where(one, later[answers[left]], NEVER))
        return found


_NO_LINES = np.zeros(0, np.int32)


def _effect_of(say: Say) -> tuple[int, str]:
    """The level of a stated outcome, and what would cure a failure."""
    return level_of(say), say.cure if say.level == FAILED else ""


def _is_capped(rule: object, day: str) -> bool:
    """Whether the end of the State's acceptance gives a last day."""
    return day == "filed" and isinstance(rule, Bound) and rule.of == "respondent"


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
                out = _only(out, there)
            outs.append(out)
    return outs[0] if len(outs) == 1 else best(outs)


def _only(out: Out, there: Array) -> Out:
    """The answers where there is a step function; elsewhere a failure for good, without more."""
    found = Out(np.where(there, out.level, FOR_GOOD).astype(np.int8))
    if out.cures is not None:
        found.cures = np.where(there, out.cures, 0).astype(np.uint8)
    if out.ends is not None:
        found.ends = capped(*(np.where(there, days, NEVER) for days in (out.ends.last, out.ends.later)))
    return found
