"""Tests without clocks that read neither pieces of acts nor articles: worked out once for each kind of row.

Rows are told apart as far as these tests do: by classes of words, by what their rules on days answer, by what
procedures elsewhere come to. What each kind of row comes to is kept for all batches to come.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.arrays.known import Known
from ratione.bulk.arrays.outcome import COLUMNS, FOR_NOW, MET, Ends, Held, Out, no_ends, timed_only, worst
from ratione.bulk.arrays.planes import ALL, FIRM, PLANES, Levels, add_cures, all_met, put
from ratione.bulk.arrays.store import CURES, Join, Numbers, Store
from ratione.bulk.facts.names import BY_TARGET, DAYS, OF_ACT, OF_SLOT, OF_TERM
from ratione.bulk.levels.answers import Answers
from ratione.bulk.levels.cells import Cells
from ratione.bulk.levels.kinds import (
    Column,
    DayColumn,
    FactColumn,
    LikeColumn,
    ListColumn,
    PlaceColumn,
    Sample,
    SetColumn,
    TakenColumn,
    presumptions,
)
from ratione.bulk.levels.vectors import rules_on
from ratione.bulk.rows.layout import Layout
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.placed import Placed
from ratione.rules import Begun, Bound, Elsewhere, Extended, Fact, walk

Array = Any
Stored = tuple[Array, Store]  # numbers, and the store in which they are
PLACES = ("case", "act", "term")
_KEEP = 250_000  # kinds of row that are kept before a part begins anew
_LAYER = 24  # bits of a number that stands for columns before
_FEW = 1 << 14  # kinds of row up to which tests on different facts are worked out together


class Reads:
    """What some tests read, and where that is told: by case, by act, or by term and slot."""

    def __init__(self, tables: Compiled, tests: Iterable[Placed]) -> None:
        self.tests = tuple(tests)
        nodes = [node for p in self.tests for node in walk(p.test.rule)]
        names = frozenset[str]().union(*(p.names for p in self.tests))
        self.facts: dict[str, list[Fact]] = {}
        for node in nodes:
            if isinstance(node, Fact) and node.name not in BY_TARGET:
                self.facts.setdefault(node.name, []).append(node)
        others = {node.of for node in nodes if isinstance(node, Bound | Begun)} - {"respondent"}
        self.by_place = "act.country" in others
        self.sets = tuple(sorted(others - {"act.country"}))
        self.days = tuple(sorted(n for n in names & DAYS if tables.segments.cut(n)))
        self.by_territory = frozenset(node.on for node in nodes if isinstance(node, Extended))
        self.elsewhere = tuple(dict.fromkeys(node for node in nodes if isinstance(node, Elsewhere)))
        self.forum = self.tests[0].forum if names & BY_TARGET else None
        self.received = bool(self.days) and tables.fora[self.tests[0].forum].received
        self.presumed = sorted({key for p in self.tests for key in presumptions(tables, p)})
        places = [self.place_of(name) for name in (*self.facts, *self.days)]
        places += ["term"] if self.elsewhere or self.forum is not None else []
        places += ["act"] if self.by_place else []
        self.place = max(places, key=PLACES.index, default="case")

    def place_of(self, name: str) -> str:
        """Where a fact or a day is told."""
        if name in OF_TERM | OF_SLOT:
            return "term"
        by_act = name in self.days and (self.by_place or name in self.by_territory)
        return "act" if name in OF_ACT or by_act else "case"

    @property
    def plain(self) -> bool:
        """Whether facts are all they read."""
        return not (self.days or self.sets or self.by_place or self.elsewhere) and self.forum is None

    @property
    def sign(self) -> tuple[object, ...]:
        """What must be the same in tests that are worked out together, unless facts are all they read."""
        of_days = self.days, self.received, self.sets, self.by_place, self.by_territory
        return self.place, self.forum, bool(self.elsewhere), frozenset(self.facts), of_days

    @property
    def kinds(self) -> int:
        """How many kinds of row their facts can make."""
        total = 1
        for rules in self.facts.values():
            total *= 2 + len({word for rule in rules for word in rule.says})
        return total

    def columns(self, tables: Compiled) -> list[Column]:
        """What tells rows apart; what is told by case first."""
        found: list[Column] = [TakenColumn(*key) for key in self.presumed]
        found += [FactColumn(tables, self.place_of(name), rules) for name, rules in sorted(self.facts.items())]
        found += [SetColumn(tables, name) for name in self.sets]
        found += [PlaceColumn()] if self.by_place else []
        found += [ListColumn(tables, self.elsewhere)] if self.elsewhere else []
        found += [LikeColumn(tables, self.forum)] if self.forum is not None else []
        return found


def parts(tables: Compiled, tests: Iterable[Placed]) -> list[Part]:
    """Tests by what they read: those that read the same together, and those that read few facts."""
    together: dict[object, list[Placed]] = {}
    for placed in tests:
        together.setdefault(Reads(tables, [placed]).sign, []).append(placed)
    found: list[Reads] = []
    for reads in sorted((Reads(tables, some) for some in together.values()), key=lambda reads: -reads.kinds):
        for n, other in enumerate(found):
            if reads.plain and other.plain and reads.place == other.place:
                both = Reads(tables, other.tests + reads.tests)
                if both.kinds <= max(_FEW, other.kinds):
                    found[n] = both
                    break
        else:
            found.append(reads)
    return [Part(tables, reads) for reads in found]


class Part:
    """Some tests, with what each kind of row comes to, as far as it is known."""

    def __init__(self, tables: Compiled, reads: Reads) -> None:
        self.tables, self.reads, self.place, self.tests = tables, reads, reads.place, reads.tests
        self.members: dict[int, list[int]] = {}
        for k, placed in enumerate(self.tests):
            self.members.setdefault(placed.forum, []).append(k)
        self.store = Store()
        self._sizes: tuple[int, ...] = ()
        self._fixed = reads.columns(tables)
        self._rules = rules_on(self.tests, reads.days)
        self._fresh()

    def _fresh(self) -> None:
        """Begin anew where rules on days tell more articles apart than before."""
        tables, reads = self.tables, self.reads
        self.answers = {
            name: Answers(tables, tuple(self.members), name, rules) for name, rules in self._rules.items()
        }
        self._vectors = {name: held.vectors for name, held in self.answers.items()}
        days = [
            DayColumn(name, reads.place_of(name), held, reads.received, name in reads.by_territory)
            for name, held in self.answers.items()
        ]
        self._columns = sorted([*self._fixed, *days], key=lambda column: PLACES.index(column.level))
        self._reset()

    def _reset(self) -> None:
        self._layout, layer, shift = list[tuple[int, int]](), 0, 0
        for size in self._sizes:
            if shift + size > 62:  # one number would not hold them all
                layer, shift = layer + 1, _LAYER
            self._layout.append((layer, shift))
            shift += size
        self._layers = [Known() for _ in range(layer)]
        self._numbers = Numbers(shift)
        self._stored = np.zeros(0, np.intp)
        self.levels = np.zeros((0, len(self.tests)), np.int8)
        #: Deadlines by test, where there are any.
        self.ends: dict[int, Ends] = {}

    def __len__(self) -> int:
        """How many kinds of row, levels and intervals are known."""
        return len(self.levels) + len(self.store) + sum(map(len, self.answers.values()))

    def forget(self) -> None:
        """Begin anew, with nothing known."""
        self.store = Store()
        self._fresh()

    def take(self, look: Layout) -> Array:
        """The number, in `store`, of each row; deadlines and single tests are handed to the look."""
        numbers = self._number(look)
        if look.with_tests or (self.ends and not look.bare):
            self._hand_on(look, numbers)
        return self._stored.take(numbers, mode="wrap")

    def _number(self, look: Layout) -> Array:
        """The kind of each row."""
        if any([held.vectors.stale for held in self.answers.values()]):
            self._fresh()
        values = [column.of(look) for column in self._columns]
        sizes = tuple(column.most.bit_length() for column in self._columns)
        held = self._sizes or (0,) * len(sizes)
        if len(self._sizes) != len(sizes) or any(map(int.__gt__, sizes, held)) or len(self.levels) > _KEEP:
            self._sizes = tuple(map(max, sizes, held))
            self._reset()
        return self._numbers.take(self._keys(look, values), self._work_out)

    def _keys(self, look: Layout, values: list[Array | None]) -> Array:
        """The columns side by side; those told by case are put together before they are spread."""
        key, place = None, "case"
        for (layer, shift), size, column, own in zip(self._layout, self._sizes, self._columns, values, strict=True):
            if layer > 0 and shift == _LAYER:
                key = self._layers[layer - 1].number(np.zeros(look.grain_of(place).n, np.intp) if key is None else key)
            if own is not None and size:
                if key is not None:
                    key = look.spread(key, place, column.level)
                place = column.level
                shifted = own.astype(np.intp) << shift
                key = shifted if key is None else key | shifted
        if key is None:
            return np.zeros(look.grain_of(self.place).n, np.intp)
        return look.spread(key, place, self.place)

    def _hand_on(self, look: Layout, numbers: Array) -> None:
        for k, placed in enumerate(self.tests):
            rows = look.spread(numbers, self.place, placed.grain)
            if look.with_tests:
                look.outs[placed.forum, placed.index] = Out(self.levels[:, k].take(rows, mode="wrap"))
            if k in self.ends and not look.bare:
                ends = self.ends[k]
                told = (ends.shown != NEVER).take(rows, mode="wrap")
                if told.any():
                    row = look.to_cells(placed.grain, placed.forum)
                    cells = np.flatnonzero(told.take(row, mode="wrap"))
                    index = rows.take(row.take(cells, mode="wrap"), mode="wrap")
                    look.keep_ends(placed, Held(cells, ends, index))

    # ---- working out ---------------------------------------------------------------------------------------------
    def _work_out(self, keys: Array) -> Array:
        """The numbers of new kinds of row."""
        n, known, sample, held = len(keys), len(self.levels), Sample(), len(self._layers)
        for (layer, shift), size, column in reversed([*zip(self._layout, self._sizes, self._columns, strict=True)]):
            if layer < held:
                keys, held = self._layers[layer].values[keys & ((1 << _LAYER) - 1)], layer
            column.tell(keys >> shift & ((1 << size) - 1), sample)
        sample.codes.setdefault("article", np.zeros(n, np.int32))
        frame = Cells(self._vectors, n, sample.codes, sample.vectors, sample.placed)
        outs = [self.tables.evaluator.rule(placed.test.rule, frame) for placed in self.tests]
        levels = np.stack([out.level for out in outs], axis=1)
        self.levels = np.concatenate([self.levels, levels.astype(np.int8)])
        self._keep_ends(outs, known, n)
        self._stored = np.append(self._stored, self.store.add(self._rows(outs, sample, n)))
        return np.arange(known, known + n)

    def _keep_ends(self, outs: list[Out], known: int, n: int) -> None:
        for k, out in enumerate(outs):
            told = out.ends is not None and bool((out.ends.shown != NEVER).any())
            if told or k in self.ends:
                held, new = self.ends.get(k) or no_ends(known), out.ends or no_ends(n)
                self.ends[k] = Ends(*(np.append(getattr(held, name), getattr(new, name)) for name in COLUMNS))

    def _rows(self, outs: list[Out], sample: Sample, n: int) -> Array:
        """The levels of all fora, as `Store` keeps them."""
        levels = all_met(n, ALL)
        for forum, members in self.members.items():
            blocking = [outs[k] for k in members if self.tests[k].test.blocking]
            level = worst(blocking).level if blocking else np.full(n, MET, np.int8)
            put(levels, forum, level, timed_only(blocking, n), None)
            levels.planes[FIRM] |= np.uint32(1 << forum)
            for k in members:
                self._firm(levels, self.tests[k], outs[k], sample)
                if self.tests[k].test.blocking:
                    add_cures(levels, forum, outs[k].level, outs[k].cures)
        rows = np.zeros((PLANES + CURES, n), np.uint32)
        rows[:PLANES] = levels.planes
        for bit, plane in levels.cures.items():
            rows[PLANES + bit] = plane
        return rows

    def _firm(self, levels: Levels, placed: Placed, out: Out, sample: Sample) -> None:
        """A test that fails and rests on nothing that was taken for granted."""
        if placed.test.blocking:
            fails = out.level <= FOR_NOW
            for key in presumptions(self.tables, placed):
                fails = fails & ~sample.taken[key]
            levels.planes[FIRM] &= np.where(fails, ALL ^ np.uint32(1 << placed.forum), ALL)




class Outside:
    """All tests without clocks outside pieces and articles."""

    def __init__(self, tables: Compiled, tests: Iterable[Placed]) -> None:
        self._tables = tables
        #: What hangs on the State first, for there is least that can come together there.
        self._parts = sorted(parts(tables, tests), key=lambda part: not part.answers)
        self._possible: tuple[Array, Array] | None = None
        self._possible_store = Store()
        self._joins: dict[tuple[int, int], Join] = {}

    def __len__(self) -> int:
        """How many kinds of row, levels and pairs of them are known."""
        return sum(map(len, self._parts)) + sum(map(len, self._joins.values()))

    def forget(self) -> None:
        """Begin anew, with nothing known."""
        for part in self._parts:
            part.forget()
        self._joins = {}

    def levels(self, look: Layout) -> Levels:
        """The worst of these tests, at the spans of a look."""
        by_case, by_act, by_term = (self._at(place, look) for place in PLACES)
        near = self._both(_spread(look, by_case, "case", "act"), by_act)
        near = _spread(look, near, "act", "span")
        found = self._levels(look, near, _taken(by_term, look.slot_rows))
        for rows, terms, fora in look.others if by_term is not None else ():
            other = self._levels(look, _taken(near, rows), _taken(by_term, look.slot_rows_of(terms, rows)))
            for k in range(len(found.planes)):
                found.planes[k, rows] = (other.planes[k] & fora) | (found.planes[k, rows] & ~fora)
            for bit, more in other.cures.items():
                plane = found.cures.setdefault(bit, np.zeros(look.span.n, np.uint32))
                plane[rows] = (more & fora) | (plane[rows] & ~fora)
        return found

    def _at(self, place: str, look: Layout) -> Stored | None:
        """All tests that are told at one place."""
        held: Stored | None = self._possible_fora(look) if place == "case" else None
        for part in self._parts:
            if part.place == place:
                held = self._both(held, (part.take(look), part.store))
        return held

    def _possible_fora(self, look: Layout) -> Stored | None:
        """The fora that are not closed to the State whatever the facts."""
        possible = self._tables.possible
        if possible is None or look.with_tests:
            return None
        if self._possible is None or self._possible[0] is not possible:
            rows = np.zeros((PLANES + CURES, len(possible)), np.uint32)
            rows[:PLANES] = possible
            self._possible = possible, self._possible_store.add(rows)
        return self._possible[1].take(look.fact("respondent", "case")), self._possible_store

    def _both(self, one: Stored | None, two: Stored | None) -> Stored | None:
        """The worst of both."""
        if one is None or two is None:
            return two if one is None else one
        key = id(one[1]), id(two[1])
        join = self._joins.get(key)
        if join is None:
            join = self._joins[key] = Join(one[1], two[1])
        return join.take(one[0], two[0]), join.store

    @staticmethod
    def _levels(look: Layout, one: Stored | None, two: Stored | None) -> Levels:
        """The worst of both: too many kinds of row to be kept."""
        found = [store.levels(numbers, look.planes_used) for numbers, store in filter(None, (one, two))]
        if len(found) == 2:
            found[0].lower(found[1], look.planes_used)
        return found[0] if found else all_met(look.span.n, ALL)


def _spread(look: Layout, held: Stored | None, place: str, to: str) -> Stored | None:
    return held and (look.spread(held[0], place, to), held[1])


def _taken(held: Stored | None, rows: Array) -> Stored | None:
    return held and (held[0].take(rows, mode="wrap"), held[1])
