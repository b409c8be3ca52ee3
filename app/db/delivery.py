"""The delivering gate: the only way a row comes into another organisation's keeping."""

from datetime import datetime
from uuid import UUID

from app.db.database import Tx

_DELIVER = "select gate_delivery.deliver($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"


async def hand_over(
    tx: Tx,
    *,
    disclosure: UUID,
    kind: str,
    about: UUID | None,
    meeting: UUID,
    unit: UUID | None,
    channel: str,
    meets_at: datetime | None,
    payload: bytes,
    individual: UUID,
    name: bytes,
    identity_kind: str,
    identity: bytes | None,
    index: bytes | None,
    protected_identity: str,
) -> None:
    """Put a copy of a disclosed item into the recipient's keeping; a second time changes nothing.

    Everything sealed was sealed for the recipient. `individual` is used only where the recipient has no row
    for the
    person yet. Raises NotFound when the disclosure is not the caller's or its consent does not live.
    """
    await tx.call(
        _DELIVER,
        disclosure,
        kind,
        about,
        meeting,
        unit,
        channel,
        meets_at,
        payload,
        individual,
        name,
        identity_kind,
        identity,
        index,
        protected_identity,
    )
