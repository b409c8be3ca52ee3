"""G4: withdrawal bites before the withdrawal call returns.

Readers of one organisation read the meeting without a pause while consent to it is given, an act shows it,
and consent is taken back, over and over. A read that begins after the withdrawal was acknowledged, and is
answered before the next act shows it anew, must find nothing; one between showing and withdrawal must find
the meeting.
"""

import asyncio
import time
from dataclasses import dataclass

from tests.api.conftest import Application, Caller
from tests.api.scenes import MeetingMade, consent, meeting, withdrawn
from tests.api.signed import show_meeting
from trust.gate import Gate, Shown
from trust.ground import Ground

FLIPS = 400
READS = 20_000
READERS = 8


@dataclass
class _Tally:
    """What readers met. `shown` and `hidden` say since when it must be the one or the other."""

    shown: float | None = None
    hidden: float | None = 0.0
    reads: int = 0
    seen: int = 0
    after: int = 0
    late: int = 0
    missed: int = 0
    strange: int = 0
    over: bool = False


async def trial(ground: Ground) -> Shown:
    """Flip until there have been as many flips and as many reads as promised."""
    async with ground.place() as place:
        holder, reader = await place.staff("FK"), await place.staff("AF")
        held = await meeting(holder)
        tally = _Tally()
        readers = [asyncio.create_task(_reads(reader, held, tally)) for _ in range(READERS)]
        application = place.staff.application
        flips = 0
        try:
            while flips < FLIPS or tally.reads < READS:
                await _flip(application, holder, reader, held, tally)
                flips += 1
        finally:
            tally.over = True
            await asyncio.gather(*readers)
    kept = tally.late == tally.missed == tally.strange == 0 and min(tally.seen, tally.after) > flips
    return Shown(
        kept,
        f"{tally.reads:,} reads over {flips} flips: {tally.late} of {tally.after:,} after an acknowledged"
        f" withdrawal, {tally.seen:,} while shown, {tally.missed} wrongly hidden,"
        f" {tally.strange} other answers",
    )


async def _flip(
    application: Application, holder: Caller, reader: Caller, held: MeetingMade, tally: _Tally
) -> None:
    given = await consent(holder, held.case, reader)
    tally.hidden = None
    await show_meeting(application, holder, held, given, reader)
    tally.shown = time.perf_counter()
    before = tally.seen
    while tally.seen < before + READERS:
        await asyncio.sleep(0.005)
    tally.shown = None
    await withdrawn(holder, given)
    tally.hidden = time.perf_counter()
    before = tally.reads
    while tally.reads < before + 3 * READERS:
        await asyncio.sleep(0.005)


async def _reads(reader: Caller, held: MeetingMade, tally: _Tally) -> None:
    while not tally.over:
        begun, hidden, shown = time.perf_counter(), tally.hidden, tally.shown
        answer = await reader.get(held.path)
        tally.reads += 1
        after = hidden is not None and begun > hidden and tally.hidden == hidden
        tally.after += after
        if answer.status_code == 200:
            tally.seen += 1
            tally.late += after
        elif answer.status_code == 404:
            tally.missed += shown is not None and begun > shown and tally.shown == shown
        else:
            tally.strange += 1


GATE = Gate("g4", "A withdrawal has taken effect when it is acknowledged.", 4, trial)
