"""CAT: the Committee against Torture (law.md B.5, with the common rules of B.2)."""

from ratione.fora.common import (
    ATTRIBUTION,
    DECISION_TOLD,
    EXHAUSTED,
    IDENTITY_UN,
    INDIVIDUALS,
    JURISDICTION_UN,
    LONG_DELAY,
    NEEDS_EXTENSION,
    NO_ACCEPTANCE,
    OUTSIDE,
    REMEDIES_UN,
    VICTIM_UN,
)
from ratione.rules import (
    All,
    Any,
    Begun,
    Bound,
    Case,
    Covers,
    Elsewhere,
    Extended,
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
)

NO = failed("")

PLACE = Case(
    ((NEEDS_EXTENSION, All((Extended("CAT", "act"), Extended("CAT-22", "filed")))),),
    JURISDICTION_UN,
)
#: In removal cases the day of the removal counts, so a removal still to come is in time.
REMOVAL_TO_COME = All(
    (
        Fact("article.base", {"CAT:3": met(), "*": NO}),
        Fact("expulsion_carried_out", {"no": met(), "yes": NO}),
    )
)
INQUIRY_OR_REDRESS = Fact("article.base", {"CAT:12": met(), "CAT:13": met(), "CAT:14": met(), "*": NO})
STILL_DUE = Fact("act.kind", {"instantaneous": NO, "*": met()})
DECIDED_AFTER = All((Any((EXHAUSTED, DECISION_TOLD)), Begun("CAT-22", "decision.taken")))
TIME_OF_FACTS = Case(
    (
        (Begun("CAT-22", "act"), Fixed(met())),
        (REMOVAL_TO_COME, Fixed(met("removal_to_come"))),
        (All((INQUIRY_OR_REDRESS, STILL_DUE)), Fixed(judgment("duty_may_go_on"))),
        (Not(Begun("CAT", "act")), Fixed(failed("before_treaty"))),
        (All((INQUIRY_OR_REDRESS, DECIDED_AFTER)), Fixed(judgment("duty_may_go_on"))),
    ),
    Fixed(failed("before_acceptance")),
)
COVERED = Covers(
    ("CAT",),
    {
        "CAT:3": met("risk_of_official_torture"),
        "CAT:1": OUTSIDE, "CAT:17": OUTSIDE, "CAT:18": OUTSIDE, "CAT:19": OUTSIDE, "CAT:20": OUTSIDE,
        "CAT:21": OUTSIDE, "CAT:22": OUTSIDE, "CAT:23": OUTSIDE, "CAT:24": OUTSIDE, "CAT:25": OUTSIDE,
        "CAT:26": OUTSIDE, "CAT:27": OUTSIDE, "CAT:28": OUTSIDE, "CAT:29": OUTSIDE, "CAT:30": OUTSIDE,
        "CAT:31": OUTSIDE, "CAT:32": OUTSIDE, "CAT:33": OUTSIDE,
    },
)  # fmt: skip
RESERVATION = Case(((Reserved("CAT", "rights_excluded", "act"), Fixed(judgment("reservation"))),), Fixed(met()))

FORA: tuple[Forum, ...] = (
    Forum(
        "CAT",
        "Committee against Torture",
        ("CAT",),
        (
            Test(
                "CAT.party",
                "ratione_personae",
                All((Bound("CAT", "filed"), Bound("CAT-22", "filed", NO_ACCEPTANCE))),
                ("cat-22-1", "cat-22-8", "cat-rule-102-2", "cat-31"),
                ("U1", "B.5 Against"),
                verified=True,
            ),
            Test(
                "CAT.place",
                "ratione_loci",
                PLACE,
                ("cat-22-1", "cat-gc-2", "jha-2008"),
                ("U2", "B.5 Territory"),
            ),
            Test(
                "CAT.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("cat-22-1", "or-argentina-1989", "aa-azerbaijan-2005"),
                ("B.5 Time of facts",),
            ),
            Test(
                "CAT.right",
                "ratione_materiae",
                All((COVERED, RESERVATION)),
                ("cat-2-16", "cat-3"),
                ("B.5 Rights", "U12"),
            ),
            Test("CAT.applicant", "ratione_personae", INDIVIDUALS, ("cat-22-1",), ("U3", "B.5 Who")),
            Test("CAT.victim", "ratione_personae", VICTIM_UN, ("cat-22-1", "cat-rule-113"), ("U4", "B.5 Who")),
            Test("CAT.attribution", "ratione_personae", ATTRIBUTION, ("cat-gc-2",), ("U2",)),
            Test("CAT.identity", "anonymity", IDENTITY_UN, ("cat-22-2",), ("U5", "B.5 Who")),
            Test("CAT.remedies", "exhaustion", REMEDIES_UN, ("cat-22-5-b",), ("U6", "B.5 Remedies")),
            Test(
                "CAT.term",
                "time_limit",
                LONG_DELAY,
                ("cat-rule-113-f", "un-five-years-band"),
                ("B.5 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "CAT.same_matter",
                "same_matter",
                Elsewhere("CAT"),
                ("cat-22-5-a",),
                ("U7", "B.5 Same matter", "D.4"),
                verified=True,
            ),
        ),
        Filing(
            form="the model form for individual complaints; free; no lawyer needed",
            place="OHCHR Petitions, United Nations Office at Geneva, online or by e-mail",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Rule 114, in danger of irreparable harm, above all before a removal",
            final="a decision, not formally binding and without appeal; the State informs within 90 days",
            authority=("cat-rules", "cat-rule-114", "cat-90-days"),
        ),
        facts_by="CAT-22",
        notes=("note_not_substantiated", "note_treaty_reservations_not_checked", "note_can_end_at_once"),
    ),
)
