"""Summonses: previewed, issued, received, replied to, taken back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.schemas.base import FindingOut, ReceiptOut
from app.schemas.documents import DocumentOut
from app.schemas.links import LinkMaker
from app.schemas.lists import ListQuery, page_links, page_meta
from app.schemas.operation import act, operation
from app.schemas.summonses import (
    INBOX,
    ISSUED,
    PREVIEW,
    PREVIEW_ORDER,
    SUMMONS,
    SUMMONS_ORDER,
    InboxEntryOut,
    InboxPage,
    IssuedSummonsesOut,
    IssuedSummonsOut,
    NoticeOut,
    PreparednessOut,
    PreviewedLetterOut,
    QueryAnswerOut,
    RecallOut,
    ReplyOut,
    SummonsIn,
    SummonsOut,
    SummonsPreviewIn,
    SummonsPreviewOut,
)
from app.services import summons_lists, summons_views, summonses
from app.services.receipt import Receipt
from app.services.summons_lists import InboxEntry
from app.services.summons_views import SummonsShown
from app.services.summonses import SummonsOrder

router = APIRouter(tags=["summonses"])

MeetingId = Annotated[UUID, Path(alias="meetingId")]
SummonsId = Annotated[UUID, Path(alias="summonsId")]


@router.post(
    "/meetings/{meetingId}/summons-previews",
    **operation(
        "previewSummons",
        sv="Förhandsgranska varje mottagares kallelse och vad överenskommelsen skulle säga.",
        en="Preview each recipient's letter, and what the agreement would say.",
        body=PREVIEW_ORDER,
        answer=PREVIEW,
    ),
)
async def preview_summons(
    meeting_id: MeetingId, asked: SummonsPreviewIn, desk: TheDesk, links: Links, language: ReadersLanguage
) -> SummonsPreviewOut:
    """Nothing is sent and nothing stored but the log of the look."""
    seen = await summonses.preview(desk, meeting_id, tuple(asked.invitee_ids), asked.channel)
    return SummonsPreviewOut(
        letters=[
            PreviewedLetterOut(
                invitee_id=one.invitee_id,
                organisation_id=one.organisation_id,
                letter=DocumentOut.of(one.document),
            )
            for one in seen.letters
        ],
        findings=[FindingOut.of(one, language) for one in seen.findings],
        links=[
            links("self", f"/meetings/{meeting_id}/summons-previews", "POST"),
            links("next", f"/meetings/{meeting_id}/summonses", "POST"),
        ],
    )


@router.post(
    "/meetings/{meetingId}/summonses",
    **act(
        "issueSummons",
        sv="Kalla: ett brev till varje inbjuden organisation, var och en med sitt eget exemplar.",
        en="Issue the summons: one letter to each invited organisation, each with its own copy.",
        body=SUMMONS_ORDER,
    ),
)
async def issue_summons(
    meeting_id: MeetingId,
    order: SummonsIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """One act makes every recipient's letter;
    refused with every finding, or explained where that is enough.
    """
    done = await summonses.issue(desk, key, meeting_id, _order(order))
    return _receipt(done, f"/meetings/{meeting_id}", links, language, response)


@router.get(
    "/meetings/{meetingId}/summonses",
    **operation(
        "listIssuedSummonses",
        sv="Mötets kallelser och var de står, för den som kallat.",
        en="The meeting's summonses and where they stand, for whoever called.",
        answer=ISSUED,
    ),
)
async def list_issued_summonses(meeting_id: MeetingId, desk: TheDesk, links: Links) -> IssuedSummonsesOut:
    """Only the organisation that holds the meeting sees whom it has called."""
    found = await summons_lists.issued(desk, meeting_id)
    return IssuedSummonsesOut(
        items=[
            IssuedSummonsOut(
                id=one.id,
                organisation_id=one.organisation_id,
                unit_id=one.unit_id,
                status=one.status,
                issued_at=one.issued_at,
                meeting_starts_at=one.meeting_starts_at,
                links=[links("self", f"/summonses/{one.id}")],
            )
            for one in found
        ],
        links=[
            links("self", f"/meetings/{meeting_id}/summonses"),
            links("up", f"/meetings/{meeting_id}"),
        ],
    )


@router.get(
    "/summonses",
    **operation(
        "listSummonses",
        sv="Enhetens inkomna kallelser, nyast först.",
        en="The unit's received summonses, newest first.",
        answer=INBOX,
    ),
)
async def list_summonses(query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links) -> InboxPage:
    """A unit's inbox."""
    found, total = await summons_lists.inbox(desk, limit=query.limit, offset=query.offset)
    more = total is None or query.offset + len(found) < total
    return InboxPage(
        items=[_entry(one, links) for one in found],
        meta=page_meta(query, len(found), total),
        links=page_links(links.url("/summonses"), query, more=more, total=total),
    )


