"""One sentence as it is read, the claims it makes, and what all kinds of sentences are asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ratione.press.find import Sentence, Unit
from ratione.press.grammar import (
    Group,
    Memory,
    region_tags,
    verb_group,
)
from ratione.press.lexicon import Lexicon, Verb

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
        "effect",
    )
)
LEAVING = ("left", "notice_of_withdrawal", "announced_withdrawal", "threatened", "denied", "withdrawal_revoked")


ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|(?:twenty-|thirty-|forty-|fifty-)?"
    r"(?:fir|seco|thi|four|fif|six|seven|eigh|nin|ten|eleven|twel|twen|thir)\w*(?:st|nd|rd|th)"
)


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
                tags = (tags - {"deny"}) | {"threat", "double_neg"}  # "did not rule out that"
    return tags


def unit_tags_before(units: list[Unit], unit: Unit) -> set[str]:
    """The tags of the three words before a unit."""
    at = next(k for k, other in enumerate(units) if other is unit)
    return region_tags(units, at - 3, at)


def struck_down(scene: Scene) -> bool:
    """Whether a court calls the leaving unlawful: its word on it, not the State's."""
    return "invalid" in scene.tags and any("court" in u.low or u.low in ("judge", "judges") for u in scene.units)


def near_neg(scene: Scene, group: Group) -> set[str]:
    """Negation in the verb group that governs an infinitive, gerund or noun: "has no plans to leave"."""
    tags: set[str] = set()
    for unit in scene.units[max(0, group.first - 7) : group.first]:
        if unit.low in (",", ";") or unit.kind == "body":
            tags.clear()
        if "neg" in unit.tags and not unit.name:
            tags.add("neg")
    return tags


def revoked(scene: Scene, first: int) -> str:
    """Whether a verb of taking back governs: "revoked its decision to", "reversed its withdrawal".

    "yes", "unreal" where the taking back is only wished or promised, or nothing.
    """
    units = scene.units
    for k in range(first - 1, max(-1, first - 9), -1):
        unit = units[k]
        if unit.low in (";", ":", ",") or (unit.kind == "body" and k < first - 1):
            return ""
        verb = next((v for v in sorted(unit.verbs, key=lambda v: v.form) if v.family == "revoke"), None)
        if verb is not None and verb.form == "noun":
            return "yes"
        if verb is not None:
            return _taken_back(scene, k, verb)
        if "cond" in region_tags(units, k - 2, k):
            return ""
    return ""


def _taken_back(scene: Scene, k: int, verb: Verb) -> str:
    group = verb_group(scene.units, k, verb)
    before = region_tags(scene.units, group.first - 5, group.first)
    if "cond" in before | group.tags or group.modal or group.neg or any(u.low in ("if", "unless") for u in scene.units):
        return "unreal"
    if group.tense == "inf" and not before & {"announce"}:
        return "unreal" if before & {"threat", "calls", "candidate", "actor"} or not scene.sentence.headline else "yes"
    if group.tense == "inf" and before & {"threat", "calls"}:
        return "unreal"
    return "yes"


def first_to(scene: Scene, first: int) -> bool:
    """ "became the first country to quit": a deed, not a plan."""
    near = scene.units[max(0, first - 5) : first]
    if any(u.low == "with" or "notice_noun" in u.tags for u in near[1:]):
        return False
    ranked = [k for k, u in enumerate(near) if "first" in u.tags or ORDINAL.fullmatch(u.low)]
    if any(k == len(near) - 1 or near[k + 1].low == "of" for k in ranked):
        return True
    return bool(ranked) and any(u.tags & {"rank_noun", "member_noun"} for u in near)


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
