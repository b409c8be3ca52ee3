"""Every kind of work: it is on the list of whoever owes it, on nobody else's, and off it when it is done."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr

from app.auth.principal import Assignment
from app.services.desk import Desk
from app.services.tick import propose
from app.settings import Settings
from app.wiring import build_house
from tests.api.calling import EXPLAINED, TIME, called_meeting
from tests.api.conduct import open_meeting, opening
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.owing import codes_about, codes_in
from tests.api.planning import (
    action,
    actions_of,
    by_individual,
    handed_out,
    held,
    met,
    proposed,
    said,
)
from tests.api.scenes import (
    MEETING,
    PREPARATION,
    MeetingMade,
    case_with_need,
    consent,
    contact,
    documented,
    invitee,
    made,
    word,
)


@pytest.fixture
async def fk(staff: Staff) -> Caller:
    """Who holds the case."""
    return await staff("FK")


@pytest.fixture
async def af(staff: Staff) -> Caller:
    """Another organisation's unit."""
    return await staff("AF")


@pytest.fixture
async def kommun(staff: Staff) -> Caller:
    """A third."""
    return await staff("KOMMUN")


async def test_a_summons_is_acknowledged(staff: Staff, fk: Caller, af: Caller) -> None:
    """UPP-043: the unit that was called owes a confirmation; its neighbour does not, nor does the caller."""
    called = await called_meeting(fk, af)
    summons_id = called.summonses[af.organisation_id]
    for other in (await staff("AF"), fk):
        assert await codes_about(other, summons_id) == []
    assert await codes_about(af, summons_id) == ["CONFIRM_INVITATION", "PREPARE_FOR_MEETING"]
    await made(af, f"/summonses/{summons_id}/replies", said(reply="acknowledged"))
    assert "CONFIRM_INVITATION" not in await codes_about(af, summons_id)


async def test_a_plan_is_approved_by_whoever_was_there_without_a_letter(
    staff: Staff, fk: Caller, af: Caller
) -> None:
    """UPP-054: whoever came without having been called owes a word on the plan, in whichever unit."""
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    for unit in (af, await staff("AF")):
        assert await codes_about(unit, plan_id) == ["PLAN_NOT_APPROVED"]
    await made(af, f"/plans/{plan_id}/approvals", said(version=1, answer="approved"))
    assert await codes_about(af, plan_id) == []
    assert (await codes_about(fk, plan_id)).count("PLAN_NOT_APPROVED") == 2
    await made(fk, f"/plans/{plan_id}/approvals", by_individual(version=1, answer="approved"))
    assert (await codes_about(fk, plan_id)).count("PLAN_NOT_APPROVED") == 1


async def test_a_case_without_a_letter_is_the_called_units_once_one_has_come(
    staff: Staff, fk: Caller, af: Caller
) -> None:
    """Inside an organisation a letter says whose concern the case is, also what was shown before it came."""
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    called, neighbour = await staff("AF"), await staff("AF")
    begun = await made(fk, f"{at.case.path}/meetings", MEETING | {"followsUp": {"planId": str(plan_id)}})
    await handed_over_a_letter(fk, begun, at.case.path, called)
    assert await codes_about(called, plan_id) == ["PLAN_NOT_APPROVED"]
    assert await codes_about(neighbour, plan_id) == []


async def handed_over_a_letter(fk: Caller, meeting_id: UUID, case_path: str, to: Caller) -> None:
    """A summons of that meeting has been issued to somebody's unit."""
    path = f"/meetings/{meeting_id}"
    await made(fk, f"{path}/preparations", PREPARATION)
    await made(fk, f"{path}/invitees", invitee(to))
    version = (await fk.get(path)).json()["version"]
    booked = await fk.post(f"{path}/bookings", {"version": version, "time": TIME})
    consent_id = await made(fk, f"{case_path}/consents", word(to, kind="call"))
    await documented(consent_id, fk)
    await made(fk, f"{path}/summonses", {"version": booked.json()["version"]} | EXPLAINED)


