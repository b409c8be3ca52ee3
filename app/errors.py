"""What can go wrong, and the only place where it becomes words of HTTP.

    FlerpartError
    ├── BadRequest                400  the request cannot be read
    │   ├── MalformedJson              the body is not one strict JSON value
    │   ├── QueryInvalid               an unknown, repeated or malformed query parameter
    │   └── IdempotencyKeyMissing      a POST without a usable Idempotency-Key
    ├── NotAuthenticated          401  no token, or one we do not accept
    ├── NotAllowed                403  the role never may, or the thing is seen but not yours
    │   ├── InitiatorNotParty          the organisation belongs to no party of an agreement
    │   ├── NotChair                   only the chair's organisation proposes the plan
    │   └── ActionNotOwn               the action is another's
    ├── NotFound                  404  hidden, deleted and never existed: one answer
    ├── MethodNotAllowed          405
    ├── RequestTimeout            408  the body did not arrive in time
    ├── Conflict                  409  the request is sound, the state is not
    │   ├── AgreementBroken            a rule refuses the act: carries findings
    │   ├── VersionStale               decided on an older version
    │   ├── InvalidTransition          the step does not exist from this state
    │   ├── AlreadyExists              the organisation has one of these already
    │   └── IdempotencyInProgress      the same key is being worked on
    ├── PreconditionFailed        412  If-Match names another version
    ├── TooLarge                  413
    ├── UnsupportedMediaType      415
    ├── Unprocessable             422  the shape or a value is wrong: carries field errors
    │   └── IdempotencyKeyReused       the same key with another body
    ├── PreconditionRequired      428  If-Match is missing
    ├── TooManyRequests           429
    ├── Internal                  500  ours
    └── Unavailable               503  come back later

Services raise these; nobody raises an HTTP exception. No error carries a submitted value,
so none can leak one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol

from app.domain.rule import Words

Language = Literal["sv", "en"]

PROBLEM_BASE = "https://flerpart.example/problems/"
PROBLEM_MEDIA_TYPE = "application/problem+json"


def said(words: Words, language: Language) -> str:
    """The sentence in that language."""
    return words.sv if language == "sv" else words.en


class Finding(Protocol):
    """What the rulebook says about one breach, as much of it as an answer needs."""

    @property
    def rule_id(self) -> str:
        """Such as SAM-2."""

    @property
    def clause_id(self) -> str:
        """The clause first broken, such as UPP-016."""

    @property
    def clause_ids(self) -> Sequence[str]:
        """Every clause the rule is held for."""

    @property
    def effect(self) -> str:
        """refuse, explain, remark or remind."""

    @property
    def code(self) -> str:
        """The catalogue's code, such as CONSENT_MISSING."""

    @property
    def pointer(self) -> str:
        """What broke it, as a JSON pointer into the body or the case."""

    @property
    def wording(self) -> str:
        """The clause, in the agreement's own Swedish."""

    @property
    def message(self) -> Words:
        """What is wrong, in one sentence."""

    @property
    def remedy(self) -> Words:
        """What would put it right."""


@dataclass(frozen=True)
class FieldError:
    """One wrong value: where (a JSON pointer, or `query:` and a name), which code, and the sentence."""

    pointer: str
    code: str
    message: Words


@dataclass(frozen=True)
class FieldFault:
    """A known way for a value to be wrong; `at` says where it was met."""

    code: str
    message: Words

    def at(self, pointer: str) -> FieldError:
        """This fault in the value at that JSON pointer."""
        return FieldError(pointer, self.code, self.message)


