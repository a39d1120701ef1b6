"""Sentences, words, and the names of States and bodies in a text, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ratione.press.lexicon import TOKEN, Entry, Lexicon, Name, Verb, key, stem
from ratione.press.when import WORDS, When, find

DAY_WORDS = WORDS | {stem(word) for word in WORDS}
LONGEST_SENTENCE = 1500  # characters
NO_TAGS: frozenset[str] = frozenset()
_DIGIT = re.compile(r"\d")
_END = re.compile(
    r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[^\W\d_a-zа-я])|[ \t]*\n[ \t]*\n\s*|(?<=[.!?…:;”\"])[ \t]*\n\s*"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Prof|Sen|Rep|Gov|No|Art|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|vs|Sra?|M)"
    r"|\b(?:[A-Z]\.)*[A-Z])\.$"
)


@dataclass(slots=True)
class Unit:
    """A word, a sign, or a whole name or phrase. Offsets count characters of the text."""

    low: str
    text: str
    start: int
    end: int
    name: Name | None = None
    tags: frozenset[str] | set[str] = NO_TAGS
    verbs: tuple[Verb, ...] | list[Verb] = ()

    @property
    def kind(self) -> str:
        """State, body, other, or empty for a plain word."""
        return self.name.kind if self.name else ""

    @property
    def punct(self) -> bool:
        """Whether this is a sign and no word."""
        return len(self.low) == 1 and not self.low.isalnum()


@dataclass(slots=True)
class Sentence:
    """A sentence as units; `headline` where it is the title."""

    start: int
    end: int
    units: list[Unit] = field(default_factory=list)
    headline: bool = False
    paragraph: int = 0
    days: list[When] | None = None

    def said(self, text: str) -> list[When]:
        """The days said in this sentence of `text`, looked for once."""
        if self.days is None:
            words = {unit.low for unit in self.units}
            likely = not words.isdisjoint(DAY_WORDS) or _DIGIT.search(text, self.start, self.end) is not None
            self.days = find(text, self.start, self.end) if likely else []
        return self.days


def spans(text: str) -> list[tuple[int, int, bool]]:
    """The sentences of a text: start, end, and whether a paragraph begins there."""
    found: list[tuple[int, int, bool]] = []
    start, fresh = 0, True
    for gap in _END.finditer(text):
        new_paragraph = "\n\n" in gap.group().replace(" ", "").replace("\t", "").replace("\r", "")
        if (
            not new_paragraph
            and "\n" not in gap.group()
            and _ABBREVIATION.search(text, max(start, gap.start() - 12), gap.start())
        ):
            continue
        closing = gap.start() + len(gap.group()) - len(gap.group().lstrip('"”’»)]'))
        if text[start:closing].strip():
            found.append((start, closing, fresh))
            fresh = new_paragraph
        else:
            fresh = fresh or new_paragraph
        start = gap.end()
    if text[start:].strip():
        found.append((start, len(text.rstrip()), fresh))
    return found


def _pieces(text: str, start: int, end: int, fresh: bool) -> list[tuple[int, int, bool]]:
    """A stretch without any full stop is cut, so that the time of reading stays in proportion to the text."""
    if end - start <= LONGEST_SENTENCE:
        return [(start, end, fresh)]
    found = []
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        found.append((start, cut, fresh))
        start, fresh = cut, False
    return [*found, (start, end, fresh)]


def _fits(name: Name, text: str) -> bool:
    if name.case == "exact":
        return text == name.written
    return name.case == "any" or not text[:1].islower()


def _match(
    tokens: list[tuple[str, str, int, int]], i: int, lex: Lexicon, source: str
) -> tuple[int, Entry | None, Name | None]:
    """The longest phrase that begins at token `i`: how many tokens, the entry, the name that fits."""
    first = tokens[i][0]
    left = len(tokens) - i
    if left > 1 and first in lex.phrases:
        for words, entry in lex.phrases[first].get(tokens[i + 1][0], ()):
            n = len(words)
            if n > left or (n > 2 and any(tokens[i + k][0] != words[k] for k in range(2, n))):
                continue
            if name := _named(entry, source[tokens[i][2] : tokens[i + n - 1][3]]):
                return n, entry, name
            if (entry.verbs or entry.tags) and not _name_within(tokens, i, n, lex, source):
                return n, entry, None
    found = lex.single.get(first)
    if found is None:
        return 1, None, None
    return 1, found, _named(found, tokens[i][1])


def _named(entry: Entry, written: str) -> Name | None:
    """The name that the phrase is, written as it must be."""
    if not entry.names:
        return None
    written = written.replace("’", "'")
    return next((name for name in entry.names if _fits(name, written)), None)


def _name_within(tokens: list[tuple[str, str, int, int]], i: int, n: int, lex: Lexicon, source: str) -> bool:
    """Whether a name begins inside the phrase and reaches its end: "the Council" before "of Europe" is no phrase."""
    for j in range(i + 1, i + n):
        length, _, name = _match(tokens, j, lex, source)
        if name and j + length >= i + n:
            return True
    return False


def _broken_owner(token: tuple[str, str, int, int], lex: Lexicon) -> Name | None:
    """The State of a possessive that lost its sign: "HungaryS"."""
    word = token[1]
    if len(word) < 5 or word[-1] != "S" or not word[-2].islower():
        return None
    entry = lex.single.get(key(word[:-1], lex.lang))
    names = entry.names if entry else ()
    return next((name for name in names if name.kind == "state" and name.form == "noun"), None)


def units_of(source: str, start: int, end: int, lex: Lexicon) -> list[Unit]:
    """The units of one sentence."""
    lang = lex.lang
    tokens = [(key(w := m.group(), lang), w, m.start(), m.end()) for m in TOKEN.finditer(source, start, end)]
    found: list[Unit] = []
    i = 0
    while i < len(tokens):
        n, entry, name = _match(tokens, i, lex, source)
        if entry is None and (owner := _broken_owner(tokens[i], lex)):
            word, start_, end_ = tokens[i][1], tokens[i][2], tokens[i][3]
            found += [Unit(word[:-1].lower(), word[:-1], start_, end_ - 1, owner), Unit("'s", "S", end_ - 1, end_)]
            i += 1
            continue
        first, last = tokens[i], tokens[i + n - 1]
        low = first[0] if n == 1 else " ".join(token[0] for token in tokens[i : i + n])
        if name and name.form == "place" and n == 1 and i > 1 and _of_a_family(tokens, i, lex):
            name = None  # "Leila de Lima"
        if name and name.form == "person" and n == 1 and i and _first_name(tokens[i - 1], lex):
            name = None  # "Tim Barrow" is not Adama Barrow
        unit = Unit(low, source[first[2] : last[3]], first[2], last[3], name)
        if entry:
            if name is None or name.form == "adj":
                unit.tags, unit.verbs = entry.tags, entry.verbs
            elif entry.tags or entry.verbs:
                unit.tags = entry.tags
        found.append(unit)
        i += n
    return protocols(nations(found), lex)


def _first_name(token: tuple[str, str, int, int], lex: Lexicon) -> bool:
    """Whether an unknown capitalised word stands before a surname: it is somebody else's first name."""
    word = token[1]
    return len(word) > 1 and word.isalpha() and word[0].isupper() and word[1:].islower() and token[0] not in lex.single


