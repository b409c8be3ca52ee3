from typing import Any

import pytest

from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.owing import codes_about
from tests.api.planning import action, actions_of, by, by_individual, handed_out, met, proposed, said
from tests.api.scenes import NEVER, made, withdrawn
from tests.api.test_plan_distributions import counted


@pytest.fixture
async def fk(staff: Staff) -> Caller:
    """Försäkringskassan, who chairs."""
    return await staff("FK")


@pytest.fixture
async def af(staff: Staff) -> Caller:
    """Arbetsförmedlingen, who is there and owns an action."""
    return await staff("AF")


@pytest.fixture
async def kommun(staff: Staff) -> Caller:
    """A board of the municipality, who is there."""
    return await staff("KOMMUN")


class Planned:
    """A plan that has been handed out, with an action of AF's and one of the individual's."""

    def __init__(self, plan_id: Any, consent_id: Any, actions: dict[str, dict[str, Any]]) -> None:
        self.plan_id, self.consent_id = plan_id, consent_id
        self.practice = f"/actions/{actions['Praktik']['id']}"
        self.walk = f"/actions/{actions['Promenad']['id']}"


@pytest.fixture
async def planned(fk: Caller, af: Caller, kommun: Caller) -> Planned:
    """The plan of the three."""
    at = await met(fk, af, kommun, recorder=fk)
    plan_id = await proposed(fk, at, action(af, "Praktik"), action(None, "Promenad"))
    await handed_out(fk, plan_id, af, kommun)
    return Planned(plan_id, at.consent_id, await actions_of(fk, plan_id))


async def status(reader: Caller, path: str) -> str:
    """Where an action stands, as somebody reads it."""
    read = await reader.get(path)
    assert read.status_code == 200, read.text
    answered: str = read.json()["status"]
    return answered


async def test_an_owner_accepts_starts_and_does_its_action(
    application: Application, planned: Planned, fk: Caller, af: Caller, kommun: Caller
) -> None:
    """UPP-065, 111: the owner's word makes the status; everybody in the plan sees each, with its history."""
    path = f"{planned.practice}/commitments"
    before = await counted(application, "action_reported", "done", "AF")
    for word in ("accepted", "ongoing", "done"):
        await made(af, path, said(status=word))
        assert {await status(one, planned.practice) for one in (fk, af, kommun)} == {word}
    read = (await kommun.get(planned.practice)).json()
    assert [one["word"] for one in read["history"]] == ["accepted", "ongoing", "done"]
    assert await counted(application, "action_reported", "done", "AF") == before + 1


async def test_what_is_not_done_is_told_with_a_reason_for_the_holder(
    planned: Planned, fk: Caller, af: Caller, kommun: Caller
) -> None:
    """UPP-111: that it was not done reaches all, why only the holder; a reason is needed."""
    path = f"{planned.practice}/commitments"
    refused = await af.post(path, said(status="not_done"))
    assert (refused.status_code, refused.json()["invalidParameters"][0]["code"]) == (422, "REASON_MISSING")
    await made(af, path, said(status="not_done", reason="Butiken har stängt"))
    reasons = [(await one.get(planned.practice)).json()["history"][0]["reason"] for one in (fk, kommun)]
    assert reasons == ["Butiken har stängt", None]


async def test_anothers_action_is_not_ones_own(
    planned: Planned, fk: Caller, kommun: Caller, staff: Staff
) -> None:
    """UPP-065: whoever sees an action that is another's is refused; a stranger is told that there is none."""
    path = f"{planned.practice}/commitments"
    for other in (kommun, fk):
        refused = await other.post(path, said(status="accepted"))
        assert (refused.status_code, refused.json()["code"]) == (403, "ACTION_NOT_OWN")
    spoken = await kommun.post(f"{planned.walk}/commitments", by_individual(status="done"))
    assert (spoken.status_code, spoken.json()["code"]) == (403, "ACTION_NOT_OWN")
    region = await staff("REGION")
    hidden = await region.post(path, said(status="accepted"))
    never = await region.post(f"/actions/{NEVER}/commitments", said(status="accepted"))
    assert hidden.status_code == 404
    assert hidden.content == never.content
    assert (await region.get(planned.practice)).status_code == 404
    assert (await fk.get(planned.practice)).json()["history"] == []


