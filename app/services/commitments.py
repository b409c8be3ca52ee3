"""An owner's word on its action: accepts, starts, done, not done, hands over (UPP-006, 065, 111, 116)."""

from dataclasses import dataclass
from uuid import UUID

from app.db import plans as rows
from app.db.ids import new_id
from app.db.tables.plans import Commitment as Row
from app.documents.plan_text import Action as ActionText
from app.domain.access import Operation, Relation
from app.domain.agreement import Agreement
from app.domain.calendar import stockholm_day
from app.domain.codes import CommitmentKind
from app.domain.facts.at_hand import CommitmentAtHand
from app.domain.facts.basics import Side, TheIndividual, TheOrganisation, Unknown
from app.domain.facts.plan import Commitment
from app.domain.judgement import Verdict
from app.domain.plan_states import action_state
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import ActionNotOwn, FieldFault, NotFound, Unprocessable
from app.services.at_hand import agreement_by_id
from app.services.decision import NOTHING_JUDGED, Decision, RequestKey, party_of
from app.services.desk import Desk
from app.services.plan_at_hand import PlanAt, plan_at
from app.services.plan_wording import side_of
from app.services.receipt import Receipt
from app.services.speakers import STATEMENT_UNKNOWN, Envelope

REASON_MISSING = FieldFault(
    "REASON_MISSING",
    Words("Ange varför åtgärden inte är genomförd", "Say why the action has not been done"),
)
RECEIVER_MISSING = FieldFault(
    "RECEIVER_MISSING", Words("Ange till vem åtgärden lämnas över", "Say to whom the action is handed over")
)
RECEIVER_NOT_WANTED = FieldFault(
    "RECEIVER_NOT_WANTED",
    Words("Mottagare anges bara när åtgärden lämnas över", "A receiver belongs to handing over only"),
)
RECEIVER_UNKNOWN = FieldFault(
    "UNKNOWN_ORGANISATION",
    Words("Organisationen finns inte, eller äger redan", "There is no such organisation, or it is the owner"),
)


@dataclass(frozen=True)
class CommitmentSaid:
    """A word on an action; `to` is whom it is offered to."""

    kind: CommitmentKind
    to: UUID | None
    reason: str | None
    envelope: Envelope


async def record(desk: Desk, key: RequestKey, action_id: UUID, said: CommitmentSaid) -> Receipt:
    """Record the owner's word, or as the plan's holder what the owner has said.

    Never refused by the agreement, and open to an owner for as long as it has its copy, whatever has become
    of the consent. Raises NotFound, ActionNotOwn, and Unprocessable for what a word of its kind lacks.
    """
    _demand_shape(said)
    said.envelope.demand_sound(desk.now, desk.assignment.organisation_id)
    async with desk.deciding(Operation.COMMIT_TO_ACTION, key) as decision:
        plan_id = await rows.plan_of_action(decision.tx, action_id)
        if plan_id is None:
            raise NotFound
        at = await plan_at(decision, plan_id, *([said.to] if said.to else []), to_change=True)
        action = at.text.wording.action(action_id)
        if action is None:
            raise NotFound
        await _demand_speaker(decision, at, action, said)
        if decision.answered:
            return decision.answered
        await _demand_known(decision, at, said)
        commitment_id = new_id()
        verdict = _judged(decision, at, action, said, commitment_id)
        agreement = agreement_by_id(decision, at.text.agreement_id)
        await _store(decision, at, action, said, commitment_id)
        await decision.journal(
            "action",
            action_id,
            item_org=at.holder,
            individual_id=at.individual_id,
            agreement=agreement,
            verdict=verdict,
        )
        if said.envelope.corrects is None:
            party = _party(agreement, said.envelope.side(decision.me))
            await decision.count(agreement, "action_reported", said.kind.value, party=party)
        return await decision.conclude(Receipt.of(commitment_id, desk.now, remarks=verdict.remarks))


def _demand_shape(said: CommitmentSaid) -> None:
    """Raises Unprocessable for what a word of its kind lacks, or has too much."""
    if said.kind is CommitmentKind.NOT_DONE and said.reason is None:
        raise Unprocessable(REASON_MISSING.at("/reason"))
    offers = said.kind is CommitmentKind.TRANSFER_OFFERED
    if offers and said.to is None:
        raise Unprocessable(RECEIVER_MISSING.at("/toOrganisationId"))
    if not offers and said.to is not None:
        raise Unprocessable(RECEIVER_NOT_WANTED.at("/toOrganisationId"))


