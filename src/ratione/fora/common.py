"""Rules that several fora share: UN treaty bodies (law.md B.2), remedies, places, starts of clocks."""

from ratione.rules import (
    FAILED,
    MET,
    All,
    Case,
    Clock,
    Fact,
    Fixed,
    InTime,
    Reserved,
    Start,
    Version,
    failed,
    judgment,
    met,
    not_yet,
)

# ---- who -------------------------------------------------------------------------------------------------------------
IDENTITY = Fact("applicant.identity", {"anonymous": failed("anonymous"), "*": met()})
#: A name can be kept from the public; from the State only in part (law.md U5).
IDENTITY_UN = Fact(
    "applicant.identity",
    {
        "disclosed": met(),
        "confidential_to_public": met("public_anonymity"),
        "hidden_from_state": judgment("state_will_know_in_part", MET),
        "anonymous": failed("anonymous"),
    },
)
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
DECISION_TOLD = Fact("decision.told", {"yes": met(), "no": _NO})
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

# ---- UN treaty bodies (law.md B.4 to B.11) ---------------------------------------------------------------------------
NO_ACCEPTANCE = failed("no_acceptance_when_filed")
BEFORE_PROTOCOL = failed("before_protocol")
OUTSIDE = failed("article_outside")
ACCESSORY = judgment("with_another_right")
#: The treaties of these States reach a dependent territory only where a row of the registry says so (law.md U2).
NEEDS_EXTENSION = All(
    (
        Fact("place", {"dependent_territory": met(), "*": _NO}),
        Fact("respondent", {"DNK": met(), "GBR": met(), "NLD": met(), "NZL": met(), "*": _NO}),
    )
)
#: No term, but long delay can make a complaint abusive or its examination too hard; five years are an author's band.
LONG_DELAY = InTime(
    Clock(FROM_EXHAUSTION, (Version(None, 60),), "submission", advice=True),
    judgment("long_delay"),
    judgment("long_delay"),
)
#: One year from exhaustion unless that was impossible (CRC, CESCR). Where nothing was exhausted, nothing is certain.
ONE_YEAR = Clock(FROM_TAKEN, (Version(None, 12),), "submission")
ONE_YEAR_UNLESS_IMPOSSIBLE = Case(
    (
        (
            Fact("impossibility", {"yes": met(), "no": _NO}, missing=failed("not_claimed")),
            InTime(ONE_YEAR, judgment("impossibility_claimed"), judgment("impossibility_claimed")),
        ),
        (EXHAUSTED, InTime(ONE_YEAR)),
    ),
    InTime(ONE_YEAR, judgment("no_exhaustion_to_count_from")),
)

