"""What moved between two bulk outputs: complaints whose status or last day is another, and the facts that did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ratione import days
from ratione.assess.verdict import Assessor, Verdict
from ratione.bulk.output import LAST_DAY, stamps_of
from ratione.bulk.reading.source import reading
from ratione.complaint.model import Complaint
from ratione.complaint.read import from_mapping
from ratione.files import replacing
from ratione.fora import BY_KEY
from ratione.registry import Registry
from ratione.rules import walk

BATCH = 65_536


@dataclass(frozen=True, slots=True)
class Move:
    """One complaint whose verdict in one forum is another. Days are None where there is none."""

    id: str
    respondent: str
    forum: str
    status_before: str
    status_after: str
    last_day_before: date | None
    last_day_after: date | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two outputs: its files and what they say of themselves."""

    paths: tuple[Path, ...]
    stamps: Mapping[str, Any]

    @classmethod
    def open(cls, path: Path) -> Side:
        """An output: a file, or a folder of parts. Raises ValueError for anything else."""
        paths = tuple(sorted(path.glob("part-*.parquet"))) if path.is_dir() else (path,)
        if not paths:
            raise ValueError(f"{path}: a folder without parts")
        with reading(paths[0]):
            told = stamps_of(pq.read_schema(paths[0]))
        if told["level"] == "long":
            raise ValueError(f"{path}: of level long; accepted is verdicts or tests")
        return cls(paths, told)

    def table(self, columns: list[str]) -> pa.Table:
        """Some of its columns."""
        return pa.concat_tables(pq.read_table(path, columns=columns, use_threads=False) for path in self.paths)


def moves(before: Side, after: Side) -> Iterator[Move]:
    """Every verdict that is another; complaints that stand in one output only are left out."""
    keys = [key for key in before.stamps["fora"] if key in after.stamps["fora"]]
    place = _matched(before, after)
    for key in keys:
        columns = ["id", "respondent", key, f"{key}.{LAST_DAY}"]
        old, new = before.table(columns), after.table(columns)
        if place is not None:
            old, new = old.take(place[0]), new.take(place[1])
        changed = pc.or_(_differ(old.column(key), new.column(key)), _differ(old.column(3), new.column(3)))
        at = pc.indices_nonzero(changed)
        for one, two in zip(old.take(at).to_pylist(), new.take(at).to_pylist(), strict=True):
            last = f"{key}.{LAST_DAY}"
            yield Move(one["id"], one["respondent"], key, one[key], two[key], one[last], two[last])


def _differ(one: pa.ChunkedArray, two: pa.ChunkedArray) -> Any:
    """Where two columns differ, two nulls being the same."""
    plain = [c.cast(pa.string()) if pa.types.is_dictionary(c.type) else c.cast(pa.int32()) for c in (one, two)]
    gone = pc.xor(plain[0].is_null(), plain[1].is_null())
    return pc.or_(gone, pc.fill_null(pc.not_equal(*plain), False))


def _matched(before: Side, after: Side) -> tuple[pa.Array, pa.Array] | None:
    """The rows of both that belong together; None where they stand in the same order."""
    keys = ["id", "respondent"]
    old, new = before.table(keys), after.table(keys)
    if old.equals(new):
        return None
    old = old.append_column("old", pa.array(np.arange(len(old))))
    new = new.append_column("new", pa.array(np.arange(len(new))))
    joined = old.join(new, keys, join_type="inner", use_threads=False).sort_by("old")
    return joined.column("old").combine_chunks(), joined.column("new").combine_chunks()


