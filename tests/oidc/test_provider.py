"""Tokens of a real OpenID provider, from the client's assertion to the answer of the API."""

from datetime import timedelta

import httpx

from tests.auth import forge
from tests.oidc.conftest import Trusting
from tests.oidc.provider import Client, read

FETCHED_AT_MOST_EVERY = timedelta(seconds=31)


def is_refused(answer: httpx.Response) -> None:
    """The one answer to every token that is not accepted."""
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="flerpart", error="invalid_token"'
    assert answer.json()["code"] == "NOT_AUTHENTICATED"


async def test_issuers_with_keys_of_different_kinds_are_trusted_side_by_side(trusting: Trusting) -> None:
    """A client's tokens are accepted from an issuer signing with ES256 and from one signing with RS256."""
    for provider, algorithm in ((trusting.elliptic, "ES256"), (trusting.rsa, "RS256")):
        token = provider.token(trusting.client)
        header, claims = read(token)
        assert (header["alg"], header["typ"], claims["sub"]) == (algorithm, "at+jwt", trusting.client.id)
        answer = await trusting.me(token)
        assert answer.status_code == 200
        assert answer.json()["assignments"][0]["roles"] == ["caseworker"]


async def test_an_unregistered_issuer_is_refused(trusting: Trusting) -> None:
    """A well-made token of a real provider that nobody registered is worth nothing, whoever it names."""
    is_refused(await trusting.me(trusting.stranger.token(trusting.client)))


async def test_a_client_without_an_account_is_refused(trusting: Trusting) -> None:
    """That the issuer knows a client gives it no account here."""
    is_refused(await trusting.me(trusting.elliptic.token(trusting.unknown_client)))


async def test_a_token_moved_to_another_issuers_name_is_refused(trusting: Trusting) -> None:
    """The parts of two real tokens, exchanged: no issuer vouches for what another has signed."""
    ours, theirs = (one.token(trusting.client).split(".") for one in (trusting.elliptic, trusting.stranger))
    for place in range(3):
        mixed = [*ours[:place], theirs[place], *ours[place + 1 :]]
        is_refused(await trusting.me(".".join(mixed)))


async def test_only_the_clients_own_key_gets_a_token(trusting: Trusting) -> None:
    """The proof is the client's signature: whoever signs with another key is given nothing to send us."""
    impostor = Client("angripare")
    impostor.id = trusting.client.id
    answer = trusting.elliptic.asked(impostor)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_a_token_for_another_resource_is_not_even_issued(trusting: Trusting) -> None:
    """The provider gives tokens for the resources it knows, and ours names exactly one."""
    answer = trusting.elliptic.asked(trusting.client, resource="https://api.kommun.example/")
    assert answer.json()["error"] == "invalid_target"


async def test_the_clients_assertion_is_no_token(trusting: Trusting) -> None:
    """What proves a client to its issuer proves nothing to us."""
    is_refused(await trusting.me(trusting.client.assertion(trusting.elliptic.issuer)))


async def test_a_token_of_the_provider_changed_by_a_bit_is_refused(trusting: Trusting) -> None:
    """Any other subject under the same signature is refused."""
    head, body, signature = trusting.elliptic.token(trusting.unknown_client).split(".")
    _, claims = read(f"{head}.{body}.{signature}")
    moved = forge.b64(forge.as_json(claims | {"sub": trusting.client.id}))
    is_refused(await trusting.me(f"{head}.{moved}.{signature}"))


async def test_rotated_keys_are_found_and_old_tokens_go_on(trusting: Trusting) -> None:
    """After a rotation the new key is fetched when first met, and what the old one signed still holds."""
    before = trusting.elliptic.token(trusting.client)
    trusting.elliptic.rotate()
    after = trusting.elliptic.token(trusting.client)
    assert read(before)[0]["kid"] != read(after)[0]["kid"]
    trusting.clock.ahead += FETCHED_AT_MOST_EVERY
    for token in (after, before):
        assert (await trusting.me(token)).status_code == 200


async def test_a_withdrawn_key_ends_its_tokens(trusting: Trusting) -> None:
    """What was signed with a key its issuer no longer publishes is refused once the keys are fetched anew."""
    before = trusting.rsa.token(trusting.client)
    assert (await trusting.me(before)).status_code == 200
    trusting.rsa.rotate()
    trusting.rsa.retire()
    trusting.clock.ahead += FETCHED_AT_MOST_EVERY
    assert (await trusting.me(trusting.rsa.token(trusting.client))).status_code == 200
    is_refused(await trusting.me(before))


async def test_while_an_issuer_is_silent_known_keys_go_on_and_new_ones_wait(trusting: Trusting) -> None:
    """A key in hand works on; one never seen is neither true nor false yet: 503, and later it is accepted."""
    known = trusting.elliptic.token(trusting.client)
    trusting.elliptic.rotate()
    new = trusting.elliptic.token(trusting.client)
    trusting.elliptic.close()
    trusting.clock.ahead += FETCHED_AT_MOST_EVERY
    waiting = await trusting.me(new)
    assert (waiting.status_code, waiting.json()["code"]) == (503, "UNAVAILABLE")
    assert waiting.headers["retry-after"] == "30"
    assert (await trusting.me(known)).status_code == 200
    assert (await trusting.me(trusting.rsa.token(trusting.client))).status_code == 200
    is_refused(await trusting.me(forge.token()))
    trusting.elliptic.open()
    trusting.clock.ahead += FETCHED_AT_MOST_EVERY
    assert (await trusting.me(new)).status_code == 200


async def test_scopes_bound_what_a_token_may_do(trusting: Trusting) -> None:
    """A token to read reads, and is told which scope an act lacks; a token to write reads and acts."""
    reading = trusting.elliptic.token(trusting.client, "read")
    assert (await trusting.me(reading)).status_code == 200
    refused = await trusting.seen_need(reading)
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert (
        'error="insufficient_scope", scope="https://api.flerpart.example/flerpart/write"'
        in (refused.headers["www-authenticate"])
    )
    writing = trusting.elliptic.token(trusting.client, "write")
    assert (await trusting.me(writing)).status_code == 200
    assert (await trusting.seen_need(writing)).status_code == 422
