"""Which articles each forum looks at for the rights of a complaint, in as few kinds as the rules tell apart.

The rights of a complaint with what hangs on them (remedies by right, rights put to another body) are its *profile*;
there are few profiles, so all of this is worked out once for each. A *unit* is one article for each forum, a *slot* a
group of units between which the rules outside the article itself see no difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione import law
from ratione.assess import steps
from ratione.bulk.facts.names import BY_TARGET
from ratione.bulk.facts.words import Interner, Words
from ratione.rules import Begun, Between, Bound, Covers, Extended, Fact, Forum, Reserved, Rule, walk

if TYPE_CHECKING:
    from ratione.registry import Registry

Array = Any
Target = tuple[str, str | None, bool]
_ALIKE = np.zeros(1, np.int32)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the rights of a complaint come to: slots, each with units."""

    slots: tuple[int, ...]
    near: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """`like`: for each forum a target to which the rules of the slot may be put; `remedies`: 0 where told for all."""

    like: int
    remedies: int
    shared: tuple[str, ...]
    units: tuple[int, ...]
    atoms: tuple[int, ...]
    fora: int


class Targets:
    """Profiles, slots and units as they come, and their columns."""

    def __init__(
        self,
        registry: Registry,
        words: Words,
        fora: tuple[Forum, ...],
        inside: Iterable[Iterable[Rule]],
        outside: Iterable[Iterable[Rule]],
        wider: Targets | None = None,
    ) -> None:
        """`wider`: targets with the same words; what is found of articles, whatever the forum, is shared."""
        self.registry, self.words, self.fora = registry, words, fora
        #: Rules that see each article by itself, and those that see only the slot.
        self._inside = [_readers(rules) for rules in inside]
        self._outside = [_readers(rules) for rules in outside]
        self._signs: dict[tuple[int, bool, str, str | None], tuple[object, ...]] = {}
        self._touching: dict[tuple[str, str], frozenset[str]] = wider._touching if wider else {}
        self._profiles: dict[tuple[object, ...], int] = {}
        self.profiles: list[Profile] = []
        self.slots: list[Slot] = []
        self._slot_codes: dict[Slot, int] = {}
        self._units = Interner()
        self._likes = Interner()
        self._kinds: dict[Any, tuple[int, dict[object, int], list[int]]] = wider._kinds if wider else {}
        self._kind_columns: dict[Any, Array] = wider._kind_columns if wider else {}
        self._kind_of: dict[int, Array] = {}
        self._distinct: dict[Any, tuple[Array, Array]] = {}  # columns of kinds, and their values
        self._columns: Columns | None = None

    def profile(
        self,
        rights: tuple[str, ...] | None,
        remedies: tuple[tuple[str, str], ...],
        elsewhere: tuple[tuple[str, ...] | None, ...],
    ) -> int:
        """The number of a profile. `remedies`: where they differ by right; `elsewhere`: rights put to other bodies."""
        key = (rights or None, remedies, elsewhere)
        found = self._profiles.get(key)
        if found is None:
            found = self._profiles[key] = len(self.profiles)
            self.profiles.append(self._make(rights or (), dict(remedies), elsewhere))
            self._columns = None
        return found

    # ---- which articles ------------------------------------------------------------------------------------------
    @staticmethod
    def of_forum(forum: Forum, pairs: list[tuple[str, str | None]]) -> list[Target]:
        """The articles that a forum looks at (`CaseView._articles` of the reference evaluator)."""
        own: list[Target] = [(r, a, False) for r, a in pairs if a is None or a.split(":")[0] in forum.instruments]
        named = {article for _, article, _ in own}
        near: list[Target] = [
            (right, article, True)
            for right in dict.fromkeys(right for right, _ in pairs if right)
            for article in law.rights().neighbours.get(right, ())
            if article.split(":")[0] in forum.instruments and article not in named
        ]
        far: list[Target] = [(r, a, False) for r, a in pairs if not (a is None or a.split(":")[0] in forum.instruments)]
        return [*own, *near] if own or near else far[:1]

    def _make(
        self, rights: tuple[str, ...], remedies: dict[str, str], elsewhere: tuple[tuple[str, ...] | None, ...]
    ) -> Profile:
        table = law.rights()
        pairs: list[tuple[str, str | None]] = [
            pair
            for text in rights
            for pair in ([(text, a) for a in table.articles[text]] if text in table.articles else [("", text)])
        ] or [("", None)]
        rest = remedies.get("*", "")
        #: atom -> slot signature without the forum's own part -> forum -> targets that differ inside
        atoms: dict[str, list[tuple[tuple[object, ...], dict[int, tuple[Target, tuple[object, ...]]]]]] = {}
        near = False
        for f, forum in enumerate(self.fora):
            for target in self.of_forum(forum, pairs):
                right, article, by_near = target
                near |= by_near
                told = remedies.get(right or article or "*", "") or rest
                shared = tuple(shares(r, right, article) for r in elsewhere)
                sign = self.sign(f, False, right, article)
                inner = (self.sign(f, True, right, article), by_near)
                self._place(atoms.setdefault(right or article or "", []), (told, shared), f, target, (sign, inner))
        return Profile(tuple(self._slots_of(atoms)), near)

    @staticmethod
    def _place(
        columns: list[tuple[tuple[object, ...], dict[int, tuple[Target, tuple[object, ...]]]]],
        common: tuple[object, ...],
        f: int,
        target: Target,
        signs: tuple[object, ...],
    ) -> None:
        """Put a target into the first unit of its atom where the forum has none yet; drop what behaves alike."""
        for held, cells in columns:
            if held == common and f in cells and cells[f][1] == signs:
                return
        for held, cells in columns:
            if held == common and f not in cells:
                cells[f] = (target, signs)
                return
        columns.append((common, {f: (target, signs)}))

    def _slots_of(self, atoms: dict[str, Any]) -> list[int]:
        """Group units between which the rules outside see no difference in any forum."""
        groups: list[tuple[Any, dict[int, Any], list[int], list[int], int]] = []
        for atom, (_, columns) in enumerate(atoms.items()):
            for common, cells in columns:
                signs = {f: s[0] for f, (_, s) in cells.items()}
                unit = self._unit(cells)
                mask = sum(1 << f for f in cells)
                for n, (held, known, units, at, fora) in enumerate(groups):
                    if held == common and all(known.get(f, (s, None))[0] == s for f, s in signs.items()):
                        for f, (target, s) in cells.items():
                            known.setdefault(f, (s[0], target))
                        units.append(unit)
                        at.append(atom)
                        groups[n] = (held, known, units, at, fora | mask)
                        break
                else:
                    first = {f: (s[0], target) for f, (target, s) in cells.items()}
                    groups.append((common, first, [unit], [atom], mask))
        return [self._slot(*group) for group in groups]

    def _slot(
        self, common: Any, known: dict[int, Any], units: list[int], atoms: list[int], fora: int
    ) -> int:
        like = self._likes(tuple(self._codes(known[f][1]) if f in known else (0, 0) for f in range(len(self.fora))))
        told, shared = common
        slot = Slot(like, self.words.closed["remedies"].codes.get(told, 0), shared, tuple(units), tuple(atoms), fora)
        found = self._slot_codes.get(slot)
        if found is None:
            found = self._slot_codes[slot] = len(self.slots)
            self.slots.append(slot)
        return found

    def _codes(self, target: Target) -> tuple[int, int]:
        right, article, _ = target
        if article is None:
            return 0, 0
        return self.words.rights(right), self.words.articles(article)

    def _unit(self, cells: dict[int, tuple[Target, tuple[object, ...]]]) -> int:
        parts = []
        for f in range(len(self.fora)):
            if f in cells:
                parts.append((*self._codes(cells[f][0]), 1 + cells[f][0][2]))
            else:
                parts.append((0, 0, 0))
        return self._units(tuple(parts))

    # ---- what rules see of them ----------------------------------------------------------------------------------
    def sign(self, f: int, inside: bool, right: str, article: str | None) -> tuple[object, ...]:
        """What the rules of a forum see of an article: those inside the article itself, or those outside."""
        key = (f, inside, right, article)
        found = self._signs.get(key)
        if found is None:
            rules = (self._inside if inside else self._outside)[f]
            found = self._signs[key] = tuple(self.seen(rule, right, article) for rule in rules)
        return found

    def seen(self, rule: Any, right: str, article: str | None) -> object:
        """What a rule sees of an article."""
        if article is None:
            return None
        base = law.rights().match(article) or article
        instrument, _, number = article.partition(":")
        if isinstance(rule, Fact):
            value = {"right": right, "article": article, "article.base": base, "article.instrument": instrument}
            say = rule.says.get(value[rule.name], rule.says.get("*"))
            return say and (say.level, say.for_now, say.cure)
        if isinstance(rule, Covers):
            return covered_by(rule, article) or (instrument in rule.instruments, bool(number))
        if isinstance(rule, Reserved):
            own = instrument if rule.instrument == "$right" else rule.instrument
            return own, frozenset(a for a in self._reserved(own, rule.kind) if _touches(number, a)), bool(number)
        return instrument

    def kind(self, rule: Any) -> Array:
        """For each article (by code) the first one that is the same to a rule on days; one entry if all are."""
        articles = self.words.articles.values
        known = self._kind_of.get(id(rule))
        if known is not None and len(known) == len(articles):
            return known
        if _seen_by(rule) == "nothing":
            return _ALIKE
        found = self._kind_of[id(rule)] = self._kind(rule, articles)
        return found

    def kinds(self, rule: Any) -> Array:
        """The distinct ones of these."""
        column, key = self.kind(rule), _seen_by(rule)
        found = self._distinct.get(key)
        if found is None or found[0] is not column:
            found = self._distinct[key] = column, np.unique(column)
        return found[1]

    def _kind(self, rule: Any, articles: list[Any]) -> Array:
        key = _seen_by(rule)
        held, first, found = self._kinds.setdefault(key, (0, {}, [0]))
        for code in range(max(held, 1), len(articles)):
            found.append(first.setdefault(self.seen(rule, "", articles[code]), code))
        if held != len(articles):
            self._kinds[key] = len(articles), first, found
            self._kind_columns[key] = np.array(found, np.int32)
        return self._kind_columns[key]

    def _reserved(self, instrument: str, kind: str) -> frozenset[str]:
        found = self._touching.get((instrument, kind))
        if found is None:
            facts = (
                fact for state in self.registry.states for fact in self.registry.facts_of(state, instrument)
                if fact.kind == kind or (kind == "temporal" and fact.kind == "petition")
            )  # fmt: skip
            found = self._touching[instrument, kind] = frozenset(a for fact in facts for a in fact.articles)
        return found

    @property
    def columns(self) -> Columns:
        """The columns of what is known so far."""
        if self._columns is None:
            self._columns = Columns(self, self._units.values[1:], self._likes.values[1:])
        return self._columns


