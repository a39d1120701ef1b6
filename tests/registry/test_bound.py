"""Who is bound when, by law.md A.4: cases as data (bound.csv), totals of outside lists (totals.csv), March 2022."""

import csv
from datetime import date
from pathlib import Path

import pytest

from ratione.registry import Answer, Registry
from ratione.registry.records import instrument_entry

HERE = Path(__file__).parent


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", table("bound.csv"), ids=lambda c: f"{c['state']}-{c['instrument']}-{c['about']}")
def test_bound(registry: Registry, case: dict[str, str]) -> None:
    view = registry.as_known_on(date.fromisoformat(case["known_on"])) if case["known_on"] else registry
    found = view.bound(case["state"], case["instrument"], date.fromisoformat(case["on"]), case["territory"])
    assert (found.answer.name.lower(), found.segment.why) == (case["answer"], case["why"])


@pytest.mark.parametrize("row", table("totals.csv"), ids=lambda r: f"{r['instrument']}-{r['on']}")
def test_outside_totals(registry: Registry, row: dict[str, str]) -> None:
    found = registry.parties(row["instrument"], date.fromisoformat(row["on"]))
    parts = [int(row[n]) for n in ("count", "deposited_not_in_force", "undated")]
    assert [found.count, found.not_in_force, found.undated] == parts
    assert sum(parts) + int(row["gap"]) == int(row["total"])


@pytest.mark.parametrize(
    ("known", "to", "ends"),
    [
        ("2022-03-14", None, []),
        ("2022-03-15", None, ["2022-09-15", "2022-12-31", "2023-06-30"]),
        ("2022-03-16", None, ["2022-03-15", "2022-09-15"]),
        ("2022-03-21", None, ["2022-03-15", "2022-09-15"]),
        ("2022-03-22", "2022-09-15", []),
        ("2022-03-23", "2022-09-15", []),
    ],
)
@pytest.mark.parametrize("instrument", ["ECHR", "ECHR-P1"])
def test_russia_in_march_2022(registry: Registry, known: str, to: str | None, ends: list[str], instrument: str) -> None:
    day = date.fromisoformat(known)
    entry = instrument_entry(registry.as_known_on(day), "RUS", instrument, day)
    assert entry["from"] == "1998-05-05"
    assert entry["to"] == to
    assert [end["to"] for end in entry["range"]] == ends
    assert all("58" in end["authority"] for end in entry["range"])
    assert entry["projected"] == (known > "2022-03-14")


def test_membership_of_russia_in_march_2022(registry: Registry) -> None:
    def entry(day: date) -> dict[str, object]:
        return instrument_entry(registry.as_known_on(day), "RUS", "COE", day)

    before = entry(date(2022, 3, 14))
    assert (before["bound"], before["to"], before["suspended"]) == ("yes", None, True)
    noticed = entry(date(2022, 3, 15))
    assert (noticed["bound"], noticed["to"], noticed["running_notice"]) == ("yes", "2022-12-31", True)
    gone = entry(date(2022, 3, 16))
    assert (gone["bound"], gone["to"], gone["running_notice"], gone["suspended"]) == ("no", "2022-03-15", False, False)


def test_no_gap_when_a_state_leaves_and_rejoins_on_one_day(registry: Registry) -> None:
    periods = registry.periods("TTO", "ICCPR-OP1")
    assert [(str(p.first), str(p.last)) for p in periods] == [("1981-02-14", "2000-06-26")]
    rejoined = registry.bound("TTO", "ICCPR-OP1", date(1999, 1, 1)).facts
    assert [f.act_date for f in rejoined] == [date(1998, 5, 26)]


def test_contested_end_gives_both(registry: Registry) -> None:
    entry = instrument_entry(registry, "VEN", "ACHR", date(2026, 10, 2))
    assert entry["bound"] == "contested"
    assert [end["to"] for end in entry["range"]] == ["2013-09-09", None]


def test_known_on_today_is_the_registry_itself(registry: Registry) -> None:
    from ratione import days

    view = registry.as_known_on(days.today())
    keys = {(f.state, f.instrument) for f in registry.facts.values() if f.known_from <= days.today()}
    assert all(view.timeline(*key) == registry.timeline(*key) for key in keys)


def test_answers_rest_on_facts(registry: Registry) -> None:
    for state, instrument in {(f.state, f.instrument) for f in registry.facts.values()}:
        for segment in registry.timeline(state, instrument):
            assert segment.facts or segment.why in ("not_listed", "no_list")
            assert segment.answer == Answer.YES or segment.why


def test_limits(registry: Registry) -> None:
    assert registry.limits("DEU", "ICCPR-OP1", "same_matter_past")
    assert not registry.limits("NLD", "ICCPR-OP1", "same_matter_past")
    assert registry.limits("FRA", "ICCPR", "rights_excluded")[0].articles == ("27",)
    assert {f.territory for f in registry.limits("GBR", "ECHR", "petition_territorial")}


def test_acceptances_count_declarations_not_in_force(registry: Registry) -> None:
    assert registry.acceptances("CMW-77", date(2010, 1, 1)) == 2
    assert registry.acceptances("CMW-77", date(2026, 1, 1)) == 5
    assert registry.acceptances("ACTHPR-34-6", date(2026, 3, 31)) == 7


def test_derogations(registry: Registry) -> None:
    running = registry.derogations("TUR", date(2017, 1, 1))
    assert {f.instrument for f in running} == {"ECHR"}
    assert not registry.derogations("TUR", date(2020, 1, 1))


@pytest.mark.parametrize(("on", "waiting"), [("2019-04-28", 1), ("2019-04-29", 0)])
def test_a_deposit_taken_back_waits_no_longer(registry: Registry, on: str, waiting: int) -> None:
    assert registry.parties("ROME", date.fromisoformat(on)).not_in_force == waiting
