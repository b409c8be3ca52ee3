"""The published document as a table: what is not in it does not exist.

The gate asks it which resource a path names, which methods, which query parameters, and whether a body.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~@-]{0,127}")
_METHODS = frozenset({"get", "put", "post", "delete", "patch"})


@dataclass(frozen=True, slots=True)
class Operation:
    """What one operation takes."""

    query: frozenset[str]
    takes_body: bool


@dataclass(slots=True)
class Resource:
    """One path template and its operations by method."""

    template: str
    operations: dict[str, Operation] = field(default_factory=dict)


@dataclass(slots=True)
class _Node:
    literal: dict[str, "_Node"] = field(default_factory=dict)
    parameter: "_Node | None" = None
    form: re.Pattern[str] = _NAME
    resource: Resource | None = None


class Contract:
    """Every resource, found by its path in as many steps as the path has segments."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(
        self, template: str, method: str, operation: Operation, uuids: frozenset[str] = frozenset()
    ) -> None:
        """Add an operation; `uuids` names the path parameters that are ids."""
        node = self._root
        for segment in template.split("/")[1:]:
            if segment.startswith("{"):
                node.parameter = node.parameter or _Node()
                node.form = _UUID if segment[1:-1] in uuids else _NAME
                node = node.parameter
            else:
                node = node.literal.setdefault(segment, _Node())
        node.resource = node.resource or Resource(template)
        node.resource.operations[method] = operation

    def add_document(self, document: Mapping[str, Any], base_path: str) -> None:
        """Add every operation of an OpenAPI document whose paths lie below `base_path`."""
        for path, item in document["paths"].items():
            for method, operation in item.items():
                if method in _METHODS:
                    parameters = operation.get("parameters", [])
                    self.add(
                        base_path + path,
                        method.upper(),
                        Operation(frozenset(_names(parameters, "query")), "requestBody" in operation),
                        frozenset(_names(parameters, "path", "uuid")),
                    )

    def find(self, path: str) -> tuple[Resource | None, bool]:
        """The resource at this path, and whether its ids are written in their one canonical form.

        An id in another form names nothing, but is answered like one that is hidden: with the same template.
        """
        node, canonical = self._root, True
        for segment in path.split("/")[1:]:
            following = node.literal.get(segment)
            if following is None and segment:
                canonical = canonical and node.form.fullmatch(segment) is not None
                following = node.parameter
            if following is None:
                return None, False
            node = following
        return node.resource, canonical


def _names(parameters: list[dict[str, Any]], place: str, form: str | None = None) -> Iterator[str]:
    for parameter in parameters:
        if parameter.get("in") == place and (form is None or parameter["schema"].get("format") == form):
            yield parameter["name"]