class FlerpartError(Exception):
    """Every refusal and failure the API answers with; `headers` are those that belong to the answer."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[Words]

    def __init_subclass__(cls, code: str = "", sv: str = "", en: str = "", status: int = 0) -> None:
        """A subclass says its code and title, and its status where it differs from its parent's."""
        cls.status = status or cls.status
        cls.code = code or cls.code
        cls.title = Words(sv, en) if sv else cls.title

    def __init__(self, detail: Words | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(self.code)
        self.detail = detail
        self.headers = headers or {}


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


class NotAllowed(
    FlerpartError,
    status=403,
    code="NOT_ALLOWED",
    sv="Åtgärden är inte tillåten för dig",
    en="You are not allowed to do this",
):
    """The role never may do this, or the thing is visible but belongs to another organisation."""

    def __init__(self, detail: Words | None = None, *, missing_scope: str | None = None) -> None:
        challenge = f'Bearer realm="flerpart", error="insufficient_scope", scope="{missing_scope}"'
        super().__init__(detail, {"WWW-Authenticate": challenge} if missing_scope else None)


class InitiatorNotParty(
    NotAllowed,
    code="INITIATOR_NOT_PARTY",
    sv="Organisationen hör inte till någon part i en överenskommelse",
    en="The organisation belongs to no party of an agreement",
):
    """Only an organisation of a party may initiate coordination (UPP-010)."""


class NotChair(
    NotAllowed,
    code="NOT_CHAIR",
    sv="Bara ordförandens organisation kan göra detta",
    en="Only the chair's organisation can do this",
):
    """The plan is summed up and proposed by the chair, whoever has written it (UPP-054)."""


class ActionNotOwn(
    NotAllowed, code="ACTION_NOT_OWN", sv="Åtgärden är någon annans", en="The action is somebody else's"
):
    """Whoever owns an action alone says how it goes (UPP-065)."""


class NotFound(
    FlerpartError, status=404, code="NOT_FOUND", sv="Resursen finns inte", en="The resource does not exist"
):
    """Hidden, deleted and never existed: the same answer, so it takes no detail."""

    def __init__(self) -> None:
        super().__init__()


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
    """The body was not complete within ten seconds."""

    def __init__(self) -> None:
        super().__init__(headers={"Connection": "close"})


class Conflict(
    FlerpartError,
    status=409,
    code="CONFLICT",
    sv="Begäran går inte ihop med det som redan gäller",
    en="The request conflicts with the present state",
):
    """The request is sound, but not in the state things are in."""


class AgreementBroken(
    Conflict,
    code="AGREEMENT_BROKEN",
    sv="Överenskommelsen tillåter inte detta",
    en="The agreement does not allow this",
):
    """The agreement refuses the act; every finding is listed, each with its clause."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


class VersionStale(
    Conflict,
    code="VERSION_STALE",
    sv="Uppgifterna har ändrats sedan du läste dem",
    en="The information has changed since you read it",
):
    """The act was decided on a version that is no longer the latest."""


class InvalidTransition(
    Conflict,
    code="INVALID_TRANSITION",
    sv="Steget kan inte tas i det här läget",
    en="The step cannot be taken from this state",
):
    """The step does not exist from the state the thing is in."""


class AlreadyExists(Conflict, code="ALREADY_EXISTS", sv="Det finns redan", en="It already exists"):
    """The caller's own organisation has this already; nobody else's is ever told of."""


class IdempotencyInProgress(
    Conflict,
    code="IDEMPOTENCY_IN_PROGRESS",
    sv="Samma begäran behandlas redan",
    en="The same request is already in progress",
):
    """A request with the same Idempotency-Key is being worked on; ask again in a second."""

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "1"})


class PreconditionFailed(
    FlerpartError,
    status=412,
    code="PRECONDITION_FAILED",
    sv="Versionen i If-Match gäller inte längre",
    en="The version in If-Match is not the present one",
):
    """If-Match names another version than the present one; a weak tag never matches."""


class TooLarge(
    FlerpartError, status=413, code="TOO_LARGE", sv="Innehållet är för stort", en="The body is too large"
):
    """The body is larger than 256 kB; what is left of it is not read."""

    def __init__(self) -> None:
        super().__init__(headers={"Connection": "close"})


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


class Internal(FlerpartError, status=500, code="INTERNAL", sv="Internt fel", en="Internal error"):
    """Something of ours broke; what it was is in the log and nowhere else."""


class Unavailable(
    FlerpartError,
    status=503,
    code="UNAVAILABLE",
    sv="Tjänsten är tillfälligt otillgänglig",
    en="The service is temporarily unavailable",
):
    """Something we depend on does not answer; come back after that many seconds."""

    def __init__(self, retry_after: int = 2) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})


def finding_to_json(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding as answers show it; the clause's wording stays the agreement's own Swedish."""
    return {
        "ruleId": finding.rule_id,
        "clauseId": finding.clause_id,
        "clauses": list(finding.clause_ids),
        "effect": str(finding.effect),
        "code": finding.code,
        "pointer": finding.pointer,
        "message": said(finding.message, language),
        "wording": finding.wording,
        "remedy": said(finding.remedy, language),
    }


def to_problem(error: FlerpartError, language: Language, instance: str) -> dict[str, Any]:
    """The error as a problem of RFC 9457.

    `instance` is the route's template, never the path asked for: two hidden things must look the same.
    """
    title = said(error.title, language)
    problem: dict[str, Any] = {
        "type": PROBLEM_BASE + error.code.lower().replace("_", "-"),
        "title": title,
        "status": error.status,
        "detail": said(error.detail, language) if error.detail else title,
        "instance": instance,
        "code": error.code,
    }
    if isinstance(error, QueryInvalid | Unprocessable) and error.fields:
        problem["invalidParameters"] = [
            {"pointer": f.pointer, "code": f.code, "message": said(f.message, language)} for f in error.fields
        ]
    if isinstance(error, AgreementBroken):
        problem["findings"] = [finding_to_json(finding, language) for finding in error.findings]
    return problem
