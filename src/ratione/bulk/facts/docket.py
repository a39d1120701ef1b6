"""Complaints side by side: every fact and day of many complaints as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from ratione import law
from ratione.bulk.arrays.calendar import FIRST, LAST
from ratione.bulk.facts.words import NO, YES, Words
from ratione.complaint.model import CODES, DAYS, FACTS, Complaint, Procedure
from ratione.days import Interval

Array = Any
#: Words of a procedure elsewhere that are yes, no or not told.
SAME = ("same_person", "same_facts", "same_rights")
#: Lists of procedures that are no list of one: not told, told that there is none.
UNTOLD, NONE = 0, 1
_FORUM = 8 * 3**4  # by what the code of the forum is multiplied in a packed procedure


@dataclass(slots=True)
class Days:
    """A column of days: whether each is told, and its first and last possible day."""

    told: Array
    first: Array
    last: Array

    def take(self, rows: Array) -> Days:
        """The days of other rows."""
        return Days(self.told[rows], self.first[rows], self.last[rows])


@dataclass(slots=True)
class Acts:
    """The acts of all complaints, one after another; codes as in `Words`."""

    first: Days
    last: Days
    kind: Array
    ongoing: Array
    place: Array
    written: Array
    control: Array
    attributable: Array


@dataclass(slots=True)
class Docket:
    """`respondent` and `acts` belong to the complaint between the offsets; `profile` says what its rights come to.

    `facts`, `codes` (sets of States) and `days` by the names of the model. `exhausted`: whether every remedy told is.
    `procedures`: the list of procedures elsewhere, as a code of `Procedures`; `used` and `used_ended`: whether another
    procedure was used (as YES_NO), and on what days it can have ended.
    """

    n: int
    respondent_start: Array
    respondent: Array
    act_start: Array
    acts: Acts
    facts: dict[str, Array]
    codes: dict[str, Array]
    days: dict[str, Days]
    remedies: Array
    exhausted: Array
    profile: Array
    procedures: Array
    used: Array
    used_ended: Days
    ids: list[str] = field(default_factory=list)

    def take(self, rows: Array) -> Docket:
        """Some of the complaints, in order."""
        from ratione.bulk.arrays.offsets import members, starts

        states, _ = members(self.respondent_start, rows)
        acts, _ = members(self.act_start, rows)
        own = self.acts
        return Docket(
            len(rows),
            starts((self.respondent_start[1:] - self.respondent_start[:-1])[rows]),
            self.respondent[states],
            starts((self.act_start[1:] - self.act_start[:-1])[rows]),
            Acts(
                own.first.take(acts), own.last.take(acts), own.kind[acts], own.ongoing[acts], own.place[acts],
                own.written[acts], own.control[acts], own.attributable[acts],
            ),
            {name: values[rows] for name, values in self.facts.items()},
            {name: values[rows] for name, values in self.codes.items()},
            {name: days.take(rows) for name, days in self.days.items()},
            self.remedies[rows],
            self.exhausted[rows],
            self.profile[rows],
            self.procedures[rows],
            self.used[rows],
            self.used_ended.take(rows),
        )  # fmt: skip


class Procedures:
    """Codes of procedures elsewhere and of lists of them, the same for equal lists; their days are told apart."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._lists: dict[tuple[int, ...], int] = {}
        self._keys: dict[int, int] = {}
        self.lists: list[tuple[int, ...]] = [(), ()]
        self._bits = (len(words.fora) * _FORUM).bit_length()
        matrix = law.matrix()
        self._counts = np.array([False, *(matrix.counts(f) for f in words.fora.values[1:])])
        running = {"pending", "withdrawn_before_decision"}
        self._over = np.array([s not in running for s in words.statuses.values] + [True] * (8 - len(words.statuses)))

    def pack(self, procedure: Procedure) -> int:
        """One procedure as a number: forum, status, same person, facts and rights, by a third party."""
        words = self.words
        code = words.fora.codes.get(procedure.forum, 1)
        code = code * 8 + words.statuses.codes.get(procedure.status, 0)
        for name in SAME:
            code = code * 3 + {None: 0, "yes": 1, "no": 2}[getattr(procedure, name)]
        return code * 3 + {None: 0, "yes": 1, "no": 2}[procedure.by_third_party]

    def of(self, packed: tuple[int, ...]) -> int:
        """The code of a list of packed procedures."""
        found = self._lists.get(packed)
        if found is None:
            found = self._lists[packed] = len(self.lists)
            self.lists.append(packed)
        return found

    def codes(self, packed: Array, begins: Array, counts: Array) -> Array:
        """The codes of lists one after another: where each begins, and how many members it has (at least one)."""
        key, rows = np.zeros(len(begins), np.int64), np.arange(len(begins))
        most = 62 // self._bits  # procedures that fit into one number
        for n in range(most):
            key[rows] |= packed[begins[rows] + n] << self._bits * n
            rows = rows[counts[rows] > n + 1]
        coded = pa.array(key).dictionary_encode()
        codes = np.array([self._keys.get(k) or self._key(k) for k in coded.dictionary.to_pylist()], np.int32)
        codes = codes[coded.indices.to_numpy()]
        for row in rows.tolist():  # longer lists
            codes[row] = self.of(tuple(packed[begins[row] : begins[row] + counts[row]].tolist()))
        return codes

    def _key(self, key: int) -> int:
        packed, left = [], key
        while left:
            packed.append(left & (1 << self._bits) - 1)
            left >>= self._bits
        found = self._keys[key] = self.of(tuple(packed))
        return found

    def used(self, packed: Array, ended: Days, begins: Array) -> tuple[Array, Days]:
        """Of each list whether another procedure was used (as YES_NO), and the days on which it can have ended.

        As `CaseView._other` of the reference evaluator (Rule 99(c) of the HRC).
        """
        status = packed // 81 % 8
        counting = self._counts[packed // _FORUM] & (packed // 27 % 3 != NO) & (packed // 9 % 3 != NO)
        over = counting & self._over[status] & (status > 0)
        unsure = np.logical_or.reduceat(counting & (status == 0), begins)
        told = np.logical_or.reduceat(over, begins) & ~unsure
        first = np.minimum.reduceat(np.where(over, ended.first, LAST), begins)
        last = np.minimum.reduceat(np.where(over, ended.last, LAST), begins)
        days = Days(told, np.where(told, first, FIRST).astype(np.int32), np.where(told, last, LAST).astype(np.int32))
        return np.where(unsure, 0, np.where(told, YES, NO)).astype(np.int16), days

    def columns(self, lists: Array, packed: Array, ended: Days, owner: Array) -> tuple[Array, Array, Days]:
        """The columns `procedures`, `used` and `used_ended` of a docket.

        `lists`: UNTOLD or NONE by complaint; `owner`: the complaint of each procedure, in order.
        """
        n = len(lists)
        used = np.where(lists == NONE, NO, 0).astype(np.int16)
        days = Days(np.zeros(n, bool), np.full(n, FIRST, np.int32), np.full(n, LAST, np.int32))
        if not len(owner):
            return lists, used, days
        begins = np.flatnonzero(np.diff(owner, prepend=-1))
        rows, counts = owner[begins], np.diff(np.append(begins, len(owner)))
        lists[rows] = self.codes(packed, begins, counts)
        used[rows], found = self.used(packed, ended, begins)
        days.told[rows], days.first[rows], days.last[rows] = found.told, found.first, found.last
        return lists, used, days

    def with_rights(self, code: int, shared: tuple[str, ...]) -> int:
        """The same list, where the rights put to the other body are told: whether those of the slot are among them."""
        return self.of(tuple(_with(packed, same) for packed, same in zip(self.lists[code], shared, strict=True)))


def _with(packed: int, same: str) -> int:
    """A packed procedure with another word for `same_rights`; nothing can be said where the slot has no right."""
    told = packed // 3 % 3
    new = {"yes": 1, "no": 2, "unsure": 0, "": told}[same]
    return packed + (new - told) * 3


def _days(intervals: Sequence[Interval | None]) -> Days:
    told = np.array([i is not None for i in intervals], bool)
    first = np.array([i.first.toordinal() if i else FIRST for i in intervals], np.int32)
    last = np.array([i.last.toordinal() if i else LAST for i in intervals], np.int32)
    return Days(told, first, last)


def _starts(counts: Sequence[int]) -> Array:
    return np.concatenate([[0], np.cumsum(np.array(counts, np.int64))]).astype(np.int64)


def of_complaints(complaints: Sequence[Complaint], words: Words, profiles: Any, procedures: Procedures) -> Docket:
    """The columns of complaints that were read one by one."""
    acts = [act for c in complaints for act in c.acts]
    yes_no = words.closed["act.ongoing"].codes

    def codes(values: list[Any], known: dict[Any, int]) -> Array:
        return np.array([known.get(v, 0) for v in values], np.int16)

    def profile(c: Complaint) -> int:
        told = tuple(p.rights for p in c.procedures or ())
        by_right = tuple(sorted(c.remedies.items())) if set(c.remedies) - {"*"} else ()
        return int(profiles.profile(c.rights, by_right, told if any(r is not None for r in told) else ()))

    elsewhere = [(n, p) for n, c in enumerate(complaints) for p in c.procedures or ()]
    first = _days([a.first for a in acts])
    last = _days([a.last for a in acts])
    last.told = np.array([a.last_stated for a in acts], bool)
    return Docket(
        len(complaints),
        _starts([len(c.respondent) for c in complaints]),
        np.array([words.states(s) for c in complaints for s in c.respondent], np.int32),
        _starts([len(c.acts) for c in complaints]),
        Acts(
            first,
            last,
            codes([a.kind for a in acts], words.closed["act.kind"].codes),
            codes([a.ongoing for a in acts], yes_no),
            np.array([words.places(a.place) if a.place else 0 for a in acts], np.int32),
            np.array([a.place_text is not None for a in acts], bool),
            codes([a.control for a in acts], words.controls.codes),
            codes([a.attributable for a in acts], yes_no),
        ),
        {name: codes([c.facts.get(name) for c in complaints], words.closed[name].codes) for name in FACTS},
        {
            name: np.array(
                [words.sets(tuple(sorted(map(words.states, c.codes[name])))) if name in c.codes else 0
                 for c in complaints], np.int32,
            )
            for name in CODES
        },
        {name: _days([c.days.get(name) for c in complaints]) for name in DAYS},
        codes([c.remedies.get("*") for c in complaints], words.closed["remedies"].codes),
        np.array([set(c.remedies.values()) == {"exhausted"} for c in complaints], bool),
        np.array([profile(c) for c in complaints], np.int32),
        *procedures.columns(
            np.array([UNTOLD if c.procedures is None else NONE for c in complaints], np.int32),
            np.array([procedures.pack(p) for _, p in elsewhere], np.int64),
            _days([p.ended for _, p in elsewhere]),
            np.array([n for n, _ in elsewhere], np.int64),
        ),
        [c.id for c in complaints],
    )
