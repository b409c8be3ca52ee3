"""One call that gives a route its place in the document: id, texts, status, example.

@router.get("/cases/{caseId}", **operation("getCase", sv="Läs ett ärende.", en="Read a case.", answer=CASE))
"""

from typing import Any

from app.schemas.examples import SOME_ID, link_to

ANSWERS: dict[str, dict[str, Any]] = {}
"""The example answer of each operation: FastAPI drops every null from an example, so the document gets them
again.
"""


def operation(
    operation_id: str,
    *,
    sv: str,
    en: str,
    answer: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
    status: int = 200,
    links: dict[str, Any] | None = None,
    secured: bool = True,
    also: tuple[int, ...] = (),
) -> dict[str, Any]:
    """Keyword arguments for a route's decorator.

    `answer` and `body` are the examples of the JSON answered and taken (prove them with `example_of`).
    `links` are OpenAPI links from the answer to other operations. `secured=False` opens the operation to
    callers without token. `also` names problem statuses beyond those every operation of its kind has.
    """
    success: dict[str, Any] = {"description": en}
    if answer is not None:
        ANSWERS[operation_id] = answer
        success["content"] = {"application/json": {"example": answer}}
    if links is not None:
        success["links"] = links
    extra: dict[str, Any] = {"x-also": list(also)}
    if body is not None:
        extra["requestBody"] = {"content": {"application/json": {"example": body}}}
    if not secured:
        extra["security"] = []
    return {
        "operation_id": operation_id,
        "summary": en,
        "description": f"{sv}\n\n{en}",
        "status_code": status,
        "responses": {status: success},
        "openapi_extra": extra,
    }


def act(operation_id: str, *, sv: str, en: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An act or a statement: 201 with a receipt."""
    return operation(operation_id, sv=sv, en=en, body=body, answer=RECEIPT, status=201, **more)


RECEIPT: dict[str, Any] = {
    "id": SOME_ID,
    "recordedAt": "2026-03-02T09:00:00Z",
    "version": 2,
    "remarks": [],
    "_links": [link_to(f"/cases/{SOME_ID}")],
}
"""What every act and statement is answered with."""
