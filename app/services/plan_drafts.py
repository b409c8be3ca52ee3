"""The draft of a plan: written by the appointed recorder's organisation, whichever it is, then handed to the
chair (UPP-053).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import plans as rows
from app.db import visible
from app.db.ids import new_id
from app.db.tables.plans import PlanDraft
from app.documents.plan_text import Wording
from app.domain.access import Operation, Relation
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import FollowsUp, Recorder
from app.domain.facts.picture import MeetingAtHand
from app.domain.judgement import Verdict
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import (
    FieldFault,
    InvalidTransition,
    NotAllowed,
    NotFound,
    PreconditionFailed,
    Unprocessable,
    VersionStale,
)
from app.services.at_hand import own_meeting
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.plan_at_hand import MeetingAt, Row, demand_my_unit, meeting_at, plan_at
from app.services.plan_wording import WordingSaid, demand_carried_on, wording_of
from app.services.reading import Reading
from app.services.receipt import Receipt

PLAN_UNKNOWN = FieldFault(
    "PLAN_UNKNOWN",
    Words("Planen hör inte till ärendet eller mötet", "The plan is not of the case or the meeting"),
)

NOT_THE_RECORDER = Words(
    "Bara organisationen som utsetts vid mötet skriver planen.",
    "Only the organisation appointed at the meeting writes the plan.",
)


@dataclass(frozen=True)
class DraftOrder:
    """What the draft is to say, and which plan it revises or replaces."""

    wording: WordingSaid
    revises: UUID | None
    replaces: UUID | None
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class DraftShown:
    """A draft, opened; `names` are those of the organisations that own an action in it."""

    id: UUID
    version: int
    meeting_id: UUID
    recorder: UUID
    handed_over_at: datetime | None
    revises: UUID | None
    replaces: UUID | None
    wording: Wording
    names: Mapping[UUID, str]
    is_open_to_me: bool
    may_propose: bool


async def write(desk: Desk, key: RequestKey, meeting_id: UUID, order: DraftOrder) -> Receipt:
    """Begin a draft at the appointed recorder's organisation.

    Raises NotFound, NotAllowed for any other organisation, InvalidTransition before the meeting is open,
    Unprocessable for what the plan before does not have, and AgreementBroken (UPP-053).
    """
    async with desk.deciding(Operation.WRITE_DRAFT, key) as decision:
        at = await meeting_at(decision, meeting_id, *order.wording.owners)
        _demand_recorder(decision, at)
        if decision.answered:
            return decision.answered
        verdict = _judged(decision, at, Step.WRITE_DRAFT, order.reasons)
        wording = await _worded(decision, at, order, ())
        draft_id = new_id()
        await decision.tx.add(
            PlanDraft(
                org_id=decision.me,
                id=draft_id,
                item_org=at.holder,
                meeting_id=meeting_id,
                case_id=at.found.row.id,
                content_sealed=decision.seal(PlanDraft, draft_id, "content_sealed", wording.to_json()),
                revises=order.revises,
                replaces=order.replaces,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await _journal(decision, at, draft_id, verdict)
        return await decision.conclude(Receipt.of(draft_id, desk.now, version=1, remarks=verdict.remarks))


async def change(desk: Desk, draft_id: UUID, version: int, order: DraftOrder) -> DraftShown:
    """Replace what a draft says, as long as it has not been handed over.

    Raises what `write` raises, and PreconditionFailed when the version is not the present one.
    """
    async with desk.deciding(Operation.CHANGE_DRAFT, None) as decision:
        row, at = await _own_draft(decision, draft_id, *order.wording.owners)
        if row["version"] != version:
            raise PreconditionFailed
        _not_handed_over(row)
        verdict = _judged(decision, at, Step.WRITE_DRAFT, order.reasons)
        wording = await _worded(decision, at, order, _opened(decision, row).goal_ids)
        sealed = decision.seal(PlanDraft, draft_id, "content_sealed", wording.to_json())
        if not await rows.change_draft(
            decision.tx, draft_id, version, content=sealed, revises=order.revises, replaces=order.replaces
        ):
            raise PreconditionFailed
        await _journal(decision, at, draft_id, verdict)
        shown = await _shown(decision, draft_id)
        await decision.commit()
        return shown


async def read(desk: Desk, draft_id: UUID) -> DraftShown:
    """A draft of the caller's organisation, or one that has been handed over to it. Raises NotFound."""
    async with desk.reading(Operation.READ_DRAFT) as reading:
        row = await rows.draft_for_use(reading.tx, draft_id)
        if row is None:
            raise NotFound
        if row["item_org"] == reading.me:
            await own_meeting(reading, row["meeting_id"], to_change=False)
        else:
            await demand_my_unit(reading, row["item_org"], row["case_id"])
            reading.entitle(Relation.RECORDER)
        shown = await _shown(reading, draft_id)
        await reading.commit()
        return shown


