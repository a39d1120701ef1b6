"""Which plan the rows of a test with clocks have: by the few facts on which its clocks hang, kept for all batches."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from typing import Any

import numpy as np

from ratione.bulk.arrays.calendar import NEVER, number
from ratione.bulk.arrays.known import Known
from ratione.bulk.arrays.outcome import COLUMNS, FOR_GOOD, FOR_NOW, JUDGMENT, MET, UNKNOWN, Ends, Out, level_of
from ratione.bulk.clocks.asked import Asked
from ratione.bulk.clocks.plans import Chosen, Either, Joined, Looked, Plan, Running, Settled, Turned, leaves
from ratione.bulk.facts.names import BY_TARGET, DAYS, DECISION
from ratione.bulk.facts.words import Classes
from ratione.bulk.rows.frames import distinct, keyed
from ratione.bulk.rows.grains import Grain
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.frame import Frame
from ratione.bulk.rules.placed import Placed
from ratione.rules import FAILED, All, Between, Case, Fact, Fixed, InTime, Not, Rule, Say, walk, weighable
from ratione.rules import MET as MET_LEVEL
from ratione.rules import Any as AnyOf

Array = Any
OF_COMPLAINT = frozenset({*DECISION, "filed", "other.ended", "hereafter"})
_OF_WORDS = (All, AnyOf, Case, Not, Fact, Fixed)
_DIRECT = 1 << 20  # combinations of facts that are looked up directly
_KEEP = 250_000  # others that are kept before they are found anew


class Plans:
    """The plans of one test, and the combinations of facts that have them."""

    def __init__(self, tables: Compiled, placed: Placed, same: dict[Plan, Plan]) -> None:
        """`same`: the one plan of all that are equal, whatever the test."""
        self.tables, self.placed, self._same, self.plans = tables, placed, same, list[Plan]()
        self.received = tables.fora[placed.forum].received
        self._numbers: dict[Plan, int] = {}
        self._starts: dict[int, frozenset[int]] = {}
        conditions, parts = dict[int, Rule](), dict[int, Rule]()
        self._gather(placed.test.rule, conditions, parts)
        self._settled = {**conditions, **parts}
        plain = [rule for rule in self._settled.values() if all(isinstance(r, _OF_WORDS) for r in _rules(rule))]
        #: Rules that are no matter of words: told apart by what they say.
        self._others = [(rule, id(rule) in parts) for rule in self._settled.values() if rule not in _Same(plain)]
        facts = dict[str, list[Fact]]()
        for node in (node for rule in plain for node in _rules(rule)):
            if isinstance(node, Fact) and node not in _Same(facts.setdefault(node.name, [])):
                facts[node.name].append(node)
        self._facts = {name: Classes(tables.words, rules) for name, rules in sorted(facts.items())}
        self._said: dict[tuple[int, ...], int] = {}
        self._tables: dict[int, Array] = {}
        self._sizes: tuple[int, ...] = ()
        self._table, self._known = np.full(0, -1, np.int16), Known()
        #: Whether any row can fail.
        self.can_fail = _least(placed.test.rule) <= FOR_NOW

    def _gather(self, rule: Rule, conditions: dict[int, Rule], parts: dict[int, Rule]) -> None:
        """The rules that hold no clock: conditions, of which only the level counts, and parts of the result."""
        if not self.tables.traits.has_clock(rule):
            parts[id(rule)] = rule
        elif isinstance(rule, InTime):
            for start in rule.clock.starts:
                if start.when is not None and not self.tables.traits.has_clock(start.when):
                    conditions[id(start.when)] = start.when
        else:
            for condition in _conditions(rule):
                if self.tables.traits.has_clock(condition):
                    self._gather(condition, conditions, parts)
                else:
                    conditions[id(condition)] = condition
            for part in _parts(rule):
                self._gather(part, conditions, parts)

    def starts(self, plan: Plan) -> frozenset[int]:
        """The start events of a plan, as far as their last days go."""
        found = self._starts.get(id(plan))
        if found is None:
            running = [leaf for leaf in leaves(plan) if isinstance(leaf, Running)]
            pairs = [(leaf.rule.clock, leaf.rule.clock.starts[n]) for leaf in running for n, _ in leaf.starts]
            found = self._starts[id(plan)] = frozenset(self.tables.traits.start_number(*pair) for pair in pairs)
        return found

    # ---- the facts of rows -----------------------------------------------------------------------------------------
    def of(self, grain: Asked) -> Array | None:
        """The number of the plan of each row; None where all have the only one."""
        columns = [*self._words(grain), *self._answers(grain)]
        if not columns:
            if not self.plans:
                self._plans_of(grain.take(np.zeros(1, np.int64)))
            return None
        sizes = tuple(size for _, size in columns)
        if sizes != self._sizes or len(self._known.values) > _KEEP:
            self._sizes, self._known = sizes, Known()
            self._table = np.full(prod(sizes) if prod(sizes) <= _DIRECT else 0, -1, np.int16)
        key = columns[0][0].astype(np.int64)
        for column, size in columns[1:]:
            key *= size
            key += column
        if prod(sizes) > _DIRECT:
            key = self._known.number(key)
            self._table = np.append(self._table, np.full(len(self._known.values) - len(self._table), -1, np.int16))
        found = self._table.take(key, mode="wrap")
        new = np.flatnonzero(found < 0)
        if len(new):
            keys, first = np.unique(key[new], return_index=True)
            self._table[keys] = self._plans_of(grain.take(new[first]))
            found = self._table.take(key, mode="wrap")
        return found

    def _words(self, grain: Asked) -> Iterable[tuple[Array, int]]:
        """The words of each fact, as far as they are told apart, and how many there are."""
        forum, every = self.placed.forum, None
        for name, classes in self._facts.items():
            if name in BY_TARGET:
                every = every or _slots(grain)
                column = classes.of(every.code(name, forum)).take(grain.slot, mode="wrap")
            else:
                column = classes.of(grain.code(name, forum))
            yield column, len(classes.words)

    def _answers(self, grain: Asked) -> Iterable[tuple[Array, int]]:
        """What every rule says that is no matter of words, as numbers, and how many there are."""
        for rule, part in self._others:
            code = self._code(rule, grain)
            if code is None:
                numbers = self._numbered(grain.answer(rule, self.received), part)
            else:
                numbers = self._by_code(rule, part, grain, code)
            yield numbers, 1 << max(len(self._said), MET).bit_length()

    def _code(self, rule: Rule, grain: Asked) -> Array | None:
        """All that a rule reads, as a small whole number, where there is one."""
        (name, *others), forum = self.tables.traits.names(rule), self.placed.forum
        if not others and name not in DAYS | BY_TARGET:
            return grain.code(name, forum)
        if not isinstance(rule, Between):
            return None
        first, last = grain.span(rule.day, forum, self.received)
        code = np.zeros(grain.n, np.uint8)
        for day in (rule.since and number(rule.since), rule.until and number(rule.until) + 1):
            if day is not None:
                code = code * np.uint8(3) + (first >= day).view(np.uint8) + (last >= day).view(np.uint8)
        return code

    def _by_code(self, rule: Rule, part: bool, grain: Asked, code: Array) -> Array:
        """What a rule says, as numbers that are kept by what it reads."""
        table = self._tables.get(id(rule), np.full(0, -1, np.int32))
        most = int(code.max(initial=0)) + 1
        if most > len(table):
            table = self._tables[id(rule)] = np.append(table, np.full(2 * most - len(table), -1, np.int32))
        found = table.take(code, mode="wrap")
        new = np.flatnonzero(found < 0)
        if len(new):
            codes, first = np.unique(code[new], return_index=True)
            some = grain.take(new[first])
            out = keyed(some, rule, self.placed.forum, self.received)
            table[codes] = self._numbered(out, part)
            found = table.take(code, mode="wrap")
        return found

    def _numbered(self, out: Out, part: bool) -> Array:
        """Outcomes as numbers: of a condition the level, of a part whatever follows from it."""
        if not part:
            return out.level
        n = len(out.level)
        cures = np.zeros(n, np.uint8) if out.cures is None else out.cures
        days = [] if out.ends is None else [_column(out.ends, name, n) for name in COLUMNS]
        place, found, _ = distinct([out.level, cures, *days], n)
        rows = zip(*(column.tolist() for column in found), strict=True)
        said = [self._said.setdefault(row, len(self._said)) for row in rows]
        return np.array(said, np.int32)[place]

    # ---- plans -----------------------------------------------------------------------------------------------------
    def _plans_of(self, grain: Asked) -> Array:
        """The plans of some rows, by number; new ones are kept."""
        forum = self.placed.forum
        outs = {key: keyed(grain, rule, forum, self.received) for key, rule in self._settled.items()}
        found = np.zeros(grain.n, np.int16)
        for row in range(grain.n):
            settled = {key: _settled(out, row) for key, out in outs.items()}
            plan = self._plan(self.placed.test.rule, settled)
            plan = self._same.setdefault(plan, plan)
            if plan not in self._numbers:
                self._numbers[plan] = len(self.plans)
                self.plans.append(plan)
            found[row] = self._numbers[plan]
        return found

    def _plan(self, rule: Rule, settled: dict[int, Settled]) -> Plan:
        if id(rule) in settled:
            return settled[id(rule)]
        match rule:
            case InTime():
                return self._running(rule, settled)
            case Case():
                return self._case(rule, settled)
            case Not():
                said = rule.otherwise
                inner, other = self._plan(rule.rule, settled), Settled(level_of(said), self._cure(said))
                return _fold(Turned(inner, other, inner.of_complaint), inner)
        parts = tuple(self._plan(part, settled) for part in _parts(rule))
        return _fold(Joined(parts, isinstance(rule, AnyOf), all(p.of_complaint for p in parts)), *parts)

    def _case(self, rule: Case, settled: dict[int, Settled]) -> Plan:
        """The first condition that holds decides; one that is unsure leaves two ways."""
        held: list[tuple[Plan, Rule]] = []
        for condition, then in rule.when:
            plan = self._plan(condition, settled)
            if not isinstance(plan, Settled) or plan.level > FOR_NOW:
                held.append((plan, then))
            if isinstance(plan, Settled) and plan.level == MET:
                break
        else:
            held.append((Settled(MET), rule.default))
        found = self._plan(held.pop()[1], settled)
        for condition_plan, then in reversed(held):
            way, plain = self._plan(then, settled), condition_plan.of_complaint
            plain = plain and way.of_complaint and found.of_complaint
            if not isinstance(condition_plan, Settled):
                found = Chosen(condition_plan, way, found, plain)
            elif way != found:
                found = _fold(Either(condition_plan.level == UNKNOWN, way, found, plain), way, found)
        return found

    def _running(self, rule: InTime, settled: dict[int, Settled]) -> Plan:
        """A clock with its start events, those that have the same days taken together."""
        starts, doubtful = dict[tuple[object, ...], tuple[int, bool]](), False
        for n, start in enumerate(rule.clock.starts):
            level = MET if start.when is None else UNKNOWN
            if start.when is not None:
                if id(start.when) not in settled:
                    return Looked(id(rule), rule, self.tables.evaluator)
                level = settled[id(start.when)].level
            if level > FOR_NOW:
                key = start.day, start.by, start.months, start.later
                number, sure = starts.get(key, (n, False))
                starts[key] = number, sure or level >= JUDGMENT
                doubtful |= level == JUDGMENT
                doubtful |= level == UNKNOWN and start.when is not None and weighable(start.when)
        if all(rule.clock.starts[n].later for n, _ in starts.values()):
            return Settled(UNKNOWN)
        read = {name for day, by, *_ in starts for name in (day, *by)}  # type: ignore[misc]
        return Running(id(rule), tuple(starts.values()), doubtful, rule, self._levels(rule), read <= OF_COMPLAINT)

    def _levels(self, rule: InTime) -> tuple[Array, Array | None]:
        """The outcomes of a clock: by whether it was surely in time, surely late, and perhaps (1, 2 and 4)."""
        always_late = rule.late.level == rule.between.level == MET_LEVEL
        says = [rule.late if always_late or n & 2 else rule.between if n & 4 else None for n in range(8)]
        levels = [MET if n & 1 else UNKNOWN if say is None else level_of(say) for n, say in enumerate(says)]
        cures = [0 if n & 1 or say is None else self._cure(say) for n, say in enumerate(says)]
        return np.array(levels, np.int8), np.array(cures, np.uint8) if any(cures) else None

    def _cure(self, say: Say) -> int:
        return self.tables.cures.of([say.cure]) if say.level == FAILED and say.cure else 0


class Clocks:
    """What is known of the clocks of all tests."""

    def __init__(self, tables: Compiled) -> None:
        self._tables = tables
        self._plans: dict[Placed, Plans] = {}
        self._same: dict[Plan, Plan] = {}

    def of(self, placed: Placed) -> Plans:
        """The plans of a test."""
        if placed not in self._plans:
            self._plans[placed] = Plans(self._tables, placed, self._same)
        return self._plans[placed]


def _slots(grain: Grain) -> Grain:
    """Every slot that there is, once."""
    slot = np.arange(len(grain.columns.like))
    return Grain(grain.tables, grain.rows, grain.columns, np.zeros(len(slot), np.int32), None, slot=slot)


class _Same:
    """Some rules, told apart by which they are and not by what they say: they hold dictionaries."""

    def __init__(self, rules: Iterable[object]) -> None:
        self._known = {id(rule) for rule in rules}

    def __contains__(self, rule: object) -> bool:
        return id(rule) in self._known


def _rules(rule: Rule) -> Iterable[object]:
    return (node for node in walk(rule) if not isinstance(node, Say))


def _conditions(rule: Rule) -> tuple[Rule, ...]:
    return tuple(condition for condition, _ in rule.when) if isinstance(rule, Case) else ()


def _parts(rule: Rule) -> tuple[Rule, ...]:
    """The rules from which the outcome of a combination comes."""
    match rule:
        case All() | AnyOf():
            return rule.rules
        case Case():
            return *(then for _, then in rule.when), rule.default
        case Not():
            return (rule.rule,)
    return ()


def _least(rule: Rule) -> int:
    """A level below which a rule never falls."""
    match rule:
        case InTime():
            return min(UNKNOWN, level_of(rule.late), level_of(rule.between))
        case Fixed():
            return level_of(rule.say)
        case All() | Case():
            return min(_least(part) for part in _parts(rule))
        case AnyOf():
            return max(_least(part) for part in _parts(rule))
    return FOR_GOOD


def _settled(out: Out, row: int) -> Settled:
    ends = None
    if out.ends is not None and out.ends.shown[row] != NEVER:
        ends = tuple(int(_column(out.ends, name, len(out.level))[row]) for name in COLUMNS)
    return Settled(int(out.level[row]), 0 if out.cures is None else int(out.cures[row]), ends)


def _column(ends: Ends, name: str, n: int) -> Array:
    found = getattr(ends, name)
    return np.full(n, name != "untold" and NEVER, np.int32) if found is None else found


def _fold(plan: Plan, *parts: Plan) -> Plan:
    """A plan, or what it comes to where nothing in it is left open."""
    if not all(isinstance(part, Settled) for part in parts):
        return plan
    return _settled(plan.out(_One(), True), 0)


class _One(Frame):
    """One row of which nothing is asked."""

    n = 1
