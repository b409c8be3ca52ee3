"""Accounts and their roles: who may act for the organisation, decided by its administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import directory
from app.db.ids import new_id
from app.db.tables.directory import Account
from app.domain.access import ADMINISTRATORS, CASE_STAFF, Operation, Relation, Role
from app.domain.rule import Words
from app.errors import FieldFault, NotAllowed, NotFound, PreconditionFailed, Unprocessable
from app.services.carriers import UNKNOWN_OFFICER
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.officers import demand_own_unit
from app.services.paging import PageFound, Paging
from app.services.receipt import Receipt

ROLES_CONFLICT = FieldFault(
    "ROLES_CONFLICT",
    Words(
        "Den som administrerar organisationen ser inga ärenden: rollerna går inte ihop",
        "Whoever administers the organisation sees no case: the roles do not go together",
    ),
)
NOT_FOR_ONESELF = Words(
    "Ingen ger sig själv roller: be en annan administratör",
    "Nobody grants roles to themselves: ask another administrator",
)


@dataclass(frozen=True)
class AccountNew:
    """An account to make: who (issuer, subject) acts as which officer, for which unit, with which roles."""

    officer_id: UUID
    unit_id: UUID
    issuer: str
    subject: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class AccountShown:
    """An account of one's own organisation."""

    id: UUID
    version: int
    officer_id: UUID
    unit_id: UUID
    issuer: str
    subject: str
    roles: tuple[Role, ...]
    active: bool


async def list_own(desk: Desk, paging: Paging) -> PageFound[AccountShown]:
    """A page of the own organisation's accounts."""
    async with desk.reading(Operation.LIST_ACCOUNTS) as reading:
        reading.entitle(Relation.OWN_ORGANISATION)
        rows = await directory.page(reading.tx, directory.ACCOUNTS, limit=paging.limit, offset=paging.offset)
        total = await directory.count_to_1000(reading.tx, directory.ACCOUNTS)
        await reading.commit()
        return PageFound(tuple(_shown(row) for row in rows), total)


async def read(desk: Desk, account_id: UUID) -> AccountShown:
    """One account of the own organisation. Raises NotFound."""
    async with desk.reading(Operation.READ_ACCOUNT) as reading:
        row = await directory.account(reading.tx, account_id)
        if row is None:
            raise NotFound
        reading.entitle(Relation.OWN_ORGANISATION)
        await reading.commit()
        return _shown(row)


async def add(desk: Desk, key: RequestKey, account: AccountNew) -> Receipt:
    """Give an officer an account.

    Raises NotAllowed for one's own officer or subject, Unprocessable for an officer or unit that is not the
    organisation's and for roles that do not go together, AlreadyExists.
    """
    _demand_compatible(account.roles)
    async with desk.deciding(Operation.ADD_ACCOUNT, key) as decision:
        decision.entitle(Relation.OWN_ORGANISATION)
        if decision.answered:
            return decision.answered
        await _demand_another(decision, account.officer_id, account.issuer, account.subject)
        officer = await directory.officer(decision.tx, account.officer_id)
        if officer is None or (officer["left_on"] is not None and officer["left_on"] <= decision.today):
            raise Unprocessable(UNKNOWN_OFFICER.at("/officerId"))
        await demand_own_unit(decision, account.unit_id)
        account_id = new_id()
        await decision.tx.add(
            Account(
                org_id=decision.me,
                id=account_id,
                unit_id=account.unit_id,
                officer_id=account.officer_id,
                issuer=account.issuer,
                subject=account.subject,
                roles=sorted(role.value for role in account.roles),
                version=1,
            )
        )
        await decision.journal("account", account_id)
        return await decision.conclude(Receipt.of(account_id, desk.now, version=1))


async def change(
    desk: Desk, account_id: UUID, version: int, roles: frozenset[Role], *, active: bool
) -> AccountShown:
    """Give an account other roles, or end it; both bite at its next request.

    Raises NotFound, NotAllowed for one's own account, Unprocessable, PreconditionFailed.
    """
    _demand_compatible(roles)
    async with desk.deciding(Operation.CHANGE_ACCOUNT, None) as decision:
        row = await directory.account(decision.tx, account_id)
        if row is None:
            raise NotFound
        decision.entitle(Relation.OWN_ORGANISATION)
        await _demand_another(decision, row["officer_id"], row["issuer"], row["subject"])
        words = sorted(role.value for role in roles)
        if not await directory.change(decision.tx, Account, account_id, version, roles=words, active=active):
            raise PreconditionFailed
        await decision.journal("account", account_id)
        await decision.commit()
        return _shown(dict(row) | {"roles": words, "active": active, "version": version + 1})


def _demand_compatible(roles: frozenset[Role]) -> None:
    """Raises Unprocessable where whoever administers the organisation would see its cases."""
    if roles & ADMINISTRATORS and roles & CASE_STAFF:
        raise Unprocessable(ROLES_CONFLICT.at("/roles"))


async def _demand_another(decision: Decision, officer_id: UUID, issuer: str, subject: str) -> None:
    """Raises NotAllowed where the account is the caller's own: the same officer, or the same subject."""
    mine = await directory.account(decision.tx, decision.assignment.account_id)
    own_subject = mine is not None and (mine["issuer"], mine["subject"]) == (issuer, subject)
    if own_subject or officer_id == decision.assignment.officer_id:
        raise NotAllowed(NOT_FOR_ONESELF)


def _shown(row: Mapping[str, Any]) -> AccountShown:
    return AccountShown(
        id=row["id"],
        version=row["version"],
        officer_id=row["officer_id"],
        unit_id=row["unit_id"],
        issuer=row["issuer"],
        subject=row["subject"],
        roles=tuple(Role(role) for role in row["roles"]),
        active=row["active"],
    )
