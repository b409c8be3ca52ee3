import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.errors import NotFound, Unavailable
from dev.test_numbers import published_numbers
from tests.api.behind import acting, refused
from tests.api.calling import called_meeting
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.protecting import MARK, cleared, protected
from tests.api.scenes import NEVER, PERSON, case, jointly, made, person

SECRET: dict[str, Any] = {"contact": {"address": ["Hemliga gatan 1"], "telephone": "018-11 11 11"}}
NUMBER = list(published_numbers())[-11]
CEASED = {"source": "tax_agency_decision", "decidedOn": "2026-03-02"}


async def whereabouts(by: Caller, individual_id: Any) -> tuple[Any, Any]:
    """Contact data and municipality, as somebody reads them."""
    told = (await by.get(f"/individuals/{individual_id}")).json()
    return told["contact"], told["municipality"]


async def test_one_person_sets_the_mark_and_it_hides_at_once(staff: Staff) -> None:
    """From the answer of the one who set it, nobody who is not cleared sees contact or municipality."""
    fk = await staff("FK")
    manager, one = await staff("FK", "manager"), await person(fk, **SECRET)
    assert (await whereabouts(fk, one))[1] == "0380"
    await protected(fk, one)
    assert [await whereabouts(by, one) for by in (fk, manager)] == [(None, None)] * 2
    assert (await fk.get(f"/individuals/{one}")).json()["protectedIdentity"] == "confidentiality_mark"
    (mark,) = (await fk.get(f"/individuals/{one}/protection")).json()["marks"]
    assert (mark["source"], mark["decidedOn"]) == (MARK["source"], MARK["decidedOn"])
    assert mark["recordedBy"] == str(fk.account_id)


async def test_whoever_two_have_cleared_sees_and_nobody_else(staff: Staff) -> None:
    """A clearance is one account's, for one person: not a colleague's, and not for the next person."""
    fk, manager = await staff("FK"), await staff("FK", "manager")
    colleague = await staff("FK", unit_id=fk.unit_id)
    one, other = await person(fk, **SECRET), await person(fk, **SECRET)
    for each in (one, other):
        await protected(fk, each)
    await cleared(fk, one, proposer=colleague, approver=manager)
    contact, municipality = await whereabouts(fk, one)
    assert (contact["address"], municipality) == (["Hemliga gatan 1"], "0380")
    assert await whereabouts(fk, other) == (None, None)
    assert await whereabouts(colleague, one) == (None, None)


async def test_a_clearance_ends_with_its_day_or_by_one_persons_word(staff: Staff, clock: Clock) -> None:
    """After its last day, and from when anybody in the unit ends it, the account sees nothing again."""
    fk, manager = await staff("FK"), await staff("FK", "manager")
    colleague = await staff("FK", unit_id=fk.unit_id)
    one = await person(fk, **SECRET)
    await protected(fk, one)
    await cleared(fk, one, proposer=colleague, approver=manager, until="2026-03-03")
    clock.forward(days=1, hours=13, minutes=59)
    assert (await whereabouts(fk, one))[1] == "0380"
    clock.forward(minutes=1)
    assert await whereabouts(fk, one) == (None, None)
    await cleared(fk, one, proposer=colleague, approver=manager, until="2026-03-20")
    assert (await whereabouts(fk, one))[1] == "0380"
    await made(colleague, f"/individuals/{one}/clearance-endings", {"accountId": str(fk.account_id)})
    assert await whereabouts(fk, one) == (None, None)


