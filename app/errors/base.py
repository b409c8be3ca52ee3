"""What every error is: a status, a code, a title in two languages, and nothing anybody submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from app.domain.rule import Words

Language = Literal["sv", "en"]


def said(words: Words, language: Language) -> str:
    """The sentence in that language."""
    return words.sv if language == "sv" else words.en


@dataclass(frozen=True)
class FieldError:
    """One wrong value: where (a JSON pointer, or `query:` and a name), which code, and the sentence."""

    pointer: str
    code: str
    message: Words


@dataclass(frozen=True)
class FieldFault:
    """A known way for a value to be wrong; `at` says where it was met."""

    code: str
    message: Words

    def at(self, pointer: str) -> FieldError:
        """This fault in the value at that JSON pointer."""
        return FieldError(pointer, self.code, self.message)


class FlerpartError(Exception):
    """Every refusal and failure the API answers with; `headers` are those that belong to the answer."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[Words]

    def __init_subclass__(cls, code: str = "", sv: str = "", en: str = "", status: int = 0) -> None:
        """A subclass says its code and title, and its status where it differs from its parent's."""
        cls.status = status or cls.status
        cls.code = code or cls.code
        cls.title = Words(sv, en) if sv else cls.title

    def __init__(self, detail: Words | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(self.code)
        self.detail = detail
        self.headers = headers or {}
