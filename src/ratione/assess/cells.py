"""From a complaint to cells: pieces of acts with one article each, and what each rule may read of them.

An act is cut where an instrument that the forum needs begins or ends to bind (law.md A.1). What is not stated stays
unknown: a fact is absent, a day is an interval narrowed by what is certain (law.md A.1 rule 5, A.6).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ratione import law
from ratione.complaint.model import Act, Complaint, Procedure
from ratione.days import ALL_TIME, FIRST, LAST, Interval, day_before, exactly, next_day
from ratione.rules import Forum

if TYPE_CHECKING:
    from ratione.registry import Registry, State

_ACT_FIELDS = {
    "act.first": "from", "act.last": "to", "act.cut": "to", "act.covered_to": "to", "act.country": "place",
}  # fmt: skip
INSTANT, LASTING = "instantaneous", "continuing"
AVAILABLE = "final_decision.available"
#: The input that a person would be asked for, where a rule misses a day or a fact of another name.
ASK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "decision": ("final_decision.served",),
        "decision.taken": ("final_decision.taken",),
        "decision.served": ("final_decision.served",),
        "decision.exhausted": ("final_decision.taken",),
        "ineffective_known": ("remedy_ineffective_known",),
        "filed": ("lodged",),
        "other.ended": ("other_procedures.ended",),
        "other.used": ("other_procedures",),
        "act.place": ("place",),
        "act.country": ("place",),
        "right": ("rights",),
        "article": ("rights",),
        "article.base": ("rights",),
        "article.instrument": ("rights",),
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of an act with one article, and everything that a rule can read there.

    `certain`: the act surely covers the piece; where it only may, no test of the cell is better than unknown.
    `presumed`: names of the facts and days that were taken for granted.
    """

    state: str
    right: str
    article: str | None
    act: int
    piece: Interval
    certain: bool
    neighbour: bool
    territory: str
    facts: Mapping[str, str]
    days: Mapping[str, Interval]
    procedures: tuple[Procedure, ...] | None
    registry: Registry

    def states(self, of: str) -> tuple[str, ...] | None:
        """The States whose binding a rule asks for; None where they are not told."""
        if of == "respondent":
            return (self.state,)
        if of == "act.country":
            return (self.facts[of],) if of in self.facts else None
        prefix = f"{of}:"
        found = tuple(name.removeprefix(prefix) for name in self.facts if name.startswith(prefix))
        return found if found or f"{of}.any" in self.facts else None

    def day(self, name: str) -> Interval:
        """What is known of a day."""
        return self.days.get(name, ALL_TIME)

    def ask(self, name: str) -> tuple[str, ...]:
        """The inputs that would tell what this variable is missing."""
        if name in ("act", "act.first", "act.to") or name.startswith("act."):
            if name == "act":
                return tuple(self._act(x) for x in ("from", "to") if not self.day(f"act.{x}").exact) or (
                    self._act("from"),
                )
            field = _ACT_FIELDS.get(name, name[4:])
            return (self._act(field),)
        if name == "place":
            asked = ("control",) if self.facts.get("place") == "elsewhere" else ("place", "control")
            return tuple(map(self._act, asked))
        if name == "decision" and self.facts.get("final_decision.service_required") == "no":
            return (AVAILABLE,)
        if name == "knowledge" and "applicant.victim" not in self.facts:
            return ("knowledge", "applicant.victim")
        return ASK.get(name, (name,))

    def _act(self, field: str) -> str:
        return f"acts[{self.act}].{field}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an assessment rests on besides the complaint: the registry, the day of asking, whether to presume."""

    registry: Registry
    on: date
    presume: bool = True

    def has_dependencies(self, state: str) -> bool:
        """Whether a State has dependent territories of its own."""
        return any(other.part_of == state and not other.integral for other in self.registry.states.values())


def readings(complaint: Complaint, presume: bool) -> tuple[Complaint, ...]:
    """The complaint with the kind of every act settled: one reading, or two where a lasting act's kind is not told.

    The two are the same acts as done in an instant (on their first day) and as continuing (law.md A.1 rule 3).
    """
    if not any(_kind_open(act, presume) for act in complaint.acts):
        return (complaint,)
    return tuple(_with_kind(complaint, kind, presume) for kind in (INSTANT, LASTING))


def _kind_open(act: Act, presume: bool) -> bool:
    if act.kind is not None:
        return False
    return not (presume and (act.ongoing == "yes" or not act.last_stated or act.first == act.last))


