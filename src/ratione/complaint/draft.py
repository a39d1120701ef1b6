"""From cells to a complaint: parse, refuse, join, compare days. Whatever is refused is told, and counts as unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from ratione.complaint import fields
from ratione.complaint.columns import LISTED, LISTS, WHOLE, Cell, own, suggest
from ratione.complaint.fields import Problem, Vocabulary, shown
from ratione.complaint.model import CODES, DAYS, FACTS, Act, Complaint, Procedure
from ratione.days import ALL_TIME, Interval

Key = tuple[str, tuple[int | str, ...]]
#: What the other rows of a complaint cannot make good if they say different things.
_ROW_NEEDS = ("id", "respondent")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that could not be read, and why.

    `row`: the line of the file as an editor or spreadsheet counts it; None outside files. `whole`: the row was refused,
    else only the field, which counts as unknown.
    """

    file: str
    row: int | None
    column: str
    value: str
    reason: str
    whole: bool

    @property
    def warning(self) -> str:
        """The words for the result of a complaint that was assessed all the same."""
        return f"{f'row {self.row} refused: ' if self.whole else ''}{self.column}: {self.value!r} {self.reason}"

    def __str__(self) -> str:
        return self._words(self.value)

    @property
    def public(self) -> str:
        """The words for standard error; the value only where it refused the row: a refused field may be free text."""
        return self._words(self.value if self.whole else "")

    def _words(self, value: str) -> str:
        where = ", ".join(part for part in (self.file, f"row {self.row}" if self.row else "", self.column) if part)
        said = f"{value!r}: " if value else ""
        return f"{where}: {said}{self.reason} ({'row refused' if self.whole else 'counts as unknown'})"


