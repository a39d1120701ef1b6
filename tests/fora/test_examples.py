"""Worked examples and decided points of each forum, read from the TOML file beside it.

An example is a complaint in the form of docs/complaint.md with what each forum must answer:
status, last_day, arguable, advise_by, opens_on, missing (exactly those inputs), tests (outcome by test id).
`registry` facts are those of the package; `as_known_on` asks an earlier state of knowledge.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ratione.assess.verdict import Assessor, Verdict
from ratione.complaint.model import Complaint
from ratione.complaint.read import from_mapping
from ratione.registry import Registry

HERE = Path(__file__).parent
REGISTRY = Registry.load()


def examples() -> Iterator[Any]:
    for file in sorted(HERE.glob("*.toml")):
        for example in tomllib.loads(file.read_text("utf-8"))["example"]:
            for key, expected in example["expect"].items():
                yield pytest.param(example, key, expected, id=f"{file.stem}-{example['id']}-{key.replace('/', '-')}")


EXAMPLES = list(examples())


def plain(value: Any) -> Any:
    """TOML dates as the ISO text of a complaint file."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


def complaint(example: Mapping[str, Any]) -> Complaint:
    found, refusals = from_mapping({"id": example["id"], **plain(example["complaint"])})
    assert not refusals, [str(r) for r in refusals]
    assert found is not None
    return found


def answer(example: Mapping[str, Any], key: str, presume: bool = True) -> Verdict:
    known = example.get("as_known_on")
    registry = REGISTRY.as_known_on(known) if known else REGISTRY
    assessor = Assessor(registry, example.get("on", date(2026, 11, 24)), presume)
    assessor.fora = tuple(forum for forum in assessor.fora if forum.key == key)
    assert assessor.fora, f"no forum {key}"
    (verdict,) = assessor.assess(complaint(example))
    return verdict


@pytest.mark.parametrize(("example", "key", "expected"), EXAMPLES)
def test_example(example: Mapping[str, Any], key: str, expected: Mapping[str, Any]) -> None:
    verdict = answer(example, key)
    got = {
        "status": verdict.status,
        "last_day": verdict.last_day,
        "arguable": verdict.last_day_arguable,
        "advise_by": verdict.advise_by,
        "opens_on": list(verdict.opens_on),
        "missing": list(verdict.missing),
    }
    outcomes = {t.test.id: t.outcome for t in verdict.tests}
    unknown = set(expected) - {*got, "tests"}
    assert not unknown, f"an example may not expect {unknown}"
    wanted = {k: v for k, v in expected.items() if k != "tests"}
    none = {k: None for k, v in wanted.items() if v == "none"}
    assert {k: got[k] for k in wanted} == {**wanted, **none}, outcomes
    tests = expected.get("tests", {})
    assert {k: outcomes[k] for k in tests} == tests


@pytest.mark.parametrize(("example", "key", "expected"), EXAMPLES)
def test_presuming_less_never_closes(example: Mapping[str, Any], key: str, expected: Mapping[str, Any]) -> None:
    presumed, bare = answer(example, key), answer(example, key, presume=False)
    failed = {t.test.id for t in bare.tests if t.outcome == "failed"}
    assert failed <= {t.test.id for t in presumed.tests if t.outcome == "failed"}
    if bare.status in ("closed", "not_yet"):
        assert presumed.status in ("closed", "not_yet")
