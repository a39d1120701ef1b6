"""Tables: CSV text and workbooks, one row per act, as rows of cells under named columns."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TextIO

from ratione.complaint import fields
from ratione.complaint.columns import Cell, cell, name_of, own, suggest
from ratione.complaint.draft import Refusal, build
from ratione.complaint.fields import Problem, Vocabulary, shown
from ratione.complaint.model import Complaint

Row = tuple[int, Sequence[object]]
_NEEDED = ("id", "respondent")
DELIMITERS = ",;\t|"
#: A quoted cell may run over this many lines; longer ones are taken for a quote that was never closed.
_MAX_LINES = 200


@dataclass(slots=True)
class Table:
    """The columns of a table and its rows by complaint, in the order in which the ids first stand."""

    file: str
    columns: list[str]
    refusals: list[Refusal] = field(default_factory=list)
    complaints: dict[str, list[Cell]] = field(default_factory=dict)

    def refuse(self, row: int, column: str, value: object, reason: str, whole: bool) -> None:
        """Tell of something that could not be read."""
        self.refusals.append(Refusal(self.file, row, shown(column), shown(value), reason, whole))


def read_table(file: str, rows: Iterable[Row], vocabulary: Vocabulary) -> Iterator[Complaint | Refusal]:
    """The complaints of a table whose first row with anything in it names the columns."""
    lines = iter(rows)
    top = next((row for row in lines if any(not fields.unknown(name) for name in row[1])), None)
    if top is None:
        return
    number, header = top
    table = Table(file, ["" if name is None else str(name) for name in header])
    if not is_docket([top]):
        yield Refusal(file, number, "", "", _headless(table.columns), True)
        return
    strange = {c for c in table.columns if c.strip() and name_of(c) is None}
    for column in table.columns:
        if column in strange:
            table.refuse(number, column, "", suggest(column), False)
    for row, values in lines:
        _take(table, row, values)
    yield from table.refusals
    for cells in table.complaints.values():
        complaint, refusals = build(file, cells, vocabulary)
        yield from (r for r in refusals if r.whole or r.column not in strange)  # a strange column is told once
        if complaint:
            yield complaint


def _headless(columns: Sequence[str]) -> str:
    """Why a first row does not name the columns: which are missing, and what may have been meant for them."""
    from rapidfuzz import fuzz, process

    named = {found.name for column in columns if (found := name_of(column))}
    told = []
    for name in _NEEDED:
        if name not in named:
            near = process.extractOne(
                name, [c.strip().casefold()[:60] for c in columns], scorer=fuzz.ratio, score_cutoff=70
            )
            told.append(f"{name} (is {columns[near[2]].strip()!r} meant?)" if near else name)
    return f"the first row must name the columns; there is no column {' and no '.join(told)}"


def _take(table: Table, row: int, values: Sequence[object]) -> None:
    """Add one row to its complaint."""
    told = [(n, plain) for n, value in enumerate(values) if not _empty(plain := _plain(value))]
    if not told:
        return
    if told[-1][0] >= len(table.columns):
        reason = f"stands beyond the {len(table.columns)} columns; a text that holds the delimiter needs quotes"
        table.refuse(row, "", told[-1][1], reason, True)
        return
    cells = []
    for n, value in told:
        if table.columns[n].strip():
            cells.append(cell(table.columns[n], row, value))
        else:
            table.refuse(row, "", value, "stands under no column name", False)
    problems: list[Problem] = []
    ids = {fields.identity(c.value, None, problems) for c in cells if c.name == "id"} - {None}
    for problem in problems:
        table.refuse(row, "id", problem.value, problem.reason, True)
    if len(ids) == 1 and not problems:
        table.complaints.setdefault(str(ids.pop()), []).extend(cells)
    elif not problems:
        table.refuse(row, "id", "", "not told; accepted is a text or number, the same in all rows of a complaint", True)


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _plain(value: object) -> object:
    """A cell of a workbook as text or number; a date and time is kept, for only midnight is a day."""
    if isinstance(value, datetime) and value == datetime(value.year, value.month, value.day):
        return value.date().isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float) else str(value)


# ---- CSV ---------------------------------------------------------------------------------------------------------
def delimiter(header: str) -> str:
    """The delimiter under which the header names the most known columns; a comma if none does."""

    def named(mark: str) -> int:
        return sum(_known(column) for column in next(csv.reader([header], delimiter=mark), []))

    return max(DELIMITERS, key=named)


def _known(column: str) -> bool:
    return bool(column.strip()) and (own(column) or name_of(column) is not None)


class _Lines:
    """Lines that can be put back, for a record that turns out not to be one. `number`: the line that comes next."""

    def __init__(self, source: TextIO) -> None:
        self.source = source
        self.back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 1

    def _next(self) -> str:
        return self.back.popleft() if self.back else self.source.readline()

    def peek(self) -> str:
        """The next line with anything on it; empty at the end."""
        while (line := self._next()) and not line.strip():
            self.number += 1
        if line:
            self.back.appendleft(line)
        return line

    def record(self) -> Iterator[str]:
        """The lines of the next record, as many as the reader asks for."""
        self.taken = []
        while len(self.taken) < _MAX_LINES and (line := self._next()):
            self.taken.append(line)
            yield line

    def skip(self, whole: bool = True) -> None:
        """Go on after the record, or after its first line only."""
        if not whole:
            self.back.extendleft(reversed(self.taken[1:]))
        self.number += len(self.taken) if whole else 1


def csv_rows(file: str, source: TextIO, refusals: list[Refusal]) -> Iterator[Row]:
    """The records of a CSV text with the line on which each begins.

    A quote that is never closed refuses its own line only: reading goes on with the next. What is refused is added to
    `refusals`.
    """
    lines = _Lines(source)
    header = lines.peek()
    mark = _SEP.match(header)
    if mark:  # written by spreadsheets on a line of its own
        next(lines.record())
        lines.skip()
    by, width = mark[1] if mark else delimiter(header), 0
    while lines.peek():
        try:
            record = next(csv.reader(lines.record(), delimiter=by, strict=True))
            reason = "a quote is not closed" if len(lines.taken) > 1 and 0 < width < len(record) else ""
        except csv.Error as error:
            reason = str(error)
        if reason:
            refusals.append(Refusal(file, lines.number, "", "", f"not CSV: {reason}", True))
        else:
            width = width or len(record)
            yield lines.number, record
        lines.skip(whole=not reason)


_SEP = re.compile(r"sep=(.)\s*\Z")


def is_docket(rows: Sequence[Row]) -> bool:
    """Whether the first row with anything in it names an id and a respondent."""
    header = next((values for _, values in rows if any(not fields.unknown(v) for v in values)), [])
    names = {found.name for v in header if isinstance(v, str) and (found := name_of(v))}
    return names.issuperset(_NEEDED)


# ---- workbooks ---------------------------------------------------------------------------------------------------
def workbook_sheets(data: bytes) -> Iterator[tuple[str, list[Row]]]:
    """The sheets of an XLSX, ODS or XLS file with their rows, numbered as the spreadsheet shows them.

    Raises ValueError if it cannot be opened.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield name, list(enumerate(rows, start=1))
    except PasswordError:
        raise ValueError("protected by a password; save it without one") from None
    except (CalamineError, OSError) as error:
        raise ValueError(f"not a workbook that can be read ({type(error).__name__})") from None
