"""Generated data in a database of its own, made once for a scale and used again while nothing has changed."""

import asyncio
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from app.auth.keyring import KeyRing
from app.auth.sealing import Sealer
from app.cli import write_parties
from bench.rows import Rows
from bench.sizes import HOLDERS, Size
from bench.staff import bodies, directory_rows
from bench.stories import Told, tell
from bench.telling import Storyteller
from dev.cluster import SUPERUSER
from dev.postgres import Server, Urls
from dev.preparation import make_keys, prepare

CHUNK = 250
"""Cases whose rows are copied together."""

TARGETS = 5000
"""How many targets of each sort are remembered for the measurements."""

ROOT = Path(__file__).parent.parent
MADE_OF = (
    "alembic/versions",
    *(
        f"bench/{name}.py"
        for name in ("telling", "need", "gatherings", "agreed_plans", "stories", "staff", "sizes", "loading")
    ),
)


@dataclass(frozen=True)
class Data:
    """A database with generated data: how it is reached, and what there is in it to ask for."""

    size: Size
    urls: Urls
    superuser: str
    keys: Path
    cases: list[tuple[str, str]]
    """(subject, case id) of open cases."""
    ready: list[tuple[str, str, int]]
    """(subject, meeting id, version) of meetings that can be called to."""
    called: list[tuple[str, str]]
    """(subject, summons id) of received summonses."""
    subjects: list[str]
    """Who holds open cases."""


def data(server: Server, home: Path, size: Size) -> Data:
    """The generated data of this size, made now if it is not there."""
    name = f"bench_{size.name}_{_fingerprint()}"
    urls = server.urls(name)
    login = f"{SUPERUSER}:{server.passwords[SUPERUSER]}"
    superuser = f"postgresql://{login}@/{name}?host={server.sockets}"
    keys = make_keys(home / "keys.json")
    told = home / f"{name}.json"
    if not told.exists():
        for old in home.glob(f"bench_{size.name}_*.json"):
            server.drop_database(old.stem)
            old.unlink()
        server.drop_database(name)
        server.create_database(name)
        prepare(urls, keys)
        asyncio.run(write_parties(urls.migration))
        targets = asyncio.run(_fill(superuser, size, Sealer(KeyRing.load(keys))))
        told.write_text(json.dumps(targets))
    return Data(size, urls, superuser, keys, **json.loads(told.read_text()))


def _fingerprint() -> str:
    """Eight letters that change when tables, policies or the generated stories do."""
    text = hashlib.sha256()
    for part in MADE_OF:
        place = ROOT / part
        for file in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            text.update(file.read_bytes())
    return text.hexdigest()[:8]


async def _fill(superuser: str, size: Size, sealer: Sealer) -> dict[str, Any]:
    now = datetime.now(UTC).replace(microsecond=0)
    agreement_id, made = bodies(size, now)
    connection = await asyncpg.connect(superuser)
    try:
        # The rows are made whole, so nothing need be checked row by row; and a crash only means starting
        # over.
        await connection.execute("set session_replication_role = replica; set synchronous_commit = off")
        await _copy(connection, directory_rows(made))
        teller = Storyteller(agreement_id, made, sealer, now, seed=2)
        holders = [made[0], made[1], made[2], made[3]][:HOLDERS]
        references: dict[UUID, int] = {}
        targets = _Targets()
        for number in _progress(size.individuals, f"Generating {size}"):
            holder = holders[number % len(holders)]
            desk = holder.desks[(number // len(holders)) % len(holder.desks)]
            # The closed and the open are spread over every desk alike.
            targets.note(tell(teller, number // len(holders) // len(holder.desks), holder, desk, references))
            if number % CHUNK == CHUNK - 1:
                await _copy(connection, teller.rows)
        await _copy(connection, teller.rows)
        await connection.executemany(
            "insert into flerpart.reference_counter (org_id, last) values ($1, $2)", list(references.items())
        )
        print("  vacuum and statistics …", flush=True)
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()
    return asdict(targets)


async def _copy(connection: Any, rows: Rows) -> None:
    async with connection.transaction():
        for table, columns, records in rows.drain():
            await connection.copy_records_to_table(
                table, schema_name="flerpart", columns=columns, records=records
            )


@dataclass
class _Targets:
    """What the measurements may ask for, spread over the whole of the data."""

    cases: list[tuple[str, str]]
    ready: list[tuple[str, str, int]]
    called: list[tuple[str, str]]
    subjects: list[str]

    def __init__(self) -> None:
        self.cases, self.ready, self.called, self.subjects = [], [], [], []

    def note(self, told: Told) -> None:
        """Remember an open case's targets, as long as there is room."""
        if not told.ready and not told.called:
            return
        if len(self.cases) < TARGETS:
            self.cases.append((told.desk.subject, str(told.case_id)))
        if told.desk.subject not in self.subjects and len(self.subjects) < TARGETS:
            self.subjects.append(told.desk.subject)
        if told.ready and len(self.ready) < TARGETS:
            one = told.ready
            self.ready.append((one.desk.subject, str(one.meeting_id), one.version))
        if len(self.called) < TARGETS:
            self.called += [(one.desk.subject, str(one.summons_id)) for one in told.called]


def _progress(total: int, what: str) -> Iterator[int]:
    """Count to `total`, telling how far it has come; a line of its own where nobody watches."""
    begun = time.monotonic()
    watched = sys.stdout.isatty()
    step = max(1, total // (100 if watched else 10))
    for number in range(total):
        yield number
        if number % step == step - 1 or number == total - 1:
            done = (number + 1) / total
            left = (time.monotonic() - begun) * (1 - done) / done
            bar = "#" * round(30 * done)
            text = f"{what} [{bar:<30}] {done:4.0%}, {left:.0f} s left"
            print(f"\r{text}" if watched else text, end="" if watched else "\n", flush=True)
    if watched:
        print()
