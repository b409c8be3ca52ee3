"""The outermost layer: every request gets its exchange, every answer its common headers."""

import logging
import time
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.doorkeeper import HEALTH_PATHS
from app.http.drain import Drain
from app.http.exchange import Exchange, put_exchange
from app.http.language import preferred_language
from app.http.tracing import continued_trace

log = logging.getLogger("flerpart.http")

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})


class Frame:
    """Starts the exchange; adds trace, language, and what forbids caching and guessing of content.

    Nothing is cacheable, although the API profile prefers that GET is (CAC.01): answers are about persons,
    depend on consent that may be withdrawn at any moment, and must not outlive it in a cache.
    """

    def __init__(self, app: ASGIApp, base_path: str, drain: Drain) -> None:
        self._app = app
        self._base_path = base_path
        self._drain = drain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = Headers(scope=scope)
        exchange = Exchange(
            language=preferred_language(received.get("accept-language")),
            traceparent=continued_trace(received.getlist("traceparent")),
            method=scope["method"] if scope["method"] in _METHODS else "OTHER",
            instance=self._base_path,
        )
        put_exchange(scope, exchange)

        begun, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["traceparent"] = exchange.traceparent
                headers["x-content-type-options"] = "nosniff"
                headers.setdefault("cache-control", "no-store")
                headers.setdefault("content-language", exchange.language)
                if self._drain.leaving:
                    headers["connection"] = "close"
                headers.add_vary_header("Accept-Language")
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            if scope["path"] not in HEALTH_PATHS or status != HTTPStatus.OK:
                _log_answered(exchange, status, time.perf_counter() - begun)


def _log_answered(exchange: Exchange, status: int, seconds: float) -> None:
    """The one line that every request leaves: by template, never by the address that was asked for."""
    log.info(
        "request",
        extra={
            "operation": exchange.operation,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "trace": exchange.trace,
        },
    )
