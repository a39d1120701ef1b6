"""Made-up complaints in bulk, in realistic proportions: for measuring, teaching, and trying things out.

Nobody is behind them. State, days, unknowns, several acts, lists of rights and procedures elsewhere occur about as
often as in the dockets of a large human-rights organisation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ratione import law
from ratione.bulk.arrays.calendar import EPOCH
from ratione.complaint.model import ACT_KINDS, REMEDIES, STATUSES
from ratione.files import replacing
from ratione.registry import Registry

Array = Any
BATCH = 131_072
#: Words with their shares; the rest is not told.
_REMEDIES = dict(zip(REMEDIES, (0.52, 0.10, 0.10, 0.03, 0.06, 0.03, 0.01), strict=True))
_KINDS = {"individual": 0.78, "group_of_individuals": 0.06, "ngo": 0.05, "company": 0.04, "religious_body": 0.01}
_VICTIMS = {"direct": 0.50, "indirect": 0.06, "potential": 0.02, "representative_with_consent": 0.05}
_IDENTITIES = {"disclosed": 0.70, "confidential_to_public": 0.04, "anonymous": 0.01}
_CONTROLS = {"own_territory": 0.10, "occupied": 0.03, "agent_authority": 0.01, "active_hostilities": 0.01}
_STATUSES = dict(zip(STATUSES, (0.40, 0.20, 0.04, 0.06, 0.10, 0.03, 0.05), strict=True))
_FORA = ("ECTHR", "HRC", "WGAD", "CAT", "CEDAW", "IACHR", "ACHPR", "SP", "CERD", "UNESCO", "ILOCFA", "ECOWASCCJ")
_PLACES = ("UA-43", "UA-14", "UA-09", "UKR", "GEO", "MD-SN", "SYR", "TUR", "GBR", "CYP")
#: The State of every fourth complaint; the others follow by falling weight.
_OFTEN = ("RUS", "UKR", "TUR", "COL", "MEX", "IND", "BRA", "NGA")


class Maker:
    """Draws batches of complaints. The same seed and batch give the same complaints on every machine."""

    def __init__(self, registry: Registry, seed: int) -> None:
        self.seed = seed
        states = [s for s in registry.states.values() if not s.part_of and not s.successors]
        codes = [*(c for c in _OFTEN if c in registry.states), *(s.code for s in states if s.code not in _OFTEN)]
        weights = 1 / np.arange(3, len(codes) + 3) ** 0.9
        self.states, self.weights = pa.array(codes), weights / weights.sum()
        rights = list(law.rights().articles)
        pool = np.random.default_rng(7)
        counts = pool.choice([1, 2, 3, 4], 2_000, p=[0.45, 0.30, 0.17, 0.08])
        lists = [sorted(pool.choice(rights, n, replace=False).tolist()) for n in counts]
        popular = 1 / np.arange(1, len(lists) + 1)
        self.lists, self.popular = pa.array(lists, pa.list_(pa.string())), popular / popular.sum()
        self.today = date(2026, 11, 24).toordinal() - EPOCH

    def batch(self, number: int, n: int) -> pa.Table:
        """The complaints of one batch."""
        rng = np.random.default_rng([self.seed, number])
        acts, first, ended = self._acts(rng, n)
        taken = np.minimum(ended + rng.integers(60, 2_500, n), self.today - 5)
        served = np.minimum(taken + np.where(rng.random(n) < 0.3, 0, rng.integers(1, 90, n)), self.today - 3)
        sent = np.minimum(served + rng.gamma(1.6, 95, n).astype(np.int64), self.today)
        sent = np.maximum(sent, first)
        received = sent + rng.integers(0, 20, n)
        columns = {
            "id": pa.array(np.arange(number * BATCH + 1, number * BATCH + 1 + n)).cast(pa.string()),
            "respondent": self.states.take(pa.array(rng.choice(len(self.states), n, p=self.weights))),
            "acts": acts,
            "rights": _blank(self.lists.take(pa.array(rng.choice(len(self.lists), n, p=self.popular))), rng, 0.05),
            "remedies": _words(rng, n, _REMEDIES),
            "applicant.kind": _words(rng, n, _KINDS),
            "applicant.victim": _words(rng, n, _VICTIMS),
            "applicant.identity": _words(rng, n, _IDENTITIES),
            "final_decision.taken": _dates(taken, rng.random(n) < 0.15),
            "final_decision.served": _dates(served, rng.random(n) < 0.30),
            "lodged.sent": _dates(sent, rng.random(n) < 0.40),
            "lodged.received": _dates(received, rng.random(n) < 0.85),
            "other_procedures": self._procedures(rng, n, served),
        }
        return pa.table(columns)

    def _acts(self, rng: Any, n: int) -> tuple[pa.Array, Array, Array]:
        """The acts of each complaint, the first day of the first and the last day of the last."""
        counts = rng.choice([1, 2, 3], n, p=[0.90, 0.08, 0.02])
        owner = np.repeat(np.arange(n), counts)
        m = len(owner)
        low = date(1988, 1, 1).toordinal() - EPOCH
        begun = self.today - 40 - rng.random(n) ** 1.5 * (self.today - 40 - low)
        first = (begun[owner] + np.where(np.diff(owner, prepend=-1) > 0, 0, rng.integers(1, 200, m))).astype(np.int64)
        first = np.minimum(first, self.today - 30)
        last = np.minimum(first + np.where(rng.random(m) < 0.6, 0, rng.integers(1, 2_000, m)), self.today - 20)
        kinds = np.array([None, *ACT_KINDS], object)
        kind = np.where(last > first, rng.choice(5, m, p=[0.30, 0, 0.55, 0.10, 0.05]), rng.choice([0, 1], m))
        members = pa.StructArray.from_arrays(
            [
                _dates(first, rng.random(m) < 0.05),
                _dates(last, rng.random(m) < 0.30),
                pa.array(kinds[kind], pa.string()),
                pa.array(rng.random(m) < 0.5, mask=rng.random(m) < 0.92),
                pa.array(np.array(_PLACES, object)[rng.integers(0, len(_PLACES), m)], pa.string(),
                         mask=rng.random(m) < 0.88),
                _words(rng, m, _CONTROLS),
            ],
            ["from", "to", "kind", "ongoing", "place", "control"],
        )  # fmt: skip
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), members), first[offsets[:-1]], np.maximum.reduceat(
            last, offsets[:-1]
        )

    def _procedures(self, rng: Any, n: int, after: Array) -> pa.Array:
        kinds = rng.random(n)
        counts = np.where(kinds < 0.14, rng.choice([1, 2], n, p=[0.93, 0.07]), 0)
        m = int(counts.sum())
        owner = np.repeat(np.arange(n), counts)
        filed = after[owner] - rng.integers(30, 1_500, m)
        ended = np.minimum(filed + rng.integers(100, 2_000, m), self.today)

        def same(share: float) -> pa.Array:
            return pa.array(rng.random(m) < share, mask=rng.random(m) < 0.15)

        members = pa.StructArray.from_arrays(
            [
                pa.array(np.array(_FORA, object)[rng.integers(0, len(_FORA), m)], pa.string()),
                _words(rng, m, _STATUSES),
                _dates(filed, rng.random(m) < 0.3),
                _dates(ended, rng.random(m) < 0.5),
                same(0.9),
                same(0.85),
                same(0.8),
            ],
            ["forum", "status", "filed", "ended", "same_person", "same_facts", "same_rights"],
        )
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        untold = np.append((kinds >= 0.80), False)
        return pa.ListArray.from_arrays(pa.array(offsets, mask=untold), members)


def _dates(days: Array, untold: Array) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=untold).cast(pa.date32())


def _words(rng: Any, n: int, shares: dict[str, float]) -> pa.Array:
    rest = 1 - sum(shares.values())
    picks = rng.choice(len(shares) + 1, n, p=[*shares.values(), rest])
    codes = pa.array(picks.astype(np.int8), mask=picks == len(shares))
    return pa.DictionaryArray.from_arrays(codes, pa.array(list(shares))).cast(pa.string())


def _blank(array: pa.Array, rng: Any, share: float) -> pa.Array:
    untold = rng.random(len(array)) < share
    return array.take(pa.array(np.arange(len(array)), mask=untold))


def write(path: Path, n: int, seed: int, registry: Registry, told: Callable[[int], None] = lambda rows: None) -> None:
    """Write `n` made-up complaints to a Parquet file, one row each; `told` hears of every batch written."""
    maker = Maker(registry, seed)
    with replacing(path) as temporary:
        writer: pq.ParquetWriter | None = None
        for number in range(-(-n // BATCH)):
            table = maker.batch(number, min(BATCH, n - number * BATCH))
            writer = writer or pq.ParquetWriter(temporary, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=BATCH)
            told(len(table))
        if writer is None:
            pq.write_table(maker.batch(0, 0), temporary)
        else:
            writer.close()
