"""A small vocabulary of our own, so that these tests do not depend on the package's data."""

import pytest

from ratione.complaint.names import StateNames
from ratione.law import Rights
from ratione.registry.facts import State

STATES = [
    ("RUS", "Russia", ("Russian Federation",), "RU", ""),
    ("UKR", "Ukraine", (), "UA", ""),
    ("TUR", "Türkiye", ("Turkey",), "TR", ""),
    ("GBR", "United Kingdom", ("UK",), "GB", ""),
    ("JEY", "Jersey", (), "JE", "GBR"),
    ("CYP", "Cyprus", (), "CY", ""),
    ("CHE", "Switzerland", (), "CH", ""),
    ("NER", "Niger", (), "NE", ""),
    ("COD", "Democratic Republic of the Congo", ("DR Congo",), "CD", ""),
    ("COG", "Republic of the Congo", (), "CG", ""),
    ("CAN", "Canada", (), "CA", ""),
]
RIGHTS = [
    ("liberty", "Liberty and security", "ECHR", "5"),
    ("liberty", "Liberty and security", "ADRDM", "I"),
    ("assembly", "Peaceful assembly", "ECHR", "11"),
    ("fair_trial", "Fair trial", "ECHR", "6"),
    ("property", "Property", "ECHR-P1", "1"),
    ("torture", "No torture", "ACHPR", "5"),
]


@pytest.fixture(scope="session")
def states() -> StateNames:
    return StateNames(
        {code: State(code, name, aliases, a2, None, None, (), (), of) for code, name, aliases, a2, of in STATES}
    )


@pytest.fixture(scope="session")
def rights() -> Rights:
    names = ("right_id", "label", "instrument", "article")
    return Rights([dict(zip(names, row, strict=True), short_name=row[1]) for row in RIGHTS], [])
