"""The terms of an instrument: how a State enters, how it leaves, on what it hangs, how complete its list is.

The words of the rules are those of `instruments.toml`; the sums are law.md A.3, D.2 and D.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from ratione import days
from ratione.registry.facts import Problem, in_a_ring

INSTRUMENT_KINDS = frozenset({"treaty", "membership", "acceptance", "participation"})
ENTRY_RULES = frozenset({
    "deposit", "act", "days_after_deposit", "months_after_deposit", "first_of_month_after_months",
    "first_of_month_after_days", "unknown",
})  # fmt: skip
EXIT_RULES = frozenset({
    "none", "with_parent", "on_receipt", "months_after_receipt", "end_of_year", "end_of_next_year",
    "first_of_month_after_months", "unknown",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """How long after its deposit the instrument binds a State."""

    rule: str = "unknown"
    n: int = 0
    authority: str = ""

    def day(self, deposit: date) -> date | None:
        """The first day on which a State with this deposit is bound; None where no rule is known (law.md D.2)."""
        match self.rule:
            case "deposit" | "act":
                return deposit
            case "days_after_deposit":
                return days.plus_days(deposit, self.n)
            case "months_after_deposit":
                return days.add_months(deposit, self.n)
            case "first_of_month_after_months":
                return days.first_of_next_month(days.add_months(deposit, self.n))
            case "first_of_month_after_days":
                return days.first_of_next_month(days.plus_days(deposit, self.n))
        return None


@dataclass(frozen=True, slots=True)
class Exit:
    """How a State leaves, and what is saved for complaints (law.md D.3)."""

    rule: str = "unknown"
    n: int = 0
    plus_days: int = 0
    min_years: int = 0
    min_from: str = ""
    authority: str = ""
    earlier_facts: str = ""
    pending: str = ""
    later_facts: str = ""
    saved_authority: str = ""
    verified: bool = False

    @property
    def by_notice(self) -> bool:
        """Whether a notice can end anything at all."""
        return self.rule not in ("none", "with_parent")

    def day(self, receipt: date, party_since: date | None = None, in_force: date | None = None) -> date | None:
        """The first day not bound after a notice received on `receipt`; None where no rule is known.

        A notice of the end of a year takes effect at the end of its last day, so the day after is the first one out.
        """
        n = self.n
        match self.rule:
            case "on_receipt":
                end = receipt
            case "months_after_receipt":
                end = days.plus_days(days.add_months(receipt, n), self.plus_days)
            case "first_of_month_after_months":
                end = days.first_of_next_month(days.add_months(receipt, n))
            case "end_of_year":
                end = date(receipt.year + (1 if receipt.month <= n else 2), 1, 1)
            case "end_of_next_year":
                end = date(receipt.year + 2, 1, 1)
            case _:
                return None
        since = {"party": party_since, "treaty": in_force}.get(self.min_from)
        return max(end, days.add_months(since, 12 * self.min_years)) if since else end


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of how an instrument ends when another does: `months` after `start` (the end, or the notice)."""

    id: str
    start: str
    months: int
    plus_days: int
    authority: str

    def day(self, end: date, notice: date | None) -> date | None:
        """The first day not bound under this reading."""
        start = notice if self.start == "notice" else end
        return days.plus_days(days.add_months(start, self.months), self.plus_days) if start else None


@dataclass(frozen=True, slots=True)
class Follow:
    """An instrument that ends when another one ends for the State, and the readings of when."""

    instrument: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Whether no row means not bound, and up to which day the list was seen."""

    complete: bool = False
    as_of: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, a membership or an acceptance of complaints, with its terms."""

    code: str
    name: str
    short: str
    depositary: str
    kind: str
    parent: str
    in_force: date | None
    rows: bool
    entry: Entry
    exit: Exit
    list: Listing
    follows: tuple[Follow, ...]
    suspension_ends_nothing: bool
    suspension_authority: str


_FIELDS = frozenset({
    "name", "short", "depositary", "kind", "parent", "in_force", "rows", "entry", "exit", "list", "follows",
    "suspension_ends_nothing", "suspension_authority",
})  # fmt: skip
_READING = frozenset({"id", "start", "months", "plus_days", "authority"})


