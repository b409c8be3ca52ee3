"""Which decisions leave a fact without a person, and of which party."""

from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from tests.api.behind import Fact, counted
from tests.api.calling import called_meeting
from tests.api.conduct import opening, present, ready_meeting
from tests.api.conftest import Application, Clock, Staff
from tests.api.planning import action, actions_of, handed_out, met, proposed, said
from tests.api.scenes import case, case_accepted, case_with_need, contact, made, meeting


async def registered(staff: Staff) -> None:
    """A case is registered."""
    await case(await staff("FK"))


async def assessed(staff: Staff) -> None:
    """A need is found."""
    await case_with_need(await staff("FK"))


async def contacted(staff: Staff) -> None:
    """Two contacts follow a need that was seen three days ago; only the first is one."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case_with_need(fk)
    await contact(fk, seen, af.organisation_id)
    await contact(fk, seen, af.organisation_id)


async def offered(staff: Staff) -> None:
    """A meeting is offered and accepted."""
    await case_accepted(await staff("FK"))


async def closed(staff: Staff) -> None:
    """A case is closed."""
    fk = await staff("FK")
    seen = await case(fk)
    await made(fk, f"{seen.path}/closures", {"version": 1, "reason": "moved"})


async def initiated(staff: Staff) -> None:
    """A meeting is started."""
    await meeting(await staff("FK"))


async def opened(staff: Staff) -> None:
    """A meeting is opened, and one leaves it early."""
    fk, af = await staff("FK"), await staff("AF")
    ready, _ = await ready_meeting(fk, af)
    await made(fk, f"{ready.path}/openings", opening(fk, af))
    leaving = {"organisations": [present(af, "remote", leftAt="2026-03-02T09:30:00Z")], "version": 2}
    await fk.post(f"{ready.path}/attendances", leaving)


async def summoned(staff: Staff) -> None:
    """One is called, answers, and corrects its answer."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}/replies"
    first = await made(af, path, said(reply="acknowledged"))
    await made(af, path, said(reply="accepted", corrects=str(first)))


async def carried_out(staff: Staff) -> None:
    """A plan is handed out, and an owner takes its action on."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at, action(af))
    await handed_out(fk, plan_id, af)
    owned = (await actions_of(af, plan_id))["En åtgärd"]
    await made(af, f"/actions/{owned['id']}/commitments", said(status="accepted"))


async def deviated(staff: Staff) -> None:
    """A deviation is reported."""
    fk, region = await staff("FK"), await staff("REGION")
    about = {"aboutOrganisationId": str(region.organisation_id), "occurredOn": "2026-03-02"}
    await made(fk, "/deviations", about | {"type": "absent"})


@pytest.mark.parametrize(
    ("decide", "facts"),
    [
        (registered, [("case_registered", "case", "FK")]),
        (assessed, [("need_assessed", "need", "FK")]),
        (contacted, [("first_contact", "within_a_week", "FK")]),
        (offered, [("meeting_offered", "offered", "FK"), ("meeting_offered", "accepted", "FK")]),
        (closed, [("case_closed", "moved", "FK")]),
        (initiated, [("meeting_initiated", "flerpartsmote", "FK")]),
        (
            opened,
            [
                ("meeting_held", "opened", "FK"),
                ("attendance", "present", "FK"),
                ("attendance", "remote", "AF"),
            ],
        ),
        (
            summoned,
            [
                ("summons_issued", "summons", "FK"),
                ("summons_answered", "acknowledged", "AF"),
                ("explanation", "BEH-10", "FK"),
            ],
        ),
        (carried_out, [("plan_distributed", "new", "FK"), ("action_reported", "accepted", "AF")]),
        (deviated, [("deviation", "absent", "REGION")]),
    ],
)
async def test_each_decision_is_counted_once(
    application: Application,
    staff: Staff,
    clock: Clock,
    decide: Callable[[Staff], Awaitable[None]],
    facts: list[Fact],
) -> None:
    """UPP-007, 008, 014, 068, 083 and 119: one fact for each decision, at the party it is about."""
    before = await counted(application)
    await decide(staff)
    now = await counted(application)
    kinds = {kind for kind, _, _ in facts}
    assert Counter(fact for fact in (now - before).elements() if fact[0] in kinds) == Counter(facts)
