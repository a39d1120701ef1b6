"""How sound a text is: encoding, broken names, cut sentences. Repairs are offered, the original is never changed."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import islice

from ratione.press.lexicon import Office, offices
from ratione.press.model import Issue, TextQuality

_MOJIBAKE = re.compile(
    r"(?:Ã[\u0080-\u00bf©¨ª«¢¤§¶¼±³º¡¨®¯]|â€[™œ\u009d\u0093“”˜¦\"]?|Â[\u00a0-\u00bf]"
    r"|Ð[\u0080-\u00bf°±²³´µ¶·¸¹º»¼½¾¿]|ï¿½|\ufffd)+"
)
_NAME_BROKEN = re.compile(r"\b[A-ZÀ-Ý][^\W\d_]*[≠≈≤≥∞†‡§¶¬¤¥£©®™±÷×√∆◊•¿¡\ufffd][^\s,.]*(?:\s+[A-ZÀ-Ý][\w’'-]+)?")
_CUT = re.compile(
    r"(?:(?<=[.!?”\"])|^|(?<=\n))[ \t]*(?P<cut>Said [a-z]+\.|Said\s?\.{1,3}|Not [a-z]+\.(?=\s*[“\"”])"
    r"|According to [^.\n]{3,60}, the [a-z]+\.(?=\s))",
    re.MULTILINE,
)
_LONE_QUOTE = re.compile(r"[.!?]\s[“\"](?=\s*(?:\n|$))|“\s*$", re.MULTILINE)
_DOUBLE = re.compile(r"\w\s?\.\.(?!\.)(?=\s|$)")
_ARTICLE_NAME = re.compile(
    r"\b(?:annexing|annexed|in|of|to) the (Crimean)\b(?! [A-Z]?(?:peninsula|Peninsula|Tatar|War|Bridge))"
)
_ODD_TITLE = re.compile(r"\b(?:Deputy|Vice|Grand|Chief) (?:Marshal|Sheriff|Duke|Earl)\b")
_LOWER_BYLINE = re.compile(r"^(?P<first>[A-Z][a-z]+) (?P<last>[a-z]+)$", re.MULTILINE)
MOST_ISSUES = 200  # damaged places that are listed; beyond that the text is plainly damaged
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_ESCAPE = re.compile(r"\bEscape from the (?:\w+ )?(?:body|organi[sz]ation|council)\b")


def check(text: str, published: date | None, encoding: str = "utf-8") -> TextQuality:
    """Every damaged place of a text, with the repair where one reading is certain.

    A name is repaired only where the office-holder of that day, or a whole name elsewhere in the same text, makes it
    certain; else the place is reported and left.
    """
    found = TextQuality(encoding=encoding)
    sample = text[:20_000]
    if not text.strip():
        return TextQuality("unreadable", encoding, note="the text is empty")
    controls = len(_BINARY.findall(sample))
    if controls > len(sample) // 100 + 2 or sample.count("\ufffd") > len(sample) // 20 + 2:
        return TextQuality("unreadable", encoding, note="this is binary data, not text")
    found.issues += [_mojibake(hit) for hit in islice(_MOJIBAKE.finditer(text), MOST_ISSUES)]
    found.issues += [
        Issue("cut_sentence", hit.span("cut"), hit.group("cut"), why="a sentence without subject")
        for hit in _CUT.finditer(text)
    ]
    found.issues += [
        Issue("stray_quote", hit.span(), hit.group(), why="a quotation mark that opens nothing")
        for hit in islice(_LONE_QUOTE.finditer(text), MOST_ISSUES)
    ]
    found.issues += [Issue("double_stop", hit.span(), hit.group()) for hit in _DOUBLE.finditer(text)]
    found.issues += _names(text, published)
    found.issues += [
        Issue("broken_name", hit.span(1), hit.group(1), "Crimea", "the adjective stands where the name must")
        for hit in _ARTICLE_NAME.finditer(text)
    ]
    found.issues += [
        Issue("odd_word", hit.span(), hit.group(), why="no such thing: probably the leaving of the body")
        for hit in _ESCAPE.finditer(text)
    ]
    found.issues = sorted(found.issues, key=lambda issue: issue.span)[:MOST_ISSUES]
    found.verdict = "damaged" if found.issues else "ok"
    return found


def _mojibake(hit: re.Match[str]) -> Issue:
    repaired = None
    try:
        import ftfy

        fixed = str(ftfy.fix_text(hit.group()))
        repaired = fixed if fixed != hit.group() and "\ufffd" not in fixed else None
    except ImportError:
        pass
    return Issue("mojibake", hit.span(), hit.group(), repaired, "bytes read in the wrong encoding")


def _names(text: str, published: date | None) -> list[Issue]:
    found: list[Issue] = []
    for hit in _NAME_BROKEN.finditer(text):
        if _MOJIBAKE.search(hit.group()):
            continue
        office = _office_before(text, hit.start())
        person = _holder(text, office, hit.group(), published)
        why = f"{person.office} of {person.of} on that day" if person else "no name is certain"
        found.append(Issue("broken_name", hit.span(), hit.group(), person.name if person else None, why))
    known = {issue.original for issue in found}
    found += _misheard(text, published, known)
    for hit in _ODD_TITLE.finditer(text):
        person = next((o for o in _within(published) if o.name in text[hit.end() : hit.end() + 40]), None)
        found.append(
            Issue(
                "odd_title",
                hit.span(),
                hit.group(),
                person.office if person else None,
                f"the office of {person.name}" if person else "no such office is known",
            )
        )
    for hit in _LOWER_BYLINE.finditer(text):
        whole = f"{hit['first']} {hit['last'].capitalize()}"
        if whole in text:
            found.append(Issue("broken_name", hit.span(), hit.group(), whole, "the same name stands whole in the text"))
    return found


def _office_before(text: str, start: int) -> str:
    before = text[max(0, start - 40) : start]
    hit = re.search(
        r"((?:Foreign|Prime|Justice|Interior|Defen[cs]e) Minister|President|Secretary[- ]General)\s*$", before
    )
    return hit.group(1) if hit else ""


@cache
def _within(published: date | None) -> tuple[Office, ...]:
    """The office-holders of a day; all of them where the day is not known."""
    return tuple(
        o for o in offices() if published is None or (o.first <= published and (o.last is None or published < o.last))
    )


def _holder(text: str, office: str, damaged: str, published: date | None) -> Office | None:
    """The one holder of that office whose State the text names and whose name is near the damaged one."""
    if not office or published is None:
        return None
    from rapidfuzz import fuzz

    from ratione.press.lexicon import state_names

    letters = re.sub(r"[^\w\s]", "", damaged)
    holders = [o for o in _within(published) if o.office == office and state_names().get(o.of, "\0") in text]
    near = [o for o in holders if fuzz.ratio(letters.split()[0].lower()[:5], o.name.split()[0].lower()[:5]) >= 70]
    return near[0] if len(near) == 1 else None


def _misheard(text: str, published: date | None, known: set[str]) -> list[Issue]:
    """A name that stands alone and is near a whole name of the same text that an office-holder bears."""
    found: list[Issue] = []
    whole = [o for o in _within(published) if o.name in text]
    for office in whole:
        last = office.name.split()[-1]
        if len(last) < 5:
            continue
        for hit in re.finditer(rf"\b{re.escape(last[:-1])}\w{{1,3}}\b", text):
            near = hit.group()
            if (
                near != last
                and near not in known
                and near[:1].isupper()
                and near.lower().startswith(last.lower())
                and near[len(last) :] not in ("s", "es")
            ):
                found.append(Issue("broken_name", hit.span(), near, last, f"{office.name}, named whole in the text"))
    return found
