"""One case in which everything has happened once, stored row by row as the application stores it.

The days of the story are long past; only who asks, asks now.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from app.db.database import Database
from app.db.facts import Asking, Found, case_as_seen, case_for_change
from app.db.ids import new_id
from app.db.tables import cases, consents, deviations, meetings, plans, summonses
from app.domain.agreement import Agreement
from app.domain.calendar import swedish_calendar
from app.domain.facts.case import Acting
from tests.db_facts.directory import Body, enter, invented_agreement

SEALED = b"sealed before it came here"
MONDAY = date(2024, 3, 4)
START = datetime(2024, 3, 4, 8, 0, tzinfo=UTC)

DELIVER = "select gate_delivery.deliver($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"


def at(hours: int) -> datetime:
    """So many hours after the story began."""
    return START + timedelta(hours=hours)


def recorded(org_id: UUID, hours: int) -> dict[str, Any]:
    """The columns every row of an organisation has."""
    return {"org_id": org_id, "id": new_id(), "recorded_by": new_id(), "recorded_at": at(hours)}


@dataclass(frozen=True)
class Story:
    """The organisations, the case, and every row by a name."""

    database: Database
    agreement: Agreement
    holder: Body
    region: Body
    stranger: Body
    case: cases.CaseFile
    rows: dict[str, Any]

    async def add(self, who: Body, **rows: SQLModel) -> None:
        """Store rows in that organisation's name, in one commit, and remember them."""
        async with self.database.act(who.caller()) as tx:
            await tx.add(*rows.values())
            await tx.commit()
        self.rows.update(rows)

    def id(self, name: str) -> UUID:
        """The id of a row."""
        id_: UUID = self.rows[name].id
        return id_

    def asking(self, who: Body, *named: UUID) -> Asking:
        """What that organisation's officer asks with."""
        return Asking(
            now=datetime.now(UTC),
            calendar=swedish_calendar(2024, 2024),
            acting=Acting(who.id, who.unit, who.officer),
            agreement={self.agreement.id: self.agreement}.__getitem__,
            named=named,
        )

    async def seen_by(self, who: Body, *named: UUID) -> Found:
        """The case as that organisation is answered, without a lock."""
        async with self.database.act(who.caller()) as tx:
            return await case_as_seen(tx, self.holder.id, self.case.id, self.asking(who, *named))

    async def to_change_by(self, who: Body) -> Found:
        """The case as that organisation is answered when it is about to change it."""
        async with self.database.act(who.caller()) as tx:
            return await case_for_change(tx, self.holder.id, self.case.id, self.asking(who))


async def tell(database: Database, migration_url: str) -> Story:
    """Stage organisations of its own and let the whole story happen."""
    agreement = invented_agreement()
    holder = Body("public_employment_service", "AF", "018-00 00 00")
    region = Body("region", "REGION", None)
    stranger = Body("other", None, None)
    await enter(migration_url, agreement, holder, region, stranger)
    person = cases.Individual(
        org_id=holder.id,
        id=new_id(),
        name_sealed=SEALED,
        identity_kind="none",
        protected_identity="none",
        municipality="0380",
        has_communication_needs="no",
        recorded_at=at(0),
    )
    case = cases.CaseFile(
        **recorded(holder.id, 0), individual_id=person.id, unit_id=holder.unit, agreement_id=agreement.id
    )
    story = Story(database, agreement, holder, region, stranger, case, {})
    await story.add(holder, person=person, case=case)
    await the_need(story)
    await the_consent(story)
    await the_meeting(story)
    await the_summons(story)
    await the_proceedings(story)
    await the_plan(story)
    await the_end(story)
    return story


