"""Tokens made by hand with `cryptography` alone, so that a forgery can be wrong in exactly one way."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECOND = int(NOW.timestamp())
ISSUER = "https://inloggning.region.example/"
OTHER_ISSUER = "https://inloggning.kommun.example/"
AUDIENCE = "https://api.example/flerpart/v0"
SUBJECT = "officer-17"
CLIENT = "https://klient.region.example"

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@cache
def ec_key(name: str = "ours") -> ec.EllipticCurvePrivateKey:
    """A key on P-256, the same for the same name."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key(name: str = "ours", bits: int = 2048) -> rsa.RSAPrivateKey:
    """An RSA key, the same for the same name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def b64(raw: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value: int) -> str:
    """A big number as a JWK writes it."""
    return b64(value.to_bytes((value.bit_length() + 7) // 8))


def ec_jwk(kid: str, key: ec.EllipticCurvePrivateKey | None = None) -> dict[str, Any]:
    """The public JWK of a key on P-256."""
    point = (key or ec_key()).public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": b64(point.x.to_bytes(32)),
        "y": b64(point.y.to_bytes(32)),
        "kid": kid,
    }


def rsa_jwk(kid: str, key: rsa.RSAPrivateKey | None = None) -> dict[str, Any]:
    """The public JWK of an RSA key."""
    public = (key or rsa_key()).public_key().public_numbers()
    return {"kty": "RSA", "n": number(public.n), "e": number(public.e), "kid": kid}


def jwks(*keys: Mapping[str, Any]) -> str:
    """A key set document."""
    return json.dumps({"keys": keys})


def header(**changes: Any) -> dict[str, Any]:
    """The header of a good ES256 token with changes; a value of `...` removes the parameter."""
    return _changed({"alg": "ES256", "typ": "at+jwt", "kid": "ec-1"}, changes)


def claims(**changes: Any) -> dict[str, Any]:
    """The claims of a good token with changes; a value of `...` removes the claim."""
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": SUBJECT,
        "client_id": CLIENT,
        "jti": "4f6c",
        "iat": SECOND - 10,
        "exp": SECOND + 290,
    }
    return _changed(good, changes)


def _changed(good: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (good | changes).items() if value is not ...}


def as_json(value: Any) -> bytes:
    """Compact JSON; text that stands for JSON already is taken as it is."""
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else json.dumps(value, separators=(",", ":")).encode()


def signing_input(head: Any, body: Any) -> bytes:
    """The part of a token that is signed."""
    return f"{b64(as_json(head))}.{b64(as_json(body))}".encode()


def raw_signature(text: bytes, key: PrivateKey | None = None, algorithm: Any = None) -> bytes:
    """An ES256 or RS256 signature (or RSA with another digest) over the text."""
    key = key or ec_key()
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(text, padding.PKCS1v15(), algorithm or hashes.SHA256())
    r, s = decode_dss_signature(key.sign(text, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def token(head: Any = None, body: Any = None, key: PrivateKey | None = None) -> str:
    """A token; without arguments a good one."""
    text = signing_input(header() if head is None else head, claims() if body is None else body)
    return f"{text.decode()}.{b64(raw_signature(text, key))}"


def rsa_token(head: Any = None, body: Any = None, key: rsa.RSAPrivateKey | None = None) -> str:
    """A token signed with RSA; without arguments a good one."""
    return token(header(alg="RS256", kid="rsa-1") if head is None else head, body, key or rsa_key())


def mac_token(secret: bytes, **changes: Any) -> str:
    """A token signed with HMAC under the given secret, as if a public key were a password."""
    text = signing_input(header(**({"alg": "HS256"} | changes)), claims())
    return f"{text.decode()}.{b64(hmac.new(secret, text, hashlib.sha256).digest())}"


def public_bytes(key: PrivateKey, encoding: serialization.Encoding) -> bytes:
    """A public key as a file holds it."""
    return key.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
