"""The input gate: what reaches a route can be read in exactly one way, and came in bounded size and time.

Pure ASGI, before FastAPI. It refuses by raising the tree's errors; the problem boundary around it answers.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.rule import Words
from app.errors import (
    BadRequest,
    FieldError,
    HeadersTooLarge,
    IdempotencyKeyMissing,
    MethodNotAllowed,
    NotFound,
    PreconditionFailed,
    QueryInvalid,
    RequestTimeout,
    TooLarge,
    UnsupportedMediaType,
)
from app.http.contract import Contract, Operation
from app.http.exchange import exchange_of
from app.http.strict_json import read_strict_json

_JSON_TYPES = frozenset({"application/json", "application/json;charset=utf-8"})
_REPEATED = Words("Frågeparametern anges mer än en gång.", "The query parameter is given more than once.")
_UNKNOWN = Words("Frågeparametern finns inte.", "There is no such query parameter.")
_NO_BODY = Words("Begäran ska inte ha något innehåll.", "The request takes no body.")
_UNREADABLE = Words("Frågan i adressen kan inte läsas.", "The query of the address cannot be read.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long; bytes, and seconds for the whole body. A token is at most some 8 kB."""

    body_bytes: int = 256 * 1024
    body_seconds: float = 8.0
    query_bytes: int = 2048
    header_bytes: int = 16 * 1024
    headers: int = 100


class InputGate:
    """Lets through what the contract knows; paths below `open_prefixes` belong to the documentation pages."""

    def __init__(
        self,
        app: ASGIApp,
        contract: Contract,
        limits: Limits | None = None,
        open_prefixes: tuple[str, ...] = (),
    ) -> None:
        self._app = app
        self._contract = contract
        self._limits = limits or Limits()
        self._open_prefixes = open_prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or raise what is wrong with it."""
        if scope["type"] != "http" or scope["path"].startswith(self._open_prefixes):
            await self._app(scope, receive, send)
            return
        _check_size(scope["headers"], self._limits)
        operation = self._operation(scope)
        headers = Headers(scope=scope)
        _check_single(headers)
        _check_query(scope["query_string"], operation, self._limits.query_bytes)
        if not operation.takes_body:
            if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
                raise BadRequest(_NO_BODY)
            await self._app(scope, receive, send)
            return
        body = await self._whole_body(receive, headers)
        if body:
            _check_media_type(headers)
            exchange_of(HTTPConnection(scope)).body = read_strict_json(body)
        await self._app(scope, _replay(body, receive), send)

    def _operation(self, scope: Scope) -> Operation:
        resource, canonical = self._contract.find(scope["path"])
        if resource is None:
            raise NotFound
        exchange_of(HTTPConnection(scope)).instance = resource.template
        # A percent sign would spell a resource in a second way: no path of ours needs one.
        if not canonical or b"%" in scope.get("raw_path", b""):
            raise NotFound
        operation = resource.operations.get(scope["method"])
        if operation is None:
            raise MethodNotAllowed(resource.operations)
        return operation

    async def _whole_body(self, receive: Receive, headers: Headers) -> bytes:
        most = self._limits.body_bytes
        announced = headers.get("content-length", "0")
        if not (announced.isascii() and announced.isdigit()) or len(announced) > 12:
            raise BadRequest
        if int(announced) > most:
            raise TooLarge
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise RequestTimeout
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > most:
                        raise TooLarge
                    if not message.get("more_body", False):
                        return b"".join(parts)
        except TimeoutError:
            raise RequestTimeout from None


def _check_size(headers: Collection[tuple[bytes, bytes]], limits: Limits) -> None:
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > limits.headers or size > limits.header_bytes:
        raise HeadersTooLarge


def _check_single(headers: Headers) -> None:
    # Of two values one reader takes the first, another the last. Authorization is looked at where it is read.
    if len(headers.getlist("idempotency-key")) > 1:
        raise IdempotencyKeyMissing
    if len(headers.getlist("if-match")) > 1:
        raise PreconditionFailed


def _check_query(query: bytes, operation: Operation, most: int) -> None:
    if not query:
        return
    try:
        text = query.decode("ascii")
        if len(text) > most:
            raise ValueError(most)
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        raise QueryInvalid(FieldError("query:", "QUERY_UNREADABLE", _UNREADABLE)) from None
    if any(not character.isprintable() for _, value in pairs for character in value):
        raise QueryInvalid(FieldError("query:", "QUERY_UNREADABLE", _UNREADABLE))
    seen: set[str] = set()
    for name, _ in pairs:
        # An unknown name is not repeated in the answer: somebody may have put a person's number there.
        if name not in operation.query:
            raise QueryInvalid(FieldError("query:", "QUERY_UNKNOWN", _UNKNOWN))
        if name in seen:
            raise QueryInvalid(FieldError(f"query:{name}", "QUERY_REPEATED", _REPEATED))
        seen.add(name)


def _check_media_type(headers: Headers) -> None:
    types = headers.getlist("content-type")
    if len(types) != 1 or types[0].replace(" ", "").lower() not in _JSON_TYPES:
        raise UnsupportedMediaType
    if headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaType


def _replay(body: bytes, receive: Receive) -> Receive:
    told = False

    async def replayed() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
