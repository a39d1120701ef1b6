"""The timing set as one SQL query for DuckDB, written by hand.

    python bench/peers/with_duckdb.py FOLDER ROWS LIMIT

SQL's three-valued logic serves as unknown. The periods of a State stand in one row, so that the registry is one join;
lists of rights are taken apart once for each distinct text; fora with one time limit share its day.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb
from timing import AFTER_PAUSE, BARRING, CLOCKS, FAR, FORA, ON, PAUSE, REMEDIES, SWITCH, Files, Forum, measured


def words(values: Iterable[str]) -> str:
    """A list of texts for SQL."""
    return ", ".join(f"'{value}'" for value in values)


def last_day(forum: Forum) -> str:
    """The safe last day of a time limit."""
    start = "coalesce(notified, final_decision)"
    plain = f"({start} + INTERVAL {forum.months} MONTH)::DATE"
    if forum.paused:
        first, final = PAUSE
        ends = f"{plain} BETWEEN DATE '{first}' AND DATE '{final}'"
        begins = f"{start} >= DATE '{first}' AND {start} < DATE '{final}'"
        plain = f"""CASE WHEN {ends} OR ({begins}) THEN
            CASE WHEN notified IS NOT NULL THEN ({plain} + INTERVAL 3 MONTH)::DATE
                 WHEN {ends} THEN DATE '{AFTER_PAUSE[0]}' ELSE DATE '{AFTER_PAUSE[1]}' END
            ELSE {plain} END"""
    if forum.since:
        new = f"({start} + INTERVAL {forum.since} MONTH)::DATE"
        plain = f"CASE WHEN coalesce(final_decision, notified) >= DATE '{SWITCH}' THEN {new} ELSE {plain} END"
    return f"{plain} AS last_{forum.clock}"


def status(forum: Forum) -> str:
    """The six tests of a forum, all together."""
    p = forum.column

    def bound(day: str) -> str:
        return f"({day} BETWEEN {p}_a1 AND {p}_b1 OR {day} BETWEEN {p}_a2 AND {p}_b2)"

    limit = f"CASE WHEN day <= last_{forum.clock} THEN true WHEN notified IS NOT NULL THEN false END"
    return f"""
        ({bound("facts_from")} OR (continuing AND {bound("facts_to")}))
        AND CASE WHEN {p}_a1 = DATE '{FAR}' THEN false
                 ELSE facts_from >= {p}_a1 OR (continuing AND facts_to >= {p}_a1) END
        AND {limit if forum.months else "true"}
        AND right_{forum.code}
        AND NOT (other_status IN ({words(forum.barring)}) AND other_body IN ({words(BARRING)}))
        AND remedies IN ({words(REMEDIES[:2])}) AS {forum.code}"""


def query(files: Files, limit: int) -> str:
    """All verdicts of the first complaints."""
    source = f"(SELECT * FROM '{files.complaints}' LIMIT {limit})" if limit < files.rows else f"'{files.complaints}'"
    heard = ", ".join(f"list_has_any(string_split(rights, ';'), [{words(f.rights)}]) AS right_{f.code}" for f in FORA)
    lasts = ", ".join(map(last_day, CLOCKS.values()))
    columns = ", ".join(
        f"{status(f)}, {f'last_{f.clock}' if f.months else 'NULL::DATE'} AS {f.code}_last" for f in FORA
    )
    return f"""
        WITH heard AS (SELECT rights, {heard} FROM (SELECT DISTINCT rights FROM {source})),
        dated AS (SELECT *, coalesce(lodged, DATE '{ON}') AS day, {lasts} FROM {source})
        SELECT id, {columns}
        FROM dated LEFT JOIN heard USING (rights) JOIN '{files.registry}' USING (state)"""


def main() -> None:
    files, limit = Files(Path(sys.argv[1]), int(sys.argv[2])), int(sys.argv[3])
    with measured(limit):
        connection = duckdb.connect()
        connection.execute("SET threads = 1; SET preserve_insertion_order = false; SET enable_progress_bar = false")
        target = files.verdicts("duckdb")
        connection.execute(f"COPY ({query(files, limit)}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


if __name__ == "__main__":
    main()
