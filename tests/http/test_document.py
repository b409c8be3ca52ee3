"""The published document against the national REST API profile: the linters' rules, expressed here."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from app.http import about
from dev.generated import differences, openapi

Operations = list[tuple[str, str, dict[str, Any]]]

CAMEL = re.compile(r"_?[a-z][A-Za-z]*")
FORBIDDEN_NAMES = re.compile(
    "(pnr|ssn|person-?n(umme)?r|personal-?identity-?number|social-?security-?number|samordningsnummer)",
    re.IGNORECASE,
)
# What FastAPI or the profile fixes; header names are compared without case.
HEADER_NAMES = {"traceparent", "Flerpart-Assignment", "Idempotency-Key", "If-Match"}


@pytest.fixture(scope="session")
def operations(document: dict[str, Any]) -> Operations:
    """Every operation with its path and method."""
    return [(p, m, operation) for p, item in document["paths"].items() for m, operation in item.items()]


def parameters(document: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The operation's parameters, references followed."""
    found = operation.get("parameters", [])
    return [
        document["components"]["parameters"][p["$ref"].split("/")[-1]] if "$ref" in p else p for p in found
    ]


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every object with properties anywhere below."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield node
        for inner in node.values():
            yield from schemas(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from schemas(inner)


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    """The document is valid OpenAPI 3.1."""
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_the_committed_document_is_the_codes() -> None:
    """DOK.04: openapi/openapi.json is what the code says; `make openapi` makes it so."""
    assert differences(openapi()) == []


def test_ver_06_api_info(document: dict[str, Any]) -> None:
    """VER.06, VER.07: /api-info is at the root, with the five fields."""
    schema = document["paths"]["/api-info"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    described = document["components"]["schemas"][schema["$ref"].split("/")[-1]]
    fields = {"apiName", "apiVersion", "apiReleased", "apiDocumentation", "apiStatus"}
    assert fields <= described["properties"].keys()


def test_ver_10_state_and_version_agree(document: dict[str, Any]) -> None:
    """VER.10-12: beta is 0.x and /v0."""
    assert about.API_STATUS == "beta"
    assert document["info"]["version"].startswith("0.")
    assert about.BASE_PATH.endswith("/v0")


def test_ufn_01_server(document: dict[str, Any]) -> None:
    """UFN.01, UFN.02, VER.05: one https address with one api segment and the major version."""
    assert [server["url"] for server in document["servers"]] == [about.PUBLIC_URL]
    assert re.fullmatch(r"https://[^/:]+(:443)?/[a-z0-9-]+/v[0-9]+", about.PUBLIC_URL)


def test_spa_02_traceparent_is_taken(document: dict[str, Any], operations: Operations) -> None:
    """SPA.02: every operation takes an optional traceparent, without a pattern."""
    for path, method, operation in operations:
        traced = [p for p in parameters(document, operation) if p["name"] == "traceparent"]
        assert len(traced) == 1, (path, method)
        assert traced[0]["in"] == "header"
        assert traced[0]["required"] is False
        assert traced[0]["schema"] == {"type": "string"}


def test_spa_04_traceparent_is_answered(operations: Operations) -> None:
    """SPA.04: every response has traceparent."""
    for path, method, operation in operations:
        for status, response in operation["responses"].items():
            assert "traceparent" in response["headers"], (path, method, status)


def test_sak_29_415(operations: Operations) -> None:
    """SAK.29: every operation with a body can answer 415, and 400, 413 and 422."""
    with_body = [o for _, _, o in operations if "requestBody" in o]
    assert with_body
    for operation in with_body:
        assert {"400", "413", "415", "422"} <= operation["responses"].keys()


def test_dok_19_every_operation_is_told(operations: Operations) -> None:
    """DOK.12, DOK.19: summary, description in both languages, id, one known tag, a text on every response."""
    for path, method, operation in operations:
        swedish, english = operation["description"].split("\n\n")
        assert swedish != english == operation["summary"], (path, method)
        assert re.fullmatch(r"[a-z][A-Za-z]+", operation["operationId"])
        assert len(operation["tags"]) == 1
        assert operation["tags"][0] in about.TAGS
        assert all(response["description"] for response in operation["responses"].values())
        assert "x-also" not in operation


def test_operation_ids_are_unique(operations: Operations) -> None:
    """Generators name their functions by it."""
    ids = [operation["operationId"] for _, _, operation in operations]
    assert len(ids) == len(set(ids))


def test_nothing_is_said_at_path_level(document: dict[str, Any]) -> None:
    """A path holds operations only."""
    for item in document["paths"].values():
        assert item.keys() <= {"get", "put", "post", "delete", "patch"}


def test_dok_21_security(document: dict[str, Any], operations: Operations) -> None:
    """DOK.21, SAK.18: every operation says its security; only api-info is open; GET needs the read scope."""
    schemes = document["components"]["securitySchemes"]
    assert schemes.keys() == {"oauth"}
    assert schemes["oauth"]["type"] == "oauth2"
    flow = schemes["oauth"]["flows"]["clientCredentials"]
    assert flow["tokenUrl"].startswith("https://")
    for path, method, operation in operations:
        if path == "/api-info":
            assert operation["security"] == []
        else:
            (scope,) = operation["security"][0]["oauth"]
            assert scope.endswith("/read" if method == "get" else "/write")
            assert {"401", "403"} <= operation["responses"].keys()


def test_res_02_no_person_in_an_address(document: dict[str, Any], operations: Operations) -> None:
    """RES.02: no parameter of path or query is an identity number."""
    for path, method, operation in operations:
        for parameter in parameters(document, operation):
            assert not FORBIDDEN_NAMES.fullmatch(parameter["name"]), (path, method)


def test_res_06_paths(document: dict[str, Any]) -> None:
    """RES.06, UFN.07-09: lower case, hyphens, no verbs first, camelCase parameters, no slash at the end."""
    form = re.compile(r"(/(?!(get|post|put|delete|patch)-)([a-z0-9]+(-[a-z0-9]+)*|\{[a-z][a-zA-Z0-9]*\}))+")
    for path in document["paths"]:
        assert form.fullmatch(path), path


def test_arp_03_location(operations: Operations) -> None:
    """ARP.03: what is created is located."""
    for path, method, operation in operations:
        if "201" in operation["responses"]:
            assert "Location" in operation["responses"]["201"]["headers"], (path, method)


def test_fel_02_problems(document: dict[str, Any], operations: Operations) -> None:
    """FEL.01, FEL.02: every error is problem+json only, of one plain shape with the five members."""
    for path, method, operation in operations:
        for status, response in operation["responses"].items():
            if status >= "400":
                assert response["content"].keys() == {"application/problem+json"}, (path, method, status)
        assert {"400", "429", "431", "500", "503"} <= operation["responses"].keys()
    problem = document["components"]["schemas"]["Problem"]
    assert {"type", "title", "status", "detail", "instance"} <= problem["properties"].keys()
    assert "allOf" not in problem
    assert not {"HTTPValidationError", "ValidationError"} & document["components"]["schemas"].keys()


def test_404_409_412_428_where_they_can_come(document: dict[str, Any], operations: Operations) -> None:
    """A path with an id can be 404; a change can be 409; one with If-Match can be 412 and 428."""
    for path, method, operation in operations:
        told = operation["responses"].keys()
        names = {p["name"] for p in parameters(document, operation)}
        assert ("404" in told) >= ("{" in path)
        assert ("409" in told) >= (method != "get")
        assert ({"412", "428"} <= told) == ("If-Match" in names), (path, method)


def test_dok_15_examples(document: dict[str, Any], operations: Operations) -> None:
    """DOK.15: every JSON request and response has an example, and it fits its schema."""
    components = {"components": document["components"]}
    for path, method, operation in operations:
        contents = [r["content"] for s, r in operation["responses"].items() if s < "300"]
        contents += [operation["requestBody"]["content"]] if "requestBody" in operation else []
        for content in contents:
            media = content["application/json"]
            assert "example" in media, (path, method)
            jsonschema.validate(media["example"], {**media["schema"], **components})


def test_dot_02_times(document: dict[str, Any]) -> None:
    """DOT.02: every field of time has an example in RFC 3339."""
    found = 0
    for schema in schemas(document):
        for name, described in schema["properties"].items():
            for form in (described, *described.get("anyOf", [])):
                if form.get("format") == "date-time":
                    assert form["example"].endswith("Z"), name
                    found += 1
                elif form.get("format") == "date":
                    assert re.fullmatch(r"\d{4}-\d\d-\d\d", form["example"]), name
                    found += 1
    assert found


def test_ame_05_one_casing(document: dict[str, Any], operations: Operations) -> None:
    """AME.04, AME.05, FNS.01: camelCase in every property and parameter, but for _links and _meta."""
    for schema in schemas(document):
        for name in schema["properties"]:
            assert CAMEL.fullmatch(name), name
            assert not name.startswith("_") or name in {"_links", "_meta"}
    for _, _, operation in operations:
        for parameter in parameters(document, operation):
            assert CAMEL.fullmatch(parameter["name"]) or parameter["name"] in HEADER_NAMES, parameter["name"]


def test_fns_07_lists(document: dict[str, Any], operations: Operations) -> None:
    """FNS.05-10: page and limit come together, optional, from 1, twenty by default."""
    lists = 0
    for _, _, operation in operations:
        asked = {p["name"]: p for p in parameters(document, operation) if p["in"] == "query"}
        if "page" in asked:
            lists += 1
            assert asked["limit"]["schema"]["default"] == 20
            assert asked["limit"]["schema"]["maximum"] == 100
            assert asked["page"]["schema"]["default"] == asked["page"]["schema"]["minimum"] == 1
            assert not any(p["required"] for p in asked.values())
    assert lists


def test_no_schema_is_named_after_our_modules(document: dict[str, Any]) -> None:
    """Schemas of one name are told apart by their modules' paths, which no client should have to write."""
    assert [name for name in document["components"]["schemas"] if "__" in name] == []


def test_hyp_links_have_method(document: dict[str, Any]) -> None:
    """HYP.11-19, MOG.02: every link has href, rel and method."""
    assert document["components"]["schemas"]["Link"]["properties"].keys() == {"rel", "href", "method"}
    answers = [s for s in schemas(document) if "_links" in s["properties"]]
    assert len(answers) >= 3


def test_dok_03_info(document: dict[str, Any]) -> None:
    """DOK.01, 03, 06-09: purpose, limits, terms, contact, licence, service level, in both languages."""
    info = document["info"]
    assert {"name", "url", "email"} <= info["contact"].keys()
    assert info["license"].keys() == {"name", "url"}
    assert info["termsOfService"].startswith("https://")
    assert {"description", "url"} <= document["externalDocs"].keys()
    assert {"availability", "responseTime", "support"} <= info["x-sla"].keys()
    assert info["x-limitations"]
    for word in ("Syfte", "Begränsningar", "Purpose", "Limits"):
        assert word in info["description"]


def test_tags_are_told(document: dict[str, Any]) -> None:
    """Every tag has a text."""
    assert all(tag["description"] for tag in document["tags"])


def test_headers_that_crash_the_linter_are_not_declared(
    document: dict[str, Any], operations: Operations
) -> None:
    """ARQ.03: Cache-Control and Connection are not declared; header parameters are plain strings."""
    for _, _, operation in operations:
        for parameter in parameters(document, operation):
            if parameter["in"] == "header":
                assert parameter["name"] in HEADER_NAMES
                assert parameter["schema"]["type"] == "string"


def test_requests_know_their_fields_and_answers_may_grow(document: dict[str, Any]) -> None:
    """SAK.06, VER.16: a request's shape is closed, an answer's is open."""
    described = document["components"]["schemas"]
    assert described["ProbeIn"]["additionalProperties"] is False
    assert "additionalProperties" not in described["ReceiptOut"]
