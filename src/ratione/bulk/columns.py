"""Arrow batches of complaints as columns of codes and days, with what had to be refused.

One vocabulary (docs/complaint.md): columns under their dotted or short names, or structs; `acts` and
`other_procedures` as lists of structs, or one act a row with rows of the same id together. Every distinct word is read
once, by the readers of `complaint.fields`, so that nothing is understood here that is not understood there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ratione import law
from ratione.bulk.calendar import EPOCH, FIRST, LAST
from ratione.bulk.docket import NONE, SAME, UNTOLD, Acts, Days, Docket
from ratione.bulk.rows import starts
from ratione.bulk.words import NO, YES
from ratione.complaint import fields
from ratione.complaint.columns import ACT, GROUPS, PROCEDURE, WHOLE, name_of, own, suggest
from ratione.complaint.draft import Refusal
from ratione.complaint.fields import Problem, Reader, Vocabulary, shown
from ratione.complaint.model import CODES, DAYS, FACTS
from ratione.complaint.names import StateNames
from ratione.days import Interval

if TYPE_CHECKING:
    from ratione.bulk.tables import Tables

Array = Any
KEPT = 100  # refusals of a batch that are told one by one where not all are asked for; the rest is counted


@dataclass(slots=True)
class Refused:
    """What could not be read: some refusals one by one, and how many there were in all."""

    file: str
    kept: int | None = KEPT
    refusals: list[Refusal] = field(default_factory=list)
    rows: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    def clear(self) -> None:
        """Forget everything."""
        self.refusals.clear()
        self.fields.clear()
        self.rows = 0

    def tell(self, row: int | None, column: str, problem: Problem) -> None:
        """Note one refusal; of no row, where it is the whole column that is unknown."""
        if self.kept is None or len(self.refusals) < self.kept:
            reason = Refusal(self.file, row, column, shown(problem.value), problem.reason, problem.whole)
            self.refusals.append(reason)


class Reading:
    """Reads batches for one kernel."""

    def __init__(self, tables: Tables, file: str = "", kept: int | None = KEPT) -> None:
        self.tables = tables
        self.vocabulary = Vocabulary(StateNames(tables.registry.states), law.rights())
        self.refused = Refused(file, kept)
        self._read: dict[str, dict[Any, tuple[object, tuple[Problem, ...]]]] = {}
        self.told_columns: set[str] = set()

    # ---- words ---------------------------------------------------------------------------------------------------
    def word(self, name: str, reader: Reader, value: Any) -> tuple[object, tuple[Problem, ...]]:
        """What one written value says, and what is wrong with it; each distinct value is read once."""
        known = self._read.setdefault(name, {})
        if len(known) > 200_000:
            known.clear()
        found = known.get(value)
        if found is None:
            problems: list[Problem] = []
            said = reader(value, self.vocabulary, problems)
            found = known[value] = said, tuple(problems)
        return found

    def batch(self, table: pa.Table, row: int = 1) -> tuple[Docket, pa.Array]:
        """The docket of a batch whose first row has the number `row`, and the ids of its complaints."""
        return _Batch(self, table, row).docket()


class _Batch:
    def __init__(self, reading: Reading, table: pa.Table, row: int) -> None:
        self.reading, self.row, self.n = reading, row, table.num_rows
        self.columns: dict[str, pa.Array] = {}
        self.by_right: dict[str, pa.Array] = {}
        self.bad = np.zeros(self.n, bool)
        for name, column in _flat(table):
            self._place(name, column)

    def _place(self, column: str, values: pa.Array) -> None:
        if own(column):
            return
        found = name_of(column)
        if found is None:
            self._unknown(column)
        elif found.right:
            self.by_right[found.right] = values
        else:
            self.columns[found.name] = values

    # ---- reading columns -----------------------------------------------------------------------------------------
    def _codes(
        self, name: str, values: pa.Array | None, reader: Reader, code: Callable[[Any], Any],
        rows: Array | None = None, untold: int = 0,
    ) -> Array:  # fmt: skip
        """A column as codes. `rows`: for each value the row of the file, counted from 0."""
        if values is None:
            return np.full(self.n if rows is None else len(rows), untold, np.int32)
        indices, words = _dictionary(values)
        said = [self.reading.word(name, reader, word) for word in words]
        table = np.array([*(untold if value is None else code(value) for value, _ in said), untold], np.int32)
        for n, (_, problems) in enumerate(said):
            for problem in problems:
                self._refuse(name, problem, np.flatnonzero(indices == n), rows)
        return table[indices]

    def _refuse(self, name: str, problem: Problem, at: Array, rows: Array | None) -> None:
        at = at if rows is None else rows[at]
        refused = self.reading.refused
        for row in at[: refused.kept]:
            refused.tell(self.row + int(row), name, problem)
        if problem.whole:
            self.bad[at] = True
        else:
            refused.fields[name] += len(at)

    def _days(self, name: str, values: pa.Array | None, rows: Array | None = None) -> Days:
        n = self.n if rows is None else len(rows)
        if values is None:
            return Days(np.zeros(n, bool), np.full(n, FIRST, np.int32), np.full(n, LAST, np.int32))
        if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
            days = values.cast(pa.date32()).cast(pa.int32())
            told = np.asarray(days.is_valid())
            day = days.fill_null(0).to_numpy(zero_copy_only=False) + EPOCH
            told = told & (day >= FIRST) & (day <= LAST)
            first, last = np.where(told, day, FIRST), np.where(told, day, LAST)
            return Days(told, first.astype(np.int32), last.astype(np.int32))
        first = self._codes(name, values, fields.day, _first, rows, FIRST)
        indices, words = _dictionary(values)
        said = [self.reading.word(name, fields.day, word)[0] for word in words]
        last = np.array([*(LAST if d is None else _last(d) for d in said), LAST], np.int32)[indices]  # type: ignore[arg-type]
        return Days((first > FIRST) | (last < LAST), first, last)

    # ---- the whole complaint -------------------------------------------------------------------------------------
    def docket(self) -> tuple[Docket, pa.Array]:
        """The columns of all complaints that could be read, and their ids."""
        words, columns = self.reading.tables.words, self.columns
        ids = self._ids()
        respondent = self._texts("respondent", fields.respondents, lambda codes: tuple(map(words.states, codes)))
        for row in np.flatnonzero(np.array([not r for r in respondent], bool) & ~self.bad):
            problem = Problem("", "not told; accepted is a value such as RUS", True)
            self._refuse("respondent", problem, np.array([row]), None)
        facts = {
            name: self._codes(name, columns.get(name), WHOLE[name], words.closed[name].codes.__getitem__)
            .astype(np.int16)
            for name in FACTS
        }  # fmt: skip
        sets = {name: self._sets(name) for name in CODES}
        days = {name: self._days(name, columns.get(name)) for name in DAYS}
        acts, act_start = self._acts()
        procedures, put_there = self._procedures()
        told = self._codes("remedies", columns.get("remedies"), WHOLE["remedies"], self._remedy)
        profile, exhausted = self._profiles(told, put_there)
        self._in_order(days, acts, act_start)
        kept = np.flatnonzero(~self.bad)
        counts = np.array([len(r or ()) for r in respondent], np.int64)
        members = np.array([s for r in respondent for s in r or ()], np.int32)
        docket = Docket(self.n, starts(counts), members, act_start, acts, facts, sets, days, told.astype(np.int16),
                        exhausted, profile, procedures)  # fmt: skip
        self.reading.refused.rows += self.n - len(kept)
        if len(kept) == self.n:
            return docket, ids
        return docket.take(kept), ids.take(pa.array(kept))

    def _remedy(self, word: str) -> int:
        return self.reading.tables.words.closed["remedies"].codes[word]

    def _ids(self) -> pa.Array:
        for name in ("id", "respondent"):
            if name not in self.columns:
                raise ValueError(f"no column is called {name}; columns are {', '.join(sorted(self.columns))}")
        ids = self.columns["id"]
        ids = ids.cast(pa.string()) if not pa.types.is_floating(ids.type) else ids.cast(pa.int64()).cast(pa.string())
        ids = pc.utf8_trim_whitespace(ids)
        for row in np.flatnonzero(~np.asarray(pc.fill_null(pc.greater(pc.utf8_length(ids), 0), False))):
            problem = Problem("", "not told; accepted is a value such as 2022-017", True)
            self._refuse("id", problem, np.array([row]), None)
        return ids

    def _texts(self, name: str, reader: Reader, code: Callable[[Any], Any]) -> list[Any]:
        """A column of lists, or of text with `;`, as one value a row; None where nothing is told."""
        values = self.columns.get(name)
        if values is None:
            return [None] * self.n
        kept: list[Any] = [None]
        rows = self._codes(name, _joined(values), reader, lambda said: _keep(kept, code(said)))
        return [kept[row] for row in rows]

    def _sets(self, name: str) -> Array:
        words = self.reading.tables.words
        values = self.columns.get(name)
        joined = None if values is None else _joined(values)
        return self._codes(
            name, joined, fields.nationalities, lambda codes: words.sets(tuple(sorted(map(words.states, codes))))
        )

    # ---- lists ---------------------------------------------------------------------------------------------------
    def _members(self, name: str) -> tuple[dict[str, pa.Array], Array, Array]:
        """The members of a list column by field, their offsets, and the row of each."""
        values = self.columns.get(name)
        if values is None:
            return {}, np.zeros(self.n + 1, np.int64), np.zeros(0, np.int64)
        if not (pa.types.is_list(values.type) or pa.types.is_large_list(values.type)):
            raise ValueError(f"column {name} holds {values.type}; accepted is a list of structs")
        counts = np.asarray(pc.fill_null(pc.list_value_length(values), 0)).astype(np.int64)
        inner = values.flatten()
        if not pa.types.is_struct(inner.type):
            if len(inner):
                raise ValueError(f"column {name} holds lists of {inner.type}; accepted is a list of structs")
            return {}, starts(counts), np.zeros(0, np.int64)
        found = {}
        for field_, column in zip(inner.type, inner.flatten(), strict=True):
            name_ = name_of(f"{name}.{field_.name}")
            if name_ is not None and name_.name.startswith(f"{name}."):
                found[name_.name.removeprefix(f"{name}.")] = column
            elif not own(f"{name}.{field_.name}"):
                self._unknown(f"{name}.{field_.name}")
        return found, starts(counts), np.repeat(np.arange(self.n), counts)

    def _acts(self) -> tuple[Acts, Array]:
        found, start, rows = self._members("acts")
        words = self.reading.tables.words
        n = len(rows)

        def code(name: str, known: Any) -> Array:
            return self._codes(f"acts.{name}", found.get(name), ACT[name], known.__getitem__, rows).astype(np.int16)

        first, last = self._days("acts.from", found.get("from"), rows), self._days("acts.to", found.get("to"), rows)
        yes_no = words.closed["act.ongoing"].codes
        kind, continuing = code("kind", words.closed["act.kind"].codes), code("continuing", yes_no)
        backwards = first.told & last.told & (last.last < first.first)
        self._drop("acts.to", last, backwards, rows, "lies before the first day of the act")
        against = ((continuing == YES) & (kind == 1)) | ((continuing == NO) & (kind == 2))
        self._warn("acts.continuing", against, rows, "contradicts the kind; neither is taken")
        kind, continuing = np.where(against, 0, kind), np.where(against, 0, continuing)
        same = (first.first == last.first) & (first.last == last.last)
        kind = np.where((kind == 0) & (continuing == YES), 2, kind)
        one_day = ~first.told | ~last.told | same
        kind = np.where((kind == 0) & (continuing == NO) & one_day, 1, kind).astype(np.int16)
        stated = last.told.copy()
        from_last, from_first = (kind == 1) & ~first.told, (kind == 1) & ~last.told
        before = first.first.copy(), first.last.copy()
        first.first, first.last = np.where(from_last, last.first, before[0]), np.where(from_last, last.last, before[1])
        last.first, last.last = np.where(from_first, before[0], last.first), np.where(from_first, before[1], last.last)
        self.act_begun = Days(first.told, *before)
        last.told = stated
        place = self._places(found.get("place"), rows)
        written = np.zeros(n, bool) if "place" not in found else ~np.asarray(self._blank("acts.place", found["place"]))
        return Acts(
            first, last, kind, code("ongoing", yes_no), place, written, code("control", words.controls.codes),
            code("attributable", yes_no),
        ), start  # fmt: skip

    def _places(self, values: pa.Array | None, rows: Array) -> Array:
        words, names = self.reading.tables.words, self.reading.vocabulary.states

        def code(text: Any) -> int:
            found = names.place(text)
            return words.places(found) if found else 0

        return self._codes("acts.place", values, ACT["place"], code, rows)

    def _blank(self, name: str, values: pa.Array) -> Array:
        """Whether nothing is told, for each value of a text column."""
        indices, words = _dictionary(values)
        said = [self.reading.word(name, ACT["place"], word)[0] is None for word in words]
        return np.array([*said, True], bool)[indices]

    def _procedures(self) -> tuple[Array, list[Any]]:
        """The code of each list of procedures, and for each row what rights were put to the other bodies."""
        values = self.columns.get("other_procedures")
        nothing: list[Any] = [()] * self.n
        if values is None:
            return np.full(self.n, UNTOLD, np.int32), nothing
        if not (pa.types.is_list(values.type) or pa.types.is_large_list(values.type)):
            none = self._codes("other_procedures", values, _none, lambda _: NONE, untold=UNTOLD)
            return none.astype(np.int32), nothing
        found, start, rows = self._members("other_procedures")
        if not len(rows):
            return np.where(np.asarray(values.is_valid()), NONE, UNTOLD).astype(np.int32), nothing
        words = self.reading.tables.words

        def code(name: str, known: Callable[[Any], Any], untold: int = 0) -> Array:
            return self._codes(f"other_procedures.{name}", found.get(name), PROCEDURE[name], known, rows, untold)

        fora = words.fora.codes
        forum = code("forum", lambda name: -1 if name.casefold() == "none" else fora.get(name, 1), 1)
        packed = np.maximum(forum, 1).astype(np.int64) * 8 + code("status", words.statuses.codes.__getitem__)
        yes_no = words.closed["act.ongoing"].codes.__getitem__
        for name in (*SAME, "by_third_party"):
            packed = packed * 3 + code(name, yes_no)
        ended = self._days("other_procedures.ended", found.get("ended"), rows)
        filed = self._days("other_procedures.filed", found.get("filed"), rows)
        backwards = ended.told & filed.told & (ended.last < filed.first)
        self._drop("other_procedures.ended", ended, backwards, rows, "lies before the day of filing")
        rights = self._rights_put(found.get("rights"), rows)
        lists = np.where(np.asarray(values.is_valid()), NONE, UNTOLD).astype(np.int32)
        counts = np.diff(start)
        real = forum > 0
        members = list(zip(packed.tolist(), ended.first.tolist(), ended.last.tolist(), strict=True))
        of = self.reading.tables.procedures.of
        for row in np.flatnonzero(counts):
            held = [n for n in range(start[row], start[row + 1]) if real[n]]
            if held:
                lists[row] = of(tuple(members[n] for n in held))
                if rights is not None and any(rights[n] is not None for n in held):
                    nothing[row] = tuple(rights[n] for n in held)
        return lists, nothing

    def _rights_put(self, values: pa.Array | None, rows: Array) -> list[Any] | None:
        if values is None:
            return None
        kept: list[Any] = [None]
        codes = self._codes("other_procedures.rights", _joined(values), fields.rights,
                            lambda said: _keep(kept, said), rows)  # fmt: skip
        return [kept[code] for code in codes]

    # ---- rights and remedies -------------------------------------------------------------------------------------
    def _profiles(self, told: Array, put_there: list[Any]) -> tuple[Array, Array]:
        """What the rights of each complaint come to, and whether every remedy that is told is exhausted."""
        profiles, words = self.reading.tables.profiles, self.reading.tables.words
        exhausted = told == words.closed["remedies"].codes["exhausted"]
        rights = self._texts("rights", fields.rights, lambda said: said)
        distinct: dict[Any, int] = {}
        found = np.array([distinct.setdefault(r, len(distinct)) for r in rights], np.int32)
        plain = np.array([profiles.profile(r, (), ()) for r in distinct] or [0], np.int32)[found]
        by_right = self._by_right()
        odd = [row for row in range(self.n) if put_there[row] or by_right.get(row)]
        names = words.closed["remedies"].values
        for row in odd:
            own_remedies = by_right.get(row, {})
            everywhere = {"*": names[told[row]]} if told[row] else {}
            remedies = {**everywhere, **own_remedies}
            exhausted[row] = set(remedies.values()) == {"exhausted"}
            pairs = tuple(sorted(remedies.items())) if own_remedies else ()
            plain[row] = profiles.profile(rights[row], pairs, put_there[row])
        return plain, exhausted

    def _by_right(self) -> dict[int, dict[str, str]]:
        """By row: the remedies that are told for single rights."""
        found: dict[int, dict[str, str]] = {}
        for written, values in self.by_right.items():
            problems: list[Problem] = []
            right = "*" if written == "*" else fields.right(written, self.reading.vocabulary, problems)
            if right is None:
                self._unknown(f"remedies.{written}")
                continue
            codes = self._codes("remedies", values, WHOLE["remedies"], self._remedy)
            names = self.reading.tables.words.closed["remedies"].values
            for row in np.flatnonzero(codes):
                found.setdefault(int(row), {})[right] = names[codes[row]]
        return found

    # ---- days that cannot both be right --------------------------------------------------------------------------
    def _in_order(self, days: dict[str, Days], acts: Acts, act_start: Array) -> None:
        """Forget the later of two days where it lies before the earlier one."""
        taken = days["final_decision.taken"]
        for name in ("final_decision.served", "final_decision.available"):
            self._before(name, days[name], taken, "lies before the decision")
        first = _earliest(self.act_begun, act_start)
        self._before("lodged.sent", days["lodged.sent"], first, "lies before the first act")
        self._before("lodged.received", days["lodged.received"], first, "lies before the first act")
        self._before("lodged.received", days["lodged.received"], days["lodged.sent"], "lies before the day of sending")

    def _before(self, name: str, later: Days, earlier: Days, reason: str) -> None:
        wrong = later.told & earlier.told & (later.last < earlier.first)
        self._drop(name, later, wrong, None, reason)

    def _drop(self, name: str, day: Days, wrong: Array, rows: Array | None, reason: str) -> None:
        if wrong.any():
            self._warn(name, wrong, rows, reason)
            day.told = day.told & ~wrong
            day.first = np.where(wrong, FIRST, day.first).astype(np.int32)
            day.last = np.where(wrong, LAST, day.last).astype(np.int32)

    def _warn(self, name: str, wrong: Array, rows: Array | None, reason: str) -> None:
        if wrong.any():
            self._refuse(name, Problem("", reason), np.flatnonzero(wrong), rows)

    def _unknown(self, column: str) -> None:
        told = self.reading.told_columns
        if column not in told:
            told.add(column)
            self.reading.refused.tell(None, column, Problem("", suggest(column)))


def _keep(kept: list[Any], value: Any) -> int:
    """Put a value at the end of a list: its place there."""
    kept.append(value)
    return len(kept) - 1


def _none(value: object, _: Vocabulary, problems: list[Problem]) -> str | None:
    """A text in place of the list of procedures: `none` says that there are none."""
    if fields.unknown(value):
        return None
    if str(value).strip().casefold() in ("none", "[]"):
        return "none"
    problems.append(Problem(value, "accepted is a list, or none"))
    return None


def _first(day: Interval) -> int:
    return day.first.toordinal()


def _last(day: Interval) -> int:
    return day.last.toordinal()


def _earliest(begun: Days, start: Array) -> Days:
    """Of each complaint the act that can have begun first, as far as its first day is known."""
    n = len(start) - 1
    first, last = np.full(n, FIRST, np.int32), np.full(n, LAST, np.int32)
    full = np.flatnonzero(np.diff(start))
    if len(full):
        first[full] = np.minimum.reduceat(begun.first, start[:-1][full])
    return Days(first > FIRST, first, last)


def _joined(values: pa.Array) -> pa.Array:
    """A list of texts as one text with `;`."""
    if pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        return pc.binary_join(values.cast(pa.list_(pa.string())), ";")
    return values


def _dictionary(values: pa.Array) -> tuple[Array, list[Any]]:
    """For each value its place among the distinct ones (their number where it is null), and these."""
    coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    words = coded.dictionary.to_pylist()
    return coded.indices.cast(pa.int32()).fill_null(len(words)).to_numpy(zero_copy_only=False), words


def _flat(table: pa.Table) -> Iterator[tuple[str, pa.Array]]:
    """The columns of a table under their dotted names; a struct is its members."""
    for name in table.column_names:
        column = table.column(name)
        values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if isinstance(values, pa.ChunkedArray):
            values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.nulls(0, column.type)
        plain = name.strip().casefold()
        if pa.types.is_struct(values.type) and (plain in GROUPS or plain == "remedies"):
            for field_, inner in zip(values.type, values.flatten(), strict=True):
                yield f"{name}.{field_.name}", inner
        else:
            yield name, values
