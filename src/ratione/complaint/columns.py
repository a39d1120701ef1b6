"""The names under which the parts of a complaint are written, and the cells that both shapes of file come down to.

A JSON complaint is flattened to cells with dotted names (`final_decision.taken`, `acts.2.from`); a row of a table is
such cells already. `draft.py` makes a complaint of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ratione.complaint import fields
from ratione.complaint.fields import Reader, shown
from ratione.complaint.model import ACT_KINDS, CODES, CONTROLS, DAYS, FACTS, REMEDIES, STATUSES

#: What a complaint as a whole is told by; the reader of each.
WHOLE: Mapping[str, Reader] = {
    "schema": fields.schema,
    "id": fields.identity,
    "respondent": fields.respondents,
    "rights": fields.rights,
    "remedies": fields.one_of(REMEDIES),
    **{name: fields.one_of(words) if words != ("yes", "no") else fields.yes_no for name, words in FACTS.items()},
    **dict.fromkeys(CODES, fields.nationalities),
    **dict.fromkeys(DAYS, fields.day),
}
#: What one act is told by. `continuing` is the short form of `kind`.
ACT: Mapping[str, Reader] = {
    "from": fields.day,
    "to": fields.day,
    "ongoing": fields.yes_no,
    "kind": fields.one_of(ACT_KINDS),
    "place": fields.text,
    "control": fields.one_of(CONTROLS),
    "attributable": fields.yes_no,
    "continuing": fields.yes_no,
}
#: What one procedure elsewhere is told by.
PROCEDURE: Mapping[str, Reader] = {
    "forum": fields.forum,
    "status": fields.one_of(STATUSES),
    "filed": fields.day,
    "ended": fields.day,
    "same_person": fields.yes_no,
    "same_facts": fields.yes_no,
    "same_rights": fields.yes_no,
    "rights": fields.rights,
    "by_third_party": fields.yes_no,
}
LISTS: Mapping[str, Mapping[str, Reader]] = {"acts": ACT, "other_procedures": PROCEDURE}
#: Objects inside a complaint whose members are written with a dot.
GROUPS = frozenset(name.split(".")[0] for name in WHOLE if "." in name)
#: Short names and older names, by what they stand for.
ALIASES: Mapping[str, str] = {
    "applicant": "applicant.kind",
    "final_decision": "final_decision.taken",
    "notified": "final_decision.served",
    "lodged": "lodged.sent",
    "facts_from": "acts.from",
    "facts_to": "acts.to",
    **{name: f"acts.{name}" for name in ACT},
}
MEMBERS: Mapping[str, str] = {
    "facts_from": "from",
    "facts_to": "to",
    "filed_by_third_party_without_consent": "by_third_party",
}
_LIST = re.compile(r"(acts|other_procedures)(?:\.([1-9]\d{0,3}))?\.(.+)\Z", re.DOTALL)


class Listed:
    """The value of the cell that says that a member of a list is there, even if nothing is told in it."""


LISTED = Listed()


class Name(NamedTuple):
    """Where a column belongs: a name without number, the number of the list member (0: not told), the right."""

    name: str
    number: int = 0
    right: str = ""


class Cell(NamedTuple):
    """One value with the place where it stands. `at`: which member of a list, or which right of `remedies`."""

    name: str
    at: tuple[int | str, ...]
    column: str
    row: int | None
    value: object


def own(name: str) -> bool:
    """Whether it is a column of the user's own, kept through reading and writing."""
    folded = name.casefold()
    return folded.startswith("x_") or ".x_" in folded


@lru_cache(maxsize=4096)
def name_of(column: str) -> Name | None:
    """What a column of a table, or a key of a JSON complaint, stands for; None if nothing."""
    written = column.strip()
    if own(written):
        return _own(written)
    key = re.sub(r"\s+", "_", written.casefold())
    key = ALIASES.get(key, key)
    if found := _LIST.match(key):
        group, number, member = found.groups()
        member = MEMBERS.get(member, member)
        return Name(f"{group}.{member}", int(number or 0)) if member in LISTS[group] else None
    if key.startswith("remedies."):
        return Name("remedies", 0, written.partition(".")[2])
    return Name(key) if key in WHOLE or key in LISTS else None


def _own(written: str) -> Name:
    found = _LIST.match(written)
    if found and found[3][:2].casefold() == "x_":
        return Name(f"{found[1]}.{found[3]}", int(found[2] or 0))
    return Name(f"own.{written}")


@lru_cache(maxsize=256)
def suggest(column: str) -> str:
    """The reason with which an unknown column is refused."""
    from rapidfuzz import fuzz, process

    names = [*WHOLE, *ALIASES, *(f"{group}.{member}" for group, members in LISTS.items() for member in members)]
    near = process.extractOne(column.casefold()[:60], names, scorer=fuzz.ratio, score_cutoff=80.0)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"not a known column; own columns begin with x_{hint}"


def flatten(data: Mapping[object, object], row: int | None) -> Iterator[Cell]:
    """The cells of a JSON complaint, nested or short."""
    for key, value in data.items():
        column = key if isinstance(key, str) else shown(key)
        plain = column.strip().casefold()
        if plain in GROUPS and isinstance(value, Mapping):
            for member, inner in value.items():
                yield cell(f"{column}.{member}", row, inner)
        elif plain == "remedies" and isinstance(value, Mapping):
            for right, inner in value.items():
                yield cell(f"{column}.{right}", row, inner)
        elif plain in LISTS and isinstance(value, list | tuple) and value:
            yield from _members(plain, value, row)
        else:
            yield cell(column, row, value)


def cell(column: str, row: int | None, value: object) -> Cell:
    """The cell of a column; the name is empty where the column is not known."""
    found = name_of(column)
    if found is None:
        return Cell("", (column,), column, row, value)
    index: tuple[int | str, ...] = ()
    if found.right:
        index = (found.right,)
    elif found.name.startswith("acts."):
        index = (row or 0, found.number)
    elif found.name.startswith("other_procedures."):
        index = (found.number or 1,)
    return Cell(found.name, index, column, row, value)


def _members(group: str, members: list[object] | tuple[object, ...], row: int | None) -> Iterator[Cell]:
    for number, member in enumerate(members, start=1):
        index = (row or 0, number) if group == "acts" else (number,)
        yield Cell(group, index, f"{group}.{number}", row, LISTED if isinstance(member, Mapping) else member)
        for key, value in member.items() if isinstance(member, Mapping) else ():
            column = f"{group}.{number}.{key}"
            found = name_of(f"{group}.{key}")
            inside = found is not None and found.name.startswith(f"{group}.") and not found.number
            yield Cell(found.name, index, column, row, value) if found and inside else Cell("", (column,), column, row,
                                                                                            value)  # fmt: skip
