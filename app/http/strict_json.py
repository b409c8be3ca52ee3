"""JSON read so that no two readers can understand it differently, and nothing in it can break a store."""

import json
import re
from typing import Any, NoReturn

from app.errors import MalformedJson

DEEPEST = 20
_INT64 = 2**63
# PostgreSQL stores no NUL; a lone surrogate can be written as an escape, but never as UTF-8.
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


class _NotStrict(ValueError):
    """Something json would have accepted and we do not."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _NotStrict
    return result


def _integer(digits: str) -> int:
    # Long digits are refused unread: turning them into a number takes time that grows with their square.
    if len(digits) > 20 or not -_INT64 <= (number := int(digits)) < _INT64:
        raise _NotStrict
    return number


def _fraction(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise _NotStrict
    return number


def _constant(_: str) -> NoReturn:
    raise _NotStrict


def _check(value: Any, depth: int) -> None:
    if isinstance(value, str):
        if _NOT_STORABLE.search(value):
            raise _NotStrict
    elif isinstance(value, dict | list):
        if depth > DEEPEST:
            raise _NotStrict
        for inner in value:
            _check(inner, depth + 1)
        if isinstance(value, dict):
            for inner in value.values():
                _check(inner, depth + 1)


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_fraction, parse_constant=_constant
)


def read_strict_json(body: bytes) -> Any:
    """The value of the body.

    Raises MalformedJson for anything but one JSON value in UTF-8 without byte order mark, and for duplicate
    keys, NaN, Infinity, numbers beyond 64 bits, NUL, lone surrogates and more than 20 levels of nesting.
    """
    try:
        value = _decoder.decode(body.decode("utf-8"))
        _check(value, 1)
    except (ValueError, RecursionError):
        raise MalformedJson from None
    return value