async def test_nobody_clears_themselves_and_nobody_alone(staff: Staff, application: Application) -> None:
    """Neither the one who is to see, nor whoever proposed: refused, kept in the log, and nothing is seen."""
    fk, manager = await staff("FK"), await staff("FK", "manager")
    one = await person(fk, **SECRET)
    await protected(fk, one)
    path = f"/individuals/{one}/clearances"
    for_oneself = await fk.post(path, {"accountId": str(fk.account_id), "validUntil": "2026-12-31"})
    assert (for_oneself.status_code, for_oneself.json()["code"]) == (403, "NOT_FOR_ONESELF")
    proposal = await manager.post(path, {"accountId": str(fk.account_id), "validUntil": "2026-12-31"})
    approval = f"/joint-decisions/{proposal.json()['id']}/approvals"
    alone = await manager.post(approval, {})
    assert (alone.status_code, alone.json()["code"]) == (403, "NOT_BY_ONESELF")
    assert (await fk.post(approval, {})).status_code == 404
    assert await whereabouts(fk, one) == (None, None)
    assert set(await refused(application, fk)) == {("clearAccount", "NOT_FOR_ONESELF")}
    assert set(await refused(application, manager)) == {("approveJointDecision", "NOT_BY_ONESELF")}


async def test_a_manager_who_gains_does_not_approve(staff: Staff) -> None:
    """A manager is not cleared by their own approval of what a caseworker proposed for them."""
    fk, manager, another = await staff("FK"), await staff("FK", "manager"), await staff("FK", "manager")
    one = await person(fk, **SECRET)
    await protected(fk, one)
    order = {"accountId": str(manager.account_id), "validUntil": "2026-12-31"}
    proposal = await fk.post(f"/individuals/{one}/clearances", order)
    approval = f"/joint-decisions/{proposal.json()['id']}/approvals"
    refusal = await manager.post(approval, {})
    assert (refusal.status_code, refusal.json()["code"]) == (403, "NOT_FOR_ONESELF")
    await jointly(proposal, another)
    assert (await whereabouts(manager, one))[1] == "0380"


async def test_a_mark_is_lifted_by_two(staff: Staff, clock: Clock) -> None:
    """With source and day, by a proposal that another approves; until then everything stays hidden."""
    fk, manager = await staff("FK"), await staff("FK", "manager")
    one = await person(fk, **SECRET)
    await protected(fk, one)
    clock.forward(minutes=1)
    proposal = await fk.post(f"/individuals/{one}/protection-liftings", CEASED)
    assert await whereabouts(fk, one) == (None, None)
    await jointly(proposal, manager)
    assert (await whereabouts(fk, one))[1] == "0380"
    lifted, _ = (await fk.get(f"/individuals/{one}/protection")).json()["marks"]
    assert (lifted["mark"], lifted["source"]) == ("none", "tax_agency_decision")
    again = await fk.post(f"/individuals/{one}/protection-liftings", CEASED)
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_no_other_request_lifts_a_mark(staff: Staff, application: Application) -> None:
    """Not a change of the person's particulars, and not the application's login in the database."""
    fk = await staff("FK")
    one = await person(fk, **SECRET)
    await protected(fk, one)
    version = (await fk.get(f"/individuals/{one}")).json()["version"]
    forged = await fk.put(f"/individuals/{one}", {"name": "Kim", "protectedIdentity": "none"}, version)
    assert forged.status_code == 422
    for sql in (
        "update flerpart.individual set protected_identity = 'none' where id = $1",
        "select gate_protection.mark($1, 'none', 'individual', current_date)",
        "select gate_protection.lift($1)",
        "insert into flerpart.protection_mark (org_id, individual_id, mark, recorded_at)"
        " values (gate_context.organisation(), $1, 'none', now())",
    ):
        async with acting(application, fk) as tx:
            with pytest.raises((NotFound, Unavailable)):  # by a policy, or for want of the right
                await tx.call(sql, one)
    assert await whereabouts(fk, one) == (None, None)


