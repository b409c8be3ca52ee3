"""One generated case from need to plan, as rows: sealed, consented, disclosed and delivered like real ones.

Seven cases of ten are closed. Of three open ones two have a meeting ready to be called to, and one a
meeting to which four organisations have been called and not all have answered.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.db.tables.cases import Closure
from bench.agreed_plans import AgreedPlans
from bench.sizes import HELD
from bench.staff import Body, Desk
from bench.telling import Storyteller


@dataclass(frozen=True)
class Ready:
    """A meeting to which its four invited organisations can be called."""

    desk: Desk
    meeting_id: UUID
    version: int


@dataclass(frozen=True)
class Called:
    """A received summons that waits for a reply."""

    desk: Desk
    summons_id: UUID


@dataclass(frozen=True)
class Told:
    """What a generated case offers to the measurements."""

    desk: Desk
    case_id: UUID
    ready: Ready | None
    called: tuple[Called, ...]


def tell(teller: Storyteller, number: int, holder: Body, desk: Desk, references: dict[UUID, int]) -> Told:
    """Case number `number`, held at `desk`; `references` has each organisation's last reference number."""
    return _Case(teller, number, holder, desk, references).told()


class _Case(AgreedPlans):
    """One case from beginning to end."""

    def told(self) -> Told:
        """Every row of the case."""
        self._person_and_case()
        self._consent("call")
        self._consent("information_exchange")
        for nth in range(HELD):
            at = self._begun + timedelta(days=50 + 50 * nth)
            self._plan(self._held(at), at, nth)
        ready: Ready | None = None
        called: tuple[Called, ...] = ()
        if self._is_closed:
            at = self._begun + timedelta(days=50 + 50 * HELD)
            self._conclude(self._held(at), at, None)
            self._add(Closure, at + timedelta(days=30), case_id=self._case_id, reason="goal_reached")
        else:
            ahead = self._t._now + timedelta(weeks=26, hours=self._number % 100)
            meeting_id, version, invited = self._meeting(self._t._now - timedelta(days=3), ahead)
            if self._number % 2:
                ready = Ready(self._holder.desk, meeting_id, version)
            else:
                at = self._t._now - timedelta(days=2)
                summonses = self._call(meeting_id, ahead, at, invited)
                called = tuple(
                    Called(party.desk, id_) for party, id_ in zip(self._others, summonses, strict=True)
                )
                self._reply(self._others[0], summonses[0], at + timedelta(hours=5))
        return Told(self._holder.desk, self._case_id, ready, called)
