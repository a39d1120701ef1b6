"""One field: from what was written to a value of the model, or a reason why not. Nothing is guessed.

Every reader takes the value, the vocabulary and a list to which it adds what it refuses; it returns None for what is
unknown or refused. `whole` problems (an unreadable id, State or date) refuse the row, the others only the field.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from ratione import days
from ratione.complaint.model import SCHEMA
from ratione.complaint.names import StateNames, fold
from ratione.days import Interval
from ratione.law import Rights, bodies, matrix

UNKNOWN = frozenset({"", "unknown", "?", "null"})
YES = frozenset({"yes", "true", "1"})
NO = frozenset({"no", "false", "0"})
#: The nearest thing to a nationality that a stateless person has (ICAO Doc 9303).
STATELESS = "XXA"
#: Other words for the entries of closed lists, by entry.
SYNONYMS = {
    "respondent's_territory": "own_territory",
    "respondents_territory": "own_territory",
    "occupied_by_respondent": "occupied",
    "agent_authority_abroad": "agent_authority",
}
_HALF = re.compile("[\ud800-\udfff]")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?\Z")
_ARTICLE = re.compile(r"[0-9A-Za-z][0-9A-Za-z().+:/-]{0,39}\Z")
_MAX_ID = 200


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of States and the rights that a complaint can use."""

    states: StateNames
    rights: Rights


class Problem(NamedTuple):
    """A refused value. `whole`: the row is refused, else only the field."""

    value: object
    reason: str
    whole: bool = False


Reader = Callable[[object, Vocabulary, list[Problem]], object]


def shown(value: object, width: int = 80) -> str:
    """A value as an error shows it: one line, cut, without control characters."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, str | int | float | date):
        text = str(value) if not isinstance(value, int) or abs(value) < 10**width else "a very long number"
    else:
        text = _short.repr(value)
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return text if len(text) <= width else text[: width - 1] + "…"


_short = reprlib.Repr()
_short.maxlevel, _short.maxstring, _short.maxother = 2, 40, 40


def sound(text: str) -> bool:
    """Whether a text can be written as UTF-8: it holds no half characters, as left by a file in another encoding."""
    return text.isascii() or not _HALF.search(text)


def unknown(value: object) -> bool:
    """Whether nothing is told: absent, null, empty, `unknown` or `?`."""
    if isinstance(value, str):
        return value.strip().casefold() in UNKNOWN
    return value is None or (isinstance(value, float) and value != value)


def _word(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.strip().casefold())


def plain(value: object) -> str | None:
    """A text or a whole number as text; None for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    return str(value) if abs(value) < 10**30 else None


def identity(value: object, _: Vocabulary | None, problems: list[Problem]) -> str | None:
    """The id of a complaint: a printable text or a number."""
    if unknown(value):
        return None
    found = plain(value)
    if found is None or len(found) > _MAX_ID or not found.isprintable():
        problems.append(Problem(value, f"not an id; accepted is a text of one line, up to {_MAX_ID} characters", True))
        return None
    return found


def schema(value: object, _: Vocabulary, problems: list[Problem]) -> str | None:
    """The schema number, which must be the one that this version reads."""
    if not unknown(value) and plain(value) != str(SCHEMA):
        problems.append(Problem(value, f"written for another schema; accepted is {SCHEMA}", True))
    return None


@lru_cache(maxsize=4096)
def _parse(text: str) -> Interval | None:
    try:
        return days.parse(_MIDNIGHT.sub("", text))
    except ValueError:
        return None


def day(value: object, _: Vocabulary, problems: list[Problem]) -> Interval | None:
    """A day, month, year or range as an interval (days.parse); a date cell of a workbook as its day."""
    if unknown(value):
        return None
    if isinstance(value, datetime) and value == datetime(value.year, value.month, value.day):
        return days.exactly(value.date())
    if isinstance(value, date) and not isinstance(value, datetime):
        return days.exactly(value)
    text = plain(value)
    found = _parse(text) if text is not None and len(text) < 30 else None
    if found is None:
        problems.append(Problem(value, f"not a date; accepted is {days.ACCEPTED}", True))
        return None
    return None if found.unknown else found


def yes_no(value: object, _: Vocabulary, problems: list[Problem]) -> str | None:
    """`yes` or `no`."""
    if unknown(value):
        return None
    text = str(value).lower() if isinstance(value, bool) else (plain(value) or "-").casefold()
    if text in YES or text in NO:
        return "yes" if text in YES else "no"
    problems.append(Problem(value, "accepted is yes, no, true, false, 1, 0 or unknown"))
    return None


def one_of(accepted: Sequence[str]) -> Reader:
    """The reader of a closed list of words; case, and spaces or hyphens for underscores, do not matter."""
    closed = frozenset(accepted)

    def read(value: object, _: Vocabulary, problems: list[Problem]) -> str | None:
        if unknown(value):
            return None
        found = _word(value) if isinstance(value, str) else ""
        found = SYNONYMS.get(found, found)
        if found in closed:
            return found
        problems.append(Problem(value, f"accepted is {', '.join(accepted)} or unknown"))
        return None

    return read


