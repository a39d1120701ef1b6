"""Sentences in which a State leaves a body, announces it, threatens it, denies it or takes it back."""

from __future__ import annotations

from dataclasses import dataclass, field

from ratione.press.find import Sentence, Unit
from ratione.press.grammar import (
    Group,
    Memory,
    Object,
    Subject,
    at_home,
    find_object,
    find_subject,
    joined_states,
    region_tags,
    state_phrase,
    verb_group,
)
from ratione.press.lexicon import Lexicon, Verb

_TREATY_WORDS = ("charter", "carta", "charte", "statute", "estatuto", "statut", "convention", "convenci", "convenç", "treaty", "protocol", "pact", "covenant", "statuto", "конвенц", "статут", "протокол")


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


def leaving(scene: Scene) -> list[Claim]:
    """Every claim of the sentence about leaving, from the words of leaving, denouncing and having ended."""
    found: list[Claim] = []
    for at, unit in enumerate(scene.units):
        if unit.name and unit.name.form != "adj":
            continue
        for verb in _choices(unit):
            if claims := _one(scene, at, verb):
                found += claims
                break
    return found


def _choices(unit: Unit) -> list[Verb]:
    """The readings of a word of leaving: a participle before a past, as auxiliaries decide."""
    verbs = [v for v in unit.verbs if v.family in ("leave", "denounce", "ended")]
    return sorted(verbs, key=lambda v: {"base": 0, "past": 1}.get(v.form, 2))


def _one(scene: Scene, at: int, verb: Verb) -> list[Claim]:
    units = scene.units
    group = verb_group(units, at, verb)
    if verb.family == "ended":
        return _ended(scene, at, verb, group)
    if verb.form == "past" and group.tense == "passive":
        return []
    if verb.form == "base" and group.tense == "present" and any(v.form == "past" and v.family == verb.family for v in units[at].verbs):
        return []  # "Russia quit": a past, as "Russia quits" would be the present
    obj = find_object(units, at, verb, scene.lex, scene.memory)
    if verb.form == "noun":
        return _noun(scene, at, verb, obj)
    if not obj.bodies and (before := _relative(units, group.first)):
        obj.bodies.append(before)
    if not obj.bodies:
        return []
    if verb.family == "denounce" and not _is_treaty(scene, obj):
        return []
    subject = find_subject(units, group.first, scene.memory)
    states, guess = _states(scene, obj, subject)
    if not states or (subject and subject.delegates and not obj.state):
        return []
    if subject and subject.called_on and not obj.state and not _own_voice(scene, subject):
        return []
    first = subject.at if subject else group.first
    tags = _governing(scene, first, group)
    event, time = _kind(scene, group, verb, tags, at)
    if not event:
        return []
    event = _as_notice(scene, event, group, tags, at)
    confidence = "medium" if guess or scene.sentence.headline else "high"
    return [
        scene.claim(state, body, event, time, at, last, first=first, confidence=confidence, guessed=guess)
        for state in states
        for last, body in obj.bodies
    ]


def _relative(units: list[Unit], first: int) -> tuple[int, str] | None:
    """ "The Union, which it left in 1984": the body before the relative."""
    for k in range(first - 1, max(-1, first - 5), -1):
        if units[k].low in ("which", "dont"):
            for j in range(k - 1, max(-1, k - 4), -1):
                if units[j].kind == "body" and units[j].name:
                    return at_last(j, units[j])
                if not (units[j].punct or units[j].name):
                    return None
    return None


def at_last(k: int, unit: Unit) -> tuple[int, str]:
    """The place and body of a named unit."""
    assert unit.name
    return k, unit.name.code


def _is_treaty(scene: Scene, obj: Object) -> bool:
    """"Denounced the Charter of the OAS" ends membership; "denounced the OAS" only scolds."""
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
        return subject.states, False
    return list(scene.memory.states), True


