"""ACHPR: the African Commission on Human and Peoples' Rights (law.md B.19)."""

from ratione.fora.common import (
    ATTRIBUTION,
    EFFECT_DAY,
    IDENTITY,
    JURISDICTION_UN_NO_COLONIAL_CLAUSE,
    OUTSIDE_AFRICAN_CHARTER,
    REASONABLE_PERIOD,
    REMEDIES_FIRST,
    RESERVED_ARTICLE,
)
from ratione.rules import (
    All,
    Begun,
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
)

NO = failed("")
INSTRUMENTS = ("ACHPR", "MAPUTO", "KAMPALA")

APPLICANT = Fact("applicant.kind", {"state": failed("inter_state"), "*": met("anyone_may_complain")})
VICTIM = Fact("applicant.victim", {"*": met("no_link_to_victim_needed")})
RIGHT = All(
    (
        Covers(
            INSTRUMENTS,
            {
                "ACHPR:1": judgment("with_another_right"),
                **OUTSIDE_AFRICAN_CHARTER,
                "MAPUTO": judgment("beside_the_charter"),
                "KAMPALA": judgment("beside_the_charter"),
            },
        ),
        Case(
            ((Fact("article.instrument", {"ACHPR": met(), "*": NO}), Fixed(met())),),
            Bound("$right", "act", failed("protocol_not_in_force"), edge=EFFECT_DAY),
        ),
        RESERVED_ARTICLE,
    )
)
#: Massive violations excuse from remedies that nobody could be expected to try one by one.
REMEDIES = Case(
    (
        (
            Fact("remedies", {"not_tried": met(), "*": NO}),
            Fact("pattern", {"yes": judgment("massive_violations"), "no": failed("not_exhausted")}),
        ),
    ),
    REMEDIES_FIRST,
)

FORA: tuple[Forum, ...] = (
    Forum(
        "ACHPR",
        "African Commission on Human and Peoples' Rights",
        INSTRUMENTS,
        (
            Test(
                "ACHPR.party",
                "ratione_personae",
                Begun("ACHPR", "filed", failed("never_party")),
                ("achpr-55",),
                ("B.19 Against",),
            ),
            Test("ACHPR.place", "ratione_loci", JURISDICTION_UN_NO_COLONIAL_CLAUSE, ("achpr-1",), ("B.19 Territory",)),
            Test(
                "ACHPR.time_of_facts",
                "ratione_temporis",
                Bound("ACHPR", "act", failed("outside_treaty_days"), edge=EFFECT_DAY),
                ("achpr-65", "vclt-56"),
                ("B.19 Time of facts", "D.3"),
            ),
            Test(
                "ACHPR.right",
                "ratione_materiae",
                RIGHT,
                ("achpr-2-26",),
                ("B.19 Rights", "C.1"),
                also_called="ratione_personae",
            ),
            Test("ACHPR.applicant", "ratione_personae", APPLICANT, ("achpr-55",), ("B.19 Who",)),
            Test("ACHPR.victim", "ratione_personae", VICTIM, ("achpr-55",), ("B.19 Who",)),
            Test("ACHPR.attribution", "ratione_personae", ATTRIBUTION, ("achpr-1",), ("B.19 Against",)),
            Test("ACHPR.identity", "anonymity", IDENTITY, ("achpr-56-1",), ("B.19 Who",)),
            Test("ACHPR.remedies", "exhaustion", REMEDIES, ("achpr-56-5", "jawara-2000"), ("B.19 Remedies",)),
            Test(
                "ACHPR.term",
                "time_limit",
                REASONABLE_PERIOD,
                ("achpr-56-6", "majuru-2008"),
                ("B.19 Time-limit", "D.1"),
                verified=True,
            ),
            Test(
                "ACHPR.same_matter",
                "same_matter",
                Elsewhere("ACHPR"),
                ("achpr-56-7", "gumne-2009", "sudan-darfur-2009"),
                ("B.19 Same matter", "D.4"),
            ),
        ),
        Filing(
            form="a written communication that names its author, the State, the facts and the remedies; free",
            place="the Secretariat in Banjul, The Gambia, also by e-mail",
            language="a working language of the African Union",
            interim="provisional measures under Rule 100",
            final="recommendations, not formally binding; the Commission may refer the case to the African Court",
            authority=("achpr-rules", "achpr-rule-100"),
        ),
        facts_by="ACHPR",
        received=True,
        notes=("note_language_and_sources", "note_manifestly_ill_founded"),
    ),
)
