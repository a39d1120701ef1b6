"""What a report claims, held against the registry: confirmed, contradicted, premature, new or out of scope.

The report is judged by what the registry holds now. `premature` is a claim that a State is out on a day on which its
notice or announcement had not yet had any effect. A new event carries a fact line that a person may propose to the
registry; nothing is ever added by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ratione import days
from ratione.days import Interval
from ratione.press.model import Event, Reading, Statement
from ratione.press.proposal import day_told, instrument_of, proposal
from ratione.registry.facts import ENDS, Fact
from ratione.registry.periods import Answer
from ratione.registry.snapshot import Registry

_ENDS = ("denounced", "ceased", "expelled", "declaration_withdrawn", "notice_of_withdrawal")
_STARTS = ("ratified", "acceded", "succeeded", "accepted", "declared", "in_force")
FACTS_OF: dict[str, tuple[str, ...]] = {
    "notice_of_withdrawal": ("notice_of_withdrawal", "denounced", "declaration_withdrawn"),
    "announced_withdrawal": ("announced_withdrawal", "notice_of_withdrawal", "denounced", "declaration_withdrawn"),
    "left": ("denounced", "ceased", "expelled", "declaration_withdrawn", "notice_of_withdrawal"),
    "expelled": ("expelled", "ceased"),
    "suspended": ("suspended",),
    "suspension_lifted": ("suspension_lifted",),
    "acceded": _STARTS,
    "ratified": _STARTS,
    "declaration": ("declared", "accepted"),
    "declaration_withdrawn": ("declaration_withdrawn", "denounced", "notice_of_withdrawal"),
    "withdrawal_revoked": ("withdrawal_revoked",),
}
SIBLING = {
    "COE": ("PACE", "voting rights in the Parliamentary Assembly, not membership"),
    "PACE": ("COE", "representation in the Council of Europe as a whole"),
}
COURT_OF = {
    "COE": "ECHR",
    "PACE": "ECHR",
    "ECHR": "ECHR",
    "OAS": "ACHR-62",
    "ACHR": "ACHR-62",
    "ACHR-62": "ACHR-62",
    "AU": "ACTHPR-34-6",
    "ACTHPR": "ACTHPR-34-6",
    "ACTHPR-34-6": "ACTHPR-34-6",
    "ECOWAS": "ECOWAS",
    "ICCPR-OP1": "ICCPR-OP1",
}
NEAR = timedelta(days=4)
SAME = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one claim stands: the answer, the fact it rests on, and a note in plain words."""

    answer: str
    fact: Fact | None = None
    note: str = ""


def hold(
    reading: Reading, registry: Registry, published: date | None, consequence: Callable[[Event], Any] | None = None
) -> None:
    """Hold every event and every claim of the loss of a court against the registry; fills the reading.

    `consequence` is called with each new or announced event (also a premature one): what follows if it is so.
    """
    on = published or registry.known_on or days.today()
    for event in reading.events:
        if event.against_registry is not None:
            continue
        verdict = judge(event, registry, on)
        event.against_registry = verdict.answer
        event.fact = verdict.fact.id if verdict.fact else None
        event.note = "; ".join(filter(None, (event.note, verdict.note)))
        if verdict.answer == "new":
            event.proposal = proposal(event, registry, reading)
        ahead = event.event in ("notice_of_withdrawal", "announced_withdrawal", "declaration_withdrawn")
        if consequence is not None and (
            verdict.answer in ("new", "premature") or (ahead and verdict.answer == "confirmed")
        ):
            event.consequence = consequence(_for_registry(event, on))
    for statement in reading.statements:
        if statement.claim == "loss_of_court" and statement.against_registry is None:
            _loss_of_court(statement, reading, registry, on)


def _for_registry(event: Event, on: date) -> Event:
    """The event in the registry's words: its instrument, and an exact day (that of the report where none is told)."""
    told = day_told(event.date)
    day = told.first if told is not None and told.exact else on
    return replace(event, body=instrument_of(event.body), date=day.isoformat())


