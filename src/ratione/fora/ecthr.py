"""ECTHR: the European Court of Human Rights (law.md B.1)."""

from datetime import date

from ratione.fora.common import (
    ATTRIBUTION,
    DECISION_TOLD,
    EXHAUSTED,
    LASTING,
    ONGOING,
    PROCEDURAL,
    STEP_PENDING,
)
from ratione.rules import (
    FAILED,
    MET,
    All,
    Any,
    Begun,
    Between,
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
    Not,
    Reserved,
    Start,
    Suspension,
    Test,
    Version,
    failed,
    judgment,
    met,
    not_yet,
    unknown,
)

INSTRUMENTS = ("ECHR", "ECHR-P1", "ECHR-P4", "ECHR-P6", "ECHR-P7", "ECHR-P12", "ECHR-P13")
NO = failed("")
EDGE = ((0, judgment("effect_day", FAILED)),)
CONVENTION_ARTICLE = Fact("article.instrument", {"ECHR": met(), "*": NO})

# ---- who (B.1.2) -----------------------------------------------------------------------------------------------------
APPLICANT = Fact(
    "applicant.kind",
    {
        "individual": met(),
        "group_of_individuals": met(),
        "ngo": met(),
        "company": met(),
        "trade_union": met(),
        "employers_organisation": met(),
        "political_party": met(),
        "religious_body": met(),
        "association": met(),
        "minority_or_indigenous_community": met("members_as_group"),
        "local_authority": failed("public_power"),
        "public_body": judgment("independent_public_body", MET),
        "state_owned_company": judgment("independent_company", MET),
        "state": failed("inter_state"),
    },
)
CLOSE_FAMILY_ARTICLES = Fact("article.base", {"ECHR:2": met(), "ECHR:3": met(), "ECHR:5": met(), "*": NO})
#: Named by article, a climate case shows only in the article (KlimaSeniorinnen: 6 and 8; 2 was left open).
CLIMATE_ASSOCIATION = All(
    (
        Any(
            (
                Fact("right", {"environment": met(), "*": NO}),
                All(
                    (
                        Fact("right", {"": met(), "*": NO}),
                        Fact("article.base", {"ECHR:2": met(), "ECHR:6": met(), "ECHR:8": met(), "*": NO}),
                    )
                ),
            )
        ),
        Fact("applicant.kind", {"ngo": met(), "association": met(), "*": NO}),
    )
)
INDIRECT = Fact("applicant.victim", {"indirect": met(), "*": NO})
PUBLIC_INTEREST = Fact("applicant.victim", {"public_interest": met(), "*": NO})
VICTIM = Case(
    (
        (All((INDIRECT, CLOSE_FAMILY_ARTICLES)), Fixed(met("next_of_kin"))),
        (All((PUBLIC_INTEREST, CLIMATE_ASSOCIATION)), Fixed(judgment("climate_association"))),
    ),
    Fact(
        "applicant.victim",
        {
            "direct": met(),
            "indirect": judgment("right_of_deceased"),
            "potential": judgment("potential_victim"),
            "representative_with_consent": met(),
            "representative_without_consent": judgment("de_facto_representative"),
            "public_interest": failed("actio_popularis"),
        },
    ),
)
REDRESS = Fact("redress", {"yes": failed("redress_given"), "no": met()}, missing=met())
#: An organisation that complains for itself, not for somebody whom it represents.
ORGANISATION_FOR_ITSELF = All(
    (
        Fact(
            "applicant.kind",
            {
                "ngo": met(),
                "trade_union": met(),
                "employers_organisation": met(),
                "political_party": met(),
                "religious_body": met(),
                "association": met(),
                "public_body": met(),
                "*": NO,
            },
        ),
        Fact("applicant.victim", {"direct": met(), "*": NO}),
    )
)
#: Rights of the protocols of which it is argued whether an organisation has them of its own (law.md B.1.2).
PARTLY_OF_NATURAL_PERSONS = {
    "ECHR-P4:1": judgment("natural_persons_partly", FAILED),
    "ECHR-P4:2(1)": judgment("natural_persons_partly", FAILED),
    "ECHR-P4:2(2)": judgment("natural_persons_partly", FAILED),
    "ECHR-P4:3(1)": judgment("natural_persons_partly", FAILED),
    "ECHR-P4:3(2)": judgment("natural_persons_partly", FAILED),
    "ECHR-P4:4": judgment("natural_persons_partly", FAILED),
    "ECHR-P6:1": judgment("natural_persons_partly", FAILED),
    "ECHR-P6:2": judgment("natural_persons_partly", FAILED),
    "ECHR-P7:1": judgment("natural_persons_partly", FAILED),
    "ECHR-P7:5": judgment("natural_persons_partly", FAILED),
    "ECHR-P13:1": judgment("natural_persons_partly", FAILED),
}
BODILY_RIGHTS = Fact(
    "article.base",
    {
        "ECHR:2": judgment("natural_persons_partly", FAILED),
        "ECHR:3": judgment("natural_persons_partly", FAILED),
        "ECHR:4": judgment("natural_persons_partly", FAILED),
        "ECHR:5": judgment("natural_persons_partly", FAILED),
        "ECHR:12": judgment("natural_persons_partly", FAILED),
        **PARTLY_OF_NATURAL_PERSONS,
        "*": met(),
    },
)
ONLY_NATURAL_PERSONS = Case(
    (
        (ORGANISATION_FOR_ITSELF, BODILY_RIGHTS),
        (
            Fact("applicant.kind", {"company": met(), "state_owned_company": met(), "*": NO}),
            Fact(
                "article.base",
                {
                    "ECHR:2": failed("natural_persons_only"),
                    "ECHR:3": failed("natural_persons_only"),
                    "ECHR:4": failed("natural_persons_only"),
                    "ECHR:9": failed("natural_persons_only"),
                    "ECHR:12": failed("natural_persons_only"),
                    "ECHR-P1:2": judgment("natural_persons_partly"),
                    "ECHR:8": judgment("natural_persons_partly", MET),
                    "ECHR:5": judgment("natural_persons_partly", FAILED),
                    **PARTLY_OF_NATURAL_PERSONS,
                    "*": met(),
                },
            ),
        ),
    ),
    Fixed(met()),
)

