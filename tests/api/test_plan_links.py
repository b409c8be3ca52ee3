"""Where a plan leads: to its meeting, for whoever may read that, and to each of its actions."""

from typing import Any
from uuid import UUID

from tests.api.conftest import Caller, Staff
from tests.api.planning import action, handed_out, met, proposed
from tests.api.scenes import withdrawn


def led_to(links: list[dict[str, str]], rel: str) -> list[str]:
    """The paths that links of one kind lead to."""
    return [one["href"].partition("/flerpart/v0")[2] for one in links if one["rel"] == rel]


async def plan_of(reader: Caller, plan_id: UUID) -> dict[str, Any]:
    """The plan as somebody reads it."""
    read = await reader.get(f"/plans/{plan_id}")
    assert read.status_code == 200, read.text
    told: dict[str, Any] = read.json()
    return told


async def test_a_plan_leads_to_its_meeting_whoever_may_read_that(staff: Staff) -> None:
    """Holder and those who were there are led to it; an absent owner, who sees none of it, is not."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, recorder=fk, absent=[kommun])
    plan_id = await proposed(fk, at, action(kommun, "Boendestöd"))
    for reader in (fk, af):
        assert led_to((await plan_of(reader, plan_id))["_links"], "meeting") == [at.path]
        assert (await reader.get(at.path)).status_code == 200
    assert led_to((await plan_of(kommun, plan_id))["_links"], "meeting") == []
    assert (await kommun.get(at.path)).status_code == 404


async def test_each_action_of_a_plan_leads_to_itself_also_in_a_copy(staff: Staff) -> None:
    """Everybody who has the plan can read each action where it says; a copy alone leads to no meeting."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at, action(af, "Arbetsträning"), action(None, "Ringa skolan"))
    await handed_out(fk, plan_id, af)
    await withdrawn(fk, at.consent_id, af)
    for reader in (fk, af):
        plan = await plan_of(reader, plan_id)
        actions = [one for side in plan["responsibilities"] for one in side["actions"]]
        assert len(actions) == 2
        for one in actions:
            (path,) = led_to(one["_links"], "self")
            assert (await reader.get(path)).json()["id"] == one["id"]
    assert led_to((await plan_of(af, plan_id))["_links"], "meeting") == []
