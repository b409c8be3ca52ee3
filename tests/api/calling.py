"""Scenes of calling to a meeting: consent to the call, a booked time, and the summons issued."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.api.conftest import Caller
from tests.api.scenes import CaseMade, MeetingMade, consent, documented, made, prepared_meeting

TIME: dict[str, Any] = {
    "startsAt": "2026-04-20T08:00:00Z",
    "endsAt": "2026-04-20T09:00:00Z",
    "mode": "on_site",
    "place": "Rum 4",
}
TODAY = TIME | {"startsAt": "2026-03-02T10:00:00Z", "endsAt": "2026-03-02T11:00:00Z"}
"""For a meeting that is held at once: its summonses go out at short notice, with the reason."""

BILATERAL = {"ruleId": "BEH-10", "reason": "Arbetsgivaren behöver kallas utanför den bilaterala formen"}
AT_SHORT_NOTICE = {"ruleId": "BOK-3", "reason": "Alla kunde samma dag"}
EXPLAINED: dict[str, Any] = {"explanations": [BILATERAL]}


@dataclass(frozen=True)
class Called:
    """A meeting that has been called: its version, its consent to the call, and each recipient's summons."""

    meeting: MeetingMade
    consent_id: UUID
    summonses: dict[UUID, UUID]


async def consented(caller: Caller, about: CaseMade, kind: str, *covered: Caller, **said: Any) -> UUID:
    """Consent of a kind for the organisations of some, documented by the caller's own."""
    consent_id = await consent(caller, about, *covered, kind=kind, **said)
    await documented(consent_id, caller)
    return consent_id


async def booked_meeting(
    caller: Caller, *invited: Caller, about: dict[str, Any] | None = None, **particulars: Any
) -> MeetingMade:
    """A prepared meeting with a time, seven weeks ahead."""
    begun = await prepared_meeting(caller, *invited, about=about)
    done = await caller.post(f"{begun.path}/bookings", {"version": begun.version, "time": TIME} | particulars)
    assert done.status_code == 201, done.text
    return MeetingMade(begun.id, begun.case, done.json()["version"])


async def called_meeting(
    caller: Caller, *invited: Caller, person: dict[str, Any] | None = None, time: dict[str, Any] = TIME
) -> Called:
    """A meeting to which everybody invited has been called, about a person with these particulars."""
    held = await booked_meeting(caller, *invited, about=person, time=time)
    consent_id = await consented(caller, held.case, "call", *invited)
    reasons = [BILATERAL] if time == TIME else [BILATERAL, AT_SHORT_NOTICE]
    await made(caller, f"{held.path}/summonses", {"version": held.version, "explanations": reasons})
    found = {}
    for one in invited:
        entries = (await one.get("/summonses")).json()["items"]
        found[one.organisation_id] = UUID(entries[0]["id"])
    return Called(held, consent_id, found)
