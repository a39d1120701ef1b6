"""UNESCO: the procedure of Executive Board decision 104 EX/3.3 (law.md B.15)."""

from datetime import date

from ratione.fora.common import IDENTITY, NO_RULE
from ratione.rules import (
    MET,
    All,
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
    Start,
    Test,
    Version,
    failed,
    judgment,
    met,
)

#: A reasonable time after the facts or their becoming known; the year is the author's band, not law.
REASONABLE = Clock(
    (Start("knowledge", "unesco-14-time"),),
    (Version(None, 12),),
    "submission",
    advice=True,
)

NOT_MEMBER = judgment("not_unesco_member")
#: No list of members is kept: those of the United Nations are members, save a few that stayed out, left or gave notice.
MEMBER = Case(
    (
        (
            Fact("respondent", {"ISR": met(), "LIE": met(), "NIC": met(), "USA": met(), "*": failed("")}),
            Bound("UNESCO", "filed", NOT_MEMBER),
        ),
        (
            All((Between("filed", date(2012, 1, 1)), Bound("UN", "filed", failed("")))),
            Fixed(met("un_member_taken_as_member")),
        ),
    ),
    Bound("UNESCO", "filed", NOT_MEMBER),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "UNESCO",
        "UNESCO procedure for human-rights communications (104 EX/Decision 3.3)",
        ("UNESCO-104",),
        (
            Test(
                "UNESCO.source",
                "ratione_personae",
                Fixed(met("direct_knowledge")),
                ("unesco-14",),
                ("B.15 Who",),
                verified=True,
            ),
            Test("UNESCO.identity", "anonymity", IDENTITY, ("unesco-14",), ("B.15 Who",), verified=True),
            Test(
                "UNESCO.party",
                "ratione_personae",
                MEMBER,
                ("unesco-14", "unesco-constitution-2-6"),
                ("B.15 Against", "D.3"),
            ),
            Test("UNESCO.place", "ratione_loci", NO_RULE, ("unesco-14",), ("B.15 Territory",)),
            Test("UNESCO.time_of_facts", "ratione_temporis", NO_RULE, ("unesco-14",), ("B.15 Time of facts",)),
            Test(
                "UNESCO.right",
                "ratione_materiae",
                Covers(
                    ("UNESCO-104",),
                    {
                        "UNESCO-104:UDHR:18": judgment("only_in_unesco_fields", MET),
                        "UNESCO-104:UDHR:20": judgment("only_in_unesco_fields", MET),
                    },
                ),
                ("unesco-14",),
                ("B.15 Rights",),
            ),
            Test(
                "UNESCO.remedies",
                "exhaustion",
                Fixed(met("say_which_remedies_were_tried")),
                ("unesco-14-remedies",),
                ("B.15 Remedies",),
                verified=True,
            ),
            Test(
                "UNESCO.term",
                "time_limit",
                InTime(REASONABLE, judgment("reasonable_time")),
                ("unesco-14-time",),
                ("B.15 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "UNESCO.same_matter",
                "same_matter",
                Elsewhere("UNESCO"),
                ("unesco-14",),
                ("B.15 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="a signed letter, then the form that UNESCO sends back; it must say which remedies were tried and how "
            "they ended; not manifestly ill-founded, not abusive, not resting on press reports alone; free",
            place="The Legal Adviser, UNESCO, 7 place de Fontenoy, 75352 Paris 07 SP, France",
            language="English or French",
            interim="the Director-General may intervene in urgent cases",
            final="confidential and conciliatory, no ruling; the State has three months to answer",
            authority=("unesco-14", "unesco-form"),
            checked=date(2026, 11, 24),
        ),
        notes=("note_unesco_conciliation",),
    ),
)
