"""Sentences about credentials and voting rights, and about declarations that open a court to complaints."""

from __future__ import annotations

from ratione.press.find import Unit
from ratione.press.grammar import (
    Subject,
    find_subject,
    region_tags,
    state_phrase,
    verb_group,
)
from ratione.press.lexicon import Verb
from ratione.press.nouns import owner
from ratione.press.scene import Claim, Scene, delivered, first_to


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
    if accepted and not refused and any(u.low in ("conditions", "conditionally", "provisionally") for u in units):
        return []  # nothing had been taken
    if not refused and not accepted:
        return []
    owners = [
        (k, u.name.code)
        for k, u in enumerate(units)
        if u.kind == "state"
        and u.name
        and u.name.form in ("adj", "noun")
        and abs(k - at) < 10
        and _owner_of_credentials(units, k)
    ]
    states = [min(owners, key=lambda item: abs(item[0] - at))[1]] if owners else list(scene.memory.states[:1])
    if not states:
        return []
    event = "suspended" if refused else "suspension_lifted"
    confidence = "high" if owners and named else "low"
    return [
        scene.claim(s, body, event, "past", at, at, first=min([k for k, _ in owners] or [at]), confidence=confidence)
        for s in states
    ]


def _owner_of_credentials(units: list[Unit], k: int) -> bool:
    head, _ = state_phrase(units, k)
    if head in ("delegates", "membership"):
        return True
    after = units[k + 1 : k + 4]
    return any(u.tags & {"credentials", "delegates"} for u in after) or (
        k > 0 and units[k - 1].low in ("of", "de", "by", "du", "da")
    )


def _near_cred(units: list[Unit], at: int, tag: str) -> bool:
    """Whether a word of refusing or accepting stands near the credentials, not itself negated."""
    for k in range(max(0, at - 10), min(len(units), at + 12)):
        if tag in units[k].tags:
            before = region_tags(units, k - 4, k)
            if tag == "accept_cred" and before & {"neg", "refuse_cred", "deny"}:
                continue
            if tag == "refuse_cred" and before & {"neg"} and units[k].low != "refuse":
                continue  # "decided not to annul the credentials"
            if tag == "accept_cred" and [u.low for u in units[k - 2 : k]] == ["to", "be"]:
                continue  # "asks for its credentials to be confirmed"
            return True
        if tag == "refuse_cred" and "accept_cred" in units[k].tags and "neg" in region_tags(units, k - 4, k):
            return True
    return False


def declarations(scene: Scene) -> list[Claim]:
    """Declarations by which a State lets a court or prosecutor hear complaints: made, or withdrawn."""
    tags = scene.tags
    units = scene.units
    named = [
        (k, u.name.code) for k, u in enumerate(units) if u.kind == "body" and u.name and u.name.code in _ACCEPTANCE
    ]
    if not named:
        body = next((code for code in scene.memory.bodies.values() if code in _ACCEPTANCE), "")
        if not body or "declaration" not in tags:
            return []
        at_body = -1
    else:
        at_body, body = named[0]
    about = "declaration" in tags or (body == "ACTHPR" and "individuals" in tags and "access" in tags)
    if found := _accepted(scene, named):
        return found
    if not about:
        return []
    if found := _withdrawn(scene, _ACCEPTANCE[body], at_body):
        return found
    return _declared(scene, body, at_body) if "declaration" in tags else []


_ACCEPTANCE = {
    "ACTHPR": "ACTHPR-34-6",
    "ACTHPR-34-6": "ACTHPR-34-6",
    "ICC": "ICC",
    "CERD": "CERD-14",
    "CAT": "CAT-22",
    "ACHR-62": "ACHR-62",
    "CED": "CED-31",
}


def _accepted(scene: Scene, named: list[tuple[int, str]]) -> list[Claim]:
    """ "Accepts the jurisdiction of the Court", "recognised the competence of the Committee to receive"."""
    units = scene.units
    if not named or "withdraw_trans" in scene.tags:
        return []
    for at, unit in enumerate(units):
        if unit.low in ("recognition", "acceptance") and (again := _restored(scene, at, named)):
            return again
        if "accepting" not in unit.tags or unit.name:
            continue
        at_body, body = next(((k, code) for k, code in named if k > at), named[0])
        near = units[at + 1 : at_body + 4]
        competence = any("competence" in u.tags for u in near) or "jurisdiction" in units[at_body].low
        if at > at_body or at_body - at > 8 or not competence:
            continue
        group = verb_group(units, at, Verb("accept", "past" if unit.low.endswith("ed") else "present"))
        subject = find_subject(units, group.first, scene.memory)
        if group.neg or _governing(units, subject, at) & {"neg", "cond", "modal", "deny"}:
            continue
        planned = group.tags & {"to"} and "announce" not in region_tags(units, group.first - 4, group.first)
        if planned and not first_to(scene, group.first):
            continue
        if subject is None or subject.delegates or subject.called_on or "clause" in _governing(units, subject, at):
            continue
        code = _ACCEPTANCE[body]
        return [scene.claim(s, code, "declaration", "past", at, at_body, first=subject.at) for s in subject.states]
    return []


