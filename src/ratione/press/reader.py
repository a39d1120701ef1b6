"""The main job: one report in, one `Reading` out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ratione import days
from ratione.press.acts import read_acts
from ratione.press.events import read_events
from ratione.press.figures import read_figures
from ratione.press.find import sentences
from ratione.press.lexicon import LANGUAGES, language, lexicon
from ratione.press.model import Event, Reading
from ratione.press.provenance import read_provenance
from ratione.press.quality import check
from ratione.press.statements import read_statements

LONGEST = 2_000_000  # characters; about 600 articles. What follows is left unread, and the reading says so.

Consequence = Callable[[Event], Any]


def read(
    text: str,
    published: date | str | None = None,
    *,
    title: str = "",
    url: str = "",
    lang: str = "",
    id: str = "",
    encoding: str = "utf-8",
    registry: Any = None,
    consequence: Consequence | None = None,
) -> Reading:
    """Read one report.

    `published` is the day against which "on Tuesday" is counted (ISO text or a date; without it such days stay
    unknown). `title` is joined to the text by an empty line: spans count characters of that whole, `Reading.text`.
    `registry` (a `ratione.registry.Registry`) lets each event be held against the facts; `consequence` is then called
    with each new, premature or announced event, and what it returns is kept in the event. Raises ValueError where
    `published` is no day.
    """
    whole = f"{title.strip()}\n\n{text}" if title.strip() else text
    day = days.parse_day(published) if isinstance(published, str) else published
    reading = Reading(id, text=whole[:LONGEST])
    reading.text_quality = check(reading.text, day, encoding)
    if len(whole) > LONGEST:
        reading.text_quality.note = f"only the first {LONGEST} of {len(whole)} characters were read"
    if reading.text_quality.verdict == "unreadable":
        return reading
    lang = lang if lang in LANGUAGES else language(reading.text)
    lex = lexicon(lang)
    cut = sentences(reading.text, lex)
    reading.provenance = read_provenance(reading.text, cut, lang, day, title, url)
    reading.events = read_events(reading.text, cut, lex, day, url)
    reading.statements = read_statements(reading.text, cut, lex, day)
    reading.figures = read_figures(reading.text, cut, lex, day)
    reading.acts = read_acts(reading.text, cut, lex, day)
    _mend(reading)
    if registry is not None:
        from ratione.press.against import hold

        hold(reading, registry, day, consequence)
    return reading


def _mend(reading: Reading) -> None:
    """Give the speakers and actors whose names were broken the names that are certain; the text keeps the original."""
    certain = {i.original: i.repaired for i in reading.text_quality.issues if i.kind == "broken_name" and i.repaired}
    for broken, whole in certain.items():
        for said in reading.statements:
            said.speaker, said.addressee = said.speaker.replace(broken, whole), said.addressee.replace(broken, whole)
        for act in reading.acts:
            act.who, act.whom = act.who.replace(broken, whole), act.whom.replace(broken, whole)
            act.speaker = act.speaker.replace(broken, whole) if act.speaker else None
        for event in reading.events:
            event.speaker = event.speaker.replace(broken, whole) if event.speaker else None


def read_item(item: Mapping[str, Any], **more: Any) -> Reading:
    """Read one item of a JSON Lines file: `id, published, title, url, lang` and `text`, `body` or `snippet`."""
    text = next((str(item[name]) for name in ("text", "body", "snippet") if item.get(name)), "")
    return read(
        text,
        item.get("published") or None,
        title=str(item.get("title") or ""),
        url=str(item.get("url") or ""),
        lang=str(item.get("lang") or ""),
        id=str(item.get("id") or ""),
        **more,
    )