# ---- where (B.1.4) ---------------------------------------------------------------------------------------------------
RUSSIA = Fact("respondent", {"RUS": met(), "*": NO})
HOSTILITIES_IN_UKRAINE = All(
    (
        RUSSIA,
        Fact("act.country", {"UKR": met(), "*": NO}),
        Between("act", date(2022, 2, 24), date(2022, 9, 15)),
    )
)
CONTROL_FOUND = Any(
    (
        All((RUSSIA, Fact("act.place", {"UA-43": met(), "UA-40": met(), "*": NO}), Between("act", date(2014, 2, 27)))),
        All((RUSSIA, Fact("act.place", {"UA-09": met(), "UA-14": met(), "*": NO}), Between("act", date(2014, 5, 11)))),
        All((RUSSIA, Fact("act.place", {"GE-AB": met(), "GEO-SO": met(), "*": NO}), Between("act", date(2008, 8, 13)))),
        All((RUSSIA, Fact("act.place", {"MD-SN": met(), "*": NO}))),
        All(
            (
                Fact("respondent", {"TUR": met(), "*": NO}),
                Fact("act.place", {"CYP-N": met(), "*": NO}),
                Between("act", date(1974, 7, 20)),
            )
        ),
        All(
            (
                Fact("respondent", {"ARM": met(), "*": NO}),
                Fact("act.place", {"AZE-NK": met(), "*": NO}),
                Between("act", until=date(2020, 11, 9)),
            )
        ),
    )
)
DEPENDENT = All(
    (
        Extended("ECHR", "act"),
        Extended("ECHR", "act", "petition_territorial"),
        Case(
            ((CONVENTION_ARTICLE, Fixed(met())),), Extended("$right", "act", otherwise=failed("protocol_not_extended"))
        ),
    )
)
RIGHT_TO_ENTER = Fact("article.base", {"ECHR-P4:3(2)": met(), "ECHR-P4:3": met(), "*": NO})
PLACE = Case(
    (
        (HOSTILITIES_IN_UKRAINE, Fixed(met("hostilities_in_ukraine"))),
        (CONTROL_FOUND, Fixed(met("control_found_by_court"))),
        (Fact("place", {"dependent_territory": met(), "*": NO}), DEPENDENT),
        (
            All((Fact("place", {"abroad": met(), "*": NO}), RIGHT_TO_ENTER)),
            Fixed(judgment("repatriation")),
        ),
    ),
    Fact(
        "place",
        {
            "own_territory": met(),
            "occupied": met("effective_control"),
            "agent_authority": met("agent_authority"),
            "active_hostilities": judgment("active_hostilities"),
            "dependent_territory": met(),
            "abroad": failed("no_jurisdiction"),
        },
    ),
)

