"""ACERWC: the African Committee of Experts on the Rights and Welfare of the Child (law.md B.21)."""

from datetime import date

from ratione.fora.common import (
    ATTRIBUTION,
    IDENTITY,
    JURISDICTION_UN_NO_COLONIAL_CLAUSE,
    OUTSIDE_CHILDRENS_CHARTER,
    REASONABLE_PERIOD,
    REMEDIES_FIRST,
    RESERVED_ARTICLE,
)
from ratione.rules import (
    MET,
    All,
    Begun,
    Between,
    Bound,
    Case,
    Covers,
    Elsewhere,
    Fact,
    Filing,
    Fixed,
    Forum,
    Reserved,
    Test,
    failed,
    judgment,
    met,
)

NO = failed("")
APPLICANT = Fact(
    "applicant.kind",
    {
        "individual": met(),
        "group_of_individuals": met(),
        "minority_or_indigenous_community": met(),
        "ngo": judgment("recognised_organisation", MET),
        "association": judgment("recognised_organisation", MET),
        "trade_union": judgment("recognised_organisation", MET),
        "religious_body": judgment("recognised_organisation", MET),
        "employers_organisation": judgment("recognised_organisation"),
        "political_party": failed("unrecognised_organisation"),
        "company": failed("legal_person"),
        "state_owned_company": failed("legal_person"),
        "local_authority": failed("public_power"),
        "public_body": judgment("independent_public_body"),
        "state": failed("inter_state"),
    },
)
VICTIM = Fact(
    "applicant.victim",
    {
        "direct": met(),
        "indirect": met("next_of_kin"),
        "potential": judgment("potential_victim"),
        "representative_with_consent": met(),
        "representative_without_consent": judgment("best_interests_of_child", MET),
        "public_interest": judgment("public_interest_weighed", MET),
    },
)
PARTY = All(
    (
        Bound("ACRWC", "filed", failed("never_party")),
        Case(
            ((Reserved("ACRWC", "complaints_excluded", "filed"), Fixed(failed("communications_excluded"))),),
            Fixed(met()),
        ),
    )
)
#: Article 47(3) speaks of the first fifteen only: for later Parties the thirty days after the deposit are in doubt.
TIME_OF_FACTS = All(
    (
        Bound("ACRWC", "act", failed("before_entry")),
        Case(
            (
                (Begun("ACRWC", "act", days=-30), Fixed(met())),
                (Between("act", until=date(1999, 12, 28)), Fixed(met())),
                (Begun("ACRWC", "act"), Fixed(judgment("thirty_days_after_deposit"))),
            ),
            Fixed(met()),
        ),
    )
)

FORA: tuple[Forum, ...] = (
    Forum(
        "ACERWC",
        "African Committee of Experts on the Rights and Welfare of the Child",
        ("ACRWC",),
        (
            Test("ACERWC.party", "ratione_personae", PARTY, ("acrwc-44", "acrwc-egypt"), ("B.21 Against",)),
            Test("ACERWC.place", "ratione_loci", JURISDICTION_UN_NO_COLONIAL_CLAUSE, ("acrwc-1",), ("B.21 Territory",)),
            Test(
                "ACERWC.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("acrwc-47", "vclt-24-3"),
                ("B.21 Time of facts", "D.2"),
            ),
            Test(
                "ACERWC.right",
                "ratione_materiae",
                All(
                    (
                        Covers(
                            ("ACRWC",),
                            {
                                "ACRWC:1": judgment("with_another_right"),
                                **OUTSIDE_CHILDRENS_CHARTER,
                            },
                        ),
                        RESERVED_ARTICLE,
                    )
                ),
                ("acrwc-3-30",),
                ("B.21 Rights", "C.1"),
            ),
            Test("ACERWC.applicant", "ratione_personae", APPLICANT, ("acrwc-44",), ("B.21 Who",)),
            Test("ACERWC.victim", "ratione_personae", VICTIM, ("acrwc-44", "acerwc-guidelines"), ("B.21 Who",)),
            Test("ACERWC.attribution", "ratione_personae", ATTRIBUTION, ("acrwc-1",), ("B.21 Against",)),
            Test("ACERWC.identity", "anonymity", IDENTITY, ("acrwc-44-2",), ("B.21 Who",), verified=True),
            Test(
                "ACERWC.remedies",
                "exhaustion",
                REMEDIES_FIRST,
                ("acerwc-guidelines",),
                ("B.21 Remedies",),
                verified=True,
            ),
            Test(
                "ACERWC.term",
                "time_limit",
                REASONABLE_PERIOD,
                ("acerwc-guidelines", "majuru-2008"),
                ("B.21 Time-limit", "D.1"),
            ),
            Test(
                "ACERWC.same_matter",
                "same_matter",
                Elsewhere("ACERWC"),
                ("acerwc-guidelines",),
                ("B.21 Same matter", "D.4"),
                verified=True,
            ),
        ),
        Filing(
            form="a signed communication with name and address, which are kept confidential on request; free",
            place="the Secretariat in Maseru, Lesotho, also by e-mail",
            language="an official language of the African Union",
            interim="provisional measures, in danger of irreparable harm to a child",
            final="a decision with recommendations; the Committee follows it up",
            authority=("acerwc-guidelines", "acrwc-44-2"),
        ),
        facts_by="ACRWC",
        notes=("note_language_and_sources", "note_concerns_a_child"),
    ),
)
