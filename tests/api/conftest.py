"""The whole application over the tests' PostgreSQL, and the people who call it."""

import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from app.agreements.registry import registry
from app.auth import development
from app.auth.keyring import KeyRing
from app.cli import write_parties
from app.db.directory_load import writing_directory
from app.db.tables.directory import Account, Officer, Unit
from app.http import about
from app.settings import Settings
from app.wiring import build_app
from dev.postgres import Urls

BASE = "http://testserver/flerpart/v0"
FIRST_MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_NUMBERS = itertools.count(1)


class Clock:
    """The application's clock, which a test may move. Starts on a Monday morning in 2026."""

    def __init__(self) -> None:
        self.now = FIRST_MOMENT

    def __call__(self) -> datetime:
        """The time it shows."""
        return self.now

    def forward(self, **parts: float) -> None:
        """Let time pass: days, hours, weeks."""
        self.now += timedelta(**parts)


@dataclass(frozen=True)
class Caller:
    """Somebody with an account at an organisation, calling over HTTP."""

    http: httpx.AsyncClient
    token: Callable[[], str]
    organisation_id: UUID
    unit_id: UUID
    officer_id: UUID
    account_id: UUID

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """GET below the base path."""
        return await self.http.get(BASE + path, headers=self._headers(), **more)

    async def post(self, path: str, body: dict[str, Any], key: str | None = None) -> httpx.Response:
        """POST with an Idempotency-Key of its own, or the one given."""
        headers = self._headers() | {"Idempotency-Key": key or f"key-{next(_NUMBERS)}"}
        return await self.http.post(BASE + path, json=body, headers=headers)

    async def put(self, path: str, body: dict[str, Any], version: int) -> httpx.Response:
        """PUT on a version."""
        headers = self._headers() | {"If-Match": f'"{version}"'}
        return await self.http.put(BASE + path, json=body, headers=headers)

    async def patch(self, path: str, body: dict[str, Any], version: int) -> httpx.Response:
        """PATCH on a version."""
        headers = self._headers() | {"If-Match": f'"{version}"'}
        return await self.http.patch(BASE + path, json=body, headers=headers)

    async def delete(self, path: str, version: int) -> httpx.Response:
        """DELETE on a version."""
        return await self.http.delete(BASE + path, headers=self._headers() | {"If-Match": f'"{version}"'})

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token()}"}


@dataclass(frozen=True)
class Staff:
    """Makes callers: each call makes a new account, in a new unit unless one is named."""

    application: "Application"

    async def __call__(
        self,
        party: str,
        role: str = "caseworker",
        *,
        organisation: int = 0,
        unit_id: UUID | None = None,
        function: str = "handläggare",
    ) -> Caller:
        """A caller at an organisation of a party (AF, FK, REGION, KOMMUN), or of LOKUS or the association."""
        file = registry().applying("uppsala", date(2026, 1, 1))
        assert file is not None
        placed = [(one.code, one.organisations) for one in file.parties]
        placed += [(one.code, one.organisations) for one in file.bodies]
        found = dict(placed)[party][organisation]
        return await self.at(found.id, role, unit_id=unit_id, function=function)

    async def at(
        self,
        organisation_id: UUID,
        role: str,
        *,
        unit_id: UUID | None = None,
        function: str = "handläggare",
    ) -> Caller:
        """A caller at any organisation of the directory."""
        unit_id, officer_id, account_id = unit_id or uuid4(), uuid4(), uuid4()
        subject = f"subject-{account_id}"
        async with writing_directory(self.application.urls.migration) as directory:
            await directory.put(
                Unit(
                    org_id=organisation_id,
                    id=unit_id,
                    name=f"Enhet {next(_NUMBERS)}",
                    address=["Provgatan 1", "753 00 Uppsala"],
                    email="enhet@example.se",
                    telephone="018-00 00 00",
                ),
                Officer(
                    org_id=organisation_id,
                    id=officer_id,
                    unit_id=unit_id,
                    name=f"Person {next(_NUMBERS)}",
                    title="Handläggare",
                    function=function,
                    email="handlaggare@example.se",
                    telephone="018-00 00 01",
                ),
                Account(
                    org_id=organisation_id,
                    id=account_id,
                    unit_id=unit_id,
                    officer_id=officer_id,
                    issuer=development.ISSUER,
                    subject=subject,
                    roles=[role],
                ),
            )

        def token() -> str:
            return development.issue(
                self.application.keyring, subject, audience=about.RESOURCE, now=self.application.clock()
            )

        return Caller(self.application.http, token, organisation_id, unit_id, officer_id, account_id)


@dataclass(frozen=True)
class Application:
    """The application as it runs, its clock, and its database."""

    http: httpx.AsyncClient
    clock: Clock
    keyring: KeyRing
    urls: Urls


@pytest.fixture(scope="session")
async def running(database: Urls, keys_file: Path) -> AsyncIterator[tuple[Starlette, Clock]]:
    """One application for the whole run, with the agreements' parties in its directory."""
    await write_parties(database.migration)
    clock = Clock()
    # Many tests are one machine's, within one hour of a clock that stands still.
    settings = Settings(
        database_url=SecretStr(database.api),
        FLERPART_KEYS_FILE=keys_file,
        FLERPART_CALLER_RATE=0,
        FLERPART_ORGANISATION_RATE=0,
        FLERPART_ADDRESS_RATE=0,
        FLERPART_PERSONS_PER_HOUR=0,
    )
    app = build_app(settings, clock)
    async with app.router.lifespan_context(app):
        yield app, clock


@pytest.fixture
async def application(
    running: tuple[Starlette, Clock], database: Urls, keys_file: Path
) -> AsyncIterator[Application]:
    """The application, its clock set to the first moment again."""
    app, clock = running
    clock.now = FIRST_MOMENT
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport) as http:
        yield Application(http, clock, KeyRing.load(keys_file), database)


@pytest.fixture
def clock(application: Application) -> Clock:
    """The application's clock."""
    return application.clock


@pytest.fixture
def staff(application: Application) -> Staff:
    """Makes callers."""
    return Staff(application)
