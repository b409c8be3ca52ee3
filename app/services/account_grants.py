"""What two administrators have agreed on is given: an account, or other roles for one."""

from uuid import UUID

from app.db import directory
from app.db.tables.directory import Account
from app.errors import NotFound, VersionStale
from app.services.decision import Decision
from app.services.joint_decisions import Agreed


async def give_account(decision: Decision, agreed: Agreed) -> None:
    """Make the account. Raises AlreadyExists where the subject has got one in the unit meanwhile."""
    content = agreed.content
    await decision.tx.add(
        Account(
            org_id=decision.me,
            id=agreed.subject_id,
            unit_id=UUID(content["unitId"]),
            officer_id=UUID(content["officerId"]),
            issuer=content["issuer"],
            subject=content["subject"],
            roles=content["roles"],
            version=1,
        )
    )
    await decision.journal("account", agreed.subject_id)


async def give_roles(decision: Decision, agreed: Agreed) -> None:
    """Give the account the roles, and open it again where it had ended.

    Raises VersionStale where it has been changed since they were proposed.
    """
    row = await directory.account(decision.tx, agreed.subject_id)
    if row is None:
        raise NotFound
    if not await directory.change(
        decision.tx,
        Account,
        agreed.subject_id,
        agreed.content["version"],
        roles=agreed.content["roles"],
        active=True,
    ):
        raise VersionStale
    await decision.journal("account", agreed.subject_id)
