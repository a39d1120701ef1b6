"""Status events of a whole text: sentence by sentence, then taken together, with their days and speakers."""

from __future__ import annotations

import re
from datetime import date

from ratione import days
from ratione.days import Interval
from ratione.press.find import Sentence, Unit, units_of
from ratione.press.grammar import Memory, region_tags, sentence_tags, state_phrase
from ratione.press.leaving import Claim, Scene, delivered, leaving, out_of, remaining
from ratione.press.lexicon import Lexicon, lexicon
from ratione.press.model import Event
from ratione.press.speech import speaker_of
from ratione.press.standing import declarations, standing
from ratione.press.when import When

_TRIGGERS = frozenset(("leave", "denounce", "ended", "expel", "suspend", "lift", "restore", "join", "admit", "ratify", "revoke", "deliver", "notify"))
_LEAVING = ("left", "notice_of_withdrawal", "announced_withdrawal", "threatened", "denied", "withdrawal_revoked")


def read_events(text: str, sentences: list[Sentence], lex: Lexicon, published: date | None, url: str = "") -> list[Event]:
    """The status events that a text claims, in the order in which it claims them.

    `url`: its words name the States of a text that does not, and the body whose own page it is.
    """
    claims = find_claims(text, sentences, lex, url)
    return settle(text, sentences, lex, claims, published)


_HOMES = {"coe.int": "COE", "icc-cpi.int": "ICC", "oas.org": "OAS", "au.int": "AU", "ecowas.int": "ECOWAS", "eac.int": "EAC"}


def _from_url(memory: Memory, url: str) -> None:
    """States named in the words of an address, and the body whose page it is."""
    host = re.sub(r"^\w+://", "", url).split("/")[0]
    memory.home = next((body for end, body in _HOMES.items() if host == end or host.endswith("." + end)), "")
    words = re.sub(r"[^A-Za-z]+", " ", url.rsplit("://", 1)[-1].partition("/")[2]).title()
    units = units_of(words, 0, len(words), lexicon("en"))
    memory.states = tuple(dict.fromkeys(u.name.code for u in units if u.kind == "state" and u.name and u.name.form == "noun"))[:1]
    for unit in units_of(words.upper(), 0, len(words), lexicon("en")) + units:
        if unit.kind == "body" and not memory.last_body:
            _remember_body(memory, unit)


def find_claims(text: str, sentences: list[Sentence], lex: Lexicon, url: str = "") -> list[Claim]:
    """Every claim of every sentence, with what the text named before kept in mind."""
    memory = Memory()
    if url:
        _from_url(memory, url)
    sport = any("sport" in unit.tags for sentence in sentences for unit in sentence.units) and _is_sport(sentences)
    found: list[Claim] = []
    topic: tuple[str, tuple[str, ...]] = ("", ())
    for n, sentence in enumerate(sentences):
        scene = Scene(n, sentence, lex, memory, text, topic)
        scene.tags = sentence_tags(sentence)
        if "remain" in scene.tags or any(v.family in _TRIGGERS for u in sentence.units for v in u.verbs) or scene.tags & {"credentials", "powers"} or "out" in (u.low for u in sentence.units):
            claims = _claims(scene)
            found += claims
            for claim in claims:
                if claim.event in _LEAVING:
                    states = tuple(dict.fromkeys(c.state for c in claims if c.body == claim.body and c.event in _LEAVING))
                    topic = (claim.body, states)
                    break
        _remember(memory, sentence)
    if sport:
        found = [claim for claim in found if claim.body not in ("ICC", "CAT", "CAF")]
    return found


def _is_sport(sentences: list[Sentence]) -> bool:
    hits = sum("sport" in unit.tags for sentence in sentences for unit in sentence.units)
    courts = sum(unit.text in ("International Criminal Court", "Rome Statute") for s in sentences for unit in s.units)
    return hits > courts


