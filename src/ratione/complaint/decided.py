"""The form of decided cases, `{"id": ..., "complaint": {...}, "decided": ...}`, and what it is taken to mean.

A decision names the days from which the body counted and leaves out what it did not need. Each reading below is told
in `Complaint.read_as` by its id and shown with what is taken for granted (law.md A.6; design of the file format).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ratione.complaint.model import Act, Complaint, Procedure
from ratione.days import FIRST, Interval

#: The lone final decision is the day from which the body counted: taken and served.
SERVED = "decision_counted_as_served"
#: No effective remedy, yet a decision: its day is that of knowledge, and on which the remedy was seen to be useless.
KNOWN = "decision_counted_as_knowledge"
#: No effective remedy and no decision: time counted from the end of the act.
ACT_END = "act_end_counted_as_remedy_known"
#: A procedure elsewhere that the decision lists is about the same person, facts and rights unless it says otherwise.
SAME = "listed_procedure_same_matter"
#: The applicant is the direct victim.
VICTIM = "victim_taken_as_direct"
#: Filed on some day from the first act up to the decision.
FILED = "filed_by_day_of_decision"
#: A continuing situation, or a duty to investigate, of which no end is told was still going on.
ONGOING = "continuing_without_end_goes_on"
READINGS = (SERVED, KNOWN, ACT_END, SAME, VICTIM, FILED, ONGOING)
_USELESS = frozenset({"ineffective", "unavailable", "no_remedy_exists", "not_tried"})


def unwrap(data: Mapping[Any, Any]) -> tuple[Mapping[Any, Any], Mapping[Any, Any]] | None:
    """The complaint and the wrapper of a decided case; None for every other form.

    Of the wrapper only id, schema, decided, read_as and own `x_` keys belong to the complaint: the rest is about the
    decision.
    """
    inner = data.get("complaint")
    if not isinstance(inner, Mapping):
        return None
    outer = {k: v for k, v in data.items() if isinstance(k, str) and (k in ("id", "schema") or k[:2] in ("x_", "X_"))}
    return inner, outer


def interpret(complaint: Complaint) -> Complaint:
    """The complaint with what its form implies, each implication named in `read_as`."""
    days = dict(complaint.days)
    facts = dict(complaint.facts)
    read_as: list[str] = []
    stated = days.get("final_decision.served") or days.get("final_decision.taken")
    if "final_decision.taken" in days and "final_decision.served" not in days:
        days["final_decision.served"] = days["final_decision.taken"]
        read_as.append(SERVED)
    acts = complaint.acts
    if complaint.remedies and set(complaint.remedies.values()) <= _USELESS:
        read_as += _no_remedy(acts, stated, days)
        if stated and all(act.first.unknown and act.last.unknown for act in acts):
            up_to = Interval(FIRST, stated.last)
            acts = tuple(
                replace(act, first=up_to, last=stated, last_stated=True, ongoing="no") for act in acts or (Act(),)
            )
    if any(_without_end(act) for act in acts):
        acts = tuple(replace(act, ongoing="yes") if _without_end(act) else act for act in acts)
        read_as.append(ONGOING)
    procedures = complaint.procedures
    if procedures:
        procedures = tuple(map(_same_matter, procedures))
        read_as += [SAME] * (procedures != complaint.procedures)
    if "applicant.victim" not in facts:
        facts["applicant.victim"] = "direct"
        read_as.append(VICTIM)
    begun = min((act.first.first for act in complaint.acts), default=FIRST)
    filed = days.keys() & {"lodged.sent", "lodged.received"}
    if complaint.decided and not filed and begun <= complaint.decided.last:
        days["lodged.sent"] = days["lodged.received"] = Interval(begun, complaint.decided.last)
        read_as.append(FILED)
    elif len(filed) == 1:  # the stated day is the one that the body counted
        days["lodged.sent"] = days["lodged.received"] = days[filed.pop()]
    return replace(complaint, acts=acts, days=days, facts=facts, procedures=procedures, read_as=tuple(read_as))


def _without_end(act: Act) -> bool:
    """What the case calls continuing, or a duty, and of which it tells no end was going on when it was decided."""
    return act.kind in ("continuing", "procedural_obligation") and not act.last_stated and act.ongoing is None


def _no_remedy(acts: tuple[Act, ...], stated: Interval | None, days: dict[str, Interval]) -> Iterator[str]:
    """Where no remedy counted, the day from which the body did count."""
    if stated:
        if not {"knowledge", "remedy_ineffective_known"} <= days.keys():
            days.setdefault("knowledge", stated)
            days.setdefault("remedy_ineffective_known", stated)
            yield KNOWN
        return
    ends = [act.last for act in acts if not act.last.unknown]
    if ends and "remedy_ineffective_known" not in days:
        days["remedy_ineffective_known"] = max(ends, key=lambda day: day.last)
        yield ACT_END


def _same_matter(procedure: Procedure) -> Procedure:
    return replace(
        procedure,
        same_person=procedure.same_person or "yes",
        same_facts=procedure.same_facts or "yes",
        same_rights=procedure.same_rights or "yes",
    )
