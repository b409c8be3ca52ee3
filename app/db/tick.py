"""Which cases of the organisation time may have something to say about:
those that go on, and those just closed.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import CaseFile

_C = table_of(CaseFile)

_CASES = Statement(
    sa.select(_C.c.id)
    .where(
        _C.c.org_id == ask("me", sa.Uuid()),
        _C.c.id > ask("after", sa.Uuid()),
        sa.or_(_C.c.closed_at.is_(None), _C.c.closed_at > ask("closed_since", sa.DateTime(timezone=True))),
    )
    .order_by(_C.c.id)
    .limit(ask("most", sa.Integer()))
)


async def cases_after(tx: Tx, after: UUID, *, closed_since: datetime, most: int) -> list[UUID]:
    """At most so many case ids of the organisation's, of all its units, that come after an id."""
    found = await tx.rows(_CASES, after=after, closed_since=closed_since, most=most)
    return [row["id"] for row in found]
