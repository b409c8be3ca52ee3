from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from app.deps import Parts
from app.http import about
from app.http.gate import Limits
from app.main import create_api, create_app
from app.routers import ROUTERS
from tests.http import probe

PARTS = Parts(base_url=about.PUBLIC_URL, clock=lambda: datetime.now(UTC))
ROUTES = (*ROUTERS, probe.router)


def client_of(app: Starlette) -> httpx.AsyncClient:
    """A client that talks to the application below its base path, as an authenticated organisation."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url=f"https://api.flerpart.example{about.BASE_PATH}",
        headers={"Authorization": "Bearer a.b.c", "Idempotency-Key": "one", "If-Match": '"1"'},
    )


@pytest.fixture(scope="session")
def app() -> Starlette:
    """The real application with the probes, impatient with slow bodies."""
    return create_app(PARTS, routers=ROUTES, limits=Limits(body_seconds=0.2))


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """An authenticated client of it."""
    async with client_of(app) as client:
        yield client


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The document of the real routes and the probes, so that every kind of operation is there."""
    return create_api(PARTS, ROUTES).openapi()
