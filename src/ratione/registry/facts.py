"""The dated facts of the registry: what a row is, and how the files are read and refused.

A fact is one dated act of one State under one instrument, with its source. Nothing is derived here. A row that breaks
a rule of form is a `Problem` with file, line and reason; `periods.py` says what the rows mean together.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ratione import LAW, days

STARTS = frozenset({"ratified", "acceded", "succeeded", "in_force", "accepted", "declared"})
ENDS = frozenset({"denounced", "ceased", "expelled", "declaration_withdrawn"})
EVENTS = STARTS | ENDS | {
    "signed", "notice_of_withdrawal", "withdrawal_revoked", "announced_withdrawal", "suspended", "suspension_lifted",
    "reserved", "derogated", "derogation_ended", "territorial", "objection", "not_party",
}  # fmt: skip
LIMIT_KINDS = frozenset({
    "same_matter_past", "same_matter_pending", "temporal", "rights_excluded", "complaints_excluded",
    "territory", "group_excluded",
    "no_limit", "unknown",
})  # fmt: skip
DECLARED_KINDS = frozenset({"petition", "petition_territorial", "court", "statement", "ngo_clause"})
KINDS = LIMIT_KINDS | DECLARED_KINDS
COUNTS = frozenset({"", "facts", "begun"})
STATUSES = frozenset({"undisputed", "contested", "ineffective"})
BASES = frozenset({"stated", "computed"})
CONFIDENCES = ("low", "medium", "high")

COLUMNS = (
    "id", "state", "instrument", "event", "act_date", "effect_date", "territory", "articles", "kind", "since", "counts",
    "until", "status", "basis", "known_from", "confidence", "source", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the data: where (file and line; line 0 is the file as a whole), and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class DataError(ValueError):
    """A registry that cannot be used; `problems` says where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts were read; `as_of` is the day, month or year on which the source was current (empty = not told)."""

    id: str
    title: str
    url: str
    as_of: str

    @property
    def day(self) -> date:
        """The first day on which the source was certainly out; where it tells none, the day of the law text."""
        return days.parse(self.as_of).last if self.as_of else date.fromisoformat(LAW)


@dataclass(frozen=True, slots=True)
class State:
    """A State, past State or dependent territory; the code is ISO 3166-1 alpha-3 where there is one.

    `integral`: a territory that domestic law makes a part of the State itself, so that no extension is needed.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    alpha2: str
    first: date | None
    until: date | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    part_of: str
    integral: bool = False


class Fact(NamedTuple):
    """One dated act of one State under one instrument. Columns as in `docs/data.md`.

    A tuple with names rather than a dataclass: thousands are made on every load, in a sixth of the time.
    `effect_date` is the first day of the effect: of an end, the first day on which the State is no longer bound.
    `since` of a limit is its day (`counts` says of what); of an end without a day, the first day on which it may be.
    """

    id: str
    state: str
    instrument: str
    event: str
    act_date: date | None
    effect_date: date | None
    territory: tuple[str, ...]
    articles: tuple[str, ...]
    kind: str
    since: date | None
    counts: str
    until: date | None
    status: str
    basis: str
    known_from: date
    confidence: str
    source: str
    note: str

    @property
    def day(self) -> date | None:
        """The day of the act, else the day of its effect."""
        return self.act_date or self.effect_date

    @property
    def undated(self) -> bool:
        """Whether neither the day of the act nor that of its effect is known."""
        return self.act_date is None and self.effect_date is None


def in_a_ring(above: Mapping[str, Iterable[str]]) -> list[str]:
    """Whatever hangs on itself, by way of others or directly."""
    found = []
    for name in above:
        seen: set[str] = set()
        ahead = list(above[name])
        while ahead and name not in seen:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead += above.get(one, ())
        if name in seen:
            found.append(name)
    return found


def codes(text: str) -> tuple[str, ...]:
    """The parts of a `;`-separated cell."""
    return tuple(map(str.strip, text.split(";"))) if text else ()


