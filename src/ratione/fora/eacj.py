"""EACJ: the East African Court of Justice (law.md B.23)."""

from ratione.fora.common import ATTRIBUTION, EFFECT_DAY, LASTING, NO_REMEDIES_NEEDED
from ratione.rules import (
    MET,
    All,
    Any,
    Begun,
    Bound,
    Clock,
    Covers,
    Elsewhere,
    Fact,
    Filing,
    Fixed,
    Forum,
    InTime,
    Not,
    Start,
    Test,
    Version,
    failed,
    judgment,
    met,
)

NO = failed("")

# ---- who -------------------------------------------------------------------------------------------------------------
APPLICANT = Fact(
    "applicant.kind",
    {
        "state": failed("inter_state"),
        "local_authority": judgment("independent_public_body"),
        "public_body": judgment("independent_public_body", MET),
        "*": met(),
    },
)
#: Residence, on the day of filing, in a State that is then a Partner State.
RESIDENT = Bound("EAC", "filed", failed("not_resident"), of="residence")
IDENTITY = Fact(
    "applicant.identity",
    {
        "disclosed": met(),
        "confidential_to_public": met("public_anonymity"),
        "hidden_from_state": judgment("state_will_know"),
        "anonymous": failed("anonymous"),
    },
)

# ---- rights and time -------------------------------------------------------------------------------------------------
#: The Court has no human-rights jurisdiction of its own; the principles of the Treaty carry such claims.
RIGHT = Covers(
    ("EAC",),
    {
        "EAC:6": judgment("principles_of_community", MET),
        "EAC:6(d)": judgment("principles_of_community", MET),
        "EAC:7": judgment("principles_of_community", MET),
        "EAC:7(2)": judgment("principles_of_community", MET),
        "EAC": failed("no_right_in_article"),
    },
)
#: Who suffers a lasting act knows of it from its start; only others can learn of it later.
LEARNT_LATER = Any((Not(LASTING), Not(Fact("applicant.victim", {"direct": met(), "*": NO}))))
#: From the start, also of a continuing act; from knowledge only where the act was not public.
CLOCK = Clock(
    (
        Start("act.first", "eac-30-2"),
        Start("knowledge", "eac-30-2", LEARNT_LATER, later=True),
    ),
    (Version(None, 2),),
    "receipt",
    rest_day=True,
)

FORA: tuple[Forum, ...] = (
    Forum(
        "EACJ",
        "East African Court of Justice",
        ("EAC",),
        (
            Test(
                "EACJ.party",
                "ratione_personae",
                All(
                    (
                        Begun("EAC", "filed", failed("never_member")),
                        Bound("EAC", "filed", judgment("left_before_filing")),
                    )
                ),
                ("eac-30-1", "eac-145"),
                ("B.23 Against", "D.1", "D.3"),
            ),
            Test(
                "EACJ.place",
                "ratione_loci",
                Fixed(met("act_of_state_is_enough")),
                ("eac-30-1",),
                ("B.23 Territory",),
            ),
            Test(
                "EACJ.time_of_facts",
                "ratione_temporis",
                Bound("EAC", "act", failed("outside_membership"), edge=EFFECT_DAY),
                ("eac-30-1",),
                ("B.23 Time of facts",),
            ),
            Test(
                "EACJ.right",
                "ratione_materiae",
                RIGHT,
                ("eac-6-7-27", "katabazi-2007"),
                ("B.23 Rights", "C.1"),
                verified=True,
            ),
            Test("EACJ.applicant", "ratione_personae", APPLICANT, ("eac-30-1",), ("B.23 Who",)),
            Test("EACJ.residence", "ratione_personae", RESIDENT, ("eac-30-1",), ("B.23 Who",)),
            Test("EACJ.attribution", "ratione_personae", ATTRIBUTION, ("eac-30-1",), ("B.23 Against",)),
            Test("EACJ.identity", "anonymity", IDENTITY, ("eac-30-1",), ("B.23 Who",)),
            Test("EACJ.remedies", "exhaustion", NO_REMEDIES_NEEDED, ("eac-30-1",), ("B.23 Remedies",)),
            Test(
                "EACJ.term",
                "time_limit",
                InTime(CLOCK),
                ("eac-30-2", "imlu-2012", "omar-awadh-2013"),
                ("B.23 Time-limit", "D.1"),
                verified=True,
            ),
            Test("EACJ.same_matter", "same_matter", Elsewhere("EACJ"), ("eac-30-3",), ("B.23 Same matter", "D.4")),
        ),
        Filing(
            form="a reference or claim by a resident of a Partner State",
            place="the Registry in Arusha, Tanzania, or a sub-registry in a Partner State",
            language="English",
            interim="interim orders under Article 39",
            final="judgments bind; an appeal lies to the Appellate Division",
            authority=("eacj-rules", "eac-39"),
        ),
        facts_by="EAC",
        received=True,
        binding=True,
        notes=("note_reserved_to_partner_state",),
    ),
)
