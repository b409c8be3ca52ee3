"""Individuals, as the caller's own organisation knows them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import ExpectedVersion, Key, Links, ReadersLanguage, TheDesk, etag
from app.domain.identity_numbers import IdentityKind
from app.schemas.base import ReceiptOut
from app.schemas.individuals import (
    INDIVIDUAL,
    LOOK_UP,
    PARTICULARS,
    REGISTRATION,
    ContactOut,
    IndividualIn,
    IndividualOut,
    LookUpIn,
    ParticularsIn,
)
from app.schemas.links import LinkMaker
from app.schemas.operation import act, operation
from app.services import individuals as service
from app.services.individuals import Contact, IndividualShown, Particulars

router = APIRouter(tags=["individuals"])

IndividualId = Annotated[UUID, Path(alias="individualId")]


@router.post(
    "/individuals",
    **act(
        "registerIndividual",
        sv="Registrera en person hos den egna organisationen.",
        en="Register a person at one's own organisation.",
        body=REGISTRATION,
    ),
)
async def register_individual(
    individual: IndividualIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """With a number, or with none where none exists."""
    number = individual.identity
    done = await service.register(
        desk,
        key,
        _particulars(individual),
        (IdentityKind(number.kind), number.value) if number else None,
        individual.birth_date,
        individual.protected_identity,
    )
    here = f"/individuals/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.post(
    "/individual-lookups",
    **operation(
        "lookUpIndividual",
        sv="Sök en person inom den egna organisationen. Skälet skrivs i läsloggen.",
        en="Look a person up within one's own organisation; by POST, so that no number is in an address. "
        "The reason is kept in the read log.",
        body=LOOK_UP,
        answer=INDIVIDUAL,
        also=(404,),
    ),
)
async def look_up_individual(asked: LookUpIn, desk: TheDesk, links: Links) -> IndividualOut:
    """Answers 404 where the own organisation does not know the person; nobody else is asked."""
    number = asked.identity
    shown = await service.look_up(desk, IdentityKind(number.kind), number.value, asked.reason)
    return _out(shown, links)


@router.get(
    "/individuals/{individualId}",
    **operation("readIndividual", sv="Läs en person.", en="Read a person.", answer=INDIVIDUAL),
)
async def read_individual(
    individual_id: IndividualId, desk: TheDesk, links: Links, response: Response
) -> IndividualOut:
    """A person the caller's unit has to do with."""
    shown = await service.read(desk, individual_id)
    response.headers["ETag"] = etag(shown.version)
    return _out(shown, links)


@router.put(
    "/individuals/{individualId}",
    **operation(
        "changeIndividual",
        sv="Ersätt uppgifterna om en person.",
        en="Replace what is kept of a person.",
        body=PARTICULARS,
        answer=INDIVIDUAL,
    ),
)
async def change_individual(
    individual_id: IndividualId,
    particulars: ParticularsIn,
    version: ExpectedVersion,
    desk: TheDesk,
    links: Links,
    response: Response,
) -> IndividualOut:
    """The version in If-Match must be the present one."""
    shown = await service.change(desk, individual_id, version, _particulars(particulars))
    response.headers["ETag"] = etag(shown.version)
    return _out(shown, links)


def _particulars(sent: ParticularsIn) -> Particulars:
    contact = sent.contact
    return Particulars(
        name=sent.name,
        contact=Contact(tuple(contact.address), contact.telephone, contact.email) if contact else None,
        municipality=sent.municipality,
        has_communication_needs=sent.has_communication_needs,
        communication_needs=sent.communication_needs,
    )


def _out(shown: IndividualShown, links: LinkMaker) -> IndividualOut:
    here = f"/individuals/{shown.id}"
    contact = shown.contact
    return IndividualOut(
        id=shown.id,
        version=shown.version,
        name=shown.name,
        identity_kind=shown.identity_kind,
        identity_number=shown.identity_number,
        birth_date=shown.birth_date,
        contact=ContactOut(address=list(contact.address), telephone=contact.telephone, email=contact.email)
        if contact
        else None,
        municipality=shown.municipality,
        has_communication_needs=shown.has_communication_needs,
        communication_needs=shown.communication_needs,
        protected_identity=shown.protected_identity,
        links=[
            links("self", here),
            links("edit", here, "PUT"),
            links("protection", f"{here}/protection"),
            links("log-entries", f"{here}/log-entries"),
        ],
    )