async def test_nobody_takes_away_what_they_cannot_see(staff: Staff) -> None:
    """Whoever is not cleared changes the name, and contact data stay; other contact data may be given."""
    fk, manager = await staff("FK"), await staff("FK", "manager")
    colleague = await staff("FK", unit_id=fk.unit_id)
    one = await person(fk, **SECRET)
    await protected(fk, one)
    await cleared(colleague, one, proposer=fk, approver=manager)
    changed = await fk.put(f"/individuals/{one}", {"name": "Robin Exempel"}, 2)
    assert (changed.status_code, changed.json()["contact"]) == (200, None)
    assert (await whereabouts(colleague, one))[0]["address"] == ["Hemliga gatan 1"]
    moved = {"name": "Robin Exempel", "contact": {"address": ["Nya gatan 2"]}}
    assert (await fk.put(f"/individuals/{one}", moved, 3)).json()["contact"] is None
    assert (await whereabouts(colleague, one))[0]["address"] == ["Nya gatan 2"]


@pytest.mark.parametrize("setter", ["sender", "receiver"])
async def test_the_mark_travels_with_what_was_delivered(staff: Staff, setter: str) -> None:
    """Whoever of those that share the case sets it: the letter, already delivered, hides place and office."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    it = await called_meeting(fk, af, kommun)
    path = f"/summonses/{it.summonses[af.organisation_id]}"
    before = (await af.get(path)).json()
    assert "Rum 4" in before["letter"]["text"]
    at_kommun = (await kommun.get(f"/summonses/{it.summonses[kommun.organisation_id]}")).json()
    if setter == "sender":
        await protected(fk, it.meeting.case.individual_id)
    else:
        await protected(kommun, at_kommun["individualId"])
    letter = (await af.get(path)).json()
    assert "Rum 4" not in letter["letter"]["text"]
    assert (letter["unitId"], letter["letter"]["addressee"]) == (None, ["Skyddad uppgift"])
    assert "Skatteverket" in letter["letter"]["text"]
    marks = (await af.get(f"/individuals/{before['individualId']}/protection")).json()["marks"]
    assert [(one["mark"], one["source"]) for one in marks] == [("confidentiality_mark", None)]
    assert (await fk.get(f"{it.meeting.path}")).json()["place"] is None


async def test_a_letter_sent_later_brings_the_mark(staff: Staff) -> None:
    """Whoever is called about a protected person holds a protected person, from the delivery on."""
    fk, af = await staff("FK"), await staff("AF")
    number = {"identity": {"kind": "personnummer", "value": NUMBER}, "birthDate": None}
    known = await af.post("/individuals", PERSON | number)
    marked = number | {"protectedIdentity": "protected_registration"}
    one = await called_meeting(fk, af, person=marked)
    at_af = (await af.get(f"/summonses/{one.summonses[af.organisation_id]}")).json()
    assert at_af["individualId"] == known.json()["id"]
    assert (await whereabouts(af, known.json()["id"])) == (None, None)


async def test_each_organisation_lifts_its_own_mark(staff: Staff) -> None:
    """What one has lifted stays hidden at the others, and of the others' items, until they lift theirs."""
    fk, af, boss = await staff("FK"), await staff("AF"), await staff("AF", "manager")
    it = await called_meeting(fk, af)
    path = f"/summonses/{it.summonses[af.organisation_id]}"
    await protected(fk, it.meeting.case.individual_id)
    at_af = (await af.get(path)).json()["individualId"]
    await jointly(await af.post(f"/individuals/{at_af}/protection-liftings", CEASED), boss)
    assert (await af.get(f"/individuals/{at_af}")).json()["protectedIdentity"] == "none"
    assert "Rum 4" not in (await af.get(path)).json()["letter"]["text"]
    manager = await staff("FK", "manager")
    lifting = f"/individuals/{it.meeting.case.individual_id}/protection-liftings"
    await jointly(await fk.post(lifting, CEASED), manager)
    assert "Rum 4" in (await af.get(path)).json()["letter"]["text"]


