"""Sentences of regional and special bodies (law.md B.16 to B.29), read by `messages.py`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ratione.words.language import N_

REGIONAL: Mapping[str, str] = MappingProxyType(
    {
        # ---- European Committee of Social Rights --------------------------------------------------------------------
        "acceptance_ended_before_filing": N_(
            "{state} no longer accepts collective complaints: {reading}. What was lodged before goes on."
        ),
        "treaty_ended_before_filing": N_(
            "{state} is no longer bound by {instrument}: {reading}. Whether earlier facts can still be heard is argued."
        ),
        "not_on_closed_list": N_(
            "Only organisations on a closed list can complain here; a person or a company cannot."
        ),
        "not_on_list": N_("The organisation is not on the list of those that may complain."),
        "on_list_within_competence": N_("The organisation is on the list; it can complain within its field."),
        "representative": N_("The organisation is representative in the State."),
        "not_representative": N_("The organisation is not representative in the State."),
        "outside_metropolitan_territory": N_(
            "It happened outside the State's own territory, to which the Charter is confined unless a "
            "declaration says otherwise."
        ),
        "earlier_facts_of_lasting_situation": N_(
            "The situation began before the Charter bound the State, but goes on."
        ),
        "article_accepted": N_("The State has accepted this provision of the Charter."),
        "accepted_articles_missing": N_(
            "States choose which provisions of the Charter they accept; the registry does not hold "
            "{respondent}'s choice."
        ),
        "revised_charter_instead": N_(
            "{respondent} is bound by the revised Charter: the complaint must rest on that one."
        ),
        # ---- inter-American bodies ----------------------------------------------------------------------------------
        "only_through_commission": N_("A person cannot go to the Court; the Commission or the State brings the case."),
        "convention_applies": N_(
            "The American Convention binds {respondent}: the complaint rests on it, by the other route."
        ),
        "convention_contested": N_(
            "Whether the American Convention binds {respondent} on the day of the act is contested; the Court "
            "held in 2025 that it does."
        ),
        "oas_exit_contested": N_(
            "Whether {respondent} has left the Organization of American States is contested; the Organization says no."
        ),
        "outside_membership": N_("On the day of the act {state} was not a member ({instrument}): {reading}."),
        "excluded_government": N_(
            "The government of {respondent} was shut out of the Organization of American States; the Commission "
            "goes on "
            "examining complaints."
        ),
        "begun_before_acceptance": N_(
            "{respondent} accepted the Court only for events that begin after its acceptance; this began before."
        ),
        "petition_for_others": N_("Any person or group can bring the petition for the victim."),
        "petition_for_members": N_(
            "A legal person is no victim here; persons can petition for their own rights behind it."
        ),
        "community_as_victim": N_("An indigenous or tribal community can be a victim itself."),
        "own_right_of_union": N_("A trade union can complain of its own rights."),
        "victims_can_be_determined": N_("No consent is needed, but the victims must be identifiable."),
        "harm_across_border": N_(
            "Harm that reaches across the border may be enough where the State controlled its source."
        ),
        "justiciable_since_2017": N_("{article} has been ruled upon by the Court since 2017; some contest that."),
        "not_petitionable": N_("{article} gives no right that can be put to this body in a petition."),
        "duty_not_right": N_("{article} is a duty, not a right."),
        "belem_without_convention": N_(
            "{article} can be petitioned against every Party, also one that is not bound by the American Convention."
        ),
        "exception_to_remedies": N_(
            "Not every remedy need have been used: there was none, access was denied, it could not help, or it "
            "takes too long."
        ),
        "exception_may_be_refused": N_(
            "Because of the exception a reasonable time is enough; {last_day} is the safe last day if the exception is "
            "refused."
        ),
        "term_follows_remedies": N_(
            "Time is counted from the last decision, or from the act if there was none; {last_day} is the safe "
            "last day."
        ),
        "tested_at_commission": N_("This was tested when the petition was filed with the Commission."),
        # ---- African bodies -----------------------------------------------------------------------------------------
        "anyone_may_complain": N_("Anybody can complain here."),
        "no_link_to_victim_needed": N_("No link with the victim is needed."),
        "public_interest_possible": N_("A complaint in the public interest is possible here."),
        "public_interest_weighed": N_("Whether a complaint in the public interest is taken depends on the case."),
        "beside_the_charter": N_("{article} stands beside the Charter; whether it can be ruled upon is argued."),
        "massive_violations": N_("Massive violations can excuse that remedies were not used; that must be shown."),
        "nothing_exhausted": N_("No remedy was exhausted, so no period runs from it; do not wait all the same."),
        "ongoing_violation": N_("The violation goes on, so the period has not begun to run out."),
        "reasonable_period": N_(
            "The complaint must come within a reasonable period; on {filed} it needs reasons for the delay."
        ),
        "longer_than_six_months": N_("Filed more than six months after; up to a year this has been accepted."),
        "last_day_of_declaration": N_(
            "On {day}, one year after the notice, the acceptance under {instrument} runs out; by the Court's own count "
            "that day still belongs to it."
        ),
        "no_observer_status": N_(
            "Only organisations with observer status before the African Commission can come directly."
        ),
        "company_doubtful": N_("Whether a company can come directly is doubtful."),
        "before_charter": N_("The act was over before the Charter bound {respondent}."),
        "before_declaration": N_(
            "The act lies before {respondent} opened the Court to persons; whether it can be heard is argued."
        ),
        "continued_after_entry": N_("The act began earlier but went on when the Court's Protocol bound {respondent}."),
        "communications_excluded": N_("{respondent} has excluded complaints to this Committee."),
        "recognised_organisation": N_(
            "An organisation must be recognised by the African Union, by a member State, or by the United Nations."
        ),
        "unrecognised_organisation": N_("Only recognised organisations can complain here."),
        "thirty_days_after_deposit": N_(
            "The act lies in the thirty days after the State joined; whether it was bound at once is argued."
        ),
        "never_member": N_("{state} had not joined {instrument} by the day of filing: {reading}."),
        "left_before_filing": N_(
            "{state} had left by the day of filing ({instrument}): {reading}. Whether earlier facts can still be "
            "heard is "
            "argued."
        ),
        "before_individual_access": N_("The act was over before persons had access to the Court, {since}."),
        "organisation_standing": N_("An organisation can complain in the public interest or for its own rights."),
        "company_rights_only": N_("A company can claim only the rights that companies have."),
        "company_other_right": N_("A company cannot claim this right here."),
        "within_member_state": N_("The violation must happen in a member State."),
        "no_term_since_faj": N_(
            "Since 2018 the Court applies no fixed time in human-rights cases; before that it was three years "
            "({last_day})."
        ),
        "not_resident": N_("The applicant does not live in a Partner State on that day ({instrument}): {reading}."),
        "act_of_state_is_enough": N_("It is enough that the act is one of the Partner State, wherever it happened."),
        "principles_of_community": N_(
            "The Court has no jurisdiction over human rights as such; {article} must be argued as a principle of the "
            "Community's treaty."
        ),
        # ---- ILO ----------------------------------------------------------------------------------------------------
        "workers_or_employers_organisation_only": N_("Only organisations of workers or employers can complain here."),
        "unregistered_workers_organisation": N_(
            "That the organisation is not registered as a union is no bar if it is one in substance."
        ),
        "direct_interest": N_("A national organisation needs a direct interest in the matter."),
        "police_or_armed_forces": N_(
            "How far the guarantees reach for the police and the armed forces is left to the law at home."
        ),
        # ---- International Criminal Court ---------------------------------------------------------------------------
        "no_link_with_a_party": N_(
            "It did not happen on the territory of a Party, no suspect is known to be a national of one, and "
            "there is neither a declaration nor a referral."
        ),
        "security_council_referral": N_("The Security Council has referred the situation to the Court."),
        "security_council_referral_darfur": N_(
            "The Security Council has referred the situation in Darfur; whether this falls within it is argued."
        ),
        "before_rome_statute": N_("The act lies before {since}, when the Statute began."),
        "taken_up_before_withdrawal": N_("The Court had taken up the matter before the withdrawal took effect."),
        "acts_before_withdrawal": N_(
            "The act lies before the withdrawal took effect, but the Court had not taken up the matter; that is argued."
        ),
        "anonymous_allowed": N_("Information can be sent without a name."),
        "aggression": N_("Aggression has conditions of its own, which are not worked out here."),
        "article_124": N_("{respondent} had excluded war crimes for seven years; the exclusion may apply."),
        "no_armed_conflict": N_("A war crime needs an armed conflict."),
        "single_violation": N_("A crime against humanity needs a widespread or systematic attack."),
        "elements_of_crime": N_("Whether the elements of the crime are there is for the Prosecutor to assess."),
        "complementarity": N_("The Court acts only where the State does not, or not genuinely."),
        # ---- Register of Damage -------------------------------------------------------------------------------------
        "only_against_russia": N_("The Register records damage caused by Russia only."),
        "not_caused_by_russia": N_(
            "The Register records damage caused by Russia's wrongful acts in or against Ukraine; whether it counts "
            "where the act itself was not Russia's is argued."
        ),
        "russian_national": N_("A Russian national cannot claim without being a national of Ukraine too."),
        "nationality_needed": N_("The nationality of the applicant decides."),
        "outside_ukraine": N_("The damage must have arisen in Ukraine within its recognised borders."),
        "before_full_invasion": N_("The Register records damage from {since} on."),
        "category_of_others": N_("This category of claim is for another kind of claimant."),
        "category_not_listed": N_("This category of claim is not in the list kept here; the kind of loss decides."),
        "state_or_entity": N_("A company of the State claims as the State or as a company: that is not settled."),
        "actio_popularis_weighed": N_("A claim needs somebody who suffered the damage."),
        "category_not_open": N_("This category of claim has not been opened yet."),
        # ---- bodies that take nothing -------------------------------------------------------------------------------
        "tribunal_suspended": N_("The Tribunal has been suspended since 2010 and takes no complaints from persons."),
        "reports_only": N_("This Committee examines reports of States; no complaint can be put to it."),
        "eu_institutions_only": N_(
            "This Court hears complaints against institutions of the European Union, not States."
        ),
        # ---- notes --------------------------------------------------------------------------------------------------
        "note_general_situation_only": N_("The complaint must be about a general situation, not one person's case."),
        "note_charter_persons": N_(
            "The Charter protects nationals of its Parties who live or work there lawfully; others only in vital "
            "matters."
        ),
        "note_fourth_instance": N_("The body does not review a judgment as a further court of appeal would."),
        "note_commission_decides": N_(
            "Whether the case goes to the Court is for the Commission or the State to decide."
        ),
        "note_acceptance_not_withdrawn_alone": N_(
            "A State cannot withdraw its acceptance of the Court alone, only by leaving the whole Convention "
            "with a year's notice."
        ),
        "note_language_and_sources": N_(
            "The complaint must not use insulting language and must not rest on press reports alone."
        ),
        "note_concerns_a_child": N_("The complaint must concern a child."),
        "note_extraordinary_remedies": N_(
            "Extraordinary remedies, such as a review or a constitutional petition, need not be used."
        ),
        "note_no_appeal_from_national_courts": N_("The Court does not review judgments of courts at home."),
        "note_lawyer_needed": N_("A lawyer or agent must act for the applicant before this Court."),
        "note_reserved_to_partner_state": N_(
            "What the treaty leaves to a Partner State or another organ is not heard."
        ),
        "note_ilocfa_bars_ecthr": N_(
            "A complaint here bars the same complaint of the same union to the European Court of Human Rights."
        ),
        "note_very_old_facts": N_("Very old facts are examined only where they still have effects."),
        "note_individuals_not_states": N_(
            "The Court tries persons, not States, and gives no remedy on a communication."
        ),
        "note_gravity": N_("Only cases of sufficient gravity are taken."),
        "note_record_only": N_("The Register records claims; another body will decide on them."),
        "note_no_double_recovery": N_("The same damage is not paid for twice."),
        "note_eugc_only_eu_acts": N_(
            "Only acts of the Union itself can be challenged there, within two months and ten days."
        ),
    }
)
