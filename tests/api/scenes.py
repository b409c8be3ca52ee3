"""Steps that several tests need: each plays a part of the routine over HTTP and answers with what it made."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.api.conftest import Caller

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


async def made(caller: Caller, path: str, body: dict[str, Any]) -> UUID:
    """What a POST that must succeed made."""
    done = await caller.post(path, body)
    assert done.status_code == 201, done.text
    return UUID(done.json()["id"])
