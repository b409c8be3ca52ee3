"""The delivering gate: the only way a row comes into another organisation's keeping."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from app.db.database import Tx

_COLUMNS = (
    "disclosure, kind, about, meeting, unit, channel, meets_at, payload, individual, name,"
    " identity_kind, identity, index, protected_identity"
)
# The receivers in the order given, of which everybody takes the same: each copy's number is a lock of its
# receiver.
_DELIVER = f"""
select gate_delivery.deliver({_COLUMNS})
from unnest(
    $1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[], $8::bytea[],
    $9::uuid[], $10::bytea[], $11::text[], $12::bytea[], $13::bytea[], $14::text[]
  ) with ordinality as t ({_COLUMNS}, place)
order by place"""  # noqa: S608 - constants of this file


@dataclass(frozen=True)
class Copy:
    """One item on its way into another organisation's keeping; what is sealed was sealed for the recipient.

    `individual` is used only where the recipient has no row for the person yet.
    """

    disclosure: UUID
    kind: str
    about: UUID | None
    meeting: UUID
    unit: UUID | None
    channel: str
    meets_at: datetime | None
    payload: bytes
    individual: UUID
    name: bytes
    identity_kind: str
    identity: bytes | None
    index: bytes | None
    protected_identity: str


_FIELDS = tuple(field.name for field in fields(Copy))


async def hand_over(tx: Tx, *copies: Copy) -> None:
    """Put copies of disclosed items into the recipients' keeping; a second time changes nothing.

    Raises NotFound when a disclosure is not the caller's or its consent does not live.
    """
    await tx.table(_DELIVER, *([getattr(one, name) for one in copies] for name in _FIELDS))
