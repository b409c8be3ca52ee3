"""The text of an agreement file, and where in it a thing stands.

TOML readers give values without their lines. Whoever corrects an agreement file needs the line: it is looked
up again in the text: the n-th table of a name, and in it the line that holds a word.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HEADER = re.compile(r"^\s*(\[\[?[^\[\]]+\]\]?)\s*(#.*)?$")
_LINE_IN_MESSAGE = re.compile(r"at line (\d+)")


class AgreementFileError(Exception):
    """An agreement file that cannot be taken into use, with the file and the line to correct."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Source:
    """One agreement file as it was read: its values, its lines, and the line of every table in it."""

    path: Path
    values: dict[str, Any]
    lines: tuple[str, ...]
    headers: dict[str, tuple[int, ...]]

    def line_of(self, header: str, nth: int, words: Sequence[str]) -> int:
        """The line (from 1) of the nth (from 0) table with this header on which the first of `words` stands.

        The next word is tried where a word is absent, and the header's own line is the answer where all are.
        What stands before the first table has the header "".
        """
        start = self.headers[header][nth]
        every = sorted(line for lines in self.headers.values() for line in lines)
        end = next((line for line in every if line > start), len(self.lines) + 1)
        for word in filter(None, words):
            for number in range(max(start, 1), end):
                if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.lines[number - 1]):
                    return number
        return max(start, 1)


def read_source(path: Path) -> Source:
    """Read one agreement file. Raises AgreementFileError where the text is not TOML."""
    text = path.read_text(encoding="utf-8")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE_IN_MESSAGE.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise AgreementFileError(path, line, f"this is not TOML: {error}") from error
    headers: dict[str, list[int]] = defaultdict(list)
    headers[""].append(0)
    lines = tuple(text.splitlines())
    for number, words in enumerate(lines, start=1):
        if header := _HEADER.match(words):
            headers[header.group(1)].append(number)
    return Source(path, values, lines, {name: tuple(numbers) for name, numbers in headers.items()})
