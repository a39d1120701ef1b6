"""Which day said in a sentence belongs to which claim: to the act, to its effect, or to its end."""

from __future__ import annotations

from datetime import date

from ratione.days import Interval
from ratione.press.find import Sentence, Unit
from ratione.press.grammar import (
    Memory,
)
from ratione.press.lexicon import lexicon
from ratione.press.scene import LEAVING, TRIGGERS, Claim, Scene, delivered
from ratione.press.when import When

_POINTS_BACK = frozenset(
    (
        "decision",
        "vote",
        "move",
        "notification",
        "notice",
        "letter",
        "measure",
        "suspension",
        "withdrawal",
        "décision",
        "decisión",
        "announcement",
        "resolution",
        "expulsion",
        "action",
    )
)


def follow_up(text: str, sentences: list[Sentence], dated: list[tuple[Claim, Told]], published: date | None) -> None:
    """The day in a sentence that only speaks on of what was told before: "The decision was reached on Thursday".

    A notification that is handed over gives its day even where the act before it had one.
    """
    told_in: dict[int, list[tuple[Claim, Told]]] = {}
    for item in dated:
        told_in.setdefault(item[0].sentence, []).append(item)
    for n in sorted(told_in):
        before, n = told_in[n], n + 1
        if n in told_in or n >= len(sentences):
            continue
        sentence = sentences[n]
        head = [u.low for u in sentence.units[:3]]
        if not _POINTS_BACK & set(head):
            continue
        scene = Scene(n, sentence, lexicon("en"), Memory(), text)
        handed = delivered(scene)
        told = before[0][1].act
        for said in sentence.said(text):
            day = said.resolve(published) or said.in_year(told)
            effect = any(v.family == "effect" for u in sentence.units for v in u.verbs)
            for _, days_ in before:
                if effect and day is not None:
                    days_.effect = days_.effect or said.resolve(published, future=True) or day
                elif day is not None and (handed or days_.act is None):
                    days_.act, days_.act_text = day, said.partial
            break


def taking_effect(claim: Claim, told: Told, published: date | None) -> None:
    """ "Takes effect today" is a leaving; what takes effect later is a running notice."""
    if claim.note == "until":
        told.effect, told.until = told.until or told.effect, None
        claim.note = ""
    if claim.note == "present":
        claim.note = ""
        day = told.effect or told.act
        if day is not None and published is not None and day.last <= published:
            claim.event, claim.time = "left", "present"
            told.act = told.effect = day
        elif day is None and claim.headline and published is not None:
            claim.event, claim.time, claim.effect = "left", "present", True  # news of the day
        else:
            told.effect = told.effect or told.act
            told.act = None if told.effect == told.act else told.act


class Told:
    """The days found for one claim."""

    __slots__ = ("act", "act_text", "effect", "effect_text", "until")

    def __init__(self) -> None:
        self.act: Interval | None = None
        self.effect: Interval | None = None
        self.until: Interval | None = None
        self.act_text = self.effect_text = ""

    @property
    def any(self) -> Interval | None:
        """The day of the act, else that of its effect."""
        return self.act or self.effect


def days_of(text: str, sentences: list[Sentence], claim: Claim, claims: list[Claim], published: date | None) -> Told:
    """The days said in the sentence of a claim, each given its part: act, effect, end."""
    sentence = sentences[claim.sentence]
    found = Told()
    told = sentence.said(text)
    before: Interval | None = None
    best = 10_000
    triggers = sorted({sentence.units[c.at].start for c in claims})
    mine = sentence.units[claim.at].start
    year: Interval | None = None
    for said in told:
        owner = max((t for t in triggers if t < said.start), default=triggers[0])
        role = _role(sentence, said, claim, text)
        at = next((k for k, u in enumerate(sentence.units) if u.end > said.start), 0)
        past = any("report" in u.tags for u in sentence.units[max(0, at - 3) : at])
        day = said.resolve(
            published,
            (claim.time == "future" and not past) or claim.note == "present" or role == "until",
            before.first if before else None,
        )
        day = day or said.in_year(year)
        before = day or before
        year = day if said.year and day else year
        if owner != mine or role == "other" or (day is None and not said.partial):
            continue
        if role == "until":
            found.until = day
        elif role == "effect":
            found.effect, found.effect_text = day, said.partial
        else:
            distance = min(abs(said.start - mine), abs(said.start - claim.end), abs(said.end - mine))
            if day is None or not day.exact:
                distance += 1000  # an exact day goes before a year
            if distance < best:
                best, found.act, found.act_text = distance, day, said.partial
    return found


