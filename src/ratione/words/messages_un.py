"""Sentences of the United Nations bodies (law.md B.4 to B.15), read by `messages.py`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ratione.words.language import N_

UN: Mapping[str, str] = MappingProxyType(
    {
        # ---- treaty bodies: bound, time of the facts ----------------------------------------------------------------
        "instrument_not_in_force": N_("{instrument}, in which the right stands, did not bind {state}: {reading}."),
        "declaration_withdrawn": N_(
            "{respondent} has withdrawn its acceptance; the treaty has no rule on what that does to later complaints."
        ),
        "procedure_not_in_force": N_(
            "The complaint procedure under {instrument} has not begun: it needs {needed} acceptances, and there are "
            "{found}."
        ),
        "before_treaty": N_("The act was over before the treaty bound {respondent}."),
        "before_acceptance": N_("The act was over before {respondent} accepted complaints to this body."),
        "between_treaty_and_acceptance": N_(
            "The treaty bound {respondent} on the day of the act, but it accepted complaints only later; whether "
            "such an "
            "act can be heard is argued."
        ),
        "duty_may_go_on": N_(
            "The act lies too early, but the duty to investigate it or to make it good may have been breached "
            "afterwards."
        ),
        "removal_to_come": N_("What counts is the removal that is still to come."),
        "disappearance_begun_before_treaty": N_(
            "The disappearance began before the Convention bound {respondent}; it is not heard although it goes on."
        ),
        "later_duties": N_(
            "The disappearance began too early, but later duties, such as to search, to investigate and to tell the "
            "truth, may be examined on their own."
        ),
        "still_missing_after_acceptance": N_(
            "The disappearance began before {respondent} accepted complaints, and the person was still missing "
            "afterwards."
        ),
        # ---- treaty bodies: rights, who, remedies, time -------------------------------------------------------------
        "article_outside": N_("{article} is no right that can be put to this body in a complaint."),
        "reservation_of_unknown_reach": N_(
            "{respondent} has made a reservation whose reach is not known here; it may touch this right."
        ),
        "right_of_peoples_weighed": N_("{article} is a right of peoples; whether a person can bring it is argued."),
        "risk_of_official_torture": N_(
            "{article} needs a risk of torture by officials, or with their consent, in the country of return."
        ),
        "only_search_for_disappeared": N_(
            "The urgent action serves to search for a person who has disappeared, not to rule on a violation."
        ),
        "religion_only": N_("Religion alone is no ground here; race, colour, descent, national or ethnic origin are."),
        "no_racial_ground": N_("The treatment must rest on race, colour, descent, or national or ethnic origin."),
        "citizenship_distinction": N_(
            "Distinctions between citizens and others are outside the treaty unless they hide one of its grounds."
        ),
        "organisation_of_group": N_(
            "An organisation of the group concerned has been heard; the body looks at its link with the victims."
        ),
        "state_will_know_in_part": N_("Your name can be kept from the public; from the State only in part."),
        "life_abroad": N_(
            "It happened abroad; of the right to life it is enough that the State had power over the enjoyment of it."
        ),
        "legitimate_interest": N_("Anybody with a legitimate interest can ask; the interest must be shown."),
        "best_interests_of_child": N_(
            "Without consent it must be shown that this serves the best interests of the child."
        ),
        "cross_border_harm": N_("It happened abroad; harm that reaches across the border may be enough."),
        "exception_not_in_text": N_(
            "This treaty excuses only remedies that take unreasonably long; that a remedy has no prospect is not "
            "in its text."
        ),
        "authority_has_it": N_("The competent authorities have the case."),
        "turn_to_authority_first": N_("The competent authorities should be asked first, where that is possible."),
        "no_authority_to_turn_to": N_("There is no authority to turn to."),
        "exceptional_circumstances": N_(
            "Exceptional circumstances are claimed for filing after {last_day}; the Committee must accept them."
        ),
        "impossibility_claimed": N_("It is claimed that filing by {last_day} was impossible; that must be shown."),
        "not_claimed": N_("Nothing that excuses the delay is claimed."),
        "no_exhaustion_to_count_from": N_(
            "Time runs from the end of the remedies, of which there is none here; {last_day} is the safe last day."
        ),
        "long_delay": N_("So long after the end of the remedies the complaint may be held an abuse."),
        "no_term": N_("This body has no fixed time to file."),
        "declaration_may_bar_same_matter": N_(
            "{respondent}'s declaration may bar what was before another body; its wording is not at hand, so "
            "take it as barred."
        ),
        # ---- Charter bodies and UNESCO ------------------------------------------------------------------------------
        "un_member_taken_as_member": N_(
            "{respondent} is a member of the United Nations, so it is taken to be a member here too; no list of "
            "members is kept."
        ),
        "any_state": N_("This body takes complaints against every State."),
        "no_rule": N_("This body has no rule on the point."),
        "before_un_charter": N_("The working group on disappearances looks at cases from 24 October 1945 on."),
        "held_by_others": N_(
            "The person was not held by authorities of the State itself; whether it answers for that is argued."
        ),
        "detention_only": N_("This body looks at detention only."),
        "only_if_detained": N_("This body looks at detention only: it matters whether the person was detained for it."),
        "disappearance_as_detention": N_("A disappearance is taken up here as a detention without law."),
        "consent_expected": N_("The consent of the person concerned is expected; without it, give the reason."),
        "direct_knowledge": N_("The source needs direct or reliable knowledge of the facts."),
        "treaty_not_binding_declaration_is": N_(
            "{instrument} does not bind {state}; the Universal Declaration is the measure instead."
        ),
        "no_pattern": N_(
            "This procedure takes up a consistent pattern of gross violations, never one person's case alone."
        ),
        "not_unesco_member": N_(
            "{state} was not a member of UNESCO on the day of filing; the procedure may reach it all the same."
        ),
        "only_in_unesco_fields": N_(
            "{article} counts only within education, science, culture, communication and information."
        ),
        "say_which_remedies_were_tried": N_(
            "Remedies at home need not be exhausted, but it must be said whether they were tried and with what result."
        ),
        "reasonable_time": N_(
            "The complaint must come within a reasonable time; on {filed} it needs reasons for the delay."
        ),
        # ---- notes --------------------------------------------------------------------------------------------------
        "note_can_end_at_once": N_("The State can withdraw its acceptance at once: do not wait."),
        "note_can_end_on_notice": N_("The State can leave the protocol by notice: do not wait."),
        "note_child_victim": N_("The victim must be a child, or have been one at the time."),
        "note_discrimination_raised_at_home": N_(
            "The point of discrimination against women must have been raised before the courts at home."
        ),
        "note_national_body": N_(
            "Where the State has set up a national body for such petitions, it must be asked first."
        ),
        "note_no_clear_disadvantage": N_("A complaint that shows no clear disadvantage can be rejected."),
        "note_persons_with_disabilities": N_(
            "The victim must be a person with a disability; relatives complain for their own rights only by argument."
        ),
        "note_women_and_girls": N_("The victim must be a woman or a girl; for others it is argued."),
        "note_recent_disappearance": N_("The urgent action is meant for recent disappearances, within about a year."),
        "note_wgad_bars_ecthr": N_(
            "A regular complaint here bars the same complaint to the European Court of Human Rights for good."
        ),
        "note_wgad_urgent_appeal": N_("The urgent appeal of this body is another thing: it bars nothing."),
        "note_wgad_released": N_("The body can also look at the case of a person who has been released."),
        "note_sp_bars_nothing": N_("A letter from the Special Procedures is no ruling and bars nothing elsewhere."),
        "note_sp_mandates": N_("Choose the mandate that fits the violation; several can act together."),
        "note_wgeid_passes_to_ced": N_(
            "The working group on disappearances passes cases on to the Committee that the Convention on "
            "disappearances "
            "has set up, where that Convention applies."
        ),
        "note_no_individual_remedy": N_("The procedure is confidential and gives no remedy to the person."),
        "note_unesco_conciliation": N_(
            "The procedure is confidential and seeks a friendly solution; there is no ruling."
        ),
        "note_own_declaration_too": N_("Besides the ten acceptances the State must have made one of its own."),
    }
)
