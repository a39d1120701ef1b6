"""IACHR and IACTHR: the Inter-American Commission and Court of Human Rights (law.md B.17, B.18).

The Commission has two regimes, chosen by the day of the act: the American Convention where it binds the State (route
A), else the American Declaration for members of the OAS (route B). The Court hears only what went through route A.
"""

from datetime import date

from ratione.fora.common import (
    ATTRIBUTION,
    EFFECT_DAY,
    EXHAUSTED,
    IDENTITY,
    JURISDICTION_UN_NO_COLONIAL_CLAUSE,
    OUTSIDE,
    RESERVED_ARTICLE,
)
from ratione.rules import (
    MET,
    All,
    Any,
    Begun,
    Between,
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
    Reserved,
    Start,
    Test,
    Version,
    failed,
    judgment,
    met,
    unknown,
)

NO = failed("")
CONVENTION = ("ACHR", "ACHR-PDP", "SAN-SALVADOR", "BELEM", "IACFDP", "IACPPT", "CIRDI", "CIDI", "CIPM")
DECLARATION = ("ADRDM", "BELEM")

# ---- by what the State is bound (B.17) -------------------------------------------------------------------------------
#: Venezuela from 10 September 2013 on: the Court held in 2025 that its denunciation left no gap.
BY_CONVENTION = Bound("ACHR", "act", failed("outside_treaty_days"), contested=judgment("convention_contested", MET))
#: Where it is contested whether the Convention binds, the Declaration applies if the Convention does not.
NOT_BY_CONVENTION = Not(Bound("ACHR", "act", contested=failed("")), failed("convention_applies"))
MEMBER = Bound("OAS", "act", failed("outside_membership"), contested=judgment("oas_exit_contested", MET))
#: Cuba's Government was shut out in 1962 and has not come back since 2009; the Commission holds itself competent.
SHUT_OUT = Case(
    (
        (
            All((Fact("respondent", {"CUB": met(), "*": NO}), Between("act", date(1962, 1, 31)))),
            Fixed(judgment("excluded_government", MET)),
        ),
    ),
    Fixed(met()),
)

# ---- who and where (B.17) --------------------------------------------------------------------------------------------
#: Whoever petitions need not be the victim; a legal person is no victim, save for what is its own (OC-22/16).
OWN_RIGHT_OF_UNION = All(
    (
        Fact("applicant.kind", {"trade_union": met(), "*": NO}),
        Fact("article.base", {"SAN-SALVADOR:8(1)(a)": met(), "*": NO}),
    )
)
APPLICANT = Case(
    ((OWN_RIGHT_OF_UNION, Fixed(met("own_right_of_union"))),),
    Fact(
        "applicant.kind",
        {
            "individual": met(),
            "group_of_individuals": met(),
            "minority_or_indigenous_community": met("community_as_victim"),
            "ngo": met("petition_for_others"),
            "association": met("petition_for_others"),
            "religious_body": met("petition_for_others"),
            "trade_union": judgment("petition_for_members", MET),
            "employers_organisation": judgment("petition_for_members", MET),
            "political_party": judgment("petition_for_members", MET),
            "public_body": judgment("independent_public_body"),
            "company": failed("legal_person"),
            "state_owned_company": failed("legal_person"),
            "local_authority": failed("public_power"),
            "state": failed("inter_state"),
        },
    ),
)
VICTIM = Fact("applicant.victim", {"public_interest": met("victims_can_be_determined"), "*": met()})
PLACE = Case(
    (
        (
            All((Fact("place", {"abroad": met(), "*": NO}), Fact("right", {"environment": met(), "*": NO}))),
            Fixed(judgment("harm_across_border")),
        ),
    ),
    JURISDICTION_UN_NO_COLONIAL_CLAUSE,
)

