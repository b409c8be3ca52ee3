"""All agreements there are, each with all its versions, read once at start-up."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from app.agreements.contents import AgreementFile
from app.agreements.loader import load_agreement
from app.agreements.source import AgreementFileError, read_source
from app.domain.rule import Rule
from app.domain.rulebook import RULEBOOK

FOLDER = Path(__file__).parent
"""Where agreement files lie: `<key>/<valid-from>.toml`."""


class Registry:
    """Every version of every agreement. A version is never changed: what the parties change is a new file."""

    def __init__(self, files: Iterable[AgreementFile]) -> None:
        self._files = sorted(files, key=lambda file: (file.agreement.key, file.agreement.valid_from))
        self._by_id = {file.agreement.id: file for file in self._files}

    def __iter__(self) -> Iterator[AgreementFile]:
        """All versions, by key and then by day."""
        return iter(self._files)

    def get(self, agreement_id: str) -> AgreementFile | None:
        """The version with this id (`uppsala@2020-01-01`), in force or not; None when there is none."""
        return self._by_id.get(agreement_id)

    def in_force(self, key: str, day: date) -> AgreementFile | None:
        """The version in force on a day in Stockholm: the latest that had come into force by then.

        None when no version of the agreement was in force that day, or there is no such agreement.
        """
        standing = [
            file for file in self if file.agreement.key == key and file.agreement.term.is_in_force(day)
        ]
        return standing[-1] if standing else None

    def applying(self, key: str, day: date) -> AgreementFile | None:
        """The version to ask about a day: the one in force, or before any was, the first there is.

        So that a step on a day without an agreement is judged and refused (UPP-134), not unjudged. None only
        when there is no such agreement.
        """
        first = next((file for file in self if file.agreement.key == key), None)
        return self.in_force(key, day) or first


def load_folder(folder: Path, rulebook: Iterable[Rule] = RULEBOOK) -> Registry:
    """Every agreement file in a folder's subfolders.

    Raises AgreementFileError for the first file that cannot be used, and for a second file of the same
    agreement from the same day.
    """
    files: dict[str, AgreementFile] = {}
    for path in sorted(folder.glob("*/*.toml")):
        file = load_agreement(path, rulebook)
        if file.agreement.id in files:
            line = read_source(path).line_of("", 0, ("valid_from",))
            raise AgreementFileError(path, line, f"there is already a file for {file.agreement.id}")
        files[file.agreement.id] = file
    return Registry(files.values())


@cache
def registry() -> Registry:
    """The agreements this installation runs on, read on the first call. Raises AgreementFileError."""
    return load_folder(FOLDER)
