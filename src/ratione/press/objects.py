"""The bodies that a verb acts on, reached over its link word, and the general words that stand for a body."""

from __future__ import annotations

from dataclasses import dataclass

from ratione.press.find import Unit
from ratione.press.grammar import (
    AND,
    BREAK,
    Memory,
    adverb,
)
from ratione.press.lexicon import Lexicon, Verb, bodies


@dataclass(slots=True)
class Object:
    """The bodies that a verb acts on; `state` is a State between verb and link ("pull Britain out of")."""

    bodies: list[tuple[int, str]]
    state: str = ""
    last: int = 0


def link_at(units: list[Unit], k: int, links: tuple[tuple[str, ...], ...]) -> int:
    """How many units from `k` make one of the links; 0 if none."""
    for link in links:
        if not link:
            continue
        want = " ".join(link)
        got = ""
        for n in range(1, len(link) + 1):
            if k + n > len(units):
                break
            got = f"{got} {units[k + n - 1].low}".strip()
            if got == want:
                return n
    return 0


def refers_back(units: list[Unit], k: int, memory: Memory) -> str:
    """The body that a general word at `k` stands for: "the court", "the 15-nation bloc", "this treaty"."""
    unit = units[k]
    if unit.name:
        return ""
    if code := _named_here(units, k, unit.tags) or _anaphor(unit.tags, memory):
        return code
    if code := _of_its_own(units, k, memory):
        return code
    tag = next(
        (f"anaphor_{kind}" for kind in ("court", "treaty", "org", "assembly") if f"noun_{kind}" in unit.tags), ""
    )
    if not tag or (k + 1 < len(units) and (units[k + 1].name or units[k + 1].low in ("of", "on", "for", "against"))):
        return ""
    if units[k - 1].low == "de" and tag == "anaphor_treaty":
        return _anaphor({tag}, memory)  # "retrait de protocole"
    if memory.headline and (k == 0 or units[k - 1].punct):
        return _anaphor({tag}, memory)  # "Bloc welcomes Guinea back"
    for j in range(k - 1, max(-1, k - 5), -1):
        if units[j].low in ("a", "an", "un", "une"):
            return ""  # "no longer an impartial court"
        if memory.headline and units[j].verbs and not units[j].name:
            return _anaphor({tag}, memory)
        if units[j].low in ("the", "this", "that", "le", "la", "el", "cette", "ce"):
            return _anaphor({tag}, memory)
        if units[j].name or units[j].verbs or units[j].punct or "subj_stop" in units[j].tags:
            return ""
    return ""


def _named_here(units: list[Unit], k: int, tags: set[str] | frozenset[str]) -> str:
    """The body of the kind meant that the sentence itself named before "the treaty", "the court"."""
    wanted = {tag[8:] for tag in tags if tag in ("anaphor_court", "anaphor_treaty", "anaphor_assembly", "anaphor_org")}
    if not wanted:
        return ""
    for unit in reversed(units[:k]):
        body = bodies().get(unit.name.code) if unit.kind == "body" and unit.name else None
        if body is not None and wanted & set(body.kinds) and not (unit.name and unit.name.weak):
            return body.code
    return ""


_OWN = {
    ("COE", "court"): "ECHR",
    ("COE", "treaty"): "ECHR",
    ("PACE", "court"): "ECHR",
    ("OAS", "court"): "ACHR-62",
    ("AU", "court"): "ACTHPR",
}


def _of_its_own(units: list[Unit], k: int, memory: Memory) -> str:
    """The Court or Convention that belongs to the organisation spoken of: "the Convention" beside the Council."""
    unit = units[k]
    if not unit.text.rpartition(" ")[2][:1].isupper() or (k + 1 < len(units) and units[k + 1].name):
        return ""
    org = named_before(units, k) or memory.last_body
    if "anaphor_treaty" in unit.tags and "convention" not in unit.low:
        return ""
    for tag, kind in (("anaphor_court", "court"), ("anaphor_treaty", "treaty")):
        if tag in unit.tags and (code := _OWN.get((org, kind))):
            return code
    return ""


def _anaphor(tags: set[str] | frozenset[str], memory: Memory) -> str:
    for tag, kinds in (
        ("anaphor_court", ("court",)),
        ("anaphor_treaty", ("treaty",)),
        ("anaphor_assembly", ("assembly",)),
        ("anaphor_org", ("org", "council", "assembly")),
    ):
        if tag in tags and (code := memory.body(kinds)):
            return code
    return ""


