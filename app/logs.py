"""The log: a line of JSON for each event, holding the fields listed here and nothing else.

What is not listed is dropped, whoever wrote it: a log is read by people who may not know whom a case is
about. Our own events are told by the constant text they were written with; of a library's only its name, its
level and the class of the error are kept, since its words may quote what somebody has submitted.
"""

import logging
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

import orjson

from app.errors.telling import told

OURS: Final = "flerpart"
FIELDS: Final = frozenset(
    {
        "at",
        "class",
        "faults",
        "host",
        "milliseconds",
        "operation",
        "reason",
        "settings",
        "sqlstate",
        "status",
        "trace",
    }
)
"""What a line may hold beside time, level and event."""


class JsonLines(logging.Formatter):
    """Writes a record as one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The listed fields of the record."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _event(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= told(record.exc_info[1])
        line |= {name: value for name, value in record.__dict__.items() if name in FIELDS}
        return orjson.dumps({name: value for name, value in line.items() if value is not None}).decode()


def _event(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] != OURS:
        return record.name
    counts = record.args if isinstance(record.args, tuple) else ()
    text = str(record.msg)
    return text % counts if counts and all(type(count) is int for count in counts) else text


def write_json_lines(level: str) -> None:
    """From now on all that this process logs goes to its standard error in this form, its last words too.

    `level` is `info`, at which every request leaves a line, or `warning`.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(OURS).setLevel(level.upper())
    logging.captureWarnings(True)
    sys.excepthook = _last_words


def _last_words(kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    logging.getLogger(OURS).critical("ended by a failure", exc_info=(kind, error, error.__traceback__))
