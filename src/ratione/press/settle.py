"""Claims of one text taken together: one event for one act, with its days, and nothing told twice."""

from __future__ import annotations

from datetime import date

from ratione import days
from ratione.days import Interval
from ratione.press.dating import Told, days_of, follow_up, taking_effect
from ratione.press.find import Sentence
from ratione.press.lexicon import Lexicon
from ratione.press.model import Event
from ratione.press.scene import LEAVING, Claim
from ratione.press.speech import speaker_of


def settle(
    text: str, sentences: list[Sentence], lex: Lexicon, claims: list[Claim], published: date | None
) -> list[Event]:
    """Take the claims together: one event for one act, with the best day, and nothing that a stronger claim tells."""
    claims = _reconciled(claims)
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence, []).append(claim)
    dated = [(claim, days_of(text, sentences, claim, by_sentence[claim.sentence], published)) for claim in claims]
    follow_up(text, sentences, dated, published)
    for claim, told in dated:
        taking_effect(claim, told, published)
    groups = _grouped(dated)
    events = [_event(text, sentences, lex, group) for group in groups]
    _day_of_lead(text, sentences, events, groups, published)
    return _same_day(_weaker_out(events, groups, published), published)


MOST_DAYS = 40  # acts of one kind between one State and one body that are kept apart by their days


def _grouped(dated: list[tuple[Claim, Told]]) -> list[list[tuple[Claim, Told]]]:
    """Claims of one act together: the same State, body and kind, and days that agree."""
    groups: list[list[tuple[Claim, Told]]] = []
    kinds: dict[tuple[str, str, str], list[tuple[list[Told], list[tuple[Claim, Told]]]]] = {}
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


def _alike(a: Told, b: Told) -> bool:
    return (a.any, a.act_text, a.effect_text) == (b.any, b.act_text, b.effect_text)


_OF_THE_UN = ("UNESCO", "UNHRC", "WHO", "ILO")


def _reconciled(claims: list[Claim]) -> list[Claim]:
    """Settle what claims of one text say against each other, by what is known of the words of reports.

    The text is right against its headline ("expels" over "suspended"); what cannot be left is not left; and what
    reports call leaving the African Court is the withdrawal of the declaration of Article 34(6), the only thing that
    any State has withdrawn from there.
    """
    impossible = {(c.state, c.body) for c in claims if c.event == "impossible"}
    suspended = {(c.state, c.body) for c in claims if c.event == "suspended"}
    for claim in claims:
        if claim.note == "readmitted" and (claim.state, claim.body) in suspended:
            claim.event = "suspension_lifted"
    in_text = {(c.state, c.body, c.event) for c in claims if not c.headline}
    kept: list[Claim] = []
    for claim in claims:
        pair = (claim.state, claim.body)
        if claim.event == "impossible" or (
            pair in impossible and claim.event in ("announced_withdrawal", "threatened", "denied")
        ):
            continue
        if (
            claim.body == "UN"
            and claim.headline
            and claim.event in LEAVING
            and any(c.state == claim.state and c.body in _OF_THE_UN and c.event in LEAVING for c in claims)
        ):
            continue
        if claim.headline and claim.event == "suspension_lifted" and (*pair, "acceded") in in_text:
            continue
        if claim.headline and claim.body == "COE" and (claim.state, "PACE", claim.event) in in_text:
            continue  # the headline names the whole where the text names its Assembly
        rival = {"expelled": "suspended", "suspended": "expelled"}.get(claim.event)
        if claim.headline and rival and (*pair, rival) in in_text:
            continue
        if claim.body == "ACTHPR" and claim.event in ("left", "notice_of_withdrawal"):
            claim.body, claim.event = "ACTHPR-34-6", "declaration_withdrawn"
            claim.note = "the report speaks of the Court; only the declaration of Article 34(6) can be withdrawn"
        elif claim.body == "ACTHPR" and claim.event in LEAVING:
            claim.body = "ACTHPR-34-6"
        elif claim.body == "ACHR-62" and claim.event in ("left", "notice_of_withdrawal"):
            claim.event = "declaration_withdrawn"
        kept.append(claim)
    withdrawn = {(c.state, c.body) for c in kept if c.event == "declaration_withdrawn"}
    return [c for c in kept if not (c.event == "announced_withdrawal" and (c.state, c.body) in withdrawn)]


def _agree(a: Told, b: Told) -> bool:
    if (a.act is None) != (b.act is None) and (a.effect is None) != (b.effect is None):
        return True  # one tells the act, the other the effect
    one, two = a.any, b.any
    if one is None or two is None:
        return not (
            a.act_text
            and b.act_text
            and a.act_text[:4] != b.act_text[:4]
            and "-" not in a.act_text[:4] + b.act_text[:4]
        )
    if one.first <= two.last and two.first <= one.last:
        return True
    return abs((one.first - two.first).days) < 60


def _event(text: str, sentences: list[Sentence], lex: Lexicon, group: list[tuple[Claim, Told]]) -> Event:
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
    if claim.effect and claim.event in ("left", "expelled") and event.time == "past":
        event.effect_date = event.effect_date or event.date
        event.date = event.date or event.effect_date
    return event


