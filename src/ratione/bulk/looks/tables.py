"""What is the same for every batch: all that is compiled, with what is kept of kinds of row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ratione.bulk.clocks.timing import Clocks
from ratione.bulk.levels.bundles import Bundle
from ratione.bulk.levels.joint import Joint
from ratione.bulk.levels.keyed import Outside
from ratione.bulk.rules.compiled import Compiled
from ratione.bulk.rules.placed import Placed, has_neighbours
from ratione.rules import Fact, Forum, walk

if TYPE_CHECKING:
    from ratione.registry import Registry

#: Kinds of row, and levels, that are kept in all before some are found anew.
KINDS = 500_000
_PROFILE, _CUTS = 10, 25  # kilobytes, about, that a profile and a list of cuts take in all tables


class Tables(Compiled):
    """The tests by how they are worked out: inside acts and articles, outside them, and clocks."""

    def __init__(self, registry: Registry, fora: tuple[Forum, ...], on: date, wider: Tables | None = None) -> None:
        """`wider`: as for `Compiled`."""
        super().__init__(registry, fora, on, wider)
        self.plans = Clocks(self)
        by_forum = {f: self._inside(f) for f in range(len(fora))}
        nodes = ((f, node) for f, tests in by_forum.items() for p in tests for node in walk(p.test.rule))
        self.bundle = Bundle(self.words, [(f, node) for f, node in nodes if isinstance(node, Fact)])
        self.joints = {
            f: Joint(self, self.bundle, f, tests)
            for f, tests in by_forum.items()
            if tests or has_neighbours(fora[f])  # without tests it still drops neighbours
        }
        inside = {p for joint in self.joints.values() for p in joint.tests}
        self.outside = Outside(self, [p for p in self.tests if not p.clock and p not in inside])

    def keep_few(self) -> None:
        """Where more kinds of row are kept than `KINDS`, forget those of which there are most."""
        parts: list[Outside | Joint] = [self.outside, *self.joints.values()]
        held = sorted(parts, key=len)
        while held and sum(map(len, held)) > KINDS:
            held.pop().forget()

    @property
    def learned(self) -> int:
        """How much is kept of what complaints told that cannot be forgotten by itself, in about kilobytes."""
        words = len(self.procedures.lists) + len(self.words.places) + len(self.words.sets) + len(self.places)
        return words + _PROFILE * len(self.profiles.keys) + _CUTS * len(self.segments)

    def _inside(self, f: int) -> tuple[Placed, ...]:
        """The tests of a forum on pieces and articles; where it has neighbouring articles, all those on the right."""
        near = has_neighbours(self.fora[f])
        return tuple(
            p for p in self.tests
            if p.forum == f and not p.clock and (p.grain in ("span", "unit") or (near and p.of_right))
        )  # fmt: skip
