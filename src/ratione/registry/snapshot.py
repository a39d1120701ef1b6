"""One registry, whole: reading it, asking it, and seeing it as it was known on a day."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Protocol

from ratione import days
from ratione.registry.facts import (
    ENDS,
    Calendar,
    DataError,
    Fact,
    Problem,
    Source,
    State,
    read_facts,
    read_sources,
    read_states,
)
from ratione.registry.overlays import after_predecessors, capped, following, territorial
from ratione.registry.periods import (
    Answer,
    Bound,
    End,
    Period,
    Segment,
    acts,
    at,
    derive,
    is_start,
    start_day,
    weakest,
)
from ratione.registry.terms import Instrument, read_instruments

TABLES = ("instruments.toml", "sources.csv", "states.csv")
FORMATS = ("csv", "json", "parquet", "sqlite")
#: A day of knowledge so far behind the latest source is told in the answer.
OUTLIVED = timedelta(days=31)


class Folder(Protocol):
    """A folder on disk or inside a zip."""

    def joinpath(self, *parts: str) -> Folder:
        """The entry of that name."""

    def is_file(self) -> bool:
        """Whether it is a file."""

    def read_text(self, encoding: str) -> str:
        """The whole text."""


@dataclass(frozen=True, slots=True)
class Party:
    """A State in the list of an instrument on a day. `status`: undisputed, contested, undated or unknown."""

    state: str
    name: str
    first: date | None
    status: str
    confidence: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is bound by an instrument on a day.

    `count`: bound beyond dispute. `undated`: parties since an unknown day, asked about a day before that of their
    source. `not_in_force`: deposits made whose effect lies after the day.
    """

    parties: tuple[Party, ...]
    count: int
    contested: int
    undated: int
    not_in_force: int


def package_data() -> Folder:
    """The folder of data that comes with the package, also where the package lies in a zip."""
    beside = Path(__file__).parent.parent / "data"
    if beside.is_dir():
        return beside
    from importlib.resources import files

    return files("ratione") / "data"


def canonical_hash(text: str, table: bool) -> str:
    """SHA-256 of a file in canonical form: of a table its rows in order of their text, else its lines trimmed."""
    import csv

    if table:
        head, *body = csv.reader(text.splitlines(keepends=True))
        lines = ["\x1f".join(head), *sorted("\x1f".join(row) for row in body)]
    else:
        lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return sha256("\n".join(lines).encode()).hexdigest()


