from datetime import timedelta
from typing import Any

import pytest
from jose import jwt

from app.auth import tokens
from app.auth.key_sets import StaticKeySet
from app.auth.token_form import Refusal, TokenRefused
from app.auth.tokens import Issuer, Verifier
from tests.auth import forge
from tests.auth.forge import AUDIENCE, ISSUER, NOW, SECOND, claims, token


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens whose signature the library was really asked about."""
    checked: list[str] = []
    real = jwt.decode

    def counting(text: str, *args: Any, **options: Any) -> dict[str, Any]:
        checked.append(text)
        return real(text, *args, **options)

    monkeypatch.setattr("jose.jwt.decode", counting)
    return checked


def issuer_with(*kids: str) -> Issuer:
    """Our issuer with one EC key under these ids."""
    return Issuer(ISSUER, AUDIENCE, StaticKeySet(forge.jwks(*(forge.ec_jwk(kid) for kid in kids))))


def test_the_same_token_is_checked_once(looked_at: list[str]) -> None:
    """A second request with the same token within a minute costs no signature."""
    verifier, good = Verifier([issuer_with("ec-1")]), token()
    first = verifier.verify(good, NOW)
    assert verifier.verify(good, NOW + timedelta(seconds=59)) is first
    assert len(looked_at) == 1


def test_after_a_minute_it_is_checked_again(looked_at: list[str]) -> None:
    """What was verified is forgotten after sixty seconds."""
    verifier, good = Verifier([issuer_with("ec-1")]), token()
    verifier.verify(good, NOW)
    verifier.verify(good, NOW + timedelta(seconds=60))
    assert len(looked_at) == 2


def test_a_remembered_token_still_expires() -> None:
    """A hit asks the clock again: past expiry and leeway the token is refused."""
    verifier, good = Verifier([issuer_with("ec-1")]), token(body=claims(exp=SECOND + 20))
    verifier.verify(good, NOW)
    verifier.verify(good, NOW + timedelta(seconds=49))
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(good, NOW + timedelta(seconds=50))
    assert refused.value.reason == Refusal.EXPIRED


def test_a_remembered_token_does_not_hold_before_its_time() -> None:
    """A clock set back does not make a hit of a token that is not yet valid."""
    verifier, good = Verifier([issuer_with("ec-1")]), token()
    verifier.verify(good, NOW)
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(good, NOW - timedelta(minutes=5))
    assert refused.value.reason == Refusal.NOT_YET_VALID


def test_a_token_with_another_signature_is_no_hit(looked_at: list[str]) -> None:
    """The memory is keyed by the whole token, signature included."""
    verifier = Verifier([issuer_with("ec-1")])
    verifier.verify(token(), NOW)
    with pytest.raises(TokenRefused):
        verifier.verify(token(key=forge.ec_key("attacker")), NOW)
    assert len(looked_at) == 2


@pytest.mark.parametrize("change", ["replace", "register"])
def test_other_keys_forget_what_old_keys_vouched_for(change: str) -> None:
    """When the issuer's keys are exchanged, a token of the old key is refused at once."""
    verifier, good = Verifier([issuer_with("ec-1")]), token()
    verifier.verify(good, NOW)
    if change == "replace":
        verifier.replace([issuer_with("ec-2")])
    else:
        verifier.register(issuer_with("ec-2"))
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(good, NOW)
    assert refused.value.reason == Refusal.UNKNOWN_KEY


def test_an_issuer_taken_away_is_refused_at_once() -> None:
    """A remembered token does not outlive its issuer's registration."""
    verifier, good = Verifier([issuer_with("ec-1")]), token()
    verifier.verify(good, NOW)
    verifier.replace([])
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(good, NOW)
    assert refused.value.reason == Refusal.ISSUER


def test_the_memory_is_bounded_and_keeps_what_is_used(
    looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond its size the memory forgets the token longest unused, and no other."""
    monkeypatch.setattr(tokens, "CACHE_SIZE", 2)
    verifier = Verifier([issuer_with("ec-1")])
    used, idle, new = (token(body=claims(jti=name)) for name in ("used", "idle", "new"))
    for text in (used, idle, used, new):
        verifier.verify(text, NOW)
    assert len(looked_at) == 3
    verifier.verify(used, NOW)
    assert len(looked_at) == 3
    verifier.verify(idle, NOW)
    assert len(looked_at) == 4


def test_the_library_key_is_built_once() -> None:
    """Keys of equal value share one constructed key object."""
    key = issuer_with("ec-1").keys.find("ec-1", "ES256")
    again = issuer_with("ec-1").keys.find("ec-1", "ES256")
    assert key is not None
    assert again is not None
    assert tokens._constructed(key) is tokens._constructed(again)
