"""Status events of a whole text: sentence by sentence, then taken together, with their days and speakers."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

from ratione.press.find import Sentence, Unit, units_of
from ratione.press.grammar import (
    Memory,
    joined_states,
    sentence_tags,
    state_phrase,
)
from ratione.press.leaving import leaving
from ratione.press.lexicon import Lexicon, bodies
from ratione.press.model import Event
from ratione.press.rights import declarations
from ratione.press.scene import LEAVING, TRIGGERS, Claim, Scene
from ratione.press.settle import settle
from ratione.press.standing import standing
from ratione.press.stating import stating


def read_events(
    text: str, sentences: list[Sentence], lex: Lexicon, published: date | None, url: str = ""
) -> list[Event]:
    """The status events that a text claims, in the order in which it claims them.

    `url`: its words name the States of a text that does not, and the body whose own page it is.
    """
    claims = find_claims(text, sentences, lex, url)
    return settle(text, sentences, lex, claims, published)


_HOMES = {
    "coe.int": "COE",
    "icc-cpi.int": "ICC",
    "oas.org": "OAS",
    "au.int": "AU",
    "ecowas.int": "ECOWAS",
    "eac.int": "EAC",
}


def _from_url(memory: Memory, url: str, lex: Lexicon) -> None:
    """States named in the words of an address, and the body whose page it is."""
    host = re.sub(r"^\w+://", "", url).split("/")[0]
    memory.home = next((body for end, body in _HOMES.items() if host == end or host.endswith("." + end)), "")
    words = re.sub(r"[\W\d_]+", " ", unquote(url).rsplit("://", 1)[-1].partition("/")[2]).title()
    units = units_of(words, 0, len(words), lex)
    memory.states = tuple(
        dict.fromkeys(u.name.code for u in units if u.kind == "state" and u.name and u.name.form == "noun")
    )[:1]
    for unit in units_of(words.upper(), 0, len(words), lex) + units:
        if unit.kind == "body" and not memory.last_body:
            _remember_body(memory, unit)


def find_claims(text: str, sentences: list[Sentence], lex: Lexicon, url: str = "") -> list[Claim]:
    """Every claim of every sentence, with what the text named before kept in mind."""
    memory = Memory()
    if url:
        _from_url(memory, url, lex)
    sport = any("sport" in unit.tags for sentence in sentences for unit in sentence.units) and _is_sport(sentences)
    found: list[Claim] = []
    topic: tuple[str, tuple[str, ...]] = ("", ())
    named = {u.name.code for s in sentences[:4] for u in s.units if u.kind == "body" and u.name and not u.name.weak}
    if len(named) > 1 and sentences[0].headline:
        named = {u.name.code for u in sentences[0].units if u.kind == "body" and u.name and not u.name.weak}
    if sentences and sentences[0].headline and {u.kind for u in sentences[0].units} & {"other"}:
        named = {u.name.code for u in sentences[0].units if u.kind == "body" and u.name and not u.name.weak}
    memory.topic = named.pop() if len(named) == 1 else ""
    for n, sentence in enumerate(sentences):
        if sentence.headline:
            _look_ahead(memory, sentences)
        elif memory.headline:
            memory.headline = False
        scene = Scene(n, sentence, lex, memory, text, topic)
        scene.tags = sentence_tags(sentence)
        if (
            scene.tags & {"remain", "rethink", "accepting", "member_noun", "declaration"}
            or any(v.family in TRIGGERS for u in sentence.units for v in u.verbs)
            or scene.tags & {"credentials", "powers"}
            or any(u.low in ("out", "back", "action") for u in sentence.units)
        ):
            claims = _claims(scene)
            found += claims
            for claim in claims:
                if claim.event in LEAVING:
                    states = tuple(
                        dict.fromkeys(c.state for c in claims if c.body == claim.body and c.event in LEAVING)
                    )
                    topic = (claim.body, states)
                    break
        _remember(memory, sentence)
    if sport:
        found = [claim for claim in found if claim.body not in ("ICC", "CAT", "CAF")]
    return found


def _look_ahead(memory: Memory, sentences: list[Sentence]) -> None:
    """Let the headline's "court" or "bloc" be the body that the first sentences under it name."""
    memory.headline = True
    for sentence in reversed(sentences[:4]):
        for unit in sentence.units:
            if unit.kind == "body":
                _remember_body(memory, unit)


def _is_sport(sentences: list[Sentence]) -> bool:
    hits = sum("sport" in unit.tags for sentence in sentences for unit in sentence.units)
    courts = sum(unit.text in ("International Criminal Court", "Rome Statute") for s in sentences for unit in s.units)
    return hits > courts


def _claims(scene: Scene) -> list[Claim]:
    declared = declarations(scene)
    claims = declared + leaving(scene) + standing(scene) + stating(scene)
    taken = {(c.state, c.body.split("-")[0]) for c in declared}
    if declared:
        claims = declared + [
            c for c in claims if c not in declared and not (c.event in LEAVING and (c.state, c.body) in taken)
        ]
    unique: dict[tuple[str, str, str], Claim] = {}
    for claim in claims:
        unique.setdefault((claim.state, claim.body, f"{claim.event}{claim.at}"), claim)
    return _clash(list(unique.values()))


def _clash(claims: list[Claim]) -> list[Claim]:
    """One trigger gives one kind: the first reading stands."""
    seen: dict[tuple[str, str, int], Claim] = {}
    return [c for c in claims if seen.setdefault((c.state, c.body, c.at), c) is c]


_DEEDS = ("leave", "denounce", "join", "ratify")


def _remember(memory: Memory, sentence: Sentence) -> None:
    """Keep the States, bodies and deeds of a sentence for what refers back to them."""
    units = sentence.units
    nouns = [v.family for u in units for v in u.verbs if v.form == "noun" and v.family in _DEEDS]
    memory.deed = nouns[-1] if nouns else memory.deed
    subjects: list[str] = []
    for k, unit in enumerate(units):
        if unit.kind == "body" and unit.name:
            _remember_body(memory, unit)
        if unit.kind == "state" and unit.name and not subjects:
            before = units[k - 1] if k else None
            if before is not None and before.low in ("the", "la", "le", "el", "l'") and k > 1:
                before = units[k - 2]
            if before is not None and "subj_stop" in before.tags:
                continue
            if state_phrase(units, k)[0] in ("state", "actor", "membership", "delegates") or unit.name.form == "person":
                subjects = [unit.name.code, *joined_states(units, k, 1)]
    if not subjects and not memory.states:
        at = next((k for k, u in enumerate(units) if u.kind == "state" and u.name), -1)
        subjects = [units[at].name.code, *joined_states(units, at, 1)] if at >= 0 else []  # type: ignore[union-attr]
    if subjects:
        memory.states = tuple(dict.fromkeys(subjects))
    if sentence.headline:
        memory.title_states = memory.states


def _remember_body(memory: Memory, unit: Unit) -> None:
    assert unit.name
    body = bodies().get(unit.name.code)
    if body is None:
        return
    if unit.name.weak and memory.last_body not in ("", "UN"):
        return  # the UN is also where notices go
    if memory.bodies.get("org") == "UN" and not unit.name.weak:
        del memory.bodies["org"]
    for kind in body.kinds:
        memory.bodies[kind] = body.code
    memory.last_body = body.code
