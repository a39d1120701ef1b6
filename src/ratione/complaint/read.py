"""Complaints from files, standard input and mappings (docs/complaint.md).

JSON, JSON Lines, CSV, XLSX, ODS; nested or short. Everything that is refused is handed over beside what was read:
nothing is logged, printed or guessed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from ratione import law
from ratione.complaint import decided, fields, jsonform, tables
from ratione.complaint.columns import flatten
from ratione.complaint.draft import Refusal, build
from ratione.complaint.fields import Problem, Vocabulary, shown
from ratione.complaint.model import Complaint
from ratione.complaint.names import StateNames, state_names

__all__ = ["Refusal", "from_mapping", "read", "read_all"]
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(
    path: Path | str, *, states: StateNames | None = None, rights: law.Rights | None = None
) -> Iterator[Complaint | Refusal]:
    """The complaints of a file (`-`: standard input) and what was refused.

    What the file holds decides how it is read, its name only where that leaves a doubt. JSON Lines stream, in the order
    of the file; a table is read to its end first, because rows of one complaint need not be neighbours. An id that
    stands twice in JSON is told, and both complaints come through. Raises OSError if the file cannot be opened.
    """
    vocabulary = _vocabulary(states, rights)
    if str(path) == "-":
        yield from _some("-", _read(sys.stdin.buffer, "-", "", vocabulary))
        return
    with open(path, "rb") as file:
        yield from _some(Path(path).name, _read(file, Path(path).name, Path(path).suffix.lower(), vocabulary))


def read_all(
    path: Path | str, *, states: StateNames | None = None, rights: law.Rights | None = None
) -> tuple[list[Complaint], list[Refusal]]:
    """All complaints of a file, and all refusals."""
    complaints: list[Complaint] = []
    refusals: list[Refusal] = []
    for item in read(path, states=states, rights=rights):
        if isinstance(item, Complaint):
            complaints.append(item)
        else:
            refusals.append(item)
    return complaints, refusals


def from_mapping(
    data: Mapping[str, object],
    *,
    states: StateNames | None = None,
    rights: law.Rights | None = None,
    file: str = "",
    row: int | None = None,
) -> tuple[Complaint | None, list[Refusal]]:
    """One complaint from a mapping in the nested form, the short form, or the form of decided cases.

    `file` and `row` name the place in refusals. The complaint is None where its id, a State or a date cannot be read.
    """
    return _from_mapping(data, _vocabulary(states, rights), file, row)


def _vocabulary(states: StateNames | None, rights: law.Rights | None) -> Vocabulary:
    return Vocabulary(states or state_names(), rights or law.rights())


def _from_mapping(
    data: object, vocabulary: Vocabulary, file: str, row: int | None
) -> tuple[Complaint | None, list[Refusal]]:
    if not isinstance(data, Mapping):
        reason = "accepted is an object with the names of docs/complaint.md"
        return None, [Refusal(file, row, "", shown(data), reason, True)]
    wrapped = decided.unwrap(data)
    if not wrapped:
        return build(file, list(flatten(data, row)), vocabulary)
    inner, outer = wrapped
    cells = [*flatten(outer, row), *flatten(inner, row)]
    complaint, refusals = build(file, cells, vocabulary)
    problems: list[Problem] = []
    day = fields.day(data.get("decided"), vocabulary, problems)
    refusals += [Refusal(file, row, "decided", shown(p.value), p.reason, True) for p in problems]
    if complaint is None or problems:
        return None, refusals
    complaint = replace(complaint, decided=day)
    if "read_as" not in data:
        return decided.interpret(complaint), refusals
    told = fields.parts(data["read_as"])
    strange = [word for word in told if word not in decided.READINGS]
    accepted = f"accepted is {', '.join(decided.READINGS)}"
    refusals += [Refusal(file, row, "read_as", shown(word), accepted, False) for word in strange]
    return replace(complaint, read_as=tuple(str(word) for word in told if word not in strange)), refusals


def _read(file: BinaryIO, name: str, suffix: str, vocabulary: Vocabulary) -> Iterator[Complaint | Refusal]:
    """Choose the reader by the first bytes, then by the suffix."""
    buffer = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, file))
    head = buffer.peek(512)
    if head.startswith(_WORKBOOK):
        yield from _workbook(buffer.read(), name, vocabulary)
    elif head.startswith(b"PAR1"):
        yield Refusal(name, None, "", "", "a Parquet file; it is read by the commands for bulk work", True)
    elif head.startswith(_UTF_16):
        yield Refusal(name, None, "", "", "UTF-16; save the file as UTF-8", True)
    else:
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        text = io.TextIOWrapper(buffer, encoding="utf-8-sig", errors="surrogateescape", newline="")
        try:
            if suffix in (".jsonl", ".ndjson", ".json") or start in (b"{", b"["):
                yield from _json(text, name, suffix != ".json", vocabulary)
            else:
                yield from _csv(text, name, vocabulary)
        finally:
            text.detach()


def _some(name: str, items: Iterable[Complaint | Refusal]) -> Iterator[Complaint | Refusal]:
    """Tell of a file in which nothing stands."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        yield Refusal(name, None, "", "", "holds no complaint", True)


def _json(text: TextIO, name: str, lines: bool, vocabulary: Vocabulary) -> Iterator[Complaint | Refusal]:
    seen: set[str] = set()
    for row, value in jsonform.values(text, lines):
        if isinstance(value, jsonform.Broken):
            yield Refusal(name, row, "", "", value.reason, True)
            continue
        complaint, refusals = _from_mapping(value, vocabulary, name, row)
        yield from refusals
        if complaint:
            yield from _once(complaint, seen, name, row)


def _once(complaint: Complaint, seen: set[str], name: str, row: int | None) -> Iterator[Complaint | Refusal]:
    """Tell of an id that stood before; the complaint comes through with a warning."""
    if complaint.id in seen:
        reason = "stands twice; accepted is one complaint under an id"
        again = Refusal(name, row, "id", shown(complaint.id), reason, False)
        yield again
        complaint = replace(complaint, warnings=(*complaint.warnings, again.warning))
    seen.add(complaint.id)
    yield complaint


def _csv(text: TextIO, name: str, vocabulary: Vocabulary) -> Iterator[Complaint | Refusal]:
    refusals: list[Refusal] = []
    found = list(tables.read_table(name, tables.csv_rows(name, text, refusals), vocabulary))
    refusals += [item for item in found if isinstance(item, Refusal)]
    yield from sorted(refusals, key=lambda refusal: refusal.row or 0)
    yield from (item for item in found if isinstance(item, Complaint))


def _workbook(data: bytes, name: str, vocabulary: Vocabulary) -> Iterator[Complaint | Refusal]:
    """Every sheet whose first row names an id and a respondent; where there is none, the first sheet says why not."""
    try:
        sheets = [(sheet, rows) for sheet, rows in tables.workbook_sheets(data) if rows]
    except ValueError as error:
        yield Refusal(name, None, "", "", str(error), True)
        return
    seen: set[str] = set()
    for sheet, rows in [s for s in sheets if tables.is_docket(s[1])] or sheets[:1]:
        label = f"{name}#{sheet}" if len(sheets) > 1 else name
        for item in tables.read_table(label, rows, vocabulary):
            if isinstance(item, Complaint):
                yield from _once(item, seen, label, None)
            else:
                yield item
