from tests.api import scenes
from tests.api.conftest import Caller, Clock, Staff


async def codes(caller: Caller) -> list[str]:
    """The codes of everything on the caller's list."""
    answer = await caller.get("/tasks")
    assert answer.status_code == 200, answer.text
    return [task["code"] for task in answer.json()["items"]]


async def test_a_seen_need_makes_tasks_of_its_unit(staff: Staff) -> None:
    """Whoever has found a need owes a first contact, an offer and a meeting."""
    fk = await staff("FK")
    await scenes.case_with_need(fk)
    owed = await codes(fk)
    assert {"FIRST_CONTACT_OVERDUE", "OFFER_MEETING", "MEETING_NOT_INITIATED"} <= set(owed)


async def test_another_units_work_is_not_mine(staff: Staff) -> None:
    """A caseworker's list holds the own unit's cases; a manager's the whole organisation's."""
    fk, colleague = await staff("FK"), await staff("FK")
    await scenes.case_with_need(fk)
    assert await codes(colleague) == []


async def test_tasks_come_in_the_order_they_are_due_and_turn_overdue(staff: Staff, clock: Clock) -> None:
    """What is due first comes first, and the day after it was due it is overdue."""
    fk = await staff("FK")
    await scenes.case_with_need(fk)
    clock.forward(days=30)
    items = (await fk.get("/tasks")).json()["items"]
    assert [one["dueOn"] for one in items] == sorted(one["dueOn"] for one in items)
    overdue = {one["code"]: one["overdue"] for one in items}
    assert overdue["OFFER_MEETING"] is True


async def test_a_page_of_tasks_is_cut(staff: Staff) -> None:
    """A page holds as many as asked for, and says how many there are."""
    fk = await staff("FK")
    await scenes.case_with_need(fk)
    page = (await fk.get("/tasks?limit=1&page=2")).json()
    assert page["_meta"]["count"] == 1
    assert page["_meta"]["totalRecords"] >= 3


async def test_whoever_has_no_cases_has_no_list(staff: Staff) -> None:
    """An administrator, a LOKUS member and an analyst are refused."""
    for role in ("organisation_administrator", "lokus_member", "analyst"):
        nobody = await staff("FK", role)
        assert (await nobody.get("/tasks")).status_code == 403
