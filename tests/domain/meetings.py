"""A good meeting at every stage, with whom it is for and what is said of it; each fact can be changed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.domain.codes import (
    Answer,
    Attendance,
    Channel,
    FollowUpDecision,
    MeetingForm,
    MeetingMode,
    OutsiderKind,
    RelativesOffered,
    ReplyKind,
)
from app.domain.facts.basics import NotYet, TheOrganisation, Unknown
from app.domain.facts.meeting import (
    Conclusion,
    FirstMeeting,
    FollowUpDecided,
    IndividualAttendance,
    Initiator,
    InvitedOrganisation,
    InvitedOutsider,
    Invitee,
    Meeting,
    MeetingTime,
    OfferedTime,
    Opened,
    OrganisationPresent,
    Preparation,
    Recorder,
)
from app.domain.facts.summons import Reply, Summons
from tests.domain.world import (
    AF,
    AF_UNIT,
    CALLED,
    EVERYBODY,
    FK,
    FOLLOW_UP_DAY,
    FRIEND,
    HELD,
    KOMMUN,
    MEETING_AT,
    MEETING_ID,
    NOW,
    OFFICER,
    PLAN_ID,
    REGION,
    REGION_UNIT,
    SUMMONS_IDS,
    TODAY,
    a_word,
    an_id,
    days,
)


def a_preparation(**changes: Any) -> Preparation:
    """Made with the individual, nothing left out."""
    good = Preparation(
        prepared_on=TODAY,
        with_individual=True,
        goals_given=True,
        participation_support_given=True,
        relatives_offered=RelativesOffered.YES,
        employer_exists=Answer.NO,
        employer_called=Answer.NO,
    )
    return replace(good, **changes)


def an_invitee(organisation_id: UUID = FK, **changes: Any) -> Invitee:
    """An organisation that the individual wants there."""
    good = Invitee(
        id=an_id(80 + organisation_id.int),
        who=InvitedOrganisation(organisation_id, Unknown()),
        name_given=True,
        function_given=True,
        agreed_with_individual=True,
    )
    return replace(good, **changes)


def a_friend(kind: OutsiderKind = OutsiderKind.CLOSE_PERSON, **changes: Any) -> Invitee:
    """A person outside the organisations, suitable, agreed upon and named in the consent."""
    who = InvitedOutsider(kind, FRIEND, Answer.YES)
    given = {name: changes.pop(name) for name in ("person_id", "suitable") if name in changes}
    return an_invitee(id=an_id(90), who=replace(who, **given), **changes)


def a_summons(organisation_id: UUID = FK, **changes: Any) -> Summons:
    """Issued today, and accepted."""
    good = Summons(
        id=SUMMONS_IDS[organisation_id],
        invitee_id=an_invitee(organisation_id).id,
        organisation_id=organisation_id,
        unit_id=REGION_UNIT if organisation_id == REGION else Unknown(),
        officer_id=Unknown(),
        officer_has_left=False,
        channel=Channel.LETTER,
        issued_at=NOW,
        meeting_starts_at=MEETING_AT,
        explained=(),
        replies=(a_reply(organisation_id),),
        answered_at=(),
        prepared_at=NOW,
        recalled_at=NotYet(),
    )
    return replace(good, **changes)


def a_reply(organisation_id: UUID = FK, kind: ReplyKind = ReplyKind.ACCEPTED, **changes: Any) -> Reply:
    """The recipient's own word on its summons."""
    said_at = changes.pop("said_at", NOW)
    good = Reply(a_word(TheOrganisation(organisation_id), said_at), kind, link_address_given=True)
    return replace(good, **changes)


def a_meeting(**changes: Any) -> Meeting:
    """Prepared, on the region's date, nobody summoned yet."""
    good = Meeting(
        id=MEETING_ID,
        form=MeetingForm.FLERPARTSMOTE,
        initiator=Initiator(AF, AF_UNIT, OFFICER),
        follows=FirstMeeting(),
        created_at=NOW - days(9),
        purpose_given=True,
        current_situation_given=True,
        mode=MeetingMode.ON_SITE,
        time=MeetingTime(MEETING_AT, MEETING_AT + timedelta(hours=1)),
        place_given=True,
        preparation=a_preparation(),
        invitees=tuple(an_invitee(one) for one in CALLED),
        offered_times=(an_offered_time(),),
        summonses=(),
        invited_outsider_ids=(),
        reschedulings=(),
        cancelled_at=NotYet(),
        entered_in_error=False,
        opening=NotYet(),
        chair_transfers=(),
        recorder=NotYet(),
        individual=NotYet(),
        organisations=(),
        outsiders=(),
        reports=(),
        decision=NotYet(),
        conclusion=NotYet(),
    )
    return replace(good, **changes)


def an_offered_time(**changes: Any) -> OfferedTime:
    """The region's time."""
    good = OfferedTime(REGION, MEETING_AT, MEETING_AT + timedelta(hours=1), NOW)
    return replace(good, **changes)


def a_summoned_meeting(**changes: Any) -> Meeting:
    """Everybody has been summoned and comes."""
    return a_meeting(**{"summonses": tuple(a_summons(one) for one in CALLED)} | changes)


def a_held_meeting(**changes: Any) -> Meeting:
    """Opened with everybody there, and somebody appointed to write."""
    held = {
        "opening": Opened(HELD),
        "individual": PRESENT_INDIVIDUAL,
        "organisations": tuple(OrganisationPresent(one, Attendance.PRESENT) for one in EVERYBODY),
        "recorder": Recorder(KOMMUN),
    }
    return a_summoned_meeting(**held | changes)


def a_concluded_meeting(**changes: Any) -> Meeting:
    """Ended with a follow-up that AF calls."""
    return a_held_meeting(**{"conclusion": Conclusion(False, FOLLOW_UP_DAY, AF, HELD)} | changes)


PRESENT_INDIVIDUAL = IndividualAttendance(Attendance.PRESENT, took_part_otherwise=False, reason_given=False)


def a_decision(**changes: Any) -> FollowUpDecided:
    """The plan is revised, since need remains."""
    good = FollowUpDecided(PLAN_ID, FollowUpDecision.REVISE, True, True, NOW)
    return replace(good, **changes)
