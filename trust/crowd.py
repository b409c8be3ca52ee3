"""Somebody with an account, and many requests in that name."""

import asyncio
import time
from dataclasses import dataclass, field
from uuid import uuid4

from app.agreements.registry import registry
from app.auth import development
from app.auth.keyring import KeyRing
from app.clock import present_moment
from app.db.directory_load import put_account, writing_directory
from app.db.tables.directory import Officer, Unit
from app.http import about
from trust.grounds import Prepared
from trust.wire import Wire, request


async def somebody(ground: Prepared) -> bytes:
    """The token of somebody new with an account at some organisation."""
    organisation, unit, subject = next(iter(registry())).parties[0].organisations[0].id, uuid4(), str(uuid4())
    async with writing_directory(ground.urls.migration) as directory:
        await directory.put(Unit(org_id=organisation, id=unit, name="Provenheten", address=["Provgatan 1"]))
    officer = Officer(org_id=organisation, id=uuid4(), unit_id=unit, name="Person", function="handläggare")
    await put_account(ground.urls.migration, officer, uuid4(), development.ISSUER, subject, ["caseworker"])
    keyring = KeyRing.load(ground.keys)
    return development.issue(keyring, subject, audience=about.RESOURCE, now=present_moment()).encode()


def who_am_i(token: bytes) -> bytes:
    """A request that asks the database once."""
    return request("GET", f"{about.BASE_PATH}/me", token)


@dataclass
class Asked:
    """What became of many requests: statuses, and seconds for each answer."""

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """What 95 of 100 took at most, in seconds."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]

    @property
    def failed(self) -> int:
        """How many answers were no success."""
        return sum(status != 200 for status in self.statuses)


async def steadily(port: int, asked: bytes, connections: int, seconds: float, pause: float) -> Asked:
    """Ask on so many connections for so long, with a pause between an answer and the next request."""
    found = Asked()
    until = time.perf_counter() + seconds

    async def one() -> None:
        async with Wire(port) as wire:
            while time.perf_counter() < until:
                begun = time.perf_counter()
                answer = await wire.ask(asked)
                found.seconds.append(time.perf_counter() - begun)
                found.statuses.append(answer.status)
                await asyncio.sleep(pause)

    await asyncio.gather(*(one() for _ in range(connections)))
    return found
