"""The journal's gate as the application asks it: to seal reads, and to draw and keep a root.

In nobody's name: it does to all chains alike what it does, and tells of none whose it is. Roots are drawn
under a context that says so, signed as every other: a request's own does not draw them.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from app.db.caller import Caller
from app.db.database import Database, Tx

_SEAL = "select gate_journal.seal($1)"
_DRAW = "select number, drawn_at, entries, moved, line_before, leaves from gate_journal.draw_root()"
_KEEP = "select gate_journal.keep_root($1, $2)"
_ROOTS = "select line from gate_journal.roots($1)"
_LAST = "select gate_journal.last_root()"
# Over all chains it may take longer than a request may.
_PATIENCE = "select set_config('statement_timeout', '300000', true)"
_NOBODY = UUID(int=0)
_INSTALLATION = Caller(_NOBODY, _NOBODY, _NOBODY, datetime(1970, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Drawn:
    """What a root is to say: the leaves in their order, and how many chains moved since the one before."""

    number: int
    at: datetime
    entries: int
    moved: int
    line_before: str | None
    leaves: list[bytes]


async def seal(database: Database, most: int) -> int:
    """Link at most so many reads that wait; how many were linked."""
    async with database.unattended() as tx:
        sealed: int = await tx.call(_SEAL, most)
        await tx.commit()
        return sealed


@asynccontextmanager
async def drawing(database: Database) -> AsyncIterator[Tx]:
    """A transaction in which a root may be drawn and kept."""
    async with database.act(_INSTALLATION) as tx:
        yield tx


async def draw(tx: Tx) -> Drawn:
    """Fix the heads of all chains; other roots wait until this one is kept or given up."""
    await tx.call(_PATIENCE)
    (row,) = await tx.table(_DRAW)
    return Drawn(
        row["number"], row["drawn_at"], row["entries"], row["moved"], row["line_before"], row["leaves"]
    )


async def keep(database: Database, tx: Tx, number: int, line: str) -> None:
    """Store a signed root, however long the drawing took."""
    await database.sign_anew(tx, _INSTALLATION)
    await tx.call(_KEEP, number, line)


async def last_root(database: Database) -> str | None:
    """The newest root's line, or None before the first."""
    async with database.unattended() as tx:
        line: str | None = await tx.call(_LAST)
        return line


async def roots_after(database: Database, number: int) -> list[str]:
    """The lines of all roots that come after one."""
    async with database.unattended() as tx:
        return [row["line"] for row in await tx.table(_ROOTS, number)]
