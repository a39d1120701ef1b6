"""How fast complaints in bulk are assessed, beside the least that reading and writing them costs.

    python bench/bulk.py [--rows 3000000 ...] [--peers PYTHON] [--folder FOLDER] [-o docs/bench-bulk.md]
    python bench/bulk.py --stages [131072 ...]

`--peers` is the interpreter of an environment with DuckDB, made by `python3 -m venv E && E/bin/pip install duckdb`.
The floor: DuckDB reads every value of the same input (a hash over all columns) and writes the same output. Plain
Python: the reference evaluator, one complaint after another, in one process.

`--stages` tells only where the time goes, on one core and in batches of these sizes (else of that of a run): reading
the columns from Parquet, making a docket of them, the kernel, making a table of the verdicts, writing it. The first and
the last are Arrow's alone: with it no less is possible.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ratione.assess.verdict import Assessor
from ratione.bulk.kernel import Kernel
from ratione.bulk.memory import keep_memory
from ratione.bulk.moved import plain
from ratione.bulk.output import in_file, table, told_by, writer
from ratione.bulk.reading.columns import Reading
from ratione.bulk.reading.source import tables_of
from ratione.bulk.run import BATCH
from ratione.complaint.read import from_mapping
from ratione.fora import FORA
from ratione.registry import Registry

ON = "2026-11-24"
RATIONE = str(Path(sys.executable).with_name("ratione"))
ONE_BY_ONE = 300
STAGES = ("read", "docket", "kernel", "table", "write")
WHERE = """Processor microseconds for one complaint on one core, the median of all batches but the first. What is read
and written is Arrow's work on these files. Not in it: the start of the process, and the first batch, in which most is
learned."""
FLOOR = """
import duckdb, json, sys, time
source, output, target = sys.argv[1:4]
con = duckdb.connect()
con.execute("SET threads = 2")
con.execute("SET enable_progress_bar = false")
begun = time.perf_counter()
names = [c[0] for c in con.execute(f"DESCRIBE SELECT * FROM '{source}'").fetchall()]
columns = ", ".join(f'"{name}"' for name in names)
con.execute(f"SELECT bit_xor(hash({columns})) FROM '{source}'").fetchall()
read = time.perf_counter()
con.execute(f"COPY (SELECT * FROM '{output}') TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
print(json.dumps({"read": read - begun, "write": time.perf_counter() - read}))
"""


def kernel(source: Path, output: Path, level: str) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak megabytes of the largest process, start of the process included."""
    subprocess.run(["rm", "-rf", str(output)], check=True)
    begun = time.perf_counter()
    command = [RATIONE, "assess", source, "-o", output, "--on", ON, "--level", level]
    process = subprocess.Popen(list(map(str, command)))
    _, status, usage = os.wait4(process.pid, 0)
    spent = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[1]} ended with {process.returncode}")
    return spent, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def one_by_one(source: Path) -> float:
    """Seconds for one complaint with the reference evaluator."""
    rows = next(pq.ParquetFile(source).iter_batches(ONE_BY_ONE)).to_pylist()
    complaints = [complaint for complaint, _ in (from_mapping(plain(row)) for row in rows) if complaint]
    assessor = Assessor(Registry.load(), date.fromisoformat(ON))
    for complaint in complaints[:20]:
        assessor.assess(complaint)
    begun = time.perf_counter()
    for complaint in complaints:
        assessor.assess(complaint)
    return (time.perf_counter() - begun) / len(complaints)