def _claims(scene: Scene) -> list[Claim]:
    declared = declarations(scene)
    claims = declared + leaving(scene) + standing(scene) + out_of(scene) + remaining(scene)
    taken = {(c.state, c.body.split("-")[0]) for c in declared}
    if declared:
        claims = declared + [c for c in claims if c not in declared and not (c.event in _LEAVING and (c.state, c.body) in taken)]
    unique: dict[tuple[str, str, str], Claim] = {}
    for claim in claims:
        unique.setdefault((claim.state, claim.body, f"{claim.event}{claim.at}"), claim)
    return _clash(list(unique.values()))


def _clash(claims: list[Claim]) -> list[Claim]:
    """One trigger gives one kind: the first reading stands."""
    seen: dict[tuple[str, str, int], Claim] = {}
    return [c for c in claims if seen.setdefault((c.state, c.body, c.at), c) is c]


def _remember(memory: Memory, sentence: Sentence) -> None:
    """Keep the States and bodies of a sentence for what refers back to them."""
    units = sentence.units
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
                from ratione.press.grammar import joined_states

                subjects = [unit.name.code, *joined_states(units, k, 1)]
    if not subjects and not memory.states:
        subjects = [u.name.code for u in units if u.kind == "state" and u.name][:1]
    if subjects:
        memory.states = tuple(dict.fromkeys(subjects))
    if sentence.headline:
        memory.title_states = memory.states


def _remember_body(memory: Memory, unit: Unit) -> None:
    from ratione.press.lexicon import bodies

    assert unit.name
    body = bodies().get(unit.name.code)
    if body is None:
        return
    for kind in body.kinds:
        memory.bodies[kind] = body.code
    memory.last_body = body.code


def settle(text: str, sentences: list[Sentence], lex: Lexicon, claims: list[Claim], published: date | None) -> list[Event]:
    """Take the claims together: one event for one act, with the best day, and nothing that a stronger claim tells."""
    claims = _reconciled(claims)
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence, []).append(claim)
    dated = [(claim, _days(text, sentences, claim, by_sentence[claim.sentence], published)) for claim in claims]
    _follow_up(text, sentences, dated, published)
    for claim, told in dated:
        _taking_effect(claim, told, published)
    groups = _grouped(dated)
    events = [_event(text, sentences, lex, group) for group in groups]
    return _same_day(_weaker_out(events, groups), published)


MOST_DAYS = 40  # acts of one kind between one State and one body that are kept apart by their days


def _grouped(dated: list[tuple[Claim, _Days]]) -> list[list[tuple[Claim, _Days]]]:
    """Claims of one act together: the same State, body and kind, and days that agree."""
    groups: list[list[tuple[Claim, _Days]]] = []
    kinds: dict[tuple[str, str, str], list[tuple[list[_Days], list[tuple[Claim, _Days]]]]] = {}
    for item in dated:
        claim, told = item
        alike = kinds.setdefault((claim.state, claim.body, claim.event), [])
        for distinct, group in alike:
            if all(_agree(told, other) for other in distinct):
                group.append(item)
                if not any(_alike(told, other) for other in distinct):
                    distinct.append(told)
                break
        else:
            if len(alike) < MOST_DAYS:
                groups.append([item])
                alike.append(([told], groups[-1]))
    return groups


def _alike(a: _Days, b: _Days) -> bool:
    return (a.any, a.act_text, a.effect_text) == (b.any, b.act_text, b.effect_text)