def _with_kind(complaint: Complaint, kind: str, presume: bool) -> Complaint:
    acts = []
    for act in complaint.acts:
        if _kind_open(act, presume):
            act = replace(act, kind=kind)
            if kind == INSTANT:
                act = replace(act, last=act.first, last_stated=True, ongoing="no")
        acts.append(act)
    return replace(complaint, acts=tuple(acts))


def filing_day(complaint: Complaint, received: bool, asked: Asked) -> Interval:
    """The day that counts as filing: dispatch or receipt, as the forum has it; the day of asking if not yet lodged."""
    sent, got = complaint.days.get("lodged.sent"), complaint.days.get("lodged.received")
    want, other = (got, sent) if received else (sent, got)
    if want is not None:
        return want
    if other is None:
        return exactly(asked.on)
    if asked.presume:
        return other
    return Interval(other.first, max(asked.on, other.last)) if received else Interval(FIRST, other.last)


def decision_days(complaint: Complaint, acts_first: date, filed: Interval) -> dict[str, Interval]:
    """The days of the last domestic decision, each narrowed by the others (law.md A.6, B.1.8 rows 1 to 3)."""
    given = complaint.days
    served = given.get("final_decision.served", ALL_TIME)
    available = given.get("final_decision.available", ALL_TIME)
    latest = min(served.last, available.last)
    if complaint.remedies and set(complaint.remedies.values()) == {"exhausted"}:
        latest = min(latest, filed.last)
    taken = given.get("final_decision.taken", ALL_TIME).within(acts_first, latest)
    served = served.within(taken.first)
    available = available.within(taken.first, served.last)
    required = complaint.facts.get("final_decision.service_required")
    if required == "no":
        counted = available
    elif "final_decision.served" in given:
        counted = served
    else:
        counted = Interval(taken.first, LAST)
    stand_in = "final_decision.taken" not in given and "final_decision.served" in given
    days = {
        "decision.taken": taken,
        "decision.served": served,
        "decision.available": available,
        "decision": counted,
        "decision.exhausted": served if stand_in else taken,
    }
    if required is None and "final_decision.served" in given and {"final_decision.taken", AVAILABLE} & given.keys():
        days["decision.earliest"] = Interval(min(taken.first, available.first), min(taken.last, available.last))
    return days


def place_facts(complaint: Complaint, act: Act, state: str, asked: Asked) -> tuple[dict[str, str], str]:
    """Where the act took place, seen from the respondent, and the dependent territory if it was one (law.md B.1.4)."""
    facts: dict[str, str] = {}
    territory = ""
    place = _state_of(act.place, asked.registry) if act.place else None
    country = (place.part_of or place.code) if place else None
    if act.place:
        facts["act.place"] = act.place
    if country:
        facts["act.country"] = country
    if act.control in ("occupied", "agent_authority", "active_hostilities"):
        facts["place"] = act.control
    elif place and country == state:
        dependent = place.part_of and not place.integral
        facts["place"] = "dependent_territory" if dependent else "own_territory"
        territory = place.code if dependent else ""
    elif act.control == "own_territory":
        # without a place, the territory of a State that has dependent ones may be one of them
        if place or asked.presume or not asked.has_dependencies(state):
            facts["place"] = "own_territory"
    elif place:
        # in another State it is neither the respondent's own nor a dependent territory of it
        facts["place"] = "abroad" if act.control == "other" else "elsewhere"
    elif act.place is act.place_text is act.control is None and asked.presume:
        facts["place"], facts["act.country"] = law.presumptions()["place"], state
    return facts, territory


def _state_of(place: str, registry: Registry) -> State | None:
    """The State or territory of a code; of a subdivision such as UA-43 the one whose alpha-2 code it begins with."""
    if place in registry.states:
        return registry.states[place]
    return next((state for state in registry.states.values() if state.alpha2 == place[:2]), None)


