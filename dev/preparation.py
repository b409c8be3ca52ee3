"""What turns an empty database into Flerpart's: roles and schemas, migrations, the key of the context."""

import asyncio
from importlib import import_module
from pathlib import Path

from dev.postgres import Urls


def prepare(urls: Urls, keys: Path) -> None:
    """Bring a database, empty or older, to today's revision; changes nothing the second time."""
    bootstrap = import_module("app.db.bootstrap")
    keyring = import_module("app.auth.keyring").KeyRing.load(keys)
    signer = import_module("app.auth.context").ContextSigner.of(keyring)
    asyncio.run(bootstrap.prepare(urls.migration, urls.api_password))
    import_module("app.db.migrate").upgrade(urls.migration)
    asyncio.run(bootstrap.store_context_key(urls.migration, str(signer.key_id), *signer.padded()))


def make_keys(path: Path) -> Path:
    """The installation's keys, made once: what they sealed can never be read without them."""
    if not path.exists():
        import_module("app.auth.keyring").KeyRing.create(path)
    return path
