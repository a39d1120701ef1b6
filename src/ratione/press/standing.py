"""Sentences in which a body acts on a State (expels, suspends, takes back) or a State joins, ratifies or declares."""

from __future__ import annotations

from ratione.press.acting import BY, FROM, INTO, OUT, body_left, body_right, target
from ratione.press.find import Unit
from ratione.press.grammar import (
    Group,
    Subject,
    clause_start,
    find_subject,
    joined_states,
    region_tags,
    verb_group,
)
from ratione.press.joining import admitted, deposited, in_force_for, joined, joining_noun, member_now, ratified
from ratione.press.lexicon import Verb
from ratione.press.nouns import ahead_of, owner
from ratione.press.objects import link_at, no_object
from ratione.press.rights import credentials
from ratione.press.scene import Claim, Scene, first_to

_ACTED = {"expel": "expelled", "suspend": "suspended", "restore": "suspension_lifted"}


def standing(scene: Scene) -> list[Claim]:
    """Every claim of the sentence about a State's standing other than leaving."""
    found = credentials(scene) + member_now(scene)
    for at, unit in enumerate(scene.units):
        if unit.name and unit.name.form != "adj":
            continue
        if "back_verb" in unit.tags and (back := _taken_back(scene, at)):
            found += back
            continue
        for verb in sorted(unit.verbs, key=lambda v: v.form == "past"):
            claims = _one(scene, at, verb)
            if claims:
                found += claims
                break
    return found


def _taken_back(scene: Scene, at: int) -> list[Claim]:
    """ "Bloc welcomes Guinea back", "voted to let Russia back": the verb and "back" with the State between."""
    states, k, _ = target(scene, at)
    after = scene.units[k + 1 : k + 2]
    if not states or not after or after[0].low != "back":
        return []
    return _acted(
        scene,
        at,
        Verb("restore", "present", (("in",), ("into",), ("to",))),
        verb_group(scene.units, at, Verb("restore", "present")),
    )


def _one(scene: Scene, at: int, verb: Verb) -> list[Claim]:
    group = verb_group(scene.units, at, verb)
    if verb.family in _ACTED:
        return _noun(scene, at, verb) if verb.form == "noun" else _acted(scene, at, verb, group)
    if verb.family in ("join", "admit") and verb.form != "noun":
        return joined(scene, at, verb, group) if verb.family == "join" else admitted(scene, at, verb, group)
    if verb.family == "ratify" and verb.form != "noun":
        return ratified(scene, at, verb, group)
    if verb.family == "deliver":
        return deposited(scene, at, group)
    if verb.family == "effect":
        return in_force_for(scene, at, group)
    if verb.family in ("join", "ratify"):
        return joining_noun(scene, at, verb)
    return []


def _unreal(group: Group, tags: set[str]) -> bool:
    """Planned, wished, feared, denied or conditional: nothing that has happened to a State."""
    if group.neg or group.modal or "cond" in tags or "deny" in tags:
        return True
    if group.tense in ("perfect",) or group.tags & {"be_past"}:
        return "threat" in tags and "announce" not in tags and group.tense != "perfect"
    if group.tense in ("inf", "gerund"):
        return not tags & {"resolved"}
    return group.tense == "future"


def _settle(scene: Scene, body: str, event: str, tags: set[str]) -> tuple[str, str]:
    """The body and event that are meant: rights and credentials are the Assembly's; an Assembly cannot expel,
    and the Human Rights Council loses a member only by suspension (General Assembly resolution 60/251, paragraph 8).
    """
    if body == "COE" and (tags & {"voting", "credentials"} and "delegates" in (tags | scene.tags)):
        body = "PACE"
    if event == "expelled" and "organs" in tags:
        event = "suspended"  # "excluded from ministerial meetings"
    if body in ("PACE", "UNHRC") and event == "expelled":
        event = "suspended"
    return body, event