class CaseView:
    """One reading of a complaint against one State, ready to be cut into cells for any forum."""

    def __init__(self, complaint: Complaint, state: str, asked: Asked) -> None:
        self.complaint, self.state, self.asked = complaint, state, asked
        self.procedures = complaint.procedures
        if self.procedures is None and asked.presume:
            self.procedures = ()
        self.facts = {**complaint.facts, "respondent": state}
        if asked.presume:
            for name in ("applicant.victim", "applicant.identity"):
                self.facts.setdefault(name, law.presumptions()[name])
        for name, codes in complaint.codes.items():
            for code in codes:
                self.facts[f"{name}:{code}"] = "yes"
            self.facts[f"{name}.any"] = "yes" if codes else "no"
        told = any(name.startswith("final_decision.") for name in complaint.days)
        self.facts["decision.told"] = "yes" if told else "no"
        ended = "detention_regime_ended" in complaint.days
        self.facts["detention_regime_ended.told"] = "yes" if ended else "no"
        self._filed = {flag: filing_day(complaint, flag, asked) for flag in (False, True)}
        done = complaint.acts or (Act(),)
        firsts = [act.first.first for act in done]
        self._decision = {flag: decision_days(complaint, min(firsts), filed) for flag, filed in self._filed.items()}
        self._shared: dict[str, Interval] = {"hereafter": exactly(LAST)}
        self._other()
        self.acts = [self._act(act) for act in done]
        self.others = frozenset(
            [facts["act.country"] for facts, _, _ in self.acts if "act.country" in facts]
            + [code for name in ("accused.nationality", "residence") for code in complaint.codes.get(name, ())]
        ) - {state}

    def presumed(self, received: bool) -> list[str]:
        """The presumptions of law.md A.6 that this case rests on."""
        if not self.asked.presume:
            return []
        stated, given = self.complaint, self.complaint.days
        done = stated.acts or (Act(),)
        want, other = ("lodged.received", "lodged.sent") if received else ("lodged.sent", "lodged.received")
        found = [name for name in ("applicant.victim", "applicant.identity") if name not in stated.facts]
        found += ["place"] if any(a.place_text is a.place is a.control is None for a in done) else []
        found += ["act.kind"] if any(a.kind is None for a in done) else []
        found += ["act.attributable"] if any(a.attributable is None for a in done) else []
        found += ["procedures"] if stated.procedures is None else []
        if "final_decision.taken" not in given and "final_decision.served" in given:
            found.append("final_decision.taken")
        return found + (["lodged"] if want not in given and other in given else [])

    def _other(self) -> None:
        """Whether another international procedure was used and came to an end, and when (Rule 99(c) of the HRC)."""
        if self.procedures is None:
            return
        matrix = law.matrix()
        counting = [p for p in self.procedures if matrix.counts(p.forum) and "no" not in (p.same_person, p.same_facts)]
        if any(p.status is None for p in counting):
            self._shared["other.ended"] = ALL_TIME
            return
        over = [p for p in counting if p.status not in ("pending", "withdrawn_before_decision")]
        self.facts["other.used"] = "yes" if over else "no"
        if over:
            self._shared["other.ended"] = Interval(min(p.ended.first for p in over), min(p.ended.last for p in over))

    def _act(self, act: Act) -> tuple[dict[str, str], dict[str, Interval], str]:
        facts, territory = place_facts(self.complaint, act, self.state, self.asked)
        presume, filed = self.asked.presume, self._filed[False]
        kind = act.kind or ((LASTING if act.ongoing == "yes" else INSTANT) if presume else None)
        ongoing = act.ongoing
        first = act.first.within(last=max(filed.last, self.asked.on))
        last = act.last.within(first.first)
        if kind == INSTANT:  # done in an instant: one day, told by its first day or, where that is unknown, its last
            first = first.within(last=last.last) if act.first.unknown else first
            last, ongoing = first, "no"
        elif act.last_stated:
            ongoing = ongoing or "no"
        elif ongoing == "yes":
            last = exactly(LAST)
        first = first.within(last=last.last)
        if kind:
            facts["act.kind"] = kind
        if ongoing:
            facts["act.ongoing"] = ongoing
        if act.attributable or presume:
            facts["act.attributable"] = act.attributable or law.presumptions()["act.attributable"]
        return facts, {"act.first": first, "act.from": first, "act.last": last}, territory

    def cells(self, forum: Forum, cuts: tuple[date, ...], ends: frozenset[date]) -> list[Cell]:
        """The cells of one forum.

        `cuts`: the days at which an answer about an act can change for this State; `ends`: those of them on which an
        instrument ceases to bind it.
        """
        articles = targets(self.complaint.rights, forum.instruments)
        found: list[Cell] = []
        filed = self._filed[forum.received]
        for index, (act_facts, act_days, territory) in enumerate(self.acts):
            for piece, certain in pieces(act_days["act.first"], act_days["act.last"], cuts):
                days = {
                    **self._shared,
                    **self._decision[forum.received],
                    **act_days,
                    "filed": filed,
                    "act": piece,
                }
                inside = () if act_facts.get("act.kind") == INSTANT else [day for day in ends if day > piece.first]
                cut, days["act.to"], days["act.covered_to"] = _covered(act_days["act.last"], inside, certain)
                self._known(days)
                common = {**self.facts, **act_facts, **({"act.cut": cut} if cut else {})}
                for right, article, neighbour in articles:
                    facts = {**common, **_of_article(right, article)}
                    remedies = self.complaint.remedies.get(right or article or "*") or self.complaint.remedies.get("*")
                    if remedies:
                        facts["remedies"] = remedies
                    found.append(
                        Cell(
                            self.state, right, article, index, piece, certain, neighbour, territory,
                            facts, days, self.procedures, self.asked.registry,
                        )
                    )  # fmt: skip
        return found

    def _known(self, days: dict[str, Interval]) -> None:
        """When the applicant knew of the act, or that a remedy was of no use (law.md A.6); when detention changed.

        Time runs from the act or, if later, from knowledge of it (law.md B.1.8).
        """
        stated, end = self.complaint.days, days["act.to"]
        direct = self.facts.get("applicant.victim") == "direct"
        days["detention_regime_ended"] = stated.get("detention_regime_ended", end)
        days["released_or_convicted_on"] = stated.get(
            "released_or_convicted_on", Interval(days["act.first"].first, LAST)
        )
        known = stated.get("knowledge", end if direct else Interval(end.first, LAST))
        days["knowledge"] = later(known, end)
        vain = stated.get("remedy_ineffective_known")
        days["ineffective_known"] = later(vain, end) if vain else Interval(end.first, LAST)

    def articles_of(self, forum: Forum) -> frozenset[str | None]:
        """The articles that the cells of a forum look at."""
        return frozenset(article for _, article, _ in targets(self.complaint.rights, forum.instruments))


