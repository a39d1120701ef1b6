"""Outcomes with their trace: what the evaluators hand on, as message ids and values, never as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ratione.days import LAST, Interval
from ratione.rules import FAILED, MET, UNKNOWN, Clock, Say, Start

if TYPE_CHECKING:
    from ratione.registry import Fact

NO_VALUES: dict[str, Any] = {}
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Why:
    """A message id with its values; `leaning`: the level that a body would probably give."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    leaning: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One start event as it entered a clock."""

    start: Start
    day: Interval
    months: tuple[int, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day: `last_day` is safe, `arguable` may be later; None where it cannot be told or there is none.

    `file_by`: a safer day to file by, where it is not told whether the law requires service (law.md A.6).
    `clock` is None for the day before the State's acceptance ends (law.md D.1, "Cut by a withdrawal").
    """

    last_day: date | None
    arguable: date | None
    clock: Clock | None = None
    counted: tuple[Counted, ...] = ()
    file_by: date | None = None

    @property
    def advice(self) -> bool:
        """Whether it is only a benchmark, not a term of law."""
        return self.clock is not None and self.clock.advice


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a rule in one cell."""

    level: int
    why: tuple[Why, ...] = ()
    missing: frozenset[str] = NONE
    for_now: bool = False
    cures: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    facts: tuple[Fact, ...] = ()


PASSED = Result(MET)


def say(outcome: Say, values: Mapping[str, Any] = NO_VALUES, facts: tuple[Fact, ...] = ()) -> Result:
    """The result of a stated outcome, with the values of its sentence."""
    why = (Why(outcome.why, values, outcome.leaning),) if outcome.why else ()
    if outcome.level == UNKNOWN:
        return Result(UNKNOWN, why, frozenset({outcome.cure}), facts=facts)
    return Result(
        outcome.level, why, for_now=outcome.for_now, cures=(outcome.cure,) if outcome.cure else (), facts=facts
    )


def missing(names: Iterable[str], why: str = "fact_needed", facts: tuple[Fact, ...] = ()) -> Result:
    """An unknown result that names what would settle it."""
    wanted = frozenset(names)
    return Result(UNKNOWN, (Why(why, {"facts": sorted(wanted)}),), wanted, facts=facts)


def _merge(
    kept: list[Result], level: int, deadlines: tuple[Deadline, ...], binding: Iterable[Result] = ()
) -> Result:
    """Several results of one level as one; `binding`: others of which only the deadlines, and their facts, stay."""
    if len(kept) == 1 and deadlines == kept[0].deadlines:
        return kept[0]
    return Result(
        level,
        _unique(kept),
        frozenset().union(*(r.missing for r in kept)),
        level == FAILED and all(r.for_now for r in kept),
        tuple(dict.fromkeys(cure for r in kept for cure in r.cures)),
        deadlines,
        together([*(r.facts for r in kept), *(r.facts for r in binding)]),
    )


def together(groups: Iterable[tuple[Fact, ...]]) -> tuple[Fact, ...]:
    """The facts of several results, each once."""
    given = [group for group in groups if group]
    if len(given) == 1:
        return given[0]
    return tuple({fact.id: fact for group in given for fact in group}.values())


def _unique(kept: list[Result]) -> tuple[Why, ...]:
    found: list[Why] = []
    for result in kept:
        found.extend(why for why in result.why if why not in found)
    return tuple(found)


def worst(results: list[Result]) -> Result:
    """The minimum of several results; every deadline stays, for each of them binds."""
    level = min([r.level for r in results])
    kept = [r for r in results if r.level == level and r is not PASSED]
    if not kept:
        return PASSED
    deadlines = tuple([d for r in results for d in r.deadlines])
    if len(kept) == 1 and len(deadlines) == len(kept[0].deadlines):
        return kept[0]
    if level == MET:
        return Result(MET, _unique(kept), deadlines=deadlines, facts=together([r.facts for r in kept]))
    return _merge(kept, level, deadlines, [r for r in results if r.deadlines and r.level != level])


def best(results: list[Result]) -> Result:
    """The maximum of several results: one way is enough, so the latest deadline among the best ways holds."""
    level = max(r.level for r in results)
    kept = [r for r in results if r.level == level]
    if len(kept) == 1:
        return kept[0]
    if level == UNKNOWN:
        return _merge(kept, level, tuple(d for r in kept for d in r.deadlines))
    free = [r for r in kept if not r.deadlines]
    if free:
        return free[0]
    return max(kept, key=lambda r: min(d.last_day or LAST for d in r.deadlines))


def blur(met: Result, rest: Result, condition: Result) -> Result:
    """An exception of which it is unsure whether it applies: where both ways agree, that; else what makes it unsure."""
    deadlines = (*met.deadlines, *rest.deadlines)
    if met.level == rest.level == MET:  # the reason of the exception may not hold: that of the default stands alone
        return replace(rest, deadlines=deadlines)
    if met.level == rest.level:
        return _merge([met, rest], met.level, deadlines)
    if UNKNOWN in (met.level, rest.level, condition.level):
        unsure = [r for r in (condition, met, rest) if r.level == UNKNOWN]
        return _merge(unsure, UNKNOWN, deadlines)
    return Result(condition.level, condition.why, deadlines=deadlines, facts=condition.facts)
