"""Taking consent back: what it would close, the withdrawal, its receipt; and whom consent covers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.schemas.base import ReceiptOut
from app.schemas.consents import WITHDRAWAL, PreviewQuery, WithdrawalIn
from app.schemas.consents_ending import (
    COVERAGE,
    PREVIEW,
    RECEIPT_TO_HAND,
    ConsentCoverageOut,
    CoverageCellOut,
    ItemOut,
    MeetingAffectedOut,
    OrganisationAffectedOut,
    OrganisationCoverageOut,
    PersonCoverageOut,
    ReceiptTextOut,
    WithdrawalPreviewOut,
    WithdrawalReceiptOut,
)
from app.schemas.operation import act, operation
from app.services import consents_coverage, consents_preview, consents_withdrawal
from app.services.consents_coverage import Cell
from app.services.consents_preview import Item, OrganisationAffected
from app.services.consents_withdrawal import TakenBack

router = APIRouter(tags=["consents"])

ConsentId = Annotated[UUID, Path(alias="consentId")]
WithdrawalId = Annotated[UUID, Path(alias="withdrawalId")]
MeetingId = Annotated[UUID, Path(alias="meetingId")]


@router.get(
    "/consents/{consentId}/withdrawal-preview",
    **operation(
        "previewWithdrawal",
        sv="Se vad det skulle stänga om samtycket togs tillbaka, och vad var och en behåller.",
        en="See what taking the consent back would close, and what everybody keeps.",
        answer=PREVIEW,
    ),
)
async def preview_withdrawal(
    consent_id: ConsentId, query: Annotated[PreviewQuery, Query()], desk: TheDesk, links: Links
) -> WithdrawalPreviewOut:
    """For the individual to know before deciding. An organisation that is covered is told of itself only."""
    told = await consents_preview.preview(desk, consent_id, query.organisation_id)
    here = f"/consents/{consent_id}"
    asked = f"?organisationId={query.organisation_id}" if query.organisation_id else ""
    return WithdrawalPreviewOut(
        consent_id=told.consent_id,
        organisations=[_affected(one) for one in told.organisations],
        persons=told.persons,
        links=[links("self", f"{here}/withdrawal-preview{asked}"), links("up", here)],
    )


@router.post(
    "/consents/{consentId}/withdrawals",
    **act(
        "withdrawConsent",
        sv="Anteckna att individen tagit tillbaka samtycket, helt eller för en organisation.",
        en="Record that the individual has taken consent back, whole or for one organisation.",
        body=WITHDRAWAL,
    ),
)
async def withdraw_consent(
    consent_id: ConsentId,
    withdrawal: WithdrawalIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """By the holder or any organisation it covers; no reason is asked. Said twice, the first counts."""
    word = TakenBack(withdrawal.occurred_at, withdrawal.manner, withdrawal.organisation_id)
    done = await consents_withdrawal.withdraw(desk, key, consent_id, word)
    up = f"/consents/{consent_id}"
    here = f"{up}/withdrawals/{done.id}/receipt"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here), links("up", up))


@router.get(
    "/consents/{consentId}/withdrawals/{withdrawalId}/receipt",
    **operation(
        "readWithdrawalReceipt",
        sv="Läs kvittot på att samtycket tagits tillbaka, att lämna till individen.",
        en="Read the receipt of a withdrawal, to hand to the individual.",
        answer=RECEIPT_TO_HAND,
    ),
)
async def read_withdrawal_receipt(
    consent_id: ConsentId, withdrawal_id: WithdrawalId, desk: TheDesk, links: Links
) -> WithdrawalReceiptOut:
    """Plain words in Swedish and English, without the person's name."""
    told = await consents_withdrawal.receipt(desk, consent_id, withdrawal_id)
    up = f"/consents/{consent_id}"
    return WithdrawalReceiptOut(
        id=told.id,
        consent_id=told.consent_id,
        organisation_id=told.organisation_id,
        occurred_at=told.said_at,
        recorded_at=told.recorded_at,
        text=ReceiptTextOut(sv=told.text.sv, en=told.text.en),
        links=[links("self", f"{up}/withdrawals/{told.id}/receipt"), links("up", up)],
    )


@router.get(
    "/meetings/{meetingId}/consent-coverage",
    **operation(
        "readConsentCoverage",
        sv="Se vilka av mötets inbjudna som samtycke finns för, till när, och vad som saknas.",
        en="See whom of a meeting's invitees consent covers, until when, and what is missing.",
        answer=COVERAGE,
    ),
)
async def read_consent_coverage(meeting_id: MeetingId, desk: TheDesk, links: Links) -> ConsentCoverageOut:
    """As the consents stand now; for the organisation that holds the meeting."""
    told = await consents_coverage.of_meeting(desk, meeting_id)
    here = f"/meetings/{meeting_id}"
    return ConsentCoverageOut(
        meeting_id=told.meeting_id,
        organisations=[
            OrganisationCoverageOut(
                organisation_id=one.organisation_id, consents=[_cell(cell) for cell in one.cells]
            )
            for one in told.organisations
        ],
        persons=[
            PersonCoverageOut(invitee_id=one.invitee_id, kind=one.kind, consent=_cell(one.cell))
            for one in told.persons
        ],
        links=[links("self", f"{here}/consent-coverage"), links("up", here)],
    )


def _items(items: tuple[Item, ...]) -> list[ItemOut]:
    return [ItemOut(kind=one.kind, id=one.id) for one in items]


def _affected(told: OrganisationAffected) -> OrganisationAffectedOut:
    return OrganisationAffectedOut(
        organisation_id=told.organisation_id,
        views_ending=_items(told.views_ending),
        unsent=told.unsent,
        meetings=[MeetingAffectedOut(meeting_id=one.id, will_rest=one.will_rest) for one in told.meetings],
        keeps=_items(told.keeps),
        keeps_statements=told.keeps_statements,
        keeps_commitments=told.keeps_commitments,
    )


def _cell(told: Cell) -> CoverageCellOut:
    return CoverageCellOut(
        kind=told.kind,
        state=told.state,
        consent_id=told.consent_id,
        ends_on=told.ends_on,
        holds_at_the_meeting=told.holds_at_the_meeting,
        documented_by=list(told.documented_by),
    )
