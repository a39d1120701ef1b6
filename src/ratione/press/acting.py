"""The body that acts on a State, and the State that it acts on."""

from __future__ import annotations

from ratione.press.find import Unit
from ratione.press.grammar import _nearest, joined_states, region_tags, state_phrase
from ratione.press.objects import refers_back
from ratione.press.scene import Scene

FROM = frozenset(
    (
        "from",
        "de",
        "du",
        "d'",
        "del",
        "из",
        "da",
        "do",
        "des",
        "in",
        "à",
        "au",
        "aux",
        "dans",
        "en",
        "to",
        "into",
        "at",
        "out of",
        "of",
        "off",
        "в",
    )
)
OUT = frozenset(("from", "off", "de", "du", "d'", "del", "из", "в", "da", "do", "des", "out of", "of"))
INTO = frozenset(("of", "to", "into", "in", "at", "à", "au", "dans", "en", "в", "from"))
BY = frozenset(("by", "par", "por", "pelo", "pela"))


def body_left(scene: Scene, at: int) -> tuple[str, int]:
    """The body that acts, left of the verb: its name, an organ of it, or a general word for it."""
    units = scene.units
    for k in range(at - 1, max(-1, at - 22), -1):
        unit = units[k]
        if unit.low in (";",):
            break
        if unit.kind == "body" and unit.name:
            before = units[k - 1].low if k else ""
            before = units[k - 2].low if before in ("the", "la", "le", "l'") and k > 1 else before
            if before in ("from", "leave", "against"):
                continue
            if unit.name.weak and k + 1 < len(units) and units[k + 1].kind == "other":
                continue
            return unit.name.code, k
        if unit.kind == "" and (code := refers_back(units, k, scene.memory)):
            return code, k
    return "", -1


def body_right(scene: Scene, at: int, words: frozenset[str]) -> tuple[str, int]:
    """The body after "from", "by" and the like, right of `at`."""
    units = scene.units
    for k in range(at + 1, min(at + 22, len(units))):
        unit = units[k]
        if unit.low in (";", ":") or (unit.low == "," and k > at + 14):
            break
        if unit.low in words or (unit.tags & {"member_noun"} and unit.low.rpartition(" ")[2] in words):
            for j in range(k + 1, min(k + 8, len(units))):
                ahead = units[j]
                if (
                    ahead.kind == "body"
                    and ahead.name
                    and not (ahead.name.weak and any(u.kind == "body" for u in units[j + 1 : j + 4]))
                ):
                    after = units[j + 1] if j + 1 < len(units) else None
                    if (
                        after is not None
                        and "not_body" in after.tags
                        and "not_object" not in after.tags
                        and not after.verbs
                    ):
                        return "", -1
                    return ahead.name.code, j
                if code := refers_back(units, j, scene.memory):
                    return code, j
                if ahead.kind or not (
                    "det" in ahead.tags
                    or ahead.tags & {"suspended_thing", "member_noun"}
                    or ahead.low.endswith("-based")
                ):
                    break
    return "", -1


def target(scene: Scene, at: int) -> tuple[list[str], int, set[str]]:
    """The State that is acted on, right of an active verb: "suspended Mali", "strips the Russian delegation of"."""
    units = scene.units
    unknown = 0
    tags: set[str] = set()
    for k in range(at + 1, min(at + 12, len(units))):
        unit = units[k]
        if unit.kind == "state" and unit.name:
            head, seen = state_phrase(units, k)
            tags |= seen
            voting = "voting" in region_tags(units, k, k + 10)
            if head == "delegates" and voting:
                return [unit.name.code], k, tags | {"voting", "delegates"}
            if head == "actor" and "delegates" in seen and "suspended_thing" not in seen:
                return [], k, tags
            if head == "thing" or unit.name.form == "person" or (head == "delegates" and "suspended_thing" not in seen):
                return [], k, tags
            if head == "state" and unit.name.form == "noun" and _compound(units, k):
                return [], k, tags
            if (
                k + 1 < len(units)
                and units[k + 1].tags & {"delegates", "not_object"}
                and "suspended_thing" not in units[k + 1].tags
            ):
                return [], k, tags
            return [unit.name.code, *joined_states(units, k, 1)], k, tags
        pronoun = unit.low in ("it", "them") and k == at + 1 and "voting" in region_tags(units, k, k + 8)
        if not unknown and "anaphor_state" in unit.tags and ("nation" in unit.tags or " " in unit.low or pronoun):
            states = list(scene.memory.title_states or scene.memory.states)
            return states, k, tags
        if scene.sentence.headline and unit.low in ("country", "nation", "state") and k == at + 1:
            return _nearest(units, at), k, tags  # articles are left out in headlines
        if unit.low in ("over", "after", "against", "amid"):
            return [], k, tags
        if unit.kind or unit.low in (",", ";", ":") or "not_object" in unit.tags:
            if unit.kind == "body" and tags & {"suspended_thing"}:
                continue
            return [], k, tags
        if "det" in unit.tags or unit.tags & {"suspended_thing", "voting", "anaphor_poss"} or unit.low.endswith("ly"):
            tags |= unit.tags
        elif unit.verbs and unit.verbs[0].form != "noun":
            return [], k, tags
        elif not unit.punct:
            unknown += 1
            if unknown > 2:
                return [], k, tags
    return [], at, tags


def _compound(units: list[Unit], k: int) -> bool:
    """ "Sri Lanka Cricket": the State only lends its name."""
    if k + 1 >= len(units):
        return False
    after = units[k + 1]
    lower_after = any(u.text[:1].islower() for u in units if not u.punct and len(u.text) > 3)
    return (
        after.text[:1].isupper()
        and not after.name
        and not after.tags
        and not after.verbs
        and after.low
        not in ("from", "over", "after", "for", "following", "until", "pending", "amid", "as", "on", "with")
        and lower_after
        and not any(after.low.startswith(day) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    )
