"""Tests on the pieces of acts and on articles, forum by forum, worked out once for each kind of row.

A forum sees little of an act: what its rules answer on the days of each piece (`answers.py`), and a few facts. Rows
that agree in that, and in the articles, have the same cells, so their levels are kept for all batches to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.intervals import Intervals
from ratione.bulk.arrays.known import Keys
from ratione.bulk.arrays.outcome import FOR_GOOD, FOR_NOW, JUDGMENT, MET, UNKNOWN, Out, timed_only, worst
from ratione.bulk.arrays.planes import LEVELS
from ratione.bulk.facts.names import BY_TARGET, DAYS, PRESUMED
from ratione.bulk.facts.profiles import BESIDE, NEAR, OWN
from ratione.bulk.facts.words import Classes
from ratione.bulk.levels.answers import Answers
from ratione.bulk.levels.bundles import Bundle, Bundled
from ratione.bulk.levels.caps import caps_of, joined_caps
from ratione.bulk.levels.cells import Cells
from ratione.bulk.levels.remembered import Remembered
from ratione.bulk.levels.units import Members, Units
from ratione.bulk.levels.vectors import rules_on
from ratione.bulk.rows.grains import Grain
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.placed import Placed
from ratione.rules import FAILED, Begun, Bound, Elsewhere, Extended, Fact, Say, walk

Array = Any
_KEEP = 250_000  # rows that are kept for a forum before it begins anew
_AT_ONCE = 4_096  # rows that are worked out at once
_UNITS = 1 << 17  # further parts of articles that are looked up at once


#: What the cells of a row come to, as bits of one number, all of them joined by `&`: for each plane, whether the best
#: level is below it; no cell that at most a deadline closes; without neighbouring articles, no level above `FOR_GOOD`,
#: and none above `FOR_NOW`; more cells with the same facts can change this. Then eight bits each: presumptions on which
#: the failure of no cell rests, and events that would cure no cell. At last, whether every cell is left out, as that of
#: a neighbouring article is where the right itself finds one.
UNTIMED, OWN_LOST, OWN_FAILS, MORE = (1 << LEVELS + n for n in range(4))
_EXCUSE, _CURES = 8, 16
LEFT_OUT = 1 << 24
_NO_CELL = 2 * LEFT_OUT - 1


def _code(best: Array, own: Array, timed: Array, full: Array, excuse: Array, cures: Array, out: Array) -> Array:
    flags = [best <= k for k in range(LEVELS)] + [~timed, own <= FOR_GOOD, own <= FOR_NOW, ~full]
    bits = sum(flag.astype(np.uint32) << np.uint32(n) for n, flag in enumerate(flags))
    rest = (~excuse).astype(np.uint32) << np.uint32(_EXCUSE) | (~cures).astype(np.uint32) << np.uint32(_CURES)
    return np.asarray(bits | rest | np.where(out, np.uint32(LEFT_OUT), np.uint32(0)))


@dataclass(slots=True)
class Found:
    """What the cells of some rows come to.

    `code`: see `UNTIMED`; `caps` for the ends of acceptances, `odd` where these differ too much from cell to cell, and,
    of single tests over pieces and rights, the `best` and `least` level, and the best without neighbours (`bare`).
    """

    code: Array
    caps: Array
    odd: Array
    best: Array
    least: Array
    bare: Array

    def take(self, rows: Array) -> Found:
        """The same at other rows."""
        columns = (getattr(self, name) for name in _COLUMNS)
        return Found(*(column.take(rows, axis=0, mode="wrap") if column.size else column for column in columns))

    def has(self, bits: int) -> Array:
        """The rows with some of these bits."""
        return self.code & np.uint32(bits) != 0

    @property
    def excuse(self) -> Array:
        """Presumptions (bits) without one of which every cell fails."""
        return ~(self.code >> np.uint32(_EXCUSE)).astype(np.uint8)

    @property
    def cures(self) -> Array:
        """Events (bits) that would cure some cell."""
        return ~(self.code >> np.uint32(_CURES)).astype(np.uint8)

    def also(self, rows: Array, start: Array, more: Found) -> None:
        """Take in more cells of some rows; those of each row begin at `start`."""
        self.code[rows] &= np.bitwise_and.reduceat(more.code, start)
        for name, join in _JOINED.items():
            own = getattr(self, name)
            if own.size:
                own[rows] = join(own[rows], join.reduceat(getattr(more, name), start, axis=0))
        if len(self.caps) and (more.caps != NEVER).any():
            caps, odd = joined_caps(self.caps[rows], more.caps, start)
            self.caps[rows], self.odd[rows] = caps, self.odd[rows] | odd


_COLUMNS = tuple(Found.__dataclass_fields__)
_JOINED = {"odd": np.logical_or, "best": np.maximum, "bare": np.maximum, "least": np.minimum}


class Joint:
    """The tests of one forum that look at pieces or articles, and what is known of each kind of row so far."""

    def __init__(self, tables: Compiled, bundle: Bundle, forum: int, tests: tuple[Placed, ...]) -> None:
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
        facts = {name: Classes(tables.words, rules) for name, rules in sorted(said.items()) if rules}
        bundled = {name: known for name, known in facts.items() if name in bundle}
        #: What is told of acts together with other fora, and the other facts.
        self._acts = Bundled(bundle, bundled) if bundled else None
        self._facts = {name: known for name, known in facts.items() if name not in bundled}
        #: Facts that are no words of a rule, and so are looked at as they are.
        self._plain = sorted(others - {"act.country"} | names & {"procedures"})
        self._blocking = [k for k, p in enumerate(tests) if p.test.blocking]
        #: Of these those that say the same of every cell of a row, and whether pieces of uncertain acts count for less.
        self._even = [k for k in self._blocking if not tests[k].names & (DAYS | BY_TARGET)]
        self._by_piece = any((forum, tests[k].index) in tables.by_piece for k in self._blocking)
        #: Whether an event can cure a failure.
        self.curable = any(_curable(n) for p in tests for n in walk(p.test.rule))
        self.with_tests = False
        self._members = Members()
        self._fresh()

    def __len__(self) -> int:
        """How many kinds of row, and of intervals in them, are known."""
        return len(self._keys) + sum(map(len, self.answers.values()))

    def forget(self) -> None:
        """Begin anew, with nothing known."""
        self._fresh()

    def also_tests(self) -> None:
        """From now on keep the levels of single tests as well."""
        if not self.with_tests:
            self.with_tests = True
            self._fresh()

    def _fresh(self) -> None:
        self.answers = {name: Answers(self.tables, self.forum, name, rules) for name, rules in self._rules.items()}
        self._vectors = {name: held.vectors for name, held in self.answers.items()}
        for known in self._remembered:
            known.forget()
        self._units: Units | None = None
        self._keys = Keys()
        self._reset()

    def _reset(self) -> None:
        n = len(self.tests) if self.with_tests else 0
        self._found = _nothing(0, n, self.bounded)

    def find(self, grain: Grain, at: Array, bare: bool = False) -> Found:
        """What the cells of some rows of spans come to. `bare`: only whether some own cell does not fail counts."""
        if any(held.vectors.stale for held in self.answers.values()):
            self._fresh()
        units = self._units_now()
        facts, days = self._columns(grain, at)
        sets = grain.columns.by_forum[self.forum].take(grain.slot.take(at, mode="wrap"), mode="wrap")
        found = self._of_units(*units.firsts, sets, facts, days)
        several = units.several.take(sets, mode="wrap")
        more = several > 0
        if not self.with_tests:
            more &= found.has(OWN_FAILS if bare else MORE)
        rows = np.flatnonzero(more)
        for some in np.array_split(rows, int(several.take(rows).sum()) // _UNITS + 1) if len(rows) else ():
            count = several.take(some).astype(np.int64)
            start = np.cumsum(count) - count
            owner = np.repeat(some, count)
            unit = units.first[sets[owner]] + 1 + np.arange(len(owner)) - np.repeat(start, count)
            own_days = {name: held.take(owner) for name, held in days.items()}
            own_facts = [column.take(owner, mode="wrap") for column in facts]
            found.also(some, start, self._of_units(units.kind, units.groups, unit, own_facts, own_days))
        return found

    def _columns(self, grain: Grain, at: Array) -> tuple[list[Array], dict[str, Intervals]]:
        """The facts of some rows, as far as the rules tell them apart, and their days."""
        def told(name: str) -> Array:
            return grain.code(name, self.forum).take(at, mode="wrap")

        facts = [grain.rows.span_sure.take(grain.span_row.take(at, mode="wrap"), mode="wrap")]
        if self._acts is not None:
            facts.append(self._acts.of(grain.kind.take(at, mode="wrap")))
        facts += [held.of(told(name)) for name, held in self._facts.items()]
        facts += [told(name) for name in self._plain]
        if self._by_place:
            facts.append(told("act.country") > 0)
        days = {
            name: grain.intervals(name, self.forum, self.received, name in self._by_territory, at)
            for name in self.answers
        }
        return facts, days

    def _of_units(
        self, kinds: Array, groups: dict[str, Array], unit: Array, facts: list[Array], days: dict[str, Intervals]
    ) -> Found:
        """What the cells of one part of the articles of each row come to. `unit`: a place in `kinds` and `groups`."""
        codes = [held.codes(days[name], groups[name], unit) for name, held in self.answers.items()]
        columns = [kinds.take(unit, mode="wrap"), *codes, *facts]
        if self._keys.fresh(columns) or len(self._keys) > _KEEP:
            self._keys = Keys() if len(self._keys) > _KEEP else self._keys
            self._keys.fresh(columns)
            self._reset()
        number = self._keys.number(columns, len(unit))
        known = len(self._found.code)
        if len(self._keys) > known:
            self._work_out(known)
        return self._found.take(number)

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
        acts = [] if self._acts is None else ["acts"]
        names = ["sure", *acts, *self._facts, *(f"{name} plain" for name in self._plain), "placed"]
        held = dict(zip(names, facts, strict=False))
        kinds = {name: held[name][row] for name in self._facts}
        kinds |= {name: held[f"{name} plain"][row] for name in self._plain}
        if self._acts is not None:
            kinds |= {name: words[held["acts"][row]] for name, words in self._acts.words.items()}
        codes = kinds | {name: known.words[kinds[name]] for name, known in self._facts.items()}
        base, instrument = self.tables.profiles.columns.base, self.tables.profiles.columns.instrument
        article = members.article[member]
        codes |= {"right": members.right[member], "article": article, "article.base": base[article],
                  "article.instrument": instrument[article]}  # fmt: skip
        placed = held["placed"][row] > 0 if self._by_place else None
        frame = Cells(self._vectors, len(row), codes, {name: values[piece] for name, values in vectors.items()}, placed)
        outs = [known.of(frame, kinds, member, members) for known in self._remembered]
        return self._fold(outs, row, piece, member, members, held["sure"][row] > 0, n)

    def _units_now(self) -> Units:
        members = self._members_now()
        if self._units is None:
            self._units = Units(self._vectors, self.with_tests)
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
        blocking = self._blocking
        joint = levels[:, blocking].min(axis=1, initial=MET)
        cures = worst([Out(levels[:, k], outs[k].cures) for k in blocking]).cures if blocking else None
        rows = np.flatnonzero(np.diff(row, prepend=-1))
        at = row[rows]
        found = _nothing(n, len(self.tests) if self.with_tests else 0, self.bounded)
        if not len(rows):
            return found
        timed = timed_only([outs[k] for k in blocking], len(row)) & ~dropped
        live = (joint >= FOR_NOW) & ~dropped
        own = np.where(kind != OWN, FOR_GOOD, raw[:, blocking].min(axis=1, initial=MET))
        excuse = np.bitwise_or.reduceat(np.where(kind == OWN, self._excuses(raw, blocking), 0), rows)
        cured = np.zeros(len(rows), np.uint8)
        if cures is not None:
            cured = np.bitwise_or.reduceat(np.where(live, cures, 0).astype(np.uint8), rows)
        highest = np.maximum.reduceat(np.where(dropped, FOR_GOOD, joint), rows)
        own, some_timed = np.maximum.reduceat(own, rows), np.logical_or.reduceat(timed, rows)
        full = some_timed & (own > FOR_NOW) & (highest == self._most(levels[rows], sure[rows]))
        found.code[at] = _code(highest, own, some_timed, full, excuse, cured, np.logical_and.reduceat(dropped, rows))
        if self.bounded:
            found.caps, found.odd = caps_of(outs, row, rows, live, timed, ~dropped, n)
        if self.with_tests:
            for name, values in self._of_tests(
                np.maximum(levels, FOR_NOW), raw, row, rows, start, dropped, kind, n
            ).items():
                setattr(found, name, values)
        return found

    def _most(self, levels: Array, sure: Array) -> Array:
        """A level that no cell with these facts surpasses; -1 where more than that counts."""
        if self.bounded or self.curable:
            return np.full(len(levels), -1)
        most = levels[:, self._even].min(axis=1, initial=MET)
        return np.where(sure, most, np.minimum(most, UNKNOWN)) if self._by_piece else most

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


def _curable(node: object) -> bool:
    """Whether a part of a rule can name an event that would cure a failure."""
    return isinstance(node, Elsewhere) or (isinstance(node, Say) and node.level == FAILED and bool(node.cure))


def _nothing(n: int, tests: int, bounded: bool) -> Found:
    """Rows without a cell."""
    width = n if bounded else 0
    return Found(
        np.full(n, _NO_CELL, np.uint32), np.full((width, 3, 2, 2), NEVER, np.int32), np.zeros(width, bool),
        np.full((n, tests), -1, np.int8), np.full((n, tests), 99, np.int8), np.full((n, tests), -1, np.int8),
    )  # fmt: skip
