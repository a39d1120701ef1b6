"""The days on which an answer about a State can change, from which acts and stretches of time are cut."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ratione.assess import steps
from ratione.bulk.arrays.calendar import number
from ratione.bulk.facts.words import Words
from ratione.days import Interval, next_day, plus_days
from ratione.registry import Answer
from ratione.rules import AtLeast, Begun, Between, Bound, Extended, Forum, Reserved, walk

if TYPE_CHECKING:
    from ratione.registry import Registry

#: By day variable: the days at which it is cut, each with the fora (bits) for which it is.
Cuts = dict[str, dict[int, int]]


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
                _mark(found, "filed", map(number, acceptance_days(self.registry, rule.instrument)), fora)
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


def acceptance_days(registry: Registry, instrument: str) -> list[Any]:
    """The first of days and every day on which the number of acceptances can change."""
    days = {fact.day for state in registry.states for fact in registry.facts_of(state, instrument) if fact.day}
    return [Interval().first, *sorted(days)]


def _mark(found: Cuts, name: str, days: Iterable[int], fora: int) -> None:
    held = found.setdefault(name, {})
    for day in days:
        held[day] = held.get(day, 0) | fora
