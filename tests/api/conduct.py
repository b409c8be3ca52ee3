"""What is said when a meeting is held: who is there, and a meeting that can be opened."""

from typing import Any
from uuid import UUID

from tests.api.calling import TIME, called_meeting
from tests.api.conftest import Caller
from tests.api.scenes import MeetingMade, consent, made, meeting


def present(who: Caller, attendance: str = "present", **more: Any) -> dict[str, Any]:
    """Somebody's organisation is there."""
    return {"organisationId": str(who.organisation_id), "attendance": attendance} | more


def opening(chair: Caller, *others: Caller, version: int = 1) -> dict[str, Any]:
    """The individual and the chair are there, and the others at a distance."""
    there = [present(one, "remote", officerName="Robin Exempel") for one in others]
    return {
        "version": version,
        "individual": {"attendance": "present"},
        "organisations": [present(chair), *there],
    }


async def ready_meeting(chair: Caller, *others: Caller) -> tuple[MeetingMade, UUID]:
    """A meeting whose consent covers all these organisations, and the consent's id."""
    begun = await meeting(chair)
    return begun, await consent(chair, begun.case, *others)


async def open_meeting(chair: Caller, *others: Caller) -> tuple[MeetingMade, UUID]:
    """A meeting that is open with these organisations there, at its second version."""
    ready, consent_id = await ready_meeting(chair, *others)
    await made(chair, f"{ready.path}/openings", opening(chair, *others))
    return MeetingMade(ready.id, ready.case, 2), consent_id


async def summoned_meeting(
    chair: Caller, *others: Caller, time: dict[str, Any] = TIME
) -> tuple[MeetingMade, UUID]:
    """A meeting, seven weeks ahead, to which these are summoned, and the consent to exchange information."""
    held = (await called_meeting(chair, *others, time=time)).meeting
    consent_id = await consent(chair, held.case, *others)
    version = (await chair.get(held.path)).json()["version"]
    return MeetingMade(held.id, held.case, version), consent_id


async def status(caller: Caller, held: MeetingMade) -> str:
    """Where the meeting stands, as the caller reads it."""
    read = await caller.get(held.path)
    assert read.status_code == 200, read.text
    told: str = read.json()["status"]
    return told