# ---- African bodies (law.md B.19 to B.22, C.1) -----------------------------------------------------------------------
#: A remedy still under way keeps the door shut for now (law.md A.6).
REMEDIES_FIRST = Fact(
    "remedies",
    {
        "exhausted": met(),
        "pending": not_yet("remedy_pending", "final_domestic_decision"),
        "not_tried": failed("not_exhausted"),
        "unavailable": judgment("no_effective_remedy", MET),
        "ineffective": judgment("no_effective_remedy", MET),
        "no_remedy_exists": judgment("no_effective_remedy", MET),
        "unduly_prolonged": judgment("unduly_prolonged", MET),
    },
)
#: Nothing was exhausted, so the reasonable period of Article 56(6) has no decision to run from.
NOTHING_EXHAUSTED = Fact(
    "remedies",
    {
        "unavailable": met(),
        "ineffective": met(),
        "no_remedy_exists": met(),
        "unduly_prolonged": met(),
        "*": _NO,
    },
)
#: Remedies exist, but were of no use.
NO_USE = Fact("remedies", {"unavailable": met(), "ineffective": met(), "*": _NO})
#: A reasonable period from exhaustion; six months are a benchmark, no term of law.
SIX_MONTHS_BENCHMARK = Clock((Start("decision", "achpr-56-6"),), (Version(None, 6),), "receipt", advice=True)
#: Where remedies were of no use the Commission counted from the act (Majuru v. Zimbabwe).
SIX_MONTHS_FROM_ACT = Clock(
    (
        Start("act.to", "achpr-56-6"),
        Start("ineffective_known", "achpr-56-6", Fact("remedies", {"ineffective": met(), "*": _NO}), later=True),
        Start("decision", "achpr-56-6", DECISION_TOLD, later=True),
    ),
    (Version(None, 6),),
    "receipt",
    advice=True,
)
REASONABLE_PERIOD = Case(
    (
        (ONGOING, Fixed(met("ongoing_violation"))),
        (NO_USE, InTime(SIX_MONTHS_FROM_ACT, judgment("reasonable_period"), judgment("reasonable_period"))),
        (NOTHING_EXHAUSTED, Fixed(met("nothing_exhausted"))),
    ),
    InTime(SIX_MONTHS_BENCHMARK, judgment("reasonable_period"), judgment("reasonable_period")),
)
#: Treaties that the courts apply where they bind the State, beside their own.
AFRICAN_COURT_TREATIES = (
    "ACHPR", "MAPUTO", "ACRWC", "AU-DEMOCRACY", "KAMPALA", "ICCPR", "ICCPR-OP2", "ICESCR", "CERD", "CAT", "CEDAW",
    "CRPD", "CED", "CRC", "CRC-OPSC", "CRC-OPAC", "CMW",
)  # fmt: skip
#: Duties of persons, and what concerns the bodies and the treaties themselves.
OUTSIDE_AFRICAN_CHARTER = {
    "ACHPR:27": OUTSIDE, "ACHPR:28": OUTSIDE, "ACHPR:29": OUTSIDE, "ACHPR:30": OUTSIDE, "ACHPR:31": OUTSIDE,
    "ACHPR:32": OUTSIDE, "ACHPR:33": OUTSIDE, "ACHPR:34": OUTSIDE, "ACHPR:35": OUTSIDE, "ACHPR:36": OUTSIDE,
    "ACHPR:37": OUTSIDE, "ACHPR:38": OUTSIDE, "ACHPR:39": OUTSIDE, "ACHPR:40": OUTSIDE, "ACHPR:41": OUTSIDE,
    "ACHPR:42": OUTSIDE, "ACHPR:43": OUTSIDE, "ACHPR:44": OUTSIDE, "ACHPR:45": OUTSIDE, "ACHPR:46": OUTSIDE,
    "ACHPR:47": OUTSIDE, "ACHPR:48": OUTSIDE, "ACHPR:49": OUTSIDE, "ACHPR:50": OUTSIDE, "ACHPR:51": OUTSIDE,
    "ACHPR:52": OUTSIDE, "ACHPR:53": OUTSIDE, "ACHPR:54": OUTSIDE, "ACHPR:55": OUTSIDE, "ACHPR:56": OUTSIDE,
    "ACHPR:57": OUTSIDE, "ACHPR:58": OUTSIDE, "ACHPR:59": OUTSIDE, "ACHPR:60": OUTSIDE, "ACHPR:61": OUTSIDE,
    "ACHPR:62": OUTSIDE, "ACHPR:63": OUTSIDE, "ACHPR:64": OUTSIDE, "ACHPR:65": OUTSIDE, "ACHPR:66": OUTSIDE,
    "ACHPR:67": OUTSIDE, "ACHPR:68": OUTSIDE,
}  # fmt: skip
OUTSIDE_CHILDRENS_CHARTER = {
    "ACRWC:2": OUTSIDE,
    "ACRWC:31": OUTSIDE, "ACRWC:32": OUTSIDE, "ACRWC:33": OUTSIDE, "ACRWC:34": OUTSIDE, "ACRWC:35": OUTSIDE,
    "ACRWC:36": OUTSIDE, "ACRWC:37": OUTSIDE, "ACRWC:38": OUTSIDE, "ACRWC:39": OUTSIDE, "ACRWC:40": OUTSIDE,
    "ACRWC:41": OUTSIDE, "ACRWC:42": OUTSIDE, "ACRWC:43": OUTSIDE, "ACRWC:44": OUTSIDE, "ACRWC:45": OUTSIDE,
    "ACRWC:46": OUTSIDE, "ACRWC:47": OUTSIDE, "ACRWC:48": OUTSIDE,
}  # fmt: skip
#: Articles that carry a complaint only with another right, or give none (law.md C, rule 4).
AFRICAN_COURT_EXCEPTIONS = {
    **OUTSIDE_AFRICAN_CHARTER,
    **OUTSIDE_CHILDRENS_CHARTER,
    "ACHPR:1": judgment("with_another_right"),
    "ACRWC:1": judgment("with_another_right"),
    "ICCPR:2": judgment("with_another_right"),
    "ICCPR:2(1)": judgment("with_another_right"),
    "ICCPR:2(3)": judgment("with_another_right"),
    "ICCPR:3": judgment("with_another_right"),
    "ICESCR:2": judgment("with_another_right"),
    "ICESCR:2(2)": judgment("with_another_right"),
    "ICESCR:3": judgment("with_another_right"),
    "CRPD:4": judgment("with_another_right"),
    "CRPD:8": judgment("with_another_right"),
    "CRC:4": judgment("with_another_right"),
    "CEDAW:1": judgment("with_another_right"),
}
EFFECT_DAY = ((0, judgment("effect_day", FAILED)),)
RESERVED_ARTICLE = Case(((Reserved("$right", "rights_excluded", "act"), Fixed(judgment("reservation"))),), Fixed(met()))