@lru_cache(maxsize=4096)
def targets(rights: tuple[str, ...] | None, instruments: tuple[str, ...]) -> tuple[tuple[str, str | None, bool], ...]:
    """What to test in a forum that hears these instruments: plain right, article, whether it is only a neighbour.

    Its own articles of every right, and neighbours of those (law.md C, rules 1 and 2); where there is neither, one that
    it does not hear. ("", None, False) where no right is told.
    """
    if not rights:
        return (("", None, False),)
    table = law.rights()
    told = [
        (text if text in table.articles else "", article)
        for text in rights
        for article in table.articles.get(text, (text,))
    ]
    own = [(right, article, False) for right, article in told if article.split(":")[0] in instruments]
    named = {article for _, article, _ in own}
    near = [
        (right, article, True)
        for right in dict.fromkeys(right for right, _ in told if right)
        for article in table.neighbours.get(right, ())
        if article.split(":")[0] in instruments and article not in named
    ]
    return tuple(own + near) if own or near else ((*told[0], False),)


@lru_cache(maxsize=4096)
def _of_article(right: str, article: str | None) -> Mapping[str, str]:
    """What a rule can read of an article."""
    if article is None:
        return {}
    return {
        "right": right,
        "article": article,
        "article.base": law.rights().match(article) or article,
        "article.instrument": article.split(":")[0],
    }


def _covered(last: Interval, ends: Collection[date], certain: bool) -> tuple[str | None, Interval, Interval]:
    """Whether a treaty ends inside the act after a piece of it, the end of the covered part or else of the act, and the
    end of the covered part.

    `ends`: the days after the piece's first day on which a treaty ceases to bind. Whether one falls inside is not known
    (None) where the act's last day, or its going on in the piece, is not.
    """
    held = [day for day in ends if day <= last.last]
    if not held:
        return "no", last, last
    first, final = day_before(min(held)), day_before(max(held))
    if not certain:
        return None, Interval(min(last.first, first), last.last), Interval(first, final)
    if min(held) <= last.first:
        return "yes", exactly(first), exactly(first)
    return None, Interval(last.first, first), exactly(first)


def later(one: Interval, two: Interval) -> Interval:
    """What is known of the later of two days."""
    return Interval(max(one.first, two.first), max(one.last, two.last))


def pieces(first: Interval, last: Interval, cuts: tuple[date, ...]) -> list[tuple[Interval, bool]]:
    """The pieces of an act with whether the act surely covers them.

    Between the latest day on which it can have begun and the earliest on which it can have ended it surely goes on:
    that part is cut. What lies outside is uncertain. An act of which only an interval is known is one whole piece.
    """
    begun, ended = first.last, last.first
    if begun > ended:
        return [(Interval(first.first, last.last), True)]
    marks = [begun, *(cut for cut in cuts if begun < cut <= ended)]
    found = [
        (Interval(mark, day_before(following) if following is not None else ended), True)
        for mark, following in zip(marks, [*marks[1:], None], strict=True)
    ]
    if first.first < begun:
        found.append((Interval(first.first, day_before(begun)), False))
    if ended < last.last:
        found.append((Interval(next_day(ended), last.last), False))
    return found
