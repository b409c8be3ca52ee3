import asyncio
import gzip
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from app.auth.key_sets import (
    KeySetInvalid,
    RemoteKeySet,
    VerificationKey,
)
from app.auth.token_form import Refusal, TokenRefused
from app.auth.tokens import Issuer, IssuerSilent, Verifier
from tests.auth import forge
from tests.auth.forge import AUDIENCE, ISSUER, NOW, SUBJECT, claims, header, token
from tests.auth.publishing import PublishedKeys

LATER = NOW + timedelta(seconds=30)


def fetched_from(published: PublishedKeys, **settings: Any) -> RemoteKeySet:
    """The key set at the running issuer's address."""
    return RemoteKeySet(published.uri, development=True, **settings)


def verifier_of(keys: RemoteKeySet) -> Verifier:
    """A verifier whose only issuer publishes its keys."""
    return Verifier([Issuer(ISSUER, AUDIENCE, keys)])


@pytest.mark.parametrize(
    "uri",
    [
        "http://inloggning.region.example/jwks",
        "http://127.0.0.1.region.example/jwks",
        "ftp://127.0.0.1/jwks",
        "file:///etc/passwd",
        "https:///jwks",
        "https://user:secret@inloggning.region.example/jwks",
        "https://inloggning.region.example/jwks#part",
        "/jwks",
        "",
    ],
)
def test_an_address_that_is_not_https_is_refused(uri: str) -> None:
    """Keys come over TLS from a host with a plain address, in development too."""
    for development in (False, True):
        with pytest.raises(KeySetInvalid):
            RemoteKeySet(uri, development=development)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_may_be_asked_in_development_alone(host: str) -> None:
    """Plain http is for one's own machine, and never in production."""
    assert RemoteKeySet(f"http://{host}:8080/jwks", development=True).fetched_at is None
    with pytest.raises(KeySetInvalid, match="https"):
        RemoteKeySet(f"http://{host}:8080/jwks")


async def test_keys_are_fetched_from_their_address(published: PublishedKeys) -> None:
    """What the issuer publishes verifies its tokens, and the time of fetching is known."""
    keys = fetched_from(published)
    assert keys.find("ec-1", "ES256") is None
    assert await keys.refresh(NOW)
    assert isinstance(keys.find("ec-1", "ES256"), VerificationKey)
    assert keys.fetched_at == NOW


async def test_an_unknown_key_is_asked_for_once(published: PublishedKeys) -> None:
    """A token with a key not yet fetched makes us ask, and is then accepted."""
    verifier = verifier_of(fetched_from(published))
    assert (await verifier.authenticate(token(), NOW)).subject == SUBJECT
    assert published.asked == 1


async def test_a_known_key_asks_nobody(published: PublishedKeys) -> None:
    """Requests with a key in hand never wait for the issuer."""
    verifier = verifier_of(fetched_from(published))
    await verifier.refresh_keys(NOW)
    await verifier.authenticate(token(), NOW)
    await verifier.authenticate(token(body=claims(jti="5")), LATER)
    assert published.asked == 1


async def test_unknown_keys_cannot_flood_the_issuer(published: PublishedKeys) -> None:
    """Any number of tokens with invented kids costs the issuer one question per interval."""
    verifier = verifier_of(fetched_from(published))
    for number in range(20):
        with pytest.raises(TokenRefused):
            await verifier.authenticate(
                token(header(kid=f"invented-{number}")), NOW + timedelta(seconds=number)
            )
    assert published.asked == 1
    with pytest.raises(TokenRefused):
        await verifier.authenticate(token(header(kid="invented")), LATER)
    assert published.asked == 2


async def test_requests_at_once_share_one_question(published: PublishedKeys) -> None:
    """Many requests that meet a new key together wait for one fetch, and all are answered."""
    verifier = verifier_of(fetched_from(published))
    answers = await asyncio.gather(*(verifier.authenticate(token(), NOW) for _ in range(20)))
    assert {answer.subject for answer in answers} == {SUBJECT}
    assert published.asked == 1


@pytest.mark.parametrize(
    "bad",
    [
        token(header(kid="unknown"), claims(exp=1)),
        token(header(kid="unknown"), claims(aud="https://api.kommun.example/")),
        token(header(kid="unknown"), claims(iss="https://angripare.example/")),
        token(header(kid="unknown", typ="JWT")),
        "rubbish",
    ],
    ids=["expired", "for another", "by a stranger", "of another type", "rubbish"],
)
async def test_a_token_that_is_wrong_anyway_asks_nobody(published: PublishedKeys, bad: str) -> None:
    """Only a token with nothing wrong but its key makes us ask the issuer."""
    with pytest.raises(TokenRefused):
        await verifier_of(fetched_from(published)).authenticate(bad, NOW)
    assert published.asked == 0


