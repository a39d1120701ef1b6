"""A complaint as the nested JSON form, which reading gives back unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ratione.complaint.model import FACTS as WORDS
from ratione.complaint.model import SCHEMA, YES_NO, Act, Complaint, Procedure
from ratione.days import Interval


def to_mapping(complaint: Complaint) -> dict[str, object]:
    """The nested form, with schema number and own keys; what is unknown is left out.

    A complaint that was read from the form of decided cases is written in that form, with `read_as`, so that nothing is
    implied twice. Warnings are not written: what was refused is unknown now.
    """
    body: dict[str, object] = {"respondent": list(complaint.respondent)}
    if complaint.acts:
        body["acts"] = [_act(act) for act in complaint.acts]
    if complaint.rights is not None:
        body["rights"] = list(complaint.rights)
    if complaint.remedies:
        body["remedies"] = complaint.remedies["*"] if set(complaint.remedies) == {"*"} else dict(complaint.remedies)
    for name, word in complaint.facts.items():
        _put(body, name, word == "yes" if WORDS[name] == YES_NO else word)
    for name, codes in complaint.codes.items():
        _put(body, name, list(codes))
    for name, day in complaint.days.items():
        _put(body, name, str(day))
    if complaint.procedures is not None:
        body["other_procedures"] = [_procedure(procedure) for procedure in complaint.procedures]
    for key, value in complaint.extra.items():
        _own(body, key, value)
    head: dict[str, object] = {"schema": SCHEMA, "id": complaint.id}
    if complaint.decided is None and not complaint.read_as:
        return head | body
    decided = {"decided": str(complaint.decided)} if complaint.decided else {}
    return head | decided | {"read_as": list(complaint.read_as), "complaint": body}


def _put(body: dict[str, object], name: str, value: object) -> None:
    """Set `group.member` as a member of an object, everything else as it is."""
    group, dot, member = name.partition(".")
    if dot:
        cast("dict[str, object]", body.setdefault(group, {}))[member] = value
    else:
        body[name] = value


def _own(body: dict[str, object], key: str, value: object) -> None:
    """Put an own key back where it stood."""
    group, _, rest = key.partition(".")
    number, _, member = rest.partition(".")
    members = body.get(group)
    if isinstance(members, list) and number.isdigit() and 0 < int(number) <= len(members):
        members[int(number) - 1][member] = value
    elif isinstance(members, dict) and group != "remedies":
        members[rest] = value
    else:
        body[key] = value


def _told(pairs: Mapping[str, object]) -> dict[str, object]:
    return {k: v for k, v in pairs.items() if v is not None}


def _day(day: Interval) -> str | None:
    return None if day.unknown else str(day)


def _yes(word: str | None) -> bool | None:
    return None if word is None else word == "yes"


def _act(act: Act) -> dict[str, object]:
    return _told(
        {
            "from": _day(act.first),
            "to": _day(act.last) if act.last_stated else None,
            "ongoing": _yes(act.ongoing),
            "kind": act.kind,
            "place": act.place_text or act.place,
            "control": act.control,
            "attributable": _yes(act.attributable),
        }
    )


def _procedure(procedure: Procedure) -> dict[str, object]:
    return _told(
        {
            "forum": procedure.forum,
            "status": procedure.status,
            "filed": _day(procedure.filed),
            "ended": _day(procedure.ended),
            "same_person": _yes(procedure.same_person),
            "same_facts": _yes(procedure.same_facts),
            "same_rights": _yes(procedure.same_rights),
            "rights": None if procedure.rights is None else list(procedure.rights),
            "by_third_party": _yes(procedure.by_third_party),
        }
    )