def _own_voice(scene: Scene, subject: Subject) -> bool:
    """Whether those who call on the State to leave are of that State itself."""
    left = [u.name.code for u in scene.units[: subject.at] if u.kind == "state" and u.name]
    return bool(left) and left[0] in subject.states


def _governing(scene: Scene, first: int, group: Group) -> set[str]:
    """The tags of the words that govern the verb: from its subject on, and a reporting verb before the subject."""
    tags = region_tags(scene.units, first, group.first) | group.tags
    before = scene.units[max(0, first - 5) : first]
    for unit in before:
        if not unit.name and unit.tags & {"deny", "cond", "threat", "neg", "announce", "fail"}:
            tags |= unit.tags & {"deny", "cond", "threat", "announce"}
    return tags


def _kind(scene: Scene, group: Group, verb: Verb, tags: set[str], at: int) -> tuple[str, str]:
    """Event and time of a verb of leaving, from its group and what governs it."""
    if "impossible" in tags | region_tags(scene.units, group.first, at):
        return "impossible", "present"
    governed = group.tense in ("inf", "gerund", "noun")
    if governed and _revoked(scene, group.first):
        return ("", "") if "neg" in _near_neg(scene, group) else ("withdrawal_revoked", "past")
    negated = group.neg or (governed and "neg" in _near_neg(scene, group))
    denied = "deny" in tags
    if denied and negated:
        return "threatened", "present"
    if denied:
        return "denied", "present"
    if negated:
        if group.tense in ("past", "perfect", "passive") and "yet" not in tags and "report" not in scene.tags:
            return "", ""
        return ("", "") if "yet" in tags else ("denied", "present")
    if _told_future(scene, group, tags, at):
        return "announced_withdrawal", "past"
    if "cond" in tags or group.modal or group.tense == "modal":
        return "threatened", "present"
    if group.future and "formal" in region_tags(scene.units, group.first, at + 1) and "threat" not in tags and not _conditional_after(scene, at):
        return "left", "future"
    if group.tense in ("past", "perfect"):
        return ("notice_of_withdrawal" if verb.family == "denounce" else "left"), "past"
    if group.tense == "passive":
        return ("notice_of_withdrawal", "past") if verb.family == "denounce" else ("", "")
    if group.tense == "inf" and _first_to(scene, group.first):
        return ("announced_withdrawal" if "will" in tags else "left"), "past"
    if "threat" in tags and not ("announce" in tags and group.tense in ("future", "progressive")):
        return "threatened", "present"
    if group.tense == "gerund":
        return _gerund(scene, group, tags)
    if group.tense == "inf" and not ("announce" in tags or scene.sentence.headline or _promised(scene, group) or delivered(scene)):
        return "", ""
    if _conditional_after(scene, at):
        return "threatened", "present"
    if group.tense == "present" and verb.family == "denounce":
        return "notice_of_withdrawal", "past"
    return "announced_withdrawal", "past"


def _told_future(scene: Scene, group: Group, tags: set[str], at: int) -> bool:
    """ "Announced that it would leave": the future seen from the past, no condition."""
    if "cond" in tags or "threat" in tags or _conditional_after(scene, at):
        return False
    would = "future_past" in region_tags(scene.units, group.first, at)
    before = region_tags(scene.units, max(0, group.first - 9), group.first)
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
    if before is not None and (before.tags & {"subj_stop"} or before.low in (",",)):
        return ("announced_withdrawal", "past") if before.low == "," else ("", "")
    return "", ""


def _near_neg(scene: Scene, group: Group) -> set[str]:
    """Negation in the verb group that governs an infinitive, gerund or noun: "has no plans to leave"."""
    tags: set[str] = set()
    for unit in scene.units[max(0, group.first - 7) : group.first]:
        if unit.low in (",", ";") or unit.kind == "body":
            tags.clear()
        if "neg" in unit.tags and not unit.name:
            tags.add("neg")
    return tags


def _revoked(scene: Scene, first: int) -> bool:
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


