"""How every step on a case ends: the case's next version, the journal, the receipt."""

from datetime import datetime
from uuid import UUID

from app.db import cases
from app.db.facts import Found
from app.domain.judgement import Verdict
from app.errors import VersionStale
from app.services.decision import NOTHING_JUDGED, Decision
from app.services.receipt import Receipt


async def conclude_act(
    decision: Decision,
    found: Found,
    item_id: UUID,
    verdict: Verdict = NOTHING_JUDGED,
    *,
    closed_at: datetime | None = None,
) -> Receipt:
    """Conclude an act on a case: it moves the case to its next version, and closes it where a time is given.

    Raises VersionStale when the case has moved on meanwhile.
    """
    version = found.row.version
    if not await cases.next_version(decision.tx, found.case.id, version, closed_at):
        raise VersionStale
    await _journal(decision, found, verdict)
    return await decision.conclude(
        Receipt.of(item_id, decision.now, version=version + 1, remarks=verdict.remarks)
    )


async def conclude_statement(
    decision: Decision, found: Found, item_id: UUID, verdict: Verdict = NOTHING_JUDGED
) -> Receipt:
    """Conclude a statement about a case: nobody's view of the case grows stale by it."""
    await _journal(decision, found, verdict)
    return await decision.conclude(Receipt.of(item_id, decision.now, remarks=verdict.remarks))


async def _journal(decision: Decision, found: Found, verdict: Verdict) -> None:
    await decision.journal(
        "case",
        found.case.id,
        individual_id=found.row.individual_id,
        agreement=found.agreement,
        verdict=verdict,
    )