class Registry:
    """Dated facts, and who is bound by what on which day as they tell it.

    `known_on` is None for the registry as it stands (known today), else the day as known on which it answers.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        instruments: Mapping[str, Instrument],
        states: Mapping[str, State],
        sources: Mapping[str, Source],
        *,
        texts: Mapping[str, str] | None = None,
        lines: Mapping[str, int] | None = None,
        known_on: date | None = None,
    ) -> None:
        self.instruments = instruments
        self.states = states
        self.sources = sources
        self.texts = texts or {}
        self.lines = lines or {}
        self.known_on = known_on
        self._known = known_on or days.today()
        self._by: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            self._by[fact.state, fact.instrument].append(fact)
        self._chains: dict[tuple[str, str, str], tuple[tuple[Segment, ...], tuple[End, ...]]] = {}
        #: By instrument and the first day of the parent treaty what no fact at all comes to: the same for most States.
        self._blank: dict[tuple[str, date | None], tuple[tuple[Segment, ...], tuple[End, ...]]] = {}
        self._views: dict[date, Registry] = {}

    @classmethod
    def load(cls, path: Path | str | None = None) -> Registry:
        """Read the registry from a folder: `path`, else RATIONE_REGISTRY, else the package's own data.

        Raises DataError, with file, line and reason of every problem, where the data is broken or not there.
        """
        named = path or os.environ.get("RATIONE_REGISTRY")
        folder: Folder = Path(named) if named else package_data()
        texts = {name: _text(folder, name) for name in TABLES}
        problems: list[Problem] = []
        instruments = read_instruments("instruments.toml", texts["instruments.toml"], problems)
        sources = read_sources("sources.csv", texts["sources.csv"], problems)
        states = read_states("states.csv", texts["states.csv"], problems)
        lines: dict[str, int] = {}
        facts: list[Fact] = []
        iso = Calendar()
        for code in sorted(code for code, instrument in instruments.items() if instrument.rows):
            name = f"facts/{code}.csv"
            texts[name] = _text(folder, name)
            facts += read_facts(name, texts[name], code, states, sources, problems, lines, iso)
        if problems:
            raise DataError(problems)
        return cls(facts, instruments, states, sources, texts=texts, lines=lines)

    @cached_property
    def files(self) -> dict[str, str]:
        """The SHA-256 of each file in canonical form, by name."""
        return {name: canonical_hash(text, name.endswith(".csv")) for name, text in sorted(self.texts.items())}

    @cached_property
    def hash(self) -> str:
        """The SHA-256 that names this snapshot: over the names and hashes of its files."""
        return sha256("".join(f"{name} {digest}\n" for name, digest in self.files.items()).encode()).hexdigest()

    @cached_property
    def seen_to(self) -> date:
        """The latest day on which a source was current: of what States did afterwards nothing can be here."""
        return max((source.day for source in self.sources.values()), default=days.FIRST)

    def outlived(self, known: date) -> bool:
        """Whether a day of knowledge lies so far behind the sources that an answer as known on it must say so."""
        return known > self.seen_to + OUTLIVED

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts known, by id."""
        return {f.id: f for key in self._by for f in self.facts_of(*key)}

    def facts_of(self, state: str, instrument: str) -> tuple[Fact, ...]:
        """The facts known of one State under one instrument, in the order of the file."""
        found = self._by.get((state, instrument), ())
        return tuple(found) if self.known_on is None else tuple(f for f in found if f.known_from <= self._known)

    def as_known_on(self, day: date) -> Registry:
        """The registry as it was known on a day: facts known by then, and notices then running projected."""
        if day == self._known and self.known_on is not None:
            return self
        if (view := self._views.get(day)) is None:
            view = self._views[day] = Registry(
                (), self.instruments, self.states, self.sources, texts=self.texts, lines=self.lines, known_on=day
            )
            view._by, view._views = self._by, self._views
        return view

    def with_facts(self, more: Iterable[Fact], known_on: date, sources: Mapping[str, Source] | None = None) -> Registry:
        """The same registry with more facts, such as supposed ones; one with the id of a fact here takes its place.

        It answers as known on `known_on`: notices are projected from that day on, and what is known here stays known
        even if it became so later. `sources`: those of the new facts that are not here.
        """
        added = {f.id: f for f in more}
        kept = [f for facts in self._by.values() for f in facts if f.id not in added and self._counts(f)]
        known = [
            f._replace(known_from=known_on) if known_on < f.known_from <= self._known else f
            for f in (*kept, *added.values())
        ]
        return Registry(
            known, self.instruments, self.states, {**self.sources, **(sources or {})},
            texts=self.texts, lines=self.lines, known_on=known_on,
        )  # fmt: skip

    def _counts(self, fact: Fact) -> bool:
        """Whether a fact is known; nobody can say that a party since an unknown day was not one yet: it stays."""
        known = self.known_on is None or fact.known_from <= self._known
        return known or (fact.undated and is_start(fact, self.instruments[fact.instrument]))

    def timeline(self, state: str, instrument: str, territory: str = "") -> tuple[Segment, ...]:
        """The answers over all time: the first segment begins at `date.min`, neighbours differ (law.md A.4).

        Raises KeyError for an instrument or a State that the registry does not know.
        """
        return self._chain(state, instrument, territory)[0]

    def _chain(self, state: str, instrument: str, territory: str = "") -> tuple[tuple[Segment, ...], tuple[End, ...]]:
        key = (state, instrument, territory)
        if (found := self._chains.get(key)) is None:
            found = self._chains[key] = self._territory(*key) if territory else self._own(state, instrument)
        return found

    def _own(self, state: str, code: str) -> tuple[tuple[Segment, ...], tuple[End, ...]]:
        instrument, named = self.instruments[code], self.states[state]
        facts = [f for f in self._by.get((state, code), ()) if self._counts(f)]
        parent = self.timeline(state, instrument.parent) if instrument.parent else ()
        floor = next((s.first for s in parent if s.answer == Answer.YES), None)
        blank = None if facts else self._blank.get((code, floor))
        chain, ends = blank or derive(facts, instrument, self._known, floor)
        if not facts:
            self._blank[code, floor] = chain, ends
        begun = [f for f in facts if f.status == "undisputed" and is_start(f, instrument)]
        starts = {day: f for f in begun if (day := start_day(f, instrument, floor))}
        for follow in instrument.follows:
            chain, found = following(chain, self.timeline(state, follow.instrument), follow, facts, starts)
            ends = found or ends
        if parent:
            cut = capped(chain, parent, starts)
            if cut != chain:
                chain, ends = cut, ends or self._chain(state, instrument.parent)[1]
        before = [self.timeline(p, code) for p in named.predecessors if (p, code) in self._by]
        return after_predecessors(chain, before), ends

    def _territory(self, state: str, instrument: str, territory: str) -> tuple[tuple[Segment, ...], tuple[End, ...]]:
        facts = [f for f in self.facts_of(state, instrument) if territory in f.territory and f.status != "ineffective"]
        return territorial(facts, self.timeline(state, instrument)), ()

    def bound(self, state: str, instrument: str, on: date, territory: str = "") -> Bound:
        """Whether a State is bound on a day: yes, no, contested or unknown, with the facts it rests on (law.md A.4)."""
        segment = at(self.timeline(state, instrument, territory), on)
        listed = self.instruments[instrument].list.as_of if segment.why == "not_listed" else None
        return Bound(segment.answer, segment.facts, segment, listed, weakest(segment.facts))

    def periods(self, state: str, instrument: str, territory: str = "") -> tuple[Period, ...]:
        """The times during which a State is bound, or during which that is contested, earliest first.

        Leaving and joining again on the same day makes no gap: one period, with the facts of both.
        """
        chain, ends = self._chain(state, instrument, territory)
        found = []
        for answer, group in groupby(chain, key=lambda s: s.answer):
            run = list(group)
            if answer not in (Answer.YES, Answer.CONTESTED):
                continue
            n = chain.index(run[-1]) + 1
            after = chain[n] if n < len(chain) else None
            doubt = ends if Answer.CONTESTED in (answer, after and after.answer) else ()
            if after and after.answer == Answer.UNKNOWN:
                doubt = _unrecorded(after, self.instruments[instrument].exit.authority)
            last = days.day_before(after.first) if after and not doubt else None
            facts = tuple(dict.fromkeys(f for s in (*run, *((after,) if after else ())) for f in s.facts))
            contested, projected = answer == Answer.CONTESTED, bool(after and after.projected)
            found.append(Period(run[0].first, last, contested, projected, facts, weakest(facts), doubt))
        return tuple(found)

    def parties(self, instrument: str, on: date) -> Parties:
        """The States bound by an instrument on a day, with those of whom it is contested or unknown because undated."""
        terms = self.instruments[instrument]
        found: list[Party] = []
        waiting = 0
        for state in sorted({s for s, code in self._by if code == instrument}):
            segment = at(self.timeline(state, instrument), on)
            status = _status(segment)
            if status:
                first = None if any(f.undated for f in segment.facts) else self._since(state, instrument, segment)
                facts = segment.facts
                found.append(Party(state, self.states[state].name, first, status, weakest(facts), facts))
            waiting += segment.answer == Answer.NO and self._waits(state, terms, on)
        statuses = [p.status for p in found]
        return Parties(
            tuple(found), statuses.count("undisputed"), statuses.count("contested"), statuses.count("undated"), waiting
        )

    def _since(self, state: str, instrument: str, segment: Segment) -> date:
        """The first day of the unbroken time in which the segment lies."""
        first = segment.first
        for other in reversed(self.timeline(state, instrument)):
            if other.first < first:
                if other.answer not in (Answer.YES, Answer.CONTESTED):
                    break
                first = other.first
        return first

    def _waits(self, state: str, instrument: Instrument, on: date) -> bool:
        """Whether a deposit was made by the day whose effect lies after it, or has to wait for others."""
        facts = [f for f in self.facts_of(state, instrument.code) if f.act_date is not None and f.act_date <= on]
        done = [f for f in facts if is_start(f, instrument) and f.status == "undisputed"]
        if not done or max(facts, key=lambda f: (f.act_date or on, is_start(f, instrument))).event in ENDS:
            return False
        why = at(self.timeline(state, instrument.code), on).why
        return any(why == "not_in_force" if (day := start_day(f, instrument)) is None else day > on for f in done)

    def limits(self, state: str, instrument: str, kind: str) -> tuple[Fact, ...]:
        """The reservations and declarations of one kind; those without effect left out."""
        return tuple(
            f
            for f in self.facts_of(state, instrument)
            if f.kind == kind and f.event in ("reserved", "declared") and f.status != "ineffective"
        )

    def territorial(self, state: str, instrument: str) -> tuple[Fact, ...]:
        """The acts by which a State extended an instrument to territories."""
        return tuple(f for f in self.facts_of(state, instrument) if f.event == "territorial")

    def acceptances(self, instrument: str, on: date) -> int:
        """How many States have accepted by an act of that day or before and not withdrawn, in force or not."""
        terms = self.instruments[instrument]
        count = 0
        for state, code in self._by:
            if code == instrument:
                done = [f for f in self.facts_of(state, code) if acts(f, terms) and f.day is not None and f.day <= on]
                last = max(done, key=lambda f: (f.day, is_start(f, terms)), default=None)
                count += last is not None and is_start(last, terms)
        return count

    def derogations(self, state: str, on: date) -> tuple[Fact, ...]:
        """The derogations of a State that run on a day: begun, not ended by an act or by their own term."""
        found = []
        for key in self._by:
            facts = self.facts_of(*key) if key[0] == state else ()
            stops = [f.effect_date or f.act_date for f in facts if f.event == "derogation_ended"]
            for fact in facts:
                day = fact.effect_date or fact.act_date
                if fact.event != "derogated" or day is None or day > on or (fact.until and fact.until <= on):
                    continue
                if not any(stop and day < stop <= on for stop in stops):
                    found.append(fact)
        return tuple(found)

    def suspensions(self, state: str, instrument: str, on: date) -> tuple[Fact, ...]:
        """The suspensions that run on a day. They end no obligation; whoever is no longer bound is not suspended."""
        facts = self.facts_of(state, instrument)
        if not facts or self.bound(state, instrument, on).answer == Answer.NO:
            return ()
        stops = [f.effect_date or f.act_date for f in facts if f.event in ("suspension_lifted", *ENDS)]
        found = []
        for fact in facts:
            day = fact.effect_date or fact.act_date
            if fact.event != "suspended" or day is None or day > on or (fact.until and fact.until <= on):
                continue
            if not any(stop and day <= stop <= on for stop in stops):
                found.append(fact)
        return tuple(found)


def _unrecorded(after: Segment, authority: str) -> tuple[End, ...]:
    """The ends that are possible where nobody recorded one: on the first day on which it may be, or none yet."""
    readings = {
        "running_notice": ("notice_took_effect", "notice_without_effect"),
        "undated_end": ("earliest_day", "day_not_known"),
    }
    earliest, none = readings.get(after.why, ("earliest_day", "day_not_known"))
    return (
        End(days.day_before(after.first), after.first, earliest, authority),
        End(None, None, none, authority),
    )


def _status(segment: Segment) -> str:
    """How a State stands in a list of parties; empty where it does not."""
    if segment.answer == Answer.UNKNOWN:
        return {"no_list": "", "undated": "undated"}.get(segment.why, "unknown")
    return {Answer.YES: "undisputed", Answer.CONTESTED: "contested", Answer.NO: ""}[segment.answer]


def _text(folder: Folder, name: str) -> str:
    """The text of a file of the registry, without the mark that some editors put before it.

    A missing file, or one that is not UTF-8, is a DataError.
    """
    try:
        return folder.joinpath(*name.split("/")).read_text("utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise DataError([Problem(name, 0, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        raise DataError([Problem(name, 0, f"is not UTF-8 at byte {error.start}")]) from None
