"""CRC: the Committee on the Rights of the Child (law.md B.9, with the common rules of B.2)."""

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
    REMEDIES_UN,
    VICTIM_UN,
)
from ratione.rules import (
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

NO = failed("")

PLACE = Case(
    (
        (NEEDS_EXTENSION, All((Extended("$right", "act"), Extended("CRC-OPIC", "filed")))),
        (Fact("place", {"abroad": met(), "*": NO}), Fixed(judgment("cross_border_harm"))),
    ),
    JURISDICTION_UN,
)
TIME_OF_FACTS = All(
    (
        Begun("CRC-OPIC", "act", BEFORE_PROTOCOL),
        Case(
            (
                (
                    All((LASTING, Reserved("CRC-OPIC", "temporal", "act.first"))),
                    Fixed(judgment("temporal_reservation_continuing")),
                ),
                (Reserved("CRC-OPIC", "temporal", "act"), Fixed(failed("temporal_reservation"))),
            ),
            Fixed(met()),
        ),
    )
)
COVERED = Covers(
    ("CRC", "CRC-OPSC", "CRC-OPAC"),
    {
        "CRC:4": ACCESSORY,
        "CRC:1": OUTSIDE, "CRC:41": OUTSIDE, "CRC:42": OUTSIDE, "CRC:43": OUTSIDE, "CRC:44": OUTSIDE,
        "CRC:45": OUTSIDE, "CRC:46": OUTSIDE, "CRC:47": OUTSIDE, "CRC:48": OUTSIDE, "CRC:49": OUTSIDE,
        "CRC:50": OUTSIDE, "CRC:51": OUTSIDE, "CRC:52": OUTSIDE, "CRC:53": OUTSIDE, "CRC:54": OUTSIDE,
    },
)  # fmt: skip
#: The instrument invoked must bind the State: the Convention, or the Protocol whose article it is.
INVOKED = Case(
    (
        (
            Fact("article.instrument", {"CRC": met(), "CRC-OPSC": met(), "CRC-OPAC": met(), "*": NO}),
            All(
                (
                    Bound("$right", "filed", failed("instrument_not_in_force")),
                    Begun("$right", "act", failed("instrument_not_in_force")),
                )
            ),
        ),
    ),
    Fixed(met()),
)
RESERVATION = Case(
    (
        (Reserved("$right", "rights_excluded", "act"), Fixed(judgment("reservation"))),
        (Reserved("CRC-OPIC", "rights_excluded", "filed"), Fixed(judgment("reservation"))),
        (Reserved("CRC-OPIC", "unknown", "filed"), Fixed(judgment("reservation_of_unknown_reach"))),
    ),
    Fixed(met()),
)
#: Somebody may speak for a child without its consent where that is in the child's best interests (Article 5).
VICTIM = Case(
    (
        (
            Fact("applicant.victim", {"representative_without_consent": met(), "*": NO}),
            Fixed(judgment("best_interests_of_child", MET)),
        ),
    ),
    VICTIM_UN,
)

FORA: tuple[Forum, ...] = (
    Forum(
        "CRC",
        "Committee on the Rights of the Child",
        ("CRC", "CRC-OPSC", "CRC-OPAC"),
        (
            Test(
                "CRC.party",
                "ratione_personae",
                Bound("CRC-OPIC", "filed", NO_ACCEPTANCE),
                ("opic-1", "opic-22"),
                ("U1", "B.9 Against"),
            ),
            Test("CRC.place", "ratione_loci", PLACE, ("opic-5", "sacchi-2021"), ("U2", "B.9 Territory")),
            Test(
                "CRC.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("opic-7-g", "opic-20"),
                ("B.9 Time of facts", "U12"),
            ),
            Test(
                "CRC.right",
                "ratione_materiae",
                All((COVERED, INVOKED, RESERVATION)),
                ("opic-5", "crc-2-40"),
                ("B.9 Rights", "B.9 Against", "U12"),
                also_called="ratione_personae",
            ),
            Test("CRC.applicant", "ratione_personae", INDIVIDUALS_AND_GROUPS, ("opic-5",), ("U3", "B.9 Who")),
            Test("CRC.victim", "ratione_personae", VICTIM, ("opic-5",), ("U4", "B.9 Who")),
            Test("CRC.attribution", "ratione_personae", ATTRIBUTION, ("un-jurisdiction",), ("U2",)),
            Test("CRC.identity", "anonymity", IDENTITY_UN, ("opic-7-a",), ("U5",)),
            Test(
                "CRC.remedies",
                "exhaustion",
                REMEDIES_UN,
                ("opic-7-e",),
                ("U6", "B.9 Remedies"),
                verified=True,
            ),
            Test(
                "CRC.term",
                "time_limit",
                ONE_YEAR_UNLESS_IMPOSSIBLE,
                ("opic-7-h",),
                ("B.9 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "CRC.same_matter",
                "same_matter",
                Elsewhere("CRC"),
                ("opic-7-d",),
                ("U7", "B.9 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="the model form for individual complaints, also in a child-friendly version; free; no lawyer needed",
            place="OHCHR Petitions, United Nations Office at Geneva, online or by e-mail",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Article 6 of the Protocol, in danger of irreparable harm",
            final="Views, or a friendly settlement (Article 9); not formally binding; "
            "the State replies within six months (Article 11)",
            authority=("opic-6", "opic-9", "opic-11"),
        ),
        facts_by="CRC-OPIC",
        notes=("note_not_substantiated", "note_treaty_reservations_not_checked", "note_child_victim"),
    ),
)
