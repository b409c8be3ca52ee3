"""How the meeting is booked, called to and held."""

from datetime import date
from typing import Any

from app.db.ids import new_id
from app.db.tables import held_meetings, meetings, plans, summonses
from tests.db_facts.story import MONDAY, SEALED, Story, at, recorded, show

DELIVER = "select gate_delivery.deliver($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"


async def the_meeting(story: Story) -> None:
    """A meeting is prepared and booked."""
    mine = story.holder.id
    meeting = meetings.Meeting(
        **recorded(mine, 8),
        case_id=story.case.id,
        individual_id=story.case.individual_id,
        unit_id=story.holder.unit,
        agreement_id=story.agreement.id,
        form="flerpartsmote",
        initiator_id=story.holder.officer,
        purpose_sealed=SEALED,
        mode="on_site",
        starts_at=at(1000),
        ends_at=at(1001),
        place_sealed=SEALED,
    )
    of: dict[str, Any] = {"meeting_id": meeting.id, "case_id": story.case.id}
    await story.add(
        story.holder,
        meeting=meeting,
        preparation=meetings.MeetingPreparation(
            **recorded(mine, 9),
            **of,
            prepared_on=MONDAY,
            with_individual=True,
            goals_sealed=SEALED,
            relatives_offered="yes",
            employer_exists="no",
            employer_called="not_asked",
        ),
        called=meetings.Invitee(
            **recorded(mine, 9),
            **of,
            kind="organisation",
            organisation_id=story.region.id,
            unit_id=story.region.unit,
            function="rehabilitation_coordinator",
            agreed_with_individual=True,
            shown_to_outsiders=False,
        ),
        invited=meetings.Invitee(
            **recorded(mine, 10),
            **of,
            kind="close_person",
            name_sealed=SEALED,
            agreed_with_individual=True,
            suitable=True,
            shown_to_outsiders=False,
            consent_person_id=story.id("close_person"),
        ),
        removed=meetings.Invitee(
            **recorded(mine, 10),
            **of,
            kind="employer",
            agreed_with_individual=False,
            shown_to_outsiders=False,
            removed_at=at(11),
        ),
        time_offer=meetings.TimeOffer(
            **recorded(mine, 11),
            **of,
            offered_by=story.region.id,
            starts_at=at(1000),
            ends_at=at(1001),
            mode="on_site",
        ),
        moved=meetings.MeetingChange(
            **recorded(mine, 12), **of, change="rescheduled", from_starts_at=at(900), to_starts_at=at(1000)
        ),
    )


async def the_summons(story: Story) -> None:
    """The region is called and answers; a close person is invited."""
    mine, theirs = story.holder.id, story.region.id
    about: dict[str, Any] = {"case_id": story.case.id, "meeting_id": story.id("meeting")}
    letter: dict[str, Any] = {
        **about,
        "individual_id": story.case.individual_id,
        "channel": "letter",
        "letter_sealed": SEALED,
    }
    summons = summonses.Summons(
        **recorded(mine, 20),
        **letter,
        invitee_id=story.id("called"),
        recipient_org=theirs,
        recipient_unit=story.region.unit,
        consent_id=story.id("consent"),
        meeting_starts_at=at(1000),
        explained=["BOK-2"],
    )
    await story.add(
        story.holder,
        summons=summons,
        shown_summons=show(story, "summons", summons.id),
        shown_meeting=show(story, "meeting", story.id("meeting")),
        invitation=summonses.Invitation(**recorded(mine, 20), **letter, invitee_id=story.id("invited")),
    )
    async with story.database.act(story.holder.caller()) as tx:
        await tx.call(
            DELIVER,
            *(story.id("shown_summons"), "summons", None, story.id("meeting"), story.region.unit, "letter"),
            *(at(1000), SEALED, new_id(), SEALED, "none", None, None, "none"),
        )
        await tx.commit()
    item: dict[str, Any] = {"item_org": mine, "item_id": summons.id, "case_id": story.case.id}
    reply: dict[str, Any] = {**item, "speaker_org": theirs, "channel": "api"}
    mistaken = summonses.SummonsReply(**recorded(theirs, 21), **reply, reply="declined", said_at=at(21))
    await story.add(
        story.region,
        mistaken=mistaken,
        reply=summonses.SummonsReply(
            **recorded(theirs, 22),
            **reply,
            reply="queried",
            said_at=at(22),
            link_email_sealed=SEALED,
            corrects=mistaken.id,
        ),
        preparedness=summonses.Preparedness(**recorded(theirs, 23), **item, said_at=at(23)),
        assignment=summonses.SummonsAssignment(
            **recorded(theirs, 23), summons_id=summons.id, officer_id=story.region.officer
        ),
    )
    of: dict[str, Any] = {"summons_id": summons.id, "case_id": story.case.id}
    await story.add(
        story.holder,
        answer=summonses.QueryAnswer(**recorded(mine, 24), **of, recipient_org=theirs, text_sealed=SEALED),
        recall=summonses.SummonsRecall(**recorded(mine, 25), **of, cause="rescheduled"),
    )


async def the_proceedings(story: Story) -> None:
    """The meeting is held, a draft is written, and the meeting ends."""
    mine = story.holder.id
    of: dict[str, Any] = {"meeting_id": story.id("meeting"), "case_id": story.case.id}
    await story.add(
        story.holder,
        opening=held_meetings.MeetingOpening(
            **recorded(mine, 1002), **of, manner="recorded_afterwards", held_at=at(1000), findings=["SAM-2"]
        ),
        person_there=held_meetings.Attendance(
            **recorded(mine, 1002),
            **of,
            attender="individual",
            attendance="absent_notified",
            took_part_otherwise=True,
            reason_sealed=SEALED,
        ),
        region_late=held_meetings.Attendance(
            **recorded(mine, 1002),
            **of,
            attender="organisation",
            organisation_id=story.region.id,
            attendance="absent",
        ),
        region_there=held_meetings.Attendance(
            **recorded(mine, 1003),
            **of,
            attender="organisation",
            organisation_id=story.region.id,
            attendance="remote",
        ),
        close_person_there=held_meetings.Attendance(
            **recorded(mine, 1002),
            **of,
            attender="outsider",
            invitee_id=story.id("invited"),
            attendance="present",
        ),
        transfer=held_meetings.ChairTransfer(
            **recorded(mine, 1003), **of, officer_id=story.holder.officer, reason_sealed=SEALED
        ),
        recorder=held_meetings.RecorderAppointment(
            **recorded(mine, 1003), **of, recorder_org=story.region.id
        ),
        conclusion=held_meetings.Conclusion(
            **recorded(mine, 1004),
            **of,
            follow_up_on=date(2024, 6, 3),
            follow_up_caller_org=mine,
        ),
    )
    await story.add(
        story.region,
        draft=plans.PlanDraft(
            **recorded(story.region.id, 1003),
            **of,
            item_org=mine,
            content_sealed=SEALED,
            handed_over_at=at(1004),
        ),
    )
