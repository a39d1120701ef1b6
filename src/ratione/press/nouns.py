"""Leaving told by a noun: "Russia's withdrawal from the Council", "the exit of Mali", "a notice of withdrawal"."""

from __future__ import annotations

from ratione.press.find import Unit
from ratione.press.grammar import (
    Group,
    find_subject,
    joined_states,
    region_tags,
    state_phrase,
    verb_group,
)
from ratione.press.lexicon import Verb
from ratione.press.objects import Object, at_home
from ratione.press.scene import Claim, Scene, delivered, governing, near_neg, revoked, struck_down


def leaving_noun(scene: Scene, at: int, verb: Verb, obj: Object) -> list[Claim]:
    """ "Russia's withdrawal from the Council", "the exit of Mali from the bloc", "a notice of withdrawal"."""
    units = scene.units
    if _of_a_thing(units, at):
        return []
    bodies = list(obj.bodies) or _left_body(scene, at)
    states, first, guess = owner(scene, at)
    if obj.bodies and (doers := _done_by(units, obj.last)):
        states, guess = doers, False
    known = "acknowledge" in region_tags(units, at - 4, at)
    if not bodies and states and not guess and (known or delivered(scene)):
        bodies = told_body(scene, at)
    if guess and not bodies and effect_told(scene, at):
        inner = {u.name.code for u in units if u.kind == "state" and u.name and u.name.form == "noun"}
        states, guess = (list(inner), False) if len(inner) == 1 else (states, guess)
    if not bodies and states and not guess and scene.memory.topic and _told_at_all(scene, at):
        bodies = [(at, scene.memory.topic)]
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
    effect = effect_told(scene, at)
    group = Group(at, "noun")
    tags = governing(scene, min(first, at), group) | region_tags(units, max(0, at - 6), at)
    event, time, known = _noun_kind(scene, at, verb, tags, effect)
    if not event:
        return []
    confidence = "low" if guess else "medium"
    far = _last_of(scene, at)
    return [
        scene.claim(
            state,
            body,
            event,
            time,
            at,
            max(last, at, far),
            first=first,
            confidence=confidence,
            guessed=guess,
            effect=bool(effect),
            background=known,
            note="present" if effect == "present" else "",
        )
        for state in states
        for last, body in bodies
    ]


def _of_a_thing(units: list[Unit], at: int) -> bool:
    """ "The withdrawal of its reservation", "of troops": no body is left."""
    near = units[at + 1 : at + 5]
    if not near or near[0].low not in ("of", "de", "du", "del", "des", "da", "do"):
        return False
    thing = next((u for u in near[1:] if u.name or (u.low not in _OF and not u.tags & {"anaphor_poss", "det"})), None)
    return thing is not None and not thing.name and "not_object" in thing.tags and "notice_noun" not in thing.tags


def _told_at_all(scene: Scene, at: int) -> bool:
    """Whether a leaving without a body is news of its own: it takes effect, is told, handed over, or stands alone."""
    after = scene.units[at + 1] if at + 1 < len(scene.units) else None
    owned = _owner_right(scene.units, at) is not None
    if after is not None and after.low in ("from", "of", "de", "du", "del", "из") and not owned:
        return False  # of something else
    return bool(effect_told(scene, at)) or delivered(scene) or bool(region_tags(scene.units, at - 5, at) & {"announce"})


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


def told_body(scene: Scene, at: int) -> list[tuple[int, str]]:
    """The one body of a sentence that tells of a notice: it is the body that is left."""
    units = scene.units
    named = {
        u.name.code
        for k, u in enumerate(units)
        if u.kind == "body" and u.name and not u.name.weak and not _addressee(units, k)
    }
    if not named:
        named = {code for u in scene.units if (code := at_home(u, scene.lex, scene.memory))}
    return [(at, named.pop())] if len(named) == 1 else []


def _addressee(units: list[Unit], k: int) -> bool:
    """Whether the body at `k` only gets the letter: "to the African Union Commission"."""
    after = units[k + 1] if k + 1 < len(units) else None
    if after is not None and (
        after.low in ("commission", "secretariat", "chair", "secretary") or "org_short" in after.tags
    ):
        return True
    return any(u.low == "to" for u in units[max(0, k - 2) : k])


