"""Reading one table of an agreement file, key by key.

Each key is asked for by the type it must have. When all are taken, `close` refuses what is left: a key nobody
asked for is a misspelling, and a misspelt duty would otherwise be no duty at all.
"""

import datetime as dt
from collections import Counter
from typing import Any, NoReturn

from app.agreements.parameters import Member, member_of
from app.agreements.source import AgreementFileError, Source


class Table:
    """One table, with its place in the file."""

    def __init__(
        self, source: Source, header: str, nth: int, values: dict[str, Any], seen: Counter[str]
    ) -> None:
        self._source = source
        self._header = header
        self._nth = nth
        self._left = dict(values)
        self._seen = seen
        self._mark = str(values.get("id", ""))

    @classmethod
    def whole(cls, source: Source) -> "Table":
        """The file itself: what stands before its first table, and all tables under it."""
        return cls(source, "", 0, source.values, Counter())

    def refuse(self, reason: str, near: str = "") -> NoReturn:
        """Raise AgreementFileError at the line of `near` in this table, or of its id, or of its header."""
        line = self._source.line_of(self._header, self._nth, (near, self._mark))
        raise AgreementFileError(self._source.path, line, reason)

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._left

    def names(self) -> tuple[str, ...]:
        """The keys not yet taken, in the order of the file."""
        return tuple(self._left)

    def holds_list(self, key: str) -> bool:
        """Whether the key is there with a list."""
        return isinstance(self._left.get(key), list)

    def take(self, key: str) -> Any:
        """The value of a key that must be there, of any type."""
        if key not in self._left:
            self.refuse(f"{self._what()} has no {key}")
        return self._left.pop(key)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self.take(key)
        if not isinstance(value, str):
            self.refuse(f"{key} must be a text", key)
        if not value.strip():
            self.refuse(f"{self._what()} has an empty {key}", key)
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text, or None where the key is left out."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, which may be empty."""
        value = self.take(key)
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.refuse(f"{key} must be a list of texts", key)
        return tuple(value)

    def code(self, key: str, kind: type[Member]) -> Member:
        """A code of a code list."""
        word = self.text(key)
        member = member_of(kind, word)
        if member is None:
            self.refuse(f"unknown {key} {word} (there are: {', '.join(kind)})", key)
        return member

    def number(self, key: str) -> int:
        """A whole number."""
        value = self.take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(f"{key} must be a whole number", key)
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false; `default` where the key is left out."""
        value = self.take(key) if self.has(key) else default
        if not isinstance(value, bool):
            self.refuse(f"{key} must be true or false", key)
        return value

    def day(self, key: str) -> dt.date:
        """A date without a time."""
        value = self.take(key)
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            self.refuse(f"{key} must be a date", key)
        return value

    def day_or_none(self, key: str) -> dt.date | None:
        """A date, or None where the key is left out."""
        return self.day(key) if self.has(key) else None

    def child(self, key: str) -> "Table":
        """The one table `[key]` under this one."""
        value = self.take(key)
        if not isinstance(value, dict):
            self.refuse(f"{key} must be a table", key)
        return self._under(f"[{self._path(key)}]", value)

    def children(self, key: str) -> list["Table"]:
        """The tables `[[key]]` under this one, in the order of the file; none where there are none."""
        value = self.take(key) if self.has(key) else []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(f"{key} must be tables", key)
        return [self._under(f"[[{self._path(key)}]]", item) for item in value]

    def close(self) -> None:
        """Refuse what nobody has taken."""
        for key in self._left:
            self.refuse(f"{self._what()} has an unknown key {key}", key)

    def _under(self, header: str, values: dict[str, Any]) -> "Table":
        nth = self._seen[header]
        self._seen[header] += 1
        if nth >= len(self._source.headers.get(header, ())):
            self.refuse(f"write {header} as a table of its own", header.strip("[]").split(".")[-1])
        return Table(self._source, header, nth, values, self._seen)

    def _path(self, key: str) -> str:
        above = self._header.strip("[]")
        return f"{above}.{key}" if above else key

    def _what(self) -> str:
        name = self._header.strip("[]").replace("_", " ").split(".")[-1] or "the agreement"
        return f"{name} {self._mark}".strip()
