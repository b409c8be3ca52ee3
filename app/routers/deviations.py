"""Deviations from the routine, each its own organisation's."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.domain.deviation_steps import can_be_taken
from app.schemas.base import Link, ReceiptOut
from app.schemas.deviations import (
    CONFIRMATION,
    DEVIATION,
    DEVIATION_REPORT,
    DEVIATIONS,
    DISMISSAL,
    HANDLING,
    ConfirmationIn,
    DeviationIn,
    DeviationLineOut,
    DeviationOut,
    DeviationPage,
    DeviationStepOut,
    DismissalIn,
    HandlingIn,
)
from app.schemas.links import LinkMaker
from app.schemas.lists import ListQuery, page_links, page_meta
from app.schemas.operation import act, operation
from app.services import deviation_handling as handling
from app.services import deviations as service
from app.services.deviation_handling import StepGiven
from app.services.deviations import DeviationGiven, DeviationLine
from app.services.receipt import Receipt

router = APIRouter(tags=["deviations"])

DeviationId = Annotated[UUID, Path(alias="deviationId")]

_NEXT = {
    "confirmed": "confirmations",
    "dismissed": "dismissals",
    "in_handling": "handlings",
    "handled": "handlings",
}


@router.post(
    "/deviations",
    **act(
        "reportDeviation",
        sv="Rapportera en avvikelse från rutinen. Den hanteras i den egna organisationen.",
        en="Report a departure from the routine. It is handled in one's own organisation.",
        body=DEVIATION_REPORT,
        also=(404,),
    ),
)
async def report_deviation(
    deviation: DeviationIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """A statement: always recorded. Nobody else sees it, the organisation it is about included."""
    given = DeviationGiven(
        type=deviation.type,
        about_organisation=deviation.about_organisation_id,
        occurred_on=deviation.occurred_on,
        attempts=deviation.attempts,
        description=deviation.description,
        case_id=deviation.case_id,
        meeting_id=deviation.meeting_id,
        agreement_key=deviation.agreement_key,
    )
    done = await service.report(desk, key, given)
    return _receipt(done, done.id, links, language, response)


@router.get(
    "/deviations",
    **operation(
        "listDeviations",
        sv="Enhetens avvikelser, nyast först.",
        en="The unit's deviations, newest first.",
        answer=DEVIATIONS,
    ),
)
async def list_deviations(query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links) -> DeviationPage:
    """Reported here, or proposed by the system."""
    found, total = await service.list_mine(desk, limit=query.limit, offset=query.offset)
    more = total is None or query.offset + len(found) < total
    return DeviationPage(
        items=[_line(one, links) for one in found],
        meta=page_meta(query, len(found), total),
        links=page_links(links.url("/deviations"), query, more=more, total=total),
    )


@router.get(
    "/deviations/{deviationId}",
    **operation("readDeviation", sv="Läs en avvikelse.", en="Read a deviation.", answer=DEVIATION),
)
async def read_deviation(deviation_id: DeviationId, desk: TheDesk, links: Links) -> DeviationOut:
    """For the unit that handles it."""
    shown = await service.read(desk, deviation_id)
    return DeviationOut(
        **_columns(shown.line),
        about_reservation=shown.reservation,
        attempts=shown.attempts,
        description=shown.description,
        case_id=shown.case_id,
        meeting_id=shown.meeting_id,
        individual_id=shown.individual_id,
        proposed_by_rule=shown.proposed_by_rule,
        subject_kind=shown.subject_kind,
        subject_id=shown.subject_id,
        steps=[
            DeviationStepOut(
                step=one.step,
                own_reference=one.own_reference,
                text=one.text,
                recorded_at=one.recorded_at,
            )
            for one in shown.steps
        ],
        links=_links(shown.line, links),
    )


@router.post(
    "/deviations/{deviationId}/confirmations",
    **act(
        "confirmDeviation",
        sv="Bekräfta en avvikelse som systemet har föreslagit.",
        en="Confirm a deviation that the system has proposed.",
        body=CONFIRMATION,
    ),
)
async def confirm_deviation(
    deviation_id: DeviationId,
    confirmation: ConfirmationIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """From now on it is counted."""
    done = await handling.confirm(desk, key, deviation_id, confirmation.note)
    return _receipt(done, deviation_id, links, language, response)


@router.post(
    "/deviations/{deviationId}/dismissals",
    **act(
        "dismissDeviation",
        sv="Avskriv en föreslagen avvikelse, med skäl.",
        en="Dismiss a proposed deviation, with the reason.",
        body=DISMISSAL,
    ),
)
async def dismiss_deviation(
    deviation_id: DeviationId,
    dismissal: DismissalIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """It is not proposed again."""
    done = await handling.dismiss(desk, key, deviation_id, dismissal.reason)
    return _receipt(done, deviation_id, links, language, response)


@router.post(
    "/deviations/{deviationId}/handlings",
    **act(
        "handleDeviation",
        sv="Ta hand om en avvikelse i den egna rutinen, eller avsluta hanteringen.",
        en="Take a deviation in hand in one's own routine, or end the handling.",
        body=HANDLING,
    ),
)
async def handle_deviation(
    deviation_id: DeviationId,
    step: HandlingIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Under the organisation's own reference number."""
    given = StepGiven(step.step, step.own_reference, step.outcome)
    done = await handling.handle(desk, key, deviation_id, given)
    return _receipt(done, deviation_id, links, language, response)


def _columns(line: DeviationLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "type": line.type.value,
        "status": line.status.value,
        "origin": "proposed" if line.is_proposed else "reported",
        "about_organisation_id": line.about_organisation,
        "about_party": line.about_party,
        "occurred_on": line.occurred_on,
        "unit_id": line.unit_id,
        "recorded_at": line.recorded_at,
    }


def _line(line: DeviationLine, links: LinkMaker) -> DeviationLineOut:
    return DeviationLineOut(**_columns(line), links=[links("self", f"/deviations/{line.id}")])


def _links(line: DeviationLine, links: LinkMaker) -> list[Link]:
    """Where to go from a deviation: what may be done with it from where it stands."""
    here = f"/deviations/{line.id}"
    open_to = dict.fromkeys(way for step, way in _NEXT.items() if can_be_taken(step, line.status))
    return [links("self", here), *(links(way, f"{here}/{way}", "POST") for way in open_to)]


def _receipt(
    done: Receipt, deviation_id: UUID, links: LinkMaker, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    path = f"/deviations/{deviation_id}"
    response.headers["Location"] = links.url(path)
    return ReceiptOut.of(done, language, links("self", path))
