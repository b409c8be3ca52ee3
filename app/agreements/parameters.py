"""From the parameters a clause gives to the dataclass its rule asks for.

A rule says in the fields of its parameters what it must be told, and of which type. The fields are the only
description there is: a rule needs no word here.
"""

import dataclasses
import typing
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar


class ParameterError(ValueError):
    """Parameters that a rule cannot use: which one, and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name
        self.reason = reason


Member = TypeVar("Member", bound=StrEnum)


def member_of(kind: type[Member], word: object) -> Member | None:
    """The code of a code list that is written so; None when the list has none such."""
    return next((member for member in kind if member.value == word), None)


def typed_parameters(kind: type[Any], given: Mapping[str, object]) -> Any:
    """An instance of the dataclass `kind` from the values a clause gives; lists become tuples.

    Raises ParameterError where a field is missing, a name is unknown, or a value has another type.
    """
    hints = typing.get_type_hints(kind)
    fields = [field.name for field in dataclasses.fields(kind)]
    for name in given:
        if name not in fields:
            known = ", ".join(fields) or "none"
            raise ParameterError(name, f"unknown parameter {name} (the rule has: {known})")
    for name in fields:
        if name not in given:
            raise ParameterError(name, f"the parameter {name} is missing")
    return kind(**{name: _typed(name, hints[name], given[name]) for name in fields})


def _typed(name: str, hint: Any, value: object) -> object:
    """The value as the hint wants it: a number, a text, a code, or a tuple or set of such, however deep."""
    collection = typing.get_origin(hint)
    if collection in (tuple, frozenset):
        if not isinstance(value, list) or not value:
            raise ParameterError(name, f"the parameter {name} must be a list of at least one")
        return collection(_typed(name, typing.get_args(hint)[0], item) for item in value)
    if hint is int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ParameterError(name, f"the parameter {name} must be a whole number above zero")
        return value
    if not isinstance(value, str) or not value.strip():
        raise ParameterError(name, f"the parameter {name} must be a text")
    if issubclass(hint, StrEnum):
        member = member_of(hint, value)
        if member is None:
            raise ParameterError(name, f"unknown {name} {value} (there are: {', '.join(hint)})")
        return member
    return value
