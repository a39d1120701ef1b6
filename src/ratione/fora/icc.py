"""ICCOTP: communications to the Prosecutor of the International Criminal Court (law.md B.27)."""

from datetime import date

from ratione.fora.common import NO_RULE, NO_TERM
from ratione.rules import (
    MET,
    All,
    Any,
    Begun,
    Between,
    Bound,
    Case,
    Covers,
    Fact,
    Filing,
    Fixed,
    Forum,
    Not,
    Reserved,
    Test,
    failed,
    judgment,
    met,
    unknown,
)

NO = failed("")

# ---- links with a State (Articles 12 and 13): where it happened, or whose national the accused is -------------------
#: Situations that the Security Council referred: resolutions 1593 (Darfur) and 1970 (Libya).
REFERRED = Case(
    (
        (
            All((Fact("act.country", {"LBY": met(), "*": NO}), Between("act", date(2011, 2, 15)))),
            Fixed(met("security_council_referral")),
        ),
        (
            All((Fact("act.country", {"SDN": met(), "*": NO}), Between("act", date(2002, 7, 1)))),
            Fixed(judgment("security_council_referral_darfur", MET)),
        ),
    ),
    Fixed(failed("no_link_with_a_party")),
)
PLACE = Any(
    (
        Begun("ROME", "filed", failed("no_link_with_a_party"), of="act.country"),
        Begun("ROME-12-3", "filed", failed("no_link_with_a_party"), of="act.country"),
        REFERRED,
        Begun("ROME", "filed", failed("no_link_with_a_party"), of="accused.nationality"),
        Begun("ROME-12-3", "filed", failed("no_link_with_a_party"), of="accused.nationality"),
    )
)

# ---- when (Articles 11, 12(3), 126, 127) -----------------------------------------------------------------------------
#: Of a State that leaves, the acts before stay if the Court had taken them up before the end (Article 127(2)).
TAKEN_UP = Fact(
    "examination_begun", {"yes": met("taken_up_before_withdrawal"), "no": judgment("acts_before_withdrawal")}
)
TERRITORY_WHEN_ACTED = Case(
    (
        (
            All(
                (
                    Bound("ROME", "act", of="act.country"),
                    Not(Bound("ROME", "hereafter", of="act.country")),
                )
            ),
            TAKEN_UP,
        ),
    ),
    Bound("ROME", "act", failed("outside_treaty_days"), of="act.country"),
)
NATIONALITY_WHEN_ACTED = Case(
    (
        (
            All(
                (
                    Bound("ROME", "act", of="accused.nationality"),
                    Not(Bound("ROME", "hereafter", of="accused.nationality")),
                )
            ),
            TAKEN_UP,
        ),
    ),
    Bound("ROME", "act", failed("outside_treaty_days"), of="accused.nationality"),
)
TIME_OF_FACTS = All(
    (
        Between("act", date(2002, 7, 1), otherwise=failed("before_rome_statute")),
        Any(
            (
                TERRITORY_WHEN_ACTED,
                Bound("ROME-12-3", "act", failed("outside_treaty_days"), of="act.country"),
                REFERRED,
                NATIONALITY_WHEN_ACTED,
                Bound("ROME-12-3", "act", failed("outside_treaty_days"), of="accused.nationality"),
            )
        ),
    )
)

# ---- which crimes (Articles 5 to 8 bis) ------------------------------------------------------------------------------
ATTACK = Fact(
    "widespread_or_systematic",
    {"yes": judgment("elements_of_crime", MET), "no": failed("single_violation")},
)
WAR = Fact("armed_conflict", {"yes": judgment("elements_of_crime", MET), "no": failed("no_armed_conflict")})
ARTICLE_NEEDED = Fixed(unknown("article_needed", "rights"))
#: Every paragraph of Article 8; another article, or none, tells no crime.
WAR_CRIME = Covers(
    ("ROME",),
    {"ROME:6": NO, "ROME:7": NO, "ROME:8": met(), "ROME:8bis": NO, "ROME": unknown("article_needed", "rights")},
    NO,
)
#: Genocide needs no attack on a population; what a plain right reaches of it is told by the attack.
GENOCIDE = All((Fact("article.base", {"ROME:6": met(), "*": NO}), Fact("right", {"": met(), "*": NO})))
OF_CRIME = Case(
    (
        (Fact("article.base", {"ROME:8bis": met(), "*": NO}), Fixed(judgment("aggression"))),
        (GENOCIDE, Fixed(judgment("elements_of_crime"))),
        (
            WAR_CRIME,
            All(
                (
                    WAR,
                    Case(
                        ((Reserved("ROME", "group_excluded", "act"), Fixed(judgment("article_124", MET))),),
                        Fixed(met()),
                    ),
                )
            ),
        ),
    ),
    ATTACK,
)
#: Of a Statute named without an article nothing is said, whatever was stated of an attack or a war.
CRIME = All((Covers(("ROME",)), Case(((Covers(("ROME",)), OF_CRIME),), ARTICLE_NEEDED)))

FORA: tuple[Forum, ...] = (
    Forum(
        "ICCOTP",
        "Prosecutor of the International Criminal Court (communications)",
        ("ROME",),
        (
            Test("ICCOTP.source", "ratione_personae", Fixed(met("direct_knowledge")), ("rome-15",), ("B.27 Who",)),
            Test("ICCOTP.identity", "anonymity", Fixed(met("anonymous_allowed")), ("rome-15",), ("B.27 Who",)),
            Test(
                "ICCOTP.place",
                "ratione_loci",
                PLACE,
                ("rome-12", "rome-13", "unsc-1593-1970"),
                ("B.27 Against", "B.27 Territory"),
                also_called="ratione_personae",
            ),
            Test(
                "ICCOTP.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("rome-11", "rome-126", "rome-127", "burundi-2017"),
                ("B.27 Time of facts", "D.3"),
            ),
            Test("ICCOTP.right", "ratione_materiae", CRIME, ("rome-5-8", "rome-15-bis"), ("B.27 Rights",)),
            Test(
                "ICCOTP.complementarity",
                "exhaustion",
                Fixed(judgment("complementarity")),
                ("rome-17",),
                ("B.27 Remedies",),
            ),
            Test("ICCOTP.term", "time_limit", NO_TERM, ("rome-29",), ("B.27 Time-limit", "D.1")),
            Test("ICCOTP.same_matter", "same_matter", NO_RULE, ("rome-20",), ("B.27 Same matter", "D.4")),
        ),
        Filing(
            form="any information, with whatever evidence there is; free; not a complaint with a remedy",
            place="OTPLink, the Prosecutor's portal, The Hague",
            language="English or French",
            interim="none for victims",
            final="the Prosecutor's decision; who informed has no review (Article 15(6)); gravity is weighed",
            authority=("rome-15", "rome-53"),
        ),
        facts_by="ROME",
        notes=("note_individuals_not_states", "note_gravity"),
    ),
)
