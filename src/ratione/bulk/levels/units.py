"""The articles of each set of a forum, in parts that its rules on days answer alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ratione.bulk.facts.profiles import OWN
from ratione.bulk.levels.vectors import Vectors

Array = Any


class Members:
    """The cells of each set of a forum: their targets, groups, and what they are there for."""

    def __init__(self) -> None:
        #: Right, article, kind and group of each.
        self.rows: list[tuple[int, int, int, int]] = []
        self._counts: list[int] = []

    def grow(self, sets: list[Any]) -> None:
        """Take in new sets, at the end of those that are there."""
        begin = len(self._counts)
        if begin == len(sets):
            return
        for held in sets[begin:]:
            before = len(self.rows)
            for g, group in enumerate(sorted(map(sorted, held or ()))):
                self.rows += [(*member, g) for member in group]
            self._counts.append(len(self.rows) - before)
        self.count = np.array(self._counts, np.int64)
        self.start = np.cumsum(self.count) - self.count
        columns = np.array(self.rows, np.int32).reshape(len(self.rows), 4)
        self.right, self.article = columns[:, 0], columns[:, 1]
        self.kind, self.group = columns[:, 2], columns[:, 3].astype(np.int64)
        self.most = int(self.group.max(initial=0)) + 1


class Units:
    """The articles of each set in parts that the rules on days answer alike; these are cut into pieces by themselves.

    Where what is found for one article counts for another (neighbours), or outcomes are told right by right, all
    articles of a right are one part. By set: `first` of its units, and how many more there are (`several`). By unit:
    its `kind`, the same for units with the same articles, and its `groups`; `firsts`: those of the first units, by set.
    By kind: members from `start` on.
    """

    def __init__(self, vectors: dict[str, Vectors], by_right: bool) -> None:
        self._vectors, self._by_right = vectors, by_right
        self._sets = 0
        self._kinds: dict[tuple[object, ...], int] = {}
        self._alone: dict[int, tuple[int, ...]] = {}  # by article the groups of the article by itself
        self._lists: list[list[int]] = []
        self._units: list[tuple[int, tuple[int, ...]]] = []
        self._firsts: list[int] = []
        self.groups: dict[str, Array] = {}

    def grow(self, members: Members) -> None:
        """Take in new sets."""
        if self._sets == len(members.count):
            return
        rows, new = members.rows, slice(self._sets, None)
        for start, count in zip(members.start[new].tolist(), members.count[new].tolist(), strict=True):
            self._firsts.append(len(self._units))
            for groups, own in self._of_set(rows, range(start, start + count)):
                sign = tuple(rows[m][:3] for m in own)
                rights = tuple(rows[m][3] for m in own) if self._by_right else ()
                kind = self._kinds.setdefault((groups, sign, rights), len(self._kinds))
                if kind == len(self._lists):
                    self._lists.append(own)
                self._units.append((kind, groups))
        self._sets = len(members.count)
        self.first = np.array(self._firsts, np.int64)
        self.several = np.diff(np.append(self.first, len(self._units))) - 1
        self.kind = np.array([kind for kind, _ in self._units], np.int32)
        self.groups = {
            name: np.array([groups[n] for _, groups in self._units], np.int32) for n, name in enumerate(self._vectors)
        }
        self.firsts = self.kind[self.first], {name: groups[self.first] for name, groups in self.groups.items()}
        self.count = np.array([len(own) for own in self._lists], np.int64)
        self.start = np.cumsum(self.count) - self.count
        self.member = np.array([m for own in self._lists for m in own], np.int64)

    def _of_set(
        self, rows: list[tuple[int, int, int, int]], members: Iterable[int]
    ) -> list[tuple[tuple[int, ...], list[int]]]:
        """The units of a set: the groups of each, and its members. `rows`: see `Members`."""
        rights: dict[int, list[int]] = {}
        for row in members:
            rights.setdefault(rows[row][3], []).append(row)
        found: dict[tuple[object, ...], list[int]] = {}
        for right, own in rights.items():
            if self._by_right or any(rows[row][2] != OWN for row in own):
                articles = [rows[row][1] for row in own]
                groups = tuple(held.group(articles) for held in self._vectors.values())
                found.setdefault((groups, right), []).extend(own)
                continue
            for row in own:
                article = rows[row][1]
                alone = self._alone.get(article)
                if alone is None:
                    alone = self._alone[article] = tuple(held.group([article]) for held in self._vectors.values())
                found.setdefault((alone, -1), []).append(row)
        return [(groups, own) for (groups, _), own in found.items()]  # type: ignore[misc]
