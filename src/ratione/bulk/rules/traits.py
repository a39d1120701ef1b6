"""What rules are like: what they read, and whether they hold a clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ratione.bulk.facts.names import BY_TARGET, OF_TERM
from ratione.rules import (
    AtLeast,
    Begun,
    Between,
    Bound,
    Clock,
    Covers,
    Elsewhere,
    Extended,
    Fact,
    InTime,
    Reserved,
    Rule,
    Start,
    reads,
    walk,
)


class Traits:
    """What is known of each rule, and numbers for start events."""

    def __init__(self) -> None:
        self._traits: dict[int, tuple[bool, bool, bool, frozenset[str]]] = {}
        self._starts: dict[tuple[int, int], int] = {}
        self._start_numbers: dict[tuple[Any, ...], int] = {}

    def _trait(self, rule: Rule) -> tuple[bool, bool, bool, frozenset[str]]:
        found = self._traits.get(id(rule))
        if found is None:
            nodes = tuple(walk(rule))
            names = variables(nodes)
            by_forum = bool(names & (BY_TARGET | OF_TERM))
            clock = any(isinstance(node, InTime) for node in nodes)
            found = self._traits[id(rule)] = by_forum, clock, _of_others(nodes), names
        return found

    def by_forum(self, rule: Rule) -> bool:
        """Whether the same rule can have other answers in another forum: it reads the article, or the term."""
        return self._trait(rule)[0]

    def has_clock(self, rule: Rule) -> bool:
        """Whether a rule holds a clock."""
        return self._trait(rule)[1]

    def of_others(self, rule: Rule) -> bool:
        """Whether a rule asks about another State than the respondent."""
        return self._trait(rule)[2]

    def names(self, rule: Rule) -> frozenset[str]:
        """The names of what a rule reads."""
        return self._trait(rule)[3]

    def start_number(self, clock: Clock, start: Start) -> int:
        """A number for start events that give the same last days, by whatever clock."""
        found = self._starts.get((id(clock), id(start)))
        if found is None:
            length = start.months if start.months is not None else clock.versions
            key = start.day, start.by if start.months is None else (), length, clock.suspensions, clock.rest_day
            found = self._start_numbers.setdefault(key, len(self._start_numbers))
            self._starts[id(clock), id(start)] = found
        return found


def _of_others(nodes: Iterable[object]) -> bool:
    """Whether a rule asks about another State than the respondent."""
    return any(isinstance(node, Bound | Begun) and node.of != "respondent" for node in nodes)


def variables(nodes: Iterable[object]) -> frozenset[str]:
    """The names of what a rule reads here. As `rules.reads`; procedures elsewhere are no matter of articles."""
    names = set[str]()
    for node in nodes:
        match node:
            case Elsewhere():
                names.add("procedures")
            case InTime():
                names.add("filed")
            case Start():
                names |= {node.day, *node.by}
            case Bound() | Begun():
                names |= reads(node) | ({"respondent"} if node.of == "respondent" else set())
            case Extended():
                names |= reads(node) | {"respondent", "territory"}
            case Reserved():
                names |= reads(node) | {"respondent"}
            case AtLeast() | Between() | Fact() | Covers():
                names |= reads(node)
            case _:
                pass
    return frozenset(names)
