"""Random complaints: full ones, around the days at which answers change, and the same with facts taken away."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from ratione.complaint.model import ACT_KINDS, CONTROLS, FACTS, REMEDIES, STATUSES, Act, Complaint, Procedure
from ratione.days import ALL_TIME, Interval, exactly, month, plus_days
from ratione.fora import FORA
from ratione.registry import Registry
from ratione.rules import Fact, walk

REGISTRY = Registry.load()
STATES = (
    "RUS", "BLR", "GBR", "CHE", "TUR", "GRC", "ESP", "BEL", "VEN", "NIC", "TTO", "USA", "MEX", "TZA", "BEN", "NER",
    "KEN", "UKR", "HUN", "POL", "GTM", "SLV", "JAM", "MCO", "AUS", "PRK",
)  # fmt: skip
RIGHTS = (
    "liberty", "torture", "property", "fair_trial", "leave_country", "enforced_disappearance", "race_discrimination",
    "detention_conditions", "non_refoulement", "trade_unions", "women_discrimination", "children", "ECHR:5(3)",
    "ECHR-P4:2(2)", "ICCPR:1", "ICCPR:2", "ICCPR:27", "ACHR:26", "CAT:3", "health",
)  # fmt: skip
FORA_ELSEWHERE = ("ECTHR", "HRC", "CAT", "WGAD", "IACHR", "ACHPR", "ECOWASCCJ", "ILOCFA", "UNESCO", "SP", "SOMEWHERE")
PLACES = (None, "UKR", "UA-43", "JEY", "RUS", "GBR", "FRA")
#: Facts that the law reads as false unless claimed: taking them away is a statement of its own.
CLAIMS = {node.name for forum in FORA for node in walk(forum) if isinstance(node, Fact) and node.missing is not None}
#: A change of regime before the end of a detention is the applicant's claim; without it the detention was one.
CLAIMED_DAYS = ("detention_regime_ended",)
#: An omission and a duty to investigate are framings that only the complaint can give.
CLAIMED_KINDS = ("omission", "procedural_obligation")
YES_NO = st.sampled_from(("yes", "no"))


def _turning_days() -> list[date]:
    days = {date(2022, 1, 31), date(2020, 3, 15), date(2020, 6, 15), date(2012, 1, 1), date(2024, 2, 29)}
    for state in STATES:
        for instrument in REGISTRY.instruments:
            days.update(s.first for s in REGISTRY.timeline(state, instrument) if s.first.year > 1950)
    return sorted(days)


TURNING = _turning_days()
DAYS = st.one_of(
    st.builds(lambda day, n: day + timedelta(days=n), st.sampled_from(TURNING), st.integers(-2, 2)),
    st.dates(date(1975, 1, 1), date(2026, 11, 24)),
)
GAPS = st.one_of(st.integers(0, 3), st.integers(0, 400), st.sampled_from((120, 181, 365, 3650)))


@st.composite
def acts(draw: Any, state: str) -> Act:
    first = draw(DAYS)
    kind = draw(st.sampled_from(ACT_KINDS))
    ongoing = draw(YES_NO) if kind in ("continuing", "procedural_obligation") else "no"
    last = plus_days(first, draw(GAPS) if kind != "instantaneous" or draw(st.booleans()) else 0)
    place = draw(st.sampled_from(PLACES))
    own = place is None or (place == state or REGISTRY.states.get(place, REGISTRY.states["FRA"]).part_of == state)
    control = "own_territory" if own else draw(st.sampled_from([c for c in CONTROLS if c != "own_territory"]))
    return Act(
        exactly(first),
        ALL_TIME if ongoing == "yes" else exactly(last),
        ongoing == "no",
        kind,
        ongoing,
        place,
        place,
        control,
        draw(YES_NO),
    )


@st.composite
def procedures(draw: Any) -> Procedure:
    ended = draw(DAYS)
    status = draw(st.sampled_from(STATUSES))
    return Procedure(
        draw(st.sampled_from(FORA_ELSEWHERE)),
        status,
        exactly(plus_days(ended, -300)),
        ALL_TIME if status == "pending" else exactly(ended),
        draw(st.sampled_from(("yes", "yes", "yes", "no"))),
        "yes",
        draw(st.sampled_from(("yes", "yes", "no"))),
        draw(st.sampled_from((None, None, ("liberty",)))),
        draw(st.sampled_from(("no", "no", "no", "yes"))),
    )


@st.composite
def full(draw: Any) -> Complaint:
    """A complaint of which everything is stated."""
    state = draw(st.sampled_from(STATES))
    done = tuple(draw(st.lists(acts(state), min_size=1, max_size=2)))
    taken = plus_days(done[0].first.first, draw(GAPS))
    served = plus_days(taken, draw(GAPS))
    lodged = plus_days(draw(st.sampled_from((served, taken, done[0].first.first))), draw(GAPS))
    days = {
        "final_decision.taken": exactly(taken),
        "final_decision.served": exactly(served),
        "final_decision.available": exactly(min(served, plus_days(taken, 3))),
        "knowledge": exactly(plus_days(done[0].first.first, draw(st.integers(0, 40)))),
        "remedy_ineffective_known": exactly(plus_days(done[0].first.first, draw(GAPS))),
        "lodged.sent": exactly(lodged),
        "lodged.received": exactly(plus_days(lodged, draw(st.integers(0, 9)))),
        "released_or_convicted_on": exactly(draw(DAYS)),
        "detention_regime_ended": exactly(plus_days(done[0].first.first, draw(GAPS))),
    }
    return Complaint(
        "x",
        (state,),
        done,
        tuple(draw(st.lists(st.sampled_from(RIGHTS), min_size=1, max_size=2, unique=True))),
        {"*": draw(st.sampled_from(REMEDIES))},
        {name: draw(st.sampled_from(words)) for name, words in FACTS.items()},
        {"applicant.nationality": ("UKR",), "accused.nationality": ("RUS",), "residence": ("KEN",)},
        days,
        tuple(draw(st.lists(procedures(), max_size=2))),
    )


def _wider(draw: Any, day: Interval) -> Interval:
    how = draw(st.integers(0, 2))
    if how == 0:
        return month(day.first)
    if how == 1:
        return Interval(date(day.first.year, 1, 1), date(day.first.year, 12, 31))
    return Interval(plus_days(day.first, -draw(GAPS)), plus_days(day.last, draw(GAPS)))


@st.composite
def blanked(draw: Any, complaint: Complaint) -> Complaint:
    """The same complaint with facts taken away and days widened.

    Two defaults of law.md A.6 read a stated day of service as more than it says (no word on whether service is
    required; no day of the decision where exhaustion counts): those two facts go only together with the day of service.
    A complaint without a day of filing is one that is not filed yet: that day is only widened. An instantaneous act
    with one day has that day only.
    """
    keep = lambda: draw(st.integers(0, 3)) > 0  # noqa: E731
    facts = {k: v for k, v in complaint.facts.items() if k in CLAIMS or keep()}
    kept = (*CLAIMED_DAYS, "lodged.sent", "lodged.received")
    days = {k: v if keep() else _wider(draw, v) for k, v in complaint.days.items() if k in kept or keep()}
    if "final_decision.served" in days:
        days["final_decision.taken"] = days.get("final_decision.taken", complaint.days["final_decision.taken"])
        facts["final_decision.service_required"] = complaint.facts["final_decision.service_required"]
    done = []
    for act in complaint.acts:
        blank = act
        if not keep():
            blank = replace(blank, first=_wider(draw, blank.first) if draw(st.booleans()) else ALL_TIME)
        if blank.last_stated and act.kind != "instantaneous" and not keep():
            blank = replace(blank, last=ALL_TIME, last_stated=False)
        for name in ("kind", "ongoing", "place", "control", "attributable"):
            if not (keep() or (name == "kind" and act.kind in CLAIMED_KINDS)):
                blank = replace(blank, **{name: None, **({"place_text": None} if name == "place" else {})})
        done.append(blank)
    other = complaint.procedures
    if other and not keep():
        other = tuple(
            replace(p, **{n: None for n in ("status", "same_person", "same_facts", "same_rights") if not keep()})
            for p in other
        )
    return replace(
        complaint,
        acts=tuple(done),
        rights=complaint.rights if keep() else None,
        remedies=complaint.remedies if keep() else {},
        facts=facts,
        codes={k: v for k, v in complaint.codes.items() if keep()},
        days=days,
        procedures=other if keep() else None,
    )
