"""The application as a whole: health, lifespan, documentation, lists, acts."""

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from inspect import isasyncgenfunction, iscoroutinefunction

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from starlette.applications import Starlette

from app.main import create_api, create_app
from tests.http.conftest import PARTS, ROUTES, client_of
from tests.http.probe import ID

ROOT = "https://api.flerpart.example"


async def test_livez_touches_nothing(client: httpx.AsyncClient) -> None:
    """The process says it lives, without version."""
    answer = await client.get(f"{ROOT}/livez")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(("ready", "status"), [(True, 200), (False, 503)])
async def test_readyz_asks_the_parts(ready: bool, status: int) -> None:
    """Ready only when the parts say so; otherwise 503 with Retry-After."""

    async def answer() -> bool:
        return ready

    async with client_of(create_app(replace(PARTS, ready=answer))) as client:
        response = await client.get(f"{ROOT}/readyz")
    assert response.status_code == status
    assert ("retry-after" in response.headers) is not ready


async def test_resources_live_as_long_as_the_server() -> None:
    """Resources open in order, close in reverse, and what lives long is frozen."""
    happened: list[str] = []

    def resource(name: str) -> object:
        @asynccontextmanager
        async def opened() -> AsyncIterator[None]:
            happened.append(f"open {name}")
            yield
            happened.append(f"close {name}")

        return opened()

    app = create_app(PARTS, resources=[lambda: resource("a"), lambda: resource("b")])  # type: ignore[list-item,return-value]
    before = gc.get_freeze_count()
    async with app.router.lifespan_context(app):
        assert happened == ["open a", "open b"]
        assert gc.get_freeze_count() > before
    gc.unfreeze()
    assert happened == ["open a", "open b", "close b", "close a"]


async def test_api_info_is_open(app: Starlette) -> None:
    """VER.07: what the API is, without token."""
    async with client_of(app) as client:
        del client.headers["Authorization"]
        answer = await client.get("api-info")
    assert answer.status_code == 200
    assert answer.json() == {
        "apiName": "flerpart",
        "apiVersion": "0.1.0",
        "apiReleased": "2026-11-21",
        "apiDocumentation": "https://flerpart.example/docs",
        "apiStatus": "beta",
        "_links": [{"rel": "self", "href": f"{ROOT}/flerpart/v0/api-info", "method": "GET"}],
    }


async def test_the_document_is_served_below_the_root(client: httpx.AsyncClient) -> None:
    """DOK.23: openapi.json lies under the API's root and needs no token."""
    del client.headers["Authorization"]
    answer = await client.get("openapi.json")
    assert answer.status_code == 200
    assert answer.json()["servers"][0]["url"] == f"{ROOT}/flerpart/v0"


async def test_pages_for_trying_need_nothing_from_outside() -> None:
    """With the pages switched on, they and their files come from here, and the API says where they are."""
    async with client_of(create_app(replace(PARTS, show_docs=True))) as client:
        page = await client.get("docs/")
        assert page.status_code == 200
        assert "/flerpart/v0/docs/static-offline-docs/swagger-ui-bundle.js" in page.text
        assert "cdn" not in page.text
        assert (await client.get("api-info")).json()["apiDocumentation"] == f"{ROOT}/flerpart/v0/docs/"
        script = await client.get("docs/static-offline-docs/swagger-ui-bundle.js")
        assert script.status_code == 200
        document = await client.get("docs/openapi.json")
        assert document.json()["paths"].keys() == (await client.get("openapi.json")).json()["paths"].keys()


async def test_the_pages_call_this_server_with_a_token_pasted_in() -> None:
    """What is tried goes where the API answers, with any token; the published document knows of neither."""
    async with client_of(create_app(replace(PARTS, show_docs=True))) as client:
        tried = (await client.get("docs/openapi.json")).json()
        published = (await client.get("openapi.json")).json()
        assert [one["url"] for one in tried["servers"]] == ["/flerpart/v0"]
        assert (await client.get("docs/openapi.json")).json() == tried
    assert tried["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for path, item in published["paths"].items():
        for method, operation in item.items():
            pasted: list[dict[str, list[str]]] = [{"token": []}] if operation["security"] else []
            assert tried["paths"][path][method]["security"] == pasted + operation["security"]
    assert "token" not in published["components"]["securitySchemes"]
    assert published["servers"][0]["url"].endswith("/flerpart/v0")
    assert len(published["servers"]) == 1


async def test_a_list_tells_where_it_is(client: httpx.AsyncClient) -> None:
    """FNS.10-13: meta and links, which keep the other parameters."""
    answer = (await client.get("probes?title=Å&page=2&limit=10")).json()
    assert answer["_meta"] == {"totalRecords": 45, "page": 2, "limit": 10, "count": 2}
    base = f"{ROOT}/flerpart/v0/probes?page={{}}&limit=10&title=%C3%85"
    assert {link["rel"]: link["href"] for link in answer["_links"]} == {
        "self": base.format(2),
        "first": base.format(1),
        "prev": base.format(1),
        "next": base.format(3),
        "last": base.format(5),
    }


async def test_an_act_takes_one_reason_for_each_rule(client: httpx.AsyncClient) -> None:
    """Explanations are read by rule id; the same rule twice is refused."""
    reason = {"ruleId": "BOK-3", "reason": "Tiden passade alla."}
    path = f"probes/{ID}/acts"
    sound = await client.post(path, json={"version": 4, "explanations": [reason]})
    assert (sound.status_code, sound.json()["version"]) == (201, 5)
    twice = await client.post(path, json={"version": 4, "explanations": [reason, reason]})
    assert twice.json()["invalidParameters"][0]["code"] == "RULE_EXPLAINED_TWICE"


async def test_a_statement_tells_when_it_was_said(client: httpx.AsyncClient) -> None:
    """Any zone is taken, UTC is answered."""
    said = {"occurredAt": "2026-03-02T10:00:00+01:00", "channel": "telephone"}
    answer = await client.post(f"probes/{ID}/statements", json=said)
    assert answer.json()["recordedAt"] == "2026-03-02T09:00:00Z"


def test_no_dependency_goes_to_a_thread() -> None:
    """Every dependency of every route is async: FastAPI runs the others in a thread."""

    def below(dependant: Dependant) -> Iterator[Dependant]:
        for inner in dependant.dependencies:
            yield inner
            yield from below(inner)

    for route in create_api(PARTS, ROUTES).api_routes:
        assert iscoroutinefunction(route.endpoint)
        for dependant in below(route.dependant):
            assert dependant.call is not None
            assert iscoroutinefunction(dependant.call) or isasyncgenfunction(dependant.call), dependant.call
