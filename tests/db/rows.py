"""Whole rows for the proofs of the database: only what a proof is about is asked for, the rest is plain."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.db.ids import new_id
from app.db.tables import cases, consents, meetings, plans, summonses

SEALED = b"sealed before it came here"
TODAY = date(2026, 3, 2)
LONG_AGO = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
AFTERWARDS = LONG_AGO + timedelta(hours=1)


def _recorded(org: UUID) -> dict[str, Any]:
    """The columns every row of an organisation has."""
    return {"org_id": org, "id": new_id(), "recorded_by": new_id(), "recorded_at": LONG_AGO}


def individual(org: UUID, index: bytes | None = None) -> cases.Individual:
    """A person as one organisation knows them."""
    return cases.Individual(
        org_id=org,
        id=new_id(),
        name_sealed=SEALED,
        identity_kind="none" if index is None else "personnummer",
        identity_index=index,
        protected_identity="none",
        has_communication_needs="not_asked",
        recorded_at=LONG_AGO,
    )


def case_file(org: UUID, unit: UUID, person: UUID) -> cases.CaseFile:
    """A coordination case."""
    return cases.CaseFile(**_recorded(org), individual_id=person, unit_id=unit, agreement_id="uppsala/1")


def meeting(case: cases.CaseFile) -> meetings.Meeting:
    """A meeting of that case, not yet booked."""
    return meetings.Meeting(
        **_recorded(case.org_id),
        case_id=case.id,
        individual_id=case.individual_id,
        unit_id=case.unit_id,
        agreement_id=case.agreement_id,
        form="flerpartsmote",
        initiator_id=new_id(),
    )


def consent(case: cases.CaseFile, **said: Any) -> consents.Consent:
    """Consent to the exchange of information, given an hour after the information, without an end."""
    usual = {
        "kind": "information_exchange",
        "answer": "given",
        "informed_at": LONG_AGO,
        "said_at": AFTERWARDS,
        "ends_at": None,
    }
    return consents.Consent(
        **_recorded(case.org_id),
        case_id=case.id,
        given_by="individual",
        capacity="adult",
        manner="oral",
        informed_of=["purpose"],
        information_adapted=False,
        taken_by=new_id(),
        taker_name="An officer",
        taker_function="caseworker",
        secrecy_ground="consent",
        legal_basis="public_task",
        **{**usual, **said},
    )


def coverage(of: consents.Consent, covered: UUID) -> consents.ConsentCoverage:
    """That consent covers this organisation."""
    return consents.ConsentCoverage(
        org_id=of.org_id, consent_id=of.id, covered_org=covered, case_id=of.case_id
    )


def extension(of: consents.Consent, ends_at: datetime | None, said_at: datetime) -> consents.ConsentExtension:
    """A later end for that consent, or more organisations only."""
    return consents.ConsentExtension(
        **_recorded(of.org_id),
        consent_id=of.id,
        case_id=of.case_id,
        said_at=said_at,
        manner="oral",
        changes_end=ends_at is not None,
        ends_at=ends_at,
    )


def withdrawal(
    by: UUID, of: consents.Consent, covered: UUID | None, **other: Any
) -> consents.ConsentWithdrawal:
    """The individual takes that consent back, whole or for one organisation."""
    about = {"consent_org": of.org_id, "consent_id": of.id, "case_id": of.case_id, **other}
    return consents.ConsentWithdrawal(
        **_recorded(by), **about, kind="withdrawn", covered_org=covered, said_at=LONG_AGO, manner="oral"
    )


def disclosure(kind: str, item: UUID, of: consents.Consent, to: UUID, **other: Any) -> consents.Disclosure:
    """An act shows that item to that organisation, under that consent."""
    about = {"kind": kind, "item_id": item, "consent_id": of.id, "case_id": of.case_id, **other}
    return consents.Disclosure(**_recorded(of.org_id), recipient_org=to, **about)


def invitee(of: meetings.Meeting, organisation: UUID) -> meetings.Invitee:
    """An organisation to be called to that meeting."""
    return meetings.Invitee(
        **_recorded(of.org_id),
        meeting_id=of.id,
        case_id=of.case_id,
        kind="organisation",
        organisation_id=organisation,
        agreed_with_individual=True,
        shown_to_outsiders=False,
    )


def summons(
    of: meetings.Meeting, to: meetings.Invitee, unit: UUID, under: consents.Consent
) -> summonses.Summons:
    """The letter to one organisation called."""
    assert to.organisation_id is not None
    return summonses.Summons(
        **_recorded(of.org_id),
        meeting_id=of.id,
        case_id=of.case_id,
        individual_id=of.individual_id,
        invitee_id=to.id,
        recipient_org=to.organisation_id,
        recipient_unit=unit,
        consent_id=under.id,
        channel="api",
        meeting_starts_at=LONG_AGO,
        explained=[],
        letter_sealed=SEALED,
    )


def query_answer(of: summonses.Summons, to: UUID) -> summonses.QueryAnswer:
    """The sender's answer to a recipient's question."""
    return summonses.QueryAnswer(
        **_recorded(of.org_id), summons_id=of.id, case_id=of.case_id, recipient_org=to, text_sealed=SEALED
    )


def plan(of: meetings.Meeting) -> plans.Plan:
    """The first version of a plan."""
    return plans.Plan(
        **_recorded(of.org_id),
        meeting_id=of.id,
        case_id=of.case_id,
        individual_id=of.individual_id,
        agreement_id=of.agreement_id,
        plan_line=new_id(),
        number=1,
        follow_up_on=TODAY,
        goal_ids=[],
        empty_goal_ids=[],
        content_sealed=SEALED,
    )


def action(of: plans.Plan, owner: UUID) -> plans.Action:
    """An action of that plan, owned by one organisation."""
    return plans.Action(
        org_id=of.org_id,
        id=new_id(),
        plan_id=of.id,
        case_id=of.case_id,
        place=1,
        owner="organisation",
        owner_org=owner,
        kind="insats",
        due_on=TODAY,
        by_an_outsider=False,
        text_given=True,
    )


def _said(by: UUID, item_org: UUID, item: UUID, case: UUID) -> dict[str, Any]:
    """The envelope of a statement."""
    about = {"item_org": item_org, "item_id": item, "case_id": case}
    return {**_recorded(by), **about, "said_at": LONG_AGO, "channel": "api"}


def reply(by: UUID, item_org: UUID, item: UUID, case: UUID, word: str = "accepted") -> summonses.SummonsReply:
    """A word on a summons."""
    return summonses.SummonsReply(**_said(by, item_org, item, case), speaker_org=by, reply=word)


def approval(by: UUID, item_org: UUID, item: UUID, case: UUID) -> plans.PlanApproval:
    """An objection to a plan version, with its reason."""
    said = _said(by, item_org, item, case)
    return plans.PlanApproval(
        **said, speaker="organisation", speaker_org=by, answer="objected", reason_sealed=SEALED
    )


def commitment(
    by: UUID, item_org: UUID, item: UUID, case: UUID, action_id: UUID | None = None, status: str = "accepted"
) -> plans.Commitment:
    """An owner's word on its action."""
    said = _said(by, item_org, item, case)
    return plans.Commitment(
        **said,
        action_id=action_id or new_id(),
        speaker="organisation",
        speaker_org=by,
        status=status,
        occurred_on=TODAY,
        reason_sealed=SEALED,
    )


def report(by: UUID, item_org: UUID, item: UUID, case: UUID) -> plans.FollowUpReport:
    """An account of one's own area at a meeting."""
    said = _said(by, item_org, item, case)
    return plans.FollowUpReport(**said, speaker="organisation", speaker_org=by, text_sealed=SEALED)


def draft(by: UUID, item_org: UUID, item: UUID, case: UUID) -> plans.PlanDraft:
    """A draft of the plan, not handed over."""
    return plans.PlanDraft(
        **_recorded(by), item_org=item_org, meeting_id=item, case_id=case, content_sealed=SEALED
    )