async def test_a_cleared_recipient_reads_where_to_come(staff: Staff) -> None:
    """Whom the receiving organisation has cleared sees place and office, and how the person is reached."""
    fk, af, boss = await staff("FK"), await staff("AF"), await staff("AF", "manager")
    colleague = await staff("AF", unit_id=af.unit_id)
    it = await called_meeting(fk, af)
    path = f"/summonses/{it.summonses[af.organisation_id]}"
    await protected(fk, it.meeting.case.individual_id)
    at_af = (await af.get(path)).json()["individualId"]
    await cleared(af, at_af, proposer=colleague, approver=boss)
    letter = (await af.get(path)).json()
    assert "Rum 4" in letter["letter"]["text"]
    assert letter["unitId"] == str(af.unit_id)
    assert "Skatteverket" in letter["letter"]["text"]
    assert "Rum 4" not in (await colleague.get(path)).json()["letter"]["text"]


async def test_every_look_at_a_protected_person_is_marked_for_review(
    staff: Staff, application: Application
) -> None:
    """The rows of the read log carry it, whoever looked, cleared or not; looks before the mark do not."""
    fk = await staff("FK")
    seen = await case(fk)
    await fk.get(seen.path)
    await protected(fk, seen.individual_id)
    for path in (seen.path, "/cases", f"/individuals/{seen.individual_id}"):
        assert (await fk.get(path)).status_code == 200
    async with acting(application, fk) as tx:
        rows = await tx.table(
            "select operation, of_protected from flerpart.read_entry where actor_id = $1",
            fk.account_id,
        )
    looks = [(row["operation"], row["of_protected"]) for row in rows]
    assert looks.count(("readCase", False)) == 1
    assert {one for one in looks if one != ("readCase", False)} == {
        ("readCase", True),
        ("listCases", True),
        ("readIndividual", True),
    }


async def test_reads_beside_the_setting_never_show_after_it(staff: Staff) -> None:
    """Of reads running while the mark is set, those that begin after its answer show nothing."""
    fk = await staff("FK")
    one = await person(fk, **SECRET)
    reads = asyncio.create_task(_reading(lambda: whereabouts(fk, one), 40))
    await protected(fk, one)
    assert await whereabouts(fk, one) == (None, None)
    assert (await reads)[-1] == (None, None)


async def _reading(read: Callable[[], Awaitable[Any]], times: int) -> list[Any]:
    return [await read() for _ in range(times)]


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("protections", MARK),
        ("protection-liftings", CEASED),
        ("clearances", {"accountId": NEVER, "validUntil": "2026-12-31"}),
        ("clearance-endings", {"accountId": NEVER}),
    ],
)
async def test_to_strangers_a_protected_person_does_not_exist(
    staff: Staff, act: str, body: dict[str, Any]
) -> None:
    """Every act of protection answers a stranger as it answers about nobody, byte for byte."""
    fk, af = await staff("FK"), await staff("AF")
    one = (await case(fk)).individual_id
    await protected(fk, one)
    hidden = await af.post(f"/individuals/{one}/{act}", body)
    never = await af.post(f"/individuals/{NEVER}/{act}", body)
    assert (hidden.status_code, hidden.content) == (404, never.content)


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"accountId": NEVER, "validUntil": "2026-12-31"}, "/accountId", "UNKNOWN_ACCOUNT"),
        ({"validUntil": "2028-01-01"}, "/validUntil", "CLEARANCE_TOO_LONG"),
        ({"validUntil": "2026-03-01"}, "/validUntil", "DATE_ORDER"),
    ],
)
async def test_a_clearance_that_cannot_be_is_refused(
    staff: Staff, body: dict[str, Any], pointer: str, code: str
) -> None:
    """Another organisation's account, more than a year, or a day gone by is refused by field."""
    fk, colleague = await staff("FK"), await staff("FK")
    one = await person(fk)
    await protected(fk, one)
    order = {"accountId": str(colleague.account_id)} | body
    answer = await fk.post(f"/individuals/{one}/clearances", order)
    assert answer.status_code == 422
    (field,) = answer.json()["invalidParameters"]
    assert (field["pointer"], field["code"]) == (pointer, code)
