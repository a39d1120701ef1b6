"""The kernel gives what the reference evaluator gives: every status, day and outcome."""

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from ratione.assess.scalar import Evaluator as Reference
from ratione.assess.verdict import STATUSES, Assessor, Verdict
from ratione.bulk.arrays.calendar import NEVER
from ratione.bulk.facts.docket import of_complaints
from ratione.bulk.kernel import OPEN, OUTCOMES, Kernel, Verdicts
from ratione.bulk.rules.evaluate import Evaluator
from ratione.bulk.states.marks import SECOND
from ratione.complaint.model import Complaint
from ratione.complaint.read import from_mapping
from ratione.fora import FORA
from ratione.registry import Registry
from ratione.rules import KINDS, Fact, Filing, Forum, Not, Test, failed, met
from ratione.words.verdict import contested, unverified

from .made import Fora, complaints

ON = date(2026, 11, 24)
REGISTRY = Registry.load()
KERNELS = {presume: Kernel(REGISTRY, ON, presume=presume) for presume in (True, False)}
#: Seeds that draw rare combinations: cures of tests that do not block, clocks among the tests on the right, rights
#: with neighbours and no test on the right, articles that only some tests tell apart, answers for what is not told.
RARE = (
    106, 115, 116, 117, 124, 137, 139, 144, 147, 152, 156, 186, 189, 195, 198, 199, 214, 226, 229, 241, 277, 323,
)  # fmt: skip
Answer = tuple[str, frozenset[str], date | None, date | None, date | None]


def found(kernel: Kernel, verdicts: Verdicts, row: int, forum: int) -> Answer:
    """What the kernel says of one case in one forum."""

    def day(column: object) -> date | None:
        value = NEVER if column is None else int(column[row])  # type: ignore[index]
        return None if value == NEVER else date.fromordinal(value)

    events = kernel.tables.cures.names
    return (
        STATUSES[verdicts.status[row, forum]],
        frozenset(name for i, name in enumerate(events) if verdicts.opens_on[row, forum] >> i & 1),
        day(verdicts.last_day[forum]),
        day(verdicts.arguable[forum]),
        day(verdicts.advise_by[forum]),
    )


def wanted(verdict: Verdict) -> Answer:
    """What the reference evaluator says."""
    opens = frozenset(verdict.opens_on)
    return verdict.status, opens, verdict.last_day, verdict.last_day_arguable, verdict.advise_by


def compare(kernel: Kernel, made: Sequence[Complaint], registry: Registry = REGISTRY) -> list[str]:
    """Every difference, in words."""
    tables = kernel.tables
    docket = of_complaints(made, tables.words, tables.profiles, tables.procedures)
    plain, whole = kernel.assess(docket), kernel.assess(docket, tests=True)
    safe = kernel.assess(docket, all_days=False)
    assessor = Assessor(registry, ON, kernel.presume, kernel.fora)
    wrong, row = [], 0
    for complaint in made:
        verdicts = assessor.assess(complaint)
        for n in range(len(complaint.respondent)):
            for f, forum in enumerate(kernel.fora):
                verdict = verdicts[n * len(kernel.fora) + f]
                for level, got in (("verdicts", plain), ("tests", whole)):
                    answer = found(kernel, got, row, f)
                    if answer != wanted(verdict):
                        wrong.append(f"{complaint.id} {forum.key} {level}: {answer} for {wanted(verdict)}")
                answer = found(kernel, safe, row, f)[:3]
                if answer != wanted(verdict)[:3]:
                    wrong.append(f"{complaint.id} {forum.key} safe days only: {answer} for {wanted(verdict)[:3]}")
                for mark, of in ((0, unverified), (SECOND, contested)):
                    marks = [int(got.marks[row]) >> f + mark & 1 for got in (plain, whole, safe)]
                    if of(verdict) and not all(marks):
                        wrong.append(f"{complaint.id} {forum.key}: {marks} where {of(verdict)} decide")
                for i, test in enumerate(verdict.tests):
                    outcome = OUTCOMES[whole.tests[f, i][row]]
                    if outcome != test.outcome:
                        wrong.append(f"{complaint.id} {test.test.id}: {outcome} for {test.outcome}")
            row += 1
    return wrong


