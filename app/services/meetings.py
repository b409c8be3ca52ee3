"""A meeting is started in a case, and what stands of it may be changed until it is over."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from app.db import meetings as rows
from app.db import visible
from app.db.facts import Found
from app.db.ids import new_id
from app.db.tables.meetings import Meeting as MeetingTable
from app.domain.access import Operation
from app.domain.codes import MeetingForm, MeetingMode
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import FirstMeeting, FollowsUp, Initiator, Meeting
from app.domain.facts.picture import MeetingAtHand
from app.domain.meeting_steps import UNDER_WAY
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import FieldFault, InvalidTransition, NotFound, Unprocessable
from app.services.at_hand import open_case
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.meetings_common import ensure_in, journal, own_meeting_matching
from app.services.reading import Reading
from app.services.receipt import Receipt
from app.services.sight import sight_of_case

PLAN_UNKNOWN = FieldFault(
    "PLAN_UNKNOWN",
    Words(
        "Planen finns inte i ärendet och har inte heller delats ut till er om samma person",
        "The plan is not of this case, nor one handed to you about the same person",
    ),
)


@dataclass(frozen=True)
class Start:
    """A meeting to start: its form, why, the situation in words the individual wishes, what it follows up."""

    form: MeetingForm
    purpose: str | None
    current_situation: str | None
    follows_up: UUID | None
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """What is to be written of a meeting; only what is in `given` changes."""

    purpose: str | None
    current_situation: str | None
    mode: MeetingMode | None
    place: str | None
    given: Set[str]


async def start(desk: Desk, key: RequestKey, case_id: UUID, order: Start) -> Receipt:
    """Start a meeting in a case, as its initiator and chair (UPP-010, UPP-011, UPP-022, UPP-052).

    A follow-up is a meeting that follows up a plan: of this case, or handed to the caller's organisation
    (UPP-056). Raises AgreementBroken, InvalidTransition where the case is closed, Unprocessable for a plan
    that is neither.
    """
    async with desk.deciding(Operation.START_MEETING, key) as decision:
        found = await open_case(decision, case_id)
        if decision.answered:
            return decision.answered
        follows_org = await _holder_of_plan(decision, found, order.follows_up) if order.follows_up else None
        meeting = as_started(decision, found, order)
        verdict = decision.judged(
            Step.START_MEETING,
            MeetingAtHand(case=found.case, meeting=meeting),
            found.agreement,
            order.reasons,
        )

        def sealed(column: str, text: str | None) -> bytes | None:
            return decision.seal_given(MeetingTable, meeting.id, column, text)

        await decision.tx.add(
            MeetingTable(
                org_id=decision.me,
                id=meeting.id,
                case_id=case_id,
                individual_id=found.row.individual_id,
                unit_id=found.row.unit_id,
                agreement_id=found.agreement.id,
                form=order.form.value,
                purpose_sealed=sealed("purpose_sealed", order.purpose),
                current_situation_sealed=sealed("current_situation_sealed", order.current_situation),
                initiator_id=decision.assignment.officer_id,
                follows_up_org=follows_org,
                follows_up_plan=order.follows_up,
                version=1,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal(
            "meeting",
            meeting.id,
            individual_id=found.row.individual_id,
            agreement=found.agreement,
            verdict=verdict,
        )
        await decision.count(found.agreement, "meeting_initiated", order.form.value)
        return await decision.conclude(Receipt.of(meeting.id, desk.now, version=1, remarks=verdict.remarks))


async def change(desk: Desk, meeting_id: UUID, version: int, order: Change) -> None:
    """Write purpose, situation, mode and place while the meeting is not over.

    Where summonses are in force, place and mode change by rescheduling alone, which tells those summoned.
    Raises PreconditionFailed, InvalidTransition.
    """
    async with desk.deciding(Operation.CHANGE_MEETING, None) as decision:
        at = await own_meeting_matching(decision, meeting_id, version)
        ensure_in(at, UNDER_WAY)
        if at.meeting.summonses_in_force and {"mode", "place"} & order.given:
            raise InvalidTransition
        row = await rows.for_use(decision.tx, meeting_id)
        if row is None:
            raise NotFound
        texts = {
            f"{name}_sealed": decision.seal_given(MeetingTable, meeting_id, f"{name}_sealed", text)
            if name in order.given
            else row[f"{name}_sealed"]
            for name, text in (
                ("purpose", order.purpose),
                ("current_situation", order.current_situation),
                ("place", order.place),
            )
        }
        sight = await sight_of_case(decision, decision.me, row["case_id"])
        if order.place is None and sight.is_barred:
            texts["place_sealed"] = row["place_sealed"]  # nobody takes away what they cannot see
        mode = order.mode if "mode" in order.given else row["mode"]
        await rows.write_details(decision.tx, meeting_id, version, mode=mode, **texts)
        await journal(decision, at)
        await decision.commit()


async def _holder_of_plan(decision: Decision, found: Found, plan_id: UUID) -> UUID:
    """Whose plan it is that is followed up. Raises Unprocessable, hidden and non-existing alike."""
    if not isinstance(found.case.plan(plan_id), NotYet):
        return decision.me
    copy = await visible.received_copy(decision.tx, plan_id)
    if copy is None or copy["kind"] != "plan" or copy["individual_id"] != found.row.individual_id:
        raise Unprocessable(PLAN_UNKNOWN.at("/followsUp/planId"))
    holder: UUID = copy["from_org"]
    return holder


def as_started(work: Reading, found: Found, order: Start) -> Meeting:
    """The meeting as it would be: nothing but started."""
    return Meeting(
        id=new_id(),
        form=order.form,
        initiator=Initiator(work.me, found.row.unit_id, work.assignment.officer_id),
        follows=FollowsUp(order.follows_up) if order.follows_up else FirstMeeting(),
        created_at=work.now,
        purpose_given=order.purpose is not None,
        current_situation_given=order.current_situation is not None,
        mode=NotYet(),
        time=NotYet(),
        place_given=False,
        preparation=NotYet(),
        invitees=(),
        offered_times=(),
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
