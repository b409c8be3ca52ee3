"""What is wrong with the request itself, whatever the state of things."""

from collections.abc import Iterable

from app.domain.rule import Words
from app.errors.base import FieldError, FlerpartError


class BadRequest(
    FlerpartError,
    status=400,
    code="BAD_REQUEST",
    sv="Begäran kan inte läsas",
    en="The request cannot be read",
):
    """The request cannot be read."""


class MalformedJson(
    BadRequest, code="MALFORMED_JSON", sv="Innehållet är inte giltig JSON", en="The body is not valid JSON"
):
    """The body is not one strict JSON value in UTF-8."""


class QueryInvalid(
    BadRequest, code="QUERY_INVALID", sv="Ogiltig frågeparameter", en="Invalid query parameter"
):
    """A query parameter is unknown, given twice or malformed."""

    def __init__(self, *fields: FieldError) -> None:
        super().__init__()
        self.fields = fields


class IdempotencyKeyMissing(
    BadRequest,
    code="IDEMPOTENCY_KEY_MISSING",
    sv="Huvudet Idempotency-Key saknas eller är felaktigt",
    en="Idempotency-Key is missing or malformed",
):
    """A POST must carry one Idempotency-Key of 1-255 visible ASCII characters."""

    def __init__(self) -> None:
        super().__init__(
            Words(
                "Skicka ett Idempotency-Key om 1-255 synliga ASCII-tecken, nytt för varje ny begäran.",
                "Send one Idempotency-Key of 1-255 visible ASCII characters, new for each new request.",
            )
        )


class NotAuthenticated(
    FlerpartError,
    status=401,
    code="NOT_AUTHENTICATED",
    sv="Inloggning krävs",
    en="Authentication is required",
):
    """No token was sent, or one that is not accepted; which of its parts was wrong is never told."""

    def __init__(self, *, token_sent: bool = False) -> None:
        error = ', error="invalid_token"' if token_sent else ""
        super().__init__(headers={"WWW-Authenticate": f'Bearer realm="flerpart"{error}'})


class MethodNotAllowed(
    FlerpartError,
    status=405,
    code="METHOD_NOT_ALLOWED",
    sv="Metoden stöds inte här",
    en="The method is not supported here",
):
    """The resource is there, the method is not; `Allow` lists all that are."""

    def __init__(self, allowed: Iterable[str]) -> None:
        super().__init__(headers={"Allow": ", ".join(sorted(allowed))})


class RequestTimeout(
    FlerpartError,
    status=408,
    code="REQUEST_TIMEOUT",
    sv="Begäran kom inte fram i tid",
    en="The request did not arrive in time",
):
    """The request was not complete in time: the body within eight seconds, all of it within ten."""

    def __init__(self) -> None:
        super().__init__(headers={"Connection": "close"})


class TooLarge(
    FlerpartError, status=413, code="TOO_LARGE", sv="Innehållet är för stort", en="The body is too large"
):
    """The body is larger than 256 kB; what is left of it is not read."""

    def __init__(self) -> None:
        super().__init__(headers={"Connection": "close"})


class HeadersTooLarge(
    FlerpartError,
    status=431,
    code="HEADERS_TOO_LARGE",
    sv="Begärans huvuden är för stora eller för många",
    en="The request's headers are too large or too many",
):
    """The headers are more than the gate takes."""


class UnsupportedMediaType(
    FlerpartError,
    status=415,
    code="UNSUPPORTED_MEDIA_TYPE",
    sv="Innehållet måste vara application/json",
    en="The body must be application/json",
):
    """The body is not sent as plain application/json without content coding."""

    def __init__(self) -> None:
        super().__init__(headers={"Accept": "application/json", "Accept-Encoding": "identity"})


class Unprocessable(
    FlerpartError,
    status=422,
    code="UNPROCESSABLE",
    sv="Uppgifterna har fel form",
    en="The information has the wrong shape",
):
    """The JSON can be read, but a field is unknown, missing, of the wrong shape or impossible."""

    def __init__(self, *fields: FieldError) -> None:
        super().__init__()
        self.fields = fields


class IdempotencyKeyReused(
    Unprocessable,
    code="IDEMPOTENCY_KEY_REUSED",
    sv="Idempotency-Key är redan använd för en annan begäran",
    en="The Idempotency-Key was used for another request",
):
    """The Idempotency-Key was used before for another request."""


class PreconditionRequired(
    FlerpartError,
    status=428,
    code="PRECONDITION_REQUIRED",
    sv="Huvudet If-Match krävs",
    en="If-Match is required",
):
    """A change must say in If-Match which version it changes."""


class TooManyRequests(
    FlerpartError, status=429, code="TOO_MANY_REQUESTS", sv="För många begäranden", en="Too many requests"
):
    """The caller has asked too often; come back after that many seconds."""

    def __init__(self, retry_after: int = 60) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})


class TooManyPersons(
    TooManyRequests,
    code="TOO_MANY_PERSONS",
    sv="För många olika personer på en timme",
    en="Too many different persons within an hour",
):
    """The account has been shown as many persons as it may within an hour; this is left for review."""
