"""Proposing a plan: the chair freezes a draft as one immutable version and shows it to all it concerns."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.db import plans as rows
from app.db.ids import new_id
from app.db.tables.consents import Disclosure
from app.db.tables.plans import Action, Plan
from app.db.tables.records import OutboxEvent
from app.documents.plan_text import PlanText, Wording
from app.domain.access import Operation
from app.domain.codes import ConsentKind
from app.domain.facts.at_hand import PlanAtHand
from app.domain.facts.basics import NotYet, Side, TheIndividual, TheOrganisation
from app.domain.facts.case import Case
from app.domain.facts.consent import Consent
from app.domain.facts.meeting import FollowsUp, Meeting
from app.domain.facts.plan import PlanContents
from app.domain.plan_states import has_left, is_standing, is_superseded
from app.domain.states import day_held
from app.domain.step import Step
from app.errors import InvalidTransition, NotChair, NotFound, VersionStale
from app.services.at_hand import MeetingFound, individual_row, own_meeting
from app.services.decision import Decision, RequestKey
from app.services.delivery import person_to_name
from app.services.desk import Desk
from app.services.plan_at_hand import PlanAt, demand_my_unit, plan_at
from app.services.plan_wording import contents_of, demand_carried_on, frozen
from app.services.receipt import Receipt


async def propose(
    desk: Desk, key: RequestKey, draft_id: UUID, version: int, reasons: Mapping[str, str]
) -> Receipt:
    """Propose what a draft says; the receipt names the plan and its number.

    Raises NotFound for a draft the caller does not see, NotChair for its writer, VersionStale for an old
    draft or one that comes after a version no longer standing, InvalidTransition before the meeting is open,
    and AgreementBroken with every finding (UPP-005, 006, 060–063, 107–115, and consent: 016, 019, 020).
    """
    async with desk.deciding(Operation.PROPOSE_PLAN, key) as decision:
        draft = await rows.draft_for_use(decision.tx, draft_id)
        if draft is None:
            raise NotFound
        if draft["item_org"] != decision.me:
            await demand_my_unit(decision, draft["item_org"], draft["case_id"])
            raise NotChair
        wording = Wording.from_json(decision.open("plan_draft", draft, "content_sealed") or "")
        at = await own_meeting(decision, draft["meeting_id"], *_owners(wording))
        if decision.answered:
            return decision.answered
        present = await rows.draft_for_use(decision.tx, draft_id)
        if present is None or draft["version"] != present["version"] or draft["version"] != version:
            raise VersionStale
        _demand_held(at)
        before = await _before(decision, at, draft["revises"] or draft["replaces"])
        demand_carried_on(wording, (one.id for one in before.text.wording.actions) if before else ())
        text = await _frozen(decision, at, wording, before, draft["revises"], draft["replaces"])
        contents = contents_of(text.wording, text.revises, text.replaces)
        recipients = _recipients(at, text.wording)
        picture = PlanAtHand(at.found.case, at.meeting, contents, recipients)
        verdict = decision.judged(Step.PROPOSE_PLAN, picture, at.found.agreement, reasons)
        plan_id = await _store(decision, at, text, contents, before)
        for one in recipients:
            if isinstance(one, TheOrganisation):
                await _show(decision, at, plan_id, one.id)
        await decision.journal(
            "plan", plan_id, individual_id=at.individual_id, agreement=at.found.agreement, verdict=verdict
        )
        return await decision.conclude(
            Receipt.of(plan_id, desk.now, version=text.number, remarks=verdict.remarks)
        )


def resting_on(case: Case, organisation_id: UUID) -> Consent | None:
    """The living consent that showing a plan to an organisation rests on:
    one the holder has documented, if there is one, and of those the latest.
    """
    living = case.consents_covering(ConsentKind.INFORMATION_EXCHANGE, organisation_id, case.now)
    documented = case.acting.organisation_id
    return max(living, key=lambda one: (one.is_documented_by(documented), one.said_at), default=None)


def _owners(wording: Wording) -> tuple[UUID, ...]:
    """The organisations that own an action, in the order of the plan."""
    owners = (one.owner.organisation_id for one in wording.actions if one.owner)
    return tuple(dict.fromkeys(one for one in owners if one))


def _demand_held(at: MeetingFound) -> None:
    """Raises InvalidTransition where no meeting is being or has been held, or the case is closed."""
    if isinstance(at.meeting.opening, NotYet) or at.meeting.entered_in_error:
        raise InvalidTransition
    if not isinstance(at.found.case.closure, NotYet):
        raise InvalidTransition


async def _before(decision: Decision, at: MeetingFound, plan_id: UUID | None) -> PlanAt | None:
    """The plan that is revised or replaced. Raises VersionStale where another has come after it already."""
    if plan_id is None:
        return None
    plan = at.found.case.plan(plan_id)
    if not isinstance(plan, NotYet):
        if not is_standing(at.found.case, plan):
            raise VersionStale
    elif at.meeting.follows != FollowsUp(plan_id):
        raise InvalidTransition
    before = await plan_at(decision, plan_id)
    if before.found and before.plan and is_superseded(before.found.case, before.plan):
        raise VersionStale
    return before


def _recipients(at: MeetingFound, wording: Wording) -> tuple[Side, ...]:
    """The individual, every other organisation present and every other owner of an action.

    Whoever was present and has left since, by the individual's own word, is shown nothing more (UPP-019); an
    owner that has left is left for the rulebook to find.
    """
    case, meeting = at.found.case, at.meeting
    present = (one for one in meeting.organisations_present if not has_left(case, one))
    others = (one for one in dict.fromkeys((*present, *_owners(wording))) if one != meeting.holder)
    return (TheIndividual(), *(TheOrganisation(one) for one in others))


async def _frozen(
    decision: Decision,
    at: MeetingFound,
    wording: Wording,
    before: PlanAt | None,
    revises: UUID | None,
    replaces: UUID | None,
) -> PlanText:
    """The version's text: a revision goes on in the line of the plan before, anything else begins its own."""
    person = person_to_name(decision, await individual_row(decision, at.individual_id))
    continued = before.text if before and revises else None
    return PlanText(
        line=continued.line if continued else new_id(),
        number=continued.number + 1 if continued else 1,
        agreement_id=at.found.agreement.id,
        meeting_id=at.meeting.id,
        person_name=person.name,
        identity_number=person.number,
        held_on=_held_on(at.meeting),
        proposed_on=at.found.case.as_of,
        revises=revises,
        replaces=replaces,
        wording=frozen(
            wording, before.text if before else None, await rows.names_of(decision.tx, _owners(wording))
        ),
    )