def judge(event: Event, registry: Registry, on: date) -> Verdict:
    """How one event stands against the registry, the report being of day `on`."""
    code = instrument_of(event.body)
    if not code or code not in registry.instruments or not registry.instruments[code].rows:
        return Verdict("out_of_scope", note=f"the registry holds no facts on {event.body}")
    if event.state not in registry.states:
        return Verdict("out_of_scope", note=f"the registry does not know {event.state}")
    if event.event in ("threatened", "denied"):
        return _words_only(event, registry, code, on)
    told = day_told(event.date) or day_told(event.effect_date) or day_told(event.date_text)
    facts = registry.facts_of(event.state, code)
    if event.event == "left":
        return _left(event, registry, code, facts, told, on)
    same = [f for f in facts if f.event in FACTS_OF[event.event]]
    if fact := _matching(same, told, on):
        return Verdict("confirmed", fact, _what_became(fact, facts, event, registry, code))
    if code in SIBLING and event.event in ("suspended", "suspension_lifted", "expelled"):
        other, words = SIBLING[code]
        kin = [f for f in registry.facts_of(event.state, other) if f.event in FACTS_OF[event.event]]
        if fact := _matching(kin, told, on):
            return Verdict("confirmed", fact, f"but of {words}")
    if wrong := _other_act(event, facts, told, on):
        return wrong
    if same and told is not None and (near := _nearest(same, told)) is not None:
        return Verdict("contradicted", near, f"the registry has {_shown(near)}, not {event.date or event.effect_date}")
    return _unknown(event, registry, code, told, on)


def _on(fact: Fact) -> list[date]:
    return [d for d in (fact.act_date, fact.effect_date) if d]


def _matching(facts: Iterable[Fact], told: Interval | None, on: date) -> Fact | None:
    """The fact of the day told; without a day, the last one that lies before the report and not long before."""
    if told is not None:
        near = [f for f in facts if any(told.first - NEAR <= d <= told.last + NEAR for d in _on(f))]
        return min(near, key=lambda f: min(abs((d - told.first).days) for d in _on(f)), default=None)
    past = [f for f in facts if any(d <= on + NEAR for d in _on(f))]
    return max(past, key=lambda f: max(d for d in _on(f) if d <= on + NEAR), default=None)


def _nearest(facts: Iterable[Fact], told: Interval) -> Fact | None:
    """The fact of the same kind nearest to the day told, within two months: the same act, dated otherwise."""
    near = [f for f in facts if any(told.first - SAME <= d <= told.last + SAME for d in _on(f))]
    return min(near, key=lambda f: min(abs((d - told.first).days) for d in _on(f)), default=None)


def _shown(fact: Fact) -> str:
    day = f" on {fact.act_date or fact.effect_date}" if _on(fact) else ""
    effect = f", effective {fact.effect_date}" if fact.effect_date and fact.effect_date != fact.act_date else ""
    return f"{fact.event}{day}{effect}"


def _what_became(fact: Fact, facts: Iterable[Fact], event: Event, registry: Registry, code: str) -> str:
    """What became of a notice or announcement that the registry confirms, or that the words of the report overstate."""
    notes = []
    if (
        fact.event != event.event
        and event.event in ("notice_of_withdrawal", "announced_withdrawal")
        and fact.event == "notice_of_withdrawal"
    ):
        notes.append(f"the registry has {_shown(fact)}")
    if fact.event in ("notice_of_withdrawal", "denounced") and fact.effect_date:
        if sooner := _sooner(fact, facts):
            notes.append(
                f"by this notice it would have ended on {fact.effect_date};"
                f" it ended on {sooner.effect_date}: {sooner.event}"
            )
        elif revoked := next(
            (
                f
                for f in facts
                if f.event == "withdrawal_revoked"
                and f.day
                and fact.act_date
                and fact.act_date <= f.day <= fact.effect_date
            ),
            None,
        ):
            notes.append(f"revoked on {revoked.day}")
        else:
            notes.append(f"takes effect on {fact.effect_date}")
    if (
        event.effect_date
        and fact.effect_date
        and (told := day_told(event.effect_date))
        and not told.first - NEAR <= fact.effect_date <= told.last + NEAR
    ):
        notes.append(f"the registry has {fact.effect_date} as day of effect")
    if fact.status != "undisputed":
        notes.append(fact.status)
    return "; ".join(notes)


