"""The answer to "what if a State leaves": its record (docs/schema/whatif.json), its tables, and its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from ratione import law
from ratione.assess.result import Why
from ratione.registry import End
from ratione.whatif import Body, Consequence, Docket, Effect, Hit, Remaining, Right, Ruling
from ratione.whatif.bodies import Reason, needs
from ratione.words import format as fmt
from ratione.words.format import Words
from ratione.words.language import N_, _
from ratione.words.messages import MESSAGES

Record = dict[str, Any]
#: What the law says to an act; `{name}` are values of the ruling.
RULES = {
    "terms_of_exit": N_("A notice takes effect by the instrument's own terms."),
    "terms_of_entry": N_("An accession takes effect by the instrument's own terms."),
    "no_clause": N_("{instrument} cannot be left: it has no clause on leaving, and none is implied."),
    "no_clause_contested": N_(
        "{instrument} has no clause on leaving: perhaps it cannot be left, perhaps on twelve months' notice."
    ),
    "only_with_parent": N_("{instrument} cannot be left alone: it ends only together with {parent}."),
    "too_early": N_(
        "{instrument} can be left only after {years} years; {state} has been bound since {since}, so not before "
        "{not_before}."
    ),
    "no_declaration": N_("{instrument} is no acceptance of complaints; there is no declaration to withdraw."),
    "not_a_party": N_("{state} is not bound by {instrument} on that day: there is nothing to leave."),
    "not_known_whether_bound": N_("It is not known whether {state} is bound by {instrument} on that day."),
    "terms_not_known": N_("How a State leaves {instrument} has not been read; no day can be told."),
    "notice_already_running": N_("{state} is leaving {instrument} already, with effect from {effect}."),
    "not_in_effect_yet": N_("The accession has not taken effect yet: taken back before {effect}, it never does."),
    "expulsion": N_("The organisation can end the membership; it fixes the day."),
    "no_expulsion": N_("No organ can put a State out of {instrument}."),
    "suspension_ends_nothing": N_("A suspension ends nothing: the State stays bound, and complaints go on."),
    "treaty_not_suspended": N_("No organ can suspend {instrument} for one State."),
    "revocation": N_("The notice is taken back before its effect of {effect}: nothing ends."),
    "no_running_notice": N_("{state} has no notice running under {instrument}: there is nothing to take back."),
    "territory": N_("{state} is a territory: its State acts for it."),
    "no_such_state_then": N_("There was no {state} on that day."),
    "bound_already": N_("{state} is bound by {instrument} already."),
    "needs_other_instrument": N_("Only a State bound by {needs} can join {instrument}."),
    "procedure_not_in_force": N_("The procedure of {instrument} is not in force: too few States have accepted it."),
    "entry_not_known": N_("From when {instrument} binds after a deposit is not known."),
}
CHANGES = {
    "ends": N_("no longer bound from {day}"),
    "contested": N_("no longer surely bound from {day}"),
    "unknown": N_("not known whether bound from {day}"),
    "begins": N_("bound from {day}"),
    "goes_on": N_("stays bound; would have ended on {day}"),
    "never_begins": N_("never bound; would have been from {day}"),
}
ADVICE = {
    "hurry": N_("hurry: submit by {day}"),
    "hurry_condition": N_("hurry: the body must have taken the matter up before the end"),
    "hurry_passed": N_("too late once the notice is in: submit before it, by {day}"),
    "no hurry": N_("no hurry: earlier facts stay, the ordinary term runs"),
    "no hurry nothing": N_("facts of that time never come within reach"),
    "": "",
}
SURENESS = {"low": N_("rests on an unverified fact"), "contested": N_("readings differ"),
            "unclear": N_("not known whether this body could hear it in the first place")}  # fmt: skip
OUTCOMES = {
    "loses_all": N_("lose every body"),
    "loses_binding": N_("lose every body that can bind the State; a non-binding one is left"),
    "loses_other": N_("had no body that can bind the State; lose one of the others"),
    "keeps_binding": N_("lose a body; one that can bind the State is left"),
    "gains": N_("gain a body"),
    "unchanged": N_("lose nothing"),
}
LOSSES = {
    "body": N_("the body"),
    "certainty": N_("certainty"),
    "days": N_("days to file"),
    "facts": N_("a part of the facts"),
}
COMPLAINT_COLUMNS = (
    "id", "respondent", "forum", "route", "loses", "status_before", "status_after", "last_day_before", "last_day",
    "last_day_arguable", "by_submission", "savable", "confidence", "contested",
)  # fmt: skip
FORUM_COLUMNS = (
    "state", "forum", "route", "binding", "touched", "before", "after", "facts_until", "facts_until_arguable",
    "facts_after", "submit_until", "submit_until_arguable", "submit_after", "facts_from", "submit_from", "condition",
    "advice", "confidence", "contested",
)  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    return _day(value) if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


class Answer:
    """A consequence in the words and shapes of one language."""

    def __init__(self, found: Consequence, docket: Docket | None = None) -> None:
        self.found, self.docket = found, docket
        self.words = Words(found.after)

    def record(self) -> Record:
        """The whole answer as JSON, without the stamps that every answer carries."""
        found = self.found
        return {
            "status": found.status,
            "acts": [self._act(r) for r in found.rulings],
            "effects": [_effect(e) for e in found.effects],
            "goes_on": [asdict(g) for g in found.goes_on],
            "fora": [self._body(b) for b in found.bodies],
            "rights": [_right(r) for r in found.rights],
            "docket": self.docket and {"on": _day(self.docket.on), "assessed": self.docket.assessed,
                                       "hit": self.docket.hit},
            "complaints": self.docket and [_hit(h) for h in self.docket.hits],
        }  # fmt: skip

    def rule(self, ruling: Ruling) -> str:
        """What the law says to an act, as a sentence."""
        act = ruling.act
        values = {"state": self.words.state(act.state), "instrument": self.words.instrument(act.instrument)}
        for name, value in ruling.values.items():
            named = name in ("parent", "needs")
            values[name] = self.words.instrument(value) if named else self.words.value(name, value, {})
        return _(RULES[ruling.rule]).format_map(values)

    def change(self, effect: Effect) -> str:
        """What happens under an instrument, in words."""
        return _(CHANGES[effect.change]).format(day=fmt.day(effect.start))

    def reason(self, body: Body, reason: Reason) -> str:
        """Why something stops counting before a body, as a sentence."""
        if reason.id not in MESSAGES:
            return reason.test
        return self.words.sentence(Why(reason.id, reason.values), body.forum.code, body.state)

    def advice(self, body: Body) -> str:
        """Hurry or no hurry, in words, never surer than the facts it rests on."""
        key = body.advice
        if body.advice == "hurry":
            passed = body.submit_until is not None and body.submit_until < self.found.on
            key = "hurry_condition" if body.submit_until is None else "hurry_passed" if passed else "hurry"
        elif body.advice and body.facts_until is None:
            key = "no hurry nothing"
        text = _(ADVICE[key]).format(day=fmt.day(body.submit_until))
        marks = [_(SURENESS["low"])] if body.confidence == "low" else []
        marks += [_(SURENESS["contested"])] if body.contested else []
        marks += [_(SURENESS["unclear"])] if body.before == "unclear" else []
        return f"{text} ({fmt.listed(marks)})" if text and marks else text

    def _act(self, ruling: Ruling) -> Record:
        act = ruling.act
        return {
            "act": act.act,
            "state": act.state,
            "instrument": act.instrument,
            "on": _day(act.on),
            "effect": _day(act.effect),
            "status": ruling.status,
            "rule": ruling.rule,
            "values": {name: _plain(value) for name, value in ruling.values.items()},
            "authority": ruling.authority,
            "text": self.rule(ruling),
        }

    def _body(self, body: Body) -> Record:
        return {
            **forum_row(body),
            "name": body.forum.name,
            "advice_text": self.advice(body),
            "clauses": self.clauses(body),
            "why": [
                {
                    "about": r.about,
                    "test": r.test,
                    "id": r.id,
                    "values": {name: _plain(value) for name, value in r.values.items()},
                    "text": self.reason(body, r),
                    "authority": [fmt.authority(law.authorities()[a]) for a in r.authority],
                }
                for r in body.why
            ],
        }

    def clauses(self, body: Body) -> list[str]:
        """The clauses that say what of complaints before this body is saved."""
        texts = [
            e.saved.authority
            for e in self.found.effects
            if body.advice and e.state == body.state and e.saved and needs(body.forum, [e.instrument])
        ]
        return list(dict.fromkeys(filter(None, texts)))


def _range(ends: Sequence[End]) -> list[Record]:
    return [{"to": _day(e.to), "effect": _day(e.effect), "reading": e.reading, "authority": e.authority} for e in ends]


def _effect(effect: Effect) -> Record:
    saved = effect.saved
    return {
        "instrument": effect.instrument,
        "state": effect.state,
        "change": effect.change,
        "from": _day(effect.start) if effect.change not in ("goes_on", "never_begins") else None,
        "undone": _day(effect.start) if effect.change in ("goes_on", "never_begins") else None,
        "range": _range(effect.range),
        "hangs_on": effect.hangs_on or None,
        "authority": effect.authority,
        "saved": saved and {
            "earlier_facts": saved.earlier_facts,
            "pending": saved.pending,
            "submitted_before": saved.pending,
            "later_facts": saved.later_facts,
            "authority": saved.authority,
            "verified": saved.verified,
        },
        "confidence": effect.confidence or None,
        "facts": [f.id for f in effect.facts],
    }  # fmt: skip


def forum_row(body: Body) -> Record:
    """One body as one flat row of FORUM_COLUMNS."""
    return {
        "state": body.state,
        "forum": body.forum.code,
        "route": body.forum.route,
        "binding": body.forum.binding,
        "touched": body.touched,
        "before": body.before,
        "after": body.after,
        "facts_until": _day(body.facts_until),
        "facts_until_arguable": _day(body.facts_arguable),
        "facts_after": body.facts_after or None,
        "submit_until": _day(body.submit_until),
        "submit_until_arguable": _day(body.submit_arguable),
        "submit_after": body.submit_after or None,
        "facts_from": _day(body.facts_from),
        "submit_from": _day(body.submit_from),
        "condition": body.condition or None,
        "advice": body.advice or None,
        "confidence": body.confidence or None,
        "contested": body.contested,
    }


def _remaining(remaining: Remaining) -> Mapping[str, list[str]]:
    return {"binding": [*remaining.binding], "other": [*remaining.other], "unclear": [*remaining.unclear]}


def _right(right: Right) -> Record:
    return {
        "state": right.state,
        "right": right.right,
        "label": _(law.rights().labels[right.right]),
        "outcome": right.outcome,
        "lost": sorted(right.before.all - right.after.all),
        "gained": sorted(right.after.all - right.before.all),
        "before": _remaining(right.before),
        "after": _remaining(right.after),
    }


def _hit(hit: Hit) -> Record:
    return {
        "id": hit.complaint,
        "respondent": hit.respondent,
        "forum": hit.forum.code,
        "route": hit.forum.route,
        "loses": list(hit.loses),
        "status_before": hit.status_before,
        "status_after": hit.status_after,
        "last_day_before": _day(hit.last_day_before),
        "last_day": _day(hit.last_day),
        "last_day_arguable": _day(hit.last_day_arguable),
        "by_submission": hit.by_submission,
        "savable": hit.savable,
        "confidence": hit.confidence or None,
        "contested": hit.contested,
    }


def complaint_row(hit: Hit) -> Record:
    """One complaint before one body as one flat row of COMPLAINT_COLUMNS."""
    return {**_hit(hit), "loses": ";".join(hit.loses)}
