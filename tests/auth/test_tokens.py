import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.auth import tokens
from app.auth.key_sets import StaticKeySet
from app.auth.token_form import Refusal, TokenRefused
from app.auth.tokens import Issuer, Verifier
from tests.auth import forge
from tests.auth.attacks import ATTACKS, Attack
from tests.auth.forge import (
    AUDIENCE,
    CLIENT,
    ISSUER,
    NOW,
    OTHER_ISSUER,
    SECOND,
    SUBJECT,
    claims,
    header,
    token,
)
from tests.auth.mutations import mutated


def our_issuer(*keys: dict[str, Any]) -> Issuer:
    """The region's issuer, with an EC and an RSA key unless others are given."""
    published = keys or (forge.ec_jwk("ec-1"), forge.rsa_jwk("rsa-1"))
    return Issuer(ISSUER, AUDIENCE, StaticKeySet(forge.jwks(*published)))


def other_issuer() -> Issuer:
    """The municipality's issuer, with its own key."""
    keys = StaticKeySet(forge.jwks(forge.ec_jwk("other-1", forge.ec_key("other"))))
    return Issuer(OTHER_ISSUER, AUDIENCE, keys)


@pytest.fixture
def verifier() -> Verifier:
    """Two issuers of three keys."""
    return Verifier([our_issuer(), other_issuer()])


def refusal(verifier: Verifier, text: str, now: datetime = NOW) -> Refusal:
    """Why the verifier refuses the token; fails if it accepts it."""
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(text, now)
    return refused.value.reason


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.sentence)
def test_every_named_attack_is_refused_for_its_own_reason(verifier: Verifier, attack: Attack) -> None:
    """Each forgery is refused by the check that is meant to stop it, so no check is dead."""
    assert refusal(verifier, attack.forged()) == attack.reason


def test_the_attacks_are_many_and_named_once() -> None:
    """The table holds at least sixty different attacks."""
    assert len({attack.sentence for attack in ATTACKS}) == len(ATTACKS) >= 60


def test_the_attacks_give_every_reason_but_disagreement() -> None:
    """Every reason the log can show is reached; disagreement alone needs two parsers that differ."""
    assert {attack.reason for attack in ATTACKS} == set(Refusal) - {Refusal.DISAGREEMENT}


TWINS: dict[str, Callable[[], str]] = {
    "an ES256 token": token,
    "an RS256 token": forge.rsa_token,
    "the long name of the type": lambda: token(header(typ="application/at+jwt")),
    "aud as a list of ours alone": lambda: token(body=claims(aud=[AUDIENCE])),
    "azp naming the same client": lambda: token(body=claims(azp=CLIENT)),
    "nbf reached": lambda: token(body=claims(nbf=SECOND)),
    "nbf within the leeway": lambda: token(body=claims(nbf=SECOND + 30)),
    "issued within the leeway": lambda: token(body=claims(iat=SECOND + 30)),
    "expired within the leeway": lambda: token(body=claims(exp=SECOND - 29, iat=SECOND - 300)),
    "a life of exactly the limit": lambda: token(body=claims(exp=SECOND - 10 + 900)),
    "a subject of 255 characters": lambda: token(body=claims(sub="s" * 255)),
    "a subject in Swedish": lambda: token(body=claims(sub="Åsa Öberg-Ärlig")),
    "claims we do not use": lambda: token(
        body=claims(scope="read write", act={"sub": "x", "list": [1, 2.5]})
    ),
    "claims spread over lines": lambda: token(body=forge.as_json(claims()).replace(b",", b",\r\n ")),
}


@pytest.mark.parametrize("good", TWINS.values(), ids=TWINS.keys())
def test_what_is_right_is_accepted(verifier: Verifier, good: Callable[[], str]) -> None:
    """The positive twins of the attacks pass, so a refusal says something."""
    assert verifier.verify(good(), NOW).issuer == ISSUER