def _best(days: list[Interval | None]) -> Interval | None:
    known = [d for d in days if d is not None]
    return next((d for d in known if d.exact), known[0] if known else None)


def _iso(day: Interval | None) -> str | None:
    return None if day is None else str(day)


def _day_of_lead(
    text: str,
    sentences: list[Sentence],
    events: list[Event],
    groups: list[list[tuple[Claim, Told]]],
    published: date | None,
) -> None:
    """The day of what only the headline tells is the one fresh day of the sentence under it."""
    lead = next((s for s in sentences[:3] if not s.headline), None)
    if lead is None or published is None:
        return
    fresh = []
    for said in lead.said(text):
        day = said.resolve(published)
        before = [u.low for u in lead.units if u.end <= said.start][-2:]
        aside = set(before) & {"after", "since", "until", "before", "by", "from", "après", "tras", "desde", "depuis"}
        if day and day.exact and 0 <= (published - day.first).days <= 8 and not aside:
            fresh.append(day)
    if len({str(day) for day in fresh}) != 1:
        return
    for event, group in zip(events, groups, strict=True):
        untold = not (event.date or event.date_text or event.effect_date or event.effect_text)
        if untold and all(c.headline for c, _ in group) and event.time != "future":
            event.date = str(fresh[0])


def _same_day(events: list[Event], published: date | None) -> list[Event]:
    """A notice without day in a fresh report is of the day on which the leaving was announced in the same report."""
    for event in events:
        if (
            event.event != "notice_of_withdrawal"
            or event.date
            or event.date_text
            or event.effect_date
            or published is None
        ):
            continue
        for other in events:
            if (
                other.event in ("left", "announced_withdrawal")
                and (other.state, other.body) == (event.state, event.body)
                and other.date
            ):
                told = days.parse(other.date)
                if told.exact and not other.effect_date and abs((published - told.first).days) <= 7:
                    event.date, event.confidence = other.date, "low"
                    event.note = "the day is that of the announcement in the same report"
    return events


_STRENGTH = {"left": 4, "notice_of_withdrawal": 3, "announced_withdrawal": 2, "threatened": 1}


def _weaker_out(events: list[Event], groups: list[list[tuple[Claim, Told]]], published: date | None) -> list[Event]:
    """Drop what a stronger claim about the same State and body already tells.

    A headline's announcement gives way to the notice in the text, a threat to the announcement, the mention of "its
    withdrawal" to the leaving itself. What has a day of its own stays. A taking back outlives what it takes back.
    """
    kept: list[Event] = []
    for event, group in zip(events, groups, strict=True):
        others = [o for o in events if o is not event and (o.state, o.body) == (event.state, event.body)]
        if all(c.headline for c, _ in group):
            others = [o for o in others if not _long_ago(o, published)]
        if event.event == "denied" and any(o.event == "withdrawal_revoked" for o in others):
            continue
        if event.event in _STRENGTH and any(_covers(o, event, group) for o in others):
            continue
        if event.event == "acceded" and any(
            o.event in ("suspension_lifted", "ratified")
            and (o.date in (None, event.date) or event.date in (None, o.effect_date))
            for o in others
        ):
            continue
        kept.append(event)
    return [_returned(event, kept) for event in kept]


def _long_ago(event: Event, published: date | None) -> bool:
    """Whether an event of years before the report cannot be what its headline tells."""
    told = event.date or event.effect_date or event.date_text or ""
    return published is not None and told[:4].isdigit() and published.year - int(told[:4]) > 1


def _covers(other: Event, event: Event, group: list[tuple[Claim, Told]]) -> bool:
    if other.event == "withdrawal_revoked":
        return True
    if other.event == "denied" and event.event in ("threatened", "announced_withdrawal"):
        return True
    if (
        other.event in ("expelled",)
        and event.event in ("left", "announced_withdrawal")
        and all(c.background for c, _ in group)
    ):
        return True
    stronger = _STRENGTH.get(other.event, 0) > _STRENGTH[event.event]
    if not stronger:
        return False
    if event.event == "notice_of_withdrawal":
        return other.event == "left" and all(c.effect or c.background or c.guessed for c, _ in group)
    if other.event == "left" and event.event == "announced_withdrawal":
        return event.date is None or event.date == other.date or all(c.background or c.headline for c, _ in group)
    return (
        event.date is None
        or other.date is None
        or event.date >= (other.date or "")
        or event.event == "announced_withdrawal"
    )


def _returned(event: Event, kept: list[Event]) -> Event:
    """ "Readmitted" after a suspension lifts it; after a leaving it is a new accession."""
    same = {o.event for o in kept if (o.state, o.body) == (event.state, event.body)}
    if event.event == "suspension_lifted" and "left" in same and "suspended" not in same:
        event.event = "acceded"
    if event.event == "acceded" and event.body in ("PACE",):
        event.event = "suspension_lifted"
    return event