# ---- when (B.1.5) ----------------------------------------------------------------------------------------------------
#: Before the permanent Court, complaints of individuals needed an acceptance of their own (old Article 25).
OLD_PETITION = Case(
    (
        (Between("act", date(1998, 11, 1)), Fixed(met())),
        (Reserved("ECHR", "temporal", "act"), Fixed(failed("petition_excluded_past"))),
        (Reserved("ECHR", "petition", "act"), Fixed(met())),
        (
            Reserved("ECHR", "petition", "filed"),
            Fixed(unknown("petition_wording_unknown", "registry:acceptance_of_individual_petition")),
        ),
    ),
    Fixed(met()),
)
GENUINE_CONNECTION = Case(
    (
        (Not(PROCEDURAL), Fixed(met())),
        (Begun("ECHR", "act.first", months=120), Fixed(met("genuine_connection"))),
        (Between("act.first", date(1950, 11, 5)), Fixed(judgment("convention_values", FAILED))),
    ),
    Fixed(failed("too_long_before_entry")),
)

# ---- which rights (B.1.6) --------------------------------------------------------------------------------------------
COVERED = Covers(
    INSTRUMENTS,
    {
        "ECHR:1": failed("no_right_in_article"),
        "ECHR:15": failed("no_right_in_article"),
        "ECHR:16": failed("no_right_in_article"),
        "ECHR:19": failed("no_right_in_article"),
        "ECHR:20": failed("no_right_in_article"),
        "ECHR:21": failed("no_right_in_article"),
        "ECHR:22": failed("no_right_in_article"),
        "ECHR:23": failed("no_right_in_article"),
        "ECHR:24": failed("no_right_in_article"),
        "ECHR:25": failed("no_right_in_article"),
        "ECHR:26": failed("no_right_in_article"),
        "ECHR:27": failed("no_right_in_article"),
        "ECHR:28": failed("no_right_in_article"),
        "ECHR:29": failed("no_right_in_article"),
        "ECHR:30": failed("no_right_in_article"),
        "ECHR:31": failed("no_right_in_article"),
        "ECHR:32": failed("no_right_in_article"),
        "ECHR:33": failed("no_right_in_article"),
        "ECHR:35": failed("no_right_in_article"),
        "ECHR:36": failed("no_right_in_article"),
        "ECHR:37": failed("no_right_in_article"),
        "ECHR:38": failed("no_right_in_article"),
        "ECHR:39": failed("no_right_in_article"),
        "ECHR:40": failed("no_right_in_article"),
        "ECHR:41": failed("no_right_in_article"),
        "ECHR:42": failed("no_right_in_article"),
        "ECHR:43": failed("no_right_in_article"),
        "ECHR:44": failed("no_right_in_article"),
        "ECHR:45": failed("no_right_in_article"),
        "ECHR:46": failed("no_right_in_article"),
        "ECHR:47": failed("no_right_in_article"),
        "ECHR:48": failed("no_right_in_article"),
        "ECHR:49": failed("no_right_in_article"),
        "ECHR:50": failed("no_right_in_article"),
        "ECHR:51": failed("no_right_in_article"),
        "ECHR:52": failed("no_right_in_article"),
        "ECHR:53": failed("no_right_in_article"),
        "ECHR:54": failed("no_right_in_article"),
        "ECHR:55": failed("no_right_in_article"),
        "ECHR:56": failed("no_right_in_article"),
        "ECHR:57": failed("no_right_in_article"),
        "ECHR:58": failed("no_right_in_article"),
        "ECHR:59": failed("no_right_in_article"),
        "ECHR-P1:4": failed("no_right_in_article"),
        "ECHR-P1:5": failed("no_right_in_article"),
        "ECHR-P1:6": failed("no_right_in_article"),
        "ECHR-P4:5": failed("no_right_in_article"),
        "ECHR-P4:6": failed("no_right_in_article"),
        "ECHR-P4:7": failed("no_right_in_article"),
        "ECHR-P6:3": failed("no_right_in_article"),
        "ECHR-P6:4": failed("no_right_in_article"),
        "ECHR-P6:5": failed("no_right_in_article"),
        "ECHR-P6:6": failed("no_right_in_article"),
        "ECHR-P6:7": failed("no_right_in_article"),
        "ECHR-P6:8": failed("no_right_in_article"),
        "ECHR-P6:9": failed("no_right_in_article"),
        "ECHR-P7:6": failed("no_right_in_article"),
        "ECHR-P7:7": failed("no_right_in_article"),
        "ECHR-P7:8": failed("no_right_in_article"),
        "ECHR-P7:9": failed("no_right_in_article"),
        "ECHR-P7:10": failed("no_right_in_article"),
        "ECHR-P12:2": failed("no_right_in_article"),
        "ECHR-P12:3": failed("no_right_in_article"),
        "ECHR-P12:4": failed("no_right_in_article"),
        "ECHR-P12:5": failed("no_right_in_article"),
        "ECHR-P12:6": failed("no_right_in_article"),
        "ECHR-P13:2": failed("no_right_in_article"),
        "ECHR-P13:3": failed("no_right_in_article"),
        "ECHR-P13:4": failed("no_right_in_article"),
        "ECHR-P13:5": failed("no_right_in_article"),
        "ECHR-P13:6": failed("no_right_in_article"),
        "ECHR-P13:7": failed("no_right_in_article"),
        "ECHR-P13:8": failed("no_right_in_article"),
        "ECHR:13": judgment("arguable_claim"),
        "ECHR:14": judgment("within_ambit"),
        "ECHR:17": judgment("with_another_right"),
        "ECHR:18": judgment("with_another_right"),
    },
)
PROTOCOL = Case(
    ((CONVENTION_ARTICLE, Fixed(met())),),
    Bound("$right", "act", failed("protocol_not_in_force"), edge=EDGE),
)
RESERVATION = Case(((Reserved("$right", "rights_excluded", "act"), Fixed(judgment("reservation"))),), Fixed(met()))

