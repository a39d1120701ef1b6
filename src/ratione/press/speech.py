"""Who speaks: the speaker, role and addressee of what a sentence reports."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ratione.press.find import Sentence, Unit
from ratione.press.lexicon import Lexicon
from ratione.press.when import WORDS

TITLE = frozenset(
    [
        "president",
        "minister",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "secretary",
        "general",
        "chancellor",
        "premier",
        "lawmaker",
        "leader",
        "official",
        "officials",
        "ministry",
        "authorities",
        "commissioner",
        "ambassador",
        "prosecutor",
        "judge",
        "speaker",
        "senator",
        "chairman",
        "chairwoman",
        "chair",
        "deputy",
        "marshal",
        "foreign",
        "prime",
        "justice",
        "interior",
        "defence",
        "defense",
        "home",
        "deputy",
        "vice",
        "high",
        "commissioner",
        "for",
        "refugees",
        "president",
        "ministre",
        "porte-parole",
        "secrétaire",
        "ministerio",
        "presidente",
        "canciller",
    ]
)
PRONOUNS = frozenset(
    ("he", "she", "they", "it", "il", "elle", "él", "ella", "он", "она", "who", "which", "that", "i", "we", "you")
)


@dataclass(frozen=True, slots=True)
class Said:
    """A report verb with the words of its speaker: places of units in the sentence."""

    at: int
    first: int
    last: int
    text: str


def reports(text: str, sentence: Sentence) -> list[Said]:
    """The report verbs of a sentence, each with its speaker."""
    found: list[Said] = []
    units = sentence.units
    for at, unit in enumerate(units):
        if unit.name or "report" not in unit.tags or _is_noun(units, at):
            continue
        after = unit.low in ("according to", "selon", "según", "по словам", "segundo")
        first, last = _speaker_right(units, at) if after else _speaker_left(units, at)
        joined = at > 0 and units[at - 1].low in ("and", "et", "y", "but")
        if not after and (first > last or joined):
            first, last = _speaker_right(units, at, inverted=True)
            if first <= last and joined and not any(u.low in TITLE for u in units[first : last + 1]):
                first, last = 1, 0
        if first <= last:
            found.append(Said(at, first, last, text[units[first].start : units[last].end]))
    return found


def _is_noun(units: list[Unit], at: int) -> bool:
    """ "In reports that", "saying" after a comma: no speaker of its own."""
    low = units[at].low
    before = units[at - 1] if at else None
    if low in ("reports", "report", "claims", "calls") and (
        before is None or bool(before.tags & {"subj_stop", "det"}) or before.low.endswith("ing")
    ):
        return True
    return low in ("saying", "insisting") and before is not None and (before.punct or "clause" in before.tags)


def _speaker_left(units: list[Unit], at: int) -> tuple[int, int]:
    """The noun phrase left of the verb; commas around an apposition are crossed."""
    k = at - 1
    while k >= 0 and (
        units[k].tags & {"have", "be", "will", "modal", "neg"}
        or units[k].low.endswith("ly")
        or units[k].low in ("also", "then", "later", "who", "never")
    ):
        k -= 1
    if k >= 0 and units[k].low in ("which", "that"):
        return 1, 0
    last = k
    while k >= 0 and units[k].low in (",", "“", "”", '"'):
        if units[k].low in ("”", '"'):
            return 1, 0
        k -= 1
        last = k
    first = last + 1
    commas = 0
    while k >= 0 and last - k < 16:
        unit = units[k]
        if unit.low in ("“", "”", '"', ";", ":", "—", "–", ".", "!", "?", "(", ")"):
            break
        if unit.low == ",":
            after = units[k + 1].low if k < last else "and"
            if commas or after in ("and", "but") or not (_appositive(units, k, last) or _listed(units, k)):
                break
            commas += 1
        elif (
            (unit.tags & {"clause"} and unit.low not in ("and", "et", "y"))
            or (
                unit.verbs
                and unit.verbs[0].form not in ("noun", "ing")
                and not unit.name
                and not unit.text[:1].isupper()
            )
            or unit.tags & {"have", "be", "will", "modal"}
            or "report" in unit.tags
            or (unit.low in ("in", "on", "as", "after", "since", "during") and (k == 0 or units[k - 1].punct))
        ):
            break
        first = k
        k -= 1
    while first <= last and units[first].low in (",", "and", "as", "but", "that"):
        first += 1
    while last >= first and units[last].low in ("and", ",", "'", "’"):
        last -= 1
    return first, last


def _listed(units: list[Unit], comma: int) -> bool:
    """ "Burkina Faso, Mali and Niger"."""
    near = units[comma - 1 : comma] + units[comma + 1 : comma + 2]
    return len(near) == 2 and all(u.kind == "state" for u in near)


def _appositive(units: list[Unit], comma: int, last: int) -> bool:
    """ "Russia's Deputy Speaker, Pyotr Tolstoy,": a name after a title, or a title after a name."""
    right = units[comma + 1 : last + 1]
    if not right:
        return False
    left = units[max(0, comma - 5) : comma]
    if any(u.low in WORDS for u in left):
        return False
    capitals = all(u.text[:1].isupper() or u.name or u.punct for u in right)
    return bool(capitals and any(u.low in TITLE for u in left)) or any(u.low in TITLE for u in right)


def _speaker_right(units: list[Unit], at: int, inverted: bool = False) -> tuple[int, int]:
    """The noun phrase right of "according to", or of an inverted verb ("said Tolstoy")."""
    first = at + 1
    if first >= len(units) or (
        inverted and not (units[first].text[:1].isupper() or units[first].low in ("the", "a", "le", "la", "el"))
    ):
        return 1, 0
    k = first
    while k < len(units) and k - first < 9:
        unit = units[k]
        if (
            (unit.punct and unit.low not in ("-", "'", "’"))
            or unit.tags & {"clause", "have", "be", "report"}
            or (unit.low in ("on", "in", "at") and k > first)
        ):
            break
        if unit.verbs and not unit.name and not unit.text[:1].isupper():
            break
        k += 1
    return first, k - 1


def speaker_of(text: str, sentences: list[Sentence], lex: Lexicon, n: int, start: int, end: int) -> str | None:
    """Who says what stands between `start` and `end` of sentence `n`; None where the report says it itself."""
    said = reports(text, sentences[n])
    if not said:
        return None
    best = min(
        said, key=lambda s: min(abs(sentences[n].units[s.at].start - start), abs(sentences[n].units[s.at].start - end))
    )
    name = re.sub(r"\s+", " ", best.text).strip(" ,'’")
    if name.lower() in PRONOUNS:
        return previous(text, sentences, n) or name
    return name or None


def previous(text: str, sentences: list[Sentence], n: int) -> str | None:
    """The person named last before sentence `n`: whom "he" means. An office counts, a ministry or a paper does not."""
    for m in range(n - 1, max(-1, n - 8), -1):
        for said in reversed(reports(text, sentences[m])):
            name = re.sub(r"\s+", " ", said.text).strip(" ,'’")
            units = sentences[m].units[said.first : said.last + 1]
            person = any(u.name and u.name.form == "person" for u in units) or not name.lower().startswith(
                ("the ", "a ", "le ", "la ", "el ")
            )
            title = any(u.low in _PERSONAL for u in units)
            if name and name.lower() not in PRONOUNS and (person or title):
                return name
    return None


_PERSONAL = frozenset(
    [
        "president",
        "minister",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "chancellor",
        "premier",
        "lawmaker",
        "commissioner",
        "ambassador",
        "prosecutor",
        "judge",
        "chairman",
        "chairwoman",
        "chair",
        "ministre",
        "presidente",
    ]
)
