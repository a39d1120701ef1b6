"""The complaint: what somebody states, and what is not known (law.md A.2).

Anything may be unknown: a fact that is absent from `facts`, a day that is absent from `days`. Closed lists of words are
below; a word outside its list never gets here (reading refuses the field and says so).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ratione.days import ALL_TIME, Interval

SCHEMA = 1

YES_NO = ("yes", "no")
ACT_KINDS = ("instantaneous", "continuing", "omission", "procedural_obligation")
CONTROLS = ("own_territory", "occupied", "agent_authority", "active_hostilities", "other")
REMEDIES = (
    "exhausted",
    "pending",
    "not_tried",
    "unavailable",
    "ineffective",
    "unduly_prolonged",
    "no_remedy_exists",
)
STATUSES = (
    "pending",
    "decided_merits",
    "rejected_after_some_look_at_merits",
    "rejected_without_reasons",
    "rejected_formal",
    "discontinued",
    "withdrawn_before_decision",
)
#: Plain inputs of the whole complaint and the words that they take (law.md A.2). `None`: any text or codes.
FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "applicant.kind": (
            "individual",
            "group_of_individuals",
            "ngo",
            "company",
            "trade_union",
            "employers_organisation",
            "political_party",
            "religious_body",
            "association",
            "local_authority",
            "public_body",
            "state_owned_company",
            "minority_or_indigenous_community",
            "state",
        ),
        "applicant.victim": (
            "direct",
            "indirect",
            "potential",
            "representative_with_consent",
            "representative_without_consent",
            "public_interest",
        ),
        "applicant.identity": ("disclosed", "confidential_to_public", "hidden_from_state", "anonymous"),
        "ground": (
            "race",
            "colour",
            "descent",
            "national_origin",
            "ethnic_origin",
            "religion",
            "citizenship",
            "none",
            "other",
        ),
        "final_decision.service_required": YES_NO,
        "redress": YES_NO,
        "exceptional_circumstances": YES_NO,
        "impossibility": YES_NO,
        "reason_for_delay": YES_NO,
        "pattern": YES_NO,
        "on_list": YES_NO,
        "representative": YES_NO,
        "observer_status": YES_NO,
        "armed_conflict": YES_NO,
        "widespread_or_systematic": YES_NO,
        "examination_begun": YES_NO,
        "category_open": YES_NO,
        "expulsion_carried_out": YES_NO,
        "imminent_irreparable_harm": YES_NO,
    }
)
#: Lists of State codes.
CODES = ("applicant.nationality", "accused.nationality", "residence")
#: Days of the whole complaint.
DAYS = (
    "final_decision.taken",
    "final_decision.served",
    "final_decision.available",
    "knowledge",
    "remedy_ineffective_known",
    "lodged.sent",
    "lodged.received",
    "released_or_convicted_on",
    "detention_regime_ended",
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act or omission complained of.

    `first`, `last`: its first and last day, as intervals. `last_stated`: whether a last day was given at all.
    `place`: a code of a State, territory or subdivision, or None; `place_text`: what was written.
    """

    first: Interval = ALL_TIME
    last: Interval = ALL_TIME
    last_stated: bool = False
    kind: str | None = None
    ongoing: str | None = None
    place: str | None = None
    place_text: str | None = None
    control: str | None = None
    attributable: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """The same matter before another body; `rights`: the rights put there, where they are told."""

    forum: str
    status: str | None = None
    filed: Interval = ALL_TIME
    ended: Interval = ALL_TIME
    same_person: str | None = None
    same_facts: str | None = None
    same_rights: str | None = None
    rights: tuple[str, ...] | None = None
    by_third_party: str | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint against one or more States.

    `rights`: plain ids of rights.csv or articles (`ECHR-P1:1`), None where not told. `remedies`: by right, "*" for all.
    `procedures`: None where nothing is told, empty where there is none. `decided`: it came in the wrapping form of
    decided cases. `extra`: unknown `x_` keys, kept (`acts.2.x_note` for one inside the second act). `warnings`: fields
    that were refused and count as unknown. `read_as`: message ids of what the form of decided cases was taken to mean
    (`complaint/decided.py`); shown with what is taken for granted.
    """

    id: str
    respondent: tuple[str, ...]
    acts: tuple[Act, ...] = ()
    rights: tuple[str, ...] | None = None
    remedies: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: Mapping[str, Interval] = field(default_factory=dict)
    procedures: tuple[Procedure, ...] | None = None
    decided: Interval | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()
