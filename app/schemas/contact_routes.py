"""How somebody is reached, on the wire: e-mail, telephone and Swedish postal addresses."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.http import forms
from app.schemas.base import Line

_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]{1,64}@([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")
_LAST_LINE = re.compile(r"([1-9][0-9]{2}) ?([0-9]{2}) +(\S.*)", re.ASCII)


def _email(value: object) -> object:
    if isinstance(value, str) and len(value) <= 254 and _EMAIL.fullmatch(value):
        return value
    raise PydanticCustomError("email_invalid", "an e-mail address")


def _ends_with_postal_code(lines: list[str]) -> list[str]:
    """The lines, the last one written as the post writes it: `753 75 Uppsala` (UPP-A16)."""
    if not lines:
        return lines
    found = _LAST_LINE.fullmatch(lines[-1])
    if found is None:
        raise PydanticCustomError("postal_code", "the last line: postal code and town")
    return [*lines[:-1], f"{found[1]} {found[2]} {found[3]}"]


Email = Annotated[
    str,
    BeforeValidator(_email),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
"""An e-mail address, without blanks anywhere (UPP-A02, UPP-A03)."""

Telephone = Annotated[str, StringConstraints(max_length=32, pattern=forms.TELEPHONE)]
"""A telephone number: digits, blanks, brackets and hyphens, with + before a country's code."""

PostalAddress = Annotated[
    list[Line],
    AfterValidator(_ends_with_postal_code),
    Field(
        max_length=6,
        description="Rad för rad; sist postnummer och ort. Line by line; postal code and town last.",
        examples=[["Uppsala kommun", "Salagatan 18", "753 75 Uppsala"]],
    ),
]
"""A Swedish postal address, line by line; none at all where it is looked up for each summons."""
