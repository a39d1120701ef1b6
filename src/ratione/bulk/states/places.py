"""Where acts lie, and which States matter there."""

from __future__ import annotations

from typing import Any

import numpy as np

from ratione.bulk.facts.words import Words
from ratione.bulk.states.stretches import Segments

Array = Any
#: Control over a place outside the State's own territory; also words for the place itself.
AWAY = ("occupied", "agent_authority", "active_hostilities")
#: What is told of an act, as bits; from `CONTROL` on the code of the control.
HOME, COUNTRY, DEPENDENT, NOTHING, HAS = 1, 2, 4, 8, 16
CONTROL = 5


class Places:
    """Where places lie, by code; what an act there comes to, by what is told of it."""

    def __init__(self, words: Words, segments: Segments, presumed: str) -> None:
        self._words, self._segments, self._presumed = words, segments, presumed
        self._country, self._territory = np.zeros(0, np.int32), np.zeros(0, np.int32)
        self._bits = np.zeros(0, np.int16)
        self._dependencies = np.zeros(0, np.int16)
        self._codes = np.zeros((0, 0), np.int32)
        self._told: dict[tuple[int, ...], int] = {}
        self._answers: dict[bool, tuple[Array, Array]] = {}

    def __len__(self) -> int:
        """How many combinations with other States have a cut list."""
        return len(self._told)

    def of(self, place: Array) -> tuple[Array, Array]:
        """Of each place the State, and as bits whether there is one, and whether it is dependent, or none is told."""
        words, n = self._words, len(self._words.places)
        if len(self._country) < n:
            held = [words.country(p) for p in range(n)]
            self._country = np.array([country for country, _ in held], np.int32)
            self._territory = np.array([words.territory(p) if c else 0 for p, (c, _) in enumerate(held)], np.int32)
            bits = [COUNTRY * (country > 0) | DEPENDENT * dependent for country, dependent in held]
            self._bits = np.array(bits, np.int16)
            self._bits[0] |= NOTHING
        return self._country.take(place), self._bits.take(place)

    def territory(self, place: Array) -> Array:
        """The code of the territory or State in which each place lies."""
        return self._territory[place]

    def dependencies(self, state: Array) -> Array:
        """Whether each State has dependent territories, as bits."""
        words = self._words
        if len(self._dependencies) < len(words.states):
            has = [HAS * (code in words.dependencies) for code in words.states.values]
            self._dependencies = np.array(has, np.int16)
        return self._dependencies.take(state)

    def answers(self, presume: bool) -> tuple[Array, Array]:
        """By what is told of an act the word for its place, and whether it is taken to lie in the respondent State."""
        found = self._answers.get(presume)
        if found is None:
            keys = range(len(self._words.controls) << CONTROL)
            held = [self._answer(key >> CONTROL, key, presume) for key in keys]
            found = np.array([p for p, _ in held], np.int16), np.array([u for _, u in held], bool)
            self._answers[presume] = found
        return found

    def _answer(self, control: int, key: int, presume: bool) -> tuple[int, bool]:
        words = self._words
        places, word = words.closed["place"].codes, words.controls.values[control]
        if word in AWAY:
            return places[word], False
        if key & HOME:
            return places["dependent_territory" if key & DEPENDENT else "own_territory"], False
        if word == "own_territory":
            sure = presume or key & COUNTRY or not key & HAS
            return places["own_territory"] if sure else 0, False
        if word == "other":
            return places["abroad"] if key & COUNTRY else 0, False
        untold = presume and not control and bool(key & NOTHING)
        return places[self._presumed] if untold else 0, untold

    def lists(self, state: Array, country: Array, at: Array, told: tuple[Array, ...]) -> Array:
        """The cut list of each act or case: that of its State, and at some rows (`at`) with the State of the place.

        `told`: sets of other States that a rule looks at; empty where none is told.
        """
        n = len(self._words.states)
        if len(self._codes) < n:
            held, self._codes = self._codes, np.full((n, n), -1, np.int32)
            self._codes[: len(held), : len(held)] = held
        found = self._take(state, np.zeros(1, np.int32))
        if len(at):
            found[at] = self._take(state[at], country[at])
        if told:
            rows = np.flatnonzero(np.logical_or.reduce([sets > 0 for sets in told]))
            away = np.zeros(len(state), np.int32)
            away[at] = country[at]
            keys = np.stack([state[rows], away[rows], *(sets[rows] for sets in told)], axis=1).tolist()
            found[rows] = [self._of_sets(tuple(key)) for key in keys]
        return found

    def _take(self, state: Array, country: Array) -> Array:
        found = self._codes[state, country]
        missing = found < 0
        if missing.any():
            segments = self._segments
            asked = np.zeros(self._codes.shape, bool)
            asked[state, country] = True
            for one, place in np.argwhere(asked & (self._codes < 0)).tolist():
                self._codes[one, place] = segments.code(one, (), place)
            found = self._codes[state, country]
        return found

    def _of_sets(self, key: tuple[int, ...]) -> int:
        found = self._told.get(key)
        if found is None:
            sets = self._words.sets.values
            others = {state for held in key[2:] for state in sets[held] or ()}
            found = self._told[key] = self._segments.code(key[0], tuple(sorted(others)), key[1])
        return found
