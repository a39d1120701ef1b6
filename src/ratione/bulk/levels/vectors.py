"""What the rules of a forum on one day variable answer throughout a stretch, each row of answers as one number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.growing import Rows
from ratione.bulk.arrays.known import encode, number_once
from ratione.bulk.arrays.outcome import FOR_GOOD, FOR_NOW, UNKNOWN, Out, best
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.frame import DayRule
from ratione.bulk.rules.placed import Placed
from ratione.bulk.states.lines import step_names
from ratione.rules import AtLeast, Between, Extended, walk

Array = Any
STRETCH = 19  # bits that hold a stretch


def rules_on(tests: tuple[Placed, ...], names: Iterable[str]) -> dict[str, list[Any]]:
    """By day the rules on it, each once."""
    nodes = dict.fromkeys(node for p in tests for node in walk(p.test.rule) if isinstance(node, DayRule))
    return {name: [node for node in nodes if name in step_names(node)] for name in names}


class Slots:
    """The kinds of articles that a rule tells apart, for each group of articles: where they are among the answers."""

    def __init__(self, kinds: Array) -> None:
        self.kinds = kinds
        self._count, self._begin, self._first = list[int](), list[int](), list[int]()
        self._own: list[Array] = []

    def add(self, own: Array, first: int) -> None:
        """Another group: the places of its kinds, and how many answers of other rules come before."""
        self._begin.append(sum(self._count))
        self._count.append(len(own))
        self._own.append(own)
        self._first.append(first)

    def spread(self, group: Array) -> tuple[Array, Array, Array]:
        """For some rows of a group each: the row of each answer, its kind of article, and its place in the row."""
        first = np.array(self._first)[group]
        if len(self.kinds) == 1:
            return np.arange(len(group)), np.broadcast_to(self.kinds, len(group)), first
        count = np.array(self._count)[group]
        row = np.repeat(np.arange(len(group)), count)
        within = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        own = np.concatenate(self._own)[np.array(self._begin)[group][row] + within]
        return row, self.kinds[own], first[row] + within


class Vectors:
    """Of one forum (or several) and one day variable: what all rules answer, as far as they tell articles apart.

    Such a row of answers is a *vector*.
    """

    def __init__(self, tables: Compiled, forum: int | tuple[int, ...], name: str, rules: list[Any]) -> None:
        """`rules`: those on this day (`rules_on`)."""
        self.tables, self.forum, self.name, self.rules = tables, forum, name, rules
        self._places: dict[int, int] = {}
        self.of_others = [r for r in self.rules if getattr(r, "of", "respondent") not in ("respondent", "act.country")]
        self._slots = [Slots(self._kinds_of(rule)) for rule in self.rules]
        sizes = [len(slots.kinds) for slots in self._slots]
        self._begins, self._width = [sum(sizes[:at]) for at in range(len(sizes))], sum(sizes)
        self._articles = len(tables.words.articles)
        #: For each group of articles the answers that matter to it, of all kinds of articles of all rules.
        self.groups: list[Array] = []
        self._only_ends = np.repeat([isinstance(rule, AtLeast) for rule in self.rules], sizes)
        self._numbers: dict[tuple[tuple[int, ...], ...], int] = {}
        self._group_of: dict[frozenset[int], int] = {}
        self._vectors: dict[bytes, int] = {}
        self._beside: dict[bytes, int] = {b"": 0}
        self._answers = Rows(self._width)
        self._days = Rows(2)

    def __len__(self) -> int:
        """How many vectors are known."""
        return len(self._vectors)

    # ---- groups of articles --------------------------------------------------------------------------------------
    def _kinds_of(self, rule: DayRule) -> Array:
        """The articles that a rule tells apart."""
        return np.zeros(1, np.int32) if isinstance(rule, AtLeast) else self.tables.targets.kinds(rule)

    @property
    def stale(self) -> bool:
        """Whether an article came in that a rule tells from all others."""
        if self._articles == len(self.tables.words.articles):
            return False
        self._articles = len(self.tables.words.articles)
        return any(
            len(self._kinds_of(rule)) != len(slots.kinds) for rule, slots in zip(self.rules, self._slots, strict=True)
        )

    def group(self, articles: Iterable[int]) -> int:
        """The number of some articles, as far as the rules tell them apart."""
        own = frozenset(articles)
        known = self._group_of.get(own)
        if known is None:
            known = self._group_of[own] = self._group(np.array(sorted(own), np.int64))
        return known

    def _group(self, some: Array) -> int:
        held = [
            np.zeros(1, np.int64) if len(slots.kinds) == 1
            else np.unique(slots.kinds.searchsorted(self.tables.targets.kind(rule)[some]))
            for rule, slots in zip(self.rules, self._slots, strict=True)
        ]  # fmt: skip
        key = tuple(tuple(kinds.tolist()) for kinds in held)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.groups)
            first = 0
            for slots, own in zip(self._slots, held, strict=True):
                slots.add(own, first)
                first += len(own)
            begins = zip(self._begins, held, strict=True)
            self.groups.append(np.concatenate([np.zeros(0, np.int64), *(begin + own for begin, own in begins)]))
        return found

    # ---- working out ---------------------------------------------------------------------------------------------
    def work_out(self, low: Array, high: Array, territory: Array, group: Array) -> Array:
        """The vector of each interval between stretches of the forum, for a group of articles each."""
        _, first, lists_of = self.tables.segments.local(self.name, self.forum)
        lists, days = lists_of[low], (first[low], first[high])
        found = np.full((len(low), 2 + max(len(own) for own in self.groups)), -1, np.int32)
        found[:, 0] = group
        found[:, 1] = self._elsewhere(lists, territory, days, group)
        once = None if territory.any() else _apart(low, high)
        for rule, slots in zip(self.rules, self._slots, strict=True):
            row, kinds, place = slots.spread(group)
            if once is not None and len(slots.kinds) == 1:  # the same for every group
                at, again = once
                told = self._told(rule, kinds[at], lists[at], territory[at], (days[0][at], days[1][at]))[again]
            else:
                told = self._told(rule, kinds, lists[row], territory[row], (days[0][row], days[1][row]))
            found[row, 2 + place] = told
        return self._intern(found, days)

    def throughout(self, vectors: list[tuple[int, ...]], low: Array, high: Array, group: Array) -> Array:
        """The vectors of intervals throughout which several hold one after the other, as `Lines.over` joins answers."""
        told, size = self.tables.lines.told, np.array([len(some) for some in vectors])
        start = np.cumsum(size) - size
        every = np.concatenate([np.array(some, np.int64) for some in vectors])
        slots, there = self._padded()
        rows = self._answers.rows[every[:, None], slots[np.repeat(group, size)]]
        begin, end = rows[start], rows[start + size - 1]
        levels, cures, safe, later = told.columns
        level, plain = levels[begin], np.maximum(levels[rows], 1)
        only_ends = self._only_ends[slots[group]]
        one = np.where(only_ends, plain[start] == plain[start + size - 1],
                       np.minimum.reduceat(plain, start) == np.maximum.reduceat(plain, start))  # fmt: skip
        good = (np.minimum.reduceat(levels[rows], start) == FOR_GOOD) & (level <= FOR_NOW) & ~only_ends
        packed = told.packed(
            np.where(one, np.where(good, FOR_GOOD, level), UNKNOWN).astype(np.int64),
            np.where(one, cures[begin] | cures[end], 0).astype(np.int64),
            np.where(one, safe[begin], NEVER).astype(np.int64), np.where(one, later[begin], NEVER).astype(np.int64),
        )  # fmt: skip
        found = np.full((len(vectors), 2 + slots.shape[1]), -1, np.int32)
        found[:, 0], found[:, 1] = group, 0
        found[:, 2:] = np.where(there[group], told.codes(packed.reshape(-1)).reshape(packed.shape), -1)
        _, first, _ = self.tables.segments.local(self.name, self.forum)
        return self._intern(found, (first[low], first[high]))

    def _padded(self) -> tuple[Array, Array]:
        """By group and place the answers that matter, and where there are so many."""
        count = np.array([len(own) for own in self.groups])
        there = np.arange(count.max()) < count[:, None]
        slots = np.zeros(there.shape, np.int64)
        slots[there] = np.concatenate(self.groups)
        return slots, there

    def _intern(self, rows: Array, days: tuple[Array, Array]) -> Array:
        """The number of each row of answers; new ones are kept."""
        kinds, place = encode(rows)
        numbers, new = np.empty(len(kinds), np.int32), list[int]()
        for n, row in enumerate(kinds):
            sign = row[: 2 + len(self.groups[row[0]])].tobytes()  # wider rows of later groups change nothing
            numbers[n] = self._vectors.setdefault(sign, len(self._vectors))
            if numbers[n] == self._answers.count + len(new):
                new.append(n)
        if new:
            whole = np.zeros((len(new), self._width), np.int32)
            for at, n in enumerate(new):
                slots = self.groups[kinds[n, 0]]
                whole[at, slots] = kinds[n, 2 : 2 + len(slots)]
            self._answers.add(whole)
            row = np.empty(len(kinds), np.int64)
            row[place] = np.arange(len(place))
            self._days.add(np.stack(days, axis=1)[row[new]])
        return numbers[place]

    def span(self, vector: Array) -> tuple[Array, Array]:
        """The first days of stretches that have these answers."""
        days = self._days.rows
        return days[vector, 0], days[vector, 1]

    # ---- answers -------------------------------------------------------------------------------------------------
    def _elsewhere(self, lists: Array, territory: Array, days: tuple[Array, Array], group: Array) -> Any:
        """For intervals in lists that hold the cuts of several States: a number for what is answered of these."""
        others = self.tables.segments.others_of(lists) if self.of_others else []
        if not any(others):
            return 0
        found = [b""] * len(lists)
        for state in sorted({s for some in others for s in some}):
            at = np.array([n for n, some in enumerate(others) if state in some])
            for rule in self.of_others:
                row, kinds, _ = self._slots[self._at(rule)].spread(group[at])
                own = at[row]
                told = self._told(rule, kinds, lists[own], territory[own], (days[0][own], days[1][own]), state)
                for n, answer in zip(own.tolist(), told.tolist(), strict=True):
                    found[n] += b"%d:%d;" % (state, answer)
        return [self._beside.setdefault(sign, len(self._beside)) for sign in found]

    def _told(
        self,
        rule: Any,
        kinds: Array,
        lists: Array,
        territory: Array,
        days: tuple[Array, Array],
        state: int | None = None,
    ) -> Array:
        """The answer of a rule in each interval, for an article each; of the State that the rule asks about, or one."""
        lines, n = self.tables.lines, len(lists)
        if isinstance(rule, AtLeast):
            line = np.full(n, lines.at_least(rule), np.int64)
            return lines.told.of(lines.over(line, days[0], days[1], only_ends=True))
        of_place = getattr(rule, "of", "respondent") == "act.country"
        segments = self.tables.segments
        whose = np.full(n, state) if state else (segments.places if of_place else segments.states).array[lists]
        whose = np.zeros(n, np.int64) if isinstance(rule, Between) else whose
        territory = territory if isinstance(rule, Extended) else np.zeros(n, np.int64)
        names, ids = lines.ids(rule, self.tables.targets.kind(rule), whose, kinds, territory)
        line = ids[names.index(self.name)]
        if (days[0] == days[1]).all():
            told = lines.on(np.maximum(line, 0), days[0])
        else:
            told = lines.told.of(lines.over(np.maximum(line, 0), *days))
        absent = line < 0
        return np.where(absent, lines.told.nothing, told) if absent.any() else told

    def told(self, rule: DayRule, vector: Array, article: Array) -> Array:
        """The numbers of the answers of a rule, row by row."""
        at = self._at(rule)
        slot, kinds = self._begins[at], self._slots[at].kinds
        if len(kinds) > 1:
            slot = slot + kinds.searchsorted(self.tables.targets.kind(rule)[article])
        return self._answers.rows[vector, slot]

    def of(self, rule: DayRule, vector: Array, article: Array) -> Out:
        """The answers of a rule, row by row."""
        return self.tables.lines.told.out(self.told(rule, vector, article))

    def _at(self, rule: DayRule) -> int:
        """The place of a rule among these; comparing two is dear."""
        found = self._places.get(id(rule))
        if found is None:
            found = self._places[id(rule)] = self.rules.index(rule)
        return found


def _apart(low: Array, high: Array) -> tuple[Array, Array]:
    """Of intervals between stretches the rows with each of them once, and for each row its place among these."""
    intervals, place = number_once(low.astype(np.int64) << STRETCH | high)
    row = np.empty(len(intervals), np.int64)
    row[place] = np.arange(len(place))
    return row, place


def answer(rule: DayRule, answers: dict[str, Vectors], vectors: dict[str, Array], article: Array) -> Out:
    """The answers of a rule on all of its day variables: the best of them."""
    return best([answers[name].of(rule, vectors[name], article) for name in step_names(rule)])
