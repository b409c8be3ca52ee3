"""Idempotency keys: one effect a key, remembered in the effect's own transaction, without personal data."""

from typing import Any

import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.records import AnsweredKey
from app.errors import IdempotencyInProgress, IdempotencyKeyReused

_TABLE = table_of(AnsweredKey)

_LOCKED: sa.ColumnElement[bool] = sa.func.pg_try_advisory_xact_lock(
    sa.func.hashtextextended(ask("lock", sa.Text()), sa.literal_column("1"))
)
# Tried, not waited for: the second caller hears at once that the first is still at work. What the first
# stores
# between this statement's look and its lock is not seen; then the key itself is found taken when it is
# stored.
_CLAIM = Statement(
    sa.select(_LOCKED.label("free"), _TABLE.c.fingerprint, _TABLE.c.receipt).select_from(
        sa.select(sa.literal_column("1"))
        .subquery("request")
        .outerjoin(
            _TABLE,
            sa.and_(
                _TABLE.c.org_id == ask("me", sa.Uuid()),
                _TABLE.c.actor_id == ask("actor", sa.Uuid()),
                _TABLE.c.key == ask("key", sa.Text()),
            ),
        )
    )
)


async def claim(tx: Tx, lock: str, key: str, fingerprint: bytes) -> dict[str, Any] | None:
    """Take the key for this transaction; the receipt given before, if it was.

    Raises IdempotencyInProgress while another request with the key is at work, and IdempotencyKeyReused
    when it came
    with another body.
    """
    earlier = await tx.row(_CLAIM, lock=lock, key=key)
    if earlier is None or not earlier["free"]:
        raise IdempotencyInProgress
    if earlier["fingerprint"] is None:
        return None
    if earlier["fingerprint"] != fingerprint:
        raise IdempotencyKeyReused
    receipt: dict[str, Any] = earlier["receipt"]
    return receipt
