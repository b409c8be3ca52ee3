"""What a route asks for beside path, query and body: header values, language, links, the parts.

Every dependency is `async def`, also where it waits for nothing: FastAPI sends the others to a thread, which
costs more than all they do.
"""

import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, Request

from app.auth.principal import Assignment
from app.auth.token_form import TokenRefused
from app.auth.tokens import IssuerSilent, TokenClaims, Verifier
from app.db.accounts import AccountFound, accounts_of
from app.domain.rule import Words
from app.errors import Language, NotAllowed, NotAuthenticated, Unavailable
from app.http.doorkeeper import Network
from app.http.drain import Drain
from app.http.exchange import exchange_of
from app.http.rates import Rates
from app.schemas.base import CANONICAL_UUID
from app.schemas.links import LinkMaker
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.house import House

log = logging.getLogger("flerpart.tokens")

_BEARER = re.compile(r"Bearer ([A-Za-z0-9._~+/-]{1,8192}=*)")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application is put together from; made once by the wiring, passed to `create_app`."""

    base_url: str
    """The API's public root, such as https://api.flerpart.example/flerpart/v0; every link starts with it."""
    clock: Callable[[], datetime]
    """The present moment, aware, in UTC."""
    show_docs: bool = False
    """Whether the pages for trying the API are served (never in production)."""
    ready: Callable[[], Awaitable[bool]] | None = None
    """Whether requests can be answered now; asked by /readyz."""
    house: House | None = None
    """What use cases work with; None only where the document alone is wanted."""
    verifier: Verifier = field(default_factory=Verifier)
    """Verifies access tokens."""
    rates: Rates = field(default_factory=Rates)
    """How often an address, a caller and an organisation may ask."""
    trusted_proxies: tuple[Network, ...] = ()
    """Whose X-Forwarded-For is believed."""
    drain: Drain = field(default_factory=Drain)
    """Whether the process is leaving."""


async def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


TheParts = Annotated[Parts, Depends(_parts)]
"""The parts of the application."""


async def _links(request: Request) -> LinkMaker:
    return LinkMaker((await _parts(request)).base_url)


Links = Annotated[LinkMaker, Depends(_links)]
"""Makes absolute links from the configured base, never from the Host header."""


async def _language(request: Request) -> Language:
    return exchange_of(request).language


ReadersLanguage = Annotated[Language, Depends(_language)]
"""sv or en, by Accept-Language."""

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern="^[!-~]+$",
        description="Klientens nyckel för just denna begäran; samma nyckel ger samma kvitto. "
        "The client's key for this very request; the same key gives the same receipt.",
        examples=["0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"],
    ),
]
"""The key every POST must carry: missing or malformed is 400."""


async def _expected_version(
    if_match: Annotated[
        str,
        Header(
            alias="If-Match",
            pattern='^"[1-9][0-9]{0,8}"$',
            description='Versionen som ändras, som stark tagg, till exempel "3". '
            'The version that is changed, as a strong tag such as "3".',
            examples=['"3"'],
        ),
    ],
) -> int:
    return int(if_match.strip('"'))


ExpectedVersion = Annotated[int, Depends(_expected_version)]
"""The version in If-Match: missing is 428; weak, malformed or `*` never matches and is 412."""


def etag(version: int) -> str:
    """The strong tag of a version, as sent in ETag and expected in If-Match."""
    return f'"{version}"'


async def _bearer_token(request: Request) -> str:
    """Raises NotAuthenticated unless there is exactly one Authorization header, and it is `Bearer token`."""
    sent = request.headers.getlist("authorization")
    match = _BEARER.fullmatch(sent[0]) if len(sent) == 1 else None
    if match is None:
        raise NotAuthenticated(token_sent=bool(sent))
    return match[1]


BearerToken = Annotated[str, Depends(_bearer_token)]
"""The access token, unverified."""


