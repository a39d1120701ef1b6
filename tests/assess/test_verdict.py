"""Verdicts of small fora: what opens one, and what a presumption must not close (law.md A.1, A.6)."""

from datetime import date

from complaints import REGISTRY

from ratione.assess.verdict import Assessor, Verdict
from ratione.complaint.read import from_mapping
from ratione.rules import Between, Clock, Filing, Fixed, Forum, InTime, Rule, Start, Test, Version, not_yet

ON = date(2026, 11, 24)


def assess(*tests: tuple[Rule, bool], head: str = "ratione_temporis", right: str = "liberty") -> Verdict:
    """The verdict on an act of which only the first day is told; each rule with whether its test blocks."""
    made = tuple(Test(f"X.{n}", head, rule, (), (), blocking=blocks) for n, (rule, blocks) in enumerate(tests))
    forum = Forum("X", "X", ("ICCPR",), made, Filing("", "", "", "", "", ()))
    told = {"id": "1", "respondent": "FRA", "rights": [right], "acts": [{"from": "2020-05-01"}]}
    complaint, _ = from_mapping(told)
    assert complaint is not None
    return Assessor(REGISTRY, ON, fora=[forum]).assess(complaint)[0]


def test_what_cures_a_test_that_does_not_block_opens_nothing() -> None:
    """The forum opens with the first event, whatever becomes of the second."""
    verdict = assess((Fixed(not_yet("early", "remedy_ends")), True), (Fixed(not_yet("early", "list_opens")), False))
    assert (verdict.status, verdict.opens_on) == ("not_yet", ("remedy_ends",))


def test_the_end_of_a_detention_rests_on_the_kind_of_act_taken_for_granted() -> None:
    """Where no change of regime is told it ends with the act, which may have gone on."""
    verdict = assess((Between("detention_regime_ended", date(2021, 1, 1)), True))
    assert verdict.presumed == ("act.kind",)
    assert (verdict.status, verdict.tests[0].outcome) == ("unclear", "unknown")


def test_a_neighbour_keeps_the_last_day_of_a_test_on_the_right() -> None:
    """Asylum is no right of the Covenant: neighbours count, as a matter of judgment, and so does the clock."""
    clock = Clock((Start("act.first", ""),), (Version(None, 120),), "send")
    verdict = assess((InTime(clock), True), head="ratione_materiae", right="asylum")
    assert verdict.status == "arguable"
    assert all(cell.cell.neighbour for cell in verdict.tests[0].cells)
    assert verdict.last_day == date(2030, 5, 1)
