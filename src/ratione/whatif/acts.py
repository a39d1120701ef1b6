"""Acts by which a State leaves or comes in, supposed by the user: whether the law allows them, and as which facts.

Nothing is derived here: an act that is allowed becomes one or more supposed facts, and what follows from them is worked
out by the registry as from any other fact (law.md A.3, A.4, D.3).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from ratione import days
from ratione.law import DATA
from ratione.registry import Answer, Fact, Instrument, Registry, Segment, Source
from ratione.registry.facts import ENDS
from ratione.registry.periods import NOTICE, REVOKED, is_start, start_day

LEAVING = ("notice", "denounce", "withdraw-declaration")
ACTS = (*LEAVING, "expel", "suspend", "revoke", "accede")
SUPPOSED = "hypothetical"
SOURCES = {SUPPOSED: Source(SUPPOSED, "supposed", "", "")}


@dataclass(frozen=True, slots=True)
class Act:
    """One supposed act of one of the kinds `ACTS`, received on the day `on`.

    `effect`: the first day out, where an organ fixes it (expulsion); else the terms of the instrument tell.
    """

    act: str
    state: str
    instrument: str
    on: date
    effect: date | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the law says to an act. `status`: answered, forbidden, already (nothing more follows), unknown.

    `rule`: a message id; `authority`: the place, in words; `facts`: what the supposed act adds to the registry.
    """

    act: Act
    status: str
    rule: str
    authority: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()


@cache
def authority(kind: str, name: str, otherwise: str = "") -> str:
    """The words of data/whatif.toml for a kind of act and an instrument; those of `otherwise` where it has none."""
    table = _table()[kind]
    row = table.get(name) or table.get(otherwise)
    return str(row["authority"]) if row else ""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((DATA / "whatif.toml").read_text("utf-8"))


