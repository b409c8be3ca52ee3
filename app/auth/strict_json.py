"""Base64url and JSON read in exactly one way.

Two parsers that read the same bytes differently are how forged tokens get through, so whatever has two
readings (padding, spare bits, a key given twice, NaN, a lone surrogate) is refused before anybody looks at
what it says.
"""

import base64
import json
import math
import re
from typing import Any, NoReturn

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


class Malformed(ValueError):
    """The text is not the one canonical form. The message never repeats the text."""


def decode_base64url(text: str) -> bytes:
    """The bytes behind unpadded, canonical base64url (RFC 7515 §2); Malformed for any other spelling."""
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise Malformed("not base64url")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode_base64url(raw) != text:
        raise Malformed("spare bits are set")
    return raw


def encode_base64url(raw: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def parse_object(raw: bytes, max_brackets: int) -> dict[str, Any]:
    """The JSON object in `raw`; raises Malformed for anything else or with two readings.

    More than `max_brackets` opening brackets are refused before parsing:
    a few kilobytes of them exhaust the parser's stack.
    """
    if raw.count(b"[") + raw.count(b"{") > max_brackets:
        raise Malformed("nested too deep")
    try:
        parsed = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
        json.dumps(parsed, ensure_ascii=False).encode("utf-8")
    except Malformed:
        raise
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if type(parsed) is not dict:
        raise Malformed("not an object")
    return parsed


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a key is given twice")
    return found


def _no_constant(_: str) -> NoReturn:
    raise Malformed("NaN or Infinity")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Malformed("a number without end")
    return number
