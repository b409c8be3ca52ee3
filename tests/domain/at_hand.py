"""Good pictures, one for each step: the case and what the step is about, as the step would make it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.domain.codes import (
    Answer,
    Attendance,
    Channel,
)
from app.domain.facts.at_hand import (
    AssessmentAtHand,
    CommitmentAtHand,
    ConsentAtHand,
    ContactAtHand,
    DeviationAtHand,
    DistributionAtHand,
    PlanAtHand,
    ReplyAtHand,
    SummonsAtHand,
)
from app.domain.facts.basics import Unknown
from app.domain.facts.case import (
    Case,
)
from app.domain.facts.guests import InvitationAtHand, MeetingHeld
from app.domain.facts.letter import (
    Convener,
    EmployerAnswer,
    Letter,
    LetterInvitee,
    LetterPerson,
    NoIdentityNumber,
    Recipient,
)
from app.domain.facts.meeting import (
    Invitee,
    Meeting,
    OrganisationPresent,
)
from app.domain.facts.picture import MeetingAtHand
from app.domain.facts.plan import (
    Commitment,
    Plan,
)
from app.domain.facts.summons import Reply
from tests.domain.cases import (
    a_case,
    a_case_after_the_meeting,
    a_case_with,
    a_contact,
    a_deviation,
    an_assessment,
)
from tests.domain.consents import a_consent
from tests.domain.meetings import (
    PRESENT_INDIVIDUAL,
    a_concluded_meeting,
    a_friend,
    a_held_meeting,
    a_meeting,
    a_reply,
    a_summoned_meeting,
    a_summons,
    an_invitee,
)
from tests.domain.plans import ALL_SIDES, a_commitment, a_plan, an_action, contents
from tests.domain.world import AF, CALLED, EVERYBODY, FK, HELD, MEETING_AT, OFFICER, REGION


def a_letter(organisation_id: UUID = FK, **changes: Any) -> Letter:
    """A complete letter; parts of the recipient,
    the convener and the person can be changed by their own names.
    """
    good = Letter(
        recipient=Recipient(
            invitee_id=an_invitee(organisation_id).id,
            organisation_id=organisation_id,
            unit_id=Unknown(),
            unit_is_required=False,
            function="rehabilitation_coordinator" if organisation_id == REGION else "caseworker",
            function_is_equivalent=False,
            for_coordinator=organisation_id == REGION,
            address_lines=("Exempelgatan 1", "753 20 Uppsala"),
            asks_for_channel=Unknown(),
        ),
        channel=Channel.LETTER,
        starts_at=MEETING_AT,
        place="Sammanträdesrum 3",
        purpose="Samordna arbetsträning och behandling",
        current_situation="Sjukskriven på deltid, vill tillbaka i arbete",
        reason_for_recipient="Ni har den kunskap som behövs om ersättningen",
        convener=Convener(
            organisation_id=AF,
            officer_id=OFFICER,
            name="Kim Exempel",
            title="Arbetsförmedlare",
            unit="Arbetsförmedlingen Uppsala",
            organisation="Arbetsförmedlingen",
            postal_address="Box 66, 751 03 Uppsala",
            email="kim.exempel@af.example",
            telephone="010-000 00 00",
        ),
        invitees=(LetterInvitee("Lo Exempel", "Handläggare", "Försäkringskassan", is_private_person=False),),
        person=LetterPerson("Alex Exempel", NoIdentityNumber()),
        employer=EmployerAnswer(Answer.NO, Answer.NO),
    )
    for part in ("recipient", "convener", "person"):
        whole = getattr(good, part)
        given = {name: changes.pop(name) for name in list(changes) if name in whole.__dataclass_fields__}
        good = replace(good, **{part: replace(whole, **given)})
    return replace(good, **changes)


def issuing(*letters: Letter, case: Case | None = None, meeting: Meeting | None = None) -> SummonsAtHand:
    """Summonses are issued: to everybody unless certain letters are given."""
    meeting = meeting or a_meeting()
    return SummonsAtHand(
        case or a_case_with(meeting), meeting, letters or tuple(a_letter(one) for one in CALLED)
    )


def holding(meeting: Meeting | None = None, case: Case | None = None, **changes: Any) -> MeetingHeld:
    """The meeting is opened with everybody there."""
    meeting = meeting or a_summoned_meeting()
    good = MeetingHeld(
        case=case or a_case_with(meeting, at=HELD),
        meeting=meeting,
        held_at=HELD,
        individual=PRESENT_INDIVIDUAL,
        organisations=tuple(OrganisationPresent(one, Attendance.PRESENT) for one in EVERYBODY),
        outsiders=(),
    )
    return replace(good, **changes)


def inviting(*invited: Invitee, case: Case | None = None) -> InvitationAtHand:
    """Persons outside the organisations are invited."""
    return InvitationAtHand(case or a_case(), a_meeting(), invited or (a_friend(),))


def doing(meeting: Meeting | None = None, case: Case | None = None) -> MeetingAtHand:
    """Something is done with a meeting."""
    meeting = meeting or a_meeting()
    return MeetingAtHand(case or a_case_with(meeting), meeting)


def proposing(case: Case | None = None, meeting: Meeting | None = None, **changes: Any) -> PlanAtHand:
    """A plan is proposed at the meeting, to everybody."""
    meeting = meeting or a_held_meeting()
    return PlanAtHand(case or a_case_with(meeting, at=HELD), meeting, contents(**changes), ALL_SIDES)


def distributing(plan: Plan | None = None, **changes: Any) -> DistributionAtHand:
    """The plan is handed out to everybody."""
    plan = plan or a_plan()
    case = changes.pop("case", None) or a_case_after_the_meeting(plans=(plan,))
    good = DistributionAtHand(case, a_concluded_meeting(), plan.contents, ALL_SIDES, plan.id)
    return replace(good, **changes)


def assessing(case: Case | None = None, **changes: Any) -> AssessmentAtHand:
    """The need is assessed."""
    return AssessmentAtHand(case or a_case(), an_assessment(**changes))


def consenting(case: Case | None = None, **changes: Any) -> ConsentAtHand:
    """The individual's word on consent is recorded."""
    return ConsentAtHand(case or a_case(), a_consent(**changes))


def contacting(case: Case | None = None, **changes: Any) -> ContactAtHand:
    """A contact is recorded."""
    return ContactAtHand(case or a_case(), a_contact(**changes))


def replying(meeting: Meeting | None = None, reply: Reply | None = None) -> ReplyAtHand:
    """FK answers its summons."""
    meeting = meeting or a_summoned_meeting()
    return ReplyAtHand(a_case_with(meeting), meeting, a_summons(FK), reply or a_reply())


def committing(case: Case | None = None, commitment: Commitment | None = None) -> CommitmentAtHand:
    """An owner's word on the party's action is recorded."""
    return CommitmentAtHand(case or a_case_after_the_meeting(), an_action(), commitment or a_commitment())


def deviating(**changes: Any) -> DeviationAtHand:
    """A deviation is reported."""
    return DeviationAtHand(a_case(), a_deviation(**changes))
