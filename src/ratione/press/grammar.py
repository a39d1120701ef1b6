"""The small grammar: verb groups, subjects, objects, and what governs them, over the units of one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from ratione.press.find import Sentence, Unit
from ratione.press.lexicon import Lexicon, Verb

_SUBORDINATE = frozenset(
    "until when because while although though unless whereas if jusqu'à quand lorsque parce si hasta cuando porque если пока".split()
)
_AND = frozenset((",", "and", "&", "et", "y", "e", "и", "as well as", "or"))
_BREAK = frozenset((";", ":", "—", "–", ".", "!", "?", "…"))


@dataclass(slots=True)
class Memory:
    """What the text has named so far, for "the country", "it", "the Court"."""

    states: tuple[str, ...] = ()
    bodies: dict[str, str] = field(default_factory=dict)  # kind -> code last named
    last_body: str = ""
    title_states: tuple[str, ...] = ()
    home: str = ""  # the body whose own page this is

    def body(self, kinds: tuple[str, ...]) -> str:
        """The body of one of these kinds that was named last."""
        for kind in kinds:
            if kind in self.bodies:
                return self.bodies[kind]
        return ""


@dataclass(slots=True)
class Group:
    """A verb with its auxiliaries: where it begins and what they tell."""

    first: int
    tense: str  # past | perfect | present | progressive | future | modal | inf | gerund | passive | noun
    passive: bool = False
    neg: bool = False
    future: bool = False
    modal: bool = False
    tags: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Object:
    """The bodies that a verb acts on; `state` is a State between verb and link ("pull Britain out of")."""

    bodies: list[tuple[int, str]]
    state: str = ""
    last: int = 0


@dataclass(slots=True)
class Subject:
    """The States that a verb is said of. `delegates`: it is their delegation or people, not the State."""

    states: list[str]
    at: int
    delegates: bool = False
    guessed: bool = False
    called_on: bool = False
    heads: set[str] = field(default_factory=set)


def adverb(unit: Unit) -> bool:
    """A word that may stand inside a verb group and changes nothing."""
    return unit.low.endswith(("ly", "ment", "mente")) or unit.low in {
        "also", "already", "now", "just", "then", "yet", "still", "soon", "even", "se", "s'", "once", "again", "all",
        "officiellement", "definitely", "effectively", "both", "back", "jointly", "today", "thus", "hereby", "lui", "y",
        "reportedly", "официально", "to", "actually", "y", "to immediately", "ever", "long", "\"", "“", "'", "‘", "”", "m'",
    }  # fmt: skip


def verb_group(units: list[Unit], at: int, verb: Verb) -> Group:
    """The group of the verb at `at`: walk left over auxiliaries, negation and adverbs."""
    if verb.form == "noun":
        return Group(at, "noun")
    seen: set[str] = set()
    first = at
    k = at - 1
    while k >= 0 and at - k < 9:
        unit = units[k]
        aux = unit.tags & {"neg", "have", "be", "will", "modal", "do", "to"}
        if aux and not unit.name:
            seen |= unit.tags & {"neg", "have", "be", "be_past", "will", "modal", "do", "to", "announce", "cond"}
            first = k
        elif not adverb(unit):
            break
        if unit.low == "to" and "to" in unit.tags:
            seen.add("to")
            first = k
            break
        k -= 1
    neg = "neg" in seen
    tense, passive = _tense(verb, seen)
    return Group(first, tense, passive, neg, "will" in seen or verb.form == "future", "modal" in seen or verb.form == "cond", seen)


def _tense(verb: Verb, seen: set[str]) -> tuple[str, bool]:
    reflexive = verb.family in ("leave", "join", "ended")
    if verb.form == "future" or (verb.form == "base" and "will" in seen):
        return "future", False
    if verb.form == "cond" or (verb.form in ("base", "part") and "modal" in seen):
        return "modal", verb.form == "part"
    if verb.form in ("past", "part"):
        if "be" in seen and not reflexive:
            if "to" in seen or "will" in seen:
                return ("future" if "will" in seen else "inf"), True
            return "passive", True
        if "have" in seen or ("be" in seen and reflexive):
            return "perfect", False
        return "past", False
    if verb.form == "ing":
        return ("progressive" if "be" in seen else "gerund"), False
    if verb.form == "base":
        if "to" in seen:
            return "inf", False
        if "do" in seen:
            return "past", False
    return "present", False


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


_GENERAL = {
    **dict.fromkeys(("court", "tribunal", "cour", "corte", "juridiction"), "anaphor_court"),
    **dict.fromkeys(("treaty", "convention", "statute", "protocol", "covenant", "charter", "pact", "accord", "traité", "tratado", "protocole"), "anaphor_treaty"),
    **dict.fromkeys(("body", "bloc", "organisation", "organization", "watchdog", "agency", "council", "grouping", "bloque", "organismo"), "anaphor_org"),
    "assembly": "anaphor_assembly",
}  # fmt: skip


def refers_back(units: list[Unit], k: int, memory: Memory) -> str:
    """The body that a general word at `k` stands for: "the court", "the 15-nation bloc", "this treaty"."""
    unit = units[k]
    if unit.name:
        return ""
    if code := _anaphor(unit.tags, memory):
        return code
    tag = _GENERAL.get(unit.low, "")
    if not tag or (k + 1 < len(units) and (units[k + 1].name or units[k + 1].low in ("of", "on", "for", "against"))):
        return ""
    for j in range(k - 1, max(-1, k - 5), -1):
        if units[j].low in ("the", "this", "that", "le", "la", "el", "cette", "ce"):
            return _anaphor({tag}, memory)
        if units[j].name or units[j].verbs or units[j].punct or "subj_stop" in units[j].tags:
            return ""
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
    links = verb.links or (("from",), ("of",), ("to",), ("de",), ("du",), ("d'",), ("из",), ("del",), ("da",), ("do",), ("des",), ("à",))
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
        if unit.kind == "body" and unit.name and unit.name.weak and not _body_follows(units, k) and _qualifies(units, k):
            return Object([], state)
        if unit.kind == "body" and not (unit.name and unit.name.weak and _body_follows(units, k)):
            if not linked:
                return Object([])
            return _with_more(units, k, unit.name.code if unit.name else "", state, lex, memory)
        if linked and unit.low in ("it", "them", "them all") and (code := named_before(units, at) or memory.last_body):
            return Object([(k, code)], state, k)
        if linked and (code := refers_back(units, k, memory)):
            return Object([(k, code)], state, k)
        if unit.kind == "state" and unit.name:
            if linked and unit.name.form != "adj" and not (k + 1 < len(units) and units[k + 1].low in ("'s",)):
                return Object([])
            if not linked and not state and unit.name.form != "adj":
                state = unit.name.code
            elif not linked:
                return Object([])
        elif unit.kind == "other" or "not_object" in unit.tags or unit.low in _BREAK:
            break
        elif unit.low == ",":
            if not home:
                break
        elif home := (at_home(unit, lex, memory) or home):
            pass
        elif "his" in unit.tags and not linked:
            state = state or (memory.states[0] if memory.states else "")
        elif "det" in unit.tags or adverb(unit) or unit.tags & {"member_noun", "notice_noun", "anaphor_state"}:
            pass
        elif unit.verbs and any(v.form in ("past", "present", "base", "future") for v in unit.verbs) and "det" not in unit.tags:
            break
        else:
            unknown += 1
            if unknown > 3:
                break
        k += 1
    if linked and home:
        return Object([(min(k, len(units)) - 1, home)], state, min(k, len(units)) - 1)
    return Object([], state)


def _nothing_more(units: list[Unit], at: int) -> bool:
    """Whether the verb has no object at all: "opted to leave in December"."""
    after = units[at + 1] if at + 1 < len(units) else None
    return after is None or after.punct or after.low in ("in", "on", "after", "before", "en", "le", "el")


def named_before(units: list[Unit], at: int) -> str:
    """The body named last before `at` in the same sentence."""
    return next((u.name.code for u in reversed(units[:at]) if u.kind == "body" and u.name), "")


def _qualifies(units: list[Unit], k: int) -> bool:
    """Whether "UN" at `k` only qualifies a noun: "UN complaints procedure"."""
    after = units[k + 1] if k + 1 < len(units) else None
    if after is None or after.punct or after.low == "'s" or after.name:
        return False
    return not (after.tags & {"clause", "subj_stop", "have", "be", "announce", "report", "until", "neg"} or after.verbs or after.low in ("this", "again", "on"))


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
            joined = all(u.low in _AND or "det" in u.tags or u.punct for u in units[last + 1 : j])
            if not joined or (behind is not None and ("not_body" in behind.tags or behind.low in ("'s",))):
                break
            bracket = units[j - 1].low in "(["
            if unit.name.code != code and not bracket and any(u.low in _AND for u in units[last + 1 : j]):
                if behind is not None and (behind.verbs or "report" in behind.tags or behind.tags & {"have", "be", "will"}):
                    break
                found.append((j, unit.name.code))
            last = j
        elif not (unit.low in _AND or "det" in unit.tags or unit.low in "()"):
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
            return Object([(ahead, memory.last_body)], state, ahead) if memory.last_body not in ("", "UN") else Object([])
        if unit.verbs:
            break
    return Object([])


def _before(units: list[Unit], k: int) -> int:
    """The unit before `k` that is no article."""
    j = k - 1
    while j >= 0 and units[j].low in ("the", "la", "le", "el", "l'", "los", "las", "les", "o", "a", "new", "former", "“", "\""):
        j -= 1
    return j


def state_phrase(units: list[Unit], k: int) -> tuple[str, set[str]]:
    """What the State at `k` heads: "state", "actor" (its government), "delegates", or "thing" (something else of it).

    Also the tags of the words that were looked at.
    """
    unit = units[k]
    assert unit.name
    tags: set[str] = set()
    owner = unit.name.form == "adj"
    j = k + 1
    if j < len(units) and units[j].low in ("'s", "'") and unit.name.form != "adj":
        owner, j = True, j + 1
    if not owner:
        if j < len(units) and not units[j].name and not units[j].verbs and units[j].tags & {"delegates", "actor"} and not units[j].tags & {"det"}:
            owner = True  # UK minister, Russia delegation
        else:
            return "state", tags
    if unit.name.form == "adj" and k and unit.text[:1].islower():  # "le ministre tanzanien"
        owner_tags = units[k - 1].tags | (units[k - 2].tags if k > 1 and not units[k - 1].tags else set())
        for tag, head in (("suspended_thing", "membership"), ("delegates", "delegates"), ("actor", "actor")):
            if tag in owner_tags:
                return head, set(owner_tags)
    for ahead in units[j : j + 6]:
        if ahead.verbs and not ahead.tags & {"delegates", "actor"}:
            break
        if ahead.name or ahead.punct or ahead.tags & {"clause", "have", "be", "will", "modal"}:
            break
        tags |= ahead.tags
        if "delegates" in ahead.tags and "actor" not in ahead.tags:
            return "delegates", tags
        if "suspended_thing" in ahead.tags:
            return "membership", tags
    if "actor" in tags:
        return "actor", tags
    if unit.name.form == "adj" and j >= len(units):
        return "state", tags
    return "thing", tags


def joined_states(units: list[Unit], k: int, step: int) -> list[str]:
    """The States joined to the one at `k` by commas and "and", to the left (-1) or right (1)."""
    found: list[str] = []
    j, gap = k + step, 0
    while 0 <= j < len(units) and gap < 4:
        unit = units[j]
        if unit.kind == "state" and unit.name and gap:
            found.append(unit.name.code)
            gap = 0
        elif unit.low in _AND or unit.low in ("the", "la", "le", "el", "l'"):
            gap += 1
        else:
            break
        j += step
    return found if step > 0 else found[::-1]


def find_subject(units: list[Unit], at: int, memory: Memory) -> Subject | None:
    """The States that stand left of the verb group at `at` as its subject; None where none does."""
    k = at - 1
    plain, comma = 0, False
    while k >= 0 and at - k < 32:
        unit = units[k]
        if unit.low in (";",) or (unit.low in _SUBORDINATE and plain and not comma):
            return None
        comma |= unit.low == ","
        plain += not (unit.punct or unit.tags & {"clause", "anaphor_state"} or adverb(unit))
        if unit.kind == "state" and unit.name:
            if found := _as_subject(units, k, memory):
                return found
        elif unit.tags & {"anaphor_state", "his"} and not unit.name:
            states = list(memory.states)
            inner = [u.name.code for u in units[:k] if u.kind == "state" and u.name]
            if inner and (unit.low not in ("they", "ils", "они", "the three", "the trio") or len(set(inner)) > 1):
                states = _nearest(units, k) or states
            if states:
                before = units[k - 1] if k else None
                called = before is not None and ("calls" in before.tags or (before.low == "on" and k > 1 and "calls" in units[k - 2].tags))
                return Subject(states, k, called_on=called)
        k -= 1
    return None


def _nearest(units: list[Unit], k: int) -> list[str]:
    """The States that a pronoun at `k` stands for: the first subject of the same sentence."""
    for j in range(k):
        unit = units[j]
        if unit.kind == "state" and unit.name:
            before = _before(units, j)
            if before >= 0 and "subj_stop" in units[before].tags:
                continue
            if state_phrase(units, j)[0] in ("state", "actor", "delegates"):
                return [unit.name.code, *joined_states(units, j, 1)]
    return []


def _as_subject(units: list[Unit], k: int, memory: Memory) -> Subject | None:
    unit = units[k]
    assert unit.name
    head, tags = state_phrase(units, k)
    before = _before(units, k)
    prior = units[before] if before >= 0 else None
    if prior is not None and "neg" in prior.tags and unit.name.form == "noun":
        return None  # "Niger, not Nigeria"
    if prior is not None and prior.low.endswith("ed") and not prior.tags and any(u.kind == "state" for u in units[:before]):
        return None  # "Argentina followed the United States in"
    if prior is not None and (("calls" in prior.tags) or (prior.low == "on" and before and "calls" in units[before - 1].tags)):
        return Subject([unit.name.code, *joined_states(units, k, 1)], k, called_on=True, heads=tags)
    if prior is not None and "subj_stop" in prior.tags and unit.name.form != "adj":
        owner = units[before - 1] if before > 0 else None
        of = prior.low in ("of", "de", "du", "d'", "del", "da", "do")
        if of and owner is not None and owner.tags & {"actor", "suspended_thing", "delegates", "anaphor_state"}:
            whole = owner.tags & {"actor", "suspended_thing", "anaphor_state"}
            return Subject([unit.name.code], k, not whole, heads=set(owner.tags))
        return None
    if head == "thing" and "person" != unit.name.form:
        return None
    states = [*joined_states(units, k, -1), unit.name.code]
    return Subject(list(dict.fromkeys(states)), k, head == "delegates", heads=tags)


def region_tags(units: list[Unit], first: int, last: int) -> set[str]:
    """The tags of the words between two places."""
    tags: set[str] = set()
    for unit in units[max(first, 0) : max(last, 0)]:
        if not unit.name:
            tags |= unit.tags
    return tags


def clause_start(units: list[Unit], at: int) -> int:
    """Where the clause of the word at `at` begins: after the last strong sign, or a conjunction with its own subject."""
    for k in range(at - 1, -1, -1):
        low = units[k].low
        if low in (";", ":", "—", "–"):
            return k + 1
        if low in ("but", "while", "although", "whereas", "mais", "pero", "mas", "но"):
            return k + 1
    return 0


def sentence_tags(sentence: Sentence) -> set[str]:
    """All tags of the words of a sentence."""
    return region_tags(sentence.units, 0, len(sentence.units))
