"""The log's one form: what is listed is written, and nothing else, whoever wrote it."""

import json
import logging
from typing import Any

from app.logs import FIELDS, JsonLines

CANARY = "198001019297"


def line(name: str, message: object, *arguments: object, error: Exception | None = None, **more: Any) -> Any:
    """What is written of a record."""
    found = (type(error), error, None) if error else None
    record = logging.LogRecord(name, logging.WARNING, "x.py", 1, message, arguments, found)
    record.__dict__.update(more)
    written = JsonLines().format(record)
    assert "\n" not in written
    return json.loads(written)


def test_listed_fields_are_written() -> None:
    """Time, level and event, and the fields that belong to the event."""
    written = line("flerpart.http", "request", operation="GET /x", status=200, milliseconds=1.5, trace="ab")
    assert written.pop("time").endswith("+00:00")
    assert written == {
        "level": "warning",
        "event": "request",
        "operation": "GET /x",
        "status": 200,
        "milliseconds": 1.5,
        "trace": "ab",
    }


def test_what_is_not_listed_is_dropped() -> None:
    """A field that somebody adds without thinking does not reach the log."""
    written = line("flerpart.http", "request", person=CANARY, body={"name": CANARY}, status=200)
    assert written.keys() == {"time", "level", "event", "status"}
    assert not {"person", "body", "path", "address"} & FIELDS


def test_words_put_into_an_event_are_dropped_and_counts_are_not() -> None:
    """Of our own events the constant text is written, with numbers but never with words put into it."""
    assert line("flerpart.worker", "%s proposed, %s failed", 3, 0)["event"] == "3 proposed, 0 failed"
    assert line("flerpart.worker", "%s could not be read", CANARY)["event"] == "%s could not be read"


def test_of_a_library_only_its_name_is_told() -> None:
    """A library's sentence may quote what was submitted; the class of its error may not."""
    written = line("uvicorn.error", f"Exception {CANARY}", error=ValueError(CANARY))
    assert (written["event"], written["class"]) == ("uvicorn.error", "ValueError")
    assert CANARY not in json.dumps(written)
    assert line("asyncio", ValueError(CANARY))["event"] == "asyncio"


def test_an_error_is_told_by_kinds_code_and_place() -> None:
    """Classes down to the first cause, PostgreSQL's code and places in the code, never a message."""

    class Refused(Exception):
        sqlstate = "23505"

    try:
        try:
            raise Refused(CANARY)
        except Refused as cause:
            raise KeyError(CANARY) from cause
    except KeyError as error:
        record = logging.LogRecord("flerpart", logging.ERROR, "x.py", 1, "broke", (), (KeyError, error, None))
        written = json.loads(JsonLines().format(record))
    assert (written["class"], written["sqlstate"]) == ("KeyError < Refused", "23505")
    assert "test_logs.py" in written["at"][0]
    assert CANARY not in json.dumps(written)
