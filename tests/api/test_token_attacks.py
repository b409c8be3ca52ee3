"""Every attack on access tokens, over HTTP: one answer to all of them, at every door."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from app.agreements.registry import registry
from app.cli import write_parties
from app.db.directory_load import put_account, put_issuer, writing_directory
from app.db.tables.directory import Officer, TokenIssuer, Unit
from app.http import about
from app.settings import Settings
from app.wiring import build_app
from dev.postgres import Server
from tests.api.matrix.document import DOCUMENT, OPERATIONS, UNKNOWN, Operation
from tests.auth import forge
from tests.auth.attacks import ATTACKS, Attack

ROOT = f"http://testserver{about.BASE_PATH}"
BROKEN = "https://trasig.example/"
"""A registered issuer whose key set cannot be used."""
CHALLENGE = 'Bearer realm="flerpart", error="invalid_token"'
SECURED = [one for one in OPERATIONS.values() if DOCUMENT["paths"][one.path][one.method.lower()]["security"]]


@pytest.fixture(scope="module")
async def attacked(server: Server, template: str, keys_file: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The application over a database of its own: two usable issuers, and an account for the one whose tokens
    are forged.
    """
    urls = server.create_database("flerpart_attacked", template=template)
    await write_parties(urls.migration)
    organisation, unit = next(iter(registry())).parties[0].organisations[0].id, uuid4()
    async with writing_directory(urls.migration) as directory:
        await directory.put(Unit(org_id=organisation, id=unit, name="Provenheten", address=["Provgatan 1"]))
    officer = Officer(org_id=organisation, id=uuid4(), unit_id=unit, name="Person", function="handläggare")
    await put_account(urls.migration, officer, uuid4(), forge.ISSUER, forge.SUBJECT, ["caseworker"])
    ours = forge.jwks(forge.ec_jwk("ec-1"), forge.rsa_jwk("rsa-1"))
    theirs = forge.jwks(forge.ec_jwk("other-1", forge.ec_key("other")))
    for issuer, keys in ((forge.ISSUER, ours), (forge.OTHER_ISSUER, theirs), (BROKEN, '{"keys":[]}')):
        found = TokenIssuer(
            issuer=issuer, audience=forge.AUDIENCE, key_set=keys, registered_at=datetime.now(UTC)
        )
        await put_issuer(urls.migration, found)
    settings = Settings(
        database_url=SecretStr(urls.api),
        FLERPART_KEYS_FILE=keys_file,
        FLERPART_CALLER_RATE=0,
        FLERPART_ORGANISATION_RATE=0,
        FLERPART_ADDRESS_RATE=0,
    )
    app = build_app(settings, lambda: forge.NOW)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as http:
        yield http
    server.drop_database("flerpart_attacked")


async def tried(http: httpx.AsyncClient, operation: Operation, token: str) -> httpx.Response:
    """What an operation answers the bearer of a token, on something that is not there, with a sound body."""
    path = operation.path
    for segment in path.split("/"):
        if segment.startswith("{"):
            path = path.replace(segment, UNKNOWN)
    bearer = b"Bearer " + token.encode("utf-8", "surrogatepass")
    headers: list[tuple[bytes, bytes]] = [(b"Authorization", bearer), (b"Accept-Language", b"en")]
    headers += [(b"Idempotency-Key", uuid4().bytes.hex().encode())] if operation.needs_key else []
    headers += [(b"If-Match", b'"1"')] if operation.needs_match else []
    url = f"{ROOT}{path}?{operation.query}" if operation.query else ROOT + path
    if operation.schema is None:
        return await http.request(operation.method, url, headers=headers)
    return await http.request(operation.method, url, headers=headers, json=operation.example)


def all_but_its_trace(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """An answer's bytes and headers, without the one header that is each request's own."""
    headers = {name: value for name, value in answer.headers.items() if name != "traceparent"}
    return answer.status_code, answer.content, headers


async def test_a_good_token_opens(attacked: httpx.AsyncClient) -> None:
    """The positive twin: with either key of the issuer, the account behind the token is found."""
    for good in (forge.token(), forge.rsa_token()):
        answer = await tried(attacked, OPERATIONS["readMe"], good)
        assert answer.status_code == 200
        assert answer.json()["assignments"][0]["unitName"] == "Provenheten"


async def test_a_scope_to_read_opens_nothing_to_write(attacked: httpx.AsyncClient) -> None:
    """A token that names a scope is held to it: reading is not writing, and writing is both."""
    reading, writing = (
        forge.token(body=forge.claims(scope=f"openid {forge.AUDIENCE}/{right}"))
        for right in ("read", "write")
    )
    for token in (reading, writing):
        assert (await tried(attacked, OPERATIONS["readMe"], token)).status_code == 200
    refused = await tried(attacked, OPERATIONS["registerCase"], reading)
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert 'error="insufficient_scope"' in refused.headers["www-authenticate"]
    assert (await tried(attacked, OPERATIONS["registerCase"], writing)).status_code == 404


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.sentence)
async def test_every_named_attack_gets_the_same_401(attacked: httpx.AsyncClient, attack: Attack) -> None:
    """Each forgery gets the very bytes that a word which is no token gets: which check failed is not told."""
    plain = await tried(attacked, OPERATIONS["readMe"], "a.b.c")
    assert plain.status_code == 401
    assert plain.headers["www-authenticate"] == CHALLENGE
    answer = await tried(attacked, OPERATIONS["readMe"], attack.forged())
    assert all_but_its_trace(answer) == all_but_its_trace(plain)


async def test_nobodys_account_gets_the_same_401(attacked: httpx.AsyncClient) -> None:
    """Whom nobody has given an account cannot be told from a forgery."""
    plain = await tried(attacked, OPERATIONS["readMe"], "a.b.c")
    unknown = await tried(
        attacked, OPERATIONS["readMe"], forge.token(body=forge.claims(sub="officer-unknown"))
    )
    assert all_but_its_trace(unknown) == all_but_its_trace(plain)


async def test_an_issuer_that_cannot_be_used_locks_nobody_else_out(attacked: httpx.AsyncClient) -> None:
    """One unusable registration is left out: its tokens are refused, the others' open as before."""
    theirs = await tried(attacked, OPERATIONS["readMe"], forge.token(body=forge.claims(iss=BROKEN)))
    ours = await tried(attacked, OPERATIONS["readMe"], forge.token())
    assert (theirs.status_code, ours.status_code) == (401, 200)


@pytest.mark.parametrize("operation", SECURED, ids=lambda operation: operation.id)
async def test_no_operation_forgets_to_ask(attacked: httpx.AsyncClient, operation: Operation) -> None:
    """At every operation of the document a forgery of each family gets the same 401, and a good token not."""
    families = (ATTACKS[0], ATTACKS[30], ATTACKS[52], ATTACKS[70], ATTACKS[95], ATTACKS[120], ATTACKS[-1])
    answers = [await tried(attacked, operation, one.forged()) for one in families]
    assert {one.status_code for one in answers} == {401}
    assert len({one.content for one in answers}) == 1
    assert {one.headers["www-authenticate"] for one in answers} == {CHALLENGE}
    assert (await tried(attacked, operation, forge.token())).status_code not in {401, 500, 503}
