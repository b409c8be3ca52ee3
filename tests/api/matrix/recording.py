"""Every answer that the matrix has seen: who got it, for what, and what was in it."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.api.matrix.actors import Actor
from tests.api.matrix.canaries import heard
from tests.api.matrix.document import Operation


@dataclass(frozen=True)
class Heard:
    """An answer, and who got it."""

    operation: str
    place: str
    role: str
    status: int
    text: str
    is_problem: bool


@dataclass
class Log:
    """The answers so far, and the canaries that were written: who wrote, and where."""

    answers: list[Heard] = field(default_factory=list)
    written: set[tuple[str, str]] = field(default_factory=set)

    def write(self, body: Any) -> None:
        """Keep what somebody writes."""
        self.written |= heard(json.dumps(body, ensure_ascii=False))

    def keep(self, operation: Operation, actor: Actor, answer: httpx.Response) -> None:
        """Keep an answer, its headers with it."""
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        self.answers.append(
            Heard(
                operation.id,
                actor.place,
                actor.role,
                answer.status_code,
                f"{headers}\n{answer.text}",
                answer.headers.get("content-type", "").startswith("application/problem+json"),
            )
        )

    def granted(self) -> set[tuple[str, str]]:
        """Which operation has succeeded for which role."""
        return {(one.operation, one.role) for one in self.answers if one.status < 300}
