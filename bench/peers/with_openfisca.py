"""The timing set in OpenFisca-core: one variable for each test and forum, month counts as dated parameters.

    python bench/peers/with_openfisca.py FOLDER ROWS LIMIT

OpenFisca has no value for unknown: failed, unknown and met are 0, 1 and 2, `and` is the minimum, `or` the maximum, a
day that is not told is NaT. Formulas on variables without period fail in version 46: one nominal year stands for all.
"""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from timing import (
    AFTER_PAUSE,
    BARRING,
    CLOCKS,
    DAYS,
    ELSEWHERE,
    FAR,
    FORA,
    ON,
    PAUSE,
    REMEDIES,
    RIGHTS,
    STATES,
    STATUSES,
    SWITCH,
    Files,
    Forum,
    measured,
)  # fmt: skip

Array = Any
YEAR = "2026"
NAT = np.datetime64("NaT", "D")
COMPLAINT = build_entity(key="complaint", plural="complaints", label="One complaint", is_person=True)
_BEFORE, _AFTER = "2022-01-31", SWITCH.isoformat()


def variable(name: str, value_type: type, formula: Callable[..., Array] | None = None) -> type:
    """A variable of a complaint."""
    told: dict[str, Any] = {
        "value_type": value_type, "entity": COMPLAINT, "definition_period": DateUnit.YEAR, "label": name,
        **({"default_value": date(1, 1, 1)} if value_type is date else {}),
        **({"formula": formula} if formula else {}),
    }  # fmt: skip
    return type(name, (Variable,), told)


def level(untold: Array, holds: Array) -> Array:
    """Unknown where something is not told, else met or failed."""
    return np.where(untold, 1, np.where(holds, 2, 0))


def add_months(day: Array, n: int) -> Array:
    """The same day of a later month, or its last one."""
    month = day.astype("datetime64[M]")
    first, after = (month + n).astype("datetime64[D]"), (month + n + 1).astype("datetime64[D]")
    return first + np.minimum(day - month.astype("datetime64[D]"), after - first - np.timedelta64(1, "D"))


def within(day: Array, first: date, last: date) -> Array:
    """Whether days lie between two."""
    return (day >= np.datetime64(first)) & (day <= np.datetime64(last))


def shared() -> list[type]:
    """The inputs, and what all fora share: the day that is compared, and the last day of each time limit."""
    whole = ("state", "continuing", "rights_low", "rights_high", "remedies", "other_status", "other_body")

    def start(complaint: Any, period: Any) -> Array:
        notified = complaint("notified", period)
        return np.where(np.isnat(notified), complaint("final_decision", period), notified)

    def day(complaint: Any, period: Any) -> Array:
        lodged = complaint("lodged", period)
        return np.where(np.isnat(lodged), np.datetime64(ON), lodged)

    found = [variable(name, date) for name in DAYS] + [variable(name, int) for name in whole]
    found += [variable("start", date, start), variable("day", date, day)]
    return found + [variable(f"last_{name}", date, last_day(forum)) for name, forum in CLOCKS.items()]


def last_day(forum: Forum) -> Callable[..., Array]:
    """The formula of a time limit."""

    def formula(complaint: Any, period: Any, parameters: Any) -> Array:
        start, notified = complaint("start", period), complaint("notified", period)
        last = add_months(start, int(getattr(parameters(_BEFORE).months, forum.code)))
        if forum.paused:
            first, final = PAUSE
            ends, begins = within(last, first, final), within(start, first, final - timedelta(1))
            later = np.where(ends, np.datetime64(AFTER_PAUSE[0]), np.datetime64(AFTER_PAUSE[1]))
            last = np.where(ends | begins, np.where(np.isnat(notified), later, add_months(last, 3)), last)
        if forum.since:
            decided = complaint("final_decision", period)
            by = np.where(np.isnat(decided), notified, decided)
            new = add_months(start, int(getattr(parameters(_AFTER).months, forum.code)))
            last = np.where(by >= np.datetime64(SWITCH), new, last)
        return last

    return formula