def _of_a_family(tokens: list[tuple[str, str, int, int]], i: int, lex: Lexicon) -> bool:
    """Whether a place is the end of a family name: a first name and "de" stand before it."""
    if lex.lang == "en":
        return tokens[i - 1][0] in ("de", "da", "di", "van") and tokens[i - 2][1][:1].isupper()
    return False


_NOT_A_STATE = frozenset(
    ("party", "parties", "member", "members", "secretary", "department", "television", "media", "tv")
)


def nations(units: list[Unit]) -> list[Unit]:
    """Tag "the West African nation", "the island State" as words for the State spoken of; "the first State" is not."""
    for k, unit in enumerate(units):
        if "nation" not in unit.tags or unit.name or "anaphor_state" in unit.tags:
            continue
        after = units[k + 1].low if k + 1 < len(units) else ""
        if after in _NOT_A_STATE or after in ("of", "that", "to", "which"):
            continue
        for j in range(k - 1, max(-1, k - 5), -1):
            before = units[j]
            if before.low == "the":
                unit.tags = {*unit.tags, "anaphor_state"}
            if before.low == "the" or before.punct or before.verbs or before.tags & {"first", "neg", "clause"}:
                break
    return units


_OPTIONAL = ("optional protocol", "protocole facultatif", "protocolo facultativo", "факультативн протокол")
_OF_TREATY = ("to", "the", "of", "à", "au", "la", "le", "del", "de", "a", "al", "da", "к")
_PROTOCOLS = {
    "CRC": "CRC-OPIC",
    "ICCPR": "ICCPR-OP1",
    "CAT": "OPCAT",
    "ICESCR": "ICESCR-OP",
    "CEDAW": "CEDAW-OP",
    "CRPD": "CRPD-OP",
}


