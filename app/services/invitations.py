"""The invitation to persons outside the parties: previewed, issued, and read by whoever is to hand it over.

They get a letter and access to nothing (UPP-028, UPP-045, UPP-050).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.db import summonses as rows
from app.db.ids import new_id
from app.db.reading import Shown
from app.db.tables.summonses import Invitation
from app.documents.document import Document
from app.documents.summons_letter import invitation_letter
from app.domain.access import Operation
from app.domain.codes import Channel
from app.domain.facts.guests import InvitationAtHand
from app.domain.judgement import Finding
from app.domain.rulebook import judge
from app.domain.step import Step
from app.errors import InvalidTransition
from app.services.at_hand import MeetingFound, own_meeting
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.letters import NOBODY_LEFT, Gathered, Row, chosen, gather, letter_template, letter_to
from app.services.meetings_common import ensure_step
from app.services.reading import Reading
from app.services.receipt import Receipt
from app.services.sight import sight_of_case
from app.services.summonses import SummonsOrder


@dataclass(frozen=True)
class PreviewedInvitation:
    """One person's letter as it would be."""

    invitee_id: UUID
    document: Document


@dataclass(frozen=True)
class InvitationPreview:
    """Every letter as it would be, and everything the agreement would say of sending them."""

    letters: tuple[PreviewedInvitation, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class InvitationShown:
    """One letter as it was issued, to be handed over."""

    id: UUID
    invitee_id: UUID
    channel: Channel
    issued_at: datetime
    document: Document


async def preview(desk: Desk, meeting_id: UUID, invitee_ids: tuple[UUID, ...]) -> InvitationPreview:
    """The letters before they are issued; nothing is stored but the log of the look. Raises NotFound."""
    async with desk.reading(Operation.PREVIEW_INVITATION) as reading:
        at = await own_meeting(reading, meeting_id, to_change=False)
        gathered = await gather(reading, at)
        invited = await _to_invite(reading, at, gathered, invitee_ids)
        letters = tuple(
            PreviewedInvitation(one["id"], _letter(reading, at, gathered, one, Channel.LETTER))
            for one in invited
        )
        findings = judge(Step.ISSUE_INVITATION, _picture(at, invited), at.found.agreement)
        await reading.log_shown(Shown("meeting", reading.me, meeting_id, at.found.row.id))
        sight = await sight_of_case(reading, reading.me, at.found.row.id)
        await reading.commit()
        seen = tuple(replace(one, document=sight.document(one.document)) for one in letters)
        return InvitationPreview(seen, findings)


async def invite(desk: Desk, key: RequestKey, meeting_id: UUID, order: SummonsOrder) -> Receipt:
    """Issue invitations to persons outside the parties: all that have none to the present time, unless some
    are named.

    Raises AgreementBroken when the individual has not agreed (UPP-027, 028) or consent does not name them,
    InvalidTransition when nobody is left to invite.
    """
    async with desk.deciding(Operation.ISSUE_INVITATION, key) as decision:
        at = await own_meeting(decision, meeting_id, version=order.version)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.ISSUE_INVITATION)
        gathered = await gather(decision, at)
        invited = await _to_invite(decision, at, gathered, order.invitee_ids)
        if not invited:
            raise InvalidTransition(NOBODY_LEFT)
        verdict = decision.judged(
            Step.ISSUE_INVITATION, _picture(at, invited), at.found.agreement, order.reasons
        )
        channel = order.channel or Channel.LETTER
        for invitee in invited:
            invitation_id = new_id()
            document = _letter(decision, at, gathered, invitee, channel)
            await decision.tx.add(
                Invitation(
                    org_id=decision.me,
                    id=invitation_id,
                    meeting_id=meeting_id,
                    case_id=at.found.row.id,
                    individual_id=at.individual_id,
                    invitee_id=invitee["id"],
                    channel=channel.value,
                    letter_sealed=decision.seal(
                        Invitation, invitation_id, "letter_sealed", document.to_json()
                    ),
                    recorded_by=decision.assignment.account_id,
                    recorded_at=desk.now,
                )
            )
        await decision.journal(
            "meeting",
            meeting_id,
            individual_id=at.individual_id,
            agreement=at.found.agreement,
            verdict=verdict,
        )
        return await decision.conclude(
            Receipt.of(meeting_id, desk.now, version=at.version, remarks=verdict.remarks)
        )


async def issued(desk: Desk, meeting_id: UUID) -> tuple[InvitationShown, ...]:
    """Every invitation to a meeting of the caller's, newest first, each with its letter. Raises NotFound."""
    async with desk.reading(Operation.LIST_INVITATIONS) as reading:
        at = await own_meeting(reading, meeting_id, to_change=False)
        found = await rows.invitations(reading.tx, meeting_id, operation=reading.operation.value)
        if not found:  # it is shown that nobody was invited
            await reading.log_shown(Shown("meeting", reading.me, meeting_id, at.found.row.id))
        sight = await sight_of_case(reading, reading.me, at.found.row.id)
        await reading.commit()
        return tuple(
            InvitationShown(
                one["id"],
                one["invitee_id"],
                Channel(one["channel"]),
                one["recorded_at"],
                sight.document(Document.from_json(reading.open("invitation", one, "letter_sealed") or "")),
            )
            for one in found
        )


async def _to_invite(
    work: Reading, at: MeetingFound, gathered: Gathered, asked: tuple[UUID, ...]
) -> tuple[Row, ...]:
    """Those asked for; or all that have not been invited to the time the meeting has now."""
    wanted = chosen(gathered, asked, organisations=False)
    if asked:
        return wanted
    moved = max((one.at for one in at.meeting.reschedulings), default=None)
    has_letter = await rows.invited_since(work.tx, at.meeting.id, moved)
    return tuple(one for one in wanted if one["id"] not in has_letter)


def _picture(at: MeetingFound, invited: tuple[Row, ...]) -> InvitationAtHand:
    """What the agreement judges: these persons are invited."""
    noted = {one.id: one for one in at.meeting.invitees}
    return InvitationAtHand(at.found.case, at.meeting, tuple(noted[one["id"]] for one in invited))


def _letter(work: Reading, at: MeetingFound, gathered: Gathered, invitee: Row, channel: Channel) -> Document:
    """One person's letter."""
    letter = letter_to(gathered, invitee, channel, for_outsider=True)
    return invitation_letter(letter, gathered.ends_at, letter_template(work, at))
