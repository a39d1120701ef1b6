"""Sentences of the field, as data: what a reader must take from each, and what not."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ratione.press import read

HERE = Path(__file__).parent
CASES = [
    case
    for name in ("sentences.toml", "reports.toml", "more.toml", "wild.toml", "field.toml", "last.toml", "plain.toml")
    for case in tomllib.loads((HERE / name).read_text("utf-8"))["sentence"]
]


def _wanted(line: str) -> tuple[str, str, list[str], str | None, str | None]:
    state, body, kinds, *days = line.split()
    act, effect = [None if d == "-" else d for d in [*days, "-", "-"][:2]]
    return state, body, kinds.split("|"), act, effect


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_sentence(case: dict[str, Any]) -> None:
    reading = read(case["text"], case.get("published"), title=case.get("title", ""), lang=case.get("lang", ""))
    left = list(reading.events)
    for line in case["events"]:
        state, body, kinds, act, effect = _wanted(line)
        hit = next((e for e in left if (e.state, e.body) == (state, body) and e.event in kinds), None)
        if hit is None and case.get("optional"):
            continue
        assert hit is not None, f"{line} is not read; read is {[(e.state, e.body, e.event) for e in reading.events]}"
        left.remove(hit)
        if act:
            assert act in (hit.date, hit.date_text)
        if effect:
            assert effect in (hit.effect_date, hit.effect_text)
        assert 0 <= hit.span[0] < hit.span[1] <= len(reading.text)
    also = [line.split()[:2] for line in case.get("optional_events", [])]
    extra = [e for e in left if [e.state, e.body] not in also]
    assert case.get("optional") or not extra, [(e.state, e.body, e.event) for e in extra]


def test_enough_sentences_of_every_kind() -> None:
    kinds = {kind for case in CASES for line in case["events"] for kind in _wanted(line)[2]}
    assert len(CASES) >= 200
    assert len(kinds) == 13
    assert {case.get("lang", "en") for case in CASES} == {"en", "fr", "es", "pt", "ru"}
    assert sum(not case["events"] for case in CASES) > 40
