"""Watching the read log: which rows a request has left in it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from app.auth.context import ContextSigner
from tests.api.conftest import Application, Caller
from tests.api.matrix.actors import Actor
from tests.api.matrix.document import Operation
from tests.api.matrix.play import Step
from tests.api.signed import SET_CONTEXT

_ROWS = "select * from flerpart.read_entry where actor_id = $1"
_PERSONS = "select id from flerpart.individual"


@dataclass(frozen=True)
class Watched:
    """An answer, and the rows that its request left."""

    operation: Operation
    actor: Actor
    path: str
    status: int
    told: dict[str, Any]
    rows: list[asyncpg.Record]


@dataclass
class Watch:
    """A manner of playing that looks into the log after every step."""

    application: Application
    connection: asyncpg.Connection
    to_the_brim = False
    seen: list[Watched] = field(default_factory=list)
    _known: set[UUID] = field(default_factory=set)

    async def send(self, step: Step) -> httpx.Response:
        """Send it, between two looks."""
        await self._new_rows(step.actor)
        return await self.look(step.operation, step.actor, step.path, await step.send())

    async def ask(self, operation: Operation, actor: Actor, path: str, body: Any = None) -> httpx.Response:
        """Ask something, between two looks."""
        await self._new_rows(actor)
        return await self.look(operation, actor, path, await actor.send(operation, path, body))

    async def look(
        self, operation: Operation, actor: Actor, path: str, answer: httpx.Response
    ) -> httpx.Response:
        """Keep an answer with the rows that are new."""
        told = answer.json() if answer.content else {}
        rows = await self._new_rows(actor)
        self.seen.append(Watched(operation, actor, path, answer.status_code, told, rows))
        return answer

    async def persons(self, of: Caller) -> set[UUID]:
        """Every person that somebody's organisation has a row of its own for."""
        return {row["id"] for row in await self._as(of, _PERSONS)}

    async def _new_rows(self, actor: Actor) -> list[asyncpg.Record]:
        rows = await self._as(actor.caller, _ROWS, actor.caller.account_id)
        new = [row for row in rows if row["id"] not in self._known]
        self._known |= {row["id"] for row in new}
        return new

    async def _as(self, caller: Caller, question: str, *values: Any) -> list[asyncpg.Record]:
        """What the database answers somebody: its own organisation's rows."""
        context = ContextSigner.of(self.application.keyring).sign(
            caller.organisation_id,
            caller.unit_id,
            caller.account_id,
            self.application.clock.now,
            signed_at=datetime.now(UTC),
        )
        async with self.connection.transaction():
            await self.connection.execute(SET_CONTEXT, context)
            rows: list[asyncpg.Record] = await self.connection.fetch(question, *values)
            return rows
