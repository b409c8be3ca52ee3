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
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from jose import jwk, jwt
from jose.backends.base import Key
from jose.exceptions import JOSEError

from app.auth.key_sets import ES256, RS256, KeySource, VerificationKey
from app.auth.strict_json import Malformed, decode_base64url, parse_object

MAX_TOKEN: Final = 4096
MAX_HEADER: Final = 512
MAX_CLAIMS: Final = 3072
MAX_BRACKETS: Final = 16
MAX_CLAIM: Final = 255
LEEWAY: Final = 30
"""Seconds by which an issuer's clock may differ from ours."""
CACHE_SECONDS: Final = 60
CACHE_SIZE: Final = 4096

HEADER_PARAMETERS: Final = frozenset({"alg", "typ", "kid"})
TOKEN_TYPES: Final = frozenset({"at+jwt", "application/at+jwt"})
ALGORITHMS: Final = frozenset({ES256, RS256})


class Refusal(StrEnum):
    """Why a token was refused: for the security log, never for the caller."""

    SIZE = "size"
    MALFORMED = "malformed"
    HEADER = "header"
    ALGORITHM = "algorithm"
    CLAIMS = "claims"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    LIFETIME = "lifetime"
    UNKNOWN_KEY = "unknown-key"
    SIGNATURE = "signature"
    DISAGREEMENT = "disagreement"


class TokenRefused(Exception):
    """The token does not prove who is calling. The reason is one of a closed list, without personal data."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(str(reason))
        self.reason = reason


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
        header, claims = _parts(token)
        kid, alg = _header(header)
        issuer = self._issuers.get(_text(claims, "iss"))
        if issuer is None:
            raise TokenRefused(Refusal.ISSUER)
        # A list of our name alone says the same (RFC 7519 §4.1.3); a token for others too could be theirs.
        if claims.get("aud") not in (issuer.audience, [issuer.audience]):
            raise TokenRefused(Refusal.AUDIENCE)
        names = {claim: _text(claims, claim) for claim in ("sub", "client_id", "jti")}
        acr = _text(claims, "acr") if "acr" in claims else None
        rights = _rights(_text(claims, "scope"), issuer.audience) if "scope" in claims else None
        if "azp" in claims and claims["azp"] != names["client_id"]:
            raise TokenRefused(Refusal.CLAIMS)
        since, expiry = _validity(claims, now, issuer.max_lifetime)
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
                rights=rights,
            ),
            issuer=issuer,
            key=key,
            since=since,
            until=min(expiry, now + CACHE_SECONDS),
        )


def sign(claims: Mapping[str, str | int], private_jwk: Mapping[str, str], kid: str) -> str:
    """An ES256 access token of type at+jwt; for the development issuer and for tests of others' tokens."""
    return jwt.encode(dict(claims), dict(private_jwk), algorithm=ES256, headers={"typ": "at+jwt", "kid": kid})


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims as we read them, before any signature is known to hold."""
    segments = token.split(".")
    if len(segments) != 3:
        raise TokenRefused(Refusal.MALFORMED)
    if len(segments[0]) > MAX_HEADER or len(segments[1]) > MAX_CLAIMS:
        raise TokenRefused(Refusal.SIZE)
    try:
        header, claims, _ = (decode_base64url(segment) for segment in segments)
        return parse_object(header, MAX_BRACKETS), parse_object(claims, MAX_BRACKETS)
    except Malformed:
        raise TokenRefused(Refusal.MALFORMED) from None


def _header(header: Mapping[str, Any]) -> tuple[str, str]:
    """Key id and algorithm. Nothing else is allowed: no crit, no embedded key, no address of one."""
    if header.keys() != HEADER_PARAMETERS:
        raise TokenRefused(Refusal.HEADER)
    kid, alg = header["kid"], header["alg"]
    if type(kid) is not str or not 0 < len(kid) <= MAX_CLAIM or header["typ"] not in TOKEN_TYPES:
        raise TokenRefused(Refusal.HEADER)
    if type(alg) is not str or alg not in ALGORITHMS:
        raise TokenRefused(Refusal.ALGORITHM)
    return kid, alg


def _text(claims: Mapping[str, Any], claim: str) -> str:
    """A required claim: printable text of a sane length (no NUL, which the database cannot hold)."""
    value = claims.get(claim)
    if type(value) is not str or not 0 < len(value) <= MAX_CLAIM or not value.isprintable():
        raise TokenRefused(Refusal.CLAIMS)
    return value


def _rights(scope: str, audience: str) -> frozenset[str]:
    """What the scopes of ours say, such as `read` for `https://api.example/flerpart/read`."""
    ours = f"{audience}/"
    return frozenset(one.removeprefix(ours) for one in scope.split(" ") if one.startswith(ours))


def _validity(claims: Mapping[str, Any], now: float, max_lifetime: timedelta) -> tuple[float, int]:
    """From which second, leeway included, and until which second, leeway excluded, the token holds."""
    issued, expiry, not_before = claims.get("iat"), claims.get("exp"), claims.get("nbf", 0)
    if type(issued) is not int or type(expiry) is not int or type(not_before) is not int:
        raise TokenRefused(Refusal.CLAIMS)
    if not 0 < expiry - issued <= max_lifetime.total_seconds():
        raise TokenRefused(Refusal.LIFETIME)
    since = max(issued, not_before) - LEEWAY
    if now < since:
        raise TokenRefused(Refusal.NOT_YET_VALID)
    if now >= expiry + LEEWAY:
        raise TokenRefused(Refusal.EXPIRED)
    return since, expiry


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
