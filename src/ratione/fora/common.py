"""Rules that several fora share: UN treaty bodies (law.md B.2), remedies, places, starts of clocks."""

from ratione.rules import FAILED, MET, Fact, Fixed, Start, failed, judgment, met

# ---- who -------------------------------------------------------------------------------------------------------------
IDENTITY = Fact("applicant.identity", {"anonymous": failed("anonymous"), "*": met()})
ATTRIBUTION = Fact("act.attributable", {"yes": met(), "no": judgment("positive_obligation", MET)})
VICTIM_UN = Fact(
    "applicant.victim",
    {
        "direct": met(),
        "indirect": judgment("next_of_kin", MET),
        "potential": judgment("potential_victim"),
        "representative_with_consent": met(),
        "representative_without_consent": judgment("no_consent_reason_needed"),
        "public_interest": failed("actio_popularis"),
    },
)
LEGAL_PERSONS = {
    "company": failed("legal_person"),
    "ngo": failed("legal_person"),
    "political_party": failed("legal_person"),
    "association": failed("legal_person"),
    "trade_union": failed("legal_person"),
    "employers_organisation": failed("legal_person"),
    "religious_body": failed("legal_person"),
    "local_authority": failed("legal_person"),
    "public_body": failed("legal_person"),
    "state_owned_company": failed("legal_person"),
    "state": failed("inter_state"),
    "minority_or_indigenous_community": judgment("community_members_only"),
}
INDIVIDUALS = Fact(
    "applicant.kind",
    {**LEGAL_PERSONS, "individual": met(), "group_of_individuals": met("each_for_itself")},
)
INDIVIDUALS_AND_GROUPS = Fact("applicant.kind", {**LEGAL_PERSONS, "individual": met(), "group_of_individuals": met()})

# ---- where -----------------------------------------------------------------------------------------------------------
JURISDICTION_UN = Fact(
    "place",
    {
        "own_territory": met(),
        "occupied": met("effective_control"),
        "agent_authority": met("agent_authority"),
        "active_hostilities": judgment("active_hostilities"),
        "dependent_territory": judgment("dependent_territory"),
        "abroad": failed("no_jurisdiction"),
    },
)
#: ICCPR and OP1 have no colonial clause (law.md U2).
JURISDICTION_UN_NO_COLONIAL_CLAUSE = Fact(
    "place",
    {
        "own_territory": met(),
        "occupied": met("effective_control"),
        "agent_authority": met("agent_authority"),
        "active_hostilities": judgment("active_hostilities"),
        "dependent_territory": met("dependent_territory_included"),
        "abroad": failed("no_jurisdiction"),
    },
)

# ---- remedies --------------------------------------------------------------------------------------------------------
REMEDIES_UN = Fact(
    "remedies",
    {
        "exhausted": met(),
        "pending": judgment("remedy_pending_at_examination", FAILED),
        "not_tried": failed("not_exhausted"),
        "unavailable": judgment("no_effective_remedy", MET),
        "ineffective": judgment("no_effective_remedy", MET),
        "no_remedy_exists": judgment("no_effective_remedy", MET),
        "unduly_prolonged": judgment("unduly_prolonged", MET),
    },
)
NO_REMEDIES_NEEDED = Fixed(met("remedies_not_required"))

# ---- conditions of start events --------------------------------------------------------------------------------------
_NO = failed("")
EXHAUSTED = Fact("remedies", {"exhausted": met(), "*": _NO})
NOT_EXHAUSTED = Fact("remedies", {"exhausted": _NO, "*": met()})
NO_REMEDY = Fact(
    "remedies",
    {"no_remedy_exists": met(), "unavailable": met(), "ineffective": met(), "not_tried": met(), "*": _NO},
)
STEP_PENDING = Fact("remedies", {"pending": met(), "unduly_prolonged": met(), "*": _NO})
ONGOING = Fact("act.ongoing", {"yes": met(), "*": _NO})
LASTING = Fact("act.kind", {"continuing": met(), "omission": met(), "*": _NO})
PROCEDURAL = Fact("act.kind", {"procedural_obligation": met(), "*": _NO})

# ---- start events of the terms that run from exhaustion -------------------------------------------------------------
FROM_EXHAUSTION = (
    Start("decision", "un-exhaustion-start", EXHAUSTED),
    Start("decision", "un-exhaustion-start", STEP_PENDING),
    Start("act.to", "no-remedy-start", NO_REMEDY),
)
#: The text counts from exhaustion: the day of the decision is safe, that of service arguable (CERD, CRC, CESCR).
FROM_TAKEN = (
    Start("decision.exhausted", "un-exhaustion-start", EXHAUSTED),
    Start("decision.served", "un-exhaustion-start", EXHAUSTED, later=True),
    Start("decision.exhausted", "un-exhaustion-start", STEP_PENDING),
    Start("act.to", "no-remedy-start", NO_REMEDY),
)

# ---- where a body has no rule ----------------------------------------------------------------------------------------
NO_RULE = Fixed(met("no_rule"))
NO_TERM = Fixed(met("no_term"))
