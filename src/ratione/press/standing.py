"""Sentences in which a body acts on a State (expels, suspends, takes back) or a State joins, ratifies or declares."""

from __future__ import annotations

from ratione.press.find import Unit
from ratione.press.grammar import (
    Group,
    clause_start,
    find_object,
    find_subject,
    joined_states,
    link_at,
    named_before,
    refers_back,
    region_tags,
    state_phrase,
    verb_group,
)
from ratione.press.leaving import Claim, Scene, delivered
from ratione.press.lexicon import Verb

_ACTED = {"expel": "expelled", "suspend": "suspended", "restore": "suspension_lifted"}
_FROM = frozenset(("from", "de", "du", "d'", "del", "из", "da", "do", "des", "in", "à", "dans", "en", "to", "into", "at", "out of", "of"))
_OUT = frozenset(("from", "de", "du", "d'", "del", "из", "da", "do", "des", "out of", "of"))
_INTO = frozenset(("of", "to", "into", "in", "at", "à", "au", "dans", "en", "в", "from"))
_BY = frozenset(("by", "par", "por", "pelo", "pela"))


def standing(scene: Scene) -> list[Claim]:
    """Every claim of the sentence about a State's standing other than leaving."""
    found = credentials(scene) or []
    for at, unit in enumerate(scene.units):
        if unit.name and unit.name.form != "adj":
            continue
        for verb in sorted(unit.verbs, key=lambda v: v.form == "past"):
            claims = _one(scene, at, verb)
            if claims:
                found += claims
                break
    return found


def _one(scene: Scene, at: int, verb: Verb) -> list[Claim]:
    group = verb_group(scene.units, at, verb)
    if verb.family in _ACTED:
        return _noun(scene, at, verb) if verb.form == "noun" else _acted(scene, at, verb, group)
    if verb.family in ("join", "admit") and verb.form != "noun":
        return _joined(scene, at, verb, group) if verb.family == "join" else _admitted(scene, at, verb, group)
    if verb.family == "ratify" and verb.form != "noun":
        return _ratified(scene, at, verb, group)
    if verb.family == "deliver":
        return _deposited(scene, at, group)
    return []


def _unreal(group: Group, tags: set[str]) -> bool:
    """Planned, wished, feared, denied or conditional: nothing that has happened to a State."""
    if group.neg or group.modal or "cond" in tags or "deny" in tags:
        return True
    if group.tense in ("perfect",) or group.tags & {"be_past"}:
        return "threat" in tags and "announce" not in tags and group.tense != "perfect"
    if group.tense in ("inf", "gerund"):
        return "announce" not in tags
    if group.tense == "future":
        return True
    return False


def _body_left(scene: Scene, at: int) -> tuple[str, int]:
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


def _body_right(scene: Scene, at: int, words: frozenset[str]) -> tuple[str, int]:
    """The body after "from", "by" and the like, right of `at`."""
    units = scene.units
    for k in range(at + 1, min(at + 22, len(units))):
        unit = units[k]
        if unit.low in (";", ":") or (unit.low == "," and k > at + 14):
            break
        if unit.low in words or (unit.tags & {"member_noun"} and unit.low.rpartition(" ")[2] in words):
            for j in range(k + 1, min(k + 8, len(units))):
                ahead = units[j]
                if ahead.kind == "body" and ahead.name and not (ahead.name.weak and any(u.kind == "body" for u in units[j + 1 : j + 4])):
                    after = units[j + 1] if j + 1 < len(units) else None
                    if after is not None and "not_body" in after.tags and "not_object" not in after.tags and not after.verbs:
                        return "", -1
                    return ahead.name.code, j
                if code := refers_back(units, j, scene.memory):
                    return code, j
                if ahead.kind or not ("det" in ahead.tags or ahead.tags & {"suspended_thing", "member_noun"} or ahead.low.endswith("-based")):
                    break
    return "", -1