async def _fingerprint(request: Request) -> bytes:
    asked = [request.method, request.scope["path"], request.scope["query_string"].decode("latin-1")]
    canonical = json.dumps(
        [*asked, exchange_of(request).body], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).digest()


RequestFingerprint = Annotated[bytes, Depends(_fingerprint)]
"""SHA-256 over method, path, query and canonical body: the same key with another fingerprint is 422."""


async def _key(key: IdempotencyKey, fingerprint: RequestFingerprint) -> RequestKey:
    return RequestKey(key, fingerprint)


Key = Annotated[RequestKey, Depends(_key)]
"""The Idempotency-Key with what it was sent with, as use cases take it."""

ChosenAssignment = Annotated[
    str,
    Header(
        alias="Flerpart-Assignment",
        pattern=f"^({CANONICAL_UUID[1:-1]})?$",
        description="Vilket uppdrag begäran gäller, för den som har flera. "
        "Which assignment the request is for, where the caller has several (accountId of GET /me).",
    ),
]
"""The account a request acts as, where (issuer, subject) has several."""


ISSUER_RETRY_SECONDS = 30
"""How soon an issuer that did not answer is asked again at the earliest."""


ISSUER_RETRY_SECONDS = 30
"""How soon an issuer that did not answer may be asked again."""


async def _verified(parts: Parts, token: str, method: str, now: datetime) -> TokenClaims:
    """What the token says. Raises NotAuthenticated, or NotAllowed where its scopes lack the one needed."""
    try:
        claims = await parts.verifier.authenticate(token, now)
    except TokenRefused as refused:
        log.info("token refused", extra={"reason": refused.reason.value})
        raise NotAuthenticated(token_sent=True) from None
    except IssuerSilent:
        raise Unavailable(ISSUER_RETRY_SECONDS) from None
    needed = {"read", "write"} if method == "GET" else {"write"}
    # A token without scopes leaves it to the account's roles; one with scopes must hold the one needed too.
    if claims.rights is not None and claims.rights.isdisjoint(needed):
        raise NotAllowed(missing_scope=f"{claims.audience}/{min(needed)}")
    return claims


async def _desks(
    request: Request, parts: TheParts, token: BearerToken, chosen: ChosenAssignment = ""
) -> tuple[Desk, ...]:
    """A desk for each assignment of the caller, or for the one chosen. Raises NotAuthenticated."""
    now = parts.clock()
    if parts.house is None:
        raise Unavailable
    claims = await _verified(parts, token, request.method, now)
    parts.rates.caller.take(f"{claims.issuer} {claims.subject}")
    accounts = await accounts_of(parts.house.database, claims.issuer, claims.subject)
    if not accounts:
        raise NotAuthenticated(token_sent=True)
    parts.rates.organisation.take(str(accounts[0].organisation_id))
    found = [one for one in accounts if not chosen or str(one.account_id) == chosen]
    return tuple(Desk(parts.house, _assignment(one), now) for one in found)


TheDesks = Annotated[tuple[Desk, ...], Depends(_desks)]
"""The caller's desks, one for each assignment; none where the one chosen is not the caller's."""


async def _desk(desks: TheDesks) -> Desk:
    """Raises NotAllowed when it is not clear which assignment the request is for."""
    if len(desks) != 1:
        raise NotAllowed(_CHOOSE)
    return desks[0]


_CHOOSE = Words(
    "Ange i Flerpart-Assignment vilket av dina uppdrag begäran gäller",
    "Say in Flerpart-Assignment which of your assignments the request is for",
)


def _assignment(found: AccountFound) -> Assignment:
    return Assignment(
        account_id=found.account_id,
        organisation_id=found.organisation_id,
        unit_id=found.unit_id,
        officer_id=found.officer_id,
        roles=found.roles,
        display_name=found.name,
        language=None,
    )


TheDesk = Annotated[Desk, Depends(_desk)]
"""The caller's desk: who acts, for which unit of which organisation, when, and with what."""
