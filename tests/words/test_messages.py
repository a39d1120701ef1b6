"""Every outcome has a sentence, every sentence is used, and none names a value that is never given."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from ratione.complaint import decided, model
from ratione.complaint.columns import WHOLE
from ratione.fora import FORA
from ratione.rules import (
    HEADS,
    KINDS,
    LEVELS,
    AtLeast,
    Begun,
    Between,
    Bound,
    Clock,
    Covers,
    Elsewhere,
    Extended,
    Fact,
    Fixed,
    InTime,
    Not,
    Reserved,
    Say,
    Start,
    walk,
)
from ratione.words import labels, rules
from ratione.words.messages import MESSAGES

PACKAGE = Path(__file__).parents[2] / "src" / "ratione"
ALWAYS = {"body", "respondent"}
BINDING = {"state", "instrument", "reading", "since"}
FACTS = {"facts"}
#: What the evaluator says of its own, with the values it gives (assess/scalar.py, steps.py, verdict.py).
EVALUATOR = {
    "fact_needed": FACTS,
    "day_needed": FACTS,
    "article_needed": FACTS,
    "value_not_told_apart": FACTS,
    "no_start": FACTS,
    "piece_uncertain": FACTS,
    "presumption_decides": FACTS,
    "act_kind_decides": set(),
    "neighbour": {"right", "article"},
    "same_matter": {"forum", "status"},
    "same_matter_pending": {"forum", "status"},
    "same_matter_here": {"forum", "status"},
    "same_matter_by_third_party": {"forum", "status"},
    "same_matter_weighed": {"forum", "status"},
    "contested_fact": BINDING,
    "limit_unverified": {"state", "instrument"},
    "registry_unknown": FACTS,
    "registry_undated": FACTS,
    "registry_undated_end": FACTS,
    "registry_running_notice": FACTS,
    "registry_no_list": FACTS,
    "registry_no_territory": FACTS,
    "registry_with_parent": FACTS,
}


def said(node: object) -> Iterator[tuple[Say | None, set[str]]]:
    """The outcomes of one rule with the values that the evaluator gives them."""
    match node:
        case Bound():
            yield node.otherwise, BINDING
            yield node.contested, BINDING
            yield from ((say, {"state", "instrument", "day"}) for _, say in node.edge)
        case Begun() | Extended():
            yield node.otherwise, BINDING
        case Reserved():
            yield node.otherwise, {"state", "instrument"}
        case AtLeast():
            yield node.otherwise, {"instrument", "needed", "found"}
        case Between():
            yield node.otherwise, {"since", "until"}
        case InTime():
            yield from ((say, {"filed", "last_day", "arguable"}) for say in (node.late, node.between))
        case Fact():
            yield from ((say, {"fact", "value"}) for say in node.says.values())
            yield node.missing, set()
        case Covers():
            yield node.otherwise, {"right", "article"}
            yield from ((say, {"article"}) for say in node.exceptions.values())
        case Fixed():
            yield node.say, set()
        case Not():
            yield node.otherwise, set()
        case Elsewhere():
            yield Say(0, node.barred), {"forum", "status"}
            yield Say(0, f"{node.barred}_pending"), {"forum", "status"}
            yield node.other_rights, {"forum", "status"}


NODES = [(test, node) for forum in FORA for test in forum.tests for node in walk(test.rule)]
IN_FORA = [(say.why, values, test.id) for test, node in NODES for say, values in said(node) if say and say.why]
NOTES = {note for forum in FORA for note in forum.notes}


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_id_has_a_sentence() -> None:
    missing = {(why, test) for why, _, test in IN_FORA if why not in MESSAGES}
    assert not missing
    assert not {*EVALUATOR, *NOTES} - set(MESSAGES)


def test_every_sentence_is_used() -> None:
    assert not set(MESSAGES) - {why for why, _, _ in IN_FORA} - set(EVALUATOR) - NOTES


def test_no_sentence_names_a_value_that_is_not_given() -> None:
    wrong = {(why, test, *names(MESSAGES[why]) - values - ALWAYS) for why, values, test in IN_FORA
             if names(MESSAGES[why]) - values - ALWAYS}  # fmt: skip
    assert not wrong
    for why, values in EVALUATOR.items():
        assert names(MESSAGES[why]) <= values | ALWAYS, why
    for note in NOTES:
        assert not names(MESSAGES[note])


@pytest.mark.parametrize("folder", ["assess"])
def test_the_evaluator_says_nothing_else(folder: str) -> None:
    source = "\n".join(p.read_text("utf-8") for p in (PACKAGE / folder).glob("*.py"))
    found = set(re.findall(r'(?:Why|judgment|failed|not_yet|unknown|met)\(\s*"(\w+)"', source))
    found |= set(re.findall(r'missing\([^\n]*?, "(\w+)"', source))
    assert found <= set(EVALUATOR), found - set(EVALUATOR)


def test_registry_reasons_have_words() -> None:
    source = "\n".join(p.read_text("utf-8") for p in (PACKAGE / "registry").glob("*.py"))
    assert set(re.findall(r'why="(\w+)"', source)) <= set(labels.READINGS)
    for reason in (r.removeprefix("registry_") for r in EVALUATOR if r.startswith("registry_")):
        assert reason == "unknown" or f'"{reason}"' in source, reason


def test_sentences_promise_nothing() -> None:
    for why, sentence in MESSAGES.items():
        assert "admissib" not in sentence.lower(), why
        assert sentence[0].isupper() or sentence[0] == "{", why
        assert sentence.endswith("."), why
        assert why == why.lower()


def test_labels_are_those_in_use() -> None:
    tests = {test.id.split(".")[1] for test, _ in NODES}
    assert set(labels.TESTS) == tests
    assert set(labels.HEADS) == set(HEADS)
    assert set(labels.LEVELS) == {*LEVELS, "part"}
    assert set(labels.STOPS) == {n.stops for _, n in NODES if isinstance(n, Clock)}
    starts = {n.day for _, n in NODES if isinstance(n, Start)}
    assert starts <= set(labels.STARTS)
    cures = {say.cure for _, n in NODES for say, _ in said(n) if say and say.for_now} | {"other_procedure_ends"}
    assert set(labels.CURES) == cures


def test_presumptions_have_words() -> None:
    from ratione.assess.verdict import PRESUMED_FOR

    assert set(labels.PRESUMED) == {*PRESUMED_FOR, *decided.READINGS}


def test_every_input_has_a_question() -> None:
    inputs = {*model.FACTS, *model.CODES, *model.DAYS, *WHOLE} - {"id", "schema"}
    asked = {name.removesuffix(".sent").removesuffix(".received") if name.startswith("lodged") else name
             for name in inputs}  # fmt: skip
    assert not asked - set(labels.QUESTIONS)
    acts = {f"acts.{name}" for name in ("from", "to", "ongoing", "kind", "place", "control", "attributable")}
    other = {f"other_procedures.{name}" for name in ("status", "ended", "same_person", "same_facts", "same_rights")}
    assert set(labels.QUESTIONS) == asked | acts | other | {"other_procedures", "rights"}


def test_every_kind_of_rule_has_words() -> None:
    assert set(rules.BRANCHES) == set(KINDS)


def test_every_rule_can_be_said() -> None:
    for test, _ in NODES:
        told = list(rules.lines(test.rule))
        assert told, test.id
        assert all(text.strip() and "None" not in text for _, text in told), test.id


def test_variables_of_rules_have_words() -> None:
    for forum in FORA:
        for test in forum.tests:
            for node in walk(test.rule):
                if isinstance(node, Fact):
                    assert "." not in rules.variable(node.name), node.name