class Columns:
    """Profiles, slots and units as arrays; lists as offsets and members."""

    def __init__(self, targets: Targets, units: list[Any], likes: list[Any]) -> None:
        n = len(targets.fora)
        profiles, slots, words = targets.profiles, targets.slots, targets.words
        self.slot_count = np.array([len(p.slots) for p in profiles], np.int32)
        self.slot_start = _starts(self.slot_count)
        self.slot = np.array([s for p in profiles for s in p.slots], np.int32)
        self.near = np.array([p.near for p in profiles], bool)
        self.remedies = np.array([s.remedies for s in slots], np.int16)
        self.like = np.array([s.like for s in slots], np.int32) - 1
        self.fora = np.array([s.fora for s in slots], np.uint32)
        self.unit_count = np.array([len(s.units) for s in slots], np.int32)
        self.unit_start = _starts(self.unit_count)
        self.unit = np.array([u for s in slots for u in s.units], np.int32) - 1
        self.atom = np.array([a for s in slots for a in s.atoms], np.int32)
        cells = np.array(units, np.int32).reshape(len(units), n, 3)
        self.unit_right, self.unit_article = cells[:, :, 0].copy(), cells[:, :, 1].copy()
        bits = np.uint32(1) << np.arange(n, dtype=np.uint32)
        self.unit_fora = ((cells[:, :, 2] > 0) * bits).sum(axis=1).astype(np.uint32)
        self.unit_near = ((cells[:, :, 2] > 1) * bits).sum(axis=1).astype(np.uint32)
        pairs = np.array(likes, np.int32).reshape(len(likes), n, 2)
        self.like_right, self.like_article = pairs[:, :, 0].copy(), pairs[:, :, 1].copy()
        self.base, self.instrument = article_parts(words)
        self.shared = [s.shared for s in slots]
        self.told_elsewhere = np.array([any(s.shared) for s in slots], bool)


