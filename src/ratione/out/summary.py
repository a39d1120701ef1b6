"""Many complaints at a glance: how many stand where in each body, and the most urgent days."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ratione.assess.verdict import STATUSES, Assessor, Verdict
from ratione.words import format as fmt
from ratione.words import labels
from ratione.words.document import Document, Heading, Table, Text
from ratione.words.language import _
from ratione.words.page import asked

if TYPE_CHECKING:
    from ratione.complaint.model import Complaint

URGENT = 15


class Entry(NamedTuple):
    """What a summary counts of one complaint: its verdicts by body, status and last day."""

    id: str
    lodged: bool
    verdicts: tuple[tuple[str, str, date | None], ...]


def entry(complaint: Complaint, verdicts: Sequence[Verdict]) -> Entry:
    """What counts of the verdicts of one complaint."""
    lodged = bool(complaint.days.keys() & {"lodged.sent", "lodged.received"})
    return Entry(complaint.id, lodged, tuple((v.forum.key, v.status, v.last_day) for v in verdicts))


def urgent(status: str, last_day: date, on: date) -> bool:
    """Whether a last day is still to be kept."""
    return status != "closed" and last_day >= on


class Summary:
    """Counts and the nearest last days, in constant memory."""

    def __init__(self, assessor: Assessor) -> None:
        self.assessor = assessor
        self.complaints = 0
        self.counts: Counter[tuple[str, str]] = Counter()
        self._urgent: list[tuple[int, int, tuple[str, str, str]]] = []
        self._next = 0

    def add(self, complaint: Complaint, verdicts: Sequence[Verdict]) -> None:
        """Count one complaint."""
        self.take(entry(complaint, verdicts))

    def take(self, one: Entry) -> None:
        """Count one complaint, of which only what counts is told."""
        self.complaints += 1
        for key, status, last_day in one.verdicts:
            self.counts[key, status] += 1
            if last_day is not None and urgent(status, last_day, self.assessor.asked.on) and not one.lodged:
                self.urge(one.id, key, status, last_day)

    def urge(self, id: str, key: str, status: str, last_day: date) -> None:
        """Note a last day that may be among the most urgent."""
        self._next += 1
        noted = (-last_day.toordinal(), -self._next, (id, key, status))
        (heapq.heappushpop if len(self._urgent) >= URGENT else heapq.heappush)(self._urgent, noted)

    def document(self) -> Document:
        """The summary as a page."""
        on = self.assessor.asked.on
        document = Document()
        document.add(
            Heading(_("1 complaint") if self.complaints == 1 else _("{n} complaints").format(n=self.complaints), 1),
            Text(asked(self.assessor)),
            Table(
                _("How many stand where"),
                (_("body"), *(_(labels.STATUSES[s]) for s in STATUSES)),
                tuple(
                    (key, *(str(self.counts[key, s] or "") for s in STATUSES))
                    for key in dict.fromkeys(f.key for f in self.assessor.fora)
                ),
            ),
        )
        rows = []
        for ordinal, _n, (name, key, status) in sorted(self._urgent, reverse=True):
            day = date.fromordinal(-ordinal)
            rows.append((fmt.day(day), fmt.days_apart(on, day), name, key, _(labels.STATUSES[status])))
        if rows:
            head = (_("last day"), _("left"), _("complaint"), _("body"), _("status"))
            document.add(
                Table(_("The most urgent last days of complaints not yet lodged"), head, tuple(rows)),
                Text(
                    _(
                        "Why a day is the last one, and whether an unverified or contested fact stands behind it: "
                        "ratione explain FILE --id COMPLAINT."
                    )
                ),
            )
        return document
