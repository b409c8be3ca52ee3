"""What FastAPI and pydantic refuse, told by place and code, never by value."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.rule import Words
from app.errors import (
    BadRequest,
    FieldError,
    FlerpartError,
    IdempotencyKeyMissing,
    MalformedJson,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    QueryInvalid,
    Unprocessable,
)
from app.http.forms import WANTED

_MOST_FIELDS = 50
# A field we do not know is named only when its name looks like one: a value may have slipped into its place.
_FIELD_NAME = re.compile(r"[a-z][A-Za-z_]{0,39}")

# How pydantic tells the codes of a list, and the field that says of which kind an object is.
_A_CODE = re.compile(r"'([^']*)'")

_A_STRONG_TAG = Words(
    "If-Match skrivs som ETag svarades, med citattecken.",
    "If-Match is written as ETag was answered, with its quotation marks.",
)

_INVALID = ("INVALID", Words("Värdet är ogiltigt.", "The value is invalid."))
_WRONG_TYPE = ("WRONG_TYPE", Words("Värdet är av fel typ.", "The value is of the wrong type."))
_TOO_SHORT = ("TOO_SHORT", Words("Värdet är för kort.", "The value is too short."))
_TOO_LONG = ("TOO_LONG", Words("Värdet är för långt.", "The value is too long."))
_OUT_OF_RANGE = ("OUT_OF_RANGE", Words("Värdet ligger utanför gränserna.", "The value is out of range."))
_NOT_IN_LIST = (
    "NOT_IN_LIST",
    Words("Värdet finns inte i kodlistan.", "The value is not in the list of codes."),
)
_TIME = (
    "TIME_FORMAT",
    Words("Tid ska anges enligt RFC 3339 med zon.", "A time is written as RFC 3339 with zone."),
)
_DAY = ("DAY_FORMAT", Words("Dag ska anges som ÅÅÅÅ-MM-DD.", "A day is written YYYY-MM-DD."))

_REASONS: Mapping[str, tuple[str, Words]] = {
    "missing": ("MISSING", Words("Uppgiften saknas.", "The value is missing.")),
    "extra_forbidden": ("UNKNOWN_FIELD", Words("Fältet finns inte.", "There is no such field.")),
    "string_too_short": _TOO_SHORT,
    "too_short": _TOO_SHORT,
    "string_too_long": _TOO_LONG,
    "too_long": _TOO_LONG,
    "string_pattern_mismatch": (
        "WRONG_PATTERN",
        Words(
            "Värdet har inte den form som önskas.",
            "The value does not have the form wanted.",
        ),
    ),
    "greater_than": _OUT_OF_RANGE,
    "greater_than_equal": _OUT_OF_RANGE,
    "less_than": _OUT_OF_RANGE,
    "less_than_equal": _OUT_OF_RANGE,
    "time_range": _OUT_OF_RANGE,
    "enum": _NOT_IN_LIST,
    "literal_error": _NOT_IN_LIST,
    "union_tag_invalid": _NOT_IN_LIST,
    "union_tag_not_found": ("MISSING", Words("Uppgiften om slag saknas.", "The kind is missing.")),
    "time_format": _TIME,
    "day_format": _DAY,
    "uuid_form": (
        "UUID_FORM",
        Words("Id ska vara en UUID med små bokstäver.", "An id is a lower-case UUID."),
    ),
    "number_form": (
        "NUMBER_FORM",
        Words("Talet ska vara ett heltal från 1.", "The number is a whole number from 1."),
    ),
    "email_invalid": (
        "EMAIL_INVALID",
        Words("E-postadressen är ogiltig.", "The e-mail address is invalid."),
    ),
    "postal_code": (
        "POSTAL_CODE",
        Words("Sista raden ska ha postnummer och ort.", "The last line has postal code and town."),
    ),
    "rule_explained_twice": (
        "RULE_EXPLAINED_TWICE",
        Words("Samma regel förklaras två gånger.", "The same rule is explained twice."),
    ),
    "revises_and_replaces": (
        "REVISES_AND_REPLACES",
        Words(
            "Planen reviderar eller ersätter en annan, inte båda.", "A plan revises or replaces, not both."
        ),
    ),
}


def refused_shape(errors: Sequence[Any], body: Any) -> FlerpartError:
    """The one error to answer with: a wrong path hides all else; then headers, query and body in order."""
    places = {str(error["loc"][0]) for error in errors}
    if "path" in places:
        return NotFound()
    for error in errors:
        if error["loc"][0] == "header":
            return _refused_header(str(error["loc"][-1]), missing=error["type"] == "missing")
    if "query" in places:
        return QueryInvalid(*(_field(e, f"query:{_query_name(e)}") for e in errors[:_MOST_FIELDS]))
    if any(error["type"] == "json_invalid" for error in errors):
        return MalformedJson()
    return Unprocessable(*(_field(e, _pointer(e, body)) for e in errors[:_MOST_FIELDS]))


def _refused_header(name: str, *, missing: bool) -> FlerpartError:
    if name.lower() == "if-match":
        return PreconditionRequired() if missing else PreconditionFailed(_A_STRONG_TAG)
    if name.lower() == "idempotency-key":
        return IdempotencyKeyMissing()
    return BadRequest(Words(f"Huvudet {name} har fel form.", f"The header {name} has the wrong form."))


def _field(error: Any, pointer: str) -> FieldError:
    kind = error["type"]
    code, message = _REASONS.get(kind) or (_WRONG_TYPE if kind.endswith("_type") else _refined(kind))
    if code == "NOT_IN_LIST":
        message = _with_the_codes(error, message)
    elif code == "WRONG_PATTERN":
        message = _with_the_form(error, message)
    return FieldError(pointer, code, message)


def _with_the_codes(error: Any, message: Words) -> Words:
    """The sentence and the codes there are: these are the document's, never anything submitted."""
    told = error.get("ctx", {})
    codes = ", ".join(_A_CODE.findall(str(told.get("expected") or told.get("expected_tags") or "")))
    return Words(f"{message.sv[:-1]}: {codes}.", f"{message.en[:-1]}: {codes}.") if codes else message


def _with_the_form(error: Any, message: Words) -> Words:
    """The sentence and the form that is wanted, by the pattern that was not matched."""
    form = WANTED.get(str(error.get("ctx", {}).get("pattern")))
    return Words(f"{message.sv[:-1]}: {form.sv}.", f"{message.en[:-1]}: {form.en}.") if form else message


def _refined(kind: str) -> tuple[str, Words]:
    if kind.startswith("datetime_"):
        return _TIME
    return _DAY if kind.startswith("date_") else _INVALID


def _query_name(error: Any) -> str:
    return "" if error["type"] == "extra_forbidden" else str(error["loc"][-1])


def _pointer(error: Any, body: Any) -> str:
    """A JSON pointer into the body as it was sent, without the names of union members that pydantic adds."""
    node = body
    pointer = ""
    *inner, last = error["loc"][1:] or ("",)
    told_by = "".join(_A_CODE.findall(str(error.get("ctx", {}).get("discriminator", ""))))
    for step in (*inner, last):
        if isinstance(node, dict) and isinstance(step, str) and step in node:
            if error["type"] == "extra_forbidden" and step == last and not _FIELD_NAME.fullmatch(step):
                break
            node = node[step]
        elif isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
            node = node[step]
        elif step != last or error["type"] != "missing" or step == "":
            continue
        pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{told_by}" if told_by else pointer