def tests(forum: Forum, bound_when: dict[str, Array]) -> list[type]:
    """The variables of a forum: its tests, and its status."""
    a1, b1, a2, b2 = (bound_when[f"{forum.column}_{name}"] for name in ("a1", "b1", "a2", "b2"))
    low, high = _bits(forum.rights)
    barring = [STATUSES.index(status) for status in forum.barring]

    def on(state: Array, day: Array) -> Array:
        return level(np.isnat(day), (day >= a1[state]) & (day <= b1[state]) | (day >= a2[state]) & (day <= b2[state]))

    def bound(c: Any, p: Any) -> Array:
        state = c("state", p)
        return np.maximum(on(state, c("facts_from", p)), np.minimum(c("continuing", p), on(state, c("facts_to", p))))

    def time(c: Any, p: Any) -> Array:
        first, since, until = a1[c("state", p)], c("facts_from", p), c("facts_to", p)
        went_on = np.minimum(c("continuing", p), level(np.isnat(until), until >= first))
        return np.where(first == np.datetime64(FAR), 0, np.maximum(level(np.isnat(since), since >= first), went_on))

    def limit(c: Any, p: Any) -> Array:
        if forum.months is None:
            return np.full(c.count, 2)
        return np.where(c("day", p) <= c(f"last_{forum.clock}", p), 2, np.where(np.isnat(c("notified", p)), 1, 0))

    def right(c: Any, p: Any) -> Array:
        mine, more = c("rights_low", p), c("rights_high", p)
        return level(mine < 0, (mine & low) | (more & high) != 0)

    def same(c: Any, p: Any) -> Array:
        status = c("other_status", p)
        bars = np.isin(status, barring) & (c("other_body", p) < len(BARRING))
        return level(status == len(STATUSES), ~bars)

    def remedies(c: Any, p: Any) -> Array:
        told = c("remedies", p)
        return level(told == len(REMEDIES), told < 2)

    named = {f"{forum.code}_{f.__name__}": f for f in (bound, time, limit, right, same, remedies)}

    def status(c: Any, p: Any) -> Array:
        return np.minimum.reduce([c(name, p) for name in named])

    return [*(variable(name, int, f) for name, f in named.items()), variable(forum.code, int, status)]


def _bits(rights: tuple[str, ...]) -> tuple[int, int]:
    """Rights as two numbers: OpenFisca's whole numbers have 32 bits."""
    held = sum(1 << RIGHTS.index(right) for right in rights)
    return held & 0xFFFFF, held >> 20


def inputs(table: pa.Table) -> dict[str, Array]:
    """The columns as OpenFisca takes them: words as codes, one more for what is not told."""

    def codes(name: str, words: list[str] | tuple[str, ...]) -> Array:
        column = table.column(name).combine_chunks().dictionary_encode()
        place = np.array([*(words.index(word) for word in column.dictionary.to_pylist()), len(words)], np.int32)
        return place[column.indices.fill_null(len(place) - 1).to_numpy(zero_copy_only=False)]

    rights = table.column("rights").combine_chunks().dictionary_encode()
    bits = np.array([*(_bits(tuple(text.split(";"))) for text in rights.dictionary.to_pylist()), (-1, 0)], np.int32)
    held = bits[rights.indices.fill_null(len(bits) - 1).to_numpy(zero_copy_only=False)]
    went_on = table.column("continuing").cast(pa.int8()).fill_null(2).to_numpy()
    return {
        **{name: table.column(name).to_numpy().astype("datetime64[D]") for name in DAYS},
        "state": codes("state", STATES),
        "continuing": np.array([0, 2, 1], np.int32)[went_on],
        "rights_low": held[:, 0],
        "rights_high": held[:, 1],
        "remedies": codes("remedies", REMEDIES),
        "other_status": codes("other_status", STATUSES),
        "other_body": codes("other_body", ELSEWHERE),
    }


def system(files: Files) -> TaxBenefitSystem:
    """The rules, compiled with the registry."""
    registry = pq.read_table(files.registry)
    bound_when = {name: registry.column(name).to_numpy() for name in registry.column_names if name != "state"}
    found = TaxBenefitSystem([COMPLAINT])
    months = {
        f.code: {"values": {"1950-01-01": {"value": f.months}, **({_AFTER: {"value": f.since}} if f.since else {})}}
        for f in FORA if f.months
    }  # fmt: skip
    found.parameters = ParameterNode("", data={"months": months})
    for made in [*shared(), *(v for forum in FORA for v in tests(forum, bound_when))]:
        found.add_variable(made)
    return found


def main() -> None:
    files, limit = Files(Path(sys.argv[1]), int(sys.argv[2])), int(sys.argv[3])
    pa.set_cpu_count(1)
    with measured(limit):
        rules = system(files)
        table = pq.read_table(files.complaints, use_threads=False).slice(0, limit)
        simulation = SimulationBuilder().build_default_simulation(rules, table.num_rows)
        for name, column in inputs(table).items():
            simulation.set_input(name, YEAR, column)
        columns: dict[str, Any] = {"id": table.column("id")}
        for forum in FORA:
            status = simulation.calculate(forum.code, YEAR)
            last = simulation.calculate(f"last_{forum.clock}", YEAR) if forum.months else np.full(table.num_rows, NAT)
            columns[forum.code] = pa.array(status == 2, mask=status == 1)
            columns[f"{forum.code}_last"] = pa.array(last.astype("datetime64[D]"))
        pq.write_table(pa.table(columns), files.verdicts("openfisca"), compression="zstd")


if __name__ == "__main__":
    main()
