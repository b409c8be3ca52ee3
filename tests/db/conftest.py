"""The application's way to the shared database, and a scene for each proof."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.auth.context import ContextSigner
from app.auth.keyring import KeyRing
from app.db.caller import Caller
from app.db.database import Database, SignContext
from tests.db.scene import Scene, stage


@pytest.fixture(scope="session")
def signer(keys_file: Path) -> ContextSigner:
    """The signer of this run's contexts."""
    return ContextSigner.of(KeyRing.load(keys_file))


@pytest.fixture(scope="session")
def sign(signer: ContextSigner) -> SignContext:
    """What the database's front door signs with."""

    def signed(caller: Caller) -> str:
        return signer.sign(caller.organisation_id, caller.unit_id, caller.actor_id, caller.instant)

    return signed


@pytest.fixture(scope="session")
async def door(api_url: str, sign: SignContext) -> AsyncIterator[Database]:
    """The shared database, entered as the application enters it."""
    async with Database(api_url, sign, smallest=1, largest=4).opened() as opened:
        yield opened


@pytest.fixture
async def scene(door: Database, migration_url: str) -> Scene:
    """New organisations A, B and C, and A's case."""
    return await stage(door, migration_url)
