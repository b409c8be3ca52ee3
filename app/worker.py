"""The background loop: what nobody asks for over HTTP, done again and again until told to end."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from app.auth.journal_key import JournalKey
from app.clock import present_moment
from app.errors import Unavailable
from app.services.house import House
from app.services.journal import publish_root_when_due, seal_reads
from app.services.tick import tick_everywhere

log = logging.getLogger("flerpart.worker")


async def work(
    house: House, clock: Callable[[], datetime], every_seconds: float, journal_key: JournalKey | None
) -> None:
    """Work until SIGTERM or SIGINT; a part that has begun is ended first.

    Where the database does not answer, it is tried again at the next turn. Without a journal key no roots
    are drawn.
    """
    told_to_end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for word in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(word, told_to_end.set)
    log.info("at work")
    while not told_to_end.is_set():
        try:
            async with house.database.opened():
                await _turns(house, clock, every_seconds, told_to_end, journal_key)
        except Unavailable:
            log.warning("the database does not answer")
            await _wait(told_to_end, every_seconds)


async def _turns(
    house: House,
    clock: Callable[[], datetime],
    every_seconds: float,
    told_to_end: asyncio.Event,
    journal_key: JournalKey | None,
) -> None:
    while not told_to_end.is_set():
        done = await tick_everywhere(house, clock, told_to_end.is_set)
        if done.proposed or done.failed:
            log.info("%s deviations proposed, %s cases failed", done.proposed, done.failed)
        await seal_reads(house.database)
        # Outsiders believe a root's time: it is the real one, wherever development has moved its clock.
        if journal_key and await publish_root_when_due(house.database, journal_key, present_moment()):
            log.info("a root was drawn over all chains of the journal")
        await _wait(told_to_end, every_seconds)


async def _wait(told_to_end: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(told_to_end.wait(), seconds)
