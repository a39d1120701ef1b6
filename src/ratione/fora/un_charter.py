"""WGAD, SP and HRCP: bodies of the Human Rights Council, for every State (law.md B.12-B.14)."""

from datetime import date

from ratione.fora.common import IDENTITY, NO_REMEDIES_NEEDED, NO_RULE, NO_TERM
from ratione.rules import (
    FAILED,
    MET,
    All,
    Between,
    Bound,
    Case,
    Covers,
    Elsewhere,
    Fact,
    Filing,
    Fixed,
    Forum,
    Test,
    failed,
    judgment,
    met,
    not_yet,
)

NO = failed("")
ANY_STATE = Fixed(met("any_state"))
#: Treaties of the United Nations whose articles the Special Procedures and the Council can look at (law.md C.1).
UN_TREATIES = (
    "UDHR",
    "ICCPR",
    "ICCPR-OP2",
    "ICESCR",
    "CERD",
    "CAT",
    "CEDAW",
    "CRPD",
    "CED",
    "CRC",
    "CRC-OPSC",
    "CRC-OPAC",
    "CMW",
)
#: The Declaration is for every State; a treaty for those that it binds (law.md C.1).
ANY_UN_RIGHT = All(
    (
        Covers(UN_TREATIES),
        Case(
            ((Fact("article.instrument", {"UDHR": met(), "*": NO}), Fixed(met())),),
            Bound("$right", "act", judgment("treaty_not_binding_declaration_is", MET)),
        ),
    )
)

# ---- Working Group on Arbitrary Detention (B.12) ---------------------------------------------------------------------
SOURCE = Fact(
    "applicant.victim",
    {
        "direct": met(),
        "indirect": met(),
        "potential": judgment("potential_victim", FAILED),
        "representative_with_consent": met(),
        "representative_without_consent": judgment("consent_expected"),
        "public_interest": judgment("consent_expected"),
    },
)
HOLDING_AUTHORITIES = Case(
    ((Fact("act.attributable", {"no": met(), "*": NO}), Fixed(judgment("held_by_others", FAILED))),),
    Fact(
        "place",
        {
            "own_territory": met(),
            "occupied": met(),
            "agent_authority": met(),
            "active_hostilities": judgment("active_hostilities"),
            "dependent_territory": met(),
            "abroad": judgment("held_by_others", FAILED),
        },
    ),
)
LIBERTY_ARTICLE = Fact(
    "article.base",
    {
        "WGAD:I": met(),
        "WGAD:II": met(),
        "WGAD:III": met(),
        "WGAD:IV": met(),
        "WGAD:V": met(),
        "UDHR:9": met(),
        "ICCPR:9": met(),
        "*": NO,
    },
)
DETENTION = Case(
    (
        (All((LIBERTY_ARTICLE, Fact("right", {"liberty": met(), "": met(), "*": NO}))), Fixed(met())),
        (Fact("article.instrument", {"WGAD": met(), "*": NO}), Fixed(judgment("only_if_detained"))),
        (
            All((LIBERTY_ARTICLE, Fact("right", {"enforced_disappearance": met(), "*": NO}))),
            Fixed(judgment("disappearance_as_detention", MET)),
        ),
    ),
    Fixed(failed("detention_only")),
)

# ---- Special Procedures (B.13) ---------------------------------------------------------------------------------------
CONSENT = Fact(
    "applicant.victim",
    {
        "direct": met(),
        "indirect": met(),
        "potential": met(),
        "representative_with_consent": met(),
        "representative_without_consent": judgment("consent_expected", MET),
        "public_interest": met(),
    },
)
SINCE_THE_CHARTER = Case(
    (
        (
            Fact("right", {"enforced_disappearance": met(), "*": NO}),
            Between("act", date(1945, 10, 24), otherwise=judgment("before_un_charter", FAILED)),
        ),
    ),
    NO_RULE,
)

# ---- Human Rights Council complaint procedure (B.14) -----------------------------------------------------------------
PATTERN = Fact("pattern", {"yes": met(), "no": failed("no_pattern")})
REMEDIES_COUNCIL = Fact(
    "remedies",
    {
        "exhausted": met(),
        "pending": not_yet("remedy_pending", "final_domestic_decision"),
        "not_tried": failed("not_exhausted"),
        "unavailable": judgment("no_effective_remedy", MET),
        "ineffective": judgment("no_effective_remedy", MET),
        "no_remedy_exists": judgment("no_effective_remedy", MET),
        "unduly_prolonged": judgment("unduly_prolonged", MET),
    },
)

