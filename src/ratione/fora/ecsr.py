"""ECSR: the European Committee of Social Rights, collective complaints (law.md B.16)."""

from ratione.fora.common import IDENTITY, LASTING, NO_REMEDIES_NEEDED, NO_RULE, NO_TERM, ONGOING
from ratione.rules import (
    FAILED,
    All,
    Any,
    Begun,
    Bound,
    Case,
    Covers,
    Extended,
    Fact,
    Filing,
    Fixed,
    Forum,
    Reserved,
    Test,
    failed,
    judgment,
    met,
    unknown,
)

NO = failed("")
INSTRUMENTS = ("ESC-R", "ESC", "ESC-AP88")

# ---- who: a closed list ----------------------------------------------------------------------------------------------
UNION = Fact("applicant.kind", {"trade_union": met(), "employers_organisation": met(), "*": NO})
NON_GOVERNMENTAL = Fact("applicant.kind", {"ngo": met(), "association": met(), "religious_body": met(), "*": NO})
ON_LIST = Fact("on_list", {"yes": met("on_list_within_competence"), "no": failed("not_on_list")})
REPRESENTATIVE = Fact("representative", {"yes": met("representative"), "no": failed("not_representative")})
ORGANISATION = Case(
    (
        (UNION, Any((REPRESENTATIVE, ON_LIST))),
        (
            All((NON_GOVERNMENTAL, Reserved("ESC-CC", "ngo_clause", "filed"))),
            Any((ON_LIST, REPRESENTATIVE)),
        ),
        (NON_GOVERNMENTAL, ON_LIST),
    ),
    Fixed(failed("not_on_closed_list")),
)

# ---- against whom ----------------------------------------------------------------------------------------------------
#: A complaint after the end of the acceptance or of the Charter, about earlier facts, is an open question (law.md D.3).
COMPLAINTS_ACCEPTED = All(
    (
        Begun("ESC-CC", "filed", failed("no_acceptance_when_filed")),
        Bound("ESC-CC", "filed", judgment("acceptance_ended_before_filing", FAILED)),
    )
)
CHARTER_WHEN_FILED = All(
    (
        Begun("$right", "filed", failed("not_bound")),
        Bound("$right", "filed", judgment("treaty_ended_before_filing", FAILED)),
    )
)
OLD_CHARTER_ARTICLE = Fact("article.instrument", {"ESC": met(), "ESC-AP88": met(), "*": NO})
PROVISION = All(
    (
        Case(
            (
                (
                    All((OLD_CHARTER_ARTICLE, Bound("ESC-R", "act"))),
                    Fixed(judgment("revised_charter_instead", FAILED)),
                ),
            ),
            Fixed(met()),
        ),
        Case(
            ((Reserved("$right", "accepted", "act"), Fixed(met("article_accepted"))),),
            Fixed(unknown("accepted_articles_missing", "registry:accepted_charter_articles")),
        ),
    )
)

# ---- where and when --------------------------------------------------------------------------------------------------
PLACE = Case(
    ((Fact("place", {"dependent_territory": met(), "*": NO}), Extended("$right", "act")),),
    Fact(
        "place",
        {
            "own_territory": met(),
            "occupied": judgment("outside_metropolitan_territory", FAILED),
            "agent_authority": judgment("outside_metropolitan_territory", FAILED),
            "active_hostilities": judgment("outside_metropolitan_territory", FAILED),
            "dependent_territory": met(),
            "abroad": failed("no_jurisdiction"),
        },
    ),
)
TIME_OF_FACTS = Case(
    (
        (Begun("$right", "act"), Bound("$right", "act", failed("outside_treaty_days"))),
        (
            All((Any((LASTING, ONGOING)), Begun("$right", "filed"))),
            Fixed(judgment("earlier_facts_of_lasting_situation", FAILED)),
        ),
    ),
    Fixed(failed("before_treaty")),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "ECSR",
        "European Committee of Social Rights (collective complaints)",
        INSTRUMENTS,
        (
            Test(
                "ECSR.applicant",
                "ratione_personae",
                ORGANISATION,
                ("esc-protocol-1995-1-2", "esc-protocol-1995-3"),
                ("B.16 Who",),
                verified=True,
            ),
            Test("ECSR.identity", "anonymity", IDENTITY, ("esc-protocol-1995-4",), ("B.16 Who",)),
            Test(
                "ECSR.party",
                "ratione_personae",
                All((COMPLAINTS_ACCEPTED, CHARTER_WHEN_FILED)),
                ("esc-protocol-1995", "esc-r-d-2", "esc-r-m"),
                ("B.16 Against", "B.16 Time of facts", "D.3"),
            ),
            Test(
                "ECSR.provision",
                "ratione_materiae",
                PROVISION,
                ("esc-r-a", "esc-r-b"),
                ("B.16 Against",),
                verified=True,
                also_called="ratione_personae",
            ),
            Test("ECSR.place", "ratione_loci", PLACE, ("esc-r-l",), ("B.16 Territory",)),
            Test("ECSR.time_of_facts", "ratione_temporis", TIME_OF_FACTS, ("esc-r-k",), ("B.16 Time of facts",)),
            Test("ECSR.right", "ratione_materiae", Covers(INSTRUMENTS), ("esc-protocol-1995-4",), ("B.16 Rights",)),
            Test("ECSR.remedies", "exhaustion", NO_REMEDIES_NEEDED, ("esc-protocol-1995",), ("B.16 Remedies",)),
            Test("ECSR.term", "time_limit", NO_TERM, ("esc-protocol-1995",), ("B.16 Time-limit", "D.1")),
            Test("ECSR.same_matter", "same_matter", NO_RULE, ("esc-protocol-1995",), ("B.16 Same matter", "D.4")),
        ),
        Filing(
            form="a written complaint that names the provision of the Charter and says in what respect the State does "
            "not apply it; free",
            place="the Executive Secretary of the European Committee of Social Rights, Strasbourg",
            language="English or French; a national organisation may use its own language",
            interim="immediate measures, Rule 36",
            final="a decision, handed to the Committee of Ministers and public four months later at the latest; no "
            "binding judgment, no bar to the Strasbourg Court or the Human Rights Committee",
            authority=("esc-protocol-1995-4", "ecsr-rule-36", "esc-protocol-1995-8"),
        ),
        facts_by="ESC-R",
        notes=("note_general_situation_only", "note_charter_persons"),
    ),
)
