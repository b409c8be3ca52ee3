"""Plans shown: what a version says, what is said of it, how it differs, and the document people read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import plans as rows
from app.db import visible
from app.db.reading import Shown
from app.documents.document import Document
from app.documents.plan_differences import PlanDifferences, differences
from app.documents.plan_document import plan_document
from app.documents.plan_text import Action as ActionText
from app.documents.plan_text import PlanText
from app.domain.access import Operation, Relation, Role, may, may_ever
from app.domain.codes import ApprovalAnswer, CommitmentKind, CommitmentStatus, PlanStatus
from app.domain.facts.basics import NotYet, Side, TheIndividual, TheOrganisation, standing_word
from app.domain.plan_states import action_state, approvals_missing, plan_status
from app.domain.rule import Words
from app.errors import FieldFault, NotFound, QueryInvalid
from app.services.desk import Desk
from app.services.plan_at_hand import PlanAt, plan_at, template
from app.services.plan_wording import THE_INDIVIDUAL, side_of
from app.services.plan_words import WordShown, approvals, commitments
from app.services.reading import Reading
from app.services.sight import sight_of_case

NOTHING_BEFORE = FieldFault(
    "NOTHING_TO_COMPARE",
    Words("Ange vilken plan som jämförs", "Say which plan to compare with"),
)


@dataclass(frozen=True)
class ActionStanding:
    """Where an action stands; all unknown (None) to those who have only a copy, but for their own."""

    status: CommitmentStatus | None
    owner: Side | None
    is_overdue: bool | None


@dataclass(frozen=True)
class HandedOut:
    """To whom a version was handed out, and when."""

    to: UUID | None
    at: datetime
    channel: str


@dataclass(frozen=True)
class PlanShown:
    """A version as one of those who have it sees it."""

    id: UUID
    holder: UUID
    individual_here: UUID | None
    relation: Relation
    text: PlanText
    status: PlanStatus | None
    standing: Mapping[UUID, ActionStanding]
    approvals: tuple[WordShown, ...]
    awaited: tuple[Side, ...]
    handed_out: tuple[HandedOut, ...]
    purpose: str
    notice: str
    open_to_me: frozenset[Operation]


@dataclass(frozen=True)
class ActionShown:
    """One action with its history."""

    plan: PlanAt
    action: ActionText
    standing: ActionStanding
    history: tuple[WordShown, ...]
    is_mine_to_tell: bool


async def read(desk: Desk, plan_id: UUID) -> PlanShown:
    """A version: its holder's, one shown to the caller's organisation, or its own copy. Raises NotFound."""
    async with desk.reading(Operation.READ_PLAN) as reading:
        at = await _entitled(reading, plan_id)
        words = await commitments(reading, at)
        case, plan = (at.found.case if at.found else None), at.plan
        handed_out = await rows.distributions(reading.tx, at.holder, at.id) if at.found else []
        fixed = template(reading, at.text.agreement_id)
        status = plan_status(case, plan) if case and plan else None
        shown = PlanShown(
            id=plan_id,
            holder=at.holder,
            individual_here=at.individual_here,
            relation=at.relation,
            text=at.text,
            status=status,
            standing={one.id: _standing(reading, at, one, words) for one in at.text.wording.actions},
            approvals=await approvals(reading, at),
            awaited=approvals_missing(case, plan) if case and plan else (),
            handed_out=tuple(
                HandedOut(one["recipient_org"], one["recorded_at"], one["channel"]) for one in handed_out
            ),
            purpose=fixed.text("purpose"),
            notice=fixed.text("notice"),
            open_to_me=await _open_to(reading, at, status),
        )
        await reading.commit()
        return shown


async def compare(desk: Desk, plan_id: UUID, against: UUID | None) -> tuple[UUID, PlanDifferences]:
    """What sets a version apart from another: the one named, or the one it revises or replaces.

    Raises NotFound for what the caller does not have, QueryInvalid where there is nothing to compare with.
    """
    async with desk.reading(Operation.READ_PLAN_DIFFERENCES) as reading:
        at = await _entitled(reading, plan_id)
        before = against or at.text.revises or at.text.replaces
        if before is None:
            raise QueryInvalid(NOTHING_BEFORE.at("query:against"))
        other = await _entitled(reading, before)
        if other.case_id != at.case_id and before not in (at.text.revises, at.text.replaces):
            raise QueryInvalid(NOTHING_BEFORE.at("query:against"))
        await reading.commit()
        return before, differences(other.text.wording, at.text.wording)


async def document(desk: Desk, plan_id: UUID) -> Document:
    """The version as people read it: the own copy as it was received, or rendered as things stand now."""
    async with desk.reading(Operation.READ_PLAN_DOCUMENT) as reading:
        at = await _entitled(reading, plan_id)
        names = await rows.names_of(reading.tx, [reading.me])
        shown = at.copy or plan_document(
            at.text,
            (names.get(reading.me, ""),),
            await approved_by(reading, at),
            template(reading, at.text.agreement_id),
        )
        sight = await sight_of_case(reading, at.holder, at.case_id)
        await reading.commit()
        return sight.document(shown)


async def read_action(desk: Desk, action_id: UUID) -> ActionShown:
    """One action with everything that has been said of it. Raises NotFound for who does not have the plan."""
    async with desk.reading(Operation.READ_ACTION) as reading:
        plan_id = await rows.plan_of_action(reading.tx, action_id)
        if plan_id is None:
            raise NotFound
        at = await plan_at(reading, plan_id)
        reading.entitle(at.relation)
        action = at.text.wording.action(action_id)
        if action is None:
            raise NotFound
        await reading.log_shown(Shown("action", at.holder, action_id, at.case_id))
        words = await commitments(reading, at)
        history = tuple(one for one in words if one.action_id == action_id)
        standing = _standing(reading, at, action, words)
        shown = ActionShown(at, action, standing, history, _is_mine_to_tell(reading, at, standing))
        await reading.commit()
        return shown


async def approved_by(work: Reading, at: PlanAt) -> tuple[str, ...]:
    """The names of those whose word that counts is an approval: the individual first."""
    plan = at.plan
    if plan is None:
        return ()
    sides = dict.fromkeys((TheIndividual(), *(one.word.speaker for one in plan.approvals)))
    approving = []
    for side in sides:
        word = standing_word(side, plan.approvals)
        if not isinstance(word, NotYet) and word.answer is ApprovalAnswer.APPROVED:
            approving.append(side)
    names = await rows.names_of(work.tx, [one.id for one in approving if isinstance(one, TheOrganisation)])
    return tuple(
        names.get(one.id, "") if isinstance(one, TheOrganisation) else THE_INDIVIDUAL for one in approving
    )


async def _open_to(reading: Reading, at: PlanAt, status: PlanStatus | None) -> frozenset[Operation]:
    """What the caller may do with the version as it stands, and whether its meeting is there to be read."""
    found = set()
    if status in (PlanStatus.PROPOSED, PlanStatus.APPROVED):
        found.add(Operation.APPROVE_PLAN)
    if status is PlanStatus.APPROVED and at.relation is Relation.OWN_UNIT:
        found.add(Operation.DISTRIBUTE_PLAN)
    if at.found and await visible.meeting(reading.tx, at.text.meeting_id, all_units=reading.all_units):
        found.add(Operation.READ_MEETING)
    roles = {Role(one) for one in reading.assignment.roles}
    return frozenset(one for one in found if may(roles, one, {at.relation}))


def _is_mine_to_tell(reading: Reading, at: PlanAt, standing: ActionStanding) -> bool:
    """Whether the caller may say how an action goes: its own, or another's that it writes down."""
    roles = {Role(one) for one in reading.assignment.roles}
    own = standing.owner == TheOrganisation(reading.me)
    return may_ever(roles, Operation.COMMIT_TO_ACTION) and (own or at.relation is Relation.OWN_UNIT)