def _acted(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    units = scene.units
    linked = link_at(units, at + 1, verb.links) or (at + 1 < len(units) and units[at + 1].low in BY)
    aside = at > 1 and units[at - 1].low == "," and units[at - 2].kind == "state"  # "Egypt, suspended in July,"
    passive = group.passive or (verb.form == "part" and group.tense == "past" and (linked or aside))
    if passive:
        return _passive(scene, at, verb, group)
    if verb.form == "part" and _had(units, at):
        return _passive(scene, at, verb, group)
    states, k, seen = target(scene, at)
    if (
        not states
        and verb.form == "part"
        and group.tense == "past"
        and scene.sentence.headline
        and no_object(units, at)
    ):
        return _passive(scene, at, verb, group)
    if not states:
        return []
    if verb.family == "suspend" and not _whole_suspension(scene, at, seen):
        return []
    if group.tense == "gerund" and group.first and "subj_stop" in units[group.first - 1].tags:
        return []  # "a decision on suspending"
    by, by_at = body_left(scene, group.first)
    out, out_at = body_right(scene, k, INTO if verb.family == "restore" else OUT)
    if not out and not by and "suspended_thing" in seen:
        out, out_at = body_right(scene, k, INTO)  # "suspended Libya's membership in"
    body = out or by
    if body == "UN" and any(u.low == "rights" for u in units[at:]):
        body = "UNHRC"  # "UN boots Russia from rights body"
    if not body:
        return []
    if not out and by_at >= 0 and _other_subject(units, by_at, group.first):
        return []
    first = by_at if by_at >= 0 else group.first
    tags = region_tags(units, first if by_at >= 0 else clause_start(units, at), group.first) | group.tags
    before = region_tags(units, first - 4, first) & {"deny", "cond", "threat"}
    if group.tense == "gerund" and group.first and units[group.first - 1].low in _MEASURES and "draft" not in tags:
        tags |= {"resolved"}  # "adopted a resolution stripping Russia of"
    if _unreal(group, tags | before) or ("threat" in (tags | before) and group.tense in ("inf", "gerund")):
        return []
    body, event = _settle(scene, body, _ACTED[verb.family], seen | region_tags(units, at, k + 8))
    event = _after_absence(scene, at, body, event)
    note = "readmitted" if event == "acceded" else ""
    return [scene.claim(s, body, event, "past", at, max(k, out_at), first=first, note=note) for s in states]


_MEASURES = ("resolution", "sanctions", "decision", "measure", "measures", "motion", "ban")


def _after_absence(scene: Scene, at: int, body: str, event: str) -> str:
    """Readmitted after a withdrawal or absence is a joining; after a suspension it is the end of that."""
    if event != "suspension_lifted" or "suspend" in {v.family for u in scene.units for v in u.verbs}:
        return event
    if body == "COE" and scene.units[at].low.startswith(("readmit", "re-admit")):
        return "acceded"  # a member is suspended from representation there, and never "readmitted" for that
    gone = any(v.family == "leave" and k != at for k, u in enumerate(scene.units) for v in u.verbs if not u.name)
    return "acceded" if gone or "absence" in scene.tags else event


def _had(units: list[Unit], at: int) -> bool:
    """ "Zimbabwe had its membership suspended": done to the State, though the form is active."""
    if not at or "suspended_thing" not in units[at - 1].tags:
        return False
    near = units[max(0, at - 5) : at - 1]
    return any("have" in u.tags for u in near) and any("anaphor_poss" in u.tags for u in near)


def _other_subject(units: list[Unit], by_at: int, first: int) -> bool:
    """Whether a State stands between the body and the verb as the one that acts."""
    return any(
        u.kind == "state"
        and u.name
        and u.name.form in ("noun", "place")
        and units[k - 1 + by_at].low not in ("of", "from", "in", "on")
        for k, u in enumerate(units[by_at:first])
        if k
    )


def _whole_suspension(scene: Scene, at: int, seen: set[str]) -> bool:
    """Weaker verbs ("strip", "bar", "freeze") need rights, membership or a body that the State is barred from."""
    word = scene.units[at].tags
    if not word & {"part_only", "freezing"}:
        return True
    near = seen | region_tags(scene.units, at, at + 14)
    return "voting" in near or ("suspended_thing" in near and "freezing" in word)


def _passive(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    units = scene.units
    subject = find_subject(units, group.first, scene.memory)
    if subject is None and group.first == 0 and (ahead := ahead_of(scene, at)):
        subject = Subject(ahead, at)  # "Thrown off the Council in 2022, Russia"
    if subject is None or subject.called_on or "not_object" in subject.heads:
        return []
    if subject.delegates and "suspended_thing" not in subject.heads:
        return []
    if verb.family == "suspend" and not _whole_suspension(scene, at, subject.heads):
        return []
    body, last = body_right(scene, at, FROM | BY)
    guessed = False
    if not body:
        body, last = body_left(scene, group.first)[0], at
        if not body and scene.memory.last_body and _member_words(scene):
            body, guessed = scene.memory.last_body, True
        elif not body and scene.memory.topic and no_object(units, at):
            body, guessed = scene.memory.topic, True
    if not body:
        return []
    tags = region_tags(units, subject.at, group.first) | group.tags
    before = region_tags(units, subject.at - 4, subject.at) & {"deny", "cond", "threat"}
    if "fail" in region_tags(units, group.first - 3, group.first):
        return []
    if (
        units[group.first].low == "being"
        and group.first
        and units[group.first - 1].low in ("from", "to", "of", "about")
    ):
        return []  # "one step from being expelled"
    ranked = group.tense == "inf" and first_to(scene, group.first)  # "the first country to be expelled"
    if (_unreal(group, tags | before) or "threat" in before) and not ranked:
        return []
    body, event = _settle(scene, body, _ACTED[verb.family], subject.heads | region_tags(units, at, at + 8))
    event = _after_absence(scene, at, body, event)
    note = "readmitted" if event == "acceded" else ""
    confidence = "low" if guessed else "high"
    return [
        scene.claim(
            s,
            body,
            event,
            "past",
            at,
            max(last, at),
            first=subject.at,
            confidence=confidence,
            guessed=guessed,
            note=note,
        )
        for s in subject.states
    ]


def _member_words(scene: Scene) -> bool:
    return bool(scene.tags & {"member_noun", "suspended_thing", "anaphor_org", "delegates"})


def _noun(scene: Scene, at: int, verb: Verb) -> list[Claim]:
    """ "its expulsion from the Council", "the suspension of Mali", "lifted the suspension of Mali"."""
    units = scene.units
    if _of_something_else(units, at):
        return []
    states, first, guess = owner(scene, at)
    body, last = body_right(scene, at, FROM | BY)
    lifting, lifted_at = _governed_by_lift(scene, at)
    if not body:
        body, last = body_left(scene, first if lifting else at)
        last = at
        if verb.family == "expel" and body in scene.lex.bodies and not set(scene.lex.bodies[body].kinds) & _MEMBERS:
            body = _PARENTS.get(body, "")  # the Court speaks of the exclusion from its organisation
        if not body or not (lifting or first != at or states):
            return []
    if lifting and (imposed := _imposed_on(units, at)):
        states, guess = imposed, False
    if not states:
        return []
    tags = region_tags(units, max(0, at - 6), at)
    if tags & {"threat", "modal", "cond", "deny", "neg", "calls", "fail"} and not lifting:
        return []
    ruled = [k for k in range(max(1, at - 5), at) if "announce" in units[k].tags and units[k - 1].low == "to"]
    if ruled and not lifting:
        return []  # "was to decide on its suspension"
    if guess and not lifting and not target(scene, at)[0]:
        return []
    if lifting:
        event = "suspension_lifted" if verb.family == "suspend" else ""
        if lifting == "unreal" or not event:
            return []
    else:
        event = _ACTED[verb.family]
        if verb.family == "restore" and tags & {"announce"} == set() and "back_ref" not in tags:
            return []
    body, event = _settle(scene, body, event, tags)
    last = max(last, at, lifted_at)
    return [
        scene.claim(s, body, event, "past", at, last, first=min(first, at), confidence="medium", background=not lifting)
        for s in states
    ]


def _of_something_else(units: list[Unit], at: int) -> bool:
    """ "The suspension of the arrest warrant": a plain noun, no State nor its membership, is what is suspended."""
    if at + 1 >= len(units) or units[at + 1].low not in ("of", "de", "du", "del", "des", "d'", "da", "do"):
        return False
    for unit in units[at + 2 : at + 5]:
        if unit.name or unit.tags & {"suspended_thing", "voting", "delegates", "actor", "anaphor_state", "nation"}:
            return False
        if unit.low not in ("the", "la", "le", "l'", "el", "los", "las", "les", "a", "o") and "det" not in unit.tags:
            return True
    return False


_MEMBERS = {"org", "council", "assembly"}
_PARENTS = {"ECHR": "COE", "ACHR-62": "OAS", "ACHR": "OAS", "ACTHPR": "AU", "ACHPR": "AU"}


def _imposed_on(units: list[Unit], at: int) -> list[str]:
    """ "The suspension it imposed on Gabon"."""
    for k in range(at + 2, min(at + 9, len(units))):
        if (
            units[k].kind == "state"
            and units[k].name
            and units[k - 1].low in ("on", "against", "of", "à", "sur", "contra", "a")
        ):
            return [units[k].name.code, *joined_states(units, k, 1)]  # type: ignore[union-attr]
    return []


def _governed_by_lift(scene: Scene, at: int) -> tuple[str, int]:
    """Whether a verb of lifting governs the suspension ("lift", "unreal", or nothing), and where it stands."""
    units = scene.units
    for k in (*range(at - 1, max(-1, at - 8), -1), *range(at + 1, min(at + 12, len(units)))):
        for verb in units[k].verbs:
            as_noun = verb.form == "ing" and k + 1 < at and units[k + 1].low == "of"  # "the lifting of"
            if as_noun and k and "welcome" in region_tags(units, k - 3, k):
                return "lift", k
            if verb.family in ("lift", "revoke") and not as_noun and (verb.form != "noun" or k < at):
                group = verb_group(units, k, verb)
                done = scene.sentence.headline and verb.form == "part" and no_object(units, k)  # "suspension lifted"
                ends = done or (k == at + 1 and units[k].low in ("ends", "ended", "expires", "expired", "over"))
                if k > at and not group.passive and not ends:
                    continue
                tags = region_tags(units, group.first - 6, group.first)
                if _unreal(group, tags) or "threat" in tags:
                    return "unreal", k
                return "lift", k
    return "", -1