async def test_the_holder_writes_down_what_the_individual_says(planned: Planned, fk: Caller) -> None:
    """The individual has no account: the plan's holder records how the individual's action goes."""
    await made(fk, f"{planned.walk}/commitments", by_individual(status="done"))
    assert await status(fk, planned.walk) == "done"
    wrong = await fk.post(f"{planned.practice}/commitments", by_individual(status="done"))
    assert wrong.json()["code"] == "ACTION_NOT_OWN"


async def test_the_owners_own_word_outranks_the_holders(planned: Planned, fk: Caller, af: Caller) -> None:
    """What the holder wrote down counts until the owner itself speaks, and no longer."""
    path = f"{planned.practice}/commitments"
    await made(af, path, said(status="ongoing", occurredAt="2026-03-02T08:00:00Z"))
    await made(fk, path, by(af, status="done"))
    assert await status(fk, planned.practice) == "ongoing"


async def test_an_action_changes_hands_when_the_receiver_takes_over(
    planned: Planned, fk: Caller, af: Caller, kommun: Caller
) -> None:
    """UPP-116: an offer moves nothing and is remarked on; whoever takes over then reports."""
    path = f"{planned.practice}/commitments"
    early = await kommun.post(path, said(status="transferred"))
    assert early.json()["code"] == "ACTION_NOT_OWN"
    offer = said(status="transfer_offered", toOrganisationId=str(kommun.organisation_id))
    offered = await af.post(path, offer)
    assert [one["code"] for one in offered.json()["remarks"]] == ["OWNER_CHANGE_UNAGREED"]
    assert (await fk.get(planned.practice)).json()["ownerNow"]["organisationId"] == str(af.organisation_id)
    await made(kommun, path, said(status="transferred"))
    read = (await fk.get(planned.practice)).json()
    assert read["ownerNow"]["organisationId"] == str(kommun.organisation_id)
    assert (await af.post(path, said(status="done"))).json()["code"] == "ACTION_NOT_OWN"
    await made(kommun, path, said(status="done"))
    assert await status(fk, planned.practice) == "done"


async def test_an_offered_action_waits_for_its_receiver(
    planned: Planned, fk: Caller, af: Caller, kommun: Caller
) -> None:
    """UPP-006, 116: the offer is on the receiver's list until it answers; a no leaves it with its owner."""
    path, action_id = f"{planned.practice}/commitments", planned.practice.removeprefix("/actions/")
    await made(af, path, said(status="accepted"))
    assert await codes_about(kommun, action_id) == []
    offer = said(status="transfer_offered", toOrganisationId=str(kommun.organisation_id))
    await made(af, path, offer)
    assert await codes_about(kommun, action_id) == ["ACTION_OFFERED"]
    early = await fk.post(path, said(status="declined"))
    assert (early.status_code, early.json()["code"]) == (403, "ACTION_NOT_OWN")
    await made(kommun, path, said(status="declined", reason="Ligger utanför vårt uppdrag"))
    assert await codes_about(kommun, action_id) == []
    read = (await fk.get(planned.practice)).json()
    assert (read["status"], read["ownerNow"]["organisationId"]) == ("accepted", str(af.organisation_id))


