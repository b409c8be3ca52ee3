"""Who calls: seven roles at every place an organisation can stand to a case, and two who may nothing."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.api.conftest import BASE, Caller, Clock, Staff
from tests.api.matrix.document import Operation

HANDLING = ("caseworker", "rehabilitation_coordinator", "service")
ROLES = (*HANDLING, "manager", "organisation_administrator", "lokus_member", "analyst")
PLACES = {
    "own": "FK",
    "own_other_unit": "FK",
    "disclosed": "AF",
    "disclosed_other_unit": "AF",
    "withdrawn": "KOMMUN",
    "foreign": "REGION",
}
"""The organisation that holds the case, one it was disclosed to, one whose consent was withdrawn after that,
one that was never called; and for the first two a unit beside the one concerned.
"""

_NUMBERS = itertools.count(1)


@dataclass
class Actor:
    """Somebody in a role at a place."""

    place: str
    role: str
    caller: Caller
    clock: Clock
    _token: tuple[object, str] = field(default=(None, ""), repr=False)

    def __str__(self) -> str:
        return f"{self.role}@{self.place}"

    @property
    def token(self) -> str:
        """A token of the present moment."""
        if self._token[0] != self.clock.now:
            self._token = (self.clock.now, self.caller.token())
        return self._token[1]

    async def send(
        self,
        operation: Operation,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        match: str | None = None,
        raw: bytes | None = None,
    ) -> httpx.Response:
        """One request, well formed unless told otherwise: a new key, a version that nothing has."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if operation.needs_key:
            headers["Idempotency-Key"] = key or f"matrix-{next(_NUMBERS)}"
        if operation.needs_match:
            headers["If-Match"] = match or '"999999"'
        url = BASE + path + (f"?{operation.query}" if operation.query and "?" not in path else "")
        if raw is not None:
            headers["Content-Type"] = "application/json"
            return await self.caller.http.request(operation.method, url, content=raw, headers=headers)
        if operation.schema is None:
            return await self.caller.http.request(operation.method, url, headers=headers)
        return await self.caller.http.request(operation.method, url, json=body, headers=headers)


class Tokenless(Actor):
    """Nobody: no token at all."""

    @property
    def token(self) -> str:
        """None."""
        return ""


async def cast(staff: Staff, clock: Clock, role: str) -> dict[str, Actor]:
    """The one who plays at each place, each in a new unit."""
    return {place: Actor(place, role, await staff(party, role), clock) for place, party in PLACES.items()}


async def colleague(staff: Staff, of: Actor, role: str) -> Actor:
    """Somebody in another role in the same unit."""
    made = await staff(PLACES[of.place], role, unit_id=of.caller.unit_id)
    return Actor(of.place, role, made, of.clock)


async def company(staff: Staff, players: dict[str, Actor]) -> list[Actor]:
    """Every role at every place; in the other units only whoever is bound to a unit, and who is not."""
    return [
        await colleague(staff, player, role)
        for place, player in players.items()
        for role in (ROLES if "other" not in place else ("caseworker", "manager"))
    ]