@pytest.mark.parametrize(("seed", "n", "presume"), [(1, 150, True), (2, 60, False)])
def test_equal_on_random_complaints(seed: int, n: int, presume: bool) -> None:
    assert not compare(KERNELS[presume], complaints(seed, n))


def test_equal_as_known_on_an_earlier_day() -> None:
    known = REGISTRY.as_known_on(date(2022, 3, 15))
    assert not compare(Kernel(known, ON), complaints(3, 40), known)


def equal_and_unclear(told: dict[str, object], last_day: date) -> None:
    """Both say the same of a complaint; at the Court it is unclear, with this last day."""
    complaint, _ = from_mapping(told)
    assert complaint is not None
    court = next(v for v in Assessor(REGISTRY, ON).assess(complaint) if v.forum.key == "ECTHR")
    assert (court.status, court.last_day) == ("unclear", last_day)
    assert not compare(KERNELS[True], [complaint])


def test_equal_where_only_what_is_taken_for_granted_closes_a_piece_and_the_treaty_another() -> None:
    """The verdict is unclear, and the days of all pieces count, also of the one before the treaty."""
    told = {
        "id": "1", "respondent": "MNE", "rights": ["liberty"], "remedies": "no_remedy_exists",
        "acts": [{"from": "2002-09-09", "to": "2006-04-08"},
                 {"from": "2002-11-20", "to": "2007-04-12", "kind": "continuing"}],
        "applicant.kind": "individual", "applicant.identity": "disclosed",
        "final_decision.served": "2008-12-17", "lodged.sent": "2009-02-08",
    }  # fmt: skip
    equal_and_unclear(told, date(2003, 3, 9))


def test_equal_where_a_neighbouring_article_is_left_out_of_an_unclear_verdict() -> None:
    """Article 3 is a neighbour of social security, which the Court's own articles carry: its term is no last day."""
    told = {
        "id": "1", "respondent": "RUS", "rights": ["social_security"], "remedies": "no_remedy_exists",
        "acts": [{"from": "2021-07-28", "to": "2021-07-28"}],
        "applicant.kind": "individual", "applicant.identity": "disclosed",
        "final_decision.served": "2025-12-01", "lodged.sent": "2026-03-06", "detention_regime_ended": "2016-01-15",
    }  # fmt: skip
    equal_and_unclear(told, date(2022, 1, 28))


@pytest.mark.parametrize(
    ("told", "marked"),
    [
        ({"acts": [{"from": "1984-09-04", "to": "1984-09-04"}]}, True),
        ({"acts": [{"from": "1984-09-05", "to": "1984-09-05"}]}, False),
        ({"acts": [{"from": "1984-09-01", "to": "1984-09-30"}]}, True),
        ({"acts": [{"from": "1984-09-05", "to": "1984-09-05"}, {"from": "1984-01-01", "to": "1984-01-01"}]}, True),
        ({"acts": [{"from": "1984-09", "to": "1984-10"}]}, True),
        ({}, True),
    ],
    ids=("before", "after", "across", "two acts", "month", "no act"),
)
def test_a_mark_holds_on_the_days_on_which_the_fact_counts(told: dict[str, object], marked: bool) -> None:
    """Argentina's acceptance of the Inter-American Court keeps out what came before it, by an unverified fact."""
    complaint, _ = from_mapping({"id": "1", "respondent": "ARG", "rights": ["fair_trial"], **told})
    assert complaint is not None
    tables, f = KERNELS[True].tables, next(f for f, forum in enumerate(FORA) if forum.key == "IACTHR")
    found = KERNELS[True].assess(of_complaints([complaint], tables.words, tables.profiles, tables.procedures))
    assert bool(int(found.marks[0]) >> f & 1) == marked
    assert not int(found.marks[0]) >> SECOND


