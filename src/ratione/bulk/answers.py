"""What the rules of a forum on one day variable answer: stretches of time with the same answers share a code.

The States differ in when they joined, not in what follows from having joined. So a forum's rules on the pieces of acts
look at codes of answers, and there are few of these for all States together.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione.bulk.calendar import NEVER
from ratione.bulk.frames import DayRule
from ratione.bulk.intervals import Intervals
from ratione.bulk.known import Known, Table
from ratione.bulk.lines import SHIFT, step_names
from ratione.bulk.outcome import Ends, Out, best, no_ends
from ratione.rules import AtLeast, Between, Extended, walk

if TYPE_CHECKING:
    from ratione.bulk.tables import Placed, Tables

Array = Any
_ANSWER = np.dtype([("level", np.int8), ("cures", np.uint8), ("safe", np.int32), ("later", np.int32)])
#: Bits from which an interval as one number tells its last stretch, its territory, and the group of articles.
_LOW, _HIGH, _GROUP = 19, 38, 49
#: Bits from which an answer as one number tells its cures and its last days.
_CURES, _SAFE, _LATER = 4, 12, 12 + SHIFT


def _pack(low: Array, high: Array, whole: Array, territory: Array) -> Array:
    """An interval as one number."""
    packed = low.astype(np.int64) | high.astype(np.int64) << _LOW | territory.astype(np.int64) << _HIGH
    return packed << 1 | (whole & (low != high))


def _unpack(packed: Array) -> tuple[Array, Array, Array, Array]:
    whole = packed & 1 > 0
    packed = packed >> 1
    mask = (1 << _LOW) - 1
    return packed & mask, packed >> _LOW & mask, whole, packed >> _HIGH


class Answers:
    """Of one forum (or several) and one day variable: for each interval the code of its answers.

    A *vector* is what all rules answer, article by article as far as they tell articles apart; a code stands for the
    set of vectors of the pieces of an interval.
    """

    def __init__(self, tables: Tables, forum: int | tuple[int, ...], name: str, tests: tuple[Placed, ...]) -> None:
        self.tables, self.forum, self.name = tables, forum, name
        nodes = [n for p in tests for n in walk(p.test.rule) if isinstance(n, DayRule) and name in step_names(n)]
        self.rules: list[Any] = list(dict.fromkeys(nodes))
        self._of_others = [r for r in self.rules if getattr(r, "of", "respondent") not in ("respondent", "act.country")]
        self._kinds = [self._kinds_of(rule) for rule in self.rules]
        self._begins = [sum(map(len, self._kinds[:at])) for at in range(len(self.rules))]
        self._articles = len(tables.words.articles)
        self._sets: dict[tuple[int, ...], int] = {}
        self.pieces: list[tuple[int, ...]] = []
        #: The kinds of articles that matter to each group of articles, rule by rule.
        self.groups: list[tuple[Array, ...]] = []
        #: By group and stretch of the forum: the code of the answers, and how many stretches before it these begin.
        self._code, self._back = np.full((0, 0), -1, np.int16), np.zeros((0, 0), np.uint16)
        self._runs, self._wide = Known(), Table()
        self._in_turn: dict[tuple[int, tuple[int, ...]], int] = {}
        self._numbers: dict[tuple[tuple[int, ...], ...], int] = {}
        self._group_of: dict[frozenset[int], int] = {}
        self._vectors: dict[bytes, int] = {}
        #: By vector, slot by slot, the answer as its place in `_distinct`; few of them differ.
        self._answers = np.zeros((0, sum(map(len, self._kinds))), np.uint16)
        self._distinct, self._places = np.zeros(0, _ANSWER), Known()
        self._days = np.zeros((0, 2), np.int32)
        self._fresh: list[tuple[Array, Array]] = []

    def __len__(self) -> int:
        """How many intervals over several stretches are known."""
        return len(self._runs.values)

    def _kinds_of(self, rule: DayRule) -> Array:
        """The articles that a rule tells apart."""
        return np.zeros(1, np.int32) if isinstance(rule, AtLeast) else np.unique(self.tables.targets.kind(rule))

    @property
    def stale(self) -> bool:
        """Whether an article came in that a rule tells from all others."""
        if self._articles == len(self.tables.words.articles):
            return False
        self._articles = len(self.tables.words.articles)
        return any(len(self._kinds_of(rule)) != len(k) for rule, k in zip(self.rules, self._kinds, strict=True))

    def group(self, articles: Iterable[int]) -> int:
        """The number of some articles, as far as the rules tell them apart."""
        own = frozenset(articles)
        known = self._group_of.get(own)
        if known is None:
            known = self._group_of[own] = self._group(np.array(sorted(own), np.int64))
        return known

    def _group(self, some: Array) -> int:
        held = [
            np.zeros(1, np.int64) if len(kinds) == 1
            else np.unique(kinds.searchsorted(self.tables.targets.kind(rule)[some]))
            for rule, kinds in zip(self.rules, self._kinds, strict=True)
        ]  # fmt: skip
        key = tuple(tuple(kinds.tolist()) for kinds in held)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.groups)
            self.groups.append(tuple(held))
        return found

    # ---- codes ---------------------------------------------------------------------------------------------------
    def codes(self, days: Intervals, group: Array | None = None) -> Array:
        """The code of each interval for the articles of a group; None: of the first."""
        local, first, _ = self.tables.segments.local(self.name, self.forum)
        self._grow(len(first))
        low = local.take(days.column("low"), mode="wrap")
        if group is None or len(self.groups) == 1:
            group, begin = np.zeros(1, np.int64), np.zeros(1, np.int64)
        else:
            begin = group.astype(np.int64) * self._code.shape[1]
        found = self._code.reshape(-1).take(begin + low).astype(np.int32)
        if len(found) and found.min() < 0:
            missing = np.flatnonzero(found < 0)
            own = _at(group, missing)
            for n in np.unique(own).tolist():
                self._fill(low[missing[own == n]] if len(own) > 1 else low[missing], n)
            found = self._code.reshape(-1).take(begin + low).astype(np.int32)
        wide = np.flatnonzero(days.column("wide"))
        if len(wide):
            back, row = self._back.reshape(-1), _at(begin, wide)
            first_run, last_run = low.take(wide, mode="wrap"), local.take(days.column("high", wide), mode="wrap")
            first_run = first_run - back.take(row + first_run)
            last_run = last_run - back.take(row + last_run)
            apart = days.column("territory", wide)
            odd = np.flatnonzero((first_run != last_run) | (apart > 0))
            if len(odd):
                at = wide[odd]
                packed = _pack(first_run[odd], last_run[odd], days.column("whole", at), apart[odd])
                packed |= _at(group, at).astype(np.int64) << _GROUP
                found[at] = self._wide.take(self._runs.number(packed), self._find_wide)
        return found

    def _grow(self, stretches: int) -> None:
        """Make room for new groups and stretches."""
        rows, columns = self._code.shape
        if len(self.groups) > rows or stretches > columns:
            for name in ("_code", "_back"):
                held = getattr(self, name)
                grown = np.full((len(self.groups), stretches), -1 if name == "_code" else 0, held.dtype)
                grown[:rows, :columns] = held
                setattr(self, name, grown)

    def _find_wide(self, number: Array) -> Array:
        """The codes of intervals over more than one run of answers, or in a territory."""
        packed = self._runs.values[number]
        group = packed >> _GROUP
        low, high, whole, territory = _unpack(packed & ((1 << _GROUP) - 1))
        found = np.full(len(number), -1, np.int32)
        cut = (self.name == "act") & ~whole
        plain = territory == 0
        signs: list[tuple[int, tuple[int, ...]] | None] = [None] * len(number)
        for n in np.flatnonzero(plain).tolist():
            codes = [code for code, _ in groupby(self._code[group[n], low[n] : high[n] + 1].tolist())]
            if cut[n]:
                found[n] = self._set(tuple(sorted({self.pieces[code][0] for code in codes})))
            else:  # what holds throughout follows from what holds one after the other
                sign = signs[n] = int(group[n]), tuple(codes)
                found[n] = self._in_turn.get(sign, -1)
        inside = found >= 0
        for held in np.unique(group[~inside]).tolist():
            rest = np.flatnonzero(~inside & (group == held))
            count = np.where(cut[rest], high[rest] - low[rest] + 1, 1)
            owner = np.repeat(np.arange(len(rest)), count)
            piece = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
            first = low[rest][owner] + piece
            last = np.where(cut[rest][owner], first, high[rest][owner])
            vectors = self._work_out(first, last, territory[rest][owner], self.groups[held])
            end = 0
            for n, pieces in zip(rest.tolist(), count.tolist(), strict=True):
                begin, end = end, end + pieces
                found[n] = self._set(tuple(sorted(set(vectors[begin:end].tolist()))))
                if (new := signs[n]) is not None:
                    self._in_turn[new] = int(found[n])
        return found

    def _fill(self, stretches: Array, group: int) -> None:
        """Work out the answers in all stretches of the lists to which some belong."""
        _, _, lists_of = self.tables.segments.local(self.name, self.forum)
        lists = np.unique(lists_of[stretches])
        begin = lists_of.searchsorted(lists)
        count = lists_of.searchsorted(lists, "right") - begin
        every = np.repeat(begin - (np.cumsum(count) - count), count) + np.arange(count.sum())
        vector = self._work_out(every, every, np.zeros(len(every), np.int64), self.groups[group])
        turn = np.diff(vector, prepend=-1) != 0
        turn[np.cumsum(count) - count] = True
        codes = [self._set((v,)) for v in vector.tolist()]
        if len(self.pieces) > np.iinfo(self._code.dtype).max:
            self._code = self._code.astype(np.int32)
        place = np.arange(len(every))
        self._code[group, every] = codes
        self._back[group, every] = place - np.maximum.accumulate(np.where(turn, place, 0))

    def _set(self, vectors: tuple[int, ...]) -> int:
        found = self._sets.get(vectors)
        if found is None:
            found = self._sets[vectors] = len(self.pieces)
            self.pieces.append(vectors)
        return found

    # ---- vectors -------------------------------------------------------------------------------------------------
    def _work_out(self, low: Array, high: Array, territory: Array, group: tuple[Array, ...]) -> Array:
        """The vector of each interval between stretches of the forum."""
        _, first, lists_of = self.tables.segments.local(self.name, self.forum)
        lists = lists_of[low]
        days, n, begin = (first[low], first[high]), len(low), 0
        slots = [begin + own for begin, own in zip(self._begins, group, strict=True)]
        found = np.zeros((n, sum(map(len, slots))), _ANSWER)
        for rule, kinds, own in zip(self.rules, self._kinds, group, strict=True):
            out = self._over(rule, kinds[own], lists, territory, days)
            columns = found[:, begin : begin + len(own)]
            columns["level"] = out.level.reshape(n, -1)
            if out.cures is not None:
                columns["cures"] = out.cures.reshape(n, -1)
            columns["safe"] = NEVER if out.ends is None else out.ends.last.reshape(n, -1)
            columns["later"] = NEVER if out.ends is None else out.ends.later.reshape(n, -1)
            begin += len(own)
        return self._intern(found, np.concatenate(slots), self._elsewhere(lists, territory, days, group), days)

    def _intern(self, answers: Array, slots: Array, elsewhere: list[bytes], days: tuple[Array, Array]) -> Array:
        """The number of each row of answers; new ones are kept."""
        width, raw, head = answers.shape[1] * _ANSWER.itemsize, answers.tobytes(), slots.astype(np.int32).tobytes()
        found, fresh = np.empty(len(answers), np.int32), []
        for row, beside in enumerate(elsewhere):
            sign = head + raw[row * width : (row + 1) * width] + beside
            vector = self._vectors.get(sign)
            if vector is None:
                vector = self._vectors[sign] = len(self._vectors)
                fresh.append(row)
            found[row] = vector
        if fresh:
            whole = np.zeros((len(fresh), self._answers.shape[1]), np.int32)
            whole[:, slots] = self._place(answers[fresh])
            if len(self._distinct) <= 1 << 16:
                whole = whole.astype(np.uint16)
            self._fresh.append((whole, np.stack(days, axis=1)[fresh].astype(np.int32)))
        return found

    def _place(self, answers: Array) -> Array:
        """The place of each answer among those that differ."""
        packed = answers["level"].astype(np.int64) | answers["cures"].astype(np.int64) << _CURES
        packed |= answers["safe"].astype(np.int64) << _SAFE | answers["later"].astype(np.int64) << _LATER
        place = self._places.number(packed.reshape(-1))
        new = self._places.values[len(self._distinct) :]
        if len(new):
            more = np.empty(len(new), _ANSWER)
            more["level"], more["cures"] = new & (1 << _CURES) - 1, new >> _CURES & 0xFF
            more["safe"], more["later"] = new >> _SAFE & (1 << SHIFT) - 1, new >> _LATER
            self._distinct = np.concatenate([self._distinct, more])
        return place.reshape(answers.shape)

    def _settle(self) -> None:
        if self._fresh:
            self._answers = np.concatenate([self._answers, *(answers for answers, _ in self._fresh)])
            self._days = np.concatenate([self._days, *(days for _, days in self._fresh)])
            self._fresh = []

    def span(self, vector: Array) -> tuple[Array, Array]:
        """The first days of stretches that have these answers."""
        self._settle()
        return self._days[vector, 0], self._days[vector, 1]

    def _elsewhere(
        self, lists: Array, territory: Array, days: tuple[Array, Array], group: tuple[Array, ...]
    ) -> list[bytes]:
        """For intervals in lists that hold the cuts of several States: what is answered of these."""
        found = [b""] * len(lists)
        others = self.tables.segments.others_of(lists) if self._of_others else []
        for state in sorted({s for some in others for s in some}):
            at = np.array([n for n, some in enumerate(others) if state in some])
            for rule in self._of_others:
                index = self.rules.index(rule)
                own = self._kinds[index][group[index]]
                out = self._over(rule, own, lists[at], territory[at], (days[0][at], days[1][at]), state)
                level = out.level.reshape(len(at), -1)
                cures = np.zeros_like(level, np.uint8) if out.cures is None else out.cures.reshape(len(at), -1)
                for n, row in enumerate(at.tolist()):
                    found[row] += b"%d:" % state + level[n].tobytes() + cures[n].tobytes()
        return found

    def _over(
        self,
        rule: Any,
        kinds: Array,
        lists: Array,
        territory: Array,
        days: tuple[Array, Array],
        state: int | None = None,
    ) -> Out:
        """The answers of a rule in each interval, for some articles; of the State that the rule asks about, or one."""
        lines, n, k = self.tables.lines, len(lists), len(kinds)
        if isinstance(rule, AtLeast):
            return lines.over(np.full(n, lines.at_least(rule), np.int64), days[0], days[1], only_ends=True)
        of_place = getattr(rule, "of", "respondent") == "act.country"
        segments = self.tables.segments
        whose = np.full(n, state) if state else (segments.places if of_place else segments.states).array[lists]
        whose = np.zeros(n, np.int64) if isinstance(rule, Between) else whose
        territory = territory if isinstance(rule, Extended) else np.zeros(n, np.int64)
        names, ids = lines.ids(
            rule, self.tables.targets.kind(rule), np.repeat(whose, k), np.tile(kinds, n), np.repeat(territory, k)
        )
        line = ids[names.index(self.name)]
        out = lines.over(np.maximum(line, 0), np.repeat(days[0], k), np.repeat(days[1], k))
        out.level = np.where(line >= 0, out.level, 0).astype(np.int8)
        return out

    def of(self, rule: DayRule, vector: Array, article: Array) -> Out:
        """The answers of a rule, row by row."""
        at = self.rules.index(rule)
        slot: Any = self._begins[at]
        if len(self._kinds[at]) > 1:
            slot = slot + self._kinds[at].searchsorted(self.tables.targets.kind(rule)[article])
        self._settle()
        answers = self._distinct[self._answers[vector, slot]]
        found = Out(answers["level"])
        if answers["cures"].any():
            found.cures = answers["cures"]
        if (answers["safe"] != NEVER).any():
            never = no_ends(len(answers))
            last = answers["safe"]
            found.ends = Ends(last, answers["later"], never.untold, never.advice, last, last)
        return found


def _at(column: Array, rows: Array) -> Array:
    """A column at some rows; one of a single value is the same everywhere."""
    return column if len(column) == 1 else column.take(rows, mode="wrap")


def answer(rule: DayRule, answers: dict[str, Answers], vectors: dict[str, Array], article: Array) -> Out:
    """The answers of a rule on all of its day variables: the best of them."""
    return best([answers[name].of(rule, vectors[name], article) for name in step_names(rule)])
