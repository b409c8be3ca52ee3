from collections.abc import Iterator
from pathlib import Path

import pytest

from app.auth.keyring import KeyRing
from tests.auth.publishing import PublishedKeys


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """A development key ring."""
    return KeyRing.create(tmp_path_factory.mktemp("keys") / "keys.json")


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    """Where a test may write a keys file."""
    return tmp_path / "keys.json"


@pytest.fixture
def published() -> Iterator[PublishedKeys]:
    """A running issuer with one EC key."""
    server = PublishedKeys()
    yield server
    server.stop()
