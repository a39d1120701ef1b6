"""Every exit of the registry as a what-if: what was projected on the eve of the act, and what then happened."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ratione.registry import Answer, Registry
from ratione.registry.facts import ENDS
from ratione.whatif import consequence

REGISTRY = Registry.load()
TABLE = tomllib.loads((Path(__file__).parent / "exits.toml").read_text("utf-8"))
EXITS: list[dict[str, Any]] = TABLE["exit"]
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("case", EXITS, ids=lambda c: c["fact"])
def test_an_exit_is_projected_from_what_was_known(case: dict[str, Any]) -> None:
    fact = REGISTRY.facts[case["fact"]]
    assert fact.act_date is not None
    found = consequence(REGISTRY, fact.state, fact.instrument, case["act"], fact.act_date)
    assert found.known_on < fact.act_date
    assert fact.id not in found.before.facts
    if "rule" in case:
        assert (found.status, found.rulings[0].rule, found.effects) == ("forbidden", case["rule"], ())
        return
    assert found.status == "answered"
    starts = {e.instrument: e.start for e in found.effects}
    assert starts[fact.instrument] == case["projected"]
    assert {code: starts[code] for code in case.get("hangs", {})} == case.get("hangs", {})


@pytest.mark.parametrize("case", [c for c in EXITS if "projected" in c], ids=lambda c: c["fact"])
def test_what_then_happened_is_what_was_projected_or_the_file_says_why_not(case: dict[str, Any]) -> None:
    fact = REGISTRY.facts[case["fact"]]
    assert fact.act_date is not None
    if case["then"] == "as projected":
        assert fact.effect_date == case["projected"]
        eve = REGISTRY.bound(fact.state, fact.instrument, date.fromordinal(case["projected"].toordinal() - 1))
        assert eve.answer == (Answer.NO if fact.event == "ceased" else Answer.YES)
    elif case["then"] == "pending":
        assert fact.effect_date == case["projected"] > TODAY
    else:
        later = REGISTRY.facts_of(fact.state, fact.instrument)
        revoked = [f for f in later if f.event == "withdrawal_revoked" and f.act_date and f.act_date > fact.act_date]
        expelled = [f for f in later if f.event == "expelled" and f.act_date and f.act_date > fact.act_date]
        assert revoked or expelled or fact.effect_date != case["projected"]


def test_what_hangs_on_an_exit_ended_within_the_days_that_were_projected() -> None:
    found = consequence(REGISTRY, "RUS", "COE", "expel", date(2022, 3, 16))
    convention = next(e for e in found.effects if e.instrument == "ECHR")
    assert {end.effect for end in convention.range} == {date(2022, 3, 16), date(2022, 9, 16)}
    for code in ("ECHR", "ECHR-P1", "ECHR-P4", "ECHR-P7", "ECHR-P14", "ECHR-P15"):
        ended = REGISTRY.facts[f"RUS/{code}/ceased/2022-03-16"].effect_date
        effect = next(e for e in found.effects if e.instrument == code)
        assert ended in {end.effect for end in effect.range}
    for state, code in (("TTO", "ACHR"), ("VEN", "ACHR")):
        fact = next(f for f in REGISTRY.facts_of(state, code) if f.event == "denounced")
        assert fact.act_date
        effects = consequence(REGISTRY, state, code, "denounce", fact.act_date).effects
        court = next(e for e in effects if e.instrument == "ACHR-62")
        assert court.start == REGISTRY.facts[f"{state}/ACHR-62/ceased/{fact.act_date}"].effect_date


def test_no_exit_of_the_registry_is_missing_from_the_file() -> None:
    told = {case["fact"] for case in EXITS} | set(TABLE["not_run"])
    recorded = {
        f.id for f in REGISTRY.facts.values() if f.act_date and (f.event in ENDS or f.event == "notice_of_withdrawal")
    }
    assert recorded - told == set()
    assert told <= set(REGISTRY.facts)