def read_scenario(text: str, name: str) -> tuple[list[dict[str, Any]], date | None]:
    """The acts of a scenario file as mappings, and the day as known on. Raises ValueError with what is accepted.

    State and instrument are as written; the caller finds their codes.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name}: {error}") from None
    if wrong := set(table) - {"act", "as_known_on"}:
        raise ValueError(f"{name}: {', '.join(sorted(wrong))}; accepted are as_known_on and [[act]]")
    known = table.get("as_known_on")
    if known is not None and type(known) is not date:
        raise ValueError(f"{name}: as_known_on {known!r}; accepted is a day such as 2022-03-14")
    rows = table.get("act")
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"{name}: no act; accepted is one [[act]] or more")
    for n, row in enumerate(rows, 1):
        _check(row, f"{name}, act {n}")
    return rows, known


def _check(row: Any, where: str) -> None:
    wanted = {"act", "state", "instrument", "on"}
    if not isinstance(row, dict):
        raise ValueError(f"{where}: {row!r}; accepted is a table [[act]]")
    if lacking := wanted - set(row):
        raise ValueError(f"{where}: {', '.join(sorted(lacking))} is missing")
    if wrong := set(row) - wanted - {"effect"}:
        raise ValueError(f"{where}: {', '.join(sorted(wrong))}; accepted are {', '.join(sorted(wanted))}, effect")
    if row["act"] not in ACTS:
        raise ValueError(f"{where}: act {row['act']!r}; accepted are {', '.join(ACTS)}")
    for column in ("state", "instrument"):
        if not isinstance(row[column], str):
            raise ValueError(f"{where}: {column} {row[column]!r}; accepted is a code or a name in quotes")
    for column in ("on", "effect"):
        if column in row and type(row[column]) is not date:
            raise ValueError(f"{where}: {column} {row[column]!r}; accepted is a day such as 2022-03-15, without quotes")
    check_effect(row["act"], row["on"], row.get("effect"), where)


def check_effect(act: str, on: date, effect: date | None, where: str) -> None:
    """Raises ValueError where a day of effect is given that the act cannot have."""
    if effect is None:
        return
    if act != "expel":
        raise ValueError(f"{where}: effect is accepted with expel only; else the terms of the instrument tell the day")
    if effect < on:
        raise ValueError(f"{where}: effect {effect} lies before the act of {on}")


def rule_on(registry: Registry, act: Act) -> Ruling:
    """What the law says to an act, in a registry that knows what came before it."""
    terms = registry.instruments[act.instrument]
    if (barred := _no_state(registry, act)) is not None:
        return barred
    if act.act == "accede":
        return _accede(registry, act, terms)
    segment = registry.bound(act.state, act.instrument, act.on).segment
    if act.act == "revoke":
        return _revoke(registry, act, terms)
    if segment.answer == Answer.NO:
        return _stranger(registry, act, terms, segment)
    if segment.answer == Answer.UNKNOWN:
        values = {"reading": segment.why, "effect": terms.exit.day(act.on) if act.act in LEAVING else None}
        return Ruling(act, "unknown", "not_known_whether_bound", terms.list.basis, values)
    if act.act == "expel":
        return _expel(act, terms)
    return _suspend(act, terms) if act.act == "suspend" else _leave(registry, act, terms)


def _no_state(registry: Registry, act: Act) -> Ruling | None:
    """A territory does not act itself, and a State only while there is one; else nothing."""
    named = registry.states[act.state]
    if named.part_of:
        return Ruling(act, "forbidden", "territory", authority("general", "capacity"), {"whole": named.part_of})
    if (named.until and act.on >= named.until) or (named.first and act.on < named.first):
        values = {"since": named.first, "until": named.until}
        return Ruling(act, "forbidden", "no_such_state_then", authority("general", "capacity"), values)
    return None


def _fact(act: Act, event: str, instrument: str = "", **more: Any) -> Fact:
    """A supposed fact: marked as such by id, basis and source, known before it happens."""
    code = instrument or act.instrument
    given: dict[str, Any] = {
        "effect_date": None, "territory": (), "articles": (), "kind": "", "since": None, "counts": "", "until": None,
        "status": "undisputed", "basis": SUPPOSED, "known_from": days.FIRST, "confidence": "high", "source": SUPPOSED,
        "note": "",
    }  # fmt: skip
    name = f"{SUPPOSED}/{act.state}/{code}/{event}/{act.on}"
    return Fact(id=name, state=act.state, instrument=code, event=event, act_date=act.on, **{**given, **more})


def _leave(registry: Registry, act: Act, terms: Instrument) -> Ruling:
    leave = terms.exit
    if act.act == "withdraw-declaration" and terms.kind != "acceptance":
        return Ruling(act, "forbidden", "no_declaration", authority("general", "acceptance"))
    if leave.rule == "with_parent":
        return Ruling(act, "forbidden", "only_with_parent", leave.authority, {"parent": terms.parent})
    if leave.rule == "none":
        return Ruling(act, "forbidden", "no_clause", leave.authority)
    if running := _running(registry, act):
        values = {"fact": running[0].id, "effect": running[1]}
        return Ruling(act, "already", "notice_already_running", leave.authority, values)
    if early := _too_early(registry, act, terms):
        return Ruling(act, "forbidden", "too_early", leave.authority, early)
    if leave.rule == "unknown":
        return _without_clause(act, terms)
    facts = [_fact(act, NOTICE)]
    # A letter that leaves an organisation may itself denounce the treaty that follows it: the safe reading counts it.
    facts += [_fact(act, "announced_withdrawal", code) for code in _followers(registry, act.instrument)]
    return Ruling(act, "answered", "terms_of_exit", leave.authority, {"rule": leave.rule, "n": leave.n}, tuple(facts))


def _followers(registry: Registry, code: str) -> list[str]:
    """The instruments of which a reading says that a notice under `code` may end them."""
    return [
        other.code
        for other in registry.instruments.values()
        for follow in other.follows
        if follow.instrument == code and any(r.start == "notice" for r in follow.readings)
    ]


def _without_clause(act: Act, terms: Instrument) -> Ruling:
    """No clause: perhaps never, perhaps after twelve months (VCLT Art 56). A clause that nobody read tells nothing."""
    if not terms.exit.authority.startswith("no clause"):
        return Ruling(act, "unknown", "terms_not_known", terms.exit.authority)
    perhaps = _fact(act, NOTICE, status="contested", effect_date=days.add_months(act.on, 12))
    places = "; ".join((authority("general", "vclt_56"), authority("general", "vclt_56_2")))
    return Ruling(act, "answered", "no_clause_contested", places, {}, (perhaps,))


def _too_early(registry: Registry, act: Act, terms: Instrument) -> dict[str, Any]:
    """Where the terms allow leaving only after some years: the years, since when, and the first day; else nothing."""
    leave = terms.exit
    if not leave.min_years:
        return {}
    since = terms.in_force
    if leave.min_from == "party":
        since = max((p.first for p in registry.periods(act.state, act.instrument) if p.first <= act.on), default=None)
    first = days.add_months(since, 12 * leave.min_years) if since else None
    if since is None or first is None or act.on >= first:
        return {}
    return {"years": leave.min_years, "since": since, "not_before": first}


def _running(registry: Registry, act: Act) -> tuple[Fact, date] | None:
    """The act of leaving of the State's own whose effect lies after the day, and that day of effect."""
    for segment in registry.timeline(act.state, act.instrument):
        if segment.first <= act.on or segment.answer == Answer.YES:
            continue
        for fact in segment.facts:
            own = (fact.state, fact.instrument) == (act.state, act.instrument)
            if own and (fact.event == NOTICE or fact.event in ENDS) and fact.day and fact.day <= act.on:
                return fact, segment.first
    return None


