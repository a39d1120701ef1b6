"""The small grammar: verb groups, subjects, objects, and what governs them, over the units of one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from ratione.press.find import Sentence, Unit
from ratione.press.lexicon import Verb

_SUBORDINATE = frozenset(
    [
        "until",
        "when",
        "because",
        "while",
        "although",
        "though",
        "unless",
        "whereas",
        "if",
        "jusqu'à",
        "quand",
        "lorsque",
        "parce",
        "si",
        "hasta",
        "cuando",
        "porque",
        "если",
        "пока",
    ]
)
AND = frozenset((",", "and", "&", "et", "y", "e", "и", "as well as", "or"))
BREAK = frozenset((";", ":", "—", "–", ".", "!", "?", "…"))


@dataclass(slots=True)
class Memory:
    """What the text has named so far, for "the country", "it", "the Court"."""

    states: tuple[str, ...] = ()
    bodies: dict[str, str] = field(default_factory=dict)  # kind -> code last named
    last_body: str = ""
    title_states: tuple[str, ...] = ()
    home: str = ""  # the body whose own page this is
    topic: str = ""  # the one body that the title and the lead name
    deed: str = ""  # the last withdrawal, accession or ratification that was named by a noun: its family
    headline: bool = False  # reading the headline: articles are left out there

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
        "reportedly", "официально", "to", "actually", "to immediately", "ever", "long", "\"", "“", "'", "‘", "”", "m'",
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
    return Group(
        first,
        tense,
        passive,
        neg,
        "will" in seen or verb.form == "future",
        "modal" in seen or verb.form == "cond",
        seen,
    )


def _tense(verb: Verb, seen: set[str]) -> tuple[str, bool]:
    reflexive = verb.family in ("leave", "join", "ended")
    if verb.form == "future" or (verb.form in ("base", "inf") and "will" in seen):
        return "future", False
    if verb.form == "cond" or (verb.form in ("base", "inf", "part") and "modal" in seen):
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
    if verb.form == "inf":
        return "inf", False
    if verb.form == "base":
        if "to" in seen:
            return "inf", False
        if "do" in seen:
            return "past", False
    return "present", False


def _before(units: list[Unit], k: int) -> int:
    """The unit before `k` that is no article."""
    j = k - 1
    while j >= 0 and units[j].low in (
        "the",
        "la",
        "le",
        "el",
        "l'",
        "los",
        "las",
        "les",
        "o",
        "a",
        "new",
        "former",
        "“",
        '"',
    ):
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
    if (
        j < len(units)
        and (units[j].low == "'s" or (units[j].low == "'" and units[j].start == unit.end))  # not a quotation
        and unit.name.form != "adj"
    ):
        owner, j = True, j + 1
    if not owner:
        if (
            j < len(units)
            and not units[j].name
            and not units[j].verbs
            and units[j].tags & {"delegates", "actor"}
            and not units[j].tags & {"det"}
        ):
            owner = True  # UK minister, Russia delegation
        else:
            return "state", tags
    if unit.name.form == "adj" and k and unit.text[:1].islower():  # "le ministre tanzanien"
        owner_tags = units[k - 1].tags | (units[k - 2].tags if k > 1 and not units[k - 1].tags else set())
        for tag, head in (("suspended_thing", "membership"), ("actor", "actor"), ("delegates", "delegates")):
            if tag in owner_tags:
                return head, set(owner_tags)
    for n, ahead in enumerate(units[j : j + 6], j + 1):
        if ahead.verbs and not ahead.tags & {"delegates", "actor"}:
            break
        if ahead.name or ahead.punct or ahead.tags & {"clause", "have", "be", "will", "modal"}:
            break
        tags |= ahead.tags
        if "delegates" in ahead.tags and "actor" not in ahead.tags:
            return "delegates", tags
        if ahead.tags & {"suspended_thing", "voting"}:
            owned = units[n : n + 1] and "not_object" in units[n].tags and not units[n].tags & {"delegates", "actor"}
            return ("thing" if owned else "membership"), tags  # "Malian state assets"
    if "actor" in tags:
        return "actor", tags
    if unit.name.form == "adj" and j >= len(units):
        return "state", tags
    return "thing", tags


def joined_states(units: list[Unit], k: int, step: int) -> list[str]:
    """The States joined to the one at `k` by commas and "and", to the left (-1) or right (1)."""
    found: list[str] = []
    j, gap = k + step, 0
    bare = True
    form = units[k].name.form if units[k].name else ""  # type: ignore[union-attr]
    while 0 <= j < len(units) and gap < 7:
        unit = units[j]
        if unit.kind == "state" and unit.name and gap:
            if bare and unit.name.form != form and not found:
                break
            found.append(unit.name.code)
            gap, bare = 0, True
        elif unit.low in AND or unit.low in ("the", "la", "le", "el", "l'") or _of_republic(units, j):
            gap += 1
            bare &= unit.low in (",", "the", "la", "le", "el", "l'")
        elif unit.low in _AGAIN_OF and _listed(units, j):
            gap += 1  # "du Mali, du Burkina Faso et du Niger"
        else:
            break
        j += step
    return found if step > 0 else found[::-1]


_AGAIN_OF = frozenset(("du", "de", "d'", "des", "del", "da", "do", "of"))


def _listed(units: list[Unit], j: int) -> bool:
    """Whether the "of" at `j` only repeats one: it follows a comma or "and" and leads to a name."""
    return 0 < j < len(units) - 1 and units[j - 1].low in AND and units[j + 1].kind in ("state", "")


def _of_republic(units: list[Unit], j: int) -> bool:
    """ "The Republic of", "the State of" before a name."""
    if units[j].low in ("de", "la", "of", "the") and any(u.low in ("republic", "république") for u in units[j : j + 3]):
        return True
    word = units[j - 1].low if units[j].low in ("of", "du", "de") and j else units[j].low
    return word in ("republic", "the republic", "state", "république", "república")


def find_subject(units: list[Unit], at: int, memory: Memory) -> Subject | None:
    """The States that stand left of the verb group at `at` as its subject; None where none does."""
    k = at - 1
    plain, comma = 0, False
    others = at > 0 and "individuals" in units[at - 1].tags
    while k >= 0 and at - k < 32:
        unit = units[k]
        if unit.low == ";" or (unit.low == ":" and others) or (unit.low in _SUBORDINATE and plain and not comma):
            return None
        comma |= unit.low == ","
        plain += not (unit.punct or unit.tags & {"clause", "anaphor_state"} or adverb(unit))
        if unit.kind == "state" and unit.name:
            if found := _as_subject(units, k, memory):
                return found
        elif unit.tags & {"anaphor_state", "his"} and not unit.name:
            states = list(memory.states)
            inner = [u.name.code for u in units[:k] if u.kind == "state" and u.name]
            described = "nation" in unit.tags or unit.low.rpartition(" ")[2] in _COUNTRY
            if described and len(memory.title_states) > 1 and not unit.low.endswith(("countries", "nations", "states")):
                return None
            if described and memory.title_states:
                inner, states = [], list(memory.title_states)
            if inner and (unit.low not in ("they", "ils", "они", "the three", "the trio") or len(set(inner)) > 1):
                states = _nearest(units, k) or states
            if not states and len(set(inner)) == 1:
                states = inner[:1]  # "notification from Turkey that it"
            if states:
                before = units[k - 1] if k else None
                called = before is not None and (
                    "calls" in before.tags or (before.low == "on" and k > 1 and "calls" in units[k - 2].tags)
                )
                return Subject(states, k, called_on=called)
        k -= 1
    return _actor_alone(units, at, memory)


_COUNTRY = ("country", "nation", "state", "republic", "kingdom", "island")


def _actor_alone(units: list[Unit], at: int, memory: Memory) -> Subject | None:
    """ "Lawmakers approved", "President Abbas signed": the government of the State that the title names."""
    if len(memory.title_states) != 1:
        return None
    for k in range(at - 1, max(-1, at - 10), -1):
        unit = units[k]
        if unit.low in (";", ":") or unit.name or unit.tags & {"subj_stop"}:
            return None
        if unit.tags & {"actor", "parliament"} and not unit.verbs and unit.low not in _NOT_ALONE:
            called = "calls" in region_tags(units, k - 2, k)  # "asking the government to"
            return Subject(list(memory.title_states), k, guessed=True, called_on=called)
    return None


_NOT_ALONE = frozenset(
    [
        "court",
        "council",
        "party",
        "opposition",
        "new",
        "former",
        "state",
        "human",
        "rights",
        "political",
        "foreign",
        "secretary",
        "general",
        "chief",
        "head",
        "official",
        "officials",
        "spokesman",
        "spokesperson",
        "coalition",
        "house",
        "home",
        "supreme",
        "interim",
        "speaker",
        "envoy",
        "ambassador",
    ]
)


def _nearest(units: list[Unit], k: int) -> list[str]:
    """The States that a pronoun at `k` stands for: who says it, else the first subject of the same sentence."""
    if k > 2 and units[k - 1].low == "that" and "report" in units[k - 2].tags:
        j = k - 3
        while j > 0 and (adverb(units[j]) or (units[j].tags & {"actor"} and not units[j].name)):
            j -= 1
        if units[j].kind == "state" and units[j].name:
            return [*joined_states(units, j, -1), units[j].name.code]  # type: ignore[union-attr]
    if k and units[k - 1].low == "that":
        for j in range(k - 2, max(-1, k - 9), -1):  # "South Africa's announcement this week that it"
            if units[j].kind == "state" and units[j].name and units[j + 1].low == "'s":
                return [units[j].name.code]  # type: ignore[union-attr]
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
    if (
        prior is not None
        and ("follow" in prior.tags or (prior.low.endswith("ed") and not prior.tags))
        and any(u.kind == "state" for u in units[:before])
    ):
        return None  # "Argentina followed the United States in"
    if prior is not None and (
        ("calls" in prior.tags) or (prior.low == "on" and before and "calls" in units[before - 1].tags)
    ):
        return Subject([unit.name.code, *joined_states(units, k, 1)], k, called_on=True, heads=tags)
    if prior is not None and "subj_stop" in prior.tags and unit.name.form != "adj":
        owner = units[before - 1] if before > 0 else None
        of = prior.low in ("of", "de", "du", "d'", "del", "da", "do")
        if of and owner is not None and owner.tags & {"actor", "suspended_thing", "delegates", "anaphor_state"}:
            whole = owner.tags & {"actor", "suspended_thing", "anaphor_state"}
            states = [unit.name.code, *joined_states(units, k, 1)]
            return Subject(states, k, not whole, heads=set(owner.tags))
        return None
    if head == "thing" and unit.name.form != "person" and "proposing" not in tags:
        return None  # but "Hungary's bid to leave"
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
    """Where the clause of the word at `at` begins: after the last strong sign or "but" and the like."""
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
