import json
from datetime import timedelta
from pathlib import Path

import pytest

from app.auth import development
from app.auth.key_sets import StaticKeySet
from app.auth.keyring import KeyRing
from app.auth.token_form import Refusal, TokenRefused
from app.auth.tokens import Issuer, Verifier
from tests.auth.forge import AUDIENCE, NOW


def test_a_development_token_is_accepted(keyring: KeyRing) -> None:
    """A token made for the API is one the API accepts, for as long as was asked."""
    verifier = Verifier([development.issuer(keyring, AUDIENCE)])
    verified = verifier.verify(
        development.issue(keyring, "officer-17", audience=AUDIENCE, now=NOW, acr="loa3"), NOW
    )
    assert (verified.issuer, verified.subject, verified.client_id) == (
        "https://issuer.flerpart.invalid/",
        "officer-17",
        "https://client.flerpart.invalid/",
    )
    assert (verified.expires_at, verified.acr) == (NOW + timedelta(hours=8), "loa3")


def test_a_development_token_expires(keyring: KeyRing) -> None:
    """After its hours the token is refused."""
    verifier = Verifier([development.issuer(keyring, AUDIENCE)])
    made = development.issue(keyring, "officer-17", audience=AUDIENCE, now=NOW, hours=1)
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(made, NOW + timedelta(hours=1, seconds=30))
    assert refused.value.reason == Refusal.EXPIRED


def test_two_tokens_are_never_the_same(keyring: KeyRing) -> None:
    """Each token has an id of its own."""
    made = {development.issue(keyring, "officer-17", audience=AUDIENCE, now=NOW) for _ in range(2)}
    assert len(made) == 2


def test_another_installation_does_not_accept_it(keyring: KeyRing, keys_file: Path) -> None:
    """A token signed with another machine's development key is refused."""
    foreign = KeyRing.create(keys_file)
    verifier = Verifier([development.issuer(keyring, AUDIENCE)])
    with pytest.raises(TokenRefused):
        verifier.verify(development.issue(foreign, "officer-17", audience=AUDIENCE, now=NOW), NOW)


def test_the_published_set_has_no_private_part(keyring: KeyRing) -> None:
    """What is registered is the public key, and it verifies."""
    document = development.jwks(keyring)
    assert "d" not in json.loads(document)["keys"][0]
    verifier = Verifier(
        [Issuer(development.ISSUER, AUDIENCE, StaticKeySet(document), max_lifetime=timedelta(hours=8))]
    )
    made = development.issue(keyring, "officer-17", audience=AUDIENCE, now=NOW)
    assert verifier.verify(made, NOW).subject == "officer-17"


def test_without_a_development_key_there_is_no_development_issuer(keys_file: Path) -> None:
    """A production key ring makes no token, publishes no key and gives no issuer."""
    production = KeyRing.create(keys_file, development=False)
    with pytest.raises(development.NoDevelopmentKey):
        development.issue(production, "officer-17", audience=AUDIENCE, now=NOW)
    with pytest.raises(development.NoDevelopmentKey):
        development.jwks(production)
    with pytest.raises(development.NoDevelopmentKey):
        development.issuer(production, AUDIENCE)


@pytest.mark.parametrize("hours", [0, -1, 25])
def test_a_development_token_lives_at_most_a_day(keyring: KeyRing, hours: int) -> None:
    """No token of the development issuer outlives a day."""
    with pytest.raises(ValueError, match="24 hours"):
        development.issue(keyring, "officer-17", audience=AUDIENCE, now=NOW, hours=hours)
