"""One key, one effect: also for two at once, for somebody else, and for whoever may no longer be answered."""

import asyncio
from typing import Any

from tests.api.behind import acting
from tests.api.conftest import Application, Caller, Staff
from tests.api.planning import met, proposed, said
from tests.api.scenes import PERSON, withdrawn

LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 1))"


def lock_of(caller: Caller, key: str) -> str:
    """What is locked while a request with this key of the caller's is at work."""
    return f"{caller.organisation_id}|{caller.account_id}|{key}"


async def test_a_request_whose_twin_is_at_work_is_told_so_and_does_nothing(
    staff: Staff, application: Application
) -> None:
    """While the first is at work the second hears 409 at once; it has left nothing, and may be sent again."""
    fk = await staff("FK")
    async with acting(application, fk) as tx:
        await tx.call(LOCK, lock_of(fk, "slow"))
        refused = await fk.post("/individuals", PERSON, key="slow")
        assert (refused.status_code, refused.json()["code"]) == (409, "IDEMPOTENCY_IN_PROGRESS")
    assert (await fk.post("/individuals", PERSON, key="slow")).status_code == 201


async def test_of_many_with_one_key_at_once_one_has_an_effect(staff: Staff) -> None:
    """Whoever is not the first is told to wait, or gets the first one's receipt: there is one person."""
    fk = await staff("FK")
    answers = await asyncio.gather(*(fk.post("/individuals", PERSON, key="all-at-once") for _ in range(6)))
    assert {one.status_code for one in answers} <= {201, 409}
    assert len({one.json()["id"] for one in answers if one.status_code == 201}) == 1


async def test_a_key_is_its_callers_own(staff: Staff) -> None:
    """Another account's request with the same key is another request, in the same unit too."""
    fk = await staff("FK")
    colleague = await staff("FK", unit_id=fk.unit_id)
    made: list[Any] = [await one.post("/individuals", PERSON, key="mine") for one in (fk, colleague)]
    assert {one.status_code for one in made} == {201}
    assert made[0].json()["id"] != made[1].json()["id"]


async def test_a_refused_request_uses_no_key_up(staff: Staff) -> None:
    """What was refused left nothing behind: the same key may carry the request put right."""
    fk = await staff("FK")
    wrong = await fk.post("/individuals", PERSON | {"name": ""}, key="again")
    assert wrong.status_code == 422
    assert (await fk.post("/individuals", PERSON, key="again")).status_code == 201


async def test_a_receipt_is_given_again_only_to_whoever_may_still_be_answered(staff: Staff) -> None:
    """Permission is asked again: after the withdrawal there is no plan, whatever was answered before."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    path = f"/plans/{await proposed(fk, at)}/approvals"
    word = said(version=1, answer="approved")
    first = await af.post(path, word, key="approved")
    again = await af.post(path, word, key="approved")
    assert (first.status_code, again.json()) == (201, first.json())
    await withdrawn(fk, at.consent_id, af)
    assert (await af.post(path, word, key="approved")).status_code == 404
