"""Press items that were frozen before their first reading (`docs/press.md` has the scores of that day) stay read."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent
SETS = ("blind.jsonl", "blind2.jsonl", "blind3.jsonl", "blind4.jsonl", "blind5.jsonl", "blind6.jsonl", "blind7.jsonl")


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The scorer, as it is run by hand."""
    spec = importlib.util.spec_from_file_location("bench_press", HERE.parents[1] / "bench" / "press.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_press"] = module
    spec.loader.exec_module(module)
    return module


def _items(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("name", SETS)
def test_blind_set(bench: ModuleType, name: str) -> None:
    total = bench.score(_items(name))
    assert total.f1 >= 0.97, total.wrong
    assert total.forbidden == 0, total.wrong
    assert total.from_negatives == 0, total.wrong
    assert total.days["date"] >= 0.85 * total.found
    assert total.days["time"] >= 0.80 * total.found


def test_blind_sets_hold_traps_and_other_languages() -> None:
    items = [item for name in SETS for item in _items(name)]
    assert sum(not item["events"] for item in items) >= 0.25 * len(items)
    assert {"en", "fr", "es", "ru"} <= {item["lang"] for item in items}
    assert len({item["id"] for item in items}) == len(items)
