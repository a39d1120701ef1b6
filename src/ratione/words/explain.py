"""Everything about one complaint, to check it against the law and to file it.

Every test with its authority, every cell where they differ, every day counted step by step, every registry fact with
source and confidence, both readings where a fact is contested, what was taken for granted, and what would settle it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ratione import law
from ratione.assess.question import settling
from ratione.assess.verdict import Assessor, TestOutcome, Verdict
from ratione.complaint.model import Act, Complaint, Procedure
from ratione.rules import LEVELS, Filing
from ratione.words import format as fmt
from ratione.words import labels, strategy
from ratione.words import verdict as say
from ratione.words.document import Document, Heading, Items, Pairs, Table, Text
from ratione.words.format import Words
from ratione.words.language import _
from ratione.words.page import asked, lodged

if TYPE_CHECKING:
    from ratione.registry import Fact

Rows = list[tuple[str, str]]


def explanation(assessor: Assessor, complaint: Complaint, verdicts: Sequence[Verdict]) -> Document:
    """The full explanation as a document."""
    words = Words(assessor.asked.registry)
    document = Document()
    states = ", ".join(words.state(s) for s in complaint.respondent)
    document.add(
        Heading(_("Complaint {id} against {state}").format(id=complaint.id, state=states), 1),
        Text(asked(assessor)),
        Text(_("These are the rules that can be worked out. Only the body itself decides whether it takes the case.")),
    )
    _complaint(document, words, complaint)
    for state in complaint.respondent:
        mine = [v for v in verdicts if v.respondent == state]
        if advice := strategy.advice(assessor, complaint, mine):
            document.add(Heading(_("Before you choose")), Items(tuple(advice)))
        for verdict in mine:
            _verdict(document, words, assessor, complaint, verdict)
    return document


# ---- what was stated -------------------------------------------------------------------------------------------------
def _complaint(document: Document, words: Words, complaint: Complaint) -> None:
    rows: Rows = []
    for n, act in enumerate(complaint.acts, 1):
        rows.append((_("Act {n}").format(n=n), _act(words, act)))
    if complaint.rights is not None:
        rows.append((_("Rights"), fmt.listed(fmt.right(r) for r in complaint.rights)))
    for name, word in complaint.remedies.items():
        label = _("Remedies") if name == "*" else _("Remedies for {right}").format(right=fmt.right(name))
        rows.append((label, fmt.word(word)))
    rows += [(fmt.field(name), fmt.span(day)) for name, day in complaint.days.items()]
    rows += [(fmt.field(name), fmt.word(value)) for name, value in complaint.facts.items()]
    for name, codes in complaint.codes.items():
        rows.append((fmt.field(name), ", ".join(words.state(code) for code in codes)))
    for n, other in enumerate(complaint.procedures or (), 1):
        rows.append((_("Procedure {n}").format(n=n), _procedure(other)))
    if complaint.procedures == ():
        rows.append((_("Other procedures"), _("none")))
    document.add(Heading(_("What was stated")), Pairs(tuple(rows)))
    if complaint.warnings:
        document.add(Heading(_("Could not be read, and counts as not stated"), 3), Items(complaint.warnings))


def _act(words: Words, act: Act) -> str:
    until = fmt.span(act.last) if act.last_stated else _("still going on") if act.ongoing == "yes" else ""
    parts = [_("{first} to {last}").format(first=fmt.span(act.first), last=until) if until else fmt.span(act.first)]
    parts += [fmt.word(value) for value in (act.kind, act.control) if value]
    if act.place or act.place_text:
        parts.append(act.place_text or words.state(act.place or ""))
    return fmt.listed(parts)


def _procedure(other: Procedure) -> str:
    parts = [fmt.forum(other.forum), fmt.word(other.status or "")]
    if not other.filed.unknown:
        parts.append(_("filed {day}").format(day=fmt.span(other.filed)))
    if not other.ended.unknown:
        parts.append(_("ended {day}").format(day=fmt.span(other.ended)))
    return fmt.listed(parts)


# ---- one body --------------------------------------------------------------------------------------------------------
def _verdict(
    document: Document, words: Words, assessor: Assessor, complaint: Complaint, verdict: Verdict
) -> None:
    title = _("{forum}: {status}").format(forum=fmt.forum(verdict.forum.key), status=_(labels.STATUSES[verdict.status]))
    document.add(Heading(title), Pairs(tuple(_summary(words, assessor, complaint, verdict))))
    for deadline in say.deadlines(verdict):
        if steps := say.counting(deadline):
            heading = _("How the benchmark was counted") if deadline.advice else _("How the last day was counted")
            document.add(Heading(heading, 3), Items(tuple(steps)))
    for outcome in verdict.tests:
        _test(document, words, verdict, outcome)
    if facts := _facts(assessor, verdict):
        document.add(Heading(_("Registry facts used"), 3), Items(tuple(words.fact(f) for f in facts)))
    if readings := _readings(words, assessor, verdict):
        document.add(Heading(_("Readings of what is contested"), 3), Items(tuple(readings)))
    if verdict.forum.notes:
        document.add(Heading(_("To bear in mind"), 3), Items(tuple(words.notes(verdict.forum))))
    document.add(Heading(_("Filing"), 3), Pairs(tuple(filing_rows(verdict.forum.filing))))


def _summary(words: Words, assessor: Assessor, complaint: Complaint, verdict: Verdict) -> Rows:
    rows: Rows = [(_("Because"), reason) for reason in say.reasons(words, verdict)]
    if last := say.last_day(verdict, None if lodged(complaint) else assessor.asked.on):
        rows.append((_("Last day"), last))
    if verdict.last_day_arguable:
        rows.append((_("Later, arguably"), fmt.day(verdict.last_day_arguable)))
    if verdict.advise_by:
        rows.append((_("Better by"), _("{day}; a benchmark, no term").format(day=fmt.day(verdict.advise_by))))
    if verdict.opens_on:
        rows.append((_("Opens with"), fmt.listed(say.events(verdict))))
    if verdict.competent_from or verdict.competent_to:
        first, last_ = fmt.day(verdict.competent_from), fmt.day(verdict.competent_to)
        text = _("{first} to {last}") if verdict.competent_to else _("{first} on")
        rows.append((_("Hears facts of"), text.format(first=first, last=last_)))
    rows += [(_("Question"), q) for q in say.questions(words, settling(assessor, complaint, verdict))]
    granted = say.presumed([*complaint.read_as, *verdict.presumed])
    if granted:
        rows.append((_("Taken for granted"), fmt.listed(granted)))
    return rows


def _test(document: Document, words: Words, verdict: Verdict, outcome: TestOutcome) -> None:
    test = outcome.test
    head = _(labels.HEADS[test.head])
    if test.also_called:
        head = _("{head}; other bodies: {other}").format(head=head, other=_(labels.HEADS[test.also_called]))
    rows: Rows = [(_("Answer"), s) for s in say.sentences(words, verdict, outcome)]
    rows.append((_("Head"), head))
    rows.append((_("Authority"), fmt.listed(fmt.authority(law.authorities()[a]) for a in test.authority)))
    claims = ", ".join(test.claims)
    if not test.verified:
        claims = _("{places} (from knowledge, not re-checked)").format(places=claims)
    rows.append((_("Legal reference"), claims))
    if outcome.result.missing:
        rows.append((_("Missing"), fmt.listed(say.questions(words, sorted(outcome.result.missing)))))
    title = _("{test}: {outcome}").format(test=say.title(outcome), outcome=_(labels.LEVELS[outcome.outcome]))
    document.add(Heading(title, 3), Pairs(tuple(rows)))
    if len({c.results[outcome.index].level for c in outcome.cells}) > 1:
        document.add(_cells(words, verdict, outcome))


def _cells(words: Words, verdict: Verdict, outcome: TestOutcome) -> Table:
    rows = []
    for c in outcome.cells:
        result = c.results[outcome.index]
        why = " ".join(words.sentence(w, verdict.forum.code, verdict.respondent) for w in result.why)
        level = _(labels.LEVELS[LEVELS[result.level]])
        rows.append((str(c.cell.act + 1), fmt.span(c.cell.piece), fmt.article(c.cell.article), level, why))
    head = (_("act"), _("days"), _("article"), _("outcome"), _("why"))
    return Table(_("Piece by piece"), head, tuple(dict.fromkeys(rows)))


def _facts(assessor: Assessor, verdict: Verdict) -> list[Fact]:
    """The facts that the tests read, and those that bound the days of the facts the body can hear."""
    found = dict.fromkeys(verdict.facts)
    if verdict.forum.facts_by:
        for period in assessor.asked.registry.periods(verdict.respondent, verdict.forum.facts_by):
            if verdict.competent_from and period.first == verdict.competent_from:
                found |= dict.fromkeys(period.facts)
    return list(found)


def _readings(words: Words, assessor: Assessor, verdict: Verdict) -> list[str]:
    """The ends that the records or the terms leave possible, for every instrument that the verdict rests on."""
    lines = []
    for instrument in dict.fromkeys(fact.instrument for fact in verdict.facts):
        for period in assessor.asked.registry.periods(verdict.respondent, instrument):
            for end in period.range:
                text = _("{instrument}: last day {day}, {reading} ({authority})")
                lines.append(
                    text.format(
                        instrument=words.instrument(instrument),
                        day=fmt.day(end.to) if end.to else _("none yet"),
                        reading=_(labels.ENDS[end.reading]),
                        authority=end.authority,
                    )
                )
    return lines


def filing_rows(filing: Filing) -> Rows:
    """How and where to lodge a complaint, with the day on which that was last checked."""
    rows = [
        (_("Form"), _(filing.form)),
        (_("Place"), _(filing.place)),
        (_("Language"), _(filing.language)),
        (_("Interim measures"), _(filing.interim)),
        (_("Decision"), _(filing.final)),
    ]
    rows = [(label, text) for label, text in rows if text]
    if filing.authority:
        rows.append((_("Authority"), fmt.listed(fmt.authority(law.authorities()[a]) for a in filing.authority)))
    checked = fmt.day(filing.checked) if filing.checked else _("not re-checked: check before use")
    rows.append((_("Last checked"), checked))
    return rows
