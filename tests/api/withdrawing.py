"""Scenes of a withdrawal: a meeting shown under a consent that may be taken back, and what is left of it."""

from typing import Any
from uuid import UUID

from tests.api.conftest import Application, Caller
from tests.api.scenes import MeetingMade, consent, meeting
from tests.api.signed import show_meeting, signed


async def shown_meeting(application: Application, fk: Caller, *to: Caller) -> tuple[MeetingMade, UUID]:
    """A meeting that has been shown to these, and the consent it was shown under."""
    held = await meeting(fk)
    consent_id = await consent(fk, held.case, *to)
    await show_meeting(application, fk, held, consent_id, *to)
    return held, consent_id


async def rows(application: Application, caller: Caller, query: str, *values: Any) -> list[Any]:
    """What the caller's organisation finds in the database itself."""
    async with signed(application, caller) as connection:
        found: list[Any] = await connection.fetch(query, *values)
        return found