def _sooner(notice: Fact, facts: Iterable[Fact]) -> Fact | None:
    """The end that came before the notice would have had effect."""
    assert notice.effect_date
    ends = [
        f
        for f in facts
        if f.event in ENDS
        and f.effect_date
        and f is not notice
        and notice.act_date
        and notice.act_date <= f.effect_date < notice.effect_date
    ]
    return min(ends, key=lambda f: f.effect_date or date.max, default=None)


def _left(
    event: Event, registry: Registry, code: str, facts: tuple[Fact, ...], told: Interval | None, on: date
) -> Verdict:
    """A State said to be out: is it, on that day?"""
    ref = told.last if told is not None else on
    ends = [f for f in facts if f.event in _ENDS and f.status != "ineffective"]
    if event.time == "future" and (fact := _matching(ends, told, on)):
        return Verdict("confirmed", fact, _what_became(fact, facts, event, registry, code))
    bound = registry.bound(event.state, code, ref)
    if bound.answer == Answer.NO:
        gone = _matching(ends, told, on) or max(
            (f for f in ends if f.effect_date and f.effect_date <= ref),
            key=lambda f: f.effect_date or date.min,
            default=None,
        )
        if gone is not None:
            return Verdict(
                "confirmed",
                gone,
                ""
                if gone.effect_date and told and told.first - NEAR <= gone.effect_date <= told.last + NEAR
                else f"the registry has {_shown(gone)}",
            )
        return Verdict(
            "contradicted", note=f"not bound on {ref}, and no end is recorded: it was never a party or member"
        )
    coming = min(
        (f for f in ends if f.effect_date and f.effect_date > ref),
        key=lambda f: f.effect_date or date.max,
        default=None,
    )
    begun = [
        f
        for f in facts
        if f.event in ("announced_withdrawal", "notice_of_withdrawal", "denounced", "expelled", "ceased")
        and f.day
        and f.day <= ref + NEAR
    ]
    if bound.answer in (Answer.YES, Answer.CONTESTED) and coming is not None:
        sooner = min(
            (f for f in facts if f.event in ENDS and f.effect_date and f.effect_date > ref),
            key=lambda f: f.effect_date or date.max,
            default=coming,
        )
        last = min(sooner, coming, key=lambda f: f.effect_date or date.max)
        before = [f for f in begun if f.day and f.day <= ref]
        fact = (before or begun or [coming])[-1]
        return Verdict("premature", fact, f"still bound on {ref}; it ended on {last.effect_date}: {last.event}")
    if bound.answer == Answer.CONTESTED:
        return Verdict("contradicted", bound.facts[-1] if bound.facts else None, f"contested on {ref}")
    if bound.answer == Answer.YES and begun:
        return Verdict("premature", begun[-1], f"still bound on {ref}; the registry has no end")
    if bound.answer == Answer.YES and _beyond(registry, code, ref):
        return Verdict("new", None, f"the registry's list is of {registry.instruments[code].list.as_of}")
    if bound.answer == Answer.YES:
        return Verdict(
            "contradicted",
            bound.facts[-1] if bound.facts else None,
            f"bound on {ref}; the registry has no notice and no end",
        )
    return Verdict("new", None, f"whether bound on {ref} is not known")


def _beyond(registry: Registry, code: str, day: date) -> bool:
    """Whether a day lies after what the registry's list of this instrument has seen."""
    seen = registry.instruments[code].list.as_of
    return seen is None or day > seen


def _other_act(event: Event, facts: Iterable[Fact], told: Interval | None, on: date) -> Verdict | None:
    """The registry has another act of that day: suspended, not expelled; ended, not announced."""
    rivals = {"expelled": ("suspended",), "suspended": ("expelled",), "declaration_withdrawn": ("ceased",)}.get(
        event.event, ()
    )
    ref = told or Interval(on - timedelta(days=14), on)
    near = [f for f in facts if f.event in rivals and any(ref.first - NEAR <= d <= ref.last + NEAR for d in _on(f))]
    return Verdict("contradicted", near[0], f"the registry has {_shown(near[0])}, not {event.event}") if near else None