async def test_an_action_is_accepted_by_an_owner_who_was_not_there(
    fk: Caller, af: Caller, kommun: Caller
) -> None:
    """UPP-006: an absent owner's action is open, and it is on the owner's list until the owner answers."""
    at = await met(fk, af, recorder=fk, absent=[kommun])
    plan_id = await proposed(fk, at, action(kommun, "Boendestöd"))
    action_id = (await actions_of(fk, plan_id))["Boendestöd"]["id"]
    assert await codes_about(kommun, action_id) == ["ACTION_NOT_ACCEPTED"]
    assert await codes_about(af, action_id) == []
    await handed_out(fk, plan_id, af)
    assert await codes_about(kommun, action_id) == ["ACTION_NOT_ACCEPTED"]
    await made(kommun, f"/actions/{action_id}/commitments", said(status="accepted"))
    assert await codes_about(kommun, action_id) == ["ACTION_DUE_SOON"]


async def test_an_action_is_reported_on(fk: Caller, af: Caller, clock: Clock) -> None:
    """UPP-065: near its day and after it, until the owner has told how it went."""
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at, action(af, "Praktik"))
    action_id = (await actions_of(fk, plan_id))["Praktik"]["id"]
    path = f"/actions/{action_id}/commitments"
    await made(af, path, said(status="accepted"))
    clock.now = clock.now.replace(month=5, day=30)
    assert await codes_about(af, action_id) == ["ACTION_OVERDUE"]
    await made(af, path, said(status="not_done", reason="Butiken har stängt"))
    assert await codes_about(af, action_id) == []


async def test_a_party_reports_at_the_follow_up(fk: Caller, af: Caller) -> None:
    """UPP-066: once the follow-up has been opened each party of the plan owes its account."""
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at, action(af))
    begun = await made(fk, f"{at.case.path}/meetings", MEETING | {"followsUp": {"planId": str(plan_id)}})
    assert "PARTY_REPORT_MISSING" not in await codes_about(af, begun)
    await made(fk, f"/meetings/{begun}/openings", opening(fk, af))
    assert await codes_about(af, begun) == ["PARTY_REPORT_MISSING"]
    await made(af, f"/meetings/{begun}/reports", said(text="Praktiken går bra."))
    assert await codes_about(af, begun) == []


async def test_a_consent_is_documented_by_each_party(fk: Caller, af: Caller) -> None:
    """UPP-020: each party that the case is known to documents the consent, and owes it until it has."""
    _, consent_id = await open_meeting(fk, af)
    for one in (fk, af):
        assert await codes_about(one, consent_id) == ["CONSENT_NOT_DOCUMENTED"]
        await documented(consent_id, one)
        assert await codes_about(one, consent_id) == []


async def test_a_consent_is_renewed_before_it_ends(fk: Caller, af: Caller) -> None:
    """UPP-016: whoever took it asks anew before it ends; a longer one takes its place."""
    seen = await case_with_need(fk)
    ending = await consent(fk, seen, af, endsOn="2026-03-20")
    assert "CONSENT_ENDS_SOON" in await codes_about(fk, ending)
    await consent(fk, seen, af, endsOn="2027-03-20")
    assert "CONSENT_ENDS_SOON" not in await codes_about(fk, ending)


async def test_a_case_whose_officer_has_left_is_the_units_task(staff: Staff, fk: Caller) -> None:
    """UPP-126: once its carrier has left, somebody of the unit takes the case."""
    administrator = await staff("FK", "organisation_administrator")
    colleague = await staff("FK", unit_id=fk.unit_id)
    seen = await case_with_need(fk)
    assert "OFFICER_MISSING" not in await codes_about(colleague, seen.id)
    kept = (await administrator.get(f"/officers/{fk.officer_id}")).json()
    fields = {name: kept[name] for name in ("unitId", "name", "title", "function", "email", "telephone")}
    left = await administrator.put(
        f"/officers/{fk.officer_id}", fields | {"leftOn": "2026-03-02"}, kept["version"]
    )
    assert left.status_code == 200, left.text
    assert "OFFICER_MISSING" in await codes_about(colleague, seen.id)


async def proposal(application: Application, keys_file: Path, machine: Caller, case_id: UUID) -> None:
    """Time has looked at the case, and proposed one deviation."""
    settings = Settings(database_url=SecretStr(application.urls.api), FLERPART_KEYS_FILE=keys_file)
    house = build_house(settings, application.keyring)
    assignment = Assignment(
        account_id=machine.account_id,
        organisation_id=machine.organisation_id,
        unit_id=machine.unit_id,
        officer_id=machine.officer_id,
        roles=frozenset({"service"}),
        display_name="",
        language=None,
    )
    async with house.database.opened():
        assert await propose(Desk(house, assignment, application.clock()), case_id) == 1