# ---- which rights (B.17, C.1, C rules 4 and 5) -----------------------------------------------------------------------
CONVENTION_ARTICLE = Fact("article.instrument", {"ACHR": met(), "*": NO})
OUTSIDE_CONVENTION = {
    "ACHR:27": OUTSIDE, "ACHR:28": OUTSIDE, "ACHR:29": OUTSIDE, "ACHR:30": OUTSIDE, "ACHR:31": OUTSIDE,
    "ACHR:32": OUTSIDE, "ACHR:33": OUTSIDE, "ACHR:34": OUTSIDE, "ACHR:35": OUTSIDE, "ACHR:36": OUTSIDE,
    "ACHR:37": OUTSIDE, "ACHR:38": OUTSIDE, "ACHR:39": OUTSIDE, "ACHR:40": OUTSIDE, "ACHR:41": OUTSIDE,
    "ACHR:42": OUTSIDE, "ACHR:43": OUTSIDE, "ACHR:44": OUTSIDE, "ACHR:45": OUTSIDE, "ACHR:46": OUTSIDE,
    "ACHR:47": OUTSIDE, "ACHR:48": OUTSIDE, "ACHR:49": OUTSIDE, "ACHR:50": OUTSIDE, "ACHR:51": OUTSIDE,
    "ACHR:52": OUTSIDE, "ACHR:53": OUTSIDE, "ACHR:54": OUTSIDE, "ACHR:55": OUTSIDE, "ACHR:56": OUTSIDE,
    "ACHR:57": OUTSIDE, "ACHR:58": OUTSIDE, "ACHR:59": OUTSIDE, "ACHR:60": OUTSIDE, "ACHR:61": OUTSIDE,
    "ACHR:62": OUTSIDE, "ACHR:63": OUTSIDE, "ACHR:64": OUTSIDE, "ACHR:65": OUTSIDE, "ACHR:66": OUTSIDE,
    "ACHR:67": OUTSIDE, "ACHR:68": OUTSIDE, "ACHR:69": OUTSIDE, "ACHR:70": OUTSIDE, "ACHR:71": OUTSIDE,
    "ACHR:72": OUTSIDE, "ACHR:73": OUTSIDE, "ACHR:74": OUTSIDE, "ACHR:75": OUTSIDE, "ACHR:76": OUTSIDE,
    "ACHR:77": OUTSIDE, "ACHR:78": OUTSIDE, "ACHR:79": OUTSIDE, "ACHR:80": OUTSIDE, "ACHR:81": OUTSIDE,
    "ACHR:82": OUTSIDE,
}  # fmt: skip
RIGHT_A = All(
    (
        Covers(
            CONVENTION,
            {
                **OUTSIDE_CONVENTION,
                "ACHR:1": judgment("with_another_right"),
                "ACHR:1(1)": judgment("with_another_right"),
                "ACHR:2": judgment("with_another_right"),
                "ACHR:26": judgment("justiciable_since_2017", MET),
                "SAN-SALVADOR:8": unknown("article_needed", "rights"),
                "SAN-SALVADOR:8(1)": unknown("article_needed", "rights"),
                "SAN-SALVADOR:8(1)(a)": met(),
                "SAN-SALVADOR:13": met(),
                "SAN-SALVADOR": failed("not_petitionable"),
                "BELEM:3": judgment("with_another_right"),
                "BELEM:7": met(),
                "BELEM": failed("not_petitionable"),
            },
        ),
        Case(
            ((CONVENTION_ARTICLE, Fixed(met())),),
            Bound("$right", "act", failed("protocol_not_in_force"), edge=EFFECT_DAY),
        ),
        RESERVED_ARTICLE,
    )
)
RIGHT_B = All(
    (
        Covers(
            DECLARATION,
            {
                "ADRDM:XXIX": failed("duty_not_right"),
                "ADRDM:XXX": failed("duty_not_right"),
                "ADRDM:XXXI": failed("duty_not_right"),
                "ADRDM:XXXII": failed("duty_not_right"),
                "ADRDM:XXXIII": failed("duty_not_right"),
                "ADRDM:XXXIV": failed("duty_not_right"),
                "ADRDM:XXXV": failed("duty_not_right"),
                "ADRDM:XXXVI": failed("duty_not_right"),
                "ADRDM:XXXVII": failed("duty_not_right"),
                "ADRDM:XXXVIII": failed("duty_not_right"),
                "BELEM:3": judgment("with_another_right"),
                "BELEM:7": judgment("belem_without_convention", MET),
                "BELEM": failed("not_petitionable"),
            },
        ),
        Case(
            ((Fact("article.instrument", {"BELEM": met(), "*": NO}), Bound("BELEM", "act", edge=EFFECT_DAY)),),
            Fixed(met()),
        ),
        RESERVED_ARTICLE,
    )
)

