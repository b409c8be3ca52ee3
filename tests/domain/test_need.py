"""Behov: BEH-1 to BEH-11."""

from datetime import timedelta

import pytest

from app.domain.codes import NeedArea, NeedOutcome, OfferAnswer, OtherPlan
from app.domain.facts.at_hand import SummonsAtHand
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Offer
from app.domain.facts.meeting import FollowsUp, Initiator
from app.domain.facts.picture import Picture
from app.domain.need import (
    StatutoryForms,
    a_need_was_found,
    a_person_in_need_is_offered_a_meeting,
    a_plan_under_the_social_services_act_is_considered,
    a_seen_need_becomes_a_meeting,
    days_to_first_contact,
    first_contact_follows_the_need,
    first_contact_is_made_without_delay,
    no_statutory_form_would_do,
    the_assessment_states_its_grounds,
    the_individual_took_part_in_the_assessment,
    the_need_has_been_assessed,
    whoever_saw_the_need_initiates,
)
from app.domain.rule import Days
from tests.domain.asking import broken, owing
from tests.domain.at_hand import a_letter, assessing, contacting, doing, issuing
from tests.domain.cases import a_case, a_case_with, a_contact, an_assessment
from tests.domain.meetings import a_meeting, an_invitee
from tests.domain.world import (
    AF,
    AF_UNIT,
    COLLEAGUE,
    FK,
    KOMMUN,
    NOW,
    PLAN_ID,
    REGION,
    STRANGER,
    THE_AF,
    TODAY,
    an_id,
    days,
)

UNASSESSED = a_case(assessments=())
NO_NEED = a_case(assessments=(an_assessment(outcome=NeedOutcome.NO_NEED),))
FORMS = StatutoryForms((("REGION", "KOMMUN"), ("AF", "FK")))


def test_the_need_has_been_assessed__kept() -> None:
    """BEH-1 (UPP-011): an assessment is enough, whatever it found."""
    assert broken(the_need_has_been_assessed, Picture(NO_NEED)) == []


def test_the_need_has_been_assessed__broken() -> None:
    """BEH-1 (UPP-011): without an assessment nobody is called."""
    assert broken(the_need_has_been_assessed, Picture(UNASSESSED)) == [("", "NEED_NOT_ASSESSED")]


def test_a_need_was_found__kept() -> None:
    """BEH-2 (UPP-010): the latest assessment counts, not the first."""
    earlier = an_assessment(assessed_on=TODAY - days(30), outcome=NeedOutcome.NO_NEED)
    assert broken(a_need_was_found, Picture(a_case(assessments=(an_assessment(), earlier)))) == []


@pytest.mark.parametrize(
    ("case", "code"),
    [(UNASSESSED, "NEED_NOT_ASSESSED"), (NO_NEED, "TARGET_GROUP_NEED")],
    ids=["none", "no need"],
)
def test_a_need_was_found__broken(case: object, code: str) -> None:
    """BEH-2 (UPP-010, UPP-118): without an assessment,
    or with one that found none, there is no need to meet.
    """
    assert broken(a_need_was_found, Picture(case)) == [("", code)]  # type: ignore[arg-type]


def test_the_assessment_states_its_grounds__kept() -> None:
    """BEH-3 (UPP-013): one ground is enough."""
    assert broken(the_assessment_states_its_grounds, assessing()) == []


def test_the_assessment_states_its_grounds__broken() -> None:
    """BEH-3 (UPP-013): an assessment without grounds is none."""
    assert broken(the_assessment_states_its_grounds, assessing(bases=())) == [
        ("/grounds", "ASSESSMENT_BASIS_MISSING")
    ]


def test_the_individual_took_part_in_the_assessment__kept() -> None:
    """BEH-4 (UPP-012): the individual took part."""
    assert broken(the_individual_took_part_in_the_assessment, assessing()) == []


def test_the_individual_took_part_in_the_assessment__broken() -> None:
    """BEH-4 (UPP-012): the individual did not take part."""
    assert broken(the_individual_took_part_in_the_assessment, assessing(individual_took_part=False)) == [
        ("/individualTookPart", "NO_PARTICIPATION")
    ]


@pytest.mark.parametrize(("passed", "is_broken"), [(7, False), (8, True)])
def test_first_contact_is_made_without_delay__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """BEH-5 (UPP-014): on the seventh day there is still time, on the eighth there is not."""
    seen = an_assessment(need_seen_on=TODAY - days(passed))
    picture = Picture(a_case(assessments=(seen,), contacts=()))
    assert bool(broken(first_contact_is_made_without_delay, picture, Days(7))) is is_broken
    [(owner, _, due)] = owing(first_contact_is_made_without_delay, picture, Days(7))
    assert (owner, due) == (THE_AF, TODAY - days(passed) + days(7))