def _target(scene: Scene, at: int) -> tuple[list[str], int, set[str]]:
    """The State that is acted on, right of an active verb: "suspended Mali", "strips the Russian delegation of"."""
    units = scene.units
    unknown = 0
    tags: set[str] = set()
    for k in range(at + 1, min(at + 12, len(units))):
        unit = units[k]
        if unit.kind == "state" and unit.name:
            head, seen = state_phrase(units, k)
            tags |= seen
            if head == "thing" or unit.name.form == "person" or (head == "delegates" and "suspended_thing" not in seen):
                return [], k, tags
            if head == "state" and unit.name.form == "noun" and _compound(units, k):
                return [], k, tags
            if k + 1 < len(units) and units[k + 1].tags & {"delegates", "not_object"} and "suspended_thing" not in units[k + 1].tags:
                return [], k, tags
            return [unit.name.code, *joined_states(units, k, 1)], k, tags
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
        and after.low not in ("from", "over", "after", "for", "following", "until", "pending", "amid", "as", "on", "with")
        and lower_after
        and not any(after.low.startswith(day) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    )


def _settle(scene: Scene, body: str, event: str, tags: set[str]) -> tuple[str, str]:
    """The body and event that are meant: rights and credentials are the Assembly's; an Assembly cannot expel."""
    if body == "COE" and (tags & {"voting", "credentials"} and "delegates" in (tags | scene.tags)):
        body = "PACE"
    if body == "PACE" and event == "expelled":
        event = "suspended"
    return body, event