async def test_an_exchanged_key_replaces_the_old_one(published: PublishedKeys) -> None:
    """After the issuer changed its key, new tokens pass, old ones do not, remembered or not."""
    verifier, old = verifier_of(fetched_from(published)), token()
    await verifier.authenticate(old, NOW)
    published.publish(forge.ec_jwk("ec-2", forge.ec_key("next")))
    new = token(header(kid="ec-2"), key=forge.ec_key("next"))
    assert (await verifier.authenticate(new, LATER)).subject == SUBJECT
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(old, LATER)
    assert refused.value.reason == Refusal.UNKNOWN_KEY


async def test_another_key_under_the_old_kid_is_noticed(published: PublishedKeys) -> None:
    """A token remembered under a key is refused once its kid names another key."""
    verifier, old = verifier_of(fetched_from(published)), token()
    await verifier.authenticate(old, NOW)
    published.publish(forge.ec_jwk("ec-1", forge.ec_key("next")))
    await verifier.refresh_keys(LATER)
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(old, LATER)
    assert refused.value.reason == Refusal.SIGNATURE


async def test_a_set_refreshed_behind_the_verifier_counts_at_once(published: PublishedKeys) -> None:
    """A remembered token asks for its key again, whoever had the set refreshed."""
    keys = fetched_from(published)
    verifier, old = verifier_of(keys), token()
    await verifier.authenticate(old, NOW)
    published.publish(forge.ec_jwk("ec-2", forge.ec_key("next")))
    await keys.refresh(LATER)
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(old, LATER)
    assert refused.value.reason == Refusal.UNKNOWN_KEY


async def test_withdrawn_keys_fall_out(published: PublishedKeys) -> None:
    """A set published empty is believed: the issuer has withdrawn its keys."""
    keys = fetched_from(published)
    await keys.refresh(NOW)
    published.publish()
    assert await keys.refresh(LATER)
    assert keys.find("ec-1", "ES256") is None


async def refused_answer(published: PublishedKeys) -> None:
    """An answer with an error."""
    published.status = 500


async def redirecting(published: PublishedKeys) -> None:
    """An answer that sends us elsewhere."""
    published.status, published.headers = 302, {"Location": "/elsewhere"}


async def endless(published: PublishedKeys) -> None:
    """A document that goes on and on."""
    published.endless = True


async def compressed(published: PublishedKeys) -> None:
    """A small answer that unpacks to a large one."""
    published.headers, published.body = {"Content-Encoding": "gzip"}, gzip.compress(b" " * 1_000_000)


async def rubbish(published: PublishedKeys) -> None:
    """An answer that is no key set."""
    published.body = b"<html>Inloggning</html>"


async def hanging(published: PublishedKeys) -> None:
    """An answer that begins and stops."""
    published.go_on.clear()


async def unreachable(published: PublishedKeys) -> None:
    """No server at all."""
    published.stop()


@pytest.mark.parametrize(
    ("trouble", "logged"),
    [
        (refused_answer, "KeySetInvalid"),
        (redirecting, "KeySetInvalid"),
        (endless, "KeySetInvalid"),
        (compressed, "KeySetInvalid"),
        (rubbish, "KeySetInvalid"),
        (hanging, "TimeoutError"),
        (unreachable, "ConnectError"),
    ],
)
async def test_when_the_issuer_is_in_trouble_its_keys_go_on_working(
    published: PublishedKeys,
    trouble: Callable[[PublishedKeys], Awaitable[None]],
    logged: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A failed fetch leaves the keys in hand in force, is logged, and is not tried at every request; a key
    never seen is neither accepted nor refused.
    """
    keys = fetched_from(published, deadline=timedelta(seconds=1.5))
    verifier = verifier_of(keys)
    await verifier.refresh_keys(NOW)
    await trouble(published)
    await verifier.refresh_keys(LATER)
    with pytest.raises(IssuerSilent):
        await verifier.authenticate(token(header(kid="ec-2")), LATER)
    assert (await verifier.authenticate(token(), LATER)).subject == SUBJECT
    assert keys.fetched_at == NOW
    said = [vars(record) for record in caplog.records if record.name.startswith("flerpart")]
    assert [(one["msg"], one["host"], one["class"]) for one in said] == [
        ("key set not fetched", "127.0.0.1", logged)
    ]


async def test_an_issuer_that_comes_back_is_heard(published: PublishedKeys) -> None:
    """After a failure the next question, an interval later, is asked again."""
    published.status = 503
    verifier = verifier_of(fetched_from(published))
    with pytest.raises(IssuerSilent):
        await verifier.authenticate(token(), NOW)
    published.status = 200
    assert (await verifier.authenticate(token(), LATER)).subject == SUBJECT
