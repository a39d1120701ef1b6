"""Sentences in which a State leaves a body, announces it, threatens it, denies it or takes it back."""

from __future__ import annotations

from ratione.press.find import Unit
from ratione.press.grammar import (
    Group,
    Subject,
    adverb,
    find_subject,
    joined_states,
    region_tags,
    state_phrase,
    verb_group,
)
from ratione.press.lexicon import Verb, out_of_office
from ratione.press.nouns import leaving_noun, told_body
from ratione.press.objects import Object, find_object, refers_back, relative
from ratione.press.scene import Claim, Scene, delivered, first_to, governing, near_neg, revoked, struck_down
from ratione.press.stating import ended

_TREATY_WORDS = (
    "charter",
    "letter",
    "constitution",
    "carta",
    "charte",
    "statute",
    "estatuto",
    "statut",
    "convention",
    "convenci",
    "convenç",
    "treaty",
    "protocol",
    "pact",
    "covenant",
    "statuto",
    "конвенц",
    "статут",
    "протокол",
)


def leaving(scene: Scene) -> list[Claim]:
    """Every claim of the sentence about leaving, from the words of leaving, denouncing and having ended."""
    found = _unratified(scene)
    for at, unit in enumerate(scene.units):
        if unit.name and unit.name.form != "adj":
            continue
        for verb in _choices(unit, scene.units[at - 1] if at else None):
            if claims := _one(scene, at, verb):
                found += claims
                break
    return found


def _choices(unit: Unit, before: Unit | None) -> list[Verb]:
    """The readings of a word of leaving, likeliest first: after an article it is a noun ("su retirada")."""
    named = before is not None and (
        "anaphor_poss" in before.tags
        or before.kind == "body"
        or (before.name is not None and before.name.form == "adj")
        or before.low in ("'s", "of", "'")
        or before.low in ("la", "le", "el", "the", "une", "una")
    )
    if before is not None and not before.name and before.tags & {"complete", "announce", "threat", "deny", "welcome"}:
        named |= not before.tags & {"will", "modal", "to"} and before.low != "votes"  # "completes exit"
    verbs = [v for v in unit.verbs if v.family in ("leave", "denounce", "ended")]
    order = {"noun": 0, "base": 1, "past": 2} if named else {"base": 1, "past": 2}
    return sorted(verbs, key=lambda v: order.get(v.form, 3))


def _one(scene: Scene, at: int, verb: Verb) -> list[Claim]:
    units = scene.units
    group = verb_group(units, at, verb)
    if verb.family == "ended":
        return ended(scene, at, verb, group)
    if verb.form in ("past", "part") and group.tense == "passive":
        return _denounced_by(scene, at, group) if verb.family == "denounce" else []
    if (
        verb.form == "base"
        and group.tense == "present"
        and any(v.form == "past" and v.family == verb.family for v in units[at].verbs)
    ):
        return []  # "Russia quit": a past, as "Russia quits" would be the present
    obj = find_object(units, at, verb, scene.lex, scene.memory)
    if verb.form == "noun":
        return leaving_noun(scene, at, verb, obj)
    if not obj.bodies and (before := relative(units, group.first)):
        obj.bodies.append(before)
    if not obj.bodies and verb.family == "leave" and verb.links and scene.memory.topic and _left_it(scene, at, group):
        obj.bodies.append((at, scene.memory.topic))  # "the United States left in 1984"
    if not obj.bodies and verb.family == "leave" and not obj.state and told_of(scene, at):
        obj.bodies += told_body(scene, at)  # "sends ECOWAS formal notice to quit"
    if not obj.bodies:
        return []
    if verb.family == "denounce" and not _is_treaty(scene, obj):
        return []
    subject = find_subject(units, group.first, scene.memory)
    states, guess = _states(scene, obj, subject)
    if guess and subject is None and _somebody_else(units, group.first):
        return []
    if not states or (subject and subject.delegates and not obj.state):
        return []
    if subject and "delegates" in subject.heads and obj.bodies[0][1] == "PACE":
        return []  # members walk out, the State stays
    if subject and subject.called_on and not obj.state and not _own_voice(scene, subject):
        return []
    first = subject.at if subject else group.first
    tags = governing(scene, first, group)
    event, time = _kind(scene, group, verb, tags, at)
    if not event:
        return []
    if guess and event == "denied":
        return []
    event = _as_notice(scene, event, group, tags, at)
    if subject and subject.called_on and not obj.state and event == "announced_withdrawal":
        event, time = "threatened", "present"  # its own parliament asks the government to
    confidence = "medium" if guess or scene.sentence.headline else "high"
    return [
        scene.claim(state, body, event, time, at, last, first=first, confidence=confidence, guessed=guess)
        for state in states
        for last, body in obj.bodies
    ]


