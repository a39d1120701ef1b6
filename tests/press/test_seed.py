"""The article that gave this project its occasion, read whole; its text lies in the specification folder only."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ratione.press import read
from ratione.press.model import Reading
from ratione.registry.snapshot import Registry

WANTED = tomllib.loads(Path(__file__).with_name("seed.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def reading(shared: Path, registry: Registry) -> Reading:
    text = (shared / "seed-article.txt").read_text("utf-8")
    return read(text, WANTED["published"], registry=registry)


def _fits(wanted: dict[str, Any], found: Any) -> bool:
    """Whether a thing read is the thing wanted: equal values, words contained, a span inside the one wanted."""
    for name, value in wanted.items():
        if name == "span":
            if not value[0] <= found.span[0] < found.span[1] <= value[1]:
                return False
        elif name.endswith("_has"):
            said = getattr(found, name.removesuffix("_has")) or ""
            words = value if isinstance(value, list) else [value]
            if not all(word in said for word in words) or (value == "" and said):
                return False
        elif getattr(found, name) != value:
            return False
    return True


@pytest.mark.parametrize(
    ("part", "wanted"),
    [(part, wanted) for part in ("events", "statements", "figures", "acts") for wanted in WANTED[part]],
    ids=lambda value: value if isinstance(value, str) else str(value["span"]),
)
def test_every_assertion(reading: Reading, part: str, wanted: dict[str, Any]) -> None:
    found = getattr(reading, part)
    assert any(_fits(wanted, item) for item in found), found


@pytest.mark.parametrize("wanted", WANTED["issues"], ids=lambda wanted: str(wanted["span"]))
def test_what_is_garbled(reading: Reading, wanted: dict[str, Any]) -> None:
    assert any(_fits(wanted, issue) for issue in reading.text_quality.issues)
    for issue in reading.text_quality.issues:
        assert reading.text[slice(*issue.span)] == issue.original


def test_nothing_else_is_claimed(reading: Reading) -> None:
    assert len(reading.events) == len(WANTED["events"])
    assert {e.state for e in reading.events} == {"RUS"}
    assert {e.body for e in reading.events} == {"COE"}


def test_provenance(reading: Reading) -> None:
    for name, value in WANTED["provenance"].items():
        found = getattr(reading.provenance, name)
        assert (list(found) if isinstance(found, tuple) else found) == value
    assert reading.text_quality.verdict == "damaged"
