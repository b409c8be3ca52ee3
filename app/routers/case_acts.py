"""What is done with a case, from the seen need to the closing."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.domain.codes import OfferAnswer
from app.schemas.base import ReceiptOut
from app.schemas.case_acts import (
    CARRIER,
    CLOSURE,
    CONTACT,
    NEED_ASSESSMENT,
    OFFER,
    OFFER_ANSWER,
    CarrierIn,
    CaseContactIn,
    ClosureIn,
    NeedAssessmentIn,
    OfferAnswerIn,
    OfferIn,
)
from app.schemas.links import LinkMaker
from app.schemas.operation import act
from app.services import carriers, closures, contacts, need_assessments, offers
from app.services.carriers import HandOver
from app.services.contacts import ContactTold
from app.services.need_assessments import AssessmentOrder
from app.services.offers import Talk
from app.services.receipt import Receipt

router = APIRouter(tags=["cases"])

CaseId = Annotated[UUID, Path(alias="caseId")]


@router.post(
    "/cases/{caseId}/need-assessments",
    **act(
        "assessNeed",
        sv="Bedöm behovet av flerpartssamverkan tillsammans med individen.",
        en="Assess the need of coordination together with the individual.",
        body=NEED_ASSESSMENT,
    ),
)
async def assess_need(
    case_id: CaseId,
    assessment: NeedAssessmentIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """The latest assessment counts; also one that finds no need is an assessment."""
    order = AssessmentOrder(
        version=assessment.version,
        assessed_on=assessment.assessed_on,
        need_seen_on=assessment.need_seen_on,
        outcome=assessment.outcome,
        grounds=tuple(assessment.grounds),
        needs=tuple(assessment.needs),
        individual_took_part=assessment.individual_took_part,
        individual_view=assessment.individual_view,
        other_plan=assessment.other_plan,
        note=assessment.note,
        reasons=assessment.reasons(),
    )
    done = await need_assessments.assess(desk, key, case_id, order)
    return _answer(done, case_id, links, language, response)


@router.post(
    "/cases/{caseId}/offers",
    **act(
        "offerMeeting",
        sv="Anteckna att individen har erbjudits ett flerpartsmöte.",
        en="Record that the individual has been offered a meeting.",
        body=OFFER,
    ),
)
async def offer_meeting(
    case_id: CaseId,
    offer: OfferIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """A meeting is offered to whoever has been found to need one."""
    talk = Talk(offer.occurred_on, offer.channel, offer.note)
    done = await offers.offer(desk, key, case_id, offer.version, talk, offer.reasons())
    return _answer(done, case_id, links, language, response)


@router.post(
    "/cases/{caseId}/offer-answers",
    **act(
        "answerOffer",
        sv="Anteckna individens svar på erbjudandet.",
        en="Record the individual's answer to the offer.",
        body=OFFER_ANSWER,
    ),
)
async def answer_offer(
    case_id: CaseId,
    answer: OfferAnswerIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """The latest answer counts."""
    talk = Talk(answer.occurred_on, answer.channel, answer.note)
    done = await offers.answer(desk, key, case_id, OfferAnswer(answer.answer), talk)
    return _answer(done, case_id, links, language, response)


@router.post(
    "/cases/{caseId}/contacts",
    **act(
        "recordContact",
        sv="Anteckna en kontakt med en annan organisation, eller ett försök.",
        en="Record a contact with another organisation, or an attempt.",
        body=CONTACT,
    ),
)
async def record_contact(
    case_id: CaseId,
    contact: CaseContactIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """What has happened is always recorded; what the agreement has against it comes back as remarks."""
    told = ContactTold(
        with_organisation=contact.with_organisation_id,
        about=contact.about,
        occurred_at=contact.occurred_at,
        channel=contact.channel,
        answered=contact.answered,
        names_the_person=contact.names_the_person,
        meeting_id=contact.meeting_id,
        note=contact.note,
        corrects=contact.corrects,
    )
    done = await contacts.record(desk, key, case_id, told)
    return _answer(done, case_id, links, language, response)


@router.post(
    "/cases/{caseId}/carriers",
    **act(
        "changeCarrier",
        sv="Lämna över ärendet till en annan handläggare, eller utse ersättare.",
        en="Hand the case over to another officer, or appoint a stand-in.",
        body=CARRIER,
    ),
)
async def change_carrier(
    case_id: CaseId,
    carrier: CarrierIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Inside the organisation only; the case follows its carrier into the carrier's unit."""
    order = HandOver(carrier.version, carrier.officer_id, carrier.stand_in_id, carrier.reason)
    done = await carriers.hand_over(desk, key, case_id, order)
    return _answer(done, case_id, links, language, response)


@router.post(
    "/cases/{caseId}/closures",
    **act("closeCase", sv="Avsluta ett ärende.", en="Close a case.", body=CLOSURE),
)
async def close_case(
    case_id: CaseId,
    closure: ClosureIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Never refused by the agreement."""
    done = await closures.close(desk, key, case_id, closure.version, closure.reason, closure.note)
    return _answer(done, case_id, links, language, response)


def _answer(
    done: Receipt, case_id: UUID, links: LinkMaker, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    """The receipt; what was recorded is read in its case."""
    here = f"/cases/{case_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))
