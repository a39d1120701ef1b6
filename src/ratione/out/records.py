"""The record of a verdict: the one shape of every answer of `assess` (docs/schema/assess.json)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ratione.assess.question import settling
from ratione.assess.verdict import Assessor, CellOutcome, TestOutcome, Verdict
from ratione.complaint.model import Complaint
from ratione.complaint.write import to_mapping
from ratione.days import Interval
from ratione.registry.records import fact_record
from ratione.rules import LEVELS
from ratione.words import format as fmt
from ratione.words import verdict as say
from ratione.words.format import Words

Record = dict[str, Any]
#: The columns of flat forms (CSV, workbook); `why` is the sentence on which the status rests.
COLUMNS = (
    "id", "respondent", "forum", "route", "status", "opens_on", "last_day", "last_day_arguable", "advise_by",
    "competent_from", "competent_to", "presumed", "unverified", "contested", "question", "why",
    "tool", "law", "registry", "on", "as_known_on",
)  # fmt: skip


def plain(value: Any) -> Any:
    """A value of an outcome as JSON has it: days as ISO text, partly known days as `2022-02` or `from/to`."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Interval):
        return str(value)
    if isinstance(value, list | tuple | frozenset):
        return [plain(v) for v in value]
    return value


@dataclass(frozen=True, slots=True)
class Answer:
    """What the records of one run share: the assessor, its words, and the stamps of every answer."""

    assessor: Assessor
    stamps: Mapping[str, str]

    @property
    def words(self) -> Words:
        """Words with the names of this registry."""
        return Words(self.assessor.asked.registry)


def verdict_record(answer: Answer, verdict: Verdict, complaint: Complaint, stamped: bool = True) -> Record:
    """One verdict with every test, as JSON; `stamped`: with the stamps of the run."""
    words = answer.words
    return {
        **_head(answer, verdict, complaint),
        "tests": [test_record(words, verdict, outcome) for outcome in verdict.tests],
        **(answer.stamps if stamped else {}),
    }


def _head(answer: Answer, verdict: Verdict, complaint: Complaint) -> Record:
    wanted = settling(answer.assessor, complaint, verdict)
    return {
        "id": verdict.complaint,
        "respondent": verdict.respondent,
        "forum": verdict.forum.code,
        "route": verdict.forum.route,
        "status": verdict.status,
        "opens_on": list(verdict.opens_on),
        "last_day": plain(verdict.last_day),
        "last_day_arguable": plain(verdict.last_day_arguable),
        "advise_by": plain(verdict.advise_by),
        "competent_from": plain(verdict.competent_from),
        "competent_to": plain(verdict.competent_to),
        "presumed": [*verdict.presumed, *complaint.read_as],
        "unverified": say.unverified(verdict),
        "contested": say.contested(verdict),
        "question": {"facts": list(wanted), "text": _text(answer.words, wanted)} if wanted else None,
    }


def _text(words: Words, wanted: Iterable[str]) -> str:
    return fmt.listed(say.questions(words, wanted))


def test_record(words: Words, verdict: Verdict, outcome: TestOutcome) -> Record:
    """One test: its outcome, its authorities, why, what is missing, and its cells."""
    test, why = outcome.test, outcome.result.why[0] if outcome.result.why else None
    return {
        "test": test.id,
        "head": test.head,
        "also_called": test.also_called,
        "outcome": outcome.outcome,
        "authority": list(test.authority),
        "why": {"id": why.id, "values": {k: plain(v) for k, v in why.values.items()}} if why else None,
        "text": say.text(words, verdict, outcome),
        "missing": sorted(outcome.result.missing),
        "cells": [_cell(cell, outcome.index) for cell in outcome.cells],
    }


def _cell(outcome: CellOutcome, index: int) -> Record:
    cell, result = outcome.cell, outcome.results[index]
    return {
        "act": cell.act,
        "days": str(cell.piece),
        "right": cell.right or None,
        "article": cell.article,
        "outcome": LEVELS[result.level],
        "why": result.why[0].id if result.why else None,
    }


def explain_record(answer: Answer, complaint: Complaint, verdicts: Iterable[Verdict]) -> Record:
    """Everything about one complaint: as it was read, with every verdict, its reasons, its counting and its facts."""
    words = answer.words
    return {
        **answer.stamps,
        "complaint": to_mapping(complaint),
        "warnings": list(complaint.warnings),
        "verdicts": [
            {
                **verdict_record(answer, v, complaint, stamped=False),
                "reasons": say.reasons(words, v),
                "counting": [step for d in say.deadlines(v) for step in say.counting(d)],
                "facts": [fact_record(words.registry, f) for f in v.facts],
            }
            for v in verdicts
        ],
    }


def flat_record(answer: Answer, verdict: Verdict, complaint: Complaint) -> Record:
    """One verdict as one row of COLUMNS, without its tests."""
    head = _head(answer, verdict, complaint)
    question = head.pop("question")
    lists = {name: ";".join(head.pop(name)) for name in ("opens_on", "presumed", "unverified", "contested")}
    found = {
        **head,
        **lists,
        "question": question["text"] if question else None,
        "why": " ".join(say.reasons(answer.words, verdict)),
        **answer.stamps,
    }
    return {name: found[name] for name in COLUMNS}
