"""What a user's newer table of facts would change in the registry, and which binding periods would move."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ratione import days
from ratione.registry.facts import CONFIDENCES, EVENTS, Fact, Source
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


def _day(text: str, where: str) -> date | None:
    try:
        return days.parse_day(text) if text else None
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None


def _rows(registry: Registry, text: str, name: str) -> Iterator[Row]:
    """The lines of the table. Raises ValueError with file, line, column and what is accepted."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if missing := set(COLUMNS) - set(reader.fieldnames or ()):
        raise ValueError(f"{name}:1: no column {', '.join(sorted(missing))}; accepted are {', '.join(COLUMNS)}")
    closed = {
        "state": registry.states.keys(),
        "instrument": registry.instruments.keys(),
        "event": EVENTS,
        "confidence": CONFIDENCES,
    }
    for cells in reader:
        where = f"{name}:{reader.line_num}"
        for column, accepted in closed.items():
            if cells[column] not in accepted:
                raise ValueError(f"{where}: {column} {cells[column]!r}; accepted are {', '.join(sorted(accepted))}")
        note = cells["note"] or ""
        mark = next((m for m in MARKS if note.startswith(m)), "undisputed")
        yield Row(
            reader.line_num, cells["state"], cells["instrument"], cells["event"],
            _day(cells["act_date"], f"{where}: act_date"), _day(cells["effect_date"], f"{where}: effect_date"),
            mark.lower(), cells["confidence"],
            Source("", cells["source_title"], cells["source_url"], cells["source_as_of"]), note,
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
    it. Raises ValueError, with file, line and column, for a table that cannot be read.
    """
    rows = list(_rows(registry, text, name))
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
    """The periods that differ, under the instruments touched and under those that hang on them."""
    hanging = {
        (state, code)
        for state, named in touched
        for code, terms in before.instruments.items()
        if code == named or terms.parent == named or any(f.instrument == named for f in terms.follows)
    }
    for state, code in sorted(hanging):
        old, new = _words(before.periods(state, code)), _words(after.periods(state, code))
        if old != new:
            yield {"state": state, "instrument": code, "before": old, "after": new}


def _words(periods: tuple[Period, ...]) -> str:
    return ", ".join(f"{p.first}..{p.last or ''}{' contested' if p.contested else ''}" for p in periods) or "never"
