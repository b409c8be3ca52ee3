"""Organisations and their units: whom to call, and where."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import ExpectedVersion, Key, Links, ReadersLanguage, TheDesk, etag
from app.errors import Language
from app.schemas.base import FindingOut, ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.lists import ListQuery, follows, page_links, page_meta
from app.schemas.me import PlaceOut
from app.schemas.operation import act, operation
from app.schemas.organisations import (
    ORGANISATION,
    ORGANISATION_PAGE,
    UNIT,
    UNIT_KEPT,
    UNIT_PAGE,
    OrganisationOut,
    OrganisationPage,
    OrganisationQuery,
    UnitIn,
    UnitOut,
    UnitPage,
    UnitQuery,
)
from app.services import units as service
from app.services.paging import PageFound, Paging
from app.services.units import OrganisationShown, UnitKept, UnitShown

router = APIRouter(tags=["organisations"])

OrganisationId = Annotated[UUID, Path(alias="organisationId")]
UnitId = Annotated[UUID, Path(alias="unitId")]


@router.get(
    "/organisations",
    **operation(
        "listOrganisations",
        sv="Lista organisationer, alla eller en parts.",
        en="List organisations: all, or those of a party.",
        answer=ORGANISATION_PAGE,
    ),
)
async def list_organisations(
    query: Annotated[OrganisationQuery, Query()], desk: TheDesk, links: Links
) -> OrganisationPage:
    """A party may consist of several organisations; secrecy ends within each."""
    found = await service.list_organisations(desk, query.party, Paging(query.limit, query.offset))
    more = follows(query, len(found.items), found.total)
    return OrganisationPage(
        items=[_organisation(one, links) for one in found.items],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(links.url("/organisations"), query, more=more, total=found.total),
    )


@router.get(
    "/organisations/{organisationId}",
    **operation(
        "readOrganisation", sv="Läs en organisation.", en="Read an organisation.", answer=ORGANISATION
    ),
)
async def read_organisation(organisation_id: OrganisationId, desk: TheDesk, links: Links) -> OrganisationOut:
    """Its places in the agreements, and the way to its units."""
    return _organisation(await service.read_organisation(desk, organisation_id), links)


@router.get(
    "/organisations/{organisationId}/units",
    **operation(
        "listUnitsOfOrganisation",
        sv="Lista en organisations enheter.",
        en="List the units of an organisation.",
        answer=UNIT_PAGE,
    ),
)
async def list_units_of_organisation(
    organisation_id: OrganisationId,
    query: Annotated[ListQuery, Query()],
    desk: TheDesk,
    links: Links,
    language: ReadersLanguage,
) -> UnitPage:
    """With addresses and contact routes. An organisation that does not exist is not found."""
    found = await service.list_units_of(desk, organisation_id, Paging(query.limit, query.offset))
    return _page(found, f"/organisations/{organisation_id}/units", query, links, language)


@router.get(
    "/units",
    **operation("listUnits", sv="Lista enheter.", en="List units.", answer=UNIT_PAGE),
)
async def list_units(
    query: Annotated[UnitQuery, Query()], desk: TheDesk, links: Links, language: ReadersLanguage
) -> UnitPage:
    """Of every organisation, or of one."""
    found = await service.list_units(desk, query.organisation_id, Paging(query.limit, query.offset))
    return _page(found, "/units", query, links, language)


@router.get(
    "/units/{unitId}",
    **operation("readUnit", sv="Läs en enhet.", en="Read a unit.", answer=UNIT),
)
async def read_unit(
    unit_id: UnitId, desk: TheDesk, links: Links, language: ReadersLanguage, response: Response
) -> UnitOut:
    """Its address, contact routes and the channel it asks for."""
    shown = await service.read_unit(desk, unit_id)
    response.headers["ETag"] = etag(shown.version)
    return _unit(shown, links, language)


@router.post(
    "/units",
    **act(
        "addUnit",
        sv="Lägg till en enhet i den egna organisationen.",
        en="Add a unit to one's own organisation.",
        body=UNIT_KEPT,
    ),
)
async def add_unit(
    unit: UnitIn, desk: TheDesk, key: Key, links: Links, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    """A unit that nobody can reach is added, with a remark."""
    done = await service.add(desk, key, _kept(unit))
    here = f"/units/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.put(
    "/units/{unitId}",
    **operation(
        "changeUnit",
        sv="Ersätt uppgifterna om en egen enhet.",
        en="Replace what is kept of a unit of one's own.",
        body=UNIT_KEPT,
        answer=UNIT,
    ),
)
async def change_unit(
    unit_id: UnitId,
    unit: UnitIn,
    version: ExpectedVersion,
    desk: TheDesk,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> UnitOut:
    """The version in If-Match must be the present one."""
    shown = await service.change(desk, unit_id, version, _kept(unit))
    response.headers["ETag"] = etag(shown.version)
    return _unit(shown, links, language)


def _organisation(shown: OrganisationShown, links: LinkMaker) -> OrganisationOut:
    here = f"/organisations/{shown.id}"
    return OrganisationOut(
        id=shown.id,
        name=shown.name,
        type=shown.type,
        organisation_number=shown.organisation_number,
        places=[PlaceOut.model_validate(one, from_attributes=True) for one in shown.places],
        links=[links("self", here), links("units", f"{here}/units")],
    )


def _page(
    found: PageFound[UnitShown], path: str, query: ListQuery, links: LinkMaker, language: Language
) -> UnitPage:
    more = follows(query, len(found.items), found.total)
    return UnitPage(
        items=[_unit(one, links, language) for one in found.items],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(links.url(path), query, more=more, total=found.total),
    )


def _kept(unit: UnitIn) -> UnitKept:
    return UnitKept(
        name=unit.name,
        address=tuple(unit.address),
        attention=unit.attention,
        address_hint=unit.address_hint,
        email=unit.email,
        telephone=unit.telephone,
        asks_for_channel=unit.asks_for_channel,
        active=unit.active,
    )


def _unit(shown: UnitShown, links: LinkMaker, language: Language) -> UnitOut:
    here, kept = f"/units/{shown.id}", shown.kept
    return UnitOut(
        id=shown.id,
        organisation_id=shown.organisation_id,
        version=shown.version,
        name=kept.name,
        address=list(kept.address),
        attention=kept.attention,
        address_hint=kept.address_hint,
        email=kept.email,
        telephone=kept.telephone,
        asks_for_channel=kept.asks_for_channel,
        active=kept.active,
        remarks=[FindingOut.of(one, language) for one in shown.remarks],
        links=[
            links("self", here),
            links("organisation", f"/organisations/{shown.organisation_id}"),
            *([links("edit", here, "PUT")] if shown.may_change else []),
        ],
    )