# ---- remedies (B.1.7) ------------------------------------------------------------------------------------------------
REMEDIES = Fact(
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

# ---- the term (B.1.8) ------------------------------------------------------------------------------------------------
VERSIONS = (Version(None, 6), Version(date(2022, 2, 1), 4))
COVID = (Suspension(date(2020, 3, 16), date(2020, 6, 15), months=3, only_months=6),)
TRIED_IN_VAIN = Fact("remedies", {"ineffective": met(), "*": NO})
NO_REMEDY = Fact("remedies", {"no_remedy_exists": met(), "unavailable": met(), "not_tried": met(), "*": NO})
DETENTION_CONDITIONS = Any(
    (
        Fact("right", {"detention_conditions": met(), "*": NO}),
        All(
            (
                Fact("article.base", {"ECHR:3": met(), "*": NO}),
                Fact("detention_regime_ended.told", {"yes": met(), "no": NO}),
            )
        ),
    )
)
#: A move to a materially different regime ends the situation, though detention goes on.
MOVED = All((DETENTION_CONDITIONS, Fact("detention_regime_ended.told", {"yes": met(), "no": NO})))
CUT = Fact("act.cut", {"yes": met(), "no": NO})
REMOVAL = Fact("right", {"non_refoulement": met(), "asylum": met(), "*": NO})
NAMED_AS_ARTICLE_2_OR_3 = All(
    (
        Fact("right", {"": met(), "*": NO}),
        Fact("article.base", {"ECHR:2": met(), "ECHR:3": met(), "*": NO}),
    )
)
#: Time may be argued to run from the removal itself, where it came after the decision that did not stop it.
REMOVED = All(
    (
        EXHAUSTED,
        Any((REMOVAL, NAMED_AS_ARTICLE_2_OR_3)),
        Fact("expulsion_carried_out", {"yes": met(), "no": NO}, missing=NO),
    )
)
MEASURED_BY_DECISION = ("decision.taken",)
CLOCK = Clock(
    (
        Start("decision", "ecthr-service", EXHAUSTED, by=MEASURED_BY_DECISION),
        Start("decision", "ecthr-earlier-decision", STEP_PENDING, by=MEASURED_BY_DECISION),
        Start("act.covered_to", "ecthr-end-of-covered-part", All((EXHAUSTED, CUT)), by=MEASURED_BY_DECISION),
        Start("act.covered_to", "ecthr-end-of-covered-part", All((NO_REMEDY, DETENTION_CONDITIONS, CUT))),
        Start("act.last", "ecthr-end-of-covered-part", CUT, later=True),
        Start("act.to", "pz-2012", REMOVED, by=MEASURED_BY_DECISION, later=True),
        Start("act.to", "sabri-gunes-2012", All((EXHAUSTED, LASTING)), by=MEASURED_BY_DECISION, later=True),
        Start("detention_regime_ended", "ananyev-2012", All((NO_REMEDY, DETENTION_CONDITIONS))),
        Start("knowledge", "varnava-2009", All((NO_REMEDY, Not(DETENTION_CONDITIONS))), by=("act.to", "knowledge")),
        Start("ineffective_known", "varnava-2009", TRIED_IN_VAIN, by=("act.to", "ineffective_known")),
        Start("detention_regime_ended", "ananyev-2012", All((TRIED_IN_VAIN, MOVED))),
    ),
    VERSIONS,
    "dispatch_complete_form",
    COVID,
)
RELEASE_CLOCK = Clock(
    (
        Start("released_or_convicted_on", "idalov-2012"),
        Start("act.covered_to", "ecthr-end-of-covered-part", CUT),
    ),
    VERSIONS,
    "dispatch_complete_form",
    COVID,
)
TEN_YEARS = Clock(
    (Start("act.first", "ecthr-diligence"),), (Version(None, 120),), "dispatch_complete_form", advice=True
)
STALLED = Fact("right", {"enforced_disappearance": met(), "investigation": met(), "*": NO})
#: Articles 2 and 3 named as such are a removal case only where an expulsion is stated.
REMOVAL_BY_ARTICLE = All(
    (
        NAMED_AS_ARTICLE_2_OR_3,
        Fact("expulsion_carried_out", {"no": met(), "yes": NO}, missing=NO),
    )
)
ONGOING_TERM = Case(
    (
        (
            EXHAUSTED,
            All(
                (
                    InTime(CLOCK, judgment("continuing_after_decision"), judgment("continuing_after_decision")),
                    InTime(TEN_YEARS, judgment("diligence", MET)),
                )
            ),
        ),
        (All((STEP_PENDING, DECISION_TOLD)), InTime(CLOCK, judgment("pending_step_may_not_count"))),
        (Any((STALLED, PROCEDURAL)), Fixed(judgment("investigation_stalled"))),
    ),
    InTime(TEN_YEARS, judgment("diligence", MET)),
)
TERM = Case(
    (
        (Fact("article", {"ECHR:5(3)": met(), "*": NO}), InTime(RELEASE_CLOCK)),
        (All((ONGOING, CUT)), InTime(CLOCK, between=judgment("covered_part_ended", FAILED))),
        (All((ONGOING, MOVED)), InTime(CLOCK)),
        (ONGOING, ONGOING_TERM),
        (
            Any((All((REMOVAL, Fact("expulsion_carried_out", {"no": met(), "yes": NO}))), REMOVAL_BY_ARTICLE)),
            InTime(CLOCK, judgment("not_yet_removed")),
        ),
        (All((Any((STALLED, PROCEDURAL)), Not(EXHAUSTED))), InTime(CLOCK, judgment("investigation_stalled"))),
        (STEP_PENDING, InTime(CLOCK, judgment("pending_step_may_not_count"))),
    ),
    InTime(CLOCK),
)

FORA: tuple[Forum, ...] = (
    Forum(
        "ECTHR",
        "European Court of Human Rights",
        INSTRUMENTS,
        (
            Test(
                "ECTHR.party",
                "ratione_personae",
                Begun("ECHR", "filed", failed("never_party")),
                ("echr-1", "echr-59"),
                ("B.1.3",),
                verified=True,
            ),
            Test(
                "ECTHR.place",
                "ratione_loci",
                PLACE,
                ("echr-1", "echr-56", "al-skeini-2011", "cyprus-2001", "chiragov-2015", "georgia-2021"),
                ("B.1.4",),
            ),
            Test(
                "ECTHR.time_of_facts",
                "ratione_temporis",
                All((Bound("ECHR", "act", failed("outside_treaty_days"), edge=EDGE), OLD_PETITION, GENUINE_CONNECTION)),
                ("echr-58", "echr-59", "blecic-2006", "silih-2009", "coe-resolution-2022-3"),
                ("B.1.5",),
                verified=True,
            ),
            Test(
                "ECTHR.right",
                "ratione_materiae",
                All((COVERED, PROTOCOL, RESERVATION)),
                ("echr-32", "echr-57", "echr-protocols"),
                ("B.1.6", "B.1.5.7"),
                also_called="ratione_personae",
            ),
            Test(
                "ECTHR.right_of_company",
                "ratione_materiae",
                ONLY_NATURAL_PERSONS,
                ("echr-34",),
                ("B.1.2",),
                also_called="ratione_personae",
            ),
            Test("ECTHR.applicant", "ratione_personae", APPLICANT, ("echr-34", "holy-monasteries-1994"), ("B.1.2",)),
            Test("ECTHR.victim", "ratione_personae", VICTIM, ("echr-34", "campeanu-2014"), ("B.1.2",)),
            Test("ECTHR.redress", "ratione_personae", REDRESS, ("echr-34", "scordino-2006"), ("B.1.2",)),
            Test("ECTHR.attribution", "ratione_personae", ATTRIBUTION, ("echr-1",), ("B.1.3",)),
            Test(
                "ECTHR.identity",
                "anonymity",
                Fact(
                    "applicant.identity",
                    {
                        "disclosed": met(),
                        "confidential_to_public": met("public_anonymity"),
                        "hidden_from_state": judgment("state_will_know"),
                        "anonymous": failed("anonymous"),
                    },
                ),
                ("echr-35-2-a", "ecthr-rule-47"),
                ("B.1.2",),
            ),
            Test("ECTHR.remedies", "exhaustion", REMEDIES, ("echr-35-1", "vuckovic-2014"), ("B.1.7",)),
            Test(
                "ECTHR.term",
                "time_limit",
                TERM,
                ("echr-35-1", "p15-8-3", "sabri-gunes-2012", "saakashvili-2022"),
                ("B.1.8",),
                verified=True,
            ),
            Test(
                "ECTHR.same_matter",
                "same_matter",
                Elsewhere("ECTHR", cure="other_procedure_withdrawn"),
                ("echr-35-2-b", "peraldi-2009", "gurdeniz-2014", "poa-2013"),
                ("B.1.9", "D.4"),
                verified=True,
            ),
        ),
        Filing(
            form="the Court's current application form, complete, with copies of all documents; no fee",
            place="by post to The Registrar, European Court of Human Rights, Council of Europe, "
            "67075 Strasbourg Cedex, France; the postmark counts",
            language="any official language of a State party until notice is given, then English or French",
            interim="Rule 39, in danger of irreparable harm: a channel of its own; it does not stop the term",
            final="a Chamber judgment is final after three months unless referred; inadmissibility at once",
            authority=("ecthr-rule-47", "ecthr-rule-34", "ecthr-rule-39", "echr-44"),
        ),
        facts_by="ECHR",
        binding=True,
        notes=("note_manifestly_ill_founded", "note_no_significant_disadvantage", "note_derogation"),
    ),
)