def test_first_contact_is_made_without_delay__kept() -> None:
    """BEH-5 (UPP-014): an unanswered attempt is contact made, and without a need none is owed."""
    tried = a_case(contacts=(a_contact(answered=False, at=NOW),))
    assert owing(first_contact_is_made_without_delay, Picture(tried), Days(7)) == []
    assert owing(first_contact_is_made_without_delay, Picture(NO_NEED), Days(7)) == []


def test_first_contact_is_made_without_delay__broken_by_contacts_from_before_the_need() -> None:
    """BEH-5 (UPP-014): what was said before the need was seen is not the first contact about it."""
    before = a_case(contacts=(a_contact(at=NOW - days(11)),))
    assert len(owing(first_contact_is_made_without_delay, Picture(before), Days(7))) == 1


def test_first_contact_follows_the_need__kept_on_the_same_day() -> None:
    """BEH-6 (UPP-014): contact on the day the need was seen follows it."""
    assert broken(first_contact_follows_the_need, contacting(at=NOW - days(10))) == []


def test_first_contact_follows_the_need__broken() -> None:
    """BEH-6 (UPP-014): contact the day before, or where no need is known, comes too early."""
    said = [("/occurredAt", "DATE_ORDER")]
    assert broken(first_contact_follows_the_need, contacting(at=NOW - days(11))) == said
    assert broken(first_contact_follows_the_need, contacting(UNASSESSED)) == said


def test_whoever_saw_the_need_initiates__kept() -> None:
    """BEH-7 (UPP-022): the assessor initiates; a follow-up is initiated by its named caller."""
    assert broken(whoever_saw_the_need_initiates, doing()) == []
    by_another = a_meeting(initiator=Initiator(AF, AF_UNIT, COLLEAGUE), follows=FollowsUp(PLAN_ID))
    assert broken(whoever_saw_the_need_initiates, doing(by_another)) == []


def test_whoever_saw_the_need_initiates__broken() -> None:
    """BEH-7 (UPP-022): a colleague of whoever saw the need initiates."""
    said = [("/initiator", "INITIATOR_NOT_CONTACT")]
    by_another = a_meeting(initiator=Initiator(AF, AF_UNIT, COLLEAGUE))
    assert broken(whoever_saw_the_need_initiates, doing(by_another)) == said


def test_whoever_saw_the_need_initiates__kept_while_nobody_has_seen_it() -> None:
    """BEH-7 (UPP-022): before an assessment nobody is another; BEH-1 says what is missing."""
    assert broken(whoever_saw_the_need_initiates, doing(a_meeting(), UNASSESSED)) == []
    assert broken(the_need_has_been_assessed, doing(a_meeting(), UNASSESSED)) != []


@pytest.mark.parametrize(("passed", "is_broken"), [(14, False), (15, True)])
def test_a_seen_need_becomes_a_meeting__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """BEH-8 (UPP-022): on the fourteenth day there is still time, on the fifteenth there is not."""
    assessed = an_assessment(assessed_on=TODAY - days(passed))
    picture = Picture(a_case(assessments=(assessed,), meetings=()))
    assert bool(broken(a_seen_need_becomes_a_meeting, picture, Days(14))) is is_broken


def test_a_seen_need_becomes_a_meeting__kept() -> None:
    """BEH-8 (UPP-022): a meeting is initiated, the individual has declined, or there is no need."""
    declined = a_case(meetings=(), offers=(Offer(an_id(1), OfferAnswer.DECLINED, TODAY),))
    for case in (a_case(), declined, NO_NEED):
        assert owing(a_seen_need_becomes_a_meeting, Picture(case), Days(14)) == []


def test_a_seen_need_becomes_a_meeting__broken_when_the_individual_has_changed_their_mind() -> None:
    """BEH-8 (UPP-022): declined at first and accepted later, a meeting is owed."""
    said = (
        Offer(an_id(1), OfferAnswer.DECLINED, TODAY - days(2)),
        Offer(an_id(2), OfferAnswer.ACCEPTED, TODAY - days(1)),
    )
    assert owing(a_seen_need_becomes_a_meeting, Picture(a_case(meetings=(), offers=said)), Days(14)) != []


@pytest.mark.parametrize(("passed", "is_broken"), [(7, False), (8, True)])
def test_a_person_in_need_is_offered_a_meeting__broken_after_the_last_day(
    passed: int, is_broken: bool
) -> None:
    """BEH-9 (UPP-008): on the seventh day there is still time, on the eighth there is not."""
    assessed = an_assessment(assessed_on=TODAY - days(passed))
    picture = Picture(a_case(assessments=(assessed,), offers=()))
    assert bool(broken(a_person_in_need_is_offered_a_meeting, picture, Days(7))) is is_broken


