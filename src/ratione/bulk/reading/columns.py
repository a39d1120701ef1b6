"""Arrow batches of complaints as columns of codes and days, with what had to be refused.

One vocabulary (docs/complaint.md): columns under their dotted or short names, or structs; `acts` and
`other_procedures` as lists of structs, or one act a row with rows of the same id together. Every distinct word is read
once, by the readers of `complaint.fields`, so that nothing is understood here that is not understood there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ratione import law
from ratione.bulk import Unreadable
from ratione.bulk.arrays.calendar import FIRST, LAST
from ratione.bulk.arrays.offsets import members, starts
from ratione.bulk.facts.docket import Days, Docket
from ratione.bulk.facts.words import Interner
from ratione.bulk.reading import listed
from ratione.bulk.reading.arrow import Joined, told
from ratione.bulk.reading.batch import Batch
from ratione.bulk.reading.reader import Code, ColumnWords
from ratione.bulk.reading.refused import KEPT, Refused
from ratione.bulk.rules.compiled import Compiled
from ratione.complaint import fields
from ratione.complaint.columns import WHOLE
from ratione.complaint.fields import Problem, Reader, Vocabulary
from ratione.complaint.model import CODES, DAYS, FACTS
from ratione.complaint.names import StateNames

__all__ = ["KEPT", "Reading"]
Array = Any
_NOT_TOLD = "not told; accepted is a value such as {}"


class Reading:
    """Reads batches for one kernel, and keeps what it learns of their words."""

    def __init__(self, tables: Compiled, file: str = "", kept: int | None = KEPT) -> None:
        self.tables = tables
        self.vocabulary = Vocabulary(StateNames(tables.registry.states), law.rights())
        self.refused = Refused(file, kept)
        self.told_columns: set[str] = set()
        self.respondents, self.rights = Interner([()]), Interner()
        self._known: dict[str, ColumnWords] = {}
        self._joined = defaultdict[str, Joined](Joined)

    @property
    def learned(self) -> int:
        """How many lists of respondents and of rights are kept."""
        return len(self.respondents) + len(self.rights)

    def known(self, name: str, reader: Reader, code: Callable[[Any], Code], untold: Code, dtype: Any) -> ColumnWords:
        """The words of a column."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = ColumnWords(reader, self.vocabulary, code, untold, dtype)
        return found

    def joined(self, name: str) -> Joined:
        """The lists of a column."""
        return self._joined[name]

    def batch(self, table: pa.Table, row: int = 1) -> tuple[Docket, pa.Array]:
        """The docket of a batch whose first row has the number `row`, and the ids of its complaints."""
        batch = Batch(self, table, row)
        ids = _ids(batch)
        docket = self._docket(batch)
        kept = np.flatnonzero(~batch.bad)
        self.refused.rows += batch.n - len(kept)
        return (docket, ids) if len(kept) == batch.n else (docket.take(kept), ids.take(pa.array(kept)))

    # ---- the whole complaint -------------------------------------------------------------------------------------
    def _docket(self, batch: Batch) -> Docket:
        tables, words, columns = self.tables, self.tables.words, batch.columns
        respondent_start, respondent = self._respondents(batch)
        nothing = np.zeros(batch.n, np.int16)
        facts = {
            name: batch.codes(name, columns[name], WHOLE[name], words.closed[name].codes.__getitem__)
            if name in columns else nothing for name in FACTS
        }  # fmt: skip
        sets = {name: batch.codes(name, columns.get(name), WHOLE[name], self._set, dtype=np.int32) for name in CODES}
        days = {name: batch.days(name, columns.get(name)) for name in DAYS}
        acts, act_start = listed.acts(batch, words, self.vocabulary.states)
        elsewhere = listed.procedures(batch, words, tables.procedures, self.rights)
        remedies = batch.codes("remedies", columns.get("remedies"), WHOLE["remedies"], self._remedy)
        profile, exhausted = self._profiles(batch, remedies, elsewhere.put_there)
        _in_order(batch, days, acts.first, act_start)
        return Docket(batch.n, respondent_start, respondent, act_start, acts, facts, sets, days, remedies, exhausted,
                      profile, elsewhere.lists, elsewhere.used, elsewhere.ended)  # fmt: skip

    def _set(self, codes: tuple[str, ...]) -> int:
        words = self.tables.words
        return words.sets(tuple(sorted(map(words.states, codes))))

    def _remedy(self, word: str) -> int:
        return self.tables.words.closed["remedies"].codes[word]

    def _respondents(self, batch: Batch) -> tuple[Array, Array]:
        """The States complained of, by offsets; a row without any is refused."""
        words = self.tables.words

        def code(states: tuple[str, ...]) -> int:
            return self.respondents(tuple(map(words.states, states))) - 1

        codes = batch.codes("respondent", batch.columns["respondent"], fields.respondents, code, dtype=np.int32)
        several = self.respondents.values[1:]
        counts = np.array([len(states) for states in several], np.int64)
        member = np.array([state for states in several for state in states], np.int32)
        each = counts[codes]
        batch.refuse("respondent", (each == 0) & ~batch.bad, _NOT_TOLD.format("RUS"))
        offsets = starts(counts)
        if (each == 1).all():
            return np.arange(batch.n + 1), member[offsets[codes]]
        return starts(each), member[members(offsets, codes)[0]]

    # ---- rights and remedies -------------------------------------------------------------------------------------
    def _profiles(self, batch: Batch, remedies: Array, put_there: dict[int, Any]) -> tuple[Array, Array]:
        """What the rights of each complaint come to, and whether every remedy that is told is exhausted."""
        profiles, closed = self.tables.profiles, self.tables.words.closed["remedies"]
        exhausted = remedies == closed.codes["exhausted"]
        untold = profiles.profile(None, (), ()), 0
        values = batch.columns.get("rights")
        if values is None:
            profile, rights = np.full(batch.n, untold[0], np.int32), np.zeros(batch.n, np.int32)
        else:
            profile, rights = batch.several("rights", values, fields.rights, self._plain, untold=untold)
        by_right = self._by_right(batch)
        for row in sorted(put_there.keys() | by_right.keys()):
            own = by_right.get(row, {})
            told_ = {**({"*": closed.values[remedies[row]]} if remedies[row] else {}), **own}
            exhausted[row] = set(told_.values()) == {"exhausted"}
            pairs = tuple(sorted(told_.items())) if own else ()
            profile[row] = profiles.profile(self.rights.values[rights[row]], pairs, put_there.get(row, ()))
        return profile, exhausted

    def _plain(self, rights: tuple[str, ...]) -> tuple[int, int]:
        """The profile of some rights with which nothing else hangs, and their own number."""
        return self.tables.profiles.profile(rights, (), ()), self.rights(rights)

    def _by_right(self, batch: Batch) -> dict[int, dict[str, str]]:
        """By row: the remedies that are told for single rights."""
        found: dict[int, dict[str, str]] = {}
        names = self.tables.words.closed["remedies"].values
        for written, values in batch.by_right.items():
            problems: list[Problem] = []
            right = "*" if written == "*" else fields.right(written, self.vocabulary, problems)
            if right is None:
                batch.unknown(f"remedies.{written}")
                continue
            codes = batch.codes("remedies", values, WHOLE["remedies"], self._remedy)
            for row in np.flatnonzero(codes):
                found.setdefault(int(row), {})[right] = names[codes[row]]
        return found