def _spoken_of(scene: Scene, at: int) -> list[str]:
    """The States that the title names, or in the title itself the first that it names."""
    inner = [u.name.code for u in scene.units[:at] if u.kind == "state" and u.name][:1]
    return list(scene.memory.title_states) or inner


def owner(scene: Scene, at: int) -> tuple[list[str], int, bool]:
    """Whose leaving a noun tells: possessive, adjective, "of X", "by X", else the subject of the sentence."""
    units = scene.units
    if (owned := _owner_right(units, at)) is not None:
        return owned, at, False
    near = units[at + 1 : at + 4]
    if (
        near
        and near[0].low in _OF
        and _spoken_of(scene, at)
        and any(
            "anaphor_state" in u.tags and u.low.rpartition(" ")[2] in ("country", "nation", "pays", "país")
            for u in near
        )
    ):
        return _spoken_of(scene, at), at, False  # "the suspension of the country"
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
        if "anaphor_state" in unit.tags and units[k + 1].low == "'s" and (told := _spoken_of(scene, k)):
            return told, k, False  # "the Caribbean nation's withdrawal"
        if "anaphor_poss" in unit.tags or "his" in unit.tags:
            subject = find_subject(units, k, scene.memory)
            if subject:
                return subject.states, subject.at, False
            nearest = next((u.name.code for u in reversed(units[:k]) if u.kind == "state" and u.name), "")
            ahead = [nearest] if nearest else ahead_of(scene, at)
            return (ahead or list(scene.memory.states)), k, not ahead
        if unit.low in (",", ";", ":"):
            break
    subject = find_subject(units, at, scene.memory)
    if subject and not subject.delegates and not subject.called_on:
        return subject.states, subject.at, False
    return list(scene.memory.states), at, True


def _done_by(units: list[Unit], last: int) -> list[str]:
    """ "The denunciation of the Convention by Trinidad and Tobago": who did it, after what was left."""
    near = units[last + 1 : last + 4]
    if not near or near[0].low not in ("by", "par", "por", "of", "du", "de", "del", "d'"):
        return []
    k = next((k for k, u in enumerate(near[1:], last + 2) if u.kind == "state" and u.name), 0)
    if not k or any(u.low not in _OF for u in units[last + 2 : k]):
        return []
    return [units[k].name.code, *joined_states(units, k, 1)]  # type: ignore[union-attr]


_OF = frozenset(["of", "by", "de", "du", "d'", "la", "del", "the", "da", "do", "le", "les", "l'", "los", "el", "des"])


def _owner_right(units: list[Unit], at: int) -> list[str] | None:
    """ "the exit of Mali", "suspension of the Russian delegation"."""
    aside = False  # "with immediate effect"
    for k in range(at + 1, min(at + 8, len(units))):
        unit = units[k]
        if unit.kind == "state" and unit.name:
            if units[k - 1].low in _OF or k == at + 1:
                return [unit.name.code, *joined_states(units, k, 1)]
            return None
        aside = unit.low in ("with", "avec", "con", "com") or (aside and unit.low not in _OF)
        if unit.low not in _OF and not aside:
            return None
    return None


def ahead_of(scene: Scene, at: int) -> list[str]:
    """ "Following its expulsion ..., Russia will": the owner comes later."""
    for k in range(at + 1, len(scene.units)):
        unit = scene.units[k]
        if unit.kind == "state" and unit.name and k and scene.units[k - 1].low in (",", "the", "la", "le", "el"):
            return [unit.name.code, *joined_states(scene.units, k, 1)]
    return []


