"""Other dated acts that matter here: calls and meetings of leaders, talks, criticism, unpaid fees, allegations."""

from __future__ import annotations

import re
from datetime import date

from ratione.press.find import Sentence, Unit
from ratione.press.lexicon import Lexicon, report_words
from ratione.press.model import Act
from ratione.press.speech import speaker_of

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{'|'.join(words)})\b", re.I)) for kind, words in report_words()["acts"].items()
)
_ANY = re.compile("|".join(pattern.pattern for _, pattern in _KINDS), re.I)
_COURT = re.compile(r"war crimes (?:tribunal|court|prosecutor)", re.I)
_PEOPLE = ("person", "place", "noun")


def read_acts(text: str, sentences: list[Sentence], lex: Lexicon, published: date | None) -> list[Act]:
    """The acts of a text, one of a kind in a sentence."""
    found: list[Act] = []
    for n, sentence in enumerate(sentences):
        if sentence.headline:
            continue
        part = text[sentence.start : sentence.end]
        if not _ANY.search(part):
            continue
        told: set[str] = set()
        for kind, pattern in _KINDS:
            hit = pattern.search(part)
            if (
                hit is None
                or (kind == "allegation" and _COURT.search(part))
                or (kind == "talks" and "call" in told and "peace talks" not in part)
            ):
                continue
            act = _act(text, sentences, lex, n, kind, sentence.start + hit.start(), published)
            if not act.who or (kind in ("call", "meeting") and not act.whom):
                continue
            told.add(kind)
            found.append(act)
    return found


def _act(text: str, sentences: list[Sentence], lex: Lexicon, n: int, kind: str, at: int, published: date | None) -> Act:
    sentence = sentences[n]
    actors = [u for u in sentence.units if u.name]
    who, whom = _pair(text, sentence, actors, at, kind)
    days = [d for w in sentence.said(text) if (d := w.resolve(published))]
    where = next(
        (
            u.name.code
            for k, u in enumerate(sentence.units)
            if k and u.kind == "state" and u.name and sentence.units[k - 1].low == "in"
        ),
        "",
    )
    about = _about(text, sentence, at)
    return Act(
        kind,
        who,
        whom,
        about,
        where,
        str(days[0]) if days else None,
        speaker_of(text, sentences, lex, n, at, at),
        (sentence.start, sentence.end),
    )


def _pair(text: str, sentence: Sentence, actors: list[Unit], at: int, kind: str) -> tuple[str, str]:
    """Who acts and with, on or against whom: the last actor before the words of the act, the next other one after."""
    people = [u for u in actors if u.name and u.name.form == "person"]
    before = [u for u in (people or actors) if u.end <= at] or [u for u in actors if u.end <= at]
    if kind in ("call", "meeting"):
        who = before[-1] if before else (people[0] if people else None)
        if who is None or not who.name:
            return "", ""
        whom = next((u for u in people if u.name and u.name.code != who.name.code), None)
        name = whom.text if whom is not None else _named_person(text, sentence, who)
        return who.text, name
    if kind == "allegation":
        accused = next((u for u in actors if u.name and u.kind == "state"), None)
        victims = next(
            (
                u
                for u in actors
                if u.name and u.kind == "state" and accused and accused.name and u.name.code != accused.name.code
            ),
            None,
        )
        return (accused.name.code if accused and accused.name else ""), (
            victims.name.code if victims and victims.name else ""
        )
    states = [u for u in actors if u.name and u.kind == "state"]
    if kind == "talks":
        codes = list(dict.fromkeys(u.name.code for u in states if u.name))
        return (codes[0] if codes else ""), (codes[1] if len(codes) > 1 else "")
    first = before[0] if before else (states[0] if states else None)
    after = next(
        (
            u
            for u in actors
            if u.start > at and u.name and first is not None and first.name and u.name.code != first.name.code
        ),
        None,
    )
    if after is None and first is not None and first.name:
        after = next((u for u in actors if u.name and u.name.code != first.name.code), None)
    return (first.name.code if first is not None and first.name else ""), (
        after.name.code if after is not None and after.name else ""
    )


def _named_person(text: str, sentence: Sentence, who: Unit) -> str:
    """A person without State: "President Charles Michel", "informed Michel"."""
    for hit in re.finditer(
        r"\b(?:with|informed|told|President|Minister|Chancellor)\s+(?:President |Prime Minister )?"
        r"([A-ZÀ-Ý][\w’-]+(?:\s[A-ZÀ-Ý][\w’-]+)?)",
        text[sentence.start : sentence.end],
    ):
        if hit[1] not in who.text and who.text not in hit[1]:
            return hit[1]
    return ""


def _about(text: str, sentence: Sentence, at: int) -> str:
    rest = text[at : sentence.end]
    hit = re.search(
        r"\b(?:about|over|views on|the situation in|because of|against|the \d{4} decision)\s+([^.,;]{4,80})", rest
    )
    return hit[0].strip() if hit else ""
