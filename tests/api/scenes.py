"""Steps that several tests need: each plays a part of the routine over HTTP and answers with what it made."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from tests.api.conftest import Caller

NEVER = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"
"""An id that nothing has."""

PERSON: dict[str, Any] = {"name": "Kim Exempel", "municipality": "0380", "birthDate": "1990-01-01"}
NEED: dict[str, Any] = {
    "assessedOn": "2026-03-02",
    "needSeenOn": "2026-02-27",
    "outcome": "need",
    "grounds": ["contact", "health", "work"],
    "needs": ["health_care", "employment"],
    "individualTookPart": True,
    "individualView": "Vill tillbaka till arbetet.",
    "otherPlan": "none",
}
TALK: dict[str, Any] = {"occurredOn": "2026-03-02", "channel": "telephone"}
CONTACT: dict[str, Any] = {
    "about": "time",
    "occurredAt": "2026-03-02T08:30:00Z",
    "channel": "telephone",
    "answered": True,
    "namesThePerson": False,
}

TAKEN_BACK: dict[str, Any] = {"occurredAt": "2026-03-02T08:45:00Z", "manner": "oral"}
MEETING: dict[str, Any] = {
    "form": "flerpartsmote",
    "purpose": "Planera vägen tillbaka till arbete",
    "currentSituation": "Sjukskriven på halvtid och vill börja arbetsträna.",
}
PREPARATION: dict[str, Any] = {
    "preparedOn": "2026-03-02",
    "withIndividual": True,
    "goals": "Åter i arbete på halvtid",
    "needsAndWishes": "Vill träffas på förmiddagen",
    "participationSupport": "Paus efter en halvtimme",
    "relativesOffered": "no",
    "employerExists": "no",
    "employerCalled": "no",
}


@dataclass(frozen=True)
class CaseMade:
    """A case as far as it has come, its version, and the person it is about."""

    id: UUID
    individual_id: UUID
    version: int

    @property
    def path(self) -> str:
        """Where it is read."""
        return f"/cases/{self.id}"


async def person(caller: Caller, **particulars: Any) -> UUID:
    """A person of working age in Uppsala, known to the caller's organisation."""
    return await made(caller, "/individuals", PERSON | particulars)


async def case(caller: Caller, **particulars: Any) -> CaseMade:
    """A registered case about a new person."""
    individual_id = await person(caller, **particulars)
    case_id = await made(caller, "/cases", {"individualId": str(individual_id)})
    return CaseMade(case_id, individual_id, 1)


async def case_with_need(caller: Caller, **particulars: Any) -> CaseMade:
    """A case in which the caller has found a need."""
    registered = await case(caller, **particulars)
    await made(caller, f"{registered.path}/need-assessments", NEED | {"version": 1})
    return CaseMade(registered.id, registered.individual_id, 2)


async def case_accepted(caller: Caller, **particulars: Any) -> CaseMade:
    """A case with a need, in which the person has been offered a meeting and has accepted."""
    seen = await case_with_need(caller, **particulars)
    await made(caller, f"{seen.path}/offers", TALK | {"version": seen.version})
    await made(caller, f"{seen.path}/offer-answers", TALK | {"answer": "accepted"})
    return CaseMade(seen.id, seen.individual_id, seen.version + 1)


async def contact(caller: Caller, about: CaseMade, other: UUID, **differently: Any) -> UUID:
    """A contact with another organisation about a time, without naming the person."""
    said = CONTACT | {"withOrganisationId": str(other)} | differently
    return await made(caller, f"{about.path}/contacts", said)


@dataclass(frozen=True)
class MeetingMade:
    """A meeting as far as it has come, its version, and its case."""

    id: UUID
    case: CaseMade
    version: int

    @property
    def path(self) -> str:
        """Where it is read."""
        return f"/meetings/{self.id}"


async def meeting(caller: Caller, in_case: CaseMade | None = None) -> MeetingMade:
    """A meeting that the caller has started, in a new case unless one is given."""
    case_made = in_case or await case_with_need(caller)
    return MeetingMade(await made(caller, f"{case_made.path}/meetings", MEETING), case_made, 1)


async def prepared_meeting(
    caller: Caller, *invited: Caller, agreed: bool = True, about: dict[str, Any] | None = None
) -> MeetingMade:
    """A meeting prepared with the individual, for the units of those invited."""
    begun = await meeting(caller, await case_with_need(caller, **about) if about else None)
    await made(caller, f"{begun.path}/preparations", PREPARATION)
    for one in invited:
        await made(caller, f"{begun.path}/invitees", invitee(one) | {"agreedWithIndividual": agreed})
    return MeetingMade(begun.id, begun.case, 2 + len(invited))


def invitee(called: Caller) -> dict[str, Any]:
    """The unit of somebody, as the meeting is for it."""
    return {
        "kind": "organisation",
        "organisationId": str(called.organisation_id),
        "unitId": str(called.unit_id),
        "name": "Robin Exempel",
        "function": "handläggare",
        "reason": "Kan erbjuda arbetsträning",
        "agreedWithIndividual": True,
    }


async def offered_time(caller: Caller, held: MeetingMade, by: Caller, starts_at: str, ends_at: str) -> UUID:
    """A time that somebody's organisation has said it can come; steps the meeting's version."""
    offer = {"offeredBy": str(by.organisation_id), "startsAt": starts_at, "endsAt": ends_at}
    return await made(caller, f"{held.path}/time-offers", offer | {"mode": "on_site", "place": "Rum 4"})


async def made(caller: Caller, path: str, body: dict[str, Any]) -> UUID:
    """What a POST that must succeed made."""
    done = await caller.post(path, body)
    assert done.status_code == 201, done.text
    return UUID(done.json()["id"])


def word(*covered: Caller, **said: Any) -> dict[str, Any]:
    """The individual's word on consent to exchange information, given to these callers' organisations."""
    return {
        "kind": "information_exchange",
        "answer": "given",
        "occurredAt": "2026-03-02T08:30:00Z",
        "manner": "oral",
        "informedAt": "2026-03-02T08:00:00Z",
        "informedOf": ["the_meeting", "withdrawal"],
        "informationAdapted": True,
        "organisationIds": [str(one.organisation_id) for one in covered],
    } | said


async def consent(caller: Caller, in_case: CaseMade, *covered: Caller, **said: Any) -> UUID:
    """A consent in a case of the caller's, documented by nobody yet."""
    return await made(caller, f"{in_case.path}/consents", word(*covered, **said))


async def documented(consent_id: UUID, *by: Caller) -> None:
    """Each of these organisations has documented the consent."""
    for one in by:
        await made(one, f"/consents/{consent_id}/documentations", {})


async def withdrawn(caller: Caller, consent_id: UUID, of: Caller | None = None) -> UUID:
    """The individual has taken consent back, whole or for one organisation; the caller records it."""
    alone = {"organisationId": str(of.organisation_id)} if of else {}
    return await made(caller, f"/consents/{consent_id}/withdrawals", TAKEN_BACK | alone)


async def consent_read(caller: Caller, consent_id: UUID | str) -> dict[str, Any]:
    """The consent as the caller reads it."""
    read = await caller.get(f"/consents/{consent_id}")
    assert read.status_code == 200, read.text
    told: dict[str, Any] = read.json()
    return told


async def jointly(proposal: httpx.Response, approver: Caller) -> UUID:
    """What somebody proposed, approved by another: the id of what it is about."""
    assert proposal.status_code == 201, proposal.text
    path = f"/joint-decisions/{proposal.json()['id']}"
    await made(approver, f"{path}/approvals", {})
    return UUID((await approver.get(path)).json()["subjectId"])