def floor(python: str, source: Path, output: Path, target: Path) -> dict[str, float]:
    """Seconds for reading every value, and for writing the same output."""
    files = f"{output}/*.parquet" if output.is_dir() else str(output)
    done = subprocess.run([python, "-c", FLOOR, str(source), files, str(target)], check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def stages(source: Path, target: Path, rows: int, level: str) -> dict[str, float]:
    """Processor seconds for one complaint in each stage: the median of all batches but the first."""
    kernel_ = Kernel(Registry.load(), date.fromisoformat(ON))
    reading = Reading(kernel_.tables)
    batches = tables_of(source, range(pq.read_metadata(source).num_row_groups), rows)
    spent: list[list[float]] = []
    while True:
        marks = [time.process_time()]

        def done(found: Any, marks: list[float] = marks) -> Any:
            marks.append(time.process_time())
            return found

        batch = done(next(batches, None))
        if batch is None:
            return dict(zip(STAGES, map(median, zip(*spent[1:], strict=True)), strict=True))
        docket, ids = done(reading.batch(batch))
        verdicts = done(kernel_.assess(docket, *told_by(level)))
        found = done(table(kernel_, verdicts, ids, level))
        done(write(found, target))
        spent.append([(b - a) / len(batch) for a, b in pairwise(marks)])


def write(found: pa.Table, target: Path) -> None:
    """Write a table of verdicts as a run does."""
    schema = in_file(found.schema)
    with writer(target, schema) as file:
        file.write_table(pa.Table.from_arrays(found.columns, schema=schema))


def stage_lines(source: Path, folder: Path, sizes: list[int], levels: list[str]) -> list[str]:
    """A line for each level and size of batch, in microseconds for one complaint."""
    pa.set_cpu_count(1)
    keep_memory()
    lines = [f"| level | batch | {' | '.join(STAGES)} | all |", "|---" * (len(STAGES) + 3) + "|"]
    for level in levels:
        for size in sizes or [BATCH[level]]:
            found = [1e6 * seconds for seconds in stages(source, folder / "stages.parquet", size, level).values()]
            lines.append(f"| {level} | {size:,} | {' | '.join(f'{us:.3f}' for us in [*found, sum(found)])} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[3_000_000])
    parser.add_argument("--levels", nargs="+", default=["verdicts"], choices=["verdicts", "tests", "long"])
    parser.add_argument("--peers", help="the interpreter of an environment with DuckDB")
    parser.add_argument("--folder", type=Path, default=Path("bench-data"))
    parser.add_argument("--stages", nargs="*", type=int, metavar="BATCH")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    sources = {rows: options.folder / f"made-up-{rows}.parquet" for rows in options.rows}
    for rows, source in sources.items():
        if not source.exists():
            subprocess.run([RATIONE, "generate", str(rows), "-o", str(source)], check=True)
    if options.stages is not None:
        print("\n".join(stage_lines(sources[options.rows[0]], options.folder, options.stages, options.levels)))
        return
    lines = [
        "| complaints | what | seconds | processor seconds | million verdicts a second | peak MB |",
        "|---" * 6 + "|",
    ]
    for rows, source in sources.items():
        for level in options.levels:
            lines += measured(source, rows, level, options.folder, options.peers)
    rows, source = next(iter(sources.items()))
    each = one_by_one(source)
    lines.append(line(rows, "plain Python (from 300)", each * rows, "", ""))
    about = f"Made-up complaints, {len(FORA)} fora, {os.cpu_count()} cores; Parquet to Parquet, "
    about += "start of the process included.\nPeak: of the largest process; there is one for each core. The floor: "
    about += "DuckDB reads every value of the input (a hash over\nall columns) and writes the same output."
    parts = ["# Bulk: what was measured", about, "\n".join(lines), "## Where the time goes", WHERE]
    parts.append("\n".join(stage_lines(source, options.folder, [], options.levels)))
    text = "\n\n".join(parts) + "\n"
    print(text)
    if options.output:
        options.output.write_text(text, "utf-8")


def measured(source: Path, rows: int, level: str, folder: Path, peers: str | None) -> list[str]:
    """The lines of one size and level."""
    output = folder / f"verdicts-{rows}-{level}"
    seconds, cpu, peak = kernel(source, output, level)
    found = [line(rows, f"kernel, level `{level}`", seconds, f"{cpu:.1f}", f"{peak:.0f}")]
    if peers:
        least = floor(peers, source, output, folder / "floor.parquet")
        total = least["read"] + least["write"]
        found.append(line(rows, f"floor for `{level}`: DuckDB", total, "", ""))
        found.append(f"| {rows:,} | factor to the floor | {seconds / total:.1f} | | | |")
    return found


def line(rows: int, what: str, seconds: float, cpu: str, peak: str) -> str:
    """One line of the table."""
    rate = rows * len(FORA) / seconds / 1e6
    return f"| {rows:,} | {what} | {seconds:.1f} | {cpu} | {rate:.3g} | {peak} |"


if __name__ == "__main__":
    main()