class Draft:
    """The parsed cells of one complaint and what was refused on the way."""

    def __init__(self, file: str, vocabulary: Vocabulary) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.refusals: list[Refusal] = []
        self.values: dict[Key, object] = {}
        self.cells: dict[Key, Cell] = {}
        self.disputed: set[Key] = set()

    # ---- refusing
    def refuse(self, cell: Cell, reason: str, whole: bool = False, value: object = None) -> None:
        """Tell of a value that cannot be used."""
        text = shown(cell.value if value is None else value)
        self.refusals.append(Refusal(self.file, cell.row, shown(cell.column), text, reason, whole))

    def drop(self, key: Key, reason: str) -> None:
        """Tell of a value that contradicts another, and forget it."""
        self.refuse(self.cells[key], reason)
        del self.values[key]

    @property
    def refused_rows(self) -> set[int | None]:
        """The rows that were refused whole."""
        return {r.row for r in self.refusals if r.whole}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was refused, for the result."""
        return tuple(refusal.warning for refusal in self.refusals)

    # ---- reading
    def read(self, cells: Iterable[Cell]) -> None:
        """Parse every cell, leave out those of refused rows, and join the rest."""
        parsed = [(cell, self._parse(cell)) for cell in cells]
        refused = self.refused_rows
        for cell, value in parsed:
            if cell.row not in refused and (value is not None or own(cell.name)):
                self._join(cell, value)
        for key in self.disputed:
            del self.values[key]

    def _parse(self, cell: Cell) -> object:
        """The value of a cell, None if unknown or refused."""
        if isinstance(cell.value, str) and not fields.sound(cell.value):
            self.refuse(cell, "not UTF-8; save the file as UTF-8", cell.name in _ROW_NEEDS)
            return None
        if not cell.name:
            if not fields.unknown(cell.value):
                self.refuse(cell, suggest(cell.column))
            return None
        if own(cell.name):
            return cell.value
        problems: list[Problem] = []
        value = self._value(cell, problems)
        for problem in problems:
            self.refuse(cell, problem.reason, problem.whole, problem.value)
        return value

    def _value(self, cell: Cell, problems: list[Problem]) -> object:
        if cell.name in LISTS:
            return _listed(cell, problems)
        group, _, member = cell.name.rpartition(".")
        reader = LISTS[group][member] if group in LISTS else WHOLE[cell.name]
        return reader(cell.value, self.vocabulary, problems)

    def _join(self, cell: Cell, value: object) -> None:
        """Add a value; two that differ are both refused, for nobody can say which is right."""
        key = (cell.name, cell.at)
        if cell.name == "remedies" and cell.at:
            key = (cell.name, (self._right(cell),))
            if key[1] == ("",):
                return
        if key not in self.values:
            self.values[key], self.cells[key] = value, cell
        elif own(cell.name):
            self._keep_both(key, value)
        elif not _same(self.values[key], value):
            before = self.cells[key]
            place = f"row {before.row}" if before.row != cell.row else f"column {before.column}"
            whole = cell.name in _ROW_NEEDS
            self.refuse(cell, f"contradicts {shown(before.value)!r} in {place}; accepted is one value", whole)
            self.disputed.add(key)

    def _right(self, cell: Cell) -> str:
        """The right under which a remedy was written; empty if it is not known."""
        if cell.at == ("*",):
            return "*"
        problems: list[Problem] = []
        found = fields.right(cell.at[0], self.vocabulary, problems)
        for problem in problems:
            self.refuse(cell, problem.reason, value=problem.value)
        return found or ""

    def _keep_both(self, key: Key, value: object) -> None:
        """Own columns that differ between the rows of one complaint are kept as a list of their values."""
        before = self.values[key]
        if isinstance(before, Several):
            before.append(value)
        elif before != value:
            self.values[key] = Several([before, value])

    # ---- what the parts say
    def day(self, name: str, index: tuple[int | str, ...] = ()) -> Interval | None:
        """A stated day."""
        return cast("Interval | None", self.values.get((name, index)))

    def word(self, name: str, index: tuple[int | str, ...] = ()) -> str | None:
        """A stated word."""
        return cast("str | None", self.values.get((name, index)))

    def members(self, group: str) -> list[tuple[int | str, ...]]:
        """The members of a list of which anything is told, in order."""
        found = {index for name, index in self.values if index and name.partition(".")[0] == group}
        return sorted(found, key=lambda index: [int(part) for part in index])


def _same(one: object, other: object) -> bool:
    """Whether two cells say the same; the order of rights or States does not matter."""
    return set(one) == set(other) if isinstance(one, tuple) and isinstance(other, tuple) else one == other


class Several(list[object]):
    """The differing values of an own column."""


def _listed(cell: Cell, problems: list[Problem]) -> object:
    """A member of a list, or the list itself: empty or `none` says that there is none."""
    if cell.at:
        if cell.value is not LISTED and not fields.unknown(cell.value):
            members = ", ".join(LISTS[cell.name])
            problems.append(Problem(cell.value, f"accepted is an object with {members}"))
        return LISTED
    if fields.unknown(cell.value):
        return None
    empty = isinstance(cell.value, list | tuple) and not cell.value
    if empty or (isinstance(cell.value, str) and cell.value.strip().casefold() in ("none", "[]")):
        return "none"
    problems.append(Problem(cell.value, "accepted is a list, or none"))
    return None


def build(file: str, cells: Sequence[Cell], vocabulary: Vocabulary) -> tuple[Complaint | None, list[Refusal]]:
    """The complaint that the cells tell, or None, and everything that was refused."""
    draft = Draft(file, vocabulary)
    draft.read(cells)
    rows = {cell.row: cell for cell in cells}
    if rows and rows.keys() <= draft.refused_rows:
        return None, draft.refusals
    for name, example in (("id", "2022-017"), ("respondent", "RUS")):
        if (name, ()) not in draft.values:
            why = "contradicted in another row" if (name, ()) in draft.disputed else "not told"
            for row in [row for row in rows or [None] if row not in draft.refused_rows]:
                draft.refuse(Cell(name, (), name, row, ""), f"{why}; accepted is a value such as {example}", True)
            return None, draft.refusals
    _alone(draft)
    acts = _acts(draft)
    _in_order(draft, acts)
    return _complaint(draft, acts), draft.refusals


def _alone(draft: Draft) -> None:
    """Short fields of one act beside a list of acts belong to none of them; `none` beside procedures is not so."""
    listed = {index[0] for index in draft.members("acts") if index[1]}
    for name, index in list(draft.values):
        if name.startswith("acts.") and index and index[1] == 0 and index[0] in listed:
            draft.drop((name, index), "told beside a list of acts; write it inside the act to which it belongs")
    for index in draft.members("other_procedures"):
        _none_named(draft, index)
    if ("other_procedures", ()) in draft.values and draft.members("other_procedures"):
        draft.drop(("other_procedures", ()), "contradicts the procedures that are told")


def _none_named(draft: Draft, index: tuple[int | str, ...]) -> None:
    """A procedure whose forum is `none` says that there is none, if nothing else is told of it."""
    forum = ("other_procedures.forum", index)
    if (draft.word(*forum) or "").casefold() != "none":
        return
    told = {key for key in draft.values if key[1] == index and key[0].startswith("other_procedures.")}
    if told != {forum}:
        draft.drop(forum, "contradicts what else is told of the procedure")
        return
    draft.cells["other_procedures", ()] = draft.cells[forum]
    draft.values["other_procedures", ()] = "none"
    draft.values.pop(("other_procedures", index), None)
    del draft.values[forum]


def _in_order(draft: Draft, acts: tuple[Act, ...]) -> None:
    """Forget the later of two days that cannot both be right."""
    for index in draft.members("other_procedures"):
        _not_before(
            draft, ("other_procedures.ended", index), draft.day("other_procedures.filed", index), "the day of filing"
        )
    taken = draft.day("final_decision.taken")
    for name in ("final_decision.served", "final_decision.available"):
        _not_before(draft, (name, ()), taken, "the decision taken on")
    first = min((act.first for act in acts), key=lambda day: day.first, default=None)
    _not_before(draft, ("lodged.sent", ()), first, "the first act, of")
    _not_before(draft, ("lodged.received", ()), first, "the first act, of")
    _not_before(draft, ("lodged.received", ()), draft.day("lodged.sent"), "the day of sending")


def _not_before(draft: Draft, key: Key, earlier: Interval | None, what: str) -> None:
    later = draft.day(*key)
    if later and earlier and later.last < earlier.first:
        draft.drop(key, f"lies before {what} {earlier}")


def _acts(draft: Draft) -> tuple[Act, ...]:
    """The acts; of one that would end before it begins the end is forgotten."""
    members = draft.members("acts")
    for index in members:
        _not_before(draft, ("acts.to", index), draft.day("acts.from", index), "the first day of the act")
    return tuple(_act(draft, index) for index in members)


def _act(draft: Draft, index: tuple[int | str, ...]) -> Act:
    first, last = draft.day("acts.from", index), draft.day("acts.to", index)
    kind, continuing = draft.word("acts.kind", index), draft.word("acts.continuing", index)
    if (continuing, kind) in (("yes", "instantaneous"), ("no", "continuing")):
        draft.drop(("acts.continuing", index), f"contradicts kind {kind}; neither is taken")
        kind = continuing = None
    if kind is None and continuing == "yes":
        kind = "continuing"
    if kind is None and continuing == "no" and (first is None or last is None or first == last):
        kind = "instantaneous"
    stated = last is not None
    if kind == "instantaneous":  # one day: where only one end is told, it is that day
        first, last = first or last, last or first
    place = draft.word("acts.place", index)
    return Act(
        first=first or ALL_TIME,
        last=last or ALL_TIME,
        last_stated=stated,
        kind=kind,
        ongoing=draft.word("acts.ongoing", index),
        place=draft.vocabulary.states.place(place) if place else None,
        place_text=place,
        control=draft.word("acts.control", index),
        attributable=draft.word("acts.attributable", index),
    )


def _procedure(draft: Draft, index: tuple[int | str, ...]) -> Procedure:
    def word(member: str) -> str | None:
        return draft.word(f"other_procedures.{member}", index)

    return Procedure(
        forum=word("forum") or "unknown",  # it was told that there is one
        status=word("status"),
        filed=draft.day("other_procedures.filed", index) or ALL_TIME,
        ended=draft.day("other_procedures.ended", index) or ALL_TIME,
        same_person=word("same_person"),
        same_facts=word("same_facts"),
        same_rights=word("same_rights"),
        rights=cast("tuple[str, ...] | None", draft.values.get(("other_procedures.rights", index))),
        by_third_party=word("by_third_party"),
    )


def _procedures(draft: Draft) -> tuple[Procedure, ...] | None:
    members = draft.members("other_procedures")
    if not members:
        return () if ("other_procedures", ()) in draft.values else None
    return tuple(_procedure(draft, index) for index in members)


def _extra(draft: Draft) -> Iterator[tuple[str, object]]:
    """Own keys, under the name that they are written back to."""
    numbers = {(g, index): n for g in LISTS for n, index in enumerate(draft.members(g), start=1)}
    for (name, index), value in draft.values.items():
        if own(name):
            group, _, key = name.partition(".")
            kept = list(value) if isinstance(value, Several) else value
            yield (key if group == "own" else f"{group}.{numbers[group, index]}.{key}"), kept


def _complaint(draft: Draft, acts: tuple[Act, ...]) -> Complaint:
    remedies = {
        str(index[0]) if index else "*": cast(str, value)
        for (name, index), value in draft.values.items()
        if name == "remedies"
    }

    def told(names: Iterable[str]) -> dict[str, object]:
        return {name: draft.values[name, ()] for name in names if (name, ()) in draft.values}

    return Complaint(
        id=cast(str, draft.values["id", ()]),
        respondent=cast("tuple[str, ...]", draft.values["respondent", ()]),
        acts=acts,
        rights=cast("tuple[str, ...] | None", draft.values.get(("rights", ()))),
        remedies=remedies,
        facts=cast("dict[str, str]", told(FACTS)),
        codes=cast("dict[str, tuple[str, ...]]", told(CODES)),
        days=cast("dict[str, Interval]", told(DAYS)),
        procedures=_procedures(draft),
        extra=dict(_extra(draft)),
        warnings=draft.warnings,
    )