def _acted(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    units = scene.units
    linked = link_at(units, at + 1, verb.links) or (at + 1 < len(units) and units[at + 1].low in _BY)
    passive = group.passive or (verb.form == "part" and group.tense == "past" and linked)
    if passive:
        return _passive(scene, at, verb, group)
    states, k, seen = _target(scene, at)
    if not states:
        return []
    if verb.family == "suspend" and not _whole_suspension(scene, at, seen):
        return []
    by, by_at = _body_left(scene, group.first)
    out, out_at = _body_right(scene, k, _INTO if verb.family == "restore" else _OUT)
    body = out or by
    if not body:
        return []
    if not out and by_at >= 0 and _other_subject(units, by_at, group.first):
        return []
    first = by_at if by_at >= 0 else group.first
    tags = region_tags(units, first if by_at >= 0 else clause_start(units, at), group.first) | group.tags
    before = region_tags(units, first - 4, first) & {"deny", "cond", "threat"}
    if _unreal(group, tags | before) or ("threat" in (tags | before) and group.tense in ("inf", "gerund")):
        return []
    body, event = _settle(scene, body, _ACTED[verb.family], seen | region_tags(units, at, k + 8))
    return [scene.claim(s, body, event, "past", at, max(k, out_at), first=first, confidence="high") for s in states]


def _other_subject(units: list[Unit], by_at: int, first: int) -> bool:
    """Whether a State stands between the body and the verb as the one that acts."""
    return any(u.kind == "state" and u.name and u.name.form in ("noun", "place") and units[k - 1 + by_at].low not in ("of", "from", "in", "on") for k, u in enumerate(units[by_at:first]) if k)


def _whole_suspension(scene: Scene, at: int, seen: set[str]) -> bool:
    """Weaker verbs ("strip", "bar", "freeze") need rights, membership or a body that the State is barred from."""
    unit = scene.units[at]
    lemma = unit.low
    if not lemma.startswith(("strip", "depriv", "bar", "freez", "froz", "debar", "priv", "лиш")):
        return True
    near = seen | region_tags(scene.units, at, at + 14)
    return bool(near & {"voting"} or ("suspended_thing" in near and lemma.startswith(("freez", "froz", "strip", "лиш"))) or lemma.startswith(("bar", "debar")))


def _passive(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    units = scene.units
    subject = find_subject(units, group.first, scene.memory)
    if subject is None or subject.called_on or "not_object" in region_tags(units, subject.at, group.first) - {"x"}:
        return []
    if subject.delegates and "suspended_thing" not in subject.heads:
        return []
    if verb.family == "suspend" and not _whole_suspension(scene, at, subject.heads):
        return []
    body, last = _body_right(scene, at, _FROM | _BY)
    guessed = False
    if not body:
        body, last = _body_left(scene, group.first)[0], at
        if not body and scene.memory.last_body and _member_words(scene):
            body, guessed = scene.memory.last_body, True
    if not body:
        return []
    tags = region_tags(units, subject.at, group.first) | group.tags
    before = region_tags(units, subject.at - 4, subject.at) & {"deny", "cond", "threat"}
    if _unreal(group, tags | before) or "threat" in before:
        return []
    body, event = _settle(scene, body, _ACTED[verb.family], subject.heads | region_tags(units, at, at + 8))
    confidence = "low" if guessed else "high"
    return [scene.claim(s, body, event, "past", at, max(last, at), first=subject.at, confidence=confidence, guessed=guessed) for s in subject.states]


def _member_words(scene: Scene) -> bool:
    return bool(scene.tags & {"member_noun", "suspended_thing", "anaphor_org", "delegates"})


def _noun(scene: Scene, at: int, verb: Verb) -> list[Claim]:
    """ "its expulsion from the Council", "the suspension of Mali", "lifted the suspension of Mali"."""
    units = scene.units
    from ratione.press.leaving import _owner

    states, first, guess = _owner(scene, at)
    body, last = _body_right(scene, at, _FROM | _BY)
    lifting, lifted_at = _governed_by_lift(scene, at)
    if not body:
        body, last = _body_left(scene, first if lifting else at)
        last = at
        if not body or not (lifting or first != at or states):
            return []
    if lifting and (imposed := _imposed_on(units, at)):
        states, guess = imposed, False
    if not states:
        return []
    tags = region_tags(units, max(0, at - 6), at)
    if tags & {"threat", "modal", "cond", "deny", "neg", "calls"} and not lifting:
        return []
    if guess and not lifting and not _target(scene, at)[0]:
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
    return [scene.claim(s, body, event, "past", at, last, first=min(first, at), confidence="medium", background=not lifting) for s in states]


def _imposed_on(units: list[Unit], at: int) -> list[str]:
    """ "The suspension it imposed on Gabon"."""
    for k in range(at + 2, min(at + 9, len(units))):
        if units[k].kind == "state" and units[k].name and units[k - 1].low in ("on", "against", "of", "à", "sur", "contra", "a"):
            return [units[k].name.code, *joined_states(units, k, 1)]  # type: ignore[union-attr]
    return []


def _governed_by_lift(scene: Scene, at: int) -> tuple[str, int]:
    """Whether a verb of lifting governs the suspension ("lift", "unreal", or nothing), and where it stands."""
    units = scene.units
    for k in (*range(at - 1, max(-1, at - 8), -1), *range(at + 1, min(at + 12, len(units)))):
        for verb in units[k].verbs:
            if verb.family == "lift" and verb.form != "noun":
                group = verb_group(units, k, verb)
                if k > at and not group.passive:
                    continue
                tags = region_tags(units, group.first - 6, group.first)
                if _unreal(group, tags) or "threat" in tags:
                    return "unreal", k
                return "lift", k
    return "", -1


def _joined(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    units = scene.units
    if units[at].low.startswith(("becom", "became", "deven", "devien", "devint", "convert", "convier", "convirt")) and "member_noun" not in region_tags(units, at, at + 10):
        return []
    obj = find_object(units, at, Verb(verb.family, verb.form, (*verb.links, ())), scene.lex, scene.memory)
    subject = find_subject(units, group.first, scene.memory)
    if not obj.bodies and units[at].low.startswith(("rejoin", "re-join", "return")) and (body := named_before(units, at) or scene.memory.home):
        obj.bodies.append((at, body))
    if not obj.bodies or subject is None or subject.delegates or subject.called_on or obj.state:
        return []
    if units[at].low.startswith("enter") and obj.bodies[0][1] in ("EU",):
        return []
    tags = _around(scene, subject.at, group)
    back = units[at].low.startswith(("rejoin", "re-join", "return", "regres"))
    if back and (group.neg or "neg" in region_tags(units, subject.at, group.first) or "deny" in tags) and group.tense in ("inf", "future", "gerund", "present"):
        return [scene.claim(s, b, "denied", "past", at, last, first=subject.at) for s in subject.states for last, b in obj.bodies]
    if tags & {"deny", "cond"} or group.neg or group.modal or ("candidate" in tags and group.tense not in ("perfect",)):
        return []
    resumed = group.tense == "gerund" and at and units[at - 1].low == ","  # "left, returning in"
    certain = units[at].low.startswith(("become", "devien", "вступит")) and (group.future or group.tense == "inf")
    if (group.tense in ("inf", "gerund", "progressive") or group.future) and not certain and not resumed and not _first(scene, group.first):
        return []
    event = "acceded"
    if units[at].low.startswith(("return", "regres", "rejoin", "re-join", "re-enter")) and obj.bodies[0][1] == "PACE":
        event = "suspension_lifted"
    time = "future" if certain else "past"
    return [scene.claim(s, b, event, time, at, last, first=subject.at, confidence="high", effect=certain) for s in subject.states for last, b in obj.bodies]


def _first(scene: Scene, first: int) -> bool:
    near = scene.units[max(0, first - 5) : first]
    return any("first" in u.tags for u in near) and any(u.tags & {"rank_noun", "member_noun"} for u in near)


def _around(scene: Scene, first: int, group: Group) -> set[str]:
    units = scene.units
    return region_tags(units, first, group.first) | group.tags | (region_tags(units, first - 4, first) & {"deny", "cond", "threat", "calls"})


def _admitted(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    units = scene.units
    if group.passive or (verb.form == "part" and group.tense == "past" and link_at(units, at + 1, verb.links)):
        obj = find_object(units, at, verb, scene.lex, scene.memory)
        subject = find_subject(units, group.first, scene.memory)
        if not obj.bodies or subject is None or subject.delegates:
            return []
        if _around(scene, subject.at, group) & {"deny", "cond", "threat", "candidate"} or group.neg or group.modal or group.future or group.tense == "inf":
            return []
        return [scene.claim(s, b, "acceded", "past", at, last, first=subject.at) for s in subject.states for last, b in obj.bodies]
    states, k, _ = _target(scene, at)
    body, by_at = _body_left(scene, group.first)
    named, named_at = _body_right(scene, k, _INTO | _OUT)
    body, k = (named, max(k, named_at)) if named else (body, k)
    if not states or not body or group.neg or group.modal or group.future or units[at].low.startswith("accept"):
        return []
    if group.tense in ("inf", "gerund") and "announce" not in region_tags(units, by_at, group.first):
        return []
    return [scene.claim(s, body, "acceded", "past", at, k, first=by_at if by_at >= 0 else at) for s in states]


def _ratified(scene: Scene, at: int, verb: Verb, group: Group) -> list[Claim]:
    units = scene.units
    obj = find_object(units, at, verb, scene.lex, scene.memory)
    if group.passive:
        return []
    subject = find_subject(units, group.first, scene.memory)
    if not obj.bodies or subject is None or subject.delegates or obj.bodies[0][1] in ("PACE", "UN"):
        return []
    tags = _around(scene, subject.at, group)
    if tags & {"deny", "cond", "candidate"} or group.neg or group.modal or group.future or subject.called_on:
        return []
    if group.tense in ("inf", "gerund") and not ("announce" in tags and "threat" not in tags) and not _first(scene, group.first):
        return []
    return [scene.claim(s, b, "ratified", "past", at, last, first=subject.at) for s in subject.states for last, b in obj.bodies]


def _deposited(scene: Scene, at: int, group: Group) -> list[Claim]:
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
        if not obj.bodies and "notice_noun" in region_tags(units, k + 1, k + 2) and (body := named_before(units, at) or scene.memory.last_body):
            obj.bodies.append((k, body))  # "its accession instrument"
        subject = find_subject(units, group.first, scene.memory)
        if obj.bodies and subject and not subject.delegates:
            event = "ratified" if noun.family == "ratify" else "acceded"
            return [scene.claim(s, b, event, "past", at, last, first=subject.at) for s in subject.states for last, b in obj.bodies]
    return []


def credentials(scene: Scene) -> list[Claim]:
    """Credentials refused or ratified, powers confirmed, voting rights taken: the practice of the Assembly."""
    tags = scene.tags
    units = scene.units
    powers = "powers" in tags and any(u.low.startswith(("full power", "full rights")) for u in units)
    if not ("credentials" in tags or powers):
        return []
    if tags & {"modal", "cond"} and not tags & {"report"}:
        return []
    named = [u.name.code for u in units if u.kind == "body" and u.name] or [scene.memory.last_body or "PACE"]
    body = "PACE" if {"PACE", "COE"} & set(named) or named[0] not in scene.lex.bodies else ""
    if not body:
        return []
    at = next(k for k, u in enumerate(units) if u.tags & {"credentials", "powers"})
    refused, accepted = _near_cred(units, at, "refuse_cred"), _near_cred(units, at, "accept_cred")
    if not refused and not accepted:
        return []
    owners = [
        (k, u.name.code)
        for k, u in enumerate(units)
        if u.kind == "state" and u.name and u.name.form in ("adj", "noun") and abs(k - at) < 10 and _owner_of_credentials(units, k)
    ]
    states = [min(owners, key=lambda item: abs(item[0] - at))[1]] if owners else list(scene.memory.states[:1])
    if not states:
        return []
    event = "suspended" if refused else "suspension_lifted"
    confidence = "high" if owners and named else "low"
    return [scene.claim(s, body, event, "past", at, at, first=min([k for k, _ in owners] or [at]), confidence=confidence) for s in states]


def _owner_of_credentials(units: list[Unit], k: int) -> bool:
    head, _ = state_phrase(units, k)
    if head in ("delegates", "membership"):
        return True
    after = units[k + 1 : k + 4]
    return any(u.tags & {"credentials", "delegates"} for u in after) or (k > 0 and units[k - 1].low in ("of", "de", "by", "du", "da"))


def _near_cred(units: list[Unit], at: int, tag: str) -> bool:
    """Whether a word of refusing or accepting stands near the credentials, not itself negated."""
    for k in range(max(0, at - 10), min(len(units), at + 12)):
        if tag in units[k].tags:
            before = region_tags(units, k - 4, k)
            if tag == "accept_cred" and before & {"neg", "refuse_cred", "deny"}:
                continue
            return True
        if tag == "refuse_cred" and "accept_cred" in units[k].tags and "neg" in region_tags(units, k - 4, k):
            return True
    return False


def declarations(scene: Scene) -> list[Claim]:
    """Declarations by which a State lets a court or prosecutor hear complaints: made, or withdrawn."""
    tags = scene.tags
    units = scene.units
    named = [(k, u.name.code) for k, u in enumerate(units) if u.kind == "body" and u.name and u.name.code in _ACCEPTANCE]
    if not named:
        body = next((code for code in scene.memory.bodies.values() if code in _ACCEPTANCE), "")
        if not body or "declaration" not in tags:
            return []
        at_body = -1
    else:
        at_body, body = named[0]
    about = "declaration" in tags or (body == "ACTHPR" and "individuals" in tags and "access" in tags)
    if not about:
        return []
    if found := _withdrawn(scene, _ACCEPTANCE[body], at_body):
        return found
    return _declared(scene, body, at_body) if "declaration" in tags else []


_ACCEPTANCE = {"ACTHPR": "ACTHPR-34-6", "ACTHPR-34-6": "ACTHPR-34-6", "ICC": "ICC", "CERD": "CERD-14", "CAT": "CAT-22", "ACHR-62": "ACHR-62", "CED": "CED-31"}


def _withdrawn(scene: Scene, body: str, at_body: int) -> list[Claim]:
    units = scene.units
    if body == "ICC":
        return []
    for at, unit in enumerate(units):
        if "withdraw_trans" not in unit.tags:
            continue
        verb = sorted(unit.verbs, key=lambda v: v.form == "past")[0] if unit.verbs else Verb("leave", "base")
        group = verb_group(units, at, verb)
        tags = region_tags(units, at - 6, at)
        near = region_tags(units, at, at + 12) | (region_tags(units, at - 12, at) if group.passive or verb.form in ("part", "past", "noun") else set())
        if not near & {"declaration", "individuals"}:
            continue
        if group.neg or group.modal or tags & {"deny", "cond", "modal"}:
            continue
        subject = find_subject(units, group.first, scene.memory)
        states = subject.states if subject and not subject.delegates else list(scene.memory.states)
        if verb.form == "noun":
            from ratione.press.leaving import _owner

            states = _owner(scene, at)[0] or states
        if not states:
            continue
        last = max(at, at_body)
        return [scene.claim(s, body, "declaration_withdrawn", "past", at, last, first=subject.at if subject else at) for s in states]
    return []


def _declared(scene: Scene, body: str, at_body: int) -> list[Claim]:
    units = scene.units
    if not delivered(scene, "declaration") and not any(u.low in ("made", "makes", "accepted", "accepts", "recognised", "recognized") for u in units):
        return []
    if scene.tags & {"cond"} or "withdraw_trans" in scene.tags or scene.tags & {"neg"}:
        return []
    at = next(k for k, u in enumerate(units) if "declaration" in u.tags)
    subject = find_subject(units, at, scene.memory)
    if subject is None or subject.delegates or subject.called_on:
        return []
    code = _ACCEPTANCE[body]
    return [scene.claim(s, code, "declaration", "past", at, max(at, at_body), first=subject.at) for s in subject.states]
