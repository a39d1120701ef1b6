"""ECOWASCCJ: the Court of Justice of the Economic Community of West African States (law.md B.22)."""

from datetime import date

from ratione.fora.common import (
    AFRICAN_COURT_EXCEPTIONS,
    AFRICAN_COURT_TREATIES,
    ATTRIBUTION,
    EFFECT_DAY,
    NO_REMEDIES_NEEDED,
    RESERVED_ARTICLE,
)
from ratione.rules import (
    FAILED,
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
    Start,
    Test,
    Version,
    failed,
    judgment,
    met,
    unknown,
)

NO = failed("")
INSTRUMENTS = ("ECOWAS", *AFRICAN_COURT_TREATIES)

# ---- who -------------------------------------------------------------------------------------------------------------
COMPANY = Fact("applicant.kind", {"company": met(), "state_owned_company": met(), "*": NO})
#: A company has a hearing, its property and its voice (Dexter Oil v. Liberia).
RIGHT_OF_COMPANY = Any(
    (
        Fact("right", {"fair_trial": met(), "property": met(), "expression": met(), "*": NO}),
        Fact(
            "article.base",
            {
                "ACHPR:7": met(),
                "ACHPR:9": met(),
                "ACHPR:9(2)": met(),
                "ACHPR:14": met(),
                "ICCPR:14": met(),
                "ICCPR:19": met(),
                "*": NO,
            },
        ),
    )
)
#: Article 4(g) alone does not tell which right is meant.
RIGHT_NOT_TOLD = All((Fact("right", {"": met(), "*": NO}), Fact("article.instrument", {"ECOWAS": met(), "*": NO})))
APPLICANT = Case(
    (
        (All((COMPANY, RIGHT_OF_COMPANY)), Fixed(judgment("company_rights_only", MET))),
        (All((COMPANY, RIGHT_NOT_TOLD)), Fixed(unknown("article_needed", "rights"))),
    ),
    Fact(
        "applicant.kind",
        {
            "individual": met(),
            "group_of_individuals": met(),
            "minority_or_indigenous_community": met("members_as_group"),
            "ngo": judgment("organisation_standing", MET),
            "association": judgment("organisation_standing", MET),
            "trade_union": judgment("organisation_standing", MET),
            "employers_organisation": judgment("organisation_standing", MET),
            "religious_body": judgment("organisation_standing", MET),
            "political_party": judgment("organisation_standing", MET),
            "company": failed("company_other_right"),
            "state_owned_company": failed("company_other_right"),
            "local_authority": failed("public_power"),
            "public_body": failed("public_power"),
            "state": failed("inter_state"),
        },
    ),
)
VICTIM = Fact("applicant.victim", {"public_interest": met("public_interest_possible"), "*": met()})
IDENTITY = Fact(
    "applicant.identity",
    {
        "disclosed": met(),
        "confidential_to_public": met("public_anonymity"),
        "hidden_from_state": judgment("state_will_know"),
        "anonymous": failed("anonymous"),
    },
)

# ---- against whom, where and when ------------------------------------------------------------------------------------
#: After a State has left, earlier facts may still be heard, but hardly (F.16).
MEMBER = All(
    (
        Begun("ECOWAS", "filed", failed("never_member")),
        Bound("ECOWAS", "filed", judgment("left_before_filing", FAILED)),
    )
)
#: The violation must occur in a member State, not only be the act of one.
PLACE = Case(
    (
        (
            Fact("place", {"dependent_territory": met(), "occupied": met(), "agent_authority": met(), "*": NO}),
            Bound("ECOWAS", "act", judgment("within_member_state", FAILED), of="act.country"),
        ),
    ),
    Fact(
        "place",
        {
            "own_territory": met(),
            "dependent_territory": met(),
            "occupied": met(),
            "agent_authority": met(),
            "active_hostilities": judgment("active_hostilities"),
            "abroad": judgment("within_member_state", FAILED),
        },
    ),
)
TIME_OF_FACTS = All(
    (
        Bound("ECOWAS", "act", failed("outside_membership"), edge=EFFECT_DAY),
        Between("act", since=date(2005, 1, 19), otherwise=failed("before_individual_access")),
    )
)

