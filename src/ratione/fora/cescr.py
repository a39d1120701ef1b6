"""CESCR: the Committee on Economic, Social and Cultural Rights (law.md B.10, with the common rules of B.2)."""

from ratione.fora.common import (
    ACCESSORY,
    ATTRIBUTION,
    BEFORE_PROTOCOL,
    IDENTITY_UN,
    INDIVIDUALS_AND_GROUPS,
    JURISDICTION_UN,
    LASTING,
    NEEDS_EXTENSION,
    NO_ACCEPTANCE,
    ONE_YEAR_UNLESS_IMPOSSIBLE,
    OUTSIDE,
    VICTIM_UN,
)
from ratione.rules import (
    FAILED,
    MET,
    All,
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
    Reserved,
    Test,
    failed,
    judgment,
    met,
)

PLACE = Case(
    ((NEEDS_EXTENSION, All((Extended("ICESCR", "act"), Extended("ICESCR-OP", "filed")))),),
    JURISDICTION_UN,
)
TIME_OF_FACTS = All(
    (
        Begun("ICESCR-OP", "act", BEFORE_PROTOCOL),
        Case(
            (
                (
                    All((LASTING, Reserved("ICESCR-OP", "temporal", "act.first"))),
                    Fixed(judgment("temporal_reservation_continuing")),
                ),
                (Reserved("ICESCR-OP", "temporal", "act"), Fixed(failed("temporal_reservation"))),
            ),
            Fixed(met()),
        ),
    )
)
COVERED = Covers(
    ("ICESCR",),
    {
        "ICESCR:1": judgment("right_of_peoples_weighed"),
        "ICESCR:2(2)": ACCESSORY, "ICESCR:2": ACCESSORY, "ICESCR:3": ACCESSORY,
        "ICESCR:2(1)": OUTSIDE, "ICESCR:2(3)": OUTSIDE, "ICESCR:4": OUTSIDE, "ICESCR:5": OUTSIDE,
        "ICESCR:16": OUTSIDE, "ICESCR:17": OUTSIDE, "ICESCR:18": OUTSIDE, "ICESCR:19": OUTSIDE,
        "ICESCR:20": OUTSIDE, "ICESCR:21": OUTSIDE, "ICESCR:22": OUTSIDE, "ICESCR:23": OUTSIDE,
        "ICESCR:24": OUTSIDE, "ICESCR:25": OUTSIDE, "ICESCR:26": OUTSIDE, "ICESCR:27": OUTSIDE,
        "ICESCR:28": OUTSIDE, "ICESCR:29": OUTSIDE, "ICESCR:30": OUTSIDE, "ICESCR:31": OUTSIDE,
    },
)  # fmt: skip
RESERVATION = Case(
    (
        (Reserved("ICESCR", "rights_excluded", "act"), Fixed(judgment("reservation"))),
        (Reserved("ICESCR-OP", "rights_excluded", "filed"), Fixed(judgment("reservation"))),
        (Reserved("ICESCR-OP", "unknown", "filed"), Fixed(judgment("reservation_of_unknown_reach"))),
    ),
    Fixed(met()),
)
#: Article 3(1) excepts unreasonably prolonged remedies only; "unlikely to bring relief" is not in its text (U6).
REMEDIES = Fact(
    "remedies",
    {
        "exhausted": met(),
        "pending": judgment("remedy_pending_at_examination", FAILED),
        "not_tried": failed("not_exhausted"),
        "unavailable": judgment("no_effective_remedy", MET),
        "ineffective": judgment("exception_not_in_text"),
        "no_remedy_exists": judgment("no_effective_remedy", MET),
        "unduly_prolonged": judgment("unduly_prolonged", MET),
    },
)

FORA: tuple[Forum, ...] = (
    Forum(
        "CESCR",
        "Committee on Economic, Social and Cultural Rights",
        ("ICESCR",),
        (
            Test(
                "CESCR.party",
                "ratione_personae",
                All((Bound("ICESCR", "filed"), Bound("ICESCR-OP", "filed", NO_ACCEPTANCE))),
                ("icescr-op-1", "icescr-op-20"),
                ("U1", "B.10 Against"),
            ),
            Test("CESCR.place", "ratione_loci", PLACE, ("icescr-op-2", "un-jurisdiction"), ("U2", "B.10 Territory")),
            Test(
                "CESCR.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("icescr-op-3-2-b",),
                ("B.10 Time of facts", "U12"),
            ),
            Test(
                "CESCR.right",
                "ratione_materiae",
                All((COVERED, RESERVATION)),
                ("icescr-op-2", "icescr-6-15"),
                ("B.10 Rights", "U12"),
            ),
            Test("CESCR.applicant", "ratione_personae", INDIVIDUALS_AND_GROUPS, ("icescr-op-2",), ("U3", "B.10 Who")),
            Test("CESCR.victim", "ratione_personae", VICTIM_UN, ("icescr-op-2",), ("U4", "B.10 Who")),
            Test("CESCR.attribution", "ratione_personae", ATTRIBUTION, ("un-jurisdiction",), ("U2",)),
            Test("CESCR.identity", "anonymity", IDENTITY_UN, ("icescr-op-3-2-g",), ("U5",)),
            Test("CESCR.remedies", "exhaustion", REMEDIES, ("icescr-op-3-1",), ("U6", "B.10 Remedies")),
            Test(
                "CESCR.term",
                "time_limit",
                ONE_YEAR_UNLESS_IMPOSSIBLE,
                ("icescr-op-3-2-a",),
                ("B.10 Time-limit", "D.1"),
            ),
            Test(
                "CESCR.same_matter",
                "same_matter",
                Elsewhere("CESCR"),
                ("icescr-op-3-2-c",),
                ("U7", "B.10 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="the model form for individual complaints; free; no lawyer needed",
            place="OHCHR Petitions, United Nations Office at Geneva, online or by e-mail",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Article 5 of the Protocol, in danger of irreparable harm",
            final="Views, not formally binding and without appeal; the State replies within six months (Article 9(2))",
            authority=("icescr-op-5", "icescr-op-9-2"),
        ),
        facts_by="ICESCR-OP",
        notes=("note_not_substantiated", "note_treaty_reservations_not_checked", "note_no_clear_disadvantage"),
    ),
)
