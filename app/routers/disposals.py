"""What an organisation has disposed of, with its certificates."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from app.deps import Links, TheDesk
from app.schemas.base import Link
from app.schemas.disposals import (
    CERTIFICATE,
    DISPOSAL,
    DISPOSAL_PAGE,
    DisposalCertificateOut,
    DisposalListedOut,
    DisposalOut,
    DisposalPage,
    TombstoneOut,
)
from app.schemas.documents import DocumentOut
from app.schemas.links import LinkMaker
from app.schemas.lists import ListQuery, follows, page_links, page_meta
from app.schemas.operation import operation
from app.services import disposals as service
from app.services.disposals import DisposalListed
from app.services.paging import Paging

router = APIRouter(tags=["disposals"])

DisposalId = Annotated[UUID, Path(alias="disposalId")]


@router.get(
    "/disposals",
    **operation(
        "listDisposals",
        sv="Lista vad den egna organisationen har gallrat.",
        en="List what one's own organisation has disposed of.",
        answer=DISPOSAL_PAGE,
    ),
)
async def list_disposals(query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links) -> DisposalPage:
    """Each with the rule, the two who decided, and when."""
    found = await service.list_own(desk, Paging(query.limit, query.offset))
    more = follows(query, len(found.items), found.total)
    return DisposalPage(
        items=[_listed(one, links) for one in found.items],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(links.url("/disposals"), query, more=more, total=found.total),
    )


@router.get(
    "/disposals/{disposalId}",
    **operation("readDisposal", sv="Läs en gallring.", en="Read a disposal.", answer=DISPOSAL),
)
async def read_disposal(disposal_id: DisposalId, desk: TheDesk, links: Links) -> DisposalOut:
    """What stays of each thing: its id, the day its time was counted from, how many rows it had."""
    shown = await service.read(desk, disposal_id)
    return DisposalOut(
        **_listed(shown.listed, links).model_dump(by_alias=False),
        tombstones=[
            TombstoneOut(
                id=one.id,
                organisation_id=one.organisation_id,
                event_on=one.event_on,
                rows_removed=one.rows_removed,
            )
            for one in shown.tombstones
        ],
    )


@router.get(
    "/disposals/{disposalId}/certificate",
    **operation(
        "readDisposalCertificate", sv="Läs gallringsbeviset.", en="Read the certificate.", answer=CERTIFICATE
    ),
)
async def read_disposal_certificate(
    disposal_id: DisposalId, desk: TheDesk, links: Links
) -> DisposalCertificateOut:
    """As it was made then, in Swedish, with the digest of its text."""
    told = await service.certificate_of(desk, disposal_id)
    here = f"/disposals/{disposal_id}"
    return DisposalCertificateOut(
        id=told.disposal_id,
        document=DocumentOut.of(told.document),
        digest=told.digest,
        links=[links("self", f"{here}/certificate"), links("up", here)],
    )


def _listed(shown: DisposalListed, links: LinkMaker) -> DisposalListedOut:
    return DisposalListedOut(
        id=shown.id,
        rule_id=shown.rule_id,
        kind=shown.kind,
        items=shown.items,
        rows_removed=shown.rows_removed,
        proposed_by=shown.proposed_by,
        approved_by=shown.approved_by,
        disposed_at=shown.disposed_at,
        links=_links(shown, links),
    )


def _links(shown: DisposalListed, links: LinkMaker) -> list[Link]:
    here = f"/disposals/{shown.id}"
    return [
        links("self", here),
        links("certificate", f"{here}/certificate"),
        links("rule", f"/disposal-rules/{shown.rule_id}"),
    ]
