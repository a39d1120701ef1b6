"""Where a report comes from: outlet, author, agencies."""

from __future__ import annotations

import re
from datetime import date

from ratione.press.find import Sentence
from ratione.press.lexicon import report_words
from ratione.press.model import Provenance

_AGENCIES = "|".join(map(re.escape, report_words()["provenance"]["agencies"]))
_CREDIT = re.compile(
    rf"\b({_AGENCIES})\b(?= contributed| a contribué| contribuyó)"
    rf"|(?:^|\n)[^\n]{{0,60}}\(({_AGENCIES})\)\s*[-–—]"
    rf"|(?:^|\n)(?:Source|By|Avec|Con)\s*:?\s+({_AGENCIES})\b"
)
_NAME = r"[A-ZÀ-ÝА-Я][\w.'’-]+"
_BY = re.compile(rf"(?:^|\n)\s*(?:By|Par|Por|Автор:)\s+({_NAME}(?:\s+{_NAME}){{1,3}})")
_IS_REPORTER = re.compile(
    rf"(?:^|\n)({_NAME}(?:\s+{_NAME}){{1,2}}) is (?:a|an|the) [\w\s-]{{0,40}}?"
    r"(?:reporter|correspondent|journalist|editor|writer)\b"
    r"(?: (?:for|at|with) ((?:The )?[A-Z][\w'’-]*(?:\s+(?:of |the )?[A-Z][\w'’-]*)*))?"
)


def read_provenance(
    text: str, sentences: list[Sentence], lang: str, published: date | None, title: str, url: str
) -> Provenance:
    """Outlet, author, agencies and headline, as far as the text itself (or its address) names them."""
    found = Provenance(published=published.isoformat() if published else None, language=lang, url=url)
    found.title = title or (text[sentences[0].start : sentences[0].end] if sentences and sentences[0].headline else "")
    ends = text if len(text) < 20_000 else text[:6000] + "\n" + text[-6000:]
    agencies = [next(filter(None, hit.groups())) for hit in _CREDIT.finditer(ends)]
    found.agencies = tuple(dict.fromkeys("Associated Press" if a == "AP" else a for a in agencies))
    if about := _IS_REPORTER.search(ends):
        found.author, found.outlet = about[1], (about[2] or "").strip()
    elif by := _BY.search(ends):
        found.author = by[1]
    if not found.outlet and url:
        host = re.sub(r"^\w+://(?:www\.)?", "", url).split("/")[0]
        found.outlet = host
    return found
