"""Bare asyncpg: the same statements in one transaction each, as the superuser: no context set, no policy,
no HTTP.

Where a statement asks a gate, the gate needs to know who asks: then the connection was told once, before the
measurement. What a replayed transaction stores gets fresh ids and a fresh key. In a process of its own;
order and answer as in `bench.load`.
"""

import asyncio
import itertools
import json
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import uvloop

from app.auth.context import ContextSigner
from app.auth.keyring import KeyRing
from app.db.ids import new_id
from bench.load import Measured, percentiles
from bench.processor import Watch
from bench.recording import Recorded

_KEYS = itertools.count()

Transaction = list[tuple[str, Callable[[dict[UUID, UUID], str], tuple[Any, ...]]]]


@dataclass(frozen=True)
class Order:
    """How many connections, for how long (seconds)."""

    url: str
    recorded: str
    keys_file: str
    connections: int
    seconds: float
    postmaster: int


async def measure(order: Order) -> Measured:
    """Replay what was recorded, on every connection the transactions of one caller."""
    recorded = _read(order.recorded)
    signer = _signer(order.keys_file)
    by_caller: dict[str, list[Recorded]] = {}
    for one in recorded:
        by_caller.setdefault("|".join(one.context.split("|")[1:4]), []).append(one)
    callers = list(by_caller.values())
    took: list[float] = []
    pool = [await _connection(order.url, signer, callers[n % len(callers)]) for n in range(order.connections)]
    turns = [
        itertools.cycle([_prepared(one) for one in callers[n % len(callers)]])
        for n in range(order.connections)
    ]
    for one, turn in zip(pool, turns, strict=True):
        await _replay(one, next(turn))  # once unmeasured, so that every statement is prepared
    watch = Watch(os.getpid(), order.postmaster)
    deadline = time.perf_counter() + order.seconds

    async def replays(connection: Any, turn: Iterator[Transaction]) -> None:
        for transaction in turn:
            begun = time.perf_counter()
            if begun > deadline:
                return
            await _replay(connection, transaction)
            took.append(time.perf_counter() - begun)

    await asyncio.gather(*(replays(one, turn) for one, turn in zip(pool, turns, strict=True)))
    measured = Measured(len(took), *watch.elapsed(), *percentiles(took))
    for one in pool:
        await one.close()
    return measured


def _signer(keys_file: str) -> ContextSigner:
    return ContextSigner.of(KeyRing.load(Path(keys_file)))


def _read(path: str) -> list[Recorded]:
    found: list[Recorded] = pickle.loads(Path(path).read_bytes())  # noqa: S301 - our own file
    return found


async def _replay(connection: Any, transaction: Transaction) -> None:
    """One transaction, with ids and a key of its own."""
    fresh: dict[UUID, UUID] = {}
    key = f"bench-bare-{os.getpid()}-{next(_KEYS)}"
    async with connection.transaction():
        for sql, arguments in transaction:
            await connection.fetch(sql, *arguments(fresh, key))


async def _connection(url: str, signer: ContextSigner, own: list[Recorded]) -> Any:
    """A connection on which the gates know one caller, with every statement of its prepared."""
    connection = await asyncpg.connect(url)
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, schema="pg_catalog", encoder=json.dumps, decoder=orjson.loads)
    _, organisation, unit, actor, instant, *_ = own[0].context.split("|")
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(instant))
    context = signer.sign(UUID(organisation), UUID(unit), UUID(actor), moment, 3600, datetime.now(UTC))
    await connection.execute("select set_config('flerpart.context', $1, false)", context)
    return connection


def _prepared(recorded: Recorded) -> Transaction:
    """The statements of a transaction, each with what makes its arguments for one replay."""
    return [(sql, _maker(arguments, recorded.since)) for sql, arguments in recorded.statements]


def _maker(arguments: tuple[Any, ...], since: int) -> Callable[[dict[UUID, UUID], str], tuple[Any, ...]]:
    """Arguments that stay as they were, but for ids made while recording and the request's key."""
    if not any(_varies(one, since) for one in arguments):
        return lambda _fresh, _key: arguments
    return lambda fresh, key: tuple(_renewed(one, since, fresh, key) for one in arguments)


def _varies(value: Any, since: int) -> bool:
    if isinstance(value, list | tuple):
        return any(_varies(one, since) for one in value)
    return (isinstance(value, UUID) and value.int >> 80 >= since) or (
        isinstance(value, str) and "bench-key-" in value
    )


def _renewed(value: Any, since: int, fresh: dict[UUID, UUID], key: str) -> Any:
    if isinstance(value, list | tuple):
        return [_renewed(one, since, fresh, key) for one in value]
    if isinstance(value, UUID) and value.int >> 80 >= since:
        return fresh.setdefault(value, new_id())
    if isinstance(value, str) and "bench-key-" in value:
        return key
    return value


if __name__ == "__main__":
    print(json.dumps(asdict(uvloop.run(measure(Order(**json.load(sys.stdin)))))))
