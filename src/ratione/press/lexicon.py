"""The words that reports use, by language: States, bodies, office-holders and the verbs of the field.

All words stand in `data/press/`; this module turns them into one table per language. Names of States in other
languages than English come from the CLDR through Babel.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, product
from typing import Any

LANGUAGES = ("en", "fr", "es", "pt", "ru")
FORMS = ("base", "present", "past", "part", "ing", "future", "cond")

TOKEN = re.compile(
    r"(?P<abbr>(?:[A-Za-z]\.){2,})"
    r"|(?P<elide>(?:[LDJCMNSTldjcmnst]|[Qq]u|[Ll]orsqu|[Pp]uisqu)['’](?=[^\W\d_]{2}))"
    r"|(?P<poss>['’‘ʼ](?:s|t|re|ve|ll|d)\b)"
    r"|(?P<word>[^\W_]+(?:[-‐‑][^\W_]+)*)"
    r"|(?P<punct>[^\w\s])"
)
_RU_ENDS = tuple(
    [
        "иями",
        "ями",
        "ами",
        "ого",
        "его",
        "ому",
        "ему",
        "ыми",
        "ими",
        "ий",
        "ый",
        "ой",
        "ая",
        "яя",
        "ое",
        "ее",
        "ые",
        "ие",
        "ых",
        "их",
        "ую",
        "юю",
        "ом",
        "ем",
        "ам",
        "ям",
        "ах",
        "ях",
        "ию",
        "ия",
        "ии",
        "ей",
        "ов",
        "ев",
        "ью",
        "ью",
        "а",
        "я",
        "о",
        "е",
        "ё",
        "ы",
        "и",
        "у",
        "ю",
        "ь",
        "й",
    ]
)


def stem(word: str) -> str:
    """A Russian word without its case ending; the endings are those of nouns and adjectives, longest first."""
    if len(word) < 4:
        return word
    for end in _RU_ENDS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word


@lru_cache(maxsize=50_000)
def key(word: str, lang: str) -> str:
    """The form in which a word is compared."""
    low = word.lower().replace("’", "'").replace("‘", "'").replace("ʼ", "'").replace("‑", "-").replace("‐", "-")
    return stem(low.replace("ё", "е")) if lang == "ru" else low


def words_of(phrase: str, lang: str) -> tuple[str, ...]:
    """The keys of the words of a phrase, cut as the text itself is cut; an elided article alone stays one word."""
    if phrase.endswith(("'", "’")) and " " not in phrase:
        return (key(phrase, lang),)
    return tuple(key(found.group(), lang) for found in TOKEN.finditer(phrase))


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for. `kind`: state, body, person (of a body), other; `form`: noun, adj, place, person."""

    kind: str
    code: str
    form: str = "noun"
    case: str = "capital"  # capital | exact | any: how the text must be written
    written: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb (or noun) of the field, with what links it to its object."""

    family: str
    form: str
    links: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A body or treaty as reports know it."""

    code: str
    registry: str
    kinds: tuple[str, ...]
    home: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A person in an office of a State or body, between two days."""

    name: str
    aliases: tuple[str, ...]
    of: str
    office: str
    first: date
    last: date | None


@dataclass(slots=True)
class Entry:
    """All that a phrase can be."""

    names: list[Name] = field(default_factory=list)
    verbs: list[Verb] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language: `single` by the word, `phrases` by their first two words, longest first."""

    lang: str
    single: dict[str, Entry]
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], Entry]]]]
    bodies: dict[str, Body]
    offices: tuple[Office, ...]


def folder() -> Traversable:
    """Where the words stand."""
    return files("ratione") / "data" / "press"


@cache
def raw_bodies() -> dict[str, Any]:
    """The file of bodies as it stands."""
    return tomllib.loads((folder() / "bodies.toml").read_text("utf-8"))


@cache
def bodies() -> dict[str, Body]:
    """Every body by its code."""
    return {
        code: Body(
            code, entry.get("registry", ""), (entry["kind"], *entry.get("also", ())), tuple(entry.get("home", ()))
        )
        for code, entry in raw_bodies().items()
        if code != "other"
    }


