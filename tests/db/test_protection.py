from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.db import protection
from app.db.database import Database
from app.db.ids import new_id
from app.db.tables.joint_decisions import JointDecision
from app.db.tables.protection import ProtectionClearance
from app.errors import NotFound, Unavailable
from tests.db.scene import Scene

TODAY = date(2026, 3, 1)

pytestmark = pytest.mark.database


async def sight(door: Database, of: Any, holder: UUID, case_id: UUID) -> tuple[bool, bool]:
    """Whether a case's person is marked to somebody, and whether they are cleared."""
    async with door.act(of.caller()) as tx:
        return (await protection.standing(tx, [(holder, case_id)]))[holder, case_id]


async def test_nothing_known_is_taken_for_protected(door: Database, scene: Scene) -> None:
    """A case that is not there, and a person nobody has, are marked, and nobody is cleared for them."""
    assert await sight(door, scene.a, scene.a.id, new_id()) == (True, False)
    assert await sight(door, scene.a, scene.a.id, scene.case.id) == (False, False)
    async with door.act(scene.a.caller()) as tx:
        assert await protection.of_person(tx, new_id()) == (True, False)


async def test_to_a_stranger_a_case_is_like_one_that_never_was(door: Database, scene: Scene) -> None:
    """Nothing tells a stranger that a case is there, nor that its person is not marked."""
    never = await sight(door, scene.c, scene.a.id, new_id())
    assert await sight(door, scene.c, scene.a.id, scene.case.id) == never


async def test_a_mark_is_set_on_ones_own_person_only(door: Database, scene: Scene) -> None:
    """Another organisation's person is not there to be marked, and stays what it was."""
    async with door.act(scene.c.caller()) as tx:
        assert not await protection.mark(tx, scene.person.id, "confidentiality_mark", "individual", TODAY)
        await tx.commit()
    assert await sight(door, scene.a, scene.a.id, scene.case.id) == (False, False)


async def test_nobody_is_cleared_without_two(door: Database, scene: Scene) -> None:
    """A clearance is stored only beside a proposal that another has approved in the same transaction."""
    caller = scene.a.caller()
    proposal = JointDecision(
        org_id=scene.a.id,
        id=new_id(),
        matter="clearance",
        subject_kind="individual",
        subject_id=scene.person.id,
        individual_id=scene.person.id,
        content={"accountId": str(scene.a.account), "validUntil": "2026-12-31"},
        gains_id=scene.a.account,
        gains_officer=scene.a.officer,
        gains_issuer="https://issuer.example",
        gains_subject=f"subject of {scene.a.id}",
        proposed_by=scene.a.account,
        proposed_at=caller.instant,
        expires_at=caller.instant + timedelta(days=14),
    )
    clearance = ProtectionClearance(
        org_id=scene.a.id,
        id=new_id(),
        individual_id=scene.person.id,
        account_id=scene.a.account,
        joint_decision_id=proposal.id,
        valid_until=proposal.expires_at,
        recorded_at=caller.instant,
    )
    async with door.act(caller) as tx:
        await tx.add(proposal)
        with pytest.raises(NotFound):
            await tx.add(clearance)


@pytest.mark.parametrize("table", ["protection_mark", "protection_clearance", "joint_decision"])
async def test_marks_and_clearances_are_their_organisations_own(
    door: Database, scene: Scene, table: str
) -> None:
    """The row of one organisation's word on a person is seen by no other."""
    async with door.act(scene.a.caller()) as tx:
        await protection.mark(tx, scene.person.id, "confidentiality_mark", "individual", TODAY)
        await tx.commit()
    async with door.act(scene.c.caller()) as tx:
        assert await tx.call(f"select count(*) from flerpart.{table}") == 0


@pytest.mark.parametrize("call", ["even_out($1, $1)", "cleared($1)"])
async def test_the_gates_own_functions_are_the_gates(door: Database, scene: Scene, call: str) -> None:
    """What marks others, or tells who is cleared, is not the application's to call."""
    async with door.act(scene.a.caller()) as tx:
        with pytest.raises(Unavailable):
            await tx.call(f"select gate_protection.{call}", new_id())