def _role(sentence: Sentence, said: When, claim: Claim, text: str) -> str:
    """What a day belongs to: the act, its effect, the end of a suspension, or something else in the sentence."""
    units = sentence.units
    at = next((k for k, u in enumerate(units) if u.end > said.start), len(units) - 1)
    before = units[max(0, at - 3) : at + 1]
    lows = [u.low for u in before]
    after = next((u for u in units[at:] if u.start >= said.end), None)
    if (after is not None and "happening" in after.tags) or (len(lows) > 1 and lows[-2] == "over"):
        return "other"  # "over July 26 coup"
    if said.from_told and said.text.lower().endswith("after"):
        return "other"
    if claim.event == "declaration" and any(u.low in ("since", "from", "after") for u in before[-3:]):
        return "effect"  # "jurisdiction over crimes since"
    if any("until" in u.tags for u in before[-3:]) or any("until" in u.tags for u in units[max(0, at - 1) : at + 1]):
        return "until"
    clause = _clause_of(units, at, claim)
    if clause == "other":
        return "other"
    if any(v.family == "effect" for u in units[max(0, at - 8) : at] for v in u.verbs) or any(
        "effective" in u.tags and u.low != "from" and u.low != "с" for u in before
    ):
        return (
            "effect"
            if claim.event in (*LEAVING, "acceded", "ratified", "declaration_withdrawn", "suspended", "expelled")
            else "act"
        )
    if claim.effect and claim.time == "future":
        return "effect"
    if claim.event == "announced_withdrawal" and lows and "by" in lows[-2:]:
        return "other"
    return "act"


def _clause_of(units: list[Unit], at: int, claim: Claim) -> str:
    """Whether another deed stands between the day and the claim, so that the day is that deed's."""
    last = max(claim.last, claim.at)  # "the Statute, which it joined in March": the body stands before
    between = units[last + 1 : at] if at > last else units[at + 1 : claim.at]
    if at > last:
        if _said_at_end(between):
            return "mine"
        for k, unit in enumerate(between):
            if unit.low in (
                "after",
                "following",
                "since",
                "despite",
                "when",
                "as",
                "where",
                "which",
                "après",
                "tras",
                "depuis",
                "desde",
                "после",
                "because",
                "before",
                "returning",
                "while",
            ) and not all(u.low in _ARTICLES for u in between[k + 1 :]):
                return "other"
            if (
                unit.verbs
                and any(v.family in TRIGGERS and v.family not in ("deliver", "notify") for v in unit.verbs)
                and not unit.name
            ):
                return "other"
    else:
        said_then = claim.event in LEAVING and any("report" in u.tags for u in units[max(0, at - 3) : at])
        for unit in between:
            if unit.low in (";", "but", "mais", "pero", "но") and not said_then:
                return "other"
    return "mine"


_ARTICLES = ("the", "le", "la", "el", "l'", "o", "a", "de")


def _said_at_end(between: list[Unit]) -> bool:
    """ "..., the bloc announced on Wednesday": the day of the announcement closes the sentence."""
    commas = [k for k, u in enumerate(between) if u.low == ","]
    if not commas:
        return False
    tail = between[commas[-1] + 1 :]
    return (
        len(tail) < 9
        and any("report" in u.tags for u in tail)
        and not any(v.family in TRIGGERS for u in tail for v in u.verbs)
    )
