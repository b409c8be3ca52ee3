"""Steps of protected identity: marked by one, cleared by two."""

from typing import Any
from uuid import UUID

from tests.api.conftest import Caller
from tests.api.scenes import jointly, made

MARK: dict[str, Any] = {
    "mark": "confidentiality_mark",
    "source": "population_register",
    "decidedOn": "2026-03-01",
}


async def protected(by: Caller, individual_id: UUID | str) -> None:
    """Somebody has marked the person."""
    await made(by, f"/individuals/{individual_id}/protections", MARK)


async def cleared(
    account: Caller,
    individual_id: UUID | str,
    *,
    proposer: Caller,
    approver: Caller,
    until: str = "2026-12-31",
) -> None:
    """Two others have let an account see where the person is."""
    order = {"accountId": str(account.account_id), "validUntil": until}
    await jointly(await proposer.post(f"/individuals/{individual_id}/clearances", order), approver)