def at_home(unit: Unit, lex: Lexicon, memory: Memory) -> str:
    """The body of a word such as Hague-based: the one named before, else the only one that sits there."""
    if "-based" not in unit.low and unit.low not in ("strasbourg", "hague"):
        return ""
    codes = [code for code, body in lex.bodies.items() if unit.low in body.home]
    for code in codes:
        if code in memory.bodies.values():
            return code
    return codes[0] if codes else ""


def find_object(units: list[Unit], at: int, verb: Verb, lex: Lexicon, memory: Memory) -> Object:
    """The bodies after the verb at `at`, reached over its link; nothing if another object stands in the way."""
    links = verb.links or (
        ("from",),
        ("of",),
        ("to",) if verb.family not in ("leave", "denounce") else ("out of",),
        ("de",),
        ("du",),
        ("d'",),
        ("из",),
        ("del",),
        ("da",),
        ("do",),
        ("des",),
        ("à",),
    )
    linked = () in links
    state, unknown, home = "", 0, ""
    if memory.home and linked and verb.form != "noun" and _nothing_more(units, at):
        return Object([(at, memory.home)], state, at)
    k = at + 1
    while k < len(units) and k - at < 16:
        unit = units[k]
        if not linked and (n := link_at(units, k, links)):
            linked, k = True, k + n
            continue
        if (
            unit.kind == "body"
            and unit.name
            and unit.name.weak
            and not _body_follows(units, k)
            and _qualifies(units, k)
        ):
            return Object([], state)
        if unit.kind == "body" and not (unit.name and unit.name.weak and _body_follows(units, k)):
            if not linked:
                return Object([])
            return _with_more(units, k, unit.name.code if unit.name else "", state, lex, memory)
        if linked and unit.low in ("it", "them", "them all") and (code := named_before(units, at) or memory.last_body):
            return Object([(k, code)], state, k)
        if linked and (code := refers_back(units, k, memory)):
            return _with_more(units, k, code, state, lex, memory)
        if unit.kind == "state" and unit.name and verb.form == "noun" and linked and _owns(units, k):
            linked, k = False, k + 1  # "the exit of Mali from"
            while k < len(units) and (units[k].low in AND or units[k].kind == "state"):
                k += 1
            continue
        if unit.kind == "state" and unit.name:
            if linked and unit.name.form != "adj" and not (k + 1 < len(units) and units[k + 1].low in ("'s",)):
                return Object([])
            if not linked and not state and unit.name.form != "adj":
                state = unit.name.code
            elif not linked:
                return Object([])
        elif unit.kind == "other" or "not_object" in unit.tags or unit.low in BREAK:
            break
        elif () in verb.links and verb.family == "leave" and "anaphor_state" in unit.tags:
            break  # "would leave the country in"
        elif () in links and unit.low in _ABOUT and (unit.low,) not in links:
            break  # "the minister quits over the Convention"
        elif unit.low == ",":
            if not home:
                break
        elif home := (at_home(unit, lex, memory) or home):
            pass
        elif (unknown and unit.low in _NEXT_CLAUSE) or (not linked and unit.tags & {"modal", "will"}):
            break
        elif "his" in unit.tags and not linked:
            state = state or (memory.states[0] if memory.states else "")
        elif linked and "not_body" in unit.tags and not unit.tags & {"det", "delegates"}:
            break
        elif (
            unit.low in "\"“”'‘’«»"
            or "det" in unit.tags
            or adverb(unit)
            or unit.tags & {"member_noun", "notice_noun", "anaphor_state"}
        ):
            pass
        elif (
            unit.verbs
            and any(v.form in ("past", "present", "base", "future") for v in unit.verbs)
            and "det" not in unit.tags
        ):
            break
        else:
            unknown += 1
            if unknown > (5 if linked else 3):
                break
        k += 1
    if linked and home:
        return Object([(min(k, len(units)) - 1, home)], state, min(k, len(units)) - 1)
    return Object([], state)


_ABOUT = frozenset(("over", "about", "against", "by", "with", "at", "avec", "con", "com", "с"))
_NEXT_CLAUSE = (
    "as",
    "while",
    "when",
    "after",
    "before",
    "because",
    "amid",
    "following",
    "since",
    "if",
    "but",
    "whether",
)


def _owns(units: list[Unit], k: int) -> bool:
    """Whether the State at `k` follows "of": whose exit it is, not what is left."""
    j = k - 1
    while j > 0 and units[j].low in ("the", "la", "le", "el", "l'", "republic", "république"):
        j -= 1
    return units[j].low in ("of", "de", "du", "d'", "del", "da", "do", "by", "par", "por")


