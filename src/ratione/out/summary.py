"""Many complaints at a glance: how many stand where in each body, and the most urgent days."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ratione.assess.verdict import STATUSES, Assessor, Verdict
from ratione.words import format as fmt
from ratione.words import labels
from ratione.words.document import Document, Heading, Table, Text
from ratione.words.language import _
from ratione.words.page import asked

if TYPE_CHECKING:
    from ratione.complaint.model import Complaint

URGENT = 15


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
        self.complaints += 1
        lodged = complaint.days.keys() & {"lodged.sent", "lodged.received"}
        for v in verdicts:
            self.counts[v.forum.key, v.status] += 1
            if v.status == "closed" or v.last_day is None or v.last_day < self.assessor.asked.on or lodged:
                continue
            self._next += 1
            entry = (-v.last_day.toordinal(), -self._next, (complaint.id, v.forum.key, v.status))
            (heapq.heappushpop if len(self._urgent) >= URGENT else heapq.heappush)(self._urgent, entry)

    def document(self) -> Document:
        """The summary as a page."""
        on = self.assessor.asked.on
        document = Document()
        document.add(
            Heading(_("{n} complaints").format(n=self.complaints), 1),
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
            document.add(Table(_("The most urgent last days of complaints not yet lodged"), head, tuple(rows)))
        return document
