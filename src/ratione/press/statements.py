"""Who said what to whom. A statement is a claim of its speaker and is never taken for a fact."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from ratione.press.find import Sentence, Unit
from ratione.press.lexicon import Lexicon, Office, offices, report_words
from ratione.press.model import Statement
from ratione.press.speech import PRONOUNS, TITLE, Said, previous, reports

_QUOTES = re.compile(r"[“\"«][^”\"»]{8,}[”\"»“]")
_LOST = {name: "|".join(words) for name, words in report_words()["loss_of_court"].items()}
_LOSS = re.compile(
    rf"(?:{_LOST['lose']})[^.;]{{0,60}}?(?:{_LOST['who']})[^.;]{{0,80}}?(?:{_LOST['court']})"
    rf"|(?:{_LOST['who']})[^.;]{{0,40}}?(?:will|would|can|could) (?:no longer|not|lose)"
    rf"[^.;]{{0,80}}?(?:{_LOST['court']})"
)


def read_statements(text: str, sentences: list[Sentence], lex: Lexicon, published: date | None) -> list[Statement]:
    """The statements of a text, and claims about the loss of a court that the report makes in its own voice."""
    found: list[Statement] = []
    for n, sentence in enumerate(sentences):
        part = text[sentence.start : sentence.end]
        for said in reports(text, sentence):
            found.append(_statement(text, sentences, n, said, published))
        if loss := _LOSS.search(part):
            span = (sentence.start + loss.start(), sentence.start + loss.end())
            own = next((s for s in found if s.span[0] <= span[0] and span[1] <= s.span[1]), None)
            if own is None:
                own = Statement("", "", "", False, (sentence.start, sentence.end), _topics(sentence))
                found.append(own)
            own.claim = "loss_of_court"
    return _merged(found)


def _statement(text: str, sentences: list[Sentence], n: int, said: Said, published: date | None) -> Statement:
    sentence = sentences[n]
    speaker = re.sub(r"\s+", " ", said.text).strip(" ,'’")
    if speaker.lower() in PRONOUNS:
        speaker = previous(text, sentences, n) or speaker
    first = _quote_start(text, sentences, n)
    whole = text[first : sentence.end]
    quoted = bool(_QUOTES.search(whole)) or (whole.count("“") + whole.count("”") > 0)
    day = next((d for w in sentence.said(text) if (d := w.resolve(published))), None)
    return Statement(
        speaker,
        _role(text, sentence, said),
        _addressee(sentence, said),
        quoted,
        (first, sentence.end),
        _topics(sentence),
        str(day) if day else None,
    )


def _quote_start(text: str, sentences: list[Sentence], n: int) -> int:
    """Where the quotation begins that ends in sentence `n`: it may have opened sentences before."""
    start = sentences[n].start
    part = text[start : sentences[n].end]
    close = part.find("”")
    if close < 0 or "“" in part[:close]:
        return start
    for m in range(n - 1, max(-1, n - 6), -1):
        if sentences[m].paragraph != sentences[n].paragraph:
            break
        if "“" in text[sentences[m].start : sentences[m].end]:
            return sentences[m].start
    return start


def _role(text: str, sentence: Sentence, said: Said) -> str:
    named = sentence.units[said.first : said.last + 1]
    person = next((k for k, u in enumerate(named) if u.name and u.name.form == "person"), None)
    if person:
        return text[named[0].start : named[person - 1].end].strip(" ,")
    if person == 0:
        held = _held().get(named[0].text, ())
        return held[0].office if held else ""
    return re.sub(r"^[Tt]he ", "", said.text) if any(u.low in TITLE for u in named) else ""


@cache
def _held() -> dict[str, list[Office]]:
    """Offices by the names that their holders go by."""
    found: dict[str, list[Office]] = {}
    for office in offices():
        for name in (office.name, *office.aliases):
            found.setdefault(name, []).append(office)
    return found


def _addressee(sentence: Sentence, said: Said) -> str:
    """Whom the speaker tells: the name after "told" or "informed"."""
    units = sentence.units
    if units[said.at].low not in ("told", "tells", "informed", "informs") or said.at + 1 >= len(units):
        return ""
    k = said.at + 1
    words: list[Unit] = []
    while (
        k < len(units)
        and (
            units[k].text[:1].isupper()
            or units[k].low in ("the", "a", "reporters", "journalists", "parliament", "lawmakers")
        )
        and len(words) < 5
    ):
        words.append(units[k])
        k += 1
    return " ".join(u.text for u in words)


def _topics(sentence: Sentence) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(u.name.code for u in sentence.units if u.name and u.name.code and u.kind in ("state", "body"))
    )


def _merged(found: list[Statement]) -> list[Statement]:
    """One statement for one speaker and stretch."""
    kept: dict[tuple[str, int], Statement] = {}
    for statement in found:
        kept.setdefault((statement.speaker, statement.span[1]), statement)
    return list(kept.values())
