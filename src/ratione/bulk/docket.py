"""Complaints side by side: every fact and day of many complaints as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ratione import law
from ratione.bulk.calendar import FIRST, LAST
from ratione.bulk.words import Words
from ratione.complaint.model import CODES, DAYS, FACTS, Complaint, Procedure
from ratione.days import Interval

Array = Any
#: Words of a procedure elsewhere that are yes, no or not told.
SAME = ("same_person", "same_facts", "same_rights")
#: Lists of procedures that are no list of one: not told, told that there is none.
UNTOLD, NONE = 0, 1


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
    `procedures`: the list of procedures elsewhere, as a code of `Procedures`.
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
    ids: list[str] = field(default_factory=list)

    def take(self, rows: Array) -> Docket:
        """Some of the complaints, in order."""
        from ratione.bulk.rows import members, starts

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
        )  # fmt: skip


class Procedures:
    """Codes of procedures elsewhere and of lists of them, the same for equal lists."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._lists: dict[tuple[tuple[int, int, int], ...], int] = {}
        self.lists: list[tuple[tuple[int, int, int], ...]] = [(), ()]
        matrix = law.matrix()
        self._counts = [False, *(matrix.counts(f) for f in words.fora.values[1:])]

    def pack(self, procedure: Procedure) -> int:
        """One procedure as a number: forum, status, same person, facts and rights, by a third party."""
        words = self.words
        code = words.fora.codes.get(procedure.forum, 1)
        code = code * 8 + words.statuses.codes.get(procedure.status, 0)
        for name in SAME:
            code = code * 3 + {None: 0, "yes": 1, "no": 2}[getattr(procedure, name)]
        return code * 3 + {None: 0, "yes": 1, "no": 2}[procedure.by_third_party]

    def code(self, procedures: tuple[Procedure, ...] | None) -> int:
        """The code of a list."""
        if procedures is None:
            return UNTOLD
        if not procedures:
            return NONE
        return self.of(tuple((self.pack(p), p.ended.first.toordinal(), p.ended.last.toordinal()) for p in procedures))

    def of(self, members: tuple[tuple[int, int, int], ...]) -> int:
        """The code of a list of packed procedures with the first and last day on which each can have ended."""
        found = self._lists.get(members)
        if found is None:
            found = self._lists[members] = len(self.lists)
            self.lists.append(members)
        return found

    def codes(self, packed: Array, first: Array, last: Array, begins: Array, counts: Array) -> Array:
        """The codes of lists that lie one after another: where each begins, and how many members it has."""
        members = list(zip(packed.tolist(), first.tolist(), last.tolist(), strict=True))
        spans = zip(begins.tolist(), counts.tolist(), strict=True)
        return np.array([self.of(tuple(members[at : at + n])) for at, n in spans], np.int32)

    def with_rights(self, code: int, shared: tuple[str, ...]) -> int:
        """The same list, where the rights put to the other body are told: whether those of the slot are among them."""
        return self.of(
            tuple(
                (_with(packed, same), first, last)
                for (packed, first, last), same in zip(self.lists[code], shared, strict=True)
            )
        )

    def used(self, code: int) -> tuple[int, bool, int, int]:
        """Whether another procedure was used (code), whether its end is limited, and the days of its end.

        As `CaseView._other` of the reference evaluator (Rule 99(c) of the HRC).
        """
        if code == UNTOLD:
            return 0, False, FIRST, LAST
        statuses = self.words.statuses.codes
        running = {statuses["pending"], statuses["withdrawn_before_decision"]}
        counting = [
            (p // 81 % 8, first, last)
            for p, first, last in self.lists[code]
            if self._counts[p // 648] and 2 not in (p // 27 % 3, p // 9 % 3)
        ]
        if any(status == 0 for status, _, _ in counting):
            return 0, True, FIRST, LAST
        over = [(first, last) for status, first, last in counting if status not in running]
        if not over:
            return 2, False, FIRST, LAST
        return 1, True, min(f for f, _ in over), min(x for _, x in over)


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
        np.array([procedures.code(c.procedures) for c in complaints], np.int32),
        [c.id for c in complaints],
    )
