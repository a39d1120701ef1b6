"""What if a State leaves: from supposed acts to days, bodies, rights and complaints.

`consequence` answers for one act, `scenario` for several. Both hand back a `Consequence`: message ids, days and values,
no sentences; what is dear to work out (rights, a docket) only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from ratione import days
from ratione.complaint.model import Complaint
from ratione.registry import Registry
from ratione.whatif.acts import ACTS, Act, Ruling, read_scenario, rule_on_all
from ratione.whatif.bodies import HURRY, Body, bodies, turning_day
from ratione.whatif.docket import Docket, Hit, docket
from ratione.whatif.effects import Effect, GoesOn, effects, goes_on
from ratione.whatif.rights import Remaining, Right, rights

__all__ = [
    "ACTS", "HURRY", "Act", "Body", "Consequence", "Docket", "Effect", "GoesOn", "Hit", "Remaining", "Right", "Ruling",
    "consequence", "hook", "read_scenario", "scenario",
]  # fmt: skip


@dataclass(frozen=True)
class Consequence:
    """What follows from the acts. `before`: the registry as known on `known_on`; `after`: the same with the acts.

    `status`: answered; else that of the first act that is forbidden, already under way, or not known well enough. Acts
    that the law forbids add nothing to `after`.
    """

    rulings: tuple[Ruling, ...]
    known_on: date
    before: Registry
    after: Registry

    @property
    def status(self) -> str:
        """Whether the acts can be answered, are forbidden, already under way, or unknown."""
        return next((r.status for r in self.rulings if r.status != "answered"), "answered")

    @property
    def on(self) -> date:
        """The day of the first act."""
        return self.rulings[0].act.on

    @property
    def eve(self) -> date:
        """The day before the first act."""
        return days.day_before(self.on)

    @property
    def states(self) -> tuple[str, ...]:
        """The States that act, or that are acted on."""
        return tuple(dict.fromkeys(r.act.state for r in self.rulings))

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What changes under each instrument, State by State."""
        return tuple(e for s in self.states for e in effects(self.before, self.after, s, self.rulings))

    @cached_property
    def goes_on(self) -> tuple[GoesOn, ...]:
        """What a suspension does not end."""
        return tuple(goes_on(self.before, self.rulings))

    def changed(self, state: str) -> list[str]:
        """The instruments under which something changes for a State."""
        return [e.instrument for e in self.effects if e.state == state]

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """Every forum and route, State by State."""
        found: list[Body] = []
        for state in self.states:
            found += bodies(self.before, self.after, state, self.eve, [e for e in self.effects if e.state == state])
        return tuple(found)

    @cached_property
    def rights(self) -> tuple[Right, ...]:
        """Every plain right, State by State, for facts after everything has happened."""
        found = []
        for state in self.states:
            codes = self.changed(state)
            day = turning_day(state, self.after, codes, self.eve)
            found += rights(state, self.before, self.after, day, codes)
        return tuple(found)

    def docket(self, complaints: Iterable[Complaint], on: date | None = None) -> Docket:
        """What a docket loses; asked on `on`, by default the day of the first act, or today where that lies ahead."""
        return docket(complaints, self.before, self.after, self.effects, on or min(self.on, days.today()))


def scenario(registry: Registry, acts: Sequence[Act], known_on: date | None = None) -> Consequence:
    """What follows from several acts, each ruled on after those before it.

    `known_on`: the day as known on which the registry is taken. By default the day before the first act where that is
    past, else the registry as it is given. A registry that is already as known on a day stays so. Raises ValueError
    where there is no act, KeyError for a State or an instrument that the registry does not know.
    """
    if not acts:
        raise ValueError("no act; accepted is one or more")
    for act in acts:
        if act.act not in ACTS:
            raise ValueError(f"act {act.act!r}; accepted are {', '.join(ACTS)}")
        registry.states[act.state], registry.instruments[act.instrument]
    first = min(act.on for act in acts)
    eve = days.day_before(first)
    if known_on is None and registry.known_on is None and first <= days.today():
        known_on = eve
    before = registry.as_known_on(known_on) if known_on else registry
    known = before.known_on or days.today()
    if known >= first:  # what became known later stays known, but notices are projected as on the eve
        before, known = before.with_facts((), eve), eve
    rulings, after = rule_on_all(before, acts, known)
    return Consequence(tuple(rulings), known, before, after)


def consequence(
    registry: Registry,
    state: str,
    instrument: str,
    act: str,
    day: date,
    *,
    effect: date | None = None,
    known_on: date | None = None,
) -> Consequence:
    """What follows if `state` does `act` (one of `ACTS`) under `instrument`, received on `day`.

    `effect`: the first day out, where an organ fixes it. `known_on` as in `scenario`.
    """
    return scenario(registry, [Act(act, state, instrument, day, effect)], known_on)


class Event(Protocol):
    """An event of a report, as the reader of reports finds it: days are ISO text, or nothing."""

    state: str
    body: str
    event: str
    date: str | None


#: Which act an event of a report would be.
ACT_OF_EVENT = {
    "notice_of_withdrawal": "notice",
    "announced_withdrawal": "notice",
    "left": "notice",
    "denounced": "denounce",
    "declaration_withdrawn": "withdraw-declaration",
    "expelled": "expel",
    "suspended": "suspend",
    "withdrawal_revoked": "revoke",
    "acceded": "accede",
    "ratified": "accede",
}


def hook(registry: Registry) -> Callable[[Any], Consequence | None]:
    """A function that tells the consequence of an event of a report, as if the act had been received on its day.

    None where the event is no act of this kind, or its State, instrument or day is not known.
    """

    def follows(event: Event) -> Consequence | None:
        act = ACT_OF_EVENT.get(event.event)
        try:
            day = days.parse_day(event.date) if event.date else None
        except ValueError:
            return None
        if act is None or day is None or event.state not in registry.states or event.body not in registry.instruments:
            return None
        return consequence(registry, event.state, event.body, act, day)

    return follows
