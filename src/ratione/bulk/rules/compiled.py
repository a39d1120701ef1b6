"""The registry and the tables of law, compiled for one day of asking: all that rows and their levels are made from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione import law
from ratione.assess.verdict import BY_PIECE
from ratione.bulk.facts.docket import Procedures
from ratione.bulk.facts.names import OF_TERM
from ratione.bulk.facts.profiles import Profiles
from ratione.bulk.facts.targets import Targets
from ratione.bulk.facts.words import Words
from ratione.bulk.rules.evaluate import Evaluator
from ratione.bulk.rules.placed import Placed, groups_of, placed_tests
from ratione.bulk.rules.traits import Traits
from ratione.bulk.states.cutter import Cutter
from ratione.bulk.states.ends import InnerEnds
from ratione.bulk.states.lines import Cures, Lines
from ratione.bulk.states.places import Places
from ratione.bulk.states.stretches import Segments
from ratione.rules import Bound, Forum, Rule, reads, walk

if TYPE_CHECKING:
    from ratione.registry import Registry

Array = Any


class Compiled:
    """Words, tests and their rules, what these say of States, and what is taken for granted."""

    def __init__(self, registry: Registry, fora: tuple[Forum, ...], on: date, wider: Compiled | None = None) -> None:
        """`wider`: of fora that have, in the same order, all rules on days of these; cut lists are shared."""
        self.registry, self.fora, self.on = registry, fora, on.toordinal()
        self.all_fora = np.uint32((1 << len(fora)) - 1)
        #: For each State the fora that are not closed to it whatever the facts, as bits (`Kernel`).
        self.possible: Array | None = None
        self.words: Words = wider.words if wider else Words(registry)
        self.cures: Cures = wider.cures if wider else Cures()
        self.procedures = Procedures(self.words)
        self.traits = Traits()
        self._sort(placed_tests(fora, self.traits))
        self.lines: Lines = wider.lines if wider else Lines(registry, self.words, self.cures)
        instruments = frozenset(law.rights().instruments)
        self.cutter: Cutter = wider.cutter if wider else Cutter(registry, self.words, fora, instruments)
        self.segments: Segments = wider.segments if wider else Segments(self.cutter)
        presumed = law.presumptions()
        self.places: Places = wider.places if wider else Places(self.words, self.segments, presumed["place"])
        targets = wider.targets if wider else None
        self.targets: Targets = Targets(
            registry, self.words, fora, self._rules_by_forum("unit"), self._rules_by_forum("term"), targets
        )
        self.profiles = Profiles(self.targets, self.words, fora)
        rules = [(p.forum, p.test.rule) for p in self.tests]
        self.inner_ends = InnerEnds(rules, self.words, self.cutter, self.profiles)
        self.evaluator = Evaluator(self.lines, self.words, self.cures, self.procedures, self.targets)
        closed = {name: self.words.closed[name].codes for name in ("applicant.victim", "applicant.identity")}
        self.presumed_facts = {name: codes[presumed[name]] for name, codes in closed.items()}
        self.presumed_attributable = self.words.closed["act.attributable"].codes[presumed["act.attributable"]]
        self.direct = self.words.closed["applicant.victim"].codes["direct"]

    def _sort(self, tests: tuple[Placed, ...]) -> None:
        """The tests, and which of them are looked at together or in another way."""
        self.tests, fora = tests, self.fora
        #: By day of filing and presumption the fora with a test that can rest on it, as bits.
        self.resting: dict[bool, dict[str, Any]] = {False: {}, True: {}}
        for one in tests:
            held = self.resting[fora[one.forum].received]
            for name in one.presumed:
                held[name] = held.get(name, np.uint32(0)) | np.uint32(1 << one.forum)
        self.groups = tuple(groups_of([p for p in tests if not p.clock], fora))
        self.clocks = tuple(p for p in tests if p.clock and p.grain == "term")
        #: Clocks beside a rule on pieces of acts, or that neighbours hang on: with such a test everything is looked at
        #: cell by cell.
        self.clocks_by_cell = tuple(p for p in tests if p.clock and p.grain == "unit")
        self.terms_in_spans = sorted({p.forum for p in tests if p.grain in ("span", "unit") and p.names & OF_TERM})
        by_piece = [p for p in tests if reads(p.test.rule) & BY_PIECE]
        self.by_piece = frozenset((p.forum, p.index) for p in by_piece)
        self.piece_fora = np.uint32(sum({1 << p.forum for p in by_piece if p.test.blocking}))
        self.piece_right_fora = np.uint32(sum({1 << p.forum for p in by_piece if p.of_right}))

    def _rules_by_forum(self, grain: str) -> list[list[Rule]]:
        """For each forum the rules of its tests at a grain."""
        every = range(len(self.fora))
        return [[p.test.rule for p in self.tests if p.forum == f and p.grain == grain] for f in every]

    def endings(self, states: Array) -> Array:
        """For some States the fora, as bits, to which an end of its acceptance can give a last day."""
        fora_of: dict[str, int] = {}
        for one in self.tests:
            for node in walk(one.test.rule):
                if isinstance(node, Bound) and node.on == "filed" and node.of == "respondent":
                    named = self.cutter.instruments if node.instrument == "$right" else (node.instrument,)
                    for instrument in named:
                        fora_of[instrument] = fora_of.get(instrument, 0) | 1 << one.forum
        found = np.zeros(len(states), np.uint32)
        for row, state in enumerate(states.tolist()):
            told = self.cutter.told_of(self.words.states.values[state])
            for instrument, fora in fora_of.items():
                if instrument in told and self.cutter.ends(state, instrument):
                    found[row] |= np.uint32(fora)
        return found
