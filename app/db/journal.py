"""The journal's gate as the application asks it: to seal reads, and to draw and keep a root.

In nobody's name: it does to all chains alike what it does, and tells of none whose it is.
"""

from dataclasses import dataclass
from datetime import datetime

from app.db.database import Database, Tx

_SEAL = "select gate_journal.seal($1)"
_DRAW = "select number, drawn_at, entries, moved, line_before, leaves from gate_journal.draw_root()"
_KEEP = "select gate_journal.keep_root($1, $2)"
_ROOTS = "select line from gate_journal.roots($1)"
_LAST = "select gate_journal.last_root()"
# Over all chains it may take longer than a request may.
_PATIENCE = "select set_config('statement_timeout', '300000', true)"


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


async def draw(tx: Tx) -> Drawn:
    """Fix the heads of all chains; other roots wait until this one is kept or given up."""
    await tx.call(_PATIENCE)
    (row,) = await tx.table(_DRAW)
    return Drawn(
        row["number"], row["drawn_at"], row["entries"], row["moved"], row["line_before"], row["leaves"]
    )


async def keep(tx: Tx, number: int, line: str) -> None:
    """Store a signed root."""
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
