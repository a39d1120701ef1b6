"""Sentences in which a State joins, is admitted, ratifies or deposits."""

from __future__ import annotations

from ratione.press.acting import INTO, OUT, body_left, body_right, target
from ratione.press.find import Unit
from ratione.press.grammar import (
    Group,
    Subject,
    find_subject,
    region_tags,
    verb_group,
)
from ratione.press.lexicon import Verb
from ratione.press.nouns import ahead_of, owner
from ratione.press.objects import find_object, link_at, named_before, no_object, relative
from ratione.press.scene import ORDINAL, Claim, Scene, first_to


def joined(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    """A State joins, becomes a party, comes back, or says that it will not."""
    units = scene.units
    word = units[at].tags
    if verb.form == "base" and at and (units[at - 1].low == "'s" or "anaphor_poss" in units[at - 1].tags):
        return []  # "the island's return"
    if units[at].low.startswith("return") and not link_near(units, at, verb) and not no_object(units, at):
        return []  # "returns the law"
    if "becoming" in word and "member_noun" not in region_tags(units, at, at + 10):
        return []
    obj = find_object(units, at, Verb(verb.family, verb.form, (*verb.links, ())), scene.lex, scene.memory)
    if not obj.bodies and (before := relative(units, group.first)):
        obj.bodies.append(before)
    subject = _party(scene, group)
    if (
        not obj.bodies
        and "again" in word
        and (not link_near(units, at, verb) or no_object(units, at + 1))
        and (
            body := named_before(units, at) or scene.memory.home or (scene.memory.topic if no_object(units, at) else "")
        )
    ):
        obj.bodies.append((at, body))
    if not obj.bodies or subject is None or subject.delegates or subject.called_on or obj.state:
        return []
    behind = [u for u in units[obj.last + 1 : obj.last + 3] if "member_noun" not in u.tags]
    if "becoming" in word and behind and behind[0].low == "to" and units[obj.last].kind == "body":
        return []  # "became the eighth member of the Union to make the declaration"
    tags = around(scene, subject.at, group)
    if (
        ("again" in word or group.future or group.tense == "inf")
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
    if group.tense == "inf" and "parliament" in region_tags(units, 0, group.first) and tags & {"decide", "announce"}:
        treaties = [found for found in obj.bodies if is_treaty(scene, found)]
        return [
            scene.claim(s, b, "ratified", "past", at, last, first=subject.at)
            for s in subject.states
            for last, b in treaties
        ]
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


def _party(scene: Scene, group: Group) -> Subject | None:
    """Who joins: a State, or the European Union as a party."""
    units, k = scene.units, group.first - 1
    if k >= 0 and _is_union(units[k]):
        return Subject(["EUE"], k)
    return find_subject(units, group.first, scene.memory)


def _is_union(unit: Unit) -> bool:
    return unit.name is not None and unit.name.code == "EU"


def link_near(units: list[Unit], at: int, verb: Verb) -> bool:
    """Whether the link of a verb follows at once: "returned officially to"."""
    return any(link_at(units, k, verb.links) for k in range(at + 1, min(at + 4, len(units))))


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
    headline = scene.sentence.headline and no_object(units, at)
    if group.passive or (
        verb.form == "part" and group.tense == "past" and (headline or link_at(units, at + 1, verb.links))
    ):
        obj = find_object(units, at, verb, scene.lex, scene.memory)
        subject = find_subject(units, group.first, scene.memory)
        if not obj.bodies and scene.memory.topic and no_object(units, at):
            obj.bodies.append((at, scene.memory.topic))
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
    if not obj.bodies and (before := relative(units, group.first)):
        obj.bodies.append(before)
    subject = _party(scene, group)
    if not obj.bodies or subject is None or subject.delegates or obj.bodies[0][1] in ("PACE", "UN"):
        return []
    if "approving" in units[at].tags and (
        not is_treaty(scene, obj.bodies[0]) or (group.first and units[group.first - 1].low in ("that", "which"))
    ):
        return []  # "the law that approved the Statute"
    tags = around(scene, subject.at, group)
    if "cond" not in tags and not subject.called_on and not scene.sentence.headline * group.modal:
        refused = group.neg and (group.future or group.tense in ("present", "inf"))
        if refused or ("neg" in tags and group.tense in ("inf", "gerund") and "announce" in tags):
            return [
                scene.claim(s, b, "denied", "past", at, last, first=subject.at)
                for s in subject.states
                for last, b in obj.bodies
            ]
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


def is_treaty(scene: Scene, found: tuple[int, str]) -> bool:
    """Whether the body found is a treaty, and named as one."""
    at, code = found
    body = scene.lex.bodies.get(code)
    return (
        body is not None
        and "treaty" in body.kinds
        and not any(word in scene.units[at].low for word in ("court", "tribunal", "icc"))
    )


def member_now(scene: Scene) -> list[Claim]:
    """ "Is now the 125th State party to", "will be a member from": no verb of joining, and yet joined."""
    units = scene.units
    found: list[Claim] = []
    for at, unit in enumerate(units):
        if unit.low == "making" and (made := _made_member(scene, at)):
            found += made
        if "be" not in unit.tags or unit.name:
            continue
        near = units[at + 1 : at + 9]
        member = next((k for k, u in enumerate(near, at + 1) if "member_noun" in u.tags and u.low != "part"), 0)
        group = verb_group(units, at, Verb("join", "base"))
        fresh = any(u.low in ("now", "officially", "formally") or ORDINAL.fullmatch(u.low) for u in near)
        refuses = group.neg and (
            group.future or "will" in group.tags or any(u.low == "won" for u in units[at - 3 : at])
        )
        if (
            not member
            or (group.neg and not refuses)
            or group.modal
            or not (fresh or refuses or group.future or "will" in group.tags)
        ):
            continue
        if region_tags(units, at, member) & {"neg", "candidate", "first", "clause"} and not fresh and not refuses:
            continue
        subject = find_subject(units, group.first, scene.memory)
        obj = find_object(units, member, Verb("join", "noun", (("of",), ("to",), ("in",), ())), scene.lex, scene.memory)
        bodies = obj.bodies or [(k, code) for k, code in [_body_before(units, member)] if code]
        if subject is None or subject.delegates or not bodies or around(scene, subject.at, group) & {"deny", "cond"}:
            continue
        time = "future" if group.future or "will" in group.tags else "past"
        found += [
            scene.claim(s, b, "denied", "past", at, max(member, last), first=subject.at)
            if refuses
            else scene.claim(s, b, "acceded", time, at, max(member, last), first=subject.at, effect=True)
            for s in subject.states
            for last, b in bodies
        ]
    return found


def _made_member(scene: Scene, at: int) -> list[Claim]:
    """ "..., making his country the sixth member of the bloc"."""
    units = scene.units
    near = units[at + 1 : at + 4]
    states = next(([u.name.code] for u in near if u.kind == "state" and u.name), [])
    if not states and any(u.tags & {"his", "anaphor_state"} for u in near):
        subject = find_subject(units, at, scene.memory)
        states = subject.states if subject else list(scene.memory.states)
    member = next((k for k in range(at + 2, min(at + 9, len(units))) if "member_noun" in units[k].tags), 0)
    if not states or not member or not any(ORDINAL.fullmatch(u.low) or "first" in u.tags for u in units[at:member]):
        return []
    obj = find_object(units, member, Verb("join", "noun", (("of",), ("to",), ("in",), ())), scene.lex, scene.memory)
    bodies = obj.bodies or [(k, code) for k, code in [_body_before(units, member)] if code]
    return [scene.claim(s, b, "acceded", "past", at, last, first=at) for s in states for last, b in bodies]


def _body_before(units: list[Unit], member: int) -> tuple[int, str]:
    """ "ICC member", "the bloc's eighth member"."""
    for k in range(member - 1, max(-1, member - 5), -1):
        if units[k].kind == "body" and units[k].name:
            return k, units[k].name.code  # type: ignore[union-attr]
    return member, ""


def in_force_for(scene: Scene, at: int, group: Group) -> list[Claim]:
    """ "The Statute entered into force for Ukraine on 1 January"."""
    units = scene.units
    if group.neg or group.modal or any(v.family == "leave" for u in units[:at] for v in u.verbs):
        return []
    if scene.memory.deed in ("leave", "denounce") and "force" not in units[at].low:
        return []  # "the action shall take effect for Burundi", where the action is a withdrawal
    body, first = body_left(scene, group.first)
    if not body or "treaty" not in (scene.lex.bodies[body].kinds if body in scene.lex.bodies else ()):
        return []
    for k in range(at + 1, min(at + 8, len(units))):
        if units[k].low not in ("for", "in", "with", "respect", "to", "the"):
            break
        after = units[k + 1] if k + 1 < len(units) else None
        after = units[k + 2] if after is not None and after.low == "the" and k + 2 < len(units) else after
        if units[k].low != "for" or after is None:
            continue
        states = [after.name.code] if after.kind == "state" and after.name else []
        if not states and "anaphor_state" in after.tags:
            states = list(scene.memory.title_states or scene.memory.states)
        event = "ratified" if any(v.family == "ratify" for u in units for v in u.verbs) else "acceded"
        time = "future" if group.future else "past"
        return [scene.claim(s, body, event, time, at, k, first=max(first, 0), effect=True) for s in states]
    return []


def joining_noun(scene: Scene, at: int, verb: Verb) -> list[Claim]:
    """ "Somalia completes entry into", "following Armenia's ratification of", "welcomes Fiji's return to"."""
    units = scene.units
    before = units[max(0, at - 6) : at]
    tags = {tag for u in before if not u.name for tag in u.tags}
    law = "bill" in tags and tags & {"announce", "approving", "decide"}
    if (verb.family == "join" and region_tags(units, at + 1, at + 4) & {"effective"}) or any(
        u.low in ("force", "effect") for u in units[at + 1 : at + 4]
    ):
        return []  # "entry into force"
    told = (
        tags & {"complete", "welcome", "back_ref", "approving"}
        or law
        or (at + 1 < len(units) and "welcome" in region_tags(units, at + 1, len(units)) and scene.sentence.headline)
    )
    if not told or tags & {"candidate", "threat", "neg", "deny", "cond", "modal", "calls"} - (
        {"candidate"} if tags & {"back_ref"} else set()
    ):
        return []
    obj = find_object(
        units, at, Verb(verb.family, "noun", (("to",), ("into",), ("of",), ("in",))), scene.lex, scene.memory
    )
    states, first, guess = owner(scene, at)
    union = next((k for k in range(at - 1, max(-1, at - 4), -1) if _is_union(units[k])), -1)
    if guess and union >= 0:
        states, first, guess = ["EUE"], union, False
    if not obj.bodies and units[at - 1].kind == "body" and units[at - 1].name:
        obj.bodies.append((at - 1, units[at - 1].name.code))  # type: ignore[union-attr]  # "Statute ratification"
    if not obj.bodies or not states or guess:
        return []
    event = "ratified" if verb.family == "ratify" else "acceded"
    return [
        scene.claim(s, b, event, "past", at, last, first=min(first, at), confidence="medium", background=True)
        for s in states
        for last, b in obj.bodies
    ]


_APPROVAL = ("approval", "acceptance", "approbation", "acceptation", "aceptación", "aprobación")


def deposited(scene: Scene, at: int, group: Group) -> list[Claim]:
    """ "deposited its instrument of ratification of", "lodged a declaration accepting the jurisdiction of"."""
    units = scene.units
    if group.neg or group.modal or group.future:
        return []
    if group.tense == "inf" and "announce" not in region_tags(units, group.first - 4, group.first):
        return []
    for k in range(at + 1, min(at + 14, len(units))):
        noun = next((v for v in units[k].verbs if v.form == "noun" and v.family in ("join", "ratify")), None)
        if noun is None and units[k].low in _APPROVAL and "notice_noun" in region_tags(units, k - 2, k):
            noun = Verb("ratify", "noun")  # "its instrument of approval"
        if noun is None:
            continue
        obj = find_object(units, k, noun, scene.lex, scene.memory)
        if (
            not obj.bodies
            and "notice_noun" in region_tags(units, k + 1, k + 2)
            and (body := named_before(units, at) or scene.memory.last_body)
        ):
            obj.bodies.append((k, body))  # "its accession instrument"
        if not obj.bodies and scene.memory.topic:
            obj.bodies.append((k, scene.memory.topic))
        subject = _party(scene, group)
        if subject is None and group.tense == "gerund" and (ahead := ahead_of(scene, k)):
            subject = Subject(ahead, at)  # "By depositing its ratification, France"
        if obj.bodies and subject and not subject.delegates:
            event = "ratified" if noun.family == "ratify" else "acceded"
            return [
                scene.claim(s, b, event, "past", at, last, first=subject.at)
                for s in subject.states
                for last, b in obj.bodies
            ]
    return []