def effect_told(scene: Scene, at: int) -> str:
    """Whether the sentence says that the leaving takes effect, and when: past, present, future, or nothing."""
    for k in (*range(at + 1, len(scene.units)), *range(max(0, at - 3), at)):
        for verb in scene.units[k].verbs:
            if verb.family == "effect":
                group = verb_group(scene.units, k, verb)
                if "have" in group.tags and verb.form == "base" and any(v.form == "part" for v in scene.units[k].verbs):
                    group.tense = "perfect"  # "has become effective"
                if group.modal or group.neg:
                    return "modal"
                if group.tense == "present" and _in_a_while(scene.units, k):
                    return "future"
                return {"past": "past", "perfect": "past", "present": "present"}.get(group.tense, "future")
    return ""


def _in_a_while(units: list[Unit], k: int) -> bool:
    """ "Becomes effective in a year's time", "takes effect one year after receipt"."""
    near = [u.low for u in units[k + 1 : k + 8]]
    return any(word in ("year", "years", "month", "months") for word in near) and bool(
        {"in", "after", "later", "next", "within"} & set(near)
    )


def _noun_kind(scene: Scene, at: int, verb: Verb, tags: set[str], effect: str) -> tuple[str, str, bool]:
    """Event, time, and whether it is told as something known, for a noun of leaving."""
    units = scene.units
    group = Group(at, "noun")
    before = _lead(units, at)
    if "yet" in tags and not delivered(scene):
        return "", "", False
    if struck_down(scene):
        return "", "", False  # a court's word on it
    back = revoked(scene, at) or ("yes" if _revoked_after(scene, at) else "")
    if back:
        unreal = back == "unreal" or "neg" in near_neg(scene, group)
        return ("", "", False) if unreal else ("withdrawal_revoked", "past", False)
    if effect == "past" or ("complete" in tags and not tags & {"neg", "modal", "cond", "threat"}):
        return "left", "past", False
    negated = "neg" in near_neg(scene, group)
    if "deny" in tags and any(u.low in ("court", "judge", "judges", "tribunal") and not u.name for u in units[:at]):
        return "", "", False  # a court of the State stops it
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
    if "cond" in tags or tags & {"threat", "modal"} or _only_thought_of(units, at):
        return "threatened", "present", False
    if before is not None and "back_ref" in before.tags:
        return ("announced_withdrawal" if "announce" in tags else "left"), "past", True
    if region_tags(units, at - 7, at) & {"will"}:
        return "announced_withdrawal", "future", False  # "will present the letter of denunciation"
    if verb.family == "denounce":
        return "notice_of_withdrawal", "past", True
    if notice and "announce" in tags:
        return "announced_withdrawal", "past", False
    return "announced_withdrawal", "past", "announce" not in tags


def _only_thought_of(units: list[Unit], at: int) -> bool:
    """ "Withdrawal from the pact was one option", "an exit is on the table": no more than thought of."""
    be = next((k for k, u in enumerate(units[at + 1 : at + 14], at + 1) if u.low in _STANDS and not u.name), 0)
    return be > 0 and any(u.tags & {"threat", "modal"} and not u.name for u in units[be : be + 6])


_STANDS = frozenset(("is", "was", "are", "were", "remains", "remained", "be", "being", "est", "était", "es", "era"))


def _noun_of_notice(units: list[Unit], at: int) -> bool:
    """ "Jamaica's notification of denunciation", "receipt of Burundi's withdrawal letter": the paper is there."""
    if (
        at + 1 < len(units)
        and "notice_noun" in units[at + 1].tags
        and any(u.low in ("receipt", "receives", "received", "receiving") for u in units[:at])
    ):
        return True
    return (
        at > 1
        and units[at - 1].low in ("of", "de")
        and "notice_noun" in units[at - 2].tags
        and not any(
            u.tags & {"announce", "threat", "yet", "will", "modal", "to"} for u in units[max(0, at - 7) : at - 2]
        )
    )


def _lead(units: list[Unit], at: int) -> Unit | None:
    """The word that leads the phrase of a noun: over articles, owners and adjectives to the preposition or verb."""
    for k in range(at - 1, max(-1, at - 7), -1):
        unit = units[k]
        if (
            unit.name
            or unit.low in ("'s", "the", "a", "and", ",")
            or unit.tags & {"anaphor_poss", "his", "det"}
            or not unit.tags
        ):
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
