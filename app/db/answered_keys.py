"""Idempotency keys: one effect a key, remembered in the effect's own transaction, without personal data."""

from typing import Any

import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.records import AnsweredKey
from app.errors import IdempotencyInProgress, IdempotencyKeyReused

_TABLE = table_of(AnsweredKey)

# Tried, not waited for: the second caller hears at once that the first is still at work.
_CLAIM = Statement(
    sa.select(
        sa.func.pg_try_advisory_xact_lock(
            sa.func.hashtextextended(ask("lock", sa.Text()), sa.literal_column("1"))
        )
    )
)
_EARLIER = Statement(
    sa.select(_TABLE.c.fingerprint, _TABLE.c.receipt).where(
        _TABLE.c.org_id == ask("me", sa.Uuid()),
        _TABLE.c.actor_id == ask("actor", sa.Uuid()),
        _TABLE.c.key == ask("key", sa.Text()),
    )
)


async def claim(tx: Tx, lock: str, key: str, fingerprint: bytes) -> dict[str, Any] | None:
    """Take the key for this transaction; the receipt given before, if it was.

    Raises IdempotencyInProgress while another request with the key is at work, and IdempotencyKeyReused
    when it came
    with another body.
    """
    if not await tx.value(_CLAIM, lock=lock):
        raise IdempotencyInProgress
    earlier = await tx.row(_EARLIER, key=key)
    if earlier is None:
        return None
    if earlier["fingerprint"] != fingerprint:
        raise IdempotencyKeyReused
    receipt: dict[str, Any] = earlier["receipt"]
    return receipt