@cache
def report_words() -> dict[str, Any]:
    """Words of reports beside the verbs of the field: acts, figures, agencies."""
    return tomllib.loads((folder() / "reports.toml").read_text("utf-8"))


@cache
def raw_states() -> tuple[dict[str, str], ...]:
    """The file of States as it stands."""
    return tuple(csv.DictReader((folder() / "states.csv").read_text("utf-8").splitlines()))


@cache
def state_names() -> dict[str, str]:
    """The usual English name of every State by its code."""
    return {row["code"]: row["en"].split(";")[0] for row in raw_states()}


@cache
def offices() -> tuple[Office, ...]:
    """Office-holders whom reports name."""
    rows = csv.DictReader((folder() / "offices.csv").read_text("utf-8").splitlines())
    return tuple(
        Office(
            row["name"],
            tuple(filter(None, row["aliases"].split(";"))),
            row["of"],
            row["office"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in rows
    )


@cache
def out_of_office() -> frozenset[str]:
    """Names of politicians who lead a party and no government: what they will do is a wish."""
    led = [office for office in offices() if office.office.startswith(("Leader of", "Shadow"))]
    return frozenset(name.lower() for office in led for name in (office.name, *office.aliases))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _adjectives(base: str, lang: str) -> set[str]:
    """The genders and numbers of an adjective: more forms than exist do no harm, they never occur."""
    if lang == "fr":
        roots = {base, base + "e"}
        if base.endswith(("en", "on")):
            roots.add(base + "ne")
        if base.endswith("c"):
            roots |= {base[:-1] + "que", base + "que"}
        return {r + s for r in roots for s in ("", "s")}
    if base.endswith("o"):
        return {base[:-1] + end for end in ("o", "a", "os", "as")}
    if base.endswith("és"):
        return {base, base[:-2] + "esa", base[:-2] + "eses", base[:-2] + "esas"}
    if base.endswith(("án", "ón")):
        return {base, base[:-2] + "ana", base[:-2] + "anes"}
    return {base, base + "s", base + "es", base + "a"}


def _state_names(lang: str) -> list[tuple[str, Name]]:
    from babel import Locale

    found: list[tuple[str, Name]] = []
    cldr = Locale(lang).territories if lang != "en" else {}
    for row in raw_states():
        code = row["code"]
        for text in _split(row["en"]):
            exact = len(text.replace(".", "")) <= 4 and text.upper() == text
            found.append((text, Name("state", code, "noun", "exact" if exact else "capital", text)))
        if row["alpha2"] in cldr:
            text = str(cldr[row["alpha2"]])
            found.append((text, Name("state", code, "noun", "capital", text)))
        for text in _split(row["places"]):
            found.append((text, Name("state", code, "place", "capital", text)))
        if lang == "en":
            for text in _split(row["adjective"]):
                exact = len(text.replace(".", "")) <= 3 and text.upper() == text
                found.append((text, Name("state", code, "adj", "exact" if exact else "capital", text)))
        elif lang == "ru":
            found += [(text, Name("state", code, "adj", "any", text)) for text in _split(row["ru"])]
        else:
            for text in _split(row["fr" if lang == "fr" else "es"]):
                found += [(form, Name("state", code, "adj", "any", form)) for form in _adjectives(text, lang)]
    for office in offices():
        kind = "state" if office.of in state_names() else "person"
        for text in (office.name, *office.aliases):
            found.append((text, Name(kind, office.of, "person", "capital", text)))
    return found


def variants(text: str) -> list[str]:
    """The names that one line means: "UN (human rights|rights) council" is two of them."""
    parts = re.split(r"\(([^()]*\|[^()]*)\)", text)
    choices = [part.split("|") if k % 2 else [part] for k, part in enumerate(parts)]
    return [" ".join("".join(chosen).split()) for chosen in product(*choices)]


def _body_names(lang: str) -> list[tuple[str, Name]]:
    found = []
    for code, entry in raw_bodies().items():
        if code == "other":
            found += [
                (text, Name("other", "", "noun", "any" if text[0].islower() else "capital", text))
                for text in entry["words"]
            ]
            continue
        for text in chain(*map(variants, entry["en"] + (entry.get(lang, []) if lang != "en" else []))):
            case = "exact" if text.upper() == text and len(text) <= 6 else "capital" if text[0].isupper() else "any"
            found.append((text, Name("body", code, "noun", case, text, entry.get("weak", False))))
    return found


def _verb_entries(spec: dict[str, Any], lang: str) -> list[tuple[str, Verb]]:
    found = []
    for family, lines in spec.get("verbs", {}).items():
        for line in lines:
            *forms, links = [part.strip() for part in line.split("|")]
            linked = tuple(() if text == "-" else words_of(text, lang) for text in map(str.strip, links.split(",")))
            for form, texts in zip(FORMS, forms, strict=True):
                form = "inf" if form == "base" and lang != "en" else form
                found += [(text.strip(), Verb(family, form, linked)) for text in texts.split(",") if text.strip()]
    for family, nouns in spec.get("nouns", {}).items():
        found += [(text, Verb(family, "noun")) for text in nouns]
    return found


@cache
def lexicon(lang: str) -> Lexicon:
    """The table of one language; an unknown language reads as English."""
    lang = lang if lang in LANGUAGES else "en"
    spec = tomllib.loads((folder() / f"{lang}.toml").read_text("utf-8"))
    entries: dict[tuple[str, ...], Entry] = {}

    def entry(text: str) -> Entry:
        return entries.setdefault(words_of(text, lang), Entry())

    for text, name in _state_names(lang) + _body_names(lang):
        named = entry(text).names
        if not any((other.code, other.form, other.written) == (name.code, name.form, name.written) for other in named):
            named.append(name)
    for text, verb in _verb_entries(spec, lang):
        entry(text).verbs.append(verb)
    for tag, texts in spec["words"].items():
        for text in texts:
            entry(text).tags.add(tag)
    single: dict[str, Entry] = {}
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], Entry]]]] = {}
    for words, found in entries.items():
        if len(words) == 1:
            single[words[0]] = found
        elif words:
            phrases.setdefault(words[0], {}).setdefault(words[1], []).append((words, found))
    for seconds in phrases.values():
        for group in seconds.values():
            group.sort(key=lambda item: -len(item[0]))
    return Lexicon(lang, single, phrases, bodies(), offices())


