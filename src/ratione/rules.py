"""The kinds of rule: classes with parameters and no behaviour.

A forum is a table of tests; a test is one expression of the kinds below; nothing about a forum is written anywhere
else. Whatever an evaluator must know about a kind is in its fields, so the scalar evaluator and the bulk kernel each
have one branch per kind, and the words for readers are printed from the same fields.

Levels form a chain, failed < unknown < judgment < met: `All` is the minimum, `Any` the maximum (law.md A.1).

Variables that rules read, by name:
  days    act (the piece of the act that a cell looks at), act.first and act.last (the whole act), act.to (its end, or
          that of the covered part where the treaty ends inside the act), act.covered_to (the end of the covered part),
          decision.taken, decision.served, decision.available, decision (the day that counts for the last decision),
          decision.exhausted (the day it was taken; the day of service stands in where only that is told), hereafter
          (the last of all days), knowledge, ineffective_known, filed, other.ended, released_or_convicted_on,
          detention_regime_ended
  facts   respondent, right, article, article.base, act.kind, act.ongoing, act.cut, act.attributable, act.country,
          act.place, place (where, seen from the respondent), applicant.*, remedies, other.used, decision.told,
          detention_regime_ended.told (whether any such day is told), and
          every plain input of law.md A.2
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import ClassVar

FAILED, UNKNOWN, JUDGMENT, MET = range(4)
LEVELS = ("failed", "unknown", "judgment", "met")
HEADS = (
    "ratione_personae",
    "ratione_loci",
    "ratione_temporis",
    "ratione_materiae",
    "exhaustion",
    "time_limit",
    "same_matter",
    "anonymity",
    "other",
)


@dataclass(frozen=True, slots=True)
class Say:
    """An outcome with the id of its sentence.

    `leaning`: what a body would probably say (a level). `for_now`: an event can cure the failure: a verdict whose only
    failures are such is not_yet, never closed; `cure` names that event, or, of an unknown outcome, the fact wanted.
    """

    level: int
    why: str = ""
    leaning: int | None = None
    for_now: bool = False
    cure: str = ""


def met(why: str = "") -> Say:
    """The test is passed."""
    return Say(MET, why)


def failed(why: str) -> Say:
    """The test is not passed, for good."""
    return Say(FAILED, why)


def not_yet(why: str, cure: str) -> Say:
    """The test is not passed now; the event `cure` would change that."""
    return Say(FAILED, why, for_now=True, cure=cure)


def judgment(why: str, leaning: int | None = None) -> Say:
    """The facts are known, but the body must weigh them, or authorities conflict."""
    return Say(JUDGMENT, why, leaning)


def unknown(why: str, fact: str) -> Say:
    """Nothing can be said; `fact` would settle it."""
    return Say(UNKNOWN, why, cure=fact)


YES = met()


# ---- what depends on the State and a day -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bound:
    """The State is bound by the instrument on the day `on` ("$right": the instrument of the article itself).

    `edge`: days with an answer of their own, counted from the first day on which it is no longer bound (0 is that day).
    `of`: whose binding counts: the respondent, the State where the act took place (`act.country`), any State of which
    an accused is a national (`accused.nationality`) or in which the applicant lives (`residence`).
    `contested`: an answer of its own for a day on which it is contested whether the State is bound.
    """

    instrument: str
    on: str
    otherwise: Say = failed("not_bound")
    edge: tuple[tuple[int, Say], ...] = ()
    of: str = "respondent"
    contested: Say | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """The instrument had begun to bind by the day `on` (plus months and days), whether or not it still does."""

    instrument: str
    on: str
    otherwise: Say = failed("before_entry")
    months: int = 0
    days: int = 0
    of: str = "respondent"


@dataclass(frozen=True, slots=True)
class Extended:
    """The instrument was extended to the dependent territory where the act took place, on the day `on`.

    `kind`: "" for the extension itself, "petition_territorial" for the acceptance of individual complaints there.
    """

    instrument: str
    on: str
    kind: str = ""
    otherwise: Say = failed("not_extended")


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation or limit of this kind by the State, under this instrument, takes hold of the cell.

    `temporal` takes hold of acts before its day (`counts` facts) or begun before it (`counts` begun); `rights_excluded`
    of its articles; other kinds of every cell from the day of effect on. `on`: the day at which it must be in force.
    """

    instrument: str
    kind: str
    on: str
    otherwise: Say = failed("no_reservation")


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A procedure that needs a number of acceptances, counted on the day of filing."""

    instrument: str
    count: int
    otherwise: Say = failed("procedure_not_in_force")


# ---- what depends on days alone ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Between:
    """A day lies between two fixed days, both included."""

    day: str
    since: date | None = None
    until: date | None = None
    otherwise: Say = failed("outside_days")


@dataclass(frozen=True, slots=True)
class Version:
    """A length in months that holds for a day (of `Start.by`) from `since` on."""

    since: date | None
    months: int


@dataclass(frozen=True, slots=True)
class Suspension:
    """Months added where a period of `only_months` begins or ends between two days, both included."""

    first: date
    last: date
    months: int
    only_months: int


@dataclass(frozen=True, slots=True)
class Start:
    """An event from which time can run: its day, the authority, and when this event is the one that counts.

    `by`: the days that choose the version of the length (default: the event's own day); where they choose different
    lengths the shorter is safe and the longer arguable. `later`: it can only be argued, and never makes the safe day
    earlier. `months`: a length of its own.
    """

    day: str
    authority: str
    when: Rule | None = None
    by: tuple[str, ...] = ()
    later: bool = False
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A period of calendar months from the earliest of the start events that count (law.md B.1.8, D.1).

    The day of the event is not counted; the period ends with the corresponding day. The others of several start events
    are arguable. `advice`: an author's band or benchmark: it fills `advise_by`, never `last_day` (law.md D.1).
    `stops`: the act that must be done by then. `rest_day`: the last day may be argued to move when it is a day of rest.
    """

    starts: tuple[Start, ...]
    versions: tuple[Version, ...]
    stops: str
    suspensions: tuple[Suspension, ...] = ()
    advice: bool = False
    rest_day: bool = False


@dataclass(frozen=True, slots=True)
class InTime:
    """Filed on or before the last day of the clock; `between`: after the safe last day, before the arguable one."""

    clock: Clock
    late: Say = failed("late")
    between: Say = judgment("arguable_last_day")


# ---- what depends on stated facts --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Fact:
    """A stated fact, value by value; "*" for any other value.

    `missing`: the answer where nothing is stated (only for facts that are false unless claimed, law.md A.2).
    """

    name: str
    says: dict[str, Say]
    missing: Say | None = None


@dataclass(frozen=True, slots=True)
class Covers:
    """The article belongs to the forum; exceptions by article ("ICCPR:1") or instrument ("MAPUTO")."""

    instruments: tuple[str, ...]
    exceptions: dict[str, Say] = field(default_factory=dict)
    otherwise: Say = failed("right_not_covered")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same matter before another body: `row` of the matrix in data/same_matter.csv (law.md D.4).

    `cure`: the event that would lift the bar of a pending procedure. `other_rights`: the answer where only the rights
    differ and the same matter would bar (law.md D.5 (5)).
    """

    row: str
    barred: str = "same_matter"
    cure: str = "other_procedure_ends"
    other_rights: Say | None = None


# ---- combinations ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same answer: a forum that takes nothing, a rule that does not exist."""

    say: Say


@dataclass(frozen=True, slots=True)
class All:
    """The worst of several rules."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """The best of several rules."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Exceptions to a default, in order: the first whose condition is met decides."""

    when: tuple[tuple[Rule, Rule], ...]
    default: Rule


@dataclass(frozen=True, slots=True)
class Not:
    """Turns met and failed round; the other two stay."""

    rule: Rule
    otherwise: Say = failed("excluded")


Rule = (
    Bound | Begun | Extended | Reserved | AtLeast | Between | InTime | Fact | Covers | Elsewhere
    | Fixed | All | Any | Case | Not
)  # fmt: skip
KINDS: tuple[type, ...] = (
    Bound, Begun, Extended, Reserved, AtLeast, Between, InTime, Fact, Covers, Elsewhere, Fixed, All, Any, Case, Not,
)  # fmt: skip


# ---- tables ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Test:
    """One admissibility rule: its id, head, authorities (ids of data/authorities), expression.

    `rules`: the numbered places of law.md that it claims. `verified`: an excerpt of a named source states the point.
    `also_called`: the head under which other bodies file the same point.
    """

    __test__: ClassVar[bool] = False  # no test case of pytest

    id: str
    head: str
    rule: Rule
    authority: tuple[str, ...]
    claims: tuple[str, ...]
    verified: bool = False
    blocking: bool = True
    also_called: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """How to lodge a complaint: in own words, with the day on which it was last checked against a source."""

    form: str
    place: str
    language: str
    interim: str
    final: str
    authority: tuple[str, ...]
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Forum:
    """A body that takes complaints, or one of its two routes.

    `instruments`: those whose articles it hears. `facts_by`: the instrument whose binding period bounds the facts that
    it can hear (competent_from, competent_to). `received`: the day of receipt counts as filing, not of dispatch.
    `binding`: its decision binds the State. `notes`: message ids that every verdict carries.
    """

    code: str
    name: str
    instruments: tuple[str, ...]
    tests: tuple[Test, ...]
    filing: Filing
    facts_by: str | None = None
    route: str | None = None
    received: bool = False
    binding: bool = False
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Code and route in one word, as in `CED/CED-31`."""
        return f"{self.code}/{self.route}" if self.route else self.code


def walk(node: object) -> Iterator[object]:
    """Every rule, clock, start and outcome inside an expression, the expression included."""
    found: list[object] = []
    _gather(node, found)
    return iter(found)


_LEAVES = frozenset({str, int, bool, date, frozenset, type(None)})
_MEMBERS: dict[type, tuple[str, ...]] = {}  # the fields of each class of nodes, once it came


def _gather(node: object, found: list[object]) -> None:
    if isinstance(node, tuple | dict):
        values: Iterable[object] = node.values() if isinstance(node, dict) else node
    else:
        names = _MEMBERS.get(type(node))
        if names is None:
            if not is_dataclass(node):
                return
            names = _MEMBERS[type(node)] = tuple(f.name for f in fields(node))
        found.append(node)
        values = [getattr(node, name) for name in names]
    for value in values:
        if type(value) not in _LEAVES:
            _gather(value, found)


def weighable(rule: Rule) -> bool:
    """Whether an expression can come out as a matter of judgment: by an outcome of its own, or by a contested fact."""
    contestable = (Bound, Begun, Extended, Reserved, Elsewhere, InTime)
    return any(
        isinstance(node, contestable) or (isinstance(node, Say) and node.level == JUDGMENT) for node in walk(rule)
    )


def reads(rule: Rule) -> frozenset[str]:
    """The names of the variables that an expression reads (`procedures` for what is before other bodies)."""
    names = set[str]()
    for node in walk(rule):
        match node:
            case Bound() | Begun() | Extended() | Reserved():
                names.add(node.on)
                names |= {"act.first"} if isinstance(node, Reserved) and node.kind == "temporal" else set()
                names |= {"article"} if isinstance(node, Reserved) or node.instrument == "$right" else set()
                names |= {"place"} if isinstance(node, Extended) else set()
                names |= {node.of} if isinstance(node, Bound | Begun) and node.of != "respondent" else set()
            case Between():
                names.add(node.day)
            case Fact():
                names.add(node.name)
            case Start():
                names |= {node.day, *node.by}
            case InTime() | AtLeast():
                names.add("filed")
            case Covers():
                names.add("article")
            case Elsewhere():
                names |= {"procedures", "article"}
            case _:
                pass
    return frozenset(names)
