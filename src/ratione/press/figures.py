"""Numbers in a report: what is counted, by whom, as of when."""

from __future__ import annotations

import re
from datetime import date

from ratione.press.find import Sentence
from ratione.press.lexicon import Lexicon, report_words
from ratione.press.model import Figure
from ratione.press.speech import speaker_of

_WORDS = report_words()["figures"]
_SCALE: dict[str, float] = _WORDS["scale"]
_BOUND = {word: bound for bound, words in _WORDS["bound"].items() for word in words}
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    rf"(?:\b(?P<bound>{'|'.join(map(re.escape, _BOUND))})\s+)?"
    rf"(?<![\w.,-])(?P<number>\d{{1,3}}(?:[,\u00a0\u202f ]\d{{3}})+|\d+(?:[.,]\d+)?)\s*(?P<scale>{'|'.join(_SCALE)})?"
    rf"\s+(?:de\s+|of\s+)?(?P<counted>(?:[^\W\d_]+[\s-]+){{0,3}}?(?:{'|'.join(_WORDS['counted'])}))\b",
    re.IGNORECASE,
)


def read_figures(text: str, sentences: list[Sentence], lex: Lexicon, published: date | None) -> list[Figure]:
    """The figures of a text that say what they count."""
    found: list[Figure] = []
    for n, sentence in enumerate(sentences):
        part = text[sentence.start : sentence.end]
        if not _DIGIT.search(part):
            continue
        for hit in _NUMBER.finditer(part):
            span = (sentence.start + hit.start(), sentence.start + hit.end())
            source = speaker_of(text, sentences, lex, n, *span) or ""
            found.append(
                Figure(
                    _value(hit),
                    _BOUND.get((hit["bound"] or "").lower(), ""),
                    hit["counted"],
                    source,
                    _as_of(text, sentence, published),
                    span,
                )
            )
    return found


def _value(hit: re.Match[str]) -> float:
    number = re.sub(r"[\u00a0\u202f ]", "", hit["number"])
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", number):
        number = number.replace(",", "")
    return float(number.replace(",", ".")) * _SCALE.get((hit["scale"] or "").lower(), 1)


def _as_of(text: str, sentence: Sentence, published: date | None) -> str | None:
    """The first day said in the sentence; else the day of publication."""
    for said in sentence.said(text):
        if (day := said.resolve(published)) is not None:
            return str(day)
    return published.isoformat() if published else None
