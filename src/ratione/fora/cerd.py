"""CERD: the Committee on the Elimination of Racial Discrimination (law.md B.4, with the common rules of B.2)."""

from ratione.fora.common import (
    ATTRIBUTION,
    EXHAUSTED,
    FROM_TAKEN,
    IDENTITY_UN,
    JURISDICTION_UN,
    LASTING,
    LEGAL_PERSONS,
    NEEDS_EXTENSION,
    NO_ACCEPTANCE,
    OUTSIDE,
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
    Clock,
    Covers,
    Elsewhere,
    Extended,
    Fact,
    Filing,
    Fixed,
    Forum,
    InTime,
    Reserved,
    Test,
    Version,
    failed,
    judgment,
    met,
)

NO = failed("")

#: An organisation of the group that is targeted can be heard (TBB-Turkish Union v. Germany).
APPLICANT = Fact(
    "applicant.kind",
    {
        **LEGAL_PERSONS,
        "individual": met(),
        "group_of_individuals": met(),
        "ngo": judgment("organisation_of_group", MET),
        "association": judgment("organisation_of_group", MET),
        "religious_body": judgment("organisation_of_group", MET),
        "minority_or_indigenous_community": judgment("organisation_of_group", MET),
    },
)
PLACE = Case(
    ((NEEDS_EXTENSION, All((Extended("CERD", "act"), Extended("CERD-14", "filed")))),),
    JURISDICTION_UN,
)
TEMPORAL_LIMIT = Case(
    (
        (
            All((LASTING, Reserved("CERD-14", "temporal", "act.first"))),
            Fixed(judgment("temporal_reservation_continuing")),
        ),
        (Reserved("CERD-14", "temporal", "act"), Fixed(failed("temporal_reservation"))),
    ),
    Fixed(met()),
)
TIME_OF_FACTS = All(
    (
        Begun("CERD", "act", failed("before_treaty")),
        Begun("CERD-14", "act", judgment("between_treaty_and_acceptance")),
        TEMPORAL_LIMIT,
    )
)
COVERED = Covers(
    ("CERD",),
    {
        "CERD:1": OUTSIDE, "CERD:8": OUTSIDE, "CERD:9": OUTSIDE, "CERD:10": OUTSIDE, "CERD:11": OUTSIDE,
        "CERD:12": OUTSIDE, "CERD:13": OUTSIDE, "CERD:14": OUTSIDE, "CERD:15": OUTSIDE, "CERD:16": OUTSIDE,
        "CERD:17": OUTSIDE, "CERD:18": OUTSIDE, "CERD:19": OUTSIDE, "CERD:20": OUTSIDE, "CERD:21": OUTSIDE,
        "CERD:22": OUTSIDE, "CERD:23": OUTSIDE, "CERD:24": OUTSIDE, "CERD:25": OUTSIDE,
    },
)  # fmt: skip
RESERVATION = Case(
    (
        (Reserved("CERD", "rights_excluded", "act"), Fixed(judgment("reservation"))),
        (Reserved("CERD-14", "rights_excluded", "filed"), Fixed(judgment("reservation"))),
        (Reserved("CERD-14", "unknown", "filed"), Fixed(judgment("reservation_of_unknown_reach"))),
    ),
    Fixed(met()),
)
GROUND = Fact(
    "ground",
    {
        "race": met(),
        "colour": met(),
        "descent": met(),
        "national_origin": met(),
        "ethnic_origin": met(),
        "citizenship": judgment("citizenship_distinction"),
        "religion": failed("religion_only"),
        "none": failed("no_racial_ground"),
        "other": failed("no_racial_ground"),
    },
)
CLOCK = Clock(FROM_TAKEN, (Version(None, 6),), "submission_safe_receipt")
TERM = Case(
    (
        (
            Fact("exceptional_circumstances", {"yes": met(), "no": NO}, missing=failed("not_claimed")),
            InTime(CLOCK, judgment("exceptional_circumstances"), judgment("exceptional_circumstances")),
        ),
        (EXHAUSTED, InTime(CLOCK)),
    ),
    InTime(CLOCK, judgment("no_exhaustion_to_count_from")),
)
#: Article 14 is silent: only what the State wrote into its declaration can bar the matter.
CLAUSE = Any((Reserved("CERD-14", "same_matter_past", "filed"), Reserved("CERD-14", "same_matter_pending", "filed")))
NOT_BARRED_BY_A_CLAUSE = Case(
    ((Elsewhere("CERD+clause"), Fixed(met())),),
    Fixed(judgment("declaration_may_bar_same_matter", FAILED)),
)
SAME_MATTER = Case(
    (
        (CLAUSE, Elsewhere("CERD+clause")),
        (Bound("COE", "filed"), NOT_BARRED_BY_A_CLAUSE),
    ),
    Elsewhere("CERD"),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "CERD",
        "Committee on the Elimination of Racial Discrimination",
        ("CERD",),
        (
            Test(
                "CERD.party",
                "ratione_personae",
                All((Bound("CERD", "filed"), Bound("CERD-14", "filed", NO_ACCEPTANCE))),
                ("cerd-14-1", "cerd-14-3", "cerd-21"),
                ("U1", "B.4 Against"),
                verified=True,
            ),
            Test("CERD.place", "ratione_loci", PLACE, ("cerd-14-1", "un-jurisdiction"), ("U2", "B.4 Territory")),
            Test(
                "CERD.time_of_facts",
                "ratione_temporis",
                TIME_OF_FACTS,
                ("cerd-14-1", "cerd-declarations"),
                ("B.4 Time of facts", "U12"),
            ),
            Test(
                "CERD.right",
                "ratione_materiae",
                All((COVERED, RESERVATION)),
                ("cerd-14-1", "cerd-2-7"),
                ("B.4 Rights", "U12"),
            ),
            Test(
                "CERD.ground",
                "ratione_materiae",
                GROUND,
                ("cerd-1", "psn-2007"),
                ("B.4 Rights",),
            ),
            Test(
                "CERD.applicant",
                "ratione_personae",
                APPLICANT,
                ("cerd-14-1", "tbb-2013"),
                ("U3", "B.4 Who"),
                verified=True,
            ),
            Test("CERD.victim", "ratione_personae", VICTIM_UN, ("cerd-14-1", "cerd-rule-91"), ("U4", "B.4 Who")),
            Test("CERD.attribution", "ratione_personae", ATTRIBUTION, ("un-jurisdiction",), ("U2",)),
            Test("CERD.identity", "anonymity", IDENTITY_UN, ("cerd-14-6-a",), ("U5", "B.4 Who")),
            Test("CERD.remedies", "exhaustion", REMEDIES_UN, ("cerd-14-7-a",), ("U6", "B.4 Remedies")),
            Test(
                "CERD.term",
                "time_limit",
                TERM,
                ("cerd-14-5", "cerd-rule-91-f"),
                ("B.4 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "CERD.same_matter",
                "same_matter",
                SAME_MATTER,
                ("cerd-declarations", "cerd-14-no-clause"),
                ("U7", "U12", "B.4 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="the model form for individual complaints; free; no lawyer needed",
            place="OHCHR Petitions, United Nations Office at Geneva, online or by e-mail; by post, count on receipt",
            language="English, French, Spanish or Russian (other UN languages at risk of delay)",
            interim="Rule 94(3), in danger of irreparable harm",
            final="an opinion with suggestions and recommendations (Article 14(7)(b)); not formally binding, no appeal",
            authority=("cerd-rules", "cerd-rule-94-3", "cerd-14-7-b"),
        ),
        facts_by="CERD-14",
        notes=(
            "note_not_substantiated",
            "note_treaty_reservations_not_checked",
            "note_national_body",
            "note_can_end_at_once",
        ),
    ),
)
