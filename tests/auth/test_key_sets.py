import asyncio
import gzip
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.auth.key_sets import (
    MAX_SET_BYTES,
    KeySetInvalid,
    RemoteKeySet,
    StaticKeySet,
    VerificationKey,
    parse_key_set,
)
from app.auth.tokens import Issuer, Refusal, TokenRefused, Verifier
from tests.auth import forge
from tests.auth.forge import AUDIENCE, ISSUER, NOW, SUBJECT, claims, header, token

LATER = NOW + timedelta(seconds=30)


class PublishedKeys:
    """An issuer's web server on this machine, whose answer a test decides."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = forge.jwks(forge.ec_jwk("ec-1")).encode()
        self.elsewhere = forge.jwks(forge.ec_jwk("ec-2")).encode()
        self.asked = 0
        self.endless = False
        self.go_on = threading.Event()
        self.go_on.set()
        published = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                published.asked += 1
                if self.path == "/elsewhere":
                    self.answer(200, {}, published.elsewhere)
                else:
                    self.answer(published.status, published.headers, published.body)

            def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if not published.endless:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[:1])
                self.wfile.flush()
                published.go_on.wait(timeout=20)
                # The client may have hung up by now, as some tests want it to.
                try:
                    self.wfile.write(body[1:])
                    while published.endless:
                        self.wfile.write(b" " * 1024)
                except OSError:
                    self.close_connection = True

            def log_request(self, *args: object) -> None:
                """Say nothing among the tests' lines."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.uri = f"http://127.0.0.1:{self._server.server_port}/jwks"

    def publish(self, *keys: dict[str, Any]) -> None:
        """Publish these keys from now on."""
        self.body = forge.jwks(*keys).encode()

    def stop(self) -> None:
        """Answer nobody any more."""
        self.go_on.set()
        self.endless = False
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def published() -> Iterator[PublishedKeys]:
    """A running issuer with one EC key."""
    server = PublishedKeys()
    yield server
    server.stop()


def fetched_from(published: PublishedKeys, **settings: Any) -> RemoteKeySet:
    """The key set at the running issuer's address."""
    return RemoteKeySet(published.uri, development=True, **settings)


def verifier_of(keys: RemoteKeySet) -> Verifier:
    """A verifier whose only issuer publishes its keys."""
    return Verifier([Issuer(ISSUER, AUDIENCE, keys)])


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
    """A failed fetch leaves the keys in hand in force, is logged, and is not tried at every request."""
    keys = fetched_from(published, deadline=timedelta(seconds=0.5))
    verifier = verifier_of(keys)
    await verifier.refresh_keys(NOW)
    await trouble(published)
    await verifier.refresh_keys(LATER)
    with pytest.raises(TokenRefused) as refused:
        await verifier.authenticate(token(header(kid="ec-2")), LATER)
    assert refused.value.reason == Refusal.UNKNOWN_KEY
    assert (await verifier.authenticate(token(), LATER)).subject == SUBJECT
    assert keys.fetched_at == NOW
    assert [record.getMessage() for record in caplog.records if record.name.startswith("flerpart")] == [
        f"Key set not fetched from 127.0.0.1: {logged}"
    ]


async def test_an_issuer_that_comes_back_is_heard(published: PublishedKeys) -> None:
    """After a failure the next question, an interval later, is asked again."""
    published.status = 503
    verifier = verifier_of(fetched_from(published))
    with pytest.raises(TokenRefused):
        await verifier.authenticate(token(), NOW)
    published.status = 200
    assert (await verifier.authenticate(token(), LATER)).subject == SUBJECT
