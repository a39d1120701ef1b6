"""A new event as a line of the registry, for a person to review."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from ratione import days
from ratione.days import Interval
from ratione.press.lexicon import bodies
from ratione.press.model import Event, Reading
from ratione.registry.facts import COLUMNS
from ratione.registry.snapshot import Registry

PROPOSED = {"left": "ceased", "acceded": "acceded", "declaration": "declared"}


def instrument_of(body: str) -> str:
    """The registry's instrument for a body as reports know it; empty where the registry does not keep it."""
    known = bodies().get(body)
    return known.registry if known else body


def day_told(text: str | None) -> Interval | None:
    """The day, month or year that an event gives as text; None where it gives no year."""
    if not text or text.startswith("--"):
        return None
    try:
        return days.parse(text)
    except ValueError:
        return None


def proposal(event: Event, registry: Registry, reading: Reading) -> str:
    """A line of the registry's columns for a new event, for a person to review: confidence low, source the report."""
    code = instrument_of(event.body)
    act, effect = _exact(event.date), _exact(event.effect_date)
    kind = PROPOSED.get(event.event, event.event)
    basis = "stated"
    if kind == "notice_of_withdrawal" and act and effect is None:
        periods = [p for p in registry.periods(event.state, code) if p.first <= act]
        since = periods[-1].first if periods else None
        terms = registry.instruments[code]
        effect = terms.exit.day(act, since, terms.in_force)
        basis = "computed" if effect else "stated"
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "id": f"{event.state}/{code}/{kind}/{act or 'undated'}",
        "state": event.state, "instrument": code, "event": kind,
        "act_date": str(act or ""), "effect_date": str(effect or ""), "status": "undisputed", "basis": basis,
        "confidence": "low", "source": source_id(reading), "note": "from a report; not yet seen in an official source",
    }  # fmt: skip
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(row[name] for name in COLUMNS)
    return line.getvalue()


def source_id(reading: Reading) -> str:
    """A readable id for the report as a source: outlet and day."""
    outlet = reading.provenance.outlet or reading.id or "report"
    slug = re.sub(r"[^a-z0-9]+", "-", outlet.lower()).strip("-") or "report"
    return f"press-{slug}-{reading.provenance.published or 'undated'}"


def _exact(text: str | None) -> date | None:
    told = day_told(text)
    return told.first if told is not None and told.exact else None
