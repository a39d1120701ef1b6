"""In which order to choose: law.md D.5, worked out from the verdicts of one complaint against one State.

One-way doors are not typed in: the complaint is assessed again as if one body had already had the matter, and what
that closes is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ratione.assess.verdict import Assessor, Verdict
from ratione.complaint.model import Complaint, Procedure
from ratione.days import exactly
from ratione.rules import Bound, Forum, walk
from ratione.words import format as fmt
from ratione.words.language import _

LIVE, SHUT = ("open", "arguable"), ("closed", "not_yet")
#: Bodies to which an urgent appeal can go beside any other procedure.
BESIDE = ("SP", "WGAD")
PENDING, DECIDED = "pending", "decided_merits"


@dataclass(frozen=True, slots=True)
class Door:
    """Going to `first` closes `then`: while the matter is pending there, and once it has been decided there."""

    first: str
    then: str
    pending: bool
    decided: bool


def live(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts of bodies that can hear the complaint or may be argued to."""
    return [v for v in verdicts if v.status in LIVE]


def doors(assessor: Assessor, complaint: Complaint, verdicts: Sequence[Verdict]) -> list[Door]:
    """What each live body closes, or makes worse for the time being, when it is chosen first."""
    chosen = live(verdicts)
    if len(chosen) < 2:
        return []
    respondent = chosen[0].respondent
    narrow = Assessor(
        assessor.asked.registry, assessor.asked.on, assessor.asked.presume, [v.forum for v in chosen]
    )
    found: list[Door] = []
    for first in dict.fromkeys(v.forum.code for v in chosen):
        shut = {status: _shut(narrow, complaint, respondent, first, status) for status in (PENDING, DECIDED)}
        for v in chosen:
            if v.forum.code == first or v.forum.key not in shut[PENDING] | shut[DECIDED]:
                continue
            found.append(Door(first, v.forum.key, v.forum.key in shut[PENDING], v.forum.key in shut[DECIDED]))
    return found


def _shut(assessor: Assessor, complaint: Complaint, respondent: str, first: str, status: str) -> set[str]:
    """The bodies that are no longer live once `first` has had the matter."""
    on = exactly(assessor.asked.on)
    other = Procedure(first, status, on, on, same_person="yes", same_facts="yes", same_rights="yes")
    tried = replace(complaint, respondent=(respondent,), procedures=(*(complaint.procedures or ()), other))
    return {v.forum.key for v in assessor.assess(tried) if v.status in SHUT}


def by_last_day(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those with a last day first, the earliest first."""
    return sorted(verdicts, key=lambda v: (v.last_day is None, v.last_day or date.max))


def advice(assessor: Assessor, complaint: Complaint, verdicts: Sequence[Verdict]) -> list[str]:
    """What to think of before choosing, as sentences."""
    chosen = live(verdicts)
    lines = [*_danger(complaint, verdicts), *_clocks(chosen, assessor.asked.on)]
    found = doors(assessor, complaint, verdicts)
    lines += _doors(found)
    lines += _binding(chosen, found)
    lines += _expiring(chosen)
    lines += _split(chosen)
    return lines


def _codes(keys: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(keys))


def _danger(complaint: Complaint, verdicts: Sequence[Verdict]) -> list[str]:
    """Interim measures come first (D.5 point 1); they can be asked for while remedies at home are pending."""
    stated = complaint.facts.get("imminent_irreparable_harm")
    able = _codes(v.forum.code for v in verdicts if v.forum.filing.interim and _asks_itself(v))
    if stated == "no" or not able:
        return []
    if stated == "yes":
        text = _("There is imminent danger: ask for interim measures first, from one body only: {bodies}.")
    else:
        text = _("If life or limb is in danger now, ask for interim measures first, from one body only: {bodies}.")
    lines = [text.format(bodies=able)]
    if any(v.forum.code == "SP" for v in live(verdicts)):
        lines.append(_("An urgent appeal to the Special Procedures does no harm; a regular complaint to WGAD may."))
    return lines


def _asks_itself(verdict: Verdict) -> bool:
    """Whether the applicant can ask this body for interim measures that no other body should be asked for as well."""
    access = any(t.test.id.endswith(".access") for t in verdict.tests)
    return verdict.status in (*LIVE, "not_yet") and verdict.forum.code not in BESIDE and not access


def _clocks(chosen: list[Verdict], on: date) -> list[str]:
    """The shortest clock first (D.5 point 2)."""
    dated = [v for v in by_last_day(chosen) if v.last_day and v.last_day >= on]
    if len(dated) < 2:
        return []
    days = ", ".join(f"{v.forum.key} {fmt.day(v.last_day)}" for v in dated)
    return [_("Shortest time first: {days}.").format(days=days)]


def _doors(found: list[Door]) -> list[str]:
    """One-way doors (D.5 point 4)."""
    lines = []
    for first in dict.fromkeys(d.first for d in found):
        for_good = _codes(d.then for d in found if d.first == first and d.decided)
        meanwhile = _codes(d.then for d in found if d.first == first and d.pending and not d.decided)
        if for_good:
            text = _("One-way door: once {first} has decided, the same matter can no longer go to {then}.")
            lines.append(text.format(first=first, then=for_good))
        if meanwhile:
            text = _("While the matter is before {first} it cannot be before {then}.")
            lines.append(text.format(first=first, then=meanwhile))
    return lines


def _binding(chosen: list[Verdict], found: list[Door]) -> list[str]:
    """Binding before non-binding where the first decision closes the other (D.5 point 3)."""
    binding = {v.forum.code for v in chosen if v.forum.binding}
    losing = _codes(d.then for d in found if d.first not in binding and d.then.split("/")[0] in binding and d.decided)
    if not losing:
        return []
    text = _("Decisions of {bodies} bind the State: do not close that way by going elsewhere first.")
    return [text.format(bodies=losing)]


def _expiring(chosen: list[Verdict]) -> list[str]:
    """Jurisdiction that is running out, and jurisdiction that could (D.5 point 6)."""
    ending = [v for v in chosen if v.deadline and v.deadline.clock is None]
    lines = [
        _("{body}: the State's acceptance ends; file by {day}, whatever other time is left.").format(
            body=v.forum.key, day=fmt.day(v.last_day)
        )
        for v in ending
    ]
    free = _codes(v.forum.key for v in chosen if v.last_day is None and _needs_acceptance(v.forum))
    if free:
        text = _("No fixed time, but the State can withdraw, at some bodies at once: do not wait: {bodies}.")
        lines.append(text.format(bodies=free))
    return lines


def _needs_acceptance(body: Forum) -> bool:
    """Whether the State must be bound on the day of filing."""
    return any(isinstance(n, Bound) and n.on == "filed" for t in body.tests for n in walk(t.rule))


def _split(chosen: list[Verdict]) -> list[str]:
    """A body that lacks one of the rights (D.5 point 5)."""
    lacking = _codes(
        v.forum.key
        for v in chosen
        for t in v.tests
        if t.test.head == "ratione_materiae" and t.outcome == "part"
    )
    if not lacking:
        return []
    text = _(
        "{bodies} cannot hear all of the rights. Put only a missing right elsewhere, not the same one twice; with the "
        "same facts it may still be called the same matter."
    )
    return [text.format(bodies=lacking)]
