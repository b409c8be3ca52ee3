"""The form of an access token: what may stand in it, how long, and for how long (RFC 9068 §4, RFC 8725 §3).

All of this is judged before any signature is looked at, by our own reading of the token's text.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from app.auth.key_sets import ES256, RS256
from app.auth.strict_json import Malformed, decode_base64url, parse_object

MAX_HEADER: Final = 512
MAX_CLAIMS: Final = 3072
MAX_BRACKETS: Final = 16
MAX_CLAIM: Final = 255
LEEWAY: Final = 30
"""Seconds by which an issuer's clock may differ from ours."""

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


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
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


def key_named(header: Mapping[str, Any]) -> tuple[str, str]:
    """Key id and algorithm. Nothing else is allowed: no crit, no embedded key, no address of one."""
    if header.keys() != HEADER_PARAMETERS:
        raise TokenRefused(Refusal.HEADER)
    kid, alg = header["kid"], header["alg"]
    if type(kid) is not str or not 0 < len(kid) <= MAX_CLAIM or header["typ"] not in TOKEN_TYPES:
        raise TokenRefused(Refusal.HEADER)
    if type(alg) is not str or alg not in ALGORITHMS:
        raise TokenRefused(Refusal.ALGORITHM)
    return kid, alg


def text(claims: Mapping[str, Any], claim: str) -> str:
    """A required claim: printable text of a sane length (no NUL, which the database cannot hold)."""
    value = claims.get(claim)
    if type(value) is not str or not 0 < len(value) <= MAX_CLAIM or not value.isprintable():
        raise TokenRefused(Refusal.CLAIMS)
    return value


def rights(scope: str, audience: str) -> frozenset[str]:
    """What the scopes of ours say, such as `read` for `https://api.example/flerpart/read`."""
    ours = f"{audience}/"
    return frozenset(one.removeprefix(ours) for one in scope.split(" ") if one.startswith(ours))


def validity(claims: Mapping[str, Any], now: float, max_lifetime: timedelta) -> tuple[float, int]:
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