def _held_on(meeting: Meeting) -> date | None:
    held = day_held(meeting)
    return None if isinstance(held, NotYet) else held


async def _store(
    decision: Decision, at: MeetingFound, text: PlanText, contents: PlanContents, before: PlanAt | None
) -> UUID:
    """The version and its actions.

    Raises InvalidTransition for what no version can be without, where an agreement's rules do not ask for it.
    """
    wording, plan_id = text.wording, new_id()
    if wording.follow_up_on is None:
        raise InvalidTransition
    await decision.tx.add(
        Plan(
            org_id=decision.me,
            id=plan_id,
            meeting_id=at.meeting.id,
            case_id=at.found.row.id,
            individual_id=at.individual_id,
            agreement_id=text.agreement_id,
            plan_line=text.line,
            number=text.number,
            revises_org=before.holder if before and text.revises else None,
            revises=text.revises,
            replaces_org=before.holder if before and text.replaces else None,
            replaces=text.replaces,
            follow_up_on=wording.follow_up_on,
            goal_ids=[one.id for one in contents.goals],
            empty_goal_ids=[one.id for one in contents.goals if not one.text_given],
            content_sealed=decision.seal(Plan, plan_id, "content_sealed", text.to_json()),
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
        )
    )
    for place, one in enumerate(wording.actions):
        if one.owner is None:
            raise InvalidTransition
        await decision.tx.add(
            Action(
                org_id=decision.me,
                id=one.id,
                plan_id=plan_id,
                case_id=at.found.row.id,
                carries_on=one.carries_on,
                place=place,
                text_given=bool(one.text.strip()),
                owner="organisation" if one.owner.organisation_id else "individual",
                owner_org=one.owner.organisation_id,
                kind=one.kind.value,
                due_on=one.due_on,
                by_an_outsider=one.performed_by is not None,
            )
        )
    return plan_id


async def _show(decision: Decision, at: MeetingFound, plan_id: UUID, organisation_id: UUID) -> None:
    """Show the version to one organisation under the consent that covers it, and let its systems know."""
    consent = resting_on(at.found.case, organisation_id)
    if consent is None:
        raise NotFound  # an agreement whose rules do not ask for consent cannot make us show without it
    disclosure_id = new_id()
    await decision.tx.add(
        Disclosure(
            org_id=decision.me,
            id=disclosure_id,
            recipient_org=organisation_id,
            kind="plan",
            item_id=plan_id,
            case_id=at.found.row.id,
            consent_id=consent.id,
            without_letter=not at.found.case.has_been_called(organisation_id),
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
        ),
        OutboxEvent(
            org_id=decision.me,
            id=new_id(),
            recipient_org=organisation_id,
            type="se.flerpart.plan.proposed",
            item_kind="plan",
            item_id=plan_id,
            disclosure_id=disclosure_id,
            recorded_at=decision.now,
        ),
    )
