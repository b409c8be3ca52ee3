"""The hostile inputs that the frame must stop; numbers are those of the security notes."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from tests.http.probe import HIDDEN, ID
from tests.http.sending import JSON, is_problem, post

SOUND = b'{"title": "Ett prov", "count": 1}'


async def test_a_sound_body_passes(client: httpx.AsyncClient) -> None:
    """The positive twin: sound JSON gets through and is answered 201 with Location and receipt."""
    answer = await post(client, SOUND)
    assert answer.status_code == 201
    assert answer.headers["location"].endswith(f"/flerpart/v0/probes/{ID}")
    assert answer.json()["recordedAt"] == "2026-03-02T09:00:00Z"
    assert answer.json()["remarks"][0]["ruleId"] == "SAM-2"


MALFORMED = {
    "H01 NUL escape": rb'{"title": "a\u0000b", "count": 1}',
    "H01 NUL in key": rb'{"ti\u0000tle": "a", "count": 1}',
    "H01 raw NUL": b'{"title": "a\x00b", "count": 1}',
    "H02 lone surrogate": rb'{"title": "\ud800", "count": 1}',
    "H02 lone surrogate, wrong type": rb'{"title": "a", "count": "\udfff"}',
    "H03 NaN": b'{"title": "a", "count": NaN}',
    "H03 Infinity": b'{"title": "a", "count": Infinity}',
    "H03 -Infinity": b'{"title": "a", "count": -Infinity}',
    "H03 1e400": b'{"title": "a", "count": 1e400}',
    "H04 NaN in string field": b'{"title": NaN, "count": 1}',
    "H05 beyond int64": b'{"title": "a", "count": 9223372036854775808}',
    "H05 5 000 digits": b'{"title": "a", "count": ' + b"9" * 5000 + b"}",
    "H08 100 000 arrays": b"[" * 100_000 + b"]" * 100_000,
    "H08 900 nested": b'{"title": ' + b"[" * 900 + b"]" * 900 + b', "count": 1}',
    "H08 21 nested": b"[" * 21 + b"]" * 21,
    "H09 duplicate key": b'{"title": "a", "title": "b", "count": 1}',
    "H09 duplicate key spelt by escape": rb'{"title": "a", "t\u0069tle": "b", "count": 1}',
    "H12 UTF-16": '{"title": "a", "count": 1}'.encode("utf-16"),
    "H12 BOM": b"\xef\xbb\xbf" + SOUND,
    "H12 invalid UTF-8": b'{"title": "\xff", "count": 1}',
    "H12 surrogate as UTF-8": b'{"title": "\xed\xa0\x80", "count": 1}',
    "broken": b'{"title": "a", ',
    "two values": b"{} {}",
    "blank": b"  ",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
async def test_json_read_in_more_than_one_way_is_400(client: httpx.AsyncClient, body: bytes) -> None:
    """What readers of JSON disagree on, or a store cannot hold, is refused as broken, in a short answer."""
    answer = await post(client, body)
    is_problem(answer, 400, "MALFORMED_JSON")
    assert len(answer.content) < 500


async def test_twenty_levels_are_read(client: httpx.AsyncClient) -> None:
    """Twenty levels of nesting are still read, and refused by shape only."""
    is_problem(await post(client, b"[" * 20 + b"]" * 20), 422)


SHAPES: dict[str, tuple[Any, str, str]] = {
    "H05 beyond int32": ({"count": 2147483648}, "/count", "OUT_OF_RANGE"),
    "H10 id": ({"id": ID}, "/id", "UNKNOWN_FIELD"),
    "H10 org_id": ({"org_id": ID}, "/org_id", "UNKNOWN_FIELD"),
    "H10 a value as a field's name": ({"198001019297": 1}, "", "UNKNOWN_FIELD"),
    "H10 name of the code": ({"is_open": True}, "/is_open", "UNKNOWN_FIELD"),
    "H11 number as text": ({"title": 123}, "/title", "WRONG_TYPE"),
    "H13 text as number": ({"count": "1"}, "/count", "WRONG_TYPE"),
    "H13 fraction": ({"count": 1.0}, "/count", "WRONG_TYPE"),
    "H13 truth as number": ({"count": True}, "/count", "WRONG_TYPE"),
    "H13 number as truth": ({"isOpen": 1}, "/isOpen", "WRONG_TYPE"),
    "H13 date as number": ({"heldOn": 0}, "/heldOn", "DAY_FORMAT"),
    "H13 time as number": ({"heldAt": 1700000000}, "/heldAt", "TIME_FORMAT"),
    "H13 time as digits": ({"heldAt": "1700000000"}, "/heldAt", "TIME_FORMAT"),
    "H14 last hours": ({"heldAt": "9999-12-31T23:59:59-23:59"}, "/heldAt", "OUT_OF_RANGE"),
    "H14 first hours": ({"heldAt": "0001-01-01T00:00:00+23:59"}, "/heldAt", "OUT_OF_RANGE"),
    "H14 naive": ({"heldAt": "2026-03-02T09:00:00"}, "/heldAt", "TIME_FORMAT"),
    "H14 the skipped hour": ({"heldAt": "2026-03-29T02:30:00"}, "/heldAt", "TIME_FORMAT"),
    "H14 1900 that is 1899 in UTC": ({"heldAt": "1900-01-01T00:00:00+01:00"}, "/heldAt", "OUT_OF_RANGE"),
    "no such day": ({"heldOn": "2026-02-30"}, "/heldOn", "DAY_FORMAT"),
    "H39 bidi override": ({"title": "a\u202eb"}, "/title", "WRONG_PATTERN"),
    "H39 line break": ({"title": "a\r\nb"}, "/title", "WRONG_PATTERN"),
    "H39 escape sequence": ({"longText": "a\x1b[31m"}, "/longText", "WRONG_PATTERN"),
    "id in braces": ({"ownerId": "{" + ID + "}"}, "/ownerId", "UUID_FORM"),
    "inside a list": ({"attendees": [{"name": "a"}, {"name": ""}]}, "/attendees/1/name", "TOO_SHORT"),
    "missing inside a list": ({"attendees": [{}]}, "/attendees/0/name", "MISSING"),
}


@pytest.mark.parametrize(("change", "pointer", "code"), SHAPES.values(), ids=SHAPES.keys())
async def test_a_wrong_shape_is_422_by_pointer_and_code(
    client: httpx.AsyncClient, change: dict[str, Any], pointer: str, code: str
) -> None:
    """A value of the wrong shape is told by place and code, and never repeated."""
    answer = await post(client, json.dumps({"title": "Ett prov", "count": 1, **change}).encode())
    is_problem(answer, 422, "UNPROCESSABLE")
    assert [(f["pointer"], f["code"]) for f in answer.json()["invalidParameters"]] == [(pointer, code)]
    assert "198001019297" not in answer.text


async def test_a_missing_body_is_422(client: httpx.AsyncClient) -> None:
    """No body at all is a missing value, not broken JSON."""
    is_problem(await client.post("probes"), 422)


@pytest.mark.parametrize("size", [256 * 1024 + 1, 20_000_000])
async def test_a_large_body_is_413(client: httpx.AsyncClient, size: int) -> None:
    """H15: more than 256 kB is refused, by what is announced."""
    is_problem(await post(client, b'"' + b"a" * (size - 2) + b'"'), 413)


async def test_a_large_body_of_unknown_length_is_413(client: httpx.AsyncClient) -> None:
    """H15: more than 256 kB is refused by what is counted, when nothing is announced."""

    async def pieces() -> Any:
        for _ in range(300):
            yield b" " * 1024

    answer = await client.post("probes", content=pieces(), headers=JSON)
    is_problem(answer, 413)


async def test_a_body_of_just_256_kb_is_read(client: httpx.AsyncClient) -> None:
    """The limit itself is allowed."""
    assert (await post(client, SOUND + b" " * (256 * 1024 - len(SOUND)))).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/merge-patch+json"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {},
    ],
)
async def test_only_plain_json_is_taken(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    """H16: another content type, a content coding or none is 415."""
    is_problem(await client.post("probes", content=SOUND, headers=headers), 415)


async def test_utf_8_may_be_named(client: httpx.AsyncClient) -> None:
    """The charset parameter that says what holds anyway is allowed."""
    assert (
        await post(client, SOUND, **{"Content-Type": "application/json; charset=UTF-8"})
    ).status_code == 201


async def test_a_slow_body_is_408(app: Starlette) -> None:
    """H28: a body that does not come in time is given up."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        if len(sent) == 0:
            await asyncio.sleep(3600)
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/flerpart/v0/probes",
        "raw_path": b"/flerpart/v0/probes",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"10")],
    }
    await app(scope, receive, send)
    assert sent[0]["status"] == 408


