"""For each plain right: which bodies can hear a standard complaint about later facts, without and with the acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ratione import law
from ratione.assess.verdict import Assessor, Case
from ratione.fora import FORA
from ratione.registry import Registry
from ratione.rules import FAILED, JUDGMENT, UNKNOWN, Forum
from ratione.whatif.bodies import needs, probe

#: The right that itself tells the ground of discrimination; a standard complaint of another right names none.
RACIAL = frozenset({"race_discrimination"})


@dataclass(frozen=True, slots=True)
class Remaining:
    """The bodies that can hear a right: those whose decisions bind, others, and those of which it cannot be said."""

    binding: tuple[str, ...]
    other: tuple[str, ...]
    unclear: tuple[str, ...]

    @property
    def all(self) -> frozenset[str]:
        """The bodies that are open, or open to argument."""
        return frozenset(self.binding) | frozenset(self.other)


@dataclass(frozen=True, slots=True)
class Right:
    """A plain right before and after. `outcome`: unchanged; keeps_binding; loses_binding (a non-binding body is left);

    loses_all; loses_other (no body bound before either, some other is left); gains.
    """

    state: str
    right: str
    before: Remaining
    after: Remaining
    outcome: str


def rights(
    state: str, before: Registry, after: Registry, day: date, changed: Iterable[str], fora: Sequence[Forum] = FORA
) -> list[Right]:
    """Every plain right, for facts of `day`, filed at once; `changed`: where something changes for the State."""
    codes = set(changed)
    touched = [f for f in fora if codes and needs(f, codes)]
    rest = [f for f in fora if f not in touched]
    same = _levels(state, before, day, rest)
    was, now = ({**same, **_levels(state, r, day, touched)} for r in (before, after))
    found = []
    for right in law.rights().labels:
        b, a = (_remaining(levels, right, fora) for levels in (was, now))
        found.append(Right(state, right, b, a, _outcome(b, a)))
    return found


def _levels(state: str, registry: Registry, day: date, fora: Sequence[Forum]) -> Mapping[tuple[str, str], int]:
    """The level of each right in each forum: that of its best article."""
    found: dict[tuple[str, str], int] = {}
    names = tuple(law.rights().labels)
    assessor = Assessor(registry, day, True, fora)
    groups = ((tuple(r for r in names if r not in RACIAL), "none"), (tuple(r for r in names if r in RACIAL), "race"))
    for chosen, ground in groups:
        case = Case(assessor, probe(state, day, day, chosen, {"ground": ground}), state)
        for forum in fora:
            for outcome in case.grid(assessor.plan(forum), case.views[0]):
                key = (forum.key, outcome.cell.right)
                found[key] = max(found.get(key, FAILED), outcome.level)
    return found


def _remaining(levels: Mapping[tuple[str, str], int], right: str, fora: Sequence[Forum]) -> Remaining:
    at = [(f, levels.get((f.key, right), FAILED)) for f in fora]
    return Remaining(
        tuple(f.key for f, level in at if level >= JUDGMENT and f.binding),
        tuple(f.key for f, level in at if level >= JUDGMENT and not f.binding),
        tuple(f.key for f, level in at if level == UNKNOWN),
    )


def _outcome(before: Remaining, after: Remaining) -> str:
    if before.all == after.all:
        return "unchanged"
    if not before.all - after.all:
        return "gains"
    if not after.all:
        return "loses_all"
    if after.binding:
        return "keeps_binding"
    return "loses_binding" if before.binding else "loses_other"
