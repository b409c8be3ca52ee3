"""What a registered key set may hold, and what is left aside or refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.auth.key_sets import (
    MAX_SET_BYTES,
    KeySetInvalid,
    StaticKeySet,
    parse_key_set,
)
from app.auth.tokens import Issuer, Verifier
from tests.auth import forge
from tests.auth.forge import AUDIENCE, ISSUER, NOW, SUBJECT, token


def off_the_curve() -> dict[str, Any]:
    """An EC JWK whose point is not on P-256."""
    good = forge.ec_jwk("ec-1")
    return good | {"y": good["x"]}


def on_p384() -> dict[str, Any]:
    """A JWK on another curve."""
    point = ec.generate_private_key(ec.SECP384R1()).public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-384",
        "x": forge.number(point.x),
        "y": forge.number(point.y),
        "kid": "p384",
    }


UNSUITABLE: dict[str, Callable[[], Any]] = {
    "for encryption": lambda: forge.ec_jwk("k") | {"use": "enc"},
    "for signing only": lambda: forge.ec_jwk("k") | {"key_ops": ["sign"]},
    "with operations that are no list": lambda: forge.ec_jwk("k") | {"key_ops": "verify"},
    "without kid": lambda: {name: value for name, value in forge.ec_jwk("k").items() if name != "kid"},
    "with an empty kid": lambda: forge.ec_jwk(""),
    "with a number as kid": lambda: forge.ec_jwk("k") | {"kid": 7},
    "on P-384": on_p384,
    "on P-384 by name alone": lambda: forge.ec_jwk("k") | {"crv": "P-384"},
    "for ES384": lambda: forge.ec_jwk("k") | {"alg": "ES384"},
    "an EC key for RS256": lambda: forge.ec_jwk("k") | {"alg": "RS256"},
    "off its curve": off_the_curve,
    "with a short coordinate": lambda: forge.ec_jwk("k") | {"x": "AAAA"},
    "with a padded coordinate": lambda: forge.ec_jwk("k") | {"x": forge.ec_jwk("k")["x"] + "="},
    "with a number as coordinate": lambda: forge.ec_jwk("k") | {"x": 7},
    "without its point": lambda: {"kty": "EC", "crv": "P-256", "kid": "k"},
    "with its private part": lambda: forge.ec_jwk("k") | {"d": "AAAA"},
    "RSA of 1024 bits": lambda: forge.rsa_jwk("k", forge.rsa_key("short", 1024)),
    "RSA of 16 384 bits": lambda: {"kty": "RSA", "n": forge.number(2**16383 + 1), "e": "AQAB", "kid": "k"},
    "RSA with exponent 1": lambda: forge.rsa_jwk("k") | {"e": "AQ"},
    "RSA with exponent 3": lambda: forge.rsa_jwk("k") | {"e": "Aw"},
    "RSA for PS256": lambda: forge.rsa_jwk("k") | {"alg": "PS256"},
    "RSA without modulus": lambda: {"kty": "RSA", "e": "AQAB", "kid": "k"},
    "a shared secret": lambda: {"kty": "oct", "k": "AAAA", "kid": "k"},
    "an Edwards key": lambda: {"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "kid": "k"},
    "of no type": lambda: {"kid": "k"},
    "no object": lambda: "k",
    "null": lambda: None,
}
NO_SET: dict[str, str] = {
    "nothing": "",
    "no JSON": "<html>",
    "a list": "[]",
    "no keys": "{}",
    "keys that are no list": '{"keys": {}}',
    "a key given twice": '{"keys": [], "keys": []}',
    "too many keys": json.dumps({"keys": [{}] * 65}),
    "too many bytes": json.dumps({"keys": [], "note": "n" * MAX_SET_BYTES}),
    "too many brackets": '{"keys": [' + "[" * 600 + "]" * 600 + "]}",
}


@pytest.mark.parametrize("unsuitable", UNSUITABLE.values(), ids=UNSUITABLE.keys())
def test_an_unsuitable_key_is_left_aside_and_the_rest_works(unsuitable: Callable[[], Any]) -> None:
    """In a mixed set each key we do not verify with is ignored, and its neighbours are used."""
    raw = forge.jwks(unsuitable(), forge.ec_jwk("good-ec"), forge.rsa_jwk("good-rsa"))
    assert set(parse_key_set(raw.encode())) == {("good-ec", "ES256"), ("good-rsa", "RS256")}


def test_a_mixed_set_verifies_both_kinds_of_token() -> None:
    """A set of EC and RSA keys, which the library alone stumbles over, verifies a token of each."""
    keys = StaticKeySet(forge.jwks(on_p384(), forge.rsa_jwk("rsa-1"), forge.ec_jwk("ec-1")))
    verifier = Verifier([Issuer(ISSUER, AUDIENCE, keys)])
    assert verifier.verify(token(), NOW).subject == SUBJECT
    assert verifier.verify(forge.rsa_token(), NOW).subject == SUBJECT


def test_two_keys_of_one_name_are_ambiguous() -> None:
    """Under one kid and algorithm there is exactly one key or none."""
    raw = forge.jwks(forge.ec_jwk("same"), forge.ec_jwk("same", forge.ec_key("other")), forge.rsa_jwk("same"))
    assert set(parse_key_set(raw.encode())) == {("same", "RS256")}


def test_a_key_shows_only_its_public_parts() -> None:
    """As a JWK a key has its public parameters, pinned algorithm and use."""
    found = StaticKeySet(forge.jwks(forge.ec_jwk("ec-1"))).find("ec-1", "ES256")
    assert found is not None
    assert found.as_jwk() == forge.ec_jwk("ec-1") | {"alg": "ES256", "use": "sig"}


@pytest.mark.parametrize("document", NO_SET.values(), ids=NO_SET.keys())
def test_what_is_no_key_set_is_refused(document: str) -> None:
    """A document that is no key set is refused as a whole."""
    with pytest.raises(KeySetInvalid):
        parse_key_set(document.encode())


def test_a_registered_set_without_a_suitable_key_is_a_mistake() -> None:
    """A registered document that can verify nothing is refused at registration."""
    with pytest.raises(KeySetInvalid, match="no suitable key"):
        StaticKeySet(forge.jwks(on_p384()))


async def test_a_registered_set_asks_nobody() -> None:
    """A static set has nothing to refresh."""
    assert not await StaticKeySet(forge.jwks(forge.ec_jwk("ec-1"))).refresh(NOW)