def _first_to(scene: Scene, first: int) -> bool:
    """ "became the first country to quit": a deed, not a plan."""
    near = scene.units[max(0, first - 5) : first]
    return any("first" in u.tags for u in near) and any(u.tags & {"rank_noun", "member_noun"} for u in near)


def _conditional_after(scene: Scene, at: int) -> bool:
    return any("cond" in u.tags and u.low in ("if", "unless", "si", "если", "se", "à moins", "a menos") for u in scene.units[at + 1 :])


def _as_notice(scene: Scene, event: str, group: Group, tags: set[str], at: int) -> str:
    """An announcement is a notice where the sentence says that the letter was handed over or the depositary told."""
    if event not in ("announced_withdrawal", "left") or (event == "left" and group.tense != "noun"):
        return event
    return "notice_of_withdrawal" if delivered(scene) else event


def delivered(scene: Scene, what: str = "notice_noun") -> bool:
    """Whether the sentence tells of a notice handed over, and not only planned."""
    units = scene.units
    noun = any(what in u.tags and not _of_joining(units, k) for k, u in enumerate(units))
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
            if group.tense == "gerund" and not near & {"back_ref"} and verb.family == "deliver" and what not in region_tags(units, k, k + 6):
                continue
            return True
    return False


def _of_joining(units: list[Unit], k: int) -> bool:
    """Whether the paper at `k` is one of accession or ratification."""
    return any(v.family in ("join", "ratify") and v.form == "noun" for u in units[max(0, k - 1) : k + 4] for v in u.verbs)


def _noun(scene: Scene, at: int, verb: Verb, obj: Object) -> list[Claim]:
    """ "Russia's withdrawal from the Council", "the exit of Mali from the bloc", "a notice of withdrawal"."""
    units = scene.units
    bodies = list(obj.bodies) or _left_body(scene, at)
    states, first, guess = _owner(scene, at)
    if not bodies and states and not guess and delivered(scene):
        bodies = _told_body(scene, at)
    if not bodies:
        topic, topic_states = scene.title
        if topic and ((states and states[0] in topic_states) or (guess and topic_states)):
            bodies = [(at, topic)]
            states = states or list(topic_states)
        else:
            return []
        guess = True
    if not states:
        return []
    effect = _effect(scene, at)
    group = Group(at, "noun")
    tags = _governing(scene, min(first, at), group) | region_tags(units, max(0, at - 6), at)
    event, time, known = _noun_kind(scene, at, verb, tags, effect)
    if not event:
        return []
    confidence = "low" if guess else "medium"
    far = _last_of(scene, at)
    return [
        scene.claim(state, body, event, time, at, max(last, at, far), first=first, confidence=confidence, guessed=guess, effect=bool(effect), background=known, note="present" if effect == "present" else "")
        for state in states
        for last, body in bodies
    ]


def _last_of(scene: Scene, at: int) -> int:
    """The verb that tells what becomes of the leaving ("took effect", "was revoked"), so that its day counts."""
    for k in range(at + 1, len(scene.units)):
        if any(v.family in ("effect", "revoke") for v in scene.units[k].verbs):
            return k
    return at


def _left_body(scene: Scene, at: int) -> list[tuple[int, str]]:
    """ "ICC withdrawal", "its ECHR exit"."""
    if at and scene.units[at - 1].kind == "body" and scene.units[at - 1].name:
        return [(at - 1, scene.units[at - 1].name.code)]  # type: ignore[union-attr]
    return []


def _told_body(scene: Scene, at: int) -> list[tuple[int, str]]:
    """The one body of a sentence that tells of a notice: it is the body that is left."""
    named = {u.name.code for u in scene.units if u.kind == "body" and u.name and not u.name.weak}
    if not named:
        named = {code for u in scene.units if (code := at_home(u, scene.lex, scene.memory))}
    return [(at, named.pop())] if len(named) == 1 else []


