"""Protected identity: set by one, lifted and seen past by two."""

from fastapi import APIRouter, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.routers.individuals import IndividualId
from app.routers.joint_decisions import proposed
from app.schemas.base import ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.operation import act, operation
from app.schemas.protection import (
    CLEARANCE,
    CLEARANCE_END,
    LIFTING,
    PROTECTION,
    PROTECTION_ORDER,
    ClearanceEndIn,
    ClearanceIn,
    ClearanceOut,
    MarkOut,
    ProtectionIn,
    ProtectionLiftingIn,
    ProtectionOut,
)
from app.services import protection as service
from app.services.protection import ProtectionShown

router = APIRouter(tags=["individuals"])


@router.get(
    "/individuals/{individualId}/protection",
    **operation(
        "readProtection",
        sv="Läs en persons märkningar och vilka konton som är behöriga.",
        en="Read a person's marks of protection and which accounts are cleared.",
        answer=PROTECTION,
    ),
)
async def read_protection(individual_id: IndividualId, desk: TheDesk, links: Links) -> ProtectionOut:
    """Marks set and lifted, clearances given and ended."""
    return _out(await service.read(desk, individual_id), links)


@router.post(
    "/individuals/{individualId}/protections",
    **act(
        "protectIndividual",
        sv="Märk en person som skyddad; det gäller genast, överallt där ärendet delas.",
        en="Mark a person as protected; it holds at once, wherever the case is shared.",
        body=PROTECTION_ORDER,
    ),
)
async def protect_individual(
    individual_id: IndividualId,
    order: ProtectionIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """One person is enough, and no version is asked for."""
    done = await service.protect(desk, key, individual_id, order.mark, order.source, order.decided_on)
    here = f"/individuals/{individual_id}/protection"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.post(
    "/individuals/{individualId}/protection-liftings",
    **act(
        "liftProtection",
        sv="Föreslå att märkningen hävs; en chef som är en annan person godkänner.",
        en="Propose that the mark be lifted; a manager who is another person approves.",
        body=LIFTING,
    ),
)
async def lift_protection(
    individual_id: IndividualId,
    lifting: ProtectionLiftingIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """The receipt is the proposal's. Each organisation lifts its own mark."""
    done = await service.propose_lifting(desk, key, individual_id, lifting.source, lifting.decided_on)
    return proposed(done, links, language, response)


@router.post(
    "/individuals/{individualId}/clearances",
    **act(
        "clearAccount",
        sv="Föreslå att ett konto får se plats, kontor och kontaktuppgifter; en chef godkänner.",
        en="Propose that an account may see place, office and contact data; a manager approves.",
        body=CLEARANCE,
    ),
)
async def clear_account(
    individual_id: IndividualId,
    clearance: ClearanceIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """The receipt is the proposal's. Never for oneself."""
    done = await service.propose_clearance(
        desk, key, individual_id, clearance.account_id, clearance.valid_until
    )
    return proposed(done, links, language, response)


@router.post(
    "/individuals/{individualId}/clearance-endings",
    **act(
        "endClearance",
        sv="Avsluta ett kontos behörighet, genast.",
        en="End an account's clearance, at once.",
        body=CLEARANCE_END,
    ),
)
async def end_clearance(
    individual_id: IndividualId,
    ending: ClearanceEndIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """One person is enough to take sight away."""
    done = await service.end_clearance(desk, key, individual_id, ending.account_id)
    here = f"/individuals/{individual_id}/protection"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


def _out(shown: ProtectionShown, links: LinkMaker) -> ProtectionOut:
    here = f"/individuals/{shown.individual_id}"
    return ProtectionOut(
        marks=[
            MarkOut(
                mark=one.mark,
                source=one.source,
                decided_on=one.decided_on,
                recorded_by=one.recorded_by,
                recorded_at=one.recorded_at,
            )
            for one in shown.marks
        ],
        clearances=[
            ClearanceOut(
                account_id=one.account_id,
                valid_until=one.valid_until,
                granted_at=one.granted_at,
                ended_at=one.ended_at,
            )
            for one in shown.clearances
        ],
        links=[
            links("self", f"{here}/protection"),
            links("protections", f"{here}/protections", "POST"),
            links("protection-liftings", f"{here}/protection-liftings", "POST"),
            links("clearances", f"{here}/clearances", "POST"),
            links("clearance-endings", f"{here}/clearance-endings", "POST"),
        ],
    )
