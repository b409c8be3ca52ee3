"""One caller's desk: what a use case works with, for whom, and when. Every use case starts here.

A use case that only reads takes `reading`; one that changes something takes `deciding` and concludes visibly:

    async with desk.deciding(Operation.RECORD_CONSENT, key) as decision:
        case = await ...                       # what is not visible is NotFound
        if decision.answered:                  # permission has been asked again: answer as before
            return decision.answered
        ...                                    # judge, change, journal
        return await decision.conclude(receipt)
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime

from app.auth.principal import Assignment
from app.db import answered_keys
from app.db.caller import Caller
from app.db.database import Tx
from app.db.ids import new_id
from app.db.reading import Shown
from app.db.tables.records import JournalEntry
from app.domain.access import Operation, Role, may_ever
from app.domain.calendar import stockholm_day
from app.domain.facts.case import Case
from app.errors import AgreementBroken, NotAllowed, TooManyPersons
from app.services.decision import Decision, RequestKey
from app.services.house import House
from app.services.reading import Reading
from app.services.receipt import Receipt

TOO_MANY_PERSONS = "too_many_persons"
"""The kind of a journal entry that says: this account was refused to see still more persons."""


@dataclass(frozen=True)
class Desk:
    """The house, the caller's assignment, and the instant of the request (UTC)."""

    house: House
    assignment: Assignment
    now: datetime

    @property
    def today(self) -> date:
        """Today's day in Stockholm, which is what the agreement counts in."""
        return stockholm_day(self.now)

    @property
    def caller(self) -> Caller:
        """The caller as the database knows one."""
        mine = self.assignment
        return Caller(mine.organisation_id, mine.unit_id, mine.account_id, self.now)

    def permit(self, operation: Operation) -> None:
        """Raises NotAllowed where none of the caller's roles may ever do this:
        before anything is looked up.
        """
        if not may_ever({Role(role) for role in self.assignment.roles}, operation):
            raise NotAllowed

    @asynccontextmanager
    async def reading(self, operation: Operation) -> AsyncIterator[Reading]:
        """A transaction that shows something.

        The use case commits it: a log row that is lost was no log row.
        """
        self.permit(operation)
        async with self._acting(operation) as tx:
            yield Reading(tx, self.house, self.assignment, self.now, operation)

    @asynccontextmanager
    async def deciding(self, operation: Operation, key: RequestKey | None) -> AsyncIterator[Decision]:
        """A transaction that changes something; `key` is None where If-Match guards instead.

        Raises NotAllowed, IdempotencyInProgress or IdempotencyKeyReused before anything is looked up.
        """
        self.permit(operation)
        told: list[Case] = []
        try:
            async with self._acting(operation) as tx:
                answered = None
                if key is not None:
                    lock = f"{self.assignment.organisation_id}|{self.assignment.account_id}|{key.value}"
                    kept = await answered_keys.claim(tx, lock, key.value, key.fingerprint)
                    answered = Receipt.from_json(kept) if kept else None
                yield Decision(tx, self.house, self.assignment, self.now, operation, key, answered, told)
        except AgreementBroken:
            await self._log_refusal(operation, told)
            raise

    async def _log_refusal(self, operation: Operation, told: list[Case]) -> None:
        """Log that a refusal shows what a case lacks, once all else is undone. If it cannot be logged, the
        findings are not answered.
        """
        async with self.reading(operation) as reading:
            await reading.log_shown(*(Shown("refusal", one.holder, one.id, one.id) for one in told))
            await reading.commit()

    @asynccontextmanager
    async def _acting(self, operation: Operation) -> AsyncIterator[Tx]:
        """A transaction of the caller's. Where it would show more persons than one may be shown in an hour it
        is undone, and that it was tried is journalled for review.
        """
        try:
            async with self.house.database.act(self.caller) as tx:
                yield tx
        except TooManyPersons:
            async with self.house.database.act(self.caller) as tx:
                tx.later(self._too_many_persons(operation))
                await tx.commit()
            raise

    def _too_many_persons(self, operation: Operation) -> JournalEntry:
        mine = self.assignment
        return JournalEntry(
            org_id=mine.organisation_id,
            id=new_id(),
            actor_id=mine.account_id,
            unit_id=mine.unit_id,
            operation=operation.value,
            item_kind=TOO_MANY_PERSONS,
            item_id=mine.account_id,
            findings=[],
            recorded_at=self.now,
        )