def _unknown(event: Event, registry: Registry, code: str, told: Interval | None, on: date) -> Verdict:
    """No fact of that kind and day: new, or against what the registry says of the State."""
    ref = told.first if told is not None else on
    bound = registry.bound(event.state, code, ref)
    needs_party = event.event in (
        "notice_of_withdrawal",
        "announced_withdrawal",
        "suspended",
        "expelled",
        "withdrawal_revoked",
        "declaration_withdrawn",
    )
    if needs_party and bound.answer == Answer.NO and not _beyond(registry, code, ref):
        return Verdict("contradicted", bound.facts[-1] if bound.facts else None, f"not bound on {ref}")
    if event.event in ("acceded", "ratified", "declaration"):
        later = [
            f
            for f in registry.facts_of(event.state, code)
            if f.event in _STARTS and f.day and timedelta(0) < f.day - ref < timedelta(days=366)
        ]
        if later and bound.answer != Answer.YES:
            return Verdict("premature", later[0], f"not yet on {ref}; the registry has {_shown(later[0])}")
    if event.event in ("acceded", "ratified", "declaration") and bound.answer == Answer.YES:
        since = next((f for f in reversed(bound.facts) if f.event in _STARTS), None)
        answer = "confirmed" if told is None else "contradicted"
        return Verdict(answer, since, f"bound since {_shown(since)}" if since else "bound already")
    return Verdict("new", None, "the registry has no such fact")


def _words_only(event: Event, registry: Registry, code: str, on: date) -> Verdict:
    """A threat or a denial changes nothing; the standing on that day is told beside it."""
    bound = registry.bound(event.state, code, on)
    facts = [
        f
        for f in registry.facts_of(event.state, code)
        if f.event in ("notice_of_withdrawal", "denounced") and f.act_date and f.act_date <= on
    ]
    if event.event == "denied" and facts and bound.answer != Answer.YES:
        return Verdict("contradicted", facts[-1], f"the registry has {_shown(facts[-1])}")
    standing = {
        Answer.YES: "bound",
        Answer.NO: "not bound",
        Answer.CONTESTED: "contested",
        Answer.UNKNOWN: "not known",
    }[bound.answer]
    return Verdict("out_of_scope", None, f"words without effect; on {on}: {standing}")


def _loss_of_court(statement: Statement, reading: Reading, registry: Registry, on: date) -> None:
    """A claim that people lose a court: true only from the day on which its treaty ends for the State.

    Where the report names no court, the one that belongs to the body left is meant. Facts before the end stay with
    the court where the treaty says so.
    """
    known = {e.state for e in reading.events}
    state = next((t for t in statement.topics if t in known), None) or next(iter(known), None)
    left = next((COURT_OF[t] for t in statement.topics if t in COURT_OF), None)
    left = left or next((COURT_OF[e.body] for e in reading.events if e.state == state and e.body in COURT_OF), None)
    if state is None or left is None or state not in registry.states:
        statement.against_registry, statement.note = "out_of_scope", "no court that the registry knows is meant"
        return
    bound = registry.bound(state, left, on)
    periods = [p for p in registry.periods(state, left) if p.first <= on]
    last = periods[-1].last if periods else None
    fact = next(
        (f for f in registry.facts_of(state, left) if f.event in ENDS and f.effect_date and f.effect_date > on), None
    )
    statement.fact = fact.id if fact else None
    if bound.answer == Answer.NO:
        statement.against_registry, statement.note = "confirmed", f"{left} did not bind {state} on {on}"
        return
    statement.against_registry = "contradicted"
    if last is None:
        statement.note = f"{left} binds {state} on {on}, and no end is in sight"
        return
    saved = {
        "open": "; a complaint on earlier facts may be lodged after it too, within the ordinary time-limit",
        "closed": "; after it no new complaint, whatever the day of the facts",
    }.get(registry.instruments[left].exit.earlier_facts, "")
    first_out = fact.effect_date if fact else days.next_day(last)
    statement.note = f"in part: {left} binds {state} for facts before {first_out}{saved}"