def text(value: object, _: Vocabulary, problems: list[Problem]) -> str | None:
    """Free text, kept as written."""
    if unknown(value):
        return None
    found = plain(value)
    if found is None:
        problems.append(Problem(value, "accepted is a text"))
    return found


def parts(value: object) -> list[object]:
    """The members of a list, or of a text with `;` between them, without those that are unknown."""
    if isinstance(value, str):
        value = value.split(";")
    members = list(value) if isinstance(value, list | tuple) else [value]
    return [m for m in members if not unknown(m)]


def states(value: object, vocabulary: Vocabulary, problems: list[Problem]) -> tuple[str, ...] | None:
    """Alpha-3 codes, from codes or names of States."""
    found: list[str] = []
    for member in parts(value):
        code = vocabulary.states.find(member) if isinstance(member, str) else None
        if code:
            found.append(code)
            continue
        near = vocabulary.states.suggest(member) if isinstance(member, str) and len(member) < 100 else None
        hint = f"; did you mean {near}?" if near else ""
        reason = f"not a State; accepted is an ISO alpha-3 code or an English name{hint}"
        problems.append(Problem(member, reason, True))
    return tuple(dict.fromkeys(found)) or None


def nationalities(value: object, vocabulary: Vocabulary, problems: list[Problem]) -> tuple[str, ...] | None:
    """Codes of States, or `stateless`."""
    members = parts(value)
    told = [m for m in members if not (isinstance(m, str) and m.strip().casefold() in ("stateless", "xxa"))]
    found = states(told, vocabulary, problems) or ()
    return (*found, STATELESS) if len(told) < len(members) else found or None


def respondents(value: object, vocabulary: Vocabulary, problems: list[Problem]) -> tuple[str, ...] | None:
    """The States complained of; a dependent territory is refused, with the State that answers for it."""
    for member in parts(value):
        code = vocabulary.states.find(member) if isinstance(member, str) else None
        if code and (owner := vocabulary.states.territory(code)):
            reason = f"a territory, not a State; accepted is respondent {owner.replace(';', ' or ')} with place {code}"
            problems.append(Problem(member, reason, True))
    return states(value, vocabulary, problems)


def right(value: object, vocabulary: Vocabulary, problems: list[Problem]) -> str | None:
    """A plain right of rights.csv, an article such as `ECHR-P1:1`, or an instrument alone."""
    written = value.strip() if isinstance(value, str) else ""
    known = vocabulary.rights
    if _word(written) in known.articles:
        return _word(written)
    instrument, colon, article = (part.strip() for part in written.partition(":"))
    instrument = instrument.upper()
    if instrument in known.instruments and (not colon or _ARTICLE.match(article)):
        return f"{instrument}:{article}" if colon else instrument
    near = _near(written, known)
    hint = f"; did you mean {near}?" if near else ""
    problems.append(Problem(value, "not a known right; accepted is an id such as liberty, or an article such as "
                            f"ECHR:5 or ECHR-P1:1{hint}"))  # fmt: skip
    return None


def _near(written: str, known: Rights) -> str | None:
    if not 3 < len(written) < 60:
        return None
    from rapidfuzz import fuzz, process

    names = {id_: id_ for id_ in known.articles} | {label.casefold(): id_ for id_, label in known.labels.items()}
    near = process.extractOne(written.casefold(), list(names), scorer=fuzz.ratio, score_cutoff=70.0)
    return names[near[0]] if near else None


def rights(value: object, vocabulary: Vocabulary, problems: list[Problem]) -> tuple[str, ...] | None:
    """Several rights; those that are not known are refused one by one, the others stay."""
    found = [right(member, vocabulary, problems) for member in parts(value)]
    return tuple(dict.fromkeys(r for r in found if r)) or None


def forum(value: object, vocabulary: Vocabulary, problems: list[Problem]) -> str | None:
    """Another body: a code of law.md A.5 or D.4 from its code or full name, else its name as written."""
    found = text(value, vocabulary, problems)
    if found is None:
        return None
    code = found.upper()
    return code if code in _fora() else _bodies().get(fold(found), found)


@cache
def _bodies() -> dict[str, str]:
    return {fold(name): code for name, code in bodies().items()}


@cache
def _fora() -> frozenset[str]:
    return FORA | {other for _, other in matrix().cells}


#: The codes of law.md A.5; the bodies of data/same_matter.csv are known beside them, others are named in free text.
FORA = frozenset(
    {
        *("ECTHR", "HRC", "CERD", "CAT", "CEDAW", "CRPD", "CED", "CRC", "CESCR", "CMW", "WGAD", "SP", "HRCP", "UNESCO"),
        *("ECSR", "IACHR", "IACTHR", "ACHPR", "AFCTHPR", "ACERWC", "ECOWASCCJ", "EACJ", "SADC", "ARABHRC", "ILOCFA"),
        *("ICCOTP", "RD4U", "EUGC"),
    }
)
