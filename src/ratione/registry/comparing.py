"""What a user's newer table of facts would change in the registry, and which binding periods would move."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ratione import days
from ratione.registry.facts import CONFIDENCES, EVENTS, DataError, Fact, Problem, Source
from ratione.registry.periods import Period
from ratione.registry.snapshot import Registry

COLUMNS = (
    "state", "instrument", "event", "act_date", "effect_date", "note", "source_title", "source_url", "source_as_of",
    "confidence",
)  # fmt: skip
MARKS = ("CONTESTED", "INEFFECTIVE")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the user's table."""

    line: int
    state: str
    instrument: str
    event: str
    act_date: date | None
    effect_date: date | None
    status: str
    confidence: str
    source: Source
    note: str


def _table(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines by column, with their numbers; further columns are passed over. Raises DataError for a broken table."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        head = next(reader, [])
        if missing := [c for c in COLUMNS if c not in head]:
            reason = f"no column {', '.join(missing)}; accepted are {', '.join(COLUMNS)}"
            raise DataError([Problem(name, 1, reason)])
        for cells in reader:
            if len(cells) == len(head):
                yield reader.line_num, dict(zip(head, cells, strict=True))
            elif cells:
                raise DataError([Problem(name, reader.line_num, f"{len(cells)} cells; accepted is {len(head)}")])
    except csv.Error as error:
        reason = f"{error}; is a quotation mark left open?"
        raise DataError([Problem(name, reader.line_num, reason)]) from None


def _wrong(registry: Registry, cells: dict[str, str]) -> Iterator[str]:
    """Why one line cannot be used."""
    if cells["state"] not in registry.states:
        yield f"state {cells['state']!r} is not in states.csv; accepted is a code such as AFG"
    closed = {"instrument": registry.instruments.keys(), "event": EVENTS, "confidence": CONFIDENCES}
    for column, accepted in closed.items():
        if cells[column] not in accepted:
            yield f"{column} {cells[column]!r}; accepted are {', '.join(sorted(accepted))}"
    for column in ("act_date", "effect_date", "source_as_of"):
        read = days.parse if column == "source_as_of" else days.parse_day
        try:
            read(cells[column] or "2000-01-01")
        except ValueError as error:
            yield f"{column}: {error}"


def _rows(registry: Registry, text: str, name: str) -> list[Row]:
    """The lines of the table. Raises DataError with file, line, column and what is accepted, for all that is wrong."""
    found: list[Row] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in _table(text, name):
        reasons = list(_wrong(registry, cells))
        before = seen.setdefault(tuple(cells[c] for c in COLUMNS), line)
        if before != line:
            reasons.append(f"the same as line {before}")
        problems += [Problem(name, line, reason) for reason in reasons]
        if not reasons:
            found.append(_row(line, cells))
    if problems:
        raise DataError(problems)
    return found


def _row(line: int, cells: dict[str, str]) -> Row:
    act, effect = (days.parse_day(cells[c]) if cells[c] else None for c in ("act_date", "effect_date"))
    status = next((m for m in MARKS if cells["note"].startswith(m)), "undisputed").lower()
    source = Source("", cells["source_title"], cells["source_url"], cells["source_as_of"])
    return Row(
        line, cells["state"], cells["instrument"], cells["event"], act, effect, status, cells["confidence"], source,
        cells["note"],
    )  # fmt: skip


def _pairs(registry: Registry, rows: list[Row]) -> tuple[dict[int, Fact], list[Fact]]:
    """Which fact each line speaks of, by its place, and the facts of the same instruments of which no line speaks.

    A line speaks of the fact with the same State, instrument and event that has the same day of the act, and among
    several the one with the same effect.
    """
    instruments = {r.instrument for r in rows}
    pool: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in registry.facts.values():
        if fact.instrument in instruments and fact.event != "not_party":
            pool.setdefault((fact.state, fact.instrument, fact.event), []).append(fact)
    found: dict[int, Fact] = {}
    for same in ("both", "act", "effect", "open"):
        for n, row in enumerate(rows):
            mates = pool.get((row.state, row.instrument, row.event), [])
            mate = next((f for f in mates if n not in found and _same(row, f, same)), None)
            if mate:
                found[n] = mate
                mates.remove(mate)
    return found, [f for facts in pool.values() for f in facts if not f.kind]


def _same(row: Row, fact: Fact, how: str) -> bool:
    act, effect = row.act_date == fact.act_date, row.effect_date == fact.effect_date
    if how == "both":
        return act and effect
    if how == "act":
        return act and row.act_date is not None
    if how == "effect":
        return effect and row.effect_date is not None
    return fact.undated or (row.act_date is None and row.effect_date is None)


def _changes(row: Row, fact: Fact) -> dict[str, Any]:
    """What the line says otherwise; a day that the registry worked out is no contradiction to an empty cell."""
    changes: dict[str, Any] = {}
    if row.act_date != fact.act_date:
        changes["act_date"] = row.act_date
    if row.effect_date != fact.effect_date and not (row.effect_date is None and fact.basis == "computed"):
        changes["effect_date"] = row.effect_date
    if row.status != fact.status and row.status != "undisputed":
        changes["status"] = row.status
    if row.confidence != fact.confidence:
        changes["confidence"] = row.confidence
    return changes


def _new(row: Row, n: int) -> Fact:
    known = row.act_date or row.effect_date or row.source.day
    stem = f"{row.state}/{row.instrument}/{row.event}/{row.act_date or 'undated'}"
    return Fact(
        f"{stem}/line-{n}", row.state, row.instrument, row.event, row.act_date, row.effect_date, (), (), "", None, "",
        None, row.status, "stated", known, row.confidence, "", row.note,
    )  # fmt: skip


def compare(registry: Registry, text: str, name: str) -> dict[str, Any]:
    """Rows that are new, changed or missing against a table, and the binding periods that would move.

    Only the instruments that the table names are compared; a fact counts as missing where the table has no line for
    it. Raises DataError, with file, line and column, for a table that cannot be read.
    """
    rows = _rows(registry, text, name)
    matched, missing = _pairs(registry, rows)
    after = dict(registry.facts)
    new, changed = [], []
    touched: set[tuple[str, str]] = set()
    for n, row in enumerate(rows):
        if fact := matched.get(n):
            if changes := _changes(row, fact):
                after[fact.id] = fact._replace(**changes)
                what = "; ".join(f"{c}: {getattr(fact, c) or 'none'} -> {v or 'none'}" for c, v in changes.items())
                changed.append({"fact": fact.id, "line": row.line, "what": what})
                touched.add((row.state, row.instrument))
        else:
            added = _new(row, row.line)
            after[added.id] = added
            new.append({"fact": added.id, "line": row.line, "what": f"effect {row.effect_date or 'none'}"})
            touched.add((row.state, row.instrument))
    for fact in missing:
        del after[fact.id]
        touched.add((fact.state, fact.instrument))
    changed_registry = Registry(after.values(), registry.instruments, registry.states, registry.sources)
    return {
        "new": new,
        "changed": changed,
        "missing": [{"fact": f.id, "line": None, "what": ""} for f in missing],
        "periods": list(_moves(registry, changed_registry, touched)),
    }


def _moves(before: Registry, after: Registry, touched: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """The periods that differ, under the instruments touched and under all that hang on them, by way of others too."""
    hanging: set[tuple[str, str]] = set()
    ahead = set(touched)
    while ahead:
        hanging |= ahead
        ahead = {
            (state, code)
            for state, named in ahead
            for code, terms in before.instruments.items()
            if terms.parent == named or any(f.instrument == named for f in terms.follows)
        } - hanging
    for state, code in sorted(hanging):
        old, new = _words(before.periods(state, code)), _words(after.periods(state, code))
        if old != new:
            yield {"state": state, "instrument": code, "before": old, "after": new}


def _words(periods: tuple[Period, ...]) -> str:
    return ", ".join(f"{p.first}..{p.last or ''}{' contested' if p.contested else ''}" for p in periods) or "never"
