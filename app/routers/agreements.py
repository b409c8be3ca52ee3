"""Agreements: who the parties are, what they share, and what holds each clause."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.agreements.contents import AgreementFile, Organisation
from app.agreements.pages import HELD_AS
from app.deps import Links, TheDesk
from app.domain.agreement import Holder, NotHeld, RuleHolder
from app.domain.facts.basics import NoEnd, NotYet
from app.schemas.agreements import (
    AGREEMENT,
    AGREEMENT_PAGE,
    AgreementListed,
    AgreementOut,
    AgreementPage,
    BodyOut,
    ClauseOut,
    HolderOut,
    MeetingFormOut,
    OrganisationInAgreement,
    PartyOut,
    RoutineOut,
    TermOut,
    UnitInAgreement,
)
from app.schemas.links import LinkMaker
from app.schemas.lists import ListQuery, follows, page_links, page_meta
from app.schemas.operation import operation
from app.services import agreements as service
from app.services.agreements import AgreementShown

router = APIRouter(tags=["agreements"])

AgreementId = Annotated[str, Path(alias="agreementId", max_length=80, examples=["uppsala@2020-01-01"])]


@router.get(
    "/agreements",
    **operation(
        "listAgreements", sv="Lista överenskommelser.", en="List the agreements.", answer=AGREEMENT_PAGE
    ),
)
async def list_agreements(query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links) -> AgreementPage:
    """Every version there has been; one of each agreement is in force."""
    found = service.list_all(desk)
    shown = found[query.offset : query.offset + query.limit]
    return AgreementPage(
        items=[_listed(one, links) for one in shown],
        meta=page_meta(query, len(shown), len(found)),
        links=page_links(
            links.url("/agreements"), query, more=follows(query, len(shown), len(found)), total=len(found)
        ),
    )


@router.get(
    "/agreements/{agreementId}",
    **operation(
        "readAgreement",
        sv="Läs en överenskommelse: parter, giltighet och klausuler.",
        en="Read an agreement: parties, term and clauses.",
        answer=AGREEMENT,
    ),
)
async def read_agreement(agreement_id: AgreementId, desk: TheDesk, links: Links) -> AgreementOut:
    """Clause by clause: its own wording, how strongly it speaks, and what holds it."""
    return _out(service.read(desk, agreement_id), links)


def _listed(shown: AgreementShown, links: LinkMaker) -> AgreementListed:
    agreement = shown.file.agreement
    return AgreementListed(
        id=agreement.id,
        key=agreement.key,
        name=agreement.name,
        valid_from=agreement.valid_from,
        in_force=shown.in_force,
        municipality=agreement.municipality,
        parties=[one.code for one in agreement.parties],
        links=[links("self", f"/agreements/{agreement.id}")],
    )


def _out(shown: AgreementShown, links: LinkMaker) -> AgreementOut:
    file, agreement = shown.file, shown.file.agreement
    return AgreementOut(
        id=agreement.id,
        key=agreement.key,
        name=agreement.name,
        valid_from=agreement.valid_from,
        in_force=shown.in_force,
        municipality=agreement.municipality,
        liability=file.liability,
        copies=file.copies,
        term=_term(file),
        routine=RoutineOut.model_validate(file.routine, from_attributes=True),
        improvement_areas=list(file.improvement_areas),
        parties=[
            PartyOut(
                code=one.code,
                name=one.name,
                approved_on=one.approved_on,
                mission=one.mission,
                reservation=one.reservation,
                organisations=_organisations(one.organisations),
            )
            for one in file.parties
        ],
        bodies=[
            BodyOut(code=one.code, name=one.name, organisations=_organisations(one.organisations))
            for one in file.bodies
        ],
        meeting_forms=[
            MeetingFormOut(key=one.key, name=one.name, statutory=one.statutory, parties=list(one.parties))
            for one in file.meeting_forms
        ],
        clauses=[
            ClauseOut(
                id=one.id,
                section=one.section,
                wording=list(one.quotes),
                modality=one.modality,
                interpreted=one.interpreted,
                held_by=[_holder(holder) for holder in one.held_by],
            )
            for one in agreement.clauses
        ],
        links=[links("self", f"/agreements/{agreement.id}"), links("rules", "/rules")],
    )


def _term(file: AgreementFile) -> TermOut:
    term, renewal = file.agreement.term, file.renewal
    return TermOut(
        in_force_from=None if isinstance(term.in_force_from, NotYet) else term.in_force_from,
        ends_on=None if isinstance(term.ends_on, NoEnd) else term.ends_on,
        first_term_ends=renewal.first_term_ends,
        renewal_years=renewal.renewal_years,
        notice_months=renewal.notice_months,
        notice_form=renewal.notice_form,
    )


def _organisations(organisations: Iterable[Organisation]) -> list[OrganisationInAgreement]:
    return [
        OrganisationInAgreement(
            id=one.id,
            name=one.name,
            type=one.type,
            assigned_by_us=one.assigned_by_us,
            units=[
                UnitInAgreement(
                    id=unit.id,
                    name=unit.name,
                    address=list(unit.address),
                    attention=unit.attention,
                    address_hint=unit.address_hint,
                )
                for unit in one.units
            ],
        )
        for one in organisations
    ]


def _holder(holder: Holder) -> HolderOut:
    if isinstance(holder, RuleHolder):
        return HolderOut(kind="rule", rule_id=holder.rule_id, effect=holder.effect, how=None)
    if isinstance(holder, NotHeld):
        return HolderOut(kind="none", rule_id=None, effect=None, how=holder.reason)
    return HolderOut.model_validate(
        {"kind": HELD_AS[type(holder)], "ruleId": None, "effect": None, "how": holder.how}
    )
