"""Which statements the application really runs for a request, with their arguments.

An instrumented application answers each request once; what every connection was asked is noted. Left out
is what bare asyncpg does without: the look-up of the account, the signed context, and the borders of the
transaction. Reads its order as JSON from standard input and leaves the statements in a file.
"""

import asyncio
import json
import os
import pickle
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from app.settings import Settings
from app.wiring import build_app

BORDERS = ("BEGIN", "COMMIT", "ROLLBACK")
WITHOUT = ("set_config('flerpart.context'", "gate_identity.accounts(")


@dataclass(frozen=True)
class Recorded:
    """One request's statements in order, the context they ran in, and when (milliseconds) recording began."""

    context: str
    statements: list[tuple[str, tuple[Any, ...]]]
    since: int


class _Notes:
    """What the connections were asked since the last request began."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def note(self, query: Any) -> None:
        """A connection was asked something."""
        # Rows that went to the database together come as a list: each is replayed as a statement of its own.
        rows = query.args if isinstance(query.args, list) else [query.args or ()]
        self.asked.extend((query.query, tuple(row)) for row in rows)


async def record(requests: list[dict[str, Any]], status: int) -> list[Recorded]:
    """The statements of each request. Raises RuntimeError for an answer with another status."""
    notes = _Notes()
    _listen_in(notes)
    app = build_app(Settings())
    transport = httpx.ASGITransport(app=app)
    recorded = []
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://bench") as http,
    ):
        for number, request in enumerate(requests):
            since = time.time_ns() // 1_000_000
            for attempt in range(2 if request["method"] == "GET" else 1):
                # A reader comes back: what the application may remember it has remembered.
                notes.asked.clear()
                headers = request["headers"] | {"Idempotency-Key": f"bench-key-{since}-{number}-{attempt}"}
                headers = headers if request["method"] == "POST" else request["headers"]
                answer = await http.request(
                    request["method"], request["path"], headers=headers, content=request["body"]
                )
                if answer.status_code != status:
                    raise RuntimeError(answer.text)
            recorded.append(_of(notes.asked, since))
    return recorded


def _listen_in(notes: _Notes) -> None:
    """Let every connection of every pool made from now on tell what it is asked."""
    make = asyncpg.create_pool

    def create_pool(*arguments: Any, init: Any, **named: Any) -> Any:
        async def prepare(connection: Any) -> None:
            await init(connection)
            connection.add_query_logger(notes.note)

        return make(*arguments, init=prepare, **named)

    asyncpg.create_pool = create_pool


def _of(asked: list[tuple[str, tuple[Any, ...]]], since: int) -> Recorded:
    """The statements of one request, freed of what bare asyncpg does without."""
    context = ""
    kept = []
    for sql, arguments in asked:
        if any(part in sql for part in WITHOUT):
            context = next(
                (one for one in arguments if isinstance(one, str) and one.count("|") == 6), context
            )
        elif not sql.startswith(BORDERS):
            kept.append((sql, arguments))
    return Recorded(context, kept, since)


def main() -> None:
    """Record what the order on standard input asks for."""
    order = json.load(sys.stdin)
    found = asyncio.run(record(order["requests"], order["status"]))
    Path(os.environ["BENCH_RECORDED"]).write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    # Under its own name, so that what is pickled can be read by whoever imports this module.
    from bench import recording

    recording.main()
