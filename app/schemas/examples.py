"""What the examples in the published document have in common: their ids and links."""

from app.http import about

SOME_ID = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"
ANOTHER_ID = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a53"
SOME_ORGANISATION = "016f5e66-e800-705a-987d-a28649948273"


def link_to(path: str, rel: str = "self", method: str = "GET") -> dict[str, str]:
    """A link as answers show it, to a path such as /cases."""
    return {"rel": rel, "href": f"{about.PUBLIC_URL}{path}", "method": method}