def rows(name: str, text: str, columns: Iterable[str], problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV file with their line numbers; a header or a width that is not as it should be is a problem.

    So is a cell of more than 131,072 signs: behind it there is most often a quotation mark that nobody closed.
    """
    reader = csv.reader(text.splitlines(keepends=True))
    wanted = list(columns)
    width = len(wanted)
    try:
        header = next(reader, [])
        if header != wanted:
            problems.append(Problem(name, 1, f"the header is {','.join(header)!r}; accepted is {','.join(wanted)!r}"))
            return
        for row in reader:
            if len(row) == width:
                yield reader.line_num, row
            elif row:
                problems.append(Problem(name, reader.line_num, f"{len(row)} cells; accepted is {width}"))
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, f"{error}; is a quotation mark left open?"))


class Calendar(dict[str, "date | None"]):
    """ISO days by their text, each read once; the empty text is no day. Raises ValueError for any other form."""

    def __missing__(self, text: str) -> date | None:
        plain = len(text) == 10 and text[4] == text[7] == "-"
        try:
            found = date.fromisoformat(text) if plain else days.parse_day(text) if text else None
        except ValueError:
            found = days.parse_day(text)  # for its words on what is accepted
        self[text] = found
        return found


def _sound(fact: Fact, stem: str, sources: Mapping[str, Source], states: Mapping[str, State]) -> bool:
    """Whether `_wrong` finds nothing: the quick way for the thousands of rows that are sound."""
    return (
        fact.state in states
        and fact.event in EVENTS
        and fact.source in sources
        and fact.confidence in CONFIDENCES
        and fact.status in STATUSES
        and fact.basis in BASES
        and (fact.id == stem or fact.id.startswith(stem + "/"))
        and not (fact.kind or fact.since or fact.counts or fact.until or fact.territory)
        and fact.event != "reserved"
    )


def _wrong(fact: Fact, stem: str, sources: Mapping[str, Source], states: Mapping[str, State]) -> Iterator[str]:
    """Why one row is refused, besides its dates."""
    if fact.state not in states:
        yield f"state {fact.state!r} is not in states.csv"
    if fact.event not in EVENTS:
        yield f"event {fact.event!r}; accepted are {', '.join(sorted(EVENTS))}"
    if fact.kind and fact.kind not in KINDS:
        yield f"kind {fact.kind!r}; accepted are {', '.join(sorted(KINDS))}, or empty"
    if fact.event == "reserved" and fact.kind not in LIMIT_KINDS:
        yield f"a reservation of kind {fact.kind!r}; accepted are {', '.join(sorted(LIMIT_KINDS))}"
    if fact.counts not in COUNTS or (bool(fact.counts) != bool(fact.since) and fact.event not in ENDS):
        yield f"counts {fact.counts!r}, since {fact.since or ''!s}; accepted is facts or begun with a day, or neither"
    if fact.status not in STATUSES:
        yield f"status {fact.status!r}; accepted are {', '.join(sorted(STATUSES))}"
    if fact.basis not in BASES:
        yield f"basis {fact.basis!r}; accepted are {', '.join(sorted(BASES))}"
    if fact.confidence not in CONFIDENCES:
        yield f"confidence {fact.confidence!r}; accepted are {', '.join(CONFIDENCES)}"
    if fact.source not in sources:
        yield f"source {fact.source!r} is not in sources.csv"
    for place in fact.territory:
        if place not in states:
            yield f"territory {place!r} is not in states.csv"
    if fact.id != stem and not fact.id.startswith(stem + "/"):
        yield f"id {fact.id!r}; accepted is {stem!r}, with /scope where needed"
    if fact.until and fact.effect_date and fact.until <= fact.effect_date:
        yield f"until {fact.until} is not after effect_date {fact.effect_date}"


def read_facts(
    name: str,
    text: str,
    instrument: str,
    states: Mapping[str, State],
    sources: Mapping[str, Source],
    problems: list[Problem],
    lines: dict[str, int],
    iso: Calendar,
) -> list[Fact]:
    """The facts of one file. What is wrong is added to `problems`; the line of each fact, by its id, to `lines`."""
    found: list[Fact] = []
    seen: dict[str, int] = {}
    default = date.fromisoformat(LAW)
    for line, row in rows(name, text, COLUMNS, problems):
        (id_, state, named, event, act_text, effect_text, territory, articles, kind, since_text, counts, until_text,
         status, basis, known_text, confidence, source, note) = row  # fmt: skip
        try:
            act, effect, since, until, known = (
                iso[act_text], iso[effect_text], iso[since_text], iso[until_text], iso[known_text],
            )  # fmt: skip
        except ValueError as error:
            column = next(c for c, t in zip(COLUMNS, row, strict=True) if c in _DATES and not _is_day(t))
            problems.append(Problem(name, line, f"{column}: {error}"))
            continue
        if known is None:
            known = act or effect
        if known is None:
            known = days.FIRST if event == "not_party" else sources[source].day if source in sources else default
        fact = Fact(
            id_, state, named, event, act, effect, codes(territory) if territory else (),
            codes(articles) if articles else (), kind, since, counts, until,
            status, basis, known, confidence, source, note,
        )  # fmt: skip
        if named != instrument:
            problems.append(Problem(name, line, f"instrument {named!r}; accepted in this file is {instrument!r}"))
            continue
        stem = f"{state}/{named}/{event}/{act_text or 'undated'}"
        if not _sound(fact, stem, sources, states) and (reasons := list(_wrong(fact, stem, sources, states))):
            problems.extend(Problem(name, line, reason) for reason in reasons)
            continue
        same = (
            stem
            if act_text and not (territory or articles or kind)
            else "|".join((stem, effect_text if not act_text else "", territory, articles, kind))
        )
        if (before := seen.setdefault(same, line)) != line:
            problems.append(Problem(name, line, f"the same act as line {before}: {state} {event} {act_text}".rstrip()))
            continue
        if id_ in lines:
            problems.append(Problem(name, line, f"id {id_!r} stands already on line {lines[id_]}"))
            continue
        lines[id_] = line
        found.append(fact)
    _signatures(name, found, lines, problems)
    return found


_DATES = frozenset({"act_date", "effect_date", "since", "until", "known_from"})


def _is_day(text: str) -> bool:
    try:
        return not text or bool(days.parse_day(text))
    except ValueError:
        return False


def _signatures(name: str, facts: Iterable[Fact], lines: Mapping[str, int], problems: list[Problem]) -> None:
    """Nobody ratifies before signing."""
    signed = {f.state: f.act_date for f in facts if f.event == "signed" and f.act_date and not f.territory}
    for fact in facts:
        if fact.event == "ratified" and fact.act_date and fact.state in signed:
            day = signed[fact.state]
            if day and fact.act_date < day:
                reason = f"{fact.state} ratified on {fact.act_date}, signed only on {day}"
                problems.append(Problem(name, lines[fact.id], reason))


def read_sources(name: str, text: str, problems: list[Problem]) -> dict[str, Source]:
    """The sources by id."""
    found: dict[str, Source] = {}
    for line, (id_, title, url, as_of) in rows(name, text, ("id", "title", "url", "as_of"), problems):
        if id_ in found:
            problems.append(Problem(name, line, f"source {id_!r} stands twice"))
        try:
            if as_of:
                days.parse(as_of)
        except ValueError as error:
            problems.append(Problem(name, line, f"as_of: {error}"))
            continue
        found[id_] = Source(id_, title, url, as_of)
    return found


def read_states(name: str, text: str, problems: list[Problem]) -> dict[str, State]:
    """The States, past States and territories by code."""
    found: dict[str, State] = {}
    where: dict[str, int] = {}
    iso = Calendar()
    columns = (
        "code", "name", "aliases", "alpha2", "from", "until", "predecessors", "successors", "part_of", "integral",
    )  # fmt: skip
    for line, row in rows(name, text, columns, problems):
        code, title, aliases, alpha2, first, until, predecessors, successors, part_of, integral = row
        if code in found:
            problems.append(Problem(name, line, f"State {code!r} stands twice"))
        where[code] = line
        try:
            found[code] = State(
                code, title, codes(aliases), alpha2, iso[first], iso[until], codes(predecessors), codes(successors),
                part_of, integral == "yes",
            )  # fmt: skip
        except ValueError as error:
            problems.append(Problem(name, line, str(error)))
    for code, state in found.items():
        for other in (*state.predecessors, *state.successors, *codes(state.part_of)):
            if other not in found:
                problems.append(Problem(name, where[code], f"{code} names {other!r}, which has no line"))
    for code in in_a_ring({c: s.predecessors for c, s in found.items()}):
        problems.append(Problem(name, where[code], f"{code} is its own predecessor by way of others"))
    return found
