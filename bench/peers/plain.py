"""The timing set in plain Python: what every other engine must find.

    python bench/peers/plain.py FOLDER ROWS LIMIT

FOLDER and ROWS name the set, LIMIT is the number of complaints to decide; so with the other engines.
"""

import calendar
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from timing import AFTER_PAUSE, BARRING, FAR, FORA, ON, PAUSE, REMEDIES, SWITCH, Files, Forum, measured

FAILED, UNKNOWN, MET = range(3)
Row = dict[str, Any]
Periods = dict[tuple[str, str], list[tuple[date, date]]]
_RIGHTS = {forum.code: frozenset(forum.rights) for forum in FORA}
_BARRING = frozenset(BARRING)


def periods(path: Path) -> Periods:
    """When each State is bound by each instrument."""
    found: Periods = {}
    for row in pq.read_table(path).to_pylist():
        for forum in FORA:
            pairs = [(row[f"{forum.column}_a{n}"], row[f"{forum.column}_b{n}"]) for n in (1, 2)]
            found[row["state"], forum.instrument] = [pair for pair in pairs if pair[0] != FAR]
    return found


def add_months(day: date, n: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(forum: Forum, row: Row) -> date | None:
    """The safe last day."""
    decided, notified = row["final_decision"], row["notified"]
    start = notified or decided
    if forum.months is None or start is None:
        return None
    months = forum.since if forum.since and (decided or notified) >= SWITCH else forum.months
    last = add_months(start, months)
    if not forum.paused or months != forum.months:
        return last
    first_day, final_day = PAUSE
    ends, begins = first_day <= last <= final_day, first_day <= start < final_day
    if not ends and not begins:
        return last
    if notified is not None:
        return add_months(last, 3)
    return AFTER_PAUSE[0] if ends else AFTER_PAUSE[1]


def verdict(forum: Forum, row: Row, bound_when: Periods) -> tuple[int, date | None]:
    """Whether the forum can hear the complaint, and its last day."""
    held = bound_when[row["state"], forum.instrument]
    went_on = (FAILED, UNKNOWN, MET)[1 if row["continuing"] is None else 2 * row["continuing"]]

    def bound(day: date | None) -> int:
        return UNKNOWN if day is None else MET * any(first <= day <= last for first, last in held)

    def begun(day: date | None) -> int:
        return FAILED if not held else UNKNOWN if day is None else MET * (day >= held[0][0])

    since, until = row["facts_from"], row["facts_to"]
    last = last_day(forum, row)
    return min(
        max(bound(since), min(went_on, bound(until))),
        max(begun(since), min(went_on, begun(until))),
        _limit(forum, row, last),
        UNKNOWN if row["rights"] is None else MET * (not _RIGHTS[forum.code].isdisjoint(row["rights"].split(";"))),
        _same(forum, row),
        UNKNOWN if row["remedies"] is None else MET * (row["remedies"] in REMEDIES[:2]),
    ), last


def _limit(forum: Forum, row: Row, last: date | None) -> int:
    if forum.months is None:
        return MET
    if last is not None and (row["lodged"] or ON) <= last:
        return MET
    return UNKNOWN if row["notified"] is None else FAILED


def _same(forum: Forum, row: Row) -> int:
    if row["other_status"] is None:
        return UNKNOWN
    return FAILED if row["other_status"] in forum.barring and row["other_body"] in _BARRING else MET


def verdicts(path: Path, limit: int, bound_when: Periods) -> Iterator[tuple[int, list[tuple[int, date | None]]]]:
    """The verdicts of the first complaints of a file, with their ids."""
    done = 0
    for batch in pq.ParquetFile(path).iter_batches(10_000, use_threads=False):
        for row in batch.to_pylist()[: limit - done]:
            yield row["id"], [verdict(forum, row, bound_when) for forum in FORA]
        done += batch.num_rows
        if done >= limit:
            return


def table(found: list[tuple[int, list[tuple[int, date | None]]]]) -> pa.Table:
    """Verdicts as a table: for each forum true, false or null, and its last day."""
    columns: dict[str, Any] = {"id": [number for number, _ in found]}
    for n, forum in enumerate(FORA):
        columns[forum.code] = pa.array([(False, None, True)[row[n][0]] for _, row in found], pa.bool_())
        columns[f"{forum.code}_last"] = pa.array([row[n][1] for _, row in found], pa.date32())
    return pa.table(columns)


def main() -> None:
    files, limit = Files(Path(sys.argv[1]), int(sys.argv[2])), int(sys.argv[3])
    with measured(limit):
        found = list(verdicts(files.complaints, limit, periods(files.registry)))
        pq.write_table(table(found), files.verdicts("plain"), compression="zstd")


if __name__ == "__main__":
    main()
