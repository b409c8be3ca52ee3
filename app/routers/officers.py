"""The officers of one's own organisation."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import ExpectedVersion, Key, Links, ReadersLanguage, TheDesk, etag
from app.schemas.base import ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.lists import follows, page_links, page_meta
from app.schemas.officers import (
    OFFICER,
    OFFICER_KEPT,
    OFFICER_PAGE,
    OfficerIn,
    OfficerOut,
    OfficerPage,
    OfficerQuery,
)
from app.schemas.operation import act, operation
from app.services import officers as service
from app.services.officers import OfficerKept, OfficerShown
from app.services.paging import Paging

router = APIRouter(tags=["organisations"])

OfficerId = Annotated[UUID, Path(alias="officerId")]


@router.get(
    "/officers",
    **operation(
        "listOfficers",
        sv="Lista den egna organisationens handläggare.",
        en="List one's own organisation's officers.",
        answer=OFFICER_PAGE,
    ),
)
async def list_officers(query: Annotated[OfficerQuery, Query()], desk: TheDesk, links: Links) -> OfficerPage:
    """Those who have left only when asked for."""
    paging = Paging(query.limit, query.offset)
    found = await service.list_own(desk, query.unit_id, paging, left_too=query.include_left)
    more = follows(query, len(found.items), found.total)
    return OfficerPage(
        items=[_out(one, links) for one in found.items],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(links.url("/officers"), query, more=more, total=found.total),
    )


@router.get(
    "/officers/{officerId}",
    **operation("readOfficer", sv="Läs en handläggare.", en="Read an officer.", answer=OFFICER),
)
async def read_officer(officer_id: OfficerId, desk: TheDesk, links: Links, response: Response) -> OfficerOut:
    """Of one's own organisation; nobody else's are seen."""
    shown = await service.read(desk, officer_id)
    response.headers["ETag"] = etag(shown.version)
    return _out(shown, links)


@router.post(
    "/officers",
    **act("addOfficer", sv="Lägg till en handläggare.", en="Add an officer.", body=OFFICER_KEPT),
)
async def add_officer(
    officer: OfficerIn, desk: TheDesk, key: Key, links: Links, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    """In a unit of one's own organisation."""
    done = await service.add(desk, key, _kept(officer))
    here = f"/officers/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.put(
    "/officers/{officerId}",
    **operation(
        "changeOfficer",
        sv="Ersätt uppgifterna om en handläggare, eller ange att personen slutat.",
        en="Replace what is kept of an officer, or say that they have left.",
        body=OFFICER_KEPT,
        answer=OFFICER,
    ),
)
async def change_officer(
    officer_id: OfficerId,
    officer: OfficerIn,
    version: ExpectedVersion,
    desk: TheDesk,
    links: Links,
    response: Response,
) -> OfficerOut:
    """The version in If-Match must be the present one."""
    shown = await service.change(desk, officer_id, version, _kept(officer))
    response.headers["ETag"] = etag(shown.version)
    return _out(shown, links)


def _kept(officer: OfficerIn) -> OfficerKept:
    return OfficerKept(
        unit_id=officer.unit_id,
        name=officer.name,
        title=officer.title,
        function=officer.function,
        email=officer.email,
        telephone=officer.telephone,
        left_on=officer.left_on,
    )


def _out(shown: OfficerShown, links: LinkMaker) -> OfficerOut:
    kept = shown.kept
    return OfficerOut(
        id=shown.id,
        version=shown.version,
        unit_id=kept.unit_id,
        name=kept.name,
        title=kept.title,
        function=kept.function,
        email=kept.email,
        telephone=kept.telephone,
        left_on=kept.left_on,
        links=[links("self", f"/officers/{shown.id}"), links("unit", f"/units/{kept.unit_id}")],
    )
