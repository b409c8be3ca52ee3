"""The summons: previewed for each recipient, then issued by one act that makes every letter and hands over
every copy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.db.reading import Shown
from app.documents.document import Document
from app.documents.summons_letter import summons_letter
from app.domain.access import Operation
from app.domain.codes import Channel
from app.domain.facts.at_hand import SummonsAtHand
from app.domain.facts.letter import Letter
from app.domain.judgement import Finding
from app.domain.rulebook import judge
from app.domain.step import Step
from app.errors import InvalidTransition
from app.services.at_hand import MeetingFound, own_meeting
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.issuing import call, calling, consent_lines
from app.services.letters import (
    NOBODY_LEFT,
    Gathered,
    Row,
    asked_channel,
    chosen,
    gather,
    letter_template,
    letter_to,
)
from app.services.meetings_common import ensure_step
from app.services.receipt import Receipt
from app.services.sight import sight_of_case


@dataclass(frozen=True)
class SummonsOrder:
    """Whom to call and how: all invited organisations not yet called, unless some are named."""

    version: int
    invitee_ids: tuple[UUID, ...]
    channel: Channel | None
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class PreviewedLetter:
    """One recipient's letter as it would be."""

    invitee_id: UUID
    organisation_id: UUID
    document: Document


@dataclass(frozen=True)
class Preview:
    """Every letter as it would be, and everything the agreement would say of sending them."""

    letters: tuple[PreviewedLetter, ...]
    findings: tuple[Finding, ...]


async def preview(
    desk: Desk, meeting_id: UUID, invitee_ids: tuple[UUID, ...], channel: Channel | None
) -> Preview:
    """The letters before they are sent; nothing is stored but the log of the look. Raises NotFound."""
    async with desk.reading(Operation.PREVIEW_SUMMONS) as reading:
        at = await own_meeting(reading, meeting_id, to_change=False)
        gathered = await gather(reading, at)
        to_call, letters = _letters(gathered, at, invitee_ids, channel)
        picture = SummonsAtHand(at.found.case, at.meeting, tuple(letters))
        template = letter_template(reading, at)
        documents = []
        lines = await consent_lines(reading, at, letters)
        for invitee, letter, line in zip(to_call, letters, lines, strict=True):
            documents.append(
                PreviewedLetter(
                    invitee["id"],
                    invitee["organisation_id"],
                    summons_letter(letter, gathered.ends_at, line, template),
                )
            )
        await reading.log_shown(Shown("meeting", reading.me, meeting_id, at.found.row.id))
        sight = await sight_of_case(reading, reading.me, at.found.row.id)
        await reading.commit()
        seen = tuple(replace(one, document=sight.document(one.document)) for one in documents)
        return Preview(seen, judge(Step.ISSUE_SUMMONS, picture, at.found.agreement))


async def issue(desk: Desk, key: RequestKey, meeting_id: UUID, order: SummonsOrder) -> Receipt:
    """Issue the summons: one letter for each organisation to be called, each handed over as its own copy.

    Raises AgreementBroken with every finding (UPP-025–050, 086–104, 123), VersionStale, InvalidTransition
    when the
    meeting is over or cancelled or nobody is left to call.
    """
    async with desk.deciding(Operation.ISSUE_SUMMONS, key) as decision:
        at = await own_meeting(decision, meeting_id, version=order.version)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.ISSUE_SUMMONS)
        gathered = await gather(decision, at)
        to_call, letters = _letters(gathered, at, order.invitee_ids, order.channel)
        if not letters:
            raise InvalidTransition(NOBODY_LEFT)
        picture = SummonsAtHand(at.found.case, at.meeting, tuple(letters))
        verdict = decision.judged(Step.ISSUE_SUMMONS, picture, at.found.agreement, order.reasons)
        template = letter_template(decision, at)
        lines = await consent_lines(decision, at, letters)
        await call(
            decision,
            at,
            gathered.person,
            [
                calling(at, invitee, letter, summons_letter(letter, gathered.ends_at, line, template))
                for invitee, letter, line in zip(to_call, letters, lines, strict=True)
            ],
            explained=sorted({one.finding.rule_id for one in verdict.explained}),
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


def letters_for_readiness(gathered: Gathered, at: MeetingFound) -> SummonsAtHand:
    """The picture the rulebook would judge if every organisation still to be called were called now."""
    _, letters = _letters(gathered, at, (), None)
    return SummonsAtHand(at.found.case, at.meeting, tuple(letters))


def _letters(
    gathered: Gathered, at: MeetingFound, invitee_ids: tuple[UUID, ...], channel: Channel | None
) -> tuple[list[Row], list[Letter]]:
    """Whom to call and with which letter: the own organisation needs no summons, nor whoever has one in
    force. Two units of an organisation, or two care givers, are two recipients.
    """
    called = {one.invitee_id for one in at.meeting.summonses_in_force}
    to_call = [
        one
        for one in chosen(gathered, invitee_ids, organisations=True)
        if one["organisation_id"] != at.meeting.holder and one["id"] not in called
    ]
    letters = []
    for invitee in to_call:
        asked = asked_channel(gathered, invitee)
        by = channel or (asked if isinstance(asked, Channel) else Channel.LETTER)
        letters.append(letter_to(gathered, invitee, by))
    return to_call, letters
