"""Short words for what is not an outcome: statuses, heads, tests, inputs, events, acts to be done.

Keys are the names in use in the engine; a test holds each table equal to what the engine uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ratione.words.language import N_

STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "open": N_("No bar found under the rules listed"),
        "arguable": N_("Open to argument"),
        "unclear": N_("Cannot say yet"),
        "not_yet": N_("Too early"),
        "closed": N_("Closed"),
    }
)
LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "met": N_("passed"),
        "judgment": N_("open to argument"),
        "unknown": N_("cannot say yet"),
        "failed": N_("not passed"),
        "part": N_("passed in part"),
    }
)
LEANING: Mapping[int, str] = MappingProxyType(
    {0: N_("probably against you"), 3: N_("probably for you")}
)
LEANING_SENTENCES: Mapping[int, str] = MappingProxyType(
    {0: N_("It probably goes against you."), 3: N_("It probably goes in your favour.")}
)
HEADS: Mapping[str, str] = MappingProxyType(
    {
        "ratione_personae": N_("Who complains against whom (ratione personae)"),
        "ratione_loci": N_("Where it happened (ratione loci)"),
        "ratione_temporis": N_("When it happened (ratione temporis)"),
        "ratione_materiae": N_("Which right (ratione materiae)"),
        "exhaustion": N_("Remedies at home"),
        "time_limit": N_("Time to file"),
        "same_matter": N_("Same matter before another body"),
        "anonymity": N_("Anonymity"),
        "other": N_("Other rules"),
    }
)
#: A test's title, by the last part of its id.
TESTS: Mapping[str, str] = MappingProxyType(
    {
        "party": N_("The State takes part"),
        "place": N_("Place"),
        "time_of_facts": N_("Time of the facts"),
        "right": N_("Right"),
        "right_of_company": N_("Rights of companies"),
        "applicant": N_("Kind of applicant"),
        "victim": N_("Victim"),
        "redress": N_("Redress already given"),
        "attribution": N_("Act of the State"),
        "identity": N_("Name"),
        "remedies": N_("Remedies at home"),
        "term": N_("Time to file"),
        "same_matter": N_("Same matter elsewhere"),
        "access": N_("Access"),
        "claimant": N_("Claimant"),
        "complementarity": N_("Proceedings at home"),
        "consent": N_("Consent"),
        "ground": N_("Ground of discrimination"),
        "interest": N_("Interest"),
        "pattern": N_("Pattern of violations"),
        "procedure": N_("Procedure in force"),
        "provision": N_("Accepted provision"),
        "regime": N_("Which rules apply"),
        "residence": N_("Residence"),
        "respondent": N_("Respondent"),
        "source": N_("Source of the information"),
    }
)
#: What the act is that must be done by the last day.
STOPS: Mapping[str, str] = MappingProxyType(
    {
        "dispatch_complete_form": N_(
            "send the complete application form with all documents by post; the postmark counts, a letter does not"
        ),
        "submission": N_("submit the complaint; by post, count on the day of arrival"),
        "submission_safe_receipt": N_("submit the complaint so that it arrives by that day"),
        "receipt": N_("file the complaint so that it arrives by that day"),
    }
)
#: Events that open what is closed for now.
CURES: Mapping[str, str] = MappingProxyType(
    {
        "final_domestic_decision": N_("the final decision at home"),
        "tenth_declaration": N_("the tenth acceptance of the procedure"),
        "category_opens": N_("the opening of the category of claim"),
        "other_procedure_ends": N_("the end of the procedure before the other body"),
    }
)
#: Why a State is or is not bound on a day; `{since}` is the first day for which it holds.
READINGS: Mapping[str, str] = MappingProxyType(
    {
        "": N_("bound"),
        "not_yet": N_("it was not bound yet"),
        "ended": N_("no longer bound from {since} on"),
        "never_bound": N_("it left before it was bound"),
        "not_listed": N_("it is not in the list of those bound"),
        "no_list": N_("there is no complete list"),
        "not_party": N_("it is known not to have accepted"),
        "undated": N_("bound since a day that is not known"),
        "undated_end": N_("it left on a day that is not known"),
        "running_notice": N_("a notice has run out"),
        "contested": N_("contested"),
        "range": N_("the terms leave more than one last day"),
        "with_parent": N_("ended with the treaty on which it hangs, {since}"),
        "predecessor": N_("its predecessor was bound, not this State itself"),
        "no_territory": N_("not recorded for the territory"),
        "not_in_force": N_("accepted, but the procedure is not in force"),
        "no_treaty": N_("no list of States bound by it is kept here"),
    }
)
#: What was taken for granted where nothing was stated (data/presumptions.toml), or read out of a decision.
PRESUMED: Mapping[str, str] = MappingProxyType(
    {
        "place": N_("it happened on the State's own territory"),
        "applicant.victim": N_("you are the direct victim"),
        "applicant.identity": N_("you give your name"),
        "act.kind": N_("an act of one day is finished, one marked as going on is continuing"),
        "act.attributable": N_("the State or its agents did it"),
        "final_decision.taken": N_("the decision was taken on the day on which it was served"),
        "procedures": N_("no other international body has had the matter"),
        "lodged": N_("the day of sending stands for the day of arrival, or the other way round"),
        "decision_counted_as_served": N_("the final decision was served on the day from which the body counted"),
        "decision_counted_as_knowledge": N_("the day from which the body counted is that of knowledge"),
        "act_end_counted_as_remedy_known": N_("time counted from the end of the act"),
        "listed_procedure_same_matter": N_("the procedure elsewhere is about the same person, facts and rights"),
        "victim_taken_as_direct": N_("the applicant is the direct victim"),
        "continuing_without_end_goes_on": N_("a continuing situation of which no end is told was still going on"),
        "filed_by_day_of_decision": N_("the complaint was filed on some day up to the decision"),
    }
)
#: The question for each input of a complaint that may be missing.
QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "respondent": N_("Against which State is the complaint?"),
        "rights": N_("Which right was violated (article by article)?"),
        "remedies": N_("Which remedies at home were tried, and how did they end?"),
        "acts.from": N_("On which day did the act begin?"),
        "acts.to": N_("On which day did the act end?"),
        "acts.ongoing": N_("Is the situation still going on?"),
        "acts.kind": N_(
            "Was the act over when it was done, or is it a situation that goes on (not: its lasting effects)?"
        ),
        "acts.place": N_("Where did it happen (country, territory or region)?"),
        "acts.control": N_("Who controlled the place or the person when it happened?"),
        "acts.attributable": N_("Did the State or its agents do it, or private persons?"),
        "applicant.kind": N_("Who complains: a person, a group, an organisation, a company?"),
        "applicant.victim": N_("Is the applicant the victim, a close relative, or somebody else?"),
        "applicant.identity": N_("Will the applicant give his or her name, to whom?"),
        "applicant.nationality": N_("Which nationality does the applicant have?"),
        "accused.nationality": N_("Which nationality does the accused person have?"),
        "residence": N_("In which State does the applicant live?"),
        "final_decision.taken": N_("On which day was the last decision at home taken?"),
        "final_decision.served": N_(
            "On which day did the full text of the last decision reach the applicant or the lawyer?"
        ),
        "final_decision.available": N_("On which day could the text of the last decision first be obtained?"),
        "final_decision.service_required": N_("Does the law at home require that the decision be served in writing?"),
        "knowledge": N_("On which day did the applicant learn of the act or of its effect?"),
        "remedy_ineffective_known": N_("On which day was it clear that the remedy led nowhere?"),
        "released_or_convicted_on": N_("On which day was the person released, or convicted at first instance?"),
        "detention_regime_ended": N_("On which day did the detention in these conditions end?"),
        "lodged": N_("On which day was the complaint sent, and on which did it arrive?"),
        "other_procedures": N_("Has any other international body had the matter?"),
        "other_procedures.status": N_("How did the procedure before the other body end, or is it pending?"),
        "other_procedures.ended": N_("On which day did the procedure before the other body end?"),
        "other_procedures.same_person": N_("Was the procedure before the other body about the same person?"),
        "other_procedures.same_facts": N_("Was the procedure before the other body about the same facts?"),
        "other_procedures.same_rights": N_("Was the procedure before the other body about the same rights?"),
        "ground": N_("On what ground was the person treated differently (race, origin, religion ...)?"),
        "redress": N_("Has the State acknowledged the violation and made it good?"),
        "exceptional_circumstances": N_("Were there exceptional circumstances that kept the applicant from filing?"),
        "impossibility": N_("Was it impossible to file in time?"),
        "reason_for_delay": N_("Is there a reason for the delay?"),
        "pattern": N_("Does the complaint show a consistent pattern of gross violations?"),
        "on_list": N_("Is the organisation on the list of those that may complain?"),
        "representative": N_("Is the organisation representative?"),
        "observer_status": N_("Does the organisation have observer status before the African Commission?"),
        "armed_conflict": N_("Did it happen in connection with an armed conflict?"),
        "widespread_or_systematic": N_("Was it part of a widespread or systematic attack?"),
        "examination_begun": N_("Was the matter under consideration before the withdrawal took effect?"),
        "category_open": N_("Is the category of claim open at the Register?"),
        "expulsion_carried_out": N_("Has the removal been carried out?"),
        "imminent_irreparable_harm": N_("Is there an imminent danger of irreparable harm?"),
    }
)
#: Names of the words of closed lists, where the word alone does not read well.
VALUES: Mapping[str, str] = MappingProxyType(
    {
        "pending": N_("pending"),
        "decided_merits": N_("decided on the merits"),
        "rejected_after_some_look_at_merits": N_("rejected after a look at the merits"),
        "rejected_without_reasons": N_("rejected without reasons"),
        "rejected_formal": N_("rejected on formal grounds"),
        "discontinued": N_("discontinued"),
        "withdrawn_before_decision": N_("withdrawn before a decision"),
        "": N_("how it ended is not stated"),
    }
)
#: Days from which time can run, by the variable of a clock's start event.
STARTS: Mapping[str, str] = MappingProxyType(
    {
        "decision": N_("the final decision at home reaches you"),
        "decision.taken": N_("the final decision at home is taken"),
        "decision.exhausted": N_("the final decision at home, by which remedies are exhausted"),
        "decision.served": N_("the final decision at home is served"),
        "decision.available": N_("the final decision at home can be obtained"),
        "act.first": N_("the first day of the act"),
        "act.last": N_("the last day of the whole act"),
        "act.covered_to": N_("the last day of the part that the treaty covers"),
        "act.to": N_("the last day of the act, or of the part that this body can hear"),
        "act": N_("the act"),
        "knowledge": N_("knowledge of the act or of its effect"),
        "ineffective_known": N_("the day on which it is clear that the remedy leads nowhere"),
        "other.ended": N_("the end of the procedure before another body"),
        "released_or_convicted_on": N_("release, or conviction at first instance"),
        "detention_regime_ended": N_("the end of the detention in these conditions"),
        "filed": N_("filing"),
    }
)
#: Readings of an end on which records or terms leave a doubt.
ENDS: Mapping[str, str] = MappingProxyType(
    {
        "notice_took_effect": N_("the notice took effect"),
        "notice_without_effect": N_("the notice had no effect"),
        "notice_is_denunciation": N_("if the letter counts as a denunciation of the treaty itself"),
        "at_once": N_("if the treaty ends together with membership"),
        "six_months_after": N_("if the treaty ends six months after membership"),
        "earliest_day": N_("on the earliest day possible"),
        "day_not_known": N_("no end yet, or on a later day"),
        "contested_facts_count": N_("if the contested facts count"),
        "contested_facts_left_out": N_("if the contested facts do not count"),
    }
)
