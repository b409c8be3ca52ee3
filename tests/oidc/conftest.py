"""Two real providers with keys of different kinds, and the application that trusts both."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import SecretStr

from app.agreements.registry import registry
from app.cli import write_parties
from app.db.directory_load import put_account, put_issuer, writing_directory
from app.db.tables.directory import Officer, TokenIssuer, Unit
from app.http import about
from app.settings import Settings
from app.wiring import build_app
from dev.postgres import Urls
from tests.oidc.provider import Client, NoProvider, Provider, installed

BASE = "http://testserver/flerpart/v0"


class RealClock:
    """The real time, as the providers know it, which a test may move ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Trusting:
    """The application that trusts two of the providers, and the clients it knows there."""

    http: httpx.AsyncClient
    clock: RealClock
    elliptic: Provider
    rsa: Provider
    stranger: Provider
    client: Client
    unknown_client: Client

    async def me(self, token: str) -> httpx.Response:
        """What the holder of the token is told of itself."""
        return await self.http.get(f"{BASE}/me", headers={"Authorization": f"Bearer {token}"})

    async def seen_need(self, token: str) -> httpx.Response:
        """An act in the name of the holder of the token, which lacks everything but a token."""
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "one"}
        return await self.http.post(f"{BASE}/cases", json={}, headers=headers)


@pytest.fixture(scope="session")
def provider_folder() -> Path:
    """The installed provider; where it cannot be had, its tests are skipped and the summary says why."""
    try:
        return installed()
    except NoProvider as missing:
        pytest.skip(f"tokens of a real OpenID provider are NOT tested: {missing}")


@pytest.fixture(scope="session")
def providers(provider_folder: Path) -> Iterator[tuple[Provider, Provider, Provider, Client, Client]]:
    """Three providers: of elliptic keys, of RSA keys, and one that nobody has registered."""
    known, unknown = Client("journal"), Client("okand")
    with (
        Provider(provider_folder, "ES256", about.RESOURCE, known, unknown) as elliptic,
        Provider(provider_folder, "RS256", about.RESOURCE, known) as rsa,
        Provider(provider_folder, "ES256", about.RESOURCE, known) as stranger,
    ):
        yield elliptic, rsa, stranger, known, unknown


@pytest.fixture
async def trusting(
    providers: tuple[Provider, Provider, Provider, Client, Client], fresh_database: Urls, keys_file: Path
) -> AsyncIterator[Trusting]:
    """The application over a database of its own, where each registered provider has one known client."""
    elliptic, rsa, stranger, known, unknown = providers
    await write_parties(fresh_database.migration)
    organisation, unit = await _a_unit(fresh_database)
    for one in (elliptic, rsa):
        issuer = TokenIssuer(
            issuer=one.issuer,
            audience=about.RESOURCE,
            key_set_uri=one.key_set_uri,
            registered_at=datetime.now(UTC),
        )
        await put_issuer(fresh_database.migration, issuer)
        officer = Officer(
            org_id=organisation, id=uuid4(), unit_id=unit, name="Journalsystemet", function="system"
        )
        await put_account(fresh_database.migration, officer, uuid4(), one.issuer, known.id, ["caseworker"])
    clock = RealClock()
    app = build_app(Settings(database_url=SecretStr(fresh_database.api), FLERPART_KEYS_FILE=keys_file), clock)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as http:
        yield Trusting(http, clock, elliptic, rsa, stranger, known, unknown)


async def _a_unit(urls: Urls) -> tuple[UUID, UUID]:
    """Some unit of some organisation that is party to an agreement."""
    unit_id = uuid4()
    async with writing_directory(urls.migration) as directory:
        organisation_id = next(iter(registry())).parties[0].organisations[0].id
        await directory.put(
            Unit(org_id=organisation_id, id=unit_id, name="Systemenheten", address=["Provgatan 1"])
        )
    return organisation_id, unit_id
