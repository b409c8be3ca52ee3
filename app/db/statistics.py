"""Counts, as the gate of statistics gives them: small ones never come out of it."""

from datetime import date

import asyncpg

from app.db.database import Tx

_SHOWN = "select starts_on, ends_before, detail, party, n from gate_statistics.shown($1, $2, $3, $4)"


async def shown(tx: Tx, agreement_key: str, kind: str, first: date, last: date) -> list[asyncpg.Record]:
    """The counts that may be shown, of every period that has a day in common with first to last.

    A sum has no detail, or no party, or neither.
    A period that may not show anything yet is one row without a count.
    """
    return await tx.table(_SHOWN, agreement_key, kind, first, last)
