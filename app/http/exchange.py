"""One request and its answer, as much as is known before any route has run."""

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import HTTPConnection

from app.errors import Language

_KEY = "flerpart.exchange"


@dataclass(slots=True)
class Exchange:
    """What the frame found out about a request; written by the frame, read by everybody below it."""

    language: Language
    traceparent: str
    method: str
    instance: str
    """The template of the route, such as /flerpart/v0/cases/{caseId}: never the path that was asked for."""
    body: Any = field(default=None, repr=False)
    """The body as strict JSON, None when there is none. Never logged."""

    @property
    def operation(self) -> str:
        """What was asked for, as it may be logged: the method and the template."""
        return f"{self.method} {self.instance}"

    @property
    def trace(self) -> str:
        """The id of the trace this request belongs to."""
        return self.traceparent.split("-")[1]


def put_exchange(scope: Any, exchange: Exchange) -> None:
    """Make the exchange known to everything that handles this scope."""
    scope[_KEY] = exchange


def exchange_of(connection: HTTPConnection) -> Exchange:
    """The exchange of this request."""
    exchange: Exchange = connection.scope[_KEY]
    return exchange
