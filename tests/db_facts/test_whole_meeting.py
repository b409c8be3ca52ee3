"""A meeting stored by the application comes back from the gate as exactly these facts."""

from datetime import date

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
from app.domain.facts.basics import NotYet, TheOrganisation, Word
from app.domain.facts.meeting import (
    ChairTransfer,
    Conclusion,
    FirstMeeting,
    FollowUpDecided,
    FollowUpReport,
    IndividualAttendance,
    Initiator,
    InvitedOrganisation,
    InvitedOutsider,
    Invitee,
    Meeting,
    MeetingTime,
    OfferedTime,
    OrganisationPresent,
    OutsiderPresent,
    Preparation,
    RecordedAfterwards,
    Recorder,
    Rescheduling,
)
from app.domain.facts.summons import Reply, Summons
from tests.db_facts.story import MONDAY, Story, at


async def test_the_meeting_becomes_a_fact_with_all_that_happened_to_it(story: Story) -> None:
    """Removed invitees are gone, the latest attendance counts, corrected replies are gone."""
    case = (await story.seen_by(story.holder)).case
    reply = Word(story.id("reply"), TheOrganisation(story.region.id), story.region.id, at(22), at(22))
    report = Word(story.id("report"), TheOrganisation(story.region.id), story.region.id, at(1012), at(1012))
    summons = Summons(
        id=story.id("summons"),
        invitee_id=story.id("called"),
        organisation_id=story.region.id,
        unit_id=story.region.unit,
        officer_id=story.region.officer,
        officer_has_left=False,
        channel=Channel.LETTER,
        issued_at=at(20),
        meeting_starts_at=at(1000),
        explained=("BOK-2",),
        replies=(Reply(reply, ReplyKind.QUERIED, link_address_given=True),),
        answered_at=(at(24),),
        prepared_at=at(23),
        recalled_at=at(25),
    )
    called = InvitedOrganisation(story.region.id, story.region.unit)
    invited = InvitedOutsider(OutsiderKind.CLOSE_PERSON, story.id("close_person"), Answer.YES)
    assert case.meetings == (
        Meeting(
            id=story.id("meeting"),
            form=MeetingForm.FLERPARTSMOTE,
            initiator=Initiator(story.holder.id, story.holder.unit, story.holder.officer),
            follows=FirstMeeting(),
            created_at=at(8),
            purpose_given=True,
            current_situation_given=False,
            mode=MeetingMode.ON_SITE,
            time=MeetingTime(at(1000), at(1001)),
            place_given=True,
            preparation=Preparation(
                prepared_on=MONDAY,
                with_individual=True,
                goals_given=True,
                participation_support_given=False,
                relatives_offered=RelativesOffered.YES,
                employer_exists=Answer.NO,
                employer_called=Answer.NOT_ASKED,
            ),
            invitees=(
                Invitee(
                    story.id("called"),
                    called,
                    name_given=False,
                    function_given=True,
                    agreed_with_individual=True,
                ),
                Invitee(
                    story.id("invited"),
                    invited,
                    name_given=True,
                    function_given=False,
                    agreed_with_individual=True,
                ),
            ),
            offered_times=(OfferedTime(story.region.id, at(1000), at(1001), at(11)),),
            summonses=(summons,),
            invited_outsider_ids=(story.id("invited"),),
            reschedulings=(Rescheduling(at(900), at(1000), at(12)),),
            cancelled_at=NotYet(),
            entered_in_error=False,
            opening=RecordedAfterwards(at(1000), at(1002), ("SAM-2",)),
            chair_transfers=(ChairTransfer(story.holder.officer, reason_given=True, at=at(1003)),),
            recorder=Recorder(story.region.id),
            individual=IndividualAttendance(
                Attendance.ABSENT_NOTIFIED, took_part_otherwise=True, reason_given=True
            ),
            organisations=(OrganisationPresent(story.region.id, Attendance.REMOTE),),
            outsiders=(OutsiderPresent(story.id("invited"), Attendance.PRESENT),),
            reports=(FollowUpReport(report),),
            decision=FollowUpDecided(
                plan_id=story.id("plan"),
                decision=FollowUpDecision.CLOSE,
                still_needs_coordination=False,
                reason_given=True,
                decided_at=at(1013),
            ),
            conclusion=Conclusion(
                no_plan_reason_given=False,
                follow_up_on=date(2024, 6, 3),
                follow_up_caller=story.holder.id,
                at=at(1004),
            ),
        ),
    )
