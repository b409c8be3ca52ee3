"""Invitations to persons outside the parties: previewed, issued, and read by whoever is to hand them over."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.calling import TIME, booked_meeting
from tests.api.conftest import Caller, Clock, Staff
from tests.api.scenes import NEVER, MeetingMade, consent, consent_read, made

FRIEND: dict[str, Any] = {
    "kind": "close_person",
    "name": "Alex Exempel",
    "function": "syster",
    "address": ["Exempelgatan 2", "753 00 Uppsala"],
    "suitable": True,
    "agreedWithIndividual": True,
}


@dataclass(frozen=True)
class Friend:
    """A meeting with a time, and a close person noted for it, whom the consent names."""

    held: MeetingMade
    invitee_id: str
    version: int


async def befriended(fk: Caller, af: Caller) -> Friend:
    """AF is noted too, but the individual does not want it shown to others."""
    held = await booked_meeting(fk, af)
    persons = [{"relation": "close_person", "name": "Alex Exempel"}]
    consent_id = await consent(fk, held.case, af, persons=persons)
    named = (await consent_read(fk, consent_id))["record"]["persons"][0]["id"]
    invited = await made(fk, f"{held.path}/invitees", FRIEND | {"consentPersonId": named})
    return Friend(held, str(invited), held.version + 1)


async def letters(fk: Caller, path: str) -> list[dict[str, Any]]:
    """The invitations to a meeting, as its holder reads them."""
    answer = await fk.get(f"{path}/invitations")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_a_person_gets_a_letter_that_names_only_who_may_be_shown(staff: Staff) -> None:
    """UPP-045, UPP-050, UPP-087: the letter says to whom, when and from whom; no number, and not who else
    comes.
    """
    fk, af = await staff("FK"), await staff("AF")
    friend = await befriended(fk, af)
    path = friend.held.path
    previewed = (await fk.post(f"{path}/invitation-previews", {})).json()
    assert previewed["findings"] == []
    assert await letters(fk, path) == []
    await made(fk, f"{path}/invitations", {"version": friend.version})
    (issued,) = await letters(fk, path)
    assert issued["letter"] == previewed["letters"][0]["letter"]
    assert issued["letter"]["addressee"] == ["Alex Exempel", *FRIEND["address"]]
    text = issued["letter"]["text"]
    assert "Inbjudan till flerpartsmöte" in text
    assert "måndag 20 april 2026 kl. 10.00–11.00" in text
    assert "Personnummer" not in text
    assert "Arbetsförmedlingen" not in text.partition("Inbjudna")[2]


async def test_nobody_is_invited_twice_to_the_same_time(staff: Staff, clock: Clock) -> None:
    """Whoever has a letter gets no other until the meeting is moved, unless they are named."""
    fk, af = await staff("FK"), await staff("AF")
    friend = await befriended(fk, af)
    path = friend.held.path
    await made(fk, f"{path}/invitations", {"version": friend.version})
    again = await fk.post(f"{path}/invitations", {"version": friend.version})
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")
    named = {"version": friend.version, "inviteeIds": [friend.invitee_id]}
    await made(fk, f"{path}/invitations", named)
    clock.forward(hours=1)
    later = TIME | {"startsAt": "2026-04-27T08:00:00Z", "endsAt": "2026-04-27T09:00:00Z"}
    why = {"reason": "Sjukdom", "wishedByIndividual": False, "version": friend.version, "time": later}
    await made(fk, f"{path}/reschedulings", why)
    await made(fk, f"{path}/invitations", {"version": friend.version + 1})
    told = [one["letter"]["text"] for one in await letters(fk, path)]
    assert ["27 april" in one for one in told] == [True, False, False]


async def test_a_close_person_is_not_invited_unsuitable_and_unnamed(staff: Staff) -> None:
    """UPP-028, UPP-045: not suitable, and in no consent: refused for both, told beforehand, and no letter
    is made.
    """
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    await made(fk, f"{held.path}/invitees", FRIEND | {"suitable": False})
    refused = await fk.post(f"{held.path}/invitations", {"version": held.version + 1})
    assert refused.status_code == 409
    found = {(one["code"], one["clauseId"], one["pointer"]) for one in refused.json()["findings"]}
    assert found == {
        ("CONSENT_SCOPE", "UPP-045", "/invitees/0"),
        ("RELATIVE_NOT_CONSENTED", "UPP-028", "/invitees/0"),
    }
    previewed = (await fk.post(f"{held.path}/invitation-previews", {})).json()["findings"]
    assert {(one["code"], one["clauseId"], one["pointer"]) for one in previewed} == found
    assert await letters(fk, held.path) == []


async def test_an_organisation_is_called_not_invited(staff: Staff) -> None:
    """An invitee that is an organisation has no invitation to preview or issue."""
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    unit = (await fk.get(held.path)).json()["holder"]["invitees"][0]["id"]
    for path, version in (("invitation-previews", {}), ("invitations", {"version": held.version})):
        refused = await fk.post(f"{held.path}/{path}", version | {"inviteeIds": [unit]})
        assert refused.status_code == 422
        assert refused.json()["invalidParameters"][0]["pointer"] == "/inviteeIds/0"


async def test_an_employer_is_listed_with_where_they_belong(staff: Staff) -> None:
    """UPP-103, UPP-104: an employer stands in the summons with function and organisation; without, it is
    refused.
    """
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    employer = {"kind": "employer", "name": "Bo Exempel", "function": "chef", "agreedWithIndividual": True}
    noted = await made(fk, f"{held.path}/invitees", employer)
    preview = (await fk.post(f"{held.path}/summons-previews", {})).json()
    assert "PARTICIPANT_INCOMPLETE" in {one["code"] for one in preview["findings"]}
    belongs = employer | {"organisationName": "Exempelverken AB"}
    assert (await fk.put(f"{held.path}/invitees/{noted}", belongs, held.version + 1)).status_code == 200
    preview = (await fk.post(f"{held.path}/summons-previews", {})).json()
    assert "PARTICIPANT_INCOMPLETE" not in {one["code"] for one in preview["findings"]}
    assert "Bo Exempel, chef, Exempelverken AB" in preview["letters"][0]["letter"]["text"]


@pytest.mark.parametrize("role", ["organisation_administrator", "lokus_member", "analyst"])
async def test_roles_without_cases_read_no_invitation(staff: Staff, role: str) -> None:
    """Whoever has no cases is refused before anything is looked up; a manager reads, but invites nobody."""
    nobody, boss = await staff("FK", role), await staff("FK", "manager")
    assert (await nobody.get(f"/meetings/{NEVER}/invitations")).status_code == 403
    assert (await boss.get(f"/meetings/{NEVER}/invitations")).status_code == 404
    assert (await boss.post(f"/meetings/{NEVER}/invitations", {"version": 1})).status_code == 403


async def test_anothers_invitations_do_not_exist(staff: Staff) -> None:
    """To an organisation that is only noted for the meeting, its invitations are like those of none, byte
    for byte.
    """
    fk, af = await staff("FK"), await staff("AF")
    friend = await befriended(fk, af)
    hidden = await af.get(f"{friend.held.path}/invitations")
    never = await af.get(f"/meetings/{NEVER}/invitations")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
