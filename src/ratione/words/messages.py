"""Every outcome in words: message id -> English sentence.

The sentences are for a person without a lawyer and exact enough for a lawyer. `{names}` are values of the outcome (a
test knows which outcome has which); `{body}` and `{respondent}` can stand in any of them. A sentence never says how the
test came out: the same one may stand beside "passed" in one body and "open to argument" in another. A test holds this
table equal to the ids that the fora and the evaluator use.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ratione.words.language import N_
from ratione.words.messages_regional import REGIONAL
from ratione.words.messages_un import UN

_COMMON: Mapping[str, str] = MappingProxyType(
    {
        # ---- the evaluator ------------------------------------------------------------------------------------------
        "fact_needed": N_("It depends on something that is not stated: {facts}."),
        "day_needed": N_("It depends on a day that is not known exactly enough: {facts}."),
        "article_needed": N_("The treaty is named without its article; the article decides."),
        "value_not_told_apart": N_("What is stated does not settle it: {facts}."),
        "no_start": N_("Nothing stated tells when time began to run: {facts}."),
        "piece_uncertain": N_("It is not certain that the act went on then: {facts}."),
        "presumption_decides": N_("It would fail only because something was taken for granted: {facts}."),
        "act_kind_decides": N_(
            "It depends on whether the act was over when it was done, or is a situation that went on. "
            "Lasting effects of a finished act do not count as going on."
        ),
        "neighbour": N_("{right} has no article of its own here; it may be argued under {article}."),
        "same_matter": N_("The same matter has been before another body: {forum} ({status})."),
        "same_matter_pending": N_("The same matter is before another body now: {forum}."),
        "same_matter_here": N_("This body already has, or has had, the matter ({status})."),
        "same_matter_by_third_party": N_(
            "Somebody else put the same matter to {forum} without your consent; that should not count against you."
        ),
        "same_facts_other_rights": N_(
            "The same facts were put to {forum} ({status}), but not this right; it may still be called the same matter."
        ),
        "same_matter_weighed": N_(
            "Whether what was put to {forum} ({status}) counts as the same matter before another body is not settled."
        ),
        "contested_fact": N_("Whether {state} is bound by {instrument} on that day is contested."),
        "limit_unverified": N_(
            "{state} has limited {instrument}; the exact words of the limit have not been checked or are contested."
        ),
        "registry_unknown": N_("The registry does not tell: {facts}."),
        "registry_undated": N_("The State is bound, but since which day is not known: {facts}."),
        "registry_undated_end": N_("The State has left, but on which day is not known: {facts}."),
        "registry_running_notice": N_(
            "A notice of withdrawal has run out, and nobody has recorded whether it took effect: {facts}."
        ),
        "registry_no_list": N_("There is no complete list of acceptances, and no entry for this State: {facts}."),
        "registry_no_territory": N_("The registry does not tell whether it was extended to the territory: {facts}."),
        "registry_with_parent": N_("It may have ended with the treaty on which it hangs: {facts}."),
        # ---- bound or not -------------------------------------------------------------------------------------------
        "not_bound": N_("{state} is not bound by {instrument} on that day: {reading}."),
        "never_party": N_("{state} had not joined {instrument} by the day of filing: {reading}."),
        "no_acceptance_when_filed": N_(
            "On the day of filing {state} does not accept complaints under {instrument}: {reading}."
        ),
        "before_entry": N_("At that time {instrument} did not yet bind {state}: {reading}."),
        "outside_treaty_days": N_("On the day of the act {state} was not bound by {instrument}: {reading}."),
        "protocol_not_in_force": N_(
            "The right stands in {instrument}, by which {state} was not bound on the day of the act: {reading}."
        ),
        "not_extended": N_("{state} has not extended {instrument} to that territory."),
        "protocol_not_extended": N_(
            "The right stands in {instrument}, which {state} has not extended to that territory."
        ),
        "effect_day": N_(
            "The act took place on {day}, the very day on which {instrument} ceased to bind {state}; the texts can be "
            "read either way."
        ),
        "excluded": N_("An exception applies that closes this way."),
        "no_reservation": N_("{state} has made no such reservation to {instrument}."),
        "outside_days": N_("It lies outside the days for which this rule holds."),
        "before_covenant": N_("The act was over before the Covenant bound {respondent}."),
        "before_protocol": N_(
            "The act was over before {respondent} accepted complaints, and nothing continued or affirmed it afterwards."
        ),
        "affirmed_afterwards": N_(
            "The act lies before {respondent} accepted complaints; a later decision that upholds it may count as "
            "affirming it."
        ),
        "disappearance_begun_before": N_(
            "The disappearance began before {respondent} accepted complaints; the Committee has decided both ways."
        ),
        "temporal_reservation": N_("{respondent} has excluded events of that time from complaints."),
        "temporal_reservation_continuing": N_(
            "{respondent} has excluded events of that time; what went on afterwards may still be heard."
        ),
        "petition_excluded_past": N_(
            "{respondent}'s acceptance of individual complaints at that time excluded earlier events."
        ),
        "petition_wording_unknown": N_(
            "Whether {respondent}'s acceptance of individual complaints reached back to that day depends on words that "
            "the registry does not hold."
        ),
        "genuine_connection": N_(
            "The event lies not more than ten years before the treaty bound the State, so the duty to investigate can "
            "be examined for the time after; most of the steps must fall there."
        ),
        "convention_values": N_(
            "The event lies more than ten years before the treaty bound the State; the duty to investigate is examined "
            "only where the very values of the Convention are at stake."
        ),
        "too_long_before_entry": N_("The event lies too long before the treaty bound the State."),
        # ---- place --------------------------------------------------------------------------------------------------
        "effective_control": N_("It happened outside the State's own territory, but in an area that it controls."),
        "agent_authority": N_("It happened abroad, but the person was in the hands of the State's agents."),
        "active_hostilities": N_("It happened during active fighting; whether the State is answerable is argued."),
        "hostilities_in_ukraine": N_(
            "The Court has held Russia answerable for its military attacks in Ukraine from 24 February 2022 on."
        ),
        "control_found_by_court": N_("The Court has held that the State controlled that area at that time."),
        "repatriation": N_("Refusing to take back a national held abroad is examined only in special circumstances."),
        "no_jurisdiction": N_("It happened where the State had no control over the place or the person."),
        "dependent_territory": N_("It happened in a dependent territory; whether the treaty reaches there is argued."),
        "dependent_territory_included": N_("It happened in a dependent territory; the treaty reaches there too."),
        "territorial_limit": N_(
            "{respondent} accepts complaints only for its own territory; the act lies elsewhere."
        ),
        # ---- rights -------------------------------------------------------------------------------------------------
        "right_not_covered": N_("This body cannot hear complaints about {article}."),
        "no_right_in_article": N_("{article} gives no right of its own."),
        "with_another_right": N_("{article} counts only together with another right."),
        "within_ambit": N_("{article} counts only where the facts touch on another right of the treaty."),
        "arguable_claim": N_("{article} needs an arguable claim that another right was violated."),
        "right_of_peoples": N_("{article} is a right of peoples; a single person cannot bring it here."),
        "reservation": N_("{respondent} has made a reservation that touches this right; whether it holds is argued."),
        "reservation_to_treaty": N_("{respondent} has excluded this right by a reservation to the treaty."),
        "group_excluded": N_("{respondent} has limited what it accepts with regard to groups."),
        "natural_persons_only": N_("Only human beings have this right; a company cannot bring it."),
        "natural_persons_partly": N_("Whether an organisation has this right of its own is argued."),
        # ---- who ----------------------------------------------------------------------------------------------------
        "each_for_itself": N_("Each person of the group is a victim on his or her own account."),
        "members_as_group": N_("The members complain as a group."),
        "community_members_only": N_("A community as such is no victim here; its members are."),
        "legal_person": N_(
            "Only human beings can complain here. A member or owner whose own right was violated may do so."
        ),
        "inter_state": N_("A State complains by another procedure, not by this one."),
        "public_power": N_("A public body that exercises public power cannot complain."),
        "independent_public_body": N_(
            "A public body can complain only if it holds no public power and is independent of the government."
        ),
        "independent_company": N_(
            "A company owned by the State can complain only if it is run like a private one and is independent of the "
            "government."
        ),
        "next_of_kin": N_("Close family complains for a person who was killed or has disappeared."),
        "right_of_deceased": N_("Whether this right of a person who has died passes to the family is argued."),
        "potential_victim": N_(
            "The harm has not come yet: it must be shown that the law or measure affects you directly or forces you to "
            "change what you do."
        ),
        "de_facto_representative": N_(
            "Nobody gave consent: this is accepted only for a vulnerable person who has nobody else."
        ),
        "no_consent_reason_needed": N_(
            "Nobody gave consent: a reason is needed, such as death, disappearance, detention without contact, or "
            "childhood."
        ),
        "actio_popularis": N_("A complaint in the public interest, without a victim, is not taken here."),
        "climate_association": N_(
            "An association may complain about climate change for those affected, if it meets the conditions of the "
            "Court."
        ),
        "redress_given": N_("The State has acknowledged the violation and made it good."),
        "positive_obligation": N_(
            "Private persons acted: the complaint must be that the State failed to protect."
        ),
        "anonymous": N_("A complaint without a name is not taken."),
        "public_anonymity": N_("Your name can be kept from the public on request."),
        "state_will_know": N_("The State will learn your name; only the public can be kept from it."),
        # ---- remedies -----------------------------------------------------------------------------------------------
        "remedy_pending": N_("A remedy at home is still pending; its end must come first."),
        "remedy_pending_at_examination": N_(
            "A remedy at home is still pending; what counts is how things stand when the complaint is examined."
        ),
        "not_exhausted": N_("A remedy at home that was open has not been tried."),
        "no_effective_remedy": N_("It must be shown that no remedy was there or that none had a chance."),
        "unduly_prolonged": N_("It must be shown that the remedy takes unreasonably long."),
        "remedies_not_required": N_("This body does not ask for remedies at home to be tried first."),
        # ---- time ---------------------------------------------------------------------------------------------------
        "late": N_("Filing on {filed} comes after the last day, {last_day}."),
        "arguable_last_day": N_(
            "Filing on {filed} comes after {last_day}, the safe last day; a later one can be argued."
        ),
        "continuing_after_decision": N_(
            "The final decision has been given but the situation goes on; {last_day} is the safe last day, and later "
            "filing can be argued."
        ),
        "covered_part_ended": N_(
            "The treaty ceased to bind in the middle of a situation that goes on; {last_day}, counted from the end of "
            "the part that it covers, is the safe last day, and later filing can be argued."
        ),
        "not_yet_removed": N_(
            "The removal has not been carried out, so later filing can be argued; {last_day} is the safe last day."
        ),
        "investigation_stalled": N_(
            "Time runs from the day on which you knew, or should have known, that the investigation leads nowhere: do "
            "not wait."
        ),
        "pending_step_may_not_count": N_(
            "The step still pending may turn out to be one that does not stop time; {last_day} is the safe last day."
        ),
        "diligence": N_(
            "The situation goes on, so no fixed time runs, but waiting without a reason counts against you."
        ),
        "late_may_be_abuse": N_(
            "Filing on {filed} comes after {last_day}: it can be held an abuse unless there is a good reason for "
            "the delay."
        ),
        # ---- every verdict of a body --------------------------------------------------------------------------------
        "note_manifestly_ill_founded": N_(
            "Whether the complaint is well founded, and no abuse, is not worked out here; most rejections rest on it."
        ),
        "note_no_significant_disadvantage": N_("A complaint without significant disadvantage can be rejected."),
        "note_derogation": N_("In an emergency the State may rely on a derogation; it is no bar to complaining."),
        "note_not_substantiated": N_(
            "Whether the complaint is substantiated, and not an abuse, is not worked out here."
        ),
        "note_treaty_reservations_not_checked": N_(
            "Reservations to the treaty itself are recorded only in part: check those of the State."
        ),
    }
)

MESSAGES: Mapping[str, str] = MappingProxyType({**_COMMON, **UN, **REGIONAL})
