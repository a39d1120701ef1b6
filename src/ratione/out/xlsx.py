"""Workbooks: tables as sheets, days as days. What begins like a formula stays text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

Sheet = tuple[Sequence[str], Sequence[Sequence[object]]]
WIDEST = 60


def write(path: Path, sheets: Mapping[str, Sheet]) -> None:
    """Write a workbook: each sheet a head and rows, with the head frozen and a filter. ISO days become days."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False,
                              "strings_to_urls": False}) as book:  # fmt: skip
        bold = book.add_format({"bold": True})
        for name, (head, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, head, bold)
            for y, row in enumerate(rows, 1):
                for x, value in enumerate(row):
                    _put(sheet, y, x, value)
            sheet.freeze_panes(1, 0)
            if rows:
                sheet.autofilter(0, 0, len(rows), len(head) - 1)
            for x, title in enumerate(head):
                longest = max([len(title), *(len(str(row[x])) for row in rows if row[x] is not None)])
                sheet.set_column(x, x, min(longest + 2, WIDEST))


def _put(sheet: object, y: int, x: int, value: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str) and (day := _day(value)):
        value = day
    if isinstance(value, date):
        sheet.write_datetime(y, x, value)  # type: ignore[attr-defined]
    elif isinstance(value, bool):
        sheet.write_boolean(y, x, value)  # type: ignore[attr-defined]
    elif isinstance(value, int | float):
        sheet.write_number(y, x, value)  # type: ignore[attr-defined]
    else:
        sheet.write_string(y, x, str(value))  # type: ignore[attr-defined]


def _day(text: str) -> date | None:
    """The day of an ISO text; None for any other text."""
    if len(text) != 10 or text[4] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
