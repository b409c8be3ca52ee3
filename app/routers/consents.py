"""Consents: recorded, read, extended, documented."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.domain.access import Operation
from app.domain.facts.consent import OneOrganisation
from app.schemas.base import Link, ReceiptOut
from app.schemas.consents import (
    CONSENT_SAID,
    CORRECTION,
    DOCUMENTATION,
    EXTENSION,
    ConsentIn,
    ConsentQuery,
    CorrectionIn,
    DocumentationIn,
    ExtensionIn,
    NamedPersonIn,
)
from app.schemas.consents_out import (
    CONSENT,
    CONSENTS,
    ConsentOut,
    ConsentPage,
    ConsentRecordOut,
    CoveredOut,
    DocumentedOut,
    ExtensionOut,
    NamedPersonOut,
    TakerOut,
    WithdrawnOut,
)
from app.schemas.links import LinkMaker
from app.schemas.lists import page_links, page_meta
from app.schemas.operation import act, operation
from app.services import consents as service
from app.services import consents_read, consents_withdrawal
from app.services.consents_read import ConsentShown, RecordShown
from app.services.consents_said import Named, Said, SaidAnew

router = APIRouter(tags=["consents"])

CaseId = Annotated[UUID, Path(alias="caseId")]
ConsentId = Annotated[UUID, Path(alias="consentId")]

_POSSIBLE = {
    Operation.DOCUMENT_CONSENT: "documentations",
    Operation.EXTEND_CONSENT: "extensions",
    Operation.WITHDRAW_CONSENT: "withdrawals",
    Operation.CORRECT_CONSENT: "corrections",
}


@router.post(
    "/cases/{caseId}/consents",
    **act(
        "recordConsent",
        sv="Anteckna vad individen sagt om samtycke: ja eller nej.",
        en="Record what the individual has said about consent: given or refused.",
        body=CONSENT_SAID,
    ),
)
async def record_consent(
    case_id: CaseId,
    consent: ConsentIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Always recorded; what the agreement says of it comes back as remarks. One kind at a time."""
    said = Said(
        kind=consent.kind,
        answer=consent.answer,
        said_at=consent.occurred_at,
        manner=consent.manner,
        given_by=consent.given_by,
        capacity=consent.capacity,
        informed_at=consent.informed_at,
        informed_of=tuple(consent.informed_of),
        information_adapted=consent.information_adapted,
        adaptation=consent.adaptation,
        participation_support=consent.participation_support,
        taken_by=consent.taken_by,
        organisation_ids=tuple(consent.organisation_ids),
        persons=_named(consent.persons),
        excluded_topics=tuple(consent.excluded_topics),
        secrecy_ground=consent.secrecy_ground,
        legal_basis=consent.legal_basis,
        ends_on=consent.ends_on,
    )
    done = await service.record(desk, key, case_id, said)
    here = f"/consents/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here), links("up", f"/cases/{case_id}"))


@router.get(
    "/cases/{caseId}/consents",
    **operation(
        "listConsents",
        sv="Lista samtyckena i ett eget ärende, de nyaste först.",
        en="List the consents of a case of one's own, newest first.",
        answer=CONSENTS,
    ),
)
async def list_consents(
    case_id: CaseId, query: Annotated[ConsentQuery, Query()], desk: TheDesk, links: Links
) -> ConsentPage:
    """Refused, ended and withdrawn ones too."""
    found = await consents_read.of_case(desk, case_id, query.limit, query.offset)
    more = found.total is None or query.offset + len(found.consents) < found.total
    return ConsentPage(
        items=[_out(one, links) for one in found.consents],
        meta=page_meta(query, len(found.consents), found.total),
        links=page_links(links.url(f"/cases/{case_id}/consents"), query, more=more, total=found.total),
    )


@router.get(
    "/consents/{consentId}",
    **operation("readConsent", sv="Läs ett samtycke.", en="Read a consent.", answer=CONSENT),
)
async def read_consent(consent_id: ConsentId, desk: TheDesk, links: Links) -> ConsentOut:
    """The holder reads all of it; an organisation it covers the grant and its own coverage, also later."""
    return _out(await consents_read.read(desk, consent_id), links)


