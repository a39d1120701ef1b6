"""Whether the bulk kernel and the reference evaluator agree on many complaints: every status, day and outcome.

    python bench/equal.py [--rows 200000] [--seed 1] [--processes 2] [--complaints FILE] [--answers FOLDER]

Complaints are made up in pieces, each of which is written as Parquet, assessed in bulk at both levels, read back, and
compared with the full trace of the evaluator on the same rows; a mark of unverified or contested facts may stand where
the evaluator names none, never the reverse. Every second piece is varied by what `ratione generate`
never makes: several respondents, months, years and open days, remedies by right, rights put to the other body, States
of residence and nationality, the rarer facts and days, a day as known on. Every fourth takes nothing for granted.
Random rules, and complaints still odder than these, are compared by tests/bulk/test_equal.py.

Differences go to standard output (id, respondent, forum, what, kernel, evaluator), progress to standard error; the exit
code is 1 where there is a difference. `--complaints`: a file of your own, one row for each complaint. `--answers`: keep
there what the evaluator says, which takes nearly all of the time, for the next kernel; a change outside bulk/ ends it.
"""

import argparse
import gzip
import hashlib
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from datetime import date
from functools import cache, partial
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from ratione import days, law
from ratione.assess.verdict import Assessor, Verdict
from ratione.bulk.generate import Maker
from ratione.bulk.moved import plain
from ratione.bulk.output import CONTESTED, UNVERIFIED, to_long
from ratione.bulk.reading.nest import is_flat
from ratione.bulk.run import assess_file
from ratione.complaint.model import CODES, FACTS, REMEDIES
from ratione.complaint.read import from_mapping
from ratione.registry import Registry
from ratione.words.verdict import contested, unverified

ON = date(2026, 11, 24)
PIECE = 500
KNOWN_ON = "as_known_on"
KNOWN = ("2013-01-01", "2022-03-15", "2025-06-30")
STATES = ("RUS", "UKR", "TUR", "DEU", "GBR", "KEN", "TZA", "RWA", "UGA", "VEN", "NIC", "TTO", "NGA", "BFA", "BLR")
DAYS = ("final_decision.available", "knowledge", "remedy_ineffective_known", "released_or_convicted_on",
        "detention_regime_ended")  # fmt: skip
Row = dict[str, Any]
Key = tuple[str, str, str]
Cells = dict[str, str | None]


class Piece(NamedTuple):
    """Some complaints: made up with a seed and a number, or rows of a file; where the evaluator's answers are kept."""

    number: int
    rows: int
    seed: int
    file: str | None
    answers: Path | None


class Compared(NamedTuple):
    """What became of a piece: complaints, cells, differences, processor seconds for the evaluator's answers."""

    rows: int
    cells: int
    wrong: list[str]
    spent: float


@cache
def registry() -> Registry:
    """The registry, read once in each process."""
    return Registry.load()


@cache
def assessor(presume: bool, known: str | None) -> Assessor:
    """The evaluator as known on a day."""
    facts = registry().as_known_on(days.parse_day(known)) if known else registry()
    return Assessor(facts, ON, presume)


@cache
def whole(file: str) -> pa.Table:
    """A file, read once in each process."""
    return pq.read_table(file)


# ---- complaints ------------------------------------------------------------------------------------------------------
def table_of(piece: Piece) -> pa.Table:
    """The complaints of a piece."""
    if piece.file:
        return whole(piece.file).slice(piece.number * PIECE, PIECE)
    table = Maker(registry(), piece.seed).batch(piece.number, piece.rows)
    if piece.number % 2 == 0:
        return table
    rng = Random(piece.seed * 1_000_003 + piece.number)
    rows = [varied(plain(row), rng) for row in table.to_pylist()]
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: [row.get(name) for row in rows] for name in names})


