"""What a report says, as data. Spans are [first, after the last] character of the text that was read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Span = tuple[int, int]

EVENTS = (
    "notice_of_withdrawal",
    "announced_withdrawal",
    "left",
    "expelled",
    "suspended",
    "suspension_lifted",
    "acceded",
    "ratified",
    "declaration",
    "declaration_withdrawn",
    "withdrawal_revoked",
    "threatened",
    "denied",
)


@dataclass(slots=True)
class Event:
    """A change of a State's standing with a body, as the report claims it; never taken for a fact.

    `date` is the day of the act, `effect_date` the day on which it is said to take effect, `until` the last day of a
    limited suspension: ISO, or a month or year where no more is known. `time` is past, present or future on the day
    of publication. `against_registry` and what follows are filled when the event is held against the registry.
    """

    state: str
    body: str
    event: str
    date: str | None
    effect_date: str | None
    time: str
    speaker: str | None
    span: Span
    confidence: str
    until: str | None = None
    date_text: str | None = None
    effect_text: str | None = None
    against_registry: str | None = None
    fact: str | None = None
    proposal: str | None = None
    consequence: Any = None
    note: str = ""


@dataclass(slots=True)
class Statement:
    """Who said what, to whom. `claim` names a claim about a right or duty that the registry can judge."""

    speaker: str
    role: str
    addressee: str
    quoted: bool
    span: Span
    topics: tuple[str, ...] = ()
    date: str | None = None
    claim: str | None = None
    against_registry: str | None = None
    fact: str | None = None
    note: str = ""


@dataclass(slots=True)
class Figure:
    """A number and what it counts. `bound`: at least, at most, about, or empty."""

    value: float
    bound: str
    counted: str
    source: str
    as_of: str | None
    span: Span


@dataclass(slots=True)
class Act:
    """Another dated act: call, meeting, talks, criticism, non_payment, allegation."""

    kind: str
    who: str
    whom: str
    about: str
    where: str
    date: str | None
    speaker: str | None
    span: Span


@dataclass(slots=True)
class Provenance:
    """Where the report comes from."""

    outlet: str = ""
    author: str = ""
    agencies: tuple[str, ...] = ()
    published: str | None = None
    language: str = "en"
    title: str = ""
    url: str = ""


@dataclass(slots=True)
class Issue:
    """A damaged place. `repaired` is given only where one reading is certain; the original stays in the text."""

    kind: str
    span: Span
    original: str
    repaired: str | None = None
    why: str = ""


@dataclass(slots=True)
class TextQuality:
    """How sound the text is: `ok`, `damaged` or `unreadable`, with every damaged place."""

    verdict: str = "ok"
    encoding: str = "utf-8"
    issues: list[Issue] = field(default_factory=list)
    note: str = ""


@dataclass(slots=True)
class Reading:
    """All that was read in one report."""

    id: str
    events: list[Event] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    provenance: Provenance = field(default_factory=Provenance)
    text_quality: TextQuality = field(default_factory=TextQuality)
    text: str = field(default="", repr=False)

    def as_dict(self) -> dict[str, Any]:
        """The reading as plain data, without the text itself."""
        found = asdict(self)
        del found["text"]
        return found
