"""The application's way into the shared database, and one full case for every test here to look at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.auth.context import ContextSigner
from app.auth.keyring import KeyRing
from app.db.caller import Caller
from app.db.database import Database
from tests.db_facts.story import Story
from tests.db_facts.telling import tell


@pytest.fixture(scope="session")
async def door(api_url: str, keys_file: Path) -> AsyncIterator[Database]:
    """The shared database, entered as the application enters it."""
    signer = ContextSigner.of(KeyRing.load(keys_file))

    def sign(caller: Caller) -> str:
        return signer.sign(caller.organisation_id, caller.unit_id, caller.actor_id, caller.instant)

    async with Database(api_url, sign, smallest=1, largest=4).opened() as database:
        yield database


@pytest.fixture(scope="session")
async def story(door: Database, migration_url: str) -> Story:
    """A case in which everything has happened once. Tests read it; one that writes stages its own."""
    return await tell(door, migration_url)