def test_the_claims_are_those_of_the_token(verifier: Verifier) -> None:
    """Issuer, subject, client, id, expiry and level are handed on as they were signed."""
    verified = verifier.verify(token(body=claims(acr="loa3")), NOW)
    assert verified == tokens.TokenClaims(
        issuer=ISSUER,
        subject=SUBJECT,
        client_id=CLIENT,
        jti="4f6c",
        expires_at=NOW + timedelta(seconds=290),
        acr="loa3",
        audience=AUDIENCE,
        rights=None,
    )


def test_scopes_are_read_as_rights_to_us_alone(verifier: Verifier) -> None:
    """Of a token's scopes those count that begin with our name; other resources' say nothing here."""
    scope = f"{AUDIENCE}/read openid https://api.kommun.example/write {AUDIENCE}x/write"
    assert verifier.verify(token(body=claims(scope=scope)), NOW).rights == frozenset({"read"})
    assert verifier.verify(token(body=claims(scope="openid")), NOW).rights == frozenset()


def test_each_issuer_speaks_with_its_own_keys(verifier: Verifier) -> None:
    """Another registered issuer is accepted under its own key and name."""
    good = token(header(kid="other-1"), claims(iss=OTHER_ISSUER), forge.ec_key("other"))
    assert verifier.verify(good, NOW).issuer == OTHER_ISSUER


def test_a_refusal_repeats_nothing_of_the_token(verifier: Verifier) -> None:
    """What the log may show of a refusal is one word from the closed list."""
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(token(body=claims(sub="Åsa Exempel", exp=None)), NOW)
    assert (str(refused.value), refused.value.args) == ("claims", ("claims",))


def test_two_parsers_must_agree(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the library read other claims than we did, the token is refused."""
    monkeypatch.setattr("jose.jwt.decode", lambda *_, **__: claims(sub="director-1"))
    assert refusal(verifier, token()) == Refusal.DISAGREEMENT


@pytest.mark.parametrize("failure", [RecursionError(), OverflowError(), MemoryError(), KeyError("sub")])
def test_no_failure_of_the_library_gets_out(
    verifier: Verifier, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    """Whatever the library raises becomes the one refusal, never an internal error."""

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr("jose.jwt.decode", fail)
    assert refusal(verifier, token()) == Refusal.MALFORMED


@pytest.mark.parametrize("thing", [None, 7, b"a.b.c", ["a.b.c"]])
def test_what_is_no_text_is_no_token(verifier: Verifier, thing: Any) -> None:
    """A value of another type is refused like any bad token."""
    assert refusal(verifier, thing) == Refusal.SIZE


def test_a_clock_without_zone_is_a_mistake_of_ours(verifier: Verifier) -> None:
    """A naive clock raises ValueError: it would shift every expiry by the machine's offset."""
    with pytest.raises(ValueError, match="time zone"):
        verifier.verify(token(), NOW.replace(tzinfo=None))


def test_an_issuer_may_allow_longer_lives() -> None:
    """The longest life is set per issuer."""
    day = token(body=claims(exp=SECOND + 86_000))
    generous = Issuer(ISSUER, AUDIENCE, our_issuer().keys, max_lifetime=timedelta(days=1))
    assert refusal(Verifier([our_issuer()]), day) == Refusal.LIFETIME
    assert Verifier([generous]).verify(day, NOW).subject == SUBJECT


def test_one_name_is_registered_once() -> None:
    """Two issuers of one name are refused at registration."""
    with pytest.raises(ValueError, match="twice"):
        Verifier([our_issuer(), our_issuer()])


def test_mutated_tokens_are_never_accepted_and_never_crash(verifier: Verifier) -> None:
    """Twenty thousand tokens changed by chance: none accepted, nothing raised but the one refusal."""
    chance = random.Random(20260302)
    originals = [token(), forge.rsa_token()]
    wrong = []
    for _ in range(20_000):
        original = chance.choice(originals)
        mutant = mutated(chance, original)
        if mutant == original:
            continue
        try:
            verifier.verify(mutant, NOW)
        except TokenRefused:
            continue
        wrong.append(mutant)
    assert wrong == []