def _unratified(scene: Scene) -> list[Claim]:
    """ "Revokes its ratification of the Statute", "votes to repeal the law ratifying it": leaving, in other words."""
    units = scene.units
    found: list[Claim] = []
    for at, unit in enumerate(units):
        deed = next((v for v in unit.verbs if v.family in ("join", "ratify") and v.form in ("noun", "ing")), None)
        if deed is None or unit.name:
            continue
        for k in range(at - 1, max(-1, at - 7), -1):
            back = next((v for v in units[k].verbs if v.family == "revoke" and v.form != "noun"), None)
            if units[k].name or units[k].punct or units[k].low == "reconsider":
                break
            if back is None:
                continue
            group = verb_group(units, k, back)
            links = Verb(deed.family, "noun", (("to",), ("of",), ("into",), ()))
            obj = find_object(units, at, links, scene.lex, scene.memory)
            subject = find_subject(units, group.first, scene.memory)
            if not obj.bodies or subject is None or subject.delegates or subject.called_on or group.passive:
                break
            event, time = _kind(scene, group, Verb("leave", back.form), governing(scene, subject.at, group), k)
            event = {"left": "announced_withdrawal"}.get(event, event)
            found += [
                scene.claim(s, b, event, time, at, last, first=subject.at)
                for s in subject.states
                for last, b in obj.bodies
                if event
            ]
            break
    return found


def _denounced_by(scene: Scene, at: int, group: Group) -> list[Claim]:
    """ "The Convention had been denounced only by Trinidad and Tobago"."""
    units = scene.units
    k = next((k for k in range(at + 1, min(at + 5, len(units) - 1)) if units[k].low in ("by", "par", "por")), 0)
    state = units[k + 1] if k and units[k + 1].kind == "state" else None
    body = next(((j, u.name.code) for j, u in enumerate(units[: group.first]) if u.kind == "body" and u.name), None)
    if body is None:
        body = next(((j, c) for j in range(group.first) if (c := refers_back(units, j, scene.memory))), None)
    if not k or state is None or state.name is None or body is None or group.neg or group.modal:
        return []
    return [
        scene.claim(
            state.name.code, body[1], "notice_of_withdrawal", "past", at, k + 1, first=body[0], confidence="medium"
        )
    ]


def _somebody_else(units: list[Unit], first: int) -> bool:
    """Whether a plain noun stands right before the verb, so that it is no State that leaves."""
    if not first:
        return False
    before = units[first - 1]
    if any(u.low in _OTHERS for u in units[max(0, first - 6) : first]) and any(
        u.low in ("other", "some", "several", "many", "more", "african") for u in units[max(0, first - 8) : first]
    ):
        return True
    plain = not (before.name or before.tags or before.verbs or before.punct or adverb(before))
    return plain and before.text[:1].islower() and not before.low.isdigit()


_OTHERS = ("countries", "states", "nations", "members", "governments")


def _left_it(scene: Scene, at: int, group: Group) -> bool:
    """Whether a State is said to have left, and nothing else is named that it left."""
    after = scene.units[at + 1] if at + 1 < len(scene.units) else None
    closed = after is None or after.punct or after.low in _CLOSING
    if group.tense == "inf" and group.first > 1:
        closed |= after is not None and bool(after.tags & {"modal", "have", "be", "will", "clause"})
        intends = "announce" in scene.units[group.first - 1].tags and "neg" not in near_neg(scene, group)
        return closed and intends and not any("announce" in u.tags and u.low == "bid" for u in scene.units)
    if not closed or group.tense not in ("past", "perfect", "progressive") or group.first == 0:
        return False
    before = scene.units[group.first - 1]
    if before.low in ("–", "—", ",") and group.first > 1:
        before = scene.units[group.first - 2]  # "three countries – Mali, Niger and Togo – are leaving"
        return before.kind == "state" and bool(joined_states(scene.units, group.first - 2, -1))
    if before.kind == "state" and before.name and before.name.form == "noun":
        return state_phrase(scene.units, group.first - 1)[0] == "state"
    return before.low in ("it", "country")


_CLOSING = (
    "in",
    "on",
    "after",
    "before",
    "last",
    "again",
    "as",
    "at",
    "since",
    "with",
    "effective",
    "as of",
    "as from",
)


def told_of(scene: Scene, at: int) -> bool:
    """Whether nothing is left by the verb itself and the sentence hands over a notice."""
    after = scene.units[at + 1] if at + 1 < len(scene.units) else None
    return (after is None or after.punct or bool(after.tags & {"clause"})) and delivered(scene)


