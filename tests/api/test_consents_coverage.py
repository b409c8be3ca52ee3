"""Whom consent covers at a meeting."""

from typing import Any

import pytest

from tests.api.calling import booked_meeting
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.scenes import (
    NEVER,
    MeetingMade,
    consent,
    documented,
    made,
    meeting,
    prepared_meeting,
    withdrawn,
)
from tests.api.signed import show_meeting


async def matrix(caller: Caller, held: MeetingMade) -> dict[str, dict[str, Any]]:
    """The organisations' cells by organisation and kind."""
    told = await caller.get(f"{held.path}/consent-coverage")
    assert told.status_code == 200, told.text
    return {
        one["organisationId"]: {cell["kind"]: cell for cell in one["consents"]}
        for one in told.json()["organisations"]
    }


async def test_each_invitee_has_a_cell_for_each_kind(staff: Staff) -> None:
    """UPP-016, UPP-020, UPP-088: covered by which consent, until when, documented by whom; or not asked."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held = await booked_meeting(fk, af)
    await made(
        fk,
        f"{held.path}/invitees",
        {
            "kind": "organisation",
            "organisationId": str(region.organisation_id),
            "unitId": str(region.unit_id),
            "function": "rehabiliteringskoordinator",
            "agreedWithIndividual": True,
        },
    )
    short = await consent(fk, held.case, af, kind="call", endsOn="2026-03-31")
    await documented(short, fk)
    exchange = await consent(fk, held.case, af)
    cells = await matrix(fk, held)
    assert cells[str(af.organisation_id)]["call"] == {
        "kind": "call",
        "state": "covered",
        "consentId": str(short),
        "endsOn": "2026-03-31",
        "holdsAtTheMeeting": False,
        "documentedBy": [str(fk.organisation_id)],
    }
    told = cells[str(af.organisation_id)]["information_exchange"]
    assert (told["state"], told["endsOn"], told["holdsAtTheMeeting"]) == ("covered", None, True)
    assert {one["state"] for one in cells[str(region.organisation_id)].values()} == {"not_asked"}
    own = cells[str(fk.organisation_id)]
    assert {kind: cell["consentId"] for kind, cell in own.items()} == {"information_exchange": str(exchange)}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"answer": "refused"}, "refused"),
        ({"answer": "refused", "organisationIds": []}, "refused"),
        ({"informedAt": None}, "not_informed"),
        ({"endsOn": "2026-03-03"}, "expired"),
    ],
)
async def test_what_is_missing_says_why(staff: Staff, clock: Clock, said: dict[str, Any], state: str) -> None:
    """A consent that is not live is told by what became of it, and which it was."""
    fk, af = await staff("FK"), await staff("AF")
    held = await prepared_meeting(fk, af)
    consent_id = await consent(fk, held.case, af, **said)
    clock.forward(days=2)
    cell = (await matrix(fk, held))[str(af.organisation_id)]["information_exchange"]
    assert (cell["state"], cell["consentId"]) == (state, str(consent_id))


async def test_a_withdrawal_shows_in_the_matrix_until_there_is_new_consent(staff: Staff) -> None:
    """Withdrawn for one, it says so for that one only; a new consent covers again."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held = await prepared_meeting(fk, af, region)
    consent_id = await consent(fk, held.case, af, region)
    await withdrawn(af, consent_id, af)

    async def states() -> list[str]:
        cells = await matrix(fk, held)
        of = (af, region)
        return [cells[str(one.organisation_id)]["information_exchange"]["state"] for one in of]

    assert await states() == ["withdrawn", "covered"]
    await consent(fk, held.case, af)
    assert await states() == ["covered", "covered"]


async def test_persons_outside_are_named_and_interpreters_need_nothing(staff: Staff) -> None:
    """UPP-045: whom the consent names is covered, one not named is not asked, an interpreter is free."""
    fk, af = await staff("FK"), await staff("AF")
    held = await meeting(fk)
    consent_id = await consent(
        fk, held.case, af, persons=[{"relation": "close_person", "name": "Alex Exempel"}]
    )
    person_id = (await fk.get(f"/consents/{consent_id}")).json()["record"]["persons"][0]["id"]
    named = {"kind": "close_person", "consentPersonId": person_id, "suitable": True}
    for one in (named, {"kind": "employer"}, {"kind": "interpreter"}):
        body = one | {"name": "Alex Exempel", "agreedWithIndividual": True, "shownToOutsiders": False}
        await made(fk, f"{held.path}/invitees", body)
    told = (await fk.get(f"{held.path}/consent-coverage")).json()["persons"]
    assert {one["kind"]: one["consent"]["state"] for one in told} == {
        "close_person": "covered",
        "employer": "not_asked",
        "interpreter": "not_needed",
    }
    await withdrawn(fk, consent_id)
    told = (await fk.get(f"{held.path}/consent-coverage")).json()["persons"]
    assert [one["consent"]["state"] for one in told if one["kind"] == "close_person"] == ["withdrawn"]


async def test_the_matrix_is_the_holders(application: Application, staff: Staff) -> None:
    """Who does not see the meeting hears of none; whom it was shown to, and a role without cases, is 403."""
    fk, af, colleague = await staff("FK"), await staff("AF"), await staff("FK")
    held = await prepared_meeting(fk, af)
    never = await af.get(f"/meetings/{NEVER}/consent-coverage")
    for one in (af, colleague):
        hidden = await one.get(f"{held.path}/consent-coverage")
        assert hidden.status_code == 404
        assert hidden.content == never.content
    await show_meeting(application, fk, held, await consent(fk, held.case, af), af)
    assert (await af.get(f"{held.path}/consent-coverage")).status_code == 403
    analyst = await staff("FK", "analyst", unit_id=fk.unit_id)
    assert (await analyst.get(f"{held.path}/consent-coverage")).status_code == 403