def article_parts(words: Words) -> tuple[Array, Array]:
    """For each article the article of the table that carries it, and its instrument, as codes of articles."""
    articles = [a or "" for a in words.articles.values]
    bases = [words.articles(law.rights().match(a) or a) if a else 0 for a in articles]
    instruments = [words.articles(a.split(":")[0]) if a else 0 for a in articles]
    return np.array(bases, np.int32), np.array(instruments, np.int32)


def _starts(counts: Array) -> Array:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _readers(rules: Iterable[Rule]) -> list[Any]:
    """The parts of rules that read the article or the right."""
    found: list[Any] = []
    for rule in rules:
        for node in walk(rule):
            reads = (
                isinstance(node, Covers | Reserved)
                or (isinstance(node, Fact) and node.name in BY_TARGET)
                or (isinstance(node, Bound | Begun | Extended) and node.instrument == "$right")
            )
            if reads and node not in found:
                found.append(node)
    return found


def _seen_by(rule: Any) -> object:
    """What a rule on days sees of an article, the same for rules that see the same."""
    if isinstance(rule, Reserved):
        return rule.instrument, rule.kind
    return "nothing" if isinstance(rule, Between) or rule.instrument != "$right" else "instrument"


def _touches(number: str, article: str) -> bool:
    return steps._touches(number, (article,))


def covered_by(rule: Covers, article: str) -> str | None:
    """The exception of a rule under which an article falls: its own, that of what it is part of, of its instrument."""
    found = article
    while found not in rule.exceptions and found.endswith(")"):
        found = found[: found.rindex("(")]
    if found in rule.exceptions:
        return found
    instrument = article.split(":")[0]
    return instrument if instrument in rule.exceptions else None


def shares(rights: tuple[str, ...] | None, right: str, article: str | None) -> str:
    """Whether a right of the complaint was put to another body; empty where it is not told which rights were."""
    if rights is None:
        return ""
    if article is None:
        return "unsure"
    table = law.rights()
    if article in rights:
        return "yes"
    mine = {right} if right else set(table.rights_of(article))
    theirs: set[str] = set()
    for text in rights:
        theirs |= {text} if text in table.articles else set(table.rights_of(text))
    return "yes" if mine & theirs else "no"
