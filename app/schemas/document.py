"""The published document: what FastAPI writes, brought in line with the national REST API profile.

Routes declare what is theirs; everything that holds for every operation is added here, once.
"""

from copy import deepcopy
from typing import Any

from pydantic.json_schema import models_json_schema

from app.errors import PROBLEM_MEDIA_TYPE
from app.http.about import SCOPES, SERVICE_LEVEL, TAGS, TOKEN_URL
from app.schemas.operation import ANSWERS
from app.schemas.problem import Problem

_STATUS_TEXTS = {
    400: "Begäran kan inte läsas. The request cannot be read.",
    401: "Inloggning krävs. Authentication is required.",
    403: "Inte tillåtet för anroparen. Not allowed for the caller.",
    404: "Finns inte, eller inte för anroparen. Does not exist, or not for the caller.",
    408: "Innehållet kom inte fram i tid. The body did not arrive in time.",
    409: "Ett tillstånd eller en regel hindrar. A state or a rule of the agreement is in the way.",
    412: "Versionen gäller inte längre. The version is not the present one.",
    413: "Innehållet är för stort. The body is too large.",
    415: "Innehållet är inte JSON. The body is not JSON.",
    422: "Uppgifterna har fel form. The information has the wrong shape.",
    428: "If-Match saknas. If-Match is missing.",
    429: "För många begäranden. Too many requests.",
    431: "Huvudena är för stora eller för många. The headers are too large or too many.",
    500: "Internt fel. Internal error.",
    503: "Tillfälligt otillgänglig. Temporarily unavailable.",
}

_HEADERS = {
    "traceparent": (
        "Spårets id enligt W3C. The trace's id.",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
    ),
    "Location": (
        "Adressen till det som skapades. The address of what was created.",
        "https://api.flerpart.example/",
    ),
    "ETag": ("Versionen som stark tagg. The version as a strong tag.", '"3"'),
    "Retry-After": ("Sekunder att vänta. Seconds to wait.", "2"),
    "WWW-Authenticate": ("Utmaning enligt RFC 6750. Challenge of RFC 6750.", 'Bearer realm="flerpart"'),
}
_STATUS_HEADERS = {201: "Location", 401: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}
_SECURITY = "oauth"
_PASTED = "token"
_READ, _WRITE = SCOPES


def tuned(document: dict[str, Any]) -> dict[str, Any]:
    """The document with problems, tracing, security and service level on every operation, in place."""
    document["info"].update(SERVICE_LEVEL)
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _, own = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    for name, schema in own["$defs"].items():
        schemas.setdefault(name, schema)
    components["schemas"] = dict(sorted(schemas.items()))
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string"}, "example": example}
        for name, (text, example) in _HEADERS.items()
    }
    components["parameters"] = {
        "traceparent": {
            "name": "traceparent",
            "in": "header",
            "required": False,
            "description": "Spårning enligt W3C Trace Context; ett felaktigt värde bortses från. "
            "W3C Trace Context; a bad value is ignored.",
            "schema": {"type": "string"},
            "example": _HEADERS["traceparent"][1],
        }
    }
    components["securitySchemes"] = {
        _SECURITY: {
            "type": "oauth2",
            "description": "OAuth 2.0 enligt Enas profil: en myndighets system med private_key_jwt. "
            "OAuth 2.0 as profiled by Ena: an authority's system with private_key_jwt.",
            "flows": {"clientCredentials": {"tokenUrl": TOKEN_URL, "scopes": SCOPES}},
        }
    }
    used: set[str] = set()
    for item in document["paths"].values():
        for method, operation in item.items():
            _restore_example(operation)
            _tune(operation, method)
            used.update(operation["tags"])
    document["tags"] = [{"name": name, "description": TAGS[name]} for name in TAGS if name in used]
    return document


def to_be_tried(document: dict[str, Any], here: str) -> dict[str, Any]:
    """The document for the pages that try the API: calls go to the server that shows it, and a token from
    anywhere may be pasted in. The document itself stays as it is.
    """
    document = deepcopy(document)
    document["servers"] = [{"url": here, "description": "Den här servern. This server."}]
    document["components"]["securitySchemes"][_PASTED] = {
        "type": "http",
        "scheme": "bearer",
        "description": "En token som du har, utan ordet Bearer. A token you have, without the word Bearer.",
    }
    for item in document["paths"].values():
        for operation in item.values():
            if operation["security"]:
                operation["security"] = [{_PASTED: []}, *operation["security"]]
    return document


def _restore_example(operation: dict[str, Any]) -> None:
    """Give the example back the nulls that were dropped from it."""
    for status, response in operation["responses"].items():
        example = ANSWERS.get(operation["operationId"])
        if example is not None and status.startswith("2"):
            response["content"]["application/json"]["example"] = example


def _tune(operation: dict[str, Any], method: str) -> None:
    operation.setdefault("security", [{_SECURITY: [_READ if method == "get" else _WRITE]}])
    parameters: list[dict[str, Any]] = operation.setdefault("parameters", [])
    responses: dict[str, Any] = operation["responses"]
    for status in sorted(_problem_statuses(operation, method, parameters)):
        responses[str(status)] = {
            "description": _STATUS_TEXTS[status],
            "content": {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    parameters.append({"$ref": "#/components/parameters/traceparent"})
    for status_text, response in responses.items():
        headers = response.setdefault("headers", {})
        headers["traceparent"] = {"$ref": "#/components/headers/traceparent"}
        if header := _STATUS_HEADERS.get(int(status_text)):
            headers[header] = {"$ref": f"#/components/headers/{header}"}
    operation["responses"] = dict(sorted(responses.items()))


def _problem_statuses(operation: dict[str, Any], method: str, parameters: list[dict[str, Any]]) -> set[int]:
    names = {parameter["name"] for parameter in parameters}
    statuses = {400, 429, 431, 500, 503, *operation.pop("x-also", ())}
    if any(parameter["in"] == "path" for parameter in parameters):
        statuses.add(404)
    if operation["security"]:
        statuses |= {401, 403}
    if "requestBody" in operation:
        statuses |= {408, 413, 415, 422}
    if method != "get":
        statuses.add(409)
    if "If-Match" in names:
        statuses |= {412, 428}
    # FastAPI announces 422 for every parameter; ours are answered with 400, 404, 412 or 428.
    if "requestBody" not in operation:
        operation["responses"].pop("422", None)
    return statuses
