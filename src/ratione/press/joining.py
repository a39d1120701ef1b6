"""Sentences in which a State joins, is admitted, ratifies or deposits."""

from __future__ import annotations

from ratione.press.acting import INTO, OUT, body_left, body_right, target
from ratione.press.grammar import (
    Group,
    find_subject,
    region_tags,
)
from ratione.press.lexicon import Verb
from ratione.press.objects import find_object, link_at, named_before
from ratione.press.scene import Claim, Scene, first_to


def joined(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    """A State joins, becomes a party, comes back, or says that it will not."""
    units = scene.units
    word = units[at].tags
    if "becoming" in word and "member_noun" not in region_tags(units, at, at + 10):
        return []
    obj = find_object(units, at, Verb(verb.family, verb.form, (*verb.links, ())), scene.lex, scene.memory)
    subject = find_subject(units, group.first, scene.memory)
    if not obj.bodies and "again" in word and (body := named_before(units, at) or scene.memory.home):
        obj.bodies.append((at, body))
    if not obj.bodies or subject is None or subject.delegates or subject.called_on or obj.state:
        return []
    tags = around(scene, subject.at, group)
    if (
        "again" in word
        and (group.neg or "neg" in region_tags(units, subject.at, group.first) or "deny" in tags)
        and group.tense in ("inf", "future", "gerund", "present", "modal")
    ):
        return [
            scene.claim(s, b, "denied", "past", at, last, first=subject.at)
            for s in subject.states
            for last, b in obj.bodies
        ]
    if tags & {"deny", "cond"} or group.neg or group.modal or ("candidate" in tags and group.tense not in ("perfect",)):
        return []
    resumed = group.tense == "gerund" and at and units[at - 1].low == ","  # "left, returning in"
    certain = "becoming" in word and (group.future or group.tense == "inf")
    if (
        (group.tense in ("inf", "gerund", "progressive") or group.future)
        and not certain
        and not resumed
        and not first_to(scene, group.first)
    ):
        return []
    event = "acceded"
    if "again" in word and obj.bodies[0][1] == "PACE":
        event = "suspension_lifted"
    time = "future" if certain else "past"
    return [
        scene.claim(s, b, event, time, at, last, first=subject.at, confidence="high", effect=certain)
        for s in subject.states
        for last, b in obj.bodies
    ]


def around(scene: Scene, first: int, group: Group) -> set[str]:
    """The tags of what governs a verb, with denial, condition and wish before its subject."""
    units = scene.units
    return (
        region_tags(units, first, group.first)
        | group.tags
        | (region_tags(units, first - 4, first) & {"deny", "cond", "threat", "calls"})
    )


def admitted(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    """A body admits a State, or a State is admitted."""
    units = scene.units
    if group.passive or (verb.form == "part" and group.tense == "past" and link_at(units, at + 1, verb.links)):
        obj = find_object(units, at, verb, scene.lex, scene.memory)
        subject = find_subject(units, group.first, scene.memory)
        if not obj.bodies or subject is None or subject.delegates:
            return []
        if (
            around(scene, subject.at, group) & {"deny", "cond", "threat", "candidate"}
            or group.neg
            or group.modal
            or group.future
            or group.tense == "inf"
        ):
            return []
        return [
            scene.claim(s, b, "acceded", "past", at, last, first=subject.at)
            for s in subject.states
            for last, b in obj.bodies
        ]
    if group.tense == "gerund" and group.first and "subj_stop" in units[group.first - 1].tags:
        return []
    states, k, _ = target(scene, at)
    body, by_at = body_left(scene, group.first)
    named, named_at = body_right(scene, k, INTO | OUT)
    body, k = (named, max(k, named_at)) if named else (body, k)
    if not states or not body or group.neg or group.modal or group.future:
        return []
    if group.tense in ("inf", "gerund") and "announce" not in region_tags(units, by_at, group.first):
        return []
    return [scene.claim(s, body, "acceded", "past", at, k, first=by_at if by_at >= 0 else at) for s in states]


def ratified(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    """A State, or its parliament, ratifies a treaty."""
    units = scene.units
    obj = find_object(units, at, verb, scene.lex, scene.memory)
    if group.passive:
        return []
    subject = find_subject(units, group.first, scene.memory)
    if not obj.bodies or subject is None or subject.delegates or obj.bodies[0][1] in ("PACE", "UN"):
        return []
    tags = around(scene, subject.at, group)
    if tags & {"deny", "cond", "candidate"} or group.neg or group.modal or group.future or subject.called_on:
        return []
    if (
        group.tense in ("inf", "gerund")
        and not ("announce" in tags and "threat" not in tags)
        and not first_to(scene, group.first)
    ):
        return []
    return [
        scene.claim(s, b, "ratified", "past", at, last, first=subject.at)
        for s in subject.states
        for last, b in obj.bodies
    ]


def deposited(scene: Scene, at: int, group: Group) -> list[Claim]:
    """ "deposited its instrument of ratification of", "lodged a declaration accepting the jurisdiction of"."""
    units = scene.units
    if group.neg or group.modal or group.future:
        return []
    if group.tense == "inf" and "announce" not in region_tags(units, group.first - 4, group.first):
        return []
    for k in range(at + 1, min(at + 14, len(units))):
        noun = next((v for v in units[k].verbs if v.form == "noun" and v.family in ("join", "ratify")), None)
        if noun is None:
            continue
        obj = find_object(units, k, noun, scene.lex, scene.memory)
        if (
            not obj.bodies
            and "notice_noun" in region_tags(units, k + 1, k + 2)
            and (body := named_before(units, at) or scene.memory.last_body)
        ):
            obj.bodies.append((k, body))  # "its accession instrument"
        subject = find_subject(units, group.first, scene.memory)
        if obj.bodies and subject and not subject.delegates:
            event = "ratified" if noun.family == "ratify" else "acceded"
            return [
                scene.claim(s, b, event, "past", at, last, first=subject.at)
                for s in subject.states
                for last, b in obj.bodies
            ]
    return []