# ---- causes ----------------------------------------------------------------------------------------------------------
class Causes:
    """Why verdicts moved: the complaint assessed again, one by one, under both registries."""

    def __init__(self, before: Side, after: Side, old: Registry, new: Registry, source: Path) -> None:
        for side, registry in ((before, old), (after, new)):
            if registry.hash != side.stamps["registry"]:
                raise ValueError(
                    f"the registry {registry.hash[:12]} is not that of {side.paths[0]} ({side.stamps['registry'][:12]})"
                )
        fora = tuple(BY_KEY[key] for key in before.stamps["fora"] if key in BY_KEY)
        self._sides = [
            Assessor(_as_known(registry, side), days.parse_day(side.stamps["on"]), side.stamps["presume"], fora)
            for side, registry in ((before, old), (after, new))
        ]
        self._source = source
        self._same_day = before.stamps["on"] == after.stamps["on"]
        self._same_tables = all(before.stamps[name] == after.stamps[name] for name in ("law", "tool"))

    def of(self, found: Iterable[Move]) -> Iterator[tuple[Move, tuple[str, ...]]]:
        """Each move with what caused it: ids of facts, and `on` or `law` where the day or the law is another."""
        held = list(found)
        complaints = self._complaints({move.id for move in held})
        known: dict[str, list[dict[tuple[str, str], Verdict]]] = {}
        for move in held:
            complaint = complaints.get(move.id)
            if complaint is None:
                yield move, ()
                continue
            if move.id not in known:
                known[move.id] = [
                    {(v.respondent, v.forum.key): v for v in assessor.assess(complaint)} for assessor in self._sides
                ]
            key = move.respondent, move.forum
            yield move, self._cause(*(side[key] for side in known[move.id]))

    def _cause(self, one: Verdict, two: Verdict) -> tuple[str, ...]:
        """The facts on which only one of the verdicts rests; else all that differ under what the forum looks at."""
        facts = {fact.id for fact in set(one.facts) ^ set(two.facts)} or self._differing(one)
        more = [name for name, same in (("on", self._same_day), ("law", self._same_tables)) if not same]
        return (*sorted(facts), *more)

    def _differing(self, verdict: Verdict) -> set[str]:
        named = {getattr(node, "instrument", "") for test in verdict.forum.tests for node in walk(test.rule)}
        codes = (named | set(verdict.forum.instruments)) & set(self._sides[0].asked.registry.instruments)
        one, two = (
            {fact for code in codes for fact in side.asked.registry.facts_of(verdict.respondent, code)}
            for side in self._sides
        )
        return {fact.id for fact in one ^ two}

    def _complaints(self, ids: set[str]) -> dict[str, Complaint]:
        wanted = pa.array(sorted(ids), pa.string())
        found = {}
        for batch in pq.ParquetFile(self._source).iter_batches(BATCH, use_threads=False):
            rows = batch.filter(pc.is_in(batch.column("id").cast(pa.string()), wanted))
            for row in rows.to_pylist():
                complaint, _ = from_mapping(plain(row))
                if complaint is not None:
                    found[complaint.id] = complaint
        return found


def _as_known(registry: Registry, side: Side) -> Registry:
    """The registry as it was known on the day that an output names."""
    return registry.as_known_on(days.parse_day(side.stamps["as_known_on"]))


def plain(row: Any) -> Any:
    """A row of a Parquet file as the mapping that reading takes: days as text, what is null left out."""
    if isinstance(row, dict):
        return {key: plain(value) for key, value in row.items() if value is not None}
    if isinstance(row, list):
        return [plain(value) for value in row]
    return row.isoformat() if isinstance(row, date) else row


def write(found: Iterable[tuple[Move, tuple[str, ...]]], path: Path) -> int:
    """Write moves with their causes to a Parquet file; how many there were."""
    rows = [
        {**{name: getattr(move, name) for name in Move.__dataclass_fields__}, "facts": ";".join(cause)}
        for move, cause in found
    ]
    days_ = {"last_day_before": pa.date32(), "last_day_after": pa.date32()}
    names = [*Move.__dataclass_fields__, "facts"]
    schema = pa.schema([(name, days_.get(name, pa.string())) for name in names])
    with replacing(path) as temporary:
        pq.write_table(pa.Table.from_pylist(rows, schema), temporary)
    return len(rows)
