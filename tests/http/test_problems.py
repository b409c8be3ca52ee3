"""Every failure becomes one kind of answer, in the reader's language, without any value in it."""

import json
import logging
from typing import Any

import httpx
import jsonschema
import pytest
from starlette.applications import Starlette

from app import errors
from app.domain.rule import Words
from app.errors import FlerpartError, to_problem
from tests.http.probe import A_FINDING, ID


def all_errors(kind: type[FlerpartError] = FlerpartError) -> list[type[FlerpartError]]:
    """Every class of the tree below this one."""
    return [below for child in kind.__subclasses__() for below in (child, *all_errors(child))]


STATUSES = {
    "failures/agreement": (409, "AGREEMENT_BROKEN"),
    "failures/stale": (409, "VERSION_STALE"),
    "failures/progress": (409, "IDEMPOTENCY_IN_PROGRESS"),
    "failures/reused": (422, "IDEMPOTENCY_KEY_REUSED"),
    "failures/conflict": (409, "CONFLICT"),
    "failures/forbidden": (403, "NOT_ALLOWED"),
    "failures/scope": (403, "NOT_ALLOWED"),
    "failures/often": (429, "TOO_MANY_REQUESTS"),
    "failures/unavailable": (503, "UNAVAILABLE"),
    "failures/field": (422, "UNPROCESSABLE"),
    "failures/crash": (500, "INTERNAL"),
}


@pytest.mark.parametrize("path", STATUSES)
async def test_every_failure_is_a_documented_problem(
    client: httpx.AsyncClient, document: dict[str, Any], path: str
) -> None:
    """Status, media type and body are what the document says, and instance is the template."""
    answer = await client.get(path)
    status, code = STATUSES[path]
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "https://flerpart.example/problems/" + code.lower().replace("_", "-")
    assert problem["instance"] == "/flerpart/v0/failures/{kind}"
    jsonschema.validate(
        problem, {"$ref": "#/components/schemas/Problem", "components": document["components"]}
    )
    assert str(status) in document["paths"]["/failures/{kind}"]["get"]["responses"]


async def test_findings_carry_clause_and_remedy(client: httpx.AsyncClient) -> None:
    """A broken rule comes with id, clauses, wording and what to do, in the reader's language."""
    swedish = (await client.get("failures/agreement")).json()["findings"]
    english = (await client.get("failures/agreement", headers={"Accept-Language": "en"})).json()["findings"]
    assert swedish == [
        {
            "ruleId": "SAM-2",
            "clauseId": "UPP-016",
            "clauses": ["UPP-016", "UPP-066"],
            "effect": "refuse",
            "code": "CONSENT_MISSING",
            "pointer": "/attendees/3",
            "message": "Samtycke saknas.",
            "wording": "Samtycke krävs.",
            "remedy": "Inhämta samtycke.",
        }
    ]
    assert english[0]["message"] == "Consent is missing."
    assert english[0]["wording"] == "Samtycke krävs."


async def test_a_service_points_at_a_field(client: httpx.AsyncClient) -> None:
    """A fault raised by a service comes as pointer, code and sentence."""
    assert (await client.get("failures/field")).json()["invalidParameters"] == [
        {"pointer": "/individual/email", "code": "EMAIL_INVALID", "message": "E-postadressen är ogiltig."}
    ]


@pytest.mark.parametrize(("kind", "kinds"), [("crash", "RuntimeError"), ("chained", "KeyError < ValueError")])
async def test_a_crash_tells_nothing(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, kind: str, kinds: str
) -> None:
    """An unknown exception is 500 and logged by kind and place; its message is nowhere."""
    with caplog.at_level(logging.DEBUG):
        answer = await client.get(f"failures/{kind}")
    assert answer.status_code == 500
    assert "198001019297" not in answer.text + caplog.text + repr([vars(one) for one in caplog.records])
    told = next(vars(one) for one in caplog.records if one.msg == "request failed")
    assert (told["class"], told["operation"]) == (kinds, "GET /flerpart/v0/failures/{kind}")
    assert "probe.py" in told["at"][-1]


@pytest.mark.parametrize(
    ("path", "header", "value"),
    [
        ("failures/often", "retry-after", "30"),
        ("failures/unavailable", "retry-after", "2"),
        ("failures/progress", "retry-after", "1"),
        (
            "failures/scope",
            "www-authenticate",
            'Bearer realm="flerpart", error="insufficient_scope", '
            'scope="https://api.flerpart.example/flerpart/write"',
        ),
    ],
)
async def test_headers_of_errors_are_sent(
    client: httpx.AsyncClient, path: str, header: str, value: str
) -> None:
    """What belongs to an answer in headers is there."""
    assert (await client.get(path)).headers[header] == value


