"""Nothing that anybody submits is in any log: not the API's, not PostgreSQL's, not when everything breaks."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.agreements.registry import registry
from app.auth import development
from app.auth.keyring import KeyRing
from app.cli import write_parties
from app.clock import present_moment
from app.db.directory_load import put_account, writing_directory
from app.db.tables.directory import Officer, Unit
from app.http import about
from app.logs import FIELDS
from dev.postgres import Server, Urls
from tests.api.scenes import PERSON
from tests.db.scene import owner
from tests.http.sockets import connected

CANARY = "KANARIE198001019297"
HEADERS = {
    "User-Agent": f"{CANARY}-agent",
    "Accept-Language": f"{CANARY}-language",
    "Flerpart-Assignment": "",
    "X-Forwarded-For": f"{CANARY}-address",
    "X-User-Id": f"{CANARY}-user",
    "Cookie": f"name={CANARY}",
    "traceparent": f"{CANARY}-trace",
}
BROKEN = """
create function flerpart.planted() returns trigger language plpgsql as $$
begin raise exception 'no room for %', 'KANARIE198001019297' using detail = 'KANARIE198001019297'; end $$;
grant execute on function flerpart.planted() to public;
create trigger planted before insert on flerpart.individual for each row execute function flerpart.planted();
"""


@dataclass(frozen=True)
class Running:
    """The API in a process of its own, what it has logged, and who may call it."""

    port: int
    token: str
    urls: Urls
    log: Path


@pytest.fixture
async def running_api(fresh_database: Urls, keys_file: Path, tmp_path: Path) -> AsyncIterator[Running]:
    """`flerpart serve` over a database of its own, until told to end."""
    await write_parties(fresh_database.migration)
    log = tmp_path / "api.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": fresh_database.api,
        "FLERPART_KEYS_FILE": str(keys_file),
        "FLERPART_GRACE_SECONDS": "0",
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    with log.open("wb") as kept:
        process = subprocess.Popen(command, env=environment, stdout=kept, stderr=kept)
    try:
        await _answering(port)
        yield Running(port, await _somebody(fresh_database, keys_file), fresh_database, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


async def _answering(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                async with connected(port):
                    return
            except OSError:
                await asyncio.sleep(0.1)


async def _somebody(urls: Urls, keys_file: Path) -> str:
    organisation, unit, subject = next(iter(registry())).parties[0].organisations[0].id, uuid4(), str(uuid4())
    async with writing_directory(urls.migration) as directory:
        await directory.put(Unit(org_id=organisation, id=unit, name=CANARY, address=[CANARY]))
    officer = Officer(org_id=organisation, id=uuid4(), unit_id=unit, name=CANARY, function=CANARY)
    await put_account(urls.migration, officer, uuid4(), development.ISSUER, subject, ["caseworker"])
    keyring = KeyRing.load(keys_file)
    return development.issue(keyring, subject, audience=about.RESOURCE, now=present_moment())


def forged(keys_file: Path) -> str:
    """A good token of somebody without an account, whose name is the canary."""
    keyring = KeyRing.load(keys_file)
    return development.issue(keyring, CANARY, audience=about.RESOURCE, now=present_moment())


async def asked(running: Running, keys_file: Path) -> list[int]:
    """Put the canary into every place of a request; the statuses that were answered."""
    root = f"http://127.0.0.1:{running.port}{about.BASE_PATH}"
    mine = HEADERS | {"Authorization": f"Bearer {running.token}"}
    key = {"Idempotency-Key": f"{CANARY}-{uuid4()}"}
    requests: list[tuple[str, str, dict[str, str], Any]] = [
        ("GET", f"/{CANARY}", mine, None),
        ("GET", f"/cases/{CANARY}", mine, None),
        ("GET", f"/agreements/{CANARY}", mine, None),
        ("GET", f"/cases?{CANARY}={CANARY}", mine, None),
        ("GET", f"/cases?page={CANARY}", mine, None),
        ("GET", "/me", HEADERS | {"Authorization": f"Bearer {CANARY}"}, None),
        ("GET", "/me", HEADERS | {"Authorization": f"Basic {CANARY}"}, None),
        ("GET", "/me", HEADERS | {"Authorization": f"Bearer {forged(keys_file)}"}, None),
        ("GET", "/me", mine | {"Flerpart-Assignment": CANARY}, None),
        ("POST", "/individuals", mine | key, b'{"name": "' + CANARY.encode()),
        ("POST", "/individuals", mine | key, b'{"name": "' + CANARY.encode() * 20_000 + b'"}'),
        ("POST", "/individuals", mine | key | {"Content-Type": f"text/{CANARY}"}, b"{}"),
        ("POST", "/individuals", mine | {"Idempotency-Key": f"{CANARY} {CANARY}"}, b"{}"),
        ("POST", "/individuals", mine | key, json.dumps({CANARY: CANARY, "name": 7}).encode()),
        ("POST", "/individuals", mine | key, json.dumps(PERSON | {"birthDate": CANARY}).encode()),
        ("POST", "/individuals", mine | key, json.dumps(PERSON | {"name": CANARY}).encode()),
        ("PUT", f"/individuals/{uuid4()}", mine | {"If-Match": CANARY}, json.dumps(PERSON).encode()),
        ("DELETE", "/me", mine, CANARY.encode()),
    ]
    statuses = []
    async with httpx.AsyncClient(trust_env=False) as http:
        for method, path, headers, body in requests:
            sent = ({"Content-Type": "application/json"} if body else {}) | headers
            statuses.append((await http.request(method, root + path, headers=sent, content=body)).status_code)
    async with connected(running.port) as peer:
        peer.send(CANARY.encode(), b" / HTTP/1.1\r\n\r\n")
        statuses.append((await peer.answer())[0])
    return statuses


async def test_no_log_holds_what_was_submitted(running_api: Running, server: Server, keys_file: Path) -> None:
    """The canary in every place, refused, stored, and in the words of a database that breaks: in no log."""
    sound = await asked(running_api, keys_file)
    assert set(sound) >= {201, 400, 401, 404, 405, 412, 413, 415, 422}
    async with owner(running_api.urls.migration) as connection:
        await connection.execute(BROKEN)
        await connection.execute("alter table flerpart.case_file rename column org_id to lost")
    broken = await asked(running_api, keys_file)
    assert broken.count(500) >= 1
    lines = running_api.log.read_text(encoding="utf-8").splitlines()
    parsed = [json.loads(one) for one in lines]
    assert all(one.keys() <= FIELDS | {"time", "level", "event"} for one in parsed)
    assert {one.get("sqlstate") for one in parsed} >= {"P0001"}
    assert [one["status"] for one in parsed if one["event"] == "request"].count(500) == broken.count(500)
    assert CANARY not in "\n".join(lines)
    for log in server.home.glob("postgresql-*/server.log"):
        assert CANARY not in log.read_text(encoding="utf-8", errors="replace")
        assert log.stat().st_size > 0
