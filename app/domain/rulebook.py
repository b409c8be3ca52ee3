"""The rulebook: every rule there is, in the order of the routine, and the one door to it."""

from app.domain import (
    agreement_life,
    booking,
    carrying_out,
    consent,
    consent_care,
    deviations,
    follow_up,
    letter,
    need,
    plan_approval,
    plan_contents,
    preparation,
    roles,
    summons,
    target_group,
    undertakings,
)
from app.domain.agreement import Agreement
from app.domain.facts.basics import NoEnd, NotYet
from app.domain.facts.picture import Picture
from app.domain.judgement import Finding, findings_of
from app.domain.rule import Rule
from app.domain.step import Step

RULEBOOK: tuple[Rule, ...] = (
    # Målgrupp
    target_group.the_person_is_of_the_agreed_age,
    target_group.the_person_lives_in_the_agreed_municipality,
    # Behov
    need.the_need_has_been_assessed,
    need.a_need_was_found,
    need.the_assessment_states_its_grounds,
    need.the_individual_took_part_in_the_assessment,
    need.first_contact_is_made_without_delay,
    need.first_contact_follows_the_need,
    need.whoever_saw_the_need_initiates,
    need.a_seen_need_becomes_a_meeting,
    need.a_person_in_need_is_offered_a_meeting,
    need.no_statutory_form_would_do,
    need.a_plan_under_the_social_services_act_is_considered,
    # Samtycke
    consent.information_came_before_consent,
    consent.everyone_present_is_covered_by_consent,
    consent.every_outsider_present_is_named_in_the_consent,
    consent.every_recipient_is_covered_by_consent_to_the_call,
    consent.consent_to_the_call_says_who_took_it,
    consent.the_discloser_has_documented_the_consent,
    consent.a_relative_comes_when_suitable_and_agreed,
    consent.information_is_adapted_to_the_person,
    consent.a_plan_is_shared_only_under_live_consent,
    consent.a_contact_names_the_person_only_under_consent,
    # Samtycke över tid
    consent_care.every_party_has_documented_the_consent,
    consent_care.a_consent_is_renewed_before_it_ends,
    consent_care.a_meeting_without_consent_is_taken_in_hand,
    # Förberedelser
    preparation.the_meeting_is_prepared_with_the_individual,
    preparation.every_invitee_is_agreed_with_the_individual,
    preparation.the_individuals_goals_are_noted,
    preparation.support_to_take_part_is_considered,
    preparation.the_relatives_question_is_asked,
    preparation.everyone_called_prepares,
    # Bokningsförfarande
    booking.the_region_is_contacted_first,
    booking.the_region_gets_its_lead_time,
    booking.the_others_get_their_lead_time,
    booking.the_meeting_is_on_the_regions_date,
    # Kallelse
    summons.the_initiator_calls,
    summons.the_call_goes_by_the_agreed_channel,
    summons.the_regions_coordinator_is_addressed,
    summons.every_recipient_has_an_address,
    summons.the_recipient_confirms,
    summons.the_sender_answers_a_query,
    summons.a_proposed_time_is_answered,
    summons.a_remote_guest_gives_an_address_for_the_link,
    # Kallelsens innehåll
    letter.the_letter_says_when_and_where,
    letter.the_letter_says_why,
    letter.the_letter_says_why_this_party_is_needed,
    letter.the_convener_can_be_reached,
    letter.the_callers_details_are_complete,
    letter.the_letter_lists_the_invited,
    letter.every_invitee_has_function_and_organisation,
    letter.the_letter_names_the_person,
    letter.the_employer_question_is_answered,
    letter.no_placeholder_is_left,
    letter.a_current_situation_is_described,
    # Roller
    roles.the_initiator_belongs_to_a_party,
    roles.the_initiator_chairs,
    roles.someone_is_appointed_to_write_the_plan,
    roles.the_individual_is_present,
    # Planens innehåll
    plan_contents.the_plan_shows_its_goals,
    plan_contents.the_plan_shows_its_actions,
    plan_contents.every_action_has_one_owner_in_the_plan,
    plan_contents.the_plan_shows_when_it_is_followed_up,
    plan_contents.an_organisation_without_insatser_owns_none,
    plan_contents.an_action_lies_within_its_owners_mandate,
    plan_contents.there_is_one_plan_per_meeting,
    # Planen godkänns och delas ut
    plan_approval.the_plan_is_made_with_the_individual,
    plan_approval.the_plan_is_approved_by_all_before_it_is_handed_out,
    plan_approval.the_plan_is_handed_to_everyone,
    plan_approval.everyone_present_answers_the_plan,
    plan_approval.an_approved_plan_is_handed_out,
    # Genomförande
    carrying_out.every_party_carries_out_its_actions,
    carrying_out.an_action_changes_hands_only_when_the_receiver_accepts,
    carrying_out.every_owner_answers_for_its_action,
    # Uppföljning
    follow_up.a_follow_up_has_a_day_and_a_caller,
    follow_up.every_party_reports_on_its_actions,
    follow_up.the_decision_answers_the_need,
    follow_up.the_follow_up_is_held,
    follow_up.a_meeting_ends_with_a_plan_or_a_reason,
    follow_up.the_caller_calls_to_the_follow_up_in_time,
    # Avvikelser
    deviations.a_party_answers_when_called,
    deviations.a_called_party_comes,
    deviations.a_party_carries_out_its_action,
    deviations.lead_times_are_kept,
    deviations.meetings_are_held_within_the_agreement,
    deviations.repeated_means_at_least_twice,
    deviations.a_proposed_deviation_is_decided_on,
    # Giltighet
    agreement_life.the_agreement_is_in_force,
    # Åtaganden
    undertakings.every_party_can_be_reached,
    undertakings.every_case_has_somebody_to_turn_to,
    undertakings.everyone_called_has_somebody_to_turn_to,
)


def judge(step: Step, picture: Picture, agreement: Agreement) -> tuple[Finding, ...]:
    """Ask every rule that speaks at this step and that a clause calls for;
    answer with every breach, never just the first.

    What is owed but need not be brought up yet is left out (see `owed`).
    Raises TypeError when the picture is not the step's.
    """
    today = picture.case.as_of
    return tuple(
        one
        for one in owed(step, picture, agreement)
        if isinstance(one.deadline, NoEnd) or one.deadline.remind_from <= today
    )


def owed(step: Step, picture: Picture, agreement: Agreement) -> tuple[Finding, ...]:
    """As `judge`, and also what is owed by a day that is still to come.

    A closed case owes nothing more, but what went wrong in it may still be proposed as a deviation.
    """
    over = step is Step.TICK and not isinstance(picture.case.closure, NotYet)
    asked = (rule for rule in RULEBOOK if not over or rule.chapter == "deviations")
    speaking = (rule for rule in asked if step in rule.steps)
    return tuple(one for rule in speaking for one in findings_of(rule, step, picture, agreement))


def rule_by_id(rule_id: str) -> Rule:
    """The rule with this id. Raises KeyError when there is none."""
    return {rule.id: rule for rule in RULEBOOK}[rule_id]
