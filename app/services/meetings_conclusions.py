"""The end of a meeting: with a plan or the reason for none, and who calls to the follow-up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app.db.ids import new_id
from app.db.tables.held_meetings import Conclusion as Row
from app.domain.access import Operation
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import Conclusion
from app.domain.facts.picture import MeetingAtHand
from app.domain.meeting_steps import goes_on
from app.domain.states import day_held
from app.domain.step import Step
from app.errors import InvalidTransition
from app.services.at_hand import MeetingFound, own_meeting
from app.services.dates import in_order
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.meetings_common import ensure_party, journal, next_version
from app.services.meetings_conduct import demand_version
from app.services.receipt import Receipt


@dataclass(frozen=True)
class FollowUpCaller:
    """Who calls to the follow-up: an organisation, and its officer's name if it is known."""

    organisation_id: UUID
    officer_name: str | None


@dataclass(frozen=True)
class ConclusionOrder:
    """How the meeting ends; what is not decided of the follow-up is None, and becomes a task (UPP-056)."""

    version: int
    no_plan_reason: str | None
    follow_up_on: date | None
    follow_up_caller: FollowUpCaller | None
    reasons: Mapping[str, str]


async def conclude_meeting(desk: Desk, key: RequestKey, meeting_id: UUID, order: ConclusionOrder) -> Receipt:
    """End the meeting: with a plan, or with the reason for none (UPP-005).

    A follow-up without day or caller is remarked, and owed from then on (UPP-056). Raises AgreementBroken,
    InvalidTransition for a meeting that is not held or has ended, Unprocessable for a follow-up that is not
    after the meeting or whose caller is no party's organisation, VersionStale, NotFound, NotAllowed.
    """
    caller = order.follow_up_caller
    named = (caller.organisation_id,) if caller else ()
    async with desk.deciding(Operation.CONCLUDE_MEETING, key) as decision:
        at = await own_meeting(decision, meeting_id, *named)
        if decision.answered:
            return decision.answered
        if not goes_on(at.meeting):
            raise InvalidTransition
        demand_version(at, order.version)
        _check_follow_up(at, order)
        end = Conclusion(
            no_plan_reason_given=order.no_plan_reason is not None,
            follow_up_on=order.follow_up_on or NotYet(),
            follow_up_caller=caller.organisation_id if caller else NotYet(),
            at=desk.now,
        )
        picture = MeetingAtHand(at.found.case, replace(at.meeting, conclusion=end))
        verdict = decision.judged(Step.CONCLUDE_MEETING, picture, at.found.agreement, order.reasons)
        conclusion_id = new_id()
        await decision.tx.add(
            Row(
                org_id=decision.me,
                id=conclusion_id,
                meeting_id=meeting_id,
                case_id=at.found.row.id,
                no_plan_reason_sealed=decision.seal_given(
                    Row, conclusion_id, "no_plan_reason_sealed", order.no_plan_reason
                ),
                follow_up_on=order.follow_up_on,
                follow_up_caller_org=caller.organisation_id if caller else None,
                follow_up_caller_name_sealed=decision.seal_given(
                    Row,
                    conclusion_id,
                    "follow_up_caller_name_sealed",
                    caller.officer_name if caller else None,
                ),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        version = await next_version(decision, at)
        await journal(decision, at, verdict)
        return await decision.conclude(
            Receipt.of(conclusion_id, desk.now, version=version, remarks=verdict.remarks)
        )


def _check_follow_up(at: MeetingFound, order: ConclusionOrder) -> None:
    """Raises Unprocessable for a day that is not after the meeting, or a caller who could not call."""
    held = day_held(at.meeting)
    if order.follow_up_on and not isinstance(held, NotYet):
        in_order(held + timedelta(days=1), order.follow_up_on, "/followUp/on")
    caller = order.follow_up_caller
    if caller:
        ensure_party(at.found.case, caller.organisation_id, "/followUp/caller/organisationId")