@pytest.mark.parametrize("seed", [*range(32), *RARE])
def test_equal_on_random_rules(seed: int) -> None:
    fora = [Fora(Random(seed * 100 + n)).forum(f"F{n}") for n in range(6)]
    made = complaints(seed, 25)
    for presume in (True, False):
        assert not compare(Kernel(REGISTRY, ON, fora, presume), made)


def test_an_answer_for_what_is_not_told_closes_nothing_to_those_who_tell() -> None:
    """A complaint of which only the State is known fails each of these tests; others do not."""
    told = {
        "decision.told": "yes", "detention_regime_ended.told": "yes", "act.kind": "omission", "remedies": "pending",
        "applicant.kind": "individual", "accused.nationality.any": "yes", "article": "ECHR:6", "place": "abroad",
    }  # fmt: skip
    rules = [Fact(name, {word: met(), "*": failed("no")}, missing=failed("no")) for name, word in told.items()]
    rules += [Not(Fact("ground", {"*": failed("no")}, missing=met()), failed("no"))]
    filing = Filing("", "", "", "", "", ())
    fora = [
        Forum(f"F{n}", "", ("ECHR", "ICCPR"), (Test(f"F{n}.0", "ratione_personae", rule, (), ()),), filing)
        for n, rule in enumerate(rules)
    ]
    made = complaints(5, 150)
    kernel = Kernel(REGISTRY, ON, fora)
    assert not compare(kernel, made)
    tables = kernel.tables
    status = kernel.assess(of_complaints(made, tables.words, tables.profiles, tables.procedures)).status
    assert (status == OPEN).any(axis=0).all()


def test_every_kind_has_a_branch() -> None:
    kernel = KERNELS[True]
    assert set(kernel.tables.evaluator.branches) == set(KINDS)
    assert set(Reference(REGISTRY)._branches) == set(KINDS)
    assert isinstance(kernel.tables.evaluator, Evaluator)


def test_more_cuts_change_nothing() -> None:
    """Every forum alone, cut only where it needs it, answers as it does beside all the others."""
    made = complaints(4, 60)
    together = KERNELS[True]
    tables = together.tables
    whole = together.assess(of_complaints(made, tables.words, tables.profiles, tables.procedures))
    for f, forum in enumerate(FORA):
        alone = Kernel(REGISTRY, ON, [forum])
        own = alone.tables
        got = alone.assess(of_complaints(made, own.words, own.profiles, own.procedures))
        for row in range(len(whole.status)):
            assert found(alone, got, row, 0) == found(together, whole, row, f), (forum.key, row)


def test_what_is_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that keeps next to nothing from batch to batch answers as one that keeps all."""
    made = [complaints(seed, 40) for seed in (6, 7, 6)]

    def answers(kernel: Kernel, tests: bool) -> list[Verdicts]:
        tables = kernel.tables
        dockets = (of_complaints(some, tables.words, tables.profiles, tables.procedures) for some in made)
        return [kernel.assess(docket, tests) for docket in dockets]

    for tests in (False, True):
        keeping, forgetting = Kernel(REGISTRY, ON), Kernel(REGISTRY, ON)
        kept = answers(keeping, tests)
        monkeypatch.setattr("ratione.bulk.looks.tables.KINDS", 50)
        again = answers(forgetting, tests)
        monkeypatch.undo()
        assert sum(map(len, forgetting.tables.joints.values())) < sum(map(len, keeping.tables.joints.values()))
        for one, other in zip(kept, again, strict=True):
            for row in range(len(one.status)):
                for f in range(len(FORA)):
                    assert found(keeping, one, row, f) == found(forgetting, other, row, f)
            assert all((outcome == other.tests[key]).all() for key, outcome in one.tests.items())


def test_tests_that_begin_anew_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ratione.bulk.levels.remembered._KEEP", 3)
    kernel = Kernel(REGISTRY, ON)
    for seed in (6, 7, 6):
        assert not compare(kernel, complaints(seed, 20))


def test_too_many_fora() -> None:
    fora: list[Forum] = [Fora(Random(n)).forum(f"F{n}") for n in range(33)]
    with pytest.raises(ValueError, match="up to 32"):
        Kernel(REGISTRY, ON, fora)
