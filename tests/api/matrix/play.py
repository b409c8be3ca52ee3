"""The routine, played over HTTP with the document's own examples: each step by its operation's name.

A manner decides how a step is sent: plainly, after a host of hostile bodies, twice at once, or over again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from tests.api.conftest import Caller, Clock
from tests.api.matrix.actors import PLACES, Actor
from tests.api.matrix.canaries import sung
from tests.api.matrix.document import OPERATIONS, UNKNOWN, Operation
from tests.api.matrix.recording import Log


@dataclass(frozen=True)
class Step:
    """One request of the play, which is right as it stands: everything it needs has happened before."""

    operation: Operation
    actor: Actor
    path: str
    body: Any
    match: str | None

    async def send(self, **differently: Any) -> httpx.Response:
        """Send it, or something close to it."""
        given = {"body": self.body, "match": self.match} | differently
        return await self.actor.send(self.operation, self.path, **given)


class Manner(Protocol):
    """How steps are sent."""

    to_the_brim: bool

    async def send(self, step: Step) -> httpx.Response:
        """Send a step, and answer with what it was answered in the end."""


class Plainly:
    """Each step once."""

    to_the_brim = False

    async def send(self, step: Step) -> httpx.Response:
        """Send it."""
        return await step.send()


@dataclass
class Play:
    """A play under way: who plays, and the ids of what has been made, by the names that paths give them."""

    players: dict[str, Actor]
    boss: dict[str, Actor]
    administrator: Actor
    second_administrator: Actor
    manager: Actor
    clock: Clock
    log: Log
    number: str
    stranger: Caller
    propose: Callable[["Play", str], Awaitable[None]]
    manner: Manner = field(default_factory=Plainly)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def holder(self) -> Actor:
        """Who initiates, for the organisation that holds the case."""
        return self.players["own"]

    @property
    def called(self) -> Actor:
        """The recipient who stays covered by consent."""
        return self.players["disclosed"]

    @property
    def left(self) -> Actor:
        """The recipient whose consent is withdrawn in the end."""
        return self.players["withdrawn"]

    def path(self, operation: Operation, **ids: str) -> str:
        """The operation's path with the ids of this play, or others."""
        return operation.path.format_map(_Ids(self.ids | ids))

    async def do(
        self,
        operation_id: str,
        actor: Actor | None = None,
        /,
        *,
        keeping: str | None = None,
        at: dict[str, str] | None = None,
        without: tuple[str, ...] = (),
        **fields: Any,
    ) -> dict[str, Any]:
        """Play one operation with its example, these fields replaced; keep the receipt's id under a name."""
        operation, actor = OPERATIONS[operation_id], actor or self.holder
        path = self.path(operation, **(at or {}))
        body = operation.example
        if isinstance(body, dict):
            moment = {one: self._now(one) for one in ("occurredAt", "informedAt") if one in body}
            version = {"version": await self.version(path, actor)} if "version" in body else {}
            body = {one: value for one, value in body.items() if one not in without} | moment | version
            body = sung(
                operation, _of(actor), body | self._plain(fields), to_the_brim=self.manner.to_the_brim
            )
            body |= {one: value() for one, value in fields.items() if callable(value)}
        match = f'"{await self.version(path, actor)}"' if operation.needs_match else None
        self.log.write(body)
        step = Step(operation, actor, path, body, match)
        answer = await self.manner.send(step)
        self.log.keep(operation, actor, answer)
        assert answer.is_success, f"{operation_id} by {actor}: {answer.status_code} {answer.text}"
        told: dict[str, Any] = answer.json()
        if keeping:
            self.ids[keeping] = told["id"]
        return told

    async def version(self, path: str, reader: Actor) -> int:
        """The present version of what a path is about."""
        thing = "/".join(path.split("/")[:3])
        answer = await reader.caller.get(thing)
        told: dict[str, Any] = answer.json()
        found: int = told["version"]
        return found

    def _now(self, name: str) -> str:
        earlier = {"informedAt": -1}.get(name, 0)
        return f"{self.clock.now:%Y-%m-%dT}{self.clock.now.hour + earlier:02}:00:00Z"

    @staticmethod
    def _plain(fields: dict[str, Any]) -> dict[str, Any]:
        return {one: value for one, value in fields.items() if not callable(value)}


class _Ids(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return UNKNOWN


def _of(actor: Actor) -> str:
    return PLACES[actor.place]
