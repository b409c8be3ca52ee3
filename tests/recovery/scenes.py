"""What a backup still has, and what is taken away after it: consent, a case, whereabouts, an account."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import httpx

from tests.api.conduct import open_meeting
from tests.api.conftest import Caller, Staff
from tests.api.disposal.scenes import Archive, Course, archive, course
from tests.api.protecting import protected
from tests.api.scenes import MeetingMade, made, person, withdrawn

SECRET: dict[str, Any] = {"contact": {"address": ["Hemliga gatan 1"], "telephone": "018-11 11 11"}}


@dataclass(frozen=True)
class Backed:
    """As it is when the backup is made: who sees what by whose consent, and what there is."""

    holder: Caller
    covered: Caller
    leaver: Caller
    archive: Archive
    meeting: MeetingMade
    consent_id: UUID
    done: Course
    rule: str
    person_id: UUID

    async def take_away(self) -> None:
        """Consent, a case, where somebody is, and an account: what a backup from before would bring back."""
        await withdrawn(self.holder, self.consent_id)
        await self.archive.dispose(self.rule, self.done.case.id)
        await protected(self.holder, self.person_id)
        await made(self.archive.proposer, f"/accounts/{self.leaver.account_id}/endings", {"version": 1})

    async def seen(self, http: httpx.AsyncClient) -> list[str]:
        """What of it somebody sees over an API that may be another than the one it was made over."""
        holder, covered, leaver = (
            replace(one, http=http) for one in (self.holder, self.covered, self.leaver)
        )
        readings = [(covered, self.meeting.path), (leaver, "/me")]
        readings += [(holder, path) for path in self.done.of_holder[1:]]
        seen = [path for reader, path in readings if (await reader.get(path)).status_code == 200]
        individual = f"/individuals/{self.person_id}"
        told = (await holder.get(individual)).json()
        return seen + [individual] * (told.get("contact") is not None)


EVERYTHING = 8
"""How many things are seen before anything is taken away."""


async def backed(staff: Staff) -> Backed:
    """A meeting shown under consent, a closed case, a person whose address is known, and an account."""
    holder, covered, leaver = await staff("FK"), await staff("AF"), await staff("FK")
    at, office = await course(holder, covered), await archive(staff, "FK")
    meeting, consent_id = await open_meeting(holder, covered)
    return Backed(
        holder=holder,
        covered=covered,
        leaver=leaver,
        archive=office,
        meeting=meeting,
        consent_id=consent_id,
        done=at,
        rule=await office.rule(months=0),
        person_id=await person(holder, **SECRET),
    )
