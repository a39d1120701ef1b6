"""CED: the Committee on Enforced Disappearances (law.md B.8): communications (31) and urgent actions (30)."""

from ratione.fora.common import (
    ATTRIBUTION,
    IDENTITY_UN,
    INDIVIDUALS,
    JURISDICTION_UN,
    NEEDS_EXTENSION,
    NO_ACCEPTANCE,
    NO_TERM,
    OUTSIDE,
    PROCEDURAL,
    REMEDIES_UN,
    VICTIM_UN,
)
from ratione.rules import (
    FAILED,
    MET,
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
    Reserved,
    Test,
    failed,
    judgment,
    met,
)

NO = failed("")

# ---- both channels ---------------------------------------------------------------------------------------------------
#: Search, investigation, truth and the return of remains are duties of their own (Yrusta v. Argentina).
LATER_DUTY = All(
    (
        Begun("CED", "act"),
        Any(
            (
                PROCEDURAL,
                Fact(
                    "article.base",
                    {"CED:3": met(), "CED:12": met(), "CED:15": met(), "CED:24": met(), "*": NO},
                ),
            )
        ),
    )
)
#: Article 35: what counts is the day on which the disappearance began, however long it goes on.
BEGUN_BEFORE = Case(
    ((LATER_DUTY, Fixed(judgment("later_duties"))),),
    Fixed(failed("disappearance_begun_before_treaty")),
)
COVERED = Covers(
    ("CED",),
    {
        "CED:26": OUTSIDE, "CED:27": OUTSIDE, "CED:28": OUTSIDE, "CED:29": OUTSIDE, "CED:30": OUTSIDE,
        "CED:31": OUTSIDE, "CED:32": OUTSIDE, "CED:33": OUTSIDE, "CED:34": OUTSIDE, "CED:35": OUTSIDE,
        "CED:36": OUTSIDE, "CED:37": OUTSIDE, "CED:38": OUTSIDE, "CED:39": OUTSIDE, "CED:40": OUTSIDE,
        "CED:41": OUTSIDE, "CED:42": OUTSIDE, "CED:43": OUTSIDE, "CED:44": OUTSIDE, "CED:45": OUTSIDE,
    },
)  # fmt: skip
RESERVATION = Case(((Reserved("CED", "rights_excluded", "act"), Fixed(judgment("reservation"))),), Fixed(met()))

# ---- communications (Article 31) -------------------------------------------------------------------------------------
#: The Convention does not say that a declaration can be withdrawn; Article 22(8) of CAT by analogy.
ACCEPTED = Any(
    (
        Bound("CED-31", "filed", NO_ACCEPTANCE),
        All((Begun("CED-31", "filed", NO_ACCEPTANCE), Fixed(judgment("declaration_withdrawn", FAILED)))),
    )
)
PLACE_31 = Case(
    ((NEEDS_EXTENSION, All((Extended("CED", "act"), Extended("CED-31", "filed")))),),
    JURISDICTION_UN,
)
TIME_31 = Case(
    (
        (
            Begun("CED", "act.first"),
            Case(
                (
                    (Begun("CED-31", "act.first"), Fixed(met())),
                    (Begun("CED-31", "act.to"), Fixed(judgment("still_missing_after_acceptance", MET))),
                ),
                Fixed(judgment("between_treaty_and_acceptance", FAILED)),
            ),
        ),
    ),
    BEGUN_BEFORE,
)

# ---- urgent actions (Article 30) -------------------------------------------------------------------------------------
ANYBODY = Fact(
    "applicant.kind",
    {
        "individual": met(),
        "group_of_individuals": met(),
        "minority_or_indigenous_community": met(),
        "state": failed("inter_state"),
        "*": judgment("legitimate_interest", MET),
    },
)
INTEREST = Fact(
    "applicant.victim",
    {
        "direct": met(),
        "indirect": met("next_of_kin"),
        "potential": judgment("potential_victim", FAILED),
        "representative_with_consent": met(),
        "representative_without_consent": judgment("legitimate_interest", MET),
        "public_interest": judgment("legitimate_interest"),
    },
)
PLACE_30 = Case(((NEEDS_EXTENSION, Extended("CED", "act")),), JURISDICTION_UN)
TIME_30 = Case(((Begun("CED", "act.first"), Fixed(met())),), BEGUN_BEFORE)
SOUGHT = Fact("right", {"enforced_disappearance": met(), "*": judgment("only_search_for_disappeared", FAILED)})
PRESENTED = Fact(
    "remedies",
    {
        "exhausted": met(),
        "pending": met("authority_has_it"),
        "unduly_prolonged": met("authority_has_it"),
        "unavailable": met("no_authority_to_turn_to"),
        "no_remedy_exists": met("no_authority_to_turn_to"),
        "ineffective": met("authority_has_it"),
        "not_tried": judgment("turn_to_authority_first", FAILED),
    },
)

