"""Who speaks: the speaker, role and addressee of what a sentence reports."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ratione.press.find import Sentence, Unit
from ratione.press.lexicon import Lexicon

_TITLE = frozenset(
    "president minister spokesman spokeswoman spokesperson secretary general chancellor premier lawmaker leader official "
    "officials ministry authorities commissioner ambassador prosecutor judge speaker senator chairman chairwoman chair "
    "deputy marshal foreign prime justice interior defence defense home deputy vice high commissioner for refugees "
    "president ministre porte-parole secrétaire ministerio presidente canciller".split()
)
_PRONOUNS = frozenset(("he", "she", "they", "it", "il", "elle", "él", "ella", "он", "она", "who", "which", "that", "i", "we", "you"))


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
        if unit.name or "report" not in unit.tags:
            continue
        after = unit.low in ("according to", "selon", "según", "по словам", "segundo")
        first, last = _speaker_right(units, at) if after else _speaker_left(units, at)
        if first > last and not after:
            first, last = _speaker_right(units, at, inverted=True)
        if first <= last:
            found.append(Said(at, first, last, text[units[first].start : units[last].end]))
    return found


def _speaker_left(units: list[Unit], at: int) -> tuple[int, int]:
    """The noun phrase left of the verb; commas around an apposition are crossed."""
    k = at - 1
    while k >= 0 and (units[k].tags & {"have", "be", "will", "modal", "neg"} or units[k].low.endswith("ly") or units[k].low in ("also", "then", "later", "who", "never")):
        k -= 1
    if k >= 0 and units[k].low in ("which", "that"):
        return 1, 0
    last = k
    while k >= 0 and units[k].low in (",", "“", "”", "\""):
        if units[k].low in ("”", "\""):
            return 1, 0
        k -= 1
        last = k
    first = last + 1
    commas = 0
    while k >= 0 and last - k < 16:
        unit = units[k]
        if unit.low in ("“", "”", "\"", ";", ":", "—", "–", ".", "!", "?", "(", ")"):
            break
        if unit.low == ",":
            if commas or not (_appositive(units, k, last) or _listed(units, k)):
                break
            commas += 1
        elif unit.tags & {"clause"} and unit.low not in ("and", "et", "y"):
            break
        elif unit.verbs and unit.verbs[0].form not in ("noun", "ing") and not unit.name and not unit.text[:1].isupper():
            break
        elif unit.tags & {"have", "be", "will", "modal"} or "report" in unit.tags:
            break
        elif unit.low in ("in", "on", "as", "after", "since", "during") and (k == 0 or units[k - 1].punct):
            break
        first = k
        k -= 1
    while first <= last and units[first].low in (",", "and", "as", "but", "that"):
        first += 1
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
    capitals = all(u.text[:1].isupper() or u.name or u.punct for u in right)
    return bool(capitals and any(u.low in _TITLE for u in left)) or any(u.low in _TITLE for u in right)


def _speaker_right(units: list[Unit], at: int, inverted: bool = False) -> tuple[int, int]:
    """The noun phrase right of "according to", or of an inverted verb ("said Tolstoy")."""
    first = at + 1
    if first >= len(units) or (inverted and not (units[first].text[:1].isupper() or units[first].low in ("the", "a", "le", "la", "el"))):
        return 1, 0
    k = first
    while k < len(units) and k - first < 9:
        unit = units[k]
        if unit.punct and unit.low not in ("-", "'", "’") or unit.tags & {"clause", "have", "be", "report"} or (unit.low in ("on", "in", "at") and k > first):
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
    best = min(said, key=lambda s: min(abs(sentences[n].units[s.at].start - start), abs(sentences[n].units[s.at].start - end)))
    name = re.sub(r"\s+", " ", best.text).strip(" ,'’")
    if name.lower() in _PRONOUNS:
        return _previous(text, sentences, n) or name
    return name or None


def _previous(text: str, sentences: list[Sentence], n: int) -> str | None:
    """The speaker named last before sentence `n`: whom "he" means."""
    for m in range(n - 1, max(-1, n - 8), -1):
        for said in reversed(reports(text, sentences[m])):
            name = re.sub(r"\s+", " ", said.text).strip(" ,'’")
            if name and name.lower() not in _PRONOUNS:
                return name
    return None
