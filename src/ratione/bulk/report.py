"""What could not be read, as a CSV file: gathered part by part on disk, joined in order at the end."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ratione.complaint.draft import Refusal
from ratione.files import replacing

HEAD = ("file", "row", "column", "value", "reason", "refused")


def record(refusal: Refusal) -> list[object]:
    """One refusal as a row of the file."""
    kind = "row" if refusal.whole else "field"
    return [refusal.file, refusal.row or "", refusal.column, refusal.value, refusal.reason, kind]


@contextmanager
def writing(path: Path, head: bool = True) -> Iterator[Callable[[Iterable[Refusal]], None]]:
    """What writes refusals to a file, which is whole at the end of the context."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if head:
            writer.writerow(HEAD)
        yield lambda refusals: writer.writerows(map(record, refusals))


def notes(refused: Path, part: Path) -> Path:
    """Where the refusals of one part are kept until all parts are there."""
    return refused.with_name(f".{refused.name}.parts") / f"{part.parent.name}.{part.name}.csv"


@contextmanager
def noting(path: Path | None) -> Iterator[Callable[[Iterable[Refusal]], None]]:
    """What takes the refusals of a part, batch by batch; without a path they are let go."""
    if path is None:
        yield lambda refusals: None
        return
    with writing(path, head=False) as note:
        yield note


def join(refused: Path, parts: Sequence[Path], told: int) -> None:
    """Join the refusals of all parts, in their order, and drop what was kept for that.

    `told`: how many there are; where there is none, nothing of an earlier run stays in the file either.
    """
    kept = [path for path in (notes(refused, part) for part in parts) if path.exists()]
    if not told or any(path.stat().st_size for path in kept):  # else another run has joined them
        with replacing(refused) as temporary, temporary.open("wb") as file:
            file.write(",".join(HEAD).encode() + b"\n")
            for path in kept:
                with path.open("rb") as one:
                    shutil.copyfileobj(one, file)
    for path in kept:
        path.unlink()
    with suppress(OSError):  # not there, or another run keeps its own in it
        refused.with_name(f".{refused.name}.parts").rmdir()
