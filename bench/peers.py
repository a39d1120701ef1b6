"""The bulk kernel beside other ways to evaluate rules, on one set of complaints, one core each.

    python bench/peers.py --peers PYTHON [--rows 3000000] [--folder FOLDER] [-o docs/bench-peers.md]

`--peers` is the interpreter of an environment with the peers:

    python3 -m venv E && E/bin/pip install 'openfisca-core==46.*' 'zen-engine==2.1.*' 'duckdb==2.*' pyarrow

The timing set (bench/peers/timing.py: six fora with six tests, some facts not told) is written once, as plain columns
for the peers and in our own vocabulary for us. Every engine reads it, decides, and writes status and last day of every
forum as Parquet; all are compared with plain Python on the first complaints before anything is told. What is timed is
processor time, from after the imports to the end of the written file; the slow engines get fewer rows.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "peers"
RATIONE = str(Path(sys.executable).with_name("ratione"))
ON = "2026-11-24"
COMPARED = 5_000
PLAIN_ROWS, ZEN_ROWS = 100_000, 20_000
PACKAGES = ("openfisca-core", "zen-engine", "duckdb", "numpy", "pyarrow")
VERSIONS = (
    "import importlib.metadata as m, json, platform; "
    f"print(json.dumps([platform.python_version(), *map(m.version, {PACKAGES!r})]))"
)


class Run(NamedTuple):
    """One engine on one set."""

    name: str
    rows: int
    fora: int
    cpu: float
    seconds: float
    peak: float

    @property
    def rate(self) -> float:
        """Verdicts for each second of processor time, in millions."""
        return self.rows * self.fora / self.cpu / 1e6


def engine(name: str, python: str, script: str, folder: Path, rows: int, limit: int, level: str = "") -> Run:
    """One engine on the timing set, once it was found to say what plain Python says."""
    command = [python, str(HERE / script), str(folder), str(rows), str(limit), *([level] if level else [])]
    print(name, file=sys.stderr)
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    written = script.removesuffix(".py").removeprefix("with_") + (f"-{level}" if level else "")
    compared = min(COMPARED, limit)
    check = [sys.executable, str(HERE / "check.py"), str(folder), str(rows), written, str(compared)]
    subprocess.run(check, check=True, stdout=subprocess.DEVNULL)
    return Run(name, limit, 6, told["cpu"], told["seconds"], told["peak"])


def whole_law(folder: Path, rows: int, level: str) -> Run:
    """`ratione assess` with the law as it is, on made-up complaints; the start of the process is included."""
    from ratione.fora import FORA

    source, output = folder / f"made-up-{rows}.parquet", folder / f"made-up-{rows}-{level}.parquet"
    if not source.exists():
        subprocess.run([RATIONE, "generate", str(rows), "-o", str(source)], check=True)
    subprocess.run(["rm", "-rf", str(output)], check=True)
    print("ratione assess", file=sys.stderr)
    before = os.times().elapsed
    child = subprocess.Popen([RATIONE, "assess", str(source), "-o", str(output), "--on", ON, "--level", level])
    _, code, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(code)
    if child.returncode:
        raise SystemExit(f"ratione assess ended with {child.returncode}")
    spent, cpu = os.times().elapsed - before, used.ru_utime + used.ru_stime
    return Run(f"ratione assess, whole law, {level}", rows, len(FORA), cpu, spent, used.ru_maxrss / 1024)


def report(runs: list[Run], ours: Run, versions: list[str]) -> str:
    """The table, with the factor of our kernel to every engine on the same set."""
    named = ", ".join(f"{name} {v}" for name, v in zip(("Python", *PACKAGES), versions, strict=True))
    lines = [
        "# The kernel beside its peers\n",
        f"{date.today()}, one core ({platform.machine()}). Ours: Python {platform.python_version()}, numpy "
        f"{version('numpy')}, pyarrow {version('pyarrow')}; the peers: {named}.\n",
        "The timing set: six made-up fora with six tests each, in which facts are missing (`bench/peers/timing.py`). "
        "Parquet is read and written by all. Every engine gave the verdicts and last days of plain Python on the first "
        f"{COMPARED:,} complaints. M/s: million verdicts (complaint × forum) for each second of processor time; the "
        "factor is that of our kernel, at the level verdicts, to the engine.\n",
        "| engine | complaints | fora | processor seconds | seconds | M/s | peak MB | factor of our kernel |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        factor = f"{ours.rate / run.rate:,.1f}" if run.fora == ours.fora and run is not ours else ""
        lines.append(
            f"| {run.name} | {run.rows:,} | {run.fora} | {run.cpu:.1f} | {run.seconds:.1f} | {run.rate:.3g} "
            f"| {run.peak:.0f} | {factor} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", required=True, help="the interpreter of an environment with the peers")
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--folder", type=Path, default=Path("bench-data"))
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    folder, rows, peers, own = options.folder, options.rows, options.peers, sys.executable
    folder.mkdir(parents=True, exist_ok=True)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    versions = json.loads(subprocess.run([peers, "-c", VERSIONS], check=True, stdout=subprocess.PIPE).stdout)
    subprocess.run([own, str(HERE / "make.py"), str(folder), str(rows)], check=True)
    ours = engine("ratione, kernel, verdicts", own, "with_ratione.py", folder, rows, rows, "verdicts")
    plain, zen = min(rows, PLAIN_ROWS), min(rows, ZEN_ROWS)
    runs = [
        ours,
        engine("ratione, kernel, with every test", own, "with_ratione.py", folder, rows, rows, "tests"),
        engine("DuckDB, SQL by hand", peers, "with_duckdb.py", folder, rows, rows),
        engine("OpenFisca-core", peers, "with_openfisca.py", folder, rows, rows),
        engine("plain Python", peers, "plain.py", folder, rows, plain),
        engine("zen-engine", peers, "with_zen.py", folder, rows, zen),
        whole_law(folder, rows, "verdicts"),
    ]
    text = report(runs, ours, versions)
    print(text)
    if options.output:
        options.output.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
