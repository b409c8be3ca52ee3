"""The published document as a list of operations: what the matrix covers, and the bodies it starts from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.deps import Parts
from app.http import about
from app.main import create_api

DOCUMENT: dict[str, Any] = create_api(
    Parts(base_url=about.PUBLIC_URL, clock=lambda: datetime.now(UTC))
).openapi()
UNKNOWN = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7aff"
"""An id that nothing has."""

Pointer = tuple[str | int, ...]


@dataclass(frozen=True)
class Operation:
    """One operation of the document."""

    id: str
    method: str
    path: str
    needs_key: bool
    needs_match: bool
    query: str
    schema: Mapping[str, Any] | None
    example: Any

    @property
    def names_a_thing(self) -> bool:
        """Whether its path names something that may be hidden."""
        return "{" in self.path

    @property
    def is_versioned(self) -> bool:
        """Whether what it changes is changed on a version."""
        return self.needs_match or (isinstance(self.example, dict) and "version" in self.example)


def _operation(path: str, method: str, told: Mapping[str, Any]) -> Operation:
    headers = {one["name"] for one in told["parameters"] if one.get("in") == "header"}
    asked = [one for one in told["parameters"] if one.get("in") == "query" and one["required"]]
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        needs_key="Idempotency-Key" in headers,
        needs_match="If-Match" in headers,
        query="&".join(f"{one['name']}={_first(one['schema'])}" for one in asked),
        schema=content.get("schema"),
        example=content.get("example"),
    )


def _first(schema: Mapping[str, Any]) -> str:
    values: list[str] = resolved(schema).get("enum") or [UNKNOWN]
    return values[0]


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference names; others as they are."""
    if "$ref" in schema:
        found: Mapping[str, Any] = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return resolved(found)
    return schema


OPERATIONS: dict[str, Operation] = {
    one.id: one
    for path, item in DOCUMENT["paths"].items()
    for method, told in item.items()
    for one in [_operation(path, method, told)]
}


@dataclass(frozen=True)
class Part:
    """A value in a body, where it stands, and the schema it keeps."""

    pointer: Pointer
    schema: Mapping[str, Any]
    value: Any

    @property
    def name(self) -> str:
        """The field it stands in."""
        return next(str(one) for one in reversed(self.pointer) if isinstance(one, str))

    @property
    def is_free_text(self) -> bool:
        """Whether people write here what they like."""
        return "u202A" in self.schema.get("pattern", "")

    @property
    def is_id(self) -> bool:
        """Whether it names something."""
        return self.schema.get("format") == "uuid"


def parts(schema: Mapping[str, Any], value: Any, pointer: Pointer = ()) -> Iterator[Part]:
    """Every value in a body, from the outermost in, with the branch of the schema that it keeps."""
    kept = _branch(schema, value)
    if pointer:
        yield Part(pointer, kept, value)
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from parts(kept.get("properties", {}).get(name, {}), inner, (*pointer, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from parts(kept.get("items", {}), inner, (*pointer, place))


def _branch(schema: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    found = resolved(schema)
    branches = [resolved(one) for one in (*found.get("anyOf", ()), *found.get("oneOf", ()))]
    for branch in branches:
        if _could_be(branch, value):
            return _branch(branch, value)
    return found


def _could_be(branch: Mapping[str, Any], value: Any) -> bool:
    if isinstance(value, dict):
        known = branch.get("properties", {})
        kind = known.get("kind", {})
        kinds = kind.get("enum", [kind["const"]] if "const" in kind else [value.get("kind")])
        return value.keys() <= known.keys() and value.get("kind") in kinds
    types = {str: "string", bool: "boolean", int: "integer", list: "array", type(None): "null"}
    return branch.get("type") == types.get(type(value)) or "anyOf" in branch or "oneOf" in branch


def with_part(body: Any, pointer: Pointer, value: Any) -> Any:
    """The body with one value replaced."""
    if not pointer:
        return value
    first, rest = pointer[0], pointer[1:]
    if isinstance(body, dict):
        return body | {first: with_part(body.get(str(first)), rest, value)}
    return [with_part(one, rest, value) if place == first else one for place, one in enumerate(body)]


def without_part(body: Any, pointer: Pointer) -> Any:
    """The body with one field of an object left out."""
    *before, last = pointer
    inner = body
    for one in before:
        inner = inner[one]
    return with_part(body, tuple(before), {name: kept for name, kept in inner.items() if name != last})
