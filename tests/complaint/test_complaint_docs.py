"""The page on complaints names everything that can be written, and its examples run."""

import json
import re
from pathlib import Path

import pytest

from ratione.complaint import model
from ratione.complaint.columns import ALIASES, LISTS, MEMBERS, WHOLE
from ratione.complaint.decided import READINGS
from ratione.complaint.read import from_mapping

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/complaint.md").read_text("utf-8")
TERMS = set(re.findall(r"`([^`\n]+)`", PAGE))


@pytest.mark.parametrize(
    "words",
    [
        WHOLE, ALIASES, LISTS, *LISTS.values(), MEMBERS, READINGS, model.REMEDIES, model.ACT_KINDS, model.CONTROLS,
        model.STATUSES, *model.FACTS.values(),
    ],
)  # fmt: skip
def test_every_name_and_word_is_on_the_page(words):
    assert {word for word in words if word not in TERMS} == set()


def test_the_json_example_reads():
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    complaint, refusals = from_mapping(json.loads(example))
    assert refusals == []
    assert complaint is not None
    assert complaint.id == "moscow"


def test_the_python_example_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    found: dict[str, object] = {}
    exec(example, found)
    assert found["refused"] == found["refusals"] == []
