"""Reviews of the read log, by managers of the own organisation."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.schemas.base import ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.lists import ListQuery, follows, page_links, page_meta
from app.schemas.log_reviews import (
    REVIEW,
    REVIEW_NEW,
    REVIEWS,
    SELECTION,
    ReadingDrawnOut,
    ReviewIn,
    ReviewLineOut,
    ReviewOut,
    ReviewPage,
    SelectionOut,
    SelectionQuery,
    UnrelatedOut,
    UnusualOut,
    WhoReadOut,
)
from app.schemas.operation import act, operation
from app.services import log_reviews as service
from app.services.log_reviews import ReviewDone
from app.services.paging import Paging

router = APIRouter(tags=["organisations"])

ReviewId = Annotated[UUID, Path(alias="reviewId")]


@router.get(
    "/log-selections",
    **operation(
        "readLogSelection",
        sv="Ta fram vad som ska granskas av vem som läst: ett stickprov, läsningar utan relation till "
        "ärendet och dagar som sticker ut.",
        en="Take out what to review of who has read: a sample, readings without relation to the case, and "
        "days that stand out.",
        answer=SELECTION,
    ),
)
async def read_log_selection(
    query: Annotated[SelectionQuery, Query()], desk: TheDesk, links: Links
) -> SelectionOut:
    """Of last month where no days are said. The sample is drawn by chance, and the same for the same days."""
    found = await service.select(desk, query.from_, query.to, query.unit_id, query.size)
    asked = {"from": found.reviewed.first_day, "to": found.reviewed.last_day, "size": query.size}
    asked |= {"unitId": query.unit_id} if query.unit_id else {}
    return SelectionOut(
        first_day=found.reviewed.first_day,
        last_day=found.reviewed.last_day,
        unit_id=found.reviewed.unit_id,
        readings=found.readings,
        own_readings=found.own_readings,
        sample=[ReadingDrawnOut.of(one) for one in found.sample],
        unrelated=[UnrelatedOut.of(one) for one in found.unrelated],
        unusual=[UnusualOut.of(one) for one in found.unusual],
        links=[
            links("self", f"/log-selections?{urlencode(asked)}"),
            links("related", "/log-reviews", "POST"),
        ],
    )


@router.post(
    "/log-reviews",
    **act(
        "recordLogReview",
        sv="Anteckna att vem som läst har granskats, och vad som kom fram.",
        en="Record that who has read has been reviewed, and what was found.",
        body=REVIEW_NEW,
    ),
)
async def record_log_review(
    review: ReviewIn, desk: TheDesk, key: Key, links: Links, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    """The note is sealed; only managers of the own organisation read it."""
    done = await service.record(desk, key, review.reviewed, review.outcome, review.note)
    here = f"/log-reviews/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.get(
    "/log-reviews",
    **operation(
        "listLogReviews",
        sv="Lista de granskningar som gjorts i den egna organisationen.",
        en="List the reviews done in one's own organisation.",
        answer=REVIEWS,
    ),
)
async def list_log_reviews(query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links) -> ReviewPage:
    """Newest first; without notes."""
    found = await service.done(desk, Paging(query.limit, query.offset))
    more = follows(query, len(found.items), found.total)
    return ReviewPage(
        items=[ReviewLineOut(**_line(one, links)) for one in found.items],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(links.url("/log-reviews"), query, more=more, total=found.total),
    )


@router.get(
    "/log-reviews/{reviewId}",
    **operation(
        "readLogReview",
        sv="Läs en granskning med sin anteckning.",
        en="Read a review with its note.",
        answer=REVIEW,
    ),
)
async def read_log_review(review_id: ReviewId, desk: TheDesk, links: Links) -> ReviewOut:
    """Of one's own organisation; nobody else's are seen."""
    found = await service.read(desk, review_id)
    return ReviewOut(**_line(found, links), note=found.note)


def _line(one: ReviewDone, links: LinkMaker) -> dict[str, Any]:
    return {
        "id": one.id,
        "first_day": one.reviewed.first_day,
        "last_day": one.reviewed.last_day,
        "unit_id": one.reviewed.unit_id,
        "outcome": one.outcome,
        "reviewed_by": WhoReadOut.of(one.who),
        "recorded_at": one.recorded_at,
        "links": [links("self", f"/log-reviews/{one.id}")],
    }
