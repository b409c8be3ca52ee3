from app.services.tasks import READ_TOGETHER
from tests.api import calling, scenes
from tests.api.conftest import Caller, Clock, Staff
from tests.api.owing import codes_in, tasks_of


async def codes(caller: Caller) -> list[str]:
    """The codes of everything on the caller's list."""
    return [task["code"] for task in await tasks_of(caller)]


async def test_a_seen_need_makes_tasks_of_its_unit(staff: Staff) -> None:
    """Whoever has found a need owes a first contact, an offer and a meeting."""
    fk = await staff("FK")
    await scenes.case_with_need(fk)
    owed = await codes(fk)
    assert {"FIRST_CONTACT_OVERDUE", "OFFER_MEETING", "MEETING_NOT_INITIATED"} <= set(owed)


async def test_another_units_work_is_not_mine(staff: Staff) -> None:
    """A caseworker's list holds the own unit's cases; a manager's the whole organisation's."""
    fk, colleague, manager = await staff("FK"), await staff("FK"), await staff("FK", "manager")
    seen = await scenes.case_with_need(fk)
    assert await codes_in(colleague, seen.id) == set()
    assert await codes_in(manager, seen.id) == await codes_in(fk, seen.id) != set()


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


async def test_a_task_ends_with_its_cause_however_often_the_list_was_read(staff: Staff) -> None:
    """A list that was read before shows what has happened since: the offer is made, and no longer owed."""
    fk = await staff("FK")
    made = await scenes.case_with_need(fk)
    for _ in range(3):
        assert "OFFER_MEETING" in await codes(fk)
    await scenes.made(fk, f"{made.path}/offers", scenes.TALK | {"version": made.version})
    assert "OFFER_MEETING" not in await codes(fk)


async def test_another_organisations_word_is_on_the_next_list(staff: Staff) -> None:
    """What the municipality says changes both lists, though the caller did nothing: a question to be
    answered, and a confirmation that is no longer owed.
    """
    fk, kommun = await staff("FK"), await staff("KOMMUN")
    called = await calling.called_meeting(fk, kommun)
    replies = f"/summonses/{called.summonses[kommun.organisation_id]}/replies"
    said = {"occurredAt": "2026-03-02T09:00:00Z", "channel": "api"}
    before = await codes(fk)
    assert "CONFIRM_INVITATION" in await codes(kommun)
    await scenes.made(kommun, replies, said | {"reply": "queried", "text": "Var är mötet?"})
    assert set(await codes(fk)) - set(before) == {"ANSWER_QUERY"}
    await scenes.made(kommun, replies, said | {"reply": "accepted"})
    assert "CONFIRM_INVITATION" not in await codes(kommun)


async def test_whoever_consent_was_taken_back_from_loses_the_tasks_at_once(staff: Staff) -> None:
    """Nothing remembered outlives consent: the list after the withdrawal has nothing of the case."""
    fk, kommun = await staff("FK"), await staff("KOMMUN")
    called = await calling.called_meeting(fk, kommun)
    assert await codes_in(kommun, called.meeting.case.id) != set()
    await scenes.withdrawn(fk, called.consent_id)
    assert await codes_in(kommun, called.meeting.case.id) == set()


async def test_a_list_of_many_cases_is_whole(staff: Staff) -> None:
    """More cases than are read together are all on the list, the first time as well as the second."""
    fk = await staff("FK")
    cases = {str((await scenes.case_with_need(fk)).id) for _ in range(READ_TOGETHER + 2)}
    for _ in range(2):
        items = (await fk.get("/tasks?limit=100")).json()["items"]
        assert {one["caseId"] for one in items if one["code"] == "OFFER_MEETING"} == cases
