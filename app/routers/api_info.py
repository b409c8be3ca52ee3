"""The API about itself: open to everybody."""

from fastapi import APIRouter

from app.deps import Links, TheParts
from app.http import about
from app.schemas.api_info import ApiInfo
from app.schemas.base import example_of
from app.schemas.operation import operation

router = APIRouter(tags=["api"])

EXAMPLE = example_of(
    ApiInfo,
    {
        "apiName": "flerpart",
        "apiVersion": "0.1.0",
        "apiReleased": "2026-11-21",
        "apiDocumentation": "https://flerpart.example/docs",
        "apiStatus": "beta",
        "_links": [
            {"rel": "self", "href": "https://api.flerpart.example/flerpart/v0/api-info", "method": "GET"},
        ],
    },
)


@router.get(
    "/api-info",
    **operation(
        "getApiInfo",
        sv="Läs vad detta API heter och vilken version det är.",
        en="Read what this API is called and which version it is.",
        answer=EXAMPLE,
        secured=False,
    ),
)
async def get_api_info(parts: TheParts, links: Links) -> ApiInfo:
    """Name, version, state and documentation, its own pages where it serves them; needs no token."""
    return ApiInfo(
        api_name=about.API_NAME,
        api_version=about.API_VERSION,
        api_released=about.API_RELEASED,
        api_documentation=links.url("/docs/") if parts.show_docs else about.DOCUMENTATION_URL,
        api_status=about.API_STATUS,
        links=[links("self", "/api-info")],
    )
