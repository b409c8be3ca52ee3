"""Handing the approved plan out: to the individual, and to every organisation as its own copy (UPP-055)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.db import plans as rows
from app.db.facts.row import Shown
from app.db.ids import new_id
from app.db.tables.plans import PlanDistribution
from app.documents.plan_document import plan_document
from app.domain.access import Operation
from app.domain.codes import Channel
from app.domain.facts.at_hand import DistributionAtHand
from app.domain.facts.basics import NotYet, Side, TheIndividual, TheOrganisation
from app.domain.facts.case import Case
from app.domain.facts.meeting import Meeting
from app.domain.facts.plan import NewPlan, Plan, Revises
from app.domain.plan_states import is_standing, plan_sides
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import FieldFault, InvalidTransition, NotFound, Unprocessable, VersionStale
from app.services.at_hand import individual_row
from app.services.decision import Decision, RequestKey
from app.services.delivery import Parcel, deliver, person_to_name
from app.services.desk import Desk
from app.services.plan_at_hand import PlanAt, plan_at, template
from app.services.plan_proposals import resting_on
from app.services.plans import approved_by
from app.services.receipt import Receipt

NOT_OF_THE_PLAN = FieldFault(
    "RECIPIENT_UNKNOWN",
    Words("Mottagaren har ingen del i planen", "The recipient has no part in the plan"),
)


@dataclass(frozen=True)
class Recipient:
    """Somebody the plan is handed to, and how where it differs from the rest."""

    side: Side
    channel: Channel | None


@dataclass(frozen=True)
class DistributionOrder:
    """To whom the version is handed: everybody who has not got it yet, unless recipients are named."""

    number: int
    channel: Channel
    recipients: tuple[Recipient, ...]
    reasons: Mapping[str, str]


async def distribute(desk: Desk, key: RequestKey, plan_id: UUID, order: DistributionOrder) -> Receipt:
    """Hand a version out; each organisation gets a copy of its own that it keeps.

    Raises NotFound, NotAllowed for all but the holder, VersionStale, InvalidTransition where everybody has it
    or another version has come, Unprocessable for whoever has no part in it (UPP-017), and AgreementBroken
    (UPP-016, 019, 020, 054, 055).
    """
    async with desk.deciding(Operation.DISTRIBUTE_PLAN, key) as decision:
        at = await plan_at(decision, plan_id, to_change=True)
        decision.entitle(at.relation)
        if decision.answered:
            return decision.answered
        found, plan = at.found, at.plan
        meeting = found.case.meeting(plan.meeting_id) if found and plan else NotYet()
        if found is None or plan is None or isinstance(meeting, NotYet):
            raise NotFound
        if order.number != plan.number:
            raise VersionStale
        if not is_standing(found.case, plan):
            raise InvalidTransition
        recipients = _recipients(found.case, plan, meeting, order)
        picture = DistributionAtHand(
            found.case, meeting, plan.contents, tuple(one.side for one in recipients), plan_id
        )
        verdict = decision.judged(Step.DISTRIBUTE_PLAN, picture, found.agreement, order.reasons)
        new = [one for one in recipients if one.side not in {given.to for given in plan.distributions}]
        if not new:
            raise InvalidTransition
        await _hand_out(decision, at, meeting.id, new, order.channel)
        if not plan.distributions:
            await decision.count(found.agreement, "plan_distributed", _kind(plan))
        await decision.journal(
            "plan", plan_id, individual_id=at.individual_id, agreement=found.agreement, verdict=verdict
        )
        return await decision.conclude(
            Receipt.of(plan_id, desk.now, version=plan.number, remarks=verdict.remarks)
        )


def _recipients(case: Case, plan: Plan, meeting: Meeting, order: DistributionOrder) -> tuple[Recipient, ...]:
    """Those named, or everybody. Raises Unprocessable for one that has no part in the plan."""
    if not order.recipients:
        sides = plan_sides(case, plan)
        return tuple(Recipient(one, None) for one in sides if one != TheOrganisation(plan.holder))
    organisations = (*meeting.organisations_present, *plan.owning_organisations)
    known: set[Side] = {TheIndividual(), *(TheOrganisation(one) for one in organisations)}
    known.discard(TheOrganisation(plan.holder))
    faults = [
        NOT_OF_THE_PLAN.at(f"/recipients/{place}")
        for place, one in enumerate(order.recipients)
        if one.side not in known
    ]
    if faults:
        raise Unprocessable(*faults)
    return tuple({one.side: one for one in order.recipients}.values())


async def _hand_out(
    decision: Decision, at: PlanAt, meeting_id: UUID, recipients: list[Recipient], channel: Channel
) -> None:
    """A row for everybody, and a sealed copy for each organisation."""
    for one in recipients:
        if isinstance(one.side, TheIndividual):
            await _note(decision, at, None, one.channel or channel)
    person = person_to_name(decision, await individual_row(decision, at.individual_id))
    approved, fixed = await approved_by(decision, at), template(decision, at.text.agreement_id)
    units = await rows.summoned_units(decision.tx, meeting_id)
    organisations = {one.side.id: one for one in recipients if isinstance(one.side, TheOrganisation)}
    names = await rows.names_of(decision.tx, organisations)
    # Receivers in one order for everybody: each copy's number is a lock of its receiver, held to the commit.
    for to, one in sorted(organisations.items()):
        by = one.channel or channel
        consent = resting_on(at.found.case, to) if at.found else None
        if consent is None or at.found is None:
            raise NotFound  # an agreement whose rules do not ask for consent cannot make us show without it
        await _note(decision, at, to, by)
        shown = next((row.id for row in at.found.row.shown if _is_of(row, at.id, to, consent.id)), None)
        parcel = Parcel(
            kind="plan",
            item_id=at.id,
            recipient_org=to,
            recipient_unit=units.get(to),
            consent_id=consent.id,
            case_id=at.case_id,
            meeting_id=meeting_id,
            about_id=None,
            channel=by.value,
            meets_at=None,
            document=plan_document(at.text, (names.get(to, ""),), approved, fixed),
            disclosure_id=shown,
        )
        await deliver(decision, parcel, person)


def _is_of(row: Shown, plan_id: UUID, to: UUID, consent_id: UUID) -> bool:
    """Whether the version has been shown to the organisation by this disclosure, under this consent."""
    return (row.kind, row.item_id, row.recipient_org, row.consent_id) == ("plan", plan_id, to, consent_id)


async def _note(decision: Decision, at: PlanAt, to: UUID | None, channel: Channel) -> None:
    """That the version was handed to an organisation, or to the individual."""
    await decision.tx.add(
        PlanDistribution(
            org_id=decision.me,
            id=new_id(),
            plan_id=at.id,
            case_id=at.case_id,
            recipient="organisation" if to else "individual",
            recipient_org=to,
            channel=channel.value,
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
        )
    )


def _kind(plan: Plan) -> str:
    """How the plan is counted: the first of its line, a revision of one, or in the place of one."""
    if isinstance(plan.contents.succeeds, NewPlan):
        return "new"
    return "revision" if isinstance(plan.contents.succeeds, Revises) else "replacement"