def protocols(units: list[Unit], lex: Lexicon) -> list[Unit]:
    """Join "Optional Protocol to" and "Protocol No. 15 to" with the treaty that they belong to."""
    if not any("protocol" in unit.low for unit in units):
        return units
    found: list[Unit] = []
    k = 0
    while k < len(units):
        end, code = _protocol(units, k)
        if code:
            first, last = units[k], units[end]
            text = " ".join(u.text for u in units[k : end + 1])
            found.append(Unit(text.lower(), text, first.start, last.end, Name("body", code, "noun", "any", text)))
            k = end + 1
            continue
        found.append(units[k])
        k += 1
    return found


def _protocol(units: list[Unit], k: int) -> tuple[int, str]:
    """The last unit and the code of a protocol that begins at `k`."""
    low = units[k].low
    if low.endswith(_OPTIONAL) and (units[k].name is None or units[k].name.code == "ICCPR-OP1"):  # type: ignore[union-attr]
        for j in range(k + 1, min(k + 5, len(units))):
            if units[j].kind == "body" and units[j - 1].low in _OF_TREATY:
                code = units[j].name.code  # type: ignore[union-attr]
                return j, _PROTOCOLS.get(code, "")
            if units[j].low not in _OF_TREATY and units[j].low not in ("un", "u.n.", "se", "rapportant"):
                break
        return k, ""
    if low in ("protocole", "protocolo") and units[k + 1 : k + 2] and units[k + 1].low in ("facultatif", "facultativo"):
        joined = Unit(f"{low} {units[k + 1].low}", "", units[k].start, units[k + 1].end)
        end, code = _protocol([*units[:k], joined, *units[k + 2 :]], k)  # written small, it is no name of its own
        return end + 1, code
    if low != "protocol":
        return k, ""
    j = k + 1
    while j < len(units) and units[j].low in ("no", "number", "nº", "n°", "n", "."):
        j += 1
    if j >= len(units) or not units[j].low.isdigit():
        return k, ""
    code = f"ECHR-P{units[j].low}"
    for end in range(j + 1, min(j + 4, len(units))):
        if units[end].kind == "body":
            return (end, code) if units[end].name.code == "ECHR" else (k, "")  # type: ignore[union-attr]
        if units[end].low not in ("to", "of", "the"):
            break
    return (j, code) if code in _ECHR_PROTOCOLS else (k, "")


_ECHR_PROTOCOLS = frozenset(f"ECHR-P{n}" for n in (1, 4, 6, 7, 12, 13, 14, 15, 16))


def sentences(source: str, lex: Lexicon) -> list[Sentence]:
    """The sentences of a text with their units. The first, where it stands alone and ends openly, is the headline."""
    found: list[Sentence] = []
    paragraph = 0
    cuts = [piece for cut in spans(source) for piece in _pieces(source, *cut)]
    for n, (start, end, fresh) in enumerate(cuts):
        paragraph += fresh
        alone = cuts[n + 1][2] if n + 1 < len(cuts) else source[end:].startswith("\n\n")
        headline = n == 0 and alone and end - start < 250 and source[end - 1] not in ".;"
        found.append(Sentence(start, end, units_of(source, start, end, lex), headline, paragraph))
    return found
