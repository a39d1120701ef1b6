"""Values in words: days, States, instruments, articles, bodies, inputs; and outcomes as sentences.

Everything here is formatted last, in the language in use; the engine hands on codes and days only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ratione import law
from ratione.days import ALL_TIME, FIRST, LAST, Interval, month
from ratione.fora import FORA
from ratione.words import labels
from ratione.words.language import N_, SOURCE, _, code
from ratione.words.messages import MESSAGES

if TYPE_CHECKING:
    from ratione.assess.result import Why
    from ratione.law import Authority
    from ratione.registry import Fact, Registry
    from ratione.rules import Forum

#: Bodies by code and route; of a body with two routes the code alone has the part of the name that both share.
NAMES: Mapping[str, str] = {
    **{f.code: re.split(r" \(|: ", f.name)[0] if f.route else f.name for f in FORA},
    **{f.key: f.name for f in FORA},
}
DAYS = frozenset({"since", "until", "day", "filed", "last_day", "arguable"})
_TWO_STOPS = re.compile(r"([.?])\.\Z")  # a question, or a sentence, at the end of a sentence
_INDEX = re.compile(r"\[(\d+)\]")
_DATE = N_("d MMMM y (EEEE)")
_MONTH = N_("MMMM y")


def day(value: date | None) -> str:
    """A civil day with its day of the week, as in `20 February 2023 (Monday)`."""
    if value is None:
        return _("not known")
    if value == FIRST:
        return _("the beginning")
    if value == LAST:
        return _("no end")
    from babel.dates import format_date

    return format_date(value, _(_DATE), locale=code())


def span(value: Interval) -> str:
    """What is known of a day: the day, the month, the year, or from when to when."""
    if value.exact:
        return day(value.first)
    if value == ALL_TIME:
        return _("not known")
    if value == month(value.first):
        from babel.dates import format_date

        return format_date(value.first, _(_MONTH), locale=code())
    if value == Interval(date(value.first.year, 1, 1), date(value.first.year, 12, 31)):
        return _("some day in {year}").format(year=value.first.year)
    if value.first == FIRST:
        return _("some day up to {day}").format(day=day(value.last))
    if value.last == LAST:
        return _("some day from {day} on").format(day=day(value.first))
    return _("some day from {first} to {last}").format(first=day(value.first), last=day(value.last))


def days_apart(today: date, last: date) -> str:
    """How many days are left until a last day, or since when it has passed."""
    n = (last - today).days
    if n == 0:
        return _("today is the last day")
    if n < 0:
        return _("passed {n} days ago").format(n=-n) if n < -1 else _("passed yesterday")
    return _("{n} days left").format(n=n) if n > 1 else _("tomorrow is the last day")


def listed(items: Iterable[str]) -> str:
    """Several things in one sentence."""
    return _("; ").join(items)


def forum(name: str) -> str:
    """A body: its name and code."""
    return _("{name} ({code})").format(name=_(NAMES[name]), code=name) if name in NAMES else name


def right(name: str) -> str:
    """A plain right by its label, an article as an article."""
    label = law.rights().labels.get(name)
    return _(label) if label else article(name)


def article(name: str | None) -> str:
    """`ECHR-P1:1` as `ECHR-P1 Art 1 (protection of property)`."""
    if not name:
        return _("the right")
    instrument, _colon, number = name.partition(":")
    if not number:
        return instrument
    table = law.rights()
    short = table.names.get(table.match(name) or "")
    text = _("{instrument} Art {number}").format(instrument=instrument, number=number)
    return _("{article} ({name})").format(article=text, name=_(short)) if short else text


class Words:
    """Formats values that need the registry: names of States and instruments."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def state(self, name: str) -> str:
        """The name of a State in the language in use."""
        known = self.registry.states.get(name)
        if known is None:
            return name
        text = _(known.name)
        if text == known.name and known.alpha2 and code() != SOURCE:
            from babel import Locale, UnknownLocaleError

            try:
                return str(Locale.parse(code()).territories.get(known.alpha2, text))
            except (UnknownLocaleError, ValueError):
                return text
        return text

    def instrument(self, name: str) -> str:
        """The code of an instrument and its short name, where the code does not say it already."""
        known = self.registry.instruments.get(name)
        if known is None or known.short in name:
            return name
        return _("{code} ({name})").format(name=_(known.short), code=name)

    def asked(self, name: str) -> str:
        """An input that is missing, in words: its question, with the number of the act or procedure it is about."""
        if name.startswith("registry:"):
            return self._record(name.removeprefix("registry:"))
        number = _INDEX.search(name)
        plain = _INDEX.sub("", name).split(":")[0].removesuffix(".any")
        text = _(labels.QUESTIONS[plain]) if plain in labels.QUESTIONS else name
        if number and int(number[1]):
            which = _("act {n}: {question}") if name.startswith("acts") else _("procedure {n}: {question}")
            return which.format(n=int(number[1]) + 1, question=text)
        return text

    def _record(self, name: str) -> str:
        state, _slash, rest = name.partition("/")
        if not rest:
            return _("The registry does not tell: {name}.").format(name=word(name))
        instrument, _slash, kind = rest.partition("/")
        text = _("Is {state} bound by {instrument}? The registry does not tell.")
        if kind:
            text = _("What has {state} declared under {instrument} ({kind})? The registry does not tell.")
        return text.format(state=self.state(state), instrument=self.instrument(instrument), kind=word(kind))

    def value(self, name: str, value: Any, values: Mapping[str, Any]) -> str:
        """One value of an outcome, by its name (see `messages.py`)."""
        if isinstance(value, Interval):
            return span(value)
        if value is None or isinstance(value, date):
            return day(value)
        match name:
            case "state":
                return self.state(value)
            case "instrument":
                return self.instrument(value)
            case "reading":
                return _(labels.READINGS[value]).format(since=day(values.get("since")))
            case "right":
                return right(value)
            case "article":
                return article(value)
            case "forum":
                return forum(value)
            case "facts":
                return listed(self.asked(v) for v in value)
            case "fact":
                return self.asked(value)
            case "status" | "value":
                return word(value)
        return str(value)

    def sentence(self, why: Why, body: str, respondent: str) -> str:
        """An outcome as a sentence."""
        own = why.id.startswith("same_matter") and why.values.get("forum") == body
        template = _(MESSAGES["same_matter_here" if own else why.id])
        values = {name: self.value(name, v, why.values) for name, v in why.values.items()}
        text = template.format_map({**values, "body": forum(body), "respondent": self.state(respondent)})
        return _TWO_STOPS.sub(r"\1", text)

    def notes(self, body: Forum) -> list[str]:
        """What every verdict of a body carries."""
        return [_(MESSAGES[note]) for note in body.notes]

    def fact(self, fact: Fact) -> str:
        """A registry fact: what it is, its days, how sure, and its source."""
        source = self.registry.sources.get(fact.source)
        parts = [
            _("{id}: {event}, act {act}, effect {effect}; confidence {confidence}").format(
                id=fact.id,
                event=_(fact.event.replace("_", " ")),
                act=day(fact.act_date),
                effect=day(fact.effect_date),
                confidence=_("low (unverified)") if fact.confidence == "low" else _(fact.confidence),
            )
        ]
        if fact.status != "undisputed":
            parts.append(_("contested") if fact.status == "contested" else _("without effect"))
        if source:
            parts.append(_("source: {title} {url}").format(title=source.title, url=source.url).rstrip())
        if fact.note:
            parts.append(fact.note)
        return listed(parts)


def word(value: str) -> str:
    """A word of a closed list."""
    return _(labels.VALUES.get(value) or value.replace("_", " "))


def field(name: str) -> str:
    """The name of an input, as in `final decision served`."""
    return _(name.replace("_", " ").replace(".", " "))


def authority(item: Authority) -> str:
    """An authority as it is cited, with whether it was read again."""
    parts = [item.cite, item.paragraphs, item.application]
    text = ", ".join(part for part in parts if part)
    return text if item.checked else _("{authority} (not re-checked)").format(authority=text)
