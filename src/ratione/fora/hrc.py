"""HRC: the Human Rights Committee (law.md B.3, with the common rules of B.2)."""

from datetime import date

from ratione.fora.common import (
    ATTRIBUTION,
    DECISION_TOLD,
    EXHAUSTED,
    FROM_EXHAUSTION,
    IDENTITY_UN,
    INDIVIDUALS,
    JURISDICTION_UN_NO_COLONIAL_CLAUSE,
    LASTING,
    LONG_DELAY,
    REMEDIES_UN,
    VICTIM_UN,
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
    Not,
    Reserved,
    Start,
    Test,
    Version,
    failed,
    judgment,
    met,
)

NO = failed("")
DISAPPEARANCE = Fact("right", {"enforced_disappearance": met(), "*": NO})
OWN_TERRITORY = Fact("place", {"own_territory": met(), "*": NO})
#: Own territory that Moldova does not control, and that its reservation leaves out.
TRANSDNIESTRIA = All(
    (
        Fact("respondent", {"MDA": met(), "*": NO}),
        Fact("act.place", {"MD-SN": met(), "*": NO}, missing=NO),
    )
)

PLACE = All(
    (
        Case(
            (
                (
                    All((Fact("place", {"abroad": met(), "*": NO}), Fact("article.base", {"ICCPR:6": met(), "*": NO}))),
                    Fixed(judgment("life_abroad")),
                ),
            ),
            JURISDICTION_UN_NO_COLONIAL_CLAUSE,
        ),
        Case(
            (
                (
                    All((Reserved("ICCPR-OP1", "territory", "filed"), Any((Not(OWN_TERRITORY), TRANSDNIESTRIA)))),
                    Fixed(judgment("territorial_limit")),
                ),
            ),
            Fixed(met()),
        ),
    )
)
#: A later judgment that upholds the act can affirm it (law.md B.3; Kouidis v. Greece).
AFFIRMED = All((Any((EXHAUSTED, DECISION_TOLD)), Begun("ICCPR-OP1", "decision.taken")))
#: The judgment that upholds a trial is part of that trial, so that it can be heard though the rest came before.
TRIAL = Fact("article.base", {"ICCPR:14": met(), "*": NO})
TIME_OF_FACTS = Case(
    (
        (
            All((Not(Begun("ICCPR", "act")), TRIAL, AFFIRMED)),
            Fixed(judgment("affirmed_afterwards", FAILED)),
        ),
        (Not(Begun("ICCPR", "act")), Fixed(failed("before_covenant"))),
        (
            All((LASTING, Begun("ICCPR-OP1", "act"), Reserved("ICCPR-OP1", "temporal", "act.first"))),
            Fixed(judgment("temporal_reservation_continuing")),
        ),
        (Reserved("ICCPR-OP1", "temporal", "act"), Fixed(failed("temporal_reservation"))),
        (All((Not(Begun("ICCPR-OP1", "act")), AFFIRMED)), Fixed(judgment("affirmed_afterwards", FAILED))),
        (Not(Begun("ICCPR-OP1", "act")), Fixed(failed("before_protocol"))),
        (All((DISAPPEARANCE, Not(Begun("ICCPR-OP1", "act.first")))), Fixed(judgment("disappearance_begun_before"))),
    ),
    Fixed(met()),
)
#: The one reservation that was applied to close the Covenant article itself (T.K. v. France 220/1987).
FRANCE_ON_MINORITIES = All(
    (Fact("respondent", {"FRA": met(), "*": NO}), Fact("article.base", {"ICCPR:27": met(), "*": NO}))
)
#: Rights are compared too, but on the same facts the Committee may call it the same matter (law.md D.5 (5)).
OTHER_RIGHTS = judgment("same_facts_other_rights", MET)
RIGHT = All(
    (
        Covers(
            ("ICCPR", "ICCPR-OP2"),
            {
                "ICCPR:1": failed("right_of_peoples"),
                "ICCPR:4": failed("no_right_in_article"),
                "ICCPR:5": failed("no_right_in_article"),
                "ICCPR:28": failed("no_right_in_article"),
                "ICCPR:29": failed("no_right_in_article"),
                "ICCPR:30": failed("no_right_in_article"),
                "ICCPR:31": failed("no_right_in_article"),
                "ICCPR:32": failed("no_right_in_article"),
                "ICCPR:33": failed("no_right_in_article"),
                "ICCPR:34": failed("no_right_in_article"),
                "ICCPR:35": failed("no_right_in_article"),
                "ICCPR:36": failed("no_right_in_article"),
                "ICCPR:37": failed("no_right_in_article"),
                "ICCPR:38": failed("no_right_in_article"),
                "ICCPR:39": failed("no_right_in_article"),
                "ICCPR:40": failed("no_right_in_article"),
                "ICCPR:41": failed("no_right_in_article"),
                "ICCPR:42": failed("no_right_in_article"),
                "ICCPR:43": failed("no_right_in_article"),
                "ICCPR:44": failed("no_right_in_article"),
                "ICCPR:45": failed("no_right_in_article"),
                "ICCPR:46": failed("no_right_in_article"),
                "ICCPR:47": failed("no_right_in_article"),
                "ICCPR:48": failed("no_right_in_article"),
                "ICCPR:49": failed("no_right_in_article"),
                "ICCPR:50": failed("no_right_in_article"),
                "ICCPR:51": failed("no_right_in_article"),
                "ICCPR:52": failed("no_right_in_article"),
                "ICCPR:53": failed("no_right_in_article"),
                "ICCPR:2": judgment("with_another_right"),
                "ICCPR:3": judgment("with_another_right"),
            },
        ),
        Case(
            ((Fact("article.instrument", {"ICCPR-OP2": met(), "*": NO}), Bound("ICCPR-OP2", "act")),),
            Fixed(met()),
        ),
        Case(
            (
                (
                    All((FRANCE_ON_MINORITIES, Reserved("ICCPR", "rights_excluded", "act"))),
                    Fixed(failed("reservation_to_treaty")),
                ),
                (Reserved("ICCPR", "rights_excluded", "act"), Fixed(judgment("reservation_to_treaty"))),
                (Reserved("ICCPR-OP1", "rights_excluded", "filed"), Fixed(judgment("reservation"))),
                (Reserved("ICCPR-OP1", "group_excluded", "filed"), Fixed(judgment("group_excluded", MET))),
                (Reserved("ICCPR-OP1", "unknown", "filed"), Fixed(judgment("reservation"))),
            ),
            Fixed(met()),
        ),
    )
)
#: Rule 99(c): five years from exhaustion or, where one was used, three from the end of another procedure.
CLOCK = Clock(
    (
        *FROM_EXHAUSTION,
        Start("other.ended", "hrc-rule-99-c", Fact("other.used", {"yes": met(), "no": NO}), months=36),
    ),
    (Version(None, 60),),
    "submission",
)
TERM = Case(
    ((Between("filed", until=date(2012, 1, 1)), LONG_DELAY),),
    InTime(CLOCK, judgment("late_may_be_abuse", FAILED), judgment("late_may_be_abuse", MET)),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "HRC",
        "Human Rights Committee",
        ("ICCPR", "ICCPR-OP2"),
        (
            Test(
                "HRC.party",
                "ratione_personae",
                All((Bound("ICCPR", "filed"), Bound("ICCPR-OP1", "filed", failed("no_acceptance_when_filed")))),
                ("op1-1", "op1-12-2"),
                ("U1", "B.3 Against"),
                verified=True,
            ),
            Test("HRC.place", "ratione_loci", PLACE, ("iccpr-2-1", "hrc-gc-31"), ("U2", "B.3 Territory")),
            Test(
                "HRC.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("op1-1", "hrc-gc-33", "konye-1992", "kouidis-2002"),
                ("B.3 Time of facts",),
            ),
            Test("HRC.right", "ratione_materiae", RIGHT, ("op1-1", "iccpr-6-27"), ("B.3 Rights", "U12")),
            Test(
                "HRC.applicant",
                "ratione_personae",
                INDIVIDUALS,
                ("op1-1", "hrc-gc-31"),
                ("U3", "B.3 Who"),
                verified=True,
            ),
            Test("HRC.victim", "ratione_personae", VICTIM_UN, ("op1-1", "hrc-rule-99-b"), ("U4",)),
            Test("HRC.attribution", "ratione_personae", ATTRIBUTION, ("hrc-gc-31",), ("U2",)),
            Test("HRC.identity", "anonymity", IDENTITY_UN, ("op1-3",), ("U5",), verified=True),
            Test("HRC.remedies", "exhaustion", REMEDIES_UN, ("op1-5-2-b",), ("U6", "B.3 Remedies"), verified=True),
            Test(
                "HRC.term",
                "time_limit",
                TERM,
                ("hrc-rule-99-c", "gobin-2001"),
                ("B.3 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "HRC.same_matter",
                "same_matter",
                Case(
                    (
                        (
                            Reserved("ICCPR-OP1", "same_matter_past", "filed"),
                            Elsewhere("HRC+past", other_rights=OTHER_RIGHTS),
                        ),
                    ),
                    Elsewhere("HRC", other_rights=OTHER_RIGHTS),
                ),
                ("op1-5-2-a", "hebbadj-2018"),
                ("U7", "B.3 Same matter", "D.4"),
                verified=True,
            ),
        ),
        Filing(
            form="the model form for individual complaints; free; no lawyer needed",
            place="OHCHR Petitions, United Nations Office at Geneva, online or by e-mail",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Rule 94, in danger of irreparable harm",
            final="Views are not formally binding and cannot be appealed; the State reports on follow-up",
            authority=("hrc-rules", "hrc-rule-94"),
        ),
        facts_by="ICCPR-OP1",
        notes=("note_not_substantiated", "note_treaty_reservations_not_checked"),
    ),
)
