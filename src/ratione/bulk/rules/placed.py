"""Tests with the grain at which they are evaluated, and tests that are evaluated on the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ratione import law
from ratione.assess.verdict import PRESUMED_FOR
from ratione.bulk.facts.names import BY_TARGET, DAYS, OF_ACT, OF_SLOT, OF_TERM, PRESUMED
from ratione.bulk.facts.words import DERIVED
from ratione.bulk.rules.traits import Traits
from ratione.complaint.model import FACTS, YES_NO
from ratione.rules import Forum, Test, reads


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A test with the grain at which it is evaluated and the variables that it reads."""

    forum: int
    index: int
    test: Test
    names: frozenset[str]
    grain: str  # case, term, span, unit
    clock: bool
    by_act: bool
    presumed: frozenset[str]

    @property
    def of_right(self) -> bool:
        """Whether a neighbouring article changes the test (law.md C.2)."""
        return self.test.head == "ratione_materiae"


@dataclass(frozen=True, slots=True)
class Group:
    """Tests that are evaluated on the same rows; `names`: what tells these rows apart. By forum, for joint levels."""

    grain: str
    received: bool
    by_act: bool
    names: frozenset[str]
    members: tuple[tuple[int, tuple[Placed, ...]], ...]

    @property
    def presumed(self) -> frozenset[str]:
        """The presumptions on which these tests can rest."""
        return frozenset[str]().union(*(p.presumed for _, tests in self.members for p in tests))

    @property
    def of_term(self) -> bool:
        """Whether the rows depend on the end of an act's covered part, which differs by forum."""
        return bool(self.names & OF_TERM)


def placed_tests(fora: tuple[Forum, ...], traits: Traits) -> tuple[Placed, ...]:
    """All tests of some fora."""
    placed = [_place(n, forum, i, test, traits) for n, forum in enumerate(fora) for i, test in enumerate(forum.tests)]
    return tuple(_together(placed))


def has_neighbours(forum: Forum) -> bool:
    """Whether some neighbouring article (law.md C.2) is one that the forum hears."""
    return any(
        article.split(":")[0] in forum.instruments
        for articles in law.rights().neighbours.values() for article in articles
    )  # fmt: skip


def _place(f: int, forum: Forum, i: int, test: Test, traits: Traits) -> Placed:
    clock, others, names = traits.has_clock(test.rule), traits.of_others(test.rule), traits.names(test.rule)
    if clock and ("act" in names or (test.head == "ratione_materiae" and has_neighbours(forum))):
        grain = "unit"
    elif clock or (names & (OF_SLOT | OF_TERM) and "act" not in names):
        grain = "term"
    elif names & BY_TARGET:
        grain = "unit"
    elif "act" in names:
        grain = "span"
    elif names & OF_ACT or (others and "act.country" in names):
        grain = "term"
    else:
        grain = "case"
    return Placed(f, i, test, names, grain, clock, others and grain != "case", _presumed_by(reads(test.rule)))


def _presumed_by(read: frozenset[str]) -> frozenset[str]:
    """The presumptions on which a rule with these variables can rest."""
    return frozenset(name for name in PRESUMED if read & PRESUMED_FOR[name])


def _together(placed: list[Placed]) -> list[Placed]:
    """Where a rule of a forum reads piece and article at once, all its rules on pieces go by article."""
    joint = {p.forum for p in placed if p.grain == "unit" and "act" in p.names}
    return [replace(p, grain="unit") if p.grain == "span" and p.forum in joint else p for p in placed]


def groups_of(placed: list[Placed], fora: tuple[Forum, ...]) -> Iterable[Group]:
    """Tests by the rows on which they are evaluated; those on the pieces of acts jointly for each forum."""
    parts: list[tuple[tuple[str, bool, bool], frozenset[str], int, tuple[Placed, ...]]] = []
    for f, forum in enumerate(fora):
        own = [p for p in placed if p.forum == f]
        pieces = [p for p in own if "act" in p.names]
        for joined in [pieces, *([p] for p in own if "act" not in p.names)]:
            if joined:
                tests = tuple(joined)
                names = frozenset[str]().union(*(p.names for p in tests))
                key = tests[0].grain, forum.received, any(p.by_act for p in tests)
                parts.append((key, names, f, tests))
    merged: list[tuple[tuple[str, bool, bool], frozenset[str], dict[int, tuple[Placed, ...]]]] = []
    for key, names, f, tests in sorted(parts, key=lambda part: -len(part[1])):
        pieces_here = "act" in names
        for n, (other, wider, held) in enumerate(merged):
            same = other == key and ("act" in wider) == pieces_here
            if same and (names == wider or (not pieces_here and _small(names | wider))):
                merged[n] = other, names | wider, {**held, f: held.get(f, ()) + tests}
                break
        else:
            merged.append((key, names, {f: tests}))
    for key, names, members in merged:
        yield Group(*key, names, tuple(sorted(members.items())))


def _small(names: frozenset[str]) -> bool:
    """Whether facts are told apart by so few words that their rows can be counted."""
    if names & (DAYS | BY_TARGET | {"respondent", "act.country", "act.place", "territory", "procedures"}):
        return False
    total = 1
    for name in names:
        total *= 1 + len(FACTS.get(name, DERIVED.get(name, YES_NO)))
    return total <= 20_000