_PARTS = {
    name: frozenset(f.name for f in fields(part))
    for name, part in (("entry", Entry), ("exit", Exit), ("list", Listing), ("follows", Follow))
}
_SORTS: dict[str, type] = {
    "entry": dict, "exit": dict, "list": dict, "follows": list, "readings": list, "n": int, "plus_days": int,
    "min_years": int, "months": int, "rows": bool, "verified": bool, "complete": bool, "suspension_ends_nothing": bool,
    "in_force": date, "as_of": date,
}  # fmt: skip
_WORDS = {dict: "a table", list: "a list", int: "a whole number", bool: "true or false", date: "a day", str: "text"}


def _known(table: Mapping[str, Any], accepted: frozenset[str], where: str) -> None:
    """Refuse a name that is not there, and a value of another sort; what is not text stands in _SORTS."""
    if wrong := set(table) - accepted:
        raise ValueError(f"{where} has {', '.join(sorted(wrong))}; accepted are {', '.join(sorted(accepted))}")
    for name, value in table.items():
        if type(value) is not (sort := _SORTS.get(name, str)):
            raise ValueError(f"{name} of {where} is {value!r}; accepted is {_WORDS[sort]}")


def _one_of(value: str, accepted: frozenset[str], where: str) -> None:
    if value not in accepted:
        raise ValueError(f"{where} is {value!r}; accepted are {', '.join(sorted(accepted))}")


def _reading(table: Mapping[str, Any]) -> Reading:
    _known(table, _READING, "a reading")
    start = table.get("start", "end")
    _one_of(start, frozenset({"end", "notice"}), f"start of the reading {table['id']!r}")
    return Reading(table["id"], start, table["months"], table.get("plus_days", 0), table["authority"])


def _instrument(code: str, table: Mapping[str, Any]) -> Instrument:
    _known(table, _FIELDS, "the table")
    for name, accepted in _PARTS.items():
        found = table.get(name, {})
        for part in found if name == "follows" else [found]:
            _known(part, accepted, name)
    entry, leave = Entry(**table.get("entry", {})), Exit(**table.get("exit", {}))
    _one_of(table["kind"], INSTRUMENT_KINDS, "kind")
    _one_of(entry.rule, ENTRY_RULES, "entry.rule")
    _one_of(leave.rule, EXIT_RULES, "exit.rule")
    return Instrument(
        code, table["name"], table.get("short", code), table.get("depositary", ""), table["kind"],
        table.get("parent", ""), table.get("in_force"), table.get("rows", True), entry, leave,
        Listing(**table.get("list", {})),
        tuple(Follow(f["instrument"], tuple(map(_reading, f["readings"]))) for f in table.get("follows", ())),
        table.get("suspension_ends_nothing", False), table.get("suspension_authority", ""),
    )  # fmt: skip


def read_instruments(name: str, text: str, problems: list[Problem]) -> dict[str, Instrument]:
    """The instruments by code."""
    import tomllib

    found: dict[str, Instrument] = {}
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(name, 1, str(error)))
        return found
    if not tables:
        problems.append(Problem(name, 1, "no instrument; accepted is one table per code, such as [ECHR]"))
    heads = {line.strip(): n for n, line in enumerate(text.splitlines(), 1) if line.startswith("[")}
    for code, table in tables.items():
        try:
            found[code] = _instrument(code, table)
        except (KeyError, TypeError, ValueError) as error:
            reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            problems.append(Problem(name, heads.get(f"[{code}]", 1), f"{code}: {reason}"))
    above = {c: tuple(filter(None, (i.parent, *(f.instrument for f in i.follows)))) for c, i in found.items()}
    for code in found:
        for other in above[code]:
            if other not in found:
                reason = f"{code} hangs on {other!r}, which is unknown"
                problems.append(Problem(name, heads.get(f"[{code}]", 1), reason))
    for code in in_a_ring(above):
        problems.append(Problem(name, heads.get(f"[{code}]", 1), f"{code} hangs on itself, by way of others"))
    return found
