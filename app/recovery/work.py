"""Keeping outside what was taken away, and telling it to a restored backup before that is opened."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.auth.context import ContextSigner
from app.clock import present_moment
from app.db.recovery import TOLD_AGAIN, Event, recovering
from app.recovery import kept
from app.recovery.kept import Kept, KeptFileBroken, Line

NOBODY = UUID(int=0)
"""Who acts in a replay: no account of the organisation's."""


@dataclass(frozen=True)
class Exported:
    """How many events were added to the file, and the digest of its last line."""

    events: int
    head: str


@dataclass(frozen=True)
class Replayed:
    """How many events of each kind were told again, and the digest of the file's last line."""

    events: Mapping[str, int]
    head: str


async def export(migration_url: str, path: Path) -> Exported:
    """Append to the file what it does not have yet. Cut short, it appends some of it again: telling twice is
    harmless.

    Raises KeptFileBroken.
    """
    total, head = 0, ""
    async with recovering(migration_url) as recovery:
        installation = await recovery.installation()
    with kept.appending(path, installation) as file:
        while True:
            async with recovering(migration_url) as recovery:
                events = await recovery.new_events()
                file.append(
                    Line(one.id, one.organisation_id, one.kind, one.content, one.recorded_at)
                    for one in events
                )
                await recovery.kept(events)
            total, head = total + len(events), file.head
            if not events:
                return Exported(total, head)


async def replay(migration_url: str, signer: ContextSigner, path: Path, head: str | None = None) -> Replayed:
    """Tell a restored backup all that the file says, and open it; all of it or nothing. Safe to repeat.

    Raises KeptFileBroken for a file that is not whole, is another installation's, is older than the backup,
    or does not end with the digest that somebody has noted.
    """
    told = kept.read(path)
    if head is not None and told.head != head:
        raise KeptFileBroken(f"it ends with {told.head}")
    async with recovering(migration_url) as recovery:
        _demand_fitting(told, await recovery.installation(), await recovery.exported())
        for line in told.lines:
            context = _context(signer, line, present_moment())
            await recovery.tell_again(context, line.kind, line.content)
        await recovery.reopen()
    return Replayed(Counter(line.kind for line in told.lines), told.head)


def _line(one: Event) -> Line:
    return Line(one.id, one.organisation_id, one.kind, one.content, one.recorded_at)


def _demand_fitting(told: Kept, installation: UUID, exported: set[UUID]) -> None:
    if told.installation != installation:
        raise KeptFileBroken("it is another installation's")
    if exported - {line.id for line in told.lines}:
        raise KeptFileBroken("it is older than the backup: it lacks what the backup knows to be kept outside")
    unknown = {line.kind for line in told.lines} - TOLD_AGAIN.keys()
    if unknown:
        raise KeptFileBroken(f"this version does not know {', '.join(sorted(unknown))}")


def _context(signer: ContextSigner, line: Line, now: datetime) -> str:
    """The context of the organisation whose row it is, signed for this line alone."""
    return signer.sign(line.organisation_id, NOBODY, NOBODY, now)