def _owner(scene: Scene, at: int) -> tuple[list[str], int, bool]:
    """Whose leaving a noun tells: possessive, adjective, "of X", "by X", else the subject of the sentence."""
    units = scene.units
    if (owned := _owner_right(units, at)) is not None:
        return owned, at, False
    for k in range(at - 1, max(-1, at - 7), -1):
        unit = units[k]
        if unit.kind == "state" and unit.name:
            owns = k + 1 < len(units) and units[k + 1].low in ("'s", "'", "’", "‘")
            if owns or unit.name.form == "adj" or k == at - 1:
                head, _ = state_phrase(units, k)
                if head == "delegates":
                    return [], at, False
                return [*joined_states(units, k, -1), unit.name.code], k, False
            break
        if "anaphor_poss" in unit.tags or "his" in unit.tags:
            subject = find_subject(units, k, scene.memory)
            if subject:
                return subject.states, subject.at, False
            ahead = _ahead(scene, at)
            return (ahead or list(scene.memory.states)), k, not ahead
        if unit.low in (",", ";", ":"):
            break
    subject = find_subject(units, at, scene.memory)
    if subject and not subject.delegates and not subject.called_on:
        return subject.states, subject.at, False
    return list(scene.memory.states), at, True


_OF = frozenset("of by de du d' la del the da do le les l' los el des".split())


def _owner_right(units: list[Unit], at: int) -> list[str] | None:
    """ "the exit of Mali", "suspension of the Russian delegation"."""
    for k in range(at + 1, min(at + 5, len(units))):
        unit = units[k]
        if unit.kind == "state" and unit.name:
            if units[k - 1].low in _OF or k == at + 1:
                return [unit.name.code, *joined_states(units, k, 1)]
            return None
        if unit.low not in _OF:
            return None
    return None


def _ahead(scene: Scene, at: int) -> list[str]:
    """ "Following its expulsion ..., Russia will": the owner comes later."""
    for k in range(at + 1, len(scene.units)):
        unit = scene.units[k]
        if unit.kind == "state" and unit.name and k and scene.units[k - 1].low in (",", "the", "la", "le", "el"):
            return [unit.name.code, *joined_states(scene.units, k, 1)]
    return []


def _effect(scene: Scene, at: int) -> str:
    """Whether the sentence says that the leaving takes effect, and when: past, present, future, or nothing."""
    for k in range(at + 1, len(scene.units)):
        for verb in scene.units[k].verbs:
            if verb.family == "effect":
                group = verb_group(scene.units, k, verb)
                if group.modal or group.neg:
                    return "modal"
                return {"past": "past", "perfect": "past", "present": "present"}.get(group.tense, "future")
    return ""


def _noun_kind(scene: Scene, at: int, verb: Verb, tags: set[str], effect: str) -> tuple[str, str, bool]:
    """Event, time, and whether it is told as something known, for a noun of leaving."""
    units = scene.units
    group = Group(at, "noun")
    before = _lead(units, at)
    if "yet" in tags and not delivered(scene):
        return "", "", False
    if _revoked(scene, at) or _revoked_after(scene, at):
        return ("", "", False) if "neg" in _near_neg(scene, group) else ("withdrawal_revoked", "past", False)
    if effect == "past":
        return "left", "past", False
    negated = "neg" in _near_neg(scene, group)
    if "deny" in tags:
        return "denied", "present", False
    if effect in ("present", "future") and not negated:
        return "notice_of_withdrawal", "past", False
    if _noun_of_notice(units, at) and not negated and not tags & {"cond", "modal", "threat"}:
        return "notice_of_withdrawal", "past", False
    notice = "notice_noun" in region_tags(units, at - 4, at) or delivered(scene)
    if notice and delivered(scene) and not negated:
        return "notice_of_withdrawal", "past", False
    if negated and tags & {"announce", "threat"}:
        return "denied", "present", False
    if negated:
        return "", "", False
    if "cond" in tags or tags & {"threat", "modal"}:
        return "threatened", "present", False
    if before is not None and "back_ref" in before.tags:
        return ("announced_withdrawal" if "announce" in tags else "left"), "past", True
    if verb.family == "denounce":
        return "notice_of_withdrawal", "past", True
    if notice and "announce" in tags:
        return "announced_withdrawal", "past", False
    return "announced_withdrawal", "past", "announce" not in tags


