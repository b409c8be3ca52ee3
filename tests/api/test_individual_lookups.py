"""A person is looked up by number, within the own organisation alone, for a reason that is kept."""

from typing import Any

from dev.test_numbers import published_numbers
from tests.api.conftest import Application, Caller, Staff
from tests.api.scenes import PERSON, made
from tests.api.signed import signed

NUMBER = list(published_numbers())[-7]
ASKED: dict[str, Any] = {
    "identity": {"kind": "personnummer", "value": NUMBER},
    "reason": "Ringer om sin kallelse",
}


async def known_to(caller: Caller) -> None:
    """The person with the number is registered, unless the organisation has them already."""
    sent = {one: PERSON[one] for one in ("name", "municipality")} | {"identity": ASKED["identity"]}
    assert (await caller.post("/individuals", sent)).status_code in (201, 409)


async def test_a_person_is_found_in_the_own_organisation_alone(staff: Staff) -> None:
    """Colleagues find the person, in any form of the number; another organisation is told of nobody."""
    af, colleague, fk = await staff("AF"), await staff("AF"), await staff("FK")
    await known_to(af)
    short = ASKED | {"identity": {"kind": "personnummer", "value": f"{NUMBER[2:8]}-{NUMBER[8:]}"}}
    for asked in (ASKED, short):
        found = await colleague.post("/individual-lookups", asked)
        assert (found.status_code, found.json()["identityNumber"]) == (200, NUMBER)
    hidden = await fk.post("/individual-lookups", ASKED)
    assert (hidden.status_code, hidden.json()["code"]) == (404, "NOT_FOUND")
    assert NUMBER not in hidden.text


async def test_whoever_finds_a_person_of_another_unit_may_open_a_case(staff: Staff) -> None:
    """Inside the organisation a person known to one unit is registered once, and may have a case at
    another.
    """
    af, colleague = await staff("AF"), await staff("AF")
    await known_to(af)
    found = (await colleague.post("/individual-lookups", ASKED)).json()["id"]
    await made(colleague, "/cases", {"individualId": found})
    assert (await colleague.get(f"/individuals/{found}")).status_code == 200


async def test_why_a_person_was_looked_up_is_kept_sealed(application: Application, staff: Staff) -> None:
    """The log of the look says by whom, of whom and why; the reason is read by nobody without the keys."""
    af = await staff("AF")
    await known_to(af)
    found = (await af.post("/individual-lookups", ASKED)).json()["id"]
    async with signed(application, af) as connection:
        (entry,) = await connection.fetch(
            "select * from flerpart.read_entry where actor_id = $1 and operation = 'lookUpIndividual'",
            af.account_id,
        )
    assert (str(entry["individual_id"]), entry["unit_id"]) == (found, af.unit_id)
    assert entry["reason_sealed"]
    assert ASKED["reason"].encode() not in entry["reason_sealed"]


async def test_a_look_up_without_a_reason_is_refused(staff: Staff) -> None:
    """Nobody is looked up for nothing, and a number that cannot be is refused by its field."""
    af = await staff("AF")
    wrong = {"identity": {"kind": "personnummer", "value": "199109142380"}}
    for asked, pointer in (({"identity": ASKED["identity"]}, "/reason"), (ASKED | wrong, "/identity/value")):
        refused = await af.post("/individual-lookups", asked)
        assert refused.status_code == 422
        assert refused.json()["invalidParameters"][0]["pointer"] == pointer
