"""What is the same for every batch: the registry and the tables of law, compiled for one day of asking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione import law
from ratione.assess.verdict import BY_PIECE, PRESUMED_FOR
from ratione.bulk.arrays.outcome import Out
from ratione.bulk.clocks.plans import Plan
from ratione.bulk.clocks.timing import Plans
from ratione.bulk.facts.docket import Procedures
from ratione.bulk.facts.profiles import Profiles
from ratione.bulk.facts.targets import BY_TARGET, Targets
from ratione.bulk.facts.words import DERIVED, Words
from ratione.bulk.levels.bundles import Bundle
from ratione.bulk.levels.joint import Joint
from ratione.bulk.levels.keyed import Outside
from ratione.bulk.rows.acts import Places
from ratione.bulk.rows.build import PRESUMED
from ratione.bulk.rows.frames import DAYS, OF_ACT, OF_SLOT, Grain, Keyed
from ratione.bulk.rows.moments import OF_TERM
from ratione.bulk.rows.terms import InnerEnds
from ratione.bulk.rules.evaluate import Evaluator
from ratione.bulk.states.cutter import Cutter
from ratione.bulk.states.lines import Cures, Lines
from ratione.bulk.states.stretches import Segments
from ratione.complaint.model import FACTS, YES_NO
from ratione.rules import (
    AtLeast,
    Begun,
    Between,
    Bound,
    Clock,
    Covers,
    Elsewhere,
    Extended,
    Fact,
    Forum,
    InTime,
    Reserved,
    Rule,
    Start,
    Test,
    reads,
    walk,
)

if TYPE_CHECKING:
    from ratione.registry import Registry

Array = Any
#: Kinds of row, and levels, that are kept in all before some are found anew.
KINDS = 500_000
_PROFILE, _CUTS = 10, 25  # kilobytes, about, that a profile and a list of cuts take in all tables


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


class Tables:
    """What is the same for every batch: the registry and the tables of law, compiled for one day of asking."""

    words: Words
    cures: Cures
    lines: Lines
    evaluator: Evaluator
    tests: tuple[Placed, ...]
    by_piece: frozenset[tuple[int, int]]
    cutter: Cutter
    segments: Segments
    places: Places
    targets: Targets

    def __init__(self, registry: Registry, fora: tuple[Forum, ...], on: date, wider: Tables | None = None) -> None:
        """`wider`: tables whose fora have, in the same order, all rules on days of these; cut lists are shared."""
        self.registry, self.fora, self.on = registry, fora, on.toordinal()
        self.all_fora = np.uint32((1 << len(fora)) - 1)
        #: For each State the fora that are not closed to it whatever the facts, as bits (`Kernel`).
        self.possible: Array | None = None
        self.words: Words = wider.words if wider else Words(registry)
        self.cures: Cures = wider.cures if wider else Cures()
        self.procedures = Procedures(self.words)
        self.lines: Lines = wider.lines if wider else Lines(registry, self.words, self.cures)
        self.evaluator = Evaluator(self.lines, self.words, self.cures, self.procedures)
        self._traits: dict[int, tuple[bool, bool, bool, frozenset[str]]] = {}
        self._plans: dict[Placed, Plans] = {}
        self._same: dict[Plan, Plan] = {}
        self._starts: dict[tuple[int, int], int] = {}
        self._start_numbers: dict[tuple[Any, ...], int] = {}
        placed = [self._place(f, i, t) for f, forum in enumerate(fora) for i, t in enumerate(forum.tests)]
        self.tests = tuple(_together(placed, len(fora)))
        #: By day of filing and presumption the fora with a test that can rest on it, as bits.
        self.resting: dict[bool, dict[str, Any]] = {False: {}, True: {}}
        for one in self.tests:
            held = self.resting[fora[one.forum].received]
            for name in one.presumed:
                held[name] = held.get(name, np.uint32(0)) | np.uint32(1 << one.forum)
        self.groups = tuple(_groups([p for p in self.tests if not p.clock], fora))
        self.clocks = tuple(p for p in self.tests if p.clock and p.grain == "term")
        #: Clocks beside a rule on pieces of acts, or that neighbours hang on: with such a test everything is looked at
        #: cell by cell.
        self.clocks_by_cell = tuple(p for p in self.tests if p.clock and p.grain == "unit")
        self.terms_in_spans = sorted(
            {p.forum for p in self.tests if p.grain in ("span", "unit") and p.names & OF_TERM}
        )
        by_piece = [p for p in self.tests if reads(p.test.rule) & BY_PIECE]
        self.by_piece = frozenset((p.forum, p.index) for p in by_piece)
        self.piece_fora = np.uint32(sum({1 << p.forum for p in by_piece if p.test.blocking}))
        self.piece_right_fora = np.uint32(sum({1 << p.forum for p in by_piece if p.of_right}))
        instruments = frozenset(law.rights().instruments)
        self.cutter: Cutter = wider.cutter if wider else Cutter(registry, self.words, fora, instruments)
        self.segments: Segments = wider.segments if wider else Segments(self.cutter)
        self.places: Places = wider.places if wider else Places(self)
        self.inner_ends = InnerEnds(self)
        by_slot = [[p.test.rule for p in self.tests if p.forum == f and p.grain == "term"] for f in range(len(fora))]
        by_unit = [[p.test.rule for p in self.tests if p.forum == f and p.grain == "unit"] for f in range(len(fora))]
        targets = wider.targets if wider else None
        self.targets: Targets = Targets(registry, self.words, fora, by_unit, by_slot, targets)
        self.profiles = Profiles(self.targets, self.words, fora)
        by_forum = {f: self._inside(f) for f in range(len(fora))}
        nodes = ((f, node) for f, tests in by_forum.items() for p in tests for node in walk(p.test.rule))
        self.bundle = Bundle(self, [(f, node) for f, node in nodes if isinstance(node, Fact)])
        self.joints = {
            f: Joint(self, f, tests)
            for f, tests in by_forum.items()
            if tests or self._has_neighbours(f)  # without tests it still drops neighbours
        }
        inside = {p for joint in self.joints.values() for p in joint.tests}
        self.outside = Outside(self, [p for p in self.tests if not p.clock and p not in inside])
        presumed = law.presumptions()
        closed = {name: self.words.closed[name].codes for name in ("applicant.victim", "applicant.identity")}
        self.presumed_facts = {name: codes[presumed[name]] for name, codes in closed.items()}
        self.presumed_place = presumed["place"]
        self.presumed_attributable = self.words.closed["act.attributable"].codes[presumed["act.attributable"]]
        self.direct = self.words.closed["applicant.victim"].codes["direct"]

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

    def _has_neighbours(self, f: int) -> bool:
        """Whether some neighbouring article (law.md C.2) is one that the forum hears."""
        return any(
            article.split(":")[0] in self.fora[f].instruments
            for articles in law.rights().neighbours.values() for article in articles
        )  # fmt: skip

    def _inside(self, f: int) -> tuple[Placed, ...]:
        """The tests of a forum on pieces and articles; where it has neighbouring articles, all those on the right."""
        near = self._has_neighbours(f)
        return tuple(
            p for p in self.tests
            if p.forum == f and not p.clock and (p.grain in ("span", "unit") or (near and p.of_right))
        )  # fmt: skip

    # ---- what rules are like -------------------------------------------------------------------------------------
    def _place(self, f: int, i: int, test: Test) -> Placed:
        _, clock, others, names = self._trait(test.rule)
        if clock and ("act" in names or (test.head == "ratione_materiae" and self._has_neighbours(f))):
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

    def _trait(self, rule: Rule) -> tuple[bool, bool, bool, frozenset[str]]:
        found = self._traits.get(id(rule))
        if found is None:
            nodes = tuple(walk(rule))
            names = variables(nodes)
            by_forum = bool(names & (BY_TARGET | OF_TERM))
            clock = any(isinstance(node, InTime) for node in nodes)
            found = self._traits[id(rule)] = by_forum, clock, _of_others(nodes), names
        return found

    def by_forum(self, rule: Rule) -> bool:
        """Whether the same rule can have other answers in another forum: it reads the article, or the term."""
        return self._trait(rule)[0]

    def names(self, rule: Rule) -> frozenset[str]:
        """The names of what a rule reads."""
        return self._trait(rule)[3]

    def plans_of(self, placed: Placed) -> Plans:
        """What is known of the clocks of a test."""
        if placed not in self._plans:
            self._plans[placed] = Plans(self, placed)
        return self._plans[placed]

    def start_number(self, clock: Clock, start: Start) -> int:
        """A number for start events that give the same last days, by whatever clock."""
        found = self._starts.get((id(clock), id(start)))
        if found is None:
            length = start.months if start.months is not None else clock.versions
            key = start.day, start.by if start.months is None else (), length, clock.suspensions, clock.rest_day
            found = self._start_numbers.setdefault(key, len(self._start_numbers))
            self._starts[id(clock), id(start)] = found
        return found

    def same(self, plan: Plan) -> Plan:
        """The one plan of all that are equal."""
        return self._same.setdefault(plan, plan)

    def has_clock(self, rule: Rule) -> bool:
        """Whether a rule holds a clock."""
        return self._trait(rule)[1]

    def keyed(self, grain: Grain, rule: Rule, forum: int, received: bool) -> Out:
        """A rule without a clock, evaluated on the distinct rows of a grain."""
        _, _, others, names = self._trait(rule)
        frame = Keyed(grain, names, forum, received, others and grain.act is not None)
        return self.evaluator.rule(rule, frame).take(frame.rows)

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



def _presumed_by(read: frozenset[str]) -> frozenset[str]:
    """The presumptions on which a rule with these variables can rest."""
    return frozenset(name for name in PRESUMED if read & PRESUMED_FOR[name])


def _of_others(nodes: Iterable[object]) -> bool:
    """Whether a rule asks about another State than the respondent."""
    return any(isinstance(node, Bound | Begun) and node.of != "respondent" for node in nodes)


def _together(placed: list[Placed], fora: int) -> list[Placed]:
    """Where a rule of a forum reads piece and article at once, all its rules on pieces go by article."""
    joint = {p.forum for p in placed if p.grain == "unit" and "act" in p.names}
    return [replace(p, grain="unit") if p.grain == "span" and p.forum in joint else p for p in placed]


def _groups(placed: list[Placed], fora: tuple[Forum, ...]) -> Iterable[Group]:
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


def variables(nodes: Iterable[object]) -> frozenset[str]:
    """The names of what a rule reads here. As `rules.reads`; procedures elsewhere are no matter of articles."""
    names = set[str]()
    for node in nodes:
        match node:
            case Elsewhere():
                names.add("procedures")
            case InTime():
                names.add("filed")
            case Start():
                names |= {node.day, *node.by}
            case Bound() | Begun():
                names |= reads(node) | ({"respondent"} if node.of == "respondent" else set())
            case Extended():
                names |= reads(node) | {"respondent", "territory"}
            case Reserved():
                names |= reads(node) | {"respondent"}
            case AtLeast() | Between() | Fact() | Covers():
                names |= reads(node)
            case _:
                pass
    return frozenset(names)