def _restored(scene: Scene, at: int, named: list[tuple[int, str]]) -> list[Claim]:
    """ "Peru restored its recognition of the jurisdiction of the Court": a declaration made again."""
    units = scene.units
    if not any(u.low.startswith(("restor", "renew", "reinstat")) for u in units[max(0, at - 4) : at]):
        return []
    at_body, body = next(((k, code) for k, code in named if k > at), (-1, ""))
    states, first, guess = owner(scene, at)
    if (
        at_body < 0
        or guess
        or "competence"
        not in region_tags(units, at, at_body + 3)
        | {"competence" for u in units[at_body : at_body + 1] if "jurisdiction" in u.low}
    ):
        return []
    if region_tags(units, at - 6, at) & {"neg", "cond", "modal", "deny", "threat"}:
        return []
    return [scene.claim(s, _ACCEPTANCE[body], "declaration", "past", at, at_body, first=first) for s in states]


def _governing(units: list[Unit], subject: Subject | None, at: int) -> set[str]:
    """The tags between a subject and its verb, without what a relative clause between commas says aside."""
    first = subject.at + 1 if subject else at - 8
    if subject and first + 1 < at and units[first].low == "," and units[first + 1].low in ("which", "who"):
        first = max((k for k in range(first, at) if units[k].low == ","), default=first)
        return region_tags(units, first, at) - {"clause"}
    tags = region_tags(units, first, at)
    if at and units[at - 1].low in ("and", "et", "y", "e", "и"):
        # "ratified the Protocol and recognised the competence": the same subject
        tags -= {"clause"} if not any("clause" in u.tags for u in units[first : at - 1]) else set()
    return tags


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
        near = region_tags(units, at, at + 12) | (
            region_tags(units, at - 12, at) if group.passive or verb.form in ("part", "past", "noun") else set()
        )
        if not near & {"declaration", "individuals"}:
            continue
        if group.neg or group.modal or tags & {"deny", "cond", "modal"}:
            continue
        subject = find_subject(units, group.first, scene.memory)
        states = subject.states if subject and not subject.delegates else list(scene.memory.states)
        if verb.form == "noun":
            states = owner(scene, at)[0] or states
        if not states:
            continue
        last = max(at, at_body)
        return [
            scene.claim(s, body, "declaration_withdrawn", "past", at, last, first=subject.at if subject else at)
            for s in states
        ]
    return []


def _first_to_make(scene: Scene, k: int) -> bool:
    """ "Became the eighth State to make", "was the first to make" the declaration."""
    return "becoming" in scene.tags or (k > 0 and first_to(scene, k - 1))


def next_clause(units: list[Unit], at: int) -> int:
    """Where the next clause begins after `at`: "because", "but" and the like, or the end."""
    return next((k for k in range(at + 1, len(units)) if units[k].low in _CLAUSES), len(units))


_CLAUSES = ("because", "but", "although", "while", "after", ";", "car", "mais", "pero", "porque", "но")


def _declared(scene: Scene, body: str, at_body: int) -> list[Claim]:
    units = scene.units
    if (
        not delivered(scene, "declaration")
        and not scene.tags & {"welcome"}
        and not any(
            u.low in ("make", "file", "deposit", "lodge") and _first_to_make(scene, k) for k, u in enumerate(units)
        )
        and not any(u.low in ("made", "makes", "accepted", "accepts", "recognised", "recognized") for u in units)
    ):
        return []
    at = next(k for k, u in enumerate(units) if "declaration" in u.tags)
    near = region_tags(units, at - 3, at) | region_tags(units, at, next_clause(units, at))
    if "withdraw_trans" in scene.tags or scene.tags & {"cond"} or near & {"neg"}:
        return []
    subject = find_subject(units, at, scene.memory)
    owned, first, guess = owner(scene, at)
    by = next((k for k in range(at, len(units) - 2) if units[k].low in ("by", "par", "por")), -1)
    maker = next((k for k in (by + 1, by + 2) if units[k].kind == "state"), -1) if by >= 0 else -1
    if maker >= 0:
        subject = Subject([units[maker].name.code], maker)  # type: ignore[union-attr]
    elif owned and not guess:
        subject = Subject(owned, first)
    elif subject is None and at and "anaphor_poss" in units[at - 1].tags:
        subject = Subject(list(scene.memory.states), at - 1)
    if subject is None or subject.delegates or subject.called_on:
        return []
    code = _ACCEPTANCE[body]
    return [scene.claim(s, code, "declaration", "past", at, max(at, at_body), first=subject.at) for s in subject.states]
