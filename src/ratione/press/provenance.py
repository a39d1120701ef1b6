"""Where a report comes from: outlet, author, agencies."""

from __future__ import annotations

import re
from datetime import date

from ratione.press.find import Sentence
from ratione.press.model import Provenance

_AGENCIES = ("Associated Press", "AP", "Reuters", "AFP", "Agence France-Presse", "TASS", "Interfax", "EFE", "DPA", "dpa", "ANSA", "Xinhua", "Sputnik", "RIA Novosti", "Bloomberg", "Anadolu", "PA Media", "Ukrinform", "UNIAN", "Lusa")
_CREDIT = re.compile(rf"\b({'|'.join(map(re.escape, _AGENCIES))})\b(?= contributed| a contribué| contribuyó)|(?:^|\n)[^\n]{{0,60}}\((Reuters|AP|AFP|EFE|TASS|ANSA|dpa|Lusa)\)\s*[-–—]|(?:^|\n)(?:Source|By|Avec|Con)\s*:?\s+({'|'.join(map(re.escape, _AGENCIES))})\b")
_BY = re.compile(r"(?:^|\n)\s*(?:By|Par|Por|Автор:)\s+([A-ZÀ-ÝА-Я][\w.'’-]+(?:\s+[A-ZÀ-ÝА-Я][\w.'’-]+){1,3})", re.UNICODE)
_IS_REPORTER = re.compile(r"(?:^|\n)([A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+){1,2}) is (?:a|an|the) [\w\s-]{0,40}?(?:reporter|correspondent|journalist|editor|writer)\b(?: (?:for|at|with) ((?:The )?[A-Z][\w'’-]*(?:\s+(?:of |the )?[A-Z][\w'’-]*)*))?")


def read_provenance(text: str, sentences: list[Sentence], lang: str, published: date | None, title: str, url: str) -> Provenance:
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
