"""G3: what is hidden cannot be told from what never was, neither by the bytes of an answer nor by its time.

Four cases are played to their end. Strangers of another organisation, in every role that might, ask about
things of these cases, and about ids that nothing has, in turn: every operation that names a thing, with a
version that things have, and on the same paths every verb that the document does not know. Then the time of
four operations is taken, in pairs whose order is chance, and the two hosts of times are held to each other by
Mann and Whitney's test.
"""

import itertools
import math
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from app.db.ids import new_id
from tests.api.conftest import BASE
from tests.api.matrix.actors import Actor, colleague
from tests.api.matrix.asking import every_path, filled
from tests.api.matrix.canaries import NUMBERS
from tests.api.matrix.conftest import Theatre
from tests.api.matrix.document import OPERATIONS, Operation
from tests.api.matrix.expected import EXPECTED, PUBLIC, Answer
from tests.api.matrix.judging import Pair
from tests.api.matrix.play import Plainly, Play
from trust.gate import Gate, Shown
from trust.ground import Ground
from trust.stage import stage

PAIRS = 30
PAIRS_OF_OTHER_VERBS = 10
UNITS = 8
VERBS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
A_VERSION = '"1"'
TIMED = ("readMeeting", "readSummons", "approvePlan", "changeIndividual")
TIMES, MANY_TIMES = 400, 1000
CHANCE = 0.01
MILLISECONDS = 1.0


@dataclass
class _Tally:
    """What the pairs showed."""

    operations: int = 0
    fewest: int = PAIRS
    pairs: int = 0
    other_verbs: int = 0
    told_apart: list[str] = field(default_factory=list)

    def hold(self, what: str, given: Pair, *, status: int | None) -> None:
        """One pair: alike, and refused as it should be."""
        self.pairs += 1
        if not given.is_alike or given.is_broken or status not in (None, given.real.status_code):
            self.told_apart.append(f"{what}: {given.real.status_code}, never {given.never.status_code}")


async def trial(ground: Ground) -> Shown:
    """Compare, and take the time."""
    async with ground.place() as place:
        theatre = stage(place)
        plays = [await theatre.play("caseworker", Plainly()) for _ in NUMBERS]
        strangers = await _strangers(theatre, plays[0])
        tally = _Tally()
        for operation in OPERATIONS.values():
            await _compared(operation, plays, strangers, tally)
        times = MANY_TIMES if ground.long else TIMES
        timings = [await _timed(OPERATIONS[name], plays, strangers, times) for name in TIMED]
    for one in tally.told_apart[:20]:
        print(f"     told apart: {one}")
    told = "; ".join(
        f"{name} {difference:+.2f} ms, p {chance:.2f}"
        for name, (difference, chance) in zip(TIMED, timings, strict=True)
    )
    alike_in_time = all(chance > CHANCE or abs(difference) < MILLISECONDS for difference, chance in timings)
    return Shown(
        not tally.told_apart and tally.fewest >= PAIRS and tally.operations > 0 and alike_in_time,
        f"{tally.operations} operations, {tally.fewest} hidden and as many random ids each, and other verbs"
        f" {tally.other_verbs:,} times: {tally.pairs:,} pairs, {len(tally.told_apart)} told apart;"
        f" {times} pairs timed, hidden less random in the median: {told}",
    )


async def _strangers(theatre: Theatre, it: Play) -> dict[str, list[Actor]]:
    """By role, one of each in several units of an organisation that was never called."""
    found: dict[str, list[Actor]] = {}
    for _ in range(UNITS):
        party = await theatre.staff("REGION")
        here = Actor("foreign", "caseworker", party, it.clock)
        for role in sorted({role for one in EXPECTED.values() for role in one.roles}):
            found.setdefault(role, []).append(await colleague(theatre.staff, here, role))
    return found


def _hidden(
    operation: Operation, plays: list[Play], strangers: dict[str, list[Actor]]
) -> Iterator[tuple[Play, str, Actor]]:
    """Things that an operation names, each with a stranger whom it is hidden from; no pair twice."""
    if operation.id in PUBLIC or not operation.names_a_thing:
        return
    expected = EXPECTED[operation.id]
    askers = [
        one
        for role in sorted(expected.roles)
        if expected.of(role, "foreign") is Answer.HIDDEN
        for one in strangers[role]
    ]
    things = [(it, path) for it in plays for path in every_path(it, operation)]
    every = [(it, path, one) for (it, path), one in itertools.product(things, askers)]
    random.Random(operation.id).shuffle(every)
    yield from every[:PAIRS]


def _never(operation: Operation) -> str:
    """The operation's path with ids that nothing has."""
    return operation.path.format_map(_Random())


class _Random(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return str(new_id())


async def _compared(
    operation: Operation, plays: list[Play], strangers: dict[str, list[Actor]], tally: _Tally
) -> None:
    hidden = list(_hidden(operation, plays, strangers))
    if not hidden:
        return
    tally.operations += 1
    tally.fewest = min(tally.fewest, len(hidden))
    for it, path, actor in hidden:
        body = filled(it, operation)
        real = await actor.send(operation, path, body, match=A_VERSION)
        never = await actor.send(operation, _never(operation), body, match=A_VERSION)
        tally.hold(f"{operation.id} by {actor}", Pair(real, never), status=404)
    known = {one.method for one in OPERATIONS.values() if one.path == operation.path}
    for verb in (one for one in VERBS if one not in known):
        for _, path, actor in hidden[:PAIRS_OF_OTHER_VERBS]:
            real = await _otherwise(actor, verb, path)
            never = await _otherwise(actor, verb, _never(operation))
            tally.other_verbs += 1
            tally.hold(f"{verb} {operation.path} by {actor}", Pair(real, never), status=None)


async def _otherwise(actor: Actor, verb: str, path: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {actor.token}", "If-Match": A_VERSION, "If-None-Match": A_VERSION}
    return await actor.caller.http.request(verb, BASE + path, headers=headers)


async def _timed(
    operation: Operation, plays: list[Play], strangers: dict[str, list[Actor]], times: int
) -> tuple[float, float]:
    """By how many milliseconds the hidden takes longer in the median, and how likely that is by chance."""
    hidden = list(_hidden(operation, plays, strangers))
    taken: dict[bool, list[float]] = {True: [], False: []}
    for it, path, actor in itertools.islice(itertools.cycle(hidden), times):
        body = filled(it, operation)
        asked = [(True, path), (False, _never(operation))]
        random.shuffle(asked)
        for is_there, one in asked:
            begun = time.perf_counter()
            await actor.send(operation, one, body, match=A_VERSION)
            taken[is_there].append((time.perf_counter() - begun) * 1000)
    there, never = taken[True], taken[False]
    return statistics.median(there) - statistics.median(never), mann_whitney(there, never)


def mann_whitney(some: list[float], others: list[float]) -> float:
    """How likely it is, two-sided, that two hosts of numbers of one kind differ in rank as much as these.

    By the normal approximation, which is good from some twenty on either side; times are hardly ever equal.
    """
    n, m = len(some), len(others)
    ranked = sorted([(one, True) for one in some] + [(one, False) for one in others])
    ranks = sum(rank for rank, (_, is_some) in enumerate(ranked, 1) if is_some)
    u = ranks - n * (n + 1) / 2
    deviation = math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(u - n * m / 2) / deviation / math.sqrt(2))


GATE = Gate("g3", "The hidden cannot be told from what never was.", 7, trial)
