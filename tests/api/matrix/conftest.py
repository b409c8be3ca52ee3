"""The scene, played once for the whole run, and everybody who will call."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from starlette.applications import Starlette

from app.auth import development
from app.auth.keyring import KeyRing
from app.db.ids import new_id
from app.db.tables.deviations import Deviation
from app.http import about
from dev.postgres import Urls
from tests.api.behind import stored
from tests.api.conftest import FIRST_MOMENT, Application, Caller, Clock, Staff
from tests.api.matrix import scene
from tests.api.matrix.actors import Actor, cast, colleague
from tests.api.matrix.canaries import NUMBERS
from tests.api.matrix.play import Manner, Plainly, Play
from tests.api.matrix.recording import Log


def unknown(like: Caller, application: Application) -> Caller:
    """Somebody whose token is sound, and whom no organisation knows."""

    def token() -> str:
        return development.issue(
            application.keyring, "nobody-knows-me", audience=about.RESOURCE, now=application.clock()
        )

    return replace(like, token=token)


class Theatre:
    """Plays the routine, each time with players of another role."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.staff = Staff(application)
        self.played = 0

    async def propose(self, it: Play, name: str) -> None:
        """What the system proposes to the holder of the case: a deviation, kept under a name."""
        by, one = it.holder.caller, new_id()
        await stored(
            self.application,
            by,
            Deviation(
                org_id=by.organisation_id,
                id=one,
                unit_id=by.unit_id,
                agreement_id="uppsala@2020-01-01",
                type="absent",
                origin="proposed",
                about_org=it.called.caller.organisation_id,
                about_party="AF",
                case_org=by.organisation_id,
                case_id=UUID(it.ids["caseId"]),
                individual_id=UUID(it.ids["individualId"]),
                proposed_by_rule="AVV-2",
                subject_kind="meeting",
                subject_id=one,
                occurred_on=date(2026, 4, 20),
                recorded_by=by.account_id,
                recorded_at=it.clock.now,
            ),
        )
        it.ids[name] = str(one)

    async def play(self, role: str, manner: Manner) -> Play:
        """The routine with every part in one role; what managers may do is done by one the first time."""
        clock = self.application.clock
        clock.now = FIRST_MOMENT
        players = await cast(self.staff, clock, role)
        boss: dict[str, Actor] = players
        if self.played == 0:
            boss = {place: await colleague(self.staff, one, "manager") for place, one in players.items()}
        administrator, second, manager = [
            await colleague(self.staff, players["own"], one)
            for one in ("organisation_administrator", "organisation_administrator", "manager")
        ]
        number, stranger = NUMBERS[self.played], unknown(players["own"].caller, self.application)
        helpers = (administrator, second, manager)
        it = Play(players, boss, *helpers, clock, Log(), number, stranger, self.propose, manner)
        self.played += 1
        await scene.play(it)
        return it


@pytest.fixture(scope="session")
async def theatre(
    running: tuple[Starlette, Clock], database: Urls, keys_file: Path
) -> AsyncIterator[Theatre]:
    """The application, and a stage in it."""
    app, clock = running
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport) as http:
        yield Theatre(Application(http, clock, KeyRing.load(keys_file), database))


@pytest.fixture(scope="session")
async def played(theatre: Theatre) -> tuple[Play, datetime]:
    """The scene after the routine, and when that was."""
    it = await theatre.play("caseworker", Plainly())
    return it, it.clock.now


@pytest.fixture
def it(played: tuple[Play, datetime]) -> Play:
    """The scene, at the time it was left."""
    play, moment = played
    play.clock.now = moment
    return play
