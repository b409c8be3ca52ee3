"""Every way an answer can fail ends here as problem+json."""

import logging

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import (
    PROBLEM_MEDIA_TYPE,
    BadRequest,
    FlerpartError,
    Internal,
    NotFound,
    to_problem,
)
from app.errors.telling import told
from app.http.exchange import Exchange, exchange_of
from app.http.validation import refused_shape

log = logging.getLogger("flerpart.http")


def problem_response(error: FlerpartError, exchange: Exchange) -> Response:
    """The answer to an error, in the reader's language."""
    return Response(
        orjson.dumps(to_problem(error, exchange.language, exchange.instance)),
        status_code=error.status,
        headers=dict(error.headers),
        media_type=PROBLEM_MEDIA_TYPE,
    )


def as_flerpart_error(error: Exception, exchange: Exchange) -> FlerpartError:
    """The error of our tree that stands for any exception; what is not known is Internal."""
    if isinstance(error, FlerpartError):
        return error
    if isinstance(error, RequestValidationError):
        return refused_shape(error.errors(), exchange.body)
    if isinstance(error, HTTPException) and error.status_code == NotFound.status:
        return NotFound()
    if isinstance(error, HTTPException) and error.status_code < Internal.status:
        return BadRequest()
    return Internal()


async def answer_error(request: Request, error: Exception) -> Response:
    """FastAPI's handler for what its routes raise."""
    exchange = exchange_of(request)
    return problem_response(as_flerpart_error(error, exchange), exchange)


class ProblemBoundary:
    """The last resort: whatever is raised inside is answered as a problem, and logged without any value."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; only an answer already begun is broken off."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except Exception as raised:
            exchange = exchange_of(HTTPConnection(scope))
            error = as_flerpart_error(raised, exchange)
            if isinstance(error, Internal):
                log_failure(raised, exchange)
            if started:
                # Half an answer is out. The server must break the connection, and needs no values to do so.
                raise RuntimeError("the answer broke off") from None
            await problem_response(error, exchange)(scope, receive, send)


def log_failure(error: BaseException, exchange: Exchange) -> None:
    """Log where it broke and the kinds of error, never their messages: those may quote what was submitted."""
    where = {"operation": exchange.operation, "trace": exchange.trace}
    log.error("request failed", extra=told(error) | where)