def _noun_of_notice(units: list[Unit], at: int) -> bool:
    """ "Jamaica's notification of denunciation", "the notice of withdrawal": the paper is there."""
    return at > 1 and units[at - 1].low in ("of", "de") and "notice_noun" in units[at - 2].tags and not any(
        u.tags & {"announce", "threat", "yet"} for u in units[max(0, at - 7) : at - 2]
    )


def _lead(units: list[Unit], at: int) -> Unit | None:
    """The word that leads the phrase of a noun: over articles, owners and adjectives to the preposition or verb."""
    for k in range(at - 1, max(-1, at - 7), -1):
        unit = units[k]
        if unit.name or unit.low in ("'s", "the", "a", "and", ",") or unit.tags & {"anaphor_poss", "his", "det"} or not unit.tags:
            continue
        return unit
    return None


def _revoked_after(scene: Scene, at: int) -> bool:
    """ "the withdrawal was revoked"."""
    for k in range(at + 1, min(at + 14, len(scene.units))):
        unit = scene.units[k]
        if unit.low in (";", ":"):
            return False
        for verb in unit.verbs:
            if verb.family == "revoke" and verb.form in ("part", "past"):
                group = verb_group(scene.units, k, verb)
                if group.tense == "passive" and not group.neg and not group.modal:
                    return True
    return False


def _ended(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    """ "ceased to be a member", "is no longer a party", "is out of"."""
    units = scene.units
    obj = find_object(units, at, verb, scene.lex, scene.memory)
    subject = find_subject(units, group.first, scene.memory)
    if not obj.bodies or subject is None or subject.delegates or subject.called_on:
        return []
    tags = _governing(scene, subject.at, group)
    if group.modal or "cond" in tags or "modal" in tags:
        return []
    if units[at].low.startswith("no longer") is False and (group.neg or "deny" in tags):
        return [scene.claim(s, b, "denied", "present", at, last, first=subject.at) for s in subject.states for last, b in obj.bodies] if "deny" in tags else []
    future = group.future or group.tense in ("future", "inf") or "will" in group.tags
    return [
        scene.claim(s, b, "left", "future" if future else "past", at, last, first=subject.at, effect=True)
        for s in subject.states
        for last, b in obj.bodies
    ]


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
            found += [scene.claim(s, b, "notice_of_withdrawal", "past", at, last, first=subject.at, effect=True, note="until") for s in subject.states for last, b in obj.bodies]
    return found


def out_of(scene: Scene) -> list[Claim]:
    """ "The Philippines is officially out of the Court": no verb of leaving, the state of having left."""
    units = scene.units
    found: list[Claim] = []
    for at in range(1, len(units) - 1):
        if units[at].low != "out" or units[at + 1].low != "of":
            continue
        k = at - 1
        future = neg = modal = False
        while k >= 0 and not units[k].name and (units[k].tags & {"be", "will", "modal", "neg", "have"} or units[k].low.endswith("ly") or units[k].low == "now"):
            future |= "will" in units[k].tags
            neg |= "neg" in units[k].tags
            modal |= "modal" in units[k].tags
            k -= 1
        if k < 0 or not (units[k].kind == "state" and units[k].name) or neg or modal:
            continue
        if any(v.family in ("leave", "expel", "restore") and v.form != "noun" for u in units[max(0, k - 2) : k] for v in u.verbs):
            continue  # "pull Britain out of"
        subject = find_subject(units, k + 1, scene.memory)
        obj = find_object(units, at + 1, Verb("ended", "present", ((),)), scene.lex, scene.memory)
        if subject is None or subject.delegates or subject.called_on:
            continue
        for last, body in obj.bodies:
            time = "future" if future else "past"
            found += [scene.claim(s, body, "left", time, at, last, first=subject.at, effect=True) for s in subject.states]
    return found