async def the_need(story: Story) -> None:
    """A need is seen, a meeting offered and the region sought."""
    of: dict[str, Any] = {"case_id": story.case.id}
    mine = story.holder.id
    await story.add(
        story.holder,
        carrier=cases.CaseCarrier(**recorded(mine, 0), **of, officer_id=story.holder.officer),
        assessment=cases.NeedAssessment(
            **recorded(mine, 1),
            **of,
            assessed_on=MONDAY,
            need_seen_on=MONDAY,
            assessor_id=story.holder.officer,
            outcome="need",
            grounds=["contact", "health"],
            needs=["health_care"],
            individual_took_part=True,
            other_plan="none",
        ),
        offer=cases.Offer(
            **recorded(mine, 1), **of, answer="accepted", occurred_on=MONDAY, channel="telephone"
        ),
        contact=cases.Contact(
            **recorded(mine, 2),
            **of,
            with_org=story.region.id,
            about="time",
            occurred_at=at(2),
            channel="telephone",
            answered=False,
            names_the_person=False,
        ),
    )


async def the_consent(story: Story) -> None:
    """The individual agrees, names a person, adds to it later, and the region documents it."""
    mine = story.holder.id
    consent = consents.Consent(
        **recorded(mine, 4),
        case_id=story.case.id,
        kind="information_exchange",
        answer="given",
        given_by="individual",
        capacity="adult",
        manner="oral",
        said_at=at(4),
        informed_at=at(3),
        informed_of=["purpose"],
        information_adapted=True,
        taken_by=story.holder.officer,
        taker_name="An officer",
        taker_function=" ",
        secrecy_ground="consent",
        legal_basis="public_task",
    )
    of: dict[str, Any] = {"consent_id": consent.id, "case_id": story.case.id}
    extension = consents.ConsentExtension(
        **recorded(mine, 5), **of, said_at=at(5), manner="oral", changes_end=False
    )
    await story.add(
        story.holder,
        consent=consent,
        coverage=consents.ConsentCoverage(org_id=mine, **of, covered_org=story.region.id),
        close_person=consents.ConsentPerson(
            org_id=mine, id=new_id(), **of, relation="close_person", name_sealed=SEALED
        ),
        extension=extension,
        added=consents.ConsentCoverage(
            org_id=mine, **of, covered_org=story.stranger.id, extension_id=extension.id
        ),
    )
    said: dict[str, Any] = {"consent_org": mine, **of}
    await story.add(
        story.region,
        documentation=consents.ConsentDocumentation(
            **recorded(story.region.id, 6), **said, documented_on=MONDAY
        ),
    )
    await story.add(
        story.holder,
        withdrawal=consents.ConsentWithdrawal(
            **recorded(mine, 7),
            **said,
            kind="withdrawn",
            covered_org=story.stranger.id,
            said_at=at(6),
            manner="oral",
        ),
    )


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
        opening=meetings.MeetingOpening(
            **recorded(mine, 1002), **of, manner="recorded_afterwards", held_at=at(1000), findings=["SAM-2"]
        ),
        person_there=meetings.Attendance(
            **recorded(mine, 1002),
            **of,
            attender="individual",
            attendance="absent_notified",
            took_part_otherwise=True,
            reason_sealed=SEALED,
        ),
        region_late=meetings.Attendance(
            **recorded(mine, 1002),
            **of,
            attender="organisation",
            organisation_id=story.region.id,
            attendance="absent",
        ),
        region_there=meetings.Attendance(
            **recorded(mine, 1003),
            **of,
            attender="organisation",
            organisation_id=story.region.id,
            attendance="remote",
        ),
        close_person_there=meetings.Attendance(
            **recorded(mine, 1002),
            **of,
            attender="outsider",
            invitee_id=story.id("invited"),
            attendance="present",
        ),
        transfer=meetings.ChairTransfer(
            **recorded(mine, 1003), **of, officer_id=story.holder.officer, reason_sealed=SEALED
        ),
        recorder=meetings.RecorderAppointment(**recorded(mine, 1003), **of, recorder_org=story.region.id),
        conclusion=meetings.Conclusion(
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


async def the_plan(story: Story) -> None:
    """A plan is proposed, approved and handed out; its owners speak; the follow-up decides."""
    mine, theirs = story.holder.id, story.region.id
    of: dict[str, Any] = {"case_id": story.case.id, "meeting_id": story.id("meeting")}
    goals = [new_id(), new_id()]
    plan = plans.Plan(
        **recorded(mine, 1010),
        **of,
        individual_id=story.case.individual_id,
        agreement_id=story.agreement.id,
        plan_line=new_id(),
        number=1,
        follow_up_on=date(2024, 6, 3),
        goal_ids=goals,
        empty_goal_ids=goals[1:],
        content_sealed=SEALED,
    )
    part: dict[str, Any] = {
        "org_id": mine,
        "plan_id": plan.id,
        "case_id": story.case.id,
        "due_on": date(2024, 5, 2),
    }
    await story.add(
        story.holder,
        plan=plan,
        second=plans.Action(
            **part,
            id=new_id(),
            place=2,
            text_given=False,
            owner="individual",
            kind="contact",
            by_an_outsider=False,
        ),
        first=plans.Action(
            **part,
            id=new_id(),
            place=1,
            text_given=True,
            owner="organisation",
            owner_org=theirs,
            kind="rehabilitation",
            by_an_outsider=True,
        ),
        shown_plan=show(story, "plan", plan.id),
        distribution=plans.PlanDistribution(
            **recorded(mine, 1011),
            plan_id=plan.id,
            case_id=story.case.id,
            recipient="organisation",
            recipient_org=theirs,
            channel="letter",
        ),
        approval=plans.PlanApproval(
            **recorded(mine, 1011),
            **statement(story, plan.id, 1011),
            speaker="individual",
            answer="approved",
        ),
        decision=plans.FollowUpDecision(
            **recorded(mine, 1013),
            **of,
            plan_org=mine,
            plan_id=plan.id,
            decision="close",
            still_needs_coordination=False,
            reason_sealed=SEALED,
        ),
    )
    spoken: dict[str, Any] = {"speaker": "organisation", "speaker_org": theirs}
    await story.add(
        story.region,
        commitment=plans.Commitment(
            **recorded(theirs, 1012),
            **statement(story, plan.id, 1012),
            **spoken,
            action_id=story.id("first"),
            status="transfer_offered",
            occurred_on=MONDAY,
            to_org=mine,
        ),
        report=plans.FollowUpReport(
            **recorded(theirs, 1012),
            **statement(story, story.id("meeting"), 1012),
            **spoken,
            text_sealed=SEALED,
        ),
    )


async def the_end(story: Story) -> None:
    """The holder's deviation is handled, and the case closed."""
    mine = story.holder.id
    deviation = deviations.Deviation(
        **recorded(mine, 1020),
        unit_id=story.holder.unit,
        agreement_id=story.agreement.id,
        type="absent",
        origin="proposed",
        about_org=story.region.id,
        about_party="REGION",
        case_org=mine,
        case_id=story.case.id,
        proposed_by_rule="AVV-2",
        subject_kind="summons",
        subject_id=story.id("summons"),
        occurred_on=MONDAY,
    )
    await story.add(
        story.holder,
        deviation=deviation,
        step=deviations.DeviationStep(**recorded(mine, 1021), deviation_id=deviation.id, step="confirmed"),
        next_step=deviations.DeviationStep(**recorded(mine, 1022), deviation_id=deviation.id, step="handled"),
        closure=cases.Closure(**recorded(mine, 1030), case_id=story.case.id, reason="goal_reached"),
    )


def show(story: Story, kind: str, item_id: UUID) -> consents.Disclosure:
    """An act shows an item to the region under the consent."""
    return consents.Disclosure(
        **recorded(story.holder.id, 20),
        recipient_org=story.region.id,
        kind=kind,
        item_id=item_id,
        case_id=story.case.id,
        consent_id=story.id("consent"),
    )


def statement(story: Story, item_id: UUID, hours: int) -> dict[str, Any]:
    """What a statement about an item of the holder's carries."""
    about: dict[str, Any] = {"item_org": story.holder.id, "item_id": item_id, "case_id": story.case.id}
    return {**about, "said_at": at(hours), "channel": "at_the_meeting"}
