"""Tests on the pieces of acts and on articles, forum by forum, worked out once for each kind of row.

A forum sees little of an act: what its rules answer on the days of each piece (`answers.py`), and a few facts. Rows
that agree in that, and in the articles, have the same cells, so their levels are kept for all batches to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ratione.bulk.answers import Answers, answer, rules_on
from ratione.bulk.calendar import NEVER
from ratione.bulk.caps import caps_of, joined_caps
from ratione.bulk.frames import DAYS, DayRule, Frame, Grain, Span
from ratione.bulk.intervals import Intervals
from ratione.bulk.known import Keys
from ratione.bulk.offsets import any_bits
from ratione.bulk.outcome import FOR_GOOD, FOR_NOW, JUDGMENT, MET, UNKNOWN, Out, timed_only, worst
from ratione.bulk.profiles import BESIDE, NEAR, OWN
from ratione.bulk.remembered import Remembered
from ratione.bulk.rows import PRESUMED
from ratione.bulk.targets import BY_TARGET
from ratione.bulk.units import Members, Units
from ratione.bulk.words import Classes
from ratione.rules import Begun, Bound, Extended, Fact, Rule, walk

if TYPE_CHECKING:
    from ratione.bulk.tables import Placed, Tables

Array = Any
_KEEP = 250_000  # rows that are kept for a forum before it begins anew
_AT_ONCE = 4_096  # rows that are worked out at once


class Answering(Protocol):
    """Something with answers of the rules on days."""

    tables: Tables
    forum: int
    answers: dict[str, Answers]


class Cells(Frame):
    """Single cells: pieces of acts with one article each. `vectors`: of each day, what the rules on it answer."""

    def __init__(
        self, joint: Answering, n: int, codes: dict[str, Array], vectors: dict[str, Array], placed: Array | None
    ) -> None:
        super().__init__()
        self._joint, self.tables, self.forum, self.n = joint, joint.tables, joint.forum, n
        self._answers, self._codes, self._vectors, self.placed = joint.answers, codes, vectors, placed

    def some(self, rows: Array) -> Cells:
        """Some of them."""
        codes = {name: column[rows] for name, column in self._codes.items()}
        vectors = {name: column[rows] for name, column in self._vectors.items()}
        return Cells(self._joint, len(rows), codes, vectors, None if self.placed is None else self.placed[rows])

    def code(self, name: str) -> Array:
        """A fact, as a code; of a fact of which only a class is known, one of the class."""
        return self._codes[name]

    def _key(self, rule: Rule) -> tuple[int, int]:
        """Nothing here hangs on the forum."""
        return id(rule), -1

    def vector(self, name: str) -> Array:
        """Of a day what the rules on it answer, as a number."""
        return self._vectors[name]

    def told(self, name: str, rule: DayRule) -> Array:
        """What a rule answers on a day, as a number."""
        return self._answers[name].told(rule, self._vectors[name], self._codes["article"])

    def span(self, name: str) -> Span:
        """A day, as the first days of stretches with these answers."""
        return self._answers[name].span(self._vectors[name])

    def answered(self, rule: DayRule) -> Out | None:
        """The answers of a rule on days, where they follow from what the respondent is bound by."""
        of = getattr(rule, "of", "respondent")
        if of not in ("respondent", "act.country"):
            return None
        return answer(rule, self._answers, self._vectors, self._codes["article"])


@dataclass(slots=True)
class Found:
    """What the cells of some rows come to.

    `level` of the best cell, `own` without neighbouring articles, `timed` where at most a deadline closes some cell,
    `excuse`: presumptions (bits) without one of which every cell fails, `cures` of the curable cells, `caps` for the
    ends of acceptances, `odd` where these differ too much from cell to cell, and, of single tests over pieces and
    rights, the `best` and `least` level, and the best without neighbours (`bare`).
    """

    level: Array
    own: Array
    timed: Array
    excuse: Array
    cures: Array
    caps: Array
    odd: Array
    best: Array
    least: Array
    bare: Array

    def take(self, rows: Array) -> Found:
        """The same at other rows."""
        columns = (getattr(self, name) for name in _COLUMNS)
        return Found(*(column.take(rows, axis=0, mode="wrap") if len(column) else column for column in columns))

    def also(self, rows: Array, start: Array, owner: Array, more: Found) -> None:
        """Take in more cells of some rows; those of each row begin at `start`; `owner`: the row of each cell."""
        for name in _HIGHEST:
            if getattr(self, name).size:
                np.maximum.at(getattr(self, name), owner, getattr(more, name))
        if self.least.size:
            np.minimum.at(self.least, owner, more.least)
        for name in ("excuse", "cures"):
            bits = getattr(more, name)
            if bits.any():
                getattr(self, name)[rows] |= any_bits(bits, start)
        if len(self.caps) and (more.caps != NEVER).any():
            caps, odd = joined_caps(self.caps[rows], more.caps, start)
            self.caps[rows], self.odd[rows] = caps, self.odd[rows] | odd


_COLUMNS = tuple(Found.__dataclass_fields__)
_HIGHEST = ("level", "own", "timed", "odd", "best", "bare")


class Joint:
    """The tests of one forum that look at pieces or articles, and what is known of each kind of row so far."""

    def __init__(self, tables: Tables, forum: int, tests: tuple[Placed, ...]) -> None:
        self.tables, self.forum, self.tests = tables, forum, tests
        self.received = tables.fora[forum].received
        #: Whether deadlines can hang on a cell.
        self.bounded = any(isinstance(n, Bound) and n.on == "filed" for p in tests for n in walk(p.test.rule))
        names = frozenset[str]().union(*(p.names for p in tests))
        self._days = sorted(n for n in names & DAYS if tables.segments.cut(n))
        nodes = [node for p in tests for node in walk(p.test.rule)]
        self._rules = rules_on(tests, self._days)
        self._remembered = [Remembered(tables, placed) for placed in tests]
        self._by_territory = frozenset(node.on for node in nodes if isinstance(node, Extended))
        others = {node.of for node in nodes if isinstance(node, Bound | Begun)} - {"respondent"}
        self._by_place = "act.country" in others
        said = {name: [n for n in nodes if isinstance(n, Fact) and n.name == name] for name in names - DAYS - BY_TARGET}
        self._facts = {name: Classes(tables, rules) for name, rules in sorted(said.items()) if rules}
        #: Facts that are no words of a rule, and so are looked at as they are.
        self._plain = sorted(others - {"act.country"} | names & {"procedures"})
        self.with_tests = False
        self._members = Members()
        self._fresh()

    def also_tests(self) -> None:
        """From now on keep the levels of single tests as well."""
        if not self.with_tests:
            self.with_tests = True
            self._fresh()

    def _fresh(self) -> None:
        self.answers = {name: Answers(self.tables, self.forum, name, rules) for name, rules in self._rules.items()}
        for known in self._remembered:
            known.forget()
        self._units: Units | None = None
        self._keys = Keys()
        self._reset()

    def _reset(self) -> None:
        n = len(self.tests) if self.with_tests else 0
        self._found = _nothing(0, n, self.bounded)

    def find(self, grain: Grain, at: Array) -> Found:
        """What the cells of some rows of spans come to."""
        if any(held.stale for held in self.answers.values()):
            self._fresh()
        units = self._units_now()
        facts, days = self._columns(grain, at)
        sets = grain.columns.sets[grain.slot.take(at, mode="wrap"), self.forum]
        keys = [self._keys_of(units.first.take(sets, mode="wrap"), facts, days)]
        more = units.several.take(sets, mode="wrap")
        if not more.any():
            return self._of_keys(keys)[0]
        rows = np.flatnonzero(more != 0)
        count = more[rows].astype(np.int64)
        start = np.cumsum(count) - count
        owner = np.repeat(rows, count)
        unit = units.first[sets[owner]] + 1 + np.arange(len(owner)) - np.repeat(start, count)
        own_days = {name: held.take(owner) for name, held in days.items()}
        own_facts = [column.take(owner, mode="wrap") for column in facts]
        found, rest = self._of_keys([*keys, self._keys_of(unit, own_facts, own_days)])
        found.also(rows, start, owner, rest)
        return found

    def _columns(self, grain: Grain, at: Array) -> tuple[list[Array], dict[str, Intervals]]:
        """The facts of some rows, as far as the rules tell them apart, and their days."""
        def told(name: str) -> Array:
            return grain.code(name, self.forum).take(at, mode="wrap")

        facts = [grain.rows.span_sure.take(grain.span_row.take(at, mode="wrap"), mode="wrap")]
        facts += [held.of(told(name)) for name, held in self._facts.items()]
        facts += [told(name) for name in self._plain]
        if self._by_place:
            facts.append(told("act.country") > 0)
        days = {
            name: grain.intervals(name, self.forum, self.received, name in self._by_territory, at)
            for name in self.answers
        }
        return facts, days

    def _keys_of(self, unit: Array, facts: list[Array], days: dict[str, Intervals]) -> list[Array]:
        """What tells rows apart, for one part of the articles of each."""
        units = self._units_now()
        codes = [
            held.codes(days[name], units.groups[name].take(unit, mode="wrap")) for name, held in self.answers.items()
        ]
        return [units.kind.take(unit, mode="wrap"), *codes, *facts]

    def _of_keys(self, keys: list[list[Array]]) -> list[Found]:
        """What the cells of some rows come to; what is new is worked out together."""
        if len(self._keys) > _KEEP:
            self._keys = Keys()
        if any([self._keys.fresh(columns) for columns in keys]):
            self._reset()
        numbers = [self._keys.number(columns, len(columns[0])) for columns in keys]
        known = len(self._found.level)
        if len(self._keys) > known:
            self._work_out(known)
        return [self._found.take(number) for number in numbers]

    # ---- working out ---------------------------------------------------------------------------------------------
    def _work_out(self, known: int) -> None:
        columns = self._keys.columns(known)
        parts = [self._found]
        for first in range(0, len(columns[0]), _AT_ONCE):
            some = [column[first : first + _AT_ONCE] for column in columns]
            parts.append(self._evaluate(some, len(some[0])))
        self._found = Found(*(np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS))

    def _evaluate(self, columns: list[Array], n: int) -> Found:
        """What each new kind of row comes to, from all of its cells."""
        units, members = self._units_now(), self._members_now()
        kind = columns[0]
        days = dict(zip(self.answers, columns[1 : 1 + len(self.answers)], strict=True))
        facts = columns[1 + len(self.answers) :]
        row, vectors = np.arange(n), {name: held.first_of(days[name]) for name, held in self.answers.items()}
        if "act" in days:
            lists = [self.answers["act"].pieces[code] for code in days["act"].tolist()]
            row = np.repeat(row, [len(some) for some in lists])
            vectors = {name: values[row] for name, values in vectors.items()}
            vectors["act"] = np.array([vector for some in lists for vector in some], np.int64)
        size = units.count[kind[row]]
        piece = np.repeat(np.arange(len(row)), size)
        place = units.start[kind[row]][piece] + np.arange(len(piece)) - np.repeat(np.cumsum(size) - size, size)
        member, row = units.member[place], row[piece]
        held = dict(
            zip(["sure", *self._facts, *(f"{name} plain" for name in self._plain), "placed"], facts, strict=False)
        )
        kinds = {name: held[name][row] for name in self._facts}
        kinds |= {name: held[f"{name} plain"][row] for name in self._plain}
        codes = kinds | {name: known.words[kinds[name]] for name, known in self._facts.items()}
        base, instrument = self.tables.profiles.columns.base, self.tables.profiles.columns.instrument
        article = members.article[member]
        codes |= {"right": members.right[member], "article": article, "article.base": base[article],
                  "article.instrument": instrument[article]}  # fmt: skip
        placed = held["placed"][row] > 0 if self._by_place else None
        frame = Cells(self, len(row), codes, {name: values[piece] for name, values in vectors.items()}, placed)
        outs = [known.of(frame, kinds, member, members) for known in self._remembered]
        return self._fold(outs, row, piece, member, members, held["sure"][row] > 0, n)

    def _units_now(self) -> Units:
        members = self._members_now()
        if self._units is None:
            self._units = Units(self.answers, self.with_tests)
        self._units.grow(members)
        return self._units

    def _members_now(self) -> Members:
        self._members.grow(self.tables.profiles.sets[self.forum].values)
        return self._members

    def _fold(
        self, outs: list[Out], row: Array, piece: Array, member: Array, members: Members, sure: Array, n: int
    ) -> Found:
        raw = np.stack([out.level for out in outs], axis=1) if outs else np.zeros((len(row), 0), np.int8)
        levels = raw.copy()
        for k, placed in enumerate(self.tests):
            if (placed.forum, placed.index) in self.tables.by_piece:
                levels[:, k] = np.where(sure, levels[:, k], np.minimum(levels[:, k], UNKNOWN))
        kind = members.kind[member]
        near, beside = kind == NEAR, kind == BESIDE
        group = piece.astype(np.int64) * members.most + members.group[member]
        start = np.flatnonzero(np.diff(group, prepend=-1))
        dropped = self._neighbours(levels, near, group, start) | beside
        blocking = [k for k, p in enumerate(self.tests) if p.test.blocking]
        joint = levels[:, blocking].min(axis=1, initial=MET)
        cures = worst([Out(levels[:, k], outs[k].cures) for k in blocking]).cures if blocking else None
        rows = np.flatnonzero(np.diff(row, prepend=-1))
        at = row[rows]
        found = _nothing(n, len(self.tests) if self.with_tests else 0, self.bounded)
        if not len(rows):
            return found
        timed = timed_only([outs[k] for k in blocking], len(row)) & ~dropped
        own = np.where(kind != OWN, FOR_GOOD, raw[:, blocking].min(axis=1, initial=MET))
        found.level[at] = np.maximum.reduceat(np.where(dropped, FOR_GOOD, joint), rows)
        found.own[at] = np.maximum.reduceat(own, rows)
        found.timed[at] = np.logical_or.reduceat(timed, rows)
        found.excuse[at] = np.bitwise_or.reduceat(np.where(kind == OWN, self._excuses(raw, blocking), 0), rows)
        live = (joint >= FOR_NOW) & ~dropped
        if cures is not None:
            found.cures[at] = np.bitwise_or.reduceat(np.where(live, cures, 0), rows)
        if self.bounded:
            found.caps, found.odd = caps_of(outs, row, rows, live, timed, ~dropped, n)
        if self.with_tests:
            for name, values in self._of_tests(
                np.maximum(levels, FOR_NOW), raw, row, rows, start, dropped, kind, n
            ).items():
                setattr(found, name, values)
        return found

    def _excuses(self, raw: Array, blocking: list[int]) -> Array:
        """For each cell that fails the presumptions (bits) on which the firmest of its failures can rest; else all."""
        found = np.full(len(raw), 0xFF, np.uint8)
        bits = {k: sum(1 << PRESUMED.index(name) for name in self.tests[k].presumed) for k in blocking}
        for k in sorted(blocking, key=lambda k: -bits[k].bit_count()):
            found[raw[:, k] <= FOR_NOW] = bits[k]
        return found

    @staticmethod
    def _of_tests(
        levels: Array, raw: Array, row: Array, rows: Array, start: Array, dropped: Array, kind: Array, n: int
    ) -> dict[str, Array]:
        """The best and the least level of each test over pieces and rights; the best without neighbours."""
        found = {}
        best = np.maximum.reduceat(np.where(dropped[:, None], -1, levels), start, axis=0) if len(row) else levels
        first = np.flatnonzero(np.diff(row[start], prepend=-1)) if len(row) else start
        found["best"] = np.full((n, levels.shape[1]), -1, np.int8)
        found["least"] = np.full((n, levels.shape[1]), 99, np.int8)
        found["bare"] = np.full((n, levels.shape[1]), -1, np.int8)
        if len(row):
            at = row[start][first]
            found["best"][at] = np.maximum.reduceat(best, first, axis=0)
            found["least"][at] = np.minimum.reduceat(np.where(best < 0, 99, best), first, axis=0)
            found["bare"][row[rows]] = np.maximum.reduceat(np.where((kind != OWN)[:, None], -1, raw), rows, axis=0)
        return found

    def _neighbours(self, levels: Array, near: Array, group: Array, start: Array) -> Array:
        """Neighbouring articles count, as a matter of judgment, only where the right itself finds none (law.md C.2).

        Changes the levels of the tests on the right; tells which cells are dropped.
        """
        of_right = [k for k, p in enumerate(self.tests) if p.of_right]
        if not near.any():
            return np.zeros(len(near), bool)
        rights = levels[:, of_right].min(axis=1, initial=MET)
        own = np.maximum.reduceat(np.where(near, FOR_GOOD, rights), start)
        own = np.repeat(own, np.diff(start, append=len(group)))
        doubt = np.where(own >= UNKNOWN, UNKNOWN, JUDGMENT)
        for k in of_right:
            levels[:, k] = np.where(near & (levels[:, k] == MET), doubt, levels[:, k])
        return np.asarray(near & (own >= JUDGMENT))


def _nothing(n: int, tests: int, bounded: bool) -> Found:
    """Rows without a cell."""
    width = n if bounded else 0
    return Found(
        np.full(n, FOR_GOOD, np.int8), np.full(n, FOR_GOOD, np.int8), np.zeros(n, bool), np.zeros(n, np.uint8),
        np.zeros(n, np.uint8), np.full((width, 3, 2, 2), NEVER, np.int32), np.zeros(width, bool),
        np.full((n, tests), -1, np.int8), np.full((n, tests), 99, np.int8), np.full((n, tests), -1, np.int8),
    )  # fmt: skip