def _is_treaty(scene: Scene, obj: Object) -> bool:
    """ "Denounced the Charter of the OAS" ends membership; "denounced the OAS" only scolds."""
    at, code = obj.bodies[0]
    low = scene.units[at].text.lower()
    near = " ".join(u.low for u in scene.units[max(0, at - 3) : at])
    body = scene.lex.bodies.get(code)
    if body and "treaty" in body.kinds and body.kinds[0] == "treaty":
        return "court" not in low or "jurisdiction" in near
    return any(word in low or word in near for word in _TREATY_WORDS)


def _states(scene: Scene, obj: Object, subject: Subject | None) -> tuple[list[str], bool]:
    """The States that leave, and whether that was guessed from what the text said before."""
    if obj.state:
        return [obj.state], False
    if subject:
        return subject.states, subject.guessed
    return list(scene.memory.states), True


def _own_voice(scene: Scene, subject: Subject) -> bool:
    """Whether those who call on the State to leave are of that State itself."""
    if "neg" in region_tags(scene.units, subject.at - 4, subject.at):
        return False  # "do not let the Taliban leave"
    if subject.guessed:
        return True
    left = [u.name.code for u in scene.units[: subject.at] if u.kind == "state" and u.name]
    return bool(left) and left[0] in subject.states


def _kind(scene: Scene, group: Group, verb: Verb, tags: set[str], at: int) -> tuple[str, str]:
    """Event and time of a verb of leaving, from its group and what governs it."""
    if struck_down(scene) and group.tense in ("inf", "gerund", "passive"):
        return "", ""  # a court's word on it
    if "impossible" in tags | region_tags(scene.units, group.first, at):
        return "impossible", "present"
    governed = group.tense in ("inf", "gerund", "noun")
    if governed and (back := revoked(scene, group.first)):
        unreal = back == "unreal" or "neg" in near_neg(scene, group)
        return ("", "") if unreal else ("withdrawal_revoked", "past")
    if governed and _thrown_out(scene, group.first):
        return "denied", "past"
    if "double_neg" in tags:
        return "threatened", "present"  # "could not rule out"
    negated = group.neg or (governed and "neg" in near_neg(scene, group))
    denied = "deny" in tags
    if denied and _ruled(scene, group.first):
        return "", ""
    if denied and negated:
        return "threatened", "present"
    if denied:
        return "denied", "present"
    if negated and any(u.low == "if" for u in scene.units[max(0, group.first - 8) : group.first]):
        return "threatened", "present"  # "will die if it does not commit to leaving"
    if negated:
        if group.tense in ("past", "perfect", "passive") and "yet" not in tags and "report" not in scene.tags:
            return "", ""
        return ("", "") if "yet" in tags else ("denied", "present")
    if (group.future or group.modal or group.tense == "inf") and _partisan(scene, group.first):
        return "threatened", "present"
    if _told_future(scene, group, tags, at):
        return "announced_withdrawal", "past"
    if "cond" in tags or group.modal or group.tense == "modal":
        return "threatened", "present"
    if (
        group.future
        and "formal" in region_tags(scene.units, group.first, at + 1)
        and "threat" not in tags
        and not _conditional_after(scene, at)
    ):
        return "left", "future"
    if group.tense in ("past", "perfect"):
        return ("notice_of_withdrawal" if verb.family == "denounce" else "left"), "past"
    if group.tense == "passive":
        return ("notice_of_withdrawal", "past") if verb.family == "denounce" else ("", "")
    if group.tense == "inf" and first_to(scene, group.first):
        done = "notice_of_withdrawal" if verb.family == "denounce" else "left"
        return ("announced_withdrawal" if "will" in tags or _next_in_line(scene, group.first) else done), "past"
    if group.tense == "inf" and _carried(scene, group.first):
        return "announced_withdrawal", "past"
    if "threat" in tags and not ("announce" in tags and group.tense in ("future", "progressive")):
        return "threatened", "present"
    if group.tense == "inf" and "modal" in region_tags(scene.units, group.first - 4, group.first):
        return "threatened", "present"
    if (
        group.tense == "inf"
        and group.first
        and "notice_noun" in scene.units[group.first - 1].tags
        and not tags & {"yet"}
    ):
        return "notice_of_withdrawal", "past"  # "a notice to withdraw"
    if group.tense == "inf" and group.first and "be" in scene.units[group.first - 1].tags:
        past = "be_past" in scene.units[group.first - 1].tags
        return ("", "") if past else ("announced_withdrawal", "future")  # "is to leave"
    if group.tense == "gerund":
        return _gerund(scene, group, tags)
    if group.tense == "inf" and not (
        "announce" in tags or scene.sentence.headline or _promised(scene, group) or delivered(scene)
    ):
        return "", ""
    if _conditional_after(scene, at):
        return "threatened", "present"
    if group.tense == "present" and verb.family == "denounce":
        return "notice_of_withdrawal", "past"
    return "announced_withdrawal", "future" if group.future else "past"


