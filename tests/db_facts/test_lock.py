"""Reading a case to change it holds everybody else back; reading it to see does not."""

from app.db.database import Database
from app.db.facts import case_as_seen, case_for_change
from tests.db_facts.story import Story

TRY = "select pg_try_advisory_xact_lock(hashtextextended($1::uuid::text || $2::uuid::text, 0))"


async def test_a_case_read_for_change_is_locked(door: Database, story: Story) -> None:
    """As long as the transaction lives, nobody else gets the lock of the case; afterwards anybody does."""
    case = (story.holder.id, story.case.id)
    async with door.act(story.region.caller()) as other:
        async with door.act(story.holder.caller()) as tx:
            await case_for_change(tx, *case, story.asking(story.holder))
            assert not await other.call(TRY, *case)
        assert await other.call(TRY, *case)


async def test_a_case_merely_seen_is_not_locked(door: Database, story: Story) -> None:
    """Whoever reads holds nobody back."""
    case = (story.holder.id, story.case.id)
    async with door.act(story.holder.caller()) as tx, door.act(story.region.caller()) as other:
        await case_as_seen(tx, *case, story.asking(story.holder))
        assert await other.call(TRY, *case)
