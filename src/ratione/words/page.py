"""The page that answers one complaint: open first, then arguable, unclear, too early, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from ratione import LAW, days
from ratione.assess.question import settling
from ratione.assess.verdict import STATUSES, Assessor, Verdict
from ratione.complaint.model import Complaint
from ratione.words import format as fmt
from ratione.words import labels, strategy
from ratione.words import verdict as say
from ratione.words.document import Document, Heading, Items, Pairs, Text
from ratione.words.format import Words
from ratione.words.language import _

Rows = list[tuple[str, str]]


def pages(assessor: Assessor, complaint: Complaint, verdicts: Sequence[Verdict], everything: bool = False) -> Document:
    """The page of a complaint, one part per respondent State; `everything` also unfolds what is closed."""
    document = Document()
    words = Words(assessor.asked.registry)
    for state, group in groupby(verdicts, key=lambda v: v.respondent):
        _part(document, words, assessor, complaint, state, list(group), everything)
    if complaint.warnings:
        document.add(Heading(_("Could not be read, and counts as not stated")), Items(complaint.warnings))
    return document


def _part(
    document: Document,
    words: Words,
    assessor: Assessor,
    complaint: Complaint,
    state: str,
    verdicts: list[Verdict],
    everything: bool,
) -> None:
    document.add(
        Heading(_("Complaint {id} against {state}").format(id=complaint.id, state=words.state(state)), 1),
        Text(asked(assessor)),
    )
    filed = lodged(complaint)
    on = None if filed else assessor.asked.on
    document.add(*(Text(line) for line in filed))
    for status in STATUSES[:-1]:
        chosen = strategy.by_last_day(v for v in verdicts if v.status == status)
        if chosen:
            document.add(Heading(_("{status} ({n})").format(status=_(labels.STATUSES[status]), n=len(chosen))))
        for verdict in chosen:
            rows = _rows(words, verdict, on, settling(assessor, complaint, verdict))
            document.add(Heading(fmt.forum(verdict.forum.key), 3), Pairs(tuple(rows)))
    _closed(document, words, [v for v in verdicts if v.status == "closed"], everything)
    document.add(*_section(_("Before you choose"), strategy.advice(assessor, complaint, verdicts)))
    shown = verdicts if everything else [v for v in verdicts if v.status != "closed"]
    document.add(*_section(_("Taken for granted"), _granted(complaint, shown)))


def lodged(complaint: Complaint) -> list[str]:
    """When the complaint was lodged, if it was."""
    found = []
    if "lodged.sent" in complaint.days:
        found.append(_("Sent: {day}.").format(day=fmt.span(complaint.days["lodged.sent"])))
    if "lodged.received" in complaint.days:
        found.append(_("Arrived: {day}.").format(day=fmt.span(complaint.days["lodged.received"])))
    return found


def asked(assessor: Assessor) -> str:
    """On which day, with which knowledge, registry and law text the question was asked."""
    registry = assessor.asked.registry
    text = _("Asked on {on}, as known on {known}. Registry {registry}, law of {law}.")
    told = text.format(**stamp_words(assessor.asked.on, registry.known_on, registry.hash))
    if registry.outlived(registry.known_on or days.today()):
        ends = _("The registry's sources end on {day}; what a State did after that is not in this answer.")
        told = _(" ").join((told, ends.format(day=fmt.day(registry.seen_to))))
    return told


def stamp_words(on: date, known: date | None, digest: str) -> dict[str, str]:
    """The stamps of an answer in words."""
    return {
        "on": fmt.day(on),
        "known": fmt.day(known or days.today()),
        "registry": digest[:12],
        "law": fmt.day(date.fromisoformat(LAW)),
    }


def _section(title: str, items: list[str]) -> list[Heading | Items]:
    return [Heading(title), Items(tuple(items))] if items else []


def _rows(words: Words, verdict: Verdict, on: date | None, wanted: Sequence[str]) -> Rows:
    """What a person must know of one body; `wanted`: the inputs that would settle it."""
    filing = verdict.forum.filing
    rows: Rows = []
    if last := say.last_day(verdict, on):
        rows.append((_("Last day"), last))
    if verdict.last_day_arguable:
        rows.append((_("Later, arguably"), fmt.day(verdict.last_day_arguable)))
    if verdict.advise_by:
        rows.append((_("Better by"), _("{day}; a benchmark, no term").format(day=fmt.day(verdict.advise_by))))
    if verdict.status == "not_yet":
        rows.append((_("Opens with"), fmt.listed(say.events(verdict))))
    if verdict.status == "unclear" and wanted:
        rows += [(_("Question"), q) for q in say.questions(words, wanted)]
    else:
        rows += [(_("Because"), reason) for reason in say.reasons(words, verdict)]
    if verdict.status in ("open", "arguable"):
        act = say.to_do(verdict)
        rows += [(_("What to do"), act)] if act else [(_("Form"), _(filing.form))]
        rows.append((_("Where"), _(filing.place)))
    if verdict.competent_to:
        text = _("{first} to {last}").format(first=fmt.day(verdict.competent_from), last=fmt.day(verdict.competent_to))
        rows.append((_("Hears facts of"), text))
    return rows + doubts(verdict)


def doubts(verdict: Verdict) -> Rows:
    """Marks of unverified and contested registry facts."""
    rows: Rows = []
    if found := say.unverified(verdict):
        rows.append((_("Unverified"), fmt.listed(found)))
    if found := say.contested(verdict):
        rows.append((_("Contested"), fmt.listed(found)))
    return rows


def _closed(document: Document, words: Words, verdicts: list[Verdict], everything: bool) -> None:
    if not verdicts:
        return
    codes = ", ".join(v.forum.key for v in verdicts)
    if not everything:
        one, many = _("1 body is closed: {codes}."), _("{n} bodies are closed: {codes}.")
        document.add(Heading(_(labels.STATUSES["closed"])))
        document.add(Text((one if len(verdicts) == 1 else many).format(n=len(verdicts), codes=codes)))
        return
    document.add(Heading(_("{status} ({n})").format(status=_(labels.STATUSES["closed"]), n=len(verdicts))))
    document.add(Pairs(tuple((v.forum.key, _(" ").join(say.reasons(words, v))) for v in verdicts)))


def _granted(complaint: Complaint, verdicts: list[Verdict]) -> list[str]:
    """What was taken for granted, each with the bodies that rest on it."""
    lines = say.presumed(complaint.read_as)
    names = dict.fromkeys(name for v in verdicts for name in v.presumed)
    for name in names:
        bodies = [v.forum.key for v in verdicts if name in v.presumed]
        (text,) = say.presumed([name])
        if len(bodies) < len(verdicts):
            text = _("{text} ({bodies})").format(text=text, bodies=", ".join(bodies))
        lines.append(text)
    return lines