def _reconciled(claims: list[Claim]) -> list[Claim]:
    """Settle what claims of one text say against each other, by what is known of the words of reports.

    The text is right against its headline ("expels" over "suspended"); what cannot be left is not left; and what
    reports call leaving the African Court is the withdrawal of the declaration of Article 34(6), the only thing that
    any State has withdrawn from there.
    """
    impossible = {(c.state, c.body) for c in claims if c.event == "impossible"}
    in_text = {(c.state, c.body, c.event) for c in claims if not c.headline}
    kept: list[Claim] = []
    for claim in claims:
        pair = (claim.state, claim.body)
        if claim.event == "impossible" or (pair in impossible and claim.event in ("announced_withdrawal", "threatened", "denied")):
            continue
        rival = {"expelled": "suspended", "suspended": "expelled"}.get(claim.event)
        if claim.headline and rival and (*pair, rival) in in_text:
            continue
        if claim.body == "ACTHPR" and claim.event in ("left", "notice_of_withdrawal"):
            claim.body, claim.event = "ACTHPR-34-6", "declaration_withdrawn"
            claim.note = "the report speaks of the Court; only the declaration of Article 34(6) can be withdrawn"
        elif claim.body == "ACTHPR" and claim.event in _LEAVING:
            claim.body = "ACTHPR-34-6"
        kept.append(claim)
    withdrawn = {c.state for c in kept if c.event == "declaration_withdrawn" and c.body == "ACTHPR-34-6"}
    return [c for c in kept if not (c.body == "ACTHPR-34-6" and c.event == "announced_withdrawal" and c.state in withdrawn)]


_POINTS_BACK = frozenset(("decision", "vote", "move", "notification", "notice", "letter", "measure", "suspension", "withdrawal", "décision", "decisión", "announcement", "resolution", "expulsion"))


def _follow_up(text: str, sentences: list[Sentence], dated: list[tuple[Claim, _Days]], published: date | None) -> None:
    """The day in a sentence that only speaks on of what the sentence before told: "The decision was reached on Thursday".

    A notification that is handed over gives its day even where the act before it had one.
    """
    told_in: dict[int, list[tuple[Claim, _Days]]] = {}
    for item in dated:
        told_in.setdefault(item[0].sentence, []).append(item)
    for n in sorted(told_in):
        before, n = told_in[n], n + 1
        if n in told_in or n >= len(sentences):
            continue
        sentence = sentences[n]
        head = [u.low for u in sentence.units[:3]]
        if not _POINTS_BACK & set(head):
            continue
        scene = Scene(n, sentence, lexicon("en"), Memory(), text)
        handed = delivered(scene)
        told = before[0][1].act
        for said in sentence.said(text):
            day = said.resolve(published) or said.in_year(told)
            effect = any(v.family == "effect" for u in sentence.units for v in u.verbs)
            for _, days_ in before:
                if effect and day is not None:
                    days_.effect = days_.effect or said.resolve(published, future=True) or day
                elif day is not None and (handed or days_.act is None):
                    days_.act, days_.act_text = day, said.partial
            break


def _taking_effect(claim: Claim, told: _Days, published: date | None) -> None:
    """ "Takes effect today" is a leaving; what takes effect later is a running notice."""
    if claim.note == "until":
        told.effect, told.until = told.until or told.effect, None
        claim.note = ""
    if claim.note == "present":
        claim.note = ""
        day = told.effect or told.act
        if day is not None and published is not None and day.last <= published:
            claim.event, claim.time = "left", "present"
            told.act = told.effect = day
        else:
            told.effect = told.effect or told.act
            told.act = None if told.effect == told.act else told.act


class _Days:
    """The days found for one claim."""

    __slots__ = ("act", "act_text", "effect", "effect_text", "until")

    def __init__(self) -> None:
        self.act: Interval | None = None
        self.effect: Interval | None = None
        self.until: Interval | None = None
        self.act_text = self.effect_text = ""

    @property
    def any(self) -> Interval | None:
        return self.act or self.effect


def _agree(a: _Days, b: _Days) -> bool:
    one, two = a.any, b.any
    if one is None or two is None:
        return not (a.act_text and b.act_text and a.act_text[:4] != b.act_text[:4] and "-" not in a.act_text[:4] + b.act_text[:4])
    if one.first <= two.last and two.first <= one.last:
        return True
    return abs((one.first - two.first).days) < 60


