"""What a log may tell of a failure: its kind and where it was, never its message, which may quote people."""

import traceback
from typing import Any, Final

_MOST_CAUSES: Final = 10
_MOST_FRAMES: Final = 8


def told(error: BaseException) -> dict[str, Any]:
    """Fields for a log line: the classes from the error to its first cause, PostgreSQL's code, and places."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and len(causes) < _MOST_CAUSES:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    return {
        "class": " < ".join(type(one).__name__ for one in causes),
        "sqlstate": next((code for one in causes if (code := getattr(one, "sqlstate", None))), None),
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
