"""The kernel on Spark, once the session is up, beside plain runs of the command on the same files.

    python bench/spark.py [--rows 30000000] [--files 4] [--master 'local-cluster[2,1,4096]'] [-o docs/bench-spark.md]

Needs the extra `spark` and Java 17. Both make the same parts; they are compared, byte for byte. The plain runs are one
after the other, with the start of each process; the session has started its Java and Python processes before its clock
runs, but no kernel.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import ratione
from ratione.fora import FORA
from ratione.spark import assess_files

ON = date(2026, 11, 24)
RATIONE = str(Path(sys.executable).with_name("ratione"))


def made(folder: Path, rows: int, files: int) -> list[Path]:
    """Made-up complaints in files of the same length, each with a seed of its own; those that are there stay."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for n in range(files):
        share = rows // files + (n < rows % files)
        path = folder / f"made-up-{share}-{n + 1}.parquet"
        if not path.exists():
            subprocess.run([RATIONE, "generate", str(share), "-o", path, "--seed", str(n + 1)], check=True)
        found.append(path)
    return found


def plain(sources: list[Path], output: Path) -> float:
    """Seconds of one run of the command for each file."""
    begun = time.perf_counter()
    for source in sources:
        target = output / source.stem / ("part-00000.parquet" if single(source) else "")
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([RATIONE, "assess", source, "-o", target, "--on", ON.isoformat()], check=True)
    return time.perf_counter() - begun


def single(source: Path) -> bool:
    """Whether a file is so small that its verdicts are one file."""
    from ratione.bulk.run import parts

    return len(parts(source, Path("x"))) == 1


def started(master: str) -> Any:
    """A session whose Python processes are there."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    package = str(Path(ratione.__file__).parents[1])
    session = (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executorEnv.PYTHONPATH", package)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.parallelize(range(64), 64).map(lambda n: n).collect()
    return session


def digests(folder: Path) -> dict[str, str]:
    """What the parts below a folder hold."""
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.parquet")}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=30_000_000)
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--folder", type=Path, default=Path("bench-data"))
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    sources = made(options.folder / "spark", options.rows, options.files)
    one, two = options.folder / "by-command", options.folder / "by-spark"
    for folder in (one, two):
        shutil.rmtree(folder, ignore_errors=True)
    by_command = plain(sources, one)
    begun = time.perf_counter()
    session = started(options.master)
    start = time.perf_counter() - begun
    begun = time.perf_counter()
    rows = assess_files(session, sources, two, on=ON)
    by_spark = time.perf_counter() - begun
    session.stop()
    if rows != options.rows or digests(one) != digests(two):
        raise SystemExit(f"not the same: {rows:,} complaints of {options.rows:,}, parts in {one} and {two}")
    verdicts = rows * len(FORA) / 1e6
    lines = [
        "# Spark: what was measured",
        "",
        f"{rows:,} made-up complaints in {len(sources)} files, {len(FORA)} fora, {os.cpu_count()} cores. Both made the "
        f"same {len(digests(one))} parts, byte for byte.",
        "",
        "| what | seconds | million verdicts a second |",
        "|---|---|---|",
        f"| `ratione assess`, one run for each file | {by_command:.1f} | {verdicts / by_command:.3g} |",
        f"| `assess_files` on `{options.master}`, session up | {by_spark:.1f} | {verdicts / by_spark:.3g} |",
        f"| starting the session | {start:.1f} | |",
        f"| ratio | {by_spark / by_command:.2f} | |",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if options.output:
        options.output.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