def _stranger(registry: Registry, act: Act, terms: Instrument, segment: Segment) -> Ruling:
    """A State that is not bound can leave nothing; but an instrument not in effect yet can be taken back."""
    facts = registry.facts_of(act.state, act.instrument)
    starts = [(f, start_day(f, terms)) for f in facts if is_start(f, terms) and f.act_date and f.act_date <= act.on]
    waiting = [(f, day) for f, day in starts if day and day > act.on]
    if act.act in LEAVING and waiting:
        deposit, first = max(waiting, key=lambda pair: pair[1])
        taken_back = _fact(act, "ceased", effect_date=first)
        values = {"fact": deposit.id, "effect": first}
        words = authority("general", "not_in_effect_yet")
        return Ruling(act, "answered", "not_in_effect_yet", words, values, (taken_back,))
    values = {"reading": segment.why, "facts": [f.id for f in segment.facts], "list_as_of": terms.list.as_of}
    return Ruling(act, "forbidden", "not_a_party", authority("general", "no_act_of_a_stranger"), values)


def _expel(act: Act, terms: Instrument) -> Ruling:
    if place := authority("expel", terms.code):
        expelled = _fact(act, "expelled", effect_date=act.effect or act.on)
        return Ruling(act, "answered", "expulsion", place, {}, (expelled,))
    kind = "membership" if terms.kind in ("membership", "participation") else "treaty"
    return Ruling(act, "forbidden", "no_expulsion", authority("no_expulsion", terms.code, kind))


def _suspend(act: Act, terms: Instrument) -> Ruling:
    if terms.kind not in ("membership", "participation"):
        return Ruling(act, "forbidden", "treaty_not_suspended", authority("suspend", "treaty"))
    place = terms.suspension_authority or authority("suspend", terms.code, "membership")
    return Ruling(act, "answered", "suspension_ends_nothing", place, {}, (_fact(act, "suspended"),))


def _revoke(registry: Registry, act: Act, terms: Instrument) -> Ruling:
    place = authority("general", "vclt_68")
    running = _running(registry, act)
    if running is None or running[0].event not in (NOTICE, "denounced", "declaration_withdrawn"):
        return Ruling(act, "forbidden", "no_running_notice", place)
    notice, effect = running
    facts = [_fact(act, REVOKED)]
    if notice.event != NOTICE:  # recorded as the end that it then was; before its effect it is still a notice
        facts.append(notice._replace(event=NOTICE))
    return Ruling(act, "answered", "revocation", place, {"fact": notice.id, "effect": effect}, tuple(facts))


def _accede(registry: Registry, act: Act, terms: Instrument) -> Ruling:
    bound = registry.bound(act.state, act.instrument, act.on)
    if bound.answer >= Answer.CONTESTED and _running(registry, act) is None:
        held = {"facts": [f.id for f in bound.facts]}
        return Ruling(act, "forbidden", "bound_already", authority("general", "bound_already"), held)
    fact = _fact(act, "acceded")
    first = start_day(fact, terms)
    if first is None:
        rule = "procedure_not_in_force" if terms.entry.rule != "unknown" else "entry_not_known"
        return Ruling(act, "unknown", rule, terms.entry.authority)
    needs = [terms.parent] if terms.parent else [f.instrument for f in terms.follows]
    for other in needs:
        if registry.bound(act.state, other, first).answer == Answer.NO:
            return Ruling(act, "forbidden", "needs_other_instrument", terms.entry.authority, {"needs": other})
    values = {"rule": terms.entry.rule, "n": terms.entry.n}
    return Ruling(act, "answered", "terms_of_entry", terms.entry.authority, values, (fact,))


def rule_on_all(registry: Registry, acts: Iterable[Act], known: date) -> tuple[list[Ruling], Registry]:
    """Every act in order of its day, each in the registry as the allowed ones before it leave it; and that registry."""
    rulings: list[Ruling] = []
    now = registry
    for act in sorted(acts, key=lambda a: a.on):
        ruling = rule_on(now, act)
        rulings.append(ruling)
        if ruling.facts:
            now = now.with_facts(ruling.facts, known, SOURCES)
    return rulings, now