# ---- remedies and the term (B.17) ------------------------------------------------------------------------------------
REMEDIES = Fact(
    "remedies",
    {
        "exhausted": met(),
        "pending": judgment("remedy_pending_at_examination"),
        "not_tried": failed("not_exhausted"),
        "unavailable": met("exception_to_remedies"),
        "ineffective": met("exception_to_remedies"),
        "no_remedy_exists": met("exception_to_remedies"),
        "unduly_prolonged": met("exception_to_remedies"),
    },
)
EXCEPTION = Fact(
    "remedies",
    {"unavailable": met(), "ineffective": met(), "no_remedy_exists": met(), "unduly_prolonged": met(), "*": NO},
)
SIX_MONTHS = Clock((Start("decision.served", "achr-46-1-b"),), (Version(None, 6),), "receipt")
#: Reasonable time where an exception applies; three years from the act, or its end, are an author's band.
REASONABLE_TIME = Clock((Start("act.to", "iachr-rule-32-2"),), (Version(None, 36),), "receipt", advice=True)
DECIDED = Fact("decision.told", {"yes": met(), "no": NO})
#: The exception may be refused: six months from a decision, if there was one, are the safe day.
SIX_MONTHS_TO_BE_SAFE = InTime(SIX_MONTHS, met("exception_may_be_refused"), met("exception_may_be_refused"))
TERM = Case(
    (
        (EXHAUSTED, InTime(SIX_MONTHS)),
        (
            EXCEPTION,
            All(
                (
                    InTime(REASONABLE_TIME, judgment("reasonable_time"), judgment("reasonable_time")),
                    Case(((DECIDED, SIX_MONTHS_TO_BE_SAFE),), Fixed(met())),
                )
            ),
        ),
    ),
    # nothing exhausted yet: the result is that of the remedies, the last day is only shown
    InTime(SIX_MONTHS, met("term_follows_remedies"), met("term_follows_remedies")),
)

# ---- the Court (B.18) ------------------------------------------------------------------------------------------------
LIMIT_BY_ACT = Reserved("ACHR-62", "temporal", "act", failed("before_acceptance"))
LIMIT_BY_BEGINNING = Reserved("ACHR-62", "temporal", "act.first", failed("before_acceptance"))
#: Before the acceptance: closed, but a matter of judgment where the limit of the acceptance is unverified.
BEFORE_ACCEPTANCE = All((LIMIT_BY_ACT, Not(LIMIT_BY_ACT, failed("before_acceptance"))))
#: After it: closed to what began before it where a verified limit says so, doubtful across an unverified limit.
AFTER_ACCEPTANCE = All(
    (
        Not(LIMIT_BY_ACT, failed("begun_before_acceptance")),
        Any((LIMIT_BY_BEGINNING, Not(LIMIT_BY_BEGINNING))),
    )
)
#: An acceptance cannot be withdrawn alone, so only its beginning counts; the Convention must bind on the day.
ACCEPTANCE = Case(((Not(Begun("ACHR-62", "act")), BEFORE_ACCEPTANCE),), AFTER_ACCEPTANCE)
#: A petition that is or was before the Commission has its day of filing there.
AT_COMMISSION = Not(Elsewhere("IACTHR+petition"))