def test_codes_are_stable() -> None:
    """The codes of the tree, which clients depend on: changing one is a breaking change."""
    assert {(kind.code, kind.status) for kind in all_errors()} == {
        ("AGREEMENT_BROKEN", 409),
        ("ALREADY_EXISTS", 409),
        ("BAD_REQUEST", 400),
        ("CONFLICT", 409),
        ("DISPOSAL_NOT_DUE", 409),
        ("HEADERS_TOO_LARGE", 431),
        ("IDEMPOTENCY_IN_PROGRESS", 409),
        ("INITIATOR_NOT_PARTY", 403),
        ("NOT_CHAIR", 403),
        ("ACTION_NOT_OWN", 403),
        ("IDEMPOTENCY_KEY_MISSING", 400),
        ("IDEMPOTENCY_KEY_REUSED", 422),
        ("INTERNAL", 500),
        ("INVALID_TRANSITION", 409),
        ("MALFORMED_JSON", 400),
        ("METHOD_NOT_ALLOWED", 405),
        ("NOT_ALLOWED", 403),
        ("NOT_AUTHENTICATED", 401),
        ("NOT_BY_ONESELF", 403),
        ("NOT_FOR_ONESELF", 403),
        ("NOT_FOUND", 404),
        ("PRECONDITION_FAILED", 412),
        ("PRECONDITION_REQUIRED", 428),
        ("PROPOSAL_EXPIRED", 409),
        ("MEETING_AHEAD", 409),
        ("QUERY_INVALID", 400),
        ("REQUEST_TIMEOUT", 408),
        ("SECOND_PERSON_MISSING", 409),
        ("TOO_LARGE", 413),
        ("TOO_MANY_PERSONS", 429),
        ("TOO_MANY_REQUESTS", 429),
        ("UNAVAILABLE", 503),
        ("UNPROCESSABLE", 422),
        ("UNSUPPORTED_MEDIA_TYPE", 415),
        ("VERSION_STALE", 409),
    }


def test_the_tree_is_drawn_as_it_is() -> None:
    """Every class is in the drawing at the top of the file, with its own sentence."""
    drawing = errors.__doc__ or ""
    for kind in all_errors():
        assert f"── {kind.__name__}" in drawing
        assert kind.__doc__


def test_detail_is_told_in_both_languages() -> None:
    """A detail takes the place of the title's sentence, in the language asked for."""
    error = errors.Conflict(Words("Redan avslutat.", "Closed already."))
    assert to_problem(error, "sv", "/x")["detail"] == "Redan avslutat."
    assert to_problem(error, "en", "/x")["detail"] == "Closed already."


def test_finding_is_what_the_tree_asks_for() -> None:
    """The answer's finding holds every member, as JSON."""
    assert json.dumps(errors.finding_to_json(A_FINDING, "sv"))


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        (None, "sv", "Resursen finns inte"),
        ("en-GB,en;q=0.9,sv;q=0.8", "en", "The resource does not exist"),
        ("sv;q=0.5,en;q=0.4", "sv", "Resursen finns inte"),
        ("de,*;q=0.1", "sv", "Resursen finns inte"),
        ("sv;q=0,*", "en", "The resource does not exist"),
        ("de", "sv", "Resursen finns inte"),
        ("en;q=2, ;;;, \x7f", "sv", "Resursen finns inte"),
        ("EN", "en", "The resource does not exist"),
    ],
)
async def test_the_language_is_negotiated(
    client: httpx.AsyncClient, asked: str | None, language: str, title: str
) -> None:
    """Weights decide, Swedish is the default, nonsense counts for nothing, and the answer says what it is."""
    headers = {} if asked is None else {"Accept-Language": asked}
    answer = await client.get("nothing-here", headers=headers)
    assert answer.json()["title"] == title
    assert answer.headers["content-language"] == language
    assert "Accept-Language" in answer.headers["vary"]


TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize(
    "received",
    [
        f"00-{TRACE}-b7ad6b7169203331-01",
        f"cc-{TRACE}-b7ad6b7169203331-01-what-the-future-brings",
    ],
)
async def test_a_trace_is_continued(client: httpx.AsyncClient, received: str) -> None:
    """The caller's trace goes on with a span of our own and its flags."""
    answered = (await client.get("api-info", headers={"traceparent": received})).headers["traceparent"]
    assert answered.startswith(f"00-{TRACE}-")
    assert answered.endswith("-01")
    assert "b7ad6b7169203331" not in answered


@pytest.mark.parametrize(
    "received",
    [
        "",
        "nonsense",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-b7ad6b7169203331-01",
        f"00-{TRACE}-b7ad6b7169203331-01-more",
        f"00-{TRACE.upper()}-b7ad6b7169203331-01",
    ],
)
async def test_a_bad_trace_is_replaced(client: httpx.AsyncClient, received: str) -> None:
    """A malformed traceparent is ignored, never refused: a new trace starts."""
    answer = await client.get("api-info", headers={"traceparent": received})
    assert answer.status_code == 200
    assert TRACE not in answer.headers["traceparent"]
    assert len(answer.headers["traceparent"]) == 55


@pytest.mark.parametrize("path", ["api-info", f"probes/{ID}", "failures/crash", "nothing-here"])
async def test_every_answer_has_the_common_headers(client: httpx.AsyncClient, path: str) -> None:
    """No answer, sound or not, may be cached or guessed at, and each names its trace."""
    headers = (await client.get(path)).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["traceparent"].startswith("00-")


async def test_half_an_answer_is_broken_off_without_values(app: Starlette) -> None:
    """When a failure comes after the answer has begun, what is raised to the server quotes nothing."""
    from app.http.exchange import Exchange, put_exchange
    from app.http.problems import ProblemBoundary

    async def begun(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("198001019297 must not be seen")

    scope: dict[str, Any] = {"type": "http", "headers": []}
    put_exchange(scope, Exchange("sv", "00-ab-cd-00", "GET", "/"))
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    with pytest.raises(RuntimeError, match="broke off") as raised:
        await ProblemBoundary(begun)(scope, None, send)  # type: ignore[arg-type]
    assert raised.value.__suppress_context__
    assert len(sent) == 1