_COMMON = {
    "en": frozenset(
        ["the", "of", "and", "to", "in", "that", "is", "for", "on", "with", "as", "by", "from", "has", "said"]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "du",
            "et",
            "en",
            "une",
            "est",
            "que",
            "dans",
            "pour",
            "qui",
            "sur",
            "au",
            "son",
            "l'",
            "d'",
        ]
    ),
    "es": frozenset(
        ["el", "la", "los", "las", "del", "y", "en", "una", "que", "por", "con", "para", "su", "se", "al", "es"]
    ),
    "pt": frozenset(
        [
            "o",
            "a",
            "os",
            "as",
            "do",
            "da",
            "dos",
            "das",
            "e",
            "em",
            "uma",
            "que",
            "por",
            "com",
            "para",
            "no",
            "na",
            "não",
            "ao",
        ]
    ),
}


_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[а-яА-Я]")


def language(text: str) -> str:
    """Guess the language of a text from its commonest words and letters; English where nothing speaks against it."""
    sample = text[:1500]
    letters = len(_LETTER.findall(sample)) or 1
    if len(_CYRILLIC.findall(sample)) / letters > 0.4:
        return "ru"
    written = [word for word in sample.split() if not word.isupper() or len(word) == 1]  # "AU" is no French "au"
    words = Counter(" ".join(written).lower().replace("l'", "l' ").replace("l’", "l' ").split())
    scores = {lang: sum(words[word] for word in common) for lang, common in _COMMON.items()}
    return max(scores, key=lambda lang: scores[lang])
