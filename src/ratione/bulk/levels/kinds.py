"""What tells rows apart for some tests: columns of small numbers, each for all that is the same to these tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ratione.bulk.facts.words import Classes
from ratione.bulk.levels.answers import Answers
from ratione.bulk.rows.layout import Layout
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.placed import Placed
from ratione.rules import Elsewhere, Fact

Array = Any


@dataclass(slots=True)
class Sample:
    """One row of each kind: codes of facts, vectors of answers by day, and what was taken for granted."""

    codes: dict[str, Array] = field(default_factory=dict)
    vectors: dict[str, Array] = field(default_factory=dict)
    placed: Array | None = None
    taken: dict[tuple[str, bool], Array] = field(default_factory=dict)


class Column:
    """A column; `level`: whether a case, an act, or a term and slot has one number."""

    level: str

    @property
    def most(self) -> int:
        """The highest number so far."""
        raise NotImplementedError

    def of(self, look: Layout) -> Array | None:
        """The number of each row; None where all are 0."""
        raise NotImplementedError

    def tell(self, numbers: Array, sample: Sample) -> None:
        """Enter into a sample what numbers stand for."""
        raise NotImplementedError


class FactColumn(Column):
    """A stated fact, in classes of words."""

    def __init__(self, tables: Compiled, level: str, rules: list[Fact]) -> None:
        self.level, self._name, self._classes = level, rules[0].name, Classes(tables.words, rules)

    @property
    def most(self) -> int:
        """The last class."""
        return len(self._classes.words) - 1

    def of(self, look: Layout) -> Array | None:
        """The class of the word."""
        classes = self._classes.by_code()
        if len(self._classes.words) == 1:
            return None
        return classes.take(look.fact(self._name, self.level), mode="wrap")

    def tell(self, numbers: Array, sample: Sample) -> None:
        """One of the words."""
        sample.codes[self._name] = self._classes.words[numbers]


class TakenColumn(Column):
    """Whether something was taken for granted."""

    level, most = "case", 1

    def __init__(self, name: str, received: bool) -> None:
        self._key = name, received

    def of(self, look: Layout) -> Array | None:
        """1 where it was."""
        name, received = self._key
        if not look.rows.presume:
            return None
        taken = look.rows.taken[received][name]
        return taken.astype(np.intp).take(look.case.complaint, mode="wrap") if taken.any() else None

    def tell(self, numbers: Array, sample: Sample) -> None:
        """Whether it was."""
        sample.taken[self._key] = numbers > 0


class DayColumn(Column):
    """A day, as what the rules on it answer."""

    def __init__(self, name: str, level: str, answers: Answers, received: bool, by_territory: bool) -> None:
        self.level, self._name, self._answers = level, name, answers
        self._forum, self._received, self._by_territory = 0, received, by_territory
        answers.vectors.group(range(len(answers.tables.words.articles)))

    @property
    def most(self) -> int:
        """The last code."""
        return len(self._answers.pieces) - 1

    def of(self, look: Layout) -> Array | None:
        """The code of the answers."""
        grain = look.grain_of(self.level)
        days = grain.intervals(self._name, self._forum, self._received, self._by_territory)
        found = self._answers.codes(days)
        return found if self.most else None

    def tell(self, numbers: Array, sample: Sample) -> None:
        """The vector of the answers; a day that is not cut into pieces has one."""
        sample.vectors[self._name] = self._answers.first_of(numbers)


class SetColumn(Column):
    """A set of States."""

    level = "case"

    def __init__(self, tables: Compiled, name: str) -> None:
        self._sets, self._name = tables.words.sets, name

    @property
    def most(self) -> int:
        """The last set."""
        return len(self._sets) - 1

    def of(self, look: Layout) -> Array | None:
        """The code of the set."""
        codes = look.fact(self._name, self.level)
        return codes if codes.any() else None

    def tell(self, numbers: Array, sample: Sample) -> None:
        """The set itself."""
        sample.codes[self._name] = numbers


class PlaceColumn(Column):
    """Whether the State of the place is known."""

    level, most = "act", 1

    def of(self, look: Layout) -> Array | None:
        """1 where it is."""
        return look.fact("act.country", self.level) > 0

    def tell(self, numbers: Array, sample: Sample) -> None:
        """Whether it is."""
        sample.placed = numbers > 0


class ListColumn(Column):
    """Lists of procedures elsewhere, as far as some rules tell them apart."""

    level = "term"

    def __init__(self, tables: Compiled, rules: tuple[Elsewhere, ...]) -> None:
        self._matters, self._rules = tables.evaluator.matters, rules
        self._classes, self._words = np.zeros(0, np.intp), np.zeros(0, np.intp)
        self._known: dict[bytes, int] = {}

    @property
    def most(self) -> int:
        """The last class."""
        return len(self._words) - 1

    def of(self, look: Layout) -> Array | None:
        """The class of the list."""
        codes = look.fact("procedures", self.level)  # reading them can make new lists
        columns = [column for rule in self._rules for column in self._matters.table(rule)]
        done, size = len(self._classes), len(columns)
        if done < len(columns[0]):
            raw = np.stack([column[done:].view(np.uint8) for column in columns], axis=1).tobytes()
            new = [self._known.setdefault(raw[at : at + size], len(self._known)) for at in range(0, len(raw), size)]
            self._classes = np.append(self._classes, np.array(new, np.intp))
            self._words = np.unique(self._classes, return_index=True)[1]
        return self._classes.take(codes)

    def tell(self, numbers: Array, sample: Sample) -> None:
        """One of the lists."""
        sample.codes["procedures"] = self._words[numbers]


class LikeColumn(Column):
    """The articles of slots, as far as the rules of a forum outside the article itself tell them apart."""

    level = "term"

    def __init__(self, tables: Compiled, forum: int) -> None:
        self._tables, self._forum = tables, forum
        self._classes = np.zeros(0, np.intp)
        self._known: dict[object, int] = {}
        self._right, self._article = np.zeros(0, np.int32), np.zeros(0, np.int32)

    @property
    def most(self) -> int:
        """The last class."""
        return len(self._right) - 1

    def of(self, look: Layout) -> Array | None:
        """The class of the article of the slot."""
        columns, forum, words, found = look.columns, self._forum, self._tables.words, list[int]()
        done = len(self._classes)
        for pair in zip(columns.like_right[done:, forum], columns.like_article[done:, forum], strict=True):
            right, article = words.rights.values[pair[0]] or "", words.articles.values[pair[1]]
            sign = self._tables.targets.sign(forum, False, right, article)
            found.append(self._known.setdefault(sign, len(self._known)))
            if found[-1] == len(self._right):
                self._right, self._article = np.append(self._right, pair[0]), np.append(self._article, pair[1])
        if found:
            self._classes = np.append(self._classes, np.array(found, np.intp))
        return self._classes[columns.like].take(look.term.slot, mode="wrap") if self.most else None

    def tell(self, numbers: Array, sample: Sample) -> None:
        """One of the articles."""
        article = self._article[numbers]
        columns = self._tables.profiles.columns
        sample.codes |= {
            "right": self._right[numbers], "article": article, "article.base": columns.base[article],
            "article.instrument": columns.instrument[article],
        }  # fmt: skip


def presumptions(tables: Compiled, placed: Placed) -> list[tuple[str, bool]]:
    """The presumptions on which a test can rest; only that on the day of filing differs by how a forum counts."""
    return [(name, name == "lodged" and tables.fora[placed.forum].received) for name in sorted(placed.presumed)]
