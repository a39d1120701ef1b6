"""RD4U: the Register of Damage for Ukraine (law.md B.28)."""

from datetime import date

from ratione.fora.common import IDENTITY, NO_REMEDIES_NEEDED, NO_RULE
from ratione.rules import (
    FAILED,
    MET,
    All,
    Any,
    Between,
    Case,
    Covers,
    Fact,
    Filing,
    Fixed,
    Forum,
    Test,
    failed,
    judgment,
    met,
    not_yet,
    unknown,
)

NO = failed("")

# ---- who -------------------------------------------------------------------------------------------------------------
NATURAL_PERSON = Fact("applicant.kind", {"individual": met(), "group_of_individuals": met(), "*": NO})
PUBLIC_CLAIMANT = Fact("applicant.kind", {"state": met(), "local_authority": met(), "public_body": met(), "*": NO})
STATE_COMPANY = Fact("applicant.kind", {"state_owned_company": met(), "*": NO})
#: A stated nationality is "yes" under its code; a code is absent where it is not among those stated.
NATIONALITY = All(
    (
        Fact(
            "applicant.nationality.any",
            {"*": met()},
            missing=unknown("nationality_needed", "applicant.nationality"),
        ),
        Case(
            ((Fact("applicant.nationality:UKR", {"yes": met()}, missing=NO), Fixed(met())),),
            Fact("applicant.nationality:RUS", {"yes": failed("russian_national")}, missing=met()),
        ),
    )
)
CLAIMANT = Case(((NATURAL_PERSON, NATIONALITY),), Fixed(met()))
LOSER = Fact(
    "applicant.victim",
    {
        "direct": met(),
        "indirect": met("next_of_kin"),
        "potential": judgment("potential_victim", FAILED),
        "representative_with_consent": met(),
        "representative_without_consent": judgment("no_consent_reason_needed"),
        "public_interest": judgment("actio_popularis_weighed", FAILED),
    },
)

# ---- which losses ----------------------------------------------------------------------------------------------------
OF_PERSONS = Fact(
    "article.base",
    {
        "RD4U:A1.1": met(), "RD4U:A1.2": met(), "RD4U:A2.1": met(), "RD4U:A2.2": met(), "RD4U:A2.3": met(),
        "RD4U:A2.4": met(), "RD4U:A2.5": met(), "RD4U:A2.6": met(), "RD4U:A2.7": met(), "RD4U:A2.8": met(),
        "RD4U:A2.9": met(), "RD4U:A3.1": met(), "RD4U:A3.2": met(), "RD4U:A3.3": met(), "RD4U:A3.4": met(),
        "RD4U:A3.5": met(), "RD4U:A3.6": met(), "*": NO,
    },
)  # fmt: skip
OF_STATE = Fact(
    "article.base",
    {
        "RD4U:B1": met(), "RD4U:B1.1": met(), "RD4U:B1.2": met(), "RD4U:B1.3": met(), "RD4U:B1.4": met(),
        "RD4U:B1.5": met(), "RD4U:B1.6": met(), "RD4U:B1.7": met(), "RD4U:B1.8": met(), "RD4U:B1.9": met(),
        "*": NO,
    },
)  # fmt: skip
OF_ENTITIES = Fact(
    "article.base",
    {
        "RD4U:C1": met(), "RD4U:C1.1": met(), "RD4U:C1.2": met(), "RD4U:C1.3": met(), "RD4U:C1.4": met(),
        "RD4U:C1.5": met(), "RD4U:C1.6": met(), "RD4U:C1.7": met(), "RD4U:C1.8": met(), "RD4U:C1.9": met(),
        "RD4U:C3.1": met(), "RD4U:C3.2": met(), "RD4U:C3.3": met(), "*": NO,
    },
)  # fmt: skip
OTHERS = Fixed(failed("category_of_others"))
#: The list of categories is not whole: one that is not in it may be open to anybody.
NOT_LISTED = Fixed(unknown("category_not_listed", "rights"))
CATEGORIES = Case(
    (
        (
            NATURAL_PERSON,
            Case(((OF_PERSONS, Fixed(met())), (Any((OF_STATE, OF_ENTITIES)), OTHERS)), NOT_LISTED),
        ),
        (
            PUBLIC_CLAIMANT,
            Case(((OF_STATE, Fixed(met())), (Any((OF_PERSONS, OF_ENTITIES)), OTHERS)), NOT_LISTED),
        ),
        (
            STATE_COMPANY,
            Case(
                (
                    (OF_STATE, Fixed(judgment("state_or_entity"))),
                    (OF_ENTITIES, Fixed(judgment("state_or_entity", MET))),
                    (OF_PERSONS, OTHERS),
                ),
                NOT_LISTED,
            ),
        ),
    ),
    Case(((OF_ENTITIES, Fixed(met())), (Any((OF_PERSONS, OF_STATE)), OTHERS)), NOT_LISTED),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "RD4U",
        "Register of Damage for Ukraine",
        ("RD4U",),
        (
            Test("RD4U.claimant", "ratione_personae", CLAIMANT, ("rd4u-claims",), ("B.28 Who",), verified=True),
            Test("RD4U.victim", "ratione_personae", LOSER, ("rd4u-claims",), ("B.28 Who",)),
            Test("RD4U.identity", "anonymity", IDENTITY, ("rd4u-rules",), ("B.28 Who",)),
            Test(
                "RD4U.party",
                "ratione_personae",
                Fact("respondent", {"RUS": met(), "*": failed("only_against_russia")}),
                ("rd4u-statute",),
                ("B.28 Against",),
                verified=True,
            ),
            Test(
                "RD4U.attribution",
                "ratione_personae",
                Fact("act.attributable", {"yes": met(), "no": judgment("not_caused_by_russia", FAILED)}),
                ("rd4u-statute",),
                ("B.28 Time of facts",),
                verified=True,
            ),
            Test(
                "RD4U.place",
                "ratione_loci",
                Fact("act.country", {"UKR": met(), "*": failed("outside_ukraine")}),
                ("rd4u-statute",),
                ("B.28 Territory",),
                verified=True,
            ),
            Test(
                "RD4U.time_of_facts",
                "ratione_temporis",
                Between("act", date(2022, 2, 24), otherwise=failed("before_full_invasion")),
                ("rd4u-statute",),
                ("B.28 Time of facts",),
                verified=True,
            ),
            Test(
                "RD4U.right",
                "ratione_materiae",
                All((Covers(("RD4U",)), CATEGORIES)),
                ("rd4u-rules",),
                ("B.28 Rights",),
                verified=True,
            ),
            Test("RD4U.remedies", "exhaustion", NO_REMEDIES_NEEDED, ("rd4u-rules",), ("B.28 Remedies",)),
            Test(
                "RD4U.term",
                "time_limit",
                Fact("category_open", {"yes": met("no_term"), "no": not_yet("category_not_open", "category_opens")}),
                ("rd4u-rules",),
                ("B.28 Time-limit", "D.1"),
            ),
            Test("RD4U.same_matter", "same_matter", NO_RULE, ("rd4u-rules",), ("B.28 Same matter", "D.4")),
        ),
        Filing(
            form="an electronic claim form for each category, with evidence of identity and of the loss; free",
            place="the Diia portal of Ukraine",
            language="Ukrainian",
            interim="none",
            final="an entry in the Register, no decision; the International Claims Commission for Ukraine is to decide "
            "once its Convention is in force",
            authority=("rd4u-rules", "iccu-convention"),
        ),
        notes=("note_record_only", "note_no_double_recovery"),
    ),
)
