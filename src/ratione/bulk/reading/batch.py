"""One Arrow batch of complaints: its columns under their names, as codes and days, and what must be refused in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from ratione.bulk import Unreadable
from ratione.bulk.arrays.calendar import EPOCH, FIRST, LAST
from ratione.bulk.facts.docket import Days
from ratione.bulk.reading.arrow import Joined, coded, flat, is_list, lists, numbers, only, told
from ratione.bulk.reading.reader import Code, ColumnWords, Said
from ratione.bulk.reading.refused import Refused
from ratione.complaint import fields
from ratione.complaint.columns import name_of, own, suggest
from ratione.complaint.fields import Problem, Reader
from ratione.days import Interval

Array = Any
_FIRST, _LAST = FIRST - EPOCH, LAST - EPOCH  # as Arrow counts days


class Memory(Protocol):
    """What is kept from batch to batch."""

    refused: Refused
    told_columns: set[str]

    def known(self, name: str, reader: Reader, code: Callable[[Any], Code], untold: Code, dtype: Any) -> ColumnWords:
        """The words of a column."""

    def joined(self, name: str) -> Joined:
        """The lists of a column."""


@dataclass(slots=True)
class Members:
    """The members of a column of lists: by field, their offsets, how many there are."""

    fields: dict[str, pa.Array]
    start: Array

    @property
    def n(self) -> int:
        """How many there are in all."""
        return int(self.start[-1])

    def owner(self) -> Array:
        """The row to which each member belongs."""
        counts = np.diff(self.start)
        full = np.flatnonzero(counts)
        return np.repeat(full, counts[full])

    def rows(self, at: Array) -> Array:
        """The rows to which some members belong."""
        return np.searchsorted(self.start, at, "right") - 1


class Batch:
    """The columns of a batch whose first row has the number `row`."""

    def __init__(self, memory: Memory, table: pa.Table, row: int) -> None:
        self.memory, self.row, self.n = memory, row, table.num_rows
        self.columns: dict[str, pa.Array] = {}
        self.by_right: dict[str, pa.Array] = {}
        self.bad = np.zeros(self.n, bool)
        for name, column in flat(table):
            self._place(name, column)

    def _place(self, column: str, values: pa.Array) -> None:
        if own(column):
            return
        found = name_of(column)
        if found is None:
            self.unknown(column)
        elif found.right:
            self.by_right[found.right] = values
        else:
            self.columns[found.name] = values

    # ---- codes ---------------------------------------------------------------------------------------------------
    def codes(
        self, name: str, values: pa.Array | None, reader: Reader, code: Callable[[Any], int], of: Members | None = None,
        *, untold: int = 0, dtype: Any = np.int16,
    ) -> Array:  # fmt: skip
        """A column as codes; `of`: the lists of whose members it tells."""
        if values is None:
            return np.full(of.n if of else self.n, untold, dtype)
        return self.several(name, values, reader, code, of, untold=untold, dtype=dtype)[0]

    def several(
        self, name: str, values: pa.Array, reader: Reader, code: Callable[[Any], Code], of: Members | None = None,
        *, untold: Code, dtype: Any = np.int32,
    ) -> list[Array]:  # fmt: skip
        """A column as codes of several numbers: an array for each."""
        places, mask, words = self.memory.joined(name)(values) if is_list(values) else coded(values)
        said = self.memory.known(name, reader, code, untold, dtype).of(words)
        self._tell(name, said, places, mask, of)
        return [only(one.take(places, mode="wrap"), mask, int(one[-1])) for one in said.codes]

    def _tell(self, name: str, said: Said, places: Array, mask: Array | None, of: Members | None) -> None:
        """Note what is wrong with the words of a column."""
        if said.wrong is None:
            return
        wrong = said.wrong.take(places, mode="wrap")
        at = np.flatnonzero(wrong if mask is None else wrong & mask)
        for n in at[: self.memory.refused.kept]:
            row = self.row + int(n if of is None else of.rows(n))
            for problem in said.problems[places[n]]:
                self.memory.refused.tell(row, name, problem)
        whole = np.array([any(p.whole for p in problems) for problems in said.problems])[places[at]]
        self.bad[at[whole] if of is None else of.rows(at[whole])] = True
        fields_ = np.array([sum(not p.whole for p in problems) for problems in said.problems])[places[at]]
        if fields_.any():
            self.memory.refused.fields[name] += int(fields_.sum())

    # ---- days ----------------------------------------------------------------------------------------------------
    def days(self, name: str, values: pa.Array | None, of: Members | None = None) -> Days:
        """A column of days, or of texts that name them."""
        if values is None:
            n = of.n if of else self.n
            return Days(np.zeros(n, bool), np.full(n, FIRST, np.int32), np.full(n, LAST, np.int32))
        if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
            return _dates(values.cast(pa.date32()))
        first, last = self.several(name, values, fields.day, _ends, of, untold=(FIRST, LAST))
        return Days((first > FIRST) | (last < LAST), first, last)

    def drop(self, name: str, day: Days, wrong: Array, of: Members | None, reason: str) -> None:
        """Forget some days, for a reason."""
        if wrong.any():
            self.warn(name, wrong, of, reason)
            day.told = day.told & ~wrong
            day.first, day.last = only(day.first, ~wrong, FIRST), only(day.last, ~wrong, LAST)

    # ---- refusals ------------------------------------------------------------------------------------------------
    def warn(self, name: str, wrong: Array, of: Members | None, reason: str) -> None:
        """A field counts as unknown where `wrong` holds."""
        at = np.flatnonzero(wrong)
        if len(at):
            self._note(name, Problem("", reason), at if of is None else of.rows(at))
            self.memory.refused.fields[name] += len(at)

    def refuse(self, name: str, wrong: Array, reason: str) -> None:
        """The rows are refused where `wrong` holds."""
        at = np.flatnonzero(wrong)
        self._note(name, Problem("", reason, True), at)
        self.bad[at] = True

    def _note(self, name: str, problem: Problem, rows: Array) -> None:
        for row in rows[: self.memory.refused.kept]:
            self.memory.refused.tell(self.row + int(row), name, problem)

    def unknown(self, column: str) -> None:
        """A column that means nothing here is told once."""
        seen = self.memory.told_columns
        if column not in seen:
            seen.add(column)
            self.memory.refused.tell(None, column, Problem("", suggest(column)))

    # ---- lists ---------------------------------------------------------------------------------------------------
    def members(self, name: str) -> Members:
        """The members of a column of structs in lists. Raises Unreadable where it is something else."""
        values = self.columns.get(name)
        if values is None:
            return Members({}, np.zeros(self.n + 1, np.int64))
        if not is_list(values):
            raise Unreadable(f"column {name} holds {values.type}; accepted is a list of structs")
        counts, inner = lists(values)
        start = np.concatenate([[0], np.cumsum(counts)])
        if not pa.types.is_struct(inner.type):
            if len(inner):
                raise Unreadable(f"column {name} holds lists of {inner.type}; accepted is a list of structs")
            return Members({}, start)
        found = {}
        for field, column in zip(inner.type, inner.flatten(), strict=True):
            full = name_of(f"{name}.{field.name}")
            if full is not None and full.name.startswith(f"{name}."):
                found[full.name.removeprefix(f"{name}.")] = column
            elif not own(f"{name}.{field.name}"):
                self.unknown(f"{name}.{field.name}")
        return Members(found, start)


def _ends(day: Interval) -> tuple[int, int]:
    return day.first.toordinal(), day.last.toordinal()


def _dates(values: pa.Array) -> Days:
    """Whole days; one outside the calendar counts as not told."""
    mask = told(values)
    day = only(numbers(values, np.int32), mask, 0)
    if len(day) and (day.min() < _FIRST or day.max() > _LAST):
        inside = (day >= _FIRST) & (day <= _LAST)
        mask = inside if mask is None else mask & inside
        day = only(day, mask, 0)
    day = day + np.int32(EPOCH)
    known = np.ones(len(day), bool) if mask is None else mask
    return Days(known, only(day, mask, FIRST), only(day, mask, LAST))
