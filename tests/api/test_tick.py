import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from pydantic import SecretStr

from app.auth.principal import Assignment
from app.db.ids import new_id
from app.domain.access import Operation
from app.errors import NotAllowed
from app.services.desk import Desk
from app.services.house import House
from app.services.tick import propose, service_desks, tick
from app.settings import Settings
from app.wiring import build_house
from dev.postgres import Urls
from tests.api.behind import counted
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.scenes import CaseMade, case_with_need, contact, made


@pytest.fixture
async def house(application: Application, keys_file: Path) -> AsyncIterator[House]:
    """What the worker works with."""
    settings = Settings(database_url=SecretStr(application.urls.api), FLERPART_KEYS_FILE=keys_file)
    made_up = build_house(settings, application.keyring)
    async with made_up.database.opened():
        yield made_up


def desk_of(house: House, caller: Caller, clock: Clock, role: str = "service") -> Desk:
    """The desk time sits at for the caller's organisation."""
    return Desk(
        house,
        Assignment(
            account_id=caller.account_id,
            organisation_id=caller.organisation_id,
            unit_id=caller.unit_id,
            officer_id=caller.officer_id,
            roles=frozenset({role}),
            display_name="",
            language=None,
        ),
        clock(),
    )


async def unanswered(fk: Caller, af: Caller, times: int = 2) -> CaseMade:
    """A case in which another organisation has not answered so many times."""
    seen = await case_with_need(fk)
    for _ in range(times):
        await contact(fk, seen, af.organisation_id, answered=False)
    return seen


async def test_two_unanswered_attempts_are_proposed_as_a_deviation(
    staff: Staff, house: House, clock: Clock
) -> None:
    """UPP-070: the case's unit finds the proposal, made once however often time passes by."""
    fk, af, machine = await staff("FK"), await staff("AF"), await staff("FK", "service")
    seen = await unanswered(fk, af)
    desk = desk_of(house, machine, clock)
    assert [await propose(desk, seen.id) for _ in range(3)] == [1, 0, 0]
    (line,) = (await fk.get("/deviations")).json()["items"]
    shown = (await fk.get(f"/deviations/{line['id']}")).json()
    assert {name: shown[name] for name in ("type", "status", "origin", "aboutParty", "proposedByRule")} == {
        "type": "no_answer",
        "status": "proposed",
        "origin": "proposed",
        "aboutParty": "AF",
        "proposedByRule": "AVV-1",
    }
    assert (shown["caseId"], shown["subjectKind"]) == (str(seen.id), "contact")
    assert [one["rel"] for one in shown["_links"]] == ["self", "confirmations", "dismissals"]


async def test_one_unanswered_attempt_is_no_deviation(staff: Staff, house: House, clock: Clock) -> None:
    """UPP-070: repeated means at least twice."""
    fk, af, machine = await staff("FK"), await staff("AF"), await staff("FK", "service")
    seen = await unanswered(fk, af, times=1)
    assert await propose(desk_of(house, machine, clock), seen.id) == 0


