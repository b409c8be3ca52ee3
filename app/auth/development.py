"""The development issuer: tokens for one's own machine, signed with a key that production does not have."""

import json
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from app.auth.key_sets import StaticKeySet
from app.auth.keyring import DevelopmentKey, KeyRing
from app.auth.tokens import Issuer, sign

ISSUER: Final = "https://issuer.flerpart.invalid/"
CLIENT_ID: Final = "https://client.flerpart.invalid/"
MAX_HOURS: Final = 24


class NoDevelopmentKey(Exception):
    """The key ring holds no development key: this is not a development installation, and no token is made."""


def issue(
    keyring: KeyRing, subject: str, *, audience: str, now: datetime, hours: int = 8, acr: str | None = None
) -> str:
    """An access token for the subject, good for `hours` from `now`.

    `audience` is the API's resource identifier. Raises NoDevelopmentKey outside development,
    ValueError for more than 24 hours.
    """
    key = _key(keyring)
    if not 0 < hours <= MAX_HOURS:
        raise ValueError("a development token lives between one and 24 hours")
    issued = int(now.timestamp())
    claims: dict[str, str | int] = {
        "iss": ISSUER,
        "aud": audience,
        "sub": subject,
        "client_id": CLIENT_ID,
        "jti": str(uuid4()),
        "iat": issued,
        "exp": issued + hours * 3600,
    }
    if acr is not None:
        claims["acr"] = acr
    return sign(claims, key.private_jwk(), key.kid)


def jwks(keyring: KeyRing) -> str:
    """The public key as a JWKS document, for registration. Raises NoDevelopmentKey outside development."""
    return json.dumps({"keys": [_key(keyring).public_jwk()]})


def issuer(keyring: KeyRing, audience: str) -> Issuer:
    """The development issuer as the verifier knows it. Raises NoDevelopmentKey outside development."""
    return Issuer(ISSUER, audience, StaticKeySet(jwks(keyring)), max_lifetime=timedelta(hours=MAX_HOURS))


def _key(keyring: KeyRing) -> DevelopmentKey:
    if keyring.development_issuer_key is None:
        raise NoDevelopmentKey("The key ring holds no development_issuer_key.")
    return keyring.development_issuer_key
