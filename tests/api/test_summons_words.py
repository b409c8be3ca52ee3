"""Whose word a reply to a summons is, and that nobody unsays another's."""

from typing import Any

import pytest

from tests.api.calling import called_meeting
from tests.api.conftest import Caller, Staff
from tests.api.scenes import made

OWN: dict[str, Any] = {"reply": "declined", "occurredAt": "2026-03-02T08:45:00Z", "channel": "api"}
TOLD: dict[str, Any] = {"reply": "accepted", "occurredAt": "2026-03-02T08:50:00Z", "channel": "telephone"}


def field(refused: Any) -> tuple[str, str]:
    """Which field was refused, and why."""
    assert refused.status_code == 422, refused.text
    (one,) = refused.json()["invalidParameters"]
    return one["pointer"], one["code"]


async def summons(sender: Caller, recipient: Caller) -> str:
    """The path of a summons that one organisation has sent another."""
    called = await called_meeting(sender, recipient)
    return f"/summonses/{called.summonses[recipient.organisation_id]}"


async def test_neither_side_unsays_what_the_other_has_written_down(staff: Staff) -> None:
    """The chair that corrects the recipient's own no is refused, and so is the other way round."""
    fk, af = await staff("FK"), await staff("AF")
    path = await summons(fk, af)
    own = await made(af, f"{path}/replies", OWN)
    told = await made(fk, f"{path}/replies", TOLD)
    for caller, reply, other in ((fk, TOLD, own), (af, OWN, told)):
        refused = await caller.post(f"{path}/replies", reply | {"corrects": str(other)})
        assert field(refused) == ("/corrects", "STATEMENT_UNKNOWN")
    assert (await fk.get(path)).json()["status"] == "declined"
    assert len((await fk.get(path)).json()["replies"]) == 2


async def test_the_recipient_corrects_its_own_reply(staff: Staff) -> None:
    """Whoever wrote a reply down corrects it, and the later one stands."""
    fk, af = await staff("FK"), await staff("AF")
    path = await summons(fk, af)
    own = await made(af, f"{path}/replies", OWN)
    await made(af, f"{path}/replies", OWN | {"reply": "accepted", "corrects": str(own)})
    assert (await fk.get(path)).json()["status"] == "accepted"


@pytest.mark.parametrize("act", ["replies", "preparations"])
async def test_nothing_is_said_before_it_is_said(staff: Staff, act: str) -> None:
    """A word dated tomorrow would outrank every word until then: it is refused by field."""
    fk, af = await staff("FK"), await staff("AF")
    path = await summons(fk, af)
    word = {"occurredAt": "2027-03-03T09:00:00Z"}
    refused = await af.post(f"{path}/{act}", (OWN | word) if act == "replies" else word)
    assert field(refused) == ("/occurredAt", "DATE_AHEAD")
    assert (await af.get(path)).json()["replies"] == []


async def test_only_the_organisation_called_replies(staff: Staff) -> None:
    """A reply said to be the individual's or a third organisation's is refused, not kept as the recipient's."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    path = await summons(fk, af)
    others: tuple[dict[str, Any], ...] = (
        {"kind": "individual"},
        {"kind": "organisation", "organisationId": str(kommun.organisation_id)},
    )
    for other in others:
        refused = await fk.post(f"{path}/replies", TOLD | {"spokenBy": other})
        assert field(refused) == ("/spokenBy", "SPEAKER_UNKNOWN")
    called = {"kind": "organisation", "organisationId": str(af.organisation_id)}
    await made(fk, f"{path}/replies", TOLD | {"spokenBy": called})


async def test_the_sender_says_how_the_recipients_word_came(staff: Staff) -> None:
    """What another told the sender came by telephone or letter, never over this API."""
    fk, af = await staff("FK"), await staff("AF")
    path = await summons(fk, af)
    assert field(await fk.post(f"{path}/replies", OWN)) == ("/channel", "CHANNEL_NOT_TOLD")
