"""The one way to the database: a pool, and a transaction that carries the request's signed context and is
committed visibly.
"""

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

import asyncpg
import orjson
from sqlmodel import SQLModel

from app.db.caller import Caller
from app.db.failures import is_open, translated
from app.db.statement import Statement, insert_into, insert_together
from app.errors import Restored, Unavailable

log = logging.getLogger("flerpart.database")

SignContext = Callable[[Caller], str]

# Set as a bound parameter, never written into the text: another connection of the same login could read it
# there.
_SET_CONTEXT = "select set_config('flerpart.context', $1, true)"

_OPENS = "select gate_recovery.opens()"

ACQUIRE_SECONDS = 0.75
"""How long a request waits for a free connection before it hears that the house is full. It asks for one
twice, and must have its answer within two seconds and a half.
"""


@cache
def _insert(row: type[SQLModel]) -> Statement:
    """The INSERT of a table, compiled the first time and kept."""
    return insert_into(row)


@lru_cache(maxsize=256)
def _inserts(rows: tuple[type[SQLModel], ...]) -> Statement:
    """The INSERT of several rows together, compiled the first time and kept."""
    return insert_together(rows)


class Tx:
    """One transaction for one caller. What is not committed is gone."""

    def __init__(self, connection: Any, transaction: Any, caller: Caller | None) -> None:
        self._connection = connection
        self._transaction = transaction
        self._late: list[SQLModel] = []
        # Every statement may ask for these without its use case passing them on.
        self._common: dict[str, Any] = {}
        if caller:
            self._common = {
                "me": caller.organisation_id,
                "my_unit": caller.unit_id,
                "actor": caller.actor_id,
                "instant": caller.instant,
            }

    async def rows(self, statement: Statement, **values: Any) -> list[asyncpg.Record]:
        """All rows of a statement."""
        return await self.table(statement.sql, *statement.arguments({**self._common, **values}))

    async def row(self, statement: Statement, **values: Any) -> asyncpg.Record | None:
        """The first row of a statement, if there is one."""
        rows = await self.rows(statement, **values)
        return rows[0] if rows else None

    async def value(self, statement: Statement, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = await self.row(statement, **values)
        return None if row is None else row[0]

    async def call(self, sql: str, *arguments: Any) -> Any:
        """The answer of one function of a gate; `sql` is a constant of this code, its values are bound."""
        with translated(self._connection):
            return await self._connection.fetchval(sql, *arguments)

    async def table(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        """The rows of one function of a gate; `sql` is a constant of this code, its values are bound."""
        with translated(self._connection):
            rows: list[asyncpg.Record] = await self._connection.fetch(sql, *arguments)
            return rows

    async def add(self, *rows: SQLModel) -> None:
        """Insert whole rows, in order. Raises NotFound when a row refers to something this caller may not
        know.
        """
        for kind, alike in groupby(rows, type):
            statement = _insert(kind)
            values = [statement.arguments(row.__dict__) for row in alike]
            with translated(self._connection):
                if len(values) == 1:
                    await self._connection.execute(statement.sql, *values[0])
                else:
                    await self._connection.executemany(statement.sql, values)

    def later(self, *rows: SQLModel) -> None:
        """Insert whole rows when everything is stored: records of what was done, to which nothing refers.

        They go to the database together, in one statement.
        """
        self._late.extend(rows)

    async def change(self, statement: Statement, **values: Any) -> int:
        """Run an UPDATE and answer how many rows it changed."""
        answer = await self._execute(statement.sql, statement.arguments({**self._common, **values}))
        return int(answer.rsplit(" ", 1)[-1])

    async def commit(self) -> None:
        """Store everything. Use cases call this once, last, before anything is answered."""
        if self._late:
            statement = _inserts(tuple(map(type, self._late)))
            values = {
                f"{place}_{name}": value
                for place, row in enumerate(self._late)
                for name, value in row.__dict__.items()
            }
            await self._execute(statement.sql, statement.arguments(values))
        with translated(self._connection):
            await self._transaction.commit()

    async def _execute(self, sql: str, arguments: list[Any]) -> str:
        with translated(self._connection):
            answer: str = await self._connection.execute(sql, *arguments)
            return answer


class Database:
    """A pool of connections of the application's login, opened when the process starts to serve."""

    def __init__(
        self,
        url: str,
        sign: SignContext,
        *,
        smallest: int = 2,
        largest: int = 10,
        persons_per_hour: int = 0,
    ) -> None:
        """`persons_per_hour` is how many persons one account may be shown within an hour; 0 is no limit."""
        self._url = url
        self._persons_per_hour = persons_per_hour
        self._sign = sign
        self._sizes = (smallest, largest)
        self._opened: asyncpg.Pool | None = None

    @property
    def _pool(self) -> asyncpg.Pool:
        """The open pool. Raises Unavailable before `opened` or after it."""
        if self._opened is None:
            raise Unavailable
        return self._opened

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Database"]:
        """Connect, with the smallest number of connections at once, and let running work end when left.

        Raises Unavailable when the database does not answer. Statements are ended after five seconds,
        waiting for a
        lock after two.
        """
        with translated():
            self._opened = await asyncpg.create_pool(
                dsn=self._url,
                min_size=self._sizes[0],
                max_size=self._sizes[1],
                reset=_leaves_nothing_behind,
                init=_prepare,
                timeout=5,
                server_settings={
                    "statement_timeout": "5000",
                    "lock_timeout": "2000",
                    "idle_in_transaction_session_timeout": "10000",
                    "application_name": "flerpart",
                    "flerpart.persons_per_hour": str(self._persons_per_hour),
                },
            )
        try:
            yield self
        finally:
            pool, self._opened = self._opened, None
            await pool.close()

    @asynccontextmanager
    async def act(self, caller: Caller) -> AsyncIterator[Tx]:
        """A transaction in the name of `caller`. Leaving it without commit rolls back. Raises the errors of
        `app.errors`.
        """
        async with self._transaction(caller) as tx:
            yield tx

    async def sign_anew(self, tx: Tx, caller: Caller) -> None:
        """Sign the context of a transaction once more, in which something has taken longer than one holds."""
        await tx.call(_SET_CONTEXT, self._sign(caller))

    @asynccontextmanager
    async def unattended(self) -> AsyncIterator[Tx]:
        """A transaction in nobody's name, which sees no row:
        for what a gate does alike to all organisations.
        """
        async with self._transaction(None) as tx:
            yield tx

    @asynccontextmanager
    async def _transaction(self, caller: Caller | None) -> AsyncIterator[Tx]:
        async with self._connection() as connection:
            transaction = connection.transaction()
            with translated(connection):
                await transaction.start()
            try:
                if caller:
                    with translated(connection):
                        await connection.execute(_SET_CONTEXT, self._sign(caller))
                # What the use case itself raises is its own: only the database's refusals are translated.
                yield Tx(connection, transaction, caller)
            finally:
                if is_open(connection) and connection.is_in_transaction():
                    # Nothing is stored either way, and what went wrong before is what should be heard.
                    with suppress(Unavailable), translated(connection):
                        await transaction.rollback()

    async def identify(self, sql: str, *arguments: Any, within: float | None = None) -> list[asyncpg.Record]:
        """The rows of a function of the identity gate, the only one that answers without a context.

        Raises Unavailable when the answer takes longer than `within` seconds.
        """
        async with self._connection() as connection:
            with translated(connection):
                rows: list[asyncpg.Record] = await connection.fetch(sql, *arguments, timeout=within)
                return rows

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """A free connection. Raises Unavailable when none becomes free in `ACQUIRE_SECONDS`."""
        with translated():
            connection = await self._pool.acquire(timeout=ACQUIRE_SECONDS)
        try:
            yield connection
        finally:
            await self._pool.release(connection)


async def _leaves_nothing_behind(connection: Any) -> None:
    """In place of the pool's reset query: settings are transaction-local, so an ended transaction leaves
    nothing.
    """
    if connection.is_in_transaction():
        connection.terminate()


async def _prepare(connection: Any) -> None:
    """Make a new connection read and write JSON as Python values."""
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, schema="pg_catalog", encoder=json.dumps, decoder=orjson.loads)
    # Asked for each connection: a backup may have taken the database's place while we were serving.
    if not await connection.fetchval(_OPENS):
        log.error("restored: %s", Restored.remedy)
        raise Restored