async def _entitled(reading: Reading, plan_id: UUID) -> PlanAt:
    at = await plan_at(reading, plan_id, shows=True)
    reading.entitle(at.relation)
    return at


def _standing(
    reading: Reading, at: PlanAt, action: ActionText, words: tuple[WordShown, ...]
) -> ActionStanding:
    """Where an action stands: by everybody's words, or by the own ones where no others are seen."""
    plan = at.plan
    if at.found and plan:
        fact = next(one for one in plan.contents.actions if one.id == action.id)
        state = action_state(at.found.case, plan, fact)
        owner = state.owner if isinstance(state.owner, TheIndividual | TheOrganisation) else None
        return ActionStanding(state.status, owner, state.is_overdue)
    side = side_of(action.owner) if action.owner else None
    if side != TheOrganisation(reading.me):
        return ActionStanding(None, side, None)
    return ActionStanding(_by_own_words(action.id, words), side, None)


def _by_own_words(action_id: UUID, words: tuple[WordShown, ...]) -> CommitmentStatus:
    """The status that the own words make, where a word that a later one corrects no longer counts."""
    corrected = {one.corrects for one in words}
    own = [
        one
        for one in words
        if one.action_id == action_id
        and one.id not in corrected
        and one.word not in (CommitmentKind.TRANSFER_OFFERED, CommitmentKind.TRANSFERRED)
    ]
    last = max(own, key=lambda one: (one.said_at, one.recorded_at, one.id), default=None)
    return CommitmentStatus(last.word) if last else CommitmentStatus.OPEN
