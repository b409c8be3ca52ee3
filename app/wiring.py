"""The application of an installation: its settings turned into parts, and what is opened when it starts."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from starlette.applications import Starlette

from app.agreements.registry import registry
from app.auth import development
from app.auth.context import ContextSigner
from app.auth.key_sets import KeySetInvalid, KeySource, RemoteKeySet, StaticKeySet
from app.auth.keyring import KeyRing
from app.auth.sealing import Sealer
from app.auth.tokens import Issuer, Verifier
from app.clock import Clock, DevelopmentClock, present_moment
from app.days_off import swedish_calendar
from app.db.accounts import IssuerFound, issuers
from app.db.caller import Caller
from app.db.database import Database, SignContext
from app.db.health import faults, telling_settings
from app.db.migrate import newest_revision
from app.deps import Parts
from app.errors import Unavailable
from app.http.drain import Drain
from app.http.rates import Rate, Rates
from app.main import create_app
from app.services.house import House
from app.settings import Settings

log = logging.getLogger("flerpart.wiring")

ASKED_EVERY_SECONDS = 1.0
KEYS_REFRESHED_EVERY = timedelta(minutes=5)


def sign_with(signer: ContextSigner) -> SignContext:
    """Contexts whose policies' clock is the caller's instant and whose expiry is counted on the real one."""

    def sign(caller: Caller) -> str:
        return signer.sign(
            caller.organisation_id,
            caller.unit_id,
            caller.actor_id,
            caller.instant,
            signed_at=present_moment(),
        )

    return sign


def build_house(settings: Settings, keyring: KeyRing, persons_per_hour: int = 0) -> House:
    """What use cases work with; its database is opened by `Database.opened`.

    `persons_per_hour` is for those who are shown persons: the worker, whom nobody is shown, has no limit.
    """
    return House(
        database=Database(
            settings.database_url.get_secret_value(),
            sign_with(ContextSigner.of(keyring)),
            largest=settings.pool_size,
            persons_per_hour=persons_per_hour,
        ),
        sealer=Sealer(keyring),
        agreements=registry(),
        calendar=swedish_calendar(),
        names_in_log_extracts=settings.names_in_log_extracts,
    )


def clock_of(settings: Settings, keyring: KeyRing) -> Clock:
    """The real time; in development, with a development key
    and a file named for it, a clock that can be moved.
    """
    if settings.development_clock and keyring.development_issuer_key:
        return DevelopmentClock(settings.development_clock)
    return present_moment


def build_app(settings: Settings, clock: Clock | None = None, drain: Drain | None = None) -> Starlette:
    """The whole application. Raises KeyRingError, AgreementFileError where what it needs cannot be used."""
    keyring = KeyRing.load(settings.keys_file)
    house = build_house(settings, keyring, settings.persons_per_hour)
    verifier = Verifier()
    own = [development.issuer(keyring, settings.audience)] if keyring.development_issuer_key else []
    keys = IssuerKeys(house.database, verifier, own, timedelta(seconds=settings.token_seconds))

    parts = Parts(
        base_url=settings.base_url,
        clock=clock or clock_of(settings, keyring),
        show_docs=settings.show_docs,
        ready=Readiness(house.database),
        house=house,
        verifier=verifier,
        rates=Rates(
            address=Rate(settings.address_rate),
            caller=Rate(settings.caller_rate),
            organisation=Rate(settings.organisation_rate),
        ),
        trusted_proxies=tuple(settings.trusted_proxies),
        drain=drain or Drain(),
    )
    return create_app(
        parts, resources=(house.database.opened, keys.kept_fresh, lambda: server_looked_at(house.database))
    )


@asynccontextmanager
async def server_looked_at(database: Database) -> AsyncIterator[None]:
    """Warn at start-up where the server's own log could come to hold what is submitted about people."""
    telling = await telling_settings(database)
    if telling:
        log.warning("PostgreSQL may log what is submitted", extra={"settings": telling})
    yield


class Readiness:
    """Whether requests can be answered now; the database is asked once a second, however often we are."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._revision = newest_revision()
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._faults: list[str] = []

    async def __call__(self) -> bool:
        """Whether nothing is at fault; what is, is logged when it changes."""
        async with self._asking:
            if time.monotonic() - self._asked_at >= ASKED_EVERY_SECONDS:
                before, self._faults = self._faults, await self._look()
                self._asked_at = time.monotonic()
                if self._faults != before:
                    log.warning("readiness", extra={"faults": self._faults})
            return not self._faults

    async def _look(self) -> list[str]:
        try:
            return await faults(self._database, self._revision, present_moment().timestamp())
        except Unavailable:
            return ["reachable"]


class IssuerKeys:
    """The registered issuers' keys: read at start-up,
    fetched anew every few minutes, kept while unreachable.
    """

    def __init__(
        self, database: Database, verifier: Verifier, own: list[Issuer], longest_life: timedelta
    ) -> None:
        self._database = database
        self._verifier = verifier
        self._own = own
        self._longest_life = longest_life
        self._sources: dict[str, KeySource] = {}

    @asynccontextmanager
    async def kept_fresh(self) -> AsyncIterator[None]:
        """Register the issuers, and go on looking for new keys until left."""
        await self.register()
        task = asyncio.create_task(self._refresh())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def register(self) -> None:
        """Accept the issuers registered now, and fetch the keys of those who publish them."""
        registered = [one for one in await issuers(self._database) if one.issuer != development.ISSUER]
        usable = [
            Issuer(one.issuer, one.audience, keys, self._longest_life)
            for one in registered
            if (keys := self._source(one)) is not None
        ]
        self._verifier.replace(usable + self._own)
        await self._verifier.refresh_keys(present_moment())

    def _source(self, found: IssuerFound) -> KeySource | None:
        """The keys of an issuer; one and the same object as
        long as the process lives, so that its cache does.

        None where what was registered cannot be used: that must not lock the other issuers' people out.
        """
        kept = f"{found.issuer}|{found.key_set_uri or found.key_set}"
        try:
            if kept not in self._sources:
                self._sources[kept] = (
                    # Plain http to this machine is for development, where tokens can be made anyway.
                    RemoteKeySet(found.key_set_uri, development=bool(self._own))
                    if found.key_set_uri
                    else StaticKeySet(found.key_set or "")
                )
        except KeySetInvalid:
            log.error("issuer left out: its key set cannot be used")
            return None
        return self._sources[kept]

    async def _refresh(self) -> None:
        while True:
            await asyncio.sleep(KEYS_REFRESHED_EVERY.total_seconds())
            with suppress(Unavailable):
                await self.register()
