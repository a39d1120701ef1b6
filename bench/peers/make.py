"""Writes the timing set: complaints as plain columns and in our own vocabulary, and the periods of 200 made-up States.

    python bench/peers/make.py FOLDER ROWS

The second form holds the same answers: the facts are an act on the day they began and, unless they surely did not go
on, another on the day they ended, of which it may not be told that it counts; a procedure elsewhere concerns the same
person, facts and rights.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from timing import ELSEWHERE, FAR, FORA, ON, PAST, REMEDIES, RIGHTS, STATES, STATUSES, Files

BATCH = 131_072
EPOCH = date(1970, 1, 1)
OUR_STATUS = ("", "pending", "decided_merits", "withdrawn_before_decision")
Array = Any


def registry() -> pa.Table:
    """No, one or two periods of each State under each instrument."""
    rng = np.random.default_rng(7)
    columns: dict[str, Any] = {"state": STATES}
    for forum in FORA:
        days = [_periods(rng) for _ in STATES]
        for n, name in enumerate(("a1", "b1", "a2", "b2")):
            columns[f"{forum.column}_{name}"] = pa.array([row[n] for row in days], pa.date32())
    return pa.table(columns)


def _periods(rng: Any) -> tuple[date, date, date, date]:
    kind = rng.choice(3, p=[0.40, 0.52, 0.08])
    first = date(1953, 1, 1) + timedelta(int(rng.integers(0, 21_000)))
    if kind == 0:
        return FAR, PAST, FAR, PAST
    if kind == 1:
        last = FAR if rng.random() < 0.93 else first + timedelta(int(rng.integers(400, 9_000)))
        return first, last, FAR, PAST
    last = first + timedelta(int(rng.integers(400, 5_000)))
    return first, last, last + timedelta(int(rng.integers(200, 3_000))), FAR


class Maker:
    """Draws complaints; the same batch is the same on every machine."""

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        counts = rng.choice([1, 2, 3, 4], 3_000, p=[0.45, 0.30, 0.17, 0.08])
        lists = [sorted(rng.choice(len(RIGHTS), n, replace=False).tolist()) for n in counts]
        self.rights = pa.array([";".join(RIGHTS[r] for r in chosen) for chosen in lists])
        self.popular = _falling(len(lists), 1.0)
        self.often = _falling(len(STATES), 0.9)

    def batch(self, number: int, n: int) -> tuple[pa.Table, pa.Table]:
        """The complaints of a batch in both forms."""
        rng = np.random.default_rng([3, number])
        low, high, latest = _day(date(1988, 1, 1)), _day(date(2025, 12, 31)), _day(ON) - 5
        begun = (high - rng.random(n) ** 1.5 * (high - low)).astype(np.int32)  # recent facts are more usual
        ended = np.minimum(begun + np.where(rng.random(n) < 0.6, 0, rng.integers(1, 2_000, n)), latest)
        decided = np.minimum(ended + rng.integers(60, 2_500, n), latest)
        notified = decided + np.where(rng.random(n) < 0.3, 0, rng.integers(1, 90, n))
        lodged = notified + rng.gamma(1.6, 95, n).astype(np.int32)
        went_on = rng.choice([0, 1, 2], n, p=[0.72, 0.20, 0.08])  # no, not told, yes
        status, body = rng.choice(5, n, p=[0.688, 0.048, 0.048, 0.016, 0.20]), rng.integers(0, len(ELSEWHERE), n)
        ids = pa.array(np.arange(number * BATCH, number * BATCH + n))
        first, last = _dates(begun, rng.random(n) < 0.05), _dates(ended, rng.random(n) < 0.30)
        told = {
            "remedies": _words(REMEDIES, rng.choice(4, n, p=[0.62, 0.10, 0.12, 0.16]), rng.random(n) < 0.15),
            "rights": self.rights.take(
                pa.array(rng.choice(len(self.rights), n, p=self.popular), mask=rng.random(n) < 0.05)
            ),
        }
        state = pa.array(STATES).take(pa.array(rng.choice(len(STATES), n, p=self.often)))
        days = (
            _dates(decided, rng.random(n) < 0.15), _dates(notified, rng.random(n) < 0.30),
            _dates(lodged, rng.random(n) < 0.40),
        )  # fmt: skip
        plain = {
            "id": ids,
            "state": state,
            "facts_from": first,
            "facts_to": last,
            "continuing": pa.array(went_on == 2, mask=went_on == 1),
            **dict(zip(("final_decision", "notified", "lodged"), days, strict=True)),
            **told,
            "other_status": _words(STATUSES, np.minimum(status, 3), status == 4),
            "other_body": _words(ELSEWHERE, body, (status == 0) | (status == 4)),
        }
        ours = {
            "id": ids.cast(pa.string()),
            "respondent": state,
            "acts": _acts(first, last, went_on),
            **dict(zip(("final_decision.taken", "final_decision.served", "lodged.sent"), days, strict=True)),
            **told,
            "other_procedures": _procedures(status, body),
        }
        return pa.table(plain), pa.table(ours)


def _acts(first: pa.Array, last: pa.Array, went_on: Array) -> pa.Array:
    """One act on the first day, and one on the last where the facts may have gone on."""
    two = went_on > 0
    offsets = np.concatenate([[0], np.cumsum(1 + two)]).astype(np.int32)
    second = np.zeros(offsets[-1], bool)
    second[offsets[:-1][two] + 1] = True
    owner = np.repeat(np.arange(len(two)), 1 + two)
    day = pa.concat_arrays([first, last]).take(pa.array(owner + len(two) * second))
    counts = pa.array(np.ones(len(owner), bool), mask=second & (went_on[owner] == 1))
    kind = _words(("instantaneous",), np.zeros(len(owner), int), np.zeros(len(owner), bool))
    return pa.ListArray.from_arrays(
        pa.array(offsets), pa.StructArray.from_arrays([day, kind, counts], ["from", "kind", "attributable"])
    )


def _procedures(status: Array, body: Array) -> pa.Array:
    """An empty list where there is none, null where that is not told."""
    one = (status > 0) & (status < 4)
    offsets = np.concatenate([[0], np.cumsum(one)]).astype(np.int32)
    n = int(offsets[-1])
    told, yes = np.zeros(n, bool), pa.array(np.ones(n, bool))
    members = [_words(ELSEWHERE, body[one], told), _words(OUR_STATUS, status[one], told), yes, yes, yes]
    names = ["forum", "status", "same_person", "same_facts", "same_rights"]
    return pa.ListArray.from_arrays(
        pa.array(offsets, mask=np.append(status == 4, False)), pa.StructArray.from_arrays(members, names)
    )


def _falling(n: int, power: float) -> Array:
    weights = 1 / np.arange(1, n + 1) ** power
    return weights / weights.sum()


def _day(day: date) -> int:
    return (day - EPOCH).days


def _dates(days: Array, untold: Array) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=untold).cast(pa.date32())


def _words(words: tuple[str, ...], codes: Array, untold: Array) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32(), mask=untold), pa.array(words)).cast(pa.string())


def main() -> None:
    files = Files(Path(sys.argv[1]), int(sys.argv[2]))
    pq.write_table(registry(), files.registry)
    maker = Maker()
    writers: list[pq.ParquetWriter] = []
    for number in range(-(-files.rows // BATCH)):
        forms = maker.batch(number, min(BATCH, files.rows - number * BATCH))
        for n, (path, table) in enumerate(zip((files.complaints, files.ours), forms, strict=True)):
            if number == 0:
                writers.append(pq.ParquetWriter(path, table.schema, compression="zstd"))
            writers[n].write_table(table, row_group_size=BATCH)
    for writer in writers:
        writer.close()


if __name__ == "__main__":
    main()
