"""AFCTHPR: the African Court on Human and Peoples' Rights, directly or through the Commission (law.md B.20)."""

from ratione.fora.common import (
    AFRICAN_COURT_EXCEPTIONS,
    AFRICAN_COURT_TREATIES,
    ATTRIBUTION,
    EFFECT_DAY,
    IDENTITY,
    JURISDICTION_UN_NO_COLONIAL_CLAUSE,
    LASTING,
    NOTHING_EXHAUSTED,
    ONGOING,
    REMEDIES_FIRST,
    RESERVED_ARTICLE,
    SIX_MONTHS_BENCHMARK,
)
from ratione.rules import (
    FAILED,
    MET,
    All,
    Begun,
    Bound,
    Case,
    Clock,
    Covers,
    Elsewhere,
    Fact,
    Filing,
    Fixed,
    Forum,
    InTime,
    Not,
    Start,
    Test,
    Version,
    failed,
    judgment,
    met,
)

NO = failed("")

# ---- who -------------------------------------------------------------------------------------------------------------
#: Only organisations with observer status before the Commission come to the Court themselves (Article 5(3)).
ORGANISATION = Fact(
    "applicant.kind",
    {
        "ngo": met(),
        "association": met(),
        "trade_union": met(),
        "employers_organisation": met(),
        "religious_body": met(),
        "political_party": met(),
        "*": NO,
    },
)
APPLICANT = Case(
    ((ORGANISATION, Fact("observer_status", {"yes": met(), "no": failed("no_observer_status")})),),
    Fact(
        "applicant.kind",
        {
            "individual": met(),
            "group_of_individuals": met(),
            "minority_or_indigenous_community": judgment("community_members_only", MET),
            "company": judgment("company_doubtful", FAILED),
            "state_owned_company": judgment("company_doubtful", FAILED),
            "local_authority": failed("public_power"),
            "public_body": failed("public_power"),
            "state": failed("inter_state"),
        },
    ),
)
ANYBODY = Fact("applicant.kind", {"state": failed("inter_state"), "*": met("anyone_may_complain")})
VICTIM = Fact(
    "applicant.victim",
    {
        "direct": met(),
        "indirect": met("next_of_kin"),
        "potential": judgment("potential_victim"),
        "representative_with_consent": met(),
        "representative_without_consent": judgment("no_consent_reason_needed"),
        "public_interest": judgment("public_interest_weighed", MET),
    },
)
#: A court hears both sides: a name can be kept from the public, hardly from the State.
IDENTITY_IN_COURT = Fact(
    "applicant.identity",
    {
        "disclosed": met(),
        "confidential_to_public": met("public_anonymity"),
        "hidden_from_state": judgment("state_will_know"),
        "anonymous": failed("anonymous"),
    },
)

# ---- against whom and when -------------------------------------------------------------------------------------------
#: The declaration ends a year and a day after the notice; the anniversary itself is in doubt (B.20).
DECLARATION = Bound(
    "ACTHPR-34-6",
    "filed",
    failed("no_acceptance_when_filed"),
    edge=((-1, judgment("last_day_of_declaration", MET)),),
)
SINCE_PROTOCOL = Case(
    (
        (Not(Begun("ACHPR", "act")), Fixed(failed("before_charter"))),
        (
            All((Not(Begun("ACTHPR", "act")), LASTING, Begun("ACTHPR", "act.to"))),
            Fixed(met("continued_after_entry")),
        ),
        (Not(Begun("ACTHPR", "act")), Fixed(failed("before_protocol"))),
    ),
    Fixed(met()),
)
#: What began before the Protocol counts by its end: it is no better than what began after it.
SINCE_DECLARATION = Case(
    (
        (
            All((Begun("ACTHPR", "act"), Not(Begun("ACTHPR-34-6", "act")))),
            Fixed(judgment("before_declaration")),
        ),
        (
            All((LASTING, Not(Begun("ACTHPR-34-6", "act.to")))),
            Fixed(judgment("before_declaration")),
        ),
    ),
    Fixed(met()),
)

