"""What the rights of complaints come to: for each forum the articles it looks at, as few as its rules tell apart.

The rights of a complaint with what hangs on them (remedies by right, rights put to another body) are its *profile*.
A profile has *slots*: groups of articles between which the rules outside the article itself see no difference. For a
forum a slot holds a *set* of cells: articles in groups, one group for each right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione import law
from ratione.bulk.facts.targets import Targets, article_parts, shares
from ratione.bulk.facts.words import Interner, Words

if TYPE_CHECKING:
    from ratione.rules import Forum

Array = Any
#: One article of a set: its right and article by code, and what it is there for.
Member = tuple[int, int, int]
#: An article of the right itself; a neighbour (law.md C.2); one that belongs to another slot and only counts against
#: neighbours.
OWN, NEAR, BESIDE = range(3)
Group = frozenset[Member]


#: Slots do not mix rights with other words about remedies, or put elsewhere in another way.
Common = tuple[str, tuple[str, ...]]
_Single = tuple[Common, int, tuple[int, int], frozenset[Member]]


@dataclass(frozen=True, slots=True)
class _Aim:
    """A target in one forum: what sets its slot apart, what the rules of the slot see, and its place in a set."""

    common: Common
    sign: int
    member: Member
    like: tuple[int, int] = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Sort:
    """What a right is to a forum: its own targets, neighbouring ones by article, and its articles among neighbours."""

    own: tuple[_Aim, ...]
    near: tuple[tuple[str, _Aim], ...]
    named: frozenset[str]

    @property
    def single(self) -> _Single | None:
        """What its slot needs, where all of it goes into one, without neighbours."""
        if self.near or len({(aim.common, aim.sign) for aim in self.own}) > 1:
            return None
        first = self.own[0]
        return first.common, first.sign, first.like, frozenset(aim.member for aim in self.own)


@dataclass(frozen=True, slots=True)
class _Part:
    """One right or article of a list. `bits`: its sort by forum, 0 where it has no target there; `far`: what it is to
    a forum where the whole list has none.
    """

    bits: list[int]
    far: dict[int, _Merged]
    first: tuple[Common, str, str | None]


@dataclass(slots=True)
class _Place:
    number: int
    atom: int
    like: tuple[int, int]
    groups: dict[int, set[Member]]


@dataclass(frozen=True, slots=True)
class _Merged:
    """What some parts come to in one forum.

    `slots`: for each its number, what it is like, its set, the one right in it that has other slots as well (counted
    from 1; 0 where this does not count), and whether it has own articles.
    """

    slots: tuple[tuple[tuple[Common, int], tuple[int, int], int, int, bool], ...]
    split: bool


class Profiles:
    """Profiles and their slots as they come, and their columns.

    What a right comes to in a forum is found once, and so is what some rights together do: lists of rights are many,
    but to most fora most rights of a list are nothing.
    """

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
        self._first: dict[tuple[int, int, object], tuple[int, int]] = {}
        self._by_instrument: dict[str, list[int]] = {}
        for f, forum in enumerate(fora):
            for instrument in forum.instruments:
                self._by_instrument.setdefault(instrument, []).append(f)
        self._signs = Interner()
        self._parts: dict[tuple[Any, ...], _Part] = {}
        self._sorts: list[dict[_Sort, int]] = [{} for _ in fora]
        #: By forum and sort what one slot needs, None where there is more to it.
        self._single: list[list[_Single | None]] = [[] for _ in fora]
        self._merged: list[dict[int, _Merged]] = [{} for _ in fora]
        self._merged_apart: list[dict[int, _Merged]] = [{} for _ in fora]
        self._apart: list[int] = []
        self._neighbours = frozenset(a for articles in law.rights().neighbours.values() for a in articles)
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
            found = self._known[key] = self._add(key, False)
        return found

    def apart(self, profile: Array) -> Array:
        """The same profiles, with slots of its own for each right that falls apart into several."""
        while len(self._apart) < len(self.keys):
            number = len(self._apart)
            self._apart.append(self._add(self.keys[number], True) if self._split[number] else number)
        return np.array(self._apart, np.int32).take(profile)

    def _add(self, key: tuple[Any, ...], apart: bool) -> int:
        rights, remedies, elsewhere = key
        slots, split = self._make(rights or (), dict(remedies), elsewhere, apart)
        self.keys.append(key)
        self._slots.append(slots)
        self._split.append(split and not apart)
        self._columns = None
        return len(self.keys) - 1

    def _make(
        self,
        rights: tuple[str, ...],
        remedies: dict[str, str],
        elsewhere: tuple[tuple[str, ...] | None, ...],
        apart: bool,
    ) -> tuple[list[int], bool]:
        parts = [part for text in rights if (part := self._part(text, remedies, elsewhere))] or [
            self._part(None, remedies, elsewhere)
        ]
        n, split = len(self.fora), False
        slots: dict[tuple[Common, int], tuple[list[tuple[int, int]], list[int], list[int], list[int]]] = {}
        for f in range(n):
            mask = 0
            for part in parts:
                mask |= part.bits[f]
            merged = self._merged[f].get(mask) if mask else parts[0].far.get(f)
            if merged is None:
                merged = self._merge(f, mask, parts[0])
            if apart and merged.split:
                merged = self._merged_apart[f].get(mask) or self._of_sorts(f, mask, True)
            split |= merged.split
            for key, like, held, atom, own in merged.slots:
                slot = slots.get(key)
                if slot is None:
                    slot = slots[key] = [(0, 0)] * n, [0] * n, [0] * n, []
                slot[0][f], slot[1][f], slot[2][f] = like, held, atom
                if own:
                    slot[3].append(f)
        return [self._slot(common, *slot) for (common, _), slot in slots.items()], split

    def _slot(
        self, common: Common, like: list[tuple[int, int]], held: list[int], atoms: list[int], own: list[int]
    ) -> int:
        told, shared = common
        remedies = self.words.closed["remedies"].codes.get(told, 0)
        bits = sum(1 << f for f in own)
        return self._made((self._likes(tuple(like)), remedies, shared, tuple(held), bits, tuple(atoms))) - 1

    # ---- one right -----------------------------------------------------------------------------------------------
    def _part(
        self, text: str | None, remedies: dict[str, str], elsewhere: tuple[tuple[str, ...] | None, ...]
    ) -> Any:
        """A right or an article; None where it is a right to which no article belongs."""
        table = law.rights()
        right = text if text in table.articles else ""
        own: list[str | None] = list(table.articles[text]) if right and text else [text]
        if not own:
            return None
        near = list(table.neighbours.get(right, ())) if right else []
        told = remedies.get(text or "*", "") or remedies.get("*", "")
        shared = tuple(tuple(shares(r, right or "", a) for r in elsewhere) for a in (*own, *near)) if elsewhere else ()
        key = text, told, shared
        found = self._parts.get(key)
        if found is None:
            commons = [(told, some) for some in shared] or [(told, ())] * (len(own) + len(near))
            found = self._parts[key] = self._new_part(right or "", own, near, commons)
        return found

    def _new_part(self, right: str, own: list[str | None], near: list[str], commons: list[Common]) -> _Part:
        aims: dict[int, tuple[dict[_Aim, None], list[tuple[str, _Aim]], set[str]]] = {}
        for n, (article, common) in enumerate(zip((*own, *near), commons, strict=True)):
            for f in self._fora_of(article):
                held = aims.setdefault(f, ({}, [], set()))
                if n < len(own):
                    held[0][self._aim(f, common, right, article, OWN)] = None
                    held[2].update(a for a in (article,) if a in self._neighbours)
                else:
                    held[1].append((article or "", self._aim(f, common, right, article, NEAR)))
        bits = [0] * len(self.fora)
        for f, (mine, beside, named) in aims.items():
            sort = _Sort(tuple(mine), tuple(beside), frozenset(named))
            number = self._sorts[f].setdefault(sort, len(self._sorts[f]))
            if number == len(self._single[f]):
                self._single[f].append(sort.single)
            bits[f] = 1 << number
        return _Part(bits, {}, (commons[0], right, own[0]))

    def _fora_of(self, article: str | None) -> Iterable[int]:
        """The fora that hear an article; all where none is told."""
        if article is None:
            return range(len(self.fora))
        return self._by_instrument.get(article.partition(":")[0], ())

    def _aim(self, f: int, common: Common, right: str, article: str | None, kind: int) -> _Aim:
        sign = self._signs(self.targets.sign(f, False, right, article))
        if article is None:
            return _Aim(common, sign, (0, 0, kind), (0, 0))
        codes = self.words.rights(right), self.words.articles(article)
        # of the targets that are the same to all of the forum's rules, the first
        member = self._first.setdefault((f, sign, self.targets.sign(f, True, right, article)), codes)
        return _Aim(common, sign, (*member, kind), codes)

    # ---- several rights in one forum -----------------------------------------------------------------------------
    def _merge(self, f: int, mask: int, first: _Part) -> _Merged:
        """What some sorts of rights come to in a forum (`CaseView._articles` of the reference evaluator)."""
        if not mask:
            found = first.far[f] = self._together(f, [(0, self._aim(f, *first.first, OWN))])
            return found
        found = self._merged[f][mask] = self._in_one_slot(f, mask) or self._of_sorts(f, mask, False)
        return found

    def _in_one_slot(self, f: int, mask: int) -> _Merged | None:
        """The same, where all sorts go into one slot, as they mostly do."""
        groups: list[frozenset[Member]] = []
        slot: _Single | None = None
        while mask:
            bit = mask & -mask
            mask ^= bit
            one = self._single[f][bit.bit_length() - 1]
            if one is None or (slot and one[:2] != slot[:2]):
                return None
            slot = slot or one
            groups.append(one[3])
        assert slot
        return _Merged((((slot[0], 0), slot[2], self.sets[f](frozenset(groups)), 0, True),), False)

    def _of_sorts(self, f: int, mask: int, apart: bool) -> _Merged:
        sorts = [(n, sort) for sort, n in self._sorts[f].items() if mask >> n & 1]
        named = frozenset[str]().union(*(sort.named for _, sort in sorts))
        aims = [(n, aim) for n, sort in sorts for aim in sort.own]
        aims += [(n, aim) for n, sort in sorts for article, aim in sort.near if article not in named]
        found = self._together(f, aims, apart)
        if apart:
            self._merged_apart[f][mask] = found
        return found

    def _together(self, f: int, aims: list[tuple[int, _Aim]], apart: bool = False) -> _Merged:
        """Targets in as few slots as the rules outside the article tell apart.

        `apart`: a right that needs several shares them with no other.
        """
        signs: dict[int, set[tuple[Common, int]]] = {}
        for atom, aim in aims if apart else ():
            signs.setdefault(atom, set()).add((aim.common, aim.sign))
        alone = {atom: n for n, atom in enumerate((a for a, some in signs.items() if len(some) > 1), 1)}
        places: dict[Common, dict[tuple[int, int], _Place]] = {}
        by_atom: dict[int, dict[int, _Place]] = {}
        near_atoms = set()
        for atom, aim in aims:
            held = places.setdefault(aim.common, {})
            key = aim.sign, alone.get(atom, 0)
            place = held.get(key)
            if place is None:
                place = held[key] = _Place(len(held), key[1], aim.like, {})
            place.groups.setdefault(atom, set()).add(aim.member)
            by_atom.setdefault(atom, {})[id(place)] = place
            if aim.member[2] == NEAR:
                near_atoms.add(atom)
        for atom in near_atoms:
            if len(by_atom[atom]) > 1:
                _beside(atom, list(by_atom[atom].values()))
        slots = tuple(
            (
                (common, place.number),
                place.like,
                self.sets[f](frozenset(map(frozenset, place.groups.values()))),
                place.atom,
                any(member[2] == OWN for group in place.groups.values() for member in group),
            )
            for common, held in places.items()
            for place in held.values()
        )
        return _Merged(slots, any(len(some) > 1 for some in by_atom.values()))

    @property
    def columns(self) -> SlotColumns:
        """The columns of what is known so far."""
        if self._columns is None:
            self._columns = SlotColumns(self.words, self._slots, self._made.values[1:], self._likes.values[1:])
        return self._columns


class SlotColumns:
    """Profiles and slots as arrays; `sets` by slot and forum."""

    def __init__(self, words: Words, profiles: list[list[int]], slots: list[Any], likes: list[Any]) -> None:
        self.slot_count = np.array([len(p) for p in profiles], np.int64)
        self.slot_start = np.concatenate([[0], np.cumsum(self.slot_count)]).astype(np.int64)
        self.slot = np.array([s for p in profiles for s in p], np.int32)
        self.like = np.array([s[0] for s in slots], np.int32) - 1
        self.remedies = np.array([s[1] for s in slots], np.int16)
        self.shared = [s[2] for s in slots]
        self.told_elsewhere = np.array([any(s) for s in self.shared], bool)
        n = len(likes[0]) if likes else 0
        self.sets = np.array([s[3] for s in slots], np.int32).reshape(len(slots), n)
        self.by_forum = np.ascontiguousarray(self.sets.T)
        bits = np.uint32(1) << np.arange(n, dtype=np.uint32)
        self.own_fora = np.array([s[4] for s in slots], np.uint32)
        #: By slot and forum the one right in it that has other slots as well, where profiles are apart; else 0.
        self.atoms = np.array([s[5] for s in slots], np.int32).reshape(len(slots), n)
        self.fora = ((self.sets > 0) * bits).sum(axis=1).astype(np.uint32)
        pairs = np.array(likes, np.int32).reshape(len(likes), n, 2)
        self.like_right, self.like_article = pairs[:, :, 0].copy(), pairs[:, :, 1].copy()
        self.base, self.instrument = article_parts(words)


def _beside(atom: int, places: list[_Place]) -> None:
    """A right with neighbours that falls apart into slots: the articles of the other slots count against neighbours."""
    own = {m for place in places for m in place.groups[atom] if m[2] == OWN}
    for place in places:
        here = place.groups[atom]
        here |= {(right, article, BESIDE) for right, article, kind in own - here}
