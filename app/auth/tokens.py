"""Verification of access tokens: the only place that touches python-jose.

The library alone accepts tokens without audience or expiry, reads a key given twice and dies on a nested
header, so everything is checked here first and the library's reading must agree with ours (RFC 9068 §4,
RFC 8725 §3). Whatever goes wrong is one error, `TokenRefused`, which the API answers with the same 401.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from jose import jwk, jwt
from jose.backends.base import Key
from jose.exceptions import JOSEError

from app.auth.key_sets import ES256, KeySource, VerificationKey
from app.auth.token_form import Refusal, TokenRefused, key_named, parts, rights, text, validity

MAX_TOKEN: Final = 4096
CACHE_SECONDS: Final = 60
CACHE_SIZE: Final = 4096


class IssuerSilent(Exception):
    """The token names a key never seen, and its issuer cannot be asked: neither true nor false yet."""


class _UnknownKey(TokenRefused):
    """All is well but the key, which the issuer may have published since we last asked."""

    def __init__(self, keys: KeySource) -> None:
        super().__init__(Refusal.UNKNOWN_KEY)
        self.keys = keys


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer whose tokens are accepted: its exact name, the audience it must name, and its keys."""

    issuer: str
    audience: str
    keys: KeySource
    max_lifetime: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a verified token says. Organisation and roles are not here: they come from the account."""

    issuer: str
    subject: str
    client_id: str
    jti: str
    expires_at: datetime
    acr: str | None
    audience: str
    rights: frozenset[str] | None
    """What the scopes allow (`read`, `write`), or None where the token names no scope at all."""


@dataclass(frozen=True, slots=True)
class _Verified:
    """A verified token, the key that vouched for it, and the seconds between which it may be remembered."""

    claims: TokenClaims
    issuer: Issuer
    key: VerificationKey
    since: float
    until: float


class Verifier:
    """Verifies tokens of the registered issuers. Used from one event loop; the clock is always passed in."""

    def __init__(self, issuers: Iterable[Issuer] = ()) -> None:
        self._issuers: dict[str, Issuer] = {}
        self._cache: OrderedDict[bytes, _Verified] = OrderedDict()
        self.replace(issuers)

    def replace(self, issuers: Iterable[Issuer]) -> None:
        """Accept exactly these issuers from now on; nothing verified before is remembered.

        Raises ValueError if one name is given twice.
        """
        listed = list(issuers)
        self._issuers = {issuer.issuer: issuer for issuer in listed}
        self._cache.clear()
        if len(self._issuers) != len(listed):
            raise ValueError("an issuer is registered twice")

    def register(self, issuer: Issuer) -> None:
        """Accept this issuer too, in place of one with its name; nothing verified before is remembered."""
        self._issuers[issuer.issuer] = issuer
        self._cache.clear()

    async def refresh_keys(self, now: datetime) -> None:
        """Ask every issuer for its keys: at start-up, then every few minutes so that withdrawn keys go."""
        sources = [issuer.keys for issuer in self._issuers.values()]
        # All at once: an issuer that is down must not keep the others' keys waiting.
        if any(await asyncio.gather(*(keys.refresh(now) for keys in sources))):
            self._cache.clear()

    async def authenticate(self, token: str, now: datetime) -> TokenClaims:
        """As `verify`, but an unknown key makes us ask its issuer once (rate-limited) before refusing.

        Raises IssuerSilent where all is well but the key, and the issuer did not answer when last asked.
        """
        try:
            return self.verify(token, now)
        except _UnknownKey as unknown:
            if not await unknown.keys.refresh(now):
                if unknown.keys.silent:
                    raise IssuerSilent from None
                raise
        self._cache.clear()
        return self.verify(token, now)

    def verify(self, token: str, now: datetime) -> TokenClaims:
        """What the token says, if it was signed by a registered issuer for us and holds at `now` (aware).

        Raises TokenRefused for everything else, whatever the token looks like.
        """
        if now.tzinfo is None:
            raise ValueError("the clock must know its time zone")
        try:
            return self._verify(token, now.timestamp())
        except TokenRefused:
            raise
        except Exception:
            # A token is a stranger's text: no way of breaking a parser may become an internal error.
            raise TokenRefused(Refusal.MALFORMED) from None

    def _verify(self, token: str, now: float) -> TokenClaims:
        if type(token) is not str or not 0 < len(token) <= MAX_TOKEN:
            raise TokenRefused(Refusal.SIZE)
        digest = hashlib.sha256(token.encode("utf-8")).digest()
        remembered = self._remembered(digest, now)
        if remembered is not None:
            return remembered
        verified = self._examine(token, now)
        if verified.until > now:
            self._cache[digest] = verified
            if len(self._cache) > CACHE_SIZE:
                self._cache.popitem(last=False)
        return verified.claims

    def _remembered(self, digest: bytes, now: float) -> TokenClaims | None:
        """The claims, if this very token was verified lately and its time and its key still hold."""
        entry = self._cache.get(digest)
        if entry is None:
            return None
        key_in_force = entry.issuer.keys.find(entry.key.kid, entry.key.alg)
        if entry.since <= now < entry.until and key_in_force == entry.key:
            self._cache.move_to_end(digest)
            return entry.claims
        del self._cache[digest]
        return None

    def _examine(self, token: str, now: float) -> _Verified:
        header, claims = parts(token)
        kid, alg = key_named(header)
        issuer = self._issuers.get(text(claims, "iss"))
        if issuer is None:
            raise TokenRefused(Refusal.ISSUER)
        # A list of our name alone says the same (RFC 7519 §4.1.3); a token for others too could be theirs.
        if claims.get("aud") not in (issuer.audience, [issuer.audience]):
            raise TokenRefused(Refusal.AUDIENCE)
        names = {claim: text(claims, claim) for claim in ("sub", "client_id", "jti")}
        acr = text(claims, "acr") if "acr" in claims else None
        allowed = rights(text(claims, "scope"), issuer.audience) if "scope" in claims else None
        if "azp" in claims and claims["azp"] != names["client_id"]:
            raise TokenRefused(Refusal.CLAIMS)
        since, expiry = validity(claims, now, issuer.max_lifetime)
        key = issuer.keys.find(kid, alg)
        if key is None:
            raise _UnknownKey(issuer.keys)
        if _signed_claims(token, key, issuer) != claims:
            raise TokenRefused(Refusal.DISAGREEMENT)
        return _Verified(
            claims=TokenClaims(
                issuer=issuer.issuer,
                subject=names["sub"],
                client_id=names["client_id"],
                jti=names["jti"],
                expires_at=datetime.fromtimestamp(expiry, UTC),
                acr=acr,
                audience=issuer.audience,
                rights=allowed,
            ),
            issuer=issuer,
            key=key,
            since=since,
            until=min(expiry, now + CACHE_SECONDS),
        )


def sign(claims: Mapping[str, str | int], private_jwk: Mapping[str, str], kid: str) -> str:
    """An ES256 access token of type at+jwt; for the development issuer and for tests of others' tokens."""
    return jwt.encode(dict(claims), dict(private_jwk), algorithm=ES256, headers={"typ": "at+jwt", "kid": kid})


def _signed_claims(token: str, key: VerificationKey, issuer: Issuer) -> dict[str, Any]:
    """The claims as python-jose reads them under the one pinned key and algorithm."""
    # exp and nbf are judged above by the clock passed in; the library would ask the machine's own.
    options = {"verify_exp": False, "verify_nbf": False}
    options |= {f"require_{claim}": True for claim in ("aud", "iat", "iss", "sub", "jti")}
    try:
        return jwt.decode(
            token,
            _constructed(key),
            algorithms=[key.alg],
            audience=issuer.audience,
            issuer=issuer.issuer,
            options=options,
        )
    except JOSEError:
        raise TokenRefused(Refusal.SIGNATURE) from None


@lru_cache(maxsize=256)
def _constructed(key: VerificationKey) -> Key:
    """The library's key object; building one costs more than a verification saves."""
    return jwk.construct(dict(key.parameters), key.alg)