def _carried(scene: Scene, first: int) -> bool:
    """ "Lawmakers approved the proposal to withdraw": what was proposed is decided by the State's own parliament."""
    units = scene.units
    proposal = next((k for k in range(first - 1, max(-1, first - 4), -1) if "proposing" in units[k].tags), -1)
    verb = next((k for k in range(proposal - 1, max(-1, proposal - 5), -1) if units[k].low in _CARRYING), -1)
    return verb > 0 and bool(region_tags(units, verb - 5, verb) & {"parliament"})


_CARRYING = ("approved", "approves", "adopted", "adopts", "passed", "passes")


def _partisan(scene: Scene, first: int) -> bool:
    """Whether a party or a politician out of office would do it: "a Reform government would take Britain out"."""
    units = scene.units
    for k in range(first - 1, max(-1, first - 9), -1):
        if units[k].tags & {"partisan"} or units[k].low in out_of_office():
            return True
        if units[k].low in (",", ";", ":") or (units[k].name and units[k].name.form == "noun"):  # type: ignore[union-attr]
            break
    return any(u.low == "under" and region_tags(units, k, k + 4) & {"partisan"} for k, u in enumerate(units))


def _next_in_line(scene: Scene, first: int) -> bool:
    """ "Gambia is the latest State to quit": news of what is being done; "became the first to quit" is done."""
    near = scene.units[max(0, first - 7) : first]
    return any(u.low in ("latest", "next", "newest") for u in near) and not any(u.low == "became" for u in near)


def _ruled(scene: Scene, first: int) -> bool:
    """Whether a court of the State speaks: its ruling is not the State's own word."""
    return any(u.low in ("court", "judge", "judges", "tribunal") and not u.name for u in scene.units[:first])


def _thrown_out(scene: Scene, first: int) -> bool:
    """ "Rejected a motion by the party to leave": what was proposed is refused."""
    units = scene.units
    if _ruled(scene, first):
        return False
    proposal = next((k for k in range(first - 1, max(-1, first - 9), -1) if "proposing" in units[k].tags), -1)
    if proposal < 0:
        return False
    if "deny" in region_tags(units, proposal - 8, proposal):
        return True
    after = region_tags(units, first, len(units))
    return "deny" in after or any(u.low in ("fails", "failed", "falls", "rejected", "defeated") for u in units[first:])


def _told_future(scene: Scene, group: Group, tags: set[str], at: int) -> bool:
    """ "Announced that it would leave": the future seen from the past, no condition."""
    if "cond" in tags or "threat" in tags or _conditional_after(scene, at):
        return False
    would = "future_past" in region_tags(scene.units, group.first, at)
    before = region_tags(scene.units, 0, group.first)
    return would and bool(before & {"announce", "report"})


def _promised(scene: Scene, group: Group) -> bool:
    return "will" in region_tags(scene.units, group.first - 4, group.first)


def _gerund(scene: Scene, group: Group, tags: set[str]) -> tuple[str, str]:
    before = scene.units[group.first - 1] if group.first else None
    if before is not None and "back_ref" in before.tags:
        return "left", "past"
    if delivered(scene):
        return "announced_withdrawal", "past"
    if "announce" in tags:
        return "announced_withdrawal", "past"
    if scene.sentence.headline and group.first:
        k = group.first - 1
        while k and scene.units[k].low in "\"“”'‘’":
            k -= 1
        if scene.units[k].kind == "state":  # "US 'terminating' relationship with"
            return ("threatened", "present") if "threat" in tags else ("announced_withdrawal", "past")
    if before is not None and (before.tags & {"subj_stop"} or before.low in (",",)):
        return ("announced_withdrawal", "past") if before.low == "," else ("", "")
    return "", ""


def _conditional_after(scene: Scene, at: int) -> bool:
    return any(
        "cond" in u.tags and u.low in ("if", "unless", "si", "если", "se", "à moins", "a menos")
        for u in scene.units[at + 1 :]
    )


def _as_notice(scene: Scene, event: str, group: Group, tags: set[str], at: int) -> str:
    """An announcement is a notice where the sentence says that the letter was handed over or the depositary told."""
    if event not in ("announced_withdrawal", "left") or (event == "left" and group.tense != "noun"):
        return event
    return "notice_of_withdrawal" if delivered(scene) else event
