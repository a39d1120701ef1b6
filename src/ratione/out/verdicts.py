"""Verdicts into files: JSON Lines, JSON, CSV, workbook. Each sink takes one complaint after the other.

What a complaint comes to (`rows`) can be worked out in another process than the one that writes it (`put`).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from ratione.complaint.model import Complaint
from ratione.out.records import COLUMNS, Answer, flat_record, verdict_record

if TYPE_CHECKING:
    from ratione.assess.verdict import Assessor, Verdict
    from ratione.out.summary import Summary


#: The columns of a workbook that hold days.
DAYS = frozenset(("last_day", "last_day_arguable", "advise_by", "competent_from", "competent_to"))


class Sink(Protocol):
    """Something that takes verdicts and is closed at the end."""

    def rows(self, complaint: Complaint, verdicts: Sequence[Verdict]) -> list[Any]:
        """What is written of one complaint: text, or lists of it."""

    def put(self, rows: Sequence[Any]) -> None:
        """Write the rows of one complaint."""

    def close(self) -> None:
        """Write what is still held back."""


class JsonLines:
    """One object per complaint and forum."""

    def __init__(self, answer: Answer, target: TextIO) -> None:
        self.answer, self.target = answer, target

    def rows(self, complaint: Complaint, verdicts: Sequence[Verdict]) -> list[str]:
        """The lines of one complaint."""
        records = (verdict_record(self.answer, verdict, complaint) for verdict in verdicts)
        return [json.dumps(record, ensure_ascii=False) + "\n" for record in records]

    def put(self, rows: Sequence[str]) -> None:
        """Write the lines of one complaint."""
        self.target.writelines(rows)

    def close(self) -> None:
        """Nothing is held back."""


class Json:
    """One object: the stamps, then every verdict; written piece by piece."""

    def __init__(self, answer: Answer, target: TextIO) -> None:
        self.answer, self.target = answer, target
        head = json.dumps(dict(answer.stamps), ensure_ascii=False)
        target.write(f'{head[:-1]}, "verdicts": [')
        self.between = "\n"

    def rows(self, complaint: Complaint, verdicts: Sequence[Verdict]) -> list[str]:
        """The verdicts of one complaint as objects."""
        records = (verdict_record(self.answer, verdict, complaint, stamped=False) for verdict in verdicts)
        return [json.dumps(record, ensure_ascii=False) for record in records]

    def put(self, rows: Sequence[str]) -> None:
        """Write the verdicts of one complaint."""
        for row in rows:
            self.target.write(self.between + row)
            self.between = ",\n"

    def close(self) -> None:
        """Close the list."""
        self.target.write("\n]}\n")


class Csv:
    """One row per complaint and forum."""

    def __init__(self, answer: Answer, target: TextIO) -> None:
        self.answer = answer
        self.writer = csv.writer(target, lineterminator="\n")
        self.writer.writerow(COLUMNS)

    def rows(self, complaint: Complaint, verdicts: Sequence[Verdict]) -> list[list[str]]:
        """The rows of one complaint."""
        records = (flat_record(self.answer, verdict, complaint) for verdict in verdicts)
        return [["" if value is None else value for value in record.values()] for record in records]

    def put(self, rows: Sequence[Sequence[str]]) -> None:
        """Write the rows of one complaint."""
        self.writer.writerows(rows)

    def close(self) -> None:
        """Nothing is held back."""


class Workbook:
    """A workbook: one row per complaint and forum, days as days, and a sheet with the stamps."""

    def __init__(self, answer: Answer, target: Path) -> None:
        import xlsxwriter

        self.answer = answer
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(str(target), options)
        self.bold = self.book.add_format({"bold": True})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.sheet = self.book.add_worksheet("verdicts")
        self.columns = [c for c in COLUMNS if c not in answer.stamps]
        self.sheet.write_row(0, 0, self.columns, self.bold)
        self.sheet.freeze_panes(1, 3)
        self.row = 0

    def rows(self, complaint: Complaint, verdicts: Sequence[Verdict]) -> list[list[str | None]]:
        """The rows of one complaint."""
        records = (flat_record(self.answer, verdict, complaint) for verdict in verdicts)
        return [[record[name] for name in self.columns] for record in records]

    def put(self, rows: Sequence[Sequence[str | None]]) -> None:
        """Write the rows of one complaint."""
        for values in rows:
            self.row += 1
            for column, (name, value) in enumerate(zip(self.columns, values, strict=True)):
                if value and name in DAYS:
                    day = date.fromisoformat(value)
                    if day.year >= 1900:
                        self.sheet.write_datetime(self.row, column, day, self.day)
                        continue
                if value:
                    self.sheet.write_string(self.row, column, value)

    def close(self) -> None:
        """Write the sheet with the stamps and the file."""
        self.sheet.autofilter(0, 0, max(self.row, 1), len(self.columns) - 1)
        about = self.book.add_worksheet("about")
        for row, (name, value) in enumerate(self.answer.stamps.items()):
            about.write_string(row, 0, name, self.bold)
            about.write_string(row, 1, value)
        self.book.close()


SINKS: Mapping[str, Callable[..., Any]] = {"jsonl": JsonLines, "json": Json, "csv": Csv, "xlsx": Workbook}


def run(assessor: Assessor, complaints: Iterable[Complaint], sink: Sink, summary: Summary | None = None) -> None:
    """Assess complaints one after the other into a sink (and a summary)."""
    for complaint in complaints:
        verdicts = assessor.assess(complaint)
        sink.put(sink.rows(complaint, verdicts))
        if summary:
            summary.add(complaint, verdicts)
    sink.close()
