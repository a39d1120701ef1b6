"""One sentence as it is read, the claims it makes, and what all kinds of sentences are asked about."""

from __future__ import annotations

from dataclasses import dataclass, field

from ratione.press.find import Sentence, Unit
from ratione.press.grammar import (
    Group,
    Memory,
    region_tags,
    verb_group,
)
from ratione.press.lexicon import Lexicon

TRIGGERS = frozenset(
    (
        "leave",
        "denounce",
        "ended",
        "expel",
        "suspend",
        "lift",
        "restore",
        "join",
        "admit",
        "ratify",
        "revoke",
        "deliver",
        "notify",
    )
)
LEAVING = ("left", "notice_of_withdrawal", "announced_withdrawal", "threatened", "denied", "withdrawal_revoked")


@dataclass(slots=True)
class Claim:
    """An event as one sentence claims it, before the text is taken together."""

    state: str
    body: str
    event: str
    time: str
    sentence: int
    at: int  # unit of the trigger
    last: int  # last unit that belongs to the claim
    start: int
    end: int
    confidence: str = "high"
    effect: bool = False  # the sentence speaks of the taking effect
    headline: bool = False
    background: bool = False  # told as something already known
    guessed: bool = False
    temporary: bool = False
    note: str = ""
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Scene:
    """One sentence with all that is needed to read it."""

    n: int
    sentence: Sentence
    lex: Lexicon
    memory: Memory
    text: str
    title: tuple[str, tuple[str, ...]] = ("", ())  # body and States of the last leaving told
    tags: set[str] = field(default_factory=set)

    @property
    def units(self) -> list[Unit]:
        """The units of the sentence."""
        return self.sentence.units

    def claim(self, state: str, body: str, event: str, time: str, at: int, last: int, **more: object) -> Claim:
        """A claim whose span runs over the clause from its subject to its object."""
        first = min(at, int(more.pop("first", at)))  # type: ignore[call-overload]
        made = Claim(state, body, event, time, self.n, at, last, self.units[first].start, self.units[max(at, last)].end)
        made.headline = self.sentence.headline
        for name, value in more.items():
            setattr(made, name, value)
        return made


def governing(scene: Scene, first: int, group: Group) -> set[str]:
    """The tags of the words that govern the verb: from its subject on, and a reporting verb before the subject."""
    tags = region_tags(scene.units, first, group.first) | group.tags
    before = scene.units[max(0, first - 5) : first]
    for unit in before:
        if not unit.name and unit.tags & {"deny", "cond", "threat", "neg", "announce", "fail"}:
            tags |= unit.tags & {"deny", "cond", "threat", "announce"}
            if "deny" in unit.tags and "neg" in unit_tags_before(scene.units, unit):
                tags = (tags - {"deny"}) | {"threat"}  # "did not rule out that"
    return tags


def unit_tags_before(units: list[Unit], unit: Unit) -> set[str]:
    """The tags of the three words before a unit."""
    at = next(k for k, other in enumerate(units) if other is unit)
    return region_tags(units, at - 3, at)


def near_neg(scene: Scene, group: Group) -> set[str]:
    """Negation in the verb group that governs an infinitive, gerund or noun: "has no plans to leave"."""
    tags: set[str] = set()
    for unit in scene.units[max(0, group.first - 7) : group.first]:
        if unit.low in (",", ";") or unit.kind == "body":
            tags.clear()
        if "neg" in unit.tags and not unit.name:
            tags.add("neg")
    return tags


def revoked(scene: Scene, first: int) -> bool:
    """Whether a verb of taking back governs: "revoked its decision to", "reversed its withdrawal"."""
    units = scene.units
    for k in range(first - 1, max(-1, first - 9), -1):
        unit = units[k]
        if unit.low in (";", ":") or unit.kind == "body":
            return False
        if any(v.family == "revoke" for v in unit.verbs):
            return "cond" not in region_tags(units, k - 2, k)
        if "cond" in region_tags(units, k - 2, k):
            return False
        if unit.tags & {"withdraw_trans"} and any(v.family == "leave" and v.form != "noun" for v in unit.verbs):
            return True
    return False


def first_to(scene: Scene, first: int) -> bool:
    """ "became the first country to quit": a deed, not a plan."""
    near = scene.units[max(0, first - 5) : first]
    return any("first" in u.tags for u in near) and any(u.tags & {"rank_noun", "member_noun"} for u in near)


def delivered(scene: Scene, what: str = "notice_noun") -> bool:
    """Whether the sentence tells of a notice handed over, and not only planned."""
    units = scene.units
    noun = any(what in u.tags and not of_joining(units, k) for k, u in enumerate(units))
    for k, unit in enumerate(units):
        for verb in unit.verbs:
            if verb.family not in ("deliver", "notify") or (verb.family == "deliver" and not noun):
                continue
            group = verb_group(units, k, verb)
            near = region_tags(units, group.first - 5, group.first)
            if group.neg or group.modal or group.future or near & {"threat", "deny", "cond"}:
                continue
            if group.tense in ("inf", "modal", "future"):
                continue
            if (
                group.tense == "gerund"
                and not near & {"back_ref"}
                and verb.family == "deliver"
                and what not in region_tags(units, k, k + 6)
            ):
                continue
            return True
    return False


def of_joining(units: list[Unit], k: int) -> bool:
    """Whether the paper at `k` is one of accession or ratification."""
    return any(
        v.family in ("join", "ratify") and v.form == "noun" for u in units[max(0, k - 1) : k + 4] for v in u.verbs
    )
