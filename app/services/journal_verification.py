"""Verifying the journal: every chain followed, every root witnessed, all of it as it stands at one moment."""

from dataclasses import dataclass

from app.db.journal_reading import reading_journal
from app.journal.chains import ChainsFollowed
from app.journal.faults import Fault
from app.journal.witnesses import Vouch, roots_witnessed


@dataclass(frozen=True)
class Verified:
    """What was looked at, and every fault that was found."""

    chains: int
    entries: int
    waiting: int
    roots: int
    faults: list[Fault]


async def verify_journal(migration_url: str, kept_roots: list[str], vouch: Vouch) -> Verified:
    """Everything that shows that somebody has been at the journal, also beside lines kept elsewhere."""
    async with reading_journal(migration_url) as journal:
        fixed, roots = await journal.fixed(), await journal.roots()
        faults = list(roots_witnessed(roots, kept_roots, fixed, vouch))
        followed = ChainsFollowed(await journal.heads(), fixed)
        async for link in journal.links():
            faults += followed.follow(link)
        faults += followed.end()
        faults += [one.fault for one in await journal.loose()]
        return Verified(followed.chains, followed.entries, await journal.waiting(), len(roots), faults)
