"""G13: whoever is shown something of a person is in the read log; who could not be logged is shown nothing.

Two organisations read all they may of a case that was called and one that was planned, many at a time. For
each operation the log must have as many rows as there were things in its answers. Then the disk under the log
is full, and everything is asked once more: nothing of anybody may be in an answer.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import asyncpg

from tests.api.calling import called_meeting
from tests.api.conftest import Caller
from tests.api.matrix.document import OPERATIONS, Operation
from tests.api.matrix.served import served
from tests.api.planning import action, handed_out, met, proposed
from trust.gate import Gate, Shown
from trust.ground import Ground, Place

AT_ONCE = 32
ROUNDS, MANY_ROUNDS = 40, 400
CALLED_IN_THE_LOG = {"readMeetingReadiness": "readReadiness"}

_FULL = """
create function flerpart.full() returns trigger language plpgsql as
  $$ begin raise exception using errcode = 'disk_full'; end $$;
create trigger planted before insert on flerpart.read_entry for each row execute function flerpart.full();
"""


@dataclass
class Readers:
    """Who reads what, and the things that were in the answers, by reader and operation."""

    paths: list[tuple[Caller, str]]
    things: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: int = 0
    bodies: int = 0

    async def read(self, times: int) -> None:
        """Everything so many times, many at once."""
        turns = iter(self.paths * times)
        await asyncio.gather(*(self._reads(turns) for _ in range(AT_ONCE)))

    async def _reads(self, turns: Iterator[tuple[Caller, str]]) -> None:
        for reader, path in turns:
            answer = await reader.get(path)
            operation = _operation(path)
            told = answer.json()
            shown = served(operation, path, answer.status_code, told)
            name = CALLED_IN_THE_LOG.get(operation.id, operation.id)
            self.things[str(reader.account_id), name] += len(shown)
            self.answers += answer.status_code == 200
            self.bodies += len(shown)


async def trial(ground: Ground) -> Shown:
    """Read, count, fill the disk, and read again."""
    async with ground.place(connections=AT_ONCE) as place:
        readers, times = await _scene(place), MANY_ROUNDS if ground.long else ROUNDS
        before = await _logged(place)
        await readers.read(times)
        rows = await _logged(place) - before
        await _as_superuser(place, _FULL)
        unlogged = Readers(readers.paths)
        await unlogged.read(1)
    wrong = sum(((rows - readers.things) + (readers.things - rows)).values())
    operations = len({operation for _, operation in rows})
    return Shown(
        wrong == 0 and readers.answers == len(readers.paths) * times and unlogged.bodies == 0,
        f"{readers.answers:,} answers of {operations} operations, {readers.bodies:,} things in them,"
        f" {sum(rows.values()):,} rows, {wrong} too few or too many; with no room for the log"
        f" {len(unlogged.paths)} asked, {unlogged.bodies} things shown",
    )


async def _scene(place: Place) -> Readers:
    """A case that was called and one that was planned, and all that their two organisations may read."""
    holder, called = await place.staff("FK"), await place.staff("AF")
    first = await called_meeting(holder, called)
    summons = f"/summonses/{first.summonses[called.organisation_id]}"
    at = await met(holder, called, recorder=holder)
    plan_id = await proposed(holder, at, action(called))
    await handed_out(holder, plan_id, called)
    plan = (await holder.get(f"/plans/{plan_id}")).json()
    an_action = f"/actions/{plan['responsibilities'][0]['actions'][0]['id']}"
    case, consent = first.meeting.case, f"/consents/{first.consent_id}"
    of_both = [summons, f"/plans/{plan_id}", f"/plans/{plan_id}/documents", an_action, at.path, consent]
    of_both += [f"{consent}/withdrawal-preview", f"{at.path}/readiness?step=conclude-meeting"]
    of_both += ["/meetings", "/tasks", "/summonses", "/cases", "/deviations"]
    of_holder = [case.path, f"{case.path}/consents", f"{case.path}/readiness?step=close-case"]
    of_holder += [
        first.meeting.path,
        f"{first.meeting.path}/summonses",
        f"{first.meeting.path}/consent-coverage",
    ]
    of_holder += [f"/individuals/{case.individual_id}", f"/individuals/{case.individual_id}/log-entries"]
    return Readers(
        [(one, path) for one in (holder, called) for path in of_both] + [(holder, path) for path in of_holder]
    )


def _operation(path: str) -> Operation:
    """The reading operation that a path is of."""
    bare = path.split("?")[0]
    return next(
        one
        for one in OPERATIONS.values()
        if one.method == "GET" and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one.path), bare)
    )


async def _logged(place: Place) -> Counter[tuple[str, str]]:
    """The rows of the read log, by account and operation."""
    connection = await asyncpg.connect(place.superuser)
    try:
        rows = await connection.fetch(
            "select actor_id::text, operation, count(*) as n from flerpart.read_entry group by 1, 2"
        )
    finally:
        await connection.close()
    return Counter({(row["actor_id"], row["operation"]): row["n"] for row in rows})


async def _as_superuser(place: Place, statements: str) -> None:
    connection = await asyncpg.connect(place.superuser)
    try:
        await connection.execute(statements)
    finally:
        await connection.close()


GATE = Gate(
    "g13", "Whoever is shown something of a person is in the read log, or is shown nothing.", 1, trial
)