PETITION = Filing(
    form="a petition that names the victims, tells facts and remedies, and is signed by the petitioner; free",
    place="the Commission's online portal, or 1889 F Street NW, Washington DC; the day of receipt is the safe one",
    language="English, Spanish, Portuguese or French",
    interim="precautionary measures under Rule 25, also without a petition",
    final="reports on the merits; only the Commission or the State can take a case to the Court, within three months",
    authority=("iachr-rules", "iachr-rule-25", "achr-49-51"),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "IACHR",
        "Inter-American Commission on Human Rights (American Convention)",
        CONVENTION,
        (
            Test(
                "IACHR-A.party",
                "ratione_personae",
                Begun("ACHR", "filed", failed("never_party")),
                ("achr-44", "achr-78"),
                ("B.17 Against",),
                verified=True,
            ),
            Test("IACHR-A.place", "ratione_loci", PLACE, ("alejandre-1999", "oc-23-17"), ("B.17 Territory",)),
            Test(
                "IACHR-A.time_of_facts",
                "ratione_temporis",
                BY_CONVENTION,
                ("achr-78", "chirinos-salamanca-2025"),
                ("B.17 Time of facts", "D.3"),
                verified=True,
            ),
            Test(
                "IACHR-A.right",
                "ratione_materiae",
                RIGHT_A,
                ("achr-3-26", "san-salvador-19-6", "belem-12", "lagos-del-campo-2017"),
                ("B.17 Rights", "C.1"),
                also_called="ratione_personae",
            ),
            Test(
                "IACHR-A.applicant",
                "ratione_personae",
                APPLICANT,
                ("achr-44", "oc-22-16"),
                ("B.17 Who",),
                verified=True,
            ),
            Test("IACHR-A.victim", "ratione_personae", VICTIM, ("achr-44", "iachr-rule-23"), ("B.17 Who",)),
            Test("IACHR-A.attribution", "ratione_personae", ATTRIBUTION, ("achr-1",), ("B.17 Against",)),
            Test(
                "IACHR-A.identity",
                "anonymity",
                IDENTITY,
                ("achr-46-1-d", "iachr-rule-28-2"),
                ("B.17 Who",),
                verified=True,
            ),
            Test(
                "IACHR-A.remedies",
                "exhaustion",
                REMEDIES,
                ("achr-46-1-a", "achr-46-2", "oc-11-90"),
                ("B.17 Remedies",),
                verified=True,
            ),
            Test(
                "IACHR-A.term",
                "time_limit",
                TERM,
                ("achr-46-1-b", "iachr-rule-32-2"),
                ("B.17 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "IACHR-A.same_matter",
                "same_matter",
                Elsewhere("IACHR"),
                ("achr-46-1-c", "achr-47-d", "iachr-rule-33", "baena-ricardo-1999"),
                ("B.17 Same matter", "D.4"),
                verified=True,
            ),
        ),
        PETITION,
        facts_by="ACHR",
        route="A",
        received=True,
        notes=("note_manifestly_ill_founded", "note_fourth_instance"),
    ),
    Forum(
        "IACHR",
        "Inter-American Commission on Human Rights (American Declaration)",
        DECLARATION,
        (
            Test(
                "IACHR-B.party",
                "ratione_personae",
                Begun("OAS", "filed", failed("never_party")),
                ("iachr-statute-20", "oas-charter-106"),
                ("B.17 Against",),
            ),
            Test("IACHR-B.place", "ratione_loci", PLACE, ("alejandre-1999", "oc-23-17"), ("B.17 Territory",)),
            Test(
                "IACHR-B.time_of_facts",
                "ratione_temporis",
                All((MEMBER, SHUT_OUT)),
                ("iachr-statute-20", "oas-charter-143"),
                ("B.17 Time of facts", "D.3"),
                verified=True,
            ),
            Test(
                "IACHR-B.regime",
                "ratione_materiae",
                NOT_BY_CONVENTION,
                ("iachr-statute-20", "iachr-rules-51-52"),
                ("B.17 Against",),
                also_called="ratione_temporis",
            ),
            Test(
                "IACHR-B.right",
                "ratione_materiae",
                RIGHT_B,
                ("adrdm", "belem-12"),
                ("B.17 Rights", "C.1"),
                also_called="ratione_personae",
            ),
            Test(
                "IACHR-B.applicant",
                "ratione_personae",
                APPLICANT,
                ("iachr-rule-23", "oc-22-16"),
                ("B.17 Who",),
                verified=True,
            ),
            Test("IACHR-B.victim", "ratione_personae", VICTIM, ("iachr-rule-23",), ("B.17 Who",)),
            Test("IACHR-B.attribution", "ratione_personae", ATTRIBUTION, ("iachr-statute-20",), ("B.17 Against",)),
            Test("IACHR-B.identity", "anonymity", IDENTITY, ("iachr-rule-28-2",), ("B.17 Who",), verified=True),
            Test("IACHR-B.remedies", "exhaustion", REMEDIES, ("iachr-rule-31",), ("B.17 Remedies",)),
            Test("IACHR-B.term", "time_limit", TERM, ("iachr-rule-32", "iachr-rule-32-2"), ("B.17 Time-limit", "D.1")),
            Test(
                "IACHR-B.same_matter",
                "same_matter",
                Elsewhere("IACHR"),
                ("iachr-rule-33", "baena-ricardo-1999"),
                ("B.17 Same matter", "D.4"),
            ),
        ),
        PETITION,
        facts_by="OAS",
        route="B",
        received=True,
        notes=("note_manifestly_ill_founded", "note_fourth_instance"),
    ),
    Forum(
        "IACTHR",
        "Inter-American Court of Human Rights",
        CONVENTION,
        (
            Test(
                "IACTHR.access",
                "ratione_personae",
                Fixed(met("only_through_commission")),
                ("achr-61",),
                ("B.18 Who",),
            ),
            Test(
                "IACTHR.party",
                "ratione_personae",
                All(
                    (
                        Begun("ACHR", "filed", failed("never_party")),
                        Begun("ACHR-62", "filed", failed("no_acceptance_when_filed")),
                    )
                ),
                ("achr-62", "ivcher-bronstein-1999"),
                ("B.18 Against",),
            ),
            Test("IACTHR.place", "ratione_loci", PLACE, ("alejandre-1999", "oc-23-17"), ("B.18 Territory",)),
            Test(
                "IACTHR.time_of_facts",
                "ratione_temporis",
                All((BY_CONVENTION, ACCEPTANCE)),
                ("achr-62", "achr-78", "blake-1996", "serrano-cruz-2004", "chirinos-salamanca-2025"),
                ("B.18 Time of facts", "D.3"),
            ),
            Test(
                "IACTHR.right",
                "ratione_materiae",
                All(
                    (
                        RIGHT_A,
                        Case(
                            ((Reserved("ACHR-62", "rights_excluded", "act"), Fixed(judgment("reservation"))),),
                            Fixed(met()),
                        ),
                    )
                ),
                ("achr-3-26", "san-salvador-19-6", "belem-12", "lagos-del-campo-2017"),
                ("B.18 Rights", "C.1"),
                also_called="ratione_personae",
            ),
            Test("IACTHR.applicant", "ratione_personae", APPLICANT, ("achr-44", "oc-22-16"), ("B.18 Who",)),
            Test("IACTHR.attribution", "ratione_personae", ATTRIBUTION, ("achr-1",), ("B.18 Against",)),
            Test("IACTHR.identity", "anonymity", IDENTITY, ("achr-46-1-d",), ("B.18 Who",)),
            Test("IACTHR.remedies", "exhaustion", REMEDIES, ("achr-46-1-a", "achr-46-2"), ("B.18 Remedies",)),
            Test(
                "IACTHR.term",
                "time_limit",
                Case(((AT_COMMISSION, Fixed(met("tested_at_commission"))),), TERM),
                ("achr-46-1-b", "achr-51"),
                ("B.18 Time-limit",),
            ),
            Test(
                "IACTHR.same_matter",
                "same_matter",
                Elsewhere("IACTHR"),
                ("achr-46-1-c", "achr-47-d"),
                ("B.18 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="none for individuals: the Commission or the State refers the case after the Commission's report",
            place="the Court sits in San José, Costa Rica; the petition goes to the Commission in Washington",
            language="that of the case before the Commission: Spanish, English, Portuguese or French",
            interim="provisional measures under Article 63(2), in danger of irreparable harm",
            final="judgments bind and are final; their meaning can be asked within 90 days",
            authority=("achr-61", "achr-63-2", "achr-67-68"),
        ),
        facts_by="ACHR-62",
        received=True,
        binding=True,
        notes=("note_commission_decides", "note_acceptance_not_withdrawn_alone"),
    ),
)
