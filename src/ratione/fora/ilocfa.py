"""ILOCFA: the ILO Committee on Freedom of Association (law.md B.26)."""

from datetime import date

from ratione.fora.common import IDENTITY, NO_REMEDIES_NEEDED, NO_RULE, NO_TERM
from ratione.rules import (
    FAILED,
    All,
    Begun,
    Between,
    Bound,
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
)

NO = failed("")
ORGANISATION = Fact(
    "applicant.kind",
    {
        "trade_union": met(),
        "employers_organisation": met(),
        "state": met(),
        "association": judgment("unregistered_workers_organisation"),
        "individual": failed("workers_or_employers_organisation_only"),
        "group_of_individuals": judgment("unregistered_workers_organisation", FAILED),
        "ngo": failed("workers_or_employers_organisation_only"),
        "company": failed("workers_or_employers_organisation_only"),
        "political_party": failed("workers_or_employers_organisation_only"),
        "religious_body": failed("workers_or_employers_organisation_only"),
        "local_authority": failed("workers_or_employers_organisation_only"),
        "public_body": failed("workers_or_employers_organisation_only"),
        "state_owned_company": failed("workers_or_employers_organisation_only"),
        "minority_or_indigenous_community": failed("workers_or_employers_organisation_only"),
    },
)
INTEREST = Case(
    ((Fact("applicant.kind", {"state": met(), "*": NO}), Fixed(met())),),
    Fact("applicant.victim", {"public_interest": judgment("direct_interest", FAILED), "*": met()}),
)
#: Membership of the ILO is enough, the Conventions need not be ratified; after leaving, only what was ratified stays.
STAYED = All(
    (Begun("ILO", "filed", failed("not_bound")), Bound("ILO", "filed", judgment("treaty_ended_before_filing")))
)
#: No list of members is kept: those of the United Nations are members, save seven, and one that gave notice.
MEMBER = Case(
    (
        (
            Fact(
                "respondent",
                {
                    "AND": met(),
                    "BTN": met(),
                    "FSM": met(),
                    "LIE": met(),
                    "MCO": met(),
                    "NIC": met(),
                    "NRU": met(),
                    "PRK": met(),
                    "*": NO,
                },
            ),
            STAYED,
        ),
        (
            All((Between("filed", date(2017, 1, 1)), Bound("UN", "filed", NO))),
            Fixed(met("un_member_taken_as_member")),
        ),
    ),
    STAYED,
)

FORA: tuple[Forum, ...] = (
    Forum(
        "ILOCFA",
        "ILO Committee on Freedom of Association",
        ("ILO-C87", "ILO-C98"),
        (
            Test("ILOCFA.applicant", "ratione_personae", ORGANISATION, ("ilo-cfa-who",), ("B.26 Who",), verified=True),
            Test("ILOCFA.interest", "ratione_personae", INTEREST, ("ilo-cfa-who",), ("B.26 Who",), verified=True),
            Test("ILOCFA.identity", "anonymity", IDENTITY, ("ilo-cfa-form",), ("B.26 Who",), verified=True),
            Test(
                "ILOCFA.party",
                "ratione_personae",
                MEMBER,
                ("ilo-cfa-against", "ilo-constitution-1-5"),
                ("B.26 Against", "D.3"),
                verified=True,
            ),
            Test("ILOCFA.place", "ratione_loci", NO_RULE, ("ilo-cfa-procedure",), ("B.26 Territory",)),
            Test("ILOCFA.time_of_facts", "ratione_temporis", NO_RULE, ("ilo-cfa-procedure",), ("B.26 Time of facts",)),
            Test(
                "ILOCFA.right",
                "ratione_materiae",
                Covers(
                    ("ILO-C87", "ILO-C98"),
                    {
                        "ILO-C87:9": judgment("police_or_armed_forces"),
                        "ILO-C98:5": judgment("police_or_armed_forces"),
                    },
                ),
                ("ilo-c87-9", "ilo-c98"),
                ("B.26 Rights",),
            ),
            Test("ILOCFA.remedies", "exhaustion", NO_REMEDIES_NEEDED, ("ilo-cfa-procedure",), ("B.26 Remedies",)),
            Test("ILOCFA.term", "time_limit", NO_TERM, ("ilo-cfa-procedure",), ("B.26 Time-limit", "D.1")),
            Test("ILOCFA.same_matter", "same_matter", NO_RULE, ("ilo-cfa-procedure",), ("B.26 Same matter", "D.4")),
        ),
        Filing(
            form="a written and signed complaint of the organisation, with evidence; free",
            place="International Labour Office, Geneva",
            language="English, French or Spanish",
            interim="urgent cases are taken first",
            final="conclusions adopted by the Governing Body; a national procedure under way may delay them",
            authority=("ilo-cfa-form", "ilo-cfa-procedure"),
        ),
        notes=("note_ilocfa_bars_ecthr", "note_very_old_facts"),
    ),
)
