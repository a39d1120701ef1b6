"""Codes for words: every fact is a small number here, 0 where nothing is told."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione import law
from ratione.complaint.model import ACT_KINDS, CONTROLS, FACTS, REMEDIES, STATUSES, YES_NO

if TYPE_CHECKING:
    from ratione.registry import Registry
    from ratione.rules import Fact

Array = Any
PLACES = ("own_territory", "occupied", "agent_authority", "active_hostilities", "dependent_territory", "abroad")
NO, YES = 2, 1  # codes of YES_NO
#: Facts of one act, of the whole complaint as derived, and their words.
DERIVED = {
    "act.kind": ACT_KINDS,
    "act.ongoing": YES_NO,
    "act.cut": YES_NO,
    "act.attributable": YES_NO,
    "place": PLACES,
    "remedies": REMEDIES,
    "other.used": YES_NO,
    "decision.told": YES_NO,
    "detention_regime_ended.told": YES_NO,
}


class Interner:
    """Numbers for values as they come; 0 is kept for nothing."""

    def __init__(self, values: Iterable[Hashable] = ()) -> None:
        self.values: list[Any] = [None]
        self.codes: dict[Hashable, int] = {}
        for value in values:
            self(value)

    def __call__(self, value: Hashable) -> int:
        """The code of a value, a new one if it has none yet."""
        found = self.codes.get(value)
        if found is None:
            found = self.codes[value] = len(self.values)
            self.values.append(value)
        return found

    def __len__(self) -> int:
        return len(self.values)


class Words:
    """The codes of everything that a complaint, a registry and the tables of law name."""

    def __init__(self, registry: Registry) -> None:
        self.states = Interner(registry.states)
        self.places = Interner()
        self.fora = Interner(["*", *dict.fromkeys(other for _, other in law.matrix().cells if other != "*")])
        self.rights = Interner([""])
        self.articles = Interner()
        self.sets = Interner([()])  # sets of States, as tuples
        self.closed = {name: Interner(words) for name, words in {**FACTS, **DERIVED}.items()}
        self.statuses = Interner(STATUSES)
        self.controls = Interner(CONTROLS)
        self._country: dict[int, tuple[int, bool]] = {}
        self._states = registry.states
        self._alpha2 = {s.alpha2: s for s in reversed(list(registry.states.values())) if s.alpha2}
        self.dependencies = frozenset(s.part_of for s in registry.states.values() if s.part_of and not s.integral)

    def vocabulary(self, name: str) -> Interner:
        """The words of a fact."""
        if name in self.closed:
            return self.closed[name]
        if name in ("respondent", "act.country", "territory"):
            return self.states
        if name == "act.place":
            return self.places
        if name == "right":
            return self.rights
        if name.startswith("article"):
            return self.articles
        return self.closed.setdefault(name, Interner(YES_NO))

    def country(self, place: int) -> tuple[int, bool]:
        """The State of a place, as a code (0: none), and whether the place is a dependent territory."""
        found = self._country.get(place)
        if found is None:
            code = self.places.values[place] if place else None
            state = (self._states.get(code) or self._alpha2.get(code[:2])) if code else None
            dependent = bool(state and state.part_of and not state.integral)
            found = (self.states(state.part_of or state.code), dependent) if state else (0, False)
            self._country[place] = found
        return found

    def territory(self, place: int) -> int:
        """The code of the territory or State in which a place lies."""
        code = self.places.values[place]
        state = self._states.get(code) or self._alpha2.get(code[:2])
        return self.states(state.code) if state else 0


class Classes:
    """The words of a fact, as far as the rules on it tell them apart. `words`: for each class one of its words."""

    def __init__(self, words: Words, rules: list[Fact]) -> None:
        self._vocabulary, self._rules = words.vocabulary(rules[0].name), rules
        self._codes, self.words = np.zeros(0, np.int32), np.zeros(0, np.int32)
        self._known: dict[object, int] = {}

    def of(self, codes: Array) -> Array:
        """The class of each word."""
        return self.by_code().take(codes, mode="wrap")

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


def table(values: Iterable[Any], dtype: Any = np.int32) -> Any:
    """An array of a column of small values."""
    return np.array(list(values), dtype=dtype)