def _nothing_more(units: list[Unit], at: int) -> bool:
    """Whether the verb has no object at all: "opted to leave in December"."""
    after = units[at + 1] if at + 1 < len(units) else None
    return after is None or after.punct or after.low in ("in", "on", "after", "before", "en", "le", "el")


def no_object(units: list[Unit], at: int) -> bool:
    """Whether no direct object follows: "Fiji suspended after coup", "returning in 1974"."""
    while at + 1 < len(units) and units[at + 1].low.endswith("ly"):
        at += 1
    after = units[at + 1] if at + 1 < len(units) else None
    return (
        after is None
        or after.punct
        or bool(after.tags & {"subj_stop", "clause", "after", "until"})
        or after.low in ("again", "out", "amid", "pending", "with")
    )


def named_before(units: list[Unit], at: int) -> str:
    """The body named last before `at` in the same sentence."""
    return next((u.name.code for u in reversed(units[:at]) if u.kind == "body" and u.name), "")


def relative(units: list[Unit], first: int) -> tuple[int, str] | None:
    """ "The Union, which it left in 1984": the body before the relative."""
    for k in range(first - 1, max(-1, first - 5), -1):
        if units[k].low in ("which", "dont"):
            for j in range(k - 1, max(-1, k - 4), -1):
                unit = units[j]
                if unit.kind == "body" and unit.name:
                    return j, unit.name.code
                if not (unit.punct or unit.name or unit.low in ("from", "to", "of", "in")):
                    return None
    return None


def _qualifies(units: list[Unit], k: int) -> bool:
    """Whether "UN" at `k` only qualifies a noun: "UN complaints procedure"."""
    after = units[k + 1] if k + 1 < len(units) else None
    if after is None or after.punct or after.low == "'s" or after.name:
        return False
    return not (
        after.tags & {"clause", "subj_stop", "have", "be", "announce", "report", "until", "neg"}
        or after.verbs
        or after.low in ("this", "again", "on")
    )


def _body_follows(units: list[Unit], k: int) -> bool:
    """Whether a weaker name ("UN") only stands before the body that is meant."""
    return any(unit.kind == "body" for unit in units[k + 1 : k + 4])


def _with_more(units: list[Unit], k: int, code: str, state: str, lex: Lexicon, memory: Memory) -> Object:
    """The body at `k`, checked against the word after it, with what is joined to it by commas and "and"."""
    after = units[k + 1] if k + 1 < len(units) else None
    if after is not None and after.low == "'s" and units[k].name and units[k].name.weak:  # type: ignore[union-attr]
        return _of_the_un(units, k, state, lex, memory)
    if after is not None and after.low == "'s":
        for ahead in range(k + 2, min(k + 6, len(units))):
            if units[ahead].kind == "body" and units[ahead].name:
                return _with_more(units, ahead, units[ahead].name.code, state, lex, memory)  # type: ignore[union-attr]
            if "not_body" in units[ahead].tags or "not_object" in units[ahead].tags:
                return Object([])
    elif after is not None and "not_body" in after.tags and not after.verbs:
        return Object([])
    found = [(k, code)]
    last = k
    j = k + 1
    while j < len(units) and j - last < 6:
        unit = units[j]
        if unit.kind == "body" and unit.name:
            behind = units[j + 1] if j + 1 < len(units) else None
            joined = all(u.low in AND or "det" in u.tags or u.punct for u in units[last + 1 : j])
            if not joined or (behind is not None and ("not_body" in behind.tags or behind.low in ("'s",))):
                break
            bracket = units[j - 1].low in "(["
            if unit.name.code != code and not bracket and any(u.low in AND for u in units[last + 1 : j]):
                if behind is not None and (
                    behind.verbs or "report" in behind.tags or behind.tags & {"have", "be", "will"}
                ):
                    break
                found.append((j, unit.name.code))
            last = j
        elif not (unit.low in AND or "det" in unit.tags or unit.low in "()"):
            break
        j += 1
    return Object(found, state, last)


def _of_the_un(units: list[Unit], k: int, state: str, lex: Lexicon, memory: Memory) -> Object:
    """ "The UN's cultural agency": the body named next, else the agency or council that was named before."""
    for ahead in range(k + 2, min(k + 9, len(units))):
        unit = units[ahead]
        if unit.kind == "body" and unit.name:
            return _with_more(units, ahead, unit.name.code, state, lex, memory)
        if unit.low in ("agency", "body", "council", "organisation", "organization"):
            return (
                Object([(ahead, memory.last_body)], state, ahead) if memory.last_body not in ("", "UN") else Object([])
            )
        if unit.verbs:
            break
    return Object([])