FORA: tuple[Forum, ...] = (
    Forum(
        "CED",
        "Committee on Enforced Disappearances: individual communication",
        ("CED",),
        (
            Test(
                "CED-31.party",
                "ratione_personae",
                All((Bound("CED", "filed"), ACCEPTED)),
                ("ced-31-1", "ced-31-withdrawal"),
                ("U1", "B.8 Against", "B.8 Time of facts"),
            ),
            Test("CED-31.place", "ratione_loci", PLACE_31, ("ced-31-1", "un-jurisdiction"), ("U2", "B.8 Territory")),
            Test(
                "CED-31.time_of_facts",
                "ratione_temporis",
                TIME_31,
                ("ced-35", "yrusta-2016"),
                ("B.8 Time of facts",),
            ),
            Test(
                "CED-31.right",
                "ratione_materiae",
                All((COVERED, RESERVATION)),
                ("ced-1-25",),
                ("B.8 Rights", "U12"),
            ),
            Test("CED-31.applicant", "ratione_personae", INDIVIDUALS, ("ced-31-1",), ("U3", "B.8 Who")),
            Test("CED-31.victim", "ratione_personae", VICTIM_UN, ("ced-31-1",), ("U4", "B.8 Who")),
            Test("CED-31.attribution", "ratione_personae", ATTRIBUTION, ("un-jurisdiction",), ("U2",)),
            Test("CED-31.identity", "anonymity", IDENTITY_UN, ("ced-31-2-a",), ("U5",)),
            Test("CED-31.remedies", "exhaustion", REMEDIES_UN, ("ced-31-2-d",), ("U6", "B.8 Remedies")),
            Test("CED-31.term", "time_limit", NO_TERM, ("ced-31-2",), ("B.8 Time-limit", "D.1")),
            Test(
                "CED-31.same_matter",
                "same_matter",
                Elsewhere("CED-31"),
                ("ced-31-2-c",),
                ("U7", "B.8 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="the model form for individual complaints; free; no lawyer needed",
            place="OHCHR Petitions, United Nations Office at Geneva, online or by e-mail",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Article 31(4), in danger of irreparable harm",
            final="Views, not formally binding and without appeal; the State reports on follow-up",
            authority=("ced-31-4", "ced-31-5"),
        ),
        facts_by="CED-31",
        route="CED-31",
        notes=("note_not_substantiated", "note_treaty_reservations_not_checked", "note_can_end_at_once"),
    ),
    Forum(
        "CED",
        "Committee on Enforced Disappearances: urgent action",
        ("CED",),
        (
            Test("CED-30.party", "ratione_personae", Bound("CED", "filed"), ("ced-30-1",), ("U1", "B.8 Against")),
            Test("CED-30.place", "ratione_loci", PLACE_30, ("un-jurisdiction",), ("U2", "B.8 Territory")),
            Test(
                "CED-30.time_of_facts",
                "ratione_temporis",
                TIME_30,
                ("ced-35", "yrusta-2016"),
                ("B.8 Time of facts",),
            ),
            Test(
                "CED-30.right",
                "ratione_materiae",
                All((COVERED, RESERVATION, SOUGHT)),
                ("ced-30-1", "ced-1-25"),
                ("B.8 Rights", "U12"),
            ),
            Test("CED-30.applicant", "ratione_personae", ANYBODY, ("ced-30-1",), ("B.8 Who",)),
            Test("CED-30.victim", "ratione_personae", INTEREST, ("ced-30-1",), ("B.8 Who",)),
            Test("CED-30.attribution", "ratione_personae", ATTRIBUTION, ("un-jurisdiction",), ("U2",)),
            Test("CED-30.identity", "anonymity", IDENTITY_UN, ("ced-30-2",), ("U5",)),
            Test("CED-30.remedies", "exhaustion", PRESENTED, ("ced-30-2-c",), ("B.8 Remedies",)),
            Test("CED-30.term", "time_limit", NO_TERM, ("ced-30-2",), ("B.8 Time-limit", "D.1")),
            Test(
                "CED-30.same_matter",
                "same_matter",
                Elsewhere("CED-30"),
                ("ced-30-2-e",),
                ("B.8 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="the form for urgent actions: who is missing, since when, where, what was done; free",
            place="OHCHR, secretariat of the Committee, United Nations Office at Geneva, by e-mail",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Article 30(3): the Committee asks the State to find and protect the person",
            final="no decision on the merits: the action stays open until the person is found",
            authority=("ced-30-3", "ced-30-4"),
        ),
        facts_by="CED",
        route="CED-30",
        notes=("note_recent_disappearance",),
    ),
)
