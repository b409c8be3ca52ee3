"""Scenes of disposal: an archive of two, rules, a case that has gone all the way, and what is left of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from tests.api.calling import TODAY, called_meeting
from tests.api.conftest import Caller, Staff
from tests.api.planning import action, actions_of, handed_out, held, proposed, said
from tests.api.scenes import CaseMade, case, jointly, made

CLOSED: dict[str, Any] = {"reason": "goal_reached", "note": "Målet är nått"}
RULE: dict[str, Any] = {
    "kind": "case",
    "event": "case_closed",
    "months": 36,
    "decision": "Dokumenthanteringsplan, beslut 2026-017",
    "statute": "Lagen (2002:546) 16 §",
    "inForceFrom": "2026-01-01",
}
OTHERS: dict[str, dict[str, Any]] = {
    "received_copy": {"kind": "received_copy", "event": "copy_received"},
    "statement": {"kind": "statement", "event": "last_said"},
    "individual": {"kind": "individual", "event": "registered"},
}


@dataclass(frozen=True)
class Archive:
    """Who decides on disposal at an organisation: one who proposes, and one who approves."""

    proposer: Caller
    approver: Caller

    async def rule(self, **differently: Any) -> str:
        """Where a rule is that has been written down: closed cases after three years, unless said."""
        return f"/disposal-rules/{await made(self.proposer, '/disposal-rules', RULE | differently)}"

    async def due(self, rule: str, *items: UUID | str, on_day: str | None = None) -> list[str]:
        """Which of these fall under a rule, today or on a day; the organisation has those of other tests."""
        asked, page = f"&onDay={on_day}" if on_day else "", 1
        found: list[str] = []
        while told := (await self._preview(f"{rule}/preview?limit=100&page={page}{asked}"))["items"]:
            found, page = found + [one["id"] for one in told], page + 1
        return [str(one) for one in items if str(one) in found]

    async def _preview(self, path: str) -> dict[str, Any]:
        answer = await self.proposer.get(path)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def propose(self, rule: str, *items: UUID | str) -> httpx.Response:
        """What proposing these was answered with."""
        return await self.proposer.post(f"{rule}/disposals", {"itemIds": [str(one) for one in items]})

    async def dispose(self, rule: str, *items: UUID | str) -> str:
        """Where the disposal is that two have decided."""
        return f"/disposals/{await jointly(await self.propose(rule, *items), self.approver)}"


async def archive(staff: Staff, party: str) -> Archive:
    """An administrator and a manager of an organisation."""
    return Archive(await staff(party, "organisation_administrator"), await staff(party, "manager"))


async def closed(caller: Caller, about: CaseMade | None = None) -> CaseMade:
    """A case that is closed now."""
    begun = about or await case(caller)
    version = (await caller.get(begun.path)).json()["version"]
    await made(caller, f"{begun.path}/closures", CLOSED | {"version": version})
    return begun


@dataclass(frozen=True)
class Course:
    """A case that has gone all the way, with what has come to whoever was called."""

    holder: Caller
    called: Caller
    case: CaseMade
    meeting: str
    consent: str
    plan: str
    summons: str
    action: str

    @property
    def of_holder(self) -> list[str]:
        """Where the holder reads what is its own."""
        individual = f"/individuals/{self.case.individual_id}"
        return [individual, self.case.path, self.meeting, self.consent, self.plan, f"{self.plan}/documents"]

    @property
    def of_called(self) -> list[str]:
        """Where whoever was called reads its own copies."""
        return [self.summons, self.plan, f"{self.plan}/documents"]


async def course(holder: Caller, called: Caller) -> Course:
    """Called to, met, planned, handed out, spoken of by those who were called, and closed."""
    call = await called_meeting(holder, called, time=TODAY)
    begun = call.meeting
    summons = f"/summonses/{call.summonses[called.organisation_id]}"
    await made(called, f"{summons}/replies", said(reply="accepted"))
    at = await held(holder, begun, called, recorder=holder)
    plan_id = await proposed(holder, at, action(called))
    await handed_out(holder, plan_id, called)
    (one,) = (await actions_of(called, plan_id)).values()
    await made(called, f"/actions/{one['id']}/commitments", said(status="accepted"))
    await closed(holder, at.case)
    return Course(
        holder,
        called,
        at.case,
        begun.path,
        f"/consents/{at.consent_id}",
        f"/plans/{plan_id}",
        summons,
        f"/actions/{one['id']}",
    )


async def statuses(reader: Caller, paths: list[str]) -> list[int]:
    """How somebody is answered at each of these."""
    return [(await reader.get(path)).status_code for path in paths]
