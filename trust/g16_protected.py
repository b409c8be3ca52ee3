"""G16: nobody who is not cleared learns where a protected person is.

The routine is played to its end, everybody in it is protected, and every operation that answers something is
asked by every role at every place: contact data, place, link and office must be in no body and no header.
Whom two people have cleared must find all of it. Then the mark is set and lifted over and over while a
recipient reads the letter without a pause: a read that begins after the mark was acknowledged must not show
the place.
"""

import asyncio
import time
from dataclasses import dataclass

from tests.api.calling import called_meeting
from tests.api.conftest import Caller
from tests.api.matrix.actors import company
from tests.api.matrix.conftest import Theatre
from tests.api.matrix.document import OPERATIONS
from tests.api.matrix.whereabouts import BY_ANOTHER_VERB, READING, Watched, watched_play
from tests.api.protecting import protected
from tests.api.scenes import jointly
from trust.gate import Gate, Shown
from trust.ground import Ground, Place
from trust.stage import stage

FLIPS = 60
READERS = 4
PLACE = "Rum 4"
CEASED = {"source": "tax_agency_decision", "decidedOn": "2026-03-02"}


async def trial(ground: Ground) -> Shown:
    """Ask everything as everybody, then flip the mark."""
    async with ground.place() as place:
        theatre = stage(place)
        watched = await watched_play(theatre)
        answers, leaks = await _asked_by_everybody(theatre, watched)
        told = 0
        for where in ("own", "disclosed"):
            found = await watched.heard_by(await watched.clear(theatre, where), READING - BY_ANOTHER_VERB)
            told += found >= watched.told_to_the_cleared(where)
    async with ground.place() as place:
        tally = await _flipped(place)
    kept = leaks == tally.late == tally.hidden_wrongly == 0 and told == 2 and tally.seen > 0
    return Shown(
        kept,
        f"{answers:,} answers of {len(READING)} operations: {leaks} tell where a protected person is,"
        f" {told} of 2 cleared are told; {tally.reads:,} reads over {FLIPS} marks:"
        f" {tally.late} show the place after the mark, {tally.seen:,} before,"
        f" {tally.hidden_wrongly} wrongly hidden",
    )


async def _asked_by_everybody(theatre: Theatre, watched: Watched) -> tuple[int, int]:
    """How many answers there were, and how many of them leaked."""
    answers = leaks = 0
    for actor in await company(theatre.staff, watched.it.players):
        for name in sorted(READING):
            status, text = await watched.answer_to(OPERATIONS[name], actor)
            answers += 1
            leaks += status >= 500 or bool(watched.heard_in(text))
    return answers, leaks


@dataclass
class _Tally:
    """What readers met. `open_since` and `marked_since` say from when it must be the one or the other."""

    open_since: float | None = 0.0
    marked_since: float | None = None
    reads: int = 0
    seen: int = 0
    late: int = 0
    hidden_wrongly: int = 0
    over: bool = False


async def _flipped(place: Place) -> _Tally:
    holder, reader = await place.staff("FK"), await place.staff("AF")
    bosses = [await place.staff(party, "manager") for party in ("FK", "AF")]
    it = await called_meeting(holder, reader)
    path = f"/summonses/{it.summonses[reader.organisation_id]}"
    there = (await reader.get(path)).json()["individualId"]
    here = it.meeting.case.individual_id
    tally = _Tally()
    readers = [asyncio.create_task(_reads(reader, path, tally)) for _ in range(READERS)]
    try:
        for _ in range(FLIPS):
            await _some_reads(tally)
            tally.open_since = None
            await protected(holder, here)
            tally.marked_since = time.perf_counter()
            await _some_reads(tally)
            tally.marked_since = None
            for by, whom, boss in ((holder, here, bosses[0]), (reader, there, bosses[1])):
                await jointly(await by.post(f"/individuals/{whom}/protection-liftings", CEASED), boss)
            tally.open_since = time.perf_counter()
    finally:
        tally.over = True
        await asyncio.gather(*readers)
    return tally


async def _some_reads(tally: _Tally) -> None:
    before = tally.reads
    while tally.reads < before + 3 * READERS:
        await asyncio.sleep(0.005)


async def _reads(reader: Caller, path: str, tally: _Tally) -> None:
    while not tally.over:
        begun, opened, marked = time.perf_counter(), tally.open_since, tally.marked_since
        shows = PLACE in (await reader.get(path)).text
        tally.reads += 1
        if shows:
            tally.seen += 1
            tally.late += marked is not None and begun > marked
        else:
            tally.hidden_wrongly += opened is not None and begun > opened and tally.open_since == opened


GATE = Gate("g16", "Nobody who is not cleared learns where a protected person is.", 4, trial)