@pytest.mark.parametrize("is_closed", [False, True], ids=["in an open case", "in a closed case"])
async def test_a_proposed_deviation_is_decided_on(
    application: Application, keys_file: Path, staff: Staff, fk: Caller, af: Caller, is_closed: bool
) -> None:
    """UPP-068: the unit owes a decision on what was proposed, also when its case has ended since."""
    seen, machine = await case_with_need(fk), await staff("FK", "service")
    for _ in range(2):
        await contact(fk, seen, af.organisation_id, answered=False)
    await proposal(application, keys_file, machine, seen.id)
    if is_closed:
        version = (await fk.get(seen.path)).json()["version"]
        await made(fk, f"{seen.path}/closures", {"version": version, "reason": "moved"})
    (line,) = (await fk.get("/deviations")).json()["items"]
    assert await codes_about(fk, line["id"]) == ["DEVIATION_PROPOSED"]
    assert (await codes_in(fk, seen.id) == {"DEVIATION_PROPOSED"}) is is_closed
    await made(fk, f"/deviations/{line['id']}/confirmations", {})
    assert await codes_about(fk, line["id"]) == []


async def test_a_proposal_stays_with_the_unit_it_came_to(
    application: Application, keys_file: Path, staff: Staff, fk: Caller, af: Caller
) -> None:
    """What the unit alone can decide on is its task, also when another unit carries the case on."""
    seen, machine, other = await case_with_need(fk), await staff("FK", "service"), await staff("FK")
    for _ in range(2):
        await contact(fk, seen, af.organisation_id, answered=False)
    await proposal(application, keys_file, machine, seen.id)
    (line,) = (await fk.get("/deviations")).json()["items"]
    version = (await fk.get(seen.path)).json()["version"]
    handed = {"version": version, "officerId": str(other.officer_id), "reason": "Personen har flyttat"}
    await made(fk, f"{seen.path}/carriers", handed)
    assert (await fk.get(seen.path)).status_code == 404
    assert await codes_about(fk, line["id"]) == ["DEVIATION_PROPOSED"]
    assert await codes_about(other, line["id"]) == []


async def test_a_withdrawal_ends_what_others_owe(fk: Caller, af: Caller) -> None:
    """UPP-019: whoever consent is taken back from is asked for nothing more in the case."""
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    assert await codes_in(af, at.case.id)
    taken_back = {"occurredAt": "2026-03-02T08:45:00Z", "manner": "oral"}
    await made(fk, f"/consents/{at.consent_id}/withdrawals", taken_back)
    assert await codes_in(af, at.case.id) == set()
    assert await codes_about(af, plan_id) == []


async def test_a_letter_still_shown_brings_along_no_plan(fk: Caller, af: Caller, clock: Clock) -> None:
    """Consent to the call lives, consent to the exchange is withdrawn: of plan and action nothing is owed."""
    called = await called_meeting(fk, af)
    clock.now = datetime(2026, 4, 20, 8, tzinfo=UTC)
    told: dict[str, Any] = {"informedAt": "2026-04-20T07:00:00Z", "occurredAt": "2026-04-20T07:30:00Z"}
    in_case, begun = called.meeting.case, called.meeting
    version = (await fk.get(begun.path)).json()["version"]
    at = await held(fk, MeetingMade(begun.id, in_case, version), af, recorder=fk, **told)
    plan_id = await proposed(fk, at, action(af))
    ((_, mine),) = (await actions_of(af, plan_id)).items()
    assert await codes_about(af, mine["id"]) == ["ACTION_NOT_ACCEPTED"]
    before = await codes_about(af, called.summonses[af.organisation_id])
    taken_back = {"occurredAt": "2026-04-20T08:00:00Z", "manner": "oral"}
    await made(fk, f"/consents/{at.consent_id}/withdrawals", taken_back)
    assert (await af.get(f"/actions/{mine['id']}")).status_code == 404
    assert await codes_about(af, mine["id"]) == await codes_about(af, plan_id) == []
    assert await codes_about(af, called.summonses[af.organisation_id]) == before
