"""Whether an engine found, for the first complaints, what plain Python finds.

    python bench/peers/check.py FOLDER ROWS ENGINE COUNT

Prints differences, at most 20, and how many verdicts were compared; exit code 1 where one differs. Last days are
compared where the forum is not closed: what our own output shows as the last day of a closed one depends on why it is.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
from plain import periods, verdicts
from timing import FORA, Files

LEVELS = {"closed": 0, "not_yet": 0, "unclear": 1, "open": 2, False: 0, None: 1, True: 2}


def found(path: Path, numbers: list[int]) -> dict[int, list[tuple[int | None, date | None]]]:
    """The verdicts of some complaints in the output of an engine; ours is the one whose ids are text."""
    data = ds.dataset(path)
    own = data.schema.field("id").type == "string"
    last = "{}.last_day" if own else "{}_last"
    names = {f.code: last.format(f.code) for f in FORA}
    wanted = list(map(str, numbers)) if own else numbers
    table = data.to_table(["id", *names, *names.values()], filter=ds.field("id").isin(wanted))
    rows: list[dict[str, Any]] = table.to_pylist()
    return {int(row["id"]): [(LEVELS.get(row[code]), row[day]) for code, day in names.items()] for row in rows}


def main() -> None:
    files, engine, count = Files(Path(sys.argv[1]), int(sys.argv[2])), sys.argv[3], int(sys.argv[4])
    wanted = dict(verdicts(files.complaints, count, periods(files.registry)))
    got = found(files.verdicts(engine), list(wanted))
    wrong = 0
    for number, row in wanted.items():
        for n, (forum, (status, last)) in enumerate(zip(FORA, row, strict=True)):
            answer = got[number][n] if number in got else (None, None)
            if answer[0] != status or (status and answer[1] != last):
                wrong += 1
                if wrong <= 20:
                    print(f"{engine}: {number} {forum.code}: {answer} for {(status, last)}", file=sys.stderr)
    print(len(wanted) * len(FORA))
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