def varied(row: Row, rng: Random) -> Row:
    """A complaint with what the generator never makes; every day is text."""

    def maybe(name: str, share: float, make: Callable[[], Any]) -> None:
        if rng.random() < share:
            row[name] = make()

    rights = row.get("rights") or ["liberty"]
    told = [name for name in row if name.startswith(("final_decision.", "lodged."))]
    row |= {name: _blurred(row[name], rng) for name in told}
    for act in row["acts"]:
        act |= {name: _blurred(act[name], rng) for name in ("from", "to") if name in act}
    for other in row.get("other_procedures", ()):
        if rng.random() < 0.5:
            other["rights"] = [rng.choice([*rights, *law.rights().plain])]
        if rng.random() < 0.1:
            other["by_third_party"] = rng.random() < 0.5
    row["respondent"] = [row["respondent"]]
    if rng.random() < 0.1:
        row["respondent"] = list(dict.fromkeys([*row["respondent"], rng.choice(STATES)]))
    if rng.random() < 0.2:
        row["rights"] = [*rights, rng.choice(list(law.rights().plain))]
    if rng.random() < 0.2:
        row |= {f"remedies.{right}": rng.choice(REMEDIES) for right in rights if rng.random() < 0.7}
    for name in CODES:
        maybe(name, 0.15, lambda: ";".join(rng.sample(STATES, rng.choice([1, 1, 2]))))
    for name, words in FACTS.items():
        if name not in row:
            maybe(name, 0.1, partial(rng.choice, words))
    for name in DAYS:
        maybe(name, 0.1, lambda: _blurred(f"{rng.randint(1990, 2026)}-{rng.randint(1, 12):02}-15", rng))
    maybe(KNOWN_ON, 0.1, lambda: rng.choice(KNOWN))
    return row


def _blurred(day: str, rng: Random) -> str:
    """A day, or less than that."""
    kind = rng.random()
    if kind < 0.15:
        return day[:7]
    if kind < 0.25:
        return day[:4]
    return f"{day}/" if kind < 0.28 else f"/{day}" if kind < 0.31 else day


# ---- both answers ----------------------------------------------------------------------------------------------------
def of_kernel(table: pa.Table, presume: bool, level: str) -> dict[Key, Cells]:
    """What bulk writes, by complaint, respondent and forum; what it tells of refusals is not wanted here."""
    with TemporaryDirectory() as folder, redirect_stderr(StringIO()):
        source, output = Path(folder) / "complaints.parquet", Path(folder) / "verdicts.parquet"
        pq.write_table(table, source)
        assess_file(source, output, registry=registry(), on=ON, presume=presume, level=level, processes=1)
        found = list(to_long(pq.read_table(output)))
    for record in found:
        record |= record.pop("tests", {})
    heads = ("id", "respondent", "forum", "route")
    return {
        (r["id"], r["respondent"], f"{r['forum']}/{r['route']}" if r["route"] else r["forum"]): {
            name: _told(value) for name, value in r.items() if name not in heads
        }
        for r in found
    }


def of_evaluator(table: pa.Table, presume: bool) -> dict[Key, Cells]:
    """What the evaluator says of the same rows."""
    found: dict[Key, Cells] = {}
    for row in map(plain, table.to_pylist()):
        known = row.pop(KNOWN_ON, None)
        complaint, _ = from_mapping(row)
        if complaint is not None:
            for verdict in assessor(presume, known).assess(complaint):
                found[complaint.id, verdict.respondent, verdict.forum.key] = _cells(verdict)
    return found


def _cells(verdict: Verdict) -> Cells:
    return {
        "status": verdict.status,
        "last_day": _told(verdict.last_day),
        "last_day_arguable": _told(verdict.last_day_arguable),
        "advise_by": _told(verdict.advise_by),
        "opens_on": ";".join(sorted(verdict.opens_on)) or None,
        UNVERIFIED: _told(bool(unverified(verdict))),
        CONTESTED: _told(bool(contested(verdict))),
        **{test.test.id: test.outcome for test in verdict.tests},
    }