def _days(text: str, sentences: list[Sentence], claim: Claim, claims: list[Claim], published: date | None) -> _Days:
    """The days said in the sentence of a claim, each given its part: act, effect, end."""
    sentence = sentences[claim.sentence]
    found = _Days()
    told = sentence.said(text)
    before: Interval | None = None
    best = 10_000
    triggers = sorted({sentence.units[c.at].start for c in claims})
    mine = sentence.units[claim.at].start
    year: Interval | None = None
    for said in told:
        owner = max((t for t in triggers if t < said.start), default=triggers[0])
        role = _role(sentence, said, claim, text)
        day = said.resolve(published, claim.time == "future" or role == "until", before.first if before else None)
        day = day or said.in_year(year)
        before = day or before
        year = day if said.year and day else year
        if owner != mine or role == "other" or (day is None and not said.partial):
            continue
        if role == "until":
            found.until = day
        elif role == "effect":
            found.effect, found.effect_text = day, said.partial
        else:
            distance = min(abs(said.start - mine), abs(said.start - claim.end), abs(said.end - mine))
            if day is None or not day.exact:
                distance += 1000  # an exact day goes before a year
            if distance < best:
                best, found.act, found.act_text = distance, day, said.partial
    return found


def _role(sentence: Sentence, said: When, claim: Claim, text: str) -> str:
    """What a day belongs to: the act, its effect, the end of a suspension, or something else in the sentence."""
    units = sentence.units
    at = next((k for k, u in enumerate(units) if u.end > said.start), len(units) - 1)
    before = units[max(0, at - 3) : at + 1]
    lows = [u.low for u in before]
    if said.from_told and said.text.lower().endswith("after"):
        return "other"
    if any("until" in u.tags for u in before[-3:]) or any("until" in u.tags for u in units[max(0, at - 1) : at + 1]):
        return "until"
    clause = _clause_of(units, at, claim)
    if clause == "other":
        return "other"
    if any(v.family == "effect" for u in units[max(0, at - 5) : at] for v in u.verbs) or any("effective" in u.tags and u.low != "from" and u.low != "с" for u in before):
        return "effect" if claim.event in _LEAVING + ("acceded", "ratified", "declaration_withdrawn", "suspended", "expelled") else "act"
    if claim.effect and claim.time == "future":
        return "effect"
    if claim.event == "announced_withdrawal" and lows and "by" in lows[-2:]:
        return "other"
    return "act"


def _clause_of(units: list[Unit], at: int, claim: Claim) -> str:
    """Whether another deed stands between the day and the claim, so that the day is that deed's."""
    low, high = (claim.last, at) if at > claim.last else (at, claim.at)
    between = units[low + 1 : high] if at > claim.last else units[at + 1 : claim.at]
    if at > claim.last:
        if _said_at_end(between):
            return "mine"
        for k, unit in enumerate(between):
            if unit.low in ("after", "following", "since", "despite", "when", "as", "where", "which", "après", "tras", "depuis", "desde", "после", "because", "before", "returning", "while") and k + 1 < len(between):
                return "other"
            if unit.verbs and any(v.family in _TRIGGERS and v.family not in ("deliver", "notify") for v in unit.verbs) and not unit.name:
                return "other"
    else:
        for unit in between:
            if unit.low in (";", "but", "mais", "pero", "но"):
                return "other"
    return "mine"


def _said_at_end(between: list[Unit]) -> bool:
    """ "..., the bloc announced on Wednesday": the day of the announcement closes the sentence."""
    commas = [k for k, u in enumerate(between) if u.low == ","]
    if not commas:
        return False
    tail = between[commas[-1] + 1 :]
    return len(tail) < 9 and any("report" in u.tags for u in tail) and not any(v.family in _TRIGGERS for u in tail for v in u.verbs)


