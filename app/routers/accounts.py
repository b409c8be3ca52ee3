"""Accounts and their roles, kept by the organisation's administrator."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk, etag
from app.routers.joint_decisions import proposed
from app.schemas.base import ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.lists import ListQuery, follows, page_links, page_meta
from app.schemas.officers import (
    ACCOUNT,
    ACCOUNT_END,
    ACCOUNT_NEW,
    ACCOUNT_PAGE,
    ROLES,
    AccountEndIn,
    AccountIn,
    AccountOut,
    AccountPage,
    RolesIn,
)
from app.schemas.operation import act, operation
from app.services import accounts as service
from app.services.accounts import AccountNew, AccountShown
from app.services.paging import Paging

router = APIRouter(tags=["organisations"])

AccountId = Annotated[UUID, Path(alias="accountId")]


@router.get(
    "/accounts",
    **operation(
        "listAccounts",
        sv="Lista den egna organisationens konton.",
        en="List one's own organisation's accounts.",
        answer=ACCOUNT_PAGE,
    ),
)
async def list_accounts(query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links) -> AccountPage:
    """Active ones and ended ones."""
    found = await service.list_own(desk, Paging(query.limit, query.offset))
    more = follows(query, len(found.items), found.total)
    return AccountPage(
        items=[_out(one, links) for one in found.items],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(links.url("/accounts"), query, more=more, total=found.total),
    )


@router.get(
    "/accounts/{accountId}",
    **operation("readAccount", sv="Läs ett konto.", en="Read an account.", answer=ACCOUNT),
)
async def read_account(account_id: AccountId, desk: TheDesk, links: Links, response: Response) -> AccountOut:
    """Of one's own organisation; nobody else's are seen."""
    shown = await service.read(desk, account_id)
    response.headers["ETag"] = etag(shown.version)
    return _out(shown, links)


@router.post(
    "/accounts",
    **act(
        "addAccount",
        sv="Föreslå ett konto för en handläggare; en annan administratör godkänner.",
        en="Propose an account for an officer; another administrator approves.",
        body=ACCOUNT_NEW,
    ),
)
async def add_account(
    account: AccountIn, desk: TheDesk, key: Key, links: Links, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    """Never for oneself. The receipt is the proposal's; the account comes to be when it is approved."""
    new = AccountNew(
        officer_id=account.officer_id,
        unit_id=account.unit_id,
        issuer=account.issuer,
        subject=account.subject,
        roles=frozenset(account.roles),
    )
    return proposed(await service.propose_account(desk, key, new), links, language, response)


@router.post(
    "/accounts/{accountId}/role-changes",
    **act(
        "changeRoles",
        sv="Föreslå andra roller för ett konto; en annan administratör godkänner.",
        en="Propose other roles for an account; another administrator approves.",
        body=ROLES,
    ),
)
async def change_roles(
    account_id: AccountId,
    roles: RolesIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Never one's own. The receipt is the proposal's; the roles hold from when it is approved."""
    done = await service.propose_roles(desk, key, account_id, roles.version, frozenset(roles.roles))
    return proposed(done, links, language, response)


@router.post(
    "/accounts/{accountId}/endings",
    **act(
        "endAccount",
        sv="Avsluta ett konto, genast.",
        en="End an account, at once.",
        body=ACCOUNT_END,
    ),
)
async def end_account(
    account_id: AccountId,
    ending: AccountEndIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Never one's own. To take rights away, one administrator is enough."""
    done = await service.end(desk, key, account_id, ending.version)
    here = f"/accounts/{account_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


def _out(shown: AccountShown, links: LinkMaker) -> AccountOut:
    here = f"/accounts/{shown.id}"
    return AccountOut(
        id=shown.id,
        version=shown.version,
        officer_id=shown.officer_id,
        unit_id=shown.unit_id,
        issuer=shown.issuer,
        subject=shown.subject,
        roles=list(shown.roles),
        active=shown.active,
        links=[
            links("self", here),
            links("officer", f"/officers/{shown.officer_id}"),
            links("role-changes", f"{here}/role-changes", "POST"),
            links("endings", f"{here}/endings", "POST"),
        ],
    )