# ---- rights and time -------------------------------------------------------------------------------------------------
RIGHT = All(
    (
        Covers(
            INSTRUMENTS,
            {
                **AFRICAN_COURT_EXCEPTIONS,
                "ECOWAS:4": met(),
                "ECOWAS:4(g)": met(),
                "ECOWAS": failed("no_right_in_article"),
            },
        ),
        Case(
            ((Fact("article.instrument", {"ECOWAS": met(), "*": NO}), Fixed(met())),),
            Bound("$right", "act", failed("protocol_not_in_force"), edge=EFFECT_DAY),
        ),
        RESERVED_ARTICLE,
    )
)
#: The three years of Article 9(3) no longer bind human-rights claims; they are the day to file by.
THREE_YEARS = Clock((Start("act.first", "ecowas-9-3"),), (Version(None, 36),), "receipt", advice=True)
TERM = InTime(THREE_YEARS, met("no_term_since_faj"), met("no_term_since_faj"))

FORA: tuple[Forum, ...] = (
    Forum(
        "ECOWASCCJ",
        "Court of Justice of the Economic Community of West African States",
        INSTRUMENTS,
        (
            Test(
                "ECOWASCCJ.party",
                "ratione_personae",
                MEMBER,
                ("ecowas-91", "ecowas-sp-9-4"),
                ("B.22 Against", "D.1", "D.3"),
                verified=True,
            ),
            Test("ECOWASCCJ.place", "ratione_loci", PLACE, ("ecowas-sp-9-4",), ("B.22 Territory",)),
            Test(
                "ECOWASCCJ.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("ecowas-sp-9-4", "ecowas-91"),
                ("B.22 Against", "B.22 Time of facts"),
            ),
            Test(
                "ECOWASCCJ.right",
                "ratione_materiae",
                RIGHT,
                ("ecowas-4-g", "ecowas-sp-9-4"),
                ("B.22 Rights", "C.1"),
            ),
            Test(
                "ECOWASCCJ.applicant",
                "ratione_personae",
                APPLICANT,
                ("ecowas-sp-10-d", "dexter-oil-2019"),
                ("B.22 Who",),
            ),
            Test("ECOWASCCJ.victim", "ratione_personae", VICTIM, ("ecowas-sp-10-d",), ("B.22 Who",)),
            Test("ECOWASCCJ.attribution", "ratione_personae", ATTRIBUTION, ("ecowas-sp-9-4",), ("B.22 Against",)),
            Test("ECOWASCCJ.identity", "anonymity", IDENTITY, ("ecowas-sp-10-d-i",), ("B.22 Who",), verified=True),
            Test(
                "ECOWASCCJ.remedies",
                "exhaustion",
                NO_REMEDIES_NEEDED,
                ("ecowas-sp-10-d",),
                ("B.22 Remedies",),
                verified=True,
            ),
            Test(
                "ECOWASCCJ.term",
                "time_limit",
                TERM,
                ("faj-2018", "ecowas-9-3"),
                ("B.22 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "ECOWASCCJ.same_matter",
                "same_matter",
                Elsewhere("ECOWASCCJ"),
                ("ecowas-sp-10-d-ii",),
                ("B.22 Same matter", "D.4"),
                verified=True,
            ),
        ),
        Filing(
            form="an application through a lawyer or agent",
            place="the Registry in Abuja, Nigeria, also by its electronic filing",
            language="English, French or Portuguese",
            interim="interim measures on request, in a separate document",
            final="judgments bind and cannot be appealed; revision on new facts within five years",
            authority=("ecowas-rules", "ecowas-sp-10-d"),
        ),
        facts_by="ECOWAS",
        received=True,
        binding=True,
        notes=("note_no_appeal_from_national_courts", "note_lawyer_needed"),
    ),
)
