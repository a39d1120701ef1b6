"""CEDAW: the Committee on the Elimination of Discrimination against Women (law.md B.6, with B.2)."""

from ratione.fora.common import (
    ACCESSORY,
    ATTRIBUTION,
    BEFORE_PROTOCOL,
    IDENTITY_UN,
    INDIVIDUALS_AND_GROUPS,
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
    Begun,
    Bound,
    Case,
    Covers,
    Elsewhere,
    Extended,
    Filing,
    Fixed,
    Forum,
    Reserved,
    Test,
    judgment,
    met,
)

PLACE = Case(
    ((NEEDS_EXTENSION, All((Extended("CEDAW", "act"), Extended("CEDAW-OP", "filed")))),),
    JURISDICTION_UN,
)
COVERED = Covers(
    ("CEDAW",),
    {
        "CEDAW:1": ACCESSORY,
        "CEDAW:17": OUTSIDE, "CEDAW:18": OUTSIDE, "CEDAW:19": OUTSIDE, "CEDAW:20": OUTSIDE, "CEDAW:21": OUTSIDE,
        "CEDAW:22": OUTSIDE, "CEDAW:23": OUTSIDE, "CEDAW:24": OUTSIDE, "CEDAW:25": OUTSIDE, "CEDAW:26": OUTSIDE,
        "CEDAW:27": OUTSIDE, "CEDAW:28": OUTSIDE, "CEDAW:29": OUTSIDE, "CEDAW:30": OUTSIDE,
    },
)  # fmt: skip
#: The Protocol allows no reservations (Article 17); those to the Convention count.
RESERVATION = Case(((Reserved("CEDAW", "rights_excluded", "act"), Fixed(judgment("reservation"))),), Fixed(met()))

FORA: tuple[Forum, ...] = (
    Forum(
        "CEDAW",
        "Committee on the Elimination of Discrimination against Women",
        ("CEDAW",),
        (
            Test(
                "CEDAW.party",
                "ratione_personae",
                All((Bound("CEDAW", "filed"), Bound("CEDAW-OP", "filed", NO_ACCEPTANCE))),
                ("cedaw-op-1", "cedaw-op-19"),
                ("U1", "B.6 Against"),
            ),
            Test("CEDAW.place", "ratione_loci", PLACE, ("cedaw-op-2", "un-jurisdiction"), ("U2", "B.6 Territory")),
            Test(
                "CEDAW.time_of_facts",
                "ratione_temporis",
                Begun("CEDAW-OP", "act", BEFORE_PROTOCOL),
                ("cedaw-op-4-2-e",),
                ("B.6 Time of facts",),
                verified=True,
            ),
            Test(
                "CEDAW.right",
                "ratione_materiae",
                All((COVERED, RESERVATION)),
                ("cedaw-op-2", "cedaw-1-16", "cedaw-op-17"),
                ("B.6 Rights", "U12"),
            ),
            Test(
                "CEDAW.applicant",
                "ratione_personae",
                INDIVIDUALS_AND_GROUPS,
                ("cedaw-op-2",),
                ("U3", "B.6 Who"),
            ),
            Test("CEDAW.victim", "ratione_personae", VICTIM_UN, ("cedaw-op-2",), ("U4", "B.6 Who"), verified=True),
            Test("CEDAW.attribution", "ratione_personae", ATTRIBUTION, ("un-jurisdiction",), ("U2",)),
            Test("CEDAW.identity", "anonymity", IDENTITY_UN, ("cedaw-op-3",), ("U5",), verified=True),
            Test(
                "CEDAW.remedies",
                "exhaustion",
                REMEDIES_UN,
                ("cedaw-op-4-1", "kayhan-2006"),
                ("U6", "B.6 Remedies"),
                verified=True,
            ),
            Test("CEDAW.term", "time_limit", LONG_DELAY, ("un-five-years-band",), ("B.6 Time-limit", "D.1")),
            Test(
                "CEDAW.same_matter",
                "same_matter",
                Elsewhere("CEDAW"),
                ("cedaw-op-4-2-a",),
                ("U7", "B.6 Same matter", "D.4"),
                verified=True,
            ),
        ),
        Filing(
            form="the model form for individual complaints; free; no lawyer needed",
            place="OHCHR Petitions, United Nations Office at Geneva, online or by e-mail",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Article 5 of the Protocol, in danger of irreparable harm",
            final="Views, not formally binding and without appeal; the State replies within six months (Article 7(4))",
            authority=("cedaw-op-5", "cedaw-op-7-4"),
        ),
        facts_by="CEDAW-OP",
        notes=(
            "note_not_substantiated",
            "note_treaty_reservations_not_checked",
            "note_women_and_girls",
            "note_discrimination_raised_at_home",
            "note_can_end_on_notice",
        ),
    ),
)
