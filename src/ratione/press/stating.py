"""Leaving told without a verb of leaving: having ended, being out, staying until, thinking again, taking back."""

from __future__ import annotations

from ratione.press.find import Unit
from ratione.press.grammar import AND, Group, find_subject, joined_states, region_tags, verb_group
from ratione.press.lexicon import Verb
from ratione.press.nouns import owner
from ratione.press.objects import find_object
from ratione.press.scene import Claim, Scene, delivered, governing


def stating(scene: Scene) -> list[Claim]:
    """Every such claim of the sentence, having ended apart, which is a verb of `leaving`."""
    return (
        out_of(scene)
        + remaining(scene)
        + rethought(scene)
        + staying(scene)
        + taking_back(scene)
        + told_of_it(scene)
        + back_in(scene)
        + action_effected(scene)
        + membership_over(scene)
    )


def ended(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    """ "ceased to be a member", "is no longer a party", "is out of"."""
    units = scene.units
    obj = find_object(units, at, verb, scene.lex, scene.memory)
    subject = find_subject(units, group.first, scene.memory)
    if not obj.bodies or subject is None or subject.delegates or subject.called_on:
        return []
    tags = governing(scene, subject.at, group)
    if group.modal or "cond" in tags or "modal" in tags:
        return []
    if units[at].low.startswith("no longer") is False and (group.neg or "deny" in tags):
        return (
            [
                scene.claim(s, b, "denied", "present", at, last, first=subject.at)
                for s in subject.states
                for last, b in obj.bodies
            ]
            if "deny" in tags
            else []
        )
    if _decided_by_body(units, subject.at) and "org" in scene.lex.bodies[obj.bodies[0][1]].kinds:
        return [
            scene.claim(s, b, "expelled", "past", at, last, first=subject.at, effect=True)
            for s in subject.states
            for last, b in obj.bodies
        ]
    future = group.future or group.tense in ("future", "inf") or "will" in group.tags
    event = "notice_of_withdrawal" if future and delivered(scene) else "left"
    return [
        scene.claim(
            s, b, event, "future" if future and event == "left" else "past", at, last, first=subject.at, effect=True
        )
        for s in subject.states
        for last, b in obj.bodies
    ]


def _decided_by_body(units: list[Unit], at: int) -> bool:
    """ "The Committee of Ministers decided that Russia ceases to be a member"."""
    for k in range(at - 1, max(-1, at - 5), -1):
        if "decide" in units[k].tags:
            return any(u.kind == "body" or "org_short" in u.tags for u in units[max(0, k - 6) : k])
    return False


def remaining(scene: Scene) -> list[Claim]:
    """ "Until 26 August it remains a party": no verb of leaving, and yet the last day of a notice."""
    units = scene.units
    if not ("remain" in scene.tags and "until" in scene.tags):
        return []
    found: list[Claim] = []
    for at, unit in enumerate(units):
        if "remain" not in unit.tags or "member_noun" not in region_tags(units, at, at + 5):
            continue
        group = verb_group(units, at, Verb("remain", "present"))
        obj = find_object(units, at, Verb("remain", "present", ((),)), scene.lex, scene.memory)
        subject = find_subject(units, group.first, scene.memory)
        if subject and obj.bodies and not group.neg and not group.modal and not any("cond" in u.tags for u in units):
            found += [
                scene.claim(s, b, "notice_of_withdrawal", "past", at, last, first=subject.at, effect=True, note="until")
                for s in subject.states
                for last, b in obj.bodies
            ]
    return found


def staying(scene: Scene) -> list[Claim]:
    """ "Will stay in the Convention": a leaving denied."""
    units = scene.units
    found: list[Claim] = []
    for at, unit in enumerate(units):
        if "remain" not in unit.tags or unit.name:
            continue
        group = verb_group(units, at, Verb("remain", "base"))
        coming = group.future or "will" in group.tags or unit.low in _WILL_STAY
        coming |= scene.sentence.headline and group.tense == "inf"
        told = "would" in (u.low for u in units[group.first : at]) and "report" in region_tags(units, 0, group.first)
        obj = find_object(units, at, Verb("remain", "base", _STAY_IN), scene.lex, scene.memory)
        subject = find_subject(units, group.first, scene.memory)
        if (
            not (coming or told)
            or group.neg
            or (group.modal and not told)
            or not obj.bodies
            or any("until" in u.tags for u in units)
        ):
            continue
        if subject is None or subject.delegates or subject.called_on or governing(scene, subject.at, group) & {"cond"}:
            continue
        found += [
            scene.claim(s, b, "denied", "present", at, last, first=subject.at)
            for s in subject.states
            for last, b in obj.bodies
        ]
    return found


_WILL_STAY = ("restera", "resteront", "permanecerá", "permanecerán", "останется", "останутся")
_STAY_IN = (
    ("in",),
    ("inside",),
    ("within",),
    ("part", "of"),
    ("party", "to"),
    ("a party", "to"),
    ("member", "of"),
    ("signatory", "to"),
    ("dans",),
    ("au", "sein", "de"),
    ("en",),
    ("в",),
)


def rethought(scene: Scene) -> list[Claim]:
    """ "May review its membership of the Council", "reconsiders its place in": a threat, and no more."""
    units = scene.units
    found: list[Claim] = []
    for at, unit in enumerate(units):
        if "rethink" not in unit.tags or unit.name:
            continue
        near = units[at + 1 : at + 9]
        member = next((k for k, u in enumerate(near, at + 1) if u.low in _MEMBERSHIP), 0)
        body = next(((k, u.name.code) for k, u in enumerate(near, at + 1) if u.kind == "body" and u.name), None)
        if not member or body is None or abs(body[0] - member) > 4:
            continue
        group = verb_group(units, at, Verb("leave", "base"))
        subject = find_subject(units, group.first, scene.memory)
        if subject is None or subject.delegates or subject.called_on or group.neg or group.tags & {"deny"}:
            continue
        found += [
            scene.claim(s, body[1], "threatened", "present", at, body[0], first=subject.at) for s in subject.states
        ]
    return found


_MEMBERSHIP = ("membership", "participation", "place", "stay", "relations", "ties")


def out_of(scene: Scene) -> list[Claim]:
    """ "The Philippines is officially out of the Court": no verb of leaving, the state of having left."""
    units = scene.units
    found: list[Claim] = []
    for at in range(1, len(units) - 1):
        if units[at].low != "out" or units[at + 1].low != "of":
            continue
        k = at - 1
        future = neg = modal = False
        while (
            k >= 0
            and not units[k].name
            and (
                units[k].tags & {"be", "will", "modal", "neg", "have"}
                or units[k].low.endswith("ly")
                or units[k].low == "now"
            )
        ):
            future |= "will" in units[k].tags
            neg |= "neg" in units[k].tags
            modal |= "modal" in units[k].tags
            k -= 1
        if k < 0 or not (units[k].kind == "state" and units[k].name) or neg or modal:
            continue
        if any(
            v.family in ("leave", "expel", "restore") and v.form != "noun"
            for u in units[max(0, k - 2) : k]
            for v in u.verbs
        ):
            continue  # "pull Britain out of"
        head = k
        while head and (units[head - 1].low in AND or units[head - 1].kind == "state") and joined_states(units, k, -1):
            head -= 1
        if head and "follow" in units[head - 1].tags:  # "Argentina to follow US out of"
            found += _following(scene, at, head)
            continue
        subject = find_subject(units, k + 1, scene.memory)
        obj = find_object(units, at + 1, Verb("ended", "present", ((),)), scene.lex, scene.memory)
        if subject is None or subject.delegates or subject.called_on:
            continue
        ordered = units[k - 1].tags & {"announce", "threat", "calls"} if k and not units[k - 1].name else set()
        if ordered:  # "orders the US out of", "wants Britain out of"
            event = "announced_withdrawal" if "announce" in ordered else "threatened"
            own = find_subject(units, k - 1, scene.memory)
            if own and own.states == subject.states:
                found += [
                    scene.claim(s, b, event, "past", at, last, first=own.at)
                    for s in own.states
                    for last, b in obj.bodies
                ]
            continue
        for last, body in obj.bodies:
            time = "future" if future else "past"
            found += [
                scene.claim(s, body, "left", time, at, last, first=subject.at, effect=True) for s in subject.states
            ]
    return found


_DEED = {
    "leave": "notice_of_withdrawal",
    "denounce": "notice_of_withdrawal",
    "join": "acceded",
    "ratify": "ratified",
}


def action_effected(scene: Scene) -> list[Claim]:
    """ "The above action was effected on 19 October": what the depositary's notification is headed with."""
    units, memory = scene.units, scene.memory
    states = memory.title_states or memory.states
    event = _DEED.get(memory.deed)
    at = next((k for k, u in enumerate(units) if u.low == "action"), len(units))
    if event is None or not memory.topic or not any(u.low == "effected" for u in units[at : at + 4]):
        return []
    return [scene.claim(state, memory.topic, event, "past", at, at) for state in states[:1]]


def membership_over(scene: Scene) -> list[Claim]:
    """ "Mali's membership of ECOWAS ended", "Turkey's membership ends on July 1", "was terminated"."""
    units = scene.units
    for at, unit in enumerate(units):
        if unit.low not in ("membership", "participation") or unit.name:
            continue
        obj = find_object(units, at, Verb("leave", "noun", (("of",), ("in",))), scene.lex, scene.memory)
        after = obj.last if obj.bodies else at
        if not obj.bodies and at and units[at - 1].kind == "body" and units[at - 1].name:
            obj.bodies.append((at - 1, units[at - 1].name.code))  # type: ignore[union-attr]  # "its ECOWAS membership"
        states, first, guess = owner(scene, at)
        if not obj.bodies or not states or guess:
            continue
        for k in range(after + 1, min(after + 6, len(units))):
            over = next((v for v in units[k].verbs if v.family == "lift" and v.form not in ("ing", "noun")), None)
            if over is None:
                continue
            group = verb_group(units, k, over)
            if group.first > after + 1 or group.neg or group.modal or units[k].low.startswith(("lift", "waive")):
                break
            event = "expelled" if group.passive else "left"
            coming = group.future or group.tense in ("present", "inf")
            time = "future" if coming and not group.passive else "past"
            return [
                scene.claim(s, b, event, time, k, k, first=first, effect=True) for s in states for _, b in obj.bodies
            ]
    return []


def back_in(scene: Scene) -> list[Claim]:
    """ "Gambia back in Commonwealth", "Mali is back in the Union": after a suspension or a leaving."""
    units = scene.units
    for at in range(1, len(units) - 2):
        if units[at].low != "back" or units[at + 1].low not in ("in", "into", "inside") or units[at].name:
            continue
        group = verb_group(units, at, Verb("restore", "part"))
        k = group.first - 1
        state = units[k].name if k >= 0 and units[k].kind == "state" else None
        if state is None or state.form != "noun" or group.neg or group.modal or group.future or group.tense == "inf":
            continue
        obj = find_object(units, at + 1, Verb("join", "present", ((),)), scene.lex, scene.memory)
        event = "suspension_lifted" if scene.tags & {"suspension_noun"} else "acceded"
        states = [*joined_states(units, k, -1), state.code]
        return [
            scene.claim(s, b, event, "past", at, last, first=k, note="readmitted")
            for s in states
            for last, b in obj.bodies
        ]
    return []


def _following(scene: Scene, at: int, k: int) -> list[Claim]:
    """ "Argentina to follow the United States out of": it is the first of the two that announces."""
    units = scene.units
    obj = find_object(units, at + 1, Verb("ended", "present", ((),)), scene.lex, scene.memory)
    subject = find_subject(units, k - 1, scene.memory)
    group = verb_group(units, k - 1, Verb("leave", "base"))
    if subject is None or group.neg:
        return []
    tags = governing(scene, subject.at, group)
    event = "threatened" if group.modal or tags & {"threat", "cond", "modal"} else "announced_withdrawal"
    event = "denied" if tags & {"deny", "neg"} else event
    return [
        scene.claim(s, b, event, "past", at, last, first=subject.at) for s in subject.states for last, b in obj.bodies
    ]


def taking_back(scene: Scene) -> list[Claim]:
    """ "South Africa revoked its notification": the paper is taken back, the body is the text's own."""
    units = scene.units
    named = {u.name.code for u in units if u.kind == "body" and u.name and not u.name.weak}
    body = next(iter(named)) if len(named) == 1 else scene.memory.topic
    found: list[Claim] = []
    for at, unit in enumerate(units):
        verb = next((v for v in unit.verbs if v.family == "revoke" and v.form in ("past", "part", "present")), None)
        if not body or verb is None or unit.name:
            continue
        near = units[at + 1 : at + 5]
        if not any("notice_noun" in u.tags for u in near) or any(u.low in ("of", "to") for u in units[at + 1 : at + 7]):
            continue
        group = verb_group(units, at, verb)
        subject = find_subject(units, group.first, scene.memory)
        if subject is None or subject.delegates or group.passive or group.neg or group.modal or group.future:
            continue
        found += [scene.claim(s, body, "withdrawal_revoked", "past", at, at, first=subject.at) for s in subject.states]
    return found


def told_of_it(scene: Scene) -> list[Claim]:
    """ "The White House notified the United Nations of the decision": a notice of the leaving told before."""
    body, states = scene.title
    units = scene.units
    for at, unit in enumerate(units):
        verb = next((v for v in unit.verbs if v.family == "notify" and v.form in ("past", "part")), None)
        if not body or verb is None or any(v.family in ("leave", "revoke") for u in units for v in u.verbs):
            continue
        group = verb_group(units, at, verb)
        near = [u.low for u in units[at + 1 : at + 12]]
        of_it = any(near[k : k + 2] == ["of", "the"] and near[k + 2 : k + 3] in _DECISIONS for k in range(len(near)))
        if of_it and not group.neg and not group.modal and not group.passive and not group.future:
            return [scene.claim(s, body, "notice_of_withdrawal", "past", at, at) for s in states]
    return []


_DECISIONS = (["decision"], ["move"], ["withdrawal"], ["plan"], ["intention"], ["step"])