async def _demand_speaker(decision: Decision, at: PlanAt, action: ActionText, said: CommitmentSaid) -> None:
    """Raises ActionNotOwn unless the speaker owns the action or is offered it,
    and is the caller's organisation or speaks through the plan's holder.
    """
    own = said.envelope.is_own(decision.me)
    if not own and at.relation is not Relation.OWN_UNIT:
        raise ActionNotOwn
    if said.envelope.side(decision.me) not in await _speakers(decision, at, action, said.kind):
        raise ActionNotOwn
    decision.entitle(at.relation, *([Relation.OWNER] if own else []))


async def _speakers(decision: Decision, at: PlanAt, action: ActionText, kind: CommitmentKind) -> set[Side]:
    """Who may speak of the action: its owner; and whoever is offered it, of taking it over or not."""
    first = {side_of(action.owner)} if action.owner else set()
    plan = at.plan
    if at.found is None or plan is None:
        words = await rows.commitments(decision.tx, at.holder, at.id)
        taken = any(one["action_id"] == action.id and one["status"] == "transferred" for one in words)
        return first | ({TheOrganisation(decision.me)} if taken else set())
    case = at.found.case
    fact = next(one for one in plan.contents.actions if one.id == action.id)
    owner = action_state(case, plan, fact).owner
    speakers: set[Side] = {owner} if isinstance(owner, TheIndividual | TheOrganisation) else set()
    if kind in (CommitmentKind.TRANSFERRED, CommitmentKind.DECLINED):
        about = (one for one in case.commitments if one.action_id == action.id and one.word.speaker == owner)
        speakers |= {one.to for one in about if isinstance(one.to, TheOrganisation)}
    return speakers


async def _demand_known(decision: Decision, at: PlanAt, said: CommitmentSaid) -> None:
    """Raises Unprocessable for a receiver that is none, and for a correction of somebody else's word."""
    if said.to is not None:
        known = await rows.names_of(decision.tx, [said.to])
        if not known or TheOrganisation(said.to) == said.envelope.side(decision.me):
            raise Unprocessable(RECEIVER_UNKNOWN.at("/toOrganisationId"))
    if said.envelope.corrects is not None:
        words = await rows.commitments(decision.tx, at.holder, at.id)
        if not any(said.envelope.may_correct(one, decision.me) for one in words):
            raise Unprocessable(STATEMENT_UNKNOWN.at("/corrects"))


def _judged(
    decision: Decision, at: PlanAt, action: ActionText, said: CommitmentSaid, commitment_id: UUID
) -> Verdict:
    """What the agreement remarks, where the case is the caller's to see."""
    plan = at.plan
    if at.found is None or plan is None:
        return NOTHING_JUDGED
    fact = next(one for one in plan.contents.actions if one.id == action.id)
    commitment = Commitment(
        word=said.envelope.word(decision, commitment_id),
        action_id=action.id,
        plan_id=at.id,
        kind=said.kind,
        occurred_on=stockholm_day(said.envelope.said_at),
        to=TheOrganisation(said.to) if said.to else Unknown(),
    )
    picture = CommitmentAtHand(at.found.case, fact, commitment)
    return decision.judged(Step.COMMIT_TO_ACTION, picture, at.found.agreement, {})


async def _store(
    decision: Decision, at: PlanAt, action: ActionText, said: CommitmentSaid, commitment_id: UUID
) -> None:
    def sealed(column: str, text: str | None) -> bytes | None:
        return decision.seal_given(Row, commitment_id, column, text)

    await decision.tx.add(
        Row(
            org_id=decision.me,
            id=commitment_id,
            item_org=at.holder,
            item_id=at.id,
            action_id=action.id,
            case_id=at.case_id,
            status=said.kind.value,
            occurred_on=stockholm_day(said.envelope.said_at),
            reason_sealed=sealed("reason_sealed", said.reason),
            to_org=said.to,
            speaker_name_sealed=sealed("speaker_name_sealed", said.envelope.speaker_name),
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
            **said.envelope.columns(decision.me),
        )
    )


def _party(agreement: Agreement, speaker: Side) -> str:
    """The party whose action is counted; `-` for the individual's own."""
    return party_of(agreement, speaker.id) if isinstance(speaker, TheOrganisation) else "-"
