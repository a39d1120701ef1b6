"""Complaints from files, and what was refused on the way: shown, counted, and written where that is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from ratione.cli.common import REFUSED_ROWS, stop
from ratione.complaint.draft import Refusal
from ratione.complaint.model import Complaint

PARQUET = ".parquet"
NEEDED = "Parquet needs the bulk extra: pip install 'ratione[bulk]'"
SHOWN_REFUSALS = 20


def is_parquet(name: str) -> bool:
    """Whether a file is Parquet, by its first bytes."""
    path = Path(name)
    if name == "-" or not path.is_file():
        return name.endswith(PARQUET)
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


class Intake:
    """Complaints from several files, one after the other. Of what is refused only the first is kept in memory.

    `refused`: a CSV file for all of it, written when the last file has been read to its end.
    """

    def __init__(self, paths: Sequence[str], verbose: bool, refused: Path | None = None) -> None:
        self.paths, self.verbose, self.refused = paths, verbose, refused
        self.shown: list[Refusal] = []
        self.count = self.rows = self.fields = self.told = 0
        self._last: tuple[str, int | None] | None = None
        self._write: Callable[[Iterable[Refusal]], None] | None = None

    def __iter__(self) -> Iterator[Complaint]:
        with self.noting():
            for path in self.paths:
                with self.timing(path):
                    for item in _read(path):
                        if isinstance(item, Refusal):
                            self.note(item)
                        else:
                            self.count += 1
                            yield item

    @contextmanager
    def timing(self, path: str) -> Iterator[None]:
        """Tell of a file, when it has been read, how many complaints it held and how long they took."""
        before, started = self.count, time.monotonic()
        yield
        if self.verbose:
            spent = time.monotonic() - started
            click.echo(f"{path}: {self.count - before} complaints in {spent:.2f} s", err=True)

    def noting(self) -> ExitStack:
        """The context in which refusals are noted; at its end the file of them is whole, be there any or none."""
        stack = ExitStack()
        if self.refused is not None:
            from ratione.bulk import report

            self._write = stack.enter_context(report.writing(self.refused))
        return stack

    def note(self, refusal: Refusal) -> None:
        """Count a refusal, and write it where there is a file for it; those of one row come one after the other."""
        self.told += 1
        place = (refusal.file, refusal.row)
        again = refusal.whole and refusal.row is not None and place == self._last  # two columns can refuse a row
        self.rows += refusal.whole and not again
        self.fields += not refusal.whole
        self._last = place if refusal.whole else self._last
        if self._write is not None:
            self._write([refusal])
        elif len(self.shown) < SHOWN_REFUSALS:
            self.shown.append(refusal)

    def report(self) -> None:
        """Show what was refused, and its count."""
        for refusal in self.shown:
            click.echo(refusal.public, err=True)
        left = self.told - len(self.shown)
        if left and self.refused is None:
            click.echo(f"and {left} more; --refused FILE writes them all", err=True)
        if self.rows or self.fields:
            where = f"; see {self.refused}" if self.refused else ""
            click.echo(f"refused: {self.rows} rows, {self.fields} fields{where}", err=True)

    @property
    def code(self) -> int:
        """The exit code: 3 where a row was refused."""
        return REFUSED_ROWS if self.rows else 0


def _read(path: str) -> Iterator[Complaint | Refusal]:
    if is_parquet(path):
        try:
            from ratione.bulk.many import complaints
        except ImportError:
            stop(NEEDED)
        try:
            yield from complaints(Path(path))
        except ValueError as error:
            stop(str(error))
    else:
        from ratione.complaint.read import read

        yield from read(path)
