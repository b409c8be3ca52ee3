"""Accounts and their roles: who may act for the organisation, decided by two of its administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import directory
from app.db.ids import new_id
from app.db.tables.directory import Account
from app.domain.access import ADMINISTRATORS, CASE_STAFF, Operation, Relation, Role
from app.domain.joint_decisions import Hand, Matter
from app.domain.rule import Words
from app.errors import FieldFault, NotForOneself, NotFound, Unprocessable, VersionStale
from app.services.carriers import UNKNOWN_OFFICER
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.joint_decisions import Proposed, attempt, own_hand, propose
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


async def propose_account(desk: Desk, key: RequestKey, account: AccountNew) -> Receipt:
    """Propose an account for an officer, which another administrator then approves.

    Raises NotForOneself for one's own officer or subject, Unprocessable for an officer or unit that is not
    the organisation's and for roles that do not go together, SecondPersonMissing.
    """
    _demand_compatible(account.roles)
    async with attempt(desk, Operation.ADD_ACCOUNT, key, "account") as decision:
        decision.entitle(Relation.OWN_ORGANISATION)
        if decision.answered:
            return decision.answered
        officer = await directory.officer(decision.tx, account.officer_id)
        if officer is None or (officer["left_on"] is not None and officer["left_on"] <= decision.today):
            raise Unprocessable(UNKNOWN_OFFICER.at("/officerId"))
        await demand_own_unit(decision, account.unit_id)
        new = Hand(new_id(), account.officer_id, account.issuer, account.subject)
        content = {
            "officerId": str(account.officer_id),
            "unitId": str(account.unit_id),
            "issuer": account.issuer,
            "subject": account.subject,
            "roles": _words(account.roles),
        }
        return await propose(
            decision, Proposed(Matter.NEW_ACCOUNT, "account", new.account_id, content, gains=new)
        )


async def propose_roles(
    desk: Desk, key: RequestKey, account_id: UUID, version: int, roles: frozenset[Role]
) -> Receipt:
    """Propose other roles for an account, which another administrator then approves.

    Raises NotFound, NotForOneself for one's own account, Unprocessable, VersionStale, SecondPersonMissing.
    """
    _demand_compatible(roles)
    async with attempt(desk, Operation.CHANGE_ROLES, key, "account", account_id) as decision:
        row = await _found(decision, account_id)
        if decision.answered:
            return decision.answered
        gains = Hand(row["id"], row["officer_id"], row["issuer"], row["subject"])
        if row["version"] != version:
            raise VersionStale
        content = {"version": version, "roles": _words(roles)}
        return await propose(decision, Proposed(Matter.ROLES, "account", account_id, content, gains=gains))


async def end(desk: Desk, key: RequestKey, account_id: UUID, version: int) -> Receipt:
    """End an account; that bites at its next request, and one administrator is enough.

    Raises NotFound, NotForOneself for one's own account, VersionStale.
    """
    async with attempt(desk, Operation.END_ACCOUNT, key, "account", account_id) as decision:
        row = await _found(decision, account_id)
        if decision.answered:
            return decision.answered
        theirs = Hand(row["id"], row["officer_id"], row["issuer"], row["subject"])
        if theirs.is_of_the_same_person_as(await own_hand(decision)):
            raise NotForOneself
        if not await directory.change(
            decision.tx, Account, account_id, version, roles=row["roles"], active=False
        ):
            raise VersionStale
        await decision.journal("account", account_id)
        return await decision.conclude(Receipt.of(account_id, desk.now, version=version + 1))


async def _found(decision: Decision, account_id: UUID) -> Mapping[str, Any]:
    """The account, the caller's to keep. Raises NotFound."""
    row = await directory.account(decision.tx, account_id)
    if row is None:
        raise NotFound
    decision.entitle(Relation.OWN_ORGANISATION)
    found: Mapping[str, Any] = row
    return found


def _words(roles: frozenset[Role]) -> list[str]:
    return sorted(role.value for role in roles)


def _demand_compatible(roles: frozenset[Role]) -> None:
    """Raises Unprocessable where whoever administers the organisation would see its cases."""
    if roles & ADMINISTRATORS and roles & CASE_STAFF:
        raise Unprocessable(ROLES_CONFLICT.at("/roles"))


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
