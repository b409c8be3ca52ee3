"""Joint decisions: proposals of the caller's organisation, decided once; and what was refused of them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.directory import Listed
from app.db.statement import Statement, ask, table_of
from app.db.tables.directory import Account, Officer
from app.db.tables.joint_decisions import JointDecision

_J, _A, _O = table_of(JointDecision), table_of(Account), table_of(Officer)
_TEXTS = sa.ARRAY(sa.Text())

# Whoever proposed sees it, and whoever may approve its kind: an administrator nobody's protection, a manager
# nobody's roles.
_SEEN = sa.and_(
    _J.c.org_id == ask("me", sa.Uuid()),
    sa.or_(_J.c.proposed_by == ask("actor", sa.Uuid()), _J.c.matter == sa.any_(ask("matters", _TEXTS))),
)
_ONE = Statement(sa.select(_J).where(_SEEN, _J.c.id == ask("id", sa.Uuid())))
SEEN = Listed(
    sa.select(_J).where(
        _SEEN,
        sa.or_(
            ask("decided_too", sa.Boolean()),
            sa.and_(_J.c.outcome.is_(None), _J.c.expires_at > ask("instant", sa.DateTime(timezone=True))),
        ),
    )
)
_DECIDE = Statement(
    sa.update(_J)
    .where(_J.c.org_id == ask("me", sa.Uuid()), _J.c.id == ask("of_id", sa.Uuid()), _J.c.outcome.is_(None))
    .values(
        outcome=ask("how", sa.Text()),
        decided_by=ask("actor", sa.Uuid()),
        decided_at=ask("instant", sa.DateTime(timezone=True)),
    )
)
_HAND = Statement(
    sa.select(_A.c.id, _A.c.officer_id, _A.c.issuer, _A.c.subject).where(
        _A.c.org_id == ask("me", sa.Uuid()), _A.c.id == ask("id", sa.Uuid())
    )
)
_ACTS = Statement(
    sa.select(sa.func.count())
    .select_from(_A)
    .join(_O, sa.and_(_O.c.org_id == _A.c.org_id, _O.c.id == _A.c.officer_id))
    .where(
        _A.c.org_id == ask("me", sa.Uuid()),
        _A.c.id == ask("id", sa.Uuid()),
        _A.c.active,
        sa.or_(_O.c.left_on.is_(None), _O.c.left_on > ask("today", sa.Date())),
    )
)
_APPROVERS = Statement(
    sa.select(_A.c.id, _A.c.officer_id, _A.c.issuer, _A.c.subject)
    .join(_O, sa.and_(_O.c.org_id == _A.c.org_id, _O.c.id == _A.c.officer_id))
    .where(
        _A.c.org_id == ask("me", sa.Uuid()),
        _A.c.active,
        _A.c.roles.op("&&")(ask("roles", _TEXTS)),
        sa.or_(_O.c.left_on.is_(None), _O.c.left_on > ask("today", sa.Date())),
    )
)


async def one(tx: Tx, decision_id: UUID, matters: Iterable[str]) -> asyncpg.Record | None:
    """A proposal that the caller has made, or may approve by its kind."""
    return await tx.row(_ONE, id=decision_id, matters=list(matters))


async def decide(tx: Tx, decision_id: UUID, outcome: str) -> bool:
    """Decide an open proposal; False when somebody was faster.

    Raises NotFound where the database finds that the caller may not.
    """
    return await tx.change(_DECIDE, of_id=decision_id, how=outcome) == 1


async def hand(tx: Tx, account_id: UUID) -> asyncpg.Record | None:
    """Whose an account of the caller's organisation is, active or not."""
    return await tx.row(_HAND, id=account_id)


async def acts(tx: Tx, account_id: UUID, today: date) -> bool:
    """Whether an account of the caller's organisation can act: not ended, and its officer has not left."""
    return bool(await tx.value(_ACTS, id=account_id, today=today))


async def approvers(tx: Tx, roles: Iterable[str], today: date) -> list[asyncpg.Record]:
    """Whose the accounts are that could approve, with any of these roles."""
    return await tx.rows(_APPROVERS, roles=list(roles), today=today)
