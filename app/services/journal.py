"""What time does to the journal: reads are sealed into their chains, and roots fix all chains.

Everything here may be run again at any time, and twice at once.
"""

from datetime import datetime, timedelta

from app.auth.journal_key import JournalKey
from app.db import journal
from app.db.database import Database
from app.journal.roots import Root, hash_of_line, signed
from app.journal.tree import root_of

READS_AT_ONCE = 500
"""How many reads are sealed in one transaction: a decision waits that long for its chain at most."""
ROOT_EVERY = timedelta(hours=1)


async def seal_reads(database: Database) -> int:
    """Link every read that waits; how many were linked. Raises Unavailable."""
    sealed, part = 0, READS_AT_ONCE
    while part == READS_AT_ONCE:
        part = await journal.seal(database, READS_AT_ONCE)
        sealed += part
    return sealed


async def publish_root(database: Database, key: JournalKey) -> str:
    """Seal what waits, draw a root over all chains as they are, sign and store it; its line."""
    await seal_reads(database)
    line = await _publish(database, key, though_nothing_moved=True)
    assert line is not None  # noqa: S101 - asked for though nothing moved
    return line


async def publish_root_when_due(database: Database, key: JournalKey, now: datetime) -> str | None:
    """The same when the newest root is an hour old and a chain has moved since; otherwise None."""
    newest = await journal.last_root(database)
    if newest is not None and Root.read(newest).at > now - ROOT_EVERY:
        return None
    return await _publish(database, key, though_nothing_moved=False)


async def _publish(database: Database, key: JournalKey, *, though_nothing_moved: bool) -> str | None:
    async with journal.drawing(database) as tx:
        drawn = await journal.draw(tx)
        if not drawn.moved and not though_nothing_moved:
            return None
        root = signed(
            Root(
                number=drawn.number,
                at=drawn.at,
                chains=len(drawn.leaves),
                entries=drawn.entries,
                root=root_of(drawn.leaves),
                before=hash_of_line(drawn.line_before),
                key_id=key.id,
                signature=b"",
            ),
            key.sign,
        )
        await journal.keep(database, tx, root.number, root.line)
        await tx.commit()
        return root.line
