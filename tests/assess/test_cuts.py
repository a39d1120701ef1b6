"""Where an act is cut, and where the covered part of it ends (law.md A.1)."""

from datetime import date

from complaints import REGISTRY

from ratione.assess.verdict import Assessor, Verdict
from ratione.complaint.read import from_mapping
from ratione.fora import FORA
from ratione.rules import Bound, Filing, Forum, Test, failed

ON = date(2026, 11, 24)
FILING = Filing("", "", "", "", "", ())


def assess(forum: Forum, told: dict[str, object]) -> Verdict:
    complaint, _ = from_mapping({"id": "1", "rights": ["liberty"], "remedies": "ineffective", **told})
    assert complaint is not None
    return Assessor(REGISTRY, ON, fora=[forum]).assess(complaint)[0]


def test_a_day_that_changes_no_answer_ends_nothing() -> None:
    """Trinidad's Convention ends on 26 May 1999: from that day the Declaration covers the act to its own end.

    The day after is an end only for a forum that leaves the day of the end itself to be argued.
    """
    declaration = next(f for f in FORA if f.key == "IACHR/B")
    act = {"from": "1998-01-01", "to": "2001-03-01", "kind": "continuing"}
    verdict = assess(declaration, {"respondent": "TTO", "acts": [act]})
    # the Rules' benchmark of 36 months runs from the end of the act, not from the day of the denunciation
    assert verdict.advise_by == date(2004, 3, 1)


def test_an_act_is_cut_where_the_state_of_residence_becomes_bound() -> None:
    """Rwanda joined the Community on 1 July 2007: what went on from then is met, what went before is not."""
    rule = Bound("EAC", "act", failed("not_resident"), of="residence")
    forum = Forum("X", "X", ("ECHR",), (Test("X.residence", "ratione_personae", rule, (), ()),), FILING)
    act = {"from": "1998-01-01", "to": "2025-03-01", "kind": "continuing"}
    verdict = assess(forum, {"respondent": "TZA", "acts": [act], "residence": ["RWA"]})
    assert verdict.tests[0].outcome == "part"
    assert verdict.tests[0].cells[-1].cell.piece.first == date(2007, 7, 1)
