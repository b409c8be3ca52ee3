"""Disposals: proposed by one, carried out when another approves, and certified.

The database's own gate removes what two have agreed on, in the approving transaction, and leaves a tombstone
for each thing; nobody else can delete anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.db import directory
from app.db import disposal as rows
from app.db.ids import new_id
from app.db.tables.disposal import Disposal
from app.documents.disposal_certificate import (
    CertifiedRule,
    Deciders,
    Gone,
    digest_of,
    disposal_certificate,
)
from app.documents.document import Document
from app.domain.access import Operation, Relation
from app.domain.codes import DisposalEvent, DisposalKind
from app.domain.disposal import Keeping
from app.domain.joint_decisions import Matter
from app.domain.rule import Words
from app.errors import DisposalNotDue, FieldFault, NotFound, Unprocessable
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.disposal_rules import keeping_of, own_rule
from app.services.joint_decisions import Agreed, Proposed, attempt, propose
from app.services.paging import PageFound, Paging
from app.services.reading import Reading
from app.services.receipt import Receipt

NOT_DUE = FieldFault("NOT_DUE", Words("Omfattas inte av regeln i dag", "Does not fall under the rule today"))


@dataclass(frozen=True)
class Tombstone:
    """What stays of one thing."""

    id: UUID
    organisation_id: UUID | None
    event_on: date
    rows_removed: int


@dataclass(frozen=True)
class DisposalListed:
    """A disposal that has been carried out."""

    id: UUID
    rule_id: UUID
    kind: DisposalKind
    items: int
    rows_removed: int
    proposed_by: UUID
    approved_by: UUID
    disposed_at: datetime


@dataclass(frozen=True)
class DisposalShown:
    """The same with what stays of each thing."""

    listed: DisposalListed
    tombstones: tuple[Tombstone, ...]


@dataclass(frozen=True)
class CertificateShown:
    """The certificate (gallringsbevis) and the SHA-256 of its text."""

    disposal_id: UUID
    document: Document
    digest: str


async def propose_disposal(desk: Desk, key: RequestKey, rule_id: UUID, items: tuple[UUID, ...]) -> Receipt:
    """Put before another person that these things be disposed of under a rule.

    Raises NotFound for the rule, and Unprocessable for each thing that does not fall under it today.
    """
    async with attempt(desk, Operation.PROPOSE_DISPOSAL, key, "disposal_rule", rule_id) as decision:
        await own_rule(decision, rule_id)
        if decision.answered:
            return decision.answered
        due = await rows.among_due(decision.tx, rule_id, desk.today, list(items))
        early = [NOT_DUE.at(f"/itemIds/{place}") for place, one in enumerate(items) if one not in due]
        if early:
            raise Unprocessable(*early)
        content = {"ruleId": str(rule_id), "itemIds": [str(one) for one in items]}
        return await propose(decision, Proposed(Matter.DISPOSAL, "disposal", new_id(), content))


async def carry_out(decision: Decision, agreed: Agreed) -> None:
    """Dispose of what two have agreed on: all of it or nothing.

    Raises DisposalNotDue where any of it does not fall under the rule any more.
    """
    rule_id = UUID(agreed.content["ruleId"])
    named = [UUID(one) for one in agreed.content["itemIds"]]
    rule = await rows.rule(decision.tx, rule_id)
    keeping = keeping_of(rule) if rule else None
    if (
        rule is None
        or keeping is None
        or await rows.among_due(decision.tx, rule_id, decision.today, named) != set(named)
    ):
        raise DisposalNotDue
    gone = [
        Gone(row["item_id"], row["event_on"], row["rows_removed"])
        for row in await rows.carry_out(decision.tx, agreed.subject_id)
    ]
    certificate = await _certificate(decision, agreed, _cited(rule, keeping), gone)
    await decision.tx.add(
        Disposal(
            org_id=decision.me,
            id=agreed.subject_id,
            rule_id=rule_id,
            kind=rule["kind"],
            items=len(gone),
            rows_removed=sum(one.rows_removed for one in gone),
            certificate=certificate.to_json(),
            digest=digest_of(certificate),
            proposed_by=agreed.proposed_by,
            approved_by=decision.assignment.account_id,
            disposed_at=decision.now,
        )
    )
    await decision.journal("disposal", agreed.subject_id)


async def list_own(desk: Desk, paging: Paging) -> PageFound[DisposalListed]:
    """A page of what the own organisation has disposed of."""
    async with desk.reading(Operation.LIST_DISPOSALS) as reading:
        reading.entitle(Relation.OWN_ORGANISATION)
        found = await directory.page(reading.tx, rows.DISPOSALS, limit=paging.limit, offset=paging.offset)
        total = await directory.count_to_1000(reading.tx, rows.DISPOSALS)
        await reading.commit()
        return PageFound(tuple(_listed(row) for row in found), total)


async def read(desk: Desk, disposal_id: UUID) -> DisposalShown:
    """One disposal of the own organisation, with its tombstones. Raises NotFound."""
    async with desk.reading(Operation.READ_DISPOSAL) as reading:
        row = await _own(reading, disposal_id)
        stones = await rows.tombstones(reading.tx, disposal_id)
        await reading.commit()
        return DisposalShown(
            _listed(row),
            tuple(
                Tombstone(one["item_id"], one["item_org"], one["event_on"], one["rows_removed"])
                for one in stones
            ),
        )


async def certificate_of(desk: Desk, disposal_id: UUID) -> CertificateShown:
    """The certificate of a disposal, as it was made then. Raises NotFound."""
    async with desk.reading(Operation.READ_DISPOSAL_CERTIFICATE) as reading:
        row = await _own(reading, disposal_id)
        await reading.commit()
        return CertificateShown(disposal_id, Document.from_json(row["certificate"]), row["digest"].hex())


async def _own(reading: Reading, disposal_id: UUID) -> Mapping[str, Any]:
    row = await rows.disposal(reading.tx, disposal_id)
    if row is None:
        raise NotFound
    reading.entitle(Relation.OWN_ORGANISATION)
    found: Mapping[str, Any] = row
    return found


async def _certificate(decision: Decision, agreed: Agreed, rule: CertifiedRule, gone: list[Gone]) -> Document:
    proposed, approved = agreed.proposed_by, decision.assignment.account_id
    deciders = Deciders(await _named(decision, proposed), await _named(decision, approved))
    organisation = await rows.own_name(decision.tx)
    return disposal_certificate(agreed.subject_id, organisation, rule, gone, deciders, decision.now)


def _cited(row: Mapping[str, Any], keeping: Keeping) -> CertifiedRule:
    return CertifiedRule(
        id=row["id"],
        kind=DisposalKind(row["kind"]),
        event=DisposalEvent(row["event"]),
        keeping=keeping,
        decision=row["decision"],
        statute=row["statute"],
        in_force_from=row["in_force_from"],
    )


async def _named(decision: Decision, account_id: UUID) -> str:
    row = await rows.officer_of(decision.tx, account_id)
    return f"{row['name']}, {row['function']}" if row else str(account_id)


def _listed(row: Mapping[str, Any]) -> DisposalListed:
    return DisposalListed(
        id=row["id"],
        rule_id=row["rule_id"],
        kind=DisposalKind(row["kind"]),
        items=row["items"],
        rows_removed=row["rows_removed"],
        proposed_by=row["proposed_by"],
        approved_by=row["approved_by"],
        disposed_at=row["disposed_at"],
    )