@router.get(
    "/summonses/{summonsId}",
    **operation("readSummons", sv="Läs en kallelse.", en="Read a summons.", answer=SUMMONS),
)
async def read_summons(summons_id: SummonsId, desk: TheDesk, links: Links) -> SummonsOut:
    """For its sender, or for the unit that received it."""
    return _out(await summons_views.read(desk, summons_id), links)


def _order(order: SummonsIn) -> SummonsOrder:
    return SummonsOrder(
        version=order.version,
        invitee_ids=tuple(order.invitee_ids),
        channel=order.channel,
        reasons=order.reasons(),
    )


def _receipt(
    done: Receipt, path: str, links: LinkMaker, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    response.headers["Location"] = links.url(path)
    return ReceiptOut.of(done, language, links("self", path))


def _entry(one: InboxEntry, links: LinkMaker) -> InboxEntryOut:
    return InboxEntryOut(
        id=one.id,
        reference_number=one.reference_number,
        from_organisation_id=one.from_organisation,
        unit_id=one.unit_id,
        individual_id=one.individual_id,
        meeting_starts_at=one.meeting_starts_at,
        received_at=one.received_at,
        last_reply=one.last_reply,
        officer_id=one.officer_id,
        links=[links("self", f"/summonses/{one.id}")],
    )


def _out(shown: SummonsShown, links: LinkMaker) -> SummonsOut:
    here = f"/summonses/{shown.id}"
    steps = (
        ("replies", "assignments", "preparations")
        if not shown.sent_here
        else ("replies", "answers", "recalls")
    )
    return SummonsOut(
        id=shown.id,
        sent_here=shown.sent_here,
        from_organisation_id=shown.from_organisation,
        to_organisation_id=shown.to_organisation,
        unit_id=shown.unit_id,
        meeting_id=shown.meeting_id,
        individual_id=shown.individual_id,
        reference_number=shown.reference_number,
        channel=shown.channel,
        meeting_starts_at=shown.meeting_starts_at,
        issued_at=shown.issued_at,
        recalled_at=shown.recalled_at,
        recall=RecallOut(cause=shown.recall.cause, incident_note=shown.recall.incident_note)
        if shown.recall
        else None,
        status=shown.status,
        officer_id=shown.officer_id,
        prepared=PreparednessOut(occurred_at=shown.prepared.said_at, note=shown.prepared.note)
        if shown.prepared
        else None,
        letter=DocumentOut.of(shown.document),
        replies=[
            ReplyOut(
                id=one.id,
                reply=one.kind,
                organisation_id=one.organisation_id,
                recorded_by_organisation_id=one.recorded_by_organisation,
                occurred_at=one.said_at,
                recorded_at=one.recorded_at,
                channel=one.channel,
                speaker_name=one.speaker_name,
                text=one.text,
                proposed_starts_at=one.proposed_starts_at,
                link_email=one.link_email,
            )
            for one in shown.replies
        ],
        answers=[
            QueryAnswerOut(id=one.id, text=one.text, recorded_at=one.recorded_at) for one in shown.answers
        ],
        notices=[
            NoticeOut(id=one.id, letter=DocumentOut.of(one.document), recorded_at=one.recorded_at)
            for one in shown.notices
        ],
        links=[links("self", here), *(links(step, f"{here}/{step}", "POST") for step in steps)],
    )