@pytest.mark.parametrize(
    "spelling",
    [
        ID.upper(),
        "{" + ID + "}",
        f"urn:uuid:{ID}",
        ID.replace("-", ""),
        "1_0",
        "1.0",
        "%201",
        "99999999999999999999",
        ID.replace("0", "%30", 1),
        f"{ID}/",
        f"/{ID}",
    ],
)
async def test_an_id_has_one_spelling(client: httpx.AsyncClient, spelling: str) -> None:
    """H06, H07, H38: an id in any but its canonical form names nothing."""
    is_problem(await client.get(f"probes/{spelling}"), 404, "NOT_FOUND")


async def test_hidden_and_misspelt_look_the_same(client: httpx.AsyncClient) -> None:
    """What is hidden and what cannot exist get the same bytes and headers."""
    hidden, misspelt = await client.get(f"probes/{HIDDEN}"), await client.get("probes/nothing")
    assert hidden.content == misspelt.content
    assert hidden.json()["instance"] == "/flerpart/v0/probes/{probeId}"
    different = {"traceparent"}
    assert {k: v for k, v in hidden.headers.items() if k not in different} == {
        k: v for k, v in misspelt.headers.items() if k not in different
    }


QUERIES = {
    "H01 NUL": "title=a%00",
    "H02 invalid UTF-8": "title=%ff",
    "H18 sort": "sort=(select%20pg_sleep(5))",
    "H18 fields": "fields=*",
    "H20 negative": "limit=-1",
    "H20 zero": "page=0",
    "H20 immense": "limit=100000000000000000000",
    "H20 above the most": "limit=101",
    "H20 above the last page": "page=51",
    "H20 twice": "limit=1&limit=2",
    "H20 forged cursor": "cursor=abc",
    "underscore in number": "limit=1_0",
    "blank in number": "limit=%201",
    "fraction": "limit=1.0",
    "leading zero": "limit=01",
    "no value": "limit",
    "H22 another organisation": "organisationId=" + ID,
    "H23 token in query": "access_token=a.b.c",
    "line break": "title=a%0Ab",
    "too long": "title=" + "a" * 2048,
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
async def test_a_query_is_known_and_given_once(client: httpx.AsyncClient, query: str) -> None:
    """An unknown, repeated, unreadable or out of bounds query parameter is 400 and not repeated."""
    answer = await client.get(f"probes?{query}")
    is_problem(answer, 400, "QUERY_INVALID")
    assert "select" not in answer.text


async def test_a_resource_without_query_takes_none(client: httpx.AsyncClient) -> None:
    """A route without parameters refuses every one."""
    is_problem(await client.get("api-info?page=1"), 400, "QUERY_INVALID")
