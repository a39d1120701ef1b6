"""CRPD: the Committee on the Rights of Persons with Disabilities (law.md B.7, with the common rules of B.2)."""

from datetime import date

from ratione.fora.common import (
    ACCESSORY,
    ATTRIBUTION,
    BEFORE_PROTOCOL,
    IDENTITY_UN,
    INDIVIDUALS_AND_GROUPS,
    JURISDICTION_UN,
    LASTING,
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
    Between,
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

#: Azerbaijan could not vouch for the districts that it did not control then; it held all of them from the day after.
LOST_DISTRICTS = All(
    (
        Reserved("CRPD-OP", "territory", "filed"),
        Between("act", until=date(2023, 9, 20)),
        Fact(
            "act.place",
            {
                "AZ-AGM": met(), "AZ-CAB": met(), "AZ-FUZ": met(), "AZ-KAL": met(), "AZ-LAC": met(), "AZ-QBI": met(),
                "AZ-SUS": met(), "AZ-XA": met(), "AZ-XCI": met(), "AZ-XVD": met(), "AZ-ZAN": met(), "*": NO,
            },
        ),
    )
)  # fmt: skip
PLACE = Case(
    (
        (NEEDS_EXTENSION, All((Extended("CRPD", "act"), Extended("CRPD-OP", "filed")))),
        (LOST_DISTRICTS, Fixed(judgment("territorial_limit"))),
    ),
    JURISDICTION_UN,
)
TIME_OF_FACTS = All(
    (
        Begun("CRPD-OP", "act", BEFORE_PROTOCOL),
        Case(
            (
                (
                    All((LASTING, Reserved("CRPD-OP", "temporal", "act.first"))),
                    Fixed(judgment("temporal_reservation_continuing")),
                ),
                (Reserved("CRPD-OP", "temporal", "act"), Fixed(failed("temporal_reservation"))),
            ),
            Fixed(met()),
        ),
    )
)
COVERED = Covers(
    ("CRPD",),
    {
        "CRPD:4": ACCESSORY, "CRPD:8": ACCESSORY,
        "CRPD:1": OUTSIDE, "CRPD:2": OUTSIDE, "CRPD:3": OUTSIDE,
        "CRPD:31": OUTSIDE, "CRPD:32": OUTSIDE, "CRPD:33": OUTSIDE, "CRPD:34": OUTSIDE, "CRPD:35": OUTSIDE,
        "CRPD:36": OUTSIDE, "CRPD:37": OUTSIDE, "CRPD:38": OUTSIDE, "CRPD:39": OUTSIDE, "CRPD:40": OUTSIDE,
        "CRPD:41": OUTSIDE, "CRPD:42": OUTSIDE, "CRPD:43": OUTSIDE, "CRPD:44": OUTSIDE, "CRPD:45": OUTSIDE,
        "CRPD:46": OUTSIDE, "CRPD:47": OUTSIDE, "CRPD:48": OUTSIDE, "CRPD:49": OUTSIDE, "CRPD:50": OUTSIDE,
    },
)  # fmt: skip
RESERVATION = Case(
    (
        (Reserved("CRPD", "rights_excluded", "act"), Fixed(judgment("reservation"))),
        (Reserved("CRPD-OP", "rights_excluded", "filed"), Fixed(judgment("reservation"))),
        (Reserved("CRPD-OP", "unknown", "filed"), Fixed(judgment("reservation_of_unknown_reach"))),
    ),
    Fixed(met()),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "CRPD",
        "Committee on the Rights of Persons with Disabilities",
        ("CRPD",),
        (
            Test(
                "CRPD.party",
                "ratione_personae",
                All((Bound("CRPD", "filed"), Bound("CRPD-OP", "filed", NO_ACCEPTANCE))),
                ("crpd-op-1", "crpd-op-16"),
                ("U1", "B.7 Against"),
                verified=True,
            ),
            Test(
                "CRPD.place",
                "ratione_loci",
                PLACE,
                ("crpd-op-1", "un-jurisdiction"),
                ("U2", "U12", "B.7 Territory"),
            ),
            Test(
                "CRPD.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("crpd-op-2-f",),
                ("B.7 Time of facts", "U12"),
                verified=True,
            ),
            Test(
                "CRPD.right",
                "ratione_materiae",
                All((COVERED, RESERVATION)),
                ("crpd-op-1", "crpd-5-30"),
                ("B.7 Rights", "U12"),
            ),
            Test(
                "CRPD.applicant",
                "ratione_personae",
                INDIVIDUALS_AND_GROUPS,
                ("crpd-op-1", "crpd-1"),
                ("U3", "B.7 Who"),
            ),
            Test("CRPD.victim", "ratione_personae", VICTIM_UN, ("crpd-op-1", "crpd-1"), ("U4", "B.7 Who")),
            Test("CRPD.attribution", "ratione_personae", ATTRIBUTION, ("un-jurisdiction",), ("U2",)),
            Test("CRPD.identity", "anonymity", IDENTITY_UN, ("crpd-op-2-a",), ("U5",), verified=True),
            Test(
                "CRPD.remedies",
                "exhaustion",
                REMEDIES_UN,
                ("crpd-op-2-d",),
                ("U6", "B.7 Remedies"),
                verified=True,
            ),
            Test("CRPD.term", "time_limit", LONG_DELAY, ("un-five-years-band",), ("B.7 Time-limit", "D.1")),
            Test(
                "CRPD.same_matter",
                "same_matter",
                Elsewhere("CRPD"),
                ("crpd-op-2-c",),
                ("U7", "B.7 Same matter", "D.4"),
                verified=True,
            ),
        ),
        Filing(
            form="the model form for individual complaints, also in accessible formats; free; no lawyer needed",
            place="OHCHR Petitions, United Nations Office at Geneva, online or by e-mail",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Article 4 of the Protocol, in danger of irreparable harm",
            final="Views, not formally binding and without appeal; the State reports on follow-up",
            authority=("crpd-op-4", "crpd-op-5"),
        ),
        facts_by="CRPD-OP",
        notes=(
            "note_not_substantiated",
            "note_treaty_reservations_not_checked",
            "note_persons_with_disabilities",
            "note_can_end_on_notice",
        ),
    ),
)