def test_a_person_in_need_is_offered_a_meeting__kept() -> None:
    """BEH-9 (UPP-008): an offer is enough, answered or not; without a need none is owed."""
    assert owing(a_person_in_need_is_offered_a_meeting, Picture(a_case()), Days(7)) == []
    assert owing(a_person_in_need_is_offered_a_meeting, Picture(NO_NEED), Days(7)) == []


@pytest.mark.parametrize("also", [KOMMUN, STRANGER], ids=["another party", "outside the agreement"])
def test_no_statutory_form_would_do__kept_when_somebody_else_is_called(also: object) -> None:
    """BEH-10 (UPP-004): AF calls FK and one more, so no bilateral form has them all."""
    meeting = a_meeting(invitees=(an_invitee(FK),))
    letters = (a_letter(FK), a_letter(also))  # type: ignore[arg-type]
    assert broken(no_statutory_form_would_do, issuing(*letters, meeting=meeting), FORMS) == []


def test_no_statutory_form_would_do__kept_by_who_is_already_invited() -> None:
    """BEH-10 (UPP-004): letters in several rounds are one call: all who are invited count."""
    assert broken(no_statutory_form_would_do, issuing(a_letter(FK)), FORMS) == []


def test_no_statutory_form_would_do__broken() -> None:
    """BEH-10 (UPP-074): AF calling FK alone is the two authorities' own process."""
    meeting = a_meeting(invitees=(an_invitee(FK),))
    assert broken(no_statutory_form_would_do, issuing(a_letter(FK), meeting=meeting), FORMS) == [
        ("/letters", "STATUTORY_FORM_SUFFICES")
    ]


def test_no_statutory_form_would_do__kept_while_nobody_is_called() -> None:
    """BEH-10 (UPP-004): what form would do cannot be told of a meeting to which nobody is invited."""
    alone = a_meeting(invitees=())
    picture = SummonsAtHand(a_case_with(alone), alone, ())
    assert broken(no_statutory_form_would_do, picture, FORMS) == []


def test_no_statutory_form_would_do__broken_by_region_and_municipality_alone() -> None:
    """BEH-10 (UPP-004): the region calling the municipality alone is what a SIP is for."""
    meeting = a_meeting(initiator=Initiator(REGION, AF_UNIT, COLLEAGUE), invitees=(an_invitee(KOMMUN),))
    assert broken(no_statutory_form_would_do, issuing(a_letter(KOMMUN), meeting=meeting), FORMS) != []


BOTH = (NeedArea.HEALTH_CARE, NeedArea.SOCIAL_SERVICES)


def test_a_plan_under_the_social_services_act_is_considered__kept() -> None:
    """BEH-11 (UPP-073): with a SIP, or without both needs, nothing is remarked."""
    rule = a_plan_under_the_social_services_act_is_considered
    assert broken(rule, assessing(needs=BOTH, other_plan=OtherPlan.SIP)) == []
    assert broken(rule, assessing(needs=(NeedArea.HEALTH_CARE, NeedArea.EMPLOYMENT))) == []


@pytest.mark.parametrize("known", [plan for plan in OtherPlan if plan is not OtherPlan.SIP])
def test_a_plan_under_the_social_services_act_is_considered__broken(known: OtherPlan) -> None:
    """BEH-11 (UPP-073): with both needs and no SIP known of, not asking reads as little as not having."""
    seen = assessing(needs=BOTH, other_plan=known)
    assert broken(a_plan_under_the_social_services_act_is_considered, seen) == [("/otherPlan", "SIP_DUTY")]


def test_days_are_counted_in_stockholm() -> None:
    """BEH-6 (UPP-014): 23:30 UTC is the next day in Stockholm."""
    late = an_assessment(need_seen_on=TODAY)
    evening_before = NOW.replace(hour=23, minute=30) - timedelta(days=1)
    assert (
        broken(first_contact_follows_the_need, contacting(a_case(assessments=(late,)), at=evening_before))
        == []
    )


def test_days_to_first_contact() -> None:
    """UPP-014: from the day the need was seen to the first contact, in days;
    not yet while either is missing.
    """
    seen = an_assessment(need_seen_on=TODAY - days(3))
    assert days_to_first_contact(a_case(assessments=(seen,), contacts=(a_contact(at=NOW),))) == 3
    assert days_to_first_contact(a_case(contacts=())) == NotYet()
    assert days_to_first_contact(UNASSESSED) == NotYet()
