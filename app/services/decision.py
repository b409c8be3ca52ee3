"""A decision under way: judged by the agreement, journalled in its own transaction, committed visibly."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.db.ids import new_id
from app.db.tables.deviations import StatisticFact
from app.db.tables.records import AnsweredKey, JournalEntry
from app.domain.agreement import Agreement
from app.domain.facts.case import Case
from app.domain.facts.picture import Picture
from app.domain.judgement import Verdict, decide
from app.domain.rulebook import judge
from app.domain.step import Step
from app.domain.tertials import month_counted
from app.errors import AgreementBroken
from app.services.reading import Reading
from app.services.receipt import Receipt

NOTHING_JUDGED = Verdict(blocked=(), explained=(), remarks=())


@dataclass(frozen=True)
class RequestKey:
    """The client's Idempotency-Key and what came with it: the same key with another request is refused."""

    value: str
    fingerprint: bytes


@dataclass(frozen=True)
class Decision(Reading):
    """A transaction that changes something.

    `answered` is the receipt given before for the same key: return it once the caller has been found
    entitled again.
    """

    key: RequestKey | None
    answered: Receipt | None
    told: list[Case] = field(default_factory=list)
    """The cases of which a refusal tells what they lack: shown, and logged, though nothing else is stored."""

    def judged(
        self, step: Step, picture: Picture, agreement: Agreement, reasons: Mapping[str, str]
    ) -> Verdict:
        """What the agreement says of the step. Raises AgreementBroken, with every finding, when it
        refuses.
        """
        verdict = decide(step, judge(step, picture, agreement), reasons)
        if not verdict.allows:
            self.told.append(picture.case)
            raise AgreementBroken(verdict.blocked)
        return verdict

    async def journal(
        self,
        item_kind: str,
        item_id: UUID,
        *,
        item_org: UUID | None = None,
        individual_id: UUID | None = None,
        agreement: Agreement | None = None,
        verdict: Verdict = NOTHING_JUDGED,
    ) -> None:
        """Write down the decision: who, about what, under which agreement, with which findings and
        reasons.
        """
        entry_id = new_id()
        reasons = {one.finding.rule_id: one.reason for one in verdict.explained}
        self.tx.later(
            JournalEntry(
                org_id=self.me,
                id=entry_id,
                actor_id=self.assignment.account_id,
                unit_id=self.assignment.unit_id,
                operation=self.operation.value,
                item_kind=item_kind,
                item_id=item_id,
                item_org=item_org,
                individual_id=individual_id,
                agreement_id=agreement.id if agreement else None,
                findings=_findings(verdict),
                explanations_sealed=self.seal(
                    JournalEntry, entry_id, "explanations_sealed", json.dumps(reasons, ensure_ascii=False)
                )
                if reasons
                else None,
                recorded_at=self.now,
            )
        )
        if agreement:
            for one in verdict.explained:
                await self.count(agreement, "explanation", one.finding.rule_id)

    async def count(
        self,
        agreement: Agreement,
        kind: str,
        detail: str,
        *,
        party: str | None = None,
        municipality: str | None = None,
        on: date | None = None,
    ) -> None:
        """One person-free fact for the statistics: of the caller's own party unless another is named."""
        self.tx.later(
            StatisticFact(
                org_id=self.me,
                id=new_id(),
                agreement_key=agreement.key,
                kind=kind,
                detail=detail,
                party=party or party_of(agreement, self.me),
                municipality=municipality,
                month=month_counted(on or self.today, self.today),
            )
        )

    async def conclude(self, receipt: Receipt) -> Receipt:
        """Remember what the key was answered with, store everything, and answer."""
        if self.key is not None:
            self.tx.later(
                AnsweredKey(
                    org_id=self.me,
                    actor_id=self.assignment.account_id,
                    key=self.key.value,
                    fingerprint=self.key.fingerprint,
                    receipt=receipt.to_json(),
                    recorded_at=self.now,
                )
            )
        await self.tx.commit()
        return receipt


def party_of(agreement: Agreement, organisation_id: UUID) -> str:
    """The code of the party an organisation is part of; `-` for one that is part of none."""
    return next((one.code for one in agreement.parties if organisation_id in one.organisation_ids), "-")


def _findings(verdict: Verdict) -> list[dict[str, Any]]:
    """The verdict as the journal keeps it: ids, effects and pointers, nothing anybody wrote."""
    told = [(one, False) for one in verdict.remarks] + [(one.finding, True) for one in verdict.explained]
    return [
        {
            "rule": finding.rule_id,
            "effect": finding.effect.value,
            "clauses": list(finding.clause_ids),
            "code": finding.code,
            "pointer": finding.pointer,
            "explained": explained,
        }
        for finding, explained in told
    ]
