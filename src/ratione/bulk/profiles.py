"""What the rights of complaints come to: for each forum the articles it looks at, as few as its rules tell apart.

The rights of a complaint with what hangs on them (remedies by right, rights put to another body) are its *profile*.
A profile has *slots*: groups of articles between which the rules outside the article itself see no difference. For a
forum a slot holds a *set* of cells: articles in groups, one group for each right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione import law
from ratione.bulk.targets import Target, Targets, article_parts, shares
from ratione.bulk.words import Interner

if TYPE_CHECKING:
    from ratione.bulk.words import Words
    from ratione.rules import Forum

Array = Any
#: One article of a set: its right and article by code, and what it is there for.
Member = tuple[int, int, int]
#: An article of the right itself; a neighbour (law.md C.2); one that belongs to another slot and only counts against
#: neighbours.
OWN, NEAR, BESIDE = range(3)
Group = frozenset[Member]


@dataclass(slots=True)
class _Slot:
    common: tuple[object, ...]
    signs: dict[int, object]
    like: dict[int, Target]
    groups: dict[int, dict[str, set[Member]]]


class Profiles:
    """Profiles and their slots as they come, and their columns."""

    def __init__(self, targets: Targets, words: Words, fora: tuple[Forum, ...]) -> None:
        self.targets, self.words, self.fora = targets, words, fora
        self._known: dict[tuple[Any, ...], int] = {}
        self.keys: list[tuple[Any, ...]] = []
        self._slots: list[list[int]] = []
        self._split: list[bool] = []
        self._made = Interner()
        self._likes = Interner()
        #: For each forum its sets of cells; number 0 is none at all.
        self.sets = [Interner() for _ in fora]
        self._first: dict[tuple[int, object], tuple[int, int]] = {}
        self._columns: SlotColumns | None = None

    def profile(
        self,
        rights: tuple[str, ...] | None,
        remedies: tuple[tuple[str, str], ...],
        elsewhere: tuple[tuple[str, ...] | None, ...],
    ) -> int:
        """The number of a profile. `remedies`: where they differ by right; `elsewhere`: rights put to other bodies."""
        key = (rights or None, remedies, elsewhere)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.keys)
            self.keys.append(key)
            slots, split = self._make(rights or (), dict(remedies), elsewhere)
            self._slots.append([self._slot(slot) for slot in slots])
            self._split.append(split)
            self._columns = None
        return found

    def _make(
        self, rights: tuple[str, ...], remedies: dict[str, str], elsewhere: tuple[tuple[str, ...] | None, ...]
    ) -> tuple[list[_Slot], bool]:
        table = law.rights()
        pairs: list[tuple[str, str | None]] = [
            pair
            for text in rights
            for pair in ([(text, a) for a in table.articles[text]] if text in table.articles else [("", text)])
        ] or [("", None)]
        rest, slots, split = remedies.get("*", ""), list[_Slot](), False
        for f, forum in enumerate(self.fora):
            places: dict[str, list[_Slot]] = {}
            near_atoms = set()
            for right, article, near in self.targets.of_forum(forum, pairs):
                atom = right or article or ""
                told = remedies.get(atom or "*", "") or rest
                common = (told, tuple(shares(r, right, article) for r in elsewhere))
                sign = self.targets.sign(f, False, right, article)
                slot = self._place(slots, common, f, sign, (right, article, near))
                member = self._member(f, right, article, NEAR if near else OWN)
                slot.groups.setdefault(f, {}).setdefault(atom, set()).add(member)
                places.setdefault(atom, []).append(slot)
                near_atoms |= {atom} if near else set()
            for atom, held in places.items():
                apart = {id(slot): slot for slot in held}
                split |= len(apart) > 1
                if atom in near_atoms and len(apart) > 1:
                    _beside(f, atom, list(apart.values()))
        return slots, split

    @staticmethod
    def _place(slots: list[_Slot], common: tuple[object, ...], f: int, sign: object, target: Target) -> _Slot:
        """The first slot whose rules see no difference, or a new one."""
        for slot in slots:
            if slot.common == common and slot.signs.get(f, sign) == sign:
                break
        else:
            slot = _Slot(common, {}, {}, {})
            slots.append(slot)
        slot.signs.setdefault(f, sign)
        slot.like.setdefault(f, target)
        return slot

    def _member(self, f: int, right: str, article: str | None, kind: int) -> Member:
        """The first target that is the same to the forum's rules inside the article."""
        if article is None:
            return 0, 0, kind
        codes = self.words.rights(right), self.words.articles(article)
        return (*self._first.setdefault((f, self.targets.sign(f, True, right, article)), codes), kind)

    def _slot(self, slot: _Slot) -> int:
        n = len(self.fora)
        like = self._likes(tuple(self._codes(slot.like.get(f)) for f in range(n)))
        told, shared = slot.common
        remedies = self.words.closed["remedies"].codes.get(told, 0)
        held = tuple(
            self.sets[f](frozenset(map(frozenset, slot.groups[f].values()))) if f in slot.groups else 0
            for f in range(n)
        )
        own = sum(1 << f for f, groups in slot.groups.items() if any(m[2] == OWN for g in groups.values() for m in g))
        return self._made((like, remedies, shared, held, own)) - 1

    def _codes(self, target: Target | None) -> tuple[int, int]:
        if target is None or target[1] is None:
            return 0, 0
        return self.words.rights(target[0]), self.words.articles(target[1])

    @property
    def columns(self) -> SlotColumns:
        """The columns of what is known so far."""
        if self._columns is None:
            self._columns = SlotColumns(self.words, self._slots, self._split, self._made.values[1:],
                                        self._likes.values[1:])  # fmt: skip
        return self._columns


class SlotColumns:
    """Profiles and slots as arrays; `sets` by slot and forum."""

    def __init__(
        self, words: Words, profiles: list[list[int]], split: Iterable[bool], slots: list[Any], likes: list[Any]
    ) -> None:
        self.slot_count = np.array([len(p) for p in profiles], np.int64)
        self.slot_start = np.concatenate([[0], np.cumsum(self.slot_count)]).astype(np.int64)
        self.slot = np.array([s for p in profiles for s in p], np.int32)
        self.split = np.array(list(split), bool)
        self.like = np.array([s[0] for s in slots], np.int32) - 1
        self.remedies = np.array([s[1] for s in slots], np.int16)
        self.shared = [s[2] for s in slots]
        self.told_elsewhere = np.array([any(s) for s in self.shared], bool)
        n = len(likes[0]) if likes else 0
        self.sets = np.array([s[3] for s in slots], np.int32).reshape(len(slots), n)
        bits = np.uint32(1) << np.arange(n, dtype=np.uint32)
        self.own_fora = np.array([s[4] for s in slots], np.uint32)
        self.fora = ((self.sets > 0) * bits).sum(axis=1).astype(np.uint32)
        pairs = np.array(likes, np.int32).reshape(len(likes), n, 2)
        self.like_right, self.like_article = pairs[:, :, 0].copy(), pairs[:, :, 1].copy()
        self.base, self.instrument = article_parts(words)


def _beside(f: int, atom: str, slots: list[_Slot]) -> None:
    """A right with neighbours that falls apart into slots: the articles of the other slots count against neighbours."""
    own = {m for slot in slots for m in slot.groups[f][atom] if m[2] == OWN}
    for slot in slots:
        here = slot.groups[f][atom]
        here |= {(right, article, BESIDE) for right, article, kind in own - here}
