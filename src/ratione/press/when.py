"""Days that a report gives in words, counted from the day of its publication.

A grammar of its own: "on Tuesday" in a report published on a Tuesday is that day (docs/press.md tells what a popular
library makes of it). Past or future is told by the tense of the clause, not guessed from the words of the date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ratione import days
from ratione.days import Interval

_MONTHS = {
    1: "january jan janvier enero janeiro января январе январь",
    2: "february feb février fevrier febrero fevereiro февраля феврале февраль",
    3: "march mar mars marzo março марта марте март",
    4: "april apr avril abril апреля апреле апрель",
    5: "may mai mayo maio мая мае май",
    6: "june jun juin junio junho июня июне июнь",
    7: "july jul juillet julio julho июля июле июль",
    8: "august aug août aout agosto августа августе август",
    9: "september sept sep septembre septiembre setembro сентября сентябре сентябрь",
    10: "october oct octobre octubre outubro октября октябре октябрь",
    11: "november nov novembre noviembre novembro ноября ноябре ноябрь",
    12: "december dec décembre decembre diciembre dezembro декабря декабре декабрь",
}
_WEEKDAYS = {
    0: "monday mon lundi lunes segunda-feira понедельник",
    1: "tuesday tues mardi martes terça-feira вторник",
    2: "wednesday mercredi miércoles quarta-feira среду",
    3: "thursday thurs jeudi jueves quinta-feira четверг",
    4: "friday vendredi viernes sexta-feira пятницу",
    5: "saturday samedi sábado субботу",
    6: "sunday dimanche domingo воскресенье",
}
_RELATIVE = {
    0: "today tonight aujourd'hui aujourd’hui hoy hoje сегодня",
    -1: "yesterday hier ayer ontem вчера",
    1: "tomorrow demain mañana amanhã завтра",
}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "un": 1, "une": 1, "deux": 2, "trois": 3, "una": 1, "dos": 2, "tres": 3, "um": 1, "uma": 1,
}  # fmt: skip
MONTH = {word: n for n, words in _MONTHS.items() for word in words.split()}
WEEKDAY = {word: n for n, words in _WEEKDAYS.items() for word in words.split()}
RELATIVE = {word: n for n, words in _RELATIVE.items() for word in words.split()}
_UNIT = {"day": 1, "jour": 1, "día": 1, "dia": 1, "week": 7, "semaine": 7, "semana": 7}


WORDS = frozenset(
    {*MONTH, *WEEKDAY, *RELATIVE, "ago", "later", "earlier", "after", "weekend", "week", "month", "year", "año"}
)


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_YEAR = r"(?:19|20)\d\d"
_PREP = (
    r"in|since|during|by|until|till|early|late|mid|last|next|en|depuis|desde|em|в|of|from|this|and|à partir de|для|с"
)
_SAID = re.compile(
    rf"\b(?P<iso>{_YEAR}-[01]\d-[0-3]\d)\b"
    rf"|\b(?P<dotted>[0-3]?\d[./][01]?\d[./]{_YEAR})\b"
    rf"|\b(?P<d1>[0-3]?\d)(?:st|nd|rd|th|er|º|o)?\s+(?:of\s+|de\s+)?(?P<m1>{_any(MONTH)})\b\.?(?:,?\s+(?:de\s+|del\s+)?(?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<m2>{_any(MONTH)})\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s*(?:%|percent|million|people))(?:,?\s+(?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<m3>{_any(MONTH)})\.?,?\s+(?:of\s+|de\s+|del\s+)?(?P<y3>{_YEAR})\b"
    rf"|\b(?:{_PREP})[\s-]+(?P<m4>{_any(MONTH)})\b(?!,?\s+(?:of\s+|de\s+|del\s+)?\d)"
    rf"|\b(?P<lastnext>last|next|this)\s+(?P<span>week|weekend|month|year)\b"
    rf"|\b(?P<weekdaymod>last|next|this|on)?\s?\b(?P<weekday>{_any(WEEKDAY)})\b"
    r"(?P<after> dernier| prochain| pasado| próximo)?"
    rf"|\b(?P<rel>{_any(RELATIVE)})\b"
    rf"|\b(?P<n>\d+|{_any(_NUMBERS)})\s+(?P<unit>day|week|month|year)s?\s+(?P<dir>ago|later|earlier|after)\b"
    rf"|\b(?P<endyear>(?:the )?end of (?:this|the) year|fin de l['’]année|fin de año)\b"
    rf"|\b(?P<y5>{_YEAR})\b(?!\s*(?:people|million|troops|euros|dollars|complaints))",
    re.IGNORECASE,
)
_CASED = frozenset(
    ["may", "mar", "mars", "mai", "march", "sept", "sep", "mon", "sun", "august", "augusto", "segunda-feira"]
)


@dataclass(frozen=True, slots=True)
class When:
    """A day, month or year said in words. Offsets count characters of the text."""

    start: int
    end: int
    text: str
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    lean: int = 0  # -1: the text itself says past ("last"), 1: future ("next")
    shift: tuple[int, str] | None = None  # (n, unit) from the day of publication, or from the day told before
    from_told: bool = False

    def resolve(self, published: date | None, future: bool = False, told: date | None = None) -> Interval | None:
        """The days meant, or None where they cannot be told.

        `future`: the clause speaks of what is to come. `told`: the day that the text gave before ("a year after").
        """
        ahead = self.lean > 0 or (future and self.lean == 0)
        if self.shift:
            return self._shifted(told if self.from_told else published)
        if self.weekday >= 0 and not self.day:
            return self._weekday(published, ahead)
        if self.month and not self.year:
            return self._without_year(published, ahead)
        if not self.year:
            return None
        try:
            if self.day:
                return days.exactly(date(self.year, self.month, self.day))
        except ValueError:
            return None
        if self.month:
            return days.month(date(self.year, self.month, 1))
        return Interval(date(self.year, 1, 1), date(self.year, 12, 31))

    def in_year(self, told: Interval | None) -> Interval | None:
        """A day and month without year, in the year of the day told before."""
        if told is None or not (self.month and self.day) or self.year or told.first.year != told.last.year:
            return None
        try:
            return days.exactly(date(told.first.year, self.month, self.day))
        except ValueError:
            return None

    def _weekday(self, published: date | None, ahead: bool) -> Interval | None:
        if published is None:
            return None
        gap = (self.weekday - published.weekday()) % 7 if ahead else -((published.weekday() - self.weekday) % 7)
        if gap == 0 and self.lean:
            gap = 7 * self.lean
        return days.exactly(days.plus_days(published, gap))

    def _without_year(self, published: date | None, ahead: bool) -> Interval | None:
        if published is None:
            return None
        found: list[Interval] = []
        for year in (published.year - 1, published.year, published.year + 1):
            try:
                first = date(year, self.month, self.day or 1)
            except ValueError:
                continue
            found.append(days.exactly(first) if self.day else days.month(first))
        if ahead:
            later = [i for i in found if i.last >= published]
            return later[0] if later else None
        earlier = [i for i in found if i.first <= published + timedelta(days=1)]
        return earlier[-1] if earlier else None

    def _shifted(self, base: date | None) -> Interval | None:
        if base is None or self.shift is None:
            return None
        n, unit = self.shift
        if unit == "day":
            return days.exactly(days.plus_days(base, n))
        if unit == "weekend":
            saturday = days.plus_days(base, -((base.weekday() - 5) % 7) + (7 * n if n > 0 else 0))
            if n < 0 and base.weekday() >= 5:
                saturday = days.plus_days(saturday, -7)
            return Interval(saturday, days.plus_days(saturday, 1))
        if unit == "week":
            if self.from_told:
                return days.exactly(days.plus_days(base, 7 * n))
            monday = days.plus_days(base, 7 * n - base.weekday())
            return Interval(monday, days.plus_days(monday, 6))
        if unit == "month":
            return days.month(days.add_months(base, n))
        if unit == "endyear":
            return days.exactly(date(base.year, 12, 31))
        year = min(max(base.year + n, 1), 9999)
        return Interval(date(year, 1, 1), date(year, 12, 31))

    @property
    def partial(self) -> str:
        """What is known without a day of publication, as text: `--03-07`, `1969-12`, `1974`; empty if nothing."""
        if self.year:
            return (
                f"{self.year:04d}"
                + (f"-{self.month:02d}" if self.month else "")
                + (f"-{self.day:02d}" if self.day else "")
            )
        return f"--{self.month:02d}-{self.day:02d}" if self.month and self.day else ""


def find(text: str, start: int = 0, end: int | None = None) -> list[When]:
    """The days said in a stretch of text, from left to right; a weekday beside its date is one with it."""
    found: list[When] = []
    for hit in _SAID.finditer(text, start, len(text) if end is None else end):
        when = _read(hit)
        if when is None:
            continue
        if found and found[-1].weekday >= 0 and not found[-1].day and when.day and when.start - found[-1].end <= 3:
            when = When(
                found[-1].start,
                when.end,
                text[found[-1].start : when.end],
                when.year,
                when.month,
                when.day,
                found[-1].weekday,
            )
            found.pop()
        found.append(when)
    return found


def _read(hit: re.Match[str]) -> When | None:
    part = hit.groupdict()
    start, end, text = hit.start(), hit.end(), hit.group()
    if part["iso"]:
        year, month, day = map(int, part["iso"].split("-"))
        return When(start, end, text, year, month, day)
    if part["dotted"]:
        day, month, year = map(int, re.split(r"[./]", part["dotted"]))
        return When(start, end, text, year, month, day) if month <= 12 else None
    for d, m, y in (("d1", "m1", "y1"), ("d2", "m2", "y2")):
        if part[m]:
            if part[m].lower() in _CASED and part[m].islower() and part[m].lower() in ("may", "march", "sun", "mon"):
                return None
            return When(start, end, text, int(part[y] or 0), MONTH[part[m].lower()], int(part[d]))
    if part["m3"]:
        return When(start, end, text, int(part["y3"]), MONTH[part["m3"].lower()])
    if part["m4"]:
        if part["m4"].lower() in ("may", "march", "sun", "mon") and part["m4"].islower():
            return None
        lean = -1 if text.lower().startswith("last") else 1 if text.lower().startswith("next") else 0
        return When(start, end, text, 0, MONTH[part["m4"].lower()], lean=lean)
    if part["span"]:
        step = {"last": -1, "this": 0, "next": 1}[part["lastnext"].lower()]
        return When(start, end, text, shift=(step, part["span"].lower()))
    if part["weekday"]:
        if part["weekday"].lower() in ("mon", "sun", "tues", "thurs") and not part["weekday"][0].isupper():
            return None
        said = (part["weekdaymod"] or part["after"] or "").strip().lower()
        lean = -1 if said in ("last", "dernier", "pasado") else 1 if said in ("next", "prochain", "próximo") else 0
        lead = len(text) - len(text.lstrip())
        return When(start + lead, end, text.strip(), weekday=WEEKDAY[part["weekday"].lower()], lean=lean)
    if part["rel"]:
        return When(start, end, text, shift=(RELATIVE[part["rel"].lower()], "day"))
    if part["unit"]:
        n = int(part["n"]) if part["n"].isdigit() else _NUMBERS[part["n"].lower()]
        back = part["dir"].lower() in ("ago", "earlier")
        from_told = part["dir"].lower() != "ago"
        return When(start, end, text, shift=(-n if back else n, part["unit"].lower()), from_told=from_told)
    if part["endyear"]:
        return When(start, end, text, shift=(0, "endyear"))
    return When(start, end, text, int(part["y5"])) if part["y5"] else None
