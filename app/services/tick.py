"""What time brings: the deviations that the facts themselves point out, proposed once each.

Reminders need no storing: a work list reads them from the cases. Everything here may be run again at any
time, and twice at once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.auth.principal import Assignment
from app.db.accounts import service_actors
from app.db.facts import Found, case_as_seen, case_for_change
from app.db.ids import new_id
from app.db.tables.deviations import Deviation
from app.db.tick import cases_after
from app.domain.access import Operation, Relation
from app.domain.proposals import Proposal, proposals
from app.errors import Unavailable
from app.errors.telling import told
from app.services.at_hand import asking
from app.services.decision import Decision, party_of
from app.services.desk import Desk
from app.services.house import House

log = logging.getLogger("flerpart.tick")

CASES_AT_ONCE = 100
"""How many cases are looked at before somebody may ask to stop."""
LOOKS_BACK = timedelta(days=90)
"""How long after its end a case is still looked at: what went wrong last is known only then."""
_FIRST = UUID(int=0)


@dataclass(frozen=True)
class Ticked:
    """How many deviations were proposed, in how many cases nothing could be said, and how many were seen."""

    proposed: int = 0
    failed: int = 0
    seen: int = 0

    def __add__(self, other: "Ticked") -> "Ticked":
        """Both runs together."""
        return Ticked(self.proposed + other.proposed, self.failed + other.failed, self.seen + other.seen)


async def service_desks(house: House, now: datetime) -> list[Desk]:
    """The desk of every organisation's service account: whom time acts as. Raises Unavailable."""
    return [
        Desk(
            house,
            Assignment(
                account_id=one.account_id,
                organisation_id=one.organisation_id,
                unit_id=one.unit_id,
                officer_id=one.officer_id,
                roles=one.roles,
                display_name=one.name,
                language=None,
            ),
            now,
        )
        for one in await service_actors(house.database)
    ]


async def tick_everywhere(
    house: House, clock: Callable[[], datetime], stops: Callable[[], bool] = lambda: False
) -> Ticked:
    """Look at every organisation's cases, part by part, until done or told to stop. Raises Unavailable."""
    done = Ticked()
    for desk in await service_desks(house, clock()):
        after: UUID | None = _FIRST
        while after is not None and not stops():
            part, after = await tick(desk, after)
            done += part
    return done


async def tick(desk: Desk, after: UUID = _FIRST, *, most: int = CASES_AT_ONCE) -> tuple[Ticked, UUID | None]:
    """Look at the cases of the desk's organisation that come after an id;
    and after which to go on, if there may be more.

    A case in which something goes wrong stops no other. Raises NotAllowed, and Unavailable.
    """
    async with desk.reading(Operation.TICK) as reading:
        ids = await cases_after(reading.tx, after, closed_since=desk.now - LOOKS_BACK, most=most)
    done = Ticked()
    for case_id in ids:
        try:
            done += Ticked(proposed=await propose(desk, case_id), seen=1)
        except Unavailable:
            raise
        except Exception as error:
            # Never the message: it may quote what somebody wrote.
            log.error("a case could not be looked at", extra=told(error))
            done += Ticked(failed=1, seen=1)
    return done, ids[-1] if len(ids) == most else None


async def propose(desk: Desk, case_id: UUID) -> int:
    """Propose the deviations that a case's facts point out, each once for its rule and subject; how many.

    The case is locked only when there is something to propose, and then asked again. Raises NotFound.
    """
    async with desk.reading(Operation.TICK) as reading:
        reading.entitle(Relation.OWN_ORGANISATION)
        found = await case_as_seen(reading.tx, reading.me, case_id, asking(reading))
        if not proposals(found.case, found.agreement):
            return 0
    async with desk.deciding(Operation.TICK, None) as decision:
        decision.entitle(Relation.OWN_ORGANISATION)
        found = await case_for_change(decision.tx, decision.me, case_id, asking(decision))
        made = proposals(found.case, found.agreement)
        for one in made:
            await _add(decision, found, one)
        await decision.commit()
        return len(made)


async def _add(decision: Decision, found: Found, proposal: Proposal) -> None:
    """Store a proposal: it waits for a person of the case's unit, and is counted when confirmed."""
    deviation_id = new_id()
    await decision.tx.add(
        Deviation(
            org_id=decision.me,
            id=deviation_id,
            unit_id=found.row.unit_id,
            agreement_id=found.agreement.id,
            type=proposal.type.value,
            origin="proposed",
            about_org=proposal.concerns,
            about_party=party_of(found.agreement, proposal.concerns),
            case_org=decision.me,
            case_id=found.row.id,
            individual_id=found.row.individual_id,
            proposed_by_rule=proposal.rule_id,
            subject_kind=proposal.subject.kind.value,
            subject_id=proposal.subject.id,
            occurred_on=decision.today,
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
        )
    )
    await decision.journal(
        "deviation", deviation_id, individual_id=found.row.individual_id, agreement=found.agreement
    )
