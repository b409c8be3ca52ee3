"""What is said about a summons: the recipient's replies on its own copy, the sender's answers, who takes
care of it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import summonses as rows
from app.db import visible
from app.db.ids import new_id
from app.db.tables.summonses import Preparedness, QueryAnswer, SummonsAssignment, SummonsReply
from app.domain.access import Operation, Relation
from app.domain.agreement import Agreement
from app.domain.calendar import stockholm_day
from app.domain.codes import ReplyKind
from app.domain.facts.at_hand import ReplyAtHand
from app.domain.facts.basics import TheOrganisation, Word
from app.domain.facts.summons import Reply
from app.domain.judgement import Verdict, decide
from app.domain.rule import Words
from app.domain.rulebook import judge
from app.domain.step import Step
from app.errors import FieldFault, NotFound, Unprocessable
from app.services.at_hand import MeetingFound, own_meeting
from app.services.decision import NOTHING_JUDGED, Decision, RequestKey, party_of
from app.services.desk import Desk
from app.services.own_agreement import only_agreement
from app.services.receipt import Receipt

NO_TIME_PROPOSED = FieldFault(
    "TIME_MISSING", Words("Ange vilken tid som föreslås", "Say which time is proposed")
)
REMOTE = frozenset({"remote", "hybrid"})


@dataclass(frozen=True)
class ReplyGiven:
    """A reply as it was given: by the caller's organisation, or said to the caller by the recipient's."""

    kind: ReplyKind
    said_at: datetime
    channel: str
    text: str | None
    proposed_starts_at: datetime | None
    link_email: str | None
    spoken_by: UUID | None
    speaker_name: str | None
    corrects: UUID | None


async def reply(desk: Desk, key: RequestKey, summons_id: UUID, given: ReplyGiven) -> Receipt:
    """Record a reply. The recipient says it on its own copy; the sender may record what the recipient told
    it.

    Never refused by the agreement; a missing address for a remote meeting's link is remarked (UPP-043, 044,
    051,
    101). Raises NotFound for a summons that is neither issued nor received here.
    """
    if given.kind is ReplyKind.NEW_TIME_PROPOSED and given.proposed_starts_at is None:
        raise Unprocessable(NO_TIME_PROPOSED.at("/proposedStartsAt"))
    async with desk.deciding(Operation.REPLY_TO_SUMMONS, key) as decision:
        copy = await rows.received_to_use(decision.tx, summons_id, all_units=decision.all_units)
        if copy is not None:
            decision.entitle(Relation.RECIPIENT)
            if decision.answered:
                return decision.answered
            return await _stored(
                decision,
                given,
                summons_id=summons_id,
                item_org=copy["from_org"],
                case_id=copy["case_id"],
                individual_id=copy["individual_id"],
                speaker=decision.me,
                agreement=only_agreement(decision),
                verdict=NOTHING_JUDGED,
            )
        issued = await visible.summons(decision.tx, summons_id, all_units=decision.all_units)
        if issued is None:
            raise NotFound
        at = await own_meeting(decision, issued["meeting_id"])
        if decision.answered:
            return decision.answered
        return await _stored(
            decision,
            given,
            summons_id=summons_id,
            item_org=decision.me,
            case_id=issued["case_id"],
            individual_id=issued["individual_id"],
            speaker=issued["recipient_org"],
            agreement=at.found.agreement,
            verdict=_judged(at, summons_id, given, issued["recipient_org"], decision),
        )


def _judged(
    at: MeetingFound, summons_id: UUID, given: ReplyGiven, speaker: UUID, decision: Decision
) -> Verdict:
    """What the agreement remarks on a reply, where the whole case is ours to see."""
    summons = next(one for one in at.meeting.summonses if one.id == summons_id)
    said = Reply(
        word=Word(new_id(), TheOrganisation(speaker), decision.me, given.said_at, decision.now),
        kind=given.kind,
        link_address_given=given.link_email is not None,
    )
    picture = ReplyAtHand(at.found.case, at.meeting, summons, said)
    return decide(Step.REPLY_TO_SUMMONS, judge(Step.REPLY_TO_SUMMONS, picture, at.found.agreement), {})


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


async def answer_query(desk: Desk, key: RequestKey, summons_id: UUID, text: str) -> Receipt:
    """The sender answers a recipient's question (UPP-044). Raises NotFound for a summons not issued here."""
    async with desk.deciding(Operation.ANSWER_QUERY, key) as decision:
        issued = await visible.summons(decision.tx, summons_id, all_units=decision.all_units)
        if issued is None:
            await _not_mine(decision, summons_id)
            raise NotFound
        await own_meeting(decision, issued["meeting_id"])
        if decision.answered:
            return decision.answered
        answer_id = new_id()
        await decision.tx.add(
            QueryAnswer(
                org_id=decision.me,
                id=answer_id,
                summons_id=summons_id,
                case_id=issued["case_id"],
                recipient_org=issued["recipient_org"],
                text_sealed=decision.seal(QueryAnswer, answer_id, "text_sealed", text),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal("summons", summons_id, individual_id=issued["individual_id"])
        return await decision.conclude(Receipt.of(answer_id, desk.now))


async def assign(desk: Desk, key: RequestKey, summons_id: UUID, officer_id: UUID) -> Receipt:
    """The receiving unit gives a summons to one of the organisation's officers. Raises NotFound for
    another's.
    """
    async with desk.deciding(Operation.ASSIGN_SUMMONS, key) as decision:
        copy = await _received(decision, summons_id)
        if decision.answered:
            return decision.answered
        if not await rows.is_own_officer(decision.tx, officer_id):
            raise Unprocessable(NO_SUCH_OFFICER.at("/officerId"))
        assignment_id = new_id()
        await decision.tx.add(
            SummonsAssignment(
                org_id=decision.me,
                id=assignment_id,
                summons_id=summons_id,
                officer_id=officer_id,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal("summons", summons_id, individual_id=copy["individual_id"])
        return await decision.conclude(Receipt.of(assignment_id, desk.now))


NO_SUCH_OFFICER = FieldFault(
    "OFFICER_UNKNOWN",
    Words("Handläggaren finns inte i organisationen", "The officer is not one of the organisation's"),
)


async def say_prepared(
    desk: Desk, key: RequestKey, summons_id: UUID, said_at: datetime, note: str | None
) -> Receipt:
    """A called organisation says that it has prepared for the meeting (UPP-029)."""
    async with desk.deciding(Operation.SAY_PREPARED, key) as decision:
        copy = await _received(decision, summons_id)
        if decision.answered:
            return decision.answered
        word_id = new_id()
        await decision.tx.add(
            Preparedness(
                org_id=decision.me,
                id=word_id,
                item_org=copy["from_org"],
                item_id=summons_id,
                case_id=copy["case_id"],
                said_at=said_at,
                note_sealed=decision.seal_given(Preparedness, word_id, "note_sealed", note),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal(
            "summons", summons_id, item_org=copy["from_org"], individual_id=copy["individual_id"]
        )
        return await decision.conclude(Receipt.of(word_id, desk.now))


async def _received(decision: Decision, summons_id: UUID) -> rows.Row:
    """The own unit's copy. Raises NotFound, or NotAllowed for the summons's own sender."""
    copy = await rows.received_to_use(decision.tx, summons_id, all_units=decision.all_units)
    if copy is None:
        if await visible.summons(decision.tx, summons_id, all_units=decision.all_units) is not None:
            decision.entitle(Relation.OWN_UNIT)
        raise NotFound
    decision.entitle(Relation.RECIPIENT)
    return copy


async def _not_mine(decision: Decision, summons_id: UUID) -> None:
    """Raises NotAllowed where the caller is the recipient of a summons only its sender may do this to."""
    if await rows.received_to_use(decision.tx, summons_id, all_units=decision.all_units) is not None:
        decision.entitle(Relation.RECIPIENT)
