"""Random rule expressions of every kind, for what must hold for any law and not only for today's."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from ratione.complaint.model import REMEDIES
from ratione.rules import (
    All,
    AtLeast,
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
    Rule,
    Say,
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
from ratione.rules import Any as AnyOf

INSTRUMENTS = ("ECHR", "ECHR-P1", "ICCPR", "ICCPR-OP1", "CERD-14", "ACHR", "ACTHPR-34-6", "ROME", "CED-31")
DAY_NAMES = ("act", "act.first", "filed", "decision.taken", "hereafter")
STARTS = ("decision", "decision.taken", "decision.served", "act.to", "act.first", "knowledge", "ineffective_known")
SAYS = st.sampled_from((met(), failed("f"), judgment("j"), not_yet("n", "event"), unknown("u", "some_fact")))
FAILS = st.sampled_from((failed("f"), judgment("j")))
WORDS = {
    "applicant.kind": ("individual", "company"),
    "remedies": REMEDIES[:4],
    "act.kind": ("instantaneous", "continuing"),
    "act.ongoing": ("yes", "no"),
    "place": ("own_territory", "abroad", "occupied"),
    "pattern": ("yes", "no"),
    "article.base": ("ECHR:5", "ICCPR:9"),
    "right": ("liberty", "torture"),
}
FEW = {"min_size": 1, "max_size": 3}


@st.composite
def facts(draw: Any) -> Fact:
    name = draw(st.sampled_from(tuple(WORDS)))
    says: dict[str, Say] = {word: draw(SAYS) for word in WORDS[name]}
    return Fact(name, {**says, "*": draw(SAYS)})


@st.composite
def clocks(draw: Any, inner: st.SearchStrategy[Rule]) -> InTime:
    # the first event always counts: a clock of the tables never lacks a start, which a lint of its own holds
    starts = [
        Start(
            draw(st.sampled_from(STARTS)),
            "x",
            draw(st.none() | inner) if i else None,
            draw(st.sampled_from(((), ("decision.taken",), ("act.to", "knowledge")))),
            later=draw(st.booleans()) if i else False,
            months=draw(st.sampled_from((None, None, 36))),
        )
        for i in range(draw(st.integers(1, 3)))
    ]
    versions = draw(st.sampled_from(((Version(None, 6), Version(date(2022, 2, 1), 4)), (Version(None, 12),))))
    window = (Suspension(date(2020, 3, 16), date(2020, 6, 15), 3, 6),)
    clock = Clock(tuple(starts), versions, "x", draw(st.sampled_from(((), window))), draw(st.booleans()))
    return InTime(clock, draw(FAILS), judgment("between"))


LEAVES: st.SearchStrategy[Rule] = st.one_of(
    facts(),
    st.builds(Fixed, SAYS),
    st.builds(
        Bound,
        st.sampled_from((*INSTRUMENTS, "$right")),
        st.sampled_from(DAY_NAMES),
        FAILS,
        st.sampled_from(((), ((0, judgment("edge")),), ((-1, judgment("edge")),))),
    ),
    st.builds(Begun, st.sampled_from(INSTRUMENTS), st.sampled_from(DAY_NAMES), FAILS, st.sampled_from((0, 120))),
    st.builds(Extended, st.just("ECHR"), st.just("act")),
    st.builds(
        Reserved,
        st.sampled_from(("ICCPR-OP1", "CERD-14", "ICCPR")),
        st.sampled_from(("temporal", "same_matter_past", "rights_excluded")),
        st.sampled_from(("act", "filed")),
    ),
    st.builds(Between, st.sampled_from(DAY_NAMES), st.dates(date(1990, 1, 1), date(2020, 1, 1))),
    st.builds(Covers, st.just(("ECHR", "ICCPR")), st.just({"ECHR:5": judgment("j"), "ICCPR:9": failed("f")}), FAILS),
    st.builds(Elsewhere, st.sampled_from(("ECTHR", "HRC", "HRC+past", "ACHPR"))),
    st.builds(AtLeast, st.sampled_from(("CERD-14", "CMW-77")), st.sampled_from((1, 10, 60))),
)


def _grow(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(inner, **FEW).map(tuple)
    pairs = st.lists(st.tuples(inner, inner), **FEW).map(tuple)
    return st.one_of(
        st.builds(All, several),
        st.builds(AnyOf, several),
        st.builds(Case, pairs, inner),
        st.builds(Not, inner, FAILS),
        clocks(inner),
    )


RULES: st.SearchStrategy[Rule] = st.recursive(LEAVES, _grow, max_leaves=6)
HEADS = ("ratione_personae", "ratione_temporis", "ratione_materiae", "time_limit")


@st.composite
def fora(draw: Any) -> Forum:
    """A forum of random tests."""
    rules = draw(st.lists(RULES, min_size=1, max_size=4))
    tests = tuple(Test(f"X.{i}", HEADS[i], rule, ("x",), ("x",)) for i, rule in enumerate(rules))
    filing = Filing("", "", "", "", "", ())
    return Forum("X", "X", ("ECHR", "ECHR-P1", "ICCPR"), tests, filing, received=draw(st.booleans()))
