"""Coordination cases: registered, listed, read."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk, etag
from app.domain.access import Operation
from app.domain.facts.basics import Unknown
from app.schemas.base import Link, ReceiptOut
from app.schemas.cases import (
    CASE,
    CASE_PAGE,
    CASE_REGISTRATION,
    MOST,
    CarrierOut,
    CaseContactOut,
    CaseIn,
    CaseListed,
    CaseOut,
    CasePage,
    CaseQuery,
    ConsentOfCase,
    MeetingOfCase,
    NeedAssessmentOut,
    OfferOut,
)
from app.schemas.links import LinkMaker, Method
from app.schemas.lists import follows, page_links, page_meta
from app.schemas.operation import act, operation
from app.services import case_reading
from app.services import cases as service
from app.services.case_readiness import ASKED_OF_A_CASE
from app.services.case_reading import CaseShown
from app.services.paging import Paging

router = APIRouter(tags=["cases"])

CaseId = Annotated[UUID, Path(alias="caseId")]

# Where each thing that may be done is done, in the order of the routine.
_DOORS: dict[Operation, tuple[str, Method]] = {
    Operation.ASSESS_NEED: ("need-assessments", "POST"),
    Operation.OFFER_MEETING: ("offers", "POST"),
    Operation.ANSWER_OFFER: ("offer-answers", "POST"),
    Operation.RECORD_CONTACT: ("contacts", "POST"),
    Operation.CHANGE_CARRIER: ("carriers", "POST"),
    Operation.RECORD_CONSENT: ("consents", "POST"),
    Operation.START_MEETING: ("meetings", "POST"),
    Operation.CLOSE_CASE: ("closures", "POST"),
}


@router.post(
    "/cases",
    **act(
        "registerCase",
        sv="Registrera ett samverkansärende för en person.",
        en="Register a coordination case about a person.",
        body=CASE_REGISTRATION,
        also=(404,),
    ),
)
async def register_case(
    case: CaseIn, desk: TheDesk, key: Key, links: Links, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    """The case is the caller's unit's, and runs under the agreement its organisation is a party to."""
    done = await service.register(desk, key, case.individual_id, case.agreement_key)
    here = f"/cases/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.get(
    "/cases",
    **operation(
        "listCases", sv="Lista den egna enhetens ärenden.", en="List one's unit's cases.", answer=CASE_PAGE
    ),
)
async def list_cases(query: Annotated[CaseQuery, Query()], desk: TheDesk, links: Links) -> CasePage:
    """Newest first; closed ones only when asked for."""
    found = await service.list_mine(desk, Paging(query.limit, query.offset), closed_too=query.include_closed)
    items = [
        CaseListed(
            id=one.id,
            version=one.version,
            individual_id=one.individual_id,
            individual_name=one.individual_name,
            unit_id=one.unit_id,
            registered_at=one.registered_at,
            closed_at=one.closed_at,
            carrier_id=one.carrier_id,
            carrier_name=one.carrier_name,
            links=[links("self", f"/cases/{one.id}")],
        )
        for one in found.items
    ]
    more = follows(query, len(items), found.total)
    return CasePage(
        items=items,
        meta=page_meta(query, len(items), found.total),
        links=page_links(links.url("/cases"), query, more=more, total=found.total),
    )


@router.get("/cases/{caseId}", **operation("readCase", sv="Läs ett ärende.", en="Read a case.", answer=CASE))
async def read_case(case_id: CaseId, desk: TheDesk, links: Links, response: Response) -> CaseOut:
    """Where it stands, what has been recorded in it, and what the caller may do next."""
    shown = await case_reading.read(desk, case_id)
    response.headers["ETag"] = etag(shown.version)
    return _out(shown, links)


def _out(shown: CaseShown, links: LinkMaker) -> CaseOut:
    carrier = shown.carrier
    return CaseOut(
        id=shown.id,
        version=shown.version,
        status=shown.status,
        individual_id=shown.individual_id,
        unit_id=shown.unit_id,
        agreement_id=shown.agreement_id,
        registered_at=shown.registered_at,
        closed_at=shown.closed_at,
        closure_reason=shown.closure_reason,
        closure_note=shown.closure_note,
        carrier=CarrierOut.model_validate(carrier, from_attributes=True) if carrier else None,
        need_seen_on=shown.need_seen_on,
        first_contact_on=shown.first_contact_on,
        days_need_to_first_contact=shown.days_need_to_first_contact,
        need_assessments=[
            NeedAssessmentOut(
                id=one.id,
                assessed_on=one.assessed_on,
                need_seen_on=one.need_seen_on,
                assessor_id=assessor_id,
                outcome=one.outcome,
                grounds=list(one.bases),
                needs=list(one.needs),
                individual_took_part=one.individual_took_part,
                individual_view=written.individual_view,
                other_plan=one.other_plan,
                note=written.note,
            )
            for one, assessor_id, written in shown.assessments[-MOST:]
        ],
        offers=[
            OfferOut(id=one.id, answer=one.answer, occurred_on=one.occurred_on, note=written.note)
            for one, written in shown.offers[-MOST:]
        ],
        contacts=[
            CaseContactOut(
                id=one.id,
                with_organisation_id=one.with_organisation,
                meeting_id=None if isinstance(one.meeting_id, Unknown) else one.meeting_id,
                about=one.about,
                occurred_at=one.at,
                answered=one.answered,
                names_the_person=one.names_the_person,
                note=written.note,
            )
            for one, written in shown.contacts[-MOST:]
        ],
        consents=[
            ConsentOfCase(id=id_, kind=kind, status=status) for id_, kind, status in shown.consents[-MOST:]
        ],
        meetings=[MeetingOfCase(id=id_, status=status) for id_, status in shown.meetings[-MOST:]],
        links=_links(shown, links),
    )


def _links(shown: CaseShown, links: LinkMaker) -> list[Link]:
    """Self, the person, the agreement, and every door that is open to the caller."""
    here = f"/cases/{shown.id}"
    made = [links("self", here), links("agreement", f"/agreements/{shown.agreement_id}")]
    if Operation.READ_INDIVIDUAL in shown.may:
        made.append(links("individual", f"/individuals/{shown.individual_id}"))
    if Operation.READ_CASE_READINESS in shown.may:
        made += [links("readiness", f"{here}/readiness?step={step}") for step in ASKED_OF_A_CASE]
    made += [
        links(door, f"{here}/{door}", method)
        for operation, (door, method) in _DOORS.items()
        if operation in shown.may
    ]
    return made
