"""Calendar files: last days as all-day events with alarms.

A calendar travels to phones and servers: an event carries the id, the body and the day, nothing else of a complaint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from ratione import __version__

#: Days before the last day on which the calendar reminds.
ALARMS = (30, 7, 1)


@dataclass(frozen=True, slots=True)
class LastDay:
    """One last day: `key` names it for good (a new day under the same key moves the event), `summary` is shown."""

    key: str
    day: date
    summary: str


def uid(key: str) -> str:
    """An identifier that stays the same from run to run and tells nothing of the complaint."""
    return f"{sha256(key.encode()).hexdigest()[:32]}@ratione"


def calendar(events: Iterable[LastDay], made: date) -> bytes:
    """An iCalendar file of all-day events, each with an alarm 30, 7 and 1 day before; `made`: the day it is made."""
    from icalendar import Alarm, Calendar, Event

    found = Calendar()
    found.add("prodid", f"-//ratione//ratione {__version__}//EN")
    found.add("version", "2.0")
    stamp = datetime(made.year, made.month, made.day, tzinfo=UTC)
    for last in events:
        event = Event()
        event.add("uid", uid(last.key))
        event.add("dtstamp", stamp)
        event.add("dtstart", last.day)
        event.add("dtend", last.day + timedelta(days=1))
        event.add("summary", last.summary)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        for before in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", last.summary)
            alarm.add("trigger", timedelta(days=-before))
            event.add_component(alarm)
        found.add_component(event)
    return bytes(found.to_ical())
