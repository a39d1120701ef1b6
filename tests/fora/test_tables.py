"""The tables of the fora: literals only, known names only, no clock without a start, months counted right."""

import ast
import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ratione.fora
from ratione import law
from ratione.assess import clock
from ratione.assess.verdict import Assessor
from ratione.complaint.model import REMEDIES
from ratione.complaint.read import from_mapping
from ratione.fora import FORA
from ratione.out.coverage import coverage, places, unclaimed
from ratione.registry import Registry
from ratione.rules import HEADS, Elsewhere, Fact, Start, walk

ROOT = Path(__file__).parents[2]
FILES = sorted(Path(ratione.fora.__file__).parent.glob("*.py"))
REGISTRY = Registry.load()
LAW = (ROOT / "docs" / "law.md").read_text("utf-8")
#: Instruments that need no ratification (law.md C, rule 6).
NO_ROW = {"UDHR", "ADRDM", "WGAD", "UNESCO-104", "RD4U", "ILO-C87", "ILO-C98", "ECOWAS", "EAC"}


# ---- what the files hold ---------------------------------------------------------------------------------------------
ALLOWED = (
    ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.Assign, ast.AnnAssign, ast.Expr, ast.Call, ast.keyword,
    ast.Name, ast.Attribute, ast.Load, ast.Store, ast.Constant, ast.Tuple, ast.Dict, ast.Starred, ast.Subscript,
    ast.UnaryOp, ast.USub,
)  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_only_literals(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    index = file.stem == "__init__"
    for node in ast.walk(tree):
        if index and isinstance(node, ast.DictComp | ast.comprehension):
            continue
        assert isinstance(node, ALLOWED), f"{file.name}:{getattr(node, 'lineno', '')} {type(node).__name__}"
        if isinstance(node, ast.Expr):
            assert isinstance(node.value, ast.Constant), f"{file.name}:{node.lineno}: a statement without a name"


def test_ids_are_unique() -> None:
    ids = [test.id for forum in FORA for test in forum.tests]
    assert len(ids) == len(set(ids))
    assert len({forum.key for forum in FORA}) == len(FORA)


def test_every_body_of_the_law_is_there() -> None:
    (codes,) = re.findall(r"^`(ECTHR, [^`]+)`\.", LAW, re.M)
    wanted = re.sub(r" \(.+?\)", "", codes).split(", ")
    assert {f.code for f in FORA} == set(wanted)


def test_every_authority_exists_and_is_used() -> None:
    used = {a for f in FORA for a in f.filing.authority}
    for test in (t for f in FORA for t in f.tests):
        assert test.authority, test.id
        used |= {*test.authority, *(n.authority for n in walk(test.rule) if isinstance(n, Start))}
    assert used == set(law.authorities())


def test_verified_tests_rest_on_a_checked_authority() -> None:
    for test in (t for f in FORA for t in f.tests):
        if test.verified:
            assert any(law.authorities()[a].checked for a in test.authority), test.id


def test_heads_are_known() -> None:
    for test in (t for f in FORA for t in f.tests):
        assert test.head in HEADS, test.id
        assert test.also_called is None or test.also_called in HEADS, test.id


def test_instruments_are_known() -> None:
    articles = law.rights().instruments
    for forum in FORA:
        for instrument in forum.instruments:
            assert instrument in articles, f"{forum.key}: no right of rights.csv stands in {instrument}"
            assert instrument in REGISTRY.instruments or instrument in NO_ROW, f"{forum.key}: {instrument}"
        assert forum.facts_by is None or forum.facts_by in REGISTRY.instruments
        for test in forum.tests:
            named = {getattr(n, "instrument", None) for n in walk(test.rule)} - {None, "$right"}
            assert named <= set(REGISTRY.instruments), test.id


def test_every_instrument_of_the_rights_is_heard_or_known() -> None:
    assert law.rights().instruments <= set(REGISTRY.instruments) | NO_ROW


def reached(article: str, rule: Fact) -> bool:
    """Whether an article of the table of rights gets there, or what a person writes around one: `P4:3`, `B1.5`."""
    rows = law.rights().plain
    return article in rows or any(
        row in rule.says and (row.startswith(f"{article}(") or article.startswith(f"{row}.")) for row in rows
    )


def test_articles_in_rules_exist() -> None:
    table = law.rights()
    for test in (t for f in FORA for t in f.tests):
        for node in walk(test.rule):
            if isinstance(node, Fact) and node.name == "article":
                assert all(v == "*" or table.match(v) for v in node.says), test.id
            if isinstance(node, Fact) and node.name == "article.base":
                assert [v for v in node.says if v != "*" and not reached(v, node)] == [], test.id
            if isinstance(node, Fact) and node.name == "right":
                assert set(node.says) - {"*", ""} <= set(table.articles), test.id


def test_rows_of_the_matrix_exist() -> None:
    rows = {n.row for f in FORA for t in f.tests for n in walk(t.rule) if isinstance(n, Elsewhere)}
    assert rows == law.matrix().wants
    for row in rows:
        assert (row, "*") in law.matrix().cells


# ---- every claim, every place ----------------------------------------------------------------------------------------
def test_claims_are_places_of_the_law() -> None:
    known = {*places(LAW), *re.findall(r"^## ([A-D]\.\d+)", LAW, re.M), *re.findall(r"^### (B\.\d+\.\d+)", LAW, re.M)}
    for test in (t for f in FORA for t in f.tests):
        assert test.claims, test.id
        for claim in test.claims:
            parent = claim.rsplit(".", 1)[0]
            assert claim in known or (parent in known and parent.count(".") == 2), f"{test.id}: {claim}"


def test_every_place_is_claimed() -> None:
    assert unclaimed(LAW) == []


def test_the_coverage_page_is_in_step() -> None:
    assert (ROOT / "docs" / "coverage.md").read_text("utf-8") == coverage(LAW), "python -m ratione.out.coverage"


# ---- clocks ----------------------------------------------------------------------------------------------------------
STATES = {
    "ECTHR": "FRA", "ECSR": "FRA", "RD4U": "RUS", "IACHR": "MEX", "IACTHR": "MEX", "ACHPR": "BEN", "AFCTHPR": "BFA",
    "ACERWC": "BEN", "ECOWASCCJ": "BEN", "EACJ": "KEN", "SADC": "ZMB", "ARABHRC": "JOR",
}  # fmt: skip


def complaints(forum: str) -> Iterator[dict[str, object]]:
    """Complete complaints about every right that the body hears, for every word of remedies and every kind of act."""
    kinds = ("instantaneous", "continuing", "omission", "procedural_obligation")
    heard = {instrument for f in FORA if f.code == forum for instrument in f.instruments}
    rights = [r for r, articles in law.rights().articles.items() if heard & {a.split(":")[0] for a in articles}]
    for remedies, kind, ongoing in product(REMEDIES, kinds, (True, False)):
        act = {"from": "2024-01-10", "kind": kind, "ongoing": ongoing}
        yield {
            "id": "x",
            "respondent": STATES.get(forum, "ESP"),
            "rights": rights,
            "remedies": remedies,
            "acts": [act if ongoing else {**act, "to": "2024-01-20"}],
            "final_decision": {"taken": "2024-05-02", "served": "2024-05-06", "available": "2024-05-02"},
            "knowledge": "2024-01-20",
            "remedy_ineffective_known": "2024-05-06",
            "released_or_convicted_on": "2024-01-20",
            "detention_regime_ended": "2024-01-20",
            "applicant": {"kind": "individual", "victim": "direct", "identity": "disclosed"},
            "expulsion_carried_out": True,
            "other_procedures": [],
        }


@pytest.mark.parametrize("code", list(dict.fromkeys(f.code for f in FORA)))
def test_every_term_has_a_start(code: str) -> None:
    assessor = Assessor(REGISTRY, date(2024, 6, 1), fora=[f for f in FORA if f.code == code])
    for mapping in complaints(code):
        complaint, refusals = from_mapping(mapping)
        assert complaint, refusals
        for verdict in assessor.assess(complaint):
            for outcome in verdict.tests:
                for cell in outcome.cells:
                    said = {why.id for why in cell.results[outcome.index].why}
                    assert "no_start" not in said, (outcome.test.id, mapping["remedies"], mapping["acts"])


# ---- months ----------------------------------------------------------------------------------------------------------
MONTHS = list(csv.DictReader((Path(__file__).parent / "months.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", MONTHS, ids=lambda r: r["what"])
def test_months(row: dict[str, str]) -> None:
    last, arguable = clock.run(date.fromisoformat(row["start"]), int(row["months"]))
    assert last.isoformat() == row["last_day"]
    assert (arguable.isoformat() if arguable != last else "") == row["arguable"]


def slowly(start: date, months: int) -> tuple[date, date]:
    """The same by walking day by day: n times to the first of the next month, then to the day of the same number.

    The month's last day, where the number is not reached; arguable is the month's last day, where the start was one.
    """
    day = start
    for _ in range(months):
        month = day.month
        while day.month == month:
            day += timedelta(days=1)
    month, last = day.month, day
    while day.month == month:
        last = day
        if day.day == start.day:
            break
        day += timedelta(days=1)
    end = last
    while (end + timedelta(days=1)).month == month:
        end += timedelta(days=1)
    at_end = (start + timedelta(days=1)).month != start.month
    return last, end if at_end else last


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(1, 60))
def test_months_against_a_slow_counter(start: date, months: int) -> None:
    assert clock.run(start, months) == slowly(start, months)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(1, 60))
def test_a_later_start_never_ends_earlier(start: date, months: int) -> None:
    after = clock.run(start + timedelta(days=1), months)
    assert all(a <= b for a, b in zip(clock.run(start, months), after, strict=True))
