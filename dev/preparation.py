"""What turns an empty database into Flerpart's: roles and schemas, migrations, the key of the context."""

import asyncio
from pathlib import Path

from app.auth.context import ContextSigner
from app.auth.keyring import KeyRing
from app.db.bootstrap import prepare as make_roles_and_schemas
from app.db.bootstrap import store_context_key
from app.db.migrate import upgrade
from dev.postgres import Urls


def prepare(urls: Urls, keys: Path) -> None:
    """Bring a database, empty or older, to today's revision; changes nothing the second time."""
    signer = ContextSigner.of(KeyRing.load(keys))
    asyncio.run(make_roles_and_schemas(urls.migration, urls.api_password))
    upgrade(urls.migration)
    asyncio.run(store_context_key(urls.migration, str(signer.key_id), *signer.padded()))


def make_keys(path: Path) -> Path:
    """The installation's keys, made once: what they sealed can never be read without them."""
    if not path.exists():
        KeyRing.create(path)
    return path