def _ids(batch: Batch) -> pa.Array:
    """The ids, without blanks around them; a row without one is refused."""
    for name in ("id", "respondent"):
        if name not in batch.columns:
            raise Unreadable(f"no column is called {name}; columns are {', '.join(sorted(batch.columns))}")
    ids = batch.columns["id"]
    ids = ids.cast(pa.string()) if not pa.types.is_floating(ids.type) else ids.cast(pa.int64()).cast(pa.string())
    if _blanks(ids):
        ids = pc.utf8_trim_whitespace(ids)
    missing = np.diff(_offsets(ids)) == 0
    mask = told(ids)
    batch.refuse("id", missing if mask is None else missing | ~mask, _NOT_TOLD.format("2022-017"))
    return ids


def _offsets(texts: pa.Array) -> Array:
    if not len(texts):
        return np.zeros(1, np.int32)
    return np.frombuffer(texts.buffers()[1], np.int32, len(texts) + 1, 4 * texts.offset)


def _blanks(texts: pa.Array) -> bool:
    """Whether a text may begin or end with a blank: with a byte that is no visible sign of ASCII."""
    offsets = _offsets(texts)
    data = texts.buffers()[2]
    if data is None or offsets[0] == offsets[-1]:
        return False
    letters = np.frombuffer(data, np.uint8)[: offsets[-1]]
    full = offsets[1:] > offsets[:-1]
    ends = letters[np.concatenate([offsets[:-1][full], offsets[1:][full] - 1])]
    return bool(((ends <= ord(" ")) | (ends > ord("~"))).any())


# ---- days that cannot both be right ----------------------------------------------------------------------------------
def _in_order(batch: Batch, days: dict[str, Days], begun: Days, act_start: Array) -> None:
    """Forget the later of two days where it lies before the earlier one."""

    def before(name: str, earlier: Days, reason: str) -> None:
        later = days[name]
        batch.drop(name, later, later.told & earlier.told & (later.last < earlier.first), None, reason)

    for name in ("final_decision.served", "final_decision.available"):
        before(name, days["final_decision.taken"], "lies before the decision")
    first = _earliest(begun, act_start)
    before("lodged.sent", first, "lies before the first act")
    before("lodged.received", first, "lies before the first act")
    before("lodged.received", days["lodged.sent"], "lies before the day of sending")


def _earliest(begun: Days, start: Array) -> Days:
    """Of each complaint the act that can have begun first, as far as its first day is known."""
    counts = np.diff(start)
    first = np.append(begun.first, np.int32(FIRST))[start[:-1]]
    if not counts.all():
        first[counts == 0] = FIRST
    rows, n = np.flatnonzero(counts > 1), 1
    while len(rows):
        first[rows] = np.minimum(first[rows], begun.first[start[rows] + n])
        n += 1
        rows = rows[counts[rows] > n]
    return Days(first > FIRST, first, np.full(len(counts), LAST, np.int32))