# ---- rights and time -------------------------------------------------------------------------------------------------
RIGHT = All(
    (
        Covers(AFRICAN_COURT_TREATIES, AFRICAN_COURT_EXCEPTIONS),
        Bound("$right", "act", failed("protocol_not_in_force"), edge=EFFECT_DAY),
        RESERVED_ARTICLE,
    )
)
TWELVE_MONTHS = Clock((Start("decision", "achpr-56-6"),), (Version(None, 12),), "receipt", advice=True)
#: Six and twelve months are an author's bands.
TERM = Case(
    (
        (ONGOING, Fixed(met("ongoing_violation"))),
        (NOTHING_EXHAUSTED, Fixed(met("nothing_exhausted"))),
    ),
    All(
        (
            InTime(SIX_MONTHS_BENCHMARK, met("longer_than_six_months"), met("longer_than_six_months")),
            InTime(TWELVE_MONTHS, judgment("reasonable_period"), judgment("reasonable_period")),
        )
    ),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "AFCTHPR",
        "African Court on Human and Peoples' Rights (direct access)",
        AFRICAN_COURT_TREATIES,
        (
            Test(
                "AFCTHPR-direct.party",
                "ratione_personae",
                All((Bound("ACTHPR", "filed"), DECLARATION)),
                ("acthpr-5-3", "acthpr-34-6", "ingabire-2016", "hossou-2021"),
                ("B.20 Against", "D.1", "D.3"),
                verified=True,
            ),
            Test(
                "AFCTHPR-direct.place",
                "ratione_loci",
                JURISDICTION_UN_NO_COLONIAL_CLAUSE,
                ("achpr-1",),
                ("B.20 Territory",),
            ),
            Test(
                "AFCTHPR-direct.time_of_facts",
                "ratione_temporis",
                All((SINCE_PROTOCOL, SINCE_DECLARATION)),
                ("acthpr-3", "zongo-2013"),
                ("B.20 Time of facts",),
            ),
            Test(
                "AFCTHPR-direct.right",
                "ratione_materiae",
                RIGHT,
                ("acthpr-3", "acthpr-7"),
                ("B.20 Rights", "C.1"),
                also_called="ratione_personae",
            ),
            Test("AFCTHPR-direct.applicant", "ratione_personae", APPLICANT, ("acthpr-5-3",), ("B.20 Who",)),
            Test("AFCTHPR-direct.victim", "ratione_personae", VICTIM, ("acthpr-5-3",), ("B.20 Who",)),
            Test("AFCTHPR-direct.attribution", "ratione_personae", ATTRIBUTION, ("achpr-1",), ("B.20 Against",)),
            Test("AFCTHPR-direct.identity", "anonymity", IDENTITY_IN_COURT, ("achpr-56-1",), ("B.20 Who",)),
            Test(
                "AFCTHPR-direct.remedies",
                "exhaustion",
                REMEDIES_FIRST,
                ("achpr-56-5", "thomas-2015"),
                ("B.20 Remedies",),
            ),
            Test(
                "AFCTHPR-direct.term",
                "time_limit",
                TERM,
                ("achpr-56-6", "zongo-2013"),
                ("B.20 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "AFCTHPR-direct.same_matter",
                "same_matter",
                Elsewhere("AFCTHPR"),
                ("achpr-56-7", "acthpr-rule-50", "gombert-2018", "johnson-2019"),
                ("B.20 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="an application signed by the applicant or counsel, with proof of exhaustion; free",
            place="the Registry in Arusha, Tanzania; the day of receipt counts",
            language="an official language of the African Union",
            interim="provisional measures under Article 27(2) and Rule 59",
            final="judgments bind and cannot be appealed; review on new facts within six months of their discovery "
            "and five years of the judgment",
            authority=("acthpr-rules", "acthpr-27-2", "acthpr-28-30"),
        ),
        facts_by="ACTHPR",
        route="direct",
        received=True,
        binding=True,
        notes=("note_language_and_sources", "note_extraordinary_remedies"),
    ),
    Forum(
        "AFCTHPR",
        "African Court on Human and Peoples' Rights (through the African Commission)",
        AFRICAN_COURT_TREATIES,
        (
            Test(
                "AFCTHPR-via_commission.access",
                "ratione_personae",
                Fixed(met("only_through_commission")),
                ("acthpr-5-1",),
                ("B.20 Who",),
            ),
            Test(
                "AFCTHPR-via_commission.party",
                "ratione_personae",
                Bound("ACTHPR", "filed"),
                ("acthpr-5-1",),
                ("B.20 Against",),
            ),
            Test(
                "AFCTHPR-via_commission.place",
                "ratione_loci",
                JURISDICTION_UN_NO_COLONIAL_CLAUSE,
                ("achpr-1",),
                ("B.20 Territory",),
            ),
            Test(
                "AFCTHPR-via_commission.time_of_facts",
                "ratione_temporis",
                SINCE_PROTOCOL,
                ("acthpr-3", "zongo-2013"),
                ("B.20 Time of facts",),
            ),
            Test(
                "AFCTHPR-via_commission.right",
                "ratione_materiae",
                RIGHT,
                ("acthpr-3", "acthpr-7"),
                ("B.20 Rights", "C.1"),
                also_called="ratione_personae",
            ),
            Test("AFCTHPR-via_commission.applicant", "ratione_personae", ANYBODY, ("achpr-55",), ("B.20 Who",)),
            Test(
                "AFCTHPR-via_commission.attribution",
                "ratione_personae",
                ATTRIBUTION,
                ("achpr-1",),
                ("B.20 Against",),
            ),
            Test("AFCTHPR-via_commission.identity", "anonymity", IDENTITY, ("achpr-56-1",), ("B.20 Who",)),
            Test(
                "AFCTHPR-via_commission.remedies",
                "exhaustion",
                REMEDIES_FIRST,
                ("achpr-56-5", "thomas-2015"),
                ("B.20 Remedies",),
            ),
            Test(
                "AFCTHPR-via_commission.term",
                "time_limit",
                TERM,
                ("achpr-56-6",),
                ("B.20 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "AFCTHPR-via_commission.same_matter",
                "same_matter",
                Elsewhere("AFCTHPR"),
                ("achpr-56-7", "acthpr-rule-50", "gombert-2018", "johnson-2019"),
                ("B.20 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="a communication to the African Commission, which decides whether to take the case to the Court; free",
            place="the Secretariat of the Commission in Banjul, The Gambia; the Court sits in Arusha",
            language="a working language of the African Union",
            interim="provisional measures of the Commission under Rule 100, of the Court under Article 27(2)",
            final="judgments of the Court bind and cannot be appealed",
            authority=("achpr-rules", "acthpr-27-2", "acthpr-28-30"),
        ),
        facts_by="ACTHPR",
        route="via_commission",
        received=True,
        binding=True,
        notes=("note_commission_decides", "note_language_and_sources"),
    ),
)
