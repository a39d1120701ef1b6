"""The lists of a complaint as columns: its acts, and the procedures elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ratione.bulk.facts.docket import NONE, SAME, UNTOLD, Acts, Days, Procedures
from ratione.bulk.facts.words import NO, YES, Interner, Words
from ratione.bulk.reading.arrow import is_list, only, told
from ratione.bulk.reading.batch import Batch, Members
from ratione.complaint import fields
from ratione.complaint.columns import ACT, PROCEDURE
from ratione.complaint.fields import Problem, Vocabulary
from ratione.complaint.names import StateNames

Array = Any
_INSTANT, _CONTINUING = 1, 2  # codes of ACT_KINDS


# ---- acts ------------------------------------------------------------------------------------------------------------
def acts(batch: Batch, words: Words, names: StateNames) -> tuple[Acts, Array]:
    """The acts of all complaints, and their offsets."""
    of = batch.members("acts")
    yes_no = words.closed["act.ongoing"].codes

    def code(name: str, known: dict[Any, int]) -> Array:
        return batch.codes(f"acts.{name}", of.fields.get(name), ACT[name], known.__getitem__, of)

    first, last = (batch.days(f"acts.{name}", of.fields.get(name), of) for name in ("from", "to"))
    backwards = first.told & last.told & (last.last < first.first)
    batch.drop("acts.to", last, backwards, of, "lies before the first day of the act")
    kind = code("kind", words.closed["act.kind"].codes)
    if "continuing" in of.fields:
        kind = _kind(batch, of, kind, code("continuing", yes_no), first, last)
    _one_day(kind, first, last)
    place, written = _places(batch, of, words, names)
    found = Acts(
        first, last, kind, code("ongoing", yes_no), place, written, code("control", words.controls.codes),
        code("attributable", yes_no),
    )  # fmt: skip
    return found, of.start


def _kind(batch: Batch, of: Members, kind: Array, continuing: Array, first: Days, last: Days) -> Array:
    """The kind of each act, where the short form `continuing` is told beside it."""
    against = ((continuing == YES) & (kind == _INSTANT)) | ((continuing == NO) & (kind == _CONTINUING))
    batch.warn("acts.continuing", against, of, "contradicts the kind; neither is taken")
    kind, continuing = only(kind, ~against, 0), only(continuing, ~against, 0)
    same = (first.first == last.first) & (first.last == last.last)
    one_day = ~first.told | ~last.told | same
    kind = only(kind, ~((kind == 0) & (continuing == YES)), _CONTINUING)
    return only(kind, ~((kind == 0) & (continuing == NO) & one_day), _INSTANT)


def _one_day(kind: Array, first: Days, last: Days) -> None:
    """An instantaneous act has one day: where one end is told, it is the other too. `told` stays as written."""
    from_last, from_first = (np.flatnonzero((kind == _INSTANT) & ~told_) for told_ in (first.told, last.told))
    low, high = first.first, first.last
    first.first, first.last = _put(low, from_last, last.first), _put(high, from_last, last.last)
    last.first, last.last = _put(last.first, from_first, low), _put(last.last, from_first, high)


def _put(values: Array, at: Array, others: Array) -> Array:
    """A column with the values of another in some places."""
    found = values.copy()
    found[at] = others[at]
    return found


def _places(batch: Batch, of: Members, words: Words, names: StateNames) -> tuple[Array, Array]:
    """The place of each act as a code, and whether anything is written of it."""

    def code(text: Any) -> tuple[int, int]:
        found = names.place(text)
        return words.places(found) if found else 0, 1

    values = of.fields.get("place")
    if values is None:
        return np.zeros(of.n, np.int32), np.zeros(of.n, bool)
    place, written = batch.several("acts.place", values, ACT["place"], code, of, untold=(0, 0))
    return place, written > 0


# ---- procedures elsewhere --------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Elsewhere:
    """The columns of a docket on procedures elsewhere; by row, where it is told, what rights were put there."""

    lists: Array
    used: Array
    ended: Days
    put_there: dict[int, Any]


def procedures(batch: Batch, words: Words, known: Procedures, rights: Interner) -> Elsewhere:
    """The procedures elsewhere of all complaints."""
    values = batch.columns.get("other_procedures")
    nobody = np.zeros(0, np.int64)
    nothing = nobody, batch.days("", None, Members({}, np.zeros(1, np.int64))), nobody
    if values is None:
        return Elsewhere(*known.columns(np.full(batch.n, UNTOLD, np.int32), *nothing), {})
    if not is_list(values):
        code = batch.codes("other_procedures", values, _none, lambda _: NONE, untold=UNTOLD, dtype=np.int32)
        return Elsewhere(*known.columns(code, *nothing), {})
    of = batch.members("other_procedures")
    lists = only(np.full(batch.n, NONE, np.int32), told(values), UNTOLD)
    if not of.n:
        return Elsewhere(*known.columns(lists, *nothing), {})
    forum, packed = _packed(batch, of, words)
    ended, filed = (batch.days(f"other_procedures.{name}", of.fields.get(name), of) for name in ("ended", "filed"))
    backwards = ended.told & filed.told & (ended.last < filed.first)
    batch.drop("other_procedures.ended", ended, backwards, of, "lies before the day of filing")
    real = np.flatnonzero(forum > 0)
    owner = of.owner()[real]
    put_there = _rights_put(batch, of, rights, real, owner)
    return Elsewhere(*known.columns(lists, packed[real], ended.take(real), owner), put_there)


def _packed(batch: Batch, of: Members, words: Words) -> tuple[Array, Array]:
    """The forum of each procedure (-1: the word `none` in place of one), and its words as a number."""

    def code(name: str, known: Callable[[Any], int], untold: int = 0) -> Array:
        values = of.fields.get(name)
        return batch.codes(f"other_procedures.{name}", values, PROCEDURE[name], known, of, untold=untold)

    fora = words.fora.codes
    forum = code("forum", lambda name: -1 if name.casefold() == "none" else fora.get(name, 1), 1)
    packed = np.maximum(forum, 1).astype(np.int64) * 8 + code("status", words.statuses.codes.__getitem__)
    yes_no = words.closed["act.ongoing"].codes.__getitem__
    for name in (*SAME, "by_third_party"):
        packed = packed * 3 + code(name, yes_no)
    return forum, packed


def _rights_put(batch: Batch, of: Members, rights: Interner, real: Array, owner: Array) -> dict[int, Any]:
    """By row: the rights put in each procedure, where any is told."""
    values = of.fields.get("rights")
    if values is None:
        return {}
    name = "other_procedures.rights"
    codes = batch.codes(name, values, fields.rights, rights, of, dtype=np.int32)[real]
    told_rows = np.unique(owner[codes > 0])
    left, right = np.searchsorted(owner, told_rows), np.searchsorted(owner, told_rows, "right")
    return {
        int(row): tuple(rights.values[code] for code in codes[a:b])
        for row, a, b in zip(told_rows, left, right, strict=True)
    }


def _none(value: object, _: Vocabulary, problems: list[Problem]) -> str | None:
    """A text in place of the list of procedures: `none` says that there are none."""
    if fields.unknown(value):
        return None
    if str(value).strip().casefold() in ("none", "[]"):
        return "none"
    problems.append(Problem(value, "accepted is a list, or none"))
    return None
