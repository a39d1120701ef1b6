"""What is wrong with a registry that can be read (`check`), and how far it can be trusted (`audit`).

What makes a file unreadable (dates, codes, duplicates, ratified before signed) is refused on loading, in `facts.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from ratione.registry.facts import ENDS, DataError, Fact, Problem
from ratione.registry.periods import Answer, acts, end_day, is_start, start_day
from ratione.registry.snapshot import Registry, package_data


def check(path: Path | None = None) -> list[Problem]:
    """Every problem of a registry folder (None: the one that would be loaded); empty where there is none."""
    try:
        registry = Registry.load(path)
    except DataError as error:
        return list(error.problems)
    found = [*_ends(registry), *_computed(registry), *_negatives(registry), *_order(registry)]
    folder = path or package_data()
    if isinstance(folder, Path):
        found += [*_strays(registry, folder), *_manifest(registry, folder)]
    return sorted(found, key=lambda p: (p.file, p.line))


def _groups(registry: Registry) -> Iterator[tuple[str, str, list[Fact]]]:
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in registry.facts.values():
        groups.setdefault((fact.state, fact.instrument), []).append(fact)
    for (state, code), facts in groups.items():
        yield state, code, [f for f in facts if acts(f, registry.instruments[code]) or f.event == "not_party"]


def _at(registry: Registry, fact: Fact, reason: str) -> Problem:
    return Problem(f"facts/{fact.instrument}.csv", registry.lines[fact.id], f"{fact.state} {fact.event}: {reason}")


def _ends(registry: Registry) -> Iterator[Problem]:
    """An end needs a beginning before it or on its day."""
    for _, code, facts in _groups(registry):
        terms = registry.instruments[code]
        starts = [f for f in facts if is_start(f, terms)]
        first = min((start_day(f, terms) or f.known_from for f in starts), default=None)
        for fact in facts:
            if fact.event not in ENDS:
                continue
            end = end_day(fact, terms, first)
            if first is None:
                yield _at(registry, fact, "an end without a beginning")
            elif end and end < first:
                yield _at(registry, fact, f"an end on {end}, before the beginning on {first}")


def _computed(registry: Registry) -> Iterator[Problem]:
    """A day that was worked out must be the day that the rule gives."""
    for state, code, facts in _groups(registry):
        terms = registry.instruments[code]
        parent = registry.timeline(state, terms.parent) if terms.parent else ()
        floor = next((s.first for s in parent if s.answer == Answer.YES), None)
        for fact in facts:
            if fact.basis != "computed" or not fact.act_date or not fact.effect_date:
                continue
            rule = _by_rule(fact, registry, floor)
            if rule and rule != fact.effect_date:
                yield _at(registry, fact, f"effect_date {fact.effect_date} is marked computed; the rule gives {rule}")


def _by_rule(fact: Fact, registry: Registry, floor: date | None) -> date | None:
    terms = registry.instruments[fact.instrument]
    assert fact.act_date is not None
    if fact.event in ENDS:
        return terms.exit.day(fact.act_date)
    if fact.event not in ("ratified", "acceded", "accepted", "declared"):
        return None
    day = terms.entry.day(fact.act_date)
    return day and max(day, terms.in_force or day, floor or day)


def _negatives(registry: Registry) -> Iterator[Problem]:
    """A known negative and a beginning exclude each other."""
    for _, code, facts in _groups(registry):
        if any(is_start(f, registry.instruments[code]) for f in facts):
            for fact in facts:
                if fact.event == "not_party":
                    yield _at(registry, fact, "stands beside a beginning")


def _order(registry: Registry) -> Iterator[Problem]:
    """Lines stand in the order of State, day, event and id, so that a change shows as one line."""
    facts = sorted(registry.facts.values(), key=lambda f: (f.instrument, registry.lines[f.id]))
    for before, fact in pairwise(facts):
        keys = [(f.state, str(f.day or ""), f.event, f.id) for f in (before, fact)]
        if before.instrument == fact.instrument and keys[0] > keys[1]:
            yield _at(registry, fact, f"out of order, after {before.id}")


def _strays(registry: Registry, folder: Path) -> Iterator[Problem]:
    """A file of facts that no instrument claims would be passed over in silence."""
    for file in sorted((folder / "facts").iterdir()):
        if not file.name.startswith(".") and f"facts/{file.name}" not in registry.texts:
            yield Problem(f"facts/{file.name}", 1, "no instrument of instruments.toml has rows under this name")


def _manifest(registry: Registry, folder: Path) -> Iterator[Problem]:
    """Where a manifest lies beside the files, they must be those that it names."""
    file = folder / "manifest.json"
    if not file.is_file():
        return
    try:
        stated = dict(json.loads(file.read_text("utf-8"))["files"])
    except (ValueError, KeyError, TypeError):
        yield Problem(file.name, 0, "is no manifest; accepted is JSON with the hash of each file under `files`")
        return
    for name in sorted(stated.keys() | registry.files.keys()):
        if stated.get(name) != registry.files.get(name):
            yield Problem(name, 0, "is not the file that manifest.json names")


@dataclass(frozen=True, slots=True)
class Audit:
    """How far the rows of one instrument can be trusted. `low`: rows whose confidence is low (unverified)."""

    instrument: str
    rows: int
    low: int
    low_deciding: int
    contested: int
    undated: int
    computed: int
    count: int
    complete: bool
    as_of: date | None
    basis: str


def audit(registry: Registry, on: date) -> list[Audit]:
    """For each instrument what is unverified, contested, undated or incomplete; `count` = bound on the day `on`.

    `low_deciding` counts the low rows that begin or end a binding period.
    """
    found = []
    facts = list(registry.facts.values())
    for code, terms in registry.instruments.items():
        own = [f for f in facts if f.instrument == code]
        low = [f for f in own if f.confidence == "low"]
        found.append(
            Audit(
                code,
                len(own),
                len(low),
                sum(acts(f, terms) for f in low),
                sum(f.status == "contested" for f in own),
                sum(f.undated and is_start(f, terms) for f in own),
                sum(f.basis == "computed" for f in own),
                registry.parties(code, on).count,
                terms.list.complete,
                terms.list.as_of,
                terms.list.basis,
            )
        )
    return found
