"""A summons is replied to: by the recipient on its own copy; or the sender writes down what it was told.

Never refused by the agreement (UPP-043, UPP-044, UPP-051, UPP-101).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import summonses as rows
from app.db import visible
from app.db.facts import Found, case_as_seen
from app.db.ids import new_id
from app.db.tables.summonses import SummonsReply
from app.domain.access import Operation, Relation
from app.domain.agreement import Agreement
from app.domain.calendar import stockholm_day
from app.domain.codes import Channel, ReplyKind
from app.domain.facts.at_hand import ReplyAtHand
from app.domain.facts.basics import NotYet, Side, TheOrganisation, Word
from app.domain.facts.meeting import Meeting
from app.domain.facts.summons import Reply
from app.domain.judgement import Verdict, decide
from app.domain.rule import Words
from app.domain.rulebook import judge
from app.domain.step import Step
from app.errors import FieldFault, NotFound, Unprocessable
from app.services.at_hand import asking, own_meeting
from app.services.dates import has_happened
from app.services.decision import NOTHING_JUDGED, Decision, RequestKey, party_of
from app.services.desk import Desk
from app.services.own_agreement import only_agreement
from app.services.receipt import Receipt
from app.services.speakers import CHANNEL_NOT_TOLD, STATEMENT_UNKNOWN

NO_TIME_PROPOSED = FieldFault(
    "TIME_MISSING", Words("Ange vilken tid som föreslås", "Say which time is proposed")
)
NOTHING_ASKED = FieldFault("TEXT_MISSING", Words("Skriv vad frågan gäller", "Write what the question is"))
NOT_THE_RECIPIENT = FieldFault(
    "SPEAKER_NOT_THE_RECIPIENT",
    Words("Bara kallelsens mottagare svarar på den", "Only the summons's recipient replies to it"),
)
COMING = frozenset({ReplyKind.ACKNOWLEDGED, ReplyKind.ACCEPTED})


@dataclass(frozen=True)
class ReplyGiven:
    """A reply as it was given: by the caller's organisation, or said to the caller by the recipient's."""

    kind: ReplyKind
    said_at: datetime
    channel: str
    text: str | None
    proposed_starts_at: datetime | None
    link_email: str | None
    spoken_by: Side | None
    speaker_name: str | None
    corrects: UUID | None

    def demand_shape(self, now: datetime) -> None:
        """Raises Unprocessable for a word from the future, another time without one, a question without
        words.
        """
        has_happened(self.said_at, now, "/occurredAt")
        if self.kind is ReplyKind.NEW_TIME_PROPOSED and self.proposed_starts_at is None:
            raise Unprocessable(NO_TIME_PROPOSED.at("/proposedStartsAt"))
        if self.kind is ReplyKind.QUERIED and self.text is None:
            raise Unprocessable(NOTHING_ASKED.at("/text"))

    def demand_speaker(self, recipient: UUID, me: UUID) -> None:
        """Raises Unprocessable for somebody else's word than the recipient's, or one that came no way."""
        if self.spoken_by not in (None, TheOrganisation(recipient)):
            raise Unprocessable(NOT_THE_RECIPIENT.at("/spokenBy"))
        if recipient != me and self.channel == Channel.API.value:
            raise Unprocessable(CHANNEL_NOT_TOLD.at("/channel"))


async def reply(desk: Desk, key: RequestKey, summons_id: UUID, given: ReplyGiven) -> Receipt:
    """Record a reply. The recipient says it on its own copy; the sender may record what the recipient told
    it.

    Never refused by the agreement; a missing address for a remote meeting's link is remarked (UPP-043, 044,
    051,
    101). Raises NotFound for a summons that is neither issued nor received here.
    """
    given.demand_shape(desk.now)
    async with desk.deciding(Operation.REPLY_TO_SUMMONS, key) as decision:
        copy = await rows.received_to_use(decision.tx, summons_id, all_units=decision.all_units)
        if copy is not None:
            decision.entitle(Relation.RECIPIENT)
            if decision.answered:
                return decision.answered
            given.demand_speaker(decision.me, decision.me)
            return await _stored(
                decision,
                given,
                summons_id=summons_id,
                item_org=copy["from_org"],
                case_id=copy["case_id"],
                individual_id=copy["individual_id"],
                speaker=decision.me,
                agreement=only_agreement(decision),
                verdict=await _judged_by_recipient(decision, copy, given),
            )
        issued = await visible.summons(decision.tx, summons_id, all_units=decision.all_units)
        if issued is None:
            raise NotFound
        at = await own_meeting(decision, issued["meeting_id"])
        if decision.answered:
            return decision.answered
        given.demand_speaker(issued["recipient_org"], decision.me)
        return await _stored(
            decision,
            given,
            summons_id=summons_id,
            item_org=decision.me,
            case_id=issued["case_id"],
            individual_id=issued["individual_id"],
            speaker=issued["recipient_org"],
            agreement=at.found.agreement,
            verdict=_judged(at.found, at.meeting, summons_id, given, issued["recipient_org"], decision),
        )


async def _judged_by_recipient(decision: Decision, copy: rows.Row, given: ReplyGiven) -> Verdict:
    """What the agreement remarks on the recipient's own reply. Once consent no longer covers it, the case is
    not the recipient's to see, and nothing is remarked; nor on who does not come, or gives an address.
    """
    if given.kind not in COMING or given.link_email is not None:
        return NOTHING_JUDGED
    try:
        found = await case_as_seen(decision.tx, copy["from_org"], copy["case_id"], asking(decision))
    except NotFound:
        return NOTHING_JUDGED
    meeting = found.case.meeting(copy["meeting_id"])
    if isinstance(meeting, NotYet):
        return NOTHING_JUDGED
    return _judged(found, meeting, copy["id"], given, decision.me, decision)


def _judged(
    found: Found, meeting: Meeting, summons_id: UUID, given: ReplyGiven, speaker: UUID, decision: Decision
) -> Verdict:
    """What the agreement remarks on a reply."""
    summons = next(one for one in meeting.summonses if one.id == summons_id)
    said = Reply(
        word=Word(new_id(), TheOrganisation(speaker), decision.me, given.said_at, decision.now),
        kind=given.kind,
        link_address_given=given.link_email is not None,
    )
    picture = ReplyAtHand(found.case, meeting, summons, said)
    return decide(Step.REPLY_TO_SUMMONS, judge(Step.REPLY_TO_SUMMONS, picture, found.agreement), {})


async def _stored(
    decision: Decision,
    given: ReplyGiven,
    *,
    summons_id: UUID,
    item_org: UUID,
    case_id: UUID,
    individual_id: UUID,
    speaker: UUID,
    agreement: Agreement | None,
    verdict: Verdict,
) -> Receipt:
    await _demand_known(decision, item_org, summons_id, speaker, given.corrects)
    reply_id = new_id()

    def sealed(column: str, text: str | None) -> bytes | None:
        return decision.seal_given(SummonsReply, reply_id, column, text)

    await decision.tx.add(
        SummonsReply(
            org_id=decision.me,
            id=reply_id,
            item_org=item_org,
            item_id=summons_id,
            case_id=case_id,
            speaker_org=speaker,
            reply=given.kind.value,
            text_sealed=sealed("text_sealed", given.text),
            proposed_starts_at=given.proposed_starts_at,
            link_email_sealed=sealed("link_email_sealed", given.link_email),
            said_at=given.said_at,
            channel=given.channel,
            speaker_name_sealed=sealed("speaker_name_sealed", given.speaker_name),
            corrects=given.corrects,
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
        )
    )
    await decision.journal(
        "summons", summons_id, item_org=item_org, individual_id=individual_id, verdict=verdict
    )
    if agreement and given.corrects is None:
        party = party_of(agreement, speaker)
        await decision.count(
            agreement, "summons_answered", given.kind.value, party=party, on=stockholm_day(given.said_at)
        )
    return await decision.conclude(Receipt.of(reply_id, decision.now, remarks=verdict.remarks))


async def _demand_known(
    decision: Decision, sender: UUID, summons_id: UUID, speaker: UUID, corrects: UUID | None
) -> None:
    """Raises Unprocessable where the word corrected is none of the speaker's that was written down here."""
    if corrects is None:
        return
    mine = (corrects, decision.me, speaker)
    said = await rows.replies(decision.tx, sender, summons_id)
    if all((one["id"], one["org_id"], one["speaker_org"]) != mine for one in said):
        raise Unprocessable(STATEMENT_UNKNOWN.at("/corrects"))
