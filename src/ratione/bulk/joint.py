"""Tests on the pieces of acts and on articles, forum by forum, worked out once for each kind of row.

A forum sees little of an act: between which of its own cuts it lies, and a few facts. Rows that agree in that, and in
the set of articles, have the same cells, so their levels are kept and looked up for all batches to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ratione.bulk.answers import Answers, answer
from ratione.bulk.calendar import NEVER
from ratione.bulk.frames import DAYS, DayRule, Frame, Grain, Span
from ratione.bulk.known import Known
from ratione.bulk.outcome import FOR_GOOD, FOR_NOW, JUDGMENT, MET, UNKNOWN, Out, timed_only, worst
from ratione.bulk.profiles import BESIDE, NEAR, OWN
from ratione.bulk.targets import BY_TARGET
from ratione.rules import Begun, Bound, Extended, Fact, walk

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
        self.tables, self.forum, self.n = joint.tables, joint.forum, n
        self._answers, self._codes, self._vectors, self.placed = joint.answers, codes, vectors, placed

    def code(self, name: str) -> Array:
        """A fact, as a code; of a fact of which only a class is known, one of the class."""
        return self._codes[name]

    def span(self, name: str) -> Span:
        """A day, as the first days of stretches with these answers."""
        return self._answers[name].span(self._vectors[name])

    def answered(self, rule: DayRule) -> Out | None:
        """The answers of a rule on days, where they follow from what the respondent is bound by."""
        of = getattr(rule, "of", "respondent")
        if of not in ("respondent", "act.country"):
            return None
        return answer(rule, self._answers, self._vectors, self._codes["article"])


class Joint:
    """The tests of one forum that look at pieces or articles, with what is known of them so far.

    Columns by kind of row: `level` of the best cell, `own` without neighbouring articles, `timed` where at most
    a deadline closes some cell, `cures` of the curable ones, `caps` for the ends of acceptances, `odd` where these
    differ too much from cell to cell, and the `best` and `least` level of each test over pieces and rights.
    """

    def __init__(self, tables: Tables, forum: int, tests: tuple[Placed, ...]) -> None:
        self.tables, self.forum, self.tests = tables, forum, tests
        self.received = tables.fora[forum].received
        self.presumed = frozenset[str]().union(*(p.presumed for p in tests))
        #: Whether deadlines can hang on a cell.
        self.bounded = any(isinstance(n, Bound) and n.on == "filed" for p in tests for n in walk(p.test.rule))
        names = frozenset[str]().union(*(p.names for p in tests))
        self._days = sorted(n for n in names & DAYS if tables.segments.cut(n))
        nodes = [node for p in tests for node in walk(p.test.rule)]
        self._by_territory = frozenset(node.on for node in nodes if isinstance(node, Extended))
        self._others = {node.of for node in nodes if isinstance(node, Bound | Begun)} - {"respondent"}
        said = {name: [n for n in nodes if isinstance(n, Fact) and n.name == name] for name in names - DAYS - BY_TARGET}
        self._facts = {name: Classes(tables, rules) for name, rules in sorted(said.items()) if rules}
        #: Facts that are no words of a rule, and so are looked at as they are.
        self._plain = sorted(self._others - {"act.country"} | names & {"procedures"})
        self._sizes: tuple[int, ...] = ()
        self.with_tests = False
        self._fresh()
        self._members: _Members | None = None
        self._reset()

    def also_tests(self) -> None:
        """From now on keep the levels of single tests as well."""
        if not self.with_tests:
            self.with_tests = True
            self._fresh()
            self._reset()

    def _fresh(self) -> None:
        self.answers = {name: Answers(self.tables, self.forum, name, self.tests) for name in self._days}
        self._units: Units | None = None

    def _reset(self) -> None:
        n = len(self.tests)
        self._known: list[Known] = []
        self.level, self.own = np.zeros(0, np.int8), np.zeros(0, np.int8)
        self.cures, self.odd, self.timed = np.zeros(0, np.uint8), np.zeros(0, bool), np.zeros(0, bool)
        self.caps = np.zeros((0, 3, 2, 2), np.int32)
        self.best, self.least, self.bare = (np.zeros((0, n), np.int8) for _ in range(3))

    def rows(self, grain: Grain, at: Array) -> Array:
        """For each of some rows of spans the number under which its levels are kept."""
        if any(held.stale for held in self.answers.values()):
            self._fresh()
            self._reset()
        columns = self._columns(grain, at)
        sizes = tuple(_bits(int(c.max(initial=0))) for _, c in columns)
        if len(self._sizes) != len(sizes) or any(a > b for a, b in zip(sizes, self._sizes, strict=True)) \
                or len(self.level) > _KEEP:  # fmt: skip
            old = self._sizes if len(self._sizes) == len(sizes) else (0,) * len(sizes)
            self._sizes = tuple(max(a, b) for a, b in zip(sizes, old, strict=True))
            self._reset()
        number = self._number([column for _, column in columns], len(at))
        if len(self._known[-1].values) > len(self.level):
            self._work_out([name for name, _ in columns])
        return number

    def _number(self, columns: list[Array], n: int) -> Array:
        """One number for each row: its columns side by side, in parts that a whole number can hold."""
        joint, shift, part = np.zeros(n, np.int64), 0, 0
        for column, size in zip(columns, self._sizes, strict=True):
            if shift + size > 62:
                joint, shift, part = self._part(part).number(joint), 24, part + 1
            joint = joint | column.astype(np.int64) << shift
            shift += size
        return self._part(part).number(joint)

    def _part(self, part: int) -> Known:
        if len(self._known) == part:
            self._known.append(Known())
        return self._known[part]

    def _taken_apart(self, joint: Array) -> list[Array]:
        """The columns of numbers made by `_number`."""
        parts: list[list[int]] = [[]]
        shift = 0
        for size in self._sizes:
            if shift + size > 62:
                parts.append([])
                shift = 24
            parts[-1].append(size)
            shift += size
        found: list[Array] = []
        for n in reversed(range(len(parts))):
            rest = joint >> (24 if n else 0)
            columns = []
            for size in parts[n]:
                columns.append((rest & ((1 << size) - 1)).astype(np.int32))
                rest = rest >> size
            found = columns + found
            if n:
                joint = self._known[n - 1].values[joint & ((1 << 24) - 1)]
        return found

    def _columns(self, grain: Grain, at: Array) -> list[tuple[str, Array]]:
        rows = grain.rows
        sets = grain.columns.sets[grain.slot[at], self.forum]
        columns: list[tuple[str, Array]] = [("set", sets), ("sure", rows.span_sure[grain.span_row[at]])]
        units = self._units_now()
        for name, held in self.answers.items():
            number = grain.pairs(name, self.forum, self.received, name in self._by_territory)[at]
            several = range(units.most if len(held.groups) > 1 else 1)
            for n in several:
                group = units.groups[name][n][sets]
                code = held.codes(number, group)
                columns.append((f"{name} {n}", code + 1 if n == 0 else np.where(group < 0, 0, code + 1)))
        columns += [(name, held.of(grain.code(name, self.forum)[at])) for name, held in self._facts.items()]
        columns += [(f"{name} plain", grain.code(name, self.forum)[at]) for name in self._plain]
        if "act.country" in self._others:
            columns.append(("placed", grain.code("act.country", self.forum)[at] > 0))
        return columns

    # ---- working out ---------------------------------------------------------------------------------------------
    def _work_out(self, names: list[str]) -> None:
        new = self._known[-1].values[len(self.level) :]
        found: dict[str, list[Array]] = {}
        for first in range(0, len(new), _AT_ONCE):
            some = new[first : first + _AT_ONCE]
            columns = dict(zip(names, self._taken_apart(some), strict=True))
            for name, values in self._evaluate(columns, len(some)).items():
                found.setdefault(name, []).append(values)
        for name, parts in found.items():
            setattr(self, name, np.concatenate([getattr(self, name), *parts]))

    def _evaluate(self, columns: dict[str, Array], n: int) -> dict[str, Array]:
        """The levels of each new kind of row, from all of its cells."""
        units = self._units_now()
        row, unit, piece, vectors = self._pieces(columns, n)
        size = units.count[unit]
        cell = np.repeat(np.arange(len(row)), size)
        member = units.start[unit][cell] + np.arange(len(cell)) - np.repeat(np.cumsum(size) - size, size)
        order = np.lexsort((units.group[member], piece[cell], row[cell]))
        cell, member = cell[order], units.member[member[order]]
        row, piece = row[cell], piece[cell]
        piece = np.cumsum((np.diff(row, prepend=-1) != 0) | (np.diff(piece, prepend=-1) != 0))
        vectors = {name: values[cell] for name, values in vectors.items()}
        held = {name: values[row] for name, values in columns.items()}
        members = self._members_now()
        codes = {name: known.words[held[name]] for name, known in self._facts.items()}
        codes |= {name: held[f"{name} plain"] for name in self._plain}
        base, instrument = self.tables.profiles.columns.base, self.tables.profiles.columns.instrument
        article = members.article[member]
        codes |= {"right": members.right[member], "article": article, "article.base": base[article],
                  "article.instrument": instrument[article]}  # fmt: skip
        frame = Cells(self, len(row), codes, vectors, held.get("placed"))
        return self._fold(frame, row, piece, member, members, held["sure"] > 0, n)

    def _pieces(self, columns: dict[str, Array], n: int) -> tuple[Array, Array, Array, dict[str, Array]]:
        """The pieces of each row and each unit of its articles: row, unit, a number for the piece, and its vectors."""
        units = self._units_now()
        rows: list[Array] = []
        which: list[Array] = []
        pieces: list[Array] = []
        found: dict[str, list[Array]] = {name: [] for name in self.answers}
        for k in range(units.most):
            unit = units.number[k][columns["set"]]
            row = np.flatnonzero(unit >= 0)
            codes = {}
            for name in self.answers:
                column = columns.get(f"{name} {k}")
                codes[name] = (columns[f"{name} 0"] if column is None else column)[row] - 1
            number = np.zeros(len(row), np.int64)
            vectors = {name: _first_of(held.pieces)[codes[name]] for name, held in self.answers.items()}
            if "act" in codes:
                lists = [self.answers["act"].pieces[code] for code in codes["act"].tolist()]
                count = [len(some) for some in lists]
                row = np.repeat(row, count)
                vectors = {name: np.repeat(values, count) for name, values in vectors.items()}
                vectors["act"] = np.array([vector for some in lists for vector in some], np.int64)
                number = vectors["act"]
            rows.append(row)
            which.append(unit[row])
            pieces.append(number)
            for name in found:
                found[name].append(vectors[name])
        joined = {name: np.concatenate(parts) for name, parts in found.items()}
        return np.concatenate(rows), np.concatenate(which), np.concatenate(pieces), joined

    def _units_now(self) -> Units:
        members = self._members_now()
        if self._units is None or self._units.sets != len(members.count):
            self._units = Units(members, self.answers, self.with_tests)
        return self._units

    def _members_now(self) -> _Members:
        sets = self.tables.profiles.sets[self.forum].values
        if self._members is None or len(self._members.count) != len(sets):
            self._members = _Members(sets)
        return self._members

    def _fold(
        self, frame: Cells, row: Array, piece: Array, member: Array, members: _Members, sure: Array, n: int
    ) -> dict[str, Array]:
        outs = [self.tables.evaluator.rule(p.test.rule, frame) for p in self.tests]
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
        cures = worst([Out(levels[:, k], outs[k].cures) for k in range(len(outs))]).cures if outs else None
        rows = np.flatnonzero(np.diff(row, prepend=-1))
        found = {
            "level": _most(np.where(dropped, FOR_GOOD, joint), row, rows, n),
            "own": _most(np.where(kind != OWN, FOR_GOOD, raw[:, blocking].min(axis=1, initial=MET)), row, rows, n),
            "timed": np.zeros(n, bool),
            "cures": np.zeros(n, np.uint8),
        }
        timed = timed_only([outs[k] for k in blocking], len(row)) & ~dropped
        if len(rows):
            found["timed"][row[rows]] = np.logical_or.reduceat(timed, rows)
        if cures is not None:
            found["cures"][row[rows]] = np.bitwise_or.reduceat(np.where((joint >= FOR_NOW) & ~dropped, cures, 0), rows)
        if self.bounded:
            live = (joint >= FOR_NOW) & ~dropped
            found["caps"], found["odd"] = _caps(outs, row, rows, live, timed, ~dropped, n)
        if self.with_tests:
            found |= self._of_tests(np.maximum(levels, FOR_NOW), raw, row, rows, start, dropped, kind, n)
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


class Classes:
    """The words of a fact, as far as the rules on it tell them apart. `words`: for each class one of its words."""

    def __init__(self, tables: Tables, rules: list[Fact]) -> None:
        self._vocabulary, self._rules = tables.words.vocabulary(rules[0].name), rules
        self._codes, self.words = np.zeros(0, np.int32), np.zeros(0, np.int32)
        self._known: dict[object, int] = {}

    def of(self, codes: Array) -> Array:
        """The class of each word."""
        return self.by_code()[codes]

    def by_code(self) -> Array:
        """The class of every word of the vocabulary."""
        words = self._vocabulary.values
        if len(self._codes) != len(words):
            signs = [tuple(n.says.get(word) or n.says.get("*") if word is not None else 0 for n in self._rules)
                     for word in words]  # fmt: skip
            self._codes = np.array([self._known.setdefault(sign, len(self._known)) for sign in signs], np.int32)
            self.words = np.zeros(len(self._known), np.int32)
            self.words[self._codes[::-1]] = np.arange(len(words))[::-1]
        return self._codes


def _first_of(pieces: list[tuple[int, ...]]) -> Array:
    return np.array([vectors[0] for vectors in pieces], np.int64)


class _Members:
    """The cells of each set of a forum: their targets, groups, and what they are there for."""

    def __init__(self, sets: list[Any]) -> None:
        flat: list[tuple[int, int, bool, int]] = []
        count = []
        for held in sets:
            cells = [
                (*member, g)
                for g, group in enumerate(sorted(map(sorted, held or ())))
                for member in group
            ]  # fmt: skip
            flat += cells
            count.append(len(cells))
        self.count = np.array(count, np.int64)
        self.start = np.cumsum(self.count) - self.count
        columns = np.array(flat, np.int32).reshape(len(flat), 4)
        self.right, self.article = columns[:, 0], columns[:, 1]
        self.kind, self.group = columns[:, 2], columns[:, 3].astype(np.int64)
        self.most = int(self.group.max(initial=0)) + 1


class Units:
    """The articles of each set in parts that the rules on days answer alike; these are cut into pieces by themselves.

    Where what is found for one article counts for another (neighbours), or outcomes are told right by right, all
    articles of a right are one part.
    """

    def __init__(self, members: _Members, answers: dict[str, Answers], by_right: bool) -> None:
        self.sets = len(members.count)
        parts = [self._of_set(members, n, answers, by_right) for n in range(self.sets)]
        self.most = max((len(held) for held in parts), default=0)
        flat = [unit for held in parts for unit in held]
        self.count = np.array([len(unit[1]) for unit in flat], np.int64)
        self.start = np.cumsum(self.count) - self.count
        self.member = np.array([m for unit in flat for m in unit[1]], np.int64)
        self.group = members.group[self.member]
        self.number = np.full((max(self.most, 1), self.sets), -1, np.int64)
        self.groups = {name: np.full((max(self.most, 1), self.sets), -1, np.int32) for name in answers}
        place = 0
        for n, held in enumerate(parts):
            for k, (groups, _) in enumerate(held):
                self.number[k, n] = place
                place += 1
                for name, group in zip(answers, groups, strict=True):
                    self.groups[name][k, n] = group

    @staticmethod
    def _of_set(members: _Members, n: int, answers: dict[str, Answers], by_right: bool) -> list[Any]:
        rows = range(int(members.start[n]), int(members.start[n] + members.count[n]))
        rights: dict[int, list[int]] = {}
        for row in rows:
            rights.setdefault(int(members.group[row]), []).append(row)
        found: dict[tuple[int, ...], list[int]] = {}
        for own in rights.values():
            jointly = by_right or any(members.kind[row] != OWN for row in own)
            for some in [own] if jointly else [[row] for row in own]:
                articles = [int(members.article[row]) for row in some]
                found.setdefault(tuple(held.group(articles) for held in answers.values()), []).extend(some)
        return list(found.items())


def _caps(
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


def _most(values: Array, row: Array, rows: Array, n: int) -> Array:
    """The highest value of each row; failed for good where it has no cell."""
    found = np.full(n, FOR_GOOD, np.int8)
    if len(rows):
        found[row[rows]] = np.maximum.reduceat(values, rows)
    return found


def _bits(n: int) -> int:
    """How many bits the numbers up to `n` need."""
    return n.bit_length()
