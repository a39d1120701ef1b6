"""The timing set in our own rules, through our own kernel.

    python bench/peers/with_ratione.py FOLDER ROWS LIMIT LEVEL

Our rules draw more from what is told than the set does, so these are chosen for both to say the same:

- nothing is taken for granted (`presume` is off);
- the day the facts began and the day they ended are two acts, for of one act the end is never before the beginning;
- a time limit runs only where a decision is told: else its day is known to be not before the facts;
- a last day that is only arguable (end of a month, a period across the pause) counts as late, as in the set;
- the bodies that bar in the set are those that the rows CRPD and CED-31 of our matrix of the same matter let bar.
"""

import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
from timing import FAR, FORA, ON, PAUSE, REMEDIES, STATES, SWITCH, Files, measured
from timing import Forum as Told

from ratione.bulk.run import assess_file
from ratione.registry import Registry
from ratione.registry.facts import Fact as Dated
from ratione.registry.facts import Source, State
from ratione.registry.terms import Entry, Exit, Instrument, Listing
from ratione.rules import (
    All,
    Begun,
    Bound,
    Clock,
    Elsewhere,
    Fact,
    Filing,
    Fixed,
    Forum,
    InTime,
    Rule,
    Start,
    Suspension,
    Test,
    Version,
    failed,
    met,
)  # fmt: skip

WENT_ON = Fact("act.attributable", {"yes": met(), "no": failed("did_not_go_on")})
TOLD = Fact("decision.told", {"yes": met(), "no": failed("")})
PAUSED = (Suspension(*PAUSE, months=3, only_months=6),)
LATE = failed("late")
ROWS = {("pending", "decided"): "CRPD", ("pending",): "CED-31"}


def limit(forum: Told) -> Rule:
    """The time limit, from service; the day of the decision chooses its length."""
    if forum.months is None:
        return Fixed(met())
    versions = (Version(None, forum.months), *((Version(SWITCH, forum.since),) if forum.since else ()))
    start = Start("decision.served", "", TOLD, by=("decision.exhausted",))
    return InTime(Clock((start,), versions, "", PAUSED if forum.paused else ()), LATE, LATE)


def rules(forum: Told) -> Forum:
    """A forum of the set."""
    tests: dict[str, tuple[str, Rule]] = {
        "bound": ("ratione_personae", All((WENT_ON, Bound(forum.instrument, "act")))),
        "time": ("ratione_temporis", All((WENT_ON, Begun(forum.instrument, "act")))),
        "limit": ("time_limit", limit(forum)),
        "right": (
            "ratione_materiae",
            Fact("article", {**dict.fromkeys(forum.rights, met()), "*": failed("right_not_covered")}),
        ),
        "same": ("same_matter", Elsewhere(ROWS[forum.barring])),
        "remedies": ("exhaustion", Fact("remedies", {**dict.fromkeys(REMEDIES[:2], met()), "*": failed("not_tried")})),
    }
    made = tuple(Test(f"{forum.code}.{name}", head, rule, (), ()) for name, (head, rule) in tests.items())
    return Forum(forum.code, forum.code, ("CRC",), made, Filing("", "", "", "", "", ()))


def registry(path: Path) -> Registry:
    """The periods of the set as dated facts: where one begins, and the day after its end."""
    facts = []
    for row in pq.read_table(path).to_pylist():
        for forum in FORA:
            for n in (1, 2):
                first, last = row[f"{forum.column}_a{n}"], row[f"{forum.column}_b{n}"]
                if first != FAR:
                    facts.append(_fact(row["state"], forum.instrument, "acceded", first))
                    if last != FAR:
                        facts.append(_fact(row["state"], forum.instrument, "ceased", last + timedelta(1)))
    listing = Listing(complete=True)
    instruments = {
        code: Instrument(code, code, code, "", "treaty", "", None, True, Entry(), Exit(), listing, (), False, "")
        for code in (forum.instrument for forum in FORA)
    }
    states = {code: State(code, f"State {code}", (), "", None, None, (), (), "") for code in STATES}
    return Registry(facts, instruments, states, {"made-up": Source("made-up", "made up", "", "")})


def _fact(state: str, instrument: str, event: str, day: date) -> Dated:
    return Dated(
        f"{state}/{instrument}/{event}/{day}", state, instrument, event, None, day, (), (), "", None, "", None,
        "undisputed", "stated", date(1950, 1, 1), "high", "made-up", "",
    )  # fmt: skip


def main() -> None:
    files, rows, level = Files(Path(sys.argv[1]), int(sys.argv[2])), int(sys.argv[3]), sys.argv[4]
    target = files.verdicts(f"ratione-{level}")
    if target.is_dir():  # parts that are there are not made again
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    with measured(rows):
        code = assess_file(
            files.ours, target, registry=registry(files.registry), on=ON, fora=[rules(f) for f in FORA],
            presume=False, level=level, processes=1,
        )  # fmt: skip
    raise SystemExit(code)


if __name__ == "__main__":
    main()
