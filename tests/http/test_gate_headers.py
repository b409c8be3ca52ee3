"""The gate before the routes: addresses, methods and headers."""

import httpx
import pytest
from starlette.applications import Starlette

from tests.http.probe import ID
from tests.http.sending import JSON, is_problem, post


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/.git/config", "/metrics", "//probes", "/", ""])
async def test_nothing_lies_outside_the_contract(client: httpx.AsyncClient, path: str) -> None:
    """H38: what is not in the document is not there, and the path is not repeated."""
    answer = await client.get(f"https://api.flerpart.example{path}")
    is_problem(answer, 404, "NOT_FOUND")
    assert answer.json()["instance"] == "/flerpart/v0"


@pytest.mark.parametrize("path", ["probes/", "api-info/", "docs", "docs/", "//probes"])
async def test_no_second_address(client: httpx.AsyncClient, path: str) -> None:
    """H38: neither a slash too many nor the pages for trying lead anywhere."""
    is_problem(await client.get(f"https://api.flerpart.example/flerpart/v0/{path}"), 404)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "CONNECT"])
async def test_a_method_that_is_not_there_is_405(client: httpx.AsyncClient, method: str) -> None:
    """H26: 405 with every method of the resource in Allow."""
    answer = await client.request(method, "probes")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"


async def test_allow_is_gathered_over_routes(client: httpx.AsyncClient) -> None:
    """GET and PUT of one path are two routes; Allow names both."""
    assert (await client.delete(f"probes/{ID}")).headers["allow"] == "GET, PUT"


@pytest.mark.parametrize(
    "headers",
    [{"X-Long": "a" * 70_000}, {f"X-{number}": "a" for number in range(2_000)}],
    ids=["70 kB in one", "2 000 of them"],
)
async def test_headers_beyond_measure_are_431(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    """H25: neither one header of 70 kB nor 2 000 small ones get as far as a route; a token's size does."""
    is_problem(await client.get("api-info", headers=headers), 431, "HEADERS_TOO_LARGE")
    assert (await client.get("api-info", headers={"X-Long": "a" * 16_000})).status_code == 200


async def test_headers_that_claim_are_ignored(client: httpx.AsyncClient) -> None:
    """H26, H27: neither a method override nor a forwarded host or user changes anything."""
    claims = {
        "X-HTTP-Method-Override": "DELETE",
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-User-Id": "1",
        "Host": "evil.example",
    }
    answer = await client.get("probes", headers=claims)
    assert answer.status_code == 200
    assert "evil" not in answer.text
    assert all(link["href"].startswith("https://api.flerpart.example/") for link in answer.json()["_links"])


@pytest.mark.parametrize(
    "authorization",
    [
        [],
        [("Authorization", "Bearer a.b.c"), ("Authorization", "Bearer d.e.f")],
        [("Authorization", "bearer a.b.c")],
        [("Authorization", "Basic YTpi")],
        [("Authorization", "Bearer a b")],
        [("Authorization", "Bearer a.b.c, Bearer d.e.f")],
        [("Authorization", "Bearer " + "a" * 9000)],
    ],
)
async def test_one_bearer_token_is_needed(app: Starlette, authorization: list[tuple[str, str]]) -> None:
    """H23: no, two or another kind of Authorization is 401 with the challenge of RFC 6750."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://api.flerpart.example") as client:
        answer = await client.get(f"/flerpart/v0/probes/{ID}", headers=authorization)
    is_problem(answer, 401, "NOT_AUTHENTICATED")
    error = ', error="invalid_token"' if authorization else ""
    assert answer.headers["www-authenticate"] == f'Bearer realm="flerpart"{error}'


async def test_who_it_is_comes_before_what_is_sent(app: Starlette) -> None:
    """Without a token a wrong body is not judged."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://api.flerpart.example") as client:
        answer = await client.post("/flerpart/v0/probes", json={"title": 1})
    is_problem(answer, 401)


async def test_a_get_takes_no_body(client: httpx.AsyncClient) -> None:
    """A body nobody reads is refused."""
    is_problem(await client.request("GET", "probes", content=b"{}", headers=JSON), 400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "keys", [[], [""], ["å".encode().decode("latin-1")], ["a b"], ["a" * 256], ["a", "b"]]
)
async def test_a_post_needs_one_idempotency_key(app: Starlette, keys: list[str]) -> None:
    """No key, two keys or a malformed one is 400."""
    headers = [("Authorization", "Bearer a.b.c"), *(("Idempotency-Key", key) for key in keys)]
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://api.flerpart.example") as client:
        request = client.build_request("POST", "/flerpart/v0/probes", json={"title": "a", "count": 1})
        for name, value in headers:
            request.headers = httpx.Headers([*request.headers.raw, (name.encode(), value.encode("latin-1"))])
        is_problem(await client.send(request), 400, "IDEMPOTENCY_KEY_MISSING")


@pytest.mark.parametrize(
    ("tag", "status"),
    [(None, 428), ('W/"1"', 412), ("*", 412), ("1", 412), ('"0"', 412), ('"a"', 412), ('"1", "2"', 412)],
)
async def test_a_change_names_one_strong_version(
    client: httpx.AsyncClient, tag: str | None, status: int
) -> None:
    """If-Match missing is 428; anything but one strong number never matches."""
    del client.headers["If-Match"]
    headers = {} if tag is None else {"If-Match": tag}
    answer = await client.put(f"probes/{ID}", json={"title": "a", "count": 1}, headers=headers)
    is_problem(answer, status)


async def test_a_version_without_its_marks_is_not_called_stale(client: httpx.AsyncClient) -> None:
    """If-Match of the wrong form is answered with how it is written, not with a version that has passed."""
    headers = {"If-Match": "1", "Accept-Language": "en"}
    answer = await client.put(f"probes/{ID}", json={"title": "a", "count": 1}, headers=headers)
    assert "quotation marks" in answer.json()["detail"]


async def test_a_change_answers_the_new_version(client: httpx.AsyncClient) -> None:
    """The positive twin: the strong tag is understood, and the next one answered."""
    answer = await client.put(f"probes/{ID}", json={"title": "a", "count": 1})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')


async def test_the_fingerprint_is_of_what_was_meant(client: httpx.AsyncClient) -> None:
    """The same JSON in another order and spacing has the same fingerprint; another value or path has not."""
    first = await post(client, b'{"title": "a", "count": 1}')
    same = await post(client, b'{"count":1,  "title":"\\u0061"}')
    other = await post(client, b'{"title": "a", "count": 2}')
    assert first.headers["x-fingerprint"] == same.headers["x-fingerprint"]
    assert first.headers["x-fingerprint"] != other.headers["x-fingerprint"]
