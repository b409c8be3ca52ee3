"""A person's own extract of the log."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Path, Query

from app.deps import Links, TheDesk
from app.schemas.base import Link
from app.schemas.links import LinkMaker
from app.schemas.log_entries import (
    LOG_EXTRACT,
    CursorMeta,
    LogEntryOut,
    LogExtractOut,
    LogQuery,
    LogTextOut,
    cursor_of,
)
from app.schemas.operation import operation
from app.services import log_entries as service
from app.services.log_entries import LogEntryShown, Place

router = APIRouter(tags=["individuals"])

IndividualId = Annotated[UUID, Path(alias="individualId")]


@router.get(
    "/individuals/{individualId}/log-entries",
    **operation(
        "listLogEntries",
        sv="Ta fram en persons loggutdrag åt personen: vad den egna organisationen har gjort, och vem "
        "som har läst vad.",
        en="Take out a person's log extract on their behalf: what one's own organisation has done, and who "
        "has read what.",
        answer=LOG_EXTRACT,
    ),
)
async def list_log_entries(
    individual_id: IndividualId, query: Annotated[LogQuery, Query()], desk: TheDesk, links: Links
) -> LogExtractOut:
    """Newest first. Taking the extract out is itself an entry of the log."""
    found = await service.of_individual(desk, individual_id, query.asked)
    here = f"/individuals/{individual_id}"
    return LogExtractOut(
        individual_id=individual_id,
        organisation_id=found.organisation_id,
        organisation_name=found.organisation_name,
        items=[_out(one) for one in found.entries],
        meta=CursorMeta(limit=query.limit, count=len(found.entries)),
        links=[*_pages(f"{here}/log-entries", query, found.next, links), links("up", here)],
    )


def _pages(here: str, query: LogQuery, following: Place | None, links: LinkMaker) -> list[Link]:
    """Links self, first and, where there is more, next; the other query parameters are kept."""
    given = query.model_dump(mode="json", by_alias=True, exclude_none=True)

    def to(rel: str, **place: str) -> Link:
        asked = {name: value for name, value in given.items() if name != "cursor"} | place
        return links(rel, f"{here}?{urlencode(asked)}")

    pages = [to("self", **({"cursor": query.cursor} if query.cursor else {})), to("first")]
    return [*pages, to("next", cursor=cursor_of(following))] if following else pages


def _out(one: LogEntryShown) -> LogEntryOut:
    return LogEntryOut(
        id=one.id,
        kind=one.kind,
        operation=one.operation,
        recorded_at=one.recorded_at,
        category=one.about,
        purpose=one.purpose,
        item_kind=one.item_kind,
        item_id=one.item_id,
        case_id=one.case_id,
        origin=one.origin,
        of_organisation_id=one.of_organisation,
        to_organisation_id=one.to_organisation,
        unit_id=one.unit_id,
        unit_name=one.unit_name,
        function=one.function,
        officer_name=one.officer_name,
        reason=one.reason,
        text=LogTextOut(sv=one.text.sv, en=one.text.en),
    )
