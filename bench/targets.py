"""What is measured: the requests that carry the load, and an ordinary one, made from the generated data."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.auth import development
from app.auth.keyring import KeyRing
from app.http import about
from bench.load import KEY
from bench.loading import Data

CALLERS = 16
"""How many callers take turns: a work list is asked for again and again by those whose work it is."""


@dataclass(frozen=True)
class Request:
    """One request as both the load and the recording send it."""

    method: str
    path: str
    subject: str
    body: dict[str, Any] | None

    def headers(self, tokens: "Tokens") -> dict[str, str]:
        """Its headers, without an Idempotency-Key."""
        own = {"Authorization": f"Bearer {tokens(self.subject)}"}
        return own if self.body is None else own | {"Content-Type": "application/json"}

    def raw(self, tokens: "Tokens") -> str:
        """The request as it goes over the wire, with a place for its key."""
        body = json.dumps(self.body) if self.body is not None else ""
        lines = [f"{self.method} {about.BASE_PATH}{self.path} HTTP/1.1", "Host: bench"]
        lines += [f"{name}: {value}" for name, value in self.headers(tokens).items()]
        if self.method == "POST":
            lines += [f"Idempotency-Key: {KEY.decode()}", f"Content-Length: {len(body.encode())}"]
        return "\r\n".join(lines) + "\r\n\r\n" + body

    def recorded(self, tokens: "Tokens") -> dict[str, Any]:
        """The request as the recording sends it."""
        return {
            "method": self.method,
            "path": about.BASE_PATH + self.path,
            "headers": self.headers(tokens),
            "body": None if self.body is None else json.dumps(self.body),
        }


class Tokens:
    """A token for each caller, made once."""

    def __init__(self, data: Data) -> None:
        self._keyring = KeyRing.load(data.keys)
        self._made: dict[str, str] = {}

    def __call__(self, subject: str) -> str:
        """The caller's token."""
        if subject not in self._made:
            self._made[subject] = development.issue(
                self._keyring, subject, audience=about.RESOURCE, now=datetime.now(UTC)
            )
        return self._made[subject]


@dataclass(frozen=True)
class Scenario:
    """One route under load, and the share of bare asyncpg's speed it aims at."""

    key: str
    name: str
    aim: float
    status: int
    once: bool
    """Whether each request can be made once only."""
    requests: Callable[[Data], list[Request]]


def _some(of: list[Any], how_many: int) -> list[Any]:
    """A sample spread over all of it, the same every time."""
    return random.Random(3).sample(of, min(how_many, len(of)))


def _work_lists(data: Data) -> list[Request]:
    return [Request("GET", "/tasks", one, None) for one in _some(data.subjects, CALLERS)]


def _cases(data: Data) -> list[Request]:
    return [Request("GET", f"/cases/{case}", one, None) for one, case in _some(data.cases, 1000)]


def _replies(data: Data) -> list[Request]:
    said = {"occurredAt": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "channel": "telephone"}
    body = {**said, "reply": "queried", "text": "Behöver vi ta med underlag?"}
    return [
        Request("POST", f"/summonses/{summons}/replies", one, body)
        for one, summons in _some(data.called, 1000)
    ]


def _summonses(data: Data) -> list[Request]:
    return [
        Request("POST", f"/meetings/{meeting}/summonses", one, {"version": version})
        for one, meeting, version in _some(data.ready, 2000)
    ]


def _lists_of_cases(data: Data) -> list[Request]:
    return [Request("GET", "/cases", one, None) for one in _some(data.subjects, CALLERS)]


SCENARIOS = (
    Scenario("tasks", "the work list", 0.50, 200, False, _work_lists),
    Scenario("case", "reading one case", 0.50, 200, False, _cases),
    Scenario("reply", "recording one reply", 0.45, 201, False, _replies),
    Scenario("issue", "issuing to four", 0.45, 201, True, _summonses),
    Scenario("ordinary", "listing 20 cases", 0.30, 200, False, _lists_of_cases),
)
