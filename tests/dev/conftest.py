"""A place for a second server, for tests of the launcher itself."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder for one test's own server, which the server's user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="flerpart-launcher-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)
