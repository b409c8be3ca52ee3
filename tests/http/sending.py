"""Sending bytes as they are, and knowing a problem when one is answered."""

import httpx

JSON = {"Content-Type": "application/json"}


async def post(
    client: httpx.AsyncClient, body: bytes, path: str = "/probes", **headers: str
) -> httpx.Response:
    """POST these very bytes as JSON."""
    return await client.post(path.lstrip("/"), content=body, headers={**JSON, **headers})


def is_problem(answer: httpx.Response, status: int, code: str | None = None) -> None:
    """The answer is this problem, complete, and with nothing that was sent."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "status", "detail", "instance", "code"} <= problem.keys()
    assert problem["status"] == status
    assert code is None or problem["code"] == code
