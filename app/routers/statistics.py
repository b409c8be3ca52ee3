"""Counts without persons, for LOKUS, the coordination association and managers."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query

from app.deps import Links, ReadersLanguage, TheDesk
from app.domain.access import Operation
from app.domain.codes import StatisticKind
from app.schemas.operation import operation
from app.schemas.statistics import (
    DEVIATION_STATISTICS,
    STATISTICS,
    PeriodQuery,
    StatisticsOut,
    StatisticsQuery,
)
from app.services import statistics as service

router = APIRouter(tags=["statistics"])


@router.get(
    "/deviation-statistics",
    **operation(
        "readDeviationStatistics",
        sv="Avvikelser efter typ, part och period, utan personer; små tal visas inte.",
        en="Deviations by type, party and period, without persons; small counts are not shown.",
        answer=DEVIATION_STATISTICS,
        also=(404,),
    ),
)
async def read_deviation_statistics(
    query: Annotated[PeriodQuery, Query()], desk: TheDesk, links: Links, language: ReadersLanguage
) -> StatisticsOut:
    """A deviation is counted at the party it is about, when it has been reported or confirmed."""
    found = await service.counts(
        desk,
        Operation.READ_DEVIATION_STATISTICS,
        StatisticKind.DEVIATION,
        agreement_key=query.agreement_key,
        first=query.first,
        last=query.last,
    )
    return StatisticsOut.of(found, language, links, _as_asked("/deviation-statistics", query))


@router.get(
    "/statistics",
    **operation(
        "readStatistics",
        sv="Vad som gjorts inom överenskommelsen, efter part och period, utan personer.",
        en="What has been done under the agreement, by party and period, without persons.",
        answer=STATISTICS,
        also=(404,),
    ),
)
async def read_statistics(
    query: Annotated[StatisticsQuery, Query()], desk: TheDesk, links: Links, language: ReadersLanguage
) -> StatisticsOut:
    """Meetings initiated and held, summonses, plans, departures with a reason by rule, and more."""
    found = await service.counts(
        desk,
        Operation.READ_STATISTICS,
        query.kind,
        agreement_key=query.agreement_key,
        first=query.first,
        last=query.last,
    )
    return StatisticsOut.of(found, language, links, _as_asked("/statistics", query))


def _as_asked(path: str, query: PeriodQuery) -> str:
    """The address with the question in it: counts without their kind are not there."""
    asked = urlencode(query.model_dump(mode="json", by_alias=True, exclude_none=True))
    return f"{path}?{asked}" if asked else path