async def test_of_two_ticks_at_once_one_proposes(staff: Staff, house: House, clock: Clock) -> None:
    """Two machines look at the same case at the same moment: one deviation is proposed."""
    fk, af, machine = await staff("FK"), await staff("AF"), await staff("FK", "service")
    seen = await unanswered(fk, af)
    desk = desk_of(house, machine, clock)
    assert sorted(await asyncio.gather(*(propose(desk, seen.id) for _ in range(4)))) == [0, 0, 0, 1]
    assert len((await fk.get("/deviations")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("way", "body", "status"),
    [("confirmations", {}, "reported"), ("dismissals", {"reason": "De svarade per brev."}, "dismissed")],
)
async def test_a_person_decides_on_a_proposal_once_and_for_all(
    staff: Staff, house: House, clock: Clock, way: str, body: dict[str, str], status: str
) -> None:
    """A confirmed proposal is a deviation, a dismissed one is none; neither comes back."""
    fk, af, machine = await staff("FK"), await staff("AF"), await staff("FK", "service")
    seen, desk = await unanswered(fk, af), desk_of(house, machine, clock)
    await propose(desk, seen.id)
    path = f"/deviations/{(await fk.get('/deviations')).json()['items'][0]['id']}"
    await made(fk, f"{path}/{way}", body)
    assert (await fk.get(path)).json()["status"] == status
    again = await fk.post(f"{path}/{way}", body)
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")
    assert await propose(desk, seen.id) == 0


async def test_a_dismissal_needs_its_reason(staff: Staff, house: House, clock: Clock) -> None:
    """Without a reason nothing is dismissed."""
    fk, af, machine = await staff("FK"), await staff("AF"), await staff("FK", "service")
    seen = await unanswered(fk, af)
    await propose(desk_of(house, machine, clock), seen.id)
    path = f"/deviations/{(await fk.get('/deviations')).json()['items'][0]['id']}"
    assert (await fk.post(f"{path}/dismissals", {})).status_code == 422
    assert (await fk.get(path)).json()["status"] == "proposed"


async def test_of_a_confirmation_and_a_dismissal_at_once_one_counts(
    staff: Staff, house: House, clock: Clock
) -> None:
    """Two officers decide differently at the same moment: one decision is kept."""
    fk, af, machine = await staff("FK"), await staff("AF"), await staff("FK", "service")
    seen = await unanswered(fk, af)
    await propose(desk_of(house, machine, clock), seen.id)
    path = f"/deviations/{(await fk.get('/deviations')).json()['items'][0]['id']}"
    both = await asyncio.gather(
        fk.post(f"{path}/confirmations", {}), fk.post(f"{path}/dismissals", {"reason": "Ett misstag."})
    )
    assert sorted(one.status_code for one in both) == [201, 409]
    assert len((await fk.get(path)).json()["steps"]) == 1


async def test_a_proposal_is_counted_when_a_person_has_confirmed_it(
    staff: Staff, house: House, clock: Clock, application: Application
) -> None:
    """UPP-125: what nobody has confirmed is no deviation, and stands in no count."""
    fk, af, machine = await staff("FK"), await staff("AF"), await staff("FK", "service")
    fact = ("deviation", "no_answer", "AF")
    before = (await counted(application))[fact]
    seen = await unanswered(fk, af)
    await propose(desk_of(house, machine, clock), seen.id)
    assert (await counted(application))[fact] == before
    path = f"/deviations/{(await fk.get('/deviations')).json()['items'][0]['id']}"
    await made(fk, f"{path}/confirmations", {})
    assert (await counted(application))[fact] == before + 1


async def test_a_run_goes_part_by_part_through_all_units(staff: Staff, house: House, clock: Clock) -> None:
    """The cursor leads through every case of the organisation, and a part has its bound."""
    af, machine = await staff("AF"), await staff("KOMMUN", "service", organisation=1)
    units = [await staff("KOMMUN", organisation=1) for _ in range(3)]
    cases = [await unanswered(one, af) for one in units]
    desk = desk_of(house, machine, clock)
    seen, after = 0, UUID(int=0)
    while True:
        part, following = await tick(desk, after, most=2)
        assert part.seen <= 2
        assert part.failed == 0
        seen += part.seen
        if following is None:
            break
        after = following
    assert seen >= len(cases)
    for one in units:
        assert len((await one.get("/deviations")).json()["items"]) == 1


async def test_a_case_that_cannot_be_read_stops_no_other(
    staff: Staff, house: House, clock: Clock, application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    """What goes wrong in one case is logged by its kind alone, and the next case is looked at."""
    af, machine = await staff("AF"), await staff("KOMMUN", "service", organisation=1)
    broken, sound = [await staff("KOMMUN", organisation=1) for _ in range(2)]
    first, second = await unanswered(broken, af), await unanswered(sound, af)
    await under_a_lost_agreement(application.urls, broken, first.id)
    try:
        part, _ = await tick(desk_of(house, machine, clock), UUID(int=first.id.int - 1))
    finally:
        await under_a_lost_agreement(application.urls, broken, first.id, "uppsala@2020-01-01")
    assert part.failed == 1
    said = [vars(record) for record in caplog.records if record.name == "flerpart.tick"]
    assert [(one["msg"], one["class"]) for one in said] == [("a case could not be looked at", "LookupError")]
    assert (await sound.get("/deviations")).json()["items"] != []
    assert second.id > first.id


async def under_a_lost_agreement(
    urls: Urls, of: Caller, case_id: UUID, agreement_id: str = "lost@2000-01-01"
) -> None:
    """Let a case run under an agreement the installation has lost, or has found again."""
    connection = await asyncpg.connect(urls.migration)
    try:
        await connection.execute("set role flerpart_owner")
        await connection.execute("alter table flerpart.case_file no force row level security")
        await connection.execute(
            "update flerpart.case_file set agreement_id = $1 where (org_id, id) = ($2, $3)",
            agreement_id,
            of.organisation_id,
            case_id,
        )
        await connection.execute("alter table flerpart.case_file force row level security")
    finally:
        await connection.close()


async def test_what_went_wrong_last_is_proposed_after_the_case_has_closed(
    staff: Staff, house: House, clock: Clock
) -> None:
    """A closed case is looked at for ninety days more, and then never again."""
    af, machine = await staff("AF"), await staff("KOMMUN", "service", organisation=2)
    unit = await staff("KOMMUN", organisation=2)
    seen = await unanswered(unit, af)
    await made(unit, f"{seen.path}/closures", {"version": seen.version, "reason": "moved"})
    clock.forward(days=90, seconds=1)
    before = UUID(int=seen.id.int - 1)
    late, _ = await tick(desk_of(house, machine, clock), before, most=1)
    assert (late.seen, late.proposed) == (0, 0)
    clock.forward(seconds=-2)
    in_time, _ = await tick(desk_of(house, machine, clock), before, most=1)
    assert (in_time.seen, in_time.proposed) == (1, 1)


async def test_only_a_machine_is_time(staff: Staff, house: House, clock: Clock) -> None:
    """A caseworker cannot let time propose anything."""
    fk = await staff("FK")
    with pytest.raises(NotAllowed):
        await tick(desk_of(house, fk, clock, "caseworker"))


async def test_a_case_of_another_organisation_is_not_time_s_to_see(
    staff: Staff, house: House, clock: Clock
) -> None:
    """An organisation's machine looks at its own cases only."""
    fk, af, machine = await staff("FK"), await staff("AF"), await staff("AF", "service")
    seen = await unanswered(fk, af)
    part, _ = await tick(desk_of(house, machine, clock), UUID(int=seen.id.int - 1), most=1)
    assert part.seen == 0
    assert new_id() > seen.id


async def test_time_acts_as_each_organisations_machine(staff: Staff, house: House, clock: Clock) -> None:
    """There is a desk for every organisation with a machine, and it may do nothing a machine may not."""
    machines = [await staff("FK", "service"), await staff("REGION", "service")]
    desks = {desk.assignment.organisation_id: desk for desk in await service_desks(house, clock())}
    for machine in machines:
        desks[machine.organisation_id].permit(Operation.TICK)
        with pytest.raises(NotAllowed):
            desks[machine.organisation_id].permit(Operation.READ_STATISTICS)


def environment(urls: Urls, keys_file: Path) -> dict[str, str]:
    """What our programs are started with."""
    return os.environ | {"DATABASE_URL": urls.api, "FLERPART_KEYS_FILE": str(keys_file)}


def test_tick_can_be_run_from_the_command_line(fresh_database: Urls, keys_file: Path) -> None:
    """`flerpart tick` says what it did, and ends well where there is nothing to do."""
    ran = subprocess.run(
        [sys.executable, "-m", "app.cli", "tick"],
        env=environment(fresh_database, keys_file),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout.splitlines()) == (
        0,
        ["0 cases seen, 0 deviations proposed, 0 cases failed.", "0 reads sealed."],
    )


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_when_told_to(fresh_database: Urls, keys_file: Path, word: signal.Signals) -> None:
    """`flerpart worker` works until SIGTERM or Ctrl-C, and then ends well."""
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "worker"],
        env=environment(fresh_database, keys_file),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert json.loads(process.stderr.readline())["event"] == "at work"
        process.send_signal(word)
        assert process.wait() == 0
