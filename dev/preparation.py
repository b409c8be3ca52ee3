"""What turns an empty database into Flerpart's: roles and schemas, migrations, keys."""

import asyncio
import importlib
from pathlib import Path

from dev.postgres import Urls


def migrate(urls: Urls) -> None:
    """Make roles and schemas that are absent, then bring the database to the newest revision."""
    asyncio.run(importlib.import_module("app.db.bootstrap").prepare(urls.migration, urls.api_password))
    importlib.import_module("app.db.migrate").upgrade(urls.migration, revision="head")


def make_keys(path: Path) -> Path:
    """The installation's keys, made once: what they sealed can never be read without them."""
    if not path.exists():
        importlib.import_module("app.auth.keyring").KeyRing.create(path)
    return path
