"""What could not be read of a table of complaints: some refusals one by one, and how many there were in all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ratione.complaint.draft import Refusal
from ratione.complaint.fields import Problem, shown

KEPT = 100  # refusals of a batch that are told one by one where not all are asked for; the rest is counted


@dataclass(slots=True)
class Refused:
    """The refusals of one file."""

    file: str
    kept: int | None = KEPT
    refusals: list[Refusal] = field(default_factory=list)
    rows: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    def clear(self) -> None:
        """Forget everything."""
        self.refusals.clear()
        self.fields.clear()
        self.rows = 0

    def tell(self, row: int | None, column: str, problem: Problem) -> None:
        """Note one refusal; of no row, where it is the whole column that is unknown."""
        if self.kept is None or len(self.refusals) < self.kept:
            reason = Refusal(self.file, row, column, shown(problem.value), problem.reason, problem.whole)
            self.refusals.append(reason)
