"""The timing set in zen-engine: one decision graph of two expression nodes, evaluated once for each complaint.

    python bench/peers/with_zen.py FOLDER ROWS LIMIT

Zen raises an error on `null and x`, so failed, unknown and met are 0, 1 and 2, `and` is min, `or` is max. The periods
of the State come with the complaint. The static loader is used: it compiles the graph once.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zen
from plain import Periods, periods
from timing import AFTER_PAUSE, BARRING, CLOCKS, DAYS, FORA, ON, PAUSE, REMEDIES, SWITCH, Files, Forum, measured

Expressions = list[tuple[str, str]]


def day(value: date) -> str:
    """A fixed day."""
    return f"d('{value}')"


def words(values: Iterable[str]) -> str:
    """A list of texts."""
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"


def last_day(forum: Forum) -> str:
    """The safe last day of a time limit."""
    plain = f"$.start.add({forum.months}, 'month')"
    if forum.paused:
        first, final = map(day, PAUSE)
        ends = f"({plain} >= {first} and {plain} <= {final})"
        begins = f"($.start >= {first} and $.start < {final})"
        later = f"({ends} ? {day(AFTER_PAUSE[0])} : {day(AFTER_PAUSE[1])})"
        plain = f"(({ends} or {begins}) ? ($.notified == null ? {later} : {plain}.add(3, 'month')) : {plain})"
    if forum.since:
        plain = f"($.by >= {day(SWITCH)} ? $.start.add({forum.since}, 'month') : {plain})"
    return f"$.start == null ? null : {plain}"


def dates() -> Expressions:
    """The first node: days read from text, and the last day of each time limit."""
    found = [(name, f"{name} == null ? null : d({name})") for name in DAYS]
    found += [
        ("day", f"$.lodged == null ? {day(ON)} : $.lodged"),
        ("start", "$.notified == null ? $.final_decision : $.notified"),
        ("by", "$.final_decision == null ? $.notified : $.final_decision"),
        ("went_on", "continuing == null ? 1 : (continuing ? 2 : 0)"),
    ]
    return found + [(f"last_{name}", last_day(forum)) for name, forum in CLOCKS.items()]


def tests(forum: Forum) -> Expressions:
    """The second node: six tests of a forum, its status and its last day."""
    held, last = f"bound.{forum.column}", f"last_{forum.clock}"

    def bound(name: str) -> str:
        return f"({name} == null ? 1 : (some({held}, {name} >= d(#.a) and {name} <= d(#.b)) ? 2 : 0))"

    def begun(name: str) -> str:
        return f"({name} == null ? 1 : ({name} >= d({held}[0].a) ? 2 : 0))"

    limit = f"({last} != null and day <= {last}) ? 2 : (notified == null ? 1 : 0)"
    bars = f"other_status in {words(forum.barring)} and other_body in {words(BARRING)}"
    found = {
        "bound": f"max([{bound('facts_from')}, min([went_on, {bound('facts_to')}])])",
        "time": f"len({held}) == 0 ? 0 : max([{begun('facts_from')}, min([went_on, {begun('facts_to')}])])",
        "limit": limit if forum.months else "2",
        "right": f"rights == null ? 1 : (some(rights, # in {words(forum.rights)}) ? 2 : 0)",
        "same": f"other_status == null ? 1 : (({bars}) ? 0 : 2)",
        "remedies": f"remedies == null ? 1 : (remedies in {words(REMEDIES[:2])} ? 2 : 0)",
    }
    worst = ", ".join(f"$.{forum.code}.{name}" for name in found)
    return [
        *((f"{forum.code}.{name}", expression) for name, expression in found.items()),
        (f"{forum.code}.status", f"min([{worst}])"),
        *([(f"{forum.code}.last", f"{last} == null ? null : {last}.format('%Y-%m-%d')")] if forum.months else []),
    ]


def graph() -> dict[str, Any]:
    """The decision as Zen reads it."""

    def node(name: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}

    def expressions(name: str, made: Expressions, through: bool) -> dict[str, Any]:
        told = [{"id": f"{name}{n}", "key": key, "value": value} for n, (key, value) in enumerate(made)]
        return node(name, "expressionNode", {"expressions": told, "passThrough": through})

    steps = ("in", "dates", "tests", "out")
    return {
        "nodes": [
            node("in", "inputNode", {}),
            expressions("dates", dates(), True),
            expressions("tests", [made for forum in FORA for made in tests(forum)], False),
            node("out", "outputNode", {}),
        ],
        "edges": [
            {"id": f"edge{n}", "sourceId": a, "targetId": b, "type": "edge"} for n, (a, b) in enumerate(pairwise(steps))
        ],
    }


def contexts(files: Files, limit: int, bound_when: Periods) -> Iterator[dict[str, Any]]:
    """The complaints as Zen takes them, each with the periods of its State."""
    states = {state for state, _ in bound_when}
    bound = {
        state: {f.column: [{"a": str(a), "b": str(b)} for a, b in bound_when[state, f.instrument]] for f in FORA}
        for state in states
    }
    for row in next(pq.ParquetFile(files.complaints).iter_batches(limit, use_threads=False)).to_pylist():
        row |= {name: row[name] and str(row[name]) for name in DAYS}
        row["rights"] = row["rights"] and row["rights"].split(";")
        row["bound"] = bound[row["state"]]
        yield row


def main() -> None:
    files, limit = Files(Path(sys.argv[1]), int(sys.argv[2])), int(sys.argv[3])
    with measured(limit):
        engine = zen.ZenEngine({"loader": {"type": "static", "content": {"timing": graph()}}})
        columns: dict[str, list[Any]] = {"id": [], **{name: [] for f in FORA for name in (f.code, f"{f.code}_last")}}
        for context in contexts(files, limit, periods(files.registry)):
            found = engine.evaluate("timing", context)["result"]
            columns["id"].append(context["id"])
            for forum in FORA:
                columns[forum.code].append((False, None, True)[int(found[forum.code]["status"])])
                last = found[forum.code].get("last")
                columns[f"{forum.code}_last"].append(last and date.fromisoformat(last))
        types = {name: pa.date32() if name.endswith("_last") else None for name in columns}
        table = pa.table({name: pa.array(values, types[name]) for name, values in columns.items()})
        pq.write_table(table, files.verdicts("zen"), compression="zstd")


if __name__ == "__main__":
    main()
