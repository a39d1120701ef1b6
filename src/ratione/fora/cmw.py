"""CMW: the Committee on Migrant Workers (law.md B.11): its procedure begins with the tenth declaration."""

from ratione.fora.common import (
    ATTRIBUTION,
    IDENTITY_UN,
    INDIVIDUALS,
    JURISDICTION_UN,
    NO_ACCEPTANCE,
    NO_TERM,
    REMEDIES_UN,
    VICTIM_UN,
)
from ratione.rules import (
    All,
    AtLeast,
    Begun,
    Bound,
    Case,
    Covers,
    Elsewhere,
    Filing,
    Fixed,
    Forum,
    Test,
    failed,
    judgment,
    met,
    not_yet,
)

IN_FORCE = AtLeast("CMW-77", 10, not_yet("procedure_not_in_force", "tenth_declaration"))
#: Before the procedure begins no declaration has any effect, so the State's own is asked for only then.
ACCEPTED = Case(((IN_FORCE, Bound("CMW-77", "filed", NO_ACCEPTANCE)),), Fixed(met()))
TIME_OF_FACTS = All(
    (
        Begun("CMW", "act", failed("before_treaty")),
        Case(
            ((IN_FORCE, Begun("CMW-77", "act", judgment("between_treaty_and_acceptance"))),),
            Fixed(met()),
        ),
    )
)

FORA: tuple[Forum, ...] = (
    Forum(
        "CMW",
        "Committee on Migrant Workers",
        ("CMW",),
        (
            Test(
                "CMW.procedure",
                "ratione_personae",
                IN_FORCE,
                ("cmw-77-8",),
                ("B.11",),
                verified=True,
            ),
            Test(
                "CMW.party",
                "ratione_personae",
                All((Bound("CMW", "filed"), ACCEPTED)),
                ("cmw-77-1", "cmw-77-8"),
                ("B.11", "U1"),
            ),
            Test("CMW.place", "ratione_loci", JURISDICTION_UN, ("cmw-77-1",), ("U2",)),
            Test("CMW.time_of_facts", "ratione_temporis", TIME_OF_FACTS, ("cmw-77-1",), ("B.11",)),
            Test("CMW.right", "ratione_materiae", Covers(("CMW",)), ("cmw-77-1",), ("B.11",)),
            Test("CMW.applicant", "ratione_personae", INDIVIDUALS, ("cmw-77-1",), ("U3",)),
            Test("CMW.victim", "ratione_personae", VICTIM_UN, ("cmw-77-1",), ("U4",)),
            Test("CMW.attribution", "ratione_personae", ATTRIBUTION, ("un-jurisdiction",), ("U2",)),
            Test("CMW.identity", "anonymity", IDENTITY_UN, ("cmw-77-2",), ("U5",)),
            Test("CMW.remedies", "exhaustion", REMEDIES_UN, ("cmw-77-3-b",), ("B.11", "U6")),
            Test("CMW.term", "time_limit", NO_TERM, ("cmw-77-3-b",), ("B.11",)),
            Test("CMW.same_matter", "same_matter", Elsewhere("CMW"), ("cmw-77-3-a",), ("B.11", "U7", "D.4")),
        ),
        Filing(
            form="none yet: the procedure is not in force",
            place="none yet",
            language="none yet",
            interim="none yet",
            final="views, once the procedure is in force (Article 77(7))",
            authority=("cmw-77-1", "cmw-77-8"),
        ),
        facts_by="CMW-77",
        notes=("note_own_declaration_too",),
    ),
)
