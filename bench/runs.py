"""One measurement after the other: the application,
then bare asyncpg, and what was stored taken away again.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import asyncpg

from bench import bare, load
from bench.api import CONNECTIONS, Api, environment
from bench.load import Measured
from bench.loading import Data
from bench.targets import Request, Scenario, Tokens

WARM_SECONDS = 1.0
RECORDED = 64
"""How many different requests are replayed by bare asyncpg."""

# What a measurement has stored goes again, so that cases stay as large as they were. Generated rows are
# older.
FORGET_REPLIES = "delete from flerpart.summons_reply where recorded_at >= $1"
# What issuing summonses has stored, so that the same meetings can be called to again.
UNDO = """
with gone as (delete from flerpart.summons s using flerpart.meeting m
              where m.id = any ($1) and (s.org_id, s.meeting_id) = (m.org_id, m.id)
              returning s.id, s.recipient_org),
copies as (delete from flerpart.received_copy r using gone g where (r.org_id, r.id) = (g.recipient_org, g.id))
delete from flerpart.disclosure d using gone g
 where d.recipient_org = g.recipient_org and d.kind = 'summons' and d.item_id = g.id"""


@dataclass(frozen=True)
class Run:
    """What one measurement showed: per second,
    and microseconds of processor per request, ours and PostgreSQL's.
    """

    per_second: float
    own: float
    postgres: float
    p50: float
    p95: float

    @property
    def processor(self) -> float:
        """Microseconds of processor per request, together."""
        return self.own + self.postgres


def middle(runs: list[Run]) -> Run:
    """The median of each figure."""
    return Run(*(median(getattr(run, name) for run in runs) for name in asdict(runs[0])))


class Bench:
    """One database, its API, and PostgreSQL's first process."""

    def __init__(self, data: Data, api: Api, postmaster: int, seconds: float, home: Path) -> None:
        self._data = data
        self._api = api
        self._postmaster = postmaster
        self._seconds = seconds
        self._home = home
        self._tokens = Tokens(data)
        self._requests: dict[str, list[Request]] = {}
        self._prefix = f"bench-{os.getpid()}"
        self._rounds = 0
        self._begun = datetime.now(UTC)

    def prepare(self, scenario: Scenario) -> None:
        """Record what bare asyncpg will replay."""
        requests = self._requests[scenario.key] = scenario.requests(self._data)
        order = {
            "requests": [one.recorded(self._tokens) for one in requests[:RECORDED]],
            "status": scenario.status,
        }
        where = self._recorded(scenario)
        _run("bench.recording", order, {**environment(self._data), "BENCH_RECORDED": str(where)})
        self._undo(scenario)

    def application(self, scenario: Scenario) -> Run:
        """Measure the application, once it has seen every caller: what other measurements have stored and
        taken away again has changed more cases in seconds than people do in weeks.
        """
        if not scenario.once:
            self._load(scenario, WARM_SECONDS, 4 * len(self._requests[scenario.key]))
        run = _of(self._load(scenario, self._seconds, 10**9))
        self._undo(scenario)
        return run

    def bare(self, scenario: Scenario) -> Run:
        """Measure bare asyncpg doing the same statements."""
        order = bare.Order(
            url=self._data.superuser,
            recorded=str(self._recorded(scenario)),
            keys_file=str(self._data.keys),
            connections=CONNECTIONS,
            seconds=self._seconds,
            postmaster=self._postmaster,
        )
        run = _of(Measured(**_run("bench.bare", asdict(order), os.environ)))
        self._undo(scenario)
        return run

    def _load(self, scenario: Scenario, seconds: float, at_most: int) -> Measured:
        requests = self._requests[scenario.key]
        self._rounds += 1
        order = load.Order(
            host="127.0.0.1",
            port=self._api.port,
            requests=[one.raw(self._tokens) for one in requests],
            connections=CONNECTIONS,
            seconds=seconds,
            at_most=len(requests) if scenario.once else at_most,
            status=scenario.status,
            key_prefix=f"{self._prefix}-{self._rounds}",
            api=self._api.pid,
            postmaster=self._postmaster,
        )
        return Measured(**_run("bench.load", asdict(order), os.environ))

    def _recorded(self, scenario: Scenario) -> Path:
        return self._home / f"recorded-{self._data.size.name}-{scenario.key}"

    def _undo(self, scenario: Scenario) -> None:
        if scenario.once:
            meetings = [UUID(one.path.split("/")[2]) for one in self._requests[scenario.key]]
            asyncio.run(_undone(self._data.superuser, UNDO, meetings))
        elif scenario.status == 201:
            asyncio.run(_undone(self._data.superuser, FORGET_REPLIES, self._begun))


def _of(measured: Measured) -> Run:
    """Figures for each request."""
    each = 1_000_000 / measured.count
    return Run(
        per_second=measured.count / measured.seconds,
        own=measured.own * each,
        postgres=measured.postgres * each,
        p50=measured.p50,
        p95=measured.p95,
    )


def _run(module: str, order: Mapping[str, Any], surroundings: Mapping[str, str]) -> Any:
    """Let a program of ours carry out an order; its answer, if it writes one."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=False,
        env=surroundings,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{module} failed: {done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip() else None


async def _undone(url: str, sql: str, what: Any) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql, what)
    finally:
        await connection.close()
