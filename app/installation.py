"""Bringing an installation's database to today:
roles and schemas, migrations, the key of the signed context.
"""

import asyncio

from app.auth.context import ContextSigner
from app.auth.keyring import KeyRing
from app.db.bootstrap import prepare, store_context_key
from app.db.migrate import upgrade


def prepare_database(migration_url: str, api_password: str, keyring: KeyRing) -> None:
    """Make what is absent and climb to the newest revision, as the migrator. Changes nothing the second time.

    Not inside a running event loop.
    """
    signer = ContextSigner.of(keyring)
    asyncio.run(prepare(migration_url, api_password))
    upgrade(migration_url)
    asyncio.run(store_context_key(migration_url, str(signer.key_id), *signer.padded()))
