"""What is said about a summons: replies, answers,
who takes care of it, that one has prepared, that it is taken back.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.domain.codes import ReplyKind
from app.domain.facts.basics import Side, TheIndividual, TheOrganisation
from app.schemas.base import ReceiptOut, SpeakerIn
from app.schemas.links import LinkMaker
from app.schemas.operation import act
from app.schemas.summonses import (
    ASSIGNMENT,
    PREPAREDNESS,
    QUERY_ANSWER,
    RECALL,
    REPLY,
    AssignmentIn,
    PreparednessIn,
    QueryAnswerIn,
    RecallIn,
    ReplyIn,
)
from app.services import recalls, summons_replies, summons_words
from app.services.recalls import RecallOrder
from app.services.receipt import Receipt
from app.services.summons_replies import ReplyGiven

router = APIRouter(tags=["summonses"])

SummonsId = Annotated[UUID, Path(alias="summonsId")]


@router.post(
    "/summonses/{summonsId}/replies",
    **act(
        "replyToSummons",
        sv="Svara på en kallelse, eller skriv ned vad mottagaren har sagt.",
        en="Reply to a summons, or record what its recipient has said.",
        body=REPLY,
    ),
)
async def reply_to_summons(
    summons_id: SummonsId,
    reply: ReplyIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """A statement: always recorded."""
    given = ReplyGiven(
        kind=ReplyKind(reply.reply),
        said_at=reply.occurred_at,
        channel=reply.channel.value,
        text=reply.text,
        proposed_starts_at=reply.proposed_starts_at,
        link_email=reply.link_email,
        spoken_by=_side(reply.spoken_by),
        speaker_name=reply.speaker_name,
        corrects=reply.corrects,
    )
    done = await summons_replies.reply(desk, key, summons_id, given)
    return _receipt(done, summons_id, links, language, response)


@router.post(
    "/summonses/{summonsId}/answers",
    **act(
        "answerQuery",
        sv="Svara på mottagarens fråga om kallelsen.",
        en="Answer the recipient's question about the summons.",
        body=QUERY_ANSWER,
    ),
)
async def answer_query(
    summons_id: SummonsId,
    answer: QueryAnswerIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Only the sender answers."""
    done = await summons_words.answer_query(desk, key, summons_id, answer.text)
    return _receipt(done, summons_id, links, language, response)


@router.post(
    "/summonses/{summonsId}/assignments",
    **act(
        "assignSummons",
        sv="Ge en inkommen kallelse till en handläggare.",
        en="Give a received summons to an officer.",
        body=ASSIGNMENT,
    ),
)
async def assign_summons(
    summons_id: SummonsId,
    assignment: AssignmentIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Within the receiving organisation."""
    done = await summons_words.assign(desk, key, summons_id, assignment.officer_id)
    return _receipt(done, summons_id, links, language, response)


@router.post(
    "/summonses/{summonsId}/preparations",
    **act(
        "sayPrepared",
        sv="Säg att den egna organisationen har förberett sig inför mötet.",
        en="Say that one's own organisation has prepared for the meeting.",
        body=PREPAREDNESS,
    ),
)
async def say_prepared(
    summons_id: SummonsId,
    prepared: PreparednessIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """A statement of the called organisation."""
    done = await summons_words.say_prepared(desk, key, summons_id, prepared.occurred_at, prepared.note)
    return _receipt(done, summons_id, links, language, response)


@router.post(
    "/summonses/{summonsId}/recalls",
    **act(
        "recallSummons",
        sv="Återkalla en kallelse; mottagaren behåller sitt exemplar och får ett meddelande.",
        en="Take a summons back; the recipient keeps its copy and gets a notice.",
        body=RECALL,
    ),
)
async def recall_summons(
    summons_id: SummonsId,
    recall: RecallIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """One sent wrong needs an incident note."""
    done = await recalls.recall(desk, key, summons_id, RecallOrder(recall.cause, recall.incident_note))
    return _receipt(done, summons_id, links, language, response)


def _side(spoken_by: SpeakerIn | None) -> Side | None:
    """Whose word the request says it is; None where it says nothing of that."""
    if spoken_by is None:
        return None
    named = spoken_by.organisation_id
    return TheOrganisation(named) if named else TheIndividual()


def _receipt(
    done: Receipt, summons_id: UUID, links: LinkMaker, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    path = f"/summonses/{summons_id}"
    response.headers["Location"] = links.url(path)
    return ReceiptOut.of(done, language, links("self", path))