@pytest.mark.parametrize(
    ("word", "pointer", "code"),
    [
        ({"status": "transfer_offered"}, "/toOrganisationId", "RECEIVER_MISSING"),
        ({"status": "done", "toOrganisationId": NEVER}, "/toOrganisationId", "RECEIVER_NOT_WANTED"),
        (
            {"status": "transfer_offered", "toOrganisationId": NEVER},
            "/toOrganisationId",
            "UNKNOWN_ORGANISATION",
        ),
        ({"status": "done", "corrects": NEVER}, "/corrects", "STATEMENT_UNKNOWN"),
        ({"status": "done", "occurredAt": "2026-03-03T09:00:00Z"}, "/occurredAt", "DATE_AHEAD"),
        ({"status": "finished"}, "/status", "NOT_IN_LIST"),
    ],
)
async def test_a_word_that_cannot_be_is_refused_by_field(
    planned: Planned, af: Caller, word: dict[str, Any], pointer: str, code: str
) -> None:
    """What a word of its kind lacks, or what names nothing, is refused by field, and nothing is kept."""
    refused = await af.post(f"{planned.practice}/commitments", said() | word)
    (field,) = refused.json()["invalidParameters"]
    assert (refused.status_code, field["pointer"], field["code"]) == (422, pointer, code)
    assert await status(af, planned.practice) == "open"


async def test_a_correction_takes_back_the_earlier_word(planned: Planned, af: Caller, fk: Caller) -> None:
    """An owner that reported by mistake corrects it; the history keeps both."""
    path = f"{planned.practice}/commitments"
    mistaken = await made(af, path, said(status="done"))
    await made(af, path, said(status="ongoing", corrects=str(mistaken), occurredAt="2026-03-02T08:00:00Z"))
    assert await status(fk, planned.practice) == "ongoing"
    assert len((await fk.get(planned.practice)).json()["history"]) == 2


async def test_a_withdrawn_owner_goes_on_reporting_on_its_copy(
    planned: Planned, fk: Caller, af: Caller, kommun: Caller
) -> None:
    """UPP-064: after the withdrawal the owner keeps its words and may add to them; the holder hears it."""
    path = f"{planned.practice}/commitments"
    await made(af, path, said(status="accepted"))
    await withdrawn(fk, planned.consent_id, af)
    assert await status(af, planned.practice) == "accepted"
    await made(af, path, said(status="done"))
    mine = (await af.get(planned.practice)).json()
    assert (mine["isCopy"], mine["status"], len(mine["history"])) == (True, "done", 2)
    assert await status(fk, planned.practice) == "done"
    assert await status(kommun, planned.practice) == "done"
    others = (await af.get(planned.walk)).json()
    assert (others["status"], others["history"]) == (None, [])
    refused = await af.post(f"{planned.walk}/commitments", said(status="done"))
    assert (refused.status_code, refused.json()["code"]) == (403, "ACTION_NOT_OWN")


async def test_an_action_whose_day_has_passed_is_overdue(planned: Planned, fk: Caller, clock: Clock) -> None:
    """Overdue is a flag beside the status, from the day after the action was due."""
    clock.now = clock.now.replace(month=5, day=29)
    assert (await fk.get(planned.practice)).json()["isOverdue"] is False
    clock.forward(days=1)
    assert (await fk.get(planned.practice)).json()["isOverdue"] is True


async def test_the_same_word_sent_twice_is_said_once(planned: Planned, af: Caller) -> None:
    """A word repeated with its key is one word, with one receipt."""
    path = f"{planned.practice}/commitments"
    first = await af.post(path, said(status="accepted"), key="accepted-once")
    again = await af.post(path, said(status="accepted"), key="accepted-once")
    assert (first.status_code, first.json()) == (201, again.json())
    assert len((await af.get(planned.practice)).json()["history"]) == 1


async def test_a_neighbouring_unit_does_not_see_the_plan(planned: Planned, fk: Caller, staff: Staff) -> None:
    """Inside the holder's organisation another unit's plan and its actions are as if they never were."""
    neighbour = await staff("FK")
    assert (await neighbour.get(f"/plans/{planned.plan_id}")).status_code == 404
    assert (await neighbour.get(planned.practice)).status_code == 404
    manager = await staff("FK", "manager")
    read = await manager.get(planned.practice)
    assert read.status_code == 200
    assert "commitments" not in {one["rel"] for one in read.json()["_links"]}
    assert "commitments" in {one["rel"] for one in (await fk.get(planned.practice)).json()["_links"]}