def _told(value: object) -> str | None:
    return None if value is None else str(value)


# ---- the evaluator's answers, kept -----------------------------------------------------------------------------------
@cache
def state_of_law() -> str:
    """A fingerprint of all that the evaluator's answers hang on: the package without bulk/, how complaints are made."""
    package = Path(law.__file__).parent
    files = [file for file in sorted(package.rglob("*")) if file.is_file() and file.suffix != ".pyc"]
    own = [file for file in files if file.relative_to(package).parts[0] != "bulk" or file.stem == "generate"]
    content = b"".join(file.read_bytes() for file in [*own, Path(__file__)])
    return hashlib.sha256(content).hexdigest()[:16]


def wanted(piece: Piece, table: pa.Table, presume: bool) -> dict[Key, Cells]:
    """What the evaluator says of a piece: as kept, or worked out and kept."""
    if piece.answers is None:
        return of_evaluator(table, presume)
    heads = [state_of_law(), piece.file or piece.seed, piece.number, piece.rows]
    name = hashlib.sha256(json.dumps(heads).encode()).hexdigest()[:24]
    file = piece.answers / f"{name}.json.gz"
    if file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as kept:
            return {tuple(key): cells for key, cells in json.load(kept)}
    answers = of_evaluator(table, presume)
    part = file.with_suffix(".part")
    with gzip.open(part, "wt", encoding="utf-8", compresslevel=3) as new:
        json.dump(list(answers.items()), new)
    part.replace(file)
    return answers


def compare(piece: Piece) -> Compared:
    """All cells of a piece."""
    table, presume = table_of(piece), piece.number % 4 != 3
    begun = time.process_time()
    answers = wanted(piece, table, presume)
    spent, cells, wrong = time.process_time() - begun, 0, list[str]()
    for level in ("verdicts", "tests"):
        got = of_kernel(table, presume, level)
        wrong += [f"{key}: only one of the two has read it" for key in sorted(got.keys() ^ answers.keys())]
        for key in got.keys() & answers.keys():
            own, want = got[key], answers[key]
            names = own.keys() if level == "verdicts" else own.keys() | want.keys()
            cells += len(names)
            wrong += [
                f"{', '.join(key)}, {name} ({level}): {own.get(name)} for {want.get(name)}"
                for name in sorted(names)
                if own.get(name) != want.get(name) and not (name in (UNVERIFIED, CONTESTED) and own[name] == "True")
            ]
    return Compared(table.num_rows, cells, wrong, spent)


def pieces(rows: int, seed: int, file: str | None, answers: Path | None) -> Iterator[Piece]:
    """What is to be compared, piece by piece."""
    rows = pq.read_metadata(file).num_rows if file else rows
    for number in range(-(-rows // PIECE)):
        yield Piece(number, min(PIECE, rows - number * PIECE), seed, file, answers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--complaints", help="a Parquet file with one row for each complaint")
    parser.add_argument("--answers", type=Path, help="a folder in which to keep the evaluator's answers")
    options = parser.parse_args()
    if options.answers:
        options.answers.mkdir(parents=True, exist_ok=True)
    if options.complaints and is_flat(pq.read_schema(options.complaints)):
        parser.error(f"{options.complaints} has one row for each act; accepted is one row for each complaint")
    done, cells, wrong, spent = 0, 0, 0, 0.0
    with multiprocessing.Pool(options.processes) as pool:
        parts = pieces(options.rows, options.seed, options.complaints, options.answers)
        for found in pool.imap_unordered(compare, parts):
            done, cells, wrong = done + found.rows, cells + found.cells, wrong + len(found.wrong)
            spent += found.spent
            for difference in found.wrong:
                print(difference)
            rate = f"{done / spent:.0f} complaints a second and core by the evaluator or from what is kept"
            print(f"{done:,} complaints, {cells:,} cells, {wrong:,} differences; {rate}", file=sys.stderr, flush=True)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