@router.post(
    "/consents/{consentId}/extensions",
    **act(
        "extendConsent",
        sv="Anteckna att individen utvidgat eller förlängt samtycket.",
        en="Record that the individual has widened or prolonged the consent.",
        body=EXTENSION,
    ),
)
async def extend_consent(
    consent_id: ConsentId,
    extension: ExtensionIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """On the same consent, so that what was shown under it stays shown; nothing ended is revived."""
    said = SaidAnew(
        said_at=extension.occurred_at,
        manner=extension.manner,
        organisation_ids=tuple(extension.organisation_ids),
        persons=_named(extension.persons),
        ends_on=extension.ends_on,
        until_withdrawn=extension.until_withdrawn,
    )
    done = await service.extend(desk, key, consent_id, said)
    here = f"/consents/{consent_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.post(
    "/consents/{consentId}/documentations",
    **act(
        "documentConsent",
        sv="Ange att den egna organisationen dokumenterat samtycket enligt sin rutin.",
        en="Say that one's own organisation has documented the consent by its routine.",
        body=DOCUMENTATION,
    ),
)
async def document_consent(
    consent_id: ConsentId,
    documentation: DocumentationIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Each organisation for itself, and once."""
    done = await service.document(
        desk, key, consent_id, documentation.documented_on, documentation.own_reference
    )
    here = f"/consents/{consent_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.post(
    "/consents/{consentId}/corrections",
    **act(
        "correctConsent",
        sv="Anteckna att samtycket är felregistrerat: det har aldrig lämnats så.",
        en="Record that the consent was entered in error: it was never given so.",
        body=CORRECTION,
    ),
)
async def correct_consent(
    consent_id: ConsentId,
    _correction: CorrectionIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Closes what rested on it, as a withdrawal does; the right consent is then recorded anew."""
    done = await consents_withdrawal.enter_in_error(desk, key, consent_id)
    here = f"/consents/{consent_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


def _named(persons: list[NamedPersonIn]) -> tuple[Named, ...]:
    return tuple(Named(one.relation, one.name) for one in persons)


def _out(shown: ConsentShown, links: LinkMaker) -> ConsentOut:
    return ConsentOut(
        id=shown.id,
        organisation_id=shown.holder,
        kind=shown.kind,
        answer=shown.answer,
        status=shown.status,
        occurred_at=shown.said_at,
        recorded_at=shown.recorded_at,
        ends_on=shown.ends_on,
        given_by=shown.given_by,
        manner=shown.manner,
        informed_at=shown.informed_at,
        taken_by=TakerOut(name=shown.taker_name, function=shown.taker_function),
        secrecy_ground=shown.secrecy_ground,
        legal_basis=shown.legal_basis,
        coverage=[
            CoveredOut(
                organisation_id=one.organisation_id, is_covered=one.is_covered, withdrawn_at=one.withdrawn_at
            )
            for one in shown.coverage
        ],
        documentations=[
            DocumentedOut(organisation_id=one.organisation_id, documented_on=one.documented_on)
            for one in shown.documentations
        ],
        own_reference=shown.own_reference,
        withdrawals=[
            WithdrawnOut(
                id=one.id,
                organisation_id=one.scope.id if isinstance(one.scope, OneOrganisation) else None,
                occurred_at=one.said_at,
                recorded_at=one.recorded_at,
            )
            for one in shown.withdrawals
        ],
        record=_record(shown.record) if shown.record else None,
        links=_links(shown, links),
    )


def _record(record: RecordShown) -> ConsentRecordOut:
    return ConsentRecordOut(
        case_id=record.case_id,
        capacity=record.capacity,
        informed_of=list(record.informed_of),
        information_adapted=record.information_adapted,
        adaptation=record.adaptation,
        participation_support=record.participation_support,
        taken_by=record.taken_by,
        persons=[NamedPersonOut(id=one.id, relation=one.relation, name=one.name) for one in record.persons],
        excluded_topics=list(record.excluded_topics),
        extensions=[ExtensionOut.model_validate(one, from_attributes=True) for one in record.extensions],
    )


def _links(shown: ConsentShown, links: LinkMaker) -> list[Link]:
    """Where to go from a consent as it stands: only what the caller may do now."""
    here = f"/consents/{shown.id}"
    told = [links("self", here)]
    if shown.record:
        told.append(links("up", f"/cases/{shown.record.case_id}"))
    if Operation.PREVIEW_WITHDRAWAL in shown.possible:
        told.append(links("withdrawal-preview", f"{here}/withdrawal-preview"))
    told += [links(rel, f"{here}/{rel}", "POST") for one, rel in _POSSIBLE.items() if one in shown.possible]
    told += [links("receipt", f"{here}/withdrawals/{one.id}/receipt") for one in shown.withdrawals[-10:]]
    return told