def _event(text: str, sentences: list[Sentence], lex: Lexicon, group: list[tuple[Claim, _Days]]) -> Event:
    """One event from the claims that tell of it: the clearest claim gives the span, the first exact day the date."""
    order = {"high": 0, "medium": 1, "low": 2}
    claim, _ = min(group, key=lambda item: (item[0].guessed, order[item[0].confidence], item[0].headline))
    act = _best([told.act for _, told in group])
    effect = _best([told.effect for _, told in group])
    until = _best([told.until for _, told in group])
    act_text = next((told.act_text for _, told in group if told.act_text), "") if act is None else ""
    effect_text = next((told.effect_text for _, told in group if told.effect_text), "") if effect is None else ""
    event = Event(
        claim.state,
        claim.body,
        claim.event,
        _iso(act),
        _iso(effect),
        "future" if all(c.time == "future" for c, _ in group) else claim.time,
        next((s for s in (speaker_of(text, sentences, lex, c.sentence, c.start, c.end) for c, _ in group) if s), None),
        (claim.start, claim.end),
        claim.confidence,
        until=_iso(until),
        date_text=act_text or None,
        effect_text=effect_text or None,
    )
    if claim.effect and claim.event == "left" and event.time == "past":
        event.effect_date = event.effect_date or event.date
        event.date = event.date or event.effect_date
    return event


def _best(days: list[Interval | None]) -> Interval | None:
    known = [d for d in days if d is not None]
    exact = [d for d in known if d.exact]
    return (exact or known or [None])[0]


def _iso(day: Interval | None) -> str | None:
    return None if day is None else str(day)


def _same_day(events: list[Event], published: date | None) -> list[Event]:
    """A notice without day in a fresh report is of the day on which the leaving was announced in the same report."""
    for event in events:
        if event.event != "notice_of_withdrawal" or event.date or event.date_text or event.effect_date or published is None:
            continue
        for other in events:
            if other.event in ("left", "announced_withdrawal") and (other.state, other.body) == (event.state, event.body) and other.date:
                told = days.parse(other.date)
                if told.exact and not other.effect_date and abs((published - told.first).days) <= 7:
                    event.date, event.confidence = other.date, "low"
                    event.note = "the day is that of the announcement in the same report"
    return events


_STRENGTH = {"left": 4, "notice_of_withdrawal": 3, "announced_withdrawal": 2, "threatened": 1}


def _weaker_out(events: list[Event], groups: list[list[tuple[Claim, _Days]]]) -> list[Event]:
    """Drop what a stronger claim about the same State and body already tells.

    A headline's announcement gives way to the notice in the text, a threat to the announcement, the mention of "its
    withdrawal" to the leaving itself. What has a day of its own stays. A taking back outlives what it takes back.
    """
    kept: list[Event] = []
    for event, group in zip(events, groups, strict=True):
        others = [o for o in events if o is not event and (o.state, o.body) == (event.state, event.body)]
        if event.event in _STRENGTH and any(_covers(o, event, group) for o in others):
            continue
        if event.event == "acceded" and any(o.event in ("suspension_lifted", "ratified") and (o.date in (None, event.date) or event.date is None) for o in others):
            continue
        kept.append(event)
    return [_returned(event, kept) for event in kept]


def _covers(other: Event, event: Event, group: list[tuple[Claim, _Days]]) -> bool:
    if other.event == "withdrawal_revoked":
        return True
    if other.event == "denied" and event.event in ("threatened", "announced_withdrawal"):
        return True
    if other.event in ("expelled",) and event.event in ("left", "announced_withdrawal") and all(c.background for c, _ in group):
        return True
    stronger = _STRENGTH.get(other.event, 0) > _STRENGTH[event.event]
    if not stronger:
        return False
    if event.event == "notice_of_withdrawal":
        return other.event == "left" and all(c.effect or c.background or c.guessed for c, _ in group)
    if other.event == "left" and event.event == "announced_withdrawal":
        return event.date is None or event.date == other.date or all(c.background or c.headline for c, _ in group)
    return event.date is None or other.date is None or event.date >= (other.date or "") or event.event == "announced_withdrawal"


def _returned(event: Event, kept: list[Event]) -> Event:
    """ "Readmitted" after a suspension lifts it; after a leaving it is a new accession."""
    same = {o.event for o in kept if (o.state, o.body) == (event.state, event.body)}
    if event.event == "suspension_lifted" and "left" in same and "suspended" not in same:
        event.event = "acceded"
    if event.event == "acceded" and event.body in ("PACE",):
        event.event = "suspension_lifted"
    return event