FORA: tuple[Forum, ...] = (
    Forum(
        "WGAD",
        "Working Group on Arbitrary Detention",
        ("WGAD", "UDHR", "ICCPR"),
        (
            Test("WGAD.source", "ratione_personae", SOURCE, ("wgad-methods",), ("B.12 Who",)),
            Test("WGAD.identity", "anonymity", IDENTITY, ("wgad-methods",), ("B.12 Who",)),
            Test("WGAD.party", "ratione_personae", ANY_STATE, ("wgad-mandate",), ("B.12 Against",)),
            Test("WGAD.place", "ratione_loci", HOLDING_AUTHORITIES, ("wgad-methods",), ("B.12 Territory",)),
            Test("WGAD.time_of_facts", "ratione_temporis", NO_RULE, ("wgad-mandate",), ("B.12 Time of facts",)),
            Test(
                "WGAD.right",
                "ratione_materiae",
                All((Covers(("WGAD", "UDHR", "ICCPR")), DETENTION)),
                ("wgad-categories",),
                ("B.12 Rights",),
            ),
            Test("WGAD.remedies", "exhaustion", NO_REMEDIES_NEEDED, ("wgad-methods",), ("B.12 Remedies",)),
            Test("WGAD.term", "time_limit", NO_TERM, ("wgad-methods",), ("B.12 Time-limit", "D.1")),
            Test("WGAD.same_matter", "same_matter", Elsewhere("WGAD"), ("wgad-methods",), ("B.12 Same matter", "D.4")),
        ),
        Filing(
            form="the Working Group's questionnaire; not abusive, not resting on press reports alone; free",
            place="the Working Group's secretariat at OHCHR, Geneva, by e-mail",
            language="English, French or Spanish",
            interim="an urgent appeal: humanitarian, beside every other procedure and without effect on it",
            final="an opinion, which binds nobody; the State has 60 days to answer before it",
            authority=("wgad-methods",),
        ),
        notes=("note_wgad_bars_ecthr", "note_wgad_urgent_appeal", "note_wgad_released"),
    ),
    Forum(
        "SP",
        "Special Procedures of the Human Rights Council, with the Working Group on Enforced Disappearances",
        UN_TREATIES,
        (
            Test("SP.consent", "ratione_personae", CONSENT, ("council-5-2-9",), ("B.13 Who",)),
            Test("SP.identity", "anonymity", IDENTITY, ("council-5-2-9",), ("B.13 Who",)),
            Test("SP.party", "ratione_personae", ANY_STATE, ("council-5-1",), ("B.13 Against",)),
            Test("SP.place", "ratione_loci", NO_RULE, ("council-5-2-9",), ("B.13 Territory",)),
            Test(
                "SP.time_of_facts", "ratione_temporis", SINCE_THE_CHARTER, ("wgeid-methods",), ("B.13 Time of facts",)
            ),
            Test("SP.right", "ratione_materiae", ANY_UN_RIGHT, ("council-5-2-9",), ("B.13 Rights",)),
            Test("SP.remedies", "exhaustion", NO_REMEDIES_NEEDED, ("council-5-2-9",), ("B.13 Remedies",)),
            Test("SP.term", "time_limit", NO_TERM, ("council-5-2-9",), ("B.13 Time-limit", "D.1")),
            Test("SP.same_matter", "same_matter", NO_RULE, ("council-5-2-9",), ("B.13 Same matter", "D.4")),
        ),
        Filing(
            form="the submission form of the Special Procedures; not politically motivated, not abusive, "
            "not resting on press reports alone; free",
            place="online at OHCHR, Geneva",
            language="English, French or Spanish",
            interim="an urgent appeal to the State",
            final="a letter to the State, published later with its answer; no ruling",
            authority=("council-5-2-9",),
        ),
        notes=("note_sp_bars_nothing", "note_sp_mandates", "note_wgeid_passes_to_ced"),
    ),
    Forum(
        "HRCP",
        "Complaint procedure of the Human Rights Council",
        UN_TREATIES,
        (
            Test(
                "HRCP.source",
                "ratione_personae",
                Fixed(met("direct_knowledge")),
                ("council-5-1-87",),
                ("B.14 Who",),
                verified=True,
            ),
            Test("HRCP.identity", "anonymity", IDENTITY, ("council-5-1-87",), ("B.14 Who",), verified=True),
            Test("HRCP.party", "ratione_personae", ANY_STATE, ("council-5-1",), ("B.14 Against",)),
            Test("HRCP.place", "ratione_loci", NO_RULE, ("council-5-1",), ("B.14 Territory",)),
            Test("HRCP.time_of_facts", "ratione_temporis", NO_RULE, ("council-5-1",), ("B.14 Time of facts",)),
            Test("HRCP.right", "ratione_materiae", ANY_UN_RIGHT, ("council-5-1",), ("B.14 Rights",)),
            Test("HRCP.pattern", "ratione_materiae", PATTERN, ("council-5-1-85",), ("B.14 Rights",), verified=True),
            Test(
                "HRCP.remedies",
                "exhaustion",
                REMEDIES_COUNCIL,
                ("council-5-1-87",),
                ("B.14 Remedies", "A.6"),
                verified=True,
            ),
            Test("HRCP.term", "time_limit", NO_TERM, ("council-5-1-87",), ("B.14 Time-limit", "D.1")),
            Test(
                "HRCP.same_matter",
                "same_matter",
                Elsewhere("HRCP"),
                ("council-5-1-87",),
                ("B.14 Same matter", "D.4"),
                verified=True,
            ),
        ),
        Filing(
            form="a letter of at most fifteen pages; not politically motivated, not abusive, not resting on press "
            "reports alone; free",
            place="the complaint procedure's secretariat at OHCHR, Geneva",
            language="one of the six languages of the United Nations",
            interim="none",
            final="confidential; the Council may act on the situation, never for one person; it bars no other body",
            authority=("council-5-1-85", "council-5-1-87"),
        ),
        notes=("note_no_individual_remedy",),
    ),
)
