"""Who leads a meeting and who writes at it: the chair passed on, the recorder appointed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.db import summonses
from app.db.ids import new_id
from app.db.tables.held_meetings import ChairTransfer, RecorderAppointment
from app.domain.access import Operation
from app.domain.codes import ConsentKind
from app.domain.facts.meeting import ChairTransfer as Transferred
from app.domain.facts.meeting import Recorder
from app.domain.facts.picture import MeetingAtHand
from app.domain.meeting_steps import goes_on
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import FieldFault, InvalidTransition, Unprocessable
from app.services.at_hand import MeetingFound, own_meeting
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.meetings_common import ensure_step, journal, next_version
from app.services.meetings_conduct import demand_version
from app.services.receipt import Receipt

OFFICER_UNKNOWN = FieldFault(
    "OFFICER_UNKNOWN",
    Words("Den egna organisationen har ingen sådan handläggare", "The own organisation has no such officer"),
)
RECORDER_NOT_PRESENT = FieldFault(
    "RECORDER_NOT_PRESENT",
    Words(
        "Den som dokumenterar hör till en organisation som deltar i mötet med individens samtycke",
        "Whoever writes belongs to an organisation that takes part by the individual's consent",
    ),
)


@dataclass(frozen=True)
class TransferOrder:
    """To which officer of the own organisation the chair passes, and why."""

    version: int
    officer_id: UUID
    reason: str
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class RecorderOrder:
    """Which organisation's officer writes the plan."""

    version: int
    organisation_id: UUID
    officer_name: str
    reasons: Mapping[str, str]


async def transfer_chair(desk: Desk, key: RequestKey, meeting_id: UUID, order: TransferOrder) -> Receipt:
    """Pass the chair to another officer of the organisation that holds the meeting, with a reason (UPP-052).

    Raises InvalidTransition for a meeting that is over or cancelled, Unprocessable for an officer the
    organisation does not have, VersionStale, NotFound, NotAllowed.
    """
    async with desk.deciding(Operation.TRANSFER_CHAIR, key) as decision:
        at = await own_meeting(decision, meeting_id)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.TRANSFER_CHAIR)
        demand_version(at, order.version)
        if await summonses.own_officer(decision.tx, order.officer_id, decision.today) is None:
            raise Unprocessable(OFFICER_UNKNOWN.at("/officerId"))
        passed = Transferred(officer_id=order.officer_id, reason_given=True, at=desk.now)
        meeting = replace(at.meeting, chair_transfers=(*at.meeting.chair_transfers, passed))
        verdict = decision.judged(
            Step.TRANSFER_CHAIR, MeetingAtHand(at.found.case, meeting), at.found.agreement, order.reasons
        )
        transfer_id = new_id()
        await decision.tx.add(
            ChairTransfer(
                org_id=decision.me,
                id=transfer_id,
                meeting_id=meeting_id,
                case_id=at.found.row.id,
                officer_id=order.officer_id,
                reason_sealed=decision.seal(ChairTransfer, transfer_id, "reason_sealed", order.reason),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        version = await next_version(decision, at)
        await journal(decision, at, verdict)
        return await decision.conclude(
            Receipt.of(transfer_id, desk.now, version=version, remarks=verdict.remarks)
        )


async def appoint_recorder(desk: Desk, key: RequestKey, meeting_id: UUID, order: RecorderOrder) -> Receipt:
    """Appoint at the meeting who writes the plan: an officer of any organisation present (UPP-053).

    The latest appointment counts. Raises InvalidTransition for a meeting that is not held or has ended,
    Unprocessable for an organisation that does not take part, VersionStale, NotFound, NotAllowed.
    """
    async with desk.deciding(Operation.APPOINT_RECORDER, key) as decision:
        at = await own_meeting(decision, meeting_id)
        if decision.answered:
            return decision.answered
        if not goes_on(at.meeting):
            raise InvalidTransition
        demand_version(at, order.version)
        _demand_present(at, order.organisation_id)
        meeting = replace(at.meeting, recorder=Recorder(order.organisation_id))
        verdict = decision.judged(
            Step.APPOINT_RECORDER, MeetingAtHand(at.found.case, meeting), at.found.agreement, order.reasons
        )
        appointment_id = new_id()
        await decision.tx.add(
            RecorderAppointment(
                org_id=decision.me,
                id=appointment_id,
                meeting_id=meeting_id,
                case_id=at.found.row.id,
                recorder_org=order.organisation_id,
                recorder_name_sealed=decision.seal(
                    RecorderAppointment, appointment_id, "recorder_name_sealed", order.officer_name
                ),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        version = await next_version(decision, at)
        await journal(decision, at, verdict)
        return await decision.conclude(
            Receipt.of(appointment_id, desk.now, version=version, remarks=verdict.remarks)
        )


def _demand_present(at: MeetingFound, organisation_id: UUID) -> None:
    """Raises Unprocessable unless the organisation takes part; another than the holder by live consent."""
    case, present = at.found.case, organisation_id in at.meeting.organisations_present
    covered = case.is_covered(ConsentKind.INFORMATION_EXCHANGE, organisation_id, case.now)
    if not present or not (covered or organisation_id == case.holder):
        raise Unprocessable(RECORDER_NOT_PRESENT.at("/organisationId"))