async def hand_over(
    desk: Desk, key: RequestKey, draft_id: UUID, version: int, reasons: Mapping[str, str]
) -> Receipt:
    """Hand the draft over to the chair, who sees it from now on; it is not changed any more.

    Raises VersionStale, and InvalidTransition for one already handed over.
    """
    async with desk.deciding(Operation.HAND_OVER_DRAFT, key) as decision:
        row, at = await _own_draft(decision, draft_id)
        if decision.answered:
            return decision.answered
        if row["version"] != version:
            raise VersionStale
        _not_handed_over(row)
        verdict = _judged(decision, at, Step.HAND_OVER_DRAFT, reasons)
        if not await rows.hand_over_draft(decision.tx, draft_id, version, desk.now):
            raise VersionStale
        await _journal(decision, at, draft_id, verdict)
        return await decision.conclude(
            Receipt.of(draft_id, desk.now, version=version + 1, remarks=verdict.remarks)
        )


def _demand_recorder(decision: Decision, at: MeetingAt) -> None:
    """Raises NotAllowed for all but the appointed recorder's organisation.

    Until somebody is appointed it is the holder that hears what the agreement says of that.
    """
    recorder = at.meeting.recorder
    writes = recorder.organisation_id if isinstance(recorder, Recorder) else at.holder
    if writes != decision.me:
        raise NotAllowed(NOT_THE_RECORDER)
    decision.entitle(Relation.RECORDER)


def _judged(decision: Decision, at: MeetingAt, step: Step, reasons: Mapping[str, str]) -> Verdict:
    """What the agreement says. Raises InvalidTransition for a meeting that has not been opened."""
    meeting = at.meeting
    held = not isinstance(meeting.opening, NotYet) and not meeting.entered_in_error
    if not held or not isinstance(at.found.case.closure, NotYet):
        raise InvalidTransition
    return decision.judged(step, MeetingAtHand(at.found.case, meeting), at.found.agreement, reasons)


async def _worded(
    decision: Decision, at: MeetingAt, order: DraftOrder, own_goals: tuple[UUID, ...]
) -> Wording:
    """The wording asked for, held against the plan it comes after."""
    goals, actions = await _before(decision, at, order)
    wording = wording_of(order.wording, (*own_goals, *goals))
    demand_carried_on(wording, actions)
    return wording


async def _before(
    decision: Decision, at: MeetingAt, order: DraftOrder
) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """The ids of the goals and actions of the plan that is revised or replaced."""
    before = order.revises or order.replaces
    if before is None:
        return (), ()
    plan = at.found.case.plan(before)
    if not isinstance(plan, NotYet):
        contents = plan.contents
        return tuple(one.id for one in contents.goals), tuple(one.id for one in contents.actions)
    if at.meeting.follows != FollowsUp(before):
        raise Unprocessable(PLAN_UNKNOWN.at("/revises" if order.revises else "/replaces"))
    # Another organisation's plan, followed up here: what it says is known by what came of it.
    wording = (await plan_at(decision, before)).text.wording
    return wording.goal_ids, tuple(one.id for one in wording.actions)


async def _own_draft(decision: Decision, draft_id: UUID, *named: UUID) -> tuple[Row, MeetingAt]:
    """A draft of the caller's organisation with its meeting, locked.

    Raises NotFound, and NotAllowed for one only seen, or that the organisation may not write any more.
    """
    row = await rows.draft_for_use(decision.tx, draft_id)
    if row is None:
        raise NotFound
    if row["org_id"] != decision.me:
        await own_meeting(decision, row["meeting_id"], to_change=False)
        raise NotAllowed
    if await visible.meeting(decision.tx, row["meeting_id"], all_units=True) is None:
        await demand_my_unit(decision, row["item_org"], row["case_id"])
        raise NotAllowed
    at = await meeting_at(decision, row["meeting_id"], *named)
    _demand_recorder(decision, at)
    again = await rows.draft_for_use(decision.tx, draft_id)
    if again is None:
        raise NotFound
    return again, at


def _not_handed_over(row: Row) -> None:
    """Raises InvalidTransition for a draft that has been handed over: the chair has seen what it says."""
    if row["handed_over_at"] is not None:
        raise InvalidTransition


def _opened(work: Reading, row: Row) -> Wording:
    return Wording.from_json(work.open("plan_draft", row, "content_sealed") or "")


async def _shown(work: Reading, draft_id: UUID) -> DraftShown:
    """The draft as it is now, logged as shown."""
    row = await rows.read_draft(work.tx, draft_id, operation=Operation.READ_DRAFT.value)
    if row is None:
        raise NotFound
    wording = _opened(work, row)
    owners = {one.owner.organisation_id for one in wording.actions if one.owner and one.owner.organisation_id}
    return DraftShown(
        id=draft_id,
        version=row["version"],
        meeting_id=row["meeting_id"],
        recorder=row["org_id"],
        handed_over_at=row["handed_over_at"],
        revises=row["revises"],
        replaces=row["replaces"],
        wording=wording,
        names=await rows.names_of(work.tx, sorted(owners)),
        is_open_to_me=row["org_id"] == work.me and row["handed_over_at"] is None,
        may_propose=row["item_org"] == work.me,
    )


async def _journal(decision: Decision, at: MeetingAt, draft_id: UUID, verdict: Verdict) -> None:
    await decision.journal(
        "plan_draft",
        draft_id,
        item_org=at.holder,
        individual_id=at.individual_id,
        agreement=at.found.agreement,
        verdict=verdict,
    )
